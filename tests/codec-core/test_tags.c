/* SPDX-License-Identifier: MIT */
/* Tag loops: records that begin with a tag. Both directions. */
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

static const char plain[] =
    REPORT "      - tlv:\n"
           "          tag: u8\n"
           "          unknown: stop\n"
           "          cases:\n"
           "            1: {name: temperature, type: i16, scale: 0.1}\n"
           "            2: {name: humidity, type: u8}\n"
           "            3:\n"
           "              - {name: x, type: i8}\n"
           "              - {name: y, type: i8}\n"
           "            4: {name: humidity, type: u16, scale: 0.01}\n"
           "            8: {name: at, fields: [{name: a, type: u8}, {name: b, type: "
           "u8}]}\n"
           "            9..12: {name: z, type: u8, invalid: 0xFF}\n";

START_TEST(each_record_has_the_case_of_its_tag)
{
    fixture_open(&fixture, plain);
    expect_both(&fixture, "01 00E9 02 2A", "{\"temperature\":23.3,\"humidity\":42}");
    expect_both(&fixture, "03 01FF", "{\"x\":1,\"y\":-1}");
    expect_both(&fixture, "08 0102", "{\"at\":{\"a\":1,\"b\":2}}");
    expect_decode_error(&fixture, "02 2A 01 00", DGM_TRUNCATED, 3, "temperature");
    close_fixture();
}
END_TEST

START_TEST(what_comes_twice_counts_once_where_it_comes_last)
{
    fixture_open(&fixture, plain);
    expect_decode(&fixture, "02 01 01 00E9 02 2A",
                  "{\"temperature\":23.3,\"humidity\":42}");
    /* the same member under another tag */
    expect_decode(&fixture, "02 01 01 00E9 04 0005",
                  "{\"temperature\":23.3,\"humidity\":0.05}");
    expect_decode(&fixture, "08 0102 08 0304 02 05",
                  "{\"at\":{\"a\":3,\"b\":4},\"humidity\":5}");
    /* no reading says nothing about the reading before */
    expect_decode(&fixture, "09 01 0A 02 0B FF", "{\"z\":2}");
    close_fixture();
}
END_TEST

START_TEST(an_unknown_tag_can_end_the_loop)
{
    fixture_open(&fixture, plain);
    expect_notice(&fixture, "02 2A 63 01 00E9", "{\"humidity\":42}", DGM_TAG, "(tag)");
    ck_assert_uint_eq(fixture.notices[0].offset, 2);
    ck_assert_uint_eq(fixture.notices[0].raw, 0x63);
    close_fixture();
}
END_TEST

START_TEST(records_are_written_in_the_order_of_the_cases)
{
    fixture_open(&fixture, plain);
    expect_encode(&fixture, "{\"humidity\":42,\"temperature\":23.3}", "01 00E9 02 2A");
    expect_encode(&fixture, "{\"z\":7}", "09 07");
    /* the first layout that can hold the value */
    expect_encode(&fixture, "{\"humidity\":0.05,\"x\":1,\"y\":2}", "03 0102 04 0005");
    expect_encode_error(&fixture, "{\"humidity\":1000}", DGM_RANGE, "1000", "humidity");
    expect_encode_error(&fixture, "{\"x\":1}", DGM_MISSING_MEMBER, NULL, "y");
    expect_encode_error(&fixture, "{\"x\":1,\"w\":2}", DGM_UNKNOWN_MEMBER, "\"w\"", "");
    expect_encode_error(&fixture, "{\"humidity\":\"a\"}", DGM_TYPE, "\"a\"", "humidity");
    close_fixture();
}
END_TEST

START_TEST(the_case_that_comes_nearest_is_written)
{
    fixture_open(
        &fixture,
        REPORT "      - tlv:\n"
               "          tag: u8\n"
               "          cases:\n"
               "            1: {name: level, type: u16}\n"
               "            2: {name: level, type: u8, scale: 0.1}\n"
               "            3: [{name: level, type: u8, scale: 2}, {name: x, type: u8}]\n"
               "            4: {name: level, type: i16, scale: 0.01}\n"
               "            5: {name: note, type: u8, scale: 0.5}\n"
               "            6: {name: list, type: u8, scale: 10, repeat: 2}\n"
               "            7: {name: list, type: f32, repeat: 2}\n"
               "            8: {name: list, type: f64, repeat: 2}\n");
    expect_both(&fixture, "01 0007", "{\"level\":7}");
    expect_both(&fixture, "02 07", "{\"level\":0.7}");
    expect_both(&fixture, "04 0049", "{\"level\":0.73}");
    /* Zero of the second is next to it, but the fourth holds it. */
    expect_both(&fixture, "04 FFFC", "{\"level\":-0.04}");
    /* None holds it: the nearest, of two the first. */
    expect_encode(&fixture, "{\"level\":-0.043}", "04 FFFC");
    expect_encode(&fixture, "{\"level\":0.7001}", "02 07");
    expect_encode(&fixture, "{\"note\":0.7,\"level\":0.7301}", "04 0049 05 01");
    expect_both(&fixture, "06 010B", "{\"list\":[10,110]}");
    expect_both(&fixture, "07 3F800000 4121999A", "{\"list\":[1,10.1]}");
    expect_both(&fixture, "08 3FF0000000000000 3FF3C0CA428C59FB",
                "{\"list\":[1,1.2345678901234567]}");
    close_fixture();
}
END_TEST

START_TEST(records_of_one_tag_are_collected)
{
    fixture_open(&fixture,
                 REPORT "      - tlv:\n"
                        "          tag: u8\n"
                        "          cases:\n"
                        "            2: {name: humidity, type: u8}\n"
                        "            5: {name: list, type: u8, collect: true}\n"
                        "            6..7:\n"
                        "              name: pos\n"
                        "              collect: true\n"
                        "              fields: [{name: x, type: u8}, {name: y, type: "
                        "u8}]\n");
    expect_both(&fixture, "02 2A 05 01 05 02 06 0102 06 0304",
                "{\"humidity\":42,\"list\":[1,2],\"pos\":[{\"x\":1,\"y\":2},"
                "{\"x\":3,\"y\":4}]}");
    expect_decode(&fixture, "06 0102 05 01 02 2A 05 02 07 0304",
                  "{\"humidity\":42,\"list\":[1,2],\"pos\":[{\"x\":1,\"y\":2},"
                  "{\"x\":3,\"y\":4}]}");
    expect_both(&fixture, "05 01", "{\"list\":[1]}");
    expect_encode(&fixture, "{\"list\":[],\"humidity\":1}", "02 01");
    expect_encode_error(&fixture, "{\"list\":[1,256]}", DGM_RANGE, "256", "list");
    expect_encode_error(&fixture, "{\"list\":1}", DGM_TYPE, "1}", "list");
    expect_encode_error(&fixture, "{\"pos\":[{\"x\":1}]}", DGM_MISSING_MEMBER, "{\"x\"",
                        "pos[].y");
    expect_decode_error(&fixture, "05 01 63 00", DGM_TAG, 2, "(tag)");
    close_fixture();
}
END_TEST

static const char sized[] =
    HEAD "wire:\n"
         "  trailer: [{const: 0xAA, type: u8}]\n"
         "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - tlv:\n"
         "          tag:\n"
         "            - {local: id, type: u8}\n"
         "            - {local: n, type: u8}\n"
         "          select: id\n"
         "          size: n\n"
         "          unknown: keep\n"
         "          keep_as: unknown\n"
         "          cases:\n"
         "            1: {name: temperature, type: i16, scale: 0.1}\n"
         "            2: {name: note, type: text(rest)}\n"
         "            3:\n"
         "              - {name: x, type: i8}\n"
         "              - {name: y, type: i8, optional: true}\n";

START_TEST(records_end_where_they_say)
{
    fixture_open(&fixture, sized);
    expect_both(&fixture, "01 02 00E9 02 02 4142 03 01 05 AA",
                "{\"temperature\":23.3,\"note\":\"AB\",\"x\":5}");
    expect_both(&fixture, "03 02 0506 AA", "{\"x\":5,\"y\":6}");
    expect_decode_error(&fixture, "01 03 00E900 AA", DGM_TRAILING_BYTES, 4, "(record)");
    expect_decode_error(&fixture, "01 04 00E9 AA", DGM_TRUNCATED, 2, "(record)");
    expect_decode_error(&fixture, "01 01 00 AA", DGM_TRUNCATED, 2, "temperature");
    close_fixture();
}
END_TEST

START_TEST(unknown_records_are_kept)
{
    fixture_open(&fixture, sized);
    expect_both(&fixture, "01 02 00E9 09 01 07 0A 00 AA",
                "{\"temperature\":23.3,\"unknown\":{\"09\":\"07\",\"0a\":\"\"}}");
    /* the last one of a tag counts */
    expect_decode(&fixture, "09 02 0102 01 02 00E9 09 01 07 AA",
                  "{\"temperature\":23.3,\"unknown\":{\"09\":\"07\"}}");
    expect_encode_error(&fixture, "{\"unknown\":{\"01\":\"07\"}}", DGM_TAG, "\"01\"",
                        "unknown");
    expect_encode_error(&fixture, "{\"unknown\":{\"1\":\"07\"}}", DGM_TAG, "\"1\"",
                        "unknown");
    expect_encode_error(&fixture, "{\"unknown\":{\"0x\":\"07\"}}", DGM_TAG, "\"0x\"",
                        "unknown");
    expect_encode_error(&fixture, "{\"unknown\":{\"09\":\"7\"}}", DGM_TEXT, "\"7\"",
                        "unknown");
    close_fixture();
}
END_TEST

START_TEST(no_more_than_64_kinds_of_unknown_records_are_kept)
{
    char hex[1024] = "";
    fixture_open(&fixture, sized);
    for (unsigned i = 0; i < 65; i++)
        snprintf(hex + strlen(hex), sizeof(hex) - strlen(hex), "%02X00", i + 16);
    strcat(hex, "AA");
    expect_decode_error(&fixture, hex, DGM_LIMIT, 128, "(tag)");
    close_fixture();
}
END_TEST

START_TEST(records_can_be_aligned_and_come_once)
{
    fixture_open(&fixture, REPORT "      - tlv:\n"
                                  "          tag:\n"
                                  "            - bits: u8\n"
                                  "              fields:\n"
                                  "                - {local: kind, type: u5}\n"
                                  "                - {local: bytes, type: u3}\n"
                                  "          select: kind\n"
                                  "          size: bytes\n"
                                  "          align: 4\n"
                                  "          unknown: skip\n"
                                  "          repeated: refuse\n"
                                  "          cases:\n"
                                  "            1: {name: t, type: i16, scale: 0.1}\n"
                                  "            2: {name: note, type: text(rest)}\n");
    expect_both(&fixture, "0A 00E9 00 13 414243", "{\"t\":23.3,\"note\":\"ABC\"}");
    expect_decode(&fixture, "4A 0102 00 0A 00E9", "{\"t\":23.3}");
    expect_decode_error(&fixture, "0A 00E9 00 0A 0001 00", DGM_TAG, 4, "(record)");
    expect_encode_error(&fixture, "{\"note\":\"ABCDEFGH\"}", DGM_LENGTH, NULL, "bytes");
    close_fixture();
}
END_TEST

START_TEST(the_search_for_a_tag_can_go_byte_by_byte)
{
    fixture_open(&fixture, REPORT "      - name: outer\n"
                                  "        fields:\n"
                                  "          - tlv:\n"
                                  "              tag: u16\n"
                                  "              unknown: skip_byte\n"
                                  "              cases:\n"
                                  "                0xFF01: {name: t, type: i16}\n"
                                  "                '0xFF02, 0xFF05..0xFF06': {name: l, "
                                  "type: u8}\n");
    expect_decode(&fixture, "00 FF01 0001 02 FF05 07", "{\"outer\":{\"t\":1,\"l\":7}}");
    expect_both(&fixture, "FF01 0001 FF02 07", "{\"outer\":{\"t\":1,\"l\":7}}");
    close_fixture();
}
END_TEST

START_TEST(several_services_take_what_is_theirs)
{
    fixture_open(&fixture,
                 HEAD "services:\n"
                      "  A: {properties: {a: {data_type: int, min: 0, max: 255}, l: "
                      "{data_type: jsonObject}}}\n"
                      "  B: {properties: {b: {data_type: int, min: 0, max: 255}}}\n"
                      "messages:\n  report:\n    fields:\n"
                      "      - tlv:\n"
                      "          tag: u8\n"
                      "          cases:\n"
                      "            1: {name: a, type: u8, to: A}\n"
                      "            2: {name: b, type: u8, to: B}\n"
                      "            3: {name: l, type: u8, to: A, collect: true}\n");
    expect_both(&fixture, "01 05 02 06 03 07 03 08",
                "{\"A\":{\"a\":5,\"l\":[7,8]},\"B\":{\"b\":6}}");
    expect_decode(&fixture, "02 06 03 07 01 05 02 07",
                  "{\"A\":{\"a\":5,\"l\":[7]},\"B\":{\"b\":7}}");
    expect_decode(&fixture, "02 06", "{\"B\":{\"b\":6}}");
    close_fixture();
}
END_TEST

START_TEST(commands_go_together_in_one_frame)
{
    fixture_open(&fixture,
                 HEAD "services:\n"
                      "  S:\n"
                      "    properties: {a: {data_type: int, min: 0, max: 255}}\n"
                      "    commands:\n"
                      "      SET:\n"
                      "        paras: {period: {data_type: int, min: 1, max: 255}, lock: "
                      "{data_type: boolean}}\n"
                      "messages:\n"
                      "  report: {fields: [{const: 0, type: u8}, {name: a, type: u8}]}\n"
                      "  set:\n"
                      "    kind: command\n"
                      "    command: S.SET\n"
                      "    fields:\n"
                      "      - tlv:\n"
                      "          tag: u8\n"
                      "          cases:\n"
                      "            2: {name: period, type: u8}\n"
                      "            7: {name: lock, type: bool8}\n");
    expect_encode(&fixture,
                  "{\"command\":\"S.SET\",\"paras\":{\"lock\":true,\"period\":9}}",
                  "02 09 07 01");
    /* one that fails takes the others with it */
    expect_encode_error(&fixture,
                        "{\"command\":\"S.SET\",\"paras\":{\"lock\":true,\"period\":0}}",
                        DGM_RANGE, "0}", "SET.period");
    close_fixture();
}
END_TEST

/* 65534 bytes of the shortest records, each of which finds one of 200 cases. */
START_TEST(records_of_one_tag_share_what_is_given)
{
    fixture_open(&fixture, REPORT "      - tlv:\n"
                                  "          tag: u8\n"
                                  "          cases:\n"
                                  "            4:\n"
                                  "              - {local: id, type: u8, encode: case}\n"
                                  "              - switch: id\n"
                                  "                cases:\n"
                                  "                  1: {name: a, type: u8}\n"
                                  "                  2: {name: b, type: u8}\n"
                                  "                  3: {name: c, type: u8}\n"
                                  "            5:\n"
                                  "              - {name: d, type: u8}\n"
                                  "              - {name: e, type: u8, when: d > 1}\n");
    expect_both(&fixture, "0401070403090505 01", "{\"a\":7,\"c\":9,\"d\":5,\"e\":1}");
    expect_encode(&fixture, "{\"b\":1,\"a\":10}", "04010A040201");
    expect_encode_error(&fixture, "{\"a\":7,\"d\":1,\"e\":1}", DGM_MEMBER_NOT_ALLOWED,
                        "1}", "e");
    expect_encode_error(&fixture, "{\"a\":7,\"b\":256}", DGM_RANGE, "256", "b");
    close_fixture();
}
END_TEST

START_TEST(many_records_and_many_cases_are_no_burden)
{
    static char yaml[32768];
    static uint8_t frame[65534];
    static char text[65536];
    struct dgm_error error;
    strcpy(yaml, HEAD "wire: {frame_limit: 65535}\nmessages:\n  report:\n    fields:\n"
                      "      - tlv:\n          tag: u8\n          cases:\n");
    for (unsigned i = 0; i < 200; i++)
        sprintf(yaml + strlen(yaml), "            %u: {name: m%u, type: u8}\n", i, i);
    for (size_t i = 0; i < sizeof(frame); i++)
        frame[i] = (uint8_t)(i / 2 % 200);
    fixture_open(&fixture, yaml);
    ck_assert_int_eq(dgm_decode(fixture.codec, &fixture.call, frame, sizeof(frame), text,
                                sizeof(text), &fixture.outcome, &error),
                     DGM_OK);
    ck_assert_uint_gt(fixture.outcome.length, 200 * 9);
    close_fixture();
}
END_TEST

static const char rounds[] =
    REPORT "      - {local: n, type: u8}\n"
           "      - repeat: n\n"
           "        fields:\n"
           "          - {name: t, type: i16, scale: 0.1, collect: true}\n"
           "          - {name: h, type: u8, collect: true, invalid: {0xFF: null}}\n"
           "          - {name: s, type: text(2), collect: always}\n"
           "      - {name: k, type: u8}\n";

START_TEST(rounds_of_a_repetition_fill_parallel_arrays)
{
    fixture_open(&fixture, rounds);
    expect_both(&fixture, "02 00C8 05 4142 00D2 FF 4344 07",
                "{\"t\":[20,21],\"h\":[5,null],\"s\":[\"AB\",\"CD\"],\"k\":7}");
    expect_both(&fixture, "00 07", "{\"s\":[],\"k\":7}");
    expect_decode_error(&fixture, "02 00C8 05 4142 00D2 FF 4344", DGM_TRUNCATED, 11, "k");
    expect_decode_error(&fixture, "03 00C8 05 4142 00D2 FF 4344 07", DGM_TRUNCATED, 1,
                        "(group)");
    expect_encode_error(&fixture, "{\"t\":[1,2],\"h\":[1],\"s\":[\"AB\",\"CD\"],\"k\":1}",
                        DGM_COUNT_MISMATCH, "[1],", "h");
    expect_encode_error(&fixture, "{\"t\":[1],\"s\":[\"AB\"],\"k\":1}",
                        DGM_MISSING_MEMBER, NULL, "h");
    expect_encode_error(&fixture, "{\"t\":1,\"h\":[1],\"s\":[\"AB\"],\"k\":1}", DGM_TYPE,
                        "1,", "t");
    expect_encode_error(&fixture, "{\"t\":[1],\"h\":[256],\"s\":[\"AB\"],\"k\":1}",
                        DGM_RANGE, "256", "h");
}
END_TEST

START_TEST(rounds_may_have_objects_and_sizes_of_their_own)
{
    fixture_open(
        &fixture,
        REPORT "      - repeat: rest\n"
               "        fields:\n"
               "          - {local: n, type: u8}\n"
               "          - {name: text, type: text(n), collect: true}\n"
               "          - {name: at, collect: true, fields: [{name: x, type: i8}]}\n");
    expect_both(&fixture, "01 41 01 02 4142 03",
                "{\"text\":[\"A\",\"AB\"],\"at\":[{\"x\":1},{\"x\":3}]}");
    expect_decode_error(&fixture, "01 41 01 02", DGM_TRUNCATED, 4, "text");
}
END_TEST

START_TEST(rounds_have_a_stride_an_order_and_an_object_around)
{
    fixture_open(&fixture,
                 REPORT "      - name: list\n"
                        "        repeat: 2\n"
                        "        fields:\n"
                        "          - repeat: 2\n"
                        "            size: 2\n"
                        "            byte_order: little\n"
                        "            fields:\n"
                        "              - {name: p, type: u16, collect: true}\n");
    expect_both(&fixture, "0100 0200 0300 0400",
                "{\"list\":[{\"p\":[1,2]},{\"p\":[3,4]}]}");
    expect_encode_error(&fixture, "{\"list\":[{\"p\":[1]},{\"p\":[3,4]}]}", DGM_LENGTH,
                        NULL, "list[0].(group)");
}
END_TEST

START_TEST(an_empty_round_does_not_go_on_for_ever)
{
    fixture_open(&fixture,
                 REPORT "      - {local: n, type: u8, encode: 0}\n"
                        "      - repeat: rest\n"
                        "        fields:\n"
                        "          - {name: s, type: text(n), collect: true}\n");
    expect_decode(&fixture, "01 41 42", "{\"s\":[\"A\",\"B\"]}");
    expect_decode_error(&fixture, "00 41 42", DGM_LENGTH, 1, "(repetition)");
}
END_TEST

START_TEST(a_record_may_fill_several_arrays)
{
    fixture_open(&fixture, REPORT "      - tlv:\n"
                                  "          tag: u8\n"
                                  "          cases:\n"
                                  "            1:\n"
                                  "              - {name: a, type: u8, collect: true}\n"
                                  "              - {name: b, type: u8, collect: true}\n"
                                  "            2: {name: a, type: u16, collect: true}\n");
    expect_both(&fixture, "01 02 03 01 04 05", "{\"a\":[2,4],\"b\":[3,5]}");
    expect_encode_error(&fixture, "{\"a\":[2,4],\"b\":[3]}", DGM_COUNT_MISMATCH, "[3]",
                        "b");
}
END_TEST

START_TEST(what_a_switch_collects_has_records_of_its_own)
{
    fixture_open(&fixture,
                 REPORT "      - tlv:\n"
                        "          tag: u8\n"
                        "          cases:\n"
                        "            1:\n"
                        "              - {local: id, type: u8, encode: case}\n"
                        "              - switch: id\n"
                        "                cases:\n"
                        "                  1: {name: a, type: u8}\n"
                        "                  2: {name: e, type: u8, collect: true}\n"
                        "                  3: {name: f, type: u8, collect: true}\n");
    expect_both(&fixture, "01 01 05 01 02 06 01 02 07 01 03 08",
                "{\"a\":5,\"e\":[6,7],\"f\":[8]}");
    expect_both(&fixture, "01 02 06 01 03 08 01 03 09", "{\"e\":[6],\"f\":[8,9]}");
    expect_encode_error(&fixture, "{\"a\":5,\"e\":[6,256]}", DGM_RANGE, "256", "e");
}
END_TEST

START_TEST(no_case_comes_twice_where_that_is_refused)
{
    fixture_open(&fixture,
                 REPORT "      - tlv:\n"
                        "          tag: u8\n"
                        "          repeated: refuse\n"
                        "          cases:\n"
                        "            1:\n"
                        "              - {local: id, type: u8, encode: case}\n"
                        "              - switch: id\n"
                        "                cases:\n"
                        "                  1: {name: a, type: u8}\n"
                        "                  2: {name: b, type: u16}\n"
                        "            2: [{local: ch, type: u8}, {name: 'p_{ch}', type: "
                        "u8}]\n"
                        "            3: {name: list, type: u8, collect: true}\n");
    expect_both(&fixture, "01 02 0007 02 05 01 03 09",
                "{\"b\":7,\"p_5\":1,\"list\":[9]}");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":2}", DGM_MEMBER_NOT_ALLOWED, "2}", "b");
    expect_encode_error(&fixture, "{\"p_1\":1,\"p_2\":2}", DGM_MEMBER_NOT_ALLOWED, "2}",
                        "p_2");
    expect_encode_error(&fixture, "{\"list\":[1,2]}", DGM_MEMBER_NOT_ALLOWED, "2]",
                        "list");
    expect_decode_error(&fixture, "03 01 03 02", DGM_TAG, 2, "(record)");
    ck_assert_ptr_nonnull(fixture.error.detail);
}
END_TEST

START_TEST(what_is_left_over_is_tried_again)
{
    fixture_open(&fixture,
                 REPORT "      - tlv:\n"
                        "          tag: u8\n"
                        "          cases:\n"
                        "            1:\n"
                        "              - {local: id, type: u8, encode: case}\n"
                        "              - switch: id\n"
                        "                cases:\n"
                        "                  1: {name: a, type: u8}\n"
                        "                  2: {name: b, type: u8}\n"
                        "            2: {name: a, type: u16}\n"
                        "            3:\n"
                        "              - {local: ch, type: u8}\n"
                        "              - {name: 'o_{ch}', type: u8, when: ch > 2}\n"
                        "              - {name: 'p_{ch}', type: u8}\n"
                        "            4: {name: c, type: u8, collect: always}\n");
    expect_both(&fixture, "02 012C 01 02 02", "{\"a\":300,\"b\":2,\"c\":[]}");
    expect_both(&fixture, "03 03 01 02 03 01 03",
                "{\"o_3\":1,\"p_3\":2,\"p_1\":3,\"c\":[]}");
    close_fixture();
}
END_TEST

START_TEST(a_record_does_not_read_the_trailer)
{
    fixture_open(&fixture, HEAD "wire:\n"
                                "  trailer: [{name: bat, type: u8}]\n"
                                "messages:\n"
                                "  report:\n"
                                "    short_frame: zero_fill\n"
                                "    fields:\n"
                                "      - tlv:\n"
                                "          tag: u8\n"
                                "          cases:\n"
                                "            1: {name: a, type: u16}\n"
                                "            2: {name: list, type: u8, collect: true}\n");
    expect_both(&fixture, "01 0005 02 07 64", "{\"a\":5,\"list\":[7],\"bat\":100}");
    expect_decode_error(&fixture, "01 00 64", DGM_TRUNCATED, 1, "a");
    close_fixture();
}
END_TEST

static const char gaps[] =
    REPORT "      - repeat: rest\n"
           "        fields:\n"
           "          - {name: lat, type: i16, invalid: 0x8000, collect: true}\n"
           "          - {name: v, type: u8, valid: 0..9, outside: omit, invalid: 255, "
           "collect: true}\n"
           "          - {name: e, type: u8, enum: {0: in, 1: out}, unknown: omit, "
           "collect: true}\n"
           "          - name: at\n"
           "            collect: true\n"
           "            fields: [{name: x, type: u8, invalid: 0}]\n"
           "          - {name: f, type: f32, collect: true, invalid: 0x7FC00000}\n";

START_TEST(an_element_without_a_value_is_null)
{
    fixture_open(&fixture, gaps);
    expect_both(&fixture, "0001 FF 00 05 3F800000 8000 01 01 00 7FC00000",
                "{\"lat\":[1,null],\"v\":[null,1],\"e\":[\"in\",\"out\"],\"at\":[{"
                "\"x\":5},{}],\"f\":[1,null]}");
    expect_decode(&fixture, "8000 63 07 00 7FC00001",
                  "{\"lat\":[null],\"v\":[null],\"e\":[null],\"at\":[{}],\"f\":[null]"
                  "}");
    expect_encode_error(&fixture,
                        "{\"lat\":[1],\"v\":[1],\"e\":[null],\"at\":[{}],\"f\":[1]}",
                        DGM_ENUM, "null", "e");
    close_fixture();
    fixture_open(&fixture,
                 REPORT "      - tlv:\n"
                        "          tag: u8\n"
                        "          cases:\n"
                        "            1: {name: a, type: u8, invalid: 0, collect: true}\n"
                        "            2:\n"
                        "              name: t\n"
                        "              collect: true\n"
                        "              format: '{y}-{z}'\n"
                        "              fields: [{local: y, type: u8, invalid: 0}, "
                        "{local: z, type: u8}]\n");
    expect_both(&fixture, "01 05 01 00 01 06", "{\"a\":[5,null,6]}");
    expect_both(&fixture, "01 00", "{\"a\":[null]}");
    expect_decode(&fixture, "02 01 02 02 00 03 02 03 04",
                  "{\"t\":[\"1-2\",null,\"3-4\"]}");
    close_fixture();
}
END_TEST

START_TEST(fields_that_are_no_reading_together_are_null)
{
    fixture_open(&fixture, REPORT
                 "      - repeat: rest\n"
                 "        fields:\n"
                 "          - {name: a, type: u8, collect: true}\n"
                 "          - invalid: any\n"
                 "            fields:\n"
                 "              - {name: b, type: u8, collect: true, invalid: 0}\n"
                 "              - {name: c, type: u8, collect: true, invalid: 9}\n");
    expect_both(&fixture, "01 03 04 02 00 09 05 06 07",
                "{\"a\":[1,2,5],\"b\":[3,null,6],\"c\":[4,null,7]}");
    expect_decode(&fixture, "01 03 09", "{\"a\":[1],\"b\":[null],\"c\":[null]}");
    expect_encode_error(&fixture, "{\"a\":[1,2],\"b\":[3],\"c\":[4,5]}",
                        DGM_COUNT_MISMATCH, "[3]", "b");
    close_fixture();
}
END_TEST

static const char channels[] =
    REPORT "      - tlv:\n"
           "          tag: [{local: channel, type: u8, default: 0}, {local: kind, type: "
           "u8}]\n"
           "          select: kind\n"
           "          cases:\n"
           "            1: {name: 't_{channel}', type: i8}\n"
           "            2: {name: 't_{channel}', type: i16}\n"
           "            3: [{name: 'x_{channel}', type: i8}, {name: 'y_{channel}', type: "
           "i8}]\n"
           "            4: {name: battery, type: u8}\n";

START_TEST(each_name_that_is_given_becomes_a_record)
{
    fixture_open(&fixture, channels);
    expect_both(&fixture, "0301 10 FF01 11 0503 01FF 0004 63",
                "{\"t_3\":16,\"t_255\":17,\"x_5\":1,\"y_5\":-1,\"battery\":99}");
    expect_both(&fixture, "0004 63", "{\"battery\":99}");
    /* One value that is too long for a case sends them all to the next. */
    expect_both(&fixture, "0302 0010 0402 0100", "{\"t_3\":16,\"t_4\":256}");
    expect_decode(&fixture, "0301 10 0301 11 0704 63", "{\"t_3\":17,\"battery\":99}");
    expect_encode(&fixture, "{\"y_9\":1,\"x_8\":2,\"x_9\":3,\"y_8\":4}",
                  "0803 0204 0903 0301");
}
END_TEST

START_TEST(a_name_that_no_record_takes_is_refused)
{
    fixture_open(&fixture, channels);
    expect_encode_error(&fixture, "{\"x_5\":1}", DGM_MISSING_MEMBER, NULL, "y_{channel}");
    expect_encode_error(&fixture, "{\"x_5\":1,\"y_6\":1}", DGM_MISSING_MEMBER, NULL,
                        "y_{channel}");
    expect_encode_error(&fixture, "{\"x_5\":1,\"y_5\":1,\"y_6\":2}", DGM_MISSING_MEMBER,
                        NULL, "x_{channel}");
    expect_encode_error(&fixture, "{\"t_5\":40000}", DGM_RANGE, "40000", "t_{channel}");
    expect_encode_error(&fixture, "{\"t_256\":1}", DGM_UNKNOWN_MEMBER, "\"t_256", "");
}
END_TEST

static const char history[] =
    HEAD "services:\n"
         "  Air:\n"
         "    properties:\n"
         "      t: {data_type: int, min: -100, max: 100, method: RE}\n"
         "      b: {data_type: int, min: 0, max: 255, method: RE}\n"
         "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - tlv:\n"
         "          tag: [{local: id, type: u8}, {local: n, type: u8}]\n"
         "          select: id\n"
         "          size: n\n"
         "          cases:\n"
         "            1:\n"
         "              - {local: start, type: u32, time: unix, encode: "
         "first(log.event_time)}\n"
         "              - local: log\n"
         "                record: Air\n"
         "                repeat: rest\n"
         "                fields:\n"
         "                  - {name: t, type: i8}\n"
         "                  - {role: event_time, value: start + index * 60}\n"
         "            2: {name: b, type: u8}\n";

START_TEST(a_record_of_the_loop_may_hold_records_of_a_service)
{
    fixture_open(&fixture, history);
    expect_both(&fixture, "01 06 5C9DF065 05 FF 02 01 09",
                "{\"Air\":[{\"b\":9},{\"t\":5,\"event_time\":\"20190329T101605Z\"},"
                "{\"t\":-1,\"event_time\":\"20190329T101705Z\"}]}");
    expect_both(&fixture, "01 05 5C9DF065 05",
                "{\"Air\":[{\"t\":5,\"event_time\":\"20190329T101605Z\"}]}");
    expect_both(&fixture, "02 01 09", "{\"Air\":[{\"b\":9}]}");
}
END_TEST

START_TEST(records_that_the_case_cannot_hold_are_not_lost)
{
    fixture_open(&fixture, history);
    expect_encode_error(&fixture,
                        "{\"Air\":[{\"t\":101,\"event_time\":\"20190329T101605Z\"}]}",
                        DGM_RANGE, "101", "Air[0].t");
    expect_encode_error(&fixture,
                        "{\"Air\":[{\"t\":1,\"event_time\":\"20190329T101605Z\"},"
                        "{\"t\":2,\"event_time\":\"20190329T101606Z\"}]}",
                        DGM_INEXACT, NULL, "Air[1].event_time");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tags");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_record_of_the_loop_may_hold_records_of_a_service);
    tcase_add_test(all, records_that_the_case_cannot_hold_are_not_lost);
    tcase_add_test(all, each_name_that_is_given_becomes_a_record);
    tcase_add_test(all, a_name_that_no_record_takes_is_refused);
    tcase_add_test(all, rounds_of_a_repetition_fill_parallel_arrays);
    tcase_add_test(all, rounds_may_have_objects_and_sizes_of_their_own);
    tcase_add_test(all, rounds_have_a_stride_an_order_and_an_object_around);
    tcase_add_test(all, an_empty_round_does_not_go_on_for_ever);
    tcase_add_test(all, a_record_may_fill_several_arrays);
    tcase_add_test(all, fields_that_are_no_reading_together_are_null);
    tcase_add_test(all, what_is_left_over_is_tried_again);
    tcase_add_test(all, a_record_does_not_read_the_trailer);
    tcase_add_test(all, an_element_without_a_value_is_null);
    tcase_add_test(all, what_a_switch_collects_has_records_of_its_own);
    tcase_add_test(all, no_case_comes_twice_where_that_is_refused);
    tcase_add_test(all, each_record_has_the_case_of_its_tag);
    tcase_add_test(all, what_comes_twice_counts_once_where_it_comes_last);
    tcase_add_test(all, an_unknown_tag_can_end_the_loop);
    tcase_add_test(all, records_are_written_in_the_order_of_the_cases);
    tcase_add_test(all, the_case_that_comes_nearest_is_written);
    tcase_add_test(all, records_of_one_tag_are_collected);
    tcase_add_test(all, records_end_where_they_say);
    tcase_add_test(all, unknown_records_are_kept);
    tcase_add_test(all, no_more_than_64_kinds_of_unknown_records_are_kept);
    tcase_add_test(all, records_can_be_aligned_and_come_once);
    tcase_add_test(all, the_search_for_a_tag_can_go_byte_by_byte);
    tcase_add_test(all, several_services_take_what_is_theirs);
    tcase_add_test(all, commands_go_together_in_one_frame);
    tcase_add_test(all, records_of_one_tag_share_what_is_given);
    tcase_add_test(all, many_records_and_many_cases_are_no_burden);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
