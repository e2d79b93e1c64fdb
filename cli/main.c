/* SPDX-License-Identifier: MIT */
/*
 * The program dragoman. The first word names the command, whose row in the table says how
 * the rest is to be read.
 */
#include "cli.h"
#include "help.h"
#include "nearest.h"
#include "output.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Parse the words behind the command and run it. */
static int run(struct cli *cli, char **words, size_t count)
{
    struct report report;
    char text[OPTIONS_TEXT];
    const char **arguments = malloc((count + 1) * sizeof(*arguments));
    int code = CLI_FINE;
    if (arguments == NULL) {
        (void)fputs("dragoman: no memory\n", stderr);
        return CLI_CANNOT;
    }
    bool good = options_parse(cli->command, words, count, arguments, &cli->options, text);
    report_open(&report, cli);
    if (!good) {
        code = report_usage(&report, cli, "%s", text);
    } else if (cli_has(cli, OPTION_HELP)) {
        struct output output;
        (void)output_open(&output, &report, NULL);
        help_put(stdout, cli->command);
        code = output_close(&output, &report);
    } else {
        code = cli->command->run(cli);
    }
    free(arguments);
    return code;
}

static int unknown_command(struct cli *cli, const char *word)
{
    struct report report;
    struct nearest nearest;
    report_open(&report, cli);
    nearest_start(&nearest, word);
    for (size_t i = 0; i < cli_command_count; i++) {
        nearest_offer(&nearest, cli_commands[i].name);
    }
    nearest_offer(&nearest, "--help");
    nearest_offer(&nearest, "--version");
    const char *kind = word[0] == '-' ? "option" : "command";
    return nearest.best != NULL
               ? report_usage(&report, cli, "unknown %s '%s'; did you mean '%s'?", kind,
                              word, nearest.best)
               : report_usage(&report, cli, "unknown %s '%s'", kind, word);
}

/* Errors leave as whole lines: by themselves they would leave character by character,
 * each by a call of the system, and mix with those of other programs. */
static void keep_lines_whole(void)
{
    static char line[BUFSIZ];
    (void)setvbuf(stderr, line, _IOLBF, sizeof(line));
}

int main(int argc, char **argv)
{
    struct cli cli;
    const char *word = argc > 1 ? argv[1] : "help";
    memset(&cli, 0, sizeof(cli));
    keep_lines_whole();
    /* A reader that goes away ends us quietly, even if our parent had ignored that. */
    (void)signal(SIGPIPE, SIG_DFL);
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        word = "help";
    } else if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        word = "version";
    }
    cli.command = cli_find_command(word);
    if (cli.command == NULL) {
        cli.command = &cli_program;
        return unknown_command(&cli, word);
    }
    return run(&cli, argv + 2, argc > 2 ? (size_t)argc - 2 : 0);
}
