/* SPDX-License-Identifier: MIT */
/*
 * What every hand-written codec of the six jobs needs, whatever library it prints or
 * parses with: words, integers of a frame, times. Plain C and C++.
 */
#ifndef DRAGOMAN_BENCH_WORDS_H
#define DRAGOMAN_BENCH_WORDS_H

#include "../bench.h"

#include <math.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *const valve_words[] = {"OPEN", "CLOSED", "HALF", "FAULT"};
static const char *const fix_words[] = {"NONE", "2D", "3D", "DGPS"};
static const char *const gear_words[] = {"P",  "R",  "N",  "D",  "L",  "M1",
                                         "M2", "M3", "M4", "M5", "M6", "S"};
static const char *const door_words[] = {"CLOSED", "OPEN", "AJAR", "UNKNOWN"};
static const char *const mode_words[] = {"ECO", "NORMAL", "BOOST"};

enum { MOMENT_SIZE = 17 };

static inline unsigned get16(const uint8_t *at)
{
    return (unsigned)(at[0] << 8 | at[1]);
}

static inline uint32_t get32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static inline double get_single(const uint8_t *at)
{
    uint32_t bits = get32(at);
    float value;
    memcpy(&value, &bits, sizeof(value));
    return (double)value;
}

static inline uint8_t *put16(uint8_t *at, long value)
{
    at[0] = (uint8_t)((unsigned long)value >> 8);
    at[1] = (uint8_t)value;
    return at + 2;
}

static inline uint8_t *put32(uint8_t *at, long value)
{
    return put16(put16(at, (long)((unsigned long)value >> 16)), value);
}

static inline char *put_two(char *at, unsigned value)
{
    at[0] = (char)('0' + value / 10 % 10);
    at[1] = (char)('0' + value % 10);
    return at + 2;
}

static inline void put_moment(char *at, unsigned year, unsigned month, unsigned day,
                              unsigned hour, unsigned minute, unsigned second)
{
    at = put_two(put_two(at, year / 100), year % 100);
    at = put_two(put_two(at, month), day);
    *at++ = 'T';
    at = put_two(put_two(put_two(at, hour), minute), second);
    *at++ = 'Z';
    *at = '\0';
}

static inline unsigned from_bcd(uint8_t byte)
{
    return (byte >> 4) * 10u + (byte & 15u);
}

/* Six bytes, YYMMDDhhmmss. */
static inline void moment_from_bcd(char *at, const uint8_t *bcd)
{
    put_moment(at, 2000 + from_bcd(bcd[0]), from_bcd(bcd[1]), from_bcd(bcd[2]),
               from_bcd(bcd[3]), from_bcd(bcd[4]), from_bcd(bcd[5]));
}

/* Seconds since 1970. */
static inline void moment_from_unix(char *at, uint32_t seconds)
{
    uint32_t shifted = seconds / 86400 + 719468, era = shifted / 146097,
             of_era = shifted % 146097;
    uint32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    uint32_t month = (5 * of_year + 2) / 153;
    uint32_t january = month >= 10;
    put_moment(at, year + era * 400 + january, month + 3 - 12 * january,
               of_year - (153 * month + 2) / 5 + 1, seconds / 3600 % 24,
               seconds / 60 % 60, seconds % 60);
}

/* Place of a word in a list; `count` if it is not there. */
static inline unsigned find_word(const char *const *list, size_t count, const char *word,
                                 size_t length)
{
    unsigned place = 0;
    while (place < count &&
           (strlen(list[place]) != length || memcmp(list[place], word, length) != 0))
        place++;
    return place;
}

/* The raw value of a scaled one. */
static inline long to_raw(double value, double factor)
{
    return lround(value * factor);
}

#endif
