/* SPDX-License-Identifier: MIT */
/*
 * Where encode takes the value of each item that writes (language, section 13). A local
 * without a source of its own may be the length or count of something later, or the one
 * unknown of a computed member.
 */
#include "lower.h"

#include <string.h>

static const struct item *repetition_of(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE)
            return item;
    return NULL;
}

bool source_is_own(const struct item *item)
{
    return item->has_const || item->encode != NULL || item->is_reserved ||
           item->instant != NULL || item->encode_way != ENCODE_EXPRESSION ||
           item->length_of != LENGTH_NONE;
}

bool source_is_known(const struct item *item)
{
    return source_is_own(item) || item->measures != NULL || item->solves != NULL ||
           item->measures_region != NULL || item->name != NULL ||
           item->named_by != NULL || item->default_json != NULL;
}

/* Is what lies before the item itself measurable in the JSON? */
static bool is_measurable(const struct item *item)
{
    if (item->repeat.kind != EXTENT_ONCE)
        return item->name != NULL || item->record != NULL || naming_find(item) != NULL;
    return item->form == ITEM_BYTES && item->name != NULL && !item->is_reserved;
}

static bool can_measure(const struct item *target, const struct item *item)
{
    bool counts = target->text == NULL && target->form == ITEM_INTEGER &&
                  !target->is_piped && target->repeat.kind == EXTENT_ONCE &&
                  (target->name != NULL || target->local != NULL);
    return counts && !source_is_own(target) && target->measures == NULL &&
           target->measures_region == NULL &&
           repetition_of(target) == repetition_of(item);
}

static void note_measure(struct item *item, const struct expr *expr)
{
    struct item *first, *target;
    struct exact factor, shift;
    if (!is_measurable(item) || !expr_linear(expr, &first, &factor, &shift))
        return;
    target = first;
    do {
        if (can_measure(target, item)) {
            target->measures = item;
            target->factor = factor;
            target->shift = shift;
        }
        target = target->twin;
    } while (target != NULL && target != first);
}

/* A computed part of a text is known to encode, as a member is; but only inside. */
static bool is_known_value(const struct item *item, const struct item *target)
{
    if (item->text == NULL)
        return item->name != NULL;
    for (; target != NULL; target = target->parent)
        if (target == item->text)
            return true;
    return false;
}

static bool can_solve(const struct item *target, const struct item *item)
{
    bool is_number = target->form == ITEM_INTEGER || target->form == ITEM_FLOAT;
    return is_known_value(item, target) && target->text == NULL &&
           target->local != NULL && is_number && !target->scale_depends &&
           target->curve == NULL && !source_is_own(target) && target->measures == NULL &&
           target->measures_region == NULL && target->solves == NULL &&
           (target->default_json == NULL || item->text == NULL) &&
           repetition_of(target) == repetition_of(item);
}

static void note_solution(struct item *item)
{
    struct item *first, *target;
    struct exact factor, shift;
    if (item->form != ITEM_VALUE || (item->name == NULL && item->text == NULL) ||
        item->is_echo || item->moment != NULL || item->value->type == EXPR_TYPE_BOOL ||
        item->labels != NULL || !expr_linear(item->value, &first, &factor, &shift))
        return;
    target = first;
    do {
        if (can_solve(target, item)) {
            target->solves = item;
            item->is_solved_for = true;
            item->is_needed = item->is_needed || target->default_json == NULL;
            target->factor = factor;
            target->shift = shift;
        }
        target = target->twin;
    } while (target != NULL && target != first);
}

static uint8_t source_of(const struct item *item)
{
    if (item->join != NULL && !item->is_solved_for)
        return DGM_SOURCE_NONE;
    if (item->whole != NULL)
        return DGM_SOURCE_PIECE;
    if (item->is_skip)
        return DGM_SOURCE_SKIP;
    if (item->is_reserved)
        return DGM_SOURCE_FILL;
    if (item->has_const)
        return DGM_SOURCE_CONST;
    if (item->text != NULL)
        return DGM_SOURCE_PART;
    if (item->instant != NULL)
        return DGM_SOURCE_MOMENT;
    if (item->length_of != LENGTH_NONE)
        return item->length_of >= LENGTH_ITEM ? DGM_SOURCE_LATER : DGM_SOURCE_LENGTH;
    if (item->measures_region != NULL)
        return DGM_SOURCE_MEASURE;
    if (item->tells_tag)
        return DGM_SOURCE_TAG;
    if (item->encode != NULL || item->encode_way != ENCODE_EXPRESSION ||
        item->measures != NULL || item->named_by != NULL)
        return DGM_SOURCE_EXPR;
    if (item->name != NULL)
        return DGM_SOURCE_MEMBER;
    if (item->role != DGM_ROLE_NONE)
        return DGM_SOURCE_ROLE;
    bool computed = item->solves != NULL || item->default_json != NULL;
    bool is_number = item->form == ITEM_INTEGER || item->form == ITEM_FLOAT;
    return computed && is_number ? DGM_SOURCE_EXPR : DGM_SOURCE_NONE;
}

/* Without the text each part says that it has no reading, or follows from others. */
static bool can_do_without(const struct item *item)
{
    const struct text_format *format = item->format;
    for (size_t i = 0; i + 1 < format->count; i++)
        if (format->parts[i].item->is_solved_for ||
            (format->parts[i].item->form != ITEM_VALUE &&
             !item_has_omission(format->parts[i].item)))
            return false;
    return true;
}

bool source_is_required(const struct item *item)
{
    if (item_is_list(item))
        return true;
    if (item->format != NULL)
        return item->default_json == NULL && !can_do_without(item);
    if (item->moment != NULL)
        return item->encode == NULL && !moment_can_do_without(item);
    if (item->form == ITEM_INTEGER || item->form == ITEM_BYTES ||
        item->form == ITEM_FLOAT)
        return source_of(item) == DGM_SOURCE_MEMBER && item->default_json == NULL &&
               !item_has_omission(item);
    return item->is_solved_for && (item->is_needed || item->form != ITEM_VALUE);
}

static bool check_item(struct profile_source *source, const struct message *message,
                       const struct item *item)
{
    bool writes = item->form == ITEM_INTEGER || item->form == ITEM_BYTES ||
                  item->form == ITEM_FLOAT || item->moment != NULL;
    writes = writes && (item->join == NULL || item->is_solved_for);
    bool turns = item->curve != NULL && item->curve->flags == 0;
    if (turns && source_of(item) == DGM_SOURCE_MEMBER) {
        diag_report(source->diag, RULE_NOT_ENCODABLE, item->curve_where,
                    "the curve '%s' goes up and down, so that a value does not tell the "
                    "raw one; mark the message 'only: decode'",
                    item->curve->name);
        return false;
    }
    if (!writes || item->optional || source_of(item) != DGM_SOURCE_NONE)
        return true;
    diag_report(source->diag, RULE_NOT_ENCODABLE, item->name_where,
                "nothing says what encoding writes for '%s' of message '%s'; add %s, or "
                "mark the message 'only: decode'",
                item_title(item), message->name, choice_advice(message, item));
    return false;
}

/* Does a member say that the item is there? */
static bool has_teller(const struct item *item)
{
    bool reads = (item_on_wire(item) && item->form != ITEM_CHECK) || item->moment != NULL;
    if (reads && !source_is_own(item) && (item->name != NULL || item->role != 0))
        return true;
    for (size_t i = 0; i < item->fields.count; i++)
        if (has_teller(item->fields.items[i]))
            return true;
    return false;
}

/* What depends on the length of the frame: encode finds out by the members given. */
static bool check_by_length(struct profile_source *source, const struct item *item)
{
    bool repeats = repetition_of(item) != NULL;
    if (!item->by_length || !item_on_wire(item) || (has_teller(item) && !repeats))
        return true;
    diag_report(source->diag, RULE_NOT_ENCODABLE, item->when->where,
                repeats ? "in a repetition, the length of the frame cannot decide while "
                          "it is written"
                        : "no member tells whether '%s' is there, and so how long the "
                          "frame becomes; mark the message 'only: decode'",
                item_title(item));
    return false;
}

bool source_find_all(struct profile_source *source, struct message *message)
{
    const struct item_list *flat = &message->flat;
    bool fine = true;
    for (size_t i = 0; i < flat->count; i++) {
        struct item *item = flat->items[i];
        if (item->size.kind == EXTENT_EXPR && item->repeat.kind == EXTENT_ONCE)
            note_measure(item, item->size.expr);
        if (item->repeat.kind == EXTENT_EXPR)
            note_measure(item, item->repeat.expr);
    }
    for (size_t i = 0; i < flat->count; i++)
        note_solution(flat->items[i]);
    for (size_t i = 0; i < flat->count; i++)
        naming_note_source(flat->items[i]);
    for (size_t i = 0; i < flat->count && message_encodes(message); i++)
        if (flat->items[i]->loop != NULL)
            fine = naming_check_loop(source, flat->items[i]->loop) && fine;
    for (size_t i = 0; i < flat->count; i++)
        if (flat->items[i]->join != NULL)
            join_solve(flat->items[i]);
    for (size_t i = 0; i < flat->count && message_encodes(message); i++)
        fine = check_item(source, message, flat->items[i]) &&
               check_by_length(source, flat->items[i]) && fine;
    return fine;
}

static void append_difference(struct expr_code *code, struct exact number)
{
    if (exact_is_zero(number))
        return;
    code->lacks_member = !expr_code_constant(code, number) || code->lacks_member;
    expr_code_operation(code, DGM_CODE_SUB, 2);
}

/* Division by a decimal, or multiplication by its inverse. */
static void append_quotient(struct expr_code *code, struct exact divisor)
{
    unsigned digits;
    struct exact inverse;
    if (exact_compare(divisor, exact_from_int(1)) == 0)
        return;
    if (exact_digits(divisor, &digits)) {
        code->lacks_member = !expr_code_constant(code, divisor) || code->lacks_member;
        expr_code_operation(code, DGM_CODE_DIV, 2);
        return;
    }
    bool fine = exact_div(exact_from_int(1), divisor, &inverse) &&
                expr_code_constant(code, inverse);
    code->lacks_member = !fine || code->lacks_member;
    expr_code_operation(code, DGM_CODE_MUL, 2);
}

/* The size in the JSON of what the item measures, or the value it is the unknown of. */
static void append_known(struct expr_code *code, const struct item *item)
{
    const struct item *known = item->measures != NULL ? item->measures : item->solves;
    if (item->measures_region != NULL) {
        expr_code_operation(code, DGM_CODE_REGION, 0);
        return;
    }
    uint8_t operation = DGM_CODE_MEMBER;
    if (item->measures == NULL && known->text != NULL) {
        expr_code_operation(code, DGM_CODE_PART, 0);
        expr_code_u16(code, (uint16_t)known->text_index);
        return;
    }
    if (item->measures != NULL && known->repeat.kind != EXTENT_ONCE &&
        known->name == NULL && known->record == NULL) {
        expr_code_operation(code, DGM_CODE_COUNT_GIVEN, 0);
        expr_code_u16(code, naming_find(known)->member);
        return;
    }
    if (item->measures != NULL)
        operation = known->repeat.kind != EXTENT_ONCE ? DGM_CODE_COUNT_MEMBER
                                                      : DGM_CODE_LENGTH_MEMBER;
    code->lacks_member = code->lacks_member || known->member == DGM_NONE;
    expr_code_operation(code, operation, 0);
    expr_code_u16(code, known->member);
    /* A text that is absent has no bytes; one that is wrong is reported where it is
     * written. */
    if (operation == DGM_CODE_LENGTH_MEMBER) {
        (void)expr_code_constant(code, exact_from_int(0));
        expr_code_operation(code, DGM_CODE_OR_ELSE, 2);
    }
}

/* A value that is no decimal, or is shown rounded, tells the raw number only nearly. */
static bool is_rounded(const struct item *item)
{
    unsigned digits;
    return item->solves != NULL && item->form == ITEM_INTEGER && !item->exact_only &&
           (!exact_digits(item->factor, &digits) || item->solves->has_decimals);
}

/* known = value * factor + shift, and value = raw * scale + offset: the raw. */
static void append_solution(struct expr_code *code, const struct item *item)
{
    append_known(code, item);
    append_difference(code, item->shift);
    append_quotient(code, item->factor);
    if (item->is_scaled) {
        append_difference(code, item->offset);
        append_quotient(code, item->scale);
    }
    if (is_rounded(item)) {
        expr_code_operation(code, DGM_CODE_ROUND, 1);
        expr_code_byte(code, 0);
    }
}

/* Without the value, the default. */
static uint16_t compile_solution(struct lowering *lowering, const struct item *item)
{
    struct expr_code code = {.length = 0};
    struct exact standing_in;
    if (item->solves == NULL || item->default_json == NULL) {
        append_solution(&code, item);
    } else if (source_raw_default(lowering, item, &standing_in)) {
        expr_code_operation(&code, DGM_CODE_HAS_MEMBER, 0);
        expr_code_u16(&code, item->solves->member);
        append_solution(&code, item);
        (void)expr_code_constant(&code, standing_in);
        expr_code_operation(&code, DGM_CODE_SELECT, 3);
    }
    return expr_code_finish(&code, lowering->builder, lowering->diag, item->name_where);
}

static uint16_t compile_source(struct lowering *lowering, const struct item *item)
{
    if (item->encode != NULL)
        return expr_compile(item->encode, lowering->builder, lowering->diag);
    if (item->measures != NULL || item->measures_region != NULL || item->solves != NULL)
        return compile_solution(lowering, item);
    if (item->named_by != NULL)
        return naming_compile_source(lowering, item);
    return source_default(lowering, item);
}

/* One number, or how many and then each. */
static uint16_t constants_of(struct lowering *lowering, const struct item *item,
                             struct dgm_row *row)
{
    struct builder *builder = lowering->builder;
    if (item->constants == NULL)
        return builder_number(builder, (uint64_t)item->constant);
    uint64_t *numbers =
        arena_array(builder->arena, item->constant_count + 1, sizeof(*numbers));
    numbers[0] = item->constant_count;
    for (size_t i = 0; i < item->constant_count; i++)
        numbers[i + 1] = (uint64_t)item->constants[i];
    row->flags |= DGM_ROW_CONST_LIST;
    return builder_numbers(builder, numbers, item->constant_count + 1);
}

void source_fill(struct lowering *lowering, const struct item *item, struct dgm_row *row)
{
    bool is_bytes = item->form == ITEM_BYTES;
    row->source = source_of(item);
    switch (row->source) {
    case DGM_SOURCE_FILL:
    case DGM_SOURCE_CONST:
        if (!is_bytes)
            row->expr = constants_of(lowering, item, row);
        break;
    case DGM_SOURCE_MEASURE:
    case DGM_SOURCE_EXPR:
        /* Decoding does not need it, and its names may be in no JSON. */
        if (!message_encodes(lowering->message))
            row->source = DGM_SOURCE_NONE;
        else
            row->expr = compile_source(lowering, item);
        break;
    case DGM_SOURCE_PIECE:
        row->key = (uint32_t)item->whole->row << 16 | item->whole_shift;
        break;
    case DGM_SOURCE_MOMENT:
        row->key = (uint32_t)item->instant->row << 16 | item->instant_part;
        break;
    case DGM_SOURCE_ROLE:
        if (!is_bytes && item->default_json != NULL)
            row->expr = source_default(lowering, item);
        break;
    default:
        break;
    }
}
