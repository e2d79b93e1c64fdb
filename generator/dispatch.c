/* SPDX-License-Identifier: MIT */
/*
 * Guards: constants at places that do not depend on the frame, and what `match` says.
 * And the proof that no frame fits two messages of one direction: for each pair, one has
 * a condition none of whose alternatives goes with some condition of the other.
 */
#include "lower.h"

#include "topic.h"

enum { SHOWN_BYTES = 24, MAX_CHOSEN = 64 };

/* The guards of a message: conditions of one or more alternatives, the last of which
 * lacks DGM_GUARD_OR_NEXT. */
struct guards {
    struct message *message;
    const struct dgm_guard *items;
    size_t count;
    const char *pool; /* texts of topics */
};

struct walk {
    struct profile_source *source;
    struct builder *builder;
    uint32_t at;
    bool fixed;     /* `at` does not depend on the frame */
    bool is_listed; /* inside a repetition */
};

static void walk_list(struct walk *walk, const struct item_list *list);
static void walk_once(struct walk *walk, const struct item *item);

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

static void add_bytes(struct walk *walk, const struct item *item, uint64_t mask,
                      uint64_t value, bool or_next)
{
    unsigned bytes = item->width / 8;
    uint16_t index = builder_guard(walk->builder);
    if (index == DGM_NONE)
        return;
    struct dgm_guard *guard = &walk->builder->guards.items[index];
    guard->at = (uint16_t)walk->at;
    guard->size = (uint8_t)bytes;
    guard->flags = or_next ? DGM_GUARD_OR_NEXT : 0;
    guard->mask = as_on_wire(mask, item->order, bytes);
    guard->value = as_on_wire(value, item->order, bytes);
}

/* Any of the item's constants, in `mask << shift` of the bytes of `outer`. */
static void add_list(struct walk *walk, const struct item *outer, const struct item *item,
                     uint64_t mask, unsigned shift)
{
    for (size_t i = 0; i < item->constant_count; i++)
        add_bytes(walk, outer, mask << shift,
                  ((uint64_t)item->constants[i] & mask) << shift,
                  i + 1 < item->constant_count);
}

static void add_match(struct builder *builder, uint8_t kind, const struct match *match)
{
    for (size_t i = 0; i < match->count; i++) {
        uint16_t index = builder_guard(builder);
        if (index == DGM_NONE)
            return;
        struct dgm_guard *guard = &builder->guards.items[index];
        guard->kind = kind;
        guard->flags = i + 1 < match->count ? DGM_GUARD_OR_NEXT : 0;
        guard->value = match->items[i].first;
        guard->mask = match->items[i].last;
    }
}

static void add_topics(struct builder *builder, const struct topics *topics)
{
    for (size_t i = 0; i < topics->count; i++) {
        uint32_t text = builder_text(builder, topics->items[i]);
        uint16_t index = builder_guard(builder);
        if (index == DGM_NONE)
            return;
        struct dgm_guard *guard = &builder->guards.items[index];
        guard->kind = DGM_GUARD_TOPIC;
        guard->flags = i + 1 < topics->count ? DGM_GUARD_OR_NEXT : 0;
        guard->value = text;
    }
}

static uint64_t low_bits(unsigned width)
{
    return width >= 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
}

static bool has_place(const struct walk *walk, const struct item *item)
{
    return walk->fixed && !walk->is_listed && walk->at + item->width / 8 <= UINT16_MAX;
}

/* Does the constant stand where a guard can look? */
static bool is_guarding(const struct walk *walk, const struct item *item,
                        const struct item *group)
{
    if (has_place(walk, group))
        return true;
    if (item->is_matched)
        diag_report(walk->source->diag, RULE_MATCH_UNKNOWN, item->match_where,
                    "'match' of '%s': its place depends on the frame", item_title(item));
    else
        diag_report(walk->source->diag, RULE_CONST_NOT_FIXED, group->where,
                    "this constant does not help to choose the message: its place "
                    "depends on the frame");
    return false;
}

static void guard_integer(struct walk *walk, const struct item *item)
{
    uint64_t mask = low_bits(item->width);
    if (!item->has_const || item->digits.given || item->is_gray ||
        item->is_sign_magnitude || !is_guarding(walk, item, item))
        return;
    if (item->constants != NULL)
        add_list(walk, item, item, mask, 0);
    else
        add_bytes(walk, item, mask, (uint64_t)item->constant & mask, false);
}

/* Single constants of a group make one guard, each list one of its own. */
static void guard_bits(struct walk *walk, const struct item *group)
{
    uint64_t mask = 0, value = 0;
    unsigned place = 0;
    bool is_fixed = true;
    for (size_t i = 0; i < group->fields.count && is_fixed; i++) {
        const struct item *field = group->fields.items[i];
        unsigned shift = group->bit_lsb ? place : group->width - place - field->width;
        uint64_t bits = low_bits(field->width);
        place += field->width;
        if (!field->has_const || field->is_gray || field->is_sign_magnitude)
            continue;
        is_fixed = is_guarding(walk, field, group);
        if (is_fixed && field->constants != NULL) {
            add_list(walk, group, field, bits, shift);
            continue;
        }
        mask |= bits << shift;
        value |= ((uint64_t)field->constant & bits) << shift;
    }
    if (mask != 0 && is_fixed)
        add_bytes(walk, group, mask, value, false);
}

/* A constant of a bit stream: one guard for each byte that it has bits in. */
static void guard_field(struct walk *walk, const struct item *field, unsigned place,
                        bool is_lsb)
{
    for (unsigned first = 0; first < field->width;) {
        unsigned bit = place + first, count = 8 - bit % 8;
        if (count > field->width - first)
            count = field->width - first;
        unsigned shift = is_lsb ? bit % 8 : 8 - bit % 8 - count;
        unsigned low = is_lsb ? first : field->width - first - count;
        struct item byte = {.width = 8};
        struct walk at = *walk;
        at.at += bit / 8;
        add_bytes(&at, &byte, low_bits(count) << shift,
                  ((uint64_t)field->constant >> low & low_bits(count)) << shift, false);
        first += count;
    }
}

/* Any of several constants: in the bytes that the field has bits in, read in the order of
 * the stream. More of them than a guard can look at do not help to choose. */
static void guard_choices(struct walk *walk, const struct item *field, unsigned place,
                          bool is_lsb)
{
    unsigned first = place / 8, bytes = (place + field->width + 7) / 8 - first;
    unsigned behind = (first + bytes) * 8 - place - field->width;
    struct item window = {.width = 8 * bytes,
                          .order = is_lsb ? DGM_ORDER_LE : DGM_ORDER_BE};
    struct walk at = *walk;
    at.at += first;
    if (bytes <= sizeof(uint64_t))
        add_list(&at, &window, field, low_bits(field->width),
                 is_lsb ? place % 8 : behind);
}

static void guard_stream(struct walk *walk, const struct item *group)
{
    unsigned place = 0;
    for (size_t i = 0; i < group->fields.count; i++) {
        const struct item *field = group->fields.items[i];
        bool is_guard = field->has_const && is_guarding(walk, field, group);
        if (is_guard && field->constants != NULL && field->constant_count > 1)
            guard_choices(walk, field, place, group->bit_lsb);
        else if (is_guard)
            guard_field(walk, field, place, group->bit_lsb);
        place += field->width;
    }
}

static void skip(struct walk *walk, uint32_t bytes)
{
    walk->at += bytes;
    if (walk->at > DGM_MAX_FRAME)
        walk->fixed = false;
}

/* A group may have a size of its own, whatever stands in it. */
static void walk_group(struct walk *walk, const struct item *item)
{
    uint32_t start = walk->at;
    bool was_fixed = walk->fixed;
    if (item->hook == NULL) /* else its constants are in no frame */
        walk_list(walk, &item->fields);
    else if (item->region.kind == EXTENT_ONCE)
        walk->fixed = false;
    if (item->region.kind == EXTENT_ONCE)
        return;
    walk->fixed = was_fixed && item->region.kind == EXTENT_FIXED;
    walk->at = start;
    skip(walk, item->region.count);
}

/* What stands elsewhere does so in every frame. */
static void walk_elsewhere(struct walk *walk, const struct item *item)
{
    struct walk there = *walk;
    struct item here = *item;
    here.has_at = false;
    there.at = item->at < 0 ? 0 : (uint32_t)item->at;
    there.fixed = item->at >= 0;
    for (const struct item *outer = item; outer != NULL; outer = outer->parent)
        there.fixed = there.fixed && outer->when == NULL && !outer->optional &&
                      outer->repeat.kind == EXTENT_ONCE &&
                      outer->region.kind == EXTENT_ONCE;
    walk_once(&there, &here);
}

static void walk_once(struct walk *walk, const struct item *item)
{
    if (item->has_at) {
        walk_elsewhere(walk, item);
        return;
    }
    if (!item_on_wire(item))
        return;
    switch (item->form) {
    case ITEM_INTEGER:
        guard_integer(walk, item);
        skip(walk, item->width / 8);
        walk->fixed =
            walk->fixed && (!item->digits.given || item->size.kind == EXTENT_FIXED);
        break;
    case ITEM_FLOAT:
    case ITEM_CHECK:
        skip(walk, item->width / 8);
        break;
    case ITEM_BITS:
        if (item->is_stream)
            guard_stream(walk, item);
        else
            guard_bits(walk, item);
        skip(walk, item->width / 8);
        break;
    case ITEM_BYTES:
        if (item->size.kind == EXTENT_FIXED)
            skip(walk,
                 item->digits.given ? (item->size.count + 1) / 2 : item->size.count);
        else
            walk->fixed = false;
        break;
    case ITEM_GROUP:
        walk_group(walk, item);
        break;
    case ITEM_TLV:
        walk->fixed = false;
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
                        const struct message *message)
{
    struct walk walk = {source, builder, 0, true, false};
    uint16_t first = (uint16_t)builder->guards.count;
    add_topics(builder, &message->topics);
    add_match(builder, DGM_GUARD_CHANNEL, &message->port);
    add_match(builder, DGM_GUARD_LENGTH, &message->length);
    walk_list(&walk, &message->items);
    struct dgm_message *row = &builder->messages.items[message->index];
    row->first_guard = first;
    row->guard_count = (uint16_t)(builder->guards.count - first);
}

static unsigned byte_of(const struct dgm_guard *guard, uint64_t number, unsigned index)
{
    return (unsigned)(number >> (8 * (guard->size - 1u - index)) & 0xFF);
}

/* Is there a bit that the two want otherwise? */
static bool bytes_exclude(const struct dgm_guard *a, const struct dgm_guard *b)
{
    for (unsigned i = 0; i < a->size; i++) {
        unsigned k = a->at + i - b->at;
        if (a->at + i < b->at || k >= b->size)
            continue;
        unsigned differ = byte_of(a, a->value, i) ^ byte_of(b, b->value, k);
        if (byte_of(a, a->mask, i) & byte_of(b, b->mask, k) & differ)
            return true;
    }
    return false;
}

/* Can no frame satisfy both? */
static bool exclude(const char *pool, const struct dgm_guard *a,
                    const struct dgm_guard *b)
{
    if (a->kind == DGM_GUARD_TOPIC || b->kind == DGM_GUARD_TOPIC)
        return a->kind == b->kind && !topic_meet(pool + a->value, pool + b->value);
    if (a->kind == DGM_GUARD_BYTES && b->kind == DGM_GUARD_BYTES)
        return bytes_exclude(a, b);
    if (a->kind == b->kind)
        return a->mask < b->value || b->mask < a->value;
    if (a->kind == DGM_GUARD_LENGTH && b->kind == DGM_GUARD_BYTES)
        return a->mask < (uint64_t)b->at + b->size;
    if (a->kind == DGM_GUARD_BYTES && b->kind == DGM_GUARD_LENGTH)
        return b->mask < (uint64_t)a->at + a->size;
    return false;
}

/* Is there a condition of the others all of whose alternatives exclude the guard? */
static bool is_impossible(const struct dgm_guard *guard, const struct guards *others)
{
    bool all = true;
    for (size_t i = 0; i < others->count; i++) {
        all = all && exclude(others->pool, guard, &others->items[i]);
        if (others->items[i].flags & DGM_GUARD_OR_NEXT)
            continue;
        if (all)
            return true;
        all = true;
    }
    return false;
}

/* Has `left` a condition whose alternatives are all impossible with `right`? */
static bool are_disjoint(const struct guards *left, const struct guards *right)
{
    bool all = true;
    for (size_t i = 0; i < left->count; i++) {
        all = all && is_impossible(&left->items[i], right);
        if (left->items[i].flags & DGM_GUARD_OR_NEXT)
            continue;
        if (all)
            return true;
        all = true;
    }
    return false;
}

/* A frame that fits both, as far as it matters. */
struct sample {
    const struct dgm_guard *chosen[MAX_CHOSEN];
    size_t chosen_count;
    uint8_t bytes[SHOWN_BYTES];
    size_t count; /* of bytes that are wanted */
    bool has_port, failed;
    uint32_t port;
    const char *topic; /* or NULL */
    const char *pool;
};

static void sample_guard(struct sample *sample, const struct dgm_guard *guard)
{
    if (guard->kind == DGM_GUARD_TOPIC) {
        const char *filter = sample->pool + guard->value;
        if (sample->topic == NULL || !topic_is_plain(sample->topic))
            sample->topic = filter;
        return;
    }
    uint64_t end =
        guard->kind == DGM_GUARD_BYTES ? (uint64_t)guard->at + guard->size : guard->value;
    if (guard->kind == DGM_GUARD_CHANNEL) {
        if (!sample->has_port || guard->value > sample->port)
            sample->port = (uint32_t)guard->value;
        sample->has_port = true;
        return;
    }
    if (end > sample->count)
        sample->count = (size_t)end;
    if (guard->kind == DGM_GUARD_LENGTH)
        return;
    for (unsigned i = 0; i < guard->size && guard->at + i < SHOWN_BYTES; i++)
        sample->bytes[guard->at + i] |= (uint8_t)byte_of(guard, guard->value, i);
}

static bool goes_along(const struct sample *sample, const struct dgm_guard *guard)
{
    for (size_t i = 0; i < sample->chosen_count; i++)
        if (exclude(sample->pool, sample->chosen[i], guard))
            return false;
    return true;
}

/* Of each condition, single ones or lists, the first alternative that goes with all
 * chosen so far. */
static void choose(struct sample *sample, const struct guards *guards,
                   const struct guards *others, bool lists)
{
    for (size_t i = 0, end; i < guards->count; i = end) {
        const struct dgm_guard *found = NULL;
        end = i;
        do {
            if (found == NULL && goes_along(sample, &guards->items[end]) &&
                !is_impossible(&guards->items[end], others))
                found = &guards->items[end];
        } while ((guards->items[end++].flags & DGM_GUARD_OR_NEXT) && end < guards->count);
        if ((end - i > 1) != lists)
            continue;
        if (found == NULL || sample->chosen_count == MAX_CHOSEN) {
            sample->failed = true;
            return;
        }
        sample->chosen[sample->chosen_count++] = found;
        sample_guard(sample, found);
    }
}

static const char *sample_text(struct arena *arena, const struct sample *sample)
{
    const char *text = sample->count > 0 ? "the frame '" : "every frame";
    for (size_t at = 0; at < sample->count && at < SHOWN_BYTES; at++)
        text =
            arena_format(arena, "%s%s%02X", text, at > 0 ? " " : "", sample->bytes[at]);
    if (sample->count > 0)
        text =
            arena_format(arena, "%s%s'", text, sample->count > SHOWN_BYTES ? " ..." : "");
    if (sample->has_port)
        text = arena_format(arena, "%s of port %lu", text, (unsigned long)sample->port);
    if (sample->topic != NULL)
        text = arena_format(arena, "%s of topic '%s'", text, sample->topic);
    return text;
}

static void report_pair(struct profile_source *source, const struct guards *left,
                        const struct guards *right)
{
    struct sample sample = {.pool = left->pool};
    choose(&sample, left, right, false);
    choose(&sample, right, left, false);
    choose(&sample, left, right, true);
    choose(&sample, right, left, true);
    if (sample.failed)
        diag_report(source->diag, RULE_AMBIGUOUS_DISPATCH, right->message->where,
                    "some frame may fit '%s' and '%s': no single constant or match keeps "
                    "them apart",
                    left->message->name, right->message->name);
    else
        diag_report(source->diag, RULE_AMBIGUOUS_DISPATCH, right->message->where,
                    "%s fits '%s' and '%s'%s", sample_text(source->diag->arena, &sample),
                    left->message->name, right->message->name,
                    sample.count > 0 ? "" : ": neither has a constant at a fixed place");
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
            bool same_way = (message_is_up(left) && message_is_up(right)) ||
                            (message_is_down(left) && message_is_down(right));
            if (takes_part(left) && same_way && !are_disjoint(&guards[i], &guards[k]) &&
                !are_disjoint(&guards[k], &guards[i]))
                report_pair(source, &guards[i], &guards[k]);
        }
    }
    return source->diag->errors == errors;
}

bool dispatch_all(struct profile_source *source, struct builder *builder)
{
    size_t count = source->messages.count;
    struct guards *guards = arena_array(source->diag->arena, count + 1, sizeof(*guards));
    for (size_t i = 0; i < count; i++)
        find_guards(source, builder, &source->messages.items[i]);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_message *row = &builder->messages.items[i];
        const struct dgm_guard *first =
            row->guard_count > 0 ? builder->guards.items + row->first_guard : NULL;
        guards[i] = (struct guards){&source->messages.items[i], first, row->guard_count,
                                    builder->pool.items};
    }
    return prove(source, guards, count);
}
