/* SPDX-License-Identifier: MIT */
/* JSON over lines: layout, bounds, and that the meaning stays. */
#include <dragoman/json.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include "../support/guard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static enum dgm_status indent(const char *text, int spaces, size_t size, char *out,
                              size_t *ret_length)
{
    struct guarded input = guarded_new(text, strlen(text));
    struct guarded output = guarded_new(NULL, size);
    enum dgm_status status =
        dgm_json_indent((const char *)input.bytes, input.size, spaces,
                        (char *)output.bytes, size, ret_length);
    if (status == DGM_OK) {
        memcpy(out, output.bytes, *ret_length);
        out[*ret_length] = 0;
    }
    guarded_free(&input);
    guarded_free(&output);
    return status;
}

static void expect(const char *text, int spaces, const char *expected)
{
    char out[2048];
    size_t length = SIZE_MAX, needed = strlen(expected);
    ck_assert_int_eq(indent(text, spaces, sizeof(out) - 1, out, &length), DGM_OK);
    ck_assert_str_eq(out, expected);
    for (size_t size = 0; size < needed; size++) {
        ck_assert_int_eq(indent(text, spaces, size, out, &length), DGM_NO_SPACE);
        ck_assert_uint_eq(length, needed);
    }
    ck_assert_int_eq(indent(text, spaces, needed, out, &length), DGM_OK);
    ck_assert_str_eq(out, expected);
}

START_TEST(lays_values_out_over_lines)
{
    expect("7", 2, "7");
    expect(" \"a\\u0062\" ", 2, "\"a\\u0062\"");
    expect("[]", 2, "[]");
    expect("{ }", 2, "{}");
    expect("[ [ ] , { } ]", 2, "[\n  [],\n  {}\n]");
    expect("[1,-2.50E+3,true,null]", 2, "[\n  1,\n  -2.50E+3,\n  true,\n  null\n]");
    expect("{\"a\":1,\"b\\n\":[\"x\",{\"c\":false}]}", 4,
           "{\n    \"a\": 1,\n    \"b\\n\": [\n        \"x\",\n        {\n"
           "            \"c\": false\n        }\n    ]\n}");
}
END_TEST

START_TEST(bounds_the_blanks_of_a_level)
{
    expect("[1]", 0, "[\n1\n]");
    expect("[1]", -3, "[\n1\n]");
    expect("[1]", 16, "[\n                1\n]");
    expect("[1]", 1000000000, "[\n                1\n]");
}
END_TEST

START_TEST(tells_what_is_wrong_with_the_input)
{
    static const struct {
        const char *text;
        enum dgm_status status;
    } rows[] = {
        {"", DGM_JSON_SYNTAX},         {"[1,]", DGM_JSON_SYNTAX},
        {"[1", DGM_JSON_SYNTAX},       {"{\"a\":1}}", DGM_JSON_SYNTAX},
        {"[\"\xFF\"]", DGM_JSON_UTF8}, {"1 2", DGM_JSON_SYNTAX},
    };
    char out[256], deep[DGM_JSON_MAX_DEPTH + 2];
    size_t length = 77;
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(indent(rows[i].text, 2, sizeof(out) - 1, out, &length) ==
                          rows[i].status,
                      "%s", rows[i].text);
    memset(deep, '[', sizeof(deep) - 1);
    deep[sizeof(deep) - 1] = 0;
    ck_assert_int_eq(indent(deep, 2, 0, out, &length), DGM_JSON_DEPTH);
    ck_assert_uint_eq(length, 77);
}
END_TEST

/* Whatever damage leaves valid is laid out, means the same, and is laid out alike again.
 */
START_TEST(keeps_the_meaning_of_every_valid_text)
{
    static const char seed[] =
        "{\"a\":[1,-2.5e3,{\"b\\u00e9\":\"\xC3\xA9\\n\"}],\"c\":[true,false,null,[]]}";
    static const char bytes[] = "\"\\{}[]:,0e-.tu1 ";
    uint32_t state = 7;
    unsigned valid = 0;
    for (unsigned round = 0; round < 20000; round++) {
        char text[sizeof(seed)], out[2048], again[2048];
        size_t length;
        memcpy(text, seed, sizeof(seed));
        state = state * 1664525u + 1013904223u;
        text[(state >> 8) % (sizeof(seed) - 1)] =
            bytes[(state >> 24) % (sizeof(bytes) - 1)];
        enum dgm_status status = indent(text, 1, sizeof(out) - 1, out, &length);
        if (dgm_json_check(text, strlen(text), NULL) != status)
            ck_abort_msg("%s: %s", text, dgm_status_id(status));
        if (status != DGM_OK)
            continue;
        valid++;
        if (!dgm_json_equal(text, strlen(text), out, length, 0) ||
            indent(out, 1, sizeof(again) - 1, again, &length) != DGM_OK ||
            strcmp(out, again) != 0)
            ck_abort_msg("%s became %s", text, out);
    }
    ck_assert_uint_gt(valid, 1000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_indent");
    TCase *layout = tcase_create("layout");
    tcase_set_timeout(layout, 120); /* many short texts, on whatever machine */
    tcase_add_test(layout, lays_values_out_over_lines);
    tcase_add_test(layout, bounds_the_blanks_of_a_level);
    tcase_add_test(layout, tells_what_is_wrong_with_the_input);
    tcase_add_test(layout, keeps_the_meaning_of_every_valid_text);
    suite_add_tcase(suite, layout);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
