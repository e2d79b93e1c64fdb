/* SPDX-License-Identifier: MIT */
/* Operands of expressions, and what is known of them. */
#ifndef DGM_NEIGHBOURS_JS_EXPR_H
#define DGM_NEIGHBOURS_JS_EXPR_H

#include "js_work.h"

enum kind { KIND_ANY, KIND_WHOLE, KIND_BOOL };

/* What is known of an operand. Whole ones lie between `low` and `high`. */
struct operand {
    const char *text;
    enum kind kind;
    bool certain; /* it cannot be missing */
    bool simple;  /* the text needs no brackets */
    double low, high;
};

struct expression {
    struct js *js;
    const struct dgm_row *row;
    struct operand stack[DGM_MAX_EXPR_STACK + 1];
    unsigned depth;
};

static inline struct operand any(const char *text)
{
    return (struct operand){text, KIND_ANY, false, true, 0, 0};
}

static inline struct operand truth(const char *text, bool simple)
{
    return (struct operand){text, KIND_BOOL, true, simple, 0, 1};
}

static inline struct operand whole(const char *text, bool certain, bool simple,
                                   double low, double high)
{
    return (struct operand){text, KIND_WHOLE, certain, simple, low, high};
}

const char *js_in_brackets(const struct expression *work, struct operand operand);
/* A helper function that may refuse, and so is told the frame and the item. */
const char *js_call(const struct expression *work, const char *name,
                    const char *operands);
/* As a condition. */
const char *js_as_test(const struct expression *work, struct operand x);
/* js_operators.c */
struct operand js_binary(const struct expression *work, uint8_t code, struct operand x,
                         struct operand y);
struct operand js_select(const struct expression *work, struct operand condition,
                         struct operand yes, struct operand no);

#endif
