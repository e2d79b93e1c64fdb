/* SPDX-License-Identifier: MIT */
/* Lines from arguments, a file or standard input alike. */
#include "feed.h"
#include "letters.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void flush_output(void *user)
{
    (void)user;
    (void)fflush(stdout);
}

static int open_lines(struct feed *feed, const char *path)
{
    bool standard = path == NULL || strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return report_errno(feed->report, "cannot open", path);
    }
    feed->source = standard ? "stdin" : path;
    feed->lines = lines_open(fd, !standard);
    if (feed->lines == NULL) {
        return report_memory(feed->report);
    }
    lines_before_wait(feed->lines, flush_output, NULL);
    return CLI_FINE;
}

static int join_arguments(struct feed *feed)
{
    size_t size = 1;
    for (size_t i = 0; i < feed->count; i++) {
        size += strlen(feed->arguments[i]) + 1;
    }
    feed->joined = malloc(size);
    if (feed->joined == NULL) {
        return report_memory(feed->report);
    }
    feed->joined[0] = '\0';
    char *at = feed->joined;
    for (size_t i = 0; i < feed->count; i++) {
        size_t length = strlen(feed->arguments[i]);
        memcpy(at, feed->arguments[i], length);
        at += length;
        *at++ = ' ';
        *at = '\0';
    }
    return CLI_FINE;
}

int feed_open(struct feed *feed, struct report *report, const struct cli *cli, bool each,
              const char *what)
{
    const char *path = cli_text(cli, OPTION_FILE, NULL);
    const struct options *options = &cli->options;
    memset(feed, 0, sizeof(*feed));
    feed->report = report;
    feed->each = each;
    feed->arguments = options->arguments;
    feed->count = options->argument_count;
    bool dash = feed->count == 1 && strcmp(feed->arguments[0], "-") == 0;
    if (feed->count > 0 && path != NULL) {
        return report_usage(report, cli,
                            "input comes from arguments or from --file, not both");
    }
    if (feed->count > 0 && !dash) {
        return each ? CLI_FINE : join_arguments(feed);
    }
    feed->count = 0;
    if (path == NULL && !dash && isatty(STDIN_FILENO) != 0) {
        return report_usage(report, cli,
                            "no %s: write it behind the command, or send it to standard "
                            "input",
                            what);
    }
    return open_lines(feed, path);
}

void feed_close(struct feed *feed)
{
    lines_close(feed->lines);
    free(feed->joined);
    memset(feed, 0, sizeof(*feed));
}

void lines_tell(struct report *report, const char *source, unsigned long number,
                enum lines_result result)
{
    struct place place = {source, number, 0};
    if (result == LINES_TOO_LONG) {
        report_error(report, &place, "input", "the line is longer than %d bytes",
                     LINES_LENGTH_MAX);
    } else if (result == LINES_DAMAGED) {
        report_error(report, &place, "input",
                     "the gzipped data is damaged or cut off behind this line");
    } else if (result == LINES_FAILED) {
        place.line = 0;
        report_error(report, &place, "io", "cannot read: %s", strerror(errno));
    }
}

void feed_tell(struct feed *feed, enum lines_result result)
{
    lines_tell(feed->report, feed->source, lines_number(feed->lines), result);
}

/* Begin the next argument, or the joined ones. */
static bool next_argument(struct feed *feed)
{
    if (feed->next == (feed->each ? feed->count : 1)) {
        return false;
    }
    feed->rest = feed->each ? feed->arguments[feed->next] : feed->joined;
    feed->next++;
    feed->number = 0;
    return true;
}

/* Arguments may hold several lines, as "$(xxd frame.bin)" does. */
static enum lines_result next_of_arguments(struct feed *feed, const char **ret_line,
                                           size_t *ret_length, struct place *ret_place)
{
    if (feed->rest == NULL && !next_argument(feed)) {
        return LINES_END;
    }
    const char *end = strchr(feed->rest, '\n');
    *ret_line = feed->rest;
    *ret_length = end == NULL ? strlen(feed->rest) : (size_t)(end - feed->rest);
    bool many = end != NULL || feed->number > 0;
    feed->number++;
    feed->rest = end == NULL ? NULL : end + 1;
    if (feed->each && feed->count > 1) {
        (void)snprintf(feed->name, sizeof(feed->name), "argument %zu", feed->next);
    } else {
        (void)snprintf(feed->name, sizeof(feed->name), "argument");
    }
    ret_place->source = (feed->each && feed->count > 1) || many ? feed->name : NULL;
    ret_place->line = many ? feed->number : 0;
    ret_place->column = 0;
    return LINES_GOT;
}

enum lines_result feed_next(struct feed *feed, const char **ret_line, size_t *ret_length,
                            struct place *ret_place)
{
    if (feed->lines == NULL) {
        return next_of_arguments(feed, ret_line, ret_length, ret_place);
    }
    enum lines_result result = lines_next(feed->lines, ret_line, ret_length);
    feed->number = lines_number(feed->lines);
    ret_place->source = feed->source;
    ret_place->line = feed->number;
    ret_place->column = 0;
    feed_tell(feed, result);
    return result;
}

struct place feed_column(const struct feed *feed, const struct place *place,
                         size_t column, char *name, size_t name_size)
{
    struct place found = *place;
    found.column = column;
    if (feed->lines != NULL || place->source != NULL) {
        return found;
    }
    size_t argument = 0;
    while (argument + 1 < feed->count) {
        const char *text = feed->arguments[argument];
        size_t width = letters_count(text, strlen(text)) + 1; /* with the blank behind */
        if (found.column <= width) {
            break;
        }
        found.column -= width;
        argument++;
    }
    (void)snprintf(name, name_size, feed->count > 1 ? "argument %zu" : "argument",
                   argument + 1);
    found.source = name;
    return found;
}
