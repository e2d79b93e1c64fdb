/* SPDX-License-Identifier: MIT */
/* Parts of the JSON writer that do more than copy. */
#include "json_write.h"

#include "number.h"
#include "text.h"

/* Bytes of the longest escape, \u001f. */
enum { ESCAPE_MAX = 6, INTEGER_MAX = 20 };

/* Where `length` more bytes go, which count from now on; NULL for none, or if they do not
 * fit. A count that leaves size_t stays at its end. */
static char *reserve(struct json_writer *writer, size_t length)
{
    size_t at = writer->length;
    if (length > SIZE_MAX - at) {
        writer->length = SIZE_MAX;
        return NULL;
    }
    writer->length = at + length;
    return length > 0 && writer->length <= writer->size ? writer->text + at : NULL;
}

void json_put_beyond(struct json_writer *writer, size_t length)
{
    (void)reserve(writer, length);
}

void json_put_called(struct json_writer *writer, const char *text, size_t length)
{
    char *to = reserve(writer, length);
    if (to != NULL)
        memcpy(to, text, length);
}

void json_put_u64(struct json_writer *writer, uint64_t value)
{
    char digits[INTEGER_MAX];
    json_put(writer, digits, number_write_u64(digits, value));
}

void json_put_i64(struct json_writer *writer, int64_t value)
{
    char digits[INTEGER_MAX];
    json_put(writer, digits, number_write_i64(digits, value));
}

/* The letter of a short escape, or 0. */
static char escape_letter(uint8_t byte)
{
    switch (byte) {
    case '"':
    case '\\':
        return (char)byte;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

static void put_escape(struct json_writer *writer, uint8_t byte)
{
    char text[ESCAPE_MAX] = {'\\', escape_letter(byte), '0', '0', '0', '0'};
    if (text[1] != 0) {
        json_put(writer, text, 2);
        return;
    }
    text[1] = 'u';
    hex_write(text + 4, &byte, 1, false);
    json_put(writer, text, ESCAPE_MAX);
}

void json_put_latin1(struct json_writer *writer, const uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        const char *text = (const char *)bytes + at;
        size_t plain = text_plain_prefix(text, length - at);
        json_put(writer, text, plain);
        at += plain;
        if (at == length)
            return;
        if (bytes[at] < 0x80) {
            put_escape(writer, bytes[at]);
            continue;
        }
        uint8_t character[2];
        json_put(writer, (const char *)character, utf8_write(character, bytes[at]));
    }
}

void json_put_utf8(struct json_writer *writer, const uint8_t *bytes, size_t length)
{
    size_t begin = 0, at = 0;
    while (at < length) {
        at += text_plain_prefix((const char *)bytes + at, length - at);
        while (at < length && bytes[at] >= 0x80)
            at++;
        if (at == length || text_is_plain((char)bytes[at]))
            continue;
        json_put(writer, (const char *)bytes + begin, at - begin);
        put_escape(writer, bytes[at]);
        begin = ++at;
    }
    if (begin < length)
        json_put(writer, (const char *)bytes + begin, length - begin);
}

void json_put_hex(struct json_writer *writer, const uint8_t *bytes, size_t length,
                  bool upper)
{
    size_t needed = length <= SIZE_MAX / 2 ? 2 * length : SIZE_MAX;
    char *text = reserve(writer, needed);
    if (text != NULL)
        hex_write(text, bytes, length, upper);
}

void json_put_base64(struct json_writer *writer, const uint8_t *bytes, size_t length)
{
    size_t needed = length <= SIZE_MAX / 2 ? base64_text_length(length) : SIZE_MAX;
    char *text = reserve(writer, needed);
    if (text != NULL)
        base64_write(text, bytes, length);
}
