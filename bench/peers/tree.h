/* SPDX-License-Identifier: MIT */
/*
 * Reports as a hand-written plug-in does them with a JSON library: it builds a tree and
 * prints it; and commands, by tree_encode.h. Included once by each such peer, in C or
 * C++, behind PEER_NAME, what tree_encode.h needs, and its own names for:
 *
 *     new_object(), print(root, output)     gives the tree back; 0 on failure
 *     add_object(to, key), add_array(to, key), append_object(to)
 *     add_text(to, key, text, length), add_integer(to, key, value)
 *     add_real(to, key, value), add_truth(to, key, is)
 */
#include "tree_encode.h"

static node begin_report(node *ret_data, unsigned mid)
{
    node root = new_object();
    add_text(root, "msgType", "deviceReq", 9);
    add_integer(root, "mid", (long)mid);
    *ret_data = add_array(root, "data");
    return root;
}

static void add_word(node to, const char *key, const char *word)
{
    add_text(to, key, word, strlen(word));
}

static size_t tree_meter(const uint8_t *frame, size_t length, uint8_t *json)
{
    node data;
    if (length != 12 || frame[0] != 0x01)
        return 0;
    node root = begin_report(&data, get16(frame + 1)), entry = append_object(data);
    add_word(entry, "serviceId", "WaterMeter");
    node service = add_object(entry, "serviceData");
    add_real(service, "flow", get32(frame + 3) / 1000.0);
    add_real(service, "batteryVoltage", frame[7] / 10.0);
    add_integer(service, "signalStrength", (int8_t)frame[8]);
    add_truth(service, "leak", (frame[9] & 0x80) != 0);
    add_truth(service, "tamper", (frame[9] & 0x40) != 0);
    add_truth(service, "lowBattery", (frame[9] & 0x20) != 0);
    add_word(service, "valve", valve_words[frame[9] >> 3 & 3]);
    add_integer(service, "interval", (long)get16(frame + 10));
    return print(root, json);
}

static size_t tree_telematics(const uint8_t *frame, size_t length, uint8_t *json)
{
    char moment[MOMENT_SIZE];
    node data;
    if (length != 44 || frame[0] != 0x02 || frame[34] >> 4 >= COUNT(gear_words))
        return 0;
    node root = begin_report(&data, get16(frame + 1)), entry = append_object(data);
    add_word(entry, "serviceId", "Telematics");
    node service = add_object(entry, "serviceData");
    add_text(service, "deviceSn", (const char *)frame + 3, 10);
    add_real(service, "latitude", (int32_t)get32(frame + 19) / 1e6);
    add_real(service, "longitude", (int32_t)get32(frame + 23) / 1e6);
    add_real(service, "speed", get16(frame + 27) / 10.0);
    add_real(service, "heading", get16(frame + 29) / 100.0);
    add_integer(service, "altitude", (int16_t)get16(frame + 31));
    add_word(service, "fix", fix_words[frame[33] >> 6]);
    add_integer(service, "satellites", frame[33] >> 1 & 31);
    add_truth(service, "ignition", (frame[33] & 1) != 0);
    add_word(service, "gear", gear_words[frame[34] >> 4]);
    add_word(service, "doors", door_words[frame[34] >> 2 & 3]);
    add_truth(service, "alarm", (frame[34] & 2) != 0);
    add_real(service, "fuelRate", get_single(frame + 35));
    add_real(service, "batteryVoltage", get_single(frame + 39));
    add_integer(service, "coolantTemp", frame[43] - 40);
    moment_from_bcd(moment, frame + 13);
    add_text(entry, "eventTime", moment, MOMENT_SIZE - 1);
    return print(root, json);
}

static void add_record(node data, const uint8_t *record)
{
    char moment[MOMENT_SIZE];
    node entry = append_object(data);
    add_word(entry, "serviceId", "Environment");
    node service = add_object(entry, "serviceData");
    add_real(service, "temperature", (int16_t)get16(record + 4) / 10.0);
    add_real(service, "humidity", record[6] / 2.0);
    add_integer(service, "status", (long)get16(record + 7));
    moment_from_unix(moment, get32(record));
    add_text(entry, "eventTime", moment, MOMENT_SIZE - 1);
}

static size_t tree_batch(const uint8_t *frame, size_t length, uint8_t *json)
{
    node data;
    if (length < 4 || frame[0] != 0x03)
        return 0;
    node root = begin_report(&data, get16(frame + 1));
    for (size_t at = 4; at + 2 <= length; at += 2 + (size_t)frame[at + 1]) {
        if (at + 2 + frame[at + 1] > length) {
            discard(root);
            return 0;
        }
        if (frame[at] == 0x01 && frame[at + 1] == 9)
            add_record(data, frame + at + 2);
    }
    return print(root, json);
}

const struct bench_peer *bench_peers(size_t *ret_count)
{
    static const struct bench_peer peer = {
        PEER_NAME,
        false,
        false,
        NULL,
        {tree_meter, tree_telematics, tree_batch, tree_valve, tree_config, tree_schedule},
    };
    *ret_count = 1;
    return &peer;
}
