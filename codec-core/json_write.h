/* SPDX-License-Identifier: MIT */
/*
 * A bounded writer of JSON text. It goes on counting after the end of the buffer, so that
 * one pass tells how much room would have done. Never writes outside the buffer.
 */
#ifndef DGM_JSON_WRITE_H
#define DGM_JSON_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "parts.h"

struct json_writer {
    char *text;
    size_t size;
    size_t length; /* bytes that the text has, or would have */
};

static inline void json_writer_init(struct json_writer *writer, char *text, size_t size)
{
    writer->text = text;
    writer->size = size;
    writer->length = 0;
}

/* Did all of it fit? */
static inline bool json_writer_fits(const struct json_writer *writer)
{
    return writer->length <= writer->size;
}

/* Count bytes that do not fit; what is behind them is not written either. */
void json_put_beyond(struct json_writer *writer, size_t length);

/* json_put() where a call costs less than the code. */
void json_put_called(struct json_writer *writer, const char *text, size_t length);

static inline void json_put(struct json_writer *writer, const char *text, size_t length)
{
    if (!HAS_SPEED) {
        json_put_called(writer, text, length);
        return;
    }
    if (writer->length > writer->size || length > writer->size - writer->length) {
        json_put_beyond(writer, length);
        return;
    }
    if (length > 0)
        memcpy(writer->text + writer->length, text, length);
    writer->length += length;
}

static inline void json_put_char(struct json_writer *writer, char character)
{
    if (!HAS_SPEED) {
        json_put_called(writer, &character, 1);
        return;
    }
    if (writer->length >= writer->size) {
        json_put_beyond(writer, 1);
        return;
    }
    writer->text[writer->length++] = character;
}

void json_put_u64(struct json_writer *writer, uint64_t value);
void json_put_i64(struct json_writer *writer, int64_t value);

/* Strings without the quotes around them. `bytes` may be NULL if there are none. Control
 * characters, quote and backslash are escaped. */
/* One byte, one character (ISO 8859-1); bytes from 0x80 become two bytes of UTF-8. */
void json_put_latin1(struct json_writer *writer, const uint8_t *bytes, size_t length);
/* UTF-8 that the caller has checked. */
void json_put_utf8(struct json_writer *writer, const uint8_t *bytes, size_t length);
void json_put_hex(struct json_writer *writer, const uint8_t *bytes, size_t length,
                  bool upper);
void json_put_base64(struct json_writer *writer, const uint8_t *bytes, size_t length);

#endif
