/* SPDX-License-Identifier: MIT */
/* What mending changes, as a unified difference. Edits stay within a line, so that both
 * texts have the same lines, but for what is in them. */
#include "fix.h"

#include <stdio.h>
#include <string.h>

enum { CONTEXT = 3 /* lines shown around a change */ };

/* A line of both texts, its end included. */
struct line_pair {
    const char *before, *after;
    size_t before_length, after_length;
};

/* Lines one after another. */
struct line_reader {
    const struct fixed *fixed;
    size_t before, after; /* read so far */
};

static size_t length_of(const char *text, size_t length, size_t at)
{
    const char *end = memchr(text + at, '\n', length - at);
    return end != NULL ? (size_t)(end - text) + 1 - at : length - at;
}

static bool next_line(struct line_reader *reader, struct line_pair *ret)
{
    const struct fixed *fixed = reader->fixed;
    if (reader->before >= fixed->before_length) {
        return false;
    }
    ret->before = fixed->before + reader->before;
    ret->after = fixed->after + reader->after;
    ret->before_length = length_of(fixed->before, fixed->before_length, reader->before);
    ret->after_length = length_of(fixed->after, fixed->after_length, reader->after);
    reader->before += ret->before_length;
    reader->after += ret->after_length;
    return true;
}

static bool is_same(const struct line_pair *line)
{
    return line->before_length == line->after_length &&
           memcmp(line->before, line->after, line->before_length) == 0;
}

static void put_line(char mark, const char *text, size_t length)
{
    (void)putchar(mark);
    (void)fwrite(text, 1, length, stdout);
    if (length == 0 || text[length - 1] != '\n') {
        (void)fputs("\n\\ No newline at end of file\n", stdout);
    }
}

/* How many lines a hunk has that begins at the reader's place: up to the context behind
 * the last change that is near enough to the one before. */
static size_t hunk_length(struct line_reader reader)
{
    struct line_pair line;
    size_t count = 0, end = 0;
    while (next_line(&reader, &line)) {
        count++;
        if (!is_same(&line)) {
            end = count;
        } else if (end > 0 && count - end > 2 * (size_t)CONTEXT) {
            break;
        }
    }
    return end + CONTEXT < count ? end + CONTEXT : count;
}

static void put_run(struct line_reader reader, size_t count, bool after)
{
    struct line_pair line;
    while (count-- > 0 && next_line(&reader, &line)) {
        put_line(after ? '+' : '-', after ? line.after : line.before,
                 after ? line.after_length : line.before_length);
    }
}

/* Lines that differ, one after another. */
static size_t changed_run(struct line_reader reader, size_t most)
{
    struct line_pair line;
    size_t count = 0;
    while (count < most && next_line(&reader, &line) && !is_same(&line)) {
        count++;
    }
    return count;
}

static void put_hunk(struct line_reader *reader, size_t number, size_t count)
{
    struct line_pair line;
    (void)printf("@@ -%zu,%zu +%zu,%zu @@\n", number, count, number, count);
    while (count > 0) {
        size_t changed = changed_run(*reader, count);
        put_run(*reader, changed, false);
        put_run(*reader, changed, true);
        for (size_t i = 0; i < changed; i++) {
            (void)next_line(reader, &line);
        }
        count -= changed;
        if (count > 0 && next_line(reader, &line)) {
            put_line(' ', line.before, line.before_length);
            count--;
        }
    }
}

void fix_put_diff(const char *path, const struct fixed *fixed)
{
    struct line_reader reader = {fixed, 0, 0}, ahead = reader;
    struct line_pair line;
    size_t number = 1, seen = 0;
    (void)printf("--- %s\n+++ %s\n", path, path);
    while (next_line(&ahead, &line)) {
        seen++;
        if (is_same(&line)) {
            continue;
        }
        while (number + CONTEXT < seen && next_line(&reader, &line)) {
            number++;
        }
        size_t count = hunk_length(reader);
        put_hunk(&reader, number, count);
        number += count;
        seen = number - 1;
        ahead = reader;
    }
}
