/* SPDX-License-Identifier: MIT */
/* The proleptic Gregorian calendar in years that begin in March, so that the leap day is
 * the last of its year. */
#include "calendar.h"

#include "parts.h"
#include "wide.h"

enum {
    DAYS_PER_ERA = 146097, /* 400 years */
    DAYS_TO_EPOCH = 719468 /* from 0000-03-01 to 1970-01-01 */
};

static const int64_t ms_per_day = 86400000;
/* 0000-01-01 and the end of 9999-12-31. */
static const int64_t first_ms = -62167219200000;
static const int64_t last_ms = 253402300799999;

struct date {
    unsigned year, month, day;
};

static struct date date_of_days(int64_t days_since_epoch)
{
    /* One era more keeps all of year 0000 above zero. */
    unsigned days = (unsigned)(days_since_epoch + DAYS_TO_EPOCH + DAYS_PER_ERA);
    unsigned era = days / DAYS_PER_ERA;
    unsigned day = days % DAYS_PER_ERA;
    unsigned year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    unsigned day_of_year = day - (365 * year + year / 4 - year / 100);
    unsigned month = (5 * day_of_year + 2) / 153; /* 0 is March */
    struct date date = {year + 400 * era - 400 + (month >= 10),
                        month < 10 ? month + 3 : month - 9,
                        day_of_year - (153 * month + 2) / 5 + 1};
    return date;
}

unsigned calendar_day(unsigned days)
{
    struct date date = date_of_days(days);
    return (date.year * 100 + date.month) * 100 + date.day;
}

static int64_t days_of_date(struct date date)
{
    unsigned year = date.year + 400 - (date.month <= 2);
    unsigned era = year / 400, year_of_era = year % 400;
    unsigned month = date.month > 2 ? date.month - 3 : date.month + 9;
    unsigned day_of_year = (153 * month + 2) / 5 + date.day - 1;
    unsigned day = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int64_t)era * DAYS_PER_ERA + day - DAYS_PER_ERA - DAYS_TO_EPOCH;
}

static unsigned days_of_month(unsigned year, unsigned month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return (month == 2 && leap) ? 29u : days[month - 1];
}

static char *put_number(char *text, unsigned value, unsigned digits)
{
    for (unsigned i = digits; i > 0; i--) {
        text[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
    return text + digits;
}

/* With its separator behind it, if there is one. */
static char *put_part(char *text, unsigned value, unsigned digits, char separator)
{
    text = put_number(text, value, digits);
    if (separator != 0)
        *text++ = separator;
    return text;
}

/* Whole days, rounded down, and the milliseconds of the last one. */
static int64_t split_days(int64_t milliseconds, int64_t *ret_rest)
{
    struct wide days, rest;
    if (!HAS_SPEED) {
        (void)wide_floor_div(wide_from_i64(milliseconds), wide_from_i64(ms_per_day),
                             &days, &rest);
        *ret_rest = (int64_t)rest.low;
        return (int64_t)days.low;
    }
    *ret_rest = milliseconds % ms_per_day;
    if (*ret_rest >= 0)
        return milliseconds / ms_per_day;
    *ret_rest += ms_per_day;
    return milliseconds / ms_per_day - 1;
}

bool calendar_split(int64_t milliseconds, struct calendar_time *ret)
{
    if (milliseconds < first_ms || milliseconds > last_ms)
        return false;
    int64_t rest, days = split_days(milliseconds, &rest);
    struct date date = date_of_days(days);
    unsigned of_day = (unsigned)rest;
    ret->year = date.year;
    ret->month = date.month;
    ret->day = date.day;
    ret->hour = of_day / 3600000;
    ret->minute = of_day / 60000 % 60;
    ret->second = of_day / 1000 % 60;
    ret->millisecond = of_day % 1000;
    return true;
}

size_t calendar_write(char *text, int64_t milliseconds, enum calendar_form form)
{
    struct calendar_time time;
    if (!calendar_split(milliseconds, &time))
        return 0;
    bool compact = form == CALENDAR_COMPACT;
    char dash = compact ? 0 : '-', colon = compact ? 0 : ':';
    char *end = put_part(text, time.year, 4, dash);
    end = put_part(end, time.month, 2, dash);
    end = put_part(end, time.day, 2, 'T');
    end = put_part(end, time.hour, 2, colon);
    end = put_part(end, time.minute, 2, colon);
    end = put_number(end, time.second, 2);
    if (form == CALENDAR_ISO_MS) {
        *end++ = '.';
        end = put_number(end, time.millisecond, 3);
    }
    *end++ = 'Z';
    return (size_t)(end - text);
}

/* What is left of the text; `valid` is false once anything was wrong. */
struct cursor {
    const char *text;
    size_t length;
    bool valid;
};

static void take_char(struct cursor *cursor, char character)
{
    if (cursor->length == 0 || *cursor->text != character) {
        cursor->valid = false;
        return;
    }
    cursor->text++;
    cursor->length--;
}

static bool at_digit(const struct cursor *cursor)
{
    return cursor->length > 0 && (unsigned char)(*cursor->text - '0') < 10;
}

static unsigned take_number(struct cursor *cursor, unsigned digits)
{
    unsigned value = 0;
    for (unsigned i = 0; i < digits; i++) {
        if (!at_digit(cursor)) {
            cursor->valid = false;
            return 0;
        }
        value = value * 10 + (unsigned)(*cursor->text - '0');
        cursor->text++;
        cursor->length--;
    }
    return value;
}

/* A number, and its separator if there is one. */
static unsigned take_part(struct cursor *cursor, unsigned digits, char separator)
{
    unsigned value = take_number(cursor, digits);
    if (separator != 0)
        take_char(cursor, separator);
    return value;
}

/* ".5" is 500; no point is 0. */
static unsigned take_fraction(struct cursor *cursor)
{
    unsigned value = 0, digits = 0;
    if (cursor->length == 0 || *cursor->text != '.')
        return 0;
    take_char(cursor, '.');
    while (digits < 3 && at_digit(cursor)) {
        value = value * 10 + take_number(cursor, 1);
        digits++;
    }
    if (digits == 0)
        cursor->valid = false;
    for (; digits < 3; digits++)
        value *= 10;
    return value;
}

static bool is_date(struct date date)
{
    return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_of_month(date.year, date.month);
}

bool calendar_join(const struct calendar_time *time, int64_t *ret_milliseconds)
{
    struct date date = {time->year, time->month, time->day};
    if (time->year > 9999 || !is_date(date) || time->hour > 23 || time->minute > 59 ||
        time->second > 59 || time->millisecond > 999)
        return false;
    unsigned of_day = ((time->hour * 60 + time->minute) * 60 + time->second) * 1000;
    *ret_milliseconds = days_of_date(date) * ms_per_day + of_day + time->millisecond;
    return true;
}

bool calendar_read(const char *text, size_t length, enum calendar_form form,
                   int64_t *ret_milliseconds)
{
    struct cursor cursor = {text, length, true};
    struct calendar_time time;
    bool compact = form == CALENDAR_COMPACT;
    char dash = compact ? 0 : '-', colon = compact ? 0 : ':';
    time.year = take_part(&cursor, 4, dash);
    time.month = take_part(&cursor, 2, dash);
    time.day = take_part(&cursor, 2, 'T');
    time.hour = take_part(&cursor, 2, colon);
    time.minute = take_part(&cursor, 2, colon);
    time.second = take_number(&cursor, 2);
    time.millisecond = compact ? 0 : take_fraction(&cursor);
    take_char(&cursor, 'Z');
    return cursor.valid && cursor.length == 0 && calendar_join(&time, ret_milliseconds);
}
