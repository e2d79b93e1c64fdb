/* SPDX-License-Identifier: MIT */
/* Binary floating point to text and back, against the C library's correctly rounded
 * conversions. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "float_text.h"

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static double double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static float single_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

static uint32_t single_bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

/* Digits without leading zeros and without trailing ones. */
static unsigned digit_count(const char *text)
{
    unsigned count = 0, zeros = 0;
    for (; *text != 0 && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (count == 0 && *text == '0'))
            continue;
        count++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return count - zeros;
}

/* Digits of the shortest text that the C library finds to read back. */
static unsigned shortest_count(double value, bool single)
{
    char text[64];
    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, sizeof(text), "%.*e", precision, value);
        bool same =
            single ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value;
        if (same)
            return digit_count(text);
    }
    return 17;
}

static void check_double(uint64_t bits)
{
    char text[FLOAT_TEXT_MAX + 1];
    uint64_t back;
    if (!float_is_finite(bits, 64))
        return;
    size_t length = float_write(text, bits, 64);
    ck_assert_uint_le(length, FLOAT_TEXT_MAX);
    text[length] = 0;
    double value = double_of(bits);
    ck_assert_msg(strtod(text, NULL) == value, "%a printed as %s", value, text);
    ck_assert_msg(float_read(text, length, 64, &back), "%s", text);
    ck_assert_msg(double_of(back) == value, "%s read as %a", text, double_of(back));
}

START_TEST(doubles_print_and_read_back)
{
    for (unsigned i = 0; i < 20000; i++) {
        uint64_t bits = next_random();
        check_double(i % 4 == 0 ? bits & 0xFFF0000000000FFFu : bits);
    }
}
END_TEST

START_TEST(doubles_print_shortest)
{
    for (unsigned i = 0; i < 1000; i++) {
        char text[FLOAT_TEXT_MAX + 1];
        uint64_t bits = next_random();
        if (!float_is_finite(bits, 64))
            continue;
        text[float_write(text, bits, 64)] = 0;
        ck_assert_msg(digit_count(text) == shortest_count(double_of(bits), false), "%s",
                      text);
    }
}
END_TEST

START_TEST(singles_print_shortest_and_read_back)
{
    for (unsigned i = 0; i < 20000; i++) {
        char text[FLOAT_TEXT_MAX + 1];
        uint32_t bits = (uint32_t)next_random();
        uint64_t back;
        if (!float_is_finite(bits, 32))
            continue;
        size_t length = float_write(text, bits, 32);
        text[length] = 0;
        float value = single_of(bits);
        ck_assert_msg(strtof(text, NULL) == value, "%a printed as %s", (double)value,
                      text);
        ck_assert(float_read(text, length, 32, &back) &&
                  single_of((uint32_t)back) == value);
        if (i % 32 == 0)
            ck_assert_uint_eq(digit_count(text), shortest_count((double)value, true));
    }
}
END_TEST

START_TEST(reads_any_text_to_the_nearest)
{
    for (unsigned i = 0; i < 20000; i++) {
        char text[64];
        uint64_t bits = next_random(), found;
        if (!float_is_finite(bits, 64))
            continue;
        snprintf(text, sizeof(text), "%.*e", (int)(next_random() % 30), double_of(bits));
        double value = strtod(text, NULL);
        bool finite = float_is_finite(bits_of(value), 64);
        ck_assert_msg(float_read(text, strlen(text), 64, &found) == finite, "%s", text);
        if (finite)
            ck_assert_msg(found == bits_of(value), "%s", text);
        float single = strtof(text, NULL);
        finite = float_is_finite(single_bits_of(single), 32);
        ck_assert_msg(float_read(text, strlen(text), 32, &found) == finite, "%s", text);
        if (finite)
            ck_assert_msg(found == single_bits_of(single), "%s", text);
    }
}
END_TEST

/* Ties, subnormals, the largest and smallest, many digits, absurd exponents. */
static const char *const hard[] = {
    "0",
    "-0",
    "5e-324",
    "2.4703282292062327208e-324",
    "2.4703282292062328e-324",
    "2.2250738585072011e-308",
    "2.2250738585072014e-308",
    "1.7976931348623157e308",
    "1.7976931348623158e308",
    "1.797693134862315808e308",
    "9007199254740993",
    "9007199254740992.5",
    "9007199254740993."
    "00000000000000000000000000000000000000000000000000000000000000000000001",
    "0.1",
    "123456789012345678901234567890",
    "1e23",
    "8.41e21",
    "9.5e-8",
    "6.631236846766476e-316",
    "3.4028235677973366e38",
    "1.401298464324817e-45",
    "7.006492321624085e-46",
    "16777217",
    "16777219",
    "0.000000000000000000000000000000000000000000000000000000000000001e60",
    "1e-99999999999",
    "1E+5",
};

START_TEST(reads_the_hard_cases)
{
    const char *text = hard[_i];
    uint64_t found = 1;
    double value = strtod(text, NULL);
    ck_assert_msg(float_read(text, strlen(text), 64, &found) ==
                      float_is_finite(bits_of(value), 64),
                  "%s", text);
    if (float_is_finite(bits_of(value), 64))
        ck_assert_msg(found == bits_of(value), "%s read as %a", text, double_of(found));
    float single = strtof(text, NULL);
    bool finite = float_is_finite(single_bits_of(single), 32);
    ck_assert_msg(float_read(text, strlen(text), 32, &found) == finite, "%s", text);
    if (finite)
        ck_assert_msg(found == single_bits_of(single), "%s", text);
}
END_TEST

START_TEST(reads_a_thousand_digits)
{
    char text[1100];
    uint64_t found;
    /* Halfway between two doubles, and the last digit tips it over. */
    int length = snprintf(text, sizeof(text), "9007199254740993.");
    memset(text + length, '0', 1000);
    text[length + 1000] = 0;
    ck_assert(float_read(text, (size_t)length + 1000, 64, &found));
    ck_assert_uint_eq(found, bits_of(9007199254740992.0));
    text[length + 999] = '1';
    ck_assert(float_read(text, (size_t)length + 1000, 64, &found));
    ck_assert_uint_eq(found, bits_of(9007199254740994.0));
}
END_TEST

START_TEST(spells_numbers_as_people_do)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {48.18722, "48.18722"},
        {1e21, "1e+21"},
        {1e20, "100000000000000000000"},
        {1e-6, "0.000001"},
        {1.5e-7, "1.5e-7"},
        {-2.5, "-2.5"},
        {100, "100"},
        {1234.5, "1234.5"},
        {5e-324, "5e-324"},
        {-0.0, "-0"},
        {0.001, "0.001"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[FLOAT_TEXT_MAX + 1];
        text[float_write(text, bits_of(rows[i].value), 64)] = 0;
        ck_assert_str_eq(text, rows[i].text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("float_text");
    TCase *write = tcase_create("write"), *read = tcase_create("read");
    tcase_set_timeout(write, 0);
    tcase_set_timeout(read, 0);
    tcase_add_test(write, doubles_print_and_read_back);
    tcase_add_test(write, doubles_print_shortest);
    tcase_add_test(write, singles_print_shortest_and_read_back);
    tcase_add_test(write, spells_numbers_as_people_do);
    tcase_add_test(read, reads_any_text_to_the_nearest);
    tcase_add_loop_test(read, reads_the_hard_cases, 0,
                        (int)(sizeof(hard) / sizeof(hard[0])));
    tcase_add_test(read, reads_a_thousand_digits);
    suite_add_tcase(suite, write);
    suite_add_tcase(suite, read);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
