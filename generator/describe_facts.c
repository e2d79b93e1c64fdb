/* SPDX-License-Identifier: MIT */
/*
 * Facts about an item: the keys that the profile gives it, in words of a datasheet and in
 * an order of their own, so that none is forgotten; and what the compiler knows better.
 */
#include "describe.h"

#include <string.h>

enum { CONSTANTS_SHOWN = 16, TAGS_SHOWN = 16 };

struct key_label {
    const char *key, *label;
};

/* What makes the value, then what decides whether it is there, then the way back. */
static const struct key_label item_keys[] = {
    {"description", "description"},
    {"role", "envelope member"},
    {"record", "records of service"},
    {"scale", "scale"},
    {"offset", "offset"},
    {"curve", "curve"},
    {"delta", "differences, beginning at"},
    {"decimals", "decimals"},
    {"ties", "ties"},
    {"inexact", "inexact"},
    {"unit", "unit"},
    {"join", "put together of"},
    {"literal", "constant value"},
    {"time", "time"},
    {"zone", "time zone"},
    {"as", "shown as"},
    {"format", "text"},
    {"encoding", "encoding"},
    {"pad", "filled up with"},
    {"end", "ended by"},
    {"separator", "separator"},
    {"sign", "sign"},
    {"nibbles", "half bytes"},
    {"unknown", "other values"},
    {"valid", "valid"},
    {"outside", "outside of that"},
    {"length_of", "length of"},
    {"count_of", "count of"},
    {"checksum", "checksum"},
    {"over", "over"},
    {"fill", "filled with"},
    {"hook", "through"},
    {"process", "masked"},
    {"warn", "warning"},
    {"refuse", "refused"},
    {"switch", "chosen by"},
    {"size", "size"},
    {"repeat", "repeated"},
    {"until", "until"},
    {"when", "only when"},
    {"optional", "may be cut off"},
    {"collect", "collected in an array"},
    {"again", "read again"},
    {"default", "default"},
    {"encode", "encoded as"},
};

/* Of the mapping `tlv`. */
static const struct key_label loop_keys[] = {
    {"description", "description"}, {"select", "chosen by"},
    {"size", "size of a record"},   {"unknown", "unknown tags"},
    {"keep_as", "kept as"},         {"repeated", "repeated tags"},
    {"incomplete", "cut off"},      {"align", "filled up to a multiple of"},
};

static void add_keys(struct fact_list *list, const struct node *map,
                     const struct key_label *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct node *node = node_get(map, keys[i].key);
        if (node != NULL)
            fact_add(list, keys[i].label, describe_node(list->arena, node));
    }
}

static void add_labels(struct fact_list *list, const char *name, const struct item *item,
                       const struct labels *labels)
{
    if (labels != NULL)
        fact_add(list, name, describe_labels(list->arena, item, labels));
}

/* A group is none as a whole. */
static void add_silence(struct fact_list *list, const struct item *item)
{
    if (item->silent == SILENT_ANY)
        fact_add(list, "no reading", "if one of its fields is none");
    if (item->silent == SILENT_ALL)
        fact_add(list, "no reading", "if all of its fields are none");
}

/* The member's full name, where that tells more than its own. */
static void add_member(struct fact_list *list, const struct item *item)
{
    if (item->name != NULL && item->path != NULL && strcmp(item->path, item->name) != 0)
        fact_add(list, "member", describe_text(list->arena, item->path));
}

/* From `hex_from` on in hex. */
static const char *raw_text(struct arena *arena, exact_int value, exact_int hex_from)
{
    char text[96];
    (void)exact_text((struct exact){value, 1}, text, sizeof(text));
    return value >= hex_from && value <= INT64_MAX
               ? arena_format(arena, "0x%02llX", (unsigned long long)value)
               : arena_format(arena, "%s", text);
}

static const char *hex_or_decimal(struct arena *arena, exact_int value)
{
    return raw_text(arena, value, 10);
}

static void add_tags(struct fact_list *list, const struct item *item)
{
    const struct tag_loop *loop = item->case_of;
    struct out out;
    size_t found = 0;
    out_init(&out, list->arena);
    out_text(&out, "");
    for (size_t i = 0; i < loop->tag_range_count; i++) {
        const struct tag_range *tag = &loop->tags[i];
        if (tag->item != item || ++found > TAGS_SHOWN)
            continue;
        out_format(&out, "%s%s", found > 1 ? ", " : "",
                   raw_text(list->arena, tag->low, 0));
        if (tag->high != tag->low)
            out_format(&out, "..%s", raw_text(list->arena, tag->high, 0));
    }
    if (found > TAGS_SHOWN)
        out_format(&out, ", and %zu more", found - TAGS_SHOWN);
    fact_add(list, "tag", found > 0 ? out.text : "any other");
}

static void add_case(struct fact_list *list, const struct item *item)
{
    const struct expr *by = item->choice->selector->value;
    if (item->is_default_case)
        fact_add(list, "case", "any other");
    else if (by->type == EXPR_TYPE_BOOL)
        fact_add(list, "case", item->case_low != 0 ? "true" : "false");
    else if (item->case_low == item->case_high)
        fact_add(list, "case", hex_or_decimal(list->arena, item->case_low));
    else
        fact_format(list, "case", "%s..%s", hex_or_decimal(list->arena, item->case_low),
                    hex_or_decimal(list->arena, item->case_high));
}

static void add_hidden(struct fact_list *list, const struct item *item)
{
    if (item->choice != NULL)
        add_case(list, item);
    if (item->case_of != NULL && item->case_of->tag_count > 0)
        add_tags(list, item);
    if (item->notice != NULL)
        fact_add(list, item->refuses ? "refused" : "warning",
                 describe_text(list->arena, item->notice));
    if (item->hook != NULL)
        fact_add(list, "through", describe_text(list->arena, item->hook->name));
}

static void add_computed(struct fact_list *list, const struct item *item)
{
    const struct node *value = node_get(item->source, "value");
    if (value != NULL)
        fact_add(list, "value", describe_node(list->arena, value));
}

struct dgm_doc_facts describe_item_facts(struct arena *arena, const struct item *item)
{
    struct fact_list list = {.arena = arena};
    if (item->source == NULL) {
        add_member(&list, item);
        add_hidden(&list, item);
        return facts_of(&list);
    }
    const struct node *loop = node_get(item->source, "tlv");
    add_member(&list, item);
    if (item->form == ITEM_BITS && item->bit_lsb)
        fact_add(&list, "bit order", "lowest bit first");
    add_computed(&list, item);
    add_labels(&list, "values", item, item->labels);
    add_labels(&list, "bits", item, item->flags);
    add_labels(&list, "no reading", item, item->labels == NULL ? item->invalid : NULL);
    add_silence(&list, item);
    add_keys(&list, item->source, item_keys, sizeof(item_keys) / sizeof(item_keys[0]));
    if (loop != NULL)
        add_keys(&list, loop, loop_keys, sizeof(loop_keys) / sizeof(loop_keys[0]));
    return facts_of(&list);
}

const char *describe_constant(struct arena *arena, const struct item *item)
{
    const struct node *given =
        item->source != NULL ? node_get(item->source, "const") : NULL;
    struct out out;
    if (given != NULL)
        return describe_node(arena, given);
    if (!item->has_const)
        return "";
    if (item->constant_count == 0)
        return hex_or_decimal(arena, item->constant);
    out_init(&out, arena);
    for (size_t i = 0; i < item->constant_count && i < CONSTANTS_SHOWN; i++)
        out_format(&out, "%s%s", i > 0 ? " or " : "",
                   hex_or_decimal(arena, item->constants[i]));
    if (item->constant_count > CONSTANTS_SHOWN)
        out_format(&out, " or %zu more", item->constant_count - CONSTANTS_SHOWN);
    return out.text;
}
