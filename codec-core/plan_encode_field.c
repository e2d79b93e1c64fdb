/* SPDX-License-Identifier: MIT */
/* Plans for encoding: how the value of one row is read, and where it goes. */
#include "plan_encode_read.h"

#include "pipe.h"
#include "scaling.h"

/* Units stay so far from the ends of int64_t that sums of them do not leave it. */
#define UNITS_MOST ((int64_t)1 << 61)

static uint8_t how_of_integer(const struct dgm_row *row)
{
    bool big = row->order == DGM_ORDER_BE, little = row->order == DGM_ORDER_LE;
    if (row->width == 8)
        return PLAN_U8;
    if (row->width == 16 && (big || little))
        return big ? PLAN_BE16 : PLAN_LE16;
    if (row->width == 32 && (big || little))
        return big ? PLAN_BE32 : PLAN_LE32;
    return PLAN_BYTES;
}

void plan_place_set(const struct dgm_row *row, unsigned part, uint32_t at,
                    struct plan_place *ret)
{
    ret->row = row;
    ret->at = at;
    ret->part = (uint8_t)part;
    ret->width = row->width;
    ret->bytes = row->width / 8u;
    ret->order = row->order;
    ret->shift = 0;
    ret->how = how_of_integer(row);
    if ((row->flags & (DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY)) != 0)
        ret->how = PLAN_CODED;
}

static struct wide most_of(const struct dgm_row *row)
{
    unsigned bits = (row->flags & DGM_ROW_SIGNED) ? row->width - 1u : row->width;
    return wide_from_u64(width_mask(bits));
}

/* Of sign and magnitude the least number is that of two's complement, plus one. */
static struct wide least_of(const struct dgm_row *row)
{
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    struct wide least = wide_from_u64(0), most = most_of(row);
    if (is_signed)
        (void)!wide_sub(least, most, &least);
    if (is_signed && !(row->flags & DGM_ROW_SIGN_MAGNITUDE))
        (void)!wide_sub(least, wide_from_u64(1), &least);
    return least;
}

/* The units that a raw value stands for, as far as they are near enough. */
static bool units_of(struct wide raw, const struct plan_field *field, int64_t *ret)
{
    struct wide units;
    int64_t number;
    if (!wide_mul(raw, wide_from_i64(field->mul), &units) ||
        !wide_add(units, wide_from_i64(field->add), &units))
        return false;
    if (!wide_to_i64(units, &number))
        number = wide_is_negative(units) ? -UNITS_MOST : UNITS_MOST;
    *ret = number < -UNITS_MOST ? -UNITS_MOST : number > UNITS_MOST ? UNITS_MOST : number;
    return true;
}

/* Units by the width of the row, and by what the product model allows. */
static bool set_range(const struct dgm_codec *codec, const struct dgm_row *row,
                      struct plan_field *field)
{
    int64_t least, most;
    if (!units_of(least_of(row), field, &least) || !units_of(most_of(row), field, &most))
        return false;
    field->low = least < most ? least : most;
    field->high = least < most ? most : least;
    if (row->limit == DGM_NONE)
        return true;
    const struct dgm_limit *limit = &codec->limits[row->limit];
    if (limit->scale != field->digits)
        return false;
    if ((limit->flags & DGM_LIMIT_LOW) && limit->low > field->low)
        field->low = limit->low;
    if ((limit->flags & DGM_LIMIT_HIGH) && limit->high < field->high)
        field->high = limit->high;
    return field->low <= field->high;
}

/* Whole numbers up to this one stay clear of overflow as units. */
static void set_whole_most(struct plan_field *field)
{
    uint64_t low = field->low < 0 ? (uint64_t)-field->low : (uint64_t)field->low;
    uint64_t high = field->high < 0 ? (uint64_t)-field->high : (uint64_t)field->high;
    field->power = 1;
    for (unsigned i = 0; i < field->digits; i++)
        field->power *= 10;
    field->whole_most = (low > high ? low : high) / field->power;
}

/* Raw values that are no reading; a number may not spell one. */
static bool list_ok(const struct dgm_codec *codec, const struct dgm_row *row)
{
    uint16_t index = invalid_list(codec, row);
    if (index == DGM_NONE)
        return true;
    const struct dgm_enum *list = &codec->enums[index];
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = &codec->choices[list->first + i];
        char first = codec->pool[choice->text];
        if (choice->text_length > 0 && (first == '-' || (first >= '0' && first <= '9')))
            return false;
    }
    return true;
}

static bool set_number(const struct dgm_codec *codec, const struct dgm_row *row,
                       struct plan_field *field)
{
    field->mul = 1;
    field->add = 0;
    field->digits = 0;
    field->read = PLAN_INT;
    if (row_has_scaling(row)) {
        const struct dgm_scaling *scaling = &codec->scalings[row->detail];
        if (scaling->div != 1 || scaling->digits > 17 || scaling->add > UNITS_MOST ||
            scaling->add < -UNITS_MOST)
            return false;
        field->mul = scaling->mul;
        field->add = scaling->add;
        field->digits = scaling->digits;
        field->exact = (scaling->flags & DGM_SCALING_EXACT_ONLY) != 0;
        field->of_list = scaling->invalid != DGM_NONE;
        if (scaling->digits > 0)
            field->read = PLAN_DECIMAL;
    }
    if (!list_ok(codec, row) || !set_range(codec, row, field))
        return false;
    set_whole_most(field);
    return true;
}

/* Does an expression need nothing but itself? */
static bool is_constant(const struct dgm_codec *codec, uint16_t expr)
{
    return expr == DGM_NONE || (codec->exprs[expr].steps == 1 &&
                                codec->code[codec->exprs[expr].at] == DGM_CODE_CONST);
}

/* Values that the functions of the rows read, without a look at other values. */
static bool other_ok(const struct dgm_codec *codec, const struct dgm_row *row)
{
    if (row_is_float(row) || row->show == DGM_SHOW_PIPE) {
        const struct dgm_pipe *pipe =
            row->detail != DGM_NONE ? &codec->pipes[row->detail] : NULL;
        return row->slot == DGM_NONE &&
               (pipe == NULL ||
                (is_constant(codec, pipe->scale) && is_constant(codec, pipe->offset)));
    }
    switch (row->show) {
    case DGM_SHOW_NONE:
        return false;
    default:
        /* What an instant is in seconds may overflow where it is kept. */
        return row->slot == DGM_NONE ||
               !(row_has_scaling(row) || show_is_time(row->show));
    }
}

/* A kept value is the raw one scaled, which must not overflow. */
static bool slot_ok(const struct dgm_codec *codec, const struct dgm_row *row)
{
    const int64_t most = (int64_t)1 << 40;
    if (row->slot == DGM_NONE || !row_has_scaling(row))
        return true;
    const struct dgm_scaling *scaling = &codec->scalings[row->detail];
    return scaling->mul < most && scaling->mul > -most;
}

bool plan_field_set(const struct dgm_codec *codec, struct plan_store *store,
                    const struct dgm_row *row, struct plan_field *field)
{
    field->row = row;
    bool is_integer = row->op == DGM_OP_INT || row->op == DGM_OP_BIT;
    if ((!is_integer && row->op != DGM_OP_FLOAT) || !slot_ok(codec, row))
        return false;
    if (is_integer && !(row->flags & DGM_ROW_QUOTED) &&
        (row->show == DGM_SHOW_INT || row->show == DGM_SHOW_DECIMAL) &&
        set_number(codec, row, field))
        return true;
    if (row->show == DGM_SHOW_BOOL) {
        field->read = PLAN_BOOL;
        return true;
    }
    if (row->show == DGM_SHOW_ENUM) {
        field->with.words = plan_words_make(codec, store, row);
        field->read = field->with.words != NULL ? PLAN_WORD : PLAN_OTHER;
        return true;
    }
    field->read = PLAN_OTHER;
    return other_ok(codec, row);
}
