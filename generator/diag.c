/* SPDX-License-Identifier: MIT */
/*
 * Findings, sorted by place. At most DIAG_MAX_ERRORS errors are kept, and counted on;
 * of warnings and notes so many that no profile is likely to have more.
 */
#include "diag.h"

#include <string.h>

#include "utf8.h"

enum {
    DIAG_MAX_OTHERS = 1000,
    DIAG_TEXT = 400 /* bytes of a finding's text: words of a profile can be long */
};

void diag_init(struct diag *diag, struct arena *arena, const char *file, const char *text,
               size_t text_length)
{
    memset(diag, 0, sizeof(*diag));
    diag->arena = arena;
    diag->last = SIZE_MAX;
    (void)diag_add_file(diag, file, text, text_length);
}

unsigned diag_add_file(struct diag *diag, const char *name, const char *text,
                       size_t length)
{
    diag->files = arena_grow(diag->arena, diag->files, diag->file_count,
                             &diag->file_capacity, sizeof(*diag->files));
    diag->files[diag->file_count] =
        (struct diag_file){arena_copy(diag->arena, name, strlen(name)), text, length};
    return (unsigned)diag->file_count++;
}

const char *diag_line(const struct diag *diag, struct location from,
                      struct location where)
{
    if (from.file == where.file)
        return arena_format(diag->arena, "line %u", where.line);
    return arena_format(diag->arena, "line %u of %s", where.line,
                        diag->files[where.file].name);
}

const char *diag_hidden_name(const struct diag *diag, const char *what,
                             struct location where)
{
    if (where.file == 0)
        return arena_format(diag->arena, "(%s %u:%u)", what, where.line, where.column);
    return arena_format(diag->arena, "(%s %u:%u:%u)", what, where.file, where.line,
                        where.column);
}

/* Where the line that begins at `start` ends, its end not included. */
static size_t line_end(const struct diag_file *file, size_t start)
{
    size_t end = start;
    while (end < file->length && file->text[end] != '\n' && file->text[end] != '\r')
        end++;
    return end;
}

const char *diag_find_line(const struct diag_file *file, unsigned number,
                           size_t *ret_length)
{
    size_t start = 0;

    if (file->length >= 3 && memcmp(file->text, "\xEF\xBB\xBF", 3) == 0)
        start = 3;
    for (unsigned line = 1; line < number; line++) {
        size_t end = line_end(file, start);
        if (end == file->length)
            break;
        bool pair = file->text[end] == '\r' && end + 1 < file->length &&
                    file->text[end + 1] == '\n';
        start = end + (pair ? 2 : 1);
    }
    *ret_length = line_end(file, start) - start;
    return file->text + start;
}

static char *copy_line(const struct diag *diag, struct location where)
{
    const struct diag_file *file = &diag->files[where.file];
    if (where.line == 0 || file->text == NULL)
        return arena_copy(diag->arena, "", 0);

    size_t length;
    const char *line = diag_find_line(file, where.line, &length);
    char *copy = arena_copy(diag->arena, line, length);
    for (size_t i = 0; i < length; i++)
        if (copy[i] == '\0')
            copy[i] = '?';
    return copy;
}

/* Words of the profile stand in texts: nothing that a terminal would obey gets through,
 * and no word makes a text endless. */
static const char *harmless(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    char *safe = arena_alloc(arena, DIAG_TEXT + 8);
    size_t used = 0;

    for (size_t i = 0; i < length;) {
        uint32_t character;
        size_t size = utf8_decode(text + i, length - i, &character);
        if (used + size > DIAG_TEXT) {
            memcpy(safe + used, "...", 3);
            break;
        }
        if (size == 0 || utf8_is_hidden(character))
            safe[used++] = '?';
        else
            for (size_t k = 0; k < size; k++)
                safe[used++] = text[i + k];
        i += size == 0 ? 1 : size;
    }
    return safe;
}

/* How many of that weight are kept: errors, or all others. */
static size_t kept(const struct diag *diag, bool errors)
{
    size_t count = 0;
    for (size_t i = 0; i < diag->count; i++)
        if ((diag->items[i].severity == DGM_SEVERITY_ERROR) == errors)
            count++;
    return count;
}

static bool is_reported(const struct diag *diag, const char *rule, struct location where)
{
    for (size_t i = 0; i < diag->count; i++)
        if (diag->items[i].rule == rule && diag->items[i].line == where.line &&
            diag->items[i].column == where.column &&
            diag->items[i].file == diag->files[where.file].name)
            return true;
    return false;
}

/* The order of the files is that in which they were read. */
static size_t file_of(const struct diag *diag, const struct dgm_diagnostic *item)
{
    size_t index = 0;
    while (diag->files[index].name != item->file)
        index++;
    return index;
}

static bool is_behind(const struct diag *diag, const struct dgm_diagnostic *item,
                      struct location where)
{
    size_t file = file_of(diag, item);
    if (file != where.file)
        return file > where.file;
    return item->line > where.line ||
           (item->line == where.line && item->column > where.column);
}

/* Room for a finding behind all that stand before its place or at it. */
static struct dgm_diagnostic *insert(struct diag *diag, struct location where)
{
    diag->items = arena_grow(diag->arena, diag->items, diag->count, &diag->capacity,
                             sizeof(*diag->items));
    size_t at = diag->count++;
    while (at > 0 && is_behind(diag, &diag->items[at - 1], where)) {
        diag->items[at] = diag->items[at - 1];
        at--;
    }
    return &diag->items[at];
}

void diag_report(struct diag *diag, enum rule rule, struct location where,
                 const char *format, ...)
{
    const struct dgm_rule *known = rule_get(rule);
    bool error = known->severity == DGM_SEVERITY_ERROR;

    diag->last = SIZE_MAX;
    if (is_reported(diag, known->id, where))
        return;
    if (error)
        diag->errors++;
    if (kept(diag, error) >= (error ? DIAG_MAX_ERRORS : DIAG_MAX_OTHERS))
        return;

    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_vformat(diag->arena, format, arguments);
    va_end(arguments);
    if (diag->model != NULL)
        text = arena_format(diag->arena, "%s (model '%s')", text, diag->model);
    text = harmless(diag->arena, text);
    const char *line = copy_line(diag, where);

    struct dgm_diagnostic *item = insert(diag, where);
    *item = (struct dgm_diagnostic){.severity = known->severity,
                                    .file = diag->files[where.file].name,
                                    .line = where.line,
                                    .column = where.column,
                                    .width = where.width == 0 ? 1 : where.width,
                                    .rule = known->id,
                                    .text = text,
                                    .source_line = line};
    diag->last = (size_t)(item - diag->items);
}
