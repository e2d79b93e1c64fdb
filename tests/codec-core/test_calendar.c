/* SPDX-License-Identifier: MIT */
/* Every day of ten thousand years, and every text that is none. */
#include "calendar.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Check tells its parent of each assertion, which is too slow for millions of them. */
#define EXPECT(condition, ...)                                                           \
    do {                                                                                 \
        if (!(condition))                                                                \
            ck_abort_msg(__VA_ARGS__);                                                   \
    } while (0)

static const int64_t first_ms = -62167219200000;
static const int64_t last_ms = 253402300799999;
static const int64_t ms_per_day = 86400000;

static void expect_text(int64_t milliseconds, enum calendar_form form,
                        const char *expected)
{
    char text[CALENDAR_TEXT_MAX + 2];
    memset(text, 'x', sizeof(text));
    size_t length = calendar_write(text, milliseconds, form);
    EXPECT(length == strlen(expected) && memcmp(text, expected, length) == 0 &&
               text[length] == 'x',
           "wrote %.*s, not %s", (int)length, text, expected);
}

static void expect_read(const char *text, enum calendar_form form, int64_t expected)
{
    int64_t milliseconds = 77;
    EXPECT(calendar_read(text, strlen(text), form, &milliseconds), "%s", text);
    EXPECT(milliseconds == expected, "%s: %lld, not %lld", text, (long long)milliseconds,
           (long long)expected);
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* The next day by counting, which is the calendar's own definition. */
static void count_on(int *year, int *month, int *day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int last = days[*month - 1] + (*month == 2 && is_leap(*year) ? 1 : 0);
    if (++*day <= last)
        return;
    *day = 1;
    if (++*month <= 12)
        return;
    *month = 1;
    ++*year;
}

/* Digits and what stands behind them. */
static char *put(char *text, int value, int digits, char behind)
{
    for (int i = digits; i-- > 0; value /= 10)
        text[i] = (char)('0' + value % 10);
    text[digits] = behind;
    return text + digits + 1;
}

/* The text to the second, without some of its characters. */
static void shorten(char *text, const char *fine, const char *without)
{
    for (; *fine != '.'; fine++) {
        if (strchr(without, *fine) == NULL)
            *text++ = *fine;
    }
    *text++ = 'Z';
    *text = 0;
}

START_TEST(every_day_of_ten_thousand_years_goes_both_ways)
{
    int year = 0, month = 1, day = 1, days = 0;
    for (int64_t at = first_ms; at <= last_ms; at += ms_per_day, days++) {
        char compact[64], iso[64], fine[64];
        int64_t within = (int64_t)days * 7919317 % ms_per_day;
        int second = (int)(within / 1000);
        char *end = put(fine, year, 4, '-');
        end = put(put(end, month, 2, '-'), day, 2, 'T');
        end = put(put(end, second / 3600, 2, ':'), second / 60 % 60, 2, ':');
        *put(put(end, second % 60, 2, '.'), (int)(within % 1000), 3, 'Z') = 0;
        shorten(iso, fine, "");
        shorten(compact, fine, "-:");
        int64_t whole = at + within - within % 1000;
        expect_text(at + within, CALENDAR_COMPACT, compact);
        expect_text(at + within, CALENDAR_ISO, iso);
        expect_text(at + within, CALENDAR_ISO_MS, fine);
        expect_read(compact, CALENDAR_COMPACT, whole);
        expect_read(iso, CALENDAR_ISO, whole);
        expect_read(iso, CALENDAR_ISO_MS, whole);
        expect_read(fine, CALENDAR_ISO, at + within);
        expect_read(fine, CALENDAR_ISO_MS, at + within);
        count_on(&year, &month, &day);
    }
    ck_assert_int_eq(year, 10000);
    ck_assert_int_eq(days, 3652425);
}
END_TEST

START_TEST(knows_well_known_instants)
{
    expect_text(0, CALENDAR_COMPACT, "19700101T000000Z");
    expect_text(0, CALENDAR_ISO_MS, "1970-01-01T00:00:00.000Z");
    expect_text(-1, CALENDAR_ISO_MS, "1969-12-31T23:59:59.999Z");
    expect_text(1553854565000, CALENDAR_COMPACT, "20190329T101605Z");
    expect_text(951782400000, CALENDAR_ISO, "2000-02-29T00:00:00Z");
    expect_text(first_ms, CALENDAR_ISO_MS, "0000-01-01T00:00:00.000Z");
    expect_text(last_ms, CALENDAR_ISO_MS, "9999-12-31T23:59:59.999Z");
}
END_TEST

START_TEST(writes_nothing_outside_four_digit_years)
{
    static const int64_t rows[] = {-62167219200001, 253402300800000, INT64_MIN,
                                   INT64_MAX};
    char text[CALENDAR_TEXT_MAX];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_uint_eq(calendar_write(text, rows[i], CALENDAR_COMPACT), 0);
        ck_assert_uint_eq(calendar_write(text, rows[i], CALENDAR_ISO_MS), 0);
    }
}
END_TEST

START_TEST(reads_fractions_of_one_to_three_digits)
{
    expect_read("1970-01-01T00:00:00.5Z", CALENDAR_ISO, 500);
    expect_read("1970-01-01T00:00:00.05Z", CALENDAR_ISO_MS, 50);
    expect_read("1970-01-01T00:00:00.005Z", CALENDAR_ISO, 5);
    expect_read("1969-12-31T23:59:59.9Z", CALENDAR_ISO_MS, -100);
}
END_TEST

START_TEST(refuses_what_is_no_date)
{
    static const struct {
        enum calendar_form form;
        const char *text;
    } rows[] = {
        {CALENDAR_COMPACT, ""},
        {CALENDAR_COMPACT, "20190329T101605"},
        {CALENDAR_COMPACT, "20190329T101605z"},
        {CALENDAR_COMPACT, "20190329t101605Z"},
        {CALENDAR_COMPACT, "20190329T101605Z "},
        {CALENDAR_COMPACT, " 20190329T101605Z"},
        {CALENDAR_COMPACT, "20190329T101605.5Z"},
        {CALENDAR_COMPACT, "2019-03-29T10:16:05Z"},
        {CALENDAR_COMPACT, "20190229T101605Z"},
        {CALENDAR_COMPACT, "19000229T000000Z"},
        {CALENDAR_COMPACT, "20190431T101605Z"},
        {CALENDAR_COMPACT, "20190029T101605Z"},
        {CALENDAR_COMPACT, "20191329T101605Z"},
        {CALENDAR_COMPACT, "20190300T101605Z"},
        {CALENDAR_COMPACT, "20190332T101605Z"},
        {CALENDAR_COMPACT, "20190329T241605Z"},
        {CALENDAR_COMPACT, "20190329T106005Z"},
        {CALENDAR_COMPACT, "20190329T101660Z"},
        {CALENDAR_COMPACT, "2019 329T101605Z"},
        {CALENDAR_COMPACT, "+0190329T101605Z"},
        {CALENDAR_COMPACT, "120190329T101605Z"},
        {CALENDAR_ISO, "20190329T101605Z"},
        {CALENDAR_ISO, "2019-03-29 10:16:05Z"},
        {CALENDAR_ISO, "2019-03-29T10:16:05"},
        {CALENDAR_ISO, "2019-03-29T10:16:05+00:00"},
        {CALENDAR_ISO, "2019-03-29T10:16:05.Z"},
        {CALENDAR_ISO, "2019-03-29T10:16:05.1234Z"},
        {CALENDAR_ISO, "2019-03-29T10:16:05,5Z"},
        {CALENDAR_ISO, "2019-3-29T10:16:05Z"},
        {CALENDAR_ISO_MS, "2019-03-29T10:16Z"},
        {CALENDAR_ISO_MS, "2019-02-30T10:16:05.000Z"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t milliseconds = 77;
        ck_assert_msg(!calendar_read(rows[i].text, strlen(rows[i].text), rows[i].form,
                                     &milliseconds),
                      "%s", rows[i].text);
        ck_assert_int_eq(milliseconds, 77);
    }
}
END_TEST

/* No shorter text, and no text with one character changed to a letter. */
START_TEST(refuses_every_part_and_every_slip)
{
    const char *const whole = "2019-03-29T10:16:05.123Z";
    for (size_t length = 0; length < strlen(whole); length++) {
        int64_t milliseconds;
        char slip[CALENDAR_TEXT_MAX];
        char *part = malloc(length + 1);
        memcpy(part, whole, length);
        ck_assert(!calendar_read(part, length, CALENDAR_ISO_MS, &milliseconds));
        free(part);
        memcpy(slip, whole, sizeof(slip));
        slip[length] = 'a';
        ck_assert(!calendar_read(slip, sizeof(slip), CALENDAR_ISO_MS, &milliseconds));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("calendar");
    TCase *days = tcase_create("days");
    TCase *texts = tcase_create("texts");
    tcase_set_timeout(days, 60);
    tcase_add_test(days, every_day_of_ten_thousand_years_goes_both_ways);
    suite_add_tcase(suite, days);
    tcase_add_test(texts, knows_well_known_instants);
    tcase_add_test(texts, writes_nothing_outside_four_digit_years);
    tcase_add_test(texts, reads_fractions_of_one_to_three_digits);
    tcase_add_test(texts, refuses_what_is_no_date);
    tcase_add_test(texts, refuses_every_part_and_every_slip);
    suite_add_tcase(suite, texts);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
