/* SPDX-License-Identifier: MIT */
/*
 * Making programs for decoding: tag loops. What a record prints, and whether the loop's
 * container has a member by then, depends on the records before it; so each case begins
 * and ends with the same knowledge as the loop itself.
 */
#include "plan_make.h"

#include <string.h>
#include "scaling.h"

/* Tags in so wide a range are looked up by a table. */
enum { TABLE_MOST = 1024 };

static const struct dgm_loop *loop_of(const struct plan_maker *maker, uint16_t row_index)
{
    return &maker->codec->loops[maker->decoder.rows[row_index].spec];
}

/* The range of its tags, or 0 if it is too wide. */
static uint64_t span_of(const struct plan_maker *maker, const struct dgm_loop *loop)
{
    if (loop->count == 0)
        return 0;
    const struct dgm_tag *tags = maker->codec->tags + loop->first;
    uint64_t last = (uint64_t)tags[loop->count - 1u].high - (uint64_t)tags[0].low;
    return last < TABLE_MOST ? last + 1 : 0;
}

static void emit_choice(struct plan_maker *maker, struct plan_level *level)
{
    const struct dgm_loop *loop = loop_of(maker, level->row);
    uint64_t span = span_of(maker, loop);
    size_t count = span > 0 ? (size_t)span : maker->decoder.rows[level->row].detail + 1u;
    level->choice = plan_emit_choice(maker, count, &level->targets);
    if (level->choice == NULL)
        return;
    level->choice->loop = loop;
    level->choice->low = loop->count > 0 ? maker->codec->tags[loop->first].low : 0;
    level->choice->span = span;
    level->choice->targets = level->targets;
    level->choice->record = level->op - maker->program_op;
}

static void begin_loop(struct plan_maker *maker, uint16_t row_index, bool again)
{
    bool first = maker->decoder.first && !maker->unknown;
    plan_flush(maker);
    plan_close_block(maker);
    struct plan_level *level = plan_push(maker, row_index, PLAN_IN_TAGS);
    struct plan_op *op = plan_emit_alone(maker, PLAN_TAGS);
    if (op != NULL) {
        op->second = row_index;
        op->flags =
            (uint8_t)((first ? PLAN_FIRST : 0) | (again ? PLAN_AGAIN : 0) |
                      (plan_has_slots(&maker->decoder.rows[row_index]) ? PLAN_FORGETS
                                                                       : 0));
    }
    maker->unknown = maker->unknown || first;
    maker->in_tags = true;
    level->op = plan_op_count(maker);
    op = plan_emit_alone(maker, PLAN_RECORD);
    if (op != NULL)
        op->second = row_index;
    emit_choice(maker, level);
}

void plan_enter_tags(struct plan_maker *maker, uint16_t row_index)
{
    maker->collecting = DGM_NONE;
    begin_loop(maker, row_index, false);
}

/* The row of the tag that the slot keeps as it is on the wire, or NULL. Where several
 * keep theirs there, as in no table that makes sense, the rows know which counts. */
static const struct dgm_row *tag_row(const struct plan_maker *maker, uint16_t row_index,
                                     uint16_t slot, size_t *ret_at)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index], *found = NULL;
    const struct dgm_row *end = row + 1 + loop_of(maker, row_index)->tag_rows;
    size_t at = 0;
    *ret_at = 0;
    for (row++; row < end; at += plan_row_bytes(row), row++) {
        if (row->slot != slot)
            continue;
        if (found != NULL || row->op != DGM_OP_INT || row_has_scaling(row) ||
            plan_class_of(maker, row) != PLAN_CLASS_FIXED)
            return NULL;
        found = row;
        *ret_at = at;
    }
    return found;
}

/* A constant that is whole. */
static bool is_constant(const struct dgm_codec *codec, uint16_t expr, int64_t *ret)
{
    enum { LENGTH = 10 };
    const uint8_t *code = codec->code + codec->exprs[expr].at;
    uint64_t value = 0;
    if (codec->exprs[expr].length != LENGTH || code[0] != DGM_CODE_CONST ||
        code[LENGTH - 1] != 0)
        return false;
    for (unsigned i = 8; i > 0; i--)
        value = value << 8 | code[i];
    *ret = (int64_t)value;
    return true;
}

void plan_emit_choose(struct plan_maker *maker, uint16_t row_index)
{
    const struct plan_level *level = &maker->levels[maker->depth - 1];
    uint16_t slot, expr = maker->decoder.rows[row_index].expr;
    const struct dgm_loop *loop = loop_of(maker, level->row);
    struct plan_field field;
    int64_t constant = 0;
    const struct dgm_row *row = NULL;
    if (plan_is_slot(maker->codec, expr, &slot)) {
        size_t at;
        row = tag_row(maker, level->row, slot, &at);
        maker->failed = maker->failed || row == NULL || maker->block_op == PLAN_NO_BLOCK;
        if (!maker->failed)
            field = plan_field_of(maker, row, at);
    } else if (!is_constant(maker->codec, expr, &constant)) {
        maker->failed = true;
    }
    if (maker->failed)
        return;
    struct plan_op *op = plan_emit_alone(maker, PLAN_CHOOSE);
    maker->walks = maker->walks || (loop->size != DGM_NONE &&
                                    !machine_is_quick(maker->codec, loop->size));
    if (row != NULL)
        plan_set_field(op, &field);
    plan_close_block(maker);
    if (op == NULL)
        return;
    op->length = row != NULL;
    op->second = constant;
    op->first.choice = level->choice;
}

/* What prints in the rows at once, but for parts that may be absent and containers. */
static uint64_t printed_members(const struct plan_maker *maker, uint16_t first,
                                uint16_t end, unsigned word)
{
    const struct dgm_row *row = &maker->decoder.rows[first], *from = row;
    const struct dgm_row *behind = row + (end - first);
    uint64_t bits = 0;
    while (row < behind) {
        bool is_apart = plan_is_optional(row) && row != from &&
                        plan_class_of(maker, row) != PLAN_CLASS_ROWS;
        uint16_t member = plan_member_of(row);
        bool prints = !is_apart && plan_is_at_level(maker, row) && !row_is_noted(row) &&
                      member != DGM_NONE;
        if (prints && member / 64u % PLAN_SEEN == word)
            bits |= (uint64_t)1 << member % 64;
        is_apart = is_apart || plan_is_container(row);
        row += 1 + (is_apart ? dgm_row_span(row) : 0);
    }
    return bits;
}

void plan_emit_new(struct plan_maker *maker, uint16_t first, uint16_t end)
{
    if (!maker->in_tags || maker->collecting != DGM_NONE || maker->silent > 0 ||
        maker->decoder.tags.inside > 0)
        return;
    for (unsigned word = 0; word < PLAN_SEEN; word++) {
        uint64_t bits = printed_members(maker, first, end, word);
        struct plan_op *op = bits != 0 ? plan_emit_alone(maker, PLAN_NEW) : NULL;
        if (op == NULL)
            continue;
        op->at = (uint16_t)word;
        op->first.bits = bits;
    }
}

/* The case begins here. */
static void set_targets(struct plan_maker *maker, const struct plan_level *level,
                        uint16_t offset)
{
    const struct dgm_loop *loop = loop_of(maker, level->row);
    const struct dgm_tag *tags = maker->codec->tags + loop->first;
    uint32_t target = plan_op_count(maker) - maker->program_op;
    if (target > UINT16_MAX)
        maker->failed = true;
    if (level->choice == NULL)
        return;
    if (level->choice->span == 0)
        level->targets[offset] = (uint16_t)target;
    for (unsigned i = 0; level->choice->span > 0 && i < loop->count; i++)
        for (int64_t tag = tags[i].low; tags[i].row == offset && tag <= tags[i].high;
             tag++)
            level->targets[(uint64_t)tag - (uint64_t)level->choice->low] =
                (uint16_t)target;
}

void plan_enter_case(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    const struct plan_level *tags = &maker->levels[maker->depth - 1];
    bool counts =
        row->slot != DGM_NONE && (loop_of(maker, tags->row)->flags & DGM_LOOP_ONCE) != 0;
    set_targets(maker, tags, (uint16_t)(row_index - tags->row));
    plan_emit_new(maker, (uint16_t)(row_index + 1),
                  (uint16_t)(row_index + 1 + row->detail));
    (void)plan_push(maker, row_index, PLAN_IN_CASE);
    if (plan_has_slots(row) || counts) {
        struct plan_op *op = plan_emit_alone(maker, PLAN_CASE);
        if (op != NULL) {
            op->second = row_index;
            op->flags = counts ? PLAN_COUNTS : 0;
        }
    }
    plan_emit_enter(maker, row);
}

void plan_leave_case(struct plan_maker *maker, const struct plan_level *level)
{
    plan_flush(maker);
    plan_close_block(maker);
    struct plan_op *op = plan_emit_alone(maker, PLAN_JUMP);
    if (op != NULL)
        op->first.target = level->op - maker->program_op;
    maker->unknown = level->was_unknown || level->was_first;
    maker->decoder.first = level->was_first;
}

/* The next row from number `i` on that fills an array of the loop, or 0. */
static unsigned next_collected(const struct dgm_row *loop, unsigned i)
{
    for (; i <= loop->detail; i++) {
        if (plan_is_collected(&loop[i]))
            return i;
        if (plan_is_container(&loop[i]))
            i += dgm_row_span(&loop[i]);
    }
    return 0;
}

/* The row of this pass whose array is printed behind that of a member; the first one
 * behind DGM_NONE. NULL: there is no more. */
static const struct dgm_row *next_array(const struct plan_maker *maker,
                                        const struct dgm_row *loop, uint16_t member)
{
    bool is_behind = member == DGM_NONE;
    if (!(maker->codec->loops[loop->spec].flags & DGM_LOOP_COLLECTS))
        return NULL;
    for (unsigned i = next_collected(loop, 1); i > 0; i = next_collected(loop, i + 1)) {
        bool is_again = false;
        if (loop[i].pass != maker->decoder.pass)
            continue;
        for (unsigned k = next_collected(loop, 1); k < i; k = next_collected(loop, k + 1))
            is_again = is_again ||
                       (loop[k].member == loop[i].member && loop[k].pass == loop[i].pass);
        if (is_again)
            continue;
        if (is_behind)
            return &loop[i];
        is_behind = loop[i].member == member;
    }
    return NULL;
}

static void begin_array(struct plan_maker *maker, const struct dgm_row *row)
{
    struct decoder *decoder = &maker->decoder;
    plan_mark_container(maker, maker->object_count + 1);
    plan_begin_member(maker);
    maker->unknown = false;
    size_t skip = decoder->first ? 1 : 0;
    json_put(&decoder->out, maker->codec->pool + row->key + skip, row->key_length - skip);
    json_put_char(&decoder->out, '[');
    decoder->first = true;
}

static void end_array(struct plan_maker *maker, const struct plan_level *level,
                      const struct dgm_row *row)
{
    if (maker->printed == level->printed && !(row->flags & DGM_ROW_ALWAYS))
        maker->failed = true;
    json_put_char(&maker->decoder.out, ']');
    if (row->flags & DGM_ROW_ALWAYS) {
        const struct plan_container *container =
            &maker->containers[maker->object_count + 1];
        plan_flush(maker);
        (void)plan_emit_alone(maker, PLAN_FULL);
        maker->unknown = container->was_unknown;
        plan_end_member(maker);
        return;
    }
    plan_close_container(maker, maker->object_count + 1);
}

void plan_leave_tags(struct plan_maker *maker, const struct plan_level *level,
                     uint16_t *index)
{
    const struct dgm_row *row = &maker->decoder.rows[level->row];
    struct plan_op *op = plan_op_at(maker, level->op);
    if (op != NULL)
        op->first.target = plan_op_count(maker) - maker->program_op;
    bool is_collecting = maker->collecting != DGM_NONE;
    maker->in_tags = false;
    if (is_collecting) {
        const struct dgm_row *array = row + 1;
        while (!plan_is_collected(array) || array->member != maker->collecting ||
               array->pass != maker->decoder.pass)
            array++;
        end_array(maker, level, array);
    } else if (maker->printed == level->printed) {
        maker->unknown = level->was_unknown;
        maker->decoder.first = level->was_first;
    } else {
        maker->unknown = level->was_unknown || level->was_first;
        maker->decoder.first = level->was_first;
    }
    const struct dgm_row *array = next_array(maker, row, maker->collecting);
    maker->collecting = DGM_NONE;
    if (array == NULL || maker->failed)
        return;
    begin_array(maker, array);
    begin_loop(maker, level->row, true);
    maker->collecting = array->member;
    *index = (uint16_t)(level->row + 1);
}
