/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as they come over a line. The first byte chooses the product among those with
 * framing, the second after how many bytes of each 256 the line is silent, the third how
 * many bytes come at once. However they come, the frames are the same and lie in the
 * input where they say, and their framing is sound.
 */
#include <dragoman/stream.h>

#include <stdlib.h>
#include <string.h>

#include "products.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 3, CUTS = 32, PERIOD = 256 };

/* A line, what came over it, and what came out so far. */
struct line {
    const struct product *product;
    struct dgm_stream *stream;
    bool decodes; /* what comes out, once is enough */
    const uint8_t *bytes;
    size_t size, fed;
    uint64_t seen;    /* bytes of frames and between them that were told of */
    uint64_t printed; /* a hash of all that came out */
};

static void print_number(struct line *line, uint64_t number)
{
    for (int i = 0; i < 64; i += 8)
        line->printed = (line->printed ^ (number >> i & 0xFF)) * 1099511628211u;
}

static void check_frame(struct line *line, const struct dgm_stream_frame *frame)
{
    static char text[1 << 20];
    struct dgm_call call = product_call(line->product);
    struct dgm_outcome outcome;
    struct dgm_error error;
    if (frame->length == 0 || frame->offset + frame->length > line->fed ||
        memcmp(frame->bytes, line->bytes + frame->offset, frame->length) != 0 ||
        frame->offset + frame->length <= line->seen)
        abort();
    line->seen = frame->offset + frame->length;
    print_number(line, frame->offset);
    print_number(line, frame->length);
    print_number(line, frame->skipped);
    if (line->decodes &&
        dgm_decode(line->product->codec, &call, frame->bytes, frame->length, text,
                   sizeof(text), &outcome, &error) == DGM_FRAMING)
        abort();
}

static void feed(struct line *line, size_t count)
{
    struct dgm_stream_frame frame;
    const uint8_t *bytes = line->bytes + line->fed;
    line->fed += count;
    for (;;) {
        size_t taken = 0;
        /* A copy at its end, so that a sanitizer sees what is read behind it. */
        uint8_t *copy = malloc(count + 1);
        if (copy == NULL)
            abort();
        memcpy(copy, bytes, count);
        enum dgm_status status =
            dgm_stream_feed(line->stream, copy, count, &taken, &frame);
        free(copy);
        if (taken > count || (status != DGM_OK && taken != count))
            abort();
        if (status != DGM_OK)
            return;
        check_frame(line, &frame);
        bytes += taken;
        count -= taken;
    }
}

static void fall_silent(struct line *line)
{
    struct dgm_stream_frame frame;
    while (dgm_stream_flush(line->stream, &frame) == DGM_OK)
        check_frame(line, &frame);
    print_number(line, frame.skipped);
    if (frame.offset != line->fed)
        abort();
}

/* Feed up to the next silence: a piece of `first` bytes, and then pieces of `step`. */
static void feed_pieces(struct line *line, size_t end, size_t first, size_t step)
{
    for (size_t piece = first; line->fed < end; piece = step)
        feed(line, piece < end - line->fed ? piece : end - line->fed);
}

static uint64_t run(const struct product *product, const uint8_t *data, size_t size,
                    size_t silence, size_t first, size_t step)
{
    struct line line = {.product = product, .bytes = data, .size = size};
    line.decodes = first > size;
    size_t needed = dgm_stream_size(product->codec);
    void *memory = malloc(needed);
    if (memory == NULL ||
        dgm_stream_open(product->codec, memory, needed, &line.stream) != DGM_OK)
        abort();
    for (size_t from = 0; line.fed < size; from += PERIOD) {
        size_t quiet = from + silence < size ? from + silence : size;
        size_t end = from + PERIOD < size ? from + PERIOD : size;
        feed_pieces(&line, quiet, first, step);
        if (silence > 0)
            fall_silent(&line);
        feed_pieces(&line, end, first, step);
    }
    fall_silent(&line);
    free(memory);
    return line.printed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < HEAD)
        return 0;
    const struct product *product = framed_product_at(data[0]);
    size_t silence = data[1], step = data[2] + 1u;
    data += HEAD;
    size -= HEAD;
    uint64_t whole = run(product, data, size, silence, size + 1, size + 1);
    if (run(product, data, size, silence, step, step) != whole ||
        run(product, data, size, silence, 1, 1) != whole)
        abort();
    size_t most = size < PERIOD ? size : PERIOD;
    for (size_t first = 1; first < most; first += 1 + most / CUTS)
        if (run(product, data, size, silence, first, size + 1) != whole)
            abort();
    return 0;
}
