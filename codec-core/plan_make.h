/* SPDX-License-Identifier: MIT */
/*
 * State of making programs for decoding. The decoder's own functions write the envelope,
 * the keys and the ready texts; where a value of the frame belongs, an operation is put.
 */
#ifndef DGM_PLAN_MAKE_H
#define DGM_PLAN_MAKE_H

#include "decode.h"
#include "plan_decode.h"

enum {
    PLAN_LITERAL = 2048, /* bytes of text between two values, of a ready text */
    PLAN_MEMOS = 64
};

#define PLAN_NO_BLOCK UINT32_MAX

/* Where things of one kind go; without memory they are counted. */
struct plan_area {
    uint8_t *memory;
    size_t used, size;
};

/* A row's field in the block with that number. */
struct plan_field {
    unsigned block;
    uint8_t flags, left, right;
    uint16_t at;
    const struct dgm_row *row; /* NULL: none */
};

/* A container of rows that is being walked. */
struct plan_level {
    uint16_t row, end;
    uint32_t op; /* IF: to be told where to go on; LOOP */
    bool is_group, is_if;
    bool was_unknown; /* whether the container around it had a member */
    bool was_first;   /* it had none */
};

/* A ready table that was made before, for another shape. */
struct plan_memo {
    const struct dgm_row *row;
    unsigned count;
    bool first;
    uint32_t table;
    uint8_t longest;
};

struct plan_maker {
    const struct dgm_codec *codec;
    const struct dgm_message *message;
    struct decoder decoder; /* `out` has the text since the last operation */
    struct dgm_call call;
    char literal[PLAN_LITERAL];
    struct plan_area ops, text, tables, scales;
    struct plan_field roles[DGM_ROLE_COUNT];
    struct plan_field bits; /* the open bit group */
    struct plan_level levels[DGM_MAX_DEPTH];
    struct plan_memo memos[PLAN_MEMOS];
    unsigned memo_count;
    unsigned depth;
    unsigned block;        /* number of the open block, from 1 */
    uint32_t program_op;   /* first operation of the program */
    uint32_t block_op;     /* its operation, or PLAN_NO_BLOCK */
    uint16_t segment_end;  /* row behind the last one in it */
    size_t at, block_size; /* place in the block, its bytes */
    bool failed;           /* this message has no program */
    bool walks;            /* the program needs the decoder's state */
    bool unknown;          /* whether the container has a member is seen at run time */
    bool marked;           /* the open service disappears if it stays empty; before it: */
    bool outer_first, outer_unknown;
    bool is_short; /* the block has less than PLAN_WORD bytes */
};

/* plan_emit.c: an operation; with the text since the last one before it, or alone. NULL
 * while counting. */
struct plan_op *plan_emit(struct plan_maker *maker, enum plan_code code, size_t room);
struct plan_op *plan_emit_alone(struct plan_maker *maker, enum plan_code code);
/* The text since the last operation, as operations of its own. */
void plan_flush(struct plan_maker *maker);
/* The operation at that index, or NULL while counting. */
struct plan_op *plan_op_at(struct plan_maker *maker, uint32_t index);
uint32_t plan_op_count(const struct plan_maker *maker);
/* The field of an operation; NULL is taken. */
void plan_set_field(struct plan_op *op, const struct plan_field *field);
const struct plan_scale *plan_emit_scale(struct plan_maker *maker, int64_t mul,
                                         int64_t add);
/* RANGE or OUTSIDE: a range that the field has, or does not have. */
void plan_emit_range(struct plan_maker *maker, enum plan_code code,
                     const struct plan_field *field, int64_t low, int64_t high);
/* Room for text that is written without an operation of plan_emit(). */
void plan_need_room(struct plan_maker *maker, size_t room);

/* plan_ready.c: how many rows from this one on, all of the open block, become one ready
 * text; their field is stored. 0: none. */
unsigned plan_ready_rows(struct plan_maker *maker, const struct dgm_row *row,
                         struct plan_field *ret);
/* An operation for them. */
void plan_emit_ready(struct plan_maker *maker, const struct dgm_row *row, unsigned count,
                     const struct plan_field *field);

/* plan_class.c: what is a row to a plan? */
enum plan_class {
    PLAN_CLASS_FRAME, /* structure: nothing on the wire */
    PLAN_CLASS_FIXED, /* operations know it */
    PLAN_CLASS_WALK,  /* the decoder walks it */
    PLAN_CLASS_SKIP,  /* bytes of which nothing is wanted */
    PLAN_CLASS_LOOP,
    PLAN_CLASS_NONE /* no program */
};
enum plan_class plan_class_of(const struct plan_maker *maker, const struct dgm_row *row);
/* Bytes that it moves the place by. */
size_t plan_row_bytes(const struct dgm_row *row);
bool plan_row_is_ready(const struct plan_maker *maker, const struct dgm_row *row);
/* Largest magnitude of raw * mul + add, or UINT64_MAX if it comes near 63 bits. */
uint64_t plan_largest(const struct dgm_row *row, int64_t mul, int64_t add);
/* Is the limit one that decoding looks at? */
bool plan_limit_counts(const struct dgm_codec *codec, const struct dgm_row *row);
/* Is the expression the value of a slot? */
bool plan_is_slot(const struct dgm_codec *codec, uint16_t expr, uint16_t *ret_slot);

/* plan_block.c: open the block that begins with a row, and leave it. */
void plan_open_block(struct plan_maker *maker, uint16_t row_index);
void plan_close_block(struct plan_maker *maker);
/* A row with a role, of the open block, is come to: from here on the envelope has it. */
void plan_give_role(struct plan_maker *maker, const struct dgm_row *row);
/* The field of a row at the place. */
struct plan_field plan_field_of(const struct plan_maker *maker, const struct dgm_row *row,
                                size_t at);

/* plan_value.c: the operation that prints a row of PLAN_CLASS_FIXED whose key was begun.
 */
void plan_emit_value(struct plan_maker *maker, const struct dgm_row *row);

#endif
