/* SPDX-License-Identifier: MIT */
/*
 * A text or frame that grows by pieces, for making the inputs: plain and slow. Too much
 * ends the process, since the sizes are known beforehand.
 */
#ifndef DRAGOMAN_BENCH_TEXT_H
#define DRAGOMAN_BENCH_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct text {
    size_t length;
    char at[8192];
};

void text_add(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* `value` times 10 to the power of -`places`, without zeros at the end. */
void text_add_decimal(struct text *text, int64_t value, unsigned places);

/* The fewest decimals that read back as the same single. */
void text_add_single(struct text *text, float value);

/* 20151212T121212Z out of seconds since 1970. */
void text_add_moment(struct text *text, int64_t seconds);

/* Bytes of an integer, the most significant first. */
void text_add_integer(struct text *text, uint64_t value, unsigned bytes);

/* A blank behind each colon and comma that is not in a string. */
void text_add_blanks(struct text *text);

#endif
