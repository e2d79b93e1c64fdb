/* SPDX-License-Identifier: MIT */
/* Times as people write them: RFC 3339, and the platform's compact form. */
#include "instant.h"

struct reader {
    const char *at, *end;
    bool good;
};

/* Exactly `digits` digits. */
static int take_number(struct reader *reader, int digits)
{
    int number = 0;
    for (int i = 0; i < digits; i++) {
        if (reader->at == reader->end || *reader->at < '0' || *reader->at > '9') {
            reader->good = false;
            return 0;
        }
        number = number * 10 + (*reader->at++ - '0');
    }
    return number;
}

static bool take_letter(struct reader *reader, const char *letters)
{
    for (; *letters != '\0'; letters++) {
        if (reader->at != reader->end && *reader->at == *letters) {
            reader->at++;
            return true;
        }
    }
    return false;
}

static void need_letter(struct reader *reader, const char *letters)
{
    if (!take_letter(reader, letters)) {
        reader->good = false;
    }
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* Days since 1970-01-01. Years begin in March here, so that the leap day is the last. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t m = month <= 2 ? month + 9 : month - 3;
    int64_t day_of_year = (153 * m + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

static int64_t take_date(struct reader *reader, bool compact)
{
    int year = take_number(reader, 4);
    if (!compact) {
        need_letter(reader, "-");
    }
    int month = take_number(reader, 2);
    if (!compact) {
        need_letter(reader, "-");
    }
    int day = take_number(reader, 2);
    if (!reader->good || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month)) {
        reader->good = false;
        return 0;
    }
    return days_of(year, month, day);
}

/* Milliseconds of the day. */
static int64_t take_clock(struct reader *reader, bool compact)
{
    int hour = take_number(reader, 2);
    if (!compact) {
        need_letter(reader, ":");
    }
    int minute = take_number(reader, 2);
    if (!compact) {
        need_letter(reader, ":");
    }
    int second = take_number(reader, 2);
    int64_t milliseconds = 0;
    if (take_letter(reader, ".")) {
        int64_t weight = 100;
        milliseconds = take_number(reader, 1) * weight;
        while (reader->at != reader->end && *reader->at >= '0' && *reader->at <= '9') {
            weight /= 10;
            milliseconds += (*reader->at++ - '0') * weight;
        }
    }
    if (hour > 23 || minute > 59 || second > 59) {
        reader->good = false;
    }
    return ((hour * 60 + minute) * 60 + second) * INT64_C(1000) + milliseconds;
}

/* Milliseconds that the zone is ahead. */
static int64_t take_zone(struct reader *reader)
{
    if (take_letter(reader, "Zz")) {
        return 0;
    }
    bool ahead = take_letter(reader, "+");
    if (!ahead) {
        need_letter(reader, "-");
    }
    int hours = take_number(reader, 2);
    (void)take_letter(reader, ":");
    int minutes = take_number(reader, 2);
    if (hours > 23 || minutes > 59) {
        reader->good = false;
    }
    int64_t offset = (hours * 60 + minutes) * INT64_C(60000);
    return ahead ? offset : -offset;
}

bool instant_parse(const char *text, size_t length, int64_t *ret_ms)
{
    struct reader reader = {text, text + length, true};
    bool compact = length > 4 && text[4] != '-';
    int64_t days = take_date(&reader, compact);
    need_letter(&reader, "Tt");
    int64_t clock = take_clock(&reader, compact);
    int64_t zone = take_zone(&reader);
    if (!reader.good || reader.at != reader.end) {
        return false;
    }
    *ret_ms = days * INT64_C(86400000) + clock - zone;
    return true;
}
