/* SPDX-License-Identifier: MIT */
#include "firmware_expr.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware_slot.h"

enum { STACK = DGM_MAX_EXPR_STACK };

struct work {
    struct firmware_plan *plan;
    uint16_t at;
    struct firmware_value *stack; /* STACK of them */
    unsigned count;
};

void firmware_literal(firmware_wide value, char text[FIRMWARE_LITERAL])
{
    if (value == INT64_MIN) {
        (void)snprintf(text, FIRMWARE_LITERAL, "INT64_MIN");
    } else if (value > INT64_MAX) {
        (void)snprintf(text, FIRMWARE_LITERAL, "UINT64_C(%" PRIu64 ")", (uint64_t)value);
    } else if (value > INT32_MAX || value <= INT32_MIN) {
        (void)snprintf(text, FIRMWARE_LITERAL, "INT64_C(%" PRId64 ")", (int64_t)value);
    } else {
        (void)snprintf(text, FIRMWARE_LITERAL, "%" PRId64, (int64_t)value);
    }
}

void firmware_variable(uint16_t row, char letter, char text[FIRMWARE_LITERAL])
{
    (void)snprintf(text, FIRMWARE_LITERAL, "%c%u", letter, (unsigned)row);
}

static bool fits(const struct firmware_value *value)
{
    return value->low >= -(firmware_wide)INT64_MAX && value->high <= INT64_MAX;
}

/* Texts grow with each operation; those that are too long have no C. */
__attribute__((format(printf, 2, 3))) static bool put(char text[FIRMWARE_TEXT],
                                                      const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, FIRMWARE_TEXT, format, arguments);
    va_end(arguments);
    return length >= 0 && length < FIRMWARE_TEXT;
}

static struct firmware_value *push(struct work *work)
{
    if (work->count == STACK) {
        return NULL;
    }
    struct firmware_value *top = &work->stack[work->count++];
    memset(top, 0, sizeof(*top));
    return top;
}

static bool push_number(struct work *work, int64_t number, unsigned digits)
{
    struct firmware_value *top = push(work);
    char text[FIRMWARE_LITERAL];
    if (top == NULL) {
        return false;
    }
    firmware_literal(number, text);
    top->low = top->high = number;
    top->digits = digits;
    return put(top->text, number < 0 ? "(%s)" : "%s", text) && fits(top);
}

static bool push_condition(struct work *work, const char *text)
{
    struct firmware_value *top = push(work);
    if (top == NULL) {
        return false;
    }
    top->is_condition = true;
    top->high = 1;
    return put(top->text, "%s", text);
}

/* Both are there. */
static bool both_there(const struct firmware_value *a, const struct firmware_value *b,
                       char text[FIRMWARE_TEXT])
{
    if (a->there[0] == '\0' || b->there[0] == '\0') {
        return put(text, "%s%s", a->there, b->there);
    }
    return put(text, "(%s && %s)", a->there, b->there);
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
    return fits(value) && put(value->text, "(%s * %s)", copy.text, text);
}

static bool align(struct firmware_value *a, struct firmware_value *b)
{
    return !a->is_condition && !b->is_condition && widen(a, b->digits) &&
           widen(b, a->digits);
}

/* The two on top of the stack; what comes out goes where the lower one is. */
static bool pop_two(struct work *work, struct firmware_value *ret_a,
                    struct firmware_value *ret_b)
{
    if (work->count < 2) {
        return false;
    }
    *ret_b = work->stack[--work->count];
    *ret_a = work->stack[--work->count];
    return true;
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

static bool compare(struct work *work, const char *word)
{
    struct firmware_value a, b;
    char there[FIRMWARE_TEXT];
    if (!pop_two(work, &a, &b) || !both_there(&a, &b, there)) {
        return false;
    }
    bool conditions = a.is_condition && b.is_condition;
    struct firmware_value *top = push(work);
    if (top == NULL || (!conditions && !align(&a, &b))) {
        return false;
    }
    top->is_condition = true;
    top->high = 1;
    const char *known = conditions ? NULL : decided(&a, &b, word);
    if (known != NULL) {
        return there[0] == '\0' ? put(top->text, "%s", known)
                                : put(top->text, "(%s && %s)", there, known);
    }
    return there[0] == '\0'
               ? put(top->text, "(%s %s %s)", a.text, word, b.text)
               : put(top->text, "(%s && (%s %s %s))", there, a.text, word, b.text);
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
    return fits(top);
}

static bool calculate(struct work *work, uint8_t code)
{
    struct firmware_value a, b;
    if (!pop_two(work, &a, &b) || a.is_condition || b.is_condition) {
        return false;
    }
    struct firmware_value *top = push(work);
    bool product = code == DGM_CODE_MUL;
    if (top == NULL || (!product && !align(&a, &b)) || a.digits + b.digits > 18) {
        return false;
    }
    top->digits = product ? a.digits + b.digits : a.digits;
    return both_there(&a, &b, top->there) && set_range(top, code, &a, &b) &&
           put(top->text, "(%s %c %s)", a.text,
               product                ? '*'
               : code == DGM_CODE_ADD ? '+'
                                      : '-',
               b.text);
}

/* Division and remainder by a positive constant, of what is not negative: there C and
 * the profile mean the same. */
static bool divide(struct work *work, char word)
{
    struct firmware_value a, b;
    if (!pop_two(work, &a, &b) || a.is_condition || b.is_condition || a.digits != 0 ||
        b.digits != 0 || a.low < 0 || b.low <= 0 || b.low != b.high) {
        return false;
    }
    struct firmware_value *top = push(work);
    if (top == NULL) {
        return false;
    }
    top->high = word == '/' ? a.high / b.low : b.low - 1;
    return both_there(&a, &b, top->there) &&
           put(top->text, "(%s %c %s)", a.text, word, b.text);
}

static firmware_wide all_ones(firmware_wide value)
{
    firmware_wide ones = 0;
    while (ones < value) {
        ones = ones * 2 + 1;
    }
    return ones;
}

/* Bits of numbers that are not negative. */
static bool bits(struct work *work, char word)
{
    struct firmware_value a, b;
    if (!pop_two(work, &a, &b) || a.is_condition || b.is_condition || a.digits != 0 ||
        b.digits != 0 || a.low < 0 || b.low < 0) {
        return false;
    }
    struct firmware_value *top = push(work);
    if (top == NULL) {
        return false;
    }
    firmware_wide larger = a.high > b.high ? a.high : b.high;
    firmware_wide smaller = a.high < b.high ? a.high : b.high;
    top->high = word == '&' ? smaller : all_ones(larger);
    return both_there(&a, &b, top->there) &&
           put(top->text, "(int64_t)((uint64_t)%s %c (uint64_t)%s)", a.text, word,
               b.text);
}

static bool shift(struct work *work, bool left)
{
    struct firmware_value a, b;
    if (!pop_two(work, &a, &b) || a.is_condition || b.is_condition || a.digits != 0 ||
        b.digits != 0 || a.low < 0 || b.low < 0 || b.low != b.high || b.high > 62) {
        return false;
    }
    struct firmware_value *top = push(work);
    if (top == NULL) {
        return false;
    }
    unsigned by = (unsigned)b.high;
    top->low = left ? a.low << by : a.low >> by;
    top->high = left ? a.high << by : a.high >> by;
    return fits(top) && put(top->there, "%s", a.there) &&
           put(top->text, "(int64_t)((uint64_t)%s %s %uU)", a.text, left ? "<<" : ">>",
               by);
}

static bool bit(struct work *work)
{
    if (!shift(work, false)) {
        return false;
    }
    struct firmware_value value = work->stack[--work->count];
    char text[FIRMWARE_TEXT];
    if (!put(text, "(((uint64_t)%s & 1U) != 0U)", value.text)) {
        return false;
    }
    if (value.there[0] == '\0') {
        return push_condition(work, text);
    }
    char both[FIRMWARE_TEXT];
    return put(both, "(%s && %s)", value.there, text) && push_condition(work, both);
}

static bool as_condition(const struct firmware_value *value, char text[FIRMWARE_TEXT])
{
    if (!value->is_condition) {
        return false;
    }
    return value->there[0] == '\0' ? put(text, "%s", value->text)
                                   : put(text, "(%s && %s)", value->there, value->text);
}

static bool combine(struct work *work, const char *word)
{
    struct firmware_value a, b;
    char one[FIRMWARE_TEXT], other[FIRMWARE_TEXT], text[FIRMWARE_TEXT];
    return pop_two(work, &a, &b) && as_condition(&a, one) && as_condition(&b, other) &&
           put(text, "(%s %s %s)", one, word, other) && push_condition(work, text);
}

static bool negate_condition(struct work *work)
{
    char text[FIRMWARE_TEXT], inverse[FIRMWARE_TEXT];
    return work->count > 0 && as_condition(&work->stack[--work->count], text) &&
           put(inverse, "(!%s)", text) && push_condition(work, inverse);
}

static bool has(struct work *work)
{
    if (work->count == 0) {
        return false;
    }
    struct firmware_value value = work->stack[--work->count];
    return push_condition(work, value.there[0] == '\0' ? "true" : value.there);
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
    return (always || put(ret->there, "(%s ? %s : %s)", condition,
                          yes->there[0] != '\0' ? yes->there : "true",
                          no->there[0] != '\0' ? no->there : "true")) &&
           put(ret->text, "(%s ? %s : %s)", condition, yes->text, no->text);
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
    (void)put(condition, "%s", one.there);
    one.there[0] = '\0';
    return choose(condition, &one, &other, ret);
}

static bool select_one(struct work *work)
{
    struct firmware_value yes, no;
    char condition[FIRMWARE_TEXT];
    if (work->count < 3 || !pop_two(work, &yes, &no) ||
        !as_condition(&work->stack[--work->count], condition)) {
        return false;
    }
    struct firmware_value *top = push(work);
    return top != NULL && choose(condition, &yes, &no, top);
}

static bool or_else(struct work *work)
{
    struct firmware_value first, second;
    if (!pop_two(work, &first, &second)) {
        return false;
    }
    struct firmware_value *top = push(work);
    return top != NULL && firmware_either(&first, &second, top);
}

static bool push_slot(struct work *work, uint8_t code, uint16_t operand)
{
    struct firmware_value *top = push(work);
    return top != NULL && firmware_slot(work->plan, code, operand, work->at, top) &&
           fits(top);
}

static bool step(struct work *work, const struct tables_step *step)
{
    switch (step->code) {
    case DGM_CODE_CONST:
        return push_number(work, step->mantissa, step->digits);
    case DGM_CODE_TRUE:
        return push_condition(work, "true");
    case DGM_CODE_FALSE:
        return push_condition(work, "false");
    case DGM_CODE_SLOT:
    case DGM_CODE_MEMBER:
    case DGM_CODE_HAS_MEMBER:
    case DGM_CODE_LENGTH_MEMBER:
    case DGM_CODE_COUNT_MEMBER:
    case DGM_CODE_REGION:
    case DGM_CODE_INDEX:
    case DGM_CODE_FRAME_LENGTH:
        return push_slot(work, step->code, step->operand);
    case DGM_CODE_HAS:
        return has(work);
    case DGM_CODE_OR_ELSE:
        return or_else(work);
    case DGM_CODE_SELECT:
        return select_one(work);
    case DGM_CODE_NOT:
        return negate_condition(work);
    case DGM_CODE_AND:
        return combine(work, "&&");
    case DGM_CODE_OR:
        return combine(work, "||");
    case DGM_CODE_EQ:
        return compare(work, "==");
    case DGM_CODE_NE:
        return compare(work, "!=");
    case DGM_CODE_LT:
        return compare(work, "<");
    case DGM_CODE_LE:
        return compare(work, "<=");
    case DGM_CODE_GT:
        return compare(work, ">");
    case DGM_CODE_GE:
        return compare(work, ">=");
    case DGM_CODE_ADD:
    case DGM_CODE_SUB:
    case DGM_CODE_MUL:
        return calculate(work, step->code);
    case DGM_CODE_FLOOR_DIV:
        return divide(work, '/');
    case DGM_CODE_MOD:
        return divide(work, '%');
    case DGM_CODE_BIT_AND:
        return bits(work, '&');
    case DGM_CODE_BIT_OR:
        return bits(work, '|');
    case DGM_CODE_BIT_XOR:
        return bits(work, '^');
    case DGM_CODE_SHL:
        return shift(work, true);
    case DGM_CODE_SHR:
        return shift(work, false);
    case DGM_CODE_BIT:
        return bit(work);
    default:
        return false;
    }
}

bool firmware_expr(struct firmware_plan *plan, uint16_t expr, uint16_t at,
                   struct firmware_value *ret)
{
    struct work work = {plan, at, calloc(STACK, sizeof(*work.stack)), 0};
    struct tables_step next;
    uint32_t place = 0;
    plan->mark_count = 0;
    bool good = work.stack != NULL;
    while (good && tables_step(plan->tables, expr, &place, &next)) {
        good = step(&work, &next);
    }
    good = good && work.count == 1;
    if (good) {
        *ret = work.stack[0];
    } else {
        firmware_unmark(plan, 0);
    }
    free(work.stack);
    return good;
}

/* One pair of parentheses around everything is too many for some compilers. */
static void strip(char *text)
{
    size_t length = strlen(text), depth = 0;
    for (size_t i = 0; i < length; i++) {
        depth += text[i] == '(';
        depth -= text[i] == ')';
        if (depth == 0 && i + 1 < length) {
            return;
        }
    }
    if (length > 2 && text[0] == '(') {
        memmove(text, text + 1, length - 2);
        text[length - 2] = '\0';
    }
}

bool firmware_condition(struct firmware_plan *plan, uint16_t expr, uint16_t at,
                        char text[FIRMWARE_TEXT])
{
    struct firmware_value value;
    if (!firmware_expr(plan, expr, at, &value) || !as_condition(&value, text)) {
        return false;
    }
    strip(text);
    return true;
}

uint32_t firmware_expr_most(struct firmware_plan *plan, uint16_t expr)
{
    struct firmware_value value;
    if (!firmware_expr(plan, expr, DGM_NONE, &value) || value.is_condition ||
        value.digits != 0 || value.high > UINT32_MAX || value.high < 0) {
        return UINT32_MAX;
    }
    return (uint32_t)value.high;
}

void firmware_compute(struct firmware_plan *plan, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    struct firmware_computed *computed = &plan->at[index].computed;
    struct firmware_value value;
    bool plain = row->show == DGM_SHOW_NONE || row->show == DGM_SHOW_INT ||
                 row->show == DGM_SHOW_BOOL || row->show == DGM_SHOW_ENUM;
    computed->has_code = plain && !(row->flags & DGM_ROW_SERIES) &&
                         firmware_expr(plan, row->expr, index, &value);
    if (computed->has_code) {
        computed->is_condition = value.is_condition;
        computed->may_miss = value.there[0] != '\0';
        computed->digits = value.digits;
        computed->low = value.low;
        computed->high = value.high;
    }
}
