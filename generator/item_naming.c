/* SPDX-License-Identifier: MIT */
/* Names with braces: 'ch{index}', 'temperature_{channel}'. */
#include "item.h"

#include "scalar.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PARTS = sizeof(((struct naming *)0)->parts) / sizeof(struct name_part) };

static bool fail(const struct item_context *context, const struct node *node,
                 const char *text)
{
    diag_report(context->diag, RULE_BAD_NAME, node->where, "%s", text);
    return false;
}

/* Literal text up to a brace, which is doubled if it stands for itself. */
static const char *read_literal(struct arena *arena, const char *text, size_t *at)
{
    char *literal = arena_array(arena, strlen(text) + 1, 1);
    size_t length = 0;
    for (; text[*at] != '\0'; (*at)++) {
        bool is_brace = text[*at] == '{' || text[*at] == '}';
        bool doubled = is_brace && text[*at + 1] == text[*at];
        if (is_brace && !doubled)
            break;
        *at += doubled;
        literal[length++] = text[*at];
    }
    literal[length] = '\0';
    return literal;
}

bool item_parse_naming(const struct item_context *context, const struct node *node,
                       struct item *item)
{
    struct arena *arena = context->diag->arena;
    struct naming *naming = arena_alloc(arena, sizeof(*naming));
    size_t at = 0;
    for (;;) {
        struct name_part *part = &naming->parts[naming->count];
        part->literal = read_literal(arena, node->text, &at);
        naming->count++;
        if (node->text[at] == '\0')
            break;
        const char *close = strchr(node->text + at, '}');
        if (node->text[at] == '}' || close == NULL)
            return fail(context, node,
                        "a brace that stands for itself is doubled; '{' begins the name "
                        "of a field");
        if (naming->count == MAX_PARTS)
            return fail(context, node, "a name has at most three fields in it");
        size_t first = at + 1, length = (size_t)(close - node->text) - first;
        part->expr = expr_parse_part(context->diag, node, first, length);
        if (part->expr == NULL)
            return false;
        at = first + length + 1;
    }
    if (naming->count == 1) {
        item->name = naming->parts[0].literal;
        return true;
    }
    item->naming = naming;
    return true;
}

/* The compiler escapes quotes, backslashes and control characters only. */
const char *item_unquoted(struct arena *arena, const char *json)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    char *text = arena_array(arena, strlen(json), 1);
    size_t length = 0;
    for (const char *at = json + 1; at[0] != '"'; at++) {
        const char *letter = at[0] == '\\' ? strchr(letters, at[1]) : NULL;
        if (at[0] == '\\' && at[1] == 'u') {
            text[length++] = (char)strtoul(at + 4, NULL, 16);
            at += 5;
        } else if (at[0] == '\\') {
            text[length++] = letter != NULL ? meanings[letter - letters] : at[1];
            at++;
        } else {
            text[length++] = at[0];
        }
    }
    text[length] = '\0';
    return text;
}

/* The text of one value of a part. */
static const char *value_text(struct arena *arena, const struct name_part *part,
                              uint32_t place)
{
    const struct labels *labels = part->item != NULL ? part->item->labels : NULL;
    if (labels == NULL)
        return arena_format(arena, "%lld", (long long)(part->low + place));
    const char *json = labels->items[place].json;
    return json[0] == '"' ? item_unquoted(arena, json) : json;
}

const char *item_name_of(struct arena *arena, const struct item *item, uint32_t place)
{
    const struct naming *naming = item->naming;
    const char *name = naming->parts[naming->count - 1].literal;
    for (size_t i = naming->count - 1; i-- > 0;) {
        const struct name_part *part = &naming->parts[i];
        name = arena_format(arena, "%s%s%s", part->literal,
                            value_text(arena, part, place % part->count), name);
        place /= part->count;
    }
    return name;
}
