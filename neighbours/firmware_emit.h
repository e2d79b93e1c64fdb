/* SPDX-License-Identifier: MIT */
/* What the writers of functions share. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_EMIT_H
#define DGM_NEIGHBOURS_FIRMWARE_EMIT_H

#include "firmware_expr.h"

#include <stdio.h>

struct firmware_emit {
    struct firmware_plan *plan;
    FILE *file;
    unsigned indent;
    unsigned regions; /* parts with a size around the row at work */
    uint64_t tag;     /* encode: of the record at work */
    bool again;       /* a row became something else: write the function anew */
};

/* A line, indented. */
__attribute__((format(printf, 2, 3))) void firmware_line(struct firmware_emit *emit,
                                                         const char *format, ...);

/* The same, then deeper; and back: "}". */
__attribute__((format(printf, 2, 3))) void firmware_enter(struct firmware_emit *emit,
                                                          const char *format, ...);
void firmware_block(struct firmware_emit *emit);
void firmware_leave(struct firmware_emit *emit);

/* "ACME_WM_100_FIELD_REPORT_FLOW", or that of no field. */
enum { FIRMWARE_FIELD = FIRMWARE_MACRO + FIRMWARE_NAME + 8 };
void firmware_field(const struct firmware_plan *plan, uint16_t row,
                    char text[FIRMWARE_FIELD]);

/* "be", "le", "cdab" or "badc": end of the names of functions. */
const char *firmware_order(const struct dgm_row *row);

/* "64" for functions that take more than 32 bits. */
const char *firmware_wide_name(unsigned width);

/* All ones of a width, as a literal of 32 or 64 bits. */
void firmware_mask(unsigned width, char text[FIRMWARE_LITERAL]);

/* A constant of the wire, likewise. */
void firmware_bits_literal(uint64_t bits, unsigned width, char text[FIRMWARE_LITERAL]);

/* The mark that ends the repetition, as a literal. */
void firmware_end_mark(const struct firmware_plan *plan, const struct dgm_row *row,
                       char text[FIRMWARE_LITERAL]);

/* The message has no C, because of the row. */
void firmware_refuse_row(struct firmware_emit *emit, uint16_t row, const char *why);

/* Variables that the rows need, in front of the function's body. */
void firmware_variables(struct firmware_emit *emit);
/* An array's next round: what was known of the round before is forgotten. */
void firmware_forget(struct firmware_emit *emit, uint16_t array);

/* Set the variable of a computed value. */
void firmware_put_computed(struct firmware_emit *emit, uint16_t index);

/* Has the row bytes, or a say in which there are? */
bool firmware_matters(const struct firmware_plan *plan, uint16_t index);

/* Calls that read and write a number of decimal digits; what they need stands in front of
 * them. */
void firmware_get_digits(struct firmware_emit *emit, const struct dgm_row *row,
                         char *text, size_t size);
void firmware_put_digits(struct firmware_emit *emit, const struct dgm_row *row,
                         const char *number);

/* Writes that the condition holds, or the call ends with the status: "RANGE". */
typedef void firmware_require(struct firmware_emit *emit, uint16_t row,
                              const char *condition, const char *status);

/* The characters of the text at `path`, of `length` bytes, and how many there may be. */
void firmware_text_limits(struct firmware_emit *emit, firmware_require *require,
                          uint16_t index, const char *path, const char *length);

/* "checksum_12(frame, from, to)": the function behind a check, once for each. */
void firmware_checksum(FILE *file, const struct tables *tables, uint16_t check);
/* Where the bytes begin and end that the check of the row is about, as C. */
bool firmware_check_span(struct firmware_plan *plan, const struct dgm_row *row,
                         const char *length, char from[FIRMWARE_PATH],
                         char to[FIRMWARE_PATH]);

/* The functions of a message. */
void firmware_encode(struct firmware_emit *emit);
void firmware_decode(struct firmware_emit *emit);

/* The functions of the message, whatever way it goes. */
void firmware_put_function(struct firmware_emit *emit);

/* "fits_report(frame, length)": do guards of bytes and length hold? */
bool firmware_has_guards(const struct firmware_plan *plan);
void firmware_guards(struct firmware_emit *emit);
/* The same of the port, as a condition; false, and nothing, if there are none. */
bool firmware_call_guards(struct firmware_emit *emit);

#endif
