/* SPDX-License-Identifier: MIT */
/*
 * Computed names once their fields are known: how many there are, which of them a frame
 * means, and what encode learns from those that are given.
 */
#include "lower.h"

#include "scalar.h"

#include <string.h>

enum { MAX_FAMILY = 2048 };

static const struct item *repetition_of(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE)
            return item;
    return NULL;
}

static bool is_source(const struct expr *expr)
{
    return expr->kind == EXPR_NAME &&
           (expr->target == EXPR_TARGET_SLOT ||
            (expr->target == EXPR_TARGET_INPUT && expr->code == DGM_CODE_INDEX));
}

/* A field or index, or one of them plus or minus a number. */
static bool read_line(const struct expr *expr, struct name_part *part)
{
    const struct expr *source = expr;
    struct exact add;
    if (expr->kind == EXPR_OPERATION && expr->arg_count == 2 &&
        (expr->code == DGM_CODE_ADD || expr->code == DGM_CODE_SUB)) {
        source = expr->args[0];
        if (!expr_value(expr->args[1], &add) || !exact_is_whole(add))
            return false;
        part->add = expr->code == DGM_CODE_ADD ? add.numerator : -add.numerator;
    }
    if (!is_source(source))
        return false;
    part->item = source->target == EXPR_TARGET_SLOT ? source->item : NULL;
    return true;
}

/* How often the innermost repetition goes round at most. */
static exact_int rounds_of(const struct message *message, const struct item *item)
{
    const struct item *repeat = repetition_of(item);
    exact_int most = message->wire.frame_limit;
    struct exact low, high;
    uint32_t once = 0;
    if (repeat->repeat.kind == EXTENT_FIXED)
        return repeat->repeat.count;
    if (repeat->repeat.kind == EXTENT_EXPR &&
        expr_bounds(repeat->repeat.expr, &low, &high) &&
        exact_compare(high, (struct exact){most, 1}) < 0)
        most = high.numerator / high.denominator;
    if (item_fixed_size(&repeat->fields, &once) && once > 0 &&
        most > message->wire.frame_limit / once)
        most = message->wire.frame_limit / once;
    return most;
}

static bool bound_part(struct profile_source *source, const struct message *message,
                       const struct item *item, struct name_part *part)
{
    struct exact low, high;
    struct item *field = part->item;
    exact_int count = 0;
    if (field == NULL) {
        count = rounds_of(message, item);
        part->low = part->add;
    } else if (field->labels != NULL && part->add == 0) {
        count = (exact_int)field->labels->count;
    } else if (twins_bounds(field, &low, &high) &&
               twins_type(field) == EXPR_TYPE_INTEGER) {
        part->low = low.numerator + part->add;
        count = high.numerator - low.numerator + 1;
    }
    part->count = (uint32_t)count;
    if (count > 0 && count <= MAX_FAMILY && part->low >= INT32_MIN)
        return true;
    diag_report(source->diag, count > 0 ? RULE_TOO_LARGE : RULE_BAD_NAME,
                part->expr->where,
                count > 0 ? "the name has more than %d forms; bound the field with "
                            "'valid', or the repetition by a smaller count"
                          : "a name has an integer or a label in it",
                MAX_FAMILY);
    return false;
}

static bool check_labels(struct profile_source *source, const struct name_part *part)
{
    const struct item *other = part->item != NULL ? twins_other_labels(part->item) : NULL;
    if (other == NULL)
        return true;
    diag_report(source->diag, RULE_AMBIGUOUS_NAME, part->expr->where,
                "the field has other texts in %s than in %s; use one enum for both",
                diag_line(source->diag, part->expr->where, other->name_where),
                diag_line(source->diag, part->expr->where, part->item->name_where));
    return false;
}

/* Is a form of the name told by what changes in the repetition? */
static bool differs_by_round(const struct item *item)
{
    const struct item *repeat = repetition_of(item);
    for (size_t i = 0; i + 1 < item->naming->count; i++) {
        const struct item *field = item->naming->parts[i].item;
        if (field == NULL || repetition_of(field) == repeat)
            return true;
    }
    return false;
}

/* Where nothing is encoded, an object can have one: its members need no place of their
 * own in each. */
static bool check_place(struct profile_source *source, const struct message *message,
                        const struct item *item)
{
    bool is_object = item->form == ITEM_GROUP || item->form == ITEM_BITS;
    const char *wrong = NULL;
    if (is_object && item->format == NULL && message_encodes(message))
        wrong = "an object has a computed name only in a message that is 'only: decode'; "
                "its members can have one";
    else if (item->repeat.kind != EXTENT_ONCE)
        wrong = "a list has no computed name; repeat a group around the item";
    else if (item->default_json != NULL)
        wrong = "a member with a computed name has no default";
    if (wrong == NULL)
        return true;
    diag_report(source->diag, RULE_BAD_NAME, item->name_where, "%s", wrong);
    return false;
}

/* The tag loop that the item is in, or NULL. */
static const struct item *loop_around(const struct item *item)
{
    for (item = item->parent; item != NULL && item->form != ITEM_TLV; item = item->parent)
        ;
    return item;
}

/* Does the name say what the tag around the innermost loop is? Encoding writes one record
 * of that, in which all records of the innermost stand. */
static bool names_outer_record(const struct item *item)
{
    const struct item *loop = loop_around(item);
    if (loop == NULL || loop_around(loop) == NULL)
        return false;
    for (size_t i = 0; i + 1 < item->naming->count; i++) {
        const struct item *field = item->naming->parts[i].item;
        if (field != NULL && !item_is_around(loop, field))
            return true;
    }
    return false;
}

/* A record is written for each name; what repeats itself inside one cannot have names. */
static bool check_direction(struct profile_source *source, const struct message *message,
                            const struct item *item)
{
    bool repeats = item->collects || names_outer_record(item);
    for (const struct item *outer = item->parent; outer != NULL; outer = outer->parent) {
        repeats = repeats || outer->repeat.kind != EXTENT_ONCE;
        if (outer->form != ITEM_TLV)
            continue;
        if (!repeats || !message_encodes(message))
            return true;
        diag_report(
            source->diag, RULE_NOT_ENCODABLE, item->name_where,
            "computed names of what repeats itself or is collected in a tag loop, "
            "or of the record around it, are decoded only by this version; mark the "
            "message 'only: "
            "decode'");
        return false;
    }
    return true;
}

bool naming_resolve(struct profile_source *source, const struct message *message,
                    struct item *item)
{
    struct naming *naming = item->naming;
    uint64_t family = 1;
    if (!check_place(source, message, item))
        return false;
    for (size_t i = 0; i + 1 < naming->count; i++) {
        struct name_part *part = &naming->parts[i];
        if (!read_line(part->expr, part)) {
            diag_report(source->diag, RULE_BAD_NAME, part->expr->where,
                        "a name has an earlier field or 'index' in it, or one of them "
                        "plus a number");
            return false;
        }
        if (!check_labels(source, part) || !bound_part(source, message, item, part))
            return false;
        family *= part->count;
    }
    if (!check_direction(source, message, item))
        return false;
    naming->family = (uint32_t)family;
    const struct item *repeat = repetition_of(item);
    if (repeat != NULL && repeat->name == NULL && repeat->record == NULL &&
        !differs_by_round(item)) {
        diag_report(source->diag, RULE_BAD_NAME, item->name_where,
                    "the name is the same in each round of the repetition");
        return false;
    }
    if (family <= MAX_FAMILY)
        return true;
    diag_report(source->diag, RULE_TOO_LARGE, item->name_where,
                "the name has more than %d forms", MAX_FAMILY);
    return false;
}

static bool can_follow(const struct item *field, const struct item *item)
{
    return field->local != NULL && field->form == ITEM_INTEGER && !field->scaling.given &&
           !source_is_own(field) && field->measures == NULL &&
           field->measures_region == NULL && field->solves == NULL &&
           field->text == NULL && field->named_by == NULL &&
           repetition_of(field) == repetition_of(item);
}

/* A local that nothing else tells follows from the name. */
void naming_note_source(const struct item *item)
{
    for (unsigned i = 0; item->naming != NULL && i + 1 < item->naming->count; i++) {
        struct item *first = item->naming->parts[i].item, *field = first;
        while (field != NULL) {
            if (can_follow(field, item)) {
                field->named_by = item;
                field->named_part = i;
            }
            field = field->twin != first ? field->twin : NULL;
        }
    }
}

/* Do both names have the field in the same way, so that one number tells it? */
static bool same_parts(const struct naming *one, const struct naming *other)
{
    if (one->count != other->count)
        return false;
    for (size_t i = 0; i + 1 < one->count; i++)
        if (one->parts[i].item != other->parts[i].item ||
            one->parts[i].add != other->parts[i].add ||
            one->parts[i].low != other->parts[i].low ||
            one->parts[i].count != other->parts[i].count)
            return false;
    return true;
}

/* The item of a case whose name has the field in it. */
static const struct item *named_with(const struct item_list *list,
                                     const struct item *field)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        for (size_t k = 0; item->naming != NULL && k + 1 < item->naming->count; k++)
            if (item->naming->parts[k].item == field)
                return item;
        const struct item *inner =
            item->name == NULL ? named_with(&item->fields, field) : NULL;
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

static bool check_case(struct profile_source *source, const struct item *field,
                       const struct item *one)
{
    const struct item *named = named_with(&one->fields, field);
    if (named != NULL && same_parts(field->named_by->naming, named->naming))
        return true;
    if (named == NULL && field->default_json != NULL)
        return true;
    diag_report(
        source->diag, RULE_NOT_ENCODABLE, named != NULL ? named->name_where : one->where,
        named != NULL ? "this name has other parts than that of %s, which tells '%s' too"
                      : "no name of this case tells encoding what to write for '%s', as "
                        "that of %s does; give it a 'default'",
        named != NULL
            ? diag_line(source->diag, named->name_where, field->named_by->name_where)
            : item_title(field),
        named != NULL ? item_title(field)
                      : diag_line(source->diag, one->where, field->named_by->name_where));
    return false;
}

static bool check_tag_field(struct profile_source *source, const struct tag_loop *loop,
                            const struct item *field)
{
    bool fine = true;
    for (size_t i = 0; i < field->fields.count; i++)
        fine = check_tag_field(source, loop, field->fields.items[i]) && fine;
    const struct item_list *all = &loop->item->fields;
    for (size_t i = loop->tag_count + 1; field->named_by != NULL && i < all->count; i++)
        fine = check_case(source, field, all->items[i]) && fine;
    return fine;
}

bool naming_check_loop(struct profile_source *source, const struct tag_loop *loop)
{
    bool fine = true;
    for (size_t i = 0; i < loop->tag_count; i++)
        fine = check_tag_field(source, loop, loop->item->fields.items[i]) && fine;
    return fine;
}

static void append_number(struct expr_code *code, exact_int number, uint8_t operation)
{
    (void)expr_code_constant(code, (struct exact){number, 1});
    expr_code_operation(code, operation, 2);
}

static bool append_place(struct lowering *lowering, struct expr_code *code,
                         const struct name_part *part)
{
    const struct labels *labels = part->item != NULL ? part->item->labels : NULL;
    if (!expr_code_append(code, part->expr, lowering->diag))
        return false;
    if (labels != NULL) {
        expr_code_operation(code, DGM_CODE_CHOICE, 1);
        expr_code_u16(code, row_enum(lowering, labels));
    } else if (part->low != 0) {
        append_number(code, part->low, DGM_CODE_SUB);
    }
    return true;
}

uint16_t naming_compile(struct lowering *lowering, const struct item *item)
{
    struct expr_code code = {.length = 0};
    const struct naming *naming = item->naming;
    for (size_t i = 0; i + 1 < naming->count; i++) {
        if (i > 0)
            append_number(&code, naming->parts[i].count, DGM_CODE_MUL);
        if (!append_place(lowering, &code, &naming->parts[i]))
            return DGM_NONE;
        if (i > 0)
            expr_code_operation(&code, DGM_CODE_ADD, 2);
    }
    return expr_code_finish(&code, lowering->builder, lowering->diag, item->name_where);
}

uint16_t naming_compile_source(struct lowering *lowering, const struct item *field)
{
    struct expr_code code = {.length = 0};
    const struct naming *naming = field->named_by->naming;
    const struct name_part *part = &naming->parts[field->named_part];
    exact_int behind = 1;
    for (size_t i = field->named_part + 1; i + 1 < naming->count; i++)
        behind *= naming->parts[i].count;
    expr_code_operation(&code, DGM_CODE_GIVEN, 0);
    expr_code_u16(&code, field->named_by->member);
    code.lacks_member = field->named_by->member == DGM_NONE;
    if (behind > 1)
        append_number(&code, behind, DGM_CODE_FLOOR_DIV);
    if (field->named_part > 0)
        append_number(&code, part->count, DGM_CODE_MOD);
    if (field->labels != NULL) {
        expr_code_operation(&code, DGM_CODE_CHOICE_RAW, 1);
        expr_code_u16(&code, row_enum(lowering, field->labels));
    } else if (part->low != part->add) {
        append_number(&code, part->low - part->add, DGM_CODE_ADD);
    }
    struct exact number;
    const char *json = field->default_json;
    if (json != NULL && exact_parse(json, strlen(json), false, &number)) {
        code.lacks_member = !expr_code_constant(&code, number) || code.lacks_member;
        expr_code_operation(&code, DGM_CODE_OR_ELSE, 2);
    }
    return expr_code_finish(&code, lowering->builder, lowering->diag, field->name_where);
}

struct item *naming_find(const struct item *repeat)
{
    for (size_t i = 0; i < repeat->fields.count; i++) {
        struct item *item = repeat->fields.items[i];
        if (item->naming != NULL)
            return item;
        struct item *inner =
            item->name == NULL && item->record == NULL && item->repeat.kind == EXTENT_ONCE
                ? naming_find(item)
                : NULL;
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

uint16_t naming_compile_count(struct lowering *lowering, const struct item *item)
{
    struct expr_code code = {.length = 0};
    expr_code_operation(&code, DGM_CODE_COUNT_GIVEN, 0);
    expr_code_u16(&code, item->member);
    return expr_code_finish(&code, lowering->builder, lowering->diag, item->name_where);
}
