/* SPDX-License-Identifier: MIT */
/*
 * Decoding by a plan: one loop over the operations, and the call around it. The place in
 * the text, the block and the flag for the first member are the loop's own, so that they
 * stay in registers; operations that go elsewhere find them in the walk.
 */
/* A jump of its own behind each operation is what the loop below lives by. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("no-crossjumping")
#endif

#include "plan_put.h"

#include "decode.h"
#include "framing.h"

/* It is known whether the container is the first member of its own one, or seen now. */
static inline void set_mark(struct plan_walk *walk, const struct plan_op *op, char *text,
                            unsigned first)
{
    struct plan_mark *mark = &walk->marks[op->at];
    mark->text = text;
    mark->first = (op->flags & PLAN_UNKNOWN) ? first : (op->flags & PLAN_FIRST) != 0;
}

/* A container without members leaves nothing. */
static inline char *close_container(const struct plan_walk *walk,
                                    const struct plan_op *op, char *text, unsigned *first)
{
    const struct plan_mark *mark = &walk->marks[op->at];
    bool empty = *first != 0;
    *first = empty ? mark->first : 0;
    return empty ? mark->text : put_before(text, op);
}

static inline bool may_end(const struct plan_walk *walk, const struct plan_op *op,
                           const uint8_t *place, unsigned first)
{
    return (place == walk->end || (op->flags & PLAN_OPEN) != 0) &&
           ((op->flags & PLAN_UNKNOWN) == 0 || first == 0);
}

/* Less than a word of the frame, filled up with zeros. */
static inline void copy_short(uint8_t *padded, const uint8_t *bytes, unsigned count)
{
    memset(padded, 0, PLAN_WORD);
    for (unsigned i = 0; i < count; i++)
        padded[i] = bytes[i];
}

/* To the next round, or on. */
static inline const struct plan_op *go_round(struct plan_walk *walk,
                                             const struct plan_op *op, bool has_rest,
                                             const uint8_t *place, unsigned *first)
{
    if (plan_next_round(walk, op, has_rest, place))
        return op - op->first.target;
    *first &= (op->flags & PLAN_FIRST) == 0;
    return op + 1;
}

/* What must be true to go on. */
#define DEMANDS(X)                                                                       \
    X(ROOM, (size_t)(walk->text_end - text) >= op->first.room)                           \
    X(CHECK, is_wanted(op, block))                                                       \
    X(RANGE, is_between(op, block))                                                      \
    X(OUTSIDE, !is_between(op, block))                                                   \
    X(FLAG, plan_field_bits(op, block) <= 1)                                             \
    X(ONCE, is_first(walk, op))                                                          \
    X(NEW, is_new(walk, op))

#define PUT_WORDS(X, code, bits, put)                                                    \
    X(code##_U##bits, put(put_before(text, op), op, LOAD(bits, false)))                  \
    X(code##_U##bits##_LITTLE, put(put_before(text, op), op, LOAD(bits, true)))          \
    X(code##_S##bits, put_signed(text, op, (int##bits##_t)LOAD(bits, false), put))       \
    X(code##_S##bits##_LITTLE, put_signed(text, op, (int##bits##_t)LOAD(bits, true), put))
#define LOAD(bits, little) plan_load##bits(block + op->at, little)

/* Where the text ends behind what is written. */
#define PUTS(X)                                                                          \
    X(TEXT, put_text(text, op->text, (size_t)op->second))                                \
    X(PIECE, put_piece(text, op))                                                        \
    PUT_WORDS(X, INT, 16, put_int16)                                                     \
    PUT_WORDS(X, INT, 32, put_int32)                                                     \
    PUT_WORDS(X, POINT, 16, put_point5)                                                  \
    PUT_WORDS(X, POINT, 32, put_point4)                                                  \
    PUT_WORDS(X, POINT8, 32, put_point8)                                                 \
    X(INT8, put_integer8(put_before(text, op), plan_field_value(op, block)))             \
    X(INT, put_integer(put_before(text, op), plan_field_value(op, block)))               \
    X(DECIMAL4, put_decimal4(text, op, plan_field_value(op, block)))                     \
    X(DECIMAL8, put_decimal8(text, op, plan_field_value(op, block)))                     \
    X(DECIMAL, put_decimal(text, op, block))                                             \
    X(CLOSE, close_container(walk, op, text, &first))

/* The same; NULL: it cannot be written. */
#define TRIES(X)                                                                         \
    X(MID, put_mid(text, op, block))                                                     \
    X(FLOAT, put_float(text, op, LOAD(32, false)))                                       \
    X(FLOAT_LITTLE, put_float(text, op, LOAD(32, true)))                                 \
    X(STRING, put_string(put_before(text, op), op, block))                               \
    X(SECONDS, put_seconds(walk, text, op, LOAD(32, false)))                             \
    X(SECONDS_LITTLE, put_seconds(walk, text, op, LOAD(32, true)))                       \
    X(TIME, put_time(walk, text, op, block))                                             \
    X(TIME_BCD, put_bcd_time(text, op, block))

/* Ready texts: the value that chooses one, whether there may be one, the bytes that are
 * copied, and how many of them count. What is copied does not wait for the latter. */
#define CHOICES(X)                                                                       \
    X(READY, block[op->at], value <= op->first.bits, PLAN_SHORT, ready[PLAN_SHORT - 1])  \
    X(READY_BITS, bits_of_byte(op, block), true, PLAN_SHORT, ready[PLAN_SHORT - 1])      \
    X(READY_TWO, bits_of_byte(op, block), true, PLAN_LONG, op->first.lengths[value])

/* Functions that go elsewhere, or call the decoder. */
#define FLOWS(X)                                                                         \
    X(NAME, plan_put_name)                                                               \
    X(ROW, plan_walk_row)                                                                \
    X(ROWS, plan_walk_rows)                                                              \
    X(ROLE, plan_put_role)                                                               \
    X(SKIP, plan_skip)                                                                   \
    X(IF, plan_test)                                                                     \
    X(IF_LEFT, plan_test_left)                                                           \
    X(LOOP, plan_begin_rounds)                                                           \
    X(ENTER, plan_enter_region)                                                          \
    X(LEAVE, plan_leave_region)                                                          \
    X(TAGS, plan_begin_tags)                                                             \
    X(RECORD, plan_next_record)                                                          \
    X(CHOOSE, plan_choose_case)                                                          \
    X(CASE, plan_begin_case)                                                             \
    X(RESTART, plan_restart)

/*
 * The loop goes from operation to operation by a jump of its own behind each, where the
 * compiler can: against a switch that is five instructions less of about forty.
 */
#if defined(__GNUC__) && !defined(DGM_NO_JUMPS)
#define BEGIN_OPERATIONS THIS_OPERATION;
#define OPERATION(code) at_##code:
#define THIS_OPERATION goto *targets[op->code]
#define END_OPERATIONS
#define TARGET(code) &&at_##code,
#define HAS_JUMPS 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#else
#define HAS_JUMPS 0
#define BEGIN_OPERATIONS                                                                 \
    for (;;) {                                                                           \
        switch (op->code) {
#define OPERATION(code) case PLAN_##code:
#define THIS_OPERATION continue
#define END_OPERATIONS                                                                   \
    default:                                                                             \
        return NULL;                                                                     \
        }                                                                                \
        }
#endif

#define NEXT_OPERATION                                                                   \
    do {                                                                                 \
        op++;                                                                            \
        THIS_OPERATION;                                                                  \
    } while (0)
#define DEMAND(code, condition)                                                          \
    OPERATION(code)                                                                      \
    if (!(condition))                                                                    \
        return NULL;                                                                     \
    NEXT_OPERATION;
#define PUT(code, end)                                                                   \
    OPERATION(code)                                                                      \
    text = (end);                                                                        \
    NEXT_OPERATION;
#define TRY(code, end)                                                                   \
    OPERATION(code)                                                                      \
    text = (end);                                                                        \
    if (text == NULL)                                                                    \
        return NULL;                                                                     \
    NEXT_OPERATION;
#define CHOICE(code, chosen, is_in, size, ready_length)                                  \
    OPERATION(code)                                                                      \
    value = (chosen);                                                                    \
    if (!(is_in))                                                                        \
        return NULL;                                                                     \
    ready = (const uint8_t *)op->text + value * (size);                                  \
    length = (ready_length);                                                             \
    if (length == 0)                                                                     \
        return NULL;                                                                     \
    memcpy(text, ready, (size));                                                         \
    text += length;                                                                      \
    NEXT_OPERATION;
#define FLOW(code, function)                                                             \
    OPERATION(code)                                                                      \
    if (!lend(walk, op, function, place, block, text, first))                            \
        return NULL;                                                                     \
    op = walk->next;                                                                     \
    place = walk->place;                                                                 \
    block = walk->block;                                                                 \
    text = walk->at;                                                                     \
    first = walk->first;                                                                 \
    THIS_OPERATION;

/* Every round moves on: that alone bounds them. */
#define ROUND(code, has_rest)                                                            \
    OPERATION(code)                                                                      \
    text = put_before(text, op);                                                         \
    if (place == walk->round->began)                                                     \
        return NULL;                                                                     \
    op = go_round(walk, op, has_rest, place, &first);                                    \
    THIS_OPERATION;

/* The loop's own state is lent to a function. Apart, for compilers that would else keep
 * what is stored here together all the way, at the cost of every other operation. */
PLAN_APART static bool lend(struct plan_walk *walk, const struct plan_op *op,
                            bool (*function)(struct plan_walk *, const struct plan_op *),
                            const uint8_t *place, const uint8_t *block, char *text,
                            unsigned first)
{
    walk->next = op + 1;
    walk->place = place;
    walk->block = block;
    walk->at = text;
    walk->first = first;
    return function(walk, op);
}

/* NULL: the program cannot do it. */
static char *execute(struct plan_walk *walk)
{
#if HAS_JUMPS
    static const void *const targets[] = {PLAN_CODES(TARGET)};
#endif
    const uint8_t *place = walk->frame, *block = place;
    uint8_t padded[PLAN_WORD];
    char *text = walk->text;
    unsigned first = 1;
    uint64_t value;
    unsigned length;
    const uint8_t *ready;
    const struct plan_op *op = walk->program->ops;
    BEGIN_OPERATIONS
    DEMANDS(DEMAND)
    PUTS(PUT)
    TRIES(TRY)
    CHOICES(CHOICE)
    OPERATION(READY_LONG)
    value = op->first.table[plan_field_bits(op, block)];
    if (value == 0)
        return NULL;
    text = put_text(text, op->text + (value >> 8), value & 255);
    NEXT_OPERATION;
    FLOWS(FLOW)
    OPERATION(BLOCK)
    if (!has_room(walk, op, place, text))
        return NULL;
    block = place;
    place += op->second;
    NEXT_OPERATION;
    OPERATION(BLOCK_SHORT)
    if (!has_room(walk, op, place, text))
        return NULL;
    copy_short(padded, place, (unsigned)op->second);
    block = padded;
    place += op->second;
    NEXT_OPERATION;
    OPERATION(COMMA)
    text = put_comma(text, first);
    first = 0;
    NEXT_OPERATION;
    OPERATION(COMMA_TEXT)
    text = put_before(put_comma(text, first), op);
    first = 0;
    NEXT_OPERATION;
    OPERATION(FULL)
    first = 0;
    NEXT_OPERATION;
    OPERATION(KEEP)
    keep(walk, op, block);
    NEXT_OPERATION;
    OPERATION(FORGET)
    walk->named[op->at] &= ~op->first.bits;
    NEXT_OPERATION;
    OPERATION(MARK)
    set_mark(walk, op, text, first);
    NEXT_OPERATION;
    OPERATION(JUMP)
    op = walk->program->ops + op->first.target;
    THIS_OPERATION;
    ROUND(NEXT, false)
    ROUND(NEXT_REST, true)
    OPERATION(END)
    return place == walk->end ? put_before(text, op) : NULL;
    OPERATION(END_OPEN)
    return may_end(walk, op, place, first) ? put_before(text, op) : NULL;
    END_OPERATIONS
}
#if HAS_JUMPS
#pragma GCC diagnostic pop
#endif

/* With the decoder's state beside, for what has no operation of its own. */
static char *execute_walking(struct plan_walk *walk)
{
    struct decoder decoder;
    struct scratch scratch;
    if (scratch_divide(walk->codec, walk->call, &scratch, NULL) != DGM_OK)
        return NULL;
    decoder_init(&decoder, walk->codec, walk->call, walk->frame,
                 (size_t)(walk->end - walk->frame));
    decoder.message = walk->message;
    decoder.rows = walk->codec->rows + walk->message->first_row;
    decoder.slots = walk->slots;
    decoder.last = scratch.bound;
    decoder.plain = scratch.plain;
    decoder.machine.slots = walk->slots;
    decoder.machine.roles = decoder.roles;
    decoder.reporting = true;
    decoder_place(&decoder, scratch.walk);
    decode_clear_names(&decoder);
    decoder.tags.loop = NULL;
    decoder.tags.inside = decoder.tags.muted = 0;
    decoder.loop_count = decoder.kept_count = 0;
    json_writer_init(&decoder.out, walk->text, (size_t)(walk->text_end - walk->text));
    decoder.text_size = decoder.out.size;
    walk->start = walk->frame;
    walk->decoder = &decoder;
    char *end = execute(walk);
    walk->decoder = NULL;
    return end;
}

static void set_outcome(struct dgm_outcome *ret, const struct plan_candidate *message,
                        size_t length)
{
    static const struct dgm_outcome none = {0};
    *ret = none;
    ret->length = length;
    ret->message = message->index;
    ret->kind = message->kind;
}

/* With slots, or members that are remembered, all empty at first; or rows are walked. */
PLAN_APART static char *run_prepared(struct plan_walk *walk, unsigned slots)
{
    if (slots > 0)
        walk->slots = scratch_slots(walk->codec, walk->call);
    for (unsigned i = 0; i < slots; i++)
        walk->slots[i] = value_missing();
    walk->named = walk->call->scratch;
    for (unsigned i = 0; i < walk->program->named; i++)
        walk->named[i] = 0;
    return walk->program->walks ? execute_walking(walk) : execute(walk);
}

/* The end of the text, or NULL. */
static inline char *run_program(struct plan_walk *walk,
                                const struct plan_candidate *message)
{
    walk->program = &message->programs[walk->call->shape];
    if (walk->program->ops == NULL)
        return NULL;
    walk->message = message->message;
    walk->slots = NULL;
    walk->depth = 0;
    walk->day.day = UINT64_MAX;
    return PLAN_LIKELY(walk->program->is_plain) ? execute(walk)
                                                : run_prepared(walk, message->slots);
}

/* The same of what stands inside the framing of the line. */
static char *run_framed(struct plan_walk *walk, const struct plan_candidate *messages,
                        const struct plan_candidate **ret)
{
    struct framing_fault fault;
    struct scratch scratch;
    struct content content;
    if (!HAS_HOOKS || messages == NULL ||
        scratch_divide(walk->codec, walk->call, &scratch, NULL) != DGM_OK ||
        framing_remove(walk->codec->framing, walk->frame,
                       (size_t)(walk->end - walk->frame), scratch.content,
                       walk->codec->content_size, &content, &fault) != DGM_OK ||
        content.length - 1 >= DGM_MAX_FRAME)
        return NULL;
    walk->frame = content.bytes;
    walk->end = content.bytes + content.length;
    *ret = plan_route(walk, messages, content.length);
    return *ret != NULL ? run_program(walk, *ret) : NULL;
}

PLAN_APART static enum dgm_status
decode_framed(struct plan_walk *walk, struct dgm_outcome *ret, struct dgm_error *reterr)
{
    const struct plan_candidate *message = NULL;
    const uint8_t *frame = walk->frame;
    size_t length = (size_t)(walk->end - frame);
    char *end = run_framed(walk, walk->codec->plan->framed, &message);
    if (end == NULL)
        return decode_by_rows(walk->codec, walk->call, frame, length, walk->text,
                              (size_t)(walk->text_end - walk->text), ret, reterr);
    set_outcome(ret, message, (size_t)(end - walk->text));
    return DGM_OK;
}

/* The program cannot do it: from the beginning by the rows. */
PLAN_APART static enum dgm_status
give_up(const struct plan_walk *walk, struct dgm_outcome *ret, struct dgm_error *reterr)
{
    const uint8_t *frame_end = walk->regions > 0 ? walk->outer[0].end : walk->end;
    return decode_by_rows(walk->codec, walk->call, walk->frame,
                          (size_t)(frame_end - walk->frame), walk->text,
                          (size_t)(walk->text_end - walk->text), ret, reterr);
}

enum dgm_status plan_decode_run(const struct dgm_codec *codec,
                                const struct dgm_call *call, const uint8_t *frame,
                                size_t frame_length, char *text, size_t text_size,
                                struct dgm_outcome *ret, struct dgm_error *reterr)
{
    const struct plan_candidate *messages = codec->plan->messages;
    struct plan_walk walk;
    if (frame_length - 1 >= DGM_MAX_FRAME || text_size == 0)
        return decode_by_rows(codec, call, frame, frame_length, text, text_size, ret,
                              reterr);
    walk.codec = codec;
    walk.call = call;
    walk.frame = frame;
    walk.end = frame + frame_length;
    walk.text = text;
    walk.text_end = text + text_size;
    walk.regions = 0;
    walk.decoder = NULL; /* none but where a program walks rows */
    if (messages == NULL)
        return decode_framed(&walk, ret, reterr);
    const struct plan_candidate *message = plan_route(&walk, messages, frame_length);
    char *end = message != NULL ? run_program(&walk, message) : NULL;
    if (end == NULL)
        return give_up(&walk, ret, reterr);
    set_outcome(ret, message, (size_t)(end - text));
    return DGM_OK;
}
