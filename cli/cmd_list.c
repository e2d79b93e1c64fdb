/* SPDX-License-Identifier: MIT */
/* dragoman list: the plug-ins there are, by their manifests. Nothing is loaded. */
#include "catalog.h"

#include <dragoman/host.h>

#include "jsonout.h"
#include "output.h"
#include "trust.h"

#include <errno.h>
#include <string.h>

struct listing {
    const struct cli *cli;
    struct report report;
    struct trust trust;
};

static const char *or_unknown(const char *text)
{
    return text != NULL ? text : "?";
}

/* A line for each model that the plug-in serves. */
static void put_lines(const char *path, const struct dgm_plugin_info *info)
{
    size_t position = 0;
    do {
        (void)printf("%-12s  %-20s  %8zu  %s\n",
                     or_unknown(dgm_plugin_info_model(info, position, "manufacturer_id")),
                     or_unknown(dgm_plugin_info_model(info, position, "model")),
                     dgm_plugin_info_file_size(info), path);
        position++;
    } while (dgm_plugin_info_model(info, position, "model") != NULL);
}

static void put_json(const char *path, const struct dgm_plugin_info *info)
{
    struct jsonout json;
    const char *manifest = dgm_plugin_info_manifest(info);
    jsonout_open(&json, stdout);
    jsonout_text(&json, "file", path);
    jsonout_number(&json, "file_size", dgm_plugin_info_file_size(info));
    jsonout_raw(&json, "manifest", manifest, strlen(manifest));
    jsonout_close(&json);
}

static bool visit(void *user, const char *path, const struct dgm_plugin_info *info,
                  const struct dgm_refusal *refusal)
{
    struct listing *listing = user;
    struct place place = {path, 0, 0};
    struct dgm_refusal unsigned_file;
    if (info != NULL && !trust_allows(&listing->trust, path, &unsigned_file)) {
        info = NULL;
        refusal = &unsigned_file;
    } else if (info != NULL && unsigned_file.status != DGM_OK) {
        report_warning(&listing->report, &place, dgm_status_id(unsigned_file.status),
                       "%s: %s", dgm_status_id(unsigned_file.status), unsigned_file.text);
    }
    if (info == NULL) {
        report_warning(&listing->report, &place, dgm_status_id(refusal->status), "%s: %s",
                       dgm_status_id(refusal->status), refusal->text);
    } else if (cli_has(listing->cli, OPTION_JSON)) {
        put_json(path, info);
    } else {
        put_lines(path, info);
    }
    return true;
}

static int list_folder(void *user, const char *path)
{
    struct listing *listing = user;
    errno = 0;
    enum dgm_status status = dgm_plugin_scan(path, visit, listing);
    if (status == DGM_MEMORY) {
        return report_memory(&listing->report);
    }
    return status == DGM_OK
               ? CLI_FINE
               : report_errno(&listing->report, "cannot read the folder", path);
}

int cmd_list(struct cli *cli)
{
    struct listing listing = {.cli = cli};
    struct output output;
    report_open(&listing.report, cli);
    int code = trust_read(&listing.trust, &listing.report, cli);
    if (code != CLI_FINE) {
        return code;
    }
    (void)output_open(&output, &listing.report, NULL);
    if (cli->options.argument_count == 0) {
        code = catalog_each_folder(cli, list_folder, &listing);
    }
    for (size_t i = 0; i < cli->options.argument_count; i++) {
        code = cli_worse(code, list_folder(&listing, cli->options.arguments[i]));
    }
    return cli_worse(code, output_close(&output, &listing.report));
}
