/* SPDX-License-Identifier: MIT */
/* Identity, services, commands and events. Fields are in product_field.c. */
#include "product.h"

#include <string.h>

#include "product_field.h"
#include "language.h"
#include "scalar.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { IDENTITY_LENGTH = 64 };

static const char *optional_text(struct diag *diag, const struct node *map,
                                 const char *key)
{
    const struct node *node = node_get(map, key);
    return node == NULL ? NULL
                        : scalar_text(diag, node, arena_format(diag->arena, "'%s'", key));
}

/* Like optional_text(), for words that travel in file names, topics and addresses. */
static const char *identity(struct diag *diag, const struct node *map, const char *key)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    const char *text = optional_text(diag, map, key);

    if (text != NULL && (text[0] == '\0' || text[strspn(text, allowed)] != '\0' ||
                         strlen(text) > IDENTITY_LENGTH))
        diag_report(diag, RULE_PLATFORM_NAME, node_get(map, key)->where,
                    "the platform may refuse '%s': %s has English letters, digits, '_', "
                    "'-' and '.', and at most %d characters",
                    text, key, IDENTITY_LENGTH);
    return text;
}

/* Services and commands are joined by a point: Meter.SET_PERIOD. */
static const char *joined_name(struct diag *diag, const struct node *key,
                               const char *what)
{
    if (strchr(key->text, '.') == NULL)
        return product_name(diag, key, what);
    diag_report(diag, RULE_BAD_NAME, key->where, "%s may not have a point: '%s'", what,
                key->text);
    return NULL;
}

static void parse_responses(struct diag *diag, const struct node *map,
                            struct product_command *command)
{
    if (map == NULL || !node_expect(diag, map, NODE_MAP, "'responses'"))
        return;
    command->responses =
        arena_array(diag->arena, map->count, sizeof(struct product_response));
    for (size_t i = 0; i < map->count; i++) {
        const char *name = product_name(diag, map->keys[i], "a response's name");
        if (name == NULL)
            continue;
        struct product_response *response =
            &command->responses[command->response_count++];
        response->name = name;
        response->where = map->keys[i]->where;
        response->fields = product_fields_parse(diag, map->items[i], "a response", false);
    }
}

static void parse_commands(struct diag *diag, const struct node *map,
                           struct product_service *service)
{
    if (map == NULL || !node_expect(diag, map, NODE_MAP, "'commands'"))
        return;
    service->commands =
        arena_array(diag->arena, map->count, sizeof(struct product_command));
    for (size_t i = 0; i < map->count; i++) {
        const struct node *entry = map->items[i];
        const char *name = joined_name(diag, map->keys[i], "a command's name");
        if (name == NULL)
            continue;
        struct product_command *command = &service->commands[service->command_count++];
        command->name = name;
        command->where = map->keys[i]->where;
        if (!language_check_keys(diag, entry, PLACE_COMMAND) && entry->kind != NODE_MAP)
            continue;
        command->description = optional_text(diag, entry, "description");
        command->paras =
            product_fields_parse(diag, node_get(entry, "paras"), "'paras'", false);
        parse_responses(diag, node_get(entry, "responses"), command);
    }
}

static void parse_events(struct diag *diag, const struct node *map,
                         struct product_service *service)
{
    if (map == NULL || !node_expect(diag, map, NODE_MAP, "'events'"))
        return;
    service->events = arena_array(diag->arena, map->count, sizeof(struct product_event));
    for (size_t i = 0; i < map->count; i++) {
        const struct node *entry = map->items[i];
        const char *name = joined_name(diag, map->keys[i], "an event's name");
        if (name == NULL)
            continue;
        struct product_event *event = &service->events[service->event_count++];
        event->name = name;
        event->where = map->keys[i]->where;
        if (!language_check_keys(diag, entry, PLACE_EVENT) && entry->kind != NODE_MAP)
            continue;
        event->description = optional_text(diag, entry, "description");
        event->paras =
            product_fields_parse(diag, node_get(entry, "paras"), "'paras'", false);
    }
}

/* Words that stand beside services in plain JSON. */
static bool is_envelope_word(const char *name)
{
    static const char *const words[] = {
        "mid",     "errcode",    "event_time",  "has_more",     "identifier",
        "command", "body",       "paras",       "reply",        "event",
        "set",     "get",        "request",     "set_response", "get_response",
        "raw",     "message_up", "message_down"};

    for (size_t i = 0; i < COUNT(words); i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}

static void parse_service(struct diag *diag, const struct node *map,
                          struct product_service *service)
{
    service->service_type = service->name;
    if (is_envelope_word(service->name))
        diag_report(diag, RULE_SERVICE_IS_ROLE, service->where,
                    "a service cannot be called '%s': plain JSON has a member of that "
                    "name",
                    service->name);
    if (!language_check_keys(diag, map, PLACE_SERVICE) && map->kind != NODE_MAP)
        return;
    const char *type = optional_text(diag, map, "service_type");
    if (type != NULL)
        service->service_type = type;
    service->option = optional_text(diag, map, "option");
    service->description = optional_text(diag, map, "description");
    service->properties = product_fields_parse(diag, node_get(map, "properties"),
                                               "'properties'", /* properties */ true);
    parse_commands(diag, node_get(map, "commands"), service);
    parse_events(diag, node_get(map, "events"), service);
}

static void parse_services(struct diag *diag, const struct node *map,
                           struct product *product)
{
    product->has_services = map != NULL;
    if (map == NULL || !node_expect(diag, map, NODE_MAP, "'services'"))
        return;
    product->services =
        arena_array(diag->arena, map->count, sizeof(struct product_service));
    for (size_t i = 0; i < map->count; i++) {
        const char *name = joined_name(diag, map->keys[i], "a service's name");
        if (name == NULL)
            continue;
        struct product_service *service = &product->services[product->service_count++];
        service->name = name;
        service->where = map->keys[i]->where;
        parse_service(diag, map->items[i], service);
    }
}

static void parse_identity(struct diag *diag, const struct node *map,
                           struct product *product)
{
    static const char *const formats[] = {"binary", "json"};

    product->manufacturer_id = identity(diag, map, "manufacturer_id");
    product->model = identity(diag, map, "model");
    product->device_type = identity(diag, map, "device_type");
    product->manufacturer_name = optional_text(diag, map, "manufacturer_name");
    product->product_id = optional_text(diag, map, "product_id");
    product->name = optional_text(diag, map, "name");
    product->app_id = optional_text(diag, map, "app_id");
    product->industry = optional_text(diag, map, "industry");
    product->protocol_type = optional_text(diag, map, "protocol_type");
    product->description = optional_text(diag, map, "description");
    product->version = optional_text(diag, map, "version");

    const struct node *format = node_get(map, "data_format");
    int word = format == NULL
                   ? 0
                   : scalar_word(diag, format, "'data_format'", formats, COUNT(formats));
    product->data_format = formats[word < 0 ? 0 : word];
    const struct node *capability = node_get(map, "om_capability");
    if (capability != NULL)
        product->om_capability = scalar_json(diag, capability);
}

static void check_identity(struct diag *diag, const struct node *map,
                           const struct product *product)
{
    if (node_get(map, "product_id") != NULL)
        return;
    if (node_get(map, "manufacturer_id") == NULL)
        diag_report(diag, RULE_MISSING_KEY, product->where,
                    "'product' needs manufacturer_id and model, or product_id: "
                    "manufacturer_id is missing");
    else if (node_get(map, "model") == NULL)
        diag_report(diag, RULE_MISSING_KEY, product->where,
                    "'product' needs manufacturer_id and model, or product_id: model is "
                    "missing");
}

struct product *product_parse(struct diag *diag, const struct node *root)
{
    struct product *product = arena_alloc(diag->arena, sizeof(*product));
    const struct node *map = node_get(root, "product");

    product->data_format = "binary";
    product->where = root->where;
    if (map == NULL) {
        diag_report(diag, RULE_MISSING_KEY, root->where, "the profile has no 'product'");
    } else {
        product->where = node_key(root, "product")->where;
        (void)language_check_keys(diag, map, PLACE_PRODUCT);
        if (map->kind == NODE_MAP) {
            parse_identity(diag, map, product);
            check_identity(diag, map, product);
        }
    }
    parse_services(diag, node_get(root, "services"), product);
    return product;
}
