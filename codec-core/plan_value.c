/* SPDX-License-Identifier: MIT */
/* Operations that print one row each, and those of envelope members. */
#include "plan_make.h"

#include <string.h>
#include "plan_digits.h"
#include "scaling.h"

enum { INTEGER_ROOM = 21, DECIMAL_ROOM = 24, FLOAT_ROOM = 32, TIME_ROOM = 24 };

/* Codes of a family of PLAN_WORDS() stand in the order of these flags. */
enum { WORD_LITTLE = 1, WORD_SIGNED = 2 };

/* Is the field a word of so many bits that begins with a byte? */
static bool is_word(const struct plan_field *field, unsigned bits)
{
    bool little = (field->flags & PLAN_LITTLE) != 0;
    int before = little ? (int)(64 - bits) - field->left : field->left;
    return field->right == 64 - bits && before >= 0 && before % 8 == 0 &&
           before + (int)bits <= 64;
}

/* An operation for a field that is a word. */
static struct plan_op *emit_word(struct plan_maker *maker, enum plan_code code,
                                 size_t room, const struct plan_field *field)
{
    struct plan_op *op = plan_emit(maker, code, room);
    unsigned before =
        (field->flags & PLAN_LITTLE) ? field->right - field->left : field->left;
    if (op != NULL)
        op->at = (uint16_t)(field->at + before / 8);
    return op;
}

/* That of a family for numbers. */
static struct plan_op *emit_number_word(struct plan_maker *maker, enum plan_code family,
                                        size_t room, const struct plan_field *field)
{
    unsigned little = (field->flags & PLAN_LITTLE) ? WORD_LITTLE : 0;
    unsigned sign = (field->flags & PLAN_SIGNED) ? WORD_SIGNED : 0;
    return emit_word(maker, family + little + sign, room, field);
}

static void emit_integer(struct plan_maker *maker, const struct plan_field *field,
                         uint64_t most)
{
    if (is_word(field, 16))
        (void)emit_number_word(maker, PLAN_INT_U16, INTEGER_ROOM, field);
    else if (is_word(field, 32))
        (void)emit_number_word(maker, PLAN_INT_U32, INTEGER_ROOM, field);
    else
        plan_set_field(
            plan_emit(maker, most < 100000000 ? PLAN_INT8 : PLAN_INT, INTEGER_ROOM),
            field);
}

/* What a number is printed by. */
struct print {
    int64_t mul, add;
    unsigned digits;
    bool is_small; /* at most four digits before the point */
};

/* A word with its point. False: there is no operation for it. */
static bool emit_point(struct plan_maker *maker, const struct plan_field *field,
                       const struct print *print)
{
    struct plan_op *op;
    if (print->mul != 1 || print->add != 0)
        return false;
    if (is_word(field, 16) && print->digits <= 4) {
        op = emit_number_word(maker, PLAN_POINT_U16, DECIMAL_ROOM, field);
        if (op != NULL)
            op->left = (uint8_t)(8 * (5 - print->digits));
        return true;
    }
    if (!is_word(field, 32))
        return false;
    op = emit_number_word(maker, print->digits <= 4 ? PLAN_POINT_U32 : PLAN_POINT8_U32,
                          DECIMAL_ROOM, field);
    if (op == NULL)
        return true;
    op->first.power = &plan_powers[print->digits];
    op->flags = print->is_small ? PLAN_SMALL : 0;
    return true;
}

/* Any other decimal. */
static void emit_decimal(struct plan_maker *maker, enum plan_code code,
                         const struct plan_field *field, const struct print *print)
{
    const struct plan_scale *scale = plan_emit_scale(maker, print->mul, print->add);
    struct plan_op *op = plan_emit(maker, code, DECIMAL_ROOM);
    plan_set_field(op, field);
    if (op == NULL)
        return;
    op->digits = (uint8_t)print->digits;
    op->first.scale = scale;
    op->flags |= print->is_small ? PLAN_SMALL : 0;
}

/* Does it go below that, without its point? */
static bool is_below(uint64_t most, unsigned digits, uint64_t bound)
{
    for (unsigned i = 0; i < digits; i++)
        most /= 10;
    return most < bound;
}

static void emit_number(struct plan_maker *maker, const struct dgm_row *row,
                        const struct plan_field *field)
{
    const struct dgm_scaling *scaling =
        row->show == DGM_SHOW_DECIMAL ? &maker->codec->scalings[row->detail] : NULL;
    struct print print = {1, 0, 0, false};
    if (scaling != NULL)
        print = (struct print){scaling->mul, scaling->add, scaling->digits, false};
    uint64_t most = plan_largest(row, print.mul, print.add);
    if (print.mul == 1 && print.add == 0 && print.digits == 0) {
        emit_integer(maker, field, most);
        return;
    }
    /* Below 2^32, and at most eight digits before the point. */
    if (print.digits < 1 || print.digits > 8 || most > UINT32_MAX ||
        !is_below(most, print.digits, 100000000)) {
        emit_decimal(maker, PLAN_DECIMAL, field, &print);
        return;
    }
    print.is_small = is_below(most, print.digits, 10000);
    if (!emit_point(maker, field, &print))
        emit_decimal(maker, print.digits <= 4 ? PLAN_DECIMAL4 : PLAN_DECIMAL8, field,
                     &print);
}

static void emit_string(struct plan_maker *maker, const struct dgm_row *row,
                        const struct plan_field *field)
{
    /* Each byte may become an escape of six characters; and two quotes. */
    struct plan_op *op = plan_emit(maker, PLAN_STRING, (size_t)row->detail * 6 + 2);
    if (op == NULL)
        return;
    op->at = field->at;
    op->second = row->detail;
    op->first.bits = row->show;
    if (row->flags & DGM_ROW_PADDED) {
        op->flags |= PLAN_PADDED;
        op->digits = row->shift;
    }
}

/* Bits of a float in the order of the numbers. */
static uint32_t bits_of_order(int32_t order)
{
    return order < 0 ? (uint32_t)order ^ 0x7FFFFFFFu : (uint32_t)order;
}

/* Does the decoder print a number without a word? Its text then stands behind what is
 * collected. */
static bool prints_float(struct plan_maker *maker, const struct dgm_row *row,
                         int64_t order, size_t *ret_length)
{
    struct decoder *decoder = &maker->decoder;
    size_t length = decoder->out.length, notices = decoder->notice_count;
    bool first = decoder->first;
    decoder->reporting = true;
    bool fine = decode_float(decoder, row, bits_of_order((int32_t)order), 0) == DGM_OK &&
                decoder->notice_count == notices && decoder->out.length > length &&
                decoder->out.length <= PLAN_LITERAL;
    *ret_length = decoder->out.length - length;
    decoder->out.length = length;
    decoder->notice_count = notices;
    decoder->first = first;
    return fine;
}

/* Does it print the number itself, not an end of its limits or null? */
static bool takes_float(struct plan_maker *maker, const struct dgm_row *row,
                        int64_t order)
{
    char text[PLAN_LITERAL];
    const char *printed = maker->literal + maker->decoder.out.length;
    size_t length, plain_length;
    struct dgm_row alone = *row;
    alone.flags &= ~(uint32_t)DGM_ROW_SHARED;
    if (!prints_float(maker, &alone, order, &length))
        return false;
    memcpy(text, printed, length);
    alone.limit = DGM_NONE;
    return prints_float(maker, &alone, order, &plain_length) && length == plain_length &&
           memcmp(text, printed, length) == 0;
}

/* The end of the numbers that are taken, between one that is and one that is not. */
static int64_t float_bound(struct plan_maker *maker, const struct dgm_row *row,
                           int64_t taken, int64_t refused)
{
    while (taken - refused > 1 || refused - taken > 1) {
        int64_t middle = (taken + refused) / 2;
        if (takes_float(maker, row, middle))
            taken = middle;
        else
            refused = middle;
    }
    return taken;
}

/* Orders of the finite numbers. */
static const int64_t finite_high = 0x7F7FFFFF, finite_low = -0x7F800000;

/* The numbers between its limits, which are a range. False if none of those looked at is.
 */
static bool float_range(struct plan_maker *maker, const struct dgm_row *row,
                        int64_t *ret_low, int64_t *ret_high)
{
    enum { STEP = 1 << 22 };
    int64_t seed = 0;
    bool found = takes_float(maker, row, seed);
    for (int64_t order = finite_low; !found && order < finite_high; order += STEP) {
        seed = order;
        found = takes_float(maker, row, order);
    }
    if (!found)
        return false;
    *ret_low = takes_float(maker, row, finite_low)
                   ? finite_low
                   : float_bound(maker, row, seed, finite_low);
    *ret_high = takes_float(maker, row, finite_high)
                    ? finite_high
                    : float_bound(maker, row, seed, finite_high);
    return true;
}

static void emit_float(struct plan_maker *maker, const struct dgm_row *row,
                       const struct plan_field *field)
{
    int64_t low, high;
    char kept[PLAN_LITERAL];
    size_t length = maker->decoder.out.length;
    memcpy(kept, maker->literal, length < sizeof(kept) ? length : sizeof(kept));
    bool found = float_range(maker, row, &low, &high);
    memcpy(maker->literal, kept, length < sizeof(kept) ? length : sizeof(kept));
    if (!found) {
        maker->failed = true;
        return;
    }
    struct plan_op *op =
        emit_word(maker, (field->flags & PLAN_LITTLE) ? PLAN_FLOAT_LITTLE : PLAN_FLOAT,
                  FLOAT_ROOM, field);
    if (op == NULL)
        return;
    op->first.low = low;
    op->second = high;
}

void plan_emit_value(struct plan_maker *maker, const struct dgm_row *row)
{
    struct plan_field field = plan_field_of(maker, row, maker->at);
    if (row->op == DGM_OP_FLOAT)
        emit_float(maker, row, &field);
    else if (row->op == DGM_OP_BYTES)
        emit_string(maker, row, &field);
    else
        emit_number(maker, row, &field);
}

/* What a walked row has read is printed by the decoder, too. */
static void emit_walked_role(struct plan_maker *maker, enum dgm_role role, bool in_record)
{
    plan_flush(maker);
    maker->walks = true;
    struct plan_op *op = plan_emit_alone(maker, PLAN_ROLE);
    if (op != NULL) {
        op->second = role;
        op->flags = in_record ? PLAN_IN_RECORD : 0;
    }
    plan_emit_room(maker);
}

/* Does the role's row stand in the block that is open? Else, unless the decoder has
 * walked it, there is no program. */
static bool role_is_here(struct plan_maker *maker, enum dgm_role role)
{
    const struct plan_field *field = &maker->roles[role];
    if (field->row == NULL) {
        maker->failed = true;
    } else if (plan_class_of(maker, field->row) == PLAN_CLASS_WALK) {
        emit_walked_role(maker, role, maker->decoder.record_time.kind != VALUE_MISSING);
        return false;
    } else if (field->block != maker->block || maker->block_op == PLAN_NO_BLOCK) {
        maker->failed = true;
    }
    return !maker->failed;
}

void plan_make_role(struct plan_maker *maker, enum dgm_role role)
{
    const struct plan_field *field = &maker->roles[role];
    bool plain = role == DGM_ROLE_MID && (field->flags & PLAN_LITTLE) == 0;
    if (!role_is_here(maker, role))
        return;
    if (plain && is_word(field, 16)) {
        (void)emit_word(maker, PLAN_MID, INTEGER_ROOM, field);
        return;
    }
    if (role == DGM_ROLE_MID)
        plan_emit_range(maker, PLAN_RANGE, field, 1, UINT16_MAX);
    plan_set_field(plan_emit(maker, PLAN_INT8, INTEGER_ROOM), field);
}

void plan_make_time(struct plan_maker *maker)
{
    if (!role_is_here(maker, DGM_ROLE_EVENT_TIME))
        return;
    const struct plan_field *field = &maker->roles[DGM_ROLE_EVENT_TIME];
    const struct dgm_row *row = field->row;
    bool bcd = row->op == DGM_OP_DIGITS, scaled = row->detail != DGM_NONE;
    uint8_t iso = row->show == DGM_SHOW_TIME_ISO ? PLAN_ISO : 0;
    int64_t add = scaled ? maker->codec->scalings[row->detail].add : 0;
    struct plan_op *op;
    if (!bcd && add == 0 && is_word(field, 32) && !(field->flags & PLAN_SIGNED)) {
        bool little = (field->flags & PLAN_LITTLE) != 0;
        op = emit_word(maker, little ? PLAN_SECONDS_LITTLE : PLAN_SECONDS, TIME_ROOM,
                       field);
    } else {
        const struct plan_scale *scale = plan_emit_scale(maker, 1, add);
        op = plan_emit(maker, bcd ? PLAN_TIME_BCD : PLAN_TIME, TIME_ROOM);
        plan_set_field(op, field);
        if (op != NULL)
            op->first.scale = scale;
    }
    if (op != NULL)
        op->flags |= iso;
}
