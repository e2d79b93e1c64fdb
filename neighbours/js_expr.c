/* SPDX-License-Identifier: MIT */
/*
 * Expressions. Where each operand is known to be a small whole number or a truth value,
 * they are JavaScript's own; elsewhere helper functions have the core's arithmetic.
 */
#include "js_work.h"

#include <string.h>

enum kind { KIND_ANY, KIND_WHOLE, KIND_BOOL };

/* What is known of an operand. Whole ones lie between `low` and `high`. */
struct operand {
    const char *text;
    enum kind kind;
    bool certain; /* it cannot be missing */
    bool simple;  /* the text needs no brackets */
    double low, high;
};

struct expression {
    struct js *js;
    const struct dgm_row *row;
    struct operand stack[DGM_MAX_EXPR_STACK + 1];
    unsigned depth;
};

static const double exact = 9007199254740991.0;

static struct operand any(const char *text)
{
    return (struct operand){text, KIND_ANY, false, true, 0, 0};
}

static struct operand truth(const char *text, bool simple)
{
    return (struct operand){text, KIND_BOOL, true, simple, 0, 1};
}

static struct operand whole(const char *text, bool certain, bool simple, double low,
                            double high)
{
    return (struct operand){text, KIND_WHOLE, certain, simple, low, high};
}

static uint64_t read_operand(const uint8_t *bytes, unsigned count)
{
    uint64_t value = 0;
    for (unsigned i = count; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

static const char *in_brackets(const struct expression *work, struct operand operand)
{
    return operand.simple ? operand.text : js_text(work->js, "(%s)", operand.text);
}

/* The row that keeps the slot; NULL if there are several, or none. */
static const struct dgm_row *keeper(const struct js *js, uint16_t slot)
{
    const struct dgm_row *found = NULL;
    for (unsigned i = 0; i < js->message->row_count; i++) {
        const struct dgm_row *row = &js->first[i];
        bool second = row->op == DGM_OP_SPAN || (row->flags & DGM_ROW_PLACED) != 0;
        if (row->slot == DGM_NONE ||
            (row->slot != slot && !(second && row->slot + 1 == slot)))
            continue;
        if (found != NULL)
            return NULL;
        found = row;
    }
    return found;
}

/* Has the row a value whenever one that stands behind it is at work? */
static bool is_certain(const struct js *js, const struct dgm_row *row,
                       const struct dgm_row *reader)
{
    unsigned at = (unsigned)(row - js->first), user = (unsigned)(reader - js->first);
    if (js->encodes || row >= reader)
        return false;
    for (unsigned i = 0; i <= at; i++) {
        const struct dgm_row *around = &js->first[i];
        unsigned end = i + dgm_row_span(around);
        if (i != at && end < at)
            continue;
        bool inside = i != at && user <= end;
        bool sure = around->when == DGM_NONE && !(around->flags & DGM_ROW_OPTIONAL) &&
                    !(around->flags & DGM_ROW_SILENT);
        bool once = around->op != DGM_OP_REPEAT && around->op != DGM_OP_TLV &&
                    around->op != DGM_OP_CASE;
        if (!inside && (!sure || (i != at && !once)))
            return false;
    }
    return row->limit == DGM_NONE;
}

static struct operand convert(struct expression *work, uint16_t expr);

/* A computed value that is a whole number; `name` is where it is kept. */
static struct operand of_computed(struct js *js, const struct dgm_row *row,
                                  const char *name, bool certain)
{
    struct expression work = {.js = js, .row = row};
    if (row->op != DGM_OP_VALUE || row->show == DGM_SHOW_PIPE || row->role != 0 ||
        js_is_time(row->show))
        return any(name);
    struct operand found = convert(&work, row->expr);
    found.text = name;
    found.simple = true;
    found.certain = found.certain && certain;
    return found.kind == KIND_WHOLE ? found : any(name);
}

static struct operand of_slot(const struct expression *work, uint16_t slot)
{
    struct js *js = work->js;
    const struct dgm_row *row = keeper(js, slot);
    const char *name = js->names[slot] != NULL ? js->names[slot] : "undefined";
    if (row == NULL || row->slot != slot || work->row == NULL)
        return any(name);
    if (row->op == DGM_OP_VALUE && row < work->row)
        return of_computed(js, row, name, is_certain(js, row, work->row));
    bool is_integer =
        row->op == DGM_OP_INT || row->op == DGM_OP_BIT || row->op == DGM_OP_FIELD;
    bool is_plain = row->show != DGM_SHOW_DECIMAL && row->show != DGM_SHOW_FLOAT &&
                    row->show != DGM_SHOW_DOUBLE && row->show != DGM_SHOW_PIPE &&
                    row->show != DGM_SHOW_BOOL && !js_is_time(row->show) &&
                    !(row->flags & (DGM_ROW_SERIES | DGM_ROW_SIGN_MAGNITUDE));
    if (!is_integer || !is_plain || row->width > 48 || row->source == DGM_SOURCE_LATER ||
        row->source == DGM_SOURCE_MEASURE)
        return any(name);
    double span = 1;
    for (unsigned i = 0; i < row->width; i++)
        span *= 2;
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    return whole(name, is_certain(js, row, work->row), true, is_signed ? -span / 2 : 0,
                 is_signed ? span / 2 - 1 : span - 1);
}

static struct operand of_const(const struct expression *work, const uint8_t *operand)
{
    int64_t number = (int64_t)read_operand(operand, 8);
    const char *text = js_decimal(work->js, number, operand[8]);
    if (strchr(text, '\'') != NULL)
        return any(text);
    double value = (double)number;
    for (unsigned i = 0; i < operand[8]; i++)
        value /= 10;
    return whole(text, true, text[0] != '-', value, value);
}

static const char *request_slot(const struct expression *work, unsigned slot)
{
    return js_text(work->js, "request.values[%u]", slot);
}

static const char *role_name(unsigned role)
{
    static const char *const names[DGM_ROLE_COUNT] = {"undefined", "f.mid",
                                                      "f.errcode", "f.hasMore",
                                                      "f.seconds", "f.identifierNumber"};
    return role < DGM_ROLE_COUNT ? names[role] : "undefined";
}

/* Operations that take nothing from the stack. */
static struct operand input(const struct expression *work, uint8_t code,
                            const uint8_t *operand)
{
    struct js *js = work->js;
    unsigned number = (unsigned)read_operand(operand, 2);
    switch (code) {
    case DGM_CODE_CONST:
        return of_const(work, operand);
    case DGM_CODE_TRUE:
    case DGM_CODE_FALSE:
        return truth(code == DGM_CODE_TRUE ? "true" : "false", true);
    case DGM_CODE_MISSING:
        return any("undefined");
    case DGM_CODE_SLOT:
        return of_slot(work, (uint16_t)number);
    case DGM_CODE_ROLE:
        return any(role_name(operand[0]));
    case DGM_CODE_INDEX:
        return whole("f.index", true, true, 0, 65535);
    case DGM_CODE_FRAME_LENGTH:
        if (!js->encodes)
            return whole("f.bytes.length", true, true, 0, 65535);
        break;
    case DGM_CODE_LEFT:
        if (!js->encodes)
            return whole("left(f)", true, true, 0, 65535);
        return any("undefined");
    case DGM_CODE_CHANNEL:
        return whole("f.port", false, true, 0, 4294967295.0);
    case DGM_CODE_TOPIC:
        return any(js_text(js,
                           "(f.topic === undefined ? undefined : topicFits(%s, f.topic))",
                           js_pool(js, (uint32_t)read_operand(operand, 4))));
    case DGM_CODE_RECEIVED:
        return any("f.received");
    case DGM_CODE_REQUEST_SLOT:
        return any(request_slot(work, number));
    case DGM_CODE_REQUEST_LENGTH:
        return any("request.length");
    case DGM_CODE_REQUEST_VALID:
        return any("request.valid");
    case DGM_CODE_REGION:
        return whole("f.written", true, true, 0, 65535);
    case DGM_CODE_MEMBER:
        return any(js_text(js, "memberValue(m[%u])", number));
    case DGM_CODE_HAS_MEMBER:
        return truth(js_text(js, "m[%u] !== undefined", number), false);
    case DGM_CODE_LENGTH_MEMBER:
        return any(js_member_length(js, work->row, number));
    case DGM_CODE_COUNT_MEMBER:
        return whole(js_text(js, "countOf(m[%u])", number), true, true, 0, 65535);
    default:
        break;
    }
    js_refuse(js, work->row, "an operation of its expression");
    return any("undefined");
}

static const char *call(const struct expression *work, const char *name,
                        const char *operands)
{
    const char *path = work->row != NULL ? js_pool(work->js, work->row->path) : "''";
    return js_text(work->js, "%s(f, %s, %s)", name, path, operands);
}

static struct operand in_choices(const struct expression *work, uint8_t code,
                                 const uint8_t *operand, struct operand x)
{
    (void)code;
    (void)operand;
    js_refuse(work->js, work->row, "the place of a value in an enum");
    return x;
}

static struct operand of_bytes(const struct expression *work, const uint8_t *operand,
                               struct operand x)
{
    static const char *const arrange[] = {"", ", little", ", lowWordFirst", ", swapped"};
    if (work->js->encodes)
        js_refuse(work->js, work->row, "bytes of a frame that is being written");
    return any(js_text(work->js, "bytesAt(f, %s, %u%s)", x.text, operand[0],
                       arrange[operand[1] & 3]));
}

static struct operand of_curve(const struct expression *work, const uint8_t *operand,
                               struct operand x)
{
    struct js *js = work->js;
    const struct dgm_curve *curve = js_curves(js) + read_operand(operand, 2);
    const char *list = "";
    for (unsigned i = 0; i < curve->count; i++) {
        const struct dgm_point *point = js_points(js) + curve->first + i;
        list = js_text(js, "%s%s[%s, %s]", list, i > 0 ? ", " : "",
                       js_decimal(js, point->x, curve->x_digits),
                       js_decimal(js, point->y, curve->y_digits));
    }
    return any(
        call(work, "curve", js_text(js, "%s, [%s], %u", x.text, list, curve->outside)));
}

static struct operand unary(const struct expression *work, uint8_t code,
                            const uint8_t *operand, struct operand x)
{
    struct js *js = work->js;
    static const char *const functions[] = {
        [DGM_CODE_NEG - DGM_CODE_NEG] = "negate",
        [DGM_CODE_ABS - DGM_CODE_NEG] = "absolute",
        [DGM_CODE_FLOOR - DGM_CODE_NEG] = "floor",
        [DGM_CODE_CEIL - DGM_CODE_NEG] = "ceiling",
        [DGM_CODE_SIGN - DGM_CODE_NEG] = "signOf",
        [DGM_CODE_SQRT - DGM_CODE_NEG] = "squareRoot",
        [DGM_CODE_LN - DGM_CODE_NEG] = "logarithm",
        [DGM_CODE_LOG10 - DGM_CODE_NEG] = "logarithm10",
        [DGM_CODE_EXP - DGM_CODE_NEG] = "exponential",
        [DGM_CODE_POW10 - DGM_CODE_NEG] = "powerOf10",
    };
    switch (code) {
    case DGM_CODE_HAS:
        return truth(js_text(js, "%s !== undefined", in_brackets(work, x)), false);
    case DGM_CODE_NOT:
        if (x.kind == KIND_BOOL)
            return truth(js_text(js, "!%s", in_brackets(work, x)), true);
        return any(js_text(js, "denied(%s)", x.text));
    case DGM_CODE_FRAME_BYTES:
        return of_bytes(work, operand, x);
    case DGM_CODE_ONES:
        return any(call(work, "ones", x.text));
    case DGM_CODE_CHOICE:
    case DGM_CODE_CHOICE_RAW:
        return in_choices(work, code, operand, x);
    case DGM_CODE_ROUND:
        return any(js_text(js, "rounded(%s, %u, false)", x.text, operand[0]));
    case DGM_CODE_CURVE:
        return of_curve(work, operand, x);
    case DGM_CODE_REQUEST_BYTE:
        return any(js_text(js, "request.bytes[%s]", x.text));
    default:
        break;
    }
    const char *name = functions[code - DGM_CODE_NEG];
    return any(js_text(js, "%s(%s)", name, x.text));
}

/* Arithmetic of small whole numbers. */
static bool is_native(struct operand x, struct operand y, double low, double high)
{
    return x.kind == KIND_WHOLE && y.kind == KIND_WHOLE && x.certain && y.certain &&
           low >= -exact && high <= exact;
}

static double smaller(double x, double y)
{
    return x < y ? x : y;
}

static double larger(double x, double y)
{
    return x > y ? x : y;
}

static struct operand arithmetic(const struct expression *work, uint8_t code,
                                 struct operand x, struct operand y)
{
    struct js *js = work->js;
    double corners[4] = {x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high};
    double low = x.low + y.low, high = x.high + y.high;
    const char *sign = "+", *name = "plus";
    if (code == DGM_CODE_SUB) {
        low = x.low - y.high;
        high = x.high - y.low;
        sign = "-";
        name = "minus";
    } else if (code == DGM_CODE_MUL) {
        low = smaller(smaller(corners[0], corners[1]), smaller(corners[2], corners[3]));
        high = larger(larger(corners[0], corners[1]), larger(corners[2], corners[3]));
        sign = "*";
        name = "multiply";
    }
    if (is_native(x, y, low, high))
        return whole(
            js_text(js, "%s %s %s", in_brackets(work, x), sign, in_brackets(work, y)),
            true, false, low, high);
    return any(call(work, name, js_text(js, "%s, %s", x.text, y.text)));
}

/* Bits of numbers below 2^31. */
static bool has_bits(struct operand x)
{
    return x.kind == KIND_WHOLE && x.certain && x.low >= 0 && x.high < 2147483648.0;
}

static struct operand bitwise(const struct expression *work, uint8_t code,
                              struct operand x, struct operand y)
{
    struct js *js = work->js;
    static const struct {
        const char *sign, *name, *operation;
    } forms[] = {{"&", "bitwise", ", bitAnd"},
                 {"|", "bitwise", ", bitOr"},
                 {"^", "bitwise", ", bitXor"},
                 {"<<", "shiftLeft", ""},
                 {">>", "shiftRight", ""}};
    unsigned form = code - DGM_CODE_BIT_AND;
    bool is_shift = code == DGM_CODE_SHL || code == DGM_CODE_SHR;
    if (has_bits(x) && has_bits(y) && code != DGM_CODE_SHL &&
        (!is_shift || y.high < 32)) {
        double high = code == DGM_CODE_BIT_AND ? smaller(x.high, y.high)
                      : code == DGM_CODE_SHR   ? x.high
                                               : 2147483647.0;
        return whole(js_text(js, "%s %s %s", in_brackets(work, x), forms[form].sign,
                             in_brackets(work, y)),
                     true, false, 0, high);
    }
    return any(call(work, forms[form].name,
                    js_text(js, "%s, %s%s", x.text, y.text, forms[form].operation)));
}

static struct operand comparison(const struct expression *work, uint8_t code,
                                 struct operand x, struct operand y)
{
    struct js *js = work->js;
    static const char *const signs[] = {"===", "!==", "<", "<=", ">", ">="};
    const char *sign = signs[code - DGM_CODE_EQ];
    bool native = x.kind == KIND_WHOLE && y.kind == KIND_WHOLE;
    bool certain = x.certain && y.certain;
    if (native && (certain || (code != DGM_CODE_NE && (x.certain || y.certain))))
        return truth(
            js_text(js, "%s %s %s", in_brackets(work, x), sign, in_brackets(work, y)),
            false);
    if (code == DGM_CODE_NE)
        return truth(js_text(js, "Math.abs(order(%s, %s)) > 0", x.text, y.text), false);
    return truth(js_text(js, "order(%s, %s) %s 0", x.text, y.text, sign), false);
}

static const char *as_test(const struct expression *work, struct operand x)
{
    if (x.kind == KIND_BOOL)
        return in_brackets(work, x);
    if (x.kind == KIND_WHOLE && x.certain)
        return js_text(work->js, "%s !== 0", in_brackets(work, x));
    return js_text(work->js, "truth(%s)", x.text);
}

static struct operand binary(const struct expression *work, uint8_t code,
                             struct operand x, struct operand y)
{
    struct js *js = work->js;
    const char *both = js_text(js, "%s, %s", x.text, y.text);
    switch (code) {
    case DGM_CODE_OR_ELSE:
        return x.certain
                   ? x
                   : any(js_text(js, "(%s !== undefined ? %s : %s)", in_brackets(work, x),
                                 in_brackets(work, x), in_brackets(work, y)));
    case DGM_CODE_AND:
    case DGM_CODE_OR:
        return truth(js_text(js, "%s %s %s", as_test(work, x),
                             code == DGM_CODE_AND ? "&&" : "||", as_test(work, y)),
                     false);
    case DGM_CODE_ADD:
    case DGM_CODE_SUB:
    case DGM_CODE_MUL:
        return arithmetic(work, code, x, y);
    case DGM_CODE_DIV:
        return any(call(work, "divide", both));
    case DGM_CODE_FLOOR_DIV:
        return any(call(work, "floorDivide", both));
    case DGM_CODE_MOD:
        return any(call(work, "modulo", both));
    case DGM_CODE_BIT:
        if (has_bits(x) && y.kind == KIND_WHOLE && y.certain && y.low >= 0 && y.high < 31)
            return truth(js_text(js, "(%s >> %s & 1) === 1", in_brackets(work, x),
                                 in_brackets(work, y)),
                         false);
        return any(call(work, "hasBit", both));
    case DGM_CODE_MIN:
        return any(js_text(js, "smaller(%s)", both));
    case DGM_CODE_MAX:
        return any(js_text(js, "larger(%s)", both));
    case DGM_CODE_POW:
        return any(js_text(js, "toPower(%s)", both));
    default:
        break;
    }
    if (code >= DGM_CODE_EQ && code <= DGM_CODE_GE)
        return comparison(work, code, x, y);
    return bitwise(work, code, x, y);
}

/* Operand bytes, and values that are popped. */
static void shape_of(uint8_t code, unsigned *operands, unsigned *pops)
{
    *operands = 0;
    *pops = 0;
    switch (code) {
    case DGM_CODE_CONST:
        *operands = 9;
        return;
    case DGM_CODE_ROLE:
        *operands = 1;
        return;
    case DGM_CODE_TOPIC:
        *operands = 4;
        return;
    case DGM_CODE_SLOT:
    case DGM_CODE_MEMBER:
    case DGM_CODE_HAS_MEMBER:
    case DGM_CODE_LENGTH_MEMBER:
    case DGM_CODE_COUNT_MEMBER:
    case DGM_CODE_REQUEST_SLOT:
    case DGM_CODE_FIRST:
    case DGM_CODE_LAST:
    case DGM_CODE_STEP:
    case DGM_CODE_SUM:
    case DGM_CODE_PART:
    case DGM_CODE_GIVEN:
    case DGM_CODE_COUNT_GIVEN:
    case DGM_CODE_CONTRADICTS:
    case DGM_CODE_LEFT_MEMBER:
        *operands = 2;
        return;
    case DGM_CODE_CURVE:
    case DGM_CODE_CHOICE:
    case DGM_CODE_CHOICE_RAW:
    case DGM_CODE_FRAME_BYTES:
        *operands = 2;
        *pops = 1;
        return;
    case DGM_CODE_ROUND:
        *operands = 1;
        *pops = 1;
        return;
    case DGM_CODE_SELECT:
        *pops = 3;
        return;
    default:
        break;
    }
    bool is_unary =
        code == DGM_CODE_REQUEST_BYTE || code == DGM_CODE_HAS || code == DGM_CODE_NOT ||
        code == DGM_CODE_NEG || code == DGM_CODE_ABS || code == DGM_CODE_ONES ||
        (code >= DGM_CODE_FLOOR && code <= DGM_CODE_POW10 && code != DGM_CODE_POW);
    bool is_binary = code == DGM_CODE_OR_ELSE || code == DGM_CODE_POW ||
                     (code >= DGM_CODE_AND && code <= DGM_CODE_MAX);
    *pops = is_unary ? 1 : is_binary ? 2 : 0;
}

static struct operand select_one(const struct expression *work, struct operand condition,
                                 struct operand yes, struct operand no)
{
    struct operand result =
        any(js_text(work->js, "(%s ? %s : %s)", as_test(work, condition),
                    in_brackets(work, yes), in_brackets(work, no)));
    if (yes.kind == no.kind && yes.kind != KIND_ANY) {
        result.kind = yes.kind;
        result.certain = yes.certain && no.certain;
        result.low = smaller(yes.low, no.low);
        result.high = larger(yes.high, no.high);
    }
    return result;
}

static struct operand convert(struct expression *work, uint16_t expr)
{
    const struct dgm_expr *entry = js_exprs(work->js) + expr;
    const uint8_t *code = js_code(work->js) + entry->at, *end = code + entry->length;
    while (code < end) {
        uint8_t operation = *code++;
        unsigned operands, pops;
        shape_of(operation, &operands, &pops);
        struct operand *top = &work->stack[work->depth];
        if (pops == 0)
            *top = input(work, operation, code);
        else if (pops == 1)
            top[-1] = unary(work, operation, code, top[-1]);
        else if (pops == 2)
            top[-2] = binary(work, operation, top[-2], top[-1]);
        else
            top[-3] = select_one(work, top[-3], top[-2], top[-1]);
        work->depth = work->depth + 1 - pops;
        code += operands;
    }
    return work->stack[0];
}

const char *js_expression(struct js *js, const struct dgm_row *row, uint16_t expr)
{
    struct expression work = {.js = js, .row = row};
    return convert(&work, expr).text;
}

const char *js_test(struct js *js, const struct dgm_row *row, uint16_t expr)
{
    struct expression work = {.js = js, .row = row};
    struct operand result = convert(&work, expr);
    return result.kind == KIND_BOOL ? result.text : as_test(&work, result);
}

const char *js_count(struct js *js, const struct dgm_row *row, uint16_t expr)
{
    struct expression work = {.js = js, .row = row};
    struct operand result = convert(&work, expr);
    if (result.kind == KIND_WHOLE && result.certain && result.low >= 0 &&
        result.high <= 65535)
        return in_brackets(&work, result);
    return js_text(js, "counted(f, %s, %s)", js_pool(js, row->path), result.text);
}
