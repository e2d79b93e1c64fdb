/* SPDX-License-Identifier: MIT */
/*
 * Expressions of a profile (language, section 12): text to tree, names to what they stand
 * for, types, and the byte code of dragoman/table.h. The three steps are separate because
 * slots and members get their numbers only after all names of a message are known.
 */
#ifndef DGM_EXPR_H
#define DGM_EXPR_H

#include "builder.h"
#include "exact.h"
#include "formats.h"
#include "tree.h"

struct item;

enum expr_kind {
    EXPR_NUMBER,
    EXPR_BOOL,
    EXPR_TEXT,     /* 'open': only beside == and != */
    EXPR_NAME,     /* flow, Meter.flow, request.flow, frame.length */
    EXPR_BIT,      /* args[0] is a name, `number` the bit */
    EXPR_OPERATION /* `code` over its arguments */
};

enum expr_type {
    EXPR_TYPE_ANY, /* after an error: fits everything */
    EXPR_TYPE_INTEGER,
    EXPR_TYPE_DECIMAL,
    EXPR_TYPE_BOOL,
    EXPR_TYPE_TEXT,  /* a literal */
    EXPR_TYPE_BYTES, /* text or bytes of the frame: has() and size() only */
    EXPR_TYPE_LIST,  /* repetition: has() and count() only */
    EXPR_TYPE_FLOAT,
    EXPR_TYPE_OBJECT /* has() only */
};

/* What a name turned out to be. */
enum expr_target {
    EXPR_TARGET_NONE,
    EXPR_TARGET_SLOT,          /* an item that was read or written before */
    EXPR_TARGET_MEMBER,        /* the JSON member of an item: encode */
    EXPR_TARGET_ROLE,          /* an envelope member: encode */
    EXPR_TARGET_REQUEST,       /* slot of the answered message */
    EXPR_TARGET_SERIES,        /* values of an item in an earlier repetition */
    EXPR_TARGET_SERIES_MEMBER, /* those that the JSON has: encode */
    EXPR_TARGET_INPUT          /* `code` alone: index, frame.length, request.valid, ... */
};

struct expr {
    enum expr_kind kind;
    enum expr_type type; /* set by expr_resolve() */
    struct location where;
    struct exact number; /* EXPR_NUMBER; EXPR_BIT: which; EXPR_BOOL: 0 or 1 */
    const char *text;    /* EXPR_TEXT, EXPR_NAME; name of the curve */
    uint8_t code;        /* enum dgm_code of an operation, or of an input */
    struct expr *args[3];
    unsigned arg_count;
    enum expr_target target; /* EXPR_NAME, set by expr_resolve() */
    struct item *item;       /* of targets slot, member and request */
    uint16_t operand;        /* role, slot of the request, decimals, or curve */
};

/* What a name is wanted for. */
enum expr_use {
    EXPR_USE_VALUE,
    EXPR_USE_PRESENCE,
    EXPR_USE_COUNT,
    EXPR_USE_SIZE,
    EXPR_USE_SERIES
};

/*
 * Who knows the names. `find` sets target, item, operand and type of a name; false after
 * it has reported that there is none.
 */
struct expr_scope {
    struct diag *diag;
    bool (*find)(void *user, struct expr *name, enum expr_use use);
    void *user;
    bool *asks_request; /* set by request.u8(); NULL: it has no meaning */
    bool is_written;    /* the frame is not there yet: u8() has none */
    bool little_endian;
    struct curves *curves;
};

/* Parse a scalar; NULL after a report. `what` names the value: "'when'". */
struct expr *expr_parse(struct diag *diag, const struct node *node, const char *what);
/* Parse a part of a scalar: what stands in the brackets of text(n). */
struct expr *expr_parse_part(struct diag *diag, const struct node *node, size_t first,
                             size_t length);
/* A constant. */
struct expr *expr_constant(struct arena *arena, struct exact number,
                           struct location where);

/* The whole number below. */
struct expr *expr_floor(struct arena *arena, struct expr *expr);

/* Names and types; false after a report. */
bool expr_resolve(struct expr *expr, const struct expr_scope *scope);
bool expr_is_number(const struct expr *expr);
/* Is it the topic of the call? */
bool expr_is_topic(const struct expr *expr);

/* Is it a constant? Folds whole trees of numbers. */
bool expr_value(const struct expr *expr, struct exact *ret);

/* expr == scale * name + offset for one name of target slot. */
bool expr_linear(const struct expr *expr, struct item **ret_item, struct exact *ret_scale,
                 struct exact *ret_offset);

/*
 * Smallest and largest value, as far as widths tell. False if there is no bound that fits
 * 64 bits.
 */
bool expr_bounds(const struct expr *expr, struct exact *ret_low, struct exact *ret_high);

/* Byte code under construction. */
struct expr_code {
    uint8_t bytes[DGM_MAX_EXPR_STEPS * 10];
    size_t length;
    unsigned steps, depth, stack; /* depth now, and the greatest there was */
    bool lacks_member;            /* it names something that is in no JSON */
    struct builder *builder;      /* for texts */
};

/* Append one operation; operands follow with expr_code_byte(). */
void expr_code_operation(struct expr_code *code, uint8_t operation, unsigned pops);
void expr_code_byte(struct expr_code *code, unsigned byte);
void expr_code_u16(struct expr_code *code, uint16_t value);
/* False if it is no decimal of 64 bits. */
bool expr_code_constant(struct expr_code *code, struct exact number);
/* Append an expression; false after a report. */
bool expr_code_append(struct expr_code *code, const struct expr *expr, struct diag *diag);
/* Put it into the table; DGM_NONE after a report. */
uint16_t expr_code_finish(const struct expr_code *code, struct builder *builder,
                          struct diag *diag, struct location where);

/* All of it for one resolved expression. */
uint16_t expr_compile(const struct expr *expr, struct builder *builder,
                      struct diag *diag);

/* Call `visit` for every name of the tree. */
void expr_each_name(struct expr *expr, void (*visit)(struct expr *name, void *user),
                    void *user);

#endif
