/* SPDX-License-Identifier: MIT */
/* Strings, instants and floats of plans. */
#include "plan_text.h"

#include <dragoman/table.h>
#include <string.h>
#include "calendar.h"
#include "float_text.h"
#include "json_write.h"
#include "plan_digits.h"
#include "text.h"

/* All eight bytes are ASCII that stands for itself. */
static inline bool is_plain_word(uint64_t word)
{
    return text_special_bits(word) == 0;
}

static bool is_plain(const uint8_t *bytes, size_t length)
{
    uint64_t word;
    if (length < sizeof(word))
        return text_plain_prefix((const char *)bytes, length) == length;
    for (size_t at = 0; at + sizeof(word) <= length; at += sizeof(word)) {
        memcpy(&word, bytes + at, sizeof(word));
        if (!is_plain_word(word))
            return false;
    }
    /* The last word overlaps the one before. */
    memcpy(&word, bytes + length - sizeof(word), sizeof(word));
    return is_plain_word(word);
}

/* Text with characters that need more than a copy. */
static char *put_escaped(char *text, const uint8_t *bytes, size_t length, uint8_t show)
{
    struct json_writer writer;
    json_writer_init(&writer, text, length * 6);
    if (show == DGM_SHOW_LATIN1) {
        json_put_latin1(&writer, bytes, length);
        return text + writer.length;
    }
    if (utf8_valid_prefix(bytes, length) != length)
        return NULL;
    for (size_t i = 0; show == DGM_SHOW_ASCII && i < length; i++)
        if (bytes[i] >= 0x80)
            return NULL;
    json_put_utf8(&writer, bytes, length);
    return text + writer.length;
}

char *plan_put_string(char *text, const uint8_t *bytes, size_t length, uint8_t show)
{
    *text++ = '"';
    if (is_plain(bytes, length)) {
        memcpy(text, bytes, length);
        text += length;
    } else {
        text = put_escaped(text, bytes, length, show);
        if (text == NULL)
            return NULL;
    }
    *text++ = '"';
    return text;
}

/* YYYYMMDD and hhmmss to the text. */
static char *put_instant(char *text, uint64_t date, uint64_t time, int iso)
{
    char digits[16];
    plan_store(digits, date);
    plan_store(digits + 8, time);
    if (!iso) {
        text[0] = '"';
        memcpy(text + 1, digits, 8);
        text[9] = 'T';
        memcpy(text + 10, digits + 8, 6);
        text[16] = 'Z';
        text[17] = '"';
        return text + 18;
    }
    memcpy(text, "\"YYYY-MM-DDThh:mm:ssZ\"", 22);
    memcpy(text + 1, digits, 4);
    memcpy(text + 6, digits + 4, 2);
    memcpy(text + 9, digits + 6, 2);
    memcpy(text + 12, digits + 8, 2);
    memcpy(text + 15, digits + 10, 2);
    memcpy(text + 18, digits + 12, 2);
    return text + 22;
}

static bool find_day(uint64_t number, struct plan_day *day)
{
    enum { TEXT_DAY = 9 };
    char text[CALENDAR_TEXT_MAX];
    if (number > 2932896 || /* 9999-12-31 */
        calendar_write(text, (int64_t)(number * 86400000u), CALENDAR_COMPACT) < TEXT_DAY)
        return false;
    memcpy(day->text, text, sizeof(day->text));
    day->day = number;
    return true;
}

char *plan_put_time(char *text, uint64_t seconds, int iso, struct plan_day *day)
{
    uint64_t number = seconds / 86400u;
    uint32_t rest = (uint32_t)(seconds % 86400u);
    if (number != day->day && !find_day(number, day))
        return NULL;
    uint32_t minutes = rest / 60, hour = minutes / 60;
    uint32_t clock = (hour * 100 + minutes % 60) * 100 + rest % 60;
    uint64_t time = plan_digits8(clock * 100u) | plan_zeros;
    return put_instant(text, plan_load(day->text), time, iso);
}

static bool is_date(unsigned year, unsigned month, unsigned day)
{
    static const uint8_t days[13] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || day > days[month])
        return false;
    return month != 2 || day < 29 || year % 4 == 0; /* 2000 has one, too */
}

char *plan_put_bcd_time(char *text, const uint8_t *bytes, int iso)
{
    uint64_t word = (uint64_t)bytes[0] << 40 | (uint64_t)bytes[1] << 32 |
                    (uint64_t)bytes[2] << 24 | (uint64_t)bytes[3] << 16 |
                    (uint64_t)bytes[4] << 8 | bytes[5];
    const uint64_t sixes = 0x0666666666666u, ones = 0x1111111111111u;
    /* A carry out of a half-byte tells of a digit above nine. */
    if (((word + sixes) ^ word ^ sixes) & (ones << 4 & 0x1111111111110u))
        return NULL;
    unsigned part[6];
    for (unsigned i = 0; i < 6; i++)
        part[i] = (unsigned)(bytes[i] >> 4) * 10u + (bytes[i] & 15u);
    if (!is_date(part[0], part[1], part[2]) || part[3] > 23 || part[4] > 59 ||
        part[5] > 59)
        return NULL;
    uint64_t date = plan_digits8(((2000u + part[0]) * 100u + part[1]) * 100u + part[2]);
    uint64_t time = plan_digits8(((part[3] * 100u + part[4]) * 100u + part[5]) * 100u);
    return put_instant(text, date | plan_zeros, time | plan_zeros, iso);
}

char *plan_put_float(char *text, uint32_t bits)
{
    return text + float_write(text, bits, 32);
}
