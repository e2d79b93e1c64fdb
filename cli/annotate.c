/* SPDX-License-Identifier: MIT */
/*
 * Notes out of the visits of a decode: which row was at work where. The value of a row is
 * looked up in the JSON that came out, by the row's path and the rounds around it.
 */
#include "annotate.h"
#include "notevalue.h"

#include <dragoman/stream.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VISITS = 1024, DEPTH = 16 }; /* visits at first */

/* A repetition or tag loop around the visit at work. */
struct round {
    uint16_t row;
    uint16_t last; /* row of the visit before, in it but in no loop inside */
    unsigned index;
    bool is_counted; /* a repetition: its rounds have brackets in paths */
};

struct rounds {
    struct round loops[DEPTH];
    size_t depth;
};

struct noting {
    struct annotation *annotation;
    struct tables tables;
    const struct dgm_row *rows;
    const struct dgm_codec *codec;
    struct rounds rounds;
    struct note_json *json; /* or NULL */
};

static struct note *add_note(struct annotation *annotation)
{
    if (annotation->count == annotation->capacity) {
        size_t capacity = annotation->capacity > 0 ? annotation->capacity * 2 : 64;
        struct note *grown =
            realloc(annotation->notes, capacity * sizeof(*annotation->notes));
        if (grown == NULL) {
            return NULL;
        }
        annotation->notes = grown;
        annotation->capacity = capacity;
    }
    struct note *note = &annotation->notes[annotation->count++];
    memset(note, 0, sizeof(*note));
    note->order = annotation->count;
    return note;
}

static bool is_inside(const struct noting *noting, uint16_t row, uint16_t outer)
{
    return row > outer && row <= outer + dgm_row_span(&noting->rows[outer]);
}

/* A row that comes again, or one before it, begins the next round of the innermost loop.
 */
static void follow_rounds(struct noting *noting, const struct dgm_visit *visit)
{
    struct rounds *rounds = &noting->rounds;
    uint8_t op = noting->rows[visit->row].op;
    while (rounds->depth > 0 &&
           !is_inside(noting, visit->row, rounds->loops[rounds->depth - 1].row)) {
        rounds->depth--;
    }
    if (rounds->depth > 0) {
        struct round *inner = &rounds->loops[rounds->depth - 1];
        inner->index += visit->row <= inner->last;
        inner->last = visit->row;
    }
    bool is_there = (visit->flags & DGM_VISIT_ABSENT) == 0;
    if ((op == DGM_OP_REPEAT || op == DGM_OP_TLV) && is_there && rounds->depth < DEPTH) {
        struct round *next = &rounds->loops[rounds->depth++];
        *next = (struct round){visit->row, visit->row, 0, op == DGM_OP_REPEAT};
    }
}

/* Is the visit inside a loop whose rounds the JSON does not show one by one? */
static bool is_blurred(const struct noting *noting)
{
    for (size_t i = 0; i < noting->rounds.depth; i++) {
        const struct dgm_row *row = &noting->rows[noting->rounds.loops[i].row];
        if ((row->flags & DGM_ROW_ARRAY) == 0 && row->op == DGM_OP_REPEAT) {
            return true;
        }
    }
    return false;
}

static bool is_in_tag_loop(const struct noting *noting)
{
    for (size_t i = 0; i < noting->rounds.depth; i++) {
        if (!noting->rounds.loops[i].is_counted) {
            return true;
        }
    }
    return false;
}

static size_t count_brackets(const char *path)
{
    size_t count = 0;
    while ((path = strstr(path, "[]")) != NULL) {
        count++;
        path += 2;
    }
    return count;
}

/* "Log[].volume" with the numbers of the rounds in the brackets. Brackets of what a tag
 * loop collects have no rounds, and stand in front of those that have. */
static void put_name(const struct noting *noting, const char *path, char *name)
{
    unsigned numbers[DEPTH];
    size_t used = 0, bracket = 0, depth = 0;
    for (size_t i = 0; i < noting->rounds.depth; i++) {
        const struct round *round = &noting->rounds.loops[i];
        uint32_t flags = noting->rows[round->row].flags;
        if (round->is_counted && (flags & (DGM_ROW_ARRAY | DGM_ROW_RECORD)) != 0) {
            numbers[depth++] = round->index;
        }
    }
    size_t brackets = count_brackets(path);
    size_t without = brackets > depth ? brackets - depth : 0;
    for (; *path != '\0' && used + 16 < NOTE_NAME; path++) {
        name[used++] = *path;
        if (path[0] != '[' || path[1] != ']') {
            continue;
        }
        if (bracket >= without && bracket - without < depth) {
            used += (size_t)snprintf(name + used, NOTE_NAME - used, "%u",
                                     numbers[bracket - without]);
        }
        bracket++;
    }
    name[used] = '\0';
}

/* Which bits of its bytes a field has, highest first. */
static void put_bits(const struct noting *noting, const struct dgm_visit *visit,
                     struct note *note)
{
    size_t used = 0;
    const struct dgm_row *row = &noting->rows[visit->row];
    if (row->op != DGM_OP_BIT && row->op != DGM_OP_FIELD) {
        return;
    }
    for (size_t at = note->at; at < note->end && used + 10 < NOTE_BITS; at++) {
        if (at > note->at) {
            note->bits[used++] = ' ';
        }
        for (unsigned bit = 8; bit-- > 0;) {
            bool covers = field_covers(noting->rows, visit, at, bit);
            unsigned set = noting->annotation->content[at] >> bit & 1u;
            note->bits[used++] = covers ? (char)('0' + (int)set) : '.';
        }
    }
    note->bits[used] = '\0';
}

/* Only the bytes that the field has bits in. */
static void narrow(const struct noting *noting, const struct dgm_visit *visit,
                   struct note *note)
{
    const struct dgm_row *row = &noting->rows[visit->row];
    bool found = false;
    if (row->op != DGM_OP_BIT && row->op != DGM_OP_FIELD) {
        return;
    }
    size_t first = visit->at, end = visit->at;
    for (size_t at = visit->at; at < visit->end; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            if (field_covers(noting->rows, visit, at, bit)) {
                first = found ? first : at;
                end = at + 1;
                found = true;
            }
        }
    }
    note->at = first;
    note->end = end;
}

static void put_raw(const struct noting *noting, const struct dgm_visit *visit,
                    struct note *note)
{
    const struct dgm_row *row = &noting->rows[visit->row];
    uint64_t bits;
    const struct annotation *annotation = noting->annotation;
    if (note->is_plain || !field_bits(noting->rows, visit, annotation->content,
                                      annotation->length, &bits)) {
        return;
    }
    if (row->op == DGM_OP_FLOAT || row->op == DGM_OP_CHECK) {
        (void)snprintf(note->raw, NOTE_TEXT, "0x%0*" PRIX64, row->width / 4, bits);
        return;
    }
    uint64_t raw = field_raw(row, bits), top = (field_mask(row) >> 1) + 1;
    if (row->flags & DGM_ROW_SIGNED) {
        (void)snprintf(note->raw, NOTE_TEXT, "%" PRId64, (int64_t)((raw ^ top) - top));
    } else {
        (void)snprintf(note->raw, NOTE_TEXT, "%" PRIu64, raw);
    }
}

/* Does the row stand for something that can be shown? */
static bool is_shown(const struct noting *noting, const struct dgm_visit *visit)
{
    const struct dgm_row *row = &noting->rows[visit->row];
    if (visit->flags & DGM_VISIT_ABSENT) {
        return false;
    }
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BIT:
    case DGM_OP_FIELD:
    case DGM_OP_FLOAT:
    case DGM_OP_BYTES:
    case DGM_OP_DIGITS:
    case DGM_OP_CHECK:
        return true;
    case DGM_OP_VALUE:
    case DGM_OP_LITERAL:
    case DGM_OP_MOMENT:
    case DGM_OP_JOIN:
    case DGM_OP_JOIN_BYTES:
    case DGM_OP_ECHO:
    case DGM_OP_TEXT:
        return row->member != DGM_NONE;
    default:
        return false;
    }
}

static bool note_visit(struct noting *noting, const struct dgm_visit *visit)
{
    const struct dgm_row *row = &noting->rows[visit->row];
    follow_rounds(noting, visit);
    bool is_hook = row->op == DGM_OP_GROUP && (row->flags & DGM_ROW_HOOK) != 0;
    if (!is_shown(noting, visit) && !(is_hook && visit->flags == 0)) {
        return true;
    }
    struct note *note = add_note(noting->annotation);
    if (note == NULL) {
        return false;
    }
    note->at = visit->at;
    note->end = visit->end;
    note->is_plain = (visit->flags & DGM_VISIT_PLAIN) != 0;
    note->is_hook = is_hook;
    if (row->op == DGM_OP_BIT && note->end == note->at && visit->row > 0) {
        note->end = note->at + 1; /* the group told where it ends */
    }
    narrow(noting, visit, note);
    note->is_computed = note->end == note->at && row->op != DGM_OP_BYTES;
    put_name(noting, dgm_codec_text(noting->codec, row->path), note->name);
    if (!note->is_plain) {
        put_bits(noting, visit, note);
    }
    put_raw(noting, visit, note);
    note->is_again = is_in_tag_loop(noting);
    bool is_single = (row->flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) == 0;
    if (noting->json != NULL && row->member != DGM_NONE && is_single &&
        !is_blurred(noting)) {
        note->value = note_value(noting->json, note->name);
    }
    return true;
}

static int by_name(const void *left, const void *right)
{
    const struct note *const *one = left, *const *other = right;
    return strcmp((*one)->name, (*other)->name);
}

static void drop_value(struct note *note)
{
    free(note->value);
    note->value = NULL;
}

/* Of what comes several times in a tag loop the JSON has one, and nobody says which. */
static bool drop_doubtful(struct annotation *annotation)
{
    size_t count = 0;
    struct note **again = malloc((annotation->count + 1) * sizeof(struct note *));
    if (again == NULL) {
        return false;
    }
    for (size_t i = 0; i < annotation->count; i++) {
        struct note *note = &annotation->notes[i];
        if (note->value != NULL && note->is_again) {
            again[count++] = note;
        }
    }
    qsort(again, count, sizeof(struct note *), by_name);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && by_name(&again[i], &again[end]) == 0; end++) {
        }
        for (size_t k = i; end - i > 1 && k < end; k++) {
            drop_value(again[k]);
        }
    }
    free(again);
    return true;
}

static int by_place(const void *left, const void *right)
{
    const struct note *one = left, *other = right;
    if (one->is_plain != other->is_plain) {
        return one->is_plain ? 1 : -1;
    }
    if (one->at != other->at) {
        return one->at < other->at ? -1 : 1;
    }
    return one->order < other->order ? -1 : 1;
}

static void sort_notes(struct annotation *annotation)
{
    if (annotation->count > 0) {
        qsort(annotation->notes, annotation->count, sizeof(*annotation->notes), by_place);
    }
}

/* Bytes between the notes that nobody reads. */
static bool add_gaps(struct annotation *annotation, size_t limit)
{
    size_t count = annotation->count, next = 0;
    for (size_t i = 0; i <= count; i++) {
        bool is_end = i == count || annotation->notes[i].is_plain;
        size_t at = is_end ? limit : annotation->notes[i].at;
        if (at > next) {
            struct note *gap = add_note(annotation);
            if (gap == NULL) {
                return false;
            }
            gap->at = next;
            gap->end = at;
        }
        if (is_end) {
            return true;
        }
        next = annotation->notes[i].end > next ? annotation->notes[i].end : next;
    }
    return true;
}

/* The gap behind a hook at the same place, or NULL; notes are sorted. */
static struct note *gap_of(struct annotation *annotation, size_t hook)
{
    struct note *notes = annotation->notes;
    for (size_t i = hook + 1; !notes[hook].is_plain && i < annotation->count &&
                              notes[i].at == notes[hook].at && !notes[i].is_plain;
         i++) {
        if (notes[i].name[0] == '\0') {
            return &notes[i];
        }
    }
    return NULL;
}

/* The bytes of a hook are those that nobody else reads behind its place. */
static void name_hooks(struct annotation *annotation)
{
    size_t kept = 0;
    for (size_t i = 0; i < annotation->count; i++) {
        struct note *hook = &annotation->notes[i];
        struct note *gap = hook->is_hook ? gap_of(annotation, i) : NULL;
        if (gap != NULL) {
            (void)snprintf(gap->name, NOTE_NAME, "%.*s (hook)", NOTE_NAME - 8,
                           hook->name);
        }
    }
    for (size_t i = 0; i < annotation->count; i++) {
        if (annotation->notes[i].is_hook) {
            free(annotation->notes[i].value);
        } else {
            annotation->notes[kept++] = annotation->notes[i];
        }
    }
    annotation->count = kept;
}

static bool note_all(struct noting *noting, const struct dgm_visit *visits, size_t count)
{
    struct annotation *annotation = noting->annotation;
    /* The last one is that of the row that failed. */
    count -= annotation->status > DGM_NOTHING && count > 0;
    for (size_t i = 0; i < count; i++) {
        if (!note_visit(noting, &visits[i])) {
            return false;
        }
    }
    if (!drop_doubtful(annotation)) {
        return false;
    }
    sort_notes(annotation);
    if (!add_gaps(annotation, annotation->length)) {
        return false;
    }
    sort_notes(annotation);
    name_hooks(annotation);
    return true;
}

static bool take_content(struct annotation *annotation, const struct worker *worker,
                         const uint8_t *frame, size_t length)
{
    annotation->content = malloc(length + 1);
    return annotation->content != NULL &&
           (dgm_frame_content(worker->codec, frame, length, annotation->content, length,
                              &annotation->length) == DGM_OK ||
            (annotation->length = 0) == 0);
}

static void note_fault(struct annotation *annotation, const struct worker *worker)
{
    /* Places of a frame with framing are those on the line. */
    bool is_plain = dgm_codec_model(worker->codec)->framings.count == 0;
    annotation->has_fault = annotation->status > DGM_NOTHING && is_plain &&
                            worker->error.place == DGM_PLACE_FRAME &&
                            worker->error.offset <= annotation->length;
    annotation->fault_at = annotation->has_fault ? worker->error.offset : 0;
}

/* The message that was taken, or would have been. */
static uint16_t message_of(const struct worker *worker, const struct dgm_call *call,
                           const uint8_t *frame, size_t length)
{
    if (call->message == NULL) {
        struct dgm_call full = *call;
        full.scratch = worker->scratch;
        full.scratch_size = worker->scratch_size;
        return dgm_identify(worker->codec, &full, frame, length);
    }
    const struct dgm_model *model = dgm_codec_model(worker->codec);
    struct tables tables;
    tables_open(&tables, worker->codec);
    for (unsigned i = 0; i < model->messages.count; i++) {
        const char *name = dgm_codec_text(worker->codec, tables.messages[i].name);
        if (strcmp(name, call->message) == 0) {
            return (uint16_t)i;
        }
    }
    return DGM_NONE;
}

static bool work(struct annotation *annotation, struct worker *worker,
                 const struct dgm_visit *visits, size_t count, uint16_t message)
{
    struct noting noting = {.annotation = annotation, .codec = worker->codec};
    struct note_json json = {0};
    const char *text = annotation->json;
    tables_open(&noting.tables, worker->codec);
    noting.rows = tables_rows(&noting.tables, message);
    annotation->message =
        dgm_codec_text(worker->codec, noting.tables.messages[message].name);
    if (text != NULL && !note_json_open(&json, text, strlen(text))) {
        return false;
    }
    noting.json = text != NULL ? &json : NULL;
    bool fine = note_all(&noting, visits, count);
    note_json_close(&json);
    return fine;
}

/* The visits of a decode, however many: memory, or NULL. */
static struct dgm_visit *decode_visits(struct annotation *annotation,
                                       struct worker *worker, const struct dgm_call *call,
                                       const uint8_t *frame, size_t length)
{
    struct dgm_call full = *call;
    size_t capacity = VISITS;
    for (;;) {
        struct dgm_visit *visits = calloc(capacity, sizeof(*visits));
        if (visits == NULL) {
            return NULL;
        }
        full.visits = visits;
        full.visit_capacity = capacity;
        annotation->status = worker_decode(worker, &full, frame, length);
        if (worker->outcome.visit_count <= capacity) {
            return visits;
        }
        capacity = worker->outcome.visit_count;
        free(visits);
    }
}

static bool keep_json(struct annotation *annotation, const struct worker *worker)
{
    size_t size = worker->outcome.length;
    annotation->json = malloc(size + 1);
    if (annotation->json == NULL) {
        return false;
    }
    memcpy(annotation->json, worker->data, size);
    annotation->json[size] = '\0';
    return true;
}

bool annotate(struct annotation *annotation, struct worker *worker,
              const struct dgm_call *call, const uint8_t *frame, size_t length)
{
    memset(annotation, 0, sizeof(*annotation));
    if (!take_content(annotation, worker, frame, length)) {
        return false;
    }
    struct dgm_visit *visits = decode_visits(annotation, worker, call, frame, length);
    if (visits == NULL) {
        return false;
    }
    note_fault(annotation, worker);
    size_t count = worker->outcome.visit_count;
    uint16_t message = annotation->status <= DGM_NOTHING
                           ? worker->outcome.message
                           : message_of(worker, call, frame, length);
    bool fine = annotation->status != DGM_OK || keep_json(annotation, worker);
    if (fine && message != DGM_NONE) {
        fine = work(annotation, worker, visits, count, message);
    }
    free(visits);
    return fine;
}

void annotation_close(struct annotation *annotation)
{
    for (size_t i = 0; i < annotation->count; i++) {
        free(annotation->notes[i].value);
    }
    free(annotation->content);
    free(annotation->notes);
    free(annotation->json);
    memset(annotation, 0, sizeof(*annotation));
}
