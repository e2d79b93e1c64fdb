/* SPDX-License-Identifier: MIT */
/*
 * Hostile tables: each of many byte-mutated ones is refused, or works on frames and JSON
 * without touching memory that is not its own. Under the sanitizers this is the proof of
 * the verifier.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"
#include "../support/guard.h"

/* In two pieces: a text of C is at most 4095 characters long. */
static const char yaml_first[] =
    "dragoman: 1\n"
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1}\n"
    "wire: {framing: {escape: slip}}\n"
    "floats: {own: {sign: 1, exponent: 4, fraction: 6, hidden: false, special: false}}\n"
    "curves: {bent: {points: [[0, 1], [2.5, 30], [9, 40]], outside: extend}}\n"
    "hooks: {flip: {output_limit: 8}}\n"
    "services:\n"
    "  Meter:\n"
    "    properties:\n"
    "      flow:  {data_type: decimal, min: 0, max: 100, method: RE}\n"
    "      state: {data_type: enum, enum_list: [open, shut], method: RE}\n"
    "      flows: {data_type: jsonObject, method: RE}\n"
    "      name:  {data_type: string, max_length: 10, method: RE}\n"
    "      copy:  {data_type: string, method: RE}\n"
    "      real:  {data_type: decimal, max: 1000, method: RE}\n"
    "      other: {data_type: decimal, method: RE}\n"
    "      piped: {data_type: decimal, method: RE}\n"
    "      root:  {data_type: decimal, method: RE}\n"
    "      apart: {data_type: jsonObject, method: RE}\n"
    "  Battery:\n"
    "    properties:\n"
    "      level: {data_type: int, min: 0, max: 100, method: RE}\n"
    "      list:  {data_type: jsonObject, method: RE}\n"
    "      kept:  {data_type: jsonObject, method: RE}\n"
    "    commands:\n"
    "      SET:\n"
    "        paras: {period: {data_type: int, min: 1, max: 60, required: true}}\n"
    "        responses: {SET_RSP: {period: {data_type: int}}}\n"
    "    events:\n"
    "      LOW: {paras: {level: {data_type: int, min: 0, max: 100}}}\n"
    "messages:\n"
    "  mixed:\n"
    "    fields:\n"
    "      - {const: 0x01, type: u8}\n"
    "      - {name: flow, type: u16, scale: 0.1, to: Meter}\n"
    "      - {name: level, type: u8, to: Battery}\n"
    "      - bits: u8\n"
    "        fields:\n"
    "          - {name: state, type: u2, enum: {0: open, 1: shut}, to: Meter}\n"
    "          - {local: named, type: u1, encode: has(name)}\n"
    "          - {reserved: u5}\n"
    "      - when: named == 1\n"
    "        fields:\n"
    "          - {local: n, type: u8}\n"
    "          - {name: name, type: text(n), to: Meter}\n"
    "      - {role: has_more, type: u8}\n"
    "  log:\n"
    "    fields:\n"
    "      - {const: 0x02, type: u8}\n"
    "      - local: samples\n"
    "        record: Meter\n"
    "        repeat: rest\n"
    "        fields:\n"
    "          - {role: event_time, type: u32, time: unix}\n"
    "          - {name: flow, type: u16, scale: 0.1}\n"
    "  wide:\n"
    "    fields:\n"
    "      - {const: [0x03, 0x04], type: u8}\n"
    "      - {length_of: frame, type: u8}\n"
    "      - {name: flow, type: i16, scale: 0.1, invalid: 0x7FFF, valid: -50..50, to: "
    "Meter,\n"
    "         outside: clamp}\n"
    "      - {local: kind, type: u8, encode: case}\n"
    "      - switch: kind\n"
    "        cases:\n"
    "          1: {name: level, type: u8, invalid: {0xFF: null}, to: Battery}\n"
    "          2..4: {name: name, type: text(6), pad: 0, to: Meter}\n"
    "          5: {name: name, type: text(rest), end: 0, to: Meter}\n"
    "      - {warn: it is warm, when: kind > 3}\n"
    "      - {checksum: crc-16/modbus, type: u16le}\n"
    "  series:\n"
    "    fields:\n"
    "      - {const: 0x05, type: u8}\n"
    "      - bits: bytes(9)\n"
    "        fields:\n"
    "          - {name: level, type: u7, to: Battery}\n"
    "          - {reserved: u64}\n"
    "          - {local: low, type: i1}\n"
    "      - {local: n, type: u8}\n"
    "      - {local: tail, type: bytes(n)}\n"
    "      - {local: end, type: bytes(2)}\n"
    "      - {local: top, type: u8}\n"
    "      - {name: flow, join: [top, low], type: u9, to: Meter}\n"
    "      - {name: name, join: [tail], type: text(n), to: Meter}\n"
    "      - {name: copy, join: [end, end], type: bytes(4), to: Meter}\n"
    "  sized:\n"
    "    fields:\n"
    "      - {const: 0x06, type: u8}\n"
    "      - {local: n, type: u8}\n"
    "      - size: n\n"
    "        fields:\n"
    "          - {name: level, type: u8, to: Battery}\n"
    "          - {local: samples, repeat: rest, size: 2, fields: [{const: 7, type: "
    "u16}]}\n"
    "";
static const char yaml_second[] =
    "  texts:\n"
    "    fields:\n"
    "      - {const: 0x07, type: u8}\n"
    "      - name: name\n"
    "        to: Meter\n"
    "        format: '{c}-{a:02}/{b:X} {d}{e}'\n"
    "        fields:\n"
    "          - {local: a, type: u8}\n"
    "          - bits: u8\n"
    "            fields: [{local: b, type: u4}, {local: d, type: u4, enum: {0: p, 1: "
    "q}}]\n"
    "          - {local: c, type: bytes(1), as: hex}\n"
    "          - {local: raw, type: u8}\n"
    "          - {local: e, value: raw + 5}\n"
    "  places:\n"
    "    fields:\n"
    "      - {const: 0x0A, type: u8}\n"
    "      - {at: -1, name: level, type: u8, to: Battery}\n"
    "      - {count_of: flows, type: u8}\n"
    "      - {length_of: flows, type: u8}\n"
    "      - {at: 4, fields: [{name: state, type: u8, enum: {0: open, 1: shut}, to: "
    "Meter}]}\n"
    "      - {local: total, type: u8, encode: sum(flows)}\n"
    "      - {skip: 1}\n"
    "      - {name: flows, type: i8, delta: total, repeat: rest, until: {const: 0x7F, "
    "type: u8}, to: Meter}\n"
    "      - {name: flow, value: step(flows) + last(flows), to: Meter}\n"
    "      - {checksum: xor-8, type: u8, over: flows}\n"
    "      - {skip: 1}\n"
    "  reals:\n"
    "    to: Meter\n"
    "    fields:\n"
    "      - {const: 0x08, type: u8}\n"
    "      - {name: real, type: f32, scale: 0.1, decimals: 3, invalid: {0: null}}\n"
    "      - bits: u16\n"
    "        fields: [{name: other, type: own}, {local: by, type: u5, default: 3}]\n"
    "      - {name: piped, type: u8, scale: by / 3, offset: real, curve: bent}\n"
    "      - {name: root, value: \"sqrt(other) + curve(bent, pow(real, 1.5)) % "
    "exp(by)\",\n"
    "         decimals: 4}\n"
    "  names:\n"
    "    fields:\n"
    "      - {const: 0x0B, type: u8}\n"
    "      - {local: n, type: u8, enum: {1: lev, 7: lov}}\n"
    "      - {name: '{n}el', type: u8, to: Battery}\n"
    "  tags:\n"
    "    fields:\n"
    "      - {const: 0x0C, type: u8}\n"
    "      - to: Battery\n"
    "        tlv: {tag: [{local: id, type: u8}, {local: n, type: u8}], select: id, size: "
    "n,\n"
    "              unknown: keep, keep_as: kept, cases: {\n"
    "        1: {name: level, type: u8},\n"
    "        2: {name: list, type: u8, collect: true},\n"
    "        5: {local: s, repeat: rest, size: 2, fields: [{const: 7, type: u16}]},\n"
    "        4: {name: flow, type: u16, to: Meter}}}\n"
    "  channels:\n"
    "    to: Battery\n"
    "    fields:\n"
    "      - {const: 0x10, type: u8}\n"
    "      - tlv: {tag: [{local: n, type: u8, enum: {1: lev, 7: lov}}, {local: k, type: "
    "u8}],\n"
    "              select: k, cases: {1: {name: '{n}el', type: u8}}}\n"
    "  rounds:\n"
    "    fields:\n"
    "      - {const: 0x0F, type: u8}\n"
    "      - {local: n, type: u8}\n"
    "      - repeat: n\n"
    "        fields: [{name: flows, type: i8, collect: true, to: Meter},\n"
    "                 {name: list, type: u8, collect: always, to: Battery}]\n"
    "  set:\n"
    "    kind: command\n"
    "    command: Battery.SET\n"
    "    fields:\n"
    "      - {const: 0x81, type: u8}\n"
    "      - {role: mid, type: u16}\n"
    "      - {name: period, type: u8}\n"
    "  low:\n"
    "    kind: event\n"
    "    event: Battery.LOW\n"
    "    fields: [{const: 0x60, type: u8}, {name: level, type: u8}]\n"
    "  told:\n"
    "    kind: get_response\n"
    "    fields: [{const: 0x61, type: u8}, {name: level, type: u8, to: Battery}]\n"
    "  ask:\n"
    "    kind: get\n"
    "    to: Battery\n"
    "    fields: [{const: 0x82, type: u8}, {role: mid, type: u16}]\n"
    "  packed:\n"
    "    fields:\n"
    "      - {const: 0x62, type: u8}\n"
    "      - {local: n, type: u8}\n"
    "      - {size: n, hook: flip, fields: [{name: name, type: text(rest), to: Meter}]}\n"
    "      - {hook: flip, fields: [{name: level, type: u8, to: Battery}]}\n"
    "  ack:\n"
    "    kind: reply\n"
    "    answers: [mixed]\n"
    "    fields:\n"
    "      - {local: id, type: u8, encode: request.u8(0)}\n"
    "      - {local: size, type: u8, encode: request.length}\n";
static const char yaml_third[] =
    "  moments:\n"
    "    to: Meter\n"
    "    fields:\n"
    "      - {const: 0x0D, type: u8}\n"
    "      - name: name\n"
    "        time: members\n"
    "        as: date\n"
    "        bits: u16\n"
    "        fields: [{local: year, type: u7, offset: 2000, invalid: 127},\n"
    "                 {local: month, type: u4, invalid: 15}, {local: day, type: u5, "
    "invalid: 31}]\n"
    "      - {name: flow, type: u8}\n"
    "  silent:\n"
    "    to: Meter\n"
    "    fields:\n"
    "      - {const: 0x0E, type: u8}\n"
    "      - invalid: all\n"
    "        fields:\n"
    "          - {name: flow, type: i16, invalid: 0}\n"
    "          - {reserved: bytes(1)}\n"
    "          - bits: u8\n"
    "            fields: [{name: level, type: u4, invalid: 15, to: Battery}, {reserved: "
    "u4}]\n"
    "      - {local: kind, type: u8, encode: case}\n"
    "      - switch: kind\n"
    "        cases: {0: {name: name, literal: none}, 1: {name: name, literal: one}}\n"
    "        default: []\n"
    "  apart:\n"
    "    to: Meter.apart\n"
    "    fields:\n"
    "      - {const: 0x11, type: u8}\n"
    "      - {name: x, type: u8}\n"
    "      - {name: level, type: u8, to: Battery}\n"
    "      - tlv:\n"
    "          tag: u8\n"
    "          cases: {1: {name: y, type: u8}, 2: {name: z, type: u8, to: "
    "Meter.apart.in},\n"
    "                  3: {name: flow, type: u8, to: Meter},\n"
    "                  4: {name: list, type: u8, collect: true}}\n";

/* Without their framing, which is one C0 behind each. */
static char yaml[sizeof(yaml_first) + sizeof(yaml_second) + sizeof(yaml_third)];

static const char *const frames[] = {"01 0010 20 00 01",
                                     "01 0010 20 60 02 4142 00",
                                     "02 5C9DF065 0001 5C9DF191 0002",
                                     "60 05",
                                     "61 05",
                                     "62 02 BEBD FA",
                                     "05 0E0000000000000000 02 4142 4344 07",
                                     "0A 03 04 06 01 FB 01 01 7F 84 09",
                                     "81 0001 05",
                                     "82 0001",
                                     "03 08 7FFF 01 FF D1D1",
                                     "04 0D 0001 04 414200000000 0000",
                                     "06 05 07 00070007",
                                     "07 07 A1 EF 03",
                                     "08 41200000 0A83 05",
                                     "0B 01 05",
                                     "0C 0101 05 00 0202 0708 0201 09 00 0900 0402 0102",
                                     "0D 2A64 01",
                                     "0E 0000 00 F0 00",
                                     "0E 0005 00 F0 09",
                                     "0F 02 01 02 03 04",
                                     "10 0101 05 0701 06",
                                     "11 05 07 0101 0202 0303 0404 0105",
                                     "11 05 07"};
static const char *const texts[] = {
    "{\"Meter\":{\"flow\":1.5,\"state\":\"shut\",\"name\":\"ab\"},\"Battery\":{\"level\":"
    "3}}",
    "{\"Meter\":[{\"flow\":1.5,\"event_time\":\"20190329T101605Z\"}]}",
    "{\"Meter\":{\"flow\":99},\"Battery\":{\"level\":null}}",
    "{\"Battery\":{\"level\":7,\"list\":[1,2],\"kept\":{\"09\":\"0102\"}},\"Meter\":{"
    "\"flow\":1}}",
    "{\"Meter\":{\"name\":\"ab\"}}",
    "{\"Meter\":{\"name\":\"2021-03-04\",\"flow\":1}}",
    "{\"Meter\":{\"flow\":5,\"name\":\"one\"},\"Battery\":{\"level\":3}}",
    "{\"Meter\":{\"name\":\"none\"}}",
    "{\"Battery\":{\"level\":5,\"lovel\":6}}",
    "{\"Meter\":{\"flows\":[1,3]},\"Battery\":{\"list\":[2,4]}}",
    "{\"Battery\":{\"level\":3},\"Meter\":{\"flow\":5,\"name\":\"ab\",\"copy\":\"AQIBAg=="
    "\"}}",
    "{\"Meter\":{\"name\":\"ef-07/A q8\"}}",
    "{\"Battery\":{\"level\":9},\"Meter\":{\"state\":\"shut\",\"flows\":[1,2,3]}}",
    "{\"Meter\":{\"real\":2.5,\"other\":0.25,\"piped\":7}}",
    "{\"msgType\":\"cloudReq\",\"cmd\":\"SET\",\"mid\":3,\"paras\":{\"period\":5}}",
    "{\"event\":\"Battery.LOW\",\"paras\":{\"level\":5}}",
    "{\"msg_type\":\"event_up\",\"services\":[{\"service_id\":\"Battery\","
    "\"event_type\":\"LOW\",\"paras\":{\"level\":5}}]}",
    "{\"get\":\"Battery\",\"mid\":3}",
    "{\"Meter\":{\"flow\":3,\"apart\":{\"x\":5,\"y\":1,\"list\":[4],\"in\":{\"z\":2}}},"
    "\"Battery\":{\"level\":7}}",
    "{\"Meter\":{\"name\":\"AB\"},\"Battery\":{\"level\":5}}",
    "{\"get_response\":{\"Battery\":{\"level\":5}}}",
    "{\"msgType\":\"cloudRsp\",\"request\":\"AQAQIAABwA==\",\"errcode\":0}",
};

static uint64_t state;

/* xorshift64: the same tables in every run */
static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static enum dgm_status flip(struct dgm_hook_call *work)
{
    if (work->input_length > work->output_size)
        return DGM_LIMIT;
    for (size_t i = 0; i < work->input_length; i++)
        work->output[i] = (uint8_t)~work->input[i];
    work->output_length = work->input_length;
    return DGM_OK;
}

static const struct dgm_hook flip_hook = {
    sizeof(flip_hook), "flip", flip, flip, NULL, NULL, 0};
static const struct dgm_hook *const hooks[] = {&flip_hook};

/* Run everything the accepted table offers; only memory safety and an end are asked for.
 */
static void exercise(const struct dgm_codec *codec)
{
    static uint64_t scratch[1 << 16];
    static char text[2048];
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    struct dgm_error error;
    uint8_t bytes[64];
    char line[512];
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);
    call.hooks = hooks;
    call.hook_count = 1;
    call.topic = "a/b";
    call.topic_length = 3;
    if (dgm_codec_scratch_size(codec) > sizeof(scratch))
        return;
    for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
        size_t length = hex_bytes(frames[i], bytes, sizeof(bytes) - 1);
        bytes[length++] = 0xC0;
        call.direction = frames[i][0] == '8' ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
        call.shape = (enum dgm_shape)(i % 3);
        memset(&error, 0, sizeof(error));
        enum dgm_status status =
            dgm_decode(codec, &call, bytes, length, text, sizeof(text), &outcome, &error);
        if (status != DGM_OK && status != DGM_NOTHING)
            ck_assert_uint_gt(dgm_error_render(codec, &error, line, sizeof(line)), 0);
    }
    call.direction = DGM_DIRECTION_AUTO;
    call.shape = DGM_SHAPE_AUTO;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        memset(&error, 0, sizeof(error));
        enum dgm_status status =
            dgm_encode(codec, &call, texts[i], strlen(texts[i]), (uint8_t *)text,
                       sizeof(text), &outcome, &error);
        if (status != DGM_OK && status != DGM_NOTHING)
            ck_assert_uint_gt(dgm_error_render(codec, &error, line, sizeof(line)), 0);
    }
}

static void mutate(uint8_t *block, size_t size)
{
    unsigned count = 1 + (unsigned)(next_random() % 4);
    for (unsigned i = 0; i < count; i++) {
        uint64_t dice = next_random();
        size_t at = (size_t)(next_random() % size);
        if (dice % 3 == 0)
            block[at] = (uint8_t)(block[at] ^ 1u << (dice >> 8) % 8);
        else if (dice % 3 == 1)
            block[at] = (uint8_t)(dice >> 16);
        else
            block[at] = (uint8_t)(block[at] + ((dice >> 24) % 2 ? 1 : 255));
    }
}

START_TEST(refuses_or_survives_mutated_tables)
{
    struct fixture fixture;
    size_t size, accepted = 0;
    fixture_open(&fixture, yaml);
    const struct dgm_model *model = dgm_profile_model(fixture.profile, &size);
    struct guarded block = guarded_new(NULL, size);
    void *memory = malloc(dgm_codec_size(model, size));
    state = 88172645463325252u + (uint64_t)_i;
    for (unsigned i = 0; i < 25000; i++) {
        const struct dgm_codec *codec;
        struct dgm_error error;
        memcpy(block.bytes, model, size);
        mutate(block.bytes, size);
        if (dgm_codec_open(block.bytes, size, memory, dgm_codec_size(model, size), &codec,
                           &error) != DGM_OK)
            continue;
        accepted++;
        exercise(codec);
    }
    /* Both outcomes must occur, or the test proves nothing. */
    ck_assert_uint_gt(accepted, 1000);
    ck_assert_uint_lt(accepted, 24000);
    free(memory);
    guarded_free(&block);
    fixture_close(&fixture);
}
END_TEST

START_TEST(refuses_every_truncated_table)
{
    struct fixture fixture;
    size_t size;
    fixture_open(&fixture, yaml);
    const struct dgm_model *model = dgm_profile_model(fixture.profile, &size);
    void *memory = malloc(sizeof(struct dgm_model) * 8);
    for (size_t length = 0; length < size; length += 8) {
        struct guarded block = guarded_new(model, length);
        const struct dgm_codec *codec;
        struct dgm_error error;
        ck_assert_int_ne(dgm_codec_open(block.bytes, length, memory,
                                        sizeof(struct dgm_model) * 8, &codec, &error),
                         DGM_OK);
        guarded_free(&block);
    }
    free(memory);
    fixture_close(&fixture);
}
END_TEST

START_TEST(names_the_format_it_wants)
{
    struct fixture fixture;
    size_t size;
    fixture_open(&fixture, yaml);
    const struct dgm_model *model = dgm_profile_model(fixture.profile, &size);
    struct dgm_model *copy = malloc(size);
    uint64_t memory[512];
    const struct dgm_codec *codec;
    struct dgm_error error;
    memcpy(copy, model, size);
    copy->format = DGM_TABLE_FORMAT + 1;
    ck_assert_int_eq(dgm_codec_open(copy, size, memory, sizeof(memory), &codec, &error),
                     DGM_WRONG_TABLE_FORMAT);
    ck_assert_uint_eq(error.expected, DGM_TABLE_FORMAT);
    ck_assert_uint_eq(error.raw, DGM_TABLE_FORMAT + 1);
    free(copy);
    fixture_close(&fixture);
}
END_TEST

/* The name of what a tag loop collects prints apart from the values. */
START_TEST(refuses_collected_values_without_a_name)
{
    struct fixture fixture;
    struct dgm_error error;
    const struct dgm_codec *codec;
    size_t size, changed = 0;
    fixture_open(&fixture,
                 "dragoman: 1\n"
                 "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1,\n"
                 "          device_type: Meter, protocol_type: CoAP}\n"
                 "messages:\n"
                 "  report:\n"
                 "    fields:\n"
                 "      - tlv:\n"
                 "          tag: u8\n"
                 "          cases: {1: {name: list, type: u8, collect: true}}\n");
    const struct dgm_model *model = dgm_profile_model(fixture.profile, &size);
    struct guarded block = guarded_new(model, size);
    struct dgm_row *rows = (void *)(block.bytes + model->rows.offset);
    for (unsigned i = 0; i < model->rows.count; i++)
        if (rows[i].flags & DGM_ROW_COLLECT) {
            rows[i].flags &= ~(uint32_t)DGM_ROW_NAMED;
            rows[i].key_length = UINT16_MAX;
            changed++;
        }
    ck_assert_uint_eq(changed, 1);
    void *memory = malloc(dgm_codec_size(model, size));
    ck_assert_int_eq(dgm_codec_open(block.bytes, size, memory,
                                    dgm_codec_size(model, size), &codec, &error),
                     DGM_BAD_TABLE);
    free(memory);
    guarded_free(&block);
    fixture_close(&fixture);
}
END_TEST

/* What is made of the first row with that operation, and what is said to that. */
static const struct unnested {
    const char *name;
    uint8_t op;
    /* Op, pass, flags and key_length are added to what is there; with a key the row gets
     * that of a member. */
    struct dgm_row change;
    const char *detail;
} unnested[] = {
    {"an object that is opened twice and closed once",
     DGM_OP_OBJECT_END,
     {.op = (uint8_t)(DGM_OP_OBJECT - DGM_OP_OBJECT_END), .key = 1},
     "objects that do not nest"},
    {"an object that is closed twice",
     DGM_OP_OBJECT,
     {.op = DGM_OP_OBJECT_END - DGM_OP_OBJECT},
     "objects that do not nest"},
    {"an object in no service",
     DGM_OP_SERVICE,
     {.op = DGM_OP_OBJECT - DGM_OP_SERVICE, .key = 1},
     "objects that do not nest"},
    {"an object that is closed in an earlier pass",
     DGM_OP_OBJECT_END,
     {.pass = UINT8_MAX},
     "objects that do not nest"},
    {"a service that closes before its object",
     DGM_OP_SERVICE_END,
     {.pass = UINT8_MAX},
     "objects that do not nest"},
    {"a service opened inside a service",
     DGM_OP_OBJECT,
     {.op = (uint8_t)(DGM_OP_SERVICE - DGM_OP_OBJECT)},
     "objects that do not nest"},
    {"a pass that no message has",
     DGM_OP_OBJECT,
     {.pass = 9},
     "an object that may not close"},
    {"an object that the end of the frame keeps shut",
     DGM_OP_OBJECT,
     {.flags = DGM_ROW_OPTIONAL},
     "an object that may not close"},
    {"a service that the end of the frame keeps shut",
     DGM_OP_SERVICE,
     {.flags = DGM_ROW_OPTIONAL},
     "an object that may not close"},
    {"an object that opens inside a group",
     DGM_OP_GROUP,
     {.detail = 1},
     "an object that may not close"},
    {"a name outside the pool",
     DGM_OP_OBJECT,
     {.key_length = UINT16_MAX / 2},
     "an object without its name"},
};

static void change_row(struct dgm_row *row, const struct dgm_row *change,
                       const struct dgm_row *member)
{
    row->op = (uint8_t)(row->op + change->op);
    row->pass = (uint8_t)(row->pass + change->pass);
    row->flags |= change->flags;
    row->key_length = (uint16_t)(row->key_length + change->key_length);
    row->detail = (uint16_t)(row->detail + change->detail);
    if (change->key != 0) {
        row->key = member->key;
        row->key_length = member->key_length;
    }
}

START_TEST(refuses_objects_that_do_not_nest)
{
    const struct unnested *test = &unnested[_i];
    struct fixture fixture;
    struct dgm_error error;
    const struct dgm_codec *codec;
    size_t size;
    fixture_open(&fixture, HEAD "messages:\n"
                                "  report:\n"
                                "    fields:\n"
                                "      - {name: group, fields: [{name: a, type: u8}]}\n"
                                "      - {name: x, type: u8, to: apart}\n"
                                "      - {name: b, type: u8}\n"
                                "      - {name: 'y', type: u8, to: apart}\n");
    const struct dgm_model *model = dgm_profile_model(fixture.profile, &size);
    struct guarded block = guarded_new(model, size);
    struct dgm_row *rows = (void *)(block.bytes + model->rows.offset);
    void *memory = malloc(dgm_codec_size(model, size));
    size_t room = dgm_codec_size(model, size);
    unsigned i = 0, member = 0;
    while (i < model->rows.count && rows[i].op != test->op)
        i++;
    while (member < model->rows.count && !(rows[member].flags & DGM_ROW_NAMED))
        member++;
    ck_assert_uint_lt(i, model->rows.count);
    ck_assert_uint_lt(member, model->rows.count);
    ck_assert_int_eq(dgm_codec_open(block.bytes, size, memory, room, &codec, &error),
                     DGM_OK);
    change_row(&rows[i], &test->change, &rows[member]);
    ck_assert_int_eq(dgm_codec_open(block.bytes, size, memory, room, &codec, &error),
                     DGM_BAD_TABLE);
    ck_assert_msg(strcmp(error.detail, test->detail) == 0, "%s: %s", test->name,
                  error.detail);
    free(memory);
    guarded_free(&block);
    fixture_close(&fixture);
}
END_TEST

/* Names print as they stand in the table, `,"name":`. */
START_TEST(refuses_names_that_are_no_json)
{
    static const struct {
        unsigned at; /* from the end, or 0: the first one */
        char byte;
    } changes[] = {{1, '{'}, {2, '\''}, {3, '\\'}, {4, '"'}, {4, '\n'}, {0, '.'}};
    struct fixture fixture;
    struct dgm_error error;
    const struct dgm_codec *codec;
    size_t size;
    fixture_open(&fixture, HEAD "messages:\n"
                                "  report:\n"
                                "    fields:\n"
                                "      - {name: level, type: u8}\n");
    const struct dgm_model *model = dgm_profile_model(fixture.profile, &size);
    size_t room = dgm_codec_size(model, size);
    void *memory = malloc(room);
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        struct guarded block = guarded_new(model, size);
        const struct dgm_row *row = (void *)(block.bytes + model->rows.offset);
        while (!(row->flags & DGM_ROW_NAMED))
            row++;
        char *key = (char *)block.bytes + model->pool.offset + row->key;
        ck_assert_int_eq(strncmp(key, ",\"level\":", row->key_length), 0);
        key[changes[i].at == 0 ? 0 : row->key_length - changes[i].at] = changes[i].byte;
        ck_assert_int_eq(dgm_codec_open(block.bytes, size, memory, room, &codec, &error),
                         DGM_BAD_TABLE);
        guarded_free(&block);
    }
    free(memory);
    fixture_close(&fixture);
}
END_TEST

int main(void)
{
    snprintf(yaml, sizeof(yaml), "%s%s%s", yaml_first, yaml_second, yaml_third);
    Suite *suite = suite_create("table");
    TCase *hostile = tcase_create("hostile");
    tcase_set_timeout(hostile, 0);
    tcase_add_loop_test(hostile, refuses_or_survives_mutated_tables, 0, 4);
    tcase_add_test(hostile, refuses_every_truncated_table);
    tcase_add_test(hostile, names_the_format_it_wants);
    tcase_add_test(hostile, refuses_collected_values_without_a_name);
    tcase_add_test(hostile, refuses_names_that_are_no_json);
    tcase_add_loop_test(hostile, refuses_objects_that_do_not_nest, 0,
                        (int)(sizeof(unnested) / sizeof(unnested[0])));
    suite_add_tcase(suite, hostile);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
