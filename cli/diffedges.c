/* SPDX-License-Identifier: MIT */
#include "diffedges.h"

#include "mend.h"

#include <stdlib.h>
#include <string.h>

enum { BASES = 3, CHUNKS = 8, COUNTS = 6, LENGTHS = 24 };

/* Lengths to try. */
struct lengths {
    size_t items[LENGTHS];
    size_t count;
};

static void give(const struct explorer *explorer, const struct specimen *specimen)
{
    explorer->refused(explorer->user, explorer->lab, specimen);
}

static void try_channel(const struct explorer *explorer, const struct specimen *base,
                        uint64_t channel)
{
    struct specimen specimen = *base;
    if (channel <= UINT32_MAX) {
        specimen.has_channel = true;
        specimen.channel = (uint32_t)channel;
        give(explorer, &specimen);
    }
}

/* The first and the last one, and their neighbours. */
static void try_channels(const struct explorer *explorer, const struct specimen *base,
                         const struct dgm_guard *guard)
{
    try_channel(explorer, base, guard->value);
    try_channel(explorer, base, guard->mask);
    try_channel(explorer, base, guard->mask + 1);
    if (guard->value > 0) {
        try_channel(explorer, base, guard->value - 1);
    }
}

/* The filter as a topic, with `rest` in place of "#", or without its level for NULL. */
static void try_topic(const struct explorer *explorer, const struct specimen *base,
                      const char *filter, const char *rest)
{
    struct specimen specimen = *base;
    size_t length = 0;
    for (; *filter != '\0' && *filter != '#' && length + 8 < SPECIMEN_TOPIC; filter++) {
        specimen.topic[length++] = *filter == '+' ? 'x' : *filter;
    }
    if (*filter == '#' && rest == NULL && length > 0) {
        length--; /* the '/' */
    }
    specimen.topic[length] = '\0';
    if (*filter == '#' && rest != NULL) {
        strcpy(specimen.topic + length, rest);
    }
    give(explorer, &specimen);
}

/* What "#" stands for: nothing at all, one level, several. */
static void try_topics(const struct explorer *explorer, const struct specimen *base,
                       const char *filter)
{
    try_topic(explorer, base, filter, NULL);
    if (strchr(filter, '#') != NULL) {
        try_topic(explorer, base, filter, "x");
        try_topic(explorer, base, filter, "x/x");
    }
}

static void add_length(struct lengths *lengths, size_t length)
{
    for (size_t i = 0; i < lengths->count; i++) {
        if (lengths->items[i] == length) {
            return;
        }
    }
    if (lengths->count < LENGTHS && length > 0 && length <= SPECIMEN_MAX) {
        lengths->items[lengths->count++] = length;
    }
}

static void add_edges(struct lengths *lengths, uint64_t first, uint64_t last)
{
    const uint64_t edges[] = {first, last, last + 1, first - 1};
    for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
        add_length(lengths, edges[i] <= SPECIMEN_MAX ? (size_t)edges[i] : 0);
    }
}

/* Of a message whose length is always the same there are none. */
static void find_lengths(const struct lab *lab, struct lengths *ret)
{
    const struct dgm_message *message = lab_message(lab);
    const struct dgm_guard *guards = lab->tables.guards + message->first_guard;
    ret->count = 0;
    if (message->frame_min == message->frame_max) {
        return;
    }
    add_edges(ret, message->frame_min, message->frame_max);
    for (unsigned i = 0; i < message->guard_count; i++) {
        if (guards[i].kind == DGM_GUARD_LENGTH) {
            add_edges(ret, guards[i].value, guards[i].mask);
        }
    }
    add_length(ret, SPECIMEN_MAX);
}

/* Bytes of the frame as often as they have room in that length. False if they do not
 * make it longer. */
static bool stretch(struct specimen *specimen, const struct dgm_visit *chunk,
                    size_t length)
{
    uint8_t bytes[SPECIMEN_MAX];
    size_t size = chunk->end - chunk->at, old = specimen->length;
    memcpy(bytes, specimen->bytes + chunk->at, size);
    while (specimen->length + size <= length &&
           specimen_insert(specimen, chunk->end, bytes, size)) {
    }
    return specimen->length > old;
}

/* A frame that is being made longer. */
struct stretching {
    struct explorer *explorer;
    const struct specimen *base;
    struct dgm_visit *visits; /* of the base */
    size_t count, length;
};

/* Counts and sizes in front of the bytes, which know nothing of it yet: raised by `more`,
 * one of them at a time. True if that makes a frame of that length. */
static bool try_counts(const struct stretching *stretching, size_t chunk,
                       const struct specimen *stretched, uint64_t more)
{
    struct lab *lab = stretching->explorer->lab;
    size_t first = chunk > COUNTS ? chunk - COUNTS : 0;
    uint64_t bits = 0;
    for (size_t i = chunk; i > first; i--) {
        struct specimen specimen = *stretched;
        const struct dgm_visit *visit = &stretching->visits[i - 1];
        if (field_get(lab->rows, visit, &specimen, &bits) &&
            field_set(lab->rows, visit, &specimen, bits + more) &&
            lab_decode(lab, &specimen) <= DGM_NOTHING && lab_identifies(lab, &specimen)) {
            explore_seed(stretching->explorer, &specimen);
            return specimen.length == stretching->length;
        }
    }
    return false;
}

/* As it came out, with other counts, mended. True if one of the former is a frame of the
 * length that is wanted. */
static bool try_stretched(const struct stretching *stretching, size_t at, bool is_byte)
{
    struct explorer *explorer = stretching->explorer;
    struct specimen specimen = *stretching->base;
    struct dgm_visit chunk = stretching->visits[at];
    chunk.at = is_byte ? chunk.end - 1 : chunk.at;
    if (chunk.end > specimen.length || !stretch(&specimen, &chunk, stretching->length)) {
        return false;
    }
    if (lab_decode(explorer->lab, &specimen) <= DGM_NOTHING &&
        lab_identifies(explorer->lab, &specimen)) {
        explore_seed(explorer, &specimen);
        return specimen.length == stretching->length;
    }
    give(explorer, &specimen);
    uint64_t bytes = specimen.length - stretching->base->length;
    if (try_counts(stretching, at, &specimen, bytes / (chunk.end - chunk.at)) ||
        try_counts(stretching, at, &specimen, bytes)) {
        return true;
    }
    explore_seed(explorer, &specimen);
    return false;
}

/* What may be there several times: bytes of a row, or the last one of them. Rows at the
 * end first. */
static void try_length(const struct stretching *stretching)
{
    size_t chunks = 0;
    for (size_t i = stretching->count; i > 0 && chunks < CHUNKS; i--) {
        const struct dgm_visit *visit = &stretching->visits[i - 1];
        if (visit->flags != 0 || visit->end <= visit->at) {
            continue;
        }
        chunks++;
        if (try_stretched(stretching, i - 1, false) ||
            try_stretched(stretching, i - 1, true)) {
            return;
        }
    }
}

static bool try_lengths(struct explorer *explorer, const struct specimen *base,
                        const struct lengths *lengths)
{
    struct lab *lab = explorer->lab;
    struct stretching stretching = {.explorer = explorer, .base = base};
    if (lengths->count == 0 || lab_decode(lab, base) > DGM_NOTHING) {
        return true;
    }
    stretching.count = lab->visit_count;
    stretching.visits = malloc((stretching.count + 1) * sizeof(*stretching.visits));
    if (stretching.visits == NULL) {
        return false;
    }
    memcpy(stretching.visits, lab->visits, stretching.count * sizeof(*lab->visits));
    for (size_t i = 0; i < lengths->count && !explorer->is_over; i++) {
        stretching.length = lengths->items[i];
        try_length(&stretching);
    }
    free(stretching.visits);
    return true;
}

static void try_guards(const struct explorer *explorer, const struct specimen *base)
{
    const struct lab *lab = explorer->lab;
    const struct dgm_message *message = lab_message(lab);
    const struct dgm_guard *guards = lab->tables.guards + message->first_guard;
    for (unsigned i = 0; i < message->guard_count; i++) {
        if (guards[i].kind == DGM_GUARD_CHANNEL) {
            try_channels(explorer, base, &guards[i]);
        } else if (guards[i].kind == DGM_GUARD_TOPIC) {
            try_topics(explorer, base,
                       dgm_codec_text(lab->codec, (uint32_t)guards[i].value));
        }
    }
}

bool diff_try_edges(struct explorer *explorer)
{
    struct lengths lengths;
    size_t bases = explorer->corpus_count < BASES ? explorer->corpus_count : BASES;
    bool good = true;
    find_lengths(explorer->lab, &lengths);
    for (size_t i = 0; good && i < bases; i++) {
        const struct specimen base = explorer->corpus[explorer->corpus_count - 1 - i];
        if (i == 0) {
            try_guards(explorer, &base);
        }
        good = try_lengths(explorer, &base, &lengths);
    }
    return good;
}
