/* SPDX-License-Identifier: MIT */
#include "lora_tags.h"

#include <stdlib.h>
#include <string.h>

static bool take_size(struct lora *lora, const struct node *tlv, const char *key,
                      unsigned otherwise, unsigned *ret)
{
    const struct node *node = node_get(tlv, key);
    exact_int number = otherwise;
    if (node != NULL && !scalar_integer(&lora->diag, node, key, 0, 8, &number)) {
        return false;
    }
    *ret = (unsigned)number;
    return true;
}

/* An unsigned integer, by the word of its type. */
static bool take_type(struct lora *lora, const struct node *node, struct lora_type *ret)
{
    if (!node_expect(&lora->diag, node, NODE_SCALAR, "a type")) {
        return false;
    }
    if (!lora_type_parse(node->text, ret) || ret->kind != LORA_INTEGER || ret->ranged ||
        ret->is_signed) {
        lora_error(lora, node, "'%s' is no unsigned integer type", node->text);
        return false;
    }
    return true;
}

/* Of the tag and of the length, as sizes or, in older schemas, as types. */
static bool take_sizes(struct lora *lora, const struct node *tlv, struct lora_tags *tags)
{
    const struct node *tag = node_get(tlv, "tag_type"),
                      *length = node_get(tlv, "length_type");
    struct lora_type type;
    unsigned bytes;
    if (!take_size(lora, tlv, "length_size", 0, &tags->length_bytes) ||
        !take_size(lora, tlv, "tag_size", 1, &bytes)) {
        return false;
    }
    tags->types[0] = (struct lora_type){
        .kind = LORA_INTEGER, .bits = bytes > 0 ? bytes * 8 : 8, .order = "be"};
    if (tag != NULL && !take_type(lora, tag, &tags->types[0])) {
        return false;
    }
    if (length == NULL) {
        return true;
    }
    bool fine = take_type(lora, length, &type);
    tags->length_bytes = fine ? type.bits / 8 : 0;
    return fine;
}

static bool take_tag_field(struct lora *lora, const struct node *field,
                           struct lora_tags *tags)
{
    const struct node *name = node_get(field, "name");
    struct lora_type *type = &tags->types[tags->count];
    if (tags->count == MOST_TAGS || name == NULL || name->kind != NODE_SCALAR) {
        lora_error(lora, field, "a tag has at most %d fields, each with a name",
                   MOST_TAGS);
        return false;
    }
    if (!lora_type_of(lora, field, type)) {
        return false;
    }
    if (type->kind != LORA_INTEGER || type->ranged || type->is_signed) {
        lora_error(lora, field, "the fields of a tag are unsigned integers");
        return false;
    }
    tags->names[tags->count++] = lora_reference(lora, name->text);
    return true;
}

static bool take_key(struct lora *lora, const struct node *key, struct lora_tags *tags)
{
    for (size_t i = 0; key->kind == NODE_SCALAR && i < tags->count; i++) {
        if (tags->key_count < MOST_TAGS &&
            strcmp(tags->names[i], lora_reference(lora, key->text)) == 0) {
            tags->keys[tags->key_count++] = i;
            return true;
        }
    }
    lora_error(lora, key, "'tag_key' names fields of the tag");
    return false;
}

static bool take_fields(struct lora *lora, const struct node *tlv,
                        const struct node *fields, struct lora_tags *tags)
{
    const struct node *key = node_get(tlv, "tag_key");
    if (!node_expect(&lora->diag, fields, NODE_LIST, "'tag_fields'")) {
        return false;
    }
    for (size_t i = 0; i < fields->count; i++) {
        if (!take_tag_field(lora, fields->items[i], tags)) {
            return false;
        }
    }
    if (key == NULL) {
        for (; tags->key_count < tags->count; tags->key_count++) {
            tags->keys[tags->key_count] = tags->key_count;
        }
        return tags->count > 0;
    }
    if (key->kind != NODE_LIST) {
        return take_key(lora, key, tags);
    }
    for (size_t i = 0; i < key->count; i++) {
        if (!take_key(lora, key->items[i], tags)) {
            return false;
        }
    }
    return tags->key_count > 0;
}

bool lora_tags_take(struct lora *lora, const struct node *tlv, struct lora_tags *tags)
{
    const struct node *fields = node_get(tlv, "tag_fields");
    if (!take_sizes(lora, tlv, tags)) {
        return false;
    }
    if (fields != NULL && !take_fields(lora, tlv, fields, tags)) {
        return false;
    }
    if (fields == NULL) {
        tags->names[0] = lora_hidden_name(lora, "tag");
        tags->count = tags->key_count = 1;
    }
    unsigned bits = 0;
    tags->whole = tags->key_count == tags->count && tags->length_bytes == 0;
    for (size_t i = 0; i < tags->count; i++) {
        bits += tags->types[i].bits;
        bool turned = tags->types[i].bits > 8 &&
                      (tags->types[i].order[0] != '\0' ? tags->types[i].order[0] == 'l'
                                                       : lora->little);
        tags->whole = tags->whole && (tags->count == 1 || !turned);
    }
    tags->whole = tags->whole && bits <= 64;
    if (bits > 64) {
        lora_error(lora, tlv, "a tag has more than 64 bits");
    }
    return bits <= 64;
}

/* The numbers of a case: of each key one, or all. */
struct tuple {
    uint64_t low[MOST_TAGS], high[MOST_TAGS]; /* by the fields of the tag */
};

static uint64_t most_of(const struct lora_type *type)
{
    return type->bits == 64 ? UINT64_MAX : ((uint64_t)1 << type->bits) - 1;
}

/* "[255, 1]", "255", "[9, *]"; false if it is none. */
static bool parse_tuple(const char *text, const struct lora_tags *tags, struct tuple *ret)
{
    text += strspn(text, "[( ");
    memset(ret, 0, sizeof(*ret));
    for (size_t i = 0; i < tags->key_count; i++) {
        size_t field = tags->keys[i];
        char *end;
        unsigned long long value = strtoull(text, &end, 0);
        bool any = *text == '*';
        if (!any &&
            (end == text || *text == '-' || value > most_of(&tags->types[field]))) {
            return false;
        }
        ret->low[field] = any ? 0 : value;
        ret->high[field] = any ? most_of(&tags->types[field]) : value;
        text = any ? text + 1 : end;
        text += strspn(text, ", ");
    }
    return text[strspn(text, "]) ")] == '\0';
}

bool lora_tags_has_key(const struct lora_tags *tags, size_t field)
{
    for (size_t k = 0; k < tags->key_count; k++) {
        if (tags->keys[k] == field) {
            return true;
        }
    }
    return false;
}

/* The fields that are keys, one behind the other, as one number. */
static uint64_t joined(const struct lora_tags *tags, const uint64_t *values)
{
    uint64_t number = 0;
    for (size_t i = 0; i < tags->count; i++) {
        unsigned bits = tags->types[i].bits;
        if (lora_tags_has_key(tags, i)) {
            number = bits == 64 ? values[i] : number << bits | values[i];
        }
    }
    return number;
}

/* Do the tags of the case follow each other? Those of its last fields are all. */
static bool is_range(const struct lora_tags *tags, const struct tuple *tuple)
{
    bool open = false;
    for (size_t i = 0; i < tags->count; i++) {
        bool any = tuple->low[i] != tuple->high[i];
        if (lora_tags_has_key(tags, i) && open && !any) {
            return false;
        }
        open = open || (lora_tags_has_key(tags, i) && any);
    }
    return true;
}

/* The smallest number that a case says by itself, from `low` to `high`. */
static bool next_single(const struct lora_tags *tags, const struct node *cases,
                        uint64_t low, uint64_t high, uint64_t *ret)
{
    bool found = false;
    struct tuple tuple;
    for (size_t i = 0; i < cases->count; i++) {
        if (!parse_tuple(cases->keys[i]->text, tags, &tuple)) {
            continue;
        }
        uint64_t number = joined(tags, tuple.low);
        if (number == joined(tags, tuple.high) && number >= low && number <= high &&
            (!found || number < *ret)) {
            *ret = number;
            found = true;
        }
    }
    return found;
}

/* As wide as the tag. */
static const char *digits(struct lora *lora, const struct lora_tags *tags,
                          uint64_t number)
{
    unsigned bits = 0;
    for (size_t i = 0; i < tags->count; i++) {
        bits += lora_tags_has_key(tags, i) ? tags->types[i].bits : 0;
    }
    return arena_format(lora->arena, "0x%0*llX", (int)bits / 4,
                        (unsigned long long)number);
}

static void put_span(struct lora *lora, const struct lora_tags *tags, struct out *out,
                     uint64_t low, uint64_t high)
{
    out_format(out, "%s%s..%s", out->length > 0 ? ", " : "", digits(lora, tags, low),
               digits(lora, tags, high));
}

/* All tags from one to another, without those that have a case of their own. */
static const char *spans(struct lora *lora, const struct lora_tags *tags,
                         const struct node *cases, uint64_t low, uint64_t high)
{
    struct out out;
    uint64_t single = 0;
    out_init(&out, lora->arena);
    while (low <= high && next_single(tags, cases, low, high, &single)) {
        if (single > low) {
            put_span(lora, tags, &out, low, single - 1);
        }
        if (single == UINT64_MAX) {
            return out.text;
        }
        low = single + 1;
    }
    if (low <= high) {
        put_span(lora, tags, &out, low, high);
    }
    return out.text;
}

const char *lora_tags_case(struct lora *lora, const struct lora_tags *tags,
                           const struct node *cases, const struct node *key)
{
    struct tuple tuple;
    if (!parse_tuple(key->text, tags, &tuple)) {
        lora_error(lora, key, "the case '%s' is no number for each field of the key",
                   key->text);
        return NULL;
    }
    uint64_t low = joined(tags, tuple.low), high = joined(tags, tuple.high);
    if (low == high) {
        return digits(lora, tags, low);
    }
    if (!is_range(tags, &tuple)) {
        lora_error(lora, key, "'*' stands only for the last fields of a key");
        return NULL;
    }
    const char *text = spans(lora, tags, cases, low, high);
    return text != NULL ? arena_format(lora->arena, "'%s'", text) : NULL;
}

const char *lora_tags_selector(struct lora *lora, const struct lora_tags *tags)
{
    const char *text = NULL;
    for (size_t i = 0; i < tags->count; i++) {
        if (lora_tags_has_key(tags, i)) {
            text = text == NULL ? tags->names[i]
                                : arena_format(lora->arena, "(%s) << %u | %s", text,
                                               tags->types[i].bits, tags->names[i]);
        }
    }
    return text;
}
