/* SPDX-License-Identifier: MIT */
/*
 * Commands to frames. Members are looked for in the order in which a platform prints
 * them: then each comparison is right at once, and any other order still comes out.
 */
#include "straight_read.h"

/* Of the frame, whose first four bytes are there; NULL if the parameters are no good. */
typedef const uint8_t *read_paras(const uint8_t *at, uint8_t *frame, size_t *ret_length);

/*
 * `service` and `command` are the two members with all that a platform writes of them.
 * Parameters that come before them wait: what they mean is not known yet.
 */
#define COMMAND(function, service, command, kind, paras)                                 \
    size_t function(const uint8_t *at, size_t input_length, uint8_t *frame)              \
    {                                                                                    \
        const uint8_t *end = at + input_length, *waiting = NULL;                         \
        uint32_t mid = 0;                                                                \
        size_t length = 0;                                                               \
        unsigned seen = 0;                                                               \
        at = read_byte(skip_blanks(at), '{');                                            \
        if (at == NULL)                                                                  \
            return 0;                                                                    \
        for (at = skip_blanks(at);;) {                                                   \
            const uint8_t *before = at;                                                  \
            MEMBER("msgType", 1, read_literal(at, "\"cloudReq\""));                      \
            MEMBER("serviceId", 2, read_literal(at, "\"" service "\""));                 \
            MEMBER("cmd", 4, read_literal(at, "\"" command "\""));                       \
            MEMBER("mid", 8, read_unsigned(at, 0xFFFF, &mid));                           \
            MEMBER("hasMore", 0, straight_skip_value(at));                               \
            MEMBER("paras", 16,                                                          \
                   (seen & 6) == 6 ? paras(at, frame, &length)                           \
                                   : straight_skip_value(waiting = at));                 \
            OTHER_MEMBER(before);                                                        \
        }                                                                                \
        at = read_byte(at, '}');                                                         \
        if (at == NULL || skip_blanks(at) != end || seen != 31)                          \
            return 0;                                                                    \
        if (waiting != NULL && paras(waiting, frame, &length) == NULL)                   \
            return 0;                                                                    \
        frame[0] = (kind);                                                               \
        put16(frame + 1, mid);                                                           \
        return length;                                                                   \
    }

INLINE const uint8_t *read_valve(const uint8_t *at, uint8_t *ret)
{
    const uint8_t *end;
    if ((end = read_literal(at, "\"OPEN\"")) != NULL)
        *ret = 0;
    else if ((end = read_literal(at, "\"CLOSED\"")) != NULL)
        *ret = 1;
    else if ((end = read_literal(at, "\"HALF\"")) != NULL)
        *ret = 2;
    else if ((end = read_literal(at, "\"FAULT\"")) != NULL)
        *ret = 3;
    return end;
}

INLINE const uint8_t *read_valve_paras(const uint8_t *at, uint8_t *frame,
                                       size_t *ret_length)
{
    uint32_t delay = 0;
    unsigned seen = 0;
    at = read_byte(at, '{');
    if (at == NULL)
        return NULL;
    for (at = skip_blanks(at);;) {
        const uint8_t *before = at;
        MEMBER("valve", 1, read_valve(at, frame + 3));
        MEMBER("delay", 2, read_unsigned(at, 0xFFFF, &delay));
        OTHER_MEMBER(before);
    }
    put16(frame + 4, delay);
    *ret_length = 6;
    return seen == 3 ? read_byte(at, '}') : NULL;
}

COMMAND(straight_valve, "WaterMeter", "SET_VALVE", 0x10, read_valve_paras)

INLINE const uint8_t *read_mode(const uint8_t *at, unsigned *ret)
{
    const uint8_t *end;
    if ((end = read_literal(at, "\"ECO\"")) != NULL)
        *ret = 0;
    else if ((end = read_literal(at, "\"NORMAL\"")) != NULL)
        *ret = 1;
    else if ((end = read_literal(at, "\"BOOST\"")) != NULL)
        *ret = 2;
    return end;
}

INLINE const uint8_t *read_config_paras(const uint8_t *at, uint8_t *frame,
                                        size_t *ret_length)
{
    uint32_t report = 0, sample = 0, high = 0, low = 0, retry = 0, port = 0, latitude = 0,
             longitude = 0, timeout = 0;
    unsigned alarm = 0, led = 0, mode = 0, seen = 0;
    at = read_byte(at, '{');
    if (at == NULL)
        return NULL;
    for (at = skip_blanks(at);;) {
        const uint8_t *before = at;
        MEMBER("reportInterval", 1, read_unsigned(at, 0xFFFF, &report));
        MEMBER("sampleInterval", 2, read_unsigned(at, 0xFFFF, &sample));
        MEMBER("highTemp", 4, read_decimal(at, 1, INT16_MIN, INT16_MAX, &high));
        MEMBER("lowTemp", 8, read_decimal(at, 1, INT16_MIN, INT16_MAX, &low));
        MEMBER("alarmEnable", 16, read_truth(at, &alarm));
        MEMBER("ledEnable", 32, read_truth(at, &led));
        MEMBER("mode", 64, read_mode(at, &mode));
        MEMBER("retry", 128, read_unsigned(at, 15, &retry));
        MEMBER("serverPort", 256, read_unsigned(at, 0xFFFF, &port));
        MEMBER("latitude", 512, read_decimal(at, 6, INT32_MIN, INT32_MAX, &latitude));
        MEMBER("longitude", 1024, read_decimal(at, 6, INT32_MIN, INT32_MAX, &longitude));
        MEMBER("timeout", 2048, read_unsigned(at, UINT32_MAX, &timeout));
        OTHER_MEMBER(before);
    }
    put16(frame + 3, report);
    put16(frame + 5, sample);
    put16(frame + 7, high);
    put16(frame + 9, low);
    frame[11] = (uint8_t)(alarm << 7 | led << 6 | mode << 4 | retry);
    put16(frame + 12, port);
    put32(frame + 14, latitude);
    put32(frame + 18, longitude);
    put32(frame + 22, timeout);
    *ret_length = 26;
    return seen == 4095 ? read_byte(at, '}') : NULL;
}

COMMAND(straight_config, "Telematics", "SET_CONFIG", 0x11, read_config_paras)

/* An array on its way: how many elements, and their bytes. */
struct staged {
    uint8_t count;
    uint8_t bytes[255 * 5];
};

INLINE const uint8_t *read_entry(const uint8_t *at, uint8_t *entry)
{
    uint32_t hour = 0, minute = 0, temperature = 0;
    unsigned enable = 0, seen = 0;
    at = read_byte(at, '{');
    if (at == NULL)
        return NULL;
    for (at = skip_blanks(at);;) {
        const uint8_t *before = at;
        MEMBER("hour", 1, read_unsigned(at, 0xFF, &hour));
        MEMBER("minute", 2, read_unsigned(at, 0xFF, &minute));
        MEMBER("temp", 4, read_decimal(at, 1, INT16_MIN, INT16_MAX, &temperature));
        MEMBER("enable", 8, read_truth(at, &enable));
        OTHER_MEMBER(before);
    }
    entry[0] = (uint8_t)hour;
    entry[1] = (uint8_t)minute;
    put16(entry + 2, temperature);
    entry[4] = (uint8_t)enable;
    return seen == 15 ? read_byte(at, '}') : NULL;
}

INLINE const uint8_t *read_threshold(const uint8_t *at, uint8_t *element)
{
    uint32_t value = 0;
    at = read_decimal(at, 0, INT16_MIN, INT16_MAX, &value);
    put16(element, value);
    return at;
}

#define READ_ARRAY(function, read_element, size)                                         \
    static const uint8_t *function(const uint8_t *at, struct staged *staged)             \
    {                                                                                    \
        staged->count = 0;                                                               \
        at = read_byte(at, '[');                                                         \
        if (at == NULL)                                                                  \
            return NULL;                                                                 \
        at = skip_blanks(at);                                                            \
        if (*at == ']')                                                                  \
            return at + 1;                                                               \
        for (;; at = skip_blanks(at + 1)) {                                              \
            at = read_element(at, staged->bytes + (size)*staged->count);                 \
            if (at == NULL || ++staged->count == 255)                                    \
                return NULL;                                                             \
            at = skip_blanks(at);                                                        \
            if (*at != ',')                                                              \
                return read_byte(at, ']');                                               \
        }                                                                                \
    }

READ_ARRAY(read_entries, read_entry, 5)
READ_ARRAY(read_thresholds, read_threshold, 2)

/* What has no fixed place in the frame waits until the lengths before it are known. */
static const uint8_t *read_schedule_paras(const uint8_t *at, uint8_t *frame,
                                          size_t *ret_length)
{
    struct staged entries, thresholds;
    size_t name = 0;
    unsigned seen = 0;
    at = read_byte(at, '{');
    if (at == NULL)
        return NULL;
    for (at = skip_blanks(at);;) {
        const uint8_t *before = at;
        MEMBER("name", 1, straight_string(at, frame + 4, &name));
        MEMBER("entries", 2, read_entries(at, &entries));
        MEMBER("thresholds", 4, read_thresholds(at, &thresholds));
        OTHER_MEMBER(before);
    }
    if (seen != 7)
        return NULL;
    frame[3] = (uint8_t)name;
    uint8_t *end = frame + 4 + name;
    *end++ = entries.count;
    memcpy(end, entries.bytes, (size_t)5 * entries.count);
    end += 5 * entries.count;
    *end++ = thresholds.count;
    memcpy(end, thresholds.bytes, (size_t)2 * thresholds.count);
    *ret_length = (size_t)(end - frame) + (size_t)2 * thresholds.count;
    return read_byte(at, '}');
}

COMMAND(straight_schedule, "Thermostat", "SET_SCHEDULE", 0x12, read_schedule_paras)
