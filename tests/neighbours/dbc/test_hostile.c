/* SPDX-License-Identifier: MIT */
/*
 * Files that somebody damaged or made up: whatever comes of them compiles, or is refused
 * with an error; nothing hangs.
 */
#include "bus.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* What was imported is a profile; what was not says why. */
static void check_text(const char *text, size_t length)
{
    static struct bus bus;
    bus_import(&bus, text, length, NULL);
    if (bus.status == DGM_OK) {
        enum dgm_status status =
            dgm_profile_parse("a.yaml", bus.text, bus.length, &bus.profile);
        const struct dgm_diagnostic *finding = dgm_profile_diagnostic(bus.profile, 0);
        ck_assert_msg(status == DGM_OK && bus.errors == 0, "%s:\n%.*s\n%s",
                      finding != NULL ? finding->text : "", (int)length, text, bus.text);
    } else {
        ck_assert_int_eq(bus.status, DGM_PROFILE);
        ck_assert_uint_gt(bus.errors, 0);
    }
    bus_close(&bus);
}

START_TEST(survives_every_other_end)
{
    char *text = bus_read("tests/cli/data/dbc/truck.dbc");
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i += 2) {
        char *copy = malloc(i + 1);
        memcpy(copy, text, i);
        check_text(copy, i);
        free(copy);
    }
    free(text);
}
END_TEST

/* Bytes that mean something, and others. */
static char draw_byte(uint64_t *random)
{
    static const char bytes[] = "0123456789|@+-(),[]\";:mM \n_.eEBSGVX\\\xff";
    return bytes[bus_random(random) % (sizeof(bytes) - 1)];
}

START_TEST(survives_damage)
{
    static const char *const files[] = {"tests/cli/data/dbc/truck.dbc",
                                        "tests/cli/data/dbc/odd.dbc"};
    char *text = bus_read(files[_i]);
    size_t length = strlen(text);
    uint64_t random = (uint64_t)_i + 5;
    for (int i = 0; i < 800; i++) {
        char *copy = malloc(length);
        memcpy(copy, text, length);
        for (uint64_t count = 1 + bus_random(&random) % 4; count > 0; count--) {
            copy[bus_random(&random) % length] = draw_byte(&random);
        }
        check_text(copy, length);
        free(copy);
    }
    free(text);
}
END_TEST

/* A message of so many signals, or so many messages of one. */
static char *print_many(unsigned messages, unsigned signals, const char *how)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    for (unsigned i = 0; i < messages; i++) {
        fprintf(file, "BO_ %u M%u: 8 X\n", i, i);
        for (unsigned j = 0; j < signals; j++) {
            fprintf(file, " SG_ s%u ", j);
            fprintf(file, how, j);
        }
    }
    fclose(file);
    return text;
}

static const struct {
    unsigned messages, signals;
    const char *how;
} many[] = {
    {1, 100000, ": 0|8@1+ (0.5,0) [0|9] \"\" X\n"},
    {100000, 1, ": 0|8@1+ (0.5,0) [0|9] \"\" X\n"},
    {20000, 0, ""},
    {100, 1000, ": 7|64@0- (1,0) [0|0] \"\" X\n"},
    {24, 4096, "m%u : 7|8@0- (1,0) [0|0] \"\" X\n"},
    {24, 4000, "m%uM : 7|8@0- (1,0) [0|0] \"\" X\n"},
};

START_TEST(survives_many)
{
    char *text = print_many(many[_i].messages, many[_i].signals, many[_i].how);
    check_text(text, strlen(text));
    free(text);
}
END_TEST

/* One multiplexor with as many values as there can be cases, and each with another. */
START_TEST(survives_many_cases)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    fputs("BO_ 1 A: 8 X\n SG_ r M : 0|16@1+ (1,0) [0|0] \"\" X\n", file);
    for (unsigned i = 0; i < 500; i++) {
        fprintf(file, " SG_ q%u m%uM : 16|16@1+ (1,0) [0|0] \"\" X\n", i, i);
    }
    for (unsigned i = 0; i < 3000; i++) {
        fprintf(file, " SG_ s%u m0 : 32|16@1+ (1,0) [0|0] \"\" X\n", i);
    }
    for (unsigned i = 0; i < 3000; i++) {
        fprintf(file, "SG_MUL_VAL_ 1 s%u q%u %u-%u;\n", i, i % 500, i, i + i % 9);
    }
    fclose(file);
    check_text(text, length);
    free(text);
}
END_TEST

START_TEST(survives_long_words)
{
    static const char *const starts[] = {"BO_ 1 ", "VERSION \"", "BO_ ",
                                         "BO_ 1 A: 1 X\n SG_ ",
                                         "BO_ 1 A: 1 X\n SG_ a : 0|8@1+ (1"};
    size_t length = 1000000, start = strlen(starts[_i]);
    char *text = malloc(length);
    memset(text, _i == 2 || _i == 4 ? '1' : 'A', length);
    memcpy(text, starts[_i], start);
    check_text(text, length);
    strcpy(text + 10000, _i == 3 ? " : 0|8@1+ (1,0) [0|0] \"\" X\n" : "\": 8 X\n");
    check_text(text, strlen(text));
    free(text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("hostile");
    tcase_set_timeout(tests, 100);
    tcase_add_test(tests, survives_every_other_end);
    tcase_add_loop_test(tests, survives_damage, 0, 2);
    tcase_add_loop_test(tests, survives_many, 0, 6);
    tcase_add_test(tests, survives_many_cases);
    tcase_add_loop_test(tests, survives_long_words, 0, 5);
    Suite *suite = suite_create("dbc-hostile");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
