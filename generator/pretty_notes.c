/* SPDX-License-Identifier: MIT */
/* Comments, dashes and question marks: they stand between the scalars, where nothing else
 * can be taken for them. */
#include "pretty.h"

#include <string.h>

#include "utf8.h"

struct scan {
    struct arena *arena;
    const char *text;
    size_t at; /* looked at so far */
    struct pretty_gaps *gaps;
};

static bool is_break(char byte)
{
    return byte == '\n' || byte == '\r';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static size_t line_start(const char *text, size_t at)
{
    while (at > 0 && !is_break(text[at - 1]))
        at--;
    return at;
}

size_t pretty_characters(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0u) != 0x80u ? 1 : 0;
    return count;
}

/* Is the line before the one of `at` empty? */
static bool is_below_blank(const char *text, size_t at)
{
    size_t start = line_start(text, at);
    if (start == 0)
        return false;
    size_t end = start - 1;
    if (end > 0 && text[end] == '\n' && text[end - 1] == '\r')
        end--;
    size_t before = line_start(text, end);
    while (before < end && is_blank(text[before]))
        before++;
    return before == end;
}

static size_t take_note(struct scan *scan, size_t from, size_t limit)
{
    struct pretty_gaps *gaps = scan->gaps;
    size_t end = from, start = line_start(scan->text, from), first = start;
    while (end < limit && !is_break(scan->text[end]))
        end++;
    size_t to = end;
    while (to > from && is_blank(scan->text[to - 1]))
        to--;
    while (is_blank(scan->text[first]))
        first++;
    gaps->notes = arena_grow(scan->arena, gaps->notes, gaps->note_count,
                             &gaps->note_capacity, sizeof(*gaps->notes));
    gaps->notes[gaps->note_count++] = (struct pretty_note){
        .from = from,
        .to = to,
        .column = (unsigned)pretty_characters(scan->text + start, from - start),
        .behind = first < from,
        .blank = is_below_blank(scan->text, from)};
    return end;
}

static void take_place(struct scan *scan, size_t **places, size_t *count,
                       size_t *capacity, size_t place)
{
    *places = arena_grow(scan->arena, *places, *count, capacity, sizeof(**places));
    (*places)[(*count)++] = place;
}

/* Three dashes begin a document, and no list. */
static size_t take_dash(struct scan *scan, size_t at, size_t limit)
{
    struct pretty_gaps *gaps = scan->gaps;
    if (limit - at >= 3 && memcmp(scan->text + at, "---", 3) == 0)
        return at + 3;
    take_place(scan, &gaps->dashes, &gaps->dash_count, &gaps->dash_capacity, at);
    return at + 1;
}

static void scan_gap(struct scan *scan, size_t to)
{
    struct pretty_gaps *gaps = scan->gaps;
    while (scan->at < to) {
        char byte = scan->text[scan->at];
        if (byte == '#') {
            scan->at = take_note(scan, scan->at, to);
        } else if (byte == '-') {
            scan->at = take_dash(scan, scan->at, to);
        } else {
            if (byte == '?')
                take_place(scan, &gaps->marks, &gaps->mark_count, &gaps->mark_capacity,
                           scan->at);
            scan->at++;
        }
    }
}

static void scan_node(struct scan *scan, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        scan_gap(scan, node->from);
        scan->at = node->to > scan->at ? node->to : scan->at;
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_MAP)
            scan_node(scan, node->keys[i]);
        scan_node(scan, node->items[i]);
    }
}

void pretty_scan(struct arena *arena, const struct node *root, const char *text,
                 size_t length, struct pretty_gaps *ret)
{
    struct scan scan = {arena, text, 0, ret};
    scan_node(&scan, root);
    scan_gap(&scan, length);
}

bool pretty_has_break(const struct pretty *pretty, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_break(pretty->text[i]))
            return true;
    return false;
}

size_t pretty_column_of(const struct pretty *pretty, size_t at)
{
    size_t start = line_start(pretty->text, at);
    return pretty_characters(pretty->text + start, at - start);
}
