/* SPDX-License-Identifier: MIT */
/* Where rows were at work in a frame, as decoding tells callers that ask. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "../support/fixture.h"

enum { VISITS = 32 };

static struct fixture fixture;
static struct dgm_visit visits[VISITS];

static void open_fixture(const char *yaml)
{
    fixture_open(&fixture, yaml);
    fixture.call.visits = visits;
    fixture.call.visit_capacity = VISITS;
    fixture.call.message = "report";
}

/* Decode, and write "row:at-end" for each visit, with a '-' before absent rows and a '+'
 * before those of what a hook made. */
static const char *visits_of(const char *hex)
{
    static char text[512];
    uint8_t frame[64];
    char json[256];
    char *at = text;
    size_t length = hex_bytes(hex, frame, sizeof(frame));
    fixture.outcome.visit_count = 0;
    enum dgm_status status = dgm_decode(fixture.codec, &fixture.call, frame, length, json,
                                        sizeof(json), &fixture.outcome, &fixture.error);
    text[0] = '\0';
    for (size_t i = 0; i < fixture.outcome.visit_count && i < VISITS; i++) {
        const struct dgm_visit *visit = &visits[i];
        const char *sign = visit->flags & DGM_VISIT_ABSENT  ? "-"
                           : visit->flags & DGM_VISIT_PLAIN ? "+"
                                                            : "";
        at += sprintf(at, "%s%s%u:%u-%u", i > 0 ? " " : "", sign, visit->row, visit->at,
                      visit->end);
    }
    if (status != DGM_OK)
        (void)sprintf(at, " %s", dgm_status_id(status));
    return text;
}

static const char layout[] = HEAD "messages:\n"
                                  "  report:\n"
                                  "    fields:\n"
                                  "      - {const: 1, type: u8}\n"
                                  "      - bits: u16\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u4}\n"
                                  "          - {name: b, type: u12}\n"
                                  "      - {name: c, type: u8, when: b == 2}\n"
                                  "      - {name: d, type: u8, repeat: rest}\n";

/* Rows: const, service, bits, a, b, c, repeat, d, end of the service. Bit fields share
 * the two bytes of their group. */
START_TEST(each_row_is_told_in_the_order_of_the_walk)
{
    open_fixture(layout);
    ck_assert_str_eq(visits_of("01 1002 07 08 09"),
                     "0:0-1 1:1-1 2:1-3 3:1-3 4:1-3 5:3-4 6:4-4 7:4-5 7:5-6 8:6-6");
    ck_assert_str_eq(visits_of("01 1003"),
                     "0:0-1 1:1-1 2:1-3 3:1-3 4:1-3 -5:3-3 6:3-3 8:3-3");
    fixture_close(&fixture);
}
END_TEST

/* What a failed decode told last is the row that failed. */
START_TEST(the_last_visit_of_a_failure_is_the_row_that_failed)
{
    open_fixture(layout);
    ck_assert_str_eq(visits_of("02 1002"), "0:0-0 const");
    ck_assert_str_eq(visits_of("01 10"), "0:0-1 1:1-1 2:1-1 truncated");
    fixture_close(&fixture);
}
END_TEST

/* Several passes, and the walks of a tag loop, do not tell a row again. */
START_TEST(each_row_is_told_once)
{
    open_fixture(HEAD "services:\n"
                      "  A: {properties: {a: {data_type: int, min: 0, max: 255, method: "
                      "R}, c: {data_type: int, min: 0, max: 255, method: R}}}\n"
                      "  B: {properties: {b: {data_type: int, min: 0, max: 255, method: "
                      "R}}}\n"
                      "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: a, type: u8, to: A}\n"
                      "      - {name: b, type: u8, to: B}\n"
                      "      - {name: c, type: u8, to: A}\n");
    const char *told = visits_of("01 02 03");
    ck_assert_ptr_ne(strstr(told, ":0-1"), NULL);
    ck_assert_ptr_eq(strstr(strstr(told, ":0-1") + 1, ":0-1"), NULL);
    fixture_close(&fixture);
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - tlv:\n"
                      "          tag: u8\n"
                      "          cases:\n"
                      "            1: {name: a, type: u8}\n"
                      "            2: {name: b, type: u8, collect: true}\n");
    told = visits_of("01 07 02 08");
    ck_assert_ptr_ne(strstr(told, ":1-2"), NULL);
    ck_assert_ptr_eq(strstr(strstr(told, ":1-2") + 1, ":1-2"), NULL);
    ck_assert_ptr_ne(strstr(told, ":3-4"), NULL);
    ck_assert_ptr_eq(strstr(strstr(told, ":3-4") + 1, ":3-4"), NULL);
    fixture_close(&fixture);
}
END_TEST

/* Places in what a hook made are not those of the frame. */
START_TEST(bytes_of_a_hook_are_marked)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {const: 1, type: u8}\n"
                      "      - size: 2\n"
                      "        process: {xor: 'FF'}\n"
                      "        fields:\n"
                      "          - {name: a, type: u16}\n"
                      "      - {name: b, type: u8}\n");
    ck_assert_str_eq(visits_of("01 FFFE 07"), "0:0-1 1:1-1 2:1-1 +3:0-2 4:3-4 5:4-4");
    fixture_close(&fixture);
}
END_TEST

START_TEST(what_has_no_room_is_counted)
{
    open_fixture(layout);
    fixture.call.visit_capacity = 2;
    visits[2].row = 77;
    (void)visits_of("01 1002 07 08 09");
    ck_assert_uint_eq(fixture.outcome.visit_count, 10);
    ck_assert_uint_eq(visits[2].row, 77);
    fixture.call.visits = NULL;
    ck_assert_str_eq(visits_of("01 1002 07"), " bad-call");
    fixture.call.visit_capacity = 0;
    ck_assert_str_eq(visits_of("01 1002 07"), "");
    fixture_close(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visits");
    TCase *tests = tcase_create("visits");
    tcase_add_test(tests, each_row_is_told_in_the_order_of_the_walk);
    tcase_add_test(tests, the_last_visit_of_a_failure_is_the_row_that_failed);
    tcase_add_test(tests, each_row_is_told_once);
    tcase_add_test(tests, bytes_of_a_hook_are_marked);
    tcase_add_test(tests, what_has_no_room_is_counted);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
