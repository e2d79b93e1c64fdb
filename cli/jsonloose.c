/* SPDX-License-Identifier: MIT */
/* What people add to JSON: comments, and commas behind the last element. */
#include "jsonloose.h"

#include <stdint.h>
#include <string.h>

/* Bytes of the text that begins with a quote, or of what is there of it. */
static size_t text_size(const char *text, size_t left)
{
    size_t at = 1;
    while (at < left && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
    }
    return at < left ? at + 1 : left;
}

/* Bytes of a comment, without the end of its line; 0 if none begins here. One that does
 * not end is all that is left. */
static size_t comment_size(const char *text, size_t left)
{
    if (left < 2 || text[0] != '/') {
        return 0;
    }
    if (text[1] == '/') {
        size_t at = 2;
        while (at < left && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return at;
    }
    if (text[1] != '*') {
        return 0;
    }
    for (size_t at = 2; at + 1 < left; at++) {
        if (text[at] == '*' && text[at + 1] == '/') {
            return at + 2;
        }
    }
    return left;
}

/* Lines stay, for places are told by them. */
static void blank(char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        text[i] = text[i] == '\n' || text[i] == '\r' ? text[i] : ' ';
    }
}

bool jsonloose_blank(char *text, size_t length, size_t *ret_offset)
{
    size_t comma = SIZE_MAX, first = SIZE_MAX, size = 1;
    for (size_t i = 0; i < length; i += size) {
        size_t comment = comment_size(text + i, length - i);
        char letter = text[i];
        size = comment > 0     ? comment
               : letter == '"' ? text_size(text + i, length - i)
                               : 1;
        if (comment > 0) {
            blank(text + i, size);
            first = i < first ? i : first;
        } else if ((letter == ']' || letter == '}') && comma != SIZE_MAX) {
            text[comma] = ' ';
            first = comma < first ? comma : first;
        }
        bool space = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
        if (comment == 0 && !space) {
            comma = letter == ',' ? i : SIZE_MAX;
        }
    }
    *ret_offset = first;
    return first != SIZE_MAX;
}

void jsonloose_tame(char *text, size_t length)
{
    bool is_inside = false;
    for (size_t at = 0; at < length; at++) {
        is_inside = is_inside != (text[at] == '"');
        if (text[at] != '\\' || !is_inside) {
            continue;
        }
        if (length - at >= 6 && (memcmp(text + at, "\\u0000", 6) == 0 ||
                                 memcmp(text + at, "\\u0001", 6) == 0)) {
            text[at + 5] = '2';
        }
        at++; /* what is escaped ends no text */
    }
}
