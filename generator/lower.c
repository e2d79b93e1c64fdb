/* SPDX-License-Identifier: MIT */
/* From a parsed profile to the builder's arrays: the stages of lower.h in their order. */
#include "lower.h"

#include "framing.h"
#include "hook.h"
#include "layout.h"
#include "scalar.h"
#include "topic.h"

#include <string.h>

static uint32_t text_or_none(struct builder *builder, const char *text)
{
    return text != NULL ? builder_text(builder, text) : 0;
}

static void lower_identity(const struct profile_source *source, struct builder *builder)
{
    const struct product *product = source->product;
    builder->manufacturer_id = text_or_none(builder, product->manufacturer_id);
    builder->manufacturer_name = text_or_none(builder, product->manufacturer_name);
    builder->model = text_or_none(builder, product->model);
    builder->product_id = text_or_none(builder, product->product_id);
    builder->device_type = text_or_none(builder, product->device_type);
    builder->protocol_type = text_or_none(builder, product->protocol_type);
    builder->version = text_or_none(builder, product->version);
    builder->product_name = text_or_none(builder, product->name);
}

static void lower_service(struct builder *builder, const char *name)
{
    uint16_t index = builder_service(builder);
    if (index == DGM_NONE)
        return;
    struct dgm_service *service = &builder->services.items[index];
    service->name = builder_text(builder, name);
    service->key = builder_key(builder, name, &service->key_length);
}

/* A command or an event of a service; `response` may be NULL. */
static void lower_command(struct builder *builder, const struct product_service *service,
                          uint16_t service_index, const char *name, const char *response)
{
    uint16_t index = builder_command(builder);
    if (index == DGM_NONE)
        return;
    struct dgm_command *row = &builder->commands.items[index];
    const char *path = arena_format(builder->arena, "%s.%s", service->name, name);
    row->name = builder_text(builder, name);
    row->key = builder_key(builder, name, &row->key_length);
    row->path =
        builder_text(builder, scalar_json_string(builder->arena, path, strlen(path)));
    row->service = service_index;
    if (response != NULL)
        row->response_name = builder_text(builder, response);
}

static void lower_commands(struct builder *builder, const struct product_service *service,
                           uint16_t index)
{
    for (size_t i = 0; i < service->command_count; i++) {
        const struct product_command *command = &service->commands[i];
        lower_command(builder, service, index, command->name,
                      command->response_count > 0 ? command->responses[0].name : NULL);
    }
}

static void lower_events(struct builder *builder, const struct product_service *service,
                         uint16_t index)
{
    for (size_t i = 0; i < service->event_count; i++)
        lower_command(builder, service, index, service->events[i].name, NULL);
}

/* Services first, so that their indices are those of the product model. */
static void lower_product(const struct profile_source *source, struct builder *builder)
{
    const struct product *product = source->product;
    if (!product->has_services) {
        builder->flags |= DGM_MODEL_BARE;
        lower_service(builder, PRODUCT_DERIVED_SERVICE);
        for (size_t i = 0; i < source->messages.count; i++)
            if (source->messages.items[i].command != NULL)
                lower_command(builder, source->messages.items[i].service, 0,
                              source->messages.items[i].command->name, NULL);
    }
    for (size_t i = 0; i < product->service_count; i++)
        lower_service(builder, product->services[i].name);
    for (size_t i = 0; i < product->service_count; i++)
        lower_commands(builder, &product->services[i], (uint16_t)i);
    for (size_t i = 0; i < product->service_count; i++)
        lower_events(builder, &product->services[i], (uint16_t)i);
}

/* Of the command or event; DGM_NONE: the message is about none. */
static uint16_t command_index(const struct profile_source *source,
                              const struct message *message)
{
    const struct product *product = source->product;
    uint16_t index = 0;
    for (size_t i = 0; i < product->service_count; i++)
        for (size_t k = 0; k < product->services[i].command_count; k++, index++)
            if (&product->services[i].commands[k] == message->command)
                return index;
    for (size_t i = 0; i < product->service_count; i++)
        for (size_t k = 0; k < product->services[i].event_count; k++, index++)
            if (&product->services[i].events[k] == message->event)
                return index;
    for (size_t i = 0; i < source->messages.count && !product->has_services; i++) {
        if (&source->messages.items[i] == message && message->command != NULL)
            return index;
        if (source->messages.items[i].command != NULL)
            index++;
    }
    return DGM_NONE;
}

/* A reply that is the same whatever it answers, and answers everything. */
static bool is_alone(const struct message *message)
{
    return message->kind == DGM_KIND_REPLY && !message->asks_request &&
           message->answer_count == 0;
}

static uint16_t flags_of(const struct message *message)
{
    unsigned flags = 0;
    flags |= message->fallback ? DGM_MESSAGE_FALLBACK : 0u;
    flags |= message->decode_only ? DGM_MESSAGE_DECODE_ONLY : 0u;
    flags |= message->encode_only ? DGM_MESSAGE_ENCODE_ONLY : 0u;
    flags |= message->wire.ignore_trailing ? DGM_MESSAGE_IGNORE_TRAILING : 0u;
    flags |= message->wire.zero_fill ? DGM_MESSAGE_ZERO_FILL : 0u;
    flags |= message->wire.reject_limits ? DGM_MESSAGE_REJECT_LIMITS : 0u;
    flags |= message->port.count > 0 ? DGM_MESSAGE_CHANNEL : 0u;
    flags |= is_alone(message) ? DGM_MESSAGE_ALONE : 0u;
    return (uint16_t)flags;
}

/* The head of each message, so that answers can refer to all of them. */
static void lower_head(const struct profile_source *source, struct builder *builder,
                       const struct message *message)
{
    uint16_t index = builder_message(builder);
    if (index == DGM_NONE)
        return;
    struct dgm_message *row = &builder->messages.items[index];
    row->name = builder_text(builder, message->name);
    row->key = builder_key(builder, message->name, &row->key_length);
    row->kind = message->kind;
    row->flags = flags_of(message);
    row->command = command_index(source, message);
    row->service = message->asked_service;
    /* A topic to send to is one without wildcards. */
    if (message->topics.count > 0 && topic_is_plain(message->topics.items[0]))
        row->topic = builder_text(builder, message->topics.items[0]);
    row->when = DGM_NONE;
    row->channel = message->port.count > 0 ? message->port.items[0].first : 0;
    row->first_answer = (uint16_t)builder->answers.count;
    row->answer_count = (uint16_t)message->answer_count;
    for (size_t i = 0; i < message->answer_count; i++)
        (void)builder_answer(builder, message->answers[i]->index);
}

static bool lower_message(struct profile_source *source, struct builder *builder,
                          struct message *message)
{
    struct lowering lowering = {
        .source = source, .diag = source->diag, .builder = builder, .message = message};
    size_t first_row = builder->rows.count, first_member = builder->members.count;
    if (!pass_assign(&lowering) || !plan_rows(&lowering) || !member_plan_all(&lowering) ||
        !row_fill_all(&lowering))
        return false;
    message->members = lowering.members;
    message->member_count = lowering.member_count;
    struct dgm_message *row = &builder->messages.items[message->index];
    row->passes = (uint8_t)lowering.passes;
    row->flags |= (uint16_t)(lowering.prepass ? DGM_MESSAGE_PREPASS : 0);
    row->flags |= (uint16_t)(lowering.has_records ? DGM_MESSAGE_RECORDS : 0);
    row->first_row = (uint16_t)first_row;
    row->row_count = (uint16_t)lowering.plan_count;
    row->first_member = (uint16_t)first_member;
    row->member_count = (uint16_t)lowering.member_count;
    row->slots = message->slot_count;
    row->request_slots =
        message->kind == DGM_KIND_REPORT ? (uint16_t)source->request_count : 0;
    row->trailer = message->trailer;
    if (message->when != NULL)
        row->when = expr_compile(message->when, builder, source->diag);
    return bound_message(&lowering, row);
}

/* Stages that need all messages, or none of the table. */
static bool check_all(struct profile_source *source)
{
    bool fine = true;
    for (size_t i = 0; i < source->messages.count; i++)
        fine = place_items(source, &source->messages.items[i]) && fine;
    if (!fine)
        return false;
    fine = resolve_all(source);
    source->checked = fine;
    for (size_t i = 0; i < source->messages.count; i++) {
        struct message *message = &source->messages.items[i];
        if (!message->is_resolved)
            continue;
        fine = tlv_find_all(source, message) && fine;
        fine = region_find_all(source, message) && fine;
        fine = source_find_all(source, message) && fine;
        fine = choice_find_all(source, message) && fine;
        fine = format_check_all(source, message) && fine;
        fine = model_check(source, message) && fine;
        fine = layout_check(source, message) && fine;
        replaced_lint(source, message);
    }
    return fine;
}

/* Those in use, in the order that expressions count with. */
static void lower_curves(const struct profile_source *source, struct builder *builder)
{
    for (size_t i = 0; i < source->curves.used_count; i++) {
        const struct curve *curve = source->curves.used[i];
        struct dgm_curve row = {.first = (uint16_t)builder->points.count,
                                .count = (uint16_t)curve->count,
                                .x_digits = (uint8_t)curve->x_digits,
                                .y_digits = (uint8_t)curve->y_digits,
                                .flags = curve->flags,
                                .outside = curve->outside};
        for (size_t k = 0; k < curve->count; k++) {
            struct dgm_point point = {0, 0};
            /* The curve was refused if they did not fit. */
            (void)exact_scaled_i64(curve->points[k].x, curve->x_digits, &point.x);
            (void)exact_scaled_i64(curve->points[k].y, curve->y_digits, &point.y);
            (void)builder_point(builder, &point);
        }
        (void)builder_curve(builder, &row);
    }
}

bool lower_profile(struct profile_source *source, struct builder *builder)
{
    bool fine = check_all(source);
    lower_identity(source, builder);
    lower_curves(source, builder);
    lower_product(source, builder);
    fine = framing_lower(source, builder) && fine;
    hooks_lower(source, builder);
    for (size_t i = 0; i < source->messages.count; i++)
        lower_head(source, builder, &source->messages.items[i]);
    fine = dispatch_all(source, builder) && fine;
    for (size_t i = 0; i < source->messages.count && fine; i++)
        fine = lower_message(source, builder, &source->messages.items[i]);
    if (fine)
        ambiguous_lint(source);
    if (fine && builder->too_large) {
        diag_report(source->diag, RULE_TOO_LARGE, source->product->where,
                    "the profile does not fit a table");
        fine = false;
    }
    return fine;
}
