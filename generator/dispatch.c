/* SPDX-License-Identifier: MIT */
/*
 * Guards: constants at places that do not depend on the frame. And the proof that no
 * frame fits two messages of one direction: for each pair there must be a bit that one
 * wants set and the other clear.
 */
#include "lower.h"

#include <string.h>

enum { SHOWN_BYTES = 24 };

/* A byte of the frame that a message insists on. */
struct wanted {
    uint32_t at;
    uint8_t mask, value;
};

struct guards {
    struct message *message;
    struct wanted *items; /* ascending by `at` */
    size_t count, capacity;
};

struct walk {
    struct profile_source *source;
    struct builder *builder;
    struct guards *guards;
    uint32_t at;
    bool fixed;     /* `at` does not depend on the frame */
    bool is_listed; /* inside a repetition */
};

static void walk_list(struct walk *walk, const struct item_list *list);

/* Place in the frame of the byte that is `index` from the top of the number. */
static unsigned byte_place(uint8_t order, unsigned bytes, unsigned index)
{
    switch (order) {
    case DGM_ORDER_LE:
        return bytes - 1 - index;
    case DGM_ORDER_CDAB:
        return bytes - 2 - index / 2 * 2 + index % 2;
    case DGM_ORDER_BADC:
        return index ^ 1u;
    default:
        return index;
    }
}

static uint64_t as_on_wire(uint64_t number, uint8_t order, unsigned bytes)
{
    uint64_t result = 0;
    for (unsigned i = 0; i < bytes; i++) {
        uint64_t byte = number >> (8 * (bytes - 1 - i)) & 0xFF;
        result |= byte << (8 * (bytes - 1 - byte_place(order, bytes, i)));
    }
    return result;
}

static void add_guard(struct walk *walk, const struct item *item, uint64_t mask,
                      uint64_t value)
{
    unsigned bytes = item->width / 8;
    struct guards *guards = walk->guards;
    mask = as_on_wire(mask, item->order, bytes);
    value = as_on_wire(value, item->order, bytes);
    uint16_t index = builder_guard(walk->builder);
    if (index == DGM_NONE)
        return;
    struct dgm_guard *guard = &walk->builder->guards.items[index];
    guard->at = (uint16_t)walk->at;
    guard->size = (uint8_t)bytes;
    guard->mask = mask;
    guard->value = value;
    for (unsigned i = 0; i < bytes; i++) {
        uint8_t byte = (uint8_t)(mask >> (8 * (bytes - 1 - i)));
        if (byte == 0)
            continue;
        guards->items =
            arena_grow(walk->source->diag->arena, guards->items, guards->count,
                       &guards->capacity, sizeof(*guards->items));
        guards->items[guards->count++] = (struct wanted){
            walk->at + i, byte, (uint8_t)(value >> (8 * (bytes - 1 - i)))};
    }
}

static uint64_t low_bits(unsigned width)
{
    return width >= 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
}

static bool is_guarding(const struct walk *walk, const struct item *item)
{
    if (walk->fixed && !walk->is_listed && walk->at + item->width / 8 <= UINT16_MAX)
        return true;
    diag_report(walk->source->diag, RULE_CONST_NOT_FIXED, item->where,
                "this constant does not help to choose the message: its place depends on "
                "the frame");
    return false;
}

static void guard_integer(struct walk *walk, const struct item *item)
{
    uint64_t mask = low_bits(item->width);
    if (item->has_const && is_guarding(walk, item))
        add_guard(walk, item, mask, (uint64_t)item->constant & mask);
}

static void guard_bits(struct walk *walk, const struct item *group)
{
    uint64_t mask = 0, value = 0;
    unsigned place = 0;
    for (size_t i = 0; i < group->fields.count; i++) {
        const struct item *field = group->fields.items[i];
        unsigned shift = group->bit_lsb ? place : group->width - place - field->width;
        uint64_t bits = low_bits(field->width);
        place += field->width;
        if (!field->has_const)
            continue;
        mask |= bits << shift;
        value |= ((uint64_t)field->constant & bits) << shift;
    }
    if (mask != 0 && is_guarding(walk, group))
        add_guard(walk, group, mask, value);
}

static void skip(struct walk *walk, uint32_t bytes)
{
    walk->at += bytes;
    if (walk->at > DGM_MAX_FRAME)
        walk->fixed = false;
}

static void walk_once(struct walk *walk, const struct item *item)
{
    switch (item->form) {
    case ITEM_INTEGER:
        guard_integer(walk, item);
        skip(walk, item->width / 8);
        break;
    case ITEM_FLOAT:
        skip(walk, item->width / 8);
        break;
    case ITEM_BITS:
        guard_bits(walk, item);
        skip(walk, item->width / 8);
        break;
    case ITEM_BYTES:
        if (item->size.kind == EXTENT_FIXED)
            skip(walk, item->size.count);
        else
            walk->fixed = false;
        break;
    case ITEM_GROUP:
        walk_list(walk, &item->fields);
        break;
    default:
        break;
    }
}

static void walk_repeat(struct walk *walk, const struct item *item)
{
    bool was_listed = walk->is_listed;
    uint32_t start = walk->at;
    walk->is_listed = true;
    walk_once(walk, item);
    walk->is_listed = was_listed;
    uint64_t size = walk->at - start;
    if (item->repeat.kind != EXTENT_FIXED || size * item->repeat.count > DGM_MAX_FRAME) {
        walk->fixed = false;
        return;
    }
    walk->at = start;
    skip(walk, (uint32_t)(size * item->repeat.count));
}

static void walk_list(struct walk *walk, const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        bool depends = item->when != NULL || item->optional;
        walk->fixed = walk->fixed && !(depends && item_on_wire(item));
        if (item->repeat.kind != EXTENT_ONCE)
            walk_repeat(walk, item);
        else
            walk_once(walk, item);
    }
}

static void find_guards(struct profile_source *source, struct builder *builder,
                        struct guards *guards)
{
    struct walk walk = {source, builder, guards, 0, true, false};
    uint16_t first = (uint16_t)builder->guards.count;
    walk_list(&walk, &guards->message->items);
    struct dgm_message *row = &builder->messages.items[guards->message->index];
    row->first_guard = first;
    row->guard_count = (uint16_t)(builder->guards.count - first);
}

/* Is there a bit that the two want otherwise? */
static bool are_disjoint(const struct guards *left, const struct guards *right)
{
    size_t i = 0, k = 0;
    while (i < left->count && k < right->count) {
        const struct wanted *a = &left->items[i], *b = &right->items[k];
        if (a->at == b->at && (a->mask & b->mask & (a->value ^ b->value)) != 0)
            return true;
        if (a->at <= b->at)
            i++;
        if (b->at <= a->at)
            k++;
    }
    return false;
}

static uint32_t guard_end(const struct guards *guards)
{
    return guards->count > 0 ? guards->items[guards->count - 1].at + 1 : 0;
}

static uint8_t merged_byte(const struct guards *left, const struct guards *right,
                           uint32_t at)
{
    uint8_t byte = 0;
    for (size_t i = 0; i < left->count; i++)
        if (left->items[i].at == at)
            byte |= left->items[i].value;
    for (size_t i = 0; i < right->count; i++)
        if (right->items[i].at == at)
            byte |= right->items[i].value;
    return byte;
}

static void report_pair(struct profile_source *source, const struct guards *left,
                        const struct guards *right)
{
    struct arena *arena = source->diag->arena;
    uint32_t end =
        guard_end(left) > guard_end(right) ? guard_end(left) : guard_end(right);
    const char *frame = "";
    for (uint32_t at = 0; at < end && at < SHOWN_BYTES; at++)
        frame = arena_format(arena, "%s%s%02X", frame, at > 0 ? " " : "",
                             merged_byte(left, right, at));
    if (end == 0)
        diag_report(source->diag, RULE_AMBIGUOUS_DISPATCH, right->message->where,
                    "every frame fits '%s' and '%s': neither has a constant at a fixed "
                    "place",
                    left->message->name, right->message->name);
    else
        diag_report(source->diag, RULE_AMBIGUOUS_DISPATCH, right->message->where,
                    "the frame '%s%s' fits '%s' and '%s'", frame,
                    end > SHOWN_BYTES ? " ..." : "", left->message->name,
                    right->message->name);
}

/* Replies are chosen by what they answer, and seldom decoded. */
static bool takes_part(const struct message *message)
{
    return message_decodes(message) && !message->fallback &&
           message->kind != DGM_KIND_REPLY;
}

static bool prove(struct profile_source *source, const struct guards *guards,
                  size_t count)
{
    size_t errors = source->diag->errors;
    for (size_t k = 1; k < count; k++) {
        const struct message *right = guards[k].message;
        for (size_t i = 0; i < k && takes_part(right); i++) {
            const struct message *left = guards[i].message;
            if (source->diag->errors >= DIAG_MAX_ERRORS)
                return false;
            if (takes_part(left) && message_is_up(left) == message_is_up(right) &&
                !are_disjoint(&guards[i], &guards[k]))
                report_pair(source, &guards[i], &guards[k]);
        }
    }
    return source->diag->errors == errors;
}

bool dispatch_all(struct profile_source *source, struct builder *builder)
{
    size_t count = source->messages.count;
    struct guards *guards = arena_array(source->diag->arena, count + 1, sizeof(*guards));
    for (size_t i = 0; i < count; i++) {
        guards[i].message = &source->messages.items[i];
        find_guards(source, builder, &guards[i]);
    }
    return prove(source, guards, count);
}
