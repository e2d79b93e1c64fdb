/* SPDX-License-Identifier: MIT */
/* Frames cut out of a stream of bytes by the profile's framing. */
#ifndef DGM_CLI_STREAM_H
#define DGM_CLI_STREAM_H

#include <dragoman/stream.h>

#include "input.h"

/* The bytes of `input` in a row, whatever pieces they come in. */
struct stream {
    struct report *report;
    struct input *input;
    struct dgm_stream *cutter;
    bool bursts;        /* only silence ends a frame: each line is one */
    struct frame piece; /* at work */
    bool has_piece, at_end;
};

/* Fails, and says so, where the profile has no framing. Returns an exit code. */
int stream_open(struct stream *stream, struct report *report,
                const struct dgm_codec *codec, struct input *input);
void stream_close(struct stream *stream);

/* As input_next(). Bytes that belong to no frame are told as a warning. */
enum input_result stream_next(struct stream *stream, struct frame *ret);

#endif
