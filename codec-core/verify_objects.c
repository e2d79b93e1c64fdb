/* SPDX-License-Identifier: MIT */
/*
 * Objects whose members stand apart: what the decoder relies on, see verify.c. In a
 * message that has them, the rows that open and close them and services stand outside of
 * groups and without a condition, so that all of them are met in every pass. What each
 * pass does to the depth of open objects is noted while the rows are read once; then the
 * passes are put one behind the other.
 */
#include "private.h"

#include <string.h>

enum { ANY = -128, PASSES = 256 };

/* The service counts as one more object. */
enum { DEPTH_MAX = DGM_MAX_DEPTH + 1 };

/* What one pass asks of the depth that it begins with, and does to it. */
struct effect {
    int8_t change;
    int8_t most;  /* the largest change on the way */
    int8_t least; /* it begins with so many or more */
    int8_t just;  /* it begins with so many; ANY: that is not known */
};

static bool is_record(const struct dgm_row *row)
{
    return row->op == DGM_OP_REPEAT && (row->flags & DGM_ROW_RECORD) != 0;
}

static bool is_object(const struct dgm_row *row)
{
    return row->op == DGM_OP_OBJECT || row->op == DGM_OP_OBJECT_END;
}

static bool is_bracket(const struct dgm_row *row)
{
    return is_object(row) || row->op == DGM_OP_SERVICE || row->op == DGM_OP_SERVICE_END;
}

static bool has_objects(const struct dgm_codec *codec, const struct dgm_message *message)
{
    for (unsigned i = 0; i < message->row_count; i++)
        if (is_object(&codec->rows[message->first_row + i]))
            return true;
    return false;
}

/* The row is met at a depth of `wanted`, or of that and more. */
static bool note_need(struct effect *effect, int wanted, bool or_more)
{
    int before = wanted - effect->change;
    if (or_more) {
        effect->least = before > effect->least ? (int8_t)before : effect->least;
        return true;
    }
    bool agrees = effect->just == ANY || effect->just == before;
    effect->just = (int8_t)before;
    return agrees;
}

static bool note_row(struct effect *effect, const struct dgm_row *row)
{
    bool fine = true;
    switch (row->op) {
    case DGM_OP_SERVICE:
        fine = note_need(effect, 0, false);
        effect->change++;
        break;
    case DGM_OP_SERVICE_END:
        fine = note_need(effect, 1, false);
        effect->change--;
        break;
    case DGM_OP_OBJECT:
        fine = note_need(effect, 1, true);
        effect->change++;
        break;
    case DGM_OP_OBJECT_END:
        fine = note_need(effect, 2, true);
        effect->change--;
        break;
    default: /* records are services of their own */
        fine = note_need(effect, 0, false);
        break;
    }
    if (effect->change > effect->most)
        effect->most = effect->change;
    return fine && effect->change <= DEPTH_MAX && effect->change >= -DEPTH_MAX;
}

/* Does each pass find the depth that it needs, and is all closed at the end? */
static bool nest(const struct effect *effects, unsigned passes)
{
    int depth = 0;
    for (unsigned pass = 1; pass <= passes; pass++) {
        const struct effect *effect = &effects[pass];
        bool fits = effect->just == ANY || effect->just == depth;
        if (!fits || depth < effect->least || depth + effect->most > DEPTH_MAX)
            return false;
        depth += effect->change;
    }
    return depth == 0;
}

const char *objects_verify(const struct dgm_codec *codec,
                           const struct dgm_message *message)
{
    struct effect effects[PASSES];
    unsigned span_end = 0;
    if (!has_objects(codec, message))
        return NULL;
    for (unsigned i = 0; i < PASSES; i++)
        effects[i] = (struct effect){0, 0, -DEPTH_MAX, ANY};
    for (unsigned i = 0; i < message->row_count; i++) {
        const struct dgm_row *row = &codec->rows[message->first_row + i];
        bool is_inside = i < span_end;
        bool has_pass = row->pass > 0 && row->pass <= message->passes;
        if (!is_inside)
            span_end = i + 1u + dgm_row_span(row);
        bool is_sure = !is_inside && has_pass && row->when == DGM_NONE &&
                       !(row->flags & DGM_ROW_OPTIONAL);
        if (is_bracket(row) && !is_sure)
            return "an object that may not close";
        bool counts = is_bracket(row) || (is_record(row) && has_pass);
        if (counts && !note_row(&effects[row->pass], row))
            return "objects that do not nest";
    }
    return nest(effects, message->passes) ? NULL : "objects that do not nest";
}
