/* SPDX-License-Identifier: MIT */
/* Operators of expressions: of small numbers as JavaScript has them, or by helpers. */
#include "js_expr.h"

/* Integers up to here are exact in JavaScript. */
static const double exact = 9007199254740991.0;

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
        return whole(js_text(js, "%s %s %s", js_in_brackets(work, x), sign,
                             js_in_brackets(work, y)),
                     true, false, low, high);
    return any(js_call(work, name, js_text(js, "%s, %s", x.text, y.text)));
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
        return whole(js_text(js, "%s %s %s", js_in_brackets(work, x), forms[form].sign,
                             js_in_brackets(work, y)),
                     true, false, 0, high);
    }
    return any(js_call(work, forms[form].name,
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
        return truth(js_text(js, "%s %s %s", js_in_brackets(work, x), sign,
                             js_in_brackets(work, y)),
                     false);
    if (code == DGM_CODE_NE)
        return truth(js_text(js, "Math.abs(order(%s, %s)) > 0", x.text, y.text), false);
    return truth(js_text(js, "order(%s, %s) %s 0", x.text, y.text, sign), false);
}

const char *js_as_test(const struct expression *work, struct operand x)
{
    if (x.kind == KIND_BOOL)
        return js_in_brackets(work, x);
    if (x.kind == KIND_WHOLE && x.certain)
        return js_text(work->js, "%s !== 0", js_in_brackets(work, x));
    return js_text(work->js, "truth(%s)", x.text);
}

struct operand js_binary(const struct expression *work, uint8_t code, struct operand x,
                         struct operand y)
{
    struct js *js = work->js;
    const char *both = js_text(js, "%s, %s", x.text, y.text);
    switch (code) {
    case DGM_CODE_OR_ELSE:
        return x.certain ? x
                         : any(js_text(js, "(%s !== undefined ? %s : %s)",
                                       js_in_brackets(work, x), js_in_brackets(work, x),
                                       js_in_brackets(work, y)));
    case DGM_CODE_AND:
    case DGM_CODE_OR:
        return truth(js_text(js, "%s %s %s", js_as_test(work, x),
                             code == DGM_CODE_AND ? "&&" : "||", js_as_test(work, y)),
                     false);
    case DGM_CODE_ADD:
    case DGM_CODE_SUB:
    case DGM_CODE_MUL:
        return arithmetic(work, code, x, y);
    case DGM_CODE_DIV:
        return any(js_call(work, "divide", both));
    case DGM_CODE_FLOOR_DIV:
        return any(js_call(work, "floorDivide", both));
    case DGM_CODE_MOD:
        return any(js_call(work, "modulo", both));
    case DGM_CODE_BIT:
        if (has_bits(x) && y.kind == KIND_WHOLE && y.certain && y.low >= 0 && y.high < 31)
            return truth(js_text(js, "(%s >> %s & 1) === 1", js_in_brackets(work, x),
                                 js_in_brackets(work, y)),
                         false);
        return any(js_call(work, "hasBit", both));
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

struct operand js_select(const struct expression *work, struct operand condition,
                         struct operand yes, struct operand no)
{
    struct operand result =
        any(js_text(work->js, "(%s ? %s : %s)", js_as_test(work, condition),
                    js_in_brackets(work, yes), js_in_brackets(work, no)));
    if (yes.kind == no.kind && yes.kind != KIND_ANY) {
        result.kind = yes.kind;
        result.certain = yes.certain && no.certain;
        result.low = smaller(yes.low, no.low);
        result.high = larger(yes.high, no.high);
    }
    return result;
}
