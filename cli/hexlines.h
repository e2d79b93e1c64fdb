/* SPDX-License-Identifier: MIT */
/*
 * Frames of many lines at once: the fast lane, for lines that are pairs of hex digits and
 * nothing else. hexin.h reads all others.
 */
#ifndef DGM_CLI_HEXLINES_H
#define DGM_CLI_HEXLINES_H

#include <dragoman/batch.h>

#include <stddef.h>
#include <stdint.h>

struct hexlines {
    uint8_t *bytes; /* where frames go, one behind the other */
    size_t room;    /* bytes of it */
    size_t pairs;   /* of the last line; 0 to begin with */
};

/*
 * Lines of `text` from `from` on, up to the first that is something else, has no end yet,
 * or does not fit the room any more; at most `most`. A line ends with "\n" or "\r\n". The
 * frames become inputs of the items, and `ends` gets the place behind each line. Returns
 * how many lines there are. Each call begins at the first byte of the room again.
 */
size_t hexlines_take(struct hexlines *lines, const char *text, size_t from, size_t length,
                     struct dgm_item *items, size_t *ends, size_t most);

#endif
