/* SPDX-License-Identifier: MIT */
/*
 * Expressions over whole numbers of one word, which most conditions and counts are: the
 * same steps as machine.c, without 128 bits and decimal exponents. Where a value is out
 * of that range, or an operation is none of these, the machine itself is asked.
 */
#include "machine.h"

/* Sums and products of numbers up to these stay in a word. */
static const int64_t sum_most = INT64_C(1) << 61, product_most = INT64_C(1) << 30;

static struct quick_value quick_of(int64_t number, enum value_kind kind)
{
    struct quick_value value = {number, (uint8_t)kind, 0};
    return value;
}

static uint16_t operand_u16(const uint8_t *operand)
{
    return (uint16_t)(operand[0] | operand[1] << 8);
}

static bool of_constant(const uint8_t *operand, struct quick_value *ret)
{
    uint64_t bits = 0;
    for (unsigned i = 8; i-- > 0;)
        bits = bits << 8 | operand[i];
    ret->number = (int64_t)bits;
    ret->kind = VALUE_NUMBER;
    ret->digits = operand[8];
    return true;
}

static bool of_slot(const struct value *slot, struct quick_value *ret)
{
    ret->kind = slot->kind;
    ret->digits = slot->number.digits;
    ret->number = 0;
    return slot->kind == VALUE_MISSING ||
           (slot->kind != VALUE_FLOAT &&
            wide_to_i64(slot->number.mantissa, &ret->number));
}

static bool is_within(const struct quick_value *x, const struct quick_value *y,
                      int64_t most)
{
    return x->number <= most && x->number >= -most && y->number <= most &&
           y->number >= -most;
}

static bool compare(uint8_t code, const struct quick_value *x,
                    const struct quick_value *y)
{
    switch (code) {
    case DGM_CODE_EQ:
        return x->number == y->number;
    case DGM_CODE_NE:
        return x->number != y->number;
    case DGM_CODE_LT:
        return x->number < y->number;
    case DGM_CODE_LE:
        return x->number <= y->number;
    case DGM_CODE_GT:
        return x->number > y->number;
    default:
        return x->number >= y->number;
    }
}

/* Bits of numbers that are not negative. */
static bool bitwise(uint8_t code, const struct quick_value *x,
                    const struct quick_value *y, struct quick_value *ret)
{
    if (x->number < 0 || y->number < 0)
        return false;
    switch (code) {
    case DGM_CODE_BIT_AND:
        *ret = quick_of(x->number & y->number, VALUE_NUMBER);
        return true;
    case DGM_CODE_BIT_OR:
        *ret = quick_of(x->number | y->number, VALUE_NUMBER);
        return true;
    case DGM_CODE_SHR:
        *ret = quick_of(y->number < 63 ? x->number >> y->number : 0, VALUE_NUMBER);
        return y->number < 64;
    default: /* DGM_CODE_BIT */
        *ret = quick_of(y->number < 63 && (x->number >> y->number & 1) != 0, VALUE_BOOL);
        return true;
    }
}

static bool arithmetic(uint8_t code, const struct quick_value *x,
                       const struct quick_value *y, struct quick_value *ret)
{
    if (!is_within(x, y, code == DGM_CODE_MUL ? product_most : sum_most))
        return false;
    int64_t number = code == DGM_CODE_ADD   ? x->number + y->number
                     : code == DGM_CODE_SUB ? x->number - y->number
                                            : x->number * y->number;
    *ret = quick_of(number, VALUE_NUMBER);
    return true;
}

static bool binary(uint8_t code, const struct quick_value *x, const struct quick_value *y,
                   struct quick_value *ret)
{
    bool missing = x->kind == VALUE_MISSING || y->kind == VALUE_MISSING;
    if (code == DGM_CODE_OR_ELSE) {
        *ret = x->kind == VALUE_MISSING ? *y : *x;
        return true;
    }
    if (code == DGM_CODE_AND || code == DGM_CODE_OR) {
        bool left = quick_is_true(x), right = quick_is_true(y);
        *ret = quick_of(code == DGM_CODE_AND ? left && right : left || right, VALUE_BOOL);
        return true;
    }
    bool compares = code >= DGM_CODE_EQ && code <= DGM_CODE_GE;
    if (missing) {
        *ret = quick_of(0, compares ? VALUE_BOOL : VALUE_MISSING);
        return true;
    }
    /* Decimals of the same unit are compared like whole numbers. */
    if (x->digits != y->digits || (!compares && x->digits != 0))
        return false;
    if (compares) {
        *ret = quick_of(compare(code, x, y), VALUE_BOOL);
        return true;
    }
    return code <= DGM_CODE_MUL ? arithmetic(code, x, y, ret) : bitwise(code, x, y, ret);
}

/* Operations with two values that are known here. */
static bool is_binary(uint8_t code)
{
    return code == DGM_CODE_OR_ELSE || (code >= DGM_CODE_AND && code <= DGM_CODE_GE) ||
           code == DGM_CODE_ADD || code == DGM_CODE_SUB || code == DGM_CODE_MUL ||
           code == DGM_CODE_BIT_AND || code == DGM_CODE_BIT_OR || code == DGM_CODE_SHR ||
           code == DGM_CODE_BIT;
}

static bool unary(uint8_t code, struct quick_value *x)
{
    if (code == DGM_CODE_HAS)
        *x = quick_of(x->kind != VALUE_MISSING, VALUE_BOOL);
    else if (x->kind != VALUE_MISSING)
        *x = quick_of(!quick_is_true(x), VALUE_BOOL);
    return true;
}

bool machine_is_quick(const struct dgm_codec *codec, uint16_t expr)
{
    const struct dgm_expr *entry = &codec->exprs[expr];
    const uint8_t *code = codec->code + entry->at, *end = code + entry->length;
    while (code < end) {
        unsigned operands, pops, pushes;
        if (!machine_shape(*code, &operands, &pops, &pushes))
            return false;
        switch (*code) {
        case DGM_CODE_CONST:
        case DGM_CODE_TRUE:
        case DGM_CODE_FALSE:
        case DGM_CODE_MISSING:
        case DGM_CODE_SLOT:
        case DGM_CODE_HAS:
        case DGM_CODE_NOT:
        case DGM_CODE_SELECT:
            break;
        default:
            if (!is_binary(*code))
                return false;
        }
        code += 1 + operands;
    }
    return true;
}

bool machine_quick(const struct dgm_codec *codec, const struct value *slots,
                   uint16_t expr, struct quick_value *ret)
{
    enum { SLOT_OPERANDS = 2, CONST_OPERANDS = 9 };
    const struct dgm_expr *entry = &codec->exprs[expr];
    const uint8_t *code = codec->code + entry->at, *end = code + entry->length;
    struct quick_value stack[MACHINE_STACK];
    unsigned depth = 0;
    bool fine = true;
    while (code < end && fine) {
        uint8_t operation = *code++;
        switch (operation) {
        case DGM_CODE_CONST:
            fine = of_constant(code, &stack[depth++]);
            code += CONST_OPERANDS;
            break;
        case DGM_CODE_SLOT:
            fine = of_slot(&slots[operand_u16(code)], &stack[depth++]);
            code += SLOT_OPERANDS;
            break;
        case DGM_CODE_TRUE:
        case DGM_CODE_FALSE:
            stack[depth++] = quick_of(operation == DGM_CODE_TRUE, VALUE_BOOL);
            break;
        case DGM_CODE_MISSING:
            stack[depth++] = quick_of(0, VALUE_MISSING);
            break;
        case DGM_CODE_HAS:
        case DGM_CODE_NOT:
            fine = unary(operation, &stack[depth - 1]);
            break;
        case DGM_CODE_SELECT:
            depth -= 2;
            stack[depth - 1] =
                quick_is_true(&stack[depth - 1]) ? stack[depth] : stack[depth + 1];
            break;
        default: {
            struct quick_value left;
            if (!is_binary(operation))
                return false;
            left = stack[--depth - 1];
            fine = binary(operation, &left, &stack[depth], &stack[depth - 1]);
        }
        }
    }
    *ret = stack[0];
    return fine;
}
