/* SPDX-License-Identifier: MIT */
/* Properties and parameters, and what is clearly wrong with one of them. */
#include "product_field.h"

#include <string.h>

#include "language.h"
#include "scalar.h"
#include "scalar_words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
    PLATFORM_NAME = 64 /* characters of a name */
};

static const char *const type_names[] = {"int",    "long",     "decimal",
                                         "string", "DateTime", "jsonObject",
                                         "enum",   "boolean",  "string list"};

const char *product_type_name(enum product_type type)
{
    return type_names[type];
}

/* What people write for a type in other languages. */
static const struct {
    const char *word;
    enum product_type type;
} type_aliases[] = {{"double", PRODUCT_DECIMAL},
                    {"float", PRODUCT_DECIMAL},
                    {"number", PRODUCT_DECIMAL},
                    {"real", PRODUCT_DECIMAL},
                    {"numeric", PRODUCT_DECIMAL},
                    {"byte", PRODUCT_INT},
                    {"short", PRODUCT_INT},
                    {"uint", PRODUCT_INT},
                    {"int8", PRODUCT_INT},
                    {"int16", PRODUCT_INT},
                    {"int32", PRODUCT_INT},
                    {"uint8", PRODUCT_INT},
                    {"uint16", PRODUCT_INT},
                    {"uint32", PRODUCT_LONG},
                    {"int64", PRODUCT_LONG},
                    {"uint64", PRODUCT_LONG},
                    {"text", PRODUCT_STRING},
                    {"str", PRODUCT_STRING},
                    {"varchar", PRODUCT_STRING},
                    {"char", PRODUCT_STRING},
                    {"date", PRODUCT_DATE_TIME},
                    {"time", PRODUCT_DATE_TIME},
                    {"timestamp", PRODUCT_DATE_TIME},
                    {"json", PRODUCT_JSON_OBJECT},
                    {"object", PRODUCT_JSON_OBJECT},
                    {"struct", PRODUCT_JSON_OBJECT},
                    {"bool", PRODUCT_BOOLEAN},
                    {"list", PRODUCT_STRING_LIST},
                    {"array", PRODUCT_STRING_LIST},
                    {"string[]", PRODUCT_STRING_LIST}};

static size_t find_alias(const char *word)
{
    size_t at = 0;
    while (at < COUNT(type_aliases) && strcmp(word, type_aliases[at].word) != 0)
        at++;
    return at;
}

/* The type that a word means, or the number of types. */
static size_t meant_type(const char *word)
{
    size_t type = 0, alias = find_alias(word);

    if (alias < COUNT(type_aliases))
        return type_aliases[alias].type;
    const char *nearest = diag_nearest(word, type_names, COUNT(type_names));
    while (type < COUNT(type_names) && type_names[type] != nearest)
        type++;
    return type;
}

/* False if it is anybody's guess what the other keys mean. */
static bool parse_type(struct diag *diag, const struct node *map,
                       struct product_field *field)
{
    const struct node *node = node_get(map, "data_type");

    field->type = PRODUCT_STRING;
    field->type_where = field->where;
    if (node == NULL) {
        diag_report(diag, RULE_MISSING_KEY, field->where, "'%s' has no data_type",
                    field->name);
        return false;
    }
    field->type_where = node->where;
    const char *word = scalar_text(diag, node, "'data_type'");
    if (word == NULL)
        return false;
    size_t meant = meant_type(word);
    if (meant == COUNT(type_names)) {
        diag_report(diag, RULE_BAD_DATA_TYPE, node->where,
                    "the platform has no data type '%s'", word);
        return false;
    }
    field->type = (enum product_type)meant;
    if (strcmp(word, type_names[meant]) != 0)
        diag_report(diag, RULE_BAD_DATA_TYPE, node->where,
                    "the platform has no data type '%s'; did you mean '%s'?", word,
                    type_names[meant]);
    if (find_alias(word) < COUNT(type_aliases))
        diag_fix(diag, node->where, word, type_names[meant]);
    else if (strcmp(word, type_names[meant]) != 0)
        diag_fix_nearest(diag, node->where, word, type_names, COUNT(type_names));
    return true;
}

static bool is_numeric(enum product_type type)
{
    return type == PRODUCT_INT || type == PRODUCT_LONG || type == PRODUCT_DECIMAL;
}

static bool has_length(enum product_type type)
{
    return type == PRODUCT_STRING || type == PRODUCT_DATE_TIME ||
           type == PRODUCT_JSON_OBJECT || type == PRODUCT_STRING_LIST;
}

/* min, max or step. */
static void parse_number(struct diag *diag, const struct node *map, const char *key,
                         const struct product_field *field, struct product_number *number)
{
    const struct node *node = node_get(map, key);
    const char *what = arena_format(diag->arena, "'%s'", key);

    if (node == NULL || !scalar_number(diag, node, what, &number->value))
        return;
    number->where = node->where;
    number->given = is_numeric(field->type);
    if (!number->given) {
        diag_report(diag, RULE_LIMIT_UNUSED, node_key(map, key)->where,
                    "'%s' has no meaning for data type %s", key, type_names[field->type]);
        return;
    }
    unsigned digits;
    bool whole = field->type != PRODUCT_DECIMAL;
    if (whole && !exact_is_whole(number->value))
        diag_report(diag, RULE_BAD_VALUE, node->where,
                    "'%s' of data type %s must be whole, not %s", key,
                    type_names[field->type], node->text);
    else if (!exact_digits(number->value, &digits))
        diag_report(diag, RULE_BAD_VALUE, node->where,
                    "'%s' must have a finite decimal form, not %s", key, node->text);
    else
        return;
    number->given = false;
}

static void check_numbers(struct diag *diag, struct product_field *field)
{
    const struct product_number *min = &field->min, *max = &field->max;

    if (min->given && max->given && exact_compare(min->value, max->value) > 0) {
        char low[96], high[96];
        exact_text(min->value, low, sizeof(low));
        exact_text(max->value, high, sizeof(high));
        diag_report(diag, RULE_MIN_ABOVE_MAX, min->where,
                    "min %s of '%s' is above its max %s", low, field->name, high);
    }
    if (field->step.given && exact_compare(field->step.value, exact_from_int(0)) <= 0) {
        diag_report(diag, RULE_BAD_VALUE, field->step.where,
                    "'step' must be greater than zero");
        field->step.given = false;
    }
}

static void parse_max_length(struct diag *diag, const struct node *map,
                             struct product_field *field)
{
    const struct node *node = node_get(map, "max_length");
    exact_int value;

    if (node == NULL || !scalar_integer(diag, node, "'max_length'", 1, INT32_MAX, &value))
        return;
    field->max_length_where = node->where;
    field->has_max_length = has_length(field->type);
    field->max_length = (uint32_t)value;
    if (!field->has_max_length)
        diag_report(diag, RULE_LIMIT_UNUSED, node_key(map, "max_length")->where,
                    "'max_length' has no meaning for data type %s",
                    type_names[field->type]);
}

static bool has_label(const struct product_field *field, const char *text)
{
    for (size_t i = 0; i < field->enum_count; i++)
        if (strcmp(field->enum_list[i].text, text) == 0)
            return true;
    return false;
}

static void parse_labels(struct diag *diag, const struct node *list,
                         struct product_field *field)
{
    field->enum_list =
        arena_array(diag->arena, list->count, sizeof(struct product_label));
    for (size_t i = 0; i < list->count; i++) {
        const struct node *node = list->items[i];
        const char *text = scalar_text(diag, node, "a value of 'enum_list'");
        if (text == NULL)
            continue;
        /* A list as long as the file allows must not take quadratic time. */
        if (i < 1024 && has_label(field, text)) {
            diag_report(diag, RULE_ENUM_LIST, node->where,
                        "'%s' stands twice in the enum_list of '%s'", text, field->name);
            continue;
        }
        field->enum_list[field->enum_count++] = (struct product_label){text, node->where};
    }
}

static void parse_enum_list(struct diag *diag, const struct node *map,
                            struct product_field *field)
{
    const struct node *list = node_get(map, "enum_list");
    bool is_enum = field->type == PRODUCT_ENUM;

    if (list == NULL && is_enum)
        diag_report(diag, RULE_ENUM_LIST, field->type_where,
                    "'%s' is an enum and needs an enum_list", field->name);
    if (list == NULL || !node_expect(diag, list, NODE_LIST, "'enum_list'"))
        return;
    if (!is_enum)
        diag_report(diag, RULE_ENUM_LIST, node_key(map, "enum_list")->where,
                    "'%s' has an enum_list but data type %s", field->name,
                    type_names[field->type]);
    else if (list->count == 0)
        diag_report(diag, RULE_ENUM_LIST, list->where, "the enum_list of '%s' is empty",
                    field->name);
    else
        parse_labels(diag, list, field);
}

static void parse_method(struct diag *diag, const struct node *map,
                         struct product_field *field)
{
    static const char letters[] = "RWE";
    const struct node *node = node_get(map, "method");
    const char *text = node == NULL ? NULL : scalar_text(diag, node, "'method'");

    if (text == NULL)
        return;
    for (size_t i = 0; text[i] != '\0'; i++) {
        const char *at = strchr(letters, text[i]);
        unsigned bit = at == NULL ? 0 : 1u << (at - letters);
        if (bit == 0 || (field->method & bit) != 0) {
            diag_report(diag, RULE_BAD_VALUE, node->where,
                        "'%s' is no method: use R (read), W (write) and E (event), each "
                        "at most once, such as RE",
                        text);
            field->method = 0;
            return;
        }
        field->method |= bit;
    }
}

/* Does the platform's default fit type and limits? */
static bool default_fits(const struct product_field *field, const struct node *node)
{
    struct exact value;

    if (node->kind != NODE_SCALAR)
        return field->type == PRODUCT_JSON_OBJECT || field->type == PRODUCT_STRING_LIST;
    bool text = node->quoted || (scalar_guess(node->text) == NULL);
    switch (field->type) {
    case PRODUCT_INT:
    case PRODUCT_LONG:
    case PRODUCT_DECIMAL:
        if (node->quoted || !exact_parse(node->text, node->length, true, &value))
            return false;
        if (field->type != PRODUCT_DECIMAL && !exact_is_whole(value))
            return false;
        return (!field->min.given || exact_compare(value, field->min.value) >= 0) &&
               (!field->max.given || exact_compare(value, field->max.value) <= 0);
    case PRODUCT_BOOLEAN:
        return !node->quoted &&
               (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0);
    case PRODUCT_ENUM:
        return text && has_label(field, node->text);
    case PRODUCT_STRING:
        return text && (!field->has_max_length || node->length <= field->max_length);
    case PRODUCT_DATE_TIME:
        return text;
    case PRODUCT_JSON_OBJECT:
    case PRODUCT_STRING_LIST:
        return false;
    }
    return false;
}

static void parse_default(struct diag *diag, const struct node *map,
                          struct product_field *field)
{
    const struct node *node = node_get(map, "default_value");

    if (node == NULL)
        return;
    field->default_value = scalar_json(diag, node);
    if (field->default_value == NULL)
        return;
    bool typed =
        node->kind == NODE_SCALAR && !node->quoted && strcmp(node->text, "null") == 0;
    if (!typed && !default_fits(field, node))
        diag_report(diag, RULE_BAD_VALUE, node->where,
                    "'default_value' of '%s' does not fit its data type %s or its limits",
                    field->name, type_names[field->type]);
}

static const char *optional_text(struct diag *diag, const struct node *map,
                                 const char *key, const char *what)
{
    const struct node *node = node_get(map, key);
    return node == NULL ? NULL : scalar_text(diag, node, what);
}

/* The keys whose meaning depends on the type. */
static void parse_typed(struct diag *diag, const struct node *map, bool property,
                        struct product_field *field)
{
    parse_number(diag, map, "min", field, &field->min);
    parse_number(diag, map, "max", field, &field->max);
    parse_number(diag, map, "step", field, &field->step);
    check_numbers(diag, field);
    parse_max_length(diag, map, field);
    parse_enum_list(diag, map, field);
    if (property)
        parse_default(diag, map, field);
}

static void parse_field(struct diag *diag, const struct node *map, bool property,
                        struct product_field *field)
{
    enum language_place place = property ? PLACE_PROPERTY : PLACE_PARAMETER;

    if (!language_check_keys(diag, map, place) && map->kind != NODE_MAP)
        return;
    if (parse_type(diag, map, field))
        parse_typed(diag, map, property, field);
    const struct node *required = node_get(map, "required");
    if (required != NULL)
        (void)scalar_bool(diag, required, "'required'", &field->required);
    field->unit = optional_text(diag, map, "unit", "'unit'");
    field->description = optional_text(diag, map, "description", "'description'");
    if (property)
        parse_method(diag, map, field);
}

/* Names stand in paths, "Meter.flow[2]", and in templates, 'ch{index}'. */
static bool is_path_name(const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] < 0x20)
            return false;
    return length != 0 && name[0] != ' ' && name[length - 1] != ' ' &&
           strpbrk(name, "[]{}\"'\\") == NULL;
}

static bool is_platform_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char all[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t length = strlen(name);

    return length <= PLATFORM_NAME && strchr(letters, name[0]) != NULL &&
           strspn(name, all) == length;
}

const char *product_name(struct diag *diag, const struct node *key, const char *what)
{
    const char *name = scalar_name(diag, key, what);

    if (name == NULL)
        return NULL;
    if (!is_path_name(name)) {
        diag_report(
            diag, RULE_BAD_NAME, key->where,
            "%s may not be empty, have brackets, braces or quotes, or begin or end with "
            "a blank: '%s'",
            what, name);
        return NULL;
    }
    if (!is_platform_name(name))
        diag_report(
            diag, RULE_PLATFORM_NAME, key->where,
            "the platform may refuse '%s': names are English letters, digits, '_' "
            "and '-', begin with a letter, and have at most %d characters",
            name, PLATFORM_NAME);
    return name;
}

struct product_fields product_fields_parse(struct diag *diag, const struct node *map,
                                           const char *what, bool properties)
{
    struct product_fields fields = {NULL, 0};

    if (map == NULL || !node_expect(diag, map, NODE_MAP, what))
        return fields;
    fields.items = arena_array(diag->arena, map->count, sizeof(*fields.items));
    for (size_t i = 0; i < map->count; i++) {
        const char *name = product_name(
            diag, map->keys[i], properties ? "a property's name" : "a parameter's name");
        if (name == NULL)
            continue;
        struct product_field *field = &fields.items[fields.count++];
        field->name = name;
        field->where = map->keys[i]->where;
        parse_field(diag, map->items[i], properties, field);
    }
    return fields;
}
