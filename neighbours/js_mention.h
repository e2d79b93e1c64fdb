/* SPDX-License-Identifier: MIT */
/* The words of a piece of JavaScript: which of them may stand for functions. */
#ifndef DGM_NEIGHBOURS_JS_MENTION_H
#define DGM_NEIGHBOURS_JS_MENTION_H

#include <stdbool.h>
#include <stddef.h>

/* A name, which ends where its length says. */
struct js_word {
    const char *text;
    size_t length;
};

/* What is still to be read. */
struct js_words {
    const char *at, *end;
};

/* The next word that is not in a text, a pattern or a comment; false: there is none. */
bool js_next_word(struct js_words *words, struct js_word *ret);

/* Behind a comment, a text or a pattern that begins here; else the place itself. */
const char *js_behind_literal(const char *at, const char *end);

bool js_are_same(const struct js_word *one, const struct js_word *two);

/* True: no more of them. */
typedef bool js_visit(const struct js_word *word, void *data);

/* Each declaration of a parameter or a variable; true: the visitor has said so. */
bool js_visit_own(const char *text, size_t length, js_visit *visit, void *data);

/* Is it a parameter or a variable of the function? */
bool js_has_own(const char *text, size_t length, const struct js_word *name);

#endif
