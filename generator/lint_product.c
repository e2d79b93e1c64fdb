/* SPDX-License-Identifier: MIT */
/*
 * What the product model has and no message does. The models of a family share the text
 * of their services, so that a property is left alone if one of them fills it; it is the
 * same property where it stands at the same place.
 */
#include "layout.h"

static bool is_same_place(struct location left, struct location right)
{
    return left.line == right.line && left.column == right.column &&
           left.file == right.file;
}

static bool fills(const struct profile_source *source, struct location where)
{
    for (size_t i = 0; i < source->messages.count; i++) {
        const struct item_list *flat = &source->messages.items[i].flat;
        for (size_t k = 0; k < flat->count; k++)
            if (flat->items[k]->field != NULL &&
                is_same_place(flat->items[k]->field->where, where))
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
        for (size_t k = 0; k < product->service_count && sources[i]->messages.count > 0;
             k++)
            lint_service(sources, count, &product->services[k]);
    }
}
