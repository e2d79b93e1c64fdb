/* SPDX-License-Identifier: MIT */
/*
 * Series: what `first(x)`, `last(x)`, `step(x)` and `sum(x)` are about, the slots that
 * keep it from round to round, and what the table says of it.
 */
#include "lower.h"

static bool refuse(struct profile_source *source, const struct expr *name, enum rule rule,
                   const char *why)
{
    diag_report(source->diag, rule, name->where, "'%s': %s", name->text, why);
    return false;
}

/* The repetition that the values come from, the round that is collected, or the record or
 * the tag loop whose tag it is a part of. */
static const struct item *rounds_of(const struct item *item)
{
    if (item->repeat.kind != EXTENT_ONCE)
        return item->form == ITEM_GROUP || item->form == ITEM_BITS ? NULL : item;
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE || item->case_of != NULL ||
            item->form == ITEM_TLV)
            return item;
    return NULL;
}

static bool is_nested(const struct item *rounds)
{
    for (const struct item *outer = rounds->parent; outer != NULL; outer = outer->parent)
        if (outer->repeat.kind != EXTENT_ONCE)
            return true;
    return false;
}

/* An object between the repetition and the value. */
static bool is_in_object(const struct item *item, const struct item *rounds)
{
    if (item == rounds)
        return false;
    for (item = item->parent; item != rounds; item = item->parent)
        if (item->name != NULL)
            return true;
    return false;
}

static unsigned uses_of(uint8_t code)
{
    switch (code) {
    case DGM_CODE_FIRST:
        return SERIES_FIRST;
    case DGM_CODE_LAST:
        return SERIES_LAST;
    case DGM_CODE_STEP:
        return SERIES_FIRST | SERIES_SECOND;
    default:
        return SERIES_SUM;
    }
}

bool series_use(struct profile_source *source, const struct message *message,
                struct expr *name, struct item *item, const struct item *place,
                bool from_json)
{
    const struct item *rounds = rounds_of(item);
    struct item element = *item;
    element.repeat.kind = EXTENT_ONCE;
    element.collects = false;
    name->item = item;
    name->type = item_type(&element);
    name->target = from_json ? EXPR_TARGET_SERIES_MEMBER : EXPR_TARGET_SERIES;
    item->is_used = true;
    if (rounds == NULL)
        return refuse(source, name, RULE_EXPRESSION_TYPE,
                      "it does not stand in a repetition, so it is no series");
    if (is_nested(rounds) || is_in_object(item, rounds))
        return refuse(source, name, RULE_NOT_SUPPORTED,
                      "series of repetitions inside repetitions, or inside objects, are "
                      "not supported by this version");
    bool is_record = rounds->form == ITEM_TLV ||
                     (rounds->case_of != NULL && rounds->case_of->tag_count > 0);
    if (is_record && message_encodes(message))
        return refuse(source, name, RULE_NOT_ENCODABLE,
                      "series of records are for messages that are 'only: decode'");
    for (const struct item *outer = place; outer != NULL; outer = outer->parent)
        if (outer == rounds || (from_json && outer->repeat.kind != EXTENT_ONCE))
            return refuse(source, name, RULE_EXPRESSION_TYPE,
                          "a series is known outside of repetitions only");
    if (from_json)
        return true;
    bool counts = item->form == ITEM_INTEGER || item->form == ITEM_VALUE;
    if (!counts || item->join != NULL)
        return refuse(source, name, RULE_NOT_SUPPORTED,
                      "only integers and computed values are kept as series by this "
                      "version");
    item->series |= uses_of(name->code);
    return true;
}

uint32_t series_assign(struct item *item, uint32_t next)
{
    for (unsigned i = 0; i < 5; i++) {
        item->series_slots[i] = DGM_NONE;
        if (item->series & 1u << i)
            item->series_slots[i] = (uint16_t)next++;
    }
    return next;
}

void series_fill(struct lowering *lowering, const struct item *item, struct dgm_row *row)
{
    const uint16_t *slots = item->series_slots;
    uint16_t delta = DGM_NONE;
    if (item->series == 0)
        return;
    if (item->delta != NULL)
        delta = expr_compile(item->delta, lowering->builder, lowering->diag);
    const uint64_t numbers[2] = {
        delta | (uint64_t)slots[0] << 16 | (uint64_t)slots[1] << 32 |
            (uint64_t)slots[2] << 48,
        slots[3] | (uint64_t)slots[4] << 16,
    };
    row->flags |= DGM_ROW_SERIES;
    row->region = builder_numbers(lowering->builder, numbers, 2);
}
