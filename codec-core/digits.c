/* SPDX-License-Identifier: MIT */
/* Decimal digits of the wire, one by one; nothing here knows of rows or JSON. */
#include "digits.h"

#include <string.h>
#include "moment.h"

enum { PATTERN_NIBBLES = 14 }; /* what stands behind a top half-byte of 8 */

static bool is_characters(const struct dgm_format *format)
{
    return (format->flags & DGM_FORMAT_CHARACTERS) != 0;
}

/* Half-bytes behind the last digit. */
static size_t tail_of(const struct dgm_format *format)
{
    return format->sign == DGM_DIGIT_SIGN_LAST_NIBBLE ? 1 : 0;
}

size_t digits_bytes(const struct dgm_format *format, size_t digits)
{
    return is_characters(format) ? digits : (digits + tail_of(format) + 1) / 2;
}

size_t digits_of_bytes(const struct dgm_format *format, size_t bytes)
{
    if (is_characters(format))
        return bytes;
    return bytes > 0 ? bytes * 2 - tail_of(format) : 0;
}

/* Is the half-byte the upper one of its byte? Which byte? */
static bool locate(size_t count, const struct dgm_format *format, size_t place,
                   size_t *ret_byte)
{
    size_t byte = place / 2;
    *ret_byte = (format->flags & DGM_FORMAT_REVERSED) ? count - 1 - byte : byte;
    return (place % 2 == 0) != ((format->flags & DGM_FORMAT_LOW_FIRST) != 0);
}

unsigned digits_nibble(const uint8_t *bytes, size_t count,
                       const struct dgm_format *format, size_t place)
{
    size_t byte;
    bool upper = locate(count, format, place, &byte);
    return upper ? bytes[byte] >> 4 : bytes[byte] & 15u;
}

void digits_put_nibble(uint8_t *bytes, size_t count, const struct dgm_format *format,
                       size_t place, unsigned nibble)
{
    size_t byte;
    if (locate(count, format, place, &byte))
        bytes[byte] = (uint8_t)((bytes[byte] & 15u) | nibble << 4);
    else
        bytes[byte] = (uint8_t)((bytes[byte] & 0xF0u) | nibble);
}

/* Work on one number. */
struct reading {
    const struct dgm_format *format;
    const uint8_t *bytes;
    size_t count, place, end; /* half-bytes to come */
    bool negative;
    uint64_t number;
};

static unsigned peek(const struct reading *reading, size_t ahead)
{
    return digits_nibble(reading->bytes, reading->count, reading->format,
                         reading->place + ahead);
}

static bool append(struct reading *reading, unsigned digit)
{
    static const uint64_t largest = 999999999999999999u / 10;
    if (reading->number > largest)
        return false;
    reading->number = reading->number * 10 + digit;
    return true;
}

/* The sign in front, if there is one; takes what is no longer a digit. */
static void take_sign(struct reading *reading)
{
    size_t left = reading->end - reading->place;
    switch (reading->format->sign) {
    case DGM_DIGIT_SIGN_TOP_BIT:
        if (left == 0)
            return;
        reading->negative = (peek(reading, 0) & 8) != 0;
        reading->number = peek(reading, 0) & 7;
        reading->place++;
        return;
    case DGM_DIGIT_SIGN_F_DIGIT:
        reading->negative = left > 1 && peek(reading, 0) == 15;
        reading->place += reading->negative ? 1 : 0;
        return;
    case DGM_DIGIT_SIGN_FF_BYTE:
        reading->negative = left > 2 && peek(reading, 0) == 15 && peek(reading, 1) == 15;
        reading->place += reading->negative ? 2 : 0;
        return;
    default:
        return;
    }
}

/* D and B are negative, the other letters positive. */
static bool take_tail(struct reading *reading)
{
    if (tail_of(reading->format) == 0)
        return true;
    unsigned sign = peek(reading, 0);
    reading->negative = sign == 0xD || sign == 0xB;
    return sign > 9;
}

static enum digits_result read_nibbles(struct reading *reading, size_t digits)
{
    size_t total = reading->count * 2, tail = tail_of(reading->format);
    size_t lead = total - tail - digits;
    reading->end = total - tail;
    for (; reading->place < lead; reading->place++)
        if (peek(reading, 0) != 0)
            return DIGITS_ILLEGAL;
    take_sign(reading);
    for (; reading->place < reading->end; reading->place++) {
        unsigned digit = peek(reading, 0);
        if (digit > 9)
            return DIGITS_ILLEGAL;
        if (!append(reading, digit))
            return DIGITS_TOO_MANY;
    }
    return take_tail(reading) ? DIGITS_OK : DIGITS_ILLEGAL;
}

/* Characters by a pattern: letters stand for digits, the rest for itself. */
static enum digits_result read_characters(struct reading *reading, const char *pattern)
{
    for (; reading->place < reading->count; reading->place++) {
        uint8_t byte = reading->bytes[reading->place];
        char wanted = pattern[reading->place];
        if (!moment_is_letter(wanted)) {
            if (byte != (uint8_t)wanted)
                return DIGITS_ILLEGAL;
            continue;
        }
        if (byte < '0' || byte > '9')
            return DIGITS_ILLEGAL;
        if (!append(reading, byte - (unsigned)'0'))
            return DIGITS_TOO_MANY;
    }
    return DIGITS_OK;
}

/* The half-bytes as they stand, behind a top half-byte of 8. */
static uint64_t pattern_of(const struct reading *reading)
{
    uint64_t bits = 0;
    size_t total = reading->count * 2;
    for (size_t i = 0; i < total && total <= PATTERN_NIBBLES; i++)
        bits =
            bits << 4 | digits_nibble(reading->bytes, reading->count, reading->format, i);
    return bits | (uint64_t)1 << 63;
}

enum digits_result digits_read(const struct dgm_codec *codec,
                               const struct dgm_format *format, const uint8_t *bytes,
                               size_t count, size_t digits, uint64_t *ret_raw,
                               size_t *ret_fault)
{
    struct reading reading = {.format = format, .bytes = bytes, .count = count};
    enum digits_result result =
        is_characters(format) ? read_characters(&reading, codec->pool + format->pattern)
                              : read_nibbles(&reading, digits);
    *ret_fault = reading.place;
    if (result == DIGITS_ILLEGAL && !is_characters(format)) {
        (void)locate(count, format, reading.place, ret_fault);
        *ret_raw = pattern_of(&reading);
        return result;
    }
    *ret_raw = reading.negative ? 0 - reading.number : reading.number;
    return result;
}

/* The sign in front, after the digits are written; false if it has no room. */
static bool put_sign(const struct dgm_format *format, uint8_t *bytes, size_t count,
                     size_t place, size_t digits)
{
    size_t signs = format->sign == DGM_DIGIT_SIGN_FF_BYTE ? 2 : 1;
    if (format->sign == DGM_DIGIT_SIGN_NONE || digits <= signs)
        return false;
    for (size_t i = 0; i < signs; i++) {
        if (digits_nibble(bytes, count, format, place + i) != 0)
            return false;
        digits_put_nibble(bytes, count, format, place + i, 15);
    }
    return true;
}

static bool write_nibbles(const struct dgm_format *format, uint64_t number, bool negative,
                          size_t digits, uint8_t *bytes, size_t count)
{
    size_t tail = tail_of(format), first = count * 2 - tail - digits;
    for (size_t i = digits; i-- > 0; number /= 10)
        digits_put_nibble(bytes, count, format, first + i, (unsigned)(number % 10));
    if (number != 0)
        return false;
    if (tail > 0)
        digits_put_nibble(bytes, count, format, count * 2 - 1, negative ? 0xD : 0xC);
    if (format->sign == DGM_DIGIT_SIGN_TOP_BIT && digits > 0) {
        unsigned top = digits_nibble(bytes, count, format, first);
        digits_put_nibble(bytes, count, format, first, top | (negative ? 8u : 0u));
        return top < 8;
    }
    return !negative || tail > 0 || put_sign(format, bytes, count, first, digits);
}

static bool write_characters(const char *pattern, uint64_t number, uint8_t *bytes,
                             size_t count)
{
    for (size_t i = count; i-- > 0;) {
        bytes[i] = (uint8_t)pattern[i];
        if (!moment_is_letter(pattern[i]))
            continue;
        bytes[i] = (uint8_t)('0' + number % 10);
        number /= 10;
    }
    return number == 0;
}

static void write_pattern(const struct dgm_format *format, uint64_t raw, uint8_t *bytes,
                          size_t count)
{
    for (size_t i = count * 2; i-- > 0; raw >>= 4)
        digits_put_nibble(bytes, count, format, i, (unsigned)(raw & 15));
}

bool digits_write(const struct dgm_codec *codec, const struct dgm_format *format,
                  uint64_t raw, size_t digits, uint8_t *bytes, size_t count)
{
    memset(bytes, 0, count);
    if (is_characters(format))
        return write_characters(codec->pool + format->pattern, raw, bytes, count);
    if (raw >> 60 == 8) {
        write_pattern(format, raw, bytes, count);
        return count * 2 <= PATTERN_NIBBLES;
    }
    bool negative = raw >> 63 != 0 && format->sign != DGM_DIGIT_SIGN_NONE;
    uint64_t number = negative ? 0 - raw : raw;
    return write_nibbles(format, number, negative, digits, bytes, count);
}
