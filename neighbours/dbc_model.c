/* SPDX-License-Identifier: MIT */
#include "dbc_model.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool dbc_grow(void *items, size_t *room, size_t count, size_t size)
{
    void *old = NULL;
    if (count < *room) {
        return true;
    }
    size_t more = *room == 0 ? 64 : *room * 2;
    if (more > SIZE_MAX / 2 / size) {
        return false;
    }
    memcpy(&old, items, sizeof(old));
    void *grown = realloc(old, more * size);
    if (grown == NULL) {
        return false;
    }
    memcpy(items, &grown, sizeof(grown));
    *room = more;
    return true;
}

void dbc_close(struct dbc *dbc)
{
    free(dbc->messages);
    free(dbc->signals);
    free(dbc->labels);
    free(dbc->spans);
    free(dbc->by_id);
    free(dbc->by_name);
}

uint32_t dbc_identifier(uint64_t written)
{
    return (uint32_t)written | (written > DBC_STANDARD_MAX ? DBC_EXTENDED : 0);
}

static int compare_places(struct dbc_place left, struct dbc_place right)
{
    int lines = (left.line > right.line) - (left.line < right.line);
    int columns = (left.column > right.column) - (left.column < right.column);
    return lines != 0 ? lines : columns;
}

static int compare_messages(const void *left, const void *right)
{
    const struct dbc_message *a = *(struct dbc_message *const *)left;
    const struct dbc_message *b = *(struct dbc_message *const *)right;
    int ids = (a->id > b->id) - (a->id < b->id);
    return ids != 0 ? ids : compare_places(a->place, b->place);
}

static int compare_names(const struct dbc_signal *a, uint32_t id, struct dbc_text name)
{
    int ids = (a->id > id) - (a->id < id);
    return ids != 0 ? ids : dbc_text_compare(a->name, name);
}

static int compare_signals(const void *left, const void *right)
{
    const struct dbc_signal *a = *(struct dbc_signal *const *)left;
    const struct dbc_signal *b = *(struct dbc_signal *const *)right;
    int names = compare_names(a, b->id, b->name);
    return names != 0 ? names : compare_places(a->place, b->place);
}

bool dbc_index(struct dbc *dbc)
{
    dbc->by_id = calloc(dbc->message_count + 1, sizeof(struct dbc_message *));
    dbc->by_name = calloc(dbc->signal_count + 1, sizeof(struct dbc_signal *));
    if (dbc->by_id == NULL || dbc->by_name == NULL) {
        return false;
    }
    for (size_t i = 0; i < dbc->message_count; i++) {
        dbc->by_id[i] = &dbc->messages[i];
    }
    for (size_t i = 0; i < dbc->signal_count; i++) {
        dbc->by_name[i] = &dbc->signals[i];
    }
    qsort(dbc->by_id, dbc->message_count, sizeof(struct dbc_message *), compare_messages);
    qsort(dbc->by_name, dbc->signal_count, sizeof(struct dbc_signal *), compare_signals);
    return true;
}

struct dbc_message *dbc_message(const struct dbc *dbc, uint32_t id)
{
    size_t low = 0, high = dbc->message_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dbc->by_id[middle]->id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < dbc->message_count && dbc->by_id[low]->id == id ? dbc->by_id[low] : NULL;
}

struct dbc_signal *dbc_signal(const struct dbc *dbc, uint32_t id, struct dbc_text name)
{
    size_t low = 0, high = dbc->signal_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(dbc->by_name[middle], id, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found =
        low < dbc->signal_count && compare_names(dbc->by_name[low], id, name) == 0;
    return found ? dbc->by_name[low] : NULL;
}

void dbc_tell(const struct dbc *dbc, enum dgm_severity severity,
              const struct dbc_place *place, const char *format, ...)
{
    char text[NOTES_TEXT];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    notes_tell(dbc->notes, severity, dbc->source->name, place->line, place->column, "%s",
               text);
}

void dbc_warn_signal(const struct dbc *dbc, const struct dbc_signal *signal,
                     const char *text)
{
    dbc_tell(dbc, DGM_SEVERITY_WARNING, &signal->place, "'%.*s': %s",
             DBC_SHOWN(signal->name), text);
}

void dbc_warn_message(const struct dbc *dbc, const struct dbc_message *message,
                      const char *text)
{
    dbc_tell(dbc, DGM_SEVERITY_WARNING, &message->place, "'%.*s': %s",
             DBC_SHOWN(message->name), text);
}
