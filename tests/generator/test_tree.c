/* SPDX-License-Identifier: MIT */
/* YAML as nodes: places, what is refused of YAML, and hostile files. */
#include "front.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

START_TEST(keeps_order_text_and_places)
{
    struct front front;

    front_open_text(&front, "a: 1\n"
                            "b: [x, 'y y', \"\\u00e9\"]\n"
                            "c:\n"
                            "  d: {e: f}\n"
                            "  g: |\n"
                            "    text\n");
    ck_assert_str_eq(front_findings(&front), "");
    const struct node *root = front.root;
    ck_assert_int_eq(root->kind, NODE_MAP);
    ck_assert_uint_eq(root->count, 3);
    ck_assert_str_eq(root->keys[2]->text, "c");

    const struct node *list = node_get(root, "b");
    ck_assert_int_eq(list->kind, NODE_LIST);
    ck_assert_uint_eq(list->count, 3);
    ck_assert(!list->items[0]->quoted);
    ck_assert(list->items[1]->quoted);
    ck_assert_str_eq(list->items[1]->text, "y y");
    ck_assert_str_eq(list->items[2]->text, "\xC3\xA9");
    ck_assert_uint_eq(list->items[1]->where.line, 2);
    ck_assert_uint_eq(list->items[1]->where.column, 8);
    ck_assert_uint_eq(list->items[1]->where.width, 5);

    const struct node *inner = node_get(root, "c");
    ck_assert_uint_eq(node_key(inner, "g")->where.line, 5);
    ck_assert_uint_eq(node_key(inner, "g")->where.column, 3);
    ck_assert(node_get(inner, "g")->quoted);
    ck_assert_str_eq(node_get(inner, "g")->text, "text\n");
    ck_assert_str_eq(node_get(node_get(inner, "d"), "e")->text, "f");
    ck_assert_ptr_null(node_get(inner, "x"));
    ck_assert_ptr_null(node_get(list, "x"));
    ck_assert_ptr_null(node_get(NULL, "x"));
    front_close(&front);
}
END_TEST

START_TEST(counts_columns_in_characters)
{
    struct front front;

    front_open_text(&front, "\xEF\xBB\xBF\xE6\xB0\xB4: \xE6\xB0\xB4\r\nb: 'x'\r\n");
    ck_assert_str_eq(front_findings(&front), "");
    ck_assert_uint_eq(front.root->items[0]->where.column, 4);
    ck_assert_uint_eq(front.root->keys[0]->where.column, 1);
    ck_assert_uint_eq(front.root->items[1]->where.line, 2);
    ck_assert_uint_eq(front.root->items[1]->where.column, 4);
    front_close(&front);
}
END_TEST

START_TEST(keeps_zeros_of_quoted_text)
{
    struct front front;

    front_open_text(&front, "a: \"x\\0y\"\n");
    ck_assert_uint_eq(front.root->items[0]->length, 3);
    ck_assert_mem_eq(front.root->items[0]->text, "x\0y", 4);
    front_close(&front);
}
END_TEST

struct refusal {
    const char *name, *text, *findings;
};

static const struct refusal refusals[] = {
    {"anchor", "a: &x 1\n",
     "1:4: error: anchors are not used in profiles: '&x' [yaml-feature]\n"},
    {"anchor of a mapping", "a: &x {b: 1}\n",
     "1:4: error: anchors are not used in profiles: '&x' [yaml-feature]\n"},
    {"anchor of a list", "a: &x [b]\n",
     "1:4: error: anchors are not used in profiles: '&x' [yaml-feature]\n"},
    {"anchor and alias", "a: &x 1\nb: *x\n",
     "1:4: error: anchors are not used in profiles: '&x' [yaml-feature]\n"
     "2:4: error: aliases are not used in profiles: '*x' [yaml-feature]\n"},
    {"alias alone", "*x\n",
     "1:1: error: aliases are not used in profiles: '*x' [yaml-feature]\n"},
    {"tag", "a: !!int 1\n",
     "1:4: error: tags are not used in profiles: 'tag:yaml.org,2002:int' "
     "[yaml-feature]\n"},
    {"own tag", "a: !x [1]\nb: !y {c: 1}\n",
     "1:4: error: tags are not used in profiles: '!x' [yaml-feature]\n"
     "2:4: error: tags are not used in profiles: '!y' [yaml-feature]\n"},
    {"tag without name", "a: ! 1\n",
     "1:4: error: tags are not used in profiles: '!' [yaml-feature]\n"},
    {"unknown tag handle", "a: !x!y 1\n",
     "1:4: error: directives and tags are not used in profiles (found undefined tag "
     "handle) [yaml-feature]\n"},
    {"merge key", "a: {b: 1}\nc:\n  <<: {b: 2}\n",
     "3:3: error: merge keys are not used in profiles [yaml-feature]\n"},
    {"version directive", "%YAML 1.1\n---\na: 1\n",
     "1:1: error: directives are not used in profiles [yaml-feature]\n"},
    {"version of the future", "%YAML 2.0\n---\na: 1\n",
     "1:1: error: directives and tags are not used in profiles (found incompatible YAML "
     "document) [yaml-feature]\n"},
    {"tag directive", "%TAG ! !x\n---\na: 1\n",
     "1:1: error: directives are not used in profiles [yaml-feature]\n"},
    {"unknown directive", "%FOO\n---\na: 1\n",
     "1:5: error: directives and tags are not used in profiles (found unknown directive "
     "name) [yaml-feature]\n"},
    {"second document", "a: 1\n---\nb: 2\n",
     "2:1: error: a profile is one document: nothing may follow it [yaml-feature]\n"},
    {"key that is a list", "? [a, b]\n: 1\n",
     "1:3: error: a key is a single text, no list or mapping [expected-scalar]\n"},
    {"key given twice", "a: 1\nb: 2\na: 3\n'a': 4\n",
     "3:1: error: key 'a' is given twice, first in line 1 [duplicate-key]\n"
     "4:1: error: key 'a' is given twice, first in line 1 [duplicate-key]\n"},
    {"key given twice in a line", "{a: 1, a: 2}\n",
     "1:8: error: key 'a' is given twice, first in line 1 [duplicate-key]\n"},
    {"same key at two places", "a: {c: 1}\nb: {c: 1}\n", ""},
    {"zero in a key", "\"a\\0\": 1\n",
     "1:1: error: a key cannot hold the character of code 0 [yaml-syntax]\n"},
    {"empty file", "",
     "1:1: error: the file is empty; a profile is a mapping [expected-map]\n"},
    {"comment alone", "# nothing\n",
     "1:1: error: the file is empty; a profile is a mapping [expected-map]\n"},
    {"tab as indentation", "a:\n\tb: 1\n",
     "2:1: error: found character that cannot start any token, while scanning for the "
     "next token [yaml-syntax]\n"},
    {"unclosed bracket", "a: [1, 2\nb: 3\n",
     "2:2: error: did not find expected ',' or ']', while parsing a flow sequence that "
     "begins in line 1 [yaml-syntax]\n"},
    {"unclosed quote", "a: \"x\n",
     "2:1: error: found unexpected end of stream, while scanning a quoted scalar that "
     "begins in line 1 [yaml-syntax]\n"},
    {"surrogate by escape", "a: \"\\ud800\"\n",
     "1:7: error: found invalid Unicode character escape code, while parsing a quoted "
     "scalar [yaml-syntax]\n"},
    {"several at once", "a: &x 1\na: 2\nb: !t 3\n",
     "1:4: error: anchors are not used in profiles: '&x' [yaml-feature]\n"
     "2:1: error: key 'a' is given twice, first in line 1 [duplicate-key]\n"
     "3:4: error: tags are not used in profiles: '!t' [yaml-feature]\n"},
    {"byte that is no UTF-8", "a: 1\nb: \xFF\n",
     "2:4: error: byte 0xFF is no valid UTF-8: save the file as UTF-8 [yaml-syntax]\n"},
    {"cut-off character", "a: \xE6\xB0",
     "1:4: error: byte 0xE6 is no valid UTF-8: save the file as UTF-8 [yaml-syntax]\n"},
    {"overlong character", "a: \xC0\xAF\n",
     "1:4: error: byte 0xC0 is no valid UTF-8: save the file as UTF-8 [yaml-syntax]\n"},
    {"surrogate", "a: \xED\xA0\x80\n",
     "1:4: error: byte 0xED is no valid UTF-8: save the file as UTF-8 [yaml-syntax]\n"},
    {"UTF-16",
     "\xFF\xFE"
     "a",
     "1:1: error: byte 0xFF is no valid UTF-8: save the file as UTF-8 [yaml-syntax]\n"},
    {"control character", "a: 1\r\nb: x\x07\n",
     "2:5: error: character U+0007 is not allowed; in double quotes it can be written as "
     "an escape [yaml-syntax]\n"},
    {"separator of lines", "a: x\xE2\x80\xA8y\n",
     "1:5: error: character U+2028 is not allowed; in double quotes it can be written as "
     "an escape [yaml-syntax]\n"},
    {"mark that turns the direction", "a: x\xE2\x80\xAEy\n",
     "1:5: error: character U+202E is not allowed; in double quotes it can be written as "
     "an escape [yaml-syntax]\n"},
    {"number that is no character", "a: x\xEF\xBF\xBEy\n",
     "1:5: error: character U+FFFE is not allowed; in double quotes it can be written as "
     "an escape [yaml-syntax]\n"},
};

START_TEST(refuses_what_profiles_do_not_use)
{
    const struct refusal *row = &refusals[_i];
    struct front front;

    front_open_text(&front, row->text);
    ck_assert_msg(strcmp(front_findings(&front), row->findings) == 0,
                  "%s: findings are\n%s", row->name, front_findings(&front));
    ck_assert_int_eq(front.root == NULL, front.diag.errors != 0);
    front_close(&front);
}
END_TEST

START_TEST(refuses_a_zero_byte)
{
    expect_findings(
        "a: 1\nb: \0x\n", 11,
        "2:4: error: character U+0000 is not allowed; in double quotes it can "
        "be written as an escape [yaml-syntax]\n");
}
END_TEST

/* `depth` opening brackets and as many closing ones. */
static char *nested(const char *open, const char *close, size_t depth)
{
    char *text = malloc(depth * (strlen(open) + strlen(close)) + 1);
    ck_assert_ptr_nonnull(text);
    text[0] = '\0';
    char *at = text;
    for (size_t i = 0; i < depth; i++)
        at = strcpy(at, open) + strlen(open);
    for (size_t i = 0; i < depth; i++)
        at = strcpy(at, close) + strlen(close);
    return text;
}

START_TEST(allows_depth_32_and_no_more)
{
    static const char *const pairs[][2] = {{"[", "]"}, {"{a: ", "}"}};

    for (size_t i = 0; i < COUNT(pairs); i++) {
        char *text = nested(pairs[i][0], pairs[i][1], TREE_MAX_DEPTH);
        expect_findings(text, strlen(text), "");
        free(text);
        text = nested(pairs[i][0], pairs[i][1], TREE_MAX_DEPTH + 1);
        struct front front;
        front_open_text(&front, text);
        ck_assert_ptr_null(front.root);
        ck_assert_str_eq(front.diag.items[0].rule, "yaml-limit");
        ck_assert_uint_eq(front.diag.items[0].column,
                          TREE_MAX_DEPTH * strlen(pairs[i][0]) + 1);
        front_close(&front);
        free(text);
    }
}
END_TEST

START_TEST(survives_bombs_of_depth)
{
    static const char *const bombs[][2] = {
        {"[", ""},       {"{", ""},    {"[[", ""},      {"- ", ""},
        {"{a: ", ""},    {"? ", ""},   {"[{a: ", ""},   {"{[", ""},
        {"\"\": [", ""}, {"&a [", ""}, {"!!map {", ""}, {"[[],", ""}};

    for (size_t i = 0; i < COUNT(bombs); i++) {
        size_t depth = (size_t)TREE_MAX_BYTES / strlen(bombs[i][0]);
        char *text = nested(bombs[i][0], bombs[i][1], depth);
        struct front front;
        front_open_text(&front, text);
        ck_assert_ptr_null(front.root);
        ck_assert_uint_ge(front.diag.errors, 1);
        front_close(&front);
        free(text);
    }
}
END_TEST

START_TEST(takes_256_kib_and_not_a_byte_more)
{
    size_t size = (size_t)TREE_MAX_BYTES + 1;
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    memset(text, 'x', size);
    memcpy(text, "a: ", 3);

    struct front front;
    front_open(&front, text, size - 1);
    ck_assert_str_eq(front_findings(&front), "");
    ck_assert_uint_eq(front.root->items[0]->length, size - 4);
    front_close(&front);
    expect_findings(text, size,
                    "1:1: error: the file has 262145 bytes, and at most 262144 are "
                    "allowed [yaml-limit]\n");
    free(text);
}
END_TEST

/* As many keys as fit, "k1: ,k2: ..." with or without repetitions. */
static char *many_keys(size_t different)
{
    char *text = malloc((size_t)TREE_MAX_BYTES + 1);
    ck_assert_ptr_nonnull(text);
    size_t length = 0;
    for (size_t i = 0; length + 20 < TREE_MAX_BYTES; i++)
        length += (size_t)snprintf(text + length, 20, "k%zu: 1\n", i % different);
    return text;
}

START_TEST(finds_repeated_keys_among_many_in_no_time)
{
    char *text = many_keys(SIZE_MAX);
    expect_findings(text, strlen(text), "");
    free(text);

    text = many_keys(1000);
    struct front front;
    front_open_text(&front, text);
    ck_assert_ptr_null(front.root);
    ck_assert_uint_eq(front.diag.count, DIAG_MAX_ERRORS);
    ck_assert_uint_gt(front.diag.errors, 10000);
    front_close(&front);
    free(text);
}
END_TEST

START_TEST(checks_many_unknown_keys_in_no_time)
{
    static const char *const keys[] = {"alpha", "beta", "gamma", "delta", "epsilon"};
    char *text = many_keys(SIZE_MAX);
    struct front front;

    front_open_text(&front, text);
    ck_assert(!node_check_keys(&front.diag, front.root, "a test", keys, COUNT(keys)));
    ck_assert_uint_eq(front.diag.count, DIAG_MAX_ERRORS);
    front_close(&front);
    free(text);
}
END_TEST

static const struct refusal key_cases[] = {
    {"known keys", "name: x\nwhen: y\n", ""},
    {"near", "nmae: x\n",
     "1:1: error: unknown key 'nmae' in an item; did you mean 'name'? [unknown-key]\n"},
    {"far", "name: x\nbanana: y\n",
     "2:1: error: unknown key 'banana' in an item [unknown-key]\n"},
    {"cut by a comma", "{name: x, when: min(a, b) > 3}\n",
     "1:24: error: 'b) > 3' is cut off by the comma: put the whole value of 'when' in "
     "quotes [expression-cut]\n"},
    {"no mapping", "[name]\n",
     "1:1: error: an item must be a mapping, not a list "
     "[expected-map]\n"},
    {"text", "name\n",
     "1:1: error: an item must be a mapping, not a single value "
     "[expected-map]\n"},
};

START_TEST(checks_keys_against_those_allowed)
{
    static const char *const keys[] = {"name", "type", "when"};
    const struct refusal *row = &key_cases[_i];
    struct front front;

    front_open_text(&front, row->text);
    bool fine = node_check_keys(&front.diag, front.root, "an item", keys, COUNT(keys));
    ck_assert_msg(strcmp(front_findings(&front), row->findings) == 0,
                  "%s: findings are\n%s", row->name, front_findings(&front));
    ck_assert_int_eq(fine, row->findings[0] == '\0');
    front_close(&front);
}
END_TEST

START_TEST(names_an_empty_value_as_such)
{
    struct front front;

    front_open_text(&front, "a:\nb: {}\n");
    ck_assert(!node_expect(&front.diag, node_get(front.root, "a"), NODE_MAP, "'a'"));
    ck_assert(node_expect(&front.diag, node_get(front.root, "b"), NODE_MAP, "'b'"));
    ck_assert(!node_expect(&front.diag, node_get(front.root, "b"), NODE_LIST, "'b'"));
    ck_assert_str_eq(front_findings(&front),
                     "1:3: error: 'a' must be a mapping, not empty [expected-map]\n"
                     "2:4: error: 'b' must be a list, not a mapping [expected-list]\n");
    front_close(&front);
}
END_TEST

/* A profile broken at every byte: whatever comes, there is a tree or an error. */
START_TEST(survives_every_byte_being_wrong)
{
    static const char text[] =
        "a: {b: [1, 'x', \"\\u00e9\"], c: |\n  }\nd:\n  - e: 0x1F\n    ? f\n    : g\n";
    static const char bytes[] = "\0\t\n\r \"'#&*:,-?[]{}|>%@`!\\x\x80\xFF";
    char broken[sizeof(text)];

    for (size_t i = 0; i < sizeof(text) - 1; i++) {
        for (size_t k = 0; k < sizeof(bytes) - 1; k++) {
            struct front front;
            memcpy(broken, text, sizeof(text));
            broken[i] = bytes[k];
            front_open(&front, broken, sizeof(text) - 1);
            ck_assert_int_eq(front.root == NULL, front.diag.errors != 0);
            front_close(&front);
        }
    }
}
END_TEST

START_TEST(survives_being_cut_anywhere)
{
    static const char text[] =
        "a: {b: [1, 'x'], c: \"y\"}\nd: >\n  e\n# f\ng: \xC3\xA9\n";

    for (size_t length = 0; length < sizeof(text); length++) {
        struct front front;
        char *cut = malloc(length + 1); /* its end is what the sanitizer watches */
        ck_assert_ptr_nonnull(cut);
        memcpy(cut, text, length);
        cut = realloc(cut, length == 0 ? 1 : length);
        front_open(&front, cut, length);
        ck_assert_int_eq(front.root == NULL, front.diag.errors != 0);
        front_close(&front);
        free(cut);
    }
}
END_TEST

START_TEST(repeats_what_an_anchor_names)
{
    struct front front;

    front_open_aliased(&front, "a: &x [1, &y {b: 2}]\n"
                               "c: *x\n"
                               "d: {*z : &x 3}\n"
                               "e: [*x, *y]\n");
    ck_assert_str_eq(front_findings(&front),
                     "3:5: error: there is no complete '*z' in front of it "
                     "[yaml-feature]\n");
    front_close(&front);
    front_open_aliased(&front, "k: &k key\n"
                               "a: &x [1, &y {b: 2}]\n"
                               "c: *x\n"
                               "d: {*k : &x 3}\n"
                               "e: [*x, *y]\n");
    ck_assert_str_eq(front_findings(&front), "");
    const struct node *root = front.root, *last = node_get(root, "e");
    ck_assert_ptr_eq(node_get(root, "c"), node_get(root, "a"));
    ck_assert_str_eq(node_get(node_get(root, "d"), "key")->text, "3");
    ck_assert_str_eq(last->items[0]->text, "3");
    ck_assert_str_eq(node_get(last->items[1], "b")->text, "2");
    front_close(&front);
}
END_TEST

static const struct {
    const char *name, *text, *findings;
} bad_aliases[] = {
    {"inside itself", "a: &x [*x]\n",
     "1:8: error: there is no complete '*x' in front of it [yaml-feature]\n"},
    {"inside itself, further down", "a: &x {b: [{c: *x}]}\n",
     "1:16: error: there is no complete '*x' in front of it [yaml-feature]\n"},
    {"before its anchor", "a: *x\nb: &x 1\n",
     "1:4: error: there is no complete '*x' in front of it [yaml-feature]\n"},
    {"a list as a key", "a: &x [1]\n*x : 2\n",
     "2:1: error: a key is a single text, no list or mapping [expected-scalar]\n"},
    {"a merge key", "a: &x {b: 1}\nc:\n  <<: *x\n",
     "3:3: error: merge keys are not used in profiles [yaml-feature]\n"},
};

START_TEST(refuses_aliases_without_a_complete_anchor)
{
    struct front front;

    front_open_aliased(&front, bad_aliases[_i].text);
    ck_assert_msg(strcmp(front_findings(&front), bad_aliases[_i].findings) == 0, "%s: %s",
                  bad_aliases[_i].name, front_findings(&front));
    ck_assert_ptr_null(front.root);
    front_close(&front);
}
END_TEST

/* Each line holds the one before twice, or one level deeper. */
static void open_growing(struct front *front, const char *format, char *text, size_t size)
{
    size_t length = (size_t)snprintf(text, size, "l0: &l0 [x]\n");

    for (int i = 1; i < 40; i++)
        length +=
            (size_t)snprintf(text + length, size - length, format, i, i, i - 1, i - 1);
    front_open_aliased(front, text);
}

START_TEST(bounds_what_aliases_stand_for)
{
    struct front front;
    char text[4096];

    open_growing(&front, "l%d: &l%d [*l%d, *l%d]\n", text, sizeof(text));
    ck_assert_ptr_null(front.root);
    ck_assert_str_eq(front_findings(&front),
                     "17:12: error: more than 262144 values with what the aliases stand "
                     "for [yaml-limit]\n");
    front_close(&front);
    open_growing(&front, "l%d: &l%d [*l%d, x%d]\n", text, sizeof(text));
    ck_assert_ptr_null(front.root);
    ck_assert_str_eq(front_findings(&front),
                     "32:12: error: nested deeper than 32 levels with what the alias "
                     "stands for [yaml-limit]\n");
    front_close(&front);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tree");
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 30);
    tcase_add_test(all, keeps_order_text_and_places);
    tcase_add_test(all, counts_columns_in_characters);
    tcase_add_test(all, keeps_zeros_of_quoted_text);
    tcase_add_loop_test(all, refuses_what_profiles_do_not_use, 0, COUNT(refusals));
    tcase_add_test(all, refuses_a_zero_byte);
    tcase_add_test(all, allows_depth_32_and_no_more);
    tcase_add_test(all, survives_bombs_of_depth);
    tcase_add_test(all, takes_256_kib_and_not_a_byte_more);
    tcase_add_test(all, finds_repeated_keys_among_many_in_no_time);
    tcase_add_test(all, checks_many_unknown_keys_in_no_time);
    tcase_add_loop_test(all, checks_keys_against_those_allowed, 0, COUNT(key_cases));
    tcase_add_test(all, names_an_empty_value_as_such);
    tcase_add_test(all, survives_every_byte_being_wrong);
    tcase_add_test(all, survives_being_cut_anywhere);
    tcase_add_test(all, repeats_what_an_anchor_names);
    tcase_add_loop_test(all, refuses_aliases_without_a_complete_anchor, 0,
                        COUNT(bad_aliases));
    tcase_add_test(all, bounds_what_aliases_stand_for);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
