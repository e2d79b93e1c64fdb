/* SPDX-License-Identifier: MIT */
/* Splits an expression into words, each with its place in the profile. */
#include "expr_lex.h"

#include <string.h>

void lexer_init(struct lexer *lexer, struct diag *diag, const struct node *node,
                size_t first, size_t length)
{
    lexer->diag = diag;
    lexer->node = node;
    lexer->position = first;
    lexer->end = first + length;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static struct location place(const struct lexer *lexer, size_t first, size_t length)
{
    struct location where = lexer->node->where;
    where.column += (unsigned)first + (lexer->node->quoted ? 1u : 0u);
    where.width = length > 0 ? (unsigned)length : 1;
    return where;
}

static struct token token_of(struct lexer *lexer, enum token_kind kind, size_t length)
{
    struct token token = {kind, lexer->node->text + lexer->position, length,
                          place(lexer, lexer->position, length)};
    lexer->position += length;
    return token;
}

static size_t number_length(const char *text, size_t left)
{
    size_t i = 0;
    if (left > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        i = 2;
        while (i < left && (is_digit(text[i]) || is_letter(text[i]))) {
            i++;
        }
        return i;
    }
    while (i < left && is_digit(text[i])) {
        i++;
    }
    /* Two points are a range. */
    if (i + 1 < left && text[i] == '.' && is_digit(text[i + 1])) {
        i++;
        while (i < left && is_digit(text[i])) {
            i++;
        }
    }
    if (i < left && (text[i] == 'e' || text[i] == 'E')) {
        size_t digits = i + 1;
        digits += digits < left && (text[digits] == '+' || text[digits] == '-');
        if (digits < left && is_digit(text[digits])) {
            i = digits;
            while (i < left && is_digit(text[i])) {
                i++;
            }
        }
    }
    return i;
}

static struct token name_token(struct lexer *lexer)
{
    const char *text = lexer->node->text + lexer->position;
    size_t left = lexer->end - lexer->position, i = 0;
    while (i < left && (is_letter(text[i]) || is_digit(text[i]))) {
        i++;
    }
    return token_of(lexer, TOKEN_NAME, i);
}

/* The token holds the text without its quotes. */
static struct token text_token(struct lexer *lexer, char quote)
{
    const char *text = lexer->node->text + lexer->position;
    size_t left = lexer->end - lexer->position, i = 1;
    while (i < left && text[i] != quote) {
        i++;
    }
    if (i == left) {
        struct token token = token_of(lexer, TOKEN_BAD, left);
        diag_report(lexer->diag, RULE_BAD_EXPRESSION, token.where,
                    "the text is not closed");
        return token;
    }
    struct token token = token_of(lexer, TOKEN_TEXT, i + 1);
    token.text++;
    token.length -= 2;
    return token;
}

static const char *hint(char c)
{
    switch (c) {
    case '?':
        return "; write 'a if c else b'";
    case '!':
        return "; write 'not' or '!='";
    case '=':
        return "; equality is '=='";
    default:
        return "";
    }
}

/* A word in place of the symbol before the lexer's position needs blanks around it. */
static void fix_word(struct lexer *lexer, struct location where, const char *symbol,
                     const char *word)
{
    const char *text = lexer->node->text;
    size_t behind = lexer->position, start = behind - strlen(symbol);
    bool close_before = start > 0 && text[start - 1] != ' ';
    bool close_behind = behind < lexer->end && text[behind] != ' ';
    diag_fix(lexer->diag, where, symbol,
             arena_format(lexer->diag->arena, "%s%s%s", close_before ? " " : "", word,
                          close_behind ? " " : ""));
}

static struct token symbol_token(struct lexer *lexer)
{
    static const char *const symbols[] = {
        "&&", "||", "**", "==", "!=", "<=", ">=", "<<", ">>", "//", "..", "<", ">",
        "|",  "^",  "&",  "+",  "-",  "*",  "/",  "%",  "(",  ")",  ",",  "."};
    const char *text = lexer->node->text + lexer->position;
    size_t left = lexer->end - lexer->position;
    for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
        size_t length = strlen(symbols[i]);
        if (length > left || memcmp(text, symbols[i], length) != 0) {
            continue;
        }
        struct token token = token_of(lexer, i < 3 ? TOKEN_BAD : TOKEN_SYMBOL, length);
        if (i < 3) {
            static const char *const instead[] = {"and", "or", "*"};
            diag_report(lexer->diag, RULE_BAD_EXPRESSION, token.where,
                        "'%s' is no operator; write '%s'", symbols[i], instead[i]);
            if (i < 2) {
                fix_word(lexer, token.where, symbols[i], instead[i]);
            }
        }
        return token;
    }
    struct token token = token_of(lexer, TOKEN_BAD, 1);
    diag_report(lexer->diag, RULE_BAD_EXPRESSION, token.where,
                "'%.1s' does not belong in an expression%s", text, hint(text[0]));
    return token;
}

struct token lexer_next(struct lexer *lexer)
{
    const char *text = lexer->node->text;
    while (lexer->position < lexer->end &&
           (text[lexer->position] == ' ' || text[lexer->position] == '\n')) {
        lexer->position++;
    }
    if (lexer->position == lexer->end) {
        return token_of(lexer, TOKEN_END, 0);
    }
    char c = text[lexer->position];
    if (is_digit(c)) {
        return token_of(
            lexer, TOKEN_NUMBER,
            number_length(text + lexer->position, lexer->end - lexer->position));
    }
    if (is_letter(c)) {
        return name_token(lexer);
    }
    return c == '\'' || c == '"' ? text_token(lexer, c) : symbol_token(lexer);
}

bool token_is(const struct token *token, const char *word)
{
    size_t length = strlen(word);
    return (token->kind == TOKEN_SYMBOL || token->kind == TOKEN_NAME) &&
           token->length == length && memcmp(token->text, word, length) == 0;
}
