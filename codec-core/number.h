/* SPDX-License-Identifier: MIT */
/*
 * Exact decimal numbers: a 128-bit mantissa and a decimal exponent, value = mantissa /
 * 10^digits. Text both ways without locale, stdio or binary floating point.
 */
#ifndef DGM_NUMBER_H
#define DGM_NUMBER_H

#include <stddef.h>
#include "wide.h"

enum {
    NUMBER_MAX_DIGITS = 38, /* decimals that a number may have */
    NUMBER_TEXT_MAX = 44    /* sign, 39 digits, point, leading zero; no terminator */
};

struct number {
    struct wide mantissa;
    uint8_t digits; /* 0..NUMBER_MAX_DIGITS */
};

/*
 * Write the shortest plain decimal text: no exponent, no trailing zeros behind the point,
 * no point for a whole value: 123/10 is "12.3", 120/10 is "12", 5/1000 is "0.005", -0 is
 * "0".
 *
 * `text` has at least NUMBER_TEXT_MAX bytes. Returns the length.
 */
size_t number_write(char *text, struct number value);

/* The same for common cases, faster. u64: at most 20 bytes; i64: at most 20. */
size_t number_write_u64(char *text, uint64_t value);
size_t number_write_i64(char *text, int64_t value);
/* mantissa / 10^digits, digits at most 19; at most 22 bytes. */
size_t number_write_decimal(char *text, int64_t mantissa, unsigned digits);

enum number_parse_result {
    NUMBER_OK,
    NUMBER_SYNTAX,   /* not a JSON number */
    NUMBER_TOO_LARGE /* more than 38 decimals, or a mantissa beyond 128 bits */
};

/* A JSON number token taken to its parts, for those who go on without struct number. */
struct number_token {
    size_t length; /* of the whole token; of what is right if it is none */
    bool negative;
    const char *integer, *fraction; /* digits, zeros at the ends included */
    size_t integer_length, fraction_length;
    int64_t exponent;      /* as written */
    bool exponent_is_huge; /* too long for `exponent`, which is then an extreme */
};

/* The longest number token at the start of the text; false if there is none. */
bool number_scan(const char *text, size_t length, struct number_token *ret);

/* The value of a token, which loses the zeros at its end; never NUMBER_SYNTAX. */
enum number_parse_result number_from_token(struct number_token *token,
                                           struct number *ret);

/*
 * Read a JSON number (RFC 8259 grammar, exponent allowed) that fills `text` exactly. The
 * result is exact and normalised: no trailing zeros in the mantissa while digits > 0. 1e3
 * is 1000/1, 1.50 is 15/10. A zero of any spelling, 0e999999999999999999 or -0 too, is
 * 0/1.
 */
enum number_parse_result number_parse(const char *text, size_t length,
                                      struct number *ret);

/* -1, 0, 1; exact for all values. */
int number_order(const struct number *left, const struct number *right);

/* The sum or difference, and the product, exact; false on overflow of the mantissa or the
 * digits. `ret` may be one of the operands. */
bool number_combine(const struct number *left, const struct number *right, bool subtracts,
                    struct number *ret);
bool number_multiply(const struct number *left, const struct number *right,
                     struct number *ret);

/* Whole value? Then it is stored. */
bool number_is_whole(const struct number *value, struct wide *ret);

/* The same of values. */
static inline int number_compare(struct number left, struct number right)
{
    return number_order(&left, &right);
}

static inline bool number_add(struct number left, struct number right, struct number *ret)
{
    return number_combine(&left, &right, false, ret);
}

static inline bool number_sub(struct number left, struct number right, struct number *ret)
{
    return number_combine(&left, &right, true, ret);
}

static inline bool number_mul(struct number left, struct number right, struct number *ret)
{
    return number_multiply(&left, &right, ret);
}

static inline bool number_to_wide(struct number value, struct wide *ret)
{
    return number_is_whole(&value, ret);
}

#endif
