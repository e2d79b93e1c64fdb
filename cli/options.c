/* SPDX-License-Identifier: MIT */
/*
 * Reads a command line by the option table. The usual forms: --name VALUE, --name=VALUE,
 * -n VALUE, -nVALUE, -ab for two switches, and "--" before arguments that look like
 * options. Long options are never abbreviated: an abbreviation would be a promise that no
 * option with the same beginning is ever added.
 */
#include "options.h"
#include "nearest.h"

#include <stdio.h>
#include <string.h>

struct parser {
    const struct cli_command *command;
    char **words;
    size_t count, at;
    struct options *out;
    char *text;
};

bool options_split(const char *words, size_t position, char *word)
{
    for (; position > 0; position--) {
        words = strchr(words, '|');
        if (words == NULL) {
            return false;
        }
        words++;
    }
    size_t length = strcspn(words, "|");
    if (length >= OPTIONS_WORD) {
        return false;
    }
    memcpy(word, words, length);
    word[length] = '\0';
    return true;
}

const struct cli_option *options_find(const struct cli_command *command,
                                      enum option_id id)
{
    for (size_t i = 0; i < command->option_count; i++) {
        if (command->options[i].id == id) {
            return &command->options[i];
        }
    }
    return NULL;
}

const char *options_text(const struct options *options, enum option_id id,
                         const char *otherwise)
{
    return options->value[id] != NULL ? options->value[id] : otherwise;
}

static int word_position(const char *words, const char *value)
{
    char word[OPTIONS_WORD];
    for (size_t i = 0; options_split(words, i, word); i++) {
        if (strcmp(word, value) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int options_word(const struct options *options, const struct cli_option *option,
                 int otherwise)
{
    if (option == NULL || option->words == NULL || options->value[option->id] == NULL) {
        return otherwise;
    }
    return word_position(option->words, options->value[option->id]);
}

static bool check_word(struct parser *parser, const struct cli_option *option,
                       const char *value)
{
    char word[OPTIONS_WORD];
    if (option->words == NULL || word_position(option->words, value) >= 0) {
        return true;
    }
    size_t used = (size_t)snprintf(parser->text, OPTIONS_TEXT, "--%s: '%.60s' is none of",
                                   option->name, value);
    for (size_t i = 0; options_split(option->words, i, word); i++) {
        if (used < OPTIONS_TEXT) {
            used += (size_t)snprintf(parser->text + used, OPTIONS_TEXT - used, "%s %s",
                                     i == 0 ? "" : ",", word);
        }
    }
    return false;
}

static bool set(struct parser *parser, const struct cli_option *option, const char *value)
{
    if (value != NULL && !check_word(parser, option, value)) {
        return false;
    }
    parser->out->given[option->id] = true;
    parser->out->value[option->id] = value;
    return true;
}

/* The option's value: behind it, or the next word. */
static bool set_with(struct parser *parser, const struct cli_option *option,
                     const char *behind, const char *spelling)
{
    if (option->takes == VALUE_NONE && behind != NULL) {
        (void)snprintf(parser->text, OPTIONS_TEXT, "%.60s takes no value", spelling);
        return false;
    }
    if (option->takes != VALUE_NEEDED || behind != NULL) {
        return set(parser, option, behind);
    }
    if (parser->at == parser->count) {
        (void)snprintf(parser->text, OPTIONS_TEXT, "%.60s needs a value: %s", spelling,
                       option->words != NULL ? option->words : option->value);
        return false;
    }
    return set(parser, option, parser->words[parser->at++]);
}

static bool unknown(struct parser *parser, const char *name, size_t length)
{
    char word[64];
    struct nearest nearest;
    (void)snprintf(word, sizeof(word), "%.*s", (int)(length < 60 ? length : 60), name);
    nearest_start(&nearest, word);
    for (size_t i = 0; i < parser->command->option_count; i++) {
        const char *candidate = parser->command->options[i].name;
        nearest_offer(&nearest, candidate);
        /* The beginning of a name is what one writes who hopes for abbreviations. */
        if (nearest.best == NULL && length >= 2 &&
            strncmp(candidate, word, strlen(word)) == 0) {
            nearest.best = candidate;
        }
    }
    if (nearest.best != NULL) {
        (void)snprintf(parser->text, OPTIONS_TEXT,
                       "unknown option '--%s'; did you mean '--%s'?", word, nearest.best);
    } else {
        (void)snprintf(parser->text, OPTIONS_TEXT, "unknown option '--%s'", word);
    }
    return false;
}

static bool take_long(struct parser *parser, const char *name)
{
    size_t length = strcspn(name, "=");
    const char *behind = name[length] == '=' ? name + length + 1 : NULL;
    for (size_t i = 0; i < parser->command->option_count; i++) {
        const struct cli_option *option = &parser->command->options[i];
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0) {
            char spelling[64];
            (void)snprintf(spelling, sizeof(spelling), "--%s", option->name);
            return set_with(parser, option, behind, spelling);
        }
    }
    return unknown(parser, name, length);
}

static const struct cli_option *find_letter(const struct cli_command *command,
                                            char letter)
{
    for (size_t i = 0; i < command->option_count; i++) {
        if (command->options[i].letter == letter) {
            return &command->options[i];
        }
    }
    return NULL;
}

static bool take_letters(struct parser *parser, const char *letters)
{
    for (; *letters != '\0'; letters++) {
        const struct cli_option *option = find_letter(parser->command, *letters);
        if (option == NULL) {
            (void)snprintf(parser->text, OPTIONS_TEXT, "unknown option '-%c'", *letters);
            return false;
        }
        if (option->takes == VALUE_NEEDED) {
            char spelling[3] = {'-', *letters, '\0'};
            return set_with(parser, option, letters[1] == '\0' ? NULL : letters + 1,
                            spelling);
        }
        if (!set(parser, option, NULL)) {
            return false;
        }
    }
    return true;
}

bool options_parse(const struct cli_command *command, char **words, size_t count,
                   const char **arguments, struct options *ret, char *ret_text)
{
    struct parser parser = {command, words, count, 0, ret, ret_text};
    bool only_arguments = false;

    memset(ret, 0, sizeof(*ret));
    ret->arguments = arguments;
    while (parser.at < count) {
        const char *word = words[parser.at++];
        bool good = true;
        if (only_arguments || word[0] != '-' || word[1] == '\0') {
            arguments[ret->argument_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_arguments = true;
        } else if (word[1] == '-') {
            good = take_long(&parser, word + 2);
        } else {
            good = take_letters(&parser, word + 1);
        }
        if (!good) {
            return false;
        }
    }
    return true;
}
