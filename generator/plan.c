/* SPDX-License-Identifier: MIT */
/* The order of a message's rows, and which of them belong to which. */
#include "lower.h"

struct plan *plan_add(struct lowering *lowering, uint8_t op, struct item *item)
{
    lowering->plan =
        arena_grow(lowering->diag->arena, lowering->plan, lowering->plan_count,
                   &lowering->plan_capacity, sizeof(*lowering->plan));
    struct plan *row = &lowering->plan[lowering->plan_count++];
    *row = (struct plan){.op = op, .item = item, .service = DGM_NONE};
    if (item != NULL)
        row->pass = item->pass;
    return row;
}

static void add_brackets(struct lowering *lowering, const struct bracket *bracket,
                         uint8_t op, uint8_t object_op)
{
    for (; bracket != NULL; bracket = bracket->next) {
        struct plan *row =
            plan_add(lowering, bracket->object != NULL ? object_op : op, bracket->object);
        row->service = bracket->service;
        row->pass = bracket->pass;
    }
}

static uint8_t leaf_op(const struct item *item)
{
    if (item->join != NULL)
        return item->form == ITEM_BYTES ? DGM_OP_JOIN_BYTES : DGM_OP_JOIN;
    switch (item->form) {
    case ITEM_BYTES:
        return DGM_OP_BYTES;
    case ITEM_VALUE:
        return item->chooses_in != NULL ? DGM_OP_CHOOSE
               : item->moment != NULL   ? DGM_OP_MOMENT
               : item->is_echo          ? DGM_OP_ECHO
                                        : DGM_OP_VALUE;
    case ITEM_LITERAL:
        return DGM_OP_LITERAL;
    case ITEM_FLOAT:
        return DGM_OP_FLOAT;
    case ITEM_CHECK:
        return DGM_OP_CHECK;
    case ITEM_NOTICE:
        return DGM_OP_NOTICE;
    default:
        return item->digits.given ? DGM_OP_DIGITS : DGM_OP_INT;
    }
}

static void plan_bits(struct lowering *lowering, struct item *item)
{
    uint8_t op = item->is_stream ? DGM_OP_STREAM : DGM_OP_BITS;
    struct plan *group = plan_add(lowering, op, item);
    unsigned place = 0;
    group->pass = 0;
    group->detail = (uint16_t)item->fields.count;
    for (size_t i = 0; i < item->fields.count; i++) {
        struct item *field = item->fields.items[i];
        unsigned shift = item->bit_lsb ? place : item->width - place - field->width;
        field->row = (uint16_t)lowering->plan_count;
        struct plan *row =
            plan_add(lowering, item->is_stream ? DGM_OP_FIELD : DGM_OP_BIT, field);
        row->shift = (uint8_t)shift;
        row->place = (uint16_t)place;
        row->is_lsb = item->bit_lsb;
        place += field->width;
    }
}

static void plan_list(struct lowering *lowering, const struct item_list *list);

/* What the item is once it is known to be there, once. */
static void plan_content(struct lowering *lowering, struct item *item)
{
    if (item->form == ITEM_BITS)
        plan_bits(lowering, item);
    else if (item->form == ITEM_GROUP || item->form == ITEM_TLV)
        plan_list(lowering, &item->fields);
    else
        plan_add(lowering, leaf_op(item), item);
}

/* An array of composed texts. */
static void plan_texts(struct lowering *lowering, struct item *item)
{
    size_t start = lowering->plan_count;
    plan_add(lowering, DGM_OP_TEXT, item);
    plan_content(lowering, item);
    lowering->plan[start].detail = (uint16_t)(lowering->plan_count - start - 1);
}

bool plan_has_absent_default(const struct item *item)
{
    bool conditional = item->when != NULL || item->optional;
    return conditional && item->default_json != NULL && item->name != NULL &&
           item->repeat.kind == EXTENT_ONCE;
}

static void plan_item(struct lowering *lowering, struct item *item)
{
    size_t outer = lowering->plan_count;
    if (item->is_spanned)
        plan_add(lowering, DGM_OP_SPAN, item)->pass = 0;
    size_t start = lowering->plan_count;
    bool is_group = item->form == ITEM_GROUP || item->form == ITEM_BITS;
    bool is_object = is_group && item->name != NULL;
    bool is_text = item->format != NULL;
    bool depends = item->when != NULL || item->optional || item->hook != NULL ||
                   item->region.kind != EXTENT_ONCE;
    uint8_t op = 0;
    if (item->form == ITEM_TLV)
        op = DGM_OP_TLV;
    else if (item->case_of != NULL)
        op = DGM_OP_CASE;
    else if (item->repeat.kind != EXTENT_ONCE)
        op = DGM_OP_REPEAT;
    else if (is_text)
        op = DGM_OP_TEXT;
    else if (is_object || item->silent != SILENT_NOT ||
             (item->form == ITEM_GROUP && depends))
        op = DGM_OP_GROUP;
    item->row = (uint16_t)start;
    if (item->has_at)
        plan_add(lowering, DGM_OP_AT, item)->pass = 0;
    size_t inner = lowering->plan_count;
    if (op != 0)
        plan_add(lowering, op, item);
    if (is_text && op == DGM_OP_REPEAT)
        plan_texts(lowering, item);
    else
        plan_content(lowering, item);
    if (op != 0)
        lowering->plan[inner].detail = (uint16_t)(lowering->plan_count - inner - 1);
    if (item->has_at)
        lowering->plan[start].detail = (uint16_t)(lowering->plan_count - start - 1);
    if (item->is_spanned)
        lowering->plan[outer].detail = (uint16_t)(lowering->plan_count - outer - 1);
    if (plan_has_absent_default(item))
        plan_add(lowering, DGM_OP_LITERAL, item)->is_absent_default = true;
}

static void plan_list(struct lowering *lowering, const struct item_list *list)
{
    for (size_t i = 0; i < list->count && lowering->plan_count < DGM_NONE; i++) {
        struct item *item = list->items[i];
        add_brackets(lowering, item->opens, DGM_OP_SERVICE, DGM_OP_OBJECT);
        plan_item(lowering, item);
        agree_plan(lowering, item);
        add_brackets(lowering, item->closes, DGM_OP_SERVICE_END, DGM_OP_OBJECT_END);
    }
}

/* Depth of spans, which the interpreters keep on a stack. */
static bool check_depth(struct lowering *lowering)
{
    size_t ends[DGM_MAX_DEPTH];
    unsigned depth = 0;
    for (size_t i = 0; i < lowering->plan_count; i++) {
        const struct plan *row = &lowering->plan[i];
        while (depth > 0 && ends[depth - 1] <= i)
            depth--;
        if (row->op != DGM_OP_GROUP && row->op != DGM_OP_REPEAT &&
            row->op != DGM_OP_TEXT && row->op != DGM_OP_AT && row->op != DGM_OP_TLV &&
            row->op != DGM_OP_CASE)
            continue;
        if (depth == DGM_MAX_DEPTH) {
            diag_report(lowering->diag, RULE_TOO_LARGE, row->item->where,
                        "objects, groups and repetitions are nested more than %d deep",
                        DGM_MAX_DEPTH);
            return false;
        }
        ends[depth++] = i + 1 + row->detail;
    }
    return true;
}

bool plan_rows(struct lowering *lowering)
{
    plan_list(lowering, &lowering->message->items);
    if (lowering->plan_count >= DGM_NONE) {
        diag_report(lowering->diag, RULE_TOO_LARGE, lowering->message->where,
                    "the message takes more than %u rows", DGM_NONE - 1u);
        return false;
    }
    return check_depth(lowering);
}
