/* SPDX-License-Identifier: MIT */
/*
 * Recursive descent over the grammar of the language, one function per level of binding.
 * Depth and size are limited here, so that later walks over the tree may recurse.
 */
#include "expr_lex.h"

#include <string.h>

enum { MAX_DEPTH = 32, MAX_NODES = 256, MAX_ARGUMENTS = 8 };

struct parser {
    struct lexer lexer;
    struct diag *diag;
    struct token token; /* the one at work */
    unsigned depth, nodes;
    bool failed; /* reported; everything unwinds */
};

static struct expr *parse_expr(struct parser *parser);
static struct expr *parse_unary(struct parser *parser);

static void advance(struct parser *parser)
{
    parser->token = lexer_next(&parser->lexer);
    if (parser->token.kind == TOKEN_BAD) {
        parser->failed = true;
    }
}

static struct expr *fail(struct parser *parser, enum rule rule, struct location where,
                         const char *text)
{
    if (!parser->failed) {
        diag_report(parser->diag, rule, where, "%s", text);
    }
    parser->failed = true;
    return NULL;
}

static struct expr *expected(struct parser *parser, const char *what)
{
    const struct token *token = &parser->token;
    if (parser->failed) {
        return NULL;
    }
    parser->failed = true;
    if (token->kind != TOKEN_END) {
        diag_report(parser->diag, RULE_BAD_EXPRESSION, token->where,
                    "%s is expected before '%.*s'", what, (int)token->length,
                    token->text);
    } else if (!parser->lexer.node->quoted &&
               memchr(parser->lexer.node->text, '(', parser->lexer.node->length)) {
        diag_report(parser->diag, RULE_EXPRESSION_CUT, token->where,
                    "the expression ends where %s is expected; if it holds a comma, put "
                    "it in quotes",
                    what);
    } else {
        diag_report(parser->diag, RULE_BAD_EXPRESSION, token->where,
                    "%s is expected at the end", what);
    }
    return NULL;
}

static bool take(struct parser *parser, const char *word)
{
    if (parser->failed || !token_is(&parser->token, word)) {
        return false;
    }
    advance(parser);
    return true;
}

static struct expr *node_new(struct parser *parser, enum expr_kind kind,
                             struct location where)
{
    if (++parser->nodes > MAX_NODES) {
        return fail(parser, RULE_EXPRESSION_LIMIT, where, "the expression is too long");
    }
    struct expr *expr = arena_alloc(parser->diag->arena, sizeof(*expr));
    expr->kind = kind;
    expr->where = where;
    return expr;
}

static struct expr *operation(struct parser *parser, uint8_t code, struct location where,
                              struct expr *first, struct expr *second)
{
    struct expr *expr = parser->failed ? NULL : node_new(parser, EXPR_OPERATION, where);
    if (expr == NULL) {
        return NULL;
    }
    expr->code = code;
    expr->args[0] = first;
    expr->args[1] = second;
    expr->arg_count = second != NULL ? 2 : 1;
    return expr;
}

static struct expr *number_node(struct parser *parser, struct exact number,
                                struct location where)
{
    struct expr *expr = node_new(parser, EXPR_NUMBER, where);
    if (expr != NULL) {
        expr->number = number;
    }
    return expr;
}

static struct expr *parse_number(struct parser *parser)
{
    struct token token = parser->token;
    struct exact number;
    if (!exact_parse(token.text, token.length, true, &number)) {
        return fail(parser, RULE_BAD_EXPRESSION, token.where,
                    "this number cannot be read");
    }
    advance(parser);
    return number_node(parser, number, token.where);
}

/* Functions that are one operation. */
struct function {
    const char *name;
    uint8_t code;
    uint8_t least, most; /* arguments */
};

static const struct function functions[] = {{"min", DGM_CODE_MIN, 2, 8},
                                            {"max", DGM_CODE_MAX, 2, 8},
                                            {"abs", DGM_CODE_ABS, 1, 1},
                                            {"has", DGM_CODE_HAS, 1, 1},
                                            {"or_else", DGM_CODE_OR_ELSE, 2, 2},
                                            {"floor", DGM_CODE_FLOOR, 1, 1},
                                            {"ceil", DGM_CODE_CEIL, 1, 1},
                                            {"round", DGM_CODE_ROUND, 1, 2},
                                            {"clamp", DGM_CODE_MAX, 3, 3},
                                            {"sign", DGM_CODE_SIGN, 1, 1},
                                            {"sqrt", DGM_CODE_SQRT, 1, 1},
                                            {"ln", DGM_CODE_LN, 1, 1},
                                            {"log10", DGM_CODE_LOG10, 1, 1},
                                            {"exp", DGM_CODE_EXP, 1, 1},
                                            {"float", DGM_CODE_MUL, 1, 1},
                                            {"pow", DGM_CODE_POW, 2, 2},
                                            {"pow10", DGM_CODE_POW10, 1, 1},
                                            {"curve", DGM_CODE_CURVE, 2, 2},
                                            {"count", DGM_CODE_COUNT_MEMBER, 1, 1},
                                            {"size", DGM_CODE_LENGTH_MEMBER, 1, 1},
                                            {"first", DGM_CODE_FIRST, 1, 1},
                                            {"last", DGM_CODE_LAST, 1, 1},
                                            {"step", DGM_CODE_STEP, 1, 1},
                                            {"sum", DGM_CODE_SUM, 1, 1},
                                            {"request.u8", DGM_CODE_REQUEST_BYTE, 1, 1},
                                            {"u8", DGM_CODE_FRAME_BYTES, 1, 1},
                                            {"u16", DGM_CODE_FRAME_BYTES, 1, 1},
                                            {"ones", DGM_CODE_ONES, 1, 1},
                                            {"bits", DGM_CODE_BIT_AND, 3, 3}};

static const char *const planned[] = {"bytes", "request.u16", "request.bytes"};

static const struct function *function_of(struct parser *parser, const char *name,
                                          struct location where)
{
    const char *known[sizeof(functions) / sizeof(functions[0])];
    size_t count = sizeof(functions) / sizeof(functions[0]);
    for (size_t i = 0; i < count; i++) {
        known[i] = functions[i].name;
        if (strcmp(name, functions[i].name) == 0) {
            return &functions[i];
        }
    }
    parser->failed = true;
    for (size_t i = 0; i < sizeof(planned) / sizeof(planned[0]); i++) {
        if (strcmp(name, planned[i]) == 0) {
            diag_report(parser->diag, RULE_NOT_SUPPORTED, where,
                        "the function '%s' is not supported by this version", name);
            return NULL;
        }
    }
    const char *near = diag_nearest(name, known, count);
    diag_report(parser->diag, RULE_BAD_EXPRESSION, where,
                "there is no function '%s'%s%s%s", name, near ? "; did you mean '" : "",
                near ? near : "", near ? "'?" : "");
    diag_fix_nearest(parser->diag, where, name, known, count);
    return NULL;
}

/* round(x, n): the number of decimals is written out. */
static struct expr *round_to(struct parser *parser, struct location where, struct expr *x,
                             const struct expr *decimals)
{
    struct exact number = exact_from_int(0);
    if (parser->failed) {
        return NULL;
    }
    bool known = decimals == NULL || expr_value(decimals, &number);
    if (!known || !exact_is_whole(number) || number.numerator < 0 ||
        number.numerator > DGM_MAX_DIGITS) {
        return fail(parser, RULE_BAD_EXPRESSION,
                    decimals != NULL ? decimals->where : where,
                    "the decimals of round() are a whole number from 0 to 19");
    }
    struct expr *expr = operation(parser, DGM_CODE_ROUND, where, x, NULL);
    if (expr != NULL) {
        expr->operand = (uint16_t)number.numerator;
    }
    return expr;
}

/* curve(name, x) */
static struct expr *along_curve(struct parser *parser, const struct expr *name,
                                struct expr *x)
{
    if (parser->failed) {
        return NULL;
    }
    if (name->kind != EXPR_NAME) {
        return fail(parser, RULE_BAD_EXPRESSION, name->where,
                    "the name of a curve is expected here");
    }
    struct expr *expr = operation(parser, DGM_CODE_CURVE, name->where, x, NULL);
    if (expr != NULL) {
        expr->text = name->text;
    }
    return expr;
}

/* min(a, b, c) becomes min(min(a, b), c). */
/* bits(x, high, low) is x >> low & (1 << high - low + 1) - 1. */
static struct expr *bits_of(struct parser *parser, struct location where,
                            struct expr *const *arguments)
{
    struct expr *one = number_node(parser, exact_from_int(1), where);
    struct exact high, low;
    bool known = expr_value(arguments[1], &high) && expr_value(arguments[2], &low) &&
                 exact_is_whole(high) && exact_is_whole(low);
    if (known &&
        (low.numerator < 0 || high.numerator < low.numerator || high.numerator > 62)) {
        return fail(parser, RULE_BAD_EXPRESSION, where,
                    "bits(x, high, low) is about bits 62 down to 0");
    }
    struct expr *count =
        operation(parser, DGM_CODE_SUB, where, arguments[1], arguments[2]);
    count = operation(parser, DGM_CODE_ADD, where, count, one);
    struct expr *mask = operation(parser, DGM_CODE_SHL, where, one, count);
    mask = operation(parser, DGM_CODE_SUB, where, mask, one);
    if (known) {
        unsigned width = (unsigned)(high.numerator - low.numerator) + 1;
        mask = number_node(parser, (struct exact){((exact_int)1 << width) - 1, 1}, where);
    }
    struct expr *shifted =
        operation(parser, DGM_CODE_SHR, where, arguments[0], arguments[2]);
    return operation(parser, DGM_CODE_BIT_AND, where, shifted, mask);
}

/* float(x) is x * sqrt(1): a number beside a float becomes one. */
static struct expr *float_of(struct parser *parser, struct location where, struct expr *x)
{
    struct expr *one = number_node(parser, exact_from_int(1), where);
    one = operation(parser, DGM_CODE_SQRT, where, one, NULL);
    return operation(parser, DGM_CODE_MUL, where, x, one);
}

/* The number of bytes stands in the node. */
static struct expr *bytes_of_frame(struct parser *parser, struct location where,
                                   struct expr *at, bool single)
{
    struct expr *expr = operation(parser, DGM_CODE_FRAME_BYTES, where, at, NULL);
    if (expr != NULL) {
        expr->number = exact_from_int(single ? 1 : 2);
    }
    return expr;
}

static struct expr *combine(struct parser *parser, const struct function *function,
                            struct location where, struct expr *const *arguments,
                            unsigned count)
{
    if (function->code == DGM_CODE_ROUND) {
        return round_to(parser, where, arguments[0], count > 1 ? arguments[1] : NULL);
    }
    if (function->code == DGM_CODE_CURVE) {
        return along_curve(parser, arguments[0], arguments[1]);
    }
    if (function->code == DGM_CODE_BIT_AND) {
        return bits_of(parser, where, arguments);
    }
    if (function->code == DGM_CODE_MUL) {
        return float_of(parser, where, arguments[0]);
    }
    if (function->code == DGM_CODE_FRAME_BYTES) {
        return bytes_of_frame(parser, where, arguments[0], function->name[1] == '8');
    }
    if (function->least == 3) {
        /* clamp(x, low, high) */
        struct expr *upper =
            operation(parser, DGM_CODE_MIN, where, arguments[0], arguments[2]);
        return operation(parser, DGM_CODE_MAX, where, upper, arguments[1]);
    }
    struct expr *result = arguments[0];
    for (unsigned i = 1; i < count; i++) {
        result = operation(parser, function->code, where, result, arguments[i]);
    }
    return count == 1 ? operation(parser, function->code, where, result, NULL) : result;
}

static struct expr *parse_call(struct parser *parser, const char *name,
                               struct location where)
{
    const struct function *function = function_of(parser, name, where);
    struct expr *arguments[MAX_ARGUMENTS];
    unsigned count = 0;
    if (function == NULL) {
        return NULL;
    }
    do {
        arguments[count++] = parse_expr(parser);
        if (parser->failed) {
            return NULL;
        }
    } while (count < function->most && take(parser, ","));
    if (count < function->least) {
        return expected(parser, "a further argument");
    }
    if (!take(parser, ")")) {
        return expected(parser, "')'");
    }
    return combine(parser, function, where, arguments, count);
}

static const char *append_name(struct parser *parser, const char *path)
{
    const char *longer = arena_format(parser->diag->arena, "%s.%.*s", path,
                                      (int)parser->token.length, parser->token.text);
    advance(parser);
    return longer;
}

static struct expr *name_node(struct parser *parser, const char *path,
                              struct location where)
{
    struct expr *expr = node_new(parser, EXPR_NAME, where);
    if (expr != NULL) {
        expr->text = path;
    }
    return expr;
}

/* flags.3: bit 3 of the raw value. */
static struct expr *parse_bit(struct parser *parser, const char *path,
                              struct location where)
{
    struct expr *name = name_node(parser, path, where);
    struct expr *bit = parse_number(parser);
    if (parser->failed) {
        return NULL;
    }
    struct expr *expr = node_new(parser, EXPR_BIT, bit->where);
    if (expr == NULL) {
        return NULL;
    }
    if (!exact_is_whole(bit->number) || bit->number.numerator > 63) {
        return fail(parser, RULE_BAD_EXPRESSION, bit->where,
                    "a bit is a whole number from 0 to 63");
    }
    expr->number = bit->number;
    expr->args[0] = name;
    expr->arg_count = 1;
    return expr;
}

static struct expr *parse_path(struct parser *parser)
{
    struct location where = parser->token.where;
    const char *path =
        arena_copy(parser->diag->arena, parser->token.text, parser->token.length);
    advance(parser);
    while (take(parser, ".")) {
        if (parser->token.kind == TOKEN_NUMBER) {
            return parse_bit(parser, path, where);
        }
        if (parser->token.kind != TOKEN_NAME) {
            return expected(parser, "a name or the number of a bit");
        }
        path = append_name(parser, path);
        where.width = (unsigned)strlen(path);
    }
    if (take(parser, "(")) {
        return parse_call(parser, path, where);
    }
    return parser->failed ? NULL : name_node(parser, path, where);
}

static struct expr *parse_truth(struct parser *parser, bool truth)
{
    struct expr *expr = node_new(parser, EXPR_BOOL, parser->token.where);
    if (expr != NULL) {
        expr->number = exact_from_int(truth);
    }
    advance(parser);
    return expr;
}

static bool is_reserved_word(const struct token *token)
{
    static const char *const words[] = {"and", "or", "not", "if", "else", "in"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (token_is(token, words[i])) {
            return true;
        }
    }
    return false;
}

static struct expr *parse_atom(struct parser *parser)
{
    struct token token = parser->token;
    if (token.kind == TOKEN_NUMBER) {
        return parse_number(parser);
    }
    if (token.kind == TOKEN_TEXT) {
        struct expr *expr = node_new(parser, EXPR_TEXT, token.where);
        if (expr != NULL) {
            expr->text = arena_copy(parser->diag->arena, token.text, token.length);
        }
        advance(parser);
        return expr;
    }
    if (token_is(&token, "true") || token_is(&token, "false")) {
        return parse_truth(parser, token_is(&token, "true"));
    }
    if (token.kind == TOKEN_NAME && !is_reserved_word(&token)) {
        return parse_path(parser);
    }
    if (take(parser, "(")) {
        struct expr *expr = parse_expr(parser);
        if (!parser->failed && !take(parser, ")")) {
            return expected(parser, "')'");
        }
        return expr;
    }
    return expected(parser, "a value");
}

static bool enter(struct parser *parser)
{
    if (++parser->depth > MAX_DEPTH) {
        fail(parser, RULE_EXPRESSION_LIMIT, parser->token.where,
             "the expression is nested too deeply");
        return false;
    }
    return !parser->failed;
}

static struct expr *parse_unary(struct parser *parser)
{
    struct location where = parser->token.where;
    struct expr *expr = NULL;
    if (enter(parser)) {
        expr = take(parser, "-")
                   ? operation(parser, DGM_CODE_NEG, where, parse_unary(parser), NULL)
                   : parse_atom(parser);
    }
    parser->depth--;
    return expr;
}

/* Binary operators, weakest first; those of a level associate to the left. */
struct binary {
    const char *symbol;
    uint8_t code;
    uint8_t level;
};

static const struct binary binaries[] = {
    {"|", DGM_CODE_BIT_OR, 0}, {"^", DGM_CODE_BIT_XOR, 1}, {"&", DGM_CODE_BIT_AND, 2},
    {"<<", DGM_CODE_SHL, 3},   {">>", DGM_CODE_SHR, 3},    {"+", DGM_CODE_ADD, 4},
    {"-", DGM_CODE_SUB, 4},    {"*", DGM_CODE_MUL, 5},     {"//", DGM_CODE_FLOOR_DIV, 5},
    {"/", DGM_CODE_DIV, 5},    {"%", DGM_CODE_MOD, 5}};

enum { BINARY_LEVELS = 6 };

static const struct binary *binary_at(const struct parser *parser, unsigned level)
{
    for (size_t i = 0; i < sizeof(binaries) / sizeof(binaries[0]); i++) {
        if (binaries[i].level == level && token_is(&parser->token, binaries[i].symbol)) {
            return &binaries[i];
        }
    }
    return NULL;
}

static struct expr *parse_binary(struct parser *parser, unsigned level)
{
    if (level == BINARY_LEVELS) {
        return parse_unary(parser);
    }
    struct expr *left = parse_binary(parser, level + 1);
    const struct binary *binary;
    while (!parser->failed && (binary = binary_at(parser, level)) != NULL) {
        struct location where = parser->token.where;
        advance(parser);
        struct expr *right = parse_binary(parser, level + 1);
        left = operation(parser, binary->code, where, left, right);
    }
    return left;
}

static struct expr *parse_bound(struct parser *parser)
{
    struct location where = parser->token.where;
    bool negative = take(parser, "-");
    if (parser->token.kind != TOKEN_NUMBER) {
        return expected(parser, "a number of the range");
    }
    struct expr *number = parse_number(parser);
    return negative ? operation(parser, DGM_CODE_NEG, where, number, NULL) : number;
}

/* x in 4..9 is x >= 4 and x <= 9; each end may be open. */
static struct expr *parse_range(struct parser *parser, struct expr *value,
                                struct location where)
{
    struct expr *low = NULL, *high = NULL;
    if (!token_is(&parser->token, "..")) {
        low = operation(parser, DGM_CODE_GE, where, value, parse_bound(parser));
    }
    bool is_range = take(parser, "..");
    if (!is_range && !parser->failed) {
        low->code = DGM_CODE_EQ;
        return low;
    }
    if (parser->token.kind == TOKEN_NUMBER || token_is(&parser->token, "-")) {
        high = operation(parser, DGM_CODE_LE, where, value, parse_bound(parser));
    }
    if (low == NULL && high == NULL) {
        return expected(parser, "an end of the range");
    }
    return low != NULL && high != NULL ? operation(parser, DGM_CODE_AND, where, low, high)
           : low != NULL               ? low
                                       : high;
}

static struct expr *parse_comparison(struct parser *parser)
{
    static const struct binary comparisons[] = {
        {"==", DGM_CODE_EQ, 0}, {"!=", DGM_CODE_NE, 0}, {"<=", DGM_CODE_LE, 0},
        {"<", DGM_CODE_LT, 0},  {">=", DGM_CODE_GE, 0}, {">", DGM_CODE_GT, 0}};
    struct expr *left = parse_binary(parser, 0);
    struct location where = parser->token.where;
    if (take(parser, "in")) {
        return parse_range(parser, left, where);
    }
    for (size_t i = 0; i < sizeof(comparisons) / sizeof(comparisons[0]); i++) {
        if (take(parser, comparisons[i].symbol)) {
            struct expr *right = parse_binary(parser, 0);
            return operation(parser, comparisons[i].code, where, left, right);
        }
    }
    return left;
}

static struct expr *parse_not(struct parser *parser)
{
    struct location where = parser->token.where;
    struct expr *expr = NULL;
    if (enter(parser)) {
        expr = take(parser, "not")
                   ? operation(parser, DGM_CODE_NOT, where, parse_not(parser), NULL)
                   : parse_comparison(parser);
    }
    parser->depth--;
    return expr;
}

static struct expr *parse_and(struct parser *parser)
{
    struct expr *left = parse_not(parser);
    struct location where = parser->token.where;
    while (take(parser, "and")) {
        left = operation(parser, DGM_CODE_AND, where, left, parse_not(parser));
        where = parser->token.where;
    }
    return left;
}

static struct expr *parse_or(struct parser *parser)
{
    struct expr *left = parse_and(parser);
    struct location where = parser->token.where;
    while (take(parser, "or")) {
        left = operation(parser, DGM_CODE_OR, where, left, parse_and(parser));
        where = parser->token.where;
    }
    return left;
}

static struct expr *parse_select(struct parser *parser, struct expr *yes,
                                 struct location where)
{
    struct expr *condition = parse_or(parser);
    if (!take(parser, "else")) {
        return expected(parser, "'else'");
    }
    struct expr *no = parse_expr(parser);
    struct expr *expr = operation(parser, DGM_CODE_SELECT, where, condition, yes);
    if (expr != NULL) {
        expr->args[2] = no;
        expr->arg_count = 3;
    }
    return expr;
}

static struct expr *parse_expr(struct parser *parser)
{
    struct expr *expr = NULL;
    if (enter(parser)) {
        expr = parse_or(parser);
        struct location where = parser->token.where;
        if (take(parser, "if")) {
            expr = parse_select(parser, expr, where);
        }
    }
    parser->depth--;
    return expr;
}

struct expr *expr_parse_part(struct diag *diag, const struct node *node, size_t first,
                             size_t length)
{
    struct parser parser = {.diag = diag};
    lexer_init(&parser.lexer, diag, node, first, length);
    advance(&parser);
    struct expr *expr = parse_expr(&parser);
    if (!parser.failed && parser.token.kind != TOKEN_END) {
        expected(&parser, "the end");
    }
    return parser.failed ? NULL : expr;
}

struct expr *expr_parse(struct diag *diag, const struct node *node, const char *what)
{
    if (!node_expect(diag, node, NODE_SCALAR, what)) {
        return NULL;
    }
    return expr_parse_part(diag, node, 0, node->length);
}

struct expr *expr_constant(struct arena *arena, struct exact number,
                           struct location where)
{
    struct expr *expr = arena_alloc(arena, sizeof(*expr));
    expr->kind = EXPR_NUMBER;
    expr->number = number;
    expr->where = where;
    expr->type = exact_is_whole(number) ? EXPR_TYPE_INTEGER : EXPR_TYPE_DECIMAL;
    return expr;
}

struct expr *expr_floor(struct arena *arena, struct expr *expr)
{
    struct expr *floor = arena_alloc(arena, sizeof(*floor));
    floor->kind = EXPR_OPERATION;
    floor->code = DGM_CODE_FLOOR;
    floor->where = expr->where;
    floor->args[0] = expr;
    floor->arg_count = 1;
    return floor;
}
