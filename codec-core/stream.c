/* SPDX-License-Identifier: MIT */
/*
 * Cuts frames out of a stream. What is held is looked at from its first byte: either it
 * begins a frame whose end is known, or it cannot and is passed over, or more is needed.
 * Each of these is decided by the shortest piece that decides it, and so no other way
 * when more has come already.
 */
#include <dragoman/stream.h>

#include <string.h>
#include "framing.h"
#include "frame.h"

/* `held` has room for two frames, so that it is moved to the front once a frame. */
struct dgm_stream {
    const struct dgm_framing *framing;
    size_t longest; /* bytes of a frame */
    size_t first;   /* where what is held begins */
    size_t length;  /* bytes held */
    size_t done;    /* of them, those of the frame given out, to be forgotten */
    size_t scanned; /* of them, those that surely do not begin the end */
    size_t shared;  /* of them, those that ended the last frame and may begin another */
    bool overrun;   /* silence alone ends a frame, and this one was too long */
    uint64_t offset;
    uint64_t skipped;
    uint8_t held[];
};

enum cut_kind { CUT_MORE, CUT_FRAME, CUT_SKIP, CUT_EMPTY };

/* What the bytes at the front are, and how many. */
struct cut {
    enum cut_kind kind;
    size_t length;  /* of a frame, or to pass over */
    size_t forgets; /* of a frame: fewer if its end may begin the next */
};

size_t dgm_stream_size(const struct dgm_codec *codec)
{
    if (codec == NULL || codec->framing == NULL)
        return 0;
    return sizeof(struct dgm_stream) + 2 * (codec->frame_max + 1);
}

uint32_t dgm_stream_gap(const struct dgm_codec *codec)
{
    return codec != NULL && codec->framing != NULL ? codec->framing->gap_ms : 0;
}

static bool ends_by_gap(const struct dgm_framing *framing)
{
    return framing->length_width == 0 && framing->end_length == 0;
}

bool dgm_stream_ends_by_gap(const struct dgm_codec *codec)
{
    return codec != NULL && codec->framing != NULL && ends_by_gap(codec->framing);
}

enum dgm_status dgm_stream_open(const struct dgm_codec *codec, void *memory,
                                size_t memory_size, struct dgm_stream **ret_stream)
{
    size_t needed = dgm_stream_size(codec);
    if (needed == 0 || memory == NULL || ret_stream == NULL)
        return DGM_BAD_CALL;
    if (memory_size < needed || (uintptr_t)memory % sizeof(uint64_t) != 0)
        return DGM_NO_SPACE;
    struct dgm_stream *stream = memory;
    memset(stream, 0, sizeof(*stream));
    stream->framing = codec->framing;
    stream->longest = codec->frame_max;
    *ret_stream = stream;
    return DGM_OK;
}

static struct cut cut_of(enum cut_kind kind, size_t length)
{
    return (struct cut){kind, length, length};
}

/* Bytes in front of the first place where the start could stand; 0 if it does here. */
static size_t before_start(const struct dgm_stream *stream, const uint8_t *held)
{
    size_t start = stream->framing->start_length;
    for (size_t at = 0; at < stream->length; at++) {
        size_t left = stream->length - at;
        if (memcmp(held + at, stream->framing->start, left < start ? left : start) == 0)
            return at;
    }
    return stream->length;
}

/* Is this piece a frame by its framing? The content is not kept. */
static bool is_frame(const struct dgm_stream *stream, const uint8_t *held, size_t length)
{
    struct content content;
    struct framing_fault fault;
    return framing_remove(stream->framing, held, length, NULL,
                          stream->framing->content_max, &content, &fault) == DGM_OK;
}

/* A field tells the length. A wrong one costs a byte: another frame may begin behind it.
 */
static struct cut cut_by_length(const struct dgm_stream *stream, const uint8_t *held)
{
    const struct dgm_framing *framing = stream->framing;
    size_t head = (size_t)framing->length_at + framing->length_width;
    size_t least = (size_t)framing->start_length + framing->end_length;
    if (stream->length < head)
        return cut_of(CUT_MORE, 0);
    uint64_t field = frame_load(held + framing->length_at, framing->length_width,
                                framing->length_order);
    int64_t told = field > INT32_MAX ? -1 : (int64_t)field + framing->length_add;
    if (told < (int64_t)head || told < (int64_t)least || told == 0 ||
        told > (int64_t)stream->longest)
        return cut_of(CUT_SKIP, 1);
    size_t length = (size_t)told;
    if (stream->length < length)
        return cut_of(CUT_MORE, 0);
    return is_frame(stream, held, length) ? cut_of(CUT_FRAME, length)
                                          : cut_of(CUT_SKIP, 1);
}

/* Where the end stands first, behind the start; false if it does not yet. */
static bool find_end(struct dgm_stream *stream, const uint8_t *held, size_t *ret)
{
    const struct dgm_framing *framing = stream->framing;
    size_t at = framing->start_length;
    if (stream->scanned > at)
        at = stream->scanned;
    for (; at + framing->end_length <= stream->length; at++) {
        stream->scanned = at;
        if (memcmp(held + at, framing->end, framing->end_length) == 0) {
            *ret = at;
            return true;
        }
    }
    stream->scanned = at;
    return false;
}

/*
 * Delimiters end it. Where one delimiter does for both ends, the end of a frame may be
 * the start of the next, and that of a lost one surely is.
 */
static struct cut cut_by_end(struct dgm_stream *stream, const uint8_t *held)
{
    const struct dgm_framing *framing = stream->framing;
    size_t start = framing->start_length, end = framing->end_length, at;
    bool shared = start == end && memcmp(framing->start, framing->end, end) == 0;
    if (!find_end(stream, held, &at))
        return cut_of(CUT_MORE, 0);
    if (at == start)
        return cut_of(CUT_EMPTY, shared ? start : start + end);
    if (!is_frame(stream, held, at + end))
        return cut_of(CUT_SKIP, shared      ? at
                                : start > 0 ? framing_seek(framing, held, at + end)
                                            : at + end);
    struct cut cut = cut_of(CUT_FRAME, at + end);
    if (shared)
        cut.forgets = at;
    return cut;
}

static struct cut cut_front(struct dgm_stream *stream)
{
    const uint8_t *held = stream->held + stream->first;
    const struct dgm_framing *framing = stream->framing;
    size_t noise = before_start(stream, held);
    struct cut cut = cut_of(CUT_MORE, 0);
    if (noise > 0)
        return cut_of(CUT_SKIP, noise);
    if (stream->length == 0 || stream->length < framing->start_length)
        return cut;
    if (framing->length_width > 0)
        cut = cut_by_length(stream, held);
    else if (framing->end_length > 0)
        cut = cut_by_end(stream, held);
    /* What is longer than the longest frame and still none will not become one. */
    if (cut.kind == CUT_MORE && stream->length > stream->longest)
        return cut_of(CUT_SKIP, 1);
    return cut;
}

/* Only silence ends a frame, and nothing but silence makes good for one too long. */
static struct cut cut_silent(struct dgm_stream *stream)
{
    stream->overrun = stream->overrun || stream->length > stream->longest;
    return stream->overrun && stream->length > 0 ? cut_of(CUT_SKIP, stream->length)
                                                 : cut_of(CUT_MORE, 0);
}

static void forget(struct dgm_stream *stream, size_t count)
{
    stream->first += count;
    stream->length -= count;
    stream->offset += count;
    stream->scanned = stream->scanned > count ? stream->scanned - count : 0;
    stream->shared = stream->shared > count ? stream->shared - count : 0;
}

/* The end of a frame that the next one could have shared, but does not, is no noise. */
static void skip(struct dgm_stream *stream, const struct cut *cut)
{
    size_t known = stream->shared < cut->length ? stream->shared : cut->length;
    if (cut->kind == CUT_SKIP)
        stream->skipped += cut->length - known;
    forget(stream, cut->length);
}

static enum dgm_status give(struct dgm_stream *stream, const struct cut *cut,
                            struct dgm_stream_frame *ret)
{
    ret->bytes = stream->held + stream->first;
    ret->length = cut->length;
    ret->offset = stream->offset;
    ret->skipped = stream->skipped;
    stream->skipped = 0;
    stream->done = cut->forgets;
    stream->shared = cut->length; /* of it, what is not forgotten with the frame */
    return DGM_OK;
}

/* Look at what is held until it is a frame or needs more. */
static enum dgm_status look(struct dgm_stream *stream, struct dgm_stream_frame *ret)
{
    for (;;) {
        struct cut cut =
            ends_by_gap(stream->framing) ? cut_silent(stream) : cut_front(stream);
        if (cut.kind == CUT_FRAME)
            return give(stream, &cut, ret);
        if (cut.kind == CUT_MORE)
            return DGM_NOTHING;
        skip(stream, &cut);
    }
}

/* Take as much as a frame could still need. */
static size_t take(struct dgm_stream *stream, const uint8_t *bytes, size_t count)
{
    size_t most = stream->longest + 1, room = most - stream->length;
    size_t taken = count < room ? count : room;
    if (stream->first + stream->length + taken > 2 * most) {
        memmove(stream->held, stream->held + stream->first, stream->length);
        stream->first = 0;
    }
    if (taken > 0)
        memcpy(stream->held + stream->first + stream->length, bytes, taken);
    stream->length += taken;
    return taken;
}

/* The frame that was given out is the caller's no more. */
static void drop_done(struct dgm_stream *stream)
{
    forget(stream, stream->done);
    stream->done = 0;
}

enum dgm_status dgm_stream_feed(struct dgm_stream *stream, const uint8_t *bytes,
                                size_t count, size_t *ret_taken,
                                struct dgm_stream_frame *ret)
{
    size_t taken = 0;
    if (stream == NULL || ret_taken == NULL || ret == NULL ||
        (bytes == NULL && count > 0))
        return DGM_BAD_CALL;
    drop_done(stream);
    for (;;) {
        enum dgm_status status = look(stream, ret);
        *ret_taken = taken;
        if (status == DGM_OK || taken == count)
            return status;
        taken += take(stream, bytes + taken, count - taken);
    }
}

/* Bytes that the end of the line shows to begin no frame. */
static size_t past_false_start(const struct dgm_stream *stream)
{
    const struct dgm_framing *framing = stream->framing;
    bool can_seek = ends_by_gap(framing) && stream->length >= framing->start_length;
    size_t seen =
        can_seek ? framing_seek(framing, stream->held + stream->first, stream->length)
                 : 1;
    return seen < stream->length ? seen : stream->length;
}

enum dgm_status dgm_stream_flush(struct dgm_stream *stream, struct dgm_stream_frame *ret)
{
    if (stream == NULL || ret == NULL)
        return DGM_BAD_CALL;
    drop_done(stream);
    while (look(stream, ret) != DGM_OK) {
        const struct cut whole = cut_of(CUT_FRAME, stream->length);
        if (stream->length == 0) {
            stream->overrun = false;
            ret->bytes = NULL;
            ret->length = 0;
            ret->offset = stream->offset;
            ret->skipped = stream->skipped;
            stream->skipped = 0;
            return DGM_NOTHING;
        }
        if (ends_by_gap(stream->framing) &&
            is_frame(stream, stream->held + stream->first, stream->length))
            return give(stream, &whole, ret);
        const struct cut rest = cut_of(CUT_SKIP, past_false_start(stream));
        skip(stream, &rest);
    }
    return DGM_OK;
}

enum dgm_status dgm_frame_content(const struct dgm_codec *codec, const uint8_t *frame,
                                  size_t length, uint8_t *content, size_t size,
                                  size_t *ret_length)
{
    struct content found;
    struct framing_fault fault;
    if (codec == NULL || ret_length == NULL || (frame == NULL && length > 0) ||
        (content == NULL && size > 0))
        return DGM_BAD_CALL;
    if (size < length)
        return DGM_NO_SPACE;
    enum dgm_status status =
        framing_remove(codec->framing, frame, length, content, size, &found, &fault);
    if (status != DGM_OK)
        return status;
    if (found.length > 0)
        memmove(content, found.bytes, found.length);
    *ret_length = found.length;
    return DGM_OK;
}
