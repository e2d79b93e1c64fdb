/* SPDX-License-Identifier: MIT */
/*
 * Lengths and counts of items that may stand behind them: room is left, and filled once
 * the item was written.
 */
#include "encode.h"

#include "frame.h"
#include "scaling.h"

enum dgm_status encode_leave_room(struct encoder *encoder, const struct dgm_row *row)
{
    encoder->slots[row->slot] = value_u64(encoder->length);
    return encode_append(encoder, row, NULL, row->width / 8u);
}

void encode_note_span(struct encoder *encoder, const struct encode_level *level)
{
    const struct dgm_row *row = &encoder->rows[level->row];
    size_t size = encoder->length > level->began ? encoder->length - level->began : 0;
    encoder->slots[row->slot] = value_u64(size);
    encoder->slots[row->slot + 1] = value_u64(level->began);
}

static bool slot_size(const struct value *slot, size_t *ret)
{
    struct wide whole;
    uint64_t number;
    if (slot->kind == VALUE_MISSING || !number_to_wide(slot->number, &whole) ||
        !wide_to_u64(whole, &number) || number > DGM_MAX_FRAME)
        return false;
    *ret = (size_t)number;
    return true;
}

bool encode_span_of(const struct encoder *encoder, const struct dgm_row *row,
                    struct dgm_check *ret)
{
    const struct value *span = &encoder->slots[row->spec];
    size_t from = 0, size = 0;
    if (!(ret->flags & DGM_CHECK_OVER))
        return true;
    if (slot_size(&span[0], &size) && !slot_size(&span[1], &from))
        return false;
    ret->from = (int32_t)from;
    ret->to = (int32_t)(from + size);
    ret->flags &= (uint8_t)~DGM_CHECK_TO_SELF;
    return true;
}

enum dgm_status encode_agree(struct encoder *encoder, const struct dgm_row *row)
{
    const struct dgm_row *teller = &encoder->rows[row->spec];
    struct value value;
    struct wide whole;
    uint64_t raw;
    size_t at;
    if (teller->op == DGM_OP_CHECK || !slot_size(&encoder->slots[teller->slot], &at))
        return DGM_OK; /* a checksum is filled in when the frame is complete */
    enum dgm_status status = machine_run(&encoder->machine, row->expr, &value);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, teller, 0);
    status = value.kind == VALUE_MISSING
                 ? DGM_LENGTH
                 : scaling_invert(&encoder->codec->scalings[teller->detail],
                                  &value.number, &whole);
    if (status != DGM_OK || !raw_fits(teller, whole, &raw))
        return encode_fail_text(encoder, DGM_LENGTH, teller->path, 0,
                                "what it tells of does not fit the field");
    unsigned bytes = teller->width / 8u;
    if (encoder->length <= encoder->frame_size && at <= encoder->length &&
        bytes <= encoder->length - at)
        frame_store(encoder->frame + at, bytes, teller->order, raw);
    return DGM_OK;
}
