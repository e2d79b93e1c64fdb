/* SPDX-License-Identifier: MIT */
/* Decimal numbers as texts: digits are moved and compared, never calculated with. */
#include "decimal.h"

#include <string.h>

enum { DIGITS_MOST = 64, EXPONENT_MOST = 40 };

/* digits / 10^scale */
struct digits {
    char text[DIGITS_MOST + EXPONENT_MOST + 1];
    int count, scale;
    bool negative;
};

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

static const char *take_digits(const char *text, struct digits *number, bool fraction)
{
    for (; is_digit(*text) && number->count < DIGITS_MOST; text++) {
        number->text[number->count++] = *text;
        number->scale += fraction;
    }
    return text;
}

/* What stands behind "e"; NULL if that is no small whole number. */
static const char *take_exponent(const char *text, struct digits *number)
{
    bool negative = *text == '-';
    int exponent = 0;
    text += *text == '-' || *text == '+';
    if (!is_digit(*text)) {
        return NULL;
    }
    for (; is_digit(*text); text++) {
        exponent = exponent * 10 + (*text - '0');
        if (exponent > EXPONENT_MOST) {
            return NULL;
        }
    }
    number->scale += negative ? exponent : -exponent;
    return text;
}

static bool take_number(const char *text, struct digits *number)
{
    memset(number, 0, sizeof(*number));
    text += strspn(text, " ");
    number->negative = *text == '-';
    text += *text == '-' || *text == '+';
    text = take_digits(text, number, false);
    if (*text == '.') {
        text = take_digits(text + 1, number, true);
    }
    if (number->count == 0) {
        return false;
    }
    if (*text == 'e' || *text == 'E') {
        text = take_exponent(text + 1, number);
    }
    return text != NULL && text[strspn(text, " ")] == '\0';
}

/* No scale below 0, no zeros that say nothing. */
static void settle(struct digits *number)
{
    while (number->scale < 0 && number->count < DIGITS_MOST + EXPONENT_MOST) {
        number->text[number->count++] = '0';
        number->scale++;
    }
    while (number->scale > 0 && number->count > 0 &&
           number->text[number->count - 1] == '0') {
        number->count--;
        number->scale--;
    }
    size_t zeros = strspn(number->text, "0");
    zeros = zeros > (size_t)number->count ? (size_t)number->count : zeros;
    number->count -= (int)zeros;
    memmove(number->text, number->text + zeros, (size_t)number->count);
    number->text[number->count] = '\0';
}

bool decimal_plain(const char *text, char *ret)
{
    struct digits number;
    if (!take_number(text, &number)) {
        return false;
    }
    settle(&number);
    int whole = number.count > number.scale ? number.count - number.scale : 0;
    if (number.count == 0) {
        memcpy(ret, "0", sizeof("0"));
        return true;
    }
    if (number.scale < 0 || number.scale > DECIMAL_FRACTION || whole > DECIMAL_WHOLE) {
        return false;
    }
    if (number.negative) {
        *ret++ = '-';
    }
    if (whole == 0) {
        *ret++ = '0';
    }
    memcpy(ret, number.text, (size_t)whole);
    ret += whole;
    if (number.scale > 0) {
        int zeros = number.scale - (number.count - whole);
        *ret++ = '.';
        memset(ret, '0', (size_t)zeros);
        memcpy(ret + zeros, number.text + whole, (size_t)(number.count - whole));
        ret += number.scale;
    }
    *ret = '\0';
    return true;
}

/* Of numbers without a sign. */
static int compare_sizes(const char *left, const char *right)
{
    size_t left_whole = strcspn(left, "."), right_whole = strcspn(right, ".");
    if (left_whole != right_whole) {
        return left_whole < right_whole ? -1 : 1;
    }
    return strcmp(left, right);
}

int decimal_compare(const char *left, const char *right)
{
    bool left_below = *left == '-', right_below = *right == '-';
    if (left_below != right_below) {
        return left_below ? -1 : 1;
    }
    return left_below ? compare_sizes(right + 1, left + 1) : compare_sizes(left, right);
}

/* Of settled numbers without their signs. */
static int compare_digits(const struct digits *left, const struct digits *right)
{
    int left_whole = left->count - left->scale, right_whole = right->count - right->scale;
    if (left->count == 0 || right->count == 0) {
        return (left->count != 0) - (right->count != 0);
    }
    return left_whole != right_whole ? (left_whole < right_whole ? -1 : 1)
                                     : strcmp(left->text, right->text);
}

bool decimal_order(const char *left, const char *right, int *ret)
{
    struct digits one, other;
    if (!take_number(left, &one) || !take_number(right, &other)) {
        return false;
    }
    settle(&one);
    settle(&other);
    bool one_below = one.negative && one.count > 0;
    bool other_below = other.negative && other.count > 0;
    if (one_below != other_below) {
        *ret = one_below ? -1 : 1;
    } else {
        *ret = one_below ? compare_digits(&other, &one) : compare_digits(&one, &other);
    }
    return true;
}

bool decimal_is_whole(const char *text)
{
    return strchr(text, '.') == NULL;
}
