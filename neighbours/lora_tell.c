/* SPDX-License-Identifier: MIT */
/* What the importer of LoRa payload schemas has to say, with the place in the schema. */
#include "lora_parts.h"

#include <string.h>

static void tell(struct lora *lora, enum dgm_severity severity, const struct node *node,
                 const char *text)
{
    struct location where = node->where;
    notes_tell(lora->notes, severity, lora->diag.files[where.file].name, where.line,
               where.column, "%s", text);
}

/* Each round says the same in the same order: what comes next is looked at first. */
static bool is_told(struct lora *lora, const struct node *node, const char *text)
{
    for (size_t i = 0; i < lora->told_count; i++) {
        size_t at = (lora->told_next + i) % lora->told_count;
        const struct lora_told *told = &lora->told[at];
        if (told->node == node && strcmp(told->text, text) == 0) {
            lora->told_next = at + 1;
            return true;
        }
    }
    lora->told = arena_grow(lora->arena, lora->told, lora->told_count,
                            &lora->told_capacity, sizeof(*lora->told));
    lora->told[lora->told_count++] = (struct lora_told){node, text};
    return false;
}

void lora_error(struct lora *lora, const struct node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (lora->notes->errors < DIAG_MAX_ERRORS) {
        tell(lora, DGM_SEVERITY_ERROR, node,
             arena_vformat(lora->arena, format, arguments));
    }
    va_end(arguments);
}

void lora_warn(struct lora *lora, const struct node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_vformat(lora->arena, format, arguments);
    if (!is_told(lora, node, text)) {
        tell(lora, DGM_SEVERITY_WARNING, node, text);
    }
    va_end(arguments);
}

/* Is it one of the words, with a blank between them? */
static bool is_word_of(const char *key, const char *words)
{
    size_t length = strlen(key);
    for (const char *at = words; *at != '\0'; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");
        if (word == length && memcmp(at, key, length) == 0) {
            return true;
        }
        at += word;
    }
    return false;
}

void lora_know_keys(struct lora *lora, const struct node *node, const char *known)
{
    for (size_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        if (!is_word_of(node->keys[i]->text, known)) {
            lora_warn(lora, node->keys[i], "the key '%s' is not known, and left out",
                      node->keys[i]->text);
        }
    }
}

void lora_tell_findings(struct lora *lora)
{
    for (size_t i = 0; i < lora->diag.count; i++) {
        const struct dgm_diagnostic *finding = &lora->diag.items[i];
        notes_tell(lora->notes, finding->severity, finding->file, finding->line,
                   finding->column, "%s", finding->text);
    }
    lora->diag.count = 0;
    lora->diag.errors = 0;
    lora->diag.last = SIZE_MAX;
}
