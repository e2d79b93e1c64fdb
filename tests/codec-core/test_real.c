/* SPDX-License-Identifier: MIT */
/*
 * Floating point by integers against the machine's own, which is IEEE 754 binary64 on
 * the machines that run the tests, and against the library's functions.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "float_text.h"
#include "machine.h"

static uint64_t state = 88172645463325252u;

/* xorshift64: the same numbers in every run */
static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static double of_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

static struct real real_of(double value)
{
    return real_unpack(real_format(64), bits_of(value));
}

/* Infinity where it is too large. */
static double double_of(struct real value)
{
    uint64_t bits;
    if (!real_pack(real_format(64), value, &bits))
        return value.negative ? -INFINITY : INFINITY;
    return of_bits(bits);
}

/* Any finite number, or one of those whose exponents lie near each other. */
static double random_double(unsigned spread)
{
    uint64_t bits = next_random();
    uint64_t exponent = spread == 0 ? bits >> 52 & 0x7FF : 1023 + next_random() % spread;
    if (exponent == 0x7FF)
        exponent = 0;
    /* Often short fractions, where ties are. */
    if (next_random() % 2 == 0)
        bits &= UINT64_MAX << (next_random() % 53);
    return of_bits((bits & 0x800FFFFFFFFFFFFFu) | exponent << 52);
}

static void expect_same(const char *what, double x, double y, double found,
                        double expected)
{
    /* The sign of a zero that a difference leaves is of no interest. */
    if (found == expected)
        return;
    ck_abort_msg("%s of %a and %a: %a, expected %a", what, x, y, found, expected);
}

START_TEST(arithmetic_is_that_of_ieee_754)
{
    for (unsigned i = 0; i < 40000; i++) {
        unsigned spread = i % 3 == 0 ? 0 : i % 3 == 1 ? 4 : 70;
        double x = random_double(spread), y = random_double(spread);
        struct real left = real_of(x), right = real_of(y);
        expect_same("sum", x, y, double_of(real_add(left, right)), x + y);
        expect_same("difference", x, y, double_of(real_sub(left, right)), x - y);
        expect_same("product", x, y, double_of(real_mul(left, right)), x * y);
        if (y != 0)
            expect_same("quotient", x, y, double_of(real_div(left, right)), x / y);
        left.negative = false;
        expect_same("root", x, 0, double_of(real_sqrt(left)), sqrt(fabs(x)));
        ck_assert_int_eq(real_compare(real_of(x), right), (x > y) - (x < y));
    }
}
END_TEST

/* As `%` of the profile language: the divisor's sign. */
static double remainder_of(double x, double y)
{
    double rest = fmod(x, y);
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
}

static double machine_remainder(double x, double y)
{
    struct value left = value_float(bits_of(x)), right = value_float(bits_of(y));
    struct value rest = machine_real_binary(DGM_CODE_MOD, &left, &right);
    ck_assert_msg(rest.kind != VALUE_MISSING, "no remainder of %a and %a", x, y);
    return double_of(value_to_real(&rest));
}

START_TEST(remainders_are_exact)
{
    for (unsigned i = 0; i < 20000; i++) {
        unsigned spread = i % 3 == 0 ? 0 : i % 3 == 1 ? 4 : 130;
        double x = random_double(spread), y = random_double(spread);
        if (y != 0)
            expect_same("remainder", x, y, machine_remainder(x, y), remainder_of(x, y));
    }
}
END_TEST

START_TEST(remainders_at_the_ends)
{
    static const double ends[] = {4.9e-324,    2.2250738585072014e-308, 0.1, 1, 3,
                                  8.142658e29, 1.7976931348623157e308};
    size_t count = sizeof(ends) / sizeof(ends[0]);
    for (size_t i = 0; i < count * count * 4; i++) {
        double x = ends[i / 4 % count] * (i & 1 ? -1 : 1);
        double y = ends[i / 4 / count] * (i & 2 ? -1 : 1);
        expect_same("remainder", x, y, machine_remainder(x, y), remainder_of(x, y));
    }
    expect_same("remainder", 0, 3, machine_remainder(0, 3), 0);
}
END_TEST

/* Units in the last place between the two. */
static double distance(double found, double expected)
{
    double unit = nextafter(fabs(expected), INFINITY) - fabs(expected);
    return fabs(found - expected) / unit;
}

static void expect_near(const char *what, double x, double found, double expected)
{
    if (distance(found, expected) > 1.0)
        ck_abort_msg("%s of %a: %a, expected %a", what, x, found, expected);
}

START_TEST(functions_are_those_of_the_library)
{
    for (unsigned i = 0; i < 10000; i++) {
        double x = fabs(random_double(i % 2 == 0 ? 0 : 3)), y = random_double(5) / 8;
        struct real result;
        if (x == 0)
            continue;
        expect_near("ln", x, double_of(real_ln(real_of(x))), log(x));
        expect_near("log10", x, double_of(real_log10(real_of(x))), log10(x));
        double z = random_double(9);
        if (fabs(z) < 700 && real_exp(real_of(z), &result))
            expect_near("exp", z, double_of(result), exp(z));
        double p = pow(x, y);
        if (p < 1e300 && p > 1e-300 && real_pow(real_of(x), real_of(y), &result))
            expect_near("pow", x, double_of(result), p);
    }
}
END_TEST

START_TEST(functions_are_exact_where_the_result_is)
{
    struct real result;
    ck_assert(double_of(real_ln(real_of(1))) == 0);
    ck_assert(double_of(real_log10(real_of(1000))) == 3);
    ck_assert(double_of(real_log10(real_of(1e22))) == 22);
    ck_assert(real_exp(real_of(0), &result) && double_of(result) == 1);
    ck_assert(real_pow(real_of(-3), real_of(3), &result) && double_of(result) == -27);
    ck_assert(real_pow(real_of(2), real_of(-2), &result) && double_of(result) == 0.25);
    ck_assert(real_pow(real_of(0), real_of(0), &result) && double_of(result) == 1);
    ck_assert(real_pow(real_of(0), real_of(2), &result) && double_of(result) == 0);
    ck_assert(real_pow(real_of(2), real_of(101), &result) &&
              double_of(result) == 0x1p101);
    ck_assert(real_pow(real_of(-2), real_of(101), &result) &&
              double_of(result) == -0x1p101);
    /* Beyond what squaring does, the sign is that of the base. */
    ck_assert(real_pow(real_of(1.0625), real_of(2001), &result) &&
              double_of(result) > 1e52);
    ck_assert(real_pow(real_of(-1.0625), real_of(2001), &result) &&
              double_of(result) < -1e52);
    ck_assert(real_pow(real_of(-1.0625), real_of(2002), &result) &&
              double_of(result) > 1e52);
    ck_assert(!real_pow(real_of(0), real_of(-1), &result));
    ck_assert(!real_pow(real_of(-2), real_of(0.5), &result));
    ck_assert(!real_exp(real_of(1e300), &result));
    ck_assert(real_exp(real_of(-1e300), &result) && double_of(result) == 0);
    ck_assert(real_exp(real_of(710), &result) && double_of(result) == INFINITY);
}
END_TEST

static const struct rounding_case {
    double value;
    unsigned digits;
    enum real_rounding rounding;
    const char *text;
} roundings[] = {
    {2.5, 0, REAL_AWAY, "3"},
    {-2.5, 0, REAL_AWAY, "-3"},
    {2.5, 0, REAL_EVEN, "2"},
    {3.5, 0, REAL_EVEN, "4"},
    /* 1.005 is 1.00499999999999989... as a binary64 */
    {1.005, 2, REAL_AWAY, "1"},
    {1.0050000000000001, 2, REAL_AWAY, "1.01"},
    {0.125, 2, REAL_AWAY, "0.13"},
    {0.125, 2, REAL_EVEN, "0.12"},
    {-0.5, 0, REAL_FLOOR, "-1"},
    {-0.5, 0, REAL_CEIL, "0"},
    {0.5, 0, REAL_CEIL, "1"},
    {1e-300, 0, REAL_CEIL, "1"},
    {-1e-300, 0, REAL_FLOOR, "-1"},
    {1e-300, 19, REAL_AWAY, "0"},
    {1e15, 3, REAL_AWAY, "1000000000000000"},
    {1e30, 0, REAL_FLOOR, "1000000000000000019884624838656"},
};

START_TEST(rounds_the_exact_value)
{
    const struct rounding_case *it = &roundings[_i];
    struct number number;
    char text[NUMBER_TEXT_MAX + 1];
    ck_assert(real_to_number(real_of(it->value), it->digits, it->rounding, &number));
    text[number_write(text, number)] = '\0';
    ck_assert_str_eq(text, it->text);
}
END_TEST

START_TEST(numbers_beyond_128_bits_are_not_rounded)
{
    struct number number;
    ck_assert(!real_to_number(real_of(1e39), 0, REAL_AWAY, &number));
    ck_assert(!real_to_number(real_of(1e30), 19, REAL_AWAY, &number));
}
END_TEST

/* Vendor formats: 12 bits of fraction without a hidden one under 4 bits of exponent, the
 * same with a sign, and one that flushes. */
static const struct dgm_float uflt16 = {15, 0, 4, 12, 0};
static const struct dgm_float sflt16 = {15, 1, 4, 11, 0};
static const struct dgm_float flushing = {3, 1, 3, 2,
                                          DGM_FLOAT_HIDDEN | DGM_FLOAT_SPECIAL};

static const struct format_case {
    const struct dgm_float *format;
    uint64_t raw;
    const char *text;
    bool one_way;
} format_cases[] = {
    /* 0x800 / 4096 * 2^(15 - 15) */
    {&uflt16, 0xF800, "0.5", false},
    /* 0x999 / 4096 * 2^(9 - 15) = 2457 / 262144 = 0.0093727...; its neighbours are
     * 2^-18 away: three digits do */
    {&uflt16, 0x9999, "0.009373", false},
    /* 0x400 / 4096 is better written with a smaller exponent */
    {&uflt16, 0xF400, "0.25", true},
    {&uflt16, 0xE800, "0.25", false},
    {&uflt16, 0x0001, "7e-9", false},
    {&uflt16, 0x0000, "0", false},
    {&uflt16, 0xFFFF, "0.9998", false},
    {&sflt16, 0xFC00, "-0.5", false},
    {&sflt16, 0x7FFF, "0.9995", false},
    /* (4 + 1) / 4 * 2^(4 - 3) = 2.5 */
    {&flushing, 0x11, "2.5", false},
    {&flushing, 0x31, "-2.5", false},
    /* exponent 0 is zero */
    {&flushing, 0x03, "0", true},
    /* the smallest: 2^(1 - 3) */
    {&flushing, 0x04, "0.25", false},
};

START_TEST(formats_have_shortest_texts)
{
    const struct format_case *it = &format_cases[_i];
    char text[FLOAT_TEXT_MAX + 1];
    uint64_t raw;
    text[float_write_as(text, it->format, it->raw)] = '\0';
    ck_assert_str_eq(text, it->text);
    ck_assert(float_read_as(text, strlen(text), it->format, &raw));
    if (!it->one_way)
        ck_assert_uint_eq(raw, it->raw);
}
END_TEST

/* Every raw value of a format reads back as the same value, and no text of fewer digits
 * does. */
static void expect_round_trip(const struct dgm_float *format, uint64_t raw)
{
    char text[FLOAT_TEXT_MAX + 1];
    uint64_t back;
    size_t length = float_write_as(text, format, raw);
    if (!float_read_as(text, length, format, &back) ||
        real_compare(real_unpack(format, raw), real_unpack(format, back)) != 0) {
        text[length] = '\0';
        ck_abort_msg("%llx became %s", (unsigned long long)raw, text);
    }
}

START_TEST(every_text_of_16_bits_reads_back)
{
    static const struct dgm_float bfloat = {
        127, 1, 8, 7, DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL};
    const struct dgm_float *all[] = {real_format(16), &bfloat, &uflt16, &sflt16};
    const struct dgm_float *format = all[_i];
    for (uint64_t raw = 0; raw <= 0xFFFF; raw++)
        if (real_is_finite(format, raw))
            expect_round_trip(format, raw);
}
END_TEST

START_TEST(what_a_format_cannot_hold_is_refused)
{
    uint64_t raw;
    ck_assert(!float_read_as("1", 1, &uflt16, &raw));
    ck_assert(!float_read_as("0.9999", 6, &uflt16, &raw));
    ck_assert(!float_read_as("-0.5", 4, &uflt16, &raw));
    ck_assert(float_read_as("-0", 2, &uflt16, &raw) && raw == 0);
    ck_assert(!float_read_as("65520", 5, real_format(16), &raw));
    ck_assert(float_read_as("65519", 5, real_format(16), &raw) && raw == 0x7BFF);
    /* Between zero and 0.25 the nearer one; the middle goes to zero. */
    ck_assert(float_read_as("0.125", 5, &flushing, &raw) && raw == 0);
    ck_assert(float_read_as("0.126", 5, &flushing, &raw) && raw == 4);
    ck_assert(float_read_as("0.24", 4, &flushing, &raw) && raw == 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("real");
    TCase *tests = tcase_create("real");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, arithmetic_is_that_of_ieee_754);
    tcase_add_test(tests, remainders_are_exact);
    tcase_add_test(tests, remainders_at_the_ends);
    tcase_add_test(tests, functions_are_those_of_the_library);
    tcase_add_test(tests, functions_are_exact_where_the_result_is);
    tcase_add_loop_test(tests, rounds_the_exact_value, 0,
                        (int)(sizeof(roundings) / sizeof(roundings[0])));
    tcase_add_test(tests, numbers_beyond_128_bits_are_not_rounded);
    tcase_add_loop_test(tests, formats_have_shortest_texts, 0,
                        (int)(sizeof(format_cases) / sizeof(format_cases[0])));
    tcase_add_loop_test(tests, every_text_of_16_bits_reads_back, 0, 4);
    tcase_add_test(tests, what_a_format_cannot_hold_is_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
