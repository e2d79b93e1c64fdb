/* SPDX-License-Identifier: MIT */
#include "csv.h"
#include "notevalue.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_MAX = 70000 };

static bool is_known(const struct csv *csv, const char *path)
{
    for (size_t i = 0; i < csv->count; i++) {
        if (strcmp(csv->columns[i], path) == 0) {
            return true;
        }
    }
    return false;
}

/* Does the row print a value of its own, outside of arrays? */
static bool is_column(const struct dgm_row *row, const char *path)
{
    bool is_object = row->op == DGM_OP_GROUP && (row->flags & DGM_ROW_TUPLE) == 0;
    return row->member != DGM_NONE && (row->flags & DGM_ROW_NAMED) != 0 && !is_object &&
           row->naming == DGM_NONE && path[0] != '\0' && strstr(path, "[]") == NULL;
}

static void take(struct csv *csv, const struct dgm_codec *codec,
                 const struct dgm_row *rows, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const char *path = dgm_codec_text(codec, rows[i].path);
        if (is_column(&rows[i], path) && !is_known(csv, path)) {
            csv->columns[csv->count++] = path;
        }
    }
}

bool csv_open(struct csv *csv, const struct dgm_codec *codec, bool down)
{
    struct tables tables;
    tables_open(&tables, codec);
    memset(csv, 0, sizeof(*csv));
    csv->columns = calloc(tables.model->rows.count + 1u, sizeof(*csv->columns));
    if (csv->columns == NULL) {
        return false;
    }
    for (unsigned i = 0; i < tables.model->messages.count; i++) {
        const struct dgm_message *message = &tables.messages[i];
        if (tables_is_down(message) == down) {
            take(csv, codec, tables_rows(&tables, (uint16_t)i), message->row_count);
        }
    }
    return true;
}

void csv_close(struct csv *csv)
{
    free(csv->columns);
    csv->columns = NULL;
    csv->count = 0;
}

static void put_cell(FILE *file, const char *text)
{
    bool plain = strpbrk(text, ",\"\r\n") == NULL;
    if (plain) {
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

/* A text without its quotes and escapes; anything else as it stands. */
static void put_value(FILE *file, const char *value)
{
    cJSON *text = value[0] == '"' ? cJSON_Parse(value) : NULL;
    if (cJSON_IsString(text)) {
        put_cell(file, text->valuestring);
    } else if (strcmp(value, "null") != 0) {
        put_cell(file, value);
    }
    cJSON_Delete(text);
}

void csv_head(const struct csv *csv, FILE *file)
{
    (void)fputs("message", file);
    for (size_t i = 0; i < csv->count; i++) {
        (void)fputc(',', file);
        put_cell(file, csv->columns[i]);
    }
    (void)fputs("\r\n", file);
}

void csv_line(const struct csv *csv, FILE *file, const char *message, const char *json)
{
    char *value = malloc(CELL_MAX);
    put_cell(file, message);
    for (size_t i = 0; i < csv->count && value != NULL; i++) {
        (void)fputc(',', file);
        note_value(json, csv->columns[i], value, CELL_MAX);
        put_value(file, value);
    }
    (void)fputs("\r\n", file);
    free(value);
}
