/* SPDX-License-Identifier: MIT */
/* Which rows a plan has operations for. */
#include "plan_make.h"

#include "scaling.h"

enum { CHOICES_MAX = 8 };

/* No operation knows rows with one of these. */
static const uint32_t foreign_flags = DGM_ROW_SERIES | DGM_ROW_UNTIL | DGM_ROW_KEEP |
                                      DGM_ROW_PLACE | DGM_ROW_TUPLE | DGM_ROW_SILENT |
                                      DGM_ROW_TOGETHER | DGM_ROW_HOOK | DGM_ROW_PLACED;

bool plan_limit_counts(const struct dgm_codec *codec, const struct dgm_row *row)
{
    return row->limit != DGM_NONE && (codec->limits[row->limit].flags &
                                      (DGM_LIMIT_ENCODE_ONLY | DGM_LIMIT_SILENT)) == 0;
}

bool plan_is_slot(const struct dgm_codec *codec, uint16_t expr, uint16_t *ret_slot)
{
    if (expr == DGM_NONE || codec->exprs[expr].length != 3)
        return false;
    const uint8_t *code = codec->code + codec->exprs[expr].at;
    *ret_slot = (uint16_t)(code[1] | code[2] << 8);
    return code[0] == DGM_CODE_SLOT;
}

size_t plan_row_bytes(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_FLOAT:
    case DGM_OP_BITS:
        return row->width / 8u;
    case DGM_OP_BYTES:
        return row->detail;
    case DGM_OP_DIGITS:
        return 6; /* the one form that operations know */
    default:
        return 0;
    }
}

bool plan_has_computed_name(const struct dgm_row *row)
{
    return row->naming != DGM_NONE && (row->flags & DGM_ROW_NAMED) != 0;
}

bool plan_row_prints(const struct dgm_row *row)
{
    return (row->flags & (DGM_ROW_NAMED | DGM_ROW_ELEMENT | DGM_ROW_COLLECT)) != 0;
}

bool plan_is_at_level(const struct plan_maker *maker, const struct dgm_row *row)
{
    const struct decoder *decoder = &maker->decoder;
    if (row->pass != decoder->pass || !plan_row_prints(row) || maker->silent > 0)
        return false;
    if (!maker->in_tags || decoder->tags.inside > 0)
        return true;
    /* Elements are printed by a walk of their own, and nothing else is. */
    return plan_is_collected(row) ? row->member == maker->collecting
                                  : maker->collecting == DGM_NONE;
}

bool plan_is_in_rounds(const struct plan_maker *maker)
{
    for (unsigned i = 0; i < maker->depth; i++)
        if (maker->levels[i].nesting == PLAN_IN_ROUNDS ||
            maker->levels[i].nesting == PLAN_IN_TAGS)
            return true;
    return false;
}

bool plan_is_optional(const struct dgm_row *row)
{
    return row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) != 0;
}

/* Does its text follow from the raw value alone? */
static bool is_pure(const struct dgm_codec *codec, const struct dgm_row *row)
{
    bool piped = row->show == DGM_SHOW_PIPE || row->show == DGM_SHOW_FLOAT ||
                 row->show == DGM_SHOW_DOUBLE;
    return !piped || row->detail == DGM_NONE ||
           (codec->pipes[row->detail].scale == DGM_NONE &&
            codec->pipes[row->detail].offset == DGM_NONE);
}

bool plan_row_is_ready(const struct plan_maker *maker, const struct dgm_row *row)
{
    return (row->op == DGM_OP_INT || row->op == DGM_OP_BIT) && row->width <= 8 &&
           !plan_has_computed_name(row) && plan_row_prints(row) &&
           row->show != DGM_SHOW_NONE && is_pure(maker->codec, row);
}

/* Milliseconds and patterns are left to the decoder. */
static bool is_plain_time(const struct dgm_codec *codec, const struct dgm_row *row)
{
    if (row->op != DGM_OP_INT || (row->flags & DGM_ROW_SIGNED) ||
        row_format(row) != DGM_NONE || plan_limit_counts(codec, row) ||
        (row->show != DGM_SHOW_TIME_COMPACT && row->show != DGM_SHOW_TIME_ISO))
        return false;
    if (row->detail == DGM_NONE)
        return row->width <= 32;
    const struct dgm_scaling *scaling = &codec->scalings[row->detail];
    return row->width <= 32 && scaling->mul == 1 && scaling->div == 1 &&
           scaling->digits == 0 && scaling->invalid == DGM_NONE && scaling->add >= 0 &&
           scaling->add <= INT64_C(100000000000);
}

static bool is_bcd_time(const struct dgm_codec *codec, const struct dgm_row *row)
{
    static const char pattern[] = "YYMMDDhhmmss";
    if (row->op != DGM_OP_DIGITS || (row->flags & DGM_ROW_REST) ||
        plan_limit_counts(codec, row) || invalid_list(codec, row) != DGM_NONE ||
        (row->show != DGM_SHOW_TIME_COMPACT && row->show != DGM_SHOW_TIME_ISO))
        return false;
    const struct dgm_format *format = &codec->formats[row->spec];
    if (format->pattern == 0 || format->zone != 0 || format->digits != 12 ||
        format->sign != DGM_DIGIT_SIGN_NONE ||
        (format->flags &
         (DGM_FORMAT_LOW_FIRST | DGM_FORMAT_CHARACTERS | DGM_FORMAT_REVERSED)) != 0 ||
        format->precision != DGM_PRECISION_SECOND)
        return false;
    const char *text = codec->pool + format->pattern;
    unsigned i = 0;
    while (pattern[i] != 0 && text[i] == pattern[i])
        i++;
    return text[i] == pattern[i];
}

static bool is_plain_role(const struct dgm_codec *codec, const struct dgm_row *row)
{
    bool small = row->op == DGM_OP_INT && row->width <= 32 && row->slot == DGM_NONE &&
                 row->show <= DGM_SHOW_INT && !plan_limit_counts(codec, row) &&
                 (row->flags & DGM_ROW_SIGNED) == 0 && !plan_row_prints(row);
    switch (row->role) {
    case DGM_ROLE_MID:
    case DGM_ROLE_ERRCODE:
    case DGM_ROLE_HAS_MORE:
        return small;
    case DGM_ROLE_EVENT_TIME:
        return row->slot == DGM_NONE && !plan_row_prints(row) &&
               (is_plain_time(codec, row) || is_bcd_time(codec, row));
    default:
        return false;
    }
}

static enum plan_class class_of_role(const struct plan_maker *maker,
                                     const struct dgm_row *row)
{
    if (!maker->walks_roles && is_plain_role(maker->codec, row))
        return PLAN_CLASS_FIXED;
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BYTES:
    case DGM_OP_DIGITS:
    case DGM_OP_VALUE:
    case DGM_OP_LITERAL:
    case DGM_OP_JOIN:
    case DGM_OP_JOIN_BYTES:
    case DGM_OP_MOMENT:
    case DGM_OP_ECHO:
        return PLAN_CLASS_WALK;
    default: /* a bit, say, is part of its group */
        return PLAN_CLASS_NONE;
    }
}

uint64_t plan_largest(const struct dgm_row *row, int64_t mul, int64_t add)
{
    unsigned bits = row->width - ((row->flags & DGM_ROW_SIGNED) ? 1u : 0u);
    uint64_t factor = mul < 0 ? 0 - (uint64_t)mul : (uint64_t)mul;
    uint64_t offset = add < 0 ? 0 - (uint64_t)add : (uint64_t)add;
    if (bits >= 61 || factor > ((uint64_t)1 << 61) >> bits || offset > (uint64_t)1 << 61)
        return UINT64_MAX;
    uint64_t raw = ((uint64_t)1 << bits) - ((row->flags & DGM_ROW_SIGNED) ? 0 : 1);
    return factor * raw + offset;
}

/* Limits on the raw value, at once: the scaled one is as far from them. */
static bool limit_fits(const struct dgm_codec *codec, const struct dgm_row *row,
                       unsigned digits, int64_t mul)
{
    if (!plan_limit_counts(codec, row))
        return true;
    const struct dgm_limit *limit = &codec->limits[row->limit];
    return limit->scale == digits && mul == 1 &&
           (limit->flags & (DGM_LIMIT_LENGTH | DGM_LIMIT_TEXTS)) == 0 &&
           limit->low > INT64_MIN / 2 && limit->low < INT64_MAX / 2 &&
           limit->high > INT64_MIN / 2 && limit->high < INT64_MAX / 2;
}

static bool is_plain_number(const struct dgm_codec *codec, const struct dgm_row *row)
{
    if (row->flags & (DGM_ROW_QUOTED | DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY))
        return false;
    if (row->show == DGM_SHOW_NONE || row->show == DGM_SHOW_INT)
        return (row->width < 64 || (row->flags & DGM_ROW_SIGNED)) &&
               limit_fits(codec, row, 0, 1);
    if (row->show != DGM_SHOW_DECIMAL)
        return false;
    const struct dgm_scaling *scaling = &codec->scalings[row->detail];
    return scaling->div == 1 &&
           plan_largest(row, scaling->mul, scaling->add) != UINT64_MAX &&
           scaling->add > INT64_MIN / 4 && scaling->add < INT64_MAX / 4 &&
           (scaling->invalid == DGM_NONE ||
            codec->enums[scaling->invalid].count <= CHOICES_MAX) &&
           limit_fits(codec, row, scaling->digits, scaling->mul);
}

/* Is what expressions see raw * mul + add, in 63 bits? */
static bool is_linear(const struct dgm_codec *codec, const struct dgm_row *row)
{
    if (row->flags & (DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY))
        return false;
    if (!row_has_scaling(row))
        return row->show != DGM_SHOW_PIPE && row->show != DGM_SHOW_FLOAT &&
               row->show != DGM_SHOW_DOUBLE;
    const struct dgm_scaling *scaling = &codec->scalings[row->detail];
    return scaling->div == 1 &&
           plan_largest(row, scaling->mul, scaling->add) != UINT64_MAX;
}

static enum plan_class class_of_integer(const struct plan_maker *maker,
                                        const struct dgm_row *row)
{
    const struct dgm_codec *codec = maker->codec;
    bool ordered = row->op == DGM_OP_BIT || row->order <= DGM_ORDER_LE;
    bool owned = row->source == DGM_SOURCE_LENGTH ||
                 (row->source == DGM_SOURCE_CONST && (row->flags & DGM_ROW_CONST_LIST));
    if (!ordered || owned)
        return PLAN_CLASS_WALK;
    bool checked = plan_limit_counts(codec, row) || invalid_list(codec, row) != DGM_NONE;
    if (plan_row_is_ready(maker, row))
        return row->slot == DGM_NONE || (!checked && is_linear(codec, row))
                   ? PLAN_CLASS_FIXED
                   : PLAN_CLASS_WALK;
    if (!is_plain_number(codec, row))
        return PLAN_CLASS_WALK;
    return PLAN_CLASS_FIXED;
}

/* The bits are walked all together, or none is. */
static enum plan_class class_of_bits(const struct plan_maker *maker,
                                     const struct dgm_row *group)
{
    bool walks = group->order > DGM_ORDER_LE;
    for (unsigned i = 1; i <= group->detail; i++) {
        if (group[i].role != DGM_ROLE_NONE)
            return PLAN_CLASS_NONE;
        walks = walks || plan_is_optional(&group[i]) ||
                (group[i].flags & foreign_flags) != 0 || group[i].region != DGM_NONE ||
                plan_has_computed_name(&group[i]) ||
                class_of_integer(maker, &group[i]) != PLAN_CLASS_FIXED;
    }
    if (!walks)
        return PLAN_CLASS_FRAME;
    return plan_rows_are_sound(maker, group) ? PLAN_CLASS_ROWS : PLAN_CLASS_NONE;
}

static enum plan_class class_of_bytes(const struct dgm_codec *codec,
                                      const struct dgm_row *row)
{
    uint16_t slot;
    bool nothing = row->show == DGM_SHOW_NONE && row->slot == DGM_NONE;
    if (nothing && !(row->flags & DGM_ROW_REST) && row_format(row) == DGM_NONE &&
        plan_is_slot(codec, row->expr, &slot))
        return PLAN_CLASS_SKIP;
    if (row->expr != DGM_NONE || (row->flags & DGM_ROW_REST) ||
        row_format(row) != DGM_NONE)
        return PLAN_CLASS_WALK;
    if (nothing)
        return PLAN_CLASS_FIXED;
    bool text = row->show == DGM_SHOW_LATIN1 || row->show == DGM_SHOW_ASCII ||
                row->show == DGM_SHOW_UTF8;
    bool limited = plan_limit_counts(codec, row) &&
                   codec->limits[row->limit].max_length < row->detail;
    return text && !limited && row->slot == DGM_NONE && plan_row_prints(row)
               ? PLAN_CLASS_FIXED
               : PLAN_CLASS_WALK;
}

static enum plan_class class_of_float(const struct dgm_row *row)
{
    bool known = row->width == 32 && row->detail == DGM_NONE &&
                 row->order <= DGM_ORDER_LE && row->show == DGM_SHOW_FLOAT &&
                 row->slot == DGM_NONE && plan_row_prints(row) &&
                 !(row->flags & DGM_ROW_QUOTED);
    return known ? PLAN_CLASS_FIXED : PLAN_CLASS_WALK;
}

/* A row of no role that operations may know. */
static enum plan_class class_of(const struct plan_maker *maker, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_SERVICE:
    case DGM_OP_SERVICE_END:
    case DGM_OP_OBJECT:
    case DGM_OP_OBJECT_END:
    case DGM_OP_GROUP:
        return PLAN_CLASS_FRAME;
    case DGM_OP_BITS:
        return class_of_bits(maker, row);
    case DGM_OP_BIT: /* of a group that is not walked */
        return PLAN_CLASS_FIXED;
    case DGM_OP_REPEAT:
        return PLAN_CLASS_LOOP;
    case DGM_OP_TEXT:
        return plan_knows_text(maker, row) ? PLAN_CLASS_TEXT : PLAN_CLASS_ROWS;
    case DGM_OP_TLV:
        return plan_knows_tags(maker, row) ? PLAN_CLASS_TAGS : PLAN_CLASS_ROWS;
    case DGM_OP_CHOOSE:
        return PLAN_CLASS_CHOOSE;
    case DGM_OP_CASE:
        return PLAN_CLASS_CASE;
    case DGM_OP_INT:
        return class_of_integer(maker, row);
    case DGM_OP_BYTES:
        return class_of_bytes(maker->codec, row);
    case DGM_OP_FLOAT:
        return class_of_float(row);
    case DGM_OP_DIGITS:
    case DGM_OP_ECHO:
    case DGM_OP_CHECK:
    case DGM_OP_NOTICE:
    case DGM_OP_VALUE:
    case DGM_OP_LITERAL:
    case DGM_OP_JOIN:
    case DGM_OP_JOIN_BYTES:
    case DGM_OP_MOMENT:
    case DGM_OP_AGREE:
        return PLAN_CLASS_WALK;
    default:
        return PLAN_CLASS_ROWS;
    }
}

/* Is the name one of those that an operation chooses from? */
static bool knows_name(const struct plan_maker *maker, const struct dgm_row *row)
{
    bool simple = (row->op == DGM_OP_INT && row->order <= DGM_ORDER_LE &&
                   is_plain_number(maker->codec, row)) ||
                  (row->op == DGM_OP_GROUP && (row->flags & DGM_ROW_OBJECT) != 0);
    return simple && (row->flags & (DGM_ROW_SHARED | DGM_ROW_COLLECT)) == 0 &&
           machine_is_quick(maker->codec, row->naming) &&
           plan_longest_name(maker, row->member) > 0;
}

/* Do rows in it want the decoder to see them as a whole? */
static bool is_foreign(const struct plan_maker *maker, const struct dgm_row *row)
{
    bool loops = row->op == DGM_OP_REPEAT || row->op == DGM_OP_GROUP;
    if ((row->flags & foreign_flags) != 0 ||
        (plan_has_computed_name(row) && !knows_name(maker, row)))
        return true;
    for (unsigned i = 1; loops && i <= row->detail; i++)
        if ((row[i].flags & (DGM_ROW_SERIES | DGM_ROW_PLACE)) != 0)
            return true;
    return false;
}

enum plan_class plan_class_of(const struct plan_maker *maker, const struct dgm_row *row)
{
    if (row->role != DGM_ROLE_NONE)
        return (row->flags & foreign_flags) != 0 ? PLAN_CLASS_NONE
                                                 : class_of_role(maker, row);
    bool region = row->region != DGM_NONE && row->op != DGM_OP_ECHO &&
                  row->op != DGM_OP_GROUP && row->op != DGM_OP_REPEAT &&
                  row->op != DGM_OP_CASE;
    enum plan_class class =
        is_foreign(maker, row) || region ? PLAN_CLASS_ROWS : class_of(maker, row);
    return class == PLAN_CLASS_ROWS && !plan_rows_are_sound(maker, row) ? PLAN_CLASS_NONE
                                                                        : class;
}
