/* SPDX-License-Identifier: MIT */
/*
 * Reports to JSON, line by line of the layout.
 */
#include "straight_write.h"

static const struct word truths[] = {WORD("false"), WORD("true")};

size_t straight_meter(const uint8_t *frame, size_t length, uint8_t *json)
{
    static const struct word valves[] = {WORD("\"OPEN\""), WORD("\"CLOSED\""),
                                         WORD("\"HALF\""), WORD("\"FAULT\"")};
    uint8_t *at = json;
    if (length != 12 || frame[0] != 0x01)
        return 0;
    unsigned flags = frame[9];
    at = write_literal(at, "{\"msgType\":\"deviceReq\",\"mid\":");
    at = write_small(at, get16(frame + 1));
    at = write_literal(at, ",\"data\":[{\"serviceId\":\"WaterMeter\",\"serviceData\":"
                           "{\"flow\":");
    at = write_thousandths(at, get32(frame + 3));
    at = write_literal(at, ",\"batteryVoltage\":");
    at = write_tenths(at, frame[7]);
    at = write_literal(at, ",\"signalStrength\":");
    at = write_signed(at, (int8_t)frame[8]);
    at = write_literal(at, ",\"leak\":");
    at = write_word(at, &truths[flags >> 7]);
    at = write_literal(at, ",\"tamper\":");
    at = write_word(at, &truths[flags >> 6 & 1]);
    at = write_literal(at, ",\"lowBattery\":");
    at = write_word(at, &truths[flags >> 5 & 1]);
    at = write_literal(at, ",\"valve\":");
    at = write_word(at, &valves[flags >> 3 & 3]);
    at = write_literal(at, ",\"interval\":");
    at = write_small(at, get16(frame + 10));
    at = write_literal(at, "}}]}");
    return (size_t)(at - json);
}

/* No quote, backslash, control character or byte beyond ASCII among eight? */
INLINE bool is_plain(uint64_t bytes)
{
    uint64_t ones = 0x0101010101010101u, quote = bytes ^ 0x22 * ones,
             backslash = bytes ^ 0x5C * ones;
    return (((bytes - 0x20 * ones) | (quote - ones) | (backslash - ones) | bytes) &
            0x80 * ones) == 0;
}

/* The two bytes of bits. */
INLINE uint8_t *write_state(uint8_t *at, unsigned first, unsigned second)
{
    static const struct word fixes[] = {WORD("\"NONE\""), WORD("\"2D\""), WORD("\"3D\""),
                                        WORD("\"DGPS\"")};
    static const struct word gears[] = {WORD("\"P\""),  WORD("\"R\""),  WORD("\"N\""),
                                        WORD("\"D\""),  WORD("\"L\""),  WORD("\"M1\""),
                                        WORD("\"M2\""), WORD("\"M3\""), WORD("\"M4\""),
                                        WORD("\"M5\""), WORD("\"M6\""), WORD("\"S\"")};
    static const struct word doors[] = {WORD("\"CLOSED\""), WORD("\"OPEN\""),
                                        WORD("\"AJAR\""), WORD("\"UNKNOWN\"")};
    at = write_literal(at, ",\"fix\":");
    at = write_word(at, &fixes[first >> 6]);
    at = write_literal(at, ",\"satellites\":");
    at = write_small(at, first >> 1 & 31);
    at = write_literal(at, ",\"ignition\":");
    at = write_word(at, &truths[first & 1]);
    at = write_literal(at, ",\"gear\":");
    at = write_word(at, &gears[second >> 4]);
    at = write_literal(at, ",\"doors\":");
    at = write_word(at, &doors[second >> 2 & 3]);
    at = write_literal(at, ",\"alarm\":");
    return write_word(at, &truths[second >> 1 & 1]);
}

/* YYMMDDhhmmss in half-bytes; NULL if one is no digit. */
INLINE uint8_t *write_bcd_moment(uint8_t *at, const uint8_t *frame)
{
    uint64_t date = bcd_digits(load32(frame) << 8 | 0x20);
    uint64_t clock = bcd_digits(load32(frame + 3) & 0xFFFFFF);
    if (!are_digits(date) || !are_digits(clock))
        return NULL;
    store64(at, date + ascii_zeros);
    at[8] = 'T';
    store64(at + 9, clock + ascii_zeros);
    at[15] = 'Z';
    return at + 16;
}

size_t straight_telematics(const uint8_t *frame, size_t length, uint8_t *json)
{
    uint8_t *at = json;
    if (length != 44 || frame[0] != 0x02 || frame[34] >> 4 > 11)
        return 0;
    if (!is_plain(load64(frame + 3)) || !is_plain(load64(frame + 5)))
        return 0;
    at = write_literal(at, "{\"msgType\":\"deviceReq\",\"mid\":");
    at = write_small(at, get16(frame + 1));
    at = write_literal(at, ",\"data\":[{\"serviceId\":\"Telematics\",\"serviceData\":"
                           "{\"deviceSn\":\"");
    memcpy(at, frame + 3, 10);
    at = write_literal(at + 10, "\",\"latitude\":");
    at = write_millionths(at, (int32_t)get32(frame + 19));
    at = write_literal(at, ",\"longitude\":");
    at = write_millionths(at, (int32_t)get32(frame + 23));
    at = write_literal(at, ",\"speed\":");
    at = write_tenths(at, get16(frame + 27));
    at = write_literal(at, ",\"heading\":");
    at = write_hundredths(at, get16(frame + 29));
    at = write_literal(at, ",\"altitude\":");
    at = write_signed(at, (int16_t)get16(frame + 31));
    at = write_state(at, frame[33], frame[34]);
    at = write_literal(at, ",\"fuelRate\":");
    at = straight_single(at, get32(frame + 35));
    if (at == NULL)
        return 0;
    at = write_literal(at, ",\"batteryVoltage\":");
    at = straight_single(at, get32(frame + 39));
    if (at == NULL)
        return 0;
    at = write_literal(at, ",\"coolantTemp\":");
    at = write_signed(at, frame[43] - 40);
    at = write_literal(at, "},\"eventTime\":\"");
    at = write_bcd_moment(at, frame + 13);
    if (at == NULL)
        return 0;
    at = write_literal(at, "\"}]}");
    return (size_t)(at - json);
}

/* Records lie close together in time: the date is worked out once a day. */
struct kept_date {
    uint32_t day;
    uint64_t text;
};

INLINE uint8_t *write_record(uint8_t *at, const uint8_t *record, struct kept_date *date)
{
    uint32_t seconds = get32(record), day = seconds / 86400, size;
    at = write_literal(at, "{\"serviceId\":\"Environment\",\"serviceData\":"
                           "{\"temperature\":");
    at = write_sign(at, (int16_t)get16(record + 4), &size);
    at = write_tenths(at, size);
    at = write_literal(at, ",\"humidity\":");
    at = write_tenths(at, record[6] * 5u);
    at = write_literal(at, ",\"status\":");
    at = write_small(at, get16(record + 7));
    at = write_literal(at, "},\"eventTime\":\"");
    if (day != date->day) {
        date->day = day;
        date->text = date_digits(day) + ascii_zeros;
    }
    store64(at, date->text);
    at = write_clock(at + 8, seconds - 86400 * day);
    return write_literal(at, "\"},");
}

size_t straight_batch(const uint8_t *frame, size_t length, uint8_t *json)
{
    struct kept_date date = {UINT32_MAX, 0};
    uint8_t *at = json;
    if (length < 4 || frame[0] != 0x03)
        return 0;
    at = write_literal(at, "{\"msgType\":\"deviceReq\",\"mid\":");
    at = write_small(at, get16(frame + 1));
    at = write_literal(at, ",\"data\":[");
    const uint8_t *first = at;
    for (size_t offset = 4; offset < length;) {
        const uint8_t *record = frame + offset + 2;
        offset += 2 + (size_t)record[-1];
        if (offset > length || BENCH_OUTPUT_SIZE - (size_t)(at - json) < 256)
            return 0;
        if (record[-2] == 0x01 && record[-1] == 9)
            at = write_record(at, record, &date);
    }
    at -= at != first; /* the last comma */
    at = write_literal(at, "]}");
    return (size_t)(at - json);
}
