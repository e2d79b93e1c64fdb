/* SPDX-License-Identifier: MIT */
/* What later stages ask of an item. */
#include "item.h"

static exact_int power_of_ten(unsigned digits)
{
    exact_int power = 1;
    while (digits-- > 0)
        power *= 10;
    return power;
}

static unsigned most_digits(const struct item *item)
{
    bool fixed = item->size.kind == EXTENT_FIXED;
    return fixed && item->size.count < DGM_MAX_NUMBER_DIGITS ? item->size.count
                                                             : DGM_MAX_NUMBER_DIGITS;
}

static exact_int lowest_digits(const struct item *item)
{
    unsigned digits = most_digits(item);
    switch (item->digits.sign) {
    case DGM_DIGIT_SIGN_NONE:
        return 0;
    case DGM_DIGIT_SIGN_TOP_BIT:
        return digits > 0 ? 1 - 8 * power_of_ten(digits - 1) : 0;
    case DGM_DIGIT_SIGN_F_DIGIT:
        return digits > 1 ? 1 - power_of_ten(digits - 1) : 0;
    case DGM_DIGIT_SIGN_FF_BYTE:
        return digits > 2 ? 1 - power_of_ten(digits - 2) : 0;
    default:
        return 1 - power_of_ten(digits);
    }
}

static exact_int highest_digits(const struct item *item)
{
    bool top_bit = item->digits.sign == DGM_DIGIT_SIGN_TOP_BIT;
    return top_bit ? -lowest_digits(item) : power_of_ten(most_digits(item)) - 1;
}

exact_int item_raw_low(const struct item *item)
{
    if (item->digits.given)
        return lowest_digits(item);
    if (item->is_sign_magnitude)
        return 1 - ((exact_int)1 << (item->width - 1));
    return item->is_signed ? -((exact_int)1 << (item->width - 1)) : 0;
}

exact_int item_raw_high(const struct item *item)
{
    if (item->digits.given)
        return highest_digits(item);
    return ((exact_int)1 << (item->is_signed ? item->width - 1 : item->width)) - 1;
}

static bool scaled(const struct item *item, exact_int raw, struct exact *ret)
{
    const struct scaling_plan *plan = &item->scaling;
    struct exact divisor = exact_from_int(1), value = {raw, 1};
    for (unsigned i = 0; i < plan->digits; i++)
        if (!exact_mul(divisor, exact_from_int(10), &divisor))
            return false;
    struct exact div = {(exact_int)plan->div, 1};
    return exact_mul(value, exact_from_int(plan->mul), &value) &&
           exact_add(value, exact_from_int(plan->add), &value) &&
           exact_div(value, div, &value) && exact_div(value, divisor, ret);
}

static bool integer_bounds(const struct item *item, struct exact *ret_low,
                           struct exact *ret_high)
{
    exact_int low = item_raw_low(item), high = item_raw_high(item);
    if (item->has_const)
        low = high = item->constant;
    for (size_t i = 1; i < item->constant_count; i++) {
        low = item->constants[i] < low ? item->constants[i] : low;
        high = item->constants[i] > high ? item->constants[i] : high;
    }
    *ret_low = (struct exact){low, 1};
    *ret_high = (struct exact){high, 1};
    if (!item->scaling.given)
        return true;
    if (!scaled(item, low, ret_low) || !scaled(item, high, ret_high))
        return false;
    if (exact_compare(*ret_low, *ret_high) > 0) {
        struct exact swap = *ret_low;
        *ret_low = *ret_high;
        *ret_high = swap;
    }
    return true;
}

bool item_wire_bounds(const struct item *item, struct exact *ret_low,
                      struct exact *ret_high)
{
    if (item->is_piped || item->delta != NULL || item->time.pattern != NULL)
        return false;
    if (item->form == ITEM_INTEGER && item->repeat.kind == EXTENT_ONCE)
        return integer_bounds(item, ret_low, ret_high);
    if (item->form != ITEM_VALUE || !item->is_bounded)
        return false;
    *ret_low = item->low;
    *ret_high = item->high;
    return true;
}

bool item_bounds(const struct item *item, struct exact *ret_low, struct exact *ret_high)
{
    const struct valid *valid = &item->valid;
    if (!item_wire_bounds(item, ret_low, ret_high))
        return false;
    if (valid->outside == DGM_OUTSIDE_WARN)
        return true;
    if (valid->has_low && exact_compare(*ret_low, valid->low) < 0)
        *ret_low = valid->low;
    if (valid->has_high && exact_compare(*ret_high, valid->high) > 0)
        *ret_high = valid->high;
    return true;
}

const char *item_title(const struct item *item)
{
    if (item->name != NULL)
        return item->name;
    if (item->chooses_in != NULL || item->tells_tag_alone)
        return "(tag)";
    if (item->loop != NULL)
        return item->loop->tag_count > 0 ? "(tag loop)" : "(repetition)";
    if (item->case_of != NULL)
        return item->case_of->tag_count > 0 ? "(record)" : "(round)";
    if (item->local != NULL)
        return item->local;
    if (item->role != 0)
        return role_name(item->role);
    if (item->form == ITEM_CHECK)
        return "(checksum)";
    if (item->form == ITEM_NOTICE)
        return item->refuses ? "(refusal)" : "(warning)";
    if (item->length_of != LENGTH_NONE)
        return "(length)";
    if (item->is_skip)
        return "(skip)";
    return item->is_reserved ? "(reserved)" : item->has_const ? "(const)" : "(group)";
}

enum expr_type item_type(const struct item *item)
{
    if (item_is_list(item))
        return EXPR_TYPE_LIST;
    switch (item->form) {
    case ITEM_INTEGER:
        if (item->is_bool)
            return EXPR_TYPE_BOOL;
        if (item->time.precision == DGM_PRECISION_MILLISECOND)
            return EXPR_TYPE_DECIMAL;
        return (item->scaling.given && item->scaling.digits > 0) || item->is_piped
                   ? EXPR_TYPE_DECIMAL
                   : EXPR_TYPE_INTEGER;
    case ITEM_BYTES:
        return item->show == DGM_SHOW_TEXT_NUMBER ? EXPR_TYPE_DECIMAL : EXPR_TYPE_BYTES;
    case ITEM_FLOAT:
        return EXPR_TYPE_FLOAT;
    case ITEM_VALUE:
        if (item->moment != NULL)
            return item->time.precision == DGM_PRECISION_MILLISECOND ? EXPR_TYPE_DECIMAL
                                                                     : EXPR_TYPE_INTEGER;
        return item->is_echo ? EXPR_TYPE_BYTES : item->value->type;
    default:
        return EXPR_TYPE_OBJECT;
    }
}

bool item_is_text(const struct item *item)
{
    return item->quoted ||
           (item->show >= DGM_SHOW_HEX && item->show <= DGM_SHOW_TIME_ISO_MS) ||
           item->show == DGM_SHOW_BINARY || item->show == DGM_SHOW_TIME_DATETIME ||
           item->show == DGM_SHOW_TIME_DATE ||
           (item->is_echo && item->show != DGM_SHOW_BYTES_ARRAY) ||
           (item->form == ITEM_BYTES && item->show != DGM_SHOW_BYTES_ARRAY &&
            item->show != DGM_SHOW_TEXT_NUMBER);
}

bool item_on_wire(const struct item *item)
{
    return item->form != ITEM_VALUE && item->form != ITEM_LITERAL &&
           item->form != ITEM_NOTICE && item->join == NULL && !item->has_at;
}

bool item_excludes(const struct item *left, const struct item *right)
{
    for (; left != NULL; left = left->parent) {
        if (left->choice == NULL)
            continue;
        for (const struct item *other = right; other != NULL; other = other->parent)
            if (other->choice == left->choice)
                return other != left;
    }
    return false;
}

static bool fixed_size(const struct item *item, uint32_t *ret)
{
    *ret = 0;
    if (item->when != NULL || item->optional || item->repeat.kind != EXTENT_ONCE)
        return !item_on_wire(item);
    if (!item_on_wire(item))
        return true;
    switch (item->form) {
    case ITEM_INTEGER:
    case ITEM_FLOAT:
    case ITEM_BITS:
    case ITEM_CHECK:
        *ret = item->width / 8;
        return !item->digits.given || item->size.kind == EXTENT_FIXED;
    case ITEM_BYTES:
        *ret = item->size.count;
        if (item->show == DGM_SHOW_DIGITS)
            *ret = (item->size.count + 1) / 2;
        return item->size.kind == EXTENT_FIXED;
    case ITEM_GROUP:
        *ret = item->region.count;
        if (item->region.kind != EXTENT_ONCE)
            return item->region.kind == EXTENT_FIXED;
        return item->hook == NULL && item_fixed_size(&item->fields, ret);
    case ITEM_TLV:
        return false;
    default:
        return true;
    }
}

bool item_is_refused(const struct item *item)
{
    return item->fields.count == 1 && item->fields.items[0]->form == ITEM_NOTICE &&
           item->fields.items[0]->refuses && item->fields.items[0]->when == NULL;
}

bool item_own_size(const struct item *item, uint32_t *ret)
{
    struct item once = *item;
    once.has_at = false;
    once.when = NULL;
    return fixed_size(&once, ret);
}

bool item_fixed_size(const struct item_list *list, uint32_t *ret)
{
    uint32_t sum = 0, size;
    for (size_t i = 0; i < list->count; i++) {
        if (!fixed_size(list->items[i], &size))
            return false;
        sum += size;
        if (sum > DGM_MAX_FRAME)
            return false;
    }
    *ret = sum;
    return true;
}
