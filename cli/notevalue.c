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

/* Brackets that are open, each with the place of the one around it. */
static void match_brackets(struct note_json *json)
{
    uint32_t open = UINT32_MAX; /* the innermost; `ends` has the one around it */
    const char *at = json->text;
    while (*at != '\0') {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        uint32_t place = (uint32_t)(at - json->text);
        if (*at == '{' || *at == '[') {
            json->ends[place] = open;
            open = place;
        } else if ((*at == '}' || *at == ']') && open != UINT32_MAX) {
            uint32_t around = json->ends[open];
            json->ends[open] = place + 1;
            open = around;
        }
        at++;
    }
}

bool note_json_open(struct note_json *json, const char *text, size_t length)
{
    memset(json, 0, sizeof(*json));
    json->text = text;
    json->ends = length < UINT32_MAX ? calloc(length + 1, sizeof(*json->ends)) : NULL;
    if (json->ends == NULL) {
        return false;
    }
    match_brackets(json);
    return true;
}

void note_json_close(struct note_json *json)
{
    free(json->ends);
    json->ends = NULL;
}

/* Behind a value. */
static const char *skip_value(const struct note_json *json, const char *at)
{
    if (*at == '"') {
        return skip_string(at);
    }
    if (*at == '{' || *at == '[') {
        return json->text + json->ends[at - json->text];
    }
    return at + strcspn(at, ",]}");
}

/* The value of a member, or NULL. */
static const char *member_of(const struct note_json *json, const char *object,
                             const char *name, size_t length)
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
        at = skip_value(json, at);
        at += *at == ',';
    }
    return NULL;
}

static const char *element_of(const struct note_json *json, struct note_cursor *cursor,
                              const char *array, unsigned long index)
{
    if (array == NULL || *array != '[' || array[1] == ']') {
        return NULL;
    }
    if (cursor->array != array || cursor->index > index) {
        *cursor = (struct note_cursor){array, array + 1, 0};
    }
    while (cursor->index < index) {
        const char *end = skip_value(json, cursor->element);
        if (*end != ',') {
            return NULL;
        }
        cursor->element = end + 1;
        cursor->index++;
    }
    return cursor->element;
}

static const char *find(struct note_json *json, const char *from, const char *path)
{
    size_t bracket = 0;
    while (from != NULL && *path != '\0') {
        size_t length = strcspn(path, ".[");
        if (length > 0) {
            from = member_of(json, from, path, length);
        }
        path += length;
        for (; *path == '[' && bracket < NOTE_BRACKETS; bracket++) {
            from = element_of(json, &json->cursors[bracket], from,
                              strtoul(path + 1, NULL, 10));
            path += strcspn(path, "]");
            path += *path == ']';
        }
        if (*path == '[') {
            return NULL;
        }
        path += *path == '.';
    }
    return from;
}

/* A member whose name has a point or bracket in it as well. */
static const char *find_any(struct note_json *json, const char *from, const char *path)
{
    const char *point = strchr(path, '.'), *found = find(json, from, path);
    if (found == NULL) {
        found = member_of(json, from, path, strlen(path));
    }
    if (found == NULL && point != NULL) {
        const char *inner = member_of(json, from, path, (size_t)(point - path));
        found = member_of(json, inner, point + 1, strlen(point + 1));
    }
    return found;
}

char *note_value(struct note_json *json, const char *path)
{
    static const char *const inner[] = {
        "paras", "body", "message_up", "message_down", "set", "get_response", "content"};
    const char *found = find_any(json, json->text, path), *point = strchr(path, '.');
    for (size_t i = 0; found == NULL && i < sizeof(inner) / sizeof(inner[0]); i++) {
        const char *one = member_of(json, json->text, inner[i], strlen(inner[i]));
        if (one != NULL) {
            found = find_any(json, one, point != NULL ? point + 1 : path);
            found = found != NULL ? found : find_any(json, one, path);
        }
    }
    if (found == NULL) {
        return NULL;
    }
    size_t length = (size_t)(skip_value(json, found) - found);
    char *text = malloc(length + 1);
    if (text != NULL) {
        memcpy(text, found, length);
        text[length] = '\0';
    }
    return text;
}
