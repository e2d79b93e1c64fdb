/* SPDX-License-Identifier: MIT */
/* Text to milliseconds, by the Gregorian calendar and without time zones. */
#include "instant.h"

/* `count` digits as a number, and the text behind them; false if there are fewer. */
static bool take_number(const char **text, int count, int *ret)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        char letter = **text;
        if (letter < '0' || letter > '9')
            return false;
        value = value * 10 + (letter - '0');
        (*text)++;
    }
    *ret = value;
    return true;
}

static bool take(const char **text, char wanted)
{
    if (**text != wanted)
        return false;
    (*text)++;
    return true;
}

/* Up to three digits behind a point, as milliseconds. */
static bool take_fraction(const char **text, int *ret)
{
    int unit = 100, digit;

    *ret = 0;
    if (!take(text, '.'))
        return true;
    while (unit > 0 && take_number(text, 1, &digit)) {
        *ret += digit * unit;
        unit /= 10;
    }
    return unit < 100;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* Days since 1970-01-01, counted from March so that the leap day comes last. */
static int64_t days_since_epoch(int year, int month, int day)
{
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + in_year - 719468;
}

bool instant_parse(const char *text, int64_t *ret_ms)
{
    int year, month, day, hour, minute, second, milliseconds;

    if (!take_number(&text, 4, &year))
        return false;
    bool marks = take(&text, '-');
    if (!take_number(&text, 2, &month) || (marks && !take(&text, '-')) ||
        !take_number(&text, 2, &day) || !take(&text, 'T') ||
        !take_number(&text, 2, &hour) || (marks && !take(&text, ':')) ||
        !take_number(&text, 2, &minute) || (marks && !take(&text, ':')) ||
        !take_number(&text, 2, &second) || !take_fraction(&text, &milliseconds) ||
        !take(&text, 'Z') || *text != '\0')
        return false;
    if (year == 0 || month < 1 || month > 12 || day < 1 || day > days_of(year, month) ||
        hour > 23 || minute > 59 || second > 59)
        return false;
    int64_t seconds =
        days_since_epoch(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    *ret_ms = seconds * 1000 + milliseconds;
    return true;
}
