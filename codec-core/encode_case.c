/* SPDX-License-Identifier: MIT */
/* Tag loops: what the JSON has for a case. */
#include "encode_tags.h"

bool case_gives_nothing(const struct encoder *encoder, const struct dgm_row *row)
{
    struct json_reader elements;
    const struct bound *bound = &encoder->bound[row->member];
    if (!(row->flags & DGM_ROW_COLLECT) || bound->type != JSON_ARRAY)
        return false;
    encode_reader(encoder, bound->at, &elements);
    json_begin_array(&elements);
    return !json_next_element(&elements);
}

unsigned case_names(const struct encoder *encoder, const struct dgm_row *row)
{
    return row_has_naming(row) ? member_family(&encoder->members[row->member]) : 1;
}

bool case_gives_member(const struct encoder *encoder, const struct dgm_row *row,
                       unsigned member)
{
    uint8_t kind = encoder->members[member].kind;
    return encoder->bound[member].type != 0 &&
           (kind == DGM_MEMBER_VALUE || kind == DGM_MEMBER_ARRAY ||
            row->op == DGM_OP_LITERAL || row->op == DGM_OP_VALUE);
}

/* The state of a member, one of those bits. */
static unsigned state_of(const struct encoder *encoder, unsigned member)
{
    const struct bound *bound = &encoder->bound[member];
    return bound->used == 0 ? FREE : encode_is_settled(encoder, bound) ? SETTLED : TRIED;
}

bool case_gives_some(const struct encoder *encoder, const struct dgm_row *row,
                     unsigned states)
{
    if (row->member == DGM_NONE || (row->flags & DGM_ROW_ELEMENT) ||
        case_gives_nothing(encoder, row))
        return false;
    unsigned end = row->member + case_names(encoder, row);
    for (unsigned i = row->member; i < end; i++)
        if (case_gives_member(encoder, row, i) && (state_of(encoder, i) & states) != 0)
            return true;
    return false;
}

static bool gives_role(const struct encoder *encoder, const struct dgm_row *row)
{
    return row->role != DGM_ROLE_NONE && row->source == DGM_SOURCE_ROLE &&
           encoder->envelope.roles[row->role].kind != VALUE_MISSING;
}

bool case_row_is_whole(const struct dgm_row *row)
{
    return (row->flags & (DGM_ROW_COLLECT | DGM_ROW_ARRAY | DGM_ROW_RECORD)) != 0;
}

/* Is the row a repetition of which the JSON has records? */
static bool has_records(struct encoder *encoder, const struct dgm_row *row)
{
    return row->op == DGM_OP_REPEAT && (row->flags & DGM_ROW_RECORD) &&
           bind_count_records(encoder, (uint16_t)(row - encoder->rows)) > 0;
}

bool case_has_records(struct encoder *encoder, const struct dgm_row *one)
{
    for (const struct dgm_row *row = one + 1; row < loop_row_end(one); row++)
        if (has_records(encoder, row))
            return true;
    return false;
}

/* May all be absent that stands in the row? No record of a loop inside has to come. */
static bool may_lack(const struct dgm_row *row)
{
    return row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) ||
           row->op == DGM_OP_TLV;
}

bool case_is_wanted(struct encoder *encoder, const struct dgm_row *one,
                    const struct dgm_row **ret_missing)
{
    const struct dgm_row *free_to = one; /* up to here items may be absent */
    bool wanted = false;
    *ret_missing = NULL;
    for (const struct dgm_row *row = one + 1; row < loop_row_end(one);) {
        if (may_lack(row) && loop_row_end(row) > free_to)
            free_to = loop_row_end(row);
        if (row->flags & DGM_ROW_RECORD)
            wanted = wanted || has_records(encoder, row);
        else if (case_gives_some(encoder, row, FREE | SETTLED | TRIED))
            wanted = wanted || case_gives_some(encoder, row, FREE | TRIED);
        else if (row >= free_to && *ret_missing == NULL && encode_is_needed(encoder, row))
            *ret_missing = row;
        wanted = wanted || gives_role(encoder, row);
        row = case_row_is_whole(row) ? loop_row_end(row) : row + 1;
    }
    return wanted;
}
