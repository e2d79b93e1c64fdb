/* SPDX-License-Identifier: MIT */
/*
 * JSON texts one after another. If the first line is a whole text, each line is one.
 * Otherwise lines are gathered until the brackets are closed. A line that is a whole
 * object by itself ends a text that was never closed, so that one slip does not swallow
 * all that follows.
 */
#include "documents.h"

#include <stdlib.h>
#include <string.h>

enum style { STYLE_UNKNOWN, STYLE_LINES, STYLE_LAID_OUT };

/* Brackets and quotes so far. */
struct nesting {
    size_t depth;
    bool in_string, escaped;
};

struct documents {
    struct feed feed;
    enum style style;
    bool pending; /* `line` is still to be looked at */
    const char *line;
    size_t line_length;
    struct place place;
    size_t length; /* of what was gathered */
    char text[LINES_LENGTH_MAX];
};

struct documents *documents_open(struct report *report, const struct cli *cli,
                                 int *ret_code)
{
    struct documents *documents = malloc(sizeof(*documents));
    if (documents == NULL) {
        *ret_code = report_memory(report);
        return NULL;
    }
    memset(documents, 0, offsetof(struct documents, text));
    *ret_code = feed_open(&documents->feed, report, cli, true, "JSON");
    if (*ret_code != CLI_FINE) {
        documents_close(documents);
        return NULL;
    }
    return documents;
}

void documents_close(struct documents *documents)
{
    if (documents != NULL) {
        feed_close(&documents->feed);
        free(documents);
    }
}

struct feed *documents_feed(struct documents *documents)
{
    return &documents->feed;
}

bool documents_in_lines(const struct documents *documents)
{
    return documents->feed.lines != NULL && documents->style == STYLE_LINES &&
           !documents->pending;
}

unsigned long documents_lines(const struct documents *documents)
{
    return documents->feed.number;
}

static void follow(struct nesting *nesting, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char letter = text[i];
        if (nesting->escaped) {
            nesting->escaped = false;
        } else if (nesting->in_string) {
            nesting->escaped = letter == '\\';
            nesting->in_string = letter != '"';
        } else if (letter == '"') {
            nesting->in_string = true;
        } else if (letter == '{' || letter == '[') {
            nesting->depth++;
        } else if ((letter == '}' || letter == ']') && nesting->depth > 0) {
            nesting->depth--;
        }
    }
    /* No text of JSON goes over the end of a line. */
    nesting->in_string = nesting->escaped = false;
}

static bool is_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
            return false;
        }
    }
    return true;
}

static bool is_whole(const char *text, size_t length)
{
    struct nesting nesting = {0, false, false};
    follow(&nesting, text, length);
    return nesting.depth == 0;
}

static enum lines_result next_line(struct documents *documents)
{
    if (documents->pending) {
        documents->pending = false;
        return LINES_GOT;
    }
    return feed_next(&documents->feed, &documents->line, &documents->line_length,
                     &documents->place);
}

static bool gather(struct documents *documents)
{
    size_t needed = documents->line_length + 1;
    if (needed > sizeof(documents->text) - documents->length) {
        return false;
    }
    memcpy(documents->text + documents->length, documents->line, documents->line_length);
    documents->length += documents->line_length;
    documents->text[documents->length++] = '\n';
    return true;
}

/* Does this line begin a text of its own, although one is still open? */
static bool begins_anew(const struct documents *documents)
{
    return documents->length > 0 && documents->line_length > 0 &&
           documents->line[0] == '{' && is_whole(documents->line, documents->line_length);
}

/* Gather lines from the one at hand on. What was gathered is given in any case: the
 * codec will say where it is no JSON. */
static enum lines_result gather_all(struct documents *documents, struct place *ret_place)
{
    struct nesting nesting = {0, false, false};
    documents->length = 0;
    *ret_place = documents->place;
    for (;;) {
        if (begins_anew(documents)) {
            documents->style = STYLE_LINES;
            documents->pending = true;
            return LINES_GOT;
        }
        if (!gather(documents)) {
            report_error(documents->feed.report, ret_place, "input",
                         "the JSON is longer than %d bytes", LINES_LENGTH_MAX);
            return LINES_TOO_LONG;
        }
        follow(&nesting, documents->line, documents->line_length);
        if (nesting.depth == 0) {
            return LINES_GOT;
        }
        enum lines_result result = next_line(documents);
        if (result == LINES_END) {
            return LINES_GOT;
        }
        if (result != LINES_GOT) {
            return result;
        }
    }
}

/* An argument, with all its lines. */
static enum lines_result next_argument(struct documents *documents, const char **ret_text,
                                       size_t *ret_length, struct place *ret_place)
{
    struct feed *feed = &documents->feed;
    enum lines_result result = feed_next(feed, ret_text, ret_length, ret_place);
    if (result == LINES_GOT && feed->rest != NULL) {
        *ret_length = strlen(*ret_text);
        feed->rest = NULL;
    }
    if (feed->count == 1) {
        ret_place->source = NULL;
    }
    ret_place->line = 0;
    return result;
}

enum lines_result documents_next(struct documents *documents, const char **ret_text,
                                 size_t *ret_length, struct place *ret_place)
{
    if (documents->feed.lines == NULL) {
        return next_argument(documents, ret_text, ret_length, ret_place);
    }
    do {
        enum lines_result result = next_line(documents);
        if (result != LINES_GOT) {
            *ret_place = documents->place;
            return result;
        }
    } while (is_blank(documents->line, documents->line_length));
    if (documents->style == STYLE_UNKNOWN) {
        documents->style = is_whole(documents->line, documents->line_length)
                               ? STYLE_LINES
                               : STYLE_LAID_OUT;
    }
    if (documents->style == STYLE_LINES) {
        *ret_text = documents->line;
        *ret_length = documents->line_length;
        *ret_place = documents->place;
        return LINES_GOT;
    }
    enum lines_result result = gather_all(documents, ret_place);
    *ret_text = documents->text;
    *ret_length = documents->length;
    return result;
}
