/* SPDX-License-Identifier: MIT */
/*
 * Instants that are written as year, month, day, ...: each part asks for the instant,
 * which costs little, and takes what is its own.
 */
#include "encode.h"

#include "moment.h"

/* The instant that the JSON has, and where; DGM_NOTHING if there is none. */
static enum dgm_status moment_given(struct encoder *encoder, const struct dgm_row *row,
                                    struct number *ret, size_t *ret_at)
{
    struct value value = value_missing();
    enum dgm_status status = DGM_OK;
    *ret_at = 0;
    if (row->source == DGM_SOURCE_MEMBER) {
        const struct bound *bound = &encoder->bound[row->member];
        if (bound->type == 0 || encode_is_null(encoder, row, bound))
            return DGM_NOTHING;
        *ret_at = bound->at;
        return encode_read_moment(encoder, row, bound->at, ret);
    }
    if (row->source == DGM_SOURCE_ROLE) {
        value = encoder->envelope.roles[row->role];
        *ret_at = encoder->envelope.role_at[row->role];
    } else if (row->source == DGM_SOURCE_EXPR) {
        status = machine_run(&encoder->machine, row->expr, &value);
    }
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, 0);
    *ret = value.number;
    return value.kind == VALUE_NUMBER ? DGM_OK : DGM_NOTHING;
}

enum dgm_status encode_moment_part(struct encoder *encoder, const struct dgm_row *row,
                                   uint64_t *ret)
{
    const struct dgm_codec *codec = encoder->codec;
    const struct dgm_row *whole = &encoder->rows[row->key >> 16];
    struct number seconds, part;
    size_t at;
    bool exact;
    enum dgm_status status = moment_given(encoder, whole, &seconds, &at);
    if (status == DGM_NOTHING)
        return encode_no_reading(codec, row, ret)
                   ? DGM_OK
                   : encode_fail_row(encoder,
                                     whole->source == DGM_SOURCE_EXPR
                                         ? DGM_NOT_ENCODABLE
                                         : DGM_MISSING_MEMBER,
                                     whole, encoder->envelope.members);
    if (status != DGM_OK)
        return status;
    if (!moment_to_part(codec, whole, seconds, row->key & 0xFFFF, &part, &exact))
        return encode_fail_row(encoder, DGM_RANGE, whole, at);
    bool exact_only = whole->detail != DGM_NONE &&
                      (codec->scalings[whole->detail].flags & DGM_SCALING_EXACT_ONLY);
    if (!exact && exact_only)
        return encode_fail_row(encoder, DGM_INEXACT, whole, at);
    status = encode_raw_number(encoder, row, part, at, ret);
    if (status != DGM_OK && encoder->error != NULL)
        encoder->error->path = whole->path; /* the parts are in no JSON */
    return status;
}

/* Nothing is written, but expressions may ask for it. */
enum dgm_status encode_moment(struct encoder *encoder, const struct dgm_row *row)
{
    struct number seconds;
    if (row->slot == DGM_NONE)
        return DGM_OK;
    enum dgm_status status =
        moment_of_parts(encoder->codec, row, encoder->slots, &seconds);
    encoder->slots[row->slot] =
        status == DGM_OK ? value_number(seconds) : value_missing();
    return DGM_OK;
}
