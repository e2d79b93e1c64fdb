/* SPDX-License-Identifier: MIT */
/* Flags: an integer whose set bits are shown as an array of texts. */
#include "item.h"

#include "scalar.h"

#include <string.h>

static bool add_flag(const struct item_context *context, const struct item *item,
                     const struct node *key, const struct node *value,
                     struct labels *flags, size_t *capacity)
{
    struct diag *diag = context->diag;
    struct label label = {.where = key->where};
    const char *text = scalar_text(diag, value, "a flag");
    if (text == NULL ||
        !scalar_integer(diag, key, "a bit", 0, (exact_int)item->width - 1, &label.first))
        return false;
    label.last = label.first;
    label.json = scalar_json_string(diag->arena, text, strlen(text));
    for (size_t i = 0; i < flags->count; i++) {
        if (strcmp(flags->items[i].json, label.json) != 0)
            continue;
        diag_report(diag, RULE_BAD_VALUE, value->where, "two bits are called %s",
                    label.json);
        return false;
    }
    return item_insert_label(context, flags, capacity, label, RULE_BAD_VALUE);
}

bool item_parse_flags(const struct item_context *context, const struct node *map,
                      struct item *item)
{
    static const char *const words[] = {"omit", "refuse"};
    const struct node *node = node_get(map, "flags"), *unknown = node_get(map, "unknown");
    size_t capacity = 0;
    bool fine = true;
    if (node == NULL)
        return true;
    if (item->is_bool || item->labels != NULL || item->has_const || item->digits.given) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "flags")->where,
                    "'flags' has no meaning here: the value is no plain number");
        return false;
    }
    if (!node_expect(context->diag, node, NODE_MAP, "'flags'"))
        return false;
    item->flags = arena_alloc(context->diag->arena, sizeof(*item->flags));
    item->show = DGM_SHOW_FLAGS;
    if (unknown != NULL) {
        int word = scalar_word(context->diag, unknown, "'unknown' of flags", words, 2);
        if (word < 0)
            return false;
        item->flags->unknown = word == 1 ? DGM_UNKNOWN_REFUSE : DGM_UNKNOWN_OMIT;
    }
    for (size_t i = 0; i < node->count; i++)
        fine = add_flag(context, item, node->keys[i], node->items[i], item->flags,
                        &capacity) &&
               fine;
    if (!fine || node->count > 0)
        return fine;
    diag_report(context->diag, RULE_BAD_VALUE, node->where, "'flags' names no bit");
    return false;
}
