/* SPDX-License-Identifier: MIT */
/*
 * Decoding by a plan: one loop over the operations. The place in the text, the block and
 * the flag for the first member are the loop's own, so that they stay in registers.
 */
#include "plan_decode.h"

#include <string.h>
#include "decode.h"
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
    if (run->message->slots == 0)
        return;
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
static bool next_round(struct run *run, const struct dgm_row *row, const uint8_t *place)
{
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
    forget_slots(run, row);
    return true;
}

static bool begin_rounds(struct run *run, const struct dgm_row *row, const uint8_t *place)
{
    uint32_t count;
    if (run->depth == DGM_MAX_DEPTH || !count_rounds(run, row, place, &count))
        return false;
    struct round *round = &run->rounds[run->depth++];
    round->left = count;
    round->index = UINT32_MAX; /* the first round makes it 0 */
    round->began = NULL;
    return true;
}

/* A row as the decoder walks it. NULL: it has something to say. */
static char *walk_row(struct run *run, const struct plan_op *op, const uint8_t **place,
                      char *text, unsigned *first)
{
    struct decoder *decoder = run->decoder;
    const struct dgm_row *row = row_of(run, op);
    place_decoder(run, *place);
    decoder->pass = row->pass;
    decoder->out.length = (size_t)(text - run->text);
    decoder->first =
        (op->flags & PLAN_UNKNOWN) ? *first != 0 : (op->flags & PLAN_FIRST) != 0;
    if (decode_row(decoder, row) != DGM_OK || decoder->notice_count > 0 ||
        !json_writer_fits(&decoder->out))
        return NULL;
    *place = run->frame + decoder->position;
    *first = decoder->first;
    return run->text + decoder->out.length;
}

static bool test(struct run *run, const struct plan_op *op, const uint8_t *place,
                 bool *ret)
{
    place_decoder(run, place);
    return machine_test(&run->decoder->machine, (uint16_t)op->second, ret) == DGM_OK;
}

/* NULL: the program cannot do it. */
static char *execute(struct run *run)
{
    const struct plan_op *const ops = run->program->ops;
    const char *const pool = run->program->pool;
    const uint8_t *place = run->frame, *block = place;
    uint8_t padded[PLAN_WORD];
    char *text = run->text;
    unsigned first = 1;
    for (const struct plan_op *op = ops;; op++) {
        switch (op->code) {
        case PLAN_BLOCK:
            if ((size_t)(run->end - place) < (size_t)op->second ||
                (size_t)(run->text_end - text) < op->first.room)
                return NULL;
            block = place;
            place += op->second;
            break;
        case PLAN_BLOCK_SHORT:
            if ((size_t)(run->end - place) < (size_t)op->second ||
                (size_t)(run->text_end - text) < op->first.room)
                return NULL;
            memset(padded, 0, sizeof(padded));
            for (unsigned i = 0; i < (unsigned)op->second; i++)
                padded[i] = place[i];
            block = padded;
            place += op->second;
            break;
        case PLAN_CHECK:
            if ((plan_swap(plan_load(block + op->at)) & op->first.bits) !=
                (uint64_t)op->second)
                return NULL;
            break;
        case PLAN_RANGE: {
            int64_t value = field_of(op, block);
            if (value < op->first.low || value > op->second)
                return NULL;
            break;
        }
        case PLAN_OUTSIDE: {
            int64_t value = field_of(op, block);
            if (value >= op->first.low && value <= op->second)
                return NULL;
            break;
        }
        case PLAN_MID: {
            int64_t value = field_of(op, block);
            if (value < 1 || value > 65535)
                return NULL;
            break;
        }
        case PLAN_FLAG:
            if (field_of(op, block) > 1)
                return NULL;
            break;
        case PLAN_TEXT:
            text = put_text(text, op->text, (size_t)op->second);
            break;
        case PLAN_COMMA:
            *text = ',';
            text += 1 - first;
            first = 0;
            break;
        case PLAN_INT8:
            text = put_integer8(put_before(text, op), field_of(op, block));
            break;
        case PLAN_INT:
            text = put_integer(put_before(text, op), field_of(op, block));
            break;
        case PLAN_DECIMAL8: {
            uint64_t magnitude;
            text = plan_put_sign(put_before(text, op), scaled(op, field_of(op, block)),
                                 &magnitude);
            text = plan_put_decimal8(text, (uint32_t)magnitude, op->digits);
            break;
        }
        case PLAN_DECIMAL:
            text = put_before(text, op);
            text +=
                number_write_decimal(text, scaled(op, field_of(op, block)), op->digits);
            break;
        case PLAN_READY: {
            uint32_t entry = op->first.table[field_of(op, block)];
            if (entry == 0)
                return NULL;
            memcpy(text, pool + (entry >> 8), PLAN_COPY);
            text += entry & 255;
            break;
        }
        case PLAN_READY_LONG: {
            uint32_t entry = op->first.table[field_of(op, block)];
            if (entry == 0)
                return NULL;
            text = put_text(text, pool + (entry >> 8), entry & 255);
            break;
        }
        case PLAN_FLOAT: {
            uint32_t bits = (uint32_t)field_of(op, block);
            int32_t order = (int32_t)order_of_float(bits);
            if (order < op->first.low || order > op->second)
                return NULL;
            text = plan_put_float(put_before(text, op), bits);
            break;
        }
        case PLAN_STRING:
            text = put_string(put_before(text, op), op, block);
            if (text == NULL)
                return NULL;
            break;
        case PLAN_TIME:
            text = plan_put_time(put_before(text, op),
                                 (uint64_t)scaled(op, field_of(op, block)),
                                 op->flags & PLAN_ISO, &run->day);
            if (text == NULL)
                return NULL;
            break;
        case PLAN_TIME_BCD:
            text = plan_put_bcd_time(put_before(text, op), block + op->at,
                                     op->flags & PLAN_ISO);
            if (text == NULL)
                return NULL;
            break;
        case PLAN_KEEP:
            keep(run, op, block);
            break;
        case PLAN_ROW:
            text = walk_row(run, op, &place, text, &first);
            if (text == NULL)
                return NULL;
            break;
        case PLAN_SKIP: {
            uint32_t count;
            if (!count_of_slot(run, (uint16_t)op->second, &count) ||
                (size_t)(run->end - place) < count)
                return NULL;
            place += count;
            break;
        }
        case PLAN_IF: {
            bool truth;
            if (!test(run, op, place, &truth))
                return NULL;
            first |= (op->flags & PLAN_FIRST) != 0;
            if (!truth)
                op = ops + op->first.target - 1;
            break;
        }
        case PLAN_IF_LEFT:
            first |= (op->flags & PLAN_FIRST) != 0;
            if (!has_left(run, place))
                op = ops + op->first.target - 1;
            break;
        case PLAN_LOOP:
            if (!begin_rounds(run, row_of(run, op), place))
                return NULL;
            first |= (op->flags & PLAN_FIRST) != 0;
            if (!next_round(run, row_of(run, op), place)) {
                op = ops + op->first.target; /* the NEXT of this one */
                first &= (op->flags & PLAN_FIRST) == 0;
            }
            break;
        case PLAN_NEXT:
            if (place == run->rounds[run->depth - 1].began)
                return NULL;
            if (next_round(run, row_of(run, op), place))
                op = ops + op->first.target - 1;
            else
                first &= (op->flags & PLAN_FIRST) == 0;
            break;
        case PLAN_END:
            if ((place != run->end && !(op->flags & PLAN_OPEN)) ||
                ((op->flags & PLAN_UNKNOWN) && first))
                return NULL;
            return text;
        default:
            return NULL;
        }
    }
}

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
    decoder.tags.loop = NULL;
    decoder.tags.inside = decoder.tags.muted = 0;
    json_writer_init(&decoder.out, run->text, (size_t)(run->text_end - run->text));
    run->decoder = &decoder;
    char *end = execute(run);
    run->decoder = NULL;
    return end;
}

static bool prepare(struct run *run, const uint8_t *frame, size_t length)
{
    const struct dgm_codec *codec = run->codec;
    const struct plan_decode *plan = codec->plan->decode;
    bool up = run->call->direction != DGM_DIRECTION_DOWN;
    uint16_t index = plan_route(codec, &plan->routes[up ? PLAN_UP : PLAN_DOWN], run->call,
                                frame, length);
    if (index == DGM_NONE)
        return false;
    unsigned shape =
        run->call->shape == DGM_SHAPE_AUTO ? DGM_SHAPE_PLAIN : run->call->shape;
    run->message = &codec->messages[index];
    run->program = &plan->programs[3u * index + shape];
    return run->program->ops != NULL && length <= run->message->frame_max;
}

bool plan_decode_run(const struct dgm_codec *codec, const struct dgm_call *call,
                     const uint8_t *frame, size_t frame_length, char *text,
                     size_t text_size, struct dgm_outcome *ret)
{
    struct run run;
    if (codec->plan->decode == NULL || codec->framing != NULL || frame_length == 0 ||
        frame_length > DGM_MAX_FRAME || text == NULL)
        return false;
    run.codec = codec;
    run.call = call;
    if (!prepare(&run, frame, frame_length))
        return false;
    run.frame = frame;
    run.end = frame + frame_length;
    run.text = text;
    run.text_end = text + text_size;
    run.slots = call->scratch;
    run.decoder = NULL;
    run.depth = 0;
    run.day.day = UINT64_MAX;
    for (unsigned i = 0; i < run.message->slots; i++)
        run.slots[i] = value_missing();
    char *end = run.program->walks ? execute_walking(&run) : execute(&run);
    if (end == NULL)
        return false;
    memset(ret, 0, sizeof(*ret));
    ret->length = (size_t)(end - text);
    ret->message = (uint16_t)(run.message - codec->messages);
    ret->kind = run.message->kind;
    return true;
}
