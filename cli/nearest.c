/* SPDX-License-Identifier: MIT */
/*
 * Words by edit distance: an inserted, lost or wrong letter counts one. A third of the
 * letters may differ, so that nothing far-fetched is suggested.
 */
#include "nearest.h"

#include <limits.h>
#include <string.h>

enum { LETTERS_MAX = 48 }; /* longer words get no suggestion */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* One row of the usual table is enough, with the corner of the row before. */
static unsigned distance(const char *left, const char *right)
{
    unsigned row[LETTERS_MAX + 1];
    size_t columns = strlen(right);

    for (size_t j = 0; j <= columns; j++) {
        row[j] = (unsigned)j;
    }
    for (size_t i = 1; left[i - 1] != '\0'; i++) {
        unsigned corner = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= columns; j++) {
            unsigned replaced = corner + (left[i - 1] == right[j - 1] ? 0 : 1);
            corner = row[j];
            row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[columns];
}

void nearest_start(struct nearest *nearest, const char *word)
{
    nearest->word = word;
    nearest->best = NULL;
    nearest->edits = UINT_MAX;
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
    size_t length = strlen(nearest->word), other = strlen(candidate);
    if (length == 0 || length > LETTERS_MAX || other > LETTERS_MAX) {
        return;
    }
    unsigned edits = distance(nearest->word, candidate);
    size_t allowed = (length > other ? length : other) / 3;
    if (edits <= (allowed == 0 ? 1 : allowed) && edits < length &&
        edits < nearest->edits) {
        nearest->edits = edits;
        nearest->best = candidate;
    }
}
