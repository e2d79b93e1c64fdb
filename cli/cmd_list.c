/* SPDX-License-Identifier: MIT */
/* dragoman list: the plug-ins there are, and what a scan says of them. */
#include "pluginpath.h"

#include "jsonout.h"
#include "letters.h"
#include "output.h"
#include "scanning.h"
#include "trust.h"

#include <string.h>

struct listing {
    const struct cli *cli;
    struct report report;
    struct dgm_scanner *scanner;
    struct trust trust;
};

static void put_padded(const char *text, size_t width)
{
    letters_pad(stdout, text != NULL ? text : "?", width);
    (void)fputs("  ", stdout);
}

/* A line for each model that the plug-in serves. */
static void put_lines(const char *path, const struct dgm_plugin_info *info)
{
    size_t position = 0;
    do {
        put_padded(dgm_plugin_info_model(info, position, "manufacturer_id"), 12);
        put_padded(dgm_plugin_info_model(info, position, "model"), 20);
        (void)printf("%8zu  ", dgm_plugin_info_file_size(info));
        letters_put(stdout, path);
        (void)putchar('\n');
        position++;
    } while (dgm_plugin_info_model(info, position, "model") != NULL);
}

static void warn(struct report *report, const struct dgm_scan_result *result)
{
    struct place place = {result->path, 0, 0};
    const char *id = dgm_status_id(result->refusal->status);
    report_warning(report, &place, id, "%s%s: %s",
                   result->outcome == DGM_SCAN_QUARANTINED ? "quarantined: " : "", id,
                   result->refusal->text);
}

static void put_hash(struct jsonout *json, const uint8_t *sha256)
{
    static const char digits[] = "0123456789abcdef";
    char text[2 * DGM_SHA256_SIZE + 1];
    for (size_t i = 0; i < DGM_SHA256_SIZE; i++) {
        text[2 * i] = digits[sha256[i] >> 4];
        text[2 * i + 1] = digits[sha256[i] & 0xF];
    }
    text[sizeof(text) - 1] = '\0';
    jsonout_text(json, "sha256", text);
}

static void put_json(const struct dgm_scan_result *result)
{
    static const char *const words[] = {"fine", "refused", "quarantined"};
    struct jsonout json;
    jsonout_open(&json, stdout);
    jsonout_text(&json, "file", result->path);
    jsonout_number(&json, "file_size", result->file_size);
    if (result->sha256 != NULL) {
        put_hash(&json, result->sha256);
    }
    jsonout_text(&json, "status", words[result->outcome]);
    if (result->info == NULL) {
        jsonout_text(&json, "reason", dgm_status_id(result->refusal->status));
        jsonout_text(&json, "text", result->refusal->text);
    } else {
        const char *manifest = dgm_plugin_info_manifest(result->info);
        if (dgm_plugin_info_code(result->info) != NULL) {
            jsonout_text(&json, "code", dgm_plugin_info_code(result->info));
        }
        jsonout_raw(&json, "manifest", manifest, strlen(manifest));
    }
    jsonout_close(&json);
}

static bool visit(void *user, const struct dgm_scan_result *result)
{
    struct listing *listing = user;
    struct dgm_scan_result shown = *result;
    struct dgm_refusal unsigned_file;
    if (result->info != NULL &&
        !trust_allows(&listing->trust, result->path, &unsigned_file)) {
        shown.outcome = DGM_SCAN_REFUSED;
        shown.info = NULL;
        shown.refusal = &unsigned_file;
    } else if (result->info != NULL && unsigned_file.status != DGM_OK) {
        struct place place = {result->path, 0, 0};
        report_warning(&listing->report, &place, dgm_status_id(unsigned_file.status),
                       "%s: %s", dgm_status_id(unsigned_file.status), unsigned_file.text);
    }
    if (cli_has(listing->cli, OPTION_JSON)) {
        put_json(&shown);
    } else if (shown.info == NULL) {
        warn(&listing->report, &shown);
    } else {
        put_lines(result->path, result->info);
    }
    return true;
}

static int list_folder(void *user, const char *path)
{
    struct listing *listing = user;
    return scanning_visit(listing->scanner, &listing->report, path, visit, listing);
}

int cmd_list(struct cli *cli)
{
    struct listing listing = {.cli = cli};
    struct output output;
    report_open(&listing.report, cli);
    int code = trust_read(&listing.trust, &listing.report, cli);
    if (code == CLI_FINE) {
        code = scanning_open(&listing.scanner, cli, &listing.report);
    }
    if (code != CLI_FINE) {
        return code;
    }
    (void)output_open(&output, &listing.report, NULL);
    if (cli->options.argument_count == 0) {
        code = pluginpath_each(cli, &listing.report, list_folder, &listing);
    }
    for (size_t i = 0; i < cli->options.argument_count; i++) {
        code = cli_worse(code, list_folder(&listing, cli->options.arguments[i]));
    }
    scanning_close(listing.scanner);
    return cli_worse(code, output_close(&output, &listing.report));
}
