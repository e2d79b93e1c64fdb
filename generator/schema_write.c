/* SPDX-License-Identifier: MIT */
/* The text of schemas: members with their alternatives, and objects of them. */
#include "schema.h"

#include "scalar.h"

#include <string.h>

const char *schema_quote(const struct schema *schema, const char *text)
{
    return scalar_json_string(schema->arena, text, strlen(text));
}

struct schema_member *schema_member(const struct schema *schema,
                                    struct schema_object *object, const char *name,
                                    bool is_pattern)
{
    for (size_t i = 0; i < object->count; i++)
        if (object->items[i].is_pattern == is_pattern &&
            strcmp(object->items[i].name, name) == 0)
            return &object->items[i];
    object->items = arena_grow(schema->arena, object->items, object->count,
                               &object->capacity, sizeof(*object->items));
    struct schema_member *member = &object->items[object->count++];
    *member = (struct schema_member){.name = name, .is_pattern = is_pattern};
    return member;
}

void schema_add(const struct schema *schema, struct schema_values *values,
                const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_vformat(schema->arena, format, arguments);
    va_end(arguments);
    for (size_t i = 0; i < values->count; i++)
        if (strcmp(values->items[i], text) == 0)
            return;
    values->items = arena_grow(schema->arena, (void *)values->items, values->count,
                               &values->capacity, sizeof(*values->items));
    values->items[values->count++] = text;
}

const char *schema_of_values(const struct schema *schema,
                             const struct schema_values *values, const char *about)
{
    struct out out;
    out_init(&out, schema->arena);
    out_text(&out, "{");
    if (about != NULL)
        out_format(&out, "\"description\":%s%s", schema_quote(schema, about),
                   values->count > 0 ? "," : "");
    if (values->count == 1)
        out_text(&out, values->items[0]);
    for (size_t i = 0; i < values->count && values->count > 1; i++) {
        out_text(&out, i == 0 ? "\"anyOf\":[{" : "},{");
        out_text(&out, values->items[i]);
    }
    out_text(&out, values->count > 1 ? "}]}" : "}");
    return out.text;
}

static void put_properties(const struct schema *schema, struct out *out,
                           const struct schema_object *object, bool patterns)
{
    bool first = true;
    for (size_t i = 0; i < object->count; i++) {
        const struct schema_member *member = &object->items[i];
        if (member->is_pattern != patterns)
            continue;
        out_text(out, !first     ? ","
                      : patterns ? ",\"patternProperties\":{"
                                 : ",\"properties\":{");
        first = false;
        const char *value = schema_of_values(schema, &member->values, member->about);
        out_format(out, "%s:%s", schema_quote(schema, member->name), value);
    }
    if (!first)
        out_text(out, "}");
}

const char *schema_of_object(const struct schema *schema,
                             const struct schema_object *object, bool some)
{
    struct out out;
    size_t required = 0;
    out_init(&out, schema->arena);
    out_text(&out, "\"type\":\"object\"");
    put_properties(schema, &out, object, false);
    put_properties(schema, &out, object, true);
    for (size_t i = 0; i < object->count; i++)
        if (object->items[i].required)
            out_format(&out, "%s%s", required++ == 0 ? ",\"required\":[" : ",",
                       schema_quote(schema, object->items[i].name));
    if (required > 0)
        out_text(&out, "]");
    else if (some)
        out_text(&out, ",\"minProperties\":1");
    out_text(&out, ",\"additionalProperties\":false");
    return out.text;
}
