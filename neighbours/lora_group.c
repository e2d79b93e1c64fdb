/* SPDX-License-Identifier: MIT */
/* Objects, repetitions, flags and cases of LoRa payload schemas. */
#include "lora_parts.h"

#include <string.h>

void lora_put_object(struct lora *lora, const struct node *field)
{
    const struct node *reference = node_get(field, "$ref");
    const struct node *name = node_get(field, "object");
    lora_open(lora, '{');
    if (name != NULL && name->kind == NODE_SCALAR) {
        lora_text(lora, "name", lora_literal_text(lora, name->text));
    } else if (!lora_put_name(lora, field)) {
        lora_error(lora, field, "an object needs a name that is reported");
    }
    lora_key(lora, "fields");
    lora_open(lora, '[');
    if (reference != NULL) {
        lora_put_use(lora, field, reference);
    }
    lora_put_items(lora, node_get(field, "fields"));
    lora_close(lora, ']');
    lora_close(lora, '}');
}

/* A number, or a field as `$name` or `name`. */
static const char *number_or_field(struct lora *lora, const struct node *node,
                                   const char *what)
{
    exact_int number = 0;
    if (node->kind == NODE_SCALAR && node->length > 0 &&
        (node->text[0] < '0' || node->text[0] > '9')) {
        return lora_reference(lora, node->text);
    }
    (void)scalar_integer(&lora->diag, node, what, 0, 1024, &number);
    return arena_format(lora->arena, "%u", (unsigned)number);
}

/* A value that only expressions know. */
static void put_local(struct lora *lora, const struct node *name, const char *value)
{
    if (name != NULL && node_expect(&lora->diag, name, NODE_SCALAR, "a name")) {
        lora_open(lora, '{');
        lora_word(lora, "local", lora_reference(lora, name->text));
        lora_word(lora, "value", value);
        lora_close(lora, '}');
    }
}

static void put_rounds(struct lora *lora, const struct node *field, const char *repeat)
{
    const char *name = lora_own_name(field);
    lora_open(lora, '{');
    if (!lora_put_name(lora, field)) {
        lora_error(lora, field, "a repetition needs a name that is reported");
    }
    lora_word(lora, "repeat", repeat);
    lora_key(lora, "fields");
    lora_open(lora, '[');
    put_local(lora, node_get(field, "index"), "index");
    lora_put_items(lora, node_get(field, "fields"));
    lora_close(lora, ']');
    lora_close(lora, '}');
    put_local(lora, node_get(field, "count_as"),
              arena_format(lora->arena, "count(%s)",
                           lora_reference(lora, name != NULL ? name : "_")));
}

void lora_put_repeat(struct lora *lora, const struct node *field)
{
    const struct node *count = node_get(field, "count");
    const struct node *bytes = node_get(field, "byte_length");
    const struct node *until = node_get(field, "until");
    if (count == NULL) {
        count = node_get(field, "count_field");
    }
    if (count != NULL) {
        put_rounds(lora, field, number_or_field(lora, count, "'count'"));
    } else if (bytes != NULL) {
        lora_open(lora, '{');
        lora_word(lora, "size", number_or_field(lora, bytes, "'byte_length'"));
        lora_key(lora, "fields");
        lora_open(lora, '[');
        put_rounds(lora, field, "rest");
        lora_close(lora, ']');
        lora_close(lora, '}');
    } else if (until != NULL && until->kind == NODE_SCALAR &&
               strcmp(until->text, "end") == 0) {
        put_rounds(lora, field, "rest");
    } else {
        lora_error(lora, field,
                   "a repetition needs 'count', 'count_field', 'byte_length' or "
                   "'until: end'");
    }
}

static void put_flagged(struct lora *lora, const struct node *flagged)
{
    const struct node *field = node_get(flagged, "field");
    const struct node *groups = node_get(flagged, "groups");
    exact_int bit;
    lora_know_keys(lora, flagged, "field groups description");
    if (field == NULL || groups == NULL || field->kind != NODE_SCALAR) {
        lora_error(lora, flagged, "'flagged' needs 'field' and 'groups'");
        return;
    }
    if (!node_expect(&lora->diag, groups, NODE_LIST, "'groups'")) {
        return;
    }
    const char *mask = lora_reference(lora, field->text);
    if (mask[0] == '_' && lora_add_name(lora, &lora->masks, mask)) {
        lora->again = true;
    }
    for (size_t i = 0; i < groups->count; i++) {
        const struct node *group = groups->items[i], *at = node_get(group, "bit");
        if (at == NULL || !scalar_integer(&lora->diag, at, "'bit'", 0, 62, &bit)) {
            lora_error(lora, group, "a group needs a 'bit' and 'fields'");
            return;
        }
        lora_know_keys(lora, group, "bit fields name description");
        lora_open(lora, '{');
        lora_word(lora, "when", arena_format(lora->arena, "%s.%u", mask, (unsigned)bit));
        lora_key(lora, "fields");
        lora_put_list(lora, node_get(group, "fields"));
        lora_close(lora, '}');
    }
}

void lora_put_case(struct lora *lora, const char *key, const struct node *fields)
{
    lora_key(lora, key);
    if (fields->kind == NODE_MAP) {
        fields = node_get(fields, "fields");
    }
    lora_put_list(lora, fields);
}

static bool is_default(const char *key)
{
    return strcmp(key, "_") == 0 || strcmp(key, "default") == 0;
}

/* `{case: 1, fields: [...]}`, `{case: [1, 2], ...}` */
static const struct node *put_listed_case(struct lora *lora, const struct node *one)
{
    const struct node *key = node_get(one, "case");
    if (key == NULL) {
        return one;
    }
    for (size_t i = 0; key->kind == NODE_LIST && i < key->count; i++) {
        if (lora_is_raw(lora, key->items[i])) {
            lora_put_case(lora, key->items[i]->text, one);
        }
    }
    if (key->kind == NODE_SCALAR && is_default(key->text)) {
        return one;
    }
    if (key->kind == NODE_SCALAR && lora_is_raw(lora, key)) {
        lora_put_case(lora, key->text, one);
    }
    return NULL;
}

/* "1", "2..5", or "[1, 2]", which is written once for each. */
static void put_keyed_case(struct lora *lora, const struct node *key,
                           const struct node *fields)
{
    const char *at = key->text;
    if (key->kind != NODE_SCALAR || at[0] != '[' || at[strlen(at) - 1] != ']') {
        if (lora_is_raw(lora, key)) {
            lora_put_case(lora, key->text, fields);
        }
        return;
    }
    for (at += strspn(at, "[, "); *at != ']' && *at != '\0'; at += strspn(at, ", ")) {
        size_t length = strcspn(at, ", ]");
        const struct node one = {.kind = NODE_SCALAR,
                                 .where = key->where,
                                 .text = arena_copy(lora->arena, at, length),
                                 .length = length};
        if (lora_is_raw(lora, &one)) {
            lora_put_case(lora, one.text, fields);
        }
        at += length;
    }
}

/* All cases but the one for all others, which is returned. */
static const struct node *put_most_cases(struct lora *lora, const struct node *cases)
{
    const struct node *other = NULL;
    for (size_t i = 0; i < cases->count; i++) {
        const struct node *one = cases->items[i];
        if (cases->kind == NODE_LIST) {
            const struct node *last = put_listed_case(lora, one);
            other = last != NULL ? last : other;
        } else if (is_default(cases->keys[i]->text)) {
            other = one;
        } else {
            put_keyed_case(lora, cases->keys[i], one);
        }
    }
    return other;
}

static void put_cases(struct lora *lora, const struct node *match)
{
    const struct node *cases = node_get(match, "cases"),
                      *other = node_get(match, "default");
    if (cases == NULL || cases->kind == NODE_SCALAR) {
        lora_error(lora, match, "'match' needs 'cases'");
        return;
    }
    lora_key(lora, "cases");
    lora_open(lora, '{');
    const struct node *last = put_most_cases(lora, cases);
    lora_close(lora, '}');
    other = last != NULL ? last : other;
    if (other == NULL || other->kind == NODE_SCALAR) {
        bool refuses = other != NULL && strcmp(other->text, "error") == 0;
        lora_word(lora, "default", refuses ? "refuse" : "[]");
    } else {
        lora_put_case(lora, "default", other);
    }
}

/* The type of a field that stands in the match: `type`, or `length` bytes. */
static const char *selector_type(struct lora *lora, const struct node *match)
{
    const struct node *length = node_get(match, "length"),
                      *type = node_get(match, "type");
    struct lora_type parsed;
    exact_int bytes = 0;
    if (length != NULL && scalar_integer(&lora->diag, length, "'length'", 1, 8, &bytes)) {
        return arena_format(lora->arena, "u%u", (unsigned)bytes * 8);
    }
    if (length != NULL || type == NULL || !lora_type_of(lora, match, &parsed) ||
        parsed.kind != LORA_INTEGER || parsed.ranged) {
        lora_error(lora, match,
                   "'match' needs a 'field', or a 'length', or the type of an integer");
        return "u8";
    }
    return lora_type_word(lora, match, &parsed);
}

/* The field that decides, if it stands in the match; its name in expressions. */
static const char *put_selector(struct lora *lora, const struct node *match)
{
    const struct node *field = node_get(match, "field"), *name = node_get(match, "name");
    const struct node *remaining = node_get(match, "remaining");
    if (field == NULL) {
        field = node_get(match, "on");
    }
    if (field != NULL && field->kind == NODE_SCALAR) {
        return lora_reference(lora, field->text);
    }
    if (remaining != NULL && remaining->kind == NODE_SCALAR &&
        strcmp(remaining->text, "true") == 0) {
        return "frame.left";
    }
    bool named = name != NULL && name->kind == NODE_SCALAR && name->length > 0;
    const char *reference =
        named ? lora_reference(lora, name->text) : lora_hidden_name(lora, "case");
    const char *type = selector_type(lora, match);
    lora_open(lora, '{');
    if (named && name->text[0] != '_') {
        (void)lora_put_name(lora, match);
    } else {
        lora_word(lora, "local", reference);
        lora_word(lora, "encode", "case");
    }
    lora_word(lora, "type", type);
    lora_close(lora, '}');
    return reference;
}

static void put_match(struct lora *lora, const struct node *match)
{
    const char *selector = put_selector(lora, match);
    lora_open(lora, '{');
    lora_word(lora, "switch", selector);
    put_cases(lora, match);
    lora_close(lora, '}');
}

/* Fields that share bytes, as a list or a mapping; their number may stand beside it. */
static void put_byte_group(struct lora *lora, const struct node *field)
{
    const struct node *group = node_get(field, "byte_group");
    const struct node *fields =
        group->kind == NODE_LIST ? group : node_get(group, "fields");
    const struct node *size = node_get(group, "size"),
                      *endian = node_get(group, "endian");
    lora_know_keys(lora, group, "fields size bytes endian description");
    if (size == NULL) {
        size = node_get(group, "bytes");
    }
    lora_put_byte_group(lora, group, fields,
                        size != NULL ? size : node_get(field, "size"),
                        endian != NULL ? endian : node_get(field, "endian"));
}

static void put_inner_match(struct lora *lora, const struct node *match)
{
    lora_know_keys(
        lora, match,
        "field on name type length remaining endian cases default var unit description");
    put_match(lora, match);
}

static void put_switch(struct lora *lora, const struct node *field)
{
    put_inner_match(lora, node_get(field, "switch"));
}

static void put_matching(struct lora *lora, const struct node *field)
{
    put_inner_match(lora, node_get(field, "match"));
}

static void put_flags(struct lora *lora, const struct node *field)
{
    put_flagged(lora, node_get(field, "flagged"));
}

static void put_records(struct lora *lora, const struct node *field)
{
    const struct node *tlv = node_get(field, "tlv");
    lora_know_keys(lora, tlv,
                   "tag_size tag_type tag_fields tag_key length_size length_type merge "
                   "unknown cases description");
    lora_put_tlv(lora, tlv);
}

static void put_used(struct lora *lora, const struct node *field)
{
    lora_put_use(lora, field, node_get(field, "use"));
}

static void put_referred(struct lora *lora, const struct node *field)
{
    lora_put_use(lora, field, node_get(field, "$ref"));
}

bool lora_put_construct(struct lora *lora, const struct node *field)
{
    static const struct {
        const char *key;
        void (*put)(struct lora *lora, const struct node *field);
    } constructs[] = {{"use", put_used},           {"byte_group", put_byte_group},
                      {"flagged", put_flags},      {"match", put_matching},
                      {"switch", put_switch},      {"tlv", put_records},
                      {"object", lora_put_object}, {"$ref", put_referred}};
    static const struct {
        const char *type;
        void (*put)(struct lora *lora, const struct node *field);
    } types[] = {{"match", put_match}, {"tlv", lora_put_tlv}};
    const struct node *type = node_get(field, "type");
    const char *word = type != NULL && type->kind == NODE_SCALAR ? type->text : "";
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(word, types[i].type) == 0) {
            types[i].put(lora, field);
            return true;
        }
    }
    for (size_t i = 0; type == NULL && i < sizeof(constructs) / sizeof(constructs[0]);
         i++) {
        if (node_get(field, constructs[i].key) != NULL) {
            constructs[i].put(lora, field);
            return true;
        }
    }
    return false;
}
