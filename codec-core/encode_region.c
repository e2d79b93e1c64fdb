/* SPDX-License-Identifier: MIT */
/*
 * Regions: parts of the frame with a size of their own. How many bytes one takes is known
 * when its last row is written. A row before it that tells this size left room, and is
 * filled in then; a size that is known otherwise is compared.
 */
#include "encode.h"

#include <string.h>
#include "frame.h"
#include "scaling.h"

static enum dgm_status size_fault(struct encoder *encoder, const struct dgm_row *row,
                                  size_t found, size_t wanted)
{
    enum dgm_status status = encode_fail_row(encoder, DGM_LENGTH, row, 0);
    if (encoder->error != NULL) {
        encoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
        encoder->error->raw = found;
        encoder->error->expected = wanted;
        encoder->error->detail = DETAIL("in bytes");
    }
    return status;
}

/* The integer of whole bytes that the row writes, or is a part of. */
static const struct dgm_row *carrier_of(const struct dgm_row *row)
{
    while (row->op == DGM_OP_BIT)
        row--;
    return row;
}

/* Put the raw value where `encode_reserve` left room. */
static enum dgm_status fill_in(struct encoder *encoder, const struct dgm_row *row,
                               uint64_t raw, uint64_t place)
{
    const struct dgm_row *carrier = carrier_of(row);
    unsigned bytes = carrier->width / 8u;
    if (encoder->length > encoder->frame_size)
        return DGM_OK; /* told by the caller as a lack of space */
    if (place > encoder->length || bytes > encoder->length - place)
        return encode_fail_row(encoder, DGM_NOT_ENCODABLE, row, 0);
    uint8_t *at = encoder->frame + place;
    uint64_t bits = row->op == DGM_OP_BIT
                        ? frame_load(at, bytes, carrier->order) | raw << row->shift
                        : raw;
    frame_store(at, bytes, carrier->order, bits);
    return DGM_OK;
}

/* The row that tells the size of the region just written. */
static enum dgm_status tell_size(struct encoder *encoder, const struct dgm_row *row,
                                 uint64_t place)
{
    struct value value;
    uint64_t raw;
    enum dgm_status status = machine_run(&encoder->machine, row->expr, &value);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, 0);
    status = encode_raw_value(encoder, row, &value, &raw);
    if (status != DGM_OK)
        return encode_fail_text(encoder, DGM_LENGTH, row->path, 0,
                                "the part is too long for the field that counts it");
    status = encode_agrees(encoder, row, raw);
    if (status == DGM_OK)
        status = raw_value(encoder->codec, row, raw, &encoder->slots[row->slot]);
    return status == DGM_OK ? fill_in(encoder, row, raw, place) : status;
}

/* Bytes that the layout wants: fewer are filled up where decode ignores them. */
static enum dgm_status compare_size(struct encoder *encoder, const struct dgm_row *row,
                                    size_t written)
{
    uint32_t wanted;
    enum dgm_status status = machine_count(&encoder->machine, row->region, &wanted);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, 0);
    if (written < wanted && (encoder->message->flags & DGM_MESSAGE_IGNORE_TRAILING))
        return encode_append(encoder, row, NULL, wanted - written);
    return written == wanted ? DGM_OK : size_fault(encoder, row, written, wanted);
}

enum dgm_status encode_close_region(struct encoder *encoder,
                                    const struct encode_level *level)
{
    const struct dgm_row *row = &encoder->rows[level->row];
    uint64_t place = 0;
    if (row->region == DGM_NONE)
        return DGM_OK;
    size_t written = encoder->length - level->began;
    encoder->gap = level->outer_gap;
    encoder->machine.region = written;
    if (row->spec != DGM_NONE) {
        const struct dgm_row *told = &encoder->rows[row->spec];
        const struct value *slot = &encoder->slots[told->slot];
        bool waits = slot->kind == VALUE_MISSING &&
                     wide_to_u64(slot->number.mantissa, &place) && place > 0;
        if (waits)
            return tell_size(encoder, told, place - 1);
    }
    return compare_size(encoder, row, written);
}
