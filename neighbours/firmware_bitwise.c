/* SPDX-License-Identifier: MIT */
/* Operations on the bits of numbers that are not negative. */
#include "firmware_operate.h"

static firmware_wide all_ones(firmware_wide value)
{
    firmware_wide ones = 0;
    while (ones < value) {
        ones = ones * 2 + 1;
    }
    return ones;
}

/* Bits of numbers that are not negative. */
bool firmware_bits(struct firmware_stack *work, char word)
{
    struct firmware_value a, b;
    if (!firmware_pop_two(work, &a, &b) || a.is_condition || b.is_condition ||
        a.digits != 0 || b.digits != 0 || a.low < 0 || b.low < 0) {
        return false;
    }
    struct firmware_value *top = firmware_push(work);
    if (top == NULL) {
        return false;
    }
    firmware_wide larger = a.high > b.high ? a.high : b.high;
    firmware_wide smaller = a.high < b.high ? a.high : b.high;
    top->high = word == '&' ? smaller : all_ones(larger);
    return firmware_both_there(&a, &b, top->there) &&
           firmware_put(top->text, "%s(%s, %s)",
                        word == '&'   ? "bits_and"
                        : word == '|' ? "bits_or"
                                      : "bits_xor",
                        a.text, b.text);
}

bool firmware_shift(struct firmware_stack *work, bool left)
{
    struct firmware_value a, b;
    if (!firmware_pop_two(work, &a, &b) || a.is_condition || b.is_condition ||
        a.digits != 0 || b.digits != 0 || a.low < 0 || b.low < 0 || b.low != b.high ||
        b.high > 62) {
        return false;
    }
    struct firmware_value *top = firmware_push(work);
    if (top == NULL) {
        return false;
    }
    unsigned by = (unsigned)b.high;
    top->low = left ? a.low << by : a.low >> by;
    top->high = left ? a.high << by : a.high >> by;
    return firmware_fits(top) && firmware_put(top->there, "%s", a.there) &&
           firmware_put(top->text, "shift_%s(%s, %uU)", left ? "up" : "down", a.text, by);
}

bool firmware_bit(struct firmware_stack *work)
{
    if (work->count < 2) {
        return false;
    }
    const struct firmware_value number = work->stack[work->count - 2];
    const firmware_wide bit = work->stack[work->count - 1].low;
    if (!firmware_shift(work, false)) {
        return false;
    }
    struct firmware_value value = work->stack[--work->count];
    char text[FIRMWARE_TEXT];
    if (!firmware_put(text, "has_bit(%s, %uU)", number.text, (unsigned)bit)) {
        return false;
    }
    if (value.there[0] == '\0') {
        return firmware_push_condition(work, text);
    }
    char both[FIRMWARE_TEXT];
    return firmware_put(both, "(%s && %s)", value.there, text) &&
           firmware_push_condition(work, both);
}
