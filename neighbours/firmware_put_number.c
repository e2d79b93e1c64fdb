/* SPDX-License-Identifier: MIT */
/* Encoding numbers: members, constants, what is computed, and what is filled in later. */
#include "firmware_put.h"
#include "firmware_range.h"
#include "firmware_type.h"

/* The integer of whole bytes that the row is, or is a part of. */
static const struct dgm_row *carrier(const struct dgm_row *row)
{
    while (row->op == DGM_OP_BIT) {
        row--;
    }
    return row;
}

/* The row's value comes from the caller after all. */
static void become_member(struct firmware_emit *emit, uint16_t index)
{
    emit->plan->at[index].work = FIRMWARE_MEMBER;
    emit->again = true;
}

/* --- Integers ---------------------------------------------------------------------- */

/* The number of `bits`, in C and unsigned, as bits of the wire. */
static void wire_bits(const struct dgm_row *row, const char *number, char *text,
                      size_t size)
{
    const char *wide = firmware_wide_name(row->width);
    const char *word = row->width > 32 ? "64" : "32";
    if (row->flags & DGM_ROW_SIGN_MAGNITUDE) {
        (void)snprintf(text, size, "magnitude%s((int%s_t)%s, %uU)", wide, word, number,
                       (unsigned)row->width);
    } else if (row->flags & DGM_ROW_GRAY) {
        (void)snprintf(text, size, "gray%s((uint%s_t)%s)", wide, word, number);
    } else {
        (void)snprintf(text, size, "(uint%s_t)%s", word, number);
    }
}

/* Put bits of the wire where the row stands: an integer, or bits that rows share. */
static void put_bits(struct firmware_emit *emit, uint16_t index, const char *bits)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const char *wide = firmware_wide_name(row->width);
    char mask[FIRMWARE_LITERAL];
    firmware_mask(row->width, mask);
    switch (row->op) {
    case DGM_OP_BIT:
        firmware_line(emit, "bits |= (%s)(%s & %s) << %uU;",
                      carrier(row)->width > 32 ? "uint64_t" : "uint32_t", bits, mask,
                      (unsigned)row->shift);
        break;
    case DGM_OP_FIELD:
        firmware_line(emit, "put_field_%s(&w, stream, %uU, %uU, %s);",
                      row->order == DGM_ORDER_LE ? "low" : "high", (unsigned)row->spec,
                      (unsigned)row->width, bits);
        break;
    default:
        firmware_line(emit, "put%s_%s(&w, %s, %uU);", wide, firmware_order(row), bits,
                      row->width / 8u);
        break;
    }
}

/* A number in C, which was checked, and what is kept of it. */
static void put_number(struct firmware_emit *emit, uint16_t index, const char *number)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    char bits[FIRMWARE_PATH + 64];
    if (at->is_kept && at->work != FIRMWARE_MEMBER) {
        if (at->is_bool) {
            firmware_line(emit, "v%u = (%s != 0);", (unsigned)index, number);
        } else {
            firmware_line(emit, "v%u = (%s)%s;", (unsigned)index,
                          firmware_type(emit->plan, index), number);
        }
    }
    if (row->op == DGM_OP_DIGITS) {
        firmware_put_digits(emit, row, number);
    } else {
        wire_bits(row, number, bits, sizeof(bits));
        put_bits(emit, index, bits);
    }
}

void firmware_put_member(struct firmware_emit *emit, uint16_t index)
{
    struct firmware_row *at = &emit->plan->at[index];
    char path[FIRMWARE_PATH], valid[FIRMWARE_TEXT * 4], bits[FIRMWARE_PATH + 32];
    firmware_path(emit->plan, index, "in->", "", path);
    if (!firmware_valid(emit->plan, index, path, valid)) {
        firmware_refuse_row(emit, index, "it has too many names");
        return;
    }
    firmware_put_require(emit, index, valid, "RANGE");
    if (at->is_float) {
        (void)snprintf(bits, sizeof(bits), "%s_bits(%s)",
                       at->bits == 32 ? "float" : "double", path);
        put_bits(emit, index, bits);
    } else if (at->is_bool) {
        (void)snprintf(bits, sizeof(bits), "(%s ? 1U : 0U)", path);
        put_number(emit, index, bits);
    } else {
        put_number(emit, index, path);
    }
}

void firmware_put_constant(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    bool list = row->source == DGM_SOURCE_CONST && (row->flags & DGM_ROW_CONST_LIST);
    uint64_t number = row->source == DGM_SOURCE_TAG
                          ? emit->tag
                          : emit->plan->tables->numbers[row->expr + (list ? 1 : 0)];
    char text[FIRMWARE_LITERAL];
    uint64_t top = (uint64_t)1 << (row->width - 1);
    if (row->flags & (DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY)) {
        firmware_raw_literal(&emit->plan->at[index], firmware_raw(row, number), text);
        put_number(emit, index, text);
        return;
    }
    firmware_bits_literal(number & (top | (top - 1)), row->width, text);
    if (row->op == DGM_OP_DIGITS) {
        put_number(emit, index, text);
        return;
    }
    if (emit->plan->at[index].is_kept) {
        char raw[FIRMWARE_LITERAL];
        firmware_raw_literal(&emit->plan->at[index], firmware_raw(row, number), raw);
        firmware_line(emit, "v%u = %s;", (unsigned)index, raw);
    }
    put_bits(emit, index, text);
}

/* Raw value of a value: value = raw + add, whole. False if the row's is another way. */
bool firmware_put_raw(const struct firmware_plan *plan, const struct dgm_row *row,
                      const struct firmware_value *value, char *text, size_t size)
{
    const struct dgm_scaling *scaling = tables_scaling(plan->tables, row);
    char add[FIRMWARE_LITERAL];
    bool plain = row->show != DGM_SHOW_PIPE && row->show != DGM_SHOW_FLOAT &&
                 row->show != DGM_SHOW_DOUBLE && row->op != DGM_OP_FLOAT &&
                 row->op != DGM_OP_DIGITS && !(row->flags & DGM_ROW_SERIES);
    if (!plain || value->digits != 0) {
        return false;
    }
    if (value->is_condition) {
        (void)snprintf(text, size, "(%s ? 1 : 0)", value->text);
        return scaling == NULL;
    }
    if (scaling == NULL) {
        (void)snprintf(text, size, "%s", value->text);
        return true;
    }
    firmware_literal(scaling->add, add);
    (void)snprintf(text, size, "(%s - (%s))", value->text, add);
    return scaling->mul == 1 && scaling->div == 1 && scaling->digits == 0 &&
           value->low - scaling->add >= -INT64_MAX &&
           value->high - scaling->add <= INT64_MAX;
}

/* `value` is an int64_t in C: does it fit the row? */
static void require_fits(struct firmware_emit *emit, uint16_t index, const char *value,
                         const char *status)
{
    firmware_wide low, high;
    char one[FIRMWARE_LITERAL], other[FIRMWARE_LITERAL], text[FIRMWARE_PATH];
    firmware_wire_range(emit->plan, &emit->plan->rows[index], &low, &high);
    firmware_literal(low, one);
    firmware_literal(high > INT64_MAX ? INT64_MAX : high, other);
    (void)snprintf(text, sizeof(text), "(%s >= %s) && (%s <= %s)", value, one, value,
                   other);
    firmware_put_require(emit, index, text, status);
}

void firmware_put_expr(struct firmware_emit *emit, uint16_t index)
{
    struct firmware_value value;
    char raw[FIRMWARE_TEXT + 64];
    const struct dgm_row *row = &emit->plan->rows[index];
    if (!firmware_expr(emit->plan, row->expr, index, &value) ||
        (value.low == value.high &&
         row->slot != DGM_NONE) || /* the one case of several */
        !firmware_put_raw(emit->plan, row, &value, raw, sizeof(raw))) {
        become_member(emit, index);
        return;
    }
    firmware_block(emit);
    firmware_line(emit, "const int64_t value = %s;", raw);
    firmware_put_require(emit, index, value.there, "RANGE");
    require_fits(emit, index, "value", "RANGE");
    put_number(emit, index, "value");
    firmware_leave(emit);
}

void firmware_put_count(struct firmware_emit *emit, uint16_t index)
{
    uint16_t counted = emit->plan->at[index].counted;
    const struct firmware_row *at = &emit->plan->at[counted];
    char path[FIRMWARE_PATH] = "", text[FIRMWARE_PATH + 16];
    firmware_path(emit->plan, counted, "in->", at->is_array ? "_count" : "_length", path);
    firmware_wide low, high;
    firmware_wire_range(emit->plan, &emit->plan->rows[index], &low, &high);
    if (high < UINT16_MAX) {
        (void)snprintf(text, sizeof(text), "%s <= %uU", path, (unsigned)high);
        firmware_put_require(emit, counted, text, "COUNT");
    }
    put_number(emit, index, path);
}

/* Room that is filled in later, at a place that is remembered. */
void firmware_put_room(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    if (row->op == DGM_OP_FIELD || row->op == DGM_OP_DIGITS) {
        firmware_refuse_row(emit, index, "what is filled in later stands in bits here");
        return;
    }
    if (emit->plan->at[index].scope != DGM_NONE) {
        bool inner = row->source != DGM_SOURCE_MEASURE;
        if (inner) {
            firmware_refuse_row(emit, index,
                                "what is filled in later stands in a repetition here");
        }
    }
    firmware_line(emit, "a%u = w.at;", (unsigned)index);
    if (row->op != DGM_OP_BIT) {
        firmware_line(emit, "put_fill(&w, 0U, %uU);", row->width / 8u);
    }
}

/* Fill in what room was left for: `value` is an int64_t. */
void firmware_put_later(struct firmware_emit *emit, uint16_t index, const char *value)
{
    const struct dgm_row *row = &emit->plan->rows[index], *whole = carrier(row);
    char bits[FIRMWARE_PATH];
    const char *word = whole->width > 32 ? "64" : "32";
    require_fits(emit, index, value, "LENGTH");
    wire_bits(row, value, bits, sizeof(bits));
    firmware_line(emit, "add%s_%s(&w, a%u, (uint%s_t)(%s) << %uU, %uU);",
                  firmware_wide_name(whole->width), firmware_order(whole),
                  (unsigned)index, word, bits,
                  row->op == DGM_OP_BIT ? (unsigned)row->shift : 0u, whole->width / 8u);
}
