/* SPDX-License-Identifier: MIT */
/*
 * Constants of more than one integer: a text, bytes, or what fills reserved bytes. They
 * are integers of up to eight bytes, one behind the other, so that constants of every
 * length help to choose the message.
 */
#include "item.h"

#include "scalar.h"

#include <string.h>

enum { MAX_CONSTANT_BYTES = 256, WORD = 8 };

static bool refuse(const struct item_context *context, struct location where,
                   enum rule rule, const char *why)
{
    diag_report(context->diag, rule, where, "%s", why);
    return false;
}

static bool parse_fill(const struct item_context *context, const struct node *node,
                       size_t size, uint8_t *bytes)
{
    exact_int value;
    if (!scalar_integer(context->diag, node, "'fill' of bytes", 0, 255, &value))
        return false;
    memset(bytes, (int)value, size);
    return true;
}

/* A text is as long as its type says, or is filled up with `pad`. */
static bool parse_text(const struct item_context *context, const struct node *node,
                       const struct item *item, uint8_t *bytes)
{
    const char *text = scalar_text(context->diag, node, "'const'");
    if (text == NULL)
        return false;
    bool fits = item->is_padded ? node->length <= item->size.count
                                : node->length == item->size.count;
    for (size_t i = 0; i < node->length; i++)
        if ((uint8_t)text[i] >= 0x80 && item->show != DGM_SHOW_UTF8)
            return refuse(context, node->where, RULE_BAD_VALUE,
                          "a constant text has ASCII characters, or 'encoding: utf8'");
    if (!fits) {
        diag_report(context->diag, RULE_CONST_WIDTH, node->where,
                    "'const' has %zu bytes, the type has %u", node->length,
                    (unsigned)item->size.count);
        return false;
    }
    memset(bytes, item->padding, item->size.count);
    memcpy(bytes, text, node->length);
    return true;
}

static bool parse_hex(const struct item_context *context, const struct node *node,
                      const struct item *item, uint8_t *bytes)
{
    uint8_t *given;
    size_t length;
    if (!scalar_hex(context->diag, node, "'const' of bytes", &given, &length))
        return false;
    if (length != item->size.count) {
        diag_report(context->diag, RULE_CONST_WIDTH, node->where,
                    "'const' has %zu bytes, the type has %u", length,
                    (unsigned)item->size.count);
        return false;
    }
    memcpy(bytes, given, length);
    return true;
}

static bool check_form(const struct item_context *context, const struct node *node,
                       const struct item *item)
{
    const char *wrong =
        item->size.kind != EXTENT_FIXED || item->size.count > MAX_CONSTANT_BYTES ||
                item->digits.given || item->has_end
            ? item->is_reserved
                  ? "'fill' is for bytes(n) of 1 to 256; others are filled with zero"
                  : "constant bytes are text(n) or bytes(n) of 1 to 256"
        : item->name != NULL || item->role != DGM_ROLE_NONE
            ? "constant bytes have no name; a 'literal' beside them can be the member"
            : NULL;
    if (wrong != NULL)
        return refuse(context, node->where, RULE_KEY_NOT_HERE, wrong);
    return !item->digits.reversed || refuse(context, node->where, RULE_KEY_NOT_HERE,
                                            "constant bytes are written as they stand");
}

static void add_word(const struct item_context *context, struct item *group,
                     const uint8_t *bytes, size_t count, bool is_reserved)
{
    struct item *word = arena_alloc(context->diag->arena, sizeof(*word));
    *word = (struct item){.form = ITEM_INTEGER,
                          .where = group->where,
                          .name_where = group->where,
                          .to = group->to,
                          .to_where = group->to_where,
                          .parent = group,
                          .is_reserved = is_reserved,
                          .has_const = !is_reserved,
                          .width = (unsigned)count * 8,
                          .scale = exact_from_int(1),
                          .offset = exact_from_int(0)};
    word->slot = word->member = word->service = word->row = DGM_NONE;
    for (size_t i = 0; i < count; i++)
        word->constant = word->constant << 8 | bytes[i];
    item_append(context->diag->arena, &group->fields, word);
}

bool item_expand_constant(const struct item_context *context, const struct node *map,
                          struct item *item)
{
    uint8_t bytes[MAX_CONSTANT_BYTES];
    const struct node *node = node_get(map, item->is_reserved ? "fill" : "const");
    if (item->form != ITEM_BYTES || node == NULL)
        return true;
    if (!check_form(context, node, item))
        return false;
    size_t size = item->size.count;
    bool is_text = item->show == DGM_SHOW_LATIN1 || item->show == DGM_SHOW_ASCII ||
                   item->show == DGM_SHOW_UTF8;
    bool fine = item->is_reserved ? parse_fill(context, node, size, bytes)
                : is_text         ? parse_text(context, node, item, bytes)
                                  : parse_hex(context, node, item, bytes);
    if (!fine)
        return false;
    for (size_t at = 0; at < size; at += WORD)
        add_word(context, item, bytes + at, size - at < WORD ? size - at : WORD,
                 item->is_reserved);
    item->form = ITEM_GROUP;
    item->show = DGM_SHOW_NONE;
    item->size = (struct extent){.kind = EXTENT_ONCE};
    item->has_const = item->is_reserved = item->is_padded = false;
    return true;
}
