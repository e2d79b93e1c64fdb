/* SPDX-License-Identifier: MIT */
/* Operations that print one row each, and those of envelope members. */
#include "plan_make.h"

#include <string.h>
#include "scaling.h"

enum { INTEGER_ROOM = 21, DECIMAL_ROOM = 24, FLOAT_ROOM = 32, TIME_ROOM = 24 };

/* The operation of a whole number up to that one. */
static enum plan_code code_of_whole(const struct plan_field *field, uint64_t most)
{
    unsigned form = field->flags & (PLAN_SIGNED | PLAN_LITTLE);
    if (most >= 100000000)
        return PLAN_INT;
    return form == 0 ? PLAN_NATURAL8 : form == PLAN_SIGNED ? PLAN_SIGNED8 : PLAN_INT8;
}

/* That of a decimal below 2^32 units, which is never below zero if it is `positive`. */
static enum plan_code code_of_decimal(const struct plan_field *field, unsigned digits,
                                      bool positive)
{
    unsigned form = field->flags & (PLAN_SIGNED | PLAN_LITTLE);
    if (form == 0 && digits <= 4 && positive)
        return PLAN_FRACTION4;
    if (form == PLAN_SIGNED)
        return digits <= 4 ? PLAN_SIGNED_DECIMAL4 : PLAN_SIGNED_DECIMAL8;
    return digits <= 4 ? PLAN_DECIMAL4 : PLAN_DECIMAL8;
}

static void emit_number(struct plan_maker *maker, const struct dgm_row *row,
                        const struct plan_field *field)
{
    const struct dgm_scaling *scaling =
        row->show == DGM_SHOW_DECIMAL ? &maker->codec->scalings[row->detail] : NULL;
    int64_t mul = scaling != NULL ? scaling->mul : 1;
    int64_t add = scaling != NULL ? scaling->add : 0;
    unsigned digits = scaling != NULL ? scaling->digits : 0;
    uint64_t most = plan_largest(row, mul, add);
    if (mul == 1 && add == 0 && digits == 0) {
        plan_set_field(plan_emit(maker, code_of_whole(field, most), INTEGER_ROOM), field);
        return;
    }
    /* Below 2^32, and at most eight digits before the point. */
    bool small = digits >= 1 && digits <= 8 && most <= UINT32_MAX;
    if (small && digits < 2)
        small = most < 1000000000;
    const struct plan_scale *scale = plan_emit_scale(maker, mul, add);
    enum plan_code code =
        small ? code_of_decimal(field, digits, mul > 0 && add >= 0) : PLAN_DECIMAL;
    struct plan_op *op = plan_emit(maker, code, DECIMAL_ROOM);
    plan_set_field(op, field);
    if (op == NULL)
        return;
    op->digits = (uint8_t)digits;
    op->first.scale = scale;
    uint64_t whole = most;
    for (unsigned i = 0; i < digits; i++)
        whole /= 10;
    op->flags |= small && whole < 10000 ? PLAN_SMALL : 0;
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

/* Does the decoder print the number without a word? */
static bool takes_float(struct plan_maker *maker, const struct dgm_row *row,
                        int64_t order)
{
    struct decoder *decoder = &maker->decoder;
    size_t length = decoder->out.length, notices = decoder->notice_count;
    bool first = decoder->first;
    struct dgm_row alone = *row;
    alone.flags &= ~(uint32_t)DGM_ROW_SHARED;
    decoder->reporting = true;
    bool fine =
        decode_float(decoder, &alone, bits_of_order((int32_t)order), 0) == DGM_OK &&
        decoder->notice_count == notices && decoder->out.length > length;
    decoder->out.length = length;
    decoder->notice_count = notices;
    decoder->first = first;
    return fine;
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
    struct plan_op *op = plan_emit(maker, PLAN_FLOAT, FLOAT_ROOM);
    plan_set_field(op, field);
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
    if (role == DGM_ROLE_MID && !plain)
        plan_emit_range(maker, PLAN_RANGE, field, 1, UINT16_MAX);
    plan_set_field(plan_emit(maker, plain ? PLAN_MID : PLAN_INT8, INTEGER_ROOM), field);
}

void plan_make_time(struct plan_maker *maker)
{
    if (!role_is_here(maker, DGM_ROLE_EVENT_TIME))
        return;
    const struct plan_field *field = &maker->roles[DGM_ROLE_EVENT_TIME];
    const struct dgm_row *row = field->row;
    bool bcd = row->op == DGM_OP_DIGITS, scaled = row->detail != DGM_NONE;
    const struct plan_scale *scale =
        plan_emit_scale(maker, 1, scaled ? maker->codec->scalings[row->detail].add : 0);
    struct plan_op *op = plan_emit(maker, bcd ? PLAN_TIME_BCD : PLAN_TIME, TIME_ROOM);
    plan_set_field(op, field);
    if (op == NULL)
        return;
    op->first.scale = scale;
    if (row->show == DGM_SHOW_TIME_ISO)
        op->flags |= PLAN_ISO;
}
