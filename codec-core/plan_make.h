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

/* Kinds of things, in the order in which they lie in memory: what every frame needs comes
 * first. */
enum plan_kind {
    PLAN_OPS,
    PLAN_TEXTS,
    PLAN_SCALES,
    PLAN_CHOICES,
    PLAN_TABLES,
    PLAN_READIES,
    PLAN_AREAS
};

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

enum plan_nesting {
    PLAN_IN_GROUP,
    PLAN_IN_CONDITION,
    PLAN_IN_ROUNDS, /* of a repetition */
    PLAN_IN_TEXT,
    PLAN_IN_TAGS,
    PLAN_IN_CASE
};

/* A container of rows that is being walked. */
struct plan_level {
    uint16_t row, end;
    enum plan_nesting nesting;
    uint32_t op;        /* CONDITION: to be told where to go on; ROUNDS; TAGS: RECORD */
    bool prints;        /* GROUP, ROUNDS: it opened an object or array */
    uint16_t part;      /* TEXT: the one that comes next */
    unsigned container; /* GROUP: its number, if it disappears when empty; or 0 */
    bool is_silent;     /* of a tag loop: it would open one, in which nothing prints */
    bool was_unknown;   /* whether the container around it had a member */
    bool was_first;     /* it had none */
    unsigned printed;   /* rows that had printed before */
    uint16_t *targets;  /* TAGS: of its cases, as in struct plan_choice; NULL: counting */
    struct plan_choice *choice;
};

/* An object or array that disappears if it stays empty, and what was before it. */
struct plan_container {
    bool was_unknown, was_first;
};

/* Rows that become one ready text, and what their texts are. */
struct plan_ready {
    const struct dgm_row *row;
    unsigned count;          /* from that one on */
    struct plan_field field; /* all their bits */
    unsigned longest;        /* bytes of a text */
    unsigned last;           /* the last value that has one */
};

/* Ready texts that were made before, for another shape. */
struct plan_memo {
    const struct dgm_row *row;
    unsigned count;
    bool first;
    size_t table, texts; /* places in their areas */
};

struct plan_maker {
    const struct dgm_codec *codec;
    const struct dgm_message *message;
    struct decoder decoder; /* `out` has the text since the last operation */
    struct dgm_call call;
    char literal[PLAN_LITERAL];
    struct plan_area areas[PLAN_AREAS];
    struct plan_field roles[DGM_ROLE_COUNT];
    struct plan_field bits; /* the open bit group */
    struct plan_level levels[DGM_MAX_DEPTH];
    struct plan_container containers[PLAN_MARKS]; /* the first one is the service */
    struct plan_memo memos[PLAN_MEMOS];
    unsigned memo_count;
    unsigned depth;
    unsigned object_count; /* open containers beside the service */
    unsigned printed;      /* rows that may have printed */
    unsigned block;        /* number of the open block, from 1 */
    uint32_t program_op;   /* first operation of the program */
    uint32_t block_op;     /* its operation, or PLAN_NO_BLOCK */
    uint16_t segment_end;  /* row behind the last one in it */
    size_t at, block_size; /* place in the block, its bytes */
    bool failed;           /* this message has no program */
    bool walks;            /* the program needs the decoder's state */
    bool names;            /* it remembers members that several rows have */
    bool unknown;          /* whether the container has a member is seen at run time */
    bool marked;           /* the open service disappears if it stays empty */
    bool is_short;         /* the block has less than PLAN_WORD bytes */
    /* What is left to the decoder, at the second and third try. */
    bool walks_roles, walks_tags;
    bool in_tags;                /* inside a tag loop, */
    const struct dgm_part *part; /* the row at work is one, or NULL */
    uint16_t collecting; /* of which this member is printed; DGM_NONE: what is not */
    unsigned silent;     /* containers of it in which nothing prints */
};

/* plan_emit.c: `size` bytes of the area, or NULL while counting. */
void *plan_area_take(struct plan_area *area, size_t size);
/* An operation; with the text since the last one before it, or alone. NULL
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
/* How a tag loop chooses, with `count` targets; NULL while counting. */
struct plan_choice *plan_emit_choice(struct plan_maker *maker, size_t count,
                                     uint16_t **ret_targets);
/* RANGE or OUTSIDE: a range that the field has, or does not have. */
void plan_emit_range(struct plan_maker *maker, enum plan_code code,
                     const struct plan_field *field, int64_t low, int64_t high);
/* Room for text that is written without an operation of plan_emit(). */
void plan_need_room(struct plan_maker *maker, size_t room);
/* In the open block text of unknown length was written: is there room for what follows?
 */
void plan_emit_room(struct plan_maker *maker);

/* plan_ready.c: which rows from this one on, all of the open block, become one ready
 * text? False: none. */
bool plan_ready_rows(struct plan_maker *maker, const struct dgm_row *row,
                     struct plan_ready *ret);
/* An operation for them. */
void plan_emit_ready(struct plan_maker *maker, const struct plan_ready *ready);

/* plan_class.c: what is a row to a plan? */
enum plan_class {
    PLAN_CLASS_FRAME, /* structure: nothing on the wire */
    PLAN_CLASS_FIXED, /* operations know it */
    PLAN_CLASS_WALK,  /* the decoder walks it */
    PLAN_CLASS_ROWS,  /* the decoder walks it, and what is in it */
    PLAN_CLASS_SKIP,  /* bytes of which nothing is wanted */
    PLAN_CLASS_LOOP,
    PLAN_CLASS_TEXT,
    PLAN_CLASS_TAGS,
    PLAN_CLASS_CHOOSE,
    PLAN_CLASS_CASE,
    PLAN_CLASS_NONE /* no program */
};
enum plan_class plan_class_of(const struct plan_maker *maker, const struct dgm_row *row);
/* Does an expression tell its name? */
bool plan_has_computed_name(const struct dgm_row *row);
/* Bytes of the longest name of those that a row chooses from; 0: one is not plain. */
size_t plan_longest_name(const struct plan_maker *maker, uint16_t member);
/* Does it print at all, and does it so here and now? */
bool plan_row_prints(const struct dgm_row *row);
bool plan_is_at_level(const struct plan_maker *maker, const struct dgm_row *row);
/* Is it inside the rounds of a repetition or tag loop? */
bool plan_is_in_rounds(const struct plan_maker *maker);
/* The member of the row in a tag loop, or DGM_NONE; how many a row fills by number. */
uint16_t plan_member_of(const struct dgm_row *row);
unsigned plan_family_of(const struct plan_maker *maker, uint16_t member);
/* Do rows in it keep something? */
bool plan_has_slots(const struct dgm_row *row);
/* Is it absent at times? */
bool plan_is_optional(const struct dgm_row *row);
/* plan_class_rows.c: may the decoder walk the row and those in it on its own? */
bool plan_rows_are_sound(const struct plan_maker *maker, const struct dgm_row *row);
/* Is it a tag loop that operations know? */
bool plan_knows_tags(const struct plan_maker *maker, const struct dgm_row *row);
/* Does the row fill an array or object of its tag loop, where no other container is
 * around? */
bool plan_is_collected(const struct dgm_row *row);
/* Does it open something whose members are not those of the loop? */
bool plan_is_container(const struct dgm_row *row);
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

/* plan_nest.c: containers of rows. `index` is the row to go on with. */
struct plan_level *plan_push(struct plan_maker *maker, uint16_t row,
                             enum plan_nesting in);
void plan_enter_group(struct plan_maker *maker, uint16_t row_index);
/* The region of a row that may have one. */
void plan_emit_enter(struct plan_maker *maker, const struct dgm_row *row);
void plan_enter_condition(struct plan_maker *maker, uint16_t row_index);
void plan_enter_loop(struct plan_maker *maker, uint16_t row_index);
void plan_leave(struct plan_maker *maker, uint16_t *index);
/* plan_parts.c: composed texts. */
bool plan_knows_text(const struct plan_maker *maker, const struct dgm_row *row);
void plan_enter_text(struct plan_maker *maker, uint16_t row_index);
void plan_print_part(struct plan_maker *maker, const struct dgm_row *row);
void plan_leave_text(struct plan_maker *maker, const struct plan_level *level);
/* plan_tags_make.c: tag loops. */
void plan_enter_tags(struct plan_maker *maker, uint16_t row_index);
void plan_emit_choose(struct plan_maker *maker, uint16_t row_index);
void plan_enter_case(struct plan_maker *maker, uint16_t row_index);
/* In a tag loop: the rows up to another print members that did not come before. */
void plan_emit_new(struct plan_maker *maker, uint16_t first, uint16_t end);
void plan_leave_case(struct plan_maker *maker, const struct plan_level *level);
void plan_leave_tags(struct plan_maker *maker, const struct plan_level *level,
                     uint16_t *index);
/* plan_service.c: services, objects whose members stand apart, and members. */
void plan_open_service(struct plan_maker *maker, const struct dgm_row *row);
void plan_close_service(struct plan_maker *maker);
void plan_open_object(struct plan_maker *maker, const struct dgm_row *row);
void plan_close_object(struct plan_maker *maker);
/* An object or array that disappears if nothing prints in it; its text follows, and ends
 * where the text is that was put last. */
unsigned plan_push_container(struct plan_maker *maker);
void plan_mark_container(struct plan_maker *maker, unsigned number);
void plan_close_container(struct plan_maker *maker, unsigned number);
/* Does one of the rows, up to the end or that of a service, print in every frame? */
bool plan_has_sure_member(const struct plan_maker *maker, const struct dgm_row *row,
                          const struct dgm_row *end);
/* A comma that is seen at run time; what follows is written as if it were first. */
void plan_begin_member(struct plan_maker *maker);
/* Key or comma of a row that prints; the same with the comma, and what is remembered. */
void plan_put_key(struct plan_maker *maker, const struct dgm_row *row);
void plan_begin_value(struct plan_maker *maker, const struct dgm_row *row);
/* Something was printed for certain. */
void plan_end_member(struct plan_maker *maker);
/* Of members that several rows have: the row prints; those of some rows may again. */
void plan_emit_once(struct plan_maker *maker, const struct dgm_row *row);
void plan_emit_forget(struct plan_maker *maker, uint16_t row_index);

/* plan_value.c: the operation that prints a row of PLAN_CLASS_FIXED whose key was begun.
 */
void plan_emit_value(struct plan_maker *maker, const struct dgm_row *row);

#endif
