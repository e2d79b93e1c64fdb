/* SPDX-License-Identifier: MIT */
/* Scalars and values in brackets, on one line or several. */
#include "pretty.h"

#include <string.h>

void pretty_blanks(struct pretty *pretty, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out_bytes(&pretty->out, " ", 1);
}

size_t pretty_column(const struct pretty *pretty)
{
    return pretty_characters(pretty->out.text + pretty->line,
                             pretty->out.length - pretty->line);
}

static bool ends_line(const struct pretty *pretty)
{
    const struct out *out = &pretty->out;
    return out->length == 0 || out->text[out->length - 1] == '\n';
}

void pretty_begin(struct pretty *pretty, size_t indent)
{
    if (!ends_line(pretty))
        out_bytes(&pretty->out, "\n", 1);
    pretty->line = pretty->out.length;
    pretty->opened = false;
    pretty_blanks(pretty, indent);
}

void pretty_gap(struct pretty *pretty)
{
    const struct out *out = &pretty->out;
    if (pretty->opened || out->length == 0)
        return;
    if (!ends_line(pretty))
        out_bytes(&pretty->out, "\n", 1);
    if (out->length < 2 || out->text[out->length - 2] != '\n')
        out_bytes(&pretty->out, "\n", 1);
}

/* Where a text in block style ends: empty lines behind it matter only if it says so. */
static size_t end_of(const struct pretty *pretty, const struct node *node)
{
    const char *text = pretty->text;
    size_t end = node->to;
    bool is_block = text[node->from] == '|' || text[node->from] == '>';
    for (size_t i = node->from; i < end && text[i] != '\n' && text[i] != ' '; i++)
        is_block = is_block && text[i] != '+';
    while (is_block && end > node->from) {
        size_t start = end;
        while (start > node->from && strchr(" \t\r", text[start - 1]) != NULL)
            start--;
        if (text[start - 1] != '\n')
            break;
        end = start - 1;
    }
    return end;
}

/* The blanks a line begins with, moved. */
static size_t copy_indent(struct pretty *pretty, size_t at, size_t end, long shift)
{
    long count = 0;
    for (; at < end && pretty->text[at] == ' '; at++)
        count++;
    for (count += shift; count > 0; count--)
        out_bytes(&pretty->out, " ", 1);
    return at;
}

void pretty_copy(struct pretty *pretty, const struct node *node, long shift)
{
    size_t end = end_of(pretty, node), at = node->from;
    while (at < end) {
        const char *found = memchr(pretty->text + at, '\n', end - at);
        size_t stop = found != NULL ? (size_t)(found - pretty->text) : end;
        bool pair = found != NULL && stop > at && pretty->text[stop - 1] == '\r';
        out_bytes(&pretty->out, pretty->text + at, stop - at - (pair ? 1 : 0));
        if (found == NULL)
            return;
        out_bytes(&pretty->out, "\n", 1);
        pretty->line = pretty->out.length;
        at = copy_indent(pretty, stop + 1, end, shift);
    }
}

size_t pretty_flat_width(const struct node *node, const struct pretty *pretty)
{
    if (node->kind == NODE_SCALAR)
        return pretty_characters(pretty->text + node->from, node->to - node->from);
    size_t width = 2 + (node->count > 0 ? 2 * (node->count - 1) : 0);
    for (size_t i = 0; i < node->count; i++) {
        width += pretty_flat_width(node->items[i], pretty);
        if (node->kind == NODE_MAP)
            width += pretty_flat_width(node->keys[i], pretty) + 2;
    }
    return width;
}

static void put_bracket(struct pretty *pretty, const struct node *node, bool opens)
{
    const char *brackets = node->kind == NODE_MAP ? "{}" : "[]";
    out_bytes(&pretty->out, brackets + (opens ? 0 : 1), 1);
}

static void put_key(struct pretty *pretty, const struct node *node, size_t at)
{
    if (node->kind != NODE_MAP)
        return;
    pretty_copy(pretty, node->keys[at], 0);
    out_text(&pretty->out, ": ");
}

void pretty_put_flat(struct pretty *pretty, const struct node *node,
                     const struct pretty_shape *shape)
{
    if (node->kind == NODE_SCALAR) {
        pretty_copy(pretty, node, 0);
        return;
    }
    const size_t *order = pretty_order(pretty->arena, shape, node);
    bool named = node->kind == NODE_MAP;
    put_bracket(pretty, node, true);
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = node->items[order[i]];
        out_text(&pretty->out, i > 0 ? ", " : "");
        put_key(pretty, node, order[i]);
        pretty_put_flat(pretty, value,
                        named ? pretty_shape_under(shape, node->keys[order[i]]->text)
                              : shape);
    }
    put_bracket(pretty, node, false);
}

static bool fits(const struct pretty *pretty, size_t width)
{
    return pretty_column(pretty) + width <= PRETTY_WIDTH;
}

/* Does the file begin a new line before this element? */
static bool is_divided(const struct pretty *pretty, const struct node *node, size_t at)
{
    const struct node *first = node->kind == NODE_MAP ? node->keys[at] : node->items[at];
    return pretty_has_break(pretty, node->items[at - 1]->to, first->from);
}

bool pretty_is_divided(const struct pretty *pretty, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return pretty_has_break(pretty, node->from, node->to);
    for (size_t i = 0; i < node->count; i++) {
        if ((i > 0 && is_divided(pretty, node, i)) ||
            pretty_is_divided(pretty, node->items[i]))
            return true;
    }
    return false;
}

static size_t element_width(const struct pretty *pretty, const struct node *node,
                            size_t at)
{
    size_t width = pretty_flat_width(node->items[at], pretty);
    return node->kind == NODE_MAP ? width + pretty_flat_width(node->keys[at], pretty) + 2
                                  : width;
}

/* Elements over several lines: as the file divides them, or as many in a line as fit.
 * `closing` brackets may follow at once. */
static void put_divided(struct pretty *pretty, const struct node *node, bool kept,
                        size_t closing)
{
    size_t column = pretty_column(pretty);
    put_bracket(pretty, node, true);
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = node->items[i];
        size_t width = element_width(pretty, node, i) + closing + 1;
        out_text(&pretty->out, i > 0 ? "," : "");
        if (i > 0 && (kept ? is_divided(pretty, node, i) : !fits(pretty, width)))
            pretty_begin(pretty, column + 1);
        else if (i > 0)
            pretty_blanks(pretty, 1);
        put_key(pretty, node, i);
        bool whole = kept ? !pretty_is_divided(pretty, value)
                          : fits(pretty, pretty_flat_width(value, pretty) + closing);
        if (whole || value->kind == NODE_SCALAR)
            pretty_put_flat(pretty, value, NULL);
        else
            put_divided(pretty, value, kept, closing + 1);
    }
    put_bracket(pretty, node, false);
}

/* Are all lines from this one on narrow enough? */
static bool are_narrow(const struct pretty *pretty, size_t line)
{
    const char *text = pretty->out.text;
    size_t end = pretty->out.length;
    while (line < end) {
        const char *found = memchr(text + line, '\n', end - line);
        size_t stop = found != NULL ? (size_t)(found - text) : end;
        if (pretty_characters(text + line, stop - line) > PRETTY_WIDTH)
            return false;
        line = stop + 1;
    }
    return true;
}

void pretty_put_lines(struct pretty *pretty, const struct node *node)
{
    size_t length = pretty->out.length, line = pretty->line;
    put_divided(pretty, node, true, 1);
    if (are_narrow(pretty, line))
        return;
    pretty->out.length = length;
    pretty->line = line;
    put_divided(pretty, node, false, 1);
}
