/* SPDX-License-Identifier: MIT */
/*
 * The corpus of bad profiles: each file of tests/generator/bad says in its first lines
 * what the compiler must find, word for word:
 *
 *     # expect: 5:9: error: unknown key 'sclae' in an item [unknown-key]
 *
 * with the file in front if it is one that the profile includes. Those lie beneath.
 * Every rule of the registry has such a file. A new case is a new file, nothing else.
 */
#define _POSIX_C_SOURCE 200809L /* scandir, strdup */

#include <dragoman/profile.h>

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_FILES = 1000, MAX_TEXT = 300 * 1024 };

static char folder[1024];
static char *names[MAX_FILES];
static int name_count;

/* Rules that no text of a profile breaks; each has its own test here. */
static const char *const elsewhere[] = {"cannot-read"};

static int is_profile(const struct dirent *entry)
{
    const char *point = strrchr(entry->d_name, '.');
    return point != NULL && strcmp(point, ".yaml") == 0;
}

static void list_files(void)
{
    const char *source = getenv("DRAGOMAN_SOURCE");
    struct dirent **entries;

    snprintf(folder, sizeof(folder), "%s/tests/generator/bad",
             source != NULL ? source : ".");
    int count = scandir(folder, &entries, is_profile, alphasort);
    for (int i = 0; i < count; i++) {
        if (name_count < MAX_FILES)
            names[name_count++] = strdup(entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static char *read_file(const char *name, size_t *ret_length)
{
    char *text = malloc(MAX_TEXT);

    ck_assert_ptr_nonnull(text);
    FILE *file = fopen(name, "rb");
    ck_assert_msg(file != NULL, "%s", name);
    *ret_length = fread(text, 1, MAX_TEXT - 1, file);
    text[*ret_length] = '\0';
    fclose(file);
    return text;
}

/* The expected findings, a line each. */
static char *expected(const char *text)
{
    static const char mark[] = "# expect: ";
    char *lines = calloc(1, MAX_TEXT);
    size_t used = 0;

    ck_assert_ptr_nonnull(lines);
    while (strncmp(text, mark, strlen(mark)) == 0) {
        const char *end = strchr(text, '\n');
        ck_assert_ptr_nonnull(end);
        size_t length = (size_t)(end + 1 - text) - strlen(mark);
        memcpy(lines + used, text + strlen(mark), length);
        used += length;
        text = end + 1;
    }
    return lines;
}

/* What the compiler found, in the same form. */
static char *found(const struct dgm_profile *profile)
{
    static const char *const words[] = {"error", "warning", "note"};
    char *lines = calloc(1, MAX_TEXT);
    size_t used = 0;

    ck_assert_ptr_nonnull(lines);
    for (size_t i = 0; dgm_profile_diagnostic(profile, i) != NULL; i++) {
        const struct dgm_diagnostic *item = dgm_profile_diagnostic(profile, i);
        bool own = strcmp(item->file, dgm_profile_file(profile, 0)) == 0;
        const char *file = own ? "" : item->file;
        int length = snprintf(lines + used, MAX_TEXT - used, "%s%s%u:%u: %s: %s [%s]\n",
                              file, own ? "" : ":", item->line, item->column,
                              words[item->severity], item->text, item->rule);
        used += (size_t)length;
    }
    return lines;
}

START_TEST(each_file_gives_exactly_its_findings)
{
    size_t length;
    char *text = read_file(names[_i], &length);
    char *wanted = expected(text);
    struct dgm_profile *profile;

    enum dgm_status status = dgm_profile_load(names[_i], &profile);
    char *lines = found(profile);
    ck_assert_msg(wanted[0] != '\0', "%s: expects nothing", names[_i]);
    ck_assert_msg(strcmp(lines, wanted) == 0, "%s: found\n%sinstead of\n%s", names[_i],
                  lines, wanted);
    bool errors = dgm_profile_error_count(profile) != 0;
    ck_assert_int_eq(status, errors ? DGM_PROFILE : DGM_OK);
    ck_assert_int_eq(dgm_profile_model(profile, &length) == NULL, errors);
    ck_assert_int_eq(dgm_profile_c_source(profile) == NULL, errors);
    dgm_profile_close(profile);
    free(lines);
    free(wanted);
    free(text);
}
END_TEST

static bool is_elsewhere(const char *id)
{
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
        if (strcmp(elsewhere[i], id) == 0)
            return true;
    return false;
}

/* What the files expect, one behind the other. */
static char *all_expected(void)
{
    size_t used = 0;
    char *all = calloc(1, 1);
    for (int i = 0; i < name_count; i++) {
        size_t length;
        char *text = read_file(names[i], &length);
        char *wanted = expected(text);
        size_t more = strlen(wanted);
        all = realloc(all, used + more + 1);
        ck_assert_ptr_nonnull(all);
        memcpy(all + used, wanted, more + 1);
        used += more;
        free(wanted);
        free(text);
    }
    return all;
}

START_TEST(every_rule_has_a_file_that_breaks_it)
{
    char missing[2000] = "", mark[80];
    char *wanted = all_expected();

    for (size_t i = 0; dgm_rule_at(i) != NULL; i++) {
        const char *id = dgm_rule_at(i)->id;
        snprintf(mark, sizeof(mark), "[%s]\n", id);
        if (!is_elsewhere(id) && strstr(wanted, mark) == NULL)
            snprintf(missing + strlen(missing), sizeof(missing) - strlen(missing), " %s",
                     id);
    }
    ck_assert_msg(missing[0] == '\0', "no file for:%s", missing);
    free(wanted);
}
END_TEST

START_TEST(a_file_that_is_not_there_cannot_be_read)
{
    struct dgm_profile *profile;

    ck_assert_int_eq(dgm_profile_load("/nowhere/no.yaml", &profile), DGM_IO);
    ck_assert_uint_eq(dgm_profile_error_count(profile), 1);
    ck_assert_str_eq(dgm_profile_diagnostic(profile, 0)->rule, "cannot-read");
    ck_assert_ptr_null(dgm_profile_diagnostic(profile, 1));
    dgm_profile_close(profile);
    ck_assert_int_eq(dgm_profile_load("/", &profile), DGM_IO);
    dgm_profile_close(profile);
}
END_TEST

/* Each file with each byte lost in turn, as far as the time allows: no crash, no leak. */
START_TEST(a_lost_byte_is_survived)
{
    size_t length;
    char *text = read_file(names[_i], &length);

    for (size_t i = 0; i < length; i += 1 + length / 32) {
        struct dgm_profile *profile;
        char *broken = malloc(length);
        ck_assert_ptr_nonnull(broken);
        memcpy(broken, text, i);
        memcpy(broken + i, text + i + 1, length - i - 1);
        enum dgm_status status =
            dgm_profile_parse(names[_i], broken, length - 1, &profile);
        bool errors = dgm_profile_error_count(profile) != 0;
        ck_assert(errors ? status == DGM_PROFILE
                         : status == DGM_OK || status == DGM_NOTHING);
        dgm_profile_close(profile);
        free(broken);
    }
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bad");
    TCase *all = tcase_create("all");

    list_files();
    /* Findings name files as the profile was named. */
    if (chdir(folder) != 0)
        return EXIT_FAILURE;
    tcase_set_timeout(all, 30);
    tcase_add_loop_test(all, each_file_gives_exactly_its_findings, 0, name_count);
    tcase_add_loop_test(all, a_lost_byte_is_survived, 0, name_count);
    tcase_add_test(all, every_rule_has_a_file_that_breaks_it);
    tcase_add_test(all, a_file_that_is_not_there_cannot_be_read);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    for (int i = 0; i < name_count; i++)
        free(names[i]);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
