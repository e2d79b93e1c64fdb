/* SPDX-License-Identifier: MIT */
/* JSON number tokens (RFC 8259, section 6) to exact numbers. */
#include "number.h"

#include "parts.h"

/* Digits that always fit a word. */
enum { CHUNK_DIGITS = 18 };

static bool is_digit(char character)
{
    return (unsigned char)(character - '0') < 10;
}

static size_t count_digits(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && is_digit(text[count]))
        count++;
    return count;
}

/* The digits of an exponent; beyond any text's length its exact value is of no use. */
static int64_t exponent_value(const char *digits, size_t count, bool *ret_is_huge)
{
    int64_t value = 0;
    *ret_is_huge = false;
    while (count > 1 && *digits == '0') {
        digits++;
        count--;
    }
    if (count > CHUNK_DIGITS) {
        *ret_is_huge = true;
        return INT64_MAX / 2;
    }
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* The exponent at `at`, behind its letter. */
static bool scan_exponent(const char *text, size_t length, size_t at,
                          struct number_token *ret)
{
    bool negative = at < length && text[at] == '-';
    if (at < length && (text[at] == '-' || text[at] == '+'))
        at++;
    size_t digits = count_digits(text + at, length - at);
    ret->length = at + digits;
    if (digits == 0)
        return false;
    ret->exponent = exponent_value(text + at, digits, &ret->exponent_is_huge);
    if (negative)
        ret->exponent = -ret->exponent;
    return true;
}

bool number_scan(const char *text, size_t length, struct number_token *ret)
{
    ret->negative = length > 0 && text[0] == '-';
    size_t at = ret->negative ? 1 : 0;
    bool zero = at < length && text[at] == '0';
    ret->integer = text + at;
    ret->integer_length = zero ? 1 : count_digits(text + at, length - at);
    ret->fraction = ret->integer;
    ret->fraction_length = 0;
    ret->exponent = 0;
    ret->exponent_is_huge = false;
    at += ret->integer_length;
    ret->length = at;
    if (ret->integer_length == 0)
        return false;
    if (at < length && text[at] == '.') {
        at++;
        ret->fraction = text + at;
        ret->fraction_length = count_digits(text + at, length - at);
        at += ret->fraction_length;
        ret->length = at;
        if (ret->fraction_length == 0)
            return false;
    }
    if (at < length && (text[at] == 'e' || text[at] == 'E'))
        return scan_exponent(text, length, at + 1, ret);
    return true;
}

/* Append decimal digits to a mantissa that is not positive, as the smallest 128-bit
 * integer has no positive twin. */
static bool append_digits(struct wide *mantissa, const char *digits, size_t count)
{
    while (count > 0) {
        unsigned chunk = count < CHUNK_DIGITS ? (unsigned)count : CHUNK_DIGITS;
        int64_t value = 0;
        for (unsigned i = 0; i < chunk; i++)
            value = value * 10 + (digits[i] - '0');
        if (!wide_scale_up(mantissa, chunk) || !wide_sub_i64(mantissa, value))
            return false;
        digits += chunk;
        count -= chunk;
    }
    return true;
}

/* Without the zeros at the end, which move into the exponent. */
static void strip_zeros(struct number_token *token)
{
    while (token->fraction_length > 0 &&
           token->fraction[token->fraction_length - 1] == '0')
        token->fraction_length--;
    while (token->fraction_length == 0 && token->integer_length > 0 &&
           token->integer[token->integer_length - 1] == '0') {
        token->integer_length--;
        token->exponent++;
    }
}

static int64_t append_short(int64_t value, const char *digits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        value = value * 10 - (digits[i] - '0');
    return value;
}

/* The digits of a token, as a value that is not positive. */
static bool token_mantissa(const struct number_token *token, struct wide *ret)
{
    if (HAS_SPEED && token->integer_length <= CHUNK_DIGITS &&
        token->fraction_length <= CHUNK_DIGITS - token->integer_length) {
        int64_t value = append_short(0, token->integer, token->integer_length);
        *ret =
            wide_from_i64(append_short(value, token->fraction, token->fraction_length));
        return true;
    }
    *ret = wide_from_u64(0);
    return append_digits(ret, token->integer, token->integer_length) &&
           append_digits(ret, token->fraction, token->fraction_length);
}

/* Are all of its digits zeros? Then `bare`, which has none at its end, has none at all.
 */
static bool is_zero(const struct number_token *bare)
{
    return bare->integer_length == 0 && bare->fraction_length == 0;
}

enum number_parse_result number_from_token(struct number_token *token, struct number *ret)
{
    struct number value = {{0, 0}, 0};
    strip_zeros(token);
    if (is_zero(token)) {
        *ret = value;
        return NUMBER_OK;
    }
    /* Neither leaves int64: an exponent is at most half of it, a text has fewer digits.
     */
    int64_t power = token->exponent - (int64_t)token->fraction_length;
    if (power < -NUMBER_MAX_DIGITS || power > NUMBER_MAX_DIGITS ||
        !token_mantissa(token, &value.mantissa))
        return NUMBER_TOO_LARGE;
    if (power < 0)
        value.digits = (uint8_t)-power;
    else if (!wide_scale_up(&value.mantissa, (unsigned)power))
        return NUMBER_TOO_LARGE;
    if (!token->negative && !wide_negate(&value.mantissa))
        return NUMBER_TOO_LARGE;
    *ret = value;
    return NUMBER_OK;
}

enum number_parse_result number_parse(const char *text, size_t length, struct number *ret)
{
    struct number_token token;
    if (!number_scan(text, length, &token) || token.length != length)
        return NUMBER_SYNTAX;
    return number_from_token(&token, ret);
}
