/* SPDX-License-Identifier: MIT */
/*
 * JSON Schema of the profile language, for editors: a definition for each place, made of
 * the lists of keys, and some for what is no mapping with fixed keys.
 */
#include <dragoman/profile.h>

#include "item_keys.h"
#include "language.h"
#include "out.h"
#include "scalar.h"

#include <string.h>

/* What is no list of keys. The outermost braces are not there. */
static const struct definition {
    const char *name, *inside;
} definitions[] = {
    {"version", "\"const\":1"},
    {"items", "\"type\":\"array\",\"items\":{\"$ref\":\"#/definitions/item\"}"},
    {"cases",
     "\"type\":\"object\",\"additionalProperties\":{\"anyOf\":[{\"$ref\":"
     "\"#/definitions/item\"},{\"$ref\":\"#/definitions/items\"}]},\"minProperties\":1"},
    {"labels", "\"type\":\"object\",\"additionalProperties\":{\"type\":[\"string\","
               "\"number\",\"boolean\",\"null\"]},\"minProperties\":1"},
    {"parameters", "\"type\":\"object\",\"additionalProperties\":{\"$ref\":"
                   "\"#/definitions/parameter\"}"},
    {"constant", "\"type\":[\"integer\",\"string\"]"},
    {"range", "\"type\":\"string\",\"pattern\":\"[.][.]\""},
    {"method", "\"type\":\"string\",\"pattern\":\"^[RWE]+$\""},
    {"match",
     "\"type\":\"object\",\"properties\":{\"port\":{\"description\":\"LoRaWAN port or "
     "CAN identifier\"},\"topic\":{\"description\":\"MQTT filters\"},\"length\":{"
     "\"description\":\"bytes of the frame\"}},\"additionalProperties\":{\"anyOf\":[{"
     "\"$ref\":\"#/definitions/constant\"},{\"type\":\"array\",\"items\":{\"$ref\":"
     "\"#/definitions/constant\"}}]}"},
    {"points", "\"type\":\"array\",\"minItems\":2,\"items\":{\"type\":\"array\","
               "\"items\":{\"type\":\"number\"},\"minItems\":2,\"maxItems\":2}"},
    {"type",
     "\"anyOf\":[{\"enum\":[\"u8\",\"u16\",\"u32\",\"u64\",\"i8\",\"i16\",\"i32\","
     "\"i64\",\"u16le\",\"u32le\",\"i16le\",\"i32le\",\"u16be\",\"u32be\",\"bool\","
     "\"bool8\",\"f16\",\"f32\",\"f64\",\"text(rest)\",\"bytes(rest)\"]},{\"type\":"
     "\"string\",\"pattern\":\"^[A-Za-z_$]\"}]"},
};

enum { DEFINITION_COUNT = sizeof(definitions) / sizeof(definitions[0]) };

static void put_one(struct out *out, const char *word, size_t length);

static bool is_word(const char *word, size_t length, const char *other)
{
    return strlen(other) == length && memcmp(word, other, length) == 0;
}

/* YAML reads some words as other values. */
static void put_words(struct out *out, const char *words, size_t length)
{
    const char *end = words + length;
    out_text(out, "{\"enum\":[");
    for (const char *at = words; at < end;) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        size_t size = (size_t)((bar != NULL ? bar : end) - at);
        out_text(out, at == words ? "\"" : ",\"");
        out_bytes(out, at, size);
        out_text(out, is_word(at, size, "null") ? "\",null" : "\"");
        at += size + 1;
    }
    out_text(out, "]}");
}

/* The schemas of the words that are no places. */
static const struct definition simple[] = {
    {"text", "{\"type\":\"string\"}"},
    {"integer", "{\"type\":\"integer\"}"},
    {"number", "{\"type\":[\"number\",\"string\"],\"pattern\":\"^[-+]?[0-9.]\"}"},
    {"truth", "{\"type\":\"boolean\"}"},
    {"null", "{\"type\":\"null\"}"},
    {"any", "{}"},
    {"expression", "{\"type\":[\"string\",\"number\",\"boolean\"]}"},
};

static void put_one(struct out *out, const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof(simple) / sizeof(simple[0]); i++) {
        if (is_word(word, length, simple[i].name)) {
            out_text(out, simple[i].inside);
            return;
        }
    }
    if (length > 6 && memcmp(word, "words:", 6) == 0) {
        put_words(out, word + 6, length - 6);
        return;
    }
    bool is_map = length > 4 && memcmp(word, "map:", 4) == 0;
    bool is_list = length > 5 && memcmp(word, "list:", 5) == 0;
    if (is_map || is_list) {
        size_t skip = is_map ? 4 : 5;
        out_text(out, is_map ? "{\"type\":\"object\",\"additionalProperties\":"
                             : "{\"type\":\"array\",\"items\":");
        put_one(out, word + skip, length - skip);
        out_text(out, "}");
        return;
    }
    out_text(out, "{\"$ref\":\"#/definitions/");
    out_bytes(out, word, length);
    out_text(out, "\"}");
}

/* Does one of the alternatives take any text? */
static bool takes_text(const char *takes)
{
    static const char *const words[] = {"text", "any", "expression", "type"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const char *at = strstr(takes, words[i]);
        size_t length = strlen(words[i]);
        bool begins = at != NULL && (at == takes || at[-1] == ' ');
        if (begins && (at[length] == '\0' || at[length] == ' '))
            return true;
    }
    return false;
}

static const char parameter[] = "{\"type\":\"string\",\"pattern\":\"^\\\\$\"}";

/* In a layout a parameter of a group may stand for each value. */
static void put_takes(struct out *out, const char *takes, bool in_layout)
{
    bool has_parameter = in_layout && !takes_text(takes);
    const char *bar = strstr(takes, " / ");
    if (bar == NULL && !has_parameter) {
        put_one(out, takes, strlen(takes));
        return;
    }
    out_text(out, "{\"anyOf\":[");
    for (; bar != NULL; bar = strstr(takes, " / ")) {
        put_one(out, takes, (size_t)(bar - takes));
        out_text(out, ",");
        takes = bar + 3;
    }
    put_one(out, takes, strlen(takes));
    out_format(out, "%s%s]}", has_parameter ? "," : "", has_parameter ? parameter : "");
}

static const char *quote(struct out *out, const char *text)
{
    return scalar_json_string(out->arena, text, strlen(text));
}

/* Beside a reference nothing else is looked at, hence the list of one. */
static void put_key(struct out *out, const struct language_key *key, bool in_layout)
{
    struct out takes;
    out_init(&takes, out->arena);
    put_takes(&takes, key->takes, in_layout);
    bool is_reference = strncmp(takes.text, "{\"$ref\"", 7) == 0;
    out_format(out, "\"%s\":{\"description\":%s", key->name, quote(out, key->about));
    if (is_reference)
        out_format(out, ",\"allOf\":[%s]}", takes.text);
    else if (strcmp(takes.text, "{}") == 0)
        out_text(out, "}");
    else
        out_format(out, ",%s", takes.text + 1);
}

static void put_required(struct out *out, const char *names)
{
    if (names[0] == '\0')
        return;
    out_text(out, ",\"required\":[\"");
    for (const char *at = names; *at != '\0'; at++) {
        if (*at == ' ')
            out_text(out, "\",\"");
        else
            out_bytes(out, at, 1);
    }
    out_text(out, "\"]");
}

/* Keys that make an item's form, and the forms that each makes. */
static const struct {
    const char *key;
    unsigned forms;
} form_keys[] = {
    {"type", FORM_INTEGER | FORM_BYTES | FORM_FLOAT},
    {"join", FORM_INTEGER | FORM_BYTES},
    {"checksum", FORM_CHECK},
    {"bits", FORM_BITS},
    {"fields", FORM_GROUP},
    {"use", FORM_GROUP},
    {"switch", FORM_SWITCH},
    {"tlv", FORM_TLV},
    {"reserved", FORM_RESERVED},
    {"skip", FORM_RESERVED},
    {"value", FORM_VALUE},
    {"literal", FORM_LITERAL},
    {"warn", FORM_NOTICE},
    {"refuse", FORM_NOTICE},
};

enum { FORM_KEY_COUNT = sizeof(form_keys) / sizeof(form_keys[0]) };

/* Keys that need another one beside them. */
static const struct {
    const char *key, *needs;
} companions[] = {
    {"bits", "fields"}, {"checksum", "type"}, {"join", "type"},     {"switch", "cases"},
    {"again", "at"},    {"until", "repeat"},  {"outside", "valid"},
};

/* The keys that make one of the forms, as alternatives. */
static void put_forms(struct out *out, unsigned forms)
{
    size_t count = 0;
    out_text(out, "\"anyOf\":[");
    for (size_t i = 0; i < FORM_KEY_COUNT; i++)
        if ((form_keys[i].forms & forms) != 0)
            out_format(out, "%s{\"required\":[\"%s\"]}", count++ == 0 ? "" : ",",
                       form_keys[i].key);
    out_text(out, "]");
}

/* Two keys of forms stand in one item only where the one is a part of the other. */
static bool go_together(const char *left, const char *right)
{
    for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++)
        if ((strcmp(left, companions[i].key) == 0 &&
             strcmp(right, companions[i].needs) == 0) ||
            (strcmp(right, companions[i].key) == 0 &&
             strcmp(left, companions[i].needs) == 0))
            return true;
    return false;
}

static void put_other_forms(struct out *out, const char *own)
{
    size_t count = 0;
    out_text(out, "\"not\":{\"anyOf\":[");
    for (size_t i = 0; i < FORM_KEY_COUNT; i++)
        if (strcmp(form_keys[i].key, own) != 0 && !go_together(form_keys[i].key, own))
            out_format(out, "%s{\"required\":[\"%s\"]}", count++ == 0 ? "" : ",",
                       form_keys[i].key);
    out_text(out, "]}");
}

static bool is_form_key(const char *name)
{
    for (size_t i = 0; i < FORM_KEY_COUNT; i++)
        if (strcmp(form_keys[i].key, name) == 0)
            return true;
    return false;
}

/* An item has a form, and keys that belong to it. */
static void put_item_rules(struct out *out)
{
    const struct language_map *map = language_map(PLACE_ITEM);
    out_text(out, ",");
    put_forms(out, UINT32_MAX);
    out_text(out, ",\"dependencies\":{");
    for (size_t i = 0; i < map->count; i++) {
        const struct language_key *key = &map->keys[i];
        out_format(out, "%s\"%s\":{", i == 0 ? "" : ",", key->name);
        if (is_form_key(key->name))
            put_other_forms(out, key->name);
        else
            put_forms(out, key->forms);
        for (size_t k = 0; k < sizeof(companions) / sizeof(companions[0]); k++)
            if (strcmp(companions[k].key, key->name) == 0)
                out_format(out, ",\"required\":[\"%s\"]", companions[k].needs);
        out_text(out, "}");
    }
    out_text(out, "}");
}

/* What only a profile has goes together with its product. */
static void put_profile_rules(struct out *out)
{
    const struct language_map *map = language_map(PLACE_PROFILE);
    bool first = true;
    out_text(out, ",\"dependencies\":{");
    for (size_t i = 0; i < map->count; i++) {
        const char *name = map->keys[i].name;
        if (language_key(PLACE_PART, name) != NULL || strcmp(name, "product") == 0)
            continue;
        out_format(out, "%s\"%s\":[\"product\"]", first ? "" : ",", name);
        first = false;
    }
    out_text(out, "}");
}

static void put_map(struct out *out, enum language_place place)
{
    const struct language_map *map = language_map(place);
    bool in_layout = place >= PLACE_ITEM && place <= PLACE_LOOP;
    out_format(out, "\"%s\":{\"type\":\"object\",\"properties\":{", map->name);
    for (size_t i = 0; i < map->count; i++) {
        out_text(out, i == 0 ? "" : ",");
        put_key(out, &map->keys[i], in_layout);
    }
    out_text(out, "}");
    put_required(out, map->required);
    if (place == PLACE_ITEM)
        put_item_rules(out);
    if (place == PLACE_PROFILE)
        put_profile_rules(out);
    if (place == PLACE_LOOP)
        out_text(out, ",\"dependencies\":{\"keep_as\":[\"unknown\"],\"incomplete\":["
                      "\"size\"]}");
    if (place == PLACE_MESSAGE)
        out_text(out, ",\"anyOf\":[{\"required\":[\"fields\"]},{\"required\":["
                      "\"refuse\"]}]");
    if (place == PLACE_PROCESS)
        out_text(out, ",\"minProperties\":1,\"maxProperties\":1");
    out_text(out, ",\"additionalProperties\":false}");
}

static const char *make_schema(struct arena *arena)
{
    struct out out;
    out_init(&out, arena);
    out_text(&out, "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":"
                   "\"Dragoman profile\",\"allOf\":[{\"$ref\":\"#/definitions/profile\"}"
                   "],\"definitions\":{");
    for (int place = 0; place < PLACE_COUNT; place++) {
        put_map(&out, (enum language_place)place);
        out_text(&out, ",");
    }
    for (size_t i = 0; i < DEFINITION_COUNT; i++)
        out_format(&out, "%s\"%s\":{%s}", i == 0 ? "" : ",", definitions[i].name,
                   definitions[i].inside);
    out_text(&out, "}}");
    return out.text;
}

size_t dgm_language_schema(char *buf, size_t size)
{
    jmp_buf out_of_memory;
    struct arena *arena = arena_new();
    if (arena == NULL)
        return 0;
    if (setjmp(out_of_memory) != 0) {
        arena_free(arena);
        return 0;
    }
    arena_on_failure(arena, &out_of_memory);
    const char *text = make_schema(arena);
    size_t length = strlen(text), copied = length < size ? length : size - 1;
    if (size > 0) {
        memcpy(buf, text, copied);
        buf[copied] = '\0';
    }
    arena_free(arena);
    return length;
}
