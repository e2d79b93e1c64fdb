/* SPDX-License-Identifier: MIT */
/*
 * What becomes of each row of a message in firmware: a member of its struct, or bytes
 * that the code knows by itself.
 */
#ifndef DGM_NEIGHBOURS_FIRMWARE_PLAN_H
#define DGM_NEIGHBOURS_FIRMWARE_PLAN_H

#include "firmware_name.h"
#include "tables.h"

enum { FIRMWARE_MACRO = FIRMWARE_NAME * 3 };

enum firmware_work {
    FIRMWARE_NOTHING, /* no bytes, or those of the rows inside */
    FIRMWARE_MEMBER,  /* the raw value is a member of the struct */
    FIRMWARE_CONSTANT,
    FIRMWARE_FILL,
    FIRMWARE_SKIP,    /* bytes that other rows write */
    FIRMWARE_LENGTH,  /* of the frame */
    FIRMWARE_CHECK,   /* checksum */
    FIRMWARE_EXPR,    /* encode: what the row's expression says */
    FIRMWARE_COUNT,   /* how much another row has: `counted` */
    FIRMWARE_LATER,   /* filled in, or compared, by an AGREE row */
    FIRMWARE_MEASURE, /* encode: filled in when the region is written */
    FIRMWARE_TAG      /* encode: the tag of the record at work */
};

__extension__ typedef __int128 firmware_wide;

/* What is known of a computed value. */
struct firmware_computed {
    bool has_code; /* there is C for it */
    bool is_condition;
    bool may_miss; /* also where its row is there */
    unsigned digits;
    firmware_wide low, high;
};

struct firmware_row {
    enum firmware_work work;
    char name[FIRMWARE_NAME];   /* of the member, or of the array */
    char macro[FIRMWARE_MACRO]; /* "REPORT_FLOW", of one row only */
    uint16_t scope;             /* row of the array whose elements have it, or DGM_NONE */
    uint16_t counted;           /* COUNT: the row; of that row: who tells, or DGM_NONE */
    uint8_t bits;               /* of the C type: 8, 16, 32, 64 */
    bool is_signed, is_float, is_bool;
    bool is_array;     /* repetition, or records of a tag */
    bool is_plain;     /* array of one value without a struct of its own */
    bool has_length;   /* bytes whose number varies */
    bool has_flag;     /* `has_NAME`: is it there? */
    bool is_tracked;   /* some expression must know whether it is there */
    bool is_kept;      /* some expression needs the value, which is no member */
    bool is_repeated;  /* another row declared the same member */
    bool is_unchecked; /* its limits are about more than the raw value */
    bool is_open;      /* part of a tag: a member of each record */
    bool is_switch;    /* CASE: only its flag is a member */
    uint16_t teller;   /* CASE: row that tells its size less `told_add`, or DGM_NONE */
    int64_t told_add;
    struct firmware_computed computed; /* VALUE */
    uint32_t most;                     /* elements of an array, or bytes */
};

enum firmware_mark { FIRMWARE_KEPT, FIRMWARE_TRACKED, FIRMWARE_FLAGGED };

/* A mark that can be taken back. */
struct firmware_marked {
    uint16_t row;
    enum firmware_mark mark;
};

enum { FIRMWARE_MARKS = 256 };

struct firmware_plan {
    const struct tables *tables;
    const char *prefix; /* of the product */
    uint16_t index;     /* of the message */
    const struct dgm_message *message;
    const struct dgm_row *rows;
    bool down;        /* it is decoded */
    bool asks_port;   /* some expression does: the caller tells it */
    bool is_complete; /* encode: all is written, and the frame's length known */
    char name[FIRMWARE_NAME];
    struct firmware_row *at;                      /* one for each row */
    struct firmware_marked marks[FIRMWARE_MARKS]; /* of the expression at work */
    unsigned mark_count;
    char refusal[FIRMWARE_NAME * 4]; /* why it cannot be held; empty: it can */
};

/* `plan->name` is set by the caller. False if memory is out. */
bool firmware_plan_open(struct firmware_plan *plan, const struct tables *tables,
                        const char *prefix, uint16_t message, bool reverse);
void firmware_plan_close(struct firmware_plan *plan);

/* Name the members anew, after works have changed. */
void firmware_plan_name(struct firmware_plan *plan);

/* Mark a row; what is marked since a count can be taken back. False if that is too much
 * for one expression. */
bool firmware_mark(struct firmware_plan *plan, uint16_t row, enum firmware_mark mark);
void firmware_unmark(struct firmware_plan *plan, unsigned count);
void firmware_forget_marks(struct firmware_plan *plan);
size_t firmware_count_marks(const struct firmware_plan *plan);

/* The first reason stays. */
void firmware_refuse(struct firmware_plan *plan, const struct dgm_row *row,
                     const char *why);
bool firmware_refused(const struct firmware_plan *plan);

/* Index of a row, and the row behind those that belong to it. */
uint16_t firmware_index(const struct firmware_plan *plan, const struct dgm_row *row);
uint16_t firmware_end(const struct firmware_plan *plan, uint16_t index);

/* May the row be absent from its frame, or its round? */
bool firmware_may_miss(const struct firmware_plan *plan, uint16_t index);

/* "uint32_t port, ", of functions that ask for it. */
const char *firmware_port_parameter(const struct firmware_plan *plan);

/* Text of the table's pool. */
const char *firmware_text(const struct firmware_plan *plan, uint32_t offset);

/* Name of a path, "in->items[i2].level" with `suffix` behind the name. */
enum { FIRMWARE_PATH = FIRMWARE_NAME * 4 };
void firmware_path(const struct firmware_plan *plan, uint16_t row, const char *before,
                   const char *suffix, char path[FIRMWARE_PATH]);

/* How deep arrays are nested around the row: names the index. */
unsigned firmware_depth(const struct firmware_plan *plan, uint16_t row);

/* The first row inside, or the row itself, that the struct has and that is there whenever
 * the outer one is; or DGM_NONE. */
uint16_t firmware_named_in(const struct firmware_plan *plan, uint16_t row);

/* Has the row a member in the struct? */
bool firmware_has_name(const struct firmware_plan *plan, uint16_t row);

/* Is it the number that an array is made of? To the caller both are one field. */
bool firmware_is_element(const struct firmware_plan *plan, uint16_t row);

#endif
