/* SPDX-License-Identifier: MIT */
/*
 * Profiles laid out: what becomes of each construct; and, over all profiles of the tree,
 * that they are laid out as they should be, that doing it twice changes nothing, that no
 * comment is lost wherever it stands, and that the tables are the same afterwards.
 */
#define _XOPEN_SOURCE 700 /* nftw */

#include "pretty.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILES = 1000, MAX_TEXT = 600 * 1024 };

static char *good[MAX_FILES], *bad[MAX_FILES];
static int good_count, bad_count;

/* What formatting gives; the caller frees it. NULL: it was refused. */
static char *formatted(const char *name, const char *text, enum dgm_status wanted)
{
    struct dgm_profile *profile;
    size_t length;
    bool changed;
    enum dgm_status status = dgm_profile_format(name, text, strlen(text), &profile);
    ck_assert_msg(status == wanted, "%s: status %d", name, status);
    const char *result = dgm_profile_formatted(profile, &length, &changed);
    ck_assert_ptr_nonnull(result);
    ck_assert_uint_eq(strlen(result), length);
    ck_assert_int_eq(changed, strcmp(text, result) != 0);
    char *copy = strdup(result);
    dgm_profile_close(profile);
    return copy;
}

struct pair {
    const char *name, *before, *after; /* NULL: it stays */
};

static const struct pair pairs[] = {
    {"blanks of brackets", "a: { b: 1,c: [ 2,3 ] }\n", "a: {b: 1, c: [2, 3]}\n"},
    {"blanks of a block", "a:   1\nb :\n    c: 2\n    d:\n    - 1\n    -   2\n",
     "a: 1\nb:\n  c: 2\n  d:\n    - 1\n    - 2\n"},
    {"empty lines", "\n\na: 1\n\n\n\nb:\n\n  c: 1\n\n\n", "a: 1\n\nb:\n  c: 1\n"},
    {"keys of a profile", "tests: []\nmessages: {}\n# about\nproduct: {}\ndragoman: 1\n",
     "dragoman: 1\n# about\nproduct: {}\nmessages: {}\ntests: []\n"},
    {"the head stays", "# licence\nproduct: {}\n# version\ndragoman: 1\n",
     "# licence\n# version\ndragoman: 1\nproduct: {}\n"},
    {"keys of an item",
     "messages:\n  m:\n    fields:\n      - {type: u8, when: x, name: a, scale: 2}\n"
     "      - type: u8 # width\n        name: b\n",
     "messages:\n  m:\n    fields:\n      - {name: a, type: u8, scale: 2, when: x}\n"
     "      - name: b\n        type: u8 # width\n"},
    {"names keep their order", "enums:\n  z: {1: b, 0: a}\n  a: {0: x}\n", NULL},
    {"JSON keeps its order", "tests:\n  - {hex: \"00\", json: {type: 1, name: 2}}\n",
     NULL},
    {"a key that is not known", "wire: {trailer: [], what: 1, byte_order: big}\n", NULL},
    {"columns of values",
     "enums:\n  a:    {0: x}\n  long: {0: y}\n  # between\n"
     "  b: {0: z}\n\n  c:  1\n",
     "enums:\n  a:    {0: x}\n  long: {0: y}\n  # between\n  b:    {0: z}\n\n  c: 1\n"},
    {"a blank too many", "enums:\n  a:  {0: x}\n  long: {0: y}\n",
     "enums:\n  a: {0: x}\n  long: {0: y}\n"},
    {"comments behind", "a: 1 # one\nb: 2       # two\nc:  # three\n  d: 1\n",
     "a: 1 # one\nb: 2       # two\nc:  # three\n  d: 1\n"},
    {"comments of a level",
     "a:\n    b: 1\n    # in a\n  # neither\n# outside\nc: 1\n   # the end\n",
     "a:\n  b: 1\n  # in a\n# neither\n# outside\nc: 1\n# the end\n"},
    {"comments between key and value",
     "a: # one\n  # two\n  1\nb:\n  # three\n  {c: 1}\n", NULL},
    {"comments behind a dash",
     "include:\n  - # one\n    a: 1\n  -\n    # two\n    b: 1\n", NULL},
    {"a value below its key", "a:\n  1\nb:\n  {c: 1}\n-x:\n", "a: 1\nb: {c: 1}\n-x:\n"},
    {"comments inside of brackets", "a:\n    b: [1, # one\n        2 ]\n",
     "a:\n  b: [1, # one\n      2 ]\n"},
    {"texts of several lines",
     "a:\n    b: |\n        x\n          y\n\n    c: >-\n        z\n    d: 'u\n     v'\n"
     "    e: w\n      w\n",
     "a:\n  b: |\n      x\n        y\n\n  c: >-\n      z\n  d: 'u\n   v'\n  e: w\n    "
     "w\n"},
    {"empty lines that are text", "a: |+\n  x\n\n\nb: 1\n", NULL},
    {"odd keys", "a:\n    ? b\n    : 1\nc: {? d : 2}\ne: {f}\ng: [h: 1]\n",
     "a:\n  ? b\n  : 1\nc: {? d : 2}\ne: {f}\ng: [h: 1]\n"},
    {"lists in lists", "a:\n  - - 1\n    - - 2\n  -\n    - 3\n  -\n",
     "a:\n  - - 1\n    - - 2\n  - - 3\n  -\n"},
    {"ends of lines, and a mark",
     "\xEF\xBB\xBF"
     "a: 1\r\n# x\r\nb: 'y\r\n  z'\r\n",
     "a: 1\n# x\nb: 'y\n  z'\n"},
    {"marks of the document", "--- # one\na: 1\n... # two\n", "# one\na: 1\n# two\n"},
    {"a key without value",
     "messages: {m: {fields: [{type: u8, name: }, {type: u8, name: x}]}}\n", NULL},
    {"all in brackets", "{dragoman: 1, wire: {byte_order: big}}",
     "dragoman: 1\nwire: {byte_order: big}\n"},
    {"wide characters", "enums: {'\xE6\xB0\xB4': {0: '\xE6\xB0\xB4'}}\n", NULL},
};

START_TEST(lays_out)
{
    const struct pair *pair = &pairs[_i];
    const char *wanted = pair->after != NULL ? pair->after : pair->before;
    char *once = formatted(pair->name, pair->before, DGM_OK);
    ck_assert_msg(strcmp(once, wanted) == 0, "%s:\n%s", pair->name, once);
    char *twice = formatted(pair->name, once, DGM_OK);
    ck_assert_str_eq(once, twice);
    free(once);
    free(twice);
}
END_TEST

START_TEST(divides_what_is_too_long)
{
    static const char before[] =
        "messages:\n  m:\n    fields:\n"
        "      - {name: abcdefghijklmnopqrstuvwxyz, type: u8, unit: Cel, enum: {0: "
        "abcdefghijkl, "
        "1: abcdefghijkl, 2: abcdefghijkl}} # why\n"
        "tests:\n  - hex: \"00\"\n    json: {abcdefghijklmnopqrst: 1, "
        "bcdefghijklmnopqrstu: 2, cdefghijklmnopqrstuv: 3, defghijklmnopqrstuvw: 4, "
        "e: [abcdefghij, bcdefghijk]}\n";
    static const char after[] =
        "messages:\n  m:\n    fields:\n"
        "      # why\n"
        "      - name: abcdefghijklmnopqrstuvwxyz\n"
        "        type: u8\n"
        "        enum: {0: abcdefghijkl, 1: abcdefghijkl, 2: abcdefghijkl}\n"
        "        unit: Cel\n"
        "tests:\n  - hex: \"00\"\n    json:\n"
        "      {abcdefghijklmnopqrst: 1, bcdefghijklmnopqrstu: 2, cdefghijklmnopqrstuv: "
        "3, "
        "defghijklmnopqrstuvw: 4,\n"
        "       e: [abcdefghij, bcdefghijk]}\n";
    char *once = formatted("long", before, DGM_OK);
    ck_assert_str_eq(once, after);
    char *twice = formatted("long", once, DGM_OK);
    ck_assert_str_eq(once, twice);
    free(once);
    free(twice);
}
END_TEST

/* A break before the bracket that closes is not kept, so it must not decide where the
 * value stands either. */
START_TEST(a_break_that_goes_decides_nothing)
{
    char long_name[116], before[160];
    memset(long_name, 'a', sizeof(long_name) - 1);
    long_name[sizeof(long_name) - 1] = '\0';
    (void)snprintf(before, sizeof(before), "drag: [%s\n ]\nenums: 1\n", long_name);
    char *once = formatted("break", before, DGM_OK);
    char *twice = formatted("break", once, DGM_OK);
    ck_assert_str_eq(once, twice);
    free(once);
    free(twice);
}
END_TEST

START_TEST(refuses_what_is_no_yaml)
{
    struct dgm_profile *profile;
    size_t length;
    bool changed;
    ck_assert_int_eq(dgm_profile_format("x", "a: [1\n", 6, &profile), DGM_PROFILE);
    ck_assert_ptr_null(dgm_profile_formatted(profile, &length, &changed));
    ck_assert_str_eq(dgm_profile_diagnostic(profile, 0)->rule, "yaml-syntax");
    dgm_profile_close(profile);
    ck_assert_int_eq(dgm_profile_format_file("/nowhere/x.yaml", &profile), DGM_IO);
    ck_assert_ptr_null(dgm_profile_formatted(profile, &length, &changed));
    dgm_profile_close(profile);
}
END_TEST

/* A text with its tree and comments. */
struct parsed {
    struct arena *arena;
    struct diag diag;
    const struct node *root;
    struct pretty_gaps gaps;
};

static void parse(struct parsed *parsed, const char *text)
{
    memset(parsed, 0, sizeof(*parsed));
    parsed->arena = arena_new();
    ck_assert_ptr_nonnull(parsed->arena);
    diag_init(&parsed->diag, parsed->arena, "x", text, strlen(text));
    parsed->root = tree_parse(&parsed->diag);
    ck_assert_msg(parsed->root != NULL, "%s",
                  parsed->diag.count > 0 ? parsed->diag.items[0].text : "");
    pretty_scan(parsed->arena, parsed->root, text, strlen(text), &parsed->gaps);
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* All comments, sorted, a line each. */
static char *sorted_comments(const char *text)
{
    struct parsed parsed;
    parse(&parsed, text);
    char **notes = calloc(parsed.gaps.note_count + 1, sizeof(char *));
    char *all = calloc(1, strlen(text) + parsed.gaps.note_count + 1);
    ck_assert(notes != NULL && all != NULL);
    for (size_t i = 0; i < parsed.gaps.note_count; i++) {
        const struct pretty_note *note = &parsed.gaps.notes[i];
        notes[i] = strndup(text + note->from, note->to - note->from);
    }
    qsort(notes, parsed.gaps.note_count, sizeof(char *), compare_texts);
    for (size_t i = 0; i < parsed.gaps.note_count; i++) {
        strcat(strcat(all, notes[i]), "\n");
        free(notes[i]);
    }
    free(notes);
    arena_free(parsed.arena);
    return all;
}

/* Lines in which, or behind which, a text of several lines goes on. */
static void mark_texts(const struct node *node, const char *text, bool *lines)
{
    for (size_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        mark_texts(node->items[i], text, lines);
    if (node->kind != NODE_SCALAR)
        return;
    unsigned line = node->where.line;
    for (size_t at = node->from; at < node->to; at++)
        if (text[at] == '\n')
            lines[line++] = true;
}

static unsigned dice(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16;
}

/* The text with comments at random places; `ret_count` of them, "#<number>#". */
static char *with_comments(const char *text, unsigned seed, unsigned *ret_count)
{
    struct parsed parsed;
    bool *inside = calloc(strlen(text) + 3, sizeof(bool));
    char *result = calloc(1, strlen(text) * 8 + 1000);
    size_t used = 0;
    unsigned line = 1;
    ck_assert(inside != NULL && result != NULL);
    parse(&parsed, text);
    mark_texts(parsed.root, text, inside);
    arena_free(parsed.arena);
    *ret_count = 0;
    for (const char *at = text; *at != '\0'; line++) {
        size_t length = strcspn(at, "\n");
        if (!inside[line - 1] && line > 1 && dice(&seed) % 4 == 0)
            used += (size_t)sprintf(result + used, "%*s#%u#\n", (int)(dice(&seed) % 12),
                                    "", (*ret_count)++);
        memcpy(result + used, at, length);
        used += length;
        if (!inside[line] && dice(&seed) % 4 == 0)
            used += (size_t)sprintf(result + used, "%*s#%u#", 1 + (int)(dice(&seed) % 3),
                                    "", (*ret_count)++);
        at += length + (at[length] == '\n' ? 1 : 0);
        result[used++] = '\n';
    }
    free(inside);
    return result;
}

static char *read_text(const char *path)
{
    char *text = calloc(1, MAX_TEXT);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(text != NULL && file != NULL, "%s", path);
    size_t length = fread(text, 1, MAX_TEXT - 1, file);
    ck_assert_uint_lt(length, MAX_TEXT - 1);
    fclose(file);
    return text;
}

START_TEST(profiles_of_the_tree_are_laid_out)
{
    char *text = read_text(good[_i]);
    char *result = formatted(good[_i], text, DGM_OK);
    ck_assert_msg(strcmp(text, result) == 0, "%s is not laid out: dragoman fmt %s",
                  good[_i], good[_i]);
    free(result);
    free(text);
}
END_TEST

/* The source of its tables without what depends on lines and comments: the hash of the
 * text, and the manifest with it and the licence. Names of what has none hold a line: a
 * profile with such gives NULL, as one that includes. */
static char *tables_of(const char *text)
{
    struct dgm_profile *profile;
    char *copy = NULL;
    if (dgm_profile_parse("x", text, strlen(text), &profile) == DGM_OK) {
        copy = strdup(dgm_profile_c_source(profile));
        ck_assert_ptr_nonnull(copy);
    }
    dgm_profile_close(profile);
    static const char hash[] = "profile_hash = 0x",
                      note[] = "__attribute__((section(DGM_PLUGIN_NOTE";
    for (char *at = copy; copy != NULL && (at = strstr(at, hash)) != NULL;) {
        at += strlen(hash);
        memset(at, '-', strspn(at, "0123456789abcdef"));
    }
    char *manifest = copy != NULL ? strstr(copy, note) : NULL;
    ck_assert(copy == NULL || manifest != NULL);
    if (manifest != NULL)
        *manifest = '\0';
    if (copy != NULL && (strstr(copy, "(switch ") != NULL || strstr(copy, "(tag ") ||
                         strstr(copy, "(select ") != NULL)) {
        free(copy);
        copy = NULL;
    }
    return copy;
}

static void expect_same_tables(const char *name, const char *before, const char *after)
{
    char *old = tables_of(before);
    char *new = tables_of(after);
    ck_assert_msg((old == NULL) == (new == NULL), "%s", name);
    ck_assert_msg(old == NULL || strcmp(old, new) == 0, "%s: other tables", name);
    free(old);
    free(new);
}

START_TEST(no_comment_is_lost)
{
    char *text = read_text(good[_i]);
    for (unsigned seed = 1; seed <= 3; seed++) {
        unsigned count;
        char mark[32];
        char *noted = with_comments(text, seed, &count);
        char *once = formatted(good[_i], noted, DGM_OK);
        char *twice = formatted(good[_i], once, DGM_OK);
        char *before = sorted_comments(noted), *after = sorted_comments(once);
        ck_assert_msg(strcmp(once, twice) == 0, "%s: not the same again", good[_i]);
        ck_assert_msg(strcmp(before, after) == 0, "%s: other comments", good[_i]);
        for (unsigned i = 0; i < count; i++) {
            snprintf(mark, sizeof(mark), "#%u#", i);
            const char *found = strstr(once, mark);
            ck_assert_msg(found != NULL && strstr(found + 1, mark) == NULL, "%s: %s",
                          good[_i], mark);
        }
        expect_same_tables(good[_i], text, once);
        free(before);
        free(after);
        free(twice);
        free(once);
        free(noted);
    }
    free(text);
}
END_TEST

/* Each blank that a line begins with, twice. Comments behind something keep a blank. */
static char *indented_twice(const char *text, bool twice)
{
    char *result = calloc(1, strlen(text) * 4 + 1);
    size_t used = 0;
    bool start = true;
    ck_assert_ptr_nonnull(result);
    for (const char *at = text; *at != '\0'; at++) {
        if (!start && *at == ' ' && at[strspn(at, " ")] == '#' && at[-1] != ' ')
            at += strspn(at, " ") - 1;
        bool was_start = start;
        start = *at == '\n' || (start && *at == ' ');
        result[used++] = *at;
        if (start && *at == ' ' && twice)
            result[used++] = ' ';
        /* Behind a dash, four columns in place of two. */
        if (was_start && twice && *at == '-' && at[1] == ' ') {
            used += (size_t)sprintf(result + used, "   ");
            start = true;
            at++;
        }
    }
    return result;
}

START_TEST(indentation_is_made_anew)
{
    char *text = read_text(good[_i]);
    char *narrow = indented_twice(text, false), *wide = indented_twice(text, true);
    char *result = formatted(good[_i], wide, DGM_OK);
    char *squeezed = indented_twice(result, false);
    ck_assert_msg(strstr(text, ">-\n") != NULL || strcmp(narrow, squeezed) == 0, "%s",
                  good[_i]);
    expect_same_tables(good[_i], text, result);
    free(squeezed);
    free(result);
    free(wide);
    free(narrow);
    free(text);
}
END_TEST

/* Each file with a byte lost, here and there: laid out twice is laid out once. */
START_TEST(a_lost_byte_is_survived)
{
    char *text = read_text(bad[_i]);
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i += 1 + length / 16) {
        struct dgm_profile *profile;
        char *broken = strdup(text);
        ck_assert_ptr_nonnull(broken);
        memmove(broken + i, broken + i + 1, length - i);
        enum dgm_status status =
            dgm_profile_format(bad[_i], broken, length - 1, &profile);
        dgm_profile_close(profile);
        if (status != DGM_PROFILE) {
            char *once = formatted(bad[_i], broken, DGM_OK);
            char *twice = formatted(bad[_i], once, DGM_OK);
            ck_assert_msg(strcmp(once, twice) == 0, "%s, without byte %zu", bad[_i], i);
            free(once);
            free(twice);
        }
        free(broken);
    }
    free(text);
}
END_TEST

static int note_file(const char *path, const struct stat *info, int kind,
                     struct FTW *place)
{
    const char *point = strrchr(path, '.');
    (void)info;
    (void)place;
    if (kind != FTW_F || point == NULL || strcmp(point, ".yaml") != 0)
        return 0;
    bool is_bad = strstr(path, "/generator/bad/") != NULL;
    if (is_bad && bad_count < MAX_FILES)
        bad[bad_count++] = strdup(path);
    else if (!is_bad && good_count < MAX_FILES)
        good[good_count++] = strdup(path);
    return 0;
}

static bool list_files(void)
{
    static const char *const folders[] = {"profiles", "tests/profiles",
                                          "tests/generator/bad"};
    const char *source = getenv("DRAGOMAN_SOURCE");
    char path[1024];
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", source != NULL ? source : ".", folders[i]);
        if (nftw(path, note_file, 16, FTW_PHYS) != 0)
            return false;
    }
    return good_count > 50 && bad_count > 300;
}

int main(void)
{
    Suite *suite = suite_create("pretty");
    TCase *all = tcase_create("all");

    if (!list_files())
        return EXIT_FAILURE;
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, lays_out, 0, (int)(sizeof(pairs) / sizeof(pairs[0])));
    tcase_add_test(all, divides_what_is_too_long);
    tcase_add_test(all, a_break_that_goes_decides_nothing);
    tcase_add_test(all, refuses_what_is_no_yaml);
    tcase_add_loop_test(all, profiles_of_the_tree_are_laid_out, 0, good_count);
    tcase_add_loop_test(all, no_comment_is_lost, 0, good_count);
    tcase_add_loop_test(all, indentation_is_made_anew, 0, good_count);
    tcase_add_loop_test(all, a_lost_byte_is_survived, 0, bad_count);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    for (int i = 0; i < good_count; i++)
        free(good[i]);
    for (int i = 0; i < bad_count; i++)
        free(bad[i]);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
