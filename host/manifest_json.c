/* SPDX-License-Identifier: MIT */
/* Where the parts of a JSON text begin and end, and what its strings say. */
#include "manifest_json.h"

#include <stdlib.h>
#include <string.h>

enum { CHARACTER_BYTES = 4 };

const char *manifest_json_skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

const char *manifest_json_string_end(const char *at)
{
    for (at++; *at != '"' && *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0') {
            at++;
        }
    }
    return *at == '"' ? at + 1 : at;
}

const char *manifest_json_value_end(const char *at)
{
    size_t depth = 0;
    do {
        if (*at == '"') {
            at = manifest_json_string_end(at);
            continue;
        }
        if (depth == 0 && (*at == ',' || *at == '}' || *at == ']')) {
            return at;
        }
        if (*at == '{' || *at == '[') {
            depth++;
        } else if (*at == '}' || *at == ']') {
            depth--;
        }
        at++;
    } while (*at != '\0' && !(depth == 0 && (at[-1] == '}' || at[-1] == ']')));
    return at;
}

/* To the next part, over the bracket or the end of the part before; false at the end. */
static bool next_part(const char **at)
{
    if (**at == '{' || **at == '[' || **at == ',') {
        *at = manifest_json_skip_blanks(*at + 1);
    }
    return **at != '}' && **at != ']' && **at != '\0';
}

bool manifest_json_next_member(const char **at, struct manifest_json_member *ret)
{
    if (!next_part(at)) {
        return false;
    }
    ret->name = *at;
    ret->value = manifest_json_skip_blanks(
        manifest_json_skip_blanks(manifest_json_string_end(*at)) + 1);
    *at = manifest_json_skip_blanks(manifest_json_value_end(ret->value));
    return true;
}

bool manifest_json_next_element(const char **at, const char **ret_value)
{
    if (!next_part(at)) {
        return false;
    }
    *ret_value = *at;
    *at = manifest_json_skip_blanks(manifest_json_value_end(*at));
    return true;
}

static unsigned hex4(const char *digits)
{
    char text[5] = {digits[0], digits[1], digits[2], digits[3], '\0'};
    return (unsigned)strtoul(text, NULL, 16);
}

static char *put_utf8(char *out, unsigned code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xC0 | (code >> 6));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *out++ = (char)(0xE0 | (code >> 12));
        *out++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else {
        *out++ = (char)(0xF0 | (code >> 18));
        *out++ = (char)(0x80 | ((code >> 12) & 0x3F));
        *out++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    }
    return out;
}

static char simple_escape(char letter)
{
    static const char letters[] = "bfnrt";
    static const char characters[] = "\b\f\n\r\t";
    const char *found = strchr(letters, letter);
    return found == NULL ? letter : characters[found - letters];
}

/* One escape at `*at`, behind the backslash. Surrogates stand in pairs, as checked. */
static char *put_escape(char *out, const char **at)
{
    if (**at != 'u') {
        *out++ = simple_escape(**at);
        *at += 1;
        return out;
    }
    unsigned code = hex4(*at + 1);
    *at += 5;
    if (code >= 0xD800 && code < 0xDC00) {
        code = 0x10000 + ((code - 0xD800) << 10) + (hex4(*at + 2) - 0xDC00);
        *at += 6;
    }
    return put_utf8(out, code);
}

/* One character at `*at` inside a string; at most CHARACTER_BYTES. */
static char *put_character(char *out, const char **at)
{
    if (**at == '\\') {
        *at += 1;
        return put_escape(out, at);
    }
    *out++ = *(*at)++;
    return out;
}

char *manifest_json_string_copy(const char *from)
{
    const char *end = manifest_json_string_end(from);
    char *copy = malloc((size_t)(end - from) + 1);
    char *out = copy;
    const char *at = from + 1;
    while (copy != NULL && at < end - 1) {
        out = put_character(out, &at);
    }
    if (copy != NULL) {
        *out = '\0';
    }
    return copy;
}

bool manifest_json_is_text(const char *value, const char *text)
{
    if (*value != '"') {
        return false;
    }
    const char *at = value + 1;
    while (*at != '"') {
        char character[CHARACTER_BYTES];
        size_t length = (size_t)(put_character(character, &at) - character);
        if (character[0] == '\0' || strncmp(text, character, length) != 0) {
            return false;
        }
        text += length;
    }
    return *text == '\0';
}
