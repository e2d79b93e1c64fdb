/* SPDX-License-Identifier: MIT */
#include "code.h"
#include "whole.h"

#include <dragoman/plugin_code.h>

#include <stdio.h>
#include <stdlib.h>

/* Whoever waits for it can end it; a busy machine is no reason to. */
enum { DEADLINE_MS = 5000, START_MS = 20000 };

/* Keys are seldom on the command line, where everybody on the machine can read them. */
static int read_settings(struct report *report, const struct cli *cli, char **ret_text,
                         size_t *ret_length)
{
    const char *path = cli_text(cli, OPTION_CODE_SETTINGS, NULL);
    if (path == NULL) {
        return CLI_FINE;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return report_errno(report, "cannot open", path);
    }
    int code = whole_read(report, file, path, ret_text, ret_length);
    (void)fclose(file);
    if (code == CLI_FINE && *ret_length > DGM_PLUGIN_CODE_SETTINGS) {
        report_error(report, NULL, "limit", "%s is longer than %d bytes", path,
                     (int)DGM_PLUGIN_CODE_SETTINGS);
        code = CLI_CANNOT;
    }
    return code;
}

/* Each frame is that of a device of which nothing is known yet: lines do not say which
 * one it is, and with several jobs they have no order. */
int code_start(struct dgm_worker **ret_worker, struct report *report,
               const struct cli *cli, const char *path,
               const struct dgm_load_options *load, enum dgm_status *ret_status,
               struct dgm_refusal *ret_refusal)
{
    struct dgm_worker_options options = DGM_WORKER_OPTIONS_INIT;
    char *settings = NULL;
    int code = read_settings(report, cli, &settings, &options.settings_length);
    if (code == CLI_FINE) {
        options.settings = settings;
        options.deadline_ms = DEADLINE_MS;
        options.start_ms = START_MS;
        options.state_size = DGM_PLUGIN_CODE_STATE;
        options.load = load;
        *ret_status = dgm_worker_start(path, &options, ret_worker, ret_refusal);
    }
    free(settings);
    return code;
}
