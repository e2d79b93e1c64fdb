/* SPDX-License-Identifier: MIT */
/*
 * Frames as people write them. Digits stand in pairs; blanks, colons and commas may part
 * them, and each group may begin with 0x: "AA 72:00,0x1f". Digits never pair across a
 * gap, since "1 23" is more likely a slip than 0x12 0x3.
 *
 * Base64 is guessed only where hex cannot have been meant, so that one wrong letter in a
 * hex line is named and not decoded.
 */
#include "hexin.h"
#include "instant.h"
#include "letters.h"

#include <stdio.h>
#include <string.h>

bool hexin_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n' ||
           letter == '\v' || letter == '\f';
}

int hexin_digit(char letter)
{
    if (letter >= '0' && letter <= '9') {
        return letter - '0';
    }
    if (letter >= 'a' && letter <= 'f') {
        return letter - 'a' + 10;
    }
    return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
}

bool hexin_put(struct hexin_bytes *out, unsigned byte)
{
    if (out->length == HEXIN_FRAME_MAX) {
        return false;
    }
    out->bytes[out->length++] = (uint8_t)byte;
    return true;
}

/* Bytes of the character at `at`, or 0 if it is no UTF-8 or cannot be shown. */
static size_t shown_length(const char *line, size_t length, size_t at)
{
    size_t size = letters_length(line + at, length - at);
    return size > 0 && !letters_is_hidden(line + at, size) ? size : 0;
}

bool hexin_bad_digit(struct hexin_fault *ret_fault, const char *line, size_t length,
                     size_t at, const char *what)
{
    size_t shown = shown_length(line, length, at);
    ret_fault->column = letters_count(line, at) + 1;
    if (shown > 0) {
        (void)snprintf(ret_fault->text, sizeof(ret_fault->text), "not %s: '%.*s'", what,
                       (int)shown, line + at);
    } else {
        (void)snprintf(ret_fault->text, sizeof(ret_fault->text), "not %s: byte 0x%02X",
                       what, (unsigned)(unsigned char)line[at]);
    }
    return false;
}

bool hexin_fail(struct hexin_fault *ret_fault, const char *line, size_t at,
                const char *text)
{
    ret_fault->column = letters_count(line, at) + 1;
    (void)snprintf(ret_fault->text, sizeof(ret_fault->text), "%s", text);
    return false;
}

static bool too_long(struct hexin_fault *ret_fault, const char *line, size_t at)
{
    return hexin_fail(ret_fault, line, at, "a frame has at most 65535 bytes");
}

size_t hexin_trim(const char *line, size_t length)
{
    const char *comment = length == 0 ? NULL : memchr(line, '#', length);
    if (comment != NULL) {
        length = (size_t)(comment - line);
    }
    while (length > 0 && hexin_blank(line[length - 1])) {
        length--;
    }
    return length;
}

static size_t skip_blanks(const char *line, size_t length, size_t at)
{
    while (at < length && hexin_blank(line[at])) {
        at++;
    }
    return at;
}

/* Is this "name=value"? Padding of Base64 is none: nothing follows it. */
static size_t word_name(const char *line, size_t length, size_t at)
{
    size_t end = at;
    while (end < length && ((line[end] >= 'a' && line[end] <= 'z') || line[end] == '_')) {
        end++;
    }
    bool value = end > at && end + 1 < length && line[end] == '=' &&
                 line[end + 1] != '=' && !hexin_blank(line[end + 1]);
    return value ? end - at : 0;
}

bool hexin_port(const char *text, size_t length, uint32_t *ret_port)
{
    bool is_hex = length > 2 && text[0] == '0' && text[1] == 'x';
    uint64_t port = 0;
    if (length == 0 || length > 10) {
        return false;
    }
    for (size_t i = is_hex ? 2 : 0; i < length; i++) {
        int digit = hexin_digit(text[i]);
        if (digit < 0 || (digit > 9 && !is_hex)) {
            return false;
        }
        port = port * (is_hex ? 16 : 10) + (uint64_t)digit;
    }
    *ret_port = (uint32_t)port;
    return port <= UINT32_MAX;
}

static bool take_word(const char *line, size_t at, size_t name, size_t value_length,
                      struct hexin_words *ret, struct hexin_fault *ret_fault)
{
    const char *word = line + at, *value = word + name + 1;
    if (name == 4 && memcmp(word, "port", 4) == 0) {
        ret->has_port = hexin_port(value, value_length, &ret->port);
        return ret->has_port || hexin_fail(ret_fault, line, at + name + 1,
                                           "port: expected 0 to 4294967295");
    }
    if (name == 4 && memcmp(word, "time", 4) == 0) {
        ret->has_time = instant_parse(value, value_length, &ret->time_ms);
        return ret->has_time ||
               hexin_fail(ret_fault, line, at + name + 1,
                          "time: expected a time such as 2026-01-02T03:04:05Z");
    }
    if (name == 5 && memcmp(word, "topic", 5) == 0) {
        ret->topic = value;
        ret->topic_length = value_length;
        return true;
    }
    return hexin_fail(ret_fault, line, at,
                      "unknown word before the frame; known are port=, time=, topic=");
}

bool hexin_words(const char *line, size_t length, struct hexin_words *ret,
                 size_t *ret_from, struct hexin_fault *ret_fault)
{
    memset(ret, 0, sizeof(*ret));
    size_t at = skip_blanks(line, length, 0);
    for (size_t name = 0; (name = word_name(line, length, at)) > 0;) {
        size_t end = at + name + 1;
        while (end < length && !hexin_blank(line[end])) {
            end++;
        }
        if (!take_word(line, at, name, end - at - name - 1, ret, ret_fault)) {
            return false;
        }
        at = skip_blanks(line, length, end);
    }
    *ret_from = at;
    return true;
}

static bool parts_digits(char letter)
{
    return hexin_blank(letter) || letter == ':' || letter == ',';
}

/* A group of digits up to the next gap. */
static bool take_group(const char *line, size_t length, size_t *at,
                       struct hexin_bytes *out, struct hexin_fault *ret_fault)
{
    size_t from = *at;
    bool prefixed = length - from >= 2 && line[from] == '0' &&
                    (line[from + 1] == 'x' || line[from + 1] == 'X');
    size_t first = from + (prefixed ? 2 : 0), end = first;
    while (end < length && !parts_digits(line[end])) {
        if (hexin_digit(line[end]) < 0) {
            return hexin_bad_digit(ret_fault, line, length, end, "a hex digit");
        }
        end++;
    }
    size_t digits = end - first;
    *at = end;
    /* 0x1 is one byte; 0x alone is none. */
    if (prefixed && digits == 1) {
        return hexin_put(out, (unsigned)hexin_digit(line[first])) ||
               too_long(ret_fault, line, from);
    }
    if (digits % 2 != 0 || digits == 0) {
        return hexin_fail(ret_fault, line, from,
                          "an odd number of hex digits; two make a byte");
    }
    for (size_t i = first; i < end; i += 2) {
        int byte = hexin_digit(line[i]) * 16 + hexin_digit(line[i + 1]);
        if (!hexin_put(out, (unsigned)byte)) {
            return too_long(ret_fault, line, i);
        }
    }
    return true;
}

bool hexin_hex(const char *line, size_t length, size_t from, struct hexin_bytes *out,
               struct hexin_fault *ret_fault)
{
    size_t at = from;
    while (at < length) {
        if (parts_digits(line[at])) {
            at++;
        } else if (!take_group(line, length, &at, out, ret_fault)) {
            return false;
        }
    }
    return true;
}

/* Both alphabets, the usual one and the one for addresses. */
static int base64_digit(char letter)
{
    if (letter >= 'A' && letter <= 'Z') {
        return letter - 'A';
    }
    if (letter >= 'a' && letter <= 'z') {
        return letter - 'a' + 26;
    }
    if (letter >= '0' && letter <= '9') {
        return letter - '0' + 52;
    }
    if (letter == '+' || letter == '-') {
        return 62;
    }
    return letter == '/' || letter == '_' ? 63 : -1;
}

/* Digits without the padding. */
static size_t base64_digits(const char *line, size_t length, size_t from)
{
    size_t end = length;
    while (end > from && length - end < 2 && line[end - 1] == '=') {
        end--;
    }
    return end;
}

enum hexin_format hexin_guess(const char *line, size_t length, size_t from)
{
    size_t end = base64_digits(line, length, from), strange = 0;
    for (size_t i = from; i < end; i++) {
        if (base64_digit(line[i]) < 0) {
            return HEXIN_HEX;
        }
        strange += hexin_digit(line[i]) < 0 ? 1 : 0;
    }
    if (length - from < 4 || (length - from) % 4 != 0) {
        return HEXIN_HEX;
    }
    bool prefixed = line[from] == '0' && (line[from + 1] | 0x20) == 'x';
    bool padded = end < length;
    return padded || (!prefixed && strange * 4 > length - from) ? HEXIN_BASE64
                                                                : HEXIN_HEX;
}

static bool base64_end(const char *line, size_t length, size_t from, size_t end,
                       struct hexin_fault *ret_fault)
{
    if ((end - from) % 4 == 1 || (end < length && (length - from) % 4 != 0)) {
        return hexin_fail(ret_fault, line, end, "the Base64 text is cut off");
    }
    return true;
}

bool hexin_base64(const char *line, size_t length, size_t from, struct hexin_bytes *out,
                  struct hexin_fault *ret_fault)
{
    size_t end = base64_digits(line, length, from);
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = from; i < end; i++) {
        int digit = base64_digit(line[i]);
        if (digit < 0) {
            return hexin_bad_digit(ret_fault, line, length, i, "a Base64 digit");
        }
        bits = (bits << 6 | (uint32_t)digit) & 0xFFFF;
        count += 6;
        if (count < 8) {
            continue;
        }
        count -= 8;
        if (!hexin_put(out, bits >> count & 0xFF)) {
            return too_long(ret_fault, line, i);
        }
    }
    if (!base64_end(line, length, from, end, ret_fault)) {
        return false;
    }
    if ((bits & ((1u << count) - 1)) != 0) {
        return hexin_fail(ret_fault, line, end - 1,
                          "the last Base64 digit has bits that belong to no byte");
    }
    return true;
}
