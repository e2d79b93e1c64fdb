/* SPDX-License-Identifier: MIT */
/*
 * The layout of a message as rows in wire order. Places are counted on as long as sizes
 * are fixed; behind what has none they are told by its name. What the compiler made of
 * one item of the profile is one row again.
 */
#include "describe.h"

#include <string.h>

/* Where the next item begins. */
struct place {
    int64_t offset;     /* of the frame, or behind `behind`; negative: from the end */
    const char *behind; /* title of what has no fixed size, or NULL */
    bool is_relative;   /* to a round, a record or what a hook made */
    bool is_elsewhere;  /* in bytes that another item has as well */
};

struct walk {
    struct arena *arena;
    const struct diag *diag;
    struct dgm_doc_item *items;
    size_t count, capacity, *left, left_out;
};

static void walk_list(struct walk *walk, const struct item_list *list, unsigned depth,
                      struct place *place);

static bool has_key(const struct item *item, const char *key)
{
    return item->source != NULL && node_get(item->source, key) != NULL;
}

static const char *place_text(struct arena *arena, const struct place *place)
{
    const char *sign = place->is_relative ? "+" : "";
    if (place->behind == NULL)
        return arena_format(arena, "%s%lld", sign, (long long)place->offset);
    if (place->offset == 0)
        return arena_format(arena, "behind %s", place->behind);
    return arena_format(arena, "behind %s, +%lld", place->behind,
                        (long long)place->offset);
}

/* Of a choice of which one case is always there, and all are of one size. */
static bool size_of_cases(const struct item *item, uint32_t *ret)
{
    uint32_t size;
    bool any = false;
    for (size_t i = 0; i < item->fields.count; i++) {
        const struct item *one = item->fields.items[i];
        if (one->choice == NULL || item_is_refused(one))
            continue;
        if (!item_own_size(one, &size) || (any && size != *ret))
            return false;
        *ret = size;
        any = true;
    }
    return any;
}

/* Bytes of one round, or of the item where it is there. */
static bool size_once(const struct item *item, uint32_t *ret)
{
    struct item once = *item;
    once.repeat.kind = EXTENT_ONCE;
    if (has_key(item, "switch") && item->region.kind == EXTENT_ONCE)
        return size_of_cases(item, ret);
    return item_own_size(&once, ret);
}

/* Bytes that it takes in each frame. */
static bool size_always(const struct item *item, uint32_t *ret)
{
    bool is_there = item->when == NULL && !item->optional && !item->has_at;
    struct item *only = (struct item *)item;
    struct item_list list = {&only, 1, 1};
    if (has_key(item, "switch") && is_there)
        return size_once(item, ret);
    return item_fixed_size(&list, ret);
}

static bool takes_rest(const struct item *item)
{
    return (item->form == ITEM_BYTES || item->digits.given) &&
           item->size.kind == EXTENT_REST && !item->has_end;
}

static const char *size_text(struct arena *arena, const struct item *item)
{
    uint32_t size;
    bool is_made = !item_on_wire(item) && !item->has_at;
    if (is_made || item->form == ITEM_NOTICE)
        return "";
    if (!size_once(item, &size))
        return takes_rest(item) ? "rest" : "varies";
    if (size == 0)
        return "";
    return arena_format(arena, "%u%s", size,
                        item->repeat.kind != EXTENT_ONCE ? " each" : "");
}

/* What has no name is called by what it is. */
static const char *title_of(struct arena *arena, const struct item *item)
{
    static const struct {
        const char *key, *title;
    } forms[] = {{"switch", "(switch)"},     {"tlv", "(tag loop)"},
                 {"bits", "(bits)"},         {"record", "(records)"},
                 {"repeat", "(repetition)"}, {"const", "(const)"},
                 {"skip", "(skip)"},         {"reserved", "(reserved)"}};
    bool has_name = item->name != NULL || item->local != NULL || item->role != 0;
    if (!has_name && item->choice != NULL)
        return "(case)";
    if (!has_name && item->source == NULL && item->hook != NULL)
        return "(hook)";
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]) && !has_name; i++)
        if (has_key(item, forms[i].key))
            return forms[i].title;
    return describe_text(arena, item_title(item));
}

/* "be" or "le" behind a type of several bytes that leaves it to the profile. */
static const char *order_of(const struct item *item, const char *type)
{
    bool is_number = item->form == ITEM_INTEGER || item->form == ITEM_FLOAT ||
                     item->form == ITEM_CHECK ||
                     (item->form == ITEM_BITS && !item->is_stream);
    bool is_bit = item->parent != NULL && item->parent->form == ITEM_BITS;
    size_t length = strlen(type);
    bool is_open = length > 0 && type[length - 1] >= '0' && type[length - 1] <= '9';
    if (!is_number || !is_open || is_bit || item->width <= 8 || item->is_reserved ||
        item->join != NULL)
        return "";
    return item->order == DGM_ORDER_BE ? "be" : item->order == DGM_ORDER_LE ? "le" : "";
}

/* The word by which the profile says what the item is, if it has one. */
static const char *given_type(struct arena *arena, const struct item *item)
{
    static const char *const keys[] = {"type", "bits", "reserved"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && item->source != NULL; i++) {
        const struct node *node = node_get(item->source, keys[i]);
        if (node == NULL)
            continue;
        const char *type = describe_node(arena, node);
        return arena_format(arena, "%s%s", type, order_of(item, type));
    }
    return NULL;
}

static const char *type_of(struct arena *arena, const struct item *item)
{
    const char *given = given_type(arena, item);
    if (given != NULL)
        return given;
    switch (item->form) {
    case ITEM_INTEGER:
        given = arena_format(arena, "%s%u", item->is_signed ? "i" : "u", item->width);
        return arena_format(arena, "%s%s", given, order_of(item, given));
    case ITEM_BYTES:
        return item->is_skip ? "skip" : "bytes";
    case ITEM_VALUE:
        return item->moment != NULL ? "instant" : "computed";
    case ITEM_LITERAL:
        return "constant member";
    case ITEM_GROUP:
        return item->is_tuple ? "array" : item->name != NULL ? "object" : "";
    default:
        return "";
    }
}

static struct dgm_doc_item *add_row(struct walk *walk, const struct item *item,
                                    unsigned depth)
{
    if (*walk->left == 0) {
        walk->left_out++;
        return NULL;
    }
    --*walk->left;
    walk->items = arena_grow(walk->arena, walk->items, walk->count, &walk->capacity,
                             sizeof(*walk->items));
    struct dgm_doc_item *row = &walk->items[walk->count++];
    *row = (struct dgm_doc_item){
        .depth = depth,
        .at = "",
        .size = size_text(walk->arena, item),
        .name = title_of(walk->arena, item),
        .type = type_of(walk->arena, item),
        .value = describe_constant(walk->arena, item),
        .facts = describe_item_facts(walk->arena, item),
    };
    row->place = describe_place(walk->diag, item->where);
    return row;
}

/* The fields of a bit group, from the left as they are drawn. */
static void walk_bits(struct walk *walk, const struct item *bits, unsigned depth)
{
    unsigned used = 0;
    bool is_up = bits->is_stream;
    for (size_t i = 0; i < bits->fields.count; i++) {
        const struct item *field = bits->fields.items[i];
        unsigned left =
            bits->bit_lsb && !is_up ? bits->width - used - field->width : used;
        unsigned first = is_up ? left : bits->width - 1 - left;
        unsigned last = is_up ? left + field->width - 1 : first + 1 - field->width;
        struct dgm_doc_item *row = add_row(walk, field, depth);
        used += field->width;
        if (row == NULL)
            continue;
        row->kind = DGM_DOC_BIT_FIELD;
        row->bit = left;
        row->bits = field->width;
        row->size = arena_format(walk->arena, "%u bit%s", field->width,
                                 field->width == 1 ? "" : "s");
        row->at = first == last ? arena_format(walk->arena, "bit %u", first)
                                : arena_format(walk->arena, "bits %u..%u", first, last);
    }
}

/* Made by the compiler for its own use, and of no interest. */
static bool is_hidden(const struct item *item)
{
    return item->source == NULL && item->form == ITEM_VALUE && item->moment == NULL;
}

/* Stands between an item of the profile and what the profile has in it. */
static bool is_between(const struct item *item)
{
    bool is_round = item->case_of != NULL && item->case_of->tag_count == 0;
    bool is_doubled = item->source != NULL && item->form == ITEM_GROUP &&
                      item->fields.count > 0 &&
                      item->fields.items[0]->source == item->source;
    return is_doubled || (item->source == NULL && (item->form == ITEM_TLV || is_round));
}

/* One value of the profile, whatever the compiler made of it. */
static bool is_whole(const struct item *item)
{
    return item->fields.count == 0 ||
           (item->form == ITEM_GROUP &&
            (has_key(item, "type") || has_key(item, "reserved") ||
             has_key(item, "value")));
}

/* Its items have places of their own, not those of the frame. */
static bool starts_anew(const struct item *item)
{
    return item->repeat.kind != EXTENT_ONCE || item->hook != NULL ||
           has_key(item, "tlv") || has_key(item, "repeat");
}

static void walk_inside(struct walk *walk, const struct item *item, unsigned depth,
                        struct place *place)
{
    if (item->form == ITEM_BITS) {
        walk_bits(walk, item, depth);
    } else if (!is_whole(item)) {
        struct place anew = {.is_relative = true};
        walk_list(walk, &item->fields, depth, starts_anew(item) ? &anew : place);
    }
}

/* Does what is behind it begin where its last item ends? */
static bool is_open(const struct item *item)
{
    return item->form == ITEM_GROUP && item->when == NULL && !item->optional &&
           item->region.kind == EXTENT_ONCE && !starts_anew(item) && !is_whole(item) &&
           item->choice == NULL && !has_key(item, "switch");
}

/* Where it goes on behind the item; `inside` is where its own items end. */
static void move_on(const struct walk *walk, const struct item *item,
                    const struct place *inside, struct place *place)
{
    uint32_t size;
    if (size_always(item, &size)) {
        place->offset += size;
    } else if (is_open(item)) {
        *place = *inside;
    } else {
        place->offset = 0;
        place->behind = title_of(walk->arena, item);
    }
}

/* The row's places in text and numbers. */
static void set_place(const struct walk *walk, const struct item *item,
                      const struct place *start, struct dgm_doc_item *row)
{
    uint32_t size;
    bool is_there = (item_on_wire(item) || item->has_at) && row->size[0] != '\0';
    if (item->form == ITEM_BITS) {
        row->kind = item->is_stream ? DGM_DOC_BIT_STREAM : DGM_DOC_BITS;
        row->bits = item->width;
    }
    if (!is_there || item->case_of != NULL)
        return;
    row->at = place_text(walk->arena, start);
    if (!start->is_relative && !start->is_elsewhere && start->behind == NULL &&
        start->offset >= 0 && size_always(item, &size)) {
        row->byte = (uint32_t)start->offset;
        row->bytes = size;
    }
}

static void walk_item(struct walk *walk, const struct item *item, unsigned depth,
                      struct place *place)
{
    struct place start = *place;
    if (is_hidden(item))
        return;
    if (item->has_at)
        start = (struct place){item->at, NULL, place->is_relative, true};
    if (is_between(item)) {
        walk_list(walk, &item->fields, depth, &start);
    } else {
        struct dgm_doc_item *row = add_row(walk, item, depth);
        if (row != NULL)
            set_place(walk, item, &start, row);
        walk_inside(walk, item, depth + 1, &start);
    }
    if (!item->has_at)
        move_on(walk, item, &start, place);
}

/* Cases of a choice begin at the same place, and share the bytes of a frame. */
static void walk_list(struct walk *walk, const struct item_list *list, unsigned depth,
                      struct place *place)
{
    for (size_t i = 0; i < list->count; i++) {
        struct place branch = *place;
        const struct item *item = list->items[i];
        bool is_branch = item->choice != NULL || item->case_of != NULL;
        branch.is_elsewhere = true;
        walk_item(walk, item, depth, is_branch ? &branch : place);
    }
}

void describe_items(const struct describing *describing, const struct message *message,
                    size_t *left, struct dgm_doc_message *ret)
{
    struct walk walk = {
        .arena = describing->arena, .diag = describing->diag, .left = left};
    struct place place = {.offset = 0};
    const struct item_list *all = &message->items;
    size_t body = all->count;
    while (body > 0 && all->items[body - 1]->is_trailer)
        body--;
    struct item_list list = {all->items, body, body};
    struct item_list trailer = {.count = all->count - body};
    if (trailer.count > 0)
        trailer.items = all->items + body;
    walk_list(&walk, &list, 0, &place);
    if (place.behind != NULL && trailer.count > 0)
        place = (struct place){.offset = -(int64_t)message->trailer};
    walk_list(&walk, &trailer, 0, &place);
    ret->items = walk.items;
    ret->item_count = walk.count;
    ret->items_left_out = walk.left_out;
    ret->bytes = place.behind == NULL && place.offset > 0 ? (uint32_t)place.offset : 0;
}
