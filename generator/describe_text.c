/* SPDX-License-Identifier: MIT */
/* Texts of a description: on one line, without what cannot be seen, and never long. */
#include "describe.h"

#include "utf8.h"

#include <string.h>

enum { LABELS_MOST = 256, NODE_DEPTH = 6 };

/* Up to `most` bytes; runs of blanks and controls become one blank. */
static void put_shown(struct out *out, const char *text, size_t most)
{
    size_t length = strlen(text), at = 0;
    size_t end = out->length + most;
    bool was_blank = true;
    while (at < length && out->length < end) {
        uint32_t character;
        size_t size = utf8_decode(text + at, length - at, &character);
        bool is_blank = character == ' ' || utf8_is_hidden(character) || size == 0;
        if (is_blank && !was_blank)
            out_text(out, " ");
        else if (!is_blank)
            out_bytes(out, text + at, size);
        was_blank = is_blank;
        at += size > 0 ? size : 1;
    }
    if (at < length)
        out_text(out, "...");
    else if (was_blank && out->length > 0 && out->text[out->length - 1] == ' ')
        out->text[--out->length] = '\0';
}

const char *describe_text(struct arena *arena, const char *text)
{
    struct out out;
    if (text == NULL)
        return "";
    out_init(&out, arena);
    out_text(&out, "");
    put_shown(&out, text, DGM_DOC_TEXT);
    return out.text;
}

static void put_node(struct out *out, const struct node *node, unsigned depth)
{
    bool is_map = node->kind == NODE_MAP;
    if (out->length >= DGM_DOC_TEXT)
        return;
    if (node->kind == NODE_SCALAR) {
        bool is_blank = strspn(node->text, " ") == node->length;
        out_text(out, is_blank ? "'" : "");
        put_shown(out, node->text, DGM_DOC_TEXT);
        out_text(out, is_blank ? " '" + (node->length == 0) : "");
        return;
    }
    if (depth == NODE_DEPTH) {
        out_text(out, "...");
        return;
    }
    out_text(out, depth > 0 ? is_map ? "{" : "[" : "");
    for (size_t i = 0; i < node->count && out->length < DGM_DOC_TEXT; i++) {
        out_text(out, i > 0 ? ", " : "");
        if (is_map) {
            put_shown(out, node->keys[i]->text, DGM_DOC_TEXT);
            out_text(out, ": ");
        }
        put_node(out, node->items[i], depth + 1);
    }
    out_text(out, depth > 0 ? is_map ? "}" : "]" : "");
}

const char *describe_node(struct arena *arena, const struct node *node)
{
    struct out out;
    out_init(&out, arena);
    out_text(&out, "");
    put_node(&out, node, 0);
    return describe_text(arena, out.text);
}

void fact_add(struct fact_list *list, const char *name, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    list->items = arena_grow(list->arena, list->items, list->count, &list->capacity,
                             sizeof(*list->items));
    list->items[list->count++] = (struct dgm_doc_fact){name, text};
}

void fact_format(struct fact_list *list, const char *name, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_vformat(list->arena, format, arguments);
    va_end(arguments);
    fact_add(list, name, text);
}

struct dgm_doc_facts facts_of(const struct fact_list *list)
{
    return (struct dgm_doc_facts){list->items, list->count};
}

/* Half-bytes that are no digits are kept beyond all numbers (item_digits.c). */
static bool put_pattern(struct out *out, const struct item *item, exact_int raw)
{
    const exact_int mark = (exact_int)1 << 63, most = 1000000000000000000;
    if (!item->digits.given || (raw <= most && raw >= -most))
        return false;
    raw += raw > 0 ? -mark : mark;
    out_format(out, "0x%llX", (unsigned long long)raw);
    return true;
}

static void put_raw(struct out *out, const struct item *item, const struct label *label,
                    bool of_truth)
{
    char low[96], high[96];
    if (put_pattern(out, item, label->first))
        return;
    (void)exact_text((struct exact){label->first, 1}, low, sizeof(low));
    (void)exact_text((struct exact){label->last, 1}, high, sizeof(high));
    if (of_truth)
        out_text(out, label->first != 0 ? "true" : "false");
    else if (label->first == label->last)
        out_text(out, low);
    else
        out_format(out, "%s..%s", low, high);
}

const char *describe_labels(struct arena *arena, const struct item *item,
                            const struct labels *labels)
{
    struct out out;
    size_t shown = 0;
    out_init(&out, arena);
    out_text(&out, "");
    for (; shown < labels->count && shown < LABELS_MOST; shown++) {
        const struct label *label = &labels->items[shown];
        if (out.length >= DGM_DOC_TEXT * 10)
            break;
        out_text(&out, shown > 0 ? ", " : "");
        put_raw(&out, item, label, labels->of_truth);
        out_text(&out, " = ");
        out_text(&out, label->omit ? "no reading" : describe_text(arena, label->json));
    }
    if (shown < labels->count)
        out_format(&out, ", and %zu more", labels->count - shown);
    return out.text;
}

const char *describe_range(struct arena *arena, const struct exact *low,
                           const struct exact *high)
{
    char low_text[96] = "", high_text[96] = "";
    if (low != NULL)
        (void)exact_text(*low, low_text, sizeof(low_text));
    if (high != NULL)
        (void)exact_text(*high, high_text, sizeof(high_text));
    if (low == NULL || high == NULL)
        return low != NULL    ? arena_format(arena, "from %s", low_text)
               : high != NULL ? arena_format(arena, "up to %s", high_text)
                              : "";
    if (exact_compare(*low, *high) == 0)
        return arena_format(arena, "%s", low_text);
    return arena_format(arena, "%s to %s", low_text, high_text);
}
