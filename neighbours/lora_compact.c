/* SPDX-License-Identifier: MIT */
/* Layouts of LoRa payload schemas in one text, as Python's struct writes them. */
#include "lora_parts.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 1024 }; /* of one letter */

/* The name behind a letter, or NULL. */
static const char *take_name(struct lora *lora, const char **at)
{
    if (**at != ':') {
        return NULL;
    }
    const char *start = ++*at;
    *at += strcspn(*at, " ,:");
    return arena_copy(lora->arena, start, (size_t)(*at - start));
}

static void put_padding(struct lora *lora, unsigned bytes)
{
    lora_open(lora, '{');
    lora_word(lora, "reserved", arena_format(lora->arena, "bytes(%u)", bytes));
    lora_close(lora, '}');
}

/* The next name of the list, where the text has none. */
static const char *listed_name(const struct node *names, size_t *at)
{
    if (names == NULL || names->kind != NODE_LIST || *at >= names->count ||
        names->items[*at]->kind != NODE_SCALAR) {
        return NULL;
    }
    return names->items[(*at)++]->text;
}

/* What has no name to be reported by is bytes without meaning. */
static void put_letter(struct lora *lora, const char *type, const char *order,
                       const char *name)
{
    unsigned bytes = (unsigned)strtoul(type + 1, NULL, 10) / 8;
    if (name == NULL || name[0] == '\0' || name[0] == '_') {
        put_padding(lora, bytes);
        return;
    }
    lora->floats = lora->floats || type[0] == 'f';
    lora_open(lora, '{');
    lora_text(lora, "name", name);
    lora_word(lora, "type",
              arena_format(lora->arena, "%s%s", type, bytes > 1 ? order : ""));
    lora_close(lora, '}');
}

/* A letter, how often, and its name; false if it is none. Only one can have the name. */
static bool put_some(struct lora *lora, const char **at, const char *order,
                     const struct node *names, size_t *listed)
{
    static const char letters[] = "bBhHiIqQfd";
    static const char *const types[] = {"i8",  "u8",  "i16", "u16", "i32",
                                        "u32", "i64", "u64", "f32", "f64"};
    const char *digits = *at;
    unsigned count = 0;
    while (**at >= '0' && **at <= '9' && count < MOST) {
        count = count * 10 + (unsigned)(*(*at)++ - '0');
    }
    count = *at == digits ? 1 : count;
    const char *letter = **at != '\0' ? strchr(letters, **at) : NULL;
    bool pads = **at == 'x';
    if ((letter == NULL && !pads) || count == 0 || count > MOST) {
        return false;
    }
    ++*at;
    const char *name = take_name(lora, at);
    if (pads) {
        put_padding(lora, count);
        return true;
    }
    for (unsigned i = 0; i < count; i++) {
        put_letter(lora, types[letter - letters], order,
                   name != NULL ? name : listed_name(names, listed));
    }
    return name == NULL || count == 1;
}

void lora_put_compact(struct lora *lora, const struct node *text,
                      const struct node *names)
{
    const char *at = text->text, *order = "";
    size_t listed = 0;
    if (*at == '<' || *at == '>') {
        order = *at++ == '<' ? "le" : "be";
    }
    for (;;) {
        at += strspn(at, " ,");
        if (*at == '\0') {
            return;
        }
        const char *start = at;
        if (!put_some(lora, &at, order, names, &listed)) {
            lora_error(lora, text, "'%s' is no letter of a compact layout", start);
            return;
        }
    }
}
