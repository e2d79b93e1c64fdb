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

static void put_location(struct jsonout *json, const struct dgm_diagnostic *diagnostic)
{
    struct jsonout artifact = {json->file, false}, region = {json->file, false};
    jsonout_name(json, "locations");
    (void)fputs("[{\"physicalLocation\":{\"artifactLocation\":{", json->file);
    jsonout_name(&artifact, "uri");
    put_uri(json->file, diagnostic->file);
    (void)fputc('}', json->file);
    if (diagnostic->line > 0) {
        (void)fputs(",\"region\":{", json->file);
        jsonout_number(&region, "startLine", diagnostic->line);
        jsonout_number(&region, "startColumn", diagnostic->column);
        jsonout_number(&region, "endColumn",
                       (uint64_t)diagnostic->column + diagnostic->width);
        (void)fputc('}', json->file);
    }
    (void)fputs("}}]", json->file);
}

void sarif_result(struct sarif *sarif, const struct dgm_diagnostic *diagnostic)
{
    struct jsonout json = {sarif->file, false};
    (void)fputs(sarif->count++ > 0 ? ",\n{" : "\n{", sarif->file);
    jsonout_text(&json, "ruleId", diagnostic->rule);
    jsonout_text(&json, "level", level_of(diagnostic->severity));
    put_text_object(&json, "message", diagnostic->text);
    put_location(&json, diagnostic);
    (void)fputc('}', sarif->file);
}

void sarif_end(struct sarif *sarif)
{
    (void)fputs("\n]}]}\n", sarif->file);
}
