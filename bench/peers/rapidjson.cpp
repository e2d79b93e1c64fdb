/* SPDX-License-Identifier: MIT */
/*
 * A hand-written plug-in with RapidJSON, used as it is fastest: reports by its writer
 * without a tree, into a buffer that is kept; commands by a tree in memory that is kept.
 */
#include "../bench.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstring>
#include <new>

typedef const rapidjson::Value *node;
typedef rapidjson::MemoryPoolAllocator<> pool;
typedef rapidjson::GenericDocument<rapidjson::UTF8<>, pool, pool> document;

static char tree_memory[1 << 16], stack_memory[1 << 14];
static pool tree_pool(tree_memory, sizeof(tree_memory));
static pool stack_pool(stack_memory, sizeof(stack_memory));
alignas(document) static char tree_place[sizeof(document)];
static document *tree;

static void discard(node)
{
    tree->~document();
    tree = nullptr;
    tree_pool.Clear();
    stack_pool.Clear();
}

static node parse(const uint8_t *input, size_t length)
{
    tree = new (tree_place) document(&tree_pool, 1024, &stack_pool);
    tree->Parse(reinterpret_cast<const char *>(input), length);
    if (!tree->HasParseError())
        return tree;
    discard(tree);
    return nullptr;
}

static node member(node of, const char *key)
{
    if (of == nullptr || !of->IsObject())
        return nullptr;
    auto found = of->FindMember(key);
    return found != of->MemberEnd() ? &found->value : nullptr;
}

static size_t elements(node of)
{
    return of->IsArray() ? of->Size() : 0;
}

#define each(item, list)                                                                 \
    for (node item = (list)->Begin(), end_of_list = (list)->End(); item != end_of_list;  \
         item++)

static const char *text_of(node value, size_t *ret_length)
{
    if (value == nullptr || !value->IsString())
        return nullptr;
    *ret_length = value->GetStringLength();
    return value->GetString();
}

static bool is_integer(node value)
{
    return value != nullptr && value->IsInt64();
}

static long integer_of(node value)
{
    return value->GetInt64();
}

static bool is_number(node value)
{
    return value != nullptr && value->IsNumber();
}

static double real_of(node value)
{
    return value->GetDouble();
}

static bool is_truth(node value)
{
    return value != nullptr && value->IsBool();
}

static unsigned truth_of(node value)
{
    return value->GetBool() ? 1 : 0;
}

#include "tree_encode.h"

typedef rapidjson::Writer<rapidjson::StringBuffer> writer;

static rapidjson::StringBuffer buffer;
static writer out(buffer);

static void restart()
{
    buffer.Clear();
    out.Reset(buffer);
}

static void write_text(const char *key, const char *text, size_t length)
{
    out.Key(key);
    out.String(text, (rapidjson::SizeType)length);
}

static void write_text(const char *key, const char *text)
{
    write_text(key, text, strlen(text));
}

static void write_real(const char *key, double value)
{
    out.Key(key);
    out.Double(value);
}

static void write_integer(const char *key, int value)
{
    out.Key(key);
    out.Int(value);
}

static void write_truth(const char *key, bool is)
{
    out.Key(key);
    out.Bool(is);
}

static void begin(unsigned mid)
{
    out.StartObject();
    write_text("msgType", "deviceReq");
    write_integer("mid", (int)mid);
    out.Key("data");
    out.StartArray();
}

static void begin_service(const char *name)
{
    out.StartObject();
    write_text("serviceId", name);
    out.Key("serviceData");
    out.StartObject();
}

static size_t finish(uint8_t *json)
{
    out.EndArray();
    out.EndObject();
    if (buffer.GetSize() > BENCH_OUTPUT_SIZE)
        return 0;
    memcpy(json, buffer.GetString(), buffer.GetSize());
    return buffer.GetSize();
}

static size_t write_meter(const uint8_t *frame, size_t length, uint8_t *json)
{
    restart();
    if (length != 12 || frame[0] != 0x01)
        return 0;
    begin(get16(frame + 1));
    begin_service("WaterMeter");
    write_real("flow", get32(frame + 3) / 1000.0);
    write_real("batteryVoltage", frame[7] / 10.0);
    write_integer("signalStrength", (int8_t)frame[8]);
    write_truth("leak", (frame[9] & 0x80) != 0);
    write_truth("tamper", (frame[9] & 0x40) != 0);
    write_truth("lowBattery", (frame[9] & 0x20) != 0);
    write_text("valve", valve_words[frame[9] >> 3 & 3]);
    write_integer("interval", (int)get16(frame + 10));
    out.EndObject();
    out.EndObject();
    return finish(json);
}

static size_t write_telematics(const uint8_t *frame, size_t length, uint8_t *json)
{
    char moment[MOMENT_SIZE];
    restart();
    if (length != 44 || frame[0] != 0x02 || frame[34] >> 4 >= (int)COUNT(gear_words))
        return 0;
    begin(get16(frame + 1));
    begin_service("Telematics");
    write_text("deviceSn", (const char *)frame + 3, 10);
    write_real("latitude", (int32_t)get32(frame + 19) / 1e6);
    write_real("longitude", (int32_t)get32(frame + 23) / 1e6);
    write_real("speed", get16(frame + 27) / 10.0);
    write_real("heading", get16(frame + 29) / 100.0);
    write_integer("altitude", (int16_t)get16(frame + 31));
    write_text("fix", fix_words[frame[33] >> 6]);
    write_integer("satellites", frame[33] >> 1 & 31);
    write_truth("ignition", (frame[33] & 1) != 0);
    write_text("gear", gear_words[frame[34] >> 4]);
    write_text("doors", door_words[frame[34] >> 2 & 3]);
    write_truth("alarm", (frame[34] & 2) != 0);
    write_real("fuelRate", get_single(frame + 35));
    write_real("batteryVoltage", get_single(frame + 39));
    write_integer("coolantTemp", frame[43] - 40);
    out.EndObject();
    moment_from_bcd(moment, frame + 13);
    write_text("eventTime", moment, MOMENT_SIZE - 1);
    out.EndObject();
    return finish(json);
}

static void write_record(const uint8_t *record)
{
    char moment[MOMENT_SIZE];
    begin_service("Environment");
    write_real("temperature", (int16_t)get16(record + 4) / 10.0);
    write_real("humidity", record[6] / 2.0);
    write_integer("status", (int)get16(record + 7));
    out.EndObject();
    moment_from_unix(moment, get32(record));
    write_text("eventTime", moment, MOMENT_SIZE - 1);
    out.EndObject();
}

static size_t write_batch(const uint8_t *frame, size_t length, uint8_t *json)
{
    restart();
    if (length < 4 || frame[0] != 0x03)
        return 0;
    begin(get16(frame + 1));
    for (size_t at = 4; at + 2 <= length; at += 2 + (size_t)frame[at + 1]) {
        if (at + 2 + frame[at + 1] > length)
            return 0;
        if (frame[at] == 0x01 && frame[at + 1] == 9)
            write_record(frame + at + 2);
    }
    return finish(json);
}

const struct bench_peer *bench_peers(size_t *ret_count)
{
    static const struct bench_peer peer = {
        "C++, RapidJSON",
        false,
        false,
        nullptr,
        {write_meter, write_telematics, write_batch, tree_valve, tree_config,
         tree_schedule},
    };
    *ret_count = 1;
    return &peer;
}
