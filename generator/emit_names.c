/* SPDX-License-Identifier: MIT */
/* Identifiers and words for what is generated: unique, legal, and the same each time. */
#include "emit_names.h"

#include <string.h>

static char identifier_character(char character, bool upper)
{
    if (character >= 'a' && character <= 'z') {
        return upper ? (char)(character - 'a' + 'A') : character;
    }
    if (character >= 'A' && character <= 'Z') {
        return upper ? character : (char)(character - 'A' + 'a');
    }
    return character >= '0' && character <= '9' ? character : '_';
}

const char *emit_identifier(struct arena *arena, const char *name, bool upper)
{
    bool digit = name[0] >= '0' && name[0] <= '9';
    char *text = arena_format(arena, "%s%s", digit ? "_" : "", name);
    for (size_t i = 0; text[i] != '\0'; i++) {
        text[i] = identifier_character(text[i], upper);
    }
    return text;
}

static const char *message_identifier(struct builder *builder, size_t message)
{
    const char *name = emit_pool_text(builder, builder->messages.items[message].name);
    return emit_identifier(builder->arena, name, /* upper */ true);
}

const char *emit_message_identifier(struct builder *builder, size_t message)
{
    const char *identifier = message_identifier(builder, message);
    unsigned same = 1;
    for (size_t i = 0; i < message; i++) {
        if (strcmp(message_identifier(builder, i), identifier) == 0) {
            same++;
        }
    }
    return same == 1 ? identifier
                     : arena_format(builder->arena, "%s__%u", identifier, same);
}

const char *emit_pool_text(const struct builder *builder, uint32_t offset)
{
    return builder->pool.items + offset;
}
