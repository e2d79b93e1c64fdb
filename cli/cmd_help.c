/* SPDX-License-Identifier: MIT */
/* dragoman help and dragoman version. */
#include "help.h"

#include <dragoman/plugin.h>
#include <dragoman/version.h>

#include "jsonout.h"
#include "nearest.h"
#include "output.h"

#include <string.h>

static int help_about(struct report *report, struct cli *cli, const char *name)
{
    const struct cli_command *command = cli_find_command(name);
    struct nearest nearest;
    if (command != NULL) {
        help_put(stdout, command);
        return CLI_FINE;
    }
    nearest_start(&nearest, name);
    for (size_t i = 0; i < cli_command_count; i++) {
        nearest_offer(&nearest, cli_commands[i].name);
    }
    return nearest.best != NULL
               ? report_usage(report, cli, "no command '%s'; did you mean '%s'?", name,
                              nearest.best)
               : report_usage(report, cli, "no command '%s'", name);
}

int cmd_help(struct cli *cli)
{
    struct report report;
    struct output output;
    int code = CLI_FINE;
    report_open(&report, cli);
    (void)output_open(&output, &report, NULL);
    const char *shell = cli_text(cli, OPTION_COMPLETION, NULL);
    if (cli_has(cli, OPTION_MAN)) {
        manpage_put(stdout);
    } else if (shell != NULL && strcmp(shell, "bash") == 0) {
        complete_bash(stdout);
    } else if (shell != NULL) {
        complete_zsh(stdout);
    } else if (cli->options.argument_count > 0) {
        code = help_about(&report, cli, cli->options.arguments[0]);
    } else {
        help_put(stdout, &cli_program);
    }
    return cli_worse(code, output_close(&output, &report));
}

int cmd_version(struct cli *cli)
{
    struct report report;
    struct output output;
    struct jsonout json;
    report_open(&report, cli);
    (void)output_open(&output, &report, NULL);
    if (cli_has(cli, OPTION_JSON)) {
        jsonout_open(&json, stdout);
        jsonout_text(&json, "version", dgm_version());
        jsonout_number(&json, "plugin_abi", DGM_PLUGIN_ABI_MAJOR);
        jsonout_number(&json, "table_format", DGM_TABLE_FORMAT);
        jsonout_text(&json, "plugin_dir", DGM_PLUGIN_DIR);
        jsonout_close(&json);
    } else {
        (void)printf("dragoman %s\n", dgm_version());
    }
    return output_close(&output, &report);
}
