/* SPDX-License-Identifier: MIT */
/*
 * Frames out of bytes, by the errors that decoding them gives. Where the error names what
 * would be right, that is written; else the row, or one that it depends on, gets another
 * value.
 */
#include "mend.h"
#include "values.h"

#include <string.h>

enum { TRIES = 120, LONG = 400, FEW = 12 };

bool specimen_insert(struct specimen *specimen, size_t at, const uint8_t *bytes,
                     size_t length)
{
    if (at > specimen->length || length > SPECIMEN_MAX - specimen->length) {
        return false;
    }
    memmove(specimen->bytes + at + length, specimen->bytes + at, specimen->length - at);
    memcpy(specimen->bytes + at, bytes, length);
    specimen->length += length;
    return true;
}

void specimen_remove(struct specimen *specimen, size_t at, size_t length)
{
    if (at >= specimen->length) {
        return;
    }
    size_t left = specimen->length - at;
    length = length < left ? length : left;
    memmove(specimen->bytes + at, specimen->bytes + at + length, left - length);
    specimen->length -= length;
}

static bool insert_any(struct lab *lab, struct specimen *specimen, size_t at,
                       size_t length)
{
    uint8_t bytes[LONG];
    if (length > LONG) {
        return false;
    }
    dice_fill(&lab->dice, bytes, length);
    if (dice_once(&lab->dice, 4)) {
        memset(bytes, 0, length);
    }
    return specimen_insert(specimen, at, bytes, length);
}

static void set_length(struct lab *lab, struct specimen *specimen, size_t length)
{
    if (length > SPECIMEN_MAX) {
        return;
    }
    if (length > specimen->length) {
        dice_fill(&lab->dice, specimen->bytes + specimen->length,
                  length - specimen->length);
    }
    specimen->length = length;
}

/* A topic that passes the filter. */
static void set_topic(struct specimen *specimen, const char *filter)
{
    size_t length = 0;
    for (; *filter != '\0' && length + 2 < SPECIMEN_TOPIC; filter++) {
        specimen->topic[length++] = *filter == '+' || *filter == '#' ? 'x' : *filter;
    }
    specimen->topic[length] = '\0';
}

static void set_bytes(struct lab *lab, struct specimen *specimen,
                      const struct dgm_guard *guard)
{
    size_t end = (size_t)guard->at + guard->size;
    if (end > SPECIMEN_MAX) {
        return;
    }
    if (specimen->length < end) {
        set_length(lab, specimen, end);
    }
    for (unsigned i = 0; i < guard->size; i++) {
        unsigned shift = 8 * (guard->size - 1u - i);
        uint8_t mask = (uint8_t)(guard->mask >> shift);
        uint8_t *byte = &specimen->bytes[guard->at + i];
        *byte = (uint8_t)((*byte & ~mask) | (uint8_t)(guard->value >> shift));
    }
}

static void set_guard(struct lab *lab, struct specimen *specimen,
                      const struct dgm_guard *guard)
{
    uint64_t span = guard->mask - guard->value;
    switch (guard->kind) {
    case DGM_GUARD_BYTES:
        set_bytes(lab, specimen, guard);
        return;
    case DGM_GUARD_LENGTH:
        if (specimen->length < guard->value || specimen->length > guard->mask) {
            span = span < 64 ? span : 64;
            set_length(lab, specimen,
                       (size_t)(guard->value + dice_below(&lab->dice, span + 1)));
        }
        return;
    case DGM_GUARD_CHANNEL:
        specimen->has_channel = true;
        if (specimen->channel < guard->value || specimen->channel > guard->mask) {
            span = dice_once(&lab->dice, 4) && span < UINT32_MAX ? span : 0;
            specimen->channel =
                (uint32_t)(guard->value + dice_below(&lab->dice, span + 1));
        }
        return;
    default:
        set_topic(specimen, dgm_codec_text(lab->codec, (uint32_t)guard->value));
    }
}

void mend_guards(struct lab *lab, struct specimen *specimen)
{
    const struct dgm_message *message = lab_message(lab);
    const struct dgm_guard *guards = lab->tables.guards + message->first_guard;
    for (unsigned i = 0; i < message->guard_count;) {
        unsigned count = 1;
        while ((guards[i + count - 1].flags & DGM_GUARD_OR_NEXT) &&
               i + count < message->guard_count) {
            count++;
        }
        set_guard(lab, specimen, &guards[i + dice_below(&lab->dice, count)]);
        i += count;
    }
}

const struct dgm_visit *mend_filler(const struct lab *lab, uint16_t slot, size_t before)
{
    for (size_t i = before; i-- > 0;) {
        if (lab->rows[lab->visits[i].row].slot == slot && lab->visits[i].flags == 0) {
            return &lab->visits[i];
        }
    }
    return NULL;
}

/* Change a field by a difference; false if it cannot take that. */
static bool adjust(const struct lab *lab, const struct dgm_visit *visit,
                   struct specimen *specimen, int64_t by)
{
    const struct dgm_row *row = &lab->rows[visit->row];
    uint64_t bits;
    if (row->source == DGM_SOURCE_CONST ||
        !field_get(lab->rows, visit, specimen, &bits)) {
        return false;
    }
    uint64_t raw = field_raw(row, bits) + (uint64_t)by;
    return raw <= field_mask(row) &&
           field_set(lab->rows, visit, specimen, field_wire(row, raw));
}

/* Give another value to a row that fills one of the slots that the expression reads. */
static bool shake_expr(struct lab *lab, struct specimen *specimen, uint16_t expr,
                       bool is_few)
{
    struct tables_step step;
    uint32_t at = 0;
    bool done = false;
    while (expr != DGM_NONE && tables_step(&lab->tables, expr, &at, &step)) {
        const struct dgm_visit *visit =
            step.code == DGM_CODE_SLOT ? mend_filler(lab, step.operand, lab->visit_count)
                                       : NULL;
        if (visit == NULL) {
            continue;
        }
        const struct dgm_row *row = &lab->rows[visit->row];
        bool computed = row->op == DGM_OP_VALUE && row->expr != expr;
        if (computed) {
            done = shake_expr(lab, specimen, row->expr, is_few) || done;
        } else if (is_few) {
            done = field_set(lab->rows, visit, specimen,
                             field_wire(row, dice_below(&lab->dice, FEW))) ||
                   done;
        } else {
            done = values_fill(lab, visit, specimen) || done;
        }
    }
    return done;
}

/* The region around a row has to change by so many bytes: so does what tells its size. */
static bool resize_region(struct lab *lab, struct specimen *specimen, uint16_t index,
                          int64_t by)
{
    struct tables_step step;
    for (; index != DGM_NONE; index = tables_parent(lab->rows, index)) {
        const struct dgm_row *row = &lab->rows[index];
        uint16_t expr = tables_row_expr(row, 2);
        uint32_t at = 0;
        if (row->op == DGM_OP_ECHO || expr == DGM_NONE) {
            continue;
        }
        while (tables_step(&lab->tables, expr, &at, &step)) {
            const struct dgm_visit *visit =
                step.code == DGM_CODE_SLOT
                    ? mend_filler(lab, step.operand, lab->visit_count)
                    : NULL;
            if (visit != NULL && adjust(lab, visit, specimen, by)) {
                return true;
            }
        }
        return false;
    }
    return true;
}

/* The expressions that say how much there is of a row, or of those around it. */
static bool shrink(struct lab *lab, struct specimen *specimen, uint16_t index)
{
    bool done = false;
    for (; index != DGM_NONE; index = tables_parent(lab->rows, index)) {
        const struct dgm_row *row = &lab->rows[index];
        if (row->op != DGM_OP_VALUE && row->op != DGM_OP_ECHO) {
            done = shake_expr(lab, specimen, tables_row_expr(row, 1), true) || done;
            done = shake_expr(lab, specimen, tables_row_expr(row, 2), true) || done;
        }
    }
    return done;
}

/* Another value for one of the rows that were read: of the last ones, most often. */
static bool shake(struct lab *lab, struct specimen *specimen, uint16_t failed)
{
    if (failed != DGM_NONE && dice_once(&lab->dice, 2)) {
        const struct dgm_row *row = &lab->rows[failed];
        if (shake_expr(lab, specimen, tables_row_expr(row, 0), false)) {
            return true;
        }
        unsigned other = 1 + (unsigned)dice_below(&lab->dice, TABLES_ROW_EXPRS - 1);
        if (shake_expr(lab, specimen, tables_row_expr(row, other), false)) {
            return true;
        }
    }
    for (unsigned tries = 0; tries < 16 && lab->visit_count > 0; tries++) {
        size_t back = dice_once(&lab->dice, 2) ? 4 : lab->visit_count;
        back = back < lab->visit_count ? back : lab->visit_count;
        size_t i = lab->visit_count - 1 - dice_below(&lab->dice, back);
        if (values_fill(lab, &lab->visits[i], specimen)) {
            return true;
        }
    }
    return false;
}

static bool mend_truncated(struct lab *lab, struct specimen *specimen, uint16_t failed)
{
    const struct dgm_error *error = &lab->worker.error;
    size_t needed = error->expected - error->raw, at = error->offset + error->raw;
    bool is_told = (error->has & DGM_ERROR_HAS_EXPECTED) != 0;
    if (!is_told || error->expected <= error->raw) {
        return shake(lab, specimen, failed);
    }
    bool is_round = error->index_count > 0 && error->index[0] > FEW / 2;
    bool is_long = needed > 64 || specimen->length > LONG || is_round;
    if (is_long && dice_once(&lab->dice, 2) && shrink(lab, specimen, failed)) {
        return true;
    }
    bool opens = tables_row_expr(&lab->rows[failed], 2) != DGM_NONE;
    if (opens && dice_once(&lab->dice, 2) &&
        resize_region(lab, specimen, failed, -(int64_t)needed)) {
        return true;
    }
    uint16_t around = tables_parent(lab->rows, failed);
    if (at > specimen->length || !resize_region(lab, specimen, around, (int64_t)needed)) {
        return shrink(lab, specimen, failed) || shake(lab, specimen, failed);
    }
    return insert_any(lab, specimen, at, needed);
}

static bool mend_trailing(struct lab *lab, struct specimen *specimen, uint16_t failed)
{
    const struct dgm_error *error = &lab->worker.error;
    if (error->path != 0 && !resize_region(lab, specimen, failed, -(int64_t)error->raw)) {
        return shake(lab, specimen, failed);
    }
    specimen_remove(specimen, error->offset, (size_t)error->raw);
    return true;
}

/* Where the value stands that is to be another: of AGREE rows, elsewhere. */
static const struct dgm_visit *teller(const struct lab *lab, const struct dgm_visit *last)
{
    const struct dgm_row *row = &lab->rows[last->row];
    for (size_t i = lab->visit_count; row->op == DGM_OP_AGREE && i-- > 0;) {
        if (lab->visits[i].row == row->spec && lab->visits[i].flags == 0) {
            return &lab->visits[i];
        }
    }
    return last;
}

/* Write what the error says would be right. */
static bool mend_expected(struct lab *lab, struct specimen *specimen,
                          const struct dgm_visit *last)
{
    const struct dgm_error *error = &lab->worker.error;
    const struct dgm_visit *visit = teller(lab, last);
    const struct dgm_row *row = &lab->rows[visit->row];
    if ((error->has & DGM_ERROR_HAS_EXPECTED) == 0 || !field_is_integer(row)) {
        return shake(lab, specimen, last->row);
    }
    if (error->status == DGM_CONST && dice_once(&lab->dice, 2)) {
        return field_set(lab->rows, visit, specimen, values_pick(lab, visit->row));
    }
    uint64_t wanted = error->expected;
    const struct dgm_scaling *scaling =
        error->status == DGM_LENGTH ? tables_scaling(&lab->tables, row) : NULL;
    if (scaling != NULL) {
        int64_t units = (int64_t)wanted;
        for (unsigned i = 0; i < scaling->digits && units < INT64_MAX / 20; i++) {
            units *= 10;
        }
        if (scaling->div > 1 || (units - scaling->add) % scaling->mul != 0) {
            return insert_any(lab, specimen, specimen->length, 1);
        }
        wanted = (uint64_t)((units - scaling->add) / scaling->mul);
    }
    /* What a checksum or constant should be is told as it is on the wire. */
    uint64_t bits = error->status == DGM_LENGTH ? field_wire(row, wanted) : wanted;
    if (error->status == DGM_CONST) {
        bits = field_wire(row, wanted);
    }
    return wanted <= field_mask(row) && field_set(lab->rows, visit, specimen, bits);
}

/* Bytes that a row surely has. */
static size_t least_bytes(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BITS:
    case DGM_OP_FLOAT:
    case DGM_OP_CHECK:
        return row->width / 8u;
    case DGM_OP_STREAM:
        return row->spec;
    case DGM_OP_BYTES:
        return row->expr == DGM_NONE && (row->flags & DGM_ROW_REST) == 0 ? row->detail
                                                                         : 0;
    default:
        return 0;
    }
}

bool mend_insert_record(struct lab *lab, struct specimen *specimen, uint16_t loop_row,
                        const struct dgm_tag *tag, size_t at)
{
    const struct dgm_row *row = &lab->rows[loop_row], *one = row + tag->row;
    uint8_t bytes[16 + LONG];
    size_t length = 0, payload = 0;
    uint64_t span = (uint64_t)tag->high - (uint64_t)tag->low;
    int64_t value = dice_once(&lab->dice, 2)
                        ? tag->low
                        : tag->low + (int64_t)dice_below(&lab->dice, span + 1);
    if (!values_tag(lab, &lab->tables.loops[row->spec], row, value, bytes, &length)) {
        return false;
    }
    for (unsigned i = 1; i <= one->detail; i++) {
        payload += one[i].when == DGM_NONE ? least_bytes(&one[i]) : 0;
        i += one[i].op == DGM_OP_TLV ? one[i].detail : 0u;
    }
    payload = payload < LONG ? payload : LONG;
    dice_fill(&lab->dice, bytes + length, payload);
    return specimen_insert(specimen, at, bytes, length + payload);
}

/* A tag that no case has becomes one that some case has. */
static bool mend_tag(struct lab *lab, struct specimen *specimen, uint16_t failed)
{
    uint16_t index = tables_parent(lab->rows, failed);
    while (index != DGM_NONE && lab->rows[index].op != DGM_OP_TLV) {
        index = tables_parent(lab->rows, index);
    }
    size_t at = lab->worker.error.offset;
    if (index == DGM_NONE || at >= specimen->length) {
        return shake(lab, specimen, failed);
    }
    if (dice_once(&lab->dice, 3)) {
        specimen_remove(specimen, at, specimen->length - at);
        return true;
    }
    const struct dgm_loop *loop = &lab->tables.loops[lab->rows[index].spec];
    if (loop->count == 0) {
        return shake(lab, specimen, failed);
    }
    const struct dgm_tag *tag =
        &lab->tables.tags[loop->first + dice_below(&lab->dice, loop->count)];
    specimen_remove(specimen, at, loop->tag_bytes);
    return mend_insert_record(lab, specimen, index, tag, at);
}

/* The bytes of the row as they would be: a failed row does not tell where it ends. */
static bool mend_content(struct lab *lab, struct specimen *specimen,
                         struct dgm_visit visit)
{
    const struct dgm_row *row = &lab->rows[visit.row];
    const struct dgm_error *error = &lab->worker.error;
    uint64_t bits = dice_once(&lab->dice, 4) ? values_pick(lab, visit.row)
                                             : values_allowed(lab, visit.row);
    if (field_set(lab->rows, &visit, specimen, bits & field_mask(row))) {
        return true;
    }
    if (visit.end <= visit.at) {
        size_t least = least_bytes(row);
        size_t end = error->offset >= visit.at ? error->offset + 1u : visit.at + 1u;
        if (row->op == DGM_OP_DIGITS) {
            least = (lab->tables.formats[row->spec].digits + 1u) / 2;
            bool as_characters =
                (lab->tables.formats[row->spec].flags & DGM_FORMAT_CHARACTERS) != 0;
            least = as_characters ? (size_t)lab->tables.formats[row->spec].digits : least;
        }
        if (row->op == DGM_OP_BYTES && row->show == DGM_SHOW_DIGITS && least > 1) {
            least = (least + 1) / 2;
        }
        end = least > 0 ? visit.at + least : end;
        if (least == 0 && row->op == DGM_OP_DIGITS) {
            end = specimen->length;
        }
        visit.end = (uint32_t)end;
    }
    return values_fill(lab, &visit, specimen) || shake(lab, specimen, visit.row);
}

/* One step towards a frame that decodes. */
static bool mend_once(struct lab *lab, struct specimen *specimen, enum dgm_status status)
{
    if (lab->visit_count == 0) {
        return status == DGM_TRAILING_BYTES && mend_trailing(lab, specimen, DGM_NONE);
    }
    struct dgm_visit last = lab->visits[lab->visit_count - 1];
    switch (status) {
    case DGM_TRUNCATED:
        return mend_truncated(lab, specimen, last.row);
    case DGM_TRAILING_BYTES:
        return mend_trailing(lab, specimen, last.row);
    case DGM_CONST:
    case DGM_CHECKSUM:
    case DGM_LENGTH:
        return mend_expected(lab, specimen, &last);
    case DGM_TAG:
        return mend_tag(lab, specimen, last.row);
    case DGM_ENUM:
    case DGM_RANGE:
    case DGM_MODEL_LIMIT:
    case DGM_TEXT:
    case DGM_TIME:
        return mend_content(lab, specimen, last);
    case DGM_LIMIT:
        return shrink(lab, specimen, last.row);
    case DGM_HOOK:
    case DGM_NO_HOOK:
    case DGM_INTERNAL:
    case DGM_BAD_CALL:
        return false;
    default:
        return shake(lab, specimen, last.row);
    }
}

bool mend(struct lab *lab, struct specimen *specimen)
{
    for (unsigned i = 0; i < TRIES; i++) {
        enum dgm_status status = lab_decode(lab, specimen);
        bool good = status == DGM_OK || status == DGM_NOTHING;
        if (good && lab_identifies(lab, specimen)) {
            return true;
        }
        if (good) {
            mend_guards(lab, specimen);
        } else if (!mend_once(lab, specimen, status)) {
            return false;
        }
    }
    return false;
}
