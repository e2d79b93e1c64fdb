/* SPDX-License-Identifier: MIT */
/* The man page out of the table, in roff. */
#include "help.h"

#include <dragoman/version.h>

#include <string.h>

/* A line that begins with a point or quote would be an order; '-' and '\' have their own
 * spellings. */
static void put_escaped(FILE *file, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool first = i == 0 || text[i - 1] == '\n';
        if (first && (text[i] == '.' || text[i] == '\'')) {
            (void)fputs("\\&", file);
        }
        if (text[i] == '\\') {
            (void)fputs("\\e", file);
        } else if (text[i] == '-') {
            (void)fputs("\\-", file);
        } else if (text[i] == '\'') {
            (void)fputs("\\(aq", file);
        } else {
            (void)fputc(text[i], file);
        }
    }
}

static void put_text(FILE *file, const char *text)
{
    put_escaped(file, text, strlen(text));
}

static void put_option(FILE *file, const struct cli_option *option)
{
    char spelling[HELP_SPELLING];
    help_spelling(option, spelling);
    (void)fputs(".TP\n\\fB", file);
    put_text(file, spelling + strspn(spelling, " "));
    (void)fputs("\\fR\n", file);
    put_text(file, option->help);
    if (help_lists_words(option)) {
        (void)fputs(": ", file);
        put_text(file, option->words);
    }
    (void)fputc('\n', file);
}

static void put_verbatim(FILE *file, const char *text)
{
    (void)fputs(".PP\n.nf\n", file);
    put_text(file, text);
    (void)fputs(".fi\n", file);
}

static void put_command(FILE *file, const struct cli_command *command)
{
    (void)fprintf(file, ".SS dragoman %s ", command->name);
    put_text(file, command->arguments);
    (void)fputs("\n", file);
    help_sentence(file, command->summary);
    put_text(file, command->about);
    for (size_t i = 0; i < command->option_count; i++) {
        put_option(file, &command->options[i]);
    }
    (void)fputs(".PP\nExamples:\n", file);
    put_verbatim(file, command->examples);
}

void manpage_put(FILE *file)
{
    (void)fputs(".TH DRAGOMAN 1 \"\" \"dragoman " DGM_VERSION_STRING "\"\n"
                ".SH NAME\ndragoman \\- ",
                file);
    put_text(file, cli_program.summary);
    (void)fputs("\n.SH SYNOPSIS\n.B dragoman\nCOMMAND [options] [arguments]\n"
                ".SH DESCRIPTION\n",
                file);
    put_text(
        file,
        "Dragoman decodes the frames of devices into the JSON of IoT platforms, and\n"
        "encodes commands into frames, by a profile or a plug-in that was made of "
        "one.\nResults go to standard output, messages to standard error.\n");
    (void)fputs(".SH OPTIONS\n", file);
    for (size_t i = 0; i < cli_program.option_count; i++) {
        put_option(file, &cli_program.options[i]);
    }
    (void)fputs(".SH COMMANDS\n", file);
    for (size_t i = 0; i < cli_command_count; i++) {
        put_command(file, &cli_commands[i]);
    }
    (void)fputs(".SH EXIT STATUS\n", file);
    put_text(file, help_exit_codes);
    (void)fputs(".SH ENVIRONMENT\n", file);
    put_verbatim(file, help_environment);
    (void)fputs(".SH EXAMPLES\n", file);
    put_verbatim(file, cli_program.examples);
}
