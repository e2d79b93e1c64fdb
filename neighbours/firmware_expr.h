/* SPDX-License-Identifier: MIT */
/*
 * Expressions of a table as C. Whole numbers and decimals are calculated with in units of
 * their last digit; that nothing overflows is proved by the ranges of the members' types.
 * Floats are only compared. What calculates with them, or knows more than the frame and
 * the port, has no C.
 */
#ifndef DGM_NEIGHBOURS_FIRMWARE_EXPR_H
#define DGM_NEIGHBOURS_FIRMWARE_EXPR_H

#include "firmware_plan.h"

enum { FIRMWARE_TEXT = 1600 };

struct firmware_value {
    char text[FIRMWARE_TEXT];  /* an int64_t, a double, or a condition */
    char there[FIRMWARE_TEXT]; /* condition that it is not missing; empty: it never is */
    bool is_condition;
    bool is_real;            /* a double: comparisons take it, and nothing else */
    unsigned digits;         /* decimals of the number */
    firmware_wide low, high; /* of the text */
};

/*
 * The expression where row `at` stands. Marks the rows whose values or presence it needs
 * as kept, tracked or flagged. False, and the message stays as it is, if it has no C.
 */
bool firmware_expr(struct firmware_plan *plan, uint16_t expr, uint16_t at,
                   struct firmware_value *ret);

/* The same as a condition, false where it is missing. */
bool firmware_condition(struct firmware_plan *plan, uint16_t expr, uint16_t at,
                        char text[FIRMWARE_TEXT]);

/* What a size or count is at most; UINT32_MAX: not known. */
uint32_t firmware_expr_most(struct firmware_plan *plan, uint16_t expr);

/* The first value, or the second where that is missing. False if they have no C that is
 * one of both. */
bool firmware_either(const struct firmware_value *first,
                     const struct firmware_value *second, struct firmware_value *ret);

/* Find out what a computed value is; those before it are known. */
void firmware_compute(struct firmware_plan *plan, uint16_t row);

/* A whole number as C. */
enum { FIRMWARE_LITERAL = 48 };
void firmware_literal(firmware_wide value, char text[FIRMWARE_LITERAL]);

/* value * mul + add as C, without what changes nothing (MISRA 2.2). */
void firmware_linear(const char *value, int64_t mul, int64_t add, char *text,
                     size_t size);

/* Name of a row's variable, "v12". */
void firmware_variable(uint16_t row, char letter, char text[FIRMWARE_LITERAL]);

#endif
