/* SPDX-License-Identifier: MIT */
/* The readers of plans, alone: at the end of memory, and against the strict reader. */
#include "plan_encode_run.h"

#include <check.h>
#include <stdlib.h>

#include "../support/guard.h"

enum { TEXT_MAX = 4096, VALUES = 20000, DEEPEST = 6, BLANKS = 8 };

static uint64_t state = 0x9E3779B97F4A7C15u;
static struct guarded block;

/* xorshift64: the same values in every run */
static unsigned below(unsigned count)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state % count);
}

/* The text at the end of memory, blanks before it. */
static struct plan_text place(const char *text, size_t length, const uint8_t **ret)
{
    uint8_t *begin = block.bytes + TEXT_MAX - length;
    memset(begin - BLANKS, ' ', BLANKS);
    memcpy(begin, text, length);
    *ret = begin;
    struct plan_text ends = {begin + length, begin + length - 8};
    return ends;
}

static size_t add(char *text, size_t at, const char *more)
{
    memcpy(text + at, more, strlen(more));
    return at + strlen(more);
}

static size_t add_scalar(char *text, size_t at)
{
    static const char *const scalars[] = {
        "1",
        "-20.5",
        "true",
        "null",
        "\"\"",
        "\"a\"",
        "\"{\"",
        "\"]}\\\"[{\"",
        "\"a rather long text, with a comma\"",
        "\"\\\\\"",
        "3e7",
        "\"\\\\\\\"\"",
        "\"\xC3\xA9\xE2\x82\xAC\"",
    };
    return add(text, at, scalars[below(sizeof(scalars) / sizeof(scalars[0]))]);
}

/* Some value: an array or object of scalars, arrays and objects, closed all at the end.
 */
static size_t make_value(char *text)
{
    char closers[DEEPEST];
    unsigned depth = 0;
    size_t at = 0;
    while (depth < 1 + below(DEEPEST)) {
        bool is_object = below(2) == 0;
        text[at++] = is_object ? '{' : '[';
        for (unsigned i = below(4); i > 0; i--) {
            at = is_object ? add(text, at, "\"k\":") : at;
            at = add_scalar(text, at);
            text[at++] = ',';
        }
        at = is_object ? add(text, at, "\"last\":") : at;
        closers[depth++] = is_object ? '}' : ']';
    }
    at = add_scalar(text, at);
    while (depth > 0) {
        text[at++] = closers[--depth];
        if (depth > 0 && closers[depth - 1] == ']' && below(2) == 0) {
            text[at++] = ',';
            at = add_scalar(text, at);
        }
    }
    return at;
}

START_TEST(a_value_is_passed_up_to_its_end)
{
    char text[TEXT_MAX / 2];
    for (unsigned i = 0; i < VALUES; i++) {
        const uint8_t *begin;
        size_t length = make_value(text), fault;
        ck_assert_msg(dgm_json_check(text, length, &fault) == DGM_OK, "%.*s", (int)length,
                      text);
        struct plan_text ends = place(text, length, &begin);
        ck_assert_msg(plan_pass_value(ends, begin) == ends.end, "%.*s", (int)length,
                      text);
        /* With something behind it, and without its end. */
        size_t more = add(text, length, below(2) == 0 ? ",\"next\":{}}" : "}");
        ends = place(text, more, &begin);
        ck_assert_ptr_eq(plan_pass_value(ends, begin), begin + length);
        ends = place(text, length - 1, &begin);
        ck_assert_ptr_null(plan_pass_value(ends, begin));
    }
}
END_TEST

START_TEST(digits_are_read_up_to_fifteen)
{
    static const char *const behind[] = {"", ",", "}", ".5", "e3", " ", "x"};
    char text[64];
    for (unsigned i = 0; i < VALUES; i++) {
        const uint8_t *begin, *end;
        unsigned count = 1 + below(17);
        uint64_t expected = 0, found = 0;
        text[0] = (char)('0' + (count > 1 ? 1 + below(9) : below(10)));
        for (unsigned k = 1; k < count; k++)
            text[k] = (char)('0' + below(10));
        for (unsigned k = 0; k < count; k++)
            expected = expected * 10 + (uint64_t)(text[k] - '0');
        size_t length = add(text, count, behind[below(7)]);
        struct plan_text ends = place(text, length, &begin);
        end = plan_digits(ends, begin, &found);
        if (count > 15) {
            ck_assert(end == NULL || (end == begin + count && found == expected));
            continue;
        }
        ck_assert_ptr_eq(end, begin + count);
        ck_assert_uint_eq(found, expected);
    }
}
END_TEST

START_TEST(digits_have_no_leading_zero_and_are_some)
{
    static const char *const wrong[] = {"00", "01", "012345678", "", "x", "-1", ".5"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        const uint8_t *begin;
        uint64_t found;
        struct plan_text ends = place(wrong[i], strlen(wrong[i]), &begin);
        ck_assert_ptr_null(plan_digits(ends, begin, &found));
    }
}
END_TEST

static const uint8_t *read_decimal(const char *text, int64_t *ret)
{
    /* tenths from -40 to 85 */
    struct plan_field field;
    memset(&field, 0, sizeof(field));
    field.digits = 1;
    field.power = 10;
    field.low = -400;
    field.high = 850;
    field.whole_most = 85;
    const uint8_t *begin;
    struct plan_text ends = place(text, strlen(text), &begin);
    const uint8_t *end = plan_read_decimal(ends, begin, &field, ret);
    return end;
}

START_TEST(decimals_are_units_within_their_range)
{
    int64_t units = 0;
    ck_assert_ptr_nonnull(read_decimal("21.5,", &units));
    ck_assert_int_eq(units, 215);
    ck_assert_ptr_nonnull(read_decimal("-40}", &units));
    ck_assert_int_eq(units, -400);
    ck_assert_ptr_nonnull(read_decimal("-0", &units));
    ck_assert_int_eq(units, 0);
    static const char *const left[] = {"85.1", "-40.1", "1.25",
                                       "1.",   "-",     "999999999999"};
    for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++)
        ck_assert_ptr_null(read_decimal(left[i], &units));
}
END_TEST

START_TEST(true_and_false_are_whole_words)
{
    static const char *const texts[] = {"true", "false", "tru", "fals", "True", "null"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const uint8_t *begin;
        uint64_t found = 7;
        struct plan_text ends = place(texts[i], strlen(texts[i]), &begin);
        ck_assert_ptr_eq(plan_read_bool(ends, begin, &found), i < 2 ? ends.end : NULL);
        if (i < 2)
            ck_assert_uint_eq(found, i == 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan-read");
    TCase *tcase = tcase_create("plan-read");
    block = guarded_new(NULL, TEXT_MAX);
    tcase_add_test(tcase, a_value_is_passed_up_to_its_end);
    tcase_add_test(tcase, digits_are_read_up_to_fifteen);
    tcase_add_test(tcase, digits_have_no_leading_zero_and_are_some);
    tcase_add_test(tcase, decimals_are_units_within_their_range);
    tcase_add_test(tcase, true_and_false_are_whole_words);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    guarded_free(&block);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
