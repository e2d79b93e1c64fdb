/* SPDX-License-Identifier: MIT */
/*
 * cJSON keeps numbers as binary floating point. So each number of a text becomes a text
 * with a mark in front before cJSON sees it, and loses the mark when it is printed.
 */
#include "jsontree.h"
#include "jsonout.h"

#include <dragoman/json.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK '\x01'
#define MARK_ESCAPE "\\u0001"
enum { INDENT = 2, MARKED = sizeof("\"" MARK_ESCAPE "\"") - 1 };

static bool begins_number(char letter)
{
    return letter == '-' || (letter >= '0' && letter <= '9');
}

/* Bytes of the text that begins with a quote; 0 if it holds what stands for the mark. */
static size_t text_length(const char *text)
{
    size_t at = 1;
    while (text[at] != '"') {
        bool taken = strncmp(text + at, "\\u0000", 6) == 0 ||
                     strncmp(text + at, MARK_ESCAPE, 6) == 0;
        if (taken) {
            return 0;
        }
        at += text[at] == '\\' ? 2 : 1;
    }
    return at + 1;
}

/* Copy a checked text with its numbers marked. False at a text that cannot be kept, with
 * its offset. */
static bool mark_numbers(const char *from, size_t length, char *to, size_t *ret_offset)
{
    size_t at = 0;
    while (at < length) {
        size_t size = 1;
        if (from[at] == '"' && (size = text_length(from + at)) == 0) {
            *ret_offset = at;
            return false;
        }
        bool number = begins_number(from[at]);
        if (number) {
            size = strspn(from + at, "+-.0123456789eE");
            to += sprintf(to, "\"" MARK_ESCAPE);
        }
        memcpy(to, from + at, size);
        to += size;
        at += size;
        if (number) {
            *to++ = '"';
        }
    }
    *to = '\0';
    return true;
}

static size_t count_numbers(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += begins_number(text[i]) && (i == 0 || !begins_number(text[i - 1]));
    }
    return count;
}

enum dgm_status jsontree_parse(const char *text, size_t length, cJSON **ret,
                               size_t *ret_offset)
{
    size_t offset = 0;
    ret_offset = ret_offset != NULL ? ret_offset : &offset;
    enum dgm_status status = dgm_json_check(text, length, ret_offset);
    *ret = NULL;
    if (status != DGM_OK) {
        return status;
    }
    char *copy = malloc(length + 1);
    char *marked = malloc(length + count_numbers(text, length) * MARKED + 1);
    status = copy == NULL || marked == NULL ? DGM_MEMORY : DGM_OK;
    if (status == DGM_OK) {
        memcpy(copy, text, length);
        copy[length] = '\0';
        status =
            mark_numbers(copy, length, marked, ret_offset) ? DGM_OK : DGM_JSON_SYNTAX;
    }
    if (status == DGM_OK && (*ret = cJSON_Parse(marked)) == NULL) {
        status = DGM_MEMORY;
    }
    free(copy);
    free(marked);
    return status;
}

const char *jsontree_number(const cJSON *item)
{
    bool marked = cJSON_IsString(item) && item->valuestring[0] == MARK;
    return marked ? item->valuestring + 1 : NULL;
}

const char *jsontree_text(const cJSON *item)
{
    bool text = cJSON_IsString(item) && item->valuestring[0] != MARK;
    return text ? item->valuestring : NULL;
}

const char *jsontree_member(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    const char *text = item != NULL ? jsontree_text(item) : NULL;
    return text != NULL ? text : "";
}

const cJSON *jsontree_element(const cJSON *list, const char *name, const char *text)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, list)
    {
        if (strcmp(jsontree_member(one, name), text) == 0) {
            return one;
        }
    }
    return NULL;
}

cJSON *jsontree_new_number(const char *digits)
{
    size_t size = strlen(digits) + 2;
    char *marked = malloc(size);
    if (marked == NULL) {
        return NULL;
    }
    (void)snprintf(marked, size, "%c%s", MARK, digits);
    cJSON *item = cJSON_CreateString(marked);
    free(marked);
    return item;
}

/* Depth is bounded by that of a checked text. */
static void put(FILE *file, const cJSON *item)
{
    bool list = cJSON_IsArray(item);
    if (jsontree_number(item) != NULL) {
        (void)fputs(jsontree_number(item), file);
    } else if (cJSON_IsString(item)) {
        jsonout_quoted(file, item->valuestring, strlen(item->valuestring));
    } else if (!list && !cJSON_IsObject(item)) {
        (void)fputs(cJSON_IsTrue(item)    ? "true"
                    : cJSON_IsFalse(item) ? "false"
                                          : "null",
                    file);
    } else {
        (void)fputc(list ? '[' : '{', file);
        for (const cJSON *at = item->child; at != NULL; at = at->next) {
            if (!list) {
                jsonout_quoted(file, at->string, strlen(at->string));
                (void)fputc(':', file);
            }
            put(file, at);
            if (at->next != NULL) {
                (void)fputc(',', file);
            }
        }
        (void)fputc(list ? ']' : '}', file);
    }
}

/* Takes the compact text. */
static char *lay_out(char *text, size_t length)
{
    size_t size = 0;
    char *laid = NULL;
    if (dgm_json_indent(text, length, INDENT, NULL, 0, &size) == DGM_NO_SPACE &&
        (laid = malloc(size + 2)) != NULL &&
        dgm_json_indent(text, length, INDENT, laid, size, &size) == DGM_OK) {
        memcpy(laid + size, "\n", sizeof("\n"));
    } else {
        free(laid);
        laid = NULL;
    }
    free(text);
    return laid;
}

char *jsontree_print(const cJSON *item, bool lines)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        return NULL;
    }
    put(file, item);
    bool good = ferror(file) == 0;
    good = fclose(file) == 0 && good;
    if (!good) {
        free(text);
        return NULL;
    }
    return lines ? lay_out(text, length) : text;
}
