/* SPDX-License-Identifier: MIT */
/*
 * The licence that a profile states, in the way that tools look for it: a comment with a
 * tag and an SPDX licence expression. So it is written once, for people, for such tools
 * and for the manifest of the plug-in.
 */
#include "license.h"

#include <stdbool.h>
#include <string.h>

enum { LICENSE_LENGTH = 200 };

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r';
}

static const char *expression(struct arena *arena, const char *text, size_t length)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-:() ";
    while (length > 0 && is_blank(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\0' || strchr(allowed, text[i]) == NULL)
            return NULL;
    return length > 0 && length <= LICENSE_LENGTH ? arena_copy(arena, text, length)
                                                  : NULL;
}

/* Behind the tag, if the comment begins with it. */
static const char *behind_tag(const char *line, const char *end)
{
    static const char tag[] = "SPDX-License-Identifier:";
    while (line < end && (*line == '#' || is_blank(*line)))
        line++;
    size_t length = sizeof(tag) - 1;
    bool found = (size_t)(end - line) >= length && memcmp(line, tag, length) == 0;
    return found ? line + length : NULL;
}

const char *license_of(struct arena *arena, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *line_end = feed != NULL ? feed : end;
        const char *first = at;
        while (first < line_end && is_blank(*first))
            first++;
        if (first < line_end && *first != '#')
            return NULL;
        const char *found = behind_tag(first, line_end);
        if (found != NULL)
            return expression(arena, found, (size_t)(line_end - found));
        at = feed != NULL ? feed + 1 : end;
    }
    return NULL;
}
