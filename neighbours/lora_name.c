/* SPDX-License-Identifier: MIT */
/* Names of fields: in the output, in expressions, and of those that are not reported. */
#include "lora_parts.h"

#include <string.h>

/* Words that mean something in expressions. */
static bool is_reserved(const char *name)
{
    static const char *const words[] = {"if",    "else",  "or",      "and",  "not",
                                        "in",    "true",  "false",   "null", "index",
                                        "frame", "group", "request", "case", NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        if (strcmp(name, *word) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_name_byte(char byte, bool first)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           (!first && byte >= '0' && byte <= '9');
}

/* What hidden names are made for, and how a reader of the schema calls it. */
static const struct {
    const char *what, *called;
} hidden[] = {{"raw", "its raw value"},
              {"part", "one of its parts"},
              {"bits", "its bits"},
              {"tag", "the tag"},
              {"length", "the length"},
              {"case", "the value that decides"},
              {"unnamed", "a field without a name"}};

/* "_part_3" as "one of its parts"; NULL if no hidden name begins here. */
static const char *called(const char *at, size_t length)
{
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        size_t word = strlen(hidden[i].what);
        const char *digits = at + word + 2;
        if (length > word + 2 && at[0] == '_' &&
            strncmp(at + 1, hidden[i].what, word) == 0 && digits[-1] == '_' &&
            strspn(digits, "0123456789") == length - word - 2) {
            return hidden[i].called;
        }
    }
    return NULL;
}

/* A name of the schema's that looks like one of ours, as it is or as it comes out here.
 */
static bool is_like_hidden(const char *name)
{
    while (strncmp(name, "_v_", 3) == 0) {
        name += 2;
    }
    return called(name, strlen(name)) != NULL;
}

const char *lora_reference(struct lora *lora, const char *name)
{
    name += name[0] == '$';
    bool fine = name[0] != '\0' && is_name_byte(name[0], true) && !is_reserved(name);
    for (size_t i = 0; fine && name[i] != '\0'; i++) {
        fine = is_name_byte(name[i], false);
    }
    if (fine) {
        return is_like_hidden(name) ? arena_format(lora->arena, "_v%s", name) : name;
    }
    char *copy = arena_format(lora->arena, "v_%s", name);
    for (size_t i = 0; copy[i] != '\0'; i++) {
        copy[i] = is_name_byte(copy[i], false) ? copy[i] : '_';
    }
    return copy;
}

static const char *text_of(const struct node *field, const char *key)
{
    const struct node *node = node_get(field, key);
    return node != NULL && node->kind == NODE_SCALAR && node->length > 0 ? node->text
                                                                         : NULL;
}

/* What the uses around make of a name. */
static const char *scoped(struct lora *lora, const char *name)
{
    for (const struct lora_scope *scope = lora->scope; scope != NULL;
         scope = scope->outer) {
        const char *other = text_of(scope->rename, name);
        if (other != NULL) {
            name = other;
        } else if (scope->prefix != NULL) {
            name = arena_format(lora->arena, "%s%s", scope->prefix, name);
        }
    }
    return name;
}

const char *lora_literal_text(struct lora *lora, const char *text)
{
    struct out out;
    out_init(&out, lora->arena);
    out_text(&out, "");
    for (; *text != '\0'; text++) {
        out_bytes(&out, text, 1);
        if (*text == '{' || *text == '}') {
            out_bytes(&out, text, 1);
        }
    }
    return out.text;
}

const char *lora_own_name(const struct node *field)
{
    return text_of(field, "name");
}

const char *lora_name(struct lora *lora, const struct node *field)
{
    const char *name = lora_own_name(field);
    if (name == NULL || name[0] == '_') {
        return name;
    }
    return lora_literal_text(lora, scoped(lora, name));
}

const char *lora_hidden_name(struct lora *lora, const char *what)
{
    return arena_format(lora->arena, "_%s_%zu", what, ++lora->hidden);
}

const char *lora_without_hidden(struct lora *lora, const char *text)
{
    struct out out;
    out_init(&out, lora->arena);
    out_text(&out, "");
    while (*text != '\0') {
        size_t length = *text == '\'' ? strcspn(text + 1, "'") : 0;
        const char *words = length > 0 ? called(text + 1, length) : NULL;
        if (words != NULL && text[length + 1] == '\'') {
            out_text(&out, words);
            text += length + 2;
        } else {
            out_bytes(&out, text, 1);
            text++;
        }
    }
    return out.text;
}

/* "channel_${idx}" as "channel_{idx}". */
static const char *template_of(struct lora *lora, const struct node *from)
{
    struct out out;
    out_init(&out, lora->arena);
    const char *text = from->kind == NODE_SCALAR ? from->text : "";
    for (const char *end; *text != '\0';) {
        if (strncmp(text, "${", 2) == 0 && (end = strchr(text, '}')) != NULL) {
            char *name = arena_copy(lora->arena, text + 2, (size_t)(end - text) - 2);
            out_format(&out, "{%s}", lora_reference(lora, name));
            text = end + 1;
        } else {
            size_t length = strncmp(text, "${", 2) == 0 ? 2 : 1 + strcspn(text + 1, "$");
            out_text(&out,
                     lora_literal_text(lora, arena_copy(lora->arena, text, length)));
            text += length;
        }
    }
    return out.text != NULL ? out.text : "_";
}

bool lora_put_name(struct lora *lora, const struct node *field)
{
    const struct node *from = node_get(field, "name_from");
    const char *name = lora_name(lora, field), *own = lora_own_name(field);
    const char *variable = text_of(field, "var");
    if (from != NULL) {
        lora_text(lora, "name", template_of(lora, from));
        return true;
    }
    if (name == NULL || name[0] == '_') {
        lora_word(lora, "local",
                  name == NULL ? lora_hidden_name(lora, "unnamed")
                               : lora_reference(lora, name));
        return false;
    }
    lora_text(lora, "name", name);
    const char *label = lora_reference(lora, variable != NULL ? variable : own);
    if (strcmp(label, name) != 0) {
        lora_word(lora, "label", label);
    }
    return true;
}

void lora_put_notes(struct lora *lora, const struct node *field)
{
    const char *unit = text_of(field, "unit"), *text = text_of(field, "description");
    if (unit != NULL) {
        lora_text(lora, "unit", unit);
    }
    if (text != NULL) {
        lora_text(lora, "description", text);
    }
}

bool lora_has_name(const struct lora_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->items[i], name) == 0) {
            return true;
        }
    }
    return false;
}

bool lora_add_name(struct lora *lora, struct lora_names *names, const char *name)
{
    if (lora_has_name(names, name)) {
        return false;
    }
    names->items = arena_grow(lora->arena, names->items, names->count, &names->capacity,
                              sizeof(char *));
    names->items[names->count++] = name;
    return true;
}

bool lora_is_unused(struct lora *lora, const struct node *field)
{
    const char *name = lora_own_name(field);
    return node_get(field, "name_from") == NULL &&
           (name == NULL ||
            (name[0] == '_' && lora_has_name(&lora->unused, lora_reference(lora, name))));
}

void lora_put_default(struct lora *lora, const struct node *field, const char *reference)
{
    const struct node *value = node_get(field, "value");
    const char *json = value != NULL ? scalar_json(&lora->diag, value) : NULL;
    if (json != NULL) {
        lora_word(lora, "default", json);
    } else if (lora_has_name(&lora->masks, reference)) {
        lora_word(lora, "encode", "presence");
    } else if (lora_has_name(&lora->untold, reference)) {
        lora_word(lora, "default", "0");
    }
}
