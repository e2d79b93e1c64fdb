/* SPDX-License-Identifier: MIT */
/*
 * Frames of a message. A frame that reaches something new joins a collection; all others
 * are made out of those by changing fields where the visits say that they stand.
 */
#include "explore.h"
#include "mend.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

enum { SEEN_SIZE = 1 << 17, SWEEPS = 2, PAIR_VALUES = 10, SEEDS = 24 };

bool explore_open(struct explorer *explorer, struct lab *lab, size_t budget)
{
    unsigned rows = lab_message(lab)->row_count;
    memset(explorer, 0, sizeof(*explorer));
    explorer->lab = lab;
    explorer->budget = budget;
    explorer->seen_size = SEEN_SIZE;
    explorer->corpus = malloc(EXPLORE_CORPUS * sizeof(*explorer->corpus));
    explorer->seen = calloc(SEEN_SIZE, sizeof(*explorer->seen));
    explorer->swept = calloc(rows + 1u, sizeof(*explorer->swept));
    if (explorer->corpus == NULL || explorer->seen == NULL || explorer->swept == NULL ||
        !reach_open(&explorer->reach, lab)) {
        explore_close(explorer);
        return false;
    }
    return true;
}

void explore_close(struct explorer *explorer)
{
    free(explorer->corpus);
    free(explorer->seen);
    free(explorer->swept);
    reach_close(&explorer->reach);
    memset(explorer, 0, sizeof(*explorer));
}

static bool spent(const struct explorer *explorer, size_t most)
{
    return explorer->is_over || explorer->lab->calls >= most;
}

/* True the first time. When the set is full, all is old. */
static bool is_new(struct explorer *explorer, const struct specimen *specimen)
{
    uint64_t hash = dice_hash(specimen->bytes, specimen->length,
                              specimen->channel + 31u * (unsigned char)*specimen->topic);
    hash = hash != 0 ? hash : 1;
    size_t at = (size_t)(hash & (explorer->seen_size - 1));
    while (explorer->seen[at] != 0) {
        if (explorer->seen[at] == hash) {
            return false;
        }
        at = (at + 1) & (explorer->seen_size - 1);
    }
    if (explorer->seen_count >= explorer->seen_size / 4 * 3) {
        return false;
    }
    explorer->seen[at] = hash;
    explorer->seen_count++;
    return true;
}

/* mend(), for those who want to know what had to be mended. */
static bool mend_openly(struct explorer *explorer, struct specimen *specimen)
{
    const struct specimen first = *specimen;
    bool good = mend(explorer->lab, specimen);
    if ((!good || !specimen_same(&first, specimen)) && is_new(explorer, &first)) {
        explorer->refused(explorer->user, explorer->lab, &first);
    }
    return good;
}

/* Make a frame of it; true if that worked. */
static bool offer(struct explorer *explorer, struct specimen *specimen)
{
    struct lab *lab = explorer->lab;
    bool good =
        explorer->refused != NULL ? mend_openly(explorer, specimen) : mend(lab, specimen);
    if (!good || (!is_new(explorer, specimen) && !explorer->repeats)) {
        return false;
    }
    bool grows = reach_note(&explorer->reach, lab, specimen);
    if ((grows || explorer->corpus_count < SEEDS / 2) &&
        explorer->corpus_count < EXPLORE_CORPUS) {
        explorer->corpus[explorer->corpus_count++] = *specimen;
    }
    if (explorer->found != NULL && !explorer->found(explorer->user, lab, specimen)) {
        explorer->is_over = true;
    }
    return true;
}

void explore_seed(struct explorer *explorer, const struct specimen *specimen)
{
    struct specimen copy = *specimen;
    (void)offer(explorer, &copy);
}

static void blank(struct lab *lab, struct specimen *specimen, unsigned kind)
{
    size_t least = lab_message(lab)->frame_min, most = lab_message(lab)->frame_max;
    size_t more = most > least ? most - least : 0;
    memset(specimen, 0, sizeof(*specimen));
    more = more < 40 ? more : 40;
    specimen->length = least + (kind > 2 ? dice_below(&lab->dice, more + 1) : 0);
    specimen->length = specimen->length < SPECIMEN_MAX ? specimen->length : SPECIMEN_MAX;
    if (kind == 1) {
        memset(specimen->bytes, 0xFF, specimen->length);
    } else if (kind > 1) {
        dice_fill(&lab->dice, specimen->bytes, specimen->length);
    }
    mend_guards(lab, specimen);
}

static void plant(struct explorer *explorer)
{
    struct specimen specimen;
    for (unsigned i = 0; i < SEEDS && !spent(explorer, explorer->budget / 4); i++) {
        blank(explorer->lab, &specimen, i);
        (void)offer(explorer, &specimen);
    }
}

/* The values of one field in a frame, out of a list, or from 0 on where that is NULL. */
static void try_values(struct explorer *explorer, const struct specimen *base,
                       const struct dgm_visit *visit, const uint64_t *list, size_t count,
                       size_t most)
{
    const struct dgm_row *rows = explorer->lab->rows;
    struct specimen specimen;
    for (size_t i = 0; i < count && !spent(explorer, most); i++) {
        specimen = *base;
        (void)field_set(rows, visit, &specimen,
                        (list == NULL ? i : list[i]) & field_mask(&rows[visit->row]));
        (void)offer(explorer, &specimen);
    }
}

/* All of them if it is small. */
static void sweep_field(struct explorer *explorer, const struct specimen *base,
                        const struct dgm_visit *visit, size_t most)
{
    struct lab *lab = explorer->lab;
    const struct dgm_row *row = &lab->rows[visit->row];
    struct values values;
    bool small = row->width <= VALUES_SMALL_BITS;
    values_of(lab, visit->row, &values);
    try_values(explorer, base, visit, small ? NULL : values.bits,
               small ? (size_t)1 << row->width : values.count, most);
}

/* Visits of a frame of the collection; they are those of the lab until the next decode.
 */
static size_t look(struct explorer *explorer, const struct specimen *base,
                   struct dgm_visit **ret)
{
    struct lab *lab = explorer->lab;
    *ret = NULL;
    if (lab_decode(lab, base) > DGM_NOTHING || lab->visit_count == 0) {
        return 0;
    }
    struct dgm_visit *copy = malloc(lab->visit_count * sizeof(*copy));
    if (copy == NULL) {
        explorer->is_over = true;
        return 0;
    }
    memcpy(copy, lab->visits, lab->visit_count * sizeof(*copy));
    *ret = copy;
    return lab->visit_count;
}

static void sweep_bytes(struct explorer *explorer, const struct specimen *base,
                        const struct dgm_visit *visit, size_t most)
{
    struct specimen specimen;
    for (unsigned i = 0; i < 24 && !spent(explorer, most); i++) {
        specimen = *base;
        if (!values_fill(explorer->lab, visit, &specimen)) {
            return;
        }
        (void)offer(explorer, &specimen);
    }
}

/* All rows get all their values in some frame of the collection. */
static void sweep(struct explorer *explorer, size_t most)
{
    struct dgm_visit *visits;
    uint64_t ignored;
    for (size_t i = 0; i < explorer->corpus_count && !spent(explorer, most); i++) {
        struct specimen base = explorer->corpus[i];
        size_t count = look(explorer, &base, &visits);
        for (size_t k = 0; k < count && !spent(explorer, most); k++) {
            const struct dgm_visit *visit = &visits[k];
            if (explorer->swept[visit->row] >= SWEEPS || visit->flags != 0) {
                continue;
            }
            explorer->swept[visit->row]++;
            if (field_get(explorer->lab->rows, visit, &base, &ignored)) {
                sweep_field(explorer, &base, visit, most);
            } else {
                sweep_bytes(explorer, &base, visit, most);
            }
        }
        free(visits);
    }
}

/* Where the loop's records end in a frame: behind all that is inside it. */
static size_t loop_end(const struct lab *lab, const struct dgm_visit *visits,
                       size_t count, size_t loop)
{
    uint16_t row = visits[loop].row;
    size_t end = visits[loop].at;
    for (size_t i = loop + 1; i < count; i++) {
        if (visits[i].row <= row || visits[i].row > row + lab->rows[row].detail) {
            break;
        }
        end = visits[i].end > end ? visits[i].end : end;
    }
    return end;
}

/* A record of each tag of a loop, in front of those that it has or at `end`. */
static void try_tags(struct explorer *explorer, const struct specimen *base,
                     const struct dgm_visit *visit, size_t end, size_t most)
{
    struct lab *lab = explorer->lab;
    const struct dgm_loop *loop = &lab->tables.loops[lab->rows[visit->row].spec];
    struct specimen specimen;
    for (unsigned t = 0; t < loop->count && !spent(explorer, most); t++) {
        specimen = *base;
        size_t at = dice_once(&lab->dice, 2) ? visit->at : end;
        if (mend_insert_record(lab, &specimen, visit->row,
                               &lab->tables.tags[loop->first + t], at)) {
            (void)offer(explorer, &specimen);
        }
    }
}

/* A record of each tag in a few frames. */
static void add_records(struct explorer *explorer, size_t most)
{
    struct lab *lab = explorer->lab;
    struct dgm_visit *visits;
    size_t bases = explorer->corpus_count < 4 ? explorer->corpus_count : 4;
    for (size_t i = 0; i < bases && !spent(explorer, most); i++) {
        struct specimen base = explorer->corpus[i];
        size_t count = look(explorer, &base, &visits);
        for (size_t k = 0; k < count; k++) {
            if (lab->rows[visits[k].row].op == DGM_OP_TLV && visits[k].flags == 0) {
                try_tags(explorer, &base, &visits[k], loop_end(lab, visits, count, k),
                         most);
            }
        }
        free(visits);
    }
}

/* Is something of the row still to reach? */
static bool is_open(const struct explorer *explorer, uint16_t row)
{
    const struct reach *reach = &explorer->reach;
    for (uint32_t i = reach->first[row]; i < reach->first[row + 1u]; i++) {
        if (!reach->marks[i].done) {
            return true;
        }
    }
    return false;
}

/* The records or the named values of one row that no frame has had. */
static void chase_row(struct explorer *explorer, const struct specimen *base,
                      const struct dgm_visit *visit, size_t most)
{
    const struct lab *lab = explorer->lab;
    struct values values;
    uint64_t ignored;
    if (lab->rows[visit->row].op == DGM_OP_TLV) {
        try_tags(explorer, base, visit, visit->at, most);
    } else if (field_get(lab->rows, visit, base, &ignored)) {
        values_of(lab, visit->row, &values);
        try_values(explorer, base, visit, values.bits, values.count, most);
    }
}

/* What chance has left: rows of which something is still to reach, wherever they stand.
 */
static void chase(struct explorer *explorer, size_t most)
{
    struct dgm_visit *visits;
    for (size_t i = 0; i < explorer->corpus_count && !spent(explorer, most) &&
                       explorer->reach.done < explorer->reach.count;
         i++) {
        struct specimen base = explorer->corpus[i];
        size_t count = look(explorer, &base, &visits);
        for (size_t k = 0; k < count && !spent(explorer, most); k++) {
            if (visits[k].flags == 0 && is_open(explorer, visits[k].row)) {
                chase_row(explorer, &base, &visits[k], most);
            }
        }
        free(visits);
    }
}

/* Fields that decide what else there is, and others of few values. */
static size_t list_deciders(const struct explorer *explorer, const struct specimen *base,
                            const struct dgm_visit *visits, size_t count,
                            const struct dgm_visit **deciders, size_t most)
{
    const struct lab *lab = explorer->lab;
    size_t found = 0;
    uint64_t ignored;
    for (size_t i = 0; i < count && found < most; i++) {
        const struct dgm_row *row = &lab->rows[visits[i].row];
        bool is_small = row->width <= 4 || row->show == DGM_SHOW_ENUM;
        if (field_get(lab->rows, &visits[i], base, &ignored) &&
            row->source != DGM_SOURCE_CONST &&
            (is_small || values_select(lab, visits[i].row))) {
            deciders[found++] = &visits[i];
        }
    }
    return found;
}

static void try_pair(struct explorer *explorer, const struct specimen *base,
                     const struct dgm_visit *left, const struct dgm_visit *right,
                     size_t most)
{
    struct lab *lab = explorer->lab;
    struct values lefts, rights;
    struct specimen specimen;
    values_of(lab, left->row, &lefts);
    values_of(lab, right->row, &rights);
    size_t rows = lefts.count < PAIR_VALUES ? lefts.count : PAIR_VALUES;
    size_t columns = rights.count < PAIR_VALUES ? rights.count : PAIR_VALUES;
    for (size_t i = 0; i < rows; i++) {
        for (size_t k = 0; k < columns && !spent(explorer, most); k++) {
            specimen = *base;
            (void)field_set(lab->rows, left, &specimen, lefts.bits[i]);
            (void)field_set(lab->rows, right, &specimen, rights.bits[k]);
            (void)offer(explorer, &specimen);
        }
    }
}

/* Pairs of fields that decide, in a few frames. */
static void pair_up(struct explorer *explorer, size_t most)
{
    const struct dgm_visit *deciders[24];
    struct dgm_visit *visits;
    size_t bases = explorer->corpus_count < 6 ? explorer->corpus_count : 6;
    for (size_t i = 0; i < bases && !spent(explorer, most); i++) {
        struct specimen base = explorer->corpus[explorer->corpus_count - 1 - i];
        size_t count = look(explorer, &base, &visits);
        size_t found = list_deciders(explorer, &base, visits, count, deciders, 24);
        for (size_t a = 0; a < found; a++) {
            for (size_t b = a + 1; b < found && !spent(explorer, most); b++) {
                try_pair(explorer, &base, deciders[a], deciders[b], most);
            }
        }
        free(visits);
    }
}

/* A record more, or bytes more or fewer, or other content. */
static void mutate(struct lab *lab, struct specimen *specimen,
                   const struct dgm_visit *visits, size_t count)
{
    size_t i = dice_below(&lab->dice, count);
    const struct dgm_row *row = &lab->rows[visits[i].row];
    const struct dgm_loop *loop =
        row->op == DGM_OP_TLV ? &lab->tables.loops[row->spec] : NULL;
    if (loop != NULL && loop->count > 0 && visits[i].flags == 0) {
        const struct dgm_tag *tag =
            &lab->tables.tags[loop->first + dice_below(&lab->dice, loop->count)];
        (void)mend_insert_record(lab, specimen, visits[i].row, tag, visits[i].at);
        return;
    }
    if (dice_once(&lab->dice, 12) && specimen->length > 0) {
        uint8_t byte = (uint8_t)dice_next(&lab->dice);
        size_t at = dice_below(&lab->dice, specimen->length + 1);
        if (dice_once(&lab->dice, 2)) {
            specimen_remove(specimen, at, 1 + dice_below(&lab->dice, 3));
        } else {
            (void)specimen_insert(specimen, at, &byte, 1);
        }
        return;
    }
    (void)values_fill(lab, &visits[i], specimen);
}

bool explore_one(struct explorer *explorer, struct specimen *ret)
{
    struct lab *lab = explorer->lab;
    struct dgm_visit *visits;
    if (explorer->corpus_count == 0) {
        blank(lab, ret, 3);
        return offer(explorer, ret);
    }
    *ret = explorer->corpus[dice_below(&lab->dice, explorer->corpus_count)];
    size_t count = look(explorer, ret, &visits);
    size_t changes = dice_once(&lab->dice, 3) ? count : 1 + dice_below(&lab->dice, 6);
    for (size_t i = 0; i < changes && i < 64 && count > 0; i++) {
        mutate(lab, ret, visits, count);
    }
    free(visits);
    mend_guards(lab, ret);
    return offer(explorer, ret);
}

void explore(struct explorer *explorer)
{
    struct specimen specimen;
    size_t budget = explorer->budget;
    plant(explorer);
    add_records(explorer, budget / 4);
    sweep(explorer, budget / 2);
    add_records(explorer, budget / 2);
    pair_up(explorer, budget / 4 * 3);
    while (!spent(explorer, budget)) {
        (void)explore_one(explorer, &specimen);
    }
    /* What was found by chance has not had its turn yet. */
    sweep(explorer, budget + budget / 4);
    chase(explorer, budget * 2);
}
