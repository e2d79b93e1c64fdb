/* SPDX-License-Identifier: MIT */
/* Exact numbers: text both ways, order, arithmetic. */
#include "number.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

enum { ROUNDS = 100000, ROOM = 64, GUARD = 0x5A };

#define SMALLEST "-170141183460469231731687303715884105728"
#define LARGEST "170141183460469231731687303715884105727"

/* Check tells its parent of each assertion, which is too slow for millions of them. */
#define EXPECT(condition, ...)                                                           \
    do {                                                                                 \
        if (!(condition))                                                                \
            ck_abort_msg(__VA_ARGS__);                                                   \
    } while (0)

static uint64_t random_bits(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint64_t upper = *state >> 32;
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return upper << 32 | *state >> 32;
}

/* All widths are equally frequent. */
static uint64_t random_u64(uint64_t *state)
{
    uint64_t value = random_bits(state);
    return value >> (random_bits(state) % 64);
}

static struct number number_of(i128 mantissa, unsigned digits)
{
    struct number number = {{(uint64_t)mantissa, (int64_t)(mantissa >> 64)},
                            (uint8_t)digits};
    return number;
}

static i128 native(struct wide value)
{
    return (i128)((u128)(uint64_t)value.high << 64 | value.low);
}

/* Terminates what number_write() writes, and checks that it keeps to its room. */
static size_t write_guarded(char *text, struct number number)
{
    memset(text, GUARD, ROOM);
    size_t length = number_write(text, number);
    EXPECT(length <= NUMBER_TEXT_MAX && text[NUMBER_TEXT_MAX] == GUARD, "%.*s",
           (int)length, text);
    text[length] = 0;
    return length;
}

/* The same by the plainest means: all digits, a point, no zeros. */
static void write_plainly(char *text, i128 mantissa, unsigned digits)
{
    char reversed[ROOM];
    size_t count = 0;
    u128 rest = mantissa < 0 ? 0 - (u128)mantissa : (u128)mantissa;
    while (digits > 0 && rest % 10 == 0) {
        rest /= 10;
        digits--;
    }
    for (unsigned i = 0; rest > 0 || i <= digits; i++) {
        if (i == digits && digits > 0)
            reversed[count++] = '.';
        reversed[count++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    if (mantissa < 0)
        *text++ = '-';
    while (count > 0)
        *text++ = reversed[--count];
    *text = 0;
}

static void check_write(i128 mantissa, unsigned digits)
{
    char text[ROOM], expected[ROOM];
    write_plainly(expected, mantissa, digits);
    write_guarded(text, number_of(mantissa, digits));
    EXPECT(strcmp(text, expected) == 0, "wrote %s for %s", text, expected);
    struct number back = {{77, 77}, 77};
    enum number_parse_result result = number_parse(text, strlen(text), &back);
    EXPECT(result == NUMBER_OK, "%s is not read back", text);
    EXPECT(number_compare(back, number_of(mantissa, digits)) == 0, "%s came back else",
           text);
    EXPECT(back.digits == 0 || native(back.mantissa) % 10 != 0, "%s not normalised",
           text);
    if (mantissa < INT64_MIN || mantissa > INT64_MAX || digits > 19)
        return;
    memset(text, GUARD, ROOM);
    size_t length = number_write_decimal(text, (int64_t)mantissa, digits);
    EXPECT(length == strlen(expected) && memcmp(text, expected, length) == 0 &&
               text[length] == GUARD && length <= 22,
           "decimal %s", expected);
}

START_TEST(writes_shortest_decimals)
{
    static const struct {
        i128 mantissa;
        unsigned digits;
        const char *text;
    } rows[] = {
        {0, 0, "0"},
        {0, 7, "0"},
        {0, 38, "0"},
        {123, 1, "12.3"},
        {120, 1, "12"},
        {5, 3, "0.005"},
        {-5, 3, "-0.005"},
        {-50, 3, "-0.05"},
        {10, 1, "1"},
        {100, 1, "10"},
        {-1, 0, "-1"},
        {1, 19, "0.0000000000000000001"},
        {1, 38, "0.00000000000000000000000000000000000001"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {INT64_MIN, 19, "-0.9223372036854775808"},
        {INT64_MAX, 18, "9.223372036854775807"},
        {(i128)INT64_MAX + 1, 0, "9223372036854775808"},
        {(i128)1 << 64, 2, "184467440737095516.16"},
        {(i128)10000000000000000000u * 10000000000000000000u, 19, "10000000000000000000"},
    };
    char text[ROOM];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        write_guarded(text, number_of(rows[i].mantissa, rows[i].digits));
        ck_assert_str_eq(text, rows[i].text);
        check_write(rows[i].mantissa, rows[i].digits);
    }
    write_guarded(text, number_of((i128)((u128)1 << 127), 0));
    ck_assert_str_eq(text, SMALLEST);
    write_guarded(text, number_of((i128)((u128)1 << 127), 38));
    ck_assert_str_eq(text, "-1.70141183460469231731687303715884105728");
    write_guarded(text, number_of((i128)(((u128)1 << 127) - 1), 0));
    ck_assert_str_eq(text, LARGEST);
}
END_TEST

START_TEST(writes_and_reads_back_random_numbers)
{
    uint64_t state = 1;
    for (unsigned i = 0; i < ROUNDS; i++) {
        u128 mantissa = (u128)random_u64(&state);
        if (i % 2 == 0)
            mantissa =
                (mantissa << 64 | random_bits(&state)) >> (random_bits(&state) % 64);
        if (random_bits(&state) % 2 == 0)
            mantissa = 0 - mantissa;
        check_write((i128)mantissa, (unsigned)(random_bits(&state) % 39));
    }
    for (u128 power = 1; power < (u128)1 << 126; power *= 10) {
        for (unsigned digits = 0; digits <= 38; digits++) {
            check_write((i128)power, digits);
            check_write((i128)power - 1, digits);
            check_write(-(i128)power - 1, digits);
        }
    }
}
END_TEST

static void check_integers(uint64_t value)
{
    char text[ROOM], expected[ROOM];
    memset(text, GUARD, ROOM);
    size_t length = number_write_u64(text, value);
    snprintf(expected, sizeof(expected), "%llu", (unsigned long long)value);
    EXPECT(length == strlen(expected) && memcmp(text, expected, length) == 0 &&
               text[length] == GUARD,
           "%s", expected);
    memset(text, GUARD, ROOM);
    length = number_write_i64(text, (int64_t)value);
    snprintf(expected, sizeof(expected), "%lld", (long long)value);
    EXPECT(length == strlen(expected) && memcmp(text, expected, length) == 0 &&
               text[length] == GUARD,
           "%s", expected);
}

START_TEST(writes_integers)
{
    uint64_t state = 1;
    for (uint64_t value = 0; value < 200000; value++)
        check_integers(value);
    for (uint64_t power = 1;; power *= 10) {
        check_integers(power - 1);
        check_integers(power);
        check_integers(0 - power);
        if (power > UINT64_MAX / 10)
            break;
    }
    check_integers(UINT64_MAX);
    check_integers(INT64_MAX);
    check_integers((uint64_t)INT64_MAX + 1);
    for (unsigned i = 0; i < ROUNDS; i++)
        check_integers(random_u64(&state));
}
END_TEST

START_TEST(reads_numbers_exactly)
{
    static const struct {
        const char *text, *expected;
        unsigned digits;
    } rows[] = {
        {"0", "0", 0},
        {"-0", "0", 0},
        {"0.000", "0", 0},
        {"0e999999999999999999", "0", 0},
        {"-0.0E-99999999999999999999999", "0", 0},
        {"1e3", "1000", 0},
        {"1E+3", "1000", 0},
        {"1e-0", "1", 0},
        {"1.50", "1.5", 1},
        {"150e-2", "1.5", 1},
        {"1500e-3", "1.5", 1},
        {"100e-2", "1", 0},
        {"0.1e1", "1", 0},
        {"-12.345", "-12.345", 3},
        {"0.000000000000000000000000000000000001e36", "1", 0},
        {"100000000000000000000000000000000000000000000e-44", "1", 0},
        {"1e0000000000000000000000000000000000001", "10", 0},
        {"1e38", "100000000000000000000000000000000000000", 0},
        {"1e-38", "0.00000000000000000000000000000000000001", 38},
        {"9007199254740993", "9007199254740993", 0},
        {"18446744073709551615", "18446744073709551615", 0},
        {"99999999999999999999999999999999999999",
         "99999999999999999999999999999999999999", 0},
        {SMALLEST, SMALLEST, 0},
        {LARGEST, LARGEST, 0},
        {"-17014118346046923173168730371588410572.8e1", SMALLEST, 0},
    };
    char text[ROOM];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct number number;
        ck_assert_msg(number_parse(rows[i].text, strlen(rows[i].text), &number) ==
                          NUMBER_OK,
                      "%s", rows[i].text);
        write_guarded(text, number);
        ck_assert_str_eq(text, rows[i].expected);
        ck_assert_msg(number.digits == rows[i].digits, "%s: %u digits", rows[i].text,
                      number.digits);
    }
}
END_TEST

START_TEST(refuses_numbers_beyond_its_range)
{
    static const char *const rows[] = {
        "1e39",
        "1e-39",
        "1e999999999999999999",
        "-1e999999999999999999999999999999",
        "1e-99999999999999999999999999999999",
        "0.1e9223372036854775807",
        "1.000000000000000000000000000000000000001",
        "170141183460469231731687303715884105728",
        "-170141183460469231731687303715884105729",
        "17014118346046923173168730371588410573e1",
        "10000000000000000000000000000000000000000000000001",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct number number = number_of(77, 7);
        ck_assert_msg(number_parse(rows[i], strlen(rows[i]), &number) == NUMBER_TOO_LARGE,
                      "%s", rows[i]);
        ck_assert(native(number.mantissa) == 77 && number.digits == 7);
    }
}
END_TEST

START_TEST(refuses_what_is_no_json_number)
{
    /* The text, and how much of it is right. */
    static const struct {
        const char *text;
        size_t right;
    } rows[] = {
        {"", 0},         {"-", 1},   {"+1", 0},  {".5", 0},   {"-.5", 1}, {"1.", 2},
        {"1.e5", 2},     {"1e", 2},  {"1e+", 3}, {"1e-x", 3}, {"x", 0},   {"--1", 1},
        {"Infinity", 0}, {"NaN", 0}, {" 1", 0},  {"-a", 1},   {"/", 0},   {":", 0},
    };
    static const char *const longer[] = {"01",    "-01",   "0x10", "1 ",
                                         "1.5.5", "1e5.5", "1a"};
    struct number number;
    struct number_token token;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t length = strlen(rows[i].text);
        ck_assert_msg(number_parse(rows[i].text, length, &number) == NUMBER_SYNTAX, "%s",
                      rows[i].text);
        ck_assert_msg(!number_scan(rows[i].text, length, &token), "%s", rows[i].text);
        ck_assert_msg(token.length == rows[i].right, "%s: %zu", rows[i].text,
                      token.length);
    }
    for (size_t i = 0; i < sizeof(longer) / sizeof(longer[0]); i++) {
        ck_assert_msg(number_parse(longer[i], strlen(longer[i]), &number) ==
                          NUMBER_SYNTAX,
                      "%s", longer[i]);
        ck_assert_msg(number_scan(longer[i], strlen(longer[i]), &token), "%s", longer[i]);
    }
}
END_TEST

/* mantissa * 10^(12 - digits), which fits for the values of these tests. */
static i128 in_trillionths(int64_t mantissa, unsigned digits)
{
    i128 value = mantissa;
    for (; digits < 12; digits++)
        value *= 10;
    return value;
}

START_TEST(calculates_exactly)
{
    uint64_t state = 1;
    for (unsigned i = 0; i < ROUNDS; i++) {
        int64_t x = (int64_t)(random_u64(&state) >> 2) * (i % 3 == 0 ? -1 : 1);
        int64_t y = (int64_t)(random_u64(&state) >> 2) * (i % 5 == 0 ? -1 : 1);
        unsigned x_digits = (unsigned)(random_bits(&state) % 13);
        unsigned y_digits = (unsigned)(random_bits(&state) % 13);
        struct number left = number_of(x, x_digits), right = number_of(y, y_digits);
        i128 a = in_trillionths(x, x_digits), b = in_trillionths(y, y_digits);
        struct number sum, difference, product;
        EXPECT(number_add(left, right, &sum) && number_sub(left, right, &difference) &&
                   number_mul(left, right, &product),
               "round %u overflows", i);
        EXPECT(number_compare(left, right) == (a > b) - (a < b), "order of round %u", i);
        EXPECT(number_compare(sum, number_of(a + b, 12)) == 0, "sum of round %u", i);
        EXPECT(number_compare(difference, number_of(a - b, 12)) == 0,
               "difference of round %u", i);
        EXPECT(number_compare(product, number_of((i128)x * y, x_digits + y_digits)) == 0,
               "product of round %u", i);
    }
}
END_TEST

static struct number parse(const char *text)
{
    struct number number;
    ck_assert_msg(number_parse(text, strlen(text), &number) == NUMBER_OK, "%s", text);
    return number;
}

START_TEST(orders_numbers_that_have_no_common_decimals)
{
    static const char *const ascending[] = {
        SMALLEST, "-99999999999999999999999999999999999999",
        "-1.5",   "-1.00000000000000000000000000000000000001",
        "-1",     "-0.00000000000000000000000000000000000001",
        "0",      "0.00000000000000000000000000000000000001",
        "1",      "1.00000000000000000000000000000000000001",
        "1.5",    "99999999999999999999999999999999999999",
        LARGEST,
    };
    const size_t count = sizeof(ascending) / sizeof(ascending[0]);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            ck_assert_int_eq(number_compare(parse(ascending[i]), parse(ascending[k])),
                             (i > k) - (i < k));
}
END_TEST

START_TEST(says_when_arithmetic_overflows)
{
    struct number large = parse(LARGEST), small = parse(SMALLEST), ret = {{77, 7}, 7};
    struct number tiny = parse("1e-38"), one = parse("1");
    ck_assert(!number_add(large, one, &ret));
    ck_assert(!number_sub(small, one, &ret));
    ck_assert(!number_add(large, tiny, &ret));
    ck_assert(!number_mul(large, parse("2"), &ret));
    ck_assert(!number_mul(tiny, parse("0.1"), &ret));
    ck_assert(ret.mantissa.low == 77 && ret.mantissa.high == 7 && ret.digits == 7);
    ck_assert(number_add(large, small, &ret));
    ck_assert_int_eq(number_compare(ret, parse("-1")), 0);
}
END_TEST

/* 1e37 with two zeros behind the point is no larger than 1e37. */
START_TEST(zeros_at_the_end_do_not_overflow)
{
    struct number padded = number_of(50, 2), large = parse(LARGEST), ret;
    ck_assert(number_mul(number_of(0, 38), number_of(7, 38), &ret));
    ck_assert_int_eq(number_compare(ret, parse("0")), 0);
    ck_assert(number_mul(number_of(10, 38), number_of(1, 1), &ret));
    ck_assert_int_eq(number_compare(ret, parse("1e-38")), 0);
    ck_assert(number_sub(large, number_of(100, 2), &ret));
    ck_assert_int_eq(
        number_compare(ret, parse("170141183460469231731687303715884105726")), 0);
    ck_assert(!number_sub(large, padded, &ret));
}
END_TEST

START_TEST(tells_whole_numbers)
{
    struct wide whole = wide_from_u64(77);
    ck_assert(!number_to_wide(parse("1.5"), &whole));
    ck_assert(
        !number_to_wide(parse("-0.00000000000000000000000000000000000001"), &whole));
    ck_assert(native(whole) == 77);
    ck_assert(number_to_wide(number_of(-1200, 2), &whole));
    ck_assert(native(whole) == -12);
    ck_assert(number_to_wide(number_of(0, 38), &whole));
    ck_assert(native(whole) == 0);
    ck_assert(number_to_wide(parse(SMALLEST), &whole));
    ck_assert(native(whole) == (i128)((u128)1 << 127));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("number");
    TCase *text = tcase_create("text");
    TCase *arithmetic = tcase_create("arithmetic");
    tcase_set_timeout(text, 60);
    tcase_add_test(text, writes_shortest_decimals);
    tcase_add_test(text, writes_and_reads_back_random_numbers);
    tcase_add_test(text, writes_integers);
    tcase_add_test(text, reads_numbers_exactly);
    tcase_add_test(text, refuses_numbers_beyond_its_range);
    tcase_add_test(text, refuses_what_is_no_json_number);
    suite_add_tcase(suite, text);
    tcase_set_timeout(arithmetic, 60);
    tcase_add_test(arithmetic, calculates_exactly);
    tcase_add_test(arithmetic, orders_numbers_that_have_no_common_decimals);
    tcase_add_test(arithmetic, says_when_arithmetic_overflows);
    tcase_add_test(arithmetic, zeros_at_the_end_do_not_overflow);
    tcase_add_test(arithmetic, tells_whole_numbers);
    suite_add_tcase(suite, arithmetic);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
