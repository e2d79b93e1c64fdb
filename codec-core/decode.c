/* SPDX-License-Identifier: MIT */
/*
 * The decoder's walk: one switch over the rows, an explicit stack for groups and
 * repetitions, once per pass. Members print as they are read; see "Passes" in
 * dragoman/table.h.
 */
#include "decode.h"

#include <string.h>
#include "frame.h"
#include "framing.h"
#include "plan.h"
#include "scaling.h"
#include "series.h"
#include "stream.h"

static size_t left_of(const void *decoder)
{
    return decode_left(decoder);
}

void decoder_init(struct decoder *decoder, const struct dgm_codec *codec,
                  const struct dgm_call *call, const uint8_t *frame, size_t length)
{
    memset(decoder, 0, offsetof(struct decoder, tags));
    decoder->codec = codec;
    decoder->call = call;
    decoder->shape = call->shape == DGM_SHAPE_AUTO ? DGM_SHAPE_PLAIN : call->shape;
    decoder->frame = frame;
    decoder->length = length;
    decoder->service = DGM_NONE;
    decoder->array_service = DGM_NONE;
    decoder->machine.codec = codec;
    decoder->machine.call = call;
    decoder->machine.frame_length = length;
    decoder->machine.frame = frame != NULL ? frame : (const uint8_t *)"";
    decoder->machine.start = &decoder->start;
    decoder->machine.end = &decoder->end;
    decoder->machine.left = left_of;
    decoder->machine.decoder = decoder;
}

static size_t kept_count(const struct dgm_codec *codec)
{
    return HAS_TAGS && codec->model->loops.count > 0 ? LOOP_KEPT_MAX : 0;
}

static size_t name_words(const struct dgm_codec *codec)
{
    return HAS_TAGS && codec->has_names ? (codec->members_max + 63) / 64 : 0;
}

size_t decode_walk_size(const struct dgm_codec *codec)
{
    return codec->depth_max * sizeof(struct level) +
           kept_count(codec) * sizeof(struct kept) + name_words(codec) * sizeof(uint64_t);
}

void decoder_place(struct decoder *decoder, void *memory)
{
    const struct dgm_codec *codec = decoder->codec;
    decoder->named = memory;
    decoder->kept = NULL;
    decoder->levels = NULL;
    if (memory == NULL)
        return;
    decoder->kept = (struct kept *)(void *)(decoder->named + name_words(codec));
    decoder->levels = (struct level *)(void *)(decoder->kept + kept_count(codec));
}

void decode_clear_names(struct decoder *decoder)
{
    size_t words = name_words(decoder->codec);
    if (HAS_TAGS && words > 0) /* or there may be no memory at all */
        memset(decoder->named, 0, words * sizeof(uint64_t));
}

void decode_locate(const struct decoder *decoder, struct dgm_error *error,
                   enum dgm_status status, const struct dgm_row *row, size_t at)
{
    error->status = status;
    error->place = DGM_PLACE_FRAME;
    error->offset = (uint32_t)(decoder->in_hook ? decoder->hooked_at : at);
    if (row != NULL) {
        error->path = row->path;
        if (HAS_DETAILS && row->op == DGM_OP_BIT) {
            unsigned top = decoder->bits_width - row->shift - row->width;
            error->has |= DGM_ERROR_HAS_BIT;
            error->bit = (uint8_t)(7 - top % 8);
        } else if (HAS_DETAILS && HAS_STREAMS && row->op == DGM_OP_FIELD) {
            error->has |= DGM_ERROR_HAS_BIT;
            error->bit = stream_top_bit(row);
        }
    }
    for (unsigned i = 0; i < decoder->depth; i++) {
        const struct level *level = &decoder->levels[i];
        if (decoder->rows[level->row].op != DGM_OP_REPEAT)
            continue;
        if (error->index_count < DGM_ERROR_INDICES)
            error->index[error->index_count++] = (uint16_t)level->index;
    }
}

enum dgm_status decode_fail(struct decoder *decoder, enum dgm_status status,
                            const struct dgm_row *row, size_t at)
{
    if (decoder->error != NULL) {
        memset(decoder->error, 0, sizeof(*decoder->error));
        decode_locate(decoder, decoder->error, status, row, at);
    }
    return status;
}

void decode_notice(struct decoder *decoder, const struct dgm_error *notice)
{
    if (!decoder->reporting)
        return;
    if (decoder->notice_count < decoder->notice_capacity)
        decoder->notices[decoder->notice_count] = *notice;
    decoder->notice_count++;
}

bool decode_begin_value(struct decoder *decoder, const struct dgm_row *row)
{
    if (decode_in_text(decoder)) {
        decode_begin_part(decoder);
        return true;
    }
    if (row->pass != decoder->pass ||
        (!(row->flags & DGM_ROW_NAMED) && !row_is_element(row)))
        return false;
    if (decode_in_loop(decoder) && !decode_loop_prints(decoder, row))
        return false;
    bool collected = HAS_TAGS && decoder->tags.inside == 0 &&
                     (row->flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) != 0;
    if (HAS_TAGS && (row->flags & DGM_ROW_SHARED) && !collected)
        decode_note_shared(decoder, row);
    if ((row->flags & DGM_ROW_NAMED) && row_has_naming(row)) {
        if (row != decoder->numbered || decoder->number_member == DGM_NONE)
            return false;
        decode_put_name(decoder);
    } else if ((row->flags & DGM_ROW_NAMED) && !collected) {
        /* A ready key begins with a comma, which the first member does without. */
        size_t skip = decoder->first ? 1 : 0;
        json_put(&decoder->out, decoder->codec->pool + row->key + skip,
                 row->key_length - skip);
    } else if (!decoder->first) {
        json_put_char(&decoder->out, ',');
    }
    decoder->first = false;
    if (collected && (row->flags & DGM_ROW_KEEP))
        decode_put_tag(decoder, row);
    return true;
}

enum dgm_status decode_truncated(struct decoder *decoder, const struct dgm_row *row,
                                 size_t needed)
{
    enum dgm_status status = decode_fail(decoder, DGM_TRUNCATED, row, decoder->position);
    if (HAS_DETAILS && decoder->error != NULL) {
        decoder->error->has |= DGM_ERROR_HAS_EXPECTED | DGM_ERROR_HAS_RAW;
        decoder->error->expected = needed;
        decoder->error->raw = decode_available(decoder);
        decoder->error->has &= ~(uint32_t)DGM_ERROR_HAS_BIT;
    }
    return status;
}

/* Read an integer of whole bytes at the position and move it. */
static enum dgm_status read_integer(struct decoder *decoder, const struct dgm_row *row,
                                    uint64_t *ret)
{
    unsigned bytes = row->width / 8u;
    size_t left = decode_available(decoder);
    if (left >= bytes) {
        *ret = frame_load(decoder->frame + decoder->position, bytes, row->order);
        decoder->position += bytes;
        return DGM_OK;
    }
    if (!decode_fills(decoder))
        return decode_truncated(decoder, row, bytes);
    uint8_t padded[8] = {0};
    if (left > 0)
        memcpy(padded, decoder->frame + decoder->position, left);
    *ret = frame_load(padded, bytes, row->order);
    decoder->position = decoder->end;
    return DGM_OK;
}

static enum dgm_status walk_int(struct decoder *decoder, const struct dgm_row *row)
{
    size_t at = decoder->position;
    uint64_t raw;
    enum dgm_status status = read_integer(decoder, row, &raw);
    return status == DGM_OK ? decode_integer(decoder, row, raw_of_wire(row, raw), at)
                            : status;
}

static enum dgm_status walk_float(struct decoder *decoder, const struct dgm_row *row)
{
    size_t at = decoder->position;
    uint64_t bits;
    enum dgm_status status = read_integer(decoder, row, &bits);
    return status == DGM_OK ? decode_float(decoder, row, bits, at) : status;
}

static enum dgm_status walk_bits(struct decoder *decoder, const struct dgm_row *row)
{
    decoder->bits_at = decoder->position;
    decoder->bits_width = row->width;
    decoder->bits_order = row->order;
    return read_integer(decoder, row, &decoder->bits);
}

/* Byte of the frame that holds the top bit of a bit field. */
static size_t bit_byte(const struct decoder *decoder, const struct dgm_row *row)
{
    unsigned top = decoder->bits_width - row->shift - row->width;
    return decoder->bits_at +
           order_place(decoder->bits_order, decoder->bits_width / 8, top / 8);
}

static enum dgm_status walk_bit(struct decoder *decoder, const struct dgm_row *row)
{
    uint64_t raw = decoder->bits >> row->shift & width_mask(row->width);
    return decode_integer(decoder, row, raw_of_wire(row, raw), bit_byte(decoder, row));
}

static enum dgm_status give_notice(struct decoder *decoder, const struct dgm_row *row)
{
    struct dgm_error found;
    bool refuse = (row->flags & DGM_ROW_REFUSE) != 0;
    memset(&found, 0, sizeof(found));
    decode_locate(decoder, &found, refuse ? DGM_REFUSED : DGM_WARNING, row,
                  decoder->position);
    found.detail = decoder->codec->pool + row->key;
    if (!refuse) {
        decode_notice(decoder, &found);
        return DGM_OK;
    }
    if (decoder->error != NULL)
        *decoder->error = found;
    return DGM_REFUSED;
}

static void put_choice(struct decoder *decoder, const struct dgm_row *row)
{
    const struct dgm_choice *choice = &decoder->codec->choices[row->detail];
    if (row->role == DGM_ROLE_IDENTIFIER) {
        const struct role role = {.literal = choice};
        decoder->role_details[row->role] = role;
        decoder->roles[row->role] = value_u64(0);
    }
    if (decode_begin_value(decoder, row))
        json_put(&decoder->out, decoder->codec->pool + choice->text, choice->text_length);
}

/* What an earlier round left is not what this one says. */
static void forget_slots(struct decoder *decoder, const struct level *level)
{
    if (decoder->message->slots == 0)
        return;
    for (unsigned i = level->row + 1u; i < level->end; i++)
        if (decoder->rows[i].slot != DGM_NONE)
            decoder->slots[decoder->rows[i].slot] = value_missing();
}

/* Members stand in an object, or in an array that gives each its place. */
static void open_members(struct decoder *decoder, const struct dgm_row *row)
{
    json_put_char(&decoder->out, row_is_tuple(row) ? '[' : '{');
    decoder->first = true;
}

static void close_members(struct decoder *decoder, const struct dgm_row *row)
{
    json_put_char(&decoder->out, row_is_tuple(row) ? ']' : '}');
    decoder->first = false;
}

/* Open what begins with a repetition's next round. */
static enum dgm_status begin_round(struct decoder *decoder, struct level *level,
                                   const struct dgm_row *row)
{
    size_t size = 0;
    enum dgm_status status = DGM_OK;
    level->began = decoder->position;
    if (row_has_region(row))
        status = decode_region_size(decoder, row, &size);
    if (status == DGM_OK && row_has_region(row))
        status = decode_open_region(decoder, level, row, size);
    if (status != DGM_OK)
        return status;
    if (row->flags & DGM_ROW_RECORD) {
        decoder->in_record = true;
        decoder->record_time = value_missing();
        if (row->pass == decoder->pass)
            envelope_open_service(decoder, row->limit);
    } else if (level->prints && (row->flags & DGM_ROW_OBJECT)) {
        if (!decoder->first)
            json_put_char(&decoder->out, ',');
        open_members(decoder, row);
    }
    return DGM_OK;
}

static enum dgm_status end_round(struct decoder *decoder, struct level *level,
                                 const struct dgm_row *row)
{
    if (row->flags & DGM_ROW_RECORD) {
        decoder->in_record = false;
        if (row->pass == decoder->pass)
            envelope_close_service(decoder, &decoder->record_time);
    } else if (level->prints && (row->flags & DGM_ROW_OBJECT)) {
        close_members(decoder, row);
    }
    return HAS_PLACES ? decode_close_region(decoder, level, row) : DGM_OK;
}

struct level *decode_push_level(struct decoder *decoder, uint16_t row)
{
    struct level *level = &decoder->levels[decoder->depth++];
    memset(level, 0, sizeof(*level));
    level->row = row;
    level->end = (uint16_t)(row + 1 + decoder->rows[row].detail);
    level->mark = decoder->out.length;
    level->outer_first = decoder->first;
    level->began = decoder->position;
    return level;
}

static enum dgm_status walk_group(struct decoder *decoder, const struct dgm_row *row)
{
    size_t size = 0;
    enum dgm_status status = DGM_OK;
    if (row_has_region(row))
        status = decode_region_size(decoder, row, &size);
    if (status != DGM_OK)
        return status;
    struct level *level = decode_push_level(decoder, (uint16_t)(row - decoder->rows));
    if (row_has_region(row))
        status = decode_open_region(decoder, level, row, size);
    if (HAS_HOOKS && status == DGM_OK && (row->flags & DGM_ROW_HOOK))
        status = decode_open_hook(decoder, level, row);
    if (status != DGM_OK || !(row->flags & DGM_ROW_OBJECT))
        return status;
    bool prints = decode_begin_value(decoder, row);
    if (HAS_TAGS)
        decode_loop_enter(decoder, level, prints);
    if (!prints)
        return DGM_OK;
    open_members(decoder, row);
    level->prints = true;
    return DGM_OK;
}

/* How often? A count is whole and not negative. */
static enum dgm_status repeat_count(struct decoder *decoder, const struct dgm_row *row,
                                    uint32_t *ret)
{
    if (row->flags & DGM_ROW_REST) {
        *ret = UINT32_MAX;
        return DGM_OK;
    }
    enum dgm_status status = machine_count(&decoder->machine, row->expr, ret);
    return status == DGM_OK ? DGM_OK
                            : decode_fail(decoder, status, row, decoder->position);
}

static enum dgm_status walk_repeat(struct decoder *decoder, const struct dgm_row *row)
{
    uint32_t count = 0;
    enum dgm_status status = repeat_count(decoder, row, &count);
    if (status != DGM_OK)
        return status;
    struct level *level = decode_push_level(decoder, (uint16_t)(row - decoder->rows));
    level->left = count;
    level->index = UINT32_MAX; /* the first round makes it 0 */
    if (HAS_SERIES)
        series_reset(decoder->codec, decoder->rows, level->row + 1u, level->end,
                     decoder->slots);
    if (!(row->flags & DGM_ROW_ARRAY))
        return DGM_OK;
    bool prints = decode_begin_value(decoder, row);
    if (HAS_TAGS)
        decode_loop_enter(decoder, level, prints);
    if (prints) {
        json_put_char(&decoder->out, '[');
        level->prints = true;
        decoder->first = true;
    }
    return DGM_OK;
}

/* Are these the rounds of a repetition? */
static bool has_rounds(const struct decoder *decoder, const struct dgm_row *row)
{
    return row->op == DGM_OP_REPEAT || (HAS_TAGS && row->op == DGM_OP_TLV &&
                                        decoder->codec->loops[row->spec].tag_rows == 0);
}

void decode_refresh_index(struct decoder *decoder)
{
    decoder->machine.index = 0;
    for (unsigned i = decoder->depth; i-- > 0;) {
        if (has_rounds(decoder, &decoder->rows[decoder->levels[i].row])) {
            decoder->machine.index = decoder->levels[i].index;
            return;
        }
    }
}

static bool has_next_round(const struct decoder *decoder, const struct level *level)
{
    if (level->left == UINT32_MAX)
        return decode_left(decoder) > 0;
    return level->left > 0;
}

/* At the end of a repetition's rows, or before its first round: go on or leave. */
static enum dgm_status next_round(struct decoder *decoder, uint16_t *row_index)
{
    struct level *level = &decoder->levels[decoder->depth - 1];
    const struct dgm_row *row = &decoder->rows[level->row];
    bool started = level->index != UINT32_MAX;
    if (started) {
        enum dgm_status status = end_round(decoder, level, row);
        if (status != DGM_OK)
            return status;
        /* Every round moves on: that alone bounds the walk by the frame's length. */
        if (decoder->position == level->began)
            return decode_fail(decoder, DGM_LENGTH, row, decoder->position);
    }
    bool ended = !has_next_round(decoder, level);
    if (HAS_PLACES && (row->flags & DGM_ROW_UNTIL)) {
        enum dgm_status status = decode_end_mark(decoder, row, &ended);
        if (status != DGM_OK)
            return status;
    }
    if (!ended) {
        level->index++;
        if (level->left != UINT32_MAX)
            level->left--;
        decoder->machine.index = level->index;
        forget_slots(decoder, level);
        if (HAS_TAGS && (row->flags & (DGM_ROW_RECORD | DGM_ROW_OBJECT)))
            decode_forget_names(decoder, level);
        *row_index = (uint16_t)(level->row + 1);
        return begin_round(decoder, level, row);
    }
    uint32_t rounds = level->index + 1;
    if (row->slot != DGM_NONE)
        decoder->slots[row->slot] = value_u64(rounds);
    if (level->prints) {
        json_put_char(&decoder->out, ']');
        decoder->first = false;
    }
    if (HAS_TAGS)
        decode_loop_leave(decoder, level);
    *row_index = level->end;
    decoder->depth--;
    decode_refresh_index(decoder);
    return DGM_OK;
}

/* A nested object without members disappears. */
static enum dgm_status leave_group(struct decoder *decoder)
{
    struct level *level = &decoder->levels[decoder->depth - 1];
    const struct dgm_row *row = &decoder->rows[level->row];
    enum dgm_status status = DGM_OK;
    if (HAS_HOOKS)
        status = decode_close_hook(decoder, level, row);
    if (HAS_PLACES && status == DGM_OK)
        status = decode_close_region(decoder, level, row);
    if (HAS_PLACES && row->op == DGM_OP_AT)
        decoder->position = level->began;
    if (HAS_TAGS)
        decode_loop_leave(decoder, level);
    if (HAS_PLACES && row->op == DGM_OP_SPAN)
        decode_note_span(decoder, level);
    decoder->depth--;
    if (status != DGM_OK || !level->prints)
        return status;
    if (decoder->first && !row_is_element(row)) {
        decoder->out.length = level->mark;
        decoder->first = level->outer_first;
        if (HAS_TAGS)
            decode_forget_shared(decoder, row);
        return DGM_OK;
    }
    close_members(decoder, row);
    return DGM_OK;
}

static enum dgm_status walk_at(struct decoder *decoder, const struct dgm_row *row)
{
    struct level *level = decode_push_level(decoder, (uint16_t)(row - decoder->rows));
    return decode_at(decoder, level, row);
}

enum dgm_status decode_row(struct decoder *decoder, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
        return walk_int(decoder, row);
    case DGM_OP_BITS:
        return walk_bits(decoder, row);
    case DGM_OP_BIT:
        return walk_bit(decoder, row);
    case DGM_OP_STREAM:
        return HAS_STREAMS ? decode_stream(decoder, row) : DGM_INTERNAL;
    case DGM_OP_FIELD:
        return HAS_STREAMS ? decode_field(decoder, row) : DGM_INTERNAL;
    case DGM_OP_JOIN:
        return HAS_STREAMS ? decode_join(decoder, row) : DGM_INTERNAL;
    case DGM_OP_JOIN_BYTES:
        return HAS_STREAMS ? decode_join_bytes(decoder, row) : DGM_INTERNAL;
    case DGM_OP_MOMENT:
        return HAS_FORMATS ? decode_moment(decoder, row) : DGM_INTERNAL;
    case DGM_OP_BYTES:
        return decode_bytes(decoder, row);
    case DGM_OP_FLOAT:
        return HAS_FLOATS ? walk_float(decoder, row) : DGM_INTERNAL;
    case DGM_OP_DIGITS:
        return HAS_FORMATS ? decode_digits(decoder, row) : DGM_INTERNAL;
    case DGM_OP_ECHO:
        return HAS_HOOKS ? decode_echo(decoder, row) : DGM_INTERNAL;
    case DGM_OP_CHECK:
        return decode_check(decoder, row);
    case DGM_OP_AGREE:
        return HAS_PLACES ? decode_agree(decoder, row) : DGM_INTERNAL;
    case DGM_OP_SPAN:
        (void)decode_push_level(decoder, (uint16_t)(row - decoder->rows));
        return DGM_OK;
    case DGM_OP_NOTICE:
        return give_notice(decoder, row);
    case DGM_OP_VALUE:
        return decode_value(decoder, row);
    case DGM_OP_LITERAL:
        put_choice(decoder, row);
        return DGM_OK;
    case DGM_OP_GROUP:
        return walk_group(decoder, row);
    case DGM_OP_AT:
        return HAS_PLACES ? walk_at(decoder, row) : DGM_INTERNAL;
    case DGM_OP_REPEAT:
        return walk_repeat(decoder, row);
    case DGM_OP_TEXT:
        if (HAS_TEXTS)
            decode_text_begin(decoder, row);
        return DGM_OK;
    case DGM_OP_CASE:
        return HAS_TAGS ? decode_begin_case(decoder, row) : DGM_INTERNAL;
    case DGM_OP_TLV:
    case DGM_OP_CHOOSE:
        return DGM_OK; /* the walk itself turns there */
    case DGM_OP_SERVICE:
        if (row->pass == decoder->pass)
            envelope_open_service(decoder, row->detail);
        return DGM_OK;
    case DGM_OP_SERVICE_END:
        if (row->pass == decoder->pass && decoder->service_open)
            envelope_close_service(decoder, NULL);
        return DGM_OK;
    case DGM_OP_OBJECT:
        if (HAS_PLACES && row->pass == decoder->pass)
            decode_open_object(decoder, row);
        return DGM_OK;
    case DGM_OP_OBJECT_END:
        if (HAS_PLACES && row->pass == decoder->pass)
            decode_close_object(decoder);
        return DGM_OK;
    default:
        return DGM_INTERNAL;
    }
}

/* The fields of a group that is no reading give their arrays an element all the same. */
static void leave_out_collected(struct decoder *decoder, const struct dgm_row *group)
{
    for (unsigned i = 1; i <= dgm_row_span(group); i++)
        if (group[i].flags & DGM_ROW_COLLECT)
            decode_leave_out(decoder, &group[i]);
}

/* Is the row there? False also for an optional row at the end of the frame. */
static enum dgm_status row_present(struct decoder *decoder, const struct dgm_row *row,
                                   bool *ret)
{
    *ret = true;
    if (row->when != DGM_NONE) {
        enum dgm_status status = machine_test(&decoder->machine, row->when, ret);
        if (status != DGM_OK)
            return decode_fail(decoder, status, row, decoder->position);
    }
    if ((row->flags & DGM_ROW_OPTIONAL) && decode_left(decoder) == 0)
        *ret = false;
    size_t size;
    /* An empty frame has no address to add to. */
    if (HAS_SERIES && *ret && (row->flags & DGM_ROW_SILENT) &&
        decode_available(decoder) > 0 &&
        silent_group(decoder->codec, row, decoder->frame + decoder->position,
                     decode_available(decoder), &size)) {
        decoder->position += size;
        *ret = false;
        leave_out_collected(decoder, row);
    }
    return DGM_OK;
}

static enum dgm_status step(struct decoder *decoder, uint16_t *row_index)
{
    const struct dgm_row *row = &decoder->rows[*row_index];
    bool present;
    enum dgm_status status = row_present(decoder, row, &present);
    if (status != DGM_OK)
        return status;
    bool noted = HAS_VISITS && decoder->visits != NULL;
    size_t visit = noted ? visit_begin(decoder, row, present) : 0;
    if (!present) {
        *row_index = (uint16_t)(*row_index + 1 + dgm_row_span(row));
        return DGM_OK;
    }
    unsigned depth = decoder->depth;
    bool in_text = HAS_TEXTS && depth > 0 &&
                   decoder->rows[decoder->levels[depth - 1].row].op == DGM_OP_TEXT;
    if (in_text)
        decode_text_before(decoder, *row_index);
    if (row_has_naming(row) && (row->flags & DGM_ROW_NAMED)) {
        status = decode_find_name(decoder, row);
        if (status != DGM_OK)
            return status;
    }
    status = decode_row(decoder, row);
    if (status != DGM_OK)
        return status;
    if (noted)
        visit_end(decoder, row, visit);
    if (in_text)
        decode_text_after(decoder);
    if (row->op == DGM_OP_REPEAT && decoder->depth > depth)
        return next_round(decoder, row_index);
    if (HAS_TAGS && row->op == DGM_OP_TLV)
        return decode_begin_loop(decoder, row, row_index);
    if (HAS_TAGS && row->op == DGM_OP_CHOOSE)
        return decode_choose(decoder, row, row_index);
    *row_index = (uint16_t)(*row_index + 1);
    return DGM_OK;
}

/* The rows of the innermost level are done. */
static enum dgm_status leave_level(struct decoder *decoder, uint16_t *row_index)
{
    switch (decoder->rows[decoder->levels[decoder->depth - 1].row].op) {
    case DGM_OP_REPEAT:
        return next_round(decoder, row_index);
    case DGM_OP_TLV:
        return HAS_TAGS ? decode_next_record(decoder, row_index) : DGM_INTERNAL;
    case DGM_OP_CASE:
        return HAS_TAGS ? decode_leave_case(decoder, row_index) : DGM_INTERNAL;
    case DGM_OP_TEXT:
        if (HAS_TEXTS)
            decode_text_end(decoder, row_index);
        return DGM_OK;
    default:
        return leave_group(decoder);
    }
}

enum dgm_status decode_rows(struct decoder *decoder, uint16_t first, uint16_t end)
{
    uint16_t row_index = first;
    for (;;) {
        enum dgm_status status = DGM_OK;
        const struct level *level =
            decoder->depth > 0 ? &decoder->levels[decoder->depth - 1] : NULL;
        if (level != NULL && row_index == level->end) {
            status = leave_level(decoder, &row_index);
        } else if (row_index == end) {
            return DGM_OK;
        } else {
            status = step(decoder, &row_index);
        }
        if (status != DGM_OK)
            return status;
    }
}

static enum dgm_status walk_pass(struct decoder *decoder)
{
    const struct dgm_message *message = decoder->message;
    decoder->position = decoder->start = 0;
    decoder->end = decoder->length;
    decoder->regions = 0;
    decoder->depth = 0;
    decoder->machine.index = 0;
    decode_clear_names(decoder);
    decoder->tags.loop = NULL;
    decoder->tags.inside = decoder->tags.muted = 0;
    decoder->loop_count = decoder->kept_count = 0;
    for (unsigned i = 0; i < message->slots; i++)
        decoder->slots[i] = value_missing();
    return decode_rows(decoder, 0, message->row_count);
}

/* Nothing is left behind the layout, and the layout itself is no longer than promised. */
static enum dgm_status check_end(struct decoder *decoder)
{
    if (decoder->position > decoder->message->frame_max)
        return decode_fail(decoder, DGM_LIMIT, NULL, decoder->message->frame_max);
    if (decoder->position == decoder->length ||
        (decoder->message->flags & DGM_MESSAGE_IGNORE_TRAILING))
        return DGM_OK;
    enum dgm_status status =
        decode_fail(decoder, DGM_TRAILING_BYTES, NULL, decoder->position);
    if (HAS_DETAILS && decoder->error != NULL) {
        decoder->error->has |= DGM_ERROR_HAS_RAW;
        decoder->error->raw = decoder->length - decoder->position;
    }
    return status;
}

enum dgm_status decode_message(struct decoder *decoder)
{
    const struct dgm_message *message = decoder->message;
    decoder->rows = decoder->codec->rows + message->first_row;
    decoder->text_size = decoder->out.size;
    decoder->machine.slots = decoder->slots;
    decoder->machine.roles = decoder->roles;
    decoder->reporting = true;
    unsigned pass = (message->flags & DGM_MESSAGE_PREPASS) ? 0 : 1;
    for (; pass <= message->passes; pass++) {
        decoder->pass = (uint8_t)pass;
        enum dgm_status status = walk_pass(decoder);
        decoder->visits = NULL;
        if (status == DGM_OK)
            status = decoder->twice;
        if (status != DGM_OK)
            return status;
        if (decoder->reporting) {
            status = check_end(decoder);
            if (status != DGM_OK)
                return status;
        }
        decoder->reporting = false;
    }
    return envelope_finish(decoder);
}

static enum dgm_status choose_message(const struct dgm_codec *codec,
                                      const struct dgm_call *call, const uint8_t *frame,
                                      size_t length, uint16_t *ret,
                                      struct dgm_error *reterr)
{
    uint16_t index;
    if (call->message != NULL) {
        index = message_by_name(codec, call->message);
        if (index == DGM_NONE)
            return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    } else {
        index = message_by_guards(codec, call, call->direction, frame, length);
        if (index == DGM_NONE)
            return HAS_DETAILS ? no_message(codec, call, frame, length, reterr)
                               : error_set(reterr, DGM_NO_MESSAGE, DGM_PLACE_FRAME, 0);
    }
    if (codec->messages[index].flags & DGM_MESSAGE_ENCODE_ONLY) {
        enum dgm_status status =
            error_set(reterr, DGM_WRONG_DIRECTION, DGM_PLACE_NONE, 0);
        if (reterr != NULL)
            reterr->path = codec->messages[index].name;
        return status;
    }
    *ret = index;
    return DGM_OK;
}

static enum dgm_status remove_framing(const struct dgm_codec *codec,
                                      struct scratch *scratch, const uint8_t *frame,
                                      size_t length, struct content *ret,
                                      struct dgm_error *reterr)
{
    struct framing_fault fault;
    if (!HAS_HOOKS) {
        ret->bytes = frame;
        ret->length = length;
        return DGM_OK;
    }
    enum dgm_status status =
        framing_remove(codec->framing, frame, length, scratch->content,
                       codec->content_size, ret, &fault);
    if (status == DGM_OK)
        return DGM_OK;
    error_set(reterr, status, DGM_PLACE_FRAME, fault.at);
    if (reterr != NULL)
        reterr->detail = DETAIL(fault.detail);
    return status;
}

/* Places of the content become places of the frame as received. */
static void place_on_line(const struct dgm_framing *framing, const uint8_t *frame,
                          size_t length, struct dgm_error *error)
{
    if (HAS_HOOKS && framing != NULL && error != NULL && error->place == DGM_PLACE_FRAME)
        error->offset = (uint32_t)framing_place(framing, frame, length, error->offset);
}

static void place_notices(const struct decoder *decoder, const uint8_t *frame,
                          size_t length)
{
    size_t count = decoder->notice_count < decoder->notice_capacity
                       ? decoder->notice_count
                       : decoder->notice_capacity;
    for (size_t i = 0; i < count; i++)
        place_on_line(decoder->codec->framing, frame, length, &decoder->notices[i]);
}

static enum dgm_status finish_text(const struct decoder *decoder, struct dgm_outcome *ret,
                                   struct dgm_error *reterr)
{
    size_t most = decoder->call->json_limit;
    if (most != 0 && decoder->out.length > most)
        return error_set(reterr, DGM_LIMIT, DGM_PLACE_NONE, 0);
    if (!json_writer_fits(&decoder->out)) {
        enum dgm_status status = error_set(reterr, DGM_NO_SPACE, DGM_PLACE_NONE, 0);
        if (reterr != NULL)
            reterr->needed = (uint32_t)decoder->out.length;
        return status;
    }
    ret->length = decoder->out.length;
    return DGM_OK;
}

/* Choose the message of the content and set the decoder to its beginning. */
static enum dgm_status prepare(struct decoder *decoder, const struct dgm_codec *codec,
                               const struct dgm_call *call, const struct scratch *scratch,
                               const struct content *content, struct dgm_error *reterr)
{
    uint16_t index = DGM_NONE;
    enum dgm_status status =
        choose_message(codec, call, content->bytes, content->length, &index, reterr);
    decoder_init(decoder, codec, call, content->bytes, content->length);
    if (status != DGM_OK)
        return status;
    if (!envelope_has_kind(decoder->shape, codec->messages[index].kind)) {
        error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
        if (reterr != NULL) {
            reterr->path = codec->messages[index].name;
            reterr->detail = DETAIL("the oceanconnect shape has no such kind of message");
        }
        return DGM_BAD_CALL;
    }
    decoder->message = &codec->messages[index];
    decoder->slots = scratch->slots;
    decoder->last = scratch->bound;
    decoder->plain = scratch->plain;
    decoder_place(decoder, scratch->walk);
    decoder->error = reterr;
    decoder->notices = call->notices;
    decoder->notice_capacity = call->notices != NULL ? call->notice_capacity : 0;
    decoder->visits = call->visits;
    decoder->visit_capacity = call->visits != NULL ? call->visit_capacity : 0;
    return DGM_OK;
}

static enum dgm_status finish_call(const struct decoder *decoder, enum dgm_status status,
                                   struct dgm_outcome *ret, struct dgm_error *reterr)
{
    struct dgm_outcome outcome = {0};
    if (status == DGM_OK) {
        enum dgm_status finished = finish_text(decoder, &outcome, reterr);
        if (finished != DGM_OK)
            return finished;
    }
    outcome.notice_count = decoder->notice_count;
    outcome.visit_count = decoder->visit_count;
    outcome.message = (uint16_t)(decoder->message - decoder->codec->messages);
    outcome.kind = decoder->message->kind;
    *ret = outcome;
    return status;
}

/* The call by the rows of the table. */
enum dgm_status decode_by_rows(const struct dgm_codec *codec, const struct dgm_call *call,
                               const uint8_t *frame, size_t frame_length, char *text,
                               size_t text_size, struct dgm_outcome *ret,
                               struct dgm_error *reterr)
{
    struct dgm_call copy;
    const struct dgm_call *known;
    struct decoder decoder;
    struct scratch scratch;
    struct content content;
    if (call_known(call, HAS_GROWTH ? &copy : NULL, &known) != DGM_OK)
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    size_t most = known->frame_limit != 0 && known->frame_limit < DGM_MAX_FRAME
                      ? known->frame_limit
                      : DGM_MAX_FRAME;
    if (frame_length > most)
        return error_set(reterr, DGM_LIMIT, DGM_PLACE_FRAME, most);
    enum dgm_status status = scratch_divide(codec, known, &scratch, reterr);
    if (status != DGM_OK)
        return status;
    status = remove_framing(codec, &scratch, frame, frame_length, &content, reterr);
    if (status != DGM_OK)
        return status;
    status = prepare(&decoder, codec, known, &scratch, &content, reterr);
    if (status == DGM_OK) {
        json_writer_init(&decoder.out, text, text_size);
        status = decode_message(&decoder);
        ret->notice_count = decoder.notice_count;
        ret->visit_count = decoder.visit_count;
        place_notices(&decoder, frame, frame_length);
    }
    if (status != DGM_OK && status != DGM_NOTHING) {
        place_on_line(codec->framing, frame, frame_length, reterr);
        return status;
    }
    return finish_call(&decoder, status, ret, reterr);
}

enum dgm_status dgm_decode(const struct dgm_codec *codec, const struct dgm_call *call,
                           const uint8_t *frame, size_t frame_length, char *text,
                           size_t text_size, struct dgm_outcome *ret,
                           struct dgm_error *reterr)
{
    if (codec == NULL || ret == NULL || (frame == NULL && frame_length > 0) ||
        (text == NULL && text_size > 0))
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    if (plan_takes(codec, call))
        return plan_decode_run(codec, call, frame, frame_length, text, text_size, ret,
                               reterr);
    return decode_by_rows(codec, call, frame, frame_length, text, text_size, ret, reterr);
}
