/* SPDX-License-Identifier: MIT */
/* What names of an expression stand for, and whether its types go together. */
#include "expr.h"

#include "item.h"
#include "scalar.h"
#include "topic.h"

#include <string.h>

static bool resolve(struct expr *expr, const struct expr_scope *scope, enum expr_use use);

static bool mismatch(const struct expr_scope *scope, const struct expr *expr,
                     const char *text)
{
    diag_report(scope->diag, RULE_EXPRESSION_TYPE, expr->where, "%s", text);
    return false;
}

bool expr_is_number(const struct expr *expr)
{
    return expr->type == EXPR_TYPE_INTEGER || expr->type == EXPR_TYPE_DECIMAL ||
           expr->type == EXPR_TYPE_FLOAT || expr->type == EXPR_TYPE_ANY;
}

static bool is_whole(const struct expr *expr)
{
    return expr->type == EXPR_TYPE_INTEGER || expr->type == EXPR_TYPE_ANY;
}

static bool is_truth(const struct expr *expr)
{
    return expr->type == EXPR_TYPE_BOOL || expr->type == EXPR_TYPE_ANY;
}

/* A name that stands for bytes, a list or an object has no value of its own. */
static bool check_use(const struct expr *name, const struct expr_scope *scope,
                      enum expr_use use)
{
    const char *text = NULL;
    if (use == EXPR_USE_SERIES)
        return true;
    if (use == EXPR_USE_VALUE && name->type == EXPR_TYPE_BYTES) {
        text = "a text has no value in expressions; use size()";
    } else if (use == EXPR_USE_VALUE && name->type == EXPR_TYPE_LIST) {
        text = "a repetition has no value in expressions; use count()";
    } else if (use == EXPR_USE_VALUE && name->type == EXPR_TYPE_OBJECT) {
        text = "an object has no value in expressions; use has()";
    } else if (use == EXPR_USE_COUNT && name->type != EXPR_TYPE_LIST) {
        text = "count() takes the name of a repetition";
    } else if (use == EXPR_USE_SIZE && name->type != EXPR_TYPE_BYTES) {
        text = "size() takes the name of a text";
    }
    return text == NULL || name->type == EXPR_TYPE_ANY || mismatch(scope, name, text);
}

static bool resolve_name(struct expr *name, const struct expr_scope *scope,
                         enum expr_use use)
{
    static const struct {
        const char *name;
        uint8_t code;
        enum expr_type type;
    } inputs[] = {{"index", DGM_CODE_INDEX, EXPR_TYPE_INTEGER},
                  {"frame.length", DGM_CODE_FRAME_LENGTH, EXPR_TYPE_INTEGER},
                  {"frame.left", DGM_CODE_LEFT, EXPR_TYPE_INTEGER},
                  {"frame.port", DGM_CODE_CHANNEL, EXPR_TYPE_INTEGER},
                  {"frame.time", DGM_CODE_RECEIVED, EXPR_TYPE_DECIMAL},
                  {"request.length", DGM_CODE_REQUEST_LENGTH, EXPR_TYPE_INTEGER},
                  {"request.valid", DGM_CODE_REQUEST_VALID, EXPR_TYPE_BOOL}};
    if (strcmp(name->text, "frame.topic") == 0) {
        return mismatch(scope, name, "a topic is compared with a text and nothing else");
    }
    for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
        if (strcmp(name->text, inputs[i].name) == 0) {
            name->target = EXPR_TARGET_INPUT;
            name->code = inputs[i].code;
            name->type = inputs[i].type;
        }
    }
    return scope->find(scope->user, name, use) && check_use(name, scope, use);
}

static bool check_bit(const struct expr *expr, const struct expr_scope *scope,
                      const struct item *item)
{
    if (item->scaling.given) {
        return mismatch(scope, expr->args[0],
                        "only bits of an unscaled integer have numbers");
    }
    if (item->form == ITEM_INTEGER && expr->number.numerator >= item->width) {
        diag_report(scope->diag, RULE_EXPRESSION_TYPE, expr->where,
                    "'%s' has bits 0 to %u", expr->args[0]->text, item->width - 1);
        return false;
    }
    return true;
}

static bool resolve_bit(struct expr *expr, const struct expr_scope *scope)
{
    struct expr *name = expr->args[0];
    expr->type = EXPR_TYPE_BOOL;
    if (!resolve(name, scope, EXPR_USE_VALUE)) {
        return false;
    }
    if (name->item == NULL || !is_whole(name))
        return mismatch(scope, expr->args[0],
                        "only bits of an unscaled integer have numbers");
    const struct item *item = name->item;
    do {
        if (!check_bit(expr, scope, item))
            return false;
        item = item->twin;
    } while (item != NULL && item != name->item);
    return true;
}

static const char *label_near(struct arena *arena, const struct labels *labels,
                              const char *json)
{
    const char **candidates = arena_array(arena, labels->count + 1, sizeof(*candidates));
    for (size_t i = 0; i < labels->count; i++) {
        candidates[i] = labels->items[i].json;
    }
    return diag_nearest(json, candidates, labels->count);
}

bool expr_is_topic(const struct expr *expr)
{
    return expr->kind == EXPR_NAME && strcmp(expr->text, "frame.topic") == 0;
}

/* A text is compared with the label of an enum, and with nothing else. */
static bool resolve_label(struct expr *expr, const struct expr_scope *scope)
{
    bool swapped = expr->args[0]->kind == EXPR_TEXT;
    struct expr *name = expr->args[swapped ? 1 : 0];
    const struct expr *text = expr->args[swapped ? 0 : 1];
    expr->type = EXPR_TYPE_BOOL;
    if (expr->code != DGM_CODE_EQ && expr->code != DGM_CODE_NE) {
        return mismatch(scope, expr, "texts are compared with == and != only");
    }
    if (expr_is_topic(name)) {
        name->target = EXPR_TARGET_INPUT;
        name->code = DGM_CODE_TOPIC;
        name->type = EXPR_TYPE_TEXT;
        const char *fault = topic_fault(text->text);
        return fault == NULL || mismatch(scope, text, fault);
    }
    if (name->kind != EXPR_NAME) {
        return mismatch(scope, text, "a text is compared with the name of an enum field");
    }
    if (!resolve(name, scope, EXPR_USE_VALUE)) {
        return false;
    }
    const struct labels *labels = name->item != NULL ? name->item->labels : NULL;
    if (labels == NULL || name->target == EXPR_TARGET_MEMBER) {
        return mismatch(scope, text,
                        "a text is compared with an enum field that stands "
                        "before this place");
    }
    const struct item *other = twins_other_labels(name->item);
    if (other != NULL) {
        diag_report(scope->diag, RULE_AMBIGUOUS_NAME, name->where,
                    "'%s' has other texts in %s than in %s; use one enum for both",
                    name->text, diag_line(scope->diag, name->where, other->name_where),
                    diag_line(scope->diag, name->where, name->item->name_where));
        return false;
    }
    struct arena *arena = scope->diag->arena;
    const char *json = scalar_json_string(arena, text->text, strlen(text->text));
    for (size_t i = 0; i < labels->count; i++) {
        if (strcmp(labels->items[i].json, json) == 0) {
            return true;
        }
    }
    const char *near = label_near(arena, labels, json);
    diag_report(scope->diag, RULE_ENUM_LABEL, text->where, "'%s' has no label '%s'%s%s%s",
                name->text, text->text, near ? "; did you mean " : "", near ? near : "",
                near ? "?" : "");
    return false;
}

/* What a function gives, whatever its argument is. */
static void note_function(struct expr *expr, bool whole)
{
    switch (expr->code) {
    case DGM_CODE_FLOOR:
    case DGM_CODE_CEIL:
    case DGM_CODE_SIGN:
        expr->type = EXPR_TYPE_INTEGER;
        break;
    case DGM_CODE_ROUND:
        expr->type = expr->operand == 0 ? EXPR_TYPE_INTEGER : EXPR_TYPE_DECIMAL;
        break;
    case DGM_CODE_POW10:
        expr->type = whole ? EXPR_TYPE_DECIMAL : EXPR_TYPE_FLOAT;
        break;
    case DGM_CODE_CURVE:
        expr->type = EXPR_TYPE_DECIMAL;
        break;
    default:
        expr->type = EXPR_TYPE_FLOAT;
        break;
    }
}

static bool check_arithmetic(struct expr *expr, const struct expr_scope *scope)
{
    bool whole = true, has_float = false;
    for (unsigned i = 0; i < expr->arg_count; i++) {
        if (!expr_is_number(expr->args[i])) {
            return mismatch(scope, expr->args[i],
                            expr->args[i]->type == EXPR_TYPE_BOOL
                                ? "a number is expected here, and this is true or false"
                                : "a number is expected here");
        }
        whole = whole && is_whole(expr->args[i]);
        has_float = has_float || expr->args[i]->type == EXPR_TYPE_FLOAT;
    }
    expr->type = has_float                             ? EXPR_TYPE_FLOAT
                 : whole && expr->code != DGM_CODE_DIV ? EXPR_TYPE_INTEGER
                                                       : EXPR_TYPE_DECIMAL;
    struct exact divisor;
    bool divides = expr->code == DGM_CODE_DIV || expr->code == DGM_CODE_FLOOR_DIV ||
                   expr->code == DGM_CODE_MOD;
    if (divides && expr_value(expr->args[1], &divisor) && exact_is_zero(divisor)) {
        return mismatch(scope, expr->args[1], "the divisor is zero");
    }
    if (expr->code == DGM_CODE_FLOOR_DIV) {
        expr->type = EXPR_TYPE_INTEGER;
    }
    if (expr->code >= DGM_CODE_ROUND) {
        note_function(expr, whole);
    }
    return true;
}

static bool check_bits(struct expr *expr, const struct expr_scope *scope)
{
    expr->type = EXPR_TYPE_INTEGER;
    for (unsigned i = 0; i < expr->arg_count; i++) {
        if (!is_whole(expr->args[i])) {
            return mismatch(scope, expr->args[i], "an integer is expected here");
        }
    }
    return true;
}

static bool check_truths(struct expr *expr, const struct expr_scope *scope)
{
    expr->type = EXPR_TYPE_BOOL;
    for (unsigned i = 0; i < expr->arg_count; i++) {
        if (!is_truth(expr->args[i])) {
            return mismatch(scope, expr->args[i],
                            "true or false is expected here; "
                            "compare the number");
        }
    }
    return true;
}

static bool alike(const struct expr *left, const struct expr *right)
{
    return (expr_is_number(left) && expr_is_number(right)) ||
           (is_truth(left) && is_truth(right));
}

static bool check_comparison(struct expr *expr, const struct expr_scope *scope)
{
    expr->type = EXPR_TYPE_BOOL;
    if (!alike(expr->args[0], expr->args[1])) {
        return mismatch(scope, expr,
                        "the two sides of the comparison are of unlike kinds");
    }
    bool orders = expr->code != DGM_CODE_EQ && expr->code != DGM_CODE_NE;
    if (orders && !expr_is_number(expr->args[0])) {
        return mismatch(scope, expr, "only numbers have an order");
    }
    return true;
}

/* The two values of `if` and or_else(). */
static bool check_either(struct expr *expr, const struct expr_scope *scope,
                         const struct expr *left, const struct expr *right)
{
    if (!alike(left, right)) {
        return mismatch(scope, expr, "the two values are of unlike kinds");
    }
    bool takes_right = left->type == EXPR_TYPE_INTEGER || right->type == EXPR_TYPE_FLOAT;
    expr->type = takes_right ? right->type : left->type;
    return true;
}

static bool check_operation(struct expr *expr, const struct expr_scope *scope)
{
    switch (expr->code) {
    case DGM_CODE_HAS:
        expr->type = EXPR_TYPE_BOOL;
        return true;
    case DGM_CODE_CURVE: {
        const struct curve *curve =
            curves_use(scope->diag, scope->curves, expr->text, expr->where);
        if (curve == NULL)
            return false;
        expr->operand = curve->index;
        return check_arithmetic(expr, scope);
    }
    case DGM_CODE_COUNT_MEMBER:
    case DGM_CODE_LENGTH_MEMBER:
        expr->type = EXPR_TYPE_INTEGER;
        return true;
    case DGM_CODE_FIRST:
    case DGM_CODE_LAST:
    case DGM_CODE_STEP:
    case DGM_CODE_SUM:
        if (!expr_is_number(expr->args[0])) {
            return mismatch(scope, expr->args[0], "a series is made of numbers or times");
        }
        expr->type = expr->args[0]->type;
        return true;
    case DGM_CODE_NOT:
    case DGM_CODE_AND:
    case DGM_CODE_OR:
        return check_truths(expr, scope);
    case DGM_CODE_EQ:
    case DGM_CODE_NE:
    case DGM_CODE_LT:
    case DGM_CODE_LE:
    case DGM_CODE_GT:
    case DGM_CODE_GE:
        return check_comparison(expr, scope);
    case DGM_CODE_OR_ELSE:
        return check_either(expr, scope, expr->args[0], expr->args[1]);
    case DGM_CODE_SELECT:
        if (!is_truth(expr->args[0])) {
            return mismatch(scope, expr->args[0],
                            "the condition of 'if' is true or false");
        }
        return check_either(expr, scope, expr->args[1], expr->args[2]);
    case DGM_CODE_BIT_AND:
    case DGM_CODE_BIT_OR:
    case DGM_CODE_BIT_XOR:
    case DGM_CODE_SHL:
    case DGM_CODE_SHR:
        return check_bits(expr, scope);
    case DGM_CODE_ONES:
        return check_bits(expr, scope);
    case DGM_CODE_FRAME_BYTES:
        expr->operand = scope->little_endian ? DGM_ORDER_LE : DGM_ORDER_BE;
        if (scope->is_written) {
            diag_report(scope->diag, RULE_NOT_ENCODABLE, expr->where,
                        "the bytes of the frame are not known while it is written; mark "
                        "the message 'only: decode'");
            return false;
        }
        return check_bits(expr, scope);
    case DGM_CODE_REQUEST_BYTE:
        if (scope->asks_request == NULL) {
            diag_report(scope->diag, RULE_UNKNOWN_NAME, expr->where,
                        "only replies know a request");
            return false;
        }
        *scope->asks_request = true;
        return check_bits(expr, scope);
    default:
        return check_arithmetic(expr, scope);
    }
}

static bool resolve_operation(struct expr *expr, const struct expr_scope *scope)
{
    enum expr_use use = EXPR_USE_VALUE;
    if (expr->code == DGM_CODE_HAS) {
        use = EXPR_USE_PRESENCE;
    } else if (expr->code == DGM_CODE_COUNT_MEMBER) {
        use = EXPR_USE_COUNT;
    } else if (expr->code == DGM_CODE_LENGTH_MEMBER) {
        use = EXPR_USE_SIZE;
    }
    if (expr->code >= DGM_CODE_FIRST && expr->code <= DGM_CODE_SUM) {
        use = EXPR_USE_SERIES;
        expr->args[0]->code = expr->code; /* who finds the name asks what for */
    }
    bool measures =
        use == EXPR_USE_COUNT || use == EXPR_USE_SIZE || use == EXPR_USE_SERIES;
    if (measures && expr->args[0]->kind != EXPR_NAME) {
        return mismatch(scope, expr->args[0], "a name is expected here");
    }
    bool fine = true;
    for (unsigned i = 0; i < expr->arg_count; i++) {
        if (expr->arg_count == 2 && expr->args[i]->kind == EXPR_TEXT) {
            return resolve_label(expr, scope);
        }
    }
    for (unsigned i = 0; i < expr->arg_count; i++) {
        fine = resolve(expr->args[i], scope, use) && fine;
    }
    return fine && check_operation(expr, scope);
}

static bool resolve(struct expr *expr, const struct expr_scope *scope, enum expr_use use)
{
    switch (expr->kind) {
    case EXPR_NUMBER:
        expr->type = exact_is_whole(expr->number) ? EXPR_TYPE_INTEGER : EXPR_TYPE_DECIMAL;
        return true;
    case EXPR_BOOL:
        expr->type = EXPR_TYPE_BOOL;
        return true;
    case EXPR_TEXT:
        expr->type = EXPR_TYPE_TEXT;
        return mismatch(scope, expr, "a text stands only beside == and !=");
    case EXPR_NAME:
        return resolve_name(expr, scope, use);
    case EXPR_BIT:
        return resolve_bit(expr, scope);
    default:
        return resolve_operation(expr, scope);
    }
}

bool expr_resolve(struct expr *expr, const struct expr_scope *scope)
{
    return resolve(expr, scope, EXPR_USE_VALUE);
}

void expr_each_name(struct expr *expr, void (*visit)(struct expr *name, void *user),
                    void *user)
{
    if (expr->kind == EXPR_NAME) {
        visit(expr, user);
    }
    for (unsigned i = 0; i < expr->arg_count; i++) {
        expr_each_name(expr->args[i], visit, user);
    }
}
