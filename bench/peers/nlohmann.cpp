/* SPDX-License-Identifier: MIT */
/*
 * A hand-written plug-in with JSON for Modern C++.
 */
#include "../bench.h"

#include <nlohmann/json.hpp>

#include <cstring>
#include <string>

#define PEER_NAME "C++, nlohmann"

using nlohmann::json;
typedef json *node;

static json tree; /* one at a time */

static node new_object()
{
    tree = json::object();
    return &tree;
}

static node add_object(node to, const char *key)
{
    return &((*to)[key] = json::object());
}

static node add_array(node to, const char *key)
{
    return &((*to)[key] = json::array());
}

static node append_object(node to)
{
    to->push_back(json::object());
    return &to->back();
}

static void add_text(node to, const char *key, const char *text, size_t length)
{
    (*to)[key] = std::string(text, length);
}

static void add_integer(node to, const char *key, long value)
{
    (*to)[key] = value;
}

static void add_real(node to, const char *key, double value)
{
    (*to)[key] = value;
}

static void add_truth(node to, const char *key, bool is)
{
    (*to)[key] = is;
}

static void discard(node root)
{
    *root = nullptr;
}

static size_t print(node root, uint8_t *output)
{
    std::string text = root->dump();
    discard(root);
    if (text.size() > BENCH_OUTPUT_SIZE)
        return 0;
    memcpy(output, text.data(), text.size());
    return text.size();
}

static node parse(const uint8_t *input, size_t length)
{
    tree = json::parse(input, input + length, nullptr, false);
    return tree.is_discarded() ? nullptr : &tree;
}

static node member(node of, const char *key)
{
    if (of == nullptr || !of->is_object())
        return nullptr;
    auto found = of->find(key);
    return found != of->end() ? &*found : nullptr;
}

static size_t elements(node of)
{
    return of->is_array() ? of->size() : 0;
}

#define each(item, list)                                                                 \
    for (json & value_of_list : *(list))                                                 \
        if (node item = &value_of_list; true)

static const char *text_of(node value, size_t *ret_length)
{
    if (value == nullptr || !value->is_string())
        return nullptr;
    const std::string &text = value->get_ref<const std::string &>();
    *ret_length = text.size();
    return text.data();
}

static bool is_integer(node value)
{
    return value != nullptr && value->is_number_integer();
}

static long integer_of(node value)
{
    return value->get<long>();
}

static bool is_number(node value)
{
    return value != nullptr && value->is_number();
}

static double real_of(node value)
{
    return value->get<double>();
}

static bool is_truth(node value)
{
    return value != nullptr && value->is_boolean();
}

static unsigned truth_of(node value)
{
    return value->get<bool>() ? 1 : 0;
}

#include "tree.h"
