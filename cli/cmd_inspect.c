/* SPDX-License-Identifier: MIT */
/* dragoman inspect: what a plug-in or profile is. Nothing is loaded. */
#include "product.h"

#include <dragoman/host.h>
#include <dragoman/profile.h>

#include "diag.h"
#include "output.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* A line of the text that names one member of the manifest. */
static const struct label {
    const char *member, *label;
} labels[] = {
    {"manufacturer_id", "manufacturer"},
    {"manufacturer_name", "name of maker"},
    {"model", "model"},
    {"product_id", "product id"},
    {"product_name", "product name"},
    {"device_type", "device type"},
    {"protocol_type", "protocol"},
    {"version", "version"},
    {"plugin_abi", "plug-in ABI"},
    {"table_format", "table format"},
    {"table_size", "table bytes"},
    {"profile_hash", "profile hash"},
};

static void put_value(const cJSON *value)
{
    if (cJSON_IsString(value)) {
        (void)fputs(value->valuestring, stdout);
    } else if (cJSON_IsNumber(value)) {
        (void)printf("%.0f", value->valuedouble);
    }
}

static void put_list(const char *label, const cJSON *list)
{
    const cJSON *item = NULL;
    const char *between = "";
    (void)printf("  %-14s", label);
    cJSON_ArrayForEach(item, list)
    {
        (void)fputs(between, stdout);
        put_value(item);
        between = ", ";
    }
    (void)fputc('\n', stdout);
}

static const char *text_member(const cJSON *object, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(value) ? value->valuestring : "";
}

static int number_member(const cJSON *object, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(value) ? value->valueint : 0;
}

/* Sizes of the frame: one number if it is always the same. */
static void put_frame_size(const cJSON *message)
{
    char text[32];
    int low = number_member(message, "frame_min");
    int high = number_member(message, "frame_max");
    if (low == high) {
        (void)snprintf(text, sizeof(text), "%d", low);
    } else {
        (void)snprintf(text, sizeof(text), "%d-%d", low, high);
    }
    (void)printf("  %-12s", text);
}

static void put_message(const cJSON *message)
{
    const cJSON *sizes = cJSON_GetObjectItemCaseSensitive(message, "json_max");
    (void)printf("    %-20s  %-8s  %-4s", text_member(message, "name"),
                 text_member(message, "kind"), text_member(message, "direction"));
    put_frame_size(message);
    (void)printf("  %-12d  %-6d  %-6d  %-5d  %-5d  %d",
                 number_member(sizes, "oceanconnect"), number_member(sizes, "iotda"),
                 number_member(sizes, "plain"), number_member(message, "slots"),
                 number_member(message, "depth"), number_member(message, "steps"));
    const char *command = text_member(message, "command");
    const char *only = text_member(message, "only");
    (void)printf("%s%s", command[0] != '\0' ? "  " : "", command);
    (void)printf("%s%s\n", only[0] != '\0' ? "  only " : "", only);
}

/* What the manifest says about one model, or on top. */
static void put_model(const cJSON *model)
{
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(model, labels[i].member);
        if (value != NULL) {
            (void)printf("  %-14s", labels[i].label);
            put_value(value);
            (void)fputc('\n', stdout);
        }
    }
    put_list("services", cJSON_GetObjectItemCaseSensitive(model, "services"));
    (void)printf("  messages\n    %-20s  %-8s  %-4s  %-12s  %s\n", "name", "kind", "way",
                 "frame bytes",
                 "JSON bytes: oceanconnect, iotda, plain  slots  depth  steps");
    const cJSON *message = NULL;
    cJSON_ArrayForEach(message, cJSON_GetObjectItemCaseSensitive(model, "messages"))
    {
        put_message(message);
    }
}

static bool is_wanted(const cJSON *model, const char *wanted)
{
    return wanted == NULL || strcmp(text_member(model, "model"), wanted) == 0;
}

/* The models that are wanted; false if there is none. */
static bool put_text(const char *path, const char *kind, size_t file_size,
                     const cJSON *manifest, const char *wanted)
{
    const cJSON *further = cJSON_GetObjectItemCaseSensitive(manifest, "further_models");
    const cJSON *model = NULL;
    bool found = is_wanted(manifest, wanted);
    cJSON_ArrayForEach(model, further)
    {
        found = found || is_wanted(model, wanted);
    }
    if (!found) {
        return false;
    }
    (void)printf("%s: %s", path, kind);
    if (file_size > 0) {
        (void)printf(", %zu bytes", file_size);
    }
    (void)fputc('\n', stdout);
    const char *between = "";
    if (is_wanted(manifest, wanted)) {
        put_model(manifest);
        between = "\n";
    }
    cJSON_ArrayForEach(model, further)
    {
        if (is_wanted(model, wanted)) {
            (void)fputs(between, stdout);
            put_model(model);
            between = "\n";
        }
    }
    return true;
}

/* `code` is what makes it a code plug-in, or NULL. */
static int put(struct report *report, const struct cli *cli, const char *path,
               const char *kind, const char *code, size_t file_size, const char *manifest)
{
    if (cli_has(cli, OPTION_JSON)) {
        struct jsonout json;
        jsonout_open(&json, stdout);
        jsonout_text(&json, "file", path);
        jsonout_text(&json, "kind", kind);
        if (code != NULL) {
            jsonout_text(&json, "code", code);
        }
        if (file_size > 0) {
            jsonout_number(&json, "file_size", file_size);
        }
        jsonout_raw(&json, "manifest", manifest, strlen(manifest));
        jsonout_close(&json);
        return CLI_FINE;
    }
    cJSON *tree = cJSON_Parse(manifest);
    if (tree == NULL) {
        return report_memory(report);
    }
    const char *wanted = cli_text(cli, OPTION_MODEL, NULL);
    bool found =
        put_text(path, code != NULL ? "code plug-in" : kind, file_size, tree, wanted);
    cJSON_Delete(tree);
    if (!found) {
        report_error(report, NULL, "no-plugin", "%s has no model '%s'", path, wanted);
    }
    return found ? CLI_FINE : CLI_CANNOT;
}

static int inspect_plugin(struct report *report, const struct cli *cli, const char *path)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal = {DGM_OK, ""};
    struct place place = {path, 0, 0};
    enum dgm_status status = dgm_plugin_inspect(path, &info, &refusal);
    if (status != DGM_OK) {
        report_error(report, &place, dgm_status_id(status), "%s: %s",
                     dgm_status_id(status), refusal.text);
        return CLI_CANNOT;
    }
    int code = put(report, cli, path, "plug-in", dgm_plugin_info_code(info),
                   dgm_plugin_info_file_size(info), dgm_plugin_info_manifest(info));
    dgm_plugin_info_free(info);
    return code;
}

static int inspect_profile(struct report *report, const struct cli *cli, const char *path)
{
    struct dgm_profile *profile = NULL;
    struct diag_counts counts = {0, 0, 0};
    enum dgm_status status = dgm_profile_load(path, &profile);
    if (profile == NULL) {
        return report_memory(report);
    }
    int code = CLI_CANNOT;
    if (status == DGM_NOTHING) {
        code = product_is_part(report, path);
    } else if (status != DGM_OK) {
        diag_print(report, profile, DIAG_TEXT, report->terminal, &counts);
    } else {
        code = put(report, cli, path, "profile", NULL, 0, dgm_profile_manifest(profile));
    }
    dgm_profile_close(profile);
    return code;
}

int cmd_inspect(struct cli *cli)
{
    struct report report;
    struct output output;
    int code = CLI_FINE;
    report_open(&report, cli);
    if (cli->options.argument_count == 0) {
        return report_usage(&report, cli, "no plug-in or profile given");
    }
    if (cli_has(cli, OPTION_MODEL) && cli_has(cli, OPTION_JSON)) {
        return report_usage(&report, cli, "--json shows the whole manifest: no --model");
    }
    (void)output_open(&output, &report, NULL);
    for (size_t i = 0; i < cli->options.argument_count; i++) {
        const char *path = cli->options.arguments[i];
        int one = catalog_is_plugin(path) ? inspect_plugin(&report, cli, path)
                                          : inspect_profile(&report, cli, path);
        code = cli_worse(code, one);
    }
    return cli_worse(code, output_close(&output, &report));
}
