/* SPDX-License-Identifier: MIT */
/* Layouts of LoRa payload schemas in one text, as Python's struct writes them. */
#include "lora_parts.h"

#include <string.h>

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

static void put_letter(struct lora *lora, const char *type, const char *order,
                       const char *name)
{
    lora->floats = lora->floats || type[0] == 'f';
    lora_open(lora, '{');
    if (name != NULL && name[0] != '\0' && name[0] != '_') {
        lora_text(lora, "name", name);
    } else {
        const char *hidden = lora_hidden_name(lora, "unnamed");
        lora_word(lora, "local", hidden);
        lora_put_default(lora, NULL, hidden);
    }
    lora_word(lora, "type",
              arena_format(lora->arena, "%s%s", type, type[1] == '8' ? "" : order));
    lora_close(lora, '}');
}

/* One letter with its name; false if it is none. */
static bool put_one(struct lora *lora, const char **at, const char *order,
                    const struct node *names, size_t *listed)
{
    static const char letters[] = "bBhHiIqQfd";
    static const char *const types[] = {"i8",  "u8",  "i16", "u16", "i32",
                                        "u32", "i64", "u64", "f32", "f64"};
    unsigned count = 0;
    while (**at >= '0' && **at <= '9' && count < 1024) {
        count = count * 10 + (unsigned)(*(*at)++ - '0');
    }
    const char *letter = **at != '\0' ? strchr(letters, **at) : NULL;
    bool pads = **at == 'x';
    if (letter == NULL && !pads) {
        return false;
    }
    ++*at;
    const char *name = take_name(lora, at);
    if (pads) {
        put_padding(lora, count == 0 ? 1 : count);
        return true;
    }
    put_letter(lora, types[letter - letters], order,
               name != NULL ? name : listed_name(names, listed));
    return count == 0;
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
        if (!put_one(lora, &at, order, names, &listed)) {
            lora_error(lora, text, "'%s' is no letter of a compact layout", at);
            return;
        }
    }
}
