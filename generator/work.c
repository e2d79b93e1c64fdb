/* SPDX-License-Identifier: MIT */
/*
 * How much work a message can be. A row outside of repetitions is walked once a pass; one
 * inside as often as rounds of the fewest bytes fit into the longest frame, for a round
 * that moves nothing ends the walk with an error, and once more for each time that the
 * repetition begins. A tag loop is walked once to find what comes last, once to print,
 * and once more for each collected array.
 */
#include "work.h"

static bool repeats(const struct dgm_row *row)
{
    return row->op == DGM_OP_REPEAT || row->op == DGM_OP_TLV;
}

static uint32_t bytes_of(const struct dgm_row *row)
{
    bool is_number = row->op == DGM_OP_INT || row->op == DGM_OP_FLOAT ||
                     row->op == DGM_OP_BITS || row->op == DGM_OP_CHECK;
    if (row->op == DGM_OP_STREAM)
        return row->spec;
    return is_number ? row->width / 8u : 0;
}

/* Bytes that a round takes at least: those of what is always there. */
static uint32_t least_round(const struct dgm_row *repeat)
{
    uint32_t sum = 0;
    for (unsigned i = 1; i <= repeat->detail; i++) {
        const struct dgm_row *row = repeat + i;
        bool may_lack = row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) != 0 ||
                        repeats(row) || row->op == DGM_OP_CASE || row->op == DGM_OP_AT;
        if (may_lack)
            i += dgm_row_span(row);
        else
            sum += bytes_of(row);
    }
    return sum > 0 ? sum : 1;
}

static unsigned walks_of(const struct dgm_row *loop)
{
    unsigned walks = 2;
    for (unsigned i = 1; loop->op == DGM_OP_TLV && i <= loop->detail; i++)
        walks += (loop[i].flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) != 0;
    return loop->op == DGM_OP_TLV ? walks : 1;
}

static uint64_t expr_steps(const struct builder *builder, uint16_t index)
{
    return index < builder->exprs.count ? builder->exprs.items[index].steps : 0;
}

static uint64_t row_steps(const struct builder *builder, const struct dgm_row *row)
{
    /* Of constants and fills `expr` is a number. */
    bool has_expr = row->source != DGM_SOURCE_CONST && row->source != DGM_SOURCE_FILL;
    return 1 + (has_expr ? expr_steps(builder, row->expr) : 0) +
           expr_steps(builder, row->when) + expr_steps(builder, row->region) +
           expr_steps(builder, row->naming);
}

/* A part of the rows, and how often those in it are at work in one pass. */
struct span {
    unsigned end;
    uint64_t rounds, walks;
};

/* Rounds of a repetition share the bytes that there are, wherever it begins. */
static struct span span_of(const struct dgm_message *message, const struct dgm_row *row,
                           struct span around)
{
    if (!repeats(row))
        return around;
    around.rounds += message->frame_max / least_round(row);
    around.walks *= walks_of(row);
    return around;
}

struct work work_of(const struct builder *builder, const struct dgm_message *message)
{
    const struct dgm_row *rows = builder->rows.items + message->first_row;
    struct span spans[DGM_MAX_DEPTH];
    unsigned depth = 0;
    struct work work = {0, 0};
    for (unsigned i = 0; i < message->row_count; i++) {
        const struct dgm_row *row = &rows[i];
        while (depth > 0 && spans[depth - 1].end <= i)
            depth--;
        const struct span around = depth > 0 ? spans[depth - 1] : (struct span){0, 1, 1};
        const struct span inside = span_of(message, row, around);
        work.steps += inside.rounds * inside.walks * row_steps(builder, row);
        if (dgm_row_span(row) > 0 && row->op != DGM_OP_BITS && row->op != DGM_OP_STREAM &&
            depth < DGM_MAX_DEPTH) {
            spans[depth] = inside;
            spans[depth++].end = i + 1 + row->detail;
        }
        work.depth = depth > work.depth ? depth : work.depth;
    }
    unsigned passes =
        message->passes + ((message->flags & DGM_MESSAGE_PREPASS) != 0 ? 1u : 0u);
    work.steps *= passes;
    return work;
}
