/* SPDX-License-Identifier: MIT */
/* Resolved expressions to byte code. */
#include "expr.h"

#include "item.h"
#include "scalar.h"

#include <string.h>

void expr_code_byte(struct expr_code *code, unsigned byte)
{
    if (code->length < sizeof(code->bytes)) {
        code->bytes[code->length] = (uint8_t)byte;
    }
    code->length++;
}

void expr_code_u16(struct expr_code *code, uint16_t value)
{
    expr_code_byte(code, value & 0xFFu);
    expr_code_byte(code, (unsigned)value >> 8);
}

void expr_code_operation(struct expr_code *code, uint8_t operation, unsigned pops)
{
    expr_code_byte(code, operation);
    code->steps++;
    code->depth = code->depth - pops + 1;
    if (code->depth > code->stack) {
        code->stack = code->depth;
    }
}

bool expr_code_constant(struct expr_code *code, struct exact number)
{
    unsigned digits;
    int64_t mantissa;
    if (!exact_digits(number, &digits) || !exact_scaled_i64(number, digits, &mantissa)) {
        return false;
    }
    expr_code_operation(code, DGM_CODE_CONST, 0);
    for (unsigned i = 0; i < 8; i++) {
        expr_code_byte(code, (unsigned)((uint64_t)mantissa >> (8 * i)) & 0xFFu);
    }
    expr_code_byte(code, digits);
    return true;
}

/* Which of the member operations a use of the name wants. */
static void append_member(struct expr_code *code, const struct expr *name,
                          uint8_t operation)
{
    code->lacks_member = code->lacks_member || name->item->member == DGM_NONE;
    expr_code_operation(code, operation, 0);
    expr_code_u16(code, name->item->member);
}

static void append_name(struct expr_code *code, const struct expr *name,
                        uint8_t member_operation)
{
    switch (name->target) {
    case EXPR_TARGET_SLOT:
        expr_code_operation(code, DGM_CODE_SLOT, 0);
        expr_code_u16(code, name->item->slot);
        break;
    case EXPR_TARGET_REQUEST:
        expr_code_operation(code, DGM_CODE_REQUEST_SLOT, 0);
        expr_code_u16(code, name->operand);
        break;
    case EXPR_TARGET_ROLE:
        expr_code_operation(code, DGM_CODE_ROLE, 0);
        expr_code_byte(code, name->operand);
        break;
    case EXPR_TARGET_MEMBER:
        append_member(code, name, member_operation);
        break;
    default:
        expr_code_operation(code, name->code, 0);
        break;
    }
}

static void append_topic(struct expr_code *code, const char *filter, bool negate)
{
    uint32_t text = builder_text(code->builder, filter);
    expr_code_operation(code, DGM_CODE_TOPIC, 0);
    expr_code_u16(code, (uint16_t)(text & 0xFFFF));
    expr_code_u16(code, (uint16_t)(text >> 16));
    if (negate)
        expr_code_operation(code, DGM_CODE_NOT, 1);
}

/* valve == 'open' becomes a comparison of raw values: of one, or of a range. */
static bool append_label(struct expr_code *code, const struct expr *expr,
                         struct diag *diag)
{
    bool swapped = expr->args[0]->kind == EXPR_TEXT;
    const struct expr *name = expr->args[swapped ? 1 : 0];
    const struct expr *text = expr->args[swapped ? 0 : 1];
    if (expr_is_topic(name)) {
        append_topic(code, text->text, expr->code == DGM_CODE_NE);
        return true;
    }
    const struct labels *labels = name->item->labels;
    const char *wanted = scalar_json_string(diag->arena, text->text, strlen(text->text));
    unsigned found = 0;
    for (size_t i = 0; i < labels->count; i++) {
        const struct label *label = &labels->items[i];
        if (strcmp(label->json, wanted) != 0) {
            continue;
        }
        append_name(code, name, DGM_CODE_MEMBER);
        bool fits = expr_code_constant(code, (struct exact){label->first, 1});
        expr_code_operation(code, label->first == label->last ? DGM_CODE_EQ : DGM_CODE_GE,
                            2);
        if (label->first != label->last) {
            append_name(code, name, DGM_CODE_MEMBER);
            fits = fits && expr_code_constant(code, (struct exact){label->last, 1});
            expr_code_operation(code, DGM_CODE_LE, 2);
            expr_code_operation(code, DGM_CODE_AND, 2);
        }
        if (!fits) {
            diag_report(diag, RULE_EXPRESSION_LIMIT, text->where,
                        "a raw value of '%s' is beyond 63 bits", text->text);
            return false;
        }
        if (++found > 1) {
            expr_code_operation(code, DGM_CODE_OR, 2);
        }
    }
    if (expr->code == DGM_CODE_NE) {
        expr_code_operation(code, DGM_CODE_NOT, 1);
    }
    return true;
}

/* Records are given if there is one. */
static void append_record_presence(struct expr_code *code, const struct expr *name)
{
    append_member(code, name, DGM_CODE_COUNT_MEMBER);
    (void)expr_code_constant(code, exact_from_int(0));
    expr_code_operation(code, DGM_CODE_GT, 2);
}

/* Some form of a computed name is given. */
static void append_name_presence(struct expr_code *code, const struct expr *name)
{
    append_member(code, name, DGM_CODE_COUNT_GIVEN);
    (void)expr_code_constant(code, exact_from_int(0));
    expr_code_operation(code, DGM_CODE_GT, 2);
}

static bool append_presence(struct expr_code *code, const struct expr *argument,
                            struct diag *diag)
{
    if (argument->kind == EXPR_NAME && argument->target == EXPR_TARGET_MEMBER) {
        if (argument->item->naming != NULL)
            append_name_presence(code, argument);
        else if (argument->item->record != NULL)
            append_record_presence(code, argument);
        else
            append_member(code, argument, DGM_CODE_HAS_MEMBER);
        return true;
    }
    if (!expr_code_append(code, argument, diag)) {
        return false;
    }
    expr_code_operation(code, DGM_CODE_HAS, 1);
    return true;
}

static void append_slot(struct expr_code *code, uint16_t slot)
{
    expr_code_operation(code, DGM_CODE_SLOT, 0);
    expr_code_u16(code, slot);
}

/* Of an earlier repetition the walk has kept what is asked for. */
static void append_kept(struct expr_code *code, uint8_t operation,
                        const struct item *item)
{
    const uint16_t *slots = item->series_slots;
    switch (operation) {
    case DGM_CODE_FIRST:
        append_slot(code, slots[1]);
        break;
    case DGM_CODE_LAST:
        append_slot(code, slots[3]);
        break;
    case DGM_CODE_STEP:
        append_slot(code, slots[2]);
        append_slot(code, slots[1]);
        expr_code_operation(code, DGM_CODE_SUB, 2);
        break;
    default:
        append_slot(code, slots[4]);
        (void)expr_code_constant(code, exact_from_int(0));
        expr_code_operation(code, DGM_CODE_OR_ELSE, 2);
        break;
    }
}

static void append_series(struct expr_code *code, const struct expr *expr)
{
    const struct expr *name = expr->args[0];
    const struct item *item = name->item;
    if (name->target == EXPR_TARGET_SERIES) {
        append_kept(code, expr->code, item);
        return;
    }
    bool is_list = item->repeat.kind != EXTENT_ONCE; /* the element's row is the next */
    bool is_time = item->role == DGM_ROLE_EVENT_TIME;
    code->lacks_member = code->lacks_member || (item->name == NULL && !is_time);
    expr_code_operation(code, expr->code, 0);
    expr_code_u16(code, (uint16_t)(item->row + (is_list ? 1 : 0)));
}

static bool append_operation(struct expr_code *code, const struct expr *expr,
                             struct diag *diag)
{
    if (expr->code == DGM_CODE_HAS) {
        return append_presence(code, expr->args[0], diag);
    }
    if (expr->code == DGM_CODE_LEFT_MEMBER) {
        append_member(code, expr->args[0], expr->code);
        return true;
    }
    if (expr->code == DGM_CODE_CONTRADICTS) {
        expr_code_operation(code, expr->code, 0);
        expr_code_u16(code, expr->args[0]->item->row);
        return true;
    }
    if (expr->code == DGM_CODE_COUNT_MEMBER || expr->code == DGM_CODE_LENGTH_MEMBER) {
        append_name(code, expr->args[0], expr->code);
        return true;
    }
    if (expr->code >= DGM_CODE_FIRST && expr->code <= DGM_CODE_SUM) {
        append_series(code, expr);
        return true;
    }
    if (expr->arg_count == 2 &&
        (expr->args[0]->kind == EXPR_TEXT || expr->args[1]->kind == EXPR_TEXT)) {
        return append_label(code, expr, diag);
    }
    for (unsigned i = 0; i < expr->arg_count; i++) {
        if (!expr_code_append(code, expr->args[i], diag)) {
            return false;
        }
    }
    expr_code_operation(code, expr->code, expr->arg_count);
    if (expr->code == DGM_CODE_FRAME_BYTES) {
        expr_code_byte(code, (unsigned)expr->number.numerator);
        expr_code_byte(code, expr->operand);
    }
    if (expr->code == DGM_CODE_ROUND) {
        expr_code_byte(code, expr->operand);
    } else if (expr->code == DGM_CODE_CURVE) {
        expr_code_u16(code, expr->operand);
    }
    return true;
}

bool expr_code_append(struct expr_code *code, const struct expr *expr, struct diag *diag)
{
    switch (expr->kind) {
    case EXPR_NUMBER:
        if (!expr_code_constant(code, expr->number)) {
            diag_report(diag, RULE_EXPRESSION_LIMIT, expr->where,
                        "this number is no decimal of 64 bits");
            return false;
        }
        return true;
    case EXPR_BOOL:
        expr_code_operation(
            code, exact_is_zero(expr->number) ? DGM_CODE_FALSE : DGM_CODE_TRUE, 0);
        return true;
    case EXPR_NAME:
        append_name(code, expr, DGM_CODE_MEMBER);
        return true;
    case EXPR_BIT:
        append_name(code, expr->args[0], DGM_CODE_MEMBER);
        (void)expr_code_constant(code, expr->number);
        expr_code_operation(code, DGM_CODE_BIT, 2);
        return true;
    case EXPR_OPERATION:
        return append_operation(code, expr, diag);
    default:
        return false;
    }
}

uint16_t expr_code_finish(const struct expr_code *code, struct builder *builder,
                          struct diag *diag, struct location where)
{
    if (code->lacks_member) {
        diag_report(diag, RULE_NOT_ENCODABLE, where,
                    "the expression names something that is in no JSON");
        return DGM_NONE;
    }
    if (code->length > sizeof(code->bytes) || code->steps > DGM_MAX_EXPR_STEPS ||
        code->stack > DGM_MAX_EXPR_STACK) {
        diag_report(diag, RULE_EXPRESSION_LIMIT, where,
                    "the expression takes %u operations and a depth of %u; at most %d "
                    "and %d are allowed",
                    code->steps, code->stack, DGM_MAX_EXPR_STEPS, DGM_MAX_EXPR_STACK);
        return DGM_NONE;
    }
    return builder_expr(builder, code->bytes, code->length, code->steps, code->stack);
}

uint16_t expr_compile(const struct expr *expr, struct builder *builder, struct diag *diag)
{
    struct expr_code code = {.builder = builder};
    if (!expr_code_append(&code, expr, diag)) {
        return DGM_NONE;
    }
    return expr_code_finish(&code, builder, diag, expr->where);
}
