/* SPDX-License-Identifier: MIT */
/*
 * Proofs of floats: every text is the shortest that reads back and the nearest of those,
 * by shortest.c; every text is read to the nearest float, by the C library, which rounds
 * correctly.
 *
 * DRAGOMAN_NUMBERS in the environment: random doubles and random texts, each, instead of
 * some thousands. DRAGOMAN_SINGLES: every so many-th of the 2^32 singles; 1 for all, with
 * CK_RUN_CASE=singles for nothing else.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/big.h"
#include "float_text.h"
#include "plan_decode.h"
#include "shortest.h"

enum { NUMBERS = 50000, SINGLES_STEP = 49999, TEXT_SIZE = 2048, MULTIPLES = 64 };

static const struct layout half = {5, 10}, brain = {8, 7}, single = {8, 23},
                           binary64 = {11, 52};

static const struct dgm_float brain_format = {
    127, 1, 8, 7, DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL};

static uint64_t state;

static void restart(void)
{
    state = 88172645463325252u;
}

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    uint64_t value = text != NULL ? strtoull(text, NULL, 10) : 0;
    return value > 0 ? value : otherwise;
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

/* Writing. */

/* The text of a finite float, terminated. */
static size_t proved_text(struct layout layout, const struct dgm_float *format,
                          uint64_t bits, char *text)
{
    size_t length = float_write_as(text, format, bits);
    text[length] = 0;
    const char *fault = length > FLOAT_TEXT_MAX
                            ? "it is too long"
                            : shortest_fault(layout, bits, text, length);
    if (fault != NULL)
        ck_abort_msg("%llx prints as %s: %s", (unsigned long long)bits, text, fault);
    return length;
}

static void expect_read(const struct dgm_float *format, const char *text, size_t length,
                        uint64_t bits)
{
    uint64_t found = ~bits;
    if (!float_read_as(text, length, format, &found) || found != bits)
        ck_abort_msg("%s reads as %llx, not %llx", text, (unsigned long long)found,
                     (unsigned long long)bits);
}

static void prove_all_of_16_bits(struct layout layout, const struct dgm_float *format)
{
    char text[FLOAT_TEXT_MAX + 1];
    unsigned count = 0;
    for (uint32_t bits = 0; bits <= 0xFFFF; bits++) {
        ck_assert(real_is_finite(format, bits) == layout_is_finite(layout, bits));
        if (!layout_is_finite(layout, bits))
            continue;
        size_t length = proved_text(layout, format, bits, text);
        expect_read(format, text, length, bits);
        count++;
    }
    ck_assert_uint_eq(count, 0x10000 - (2u << layout.fraction));
}

START_TEST(every_half_prints_shortest_and_reads_back)
{
    prove_all_of_16_bits(half, real_format(16));
}
END_TEST

START_TEST(every_brain_float_prints_shortest_and_reads_back)
{
    prove_all_of_16_bits(brain, &brain_format);
}
END_TEST

/* One with its negative twin, which differs by its sign alone. */
static void prove_single(uint32_t bits, bool reads)
{
    char text[FLOAT_TEXT_MAX + 1], twin[FLOAT_TEXT_MAX + 1];
    const struct dgm_float *format = real_format(32);
    if (!layout_is_finite(single, bits))
        return;
    size_t length = proved_text(single, format, bits, text);
    size_t twin_length = float_write_as(twin, format, bits | 0x80000000u);
    if (twin_length != length + 1 || twin[0] != '-' ||
        memcmp(twin + 1, text, length) != 0)
        ck_abort_msg("-%s prints as %.*s", text, (int)twin_length, twin);
    char quick[FLOAT_TEXT_MAX + PLAN_SLACK];
    if (float_write_32(quick, bits | 0x80000000u) != quick + twin_length ||
        memcmp(quick, twin, twin_length) != 0 ||
        float_write_32(quick, bits) != quick + length || memcmp(quick, text, length) != 0)
        ck_abort_msg("%s prints otherwise by a plan", text);
    if (!reads)
        return;
    expect_read(format, text, length, bits);
    expect_read(format, twin, twin_length, bits | 0x80000000u);
    if (single_bits_of(strtof(text, NULL)) != bits)
        ck_abort_msg("%x prints as %s", bits, text);
}

START_TEST(singles_print_shortest_and_read_back)
{
    uint64_t step = from_environment("DRAGOMAN_SINGLES", SINGLES_STEP);
    /* The reader takes longer than the writer: of very many it gets a part. */
    uint64_t every = step < 64 ? 64 : 1, count = 0;
    for (uint64_t bits = 0; bits < 0x80000000u; bits += step, count++)
        prove_single((uint32_t)bits, count % every == 0);
    for (uint32_t field = 0; field < 255; field++)
        for (int32_t away = -16; away <= 16; away++)
            prove_single(((field << 23) + (uint32_t)away) & 0x7FFFFFFF, true);
    for (uint32_t tiny = 0; tiny < 4096; tiny++)
        prove_single(tiny, true);
}
END_TEST

static void prove_double(uint64_t bits)
{
    char text[FLOAT_TEXT_MAX + 1];
    if (!layout_is_finite(binary64, bits))
        return;
    size_t length = proved_text(binary64, real_format(64), bits, text);
    expect_read(real_format(64), text, length, bits);
    if (bits_of(strtod(text, NULL)) != bits)
        ck_abort_msg("%llx prints as %s", (unsigned long long)bits, text);
}

static void prove_around(uint64_t bits, int away)
{
    for (int i = -away; i <= away; i++)
        prove_double(bits + (uint64_t)(int64_t)i);
}

START_TEST(random_doubles_print_shortest_and_read_back)
{
    uint64_t count = from_environment("DRAGOMAN_NUMBERS", NUMBERS);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t bits = next_random();
        /* Every fourth has few bits, every other fourth few digits. */
        if (i % 4 == 0)
            bits &= 0xFFF0000000000FFFu;
        else if (i % 4 == 1)
            bits = bits_of((double)(bits >> 40) / pow(10, (double)(bits % 23)));
        prove_double(bits);
    }
}
END_TEST

/* Powers of two, whose neighbours are not equally far; subnormals; the largest. */
START_TEST(doubles_at_the_seams_print_shortest)
{
    for (uint64_t field = 1; field < 2047; field++)
        prove_around(field << 52, 8);
    for (unsigned bit = 0; bit < 52; bit++)
        prove_around((uint64_t)1 << bit, 8);
    for (uint64_t tiny = 0; tiny < 4096; tiny++)
        prove_double(tiny);
    for (uint64_t large = 0; large < 4096; large++)
        prove_double(0x7FEFFFFFFFFFFFFFu - large);
    for (int bit = 0; bit < 64; bit++)
        prove_around(bits_of(ldexp(1, bit)) + 1, 2);
}
END_TEST

/* Doubles about d * 10^e, and about those that differ in the last digits of 17. */
START_TEST(doubles_about_short_decimals_print_shortest)
{
    for (int e = -343; e <= 308; e++) {
        char text[64];
        for (int digit = 1; digit < 10; digit++) {
            snprintf(text, sizeof(text), "%de%d", digit, e);
            prove_around(bits_of(strtod(text, NULL)), 4);
        }
        for (unsigned count = 2; count <= 18; count++) {
            uint64_t digits = next_random() % 1000000000000000000u;
            snprintf(text, sizeof(text), "%.*s5e%d", (int)count,
                     (char[]){(char)('1' + digits % 9), '4', '9', '9', '9', '9', '9', '9',
                              '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', 0},
                     e);
            prove_around(bits_of(strtod(text, NULL)), 1);
        }
    }
}
END_TEST

/* Reading. */

/* As the C library reads it, as double and as single. */
static void expect_as_library(const char *text, size_t length)
{
    uint64_t found = 0, expected = bits_of(strtod(text, NULL));
    bool finite = layout_is_finite(binary64, expected);
    if (float_read(text, length, 64, &found) != finite || (finite && found != expected))
        ck_abort_msg("%s reads as %llx, not %llx", text, (unsigned long long)found,
                     (unsigned long long)expected);
    expected = single_bits_of(strtof(text, NULL));
    finite = layout_is_finite(single, expected);
    if (float_read(text, length, 32, &found) != finite || (finite && found != expected))
        ck_abort_msg("%s reads as single %llx, not %llx", text, (unsigned long long)found,
                     (unsigned long long)expected);
}

static size_t put_random_digits(char *text, size_t count)
{
    text[0] = (char)('1' + next_random() % 9);
    for (size_t i = 1; i < count; i++)
        text[i] = (char)('0' + next_random() % 10);
    return count;
}

/* Some digits, perhaps a point, perhaps an exponent. */
static size_t random_number(char *text, size_t most_digits)
{
    size_t length = 0;
    if (next_random() % 4 == 0)
        text[length++] = '-';
    length += put_random_digits(text + length, 1 + next_random() % most_digits);
    if (next_random() % 2 == 0) {
        text[length++] = '.';
        length += put_random_digits(text + length, 1 + next_random() % most_digits);
    }
    int spread = next_random() % 8 == 0 ? 400 : 60;
    int exponent = (int)(next_random() % (unsigned)(2 * spread)) - spread;
    if (next_random() % 2 == 0)
        length += (size_t)snprintf(text + length, 16, "e%d", exponent);
    text[length] = 0;
    return length;
}

START_TEST(random_texts_read_to_the_nearest)
{
    char text[TEXT_SIZE];
    uint64_t count = from_environment("DRAGOMAN_NUMBERS", NUMBERS);
    for (uint64_t i = 0; i < count; i++)
        expect_as_library(text, random_number(text, i % 512 == 0 ? 800 : 20));
}
END_TEST

/* What has the digits of (2m + 1) * 2^(q - 1), which lies halfway between two floats. */
static size_t put_halfway(char *text, uint64_t m, int q)
{
    struct big value;
    int power = q - 1;
    big_set(&value, 2 * m + 1);
    if (power > 0)
        big_shift(&value, &value, (unsigned)power);
    for (int i = 0; i > power; i--) /* 1 / 2^n is 5^n / 10^n */
        big_mul(&value, &value, 5);
    size_t length = big_text(&value, text);
    if (power < 0)
        length += (size_t)snprintf(text + length, 16, "e%d", power);
    return length;
}

/* Halfway, a digit more far behind, and the last digit one less. */
static void read_halfway(uint64_t m, int q)
{
    char text[TEXT_SIZE], other[TEXT_SIZE];
    size_t length = put_halfway(text, m, q);
    expect_as_library(text, length);
    char *exponent = strchr(text, 'e');
    size_t digits = exponent != NULL ? (size_t)(exponent - text) : length;
    size_t zeros = 1 + next_random() % 900;
    memset(other, '0', sizeof(other));
    memcpy(other, text, digits);
    other[digits] = '.';
    other[digits + zeros] = '1';
    strcpy(other + digits + zeros + 1, text + digits);
    expect_as_library(other, strlen(other));
    text[digits - 1]--; /* it is 5, or even and not zero for large ones */
    if (text[digits - 1] >= '0')
        expect_as_library(text, length);
}

START_TEST(halfway_texts_of_any_length_read_to_even)
{
    uint64_t count = from_environment("DRAGOMAN_NUMBERS", NUMBERS) / 1000;
    for (int q = -1074; q <= 971; q += q < -1060 || q > 960 ? 1 : 23)
        for (uint64_t i = 0; i < 1 + count / 100; i++) {
            uint64_t m = (uint64_t)1 << 52 | next_random() >> 12;
            read_halfway(m, q);
            read_halfway(i == 0 ? m | 0xFFFFFFFFFFFFFu : m & ~(uint64_t)1, q);
        }
    for (uint64_t m = 0; m < 200; m++)
        read_halfway(m, -1074);
    for (unsigned bit = 8; bit < 52; bit++)
        read_halfway((uint64_t)1 << bit, -1074);
    for (int q = -149; q <= 104; q++) {
        uint64_t m = 1u << 23 | next_random() >> 41;
        read_halfway(m, q);
        read_halfway(m | 1, q);
    }
}
END_TEST

/* Between every two halves; the sum of both is a double. */
START_TEST(halfway_between_halves_reads_to_even)
{
    const struct dgm_float *format = real_format(16);
    char text[128];
    for (uint32_t bits = 0; bits < 0x7BFF; bits++) {
        uint32_t field = bits >> 10, fraction = bits & 0x3FF;
        double below = ldexp(field > 0 ? fraction + 1024 : fraction,
                             (int)(field > 0 ? field : 1) - 25);
        double middle = below + ldexp(0.5, (int)(field > 0 ? field : 1) - 25);
        uint64_t even = bits % 2 == 0 ? bits : bits + 1;
        size_t length = (size_t)snprintf(text, sizeof(text), "%.60f", middle);
        expect_read(format, text, length, even);
        text[length - 1] = '1';
        expect_read(format, text, length, bits + 1);
        length = (size_t)snprintf(text, sizeof(text), "%.60f", nextafter(middle, 0));
        expect_read(format, text, length, bits);
    }
}
END_TEST

/* The D * 10^e nearest to halfway between two doubles, of those with a few digits:
 * convergents of the continued fraction of 10^e / 2^s, and their multiples. */
static void read_near_halfway(uint64_t digits, uint64_t twice_m, int e)
{
    char text[64];
    if (twice_m == 0)
        return;
    uint64_t first = ((uint64_t)1 << 53) / twice_m;
    for (uint64_t times = first > 0 ? first : 1; times < first + 5; times++) {
        if (times > MULTIPLES || digits > 999999999999999999u / times)
            return;
        size_t length = (size_t)snprintf(text, sizeof(text), "%llue%d",
                                         (unsigned long long)(digits * times), e);
        expect_as_library(text, length);
        prove_around(bits_of(strtod(text, NULL)), 1);
    }
}

static void read_convergents(struct big *above, struct big *below, int e)
{
    struct big *left = above, *right = below, *swap;
    uint64_t p = 1, q = 0, p_last = 0, q_last = 1;
    while (right->used > 0) {
        uint64_t quotient = big_div(left, right), next;
        if (quotient > 0 &&
            (p > ((uint64_t)1 << 55) / quotient || q > 999999999999999999u / quotient))
            return;
        next = quotient * p + p_last;
        p_last = p;
        p = next;
        next = quotient * q + q_last;
        q_last = q;
        q = next;
        read_near_halfway(q, p, e);
        swap = left;
        left = right;
        right = swap;
    }
}

START_TEST(texts_nearest_to_halfway_read_right)
{
    uint64_t numbers = from_environment("DRAGOMAN_NUMBERS", NUMBERS);
    int step = numbers > NUMBERS ? 1 : 7;
    for (int e = -340; e <= 300; e += step) {
        /* D * 10^e / 2^s is about 2^53 for D of 1, 4, 7 ... digits. */
        for (int digits = 1; digits <= 18; digits += 3) {
            struct big above, below;
            int s = (int)floor((e + digits) * 3.3219280948873623) - 53;
            if (s < -1075 || s > 970)
                continue;
            big_power10(&above, e > 0 ? (unsigned)e : 0);
            big_power10(&below, e < 0 ? (unsigned)-e : 0);
            big_shift(&above, &above, s < 0 ? (unsigned)-s : 0);
            big_shift(&below, &below, s > 0 ? (unsigned)s : 0);
            read_convergents(&above, &below, e);
        }
    }
}
END_TEST

START_TEST(zeros_and_exponents_of_any_length_read_right)
{
    char text[TEXT_SIZE];
    for (int zeros = 0; zeros < 1200; zeros += 1 + zeros / 8) {
        for (int away = -3; away <= 3; away++) {
            int length =
                snprintf(text, sizeof(text), "0.%0*d%lluE%+d", zeros + 1, 0,
                         (unsigned long long)(next_random() >> 10), zeros + away * 100);
            expect_as_library(text, (size_t)length);
            length = snprintf(text, sizeof(text), "%llu%0*dE-%d",
                              (unsigned long long)(1 + (next_random() >> 10)), zeros + 1,
                              0, zeros + away * 100 > 0 ? zeros + away * 100 : 0);
            expect_as_library(text, (size_t)length);
        }
    }
    for (int digits = 1; digits < 40; digits++) {
        int length = snprintf(text, sizeof(text), "1e%s%.*s", digits % 2 ? "-" : "",
                              digits, "9999999999999999999999999999999999999999");
        expect_as_library(text, (size_t)length);
        length = snprintf(text, sizeof(text), "0e%s%.*s", digits % 2 ? "-" : "+", digits,
                          "9999999999999999999999999999999999999999");
        expect_as_library(text, (size_t)length);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shortest");
    TCase *write = tcase_create("write"), *read = tcase_create("read");
    TCase *singles = tcase_create("singles");
    tcase_add_checked_fixture(write, restart, NULL);
    tcase_add_checked_fixture(read, restart, NULL);
    tcase_set_timeout(write, 0);
    tcase_set_timeout(read, 0);
    tcase_add_test(write, every_half_prints_shortest_and_reads_back);
    tcase_add_test(write, every_brain_float_prints_shortest_and_reads_back);
    tcase_add_test(write, random_doubles_print_shortest_and_read_back);
    tcase_add_test(write, doubles_at_the_seams_print_shortest);
    tcase_add_test(write, doubles_about_short_decimals_print_shortest);
    tcase_add_test(read, random_texts_read_to_the_nearest);
    tcase_add_test(read, halfway_texts_of_any_length_read_to_even);
    tcase_add_test(read, halfway_between_halves_reads_to_even);
    tcase_add_test(read, texts_nearest_to_halfway_read_right);
    tcase_add_test(read, zeros_and_exponents_of_any_length_read_right);
    tcase_set_timeout(singles, 0);
    tcase_add_test(singles, singles_print_shortest_and_read_back);
    suite_add_tcase(suite, write);
    suite_add_tcase(suite, singles);
    suite_add_tcase(suite, read);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
