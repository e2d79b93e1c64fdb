/* SPDX-License-Identifier: MIT */
/*
 * To which entry each comment belongs. One above an entry is that entry's, one behind a
 * value in its line is the value's; behind the last entry of a level it belongs to the
 * deepest level that begins no further right than it does.
 */
#include "pretty.h"

static bool is_block(const struct pretty_piece *piece)
{
    return piece->value->kind != NODE_SCALAR && !piece->value->flow;
}

/* Is one of these places, which ascend, between two others? */
static bool has_place(const size_t *places, size_t count, size_t from, size_t to)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && places[low] < to;
}

static bool has_note(const struct pretty *pretty, const struct node *node)
{
    const struct pretty_gaps *gaps = &pretty->gaps;
    size_t low = 0, high = gaps->note_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gaps->notes[middle].from < node->from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < gaps->note_count && gaps->notes[low].from < node->to;
}

/* In brackets: what has no text, no brackets of its own, or more lines than one. */
static bool has_odd_part(const struct pretty *pretty, const struct node *node)
{
    char first = node->from < pretty->length ? pretty->text[node->from] : '\0';
    if (node->kind == NODE_SCALAR)
        return node->from == node->to || pretty_has_break(pretty, node->from, node->to);
    if (first != (node->kind == NODE_MAP ? '{' : '['))
        return true;
    for (size_t i = 0; i < node->count; i++)
        if (has_odd_part(pretty, node->items[i]) ||
            (node->kind == NODE_MAP && has_odd_part(pretty, node->keys[i])))
            return true;
    return false;
}

/* In block style: keys behind a question mark. */
static bool has_odd_key(const struct pretty *pretty, const struct node *node)
{
    const struct pretty_gaps *gaps = &pretty->gaps;
    for (size_t i = 0; node->kind == NODE_MAP && i < node->count; i++)
        if (has_place(gaps->marks, gaps->mark_count,
                      i > 0 ? node->items[i - 1]->to : node->from, node->keys[i]->from))
            return true;
    return false;
}

bool pretty_is_odd(const struct pretty *pretty, const struct node *node)
{
    const struct pretty_gaps *gaps = &pretty->gaps;
    if (node->kind == NODE_SCALAR)
        return pretty_has_break(pretty, node->from, node->to);
    if (!node->flow)
        return has_odd_key(pretty, node);
    return has_place(gaps->marks, gaps->mark_count, node->from, node->to) ||
           has_note(pretty, node) || has_odd_part(pretty, node);
}

/* Comments that begin before `limit`. */
static struct pretty_range take_before(struct pretty *pretty, size_t limit)
{
    struct pretty_range range = {pretty->next, pretty->next};
    while (range.last < pretty->gaps.note_count &&
           pretty->gaps.notes[range.last].from < limit)
        range.last++;
    pretty->next = range.last;
    return range;
}

/* Comments in the line of `at`, up to `limit`. */
static struct pretty_range take_behind(struct pretty *pretty, size_t at, size_t limit)
{
    struct pretty_range range = {pretty->next, pretty->next};
    while (range.last < pretty->gaps.note_count &&
           pretty->gaps.notes[range.last].from < limit &&
           pretty->gaps.notes[range.last].behind &&
           !pretty_has_break(pretty, at, pretty->gaps.notes[range.last].from))
        range.last++;
    pretty->next = range.last;
    return range;
}

/* Comments below the last entry, as far right as the entries. */
static struct pretty_range take_foot(struct pretty *pretty, size_t column, size_t limit)
{
    struct pretty_range range = {pretty->next, pretty->next};
    while (range.last < pretty->gaps.note_count &&
           pretty->gaps.notes[range.last].from < limit &&
           pretty->gaps.notes[range.last].column >= column)
        range.last++;
    pretty->next = range.last;
    return range;
}

/* The dash of a list's element: the last one before it. */
static size_t dash_before(const struct pretty *pretty, size_t at)
{
    const struct pretty_gaps *gaps = &pretty->gaps;
    size_t low = 0, high = gaps->dash_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gaps->dashes[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? gaps->dashes[low - 1] : at;
}

static size_t start_of(const struct pretty *pretty, const struct node *parent, size_t at)
{
    return parent->kind == NODE_MAP ? parent->keys[at]->from
                                    : dash_before(pretty, parent->items[at]->from);
}

static struct pretty_piece new_piece(const struct node *parent, size_t at,
                                     const struct pretty_shape *shape)
{
    bool named = parent->kind == NODE_MAP;
    const struct node *key = named ? parent->keys[at] : NULL;
    return (struct pretty_piece){.key = key,
                                 .value = parent->items[at],
                                 .shape = named ? pretty_shape_under(shape, key->text)
                                                : shape};
}

static bool is_below_blank(const struct pretty *pretty, size_t at)
{
    size_t lines = 0;
    while (at > 0 && lines < 2) {
        char byte = pretty->text[--at];
        if (byte == '\n')
            lines++;
        else if (byte != ' ' && byte != '\t' && byte != '\r' &&
                 (lines > 0 || byte != '-'))
            return false;
    }
    return lines == 2;
}

/* Fill in a piece whose value is known. `limit` is where the next entry begins. */
static void plan(struct pretty *pretty, struct pretty_piece *piece, size_t limit)
{
    const struct node *value = piece->value;
    if (!is_block(piece) || pretty_is_odd(pretty, value)) {
        piece->head = take_before(pretty, value->from);
        (void)take_before(pretty, value->to);
        piece->tail = take_behind(pretty, value->to, limit);
        return;
    }
    piece->entries = arena_array(pretty->arena, value->count, sizeof(*piece->entries));
    piece->order = pretty_order(pretty->arena, piece->shape, value);
    piece->head = take_behind(pretty, piece->start, start_of(pretty, value, 0));
    for (size_t i = 0; i < value->count; i++) {
        struct pretty_piece *entry = &piece->entries[i];
        *entry = new_piece(value, i, piece->shape);
        entry->start = start_of(pretty, value, i);
        entry->blank = is_below_blank(pretty, entry->start);
        entry->lead = take_before(pretty, entry->start);
        plan(pretty, entry,
             i + 1 < value->count ? start_of(pretty, value, i + 1) : limit);
    }
    piece->foot = take_foot(pretty, value->where.column - 1, limit);
}

struct pretty_piece *pretty_plan(struct pretty *pretty, const struct node *root)
{
    struct pretty_piece *piece = arena_alloc(pretty->arena, sizeof(*piece));
    piece->value = root;
    piece->shape = &pretty_profile_shape;
    plan(pretty, piece, pretty->length);
    if (piece->entries == NULL)
        piece->foot.first = pretty->next;
    piece->foot.last = pretty->gaps.note_count;
    return piece;
}

void pretty_expand(struct arena *arena, struct pretty_piece *piece)
{
    const struct node *value = piece->value;
    piece->entries = arena_array(arena, value->count, sizeof(*piece->entries));
    piece->order = pretty_order(arena, piece->shape, value);
    for (size_t i = 0; i < value->count; i++) {
        piece->entries[i] = new_piece(value, i, piece->shape);
        piece->entries[i].start = value->items[i]->from;
    }
}
