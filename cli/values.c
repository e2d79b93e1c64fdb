/* SPDX-License-Identifier: MIT */
/*
 * Values that are worth trying in a field. A condition that asks for 0x1234 is not met
 * by chance: what expressions compare a slot with is tried in the fields that fill it.
 */
#include "values.h"

#include "floats.h"

static void add(struct values *values, uint64_t bits)
{
    if (values->count < VALUES_MAX) {
        values->bits[values->count++] = bits;
    }
}

static void add_raw(struct values *values, const struct dgm_row *row, uint64_t raw)
{
    add(values, field_wire(row, raw));
}

static void add_around(struct values *values, const struct dgm_row *row, uint64_t raw)
{
    add_raw(values, row, raw);
    add_raw(values, row, raw + 1);
    add_raw(values, row, raw - 1);
}

static void add_list(const struct lab *lab, const struct dgm_row *row, uint16_t list,
                     struct values *values)
{
    const struct dgm_enum *all = &lab->tables.enums[list];
    unsigned step = all->count > 40 ? all->count / 40 + 1 : 1;
    for (unsigned i = 0; i < all->count; i += step) {
        const struct dgm_choice *choice = &lab->tables.choices[all->first + i];
        bool is_bit = row->show == DGM_SHOW_FLAGS;
        uint64_t low = is_bit ? (uint64_t)1 << (choice->low & 63) : choice->low;
        add_raw(values, row, low);
        if (!is_bit && choice->high != choice->low) {
            add_raw(values, row, choice->high);
            add_raw(values, row, choice->high + 1);
        }
    }
}

uint64_t values_raw(const struct dgm_scaling *scaling, double value)
{
    double raw = value;
    if (scaling != NULL) {
        for (unsigned i = 0; i < scaling->digits; i++) {
            raw *= 10;
        }
        raw = (raw * (double)scaling->div - (double)scaling->add) / (double)scaling->mul;
    }
    if (!(raw > -9e18 && raw < 9e18)) {
        return 0;
    }
    return (uint64_t)(int64_t)(raw < 0 ? raw - 0.5 : raw + 0.5);
}

/* The raws that give about this value, and those beside them. */
static void add_near(const struct lab *lab, const struct dgm_row *row, double value,
                     struct values *values)
{
    uint64_t raw = 0;
    if (!float_row(row)) {
        add_around(values, row, values_raw(tables_scaling(&lab->tables, row), value));
    } else if (float_near(&lab->tables, row, value, &raw)) {
        add_around(values, row, raw);
    }
}

static void add_limit(const struct lab *lab, const struct dgm_row *row,
                      struct values *values)
{
    if (row->limit == DGM_NONE || (row->flags & DGM_ROW_RECORD)) {
        return;
    }
    const struct dgm_limit *limit = &lab->tables.limits[row->limit];
    if (limit->flags & DGM_LIMIT_LOW) {
        add_near(lab, row, float_decimal(limit->low, limit->scale), values);
    }
    if (limit->flags & DGM_LIMIT_HIGH) {
        add_near(lab, row, float_decimal(limit->high, limit->scale), values);
    }
}

/* Numbers in an expression that reads the slot. */
static void add_compared(const struct lab *lab, const struct dgm_row *row, uint16_t expr,
                         struct values *values)
{
    struct tables_step step;
    uint32_t at = 0;
    while (tables_step(&lab->tables, expr, &at, &step)) {
        if (step.code == DGM_CODE_CONST) {
            add_near(lab, row, float_decimal(step.mantissa, step.digits), values);
            /* The number of a bit, or of bits to shift by. */
            if (step.mantissa >= 0 && step.mantissa < row->width) {
                add_raw(values, row, (uint64_t)1 << step.mantissa);
            }
        }
    }
}

/* Expressions that read the slot, and those that read what they compute from it. */
static void add_dictionary(const struct lab *lab, const struct dgm_row *row,
                           uint16_t slot, unsigned depth, struct values *values)
{
    const struct dgm_message *message = lab_message(lab);
    for (unsigned i = 0; i < message->row_count && values->count < VALUES_MAX; i++) {
        const struct dgm_row *user = &lab->rows[i];
        for (unsigned k = 0; k < TABLES_ROW_EXPRS; k++) {
            uint16_t expr = tables_row_expr(user, k);
            if (!tables_reads(&lab->tables, expr, slot)) {
                continue;
            }
            add_compared(lab, row, expr, values);
            if (user->op == DGM_OP_VALUE && user->slot != DGM_NONE && depth > 0) {
                add_dictionary(lab, row, user->slot, depth - 1, values);
            }
        }
    }
}

static void add_edges(struct values *values, const struct dgm_row *row)
{
    uint64_t mask = field_mask(row);
    const uint64_t edges[] = {
        0, 1, mask, mask - 1, mask >> 1, mask >> 2, (mask >> 1) + 1, 2, 10, mask / 3};
    for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
        add(values, edges[i] & mask);
    }
}

static void add_constants(const struct lab *lab, const struct dgm_row *row,
                          struct values *values)
{
    const uint64_t *numbers = lab->tables.numbers + row->expr;
    uint64_t count = (row->flags & DGM_ROW_CONST_LIST) ? *numbers++ : 1;
    for (uint64_t i = 0; i < count; i++) {
        add_raw(values, row, numbers[i]);
    }
}

void values_of(const struct lab *lab, uint16_t index, struct values *ret)
{
    const struct dgm_row *row = &lab->rows[index];
    ret->count = 0;
    if (row->source == DGM_SOURCE_CONST) {
        add_constants(lab, row, ret);
        return;
    }
    bool by_list = row->show == DGM_SHOW_ENUM || row->show == DGM_SHOW_FLAGS;
    uint16_t invalid = tables_invalid(&lab->tables, row);
    if (by_list && row->detail != DGM_NONE) {
        add_list(lab, row, row->detail, ret);
    }
    if (invalid != DGM_NONE) {
        add_list(lab, row, invalid, ret);
    }
    if (row->role == DGM_ROLE_ERRCODE || row->role == DGM_ROLE_HAS_MORE) {
        add(ret, 0);
        add(ret, 1);
        return;
    }
    add_limit(lab, row, ret);
    if (row->slot != DGM_NONE) {
        add_dictionary(lab, row, row->slot, 2, ret);
    }
    add_edges(ret, row);
}

uint64_t values_pick(struct lab *lab, uint16_t index)
{
    const struct dgm_row *row = &lab->rows[index];
    struct values values;
    uint64_t mask = field_mask(row);
    /* One after the other: compilers choose which side of an operator comes first. */
    uint64_t any = dice_next(&lab->dice);
    any >>= dice_below(&lab->dice, 8) * 8;
    if (row->op == DGM_OP_CHECK ||
        (row->source != DGM_SOURCE_CONST && dice_once(&lab->dice, 3))) {
        return any & mask;
    }
    values_of(lab, index, &values);
    if (values.count == 0) {
        return any & mask;
    }
    return values.bits[dice_below(&lab->dice, values.count)] & mask;
}

bool values_select(const struct lab *lab, uint16_t index)
{
    uint16_t slot = lab->rows[index].slot;
    if (slot == DGM_NONE) {
        return false;
    }
    for (unsigned i = 0; i < lab_message(lab)->row_count; i++) {
        const struct dgm_row *user = &lab->rows[i];
        for (unsigned k = 0; k < TABLES_ROW_EXPRS; k++) {
            if (tables_reads(&lab->tables, tables_row_expr(user, k), slot)) {
                return true;
            }
        }
    }
    return false;
}
