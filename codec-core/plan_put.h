/* SPDX-License-Identifier: MIT */
/*
 * What operations write, and what they look at and keep: all of plan_decode.c, into whose
 * loop they are inlined.
 */
#ifndef DGM_PLAN_PUT_H
#define DGM_PLAN_PUT_H

#include <string.h>
#include "float_text.h"
#include "number.h"
#include "plan_decode_run.h"
#include "plan_digits.h"
#include "plan_text.h"

/* The text before a value. */
static inline char *put_before(char *text, const struct plan_op *op)
{
    memcpy(text, op->text, PLAN_COPY);
    return text + op->length;
}

static inline char *put_comma(char *text, unsigned first)
{
    *text = ',';
    return text + 1 - first;
}

static inline char *put_integer8(char *text, int64_t value)
{
    uint64_t magnitude;
    text = plan_put_sign(text, value, &magnitude);
    return plan_put_u8digits(text, (uint32_t)magnitude);
}

static inline char *put_integer(char *text, int64_t value)
{
    uint64_t magnitude;
    text = plan_put_sign(text, value, &magnitude);
    return plan_put_u64(text, magnitude);
}

static inline int64_t scaled(const struct plan_op *op, int64_t raw)
{
    return raw * op->first.scale->mul + op->first.scale->add;
}

/* Text of any length; what is copied too much is overwritten. */
static inline char *put_text(char *text, const char *from, size_t length)
{
    char *end = text + length;
    do {
        memcpy(text, from, PLAN_COPY);
        text += PLAN_COPY;
        from += PLAN_COPY;
    } while (text < end);
    return end;
}

/* Text that is copied at once. */
static inline char *put_piece(char *text, const struct plan_op *op)
{
    memcpy(text, op->text, PLAN_COPY);
    return text + PLAN_COPY;
}

static inline uint32_t order_of_float(uint32_t bits)
{
    return bits ^ ((0 - (bits >> 31)) & 0x7FFFFFFFu);
}

static inline char *put_string(char *text, const struct plan_op *op, const uint8_t *block)
{
    const uint8_t *bytes = block + op->at;
    size_t length = (size_t)op->second;
    while ((op->flags & PLAN_PADDED) && length > 0 && bytes[length - 1] == op->digits)
        length--;
    return plan_put_string(text, bytes, length, (uint8_t)op->first.bits);
}

/* NULL: there is no message id 0. */
static inline char *put_mid(char *text, const struct plan_op *op, const uint8_t *block)
{
    uint16_t id = plan_load16(block + op->at, false);
    return id != 0 ? plan_put_u5digits(put_before(text, op), id) : NULL;
}

static inline bool is_small(const struct plan_op *op)
{
    return (op->flags & PLAN_SMALL) != 0;
}

/* What words are printed as; the text before them is. */
static inline char *put_int16(char *text, const struct plan_op *op, uint32_t value)
{
    (void)op;
    return plan_put_u5digits(text, value);
}

static inline char *put_int32(char *text, const struct plan_op *op, uint32_t value)
{
    (void)op;
    return plan_put_u32(text, value);
}

static inline char *put_point5(char *text, const struct plan_op *op, uint32_t value)
{
    return plan_put_point5(text, value, op->left);
}

static inline char *put_point4(char *text, const struct plan_op *op, uint32_t value)
{
    return plan_put_decimal4(text, value, op->first.power, false);
}

static inline char *put_point8(char *text, const struct plan_op *op, uint32_t value)
{
    return plan_put_decimal8(text, value, op->first.power, is_small(op));
}

/* The same of a word with a sign. */
PLAN_INLINE char *put_signed(char *text, const struct plan_op *op, int32_t value,
                             char *(*put)(char *, const struct plan_op *, uint32_t))
{
    uint64_t magnitude;
    text = plan_put_sign(put_before(text, op), value, &magnitude);
    return put(text, op, (uint32_t)magnitude);
}

/* Of a value by the operation's scale. */
static inline char *put_decimal4(char *text, const struct plan_op *op, int64_t raw)
{
    uint64_t magnitude;
    text = plan_put_sign(put_before(text, op), scaled(op, raw), &magnitude);
    return plan_put_decimal4(text, (uint32_t)magnitude, &plan_powers[op->digits],
                             is_small(op));
}

static inline char *put_decimal8(char *text, const struct plan_op *op, int64_t raw)
{
    uint64_t magnitude;
    text = plan_put_sign(put_before(text, op), scaled(op, raw), &magnitude);
    return plan_put_decimal8(text, (uint32_t)magnitude, &plan_powers[op->digits],
                             is_small(op));
}

static inline char *put_decimal(char *text, const struct plan_op *op,
                                const uint8_t *block)
{
    text = put_before(text, op);
    return text + number_write_decimal(text, scaled(op, plan_field_value(op, block)),
                                       op->digits);
}

static inline unsigned bits_of_byte(const struct plan_op *op, const uint8_t *block)
{
    return (unsigned)(block[op->at] >> op->right) & (unsigned)op->second;
}

/* NULL: it is outside the limits, or none. */
static inline char *put_float(char *text, const struct plan_op *op, uint32_t bits)
{
    int32_t order = (int32_t)order_of_float(bits);
    return order >= op->first.low && order <= op->second
               ? float_write_32(put_before(text, op), bits)
               : NULL;
}

static inline char *put_time(struct plan_walk *walk, char *text, const struct plan_op *op,
                             const uint8_t *block)
{
    int64_t seconds = scaled(op, (int64_t)plan_field_bits(op, block));
    return plan_put_time(put_before(text, op), (uint64_t)seconds, op->flags & PLAN_ISO,
                         &walk->day);
}

static inline char *put_seconds(struct plan_walk *walk, char *text,
                                const struct plan_op *op, uint32_t seconds)
{
    return plan_put_time(put_before(text, op), seconds, op->flags & PLAN_ISO, &walk->day);
}

static inline char *put_bcd_time(char *text, const struct plan_op *op,
                                 const uint8_t *block)
{
    return plan_put_bcd_time(put_before(text, op), plan_field_natural(op, block),
                             op->flags & PLAN_ISO);
}

/* Is the text of the block's operations sure to fit, and are its bytes there? */
static inline bool has_room(const struct plan_walk *walk, const struct plan_op *op,
                            const uint8_t *place, const char *text)
{
    return (size_t)(walk->end - place) >= (size_t)op->second &&
           (size_t)(walk->text_end - text) >= op->first.room;
}

static inline bool is_between(const struct plan_op *op, const uint8_t *block)
{
    int64_t value = plan_field_value(op, block);
    return value >= op->first.low && value <= op->second;
}

static inline bool is_wanted(const struct plan_op *op, const uint8_t *block)
{
    return (plan_swap(plan_load(block + op->at)) & op->first.bits) ==
           (uint64_t)op->second;
}

static inline void keep(const struct plan_walk *walk, const struct plan_op *op,
                        const uint8_t *block)
{
    struct value *slot = &walk->slots[op->second];
    slot->number.mantissa = wide_from_i64(scaled(op, plan_field_value(op, block)));
    slot->number.digits = op->digits;
    slot->kind = op->length != 0 ? VALUE_BOOL : VALUE_NUMBER;
}

/* Comes the member for the first time? It is remembered. */
static inline bool is_first(const struct plan_walk *walk, const struct plan_op *op)
{
    uint64_t *word = &walk->named[op->at], before = *word;
    *word = before | op->first.bits;
    return (before & op->first.bits) == 0;
}

/* Come the members for the first time in their tag loop? */
static inline bool is_new(struct plan_walk *walk, const struct plan_op *op)
{
    uint64_t *word = &walk->seen[op->at], before = *word;
    *word = before | op->first.bits;
    return (before & op->first.bits) == 0;
}

#endif
