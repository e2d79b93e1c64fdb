/* SPDX-License-Identifier: MIT */
/* What can be known of an expression before there is a frame: constants, lines, bounds.
 */
#include "expr.h"

#include "item.h"

static bool fold(uint8_t code, struct exact left, struct exact right, struct exact *ret)
{
    switch (code) {
    case DGM_CODE_ADD:
        return exact_add(left, right, ret);
    case DGM_CODE_SUB:
        return exact_sub(left, right, ret);
    case DGM_CODE_MUL:
        return exact_mul(left, right, ret);
    case DGM_CODE_DIV:
        return !exact_is_zero(right) && exact_div(left, right, ret);
    case DGM_CODE_NEG:
        return exact_sub(exact_from_int(0), left, ret);
    default:
        return false;
    }
}

bool expr_value(const struct expr *expr, struct exact *ret)
{
    struct exact left, right = exact_from_int(0);
    if (expr->kind == EXPR_NUMBER) {
        *ret = expr->number;
        return true;
    }
    if (expr->kind != EXPR_OPERATION || expr->arg_count > 2 ||
        !expr_value(expr->args[0], &left)) {
        return false;
    }
    return (expr->arg_count == 1 || expr_value(expr->args[1], &right)) &&
           fold(expr->code, left, right, ret);
}

/* A sum of a multiple of one name and a constant. */
struct line {
    struct item *item; /* NULL: constant */
    struct exact scale, offset;
};

static bool line_of(const struct expr *expr, struct line *ret);

static bool add_lines(struct line left, struct line right, uint8_t code, struct line *ret)
{
    if (left.item != NULL && right.item != NULL && left.item != right.item) {
        return false;
    }
    ret->item = left.item != NULL ? left.item : right.item;
    return fold(code, left.scale, right.scale, &ret->scale) &&
           fold(code, left.offset, right.offset, &ret->offset);
}

static bool scale_line(struct line line, struct exact factor, uint8_t code,
                       struct line *ret)
{
    ret->item = line.item;
    return fold(code, line.scale, factor, &ret->scale) &&
           fold(code, line.offset, factor, &ret->offset);
}

static bool line_of_operation(const struct expr *expr, struct line *ret)
{
    struct line left, right = {NULL, {0, 1}, {0, 1}};
    if (expr->arg_count > 2 || !line_of(expr->args[0], &left) ||
        (expr->arg_count == 2 && !line_of(expr->args[1], &right))) {
        return false;
    }
    switch (expr->code) {
    case DGM_CODE_ADD:
    case DGM_CODE_SUB:
        return add_lines(left, right, expr->code, ret);
    case DGM_CODE_NEG:
        return add_lines(right, left, DGM_CODE_SUB, ret);
    case DGM_CODE_MUL:
        if (left.item == NULL) {
            return scale_line(right, left.offset, DGM_CODE_MUL, ret);
        }
        return right.item == NULL && scale_line(left, right.offset, DGM_CODE_MUL, ret);
    case DGM_CODE_DIV:
        return right.item == NULL && scale_line(left, right.offset, DGM_CODE_DIV, ret);
    case DGM_CODE_SQRT:
        /* The one by which float() multiplies. */
        *ret = left;
        return left.item == NULL && exact_compare(left.offset, exact_from_int(1)) == 0;
    default:
        return false;
    }
}

static bool line_of(const struct expr *expr, struct line *ret)
{
    if (expr->kind == EXPR_NUMBER) {
        *ret = (struct line){NULL, exact_from_int(0), expr->number};
        return true;
    }
    if (expr->kind == EXPR_NAME && expr->target == EXPR_TARGET_SLOT) {
        *ret = (struct line){expr->item, exact_from_int(1), exact_from_int(0)};
        return true;
    }
    return expr->kind == EXPR_OPERATION && line_of_operation(expr, ret);
}

bool expr_linear(const struct expr *expr, struct item **ret_item, struct exact *ret_scale,
                 struct exact *ret_offset)
{
    struct line line;
    if (!line_of(expr, &line) || line.item == NULL || exact_is_zero(line.scale)) {
        return false;
    }
    *ret_item = line.item;
    *ret_scale = line.scale;
    *ret_offset = line.offset;
    return true;
}

struct bounds {
    struct exact low, high;
};

static bool bounds_of(const struct expr *expr, struct bounds *ret);

static struct exact least(struct exact left, struct exact right)
{
    return exact_compare(left, right) < 0 ? left : right;
}

static struct exact greatest(struct exact left, struct exact right)
{
    return exact_compare(left, right) < 0 ? right : left;
}

/* Both operations take their extremes at the corners. */
static bool corners(uint8_t code, const struct bounds *left, const struct bounds *right,
                    struct bounds *ret)
{
    const struct exact lefts[2] = {left->low, left->high};
    const struct exact rights[2] = {right->low, right->high};
    for (unsigned i = 0; i < 4; i++) {
        struct exact value;
        if (!fold(code, lefts[i / 2], rights[i % 2], &value)) {
            return false;
        }
        ret->low = i == 0 ? value : least(ret->low, value);
        ret->high = i == 0 ? value : greatest(ret->high, value);
    }
    return true;
}

static bool is_zero_inside(const struct bounds *bounds)
{
    struct exact zero = exact_from_int(0);
    return exact_compare(bounds->low, zero) <= 0 &&
           exact_compare(bounds->high, zero) >= 0;
}

static bool union_of(const struct bounds *left, const struct bounds *right,
                     struct bounds *ret)
{
    ret->low = least(left->low, right->low);
    ret->high = greatest(left->high, right->high);
    return true;
}

/* Of // and %; the divisor is not around zero. */
static bool bounds_of_division(uint8_t code, const struct bounds *left,
                               const struct bounds *right, struct bounds *ret)
{
    struct exact zero = exact_from_int(0);
    if (is_zero_inside(right)) {
        return false;
    }
    if (code == DGM_CODE_MOD) {
        ret->low = least(right->low, zero);
        ret->high = greatest(right->high, zero);
        return true;
    }
    return corners(DGM_CODE_DIV, left, right, ret) &&
           (code == DGM_CODE_DIV || exact_sub(ret->low, exact_from_int(1), &ret->low));
}

static bool bounds_of_two(uint8_t code, const struct bounds *left,
                          const struct bounds *right, struct bounds *ret)
{
    struct exact zero = exact_from_int(0);
    switch (code) {
    case DGM_CODE_ADD:
    case DGM_CODE_SUB:
    case DGM_CODE_MUL:
        return corners(code, left, right, ret);
    case DGM_CODE_DIV:
    case DGM_CODE_FLOOR_DIV:
    case DGM_CODE_MOD:
        return bounds_of_division(code, left, right, ret);
    case DGM_CODE_MIN:
        ret->low = least(left->low, right->low);
        ret->high = least(left->high, right->high);
        return true;
    case DGM_CODE_MAX:
        ret->low = greatest(left->low, right->low);
        ret->high = greatest(left->high, right->high);
        return true;
    case DGM_CODE_OR_ELSE:
        return union_of(left, right, ret);
    case DGM_CODE_BIT_AND:
        if (exact_compare(right->low, zero) < 0 && exact_compare(left->low, zero) < 0) {
            return false;
        }
        ret->low = zero;
        ret->high = exact_compare(right->low, zero) < 0  ? left->high
                    : exact_compare(left->low, zero) < 0 ? right->high
                                                         : least(left->high, right->high);
        return true;
    case DGM_CODE_SHR:
        return union_of(left, &(struct bounds){zero, zero}, ret) &&
               exact_compare(left->low, zero) >= 0;
    default:
        return false;
    }
}

static bool bounds_of_operation(const struct expr *expr, struct bounds *ret)
{
    struct bounds left, right;
    if (expr->code == DGM_CODE_SELECT) {
        return bounds_of(expr->args[1], &left) && bounds_of(expr->args[2], &right) &&
               union_of(&left, &right, ret);
    }
    if (expr->arg_count != 2) {
        struct bounds zero = {exact_from_int(0), exact_from_int(0)};
        struct bounds one = {exact_from_int(-1), exact_from_int(1)};
        bool rounds = expr->code == DGM_CODE_FLOOR || expr->code == DGM_CODE_CEIL ||
                      expr->code == DGM_CODE_ROUND;
        if (rounds) {
            return bounds_of(expr->args[0], &left) &&
                   corners(DGM_CODE_ADD, &left, &one, ret);
        }
        return expr->code == DGM_CODE_NEG && bounds_of(expr->args[0], &left) &&
               corners(DGM_CODE_SUB, &zero, &left, ret);
    }
    return bounds_of(expr->args[0], &left) && bounds_of(expr->args[1], &right) &&
           bounds_of_two(expr->code, &left, &right, ret);
}

static bool bounds_of(const struct expr *expr, struct bounds *ret)
{
    if (expr->type == EXPR_TYPE_BOOL) {
        *ret = (struct bounds){exact_from_int(0), exact_from_int(1)};
        return true;
    }
    if (expr->kind == EXPR_NUMBER) {
        *ret = (struct bounds){expr->number, expr->number};
        return true;
    }
    if (expr->kind == EXPR_NAME) {
        bool known = expr->target == EXPR_TARGET_SLOT && expr->item != NULL;
        return known && twins_bounds(expr->item, &ret->low, &ret->high);
    }
    return expr->kind == EXPR_OPERATION && bounds_of_operation(expr, ret);
}

bool expr_bounds(const struct expr *expr, struct exact *ret_low, struct exact *ret_high)
{
    struct bounds bounds;
    if (!bounds_of(expr, &bounds)) {
        return false;
    }
    *ret_low = bounds.low;
    *ret_high = bounds.high;
    return true;
}
