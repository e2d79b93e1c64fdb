/* SPDX-License-Identifier: MIT */
/*
 * Tag loops. A member may come in several records, and prints once: where it comes last.
 * So the loop is walked without printing first, and again to print; each member that is
 * collected costs one more walk. All of them are bounded by the loop's bytes, whatever
 * the number of cases: each record has a tag, and a tag finds its case by halving.
 *
 * A loop in a record of another one, whose members stand beside those of the record,
 * follows the phases of the loop around. One in an object of its own has its own walks
 * each time that object prints.
 */
#include "decode.h"

#include "series.h"

#include <string.h>

static const struct dgm_row *loop_row(const struct decoder *decoder)
{
    return &decoder->rows[decoder->levels[decoder->depth - 1].row];
}

static bool is_collected(const struct dgm_row *row)
{
    return (row->flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) != 0 &&
           row->member != DGM_NONE;
}

/* Nothing has come yet: what the walk before left is not what stands before a record. */
static void begin_walk(struct decoder *decoder, enum loop_phase phase)
{
    struct loop_walk *walk = &decoder->tags;
    const struct dgm_row *row = loop_row(decoder);
    walk->phase = phase;
    walk->inside = 0;
    walk->muted = walk->follows ? walk->muted : 0;
    walk->record = SIZE_MAX;
    decoder->position = walk->began;
    decoder->reporting = walk->reporting && phase == LOOP_PRINT;
    for (unsigned i = 1; decoder->message->slots > 0 && i <= row->detail; i++)
        if (row[i].slot != DGM_NONE)
            decoder->slots[row[i].slot] = value_missing();
    if (decoder->message->slots > 0)
        series_reset(decoder->codec, decoder->rows, walk->row + 1u,
                     walk->row + 1u + row->detail, decoder->slots);
    decoder->levels[decoder->depth - 1].index =
        UINT32_MAX; /* the first record makes it 0 */
}

/* The trailer belongs to no record: the loop sees the frame without it. */
static void leave_trailer(struct decoder *decoder)
{
    struct level *level = &decoder->levels[decoder->depth - 1];
    if (decoder->regions > 0 || decoder->message->trailer == 0)
        return;
    level->is_region = true;
    level->outer_end = decoder->end;
    decoder->end = decoder->position + decode_left(decoder);
    decoder->regions++;
}

static void return_trailer(struct decoder *decoder)
{
    const struct level *level = &decoder->levels[decoder->depth - 1];
    if (!level->is_region)
        return;
    decoder->end = level->outer_end;
    decoder->regions--;
}

/* Does the row open something whose members are not those of the loop? */
static bool is_apart(const struct dgm_row *row)
{
    return row->member != DGM_NONE &&
           (row->op == DGM_OP_GROUP || row->op == DGM_OP_REPEAT);
}

/* The next row of the loop at `row`, of those that fill its arrays, from number `i` on;
 * 0: there is none. */
static unsigned next_collected(const struct dgm_loop *loop, const struct dgm_row *row,
                               unsigned i)
{
    if (!(loop->flags & DGM_LOOP_COLLECTS))
        return 0;
    for (; i <= row->detail; i++) {
        if (is_collected(&row[i]))
            return i;
        if (is_apart(&row[i]))
            i += dgm_row_span(&row[i]);
    }
    return 0;
}

/* The number behind the row that next_collected() found. */
static unsigned behind(const struct dgm_row *row, unsigned i)
{
    return i + 1u + (is_apart(&row[i]) ? dgm_row_span(&row[i]) : 0u);
}

static void forget_arrays(struct decoder *decoder, const struct dgm_row *row)
{
    const struct dgm_loop *loop = decoder->tags.loop;
    unsigned i = next_collected(loop, row, 1);
    for (; i > 0; i = next_collected(loop, row, behind(row, i)))
        decoder->last[row[i].member].type = 0;
}

/* A loop around this one waits, and hands its phase on to what it does not print whole.
 */
static enum loop_phase enter_inner(struct decoder *decoder)
{
    struct loop_walk *walk = &decoder->tags;
    decoder->loops[decoder->loop_count++] = *walk;
    walk->follows = walk->inside == 0;
    if (walk->follows)
        return walk->phase;
    walk->muted = 0;
    return LOOP_SCAN;
}

enum dgm_status decode_begin_loop(struct decoder *decoder, const struct dgm_row *row,
                                  uint16_t *row_index)
{
    struct loop_walk *walk = &decoder->tags;
    enum loop_phase phase = decoder->pass == 0 ? LOOP_PRINT : LOOP_SCAN;
    bool is_inner = walk->loop != NULL;
    walk->follows = false;
    if (is_inner)
        phase = enter_inner(decoder);
    decode_push_level(decoder, (uint16_t)(row - decoder->rows));
    walk->loop = &decoder->codec->loops[row->spec];
    walk->row = (uint16_t)(row - decoder->rows);
    walk->began = decoder->position;
    walk->reporting = decoder->reporting;
    if (!walk->follows)
        walk->first_kept = decoder->kept_count;
    leave_trailer(decoder);
    if (!walk->follows)
        forget_arrays(decoder, row);
    begin_walk(decoder, phase);
    return decode_next_record(decoder, row_index);
}

/* Is the member of what is collected still to print? */
static bool has_array(const struct decoder *decoder, const struct dgm_row *row)
{
    uint8_t state = decoder->last[row->member].type;
    return state == 1 || (state == 0 && (row->flags & DGM_ROW_ALWAYS));
}

/* Print the beginning of the next member that was collected; false if there is none. */
static bool begin_collecting(struct decoder *decoder)
{
    struct loop_walk *walk = &decoder->tags;
    const struct dgm_row *row = loop_row(decoder);
    unsigned i = next_collected(walk->loop, row, 1);
    for (; i > 0; i = next_collected(walk->loop, row, behind(row, i))) {
        const struct dgm_row *one = &row[i];
        if (one->pass != decoder->pass || !has_array(decoder, one))
            continue;
        decoder->last[one->member].type = 2;
        size_t skip = decoder->first ? 1 : 0;
        json_put(&decoder->out, decoder->codec->pool + one->key + skip,
                 one->key_length - skip);
        json_put_char(&decoder->out, (one->flags & DGM_ROW_KEEP) ? '{' : '[');
        decoder->first = true;
        begin_walk(decoder, LOOP_COLLECT);
        walk->collecting = (uint16_t)(one - decoder->rows);
        return true;
    }
    return false;
}

/* What stands around the loop goes on. */
static void leave_loop(struct decoder *decoder)
{
    struct loop_walk *walk = &decoder->tags;
    return_trailer(decoder);
    decoder->reporting = walk->reporting;
    decoder->depth--;
    if (walk->loop->tag_rows == 0)
        decode_refresh_index(decoder);
    if (decoder->loop_count > 0)
        *walk = decoder->loops[--decoder->loop_count];
    else
        walk->loop = NULL;
}

static void end_walk(struct decoder *decoder, uint16_t *row_index)
{
    struct loop_walk *walk = &decoder->tags;
    *row_index = decoder->levels[decoder->depth - 1].end;
    if (walk->follows) {
        leave_loop(decoder);
        return;
    }
    if (walk->phase == LOOP_SCAN) {
        begin_walk(decoder, LOOP_PRINT);
        return;
    }
    if (walk->phase == LOOP_COLLECT) {
        bool keeps = (decoder->rows[walk->collecting].flags & DGM_ROW_KEEP) != 0;
        json_put_char(&decoder->out, keeps ? '}' : ']');
        decoder->first = false;
    }
    size_t end = decoder->position;
    if (begin_collecting(decoder))
        return;
    decoder->position = end;
    decoder->kept_count = walk->first_kept;
    leave_loop(decoder);
}

/* Pass over what fills the record up. */
static void align(struct decoder *decoder)
{
    size_t left = decode_left(decoder), over = 0;
    const struct loop_walk *walk = &decoder->tags;
    over = (decoder->position - walk->began) % walk->loop->align;
    size_t fill = over > 0 ? walk->loop->align - over : 0;
    decoder->position += fill < left ? fill : left;
}

/* The end cuts a record off, and the profile lets that pass. */
static void tell_cut(struct decoder *decoder, const struct dgm_row *row, size_t needed)
{
    struct dgm_error notice;
    memset(&notice, 0, sizeof(notice));
    decode_locate(decoder, &notice, DGM_TRUNCATED, row, decoder->position);
    notice.has |= DGM_ERROR_HAS_EXPECTED | DGM_ERROR_HAS_RAW;
    notice.expected = needed;
    notice.raw = decode_left(decoder);
    decode_notice(decoder, &notice);
}

/* Has the record, whose tag is read, fewer bytes than its size says? Then the loop ends.
 */
static enum dgm_status stop_at_cut(struct decoder *decoder, const struct dgm_row *row,
                                   bool *ret)
{
    const struct dgm_loop *loop = decoder->tags.loop;
    uint32_t size = 0;
    *ret = false;
    if (!(loop->flags & DGM_LOOP_CUT) || loop->size == DGM_NONE)
        return DGM_OK;
    enum dgm_status status = machine_count(&decoder->machine, loop->size, &size);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, decoder->position);
    *ret = size > decode_left(decoder);
    if (!*ret)
        return DGM_OK;
    tell_cut(decoder, row, size);
    decoder->position += decode_left(decoder);
    return DGM_OK;
}

enum dgm_status decode_next_record(struct decoder *decoder, uint16_t *row_index)
{
    struct loop_walk *walk = &decoder->tags;
    struct level *level = &decoder->levels[decoder->depth - 1];
    align(decoder);
    size_t left = decode_left(decoder);
    /* A part of a tag is no tag. */
    bool is_cut = left > 0 && left < walk->loop->tag_bytes;
    if (is_cut && (walk->loop->flags & DGM_LOOP_CUT))
        tell_cut(decoder, loop_row(decoder), walk->loop->tag_bytes);
    if (is_cut &&
        (walk->loop->unknown == DGM_LOOP_STOP || (walk->loop->flags & DGM_LOOP_CUT))) {
        decoder->position += left;
        left = 0;
    }
    if (left == 0) {
        end_walk(decoder, row_index);
        return DGM_OK;
    }
    /* Without a tag a record may have been empty. */
    if (walk->record == decoder->position)
        return decode_fail(decoder, DGM_LENGTH, loop_row(decoder), decoder->position);
    walk->record = decoder->position;
    level->index++;
    if (walk->loop->tag_rows == 0)
        decoder->machine.index = level->index;
    *row_index = (uint16_t)(level->row + 1);
    return DGM_OK;
}

/* Where the tag at work is among those that were kept, or the first free place. */
static unsigned kept_place(const struct decoder *decoder)
{
    const struct loop_walk *walk = &decoder->tags;
    unsigned i = walk->first_kept;
    while (i < decoder->kept_count &&
           (decoder->kept[i].tag != walk->tag || decoder->kept[i].loop != walk->row))
        i++;
    return i;
}

/* Note where an unknown tag comes last. */
static enum dgm_status keep_record(struct decoder *decoder, const struct dgm_row *row)
{
    const struct loop_walk *walk = &decoder->tags;
    unsigned i = kept_place(decoder);
    if (i == LOOP_KEPT_MAX)
        return decode_fail(decoder, DGM_LIMIT, row, walk->record);
    if (i == decoder->kept_count)
        decoder->kept_count++;
    decoder->kept[i].tag = walk->tag;
    decoder->kept[i].loop = walk->row;
    decoder->kept[i].at = (uint32_t)walk->record;
    return DGM_OK;
}

static enum dgm_status tag_fault(struct decoder *decoder, const struct dgm_row *row)
{
    enum dgm_status status = decode_fail(decoder, DGM_TAG, row, decoder->tags.record);
    if (decoder->error != NULL) {
        decoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_RAW_SIGNED;
        decoder->error->raw = (uint64_t)decoder->tags.tag;
    }
    return status;
}

/* What stands behind a tag that is not known is lost, which must not pass in silence. */
static void tell_stop(struct decoder *decoder, const struct dgm_row *row)
{
    struct dgm_error notice;
    memset(&notice, 0, sizeof(notice));
    decode_locate(decoder, &notice, DGM_TAG, row, decoder->tags.record);
    notice.has |= DGM_ERROR_HAS_RAW | DGM_ERROR_RAW_SIGNED;
    notice.raw = (uint64_t)decoder->tags.tag;
    decode_notice(decoder, &notice);
}

static enum dgm_status skip_record(struct decoder *decoder, const struct dgm_row *row)
{
    const struct dgm_loop *loop = decoder->tags.loop;
    uint32_t size = 0;
    enum dgm_status status = DGM_OK;
    switch (loop->unknown) {
    case DGM_LOOP_STOP:
        tell_stop(decoder, row);
        decoder->position += decode_left(decoder);
        return DGM_OK;
    case DGM_LOOP_SKIP_BYTE:
        decoder->position = decoder->tags.record + 1;
        return DGM_OK;
    case DGM_LOOP_SKIP:
        status = machine_count(&decoder->machine, loop->size, &size);
        if (status != DGM_OK)
            return decode_fail(decoder, status, row, decoder->position);
        if (size > decode_left(decoder))
            return decode_truncated(decoder, row, size);
        decoder->position += size;
        return DGM_OK;
    default:
        return tag_fault(decoder, row);
    }
}

enum dgm_status decode_choose(struct decoder *decoder, const struct dgm_row *row,
                              uint16_t *row_index)
{
    struct loop_walk *walk = &decoder->tags;
    const struct level *level = &decoder->levels[decoder->depth - 1];
    struct value value;
    struct wide whole;
    enum dgm_status status = machine_run(&decoder->machine, row->expr, &value);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, walk->record);
    if (value.kind == VALUE_MISSING || !number_to_wide(value.number, &whole) ||
        !wide_to_i64(whole, &walk->tag))
        return decode_fail(decoder, DGM_TAG, row, walk->record);
    bool stops;
    status = stop_at_cut(decoder, row, &stops);
    if (status != DGM_OK || stops) {
        *row_index = level->end;
        return status;
    }
    uint16_t found = tag_case(decoder->codec, walk->loop, walk->tag);
    if (found == DGM_NONE && walk->loop->other != DGM_NONE) {
        found = walk->loop->other;
        if (walk->phase == LOOP_SCAN)
            status = keep_record(decoder, row);
    }
    if (status != DGM_OK)
        return status;
    *row_index = (uint16_t)(found != DGM_NONE ? level->row + found : level->end);
    return found != DGM_NONE ? DGM_OK : skip_record(decoder, row);
}

enum dgm_status decode_begin_case(struct decoder *decoder, const struct dgm_row *row)
{
    size_t size = 0;
    enum dgm_status status = DGM_OK;
    if (row->slot != DGM_NONE && (decoder->tags.loop->flags & DGM_LOOP_ONCE)) {
        if (decoder->slots[row->slot].kind != VALUE_MISSING) {
            status = tag_fault(decoder, row);
            if (decoder->error != NULL)
                decoder->error->detail = "its case came already, and the profile "
                                         "refuses repeated ones";
            return status;
        }
        decoder->slots[row->slot] = value_u64(1);
    }
    /* What an earlier record left is not what this one says. */
    for (unsigned i = 1; decoder->message->slots > 0 && i <= row->detail; i++)
        if (row[i].slot != DGM_NONE)
            decoder->slots[row[i].slot] = value_missing();
    if (row->region != DGM_NONE)
        status = decode_region_size(decoder, row, &size);
    if (status != DGM_OK)
        return status;
    struct level *level = decode_push_level(decoder, (uint16_t)(row - decoder->rows));
    return row->region != DGM_NONE ? decode_open_region(decoder, level, row, size)
                                   : DGM_OK;
}

enum dgm_status decode_leave_case(struct decoder *decoder, uint16_t *row_index)
{
    struct level *level = &decoder->levels[decoder->depth - 1];
    enum dgm_status status =
        decode_close_region(decoder, level, &decoder->rows[level->row]);
    decoder->depth--;
    *row_index = decoder->levels[decoder->depth - 1].end;
    return status;
}

/* Did this unknown tag come last here? */
static bool is_kept(const struct decoder *decoder)
{
    unsigned i = kept_place(decoder);
    return i < decoder->kept_count && decoder->kept[i].at == decoder->tags.record;
}

bool decode_loop_prints(struct decoder *decoder, const struct dgm_row *row)
{
    struct loop_walk *walk = &decoder->tags;
    /* A text that stands in for an absent item has the item's member in `spec`. */
    uint16_t member =
        row->op == DGM_OP_LITERAL && row->member == DGM_NONE ? row->spec : row->member;
    if (row->naming != DGM_NONE)
        member = decoder->numbered == row ? decoder->number_member : DGM_NONE;
    if (walk->inside > 0 || walk->muted > 0)
        return walk->muted == 0;
    if (member == DGM_NONE || decoder->pass == 0)
        return false;
    struct bound *last = &decoder->last[member];
    switch (walk->phase) {
    case LOOP_SCAN:
        last->at = (uint32_t)walk->record;
        if (is_collected(row))
            last->type = 1;
        return false;
    case LOOP_PRINT:
        return !is_collected(row) && last->at == walk->record;
    default:
        return is_collected(row) && member == decoder->rows[walk->collecting].member &&
               (!(row->flags & DGM_ROW_KEEP) || is_kept(decoder));
    }
}

void decode_loop_enter(struct decoder *decoder, struct level *level, bool prints)
{
    if (decoder->tags.loop == NULL)
        return;
    if (prints)
        decode_forget_names(decoder, level);
    level->in_loop = prints ? 1 : -1;
    decoder->tags.inside += prints;
    decoder->tags.muted += !prints;
}

void decode_loop_leave(struct decoder *decoder, struct level *level)
{
    decoder->tags.inside -= level->in_loop > 0;
    decoder->tags.muted -= level->in_loop < 0;
    level->in_loop = 0;
}

void decode_put_tag(struct decoder *decoder, const struct dgm_row *row)
{
    unsigned count = (row->width + 3u) / 4;
    uint64_t tag = (uint64_t)decoder->tags.tag;
    char text[19];
    text[0] = '"';
    for (unsigned i = 0; i < count; i++)
        text[1 + i] = "0123456789abcdef"[tag >> (4 * (count - 1 - i)) & 15];
    text[1 + count] = '"';
    text[2 + count] = ':';
    json_put(&decoder->out, text, count + 3);
}
