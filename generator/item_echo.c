/* SPDX-License-Identifier: MIT */
/* `value: bytes()`, `value: bytes(from, to)`: the raw bytes of the frame as a member. */
#include "item.h"

#include <string.h>

static const char word[] = "bytes(";

bool item_is_echo(const struct node *node)
{
    return node != NULL && node->kind == NODE_SCALAR &&
           strncmp(node->text, word, strlen(word)) == 0;
}

/* The comma between the two offsets, or the closing bracket. */
static size_t find_end(const char *text, size_t at, char wanted)
{
    unsigned depth = 0;
    for (; text[at] != '\0'; at++) {
        if (depth == 0 && (text[at] == wanted || text[at] == ')'))
            return at;
        depth += text[at] == '(' ? 1 : 0;
        depth -= text[at] == ')' ? 1 : 0;
    }
    return at;
}

bool item_parse_echo(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    const struct node *node = node_get(map, "value");
    const char *text = node->text;
    size_t first = strlen(word), comma = find_end(text, first, ',');
    size_t close = text[comma] == ',' ? find_end(text, comma + 1, ')') : comma;
    if (text[close] != ')' || text[close + 1] != '\0') {
        bool cut = text[close] != ')' && !node->quoted;
        diag_report(context->diag, cut ? RULE_EXPRESSION_CUT : RULE_BAD_EXPRESSION,
                    node->where,
                    cut ? "the bracket is not closed; put the expression in quotes"
                        : "bytes() stands for a whole 'value', as in 'bytes(0, -2)'");
        return false;
    }
    item->is_echo = true;
    item->show = DGM_SHOW_BASE64;
    item->echo_from = expr_constant(context->diag->arena, exact_from_int(0), node->where);
    if (close > first)
        item->echo_from = expr_parse_part(context->diag, node, first, comma - first);
    if (close > comma)
        item->echo_to =
            expr_parse_part(context->diag, node, comma + 1, close - comma - 1);
    return item->echo_from != NULL && (close == comma || item->echo_to != NULL);
}
