/* SPDX-License-Identifier: MIT */
/*
 * The encoder's walk over the rows in wire order, with an explicit stack for groups and
 * repetitions. Members were bound before; records and array elements bind as their turn
 * comes.
 */
#include "encode.h"

#include <string.h>
#include "series.h"

/* What depends on the length of the frame is written again once it is known. */
enum { MAX_WALKS = 3 };

struct encode_level *encode_push(struct encoder *encoder, const struct dgm_row *row)
{
    struct encode_level *level = &encoder->levels[encoder->depth++];
    memset(level, 0, sizeof(*level));
    level->row = (uint16_t)(row - encoder->rows);
    level->end = (uint16_t)(level->row + 1 + row->detail);
    level->index = UINT32_MAX;
    level->left = UINT32_MAX;
    level->began = encoder->length;
    level->outer_gap = encoder->gap;
    if (row_has_region(row))
        encoder->gap = NULL;
    return level;
}

static enum dgm_status count_of(struct encoder *encoder, const struct dgm_row *row,
                                uint32_t *ret)
{
    enum dgm_status status = machine_count(&encoder->machine, row->expr, ret);
    return status == DGM_OK ? DGM_OK : encode_fail_row(encoder, status, row, 0);
}

static enum dgm_status begin_repeat(struct encoder *encoder, const struct dgm_row *row)
{
    uint32_t count = 0;
    if ((row->flags & DGM_ROW_REST) && row->naming != DGM_NONE) {
        enum dgm_status status = machine_count(&encoder->machine, row->naming, &count);
        if (status != DGM_OK)
            return encode_fail_row(encoder, status, row, 0);
    }
    if (!(row->flags & (DGM_ROW_RECORD | DGM_ROW_ARRAY | DGM_ROW_REST))) {
        enum dgm_status status = count_of(encoder, row, &count);
        if (status != DGM_OK)
            return status;
    }
    struct encode_level *level = encode_push(encoder, row);
    if (HAS_SERIES)
        series_reset(encoder->codec, encoder->rows, level->row + 1u, level->end,
                     encoder->slots);
    if (row->flags & DGM_ROW_RECORD) {
        entries_begin(encoder, &level->entries);
    } else if (row->flags & DGM_ROW_ARRAY) {
        const struct bound *bound = &encoder->bound[row->member];
        level->left = bound->type != 0 ? UINT32_MAX : 0;
        if (bound->type != 0) {
            encode_reader(encoder, bound->at, &level->elements);
            json_begin_array(&level->elements);
        }
    } else {
        level->left = count;
    }
    return DGM_OK;
}

static bool has_member_below(const struct encoder *encoder, uint16_t array_member)
{
    for (unsigned i = 0; i < encoder->message->member_count; i++)
        if (encoder->members[i].parent == array_member)
            return true;
    return false;
}

static ONE_COPY enum dgm_status next_element(struct encoder *encoder,
                                             struct encode_level *level,
                                             const struct dgm_row *row, bool *ret_more)
{
    *ret_more = level->left != 0 && json_next_element(&level->elements);
    if (!*ret_more)
        return DGM_OK;
    (void)json_peek(&level->elements);
    encoder->element_at = level->elements.position;
    json_skip(&level->elements);
    if (!has_member_below(encoder, row->member))
        return DGM_OK;
    return bind_element(encoder, row->member, encoder->element_at);
}

/* The next entry of the JSON that belongs to this repetition. */
static ONE_COPY enum dgm_status next_record(struct encoder *encoder,
                                            struct encode_level *level, bool *ret_more)
{
    struct entry entry;
    uint16_t row;
    for (;;) {
        enum dgm_status status = entries_next(encoder, &level->entries, &entry, ret_more);
        if (status != DGM_OK || !*ret_more)
            return status;
        status = bind_record_row(encoder, &entry, &row);
        if (status != DGM_OK)
            return status;
        if (row != level->row)
            continue;
        encoder->envelope.roles[DGM_ROLE_EVENT_TIME] = entry.time;
        if (HAS_DETAILS)
            encoder->envelope.role_at[DGM_ROLE_EVENT_TIME] = entry.time_at;
        return bind_record(encoder, &entry, row);
    }
}

static enum dgm_status check_count(struct encoder *encoder, const struct dgm_row *row,
                                   uint32_t rounds)
{
    uint32_t count;
    if ((row->flags & DGM_ROW_REST) || !(row->flags & (DGM_ROW_RECORD | DGM_ROW_ARRAY)))
        return DGM_OK;
    enum dgm_status status = count_of(encoder, row, &count);
    if (status != DGM_OK || count == rounds)
        return status;
    bool is_array = (row->flags & DGM_ROW_ARRAY) && row->member != DGM_NONE;
    const struct bound *bound = is_array ? &encoder->bound[row->member] : NULL;
    bool given = bound != NULL && bound->type != 0;
    status = encode_fail_row(encoder, DGM_COUNT_MISMATCH, row, given ? bound->at : 0);
    if (HAS_DETAILS && encoder->error != NULL) {
        encoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
        encoder->error->raw = rounds;
        encoder->error->expected = count;
    }
    return status;
}

/* Rounds that are collected keep their number with the case that they are. */
void encode_refresh_index(struct encoder *encoder)
{
    encoder->machine.index = 0;
    for (unsigned i = encoder->depth; i-- > 0;) {
        const struct encode_level *level = &encoder->levels[i];
        uint8_t op = encoder->rows[level->row].op;
        if (op == DGM_OP_REPEAT ||
            (HAS_TAGS && op == DGM_OP_CASE && level->index != UINT32_MAX)) {
            encoder->machine.index = level->index;
            return;
        }
    }
}

/* What follows belongs to the report as a whole. */
static ONE_COPY void take_report_time(struct encoder *encoder)
{
    encoder->envelope.roles[DGM_ROLE_EVENT_TIME] = encoder->report_time;
    if (HAS_DETAILS)
        encoder->envelope.role_at[DGM_ROLE_EVENT_TIME] = encoder->report_time_at;
}

static enum dgm_status leave_repeat(struct encoder *encoder, const struct dgm_row *row,
                                    uint32_t rounds, uint16_t *row_index)
{
    *row_index = encoder->levels[encoder->depth - 1].end;
    encoder->depth--;
    encode_refresh_index(encoder);
    if (row->flags & DGM_ROW_RECORD)
        take_report_time(encoder);
    if (row->slot != DGM_NONE)
        encoder->slots[row->slot] = value_u64(rounds);
    enum dgm_status status = check_count(encoder, row, rounds);
    return HAS_PLACES && status == DGM_OK && (row->flags & DGM_ROW_UNTIL)
               ? encode_end_mark(encoder, row)
               : status;
}

/* What an earlier round left is not what this one says. */
static void forget_slots(struct encoder *encoder, const struct encode_level *level)
{
    if (encoder->message->slots == 0)
        return;
    for (unsigned i = level->row + 1u; i < level->end; i++)
        if (encoder->rows[i].slot != DGM_NONE)
            encoder->slots[encoder->rows[i].slot] = value_missing();
}

static enum dgm_status next_round(struct encoder *encoder, uint16_t *row_index)
{
    struct encode_level *level = &encoder->levels[encoder->depth - 1];
    const struct dgm_row *row = &encoder->rows[level->row];
    enum dgm_status status = DGM_OK;
    bool more = level->left > 0;
    bool from_json = (row->flags & (DGM_ROW_RECORD | DGM_ROW_ARRAY)) != 0;
    if (level->index != UINT32_MAX) {
        if (HAS_PLACES)
            status = encode_close_region(encoder, level);
        if (HAS_PLACES && status == DGM_OK && (row->flags & DGM_ROW_UNTIL))
            status = encode_check_mark(encoder, level);
        if (status != DGM_OK)
            return status;
    }
    /* A counted round writes something: that alone bounds the walk by the longest frame.
     */
    if (!from_json && level->index != UINT32_MAX && encoder->length == level->began)
        return encode_fail_row(encoder, DGM_LENGTH, row, 0);
    level->began = encoder->length;
    level->index++;
    forget_slots(encoder, level);
    encoder->machine.index = level->index;
    if (row->flags & DGM_ROW_RECORD)
        status = next_record(encoder, level, &more);
    else if (row->flags & DGM_ROW_ARRAY)
        status = next_element(encoder, level, row, &more);
    else
        level->left -= more;
    if (status != DGM_OK)
        return status;
    if (!more)
        return leave_repeat(encoder, row, level->index, row_index);
    *row_index = (uint16_t)(level->row + 1);
    return DGM_OK;
}

/* Is a member of the rows given in the JSON? Then the rows may not be absent. */
const struct bound *encode_given_in(const struct encoder *encoder, uint16_t first,
                                    uint16_t end)
{
    for (unsigned i = first; i < end; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        uint16_t member = row->member;
        if (row_has_naming(row) && member != DGM_NONE &&
            !encode_find_name(encoder, row, &member))
            continue;
        if (member == DGM_NONE || encoder->bound[member].type == 0)
            continue;
        uint8_t kind = encoder->members[member].kind;
        if (kind == DGM_MEMBER_VALUE || kind == DGM_MEMBER_ARRAY)
            return &encoder->bound[member];
    }
    return NULL;
}

static enum dgm_status not_allowed(struct encoder *encoder, const struct bound *given)
{
    const struct dgm_member *member = &encoder->members[given - encoder->bound];
    return encode_fail(encoder, DGM_MEMBER_NOT_ALLOWED, member->path, given->at);
}

/* Has a row outside first..end the member, too? */
static bool is_shared(const struct encoder *encoder, uint16_t member, uint16_t first,
                      uint16_t end)
{
    for (unsigned i = 0; i < encoder->message->row_count; i++)
        if ((i < first || i >= end) && encoder->rows[i].member == member)
            return true;
    return false;
}

/* Does the JSON give another text for the member than the LITERAL row has? */
static bool contradicts(const struct encoder *encoder, const struct dgm_row *row,
                        uint16_t member)
{
    const struct dgm_choice *choice = &encoder->codec->choices[row->detail];
    const struct bound *given = &encoder->bound[member];
    struct json_reader reader;
    if (given->type == 0)
        return false;
    encode_reader(encoder, given->at, &reader);
    json_skip(&reader);
    return !json_text_equal(encoder->json + given->at, reader.position - given->at,
                            encoder->codec->pool + choice->text, choice->text_length);
}

/* Does the LITERAL row stand in for the member where its item is absent? */
static bool stands_in(const struct dgm_row *row, uint16_t member)
{
    return row->op == DGM_OP_LITERAL && row->member == DGM_NONE && row->spec == member;
}

/* Is the default given that decoding reports where the rows up to `end` are absent? */
static bool says_default(const struct encoder *encoder, uint16_t member, uint16_t end)
{
    return end < encoder->message->row_count && stands_in(&encoder->rows[end], member) &&
           !contradicts(encoder, &encoder->rows[end], member);
}

/* Given in rows that are absent. What other rows have, too, may still be written, as may
 * what a further record of a tag loop takes. */
static const struct bound *given_in_absent(struct encoder *encoder, uint16_t first,
                                           uint16_t end)
{
    for (unsigned i = first; i < end; i++) {
        const struct bound *given =
            encode_given_in(encoder, (uint16_t)i, (uint16_t)(i + 1));
        if (given == NULL)
            continue;
        bool is_written = encode_is_settled(encoder, given);
        if (!is_written && encoder->trials == 0 &&
            !is_shared(encoder, encoder->rows[i].member, first, end)) {
            if (!says_default(encoder, encoder->rows[i].member, end))
                return given;
            encode_take(encoder, &encoder->bound[encoder->rows[i].member]);
            continue;
        }
        encoder->waiting = encoder->waiting || !is_written;
    }
    return NULL;
}

/* The rows are done: has each member that waited found one? */
static enum dgm_status check_waiting(struct encoder *encoder, uint16_t first,
                                     uint16_t end)
{
    for (unsigned i = first; encoder->waiting && i < end; i++) {
        const struct bound *given =
            encode_given_in(encoder, (uint16_t)i, (uint16_t)(i + 1));
        if (given != NULL && !given->used)
            return not_allowed(encoder, given);
    }
    return DGM_OK;
}

static bool role_given_in(const struct encoder *encoder, uint16_t first, uint16_t end)
{
    for (unsigned i = first; i < end; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        if (row->role != DGM_ROLE_NONE && row->source == DGM_SOURCE_ROLE &&
            encoder->envelope.roles[row->role].kind != VALUE_MISSING)
            return true;
    }
    return false;
}

static ONE_COPY enum dgm_status row_present(struct encoder *encoder,
                                            const struct dgm_row *row, bool *ret)
{
    uint16_t first = (uint16_t)(row - encoder->rows);
    uint16_t end = (uint16_t)(first + 1 + dgm_row_span(row));
    *ret = true;
    if (HAS_PLACES && (row->flags & DGM_ROW_BY_LENGTH) && !encoder->total_known) {
        encoder->wants_total = true;
        *ret = encode_given_in(encoder, first, end) != NULL ||
               role_given_in(encoder, first, end);
        return DGM_OK;
    }
    if (row->when != DGM_NONE) {
        enum dgm_status status = machine_test(&encoder->machine, row->when, ret);
        if (status != DGM_OK)
            return encode_fail_row(encoder, status, row, 0);
        const struct bound *given = *ret ? NULL : given_in_absent(encoder, first, end);
        if (given != NULL)
            return not_allowed(encoder, given);
    }
    if (*ret && (row->flags & DGM_ROW_OPTIONAL)) {
        *ret = encode_given_in(encoder, first, end) != NULL ||
               role_given_in(encoder, first, end);
        if (!*ret && encoder->gap == NULL)
            encoder->gap = row;
        else if (*ret && encoder->gap != NULL)
            return encode_fail_row(encoder, DGM_MISSING_MEMBER, encoder->gap, 0);
    }
    return DGM_OK;
}

static enum dgm_status begin_bits(struct encoder *encoder, const struct dgm_row *row)
{
    encoder->bits = 0;
    encoder->bits_row = row;
    encoder->bits_left = row->detail;
    if (row->detail > 0)
        return DGM_OK;
    return encode_append(encoder, row, NULL, row->width / 8u);
}

/* Times of records come of base and step: others cannot be written. */
static enum dgm_status check_time(struct encoder *encoder, const struct dgm_row *row,
                                  const struct value *value)
{
    const struct value *given = &encoder->envelope.roles[DGM_ROLE_EVENT_TIME];
    if (row->role != DGM_ROLE_EVENT_TIME || value->kind == VALUE_MISSING ||
        given->kind == VALUE_MISSING || encoder->depth == 0 ||
        number_order(&value->number, &given->number) == 0)
        return DGM_OK;
    return encode_fail_text(encoder, DGM_INEXACT, row->path,
                            encoder->envelope.role_at[DGM_ROLE_EVENT_TIME],
                            "the time of this record does not follow from the others");
}

static enum dgm_status write_value(struct encoder *encoder, const struct dgm_row *row)
{
    struct value value;
    bool is_part = HAS_TEXTS && row->source == DGM_SOURCE_PART;
    if (row->slot == DGM_NONE && !is_part && !row_has_series(row) &&
        row->role != DGM_ROLE_EVENT_TIME)
        return DGM_OK;
    enum dgm_status status = machine_run(&encoder->machine, row->expr, &value);
    if (status == DGM_OK && row->slot != DGM_NONE)
        encoder->slots[row->slot] = value;
    if (HAS_SERIES && status == DGM_OK)
        status = series_note(encoder->codec, row, encoder->slots, &value);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, 0);
    return is_part ? encode_check_part(encoder, row, &value)
                   : check_time(encoder, row, &value);
}

/* What decode would refuse is not written either; warnings are for the reader of data. */
static enum dgm_status refuse_notice(struct encoder *encoder, const struct dgm_row *row)
{
    if (!(row->flags & DGM_ROW_REFUSE))
        return DGM_OK;
    enum dgm_status status = encode_fail_row(encoder, DGM_REFUSED, row, 0);
    if (encoder->error != NULL)
        encoder->error->detail = encoder->codec->pool + row->key;
    return status;
}

bool encode_contradicts(const struct encoder *encoder, const struct dgm_row *row)
{
    return row->member != DGM_NONE && contradicts(encoder, row, row->member);
}

/* A literal writes nothing, but what is given for it must agree. */
static enum dgm_status check_literal(struct encoder *encoder, const struct dgm_row *row)
{
    if (!encode_contradicts(encoder, row))
        return DGM_OK;
    return encode_fail_row(encoder, DGM_CONST, row, encoder->bound[row->member].at);
}

static ONE_COPY enum dgm_status write_row(struct encoder *encoder,
                                          const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BIT:
    case DGM_OP_FLOAT:
    case DGM_OP_FIELD:
    case DGM_OP_DIGITS:
        return encode_integer_row(encoder, row);
    case DGM_OP_STREAM:
        return HAS_STREAMS ? encode_stream(encoder, row) : DGM_INTERNAL;
    case DGM_OP_JOIN:
        return HAS_STREAMS ? encode_join(encoder, row) : DGM_INTERNAL;
    case DGM_OP_JOIN_BYTES:
        return HAS_STREAMS ? encode_join_bytes(encoder, row) : DGM_INTERNAL;
    case DGM_OP_MOMENT:
        return HAS_FORMATS ? encode_moment(encoder, row) : DGM_INTERNAL;
    case DGM_OP_BITS:
        return begin_bits(encoder, row);
    case DGM_OP_CHECK:
        return encode_postpone(encoder, row);
    case DGM_OP_NOTICE:
        return refuse_notice(encoder, row);
    case DGM_OP_BYTES:
        return encode_bytes_row(encoder, row);
    case DGM_OP_VALUE:
        return write_value(encoder, row);
    case DGM_OP_LITERAL:
        return check_literal(encoder, row);
    case DGM_OP_GROUP:
        encode_push(encoder, row);
        if (HAS_HOOKS)
            encode_open_hook(encoder, &encoder->levels[encoder->depth - 1], row);
        return DGM_OK;
    case DGM_OP_TEXT:
        encode_push(encoder, row);
        return HAS_TEXTS ? encode_text_begin(encoder, row) : DGM_INTERNAL;
    case DGM_OP_SPAN:
        encode_push(encoder, row);
        return DGM_OK;
    case DGM_OP_AGREE:
        return HAS_PLACES ? encode_agree(encoder, row) : DGM_INTERNAL;
    case DGM_OP_AT:
        return HAS_PLACES ? encode_at(encoder, encode_push(encoder, row), row)
                          : DGM_INTERNAL;
    case DGM_OP_REPEAT:
        return begin_repeat(encoder, row);
    case DGM_OP_TLV:
        return HAS_TAGS ? encode_loop(encoder, row) : DGM_INTERNAL;
    default:
        return DGM_OK;
    }
}

/* The row takes its member, which decode would find twice if another has it. */
static enum dgm_status note_member(struct encoder *encoder, const struct dgm_row *row)
{
    uint16_t member = row->member;
    encoder->numbered = NULL;
    if (member == DGM_NONE)
        return DGM_OK;
    if (row_has_naming(row)) {
        if (!encode_find_name(encoder, row, &member))
            return encode_fail_row(encoder, DGM_NOT_ENCODABLE, row, 0);
        encoder->numbered = row;
        encoder->number_member = member;
    }
    struct bound *bound = &encoder->bound[member];
    if (HAS_TAGS && (row->flags & DGM_ROW_SHARED) && encoder->trials == 0 &&
        bound->type != 0 && bound->used == 1)
        return encode_fail_row(encoder, DGM_DUPLICATE_MEMBER, row, bound->at);
    encode_take(encoder, bound);
    return DGM_OK;
}

static enum dgm_status step(struct encoder *encoder, uint16_t *row_index)
{
    const struct dgm_row *row = &encoder->rows[*row_index];
    bool present;
    enum dgm_status status = row_present(encoder, row, &present);
    if (status != DGM_OK)
        return status;
    if (!present) {
        *row_index = (uint16_t)(*row_index + 1 + dgm_row_span(row));
        return DGM_OK;
    }
    status = note_member(encoder, row);
    if (status != DGM_OK)
        return status;
    status = write_row(encoder, row);
    if (status != DGM_OK)
        return status;
    if (row->op == DGM_OP_REPEAT)
        return next_round(encoder, row_index);
    *row_index = (uint16_t)(*row_index + 1 + (row->op == DGM_OP_TLV ? row->detail : 0));
    return DGM_OK;
}

static enum dgm_status leave_group(struct encoder *encoder)
{
    struct encode_level *level = &encoder->levels[encoder->depth - 1];
    const struct dgm_row *row = &encoder->rows[level->row];
    enum dgm_status status = DGM_OK;
    if (HAS_HOOKS)
        status = encode_close_hook(encoder, level, row);
    if (HAS_PLACES && status == DGM_OK)
        status = encode_close_region(encoder, level);
    encoder->text_row = NULL; /* texts do not nest */
    if (HAS_SERIES && status == DGM_OK && (row->flags & DGM_ROW_SILENT))
        status = encode_check_silent(encoder, level);
    if (HAS_PLACES && row->op == DGM_OP_AT)
        encoder->length = level->began;
    if (HAS_PLACES && row->op == DGM_OP_SPAN)
        encode_note_span(encoder, level);
    encoder->depth--;
    return status;
}

/* Members of records and elements are bound anew for the next round. */
static enum dgm_status end_round(struct encoder *encoder,
                                 const struct encode_level *level, uint16_t *row_index)
{
    const struct dgm_row *row = &encoder->rows[level->row];
    uint16_t first = (uint16_t)(level->row + 1);
    enum dgm_status status = check_waiting(encoder, first, level->end);
    if (HAS_TAGS && status == DGM_OK && (row->flags & (DGM_ROW_RECORD | DGM_ROW_ARRAY)) &&
        level->index != UINT32_MAX)
        status = encode_check_names(encoder, first, level->end);
    return status == DGM_OK ? next_round(encoder, row_index) : status;
}

enum dgm_status encode_rows(struct encoder *encoder, uint16_t first, uint16_t end)
{
    const unsigned outside = encoder->depth;
    uint16_t row_index = first;
    for (;;) {
        enum dgm_status status = DGM_OK;
        const struct encode_level *level =
            encoder->depth > outside ? &encoder->levels[encoder->depth - 1] : NULL;
        if (level != NULL && row_index == level->end) {
            if (encoder->rows[level->row].op == DGM_OP_REPEAT)
                status = end_round(encoder, level, &row_index);
            else
                status = leave_group(encoder);
        } else if (row_index == end) {
            return DGM_OK;
        } else {
            status = step(encoder, &row_index);
        }
        if (status != DGM_OK) {
            if (HAS_HOOKS)
                encode_abandon_hooks(encoder, outside);
            return status;
        }
    }
}

static enum dgm_status walk_once(struct encoder *encoder)
{
    encoder->length = encoder->written = 0;
    encoder->fixup_count = 0;
    encoder->waiting = false;
    encoder->frame = encoder->wire_frame;
    encoder->frame_size = encoder->wire_size;
    encoder->depth = 0;
    encoder->gap = NULL;
    encoder->text_row = NULL;
    encoder->numbered = NULL;
    encoder->machine.index = 0;
    for (unsigned i = 0; i < encoder->message->member_count; i++)
        encoder->bound[i].used = false;
    take_report_time(encoder);
    for (unsigned i = 0; i < encoder->message->slots; i++)
        encoder->slots[i] = value_missing();
    enum dgm_status status = encode_rows(encoder, 0, encoder->message->row_count);
    if (status == DGM_OK)
        status = check_waiting(encoder, 0, encoder->message->row_count);
    return HAS_TAGS && status == DGM_OK
               ? encode_check_names(encoder, 0, encoder->message->row_count)
               : status;
}

enum dgm_status encode_walk(struct encoder *encoder)
{
    encoder->total_known = encoder->wants_total = false;
    enum dgm_status status = walk_once(encoder);
    for (unsigned i = 0; status == DGM_OK && encoder->wants_total && i < MAX_WALKS; i++) {
        size_t before = encoder->length;
        encoder->total = before;
        encoder->total_known = true;
        status = walk_once(encoder);
        if (status == DGM_OK && encoder->length == before)
            return DGM_OK;
    }
    if (status != DGM_OK || !encoder->wants_total)
        return status;
    return encode_fail_text(encoder, DGM_LENGTH, encoder->message->name, 0,
                            "no length of the frame agrees with what depends on it");
}
