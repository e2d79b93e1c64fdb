/* SPDX-License-Identifier: MIT */
/* Looking things up in a product model. */
#include "product.h"

#include <string.h>

const struct product_service *product_service(const struct product *product,
                                              const char *name)
{
    for (size_t i = 0; i < product->service_count; i++)
        if (strcmp(product->services[i].name, name) == 0)
            return &product->services[i];
    return NULL;
}

const struct product_command *product_command(const struct product_service *service,
                                              const char *name)
{
    for (size_t i = 0; i < service->command_count; i++)
        if (strcmp(service->commands[i].name, name) == 0)
            return &service->commands[i];
    return NULL;
}

const struct product_event *product_event(const struct product_service *service,
                                          const char *name)
{
    for (size_t i = 0; i < service->event_count; i++)
        if (strcmp(service->events[i].name, name) == 0)
            return &service->events[i];
    return NULL;
}

const struct product_field *product_field(const struct product_fields *fields,
                                          const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strcmp(fields->items[i].name, name) == 0)
            return &fields->items[i];
    return NULL;
}

const char *product_nearest_service(struct arena *arena, const struct product *product,
                                    const char *name)
{
    const char **names = arena_array(arena, product->service_count, sizeof(char *));

    for (size_t i = 0; i < product->service_count; i++)
        names[i] = product->services[i].name;
    return diag_nearest(name, names, product->service_count);
}

const char *product_nearest_field(struct arena *arena,
                                  const struct product_fields *fields, const char *name)
{
    const char **names = arena_array(arena, fields->count, sizeof(char *));

    for (size_t i = 0; i < fields->count; i++)
        names[i] = fields->items[i].name;
    return diag_nearest(name, names, fields->count);
}

static const char *nearest_command(struct arena *arena,
                                   const struct product_service *service,
                                   const char *name)
{
    const char **names = arena_array(arena, service->command_count, sizeof(char *));

    for (size_t i = 0; i < service->command_count; i++)
        names[i] = service->commands[i].name;
    return diag_nearest(name, names, service->command_count);
}

/* "; did you mean 'x'?", or nothing. */
static const char *suggest(struct arena *arena, const char *nearest)
{
    return nearest == NULL ? "" : arena_format(arena, "; did you mean '%s'?", nearest);
}

static const char *nearest_event(struct arena *arena,
                                 const struct product_service *service, const char *name)
{
    const char **names = arena_array(arena, service->event_count, sizeof(char *));

    for (size_t i = 0; i < service->event_count; i++)
        names[i] = service->events[i].name;
    return diag_nearest(name, names, service->event_count);
}

/* The service of "Service.NAME", and the name; NULL after a report. */
static const struct product_service *
path_service(struct diag *diag, const struct product *product, const char *path,
             const char *what, struct location where, const char **ret_name)
{
    const char *point = strchr(path, '.');

    if (point == NULL) {
        diag_report(diag, RULE_BAD_VALUE, where, "'%s' names no %s: write 'Service.%s'",
                    path, what, strcmp(what, "event") == 0 ? "EVENT" : "COMMAND");
        return NULL;
    }
    const char *name = arena_copy(diag->arena, path, (size_t)(point - path));
    const struct product_service *service = product_service(product, name);
    if (service == NULL)
        diag_report(
            diag, RULE_UNKNOWN_SERVICE, where, "the product has no service '%s'%s", name,
            suggest(diag->arena, product_nearest_service(diag->arena, product, name)));
    *ret_name = point + 1;
    return service;
}

static void report_unknown(struct diag *diag, const struct product_service *service,
                           const char *what, const char *name, const char *nearest,
                           struct location where)
{
    diag_report(diag, RULE_UNKNOWN_COMMAND, where, "service '%s' has no %s '%s'%s",
                service->name, what, name, suggest(diag->arena, nearest));
}

const struct product_command *
product_command_path(struct diag *diag, const struct product *product, const char *path,
                     struct location where, const struct product_service **ret_service)
{
    const char *name;
    const struct product_service *service =
        path_service(diag, product, path, "command", where, &name);
    if (service == NULL)
        return NULL;
    const struct product_command *command = product_command(service, name);
    if (command == NULL)
        report_unknown(diag, service, "command", name,
                       nearest_command(diag->arena, service, name), where);
    else if (ret_service != NULL)
        *ret_service = service;
    return command;
}

const struct product_event *product_event_path(struct diag *diag,
                                               const struct product *product,
                                               const char *path, struct location where,
                                               const struct product_service **ret_service)
{
    const char *name;
    const struct product_service *service =
        path_service(diag, product, path, "event", where, &name);
    if (service == NULL)
        return NULL;
    const struct product_event *event = product_event(service, name);
    if (event == NULL)
        report_unknown(diag, service, "event", name,
                       nearest_event(diag->arena, service, name), where);
    else if (ret_service != NULL)
        *ret_service = service;
    return event;
}
