/* SPDX-License-Identifier: MIT */
/* A compiled table for tools that look into it: typed arrays, and what expressions name.
 * Tables come from a codec, which has proved them. */
#ifndef DGM_NEIGHBOURS_TABLES_H
#define DGM_NEIGHBOURS_TABLES_H

#include <dragoman/codec.h>

struct tables {
    const struct dgm_codec *codec;
    const struct dgm_model *model;
    const struct dgm_service *services;
    const struct dgm_command *commands;
    const struct dgm_message *messages;
    const struct dgm_guard *guards;
    const struct dgm_row *rows;
    const struct dgm_member *members;
    const struct dgm_scaling *scalings;
    const struct dgm_pipe *pipes;
    const struct dgm_enum *enums;
    const struct dgm_choice *choices;
    const struct dgm_limit *limits;
    const uint64_t *numbers;
    const uint16_t *answers;
    const struct dgm_expr *exprs;
    const uint8_t *code;
    const struct dgm_loop *loops;
    const struct dgm_tag *tags;
    const struct dgm_format *formats;
    const struct dgm_check *checks;
    const struct dgm_framing *framings;
    const struct dgm_hook_name *hooks;
};

void tables_open(struct tables *tables, const struct dgm_codec *codec);

/* Rows of a message. */
const struct dgm_row *tables_rows(const struct tables *tables, uint16_t message);

/* Does the message travel to the device? */
bool tables_is_down(const struct dgm_message *message);

/* The row that row `index` stands in, or DGM_NONE. */
uint16_t tables_parent(const struct dgm_row *rows, uint16_t index);

/* Index of the row's format, or DGM_NONE. */
uint16_t tables_format(const struct dgm_row *row);

/* The row's list of raws that are no reading, or DGM_NONE. */
uint16_t tables_invalid(const struct tables *tables, const struct dgm_row *row);

/* The scaling by which the row's raw becomes a value, or NULL. */
const struct dgm_scaling *tables_scaling(const struct tables *tables,
                                         const struct dgm_row *row);

/* One operation of an expression. */
struct tables_step {
    uint8_t code;
    uint16_t operand; /* slot, row, ... */
    int64_t mantissa; /* CONST */
    uint8_t digits;
};

/* Bytes of the operands behind an operation. */
unsigned tables_operand_bytes(uint8_t code);

/* Walk an expression: `at` is 0 to begin. False behind the last operation. */
bool tables_step(const struct tables *tables, uint16_t expr, uint32_t *at,
                 struct tables_step *ret);

/* Does the expression read this slot? */
bool tables_reads(const struct tables *tables, uint16_t expr, uint16_t slot);

/* Does any expression of the table have this operation? */
bool tables_has_code(const struct tables *tables, uint8_t code);

/* All expressions of a row, one after another: `position` from 0; DGM_NONE where there is
 * none. */
enum { TABLES_ROW_EXPRS = 4 };
uint16_t tables_row_expr(const struct dgm_row *row, unsigned position);

#endif
