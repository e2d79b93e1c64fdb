/* SPDX-License-Identifier: MIT */
/* What a frame says about itself, and layouts that depend on it: checksums, lengths,
 * warnings and refusals, cases, masks, padding. Both directions. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

#define REPORT HEAD "messages:\n  report:\n    fields:\n"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static const struct check_case {
    const char *item, *hex;
} checks[] = {
    {"{checksum: crc-16/modbus, type: u16le}", "01 02 81E1"},
    {"{checksum: crc-16/modbus, type: u16}", "01 02 E181"},
    {"{checksum: sum-8, type: u8}", "01 02 03"},
    {"{checksum: sum-16, type: u16}", "FF 02 0101"},
    {"{checksum: xor-8, type: u8}", "F1 02 F3"},
    {"{checksum: lrc-8, type: u8}", "01 02 FD"},
    {"{checksum: fletcher-16, type: u16}", "01 02 0403"},
    {"{checksum: adler-32, type: u32}", "01 02 00060004"},
    {"{checksum: crc-3/gsm, type: u8}", "00 00 07"},
    {"{checksum: sum-8, type: u8, over: [1, 2]}", "01 02 02"},
    {"{checksum: sum-8, type: u8, over: [-2, -1]}", "01 02 02"},
    {"{checksum: {width: 8, poly: 0x07}, type: u8}", "00 01 07"},
    {"{checksum: {width: 16, poly: 0x8005, init: 0xFFFF, refin: true, refout: true}, "
     "type: u16le}",
     "01 02 81E1"},
    {"{checksum: {width: 8, poly: 7, xorout: 0x55}, type: u8}", "00 01 52"},
};

START_TEST(checksums_are_compared_and_filled_in)
{
    char yaml[1024], json[64], broken[64];
    unsigned first, second;
    snprintf(yaml, sizeof(yaml),
             REPORT "      - {name: a, type: u8}\n      - {name: b, type: u8}\n"
                    "      - %s\n",
             checks[_i].item);
    fixture_open(&fixture, yaml);
    ck_assert_int_eq(sscanf(checks[_i].hex, "%2X %2X", &first, &second), 2);
    snprintf(json, sizeof(json), "{\"a\":%u,\"b\":%u}", first, second);
    expect_both(&fixture, checks[_i].hex, json);
    /* The last digit of the checksum is another. */
    snprintf(broken, sizeof(broken), "%s", checks[_i].hex);
    char *last = &broken[strlen(broken) - 1];
    *last = *last == '0' ? '1' : '0';
    expect_decode_error(&fixture, broken, DGM_CHECKSUM, 2, "(checksum)");
    close_fixture();
}
END_TEST

START_TEST(a_checksum_cut_short_is_truncated)
{
    fixture_open(&fixture, REPORT "      - {name: a, type: u8}\n"
                                  "      - {checksum: adler-32, type: u32}\n");
    expect_decode_error(&fixture, "01 000000", DGM_TRUNCATED, 1, "(checksum)");
    close_fixture();
}
END_TEST

START_TEST(a_checksum_covers_the_length_before_it)
{
    fixture_open(&fixture, REPORT "      - {const: 0x68, type: u8}\n"
                                  "      - {length_of: frame, type: u8}\n"
                                  "      - {local: n, type: u8}\n"
                                  "      - {name: note, type: text(n)}\n"
                                  "      - {checksum: sum-8, type: u8}\n"
                                  "      - {const: 0x16, type: u8}\n");
    expect_both(&fixture, "68 07 02 4142 F4 16", "{\"note\":\"AB\"}");
    expect_both(&fixture, "68 05 00 6D 16", "{\"note\":\"\"}");
    expect_decode_error(&fixture, "68 08 02 4142 F5 16", DGM_LENGTH, 1, "(length)");
    close_fixture();
}
END_TEST

START_TEST(lengths_count_bytes_or_words_with_or_without_the_header)
{
    fixture_open(&fixture, HEAD "wire:\n"
                                "  header:\n"
                                "    - {const: 0x68, type: u8}\n"
                                "    - {length_of: body, type: u16le}\n"
                                "messages:\n"
                                "  report:\n"
                                "    fields:\n"
                                "      - {length_of: frame, type: u8, scale: 4, offset: "
                                "-4}\n"
                                "      - {name: value, type: u32}\n");
    expect_both(&fixture, "68 0500 03 00000007", "{\"value\":7}");
    expect_decode_error(&fixture, "68 0600 03 00000007", DGM_LENGTH, 1, "(length)");
    expect_decode_error(&fixture, "68 0500 02 00000007", DGM_LENGTH, 3, "(length)");
    close_fixture();
}
END_TEST

START_TEST(a_length_that_is_named_is_shown_and_accepted)
{
    fixture_open(&fixture, REPORT "      - {name: length, length_of: frame, type: u8}\n"
                                  "      - {name: a, type: u8}\n");
    expect_both(&fixture, "02 05", "{\"length\":2,\"a\":5}");
    expect_encode(&fixture, "{\"a\":5}", "02 05");
    close_fixture();
}
END_TEST

START_TEST(a_wrong_number_of_elements_is_found_at_the_array)
{
    fixture_open(&fixture, REPORT "      - {name: a, type: u8}\n"
                                  "      - {name: list, type: u8, repeat: 2}\n");
    expect_both(&fixture, "01 02 03", "{\"a\":1,\"list\":[2,3]}");
    expect_encode_error(&fixture, "{\"a\":1,\"list\":[2]}", DGM_COUNT_MISMATCH, "[2]",
                        "list");
    close_fixture();
}
END_TEST

START_TEST(a_length_that_does_not_fit_is_refused)
{
    fixture_open(&fixture, REPORT "      - {length_of: frame, type: u8, scale: 2}\n"
                                  "      - {name: note, type: text(rest)}\n");
    expect_encode(&fixture, "{\"note\":\"abc\"}", "02 616263");
    expect_encode_error(&fixture, "{\"note\":\"ab\"}", DGM_LENGTH, NULL, "(length)");
    close_fixture();
}
END_TEST

static const char around[] =
    HEAD "wire:\n"
         "  header: [{const: 0x68, type: u8}, {length_of: body, type: u8}]\n"
         "  trailer: [{checksum: sum-8, type: u8, over: [2, -2]}, {const: 0x16, type: "
         "u8}]\n"
         "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - {const: 1, type: u8}\n"
         "      - {name: a, type: u8}\n"
         "  simple:\n"
         "    bare: true\n"
         "    fields:\n"
         "      - {const: 2, type: u8}\n"
         "      - {name: b, type: u8}\n";

START_TEST(a_trailer_stands_behind_every_message)
{
    fixture_open(&fixture, around);
    expect_both(&fixture, "68 02 01 05 06 16", "{\"a\":5}");
    expect_both(&fixture, "02 05", "{\"b\":5}");
    expect_decode_error(&fixture, "68 02 01 05 07 16", DGM_CHECKSUM, 4, "(checksum)");
    expect_decode_error(&fixture, "68 04 01 05 06 16", DGM_LENGTH, 1, "(length)");
    close_fixture();
}
END_TEST

START_TEST(what_takes_the_rest_leaves_the_trailer)
{
    fixture_open(&fixture,
                 HEAD "wire:\n"
                      "  trailer: [{checksum: sum-8, type: u8}, {const: 0x16, type: "
                      "u8}]\n"
                      "messages:\n"
                      "  note:\n"
                      "    fields:\n"
                      "      - {const: 1, type: u8}\n"
                      "      - {name: note, type: text(rest)}\n"
                      "  list:\n"
                      "    fields:\n"
                      "      - {const: 2, type: u8}\n"
                      "      - {name: list, repeat: rest, type: u16}\n"
                      "  tail:\n"
                      "    fields:\n"
                      "      - {const: 3, type: u8}\n"
                      "      - {name: a, type: u8, optional: true}\n"
                      "      - {name: b, type: u8, optional: true}\n");
    expect_both(&fixture, "01 4142 84 16", "{\"note\":\"AB\"}");
    expect_both(&fixture, "01 01 16", "{\"note\":\"\"}");
    expect_both(&fixture, "02 0001 0002 05 16", "{\"list\":[1,2]}");
    expect_both(&fixture, "03 04 07 16", "{\"a\":4}");
    expect_both(&fixture, "03 04 05 0C 16", "{\"a\":4,\"b\":5}");
    expect_decode_error(&fixture, "01 01", DGM_TRUNCATED, 2, "(const)");
    expect_decode_error(&fixture, "02 00 02 16", DGM_CHECKSUM, 3, "(checksum)");
    close_fixture();
}
END_TEST

static const char notices[] = REPORT "      - {name: level, type: u8}\n"
                                     "      - {warn: the level is high, when: level > "
                                     "200}\n"
                                     "      - {refuse: the level is none, when: level == "
                                     "255}\n";

START_TEST(a_profile_warns_and_refuses_in_its_own_words)
{
    fixture_open(&fixture, notices);
    expect_both(&fixture, "C8", "{\"level\":200}");
    expect_notice(&fixture, "C9", "{\"level\":201}", DGM_WARNING, "(warning)");
    ck_assert_str_eq(fixture.notices[0].detail, "the level is high");
    expect_encode(&fixture, "{\"level\":201}", "C9");
    expect_decode_error(&fixture, "FF", DGM_REFUSED, 1, "(refusal)");
    ck_assert_str_eq(fixture.error.detail, "the level is none");
    expect_encode_error(&fixture, "{\"level\":255}", DGM_REFUSED, NULL, "(refusal)");
    ck_assert_str_eq(fixture.error.detail, "the level is none");
    close_fixture();
}
END_TEST

START_TEST(a_message_can_be_refused_as_a_whole)
{
    fixture_open(&fixture, HEAD "wire:\n"
                                "  header: [{local: kind, type: u8}]\n"
                                "messages:\n"
                                "  old:\n"
                                "    match: {kind: 1}\n"
                                "    refuse: firmware 1 is not supported\n"
                                "  report:\n"
                                "    match: {kind: 2}\n"
                                "    fields:\n"
                                "      - {name: a, type: u8}\n");
    expect_both(&fixture, "02 05", "{\"a\":5}");
    expect_decode_error(&fixture, "01 0203040506", DGM_REFUSED, 1, "(refusal)");
    ck_assert_str_eq(fixture.error.detail, "firmware 1 is not supported");
    close_fixture();
}
END_TEST

static const char cases[] = REPORT "      - {local: kind, type: u8, encode: case}\n"
                                   "      - {name: common, type: u8}\n"
                                   "      - switch: kind\n"
                                   "        cases:\n"
                                   "          1: {name: a, type: u8}\n"
                                   "          2:\n"
                                   "            - {name: a, type: u16}\n"
                                   "            - {name: b, type: u8}\n"
                                   "          3..5: [{name: note, type: text(rest)}]\n"
                                   "          0x10: []\n";

START_TEST(a_switch_chooses_by_what_stands_before_it)
{
    fixture_open(&fixture, cases);
    expect_both(&fixture, "01 07 09", "{\"common\":7,\"a\":9}");
    expect_both(&fixture, "02 07 0009 05", "{\"common\":7,\"a\":9,\"b\":5}");
    expect_both(&fixture, "03 07 4142", "{\"common\":7,\"note\":\"AB\"}");
    expect_decode(&fixture, "05 07 41", "{\"common\":7,\"note\":\"A\"}");
    expect_both(&fixture, "10 07", "{\"common\":7}");
    expect_decode_error(&fixture, "06 07 41", DGM_REFUSED, 2, "(refusal)");
    ck_assert_str_eq(fixture.error.detail, "no case for this kind");
    expect_decode_error(&fixture, "01 07", DGM_TRUNCATED, 2, "a");
    expect_decode_error(&fixture, "01 07 09 00", DGM_TRAILING_BYTES, 3, "");
    close_fixture();
}
END_TEST

START_TEST(members_of_two_cases_do_not_go_together)
{
    fixture_open(&fixture, cases);
    expect_encode_error(&fixture, "{\"common\":7,\"b\":5}", DGM_MEMBER_NOT_ALLOWED, "5}",
                        "b");
    expect_encode_error(&fixture, "{\"common\":7,\"a\":9,\"note\":\"A\"}",
                        DGM_MEMBER_NOT_ALLOWED, "\"A\"", "note");
    expect_encode_error(&fixture, "{\"common\":7,\"c\":9}", DGM_UNKNOWN_MEMBER, "\"c\"",
                        "");
    expect_encode_error(&fixture, "{\"common\":7,\"a\":256}", DGM_RANGE, "256", "a");
    close_fixture();
}
END_TEST

START_TEST(literals_tell_cases_of_the_same_members_apart)
{
    fixture_open(&fixture, REPORT "      - {local: kind, type: u8, encode: case}\n"
                                  "      - switch: kind\n"
                                  "        cases:\n"
                                  "          0: [{name: a, type: u8}, {name: p, literal: "
                                  "none}]\n"
                                  "          1: [{name: a, type: u8}, {name: p, literal: "
                                  "one}]\n"
                                  "          3: [{name: a, type: u8}, {name: q, literal: "
                                  "7}]\n"
                                  "          4: [{name: a, type: u8}, {name: q, literal: "
                                  "8}, {name: b, type: u8, optional: true}]\n"
                                  "        default: {name: a, type: u8}\n");
    expect_both(&fixture, "00 05", "{\"a\":5,\"p\":\"none\"}");
    expect_both(&fixture, "01 05", "{\"a\":5,\"p\":\"one\"}");
    expect_both(&fixture, "03 05", "{\"a\":5,\"q\":7}");
    expect_both(&fixture, "04 05", "{\"a\":5,\"q\":8}");
    expect_both(&fixture, "04 05 06", "{\"a\":5,\"q\":8,\"b\":6}");
    /* What no case covers is written for the default. */
    expect_both(&fixture, "02 05", "{\"a\":5}");
    expect_decode(&fixture, "09 05", "{\"a\":5}");
    expect_encode(&fixture, "{\"a\":5,\"q\":7.0}", "03 05");
    close_fixture();
}
END_TEST

START_TEST(a_literal_is_not_what_another_case_reads)
{
    fixture_open(&fixture, REPORT "      - {local: kind, type: u8, encode: case}\n"
                                  "      - switch: kind\n"
                                  "        cases:\n"
                                  "          0: {name: a, type: u8}\n"
                                  "          1: {name: a, literal: null}\n");
    expect_both(&fixture, "00 05", "{\"a\":5}");
    expect_both(&fixture, "01", "{\"a\":null}");
    expect_encode(&fixture, "{}", "01");
    close_fixture();
}
END_TEST

START_TEST(a_default_has_a_value_of_its_own_if_there_is_one)
{
    fixture_open(&fixture, REPORT "      - bits: u8\n"
                                  "        fields:\n"
                                  "          - {reserved: u7}\n"
                                  "          - {local: kind, type: u1, encode: case}\n"
                                  "      - switch: kind\n"
                                  "        cases:\n"
                                  "          0: {name: a, type: u8}\n"
                                  "          1: {name: b, type: u8}\n"
                                  "        default: {name: c, type: u8}\n");
    expect_both(&fixture, "01 05", "{\"b\":5}");
    expect_encode_error(&fixture, "{\"c\":5}", DGM_MISSING_MEMBER, NULL, "b");
    close_fixture();
}
END_TEST

START_TEST(a_selector_with_a_name_says_which_case_is_meant)
{
    fixture_open(&fixture, REPORT "      - {name: kind, type: u8, enum: {1: short, 2: "
                                  "long}}\n"
                                  "      - switch: kind\n"
                                  "        cases:\n"
                                  "          1: {name: a, type: u8}\n"
                                  "          2: {name: a, type: u16}\n");
    expect_both(&fixture, "01 09", "{\"kind\":\"short\",\"a\":9}");
    expect_both(&fixture, "02 0009", "{\"kind\":\"long\",\"a\":9}");
    expect_encode_error(&fixture, "{\"kind\":\"long\"}", DGM_MISSING_MEMBER, NULL, "a");
    close_fixture();
}
END_TEST

START_TEST(a_member_that_no_chosen_case_takes_is_refused)
{
    fixture_open(&fixture, REPORT "      - {name: kind, type: u8}\n"
                                  "      - switch: kind\n"
                                  "        cases:\n"
                                  "          1: {name: a, type: u8}\n"
                                  "          2: {name: a, type: u16}\n"
                                  "        default: {name: b, type: u8}\n");
    expect_both(&fixture, "03 04", "{\"kind\":3,\"b\":4}");
    expect_encode_error(&fixture, "{\"kind\":3,\"b\":4,\"a\":5}", DGM_MEMBER_NOT_ALLOWED,
                        "5}", "a");
    close_fixture();
}
END_TEST

START_TEST(a_switch_may_be_about_a_truth_or_a_calculation)
{
    fixture_open(&fixture, REPORT "      - {name: wide, type: bool8}\n"
                                  "      - switch: wide\n"
                                  "        cases:\n"
                                  "          true: {name: a, type: u16}\n"
                                  "          false: {name: a, type: u8}\n"
                                  "      - switch: a % 2\n"
                                  "        cases: {1: {name: odd, type: u8}}\n"
                                  "        default: []\n");
    expect_both(&fixture, "01 0102", "{\"wide\":true,\"a\":258}");
    expect_both(&fixture, "00 01 07", "{\"wide\":false,\"a\":1,\"odd\":7}");
    close_fixture();
}
END_TEST

START_TEST(many_cases_leave_the_rest_to_the_default)
{
    char yaml[2048];
    snprintf(yaml, sizeof(yaml),
             REPORT "      - {name: kind, type: u8}\n"
                    "      - switch: kind\n"
                    "        cases:\n");
    for (unsigned i = 0; i < 20; i++)
        snprintf(yaml + strlen(yaml), sizeof(yaml) - strlen(yaml),
                 "          %u..%u: {name: m%u, type: u8}\n", i * 10, i * 10 + 8, i);
    strcat(yaml, "        default: {name: other, type: u16}\n");
    fixture_open(&fixture, yaml);
    expect_both(&fixture, "00 01", "{\"kind\":0,\"m0\":1}");
    expect_both(&fixture, "C6 01", "{\"kind\":198,\"m19\":1}");
    expect_both(&fixture, "09 0001", "{\"kind\":9,\"other\":1}");
    expect_both(&fixture, "FF 0001", "{\"kind\":255,\"other\":1}");
    close_fixture();
}
END_TEST

START_TEST(cases_repeat_with_their_selectors)
{
    fixture_open(&fixture, REPORT "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        fields:\n"
                                  "          - {local: kind, type: u8, encode: case}\n"
                                  "          - switch: kind\n"
                                  "            cases:\n"
                                  "              1: {name: v, type: u8}\n"
                                  "              2: [{name: v, type: u16}, {name: w, "
                                  "type: u8}]\n");
    expect_both(&fixture, "01 05 02 0102 03 01 06",
                "{\"list\":[{\"v\":5},{\"v\":258,\"w\":3},{\"v\":6}]}");
    expect_decode_error(&fixture, "01 05 03 01", DGM_REFUSED, 3, "list[1].(refusal)");
    expect_encode_error(&fixture, "{\"list\":[{\"v\":5},{\"w\":3}]}", DGM_MISSING_MEMBER,
                        NULL, "list[1].v");
    close_fixture();
}
END_TEST

START_TEST(objects_of_two_cases_share_their_name)
{
    fixture_open(&fixture,
                 REPORT "      - {name: kind, type: u8}\n"
                        "      - switch: kind\n"
                        "        cases:\n"
                        "          1: {name: at, fields: [{name: x, type: u8}]}\n"
                        "          2: {name: at, fields: [{name: x, type: u16}, {name: "
                        "y, type: u8}]}\n");
    expect_both(&fixture, "01 05", "{\"kind\":1,\"at\":{\"x\":5}}");
    expect_both(&fixture, "02 0005 06", "{\"kind\":2,\"at\":{\"x\":5,\"y\":6}}");
    expect_encode_error(&fixture, "{\"kind\":1,\"at\":{\"x\":5,\"y\":6}}",
                        DGM_MEMBER_NOT_ALLOWED, "6}", "at.y");
    close_fixture();
}
END_TEST

static const char mask[] = REPORT "      - {local: mask, type: u16, encode: presence}\n"
                                  "      - {name: x, type: u8, when: mask.0}\n"
                                  "      - name: y\n"
                                  "        when: mask.3\n"
                                  "        fields: [{name: z, type: u8}]\n"
                                  "      - bits: u8\n"
                                  "        when: mask.15\n"
                                  "        fields: [{name: p, type: u4}, {name: q, type: "
                                  "u4}]\n";

START_TEST(bits_of_a_mask_announce_what_is_given)
{
    fixture_open(&fixture, mask);
    expect_encode(&fixture, "{}", "0000");
    expect_both(&fixture, "0001 05", "{\"x\":5}");
    expect_both(&fixture, "0009 05 06", "{\"x\":5,\"y\":{\"z\":6}}");
    expect_both(&fixture, "8001 05 34", "{\"x\":5,\"p\":3,\"q\":4}");
    expect_encode_error(&fixture, "{\"x\":5,\"p\":3}", DGM_MISSING_MEMBER, NULL, "q");
    expect_encode_error(&fixture, "{\"x\":5,\"q\":3}", DGM_MEMBER_NOT_ALLOWED, "3}", "q");
    close_fixture();
}
END_TEST

START_TEST(sixteen_bits_announce_sixteen_members)
{
    char yaml[2048], json[512] = "{", hex[64] = "FFFF";
    snprintf(yaml, sizeof(yaml),
             REPORT "      - {local: mask, type: u16, encode: presence}\n");
    for (unsigned i = 0; i < 16; i++) {
        snprintf(yaml + strlen(yaml), sizeof(yaml) - strlen(yaml),
                 "      - {name: m%u, type: u8, when: mask.%u}\n", i, i);
        snprintf(json + strlen(json), sizeof(json) - strlen(json), "%s\"m%u\":%u",
                 i > 0 ? "," : "", i, i);
        snprintf(hex + strlen(hex), sizeof(hex) - strlen(hex), " %02X", i);
    }
    strcat(json, "}");
    fixture_open(&fixture, yaml);
    expect_both(&fixture, hex, json);
    expect_both(&fixture, "8002 01 0F", "{\"m1\":1,\"m15\":15}");
    close_fixture();
}
END_TEST

START_TEST(texts_are_padded_and_stripped)
{
    fixture_open(&fixture,
                 REPORT "      - {name: a, type: text(4), pad: 0x20}\n"
                        "      - {name: b, type: 'bytes(3)', as: hex, pad: 0xFF}\n");
    expect_both(&fixture, "41422020 01FFFF", "{\"a\":\"AB\",\"b\":\"01\"}");
    expect_both(&fixture, "20202020 FFFFFF", "{\"a\":\"\",\"b\":\"\"}");
    expect_both(&fixture, "41204243 010203", "{\"a\":\"A BC\",\"b\":\"010203\"}");
    expect_encode_error(&fixture, "{\"a\":\"ABCDE\",\"b\":\"\"}", DGM_LENGTH, "\"ABCDE\"",
                        "a");
    close_fixture();
}
END_TEST

/* A text goes up to its end, and what stands behind that is not looked at. */
START_TEST(texts_stop_at_their_end)
{
    fixture_open(&fixture, REPORT "      - {name: a, type: text(4), end: 0}\n"
                                  "      - {name: b, type: text(4), end: 0x2F, pad: "
                                  "0xFF, encoding: utf8}\n");
    expect_both(&fixture, "41420000 2FFFFFFF", "{\"a\":\"AB\",\"b\":\"\"}");
    expect_both(&fixture, "41424344 C3A42FFF", "{\"a\":\"ABCD\",\"b\":\"\xC3\xA4\"}");
    expect_decode(&fixture, "00424344 412FFF80", "{\"a\":\"\",\"b\":\"A\"}");
    expect_decode_error(&fixture, "410000", DGM_TRUNCATED, 0, "a");
    expect_encode_error(&fixture, "{\"a\":\"ABCDE\",\"b\":\"\"}", DGM_LENGTH, "\"ABCDE\"",
                        "a");
    expect_encode_error(&fixture, "{\"a\":\"A\\u0000\",\"b\":\"\"}", DGM_TEXT,
                        "\"A\\u0000\"", "a");
    expect_encode_error(&fixture, "{\"a\":\"\",\"b\":\"1/2\"}", DGM_TEXT, "\"1/2\"", "b");
    close_fixture();
}
END_TEST

/* One after the other, each as long as it is. */
START_TEST(a_text_of_the_rest_is_followed_by_what_stands_behind_its_end)
{
    fixture_open(&fixture,
                 REPORT "      - {name: a, type: text(rest), end: 0}\n"
                        "      - name: list\n"
                        "        repeat: rest\n"
                        "        fields:\n"
                        "          - {name: key, type: text(rest), end: 0x3D}\n"
                        "          - {name: value, type: text(rest), end: 0x3B}\n");
    expect_both(&fixture, "414200", "{\"a\":\"AB\",\"list\":[]}");
    expect_both(&fixture, "00 6B3D76373B 3D3B",
                "{\"a\":\"\",\"list\":[{\"key\":\"k\",\"value\":\"v7\"},"
                "{\"key\":\"\",\"value\":\"\"}]}");
    expect_decode_error(&fixture, "4142", DGM_TRUNCATED, 0, "a");
    expect_decode_error(&fixture, "", DGM_TRUNCATED, 0, "a");
    expect_decode_error(&fixture, "00 6B3D 76", DGM_TRUNCATED, 3, "list[0].value");
    close_fixture();
}
END_TEST

static const char literals[] = REPORT "      - {name: a, type: u8}\n"
                                      "      - switch: a\n"
                                      "        cases:\n"
                                      "          0: {name: mode, literal: off_}\n"
                                      "          1: {name: mode, literal: slow}\n"
                                      "          2..9: {name: mode, literal: fast}\n";

START_TEST(literals_of_several_cases_must_agree_with_the_case)
{
    fixture_open(&fixture, literals);
    expect_both(&fixture, "00", "{\"a\":0,\"mode\":\"off_\"}");
    expect_both(&fixture, "07", "{\"a\":7,\"mode\":\"fast\"}");
    expect_encode(&fixture, "{\"a\":1}", "01");
    expect_encode_error(&fixture, "{\"a\":1,\"mode\":\"fast\"}", DGM_CONST, "\"fast\"",
                        "mode");
    close_fixture();
}
END_TEST

/* 255 is no reading, 0 is one that is not worked out, 1..254 are tenths. */
/* The first case has nothing that the others do not have: it is what is left over. */
START_TEST(a_case_without_members_of_its_own_is_told_by_what_is_missing)
{
    static char yaml[4096], json[64], hex[16];
    strcpy(yaml, REPORT "      - {local: kind, type: u8, encode: case}\n"
                        "      - switch: kind\n"
                        "        cases:\n"
                        "          0: {name: a, type: u8}\n");
    for (unsigned i = 1; i < 10; i++)
        snprintf(yaml + strlen(yaml), sizeof(yaml) - strlen(yaml),
                 "          %u: [{name: a, type: u8}, {name: m%u, type: u8}]\n", i, i);
    fixture_open(&fixture, yaml);
    expect_both(&fixture, "00 07", "{\"a\":7}");
    for (unsigned i = 1; i < 10; i++) {
        snprintf(json, sizeof(json), "{\"a\":7,\"m%u\":8}", i);
        snprintf(hex, sizeof(hex), "%02X 07 08", i);
        expect_both(&fixture, hex, json);
    }
    close_fixture();
}
END_TEST

static const char mixed[] =
    REPORT "      - {local: kind, type: u8, encode: 0 if has(raw) else 1}\n"
           "      - switch: kind\n"
           "        cases:\n"
           "          0:\n"
           "            - {name: raw, type: u8}\n"
           "            - switch: raw\n"
           "              cases:\n"
           "                255: {name: level, literal: null}\n"
           "              default: {name: level, value: raw * 0.1}\n"
           "          1: {name: level, type: u8, scale: 0.5}\n";

START_TEST(a_member_is_read_computed_or_constant_by_the_case)
{
    fixture_open(&fixture, mixed);
    expect_both(&fixture, "00 21", "{\"raw\":33,\"level\":3.3}");
    expect_both(&fixture, "00 FF", "{\"raw\":255,\"level\":null}");
    expect_both(&fixture, "01 09", "{\"level\":4.5}");
    expect_encode_error(&fixture, "{\"raw\":255,\"level\":3}", DGM_CONST, "3}", "level");
    close_fixture();
}
END_TEST

static const char commands[] = HEAD "messages:\n"
                                    "  report:\n"
                                    "    fields: [{name: level, type: u8}]\n"
                                    "  set:\n"
                                    "    kind: command\n"
                                    "    fields:\n"
                                    "      - {const: 1, type: u8}\n"
                                    "      - {name: level, type: u8}\n"
                                    "      - {name: ramp, type: u8, default: 0}\n"
                                    "  restart:\n"
                                    "    kind: command\n"
                                    "    fields:\n"
                                    "      - {const: 2, type: u8}\n"
                                    "      - {name: restart, literal: true}\n";

/* The members alone say which it is; the way they go decides where both fit. */
START_TEST(without_services_a_command_is_the_object_of_its_members)
{
    fixture_open(&fixture, commands);
    expect_encode(&fixture, "{\"level\":7,\"ramp\":3}", "01 07 03");
    expect_encode(&fixture, "{\"level\":7}", "07");
    expect_encode(&fixture, "{\"restart\":true}", "02");
    fixture.call.direction = DGM_DIRECTION_DOWN;
    expect_both(&fixture, "01 07 03", "{\"level\":7,\"ramp\":3}");
    expect_encode(&fixture, "{\"level\":7}", "01 07 00");
    expect_both(&fixture, "02", "{\"restart\":true}");
    expect_decode_error(&fixture, "03 07", DGM_NO_MESSAGE, 0, "");
    expect_encode_error(&fixture, "{\"level\":256}", DGM_RANGE, "256", "set.level");
    fixture.call.direction = DGM_DIRECTION_UP;
    expect_encode_error(&fixture, "{\"restart\":true}", DGM_UNKNOWN_MEMBER, "\"restart\"",
                        "");
    close_fixture();
}
END_TEST

/* The platform calls the command as the profile calls the message. */
START_TEST(without_services_the_platform_names_the_message_as_the_command)
{
    fixture_open(&fixture, commands);
    fixture.call.direction = DGM_DIRECTION_DOWN;
    fixture.call.shape = DGM_SHAPE_OCEANCONNECT;
    expect_both(&fixture, "01 07 03",
                "{\"msgType\":\"cloudReq\",\"serviceId\":\"Default\",\"cmd\":\"set\","
                "\"paras\":{\"level\":7,\"ramp\":3}}");
    fixture.call.shape = DGM_SHAPE_IOTDA;
    expect_both(&fixture, "02",
                "{\"msg_type\":\"commands\",\"service_id\":\"Default\","
                "\"command_name\":\"restart\",\"paras\":{\"restart\":true}}");
    expect_encode_error(&fixture,
                        "{\"msg_type\":\"commands\",\"service_id\":\"Default\","
                        "\"command_name\":\"reset\",\"paras\":{}}",
                        DGM_NO_COMMAND, "\"reset\"", "");
    close_fixture();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("structure");
    TCase *frame = tcase_create("frame"), *choice = tcase_create("choice");
    tcase_add_loop_test(frame, checksums_are_compared_and_filled_in, 0,
                        (int)(sizeof(checks) / sizeof(checks[0])));
    tcase_add_test(frame, a_checksum_cut_short_is_truncated);
    tcase_add_test(frame, a_case_without_members_of_its_own_is_told_by_what_is_missing);
    tcase_add_test(frame, texts_stop_at_their_end);
    tcase_add_test(frame, a_text_of_the_rest_is_followed_by_what_stands_behind_its_end);
    tcase_add_test(frame, literals_of_several_cases_must_agree_with_the_case);
    tcase_add_test(frame, without_services_a_command_is_the_object_of_its_members);
    tcase_add_test(frame, without_services_the_platform_names_the_message_as_the_command);
    tcase_add_test(frame, a_member_is_read_computed_or_constant_by_the_case);
    tcase_add_test(frame, a_checksum_covers_the_length_before_it);
    tcase_add_test(frame, lengths_count_bytes_or_words_with_or_without_the_header);
    tcase_add_test(frame, a_length_that_is_named_is_shown_and_accepted);
    tcase_add_test(frame, a_wrong_number_of_elements_is_found_at_the_array);
    tcase_add_test(frame, a_length_that_does_not_fit_is_refused);
    tcase_add_test(frame, a_profile_warns_and_refuses_in_its_own_words);
    tcase_add_test(frame, a_message_can_be_refused_as_a_whole);
    tcase_add_test(frame, texts_are_padded_and_stripped);
    tcase_add_test(frame, a_trailer_stands_behind_every_message);
    tcase_add_test(frame, what_takes_the_rest_leaves_the_trailer);
    tcase_add_test(choice, a_switch_chooses_by_what_stands_before_it);
    tcase_add_test(choice, members_of_two_cases_do_not_go_together);
    tcase_add_test(choice, literals_tell_cases_of_the_same_members_apart);
    tcase_add_test(choice, a_literal_is_not_what_another_case_reads);
    tcase_add_test(choice, a_default_has_a_value_of_its_own_if_there_is_one);
    tcase_add_test(choice, a_selector_with_a_name_says_which_case_is_meant);
    tcase_add_test(choice, a_member_that_no_chosen_case_takes_is_refused);
    tcase_add_test(choice, a_switch_may_be_about_a_truth_or_a_calculation);
    tcase_add_test(choice, many_cases_leave_the_rest_to_the_default);
    tcase_add_test(choice, cases_repeat_with_their_selectors);
    tcase_add_test(choice, objects_of_two_cases_share_their_name);
    tcase_add_test(choice, bits_of_a_mask_announce_what_is_given);
    tcase_add_test(choice, sixteen_bits_announce_sixteen_members);
    suite_add_tcase(suite, frame);
    suite_add_tcase(suite, choice);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
