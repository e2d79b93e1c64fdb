/* SPDX-License-Identifier: MIT */
/* What the profile says of messages and fields, as comments. */
#include "js_work.h"

#include <string.h>

struct said {
    const char *unit, *text; /* "": nothing */
};

static const struct dgm_doc_message *message_at_work(const struct js *js)
{
    const char *name = js->pool + js->message->name;
    for (size_t i = 0; js->doc != NULL && i < js->doc->message_count; i++)
        if (strcmp(js->doc->messages[i].name, name) == 0)
            return &js->doc->messages[i];
    return NULL;
}

static void add_fact(struct said *said, const struct dgm_doc_fact *fact)
{
    if (*said->unit == '\0' && strcmp(fact->name, "unit") == 0)
        said->unit = fact->text;
    if (*said->text == '\0' && strcmp(fact->name, "description") == 0)
        said->text = fact->text;
}

/* By the layout, of items of that name. */
static void ask_layout(const struct js *js, const char *name, struct said *said)
{
    const struct dgm_doc_message *message = message_at_work(js);
    for (size_t i = 0; message != NULL && i < message->item_count; i++) {
        const struct dgm_doc_item *item = &message->items[i];
        for (size_t k = 0; strcmp(item->name, name) == 0 && k < item->facts.count; k++)
            add_fact(said, &item->facts.items[k]);
    }
}

/* The member of the part that a path as "Meter.flow" names. */
static const struct dgm_doc_member *member_of(const struct dgm_doc_service *service,
                                              const struct dgm_doc_part *part,
                                              const char *path)
{
    const char *around = part->kind == DGM_DOC_PROPERTIES ? service->name : part->name;
    size_t length = strlen(around);
    if (strncmp(path, around, length) != 0 || path[length] != '.')
        return NULL;
    for (size_t i = 0; i < part->member_count; i++)
        if (strcmp(part->members[i].name, path + length + 1) == 0)
            return &part->members[i];
    return NULL;
}

/* By the product model. */
static void ask_model(const struct js *js, const char *path, struct said *said)
{
    for (size_t i = 0; js->doc != NULL && i < js->doc->service_count; i++) {
        const struct dgm_doc_service *service = &js->doc->services[i];
        for (size_t k = 0; k < service->part_count; k++) {
            const struct dgm_doc_member *member =
                member_of(service, &service->parts[k], path);
            if (member == NULL)
                continue;
            said->unit = *said->unit == '\0' ? member->unit : said->unit;
            said->text = *said->text == '\0' ? member->text : said->text;
        }
    }
}

void js_say_message(struct js *js)
{
    const struct dgm_doc_message *message = message_at_work(js);
    bool has_text = message != NULL && *message->text != '\0';
    js_line(js, "/* Message '%s'%s%s. */", js_comment(js, js->pool + js->message->name),
            has_text ? ": " : "", has_text ? js_comment(js, message->text) : "");
}

void js_say_field(struct js *js, const struct dgm_row *row)
{
    const char *path = js_path(js, row), *dot = strrchr(path, '.');
    const char *name = dot != NULL ? dot + 1 : path;
    struct said said = {"", ""};
    if (row->member == DGM_NONE)
        return;
    ask_layout(js, name, &said);
    ask_model(js, path, &said);
    if (*said.unit == '\0' && *said.text == '\0')
        return;
    js_line(js, "/* %s%s%s%s%s */", js_comment(js, name),
            *said.unit != '\0' ? " in " : "", js_comment(js, said.unit),
            *said.text != '\0' ? ": " : "", js_comment(js, said.text));
}
