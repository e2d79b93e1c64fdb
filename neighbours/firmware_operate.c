/* SPDX-License-Identifier: MIT */
#include "firmware_operate.h"

#include "firmware_real.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool firmware_fits(const struct firmware_value *value)
{
    return value->low >= -(firmware_wide)INT64_MAX && value->high <= INT64_MAX;
}

bool firmware_put(char text[FIRMWARE_TEXT], const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, FIRMWARE_TEXT, format, arguments);
    va_end(arguments);
    return length >= 0 && length < FIRMWARE_TEXT;
}

struct firmware_value *firmware_push(struct firmware_stack *work)
{
    if (work->count == FIRMWARE_STACK) {
        return NULL;
    }
    struct firmware_value *top = &work->stack[work->count++];
    memset(top, 0, sizeof(*top));
    return top;
}

bool firmware_push_number(struct firmware_stack *work, int64_t number, unsigned digits)
{
    struct firmware_value *top = firmware_push(work);
    char text[FIRMWARE_LITERAL];
    if (top == NULL) {
        return false;
    }
    firmware_literal(number, text);
    top->low = top->high = number;
    top->digits = digits;
    return firmware_put(top->text, number < 0 ? "(%s)" : "%s", text) &&
           firmware_fits(top);
}

bool firmware_push_condition(struct firmware_stack *work, const char *text)
{
    struct firmware_value *top = firmware_push(work);
    if (top == NULL) {
        return false;
    }
    top->is_condition = true;
    top->high = 1;
    return firmware_put(top->text, "%s", text);
}

bool firmware_both_there(const struct firmware_value *a, const struct firmware_value *b,
                         char text[FIRMWARE_TEXT])
{
    if (a->there[0] == '\0' || b->there[0] == '\0') {
        return firmware_put(text, "%s%s", a->there, b->there);
    }
    return firmware_put(text, "(%s && %s)", a->there, b->there);
}

/* Multiply, so that the number has that many decimals. */
static bool widen(struct firmware_value *value, unsigned digits)
{
    struct firmware_value copy = *value;
    firmware_wide factor = 1;
    for (; value->digits < digits; value->digits++) {
        factor *= 10;
        if (factor > INT64_MAX) {
            return false;
        }
    }
    if (factor == 1) {
        return true;
    }
    char text[FIRMWARE_LITERAL];
    firmware_literal(factor, text);
    value->low *= factor;
    value->high *= factor;
    return firmware_fits(value) &&
           firmware_put(value->text, "(%s * %s)", copy.text, text);
}

static bool align(struct firmware_value *a, struct firmware_value *b)
{
    return !a->is_condition && !b->is_condition && widen(a, b->digits) &&
           widen(b, a->digits);
}

bool firmware_pop_two(struct firmware_stack *work, struct firmware_value *ret_a,
                      struct firmware_value *ret_b)
{
    if (work->count < 2) {
        return false;
    }
    *ret_b = work->stack[--work->count];
    *ret_a = work->stack[--work->count];
    return !ret_a->is_real && !ret_b->is_real;
}

/* What the ranges decide already: compilers warn of comparisons that are always true. */
static const char *decided(const struct firmware_value *a, const struct firmware_value *b,
                           const char *word)
{
    bool below = a->high<b->low, above = a->low> b->high;
    bool not_above = a->high <= b->low, not_below = a->low >= b->high;
    switch (word[0]) {
    case '<':
        return word[1] == '=' ? (not_above ? "true"
                                 : above   ? "false"
                                           : NULL)
                              : (below       ? "true"
                                 : not_below ? "false"
                                             : NULL);
    case '>':
        return word[1] == '=' ? (not_below ? "true"
                                 : below   ? "false"
                                           : NULL)
                              : (above       ? "true"
                                 : not_above ? "false"
                                             : NULL);
    case '=':
        return below || above ? "false" : NULL;
    default:
        return below || above ? "true" : NULL;
    }
}

bool firmware_compare(struct firmware_stack *work, const char *word)
{
    struct firmware_value a, b;
    char there[FIRMWARE_TEXT];
    if (work->count >= 2 &&
        (work->stack[work->count - 1].is_real || work->stack[work->count - 2].is_real)) {
        return firmware_compare_reals(work, word);
    }
    if (!firmware_pop_two(work, &a, &b) || !firmware_both_there(&a, &b, there)) {
        return false;
    }
    bool conditions = a.is_condition && b.is_condition;
    struct firmware_value *top = firmware_push(work);
    if (top == NULL || (!conditions && !align(&a, &b))) {
        return false;
    }
    top->is_condition = true;
    top->high = 1;
    const char *known = conditions ? NULL : decided(&a, &b, word);
    if (known != NULL) {
        return there[0] == '\0' ? firmware_put(top->text, "%s", known)
                                : firmware_put(top->text, "(%s && %s)", there, known);
    }
    return there[0] == '\0' ? firmware_put(top->text, "(%s %s %s)", a.text, word, b.text)
                            : firmware_put(top->text, "(%s && (%s %s %s))", there, a.text,
                                           word, b.text);
}

static firmware_wide lowest(const firmware_wide *values, unsigned count)
{
    firmware_wide lowest = values[0];
    for (unsigned i = 1; i < count; i++) {
        lowest = values[i] < lowest ? values[i] : lowest;
    }
    return lowest;
}

static firmware_wide highest(const firmware_wide *values, unsigned count)
{
    firmware_wide highest = values[0];
    for (unsigned i = 1; i < count; i++) {
        highest = values[i] > highest ? values[i] : highest;
    }
    return highest;
}

static bool set_range(struct firmware_value *top, uint8_t code,
                      const struct firmware_value *a, const struct firmware_value *b)
{
    if (code == DGM_CODE_ADD) {
        top->low = a->low + b->low;
        top->high = a->high + b->high;
    } else if (code == DGM_CODE_SUB) {
        top->low = a->low - b->high;
        top->high = a->high - b->low;
    } else {
        firmware_wide products[4] = {a->low * b->low, a->low * b->high, a->high * b->low,
                                     a->high * b->high};
        top->low = lowest(products, 4);
        top->high = highest(products, 4);
    }
    return firmware_fits(top);
}

bool firmware_calculate(struct firmware_stack *work, uint8_t code)
{
    struct firmware_value a, b;
    if (!firmware_pop_two(work, &a, &b) || a.is_condition || b.is_condition) {
        return false;
    }
    struct firmware_value *top = firmware_push(work);
    bool product = code == DGM_CODE_MUL;
    if (top == NULL || (!product && !align(&a, &b)) || a.digits + b.digits > 18) {
        return false;
    }
    top->digits = product ? a.digits + b.digits : a.digits;
    return firmware_both_there(&a, &b, top->there) && set_range(top, code, &a, &b) &&
           firmware_put(top->text, "(%s %c %s)", a.text,
                        product                ? '*'
                        : code == DGM_CODE_ADD ? '+'
                                               : '-',
                        b.text);
}

bool firmware_turn(struct firmware_stack *work)
{
    if (work->count == 0 || work->stack[work->count - 1].is_condition ||
        work->stack[work->count - 1].is_real) {
        return false;
    }
    struct firmware_value *top = &work->stack[work->count - 1];
    const struct firmware_value value = *top;
    top->low = -value.high;
    top->high = -value.low;
    return firmware_fits(top) && firmware_put(top->text, "(-%s)", value.text);
}

/* Division and remainder by a positive constant, of what is not negative: there C and
 * the profile mean the same. */
bool firmware_divide(struct firmware_stack *work, char word)
{
    struct firmware_value a, b;
    if (!firmware_pop_two(work, &a, &b) || a.is_condition || b.is_condition ||
        a.digits != 0 || b.digits != 0 || a.low < 0 || b.low <= 0 || b.low != b.high) {
        return false;
    }
    struct firmware_value *top = firmware_push(work);
    if (top == NULL) {
        return false;
    }
    top->high = word == '/' ? a.high / b.low : b.low - 1;
    return firmware_both_there(&a, &b, top->there) &&
           firmware_put(top->text, "(%s %c %s)", a.text, word, b.text);
}

bool firmware_as_condition(const struct firmware_value *value, char text[FIRMWARE_TEXT])
{
    if (!value->is_condition) {
        return false;
    }
    return value->there[0] == '\0'
               ? firmware_put(text, "%s", value->text)
               : firmware_put(text, "(%s && %s)", value->there, value->text);
}

bool firmware_combine(struct firmware_stack *work, const char *word)
{
    struct firmware_value a, b;
    char one[FIRMWARE_TEXT], other[FIRMWARE_TEXT], text[FIRMWARE_TEXT];
    return firmware_pop_two(work, &a, &b) && firmware_as_condition(&a, one) &&
           firmware_as_condition(&b, other) &&
           firmware_put(text, "(%s %s %s)", one, word, other) &&
           firmware_push_condition(work, text);
}

bool firmware_negate(struct firmware_stack *work)
{
    char text[FIRMWARE_TEXT], inverse[FIRMWARE_TEXT];
    return work->count > 0 && firmware_as_condition(&work->stack[--work->count], text) &&
           firmware_put(inverse, "(!%s)", text) && firmware_push_condition(work, inverse);
}

bool firmware_has(struct firmware_stack *work)
{
    if (work->count == 0) {
        return false;
    }
    struct firmware_value value = work->stack[--work->count];
    return firmware_push_condition(work, value.there[0] == '\0' ? "true" : value.there);
}

/* A number that stands there by itself is no int64_t yet. */
static const char *width_of(const struct firmware_value *value)
{
    char first = value->text[0] == '(' ? value->text[1] : value->text[0];
    bool literal = (first >= '0' && first <= '9') || first == '-';
    return !value->is_condition && literal && value->low == value->high ? "(int64_t)"
                                                                        : "";
}

/* One of two, by a condition that is not missing. */
static bool choose(const char *condition, struct firmware_value *yes,
                   struct firmware_value *no, struct firmware_value *ret)
{
    bool conditions = yes->is_condition && no->is_condition;
    if (!conditions && !align(yes, no)) {
        return false;
    }
    memset(ret, 0, sizeof(*ret));
    ret->is_condition = conditions;
    ret->digits = yes->digits;
    ret->low = yes->low < no->low ? yes->low : no->low;
    ret->high = yes->high > no->high ? yes->high : no->high;
    bool always = yes->there[0] == '\0' && no->there[0] == '\0';
    return (always || firmware_put(ret->there, "(%s ? %s : %s)", condition,
                                   yes->there[0] != '\0' ? yes->there : "true",
                                   no->there[0] != '\0' ? no->there : "true")) &&
           firmware_put(ret->text, "(%s ? %s%s : %s%s)", condition, width_of(yes),
                        yes->text, width_of(no), no->text);
}

bool firmware_either(const struct firmware_value *first,
                     const struct firmware_value *second, struct firmware_value *ret)
{
    struct firmware_value one = *first, other = *second;
    char condition[FIRMWARE_TEXT];
    if (first->there[0] == '\0') {
        *ret = one;
        return true;
    }
    (void)firmware_put(condition, "%s", one.there);
    one.there[0] = '\0';
    return choose(condition, &one, &other, ret);
}

bool firmware_select(struct firmware_stack *work)
{
    struct firmware_value yes, no;
    char condition[FIRMWARE_TEXT];
    if (work->count < 3 || !firmware_pop_two(work, &yes, &no) ||
        !firmware_as_condition(&work->stack[--work->count], condition)) {
        return false;
    }
    struct firmware_value *top = firmware_push(work);
    return top != NULL && choose(condition, &yes, &no, top);
}

bool firmware_or_else(struct firmware_stack *work)
{
    struct firmware_value first, second;
    if (!firmware_pop_two(work, &first, &second)) {
        return false;
    }
    struct firmware_value *top = firmware_push(work);
    return top != NULL && firmware_either(&first, &second, top);
}
