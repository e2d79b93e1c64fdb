/* SPDX-License-Identifier: MIT */
/* What mends a finding, as changes of the text: only where one thing can have been meant,
 * and where the text says what was found. */
#include "diag.h"

#include <string.h>

#include "utf8.h"

/* The text of a place, one line at most; NULL if the line is shorter. */
static const char *text_at(const struct diag *diag, struct location where,
                           size_t *ret_length)
{
    const struct diag_file *file = &diag->files[where.file];
    size_t left;
    if (where.line == 0 || file->text == NULL)
        return NULL;
    const char *at = diag_find_line(file, where.line, &left), *start = NULL;
    for (unsigned i = 1; i < where.column + where.width; i++) {
        uint32_t character;
        size_t size = left > 0 ? utf8_decode(at, left, &character) : 0;
        if (size == 0)
            return NULL;
        start = i == where.column ? at : start;
        at += size;
        left -= size;
    }
    *ret_length = start != NULL ? (size_t)(at - start) : 0;
    return start;
}

static void add_edit(struct diag *diag, struct location where, const char *instead)
{
    struct dgm_diagnostic *item = &diag->items[diag->last];
    struct dgm_edit *edits =
        arena_array(diag->arena, item->edit_count + 1, sizeof(*edits));
    if (item->edit_count > 0)
        memcpy(edits, item->edits, item->edit_count * sizeof(*edits));
    edits[item->edit_count++] =
        (struct dgm_edit){where.line, where.column, where.width,
                          arena_copy(diag->arena, instead, strlen(instead))};
    item->edits = edits;
}

/* Does the finding reported last have that file, and the word that place? `ret_quotes`
 * are the quotes around it. */
static bool is_there(const struct diag *diag, struct location where, const char *word,
                     size_t *ret_quotes)
{
    size_t length, size = strlen(word);
    if (diag->last == SIZE_MAX ||
        diag->items[diag->last].file != diag->files[where.file].name)
        return false;
    const char *text = text_at(diag, where, &length);
    if (text == NULL)
        return false;
    *ret_quotes = length == size + 2 && (text[0] == '"' || text[0] == '\'') ? 1 : 0;
    return length == size + 2 * *ret_quotes &&
           memcmp(text + *ret_quotes, word, size) == 0;
}

/* Names of a profile can hold anything: only such as need no thought go in. */
static bool is_harmless(const char *text)
{
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < 0x80 &&
             strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./ ",
                    *text) == NULL))
            return false;
    return true;
}

void diag_fix(struct diag *diag, struct location where, const char *word,
              const char *instead)
{
    size_t quotes;
    if (!is_there(diag, where, word, &quotes) || !is_harmless(instead))
        return;
    where.column += (unsigned)quotes;
    where.width -= 2 * (unsigned)quotes;
    add_edit(diag, where, instead);
}

void diag_fix_scalar(struct diag *diag, struct location where, const char *word,
                     const char *instead)
{
    size_t quotes;
    if (is_there(diag, where, word, &quotes))
        add_edit(diag, where, instead);
}

static bool is_even(const char *text, size_t length)
{
    int depth = 0;
    for (size_t i = 0; i < length && depth >= 0; i++) {
        if (strchr("'\"#{}[]", text[i]) != NULL)
            return false;
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    }
    return depth == 0;
}

void diag_fix_quotes(struct diag *diag, struct location from, struct location to)
{
    struct location whole = from;
    size_t length;
    if (diag->last == SIZE_MAX || from.file != to.file || from.line != to.line)
        return;
    whole.width = to.column + to.width - from.column;
    const char *text = text_at(diag, whole, &length);
    if (text == NULL || !is_even(text, length))
        return;
    from.width = 0;
    add_edit(diag, from, "'");
    from.column = to.column + to.width;
    add_edit(diag, from, "'");
}

void diag_fix_nearest(struct diag *diag, struct location where, const char *word,
                      const char *const *candidates, size_t count)
{
    const char *instead =
        diag->last == SIZE_MAX ? NULL : diag_surely_nearest(word, candidates, count);
    if (instead != NULL)
        diag_fix(diag, where, word, instead);
}
