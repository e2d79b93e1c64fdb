/* SPDX-License-Identifier: MIT */
/* dragoman inspect: what a plug-in or profile is, and which profile it keeps. Nothing is
 * loaded. */
#include "product.h"

#include <dragoman/host.h>
#include <dragoman/profile.h>

#include "diag.h"
#include "kept.h"
#include "jsonout.h"
#include "jsontree.h"
#include "letters.h"
#include "output.h"

#include <cjson/cJSON.h>
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
    {"license", "licence"},
    {"generator", "made by"},
    {"language", "language"},
    {"plugin_abi", "plug-in ABI"},
    {"plugin_abi_minor", "minor version"},
    {"table_format", "table format"},
    {"table_size", "table bytes"},
    {"profile_hash", "profile hash"},
};

static void put_value(const cJSON *value)
{
    if (cJSON_IsString(value)) {
        letters_put(stdout, value->valuestring);
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
    (void)fputs("    ", stdout);
    letters_pad(stdout, jsontree_member(message, "name"), 20);
    (void)fputs("  ", stdout);
    letters_pad(stdout, jsontree_member(message, "kind"), 8);
    (void)fputs("  ", stdout);
    letters_pad(stdout, jsontree_member(message, "direction"), 4);
    put_frame_size(message);
    (void)printf("  %-12d  %-6d  %-6d  %-5d  %-5d  %d",
                 number_member(sizes, "oceanconnect"), number_member(sizes, "iotda"),
                 number_member(sizes, "plain"), number_member(message, "slots"),
                 number_member(message, "depth"), number_member(message, "steps"));
    const char *command = jsontree_member(message, "command");
    const char *only = jsontree_member(message, "only");
    (void)fputs(command[0] != '\0' ? "  " : "", stdout);
    letters_put(stdout, command);
    (void)fputs(only[0] != '\0' ? "  only " : "", stdout);
    letters_put(stdout, only);
    (void)putchar('\n');
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
    return wanted == NULL || strcmp(jsontree_member(model, "model"), wanted) == 0;
}

/* What is inspected. */
struct subject {
    const char *path, *kind, *manifest;
    size_t file_size;                       /* 0: not of a plug-in */
    const struct dgm_plugin_source *source; /* the profile that it keeps, or NULL */
    const char *no_source;                  /* and why there is none */
    const char *code;                       /* what makes it a code plug-in, or NULL */
};

static void put_source(const struct subject *subject)
{
    if (subject->file_size == 0) {
        return;
    }
    (void)printf("  %-14s", "profile");
    if (subject->source == NULL) {
        letters_put(stdout, subject->no_source);
        (void)putchar('\n');
        return;
    }
    for (size_t i = 0; i < dgm_plugin_source_count(subject->source); i++) {
        (void)fputs(i > 0 ? ", " : "", stdout);
        letters_put(stdout, dgm_plugin_source_name(subject->source, i));
    }
    (void)fputc('\n', stdout);
}

/* The models that are wanted; false if there is none. */
static bool put_text(const struct subject *subject, const cJSON *manifest,
                     const char *wanted)
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
    letters_put(stdout, subject->path);
    (void)printf(": %s", subject->code != NULL ? "code plug-in" : subject->kind);
    if (subject->file_size > 0) {
        (void)printf(", %zu bytes", subject->file_size);
    }
    (void)fputc('\n', stdout);
    put_source(subject);
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

static void put_json_source(struct jsonout *json, const struct subject *subject)
{
    if (subject->file_size == 0) {
        return;
    }
    if (subject->source == NULL) {
        jsonout_text(json, "no_profile", subject->no_source);
        return;
    }
    jsonout_name(json, "profile");
    for (size_t i = 0; i < dgm_plugin_source_count(subject->source); i++) {
        const char *name = dgm_plugin_source_name(subject->source, i);
        (void)fputs(i == 0 ? "[" : ",", stdout);
        jsonout_quoted(stdout, name, strlen(name));
    }
    (void)fputs("]", stdout);
}

static void put_json(const struct subject *subject)
{
    struct jsonout json;
    jsonout_open(&json, stdout);
    jsonout_text(&json, "file", subject->path);
    jsonout_text(&json, "kind", subject->kind);
    if (subject->code != NULL) {
        jsonout_text(&json, "code", subject->code);
    }
    if (subject->file_size > 0) {
        jsonout_number(&json, "file_size", subject->file_size);
    }
    put_json_source(&json, subject);
    jsonout_raw(&json, "manifest", subject->manifest, strlen(subject->manifest));
    jsonout_close(&json);
}

static int put(struct report *report, const struct cli *cli,
               const struct subject *subject)
{
    if (cli_has(cli, OPTION_JSON)) {
        put_json(subject);
        return CLI_FINE;
    }
    cJSON *tree = cJSON_Parse(subject->manifest);
    if (tree == NULL) {
        return report_memory(report);
    }
    const char *wanted = cli_text(cli, OPTION_MODEL, NULL);
    bool found = put_text(subject, tree, wanted);
    cJSON_Delete(tree);
    if (!found) {
        report_error(report, NULL, "no-plugin", "%s has no model '%s'", subject->path,
                     wanted);
    }
    return found ? CLI_FINE : CLI_CANNOT;
}

static int inspect_plugin(struct report *report, const struct cli *cli, const char *path)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_plugin_source *source = NULL;
    struct dgm_refusal refusal = {DGM_OK, ""};
    struct place place = {path, 0, 0};
    enum dgm_status status = dgm_plugin_inspect(path, &info, &refusal);
    if (status != DGM_OK) {
        report_error(report, &place, dgm_status_id(status), "%s: %s",
                     dgm_status_id(status), refusal.text);
        return CLI_CANNOT;
    }
    if (dgm_plugin_info_source(info, &source, &refusal) == DGM_MEMORY) {
        dgm_plugin_info_free(info);
        return report_memory(report);
    }
    const struct subject subject = {.path = path,
                                    .kind = "plug-in",
                                    .manifest = dgm_plugin_info_manifest(info),
                                    .file_size = dgm_plugin_info_file_size(info),
                                    .source = source,
                                    .no_source = refusal.text,
                                    .code = dgm_plugin_info_code(info)};
    int code = put(report, cli, &subject);
    dgm_plugin_source_free(source);
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
        const struct subject subject = {
            .path = path, .kind = "profile", .manifest = dgm_profile_manifest(profile)};
        code = put(report, cli, &subject);
    }
    dgm_profile_close(profile);
    return code;
}

/* The options that belong to each other; CLI_FINE if they do. */
static int check_options(struct report *report, const struct cli *cli)
{
    bool source = cli_has(cli, OPTION_SOURCE);
    if (cli->options.argument_count == 0) {
        return report_usage(report, cli, "no plug-in or profile given");
    }
    if (cli_has(cli, OPTION_MODEL) && cli_has(cli, OPTION_JSON)) {
        return report_usage(report, cli, "--json shows the whole manifest: no --model");
    }
    if (source && (cli_has(cli, OPTION_MODEL) || cli_has(cli, OPTION_JSON))) {
        return report_usage(
            report, cli, "--source writes the profile as it is: no --model, no --json");
    }
    if (source && cli->options.argument_count > 1) {
        return report_usage(report, cli, "--source takes one plug-in");
    }
    if (!source && cli_has(cli, OPTION_OUTPUT)) {
        return report_usage(report, cli, "-o belongs to --source");
    }
    return CLI_FINE;
}

int cmd_inspect(struct cli *cli)
{
    struct report report;
    struct output output;
    int code = CLI_FINE;
    report_open(&report, cli);
    code = check_options(&report, cli);
    if (code != CLI_FINE) {
        return code;
    }
    if (cli_has(cli, OPTION_SOURCE)) {
        return kept_write(&report, cli->options.arguments[0],
                          cli_text(cli, OPTION_OUTPUT, NULL));
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
