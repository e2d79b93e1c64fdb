/* SPDX-License-Identifier: MIT */
/*
 * Strings with escapes, and what is passed over.
 */
#include "straight_read.h"

enum { LONGEST = 255 };

static const uint8_t *skip_string(const uint8_t *at)
{
    for (at++; *at != '"'; at++) {
        if (*at == '\\')
            at++;
        if (*at < 0x20)
            return NULL;
    }
    return at + 1;
}

static const uint8_t *skip_scalar(const uint8_t *at)
{
    const uint8_t *began = at;
    while ((*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') || *at == '-' ||
           *at == '+' || *at == '.' || *at == 'E')
        at++;
    return at > began ? at : NULL;
}

const uint8_t *straight_skip_value(const uint8_t *at)
{
    unsigned depth = 0;
    do {
        at = skip_blanks(at);
        if (*at == '{' || *at == '[') {
            depth++;
            at++;
        } else if (depth > 0 && (*at == '}' || *at == ']')) {
            depth--;
            at++;
        } else if (depth > 0 && (*at == ',' || *at == ':')) {
            at++;
        } else {
            at = *at == '"' ? skip_string(at) : skip_scalar(at);
        }
    } while (at != NULL && depth > 0);
    return at;
}

const uint8_t *straight_skip_member(const uint8_t *at)
{
    at = *at == '"' ? skip_string(at) : NULL;
    if (at == NULL)
        return NULL;
    at = skip_blanks(at);
    if (*at != ':')
        return NULL;
    at = straight_skip_value(at + 1);
    return at != NULL ? skip_blanks(at) : NULL;
}

static const uint8_t *read_hex(const uint8_t *at, uint32_t *ret)
{
    *ret = 0;
    for (unsigned i = 0; i < 4; i++, at++) {
        uint8_t letter = *at | 0x20;
        if (*at >= '0' && *at <= '9')
            *ret = *ret << 4 | (*at - '0');
        else if (letter >= 'a' && letter <= 'f')
            *ret = *ret << 4 | (letter - 'a' + 10u);
        else
            return NULL;
    }
    return at;
}

/* Four bytes of room. */
static size_t write_utf8(uint8_t *bytes, uint32_t point)
{
    if (point < 0x80) {
        bytes[0] = (uint8_t)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, point >>= 6)
        bytes[i] = (uint8_t)(0x80 | (point & 0x3F));
    bytes[0] = (uint8_t)(0xF0u << (4 - length) | point);
    return length;
}

/* Behind `\u`; a pair of surrogates is one character. */
static const uint8_t *read_point(const uint8_t *at, uint32_t *ret)
{
    uint32_t low;
    at = read_hex(at, ret);
    if (at == NULL || *ret < 0xD800 || *ret > 0xDFFF)
        return at;
    if (*ret > 0xDBFF || at[0] != '\\' || at[1] != 'u')
        return NULL;
    at = read_hex(at + 2, &low);
    if (at == NULL || low < 0xDC00 || low > 0xDFFF)
        return NULL;
    *ret = 0x10000 + ((*ret - 0xD800) << 10) + (low - 0xDC00);
    return at;
}

static const uint8_t *read_escape(const uint8_t *at, uint8_t *bytes, size_t *length)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    uint32_t point;
    if (*at == 'u') {
        at = read_point(at + 1, &point);
        if (at != NULL)
            *length += write_utf8(bytes + *length, point);
        return at;
    }
    const char *letter = *at != 0 ? strchr(letters, *at) : NULL;
    if (letter == NULL)
        return NULL;
    bytes[(*length)++] = (uint8_t)meant[letter - letters];
    return at + 1;
}

/* One character beyond ASCII, in its shortest form. */
static const uint8_t *copy_utf8(const uint8_t *at, uint8_t *bytes, size_t *length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t count = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : 2;
    uint32_t point = *at & (0x7Fu >> count);
    if (*at < 0xC2 || *at > 0xF4)
        return NULL;
    for (size_t i = 1; i < count; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return NULL;
        point = point << 6 | (at[i] & 0x3F);
    }
    if (point < least[count] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return NULL;
    memcpy(bytes + *length, at, count);
    *length += count;
    return at + count;
}

const uint8_t *straight_string(const uint8_t *at, uint8_t *bytes, size_t *ret_length)
{
    size_t length = 0;
    if (*at++ != '"')
        return NULL;
    while (at != NULL && *at != '"') {
        if (length > LONGEST || *at < 0x20)
            return NULL;
        if (*at == '\\')
            at = read_escape(at + 1, bytes, &length);
        else if (*at < 0x80)
            bytes[length++] = *at++;
        else
            at = copy_utf8(at, bytes, &length);
    }
    *ret_length = length;
    return at != NULL && length <= LONGEST ? at + 1 : NULL;
}
