/* SPDX-License-Identifier: MIT */
/*
 * Groups that are no reading as a whole. Each field that is not given writes its raw that
 * is none; what was written together must say what the JSON says: all members or nothing.
 */
#include "encode.h"

/* A member that the group needs if any of them is given. */
static const struct dgm_row *find_missing(const struct encoder *encoder,
                                          const struct encode_level *level)
{
    for (unsigned i = level->row + 1u; i < level->end; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        if (row->source != DGM_SOURCE_MEMBER || row->member == DGM_NONE)
            continue;
        uint16_t member = encode_member(encoder, row);
        const struct bound *bound = &encoder->bound[member];
        bool is_absent = bound->type == 0 && encoder->members[member].text_length == 0;
        if (is_absent || encode_is_null(encoder, row, bound))
            return row;
    }
    return NULL;
}

/* A member of the group that says something: null of an element says nothing. */
static const struct bound *find_given(const struct encoder *encoder,
                                      const struct encode_level *level)
{
    for (unsigned i = level->row + 1u; i < level->end; i++) {
        const struct bound *given =
            encode_given_in(encoder, (uint16_t)i, (uint16_t)(i + 1));
        if (given != NULL && !encode_is_null(encoder, &encoder->rows[i], given))
            return given;
    }
    return NULL;
}

enum dgm_status encode_check_silent(struct encoder *encoder,
                                    const struct encode_level *level)
{
    const struct dgm_row *group = &encoder->rows[level->row];
    const struct bound *given = find_given(encoder, level);
    const struct dgm_row *missing = find_missing(encoder, level);
    size_t size;
    if (given == NULL) {
        for (unsigned i = level->row + 1u; i < level->end; i++)
            if (encoder->rows[i].slot != DGM_NONE)
                encoder->slots[encoder->rows[i].slot] = value_missing();
        return DGM_OK;
    }
    if (missing != NULL)
        return encode_fail_row(encoder, DGM_MISSING_MEMBER, missing, given->at);
    if (encoder->length > encoder->frame_size ||
        !silent_group(encoder->codec, group, encoder->frame + level->began,
                      encoder->length - level->began, &size))
        return DGM_OK;
    return encode_fail_text(encoder, DGM_RANGE, group->path, given->at,
                            "these values together say that there is no reading");
}
