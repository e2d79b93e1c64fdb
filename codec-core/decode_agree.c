/* SPDX-License-Identifier: MIT */
/*
 * Checksums, and lengths and counts of items that may stand behind them: those are
 * compared once both were read.
 */
#include "decode.h"

#include <string.h>
#include "checksum.h"
#include "frame.h"
#include "scaling.h"

enum { MAX_BYTES = DGM_MAX_CHECK / 8 };

static uint64_t as_number(const uint8_t *bytes, unsigned count, uint8_t order)
{
    return count <= 8 ? frame_load(bytes, count, order) : 0;
}

/* `found` is what stands at `at`. */
static enum dgm_status compare(struct decoder *decoder, const struct dgm_row *row,
                               const struct dgm_check *check, size_t at,
                               const uint8_t *found)
{
    uint8_t wanted[MAX_BYTES];
    struct checksum checksum;
    unsigned bytes = row->width / 8u;
    if (!checksum_compute(check, decoder->frame, decoder->length, at, &checksum))
        return decode_fail(decoder, DGM_LENGTH, row, at);
    checksum_store(&checksum, bytes, row->order, wanted);
    if (memcmp(found, wanted, bytes) == 0)
        return DGM_OK;
    enum dgm_status status = decode_fail(decoder, DGM_CHECKSUM, row, at);
    if (HAS_DETAILS && decoder->error != NULL && bytes <= 8) {
        decoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
        decoder->error->raw = as_number(found, bytes, row->order);
        decoder->error->expected = as_number(wanted, bytes, row->order);
    }
    return status;
}

enum dgm_status decode_check(struct decoder *decoder, const struct dgm_row *row)
{
    const struct dgm_check *check = &decoder->codec->checks[row->detail];
    uint8_t found[MAX_BYTES] = {0};
    size_t at = decoder->position, left = decode_available(decoder);
    size_t bytes = row->width / 8u;
    if (left < bytes && !decode_fills(decoder))
        return decode_truncated(decoder, row, bytes);
    size_t taken = left < bytes ? left : bytes;
    if (taken > 0)
        memcpy(found, decoder->frame + at, taken);
    decoder->position += taken;
    if (!HAS_PLACES || !(check->flags & DGM_CHECK_OVER))
        return compare(decoder, row, check, at, found);
    decoder->slots[row->slot] = value_u64(at);
    return DGM_OK;
}

static bool slot_size(const struct value *slot, size_t most, size_t *ret)
{
    struct wide whole;
    uint64_t number;
    if (slot->kind == VALUE_MISSING || !number_to_wide(slot->number, &whole) ||
        !wide_to_u64(whole, &number) || number > most)
        return false;
    *ret = (size_t)number;
    return true;
}

/* An item that is absent is not looked at, nor is a check that is. */
static enum dgm_status agree_check(struct decoder *decoder, const struct dgm_row *row)
{
    struct dgm_check check = decoder->codec->checks[row->detail];
    const struct value *span = &decoder->slots[row->spec];
    uint8_t found[MAX_BYTES] = {0};
    size_t at, from, size, bytes = row->width / 8u;
    if (!slot_size(&decoder->slots[row->slot], decoder->length, &at))
        return DGM_OK;
    if (!slot_size(&span[0], decoder->length, &size) ||
        !slot_size(&span[1], decoder->length - size, &from))
        size = from = 0;
    check.from = (int32_t)from;
    check.to = (int32_t)(from + size);
    check.flags &= (uint8_t)~DGM_CHECK_TO_SELF;
    size_t taken = decoder->length - at < bytes ? decoder->length - at : bytes;
    if (taken > 0)
        memcpy(found, decoder->frame + at, taken);
    return compare(decoder, row, &check, at, found);
}

enum dgm_status decode_agree(struct decoder *decoder, const struct dgm_row *row)
{
    const struct dgm_row *teller = &decoder->rows[row->spec];
    struct value wanted;
    struct wide said, found;
    if (teller->op == DGM_OP_CHECK)
        return agree_check(decoder, teller);
    const struct value *told = &decoder->slots[teller->slot];
    if (told->kind == VALUE_MISSING)
        return DGM_OK;
    enum dgm_status status = machine_run(&decoder->machine, row->expr, &wanted);
    if (status != DGM_OK)
        return decode_fail(decoder, status, teller, decoder->position);
    if (wanted.kind != VALUE_MISSING && number_order(&told->number, &wanted.number) == 0)
        return DGM_OK;
    status = decode_fail(decoder, DGM_LENGTH, teller, decoder->position);
    if (decoder->error != NULL && number_to_wide(told->number, &said) &&
        number_to_wide(wanted.number, &found)) {
        decoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
        decoder->error->raw = said.low;
        decoder->error->expected = found.low;
    }
    return status;
}

void decode_note_span(struct decoder *decoder, const struct level *level)
{
    const struct dgm_row *row = &decoder->rows[level->row];
    decoder->slots[row->slot] = value_u64(decoder->position - level->began);
    decoder->slots[row->slot + 1] = value_u64(level->began);
}
