/* SPDX-License-Identifier: MIT */
/* Members of the envelope: numbers, the identifier, which has quotes, and instants. */
#include "schema.h"

static const char compact_time[] =
    "\"type\":\"string\",\"pattern\":\"^[0-9]{8}T[0-9]{6}Z$\"";

static void add_number(const struct schema *schema, const struct item *item,
                       struct schema_values *ret)
{
    enum expr_type type = item_type(item);
    bool is_plain = item->form == ITEM_INTEGER && !item->scaling.given;
    bool is_strict = schema->is_input || schema->message->wire.reject_limits;
    char text[96];
    if (!is_plain) {
        bool is_whole = type == EXPR_TYPE_INTEGER || type == EXPR_TYPE_BOOL;
        schema_add(schema, ret, "\"type\":\"%s\"", is_whole ? "integer" : "number");
        return;
    }
    if (item->role == DGM_ROLE_MID) {
        bool has_none = schema->is_input && item->default_json != NULL;
        schema_add(schema, ret, "\"type\":\"integer\",\"minimum\":%d,\"maximum\":65535",
                   has_none ? 0 : 1);
        return;
    }
    (void)exact_text((struct exact){is_strict ? 1 : item_raw_high(item), 1}, text,
                     sizeof(text));
    schema_add(schema, ret, "\"type\":\"integer\",\"minimum\":0,\"maximum\":%s", text);
}

static void add_identifier(const struct schema *schema, const struct item *item,
                           struct schema_values *ret)
{
    if (item->form == ITEM_LITERAL || (item->form == ITEM_BYTES && item_is_text(item)))
        schema_add_values(schema, item, ret);
    else if (item->form == ITEM_BYTES)
        schema_add(schema, ret, "\"type\":\"string\"");
    else
        schema_add(schema, ret,
                   "\"type\":\"string\",\"pattern\":\"^-?[0-9]+(?:\\\\.[0-9]+)?$\"");
}

static void add_role(const struct schema *schema, const struct item *item,
                     struct schema_values *ret)
{
    bool is_time = item->is_time || item->moment != NULL;
    if (item->role == DGM_ROLE_IDENTIFIER)
        add_identifier(schema, item, ret);
    else if (item->role != DGM_ROLE_EVENT_TIME)
        add_number(schema, item, ret);
    else if (is_time && item->show != DGM_SHOW_INT && !schema->is_input)
        schema_add_values(schema, item, ret);
    else
        schema_add(schema, ret, "%s", compact_time);
}

/* What encoding needs: nothing stands in for it. */
static bool is_needed(const struct item *item)
{
    bool is_read = item->form == ITEM_INTEGER || item->form == ITEM_BYTES;
    for (const struct item *outer = item; outer != NULL; outer = outer->parent)
        if (outer->when != NULL || outer->optional || outer->form == ITEM_TLV)
            return false;
    return is_read && item->default_json == NULL && !item->has_const &&
           item->encode == NULL;
}

static bool collect(const struct schema *schema, const struct item_list *list,
                    uint8_t role, struct schema_values *ret, bool *ret_needed)
{
    bool found = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->record != NULL)
            continue;
        if (item->role == role) {
            add_role(schema, item, ret);
            *ret_needed = *ret_needed || is_needed(item);
            found = true;
        }
        found = collect(schema, &item->fields, role, ret, ret_needed) || found;
    }
    return found;
}

bool schema_role(const struct schema *schema, const struct item_list *list, uint8_t role,
                 struct schema_values *ret, bool *ret_required)
{
    bool is_needed_there = false;
    bool found = collect(schema, list, role, ret, &is_needed_there);
    *ret_required =
        schema->is_input ? is_needed_there : schema_has_role(schema, list, role);
    return found;
}
