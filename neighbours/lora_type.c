/* SPDX-License-Identifier: MIT */
/* Types of LoRa payload schemas: their words, and what other keys of a field add. */
#include "lora_parts.h"

#include <string.h>

struct word {
    const char *word;
    struct lora_type type;
};

static const struct word words[] = {
    {"f16", {.kind = LORA_FLOAT, .bits = 16}},
    {"f32", {.kind = LORA_FLOAT, .bits = 32}},
    {"f64", {.kind = LORA_FLOAT, .bits = 64}},
    {"float16", {.kind = LORA_FLOAT, .bits = 16}},
    {"float32", {.kind = LORA_FLOAT, .bits = 32}},
    {"float64", {.kind = LORA_FLOAT, .bits = 64}},
    {"float", {.kind = LORA_FLOAT, .bits = 32}},
    {"double", {.kind = LORA_FLOAT, .bits = 64}},
    {"udec", {.kind = LORA_NIBBLES, .bits = 8}},
    {"sdec", {.kind = LORA_NIBBLES, .bits = 8, .is_signed = true}},
    {"bool", {.kind = LORA_BOOL, .bits = 8}},
    {"ascii", {.kind = LORA_TEXT}},
    {"hex", {.kind = LORA_BYTES, .format = "hex"}},
    {"hex:upper", {.kind = LORA_BYTES, .format = "HEX"}},
    {"bytes", {.kind = LORA_BYTES, .format = "hex"}},
    {"base64", {.kind = LORA_BYTES, .format = "base64"}},
    {"skip", {.kind = LORA_SKIP}},
    {"enum", {.kind = LORA_ENUM, .bits = 8}},
    {"number", {.kind = LORA_NUMBER}},
    {"integer", {.kind = LORA_NUMBER}},
    {"uflt16", {.kind = LORA_MINIFLOAT, .bits = 16, .format = "uflt16"}},
    {"sflt16", {.kind = LORA_MINIFLOAT, .bits = 16, .format = "sflt16"}},
    {"sflt24", {.kind = LORA_MINIFLOAT, .bits = 24, .format = "sflt24"}},
    {"string", {.kind = LORA_LITERAL}},
    {"bitfield_string", {.kind = LORA_PARTS}},
    {"object", {.kind = LORA_OBJECT}},
    {"repeat", {.kind = LORA_REPEAT}},
};

static bool parse_digits(const char **text, unsigned most, unsigned *ret)
{
    unsigned value = 0;
    const char *start = *text;
    while (**text >= '0' && **text <= '9') {
        value = value * 10 + (unsigned)(**text - '0');
        if (value > most) {
            return false;
        }
        ++*text;
    }
    *ret = value;
    return *text != start;
}

/* "[a:b]" behind an integer. */
static bool parse_range(const char *text, struct lora_type *type)
{
    type->ranged = true;
    text++;
    if (!parse_digits(&text, type->bits - 1, &type->low) || *text++ != ':' ||
        !parse_digits(&text, type->bits - 1, &type->high)) {
        return false;
    }
    return strcmp(text, "]") == 0 && type->low <= type->high;
}

/* Two words of 16 bits: the lower one first, or each with its bytes turned. */
static bool parse_words(const char *word, struct lora_type *type)
{
    bool lower_first = strcmp(word, "le16") == 0;
    if (type->bits != 32 || (!lower_first && strcmp(word, "be16le") != 0)) {
        return false;
    }
    type->order = lower_first ? "cdab" : "badc";
    return true;
}

/* "u", "uint", "s", "i", "int" */
static bool parse_sign(const char **word, struct lora_type *type)
{
    static const char *const signs[] = {"uint", "int", "u", "s", "i"};
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (strncmp(*word, signs[i], strlen(signs[i])) == 0) {
            type->is_signed = signs[i][0] != 'u';
            *word += strlen(signs[i]);
            return true;
        }
    }
    return false;
}

/* "u16", "s8", "int24", "u32le16", "u8[0:3]" */
static bool parse_integer(const char *word, struct lora_type *type)
{
    type->kind = LORA_INTEGER;
    if (!parse_sign(&word, type) || !parse_digits(&word, 64, &type->bits) ||
        type->bits % 8 != 0 || type->bits == 0) {
        return false;
    }
    if (parse_words(word, type)) {
        return true;
    }
    return *word == '\0' || (*word == '[' && parse_range(word, type));
}

bool lora_type_parse(const char *word, struct lora_type *ret)
{
    const char *order = "";
    if (strncmp(word, "le_", 3) == 0 || strncmp(word, "be_", 3) == 0) {
        order = word[0] == 'l' ? "le" : "be";
        word += 3;
    }
    *ret = (struct lora_type){.kind = LORA_INTEGER, .order = order};
    if (parse_integer(word, ret)) {
        return true;
    }
    *ret = (struct lora_type){.kind = LORA_FLOAT, .bits = 32};
    if (strncmp(word, "f32", 3) == 0 && parse_words(word + 3, ret)) {
        return true;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(word, words[i].word) == 0) {
            *ret = words[i].type;
            ret->order = order;
            return true;
        }
    }
    return false;
}

/* `endian` of the field alone, or of a group. */
static bool take_order(struct lora *lora, const struct node *field,
                       struct lora_type *type)
{
    const struct node *endian = node_get(field, "endian");
    const char *order = "";
    if (endian != NULL && !lora_order_of(lora, endian, &order)) {
        return false;
    }
    if (type->order[0] == '\0') {
        type->order = order;
    }
    return true;
}

bool lora_order_of(struct lora *lora, const struct node *endian, const char **ret)
{
    const char *word = endian->kind == NODE_SCALAR ? endian->text : "";
    bool little = strcmp(word, "little") == 0;
    if (!little && strcmp(word, "big") != 0) {
        lora_error(lora, endian, "'endian' is big or little");
        return false;
    }
    *ret = little ? "le" : "be";
    return true;
}

/* `bit` of a truth value, and the integer under an enum. */
static bool complete(struct lora *lora, const struct node *field, struct lora_type *type)
{
    const struct node *bit = node_get(field, "bit"), *base = node_get(field, "base");
    exact_int number = 0;
    if (type->kind == LORA_BOOL) {
        if (bit != NULL && !scalar_integer(&lora->diag, bit, "'bit'", 0, 7, &number)) {
            return false;
        }
        type->ranged = true;
        type->low = type->high = (unsigned)number;
    }
    if (type->kind == LORA_ENUM && base != NULL) {
        if (!node_expect(&lora->diag, base, NODE_SCALAR, "'base'")) {
            return false;
        }
        if (!lora_type_parse(base->text, type) || type->kind != LORA_INTEGER) {
            lora_error(lora, base, "'%s' is no integer type", base->text);
            return false;
        }
    }
    if (type->kind == LORA_ENUM) {
        const struct node *size = node_get(field, "size");
        number = type->bits / 8;
        if (size != NULL && !scalar_integer(&lora->diag, size, "'size'", 1, 8, &number)) {
            return false;
        }
        type->bits = (unsigned)number * 8;
        type->kind = LORA_INTEGER;
    }
    return true;
}

bool lora_type_of(struct lora *lora, const struct node *field, struct lora_type *ret)
{
    const struct node *type = node_get(field, "type");
    if (type == NULL) {
        lora_error(lora, field, "a field needs a type");
        return false;
    }
    if (!node_expect(&lora->diag, type, NODE_SCALAR, "'type'")) {
        return false;
    }
    if (!lora_type_parse(type->text, ret)) {
        lora_error(lora, type, "the type '%s' is not known", type->text);
        return false;
    }
    return complete(lora, field, ret) && take_order(lora, field, ret);
}

/* What `encoding` makes of an integer. */
static const char *encoded_word(struct lora *lora, const struct node *encoding,
                                const struct lora_type *type, const char *order)
{
    const char *text = encoding->kind == NODE_SCALAR ? encoding->text : "";
    if (strcmp(text, "sign_magnitude") == 0) {
        return arena_format(lora->arena, "sm%u%s", type->bits, order);
    }
    if (strcmp(text, "gray") == 0) {
        return arena_format(lora->arena, "gray%u%s", type->bits, order);
    }
    if (strcmp(text, "bcd") == 0) {
        bool little = lora->little ? strcmp(order, "be") != 0 : strcmp(order, "le") == 0;
        return arena_format(lora->arena, "bcd(%u)%s", type->bits / 4,
                            little && type->bits > 8 ? "le" : "");
    }
    lora_error(lora, encoding, "the encoding '%s' is not known", text);
    return "u8";
}

const char *lora_type_word(struct lora *lora, const struct node *field,
                           const struct lora_type *type)
{
    const struct node *encoding = node_get(field, "encoding");
    const char *order = type->bits > 8 ? type->order : "";
    if (type->kind == LORA_MINIFLOAT) {
        if (order[0] != '\0' && (order[0] == 'l') != lora->little) {
            lora_error(lora, field, "'%s' has the order of bytes of the schema",
                       type->format);
        }
        (void)lora_add_name(lora, &lora->formats, type->format);
        return type->format;
    }
    if (type->kind == LORA_FLOAT) {
        lora->floats = true;
        return arena_format(lora->arena, "f%u%s", type->bits, order);
    }
    if (encoding != NULL) {
        return encoded_word(lora, encoding, type, order);
    }
    return arena_format(lora->arena, "%c%u%s", type->is_signed ? 'i' : 'u', type->bits,
                        order);
}
