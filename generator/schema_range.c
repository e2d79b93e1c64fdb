/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions of literal text and of ranges of whole numbers. A range is divided
 * where its ends have nines and zeros: 7..132 is [7-9], [1-9][0-9], 1[0-2][0-9], 13[0-2].
 */
#include "schema.h"

#include <string.h>

enum { DIGITS_MAX = 40 };

/* Both readings of a pattern, with and without Unicode, allow escapes of these alone. */
void schema_escape(struct out *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("^$\\.*+?()[]{}|/", *text) != NULL)
            out_text(out, "\\");
        out_bytes(out, text, 1);
    }
}

static size_t digits_of(exact_int number, char *text)
{
    char reversed[DIGITS_MAX];
    size_t length = 0;
    do {
        reversed[length++] = (char)('0' + (int)(number % 10));
        number /= 10;
    } while (number > 0);
    for (size_t i = 0; i < length; i++)
        text[i] = reversed[length - 1 - i];
    return length;
}

/* Numbers of as many digits, which differ in the last `free` ones by anything. */
static void put_block(struct out *out, exact_int low, exact_int high)
{
    char first[DIGITS_MAX], last[DIGITS_MAX];
    size_t length = digits_of(low, first), any = 0;
    (void)digits_of(high, last);
    for (size_t i = 0; i < length; i++) {
        if (first[i] == last[i])
            out_bytes(out, &first[i], 1);
        else if (first[i] == '0' && last[i] == '9')
            any++;
        else
            out_format(out, "[%c-%c]", first[i], last[i]);
    }
    if (any > 0)
        out_text(out, "[0-9]");
    if (any > 1)
        out_format(out, "{%zu}", any);
}

/* The end of the longest block that begins at `low`: one digit may grow, and those behind
 * it are anything. */
static exact_int block_end(exact_int low, exact_int high)
{
    exact_int power = 1;
    while (low != 0 && low % (power * 10) == 0 && low + power * 10 - 1 <= high)
        power *= 10;
    exact_int end = low + power - 1;
    for (exact_int digit = low / power % 10; digit < 9 && end + power <= high; digit++)
        end += power;
    return end;
}

static void put_naturals(struct out *out, const char *sign, exact_int low, exact_int high,
                         bool *first)
{
    while (low <= high) {
        exact_int end = block_end(low, high);
        out_format(out, "%s%s", *first ? "" : "|", sign);
        *first = false;
        put_block(out, low, end);
        low = end + 1;
    }
}

const char *schema_range(const struct schema *schema, exact_int low, exact_int high)
{
    struct out out;
    bool first = true;
    out_init(&out, schema->arena);
    out_text(&out, "(?:");
    if (low < 0)
        put_naturals(&out, "-", high < 0 ? -high : 1, -low, &first);
    if (high >= 0)
        put_naturals(&out, "", low > 0 ? low : 0, high, &first);
    out_text(&out, ")");
    return out.text;
}
