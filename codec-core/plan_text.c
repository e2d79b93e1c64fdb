/* SPDX-License-Identifier: MIT */
/* Strings, instants and floats of plans. */
#include "plan_text.h"

#include <dragoman/table.h>
#include <string.h>
#include "calendar.h"
#include "json_write.h"
#include "plan_decode.h"
#include "plan_digits.h"
#include "text.h"

/* Copy a word. Not 0: something in it does not stand for itself. */
static inline uint64_t copy_word(char *text, const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    memcpy(text, &word, sizeof(word));
    return text_special_bits(word);
}

/* The same of any length but those that are usual. */
PLAN_APART static uint64_t copy_words(char *text, const uint8_t *bytes, size_t length)
{
    uint64_t special = 0;
    if (length < PLAN_WORD) {
        for (size_t i = 0; i < length; i++)
            text[i] = (char)bytes[i];
        return text_plain_prefix(text, length) != length;
    }
    for (size_t at = 0; at + PLAN_WORD <= length; at += PLAN_WORD)
        special |= copy_word(text + at, bytes + at);
    return special;
}

/* Copy what stands for itself. False: something does not. */
static inline bool copy_plain(char *text, const uint8_t *bytes, size_t length)
{
    uint64_t special = 0;
    if (length < PLAN_WORD || length > 2 * PLAN_WORD)
        special = copy_words(text, bytes, length);
    if (length < PLAN_WORD)
        return special == 0;
    /* The last word overlaps the one before. */
    size_t last = length - PLAN_WORD;
    special |= copy_word(text, bytes) | copy_word(text + last, bytes + last);
    return special == 0;
}

/* Text with characters that need more than a copy. */
PLAN_APART static char *put_escaped(char *text, const uint8_t *bytes, size_t length,
                                    uint8_t show)
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
    if (copy_plain(text, bytes, length)) {
        text += length;
    } else {
        text = put_escaped(text, bytes, length, show);
        if (text == NULL)
            return NULL;
    }
    *text++ = '"';
    return text;
}

/* YYYYMMDD and the digits of hhmmss to the text, with dashes and colons. */
static char *put_iso(char *text, uint64_t date, uint64_t time)
{
    char digits[16];
    plan_store(digits, date);
    plan_store(digits + 8, time | plan_zeros);
    memcpy(text, "\"YYYY-MM-DDThh:mm:ssZ\"", 22);
    memcpy(text + 1, digits, 4);
    memcpy(text + 6, digits + 4, 2);
    memcpy(text + 9, digits + 6, 2);
    memcpy(text + 12, digits + 8, 2);
    memcpy(text + 15, digits + 10, 2);
    memcpy(text + 18, digits + 12, 2);
    return text + 22;
}

/* The same, without them unless `iso`. */
static inline char *put_instant(char *text, uint64_t date, uint64_t time, int iso)
{
    const uint64_t end =
        (plan_zeros & 0x0000FFFFFFFFFFFFu) | (uint64_t)'Z' << 48 | (uint64_t)'"' << 56;
    if (iso)
        return put_iso(text, date, time);
    text[0] = '"';
    plan_store(text + 1, date);
    text[9] = 'T';
    plan_store(text + 10, time | end);
    return text + 18;
}

PLAN_APART static bool find_day(uint64_t number, struct plan_day *day)
{
    if (number > 2932896) /* 9999-12-31 */
        return false;
    day->text = plan_digits8(calendar_day((unsigned)number)) | plan_zeros;
    day->day = number;
    return true;
}

/* The digits hhmmss of a second of a day. */
static inline uint64_t clock_digits(uint32_t second)
{
    uint64_t minute = second / 60, hour = minute / 60;
    return plan_digits222(hour | (minute - hour * 60) << 16 |
                          (second - minute * 60) << 32);
}

char *plan_put_time(char *text, uint64_t seconds, int iso, struct plan_day *day)
{
    uint64_t number = seconds / 86400u;
    if (!PLAN_LIKELY(number == day->day) && !find_day(number, day))
        return NULL;
    return put_instant(text, day->text, clock_digits((uint32_t)(seconds % 86400u)), iso);
}

/* Each byte of six at most its limit; below 0x80 all. */
static bool at_most(uint64_t word, uint64_t limits)
{
    const uint64_t tops = 0x808080808080u;
    uint64_t room = ((limits | tops) - (word & ~tops)) & tops;
    return ((word & tops) | (room ^ tops)) == 0;
}

/* Is there such a day, of a year from 2000 to 2099? All three in decimal half-bytes. */
static bool is_late_day(unsigned year, unsigned month, unsigned day)
{
    unsigned number = (year >> 4) * 10 + (year & 15);
    if (month == 2)
        return day < 0x29 || (day == 0x29 && number % 4 == 0);
    bool short_month = month == 4 || month == 6 || month == 9 || month == 0x11;
    return day <= (short_month ? 0x30u : 0x31u);
}

/* Each half-byte of four bytes in a byte of its own, the highest one lowest. */
static uint64_t half_bytes(uint64_t word)
{
    word = plan_swap(word << 32);
    word = (word | word << 16) & 0x0000FFFF0000FFFFu;
    word = (word | word << 8) & 0x00FF00FF00FF00FFu;
    return (word >> 4 & 0x000F000F000F000Fu) | (word & 0x000F000F000F000Fu) << 8;
}

char *plan_put_bcd_time(char *text, uint64_t word, int iso)
{
    unsigned month = word >> 32 & 255, day = word >> 24 & 255;
    /* A six more takes a half-byte above nine to the next one. */
    const uint64_t sixes = 0x666666666666u, carries = 0x1111111111110u;
    if ((((word + sixes) ^ word ^ sixes) & carries) != 0 ||
        !at_most(word, 0x791231235959u) || month == 0 || day == 0 ||
        (day > 0x28 && !is_late_day((unsigned)(word >> 40), month, day)))
        return NULL;
    uint64_t date = half_bytes(0x20000000u | word >> 24);
    uint64_t time = half_bytes(word << 8 & 0xFFFFFF00u);
    return put_instant(text, date | plan_zeros, time, iso);
}
