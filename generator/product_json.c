/* SPDX-License-Identifier: MIT */
/*
 * The product model as JSON. Limits are texts, as in the platform's product object; their
 * digits are exact, and so are those of the step, a number.
 */
#include "product_json.h"

#include <string.h>

#include "out.h"
#include "scalar.h"

/* An object under way, or an array. */
struct json {
    struct out *out;
    bool any; /* members so far */
};

static struct json open(struct out *out, const char *bracket)
{
    out_text(out, bracket);
    return (struct json){out, false};
}

static void comma(struct json *json)
{
    if (json->any)
        out_text(json->out, ",");
    json->any = true;
}

static void put_name(struct json *json, const char *name)
{
    comma(json);
    out_format(json->out, "\"%s\":", name);
}

static void put_quoted(struct out *out, const char *text)
{
    out_text(out, scalar_json_string(out->arena, text, strlen(text)));
}

static void put_text(struct json *json, const char *name, const char *text)
{
    if (text == NULL)
        return;
    put_name(json, name);
    put_quoted(json->out, text);
}

static void put_raw(struct json *json, const char *name, const char *text)
{
    if (text == NULL)
        return;
    put_name(json, name);
    out_text(json->out, text);
}

static void put_number(struct json *json, const char *name, struct product_number number,
                       bool quoted)
{
    char text[96];
    if (!number.given)
        return;
    exact_text(number.value, text, sizeof(text));
    if (quoted)
        put_text(json, name, text);
    else
        put_raw(json, name, text);
}

static void put_labels(struct json *json, const struct product_field *field)
{
    if (field->enum_count == 0)
        return;
    put_name(json, "enum_list");
    struct json list = open(json->out, "[");
    for (size_t i = 0; i < field->enum_count; i++) {
        comma(&list);
        put_quoted(list.out, field->enum_list[i].text);
    }
    out_text(json->out, "]");
}

static void put_method(struct json *json, unsigned method)
{
    char text[4] = "";
    size_t length = 0;
    if ((method & PRODUCT_READ) != 0)
        text[length++] = 'R';
    if ((method & PRODUCT_WRITE) != 0)
        text[length++] = 'W';
    if ((method & PRODUCT_EVENT) != 0)
        text[length++] = 'E';
    if (length > 0)
        put_text(json, "method", text);
}

static void put_field(struct out *out, const char *name_key,
                      const struct product_field *field)
{
    struct json json = open(out, "{");
    put_text(&json, name_key, field->name);
    put_text(&json, "data_type", product_type_name(field->type));
    put_raw(&json, "required", field->required ? "true" : "false");
    put_labels(&json, field);
    put_number(&json, "min", field->min, true);
    put_number(&json, "max", field->max, true);
    put_number(&json, "step", field->step, false);
    if (field->has_max_length) {
        put_name(&json, "max_length");
        out_format(out, "%u", (unsigned)field->max_length);
    }
    put_text(&json, "unit", field->unit);
    put_method(&json, field->method);
    put_text(&json, "description", field->description);
    put_raw(&json, "default_value", field->default_value);
    out_text(out, "}");
}

static void put_fields(struct json *json, const char *key, const char *name_key,
                       const struct product_fields *fields)
{
    put_name(json, key);
    struct json list = open(json->out, "[");
    for (size_t i = 0; i < fields->count; i++) {
        comma(&list);
        put_field(list.out, name_key, &fields->items[i]);
    }
    out_text(json->out, "]");
}

static void put_responses(struct json *json, const struct product_command *command)
{
    put_name(json, "responses");
    struct json list = open(json->out, "[");
    for (size_t i = 0; i < command->response_count; i++) {
        comma(&list);
        struct json response = open(list.out, "{");
        put_text(&response, "response_name", command->responses[i].name);
        put_fields(&response, "paras", "para_name", &command->responses[i].fields);
        out_text(list.out, "}");
    }
    out_text(json->out, "]");
}

static void put_commands(struct json *json, const struct product_service *service)
{
    put_name(json, "commands");
    struct json list = open(json->out, "[");
    for (size_t i = 0; i < service->command_count; i++) {
        comma(&list);
        struct json command = open(list.out, "{");
        put_text(&command, "command_name", service->commands[i].name);
        put_text(&command, "description", service->commands[i].description);
        put_fields(&command, "paras", "para_name", &service->commands[i].paras);
        put_responses(&command, &service->commands[i]);
        out_text(list.out, "}");
    }
    out_text(json->out, "]");
}

static void put_events(struct json *json, const struct product_service *service)
{
    put_name(json, "events");
    struct json list = open(json->out, "[");
    for (size_t i = 0; i < service->event_count; i++) {
        comma(&list);
        struct json event = open(list.out, "{");
        put_text(&event, "event_type", service->events[i].name);
        put_text(&event, "description", service->events[i].description);
        put_fields(&event, "paras", "para_name", &service->events[i].paras);
        out_text(list.out, "}");
    }
    out_text(json->out, "]");
}

static void put_service(struct out *out, const struct product_service *service)
{
    struct json json = open(out, "{");
    put_text(&json, "service_id", service->name);
    put_text(&json, "service_type", service->service_type);
    put_text(&json, "option", service->option);
    put_text(&json, "description", service->description);
    put_fields(&json, "properties", "property_name", &service->properties);
    put_commands(&json, service);
    put_events(&json, service);
    out_text(out, "}");
}

const char *product_json(struct arena *arena, const struct product *product)
{
    struct out out;
    out_init(&out, arena);
    struct json json = open(&out, "{");
    put_text(&json, "product_id", product->product_id);
    put_text(&json, "app_id", product->app_id);
    put_text(&json, "name", product->name);
    put_text(&json, "device_type", product->device_type);
    put_text(&json, "protocol_type", product->protocol_type);
    put_text(&json, "data_format", product->data_format);
    put_text(&json, "manufacturer_id", product->manufacturer_id);
    put_text(&json, "manufacturer_name", product->manufacturer_name);
    put_text(&json, "model", product->model);
    put_text(&json, "industry", product->industry);
    put_text(&json, "description", product->description);
    put_text(&json, "version", product->version);
    put_raw(&json, "om_capability", product->om_capability);
    if (product->has_services) {
        put_name(&json, "service_capabilities");
        struct json list = open(&out, "[");
        for (size_t i = 0; i < product->service_count; i++) {
            comma(&list);
            put_service(&out, &product->services[i]);
        }
        out_text(&out, "]");
    }
    out_text(&out, "}");
    return out.text;
}
