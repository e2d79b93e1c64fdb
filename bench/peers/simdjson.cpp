/* SPDX-License-Identifier: MIT */
/*
 * Commands by a hand-written plug-in with simdjson On-Demand: no tree, one parser kept.
 * It does not write JSON.
 */
#include "words.h"

#include <simdjson.h>

#include <string_view>

namespace ondemand = simdjson::ondemand;

static ondemand::parser parser;

/* So that the names of members are constants where they are compared. */
#define INLINE static inline __attribute__((always_inline))

/* A wrong type or a member that is not there is an exception; those say so. */
struct refusal {
};

static long in_range(long value, long low, long high)
{
    if (value < low || value > high)
        throw refusal();
    return value;
}

INLINE long integer(ondemand::object &of, const char *key, long low, long high)
{
    return in_range(int64_t(of[key]), low, high);
}

INLINE long scaled(ondemand::object &of, const char *key, double factor, long low,
                   long high)
{
    return in_range(to_raw(double(of[key]), factor), low, high);
}

INLINE unsigned word(ondemand::object &of, const char *key, const char *const *words,
                     size_t count)
{
    std::string_view text = of[key];
    unsigned place = find_word(words, count, text.data(), text.size());
    if (place == count)
        throw refusal();
    return place;
}

INLINE void expect(ondemand::object &of, const char *key, std::string_view expected)
{
    if (std::string_view(of[key]) != expected)
        throw refusal();
}

/* The head of a command in the order in which platforms print it. */
static ondemand::object begin(ondemand::document &document, const char *service,
                              const char *command, uint8_t kind, uint8_t *frame)
{
    ondemand::object root = document.get_object();
    expect(root, "msgType", "cloudReq");
    expect(root, "serviceId", service);
    expect(root, "cmd", command);
    frame[0] = kind;
    put16(frame + 1, integer(root, "mid", 0, 65535));
    return root["paras"];
}

static size_t write_valve(ondemand::document &document, uint8_t *frame)
{
    ondemand::object paras = begin(document, "WaterMeter", "SET_VALVE", 0x10, frame);
    frame[3] = (uint8_t)word(paras, "valve", valve_words, COUNT(valve_words));
    put16(frame + 4, integer(paras, "delay", 0, 65535));
    return 6;
}

static size_t write_config(ondemand::document &document, uint8_t *frame)
{
    ondemand::object paras = begin(document, "Telematics", "SET_CONFIG", 0x11, frame);
    put16(frame + 3, integer(paras, "reportInterval", 0, 65535));
    put16(frame + 5, integer(paras, "sampleInterval", 0, 65535));
    put16(frame + 7, scaled(paras, "highTemp", 10, INT16_MIN, INT16_MAX));
    put16(frame + 9, scaled(paras, "lowTemp", 10, INT16_MIN, INT16_MAX));
    unsigned bits = bool(paras["alarmEnable"]) ? 0x80 : 0;
    bits |= bool(paras["ledEnable"]) ? 0x40 : 0;
    bits |= word(paras, "mode", mode_words, COUNT(mode_words)) << 4;
    bits |= (unsigned)integer(paras, "retry", 0, 15);
    frame[11] = (uint8_t)bits;
    put16(frame + 12, integer(paras, "serverPort", 0, 65535));
    put32(frame + 14, scaled(paras, "latitude", 1e6, INT32_MIN, INT32_MAX));
    put32(frame + 18, scaled(paras, "longitude", 1e6, INT32_MIN, INT32_MAX));
    put32(frame + 22, integer(paras, "timeout", 0, UINT32_MAX));
    return 26;
}

static uint8_t *write_entries(ondemand::object &paras, uint8_t *at)
{
    uint8_t *count = at++;
    *count = 0;
    for (ondemand::object entry : paras["entries"].get_array()) {
        *at++ = (uint8_t)integer(entry, "hour", 0, 255);
        *at++ = (uint8_t)integer(entry, "minute", 0, 255);
        at = put16(at, scaled(entry, "temp", 10, INT16_MIN, INT16_MAX));
        *at++ = bool(entry["enable"]) ? 1 : 0;
        in_range(++*count, 1, 255);
    }
    return at;
}

static size_t write_schedule(ondemand::document &document, uint8_t *frame)
{
    ondemand::object paras = begin(document, "Thermostat", "SET_SCHEDULE", 0x12, frame);
    std::string_view name = paras["name"];
    uint8_t *at = frame + 3;
    *at++ = (uint8_t)in_range((long)name.size(), 0, 255);
    memcpy(at, name.data(), name.size());
    at = write_entries(paras, at + name.size());
    uint8_t *count = at++;
    *count = 0;
    for (int64_t threshold : paras["thresholds"].get_array()) {
        at = put16(at, in_range(threshold, INT16_MIN, INT16_MAX));
        in_range(++*count, 1, 255);
    }
    return (size_t)(at - frame);
}

template <size_t (*write)(ondemand::document &, uint8_t *)>
static size_t convert(const uint8_t *json, size_t length, uint8_t *frame)
{
    static_assert(simdjson::SIMDJSON_PADDING <= BENCH_PADDING, "inputs are padded");
    try {
        ondemand::document document = parser.iterate(reinterpret_cast<const char *>(json),
                                                     length, length + BENCH_PADDING);
        return write(document, frame);
    } catch (const simdjson::simdjson_error &) {
        return 0;
    } catch (const refusal &) {
        return 0;
    }
}

const struct bench_peer *bench_peers(size_t *ret_count)
{
    static const struct bench_peer peer = {
        "C++, simdjson On-Demand",
        false,
        false,
        nullptr,
        {nullptr, nullptr, nullptr, convert<write_valve>, convert<write_config>,
         convert<write_schedule>},
    };
    *ret_count = 1;
    return &peer;
}
