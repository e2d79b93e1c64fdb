/* SPDX-License-Identifier: MIT */
/*
 * Where rows were at work, for callers that want to know. One walk over the frame tells
 * it all: the first pass, and of a tag loop the first walk.
 */
#include "decode.h"

enum { NO_VISIT = -1 };

static bool wanted(const struct decoder *decoder)
{
    if (decoder->visits == NULL)
        return false;
    const struct loop_walk *outermost =
        decoder->loop_count > 0 ? &decoder->loops[0] : &decoder->tags;
    return outermost->loop == NULL || outermost->phase == LOOP_SCAN || decoder->pass == 0;
}

/* Where the bytes begin that hold the row. */
static size_t begins(const struct decoder *decoder, const struct dgm_row *row)
{
    return row->op == DGM_OP_BIT     ? decoder->bits_at
           : row->op == DGM_OP_FIELD ? decoder->stream_at
                                     : decoder->position;
}

size_t visit_begin(struct decoder *decoder, const struct dgm_row *row, bool present)
{
    if (!wanted(decoder))
        return (size_t)NO_VISIT;
    size_t visit = decoder->visit_count++;
    if (visit >= decoder->visit_capacity)
        return (size_t)NO_VISIT;
    struct dgm_visit *one = &decoder->visits[visit];
    unsigned flags = present ? 0 : DGM_VISIT_ABSENT;
    one->row = (uint16_t)(row - decoder->rows);
    one->flags = (uint16_t)(flags | (decoder->in_hook ? DGM_VISIT_PLAIN : 0));
    one->at = one->end = (uint32_t)begins(decoder, row);
    return visit;
}

void visit_end(struct decoder *decoder, const struct dgm_row *row, size_t visit)
{
    bool has_bytes =
        row->op == DGM_OP_BITS || row->op == DGM_OP_STREAM || dgm_row_span(row) == 0;
    if (visit != (size_t)NO_VISIT && has_bytes)
        decoder->visits[visit].end = (uint32_t)decoder->position;
}
