/* SPDX-License-Identifier: MIT */
/* The registry of statuses: complete, unique, and in numbers that never change. */
#include <dragoman/status.h>
#include <dragoman/version.h>

#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

START_TEST(knows_each_status)
{
    enum dgm_status status, last = DGM_OK;
    size_t count = 0;
    for (; dgm_status_at(count, &status); count++) {
        const char *id = dgm_status_id(status), *text = dgm_status_text(status);
        ck_assert_msg(strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id) &&
                          *id != 0,
                      "id '%s'", id);
        ck_assert_msg(strlen(text) > 0 && text[strlen(text) - 1] != '.', "'%s'", text);
        ck_assert_msg(strncmp(text, "JSON", 4) == 0 || !isupper((unsigned char)text[0]),
                      "'%s'", text);
        ck_assert_msg(count == 0 || status > last, "number %d", (int)status);
        last = status;
    }
    ck_assert_uint_gt(count, 40);
    ck_assert_int_eq(last, DGM_WORKER_START);
}
END_TEST

START_TEST(no_two_have_one_id)
{
    enum dgm_status left, right;
    for (size_t i = 0; dgm_status_at(i, &left); i++)
        for (size_t k = 0; dgm_status_at(k, &right) && k < i; k++)
            ck_assert_str_ne(dgm_status_id(left), dgm_status_id(right));
}
END_TEST

START_TEST(names_and_numbers_are_for_ever)
{
    static const struct {
        enum dgm_status status;
        int number;
        enum dgm_family family;
        const char *id, *text;
    } rows[] = {
        {DGM_OK, 0, DGM_FAMILY_FINE, "ok", "success"},
        {DGM_NOTHING, 1, DGM_FAMILY_FINE, "nothing",
         "the input yields no data, which is not an error"},
        {DGM_TRAILING_BYTES, 11, DGM_FAMILY_DATA, "trailing-bytes",
         "bytes are left after the last field"},
        {DGM_JSON_SYNTAX, 34, DGM_FAMILY_DATA, "json-syntax",
         "the text is not valid JSON"},
        {DGM_NO_SPACE, 50, DGM_FAMILY_SPACE, "no-space",
         "the output buffer is too small"},
        {DGM_BAD_CALL, 60, DGM_FAMILY_USAGE, "bad-call",
         "an argument of the call is wrong"},
        {DGM_BAD_TABLE, 70, DGM_FAMILY_TABLE, "bad-table", "the table is damaged"},
        {DGM_IO, 90, DGM_FAMILY_SYSTEM, "io", "a file cannot be read or written"},
        {DGM_INTERNAL, 99, DGM_FAMILY_BUG, "internal",
         "an error in Dragoman: please report it"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_int_eq(rows[i].status, rows[i].number);
        ck_assert_int_eq(dgm_status_family(rows[i].status), rows[i].family);
        ck_assert_str_eq(dgm_status_id(rows[i].status), rows[i].id);
        ck_assert_str_eq(dgm_status_text(rows[i].status), rows[i].text);
    }
}
END_TEST

START_TEST(answers_for_unknown_numbers)
{
    enum dgm_status status = DGM_NOTHING;
    ck_assert_str_eq(dgm_status_id((enum dgm_status)98), "?");
    ck_assert_str_eq(dgm_status_text((enum dgm_status)98), "unknown status");
    ck_assert_int_eq(dgm_status_family((enum dgm_status)98), DGM_FAMILY_BUG);
    ck_assert(!dgm_status_at(1000, &status));
    ck_assert_int_eq(status, DGM_NOTHING);
}
END_TEST

START_TEST(library_is_of_the_version_of_its_headers)
{
    ck_assert_str_eq(dgm_version(), DGM_VERSION_STRING);
    ck_assert(isdigit((unsigned char)dgm_version()[0]));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("status");
    TCase *registry = tcase_create("registry");
    tcase_add_test(registry, knows_each_status);
    tcase_add_test(registry, no_two_have_one_id);
    tcase_add_test(registry, names_and_numbers_are_for_ever);
    tcase_add_test(registry, answers_for_unknown_numbers);
    tcase_add_test(registry, library_is_of_the_version_of_its_headers);
    suite_add_tcase(suite, registry);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
