/* SPDX-License-Identifier: MIT */
/* Schemas as documents: of one message, or of all that a product has. */
#include "schema.h"

#include <string.h>

static const char draft[] = "http://json-schema.org/draft-07/schema#";

bool schema_has_json(const struct message *message, uint8_t shape)
{
    if (message->refusal != NULL)
        return false;
    return shape != DGM_SHAPE_OCEANCONNECT || message->kind <= DGM_KIND_REPLY;
}

static const char *message_schema(struct arena *arena,
                                  const struct profile_source *source,
                                  const struct message *message, uint8_t shape)
{
    bool is_down = message_is_down(message) && !message_is_up(message);
    const struct schema schema = {
        .arena = arena,
        .source = source,
        .message = message,
        .shape = shape,
        .is_input = is_down || !message_decodes(message),
        .certain = arena_array(arena, message->flat.count + 1, 1),
    };
    return schema_of_message(&schema);
}

static const char *model_of(const struct profile_source *source)
{
    const struct product *product = source->product;
    return product->model != NULL        ? product->model
           : product->product_id != NULL ? product->product_id
                                         : "";
}

static const char *quote(struct arena *arena, const char *text)
{
    const struct schema schema = {.arena = arena};
    return schema_quote(&schema, text);
}

static void put_title(struct arena *arena, struct out *out, const char *title,
                      const char *about)
{
    out_format(out, "\"title\":%s", quote(arena, title));
    if (about != NULL)
        out_format(out, ",\"description\":%s", quote(arena, about));
}

/* A name as a part of a pointer in an address. */
static const char *pointer_part(struct arena *arena, const char *name)
{
    struct out out;
    out_init(&out, arena);
    for (const char *at = name; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                         (byte >= '0' && byte <= '9') || strchr("-._", byte) != NULL;
        if (is_letter)
            out_bytes(&out, at, 1);
        else if (byte == '~')
            out_text(&out, "~0");
        else if (byte == '/')
            out_text(&out, "~1");
        else
            out_format(&out, "%%%02X", byte);
    }
    return out.text;
}

static const char *all_messages(struct arena *arena, const struct profile_source *source,
                                uint8_t shape)
{
    struct out out, choices;
    size_t count = 0;
    out_init(&out, arena);
    out_init(&choices, arena);
    out_format(&out, "{\"$schema\":\"%s\",", draft);
    put_title(arena, &out, model_of(source), source->product->description);
    out_text(&out, ",\"definitions\":{");
    for (size_t i = 0; i < source->messages.count; i++) {
        const struct message *message = &source->messages.items[i];
        if (!schema_has_json(message, shape))
            continue;
        out_format(&out, "%s%s:{", count == 0 ? "" : ",", quote(arena, message->name));
        put_title(arena, &out, message->name, message->description);
        out_format(&out, ",%s}", message_schema(arena, source, message, shape));
        out_format(&choices, "%s{\"$ref\":\"#/definitions/%s\"}", count == 0 ? "" : ",",
                   pointer_part(arena, message->name));
        count++;
    }
    out_format(&out, "},\"anyOf\":[%s]}", choices.text);
    return count > 0 ? out.text : NULL;
}

const char *schema_document(struct arena *arena, const struct profile_source *source,
                            const struct message *message, uint8_t shape)
{
    struct out out;
    if (message == NULL)
        return all_messages(arena, source, shape);
    if (!schema_has_json(message, shape))
        return NULL;
    out_init(&out, arena);
    out_format(&out, "{\"$schema\":\"%s\",", draft);
    put_title(arena, &out, arena_format(arena, "%s, %s", model_of(source), message->name),
              message->description);
    out_format(&out, ",%s}", message_schema(arena, source, message, shape));
    return out.text;
}
