/* SPDX-License-Identifier: MIT */
/* What stands around the members: the schema of a whole message, in each shape. */
#include "schema.h"

#include <string.h>

/* Spellings of a shape; those of plain that are NULL are told by the kind. */
struct dialect {
    const char *type, *entries, *service, *data, *time, *body, *paras;
    const char *roles[DGM_ROLE_COUNT];
};

static const struct dialect dialects[3] = {
    [DGM_SHAPE_OCEANCONNECT] = {"msgType",
                                "data",
                                "serviceId",
                                "serviceData",
                                "eventTime",
                                "body",
                                "paras",
                                {NULL, "mid", "errcode", "hasMore", NULL, "identifier"}},
    [DGM_SHAPE_IOTDA] = {"msg_type",
                         "services",
                         "service_id",
                         "properties",
                         "event_time",
                         "paras",
                         "paras",
                         {NULL, "request_id", "result_code"}},
    [DGM_SHAPE_PLAIN] = {NULL,
                         NULL,
                         NULL,
                         NULL,
                         "event_time",
                         "body",
                         "paras",
                         {NULL, "mid", "errcode", "has_more", NULL, "identifier"}},
};

static const char *const types[2][DGM_KIND_RAW + 1] = {
    [DGM_SHAPE_OCEANCONNECT] = {NULL, "deviceReq", "deviceRsp", "cloudReq", "cloudRsp"},
    [DGM_SHAPE_IOTDA] = {NULL, "properties_report", "command_response", "commands",
                         "properties_report_reply", "event_up", "properties_set",
                         "properties_set_response", "properties_get",
                         "properties_get_response", "message_up", "message_down", NULL},
};

static const struct dialect *dialect_of(const struct schema *schema)
{
    return &dialects[schema->shape];
}

static bool is_plain(const struct schema *schema)
{
    return schema->shape == DGM_SHAPE_PLAIN;
}

/* Is the JSON the object of the members alone? */
static bool is_bare(const struct schema *schema)
{
    return is_plain(schema) && !schema->source->product->has_services &&
           schema->message->kind != DGM_KIND_REPLY;
}

static void put(const struct schema *schema, struct schema_object *object,
                const char *name, bool required, const char *value)
{
    struct schema_member *member = schema_member(schema, object, name, false);
    member->required = member->required || required;
    schema_add(schema, &member->values, "%s", value);
}

static void put_constant(const struct schema *schema, struct schema_object *object,
                         const char *name, const char *text)
{
    put(schema, object, name, true,
        arena_format(schema->arena, "\"const\":%s", schema_quote(schema, text)));
}

/* Both have the same names where the message is bare. */
static void put_role(const struct schema *schema, struct schema_object *object,
                     const struct item_list *list, uint8_t role, const char *name)
{
    struct schema_values values = {NULL, 0, 0};
    bool required;
    if (name == NULL || !schema_role(schema, list, role, &values, &required))
        return;
    for (size_t i = 0; i < values.count; i++)
        put(schema, object, name, required, values.items[i]);
}

static void put_roles(const struct schema *schema, struct schema_object *object)
{
    for (uint8_t role = 1; role < DGM_ROLE_COUNT; role++)
        put_role(schema, object, &schema->message->items, role,
                 dialect_of(schema)->roles[role]);
}

static void put_time(const struct schema *schema, struct schema_object *object,
                     const struct item_list *list)
{
    put_role(schema, object, list, DGM_ROLE_EVENT_TIME, dialect_of(schema)->time);
}

static bool has_required(const struct schema_object *object)
{
    for (size_t i = 0; i < object->count; i++)
        if (object->items[i].required)
            return true;
    return false;
}

static const char *service_name(const struct schema *schema, size_t service)
{
    const struct product *product = schema->source->product;
    return service < product->service_count ? product->services[service].name
                                            : PRODUCT_DERIVED_SERVICE;
}

static size_t service_count(const struct schema *schema)
{
    size_t count = schema->source->product->service_count;
    return count > 0 ? count : 1;
}

/* What a service consists of: its own members, and records. */
struct service {
    const char *name;
    struct schema_values objects; /* as they stand in the list of the shape */
    bool has_records, required;
};

/* The objects of a platform's list have their time beside the data. */
static void add_object(const struct schema *schema, struct service *service,
                       struct schema_object *members, const struct item_list *record)
{
    const struct dialect *dialect = dialect_of(schema);
    const struct item_list *own = record != NULL ? record : &schema->message->items;
    struct schema_object entry = {NULL, 0, 0};
    if (is_plain(schema) && record != NULL)
        put_time(schema, members, record);
    const char *data = schema_of_object(schema, members, true);
    if (is_plain(schema)) {
        schema_add(schema, &service->objects, "%s", data);
        return;
    }
    put_constant(schema, &entry, dialect->service, service->name);
    put(schema, &entry, dialect->data, true, data);
    put_time(schema, &entry, own);
    if (record != NULL && entry.count == 2)
        put_time(schema, &entry, &schema->message->items);
    schema_add(schema, &service->objects, "%s", schema_of_object(schema, &entry, false));
}

static void add_records(const struct schema *schema, size_t index,
                        struct service *service)
{
    const struct item_list *flat = &schema->message->flat;
    for (size_t i = 0; i < flat->count; i++) {
        const struct item *item = flat->items[i];
        struct schema_object members = {NULL, 0, 0};
        if (item->record == NULL || item->service != index)
            continue;
        service->has_records = true;
        schema_collect(schema, &item->fields, DGM_NONE, &members);
        add_object(schema, service, &members, &item->fields);
    }
}

static struct service service_of(const struct schema *schema, size_t index)
{
    struct service service = {.name = service_name(schema, index)};
    struct schema_object members = {NULL, 0, 0};
    const struct item_list *items = &schema->message->items;
    schema_collect(schema, items, (uint16_t)index, &members);
    service.required = schema->is_input ? has_required(&members)
                                        : schema_has_some(schema, items, (uint16_t)index);
    if (members.count > 0)
        add_object(schema, &service, &members, NULL);
    add_records(schema, index, &service);
    return service;
}

static bool has_records(const struct schema *schema)
{
    const struct item_list *flat = &schema->message->flat;
    for (size_t i = 0; i < flat->count; i++)
        if (flat->items[i]->record != NULL)
            return true;
    return false;
}

/* `data` and `services`. */
static void put_entries(const struct schema *schema, struct schema_object *object)
{
    const struct dialect *dialect = dialect_of(schema);
    struct schema_values entries = {NULL, 0, 0};
    struct out sure;
    size_t services = 0, required = 0;
    bool is_report = schema->message->kind == DGM_KIND_REPORT;
    out_init(&sure, schema->arena);
    for (size_t i = 0; i < service_count(schema); i++) {
        struct service service = service_of(schema, i);
        services += service.objects.count > 0;
        for (size_t k = 0; k < service.objects.count; k++)
            schema_add(schema, &entries, "%s", service.objects.items[k]);
        if (!service.required)
            continue;
        const char *name = schema_quote(schema, service.name);
        out_format(&sure,
                   "%s{\"contains\":{\"type\":\"object\",\"properties\":{\"%s\":{"
                   "\"const\":%s}},\"required\":[\"%s\"]}}",
                   required++ == 0 ? ",\"allOf\":[" : ",", dialect->service, name,
                   dialect->service);
    }
    out_text(&sure, required > 0 ? "]" : "");
    const char *most = has_records(schema) || schema->is_input
                           ? ""
                           : arena_format(schema->arena, ",\"maxItems\":%zu", services);
    put(schema, object, dialect->entries, true,
        arena_format(schema->arena, "\"type\":\"array\",\"items\":%s%s%s%s",
                     schema_of_values(schema, &entries, NULL),
                     is_report ? ",\"minItems\":1" : "", most, sure.text));
}

/* Services beside each other, each an object or an array of records. */
static void put_services(const struct schema *schema, struct schema_object *object)
{
    bool in_arrays = has_records(schema);
    bool is_report = schema->message->kind == DGM_KIND_REPORT;
    size_t before = object->count;
    for (size_t i = 0; i < service_count(schema); i++) {
        struct service service = service_of(schema, i);
        if (service.objects.count == 0)
            continue;
        struct schema_member *member = schema_member(schema, object, service.name, false);
        member->required = service.required;
        const char *values = schema_of_values(schema, &service.objects, NULL);
        if (in_arrays)
            schema_add(schema, &member->values,
                       "\"type\":\"array\",\"items\":%s,\"minItems\":1%s", values,
                       service.has_records ? "" : ",\"maxItems\":1");
        else
            member->values = service.objects;
    }
    if (is_report && object->count == before + 1)
        object->items[before].required = true; /* without it there is no JSON */
}

/* The members of a command, response, event or content, or of a bare message. */
static void collect_all(const struct schema *schema, struct schema_object *ret)
{
    const struct item_list *flat = &schema->message->flat;
    schema_collect(schema, &schema->message->items, DGM_NONE, ret);
    for (size_t i = 0; i < flat->count; i++)
        if (flat->items[i]->record != NULL)
            schema_collect(schema, &flat->items[i]->fields, DGM_NONE, ret);
}

static void put_members(const struct schema *schema, struct schema_object *object,
                        const char *name, bool is_always)
{
    struct schema_object members = {NULL, 0, 0};
    collect_all(schema, &members);
    bool some = schema_has_some(schema, &schema->message->items, DGM_NONE);
    bool required = schema->is_input ? has_required(&members) : is_always || some;
    put(schema, object, name, required, schema_of_object(schema, &members, false));
}

/* Parameters of a command, which are there even if there are none, or of a response. */
static void put_answer(const struct schema *schema, struct schema_object *object)
{
    bool is_command = schema->message->kind == DGM_KIND_COMMAND;
    const struct dialect *dialect = dialect_of(schema);
    put_members(schema, object, is_command ? dialect->paras : dialect->body, is_command);
}

static const char *subject_path(const struct schema *schema)
{
    const struct message *message = schema->message;
    return arena_format(schema->arena, "%s.%s", message->service->name,
                        message_subject(message));
}

static const char *asked_service(const struct schema *schema)
{
    uint16_t service = schema->message->asked_service;
    return service != DGM_NONE ? service_name(schema, service) : NULL;
}

static void put_content(const struct schema *schema, struct schema_object *object)
{
    uint8_t kind = schema->message->kind;
    const char *name = !is_plain(schema)             ? "content"
                       : kind == DGM_KIND_RAW        ? "raw"
                       : kind == DGM_KIND_MESSAGE_UP ? "message_up"
                                                     : "message_down";
    put_members(schema, object, name, true);
}

/* An object of services, as a `set` of the plain shape has. */
static void put_nested(const struct schema *schema, struct schema_object *object,
                       const char *name)
{
    struct schema_object services = {NULL, 0, 0};
    put_services(schema, &services);
    put(schema, object, name, true, schema_of_object(schema, &services, false));
}

static void put_asked(const struct schema *schema, struct schema_object *object)
{
    if (asked_service(schema) != NULL)
        put_constant(schema, object, "get", asked_service(schema));
    else
        put(schema, object, "get", true, "\"type\":\"null\"");
}

static void put_plain(const struct schema *schema, struct schema_object *object)
{
    const struct message *message = schema->message;
    switch (message->kind) {
    case DGM_KIND_REPORT:
        put_services(schema, object);
        put_time(schema, object, &message->items);
        return;
    case DGM_KIND_RESPONSE:
    case DGM_KIND_COMMAND:
        put_constant(schema, object, "command", subject_path(schema));
        put_answer(schema, object);
        return;
    case DGM_KIND_REPLY:
        put_constant(schema, object, "reply", message->name);
        return;
    case DGM_KIND_EVENT:
        put_constant(schema, object, "event", subject_path(schema));
        put_members(schema, object, "paras", true);
        put_time(schema, object, &message->items);
        return;
    case DGM_KIND_SET:
        put_nested(schema, object, "set");
        return;
    case DGM_KIND_GET_RESPONSE:
        put_nested(schema, object, "get_response");
        return;
    case DGM_KIND_SET_RESPONSE:
        put_constant(schema, object, "set_response", message->name);
        return;
    case DGM_KIND_GET:
        put_asked(schema, object);
        return;
    default:
        put_content(schema, object);
        return;
    }
}

static void put_subject(const struct schema *schema, struct schema_object *object)
{
    const struct message *message = schema->message;
    bool is_old = schema->shape == DGM_SHAPE_OCEANCONNECT;
    if (message->service == NULL || message_subject(message) == NULL ||
        (is_old && message->kind != DGM_KIND_COMMAND))
        return;
    put_constant(schema, object, dialect_of(schema)->service,
                 schema->source->product->has_services ? message->service->name
                                                       : PRODUCT_DERIVED_SERVICE);
    put_constant(schema, object, is_old ? "cmd" : "command_name",
                 message_subject(message));
}

/* A list of one service with its event. */
static void put_event(const struct schema *schema, struct schema_object *object)
{
    const struct message *message = schema->message;
    struct schema_object entry = {NULL, 0, 0};
    put_constant(schema, &entry, "service_id", message->service->name);
    put_constant(schema, &entry, "event_type", message_subject(message));
    put_members(schema, &entry, "paras", true);
    put_time(schema, &entry, &message->items);
    put(schema, object, "services", true,
        arena_format(schema->arena,
                     "\"type\":\"array\",\"items\":{%s},\"minItems\":1,\"maxItems\":1",
                     schema_of_object(schema, &entry, false)));
}

static void put_type(const struct schema *schema, struct schema_object *object)
{
    const char *type = types[schema->shape][schema->message->kind];
    if (type != NULL)
        put_constant(schema, object, dialect_of(schema)->type, type);
    else /* raw, by its direction */
        put(schema, object, dialect_of(schema)->type, true,
            "\"enum\":[\"message_up\",\"message_down\"]");
}

static void put_platform(const struct schema *schema, struct schema_object *object)
{
    const struct message *message = schema->message;
    put_type(schema, object);
    if (message_has_services(message)) {
        put_entries(schema, object);
        return;
    }
    switch (message->kind) {
    case DGM_KIND_RESPONSE:
    case DGM_KIND_COMMAND:
        put_subject(schema, object);
        put_answer(schema, object);
        return;
    case DGM_KIND_REPLY:
        put(schema, object, "request", false, "\"type\":\"string\"");
        return;
    case DGM_KIND_EVENT:
        put_event(schema, object);
        return;
    case DGM_KIND_GET:
        if (asked_service(schema) != NULL)
            put_constant(schema, object, "service_id", asked_service(schema));
        return;
    case DGM_KIND_SET_RESPONSE:
        return;
    default:
        put_content(schema, object);
        return;
    }
}

/* What platforms write beside the rest, and encoding takes without need. */
static void put_ignored(const struct schema *schema, struct schema_object *object)
{
    static const char *const ignored[] = {"id", "name", "object_device_id"};
    static const char mid[] = "\"type\":\"integer\",\"minimum\":0,\"maximum\":65535";
    static const char flag[] = "\"type\":\"integer\",\"minimum\":0,\"maximum\":1";
    const struct dialect *dialect = dialect_of(schema);
    bool is_old = schema->shape == DGM_SHAPE_OCEANCONNECT;
    const char *const names[] = {dialect->roles[DGM_ROLE_MID],
                                 dialect->roles[DGM_ROLE_ERRCODE],
                                 is_old ? "hasMore" : "has_more"};
    for (size_t i = 0; i < 3; i++) {
        struct schema_member *member = schema_member(schema, object, names[i], false);
        if (member->values.count == 0)
            schema_add(schema, &member->values, "%s", i == 0 ? mid : flag);
    }
    for (size_t i = 0; schema->shape == DGM_SHAPE_IOTDA && i < 3; i++)
        (void)schema_member(schema, object, ignored[i], false);
    if (schema->shape != DGM_SHAPE_IOTDA)
        put(schema, object, "identifier", false, "\"type\":\"string\"");
}

const char *schema_of_message(const struct schema *schema)
{
    struct schema_object object = {NULL, 0, 0};
    bool is_report = schema->message->kind == DGM_KIND_REPORT;
    if (is_bare(schema)) {
        collect_all(schema, &object);
        put_roles(schema, &object);
        if (is_report)
            put_time(schema, &object, &schema->message->items);
        return schema_of_object(schema, &object, is_report);
    }
    if (is_plain(schema))
        put_plain(schema, &object);
    else
        put_platform(schema, &object);
    put_roles(schema, &object);
    if (schema->is_input)
        put_ignored(schema, &object);
    return schema_of_object(schema, &object, false);
}
