/* SPDX-License-Identifier: MIT */
/*
 * The options of each command, as one table that feeds the parser, the help, the man page
 * and the completions, so that they cannot disagree.
 */
#ifndef DGM_CLI_OPTIONS_H
#define DGM_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum option_id {
    OPTION_ALL,
    OPTION_ALLOW,
    OPTION_ALLOW_CODE,
    OPTION_CARET,
    OPTION_CHECK,
    OPTION_CODE_SETTINGS,
    OPTION_COMPLETION,
    OPTION_COVERAGE,
    OPTION_CSV,
    OPTION_DIFF,
    OPTION_DIRECTION,
    OPTION_EACH,
    OPTION_ERROR_FORMAT,
    OPTION_FILE,
    OPTION_FIX,
    OPTION_FORMAT,
    OPTION_FRAMES,
    OPTION_FROM,
    OPTION_HELP,
    OPTION_HTML,
    OPTION_INDENT,
    OPTION_INPUT,
    OPTION_JOBS,
    OPTION_JSON,
    OPTION_JUNIT,
    OPTION_KEY,
    OPTION_LEVEL,
    OPTION_LIBRARY,
    OPTION_MAN,
    OPTION_MANUFACTURER,
    OPTION_MESSAGE,
    OPTION_MODEL,
    OPTION_NO_COLOR,
    OPTION_NO_PROGRESS,
    OPTION_NO_SOURCE,
    OPTION_OUTPUT,
    OPTION_OUTPUT_FORMAT,
    OPTION_PLUGIN_PATH,
    OPTION_PORT,
    OPTION_PROFILE,
    OPTION_PROFILE_LANGUAGE,
    OPTION_QUIET,
    OPTION_RECEIVED_AT,
    OPTION_REQUEST,
    OPTION_REQUEST_FORMAT,
    OPTION_RESCAN,
    OPTION_SECONDS,
    OPTION_SEED,
    OPTION_SENSOR,
    OPTION_SHAPE,
    OPTION_SIGNATURES,
    OPTION_SOURCE,
    OPTION_STDOUT,
    OPTION_STREAM,
    OPTION_TO,
    OPTION_LAYOUT,
    OPTION_TOPIC,
    OPTION_TRUSTED_KEYS,
    OPTION_UNKNOWN,
    OPTION_VERSION,
    OPTION_COUNT
};

enum option_value {
    VALUE_NONE,
    VALUE_NEEDED,
    VALUE_MAYBE /* only behind '=' */
};

struct cli_option {
    enum option_id id;
    char letter;             /* or 0 */
    const char *name;        /* "profile" */
    enum option_value takes; /* a value? */
    const char *value;       /* how help calls it: "FILE" */
    const char *words;       /* the values there are, "text|json"; NULL: any */
    const char *help;        /* one sentence, without capital or full stop */
};

struct cli;

struct cli_command {
    const char *name;
    const char *arguments; /* as help shows them: "[HEX...]" */
    const char *summary;   /* one line */
    const char *about;     /* some lines more */
    const char *examples;  /* one a line */
    const struct cli_option *options;
    size_t option_count;
    int (*run)(struct cli *cli);
};

/* What was written on the command line. */
struct options {
    bool given[OPTION_COUNT];
    const char *value[OPTION_COUNT]; /* NULL if the option has none */
    const char **arguments;          /* what is no option, in order */
    size_t argument_count;
};

enum { OPTIONS_TEXT = 240 };

/* Read the words behind the command. `ret_text` says what is wrong. Frees nothing: the
 * values point into `words`, and `arguments` is memory for `count` pointers. */
bool options_parse(const struct cli_command *command, char **words, size_t count,
                   const char **arguments, struct options *ret, char *ret_text);

/* The value of an option, or `otherwise`. */
const char *options_text(const struct options *options, enum option_id id,
                         const char *otherwise);

/* Position of the option's value among its words; `otherwise` if it is not given. */
int options_word(const struct options *options, const struct cli_option *option,
                 int otherwise);

/* The row of an option in a command, or NULL. */
const struct cli_option *options_find(const struct cli_command *command,
                                      enum option_id id);

/* Walk the words of "a|b|c": false behind the last one. `word` holds OPTIONS_WORD bytes.
 */
enum { OPTIONS_WORD = 24 };
bool options_split(const char *words, size_t position, char *word);

#endif
