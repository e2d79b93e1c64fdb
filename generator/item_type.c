/* SPDX-License-Identifier: MIT */
/* Types: "u16le", "bool", "text(6)", "bytes(rest)". */
#include "item.h"

#include "scalar.h"
#include "synonyms.h"

#include <string.h>

static bool refuse(const struct item_context *context, const struct node *node,
                   enum rule rule, const char *text)
{
    diag_report(context->diag, rule, node->where, "type '%s': %s", node->text, text);
    return false;
}

/* Digits at the start of the text; their number in `ret_length`. */
static unsigned read_width(const char *text, size_t *ret_length)
{
    unsigned width = 0;
    size_t i = 0;
    while (text[i] >= '0' && text[i] <= '9' && i < 3) {
        width = width * 10 + (unsigned)(text[i] - '0');
        i++;
    }
    *ret_length = i;
    return width;
}

/* The type with another end. */
static void fix_suffix(const struct item_context *context, const struct node *node,
                       const char *suffix, const char *instead)
{
    diag_fix(context->diag, node->where, node->text,
             arena_format(context->diag->arena, "%.*s%s", (int)(suffix - node->text),
                          node->text, instead));
}

static bool set_order(const struct item_context *context, const struct node *node,
                      const char *suffix, struct item *item)
{
    static const char *const names[] = {"be", "le", "cdab", "badc"};
    static const uint8_t orders[] = {DGM_ORDER_BE, DGM_ORDER_LE, DGM_ORDER_CDAB,
                                     DGM_ORDER_BADC};
    item->order = context->little_endian ? DGM_ORDER_LE : DGM_ORDER_BE;
    if (suffix[0] == '\0')
        return true;
    for (size_t i = 0; i < 4; i++) {
        if (strcmp(suffix, names[i]) != 0)
            continue;
        item->order = orders[i];
        if (i >= 2 && item->width % 16 != 0)
            return refuse(context, node, RULE_BAD_TYPE,
                          "this order is for whole words of 16 bits");
        if (context->in_bits) {
            (void)refuse(context, node, RULE_BAD_TYPE,
                         "inside a bit group the group has the order");
            fix_suffix(context, node, suffix, "");
            return false;
        }
        return true;
    }
    (void)refuse(context, node, RULE_BAD_TYPE, "the order is be, le, cdab or badc");
    if (strcmp(suffix, "_le") == 0 || strcmp(suffix, "_be") == 0)
        fix_suffix(context, node, suffix, suffix + 1);
    return false;
}

/* "u16", "i8le", "sm16", "gray8": everything behind the letters. */
static bool parse_integer_type(const struct item_context *context,
                               const struct node *node, size_t letters, struct item *item)
{
    size_t digits;
    unsigned width = read_width(node->text + letters, &digits);
    item->form = ITEM_INTEGER;
    item->is_sign_magnitude = node->text[0] == 's';
    item->is_gray = node->text[0] == 'g';
    item->is_signed = node->text[0] == 'i' || item->is_sign_magnitude;
    item->width = width;
    item->show = DGM_SHOW_INT;
    if (width == 0 || width > 64)
        return refuse(context, node, RULE_BAD_TYPE, "integers have 1 to 64 bits");
    if (item->is_sign_magnitude && width < 2)
        return refuse(context, node, RULE_BAD_TYPE, "a sign needs a magnitude beside it");
    if (!context->in_bits && !context->any_width && width % 8 != 0)
        return refuse(context, node, RULE_BAD_TYPE,
                      "outside a bit group widths are whole bytes");
    return set_order(context, node, node->text + letters + digits, item);
}

/* "f32le", "bf16", or a name from `floats`: what stands behind the name is the order. */
static bool parse_float_type(const struct item_context *context, const struct node *node,
                             const struct dgm_float *format, size_t name_length,
                             struct item *item)
{
    item->form = ITEM_FLOAT;
    item->float_format = *format;
    item->width = formats_width(format);
    item->show = context->float_as_double ? DGM_SHOW_DOUBLE : DGM_SHOW_FLOAT;
    if (!context->in_bits && item->width % 8 != 0)
        return refuse(context, node, RULE_BAD_TYPE,
                      "outside a bit group widths are whole bytes");
    return set_order(context, node, node->text + name_length, item);
}

/* Letters and digits at the start of a built-in float type, without its order. */
static size_t float_name_length(const char *text)
{
    size_t letters = strspn(text, "bf");
    return letters + strspn(text + letters, "0123456789");
}

static bool parse_bool_type(const struct item_context *context, const struct node *node,
                            struct item *item)
{
    bool one_bit = strcmp(node->text, "bool") == 0;
    item->form = ITEM_INTEGER;
    item->is_bool = true;
    item->show = DGM_SHOW_BOOL;
    item->width = one_bit ? 1 : 8;
    if (one_bit != context->in_bits)
        return refuse(context, node, RULE_BAD_TYPE,
                      one_bit ? "bool is for bit groups; bool8 is one byte"
                              : "inside a bit group it is bool, one bit");
    return true;
}

static bool is_word(const struct node *node, size_t first, size_t length,
                    const char *word)
{
    return length == strlen(word) && memcmp(node->text + first, word, length) == 0;
}

static bool parse_extent(const struct item_context *context, const struct node *node,
                         size_t first, size_t length, struct extent *ret)
{
    struct exact value;
    ret->where = node->where;
    if (is_word(node, first, length, "rest")) {
        ret->kind = EXTENT_REST;
        return true;
    }
    struct expr *expr = expr_parse_part(context->diag, node, first, length);
    if (expr == NULL)
        return false;
    ret->where = expr->where;
    if (!expr_value(expr, &value)) {
        ret->kind = EXTENT_EXPR;
        ret->expr = expr;
        return true;
    }
    if (!exact_is_whole(value) || value.numerator < 0 ||
        value.numerator > DGM_MAX_FRAME) {
        diag_report(context->diag, RULE_OUT_OF_RANGE, expr->where,
                    "a size or count is a whole number from 0 to %d", DGM_MAX_FRAME);
        return false;
    }
    ret->kind = EXTENT_FIXED;
    ret->count = (uint32_t)value.numerator;
    return true;
}

bool item_parse_extent(const struct item_context *context, const struct node *node,
                       const char *what, struct extent *ret)
{
    return node_expect(context->diag, node, NODE_SCALAR, what) &&
           parse_extent(context, node, 0, node->length, ret);
}

/* "text(n)", "bytes(rest)" */
static bool parse_counted_type(const struct item_context *context,
                               const struct node *node, size_t word, struct item *item)
{
    item->form = ITEM_BYTES;
    item->show = node->text[0] == 't' ? DGM_SHOW_LATIN1 : DGM_SHOW_BASE64;
    if (context->in_bits)
        return refuse(context, node, RULE_BAD_TYPE, "a bit group holds integers only");
    const char *open = node->text + word;
    const char *close = strrchr(open, ')');
    if (open[0] != '(' || close == NULL) {
        /* A comma in a flow mapping ends the value early. */
        bool cut = open[0] == '(' && !node->quoted;
        return refuse(context, node, cut ? RULE_EXPRESSION_CUT : RULE_BAD_TYPE,
                      cut ? "the bracket is not closed; if it holds a comma, put the "
                            "type in quotes"
                          : "a size in brackets is expected, as in text(6)");
    }
    item->digits.reversed = strcmp(close + 1, "le") == 0;
    if (close[1] != '\0' && !item->digits.reversed && strcmp(close + 1, "be") != 0)
        return refuse(context, node, RULE_BAD_TYPE,
                      "behind the brackets stands be or le, or nothing");
    if (close == open + 1)
        return refuse(context, node, RULE_BAD_TYPE, "the brackets hold the size");
    return parse_extent(context, node, word + 1, (size_t)(close - open) - 1, &item->size);
}

/* Digits are as many as the brackets say; a number has at most 18. */
static bool parse_digits_type(const struct item_context *context, const struct node *node,
                              size_t word, struct item *item)
{
    if (!parse_counted_type(context, node, word, item))
        return false;
    item->digits.given = true;
    item->show = word == 3 ? DGM_SHOW_INT : DGM_SHOW_DIGITS;
    item->form = word == 3 ? ITEM_INTEGER : ITEM_BYTES;
    bool fixed = item->size.kind == EXTENT_FIXED;
    if (fixed && item->size.count == 0)
        return refuse(context, node, RULE_BAD_TYPE, "a number has a digit at least");
    if (fixed && word == 3 && item->size.count > DGM_MAX_NUMBER_DIGITS)
        return refuse(
            context, node, RULE_BAD_TYPE,
            "a number has at most 18 digits; 'digits' are a text of any length");
    return true;
}

static bool starts(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters of an integer type at the start of the text, or 0. */
static size_t integer_letters(const char *text)
{
    static const char *const words[] = {"u", "i", "sm", "gray"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (starts(text, words[i]) && is_digit(text[strlen(words[i])]))
            return strlen(words[i]);
    return 0;
}

static bool refuse_unknown(const struct item_context *context, const struct node *node)
{
    struct arena *arena = context->diag->arena;
    const char *meant = synonym_of_type(arena, node->text, context->in_bits);
    if (meant != NULL) {
        (void)refuse(context, node, RULE_BAD_TYPE,
                     arena_format(arena, "did you mean %s?", meant));
        /* One type in quotes, and no advice of several words. */
        size_t length = strlen(meant) - 2;
        if (strchr(meant, ' ') == NULL && strchr(meant, '(') == NULL)
            diag_fix(context->diag, node->where, node->text,
                     arena_copy(arena, meant + 1, length));
        return false;
    }
    return refuse(context, node, RULE_BAD_TYPE,
                  "types are u8 to u64, i8 to i64, sm, gray, bool, f16, bf16, f32, f64, "
                  "text(n), bytes(n), bcd(n), digits(n) and the names of 'floats'");
}

bool item_parse_type(const struct item_context *context, const struct node *node,
                     struct item *item)
{
    if (!node_expect(context->diag, node, NODE_SCALAR, "'type'"))
        return false;
    const char *text = node->text;
    if (integer_letters(text) > 0)
        return parse_integer_type(context, node, integer_letters(text), item);
    if (strcmp(text, "bool") == 0 || strcmp(text, "bool8") == 0)
        return parse_bool_type(context, node, item);
    const struct dgm_float *format = formats_builtin(text, float_name_length(text));
    if (format != NULL)
        return parse_float_type(context, node, format, float_name_length(text), item);
    format = formats_find(context->floats, text);
    if (format != NULL)
        return parse_float_type(context, node, format, node->length, item);
    if (starts(text, "text"))
        return parse_counted_type(context, node, 4, item);
    if (starts(text, "bytes"))
        return parse_counted_type(context, node, 5, item);
    if (starts(text, "bcd("))
        return parse_digits_type(context, node, 3, item);
    if (starts(text, "digits("))
        return parse_digits_type(context, node, 6, item);
    return refuse_unknown(context, node);
}
