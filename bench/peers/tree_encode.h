/* SPDX-License-Identifier: MIT */
/*
 * Commands as a hand-written plug-in does them with a JSON library: it parses a tree and
 * looks the members up. Included once by each such peer, in C or C++, behind its own
 * names for:
 *
 *     node                                  pointer to a value
 *     parse(input, length), discard(root)
 *     member(of, key)
 *     elements(of), each(item, list) { ... }
 *     text_of(value, ret_length), is_integer(value), integer_of(value)
 *     is_number(value), real_of(value), is_truth(value), truth_of(value)
 *
 * The readers take NULL for a value that is not there.
 */
#include "words.h"

static bool is_text(node value, const char *expected)
{
    size_t length;
    const char *text = text_of(value, &length);
    return text != NULL && length == strlen(expected) &&
           memcmp(text, expected, length) == 0;
}

/* The parameters of a command, if it is the one expected. */
static node begin_command(node root, const char *service, const char *command,
                          uint8_t kind, uint8_t *frame)
{
    node mid = member(root, "mid");
    if (!is_text(member(root, "msgType"), "cloudReq") ||
        !is_text(member(root, "serviceId"), service) ||
        !is_text(member(root, "cmd"), command) || !is_integer(mid))
        return NULL;
    frame[0] = kind;
    put16(frame + 1, integer_of(mid));
    return member(root, "paras");
}

static bool read_integer(node of, const char *key, long low, long high, long *ret)
{
    node value = member(of, key);
    if (!is_integer(value))
        return false;
    *ret = integer_of(value);
    return *ret >= low && *ret <= high;
}

static bool read_scaled(node of, const char *key, double factor, long low, long high,
                        long *ret)
{
    node value = member(of, key);
    if (!is_number(value))
        return false;
    *ret = to_raw(real_of(value), factor);
    return *ret >= low && *ret <= high;
}

static bool read_truth(node of, const char *key, unsigned *ret)
{
    node value = member(of, key);
    if (!is_truth(value))
        return false;
    *ret = truth_of(value);
    return true;
}

static bool read_word(node of, const char *key, const char *const *words, size_t count,
                      unsigned *ret)
{
    size_t length;
    const char *word = text_of(member(of, key), &length);
    if (word == NULL)
        return false;
    *ret = find_word(words, count, word, length);
    return *ret < count;
}

static size_t write_valve(node root, uint8_t *frame)
{
    unsigned valve;
    long delay;
    node paras = begin_command(root, "WaterMeter", "SET_VALVE", 0x10, frame);
    if (!read_word(paras, "valve", valve_words, COUNT(valve_words), &valve) ||
        !read_integer(paras, "delay", 0, 65535, &delay))
        return 0;
    frame[3] = (uint8_t)valve;
    put16(frame + 4, delay);
    return 6;
}

static size_t write_config(node root, uint8_t *frame)
{
    long report, sample, high, low, retry, port, latitude, longitude, timeout;
    unsigned alarm, led, mode;
    node paras = begin_command(root, "Telematics", "SET_CONFIG", 0x11, frame);
    if (!read_integer(paras, "reportInterval", 0, 65535, &report) ||
        !read_integer(paras, "sampleInterval", 0, 65535, &sample) ||
        !read_scaled(paras, "highTemp", 10, INT16_MIN, INT16_MAX, &high) ||
        !read_scaled(paras, "lowTemp", 10, INT16_MIN, INT16_MAX, &low) ||
        !read_truth(paras, "alarmEnable", &alarm) ||
        !read_truth(paras, "ledEnable", &led) ||
        !read_word(paras, "mode", mode_words, COUNT(mode_words), &mode) ||
        !read_integer(paras, "retry", 0, 15, &retry) ||
        !read_integer(paras, "serverPort", 0, 65535, &port) ||
        !read_scaled(paras, "latitude", 1e6, INT32_MIN, INT32_MAX, &latitude) ||
        !read_scaled(paras, "longitude", 1e6, INT32_MIN, INT32_MAX, &longitude) ||
        !read_integer(paras, "timeout", 0, UINT32_MAX, &timeout))
        return 0;
    uint8_t *at = put16(put16(put16(put16(frame + 3, report), sample), high), low);
    *at++ = (uint8_t)(alarm << 7 | led << 6 | mode << 4 | (unsigned)retry);
    put32(put32(put32(put16(at, port), latitude), longitude), timeout);
    return 26;
}

static uint8_t *write_entry(node entry, uint8_t *at)
{
    long hour, minute, temperature;
    unsigned enable;
    if (!read_integer(entry, "hour", 0, 255, &hour) ||
        !read_integer(entry, "minute", 0, 255, &minute) ||
        !read_scaled(entry, "temp", 10, INT16_MIN, INT16_MAX, &temperature) ||
        !read_truth(entry, "enable", &enable))
        return NULL;
    *at++ = (uint8_t)hour;
    *at++ = (uint8_t)minute;
    at = put16(at, temperature);
    *at++ = (uint8_t)enable;
    return at;
}

static size_t write_schedule(node root, uint8_t *frame)
{
    size_t length;
    node paras = begin_command(root, "Thermostat", "SET_SCHEDULE", 0x12, frame);
    const char *name = text_of(member(paras, "name"), &length);
    node entries = member(paras, "entries"), thresholds = member(paras, "thresholds");
    if (name == NULL || entries == NULL || thresholds == NULL || length > 255 ||
        elements(entries) > 255 || elements(thresholds) > 255)
        return 0;
    uint8_t *at = frame + 3;
    *at++ = (uint8_t)length;
    memcpy(at, name, length);
    at += length;
    *at++ = (uint8_t)elements(entries);
    each(entry, entries)
    {
        at = write_entry(entry, at);
        if (at == NULL)
            return 0;
    }
    *at++ = (uint8_t)elements(thresholds);
    each(threshold, thresholds)
    {
        if (!is_integer(threshold))
            return 0;
        at = put16(at, integer_of(threshold));
    }
    return (size_t)(at - frame);
}

static size_t with_tree(size_t (*write)(node root, uint8_t *frame), const uint8_t *json,
                        size_t length, uint8_t *frame)
{
    node root = parse(json, length);
    if (root == NULL)
        return 0;
    size_t written = write(root, frame);
    discard(root);
    return written;
}

static size_t tree_valve(const uint8_t *json, size_t length, uint8_t *frame)
{
    return with_tree(write_valve, json, length, frame);
}

static size_t tree_config(const uint8_t *json, size_t length, uint8_t *frame)
{
    return with_tree(write_config, json, length, frame);
}

static size_t tree_schedule(const uint8_t *json, size_t length, uint8_t *frame)
{
    return with_tree(write_schedule, json, length, frame);
}
