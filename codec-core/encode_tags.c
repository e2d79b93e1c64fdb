/* SPDX-License-Identifier: MIT */
/*
 * Tag loops: a record for each case whose members the JSON has, in the order of the
 * cases. Of several cases for the same members the first whose layout holds the values is
 * taken, or comes nearest to them; so a case is tried, and taken back if it fails or if
 * another one is better.
 */
#include "encode_tags.h"

#include "series.h"

/* Cases that are compared with one that misses a number. */
enum { ALTERNATIVES = 64 };

static const struct dgm_row *first_case(struct loop_write *write)
{
    return write->row + 2 + write->loop->tag_rows;
}

/* What was only tried is taken, as far as this loop goes, or is free again. */
static void settle(struct encoder *encoder, const struct dgm_row *one, bool taken)
{
    const uint8_t settled = (uint8_t)(encoder->loop_trials + 1);
    for (const struct dgm_row *row = one + 1; row < loop_row_end(one); row++) {
        unsigned count = row->member != DGM_NONE ? case_names(encoder, row) : 0;
        for (unsigned i = row->member; i < row->member + count; i++)
            if (encoder->bound[i].used > settled)
                encoder->bound[i].used = taken ? settled : 0;
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
static enum dgm_status try_case(struct encoder *encoder, struct loop_write *write,
                                const struct dgm_row *one)
{
    const struct mark mark = mark_here(encoder);
    unsigned depth = encoder->depth;
    const struct dgm_row *gap = encoder->gap;
    struct dgm_error *error = encoder->error;
    encoder->error = NULL;
    encoder->gap = NULL;
    encoder->trials = encoder->loop_trials + 1;
    encoder->missed = DGM_NONE;
    enum dgm_status status = record_write(encoder, write, one);
    encoder->trials = encoder->loop_trials;
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
    for (const struct dgm_row *row = one + 1; row < loop_row_end(one); row++)
        if (row->member == member)
            return true;
    return false;
}

/* Does a later case for the number that this one missed come nearer to what is given? */
static bool is_outdone(struct encoder *encoder, struct loop_write *write,
                       const struct dgm_row *one)
{
    const struct dgm_row *missing;
    const struct mark mark = mark_here(encoder);
    const uint16_t member = encoder->missed;
    const struct real miss = encoder->miss;
    unsigned tries = 0;
    for (const struct dgm_row *other = loop_row_end(one);
         other < loop_row_end(write->row) && tries < ALTERNATIVES;
         other = loop_row_end(other)) {
        if (!has_member(other, member) || !case_is_wanted(encoder, other, &missing) ||
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
static enum dgm_status take_case(struct encoder *encoder, struct loop_write *write,
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

/* Write the case, not as a trial: why was it not written? DGM_OK: there is no reason. */
static enum dgm_status write_plainly(struct encoder *encoder, struct loop_write *write,
                                     const struct dgm_row *one)
{
    const struct dgm_row *missing;
    (void)case_is_wanted(encoder, one, &missing);
    if (missing != NULL)
        return encode_fail_row(encoder, DGM_MISSING_MEMBER, missing,
                               encoder->envelope.members);
    return record_write(encoder, write, one);
}

/* The first member of the row that is given and not written; there is one. */
static unsigned free_member(const struct encoder *encoder, const struct dgm_row *row)
{
    unsigned end = row->member + case_names(encoder, row);
    for (unsigned i = row->member; i < end; i++)
        if (case_gives_member(encoder, row, i) && encoder->bound[i].used == 0)
            return i;
    return row->member;
}

/* Given, and no case wrote it: why not? */
static enum dgm_status complain(struct encoder *encoder, struct loop_write *write,
                                const struct dgm_row *left)
{
    const struct dgm_row *end = loop_row_end(write->row);
    const unsigned member = free_member(encoder, left);
    for (const struct dgm_row *one = first_case(write); one < end;
         one = loop_row_end(one)) {
        bool has = false;
        for (const struct dgm_row *row = one + 1; row < loop_row_end(one); row++)
            has = has || row->member == left->member;
        enum dgm_status status = has ? write_plainly(encoder, write, one) : DGM_OK;
        if (status != DGM_OK)
            return status;
    }
    return encode_fail(encoder, DGM_MEMBER_NOT_ALLOWED, encoder->members[member].path,
                       encoder->bound[member].at);
}

static bool has_row_outside(const struct encoder *encoder, struct loop_write *write,
                            uint16_t member)
{
    for (unsigned i = 0; i < encoder->message->row_count; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        if ((row <= write->row || row >= loop_row_end(write->row)) &&
            row->member == member)
            return true;
    }
    return false;
}

static enum dgm_status check_all_written(struct encoder *encoder,
                                         struct loop_write *write)
{
    for (const struct dgm_row *row = write->row + 1; row < loop_row_end(write->row);) {
        bool left = case_gives_some(encoder, row, FREE);
        if (row->member != DGM_NONE && case_gives_nothing(encoder, row))
            encode_take(encoder, &encoder->bound[row->member]);
        if (left && !has_row_outside(encoder, write, row->member))
            return complain(encoder, write, row);
        encoder->waiting = encoder->waiting || left;
        row = case_row_is_whole(row) ? loop_row_end(row) : row + 1;
    }
    return DGM_OK;
}

/* Members of the case that are written for good. */
static unsigned count_written(const struct encoder *encoder, const struct dgm_row *one)
{
    unsigned count = 0;
    for (const struct dgm_row *row = one + 1; row < loop_row_end(one); row++) {
        unsigned names = row->member != DGM_NONE ? case_names(encoder, row) : 0;
        for (unsigned i = 0; i < names; i++)
            count += encode_is_settled(encoder, &encoder->bound[row->member + i]);
    }
    return count;
}

/* Records of one case, until none takes a member more. */
static enum dgm_status write_records(struct encoder *encoder, struct loop_write *write,
                                     const struct dgm_row *one)
{
    const struct dgm_row *missing;
    bool again = false;
    while (case_is_wanted(encoder, one, &missing) && missing == NULL &&
           !(again && loop_is_once(write))) {
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
static enum dgm_status write_cases(struct encoder *encoder, struct loop_write *write)
{
    for (const struct dgm_row *one = first_case(write); one < loop_row_end(write->row);
         one = loop_row_end(one)) {
        size_t began = encoder->length;
        enum dgm_status status = write_records(encoder, write, one);
        if (status == DGM_LIMIT)
            return encode_fail_row(encoder, status, one, 0);
        /* Records of a service have no other case that they could go to. */
        bool lost = status != DGM_OK || encoder->length == began;
        status = lost && case_has_records(encoder, one)
                     ? write_plainly(encoder, write, one)
                     : DGM_OK;
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static bool has_left(const struct encoder *encoder, struct loop_write *write)
{
    for (const struct dgm_row *row = write->row + 1; row < loop_row_end(write->row);
         row++)
        if (case_gives_some(encoder, row, FREE))
            return true;
    return false;
}

/* Nothing has to choose between rounds: what is given is written, or that is an error. */
static enum dgm_status write_rounds(struct encoder *encoder, struct loop_write *write)
{
    const struct dgm_row *one = first_case(write), *missing;
    if (!case_is_wanted(encoder, one, &missing))
        return DGM_OK;
    series_reset(encoder->codec, encoder->rows, (unsigned)(one - encoder->rows),
                 (unsigned)(loop_row_end(one) - encoder->rows), encoder->slots);
    enum dgm_status status = write_plainly(encoder, write, one);
    encode_refresh_index(encoder);
    return status;
}

static enum dgm_status write_loop(struct encoder *encoder, const struct dgm_row *row)
{
    struct loop_write write = {row, &encoder->codec->loops[row->spec], encoder->length,
                               0};
    enum dgm_status status = loop_has_rounds(&write) ? write_rounds(encoder, &write)
                                                     : write_cases(encoder, &write);
    /* A value that a case could not hold kept it from others that another case has taken
     * since. */
    bool again = encoder->length > write.began && has_left(encoder, &write) &&
                 !loop_is_once(&write) && !case_has_records(encoder, row) &&
                 !loop_has_rounds(&write);
    if (status == DGM_OK && again)
        status = write_cases(encoder, &write);
    return status == DGM_OK ? check_all_written(encoder, &write) : status;
}

/* A loop around this one goes on where it was, whatever the records in here needed. */
enum dgm_status encode_loop(struct encoder *encoder, const struct dgm_row *row)
{
    const unsigned loop_trials = encoder->loop_trials;
    const uint64_t tag = encoder->tag;
    const uint16_t record_name = encoder->record_name, missed = encoder->missed;
    const bool in_record = encoder->in_record;
    const struct real miss = encoder->miss;
    encoder->loop_trials = encoder->trials;
    encoder->record_name = DGM_NONE;
    encoder->in_record = false;
    enum dgm_status status = write_loop(encoder, row);
    encoder->loop_trials = loop_trials;
    encoder->tag = tag;
    encoder->record_name = record_name;
    encoder->missed = missed;
    encoder->in_record = in_record;
    encoder->miss = miss;
    return status;
}
