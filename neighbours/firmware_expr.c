/* SPDX-License-Identifier: MIT */
#include "firmware_expr.h"

#include "firmware_operate.h"
#include "firmware_slot.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void firmware_literal(firmware_wide value, char text[FIRMWARE_LITERAL])
{
    if (value == INT64_MIN) {
        (void)snprintf(text, FIRMWARE_LITERAL, "INT64_MIN");
    } else if (value > INT64_MAX) {
        (void)snprintf(text, FIRMWARE_LITERAL, "0x%" PRIX64 "ULL", (uint64_t)value);
    } else if (value > INT32_MAX || value <= INT32_MIN) {
        (void)snprintf(text, FIRMWARE_LITERAL, "INT64_C(%" PRId64 ")", (int64_t)value);
    } else {
        (void)snprintf(text, FIRMWARE_LITERAL, "%" PRId64, (int64_t)value);
    }
}

void firmware_linear(const char *value, int64_t mul, int64_t add, char *text, size_t size)
{
    char factor[FIRMWARE_LITERAL] = "", summand[FIRMWARE_LITERAL] = "";
    if (mul != 1) {
        (void)snprintf(factor, sizeof(factor), " * %" PRId64 ")", mul);
    }
    if (add != 0) {
        (void)snprintf(summand, sizeof(summand), " %c %" PRId64 ")", add < 0 ? '-' : '+',
                       add < 0 ? -add : add);
    }
    (void)snprintf(text, size, "%s%s%.1500s%s%s", add != 0 ? "(" : "",
                   mul != 1 ? "(" : "", value, factor, summand);
}

void firmware_variable(uint16_t row, char letter, char text[FIRMWARE_LITERAL])
{
    (void)snprintf(text, FIRMWARE_LITERAL, "%c%u", letter, (unsigned)row);
}

static bool push_slot(struct firmware_stack *work, uint8_t code, uint16_t operand)
{
    struct firmware_value *top = firmware_push(work);
    return top != NULL && firmware_slot(work->plan, code, operand, work->at, top) &&
           firmware_fits(top);
}

static bool step(struct firmware_stack *work, const struct tables_step *step)
{
    switch (step->code) {
    case DGM_CODE_CONST:
        return firmware_push_number(work, step->mantissa, step->digits);
    case DGM_CODE_TRUE:
        return firmware_push_condition(work, "true");
    case DGM_CODE_FALSE:
        return firmware_push_condition(work, "false");
    case DGM_CODE_SLOT:
    case DGM_CODE_MEMBER:
    case DGM_CODE_HAS_MEMBER:
    case DGM_CODE_LENGTH_MEMBER:
    case DGM_CODE_COUNT_MEMBER:
    case DGM_CODE_REGION:
    case DGM_CODE_INDEX:
    case DGM_CODE_FRAME_LENGTH:
    case DGM_CODE_CHANNEL:
        return push_slot(work, step->code, step->operand);
    case DGM_CODE_HAS:
        return firmware_has(work);
    case DGM_CODE_OR_ELSE:
        return firmware_or_else(work);
    case DGM_CODE_SELECT:
        return firmware_select(work);
    case DGM_CODE_NOT:
        return firmware_negate(work);
    case DGM_CODE_AND:
        return firmware_combine(work, "&&");
    case DGM_CODE_OR:
        return firmware_combine(work, "||");
    case DGM_CODE_EQ:
        return firmware_compare(work, "==");
    case DGM_CODE_NE:
        return firmware_compare(work, "!=");
    case DGM_CODE_LT:
        return firmware_compare(work, "<");
    case DGM_CODE_LE:
        return firmware_compare(work, "<=");
    case DGM_CODE_GT:
        return firmware_compare(work, ">");
    case DGM_CODE_GE:
        return firmware_compare(work, ">=");
    case DGM_CODE_ADD:
    case DGM_CODE_SUB:
    case DGM_CODE_MUL:
        return firmware_calculate(work, step->code);
    case DGM_CODE_NEG:
        return firmware_turn(work);
    case DGM_CODE_FLOOR_DIV:
        return firmware_divide(work, '/');
    case DGM_CODE_MOD:
        return firmware_divide(work, '%');
    case DGM_CODE_BIT_AND:
        return firmware_bits(work, '&');
    case DGM_CODE_BIT_OR:
        return firmware_bits(work, '|');
    case DGM_CODE_BIT_XOR:
        return firmware_bits(work, '^');
    case DGM_CODE_SHL:
        return firmware_shift(work, true);
    case DGM_CODE_SHR:
        return firmware_shift(work, false);
    case DGM_CODE_BIT:
        return firmware_bit(work);
    default:
        return false;
    }
}

bool firmware_expr(struct firmware_plan *plan, uint16_t expr, uint16_t at,
                   struct firmware_value *ret)
{
    struct firmware_stack work = {plan, at, calloc(FIRMWARE_STACK, sizeof(*work.stack)),
                                  0};
    struct tables_step next;
    uint32_t place = 0;
    plan->mark_count = 0;
    bool good = work.stack != NULL;
    while (good && tables_step(plan->tables, expr, &place, &next)) {
        good = step(&work, &next);
    }
    good = good && work.count == 1 && !work.stack[0].is_real;
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
    if (!firmware_expr(plan, expr, at, &value) || !firmware_as_condition(&value, text)) {
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
