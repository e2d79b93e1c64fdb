/* SPDX-License-Identifier: MIT */
/* Small things that all commands share. */
#include "cli.h"

#include <string.h>

const struct cli_command *cli_find_command(const char *name)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        if (strcmp(cli_commands[i].name, name) == 0) {
            return &cli_commands[i];
        }
    }
    return NULL;
}

int cli_worse(int left, int right)
{
    return left > right ? left : right;
}

int cli_exit_of(enum dgm_status status)
{
    switch (dgm_status_family(status)) {
    case DGM_FAMILY_FINE:
        return CLI_FINE;
    case DGM_FAMILY_DATA:
        return CLI_WRONG;
    case DGM_FAMILY_USAGE:
        return CLI_USAGE;
    case DGM_FAMILY_TABLE:
    case DGM_FAMILY_SYSTEM:
        return CLI_CANNOT;
    case DGM_FAMILY_SPACE:
    case DGM_FAMILY_BUG:
        break;
    }
    return CLI_BUG;
}

bool cli_has(const struct cli *cli, enum option_id id)
{
    return cli->options.given[id];
}

const char *cli_text(const struct cli *cli, enum option_id id, const char *otherwise)
{
    return options_text(&cli->options, id, otherwise);
}

int cli_word(const struct cli *cli, enum option_id id, int otherwise)
{
    return options_word(&cli->options, options_find(cli->command, id), otherwise);
}
