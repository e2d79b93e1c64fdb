/* SPDX-License-Identifier: MIT */
/*
 * Lines in constant memory. Reads go past stdio, so that lines from a slow pipe come out
 * as they arrive. Input that begins with the two bytes of gzip is unpacked, member by
 * member.
 */
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum {
    CHUNK = 64 * 1024,
    WINDOW_GZIP = 15 + 16 /* the largest window, gzip's head and tail */
};

struct lines {
    int fd;
    bool close_it;
    void (*before_wait)(void *user);
    void *user;
    bool started, packed, at_end;
    bool stopped;       /* after a failure, which is told once */
    bool inside_member; /* of the packed data */
    z_stream stream;
    unsigned char raw[CHUNK]; /* as read */
    size_t raw_at, raw_length;
    char plain[CHUNK]; /* unpacked */
    size_t plain_at, plain_length;
    unsigned long number;
    char line[LINES_LENGTH_MAX];
};

struct lines *lines_open(int fd, bool close_it)
{
    struct lines *lines = malloc(sizeof(*lines));
    if (lines == NULL) {
        return NULL;
    }
    /* The buffers stay untouched, so that small inputs stay small. */
    memset(lines, 0, offsetof(struct lines, raw));
    lines->fd = fd;
    lines->close_it = close_it;
    lines->raw_at = lines->raw_length = 0;
    lines->plain_at = lines->plain_length = 0;
    lines->number = 0;
    return lines;
}

void lines_close(struct lines *lines)
{
    if (lines == NULL) {
        return;
    }
    if (lines->packed) {
        (void)inflateEnd(&lines->stream);
    }
    if (lines->close_it) {
        (void)close(lines->fd);
    }
    free(lines);
}

void lines_before_wait(struct lines *lines, void (*call)(void *user), void *user)
{
    lines->before_wait = call;
    lines->user = user;
}

unsigned long lines_number(const struct lines *lines)
{
    return lines->number;
}

/* More raw bytes behind those that are left. */
static enum lines_result read_raw(struct lines *lines)
{
    memmove(lines->raw, lines->raw + lines->raw_at, lines->raw_length - lines->raw_at);
    lines->raw_length -= lines->raw_at;
    lines->raw_at = 0;
    if (lines->before_wait != NULL) {
        lines->before_wait(lines->user);
    }
    for (;;) {
        ssize_t got = read(lines->fd, lines->raw + lines->raw_length,
                           sizeof(lines->raw) - lines->raw_length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return LINES_FAILED;
        }
        lines->at_end = got == 0;
        lines->raw_length += (size_t)got;
        return LINES_GOT;
    }
}

/* Look at the first two bytes, however slowly they come. */
static enum lines_result start(struct lines *lines)
{
    while (lines->raw_length < 2 && !lines->at_end) {
        enum lines_result result = read_raw(lines);
        if (result != LINES_GOT) {
            return result;
        }
    }
    lines->started = true;
    if (lines->raw_length < 2 || lines->raw[0] != 0x1F || lines->raw[1] != 0x8B) {
        return LINES_GOT;
    }
    if (inflateInit2(&lines->stream, WINDOW_GZIP) != Z_OK) {
        errno = ENOMEM;
        return LINES_FAILED;
    }
    lines->packed = true;
    lines->inside_member = true;
    return LINES_GOT;
}

/* Unpack what is there. May give nothing although there is more. */
static enum lines_result unpack(struct lines *lines)
{
    z_stream *stream = &lines->stream;
    if (!lines->inside_member) {
        if (inflateReset(stream) != Z_OK) {
            return LINES_DAMAGED;
        }
        lines->inside_member = true;
    }
    stream->next_in = lines->raw + lines->raw_at;
    stream->avail_in = (uInt)(lines->raw_length - lines->raw_at);
    stream->next_out = (unsigned char *)lines->plain;
    stream->avail_out = (uInt)sizeof(lines->plain);
    int code = inflate(stream, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        return LINES_DAMAGED;
    }
    lines->raw_at = lines->raw_length - stream->avail_in;
    lines->plain_at = 0;
    lines->plain_length = sizeof(lines->plain) - stream->avail_out;
    lines->inside_member = code != Z_STREAM_END;
    return LINES_GOT;
}

/* Fill `plain`, or say that there is no more. */
static enum lines_result fill_packed(struct lines *lines)
{
    while (lines->plain_at == lines->plain_length) {
        if (lines->raw_at == lines->raw_length && lines->at_end) {
            return lines->inside_member ? LINES_DAMAGED : LINES_END;
        }
        if (lines->raw_at == lines->raw_length) {
            enum lines_result result = read_raw(lines);
            if (result != LINES_GOT) {
                return result;
            }
            continue;
        }
        enum lines_result result = unpack(lines);
        if (result != LINES_GOT) {
            return result;
        }
    }
    return LINES_GOT;
}

static enum lines_result fill_plain(struct lines *lines)
{
    while (lines->raw_at == lines->raw_length) {
        if (lines->at_end) {
            return LINES_END;
        }
        enum lines_result result = read_raw(lines);
        if (result != LINES_GOT) {
            return result;
        }
    }
    memcpy(lines->plain, lines->raw + lines->raw_at, lines->raw_length - lines->raw_at);
    lines->plain_at = 0;
    lines->plain_length = lines->raw_length - lines->raw_at;
    lines->raw_at = lines->raw_length;
    return LINES_GOT;
}

static enum lines_result fill_more(struct lines *lines)
{
    if (!lines->started) {
        enum lines_result result = start(lines);
        if (result != LINES_GOT) {
            return result;
        }
    }
    return lines->packed ? fill_packed(lines) : fill_plain(lines);
}

static enum lines_result fill(struct lines *lines)
{
    if (lines->plain_at < lines->plain_length) {
        return LINES_GOT;
    }
    if (lines->stopped) {
        return LINES_END;
    }
    enum lines_result result = fill_more(lines);
    lines->stopped = result != LINES_GOT;
    return result;
}

enum lines_result lines_bytes(struct lines *lines, void *buffer, size_t size,
                              size_t *ret_length)
{
    enum lines_result result = fill(lines);
    *ret_length = 0;
    if (result != LINES_GOT) {
        return result;
    }
    size_t left = lines->plain_length - lines->plain_at;
    size_t count = left < size ? left : size;
    memcpy(buffer, lines->plain + lines->plain_at, count);
    lines->plain_at += count;
    *ret_length = count;
    return LINES_GOT;
}

/* One piece of the line; sets `whole` when its end was reached. */
static bool take_piece(struct lines *lines, size_t *length, bool *whole)
{
    const char *from = lines->plain + lines->plain_at;
    size_t left = lines->plain_length - lines->plain_at;
    const char *end = memchr(from, '\n', left);
    size_t count = end == NULL ? left : (size_t)(end - from);
    bool fits = count <= sizeof(lines->line) - *length;
    if (fits) {
        memcpy(lines->line + *length, from, count);
        *length += count;
    }
    lines->plain_at += count + (end == NULL ? 0 : 1);
    *whole = end != NULL;
    return fits;
}

enum lines_result lines_next(struct lines *lines, const char **ret_line,
                             size_t *ret_length)
{
    size_t length = 0;
    bool fits = true, whole = false, any = false;
    while (!whole) {
        enum lines_result result = fill(lines);
        if (result == LINES_END && any) {
            break;
        }
        if (result != LINES_GOT) {
            lines->number += any ? 1 : 0;
            return result;
        }
        any = true;
        fits = take_piece(lines, &length, &whole) && fits;
    }
    lines->number++;
    if (!fits) {
        return LINES_TOO_LONG;
    }
    const char *line = lines->line;
    /* A byte order mark in front, and the end of lines as some systems write it. */
    if (lines->number == 1 && length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
        line += 3;
        length -= 3;
    }
    if (length > 0 && line[length - 1] == '\r') {
        length--;
    }
    *ret_line = line;
    *ret_length = length;
    return LINES_GOT;
}
