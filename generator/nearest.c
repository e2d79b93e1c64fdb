/* SPDX-License-Identifier: MIT */
/*
 * "Did you mean": the nearest of some words by edit distance, where an inserted, lost,
 * wrong or exchanged letter each counts one, and letter case counts nothing.
 */
#include "diag.h"

#include <stdbool.h>
#include <string.h>

enum {
    NEAREST_LETTERS = 48, /* longer words get no suggestion */
    SURE_LETTERS = 3,     /* shorter ones may be anything */
    SURE_EDITS = 2        /* so far from a word, another one may be meant */
};

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Three rows of the usual table: the one before last serves exchanged letters. */
static unsigned distance(const char *left, size_t rows, const char *right, size_t columns)
{
    unsigned table[3][NEAREST_LETTERS + 1];
    unsigned *before = table[0], *last = table[1], *now = table[2];

    for (unsigned j = 0; j <= columns; j++)
        last[j] = j;
    for (size_t i = 1; i <= rows; i++) {
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= columns; j++) {
            bool same = lower(left[i - 1]) == lower(right[j - 1]);
            now[j] = least(last[j - 1] + (same ? 0 : 1), least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(left[i - 1]) == lower(right[j - 2]) &&
                lower(left[i - 2]) == lower(right[j - 1]))
                now[j] = least(now[j], before[j - 2] + 1);
        }
        unsigned *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[columns];
}

/* How many edits a candidate is away; NEAREST_LETTERS if that is too many. */
static unsigned edits_to(const char *word, size_t length, const char *candidate)
{
    size_t other = strlen(candidate);
    if (other > NEAREST_LETTERS)
        return NEAREST_LETTERS;
    unsigned edits = distance(word, length, candidate, other);
    /* A third of the letters may differ; one of a short word. */
    size_t allowed = (length > other ? length : other) / 3;
    return edits <= (allowed == 0 ? 1 : allowed) && edits < length ? edits
                                                                   : NEAREST_LETTERS;
}

/* The nearest, and how near it and the second one are. */
static const char *find_nearest(const char *word, const char *const *candidates,
                                size_t count, unsigned *ret_best, unsigned *ret_second)
{
    const char *nearest = NULL;
    size_t length = strlen(word);
    *ret_best = *ret_second = NEAREST_LETTERS;
    if (length == 0 || length > NEAREST_LETTERS)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        unsigned edits = edits_to(word, length, candidates[i]);
        if (edits < *ret_best) {
            *ret_second = *ret_best;
            *ret_best = edits;
            nearest = candidates[i];
        } else if (edits < *ret_second && strcmp(candidates[i], nearest) != 0) {
            *ret_second = edits;
        }
    }
    return nearest;
}

const char *diag_nearest(const char *word, const char *const *candidates, size_t count)
{
    unsigned best, second;
    return find_nearest(word, candidates, count, &best, &second);
}

const char *diag_surely_nearest(const char *word, const char *const *candidates,
                                size_t count)
{
    unsigned best, second;
    const char *nearest = find_nearest(word, candidates, count, &best, &second);
    bool sure = nearest != NULL && second > best && strlen(word) >= SURE_LETTERS &&
                best <= SURE_EDITS;
    return sure ? nearest : NULL;
}
