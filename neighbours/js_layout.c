/* SPDX-License-Identifier: MIT */
/* Lines stay lines, so that no statement depends on where one ends. */
#include "js_layout.h"

#include "js_mention.h"

#include <string.h>

static bool is_word(char character)
{
    return (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_';
}

/* Does a blank between these hold apart what would be something else together? */
static bool is_needed(char before, char behind)
{
    bool are_signs = (before == '+' || before == '-') && before == behind;
    return (is_word(before) && is_word(behind)) || are_signs;
}

/* One line without its indentation, and without blanks around signs. */
static void put_squeezed(FILE *file, const char *at, const char *end)
{
    char before = '\n';
    while (at < end) {
        const char *behind = js_behind_literal(at, end);
        if (behind > at) {
            (void)fwrite(at, 1, (size_t)(behind - at), file);
            before = behind[-1];
            at = behind;
            continue;
        }
        if (*at != ' ' || (at + 1 < end && is_needed(before, at[1]))) {
            (void)fputc(*at, file);
            before = *at;
        }
        at++;
    }
    if (before != '\n')
        (void)fputc('\n', file);
}

static void put_line(FILE *file, const char *line, size_t length, enum js_layout layout)
{
    size_t blanks = strspn(line, " ");
    bool is_comment = strncmp(line + blanks, "/*", 2) == 0;
    if (layout == JS_LAYOUT_COMPACT && !is_comment)
        put_squeezed(file, line + blanks, line + length);
    /* Those of functions, at the beginning of a line, stay as long as there is room. */
    bool stays = layout == JS_LAYOUT_READABLE || blanks == 0 || !is_comment;
    if (layout != JS_LAYOUT_COMPACT && stays)
        (void)fprintf(file, "%.*s\n", (int)length, line);
}

/* Length of the line at the place; of one with a comment, to the comment's last line. */
static size_t line_length(const char *text)
{
    const char *at = text + strspn(text, " ");
    const char *end = strncmp(at, "/*", 2) == 0 ? strstr(at, "*/") : NULL;
    at = end != NULL ? end : at;
    return (size_t)(at - text) + strcspn(at, "\n");
}

void js_lay_out(FILE *file, const char *text, enum js_layout layout)
{
    while (*text != '\0') {
        size_t length = line_length(text);
        put_line(file, text, length, layout);
        text += length + (text[length] == '\n');
    }
}
