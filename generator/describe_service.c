/* SPDX-License-Identifier: MIT */
/*
 * Services of a description: those that the profile declares, or the one that comes out
 * of the fields of its messages.
 */
#include "derived.h"
#include "describe.h"

#include <string.h>

struct member_list {
    struct arena *arena;
    const struct diag *diag;
    struct dgm_doc_member *items;
    size_t count, capacity;
};

struct part_list {
    struct arena *arena;
    const struct diag *diag;
    struct dgm_doc_part *items;
    size_t count, capacity;
};

static const char *field_range(struct arena *arena, const struct product_field *field)
{
    const struct exact *low = field->min.given ? &field->min.value : NULL;
    const struct exact *high = field->max.given ? &field->max.value : NULL;
    struct out out;
    char step[96];
    out_init(&out, arena);
    out_text(&out, describe_range(arena, low, high));
    if (field->step.given && exact_text(field->step.value, step, sizeof(step)) > 0)
        out_format(&out, "%ssteps of %s", out.length > 0 ? ", " : "", step);
    if (field->has_max_length)
        out_format(&out, "%sat most %u characters", out.length > 0 ? ", " : "",
                   field->max_length);
    for (size_t i = 0; i < field->enum_count && out.length < DGM_DOC_TEXT; i++)
        out_format(&out, "%s%s", out.length > 0 ? ", " : "", field->enum_list[i].text);
    return describe_text(arena, out.text);
}

/* "read, reported" */
static const char *field_access(struct arena *arena, const struct product_field *field,
                                bool is_property)
{
    struct out out;
    static const struct {
        unsigned bit;
        const char *word;
    } words[] = {
        {PRODUCT_READ, "read"}, {PRODUCT_WRITE, "written"}, {PRODUCT_EVENT, "reported"}};
    out_init(&out, arena);
    out_text(&out, field->required && !is_property ? "required" : "");
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && is_property; i++)
        if ((field->method & words[i].bit) != 0)
            out_format(&out, "%s%s", out.length > 0 ? ", " : "", words[i].word);
    return out.text;
}

static struct dgm_doc_part *add_part(struct part_list *list, enum dgm_doc_part_kind kind,
                                     const char *name, const char *text)
{
    list->items = arena_grow(list->arena, list->items, list->count, &list->capacity,
                             sizeof(*list->items));
    struct dgm_doc_part *part = &list->items[list->count++];
    *part = (struct dgm_doc_part){.kind = kind,
                                  .name = describe_text(list->arena, name),
                                  .text = describe_text(list->arena, text)};
    return part;
}

static struct dgm_doc_part *add_fields(struct part_list *list,
                                       enum dgm_doc_part_kind kind, const char *name,
                                       const char *text,
                                       const struct product_fields *fields)
{
    struct arena *arena = list->arena;
    struct dgm_doc_part *part = add_part(list, kind, name, text);
    struct dgm_doc_member *members =
        arena_array(arena, fields->count + 1, sizeof(*members));
    for (size_t i = 0; i < fields->count; i++) {
        const struct product_field *field = &fields->items[i];
        members[i] = (struct dgm_doc_member){
            .name = describe_text(arena, field->name),
            .type = product_type_name(field->type),
            .range = field_range(arena, field),
            .unit = describe_text(arena, field->unit),
            .access = field_access(arena, field, kind == DGM_DOC_PROPERTIES),
            .text = describe_text(arena, field->description),
            .place = describe_place(list->diag, field->where),
        };
    }
    part->members = members;
    part->member_count = fields->count;
    return part;
}

static void describe_service(const struct describing *describing,
                             const struct product_service *service,
                             struct dgm_doc_service *ret)
{
    struct arena *arena = describing->arena;
    const struct diag *diag = describing->diag;
    struct part_list list = {.arena = arena, .diag = diag};
    if (service->properties.count > 0)
        add_fields(&list, DGM_DOC_PROPERTIES, "", NULL, &service->properties)->place =
            describe_place(diag, service->where);
    for (size_t i = 0; i < service->command_count; i++) {
        const struct product_command *command = &service->commands[i];
        add_fields(&list, DGM_DOC_COMMAND, command->name, command->description,
                   &command->paras)
            ->place = describe_place(diag, command->where);
        for (size_t k = 0; k < command->response_count; k++)
            add_fields(&list, DGM_DOC_RESPONSE, command->responses[k].name, NULL,
                       &command->responses[k].fields)
                ->place = describe_place(diag, command->responses[k].where);
    }
    for (size_t i = 0; i < service->event_count; i++)
        add_fields(&list, DGM_DOC_EVENT, service->events[i].name,
                   service->events[i].description, &service->events[i].paras)
            ->place = describe_place(diag, service->events[i].where);
    *ret = (struct dgm_doc_service){.name = describe_text(arena, service->name),
                                    .text = describe_text(arena, service->description),
                                    .parts = list.items,
                                    .part_count = list.count,
                                    .place = describe_place(diag, service->where)};
}

static const char *derived_type(const struct item *item)
{
    if (item_is_list(item) || item->is_tuple || item->flags != NULL)
        return "array";
    if (item->labels != NULL)
        return "enum";
    if (item->text != NULL || item->format != NULL || item_is_text(item))
        return "string";
    switch (item->form == ITEM_LITERAL ? EXPR_TYPE_ANY : item_type(item)) {
    case EXPR_TYPE_INTEGER:
        return "int";
    case EXPR_TYPE_BOOL:
        return "boolean";
    case EXPR_TYPE_DECIMAL:
    case EXPR_TYPE_FLOAT:
        return "decimal";
    case EXPR_TYPE_BYTES:
    case EXPR_TYPE_TEXT:
        return "string";
    case EXPR_TYPE_OBJECT:
        return "object";
    default:
        return "";
    }
}

static const char *derived_range(struct arena *arena, const struct item *item)
{
    struct exact low, high;
    if (item->labels != NULL)
        return describe_labels(arena, item, item->labels);
    if (item->flags != NULL)
        return describe_labels(arena, item, item->flags);
    if (item->form == ITEM_LITERAL)
        return describe_text(arena, item->literal);
    bool is_number = item->form == ITEM_INTEGER || item->form == ITEM_VALUE;
    if (!is_number || item->is_bool || item_is_text(item) ||
        !item_bounds(item, &low, &high))
        return "";
    return describe_range(arena, &low, &high);
}

static bool is_known(const struct member_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return true;
    return false;
}

/* Each name once, as the first message has it. */
static void derive_member(void *user, const struct message *message,
                          const struct item *item)
{
    struct member_list *list = user;
    struct arena *arena = list->arena;
    (void)message;
    const char *name = describe_text(arena, item->name);
    const struct node *text =
        item->source != NULL ? node_get(item->source, "description") : NULL;
    if (is_known(list, name) || list->count == DGM_DOC_ITEMS)
        return;
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                             sizeof(*list->items));
    list->items[list->count++] = (struct dgm_doc_member){
        .name = name,
        .type = derived_type(item),
        .range = derived_range(arena, item),
        .unit = describe_text(arena, item->unit),
        .access = "",
        .text = text != NULL ? describe_node(arena, text) : "",
        .place = describe_place(list->diag, item->where),
    };
}

static void describe_derived(const struct describing *describing, struct dgm_doc *doc)
{
    struct arena *arena = describing->arena;
    struct member_list members = {.arena = arena, .diag = describing->diag};
    struct part_list parts = {.arena = arena};
    struct dgm_doc_service *service = arena_alloc(arena, sizeof(*service));
    derived_each(describing->source, derive_member, &members);
    if (members.count == 0)
        return;
    struct dgm_doc_part *part = add_part(&parts, DGM_DOC_PROPERTIES, NULL, NULL);
    part->members = members.items;
    part->member_count = members.count;
    *service = (struct dgm_doc_service){.name = PRODUCT_DERIVED_SERVICE,
                                        .text = "",
                                        .is_derived = true,
                                        .parts = parts.items,
                                        .part_count = parts.count};
    doc->services = service;
    doc->service_count = 1;
}

void describe_services(const struct describing *describing, struct dgm_doc *doc)
{
    const struct product *product = describing->source->product;
    if (!product->has_services) {
        describe_derived(describing, doc);
        return;
    }
    struct dgm_doc_service *services =
        arena_array(describing->arena, product->service_count + 1, sizeof(*services));
    for (size_t i = 0; i < product->service_count; i++)
        describe_service(describing, &product->services[i], &services[i]);
    doc->services = services;
    doc->service_count = product->service_count;
}
