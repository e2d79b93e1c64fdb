/* SPDX-License-Identifier: MIT */
/* Values that are put together out of pieces read before. */
#include "join.h"

#include <string.h>
#include "scaling.h"

static bool slot_word(const struct value *slot, uint64_t *ret)
{
    struct wide whole;
    int64_t negative;
    if (slot->kind == VALUE_MISSING || !number_to_wide(slot->number, &whole))
        return false;
    if (wide_to_u64(whole, ret))
        return true;
    bool fits = wide_to_i64(whole, &negative);
    *ret = fits ? (uint64_t)negative : 0;
    return fits;
}

bool join_raw(const struct dgm_codec *codec, const struct dgm_row *row,
              const struct value *slots, uint64_t *ret)
{
    uint64_t raw = 0, piece;
    for (uint64_t i = 0; i < join_count(codec, row); i++) {
        unsigned width = join_width(codec, row, i);
        if (!slot_word(&slots[join_slot(codec, row, i)], &piece))
            return false;
        raw = width >= 64 ? piece : raw << width | (piece & width_mask(width));
    }
    *ret = raw & width_mask(row->width);
    return true;
}

/* Where one piece lies. */
static bool find_piece(const struct dgm_codec *codec, const struct dgm_row *row,
                       uint64_t piece, const struct value *slots, size_t frame_length,
                       size_t *ret_at, size_t *ret_length)
{
    const struct value *slot = &slots[join_slot(codec, row, piece)];
    unsigned width = join_width(codec, row, piece);
    uint64_t at, length;
    if (!slot_word(&slot[0], &length) || !slot_word(&slot[1], &at))
        return false;
    if (width > 0)
        length = width / 8;
    if (at > frame_length || length > frame_length - at)
        return false;
    *ret_at = (size_t)at;
    *ret_length = (size_t)length;
    return true;
}

bool join_bytes(const struct dgm_codec *codec, const struct dgm_row *row,
                const struct value *slots, const uint8_t *frame, size_t frame_length,
                uint8_t *buffer, const uint8_t **ret, size_t *ret_length)
{
    uint64_t count = join_count(codec, row);
    size_t total = 0, at, length;
    for (uint64_t i = 0; i < count; i++) {
        if (!find_piece(codec, row, i, slots, frame_length, &at, &length))
            return false;
        if (count == 1) {
            *ret = length > 0 ? frame + at : (const uint8_t *)"";
            *ret_length = length;
            return true;
        }
        if (length > DGM_MAX_JOIN_BYTES - total)
            return false;
        memcpy(buffer + total, frame + at, length);
        total += length;
    }
    *ret = buffer;
    *ret_length = total;
    return true;
}
