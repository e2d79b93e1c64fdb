/* SPDX-License-Identifier: MIT */
/*
 * Lengths and checksums of the frame: room is left for them as the rows are written,
 * lengths are filled in when the last byte is there, and checksums after them, because
 * they cover lengths too.
 */
#include "encode.h"

#include "checksum.h"
#include "frame.h"
#include "scaling.h"

enum dgm_status encode_postpone(struct encoder *encoder, const struct dgm_row *row)
{
    if (encoder->fixup_count == MAX_FIXUPS)
        return encode_fail_row(encoder, DGM_LIMIT, row, 0);
    struct fixup *fixup = &encoder->fixups[encoder->fixup_count++];
    fixup->row = row;
    fixup->at = encoder->length;
    return encode_append(encoder, row, NULL, row->width / 8u);
}

/* Rows that are written elsewhere may be postponed, too. */
static bool lies_inside(const struct encoder *encoder, const struct fixup *fixup)
{
    return fixup->at <= encoder->length &&
           fixup->row->width / 8u <= encoder->length - fixup->at;
}

static enum dgm_status fill_length(struct encoder *encoder, const struct fixup *fixup)
{
    const struct dgm_row *row = fixup->row;
    struct number length = {wide_from_u64(encoder->length), 0};
    struct wide whole;
    uint64_t raw;
    enum dgm_status status =
        scaling_invert(&encoder->codec->scalings[row->detail], &length, &whole);
    if (status != DGM_OK || !raw_fits(row, whole, &raw))
        return encode_fail_row(encoder, DGM_LENGTH, row, 0);
    frame_store(encoder->frame + fixup->at, row->width / 8u, row->order, raw);
    return DGM_OK;
}

static enum dgm_status fill_check(struct encoder *encoder, const struct fixup *fixup)
{
    const struct dgm_row *row = fixup->row;
    struct dgm_check check = encoder->codec->checks[row->detail];
    struct checksum checksum;
    if ((HAS_PLACES && !encode_span_of(encoder, row, &check)) ||
        !checksum_compute(&check, encoder->frame, encoder->length, fixup->at, &checksum))
        return encode_fail_row(encoder, DGM_LENGTH, row, 0);
    checksum_store(&checksum, row->width / 8u, row->order, encoder->frame + fixup->at);
    return DGM_OK;
}

ONE_COPY enum dgm_status encode_fixups(struct encoder *encoder)
{
    enum dgm_status status = DGM_OK;
    if (encoder->length > encoder->frame_size)
        return DGM_OK; /* told by the caller as a lack of space */
    for (unsigned i = 0; i < encoder->fixup_count; i++)
        if (!lies_inside(encoder, &encoder->fixups[i]))
            return encode_fail_row(encoder, DGM_LENGTH, encoder->fixups[i].row, 0);
    for (unsigned i = 0; status == DGM_OK && i < encoder->fixup_count; i++)
        if (encoder->fixups[i].row->op != DGM_OP_CHECK)
            status = fill_length(encoder, &encoder->fixups[i]);
    for (unsigned i = 0; status == DGM_OK && i < encoder->fixup_count; i++)
        if (encoder->fixups[i].row->op == DGM_OP_CHECK)
            status = fill_check(encoder, &encoder->fixups[i]);
    return status;
}
