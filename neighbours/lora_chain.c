/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic of a field, step by step in the order of the schema: as scale and offset
 * while it is a straight line, and as an expression in any case.
 */
#include "lora_parts.h"

#include <string.h>

/* What is finer than profiles can say, to the nearest that they can. */
static bool coarsen(struct exact *value)
{
    enum { DECIMALS = 19 };
    struct exact power = exact_from_int(1), scaled;
    unsigned digits;
    if (exact_digits(*value, &digits)) {
        return true;
    }
    for (int i = 0; i < DECIMALS; i++) {
        (void)exact_mul(power, exact_from_int(10), &power);
    }
    if (!exact_mul(*value, power, &scaled)) {
        return false;
    }
    struct exact whole = {scaled.numerator / scaled.denominator, 1};
    return exact_div(whole, power, value);
}

bool lora_number(struct lora *lora, const struct node *node, struct exact *ret)
{
    if (node == NULL || node->kind != NODE_SCALAR ||
        !exact_parse(node->text, node->length, false, ret) || !coarsen(ret)) {
        lora_error(lora, node != NULL ? node : lora->scope->root,
                   "a number is needed here");
        return false;
    }
    return true;
}

const char *lora_digits(struct lora *lora, struct exact value)
{
    enum { TEXT = 128 };
    char *text = arena_alloc(lora->arena, TEXT);
    (void)exact_text(value, text, TEXT);
    return text;
}

/* "x - 0.5" rather than "x + -0.5". */
static const char *apply(struct lora *lora, const char *left, char operation,
                         struct exact right)
{
    bool adds = operation == '+' || operation == '-';
    if (right.numerator < 0 && adds) {
        right.numerator = -right.numerator;
        operation = operation == '+' ? '-' : '+';
    }
    const char *digits = lora_digits(lora, right);
    bool bare = right.numerator >= 0 && strchr(digits, '/') == NULL;
    return arena_format(lora->arena, bare ? "%s %c %s" : "%s %c (%s)", left, operation,
                        digits);
}

/* A sum in brackets, so that what is multiplied is all of it. */
static const char *factor(struct lora *lora, const char *text)
{
    bool simple = strpbrk(text, " ") == NULL;
    return simple ? text : arena_format(lora->arena, "(%s)", text);
}

static const char *step_text(struct lora *lora, const char *text, char operation,
                             struct exact by)
{
    bool adds = operation == '+' || operation == '-';
    return apply(lora, adds ? text : factor(lora, text), operation, by);
}

static bool step(struct lora *lora, const struct node *node, char operation,
                 struct lora_chain *chain)
{
    struct exact by;
    if (!lora_number(lora, node, &by)) {
        return false;
    }
    if (operation == '/' && exact_is_zero(by)) {
        lora_error(lora, node, "a division by zero");
        return false;
    }
    chain->text = step_text(lora, chain->text, operation, by);
    bool fine = true;
    if (chain->linear && operation == '+') {
        fine = exact_add(chain->offset, by, &chain->offset);
    } else if (chain->linear && operation == '-') {
        fine = exact_sub(chain->offset, by, &chain->offset);
    } else if (chain->linear) {
        bool (*turn)(struct exact, struct exact, struct exact *) =
            operation == '*' ? exact_mul : exact_div;
        fine = turn(chain->scale, by, &chain->scale) &&
               turn(chain->offset, by, &chain->offset);
    }
    chain->linear = chain->linear && fine;
    return true;
}

static bool round_to(struct lora *lora, const struct node *stage, const struct node *to,
                     struct lora_chain *chain)
{
    const struct node *decimals = node_get(stage, "decimals");
    exact_int digits = 0;
    if (decimals == NULL && to->kind == NODE_SCALAR && strcmp(to->text, "true") != 0) {
        decimals = to;
    }
    if (decimals != NULL &&
        !scalar_integer(&lora->diag, decimals, "'decimals'", 0, 15, &digits)) {
        return false;
    }
    chain->rounds = true;
    chain->linear = false;
    chain->decimals = (unsigned)digits;
    return true;
}

/* A stage that is a function of the value. */
static bool stage_function(struct lora *lora, const char *operation,
                           const struct node *value, struct lora_chain *chain)
{
    static const struct {
        const char *name, *format;
    } functions[] = {{"sqrt", "sqrt(max(%s, 0))"},
                     {"abs", "abs(%s)"},
                     {"log10", "log10(max(%s, 0.0000000001))"},
                     {"log", "ln(max(%s, 0.0000000001))"}};
    static const struct {
        const char *name, *before;
    } binary[] = {{"pow", "pow"}, {"floor", "max"}, {"ceiling", "min"}};
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        if (strcmp(operation, functions[i].name) == 0) {
            struct out out;
            const char *mark = strstr(functions[i].format, "%s");
            out_init(&out, lora->arena);
            out_bytes(&out, functions[i].format, (size_t)(mark - functions[i].format));
            out_text(&out, chain->text);
            out_text(&out, mark + 2);
            chain->text = out.text;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof(binary) / sizeof(binary[0]); i++) {
        struct exact by;
        if (strcmp(operation, binary[i].name) == 0 && lora_number(lora, value, &by)) {
            chain->text = arena_format(lora->arena, "%s(%s, %s)", binary[i].before,
                                       chain->text, lora_digits(lora, by));
            return true;
        }
    }
    return false;
}

static bool clamp(struct lora *lora, const struct node *stage, const struct node *range,
                  struct lora_chain *chain)
{
    const struct node *low = node_get(stage, "min"), *high = node_get(stage, "max");
    struct exact from, to;
    if (range->kind == NODE_LIST && range->count == 2) {
        low = range->items[0];
        high = range->items[1];
    }
    if (!lora_number(lora, low, &from) || !lora_number(lora, high, &to)) {
        return false;
    }
    chain->text = arena_format(lora->arena, "clamp(%s, %s, %s)", chain->text,
                               lora_digits(lora, from), lora_digits(lora, to));
    return true;
}

static bool run_stage(struct lora *lora, const struct node *stage, const char *operation,
                      const struct node *value, struct lora_chain *chain)
{
    static const char *const names[] = {"add", "mult", "div", "sub", "mul"};
    static const char codes[] = "+*/-*";
    if (chain->rounds) {
        chain->text =
            arena_format(lora->arena, "round(%s, %u)", chain->text, chain->decimals);
        chain->rounds = false;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(operation, names[i]) == 0) {
            return step(lora, value, codes[i], chain);
        }
    }
    if (strcmp(operation, "round") == 0) {
        return round_to(lora, stage, value, chain);
    }
    chain->linear = false;
    bool done = strcmp(operation, "clamp") == 0
                    ? clamp(lora, stage, value, chain)
                    : stage_function(lora, operation, value, chain);
    if (!done) {
        lora_error(lora, stage, "the stage '%s' is not known or lacks its number",
                   operation);
    }
    return done;
}

/* `{add: 5}`, `{op: round, decimals: 2}` */
static bool take_stage(struct lora *lora, const struct node *stage,
                       struct lora_chain *chain)
{
    if (!node_expect(&lora->diag, stage, NODE_MAP, "a stage of 'transform'")) {
        return false;
    }
    const struct node *named = node_get(stage, "op");
    if (named != NULL && named->kind == NODE_SCALAR) {
        const struct node *value = node_get(stage, "value");
        return run_stage(lora, stage, named->text, value != NULL ? value : stage, chain);
    }
    for (size_t i = 0; i < stage->count; i++) {
        const char *key = stage->keys[i]->text;
        if (strcmp(key, "decimals") != 0 && strcmp(key, "min") != 0 &&
            strcmp(key, "max") != 0 &&
            !run_stage(lora, stage, key, stage->items[i], chain)) {
            return false;
        }
    }
    return true;
}

static bool take_stages(struct lora *lora, const struct node *stages,
                        struct lora_chain *chain)
{
    if (!node_expect(&lora->diag, stages, NODE_LIST, "'transform'")) {
        return false;
    }
    for (size_t i = 0; i < stages->count; i++) {
        if (!take_stage(lora, stages->items[i], chain)) {
            return false;
        }
    }
    return true;
}

/* What is rounded is calculated in binary64, so that what lies halfway in decimals goes
 * where it does in programs. */
static bool has_rounding(const struct node *stages)
{
    for (size_t i = 0; stages != NULL && stages->kind == NODE_LIST && i < stages->count;
         i++) {
        const struct node *op = node_get(stages->items[i], "op");
        bool named = op != NULL && op->kind == NODE_SCALAR;
        if ((named && strcmp(op->text, "round") == 0) ||
            node_get(stages->items[i], "round") != NULL) {
            return true;
        }
    }
    return false;
}

static char operation_of(const char *key)
{
    return strcmp(key, "add") == 0    ? '+'
           : strcmp(key, "mult") == 0 ? '*'
           : strcmp(key, "div") == 0  ? '/'
                                      : '\0';
}

/* Do readers of the language differ on it, because something is added first? */
static bool is_unordered(const struct node *field)
{
    bool adds = false;
    for (size_t i = 0; i < field->count; i++) {
        char operation = operation_of(field->keys[i]->text);
        if (adds && (operation == '*' || operation == '/')) {
            return true;
        }
        adds = adds || operation == '+';
    }
    return false;
}

/* In the order of the keys; or what is added last. */
static bool take_steps(struct lora *lora, const struct node *field,
                       struct lora_chain *chain)
{
    for (int late = 0; late < (lora->adds_last ? 2 : 1); late++) {
        for (size_t i = 0; i < field->count; i++) {
            char operation = operation_of(field->keys[i]->text);
            bool now = !lora->adds_last || (operation == '+') == (late == 1);
            if (operation != '\0' && now &&
                !step(lora, field->items[i], operation, chain)) {
                return false;
            }
        }
    }
    return true;
}

static void note_unordered(struct lora *lora, const struct node *field)
{
    lora->unordered = arena_grow(lora->arena, lora->unordered, lora->unordered_count,
                                 &lora->unordered_capacity, sizeof(*lora->unordered));
    lora->unordered[lora->unordered_count++] = field;
}

bool lora_chain_of(struct lora *lora, const struct node *field, const char *start,
                   struct lora_chain *ret)
{
    const struct node *stages = node_get(field, "transform");
    if (has_rounding(stages)) {
        start = arena_format(lora->arena, "float(%s)", start);
    }
    *ret = (struct lora_chain){.linear = true,
                               .scale = exact_from_int(1),
                               .offset = exact_from_int(0),
                               .text = start};
    bool steps = node_get(field, "formula") == NULL; /* which says all of it */
    if (steps && is_unordered(field)) {
        note_unordered(lora, field);
    }
    return (!steps || take_steps(lora, field, ret)) &&
           (stages == NULL || take_stages(lora, stages, ret));
}

bool lora_chain_fits(const struct lora_chain *chain, unsigned bits)
{
    const exact_int most = (exact_int)1 << 62;
    unsigned of_scale, of_offset;
    struct exact power = exact_from_int(1), scaled;
    if (!chain->linear || exact_is_zero(chain->scale) ||
        !exact_digits(chain->scale, &of_scale) ||
        !exact_digits(chain->offset, &of_offset)) {
        return false;
    }
    unsigned digits = of_scale > of_offset ? of_scale : of_offset;
    for (unsigned i = 0; i < digits; i++) {
        (void)exact_mul(power, exact_from_int(10), &power);
    }
    if (!exact_mul(chain->offset, power, &scaled) || scaled.numerator > most ||
        scaled.numerator < -most || !exact_mul(chain->scale, power, &scaled) ||
        scaled.numerator > most || scaled.numerator < -most) {
        return false;
    }
    exact_int product = scaled.numerator < 0 ? -scaled.numerator : scaled.numerator;
    unsigned width = bits;
    for (; product != 0; product /= 2) {
        width++;
    }
    return width < 120;
}
