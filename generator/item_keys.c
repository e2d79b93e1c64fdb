/* SPDX-License-Identifier: MIT */
/* Keys of items: those that make the form, and those that have a meaning for it. */
#include "item_keys.h"

#include "language.h"

#include <string.h>

bool item_check_keys(const struct item_context *context, const struct node *map)
{
    return language_check_keys(context->diag, map, PLACE_ITEM);
}

static const char *form_name(unsigned form)
{
    switch (form) {
    case FORM_INTEGER:
        return "a number";
    case FORM_FLOAT:
        return "a float";
    case FORM_BYTES:
        return "a text";
    case FORM_BITS:
        return "a bit group";
    case FORM_GROUP:
        return "a group";
    case FORM_VALUE:
        return "a computed value";
    case FORM_LITERAL:
        return "a literal";
    case FORM_CHECK:
        return "a checksum";
    case FORM_NOTICE:
        return "a warning or refusal";
    case FORM_SWITCH:
        return "a switch";
    case FORM_TLV:
        return "a tag loop";
    default:
        return "a reserved part";
    }
}

/* Of a group only one that is an instant has them. */
static bool is_of_time(const char *name)
{
    static const char *const names[] = {"role", "inexact", "encode", "zone"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* What to write in place of a key that belongs elsewhere. */
static const char *advice(struct arena *arena, const struct node *map, const char *key)
{
    const struct node *type = node_get(map, "type"), *order = node_get(map, "byte_order");
    bool plain = type != NULL && order != NULL && strcmp(key, "byte_order") == 0 &&
                 type->kind == NODE_SCALAR && order->kind == NODE_SCALAR &&
                 type->length > 0 && type->text[type->length - 1] >= '0' &&
                 type->text[type->length - 1] <= '9';
    return plain ? arena_format(arena, "; its type says it: %s%s", type->text,
                                strcmp(order->text, "little") == 0 ? "le" : "be")
                 : "";
}

/* Once the form is known: has each key a meaning for it? */
bool item_check_form_keys(const struct item_context *context, const struct node *map,
                          const struct item *item)
{
    unsigned form = item->is_reserved                 ? (unsigned)FORM_RESERVED
                    : node_get(map, "switch") != NULL ? (unsigned)FORM_SWITCH
                    : node_get(map, "tlv") != NULL    ? (unsigned)FORM_TLV
                                                      : 1u << item->form;
    bool fine = true;
    bool is_group = form == FORM_GROUP || form == FORM_BITS;
    bool is_bare = is_group && node_get(map, "time") == NULL;
    for (size_t i = 0; i < map->count; i++) {
        const struct node *key = map->keys[i];
        bool belongs = !is_bare || !is_of_time(key->text);
        if ((language_key(PLACE_ITEM, key->text)->forms & form) != 0 && belongs)
            continue;
        diag_report(context->diag, RULE_KEY_NOT_HERE, key->where,
                    "'%s' has no meaning for %s%s", key->text, form_name(form),
                    advice(context->diag->arena, map, key->text));
        fine = false;
    }
    return fine;
}

/* The key that makes the item's form; NULL after a report. */
const struct node *item_find_form(const struct item_context *context,
                                  const struct node *map)
{
    static const char *const forms[] = {"checksum", "join", "skip",   "type",     "bits",
                                        "fields",   "use",  "switch", "reserved", "value",
                                        "literal",  "warn", "refuse", "tlv"};
    const struct node *found = NULL;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        const struct node *key = node_key(map, forms[i]);
        /* `bits` has its `fields` beside it, a checksum and a join their type. */
        const char *first = found != NULL ? found->text : "";
        bool belongs =
            (strcmp(forms[i], "fields") == 0 && strcmp(first, "bits") == 0) ||
            (strcmp(forms[i], "type") == 0 && strcmp(first, "checksum") == 0) ||
            (strcmp(forms[i], "type") == 0 && strcmp(first, "join") == 0);
        if (key == NULL || belongs)
            continue;
        if (found != NULL) {
            diag_report(context->diag, RULE_ITEM_FORM, key->where,
                        "the item has '%s' and '%s'; one of them is its form",
                        found->text, key->text);
            return NULL;
        }
        found = key;
    }
    if (found == NULL)
        diag_report(context->diag, RULE_ITEM_FORM, map->where,
                    "the item has no form: one of type, bits, fields, use, switch, "
                    "tlv, checksum, reserved, value, literal, warn and refuse");
    return found;
}
