/* SPDX-License-Identifier: MIT */
/* The expression machine: verified byte code over exact numbers; see enum dgm_code. */
#ifndef DGM_MACHINE_H
#define DGM_MACHINE_H

#include "private.h"
#include "real.h"

/* What an expression can see. Members that do not apply are NULL or zero. */
struct machine {
    const struct dgm_codec *codec;
    const struct dgm_call *call;
    const struct value *slots;
    const struct value *roles; /* DGM_ROLE_COUNT of them */
    uint32_t index;            /* of the innermost repetition */
    size_t frame_length;
    const uint8_t *frame;                /* decode; NULL while it is written */
    const size_t *start, *end;           /* of the innermost region in it */
    size_t (*left)(const void *decoder); /* bytes behind the place; NULL while written */
    const void *decoder;
    size_t region; /* bytes of the region that was just written */
    bool has_request;
    bool request_valid;
    const uint8_t *request;
    size_t request_length;
    const struct value *request_slots;
    size_t request_slot_count;
    /* Encode: answers DGM_CODE_MEMBER and its kin. */
    struct value (*member)(void *user, uint8_t code, uint16_t member);
    void *user;
};

/* Values that an expression holds at once, of DGM_MAX_EXPR_STACK. */
enum { MACHINE_STACK = HAS_OPERATORS ? DGM_MAX_EXPR_STACK : 4 };

/* Evaluate; DGM_OK or DGM_OVERFLOW. The expression's number must be valid. */
enum dgm_status machine_run(const struct machine *machine, uint16_t expr,
                            struct value *ret);

/* machine_quick.c: a number of one word, or a truth; the number is in units of
 * 10^-digits.
 */
struct quick_value {
    int64_t number;
    uint8_t kind; /* enum value_kind, but no float */
    uint8_t digits;
};

/* The same as machine_run() of an expression that sees slots alone, where all values are
 * of that kind; false: the machine must be asked. */
bool machine_quick(const struct dgm_codec *codec, const struct value *slots,
                   uint16_t expr, struct quick_value *ret);
/* May it be so, by the operations? */
bool machine_is_quick(const struct dgm_codec *codec, uint16_t expr);

static inline bool quick_is_true(const struct quick_value *value)
{
    return value->kind != VALUE_MISSING && value->number != 0;
}

/* A whole number, 0..DGM_MAX_FRAME? */
static inline bool quick_is_count(const struct quick_value *value)
{
    return value->kind == VALUE_NUMBER && value->digits == 0 && value->number >= 0 &&
           value->number <= DGM_MAX_FRAME;
}

/* Is the expression true? Missing is false. */
enum dgm_status machine_test(const struct machine *machine, uint16_t expr, bool *ret);

/* A count or length: whole, 0..DGM_MAX_FRAME; else DGM_LENGTH, or DGM_OVERFLOW. */
enum dgm_status machine_count(const struct machine *machine, uint16_t expr,
                              uint32_t *ret);

/* Stack effect and operand bytes of an operation; false for an unknown one. */
bool machine_shape(uint8_t code, unsigned *ret_operands, unsigned *ret_pops,
                   unsigned *ret_pushes);

struct value value_missing(void);
struct value value_bool(bool truth);
struct value value_u64(uint64_t number);
struct value value_i64(int64_t number);
struct value value_number(struct number number);

/* One operation of two values, neither a comparison nor one of truth values. */
enum dgm_status machine_binary(uint8_t code, const struct value *x, const struct value *y,
                               struct value *ret);

/* machine_real.c. The bits of a finite binary64. */
struct value value_float(uint64_t bits);
/* Rounded to binary64; missing if too large for it. */
struct value value_real(struct real real);
/* The nearest binary64. */
struct real value_to_real(const struct value *value);
/* Is it whole and not missing? Then it is stored. */
bool value_to_wide(const struct value *value, struct wide *ret);
/* Of two numbers, either of them exact or float. */
int value_compare(const struct value *left, const struct value *right);
/* An exact number of so many decimals; a float too large for that stays one. */
struct value value_rounded(const struct value *value, unsigned digits,
                           enum real_rounding rounding);
/* Why a table may not use the operation in this build of the core, or NULL. */
const char *machine_lacks(uint8_t code);
/* Is it an operation of one number for machine_real_unary(), whatever the number? */
bool machine_is_function(uint8_t code);
struct value machine_real_unary(uint8_t code, const struct value *x);
struct value machine_real_binary(uint8_t code, const struct value *x,
                                 const struct value *y);

#endif
