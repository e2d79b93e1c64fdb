/* SPDX-License-Identifier: MIT */
/*
 * Properties and parameters. Consoles write limits for every type, and 0 for what is not
 * set; people write types of other languages and limits that exclude every value.
 */
#include "prodfield.h"
#include "decimal.h"
#include "prodkey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { WORDS_SIZE = 64 };

static const struct {
    const char *word, *type;
} types[] = {
    {"int", "int"},           {"long", "long"},         {"decimal", "decimal"},
    {"string", "string"},     {"DateTime", "DateTime"}, {"jsonObject", "jsonObject"},
    {"enum", "enum"},         {"boolean", "boolean"},   {"string list", "string list"},
    {"double", "decimal"},    {"float", "decimal"},     {"number", "decimal"},
    {"float32", "decimal"},   {"float64", "decimal"},   {"integer", "int"},
    {"short", "int"},         {"tinyint", "int"},       {"smallint", "int"},
    {"mediumint", "int"},     {"bigint", "long"},       {"byte", "int"},
    {"int8", "int"},          {"uint8", "int"},         {"int16", "int"},
    {"uint16", "int"},        {"int32", "int"},         {"uint32", "long"},
    {"int64", "long"},        {"uint64", "long"},       {"text", "string"},
    {"varchar", "string"},    {"date", "DateTime"},     {"timestamp", "DateTime"},
    {"json", "jsonObject"},   {"object", "jsonObject"}, {"bool", "boolean"},
    {"array", "string list"},
};

/* The platform's spelling of a data type; the nearest for what others call it; NULL if it
 * is anybody's guess. */
static const char *find_type(const char *word)
{
    for (size_t i = 0; i < COUNT(types); i++) {
        if (prodkey_is(word, types[i].word)) {
            return types[i].type;
        }
    }
    return NULL;
}

static bool is_number(const char *type)
{
    return strcmp(type, "int") == 0 || strcmp(type, "long") == 0 ||
           strcmp(type, "decimal") == 0;
}

static bool has_length(const char *type)
{
    return !is_number(type) && strcmp(type, "enum") != 0 && strcmp(type, "boolean") != 0;
}

static const cJSON *get(const cJSON *field, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(field, key);
}

static const char *digits_of(const cJSON *field, const char *key)
{
    const cJSON *item = get(field, key);
    return item == NULL ? NULL : jsontree_number(item);
}

static void drop(cJSON *field, const char *key)
{
    cJSON_DeleteItemFromObjectCaseSensitive(field, key);
}

static void set_type(struct prodread *reader, cJSON *field, const char *type)
{
    drop(field, "data_type");
    prodread_put_text(reader, field, "data_type", type);
}

/* The type, from then on one that the platform has. */
static const char *settle_type(struct prodread *reader, const struct prodat *at,
                               cJSON *field)
{
    const char *word = cJSON_GetStringValue(get(field, "data_type"));
    const char *type = word == NULL ? NULL : find_type(word);
    if (word == NULL) {
        prodread_tell(reader, at, "no data type is given; it becomes a string");
    } else if (type == NULL) {
        prodread_tell(reader, at,
                      "the platform has no data type '%s'; it becomes a string", word);
    } else if (strcmp(word, type) != 0) {
        prodread_tell(reader, at, "the platform has no data type '%s'; it becomes %s",
                      word, type);
    }
    type = type != NULL ? type : "string";
    if (word == NULL || strcmp(word, type) != 0) {
        set_type(reader, field, type);
    }
    return type;
}

/* A list of values makes a text an enum; an enum without one is a text. */
static const char *settle_labels(struct prodread *reader, const struct prodat *at,
                                 cJSON *field, const char *type)
{
    bool labels = get(field, "enum_list") != NULL, is_enum = strcmp(type, "enum") == 0;
    if (labels == is_enum) {
        return type;
    }
    if (is_enum) {
        prodread_tell(reader, at, "an enum without values becomes a string");
    } else if (strcmp(type, "string") == 0) {
        prodread_tell(reader, at, "a string that has an enum_list becomes an enum");
    } else {
        prodread_tell(reader, at, "data type %s has no enum_list; it is left out", type);
        drop(field, "enum_list");
        return type;
    }
    type = is_enum ? "string" : "enum";
    set_type(reader, field, type);
    return type;
}

/* Leave out what the type has no use for. 0 is what stands for nothing, and is not
 * mentioned. */
static void drop_unused(struct prodread *reader, const struct prodat *at, cJSON *field,
                        const char *type)
{
    static const char *const keys[] = {"min", "max", "step", "max_length"};
    char words[WORDS_SIZE] = "";
    for (size_t i = 0; i < COUNT(keys); i++) {
        const char *digits = digits_of(field, keys[i]);
        bool is_length = i == COUNT(keys) - 1;
        bool used = is_length ? has_length(type) : is_number(type);
        if (digits == NULL || used) {
            continue;
        }
        if (strcmp(digits, "0") != 0) {
            size_t length = strlen(words);
            (void)snprintf(words + length, sizeof(words) - length, "%s%s",
                           length > 0 ? ", " : "", keys[i]);
        }
        drop(field, keys[i]);
    }
    if (words[0] != '\0') {
        prodread_tell(reader, at, "%s: without meaning for data type %s, and left out",
                      words, type);
    }
}

static void drop_fraction(struct prodread *reader, const struct prodat *at, cJSON *field,
                          const char *key)
{
    const char *digits = digits_of(field, key);
    const char *type = cJSON_GetStringValue(get(field, "data_type"));
    bool decimal = type != NULL && strcmp(type, "decimal") == 0;
    if (digits != NULL && !decimal && !decimal_is_whole(digits)) {
        prodread_tell(reader, at, "%s %s of a whole number is left out", key, digits);
        drop(field, key);
    }
}

static void settle_limits(struct prodread *reader, const struct prodat *at, cJSON *field)
{
    drop_fraction(reader, at, field, "min");
    drop_fraction(reader, at, field, "max");
    drop_fraction(reader, at, field, "step");
    const char *min = digits_of(field, "min"), *max = digits_of(field, "max");
    bool none =
        min != NULL && max != NULL && strcmp(min, "0") == 0 && strcmp(max, "0") == 0;
    bool crossed = min != NULL && max != NULL && decimal_compare(min, max) > 0;
    if (none) {
        prodread_tell(reader, at, "min and max are both 0, which is taken for no limits");
    } else if (crossed) {
        prodread_tell(reader, at, "min %s is above max %s; both are left out", min, max);
    }
    if (none || crossed) {
        drop(field, "min");
        drop(field, "max");
    }
    const char *step = digits_of(field, "step");
    if (step != NULL && decimal_compare(step, "0") <= 0) {
        if (strcmp(step, "0") != 0) {
            prodread_tell(reader, at, "a step below 0 is left out");
        }
        drop(field, "step");
    }
}

static void settle_length(struct prodread *reader, const struct prodat *at, cJSON *field)
{
    const char *digits = digits_of(field, "max_length");
    if (digits == NULL || strcmp(digits, "0") == 0) {
        drop(field, "max_length");
        return;
    }
    bool good = decimal_is_whole(digits) && decimal_compare(digits, "0") > 0 &&
                decimal_compare(digits, "2147483647") <= 0;
    if (!good) {
        prodread_tell(reader, at, "max_length %s is no length, and left out", digits);
        drop(field, "max_length");
    }
}

static bool number_fits(const cJSON *field, const char *type, const char *digits)
{
    const char *min = digits_of(field, "min"), *max = digits_of(field, "max");
    return (strcmp(type, "decimal") == 0 || decimal_is_whole(digits)) &&
           (min == NULL || decimal_compare(digits, min) >= 0) &&
           (max == NULL || decimal_compare(digits, max) <= 0);
}

static bool text_fits(const cJSON *field, const char *type, const char *text)
{
    const char *most = digits_of(field, "max_length");
    const cJSON *label;
    if (strcmp(type, "string") == 0) {
        return most == NULL || strlen(text) <= strtoul(most, NULL, 10);
    }
    cJSON_ArrayForEach(label, get(field, "enum_list"))
    {
        if (strcmp(label->valuestring, text) == 0) {
            return true;
        }
    }
    return strcmp(type, "DateTime") == 0;
}

/* The default as the type has it, made anew; NULL if it does not fit. */
static cJSON *fitting_default(const cJSON *field, const char *type, const cJSON *value)
{
    const char *text = jsontree_text(value), *digits = jsontree_number(value);
    char plain[DECIMAL_SIZE];
    if (is_number(type)) {
        digits = digits != NULL ? digits : text;
        bool good = digits != NULL && decimal_plain(digits, plain) &&
                    number_fits(field, type, plain);
        return good ? jsontree_new_number(plain) : NULL;
    }
    if (strcmp(type, "boolean") == 0) {
        bool yes = cJSON_IsTrue(value) || (text != NULL && strcmp(text, "true") == 0);
        bool no = cJSON_IsFalse(value) || (text != NULL && strcmp(text, "false") == 0);
        return yes || no ? cJSON_CreateBool(yes) : NULL;
    }
    bool fits = strcmp(type, "jsonObject") == 0    ? cJSON_IsObject(value)
                : strcmp(type, "string list") == 0 ? cJSON_IsArray(value)
                : text != NULL                     ? text_fits(field, type, text)
                                                   : false;
    return fits ? cJSON_Duplicate(value, true) : NULL;
}

static void settle_default(struct prodread *reader, const struct prodat *at, cJSON *field,
                           const char *type)
{
    const cJSON *value = get(field, "default_value");
    if (value == NULL) {
        return;
    }
    cJSON *fitting = fitting_default(field, type, value);
    if (fitting == NULL) {
        prodread_tell(
            reader, at,
            "the default does not fit data type %s and its limits; it is left out", type);
    } else if (fitting->type != value->type ||
               (jsontree_number(fitting) == NULL) != (jsontree_number(value) == NULL)) {
        prodread_tell(reader, at, "the default is written as data type %s has it", type);
    }
    drop(field, "default_value");
    if (fitting != NULL) {
        prodread_add(reader, field, "default_value", fitting);
    }
}

void prodfield_settle(struct prodread *reader, const struct prodat *at, cJSON *field)
{
    const char *type = settle_type(reader, at, field);
    type = settle_labels(reader, at, field, type);
    drop_unused(reader, at, field, type);
    settle_limits(reader, at, field);
    settle_length(reader, at, field);
    settle_default(reader, at, field, type);
}
