/* SPDX-License-Identifier: MIT */
/*
 * The published suite of JSON texts, which lies outside the tree ($DRAGOMAN_SHARED, or
 * ../shared): through the reader, and through the encoder, which must refuse the same
 * texts for the same reason. What RFC 8259 leaves open is decided here and in
 * docs/json.md.
 */
#include <check.h>
#include <dirent.h>
#include <dragoman/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"
#include "../support/guard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MAX_SIZE = 1 << 20, ACCEPTED = 95, REFUSED = 188, OPEN = 35 };

/* What RFC 8259 leaves open, and what we do. */
static const struct {
    const char *name;
    enum dgm_status status;
} open_cases[] = {
    {"i_number_double_huge_neg_exp.json", DGM_OK},
    {"i_number_huge_exp.json", DGM_OK},
    {"i_number_neg_int_huge_exp.json", DGM_OK},
    {"i_number_pos_double_huge_exp.json", DGM_OK},
    {"i_number_real_neg_overflow.json", DGM_OK},
    {"i_number_real_pos_overflow.json", DGM_OK},
    {"i_number_real_underflow.json", DGM_OK},
    {"i_number_too_big_neg_int.json", DGM_OK},
    {"i_number_too_big_pos_int.json", DGM_OK},
    {"i_number_very_big_negative_int.json", DGM_OK},
    {"i_object_key_lone_2nd_surrogate.json", DGM_JSON_SYNTAX},
    {"i_string_1st_surrogate_but_2nd_missing.json", DGM_JSON_SYNTAX},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", DGM_JSON_SYNTAX},
    {"i_string_UTF-16LE_with_BOM.json", DGM_JSON_SYNTAX},
    {"i_string_UTF-8_invalid_sequence.json", DGM_JSON_UTF8},
    {"i_string_UTF8_surrogate_U+D800.json", DGM_JSON_UTF8},
    {"i_string_incomplete_surrogate_and_escape_valid.json", DGM_JSON_SYNTAX},
    {"i_string_incomplete_surrogate_pair.json", DGM_JSON_SYNTAX},
    {"i_string_incomplete_surrogates_escape_valid.json", DGM_JSON_SYNTAX},
    {"i_string_invalid_lonely_surrogate.json", DGM_JSON_SYNTAX},
    {"i_string_invalid_surrogate.json", DGM_JSON_SYNTAX},
    {"i_string_invalid_utf-8.json", DGM_JSON_UTF8},
    {"i_string_inverted_surrogates_U+1D11E.json", DGM_JSON_SYNTAX},
    {"i_string_iso_latin_1.json", DGM_JSON_UTF8},
    {"i_string_lone_second_surrogate.json", DGM_JSON_SYNTAX},
    {"i_string_lone_utf8_continuation_byte.json", DGM_JSON_UTF8},
    {"i_string_not_in_unicode_range.json", DGM_JSON_UTF8},
    {"i_string_overlong_sequence_2_bytes.json", DGM_JSON_UTF8},
    {"i_string_overlong_sequence_6_bytes.json", DGM_JSON_UTF8},
    {"i_string_overlong_sequence_6_bytes_null.json", DGM_JSON_UTF8},
    {"i_string_truncated-utf-8.json", DGM_JSON_UTF8},
    {"i_string_utf16BE_no_BOM.json", DGM_JSON_SYNTAX},
    {"i_string_utf16LE_no_BOM.json", DGM_JSON_SYNTAX},
    {"i_structure_500_nested_arrays.json", DGM_JSON_DEPTH},
    {"i_structure_UTF-8_BOM_empty_object.json", DGM_JSON_SYNTAX},
};

/* A message that takes any object: nothing is needed, and nothing known. */
static const char taker[] = HEAD "messages:\n"
                                 "  report:\n"
                                 "    fields:\n"
                                 "      - {name: no such member, type: u8, default: 7}\n";

static struct fixture fixture;
static char text[MAX_SIZE];

static void open_taker(void)
{
    fixture_open(&fixture, taker);
    fixture.call.unknown_members = DGM_UNKNOWN_MEMBERS_IGNORE;
}

static void close_fixture(void)
{
    fixture_close(&fixture);
}

/* Nested deeper than our limit: refused, but for another reason than the suite's. */
static bool is_deep(const char *name)
{
    return strcmp(name, "n_structure_100000_opening_arrays.json") == 0 ||
           strcmp(name, "n_structure_open_array_object.json") == 0;
}

static enum dgm_status decided(const char *name)
{
    for (size_t i = 0; i < COUNT(open_cases); i++)
        if (strcmp(open_cases[i].name, name) == 0)
            return open_cases[i].status;
    ck_abort_msg("%s: undecided", name);
    return DGM_INTERNAL;
}

static void check_verdict(const char *name, enum dgm_status status)
{
    if (name[0] == 'y') {
        ck_assert_msg(status == DGM_OK, "%s: %s", name, dgm_status_id(status));
    } else if (name[0] == 'n') {
        ck_assert_msg(status != DGM_OK, "%s is taken", name);
        ck_assert_msg((status == DGM_JSON_DEPTH) == is_deep(name), "%s: %s", name,
                      dgm_status_id(status));
    } else {
        ck_assert_msg(status == decided(name), "%s: %s", name, dgm_status_id(status));
    }
}

/* A valid text is a message if it is an object, and else of another type. */
static void check_encode(const char *name, size_t length, enum dgm_status verdict)
{
    uint8_t frame[16];
    struct guarded guarded = guarded_new(text, length);
    enum dgm_status status =
        dgm_encode(fixture.codec, &fixture.call, (const char *)guarded.bytes, length,
                   frame, sizeof(frame), &fixture.outcome, &fixture.error);
    guarded_free(&guarded);
    bool is_object = length > 0 && text[strspn(text, " \t\r\n")] == '{';
    enum dgm_status expected = verdict != DGM_OK ? verdict
                               : is_object       ? DGM_OK
                                                 : DGM_TYPE;
    ck_assert_msg(status == expected, "%s: encode says %s, expected %s", name,
                  dgm_status_id(status), dgm_status_id(expected));
    if (status == DGM_OK)
        ck_assert(fixture.outcome.length == 1 && frame[0] == 7);
}

static const char *suite_folder(void)
{
    static char path[4096];
    const char *shared = getenv("DRAGOMAN_SHARED"), *source = getenv("DRAGOMAN_SOURCE");
    const char *below = "suites/json-parsing/test_parsing";
    if (shared != NULL)
        snprintf(path, sizeof(path), "%s/%s", shared, below);
    else
        snprintf(path, sizeof(path), "%s/../shared/%s", source != NULL ? source : ".",
                 below);
    return path;
}

static size_t read_file(const char *folder, const char *name)
{
    char path[8192];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    size_t length = fread(text, 1, sizeof(text) - 1, file);
    fclose(file);
    ck_assert_msg(length < sizeof(text) - 1, "%s is too large", name);
    text[length] = 0;
    return length;
}

static void check_file(const char *folder, const char *name)
{
    size_t length = read_file(folder, name);
    struct guarded guarded = guarded_new(text, length);
    enum dgm_status status = dgm_json_check((const char *)guarded.bytes, length, NULL);
    guarded_free(&guarded);
    check_verdict(name, status);
    check_encode(name, length, status);
}

START_TEST(follows_the_parsing_suite)
{
    DIR *folder = opendir(suite_folder());
    const struct dirent *entry;
    unsigned accepted = 0, refused = 0, open = 0;
    ck_assert(folder != NULL);
    while ((entry = readdir(folder)) != NULL) {
        if (strstr(entry->d_name, ".json") == NULL)
            continue;
        check_file(suite_folder(), entry->d_name);
        accepted += entry->d_name[0] == 'y';
        refused += entry->d_name[0] == 'n';
        open += entry->d_name[0] == 'i';
    }
    closedir(folder);
    ck_assert_uint_eq(accepted, ACCEPTED);
    ck_assert_uint_eq(refused, REFUSED);
    ck_assert_uint_eq(open, OPEN);
}
END_TEST

/* A row of the document's table for each: `name` | what becomes of it | why. */
START_TEST(open_cases_are_documented)
{
    const char *source = getenv("DRAGOMAN_SOURCE");
    ck_assert(source != NULL);
    read_file(source, "docs/json.md");
    for (size_t i = 0; i < COUNT(open_cases); i++) {
        char row[256];
        enum dgm_status status = open_cases[i].status;
        size_t bare = strlen(open_cases[i].name) - strlen(".json");
        snprintf(row, sizeof(row), "| `%.*s` | %s | ", (int)bare, open_cases[i].name,
                 status == DGM_OK ? "taken" : dgm_status_id(status));
        ck_assert_msg(strstr(text, row) != NULL, "docs/json.md has no row %s", row);
    }
    ck_assert_uint_eq(COUNT(open_cases), OPEN);
}
END_TEST

static TCase *published_cases(void)
{
    TCase *published = tcase_create("published");
    DIR *folder = opendir(suite_folder());
    tcase_set_timeout(published, 0);
    tcase_add_checked_fixture(published, open_taker, close_fixture);
    tcase_add_test(published, open_cases_are_documented);
    if (folder == NULL) {
        printf(
            "# parsing suite skipped: neither $DRAGOMAN_SHARED nor ../shared has it\n");
        fflush(stdout);
        return published;
    }
    closedir(folder);
    tcase_add_test(published, follows_the_parsing_suite);
    return published;
}

int main(void)
{
    Suite *suite = suite_create("json_suite");
    suite_add_tcase(suite, published_cases());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
