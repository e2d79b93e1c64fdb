/* SPDX-License-Identifier: MIT */
/* What the writers of decoding functions share. Each writes C for the row. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_GET_H
#define DGM_NEIGHBOURS_FIRMWARE_GET_H

#include "firmware_emit.h"

/* The condition holds, or the call ends with the status: "RANGE". Nothing for what always
 * does. */
void firmware_get_require(struct firmware_emit *emit, uint16_t row, const char *condition,
                          const char *status);

/* decode.c */
void firmware_get_rows(struct firmware_emit *emit, uint16_t first, uint16_t end);
/* Bytes behind the message that what takes the rest leaves; inside of a part there are
 * none. */
unsigned firmware_get_trailer(const struct firmware_emit *emit);
bool firmware_get_ignores(const struct firmware_emit *emit);

/* get_loop.c */
void firmware_get_loop(struct firmware_emit *emit, uint16_t row);

/* get_number.c */
/* An open part of a tag, kept in a variable, goes into the record at work. */
void firmware_get_tag(struct firmware_emit *emit, uint16_t row);
void firmware_get_member(struct firmware_emit *emit, uint16_t row);
void firmware_get_constant(struct firmware_emit *emit, uint16_t row);
void firmware_get_kept(struct firmware_emit *emit, uint16_t row);
void firmware_get_length(struct firmware_emit *emit, uint16_t row);
void firmware_get_check(struct firmware_emit *emit, uint16_t row);
/* What the row tells by its scaling, as an int64_t in C; false if it is another way. */
bool firmware_get_told(struct firmware_emit *emit, uint16_t row, char *text, size_t size);
/* Say that the member is there, where it may not be. */
void firmware_get_flag(struct firmware_emit *emit, uint16_t row);

/* get_part.c */
/* Writes a constant `name`: a whole number that is not negative; false if it has no C. */
bool firmware_get_size(struct firmware_emit *emit, uint16_t row, uint16_t expr,
                       const char *name);
void firmware_get_text(struct firmware_emit *emit, uint16_t row);
void firmware_get_bits(struct firmware_emit *emit, uint16_t row);
void firmware_get_stream(struct firmware_emit *emit, uint16_t row);
void firmware_get_part(struct firmware_emit *emit, uint16_t row);
void firmware_get_array(struct firmware_emit *emit, uint16_t row);
void firmware_get_at(struct firmware_emit *emit, uint16_t row);
void firmware_get_span(struct firmware_emit *emit, uint16_t row);
void firmware_get_agree(struct firmware_emit *emit, uint16_t row);

#endif
