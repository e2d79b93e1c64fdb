/* SPDX-License-Identifier: MIT */
#include "code.h"
#include "whole.h"

#include <dragoman/plugin_code.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whoever waits for it can end it; a busy machine is no reason to. */
enum { DEADLINE_MS = 5000, START_MS = 20000 };

/* Keys are seldom on the command line, where everybody on the machine can read them. */
int code_settings_read(struct code_settings *settings, struct report *report,
                       const struct cli *cli)
{
    const char *path = cli_text(cli, OPTION_CODE_SETTINGS, NULL);
    memset(settings, 0, sizeof(*settings));
    if (path == NULL) {
        return CLI_FINE;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return report_errno(report, "cannot open", path);
    }
    int code = whole_read(report, file, path, &settings->text, &settings->length);
    (void)fclose(file);
    if (code == CLI_FINE && settings->length > DGM_PLUGIN_CODE_SETTINGS) {
        report_error(report, NULL, "limit", "%s is longer than %d bytes", path,
                     (int)DGM_PLUGIN_CODE_SETTINGS);
        code = CLI_CANNOT;
    }
    return code;
}

void code_settings_free(struct code_settings *settings)
{
    free(settings->text);
    memset(settings, 0, sizeof(*settings));
}

/* Each frame is that of a device of which nothing is known yet: lines do not say which
 * one it is, and with several jobs they have no order. */
enum dgm_status code_start_with(struct dgm_worker **ret_worker, const char *path,
                                const struct code_settings *settings,
                                const struct dgm_load_options *load,
                                struct dgm_refusal *ret_refusal)
{
    struct dgm_worker_options options = DGM_WORKER_OPTIONS_INIT;
    if (settings != NULL) {
        options.settings = settings->text;
        options.settings_length = settings->length;
    }
    options.deadline_ms = DEADLINE_MS;
    options.start_ms = START_MS;
    options.state_size = DGM_PLUGIN_CODE_STATE;
    options.load = load;
    return dgm_worker_start(path, &options, ret_worker, ret_refusal);
}

int code_start(struct dgm_worker **ret_worker, struct report *report,
               const struct cli *cli, const char *path,
               const struct dgm_load_options *load, enum dgm_status *ret_status,
               struct dgm_refusal *ret_refusal)
{
    struct code_settings settings;
    int code = code_settings_read(&settings, report, cli);
    if (code == CLI_FINE) {
        *ret_status = code_start_with(ret_worker, path, &settings, load, ret_refusal);
    }
    code_settings_free(&settings);
    return code;
}
