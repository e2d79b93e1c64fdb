/* SPDX-License-Identifier: MIT */
/* A product model as a profile: what prodread.c leaves is what a profile can hold. */
#include "prodyaml.h"
#include "jsonout.h"
#include "jsontree.h"
#include "yamltext.h"

#include <string.h>

enum { STEP = 2 };

static const cJSON *get(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static void put_text(FILE *file, const char *text)
{
    if (yamltext_is_plain(text)) {
        (void)fputs(text, file);
    } else {
        jsonout_quoted(file, text, strlen(text));
    }
}

/* Between braces. */
static void put_flow(FILE *file, const cJSON *item)
{
    const char *text = jsontree_text(item), *digits = jsontree_number(item);
    if (text != NULL) {
        put_text(file, text);
    } else if (digits != NULL) {
        (void)fputs(digits, file);
    } else if (cJSON_IsBool(item) || cJSON_IsNull(item)) {
        (void)fputs(cJSON_IsTrue(item)    ? "true"
                    : cJSON_IsFalse(item) ? "false"
                                          : "null",
                    file);
    } else {
        bool list = cJSON_IsArray(item);
        (void)fputc(list ? '[' : '{', file);
        for (const cJSON *at = item->child; at != NULL; at = at->next) {
            if (!list) {
                put_text(file, at->string);
                (void)fputs(": ", file);
            }
            put_flow(file, at);
            (void)fputs(at->next != NULL ? ", " : "", file);
        }
        (void)fputc(list ? ']' : '}', file);
    }
}

static void put_key(FILE *file, int indent, const char *key)
{
    (void)fprintf(file, "%*s", indent, "");
    put_text(file, key);
    (void)fputc(':', file);
}

/* A line of its own, where there is such a member. */
static void put_member(FILE *file, int indent, const cJSON *object, const char *key)
{
    const cJSON *item = get(object, key);
    if (item != NULL) {
        put_key(file, indent, key);
        (void)fputc(' ', file);
        put_flow(file, item);
        (void)fputc('\n', file);
    }
}

static void put_field(FILE *file, int indent, const cJSON *field, const char *name_key)
{
    static const char *const keys[] = {
        "data_type", "min",    "max",      "step",          "max_length",  "enum_list",
        "unit",      "method", "required", "default_value", "description", NULL};
    const char *between = "";
    put_key(file, indent, cJSON_GetStringValue(get(field, name_key)));
    (void)fputs(" {", file);
    for (const char *const *key = keys; *key != NULL; key++) {
        const cJSON *item = get(field, *key);
        if (item != NULL) {
            (void)fprintf(file, "%s%s: ", between, *key);
            put_flow(file, item);
            between = ", ";
        }
    }
    (void)fputs("}\n", file);
}

static void put_fields(FILE *file, int indent, const cJSON *object, const char *key,
                       const char *name_key)
{
    const cJSON *list = get(object, key), *field;
    if (list == NULL || list->child == NULL) {
        return;
    }
    put_key(file, indent, key);
    (void)fputc('\n', file);
    cJSON_ArrayForEach(field, list)
    {
        put_field(file, indent + STEP, field, name_key);
    }
}

/* The name as a key; "{}" where nothing follows. */
static void put_head(FILE *file, int indent, const cJSON *object, const char *name_key,
                     bool empty)
{
    put_key(file, indent, cJSON_GetStringValue(get(object, name_key)));
    (void)fputs(empty ? " {}\n" : "\n", file);
}

static bool has_children(const cJSON *object, const char *key)
{
    const cJSON *list = get(object, key);
    return list != NULL && list->child != NULL;
}

static void put_responses(FILE *file, int indent, const cJSON *command)
{
    const cJSON *response, *field;
    if (!has_children(command, "responses")) {
        return;
    }
    put_key(file, indent, "responses");
    (void)fputc('\n', file);
    cJSON_ArrayForEach(response, get(command, "responses"))
    {
        put_head(file, indent + STEP, response, "response_name",
                 !has_children(response, "paras"));
        cJSON_ArrayForEach(field, get(response, "paras"))
        {
            put_field(file, indent + 2 * STEP, field, "para_name");
        }
    }
}

/* Commands or events. */
static void put_calls(FILE *file, int indent, const cJSON *service, const char *key,
                      const char *name_key)
{
    const cJSON *call;
    if (!has_children(service, key)) {
        return;
    }
    put_key(file, indent, key);
    (void)fputc('\n', file);
    cJSON_ArrayForEach(call, get(service, key))
    {
        bool empty = get(call, "description") == NULL && !has_children(call, "paras") &&
                     !has_children(call, "responses");
        put_head(file, indent + STEP, call, name_key, empty);
        put_member(file, indent + 2 * STEP, call, "description");
        put_fields(file, indent + 2 * STEP, call, "paras", "para_name");
        put_responses(file, indent + 2 * STEP, call);
    }
}

static void put_service(FILE *file, const cJSON *service)
{
    const char *id = cJSON_GetStringValue(get(service, "service_id"));
    const char *type = cJSON_GetStringValue(get(service, "service_type"));
    bool other_type = type != NULL && strcmp(type, id) != 0;
    bool empty = !other_type && get(service, "option") == NULL &&
                 get(service, "description") == NULL &&
                 !has_children(service, "properties") &&
                 !has_children(service, "commands") && !has_children(service, "events");
    put_head(file, STEP, service, "service_id", empty);
    if (other_type) {
        put_member(file, 2 * STEP, service, "service_type");
    }
    put_member(file, 2 * STEP, service, "option");
    put_member(file, 2 * STEP, service, "description");
    put_fields(file, 2 * STEP, service, "properties", "property_name");
    put_calls(file, 2 * STEP, service, "commands", "command_name");
    put_calls(file, 2 * STEP, service, "events", "event_type");
}

void prodyaml_write(FILE *file, const cJSON *product)
{
    static const char *const keys[] = {"manufacturer_id", "manufacturer_name",
                                       "model",           "device_type",
                                       "product_id",      "name",
                                       "app_id",          "industry",
                                       "protocol_type",   "data_format",
                                       "description",     "version",
                                       "om_capability",   NULL};
    const cJSON *service;
    (void)fputs(
        "# Made from the platform's product model. What is missing are the frames: "
        "add `wire` and\n# `messages`, and `tests` with frames of the device.\n"
        "dragoman: 1\nproduct:\n",
        file);
    for (const char *const *key = keys; *key != NULL; key++) {
        put_member(file, STEP, product, *key);
    }
    if (!has_children(product, "service_capabilities")) {
        return;
    }
    (void)fputs("\nservices:\n", file);
    cJSON_ArrayForEach(service, get(product, "service_capabilities"))
    {
        put_service(file, service);
    }
}
