/* SPDX-License-Identifier: MIT */
/*
 * Delimiters and escapes around frames. Reading is strict: a byte that must be escaped
 * stands only where an escape begins, so that each content has one form on the line (of
 * COBS a full last block may be followed by an empty one, as some writers do).
 */
#include "framing.h"

#include <string.h>
#include "frame.h"

enum { COBS_FULL = 0xFF }; /* code of a block of 254 bytes without a zero behind it */

/* Walks what stands between the delimiters, one byte of the content at a time. */
struct scan {
    const struct dgm_framing *framing;
    const uint8_t *frame;
    size_t position, end;
    unsigned block_left; /* COBS: bytes of the open block still to come */
    bool zero_follows;   /* COBS: a zero stands behind the open block */
    const char *detail;  /* what is wrong at `position`, or NULL */
};

size_t framing_step(const struct dgm_framing *framing, const uint8_t *bytes, size_t left,
                    uint8_t *ret)
{
    bool is_escaped = false;
    for (unsigned i = 0; i < framing->pair_count; i++) {
        const struct dgm_escape *pair = &framing->pairs[i];
        is_escaped = is_escaped || pair->byte == bytes[0];
        if (pair->length > left || memcmp(bytes, pair->with, pair->length) != 0)
            continue;
        *ret = pair->byte;
        return pair->length;
    }
    *ret = bytes[0];
    return is_escaped ? 0 : 1;
}

bool framing_zero_follows(size_t code, size_t left)
{
    return code != COBS_FULL && code < left;
}

static struct scan scan_begin(const struct dgm_framing *framing, const uint8_t *frame,
                              size_t length)
{
    struct scan scan = {0};
    scan.framing = framing;
    scan.frame = frame;
    scan.position = framing->start_length;
    scan.end = length - framing->end_length;
    return scan;
}

static bool scan_fails(struct scan *scan, const char *detail)
{
    scan->detail = detail;
    return false;
}

static bool next_escaped(struct scan *scan, uint8_t *ret)
{
    size_t taken = framing_step(scan->framing, scan->frame + scan->position,
                                scan->end - scan->position, ret);
    if (taken == 0)
        return scan_fails(scan, "this byte stands only in an escape");
    scan->position += taken;
    return true;
}

/* Open the next block; false at the end, or with a fault. A zero stands between two
 * blocks unless the first is a full one. */
static bool next_block(struct scan *scan)
{
    uint8_t code = scan->frame[scan->position];
    if (code == 0)
        return scan_fails(scan, "a zero inside of COBS");
    if (code > scan->end - scan->position)
        return scan_fails(scan, "a block of COBS is longer than the frame");
    scan->zero_follows = framing_zero_follows(code, scan->end - scan->position);
    scan->position++;
    scan->block_left = code - 1u;
    return true;
}

static bool next_stuffed(struct scan *scan, uint8_t *ret)
{
    while (scan->block_left == 0) {
        if (scan->zero_follows) {
            scan->zero_follows = false;
            *ret = 0;
            return true;
        }
        if (scan->position == scan->end || !next_block(scan))
            return false;
    }
    *ret = scan->frame[scan->position];
    if (*ret == 0)
        return scan_fails(scan, "a zero inside of COBS");
    scan->position++;
    scan->block_left--;
    return true;
}

/* The next byte of the content; false at its end, or with a fault. */
static bool scan_next(struct scan *scan, uint8_t *ret)
{
    if (scan->framing->escape == DGM_FRAMING_COBS)
        return next_stuffed(scan, ret);
    if (scan->position == scan->end)
        return false;
    if (scan->framing->escape == DGM_FRAMING_PAIRS)
        return next_escaped(scan, ret);
    *ret = scan->frame[scan->position++];
    return true;
}

static enum dgm_status fault(struct framing_fault *ret, enum dgm_status status, size_t at,
                             const char *detail)
{
    ret->at = at;
    ret->detail = detail;
    return status;
}

bool framing_length_holds(const struct dgm_framing *framing, const uint8_t *frame,
                          size_t length)
{
    size_t width = framing->length_width;
    if (width == 0)
        return true;
    if (length < width || framing->length_at > length - width)
        return false;
    uint64_t field = frame_load(frame + framing->length_at, framing->length_width,
                                framing->length_order);
    return field <= DGM_MAX_FRAME * 2u &&
           (int64_t)field + framing->length_add == (int64_t)length;
}

/* The delimiters and the length, before anything is unescaped. */
static enum dgm_status check_ends(const struct dgm_framing *framing, const uint8_t *frame,
                                  size_t length, struct framing_fault *ret)
{
    size_t start = framing->start_length, end = framing->end_length;
    for (size_t i = 0; i < start; i++)
        if (i >= length || frame[i] != framing->start[i])
            return fault(ret, DGM_FRAMING, i, "the frame begins otherwise");
    if (length < start + end)
        return fault(ret, DGM_FRAMING, length, "the end of the frame is missing");
    for (size_t i = 0; i < end; i++)
        if (frame[length - end + i] != framing->end[i])
            return fault(ret, DGM_FRAMING, length - end + i, "the frame ends otherwise");
    if (!framing_length_holds(framing, frame, length))
        return fault(ret, DGM_FRAMING, framing->length_at,
                     "the frame does not have the length that it tells");
    return DGM_OK;
}

enum dgm_status framing_remove(const struct dgm_framing *framing, const uint8_t *frame,
                               size_t length, uint8_t *buffer, size_t size,
                               struct content *ret, struct framing_fault *ret_fault)
{
    ret->bytes = frame;
    ret->length = length;
    if (framing == NULL)
        return DGM_OK;
    enum dgm_status status = check_ends(framing, frame, length, ret_fault);
    if (status != DGM_OK)
        return status;
    if (framing->escape == DGM_FRAMING_PLAIN) {
        ret->length = length - framing->start_length - framing->end_length;
        ret->bytes = frame + framing->start_length;
        return ret->length <= size
                   ? DGM_OK
                   : fault(ret_fault, DGM_LIMIT, framing->start_length + size,
                           "the frame is longer than frame_limit");
    }
    struct scan scan = scan_begin(framing, frame, length);
    uint8_t byte;
    size_t count = 0;
    if (framing->escape == DGM_FRAMING_COBS && scan.position == scan.end)
        return fault(ret_fault, DGM_FRAMING, scan.position, "COBS has one byte at least");
    while (scan_next(&scan, &byte)) {
        if (count == size)
            return fault(ret_fault, DGM_LIMIT, scan.position,
                         "the frame is longer than frame_limit");
        if (buffer != NULL)
            buffer[count] = byte;
        count++;
    }
    if (scan.detail != NULL)
        return fault(ret_fault, DGM_FRAMING, scan.position, scan.detail);
    ret->bytes = buffer;
    ret->length = count;
    return DGM_OK;
}

/* A COBS block begins with its code, which is no byte of the content. */
static size_t skip_code(struct scan *scan)
{
    if (scan->framing->escape == DGM_FRAMING_COBS && scan->block_left == 0 &&
        !scan->zero_follows && scan->position < scan->end)
        (void)next_block(scan);
    return scan->position;
}

size_t framing_place(const struct dgm_framing *framing, const uint8_t *frame,
                     size_t length, size_t offset)
{
    struct scan scan = scan_begin(framing, frame, length);
    uint8_t byte;
    for (size_t i = 0; i < offset; i++)
        if (!scan_next(&scan, &byte))
            break;
    return skip_code(&scan);
}

/* Output that goes on counting behind its end. */
struct sink {
    uint8_t *bytes;
    size_t size, length;
};

static void put(struct sink *sink, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++, sink->length++)
        if (sink->length < sink->size)
            sink->bytes[sink->length] = bytes[i];
}

static void put_escaped(struct sink *sink, const struct dgm_framing *framing,
                        uint8_t byte)
{
    for (unsigned i = 0; i < framing->pair_count; i++)
        if (framing->pairs[i].byte == byte) {
            put(sink, framing->pairs[i].with, framing->pairs[i].length);
            return;
        }
    put(sink, &byte, 1);
}

static void put_stuffed(struct sink *sink, const uint8_t *content, size_t length)
{
    size_t at = 0;
    for (;;) {
        size_t count = 0;
        while (count < COBS_FULL - 1u && at + count < length && content[at + count] != 0)
            count++;
        uint8_t code = (uint8_t)(count + 1);
        put(sink, &code, 1);
        put(sink, content + at, count);
        at += count;
        if (at == length)
            return;
        if (code != COBS_FULL)
            at++; /* the zero that the next block's code stands for */
    }
}

size_t framing_add(const struct dgm_framing *framing, const uint8_t *content,
                   size_t length, uint8_t *frame, size_t size)
{
    struct sink sink = {frame, size, 0};
    put(&sink, framing->start, framing->start_length);
    if (framing->escape == DGM_FRAMING_COBS)
        put_stuffed(&sink, content, length);
    else if (framing->escape == DGM_FRAMING_PAIRS)
        for (size_t i = 0; i < length; i++)
            put_escaped(&sink, framing, content[i]);
    else
        put(&sink, content, length);
    put(&sink, framing->end, framing->end_length);
    return sink.length;
}

size_t framing_most(const struct dgm_framing *framing, size_t content)
{
    size_t longest = 1;
    if (framing == NULL)
        return content;
    if (framing->escape == DGM_FRAMING_PAIRS)
        for (unsigned i = 0; i < framing->pair_count; i++)
            if (framing->pairs[i].length > longest)
                longest = framing->pairs[i].length;
    size_t most = content * longest;
    if (framing->escape == DGM_FRAMING_COBS)
        most += content / (COBS_FULL - 1u) + 1;
    return most + framing->start_length + framing->end_length;
}
