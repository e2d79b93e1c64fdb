/* SPDX-License-Identifier: MIT */
/*
 * Tag loops: a record for each case whose members the JSON has, in the order of the
 * cases. Of several cases for the same members the first whose layout holds the values is
 * taken, or comes nearest to them; so a case is tried, and taken back if it fails or if
 * another one is better.
 */
#include "encode.h"

#include "text.h"

/* Cases that are compared with one that misses a number. */
enum { ALTERNATIVES = 64 };
/* Arrays that the records of one case fill; the profile compiler has the same limit. */
enum { COLLECTED = 32 };

/* One loop at work. */
struct loop_write {
    const struct dgm_row *row; /* TLV */
    const struct dgm_loop *loop;
    size_t began;
};

static const struct dgm_row *first_case(const struct loop_write *write)
{
    return write->row + 2 + write->loop->tag_rows;
}

static bool is_once(const struct loop_write *write)
{
    return (write->loop->flags & DGM_LOOP_ONCE) != 0;
}

static const struct dgm_row *end_of(const struct dgm_row *row)
{
    return row + 1 + dgm_row_span(row);
}

/* No record says that nothing was collected. */
static bool is_empty(const struct encoder *encoder, const struct dgm_row *row)
{
    struct json_reader elements;
    const struct bound *bound = &encoder->bound[row->member];
    if (!(row->flags & DGM_ROW_COLLECT) || bound->type != JSON_ARRAY)
        return false;
    encode_reader(encoder, bound->at, &elements);
    json_begin_array(&elements);
    return !json_next_element(&elements);
}

/* Members of the row: more than one where its name is computed. */
static unsigned names_of(const struct encoder *encoder, const struct dgm_row *row)
{
    return row->naming != DGM_NONE ? member_family(&encoder->members[row->member]) : 1;
}

/* Is this member given, and by the JSON's own choice? */
static bool is_member_given(const struct encoder *encoder, const struct dgm_row *row,
                            unsigned member)
{
    uint8_t kind = encoder->members[member].kind;
    return encoder->bound[member].type != 0 &&
           (kind == DGM_MEMBER_VALUE || kind == DGM_MEMBER_ARRAY ||
            row->op == DGM_OP_LITERAL || row->op == DGM_OP_VALUE);
}

/* What has become of a member so far, as bits. */
enum { FREE = 1, SETTLED = 2, TRIED = 4 };

/* Is a member of the row given of which one of these is true? */
static bool some_given(const struct encoder *encoder, const struct dgm_row *row,
                       unsigned states)
{
    if (row->member == DGM_NONE || (row->flags & DGM_ROW_ELEMENT) ||
        is_empty(encoder, row))
        return false;
    unsigned end = row->member + names_of(encoder, row);
    for (unsigned i = row->member; i < end; i++)
        if (is_member_given(encoder, row, i) &&
            (1u << encoder->bound[i].used & states) != 0)
            return true;
    return false;
}

static bool is_given(const struct encoder *encoder, const struct dgm_row *row)
{
    return some_given(encoder, row, FREE | SETTLED | TRIED);
}

static bool gives_role(const struct encoder *encoder, const struct dgm_row *row)
{
    return row->role != DGM_ROLE_NONE && row->source == DGM_SOURCE_ROLE &&
           encoder->envelope.roles[row->role].kind != VALUE_MISSING;
}

/* Arrays, records and what is collected count as one. */
static bool is_whole(const struct dgm_row *row)
{
    return (row->flags & (DGM_ROW_COLLECT | DGM_ROW_ARRAY | DGM_ROW_RECORD)) != 0;
}

/* Is the row a repetition of which the JSON has records? */
static bool has_records(struct encoder *encoder, const struct dgm_row *row)
{
    return row->op == DGM_OP_REPEAT && (row->flags & DGM_ROW_RECORD) &&
           bind_count_records(encoder, (uint16_t)(row - encoder->rows)) > 0;
}

static bool has_records_in(struct encoder *encoder, const struct dgm_row *one)
{
    for (const struct dgm_row *row = one + 1; row < end_of(one); row++)
        if (has_records(encoder, row))
            return true;
    return false;
}

/*
 * Does the JSON have something that the case takes and no case before has written?
 * `ret_missing` is a row that the case needs besides, or NULL.
 */
static bool is_wanted(struct encoder *encoder, const struct dgm_row *one,
                      const struct dgm_row **ret_missing)
{
    const struct dgm_row *free_to = one; /* up to here items may be absent */
    bool wanted = false;
    *ret_missing = NULL;
    for (const struct dgm_row *row = one + 1; row < end_of(one);) {
        if ((row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL)) &&
            end_of(row) > free_to)
            free_to = end_of(row);
        if (row->flags & DGM_ROW_RECORD)
            wanted = wanted || has_records(encoder, row);
        else if (is_given(encoder, row))
            wanted = wanted || some_given(encoder, row, FREE | TRIED);
        else if (row >= free_to && *ret_missing == NULL && encode_is_needed(encoder, row))
            *ret_missing = row;
        wanted = wanted || gives_role(encoder, row);
        row = is_whole(row) ? end_of(row) : row + 1;
    }
    return wanted;
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

static enum dgm_status write_content(struct encoder *encoder, const struct dgm_row *one)
{
    struct encode_level *level = encode_push(encoder, one);
    enum dgm_status status = write_rows(encoder, one + 1, end_of(one));
    if (status == DGM_OK)
        status = encode_close_region(encoder, level);
    encoder->gap = level->outer_gap;
    encoder->depth--;
    return status;
}

/* The tag, the case, and what fills it up. */
static enum dgm_status write_record(struct encoder *encoder,
                                    const struct loop_write *write,
                                    const struct dgm_row *one, uint64_t tag)
{
    encoder->tag = tag;
    encoder->in_record = true;
    enum dgm_status status =
        write_rows(encoder, write->row + 1, write->row + 1 + write->loop->tag_rows);
    if (status == DGM_OK)
        status = write_content(encoder, one);
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
    const unsigned states = FREE | TRIED | (encoder->is_trying ? 0 : SETTLED);
    for (const struct dgm_row *row = one + 1; row < end_of(one); row++) {
        if (!(row->flags & DGM_ROW_COLLECT) || !some_given(encoder, row, states))
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
static enum dgm_status write_elements(struct encoder *encoder,
                                      const struct loop_write *write,
                                      const struct dgm_row *one, uint64_t tag)
{
    struct collecting list[COLLECTED];
    unsigned count = 0;
    bool more = true, is_first = true;
    enum dgm_status status = begin_collecting(encoder, one, list, &count);
    while (status == DGM_OK && more && count > 0) {
        status = next_collected(encoder, list, count, &more);
        if (status == DGM_OK && more && !is_first && is_once(write))
            status = refuse_another(encoder, list[0].row->path,
                                    encoder->bound[list[0].row->member].at);
        if (status == DGM_OK && more)
            status = write_record(encoder, write, one, tag);
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
static enum dgm_status read_tag(struct encoder *encoder, const struct loop_write *write,
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
static enum dgm_status write_kept(struct encoder *encoder, const struct loop_write *write,
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
    for (const struct dgm_row *row = one + 1; row < end_of(one); row++)
        if ((row->flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) && is_given(encoder, row))
            return row;
    return NULL;
}

/* The first row of the case whose member has a computed name, one that is not written. */
static const struct dgm_row *named_in(const struct encoder *encoder,
                                      const struct dgm_row *one)
{
    for (const struct dgm_row *row = one + 1; row < end_of(one); row++)
        if (row->naming != DGM_NONE && some_given(encoder, row, FREE | TRIED))
            return row;
    return NULL;
}

/* A record for each name that is given. */
static enum dgm_status write_names(struct encoder *encoder,
                                   const struct loop_write *write,
                                   const struct dgm_row *one, const struct dgm_row *named,
                                   uint64_t tag)
{
    unsigned count = names_of(encoder, named);
    enum dgm_status status = DGM_OK;
    for (unsigned i = 0; i < count && status == DGM_OK; i++) {
        const struct bound *bound = &encoder->bound[named->member + i];
        if (!is_member_given(encoder, named, named->member + i) || bound->used != 0)
            continue;
        bool again = encoder->record_name != DGM_NONE;
        encoder->record_name = (uint16_t)i;
        status = again && is_once(write)
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

static enum dgm_status write_case(struct encoder *encoder, const struct loop_write *write,
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

/* What was only tried is taken, or is free again. */
static void settle(struct encoder *encoder, const struct dgm_row *one, bool taken)
{
    for (const struct dgm_row *row = one + 1; row < end_of(one); row++) {
        unsigned count = row->member != DGM_NONE ? names_of(encoder, row) : 0;
        for (unsigned i = row->member; i < row->member + count; i++)
            if (encoder->bound[i].used == 2)
                encoder->bound[i].used = taken ? 1 : 0;
    }
}

/* What a case that is tried began with. */
struct mark {
    size_t length, written;
    unsigned fixups;
};

static struct mark mark_here(const struct encoder *encoder)
{
    struct mark mark = {encoder->length, encoder->written, encoder->fixup_count};
    return mark;
}

static void take_back(struct encoder *encoder, const struct mark *mark,
                      const struct dgm_row *one)
{
    encoder->length = mark->length;
    encoder->written = mark->written;
    encoder->fixup_count = mark->fixups;
    settle(encoder, one, false);
}

/* Write a case; what it took can be taken back, or is settled. */
static enum dgm_status try_case(struct encoder *encoder, const struct loop_write *write,
                                const struct dgm_row *one)
{
    const struct mark mark = mark_here(encoder);
    unsigned depth = encoder->depth;
    const struct dgm_row *gap = encoder->gap;
    struct dgm_error *error = encoder->error;
    encoder->error = NULL;
    encoder->gap = NULL;
    encoder->is_trying = true;
    encoder->missed = DGM_NONE;
    enum dgm_status status = write_case(encoder, write, one);
    encoder->is_trying = false;
    encoder->error = error;
    encoder->gap = gap;
    encoder->depth = depth;
    encoder->text_row = NULL;
    if (status != DGM_OK)
        take_back(encoder, &mark, one);
    return status;
}

static bool has_member(const struct dgm_row *one, uint16_t member)
{
    for (const struct dgm_row *row = one + 1; row < end_of(one); row++)
        if (row->member == member)
            return true;
    return false;
}

/* Does a later case for the number that this one missed come nearer to what is given? */
static bool is_outdone(struct encoder *encoder, const struct loop_write *write,
                       const struct dgm_row *one)
{
    const struct dgm_row *missing;
    const struct mark mark = mark_here(encoder);
    const uint16_t member = encoder->missed;
    const struct real miss = encoder->miss;
    unsigned tries = 0;
    for (const struct dgm_row *other = end_of(one);
         other < end_of(write->row) && tries < ALTERNATIVES; other = end_of(other)) {
        if (!has_member(other, member) || !is_wanted(encoder, other, &missing) ||
            missing != NULL)
            continue;
        tries++;
        if (try_case(encoder, write, other) != DGM_OK)
            continue;
        take_back(encoder, &mark, other);
        if (encoder->missed == DGM_NONE || real_compare(encoder->miss, miss) < 0)
            return true;
    }
    return false;
}

/* The case, unless it cannot hold the values or another one comes nearer to them. */
static enum dgm_status take_case(struct encoder *encoder, const struct loop_write *write,
                                 const struct dgm_row *one)
{
    const struct mark mark = mark_here(encoder);
    enum dgm_status status = try_case(encoder, write, one);
    if (status == DGM_OK && encoder->missed != DGM_NONE) {
        take_back(encoder, &mark, one);
        if (is_outdone(encoder, write, one))
            return DGM_OK;
        status = try_case(encoder, write, one);
    }
    if (status == DGM_OK)
        settle(encoder, one, true);
    return status;
}

/* Why was the case not written? DGM_OK: there is no reason. */
static enum dgm_status complain_of(struct encoder *encoder,
                                   const struct loop_write *write,
                                   const struct dgm_row *one)
{
    const struct dgm_row *missing;
    (void)is_wanted(encoder, one, &missing);
    if (missing != NULL)
        return encode_fail_row(encoder, DGM_MISSING_MEMBER, missing,
                               encoder->envelope.members);
    return write_case(encoder, write, one);
}

/* The first member of the row that is given and not written; there is one. */
static unsigned free_member(const struct encoder *encoder, const struct dgm_row *row)
{
    unsigned end = row->member + names_of(encoder, row);
    for (unsigned i = row->member; i < end; i++)
        if (is_member_given(encoder, row, i) && encoder->bound[i].used == 0)
            return i;
    return row->member;
}

/* Given, and no case wrote it: why not? */
static enum dgm_status complain(struct encoder *encoder, const struct loop_write *write,
                                const struct dgm_row *left)
{
    const struct dgm_row *end = end_of(write->row);
    const unsigned member = free_member(encoder, left);
    for (const struct dgm_row *one = first_case(write); one < end; one = end_of(one)) {
        bool has = false;
        for (const struct dgm_row *row = one + 1; row < end_of(one); row++)
            has = has || row->member == left->member;
        enum dgm_status status = has ? complain_of(encoder, write, one) : DGM_OK;
        if (status != DGM_OK)
            return status;
    }
    return encode_fail(encoder, DGM_MEMBER_NOT_ALLOWED, encoder->members[member].path,
                       encoder->bound[member].at);
}

static bool has_row_outside(const struct encoder *encoder, const struct loop_write *write,
                            uint16_t member)
{
    for (unsigned i = 0; i < encoder->message->row_count; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        if ((row <= write->row || row >= end_of(write->row)) && row->member == member)
            return true;
    }
    return false;
}

static enum dgm_status check_all_written(struct encoder *encoder,
                                         struct loop_write *write)
{
    for (const struct dgm_row *row = write->row + 1; row < end_of(write->row);) {
        bool left = some_given(encoder, row, FREE);
        if (row->member != DGM_NONE && is_empty(encoder, row))
            encoder->bound[row->member].used = 1;
        if (left && !has_row_outside(encoder, write, row->member))
            return complain(encoder, write, row);
        encoder->waiting = encoder->waiting || left;
        row = is_whole(row) ? end_of(row) : row + 1;
    }
    return DGM_OK;
}

/* Members of the case that are written for good. */
static unsigned count_written(const struct encoder *encoder, const struct dgm_row *one)
{
    unsigned count = 0;
    for (const struct dgm_row *row = one + 1; row < end_of(one); row++) {
        unsigned names = row->member != DGM_NONE ? names_of(encoder, row) : 0;
        for (unsigned i = 0; i < names; i++)
            count += encoder->bound[row->member + i].used == 1;
    }
    return count;
}

/* Records of one case, until none takes a member more. */
static enum dgm_status write_records(struct encoder *encoder,
                                     const struct loop_write *write,
                                     const struct dgm_row *one)
{
    const struct dgm_row *missing;
    bool again = false;
    while (is_wanted(encoder, one, &missing) && missing == NULL &&
           !(again && is_once(write))) {
        const struct mark mark = mark_here(encoder);
        unsigned written = count_written(encoder, one);
        enum dgm_status status = take_case(encoder, write, one);
        if (status != DGM_OK)
            return status;
        if (count_written(encoder, one) == written) {
            if (again)
                take_back(encoder, &mark, one);
            return DGM_OK;
        }
        again = true;
    }
    return DGM_OK;
}

/* Records of each case, for what is not written yet. */
static enum dgm_status write_cases(struct encoder *encoder,
                                   const struct loop_write *write)
{
    for (const struct dgm_row *one = first_case(write); one < end_of(write->row);
         one = end_of(one)) {
        size_t began = encoder->length;
        enum dgm_status status = write_records(encoder, write, one);
        if (status == DGM_LIMIT)
            return encode_fail_row(encoder, status, one, 0);
        /* Records of a service have no other case that they could go to. */
        bool lost = status != DGM_OK || encoder->length == began;
        status = lost && has_records_in(encoder, one) ? complain_of(encoder, write, one)
                                                      : DGM_OK;
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static bool has_left(const struct encoder *encoder, const struct loop_write *write)
{
    for (const struct dgm_row *row = write->row + 1; row < end_of(write->row); row++)
        if (some_given(encoder, row, FREE))
            return true;
    return false;
}

enum dgm_status encode_loop(struct encoder *encoder, const struct dgm_row *row)
{
    struct loop_write write = {row, &encoder->codec->loops[row->spec], encoder->length};
    encoder->record_name = DGM_NONE;
    enum dgm_status status = write_cases(encoder, &write);
    /* A value that a case could not hold kept it from others that another case has taken
     * since. */
    bool again = encoder->length > write.began && has_left(encoder, &write) &&
                 !is_once(&write) && !has_records_in(encoder, row);
    if (status == DGM_OK && again)
        status = write_cases(encoder, &write);
    return status == DGM_OK ? check_all_written(encoder, &write) : status;
}
