/* SPDX-License-Identifier: MIT */
/* How long frames and JSON texts can become. */
#include "compiled.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: Acme, model: Bounds}\n"                                  \
    "wire: {frame_limit: 100}\n"                                                         \
    "messages:\n"                                                                        \
    "  report:\n"                                                                        \
    "    fields:\n"

static const struct frame_case {
    const char *name, *fields;
    unsigned least, most;
} frames[] = {
    {"fixed parts", "      - {name: v, type: u24}\n      - {reserved: bytes(5)}\n", 8, 8},
    {"a condition",
     "      - {local: n, type: u8, encode: has(v)}\n"
     "      - {name: v, type: u16, when: n == 1}\n",
     1, 3},
    {"an optional end", "      - {name: v, type: u16, optional: true}\n", 0, 2},
    {"a fixed repetition", "      - {name: v, type: u16, repeat: 3}\n", 6, 6},
    {"a text bounded by its length",
     "      - bits: u8\n        fields: [{local: n, type: u4}, {reserved: u4}]\n"
     "      - {name: v, type: text(n)}\n",
     1, 16},
    {"a text bounded by the frame", "      - {name: v, type: text(rest)}\n", 0, 100},
    {"a count bounded by the frame",
     "      - {local: n, type: u16}\n      - {name: v, type: u16, repeat: n}\n", 2, 100},
    {"a count within its valid range",
     "      - {local: n, type: u8, valid: ..7, outside: refuse}\n"
     "      - {name: v, type: u8, repeat: n}\n",
     1, 8},
    {"a count that may leave its valid range",
     "      - {local: n, type: u8, valid: ..7, outside: warn}\n"
     "      - {name: v, type: u8, repeat: n}\n",
     1, 100},
    {"one of several cases",
     "      - {name: k, type: u8}\n"
     "      - switch: k\n"
     "        cases: {1: {name: v, type: u16}, 2..4: [{name: v, type: u32}, {name: w, "
     "type: u8}]}\n",
     3, 6},
    {"a case with a default",
     "      - {name: k, type: u8}\n"
     "      - {switch: k, cases: {1: {name: v, type: u16}}, default: []}\n",
     1, 3},
    {"cases that are all refused",
     "      - {name: k, type: u8}\n"
     "      - {switch: k, cases: {1: {refuse: never}}}\n",
     1, 1},
    {"a checksum and a length",
     "      - {length_of: frame, type: u16}\n"
     "      - {name: v, type: u8}\n"
     "      - {checksum: adler-32, type: u32}\n"
     "      - {warn: odd, when: v == 1}\n",
     7, 7},
    {"a padded text", "      - {name: v, type: text(9), pad: 0}\n", 9, 9},
    {"a count with a sum",
     "      - {local: n, type: u8}\n"
     "      - {name: v, type: u8, repeat: n - 250}\n",
     1, 6},
};

START_TEST(frames_have_bounds)
{
    const struct frame_case *row = &frames[_i];
    char text[1024];

    snprintf(text, sizeof(text), HEAD "%s", row->fields);
    compiled_open(text);
    const struct dgm_message *message = compiled_message("report");
    ck_assert_msg(message->frame_min == row->least && message->frame_max == row->most,
                  "%s: %u to %u bytes", row->name, (unsigned)message->frame_min,
                  (unsigned)message->frame_max);
}
END_TEST

/* Frames whose JSON is as long as it gets: compiled_decode() compares it with json_max.
 */
static const struct text_case {
    const char *name, *fields, *hex;
    unsigned slack; /* bytes that the bound may lie above the plain text */
} texts[] = {
    {"an integer", "      - {name: v, type: i64}\n", "8000000000000000", 80},
    {"a decimal", "      - {name: v, type: i16, scale: 0.001}\n", "8001", 80},
    {"a small decimal", "      - {name: v, type: i8, scale: 0.00001}\n", "80", 80},
    {"a scale with a divisor", "      - {name: v, type: i16, scale: 1/3, decimals: 3}\n",
     "8000", 80},
    {"a number in quotes", "      - {name: v, type: u32, as: text}\n", "FFFFFFFF", 80},
    {"an enum", "      - {name: v, type: u8, enum: {1: a, 2: long label}}\n", "02", 80},
    {"an enum of any number",
     "      - {name: v, type: i32, enum: {1: a}, unknown: number}\n", "80000000", 80},
    {"a text for no reading",
     "      - {name: v, type: u8, invalid: {255: no reading at all}}\n", "FF", 80},
    {"null for a digit", "      - {name: v, type: u8, valid: ..9, outside: null}\n", "FF",
     80},
    {"a clamped number",
     "      - {name: v, type: u8, scale: 0.01, valid: -0.5..0.5, outside: clamp}\n", "FF",
     80},
    {"flags", "      - {name: v, type: u8, flags: {0: a, 1: bb, 7: 'c\"c'}}\n", "83", 80},
    {"a time", "      - {name: v, type: u32, time: unix, as: iso_ms}\n", "FFFFFFFF", 80},
    {"control characters", "      - {name: v, type: text(4)}\n", "01020304", 80},
    {"letters of two bytes", "      - {name: v, type: text(4)}\n", "E4E4E4E4", 100},
    {"Base64", "      - {name: v, type: bytes(4)}\n", "01020304", 80},
    {"hex", "      - {name: v, type: bytes(4), as: hex}\n", "01020304", 80},
    {"a float", "      - {name: v, type: f64}\n", "8021A6C5BBE8A6F0", 100},
    {"an array", "      - {name: v, type: u8, repeat: 3}\n", "FFFFFF", 80},
    {"objects", "      - {name: v, repeat: 2, fields: [{name: a, type: u8}]}\n", "FFFF",
     80},
    {"a name with escapes", "      - {name: 'a\"b', type: u8}\n", "FF", 80},
    {"a computed value",
     "      - {local: n, type: u64, encode: 1}\n      - {name: v, value: n * "
     "1000000000}\n",
     "FFFFFFFFFFFFFFFF", 100},
    {"objects whose members stand apart",
     "      - {name: a, type: u8, to: "
     "an_object_with_quite_a_long_name_to_print.inside_it_"
     "another_one_with_a_name}\n"
     "      - {name: b, type: u8}\n"
     "      - {name: c, type: u8, to: an_object_with_quite_a_long_name_to_print}\n"
     "      - {name: d, type: u8, to: one_more_object_with_some_long_name}\n"
     "      - {name: e, type: u8, to: an_object_with_quite_a_long_name_to_print}\n"
     "      - {name: f, type: u8, to: one_more_object_with_some_long_name}\n",
     "FFFFFFFFFFFF", 80},
};

START_TEST(texts_have_bounds)
{
    static const enum dgm_shape shapes[] = {DGM_SHAPE_OCEANCONNECT, DGM_SHAPE_IOTDA,
                                            DGM_SHAPE_PLAIN};
    const struct text_case *row = &texts[_i];
    char text[1024];
    size_t length = 0;

    snprintf(text, sizeof(text), HEAD "%s", row->fields);
    compiled_open(text);
    for (unsigned i = 0; i < 3; i++) {
        const char *json = compiled_decode(shapes[i], row->hex);
        ck_assert_msg(json[0] == '{', "%s: %s", row->name, json);
        length = strlen(json);
    }
    const struct dgm_message *message = compiled_message("report");
    unsigned bound = message->json_max[DGM_SHAPE_PLAIN];
    ck_assert_msg(bound <= length + 120 + row->slack, "%s: %u for %zu bytes", row->name,
                  bound, length);
}
END_TEST

START_TEST(many_records_have_a_bound)
{
    char hex[201], text[1024];

    snprintf(text, sizeof(text),
             HEAD "      - record: Default\n"
                  "        repeat: rest\n"
                  "        fields: [{name: a_rather_long_name, type: u8}]\n");
    compiled_open(text);
    memset(hex, 'F', 200);
    hex[200] = '\0';
    for (int shape = 0; shape < 3; shape++)
        ck_assert_int_eq(compiled_decode((enum dgm_shape)shape, hex)[0], '{');
}
END_TEST

START_TEST(records_inside_rounds_have_a_bound)
{
    char hex[201], text[1024];

    snprintf(text, sizeof(text),
             "%.*s    only: decode\n    fields:\n"
             "      - repeat: rest\n"
             "        fields:\n"
             "          - {local: n, type: u8, valid: ..40}\n"
             "          - {record: Default, repeat: n, fields: [{name: v, type: u8}]}\n",
             (int)(strstr(HEAD, "    fields:") - HEAD), HEAD);
    compiled_open(text);
    for (unsigned i = 0; i < 100; i++)
        memcpy(hex + 2 * i, i % 25 == 0 ? "18" : "FF", 3);
    for (int shape = 0; shape < 3; shape++)
        ck_assert_int_eq(compiled_decode((enum dgm_shape)shape, hex)[0], '{');
}
END_TEST

static const struct refusal {
    const char *name, *fields, *finding;
} refusals[] = {
    {"a repetition of nothing",
     "      - {repeat: rest, fields: [{local: x, value: 1}]}\n",
     "7:9: error: the repetition takes no bytes, so nothing ends it [unbounded]\n"},
    {"a frame beyond the limit", "      - {name: v, type: bytes(101)}\n",
     "5:3: error: the shortest frame has 101 bytes, frame_limit is 100 [unbounded]\n"},
};

START_TEST(refuses_what_has_no_bound)
{
    const struct refusal *row = &refusals[_i];
    char text[1024];

    snprintf(text, sizeof(text), HEAD "%s", row->fields);
    const char *found = compiled_findings(text, true);
    ck_assert_msg(strcmp(found, row->finding) == 0, "%s: found\n%s", row->name, found);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bounds");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, compiled_close);
    tcase_add_loop_test(all, frames_have_bounds, 0, COUNT(frames));
    tcase_add_loop_test(all, texts_have_bounds, 0, COUNT(texts));
    tcase_add_test(all, many_records_have_a_bound);
    tcase_add_test(all, records_inside_rounds_have_a_bound);
    tcase_add_loop_test(all, refuses_what_has_no_bound, 0, COUNT(refusals));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
