/* SPDX-License-Identifier: MIT */
/* Errors of the codec and findings of the compiler, as scripts and bindings read them. */
#include "jsonfault.h"

#include <string.h>

enum { PATH_SIZE = 4096 }; /* a longer one is cut */

static void put_scaled(struct jsonout *json, const char *name, bool is_signed,
                       uint64_t bits, unsigned scale)
{
    char text[JSONOUT_DECIMAL];
    bool negative = is_signed && bits >> 63 != 0;
    jsonout_decimal(negative, negative ? 0 - bits : bits, scale, text);
    jsonout_raw(json, name, text, strlen(text));
}

static void put_values(struct jsonout *json, const struct dgm_error *error)
{
    if (error->has & DGM_ERROR_HAS_RAW) {
        put_scaled(json, "raw", (error->has & DGM_ERROR_RAW_SIGNED) != 0, error->raw,
                   error->scale);
    }
    if (error->has & DGM_ERROR_HAS_EXPECTED) {
        jsonout_number(json, "expected", error->expected);
    }
    if (error->has & DGM_ERROR_HAS_LOW) {
        put_scaled(json, "low", true, (uint64_t)error->low, error->scale);
    }
    if (error->has & DGM_ERROR_HAS_HIGH) {
        put_scaled(json, "high", true, (uint64_t)error->high, error->scale);
    }
    if (error->needed != 0) {
        jsonout_number(json, "needed", error->needed);
    }
}

void jsonfault_error(struct jsonout *json, const struct dgm_codec *codec,
                     const struct dgm_error *error)
{
    static const char *const places[] = {NULL, "frame", "json", "table"};
    char path[PATH_SIZE];
    jsonout_number(json, "number", (uint64_t)error->status);
    if (error->place > DGM_PLACE_NONE && error->place <= DGM_PLACE_TABLE) {
        jsonout_text(json, "place", places[error->place]);
        jsonout_number(json, "offset", error->offset);
    }
    if (error->has & DGM_ERROR_HAS_BIT) {
        jsonout_number(json, "bit", error->bit);
    }
    if (dgm_error_path(codec, error, path, sizeof(path)) > 0) {
        jsonout_text(json, "path", path);
    }
    put_values(json, error);
}

const char *jsonfault_severity(enum dgm_severity severity)
{
    switch (severity) {
    case DGM_SEVERITY_ERROR:
        return "error";
    case DGM_SEVERITY_WARNING:
        return "warning";
    case DGM_SEVERITY_NOTE:
        return "note";
    }
    return "error";
}

static void put_edits(struct jsonout *json, const struct dgm_diagnostic *diagnostic)
{
    jsonout_name(json, "edits");
    for (size_t i = 0; i < diagnostic->edit_count; i++) {
        const struct dgm_edit *edit = &diagnostic->edits[i];
        struct jsonout inner = {json->file, false};
        (void)fputs(i == 0 ? "[{" : ",{", json->file);
        jsonout_number(&inner, "line", edit->line);
        jsonout_number(&inner, "column", edit->column);
        jsonout_number(&inner, "width", edit->width);
        jsonout_text(&inner, "text", edit->text);
        (void)fputc('}', json->file);
    }
    (void)fputc(']', json->file);
}

void jsonfault_finding(struct jsonout *json, const struct dgm_diagnostic *diagnostic)
{
    jsonout_text(json, "file", diagnostic->file);
    jsonout_number(json, "line", diagnostic->line);
    jsonout_number(json, "column", diagnostic->column);
    jsonout_number(json, "width", diagnostic->width);
    jsonout_text(json, "severity", jsonfault_severity(diagnostic->severity));
    jsonout_text(json, "rule", diagnostic->rule);
    jsonout_text(json, "text", diagnostic->text);
    if (diagnostic->edit_count > 0) {
        put_edits(json, diagnostic);
    }
}
