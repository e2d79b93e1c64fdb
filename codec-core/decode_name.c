/* SPDX-License-Identifier: MIT */
/*
 * Computed member names. The table has each name that a row can give as a member of its
 * own, and an expression that tells which of them it is: nothing is composed here. A name
 * that a frame gives twice is an error, for JSON could hold only one of the values. So
 * it is where several rows have one member under conditions that both can be true.
 */
#include "decode.h"

#include <string.h>

static const struct dgm_member *member_of(const struct decoder *decoder, uint16_t member)
{
    return &decoder->codec->members[decoder->message->first_member + member];
}

enum dgm_status decode_find_name(struct decoder *decoder, const struct dgm_row *row)
{
    struct value number;
    struct wide whole;
    uint64_t place;
    decoder->numbered = row;
    decoder->number_member = DGM_NONE;
    enum dgm_status status = machine_run(&decoder->machine, row->naming, &number);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, decoder->position);
    if (number.kind == VALUE_MISSING || !number_to_wide(number.number, &whole) ||
        !wide_to_u64(whole, &place) ||
        place >= member_family(member_of(decoder, row->member)))
        return DGM_OK;
    uint16_t member = (uint16_t)(row->member + place);
    uint64_t bit = (uint64_t)1 << (member % 64);
    decoder->number_member = member;
    /* In a tag loop the last one counts. */
    if (row->pass != decoder->pass || decoder->tags.loop != NULL)
        return DGM_OK;
    if ((decoder->named[member / 64] & bit) != 0) {
        status = decode_fail(decoder, DGM_DUPLICATE_MEMBER, row, decoder->position);
        if (decoder->error != NULL)
            decoder->error->path = member_of(decoder, member)->path;
        return status;
    }
    decoder->named[member / 64] |= bit;
    return DGM_OK;
}

/* The walk goes on; the call fails once it is done, so that printing needs no status. */
void decode_note_shared(struct decoder *decoder, const struct dgm_row *row)
{
    uint64_t *word = &decoder->named[row->member / 64];
    uint64_t bit = (uint64_t)1 << (row->member % 64);
    if ((*word & bit) != 0 && decoder->twice == DGM_OK)
        decoder->twice =
            decode_fail(decoder, DGM_DUPLICATE_MEMBER, row, decoder->position);
    *word |= bit;
}

void decode_forget_shared(struct decoder *decoder, const struct dgm_row *row)
{
    if (row->flags & DGM_ROW_SHARED)
        decoder->named[row->member / 64] &= ~((uint64_t)1 << (row->member % 64));
}

void decode_forget_names(struct decoder *decoder, const struct level *level)
{
    for (unsigned i = level->row + 1u; i < level->end; i++) {
        const struct dgm_row *row = &decoder->rows[i];
        if (!row_is_noted(row) || row->member == DGM_NONE)
            continue;
        unsigned family = member_family(member_of(decoder, row->member));
        for (unsigned k = row->member; k < row->member + family; k++)
            decoder->named[k / 64] &= ~((uint64_t)1 << (k % 64));
    }
}

void decode_put_name(struct decoder *decoder)
{
    const struct dgm_member *member = member_of(decoder, decoder->number_member);
    struct json_writer *out = &decoder->out;
    if (!decoder->first)
        json_put_char(out, ',');
    json_put_char(out, '"');
    json_put_utf8(out, (const uint8_t *)decoder->codec->pool + member->name,
                  member->name_length);
    json_put(out, "\":", 2);
}
