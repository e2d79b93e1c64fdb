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
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
    CHUNK = LINES_CHUNK,
    WINDOW_GZIP = 15 + 16 /* the largest window, gzip's head and tail */
};

struct lines {
    int fd;
    bool close_it;
    void (*before_wait)(void *user);
    void *user;
    bool started, packed, at_end;
    bool in_blocks;     /* no longer one by one */
    bool stopped;       /* after a failure, which is told once */
    bool inside_member; /* of the packed data */
    z_stream stream;
    unsigned char raw[CHUNK]; /* as read */
    size_t raw_at, raw_length;
    char plain[CHUNK]; /* unpacked */
    size_t plain_at, plain_length;
    unsigned long number;
    uint64_t consumed; /* raw bytes read so far */
    size_t carried;    /* of `line`: the beginning of a line behind a block */
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
    lines->consumed = 0;
    lines->carried = 0;
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

uint64_t lines_size(const struct lines *lines)
{
    struct stat status;
    bool known = fstat(lines->fd, &status) == 0 && S_ISREG(status.st_mode);
    return known && status.st_size > 0 ? (uint64_t)status.st_size : 0;
}

uint64_t lines_consumed(const struct lines *lines)
{
    return lines != NULL ? lines->consumed : 0;
}

/* Read at most `size` bytes; none is the end. */
static enum lines_result read_bytes(struct lines *lines, void *to, size_t size,
                                    size_t *ret_length)
{
    if (lines->before_wait != NULL) {
        lines->before_wait(lines->user);
    }
    for (;;) {
        ssize_t got = read(lines->fd, to, size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return LINES_FAILED;
        }
        lines->at_end = got == 0;
        lines->consumed += (uint64_t)got;
        *ret_length = (size_t)got;
        return LINES_GOT;
    }
}

/* More raw bytes behind those that are left. */
static enum lines_result read_raw(struct lines *lines)
{
    size_t got = 0;
    memmove(lines->raw, lines->raw + lines->raw_at, lines->raw_length - lines->raw_at);
    lines->raw_length -= lines->raw_at;
    lines->raw_at = 0;
    enum lines_result result = read_bytes(lines, lines->raw + lines->raw_length,
                                          sizeof(lines->raw) - lines->raw_length, &got);
    lines->raw_length += got;
    return result;
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

/* Unpack what is there to `to`. May give nothing although there is more. */
static enum lines_result unpack(struct lines *lines, void *to, size_t size,
                                size_t *ret_length)
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
    stream->next_out = to;
    stream->avail_out = (uInt)size;
    int code = inflate(stream, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        return LINES_DAMAGED;
    }
    lines->raw_at = lines->raw_length - stream->avail_in;
    lines->inside_member = code != Z_STREAM_END;
    *ret_length = size - stream->avail_out;
    return LINES_GOT;
}

static enum lines_result take_packed(struct lines *lines, void *to, size_t size,
                                     size_t *ret_length)
{
    enum lines_result result = LINES_GOT;
    while (result == LINES_GOT && *ret_length == 0) {
        bool drained = lines->raw_at == lines->raw_length;
        if (drained && lines->at_end) {
            return lines->inside_member ? LINES_DAMAGED : LINES_END;
        }
        result = drained ? read_raw(lines) : unpack(lines, to, size, ret_length);
    }
    return result;
}

/* Past the buffer of raw bytes, but for those that were looked at. */
static enum lines_result take_plain(struct lines *lines, void *to, size_t size,
                                    size_t *ret_length)
{
    size_t left = lines->raw_length - lines->raw_at;
    if (left > 0) {
        *ret_length = left < size ? left : size;
        memcpy(to, lines->raw + lines->raw_at, *ret_length);
        lines->raw_at += *ret_length;
        return LINES_GOT;
    }
    if (!lines->at_end) {
        enum lines_result result = read_bytes(lines, to, size, ret_length);
        if (result != LINES_GOT || *ret_length > 0) {
            return result;
        }
    }
    return LINES_END;
}

/* Some bytes of the input, unpacked: at least one, at most `size`. */
static enum lines_result take(struct lines *lines, void *to, size_t size,
                              size_t *ret_length)
{
    enum lines_result result = LINES_GOT;
    *ret_length = 0;
    if (lines->stopped) {
        return LINES_END;
    }
    if (!lines->started) {
        result = start(lines);
    }
    if (result == LINES_GOT) {
        result = lines->packed ? take_packed(lines, to, size, ret_length)
                               : take_plain(lines, to, size, ret_length);
    }
    lines->stopped = result != LINES_GOT;
    return result;
}

static enum lines_result fill(struct lines *lines)
{
    if (lines->plain_at < lines->plain_length) {
        return LINES_GOT;
    }
    lines->plain_at = 0;
    return take(lines, lines->plain, sizeof(lines->plain), &lines->plain_length);
}

/* What `fill` has left over. */
static size_t take_left(struct lines *lines, void *to, size_t size)
{
    size_t left = lines->plain_length - lines->plain_at;
    size_t count = left < size ? left : size;
    memcpy(to, lines->plain + lines->plain_at, count);
    lines->plain_at += count;
    return count;
}

enum lines_result lines_bytes(struct lines *lines, void *buffer, size_t size,
                              size_t *ret_length)
{
    *ret_length = take_left(lines, buffer, size);
    return *ret_length > 0 ? LINES_GOT : take(lines, buffer, size, ret_length);
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

bool lines_block_open(struct lines_block *block)
{
    memset(block, 0, sizeof(*block));
    block->size = (size_t)2 * LINES_CHUNK;
    block->memory = malloc(block->size);
    return block->memory != NULL;
}

void lines_block_close(struct lines_block *block)
{
    free(block->memory);
    block->memory = NULL;
}

/* Bytes up to and with the last end of a line, of those from `from` on; 0: there is none.
 */
static size_t whole_lines(const char *text, size_t from, size_t length)
{
    while (length > from && text[length - 1] != '\n') {
        length--;
    }
    return length > from ? length : 0;
}

/* Pass over the rest of a line that is too long. */
static enum lines_result skip_line(struct lines *lines)
{
    const char *end = NULL;
    while (end == NULL) {
        enum lines_result result = fill(lines);
        if (result != LINES_GOT) {
            return result == LINES_END ? LINES_TOO_LONG : result;
        }
        const char *from = lines->plain + lines->plain_at;
        size_t left = lines->plain_length - lines->plain_at;
        end = memchr(from, '\n', left);
        lines->plain_at += end == NULL ? left : (size_t)(end - from) + 1;
    }
    return LINES_TOO_LONG;
}

/* Lines end at `whole`, and what follows is for the next block. */
static void cut(struct lines *lines, struct lines_block *block, size_t total,
                size_t whole)
{
    lines->carried = total - whole;
    memcpy(lines->line, block->memory + whole, lines->carried);
    block->length = whole;
}

static bool grow_block(struct lines_block *block, size_t size)
{
    char *grown = size > block->size ? realloc(block->memory, size) : block->memory;
    if (grown == NULL) {
        return false;
    }
    block->memory = grown;
    block->size = size > block->size ? size : block->size;
    return true;
}

/* No more can be read, for that reason. */
static void stop_block(struct lines *lines, struct lines_block *block, size_t total)
{
    block->reason = errno;
    block->cut_off = block->then != LINES_END && total > 0;
    block->length = block->then == LINES_END ? total : 0;
    lines->stopped = true;
}

/* Read until there is the end of a line. The last one needs none. */
static void read_lines(struct lines *lines, struct lines_block *block, size_t wanted)
{
    size_t total = lines->carried, whole = 0;
    if (!grow_block(block, total + wanted)) {
        block->then = LINES_FAILED;
        stop_block(lines, block, total);
        return;
    }
    memcpy(block->memory, lines->line, total);
    lines->carried = 0;
    while (whole == 0 && total <= LINES_LENGTH_MAX) {
        size_t got = 0;
        block->then = grow_block(block, total + wanted)
                          ? lines_bytes(lines, block->memory + total, wanted, &got)
                          : LINES_FAILED;
        if (block->then != LINES_GOT) {
            stop_block(lines, block, total);
            return;
        }
        whole = whole_lines(block->memory, total, total + got);
        total += got;
    }
    if (whole > 0) {
        cut(lines, block, total, whole);
        return;
    }
    block->then = skip_line(lines);
    block->reason = errno;
    block->cut_off = block->then != LINES_TOO_LONG;
}

void lines_block_read(struct lines *lines, struct lines_block *block, size_t wanted)
{
    bool first = lines->number == 0 && !lines->in_blocks;
    lines->in_blocks = true;
    block->length = 0;
    block->cut_off = false;
    read_lines(lines, block, wanted < LINES_CHUNK ? wanted : LINES_CHUNK);
    block->text = block->memory;
    if (first && block->length >= 3 && memcmp(block->text, "\xEF\xBB\xBF", 3) == 0) {
        block->text += 3;
        block->length -= 3;
    }
    block->consumed = lines->consumed;
}
