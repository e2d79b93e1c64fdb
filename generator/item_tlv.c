/* SPDX-License-Identifier: MIT */
/*
 * `tlv`: records that begin with a tag. The loop's fields are the fields of the tag, a
 * hidden value that keeps what the cases are chosen by, and then one group per case.
 */
#include "item.h"

#include "language.h"
#include "scalar.h"

#include <string.h>

enum { TAGS_MAX = 4096, ALIGN_MAX = 256 };

struct tlv {
    const struct item_context *context; /* for what stands inside */
    struct tag_loop *loop;
};

static struct item *new_item(const struct tlv *tlv, enum item_form form,
                             struct location where, struct item *parent)
{
    struct item *item = arena_alloc(tlv->context->diag->arena, sizeof(*item));
    item->form = form;
    item->where = item->name_where = where;
    item->parent = parent;
    item->slot = item->member = item->service = item->row = DGM_NONE;
    item->to = tlv->context->to;
    item->to_where = tlv->context->to_where;
    item->scale = exact_from_int(1);
    item->offset = exact_from_int(0);
    if (parent != NULL)
        item_append(tlv->context->diag->arena, &parent->fields, item);
    return item;
}

static const char *hidden_name(const struct tlv *tlv, const char *what,
                               struct location where)
{
    return diag_hidden_name(tlv->context->diag, what, where);
}

static bool refuse_tag(const struct tlv *tlv, struct location where)
{
    diag_report(tlv->context->diag, RULE_BAD_VALUE, where,
                "a tag is made of integers and bit groups, which are always there");
    return false;
}

/* One integer without a name. */
static bool parse_tag_type(struct tlv *tlv, const struct node *node, struct expr **select)
{
    struct item *tag = new_item(tlv, ITEM_INTEGER, node->where, tlv->loop->item);
    tag->local = hidden_name(tlv, "tag", node->where);
    tag->tells_tag_alone = true;
    if (!item_parse_type(tlv->context, node, tag))
        return false;
    if (tag->form != ITEM_INTEGER || tag->is_bool)
        return refuse_tag(tlv, node->where);
    struct expr *name = arena_alloc(tlv->context->diag->arena, sizeof(*name));
    name->kind = EXPR_NAME;
    name->where = node->where;
    name->text = tag->local;
    *select = name;
    return true;
}

static bool parse_tag_items(struct tlv *tlv, const struct node *list)
{
    struct item *item = tlv->loop->item;
    if (!item_parse_list(tlv->context, list, item, &item->fields))
        return false;
    for (size_t i = 0; i < item->fields.count; i++) {
        const struct item *field = item->fields.items[i];
        bool fine = field->form == ITEM_INTEGER ||
                    (field->form == ITEM_BITS && field->name == NULL &&
                     field->width <= 64 && !field->is_stream);
        if (!fine || field->name != NULL || field->when != NULL || field->optional ||
            field->repeat.kind != EXTENT_ONCE || field->role != 0)
            return refuse_tag(tlv, field->where);
    }
    return true;
}

/* The tag, and what the cases are chosen by. */
static bool parse_tag(struct tlv *tlv, const struct node *map)
{
    struct diag *diag = tlv->context->diag;
    const struct node *tag = node_get(map, "tag"), *select = node_get(map, "select");
    struct expr *value = NULL;
    if (tag == NULL || (tag->kind == NODE_LIST && select == NULL)) {
        diag_report(diag, RULE_MISSING_KEY, map->where, "a tag loop needs '%s'",
                    tag == NULL ? "tag" : "select");
        return false;
    }
    bool fine = tag->kind == NODE_LIST ? parse_tag_items(tlv, tag)
                                       : parse_tag_type(tlv, tag, &value);
    if (fine && select != NULL)
        value = expr_parse(diag, select, "'select'");
    if (!fine || value == NULL)
        return false;
    struct tag_loop *loop = tlv->loop;
    loop->tag_count = loop->item->fields.count;
    loop->chooser = new_item(tlv, ITEM_VALUE, value->where, loop->item);
    loop->chooser->local = hidden_name(tlv, "select", value->where);
    loop->chooser->value = value;
    loop->chooser->show = DGM_SHOW_INT;
    loop->chooser->chooses_in = loop;
    return true;
}

static bool parse_unknown(struct tlv *tlv, const struct node *map)
{
    static const char *const words[] = {"refuse", "stop", "skip", "skip_byte", "keep"};
    struct diag *diag = tlv->context->diag;
    struct tag_loop *loop = tlv->loop;
    const struct node *node = node_get(map, "unknown"), *name = node_get(map, "keep_as");
    int word = node != NULL ? scalar_word(diag, node, "'unknown'", words, 5) : 0;
    if (word < 0)
        return false;
    loop->unknown = (uint8_t)(word == 4 ? DGM_LOOP_REFUSE : word);
    loop->keeps = word == 4;
    if ((word == 4 || word == 2) && loop->size.kind == EXTENT_ONCE) {
        diag_report(diag, RULE_MISSING_KEY, node->where,
                    "without 'size' nothing says how long an unknown record is");
        return false;
    }
    if (loop->keeps != (name != NULL)) {
        diag_report(diag, RULE_MISSING_KEY, name != NULL ? name->where : node->where,
                    "'unknown: keep' and 'keep_as' go together");
        return false;
    }
    if (word == 1 && loop->size.kind != EXTENT_ONCE)
        diag_report(
            diag, RULE_UNKNOWN_STOP, node->where,
            "the records of newer firmware end the loop; 'skip' passes over them");
    return true;
}

static bool parse_policies(struct tlv *tlv, const struct node *map)
{
    static const char *const words[] = {"overwrite", "refuse"};
    static const char *const cut_words[] = {"refuse", "stop"};
    struct diag *diag = tlv->context->diag;
    const struct node *size = node_get(map, "size"), *align = node_get(map, "align");
    const struct node *repeated = node_get(map, "repeated");
    const struct node *cut = node_get(map, "incomplete");
    exact_int number = 1;
    if (size != NULL &&
        !item_parse_extent(tlv->context, size, "'size'", &tlv->loop->size))
        return false;
    if (tlv->loop->size.kind == EXTENT_REST) {
        diag_report(diag, RULE_BAD_VALUE, size->where, "a record cannot take the rest");
        return false;
    }
    if (align != NULL && !scalar_integer(diag, align, "'align'", 1, ALIGN_MAX, &number))
        return false;
    tlv->loop->align = (unsigned)number;
    if (cut != NULL) {
        int policy = scalar_word(diag, cut, "'incomplete'", cut_words, 2);
        if (policy < 0)
            return false;
        tlv->loop->ends_at_cut = policy == 1;
    }
    if (tlv->loop->ends_at_cut && size == NULL) {
        diag_report(diag, RULE_MISSING_KEY, cut->where,
                    "without 'size' nothing says how long a record is, so that it could "
                    "be cut off");
        return false;
    }
    int word = repeated != NULL ? scalar_word(diag, repeated, "'repeated'", words, 2) : 0;
    tlv->loop->once = word == 1;
    return word >= 0 && parse_unknown(tlv, map);
}

/* Ascending; no tag belongs to two cases. */
static bool insert_tag(struct tlv *tlv, struct tag_range range)
{
    struct tag_loop *loop = tlv->loop;
    struct diag *diag = tlv->context->diag;
    size_t at = loop->tag_range_count;
    while (at > 0 && loop->tags[at - 1].low > range.low)
        at--;
    const struct tag_range *before = at > 0 ? &loop->tags[at - 1] : NULL;
    const struct tag_range *behind = at < loop->tag_range_count ? &loop->tags[at] : NULL;
    const struct tag_range *same = before != NULL && before->high >= range.low   ? before
                                   : behind != NULL && behind->low <= range.high ? behind
                                                                                 : NULL;
    if (same != NULL) {
        diag_report(diag, RULE_TAG_TWICE, range.where,
                    "the case of %s has a tag of this one already",
                    diag_line(diag, range.where, same->where));
        return false;
    }
    if (loop->tag_range_count == TAGS_MAX) {
        diag_report(diag, RULE_TOO_LARGE, range.where,
                    "a tag loop has at most %d tags and ranges", TAGS_MAX);
        return false;
    }
    loop->tags = arena_grow(diag->arena, loop->tags, loop->tag_range_count,
                            &loop->tag_capacity, sizeof(*loop->tags));
    for (size_t i = loop->tag_range_count++; i > at; i--)
        loop->tags[i] = loop->tags[i - 1];
    loop->tags[at] = range;
    return true;
}

/* "0x06..0x07", or several of them with commas between. */
static bool parse_tags(struct tlv *tlv, const struct node *key, struct item *one)
{
    struct arena *arena = tlv->context->diag->arena;
    const char *text = key->text;
    bool first = true;
    for (;;) {
        while (*text == ' ')
            text++;
        size_t length = strcspn(text, ",");
        bool more = text[length] == ',';
        while (length > 0 && text[length - 1] == ' ')
            length--;
        struct node part = *key;
        part.text = arena_copy(arena, text, length);
        part.length = length;
        part.quoted = false;
        struct tag_range range = {.item = one, .where = key->where};
        if (!scalar_range(tlv->context->diag, &part, "a tag", INT64_MIN, INT64_MAX,
                          &range.low, &range.high) ||
            !insert_tag(tlv, range))
            return false;
        if (first)
            one->case_low = range.low;
        first = false;
        if (!more)
            return true;
        text = strchr(text, ',') + 1;
    }
}

static struct item *new_case(struct tlv *tlv, struct location where)
{
    struct item *one = new_item(tlv, ITEM_GROUP, where, tlv->loop->item);
    one->case_of = tlv->loop;
    one->region = tlv->loop->size;
    one->needs_slot = tlv->loop->once;
    return one;
}

/* An item, or a list of them. */
static bool parse_case(struct tlv *tlv, const struct node *key, struct node *body)
{
    struct item *one = new_case(tlv, key->where);
    struct node list = {.kind = NODE_LIST, .where = body->where, .count = 1};
    list.items = &body;
    return parse_tags(tlv, key, one) &&
           item_parse_list(tlv->context, body->kind == NODE_MAP ? &list : body, one,
                           &one->fields);
}

/* Unknown records become members of one object. */
static bool parse_kept(struct tlv *tlv, const struct node *map)
{
    const struct node *name = node_get(map, "keep_as");
    if (!tlv->loop->keeps)
        return true;
    struct item *one = new_case(tlv, name->where);
    struct item *kept = new_item(tlv, ITEM_BYTES, name->where, one);
    tlv->loop->other = one;
    kept->name = scalar_name(tlv->context->diag, name, "'keep_as'");
    kept->size = (struct extent){.kind = EXTENT_REST, .where = name->where};
    kept->show = DGM_SHOW_BYTES_HEX;
    kept->kept_in = tlv->loop;
    return kept->name != NULL;
}

static bool parse_cases(struct tlv *tlv, const struct node *map)
{
    const struct node *cases = node_get(map, "cases");
    bool fine = true;
    if (cases == NULL || (cases->kind == NODE_MAP && cases->count == 0)) {
        diag_report(tlv->context->diag, RULE_MISSING_KEY, map->where,
                    "a tag loop needs 'cases'");
        return false;
    }
    if (!node_expect(tlv->context->diag, cases, NODE_MAP, "'cases'"))
        return false;
    for (size_t i = 0; i < cases->count; i++)
        fine = parse_case(tlv, cases->keys[i], cases->items[i]) && fine;
    return fine && parse_kept(tlv, map);
}

bool item_check_loops(const struct item_context *context, struct location where)
{
    if (context->loops < DGM_MAX_LOOPS)
        return true;
    diag_report(context->diag, RULE_TOO_LARGE, where,
                "tag loops, and rounds that are collected, are nested more than %d deep",
                DGM_MAX_LOOPS);
    return false;
}

bool item_parse_tlv(const struct item_context *context, const struct node *map,
                    struct item *item)
{
    struct item_context inner = *context;
    struct tlv tlv = {&inner, arena_alloc(context->diag->arena, sizeof(*tlv.loop))};
    const struct node *body = node_get(map, "tlv");
    if (!node_expect(context->diag, body, NODE_MAP, "'tlv'") ||
        !language_check_keys(context->diag, body, PLACE_LOOP))
        return false;
    if (!item_check_loops(context, node_key(map, "tlv")->where))
        return false;
    inner.to = item->to;
    inner.to_where = item->to_where;
    inner.loops++;
    inner.tlv_in_object = context->in_object;
    inner.depth += 2;
    tlv.loop->where = body->where;
    tlv.loop->item = new_item(&tlv, ITEM_TLV, map->where, item);
    tlv.loop->item->loop = tlv.loop;
    return parse_policies(&tlv, body) && parse_tag(&tlv, body) && parse_cases(&tlv, body);
}

bool item_is_list(const struct item *item)
{
    return item->repeat.kind != EXTENT_ONCE || item->collects;
}
