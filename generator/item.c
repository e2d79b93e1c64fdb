/* SPDX-License-Identifier: MIT */
/* Items: which form, which keys, which place in the message. */
#include "item.h"

#include "item_keys.h"

#include "scalar.h"

#include <string.h>

enum { MAX_ITEMS = 16384, MAX_USES = 8 };

static const char *const roles[DGM_ROLE_COUNT] = {"",         "mid",        "errcode",
                                                  "has_more", "event_time", "identifier"};

const char *role_name(uint8_t role)
{
    return role < DGM_ROLE_COUNT ? roles[role] : "";
}

void item_append(struct arena *arena, struct item_list *list, struct item *item)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                             sizeof(struct item *));
    list->items[list->count++] = item;
}

static bool parse_role(const struct item_context *context, const struct node *node,
                       struct item *item)
{
    int word = scalar_word(context->diag, node, "'role'", roles + 1, DGM_ROLE_COUNT - 1);
    if (word < 0)
        return false;
    item->role = (uint8_t)(word + 1);
    item->name_where = node->where;
    return true;
}

static bool parse_name(const struct item_context *context, const struct node *node,
                       struct item *item)
{
    item->name = scalar_name(context->diag, node, "'name'");
    item->name_where = node->where;
    if (item->name == NULL)
        return false;
    return strpbrk(item->name, "{}") == NULL || item_parse_naming(context, node, item);
}

static bool parse_text_key(const struct item_context *context, const struct node *map,
                           const char *key, const char **ret)
{
    const struct node *node = node_get(map, key);
    if (node == NULL)
        return true;
    const char *what = arena_format(context->diag->arena, "'%s'", key);
    *ret = scalar_text(context->diag, node, what);
    return *ret != NULL;
}

static bool check_single_name(const struct item_context *context, const struct node *map,
                              const struct item *item)
{
    const char *second = item->name != NULL && item->local != NULL ? "local"
                         : item->role != 0 && (item->name != NULL || item->local != NULL)
                             ? "role"
                             : NULL;
    if (second == NULL)
        return true;
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, second)->where,
                "an item has one of name, local and role");
    return false;
}

/* Name, local, role, record, label, container. */
static bool parse_names(const struct item_context *context, const struct node *map,
                        struct item *item)
{
    const struct node *node = node_get(map, "name");
    item->name_where = map->where;
    if (node != NULL && !parse_name(context, node, item))
        return false;
    node = node_get(map, "local");
    if (node != NULL) {
        item->local = scalar_identifier(context->diag, node, "'local'");
        item->name_where = node->where;
        if (item->local == NULL)
            return false;
    }
    node = node_get(map, "role");
    if (node != NULL && !parse_role(context, node, item))
        return false;
    node = node_get(map, "label");
    if (node != NULL &&
        (item->label = scalar_identifier(context->diag, node, "'label'")) == NULL)
        return false;
    node = node_get(map, "description");
    if (node != NULL && node->kind == NODE_SCALAR)
        item->description = node->text;
    node = node_get(map, "record");
    if (node != NULL)
        item->record_where = node->where;
    if (!parse_text_key(context, map, "record", &item->record) ||
        !parse_text_key(context, map, "unit", &item->unit))
        return false;
    return check_single_name(context, map, item);
}

static bool parse_container(const struct item_context *context, const struct node *map,
                            struct item *item)
{
    const struct node *node = node_get(map, "to");
    item->to = context->to;
    item->to_where = context->to_where;
    if (node == NULL)
        return true;
    item->to = scalar_text(context->diag, node, "'to'");
    item->to_where = node->where;
    if (item->to != NULL && context->in_object) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "to")->where,
                    "members of an object or record stay in it");
        return false;
    }
    return item->to != NULL;
}

static bool parse_collect(const struct item_context *context, const struct node *map,
                          struct item *item)
{
    const struct node *node = node_get(map, "collect");
    if (node == NULL)
        return true;
    item->collects_always =
        node->kind == NODE_SCALAR && strcmp(node->text, "always") == 0;
    item->collects = item->collects_always;
    if (!item->collects &&
        !scalar_bool(context->diag, node, "'collect'", &item->collects))
        return false;
    const char *wrong =
        context->loops == 0 ? "only records of a tag loop are collected, and rounds of a "
                              "repetition without name"
        : item->name == NULL ? "what is collected has a name"
        : (context->in_object && !context->tlv_in_object) || context->in_bits
            ? "what is collected stands in no object"
        : item->repeat.kind != EXTENT_ONCE ? "an array cannot be collected"
                                           : NULL;
    if (wrong == NULL)
        return true;
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "collect")->where, "%s",
                wrong);
    return false;
}

static bool parse_presence(const struct item_context *context, const struct node *map,
                           struct item *item)
{
    const struct node *node = node_get(map, "when");
    if (node != NULL && context->in_bits) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "when")->where,
                    "'when' belongs to the bit group, not to its fields");
        return false;
    }
    if (node != NULL && (item->when = expr_parse(context->diag, node, "'when'")) == NULL)
        return false;
    node = node_get(map, "optional");
    if (node != NULL && !scalar_bool(context->diag, node, "'optional'", &item->optional))
        return false;
    node = node_get(map, "repeat");
    if (node != NULL && (context->in_bits || item->role != 0)) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "repeat")->where,
                    "'repeat' has no meaning for a bit field or a role");
        return false;
    }
    if (node != NULL && !item_parse_extent(context, node, "'repeat'", &item->repeat))
        return false;
    return parse_collect(context, map, item);
}

/* `size`: of a group, or of each time round. */
static bool parse_region(const struct item_context *context, const struct node *map,
                         struct item *item)
{
    const struct node *node = node_get(map, "size");
    if (node == NULL)
        return true;
    if (!item_parse_extent(context, node, "'size'", &item->region))
        return false;
    if (item->region.kind != EXTENT_REST)
        return true;
    diag_report(context->diag, RULE_BAD_VALUE, node->where,
                "a group that takes the rest needs no 'size'");
    return false;
}

static bool parse_encode(const struct item_context *context, const struct node *map,
                         struct item *item)
{
    const struct node *node = node_get(map, "encode");
    if (node == NULL)
        return true;
    if (node->kind == NODE_SCALAR && strcmp(node->text, "case") == 0)
        item->encode_way = ENCODE_CASE;
    else if (node->kind == NODE_SCALAR && strcmp(node->text, "presence") == 0)
        item->encode_way = ENCODE_PRESENCE;
    item->encode_where = node->where;
    if (item->encode_way != ENCODE_EXPRESSION)
        return true;
    item->encode = expr_parse(context->diag, node, "'encode'");
    return item->encode != NULL;
}

static bool check_reason(const struct item_context *context, const struct item *item)
{
    bool named = item->name != NULL || item->local != NULL || item->role != 0;
    if (named || item->has_const || item->is_reserved || item->length_of != LENGTH_NONE)
        return true;
    diag_report(context->diag, RULE_FIELD_WITHOUT_REASON, item->where,
                "the item has no name, local, role or const; bytes without meaning are "
                "'reserved'");
    return false;
}

static bool parse_scalar_item(const struct item_context *context, const struct node *map,
                              struct item *item)
{
    const struct node *reserved = node_get(map, "reserved");
    struct item_context inner = *context;
    item->is_reserved = reserved != NULL;
    if (!item_parse_join(context, map, item))
        return false;
    inner.any_width = item->join != NULL;
    if (!item_parse_type(&inner, reserved != NULL ? reserved : node_get(map, "type"),
                         item))
        return false;
    if (item->is_reserved && item->form == ITEM_FLOAT)
        item->form = ITEM_INTEGER; /* only its width matters */
    if (!item_parse_digits(context, map, item))
        return false;
    if (!item_check_form_keys(context, map, item) ||
        !item_parse_pipeline(context, map, item) ||
        !item_parse_delta(context, map, item) ||
        !item_parse_length_of(context, map, item) || !check_reason(context, item) ||
        !parse_encode(context, map, item))
        return false;
    if (item->is_reserved)
        item->show = DGM_SHOW_NONE;
    if (item->role != 0 && item->labels != NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "enum")->where,
                    "'enum' has no meaning for a role");
        return false;
    }
    return item_expand_constant(context, map, item);
}

/* Of what stands in the envelope, only the identifier may be a constant text. */
static bool check_literal_role(const struct item_context *context, const struct node *map,
                               const struct item *item)
{
    if (item->role == DGM_ROLE_NONE ||
        (item->role == DGM_ROLE_IDENTIFIER && item->literal[0] == '"'))
        return true;
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "role")->where,
                "only the role 'identifier' can be a literal, and is a text then; a "
                "constant number is a 'value'");
    return false;
}

static bool parse_computed_item(const struct item_context *context,
                                const struct node *map, struct item *item)
{
    item->form = node_get(map, "value") != NULL ? ITEM_VALUE : ITEM_LITERAL;
    if (context->in_bits) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, map->where,
                    "a bit group holds integers only");
        return false;
    }
    if (!item_check_form_keys(context, map, item))
        return false;
    if (item->form == ITEM_LITERAL) {
        item->literal = scalar_json(context->diag, node_get(map, "literal"));
        if (item->literal != NULL && !check_literal_role(context, map, item))
            return false;
        if (item->literal != NULL && item->name == NULL)
            return check_reason(context, item);
        return item->literal != NULL;
    }
    if (item_is_echo(node_get(map, "value")))
        return item_parse_echo(context, map, item) && check_reason(context, item) &&
               item_parse_pipeline(context, map, item);
    item->value = expr_parse(context->diag, node_get(map, "value"), "'value'");
    item->show = DGM_SHOW_INT;
    if (item->value == NULL || !check_reason(context, item))
        return false;
    /* Labels are for whole numbers of any size. */
    item->width = 64;
    item->is_signed = true;
    if (!item_parse_pipeline(context, map, item))
        return false;
    if (item->labels != NULL && !item->labels->of_truth)
        item->value = expr_floor(context->diag->arena, item->value);
    return true;
}

static bool parse_orders(struct item_context *context, const struct node *map)
{
    static const char *const bytes[] = {"big", "little"}, *const bits[] = {"msb", "lsb"};
    const struct node *node = node_get(map, "byte_order");
    if (node != NULL) {
        int word = scalar_word(context->diag, node, "'byte_order'", bytes, 2);
        if (word < 0)
            return false;
        context->little_endian = word == 1;
    }
    node = node_get(map, "bit_order");
    if (node != NULL) {
        int word = scalar_word(context->diag, node, "'bit_order'", bits, 2);
        if (word < 0)
            return false;
        context->bit_lsb = word == 1;
    }
    return true;
}

static bool check_bit_sum(const struct item_context *context, const struct item *item)
{
    unsigned sum = 0;
    for (size_t i = 0; i < item->fields.count; i++)
        sum += item->fields.items[i]->width;
    if (sum == item->width)
        return true;
    diag_report(context->diag, RULE_BITS_SUM, item->where,
                "the fields take %u bits, the group has %u", sum, item->width);
    return false;
}

/* Of an instant `as` says how that is shown. */
static bool parse_as(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    return node_get(map, "time") != NULL || item_parse_tuple(context, map, item);
}

/* An integer, or bytes as one stream of bits. */
static bool set_bits_width(const struct item_context *context, const struct node *node,
                           struct item *item)
{
    if (item->form == ITEM_INTEGER && !item->is_bool && !item->is_signed)
        return true;
    item->is_stream = item->form == ITEM_BYTES && item->show == DGM_SHOW_BASE64 &&
                      item->size.kind == EXTENT_FIXED && item->size.count >= 1 &&
                      item->size.count <= DGM_MAX_STREAM;
    if (item->is_stream) {
        item->width = item->size.count * 8;
        return true;
    }
    diag_report(context->diag, RULE_BAD_TYPE, node->where,
                "a bit group is u8 to u64, or bytes(1) to bytes(%d)", DGM_MAX_STREAM);
    return false;
}

static bool parse_bits_item(const struct item_context *context, const struct node *map,
                            struct item *item)
{
    struct item_context inner = *context;
    const struct node *fields = node_get(map, "fields");
    if (context->in_bits) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "bits")->where,
                    "bit groups do not nest");
        return false;
    }
    if (!parse_orders(&inner, map) ||
        !item_parse_type(&inner, node_get(map, "bits"), item))
        return false;
    if (!set_bits_width(context, node_get(map, "bits"), item))
        return false;
    item->form = ITEM_BITS;
    item->size = (struct extent){.kind = EXTENT_ONCE};
    item->show = DGM_SHOW_NONE;
    item->bit_lsb = inner.bit_lsb;
    if (!item_check_form_keys(context, map, item) || !parse_as(context, map, item))
        return false;
    if (fields == NULL) {
        diag_report(context->diag, RULE_MISSING_KEY, item->where,
                    "a bit group needs 'fields'");
        return false;
    }
    inner.in_bits = true;
    item_enter_group(&inner, item);
    inner.to = item->to;
    inner.to_where = item->to_where;
    return item_parse_silent(context, map, item) &&
           item_parse_list(&inner, fields, item, &item->fields) &&
           item_finish_tuple(context, map, item) && check_bit_sum(context, item) &&
           item_finish_silent(context, map, item) &&
           item_parse_format(context, map, item);
}

static bool check_record(const struct item_context *context, const struct item *item)
{
    if (item->record == NULL)
        return true;
    const char *wrong = item->repeat.kind == EXTENT_ONCE ? "'record' needs 'repeat'"
                        : item->name != NULL
                            ? "a record is named by its service; use 'local'"
                        : context->in_object ? "records do not stand inside objects"
                                             : NULL;
    if (wrong == NULL)
        return true;
    diag_report(context->diag, RULE_KEY_NOT_HERE, item->record_where, "%s", wrong);
    return false;
}

/* Objects without members are left out, which nobody means who writes one. */
static bool check_not_empty(const struct item_context *context, const struct item *item)
{
    if (item->name == NULL || item->fields.count > 0 || item->is_tuple)
        return true;
    diag_report(context->diag, RULE_BAD_VALUE, item->name_where,
                "an object without members is left out; a constant one is 'literal: {}'");
    return false;
}

static bool parse_group_item(const struct item_context *context, const struct node *map,
                             const struct node *fields, struct item *item)
{
    struct item_context inner = *context;
    item->form = ITEM_GROUP;
    if (context->in_bits) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, map->where,
                    "a bit group holds integers only");
        return false;
    }
    if (!item_check_form_keys(context, map, item) || !parse_orders(&inner, map) ||
        !parse_as(context, map, item))
        return false;
    if (item_collects_rounds(fields, item))
        return item_parse_rounds(&inner, fields, item);
    item_enter_group(&inner, item);
    inner.to = item->to;
    inner.to_where = item->to_where;
    if (++inner.depth > DGM_MAX_DEPTH - 2) {
        diag_report(context->diag, RULE_TOO_LARGE, item->where,
                    "groups are nested more than %d deep", DGM_MAX_DEPTH - 2);
        return false;
    }
    return item_parse_silent(context, map, item) &&
           item_parse_list(&inner, fields, item, &item->fields) &&
           check_not_empty(context, item) && item_finish_tuple(context, map, item) &&
           item_finish_silent(context, map, item) &&
           item_parse_format(context, map, item);
}

/* A group that is an instant; bits are a group in it. */
static bool parse_moment(const struct item_context *context, const struct node *map,
                         const struct node *fields, struct item *item)
{
    struct diag *diag = context->diag;
    const struct node *time = node_get(map, "time");
    struct item *group = item;
    if (time->kind != NODE_SCALAR || strcmp(time->text, "members") != 0) {
        diag_report(diag, RULE_BAD_VALUE, time->where,
                    "the 'time' of a group is 'members'");
        return false;
    }
    struct item *moment = item_begin_moment(context, map, item);
    if (moment == NULL || !item_parse_inexact(context, map, moment) ||
        !parse_encode(context, map, moment))
        return false;
    if (node_get(map, "bits") == NULL)
        return parse_group_item(context, map, fields, item) &&
               item_finish_moment(context, map, item, moment);
    group = arena_alloc(diag->arena, sizeof(*group));
    *group = *item;
    group->parent = item;
    group->when = NULL;
    group->optional = group->has_at = false;
    item->form = ITEM_GROUP;
    item_append(diag->arena, &item->fields, group);
    return parse_bits_item(context, map, group) &&
           item_finish_moment(context, map, item, moment);
}

/* `use` without keys of its own stands for the fields themselves. */
static bool is_bare_use(const struct node *map)
{
    static const char *const own[] = {"use", "with", "to", "description", "unit"};
    for (size_t i = 0; i < map->count; i++) {
        bool known = false;
        for (size_t k = 0; k < sizeof(own) / sizeof(own[0]); k++)
            known = known || strcmp(map->keys[i]->text, own[k]) == 0;
        if (!known)
            return false;
    }
    return true;
}

static bool parse_use(const struct item_context *context, const struct node *map,
                      struct item *item, struct item_list *ret)
{
    struct item_context inner = *context;
    const struct node *use = node_get(map, "use");
    const struct node *fields = group_fields(context, use, node_get(map, "with"));
    if (fields == NULL)
        return false;
    if (++inner.group_uses > MAX_USES) {
        diag_report(context->diag, RULE_BAD_VALUE, use->where,
                    "groups use each other more than %d deep, or in a circle", MAX_USES);
        return false;
    }
    if (is_bare_use(map)) {
        inner.to = item->to;
        inner.to_where = item->to_where;
        return item_parse_list(&inner, fields, item->parent, ret);
    }
    item_append(context->diag->arena, ret, item);
    if (node_get(map, "time") != NULL)
        return parse_moment(&inner, map, fields, item);
    return parse_group_item(&inner, map, fields, item) && check_record(context, item);
}

/* Forms that have no value of their own. */
static bool parse_structure_item(const struct item_context *context,
                                 const struct node *map, const struct node *form,
                                 struct item *item)
{
    bool is_switch = strcmp(form->text, "switch") == 0;
    bool is_tlv = strcmp(form->text, "tlv") == 0;
    bool is_check = strcmp(form->text, "checksum") == 0;
    item->form = is_switch || is_tlv ? ITEM_GROUP : is_check ? ITEM_CHECK : ITEM_NOTICE;
    if (context->in_bits) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, map->where,
                    "a bit group holds integers only");
        return false;
    }
    if (!item_check_form_keys(context, map, item))
        return false;
    if (is_tlv)
        return item_parse_tlv(context, map, item);
    if (is_switch)
        return item_parse_switch(context, map, item);
    return is_check ? item_parse_checksum(context, map, item)
                    : item_parse_notice(context, map, item);
}

static bool parse_form(const struct item_context *context, const struct node *map,
                       const struct node *form, struct item *item)
{
    bool is_group = strcmp(form->text, "bits") == 0 || strcmp(form->text, "fields") == 0;
    if (is_group && node_get(map, "time") != NULL)
        return parse_moment(context, map, node_get(map, "fields"), item);
    if (strcmp(form->text, "skip") == 0)
        return item_parse_skip(context, map, item);
    if (strcmp(form->text, "bits") == 0)
        return parse_bits_item(context, map, item);
    if (strcmp(form->text, "fields") == 0)
        return parse_group_item(context, map, node_get(map, "fields"), item);
    if (strcmp(form->text, "value") == 0 || strcmp(form->text, "literal") == 0)
        return parse_computed_item(context, map, item);
    if (strcmp(form->text, "switch") == 0 || strcmp(form->text, "checksum") == 0 ||
        strcmp(form->text, "tlv") == 0 || strcmp(form->text, "warn") == 0 ||
        strcmp(form->text, "refuse") == 0)
        return parse_structure_item(context, map, form, item);
    return parse_scalar_item(context, map, item);
}

/* A single value with `format` is a text of one part. */
static bool parse_text_value(const struct item_context *context, const struct node *map,
                             const struct node *form, struct item *item)
{
    struct item *value = item_wrap_value(context, item);
    if (context->in_bits) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "format")->where,
                    "'format' belongs to the bit group, not to its fields");
        return false;
    }
    return parse_form(context, map, form, value) && item_parse_format(context, map, item);
}

/* Text or bytes of which a hook makes the plain form. */
static bool parse_hooked(const struct item_context *context, const struct node *map,
                         const struct node *form, struct item *item,
                         struct item_list *ret)
{
    struct item_context inner = *context;
    struct item *group = item_wrap_hooked(context, item, ret);
    inner.depth++;
    if (node_get(map, "format") != NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, group->hook_where,
                    "a composed text has no hook and no process; put it into a group "
                    "that has one");
        return false;
    }
    return parse_form(&inner, map, form, item) && item_finish_hooked(context, group);
}

static bool parse_item(const struct item_context *context, const struct node *map,
                       struct item *parent, struct item_list *ret)
{
    struct diag *diag = context->diag;
    if (!item_check_keys(context, map))
        return false;
    if (++*context->item_count > MAX_ITEMS) {
        diag_report(diag, RULE_TOO_LARGE, map->where,
                    "the messages have more than %d items together", MAX_ITEMS);
        return false;
    }
    const struct node *form = item_find_form(context, map);
    struct item *item = arena_alloc(diag->arena, sizeof(*item));
    item->where = map->where;
    item->source = map;
    item->parent = parent;
    item->slot = item->member = item->service = item->row = DGM_NONE;
    if (form == NULL || !parse_names(context, map, item) ||
        !parse_container(context, map, item) || !parse_presence(context, map, item) ||
        !parse_region(context, map, item) || !item_parse_hook(context, map, item))
        return false;
    if (!item_parse_until(context, map, item) || !item_parse_at(context, map, item) ||
        !item_check_place(context, map, form, item))
        return false;
    if (strcmp(form->text, "use") == 0)
        return parse_use(context, map, item, ret);
    if (context->in_bits && item->optional) {
        diag_report(diag, RULE_KEY_NOT_HERE, node_key(map, "optional")->where,
                    "'optional' belongs to the bit group, not to its fields");
        return false;
    }
    if (item->hook != NULL && strcmp(form->text, "type") == 0)
        return parse_hooked(context, map, form, item, ret);
    item_append(diag->arena, ret, item);
    bool is_value = strcmp(form->text, "type") == 0 || strcmp(form->text, "value") == 0;
    if (is_value && node_get(map, "format") != NULL)
        return parse_text_value(context, map, form, item);
    return parse_form(context, map, form, item) && check_record(context, item);
}

bool item_parse_list(const struct item_context *context, const struct node *list,
                     struct item *parent, struct item_list *ret)
{
    bool fine = true;
    if (!node_expect(context->diag, list, NODE_LIST, "'fields'"))
        return false;
    for (size_t i = 0; i < list->count && *context->item_count <= MAX_ITEMS; i++)
        fine = parse_item(context, list->items[i], parent, ret) && fine;
    return fine;
}
