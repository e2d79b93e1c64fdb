/* SPDX-License-Identifier: MIT */
/* Operations of expressions, on a stack of texts in C. All are false where there is none,
 * or where a number might not fit an int64_t. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_OPERATE_H
#define DGM_NEIGHBOURS_FIRMWARE_OPERATE_H

#include "firmware_expr.h"

enum { FIRMWARE_STACK = DGM_MAX_EXPR_STACK };

struct firmware_stack {
    struct firmware_plan *plan;
    uint16_t at;                  /* row where the expression stands */
    struct firmware_value *stack; /* FIRMWARE_STACK of them */
    unsigned count;
};

/* Texts grow with each operation; those that are too long have no C. */
__attribute__((format(printf, 2, 3))) bool firmware_put(char text[FIRMWARE_TEXT],
                                                        const char *format, ...);

/* Condition that both are there; empty: they always are. */
bool firmware_both_there(const struct firmware_value *a, const struct firmware_value *b,
                         char text[FIRMWARE_TEXT]);

/* The two on top of the stack, which have to be exact. */
bool firmware_pop_two(struct firmware_stack *work, struct firmware_value *ret_a,
                      struct firmware_value *ret_b);

bool firmware_fits(const struct firmware_value *value);

/* A cleared value on top; NULL if the stack is full. */
struct firmware_value *firmware_push(struct firmware_stack *work);
bool firmware_push_number(struct firmware_stack *work, int64_t number, unsigned digits);
bool firmware_push_condition(struct firmware_stack *work, const char *text);

/* `word` is the operator in C. */
bool firmware_compare(struct firmware_stack *work, const char *word);
bool firmware_calculate(struct firmware_stack *work, uint8_t code);
/* Change the sign. */
bool firmware_turn(struct firmware_stack *work);
bool firmware_divide(struct firmware_stack *work, char word);
bool firmware_bits(struct firmware_stack *work, char word);
bool firmware_shift(struct firmware_stack *work, bool left);
bool firmware_bit(struct firmware_stack *work);
bool firmware_combine(struct firmware_stack *work, const char *word);
bool firmware_negate(struct firmware_stack *work);
bool firmware_has(struct firmware_stack *work);
bool firmware_select(struct firmware_stack *work);
bool firmware_or_else(struct firmware_stack *work);

/* The value as a condition that is false where it is missing. */
bool firmware_as_condition(const struct firmware_value *value, char text[FIRMWARE_TEXT]);

#endif
