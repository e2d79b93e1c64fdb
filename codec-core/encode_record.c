/* SPDX-License-Identifier: MIT */
/*
 * Tag loops: the records of one case. Of arrays each record takes one element, of
 * computed names one name, and of what decoding kept one tag. What belongs to a loop
 * inside the record is written by that.
 */
#include "encode_tags.h"

#include "text.h"

/* Arrays that the records of one case fill; the profile compiler has the same limit. */
enum { COLLECTED = 32 };

/* The row behind, or what stands behind a loop inside. */
static const struct dgm_row *next_own(const struct dgm_row *row)
{
    return row->op == DGM_OP_TLV ? loop_row_end(row) : row + 1;
}

static void forget(struct encoder *encoder, const struct dgm_row *first,
                   const struct dgm_row *end)
{
    for (; encoder->message->slots > 0 && first < end; first++)
        if (first->slot != DGM_NONE)
            encoder->slots[first->slot] = value_missing();
}

static enum dgm_status write_rows(struct encoder *encoder, const struct dgm_row *first,
                                  const struct dgm_row *end)
{
    forget(encoder, first, end);
    return encode_rows(encoder, (uint16_t)(first - encoder->rows),
                       (uint16_t)(end - encoder->rows));
}

static enum dgm_status write_content(struct encoder *encoder, struct loop_write *write,
                                     const struct dgm_row *one)
{
    struct encode_level *level = encode_push(encoder, one);
    if (loop_has_rounds(write))
        encoder->machine.index = level->index = write->round;
    enum dgm_status status = write_rows(encoder, one + 1, loop_row_end(one));
    if (status == DGM_OK)
        status = encode_close_region(encoder, level);
    encoder->gap = level->outer_gap;
    encoder->depth--;
    return status;
}

/* The tag, the case, and what fills it up. */
static enum dgm_status write_record(struct encoder *encoder, struct loop_write *write,
                                    const struct dgm_row *one, uint64_t tag)
{
    encoder->tag = tag;
    encoder->in_record = true;
    enum dgm_status status =
        write_rows(encoder, write->row + 1, write->row + 1 + write->loop->tag_rows);
    if (status == DGM_OK)
        status = write_content(encoder, write, one);
    encoder->in_record = false;
    size_t over = (encoder->length - write->began) % write->loop->align;
    if (status == DGM_OK && over > 0)
        status = encode_append(encoder, one, NULL, write->loop->align - over);
    return status;
}

/* An array of which each record has one element. */
struct collecting {
    const struct dgm_row *row;
    uint32_t at; /* of the array */
    struct json_reader elements;
};

/* Their members stand at the arrays again. */
static void end_collecting(struct encoder *encoder, const struct collecting *list,
                           unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        encoder->bound[list[i].row->member].at = list[i].at;
}

static enum dgm_status begin_collecting(struct encoder *encoder,
                                        const struct dgm_row *one,
                                        struct collecting *list, unsigned *ret_count)
{
    unsigned count = 0;
    /* What another record has is behind; only a complaint looks at all of it. */
    const unsigned states =
        FREE | TRIED | (encoder->trials > encoder->loop_trials ? 0 : SETTLED);
    for (const struct dgm_row *row = one + 1; row < loop_row_end(one);
         row = next_own(row)) {
        if (!(row->flags & DGM_ROW_COLLECT) || !case_gives_some(encoder, row, states))
            continue;
        struct bound *bound = &encoder->bound[row->member];
        if (bound->type != JSON_ARRAY)
            return encode_fail_text(encoder, DGM_TYPE, row->path, bound->at,
                                    "an array is expected");
        if (count == COLLECTED)
            return encode_fail_row(encoder, DGM_LIMIT, row, bound->at);
        list[count].row = row;
        list[count].at = bound->at;
        encode_reader(encoder, bound->at, &list[count].elements);
        json_begin_array(&list[count++].elements);
    }
    *ret_count = count;
    return DGM_OK;
}

/* The next element of each; all of them have as many. */
static enum dgm_status next_collected(struct encoder *encoder, struct collecting *list,
                                      unsigned count, bool *ret_more)
{
    for (unsigned i = 0; i < count; i++) {
        struct json_reader *elements = &list[i].elements;
        const struct dgm_row *row = list[i].row;
        bool more = json_next_element(elements);
        if (i > 0 && more != *ret_more)
            return encode_fail_row(encoder, DGM_COUNT_MISMATCH, row, list[i].at);
        *ret_more = more;
        if (!more)
            continue;
        (void)json_peek(elements);
        size_t at = elements->position;
        encoder->bound[row->member].at = (uint32_t)at;
        enum dgm_status status =
            row->op == DGM_OP_GROUP ? bind_element(encoder, row->member, at) : DGM_OK;
        if (status != DGM_OK)
            return status;
        encoder->bound[row->member].used = 0;
        json_skip(elements);
    }
    return DGM_OK;
}

/* Arrays that the first record did not take wait for records of another kind. */
static unsigned keep_taken(const struct encoder *encoder, struct collecting *list,
                           unsigned count)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < count; i++) {
        encoder->bound[list[i].row->member].at = list[i].at;
        if (encoder->bound[list[i].row->member].used != 0)
            list[kept++] = list[i];
    }
    return kept;
}

/* Each record takes what the first one took. */
static enum dgm_status check_taken(struct encoder *encoder, const struct collecting *list,
                                   unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const struct bound *bound = &encoder->bound[list[i].row->member];
        if (bound->used == 0)
            return encode_fail_row(encoder, DGM_MEMBER_NOT_ALLOWED, list[i].row,
                                   bound->at);
    }
    return DGM_OK;
}

/* The profile lets each case come once. */
static enum dgm_status refuse_another(struct encoder *encoder, uint32_t path, size_t at)
{
    return encode_fail_text(encoder, DGM_MEMBER_NOT_ALLOWED, path, at,
                            "it needs a second record of its tag, and the profile "
                            "refuses repeated ones");
}

/* A record for each element of the arrays. */
static enum dgm_status write_elements(struct encoder *encoder, struct loop_write *write,
                                      const struct dgm_row *one, uint64_t tag)
{
    struct collecting list[COLLECTED];
    unsigned count = 0;
    bool more = true, is_first = true;
    enum dgm_status status = begin_collecting(encoder, one, list, &count);
    while (status == DGM_OK && more && count > 0) {
        status = next_collected(encoder, list, count, &more);
        if (status == DGM_OK && more && !is_first && loop_is_once(write))
            status = refuse_another(encoder, list[0].row->path,
                                    encoder->bound[list[0].row->member].at);
        if (status == DGM_OK && more)
            status = write_record(encoder, write, one, tag);
        write->round++;
        if (status == DGM_OK && is_first)
            count = keep_taken(encoder, list, count);
        else if (status == DGM_OK && more)
            status = check_taken(encoder, list, count);
        end_collecting(encoder, list, count);
        is_first = false;
    }
    return status;
}

/* A tag in hex; one that has a case of its own does not belong here. */
static enum dgm_status read_tag(struct encoder *encoder, struct loop_write *write,
                                const struct dgm_row *row, const struct json_string *name,
                                uint64_t *ret)
{
    size_t at = (size_t)(name->raw - encoder->json) - 1;
    *ret = 0;
    if (name->length != (row->width + 3u) / 4)
        return encode_fail_text(encoder, DGM_TAG, row->path, at,
                                "another number of hex digits is expected");
    for (size_t i = 0; i < name->length; i++) {
        int digit = hex_digit_value(name->raw[i]);
        if (digit < 0)
            return encode_fail_text(encoder, DGM_TAG, row->path, at,
                                    "the name is a tag in hex digits");
        *ret = *ret << 4 | (uint64_t)digit;
    }
    if (tag_case(encoder->codec, write->loop, (int64_t)*ret) == DGM_NONE)
        return DGM_OK;
    return encode_fail_text(encoder, DGM_TAG, row->path, at,
                            "this tag has a member of its own");
}

/* Records that decoding kept. */
static enum dgm_status write_kept(struct encoder *encoder, struct loop_write *write,
                                  const struct dgm_row *one, const struct dgm_row *kept)
{
    struct json_reader members;
    struct json_string name;
    struct bound *bound = &encoder->bound[kept->member];
    if (bound->type != JSON_OBJECT)
        return encode_fail_text(encoder, DGM_TYPE, kept->path, bound->at,
                                "an object is expected");
    bound->used = 2;
    encode_reader(encoder, bound->at, &members);
    json_begin_object(&members);
    while (json_next_member(&members, &name)) {
        uint64_t tag = 0;
        (void)json_peek(&members);
        size_t at = members.position;
        enum dgm_status status = read_tag(encoder, write, kept, &name, &tag);
        encoder->element_at = at;
        if (status == DGM_OK)
            status = write_record(encoder, write, one, tag);
        if (status != DGM_OK)
            return status;
        json_skip(&members);
    }
    return DGM_OK;
}

static const struct dgm_row *collected_in(const struct encoder *encoder,
                                          const struct dgm_row *one)
{
    for (const struct dgm_row *row = one + 1; row < loop_row_end(one);
         row = next_own(row))
        if ((row->flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) &&
            case_gives_some(encoder, row, FREE | SETTLED | TRIED))
            return row;
    return NULL;
}

/* The first row of the case whose member has a computed name, one that is not written. */
static const struct dgm_row *named_in(const struct encoder *encoder,
                                      const struct dgm_row *one)
{
    for (const struct dgm_row *row = one + 1; row < loop_row_end(one);
         row = next_own(row))
        if (row_has_naming(row) && case_gives_some(encoder, row, FREE | TRIED))
            return row;
    return NULL;
}

/* A record for each name that is given. */
static enum dgm_status write_names(struct encoder *encoder, struct loop_write *write,
                                   const struct dgm_row *one, const struct dgm_row *named,
                                   uint64_t tag)
{
    unsigned count = case_names(encoder, named);
    enum dgm_status status = DGM_OK;
    for (unsigned i = 0; i < count && status == DGM_OK; i++) {
        const struct bound *bound = &encoder->bound[named->member + i];
        if (!case_gives_member(encoder, named, named->member + i) || bound->used != 0)
            continue;
        bool again = encoder->record_name != DGM_NONE;
        encoder->record_name = (uint16_t)i;
        status = again && loop_is_once(write)
                     ? refuse_another(encoder, encoder->members[named->member + i].path,
                                      bound->at)
                     : write_record(encoder, write, one, tag);
        if (status == DGM_OK && bound->used == 0)
            status = encode_fail(encoder, DGM_MEMBER_NOT_ALLOWED,
                                 encoder->members[named->member + i].path, bound->at);
    }
    encoder->record_name = DGM_NONE;
    return status;
}

enum dgm_status record_write(struct encoder *encoder, struct loop_write *write,
                             const struct dgm_row *one)
{
    const struct dgm_row *collected = collected_in(encoder, one);
    uint64_t tag = one->expr != DGM_NONE ? encoder->codec->numbers[one->expr] : 0;
    const struct dgm_row *named = named_in(encoder, one);
    if (named != NULL)
        return write_names(encoder, write, one, named, tag);
    if (collected == NULL)
        return write_record(encoder, write, one, tag);
    if (collected->flags & DGM_ROW_KEEP)
        return write_kept(encoder, write, one, collected);
    return write_elements(encoder, write, one, tag);
}
