/* SPDX-License-Identifier: MIT */
/*
 * Computed member names backwards. Each name is a member that was bound like any other;
 * what the fields of the frame say follows from which of them are given.
 */
#include "encode.h"

bool encode_find_name(const struct encoder *encoder, const struct dgm_row *row,
                      uint16_t *ret)
{
    struct value number;
    struct wide whole;
    uint64_t place;
    if (machine_run(&encoder->machine, row->naming, &number) != DGM_OK ||
        number.kind == VALUE_MISSING || !number_to_wide(number.number, &whole) ||
        !wide_to_u64(whole, &place) ||
        place >= member_family(&encoder->members[row->member]))
        return false;
    *ret = (uint16_t)(row->member + place);
    return true;
}

struct value encode_given(struct encoder *encoder, uint16_t member)
{
    unsigned family = encoder->in_record ? 0 : member_family(&encoder->members[member]);
    /* A record has the name that it is written for, whichever case has the family. */
    if (encoder->in_record && encoder->record_name != DGM_NONE)
        return value_u64(encoder->record_name);
    for (unsigned i = 0; i < family; i++)
        if (encoder->bound[member + i].type != 0 && !encoder->bound[member + i].used)
            return value_u64(i);
    encoder->lacks = member;
    return value_missing();
}

struct value encode_count_given(const struct encoder *encoder, uint16_t member)
{
    unsigned family = member_family(&encoder->members[member]), count = 0;
    for (unsigned i = 0; i < family; i++)
        count += encoder->bound[member + i].type != 0;
    return value_u64(count);
}

enum dgm_status encode_check_names(struct encoder *encoder, uint16_t first, uint16_t end)
{
    for (unsigned i = first; i < end; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        if (!row_has_naming(row) || row->member == DGM_NONE)
            continue;
        unsigned family = member_family(&encoder->members[row->member]);
        for (unsigned k = row->member; k < row->member + family; k++)
            if (encoder->bound[k].type != 0 && !encoder->bound[k].used)
                return encode_fail(encoder, DGM_MEMBER_NOT_ALLOWED,
                                   encoder->members[k].path, encoder->bound[k].at);
    }
    return DGM_OK;
}
