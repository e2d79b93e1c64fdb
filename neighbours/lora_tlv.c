/* SPDX-License-Identifier: MIT */
/* Tag loops of LoRa payload schemas. */
#include "lora_tags.h"

#include <string.h>

/* More of them stay in the order of the schema. */
enum { ORDERED_CASES = 256 };

static const char *tag_type(struct lora *lora, const struct lora_type *type)
{
    return arena_format(lora->arena, "u%u%s", type->bits,
                        type->bits > 8 ? type->order : "");
}

static void put_length(struct lora *lora, const struct lora_tags *tags,
                       const char *length)
{
    struct lora_type type = {.bits = tags->length_bytes * 8, .order = "be"};
    lora_open(lora, '{');
    lora_word(lora, "local", length);
    lora_word(lora, "type", tag_type(lora, &type));
    lora_close(lora, '}');
}

static void put_tag_fields(struct lora *lora, const struct lora_tags *tags,
                           const char *length)
{
    lora_key(lora, "tag");
    lora_open(lora, '[');
    for (size_t i = 0; i < tags->count; i++) {
        lora_open(lora, '{');
        if (lora_tags_has_key(tags, i)) {
            lora_word(lora, "local", tags->names[i]);
        }
        lora_word(lora, lora_tags_has_key(tags, i) ? "type" : "reserved",
                  tag_type(lora, &tags->types[i]));
        lora_close(lora, '}');
    }
    if (length != NULL) {
        put_length(lora, tags, length);
    }
    lora_close(lora, ']');
}

static void put_tag(struct lora *lora, const struct lora_tags *tags, const char *length)
{
    if (tags->whole) {
        unsigned bits = 0;
        for (size_t i = 0; i < tags->count; i++) {
            bits += tags->types[i].bits;
        }
        const char *order = tags->count > 1 ? "be" : tags->types[0].order;
        lora_word(lora, "tag",
                  arena_format(lora->arena, "u%u%s", bits, bits > 8 ? order : ""));
        return;
    }
    put_tag_fields(lora, tags, length);
    lora_word(lora, "select", lora_tags_selector(lora, tags));
    if (length != NULL) {
        lora_word(lora, "size", length);
    }
}

static void put_unknown(struct lora *lora, const struct node *tlv, const char *length)
{
    const struct node *unknown = node_get(tlv, "unknown");
    const char *word =
        unknown != NULL && unknown->kind == NODE_SCALAR ? unknown->text : "skip";
    if (strcmp(word, "error") == 0) {
        lora_word(lora, "unknown", "refuse");
    } else if (length == NULL) {
        lora_word(lora, "unknown", "stop");
    } else if (strcmp(word, "raw") == 0) {
        lora_word(lora, "unknown", "keep");
        lora_word(lora, "keep_as", "unknown");
    } else {
        lora_word(lora, "unknown", "skip");
    }
}

static void put_case(struct lora *lora, const struct lora_tags *tags,
                     const struct node *cases, size_t at)
{
    const struct node *key = cases->keys[at];
    if (strcmp(key->text, "_") == 0 || strcmp(key->text, "default") == 0) {
        lora_warn(lora, key, "the case for all other tags is left out");
        return;
    }
    const char *numbers = lora_tags_case(lora, tags, cases, key);
    if (numbers != NULL) {
        lora_put_case(lora, numbers, cases->items[at]);
    }
}

static bool has_name(const struct node *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct node *other = node_get(fields->items[i], "name");
        if (other != NULL && other->kind == NODE_SCALAR &&
            strcmp(other->text, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Has the one case all names of the other, and more? */
static bool covers(const struct node *more, const struct node *less)
{
    if (more->kind != NODE_LIST || less->kind != NODE_LIST ||
        more->count <= less->count) {
        return false;
    }
    for (size_t i = 0; i < less->count; i++) {
        const struct node *name = node_get(less->items[i], "name");
        if (name == NULL || name->kind != NODE_SCALAR || !has_name(more, name->text)) {
            return false;
        }
    }
    return less->count > 0;
}

/* Encoding goes by the order of the cases: one that takes more goes before one that
 * takes a part of it, which then has nothing left to write. */
static void put_with_larger(struct lora *lora, const struct lora_tags *tags,
                            const struct node *cases, size_t at, bool *done)
{
    done[at] = true;
    for (size_t i = at + 1; i < cases->count && cases->count <= ORDERED_CASES; i++) {
        if (!done[i] && covers(cases->items[i], cases->items[at])) {
            put_with_larger(lora, tags, cases, i, done);
        }
    }
    put_case(lora, tags, cases, at);
}

static void put_cases(struct lora *lora, const struct lora_tags *tags,
                      const struct node *cases)
{
    bool *done = arena_array(lora->arena, cases->count, sizeof(*done));
    lora_key(lora, "cases");
    lora_open(lora, '{');
    for (size_t i = 0; i < cases->count; i++) {
        if (!done[i]) {
            put_with_larger(lora, tags, cases, i, done);
        }
    }
    lora_close(lora, '}');
}

static void put_merged(struct lora *lora, const struct node *tlv,
                       const struct node *cases, const struct lora_tags *tags)
{
    const char *length = tags->length_bytes > 0 ? lora_hidden_name(lora, "length") : NULL;
    lora_open(lora, '{');
    lora_key(lora, "tlv");
    lora_open(lora, '{');
    put_tag(lora, tags, length);
    put_unknown(lora, tlv, length);
    put_cases(lora, tags, cases);
    lora_close(lora, '}');
    lora_close(lora, '}');
}

/* The tag as an array, with names that only expressions know. */
static void put_tag_array(struct lora *lora, struct lora_tags *tags)
{
    lora_open(lora, '{');
    lora_word(lora, "name", "tag");
    lora_word(lora, "as", "array");
    lora_key(lora, "fields");
    lora_open(lora, '[');
    for (size_t i = 0; i < tags->count; i++) {
        lora_open(lora, '{');
        lora_word(lora, "name", tags->names[i]);
        lora_word(lora, "type", tag_type(lora, &tags->types[i]));
        lora_close(lora, '}');
        tags->names[i] = arena_format(lora->arena, "tag.%s", tags->names[i]);
    }
    lora_close(lora, ']');
    lora_close(lora, '}');
}

/* What is done with a record whose tag has no case. */
static void put_other(struct lora *lora, const struct node *tlv, bool sized)
{
    const struct node *unknown = node_get(tlv, "unknown");
    const char *word =
        unknown != NULL && unknown->kind == NODE_SCALAR ? unknown->text : "skip";
    if (strcmp(word, "error") == 0 || !sized) {
        lora_word(lora, "default", "refuse");
    } else if (strcmp(word, "raw") == 0) {
        lora_word(lora, "default", "{name: raw, type: bytes(rest), as: hex}");
    } else {
        lora_word(lora, "default", "{reserved: bytes(rest)}");
    }
}

static void put_record(struct lora *lora, const struct node *tlv,
                       const struct node *cases, const struct lora_tags *tags, bool sized)
{
    lora_open(lora, '{');
    lora_text(lora, "switch", lora_tags_selector(lora, tags));
    put_cases(lora, tags, cases);
    put_other(lora, tlv, sized);
    lora_close(lora, '}');
}

/* Records that are not merged: a list of objects with their tags. */
static void put_apart(struct lora *lora, const struct node *tlv, const struct node *cases,
                      struct lora_tags *tags)
{
    const char *length = lora_hidden_name(lora, "length");
    lora_open(lora, '{');
    lora_word(lora, "name", "channels");
    lora_word(lora, "repeat", "rest");
    lora_key(lora, "fields");
    lora_open(lora, '[');
    put_tag_array(lora, tags);
    if (tags->length_bytes > 0) {
        put_length(lora, tags, length);
        lora_open(lora, '{');
        lora_word(lora, "size", length);
        lora_key(lora, "fields");
        lora_open(lora, '[');
        put_record(lora, tlv, cases, tags, true);
        lora_close(lora, ']');
        lora_close(lora, '}');
    } else {
        put_record(lora, tlv, cases, tags, false);
    }
    lora_close(lora, ']');
    lora_close(lora, '}');
}

void lora_put_tlv(struct lora *lora, const struct node *tlv)
{
    const struct node *cases = node_get(tlv, "cases"), *merge = node_get(tlv, "merge");
    bool apart =
        merge != NULL && merge->kind == NODE_SCALAR && strcmp(merge->text, "false") == 0;
    struct lora_tags *tags = arena_alloc(lora->arena, sizeof(*tags));
    if (!lora_tags_take(lora, tlv, tags)) {
        return;
    }
    if (cases == NULL || !node_expect(&lora->diag, cases, NODE_MAP, "'cases'")) {
        lora_error(lora, tlv, "'tlv' needs 'cases'");
        return;
    }
    if (apart) {
        put_apart(lora, tlv, cases, tags);
    } else {
        put_merged(lora, tlv, cases, tags);
    }
}
