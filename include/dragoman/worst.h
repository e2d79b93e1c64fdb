/* SPDX-License-Identifier: MIT */
/*
 * The worst that a message can be: bytes of its frame on the line, nesting, and work.
 * Computed from a table alone, so that a plug-in's manifest can be held against the table
 * that lies beside it. The compiler and the host use these same lines; as plug-ins carry
 * the results, the way they are computed is part of the plug-in ABI.
 */
#ifndef DRAGOMAN_WORST_H
#define DRAGOMAN_WORST_H

#include <dragoman/base.h>
#include <dragoman/table.h>

DGM_BEGIN_DECLS

/* The parts of a table that the worst case depends on. It passed dgm_codec_open(). */
struct dgm_worst_table {
    const struct dgm_row *rows;
    const struct dgm_expr *exprs;
    uint32_t expr_count;
    const struct dgm_framing *framing; /* NULL: none */
};

/* Bounds on what decoding or encoding one frame of a message takes. */
struct dgm_worst {
    unsigned depth; /* of groups, repetitions and objects */
    uint64_t steps; /* rows and operations of expressions, over all passes */
};

enum { DGM_WORST_COBS_BLOCK = 254 }; /* content bytes per byte that COBS adds */

static inline uint32_t dgm_worst_stuffed(const struct dgm_framing *framing,
                                         uint32_t content)
{
    return framing->escape == DGM_FRAMING_COBS ? content / DGM_WORST_COBS_BLOCK + 1 : 0;
}

/** Bytes on the line of a frame of `content` bytes, if none of them is escaped. */
static inline uint32_t dgm_worst_line_least(const struct dgm_framing *framing,
                                            uint32_t content)
{
    if (framing == NULL) {
        return content;
    }
    return content + dgm_worst_stuffed(framing, content) + framing->start_length +
           framing->end_length;
}

/** Bytes on the line of a frame of `content` bytes, if all of them are escaped. */
static inline uint32_t dgm_worst_line_most(const struct dgm_framing *framing,
                                           uint32_t content)
{
    uint32_t longest = 1;
    if (framing == NULL) {
        return content;
    }
    for (unsigned i = 0; i < framing->pair_count; i++) {
        if (framing->pairs[i].length > longest) {
            longest = framing->pairs[i].length;
        }
    }
    return content * longest + dgm_worst_stuffed(framing, content) +
           framing->start_length + framing->end_length;
}

static inline bool dgm_worst_repeats(const struct dgm_row *row)
{
    return row->op == DGM_OP_REPEAT || row->op == DGM_OP_TLV;
}

static inline uint32_t dgm_worst_bytes(const struct dgm_row *row)
{
    bool is_number = row->op == DGM_OP_INT || row->op == DGM_OP_FLOAT ||
                     row->op == DGM_OP_BITS || row->op == DGM_OP_CHECK;
    if (row->op == DGM_OP_STREAM) {
        return row->spec;
    }
    return is_number ? row->width / 8u : 0;
}

/* Bytes that a round of a repetition takes at least: those of what is always there. */
static inline uint32_t dgm_worst_least_round(const struct dgm_row *repeat)
{
    uint32_t sum = 0;
    for (unsigned i = 1; i <= repeat->detail; i++) {
        const struct dgm_row *row = repeat + i;
        bool may_lack = row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) != 0 ||
                        dgm_worst_repeats(row) || row->op == DGM_OP_CASE ||
                        row->op == DGM_OP_AT;
        if (may_lack) {
            i += dgm_row_span(row);
        } else {
            sum += dgm_worst_bytes(row);
        }
    }
    return sum > 0 ? sum : 1;
}

/* A tag loop is walked once to find what comes last, once to print, and once more for
 * each collected array. */
static inline unsigned dgm_worst_walks(const struct dgm_row *loop)
{
    unsigned walks = 2;
    if (loop->op != DGM_OP_TLV) {
        return 1;
    }
    for (unsigned i = 1; i <= loop->detail; i++) {
        walks += (loop[i].flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) != 0 ? 1u : 0u;
    }
    return walks;
}

static inline uint64_t dgm_worst_expr(const struct dgm_worst_table *table, uint16_t index)
{
    return index < table->expr_count ? table->exprs[index].steps : 0u;
}

static inline uint64_t dgm_worst_row(const struct dgm_worst_table *table,
                                     const struct dgm_row *row)
{
    /* Of constants and fills `expr` is a number. */
    bool has_expr = row->source != DGM_SOURCE_CONST && row->source != DGM_SOURCE_FILL;
    return 1 + (has_expr ? dgm_worst_expr(table, row->expr) : 0) +
           dgm_worst_expr(table, row->when) + dgm_worst_expr(table, row->region) +
           dgm_worst_expr(table, row->naming);
}

/* A part of the rows, and how often those in it are at work in one pass. */
struct dgm_worst_span {
    unsigned end;
    uint64_t rounds, walks;
};

/**
 * How much work a message can be. A row outside of repetitions is walked once a pass; one
 * inside as often as rounds of the fewest bytes fit into the longest frame, for a round
 * that moves nothing ends the walk with an error, and once more for each time that the
 * repetition begins. Rounds of a repetition share the bytes that there are, wherever it
 * begins.
 *
 * @return Steps modulo 2^64.
 */
static inline struct dgm_worst dgm_worst_of(const struct dgm_worst_table *table,
                                            const struct dgm_message *message)
{
    struct dgm_worst_span spans[DGM_MAX_DEPTH + 1] = {{0, 1, 1}};
    struct dgm_worst worst = {0, 0};
    unsigned depth = 0;
    for (unsigned i = 0; i < message->row_count; i++) {
        const struct dgm_row *row = &table->rows[message->first_row + i];
        while (depth > 0 && spans[depth].end <= i) {
            depth--;
        }
        struct dgm_worst_span inside = spans[depth];
        if (dgm_worst_repeats(row)) {
            inside.rounds += message->frame_max / dgm_worst_least_round(row);
            inside.walks *= dgm_worst_walks(row);
        }
        worst.steps += inside.rounds * inside.walks * dgm_worst_row(table, row);
        if (dgm_row_span(row) > 0 && row->op != DGM_OP_BITS && row->op != DGM_OP_STREAM &&
            depth < DGM_MAX_DEPTH) {
            spans[++depth] = inside;
            spans[depth].end = i + 1 + row->detail;
        }
        worst.depth = depth > worst.depth ? depth : worst.depth;
    }
    worst.steps *=
        message->passes + ((message->flags & DGM_MESSAGE_PREPASS) != 0 ? 1u : 0u);
    return worst;
}

DGM_END_DECLS

#endif
