/* SPDX-License-Identifier: MIT */
/* Lines of a file or pipe, in constant memory, unpacked on the way if they are gzipped.
 */
#ifndef DGM_CLI_LINES_H
#define DGM_CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LINES_LENGTH_MAX = 256 * 1024, LINES_CHUNK = 64 * 1024 };

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

/*
 * Many lines at once. Of a pipe there is in it what one read gives, so that slow lines do
 * not wait for each other.
 */
struct lines_block {
    char *memory; /* for some chunks; grows with the lines up to the longest */
    size_t size;
    const char *text; /* whole lines with their ends; the last of all may have none */
    size_t length;
    enum lines_result then; /* what comes behind: LINES_GOT are more lines. LINES_TOO_LONG
                               is a line that was passed over. */
    bool cut_off;           /* there was half a line in front of what went wrong */
    int reason;             /* errno of LINES_FAILED */
    uint64_t consumed;      /* bytes of the file read so far */
};

bool lines_block_open(struct lines_block *block);
void lines_block_close(struct lines_block *block);

/* The next lines, about `wanted` bytes of them. From the first call on lines are taken so
 * alone. Lines may be longer than LINES_LENGTH_MAX, and may end with "\r\n". */
void lines_block_read(struct lines *lines, struct lines_block *block, size_t wanted);

/* Bytes of the file, as far as that is known; else 0. */
uint64_t lines_size(const struct lines *lines);

/* Bytes of the file read so far; 0 of NULL. */
uint64_t lines_consumed(const struct lines *lines);

/* Number of the last line, from 1. */
unsigned long lines_number(const struct lines *lines);

#endif
