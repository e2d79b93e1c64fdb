/* SPDX-License-Identifier: MIT */
/* What is replaced in texts is what a profile does not take as it is, and nothing else.
 */
#include "prodtext.h"

#include <dragoman/profile.h>

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void encode(uint32_t character, char *ret)
{
    size_t size = character < 0x80      ? 1
                  : character < 0x800   ? 2
                  : character < 0x10000 ? 3
                                        : 4;
    static const uint8_t leads[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
    for (size_t i = size; i-- > 1; character >>= 6) {
        ret[i] = (char)(0x80 | (character & 0x3F));
    }
    ret[0] = (char)(leads[size] | character);
    ret[size] = '\0';
}

static bool is_taken(const char *text)
{
    char yaml[64];
    struct dgm_profile *profile = NULL;
    int length =
        snprintf(yaml, sizeof(yaml), "dragoman: 1\nproduct: {model: \"%s\"}\n", text);
    ck_assert_int_ne(dgm_profile_parse("x.yaml", yaml, (size_t)length, &profile),
                     DGM_MEMORY);
    const struct dgm_diagnostic *finding = dgm_profile_diagnostic(profile, 0);
    bool taken = finding == NULL || strncmp(finding->rule, "yaml", 4) != 0;
    dgm_profile_close(profile);
    return taken;
}

/* Planes without anything odd are left out. */
static const struct {
    uint32_t first, last;
} ranges[] = {{0x23, 0x5B},       {0x5D, 0x2FFF},      {0xD7F0, 0xD7FF},
              {0xE000, 0xE010},   {0xFE00, 0x1000F},   {0xDFFF0, 0xE0100},
              {0xF0000, 0xF0010}, {0x10FFF0, 0x10FFFF}};

START_TEST(replaces_what_profiles_do_not_take)
{
    for (uint32_t at = ranges[_i].first; at <= ranges[_i].last; at++) {
        char text[8];
        encode(at, text);
        bool taken = is_taken(text);
        ck_assert_msg(prodtext_replace(text, '_') == !taken, "U+%04X", (unsigned)at);
        ck_assert_msg((strcmp(text, "_") == 0) == (!taken || at == '_'), "U+%04X",
                      (unsigned)at);
    }
}
END_TEST

START_TEST(replaces_controls)
{
    char text[] = "a\tb\r\nc\x1F\xE2\x80\xAE"
                  "d\xC2\x85";
    ck_assert(prodtext_replace(text, ' '));
    ck_assert_str_eq(text, "a b  c  d ");
}
END_TEST

START_TEST(cuts_between_characters)
{
    char text[] = "a\xE6\xB0\xB4z";
    prodtext_cut(text, 5);
    ck_assert_str_eq(text, "a\xE6\xB0\xB4z");
    prodtext_cut(text, 4);
    ck_assert_str_eq(text, "a\xE6\xB0\xB4");
    prodtext_cut(text, 3);
    ck_assert_str_eq(text, "a");
}
END_TEST

/* A name of so many bytes, or so many lists or members. */
static char *repeat(const char *before, const char *what, size_t count,
                    const char *between, const char *after)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    ck_assert_ptr_nonnull(file);
    (void)fputs(before, file);
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(file, what, (unsigned)i);
        (void)fputs(between, file);
    }
    (void)fputs(after, file);
    ck_assert_int_eq(fclose(file), 0);
    return text;
}

static bool is_tidy(char *text)
{
    cJSON *item = NULL;
    bool changed = false;
    ck_assert_int_eq(jsontree_parse(text, strlen(text), &item, NULL), DGM_OK);
    bool good = prodtext_tidy(item, &changed);
    ck_assert(!changed);
    cJSON_Delete(item);
    free(text);
    return good;
}

START_TEST(bounds_trees)
{
    static char left[2][64], right[2][64];
    for (int i = 0; i < 2; i++) {
        memset(left[i], '[', 24 + (size_t)i);
        memset(right[i], ']', 24 + (size_t)i);
    }
    ck_assert(is_tidy(repeat(left[0], "%u", 1, "", right[0])));
    ck_assert(!is_tidy(repeat(left[1], "%u", 1, "", right[1])));
    ck_assert(is_tidy(repeat("{\"", "a", 255, "", "\":1}")));
    ck_assert(!is_tidy(repeat("{\"", "a", 256, "", "\":1}")));
    ck_assert(!is_tidy(repeat("{", "\"%u\":1", 1000, ",", "\"\":1}")));
    ck_assert(is_tidy(repeat("{", "\"%u\":1", 999, ",", "\"\":1}")));
    ck_assert(!is_tidy(repeat("{\"a\":1,", "\"a\":%u", 1, "", "}")));
}
END_TEST

START_TEST(keeps_numbers_of_trees)
{
    static const char text[] = "{\"a\":[1.50,\"\\t\"]}";
    cJSON *item = NULL;
    bool changed = false;
    ck_assert_int_eq(jsontree_parse(text, sizeof(text) - 1, &item, NULL), DGM_OK);
    ck_assert(prodtext_tidy(item, &changed) && changed);
    char *printed = jsontree_print(item, false);
    ck_assert_str_eq(printed, "{\"a\":[1.50,\" \"]}");
    free(printed);
    cJSON_Delete(item);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("prodtext");
    tcase_add_loop_test(tests, replaces_what_profiles_do_not_take, 0,
                        (int)(sizeof(ranges) / sizeof(ranges[0])));
    tcase_add_test(tests, replaces_controls);
    tcase_add_test(tests, cuts_between_characters);
    tcase_add_test(tests, bounds_trees);
    tcase_add_test(tests, keeps_numbers_of_trees);
    Suite *suite = suite_create("prodtext");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
