/* SPDX-License-Identifier: MIT */
/* The order of keys: what a thing is called, what stands on the wire, what becomes of the
 * value in the order in which that happens, and under which condition. */
#include "pretty.h"

#include <string.h>

#define ORDER(...) ((const char *const[]){__VA_ARGS__, NULL})
#define CHILDREN(...) ((const struct pretty_child[]){__VA_ARGS__, {NULL, NULL}})

static const struct pretty_shape item_shape;
static const struct pretty_shape items_by_name = {.each = &item_shape};

static const struct pretty_shape check_shape = {
    .order = ORDER("width", "poly", "init", "refin", "refout", "xorout"),
};
static const struct pretty_shape process_shape = {.order = ORDER("xor", "add")};
static const struct pretty_shape time_shape = {.order = ORDER("epoch", "unit")};

static const struct pretty_shape tlv_shape = {
    .order = ORDER("tag", "select", "size", "align", "repeated", "incomplete", "unknown",
                   "keep_as", "description", "cases"),
    .children = CHILDREN({"tag", &item_shape}, {"cases", &items_by_name}),
};

static const struct pretty_shape item_shape = {
    .order = ORDER(
        /* What it is called, and what it is. */
        "name", "local", "role", "record", "label", "const", "length_of", "count_of",
        "checksum", "bits", "reserved", "skip", "join", "use", "with", "literal",
        "switch", "tlv", "warn", "refuse", "value", "type",
        /* Where it stands, and how often. */
        "at", "again", "size", "over", "hook", "process", "repeat", "until", "collect",
        "delta", "byte_order", "bit_order",
        /* From the bytes to the value. */
        "sign", "nibbles", "end", "encoding", "pad", "fill", "time", "zone", "flags",
        "scale", "offset", "decimals", "ties", "inexact", "curve", "invalid", "enum",
        "unknown", "valid", "outside", "separator", "unit", "as", "format", "description",
        "to",
        /* When, and what if not. */
        "encode", "when", "optional", "cases", "default", "fields"),
    .children = CHILDREN({"fields", &item_shape}, {"cases", &items_by_name},
                         {"default", &item_shape}, {"tlv", &tlv_shape},
                         {"checksum", &check_shape}, {"process", &process_shape},
                         {"time", &time_shape}),
};

static const struct pretty_shape field_shape = {
    .order = ORDER("data_type", "enum_list", "max_length", "min", "max", "step", "unit",
                   "description", "required", "default_value", "method"),
};
static const struct pretty_shape fields_by_name = {.each = &field_shape};
static const struct pretty_shape responses_by_name = {.each = &fields_by_name};

static const struct pretty_shape command_shape = {
    .order = ORDER("description", "paras", "responses"),
    .children = CHILDREN({"paras", &fields_by_name}, {"responses", &responses_by_name}),
};
static const struct pretty_shape commands_by_name = {.each = &command_shape};

static const struct pretty_shape service_shape = {
    .order = ORDER("service_type", "description", "option", "properties", "events",
                   "commands"),
    .children = CHILDREN({"properties", &fields_by_name}, {"events", &commands_by_name},
                         {"commands", &commands_by_name}),
};
static const struct pretty_shape services_by_name = {.each = &service_shape};

#define PRODUCT_KEYS                                                                     \
    "product_id", "manufacturer_id", "manufacturer_name", "model", "name", "app_id",     \
        "industry", "device_type", "protocol_type", "data_format", "version",            \
        "description", "om_capability"

static const struct pretty_shape product_shape = {.order = ORDER(PRODUCT_KEYS)};
static const struct pretty_shape model_shape = {
    .order = ORDER(PRODUCT_KEYS, "services", "messages"),
};
static const struct pretty_shape models_by_name = {.each = &model_shape};

static const struct pretty_shape group_shape = {
    .order = ORDER("description", "parameters", "fields"),
    .children = CHILDREN({"fields", &item_shape}),
};
static const struct pretty_shape groups_by_name = {.each = &group_shape};

static const struct pretty_shape float_shape = {
    .order = ORDER("sign", "exponent", "fraction", "bias", "hidden", "subnormal",
                   "special", "description"),
};
static const struct pretty_shape floats_by_name = {.each = &float_shape};

static const struct pretty_shape curve_shape = {
    .order = ORDER("description", "outside", "points"),
};
static const struct pretty_shape curves_by_name = {.each = &curve_shape};

static const struct pretty_shape hook_shape = {
    .order = ORDER("output_limit", "description"),
};
static const struct pretty_shape hooks_by_name = {.each = &hook_shape};

static const struct pretty_shape length_shape = {.order = ORDER("at", "type", "add")};
static const struct pretty_shape framing_shape = {
    .order = ORDER("start", "end", "length", "gap", "escape"),
    .children = CHILDREN({"length", &length_shape}),
};

#define WIRE_KEYS                                                                        \
    "byte_order", "bit_order", "short_frame", "trailing_bytes", "inexact",               \
        "model_limits", "frame_limit"

static const struct pretty_shape wire_shape = {
    .order = ORDER(WIRE_KEYS, "float_text", "framing", "header", "trailer"),
    .children = CHILDREN({"framing", &framing_shape}, {"header", &item_shape},
                         {"trailer", &item_shape}),
};

static const struct pretty_shape message_shape = {
    .order = ORDER("kind", "answers", "command", "event", "description", "fallback",
                   "only", "bare", "to", "match", "when", WIRE_KEYS, "hook", "process",
                   "refuse", "fields"),
    .children = CHILDREN({"fields", &item_shape}),
};
static const struct pretty_shape messages_by_name = {.each = &message_shape};

static const struct pretty_shape vector_shape = {
    .order = ORDER("hex", "topic", "port", "message", "model", "shape", "direction",
                   "received", "request", "json", "error", "canonical", "warnings",
                   "description", "source"),
};

const struct pretty_shape pretty_profile_shape = {
    .order = ORDER("dragoman", "product", "models", "include", "services", "enums",
                   "floats", "curves", "hooks", "groups", "wire", "messages", "tests"),
    .children = CHILDREN({"product", &product_shape}, {"models", &models_by_name},
                         {"services", &services_by_name}, {"floats", &floats_by_name},
                         {"curves", &curves_by_name}, {"hooks", &hooks_by_name},
                         {"groups", &groups_by_name}, {"wire", &wire_shape},
                         {"messages", &messages_by_name}, {"tests", &vector_shape}),
};

const struct pretty_shape *pretty_shape_under(const struct pretty_shape *shape,
                                              const char *key)
{
    if (shape == NULL)
        return NULL;
    for (size_t i = 0; shape->children != NULL && shape->children[i].key != NULL; i++)
        if (strcmp(shape->children[i].key, key) == 0)
            return shape->children[i].shape;
    return shape->each;
}

static size_t place_of(const struct pretty_shape *shape, const struct node *key)
{
    for (size_t i = 0; shape->order[i] != NULL; i++)
        if (key->kind == NODE_SCALAR && strcmp(shape->order[i], key->text) == 0)
            return i;
    return SIZE_MAX;
}

size_t *pretty_order(struct arena *arena, const struct pretty_shape *shape,
                     const struct node *map)
{
    size_t *order = arena_array(arena, map->count, sizeof(*order));
    size_t *places = arena_array(arena, map->count, sizeof(*places));
    bool sorts = map->kind == NODE_MAP && shape != NULL && shape->order != NULL;
    for (size_t i = 0; i < map->count; i++) {
        order[i] = i;
        places[i] = sorts ? place_of(shape, map->keys[i]) : 0;
        sorts = sorts && places[i] != SIZE_MAX;
    }
    /* Keys are told apart: the order has no more of them than there are places. */
    for (size_t i = 1; sorts && i < map->count; i++) {
        size_t at = i;
        for (; at > 0 && places[order[at - 1]] > places[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}
