/* SPDX-License-Identifier: MIT */
/* Lines of a file or pipe, in constant memory, unpacked on the way if they are gzipped.
 */
#ifndef DGM_CLI_LINES_H
#define DGM_CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>

enum { LINES_LENGTH_MAX = 256 * 1024 };

struct lines;

enum lines_result {
    LINES_GOT,
    LINES_END,
    LINES_TOO_LONG, /* this line is passed over; the next one may be fine */
    LINES_DAMAGED,  /* the packed data is wrong: no more lines */
    LINES_FAILED    /* reading failed, errno says why: no more lines */
};

/* Read from a descriptor; `close_it` with the reader. NULL if memory is out. */
struct lines *lines_open(int fd, bool close_it);
void lines_close(struct lines *lines);

/* Called before each read that may wait, so that what was written can be shown. */
void lines_before_wait(struct lines *lines, void (*call)(void *user), void *user);

/* The next line without its end; valid until the next call. Not zero-terminated. */
enum lines_result lines_next(struct lines *lines, const char **ret_line,
                             size_t *ret_length);

/* Bytes as they come, for binary input. `ret_length` 0 is the end. */
enum lines_result lines_bytes(struct lines *lines, void *buffer, size_t size,
                              size_t *ret_length);

/* Number of the last line, from 1. */
unsigned long lines_number(const struct lines *lines);

#endif
