/* SPDX-License-Identifier: MIT */
/* Values that a plan prints and that are no plain numbers. Each returns the end of its
 * text, or NULL if the rows must see to it, and may write PLAN_SLACK bytes behind. */
#ifndef DGM_PLAN_TEXT_H
#define DGM_PLAN_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* The day that was written last: records of a batch are of the same one. */
struct plan_day {
    uint64_t day;
    uint64_t text; /* YYYYMMDD, the first character lowest */
};

/* Bytes of the frame as a JSON string, in an encoding of enum dgm_show. There is room for
 * six characters a byte, and the quotes. */
char *plan_put_string(char *text, const uint8_t *bytes, size_t length, uint8_t show);

/* Seconds since 1970 as an instant; `day` starts out with UINT64_MAX. */
char *plan_put_time(char *text, uint64_t seconds, int iso, struct plan_day *day);

/* YYMMDDhhmmss in the lower six bytes of a word, of 2000 to 2079; later years are left to
 * the rows. */
char *plan_put_bcd_time(char *text, uint64_t word, int iso);

#endif
