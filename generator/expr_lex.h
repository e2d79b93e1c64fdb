/* SPDX-License-Identifier: MIT */
/* Words of an expression. */
#ifndef DGM_EXPR_LEX_H
#define DGM_EXPR_LEX_H

#include "expr.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_NAME,
    TOKEN_SYMBOL, /* operator or bracket; words such as `and` are names */
    TOKEN_BAD     /* reported */
};

struct token {
    enum token_kind kind;
    const char *text; /* not zero-terminated */
    size_t length;
    struct location where;
};

struct lexer {
    struct diag *diag;
    const struct node *node;
    size_t position, end; /* in the node's text */
};

/* Words from byte `first` of the scalar on. */
void lexer_init(struct lexer *lexer, struct diag *diag, const struct node *node,
                size_t first, size_t length);
struct token lexer_next(struct lexer *lexer);
bool token_is(const struct token *token, const char *word);

#endif
