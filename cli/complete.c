/* SPDX-License-Identifier: MIT */
/* Completions for shells, out of the table. */
#include "help.h"

#include <string.h>

static void put_words(FILE *file, const char *words)
{
    for (; *words != '\0'; words++) {
        (void)fputc(*words == '|' ? ' ' : *words, file);
    }
}

static bool takes_file(const struct cli_option *option)
{
    return option->value != NULL && strcmp(option->value, "FILE") == 0;
}

static bool takes_folder(const struct cli_option *option)
{
    return option->value != NULL && strncmp(option->value, "DIR", 3) == 0;
}

/* What may stand behind the last word of an option. */
static void bash_values(FILE *file, const struct cli_command *command)
{
    for (size_t i = 0; i < command->option_count; i++) {
        const struct cli_option *option = &command->options[i];
        if (option->takes != VALUE_NEEDED) {
            continue;
        }
        (void)fprintf(file, "        %s:--%s", command->name, option->name);
        if (option->letter != 0) {
            (void)fprintf(file, " | %s:-%c", command->name, option->letter);
        }
        (void)fputs(") COMPREPLY=(", file);
        if (option->words != NULL) {
            (void)fputs("$(compgen -W '", file);
            put_words(file, option->words);
            (void)fputs("' -- \"$word\")", file);
        } else if (takes_file(option)) {
            (void)fputs("$(compgen -f -- \"$word\")", file);
        } else if (takes_folder(option)) {
            (void)fputs("$(compgen -d -- \"$word\")", file);
        }
        (void)fputs("); return ;;\n", file);
    }
}

void complete_bash(FILE *file)
{
    (void)fputs("# Completion of dragoman for bash.\n"
                "_dragoman() {\n"
                "    local word=${COMP_WORDS[COMP_CWORD]} "
                "last=${COMP_WORDS[COMP_CWORD-1]}\n"
                "    local command=${COMP_WORDS[1]}\n"
                "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                "        COMPREPLY=($(compgen -W '",
                file);
    for (size_t i = 0; i < cli_command_count; i++) {
        (void)fprintf(file, "%s ", cli_commands[i].name);
    }
    (void)fputs("--help --version' -- \"$word\"))\n        return\n    fi\n"
                "    case $command:$last in\n",
                file);
    for (size_t i = 0; i < cli_command_count; i++) {
        bash_values(file, &cli_commands[i]);
    }
    (void)fputs("    esac\n    case $command:$word in\n", file);
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command *command = &cli_commands[i];
        (void)fprintf(file, "        %s:-*) COMPREPLY=($(compgen -W '", command->name);
        for (size_t j = 0; j < command->option_count; j++) {
            (void)fprintf(file, "%s--%s", j == 0 ? "" : " ", command->options[j].name);
        }
        (void)fputs("' -- \"$word\")) ;;\n", file);
    }
    (void)fputs("        *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n    esac\n}\n"
                "complete -o filenames -F _dragoman dragoman\n",
                file);
}

/* Inside single quotes and brackets of _arguments. */
static void zsh_text(FILE *file, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            (void)fputs("'\\''", file);
        } else if (*text == '[' || *text == ']' || *text == ':' || *text == '\\') {
            (void)fprintf(file, "\\%c", *text);
        } else {
            (void)fputc(*text, file);
        }
    }
}

static void zsh_spec(FILE *file, const struct cli_option *option, bool letter)
{
    const char *behind = option->takes == VALUE_MAYBE ? "=-" : "";
    if (letter) {
        (void)fprintf(file, "            '-%c[", option->letter);
    } else {
        (void)fprintf(file, "            '--%s%s[", option->name, behind);
    }
    zsh_text(file, option->help);
    (void)fputc(']', file);
    if (option->takes != VALUE_NONE) {
        (void)fputs(option->takes == VALUE_MAYBE ? "::" : ":", file);
        zsh_text(file, option->value);
        (void)fputc(':', file);
        if (option->words != NULL) {
            (void)fputc('(', file);
            put_words(file, option->words);
            (void)fputc(')', file);
        } else if (takes_file(option)) {
            (void)fputs("_files", file);
        } else if (takes_folder(option)) {
            (void)fputs("_files -/", file);
        }
    }
    (void)fputs("' \\\n", file);
}

void complete_zsh(FILE *file)
{
    (void)fputs("#compdef dragoman\n# Completion of dragoman for zsh.\n"
                "_dragoman() {\n    local -a commands\n    commands=(\n",
                file);
    for (size_t i = 0; i < cli_command_count; i++) {
        (void)fprintf(file, "        '%s:", cli_commands[i].name);
        zsh_text(file, cli_commands[i].summary);
        (void)fputs("'\n", file);
    }
    (void)fputs("    )\n    if (( CURRENT == 2 )); then\n"
                "        _describe command commands\n        return\n    fi\n"
                "    case $words[2] in\n",
                file);
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command *command = &cli_commands[i];
        (void)fprintf(file, "        %s) shift words; (( CURRENT-- )); _arguments \\\n",
                      command->name);
        for (size_t j = 0; j < command->option_count; j++) {
            if (command->options[j].letter != 0) {
                zsh_spec(file, &command->options[j], true);
            }
            zsh_spec(file, &command->options[j], false);
        }
        (void)fputs("            '*:file:_files' ;;\n", file);
    }
    (void)fputs("    esac\n}\n_dragoman \"$@\"\n", file);
}
