/* SPDX-License-Identifier: MIT */
/* Tag loops once their names are known: which field encode writes the tag into, and what
 * the table needs. */
#include "lower.h"

/* A case whose tag cannot be. */
static void lint_tags(struct diag *diag, const struct tag_loop *loop)
{
    const struct item *chooser = loop->chooser;
    for (size_t i = 0; chooser->is_bounded && i < loop->tag_range_count; i++) {
        const struct tag_range *range = &loop->tags[i];
        if (exact_compare((struct exact){range->low, 1}, chooser->high) > 0 ||
            exact_compare((struct exact){range->high, 1}, chooser->low) < 0)
            diag_report(diag, RULE_UNREACHABLE_CASE, range->where,
                        "the tag cannot have this value");
    }
}

static bool find_selected(struct profile_source *source, const struct message *message,
                          struct tag_loop *loop)
{
    const struct expr *value = loop->chooser->value;
    if (loop->tag_count == 0)
        return true; /* rounds of a repetition */
    struct item *told = value->target == EXPR_TARGET_SLOT ? value->item : NULL;
    bool is_tag = false;
    for (const struct item *item = told; item != NULL; item = item->parent)
        is_tag = is_tag || item->parent == loop->item;
    if (value->kind == EXPR_NAME && is_tag && told->form == ITEM_INTEGER &&
        !told->is_scaled && told->labels == NULL && !source_is_own(told)) {
        loop->selected = told;
        told->tells_tag = true;
        return true;
    }
    if (!message_encodes(message) && !loop->keeps)
        return true;
    diag_report(source->diag, RULE_NOT_ENCODABLE, value->where,
                loop->keeps
                    ? "records are kept by the name of a field of the tag"
                    : "the tag is calculated, so encoding cannot write it; select "
                      "by one field of the tag, or mark the message 'only: "
                      "decode'");
    return false;
}

bool tlv_find_all(struct profile_source *source, struct message *message)
{
    bool fine = true;
    for (size_t i = 0; i < message->flat.count; i++) {
        struct tag_loop *loop = message->flat.items[i]->loop;
        if (loop == NULL)
            continue;
        lint_tags(source->diag, loop);
        fine = find_selected(source, message, loop) && fine;
    }
    return fine;
}

static uint16_t row_in(const struct tag_loop *loop, const struct item *one)
{
    return (uint16_t)(one->row - loop->item->row);
}

static bool collects(const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->collects || item->kept_in != NULL || collects(&item->fields))
            return true;
    }
    return false;
}

uint16_t tlv_tag_bytes(const struct tag_loop *loop)
{
    unsigned bytes = 0;
    for (size_t i = 0; i < loop->tag_count; i++)
        bytes += loop->item->fields.items[i]->width / 8;
    return (uint16_t)bytes;
}

/* The tag of a row of the loop is behind: rows of bit groups count as well. */
static uint16_t tag_rows(const struct tag_loop *loop)
{
    size_t rows = 0;
    for (size_t i = 0; i < loop->tag_count; i++) {
        const struct item *field = loop->item->fields.items[i];
        rows += 1 + (field->form == ITEM_BITS ? field->fields.count : 0);
    }
    return (uint16_t)rows;
}

uint16_t tlv_fill(struct lowering *lowering, const struct item *item)
{
    struct builder *builder = lowering->builder;
    const struct tag_loop *loop = item->loop;
    struct dgm_loop row = {.tag_rows = tag_rows(loop),
                           .tag_bytes = tlv_tag_bytes(loop),
                           .count = (uint16_t)loop->tag_range_count,
                           .other = DGM_NONE,
                           .size = DGM_NONE,
                           .unknown = loop->unknown,
                           .align = (uint16_t)loop->align};
    row.flags = collects(&item->fields) ? DGM_LOOP_COLLECTS : 0;
    row.flags |= loop->once ? DGM_LOOP_ONCE : 0;
    row.flags |= loop->ends_at_cut ? DGM_LOOP_CUT : 0;
    if (loop->other != NULL)
        row.other = row_in(loop, loop->other);
    if (loop->size.kind != EXTENT_ONCE)
        row.size = extent_compile(lowering, &loop->size);
    row.first = (uint16_t)builder->tags.count;
    for (size_t i = 0; i < loop->tag_range_count; i++) {
        struct dgm_tag tag = {.low = (int64_t)loop->tags[i].low,
                              .high = (int64_t)loop->tags[i].high,
                              .row = row_in(loop, loop->tags[i].item)};
        (void)builder_tag(builder, &tag);
    }
    return builder_loop(builder, &row);
}
