/* SPDX-License-Identifier: MIT */
#include "eventin.h"
#include "instant.h"

#include <dragoman/json.h>

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static bool fault(struct hexin_fault *ret, size_t column, const char *text)
{
    ret->column = column;
    (void)snprintf(ret->text, sizeof(ret->text), "%s", text);
    return false;
}

void eventin_close(struct eventin *eventin)
{
    cJSON_Delete(eventin->object);
    eventin->object = NULL;
}

bool eventin_is_json(const char *line, size_t length)
{
    size_t at = 0;
    while (at < length && hexin_blank(line[at])) {
        at++;
    }
    return at < length && line[at] == '{';
}

/* A member of the object, or of one of those that servers put around. */
static const cJSON *member(const cJSON *object, const char *name)
{
    static const char *const around[] = {"uplink_message", "data", "result"};
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, name);
    for (size_t i = 0; found == NULL && i < sizeof(around) / sizeof(around[0]); i++) {
        const cJSON *inner = cJSON_GetObjectItemCaseSensitive(object, around[i]);
        if (cJSON_IsObject(inner)) {
            found = member(inner, name);
        }
    }
    return found;
}

/* The first of the names that is there. */
static const cJSON *first_of(const cJSON *object, const char *const *names, size_t count)
{
    const cJSON *found = NULL;
    for (size_t i = 0; found == NULL && i < count; i++) {
        found = member(object, names[i]);
        if (cJSON_IsNull(found) || cJSON_IsObject(found)) {
            found = NULL;
        }
    }
    return found;
}

#define FIRST_OF(object, names)                                                          \
    first_of(object, names, sizeof(names) / sizeof((names)[0]))

static bool read_bytes(const cJSON *object, struct hexin_bytes *out,
                       struct hexin_fault *ret_fault)
{
    static const char *const hex[] = {"frame", "hex", "payload_hex", "payloadHex"};
    static const char *const base64[] = {"frm_payload", "data"};
    const cJSON *text = FIRST_OF(object, hex);
    bool is_hex = text != NULL;
    out->length = 0;
    if (!is_hex) {
        text = FIRST_OF(object, base64);
    }
    if (!cJSON_IsString(text)) {
        return fault(ret_fault, 1,
                     "no frame in this object: neither 'frame' nor 'hex' nor 'data' nor "
                     "'frm_payload'");
    }
    size_t length = strlen(text->valuestring);
    bool good = length == 0 ||
                (is_hex ? hexin_hex(text->valuestring, length, 0, out, ret_fault)
                        : hexin_base64(text->valuestring, length, 0, out, ret_fault));
    ret_fault->column = good ? 0 : 1;
    return good;
}

static bool read_port(const cJSON *object, struct hexin_words *ret,
                      struct hexin_fault *ret_fault)
{
    static const char *const names[] = {"port", "fPort", "f_port"};
    const cJSON *port = FIRST_OF(object, names);
    if (port == NULL) {
        return true;
    }
    if (!cJSON_IsNumber(port) || port->valuedouble < 0 ||
        port->valuedouble > UINT32_MAX || floor(port->valuedouble) != port->valuedouble) {
        return fault(ret_fault, 1, "the port is no whole number");
    }
    ret->has_port = true;
    ret->port = (uint32_t)port->valuedouble;
    return true;
}

/* Fractions of a second are cut to the milliseconds that instants have. */
static bool read_instant(const char *text, int64_t *ret_ms)
{
    char shorter[48];
    const char *point = strchr(text, '.');
    size_t length = strlen(text);
    if (point == NULL || length >= sizeof(shorter)) {
        return instant_parse(text, length, ret_ms);
    }
    size_t digits = strspn(point + 1, "0123456789"), kept = digits > 3 ? 3 : digits;
    (void)snprintf(shorter, sizeof(shorter), "%.*s%s", (int)(point + 1 + kept - text),
                   text, point + 1 + digits);
    return instant_parse(shorter, strlen(shorter), ret_ms);
}

static bool read_time(const cJSON *object, struct hexin_words *ret,
                      struct hexin_fault *ret_fault)
{
    static const char *const names[] = {"time", "received_at", "receivedAt"};
    const cJSON *time = FIRST_OF(object, names);
    if (time == NULL) {
        return true;
    }
    if (!cJSON_IsString(time) || !read_instant(time->valuestring, &ret->time_ms)) {
        return fault(ret_fault, 1, "the time is not written like 2026-01-02T03:04:05Z");
    }
    ret->has_time = true;
    return true;
}

/* cJSON ends a text at a NUL. Where the first \u0000 stands in valid JSON; `length`:
 * none.
 */
static size_t find_nul(const char *line, size_t length)
{
    for (size_t i = 0; i + 6 <= length; i++) {
        if (line[i] != '\\') {
            continue;
        }
        if (memcmp(line + i + 1, "u0000", 5) == 0) {
            return i;
        }
        i++;
    }
    return length;
}

bool eventin_json(struct eventin *eventin, const char *line, size_t length,
                  struct hexin_bytes *out, struct hexin_words *ret_words,
                  struct hexin_fault *ret_fault)
{
    size_t at = 0;
    eventin_close(eventin);
    if (dgm_json_check(line, length, &at) != DGM_OK) {
        return fault(ret_fault, at + 1, "this is no JSON");
    }
    at = find_nul(line, length);
    if (at < length) {
        return fault(ret_fault, at + 1, "a NUL in a text cannot be read");
    }
    eventin->object = cJSON_ParseWithLength(line, length);
    const cJSON *object = eventin->object;
    if (object == NULL) {
        return fault(ret_fault, 1, "this is no JSON that can be read");
    }
    const cJSON *topic = member(object, "topic");
    if (cJSON_IsString(topic)) {
        ret_words->topic = topic->valuestring;
        ret_words->topic_length = strlen(topic->valuestring);
    }
    return read_bytes(object, out, ret_fault) &&
           read_port(object, ret_words, ret_fault) &&
           read_time(object, ret_words, ret_fault);
}

char *eventin_decoded(const struct eventin *eventin)
{
    static const char *const names[] = {"object", "decoded_payload", "json", "expected"};
    const cJSON *found = NULL;
    for (size_t i = 0; found == NULL && i < sizeof(names) / sizeof(names[0]); i++) {
        found = eventin->object != NULL ? member(eventin->object, names[i]) : NULL;
    }
    return found != NULL ? cJSON_PrintUnformatted(found) : NULL;
}

/* "(1436509052.249713) can0 123#DEADBEEF", or "can0  123   [4]  DE AD BE EF". */
struct candump {
    int64_t time_ms;
    bool has_time;
    uint32_t id;
    size_t from, end; /* hex of the data */
};

static size_t skip_blanks(const char *line, size_t length, size_t at)
{
    while (at < length && hexin_blank(line[at])) {
        at++;
    }
    return at;
}

static size_t skip_word(const char *line, size_t length, size_t at)
{
    while (at < length && !hexin_blank(line[at]) && line[at] != '#') {
        at++;
    }
    return at;
}

static bool read_stamp(const char *line, size_t length, size_t *at, struct candump *ret)
{
    int64_t seconds = 0, scale = 100;
    if (*at >= length || line[*at] != '(') {
        return true;
    }
    size_t place = *at + 1, start = place;
    for (; place < length && line[place] >= '0' && line[place] <= '9'; place++) {
        if (place - start > 11) {
            return false;
        }
        seconds = seconds * 10 + (line[place] - '0');
    }
    if (place == start || place >= length || line[place] != '.') {
        return false;
    }
    ret->time_ms = seconds * 1000;
    for (place++; place < length && line[place] >= '0' && line[place] <= '9'; place++) {
        ret->time_ms += (line[place] - '0') * scale;
        scale /= 10;
    }
    if (place >= length || line[place] != ')') {
        return false;
    }
    ret->has_time = true;
    *at = place + 1;
    return true;
}

/* Identifiers of 29 bits have eight digits and come with bit 31 set, as SocketCAN has
 * them: one of 11 bits may be the same number. */
static bool read_id(const char *line, size_t from, size_t end, uint32_t *ret)
{
    const uint32_t extended = 0x80000000u, largest = 0x1FFFFFFFu;
    uint32_t id = 0;
    if (end - from < 3 || end - from > 8) {
        return false;
    }
    for (size_t i = from; i < end; i++) {
        int digit = hexin_digit(line[i]);
        if (digit < 0) {
            return false;
        }
        id = id << 4 | (uint32_t)digit;
    }
    *ret = end - from == 8 && id <= largest ? id | extended : id;
    return true;
}

static bool parse_candump(const char *line, size_t length, struct candump *ret)
{
    memset(ret, 0, sizeof(*ret));
    size_t at = skip_blanks(line, length, 0);
    if (!read_stamp(line, length, &at, ret)) {
        return false;
    }
    at = skip_blanks(line, length, at);
    size_t name = at;
    at = skip_word(line, length, at);
    bool is_name = at - name >= 2 && hexin_digit(line[name]) < 0;
    is_name = is_name || (at - name >= 4 && memcmp(line + name, "can", 3) == 0);
    if (!is_name || at == length || line[at] == '#') {
        return false;
    }
    size_t id = skip_blanks(line, length, at);
    at = skip_word(line, length, id);
    if (at == length || !read_id(line, id, at, &ret->id)) {
        return false;
    }
    ret->end = length;
    if (line[at] == '#') {
        bool is_fd = at + 2 < length && line[at + 1] == '#';
        ret->from = is_fd ? at + 3 : at + 1; /* a digit of flags is behind ## */
        return ret->from <= length;
    }
    at = skip_blanks(line, length, at);
    if (at >= length || line[at] != '[') {
        return false;
    }
    at = skip_word(line, length, at);
    ret->from = skip_blanks(line, length, at);
    return true;
}

bool eventin_is_candump(const char *line, size_t length)
{
    struct candump ignored;
    return parse_candump(line, length, &ignored);
}

bool eventin_candump(const char *line, size_t length, struct hexin_bytes *out,
                     struct hexin_words *ret_words, struct hexin_fault *ret_fault)
{
    struct candump found;
    if (!parse_candump(line, length, &found)) {
        return fault(ret_fault, 1, "this is no line of candump");
    }
    ret_words->has_port = true;
    ret_words->port = found.id;
    ret_words->has_time = found.has_time;
    ret_words->time_ms = found.time_ms;
    out->length = 0;
    while (found.end > found.from && hexin_blank(line[found.end - 1])) {
        found.end--;
    }
    return found.from == found.end ||
           hexin_hex(line, found.end, found.from, out, ret_fault);
}
