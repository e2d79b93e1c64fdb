/* SPDX-License-Identifier: MIT */
/* Items one by one: types, orders, renderings, scales, enums, both ways. */
#include "compiled.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char profile[4096];

static const char *with_items(const char *items)
{
    snprintf(profile, sizeof(profile),
             "dragoman: 1\n"
             "product: {manufacturer_id: Acme, model: Item}\n"
             "enums:\n"
             "  state: {0: off-line, 1: open, 2..9: busy, 10: open, else: other}\n"
             "groups:\n"
             "  pair: {parameters: [a, b], fields: [{name: $a, type: u8}, {name: $b, "
             "type: u8}]}\n"
             "messages:\n"
             "  report:\n"
             "    fields:\n"
             "%s",
             items);
    return profile;
}

static const struct item_case {
    const char *items, *hex, *json;
    const char *again; /* hex that encoding gives, if it is another */
} cases[] = {
    {"      - {name: v, type: u16}\n", "1234", "{\"v\":4660}", NULL},
    {"      - {name: v, type: u16le}\n", "1234", "{\"v\":13330}", NULL},
    {"      - {name: v, type: u32cdab}\n", "03040102", "{\"v\":16909060}", NULL},
    {"      - {name: v, type: u32badc}\n", "02010403", "{\"v\":16909060}", NULL},
    {"      - {name: v, type: u24}\n", "010203", "{\"v\":66051}", NULL},
    {"      - {name: v, type: i40le}\n", "FEFFFFFFFF", "{\"v\":-2}", NULL},
    {"      - {name: v, type: u64}\n", "FFFFFFFFFFFFFFFF", "{\"v\":18446744073709551615}",
     NULL},
    {"      - {name: v, type: i64}\n", "8000000000000000", "{\"v\":-9223372036854775808}",
     NULL},
    {"      - {name: v, type: bool8}\n", "01", "{\"v\":true}", NULL},
    {"      - {name: v, type: f32}\n", "40490FDB", "{\"v\":3.1415927}", NULL},
    {"      - {name: v, type: f64le}\n", "000000000000F83F", "{\"v\":1.5}", NULL},
    {"      - {name: v, type: u16, scale: 0.01, offset: -40}\n", "1388", "{\"v\":10}",
     NULL},
    {"      - {name: v, type: i8, scale: 2.5}\n", "FF", "{\"v\":-2.5}", NULL},
    {"      - {name: v, type: u8, scale: -0.5, offset: 0.25}\n", "03", "{\"v\":-1.25}",
     NULL},
    {"      - {name: v, type: u8, scale: 5/9, decimals: 1}\n", "03", "{\"v\":1.7}", NULL},
    {"      - {name: v, type: u8, scale: 0.25, decimals: 1, ties: even}\n", "01",
     "{\"v\":0.2}", NULL},
    {"      - {name: v, type: u8, as: text}\n", "0A", "{\"v\":\"10\"}", NULL},
    {"      - {name: v, type: u16, as: hex}\n", "0ABC", "{\"v\":\"0abc\"}", NULL},
    {"      - {name: v, type: u16, as: HEX}\n", "0ABC", "{\"v\":\"0ABC\"}", NULL},
    {"      - {name: v, type: u8, enum: state}\n", "01", "{\"v\":\"open\"}", NULL},
    {"      - {name: v, type: u8, enum: state}\n", "0A", "{\"v\":\"open\"}", "01"},
    {"      - {name: v, type: u8, enum: state}\n", "05", "{\"v\":\"busy\"}", "02"},
    {"      - {name: v, type: i8, enum: {0xFF: low, 0..: high}}\n", "FF",
     "{\"v\":\"low\"}", NULL},
    {"      - {name: v, type: u8, enum: {0: true, 1: 2.5, 2: null}}\n", "01",
     "{\"v\":2.5}", NULL},
    {"      - {name: v, type: u8, enum: {0: a}, unknown: number}\n", "07", "{\"v\":7}",
     NULL},
    {"      - {name: v, type: u32, time: unix}\n", "5C9DF065",
     "{\"v\":\"20190329T101605Z\"}", NULL},
    {"      - {name: v, type: u64, time: unix_ms, as: iso_ms}\n", "00000169C8F30A88",
     "{\"v\":\"2019-03-29T10:16:05.000Z\"}", NULL},
    {"      - {name: v, type: u32, time: unix, as: epoch}\n", "5C9DF065",
     "{\"v\":1553854565}", NULL},
    {"      - {name: v, type: text(3)}\n", "41E442",
     "{\"v\":\"A\xC3\xA4"
     "B\"}",
     NULL},
    {"      - {name: v, type: text(rest), encoding: utf8}\n", "41C3A4",
     "{\"v\":\"A\xC3\xA4\"}", NULL},
    {"      - {name: v, type: bytes(2)}\n", "00FF", "{\"v\":\"AP8=\"}", NULL},
    {"      - {name: v, type: bytes(rest), as: HEX}\n", "00FF", "{\"v\":\"00FF\"}", NULL},
    {"      - {const: 0x8000, type: i16, name: v}\n", "8000", "{\"v\":-32768}", NULL},
    {"      - {name: v, type: u8}\n      - {reserved: u8, fill: 0x55}\n", "01FF",
     "{\"v\":1}", "0155"},
    {"      - {name: v, type: u8}\n      - {reserved: bytes(3)}\n", "01FFFFFF",
     "{\"v\":1}", "01000000"},
    {"      - {name: v, type: u8}\n      - {name: w, literal: [1, 'a', {b: true}]}\n",
     "01", "{\"v\":1,\"w\":[1,\"a\",{\"b\":true}]}", NULL},
    {"      - bits: u16\n"
     "        fields:\n"
     "          - {name: a, type: u3}\n"
     "          - {name: b, type: bool}\n"
     "          - {reserved: u4, fill: 5}\n"
     "          - {name: c, type: i8}\n",
     "BFFE", "{\"a\":5,\"b\":true,\"c\":-2}", "B5FE"},
    {"      - bits: u16le\n"
     "        bit_order: lsb\n"
     "        fields:\n"
     "          - {name: a, type: u3}\n"
     "          - {const: 1, type: u1}\n"
     "          - {name: c, type: u12}\n",
     "3D12", "{\"a\":5,\"c\":291}", NULL},
    {"      - bits: u8\n"
     "        name: flags\n"
     "        fields: [{name: a, type: u4}, {name: b, type: u4}]\n",
     "12", "{\"flags\":{\"a\":1,\"b\":2}}", NULL},
    {"      - {use: pair, with: {a: left, b: right}}\n"
     "      - {use: pair, name: more, with: {a: left, b: right}}\n",
     "01020304", "{\"left\":1,\"right\":2,\"more\":{\"left\":3,\"right\":4}}", NULL},
    {"      - {name: v, type: u16, repeat: 2}\n", "00010002", "{\"v\":[1,2]}", NULL},
    {"      - {name: v, repeat: rest, fields: [{name: a, type: u8}]}\n", "0102",
     "{\"v\":[{\"a\":1},{\"a\":2}]}", NULL},
    {"      - byte_order: little\n"
     "        fields: [{name: v, type: u16}, {name: w, type: u16be}]\n",
     "01000001", "{\"v\":1,\"w\":1}", NULL},
};

START_TEST(decodes_and_encodes)
{
    const struct item_case *row = &cases[_i];

    compiled_open(with_items(row->items));
    const char *json = compiled_decode(DGM_SHAPE_PLAIN, row->hex);
    ck_assert_msg(strcmp(json, row->json) == 0, "%s: %s instead of %s", row->items, json,
                  row->json);
    const char *wanted = row->again != NULL ? row->again : row->hex;
    const char *hex = compiled_encode(NULL, row->json);
    ck_assert_msg(strcmp(hex, wanted) == 0, "%s: %s instead of %s", row->items, hex,
                  wanted);
}
END_TEST

static const struct refusal {
    const char *items, *rules; /* of the errors, in order, a blank behind each */
} refusals[] = {
    {"      - {name: v, type: u12}\n", "bad-type "},
    {"      - {name: v, type: u65}\n", "bad-type "},
    {"      - {name: v, type: u24cdab}\n", "bad-type "},
    {"      - {name: v, type: bool}\n", "bad-type "},
    {"      - {name: v, type: text}\n", "bad-type "},
    {"      - {name: v, type: text()}\n", "bad-type "},
    {"      - {name: v, type: text(-1)}\n", "out-of-range "},
    {"      - {name: v, type: f16}\n", ""},
    {"      - {name: v, type: f24}\n", "bad-type "},
    {"      - {name: v, type: bcd(19)}\n", "bad-type "},
    {"      - {name: v, type: bcd(0)}\n", "bad-type "},
    {"      - {name: v, type: bcd(4)cdab}\n", "bad-type "},
    {"      - {name: v, type: sm1}\n", "bad-type "},
    {"      - {name: v, type: u16, sign: top_bit}\n", "key-not-here "},
    {"      - {name: v, type: u16, nibbles: low_first}\n", "key-not-here "},
    {"      - {name: v, type: bcd(4), flags: {0: a}}\n", "key-not-here "},
    {"      - {name: v, type: bcd(4), as: hex}\n", "key-not-here "},
    {"      - {name: v, type: bcd(4), const: 0x12}\n", "bad-value "},
    {"      - {name: v, type: bcd(16), invalid: 0xFF}\n", "invalid-raw "},
    {"      - {name: v, type: bcd(4), sign: f_digit, invalid: 0xF123}\n", "invalid-raw "},
    {"      - {name: v, type: digits(4), sign: top_bit}\n", "key-not-here "},
    {"      - {name: v, type: digits(4), as: number}\n", "key-not-here "},
    {"      - {name: v, type: digits(4), pad: 9}\n", "out-of-range "},
    {"      - {name: v, type: u32, time: YYMMDDhhmmss}\n", "bad-value "},
    {"      - {name: v, type: bcd(12), time: YYMMDDhhmm}\n", "bad-value "},
    {"      - {name: v, type: bcd(6), time: YYMMMM}\n", "bad-value "},
    {"      - {name: v, type: bcd(10), time: YYMMDDmmss}\n", "bad-value "},
    {"      - {name: v, type: bcd(4), time: YYMM}\n", "bad-value "},
    {"      - {name: v, type: bcd(8), time: YY-MM-DD}\n", "bad-value "},
    {"      - {name: v, type: bcd(6), sign: top_bit, time: YYMMDD}\n", "key-not-here "},
    {"      - {name: v, type: text(6), time: unix}\n", "key-not-here "},
    {"      - {name: v, type: u32, time: {unit: week}}\n", "bad-value "},
    {"      - {name: v, type: u32, time: {epoch: 2000}}\n", "bad-value "},
    {"      - {name: v, type: u32, time: {since: 2000}}\n", "unknown-key "},
    {"      - {name: v, type: u32, time: unix, zone: 08:00}\n", "bad-value "},
    {"      - {name: v, type: u32, time: unix, zone: +15:00}\n", "bad-value "},
    {"      - {name: v, type: u32, zone: +08:00}\n", "key-not-here "},
    {"      - {name: v, type: bytes(4), as: hex, separator: 'a'}\n", "bad-value "},
    {"      - {name: v, type: bytes(4), separator: ':'}\n", "key-not-here "},
    {"      - {name: v, type: text(4), as: hex}\n", "bad-value "},
    {"      - {name: v, type: text(4)le, encoding: utf8}\n", "key-not-here "},
    {"      - {name: v, type: text(4)le, end: 0}\n", "key-not-here "},
    {"      - {name: v, type: bytes(4), end: 0}\n", "key-not-here "},
    {"      - {name: v, value: bytes() + 1}\n", "bad-expression "},
    {"      - {name: v, value: 'bytes(0'}\n", "bad-expression "},
    {"      - {name: v, type: u8, scale: 0}\n", "bad-scale "},
    {"      - {name: v, type: u8, scale: 1/3}\n", "needs-decimals "},
    {"      - {name: v, type: u64, scale: 12345678901.5}\n", ""},
    {"      - {name: v, type: u64, scale: 1e18, offset: 0.1}\n", "bad-scale "},
    {"      - {name: v, type: u8, scale: other}\n", "unknown-name "},
    {"      - {name: v, type: u8, decimals: 1}\n", "key-not-here "},
    {"      - {name: v, type: u8, scale: 2, enum: state}\n", "key-not-here "},
    {"      - {name: v, type: u8, unknown: omit}\n", "key-not-here "},
    {"      - {name: v, type: u8, encoding: utf8}\n", "key-not-here "},
    {"      - {name: v, type: u8, enum: {}}\n", "bad-value "},
    {"      - {name: v, type: u8, enum: {1: a, 0..2: b}}\n", "enum-key "},
    {"      - {name: v, type: u8, enum: {256: a}}\n", "enum-key "},
    {"      - {name: v, type: u8, enum: stat}\n", "unknown-enum "},
    {"      - {name: v, type: u8, default: a}\n", "bad-value "},
    {"      - {const: 256, type: u8}\n", "const-width "},
    {"      - {const: [1, 256], type: u8}\n", "const-width "},
    {"      - {const: [1, 1], type: u8}\n", "bad-value "},
    {"      - {const: 1, type: u8, invalid: 1}\n", "key-not-here "},
    {"      - {role: mid, type: u16, invalid: 0}\n", "key-not-here "},
    {"      - {name: v, type: bool8, invalid: 1}\n", "invalid-raw "},
    {"      - {name: v, type: u8, invalid: []}\n", "bad-value "},
    {"      - {name: v, type: u8, invalid: {255: [1]}}\n", "expected-scalar "},
    {"      - {name: v, type: f32, invalid: 0}\n", ""},
    {"      - {name: v, type: f32, invalid: 0x100000000}\n", "invalid-raw "},
    {"      - {name: v, type: f32, as: hex}\n", "key-not-here "},
    {"      - {name: v, type: u8, curve: none}\n", "unknown-curve "},
    {"      - {name: v, type: u8, flags: {0: a}, invalid: 0}\n", "key-not-here "},
    {"      - {name: v, type: u8, flags: {0: a}, enum: {0: a}}\n", "key-not-here "},
    {"      - {name: v, type: u8, flags: {0: a}, unknown: number}\n", "bad-value "},
    {"      - {name: v, type: u8, flags: {}}\n", "bad-value "},
    {"      - {name: v, type: u8, flags: {0: a}, scale: 2}\n", "key-not-here "},
    {"      - {name: v, type: u8, valid: 5}\n", "expected-range "},
    {"      - {name: v, type: u8, valid: '..'}\n", "expected-range "},
    {"      - {name: v, type: u8, valid: 1..x}\n", "expected-range "},
    {"      - {name: v, type: u8, valid: 1..2, outside: ignore}\n", "bad-value "},
    {"      - {name: v, type: u8, repeat: 2, valid: 1..2}\n", "key-not-here "},
    {"      - {type: u8}\n", "field-without-reason "},
    {"      - {name: v, type: u8}\n      - {reserved: f32}\n", ""},
    {"      - {name: v}\n", "item-form "},
    {"      - {name: v, type: u8, value: 1}\n", "item-form "},
    {"      - {name: v, local: w, type: u8}\n", "key-not-here "},
    {"      - {name: 'ch{index}', type: u8}\n", "unknown-name "},
    {"      - {bits: u8, fields: [{name: v, type: u4}]}\n", "bits-sum "},
    {"      - {bits: u8, fields: [{name: v, type: u8, when: true}]}\n", "key-not-here "},
    {"      - {bits: u8, fields: [{bits: u8, fields: []}]}\n", "key-not-here "},
    {"      - {bits: bytes(rest), fields: []}\n", "bad-type "},
    {"      - {use: par}\n", "unknown-name "},
    {"      - {use: pair, with: {a: left}}\n", "missing-key "},
    {"      - {use: pair, with: {a: left, b: right, c: up}}\n", "unknown-key "},
    {"      - {role: mid, type: u16, repeat: 2}\n", "key-not-here "},
    {"      - {record: Default, fields: []}\n", "key-not-here "},
    {"      - {switch: v, cases: {}}\n", "missing-key "},
    {"      - {switch: v, cases: {1: []}}\n", "unknown-name "},
    {"      - {bits: u8, fields: [{switch: v, cases: {1: []}}]}\n", "key-not-here "},
    {"      - {switch: v, cases: {1: []}, local: w}\n", "key-not-here "},
    {"      - {name: v, type: u8, sclae: 2}\n", "unknown-key "},
    {"      - {name: v, type: u8, encode: presence}\n", "bad-value "},
    {"      - {name: v, type: u8, encode: case}\n", "bad-value "},
    {"      - {checksum: sum-8, type: u8, name: v}\n", "key-not-here "},
    {"      - {bits: u8, fields: [{checksum: sum-8, type: u8}]}\n", "key-not-here "},
    {"      - {checksum: [], type: u8}\n", "expected-scalar "},
    {"      - {checksum: sum-8, type: i8}\n", "checksum-width "},
    {"      - {checksum: {width: 97, poly: 1}, type: u64}\n", "out-of-range "},
    {"      - {checksum: {width: 8, poly: 256}, type: u8}\n", "out-of-range "},
    {"      - {checksum: {width: 8, poly: 1, refin: 1}, type: u8}\n", "bad-value "},
    {"      - {checksum: sum-8, type: u8, over: [0, 70000]}\n", "out-of-range "},
    {"      - {length_of: frame, type: u8, repeat: 2}\n", "key-not-here "},
    {"      - {length_of: frame, type: bytes(2)}\n", "key-not-here "},
    {"      - {warn: odd, type: u8}\n", "item-form "},
    {"      - {warn: odd, refuse: odd}\n", "item-form "},
    {"      - {warn: odd, name: v}\n", "key-not-here "},
    {"      - {name: v, type: u8, pad: 0}\n", "key-not-here "},
    {"      - {name: v, type: text(2), pad: -1}\n", "out-of-range "},
};

START_TEST(refuses_what_means_nothing)
{
    const struct refusal *row = &refusals[_i];
    char rules[256] = "";
    const char *lines = compiled_findings(with_items(row->items), true);

    for (const char *at = lines; (at = strchr(at, '[')) != NULL; at++) {
        const char *end = strchr(at, ']');
        if (end == NULL || end[1] != '\n')
            continue;
        strncat(rules, at + 1, (size_t)(end - at) - 1);
        strcat(rules, " ");
    }
    ck_assert_msg(strcmp(rules, row->rules) == 0, "%s: found\n%s", row->items, lines);
}
END_TEST

START_TEST(groups_in_a_circle_are_refused)
{
    const char *lines =
        compiled_findings("dragoman: 1\n"
                          "product: {manufacturer_id: Acme, model: Item}\n"
                          "groups:\n"
                          "  one: {fields: [{use: two}]}\n"
                          "  two: {fields: [{use: one}, {use: one}]}\n"
                          "messages:\n"
                          "  report: {fields: [{use: one}]}\n",
                          true);
    ck_assert_ptr_nonnull(strstr(lines, "or in a circle [bad-value]"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("item");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, compiled_close);
    tcase_add_loop_test(all, decodes_and_encodes, 0, COUNT(cases));
    tcase_add_loop_test(all, refuses_what_means_nothing, 0, COUNT(refusals));
    tcase_add_test(all, groups_in_a_circle_are_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
