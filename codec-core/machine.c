/* SPDX-License-Identifier: MIT */
/*
 * The expression machine. It has no jumps, so an expression costs what its length says;
 * the verifier has proved the stack's depth and every operand's size, this file checks
 * only what depends on values.
 */
#include "machine.h"

#include <string.h>
#include "frame.h"
#include "curve.h"
#include "topic.h"

/* Operand bytes, and values that are popped; each pushes one. Index is enum dgm_code. */
#define SHAPE(operands, pops) (1u << 7 | (operands) << 2 | (pops))
static const uint8_t shapes[] = {
    [DGM_CODE_CONST] = SHAPE(9, 0),
    [DGM_CODE_TRUE] = SHAPE(0, 0),
    [DGM_CODE_FALSE] = SHAPE(0, 0),
    [DGM_CODE_MISSING] = SHAPE(0, 0),
    [DGM_CODE_SLOT] = SHAPE(2, 0),
    [DGM_CODE_MEMBER] = SHAPE(2, 0),
    [DGM_CODE_HAS_MEMBER] = SHAPE(2, 0),
    [DGM_CODE_LENGTH_MEMBER] = SHAPE(2, 0),
    [DGM_CODE_COUNT_MEMBER] = SHAPE(2, 0),
    [DGM_CODE_ROLE] = SHAPE(1, 0),
    [DGM_CODE_INDEX] = SHAPE(0, 0),
    [DGM_CODE_FRAME_LENGTH] = SHAPE(0, 0),
    [DGM_CODE_CHANNEL] = SHAPE(0, 0),
    [DGM_CODE_RECEIVED] = SHAPE(0, 0),
    [DGM_CODE_REQUEST_SLOT] = SHAPE(2, 0),
    [DGM_CODE_REQUEST_BYTE] = SHAPE(0, 1),
    [DGM_CODE_REQUEST_LENGTH] = SHAPE(0, 0),
    [DGM_CODE_REQUEST_VALID] = SHAPE(0, 0),
    [DGM_CODE_HAS] = SHAPE(0, 1),
    [DGM_CODE_OR_ELSE] = SHAPE(0, 2),
    [DGM_CODE_SELECT] = SHAPE(0, 3),
    [DGM_CODE_NOT] = SHAPE(0, 1),
    [DGM_CODE_AND] = SHAPE(0, 2),
    [DGM_CODE_OR] = SHAPE(0, 2),
    [DGM_CODE_EQ] = SHAPE(0, 2),
    [DGM_CODE_NE] = SHAPE(0, 2),
    [DGM_CODE_LT] = SHAPE(0, 2),
    [DGM_CODE_LE] = SHAPE(0, 2),
    [DGM_CODE_GT] = SHAPE(0, 2),
    [DGM_CODE_GE] = SHAPE(0, 2),
    [DGM_CODE_NEG] = SHAPE(0, 1),
    [DGM_CODE_ADD] = SHAPE(0, 2),
    [DGM_CODE_SUB] = SHAPE(0, 2),
    [DGM_CODE_MUL] = SHAPE(0, 2),
    [DGM_CODE_DIV] = SHAPE(0, 2),
    [DGM_CODE_FLOOR_DIV] = SHAPE(0, 2),
    [DGM_CODE_MOD] = SHAPE(0, 2),
    [DGM_CODE_BIT_AND] = SHAPE(0, 2),
    [DGM_CODE_BIT_OR] = SHAPE(0, 2),
    [DGM_CODE_BIT_XOR] = SHAPE(0, 2),
    [DGM_CODE_SHL] = SHAPE(0, 2),
    [DGM_CODE_SHR] = SHAPE(0, 2),
    [DGM_CODE_BIT] = SHAPE(0, 2),
    [DGM_CODE_MIN] = SHAPE(0, 2),
    [DGM_CODE_MAX] = SHAPE(0, 2),
    [DGM_CODE_ABS] = SHAPE(0, 1),
    [DGM_CODE_FIRST] = SHAPE(2, 0),
    [DGM_CODE_LAST] = SHAPE(2, 0),
    [DGM_CODE_STEP] = SHAPE(2, 0),
    [DGM_CODE_SUM] = SHAPE(2, 0),
    [DGM_CODE_REGION] = SHAPE(0, 0),
    [DGM_CODE_PART] = SHAPE(2, 0),
    [DGM_CODE_GIVEN] = SHAPE(2, 0),
    [DGM_CODE_COUNT_GIVEN] = SHAPE(2, 0),
    [DGM_CODE_CHOICE] = SHAPE(2, 1),
    [DGM_CODE_CHOICE_RAW] = SHAPE(2, 1),
    [DGM_CODE_CONTRADICTS] = SHAPE(2, 0),
    [DGM_CODE_LEFT_MEMBER] = SHAPE(2, 0),
    [DGM_CODE_ROUND] = SHAPE(1, 1),
    [DGM_CODE_FLOOR] = SHAPE(0, 1),
    [DGM_CODE_CEIL] = SHAPE(0, 1),
    [DGM_CODE_SIGN] = SHAPE(0, 1),
    [DGM_CODE_SQRT] = SHAPE(0, 1),
    [DGM_CODE_LN] = SHAPE(0, 1),
    [DGM_CODE_LOG10] = SHAPE(0, 1),
    [DGM_CODE_EXP] = SHAPE(0, 1),
    [DGM_CODE_POW] = SHAPE(0, 2),
    [DGM_CODE_POW10] = SHAPE(0, 1),
    [DGM_CODE_CURVE] = SHAPE(2, 1),
    [DGM_CODE_LEFT] = SHAPE(0, 0),
    [DGM_CODE_TOPIC] = SHAPE(4, 0),
    [DGM_CODE_FRAME_BYTES] = SHAPE(2, 1),
    [DGM_CODE_ONES] = SHAPE(0, 1),
};

#undef SHAPE

static unsigned shape_operands(uint8_t code)
{
    return shapes[code] >> 2 & 31;
}

static unsigned shape_pops(uint8_t code)
{
    return shapes[code] & 3;
}

bool machine_shape(uint8_t code, unsigned *ret_operands, unsigned *ret_pops,
                   unsigned *ret_pushes)
{
    if (code >= sizeof(shapes) / sizeof(shapes[0]) || shapes[code] == 0)
        return false;
    *ret_operands = shape_operands(code);
    *ret_pops = shape_pops(code);
    *ret_pushes = 1;
    return true;
}

struct value value_missing(void)
{
    struct value value;
    memset(&value, 0, sizeof(value));
    return value;
}

struct value value_number(struct number number)
{
    struct value value = {number, VALUE_NUMBER};
    return value;
}

struct value value_i64(int64_t number)
{
    struct number exact = {wide_from_i64(number), 0};
    return value_number(exact);
}

struct value value_u64(uint64_t number)
{
    struct number exact = {wide_from_u64(number), 0};
    return value_number(exact);
}

struct value value_bool(bool truth)
{
    struct value value = value_u64(truth);
    value.kind = VALUE_BOOL;
    return value;
}

/* Does the topic of the call pass the filter at that text? */
static struct value push_topic(const struct machine *machine, const uint8_t *operand)
{
    uint32_t at = 0;
    for (unsigned i = 4; i-- > 0;)
        at = at << 8 | operand[i];
    if (machine->call == NULL || machine->call->topic == NULL)
        return value_missing();
    const char *filter = machine->codec->pool + at;
    return value_bool(topic_fits(filter, strlen(filter), machine->call->topic,
                                 machine->call->topic_length));
}

static uint16_t operand_u16(const uint8_t *operand)
{
    return (uint16_t)(operand[0] | operand[1] << 8);
}

static struct value push_const(const uint8_t *operand)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < 8; i++)
        bits |= (uint64_t)operand[i] << (8 * i);
    struct value value = value_i64((int64_t)bits);
    value.number.digits = operand[8];
    return value;
}

static struct value push_received(const struct machine *machine)
{
    const struct dgm_call *call = machine->call;
    if (call == NULL || !call->has_received)
        return value_missing();
    struct value value = value_i64(call->received_ms);
    value.number.digits = 3;
    return value;
}

static struct value push_member(const struct machine *machine, uint8_t code,
                                const uint8_t *operand)
{
    if (!HAS_ENCODE || machine->member == NULL)
        return value_missing();
    return machine->member(machine->user, code, operand_u16(operand));
}

static struct value push_request_slot(const struct machine *machine, uint16_t slot)
{
    if (!machine->has_request || slot >= machine->request_slot_count)
        return value_missing();
    return machine->request_slots[slot];
}

/* Operations that take nothing from the stack. */
static ONE_COPY struct value push_input(const struct machine *machine, uint8_t code,
                                        const uint8_t *operand)
{
    switch (code) {
    case DGM_CODE_CONST:
        return push_const(operand);
    case DGM_CODE_TRUE:
    case DGM_CODE_FALSE:
        return value_bool(code == DGM_CODE_TRUE);
    case DGM_CODE_SLOT:
        return machine->slots[operand_u16(operand)];
    case DGM_CODE_MEMBER:
    case DGM_CODE_HAS_MEMBER:
    case DGM_CODE_LENGTH_MEMBER:
    case DGM_CODE_COUNT_MEMBER:
    case DGM_CODE_PART:
    case DGM_CODE_FIRST:
    case DGM_CODE_LAST:
    case DGM_CODE_STEP:
    case DGM_CODE_SUM:
    case DGM_CODE_GIVEN:
    case DGM_CODE_COUNT_GIVEN:
    case DGM_CODE_CONTRADICTS:
    case DGM_CODE_LEFT_MEMBER:
        return push_member(machine, code, operand);
    case DGM_CODE_ROLE:
        return machine->roles != NULL ? machine->roles[operand[0]] : value_missing();
    case DGM_CODE_INDEX:
        return value_u64(machine->index);
    case DGM_CODE_FRAME_LENGTH:
        if (HAS_ENCODE && machine->member != NULL)
            return machine->member(machine->user, code, 0);
        return value_u64(machine->frame_length);
    case DGM_CODE_LEFT:
        return machine->left != NULL ? value_u64(machine->left(machine->decoder))
                                     : value_missing();
    case DGM_CODE_REGION:
        return value_u64(machine->region);
    case DGM_CODE_CHANNEL:
        if (machine->call == NULL || !machine->call->has_channel)
            return value_missing();
        return value_u64(machine->call->channel);
    case DGM_CODE_TOPIC:
        return HAS_TOPICS ? push_topic(machine, operand) : value_missing();
    case DGM_CODE_RECEIVED:
        return push_received(machine);
    case DGM_CODE_REQUEST_SLOT:
        return HAS_REPLIES ? push_request_slot(machine, operand_u16(operand))
                           : value_missing();
    case DGM_CODE_REQUEST_LENGTH:
        return HAS_REPLIES && machine->has_request ? value_u64(machine->request_length)
                                                   : value_missing();
    case DGM_CODE_REQUEST_VALID:
        return HAS_REPLIES && machine->has_request ? value_bool(machine->request_valid)
                                                   : value_missing();
    default:
        return value_missing();
    }
}

static bool is_true(const struct value *value)
{
    return value->kind != VALUE_MISSING && !wide_is_zero(value->number.mantissa);
}

static struct value request_byte(const struct machine *machine, const struct value *at)
{
    struct wide whole;
    uint64_t offset;
    if (!machine->has_request || !value_to_wide(at, &whole))
        return value_missing();
    if (!wide_to_u64(whole, &offset) || offset >= machine->request_length)
        return value_missing();
    return value_u64(machine->request[offset]);
}

/* Signed choices are told by their order: a low end above the high one is negative. */
static bool is_in_choice(const struct dgm_choice *choice, const struct wide *raw)
{
    uint64_t word;
    int64_t number;
    if (wide_to_u64(*raw, &word) && choice->low <= choice->high)
        return word >= choice->low && word <= choice->high;
    return wide_to_i64(*raw, &number) && number >= (int64_t)choice->low &&
           number <= (int64_t)choice->high;
}

/* Between a raw value and its place in an enum; missing if there is none. */
static struct value choice_value(const struct dgm_codec *codec, uint8_t code,
                                 uint16_t index, const struct value *x)
{
    const struct dgm_enum *list = &codec->enums[index];
    struct wide whole;
    uint64_t place;
    if (!number_to_wide(x->number, &whole))
        return value_missing();
    if (code == DGM_CODE_CHOICE_RAW) {
        if (!wide_to_u64(whole, &place) || place >= list->count)
            return value_missing();
        return value_i64((int64_t)codec->choices[list->first + place].low);
    }
    for (unsigned i = 0; i < list->count; i++)
        if (is_in_choice(&codec->choices[list->first + i], &whole))
            return value_u64(i);
    return value_missing();
}

/* Bit operations see 64-bit words: negative numbers in two's complement. */
static bool to_word(const struct value *value, uint64_t *ret)
{
    struct wide whole;
    int64_t negative;
    if (!number_to_wide(value->number, &whole))
        return false;
    if (wide_to_u64(whole, ret))
        return true;
    if (!wide_to_i64(whole, &negative))
        return false;
    *ret = (uint64_t)negative;
    return true;
}

/* An integer of the frame, or of the part around that has a size; beyond it: missing. */
static enum dgm_status frame_bytes(const struct machine *machine, const uint8_t *operand,
                                   struct value *x)
{
    struct value at = *x;
    struct wide whole;
    int64_t offset;
    unsigned count = operand[0];
    if (machine->frame == NULL)
        return DGM_NOT_ENCODABLE;
    *x = value_missing();
    if (at.kind != VALUE_NUMBER || !number_to_wide(at.number, &whole) ||
        !wide_to_i64(whole, &offset))
        return DGM_OK;
    int64_t length = (int64_t)(*machine->end - *machine->start);
    if (offset < -length || offset > length)
        return DGM_OK;
    if (offset < 0)
        offset += length;
    if (length - offset < (int64_t)count)
        return DGM_OK;
    const uint8_t *bytes = machine->frame + *machine->start + offset;
    *x = value_u64(frame_load(bytes, count, operand[1]));
    return DGM_OK;
}

/* Bits that are set, of a negative number in two's complement. */
static enum dgm_status count_ones(struct value *x)
{
    uint64_t word;
    unsigned count = 0;
    if (!to_word(x, &word))
        return DGM_OVERFLOW;
    for (; word != 0; word &= word - 1)
        count++;
    *x = value_u64(count);
    return DGM_OK;
}

static enum dgm_status unary(const struct machine *machine, uint8_t code,
                             const uint8_t *operand, struct value *x)
{
    if (code == DGM_CODE_HAS) {
        *x = value_bool(x->kind != VALUE_MISSING);
        return DGM_OK;
    }
    if (x->kind == VALUE_MISSING)
        return DGM_OK;
    if (code == DGM_CODE_NOT) {
        *x = value_bool(!is_true(x));
        return DGM_OK;
    }
    if (HAS_OPERATORS && code == DGM_CODE_FRAME_BYTES)
        return frame_bytes(machine, operand, x);
    if (HAS_OPERATORS && code == DGM_CODE_ONES)
        return count_ones(x);
    if (HAS_REPLIES && code == DGM_CODE_REQUEST_BYTE) {
        *x = request_byte(machine, x);
        return DGM_OK;
    }
    if (HAS_OPERATORS && (code == DGM_CODE_CHOICE || code == DGM_CODE_CHOICE_RAW)) {
        *x = choice_value(machine->codec, code, operand_u16(operand), x);
        return DGM_OK;
    }
    if (HAS_FLOATS && code == DGM_CODE_ROUND) {
        *x = value_rounded(x, operand[0], REAL_AWAY);
        return DGM_OK;
    }
    if (HAS_FLOATS && code == DGM_CODE_CURVE) {
        struct value at = *x;
        return curve_value(machine->codec, operand_u16(operand), &at, x);
    }
    if (HAS_FLOATS && (value_is_float(x) || machine_is_function(code))) {
        *x = machine_real_unary(code, x);
        return DGM_OK;
    }
    if (HAS_OPERATORS && code == DGM_CODE_ABS && !wide_is_negative(x->number.mantissa))
        return DGM_OK;
    return wide_negate(&x->number.mantissa) ? DGM_OK : DGM_OVERFLOW;
}

static bool holds(uint8_t code, int order)
{
    switch (code) {
    case DGM_CODE_EQ:
        return order == 0;
    case DGM_CODE_NE:
        return order != 0;
    case DGM_CODE_LT:
        return order < 0;
    case DGM_CODE_LE:
        return order <= 0;
    case DGM_CODE_GT:
        return order > 0;
    default:
        return order >= 0;
    }
}

/* Exact quotient as a decimal, or missing: x / y = (x * 10^k / y) / 10^k for the first k
 * that fits. */
static struct value exact_quotient(struct number x, struct number y)
{
    struct wide factor, quotient, remainder;
    if (!wide_mul_pow10(x.mantissa, y.digits, &factor))
        return value_missing();
    for (unsigned extra = 0; extra + x.digits <= NUMBER_MAX_DIGITS; extra++) {
        if (!wide_floor_div(factor, y.mantissa, &quotient, &remainder))
            return value_missing();
        if (wide_is_zero(remainder)) {
            struct number result = {quotient, (uint8_t)(x.digits + extra)};
            return value_number(result);
        }
        if (!wide_mul_pow10(factor, 1, &factor))
            return value_missing();
    }
    return value_missing();
}

static enum dgm_status arithmetic(uint8_t code, const struct value *x,
                                  const struct value *y, struct value *ret)
{
    struct number result;
    bool fits;
    if (code == DGM_CODE_MUL)
        fits = number_multiply(&x->number, &y->number, &result);
    else
        fits = number_combine(&x->number, &y->number, code == DGM_CODE_SUB, &result);
    /* Decimals with too many digits go on as floats. */
    bool whole = x->number.digits == 0 && y->number.digits == 0;
    if (!fits && whole)
        return DGM_OVERFLOW;
    if (!HAS_FLOATS && !fits)
        return DGM_OVERFLOW;
    *ret = fits ? value_number(result) : machine_real_binary(code, x, y);
    return DGM_OK;
}

/* // and % of decimals too: both sides are brought to whole numbers of one unit. */
static enum dgm_status floor_division(uint8_t code, const struct value *x,
                                      const struct value *y, struct value *ret)
{
    struct number left = x->number, right = y->number;
    uint8_t digits = left.digits > right.digits ? left.digits : right.digits;
    if (!wide_mul_pow10(left.mantissa, digits - (unsigned)left.digits, &left.mantissa) ||
        !wide_mul_pow10(right.mantissa, digits - (unsigned)right.digits, &right.mantissa))
        return DGM_OVERFLOW;
    struct wide quotient, remainder;
    if (!wide_floor_div(left.mantissa, right.mantissa, &quotient, &remainder)) {
        *ret = value_missing();
        return DGM_OK;
    }
    struct number result = {quotient, 0};
    if (code == DGM_CODE_MOD) {
        result.mantissa = remainder;
        result.digits = digits;
    }
    *ret = value_number(result);
    return DGM_OK;
}

static enum dgm_status shift_left(const struct value *x, uint64_t count,
                                  struct value *ret)
{
    struct number power = {wide_from_u64(1), 0};
    if (count > 63)
        return DGM_OVERFLOW;
    power.mantissa = wide_from_u64((uint64_t)1 << count);
    struct value factor = value_number(power);
    return arithmetic(DGM_CODE_MUL, x, &factor, ret);
}

static enum dgm_status shift_right(const struct value *x, uint64_t count,
                                   struct value *ret)
{
    struct value divisor = value_u64((uint64_t)1 << (count & 63));
    if (count > 63)
        return DGM_OVERFLOW;
    return floor_division(DGM_CODE_FLOOR_DIV, x, &divisor, ret);
}

static enum dgm_status bitwise(uint8_t code, const struct value *x, const struct value *y,
                               struct value *ret)
{
    uint64_t left, right;
    if (value_is_float(x) || value_is_float(y))
        return DGM_OVERFLOW;
    if (!to_word(x, &left) || !to_word(y, &right))
        return DGM_OVERFLOW;
    bool is_signed =
        wide_is_negative(x->number.mantissa) || wide_is_negative(y->number.mantissa);
    uint64_t bits;
    switch (code) {
    case DGM_CODE_SHL:
        return shift_left(x, right, ret);
    case DGM_CODE_SHR:
        return shift_right(x, right, ret);
    case DGM_CODE_BIT:
        *ret = value_bool(right < 64 && (left >> right & 1) != 0);
        return DGM_OK;
    case DGM_CODE_BIT_AND:
        bits = left & right;
        is_signed =
            wide_is_negative(x->number.mantissa) && wide_is_negative(y->number.mantissa);
        break;
    case DGM_CODE_BIT_OR:
        bits = left | right;
        break;
    default:
        bits = left ^ right;
        is_signed =
            wide_is_negative(x->number.mantissa) != wide_is_negative(y->number.mantissa);
        break;
    }
    *ret = is_signed ? value_i64((int64_t)bits) : value_u64(bits);
    return DGM_OK;
}

/* Exact where it comes out even. */
static struct value quotient(const struct value *x, const struct value *y)
{
    struct value exact = exact_quotient(x->number, y->number);
    return exact.kind != VALUE_MISSING ? exact : machine_real_binary(DGM_CODE_DIV, x, y);
}

static bool is_arithmetic(uint8_t code)
{
    return code >= DGM_CODE_ADD && code <= DGM_CODE_MOD;
}

static enum dgm_status binary_numbers(uint8_t code, const struct value *x,
                                      const struct value *y, struct value *ret)
{
    bool has_float = value_is_float(x) || value_is_float(y);
    if (HAS_FLOATS && (code == DGM_CODE_POW || (has_float && is_arithmetic(code)))) {
        *ret = machine_real_binary(code, x, y);
        return DGM_OK;
    }
    switch (code) {
    case DGM_CODE_ADD:
    case DGM_CODE_SUB:
    case DGM_CODE_MUL:
        return arithmetic(code, x, y, ret);
    case DGM_CODE_DIV:
        if (HAS_FLOATS)
            *ret = quotient(x, y);
        return DGM_OK;
    case DGM_CODE_FLOOR_DIV:
    case DGM_CODE_MOD:
        return HAS_OPERATORS ? floor_division(code, x, y, ret) : DGM_INTERNAL;
    case DGM_CODE_MIN:
    case DGM_CODE_MAX: {
        bool left_less = value_compare(x, y) < 0;
        *ret = left_less == (code == DGM_CODE_MIN) ? *x : *y;
        return DGM_OK;
    }
    default:
        return HAS_OPERATORS ? bitwise(code, x, y, ret) : DGM_INTERNAL;
    }
}

/* Here and below `ret` may be one of the operands: it is written last. */
static enum dgm_status binary(uint8_t code, const struct value *x, const struct value *y,
                              struct value *ret)
{
    bool missing = x->kind == VALUE_MISSING || y->kind == VALUE_MISSING;
    if (code == DGM_CODE_OR_ELSE) {
        *ret = x->kind == VALUE_MISSING ? *y : *x;
        return DGM_OK;
    }
    if (code == DGM_CODE_AND || code == DGM_CODE_OR) {
        bool both = is_true(x) && is_true(y);
        *ret = value_bool(code == DGM_CODE_AND ? both : is_true(x) || is_true(y));
        return DGM_OK;
    }
    if (code >= DGM_CODE_EQ && code <= DGM_CODE_GE) {
        *ret = value_bool(!missing && holds(code, value_compare(x, y)));
        return DGM_OK;
    }
    if (missing) {
        *ret = value_missing();
        return DGM_OK;
    }
    return binary_numbers(code, x, y, ret);
}

enum dgm_status machine_binary(uint8_t code, const struct value *x, const struct value *y,
                               struct value *ret)
{
    return binary(code, x, y, ret);
}

enum dgm_status machine_run(const struct machine *machine, uint16_t expr,
                            struct value *ret)
{
    const struct dgm_expr *entry = &machine->codec->exprs[expr];
    const uint8_t *code = machine->codec->code + entry->at;
    const uint8_t *end = code + entry->length;
    struct value stack[MACHINE_STACK];
    unsigned depth = 0;
    while (code < end) {
        uint8_t operation = *code++;
        unsigned pops = shape_pops(operation);
        enum dgm_status status = DGM_OK;
        if (pops == 0) {
            stack[depth++] = push_input(machine, operation, code);
        } else if (pops == 1) {
            status = unary(machine, operation, code, &stack[depth - 1]);
        } else if (pops == 2) {
            depth--;
            struct value *left = &stack[depth - 1];
            status = binary(operation, left, &stack[depth], left);
        } else {
            depth -= 2;
            stack[depth - 1] =
                is_true(&stack[depth - 1]) ? stack[depth] : stack[depth + 1];
        }
        if (status != DGM_OK)
            return status;
        code += shape_operands(operation);
    }
    *ret = stack[0];
    return DGM_OK;
}

enum dgm_status machine_test(const struct machine *machine, uint16_t expr, bool *ret)
{
    struct quick_value quick;
    struct value value;
    if (HAS_SPEED && machine_quick(machine->codec, machine->slots, expr, &quick)) {
        *ret = quick_is_true(&quick);
        return DGM_OK;
    }
    enum dgm_status status = machine_run(machine, expr, &value);
    if (status == DGM_OK)
        *ret = is_true(&value);
    return status;
}

enum dgm_status machine_count(const struct machine *machine, uint16_t expr, uint32_t *ret)
{
    struct quick_value quick;
    struct value value;
    struct wide whole;
    uint64_t count;
    if (HAS_SPEED && machine_quick(machine->codec, machine->slots, expr, &quick) &&
        quick_is_count(&quick)) {
        *ret = (uint32_t)quick.number;
        return DGM_OK;
    }
    enum dgm_status status = machine_run(machine, expr, &value);
    if (status != DGM_OK)
        return status;
    if (!value_to_wide(&value, &whole) || !wide_to_u64(whole, &count) ||
        count > DGM_MAX_FRAME)
        return DGM_LENGTH;
    *ret = (uint32_t)count;
    return DGM_OK;
}
