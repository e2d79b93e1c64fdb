/* SPDX-License-Identifier: MIT */
/*
 * A hand-written plug-in with cJSON.
 */
#include "../bench.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define PEER_NAME "C, cJSON"

typedef cJSON *node;

static node new_object(void)
{
    return cJSON_CreateObject();
}

static node add_object(node to, const char *key)
{
    return cJSON_AddObjectToObject(to, key);
}

static node add_array(node to, const char *key)
{
    return cJSON_AddArrayToObject(to, key);
}

static node append_object(node to)
{
    node item = cJSON_CreateObject();
    cJSON_AddItemToArray(to, item);
    return item;
}

/* cJSON wants a zero behind a text. */
static void add_text(node to, const char *key, const char *text, size_t length)
{
    char copy[64];
    memcpy(copy, text, length);
    copy[length] = '\0';
    cJSON_AddStringToObject(to, key, copy);
}

static void add_integer(node to, const char *key, long value)
{
    cJSON_AddNumberToObject(to, key, (double)value);
}

static void add_real(node to, const char *key, double value)
{
    cJSON_AddNumberToObject(to, key, value);
}

static void add_truth(node to, const char *key, bool is)
{
    cJSON_AddBoolToObject(to, key, is);
}

static void discard(node root)
{
    cJSON_Delete(root);
}

static size_t print(node root, uint8_t *output)
{
    char *text = cJSON_PrintUnformatted(root);
    size_t length = text != NULL ? strlen(text) : 0;
    if (text != NULL)
        memcpy(output, text, length);
    cJSON_free(text);
    cJSON_Delete(root);
    return length;
}

static node parse(const uint8_t *input, size_t length)
{
    return cJSON_ParseWithLength((const char *)input, length);
}

static node member(node of, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(of, key);
}

static size_t elements(node of)
{
    return (size_t)cJSON_GetArraySize(of);
}

#define each(item, list)                                                                 \
    for (node item = (list) != NULL ? (list)->child : NULL; item != NULL;                \
         item = item->next)

static const char *text_of(node value, size_t *ret_length)
{
    const char *text = cJSON_GetStringValue(value);
    if (text != NULL)
        *ret_length = strlen(text);
    return text;
}

static bool is_integer(node value)
{
    return cJSON_IsNumber(value);
}

static long integer_of(node value)
{
    return (long)value->valuedouble;
}

static bool is_number(node value)
{
    return cJSON_IsNumber(value);
}

static double real_of(node value)
{
    return value->valuedouble;
}

static bool is_truth(node value)
{
    return cJSON_IsBool(value);
}

static unsigned truth_of(node value)
{
    return cJSON_IsTrue(value) ? 1 : 0;
}

#include "tree.h"
