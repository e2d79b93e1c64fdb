/* SPDX-License-Identifier: MIT */
/* Help out of the table. The first lines are examples. */
#include "help.h"

#include <string.h>

enum { COLUMN = 30, WIDTH = 80, SHORT_WORDS = 16 };

const char help_exit_codes[] =
    "0 fine; 1 the data is wrong; 2 the call is wrong; 3 a file cannot be read or\n"
    "written, or a plug-in is refused; 70 a mistake in Dragoman: please report it\n";

const char help_environment[] =
    "DRAGOMAN_PLUGIN_PATH  folders with plug-ins, from '/' and separated by colons;\n"
    "                      searched behind --plugin-path and before\n"
    "                      " DGM_PLUGIN_DIR "\n"
    "DRAGOMAN_WORKER       absolute path of the program that runs code of plug-ins, in\n"
    "                      place of the installed dragoman-worker\n"
    "XDG_CACHE_HOME        where it is remembered which plug-ins are good, in\n"
    "                      dragoman/plugins (default: ~/.cache)\n"
    "DRAGOMAN_SIGNATURES   as --signatures\n"
    "DRAGOMAN_TRUSTED_KEYS as --trusted-keys\n"
    "NO_COLOR              if not empty: no colour on terminals\n";

bool help_lists_words(const struct cli_option *option)
{
    return option->words != NULL && strlen(option->words) >= SHORT_WORDS;
}

void help_spelling(const struct cli_option *option, char *text)
{
    char letter[8] = "    ";
    const char *value = option->words != NULL && !help_lists_words(option)
                            ? option->words
                            : option->value;
    if (option->letter != 0) {
        (void)snprintf(letter, sizeof(letter), "-%c, ", option->letter);
    }
    switch (option->takes) {
    case VALUE_NONE:
        (void)snprintf(text, HELP_SPELLING, "%s--%s", letter, option->name);
        break;
    case VALUE_NEEDED:
        (void)snprintf(text, HELP_SPELLING, "%s--%s %s", letter, option->name, value);
        break;
    case VALUE_MAYBE:
        (void)snprintf(text, HELP_SPELLING, "%s--%s[=%s]", letter, option->name, value);
        break;
    }
}

/* Words, broken over lines that begin at a column. */
static void put_wrapped(FILE *file, const char *text, size_t column)
{
    size_t at = column;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (at + length > WIDTH && at > column) {
            (void)fprintf(file, "\n%*s", (int)column, "");
            at = column;
        }
        (void)fprintf(file, "%s%.*s", at > column ? " " : "", (int)length, text);
        at += length + 1;
        text += length + (text[length] == ' ' ? 1 : 0);
    }
}

static void put_option(FILE *file, const struct cli_option *option)
{
    char spelling[HELP_SPELLING];
    char text[240];
    help_spelling(option, spelling);
    (void)fprintf(file, "  %-*s", COLUMN - 3, spelling);
    if (strlen(spelling) > COLUMN - 4) {
        (void)fprintf(file, "\n%*s", COLUMN - 1, "");
    }
    (void)fputc(' ', file);
    bool list = help_lists_words(option);
    (void)snprintf(text, sizeof(text), "%s%s%s", option->help, list ? ": " : "",
                   list ? option->words : "");
    put_wrapped(file, text, COLUMN);
    (void)fputc('\n', file);
}

static void put_indented(FILE *file, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        (void)fprintf(file, "  %.*s\n", (int)length, text);
        text += length + (text[length] == '\n' ? 1 : 0);
    }
}

void help_sentence(FILE *file, const char *summary)
{
    char first = summary[0];
    if (first >= 'a' && first <= 'z') {
        first = (char)(first - 'a' + 'A');
    }
    (void)fprintf(file, "%c%s.\n", first, summary + 1);
}

static void put_commands(FILE *file)
{
    (void)fputs("\nCommands:\n", file);
    for (size_t i = 0; i < cli_command_count; i++) {
        (void)fprintf(file, "  %-10s %s\n", cli_commands[i].name,
                      cli_commands[i].summary);
    }
    (void)fputs("\n'dragoman COMMAND --help' tells more about a command.\n", file);
}

void help_put(FILE *file, const struct cli_command *command)
{
    bool program = command->run == NULL;
    (void)fputs("Examples:\n", file);
    put_indented(file, command->examples);
    (void)fprintf(file, "\nusage: dragoman%s%s%s%s%s\n", program ? "" : " ",
                  program ? "" : command->name, " [options]",
                  command->arguments[0] != '\0' ? " " : "", command->arguments);
    if (!program) {
        (void)fputc('\n', file);
        help_sentence(file, command->summary);
        (void)fprintf(file, "%s%s", command->about[0] != '\0' ? "\n" : "",
                      command->about);
    } else {
        (void)fputs("\nDragoman turns frames of devices into platform JSON, and back.\n",
                    file);
        put_commands(file);
    }
    (void)fputs("\nOptions:\n", file);
    for (size_t i = 0; i < command->option_count; i++) {
        put_option(file, &command->options[i]);
    }
    (void)fputs("\nExit codes:\n", file);
    put_indented(file, help_exit_codes);
    if (program) {
        (void)fputs("\nEnvironment:\n", file);
        put_indented(file, help_environment);
    }
}
