/* SPDX-License-Identifier: MIT */
/* Scalars by what the place expects. JSON values are in scalar_json.c. */
#include "scalar.h"

#include <string.h>

#include "scalar_words.h"
#include "synonyms.h"

/* A single value that is not empty. */
static bool is_scalar(struct diag *diag, const struct node *node, const char *what)
{
    if (!node_expect(diag, node, NODE_SCALAR, what))
        return false;
    if (node->length != 0 || node->quoted)
        return true;
    diag_report(diag, RULE_EXPECTED_SCALAR, node->where, "%s has no value", what);
    return false;
}

const char *scalar_text(struct diag *diag, const struct node *node, const char *what)
{
    if (!is_scalar(diag, node, what))
        return NULL;

    if (strlen(node->text) != node->length) {
        diag_report(diag, RULE_BAD_VALUE, node->where,
                    "%s cannot hold the character of code 0", what);
        return NULL;
    }
    const char *guess = node->quoted ? NULL : scalar_guess(node->text);
    if (guess == NULL)
        return node->text;
    diag_report(diag, RULE_QUOTE_TEXT, node->where,
                "%s is text: write \"%s\" in quotes, for some YAML readers take it for "
                "%s",
                what, node->text, guess);
    diag_fix_scalar(diag, node->where, node->text,
                    arena_format(diag->arena, "'%s'", node->text));
    return NULL;
}

const char *scalar_name(struct diag *diag, const struct node *node, const char *what)
{
    bool letter = node->kind == NODE_SCALAR && node->length == 1 &&
                  strchr("yYnN", node->text[0]) != NULL;

    return letter ? node->text : scalar_text(diag, node, what);
}

/* Words that other readers take for true and false. */
static void fix_bool(struct diag *diag, const struct node *node)
{
    static const char *const words[][2] = {
        {"true", "true"},   {"True", "true"},   {"TRUE", "true"},   {"yes", "true"},
        {"Yes", "true"},    {"on", "true"},     {"On", "true"},     {"1", "true"},
        {"false", "false"}, {"False", "false"}, {"FALSE", "false"}, {"no", "false"},
        {"No", "false"},    {"off", "false"},   {"Off", "false"},   {"0", "false"},
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(node->text, words[i][0]) == 0)
            diag_fix_scalar(diag, node->where, node->text, words[i][1]);
}

bool scalar_bool(struct diag *diag, const struct node *node, const char *what, bool *ret)
{
    if (!is_scalar(diag, node, what))
        return false;
    bool yes = strcmp(node->text, "true") == 0;
    if (node->quoted || (!yes && strcmp(node->text, "false") != 0)) {
        diag_report(diag, RULE_BAD_VALUE, node->where,
                    "%s is true or false, without quotes, not '%s'", what, node->text);
        fix_bool(diag, node);
        return false;
    }
    *ret = yes;
    return true;
}

/* Decimal without leading zeros, or hex: "0x1F". */
static bool is_plain_integer(const char *text, size_t length)
{
    struct exact value;

    if (length > 2 && text[0] == '0' && text[1] == 'x')
        return exact_parse(text, length, /* hex */ true, &value) && exact_is_whole(value);
    size_t sign = length > 0 && text[0] == '-' ? 1 : 0;
    return length > sign && strspn(text + sign, "0123456789") >= length - sign &&
           exact_parse(text, length, /* hex */ false, &value);
}

/* The number of a text that is_plain_integer(). */
static exact_int integer_value(const char *text, size_t length)
{
    struct exact value = {0, 1};
    (void)exact_parse(text, length, /* hex */ true, &value);
    return value.numerator;
}

static const char *integer_text(struct arena *arena, exact_int value)
{
    char text[96];
    size_t length = exact_text((struct exact){value, 1}, text, sizeof(text));
    return arena_copy(arena, text, length);
}

/* Is the value, if need be as a bit pattern, within the limits? */
static bool fit_integer(struct diag *diag, struct location where, const char *what,
                        bool hex, exact_int low, exact_int high, exact_int *value)
{
    if (hex && low < 0 && *value > high && *value <= 2 * high + 1)
        *value -= 2 * (high + 1);
    if (*value >= low && *value <= high)
        return true;
    diag_report(diag, RULE_OUT_OF_RANGE, where, "%s is %s, outside %s..%s", what,
                integer_text(diag->arena, *value), integer_text(diag->arena, low),
                integer_text(diag->arena, high));
    return false;
}

/* Digits of a base in front of which stands a sign for it. */
static const char *from_base(struct arena *arena, const char *digits, unsigned base)
{
    unsigned long long value = 0;
    for (; *digits != '\0'; digits++) {
        unsigned digit = (unsigned)(*digits - '0');
        if (digit >= base || value > (1ull << 60))
            return NULL;
        value = value * base + digit;
    }
    return arena_format(arena, "%llu", value);
}

const char *scalar_plain_integer(struct arena *arena, const char *text)
{
    bool negative = text[0] == '-';
    const char *at = text + (negative || text[0] == '+' ? 1 : 0);
    char digits[32] = "";
    size_t count = 0;
    for (; *at != '\0' && count < sizeof(digits) - 1; at++)
        if (*at != '_')
            digits[count++] = *at;
    digits[count] = '\0';
    const char *plain = digits;
    if (*at != '\0')
        return NULL;
    if (digits[0] == '0' && (digits[1] == 'b' || digits[1] == 'o'))
        plain = from_base(arena, digits + 2, digits[1] == 'b' ? 2 : 8);
    else if (digits[0] == '0' && digits[1] == 'X')
        digits[1] = 'x';
    else if (strspn(digits, "0") > 0 && digits[1] != 'x')
        plain = digits + strspn(digits, "0");
    /* Leading zeros: octal for some, and decimal for others. */
    bool octal = plain != NULL && plain > digits && plain < digits + count &&
                 strlen(plain) > 1 && strspn(plain, "01234567") == strlen(plain);
    if (plain == NULL || octal)
        return NULL;
    plain =
        arena_format(arena, "%s%s", negative ? "-" : "", *plain == '\0' ? "0" : plain);
    return is_plain_integer(plain, strlen(plain)) ? plain : NULL;
}

/* A number that is in quotes, or written in a way that readers do not agree on. */
static void fix_integer(struct diag *diag, const struct node *node)
{
    const char *plain = scalar_plain_integer(diag->arena, node->text);
    if (plain != NULL)
        diag_fix_scalar(diag, node->where, node->text, plain);
}

static void report_no_integer(struct diag *diag, const struct node *node,
                              const char *what)
{
    if (node->quoted)
        diag_report(diag, RULE_EXPECTED_INTEGER, node->where,
                    "%s is an integer: write it without quotes", what);
    else if (scalar_is_integer(node->text) && strlen(node->text) > 30)
        diag_report(diag, RULE_OUT_OF_RANGE, node->where, "%s is too large", what);
    else if (scalar_is_integer(node->text))
        diag_report(diag, RULE_ODD_INTEGER, node->where,
                    "'%s' is read differently by different readers; write it in decimal "
                    "without leading zeros, or in hex as 0x1F",
                    node->text);
    else
        diag_report(diag, RULE_EXPECTED_INTEGER, node->where,
                    "%s must be an integer, not '%s'", what, node->text);
    fix_integer(diag, node);
}

bool scalar_integer(struct diag *diag, const struct node *node, const char *what,
                    exact_int low, exact_int high, exact_int *ret)
{
    if (!is_scalar(diag, node, what))
        return false;
    if (node->quoted || !is_plain_integer(node->text, node->length)) {
        report_no_integer(diag, node, what);
        return false;
    }
    bool hex = strncmp(node->text, "0x", 2) == 0;
    exact_int value = integer_value(node->text, node->length);
    if (!fit_integer(diag, node->where, what, hex, low, high, &value))
        return false;
    *ret = value;
    return true;
}

bool scalar_number(struct diag *diag, const struct node *node, const char *what,
                   struct exact *ret)
{
    if (!is_scalar(diag, node, what))
        return false;
    if (!node->quoted && exact_parse(node->text, node->length, /* hex */ false, ret))
        return true;

    if (node->quoted) {
        diag_report(diag, RULE_EXPECTED_NUMBER, node->where,
                    "%s is a number: write it without quotes", what);
        if (exact_parse(node->text, node->length, /* hex */ false, ret))
            diag_fix_scalar(diag, node->where, node->text, node->text);
    } else if (scalar_is_integer(node->text) && strlen(node->text) <= 30)
        diag_report(diag, RULE_ODD_INTEGER, node->where,
                    "'%s' is read differently by different readers; write it in decimal "
                    "without leading zeros",
                    node->text);
    else
        diag_report(diag, RULE_EXPECTED_NUMBER, node->where,
                    "%s must be a decimal or a fraction such as 5/9, not '%s'", what,
                    node->text);
    if (!node->quoted)
        fix_integer(diag, node);
    return false;
}

/* One end of a range; an empty text leaves `value` as it is. */
static bool range_end(struct diag *diag, const struct node *node, const char *what,
                      const char *text, size_t length, exact_int low, exact_int high,
                      exact_int *value)
{
    char copy[64];

    if (length == 0)
        return true;
    if (length >= sizeof(copy))
        length = sizeof(copy) - 1;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (!is_plain_integer(copy, length)) {
        bool odd = scalar_is_integer(copy);
        diag_report(diag, odd ? RULE_ODD_INTEGER : RULE_EXPECTED_RANGE, node->where,
                    "%s is a range such as 4..9, 4.. or ..9, or one integer; '%s' is no "
                    "%sinteger",
                    what, copy, odd ? "unambiguous " : "");
        return false;
    }
    *value = integer_value(copy, length);
    return fit_integer(diag, node->where, what, strncmp(copy, "0x", 2) == 0, low, high,
                       value);
}

bool scalar_range(struct diag *diag, const struct node *node, const char *what,
                  exact_int low, exact_int high, exact_int *ret_first,
                  exact_int *ret_last)
{
    exact_int first = low, last = high;

    if (!is_scalar(diag, node, what))
        return false;
    const char *dots = strstr(node->text, "..");
    if (node->quoted || (dots != NULL && node->length == 2)) {
        diag_report(diag, RULE_EXPECTED_RANGE, node->where,
                    "%s is a range such as 4..9, 4.. or ..9, or one integer%s", what,
                    node->quoted ? ", without quotes" : "");
        if (strspn(node->text, "0123456789-.") == node->length)
            diag_fix_scalar(diag, node->where, node->text, node->text);
        return false;
    }
    if (dots == NULL) {
        if (!range_end(diag, node, what, node->text, node->length, low, high, &first))
            return false;
        last = first;
    } else {
        size_t before = (size_t)(dots - node->text);
        if (!range_end(diag, node, what, node->text, before, low, high, &first) ||
            !range_end(diag, node, what, dots + 2, node->length - before - 2, low, high,
                       &last))
            return false;
    }
    if (first > last) {
        diag_report(diag, RULE_EXPECTED_RANGE, node->where,
                    "%s: the range %s has no value, its ends are exchanged", what,
                    node->text);
        return false;
    }
    *ret_first = first;
    *ret_last = last;
    return true;
}

static int hex_digit(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    if (letter >= 'a' && letter <= 'f')
        return letter - 'a' + 10;
    return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
}

/* Where a byte of a quoted text stands, if the text is as written. */
static struct location inside(const struct node *node, size_t offset)
{
    struct location where = node->where;

    if (where.width == node->length + 2) {
        where.column += (unsigned)offset + 1;
        where.width = 1;
    }
    return where;
}

/* Whole bytes. */
static bool is_hex(const char *text)
{
    while (*text != '\0') {
        if (*text == ' ')
            text++;
        else if (hex_digit(text[0]) < 0 || hex_digit(text[1]) < 0)
            return false;
        else
            text += 2;
    }
    return true;
}

bool scalar_hex(struct diag *diag, const struct node *node, const char *what,
                uint8_t **ret_bytes, size_t *ret_length)
{
    size_t count = 0;

    if (!is_scalar(diag, node, what))
        return false;
    if (!node->quoted) {
        diag_report(diag, RULE_UNQUOTED_HEX, node->where,
                    "%s is hex bytes: write \"%s\" in quotes", what, node->text);
        if (is_hex(node->text))
            diag_fix_scalar(diag, node->where, node->text,
                            arena_format(diag->arena, "\"%s\"", node->text));
        return false;
    }
    uint8_t *bytes = arena_alloc(diag->arena, node->length / 2 + 1);
    for (size_t i = 0; i < node->length; i++) {
        if (node->text[i] == ' ' || node->text[i] == '\n')
            continue;
        int high = hex_digit(node->text[i]);
        int low = high < 0 ? -1 : hex_digit(node->text[i + 1]);
        if (low < 0) {
            size_t wrong = high < 0 ? i : i + 1;
            bool half = wrong == node->length || node->text[wrong] == ' ';
            diag_report(diag, RULE_BAD_HEX, inside(node, half ? i : wrong),
                        half ? "%s: '%c' is half a byte, two hex digits make one"
                             : "%s: '%c' is no hex digit",
                        what, node->text[half ? i : wrong]);
            return false;
        }
        bytes[count++] = (uint8_t)(high << 4 | low);
        i++;
    }
    *ret_bytes = bytes;
    *ret_length = count;
    return true;
}

/* "'a', 'b' or 'c'". */
static const char *list_words(struct arena *arena, const char *const *words, size_t count)
{
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list = arena_format(arena, "%s%s'%s'", list,
                            i == 0           ? ""
                            : i + 1 == count ? " or "
                                             : ", ",
                            words[i]);
    return list;
}

int scalar_word(struct diag *diag, const struct node *node, const char *what,
                const char *const *words, size_t count)
{
    if (!is_scalar(diag, node, what))
        return -1;
    for (size_t i = 0; i < count; i++)
        if (strcmp(node->text, words[i]) == 0)
            return (int)i;

    const char *synonym = synonym_of_word(node->text, words, count), *nearest = synonym;
    if (nearest == NULL && diag->errors < DIAG_MAX_ERRORS)
        nearest = diag_nearest(node->text, words, count);
    if (nearest != NULL)
        diag_report(diag, RULE_BAD_VALUE, node->where,
                    "'%s' is no value of %s; did you mean '%s'?", node->text, what,
                    nearest);
    else
        diag_report(diag, RULE_BAD_VALUE, node->where, "'%s' is no value of %s: use %s",
                    node->text, what, list_words(diag->arena, words, count));
    if (synonym != NULL)
        diag_fix(diag, node->where, node->text, synonym);
    else
        diag_fix_nearest(diag, node->where, node->text, words, count);
    return -1;
}

static bool is_letter(char letter)
{
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
           letter == '_';
}

const char *scalar_identifier(struct diag *diag, const struct node *node,
                              const char *what)
{
    const char *text = scalar_name(diag, node, what);

    if (text == NULL)
        return NULL;
    bool fine = is_letter(text[0]);
    for (size_t i = 0; text[i] != '\0'; i++)
        fine = fine && (is_letter(text[i]) || (text[i] >= '0' && text[i] <= '9'));
    if (fine)
        return text;
    diag_report(diag, RULE_BAD_NAME, node->where,
                "%s must be letters, digits and '_', not beginning with a digit: '%s'",
                what, text);
    return NULL;
}
