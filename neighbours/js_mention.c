/* SPDX-License-Identifier: MIT */
#include "js_mention.h"

#include <string.h>

static bool is_word(char character)
{
    return (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_';
}

static size_t word_length(const char *at, const char *end)
{
    size_t length = 0;
    while (at + length < end && is_word(at[length]))
        length++;
    return length;
}

const char *js_behind_literal(const char *at, const char *end)
{
    char quote = *at;
    if (end - at < 2 || (quote != '\'' && quote != '"' && quote != '/'))
        return at;
    if (quote == '/' && at[1] == '*') {
        for (at += 2; at + 1 < end && (at[0] != '*' || at[1] != '/'); at++)
            ;
        return at + 2 < end ? at + 2 : end;
    }
    if (quote == '/' && (at[1] == ' ' || at[1] == '='))
        return at; /* a division */
    for (at++; at < end && *at != quote && *at != '\n'; at++)
        at += *at == '\\';
    return at < end ? at + 1 : end;
}

bool js_next_word(struct js_words *words, struct js_word *ret)
{
    const char *at = words->at, *end = words->end;
    while (at < end && !is_word(*at)) {
        const char *behind = js_behind_literal(at, end);
        at = behind > at ? behind : at + 1;
    }
    *ret = (struct js_word){at, word_length(at, end)};
    words->at = at + ret->length;
    return ret->length > 0;
}

bool js_are_same(const struct js_word *one, const struct js_word *two)
{
    return one->length == two->length && memcmp(one->text, two->text, one->length) == 0;
}

static bool is_text(const struct js_word *word, const char *text)
{
    return js_are_same(word, &(struct js_word){text, strlen(text)});
}

/* Each of the names that a list declares, up to its last character outside of brackets.
 */
static bool visit_list(const char *at, const char *end, char last, js_visit *visit,
                       void *data)
{
    bool begins = true;
    int depth = 0;
    while (at < end && (depth > 0 || *at != last)) {
        struct js_word word = {at, word_length(at, end)};
        if (begins && word.length > 0 && visit(&word, data))
            return true;
        const char *behind = js_behind_literal(at, end);
        depth += *at == '(' || *at == '[' || *at == '{';
        depth -= *at == ')' || *at == ']' || *at == '}';
        begins = depth == 0 && (*at == ',' || (begins && *at <= ' '));
        at = word.length > 0 ? at + word.length : behind > at ? behind : at + 1;
    }
    return false;
}

bool js_visit_own(const char *text, size_t length, js_visit *visit, void *data)
{
    struct js_words words = {text, text + length};
    struct js_word word;
    while (js_next_word(&words, &word)) {
        const char *open = words.at;
        if (is_text(&word, "var") && visit_list(open, words.end, ';', visit, data))
            return true;
        open = is_text(&word, "function") ? memchr(open, '(', (size_t)(words.end - open))
                                          : NULL;
        if (open != NULL && visit_list(open + 1, words.end, ')', visit, data))
            return true;
    }
    return false;
}

static bool is_wanted(const struct js_word *word, void *data)
{
    return js_are_same(word, data);
}

bool js_has_own(const char *text, size_t length, const struct js_word *name)
{
    struct js_word wanted = *name;
    return js_visit_own(text, length, is_wanted, &wanted);
}
