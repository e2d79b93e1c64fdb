/* SPDX-License-Identifier: MIT */
/* See target_codec.h. */
#include "target_codec.h"

#include <dragoman/profile.h>

#include <stdlib.h>
#include <string.h>

static const char yaml[] =
    "dragoman: 1\n"
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: F1, device_type: "
    "Meter,\n"
    "          protocol_type: CoAP}\n"
    "services:\n"
    "  Meter:\n"
    "    properties:\n"
    "      flow:  {data_type: decimal, min: -100, max: 100, method: RE}\n"
    "      state: {data_type: enum, enum_list: [open, shut], method: RE}\n"
    "      name:  {data_type: string, max_length: 10, method: RE}\n"
    "      key:   {data_type: string, max_length: 400, method: RE}\n"
    "      total: {data_type: long, method: RE}\n"
    "      ratio: {data_type: decimal, method: RE}\n"
    "  Battery:\n"
    "    properties:\n"
    "      level: {data_type: int, min: 0, max: 100, method: RE}\n"
    "    commands:\n"
    "      SET:\n"
    "        paras: {period: {data_type: int, min: 1, max: 60, required: true},\n"
    "                note: {data_type: string, max_length: 20}}\n"
    "        responses: {SET_RSP: {period: {data_type: int}}}\n"
    "messages:\n"
    "  mixed:\n"
    "    fields:\n"
    "      - {const: 0x01, type: u8}\n"
    "      - {name: flow, type: i16, scale: 0.1, to: Meter}\n"
    "      - {name: level, type: u8, to: Battery}\n"
    "      - bits: u16le\n"
    "        fields:\n"
    "          - {name: state, type: u2, enum: {0: open, 1: shut}, to: Meter}\n"
    "          - {local: named, type: u1, encode: has(name)}\n"
    "          - {reserved: u13}\n"
    "      - when: named == 1\n"
    "        fields:\n"
    "          - {local: n, type: u8}\n"
    "          - {name: name, type: text(n), encoding: utf8, to: Meter}\n"
    "      - {name: total, type: i64le, to: Meter}\n"
    "      - {name: ratio, type: f32, to: Meter}\n"
    "      - {role: has_more, type: u8}\n"
    "  log:\n"
    "    fields:\n"
    "      - {const: 0x02, type: u8}\n"
    "      - local: samples\n"
    "        record: Meter\n"
    "        repeat: rest\n"
    "        fields:\n"
    "          - {role: event_time, type: u32, time: unix}\n"
    "          - {name: flow, type: i16, scale: 0.1}\n"
    "  raw:\n"
    "    fields:\n"
    "      - {const: 0x03, type: u8}\n"
    "      - {name: key, type: bytes(rest), to: Meter}\n"
    "  wide:\n"
    "    fields:\n"
    "      - {const: [0x04, 0x05], type: u8}\n"
    "      - {length_of: frame, type: u8}\n"
    "      - {name: flow, type: i16, scale: 0.1, invalid: 0x7FFF, valid: -50..50, to: "
    "Meter}\n"
    "      - {local: kind, type: u8, encode: case}\n"
    "      - switch: kind\n"
    "        cases:\n"
    "          1: {name: level, type: u8, invalid: 0xFF, to: Battery}\n"
    "          2..5: {name: name, type: text(6), pad: 0, to: Meter}\n"
    "      - {warn: it is warm, when: kind > 3}\n"
    "      - {checksum: crc-16/modbus, type: u16le}\n"
    "  set:\n"
    "    kind: command\n"
    "    command: Battery.SET\n"
    "    fields:\n"
    "      - {const: 0x81, type: u8}\n"
    "      - {role: mid, type: u16}\n"
    "      - {name: period, type: u8}\n"
    "      - {name: note, type: text(rest), default: ''}\n"
    "  set_rsp:\n"
    "    kind: response\n"
    "    command: Battery.SET\n"
    "    fields:\n"
    "      - {const: 0x82, type: u8}\n"
    "      - {role: mid, type: u16}\n"
    "      - {role: errcode, type: u8}\n"
    "      - {name: period, type: u8}\n"
    "  ack:\n"
    "    kind: reply\n"
    "    answers: [mixed]\n"
    "    fields:\n"
    "      - {local: id, type: u8, encode: request.u8(0)}\n"
    "      - {local: size, type: u16, encode: request.length}\n";

static const struct dgm_codec *codec;
static void *scratch;

const struct dgm_codec *target_codec(void)
{
    struct dgm_profile *profile;
    size_t size;
    if (codec != NULL)
        return codec;
    if (dgm_profile_parse("target.yaml", yaml, strlen(yaml), &profile) != DGM_OK)
        abort();
    /* The profile, the codec and the scratch memory live as long as the process. */
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    size_t needed = dgm_codec_size(model, size);
    void *memory = malloc(needed);
    if (memory == NULL ||
        dgm_codec_open(model, size, memory, needed, &codec, NULL) != DGM_OK)
        abort();
    scratch = malloc(dgm_codec_scratch_size(codec) + 1);
    if (scratch == NULL)
        abort();
    return codec;
}

struct dgm_call target_call(void)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.scratch_size = dgm_codec_scratch_size(target_codec());
    call.scratch = scratch;
    return call;
}
