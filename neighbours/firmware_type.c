/* SPDX-License-Identifier: MIT */
#include "firmware_type.h"

#include "firmware_expr.h"
#include "firmware_range.h"
#include "firmware_tags.h"

const struct dgm_format *firmware_format(const struct firmware_plan *plan,
                                         const struct dgm_row *row)
{
    uint16_t format = tables_format(row);
    return format != DGM_NONE ? &plan->tables->formats[format] : NULL;
}

bool firmware_is_filled(const struct firmware_plan *plan, const struct dgm_row *row)
{
    const struct dgm_format *format = firmware_format(plan, row);
    return (row->flags & DGM_ROW_PADDED) ||
           (format != NULL && (format->flags & DGM_FORMAT_ENDED));
}

bool firmware_has_patterns(const struct firmware_plan *plan, const struct dgm_row *row)
{
    return row->show == DGM_SHOW_ENUM || tables_invalid(plan->tables, row) != DGM_NONE;
}

static uint8_t bits_of(unsigned width)
{
    return width <= 8 ? 8 : width <= 16 ? 16 : width <= 32 ? 32 : 64;
}

static bool is_ieee(const struct firmware_plan *plan, const struct dgm_row *row)
{
    if (row->detail == DGM_NONE) {
        return true;
    }
    const struct dgm_float *format = &plan->tables->pipes[row->detail].format;
    bool all =
        format->sign == 1 &&
        format->flags == (DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL);
    bool single = row->width == 32 && format->exponent == 8 && format->fraction == 23 &&
                  format->bias == 127;
    bool full = row->width == 64 && format->exponent == 11 && format->fraction == 52 &&
                format->bias == 1023;
    return all && (single || full);
}

/* Does the row stand in a group that nobody looks into where it is no reading? */
static bool is_silent(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t at = index; at != DGM_NONE; at = tables_parent(plan->rows, at)) {
        if (plan->rows[at].flags & DGM_ROW_SILENT) {
            return true;
        }
    }
    return false;
}

static void set_digits(struct firmware_plan *plan, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct dgm_format *format = firmware_format(plan, row);
    if (format == NULL || format->digits == 0 || (row->flags & DGM_ROW_REST)) {
        firmware_refuse(plan, row, "digits without a fixed number are not written");
        return;
    }
    if (is_silent(plan, index)) {
        firmware_refuse(plan, row, "digits of a group that is no reading as a whole");
        return;
    }
    /* What is no number has a bit pattern of 64 bits for a raw value. */
    bool small = format->digits <= 9 && !firmware_has_patterns(plan, row);
    plan->at[index].bits = small ? 32 : 64;
}

static void set_number(struct firmware_plan *plan, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    struct firmware_row *at = &plan->at[index];
    at->bits = bits_of(row->width);
    at->is_signed = (row->flags & (DGM_ROW_SIGNED | DGM_ROW_SIGN_MAGNITUDE)) != 0;
    at->is_bool = row->show == DGM_SHOW_BOOL && !at->is_signed;
    at->is_float = row->op == DGM_OP_FLOAT && is_ieee(plan, row);
    if (row->op == DGM_OP_DIGITS) {
        set_digits(plan, index);
    }
}

/* Characters of JSON that the platform allows, as bytes. */
uint32_t firmware_limit_bytes(const struct firmware_plan *plan, const struct dgm_row *row)
{
    const struct dgm_limit *limit =
        row->limit != DGM_NONE ? &plan->tables->limits[row->limit] : NULL;
    if (limit == NULL || !(limit->flags & DGM_LIMIT_LENGTH)) {
        return UINT32_MAX;
    }
    switch (row->show) {
    case DGM_SHOW_LATIN1:
    case DGM_SHOW_ASCII:
        return limit->max_length;
    case DGM_SHOW_UTF8:
        return limit->max_length > DGM_MAX_FRAME ? UINT32_MAX : limit->max_length * 4;
    case DGM_SHOW_BASE64:
        return limit->max_length / 4 * 3;
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        return limit->max_length / 2;
    default:
        return UINT32_MAX;
    }
}

static uint32_t least(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

/* As much as the expression says at most. */
static uint32_t most_of(struct firmware_plan *plan, const struct dgm_row *row)
{
    uint32_t most = plan->message->frame_max;
    uint16_t told = plan->at[firmware_index(plan, row)].counted;
    if (row->flags & DGM_ROW_REST) {
        return most;
    }
    if (told != DGM_NONE && plan->rows[told].width < 16) {
        most = least(most, (1u << plan->rows[told].width) - 1);
    }
    return least(most, firmware_expr_most(plan, row->expr));
}

/* Does the message go by the length of the frame? */
static bool goes_by_length(const struct firmware_plan *plan)
{
    const struct dgm_guard *guards = plan->tables->guards + plan->message->first_guard;
    for (uint16_t i = 0; i < plan->message->guard_count; i++) {
        if (guards[i].kind == DGM_GUARD_LENGTH) {
            return true;
        }
    }
    return false;
}

static void set_bytes(struct firmware_plan *plan, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct dgm_format *format = firmware_format(plan, row);
    struct firmware_row *at = &plan->at[index];
    bool fixed = row->expr == DGM_NONE && !(row->flags & DGM_ROW_REST);
    bool reversed = format != NULL && (format->flags & DGM_FORMAT_REVERSED);
    at->bits = 8;
    if (at->work == FIRMWARE_NOTHING) {
        return;
    }
    if (at->work != FIRMWARE_MEMBER) {
        at->most = row->detail;
        bool rest = (row->flags & DGM_ROW_REST) != 0;
        bool open = rest && !plan->down && goes_by_length(plan);
        if (open || (row->expr != DGM_NONE && !rest)) {
            firmware_refuse(plan, row, "what is passed over has no fixed size");
        }
        return;
    }
    at->has_length = !fixed || firmware_is_filled(plan, row);
    at->most = fixed ? row->detail : most_of(plan, row);
    if (row->show == DGM_SHOW_DIGITS) {
        bool turned = row->detail % 2 != 0 && reversed;
        if (!fixed || at->has_length || turned || (format->flags & DGM_FORMAT_PADDED)) {
            firmware_refuse(plan, row, "digits of this kind are not written");
        }
        at->most = (at->most + 1) / 2;
    } else if (reversed && at->has_length) {
        firmware_refuse(plan, row, "a text from its end is not written");
    } else if (at->has_length) {
        at->most = least(at->most, firmware_limit_bytes(plan, row));
    }
    at->most = at->most > 0 ? at->most : 1;
    const struct dgm_limit *limit =
        row->limit != DGM_NONE ? &plan->tables->limits[row->limit] : NULL;
    at->is_unchecked = limit != NULL && ((limit->flags & DGM_LIMIT_TEXTS) ||
                                         row->show == DGM_SHOW_TEXT_NUMBER);
}

/* Bytes that each round has, whatever is in it. */
static uint32_t round_bytes(const struct firmware_plan *plan, uint16_t index)
{
    uint32_t bytes = 0;
    for (uint16_t i = (uint16_t)(index + 1); i < firmware_end(plan, index); i++) {
        const struct dgm_row *row = &plan->rows[i];
        if (row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) ||
            row->op == DGM_OP_REPEAT || row->op == DGM_OP_TLV || row->op == DGM_OP_AT) {
            i = (uint16_t)(firmware_end(plan, i) - 1);
            continue;
        }
        bool integer = row->op == DGM_OP_INT || row->op == DGM_OP_BITS ||
                       row->op == DGM_OP_FLOAT || row->op == DGM_OP_CHECK;
        bytes += integer                    ? row->width / 8u
                 : row->op == DGM_OP_STREAM ? row->spec
                 : row->op == DGM_OP_BYTES && row->expr == DGM_NONE &&
                         !(row->flags & DGM_ROW_REST)
                     ? row->detail
                     : 0;
    }
    return bytes > 0 ? bytes : 1;
}

/* A repetition whose number of rounds never changes. */
static bool is_constant(struct firmware_plan *plan, const struct dgm_row *row)
{
    struct firmware_value value;
    return row->op == DGM_OP_REPEAT && !(row->flags & DGM_ROW_REST) &&
           firmware_expr(plan, row->expr, DGM_NONE, &value) && value.digits == 0 &&
           value.low == value.high && value.low >= 0 && value.high <= DGM_MAX_FRAME;
}

/* Bytes of a record's tag. */
static uint32_t tag_bytes(const struct firmware_plan *plan, uint16_t record)
{
    uint16_t loop = tables_parent(plan->rows, record);
    return plan->tables->loops[plan->rows[loop].spec].tag_bytes;
}

/* Records whose tags differ in their open parts; of equal ones only the last counts. */
static uint32_t most_records(const struct firmware_plan *plan, uint16_t record)
{
    firmware_wide most = 1, low, high;
    bool open = false;
    for (uint16_t i = tables_parent(plan->rows, record); i < record; i++) {
        if (firmware_is_part_of(plan, i, record) &&
            firmware_raw_range(plan, &plan->rows[i], &low, &high)) {
            open = true;
            most = most < DGM_MAX_FRAME && high - low < DGM_MAX_FRAME
                       ? most * (high - low + 1)
                       : DGM_MAX_FRAME;
        }
    }
    return open && most < DGM_MAX_FRAME ? (uint32_t)most : UINT32_MAX;
}

static void set_array(struct firmware_plan *plan, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    struct firmware_row *at = &plan->at[index];
    bool repeat = row->op == DGM_OP_REPEAT;
    uint32_t bytes = round_bytes(plan, index) + (repeat ? 0 : tag_bytes(plan, index));
    uint32_t fit = plan->message->frame_max / bytes;
    uint32_t most = repeat ? most_of(plan, row) : least(fit, most_records(plan, index));
    at->has_length = !is_constant(plan, row);
    at->most = at->has_length ? least(most, fit) : most;
    at->most += at->most == 0;
}

void firmware_set_types(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        switch (plan->rows[i].op) {
        case DGM_OP_INT:
        case DGM_OP_BIT:
        case DGM_OP_FIELD:
        case DGM_OP_FLOAT:
        case DGM_OP_DIGITS:
            set_number(plan, i);
            break;
        case DGM_OP_BYTES:
            set_bytes(plan, i);
            break;
        case DGM_OP_VALUE:
            firmware_compute(plan, i);
            break;
        case DGM_OP_REPEAT:
        case DGM_OP_CASE:
            if (plan->at[i].is_array) {
                set_array(plan, i);
            }
            break;
        default:
            break;
        }
    }
}

const char *firmware_type(const struct firmware_plan *plan, uint16_t row)
{
    static const char *const names[2][4] = {
        {"uint8_t", "uint16_t", "uint32_t", "uint64_t"},
        {"int8_t", "int16_t", "int32_t", "int64_t"},
    };
    const struct firmware_row *at = &plan->at[row];
    if (at->is_float) {
        return at->bits == 32 ? "float" : "double";
    }
    if (at->is_bool) {
        return "bool";
    }
    unsigned size = at->bits == 8 ? 0 : at->bits == 16 ? 1 : at->bits == 32 ? 2 : 3;
    return names[at->is_signed][size];
}
