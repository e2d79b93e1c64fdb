/* SPDX-License-Identifier: MIT */
/*
 * A hand-written plug-in without a JSON library: snprintf in one call for each object.
 * Only reports, since the C library does not read JSON.
 */
#include "words.h"

#include <stdio.h>

static const char *truth(unsigned is)
{
    return is != 0 ? "true" : "false";
}

static size_t print_meter(const uint8_t *frame, size_t length, uint8_t *json)
{
    if (length != 12 || frame[0] != 0x01)
        return 0;
    int written = snprintf(
        (char *)json, BENCH_OUTPUT_SIZE,
        "{\"msgType\":\"deviceReq\",\"mid\":%u,\"data\":[{\"serviceId\":\"WaterMeter\","
        "\"serviceData\":{\"flow\":%.10g,\"batteryVoltage\":%.10g,\"signalStrength\":%d,"
        "\"leak\":%s,\"tamper\":%s,\"lowBattery\":%s,\"valve\":\"%s\",\"interval\":%u}}]"
        "}",
        get16(frame + 1), get32(frame + 3) / 1000.0, frame[7] / 10.0, (int8_t)frame[8],
        truth(frame[9] & 0x80u), truth(frame[9] & 0x40u), truth(frame[9] & 0x20u),
        valve_words[frame[9] >> 3 & 3], get16(frame + 10));
    return written > 0 ? (size_t)written : 0;
}

static size_t print_telematics(const uint8_t *frame, size_t length, uint8_t *json)
{
    char moment[MOMENT_SIZE];
    if (length != 44 || frame[0] != 0x02 || frame[34] >> 4 >= COUNT(gear_words))
        return 0;
    moment_from_bcd(moment, frame + 13);
    int written = snprintf(
        (char *)json, BENCH_OUTPUT_SIZE,
        "{\"msgType\":\"deviceReq\",\"mid\":%u,\"data\":[{\"serviceId\":\"Telematics\","
        "\"serviceData\":{\"deviceSn\":\"%.10s\",\"latitude\":%.10g,\"longitude\":%.10g,"
        "\"speed\":%.10g,\"heading\":%.10g,\"altitude\":%d,\"fix\":\"%s\","
        "\"satellites\":%u,\"ignition\":%s,\"gear\":\"%s\",\"doors\":\"%s\",\"alarm\":%s,"
        "\"fuelRate\":%.9g,\"batteryVoltage\":%.9g,\"coolantTemp\":%d},"
        "\"eventTime\":\"%s\"}]}",
        get16(frame + 1), (const char *)frame + 3, (int32_t)get32(frame + 19) / 1e6,
        (int32_t)get32(frame + 23) / 1e6, get16(frame + 27) / 10.0,
        get16(frame + 29) / 100.0, (int16_t)get16(frame + 31), fix_words[frame[33] >> 6],
        frame[33] >> 1 & 31u, truth(frame[33] & 1u), gear_words[frame[34] >> 4],
        door_words[frame[34] >> 2 & 3], truth(frame[34] & 2u), get_single(frame + 35),
        get_single(frame + 39), frame[43] - 40, moment);
    return written > 0 ? (size_t)written : 0;
}

static size_t print_record(const uint8_t *record, const char *comma, char *at)
{
    char moment[MOMENT_SIZE];
    moment_from_unix(moment, get32(record));
    int written = snprintf(
        at, 256,
        "%s{\"serviceId\":\"Environment\",\"serviceData\":{\"temperature\":%.10g,"
        "\"humidity\":%.10g,\"status\":%u},\"eventTime\":\"%s\"}",
        comma, (int16_t)get16(record + 4) / 10.0, record[6] / 2.0, get16(record + 7),
        moment);
    return written > 0 ? (size_t)written : 0;
}

static size_t print_batch(const uint8_t *frame, size_t length, uint8_t *json)
{
    char *text = (char *)json;
    const char *comma = "";
    if (length < 4 || frame[0] != 0x03)
        return 0;
    int head = snprintf(text, 256, "{\"msgType\":\"deviceReq\",\"mid\":%u,\"data\":[",
                        get16(frame + 1));
    size_t written = (size_t)head;
    for (size_t at = 4; at + 2 <= length; at += 2 + (size_t)frame[at + 1]) {
        if (at + 2 + frame[at + 1] > length || BENCH_OUTPUT_SIZE - written < 256)
            return 0;
        if (frame[at] != 0x01 || frame[at + 1] != 9)
            continue;
        written += print_record(frame + at + 2, comma, text + written);
        comma = ",";
    }
    memcpy(text + written, "]}", 2);
    return written + 2;
}

const struct bench_peer *bench_peers(size_t *ret_count)
{
    static const struct bench_peer peer = {
        .name = "C, snprintf",
        .convert = {print_meter, print_telematics, print_batch},
    };
    *ret_count = 1;
    return &peer;
}
