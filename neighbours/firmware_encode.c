/* SPDX-License-Identifier: MIT */
/* Functions that encode a message: row by row what the core's encoder does, from a
 * struct in place of JSON. */
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

/* The row's value comes from the caller after all. */
static void become_member(struct firmware_emit *emit, uint16_t index)
{
    emit->plan->at[index].work = FIRMWARE_MEMBER;
    emit->again = true;
}

static void require(struct firmware_emit *emit, uint16_t index, const char *condition,
                    const char *status)
{
    char field[FIRMWARE_FIELD];
    if (condition[0] == '\0' || strcmp(condition, "true") == 0) {
        return;
    }
    firmware_field(emit->plan, index, field);
    firmware_line(emit, "require(&w, %s, @_%s, %s);", condition, status, field);
}

/* The integer of whole bytes that the row is, or is a part of. */
static const struct dgm_row *carrier(const struct dgm_row *row)
{
    while (row->op == DGM_OP_BIT) {
        row--;
    }
    return row;
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

static void put_digits(struct firmware_emit *emit, uint16_t index, const char *number)
{
    const struct dgm_format *format =
        firmware_format(emit->plan, &emit->plan->rows[index]);
    firmware_line(emit, "put_digits(&w, (uint64_t)%s, %uU, %s, %s);", number,
                  firmware_digits_bytes(format),
                  format->flags & DGM_FORMAT_LOW_FIRST ? "true" : "false",
                  format->flags & DGM_FORMAT_REVERSED ? "true" : "false");
}

/* A number in C, which was checked, and what is kept of it. */
static void put_number(struct firmware_emit *emit, uint16_t index, const char *number)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    char bits[FIRMWARE_PATH + 64];
    if (at->is_kept && at->work != FIRMWARE_MEMBER) {
        firmware_line(emit, "v%u = (%s)%s;", (unsigned)index,
                      firmware_type(emit->plan, index), number);
    }
    if (row->op == DGM_OP_DIGITS) {
        put_digits(emit, index, number);
    } else {
        wire_bits(row, number, bits, sizeof(bits));
        put_bits(emit, index, bits);
    }
}

static void put_member(struct firmware_emit *emit, uint16_t index)
{
    struct firmware_row *at = &emit->plan->at[index];
    char path[FIRMWARE_PATH], valid[FIRMWARE_TEXT * 4], bits[FIRMWARE_PATH + 32];
    firmware_path(emit->plan, index, "in->", "", path);
    if (!firmware_valid(emit->plan, index, path, valid)) {
        refuse(emit, index, "it has too many names");
        return;
    }
    require(emit, index, valid, "RANGE");
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

static void put_constant(struct firmware_emit *emit, uint16_t index)
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
static bool invert(const struct firmware_plan *plan, const struct dgm_row *row,
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
    require(emit, index, text, status);
}

static void put_expr(struct firmware_emit *emit, uint16_t index)
{
    struct firmware_value value;
    char raw[FIRMWARE_TEXT + 64];
    const struct dgm_row *row = &emit->plan->rows[index];
    if (!firmware_expr(emit->plan, row->expr, index, &value) ||
        (value.low == value.high &&
         row->slot != DGM_NONE) || /* the one case of several */
        !invert(emit->plan, row, &value, raw, sizeof(raw))) {
        become_member(emit, index);
        return;
    }
    firmware_block(emit);
    firmware_line(emit, "const int64_t value = %s;", raw);
    require(emit, index, value.there, "RANGE");
    require_fits(emit, index, "value", "RANGE");
    put_number(emit, index, "value");
    firmware_leave(emit);
}

static void put_count(struct firmware_emit *emit, uint16_t index)
{
    uint16_t counted = emit->plan->at[index].counted;
    const struct firmware_row *at = &emit->plan->at[counted];
    char path[FIRMWARE_PATH] = "", text[FIRMWARE_PATH + 16];
    firmware_path(emit->plan, counted, "in->", at->is_array ? "_count" : "_length", path);
    firmware_wide low, high;
    firmware_wire_range(emit->plan, &emit->plan->rows[index], &low, &high);
    if (high < UINT16_MAX) {
        (void)snprintf(text, sizeof(text), "%s <= %uU", path, (unsigned)high);
        require(emit, counted, text, "COUNT");
    }
    put_number(emit, index, path);
}

/* Room that is filled in later, at a place that is remembered. */
static void leave_room(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    if (row->op == DGM_OP_FIELD || row->op == DGM_OP_DIGITS) {
        refuse(emit, index, "what is filled in later stands in bits here");
        return;
    }
    if (emit->plan->at[index].scope != DGM_NONE) {
        bool inner = row->source != DGM_SOURCE_MEASURE;
        if (inner) {
            refuse(emit, index, "what is filled in later stands in a repetition here");
        }
    }
    firmware_line(emit, "a%u = w.at;", (unsigned)index);
    if (row->op != DGM_OP_BIT) {
        firmware_line(emit, "put_fill(&w, 0U, %uU);", row->width / 8u);
    }
}

/* Fill in what room was left for: `value` is an int64_t. */
static void fill_in(struct firmware_emit *emit, uint16_t index, const char *value)
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

/* --- Bytes ------------------------------------------------------------------------- */

static void check_text(struct firmware_emit *emit, uint16_t index, const char *path,
                       const char *length)
{
    static const char *const names[] = {"ascii", "utf8"};
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_format *format = firmware_format(emit->plan, row);
    char text[FIRMWARE_PATH * 3];
    if (row->show == DGM_SHOW_ASCII || row->show == DGM_SHOW_UTF8) {
        (void)snprintf(text, sizeof(text), "is_%s(%s, %s)",
                       names[row->show == DGM_SHOW_UTF8], path, length);
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
    if (row->flags & DGM_ROW_PADDED) {
        (void)snprintf(text, sizeof(text), "does_not_end_with(%s, %s, %uU)", path, length,
                       (unsigned)row->shift);
        require(emit, index, text, "TEXT");
    }
    if (format != NULL && (format->flags & DGM_FORMAT_ENDED)) {
        (void)snprintf(text, sizeof(text), "has_no(%s, %s, %uU)", path, length,
                       (unsigned)format->end);
        require(emit, index, text, "TEXT");
    }
}

static void put_copy(struct firmware_emit *emit, uint16_t index, const char *path,
                     const char *length)
{
    const struct dgm_format *format =
        firmware_format(emit->plan, &emit->plan->rows[index]);
    bool reversed = format != NULL && (format->flags & DGM_FORMAT_REVERSED);
    /* Digits stand in the struct as on the wire. */
    reversed = reversed && emit->plan->rows[index].show != DGM_SHOW_DIGITS;
    firmware_line(emit, "put_bytes%s(&w, %s, %s);", reversed ? "_reversed" : "", path,
                  length);
}

/* What stands behind a text that does not fill its place. */
static void fill_up(struct firmware_emit *emit, uint16_t index, const char *length)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_format *format = firmware_format(emit->plan, row);
    bool ended = format != NULL && (format->flags & DGM_FORMAT_ENDED);
    unsigned fill = row->flags & DGM_ROW_PADDED ? row->shift : format->end;
    if (row->flags & DGM_ROW_REST) {
        firmware_line(emit, "put_fill(&w, %uU, 1U);", (unsigned)format->end);
    } else if (ended) {
        firmware_line(emit, "put_end(&w, %uU, %uU, place - %s);", (unsigned)format->end,
                      fill, length);
    } else {
        firmware_line(emit, "put_fill(&w, %uU, place - %s);", fill, length);
    }
}

/* Bytes that the layout wants, in `place`; false if there is no C for it. */
static bool put_place(struct firmware_emit *emit, uint16_t index, const char *length,
                      bool filled)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    struct firmware_value value;
    char condition[FIRMWARE_PATH];
    if (row->expr == DGM_NONE) {
        firmware_line(emit, "const size_t place = %uU;", (unsigned)row->detail);
    } else {
        if (!firmware_expr(emit->plan, row->expr, index, &value) || value.digits != 0 ||
            value.is_condition) {
            refuse(emit, index, "its size has no C");
            return false;
        }
        firmware_line(emit, "const size_t place = (size_t)(%s);", value.text);
        require(emit, index, value.there, "LENGTH");
    }
    (void)snprintf(condition, sizeof(condition), "%s %s place", length,
                   filled ? "<=" : "==");
    require(emit, index, condition, "LENGTH");
    return true;
}

static void put_text(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    char path[FIRMWARE_PATH], length[FIRMWARE_PATH] = "", condition[FIRMWARE_PATH * 2];
    firmware_path(emit->plan, index, "in->", "", path);
    if (!at->has_length) {
        (void)snprintf(length, sizeof(length), "%uU", (unsigned)at->most);
        check_text(emit, index, path, length);
        put_copy(emit, index, path, length);
        return;
    }
    char member[FIRMWARE_PATH];
    firmware_path(emit->plan, index, "in->", "_length", member);
    firmware_block(emit);
    firmware_line(emit, "const size_t count = at_most(&w, %s, sizeof(%s));", member,
                  path);
    (void)snprintf(condition, sizeof(condition), "(size_t)%s == count", member);
    require(emit, index, condition, "LENGTH");
    bool filled = firmware_is_filled(emit->plan, row);
    bool whole = (row->flags & DGM_ROW_REST) || at->counted != DGM_NONE;
    if (whole || put_place(emit, index, "count", filled)) {
        check_text(emit, index, path, "count");
        put_copy(emit, index, path, "count");
    }
    if (filled && (!whole || (row->flags & DGM_ROW_REST))) {
        fill_up(emit, index, "count");
    }
    firmware_leave(emit);
}

/* --- Groups, repetitions, records -------------------------------------------------- */

static void put_bits_group(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const char *wide = firmware_wide_name(row->width);
    firmware_block(emit);
    firmware_line(emit, "uint%s_t bits = 0U;", row->width > 32 ? "64" : "32");
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "put%s_%s(&w, bits, %uU);", wide, firmware_order(row),
                  row->width / 8u);
    firmware_leave(emit);
}

static void put_stream(struct firmware_emit *emit, uint16_t index)
{
    firmware_block(emit);
    firmware_line(emit, "const size_t stream = w.at;");
    firmware_line(emit, "put_fill(&w, 0U, %uU);", (unsigned)emit->plan->rows[index].spec);
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_leave(emit);
}

static void close_region(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_plan *plan = emit->plan;
    struct firmware_value value;
    char text[FIRMWARE_TEXT + 64];
    firmware_line(emit, "const int64_t region = (int64_t)(w.at - begin%u);",
                  (unsigned)index);
    bool told = row->spec != DGM_NONE && plan->at[row->spec].work == FIRMWARE_MEASURE;
    uint16_t expr = told ? plan->rows[row->spec].expr : row->region;
    if (!firmware_expr(emit->plan, expr, index, &value) || value.is_condition ||
        value.digits != 0) {
        refuse(emit, index, "the size of the part has no C");
    } else if (!told) {
        require(emit, index, value.there, "LENGTH");
        (void)snprintf(text, sizeof(text), "region == %s", value.text);
        require(emit, index, text, "LENGTH");
    } else if (!invert(plan, &plan->rows[row->spec], &value, text, sizeof(text))) {
        refuse(emit, index, "the size of the part has no C");
    } else {
        firmware_line(emit, "const int64_t value = %s;", text);
        fill_in(emit, row->spec, "value");
    }
}

/* Rows with a size of their own, or without. */
static void put_part(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    bool sized = row->region != DGM_NONE;
    unsigned n = index;
    if (sized) {
        firmware_block(emit);
        firmware_line(emit, "const size_t begin%u = w.at;", n);
        firmware_line(emit, "const bool gap%u = w.gap;", n);
        firmware_line(emit, "w.gap = false;");
        emit->regions++;
    }
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    if (sized) {
        emit->regions--;
        firmware_line(emit, "w.gap = gap%u;", n);
        close_region(emit, index);
        firmware_leave(emit);
    }
}

/* How often the layout says. */
static void check_rounds(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    struct firmware_value value;
    char text[FIRMWARE_TEXT + FIRMWARE_PATH + 32], path[FIRMWARE_PATH];
    bool free = (row->flags & DGM_ROW_REST) || row->op == DGM_OP_CASE;
    if (!at->has_length) {
        return;
    }
    firmware_path(emit->plan, index, "in->", "", path);
    (void)snprintf(text, sizeof(text), "rounds%u <= (sizeof(%s) / sizeof(%s[0]))",
                   (unsigned)index, path, path);
    require(emit, index, text, "COUNT");
    if (free || at->counted != DGM_NONE) {
        return;
    }
    if (!firmware_expr(emit->plan, row->expr, index, &value) || value.is_condition ||
        value.digits != 0) {
        refuse(emit, index, "its count has no C");
        return;
    }
    require(emit, index, value.there, "COUNT");
    (void)snprintf(text, sizeof(text), "(int64_t)rounds%u == %s", (unsigned)index,
                   value.text);
    require(emit, index, text, "COUNT");
}

static void put_array(struct firmware_emit *emit, uint16_t index,
                      void (*round)(struct firmware_emit *emit, uint16_t index))
{
    const struct firmware_row *at = &emit->plan->at[index];
    unsigned depth = firmware_depth(emit->plan, index), n = index;
    char path[FIRMWARE_PATH] = "";
    if (at->has_length) {
        firmware_path(emit->plan, index, "in->", "_count", path);
    } else {
        (void)snprintf(path, sizeof(path), "%uU", (unsigned)at->most);
    }
    firmware_block(emit);
    firmware_line(emit, "const size_t rounds%u = %s;", n, path);
    check_rounds(emit, index);
    firmware_enter(emit, "for (i%u = 0U; (i%u < rounds%u) && (w.status == @_OK); i%u++)",
                   depth, depth, n, depth);
    firmware_forget(emit, index);
    round(emit, index);
    firmware_leave(emit);
    firmware_leave(emit);
}

/* A record of a tag loop: its tag, and the rows of the case. */
static void put_record(struct firmware_emit *emit, uint16_t index)
{
    const struct firmware_plan *plan = emit->plan;
    uint16_t loop = tables_parent(plan->rows, index);
    const struct dgm_loop *told = &plan->tables->loops[plan->rows[loop].spec];
    emit->tag = plan->tables->numbers[plan->rows[index].expr];
    put_rows(emit, (uint16_t)(loop + 1), (uint16_t)(loop + 1 + told->tag_rows));
    put_part(emit, index);
}

static void put_case(struct firmware_emit *emit, uint16_t index)
{
    char flag[FIRMWARE_PATH];
    if (emit->plan->rows[index].expr == DGM_NONE) {
        return;
    }
    if (emit->plan->at[index].is_array) {
        put_array(emit, index, put_record);
        return;
    }
    uint16_t named = firmware_named_in(emit->plan, index);
    if (named != DGM_NONE) {
        emit->plan->at[named].has_flag = true;
        firmware_path(emit->plan, named, "in->", "has_", flag);
    }
    firmware_enter(emit, "if (%s)", named != DGM_NONE ? flag : "false");
    put_record(emit, index);
    firmware_leave(emit);
    if (named == DGM_NONE) {
        refuse(emit, index, "nothing says whether it is there");
    }
}

static void put_loop(struct firmware_emit *emit, uint16_t index)
{
    const struct firmware_plan *plan = emit->plan;
    const struct dgm_loop *loop = &plan->tables->loops[plan->rows[index].spec];
    uint16_t first = (uint16_t)(index + 1 + loop->tag_rows);
    if (loop->align != 1 || loop->tag_rows == 0) {
        refuse(emit, index, "records of this kind are not written");
    }
    for (uint16_t i = (uint16_t)(index + 1); i < first; i++) {
        if (plan->at[i].work == FIRMWARE_MEMBER || plan->at[i].work == FIRMWARE_EXPR) {
            refuse(emit, i, "a part of the tag is open");
        }
    }
    for (uint16_t i = first; i < firmware_end(plan, index); i = firmware_end(plan, i)) {
        if (plan->rows[i].op == DGM_OP_CASE) {
            put_case(emit, i);
        }
    }
}

/* Rows at a place of their own. */
static void put_at(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    int64_t offset = (int64_t)emit->plan->tables->numbers[row->spec];
    if (offset < 0 || emit->regions > 0) {
        refuse(emit, index, "a place from the end, or in a part, is not written");
        return;
    }
    firmware_block(emit);
    firmware_line(emit, "const size_t back = w.at;");
    firmware_line(emit, "w.at = %" PRId64 "U;", offset);
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "w.at = back;");
    firmware_leave(emit);
}

static void put_span(struct firmware_emit *emit, uint16_t index)
{
    unsigned n = index;
    if (firmware_may_miss(emit->plan, index) || emit->plan->at[index].scope != DGM_NONE) {
        refuse(emit, index, "what is measured may be absent");
    }
    firmware_line(emit, "b%u = w.at;", n);
    put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "v%u = w.at - b%u;", n, n);
}

/* raw = (value - add) / mul, whole, of what is counted; false if it is another way. */
static bool put_told(struct firmware_emit *emit, uint16_t index, const char *value)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_scaling *scaling = &emit->plan->tables->scalings[row->detail];
    if (scaling->div != 1 || scaling->digits != 0 || scaling->mul < 1 ||
        scaling->add < -DGM_MAX_FRAME || scaling->add > DGM_MAX_FRAME) {
        return false;
    }
    firmware_line(emit, "const int64_t value = (%s - (%" PRId64 ")) / %" PRId64 ";",
                  value, scaling->add, scaling->mul);
    if (scaling->mul != 1) {
        char text[FIRMWARE_TEXT + 64];
        (void)snprintf(text, sizeof(text),
                       "%.1500s == ((value * %" PRId64 ") + (%" PRId64 "))", value,
                       scaling->mul, scaling->add);
        require(emit, index, text, "LENGTH");
    }
    return true;
}

static void put_agree(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    struct firmware_value value;
    if (emit->plan->rows[row->spec].op == DGM_OP_CHECK) {
        return; /* filled in when the frame is complete */
    }
    firmware_enter(emit, "if (a%u != NOWHERE)", (unsigned)row->spec);
    bool good = firmware_expr(emit->plan, row->expr, index, &value) &&
                !value.is_condition && value.digits == 0 &&
                put_told(emit, row->spec, value.text);
    if (good) {
        require(emit, row->spec, value.there, "LENGTH");
        fill_in(emit, row->spec, "value");
    } else {
        refuse(emit, row->spec, "what it tells has no C");
    }
    firmware_leave(emit);
}

/* --- Presence ---------------------------------------------------------------------- */

static void put_row(struct firmware_emit *emit, uint16_t index);

static void put_there(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->at[index].is_tracked) {
        firmware_line(emit, "p%u = true;", (unsigned)index);
    }
    put_row(emit, index);
}

/* What is optional ends the frame: behind the first that is absent there is nothing. */
static void put_optional(struct firmware_emit *emit, uint16_t index)
{
    uint16_t named = firmware_named_in(emit->plan, index);
    char flag[FIRMWARE_PATH];
    if (named == DGM_NONE) {
        refuse(emit, index, "nothing says whether it is there");
        return;
    }
    emit->plan->at[named].has_flag = true;
    firmware_path(emit->plan, named, "in->", "has_", flag);
    firmware_enter(emit, "if (%s)", flag);
    require(emit, named, "!w.gap", "MISSING");
    put_there(emit, index);
    emit->indent--;
    firmware_enter(emit, "} else");
    firmware_line(emit, "w.gap = true;");
    firmware_leave(emit);
}

/* What the caller says of rows agrees with what the layout says. */
static void check_flags(struct firmware_emit *emit, uint16_t index, bool there)
{
    const struct firmware_plan *plan = emit->plan;
    char flag[FIRMWARE_PATH], text[FIRMWARE_PATH + 4];
    for (uint16_t i = index; i < firmware_end(plan, index); i++) {
        bool inner = i != index && plan->rows[i].when != DGM_NONE;
        bool own = plan->at[i].has_flag && plan->at[i].scope == plan->at[index].scope &&
                   !(plan->rows[i].flags & DGM_ROW_OPTIONAL) &&
                   plan->rows[i].op != DGM_OP_CASE;
        if (there && inner) {
            i = (uint16_t)(firmware_end(plan, i) - 1);
        } else if (own) {
            firmware_path(plan, i, "in->", "has_", flag);
            (void)snprintf(text, sizeof(text), "%s%s", there ? "" : "!", flag);
            require(emit, i, text, "MISSING");
        }
    }
}

static bool has_flags(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = index; i < firmware_end(plan, index); i++) {
        if (plan->at[i].has_flag && plan->at[i].scope == plan->at[index].scope &&
            !plan->at[i].is_repeated) {
            return true;
        }
    }
    return false;
}

static bool is_by_length(const struct firmware_plan *plan, uint16_t index)
{
    struct tables_step step;
    uint32_t at = 0;
    uint16_t when = plan->rows[index].when;
    while (when != DGM_NONE && tables_step(plan->tables, when, &at, &step)) {
        if (step.code == DGM_CODE_FRAME_LENGTH) {
            return true;
        }
    }
    return false;
}

/* What depends on the length of the frame is there if the caller says so; whether that
 * agrees is seen in the end. */
static void put_by_length(struct firmware_emit *emit, uint16_t index)
{
    uint16_t named = firmware_named_in(emit->plan, index);
    char flag[FIRMWARE_PATH];
    if (named == DGM_NONE || emit->plan->at[index].scope != DGM_NONE) {
        refuse(emit, index, "nothing says whether it is there");
        return;
    }
    emit->plan->at[named].has_flag = true;
    firmware_path(emit->plan, named, "in->", "has_", flag);
    firmware_enter(emit, "if (%s)", flag);
    put_there(emit, index);
    firmware_leave(emit);
}

static void check_by_length(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    char condition[FIRMWARE_TEXT], flag[FIRMWARE_PATH];
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        uint16_t named = firmware_named_in(plan, i);
        if (!is_by_length(plan, i) || !firmware_matters(plan, i) || named == DGM_NONE) {
            continue;
        }
        if (!firmware_condition(emit->plan, plan->rows[i].when, i, condition)) {
            refuse(emit, i, "its condition has no C");
            return;
        }
        char text[FIRMWARE_TEXT + FIRMWARE_PATH + 8];
        firmware_path(plan, named, "in->", "has_", flag);
        (void)snprintf(text, sizeof(text), "%s == (%s)", flag, condition);
        require(emit, named, text, "MISSING");
    }
}

static void put_conditional(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    char condition[FIRMWARE_TEXT];
    if (is_by_length(emit->plan, index)) {
        put_by_length(emit, index);
        return;
    }
    if (!firmware_condition(emit->plan, row->when, index, condition)) {
        refuse(emit, index, "its condition has no C");
        return;
    }
    firmware_enter(emit, "if (%s)", condition);
    check_flags(emit, index, true);
    if (row->flags & DGM_ROW_OPTIONAL) {
        put_optional(emit, index);
    } else {
        put_there(emit, index);
    }
    if (has_flags(emit->plan, index)) {
        emit->indent--;
        firmware_enter(emit, "} else");
        check_flags(emit, index, false);
    }
    firmware_leave(emit);
}

/* --- Rows -------------------------------------------------------------------------- */

static void put_working(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    bool bytes = row->op == DGM_OP_BYTES;
    switch (emit->plan->at[index].work) {
    case FIRMWARE_MEMBER:
        if (bytes) {
            put_text(emit, index);
        } else {
            put_member(emit, index);
        }
        break;
    case FIRMWARE_SKIP:
        firmware_line(emit, "skip(&w, %uU);", (unsigned)row->detail);
        break;
    case FIRMWARE_FILL:
        if (bytes) {
            unsigned size =
                row->show == DGM_SHOW_DIGITS ? (row->detail + 1u) / 2u : row->detail;
            firmware_line(emit, "put_fill(&w, 0U, %uU);", size);
        } else {
            put_constant(emit, index);
        }
        break;
    case FIRMWARE_CONSTANT:
    case FIRMWARE_TAG:
        put_constant(emit, index);
        break;
    case FIRMWARE_EXPR:
        put_expr(emit, index);
        break;
    case FIRMWARE_COUNT:
        put_count(emit, index);
        break;
    default:
        leave_room(emit, index);
        break;
    }
}

static void put_moment(struct firmware_emit *emit, uint16_t index)
{
    char text[FIRMWARE_TEXT];
    if (firmware_moment_parts(emit->plan, index, text)) {
        require(emit, index, text, "RANGE");
    } else {
        refuse(emit, index, "its parts have no C");
    }
}

static void put_notice(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->rows[index].flags & DGM_ROW_REFUSE) {
        require(emit, index, "false", "REFUSED");
    }
}

static void put_row(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->at[index].work != FIRMWARE_NOTHING) {
        put_working(emit, index);
        return;
    }
    switch (emit->plan->rows[index].op) {
    case DGM_OP_BITS:
        put_bits_group(emit, index);
        break;
    case DGM_OP_STREAM:
        put_stream(emit, index);
        break;
    case DGM_OP_GROUP:
    case DGM_OP_TEXT:
        put_part(emit, index);
        break;
    case DGM_OP_REPEAT:
        put_array(emit, index, put_part);
        break;
    case DGM_OP_TLV:
        put_loop(emit, index);
        break;
    case DGM_OP_AT:
        put_at(emit, index);
        break;
    case DGM_OP_SPAN:
        put_span(emit, index);
        break;
    case DGM_OP_AGREE:
        put_agree(emit, index);
        break;
    case DGM_OP_NOTICE:
        put_notice(emit, index);
        break;
    case DGM_OP_MOMENT:
        put_moment(emit, index);
        break;
    case DGM_OP_VALUE:
        firmware_put_computed(emit, index);
        break;
    default:
        break;
    }
}

static void put_rows(struct firmware_emit *emit, uint16_t first, uint16_t end)
{
    for (uint16_t i = first; i < end && !firmware_refused(emit->plan);
         i = firmware_end(emit->plan, i)) {
        const struct dgm_row *row = &emit->plan->rows[i];
        if (!firmware_matters(emit->plan, i)) {
            continue;
        }
        if (row->when != DGM_NONE) {
            put_conditional(emit, i);
        } else if (row->flags & DGM_ROW_OPTIONAL) {
            put_optional(emit, i);
        } else {
            put_there(emit, i);
        }
    }
}

/* --- The function ------------------------------------------------------------------ */

static void fill_lengths(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->at[i].work != FIRMWARE_LENGTH) {
            continue;
        }
        firmware_enter(emit, "if (a%u != NOWHERE)", (unsigned)i);
        if (put_told(emit, i, "(int64_t)w.end")) {
            fill_in(emit, i, "value");
        } else {
            refuse(emit, i, "what it tells has no C");
        }
        firmware_leave(emit);
    }
}

static void fill_checks(struct firmware_emit *emit)
{
    struct firmware_plan *plan = emit->plan;
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        const struct dgm_row *row = &plan->rows[i];
        char from[FIRMWARE_PATH], to[FIRMWARE_PATH];
        if (plan->at[i].work != FIRMWARE_CHECK) {
            continue;
        }
        if (row->width > 64 || !firmware_check_span(plan, row, "w.end", from, to)) {
            refuse(emit, i, "a checksum of this kind is not written");
            return;
        }
        firmware_enter(emit, "if ((a%u != NOWHERE) && (w.status == @_OK))", (unsigned)i);
        firmware_line(emit, "const size_t from = %s;", from);
        firmware_line(emit, "const size_t to = %s;", to);
        require(emit, i, "(from <= to) && (to <= w.end)", "LENGTH");
        firmware_enter(emit, "if (w.status == @_OK)");
        firmware_line(emit, "add%s_%s(&w, a%u, checksum_%u(w.bytes, from, to), %uU);",
                      firmware_wide_name(row->width), firmware_order(row), (unsigned)i,
                      (unsigned)row->detail, row->width / 8u);
        firmware_leave(emit);
        firmware_leave(emit);
    }
}

static bool has_later(const struct firmware_row *at)
{
    return at->work == FIRMWARE_LENGTH || at->work == FIRMWARE_CHECK ||
           at->work == FIRMWARE_LATER || at->work == FIRMWARE_MEASURE;
}

static bool has_place(const struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->rows[i].op == DGM_OP_AT) {
            return true;
        }
    }
    return false;
}

static void put_end(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    char text[FIRMWARE_PATH];
    (void)snprintf(text, sizeof(text), "w.end <= %uU",
                   (unsigned)plan->message->frame_max);
    require(emit, DGM_NONE, text, "LENGTH");
    emit->plan->is_complete = true;
    check_by_length(emit);
    emit->plan->is_complete = false;
    fill_lengths(emit);
    fill_checks(emit);
    if (firmware_has_guards(plan)) {
        firmware_enter(emit, "if (w.status == @_OK)");
        (void)snprintf(text, sizeof(text), "fits_%s(w.bytes, w.end)", plan->name);
        require(emit, DGM_NONE, text, "NO_MESSAGE");
        firmware_leave(emit);
    }
    firmware_line(emit, "return finish_writing(&w, length, fault);");
}

void firmware_encode(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    firmware_line(emit,
                  "enum $_status $_encode_%s(const struct $_%s *in, uint8_t "
                  "*frame,",
                  plan->name, plan->name);
    firmware_line(emit, "    size_t size, size_t *length, struct $_fault *fault)");
    firmware_line(emit, "{");
    emit->indent++;
    firmware_line(emit, "struct writer w = {frame, size, 0U, 0U, false, @_OK, "
                        "@_FIELD_NONE};");
    firmware_variables(emit);
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (has_later(&plan->at[i])) {
            firmware_line(emit, "size_t a%u = NOWHERE;", (unsigned)i);
        }
    }
    (void)fputc('\n', emit->file);
    firmware_line(emit, "(void)in;");
    if (has_place(plan)) {
        firmware_line(emit, "fill(frame, 0U, size);");
    }
    put_rows(emit, 0, plan->message->row_count);
    put_end(emit);
    firmware_leave(emit);
}
