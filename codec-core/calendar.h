/* SPDX-License-Identifier: MIT */
/* Instants (seconds since 1970-01-01T00:00Z, no leap seconds) and the platform's date
 * texts. */
#ifndef DGM_CALENDAR_H
#define DGM_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum calendar_form {
    CALENDAR_COMPACT, /* 20190329T101605Z */
    CALENDAR_ISO,     /* 2019-03-29T10:16:05Z */
    CALENDAR_ISO_MS   /* 2019-03-29T10:16:05.000Z */
};

enum { CALENDAR_TEXT_MAX = 24 };

/* A date of the calendar and the time of that day. */
struct calendar_time {
    unsigned year, month, day, hour, minute, second, millisecond;
};

/* False if the instant lies outside the years 0000 to 9999. */
bool calendar_split(int64_t milliseconds, struct calendar_time *ret);
/* The day that is so many after 1970-01-01, up to 9999-12-31, as YYYYMMDD. */
unsigned calendar_day(unsigned days);
/* False if there is no such date or time. */
bool calendar_join(const struct calendar_time *time, int64_t *ret_milliseconds);

/* Years 0000 to 9999: 0 if the instant lies outside, else the length of the text. */
size_t calendar_write(char *text, int64_t milliseconds, enum calendar_form form);

/*
 * Read exactly that form; false if the text is anything else or no date of the calendar.
 * CALENDAR_ISO also takes a fraction of 1 to 3 digits, CALENDAR_ISO_MS also none.
 */
bool calendar_read(const char *text, size_t length, enum calendar_form form,
                   int64_t *ret_milliseconds);

#endif
