/* SPDX-License-Identifier: MIT */
/* The writers of plans, alone, against those of the rows; test_exact.c has those of
 * numbers that a profile leads to. */
#include "plan_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "number.h"
#include "plan_decode.h"
#include "plan_digits.h"

enum { ROOM = 256, DAYS = 2932897, SECONDS = 86400 };

/* Check tells its parent of each assertion, which is too slow for millions of them. */
static void expect(const char *found, const char *end, const char *wanted, size_t length)
{
    if (end == NULL || (size_t)(end - found) != length ||
        memcmp(found, wanted, length) != 0)
        ck_abort_msg("wrote %.*s, not %.*s", end != NULL ? (int)(end - found) : 0, found,
                     (int)length, wanted);
}

START_TEST(digits_of_every_short_number)
{
    char found[ROOM], wanted[ROOM];
    for (uint32_t value = 0; value < 100000; value++) {
        expect(found, plan_put_u5digits(found, value), wanted,
               number_write_u64(wanted, value));
        if (value < 10000)
            expect(found, plan_put_u4digits(found, value), wanted,
                   number_write_u64(wanted, value));
        for (unsigned digits = 1; digits <= 4; digits++)
            expect(found, plan_put_point5(found, value, 8 * (5 - digits)), wanted,
                   number_write_decimal(wanted, value, digits));
    }
}
END_TEST

/* Steps that meet all lengths and digits. */
START_TEST(digits_of_numbers_of_32_bits)
{
    char found[ROOM], wanted[ROOM];
    for (uint64_t value = 0; value <= UINT32_MAX; value += 1 + value / 9973) {
        expect(found, plan_put_u32(found, (uint32_t)value), wanted,
               number_write_u64(wanted, value));
        expect(found, plan_put_u64(found, value << 31), wanted,
               number_write_u64(wanted, value << 31));
        if (value < 100000000)
            expect(found, plan_put_u8digits(found, (uint32_t)value), wanted,
                   number_write_u64(wanted, value));
    }
    expect(found, plan_put_u32(found, UINT32_MAX), "4294967295", 10);
}
END_TEST

/* In quotes. */
static void expect_instant(uint64_t seconds, int iso, struct plan_day *day)
{
    char found[ROOM], wanted[ROOM] = "\"";
    size_t length = 1 + calendar_write(wanted + 1, (int64_t)(seconds * 1000),
                                       iso ? CALENDAR_ISO : CALENDAR_COMPACT);
    wanted[length++] = '"';
    expect(found, plan_put_time(found, seconds, iso, day), wanted, length);
}

START_TEST(every_day_and_every_second)
{
    struct plan_day day = {UINT64_MAX, 0};
    char text[ROOM];
    for (uint64_t number = 0; number < DAYS; number++)
        expect_instant(number * SECONDS + number * 7919 % SECONDS, number % 2, &day);
    for (uint64_t second = 0; second < SECONDS; second++)
        expect_instant((uint64_t)DAYS / 2 * SECONDS + second, second % 2, &day);
    ck_assert_ptr_null(plan_put_time(text, (uint64_t)DAYS * SECONDS, 0, &day));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan-write");
    TCase *tcase = tcase_create("plan-write");
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, digits_of_every_short_number);
    tcase_add_test(tcase, digits_of_numbers_of_32_bits);
    tcase_add_test(tcase, every_day_and_every_second);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
