/* SPDX-License-Identifier: MIT */
/*
 * Objects of a product model by a table of their keys. Empty values say nothing and are
 * left out in silence: consoles write null, "", [] and 0 for what is not set.
 */
#include "prodread.h"
#include "prodfield.h"
#include "prodkey.h"
#include "prodtext.h"
#include "prodvalue.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PATH_SIZE = 256, TEXT_SIZE = 600, MEMBERS_MOST = 200, ITEMS_MOST = 1000 };

enum kind {
    KIND_VALUE,   /* prodvalue_read() */
    KIND_NAME,    /* may have a point */
    KIND_JOINED,  /* stands behind one */
    KIND_SERVICE, /* stands before one */
    KIND_LIST     /* of objects */
};

struct key {
    const char *name;
    enum kind kind;
    enum prod_value value; /* KIND_VALUE */
    enum prod_place items; /* KIND_LIST */
};

#define TEXT(name)                                                                       \
    {                                                                                    \
        name, KIND_VALUE, PROD_TEXT, 0                                                   \
    }
#define VALUE(name, kind)                                                                \
    {                                                                                    \
        name, KIND_VALUE, kind, 0                                                        \
    }
#define LIST(name, place)                                                                \
    {                                                                                    \
        name, KIND_LIST, 0, place                                                        \
    }

static const struct key product_keys[] = {
    TEXT("manufacturer_id"),
    TEXT("manufacturer_name"),
    TEXT("model"),
    TEXT("device_type"),
    TEXT("protocol_type"),
    TEXT("product_id"),
    TEXT("name"),
    TEXT("app_id"),
    TEXT("industry"),
    TEXT("description"),
    TEXT("version"),
    VALUE("data_format", PROD_FORMAT),
    VALUE("om_capability", PROD_OBJECT),
    LIST("service_capabilities", PROD_SERVICE),
};
static const struct key service_keys[] = {
    {"service_id", KIND_SERVICE, 0, 0},
    TEXT("service_type"),
    TEXT("option"),
    TEXT("description"),
    LIST("properties", PROD_PROPERTY),
    LIST("commands", PROD_COMMAND),
    LIST("events", PROD_EVENT),
};
#define FIELD_KEYS                                                                       \
    TEXT("data_type"), VALUE("required", PROD_BOOL), VALUE("min", PROD_NUMBER),          \
        VALUE("max", PROD_NUMBER), VALUE("step", PROD_NUMBER),                           \
        VALUE("max_length", PROD_NUMBER), TEXT("unit"), VALUE("enum_list", PROD_LABELS), \
        TEXT("description")
static const struct key property_keys[] = {
    {"property_name", KIND_NAME, 0, 0},
    FIELD_KEYS,
    VALUE("method", PROD_METHOD),
    VALUE("default_value", PROD_ANY),
};
static const struct key parameter_keys[] = {
    {"para_name", KIND_NAME, 0, 0},
    FIELD_KEYS,
};
static const struct key command_keys[] = {
    {"command_name", KIND_JOINED, 0, 0},
    TEXT("description"),
    LIST("paras", PROD_PARAMETER),
    LIST("responses", PROD_RESPONSE),
};
static const struct key response_keys[] = {
    {"response_name", KIND_NAME, 0, 0},
    LIST("paras", PROD_PARAMETER),
};
static const struct key event_keys[] = {
    {"event_type", KIND_JOINED, 0, 0},
    TEXT("description"),
    LIST("paras", PROD_PARAMETER),
};

/* What is in a list has its name first. */
static const struct {
    const char *what;
    const struct key *keys;
    size_t count;
} places[] = {
    [PROD_PRODUCT] = {"product", product_keys, COUNT(product_keys)},
    [PROD_SERVICE] = {"service", service_keys, COUNT(service_keys)},
    [PROD_PROPERTY] = {"property", property_keys, COUNT(property_keys)},
    [PROD_PARAMETER] = {"parameter", parameter_keys, COUNT(parameter_keys)},
    [PROD_COMMAND] = {"command", command_keys, COUNT(command_keys)},
    [PROD_RESPONSE] = {"response", response_keys, COUNT(response_keys)},
    [PROD_EVENT] = {"event", event_keys, COUNT(event_keys)},
};

/* Cut where there is no more room. */
static void put_path(const struct prodat *at, char *path)
{
    if (at == NULL) {
        (void)strcpy(path, "$");
        return;
    }
    put_path(at->up, path);
    size_t used = strlen(path);
    if (at->key != NULL) {
        (void)snprintf(path + used, PATH_SIZE - used, ".%s", at->key);
    } else {
        (void)snprintf(path + used, PATH_SIZE - used, "[%zu]", at->index);
    }
}

void prodread_tell(struct prodread *reader, const struct prodat *at, const char *format,
                   ...)
{
    struct place place = {reader->file, 0, 0};
    char path[PATH_SIZE], text[TEXT_SIZE];
    va_list arguments;
    put_path(at, path);
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    report_warning(reader->report, &place, "product-model", "%s: %s", path, text);
}

void prodread_add(struct prodread *reader, cJSON *into, const char *key, cJSON *item)
{
    bool added = item != NULL && (key != NULL ? cJSON_AddItemToObject(into, key, item)
                                              : cJSON_AddItemToArray(into, item));
    if (!added) {
        cJSON_Delete(item);
        reader->no_memory = true;
    }
}

void prodread_put_text(struct prodread *reader, cJSON *into, const char *key,
                       const char *text)
{
    prodread_add(reader, into, key, cJSON_CreateString(text));
}

void prodread_check_key(struct prodread *reader, const struct prodat *at,
                        const char *written, const char *name)
{
    char camel[PRODKEY_SIZE];
    prodkey_camel(name, camel);
    if (strcmp(written, name) != 0 && strcmp(written, camel) != 0) {
        prodread_tell(reader, at, "the key is taken for %s", camel);
    }
}

const cJSON *prodread_member(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_IsObject(object) ? object->child : NULL;
    while (item != NULL && !prodkey_is(item->string, name)) {
        item = item->next;
    }
    return item;
}

const char *prodread_text(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static const struct key *find_key(enum prod_place place, const char *name)
{
    for (size_t i = 0; i < places[place].count; i++) {
        if (prodkey_is(name, places[place].keys[i].name)) {
            return &places[place].keys[i];
        }
    }
    return NULL;
}

static cJSON *read_name(struct prodread *reader, const struct prodat *at,
                        const cJSON *item, enum prod_name kind)
{
    const char *text = jsontree_text(item);
    if (text == NULL) {
        prodread_tell(reader, at, "a name must be a text, and is left out");
        return NULL;
    }
    char *name = prodread_name(reader, at, text, kind);
    if (name == NULL || name[0] == '\0') {
        free(name);
        return NULL;
    }
    cJSON *ret = cJSON_CreateString(name);
    reader->no_memory = reader->no_memory || ret == NULL;
    free(name);
    return ret;
}

static const char *name_of(const cJSON *object, enum prod_place place)
{
    return prodread_text(object, places[place].keys[0].name);
}

static bool is_named(const cJSON *list, enum prod_place place, const char *name)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        if (strcmp(name_of(item, place), name) == 0) {
            return true;
        }
    }
    return false;
}

/* A service that has a type, but no id, is called by its type. */
static void name_service(struct prodread *reader, const struct prodat *at, cJSON *service)
{
    const char *type = prodread_text(service, "service_type");
    if (type == NULL || name_of(service, PROD_SERVICE) != NULL) {
        return;
    }
    char *name = prodread_name(reader, at, type, PROD_NAME_SERVICE);
    if (name != NULL && name[0] != '\0') {
        prodread_put_text(reader, service, "service_id", name);
        prodread_tell(reader, at, "the service has no id and is called '%s' by its type",
                      name);
    }
    free(name);
}

static void read_element(struct prodread *reader, const struct prodat *at,
                         const cJSON *item, enum prod_place place, cJSON *list)
{
    if (!cJSON_IsObject(item)) {
        prodread_tell(reader, at, "a %s must be an object; it is left out",
                      places[place].what);
        return;
    }
    cJSON *object = cJSON_CreateObject();
    if (object == NULL) {
        reader->no_memory = true;
        return;
    }
    prodread_object(reader, at, item, place, NULL, object);
    if (place == PROD_SERVICE) {
        name_service(reader, at, object);
    }
    const char *name = name_of(object, place);
    if (name != NULL && !is_named(list, place, name)) {
        prodread_add(reader, list, NULL, object);
        return;
    }
    if (name == NULL) {
        prodread_tell(reader, at, "the %s has no %s and is left out", places[place].what,
                      places[place].keys[0].name);
    } else {
        prodread_tell(reader, at, "a second %s '%s' is left out", places[place].what,
                      name);
    }
    cJSON_Delete(object);
}

static cJSON *read_list(struct prodread *reader, const struct prodat *at,
                        const cJSON *from, enum prod_place place)
{
    const cJSON *first = from->child;
    if (cJSON_IsObject(from)) {
        prodread_tell(reader, at,
                      "an array is expected; the object is taken for its "
                      "element");
        first = from;
    } else if (!cJSON_IsArray(from)) {
        prodread_tell(reader, at, "an array is expected here; the value is left out");
        return NULL;
    }
    cJSON *list = cJSON_CreateArray();
    reader->no_memory = reader->no_memory || list == NULL;
    size_t index = 0;
    for (const cJSON *item = first; item != NULL && list != NULL;
         item = item != from ? item->next : NULL, index++) {
        struct prodat inner = {at, NULL, index};
        if (index == ITEMS_MOST) {
            prodread_tell(reader, &inner, "what is behind element %d is left out",
                          ITEMS_MOST - 1);
            break;
        }
        read_element(reader, &inner, item, place, list);
    }
    return list;
}

static cJSON *read_member(struct prodread *reader, const struct prodat *at,
                          const cJSON *item, const struct key *key)
{
    switch (key->kind) {
    case KIND_VALUE:
        return prodvalue_read(reader, at, item, key->value);
    case KIND_NAME:
        return read_name(reader, at, item, PROD_NAME_FREE);
    case KIND_JOINED:
        return read_name(reader, at, item, PROD_NAME_JOINED);
    case KIND_SERVICE:
        return read_name(reader, at, item, PROD_NAME_SERVICE);
    case KIND_LIST:
        return read_list(reader, at, item, key->items);
    }
    return NULL;
}

static bool is_skipped(const char *const *skipped, const char *written)
{
    for (; skipped != NULL && *skipped != NULL; skipped++) {
        if (prodkey_is(written, *skipped)) {
            return true;
        }
    }
    return false;
}

static void take_member(struct prodread *reader, const struct prodat *at,
                        const cJSON *item, const struct key *key, cJSON *into)
{
    if (key == NULL) {
        prodread_tell(reader, at, "a profile has no place for it; it is left out");
        return;
    }
    if (cJSON_GetObjectItemCaseSensitive(into, key->name) != NULL) {
        prodread_tell(reader, at, "it stands here again; the first one counts");
        return;
    }
    prodread_check_key(reader, at, item->string, key->name);
    cJSON *value = read_member(reader, at, item, key);
    if (value != NULL) {
        prodread_add(reader, into, key->name, value);
    }
}

void prodread_object(struct prodread *reader, const struct prodat *at, const cJSON *from,
                     enum prod_place place, const char *const *skipped, cJSON *into)
{
    size_t count = 0;
    for (const cJSON *item = from->child; item != NULL; item = item->next) {
        struct prodat inner = {at, item->string, 0};
        if (prodvalue_is_nothing(item) || is_skipped(skipped, item->string)) {
            continue;
        }
        if (++count > MEMBERS_MOST) {
            prodread_tell(reader, &inner, "too many members: the rest is left out");
            break;
        }
        take_member(reader, &inner, item, find_key(place, item->string), into);
    }
    if (place == PROD_PROPERTY || place == PROD_PARAMETER) {
        prodfield_settle(reader, at, into);
    }
}
