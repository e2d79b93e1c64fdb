/* SPDX-License-Identifier: MIT */
/* Which frame belongs to which message, and the proof that none belongs to two. */
#include "compiled.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: Acme, model: Dispatch}\n"                                \
    "messages:\n"

static const struct guard_case {
    const char *name, *fields;
    unsigned guards;
    const char *hex; /* of a frame that fits, all other bits zero */
} guards[] = {
    {"one byte", "[{const: 5, type: u8}]", 1, "05"},
    {"little-endian", "[{const: 0x0102, type: u16le}]", 1, "0201"},
    {"words", "[{const: 0x01020304, type: u32cdab}]", 1, "03040102"},
    {"swapped bytes", "[{const: 0x01020304, type: u32badc}]", 1, "02010403"},
    {"a negative one", "[{const: -2, type: i24}]", 1, "FFFFFE"},
    {"behind fixed parts",
     "[{reserved: u8}, {reserved: bytes(2)}, {reserved: u8, repeat: 2}, {const: 7, type: "
     "u8}]",
     1, "000000000007"},
    {"bits from the top", "[{bits: u8, fields: [{reserved: u4}, {const: 5, type: u4}]}]",
     1, "05"},
    {"bits from the bottom, little-endian",
     "[{bits: u16le, bit_order: lsb, fields: [{reserved: u4}, {const: 5, type: u12}]}]",
     1, "5000"},
    {"two in one group",
     "[{bits: u8, fields: [{const: 2, type: u2}, {reserved: u4}, {const: 1, type: u2}]}]",
     1, "81"},
    {"one of several in a stream",
     "[{bits: bytes(3), fields: [{reserved: u6}, {const: [5, 9], type: u4}, {reserved: "
     "u14}]}]",
     2, "024000"},
    {"one of several in a stream from the bottom",
     "[{bits: bytes(3), bit_order: lsb, fields: [{reserved: u6}, {const: [5, 9], type: "
     "u4}, {reserved: u14}]}]",
     2, "400200"},
    {"one of several as wide as nine bytes",
     "[{bits: bytes(9), fields: [{reserved: u4}, {const: [1, 0], type: u64}, {reserved: "
     "u4}]}]",
     0, "000000000000000010"},
    {"in a plain group", "[{fields: [{reserved: u8}, {const: 9, type: u8}]}]", 1, "0009"},
    {"behind a text of any length",
     "[{const: 1, type: u8}, {local: n, type: u8}, {name: "
     "t, type: text(n)}, {const: 2, type: u8}]",
     1, "010002"},
    {"under a condition",
     "[{local: n, type: u8, encode: 0}, {const: 2, type: u8, when: n == 1}]", 0, "00"},
    {"in a repetition", "[{fields: [{const: 1, type: u8}], repeat: 2}]", 0, "0101"},
};

START_TEST(constants_at_fixed_places_guard)
{
    const struct guard_case *row = &guards[_i];
    char text[1024];

    snprintf(text, sizeof(text), HEAD "  only:\n    fields: %s\n", row->fields);
    compiled_open(text);
    const struct dgm_message *message = compiled_message("only");
    ck_assert_msg(message->guard_count == row->guards, "%s: %u guards", row->name,
                  message->guard_count);
    const char *found = compiled_decode(DGM_SHAPE_PLAIN, row->hex);
    bool fits = strcmp(found, "nothing") == 0 || found[0] == '{';
    ck_assert_msg(fits, "%s: %s", row->name, found);
    if (row->guards > 0) {
        found = compiled_decode(DGM_SHAPE_PLAIN, "EEEEEEEEEEEE");
        ck_assert_msg(strcmp(found, "no-message") == 0, "%s: %s", row->name, found);
    }
}
END_TEST

static const struct pair {
    const char *name, *first, *second, *finding;
} pairs[] = {
    {"different bytes", "[{const: 1, type: u8}]", "[{const: 2, type: u8}]", ""},
    {"different bits", "[{bits: u8, fields: [{const: 1, type: u1}, {reserved: u7}]}]",
     "[{const: 0x7F, type: u8}]", ""},
    {"overlapping widths", "[{const: 0x0102, type: u16}]",
     "[{reserved: u8}, {const: 3, type: u8}]", ""},
    {"lists", "[{const: [1, 2], type: u8}]", "[{const: [3, 4], type: u8}]", ""},
    {"lists that meet", "[{const: [1, 2], type: u8}]", "[{const: [3, 2], type: u8}]",
     "the frame '02' fits 'a' and 'b'"},
    {"lists in a stream",
     "[{bits: bytes(2), fields: [{reserved: u4}, {const: [1, 2], type: u8}, {reserved: "
     "u4}]}]",
     "[{bits: bytes(2), fields: [{reserved: u4}, {const: [3, 4], type: u8}, {reserved: "
     "u4}]}]",
     ""},
    {"lists of two places", "[{const: [1, 2], type: u8}, {const: 3, type: u8}]",
     "[{const: [0x0104, 0x0203], type: u16}]",
     "some frame may fit 'a' and 'b': no single constant or match keeps them apart"},
    {"equal bytes", "[{const: 1, type: u8}]",
     "[{const: 1, type: u8}, {name: v, type: u8}]", "the frame '01' fits 'a' and 'b'"},
    {"other places", "[{const: 1, type: u8}]",
     "[{reserved: u16}, {const: 0x22, type: u8}]",
     "the frame '01 00 22' fits 'a' and 'b'"},
    {"no constant", "[{name: v, type: u8}]", "[{name: v, type: u16}]",
     "every frame fits 'a' and 'b': neither has a constant at a fixed place"},
    {"one without constant", "[{name: v, type: u8}]", "[{const: 5, type: u8}]",
     "the frame '05' fits 'a' and 'b'"},
};

START_TEST(messages_are_told_apart)
{
    const struct pair *row = &pairs[_i];
    char text[1024], wanted[256];

    snprintf(text, sizeof(text), HEAD "  a:\n    fields: %s\n  b:\n    fields: %s\n",
             row->first, row->second);
    snprintf(wanted, sizeof(wanted), "6:3: error: %s [ambiguous-dispatch]\n",
             row->finding);
    const char *found = compiled_findings(text, true);
    ck_assert_msg(strcmp(found, row->finding[0] != '\0' ? wanted : "") == 0,
                  "%s: found\n%s", row->name, found);
}
END_TEST

static const char *const harmless[] = {
    /* A fallback is tried after all others. */
    "  a: {fields: [{const: 1, type: u8}]}\n"
    "  b: {fallback: true, fields: [{name: v, type: u8}]}\n",
    /* What is never decoded. */
    "  a: {fields: [{const: 1, type: u8}]}\n"
    "  b: {only: encode, fields: [{const: 1, type: u8}]}\n",
    /* Ports, lengths, and a length that a constant does not fit into. */
    "  a: {match: {port: [1, 2]}, fields: [{name: v, type: u8}]}\n"
    "  b: {match: {port: 3..}, fields: [{name: w, type: u8}]}\n",
    "  a: {match: {length: 1}, fields: [{name: v, type: u8}]}\n"
    "  b: {match: {length: [2, 4..9]}, fields: [{name: w, type: bytes(rest)}]}\n",
    "  a: {match: {length: ..2}, fields: [{name: v, type: bytes(rest)}]}\n"
    "  b: {fields: [{reserved: u16}, {const: 0, type: u8}]}\n",
    /* Replies are chosen by the frame they answer. */
    "  a: {kind: reply, fields: [{const: 1, type: u8}]}\n"
    "  b: {kind: reply, fields: [{const: 1, type: u8}]}\n",
};

START_TEST(some_messages_need_no_difference)
{
    char text[1024];

    snprintf(text, sizeof(text), HEAD "%s", harmless[_i]);
    ck_assert_str_eq(compiled_findings(text, true), "");
}
END_TEST

START_TEST(a_fallback_takes_what_is_left)
{
    compiled_open(HEAD "  rest: {fallback: true, fields: [{name: v, type: u8}]}\n"
                       "  one: {fields: [{const: 1, type: u8}, {name: w, type: u8}]}\n");
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "0107"), "{\"w\":7}");
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "02"), "{\"v\":2}");
    /* A guard that fits commits. */
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "01"), "truncated w");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dispatch");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, compiled_close);
    tcase_add_loop_test(all, constants_at_fixed_places_guard, 0, COUNT(guards));
    tcase_add_loop_test(all, messages_are_told_apart, 0, COUNT(pairs));
    tcase_add_loop_test(all, some_messages_need_no_difference, 0, COUNT(harmless));
    tcase_add_test(all, a_fallback_takes_what_is_left);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
