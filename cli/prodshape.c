/* SPDX-License-Identifier: MIT */
/* Objects of a product model in a form, by its tables. */
#include "prodshape.h"
#include "letters.h"

#include <string.h>

static cJSON *make_empty(enum part_empty empty)
{
    switch (empty) {
    case EMPTY_NULL:
        return cJSON_CreateNull();
    case EMPTY_FALSE:
        return cJSON_CreateFalse();
    case EMPTY_ZERO:
        return jsontree_new_number("0");
    case EMPTY_TEXT:
        return cJSON_CreateString("");
    case EMPTY_LIST:
        return cJSON_CreateArray();
    case EMPTY_NONE:
        break;
    }
    return NULL;
}

static void check_length(struct prodread *reader, const struct prodat *at,
                         const struct part *part, const cJSON *item)
{
    const char *text = jsontree_text(item), *digits = jsontree_number(item);
    text = text != NULL ? text : digits;
    if (part->most > 0 && text != NULL &&
        letters_count(text, strlen(text)) > part->most) {
        prodread_tell(reader, at, "the platform takes at most %u characters here",
                      part->most);
    }
}

/* Elements are known by their names. */
static cJSON *write_list(struct prodread *reader, const struct prodat *at,
                         const struct prodform *form, const struct part *part,
                         const cJSON *from)
{
    static const char *const names[] = {
        [PROD_SERVICE] = "service_id",     [PROD_PROPERTY] = "property_name",
        [PROD_PARAMETER] = "para_name",    [PROD_COMMAND] = "command_name",
        [PROD_RESPONSE] = "response_name", [PROD_EVENT] = "event_type"};
    cJSON *list = cJSON_CreateArray();
    for (const cJSON *item = from->child; item != NULL && list != NULL;
         item = item->next) {
        const char *name = prodread_text(item, names[part->items]);
        struct prodat inner = {at, name, 0};
        prodread_add(reader, list, NULL,
                     prodshape_write(reader, &inner, form, part->items, item));
    }
    return list;
}

static cJSON *write_part(struct prodread *reader, const struct prodat *at,
                         const struct prodform *form, const struct part *part,
                         const cJSON *item)
{
    switch (part->kind) {
    case PART_LIST:
        return write_list(reader, at, form, part, item);
    case PART_DIGITS:
        return cJSON_CreateString(jsontree_number(item));
    case PART_GONE:
        if (item->child != NULL) {
            prodread_tell(reader, at, "lost: this form has no place for it");
        }
        return make_empty(part->empty);
    default:
        return cJSON_Duplicate(item, true);
    }
}

static const struct part *find_part(const struct shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (strcmp(shape->parts[i].name, name) == 0) {
            return &shape->parts[i];
        }
    }
    return NULL;
}

static void tell_lost(struct prodread *reader, const struct prodat *at,
                      const struct shape *shape, const cJSON *from)
{
    for (const cJSON *item = from->child; item != NULL; item = item->next) {
        struct prodat inner = {at, item->string, 0};
        if (find_part(shape, item->string) == NULL) {
            prodread_tell(reader, &inner, "lost: this form has no place for it");
        }
    }
}

cJSON *prodshape_write(struct prodread *reader, const struct prodat *at,
                       const struct prodform *form, enum prod_place place,
                       const cJSON *from)
{
    const struct shape *shape = &form->shapes[place];
    cJSON *to = cJSON_CreateObject();
    for (size_t i = 0; i < shape->count && to != NULL; i++) {
        const struct part *part = &shape->parts[i];
        bool services = strcmp(part->name, "service_capabilities") == 0;
        struct prodat inner = {at, services ? "services" : part->name, 0};
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(from, part->name);
        if (part->kind == PART_ELSEWHERE) {
            continue;
        }
        if (item != NULL) {
            check_length(reader, &inner, part, item);
            prodread_add(reader, to, part->as,
                         write_part(reader, &inner, form, part, item));
        } else if (part->empty != EMPTY_NONE) {
            prodread_add(reader, to, part->as, make_empty(part->empty));
        }
    }
    tell_lost(reader, at, shape, from);
    return to;
}
