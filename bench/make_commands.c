/* SPDX-License-Identifier: MIT */
/*
 * Commands of the platform: JSON, and the frames that they encode to. Seven of eight are
 * compact and in the order in which a platform prints them; the eighth has its members
 * in another order, half of those with blanks.
 */
#include "make.h"

#include <string.h>

enum { MEMBERS_MAX = 16 };

struct members {
    unsigned count;
    struct text at[MEMBERS_MAX]; /* each `"key":value` */
};

static struct text *add_member(struct members *members, const char *key)
{
    struct text *member = &members->at[members->count++];
    member->length = 0;
    text_add(member, "\"%s\":", key);
    return member;
}

static void shuffle(struct random *random, unsigned *order, unsigned count)
{
    for (unsigned i = count - 1; i > 0; i--) {
        unsigned other = (unsigned)random_in(random, 0, i), kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

static void add_object(struct random *random, struct text *json,
                       const struct members *members, bool shuffled)
{
    unsigned order[MEMBERS_MAX];
    for (unsigned i = 0; i < members->count; i++)
        order[i] = i;
    if (shuffled)
        shuffle(random, order, members->count);
    for (unsigned i = 0; i < members->count; i++) {
        const struct text *member = &members->at[order[i]];
        text_add(json, "%c%.*s", i > 0 ? ',' : '{', (int)member->length, member->at);
    }
    text_add(json, "}");
}

static void add_command(struct random *random, struct text *json, const char *service,
                        const char *command, unsigned mid, const struct members *paras)
{
    static struct members top;
    bool shuffled = random_one_of(random, 8);
    top.count = 0;
    text_add(add_member(&top, "msgType"), "\"cloudReq\"");
    text_add(add_member(&top, "serviceId"), "\"%s\"", service);
    text_add(add_member(&top, "cmd"), "\"%s\"", command);
    text_add(add_member(&top, "mid"), "%u", mid);
    text_add(add_member(&top, "hasMore"), "0");
    add_object(random, add_member(&top, "paras"), paras, shuffled);
    add_object(random, json, &top, shuffled);
    if (shuffled && random_one_of(random, 2))
        text_add_blanks(json);
}

/* An integer as a member and in the frame. */
static int64_t add_number(struct random *random, struct members *paras, const char *key,
                          int64_t low, int64_t high, struct text *frame, unsigned bytes)
{
    int64_t value = random_in(random, low, high);
    text_add(add_member(paras, key), "%lld", (long long)value);
    if (bytes > 0)
        text_add_integer(frame, (uint64_t)value, bytes);
    return value;
}

static void add_scaled(struct random *random, struct members *paras, const char *key,
                       int64_t low, int64_t high, unsigned places, struct text *frame,
                       unsigned bytes)
{
    int64_t value = random_in(random, low, high);
    text_add_decimal(add_member(paras, key), value, places);
    text_add_integer(frame, (uint64_t)value, bytes);
}

static unsigned add_truth(struct random *random, struct members *paras, const char *key)
{
    bool is = random_one_of(random, 2);
    text_add(add_member(paras, key), "%s", is ? "true" : "false");
    return is;
}

static unsigned begin(struct random *random, uint8_t kind, struct text *frame,
                      struct members *paras)
{
    unsigned mid = (unsigned)random_in(random, 1, 65535);
    paras->count = 0;
    text_add_integer(frame, kind, 1);
    text_add_integer(frame, mid, 2);
    return mid;
}

void make_valve(struct random *random, struct text *json, struct text *frame)
{
    static const char *const valves[] = {"OPEN", "CLOSED", "HALF", "FAULT"};
    static struct members paras;
    unsigned mid = begin(random, 0x10, frame, &paras);
    unsigned valve = (unsigned)random_in(random, 0, 3);
    text_add(add_member(&paras, "valve"), "\"%s\"", valves[valve]);
    text_add_integer(frame, valve, 1);
    add_number(random, &paras, "delay", 0, 3599, frame, 2);
    add_command(random, json, "WaterMeter", "SET_VALVE", mid, &paras);
}

void make_config(struct random *random, struct text *json, struct text *frame)
{
    static const char *const modes[] = {"ECO", "NORMAL", "BOOST"};
    static struct members paras;
    unsigned mid = begin(random, 0x11, frame, &paras);
    add_number(random, &paras, "reportInterval", 1, 65535, frame, 2);
    add_number(random, &paras, "sampleInterval", 1, 3600, frame, 2);
    add_scaled(random, &paras, "highTemp", 200, 850, 1, frame, 2);
    add_scaled(random, &paras, "lowTemp", -400, 199, 1, frame, 2);
    unsigned bits = add_truth(random, &paras, "alarmEnable") << 7;
    bits |= add_truth(random, &paras, "ledEnable") << 6;
    unsigned mode = (unsigned)random_in(random, 0, 2);
    text_add(add_member(&paras, "mode"), "\"%s\"", modes[mode]);
    bits |= mode << 4;
    bits |= (unsigned)add_number(random, &paras, "retry", 0, 15, frame, 0);
    text_add_integer(frame, bits, 1);
    add_number(random, &paras, "serverPort", 1024, 65535, frame, 2);
    add_scaled(random, &paras, "latitude", -90000000, 90000000, 6, frame, 4);
    add_scaled(random, &paras, "longitude", -180000000, 180000000, 6, frame, 4);
    add_number(random, &paras, "timeout", 0, 86399999, frame, 4);
    add_command(random, json, "Telematics", "SET_CONFIG", mid, &paras);
}

/* Two to six words; some with what JSON escapes, some beyond ASCII. */
static void add_name(struct random *random, struct members *paras, struct text *frame)
{
    static const char *const words[][2] = {
        {"south", "south"},
        {"wing", "wing"},
        {"B\303\274ro", "B\303\274ro"},
        {"salle", "salle"},
        {"\345\206\267\345\272\223", "\345\206\267\345\272\223"},
        {"3F", "3F"},
        {"\\\"B\\\"", "\"B\""},
        {"hall", "hall"},
        {"row\\n4", "row\n4"},
        {"chaleur\303\251e", "chaleur\303\251e"},
        {"a\\\\b", "a\\b"},
        {"vent", "vent"},
    };
    struct text *member = add_member(paras, "name");
    size_t length_at = frame->length;
    text_add_integer(frame, 0, 1);
    text_add(member, "\"");
    for (int64_t i = random_in(random, 2, 6); i > 0; i--) {
        unsigned word = (unsigned)random_in(random, 0, 11);
        const char *blank = i > 1 ? " " : "";
        text_add(member, "%s%s", words[word][0], blank);
        text_add(frame, "%s%s", words[word][1], blank);
    }
    text_add(member, "\"");
    frame->at[length_at] = (char)(uint8_t)(frame->length - length_at - 1);
}

static void add_entry(struct random *random, struct text *member, struct text *frame)
{
    int64_t hour = random_in(random, 0, 23), minute = random_in(random, 0, 59),
            temperature = random_in(random, -100, 400), enable = random_in(random, 0, 1);
    text_add(member, "{\"hour\":%d,\"minute\":%d,\"temp\":", (int)hour, (int)minute);
    text_add_decimal(member, temperature, 1);
    text_add(member, ",\"enable\":%s}", enable != 0 ? "true" : "false");
    text_add_integer(frame, (uint64_t)hour, 1);
    text_add_integer(frame, (uint64_t)minute, 1);
    text_add_integer(frame, (uint64_t)temperature, 2);
    text_add_integer(frame, (uint64_t)enable, 1);
}

void make_schedule(struct random *random, struct text *json, struct text *frame)
{
    enum { ENTRIES = 24, THRESHOLDS = 16 };
    static struct members paras;
    unsigned mid = begin(random, 0x12, frame, &paras);
    add_name(random, &paras, frame);
    struct text *entries = add_member(&paras, "entries");
    text_add_integer(frame, ENTRIES, 1);
    for (unsigned i = 0; i < ENTRIES; i++) {
        text_add(entries, "%c", i > 0 ? ',' : '[');
        add_entry(random, entries, frame);
    }
    text_add(entries, "]");
    struct text *thresholds = add_member(&paras, "thresholds");
    text_add_integer(frame, THRESHOLDS, 1);
    for (unsigned i = 0; i < THRESHOLDS; i++) {
        int64_t value = random_in(random, -32768, 32767);
        text_add(thresholds, "%c%d", i > 0 ? ',' : '[', (int)value);
        text_add_integer(frame, (uint64_t)value, 2);
    }
    text_add(thresholds, "]");
    add_command(random, json, "Thermostat", "SET_SCHEDULE", mid, &paras);
}
