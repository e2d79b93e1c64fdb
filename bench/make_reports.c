/* SPDX-License-Identifier: MIT */
/*
 * Reports of the three devices: frames, and the JSON that they decode to. Values spread
 * over all lengths of digits, since a number of one length is easier than it is in life.
 */
#include "make.h"

#include <string.h>

static const char *truth(bool is)
{
    return is ? "true" : "false";
}

static void begin(struct random *random, uint8_t kind, struct text *frame,
                  struct text *json)
{
    uint64_t mid = (uint64_t)random_in(random, 1, 65535);
    text_add_integer(frame, kind, 1);
    text_add_integer(frame, mid, 2);
    text_add(json, "{\"msgType\":\"deviceReq\",\"mid\":%u,\"data\":[", (unsigned)mid);
}

/* One to ten digits, each length as often as the others. */
static uint32_t random_flow(struct random *random)
{
    int64_t low = 0, high = 9;
    for (int64_t i = random_in(random, 0, 9); i > 0; i--) {
        low = high + 1;
        high = high * 10 + 9;
    }
    return (uint32_t)random_in(random, low, high > UINT32_MAX ? UINT32_MAX : high);
}

void make_meter(struct random *random, struct text *frame, struct text *json)
{
    static const char *const valves[] = {"OPEN", "CLOSED", "HALF", "FAULT"};
    static const unsigned intervals[] = {1, 5, 15, 30, 60, 120, 720, 1440};
    begin(random, 0x01, frame, json);
    uint32_t flow = random_flow(random);
    int64_t battery = random_in(random, 20, 42), signal = random_in(random, -120, -40);
    bool leak = random_one_of(random, 10), tamper = random_one_of(random, 10),
         low = random_one_of(random, 5);
    unsigned valve = (unsigned)random_in(random, 0, 3);
    unsigned interval = intervals[random_in(random, 0, 7)];

    text_add_integer(frame, flow, 4);
    text_add_integer(frame, (uint64_t)battery, 1);
    text_add_integer(frame, (uint64_t)signal, 1);
    text_add_integer(
        frame,
        (unsigned)leak << 7 | (unsigned)tamper << 6 | (unsigned)low << 5 | valve << 3, 1);
    text_add_integer(frame, interval, 2);

    text_add(json, "{\"serviceId\":\"WaterMeter\",\"serviceData\":{\"flow\":");
    text_add_decimal(json, flow, 3);
    text_add(json, ",\"batteryVoltage\":");
    text_add_decimal(json, battery, 1);
    text_add(json, ",\"signalStrength\":%d,\"leak\":%s,\"tamper\":%s,\"lowBattery\":%s,",
             (int)signal, truth(leak), truth(tamper), truth(low));
    text_add(json, "\"valve\":\"%s\",\"interval\":%u}}]}", valves[valve], interval);
}

static void add_single(struct text *frame, struct text *json, const char *key,
                       float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof(bits));
    text_add_integer(frame, bits, 4);
    text_add(json, ",\"%s\":", key);
    text_add_single(json, value);
}

/* Year without its century, and so on, as decimal digits in half-bytes. */
static void add_bcd_moment(struct text *frame, const struct text *moment)
{
    static const unsigned places[] = {2, 4, 6, 9, 11, 13};
    for (unsigned i = 0; i < 6; i++) {
        const char *digits = moment->at + places[i];
        text_add_integer(frame, (uint64_t)((digits[0] - '0') << 4 | (digits[1] - '0')),
                         1);
    }
}

static void add_place(struct random *random, struct text *frame, struct text *json,
                      const char *key, int64_t limit)
{
    int64_t value = random_in(random, -limit, limit);
    text_add_integer(frame, (uint64_t)value, 4);
    text_add(json, ",\"%s\":", key);
    text_add_decimal(json, value, 6);
}

/* The two bytes of bits, and the words and truth values in them. */
static void add_state(struct random *random, struct text *frame, struct text *json)
{
    static const char *const fixes[] = {"NONE", "2D", "3D", "DGPS"};
    static const char *const gears[] = {"P",  "R",  "N",  "D",  "L",  "M1",
                                        "M2", "M3", "M4", "M5", "M6", "S"};
    static const char *const doors[] = {"CLOSED", "OPEN", "AJAR", "UNKNOWN"};
    unsigned fix = (unsigned)random_in(random, 0, 3),
             satellites = (unsigned)random_in(random, 0, 20),
             gear = (unsigned)random_in(random, 0, 11),
             door = (unsigned)random_in(random, 0, 3);
    bool ignition = random_one_of(random, 2), alarm = random_one_of(random, 20);
    text_add_integer(frame, fix << 6 | satellites << 1 | (unsigned)ignition, 1);
    text_add_integer(frame, gear << 4 | door << 2 | (unsigned)alarm << 1, 1);
    text_add(json, ",\"fix\":\"%s\",\"satellites\":%u,\"ignition\":%s", fixes[fix],
             satellites, truth(ignition));
    text_add(json, ",\"gear\":\"%s\",\"doors\":\"%s\",\"alarm\":%s", gears[gear],
             doors[door], truth(alarm));
}

void make_telematics(struct random *random, struct text *frame, struct text *json)
{
    static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
    static struct text moment;
    char serial[11] = "";
    begin(random, 0x02, frame, json);
    for (unsigned i = 0; i < 10; i++)
        serial[i] = letters[random_in(random, 0, (int64_t)sizeof(letters) - 2)];
    text_add(frame, "%s", serial);
    moment.length = 0; /* of the years 2015 to 2029 */
    text_add_moment(&moment, random_in(random, 1420070400, 1893455999));
    add_bcd_moment(frame, &moment);

    text_add(json, "{\"serviceId\":\"Telematics\",\"serviceData\":{\"deviceSn\":\"%s\"",
             serial);
    add_place(random, frame, json, "latitude", 90000000);
    add_place(random, frame, json, "longitude", 180000000);
    int64_t speed = random_in(random, 0, 2000), heading = random_in(random, 0, 35999),
            altitude = random_in(random, -100, 8000), cool = random_in(random, 0, 160);
    text_add_integer(frame, (uint64_t)speed, 2);
    text_add_integer(frame, (uint64_t)heading, 2);
    text_add_integer(frame, (uint64_t)altitude, 2);
    text_add(json, ",\"speed\":");
    text_add_decimal(json, speed, 1);
    text_add(json, ",\"heading\":");
    text_add_decimal(json, heading, 2);
    text_add(json, ",\"altitude\":%d", (int)altitude);
    add_state(random, frame, json);
    add_single(frame, json, "fuelRate",
               0.05f + (float)random_in(random, 0, 16777215) / 420000.0f);
    add_single(frame, json, "batteryVoltage",
               (float)((double)random_in(random, 1000, 1500) / 100));
    text_add_integer(frame, (uint64_t)cool, 1);
    text_add(json, ",\"coolantTemp\":%d},\"eventTime\":\"%.*s\"}]}", (int)cool - 40,
             (int)moment.length, moment.at);
}

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

void make_batch(struct random *random, struct text *frame, struct text *json)
{
    enum { RECORDS = 24 };
    begin(random, 0x03, frame, json);
    text_add_integer(frame, RECORDS, 1);
    int64_t seconds = random_in(random, 1420070400, 1893455999),
            temperature = random_in(random, -300, 500);
    for (unsigned i = 0; i < RECORDS; i++) {
        seconds += 900;
        temperature = clamp(temperature + random_in(random, -40, 40), -400, 850);
        int64_t humidity = random_in(random, 0, 200),
                status = random_in(random, 0, 65535);
        text_add_integer(frame, 0x0109, 2);
        text_add_integer(frame, (uint64_t)seconds, 4);
        text_add_integer(frame, (uint64_t)temperature, 2);
        text_add_integer(frame, (uint64_t)humidity, 1);
        text_add_integer(frame, (uint64_t)status, 2);
        text_add(json,
                 "%s{\"serviceId\":\"Environment\",\"serviceData\":", i > 0 ? "," : "");
        text_add(json, "{\"temperature\":");
        text_add_decimal(json, temperature, 1);
        text_add(json, ",\"humidity\":");
        text_add_decimal(json, humidity * 5, 1);
        text_add(json, ",\"status\":%u},\"eventTime\":\"", (unsigned)status);
        text_add_moment(json, seconds);
        text_add(json, "\"}");
    }
    text_add_integer(frame, 0xFE02, 2); /* what a reader has to pass over */
    text_add_integer(frame, (uint64_t)random_in(random, 0, 65535), 2);
    text_add(json, "]}");
}
