/* SPDX-License-Identifier: MIT */
/* Frames cut out of a stream of bytes: pieces of input go in, frames come out. */
#include "stream.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

int stream_open(struct stream *stream, struct report *report,
                const struct dgm_codec *codec, struct input *input)
{
    size_t size = dgm_stream_size(codec);
    memset(stream, 0, sizeof(*stream));
    stream->report = report;
    stream->input = input;
    if (size == 0) {
        report_error(report, NULL, "usage",
                     "--stream: the profile has no framing, which says where frames end");
        return CLI_USAGE;
    }
    void *memory = malloc(size);
    if (memory == NULL) {
        return report_memory(report);
    }
    if (dgm_stream_open(codec, memory, size, &stream->cutter) != DGM_OK) {
        free(memory);
        return CLI_BUG;
    }
    stream->bursts = dgm_stream_ends_by_gap(codec);
    return CLI_FINE;
}

void stream_close(struct stream *stream)
{
    free(stream->cutter);
    stream->cutter = NULL;
}

static void tell_skipped(struct stream *stream, const struct dgm_stream_frame *frame)
{
    if (frame->skipped > 0) {
        report_warning(stream->report, &stream->piece.place, "framing",
                       "%" PRIu64 " bytes before byte %" PRIu64
                       " of the stream belong to no frame",
                       frame->skipped, frame->offset);
    }
}

static enum input_result give(struct stream *stream, const struct dgm_stream_frame *frame,
                              struct frame *ret)
{
    tell_skipped(stream, frame);
    *ret = stream->piece;
    ret->bytes = frame->bytes;
    ret->length = frame->length;
    return INPUT_FRAME;
}

/* The rest of the piece at work. */
static bool feed(struct stream *stream, struct dgm_stream_frame *frame)
{
    size_t taken = 0;
    enum dgm_status status = dgm_stream_feed(stream->cutter, stream->piece.bytes,
                                             stream->piece.length, &taken, frame);
    stream->piece.bytes += taken;
    stream->piece.length -= taken;
    return status == DGM_OK;
}

/* The line is silent, or at its end. */
static bool flush(struct stream *stream, struct dgm_stream_frame *frame)
{
    if (dgm_stream_flush(stream->cutter, frame) == DGM_OK) {
        return true;
    }
    tell_skipped(stream, frame);
    return false;
}

enum input_result stream_next(struct stream *stream, struct frame *ret)
{
    struct dgm_stream_frame frame;
    for (;;) {
        if (stream->has_piece && feed(stream, &frame)) {
            return give(stream, &frame, ret);
        }
        if ((stream->at_end || (stream->has_piece && stream->bursts)) &&
            flush(stream, &frame)) {
            return give(stream, &frame, ret);
        }
        if (stream->at_end) {
            return INPUT_END;
        }
        stream->has_piece = false;
        enum input_result result = input_next_piece(stream->input, &stream->piece);
        if (result == INPUT_END) {
            stream->at_end = true;
        } else if (result != INPUT_FRAME) {
            return result;
        } else {
            stream->has_piece = true;
        }
    }
}
