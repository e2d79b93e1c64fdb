/* SPDX-License-Identifier: MIT */
/* The guesses of YAML readers, each as a small matcher. */
#include "scalar_words.h"

#include <stddef.h>
#include <string.h>

static const char decimal[] = "0123456789";

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

#define IS_ONE_OF(word, words) is_one_of(word, words, sizeof(words) / sizeof((words)[0]))

static const char *skip_sign(const char *word)
{
    return *word == '+' || *word == '-' ? word + 1 : word;
}

/* At least one digit of a set, underscores between them; then the end. */
static bool is_digits(const char *word, const char *digits)
{
    size_t underscores = 0, all = 0;

    for (; word[all] != '\0'; all++) {
        if (word[all] == '_')
            underscores++;
        else if (strchr(digits, word[all]) == NULL)
            return false;
    }
    return all > underscores;
}

/* 12:30:59, and with a fraction behind. */
static bool is_sexagesimal(const char *word)
{
    size_t first = strspn(word, "0123456789_");
    const char *at = word + first;

    if (first == 0 || *at != ':')
        return false;
    while (*at == ':') {
        size_t count = strspn(at + 1, decimal);
        if (count == 0 || count > 2)
            return false;
        at += 1 + count;
    }
    if (*at == '.')
        at += 1 + strspn(at + 1, "0123456789_");
    return *at == '\0';
}

bool scalar_is_integer(const char *word)
{
    const char *at = skip_sign(word);

    if (strncmp(at, "0x", 2) == 0 || strncmp(at, "0X", 2) == 0)
        return is_digits(at + 2, "0123456789abcdefABCDEF");
    if (strncmp(at, "0b", 2) == 0)
        return is_digits(at + 2, "01");
    if (strncmp(at, "0o", 2) == 0)
        return is_digits(at + 2, "01234567");
    if (*at < '0' || *at > '9')
        return false;
    return is_digits(at, decimal) || is_sexagesimal(at);
}

bool scalar_is_float(const char *word)
{
    static const char *const special[] = {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"};
    const char *at = skip_sign(word);

    if (IS_ONE_OF(at, special))
        return true;
    size_t before = strspn(at, "0123456789_");
    if (before != 0 && *at == '_')
        return false;
    at += before;
    bool point = *at == '.';
    size_t behind = point ? strspn(at + 1, "0123456789_") : 0;
    at += point ? 1 + behind : 0;
    if (before + behind == 0)
        return false;
    bool exponent = *at == 'e' || *at == 'E';
    if (exponent) {
        at = skip_sign(at + 1);
        size_t count = strspn(at, decimal);
        if (count == 0)
            return false;
        at += count;
    }
    return *at == '\0' && (point || exponent);
}

/* Behind a dash and one or two digits; NULL if they are not there. */
static const char *skip_part(const char *at)
{
    if (*at != '-')
        return NULL;
    size_t digits = strspn(at + 1, decimal);
    return digits == 1 || digits == 2 ? at + 1 + digits : NULL;
}

/* 2018-07-15, and with a time behind. */
static bool is_date(const char *word)
{
    size_t year = strspn(word, decimal);
    const char *at = year == 4 ? skip_part(word + year) : NULL;

    at = at == NULL ? NULL : skip_part(at);
    return at != NULL && (*at == '\0' || *at == 'T' || *at == 't' || *at == ' ');
}

static bool is_truth(const char *word)
{
    static const char *const words[] = {"true", "True", "TRUE", "false", "False", "FALSE",
                                        "yes",  "Yes",  "YES",  "no",    "No",    "NO",
                                        "on",   "On",   "ON",   "off",   "Off",   "OFF",
                                        "y",    "Y",    "n",    "N"};
    return IS_ONE_OF(word, words);
}

static bool is_null(const char *word)
{
    static const char *const words[] = {"null", "Null", "NULL", "~"};
    return IS_ONE_OF(word, words);
}

bool scalar_is_constant(const char *word)
{
    return is_truth(word) || is_null(word);
}

const char *scalar_guess(const char *word)
{
    if (is_truth(word))
        return "a truth value";
    if (is_null(word))
        return "null";
    if (scalar_is_integer(word) || scalar_is_float(word))
        return "a number";
    if (is_date(word))
        return "a date";
    if (strcmp(word, "=") == 0 || strcmp(word, "<<") == 0)
        return "a special key";
    return NULL;
}
