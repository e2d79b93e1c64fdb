/* SPDX-License-Identifier: MIT */
#include "csv.h"
#include "notevalue.h"

#include <stdlib.h>
#include <string.h>

static struct csv_column *add_column(struct csv *csv, const char *path, size_t length,
                                     bool is_top)
{
    if (csv->count == csv->capacity) {
        size_t capacity = csv->capacity > 0 ? csv->capacity * 2 : 32;
        struct csv_column *grown =
            realloc(csv->columns, capacity * sizeof(*csv->columns));
        if (grown == NULL) {
            return NULL;
        }
        csv->columns = grown;
        csv->capacity = capacity;
    }
    struct csv_column *column = &csv->columns[csv->count];
    column->path = malloc(length + 1);
    column->of = calloc(csv->messages + 1, sizeof(*column->of));
    column->is_top = is_top;
    csv->count++;
    if (column->path == NULL || column->of == NULL) {
        return NULL;
    }
    memcpy(column->path, path, length);
    column->path[length] = '\0';
    return column;
}

static void take_path(struct csv *csv, unsigned message, const char *path, size_t length,
                      bool is_top)
{
    struct csv_column *column = NULL;
    for (size_t i = 0; i < csv->count && column == NULL && !csv->failed; i++) {
        struct csv_column *known = &csv->columns[i];
        if (known->is_top == is_top && strlen(known->path) == length &&
            memcmp(known->path, path, length) == 0) {
            column = known;
        }
    }
    if (column == NULL && !csv->failed) {
        column = add_column(csv, path, length, is_top);
    }
    csv->failed = csv->failed || column == NULL;
    if (!csv->failed) {
        column->of[message] = true;
    }
}

/* Does the row print a value of its own? */
static bool is_column(const struct dgm_row *row)
{
    bool is_object = row->op == DGM_OP_GROUP && (row->flags & DGM_ROW_TUPLE) == 0;
    return row->member != DGM_NONE && (row->flags & DGM_ROW_NAMED) != 0 && !is_object;
}

/* A name that is computed is each of those that it can be. */
static void take_family(struct csv *csv, const struct tables *tables, unsigned message,
                        const struct dgm_row *row)
{
    const struct dgm_message *one = &tables->messages[message];
    const struct dgm_member *member = &tables->members[one->first_member + row->member];
    unsigned family = member->family > 0 ? member->family : 1;
    for (unsigned i = 0; i < family; i++) {
        const char *path = dgm_codec_text(tables->codec, member[i].path);
        take_path(csv, message, path, strcspn(path, "["), false);
    }
}

static void take_row(struct csv *csv, const struct tables *tables, unsigned message,
                     const struct dgm_row *row)
{
    static const char *const roles[DGM_ROLE_COUNT] = {
        "", "mid", "errcode", "has_more", "event_time", "identifier"};
    const char *path = dgm_codec_text(tables->codec, row->path);
    /* What stands in an array or record shows with all of it. */
    size_t length = strcspn(path, "[");
    if (row->role != DGM_ROLE_NONE && row->role < DGM_ROLE_COUNT &&
        strchr(path, '[') == NULL) {
        take_path(csv, message, roles[row->role], strlen(roles[row->role]), true);
    }
    if (is_column(row) && row->naming != DGM_NONE) {
        take_family(csv, tables, message, row);
    } else if (is_column(row) && length > 0) {
        take_path(csv, message, path, length, false);
    }
}

bool csv_open(struct csv *csv, const struct dgm_codec *codec, bool down)
{
    struct tables tables;
    tables_open(&tables, codec);
    memset(csv, 0, sizeof(*csv));
    csv->messages = tables.model->messages.count;
    for (unsigned i = 0; i < csv->messages; i++) {
        const struct dgm_row *rows = tables_rows(&tables, (uint16_t)i);
        if (tables_is_down(&tables.messages[i]) != down) {
            continue;
        }
        for (unsigned k = 0; k < tables.messages[i].row_count; k++) {
            take_row(csv, &tables, i, &rows[k]);
        }
    }
    return !csv->failed;
}

void csv_close(struct csv *csv)
{
    for (size_t i = 0; i < csv->count; i++) {
        free(csv->columns[i].path);
        free(csv->columns[i].of);
    }
    free(csv->columns);
    memset(csv, 0, sizeof(*csv));
}

static void put_cell(FILE *file, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        (void)fputs(text, file);
        return;
    }
    (void)fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            (void)fputc('"', file);
        }
        (void)fputc(*text, file);
    }
    (void)fputc('"', file);
}

/* A JSON string without its quotes. Decoding escapes only quotes, backslashes and
 * controls, and of those a cell takes what ends lines; others stay escaped. */
static void unescape(char *text)
{
    char *to = text;
    const char *from = text + 1;
    for (; *from != '\0' && *from != '"'; from++) {
        if (*from != '\\') {
            *to++ = *from;
            continue;
        }
        from++;
        if (*from == 'n') {
            *to++ = '\n';
        } else if (*from == 'r') {
            *to++ = '\r';
        } else if (*from == 't') {
            *to++ = '\t';
        } else if (*from == '"' || *from == '\\' || *from == '/') {
            *to++ = *from;
        } else {
            *to++ = '\\';
            *to++ = *from;
        }
    }
    *to = '\0';
}

static void put_value(FILE *file, char *value)
{
    if (value == NULL || strcmp(value, "null") == 0) {
        return;
    }
    if (value[0] == '"') {
        unescape(value);
    }
    put_cell(file, value);
}

void csv_head(const struct csv *csv, FILE *file)
{
    (void)fputs("message", file);
    for (size_t i = 0; i < csv->count; i++) {
        (void)fputc(',', file);
        put_cell(file, csv->columns[i].path);
    }
    (void)fputs("\r\n", file);
}

bool csv_line(const struct csv *csv, FILE *file, uint16_t message, const char *name,
              const char *json)
{
    struct note_json values;
    if (!note_json_open(&values, json, strlen(json))) {
        return false;
    }
    put_cell(file, name);
    for (size_t i = 0; i < csv->count; i++) {
        const struct csv_column *column = &csv->columns[i];
        (void)fputc(',', file);
        if (message < csv->messages && column->of[message]) {
            char *value = note_value(&values, column->path);
            put_value(file, value);
            free(value);
        }
    }
    (void)fputs("\r\n", file);
    note_json_close(&values);
    return true;
}
