/* SPDX-License-Identifier: MIT */
/* Scaling both ways against plain 128-bit arithmetic. */
#include <check.h>
#include <stdlib.h>

#include "scaling.h"

__extension__ typedef __int128 int128;

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static int128 int128_of(struct wide wide)
{
    return (int128)wide.high * ((int128)1 << 64) + wide.low;
}

static struct wide wide_of(int128 value)
{
    struct wide wide = {(uint64_t)value, (int64_t)(value >> 64)};
    return wide;
}

static struct dgm_scaling make_scaling(int64_t mul, int64_t add, uint8_t digits)
{
    struct dgm_scaling scaling = {.mul = mul, .add = add, .div = 1, .digits = digits};
    return scaling;
}

static const struct {
    const char *name;
    int64_t mul, add;
    uint8_t digits;
} scalings[] = {
    {"x 0.1", 1, 0, 1},        {"x 0.1 + 45", 1, 450, 1}, {"x 0.005", 5, 0, 3},
    {"x -0.25", -25, 0, 2},    {"x 1e-6", 1, 0, 6},       {"x 1000 - 40", 1000, -40, 0},
    {"x -3 + 0.7", -30, 7, 1}, {"x 0.000123", 123, 0, 6}, {"x 1 - 128", 1, -128, 0},
    {"x 7e-19", 7, 0, 19},
};

START_TEST(every_16_bit_raw_comes_back)
{
    struct dgm_scaling scaling =
        make_scaling(scalings[_i].mul, scalings[_i].add, scalings[_i].digits);
    /* One assertion a loop: each costs a write to the runner. */
    for (int32_t raw = -32768; raw <= 65535; raw++) {
        struct number number;
        struct wide back;
        bool same =
            scaling_apply(&scaling, wide_from_i64(raw), &number) &&
            int128_of(number.mantissa) == (int128)raw * scaling.mul + scaling.add &&
            number.digits == scaling.digits &&
            scaling_invert(&scaling, &number, &back) == DGM_OK && int128_of(back) == raw;
        if (!same)
            ck_abort_msg("%s: raw %d", scalings[_i].name, raw);
    }
}
END_TEST

START_TEST(every_64_bit_raw_comes_back)
{
    struct dgm_scaling scaling =
        make_scaling(scalings[_i].mul, scalings[_i].add, scalings[_i].digits);
    for (unsigned i = 0; i < 20000; i++) {
        uint64_t raw = i % 16 == 0 ? UINT64_MAX - i / 16 : next_random();
        struct number number;
        struct wide back;
        bool same = scaling_apply(&scaling, wide_from_u64(raw), &number) &&
                    scaling_invert(&scaling, &number, &back) == DGM_OK &&
                    int128_of(back) == (int128)raw;
        if (!same)
            ck_abort_msg("%s: raw %llu", scalings[_i].name, (unsigned long long)raw);
    }
}
END_TEST

/* The nearest raw of value / 10^extra more digits, ties away from zero, by definition. */
static int128 nearest(int128 value, int128 step)
{
    int128 magnitude = value < 0 ? -value : value, size = step < 0 ? -step : step;
    int128 result = (2 * magnitude + size) / (2 * size);
    return (value < 0) != (step < 0) ? -result : result;
}

START_TEST(finds_the_nearest_raw)
{
    struct dgm_scaling scaling =
        make_scaling(scalings[_i].mul, scalings[_i].add, scalings[_i].digits);
    for (unsigned i = 0; i < 50000; i++) {
        unsigned extra = i % 4;
        int128 power = 1;
        for (unsigned k = 0; k < extra; k++)
            power *= 10;
        int128 units = (int64_t)next_random() >> 24;
        if (i % 3 == 0) /* near a tie */
            units = (int128)scaling.mul * power * (int64_t)(next_random() % 100) / 2 +
                    scaling.add * power + (int64_t)(next_random() % 3) - 1;
        struct number number = {wide_of(units), (uint8_t)(scaling.digits + extra)};
        struct wide raw;
        int128 expected = nearest(units - scaling.add * power, scaling.mul * power);
        if (scaling_invert(&scaling, &number, &raw) != DGM_OK ||
            int128_of(raw) != expected)
            ck_abort_msg("%s: %lld with %u digits more, expected %lld", scalings[_i].name,
                         (long long)units, extra, (long long)expected);
    }
}
END_TEST

START_TEST(refuses_a_value_between_two_raws_if_told_to)
{
    struct dgm_scaling scaling = make_scaling(5, 0, 1);
    struct number half = {wide_from_i64(5), 1}, between = {wide_from_i64(6), 1};
    struct wide raw;
    scaling.flags = DGM_SCALING_EXACT_ONLY;
    ck_assert_int_eq(scaling_invert(&scaling, &half, &raw), DGM_OK);
    ck_assert_int_eq(scaling_invert(&scaling, &between, &raw), DGM_INEXACT);
}
END_TEST

START_TEST(rounds_by_a_divisor_with_either_kind_of_tie)
{
    struct dgm_scaling scaling = make_scaling(1, 0, 0);
    struct number number;
    scaling.div = 2;
    ck_assert(scaling_apply(&scaling, wide_from_i64(5), &number));
    ck_assert(int128_of(number.mantissa) == 3);
    ck_assert(scaling_apply(&scaling, wide_from_i64(-5), &number));
    ck_assert(int128_of(number.mantissa) == -3);
    scaling.flags = DGM_SCALING_TIES_EVEN;
    ck_assert(scaling_apply(&scaling, wide_from_i64(5), &number));
    ck_assert(int128_of(number.mantissa) == 2);
    ck_assert(scaling_apply(&scaling, wide_from_i64(-7), &number));
    ck_assert(int128_of(number.mantissa) == -4);
}
END_TEST

START_TEST(knows_what_fits_a_width)
{
    struct dgm_row row = {.op = DGM_OP_INT, .width = 16};
    uint64_t bits;
    ck_assert(raw_fits(&row, wide_from_i64(65535), &bits) && bits == 65535);
    ck_assert(!raw_fits(&row, wide_from_i64(65536), &bits));
    ck_assert(!raw_fits(&row, wide_from_i64(-1), &bits));
    row.flags = DGM_ROW_SIGNED;
    ck_assert(raw_fits(&row, wide_from_i64(-32768), &bits) && bits == 0x8000);
    ck_assert(!raw_fits(&row, wide_from_i64(32768), &bits));
    ck_assert(!raw_fits(&row, wide_from_i64(-32769), &bits));
    row.width = 64;
    ck_assert(raw_fits(&row, wide_from_i64(INT64_MIN), &bits) && bits == (uint64_t)1
                                                                             << 63);
    ck_assert(!raw_fits(&row, wide_from_u64(UINT64_MAX), &bits));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scaling");
    TCase *tcase = tcase_create("scaling");
    int count = (int)(sizeof(scalings) / sizeof(scalings[0]));
    tcase_set_timeout(tcase, 0);
    tcase_add_loop_test(tcase, every_16_bit_raw_comes_back, 0, count);
    tcase_add_loop_test(tcase, every_64_bit_raw_comes_back, 0, count);
    tcase_add_loop_test(tcase, finds_the_nearest_raw, 0, count);
    tcase_add_test(tcase, refuses_a_value_between_two_raws_if_told_to);
    tcase_add_test(tcase, rounds_by_a_divisor_with_either_kind_of_tie);
    tcase_add_test(tcase, knows_what_fits_a_width);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
