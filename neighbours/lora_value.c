/* SPDX-License-Identifier: MIT */
/* Calculated fields of LoRa payload schemas as expressions. */
#include "lora_parts.h"

#include <ctype.h>
#include <string.h>

/* `$name`, or a number. */
static const char *operand(struct lora *lora, const struct node *node,
                           const struct node *field)
{
    struct exact value;
    if (node != NULL && node->kind == NODE_SCALAR && node->text[0] == '$') {
        return lora_reference(lora, node->text);
    }
    if (node == NULL) {
        lora_error(lora, field, "an operand is missing");
        return "0";
    }
    if (node->kind == NODE_SCALAR && node->length > 0 &&
        (isalpha((unsigned char)node->text[0]) != 0 || node->text[0] == '_')) {
        return lora_reference(lora, node->text);
    }
    if (!lora_number(lora, node, &value)) {
        return "0";
    }
    const char *digits = lora_digits(lora, value);
    return digits[0] == '-' ? arena_format(lora->arena, "(%s)", digits) : digits;
}

static const char *compute(struct lora *lora, const struct node *field,
                           const struct node *node)
{
    static const struct {
        const char *word, *operation;
    } operations[] = {{"add", "+"}, {"sub", "-"},   {"mul", "*"},
                      {"div", "/"}, {"idiv", "//"}, {"mod", "%"}};
    const struct node *op = node_get(node, "op");
    const char *word = op != NULL && op->kind == NODE_SCALAR ? op->text : "";
    lora_know_keys(lora, node, "op a b");
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        if (strcmp(word, operations[i].word) == 0) {
            return arena_format(
                lora->arena, "%s %s %s", operand(lora, node_get(node, "a"), field),
                operations[i].operation, operand(lora, node_get(node, "b"), field));
        }
    }
    lora_error(lora, node, "the operation '%s' is not known", word);
    return "0";
}

/* Horner's way, from the highest power. */
static const char *polynomial(struct lora *lora, const struct node *coefficients,
                              const char *x)
{
    const char *text = NULL;
    struct exact value;
    if (!node_expect(&lora->diag, coefficients, NODE_LIST, "'polynomial'")) {
        return "0";
    }
    for (size_t i = 0; i < coefficients->count; i++) {
        if (!lora_number(lora, coefficients->items[i], &value)) {
            return "0";
        }
        const char *digits = lora_digits(lora, value);
        if (text == NULL) {
            text = digits;
        } else if (exact_is_zero(value)) {
            text = arena_format(lora->arena, "(%s) * %s", text, x);
        } else {
            text = arena_format(lora->arena, "(%s) * %s + (%s)", text, x, digits);
        }
    }
    return text != NULL ? text : "0";
}

/* The value of a field that conditions of its own may name. */
struct own_value {
    const struct node *field;
    const char *text;
};

/* Does `$name` stand for the field itself? */
static bool is_own(struct lora *lora, const struct node *node, const struct node *field)
{
    const struct node *variable = node_get(field, "var");
    const char *own = lora_own_name(field);
    if (node == NULL || node->kind != NODE_SCALAR) {
        return false;
    }
    const char *reference = lora_reference(lora, node->text);
    return (own != NULL && strcmp(reference, lora_reference(lora, own)) == 0) ||
           (variable != NULL && variable->kind == NODE_SCALAR &&
            strcmp(reference, lora_reference(lora, variable->text)) == 0);
}

static const char *comparison(struct lora *lora, const struct node *one,
                              const struct own_value *own)
{
    static const struct {
        const char *word, *operation;
    } words[] = {{"gt", ">"},   {"gte", ">="}, {"lt", "<"},
                 {"lte", "<="}, {"eq", "=="},  {"ne", "!="}};
    const struct node *field = node_get(one, "field");
    const char *text = NULL, *left;
    lora_know_keys(lora, one, "field gt gte lt lte eq ne");
    left = is_own(lora, field, own->field) ? arena_format(lora->arena, "(%s)", own->text)
                                           : operand(lora, field, one);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const struct node *value = node_get(one, words[i].word);
        if (value != NULL) {
            text = arena_format(lora->arena, "%s%s%s %s %s", text != NULL ? text : "",
                                text != NULL ? " and " : "", left, words[i].operation,
                                operand(lora, value, one));
        }
    }
    if (text == NULL) {
        lora_error(lora, one,
                   "a comparison needs 'field' and one of gt gte lt lte eq ne");
        return "true";
    }
    return text;
}

/* All comparisons of `when`. */
static const char *condition_of(struct lora *lora, const struct node *when,
                                const struct own_value *own)
{
    if (when == NULL || when->kind != NODE_LIST) {
        return when != NULL ? comparison(lora, when, own) : "true";
    }
    const char *text = NULL;
    for (size_t i = 0; i < when->count; i++) {
        const char *one = comparison(lora, when->items[i], own);
        text = text == NULL ? one : arena_format(lora->arena, "%s and %s", text, one);
    }
    return text != NULL ? text : "true";
}

/* What the arithmetic of the field begins with. */
static const char *source_of(struct lora *lora, const struct node *field)
{
    const struct node *calculation = node_get(field, "compute");
    const struct node *formula = node_get(field, "formula"),
                      *ref = node_get(field, "ref");
    const struct node *powers = node_get(field, "polynomial");
    const char *text = NULL;
    if (calculation != NULL) {
        text = compute(lora, field, calculation);
    } else if (ref != NULL) {
        text = operand(lora, ref, field);
    } else if (node_get(field, "value") != NULL) {
        text = operand(lora, node_get(field, "value"), field);
    }
    if (formula != NULL) {
        text = lora_formula(lora, formula, text);
    }
    if (text == NULL) {
        lora_error(lora, field, "a number needs 'ref', 'compute', 'formula' or 'value'");
        return "0";
    }
    return powers != NULL ? polynomial(lora, powers, text) : text;
}

/* `else` of a guard; NULL where the field is left out. */
static const struct node *otherwise_of(const struct node *guard)
{
    const struct node *instead = node_get(guard, "else");
    bool null = instead != NULL && instead->kind == NODE_SCALAR &&
                strcmp(instead->text, "null") == 0;
    return null ? NULL : instead;
}

/* "< 32768" of the raw value; NULL after an error. */
static const char *range_condition(struct lora *lora, const struct node *rule,
                                   const char *raw)
{
    const struct node *when = node_get(rule, "when");
    struct exact value;
    if (when == NULL || when->kind != NODE_SCALAR) {
        lora_error(lora, rule,
                   "a rule of 'match_value' needs a 'when' such as '< 32768'");
        return NULL;
    }
    size_t length = strspn(when->text, "<>=! ");
    const struct node number = {.kind = NODE_SCALAR,
                                .where = when->where,
                                .text = when->text + length,
                                .length = when->length - length};
    if (length == 0) {
        lora_error(lora, when, "'%s' is no comparison such as '< 32768'", when->text);
        return NULL;
    }
    if (!lora_number(lora, &number, &value)) {
        return NULL;
    }
    return arena_format(lora->arena, "%s %s", raw, when->text);
}

/* The arithmetic of the first rule whose range has the raw value. */
static const char *by_range(struct lora *lora, const struct node *rules, const char *raw)
{
    const char *text = raw;
    struct lora_chain chain;
    if (!node_expect(&lora->diag, rules, NODE_LIST, "'match_value'")) {
        return raw;
    }
    for (size_t i = rules->count; i-- > 0;) {
        const char *condition = range_condition(lora, rules->items[i], raw);
        if (condition == NULL || !lora_chain_of(lora, rules->items[i], raw, &chain)) {
            return raw;
        }
        text =
            arena_format(lora->arena, "(%s if %s else %s)", chain.text, condition, text);
    }
    return text;
}

/* What the arithmetic of a field on the wire begins with. */
static const char *wire_source(struct lora *lora, const struct node *field,
                               const char *raw)
{
    const struct node *formula = node_get(field, "formula");
    const struct node *rules = node_get(field, "match_value");
    const struct node *powers = node_get(field, "polynomial");
    if (formula != NULL) {
        raw = lora_formula(lora, formula, raw);
    }
    if (rules != NULL) {
        raw = by_range(lora, rules, raw);
    }
    return powers != NULL ? polynomial(lora, powers, raw) : raw;
}

static void put_value(struct lora *lora, const struct node *field, const char *text,
                      const struct lora_chain *chain)
{
    lora_open(lora, '{');
    (void)lora_put_name(lora, field);
    lora_key(lora, "value");
    out_text(&lora->out, scalar_json_string(lora->arena, text, strlen(text)));
    lora->fresh = false;
    if (chain->rounds) {
        lora_word(lora, "decimals", arena_format(lora->arena, "%u", chain->decimals));
        lora_word(lora, "ties", "even");
    }
    lora_put_lookup(lora, field, 63, true);
    lora_put_limits(lora, field);
    lora_put_notes(lora, field);
    lora_close(lora, '}');
}

/* A group of one item that is there under a condition. */
static void open_when(struct lora *lora, const char *condition)
{
    lora_open(lora, '{');
    lora_text(lora, "when", condition);
    lora_key(lora, "fields");
    lora_open(lora, '[');
}

static void close_when(struct lora *lora)
{
    lora_close(lora, ']');
    lora_close(lora, '}');
}

/* `else` as it is declared: no table and no rounding applies to it. */
static void put_otherwise(struct lora *lora, const struct node *field,
                          const struct node *instead)
{
    bool refers = instead->kind == NODE_SCALAR && instead->text[0] == '$';
    const char *json = refers ? NULL : scalar_json(&lora->diag, instead);
    lora_open(lora, '{');
    (void)lora_put_name(lora, field);
    if (refers) {
        lora_text(lora, "value", lora_reference(lora, instead->text));
    } else if (json != NULL) {
        lora_word(lora, "literal", json);
    }
    lora_put_notes(lora, field);
    lora_close(lora, '}');
}

/* Can one expression say both, the value and what stands in for it? */
static bool is_plain_choice(const struct node *field, const struct node *instead,
                            const struct lora_chain *chain)
{
    struct exact value;
    return !chain->rounds && !lora_has_labels(field) && instead->kind == NODE_SCALAR &&
           (instead->text[0] == '$' ||
            (!instead->quoted &&
             exact_parse(instead->text, instead->length, false, &value)));
}

/* The value where the guard holds; else another one, or none. */
static void put_guarded(struct lora *lora, const struct node *field,
                        const struct node *guard, const struct lora_chain *chain)
{
    const struct node *instead = otherwise_of(guard);
    const struct own_value own = {field, chain->text};
    lora_know_keys(lora, guard, "when else");
    const char *condition = condition_of(lora, node_get(guard, "when"), &own);
    if (instead != NULL && is_plain_choice(field, instead, chain)) {
        put_value(lora, field,
                  arena_format(lora->arena, "%s if %s else %s", chain->text, condition,
                               operand(lora, instead, guard)),
                  chain);
        return;
    }
    open_when(lora, condition);
    put_value(lora, field, chain->text, chain);
    close_when(lora);
    if (instead != NULL) {
        open_when(lora, arena_format(lora->arena, "not (%s)", condition));
        put_otherwise(lora, field, instead);
        close_when(lora);
    }
}

void lora_put_number(struct lora *lora, const struct node *field, const char *raw)
{
    const struct node *guard = node_get(field, "guard");
    struct lora_chain chain;
    const char *text =
        raw == NULL ? source_of(lora, field) : wire_source(lora, field, raw);
    if (!lora_chain_of(lora, field, text, &chain)) {
        return;
    }
    if (guard != NULL) {
        put_guarded(lora, field, guard, &chain);
    } else {
        put_value(lora, field, chain.text, &chain);
    }
}
