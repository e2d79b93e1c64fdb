/* SPDX-License-Identifier: MIT */
/*
 * Decoding by a plan: one loop over the operations. The place in the text, the block and
 * the flag for the first member are the loop's own, so that they stay in registers.
 */
#include "plan_decode.h"

#include <string.h>
#include "decode.h"
#include "float_text.h"
#include "frame.h"
#include "framing.h"
#include "number.h"
#include "plan_digits.h"
#include "plan_text.h"

/* A repetition that is under way. */
struct round {
    uint32_t left, index;
    const uint8_t *began;
};

struct run {
    const struct dgm_codec *codec;
    const struct dgm_message *message;
    const struct plan_program *program;
    const struct dgm_call *call;
    const uint8_t *frame, *end;
    char *text, *text_end;
    struct value *slots;
    struct decoder *decoder; /* NULL unless the program needs it */
    unsigned depth;
    char *mark; /* text before the open service, and what `first` was */
    unsigned mark_first;
    struct round rounds[DGM_MAX_DEPTH];
    struct plan_day day;
};

/* The bits of an operation's field; sign and order as its flags say. */
static inline int64_t field_of(const struct plan_op *op, const uint8_t *block)
{
    uint64_t word = plan_load(block + op->at);
    uint64_t swapped = plan_swap(word);
    word = ((op->flags & PLAN_LITTLE) ? word : swapped) << op->left;
    int64_t extended = (int64_t)word >> op->right;
    return (op->flags & PLAN_SIGNED) ? extended : (int64_t)(word >> op->right);
}

/* Always without sign. */
static inline uint64_t bits_of(const struct plan_op *op, const uint8_t *block)
{
    uint64_t word = plan_load(block + op->at);
    uint64_t swapped = plan_swap(word);
    return ((op->flags & PLAN_LITTLE) ? word : swapped) << op->left >> op->right;
}

/* Neither signed nor little-endian. */
static inline uint64_t natural_of(const struct plan_op *op, const uint8_t *block)
{
    return plan_swap(plan_load(block + op->at)) << op->left >> op->right;
}

/* The text before a value. */
static inline char *put_before(char *text, const struct plan_op *op)
{
    memcpy(text, op->text, PLAN_COPY);
    return text + op->length;
}

static inline char *put_integer8(char *text, int64_t value)
{
    uint64_t magnitude;
    text = plan_put_sign(text, value, &magnitude);
    return plan_put_u8digits(text, (uint32_t)magnitude);
}

static char *put_integer(char *text, int64_t value)
{
    uint64_t magnitude;
    text = plan_put_sign(text, value, &magnitude);
    return plan_put_u64(text, magnitude);
}

static inline int64_t scaled(const struct plan_op *op, int64_t raw)
{
    return raw * op->first.scale->mul + op->first.scale->add;
}

/* Text of any length; what is copied too much is overwritten. */
static inline char *put_text(char *text, const char *from, size_t length)
{
    char *end = text + length;
    do {
        memcpy(text, from, PLAN_COPY);
        text += PLAN_COPY;
        from += PLAN_COPY;
    } while (text < end);
    return end;
}

static inline uint32_t order_of_float(uint32_t bits)
{
    return bits ^ ((0 - (bits >> 31)) & 0x7FFFFFFFu);
}

static char *put_string(char *text, const struct plan_op *op, const uint8_t *block)
{
    const uint8_t *bytes = block + op->at;
    size_t length = (size_t)op->second;
    while ((op->flags & PLAN_PADDED) && length > 0 && bytes[length - 1] == op->digits)
        length--;
    return plan_put_string(text, bytes, length, (uint8_t)op->first.bits);
}

static void keep(struct run *run, const struct plan_op *op, const uint8_t *block)
{
    struct value *slot = &run->slots[op->second];
    slot->number.mantissa = wide_from_i64(scaled(op, field_of(op, block)));
    slot->number.digits = op->digits;
    slot->kind = op->length != 0 ? VALUE_BOOL : VALUE_NUMBER;
}

/* The whole number of a slot, 0 to DGM_MAX_FRAME. */
static bool count_of_slot(const struct run *run, uint16_t slot, uint32_t *ret)
{
    const struct value *value = &run->slots[slot];
    int64_t count;
    if (value->kind != VALUE_NUMBER || value->number.digits != 0 ||
        !wide_to_i64(value->number.mantissa, &count) || count < 0 ||
        count > DGM_MAX_FRAME)
        return false;
    *ret = (uint32_t)count;
    return true;
}

static const struct dgm_row *row_of(const struct run *run, const struct plan_op *op)
{
    return &run->codec->rows[run->message->first_row + op->second];
}

/* Where the decoder looks at the frame. */
static void place_decoder(struct run *run, const uint8_t *place)
{
    run->decoder->position = (size_t)(place - run->frame);
    run->decoder->machine.index = run->depth > 0 ? run->rounds[run->depth - 1].index : 0;
}

/* How often? UINT32_MAX: as long as something is left. */
static bool count_rounds(struct run *run, const struct dgm_row *row, const uint8_t *place,
                         uint32_t *ret)
{
    const struct dgm_expr *expr;
    if (row->flags & DGM_ROW_REST) {
        *ret = UINT32_MAX;
        return true;
    }
    expr = &run->codec->exprs[row->expr];
    const uint8_t *code = run->codec->code + expr->at;
    if (expr->length == 3 && code[0] == DGM_CODE_SLOT)
        return count_of_slot(run, (uint16_t)(code[1] | code[2] << 8), ret);
    place_decoder(run, place);
    return machine_count(&run->decoder->machine, row->expr, ret) == DGM_OK;
}

static void forget_slots(struct run *run, const struct dgm_row *row)
{
    for (unsigned i = 1; i <= row->detail; i++)
        if (row[i].slot != DGM_NONE)
            run->slots[row[i].slot] = value_missing();
}

/* What takes the rest leaves the trailer. */
static bool has_left(const struct run *run, const uint8_t *place)
{
    return (size_t)(run->end - place) > run->message->trailer;
}

/* Begin a repetition, or its next round. False: it is over. */
static inline bool next_round(struct run *run, const struct plan_op *op,
                              const uint8_t *place)
{
    const struct dgm_row *row = row_of(run, op);
    struct round *round = &run->rounds[run->depth - 1];
    bool more = round->left == UINT32_MAX ? has_left(run, place) : round->left > 0;
    if (!more) {
        if (row->slot != DGM_NONE)
            run->slots[row->slot] = value_u64(round->index + 1u);
        run->depth--;
        return false;
    }
    round->left -= round->left != UINT32_MAX;
    round->index++;
    round->began = place;
    if (op->flags & PLAN_FORGETS)
        forget_slots(run, row);
    return true;
}

/* To the first round, or behind the last one. */
static bool begin_rounds(struct run *run, const struct plan_op *op, const uint8_t *place,
                         const struct plan_op **next, unsigned *first)
{
    uint32_t count;
    if (run->depth == DGM_MAX_DEPTH || !count_rounds(run, row_of(run, op), place, &count))
        return false;
    struct round *round = &run->rounds[run->depth++];
    round->left = count;
    round->index = UINT32_MAX; /* the first round makes it 0 */
    round->began = NULL;
    *first |= (op->flags & PLAN_FIRST) != 0;
    if (next_round(run, op, place))
        return true;
    const struct plan_op *end = run->program->ops + op->first.target;
    *first &= (end->flags & PLAN_FIRST) == 0;
    *next = end + 1;
    return true;
}

/* To the next round, or on. Every round moves on: that alone bounds them. */
static inline bool go_round(struct run *run, const struct plan_op *op,
                            const uint8_t *place, const struct plan_op **next,
                            unsigned *first)
{
    if (place == run->rounds[run->depth - 1].began)
        return false;
    if (next_round(run, op, place))
        *next = run->program->ops + op->first.target;
    else
        *first &= (op->flags & PLAN_FIRST) == 0;
    return true;
}

/* Into a part that is there if something is left, or behind it. */
static void test_left(const struct run *run, const struct plan_op *op,
                      const uint8_t *place, const struct plan_op **next, unsigned *first)
{
    *first |= (op->flags & PLAN_FIRST) != 0;
    if (!has_left(run, place))
        *next = run->program->ops + op->first.target;
}

/* As many bytes as a slot says. */
static bool skip(struct run *run, const struct plan_op *op, const uint8_t **place)
{
    uint32_t count;
    if (!count_of_slot(run, (uint16_t)op->second, &count) ||
        (size_t)(run->end - *place) < count)
        return false;
    *place += count;
    return true;
}

/* A service without members leaves nothing. */
static char *close_service(struct run *run, const struct plan_op *op, char *text,
                           unsigned *first)
{
    bool empty = *first != 0;
    *first = empty ? run->mark_first : 0;
    return empty ? run->mark : put_before(text, op);
}

static bool may_end(const struct run *run, const struct plan_op *op, const uint8_t *place,
                    unsigned first)
{
    return (place == run->end || (op->flags & PLAN_OPEN) != 0) &&
           ((op->flags & PLAN_UNKNOWN) == 0 || first == 0);
}

/* A row as the decoder walks it. NULL: it has something to say. */
static char *walk_row(struct run *run, const struct plan_op *op, const uint8_t **place,
                      char *text, unsigned *first)
{
    struct decoder *decoder = run->decoder;
    const struct dgm_row *row = row_of(run, op);
    place_decoder(run, *place);
    decoder->pass = op->digits;
    decoder->out.length = (size_t)(text - run->text);
    decoder->first =
        (op->flags & PLAN_UNKNOWN) ? *first != 0 : (op->flags & PLAN_FIRST) != 0;
    if (decode_row(decoder, row) != DGM_OK || decoder->notice_count > 0 ||
        decoder->twice != DGM_OK || !json_writer_fits(&decoder->out))
        return NULL;
    *place = run->frame + decoder->position;
    *first = decoder->first;
    return run->text + decoder->out.length;
}

/* Into a part that may be absent, or behind it. False: the condition has no value. */
static bool test(struct run *run, const struct plan_op *op, const uint8_t *place,
                 const struct plan_op **next, unsigned *first)
{
    bool truth;
    place_decoder(run, place);
    if (machine_test(&run->decoder->machine, (uint16_t)op->second, &truth) != DGM_OK)
        return false;
    *first |= (op->flags & PLAN_FIRST) != 0;
    if (!truth)
        *next = run->program->ops + op->first.target;
    return true;
}

/* Less than a word of the frame, filled up with zeros. */
static void copy_short(uint8_t *padded, const uint8_t *bytes, unsigned count)
{
    memset(padded, 0, PLAN_WORD);
    for (unsigned i = 0; i < count; i++)
        padded[i] = bytes[i];
}

static inline char *put_natural8(char *text, const struct plan_op *op,
                                 const uint8_t *block)
{
    return plan_put_u8digits(put_before(text, op), (uint32_t)natural_of(op, block));
}

/* NULL: there is no message id 0. */
static inline char *put_mid(char *text, const struct plan_op *op, const uint8_t *block)
{
    uint64_t id = natural_of(op, block);
    return id - 1 < UINT16_MAX ? plan_put_u8digits(put_before(text, op), (uint32_t)id)
                               : NULL;
}

static inline bool is_small(const struct plan_op *op)
{
    return (op->flags & PLAN_SMALL) != 0;
}

static inline char *put_fraction4(char *text, const struct plan_op *op,
                                  const uint8_t *block)
{
    int64_t value = scaled(op, (int64_t)natural_of(op, block));
    return plan_put_decimal4(put_before(text, op), (uint32_t)value, op->digits,
                             is_small(op));
}

static inline char *put_decimal4(char *text, const struct plan_op *op,
                                 const uint8_t *block)
{
    uint64_t magnitude;
    text =
        plan_put_sign(put_before(text, op), scaled(op, field_of(op, block)), &magnitude);
    return plan_put_decimal4(text, (uint32_t)magnitude, op->digits, is_small(op));
}

static inline char *put_decimal8(char *text, const struct plan_op *op,
                                 const uint8_t *block)
{
    uint64_t magnitude;
    text =
        plan_put_sign(put_before(text, op), scaled(op, field_of(op, block)), &magnitude);
    return plan_put_decimal8(text, (uint32_t)magnitude, op->digits, is_small(op));
}

static char *put_decimal(char *text, const struct plan_op *op, const uint8_t *block)
{
    text = put_before(text, op);
    return text + number_write_decimal(text, scaled(op, field_of(op, block)), op->digits);
}

/* NULL: the value has no ready text. */
static inline char *put_ready(char *text, uint32_t entry, const char *pool)
{
    if (entry == 0)
        return NULL;
    memcpy(text, pool + (entry >> 8), PLAN_COPY);
    return text + (entry & 255);
}

static inline char *put_ready_long(char *text, uint32_t entry, const char *pool)
{
    return entry != 0 ? put_text(text, pool + (entry >> 8), entry & 255) : NULL;
}

/* NULL: it is outside the limits, or none. */
static inline char *put_float(char *text, const struct plan_op *op, const uint8_t *block)
{
    uint32_t bits = (uint32_t)bits_of(op, block);
    int32_t order = (int32_t)order_of_float(bits);
    return order >= op->first.low && order <= op->second
               ? float_write_32(put_before(text, op), bits)
               : NULL;
}

static inline char *put_time(struct run *run, char *text, const struct plan_op *op,
                             const uint8_t *block)
{
    int64_t seconds = scaled(op, (int64_t)bits_of(op, block));
    return plan_put_time(put_before(text, op), (uint64_t)seconds, op->flags & PLAN_ISO,
                         &run->day);
}

static inline char *put_bcd_time(char *text, const struct plan_op *op,
                                 const uint8_t *block)
{
    return plan_put_bcd_time(put_before(text, op), natural_of(op, block),
                             op->flags & PLAN_ISO);
}

/* Is the text of the block's operations sure to fit, and are its bytes there? */
static inline bool has_room(const struct run *run, const struct plan_op *op,
                            const uint8_t *place, const char *text)
{
    return (size_t)(run->end - place) >= (size_t)op->second &&
           (size_t)(run->text_end - text) >= op->first.room;
}

static inline bool is_between(const struct plan_op *op, const uint8_t *block)
{
    int64_t value = field_of(op, block);
    return value >= op->first.low && value <= op->second;
}

static inline bool is_wanted(const struct plan_op *op, const uint8_t *block)
{
    return (plan_swap(plan_load(block + op->at)) & op->first.bits) ==
           (uint64_t)op->second;
}

/*
 * The loop goes from operation to operation by a jump of its own behind each, where the
 * compiler can: against a switch that is five instructions less of about forty.
 */
#if defined(__GNUC__)
#define BEGIN_OPERATIONS NEXT_OPERATION;
#define OPERATION(code) at_##code:
#define NEXT_OPERATION                                                                   \
    do {                                                                                 \
        op = next++;                                                                     \
        goto *targets[op->code];                                                         \
    } while (0)
#define END_OPERATIONS
#define TARGET(code) &&at_##code,
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#else
#define BEGIN_OPERATIONS                                                                 \
    for (;;) {                                                                           \
        op = next++;                                                                     \
        switch (op->code) {
#define OPERATION(code) case PLAN_##code:
#define NEXT_OPERATION continue
#define END_OPERATIONS                                                                   \
    default:                                                                             \
        return NULL;                                                                     \
        }                                                                                \
        }
#endif

/* Go on behind what was written. */
#define PUT(value)                                                                       \
    do {                                                                                 \
        text = (value);                                                                  \
        NEXT_OPERATION;                                                                  \
    } while (0)
/* The same, unless it is NULL. */
#define TRY(value)                                                                       \
    do {                                                                                 \
        text = (value);                                                                  \
        if (text == NULL)                                                                \
            return NULL;                                                                 \
        NEXT_OPERATION;                                                                  \
    } while (0)
#define DEMAND(condition)                                                                \
    do {                                                                                 \
        if (!(condition))                                                                \
            return NULL;                                                                 \
        NEXT_OPERATION;                                                                  \
    } while (0)

/* NULL: the program cannot do it. */
static char *execute(struct run *run)
{
#if defined(__GNUC__)
    static const void *const targets[] = {PLAN_CODES(TARGET)};
#endif
    const char *const pool = run->program->pool;
    const uint8_t *place = run->frame, *block = place;
    uint8_t padded[PLAN_WORD];
    char *text = run->text;
    unsigned first = 1;
    const struct plan_op *next = run->program->ops, *op;
    BEGIN_OPERATIONS
    OPERATION(BLOCK)
    if (!has_room(run, op, place, text))
        return NULL;
    block = place;
    place += op->second;
    NEXT_OPERATION;
    OPERATION(BLOCK_SHORT)
    if (!has_room(run, op, place, text))
        return NULL;
    copy_short(padded, place, (unsigned)op->second);
    block = padded;
    place += op->second;
    NEXT_OPERATION;
    OPERATION(CHECK)
    DEMAND(is_wanted(op, block));
    OPERATION(RANGE)
    DEMAND(is_between(op, block));
    OPERATION(OUTSIDE)
    DEMAND(!is_between(op, block));
    OPERATION(FLAG)
    DEMAND(bits_of(op, block) <= 1);
    OPERATION(TEXT)
    PUT(put_text(text, op->text, (size_t)op->second));
    OPERATION(PIECE)
    memcpy(text, op->text, PLAN_COPY);
    PUT(text + PLAN_COPY);
    OPERATION(COMMA)
    *text = ',';
    text += 1 - first;
    first = 0;
    NEXT_OPERATION;
    OPERATION(MID)
    TRY(put_mid(text, op, block));
    OPERATION(NATURAL8)
    PUT(put_natural8(text, op, block));
    OPERATION(INT8)
    PUT(put_integer8(put_before(text, op), field_of(op, block)));
    OPERATION(INT)
    PUT(put_integer(put_before(text, op), field_of(op, block)));
    OPERATION(FRACTION4)
    PUT(put_fraction4(text, op, block));
    OPERATION(DECIMAL4)
    PUT(put_decimal4(text, op, block));
    OPERATION(DECIMAL8)
    PUT(put_decimal8(text, op, block));
    OPERATION(DECIMAL)
    PUT(put_decimal(text, op, block));
    OPERATION(READY)
    TRY(put_ready(text, op->first.table[natural_of(op, block)], pool));
    OPERATION(READY_BYTE)
    TRY(put_ready(text, op->first.table[block[op->at]], pool));
    OPERATION(READY_LONG)
    TRY(put_ready_long(text, op->first.table[bits_of(op, block)], pool));
    OPERATION(FLOAT)
    TRY(put_float(text, op, block));
    OPERATION(STRING)
    TRY(put_string(put_before(text, op), op, block));
    OPERATION(TIME)
    TRY(put_time(run, text, op, block));
    OPERATION(TIME_BCD)
    TRY(put_bcd_time(text, op, block));
    OPERATION(KEEP)
    keep(run, op, block);
    NEXT_OPERATION;
    OPERATION(ROW)
    TRY(walk_row(run, op, &place, text, &first));
    OPERATION(SKIP)
    DEMAND(skip(run, op, &place));
    OPERATION(IF)
    DEMAND(test(run, op, place, &next, &first));
    OPERATION(IF_LEFT)
    test_left(run, op, place, &next, &first);
    NEXT_OPERATION;
    OPERATION(LOOP)
    DEMAND(begin_rounds(run, op, place, &next, &first));
    OPERATION(MARK)
    run->mark = text;
    run->mark_first = first | ((op->flags & PLAN_FIRST) != 0);
    NEXT_OPERATION;
    OPERATION(CLOSE)
    PUT(close_service(run, op, text, &first));
    OPERATION(NEXT)
    text = put_before(text, op);
    DEMAND(go_round(run, op, place, &next, &first));
    OPERATION(END)
    return place == run->end ? put_before(text, op) : NULL;
    OPERATION(END_OPEN)
    return may_end(run, op, place, first) ? put_before(text, op) : NULL;
    END_OPERATIONS
}
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/* With the decoder's state beside, for what has no operation of its own. */
static char *execute_walking(struct run *run)
{
    struct decoder decoder;
    decoder_init(&decoder, run->codec, run->call, run->frame,
                 (size_t)(run->end - run->frame));
    decoder.message = run->message;
    decoder.rows = run->codec->rows + run->message->first_row;
    decoder.slots = run->slots;
    decoder.machine.slots = run->slots;
    decoder.machine.roles = decoder.roles;
    decoder.end = decoder.length;
    decoder.reporting = true;
    decoder_place(&decoder, run->call->scratch);
    decode_clear_names(&decoder);
    decoder.tags.loop = NULL;
    decoder.tags.inside = decoder.tags.muted = 0;
    json_writer_init(&decoder.out, run->text, (size_t)(run->text_end - run->text));
    run->decoder = &decoder;
    char *end = execute(run);
    run->decoder = NULL;
    return end;
}

/* The first bytes of a frame, the first one highest; what is not there is zero. */
static uint64_t first_word(const uint8_t *frame, size_t length)
{
    if (length >= PLAN_WORD)
        return plan_swap(plan_load(frame));
    uint64_t word = 0;
    for (size_t i = 0; i < length; i++)
        word |= (uint64_t)frame[i] << (56 - 8 * i);
    return word;
}

/* Do the words of the frame, which has them, hold what the guards want? */
static inline bool words_fit(const struct plan_candidate *message, uint64_t word,
                             const uint8_t *frame)
{
    return (word & message->mask[0]) == message->value[0] &&
           (message->mask[1] == 0 || (plan_swap(plan_load(frame + message->at[1])) &
                                      message->mask[1]) == message->value[1]);
}

/* The message of a frame that the first look did not find: that one, if the frame is only
 * shorter than a word; else as message_by_guards() finds it; NULL if there is none. */
static const struct plan_candidate *find_message(const struct run *run, size_t length,
                                                 unsigned direction, unsigned index)
{
    const struct plan_candidate *messages = run->codec->plan->decode->messages;
    const struct plan_candidate *message = &messages[index];
    if (index != DGM_NONE && message->quick[direction] && length < PLAN_WORD &&
        length >= message->least && length <= message->most &&
        words_fit(message, first_word(run->frame, length), run->frame))
        return message;
    index = message_by_guards(run->codec, run->call, run->call->direction, run->frame,
                              length);
    return index != DGM_NONE && length <= messages[index].frame_max ? &messages[index]
                                                                    : NULL;
}

/* Mostly it is the first that its telling byte allows. */
static inline const struct plan_candidate *route(const struct run *run, size_t length)
{
    const struct plan_decode *plan = run->codec->plan->decode;
    unsigned direction = run->call->direction != DGM_DIRECTION_DOWN ? PLAN_UP : PLAN_DOWN;
    const struct plan_route *route = &plan->routes[direction];
    unsigned index =
        route->at < length ? route->first[run->frame[route->at]] : route->any;
    const struct plan_candidate *message = &plan->messages[index];
    if (index != DGM_NONE && message->quick[direction] &&
        length >= message->quick_least && length <= message->most &&
        words_fit(message, plan_swap(plan_load(run->frame)), run->frame))
        return message;
    return find_message(run, length, direction, index);
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

/* The end of the text, or NULL. */
static inline char *run_program(struct run *run, const struct plan_candidate *message)
{
    unsigned shape =
        run->call->shape == DGM_SHAPE_AUTO ? DGM_SHAPE_PLAIN : run->call->shape;
    run->program = &message->programs[shape];
    if (run->program->ops == NULL)
        return NULL;
    run->message = message->message;
    run->slots = message->slots > 0 ? scratch_slots(run->codec, run->call) : NULL;
    run->depth = 0;
    run->day.day = UINT64_MAX;
    for (unsigned i = 0; i < message->slots; i++)
        run->slots[i] = value_missing();
    return run->program->walks ? execute_walking(run) : execute(run);
}

enum dgm_status plan_decode_run(const struct dgm_codec *codec,
                                const struct dgm_call *call, const uint8_t *frame,
                                size_t frame_length, char *text, size_t text_size,
                                struct dgm_outcome *ret, struct dgm_error *reterr)
{
    struct run run;
    if (codec->plan->decode == NULL || frame_length - 1 >= DGM_MAX_FRAME ||
        text_size == 0)
        return decode_by_rows(codec, call, frame, frame_length, text, text_size, ret,
                              reterr);
    run.codec = codec;
    run.call = call;
    run.frame = frame;
    run.end = frame + frame_length;
    run.text = text;
    run.text_end = text + text_size;
    const struct plan_candidate *message = route(&run, frame_length);
    char *end = message != NULL ? run_program(&run, message) : NULL;
    if (end != NULL) {
        set_outcome(ret, message, (size_t)(end - run.text));
        return DGM_OK;
    }
    return decode_by_rows(run.codec, run.call, run.frame, (size_t)(run.end - run.frame),
                          run.text, (size_t)(run.text_end - run.text), ret, reterr);
}
