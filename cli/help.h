/* SPDX-License-Identifier: MIT */
/* The tables of commands and options as help, man page and completions. */
#ifndef DGM_CLI_HELP_H
#define DGM_CLI_HELP_H

#include "cli.h"

#include <stdio.h>

/* Help of a command, or of the program with `cli_program`. */
void help_put(FILE *file, const struct cli_command *command);

/* The man page, in roff. */
void manpage_put(FILE *file);

/* Completions for a shell. */
void complete_bash(FILE *file);
void complete_zsh(FILE *file);

/* "--indent[=N]", "-p FILE": how an option is written. */
enum { HELP_SPELLING = 80 };
void help_spelling(const struct cli_option *option, char *text);

/* Are the words of the option too many for its spelling? */
bool help_lists_words(const struct cli_option *option);

/* A summary as a sentence: with a capital and a full stop. */
void help_sentence(FILE *file, const char *summary);

/* Texts that help and man page have in common. */
extern const char help_exit_codes[];
extern const char help_environment[];

#endif
