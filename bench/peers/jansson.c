/* SPDX-License-Identifier: MIT */
/*
 * A hand-written plug-in with jansson. It prints into the caller's buffer, and takes
 * texts by their length.
 */
#include "../bench.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define PEER_NAME "C, jansson"

typedef json_t *node;

static node new_object(void)
{
    return json_object();
}

static node add_object(node to, const char *key)
{
    node item = json_object();
    json_object_set_new_nocheck(to, key, item);
    return item;
}

static node add_array(node to, const char *key)
{
    node item = json_array();
    json_object_set_new_nocheck(to, key, item);
    return item;
}

static node append_object(node to)
{
    node item = json_object();
    json_array_append_new(to, item);
    return item;
}

static void add_text(node to, const char *key, const char *text, size_t length)
{
    json_object_set_new_nocheck(to, key, json_stringn(text, length));
}

static void add_integer(node to, const char *key, long value)
{
    json_object_set_new_nocheck(to, key, json_integer(value));
}

static void add_real(node to, const char *key, double value)
{
    json_object_set_new_nocheck(to, key, json_real(value));
}

static void add_truth(node to, const char *key, bool is)
{
    json_object_set_new_nocheck(to, key, json_boolean(is));
}

static void discard(node root)
{
    json_decref(root);
}

static size_t print(node root, uint8_t *output)
{
    size_t length = json_dumpb(root, (char *)output, BENCH_OUTPUT_SIZE, JSON_COMPACT);
    json_decref(root);
    return length <= BENCH_OUTPUT_SIZE ? length : 0;
}

static node parse(const uint8_t *input, size_t length)
{
    json_error_t error;
    return json_loadb((const char *)input, length, 0, &error);
}

static node member(node of, const char *key)
{
    return json_object_get(of, key);
}

static size_t elements(node of)
{
    return json_array_size(of);
}

#define each(item, list)                                                                 \
    for (size_t place = 0, more = 1; more != 0; more = 0)                                \
        for (node item; (item = json_array_get(list, place)) != NULL; place++)

static const char *text_of(node value, size_t *ret_length)
{
    *ret_length = json_string_length(value);
    return json_string_value(value);
}

static bool is_integer(node value)
{
    return json_is_integer(value);
}

static long integer_of(node value)
{
    return (long)json_integer_value(value);
}

static bool is_number(node value)
{
    return json_is_number(value);
}

static double real_of(node value)
{
    return json_number_value(value);
}

static bool is_truth(node value)
{
    return json_is_boolean(value);
}

static unsigned truth_of(node value)
{
    return json_is_true(value) ? 1 : 0;
}

#include "tree.h"
