/* SPDX-License-Identifier: MIT */
/*
 * `format`: a text out of the fields of a group, or out of a single value, which then is
 * a group of one. Doubled braces stand for themselves.
 */
#include "item.h"

#include "scalar.h"

#include <stdlib.h>
#include <string.h>

struct formatting {
    const struct item_context *context;
    struct item *item;
    struct text_format *format;
    const char *at; /* what is still to read */
    struct location where;
};

static bool fail(const struct formatting *formatting, enum rule rule, const char *text)
{
    diag_report(formatting->context->diag, rule, formatting->where, "%s", text);
    return false;
}

static struct text_part *add_part(struct formatting *formatting, const char *literal)
{
    struct arena *arena = formatting->context->diag->arena;
    struct text_format *format = formatting->format;
    format->parts = arena_grow(arena, format->parts, format->count, &format->capacity,
                               sizeof(*format->parts));
    struct text_part *part = &format->parts[format->count++];
    *part = (struct text_part){.literal = literal, .where = formatting->where};
    return part;
}

/* Everything up to a single brace. False for a closing one. */
static bool read_literal(struct formatting *formatting, const char **ret)
{
    const char *at = formatting->at;
    char *text = arena_array(formatting->context->diag->arena, strlen(at) + 1, 1);
    size_t length = 0;
    for (; *at != '\0'; at++) {
        bool doubled = (*at == '{' || *at == '}') && at[1] == *at;
        if (*at == '}' && !doubled)
            return fail(formatting, RULE_BAD_FORMAT,
                        "a closing brace that stands for itself is doubled: '}}'");
        if (*at == '{' && !doubled)
            break;
        at += doubled;
        text[length++] = *at;
    }
    text[length] = '\0';
    formatting->at = at;
    *ret = text;
    return true;
}

/* ":02", ":x", ":04X", ":.2" */
static bool read_verb(const struct formatting *formatting, const char *verb,
                      struct text_part *part)
{
    bool is_fixed = verb[0] == '.';
    const char *digits = verb + is_fixed;
    size_t count = strspn(digits, "0123456789");
    const char *end = digits + count;
    bool zero = count > 1 && digits[0] == '0';
    part->width = count > 0 && count < 4 ? (unsigned)strtoul(digits, NULL, 10) : 0;
    part->verb = DGM_VERB_FILL;
    if (is_fixed)
        part->verb = DGM_VERB_FIXED;
    else if (strcmp(end, "x") == 0 || strcmp(end, "X") == 0)
        part->verb = end[0] == 'x' ? DGM_VERB_HEX : DGM_VERB_HEX_UPPER;
    bool is_hex = part->verb == DGM_VERB_HEX || part->verb == DGM_VERB_HEX_UPPER;
    bool known = is_fixed ? count > 0 && count < 4 && end[0] == '\0'
                          : (zero || (count == 0 && is_hex)) && (is_hex || *end == '\0');
    if (!known || count > 3)
        return fail(formatting, RULE_BAD_FORMAT,
                    "behind the colon stands 02 (digits, filled with zeros), x or 02X "
                    "(hex), or .2 (decimals)");
    return part->width <= DGM_MAX_DIGITS && (!is_hex || part->width <= 16)
               ? true
               : fail(formatting, RULE_BAD_FORMAT, "so many digits no number has");
}

static bool read_part(struct formatting *formatting, const char *literal)
{
    struct arena *arena = formatting->context->diag->arena;
    const char *name = formatting->at + 1;
    const char *close = strchr(name, '}');
    if (close == NULL)
        return fail(formatting, RULE_BAD_FORMAT,
                    "an opening brace begins the name of a field; one that stands for "
                    "itself is doubled: '{{'");
    struct text_part *part = add_part(formatting, literal);
    const char *inner = arena_copy(arena, name, (size_t)(close - name));
    const char *colon = strchr(inner, ':');
    part->name = inner;
    formatting->at = close + 1;
    if (colon == NULL)
        return true;
    part->name = arena_copy(arena, inner, (size_t)(colon - inner));
    return read_verb(formatting, colon + 1, part);
}

static bool read_parts(struct formatting *formatting)
{
    const char *literal;
    for (;;) {
        if (!read_literal(formatting, &literal))
            return false;
        if (*formatting->at == '\0')
            break;
        if (!read_part(formatting, literal))
            return false;
        if (formatting->format->count > DGM_MAX_PARTS)
            return fail(formatting, RULE_TOO_LARGE, "a text has at most 32 parts");
    }
    (void)add_part(formatting, literal);
    return formatting->format->count > 1 ||
           fail(formatting, RULE_BAD_FORMAT,
                "the text names no field in braces; one that is always the same is a "
                "'literal'");
}

static struct item *find_field(const struct item_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        if (item->local != NULL && strcmp(item->local, name) == 0)
            return item;
        struct item *inner = find_field(&item->fields, name);
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

static bool is_number(const struct item *item)
{
    bool plain = item->show == DGM_SHOW_INT || item->show == DGM_SHOW_DECIMAL ||
                 item->show == DGM_SHOW_PIPE;
    return (item->form == ITEM_FLOAT && !item->quoted) ||
           (item->form != ITEM_BYTES && plain && !item->is_bool && !item->quoted);
}

static bool check_verb(struct formatting *formatting, const struct text_part *part)
{
    const struct item *item = part->item;
    bool fraction = item->form == ITEM_FLOAT || item->is_piped ||
                    (item->scaling.given && item->scaling.digits > 0);
    bool hex = part->verb == DGM_VERB_HEX || part->verb == DGM_VERB_HEX_UPPER;
    if (part->verb == DGM_VERB_PLAIN)
        return true;
    if (!is_number(item))
        return fail(formatting, RULE_BAD_FORMAT, "only numbers have digits to choose");
    if (part->verb != DGM_VERB_FIXED && fraction)
        return fail(formatting, RULE_BAD_FORMAT,
                    "a number with decimals is written with ':.2' or as it is");
    if (hex && item->form == ITEM_INTEGER && (item->is_signed || item->scaling.given))
        return fail(formatting, RULE_BAD_FORMAT,
                    "hex shows the bits of an unsigned integer without scale");
    return true;
}

static bool name_part(struct formatting *formatting, unsigned index)
{
    struct text_part *part = &formatting->format->parts[index];
    struct item *item = find_field(&formatting->item->fields, part->name);
    if (item == NULL) {
        diag_report(formatting->context->diag, RULE_UNKNOWN_NAME, formatting->where,
                    "the group has no 'local' field '%s'", part->name);
        return false;
    }
    bool is_value = item->form == ITEM_INTEGER || item->form == ITEM_BYTES ||
                    item->form == ITEM_FLOAT || item->form == ITEM_VALUE;
    is_value = is_value && !item->is_echo && item->separator == NULL &&
               item->show != DGM_SHOW_BYTES_ARRAY && item->show != DGM_SHOW_TEXT_NUMBER &&
               !item->digits.reversed;
    if (item->separator != NULL)
        return fail(formatting, RULE_BAD_FORMAT, "a part of a text has no 'separator'");
    if (!is_value || item->flags != NULL || item->show == DGM_SHOW_BYTES_ARRAY)
        return fail(formatting, RULE_BAD_FORMAT,
                    "a part of a text is a number, a text or a label");
    if (item->text != NULL)
        return fail(formatting, RULE_BAD_FORMAT,
                    "each field stands in the text once; another item with 'value' can "
                    "repeat it");
    if (item->has_const || item->encode != NULL || item->length_of != LENGTH_NONE ||
        item->encode_way != ENCODE_EXPRESSION)
        return fail(formatting, RULE_BAD_FORMAT,
                    "encoding takes this field from the text, and so it has no const, "
                    "encode or length_of");
    part->item = item;
    item->text = formatting->item;
    item->text_index = index;
    item->is_used = true;
    return check_verb(formatting, part);
}

/* Fields that stand for themselves have no place in a text. */
static bool check_fields(const struct item_context *context, const struct item_list *list)
{
    bool fine = true;
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        const char *wrong = NULL;
        if (item->name != NULL || item->role != DGM_ROLE_NONE)
            wrong = "the fields of a text are 'local'; it is one member";
        else if (item->when != NULL || item->optional)
            wrong = "the fields of a text are all there, or none of it is";
        else if (item->repeat.kind != EXTENT_ONCE)
            wrong = "nothing is repeated in a text; the text itself can be";
        else if (item->region.kind != EXTENT_ONCE || item->has_at ||
                 item->form == ITEM_LITERAL || item->format != NULL)
            wrong = "this is no field of a text";
        if (wrong != NULL)
            diag_report(context->diag, RULE_KEY_NOT_HERE, item->name_where, "%s", wrong);
        fine = check_fields(context, &item->fields) && wrong == NULL && fine;
    }
    return fine;
}

static bool parse_default(const struct item_context *context, const struct node *map,
                          struct item *item)
{
    const struct node *node = node_get(map, "default");
    if (node == NULL)
        return true;
    if (!node_expect(context->diag, node, NODE_SCALAR, "'default'"))
        return false;
    const char *text = scalar_text(context->diag, node, "'default'");
    if (text == NULL)
        return false;
    item->default_json = scalar_json_string(context->diag->arena, text, strlen(text));
    item->default_where = node->where;
    return true;
}

bool item_parse_format(const struct item_context *context, const struct node *map,
                       struct item *item)
{
    const struct node *node = node_get(map, "format");
    if (node == NULL && node_get(map, "default") != NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "default")->where,
                    "'default' has no meaning for an object; its members can have one");
        return false;
    }
    if (node == NULL)
        return true;
    struct text_format *format = arena_alloc(context->diag->arena, sizeof(*format));
    struct formatting formatting = {context, item, format, NULL, node->where};
    formatting.at = scalar_text(context->diag, node, "'format'");
    format->where = node->where;
    if (formatting.at == NULL)
        return false;
    if (node_get(map, "size") != NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "size")->where,
                    "a composed text has no size; a group around it can have one");
        return false;
    }
    if (item->name == NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "format")->where,
                    "a composed text is a member and needs a 'name'");
        return false;
    }
    if (!read_parts(&formatting) || !check_fields(context, &item->fields))
        return false;
    item->format = format;
    for (unsigned i = 0; i + 1 < format->count; i++)
        if (!name_part(&formatting, i))
            return false;
    return parse_default(context, map, item);
}

struct item *item_wrap_value(const struct item_context *context, struct item *item)
{
    struct item *value = arena_alloc(context->diag->arena, sizeof(*value));
    value->where = item->where;
    value->name_where = item->name_where;
    value->parent = item;
    value->local = "value";
    value->to = item->to;
    value->to_where = item->to_where;
    value->slot = value->member = value->service = value->row = DGM_NONE;
    item->form = ITEM_GROUP;
    item_append(context->diag->arena, &item->fields, value);
    return value;
}
