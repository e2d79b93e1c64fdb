/* SPDX-License-Identifier: MIT */
/*
 * Layouts where the pieces of a value stand apart: bit streams. Both directions. Each
 * frame is worked out by hand; the comments tell how.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

#define REPORT HEAD "messages:\n  report:\n    fields:\n"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

#define FIELDS                                                                           \
    "        fields:\n"                                                                  \
    "          - {name: a, type: u4}\n"                                                  \
    "          - {name: b, type: i10, scale: 0.5}\n"                                     \
    "          - {name: c, type: u7}\n"                                                  \
    "          - {name: d, type: bool}\n"                                                \
    "          - {reserved: u2}\n"

/* a 10, b -3 (10 bits: 3FD), c 0x55, d 1, two zeros, from the top:
 * 1010 11111111|01 101010|1 1 00 is AF F6 AC. */
START_TEST(a_bit_stream_runs_from_the_top_of_the_first_byte)
{
    fixture_open(&fixture, REPORT "      - bits: bytes(3)\n" FIELDS);
    expect_both(&fixture, "AFF6AC", "{\"a\":10,\"b\":-1.5,\"c\":85,\"d\":true}");
    expect_decode(&fixture, "AFF6AF", "{\"a\":10,\"b\":-1.5,\"c\":85,\"d\":true}");
    expect_decode_error(&fixture, "AFF6", DGM_TRUNCATED, 0, "(group)");
    expect_encode_error(&fixture, "{\"a\":10,\"b\":-1.5,\"c\":128,\"d\":true}", DGM_RANGE,
                        "128", "c");
    close_fixture();
}
END_TEST

/* The same from the lowest bit up: 0xA + (0x3FD << 4) + (0x55 << 14) + (1 << 21) is
 * 0x357FDA, lowest byte first. */
START_TEST(a_bit_stream_runs_from_the_lowest_bit_of_the_first_byte)
{
    fixture_open(&fixture,
                 REPORT "      - bits: bytes(3)\n        bit_order: lsb\n" FIELDS);
    expect_both(&fixture, "DA7F35", "{\"a\":10,\"b\":-1.5,\"c\":85,\"d\":true}");
    close_fixture();
}
END_TEST

/* 3 bits, then 64 across nine bytes, then 5: 0xFEDCBA9876543210 shifted down by 3, with
 * 0b101 above and 0b00110 below. 0xFEDC... / 8 = 0x1FDB97530ECA8642 with no rest, so the
 * bytes are 101 11111 11011011 10010111 ... */
START_TEST(a_field_of_64_bits_may_cross_nine_bytes)
{
    fixture_open(&fixture, REPORT "      - bits: bytes(9)\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u3}\n"
                                  "          - {name: b, type: u64}\n"
                                  "          - {name: c, type: u5}\n");
    expect_both(&fixture, "BFDB97530ECA864206",
                "{\"a\":5,\"b\":18364758544493064720,\"c\":6}");
    close_fixture();
}
END_TEST

START_TEST(constants_in_a_bit_stream_tell_messages_apart)
{
    fixture_open(&fixture,
                 HEAD "messages:\n"
                      "  one:\n"
                      "    fields:\n"
                      "      - bits: bytes(2)\n"
                      "        fields:\n"
                      "          - {name: a, type: u5}\n"
                      "          - {const: 0x12, type: u6}\n"
                      "          - {reserved: u5, fill: 1}\n"
                      "  two:\n"
                      "    fields:\n"
                      "      - bits: bytes(2)\n"
                      "        fields:\n"
                      "          - {name: b, type: u5, enum: {1: up, 2: down}}\n"
                      "          - {const: 0x13, type: u6}\n"
                      "          - {reserved: u5}\n");
    /* 00011 010|010 00001, and 00010 010|011 00000 */
    expect_both(&fixture, "1A41", "{\"a\":3}");
    expect_both(&fixture, "1260", "{\"b\":\"down\"}");
    expect_decode_error(&fixture, "1280", DGM_NO_MESSAGE, 0, "");
    close_fixture();
}
END_TEST

START_TEST(a_short_bit_stream_may_be_filled_with_zeros)
{
    fixture_open(&fixture, HEAD "wire: {short_frame: zero_fill}\n"
                                "messages:\n"
                                "  report:\n"
                                "    fields:\n"
                                "      - bits: bytes(3)\n" FIELDS);
    expect_decode(&fixture, "AF", "{\"a\":10,\"b\":-32,\"c\":0,\"d\":false}");
    close_fixture();
}
END_TEST

START_TEST(bit_streams_repeat_as_objects)
{
    fixture_open(&fixture, REPORT "      - name: list\n"
                                  "        repeat: 2\n"
                                  "        bits: bytes(2)\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u12}\n"
                                  "          - {name: b, type: i4}\n");
    expect_both(&fixture, "123F ABC7",
                "{\"list\":[{\"a\":291,\"b\":-1},{\"a\":2748,\"b\":7}]}");
    close_fixture();
}
END_TEST

#define HUMIDITY                                                                         \
    REPORT "      - {local: high, type: u8}\n"                                           \
           "      - bits: u8\n"                                                          \
           "        fields:\n"                                                           \
           "          - {local: low, type: u1}\n"                                        \
           "          - {name: other, type: u7}\n"

/* 0x5A = 90 and one bit 1: 90 * 2 + 1 = 181, a quarter of that is 45.25. */
START_TEST(a_value_is_joined_of_bits_in_two_places)
{
    fixture_open(&fixture, HUMIDITY "      - {name: humidity, join: [high, low], type: "
                                    "u9, scale: 0.25}\n");
    expect_both(&fixture, "5A 85", "{\"other\":5,\"humidity\":45.25}");
    expect_encode_error(&fixture, "{\"other\":5,\"humidity\":128}", DGM_RANGE, "128}",
                        "humidity");
    expect_encode_error(&fixture, "{\"other\":5}", DGM_MISSING_MEMBER, NULL, "humidity");
    close_fixture();
}
END_TEST

/* The nine bits 1 0000 0001 are -255 with a sign. */
START_TEST(the_type_of_a_join_has_the_sign)
{
    fixture_open(&fixture, HUMIDITY "      - {name: t, join: [high, low], type: i9}\n");
    expect_both(&fixture, "80 81", "{\"other\":1,\"t\":-255}");
    expect_both(&fixture, "7F 82", "{\"other\":2,\"t\":255}");
    close_fixture();
}
END_TEST

START_TEST(a_piece_that_is_known_must_agree)
{
    fixture_open(&fixture, REPORT "      - {local: high, type: u8, const: 3}\n"
                                  "      - {local: low, type: i8}\n"
                                  "      - {name: v, join: [high, low], type: u16}\n");
    expect_both(&fixture, "03 FE", "{\"v\":1022}");
    expect_encode_error(&fixture, "{\"v\":1278}", DGM_CONST, "1278", "v");
    close_fixture();
}
END_TEST

START_TEST(one_piece_shows_a_member_in_another_way)
{
    fixture_open(&fixture,
                 REPORT "      - {name: code, type: u8}\n"
                        "      - {name: text, join: [code], type: u8, enum: {1: one, "
                        "else: other}}\n"
                        "      - {local: n, type: u8}\n"
                        "      - {local: raw, type: text(n)}\n"
                        "      - {name: hex, join: [raw], type: bytes(n), as: hex}\n");
    expect_both(&fixture, "01 02 4142", "{\"code\":1,\"text\":\"one\",\"hex\":\"4142\"}");
    expect_decode(&fixture, "07 00", "{\"code\":7,\"text\":\"other\",\"hex\":\"\"}");
    expect_encode(&fixture, "{\"code\":7,\"text\":\"other\",\"hex\":\"\"}", "07 00");
    close_fixture();
}
END_TEST

START_TEST(bytes_are_joined_in_the_order_of_the_list)
{
    fixture_open(&fixture,
                 REPORT "      - {local: a, type: bytes(2)}\n"
                        "      - {name: v, type: u8}\n"
                        "      - {local: b, type: bytes(3)}\n"
                        "      - {name: id, join: [b, a], type: bytes(5), as: hex}\n");
    expect_both(&fixture, "0102 07 A0B0C0", "{\"v\":7,\"id\":\"a0b0c00102\"}");
    expect_encode_error(&fixture, "{\"v\":7,\"id\":\"a0b0c001\"}", DGM_LENGTH, "\"a0b0",
                        "id");
    expect_decode_error(&fixture, "0102 07 A0B0", DGM_TRUNCATED, 3, "b");
    close_fixture();
}
END_TEST

START_TEST(joins_stand_in_repetitions_with_their_pieces)
{
    fixture_open(&fixture,
                 REPORT "      - name: list\n"
                        "        repeat: 2\n"
                        "        fields:\n"
                        "          - bits: bytes(3)\n"
                        "            fields:\n"
                        "              - {local: b, type: u12}\n"
                        "              - {local: a, type: u12}\n"
                        "          - {name: v, join: [a, b], type: u24, as: HEX}\n");
    expect_both(&fixture, "123456 FFFABC",
                "{\"list\":[{\"v\":\"456123\"},{\"v\":\"ABCFFF\"}]}");
    close_fixture();
}
END_TEST

START_TEST(a_count_may_be_joined)
{
    fixture_open(&fixture, REPORT "      - bits: u8\n"
                                  "        fields:\n"
                                  "          - {local: a, type: u4}\n"
                                  "          - {name: v, type: u4}\n"
                                  "      - {local: b, type: u8}\n"
                                  "      - {local: n, join: [b, a], type: u12}\n"
                                  "      - {name: text, type: text(n)}\n");
    expect_both(&fixture, "25 00 4142", "{\"v\":5,\"text\":\"AB\"}");
    close_fixture();
}
END_TEST

START_TEST(a_join_without_its_pieces_is_left_out)
{
    fixture_open(&fixture, REPORT "      - {local: kind, type: u8, encode: has(v)}\n"
                                  "      - {local: a, type: u8, when: kind.0}\n"
                                  "      - {name: v, join: [a], type: u8, when: kind.0}\n"
                                  "      - {name: w, type: u8}\n");
    expect_both(&fixture, "01 05 06", "{\"v\":5,\"w\":6}");
    expect_both(&fixture, "00 06", "{\"w\":6}");
    close_fixture();
}
END_TEST

/* Byte 2 decides about what stands around it. */
START_TEST(an_item_elsewhere_is_read_first_and_written_there)
{
    fixture_open(&fixture, REPORT "      - at: 2\n"
                                  "        bits: u8\n"
                                  "        fields:\n"
                                  "          - {reserved: u4}\n"
                                  "          - {local: kind, type: u4, encode: case}\n"
                                  "      - {name: a, type: u16}\n"
                                  "      - switch: kind\n"
                                  "        cases:\n"
                                  "          1:\n"
                                  "            - {skip: 1}\n"
                                  "            - {name: b, type: u8}\n"
                                  "          2:\n"
                                  "            - {skip: 1}\n"
                                  "            - {name: c, type: u16}\n");
    expect_both(&fixture, "0102 01 05", "{\"a\":258,\"b\":5}");
    expect_both(&fixture, "0102 02 0607", "{\"a\":258,\"c\":1543}");
    expect_decode_error(&fixture, "0102", DGM_TRUNCATED, 2, "(group)");
    expect_decode_error(&fixture, "01", DGM_TRUNCATED, 1, "(group)");
    close_fixture();
}
END_TEST

START_TEST(places_count_from_the_end_as_well)
{
    fixture_open(&fixture, REPORT "      - {at: -1, local: n, type: u8}\n"
                                  "      - {name: t, type: text(n)}\n"
                                  "      - {skip: 1}\n");
    expect_both(&fixture, "4142 02", "{\"t\":\"AB\"}");
    expect_both(&fixture, "00", "{\"t\":\"\"}");
    expect_decode_error(&fixture, "", DGM_TRUNCATED, 0, "n");
    expect_decode_error(&fixture, "4142 01", DGM_TRAILING_BYTES, 2, "");
    close_fixture();
}
END_TEST

/* The size is 4; inside, byte 1 of the part stands first in the list. */
START_TEST(places_of_a_sized_part_count_from_its_start)
{
    fixture_open(&fixture, REPORT "      - {name: a, type: u8}\n"
                                  "      - size: 4\n"
                                  "        fields:\n"
                                  "          - {at: 1, name: b, type: u16}\n"
                                  "          - {name: c, type: u8}\n"
                                  "          - {skip: 2}\n"
                                  "          - {name: d, type: u8}\n");
    expect_both(&fixture, "01 02 0304 05", "{\"a\":1,\"b\":772,\"c\":2,\"d\":5}");
    close_fixture();
}
END_TEST

START_TEST(a_repetition_ends_before_its_mark)
{
    fixture_open(&fixture, REPORT "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        until: {const: 0x0D, type: u8}\n"
                                  "        type: u8\n"
                                  "      - {name: z, type: u8}\n");
    expect_both(&fixture, "01 02 0D 07", "{\"list\":[1,2],\"z\":7}");
    expect_both(&fixture, "0D 0D", "{\"list\":[],\"z\":13}");
    expect_decode_error(&fixture, "01 02", DGM_TRUNCATED, 2, "list");
    expect_encode_error(&fixture, "{\"list\":[1,13],\"z\":7}", DGM_RANGE, NULL, "list");
    close_fixture();
}
END_TEST

/* 100 + 2/2, 101 - 4/2, 99 + 1/2 */
START_TEST(differences_add_up)
{
    fixture_open(&fixture,
                 REPORT "      - {name: base, type: u16}\n"
                        "      - {name: v, repeat: rest, type: i8, scale: 0.5, delta: "
                        "base, invalid: {0x7F: null}}\n");
    expect_both(&fixture, "0064 02 FC 01", "{\"base\":100,\"v\":[101,99,99.5]}");
    expect_both(&fixture, "0064 7F 02 7F 02", "{\"base\":100,\"v\":[null,101,null,102]}");
    /* The second is the nearest to 101, which decode will see, not to 101.2. */
    expect_encode(&fixture, "{\"base\":100,\"v\":[101.2,99]}", "0064 02 FC");
    expect_encode_error(&fixture, "{\"base\":100,\"v\":[200]}", DGM_RANGE, "200", "v[0]");
    close_fixture();
}
END_TEST

/* A table that would ask itself, over and over, where its series begins. */
START_TEST(a_series_does_not_begin_with_a_series)
{
    fixture_open(&fixture,
                 REPORT "      - {name: base, type: u16}\n"
                        "      - {name: v, repeat: rest, type: i8, delta: base}\n");
    const struct dgm_model *model = dgm_codec_model(fixture.codec);
    uint64_t memory[512];
    uint8_t *block = malloc(model->size);
    ck_assert_ptr_nonnull(block);
    memcpy(block, model, model->size);
    const struct dgm_row *rows = (const void *)(block + model->rows.offset);
    uint16_t index = 0;
    while (!(rows[index].flags & DGM_ROW_SERIES))
        index++;
    const uint64_t *numbers = (const void *)(block + model->numbers.offset);
    const struct dgm_expr *exprs = (const void *)(block + model->exprs.offset);
    uint16_t delta = (uint16_t)numbers[rows[index].region];
    uint8_t *code = block + model->code.offset + exprs[delta].at;
    ck_assert_uint_eq(code[0], DGM_CODE_SLOT);
    const struct dgm_codec *codec;
    ck_assert_uint_le(dgm_codec_size(block, model->size), sizeof(memory));
    ck_assert_int_eq(
        dgm_codec_open(block, model->size, memory, sizeof(memory), &codec, NULL), DGM_OK);
    code[0] = DGM_CODE_SUM;
    code[1] = (uint8_t)index;
    code[2] = 0;
    ck_assert_int_eq(
        dgm_codec_open(block, model->size, memory, sizeof(memory), &codec, NULL),
        DGM_BAD_TABLE);
    free(block);
    close_fixture();
}
END_TEST

#define METER                                                                            \
    HEAD "services:\n"                                                                   \
         "  Meter:\n"                                                                    \
         "    properties:\n"                                                             \
         "      volume: {data_type: decimal, method: RE}\n"                              \
         "      total:  {data_type: decimal, method: RE}\n"                              \
         "messages:\n"                                                                   \
         "  report:\n"                                                                   \
         "    fields:\n"

#define LOG                                                                              \
    METER "      - {local: log_time, type: u32, time: unix, encode: "                    \
          "first(log.event_time) - 3600}\n"                                              \
          "      - {local: log_volume, type: u32, scale: 0.001, encode: "                \
          "first(log.volume) * 1000}\n"                                                  \
          "      - local: log\n"                                                         \
          "        record: Meter\n"                                                      \
          "        repeat: rest\n"                                                       \
          "        fields:\n"                                                            \
          "          - {name: volume, type: u16, scale: 0.001, delta: log_volume}\n"     \
          "          - {role: event_time, value: log_time + (index + 1) * 3600}\n"

/* 5C9DF065 is 2019-03-29 10:16:05; 3039 is 12345, and 9B is 155. */
START_TEST(a_series_is_a_base_a_step_and_a_running_sum)
{
    fixture_open(&fixture, LOG);
    expect_both(&fixture, "5C9DF065 00003039 0000 009B",
                "{\"Meter\":[{\"volume\":12.345,\"event_time\":\"20190329T111605Z\"},"
                "{\"volume\":12.5,\"event_time\":\"20190329T121605Z\"}]}");
    expect_decode(&fixture, "5C9DF065 00003038 0001",
                  "{\"Meter\":[{\"volume\":12.345,\"event_time\":\"20190329T111605Z\"}"
                  "]}");
    expect_encode_error(&fixture,
                        "{\"Meter\":[{\"volume\":1,\"event_time\":\"20190329T111605Z\"},"
                        "{\"volume\":2,\"event_time\":\"20190329T121606Z\"}]}",
                        DGM_INEXACT, NULL, "Meter[1].event_time");
    expect_encode_error(&fixture,
                        "{\"Meter\":[{\"volume\":2,\"event_time\":\"20190329T111605Z\"},"
                        "{\"volume\":1,\"event_time\":\"20190329T121605Z\"}]}",
                        DGM_RANGE, NULL, "Meter[1].volume");
    close_fixture();
}
END_TEST

/* Newest first: a minute less each time, and a counter that falls: 100, 100 - 3. */
START_TEST(a_series_may_run_backwards)
{
    fixture_open(&fixture,
                 METER "      - {local: newest, type: u32, time: unix, encode: "
                       "first(log.event_time)}\n"
                       "      - {local: top, type: u16, encode: first(log.volume)}\n"
                       "      - {local: n, type: u8}\n"
                       "      - local: log\n"
                       "        record: Meter\n"
                       "        repeat: n\n"
                       "        fields:\n"
                       "          - {name: volume, type: u8, scale: -1, delta: top}\n"
                       "          - {role: event_time, value: newest - index * 60}\n");
    expect_both(&fixture, "5C9DF065 0064 02 00 03",
                "{\"Meter\":[{\"volume\":100,\"event_time\":\"20190329T101605Z\"},"
                "{\"volume\":97,\"event_time\":\"20190329T101505Z\"}]}");
    close_fixture();
}
END_TEST

START_TEST(functions_tell_of_values_that_were_read)
{
    fixture_open(&fixture, REPORT "      - {name: v, type: u8, repeat: 3}\n"
                                  "      - {name: total, value: sum(v)}\n"
                                  "      - {name: each, value: step(v)}\n"
                                  "      - {name: ends, value: last(v) - first(v)}\n"
                                  "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u8, scale: 0.5}\n"
                                  "      - {name: mean, value: sum(list.a) / "
                                  "count(list)}\n");
    expect_decode(
        &fixture, "01 04 0A 02 05",
        "{\"v\":[1,4,10],\"total\":15,\"each\":3,\"ends\":9,\"list\":[{\"a\":1},"
        "{\"a\":2.5}],\"mean\":1.75}");
    expect_decode(&fixture, "01 04 0A",
                  "{\"v\":[1,4,10],\"total\":15,\"each\":3,\"ends\":9,\"list\":[]}");
    expect_encode(&fixture, "{\"v\":[1,4,10],\"total\":15,\"list\":[{\"a\":1}]}",
                  "01 04 0A 02");
    close_fixture();
}
END_TEST

START_TEST(functions_tell_of_values_that_the_json_has)
{
    fixture_open(&fixture, REPORT "      - {local: total, type: u8, encode: sum(v)}\n"
                                  "      - {local: top, type: u8, encode: "
                                  "\"or_else(last(list.a) * 2, 0)\"}\n"
                                  "      - {local: n, type: u8}\n"
                                  "      - {name: v, type: u8, repeat: n, enum: {1: one, "
                                  "2: two, 3: three}}\n"
                                  "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u8, scale: 0.5}\n");
    expect_both(&fixture, "06 05 03 01 02 03 02 05",
                "{\"v\":[\"one\",\"two\",\"three\"],\"list\":[{\"a\":1},{\"a\":2.5}]}");
    expect_both(&fixture, "00 00 00", "{\"v\":[],\"list\":[]}");
    close_fixture();
}
END_TEST

START_TEST(a_length_tells_of_any_item)
{
    fixture_open(&fixture, REPORT "      - {length_of: part, type: u8, scale: 2}\n"
                                  "      - local: part\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u16}\n"
                                  "          - {name: list, type: u8, repeat: rest}\n");
    expect_both(&fixture, "02 0001 0203", "{\"a\":1,\"list\":[2,3]}");
    expect_both(&fixture, "01 0001", "{\"a\":1,\"list\":[]}");
    expect_decode_error(&fixture, "03 0001 0203", DGM_LENGTH, 5, "(length)");
    expect_encode_error(&fixture, "{\"a\":1,\"list\":[2]}", DGM_LENGTH, NULL, "(length)");
    close_fixture();
}
END_TEST

START_TEST(a_count_tells_of_a_repetition_before_or_behind)
{
    fixture_open(&fixture, REPORT "      - {name: n, count_of: list, type: u8}\n"
                                  "      - name: list\n"
                                  "        type: u8\n"
                                  "        repeat: rest\n"
                                  "        until: {const: 0xFF, type: u8}\n"
                                  "      - {count_of: list, type: u16, offset: -1}\n");
    expect_both(&fixture, "02 0A0B FF 0003", "{\"n\":2,\"list\":[10,11]}");
    expect_encode(&fixture, "{\"list\":[]}", "00 FF 0001");
    expect_decode_error(&fixture, "03 0A0B FF 0003", DGM_LENGTH, 4, "n");
    expect_decode_error(&fixture, "02 0A0B FF 0004", DGM_LENGTH, 6, "(length)");
    close_fixture();
}
END_TEST

START_TEST(lengths_of_items_stand_in_repetitions)
{
    fixture_open(&fixture, REPORT "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        fields:\n"
                                  "          - {length_of: t, type: u8, offset: -1}\n"
                                  "          - {local: n, type: u8}\n"
                                  "          - {name: t, type: text(n)}\n");
    expect_both(&fixture, "03 02 4142 01 00", "{\"list\":[{\"t\":\"AB\"},{\"t\":\"\"}]}");
    close_fixture();
}
END_TEST

START_TEST(a_checksum_covers_an_item_before_or_behind)
{
    fixture_open(&fixture, REPORT "      - {checksum: sum-8, type: u8, over: part}\n"
                                  "      - {name: z, type: u8}\n"
                                  "      - local: part\n"
                                  "        fields: [{name: a, type: u16}]\n"
                                  "      - {checksum: xor-8, type: u8, over: z}\n");
    expect_both(&fixture, "03 09 0102 09", "{\"z\":9,\"a\":258}");
    expect_decode_error(&fixture, "04 09 0102 09", DGM_CHECKSUM, 0, "(checksum)");
    expect_decode_error(&fixture, "03 09 0102 08", DGM_CHECKSUM, 4, "(checksum)");
    close_fixture();
}
END_TEST

/* The check value of the catalogue: 09EA83F625023801FD612, in 82 bits. */
START_TEST(a_crc_may_have_82_bits)
{
    fixture_open(&fixture, REPORT "      - {name: a, type: text(9)}\n"
                                  "      - {checksum: crc-82/darc, type: bytes(11)}\n"
                                  "      - {checksum: crc-82/darc, type: bytes(11)le, "
                                  "over: a}\n");
    expect_both(&fixture,
                "313233343536373839 009EA83F625023801FD612 12D61F802350623FA89E00",
                "{\"a\":\"123456789\"}");
    expect_decode_error(&fixture,
                        "313233343536373839 009EA83F625023801FD612 "
                        "12D61F802350623FA89E01",
                        DGM_CHECKSUM, 20, "(checksum)");
    close_fixture();
}
END_TEST

/* A short layout, and a long one that begins like it. */
START_TEST(the_length_of_the_frame_decides_both_ways)
{
    fixture_open(&fixture, REPORT "      - {name: a, type: u8}\n"
                                  "      - when: frame.length >= 4\n"
                                  "        fields:\n"
                                  "          - {name: b, type: u16}\n"
                                  "          - {reserved: u8}\n"
                                  "      - {name: c, type: u8, when: frame.length == 5}\n"
                                  "      - {name: size, value: frame.length}\n");
    expect_both(&fixture, "01", "{\"a\":1,\"size\":1}");
    expect_both(&fixture, "01 0002 00", "{\"a\":1,\"b\":2,\"size\":4}");
    expect_both(&fixture, "01 0002 00 03", "{\"a\":1,\"b\":2,\"c\":3,\"size\":5}");
    expect_decode_error(&fixture, "01 00", DGM_TRAILING_BYTES, 1, "");
    expect_encode_error(&fixture, "{\"a\":1,\"c\":3}", DGM_MEMBER_NOT_ALLOWED, "3}", "c");
    close_fixture();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("series");
    TCase *bits = tcase_create("bits");
    tcase_add_test(bits, a_bit_stream_runs_from_the_top_of_the_first_byte);
    tcase_add_test(bits, a_bit_stream_runs_from_the_lowest_bit_of_the_first_byte);
    tcase_add_test(bits, a_field_of_64_bits_may_cross_nine_bytes);
    tcase_add_test(bits, constants_in_a_bit_stream_tell_messages_apart);
    tcase_add_test(bits, a_short_bit_stream_may_be_filled_with_zeros);
    tcase_add_test(bits, bit_streams_repeat_as_objects);
    TCase *join = tcase_create("join");
    tcase_add_test(join, a_value_is_joined_of_bits_in_two_places);
    tcase_add_test(join, the_type_of_a_join_has_the_sign);
    tcase_add_test(join, a_piece_that_is_known_must_agree);
    tcase_add_test(join, one_piece_shows_a_member_in_another_way);
    tcase_add_test(join, bytes_are_joined_in_the_order_of_the_list);
    tcase_add_test(join, joins_stand_in_repetitions_with_their_pieces);
    tcase_add_test(join, a_count_may_be_joined);
    tcase_add_test(join, a_join_without_its_pieces_is_left_out);
    TCase *places = tcase_create("places");
    tcase_add_test(places, an_item_elsewhere_is_read_first_and_written_there);
    tcase_add_test(places, places_count_from_the_end_as_well);
    tcase_add_test(places, places_of_a_sized_part_count_from_its_start);
    TCase *series = tcase_create("series");
    tcase_add_test(series, a_repetition_ends_before_its_mark);
    tcase_add_test(series, differences_add_up);
    tcase_add_test(series, a_series_does_not_begin_with_a_series);
    tcase_add_test(series, a_series_is_a_base_a_step_and_a_running_sum);
    tcase_add_test(series, a_series_may_run_backwards);
    tcase_add_test(series, functions_tell_of_values_that_were_read);
    tcase_add_test(series, functions_tell_of_values_that_the_json_has);
    TCase *agree = tcase_create("agree");
    tcase_add_test(agree, a_length_tells_of_any_item);
    tcase_add_test(agree, a_count_tells_of_a_repetition_before_or_behind);
    tcase_add_test(agree, lengths_of_items_stand_in_repetitions);
    tcase_add_test(agree, a_checksum_covers_an_item_before_or_behind);
    tcase_add_test(agree, a_crc_may_have_82_bits);
    tcase_add_test(agree, the_length_of_the_frame_decides_both_ways);
    suite_add_tcase(suite, agree);
    suite_add_tcase(suite, places);
    suite_add_tcase(suite, series);
    suite_add_tcase(suite, bits);
    suite_add_tcase(suite, join);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
