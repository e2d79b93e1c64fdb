/* SPDX-License-Identifier: MIT */
/* What the commands of the program share. */
#ifndef DGM_CLI_CLI_H
#define DGM_CLI_CLI_H

#include <dragoman/status.h>

#include "options.h"

/* Exit codes, in ascending order of gravity. */
enum cli_exit {
    CLI_FINE = 0,
    CLI_WRONG = 1,  /* the data is wrong */
    CLI_USAGE = 2,  /* the call is wrong */
    CLI_CANNOT = 3, /* a file, a permission, a refused plug-in */
    CLI_BUG = 70
};

struct cli {
    const struct cli_command *command;
    struct options options;
};

/* All commands, in the order of the help. */
extern const struct cli_command cli_commands[];
extern const size_t cli_command_count;
/* Options and words of the program itself. */
extern const struct cli_command cli_program;

/* The command of that name, or NULL. */
const struct cli_command *cli_find_command(const char *name);

/* The graver of two exit codes. */
int cli_worse(int left, int right);

/* What a status of a call means for the program's end. */
int cli_exit_of(enum dgm_status status);

/* Is the option given? */
bool cli_has(const struct cli *cli, enum option_id id);
const char *cli_text(const struct cli *cli, enum option_id id, const char *otherwise);
int cli_word(const struct cli *cli, enum option_id id, int otherwise);

int cmd_annotate(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_compare(struct cli *cli);
int cmd_decode(struct cli *cli);
int cmd_describe(struct cli *cli);
int cmd_diff(struct cli *cli);
int cmd_encode(struct cli *cli);
int cmd_explain(struct cli *cli);
int cmd_export(struct cli *cli);
int cmd_fmt(struct cli *cli);
int cmd_gen(struct cli *cli);
int cmd_help(struct cli *cli);
int cmd_identify(struct cli *cli);
int cmd_import(struct cli *cli);
int cmd_inspect(struct cli *cli);
int cmd_keygen(struct cli *cli);
int cmd_list(struct cli *cli);
int cmd_new(struct cli *cli);
int cmd_prove(struct cli *cli);
int cmd_sample(struct cli *cli);
int cmd_schema(struct cli *cli);
int cmd_sign(struct cli *cli);
int cmd_test(struct cli *cli);
int cmd_verify(struct cli *cli);
int cmd_version(struct cli *cli);
int cmd_vet(struct cli *cli);

#endif
