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

static bool is_dropped(bool is_comment, size_t blanks, struct js_style style)
{
    return is_comment && (style.comments == JS_COMMENTS_NONE ||
                          (style.comments == JS_COMMENTS_OF_FUNCTIONS && blanks > 0));
}

static void put_line(FILE *file, const char *line, size_t length, struct js_style style)
{
    size_t blanks = strspn(line, " ");
    if (is_dropped(strncmp(line + blanks, "/*", 2) == 0, blanks, style))
        return;
    if (style.share == 0)
        put_squeezed(file, line + blanks, line + length);
    else
        (void)fprintf(file, "%*s%.*s\n", (int)(blanks / style.share), "",
                      (int)(length - blanks), line + blanks);
}

/* Length of the line at the place; of one with a comment, to the comment's last line. */
static size_t line_length(const char *text)
{
    const char *at = text + strspn(text, " ");
    const char *end = strncmp(at, "/*", 2) == 0 ? strstr(at, "*/") : NULL;
    at = end != NULL ? end : at;
    return (size_t)(at - text) + strcspn(at, "\n");
}

void js_lay_out(FILE *file, const char *text, struct js_style style)
{
    while (*text != '\0') {
        size_t length = line_length(text);
        put_line(file, text, length, style);
        text += length + (text[length] == '\n');
    }
}
