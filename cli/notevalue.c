/* SPDX-License-Identifier: MIT */
/*
 * Paths name services and members; JSON has parameters of a command, the body of a
 * response, and the content of a message one level deeper, where they are looked for
 * next. Values are found in the text, so that numbers keep their digits.
 */
#include "notevalue.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Behind a string. */
static const char *skip_string(const char *at)
{
    for (at++; *at != '\0' && *at != '"'; at++) {
        at += *at == '\\' && at[1] != '\0';
    }
    return *at == '"' ? at + 1 : at;
}

/* Behind a value. */
static const char *skip_value(const char *at)
{
    unsigned depth = 0;
    while (*at != '\0') {
        if (*at == '"') {
            at = skip_string(at);
        } else if (*at == '{' || *at == '[') {
            depth++;
            at++;
        } else if (*at == '}' || *at == ']') {
            if (depth == 0) {
                return at;
            }
            depth--;
            at++;
        } else if (*at == ',' && depth == 0) {
            return at;
        } else {
            at++;
        }
        if (depth == 0 && (*at == ',' || *at == '}' || *at == ']')) {
            return at;
        }
    }
    return at;
}

/* The value of a member, or NULL. */
static const char *member_of(const char *object, const char *name, size_t length)
{
    if (object == NULL || *object != '{') {
        return NULL;
    }
    const char *at = object + 1;
    while (*at == '"') {
        const char *start = at + 1;
        at = skip_string(at);
        bool same =
            (size_t)(at - start) == length + 1 && memcmp(start, name, length) == 0;
        at += *at == ':';
        if (same) {
            return at;
        }
        at = skip_value(at);
        at += *at == ',';
    }
    return NULL;
}

static const char *element_of(const char *array, unsigned long index)
{
    if (array == NULL || *array != '[' || array[1] == ']') {
        return NULL;
    }
    const char *at = array + 1;
    for (; index > 0; index--) {
        at = skip_value(at);
        if (*at != ',') {
            return NULL;
        }
        at++;
    }
    return at;
}

static const char *find(const char *json, const char *path)
{
    while (json != NULL && *path != '\0') {
        size_t length = strcspn(path, ".[");
        if (length > 0) {
            json = member_of(json, path, length);
        }
        path += length;
        while (*path == '[') {
            json = element_of(json, strtoul(path + 1, NULL, 10));
            path += strcspn(path, "]");
            path += *path == ']';
        }
        path += *path == '.';
    }
    return json;
}

/* A member whose name has a point or bracket in it as well. */
static const char *find_any(const char *json, const char *path)
{
    const char *point = strchr(path, '.'), *found = find(json, path);
    if (found == NULL) {
        found = member_of(json, path, strlen(path));
    }
    if (found == NULL && point != NULL) {
        const char *inner = member_of(json, path, (size_t)(point - path));
        found = member_of(inner, point + 1, strlen(point + 1));
    }
    return found;
}

char *note_value(const char *json, const char *path)
{
    static const char *const inner[] = {
        "paras", "body", "message_up", "message_down", "set", "get_response", "content"};
    const char *found = find_any(json, path), *point = strchr(path, '.');
    for (size_t i = 0; found == NULL && i < sizeof(inner) / sizeof(inner[0]); i++) {
        const char *one = member_of(json, inner[i], strlen(inner[i]));
        if (one != NULL) {
            found = find_any(one, point != NULL ? point + 1 : path);
            found = found != NULL ? found : find_any(one, path);
        }
    }
    if (found == NULL) {
        return NULL;
    }
    size_t length = (size_t)(skip_value(found) - found);
    char *text = malloc(length + 1);
    if (text != NULL) {
        memcpy(text, found, length);
        text[length] = '\0';
    }
    return text;
}
