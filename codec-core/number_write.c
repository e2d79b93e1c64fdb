/* SPDX-License-Identifier: MIT */
/* Numbers to shortest plain decimal text: from the back, two digits at a time. */
#include "number.h"

#include <string.h>
#include "parts.h"

enum { HALF_DIGITS = 19, MANTISSA_DIGITS = 39 };

static const uint64_t ten_to_19 = 10000000000000000000u;

static const char pairs[] = "00010203040506070809"
                            "10111213141516171819"
                            "20212223242526272829"
                            "30313233343536373839"
                            "40414243444546474849"
                            "50515253545556575859"
                            "60616263646566676869"
                            "70717273747576777879"
                            "80818283848586878889"
                            "90919293949596979899";

static unsigned decimal_length(uint64_t value)
{
    unsigned length = 1;
    while (value >= 10000) {
        value /= 10000;
        length += 4;
    }
    if (value < 100)
        return length + (value >= 10);
    return length + 2 + (value >= 1000);
}

/* The last `count` digits of `value`, ending in front of `end`. Returns what is left. */
static uint64_t put_digits(char *end, uint64_t value, unsigned count)
{
    for (; count >= 2; count -= 2) {
        end -= 2;
        memcpy(end, pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (count > 0) {
        end[-1] = (char)('0' + value % 10);
        value /= 10;
    }
    return value;
}

static size_t write_briefly(char *text, uint64_t magnitude, bool negative)
{
    struct number number = {wide_from_u64(magnitude), 0};
    if (negative)
        (void)wide_negate(&number.mantissa);
    return number_write(text, number);
}

size_t number_write_u64(char *text, uint64_t value)
{
    if (!HAS_SPEED)
        return write_briefly(text, value, false);
    unsigned length = decimal_length(value);
    put_digits(text + length, value, length);
    return length;
}

/* A minus sign if there is one, and the magnitude. */
static size_t put_sign(char *text, int64_t value, uint64_t *ret_magnitude)
{
    bool negative = value < 0;
    *ret_magnitude = negative ? 0 - (uint64_t)value : (uint64_t)value;
    if (negative)
        *text = '-';
    return negative;
}

size_t number_write_i64(char *text, int64_t value)
{
    uint64_t magnitude;
    size_t sign = put_sign(text, value, &magnitude);
    if (!HAS_SPEED)
        return write_briefly(text, magnitude, sign > 0);
    return sign + number_write_u64(text + sign, magnitude);
}

size_t number_write_decimal(char *text, int64_t mantissa, unsigned digits)
{
    uint64_t magnitude;
    size_t sign = put_sign(text, mantissa, &magnitude);
    while (digits > 0 && magnitude % 10 == 0) {
        magnitude /= 10;
        digits--;
        if (magnitude == 0)
            digits = 0;
    }
    text += sign;
    if (digits == 0)
        return sign + number_write_u64(text, magnitude);
    unsigned length = decimal_length(magnitude);
    unsigned whole = length > digits ? length - digits : 1;
    uint64_t rest = put_digits(text + whole + 1 + digits, magnitude, digits);
    text[whole] = '.';
    put_digits(text + whole, rest, whole);
    return sign + whole + 1 + digits;
}

/* All 39 digits of a magnitude of at most 2^127. */
static void put_all_digits(char *text, struct wide magnitude)
{
    uint64_t lower;
    for (unsigned i = MANTISSA_DIGITS; !HAS_SPEED && i-- > 0;)
        text[i] = (char)('0' + wide_take_digits(&magnitude, 10));
    if (!HAS_SPEED)
        return;
    struct wide upper = wide_div_small(magnitude, ten_to_19, &lower);
    put_digits(text + MANTISSA_DIGITS, lower, HALF_DIGITS);
    put_digits(text + MANTISSA_DIGITS - HALF_DIGITS, upper.low,
               MANTISSA_DIGITS - HALF_DIGITS);
}

size_t number_write(char *text, struct number value)
{
    char all[MANTISSA_DIGITS];
    int64_t small;
    size_t length = 0;
    unsigned first = 0, end = MANTISSA_DIGITS, digits = value.digits;
    if (HAS_SPEED && digits <= HALF_DIGITS && wide_to_i64(value.mantissa, &small))
        return number_write_decimal(text, small, digits);
    if (wide_is_negative(value.mantissa)) {
        text[length++] = '-';
        /* The one value whose negation overflows keeps its bits, which is its magnitude.
         */
        (void)wide_negate(&value.mantissa);
    }
    put_all_digits(all, value.mantissa);
    while (digits > 0 && all[end - 1] == '0') {
        end--;
        digits--;
    }
    /* At least one digit stays in front of the point. */
    while (first + digits + 1 < end && all[first] == '0')
        first++;
    unsigned whole = end - first - digits;
    memcpy(text + length, all + first, whole);
    length += whole;
    if (digits == 0)
        return length;
    text[length++] = '.';
    memcpy(text + length, all + first + whole, digits);
    return length + digits;
}
