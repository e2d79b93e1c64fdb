/* SPDX-License-Identifier: MIT */
/* 128-bit arithmetic against the compiler's own. */
#include "wide.h"

#include <check.h>
#include <stdlib.h>

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

enum { RANDOM_PAIRS = 200000 };

static const u128 top = (u128)1 << 127;

static struct wide wide_of(i128 value)
{
    struct wide wide = {(uint64_t)value, (int64_t)(value >> 64)};
    return wide;
}

static i128 native(struct wide value)
{
    return (i128)((u128)(uint64_t)value.high << 64 | value.low);
}

static u128 magnitude(i128 value)
{
    return value < 0 ? 0 - (u128)value : (u128)value;
}

/* Check tells its parent of each assertion, which is too slow for millions of them. */
#define EXPECT(condition, ...)                                                           \
    do {                                                                                 \
        if (!(condition))                                                                \
            ck_abort_msg(__VA_ARGS__);                                                   \
    } while (0)

/* Two words, for messages. */
#define WORDS(value)                                                                     \
    (unsigned long long)((u128)(value) >> 64), (unsigned long long)(value)

/* Values around every place where a carry, a sign or a word can go wrong. */
static size_t edge_values(i128 *values)
{
    size_t count = 0;
    u128 power = 1;
    for (unsigned bit = 0; bit < 128; bit += bit % 32 == 31 ? 1 : bit % 32 == 0 ? 1 : 10)
        for (int near = -1; near <= 1; near++) {
            u128 value = ((u128)1 << bit) + (u128)near;
            values[count++] = (i128)value;
            values[count++] = (i128)(0 - value);
        }
    for (unsigned digits = 0; digits < 39; digits += 3, power *= 1000) {
        values[count++] = (i128)power;
        values[count++] = (i128)(0 - power);
    }
    return count;
}

/* All widths and signs are equally frequent. */
static i128 random_value(uint64_t *state)
{
    u128 value = 0;
    for (unsigned i = 0; i < 3; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        value = value << 43 ^ *state >> 21;
    }
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    value >>= *state >> 57;
    return (i128)(*state >> 40 & 1 ? 0 - value : value);
}

static void check_result(const char *name, i128 x, i128 y, bool fits, u128 expected,
                         bool done, struct wide result)
{
    static const struct wide untouched = {77, 77};
    EXPECT(done == fits, "%s of %llx %016llx and %llx %016llx: %s", name, WORDS(x),
           WORDS(y), done ? "overflow missed" : "no overflow");
    i128 wanted = fits ? (i128)expected : native(untouched);
    EXPECT(native(result) == wanted, "%s of %llx %016llx and %llx %016llx", name,
           WORDS(x), WORDS(y));
}

static bool signs_overflow(i128 x, i128 y, u128 sum)
{
    return (((u128)x ^ sum) & ((u128)y ^ sum)) >> 127 != 0;
}

static bool product_fits(i128 x, i128 y)
{
    u128 limit = (x < 0) != (y < 0) ? top : top - 1;
    return x == 0 || y == 0 || magnitude(x) <= limit / magnitude(y);
}

static void check_division(i128 x, i128 y)
{
    struct wide quotient = {77, 77}, remainder = {77, 77};
    bool fits = y != 0 && !(magnitude(x) == top && x < 0 && y == -1);
    bool done = wide_floor_div(wide_of(x), wide_of(y), &quotient, &remainder);
    i128 whole = 0, rest = 0;
    if (fits) {
        whole = x / y;
        rest = x % y;
        if (rest != 0 && (rest < 0) != (y < 0)) {
            whole--;
            rest += y;
        }
    }
    check_result("quotient", x, y, fits, (u128)whole, done, quotient);
    check_result("remainder", x, y, fits, (u128)rest, done, remainder);
}

static void check_small_division(i128 x, i128 y)
{
    uint64_t divisor = (uint64_t)y, remainder;
    if (divisor == 0)
        return;
    struct wide quotient = wide_div_small(wide_of(x), divisor, &remainder);
    EXPECT((u128)native(quotient) == (u128)x / divisor &&
               remainder == (uint64_t)((u128)x % divisor),
           "%llx %016llx by %llx", WORDS(x), (unsigned long long)divisor);
}

static void check_pair(i128 x, i128 y)
{
    struct wide sum = {77, 77}, difference = {77, 77}, product = {77, 77};
    u128 expected = (u128)x + (u128)y;
    bool done = wide_add(wide_of(x), wide_of(y), &sum);
    check_result("sum", x, y, !signs_overflow(x, y, expected), expected, done, sum);
    expected = (u128)x - (u128)y;
    done = wide_sub(wide_of(x), wide_of(y), &difference);
    bool overflow = (((u128)x ^ (u128)y) & ((u128)x ^ expected)) >> 127 != 0;
    check_result("difference", x, y, !overflow, expected, done, difference);
    done = wide_mul(wide_of(x), wide_of(y), &product);
    check_result("product", x, y, product_fits(x, y), (u128)x * (u128)y, done, product);
    check_division(x, y);
    check_small_division(x, y);
    EXPECT(wide_compare(wide_of(x), wide_of(y)) == (x > y) - (x < y),
           "order of %llx %016llx and %llx %016llx", WORDS(x), WORDS(y));
}

static void check_one(i128 x)
{
    struct wide negated = {77, 77};
    int64_t small = 77;
    uint64_t natural = 77;
    bool fits = !(x < 0 && magnitude(x) == top);
    bool done = wide_neg(wide_of(x), &negated);
    check_result("negation", x, x, fits, 0 - (u128)x, done, negated);
    ck_assert_int_eq(wide_is_negative(wide_of(x)), x < 0);
    ck_assert_int_eq(wide_is_zero(wide_of(x)), x == 0);
    bool is_small = x >= INT64_MIN && x <= INT64_MAX;
    ck_assert_int_eq(wide_to_i64(wide_of(x), &small), is_small);
    ck_assert_int_eq(small, is_small ? (int64_t)x : 77);
    bool is_natural = x >= 0 && x <= (i128)UINT64_MAX;
    ck_assert_int_eq(wide_to_u64(wide_of(x), &natural), is_natural);
    ck_assert_uint_eq(natural, is_natural ? (uint64_t)x : 77);
    ck_assert(native(wide_from_i64((int64_t)x)) == (int64_t)x);
    ck_assert(native(wide_from_u64((uint64_t)x)) == (i128)(uint64_t)x);
    u128 power = 1;
    bool product_is_fine = true;
    for (unsigned digits = 0; digits <= 60; digits++, power *= 10) {
        struct wide product = {77, 77};
        product_is_fine = x == 0 || (digits <= 38 && product_fits(x, (i128)(power)));
        done = wide_mul_pow10(wide_of(x), digits, &product);
        check_result("power", x, digits, product_is_fine, (u128)x * power, done, product);
    }
}

START_TEST(agrees_with_the_compiler_on_edges)
{
    i128 values[512];
    size_t count = edge_values(values);
    ck_assert_uint_le(count, sizeof(values) / sizeof(values[0]));
    for (size_t i = 0; i < count; i++) {
        check_one(values[i]);
        for (size_t k = 0; k < count; k++)
            check_pair(values[i], values[k]);
    }
}
END_TEST

START_TEST(agrees_with_the_compiler_on_random_values)
{
    uint64_t state = 1;
    for (unsigned i = 0; i < RANDOM_PAIRS; i++) {
        i128 x = random_value(&state), y = random_value(&state);
        check_pair(x, y);
        if (i % 64 == 0)
            check_one(x);
    }
}
END_TEST

/* Quotients whose first estimate is too large by one and by two. */
START_TEST(corrects_estimates_of_quotient_digits)
{
    static const uint64_t words[] = {0,
                                     1,
                                     UINT32_MAX,
                                     (uint64_t)UINT32_MAX + 1,
                                     (uint64_t)1 << 63,
                                     ((uint64_t)1 << 63) + 1,
                                     ((uint64_t)1 << 63) + UINT32_MAX,
                                     UINT64_MAX - UINT32_MAX,
                                     UINT64_MAX - 1,
                                     UINT64_MAX};
    const size_t count = sizeof(words) / sizeof(words[0]);
    for (size_t high = 0; high < count; high++)
        for (size_t low = 0; low < count; low++)
            for (size_t divisor = 1; divisor < count; divisor++)
                check_small_division((i128)((u128)words[high] << 64 | words[low]),
                                     words[divisor]);
}
END_TEST

START_TEST(result_may_be_an_operand)
{
    struct wide value = wide_from_i64(-7), other = wide_from_i64(2);
    ck_assert(wide_mul(value, other, &value));
    ck_assert(native(value) == -14);
    ck_assert(wide_floor_div(value, wide_from_i64(4), &other, &value));
    ck_assert(native(other) == -4);
    ck_assert(native(value) == 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wide");
    TCase *arithmetic = tcase_create("arithmetic");
    tcase_set_timeout(arithmetic, 60);
    tcase_add_test(arithmetic, agrees_with_the_compiler_on_edges);
    tcase_add_test(arithmetic, agrees_with_the_compiler_on_random_values);
    tcase_add_test(arithmetic, corrects_estimates_of_quotient_digits);
    tcase_add_test(arithmetic, result_may_be_an_operand);
    suite_add_tcase(suite, arithmetic);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
