/* SPDX-License-Identifier: MIT */
/* Functions that decode a message: row by row what the core's decoder does, into a struct
 * in place of JSON. */
#include "firmware_emit.h"

#include <inttypes.h>
#include <string.h>

#include "firmware_moment.h"
#include "firmware_range.h"
#include "firmware_type.h"

static void put_rows(struct firmware_emit *emit, uint16_t first, uint16_t end);

static void refuse(struct firmware_emit *emit, uint16_t index, const char *why)
{
    firmware_refuse(emit->plan, &emit->plan->rows[index], why);
}

static void require(struct firmware_emit *emit, uint16_t index, const char *condition,
                    const char *status)
{
    char field[FIRMWARE_FIELD];
    if (condition[0] == '\0' || strcmp(condition, "true") == 0) {
        return;
    }
    firmware_field(emit->plan, index, field);
    firmware_line(emit, "check(&r, %s, @_%s, %s);", condition, status, field);
}

/* Bytes behind the message that what takes the rest leaves; inside of a part there are
 * none. */
static unsigned trailer(const struct firmware_emit *emit)
{
    return emit->regions > 0 ? 0 : emit->plan->message->trailer;
}

static bool ignores_trailing(const struct firmware_emit *emit)
{
    return (emit->plan->message->flags & DGM_MESSAGE_IGNORE_TRAILING) != 0;
}

/* --- Integers ---------------------------------------------------------------------- */

/* Bits of the wire, as a call that reads them. */
static void read_bits(const struct firmware_emit *emit, const struct dgm_row *row,
                      char *text, size_t size)
{
    const struct dgm_format *format = firmware_format(emit->plan, row);
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
        (void)snprintf(text, size, "get_digits(&r, %uU, %uU, %s, %s)",
                       (unsigned)format->digits, firmware_digits_bytes(format),
                       format->flags & DGM_FORMAT_LOW_FIRST ? "true" : "false",
                       format->flags & DGM_FORMAT_REVERSED ? "true" : "false");
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
    } else if (at->is_signed) {
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

static void set_flag(struct firmware_emit *emit, uint16_t index)
{
    char flag[FIRMWARE_PATH];
    if (firmware_may_miss(emit->plan, index)) {
        emit->plan->at[index].has_flag = true;
        firmware_path(emit->plan, index, "out->", "has_", flag);
        firmware_line(emit, "%s = true;", flag);
    }
}

static void read_member(struct firmware_emit *emit, uint16_t index)
{
    char path[FIRMWARE_PATH], valid[FIRMWARE_TEXT * 4];
    firmware_path(emit->plan, index, "out->", "", path);
    if (!firmware_valid(emit->plan, index, path, valid)) {
        refuse(emit, index, "it has too many names");
        return;
    }
    read_into(emit, index, path);
    require(emit, index, valid, "RANGE");
    set_flag(emit, index);
}

/* A constant of the wire, or one of several, as a condition on `found`. */
static void read_constant(struct firmware_emit *emit, uint16_t index)
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
        refuse(emit, index, "it has too many constants");
    }
    require(emit, index, text, "CONSTANT");
    firmware_leave(emit);
}

static void read_kept(struct firmware_emit *emit, uint16_t index)
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
static bool told(struct firmware_emit *emit, uint16_t index, char *text, size_t size)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_scaling *scaling = &emit->plan->tables->scalings[row->detail];
    emit->plan->at[index].is_kept = true;
    (void)snprintf(text, size, "(((int64_t)v%u * %" PRId64 ") + (%" PRId64 "))",
                   (unsigned)index, scaling->mul, scaling->add);
    return scaling->div == 1 && scaling->digits == 0 && scaling->mul >= 1 &&
           scaling->mul <= UINT16_MAX && scaling->add >= -DGM_MAX_FRAME &&
           scaling->add <= DGM_MAX_FRAME && row->width <= 32;
}

static void read_length(struct firmware_emit *emit, uint16_t index)
{
    char text[FIRMWARE_PATH], condition[FIRMWARE_PATH + 32];
    if (!told(emit, index, text, sizeof(text))) {
        refuse(emit, index, "what it tells has no C");
    }
    read_kept(emit, index);
    (void)snprintf(condition, sizeof(condition), "%s == (int64_t)r.length", text);
    require(emit, index, condition, "LENGTH");
}

static void compare_check(struct firmware_emit *emit, uint16_t index, const char *found)
{
    struct firmware_plan *plan = emit->plan;
    const struct dgm_row *row = &plan->rows[index];
    char from[FIRMWARE_PATH], to[FIRMWARE_PATH], text[FIRMWARE_PATH + 64];
    if (row->width > 64 || !firmware_check_span(plan, row, "r.length", from, to)) {
        refuse(emit, index, "a checksum of this kind is not read");
        return;
    }
    firmware_line(emit, "const size_t from = %s;", from);
    firmware_line(emit, "const size_t to = %s;", to);
    require(emit, index, "(from <= to) && (to <= r.length)", "LENGTH");
    firmware_enter(emit, "if (r.status == @_OK)");
    (void)snprintf(text, sizeof(text), "checksum_%u(r.bytes, from, to) == %s",
                   (unsigned)row->detail, found);
    require(emit, index, text, "CHECKSUM");
    firmware_leave(emit);
}

static void read_check(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_check *check = &emit->plan->tables->checks[row->detail];
    const char *wide = firmware_wide_name(row->width);
    char bits[FIRMWARE_PATH];
    if (check->flags & DGM_CHECK_OVER) {
        refuse(emit, index, "a checksum over an item is not read");
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

/* --- Bytes ------------------------------------------------------------------------- */

static void check_text(struct firmware_emit *emit, uint16_t index, const char *path,
                       const char *length)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_format *format = firmware_format(emit->plan, row);
    char text[FIRMWARE_PATH * 3];
    if (row->show == DGM_SHOW_ASCII || row->show == DGM_SHOW_UTF8) {
        (void)snprintf(text, sizeof(text), "is_%s(%s, %s)",
                       row->show == DGM_SHOW_UTF8 ? "utf8" : "ascii", path, length);
        require(emit, index, text, "TEXT");
    }
    const struct dgm_limit *limit =
        row->limit != DGM_NONE ? &emit->plan->tables->limits[row->limit] : NULL;
    if (row->show == DGM_SHOW_UTF8 && limit != NULL &&
        (limit->flags & DGM_LIMIT_LENGTH)) {
        (void)snprintf(text, sizeof(text), "characters(%s, %s) <= %uU", path, length,
                       (unsigned)limit->max_length);
        require(emit, index, text, "RANGE");
    } else if (!emit->plan->at[index].has_length &&
               emit->plan->at[index].most > firmware_limit_bytes(emit->plan, row)) {
        require(emit, index, "false", "RANGE"); /* the place itself is too long */
    }
    if (row->show == DGM_SHOW_DIGITS) {
        (void)snprintf(text, sizeof(text), "are_digits(%s, %s, %s, %s)", path, length,
                       row->detail % 2 ? "true" : "false",
                       format->flags & DGM_FORMAT_LOW_FIRST ? "true" : "false");
        require(emit, index, text, "TEXT");
    }
}

/* "place" is how many bytes the layout wants. */
static bool put_place(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    struct firmware_value value;
    char condition[FIRMWARE_TEXT + 32];
    if (row->flags & DGM_ROW_REST) {
        firmware_line(emit, "const size_t place = left(&r, %uU);", trailer(emit));
        return true;
    }
    if (row->expr == DGM_NONE) {
        firmware_line(emit, "const size_t place = %uU;", (unsigned)row->detail);
        return true;
    }
    if (!firmware_expr(emit->plan, row->expr, index, &value) || value.digits != 0 ||
        value.is_condition) {
        refuse(emit, index, "its size has no C");
        return false;
    }
    require(emit, index, value.there, "LENGTH");
    if (value.low < 0) {
        (void)snprintf(condition, sizeof(condition), "%s >= 0", value.text);
        require(emit, index, condition, "LENGTH");
    }
    firmware_line(emit, "const size_t place = (size_t)(%s);", value.text);
    return true;
}

static void read_text(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    const struct dgm_format *format = firmware_format(emit->plan, row);
    bool ended = format != NULL && (format->flags & DGM_FORMAT_ENDED);
    bool reversed = format != NULL && (format->flags & DGM_FORMAT_REVERSED) &&
                    row->show != DGM_SHOW_DIGITS;
    char path[FIRMWARE_PATH], length[FIRMWARE_PATH];
    firmware_path(emit->plan, index, "out->", "", path);
    if (!at->has_length) {
        firmware_line(emit, "get_bytes%s(&r, %s, %uU);", reversed ? "_reversed" : "",
                      path, (unsigned)at->most);
        (void)snprintf(length, sizeof(length), "%uU", (unsigned)at->most);
        check_text(emit, index, path, length);
        set_flag(emit, index);
        return;
    }
    firmware_block(emit);
    if (put_place(emit, index)) {
        char field[FIRMWARE_FIELD];
        firmware_field(emit->plan, index, field);
        firmware_path(emit->plan, index, "out->", "_length", length);
        firmware_line(emit, "const struct text_form form = {%s, %s, %s, %uU, %uU};",
                      ended ? "true" : "false",
                      ended && (row->flags & DGM_ROW_REST) ? "true" : "false",
                      row->flags & DGM_ROW_PADDED ? "true" : "false",
                      ended ? (unsigned)format->end : 0u, (unsigned)row->shift);
        firmware_line(emit, "%s = get_text(&r, %s, sizeof(%s), place, &form, %s);",
                      length, path, path, field);
        check_text(emit, index, path, length);
        set_flag(emit, index);
    }
    firmware_leave(emit);
}

/* --- Groups and repetitions -------------------------------------------------------- */

static void read_bits_group(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const char *wide = firmware_wide_name(row->width);
    firmware_block(emit);
    firmware_line(emit, "const uint%s_t bits = get%s_%s(&r, %uU);",
                  row->width > 32 ? "64" : "32", wide, firmware_order(row),
                  row->width / 8u);
    firmware_line(emit, "(void)bits;");
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_leave(emit);
}

static void read_stream(struct firmware_emit *emit, uint16_t index)
{
    firmware_block(emit);
    firmware_line(emit, "const size_t stream = r.at;");
    firmware_line(emit, "pass(&r, %uU);", (unsigned)emit->plan->rows[index].spec);
    firmware_line(emit, "(void)stream;");
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_leave(emit);
}

/* A whole number that is not negative; false if it has no C. */
static bool put_size(struct firmware_emit *emit, uint16_t index, uint16_t expr,
                     const char *name)
{
    struct firmware_value value;
    char condition[FIRMWARE_TEXT + 32];
    if (!firmware_expr(emit->plan, expr, index, &value) || value.digits != 0 ||
        value.is_condition) {
        refuse(emit, index, "its size has no C");
        return false;
    }
    require(emit, index, value.there, "LENGTH");
    if (value.low < 0) {
        (void)snprintf(condition, sizeof(condition), "%s >= 0", value.text);
        require(emit, index, condition, "LENGTH");
    }
    firmware_line(emit, "const size_t %s = (size_t)(%s);", name, value.text);
    return true;
}

static void read_part(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    if (row->region == DGM_NONE) {
        put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
        return;
    }
    unsigned n = index;
    char size[FIRMWARE_LITERAL];
    (void)snprintf(size, sizeof(size), "size%u", n);
    firmware_block(emit);
    if (put_size(emit, index, row->region, size)) {
        firmware_line(emit, "const size_t outer%u = open_part(&r, size%u);", n, n);
        emit->regions++;
        put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
        emit->regions--;
        firmware_line(emit, "close_part(&r, outer%u, %s);", n,
                      ignores_trailing(emit) ? "true" : "false");
    }
    firmware_leave(emit);
}

static void open_loop(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    unsigned depth = firmware_depth(emit->plan, index);
    if (row->flags & DGM_ROW_REST) {
        firmware_enter(emit,
                       "for (i%u = 0U; (left(&r, %uU) > 0U) && (r.status == @_OK); "
                       "i%u++)",
                       depth, trailer(emit), depth);
        return;
    }
    char rounds[FIRMWARE_LITERAL];
    (void)snprintf(rounds, sizeof(rounds), "rounds%u", (unsigned)index);
    if (put_size(emit, index, row->expr, rounds)) {
        firmware_enter(emit, "for (i%u = 0U; (i%u < %s) && (r.status == @_OK); i%u++)",
                       depth, depth, rounds, depth);
    } else {
        firmware_block(emit);
    }
}

static void read_array(struct firmware_emit *emit, uint16_t index)
{
    const struct firmware_row *at = &emit->plan->at[index];
    unsigned depth = firmware_depth(emit->plan, index);
    char path[FIRMWARE_PATH], text[FIRMWARE_PATH * 3];
    firmware_path(emit->plan, index, "out->", "", path);
    firmware_block(emit);
    open_loop(emit, index);
    (void)snprintf(text, sizeof(text), "i%u < (sizeof(%s) / sizeof(%s[0]))", depth, path,
                   path);
    require(emit, index, text, "COUNT");
    firmware_enter(emit, "if (r.status == @_OK)");
    firmware_forget(emit, index);
    read_part(emit, index);
    if (at->has_length) {
        firmware_path(emit->plan, index, "out->", "_count", path);
        firmware_line(emit, "%s = (uint16_t)(i%u + 1U);", path, depth);
    }
    firmware_leave(emit);
    firmware_leave(emit);
    set_flag(emit, index);
    firmware_leave(emit);
}

static void read_at(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    int64_t offset = (int64_t)emit->plan->tables->numbers[row->spec];
    if (offset < 0 || emit->regions > 0) {
        refuse(emit, index, "a place from the end, or in a part, is not read");
        return;
    }
    firmware_block(emit);
    firmware_line(emit, "const size_t back = r.at;");
    firmware_line(emit, "r.at = %" PRId64 "U;", offset);
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "r.at = back;");
    firmware_leave(emit);
}

static void read_span(struct firmware_emit *emit, uint16_t index)
{
    unsigned n = index;
    if (firmware_may_miss(emit->plan, index) || emit->plan->at[index].scope != DGM_NONE) {
        refuse(emit, index, "what is measured may be absent");
    }
    firmware_line(emit, "b%u = r.at;", n);
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "v%u = r.at - b%u;", n, n);
    firmware_line(emit, "(void)v%u;", n);
}

static void read_agree(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    struct firmware_value value;
    char text[FIRMWARE_PATH], condition[FIRMWARE_TEXT + FIRMWARE_PATH];
    bool check = emit->plan->rows[row->spec].op == DGM_OP_CHECK;
    if (check || firmware_may_miss(emit->plan, row->spec) ||
        !told(emit, row->spec, text, sizeof(text)) ||
        !firmware_expr(emit->plan, row->expr, index, &value) || value.is_condition ||
        value.digits != 0) {
        refuse(emit, row->spec, "what it tells has no C");
        return;
    }
    require(emit, row->spec, value.there, "LENGTH");
    (void)snprintf(condition, sizeof(condition), "%s == %.1500s", text, value.text);
    require(emit, row->spec, condition, "LENGTH");
}

/* --- Rows -------------------------------------------------------------------------- */

static void read_working(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    bool bytes = row->op == DGM_OP_BYTES;
    switch (emit->plan->at[index].work) {
    case FIRMWARE_MEMBER:
        if (bytes) {
            read_text(emit, index);
        } else {
            read_member(emit, index);
        }
        break;
    case FIRMWARE_CONSTANT:
        read_constant(emit, index);
        break;
    case FIRMWARE_LENGTH:
        read_length(emit, index);
        break;
    case FIRMWARE_CHECK:
        read_check(emit, index);
        break;
    default:
        if (bytes) {
            unsigned size =
                row->show == DGM_SHOW_DIGITS ? (row->detail + 1u) / 2u : row->detail;
            firmware_line(emit, "pass(&r, %uU);", size);
        } else {
            read_kept(emit, index);
        }
        break;
    }
}

static void read_moment(struct firmware_emit *emit, uint16_t index)
{
    char text[FIRMWARE_TEXT];
    if (firmware_moment_parts(emit->plan, index, text)) {
        require(emit, index, text, "RANGE");
    } else {
        refuse(emit, index, "its parts have no C");
    }
}

static void read_row(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->at[index].work != FIRMWARE_NOTHING) {
        read_working(emit, index);
        return;
    }
    switch (emit->plan->rows[index].op) {
    case DGM_OP_BITS:
        read_bits_group(emit, index);
        break;
    case DGM_OP_STREAM:
        read_stream(emit, index);
        break;
    case DGM_OP_GROUP:
    case DGM_OP_TEXT:
        read_part(emit, index);
        break;
    case DGM_OP_REPEAT:
        read_array(emit, index);
        break;
    case DGM_OP_AT:
        read_at(emit, index);
        break;
    case DGM_OP_SPAN:
        read_span(emit, index);
        break;
    case DGM_OP_AGREE:
        read_agree(emit, index);
        break;
    case DGM_OP_MOMENT:
        read_moment(emit, index);
        break;
    case DGM_OP_VALUE:
        firmware_put_computed(emit, index);
        break;
    case DGM_OP_NOTICE:
        if (emit->plan->rows[index].flags & DGM_ROW_REFUSE) {
            require(emit, index, "false", "REFUSED");
        }
        break;
    default:
        break;
    }
}

static void read_there(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->at[index].is_tracked) {
        firmware_line(emit, "p%u = true;", (unsigned)index);
    }
    read_row(emit, index);
}

static void read_conditional(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    char condition[FIRMWARE_TEXT] = "true";
    if (row->when != DGM_NONE &&
        !firmware_condition(emit->plan, row->when, index, condition)) {
        refuse(emit, index, "its condition has no C");
        return;
    }
    if (row->flags & DGM_ROW_OPTIONAL) {
        firmware_enter(emit, "if ((%s) && (left(&r, %uU) > 0U))", condition,
                       trailer(emit));
    } else {
        firmware_enter(emit, "if (%s)", condition);
    }
    read_there(emit, index);
    firmware_leave(emit);
}

static void put_rows(struct firmware_emit *emit, uint16_t first, uint16_t end)
{
    for (uint16_t i = first; i < end && !firmware_refused(emit->plan);
         i = firmware_end(emit->plan, i)) {
        const struct dgm_row *row = &emit->plan->rows[i];
        if (!firmware_matters(emit->plan, i)) {
            continue;
        }
        if (row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL)) {
            read_conditional(emit, i);
        } else {
            read_there(emit, i);
        }
    }
}

void firmware_decode(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    firmware_line(emit, "enum $_status $_decode_%s(const uint8_t *frame, size_t length,",
                  plan->name);
    firmware_line(emit, "    struct $_%s *out, struct $_fault *fault)", plan->name);
    firmware_line(emit, "{");
    emit->indent++;
    firmware_line(emit, "struct reader r = {frame, length, length, 0U, @_OK, "
                        "@_FIELD_NONE};");
    firmware_variables(emit);
    (void)fputc('\n', emit->file);
    firmware_line(emit, "fill(out, 0U, sizeof(*out));");
    put_rows(emit, 0, plan->message->row_count);
    if (!ignores_trailing(emit)) {
        require(emit, DGM_NONE, "r.at == r.end", "TRAILING");
    }
    if (firmware_has_guards(plan)) {
        char text[FIRMWARE_PATH];
        (void)snprintf(text, sizeof(text), "fits_%s(frame, length)", plan->name);
        require(emit, DGM_NONE, text, "NO_MESSAGE");
    }
    firmware_line(emit, "return finish_reading(&r, fault);");
    firmware_leave(emit);
}
