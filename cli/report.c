/* SPDX-License-Identifier: MIT */
/*
 * What is told on standard error. Text has the form `source:line:column: error: text`;
 * JSON has one object a line. Standard output is flushed first, so that both come in
 * order where they go to one place.
 */
#include "report.h"
#include "jsonfault.h"
#include "letters.h"
#include "suggest.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_MAX = 4096, QUOTE_MAX = 60 };

static const struct place nowhere = {NULL, 0, 0};

void report_open(struct report *report, const struct cli *cli)
{
    const char *no_color = getenv("NO_COLOR");
    const char *format = cli_text(cli, OPTION_ERROR_FORMAT, "text");
    memset(report, 0, sizeof(*report));
    report->quiet = cli_has(cli, OPTION_QUIET);
    report->json = strcmp(format, "json") == 0;
    report->terminal = isatty(STDERR_FILENO) != 0;
    report->color = report->terminal && !cli_has(cli, OPTION_NO_COLOR) &&
                    (no_color == NULL || no_color[0] == '\0');
}

static void put_place(const struct place *place)
{
    if (place->source == NULL) {
        (void)fputs("dragoman: ", stderr);
        return;
    }
    letters_put(stderr, place->source);
    if (place->line != 0) {
        (void)fprintf(stderr, ":%lu", place->line);
    }
    if (place->column != 0) {
        (void)fprintf(stderr, ":%zu", place->column);
    }
    (void)fputs(": ", stderr);
}

static void put_text(struct report *report, const struct place *place, bool warning,
                     const char *text)
{
    const char *word = warning ? "warning: " : "error: ";
    put_place(place);
    if (report->color) {
        (void)fprintf(stderr, "\033[1;%dm%s\033[0m", warning ? 35 : 31, word);
    } else {
        (void)fputs(word, stderr);
    }
    letters_put(stderr, text);
    (void)fputc('\n', stderr);
}

static void open_json(struct jsonout *json, const struct place *place, bool warning,
                      const char *id)
{
    jsonout_open(json, stderr);
    jsonout_text(json, "severity", warning ? "warning" : "error");
    if (place->source != NULL) {
        jsonout_text(json, "source", place->source);
    }
    if (place->line != 0) {
        jsonout_number(json, "line", place->line);
    }
    if (place->column != 0) {
        jsonout_number(json, "column", place->column);
    }
    jsonout_text(json, "status", id);
}

static void before(struct report *report)
{
    report_progress_end(report);
    (void)fflush(stdout);
    if (report->flush != NULL) {
        report->flush(report->user);
    }
}

static void tell(struct report *report, const struct place *place, bool warning,
                 const char *id, const char *text)
{
    struct jsonout json;
    before(report);
    if (!report->json) {
        put_text(report, place != NULL ? place : &nowhere, warning, text);
        return;
    }
    open_json(&json, place != NULL ? place : &nowhere, warning, id);
    jsonout_text(&json, "text", text);
    jsonout_close(&json);
}

void report_error(struct report *report, const struct place *place, const char *id,
                  const char *format, ...)
{
    char text[TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    tell(report, place, false, id, text);
}

void report_warning(struct report *report, const struct place *place, const char *id,
                    const char *format, ...)
{
    char text[TEXT_MAX];
    va_list arguments;
    if (report->quiet) {
        return;
    }
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    tell(report, place, true, id, text);
}

void report_note(struct report *report, const char *format, ...)
{
    char text[TEXT_MAX];
    va_list arguments;
    if (report->quiet || report->json) {
        return;
    }
    before(report);
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    letters_put(stderr, text);
    (void)fputc('\n', stderr);
}

static void put_codec_json(const struct place *place, bool warning,
                           const struct dgm_codec *codec, const struct dgm_error *error,
                           const char *text)
{
    struct jsonout json;
    open_json(&json, place, warning, dgm_status_id(error->status));
    jsonfault_error(&json, codec, error);
    jsonout_text(&json, "text", text);
    jsonout_close(&json);
}

/* Faults of a word in the JSON, which the error itself cannot quote. */
static bool wants_quote(const struct dgm_error *error)
{
    return error->place == DGM_PLACE_JSON &&
           (error->status == DGM_UNKNOWN_MEMBER || error->status == DGM_NO_COMMAND ||
            error->status == DGM_ENUM || error->status == DGM_JSON_SYNTAX);
}

/* Append what stands at the place: a whole string, or a few characters of something else.
 */
static void add_quote(char *text, size_t size, const struct dgm_error *error,
                      const char *json, size_t length)
{
    size_t used = strlen(text), end = error->offset;
    if (end >= length) {
        (void)snprintf(text + used, size - used, ", where the text ends");
        return;
    }
    bool is_string = json[end] == '"';
    size_t most = end + (is_string ? QUOTE_MAX : QUOTE_MAX / 4);
    end++;
    while (end < length && end < most && json[end] >= ' ' &&
           (is_string ? json[end - 1] != '"' || end == error->offset + 1u
                      : strchr(",:]} ", json[end]) == NULL)) {
        end++;
    }
    (void)snprintf(text + used, size - used, ", near %.*s", (int)(end - error->offset),
                   json + error->offset);
}

/* Append the name that a quoted word was probably meant to be. */
static void add_suggestion(char *text, size_t size, const struct dgm_codec *codec,
                           const struct dgm_error *error, const char *json, size_t length)
{
    char word[SUGGEST_TEXT], name[SUGGEST_TEXT];
    size_t used = strlen(text), start = error->offset + 1u, end = start;
    bool named = error->status == DGM_UNKNOWN_MEMBER || error->status == DGM_NO_COMMAND;
    if (!named || codec == NULL || start > length || json[start - 1] != '"') {
        return;
    }
    while (end < length && json[end] != '"' && json[end] != '\\') {
        end++;
    }
    if (end - start >= sizeof(word)) {
        return;
    }
    memcpy(word, json + start, end - start);
    word[end - start] = '\0';
    if (suggest_name(codec, word, name)) {
        (void)snprintf(text + used, size - used, "; did you mean '%s'?", name);
    }
}

void report_codec(struct report *report, const struct place *place, bool warning,
                  const struct dgm_codec *codec, const struct dgm_error *error)
{
    report_codec_json(report, place, warning, codec, error, NULL, 0);
}

void report_codec_json(struct report *report, const struct place *place, bool warning,
                       const struct dgm_codec *codec, const struct dgm_error *error,
                       const char *json, size_t length)
{
    char text[TEXT_MAX];
    const struct place *where = place != NULL ? place : &nowhere;
    if (warning && report->quiet) {
        return;
    }
    (void)dgm_error_render(codec, error, text, sizeof(text));
    if (json != NULL && wants_quote(error)) {
        add_quote(text, sizeof(text), error, json, length);
        add_suggestion(text, sizeof(text), codec, error, json, length);
    }
    before(report);
    if (report->json) {
        put_codec_json(where, warning, codec, error, text);
    } else {
        put_text(report, where, warning, text);
    }
    if (dgm_status_family(error->status) == DGM_FAMILY_BUG && !report->json) {
        (void)fputs("dragoman: this is a mistake in Dragoman; please report it\n",
                    stderr);
    }
}

int report_errno(struct report *report, const char *what, const char *path)
{
    report_error(report, NULL, "io", "%s '%s': %s", what, path, strerror(errno));
    return CLI_CANNOT;
}

int report_memory(struct report *report)
{
    report_error(report, NULL, "memory", "no memory");
    return CLI_CANNOT;
}

int report_usage(struct report *report, const struct cli *cli, const char *format, ...)
{
    char text[TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    tell(report, NULL, false, "usage", text);
    if (!report->json) {
        (void)fprintf(stderr, "try 'dragoman%s%s --help'\n",
                      cli->command->run != NULL ? " " : "",
                      cli->command->run != NULL ? cli->command->name : "");
    }
    return CLI_USAGE;
}

void report_progress_start(struct report *report, const struct cli *cli, uint64_t size)
{
    report->progress = report->terminal && !report->quiet && !report->json &&
                       !cli_has(cli, OPTION_NO_PROGRESS) && isatty(STDOUT_FILENO) == 0;
    report->size = size;
}

static void put_progress(const struct report *report, unsigned long lines,
                         uint64_t consumed)
{
    (void)fprintf(stderr, "\r%lu lines", lines);
    if (report->size > 0) {
        uint64_t done = consumed < report->size ? consumed : report->size;
        (void)fprintf(stderr, ", %u %%", (unsigned)(done * 100 / report->size));
    }
    (void)fputs("\033[K", stderr);
}

void report_progress(struct report *report, unsigned long lines, uint64_t consumed)
{
    if (!report->progress) {
        return;
    }
    time_t now = time(NULL);
    if (now != report->shown) {
        report->shown = now;
        report->line_open = true;
        put_progress(report, lines, consumed);
        (void)fflush(stderr); /* it is no line */
    }
}

void report_progress_end(struct report *report)
{
    if (report->line_open) {
        report->line_open = false;
        (void)fputs("\r\033[K", stderr);
        (void)fflush(stderr);
    }
}

int cli_number(const struct cli *cli, struct report *report, enum option_id id,
               uint64_t most, uint64_t *ret)
{
    const char *text = cli_text(cli, id, NULL);
    const struct cli_option *option = options_find(cli->command, id);
    uint64_t number = 0;
    if (text == NULL || option == NULL) {
        return CLI_FINE;
    }
    bool good = text[0] != '\0';
    for (const char *at = text; *at != '\0' && good; at++) {
        unsigned digit = (unsigned char)*at - (unsigned)'0';
        good = digit <= 9 && number <= (most - digit) / 10;
        number = number * 10 + digit;
    }
    if (!good) {
        return report_usage(report, cli, "--%s: '%s' is not 0 to %llu", option->name,
                            text, (unsigned long long)most);
    }
    *ret = number;
    return CLI_FINE;
}
