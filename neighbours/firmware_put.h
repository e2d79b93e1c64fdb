/* SPDX-License-Identifier: MIT */
/* What the writers of encoding functions share. Each writes C for the row. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_PUT_H
#define DGM_NEIGHBOURS_FIRMWARE_PUT_H

#include "firmware_emit.h"

/* The condition holds, or the call ends with the status: "RANGE". Nothing for what always
 * does. */
void firmware_put_require(struct firmware_emit *emit, uint16_t row, const char *condition,
                          const char *status);

/* encode.c */
void firmware_put_rows(struct firmware_emit *emit, uint16_t first, uint16_t end);
void firmware_put_row(struct firmware_emit *emit, uint16_t row);

/* put_presence.c */
void firmware_put_there(struct firmware_emit *emit, uint16_t row);
void firmware_put_optional(struct firmware_emit *emit, uint16_t row);
void firmware_put_conditional(struct firmware_emit *emit, uint16_t row);
void firmware_put_length_checks(struct firmware_emit *emit);

/* put_number.c */
void firmware_put_member(struct firmware_emit *emit, uint16_t row);
void firmware_put_constant(struct firmware_emit *emit, uint16_t row);
void firmware_put_expr(struct firmware_emit *emit, uint16_t row);
void firmware_put_count(struct firmware_emit *emit, uint16_t row);
/* Room for what is known later, and that: `value` is an int64_t in C. */
void firmware_put_room(struct firmware_emit *emit, uint16_t row);
void firmware_put_later(struct firmware_emit *emit, uint16_t row, const char *value);
/* The raw value of a value, in C; false if the row's scaling has none. */
bool firmware_put_raw(const struct firmware_plan *plan, const struct dgm_row *row,
                      const struct firmware_value *value, char *text, size_t size);
/* `value`, of what the row tells of an item or the frame; false if there is no C. */
bool firmware_put_told(struct firmware_emit *emit, uint16_t row, const char *value);

/* put_at.c */
void firmware_put_at(struct firmware_emit *emit, uint16_t row);
/* Rows whose places are counted from the end, when that is known. */
void firmware_put_from_end(struct firmware_emit *emit);

/* put_text.c */
void firmware_put_text(struct firmware_emit *emit, uint16_t row);

/* put_part.c */
void firmware_put_bits(struct firmware_emit *emit, uint16_t row);
void firmware_put_stream(struct firmware_emit *emit, uint16_t row);
void firmware_put_part(struct firmware_emit *emit, uint16_t row);
void firmware_put_array(struct firmware_emit *emit, uint16_t row,
                        void (*round)(struct firmware_emit *emit, uint16_t row));
void firmware_put_loop(struct firmware_emit *emit, uint16_t row);
void firmware_put_span(struct firmware_emit *emit, uint16_t row);
void firmware_put_agree(struct firmware_emit *emit, uint16_t row);

#endif
