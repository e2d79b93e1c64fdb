/* SPDX-License-Identifier: MIT */
/* Fills the rows and members of the table from their plans. */
#include "lower.h"

#include "hook.h"

#include "scalar.h"

#include <string.h>

uint16_t row_enum(struct lowering *lowering, const struct labels *labels)
{
    struct builder *builder = lowering->builder;
    struct dgm_enum list = {
        (uint16_t)builder->choices.count, (uint16_t)labels->count, labels->unknown, {0}};
    for (size_t i = 0; i < labels->count; i++) {
        const struct label *label = &labels->items[i];
        struct dgm_choice choice = {0};
        choice.low = (uint64_t)label->first;
        choice.high = (uint64_t)label->last;
        choice.text = builder_text(builder, label->json);
        choice.text_length = (uint16_t)strlen(label->json);
        choice.flags = label->decode_only ? DGM_CHOICE_DECODE_ONLY : 0;
        choice.flags |= label->omit ? DGM_CHOICE_OMIT : 0;
        (void)builder_choice(builder, &choice);
    }
    return builder_enum(builder, &list);
}

static uint16_t scaling_of(struct lowering *lowering, const struct item *item)
{
    const struct scaling_plan *plan = &item->scaling;
    struct dgm_scaling scaling = {.invalid = DGM_NONE};
    scaling.mul = plan->mul;
    scaling.add = plan->add;
    scaling.div = plan->div;
    scaling.digits = (uint8_t)plan->digits;
    if (item->exact_only)
        scaling.flags |= DGM_SCALING_EXACT_ONLY;
    if (item->ties_even)
        scaling.flags |= DGM_SCALING_TIES_EVEN;
    if (item->invalid != NULL)
        scaling.invalid = row_enum(lowering, item->invalid);
    return builder_scaling(lowering->builder, &scaling);
}

static uint16_t factor_of(struct lowering *lowering, const struct expr *expr)
{
    return expr != NULL ? expr_compile(expr, lowering->builder, lowering->diag)
                        : DGM_NONE;
}

static bool is_plain_float(const struct item *item)
{
    bool ieee = item->float_format.exponent == (item->width == 32 ? 8 : 11) &&
                item->float_format.fraction == (item->width == 32 ? 23 : 52) &&
                item->float_format.bias == (item->width == 32 ? 127 : 1023) &&
                item->float_format.flags ==
                    (DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL);
    bool in_bits = item->parent != NULL && item->parent->form == ITEM_BITS;
    return ieee && !in_bits && !item->is_scaled && item->curve == NULL &&
           !item->has_decimals && item->invalid == NULL;
}

/* The pipe of an item that has one, or DGM_NONE. */
static uint16_t pipe_of(struct lowering *lowering, const struct item *item)
{
    struct dgm_pipe pipe = {.format = item->float_format};
    if (item->form == ITEM_FLOAT ? is_plain_float(item) : !item->is_piped)
        return DGM_NONE;
    pipe.scale = factor_of(lowering, item->scale_expr);
    pipe.offset = factor_of(lowering, item->offset_expr);
    pipe.curve = item->curve != NULL ? item->curve_index : DGM_NONE;
    pipe.invalid = item->invalid != NULL ? row_enum(lowering, item->invalid) : DGM_NONE;
    pipe.decimals = item->has_decimals ? (uint8_t)item->decimals : DGM_NO_DECIMALS;
    if (item->exact_only)
        pipe.flags |= DGM_SCALING_EXACT_ONLY;
    if (item->ties_even)
        pipe.flags |= DGM_SCALING_TIES_EVEN;
    return builder_pipe(lowering->builder, &pipe);
}

/* Do raw and value fit int64_t for every raw of the width, without rounding? */
static bool fits_i64(const struct item *item)
{
    if (item->scaling.div != 1 || item->invalid != NULL)
        return false;
    const exact_int raws[2] = {item_raw_low(item), item_raw_high(item)};
    for (unsigned i = 0; i < 2; i++) {
        exact_int product = raws[i] * item->scaling.mul; /* 127 bits, checked */
        exact_int value = product + item->scaling.add;
        if (raws[i] > INT64_MAX || product > INT64_MAX || product < INT64_MIN ||
            value > INT64_MAX || value < INT64_MIN)
            return false;
    }
    return true;
}

static void fill_number(struct lowering *lowering, const struct item *item,
                        struct dgm_row *row)
{
    row->width = (uint8_t)item->width;
    row->order = item->order;
    if (item->is_signed)
        row->flags |= DGM_ROW_SIGNED;
    if (item->is_together)
        row->flags |= DGM_ROW_TOGETHER;
    if (item->is_sign_magnitude)
        row->flags |= DGM_ROW_SIGN_MAGNITUDE;
    if (item->is_gray)
        row->flags |= DGM_ROW_GRAY;
    if (item->digits.given) {
        row->width = 64;
        row->order = DGM_ORDER_BE;
        if (item->size.kind == EXTENT_REST)
            row->flags |= DGM_ROW_REST;
    }
    if (item->labels != NULL)
        row->detail = row_enum(lowering, item->labels);
    else if (item->flags != NULL)
        row->detail = row_enum(lowering, item->flags);
    else if (item->scaling.given)
        row->detail = scaling_of(lowering, item);
    else
        row->detail = pipe_of(lowering, item);
    if (item->scaling.given && !item->digits.given && fits_i64(item))
        row->flags |= DGM_ROW_FITS;
}

/* The number as an expression. */
uint16_t extent_compile(struct lowering *lowering, const struct extent *extent)
{
    struct expr *expr = extent->expr;
    if (extent->kind == EXTENT_FIXED)
        expr = expr_constant(lowering->diag->arena, exact_from_int(extent->count),
                             extent->where);
    return expr_compile(expr, lowering->builder, lowering->diag);
}

static void fill_extent(struct lowering *lowering, const struct extent *extent,
                        struct dgm_row *row)
{
    switch (extent->kind) {
    case EXTENT_REST:
        row->flags |= DGM_ROW_REST;
        break;
    case EXTENT_EXPR:
        row->expr = extent_compile(lowering, extent);
        break;
    default:
        if (row->op == DGM_OP_BYTES)
            row->detail = (uint16_t)extent->count;
        else
            row->expr = extent_compile(lowering, extent);
        break;
    }
}

static void fill_key(struct lowering *lowering, const struct item *item,
                     struct dgm_row *row)
{
    if (item->name == NULL)
        return;
    row->member = item->member;
    if (item->has_place) {
        row->flags |= DGM_ROW_PLACE;
        return;
    }
    row->flags |= DGM_ROW_NAMED;
    row->key = builder_key(lowering->builder, item->name, &row->key_length);
    if (item->naming == NULL && lowering->members[item->member].shared)
        row->flags |= DGM_ROW_SHARED;
    if (item->naming != NULL)
        row->naming = naming_compile(lowering, item);
}

static uint16_t literal_choice(struct lowering *lowering, const char *json)
{
    struct dgm_choice choice = {0};
    size_t length = strlen(json);
    if (length > UINT16_MAX) {
        lowering->builder->too_large = true;
        return 0;
    }
    choice.text = builder_text(lowering->builder, json);
    choice.text_length = (uint16_t)length;
    return builder_choice(lowering->builder, &choice);
}

static void fill_structure(struct lowering *lowering, const struct item *item,
                           struct dgm_row *row)
{
    if (item->form == ITEM_CHECK) {
        row->width = (uint8_t)item->width;
        row->order = item->order;
        row->detail = builder_check(lowering->builder, item->check);
        if (item->subject != NULL)
            row->spec = item->subject->span_slot;
        return;
    }
    row->key = builder_text(lowering->builder, item->notice);
    if (item->refuses)
        row->flags |= DGM_ROW_REFUSE;
}

/* Rows whose `spec` means something else have the format's number plus one in `shift`. */
static void set_format(struct lowering *lowering, const struct item *item,
                       struct dgm_row *row)
{
    uint16_t format = format_of(lowering, item);
    bool taken = row->op == DGM_OP_FIELD || row->op == DGM_OP_JOIN ||
                 row->op == DGM_OP_JOIN_BYTES || row->op == DGM_OP_MOMENT;
    if (!taken) {
        row->spec = format;
        return;
    }
    row->shift = 0;
    if (format < UINT8_MAX)
        row->shift = (uint8_t)(format + 1);
    else if (format != DGM_NONE)
        lowering->builder->too_large = true;
}

static void fill_leaf(struct lowering *lowering, const struct plan *plan,
                      struct dgm_row *row)
{
    const struct item *item = plan->item;
    row->show = item->show;
    row->shift = plan->shift;
    row->role = item->role;
    if (plan->op == DGM_OP_CHECK || plan->op == DGM_OP_NOTICE) {
        fill_structure(lowering, item, row);
        return;
    }
    row->limit = model_limit(lowering, item);
    set_format(lowering, item, row);
    if (item->quoted)
        row->flags |= DGM_ROW_QUOTED;
    switch (plan->op) {
    case DGM_OP_VALUE:
        row->expr = expr_compile(item->value, lowering->builder, lowering->diag);
        row->source = item->text != NULL ? DGM_SOURCE_PART : DGM_SOURCE_NONE;
        row->detail = pipe_of(lowering, item);
        if (item->labels != NULL) {
            row->detail = row_enum(lowering, item->labels);
            row->width = 64;
            row->flags |= DGM_ROW_SIGNED;
        }
        break;
    case DGM_OP_LITERAL:
        row->detail = literal_choice(lowering, item->literal);
        break;
    case DGM_OP_JOIN:
        fill_number(lowering, item, row);
        row->order = DGM_ORDER_BE;
        join_fill(lowering, item, row);
        break;
    case DGM_OP_JOIN_BYTES:
        join_fill(lowering, item, row);
        break;
    case DGM_OP_MOMENT:
        if (item->exact_only)
            row->detail = scaling_of(lowering, item);
        moment_fill(lowering, item, row);
        break;
    case DGM_OP_ECHO:
        row->expr = expr_compile(item->echo_from, lowering->builder, lowering->diag);
        if (item->echo_to != NULL)
            row->region = expr_compile(item->echo_to, lowering->builder, lowering->diag);
        break;
    case DGM_OP_BYTES:
        if (item->is_placed)
            row->flags |= DGM_ROW_PLACED;
        fill_extent(lowering, &item->size, row);
        if (item->kept_in != NULL) {
            row->flags |= DGM_ROW_KEEP;
            row->width = (uint8_t)item->kept_in->selected->width;
        }
        if (item->is_padded && item->show != DGM_SHOW_DIGITS) {
            row->flags |= DGM_ROW_PADDED;
            row->shift = item->padding;
        }
        break;
    default:
        fill_number(lowering, item, row);
        break;
    }
    if (plan->op != DGM_OP_VALUE && plan->op != DGM_OP_LITERAL && plan->op != DGM_OP_ECHO)
        source_fill(lowering, item, row);
}

/* Stands in for an absent member: LITERAL when its slot is missing. */
static void fill_absent_default(struct lowering *lowering, const struct item *item,
                                struct dgm_row *row)
{
    struct expr_code code = {.length = 0};
    row->detail = literal_choice(lowering, item->default_json);
    expr_code_operation(&code, DGM_CODE_SLOT, 0);
    expr_code_u16(&code, item->slot);
    expr_code_operation(&code, DGM_CODE_HAS, 1);
    expr_code_operation(&code, DGM_CODE_NOT, 1);
    row->when = expr_code_finish(&code, lowering->builder, lowering->diag, item->where);
    fill_key(lowering, item, row);
    row->spec = row->member;
    row->member = DGM_NONE;
    row->flags &= ~(uint32_t)DGM_ROW_SHARED; /* checked by members.c */
}

static void fill_repeat(struct lowering *lowering, const struct item *item,
                        struct dgm_row *row)
{
    bool is_object =
        (item->form == ITEM_GROUP || item->form == ITEM_BITS) && item->format == NULL;
    fill_extent(lowering, &item->repeat, row);
    if (item->until.given) {
        row->flags |= DGM_ROW_UNTIL;
        row->width = (uint8_t)item->until.width;
        row->order = item->until.order;
        row->spec = builder_number(lowering->builder, item->until.constant);
    }
    if (item->record != NULL) {
        row->flags |= DGM_ROW_RECORD;
        row->limit = item->service;
        return;
    }
    fill_key(lowering, item, row);
    const struct item *named = item->name == NULL ? naming_find(item) : NULL;
    if (named != NULL && item->repeat.kind == EXTENT_REST &&
        message_encodes(lowering->message))
        row->naming = naming_compile_count(lowering, named);
    if (item->name == NULL)
        return;
    row->flags |= DGM_ROW_ARRAY | (is_object ? (unsigned)DGM_ROW_OBJECT : 0u);
    row->flags |= item->is_tuple ? (unsigned)DGM_ROW_TUPLE : 0u;
}

/* The name, or the element's place, in a row that is not the first of its item. */
static void fill_leaf_name(struct lowering *lowering, const struct item *item,
                           struct dgm_row *row)
{
    if (item->repeat.kind == EXTENT_ONCE) {
        fill_key(lowering, item, row);
        return;
    }
    row->slot = DGM_NONE;
    row->path = builder_text(lowering->builder,
                             arena_format(lowering->diag->arena, "%s[]", item->path));
    if (item->name != NULL) {
        row->flags |= DGM_ROW_ELEMENT;
        row->member = item->member;
    }
}

static void fill_bits(const struct item *item, struct dgm_row *row)
{
    row->width = (uint8_t)item->width;
    row->order = item->order;
}

static void fill_presence(struct lowering *lowering, const struct item *item,
                          struct dgm_row *row)
{
    if (item->when != NULL)
        row->when = expr_compile(item->when, lowering->builder, lowering->diag);
    if (item->by_length)
        row->flags |= DGM_ROW_BY_LENGTH;
    if (item->optional)
        row->flags |= DGM_ROW_OPTIONAL;
}

static void fill_region(struct lowering *lowering, const struct item *item,
                        struct dgm_row *row)
{
    if (item->region.kind == EXTENT_ONCE)
        return;
    row->region = extent_compile(lowering, &item->region);
    if (item->sized_by != NULL && message_encodes(lowering->message))
        row->spec = item->sized_by->row;
}

static void fill_case(struct lowering *lowering, const struct item *item,
                      struct dgm_row *row)
{
    fill_region(lowering, item, row);
    if (item->case_of->other != item)
        row->expr = builder_number(lowering->builder, (uint64_t)item->case_low);
}

static void fill_group(struct lowering *lowering, const struct item *item,
                       struct dgm_row *row)
{
    fill_key(lowering, item, row);
    row->slot = DGM_NONE;
    row->flags |= item->name != NULL ? (unsigned)DGM_ROW_OBJECT : 0u;
    row->flags |= item->is_tuple ? (unsigned)DGM_ROW_TUPLE : 0u;
    row->flags |= item->silent != SILENT_NOT ? (unsigned)DGM_ROW_SILENT : 0u;
    row->flags |= item->silent == SILENT_ALL ? (unsigned)DGM_ROW_TOGETHER : 0u;
    if (item->hook != NULL) {
        row->flags |= DGM_ROW_HOOK;
        row->expr = hook_lower(lowering, item->hook);
    }
    fill_region(lowering, item, row);
}

static void fill_text(struct lowering *lowering, const struct item *item, size_t index,
                      struct dgm_row *row)
{
    fill_leaf_name(lowering, item, row);
    /* What is computed as a whole is accepted and dropped. */
    if (lowering->members[item->member].kind != DGM_MEMBER_IGNORED)
        row->source = DGM_SOURCE_MEMBER;
    row->spec = format_fill(lowering, item, index);
}

static void fill_value(struct lowering *lowering, const struct plan *plan,
                       struct dgm_row *row)
{
    fill_leaf(lowering, plan, row);
    series_fill(lowering, plan->item, row);
    fill_leaf_name(lowering, plan->item, row);
}

static void fill_item_row(struct lowering *lowering, const struct plan *plan,
                          size_t index, struct dgm_row *row)
{
    const struct item *item = plan->item;
    row->path = builder_text(lowering->builder, item->path);
    row->pass = plan->pass;
    if (plan->is_absent_default) {
        fill_absent_default(lowering, item, row);
        return;
    }
    row->slot = item->slot;
    switch (plan->op) {
    case DGM_OP_TLV:
        row->spec = tlv_fill(lowering, item);
        row->slot = DGM_NONE;
        break;
    case DGM_OP_CHOOSE:
        row->expr = expr_compile(item->value, lowering->builder, lowering->diag);
        break;
    case DGM_OP_CASE:
        fill_case(lowering, item, row);
        break;
    case DGM_OP_REPEAT:
        fill_repeat(lowering, item, row);
        fill_region(lowering, item, row);
        break;
    case DGM_OP_GROUP:
        fill_group(lowering, item, row);
        break;
    case DGM_OP_TEXT:
        fill_text(lowering, item, index, row);
        break;
    case DGM_OP_BITS:
        fill_bits(item, row);
        row->slot = DGM_NONE;
        break;
    case DGM_OP_STREAM:
        row->spec = (uint16_t)(item->width / 8);
        row->slot = DGM_NONE;
        break;
    case DGM_OP_OBJECT:
        row->key = builder_key(lowering->builder, item->name, &row->key_length);
        break;
    case DGM_OP_OBJECT_END:
        break;
    case DGM_OP_AGREE:
        agree_fill(lowering, item, row);
        break;
    case DGM_OP_SPAN:
        row->slot = item->span_slot;
        break;
    case DGM_OP_AT:
        row->spec = builder_number(lowering->builder, (uint64_t)(int64_t)item->at);
        row->slot = DGM_NONE;
        break;
    case DGM_OP_FIELD:
        fill_value(lowering, plan, row);
        row->spec = plan->place;
        row->order = plan->is_lsb ? DGM_ORDER_LE : DGM_ORDER_BE;
        break;
    default:
        fill_value(lowering, plan, row);
        break;
    }
    if (index == item->row) {
        fill_presence(lowering, item, row);
        row->flags |= item->collects ? DGM_ROW_COLLECT : 0;
        row->flags |= item->collects_always ? DGM_ROW_ALWAYS : 0;
    }
}

static const char *comment_of(struct lowering *lowering, const struct plan *plan)
{
    const struct item *item = plan->item;
    const char *unit = NULL;
    if (item == NULL)
        return plan->op == DGM_OP_SERVICE ? "service" : "end of the service";
    if (plan->op == DGM_OP_OBJECT_END)
        return arena_format(lowering->diag->arena, "end of %s", item->path);
    if (item->unit != NULL)
        unit = item->unit;
    else if (item->field != NULL)
        unit = item->field->unit;
    if (unit == NULL || item->name == NULL)
        return item->path;
    return arena_format(lowering->diag->arena, "%s, %s", item->path, unit);
}

static void fill_row(struct lowering *lowering, size_t index)
{
    const struct plan *plan = &lowering->plan[index];
    struct dgm_row row = {0};
    row.op = plan->op;
    row.slot = row.member = row.when = row.expr = row.limit = row.detail = DGM_NONE;
    row.spec = row.region = row.naming = DGM_NONE;
    bool has_rows = plan->op == DGM_OP_GROUP || plan->op == DGM_OP_REPEAT ||
                    plan->op == DGM_OP_BITS || plan->op == DGM_OP_STREAM ||
                    plan->op == DGM_OP_TEXT || plan->op == DGM_OP_AT ||
                    plan->op == DGM_OP_TLV || plan->op == DGM_OP_CASE ||
                    plan->op == DGM_OP_SPAN;
    if (has_rows)
        row.detail = plan->detail;
    if (plan->item == NULL) {
        row.detail = plan->service;
        row.pass = plan->pass;
    } else {
        fill_item_row(lowering, plan, index, &row);
    }
    /* Filling may add elements to other arrays, but this one grows here only. */
    uint16_t at = builder_row(lowering->builder, comment_of(lowering, plan));
    if (at != DGM_NONE)
        lowering->builder->rows.items[at] = row;
}

static void fill_member(struct lowering *lowering, const struct member_plan *plan)
{
    struct builder *builder = lowering->builder;
    struct dgm_member member = {0};
    size_t length = strlen(plan->name);
    size_t text_length = plan->text != NULL ? strlen(plan->text) : 0;
    if (length > UINT16_MAX || text_length > UINT16_MAX) {
        builder->too_large = true;
        return;
    }
    member.name = builder_text(builder, plan->name);
    member.name_length = (uint16_t)length;
    member.parent = plan->parent;
    member.service = plan->service;
    member.record = plan->record;
    member.kind = plan->kind;
    member.flags = plan->required ? DGM_MEMBER_REQUIRED : 0;
    member.flags |= plan->item->is_tuple ? DGM_MEMBER_TUPLE : 0;
    member.text = plan->text != NULL ? builder_text(builder, plan->text) : 0;
    member.text_length = (uint16_t)text_length;
    member.path = builder_text(builder, plan->path);
    member.family = (uint16_t)plan->family;
    uint16_t at = builder_member(builder);
    if (at != DGM_NONE)
        builder->members.items[at] = member;
}

bool row_fill_all(struct lowering *lowering)
{
    size_t errors = lowering->diag->errors;
    for (size_t i = 0; i < lowering->plan_count; i++)
        fill_row(lowering, i);
    for (size_t i = 0; i < lowering->member_count; i++)
        fill_member(lowering, &lowering->members[i]);
    return lowering->diag->errors == errors;
}
