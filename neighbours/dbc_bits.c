/* SPDX-License-Identifier: MIT */
#include "dbc_bits.h"

/*
 * The first bit of the signal, where bits are counted as the signal goes: from the low
 * bit of the first byte up, or from its top bit down. The start bit of a Motorola signal
 * is its top one, and is numbered by byte and by bit from the low one, as Intel's are.
 */
static uint32_t first_bit(const struct dbc_signal *signal)
{
    return signal->is_big ? signal->start / 8 * 8 + 7 - signal->start % 8 : signal->start;
}

struct dbc_bytes dbc_signal_bytes(const struct dbc_signal *signal)
{
    uint32_t first = first_bit(signal);
    return (struct dbc_bytes){first / 8, (first + signal->size - 1) / 8};
}

struct dbc_part dbc_signal_part(const struct dbc_signal *signal, uint32_t byte)
{
    uint32_t start = first_bit(signal), end = start + signal->size;
    unsigned from = start > byte * 8 ? start - byte * 8 : 0;
    unsigned to = end < byte * 8 + 8 ? end - byte * 8 : 8;
    return signal->is_big ? (struct dbc_part){8 - to, 7 - from}
                          : (struct dbc_part){from, to - 1};
}

int dbc_signal_order(const void *left, const void *right)
{
    const struct dbc_signal *a = *(struct dbc_signal *const *)left;
    const struct dbc_signal *b = *(struct dbc_signal *const *)right;
    uint32_t a_first = dbc_signal_bytes(a).first, b_first = dbc_signal_bytes(b).first;
    int order = (a_first > b_first) - (a_first < b_first);
    return order != 0 ? order : (a > b) - (a < b);
}
