/* SPDX-License-Identifier: MIT */
/* Decoding numbers: members, constants, lengths, checksums. */
#include "firmware_get.h"
#include "firmware_range.h"
#include "firmware_type.h"

#include <inttypes.h>

/* --- Integers ---------------------------------------------------------------------- */

/* Bits of the wire, as a call that reads them. */
static void read_bits(struct firmware_emit *emit, const struct dgm_row *row, char *text,
                      size_t size)
{
    const char *wide = firmware_wide_name(row->width);
    char mask[FIRMWARE_LITERAL];
    firmware_mask(row->width, mask);
    switch (row->op) {
    case DGM_OP_BIT:
        (void)snprintf(text, size, "(uint%s_t)((bits >> %uU) & %s)",
                       row->width > 32 ? "64" : "32", (unsigned)row->shift, mask);
        break;
    case DGM_OP_FIELD:
        (void)snprintf(text, size, "get_field_%s(&r, stream, %uU, %uU)",
                       row->order == DGM_ORDER_LE ? "low" : "high", (unsigned)row->spec,
                       (unsigned)row->width);
        break;
    case DGM_OP_DIGITS:
        firmware_get_digits(emit, row, text, size);
        break;
    default:
        (void)snprintf(text, size, "get%s_%s(&r, %uU)", wide, firmware_order(row),
                       row->width / 8u);
        break;
    }
}

/* The number that these bits are. */
static void number_of(const struct firmware_row *at, const struct dgm_row *row,
                      const char *bits, char *text, size_t size)
{
    const char *wide = firmware_wide_name(row->width);
    const char *word = row->width > 32 ? "64" : "32";
    if (row->flags & DGM_ROW_SIGN_MAGNITUDE) {
        (void)snprintf(text, size, "of_magnitude%s((uint%s_t)%s, %uU)", wide, word, bits,
                       (unsigned)row->width);
    } else if (row->flags & DGM_ROW_GRAY) {
        (void)snprintf(text, size, "of_gray%s((uint%s_t)%s)", wide, word, bits);
    } else if (at->is_signed && row->op != DGM_OP_DIGITS) {
        (void)snprintf(text, size, "with_sign%s((uint%s_t)%s, %uU)", wide, word, bits,
                       (unsigned)row->width);
    } else {
        (void)snprintf(text, size, "%s", bits);
    }
}

/* Read the row's number into a place of the member's type. */
static void read_into(struct firmware_emit *emit, uint16_t index, const char *place)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    char bits[FIRMWARE_PATH], number[FIRMWARE_PATH + 64];
    read_bits(emit, row, bits, sizeof(bits));
    if (at->is_float) {
        firmware_line(emit, "%s = %s_of(%s);", place, at->bits == 32 ? "float" : "double",
                      bits);
        return;
    }
    if (at->is_bool) {
        firmware_line(emit, "%s = get_bool(&r, %s);", place, bits);
        return;
    }
    number_of(at, row, bits, number, sizeof(number));
    firmware_line(emit, "%s = (%s)%s;", place, firmware_type(emit->plan, index), number);
}

void firmware_get_flag(struct firmware_emit *emit, uint16_t index)
{
    char flag[FIRMWARE_PATH];
    if (firmware_may_miss(emit->plan, index)) {
        emit->plan->at[index].has_flag = true;
        firmware_path(emit->plan, index, "out->", "has_", flag);
        firmware_line(emit, "%s = true;", flag);
    }
}

void firmware_get_member(struct firmware_emit *emit, uint16_t index)
{
    char path[FIRMWARE_PATH], valid[FIRMWARE_TEXT * 4];
    if (emit->plan->at[index].is_open) {
        emit->plan->at[index].is_kept = true;
        firmware_get_kept(emit, index);
        return;
    }
    firmware_path(emit->plan, index, "out->", "", path);
    if (!firmware_valid(emit->plan, index, path, valid)) {
        firmware_refuse_row(emit, index, "it has too many names");
        return;
    }
    read_into(emit, index, path);
    firmware_get_require(emit, index, valid, "RANGE");
    firmware_get_flag(emit, index);
}

void firmware_get_tag(struct firmware_emit *emit, uint16_t index)
{
    char path[FIRMWARE_PATH], valid[FIRMWARE_TEXT * 4];
    firmware_path(emit->plan, index, "out->", "", path);
    if (!firmware_valid(emit->plan, index, path, valid)) {
        firmware_refuse_row(emit, index, "it has too many names");
        return;
    }
    firmware_line(emit, "%s = v%u;", path, (unsigned)index);
    firmware_get_require(emit, index, valid, "RANGE");
}

/* A constant of the wire, or one of several, as a condition on `found`. */
void firmware_get_constant(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    const uint64_t *numbers = emit->plan->tables->numbers + row->expr;
    uint64_t count = row->flags & DGM_ROW_CONST_LIST ? *numbers++ : 1;
    char bits[FIRMWARE_PATH], number[FIRMWARE_PATH + 64], literal[FIRMWARE_LITERAL];
    read_bits(emit, row, bits, sizeof(bits));
    number_of(at, row, bits, number, sizeof(number));
    firmware_block(emit);
    firmware_line(emit, "const %s found = (%s)%s;", firmware_type(emit->plan, index),
                  firmware_type(emit->plan, index), number);
    if (at->is_kept) {
        firmware_line(emit, "v%u = found;", (unsigned)index);
    }
    char text[FIRMWARE_TEXT];
    size_t length = 0;
    for (uint64_t i = 0; i < count && length < sizeof(text); i++) {
        firmware_raw_literal(at, firmware_raw(row, numbers[i]), literal);
        length += (size_t)snprintf(text + length, sizeof(text) - length,
                                   "%s(found == %s)", i > 0 ? " || " : "", literal);
    }
    if (length >= sizeof(text)) {
        firmware_refuse_row(emit, index, "it has too many constants");
    }
    firmware_get_require(emit, index, text, "CONSTANT");
    firmware_leave(emit);
}

void firmware_get_kept(struct firmware_emit *emit, uint16_t index)
{
    char variable[FIRMWARE_LITERAL], bits[FIRMWARE_PATH];
    if (emit->plan->at[index].is_kept) {
        firmware_variable(index, 'v', variable);
        read_into(emit, index, variable);
        return;
    }
    if (emit->plan->rows[index].op == DGM_OP_BIT) {
        return;
    }
    read_bits(emit, &emit->plan->rows[index], bits, sizeof(bits));
    firmware_line(emit, "(void)%s;", bits);
}

/* What the row tells by its scaling, as an int64_t; false if it is another way. */
bool firmware_get_told(struct firmware_emit *emit, uint16_t index, char *text,
                       size_t size)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_scaling *scaling = &emit->plan->tables->scalings[row->detail];
    emit->plan->at[index].is_kept = true;
    char name[FIRMWARE_LITERAL];
    (void)snprintf(name, sizeof(name), "(int64_t)v%u", (unsigned)index);
    firmware_linear(name, scaling->mul, scaling->add, text, size);
    return scaling->div == 1 && scaling->digits == 0 && scaling->mul >= 1 &&
           scaling->mul <= UINT16_MAX && scaling->add >= -DGM_MAX_FRAME &&
           scaling->add <= DGM_MAX_FRAME && row->width <= 32;
}

void firmware_get_length(struct firmware_emit *emit, uint16_t index)
{
    char text[FIRMWARE_PATH], condition[FIRMWARE_PATH + 32];
    if (!firmware_get_told(emit, index, text, sizeof(text))) {
        firmware_refuse_row(emit, index, "what it tells has no C");
    }
    firmware_get_kept(emit, index);
    (void)snprintf(condition, sizeof(condition), "%s == (int64_t)r.length", text);
    firmware_get_require(emit, index, condition, "LENGTH");
}

static void compare_check(struct firmware_emit *emit, uint16_t index, const char *found)
{
    struct firmware_plan *plan = emit->plan;
    const struct dgm_row *row = &plan->rows[index];
    char from[FIRMWARE_PATH], to[FIRMWARE_PATH], text[FIRMWARE_PATH + 64];
    if (row->width > 64 || !firmware_check_span(plan, row, "r.length", from, to)) {
        firmware_refuse_row(emit, index, "a checksum of this kind is not read");
        return;
    }
    firmware_line(emit, "const size_t from = %s;", from);
    firmware_line(emit, "const size_t to = %s;", to);
    firmware_get_require(emit, index, "(from <= to) && (to <= r.length)", "LENGTH");
    firmware_enter(emit, "if (r.status == @_OK)");
    (void)snprintf(text, sizeof(text), "checksum_%u(r.bytes, from, to) == %s",
                   (unsigned)row->detail, found);
    firmware_get_require(emit, index, text, "CHECKSUM");
    firmware_leave(emit);
}

void firmware_get_check(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_check *check = &emit->plan->tables->checks[row->detail];
    const char *wide = firmware_wide_name(row->width);
    char bits[FIRMWARE_PATH];
    if (check->flags & DGM_CHECK_OVER) {
        firmware_refuse_row(emit, index, "a checksum over an item is not read");
        return;
    }
    firmware_block(emit);
    firmware_line(emit, "const size_t a%u = r.at;", (unsigned)index);
    read_bits(emit, row, bits, sizeof(bits));
    firmware_line(emit, "const uint%s_t found = %s;", row->width > 32 ? "64" : "32",
                  bits);
    firmware_line(emit, "(void)a%u;", (unsigned)index);
    (void)wide;
    compare_check(emit, index, "found");
    firmware_leave(emit);
}
