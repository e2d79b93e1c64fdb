/* SPDX-License-Identifier: MIT */
#include "sarif.h"

#include <dragoman/version.h>

#include <string.h>

static const char *level_of(enum dgm_severity severity)
{
    switch (severity) {
    case DGM_SEVERITY_ERROR:
        return "error";
    case DGM_SEVERITY_WARNING:
        return "warning";
    default:
        return "note";
    }
}

static void put_text_object(struct jsonout *json, const char *name, const char *text)
{
    struct jsonout inner = {json->file, false};
    jsonout_name(json, name);
    (void)fputc('{', json->file);
    jsonout_text(&inner, "text", text);
    (void)fputc('}', json->file);
}

/* The rules, so that viewers can explain them. */
static void put_rules(FILE *file)
{
    const struct dgm_rule *rule = NULL;
    for (size_t i = 0; (rule = dgm_rule_at(i)) != NULL; i++) {
        struct jsonout json = {file, false};
        (void)fputs(i > 0 ? ",{" : "{", file);
        jsonout_text(&json, "id", rule->id);
        put_text_object(&json, "shortDescription", rule->summary);
        put_text_object(&json, "fullDescription", rule->explanation);
        (void)fputc('}', file);
    }
}

void sarif_begin(struct sarif *sarif, FILE *file)
{
    sarif->file = file;
    sarif->count = 0;
    (void)fputs(
        "{\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\","
        "\"tool\":{\"driver\":{\"name\":\"dragoman\",\"version\":\"" DGM_VERSION_STRING
        "\",\"rules\":[",
        file);
    put_rules(file);
    (void)fputs("]}},\"results\":[", file);
}

/* RFC 3986: what is not unreserved, nor between the parts of a path, is encoded. */
static void put_uri(FILE *file, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~/";
    (void)fputc('"', file);
    for (; *path != '\0'; path++) {
        bool is_plain = strchr(plain, *path) != NULL;
        (void)fprintf(file, is_plain ? "%c" : "%%%02X", (unsigned char)*path);
    }
    (void)fputc('"', file);
}

static void put_artifact(FILE *file, const char *path)
{
    struct jsonout artifact = {file, false};
    (void)fputs("\"artifactLocation\":{", file);
    jsonout_name(&artifact, "uri");
    put_uri(file, path);
    (void)fputc('}', file);
}

/* Part of a line. */
static void put_region(FILE *file, const char *name, unsigned line, unsigned column,
                       unsigned width)
{
    struct jsonout region = {file, false};
    (void)fprintf(file, "\"%s\":{", name);
    jsonout_number(&region, "startLine", line);
    jsonout_number(&region, "startColumn", column);
    jsonout_number(&region, "endColumn", (uint64_t)column + width);
    (void)fputc('}', file);
}

static void put_location(struct jsonout *json, const struct dgm_diagnostic *diagnostic)
{
    jsonout_name(json, "locations");
    (void)fputs("[{\"physicalLocation\":{", json->file);
    put_artifact(json->file, diagnostic->file);
    if (diagnostic->line > 0) {
        (void)fputc(',', json->file);
        put_region(json->file, "region", diagnostic->line, diagnostic->column,
                   diagnostic->width);
    }
    (void)fputs("}}]", json->file);
}

static void put_fixes(struct jsonout *json, const struct dgm_diagnostic *diagnostic)
{
    FILE *file = json->file;
    jsonout_name(json, "fixes");
    (void)fputs("[{\"artifactChanges\":[{", file);
    put_artifact(file, diagnostic->file);
    (void)fputs(",\"replacements\":[", file);
    for (size_t i = 0; i < diagnostic->edit_count; i++) {
        const struct dgm_edit *edit = &diagnostic->edits[i];
        struct jsonout inner = {file, true};
        (void)fputs(i == 0 ? "{" : ",{", file);
        put_region(file, "deletedRegion", edit->line, edit->column, edit->width);
        put_text_object(&inner, "insertedContent", edit->text);
        (void)fputc('}', file);
    }
    (void)fputs("]}]}]", file);
}

void sarif_result(struct sarif *sarif, const struct dgm_diagnostic *diagnostic)
{
    struct jsonout json = {sarif->file, false};
    (void)fputs(sarif->count++ > 0 ? ",\n{" : "\n{", sarif->file);
    jsonout_text(&json, "ruleId", diagnostic->rule);
    jsonout_text(&json, "level", level_of(diagnostic->severity));
    put_text_object(&json, "message", diagnostic->text);
    put_location(&json, diagnostic);
    if (diagnostic->edit_count > 0) {
        put_fixes(&json, diagnostic);
    }
    (void)fputc('}', sarif->file);
}

void sarif_end(struct sarif *sarif)
{
    (void)fputs("\n]}]}\n", sarif->file);
}
