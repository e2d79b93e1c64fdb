/* SPDX-License-Identifier: MIT */
/* Fields of LoRa payload schemas as items of a profile. */
#include "lora_parts.h"

#include "scalar_words.h"

#include <string.h>

/* Is the value on the wire what is reported, but for scale and offset? */
static bool is_direct(const struct node *field, const struct lora_type *type,
                      const struct lora_chain *chain, const char *raw, unsigned bits)
{
    static const char *const calculated[] = {"formula", "match_value", "polynomial",
                                             "guard"};
    for (size_t i = 0; i < sizeof(calculated) / sizeof(calculated[0]); i++) {
        if (node_get(field, calculated[i]) != NULL) {
            return false;
        }
    }
    if (strcmp(chain->text, raw) == 0) {
        return true;
    }
    return !lora_has_labels(field) &&
           lora_chain_fits(chain, type->kind == LORA_FLOAT ? 1 : bits);
}

static void put_scaling(struct lora *lora, const struct lora_chain *chain)
{
    if (exact_compare(chain->scale, exact_from_int(1)) != 0) {
        lora_word(lora, "scale", lora_digits(lora, chain->scale));
    }
    if (!exact_is_zero(chain->offset)) {
        lora_word(lora, "offset", lora_digits(lora, chain->offset));
    }
}

/* What bytes without meaning are written as: NULL for zeros; false if there is no such
 * integer. */
static bool fill_of(struct lora *lora, const struct node *field,
                    const struct lora_chain *chain, const char **ret)
{
    const struct node *value = node_get(field, "value");
    exact_int number;
    struct exact raw;
    *ret = NULL;
    if (value == NULL) {
        return true;
    }
    if (value->kind != NODE_SCALAR || !scalar_is_integer(value->text) ||
        !scalar_integer(&lora->diag, value, "'value'", INT64_MIN, INT64_MAX, &number)) {
        return false;
    }
    if (!chain->linear ||
        !exact_sub(exact_from_int((int64_t)number), chain->offset, &raw) ||
        !exact_div(raw, chain->scale, &raw) || raw.denominator != 1) {
        return false;
    }
    *ret = lora_digits(lora, raw);
    return true;
}

const char *lora_put_wire(struct lora *lora, const struct node *field,
                          const struct lora_type *type, const char *word)
{
    unsigned bits = type->ranged ? type->high - type->low + 1 : type->bits;
    const char *name = lora_own_name(field);
    const char *raw = lora_hidden_name(lora, "raw");
    const char *fill;
    struct lora_chain chain;
    if (!lora_chain_of(lora, field, raw, &chain)) {
        return NULL;
    }
    lora_open(lora, '{');
    if (lora_is_unused(lora, field) && fill_of(lora, field, &chain, &fill)) {
        lora_word(lora, "reserved", word);
        if (fill != NULL) {
            lora_word(lora, "fill", fill);
        }
        lora_close(lora, '}');
        return NULL;
    }
    if (!is_direct(field, type, &chain, raw, bits)) {
        lora_word(lora, "local", raw);
        lora_word(lora, "type", word);
        lora_put_sentinel(lora, field);
        lora_put_default(lora, NULL, raw);
        lora_close(lora, '}');
        return raw;
    }
    bool reported = lora_put_name(lora, field);
    lora_word(lora, "type", word);
    put_scaling(lora, &chain);
    lora_put_lookup(lora, field, bits, type->is_signed);
    lora_put_sentinel(lora, field);
    lora_put_limits(lora, field);
    if (reported) {
        lora_put_notes(lora, field);
    }
    lora_put_default(lora, field, name != NULL ? lora_reference(lora, name) : "");
    lora_close(lora, '}');
    return NULL;
}

/* A value in bytes of its own. */
static void put_plain(struct lora *lora, const struct node *field,
                      const struct lora_type *type)
{
    const char *raw = lora_put_wire(lora, field, type, lora_type_word(lora, field, type));
    if (raw != NULL) {
        lora_put_number(lora, field, raw);
    }
    lora_put_warning(lora, field);
}

/* Tenths in the lower half of a byte, ones in the upper one. */
static void put_nibbles(struct lora *lora, const struct node *field,
                        const struct lora_type *type)
{
    lora_open(lora, '{');
    (void)lora_put_name(lora, field);
    lora_word(lora, "type", "u8");
    lora_key(lora, "enum");
    lora_open(lora, '{');
    /* Of two spellings of a value the one with a decimal digit comes first. */
    for (int i = 0; i < 512; i++) {
        int byte = i % 256, ones = byte >> 4, tenths = byte & 15;
        if ((tenths < 10) != (i < 256)) {
            continue;
        }
        ones -= type->is_signed && ones > 7 ? 16 : 0;
        struct exact value = {ones * 10 + tenths, 10};
        lora_word(lora, arena_format(lora->arena, "%d", byte), lora_digits(lora, value));
    }
    lora_close(lora, '}');
    lora_put_notes(lora, field);
    lora_close(lora, '}');
}

static void put_literal(struct lora *lora, const struct node *field)
{
    const struct node *value = node_get(field, "value");
    const char *json = value != NULL ? scalar_json(&lora->diag, value) : NULL;
    if (json == NULL) {
        lora_error(lora, field, "a string needs a 'value'; as bytes it is 'ascii'");
        return;
    }
    lora_open(lora, '{');
    (void)lora_put_name(lora, field);
    lora_word(lora, "literal", json);
    lora_close(lora, '}');
}

static void put_typed(struct lora *lora, const struct node *field)
{
    struct lora_type type;
    if (!lora_type_of(lora, field, &type)) {
        return;
    }
    switch (type.kind) {
    case LORA_NIBBLES:
        put_nibbles(lora, field, &type);
        break;
    case LORA_TEXT:
    case LORA_BYTES:
        lora_put_bytes(lora, field, &type);
        break;
    case LORA_SKIP:
        lora_put_skip(lora, field);
        break;
    case LORA_NUMBER:
        lora_put_number(lora, field, NULL);
        lora_put_warning(lora, field);
        break;
    case LORA_LITERAL:
        put_literal(lora, field);
        break;
    case LORA_PARTS:
        lora_put_parts(lora, field);
        break;
    case LORA_OBJECT:
        lora_put_object(lora, field);
        break;
    case LORA_REPEAT:
        lora_put_repeat(lora, field);
        break;
    default:
        put_plain(lora, field, &type);
    }
}

/* What has no place in a profile, but changes nothing of the values. */
static void count_annotations(struct lora *lora, const struct node *field)
{
    static const char *const keys[] = {"ipso",  "senml",  "senml_unit", "semantic",
                                       "unece", "sensor", "resolution"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        lora->annotations += node_get(field, keys[i]) != NULL;
    }
}

static void put_conditional(struct lora *lora, const struct node *field)
{
    const struct node *condition = node_get(field, "conditional");
    const struct node *optional = node_get(field, "optional");
    bool may_lack = optional != NULL && optional->kind == NODE_SCALAR &&
                    strcmp(optional->text, "true") == 0;
    if (condition == NULL && !may_lack) {
        put_typed(lora, field);
        return;
    }
    lora_open(lora, '{');
    if (condition != NULL) {
        lora_text(lora, "when", lora_formula(lora, condition, NULL));
    } else {
        lora_word(lora, "optional", "true");
    }
    lora_key(lora, "fields");
    lora_open(lora, '[');
    put_typed(lora, field);
    lora_close(lora, ']');
    lora_close(lora, '}');
}

/* All keys of fields that mean something here, or that are counted. */
static const char known_keys[] =
    "$ref add base bit byte_group byte_length bytes cases compute conditional consume "
    "count count_as count_field default delimiter description div encoding endian enum "
    "example field "
    "fields flagged format formula guard index ipso length length_size length_type "
    "lookup "
    "match "
    "match_value max_length merge mult name name_from object on optional out_of_range "
    "parts "
    "polynomial "
    "prefix ref remaining rename resolution semantic senml senml_unit sensor sentinel "
    "separator size switch "
    "tag_fields tag_key tag_size tag_type tlv transform type unece unit unknown until "
    "use "
    "valid_range value values var version";

/* Once for each field; false when there are too many. */
static bool look_at(struct lora *lora, const struct node *field)
{
    if (++lora->fields > LORA_MAX_FIELDS) {
        if (lora->fields == LORA_MAX_FIELDS + 1) {
            lora_error(lora, field, "more than %d fields", LORA_MAX_FIELDS);
        }
        return false;
    }
    lora_know_keys(lora, field, known_keys);
    count_annotations(lora, field);
    lora->marks = arena_grow(lora->arena, lora->marks, lora->mark_count,
                             &lora->mark_capacity, sizeof(*lora->marks));
    lora->marks[lora->mark_count++] = (struct lora_mark){lora->out.length, field};
    return true;
}

void lora_put_field(struct lora *lora, const struct node *field)
{
    if (node_expect(&lora->diag, field, NODE_MAP, "a field") && look_at(lora, field) &&
        !lora_put_construct(lora, field)) {
        put_conditional(lora, field);
    }
}

void lora_put_items(struct lora *lora, const struct node *fields)
{
    if (fields == NULL || !node_expect(&lora->diag, fields, NODE_LIST, "'fields'")) {
        return;
    }
    if (++lora->depth > LORA_MAX_DEPTH) {
        lora_error(lora, fields, "groups are nested deeper than %d", LORA_MAX_DEPTH);
    } else {
        for (size_t i = 0; i < fields->count;) {
            if (lora_is_run(fields->items[i])) {
                i += lora_put_run(lora, fields, i);
            } else {
                lora_put_field(lora, fields->items[i++]);
            }
        }
    }
    lora->depth--;
}

void lora_put_list(struct lora *lora, const struct node *fields)
{
    lora_open(lora, '[');
    lora_put_items(lora, fields);
    lora_close(lora, ']');
}
