/* SPDX-License-Identifier: MIT */
/*
 * What of a message's table was reached. Rows and raw values come from the visits of a
 * decode; values of rows that have no bits of their own are looked for in the JSON.
 */
#include "reach.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add(struct reach *reach, enum reach_kind kind, uint16_t row, uint32_t item)
{
    if (reach->count == reach->capacity) {
        size_t capacity = reach->capacity > 0 ? reach->capacity * 2 : 256;
        struct reach_mark *grown =
            realloc(reach->marks, capacity * sizeof(*reach->marks));
        if (grown == NULL) {
            return false;
        }
        reach->marks = grown;
        reach->capacity = capacity;
    }
    struct reach_mark *mark = &reach->marks[reach->count++];
    memset(mark, 0, sizeof(*mark));
    mark->kind = (uint8_t)kind;
    mark->row = row;
    mark->item = item;
    return true;
}

static bool add_list(struct reach *reach, const struct lab *lab, uint16_t row,
                     uint16_t list)
{
    const struct dgm_enum *all = &lab->tables.enums[list];
    bool good = true;
    for (unsigned i = 0; i < all->count && good; i++) {
        good = add(reach, REACH_VALUE, row, all->first + i);
    }
    return good;
}

static bool has_list(const struct dgm_row *row)
{
    return (row->show == DGM_SHOW_ENUM || row->show == DGM_SHOW_FLAGS) &&
           row->detail != DGM_NONE;
}

/* No frame that decodes reaches it. */
static bool is_refusal(const struct dgm_row *row)
{
    return row->op == DGM_OP_NOTICE && (row->flags & DGM_ROW_REFUSE) != 0;
}

/* Rows that only hold the table together say nothing about a frame. */
static bool is_told(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_SERVICE:
    case DGM_OP_SERVICE_END:
    case DGM_OP_OBJECT:
    case DGM_OP_OBJECT_END:
    case DGM_OP_CHOOSE:
    case DGM_OP_SPAN:
    case DGM_OP_AGREE:
        return false;
    case DGM_OP_NOTICE:
        return !is_refusal(row);
    case DGM_OP_GROUP:
        return row->when != DGM_NONE && !(row->detail > 0 && is_refusal(&row[1]));
    case DGM_OP_BITS:
    case DGM_OP_STREAM:
        return row->when != DGM_NONE;
    default:
        return true;
    }
}

/* Does the number of rounds stand in the profile? */
static bool is_counted_ahead(const struct lab *lab, const struct dgm_row *row,
                             int64_t *ret)
{
    struct tables_step step;
    uint32_t at = 0;
    if (row->expr == DGM_NONE || lab->tables.exprs[row->expr].steps != 1 ||
        !tables_step(&lab->tables, row->expr, &at, &step) ||
        step.code != DGM_CODE_CONST || step.digits != 0) {
        return false;
    }
    *ret = step.mantissa;
    return true;
}

/* No round, one, several: as far as there can be. */
static bool add_rounds(struct reach *reach, const struct lab *lab, uint16_t index)
{
    const struct dgm_row *row = &lab->rows[index];
    int64_t count = 0;
    bool good = true;
    if (is_counted_ahead(lab, row, &count)) {
        return add(reach, REACH_ROUNDS, index, count < 2 ? (uint32_t)count : 2);
    }
    for (uint32_t i = 0; i < 3 && good; i++) {
        good = add(reach, REACH_ROUNDS, index, i);
    }
    return good;
}

static bool add_row(struct reach *reach, const struct lab *lab, uint16_t index)
{
    const struct dgm_row *row = &lab->rows[index];
    bool good = !is_told(row) || add(reach, REACH_ITEM, index, 0);
    bool may_lack = row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) != 0;
    bool refuses = is_refusal(row) ||
                   (row->op == DGM_OP_GROUP && row->detail > 0 && is_refusal(&row[1]));
    if (good && may_lack && !refuses) {
        good = add(reach, REACH_ABSENCE, index, 0);
    }
    if (good && has_list(row)) {
        good = add_list(reach, lab, index, row->detail);
    }
    uint16_t invalid = tables_invalid(&lab->tables, row);
    if (good && invalid != DGM_NONE) {
        good = add_list(reach, lab, index, invalid);
    }
    bool counts = row->op == DGM_OP_REPEAT &&
                  ((row->flags & DGM_ROW_REST) != 0 || row->expr != DGM_NONE);
    if (good && counts) {
        good = add_rounds(reach, lab, index);
    }
    if (row->op == DGM_OP_TLV) {
        const struct dgm_loop *loop = &lab->tables.loops[row->spec];
        for (unsigned i = 0; i < loop->count && good; i++) {
            good = add(reach, REACH_CASE, index, loop->first + i);
        }
    }
    return good;
}

bool reach_open(struct reach *reach, const struct lab *lab)
{
    unsigned rows = lab_message(lab)->row_count;
    memset(reach, 0, sizeof(*reach));
    reach->first = malloc((rows + 1) * sizeof(*reach->first));
    bool good = reach->first != NULL;
    for (unsigned i = 0; good && i < rows; i++) {
        reach->first[i] = (uint32_t)reach->count;
        good = add_row(reach, lab, (uint16_t)i);
    }
    if (!good) {
        reach_close(reach);
        return false;
    }
    reach->first[rows] = (uint32_t)reach->count;
    return true;
}

void reach_close(struct reach *reach)
{
    free(reach->marks);
    free(reach->first);
    memset(reach, 0, sizeof(*reach));
}

static bool mark_done(struct reach *reach, struct reach_mark *mark)
{
    if (mark->done) {
        return false;
    }
    mark->done = true;
    reach->done++;
    return true;
}

/* Is `,"name":TEXT` or `"name":TEXT` in the JSON? */
static bool is_printed(const struct lab *lab, const struct dgm_row *row,
                       const struct dgm_choice *choice)
{
    const char *key = dgm_codec_text(lab->codec, row->key) + 1;
    const char *text = dgm_codec_text(lab->codec, choice->text);
    size_t key_length = row->key_length > 0 ? row->key_length - 1u : 0;
    size_t wanted = key_length + choice->text_length, length = lab->worker.outcome.length;
    if (key_length == 0 || (row->flags & DGM_ROW_NAMED) == 0) {
        return false;
    }
    for (size_t i = 0; i + wanted <= length; i++) {
        const char *at = lab->worker.data + i;
        if (memcmp(at, key, key_length) == 0 &&
            memcmp(at + key_length, text, choice->text_length) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_value(const struct lab *lab, const struct dgm_visit *visit,
                      const struct specimen *specimen, const struct dgm_choice *choice)
{
    const struct dgm_row *row = &lab->rows[visit->row];
    uint64_t bits;
    if (!field_get(lab->rows, visit, specimen, &bits)) {
        return is_printed(lab, row, choice);
    }
    uint64_t raw = field_raw(row, bits);
    if (row->show == DGM_SHOW_FLAGS) {
        return (raw >> (choice->low & 63) & 1) != 0;
    }
    return field_within(row, raw, choice->low, choice->high);
}

/* Rounds of a repetition: visits of the row behind it, up to its end. */
static uint32_t rounds_of(const struct lab *lab, size_t visit)
{
    uint16_t row = lab->visits[visit].row;
    uint32_t rounds = 0;
    for (size_t i = visit + 1; i < lab->visit_count && rounds < 2; i++) {
        uint16_t other = lab->visits[i].row;
        if (other <= row || other > row + dgm_row_span(&lab->rows[row])) {
            break;
        }
        rounds += other == row + 1;
    }
    return rounds;
}

/* Which tag chose the case: those of its row whose number may be any of a range. */
static bool has_case(const struct reach *reach, const struct lab *lab, size_t visit,
                     const struct reach_mark *mark)
{
    uint16_t wanted = (uint16_t)(mark->row + lab->tables.tags[mark->item].row);
    (void)reach;
    for (size_t i = visit + 1; i < lab->visit_count; i++) {
        if (lab->visits[i].row == wanted) {
            return true;
        }
    }
    return false;
}

static bool is_reached(const struct reach *reach, const struct lab *lab, size_t visit,
                       const struct specimen *specimen, const struct reach_mark *mark)
{
    const struct dgm_visit *one = &lab->visits[visit];
    bool absent = (one->flags & DGM_VISIT_ABSENT) != 0;
    switch (mark->kind) {
    case REACH_ITEM:
        return !absent;
    case REACH_ABSENCE:
        return absent;
    case REACH_CASE:
        return !absent && has_case(reach, lab, visit, mark);
    case REACH_ROUNDS:
        return !absent && rounds_of(lab, visit) == mark->item;
    default:
        return !absent && has_value(lab, one, specimen, &lab->tables.choices[mark->item]);
    }
}

bool reach_note(struct reach *reach, const struct lab *lab,
                const struct specimen *specimen)
{
    bool is_new = false;
    for (size_t i = 0; i < lab->visit_count && reach->done < reach->count; i++) {
        uint16_t row = lab->visits[i].row;
        for (uint32_t k = reach->first[row]; k < reach->first[row + 1]; k++) {
            struct reach_mark *mark = &reach->marks[k];
            if (!mark->done && is_reached(reach, lab, i, specimen, mark)) {
                is_new = mark_done(reach, mark) || is_new;
            }
        }
    }
    return is_new;
}

static void describe_choice(const struct lab *lab, const struct dgm_row *row,
                            const struct dgm_choice *choice, char *what)
{
    if (choice->text_length > 0) {
        (void)snprintf(what, REACH_TEXT, "%.*s", (int)choice->text_length,
                       dgm_codec_text(lab->codec, choice->text));
    } else if (row->flags & DGM_ROW_SIGNED) {
        (void)snprintf(what, REACH_TEXT, "raw %" PRId64, (int64_t)choice->low);
    } else {
        (void)snprintf(what, REACH_TEXT, "raw %" PRIu64, choice->low);
    }
}

void reach_describe(const struct lab *lab, const struct reach_mark *mark, char *name,
                    char *what)
{
    static const char *const rounds[] = {"no round", "one round", "several rounds"};
    const struct dgm_row *row = &lab->rows[mark->row];
    const char *path = dgm_codec_text(lab->codec, row->path);
    what[0] = '\0';
    if (path[0] != '\0') {
        (void)snprintf(name, REACH_TEXT, "%s", path);
    } else {
        (void)snprintf(name, REACH_TEXT, "(item %u)", mark->row + 1u);
    }
    if (mark->kind == REACH_ABSENCE) {
        (void)snprintf(what, REACH_TEXT, "absent");
    } else if (mark->kind == REACH_ROUNDS) {
        (void)snprintf(what, REACH_TEXT, "%s", rounds[mark->item]);
    } else if (mark->kind == REACH_CASE) {
        const struct dgm_tag *tag = &lab->tables.tags[mark->item];
        (void)snprintf(what, REACH_TEXT, "tag %" PRId64, tag->low);
    } else if (mark->kind == REACH_VALUE) {
        describe_choice(lab, row, &lab->tables.choices[mark->item], what);
    }
}
