/* SPDX-License-Identifier: MIT */
/*
 * Formulas and conditions of LoRa payload schemas as expressions of a profile. Their
 * operators bind as in Python; those of C and JavaScript that mean the same are read as
 * well.
 */
#include "lora_parts.h"

#include <ctype.h>
#include <string.h>

enum {
    MOST_TOKENS = 512, /* an expression has far fewer operations */
    MOST_DEPTH = 32
};

struct reader {
    struct lora *lora;
    const struct node *node;
    const char *raw; /* what `x` and `value` stand for, or NULL */
    const char *at;  /* the token under way */
    size_t length;   /* of it; 0 at the end */
    unsigned tokens, depth;
    bool failed;
};

static size_t operator_length(const char *at)
{
    static const char *const operators[] = {"===", "!==", "**", "//", "<<", ">>",
                                            "<=",  ">=",  "==", "!=", "&&", "||"};
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        size_t length = strlen(operators[i]);
        if (strncmp(at, operators[i], length) == 0) {
            return length;
        }
    }
    return 1;
}

static bool is_word_byte(char byte)
{
    return isalnum((unsigned char)byte) != 0 || byte == '_';
}

/* A number, or a name with its '$' and its points. */
static size_t word_length(const char *at)
{
    bool number = isdigit((unsigned char)at[0]) != 0 || at[0] == '.';
    bool hex = at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
    size_t length = at[0] == '$';
    for (;; length++) {
        bool sign = number && !hex && length > 0 && strchr("+-", at[length]) != NULL &&
                    (at[length - 1] == 'e' || at[length - 1] == 'E');
        if (at[length] == '\0' ||
            (!is_word_byte(at[length]) && at[length] != '.' && !sign)) {
            return length;
        }
    }
}

static void next(struct reader *reader)
{
    reader->at += reader->length;
    reader->at += strspn(reader->at, " \t\r\n");
    char byte = *reader->at;
    bool word = is_word_byte(byte) || byte == '$' || byte == '.';
    reader->length = byte == '\0' ? 0
                     : word       ? word_length(reader->at)
                                  : operator_length(reader->at);
}

static const char *fail(struct reader *reader)
{
    if (!reader->failed) {
        lora_error(reader->lora, reader->node, "the formula is not understood %s'%s'",
                   reader->length > 0 ? "at " : "behind ",
                   reader->length > 0 ? reader->at : reader->node->text);
    }
    reader->failed = true;
    return "0";
}

static bool is(const struct reader *reader, const char *token)
{
    return reader->length == strlen(token) &&
           strncmp(reader->at, token, reader->length) == 0;
}

static bool take(struct reader *reader, const char *token)
{
    if (reader->failed || !is(reader, token)) {
        return false;
    }
    if (++reader->tokens > MOST_TOKENS) {
        (void)fail(reader);
        return false;
    }
    next(reader);
    return true;
}

/* Operators between two operands, and what they are called here. */
struct operation {
    const char *theirs, *ours;
};

enum { LEVELS = 6, OPERATIONS = 4 };

/* Of the levels the last one binds closest. */
static const struct operation levels[LEVELS][OPERATIONS] = {
    {{"|", "|"}},
    {{"^", "^"}},
    {{"&", "&"}},
    {{"<<", "<<"}, {">>", ">>"}},
    {{"+", "+"}, {"-", "-"}},
    {{"*", "*"}, {"//", "//"}, {"/", "/"}, {"%", "%"}}};

static const char *take_of(struct reader *reader, const struct operation *operations,
                           size_t count)
{
    for (size_t i = 0; i < count && operations[i].theirs != NULL; i++) {
        if (take(reader, operations[i].theirs)) {
            return operations[i].ours;
        }
    }
    return NULL;
}

static const char *conditional(struct reader *reader);
static const char *unary(struct reader *reader);

static const char *brackets(struct reader *reader)
{
    const char *text = conditional(reader);
    return take(reader, ")") ? arena_format(reader->lora->arena, "(%s)", text)
                             : fail(reader);
}

/* Behind the '(' of a function. */
static const char *call(struct reader *reader, const char *name)
{
    static const struct operation functions[] = {
        {"pow", "pow"},     {"abs", "abs"},     {"fabs", "abs"}, {"sqrt", "sqrt"},
        {"min", "min"},     {"max", "max"},     {"exp", "exp"},  {"log", "ln"},
        {"log10", "log10"}, {"floor", "floor"}, {"ceil", "ceil"}};
    const char *point = strchr(name, '.'), *ours = NULL;
    bool ours_or_math =
        point == NULL || strncmp(name, "Math.", 5) == 0 || strncmp(name, "math.", 5) == 0;
    for (size_t i = 0; ours_or_math && i < sizeof(functions) / sizeof(functions[0]);
         i++) {
        if (strcmp(point != NULL ? point + 1 : name, functions[i].theirs) == 0) {
            ours = functions[i].ours;
        }
    }
    if (ours == NULL) {
        lora_error(reader->lora, reader->node, "the function '%s' is not known", name);
        reader->failed = true;
        return "0";
    }
    const char *text =
        arena_format(reader->lora->arena, "%s(%s", ours, conditional(reader));
    while (take(reader, ",")) {
        text = arena_format(reader->lora->arena, "%s, %s", text, conditional(reader));
    }
    return take(reader, ")") ? arena_format(reader->lora->arena, "%s)", text)
                             : fail(reader);
}

/* ".5" and "5." are numbers there, too. */
static const char *number(struct reader *reader, const char *word)
{
    struct exact value;
    size_t length = strlen(word);
    if (word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
        return word;
    }
    if (length > 1 && word[length - 1] == '.') {
        word = arena_copy(reader->lora->arena, word, --length);
    }
    if (word[0] == '.') {
        word = arena_format(reader->lora->arena, "0%s", word);
        length++;
    }
    const struct node node = {.kind = NODE_SCALAR,
                              .where = reader->node->where,
                              .text = word,
                              .length = length};
    if (!lora_number(reader->lora, &node, &value)) {
        reader->failed = true;
        return "0";
    }
    return lora_digits(reader->lora, value);
}

static const char *name(struct reader *reader, const char *word)
{
    static const struct operation words[] = {
        {"True", "true"}, {"true", "true"}, {"False", "false"}, {"false", "false"}};
    if (reader->raw != NULL && (strcmp(word, "x") == 0 || strcmp(word, "value") == 0)) {
        return reader->raw;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(word, words[i].theirs) == 0) {
            return words[i].ours;
        }
    }
    return lora_reference(reader->lora, word);
}

static const char *primary(struct reader *reader)
{
    char byte = reader->length > 0 ? *reader->at : '\0';
    if (take(reader, "(")) {
        return brackets(reader);
    }
    if (reader->failed || (!is_word_byte(byte) && byte != '$' && byte != '.')) {
        return fail(reader);
    }
    const char *word = arena_copy(reader->lora->arena, reader->at, reader->length);
    next(reader);
    if (isdigit((unsigned char)byte) != 0 || byte == '.') {
        return number(reader, word);
    }
    if (byte != '$' && take(reader, "(")) {
        return call(reader, word);
    }
    return name(reader, word);
}

/* `**` binds closer than a sign in front, and less than one behind. */
static const char *power(struct reader *reader)
{
    const char *base = primary(reader);
    return take(reader, "**")
               ? arena_format(reader->lora->arena, "pow(%s, %s)", base, unary(reader))
               : base;
}

static const char *prefixed(struct reader *reader)
{
    struct arena *arena = reader->lora->arena;
    if (take(reader, "+")) {
        return unary(reader);
    }
    if (take(reader, "-")) {
        const char *text = unary(reader);
        return arena_format(arena, text[0] == '-' ? "-(%s)" : "-%s", text);
    }
    if (take(reader, "~")) {
        return arena_format(arena, "(-1 - %s)", unary(reader));
    }
    return take(reader, "!") ? arena_format(arena, "(not %s)", unary(reader))
                             : power(reader);
}

static const char *unary(struct reader *reader)
{
    if (++reader->depth > MOST_DEPTH) {
        return fail(reader);
    }
    const char *text = prefixed(reader);
    reader->depth--;
    return text;
}

static const char *binary(struct reader *reader, size_t level)
{
    if (level == LEVELS) {
        return unary(reader);
    }
    const char *text = binary(reader, level + 1), *ours;
    while ((ours = take_of(reader, levels[level], OPERATIONS)) != NULL) {
        text = arena_format(reader->lora->arena, "%s %s %s", text, ours,
                            binary(reader, level + 1));
    }
    return text;
}

/* `a < b < c` is `a < b and b < c`. */
static const char *comparison(struct reader *reader)
{
    static const struct operation operations[] = {
        {"===", "=="}, {"!==", "!="}, {"==", "=="}, {"!=", "!="},
        {"<=", "<="},  {">=", ">="},  {"<", "<"},   {">", ">"}};
    const char *left = binary(reader, 0), *text = NULL, *ours;
    while ((ours = take_of(reader, operations,
                           sizeof(operations) / sizeof(operations[0]))) != NULL) {
        const char *right = binary(reader, 0);
        text = arena_format(reader->lora->arena, "%s%s%s %s %s", text != NULL ? text : "",
                            text != NULL ? " and " : "", left, ours, right);
        left = right;
    }
    return text != NULL ? text : left;
}

static const char *negation(struct reader *reader)
{
    bool turned = false, any = false;
    while (take(reader, "not")) {
        turned = !turned;
        any = true;
    }
    const char *text = comparison(reader);
    return any ? arena_format(reader->lora->arena, turned ? "not (%s)" : "(%s)", text)
               : text;
}

static const char *conjunction(struct reader *reader)
{
    const char *text = negation(reader);
    while (take(reader, "&&") || take(reader, "and")) {
        text = arena_format(reader->lora->arena, "%s and %s", text, negation(reader));
    }
    return text;
}

static const char *disjunction(struct reader *reader)
{
    const char *text = conjunction(reader);
    while (take(reader, "||") || take(reader, "or")) {
        text = arena_format(reader->lora->arena, "%s or %s", text, conjunction(reader));
    }
    return text;
}

/* `c ? a : b`, or `a if c else b`. */
static const char *conditional(struct reader *reader)
{
    if (++reader->depth > MOST_DEPTH) {
        return fail(reader);
    }
    const char *first = disjunction(reader), *text = first;
    bool asks = take(reader, "?");
    if (asks || take(reader, "if")) {
        const char *second = asks ? conditional(reader) : disjunction(reader);
        if (!take(reader, asks ? ":" : "else")) {
            return fail(reader);
        }
        const char *third = conditional(reader);
        text = arena_format(reader->lora->arena, "(%s if %s else %s)",
                            asks ? second : first, asks ? first : second, third);
    }
    reader->depth--;
    return text;
}

const char *lora_formula(struct lora *lora, const struct node *node, const char *raw)
{
    if (!node_expect(&lora->diag, node, NODE_SCALAR, "a formula")) {
        return "0";
    }
    struct reader reader = {.lora = lora, .node = node, .raw = raw, .at = node->text};
    next(&reader);
    const char *text = conditional(&reader);
    return reader.length == 0 || reader.failed ? text : fail(&reader);
}
