/* SPDX-License-Identifier: MIT */
/*
 * What the product model has and no message does. The models of a family share the text
 * of their services, so that a property is left alone if one of them fills it; it is the
 * same property where it stands at the same place.
 */
#include "layout.h"

#include <string.h>

static bool is_same_place(struct location left, struct location right)
{
    return left.line == right.line && left.column == right.column &&
           left.file == right.file;
}

static bool has_field(const struct item_list *list, struct location where)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->field != NULL &&
            is_same_place(list->items[i]->field->where, where))
            return true;
    return false;
}

static bool fills(const struct profile_source *source, struct location where)
{
    for (size_t i = 0; i < source->messages.count; i++) {
        const struct message *message = &source->messages.items[i];
        if (has_field(&message->flat, where) || has_field(&message->objects, where))
            return true;
    }
    return false;
}

static bool commands(const struct profile_source *source, struct location where)
{
    for (size_t i = 0; i < source->messages.count; i++) {
        const struct message *message = &source->messages.items[i];
        if (message->kind == DGM_KIND_COMMAND && message->command != NULL &&
            is_same_place(message->command->where, where))
            return true;
    }
    return false;
}

static bool any(bool (*has)(const struct profile_source *source, struct location where),
                struct profile_source *const *sources, size_t count,
                struct location where)
{
    for (size_t i = 0; i < count; i++)
        if (has(sources[i], where))
            return true;
    return false;
}

/* Does the message have a place for the parameter? */
static bool carries(const struct message *message, const struct product_field *field)
{
    for (size_t i = 0; i < message->flat.count; i++) {
        const struct item *item = message->flat.items[i];
        if (item->field == field || (item->name != NULL && item->parent == NULL &&
                                     strcmp(item->name, field->name) == 0))
            return true;
    }
    return false;
}

static void lint_parameters(struct profile_source *source, const struct message *message)
{
    for (size_t k = 0; k < message->command->paras.count; k++) {
        const struct product_field *field = &message->command->paras.items[k];
        if (!field->required || carries(message, field))
            continue;
        diag_report(source->diag, RULE_PARAMETER_NOT_CARRIED, message->where,
                    "the frame has no place for the required parameter '%s'",
                    field->name);
    }
}

/* Where mid stands, if that is the same in every frame; NULL if it is not there. */
static const struct item *find_mid(const struct message *message, uint32_t *ret_at)
{
    uint32_t size;
    *ret_at = 0;
    for (size_t i = 0; i < message->items.count; i++) {
        const struct item *item = message->items.items[i];
        if (item->role == DGM_ROLE_MID)
            return item->form == ITEM_INTEGER ? item : NULL;
        if (item->when != NULL || item->optional || item->has_at ||
            item->repeat.kind != EXTENT_ONCE || !item_own_size(item, &size))
            return NULL;
        *ret_at += size;
    }
    return NULL;
}

static void lint_mid(struct profile_source *source, const struct message *command,
                     const struct message *response)
{
    uint32_t there, here;
    const struct item *sent = find_mid(command, &there);
    const struct item *echoed = find_mid(response, &here);
    if (sent == NULL || echoed == NULL)
        return;
    bool same_place = there == here && sent->width == echoed->width;
    if (same_place && sent->order == echoed->order)
        return;
    diag_report(source->diag, RULE_MID_PLACE, echoed->name_where,
                "mid stands at byte %u here, and at byte %u%s in the command of %s",
                (unsigned)here, (unsigned)there,
                same_place ? " in another byte order" : "",
                diag_line(source->diag, echoed->name_where, sent->name_where));
}

static void lint_commands(struct profile_source *source)
{
    struct message *messages = source->messages.items;
    for (size_t i = 0; i < source->messages.count; i++) {
        if (messages[i].kind != DGM_KIND_COMMAND || messages[i].command == NULL)
            continue;
        lint_parameters(source, &messages[i]);
        for (size_t k = 0; k < source->messages.count; k++)
            if (messages[k].kind == DGM_KIND_RESPONSE &&
                messages[k].command == messages[i].command)
                lint_mid(source, &messages[i], &messages[k]);
    }
}

/* A report that always says that more follows. */
static void lint_has_more(struct profile_source *source)
{
    for (size_t i = 0; i < source->messages.count; i++) {
        const struct item_list *flat = &source->messages.items[i].flat;
        for (size_t k = 0; k < flat->count; k++) {
            const struct item *item = flat->items[k];
            bool is_one =
                (item->has_const && item->constants == NULL && item->constant == 1) ||
                (item->form == ITEM_VALUE && item->value != NULL &&
                 item->value->kind == EXPR_NUMBER &&
                 exact_compare(item->value->number, exact_from_int(1)) == 0);
            if (item->role == DGM_ROLE_HAS_MORE && is_one)
                diag_report(source->diag, RULE_HAS_MORE_FIXED, item->name_where,
                            "the platform would hold back commands after every such "
                            "report");
        }
    }
}

static void lint_service(struct profile_source *const *sources, size_t count,
                         const struct product_service *service)
{
    struct diag *diag = sources[0]->diag;
    for (size_t k = 0; k < service->command_count; k++) {
        const struct product_command *command = &service->commands[k];
        if (!any(commands, sources, count, command->where))
            diag_report(diag, RULE_COMMAND_WITHOUT_MESSAGE, command->where,
                        "no message carries the command '%s'", command->name);
    }
    for (size_t k = 0; k < service->properties.count; k++) {
        const struct product_field *field = &service->properties.items[k];
        if (!any(fills, sources, count, field->where))
            diag_report(diag, RULE_PROPERTY_UNUSED, field->where,
                        "no message fills the property '%s'", field->name);
    }
}

/* A service of several models is reported once: a second finding of the same place is
 * dropped. */
void layout_lint_product(struct profile_source *const *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct product *product = sources[i]->product;
        lint_commands(sources[i]);
        lint_has_more(sources[i]);
        for (size_t k = 0; k < product->service_count && sources[i]->messages.count > 0;
             k++)
            lint_service(sources, count, &product->services[k]);
    }
}
