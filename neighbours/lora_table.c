/* SPDX-License-Identifier: MIT */
/* Tables of values of LoRa payload schemas. */
#include "lora_parts.h"

#include <string.h>

/* A value of a table, or the name of one that has a description: a text without quotes
 * where it can do without. */
static void put_label(struct lora *lora, const char *key, const struct node *value)
{
    const struct node *name = value->kind == NODE_MAP ? node_get(value, "name") : NULL;
    value = name != NULL ? name : value;
    const char *json = scalar_json(&lora->diag, value);
    if (json != NULL && json[0] == '"' && value->kind == NODE_SCALAR) {
        lora_text(lora, key, value->text);
    } else if (json != NULL) {
        lora_word(lora, key, json);
    }
}

/* The labels, and whatever else `lookup` or `values` says. */
static void put_labels(struct lora *lora, const struct node *labels,
                       const struct node *other, exact_int most)
{
    lora_key(lora, "enum");
    lora_open(lora, '{');
    for (size_t i = 0; i < labels->count; i++) {
        bool listed = labels->kind == NODE_LIST;
        const char *key =
            listed ? arena_format(lora->arena, "%zu", i) : labels->keys[i]->text;
        if (listed && (exact_int)i > most) {
            break;
        }
        if (listed ||
            (strcmp(key, "default") != 0 && lora_is_raw(lora, labels->keys[i]))) {
            put_label(lora, key, labels->items[i]);
        }
    }
    if (other != NULL) {
        put_label(lora, "else", other);
    }
    lora_close(lora, '}');
}

/* The table of values, or NULL. */
static const struct node *labels_of(const struct node *field)
{
    static const char *const keys[] = {"lookup", "values", "enum"};
    const struct node *labels = NULL;
    for (size_t i = 0; labels == NULL && i < sizeof(keys) / sizeof(keys[0]); i++) {
        labels = node_get(field, keys[i]);
    }
    return labels;
}

bool lora_has_labels(const struct node *field)
{
    return labels_of(field) != NULL;
}

void lora_put_lookup(struct lora *lora, const struct node *field, unsigned bits,
                     bool is_signed)
{
    const struct node *labels = labels_of(field), *other;
    exact_int most = ((exact_int)1 << (bits - (is_signed && bits > 1))) - 1;
    if (labels == NULL) {
        return;
    }
    if (labels->kind == NODE_SCALAR) {
        lora_error(lora, labels, "a table of values is a list or a mapping");
        return;
    }
    other = node_get(field, "default");
    if (other == NULL) {
        other = node_get(labels, "default");
    }
    if (other != NULL && other->kind == NODE_SCALAR &&
        strstr(other->text, "${") != NULL) {
        lora_warn(lora, other,
                  "a default that names the value is left out, and with it the field "
                  "where none of the others fits");
        other = NULL;
    }
    put_labels(lora, labels, other, most);
    bool complete = labels->kind == NODE_LIST && (exact_int)labels->count > most;
    if (other == NULL && !complete) {
        lora_word(lora, "unknown", labels->kind == NODE_LIST ? "refuse" : "omit");
    }
}
