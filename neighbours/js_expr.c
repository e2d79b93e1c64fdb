/* SPDX-License-Identifier: MIT */
/*
 * Expressions. Where each operand is known to be a small whole number or a truth value,
 * they are JavaScript's own; elsewhere helper functions have the core's arithmetic.
 */
#include "js_expr.h"
#include "tables.h"

#include <string.h>

static uint64_t read_operand(const uint8_t *bytes, unsigned count)
{
    uint64_t value = 0;
    for (unsigned i = count; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

const char *js_in_brackets(const struct expression *work, struct operand operand)
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
        js->walks_again = true;
        return whole("totalOf(f)", false, true, 0, 65535);
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
    case DGM_CODE_LEFT_MEMBER:
        return truth(
            js_text(js, "m[%u] !== undefined && !isSettled(f, %u)", number, number),
            false);
    case DGM_CODE_GIVEN:
        return any(js_text(js, "givenName(f, m, %u, %u)", number, js_family(js, number)));
    case DGM_CODE_COUNT_GIVEN:
        return any(js_text(js, "countNames(m, %u, %u)", number, js_family(js, number)));
    case DGM_CODE_CONTRADICTS:
        return truth(js_contradicts(js, js->first + number), true);
    case DGM_CODE_PART:
        return any(js_part_number(js, work->row, number));
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

const char *js_call(const struct expression *work, const char *name, const char *operands)
{
    const char *path = work->row != NULL ? js_pool(work->js, work->row->path) : "''";
    return js_text(work->js, "%s(f, %s, %s)", name, path, operands);
}

/* Between a raw value and its place in an enum. */
static struct operand in_choices(const struct expression *work, uint8_t code,
                                 const uint8_t *operand, struct operand x)
{
    struct js *js = work->js;
    const struct dgm_enum *list = js_enums(js) + read_operand(operand, 2);
    const char *text = "";
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = js_choices_at(js) + list->first + i;
        bool is_signed = choice->low > choice->high || choice->high >> 63 != 0;
        const char *low =
            is_signed ? js_i64(js, (int64_t)choice->low) : js_u64(js, choice->low);
        const char *high =
            is_signed ? js_i64(js, (int64_t)choice->high) : js_u64(js, choice->high);
        text = js_text(js, code == DGM_CODE_CHOICE ? "%s%s[%s, %s]" : "%s%s%s", text,
                       i > 0 ? ", " : "", low, high);
    }
    return any(js_text(js,
                       code == DGM_CODE_CHOICE ? "placeOf(%s, [%s])" : "rawAt(%s, [%s])",
                       x.text, text));
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
    return any(js_call(work, "curve",
                       js_text(js, "%s, [%s], %u", x.text, list, curve->outside)));
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
        return truth(js_text(js, "%s !== undefined", js_in_brackets(work, x)), false);
    case DGM_CODE_NOT:
        if (x.kind == KIND_BOOL)
            return truth(js_text(js, "!%s", js_in_brackets(work, x)), true);
        return any(js_text(js, "denied(%s)", x.text));
    case DGM_CODE_FRAME_BYTES:
        return of_bytes(work, operand, x);
    case DGM_CODE_ONES:
        return any(js_call(work, "ones", x.text));
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

/* Values that an operation pops. */
static unsigned pops_of(uint8_t code)
{
    switch (code) {
    case DGM_CODE_SELECT:
        return 3;
    case DGM_CODE_CURVE:
    case DGM_CODE_CHOICE:
    case DGM_CODE_CHOICE_RAW:
    case DGM_CODE_FRAME_BYTES:
    case DGM_CODE_ROUND:
    case DGM_CODE_REQUEST_BYTE:
    case DGM_CODE_HAS:
    case DGM_CODE_NOT:
    case DGM_CODE_NEG:
    case DGM_CODE_ABS:
    case DGM_CODE_ONES:
        return 1;
    case DGM_CODE_OR_ELSE:
    case DGM_CODE_POW:
        return 2;
    default:
        break;
    }
    /* Operations with operands pop nothing but for those above. */
    if (tables_operand_bytes(code) > 0)
        return 0;
    bool is_unary = code >= DGM_CODE_FLOOR && code <= DGM_CODE_POW10;
    bool is_binary = code >= DGM_CODE_AND && code <= DGM_CODE_MAX;
    return is_unary ? 1 : is_binary ? 2 : 0;
}

static struct operand convert(struct expression *work, uint16_t expr)
{
    const struct dgm_expr *entry = js_exprs(work->js) + expr;
    const uint8_t *code = js_code(work->js) + entry->at, *end = code + entry->length;
    while (code < end) {
        uint8_t operation = *code++;
        unsigned pops = pops_of(operation);
        struct operand *top = &work->stack[work->depth];
        if (pops == 0)
            *top = input(work, operation, code);
        else if (pops == 1)
            top[-1] = unary(work, operation, code, top[-1]);
        else if (pops == 2)
            top[-2] = js_binary(work, operation, top[-2], top[-1]);
        else
            top[-3] = js_select(work, top[-3], top[-2], top[-1]);
        work->depth = work->depth + 1 - pops;
        code += tables_operand_bytes(operation);
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
    return result.kind == KIND_BOOL ? result.text : js_as_test(&work, result);
}

const char *js_count(struct js *js, const struct dgm_row *row, uint16_t expr)
{
    struct expression work = {.js = js, .row = row};
    struct operand result = convert(&work, expr);
    if (result.kind == KIND_WHOLE && result.certain && result.low >= 0 &&
        result.high <= 65535)
        return js_in_brackets(&work, result);
    return js_text(js, "counted(f, %s, %s)", js_pool(js, row->path), result.text);
}
