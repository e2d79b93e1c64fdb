/* SPDX-License-Identifier: MIT */
/* Words of other tools and languages for what has another name here. */
#include "synonyms.h"

#include <string.h>

/* A word means a key where that key is allowed. */
static const struct synonym {
    const char *word, *key;
    const char *advice; /* where the key alone would not say enough */
} synonyms[] = {
    {"factor", "scale", NULL},
    {"multiplier", "scale", NULL},
    {"multiply", "scale", NULL},
    {"gain", "scale", NULL},
    {"divisor", "scale", "'scale', a tenth of it as 0.1 or 1/10"},
    {"divide", "scale", "'scale', a tenth of it as 0.1 or 1/10"},
    {"round", "decimals", NULL},
    {"precision", "decimals", NULL},
    {"if", "when", NULL},
    {"condition", "when", NULL},
    {"mask", "bits", "'bits' with 'fields', or 'value: bits(x, high, low)'"},
    {"bitfield", "bits", "'bits' with 'fields'"},
    {"endian", "byte_order", NULL},
    {"endianness", "byte_order", NULL},
    {"loop", "repeat", NULL},
    {"times", "repeat", NULL},
    {"items", "fields", NULL},
    {"struct", "fields", NULL},
    {"mapping", "enum", NULL},
    {"lookup", "enum", NULL},
    {"minimum", "valid", "'valid', a range as in 0..100"},
    {"maximum", "valid", "'valid', a range as in 0..100"},
    {"min", "valid", "'valid', a range as in 0..100"},
    {"max", "valid", "'valid', a range as in 0..100"},
    {"padding", "reserved", NULL},
    {"unused", "reserved", NULL},
    {"crc", "checksum", NULL},
    {"comment", "description", NULL},
    {"length", "select",
     "'size', with the length as an item in a list under 'tag'"}, /* of a tag loop */
    {"port", "match", "'match: {port: 2}'"},
    {"fport", "match", "'match: {port: 2}'"},
    {"topic", "match", "'match: {topic: ...}'"},
    {"length", "match", "'match: {length: 7}'"},
    {"direction", "kind", NULL},
    {"byte_order", "wire", "'wire: {byte_order: ...}'"},
    {"bit_order", "wire", "'wire: {bit_order: ...}'"},
    {"header", "wire", "'wire: {header: ...}'"},
    {"trailer", "wire", "'wire: {trailer: ...}'"},
    {"framing", "wire", "'wire: {framing: ...}'"},
    {"fields", "messages", "'messages', whose entries have 'fields'"},
    {"expected", "json", NULL},
    {"output", "json", NULL},
    {"frame", "hex", NULL},
    {"payload", "hex", NULL},
    {"input", "hex", NULL},
    {"fport", "port", NULL},
};

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static const struct synonym *find_synonym(const char *word, const char *const *allowed,
                                          size_t count)
{
    for (size_t i = 0; i < sizeof(synonyms) / sizeof(synonyms[0]); i++)
        if (strcmp(synonyms[i].word, word) == 0 &&
            is_among(synonyms[i].key, allowed, count))
            return &synonyms[i];
    return NULL;
}

const char *synonym_of_key(struct arena *arena, const char *word,
                           const char *const *allowed, size_t count)
{
    const struct synonym *synonym = find_synonym(word, allowed, count);
    if (synonym == NULL)
        return NULL;
    return synonym->advice != NULL ? synonym->advice
                                   : arena_format(arena, "'%s'", synonym->key);
}

const char *synonym_exact_key(const char *word, const char *const *allowed, size_t count)
{
    const struct synonym *synonym = find_synonym(word, allowed, count);
    return synonym != NULL && synonym->advice == NULL ? synonym->key : NULL;
}

const char *synonym_of_word(const char *word, const char *const *allowed, size_t count)
{
    static const char *const pairs[][2] = {
        {"uplink", "report"}, {"up", "report"},     {"downlink", "command"},
        {"down", "command"},  {"le", "little"},     {"lsb", "little"},
        {"be", "big"},        {"msb", "big"},       {"little", "lsb"},
        {"big", "msb"},       {"skip", "ignore"},   {"ignore", "skip"},
        {"drop", "omit"},     {"ignore", "omit"},   {"reject", "refuse"},
        {"error", "refuse"},  {"refuse", "reject"}, {"error", "reject"},
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (strcmp(pairs[i][0], word) == 0 && is_among(pairs[i][1], allowed, count))
            return pairs[i][1];
    return NULL;
}

/* What is behind a word at the start of the text, or NULL. */
static const char *behind(const char *text, const char *word)
{
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 ? text + length : NULL;
}

/* "16", "16le", "16_t", "16_le": digits, and the order in `ret_order`. */
static bool is_width(const char *text, size_t *ret_digits, const char **ret_order)
{
    static const char *const ends[] = {"", "_t", "be", "le", "_be", "_le"};
    static const char *const orders[] = {"", "", "be", "le", "be", "le"};
    size_t digits = strspn(text, "0123456789");
    *ret_digits = digits;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (digits == 0 || digits > 2 || strcmp(text + digits, ends[i]) != 0)
            continue;
        *ret_order = orders[i];
        return true;
    }
    return false;
}

/* "uint16", "s16le" */
static const char *number_type(struct arena *arena, const char *word)
{
    static const char *const others[] = {"uint", "int", "s", "float"};
    static const char *const ours[] = {"u", "i", "i", "f"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        const char *rest = behind(word, others[i]), *order;
        size_t digits;
        if (rest != NULL && is_width(rest, &digits, &order))
            return arena_format(arena, "'%s%.*s%s'", ours[i], (int)digits, rest, order);
    }
    return NULL;
}

/* "string(4)", "hex(4)" */
static const char *counted_type(struct arena *arena, const char *word)
{
    static const char *const texts[] = {"string", "str", "char", "ascii"};
    const char *rest = behind(word, "hex");
    if (rest != NULL && rest[0] == '(')
        return arena_format(arena, "'bytes%s' with 'as: hex'", rest);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        rest = behind(word, texts[i]);
        if (rest != NULL && (rest[0] == '(' || rest[0] == '\0'))
            return arena_format(arena, "'text%s'", rest[0] == '(' ? rest : "(n)");
    }
    return NULL;
}

const char *synonym_of_type(struct arena *arena, const char *word, bool in_bits)
{
    static const char *const others[] = {"float", "single", "double", "byte", "boolean"};
    const char *ours[] = {"'f32'", "'f32'", "'f64'", "'u8'",
                          in_bits ? "'bool'" : "'bool8'"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (strcmp(word, others[i]) == 0)
            return ours[i];
    const char *number = number_type(arena, word);
    return number != NULL ? number : counted_type(arena, word);
}
