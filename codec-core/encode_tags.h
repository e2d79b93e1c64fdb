/* SPDX-License-Identifier: MIT */
/* What the files that write tag loops share. */
#ifndef DGM_ENCODE_TAGS_H
#define DGM_ENCODE_TAGS_H

#include "encode.h"

/* One loop at work. */
struct loop_write {
    const struct dgm_row *row; /* TLV */
    const struct dgm_loop *loop;
    size_t began;
    uint32_t round; /* without a tag: which repetition is written */
};

/* Are its records the rounds of a repetition? */
static inline bool loop_has_rounds(const struct loop_write *write)
{
    return write->loop->tag_rows == 0;
}

/* What has become of a member so far, as bits: nothing; a record has taken it that stays
 * as far as the loop at work goes; the case that is tried has. */
enum { FREE = 1, SETTLED = 2, TRIED = 4 };

/* The profile lets each case come once. */
static inline bool loop_is_once(const struct loop_write *write)
{
    return (write->loop->flags & DGM_LOOP_ONCE) != 0;
}

static inline const struct dgm_row *loop_row_end(const struct dgm_row *row)
{
    return row + 1 + dgm_row_span(row);
}

/* encode_case.c: members of the row; more than one where its name is computed. */
unsigned case_names(const struct encoder *encoder, const struct dgm_row *row);
/* Is this member given, and by the JSON's own choice? */
bool case_gives_member(const struct encoder *encoder, const struct dgm_row *row,
                       unsigned member);
/* Is its array given, and empty? No record says that nothing was collected. */
bool case_gives_nothing(const struct encoder *encoder, const struct dgm_row *row);
/* Is a member of the row given of which one of these states is true? */
bool case_gives_some(const struct encoder *encoder, const struct dgm_row *row,
                     unsigned states);
/* Arrays, records and what is collected count as one. */
bool case_row_is_whole(const struct dgm_row *row);
/* Does the JSON have records of a service that a row inside repeats? */
bool case_has_records(struct encoder *encoder, const struct dgm_row *one);
/*
 * Does the JSON have something that the case takes and no case before has written?
 * `ret_missing` is a row that the case needs besides, or NULL.
 */
bool case_is_wanted(struct encoder *encoder, const struct dgm_row *one,
                    const struct dgm_row **ret_missing);

/* encode_record.c: write the records of a case: one, or one for each element or name. */
enum dgm_status record_write(struct encoder *encoder, struct loop_write *write,
                             const struct dgm_row *one);

#endif
