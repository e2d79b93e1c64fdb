/* SPDX-License-Identifier: MIT */
/* The parser of the command line, and the table it reads. */
#include "options.h"
#include "cli.h"
#include "help.h"
#include "nearest.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 8 };

static struct options options;
static const char *arguments[WORDS_MAX];
static char text[OPTIONS_TEXT];

/* Parse words up to NULL for `decode`. */
static bool parse(const char *const *words)
{
    static char *copies[WORDS_MAX];
    size_t count = 0;
    while (words[count] != NULL) {
        copies[count] = (char *)(uintptr_t)words[count];
        count++;
    }
    text[0] = '\0';
    return options_parse(cli_find_command("decode"), copies, count, arguments, &options,
                         text);
}

START_TEST(reads_all_forms_of_an_option)
{
    static const char *const forms[][4] = {{"--profile", "a.yaml", NULL},
                                           {"--profile=a.yaml", NULL},
                                           {"-p", "a.yaml", NULL},
                                           {"-pa.yaml", NULL}};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_msg(parse(forms[i]), "%s: %s", forms[i][0], text);
        ck_assert_msg(options.given[OPTION_PROFILE], "%s", forms[i][0]);
        ck_assert_str_eq(options.value[OPTION_PROFILE], "a.yaml");
        ck_assert_uint_eq(options.argument_count, 0);
    }
}
END_TEST

START_TEST(gathers_switches_behind_one_dash)
{
    ck_assert(parse((const char *const[]){"-qnpa", "01", NULL}));
    ck_assert(options.given[OPTION_QUIET] && options.given[OPTION_EACH]);
    ck_assert_str_eq(options.value[OPTION_PROFILE], "a");
    ck_assert_uint_eq(options.argument_count, 1);
}
END_TEST

START_TEST(keeps_arguments_in_order_between_options)
{
    ck_assert(parse((const char *const[]){"01", "-q", "02", "--", "-q", "-", NULL}));
    ck_assert_uint_eq(options.argument_count, 4);
    ck_assert_str_eq(arguments[0], "01");
    ck_assert_str_eq(arguments[1], "02");
    ck_assert_str_eq(arguments[2], "-q");
    ck_assert_str_eq(arguments[3], "-");
}
END_TEST

START_TEST(takes_the_value_that_may_be_missing_only_behind_the_sign)
{
    ck_assert(parse((const char *const[]){"--indent", "4", NULL}));
    ck_assert(options.given[OPTION_INDENT]);
    ck_assert_ptr_null(options.value[OPTION_INDENT]);
    ck_assert_uint_eq(options.argument_count, 1);
    ck_assert(parse((const char *const[]){"--indent=4", NULL}));
    ck_assert_str_eq(options.value[OPTION_INDENT], "4");
}
END_TEST

START_TEST(takes_an_empty_value)
{
    ck_assert(parse((const char *const[]){"--topic=", NULL}));
    ck_assert_str_eq(options.value[OPTION_TOPIC], "");
}
END_TEST

struct bad_row {
    const char *words[3];
    const char *text;
};

static const struct bad_row bad_rows[] = {
    {{"--shap", NULL}, "unknown option '--shap'; did you mean '--shape'?"},
    {{"--pro", NULL}, "unknown option '--pro'; did you mean '--profile'?"},
    {{"--zebra", NULL}, "unknown option '--zebra'"},
    {{"-x", NULL}, "unknown option '-x'"},
    {{"-qx", NULL}, "unknown option '-x'"},
    {{"--shape", NULL}, "--shape needs a value: oceanconnect|iotda|plain"},
    {{"-p", NULL}, "-p needs a value: FILE"},
    {{"--each=1", NULL}, "--each takes no value"},
    {{"--shape=round", NULL}, "--shape: 'round' is none of oceanconnect, iotda, plain"},
    {{"--shape", "Plain", NULL},
     "--shape: 'Plain' is none of oceanconnect, iotda, plain"},
};

START_TEST(says_what_is_wrong)
{
    ck_assert(!parse(bad_rows[_i].words));
    ck_assert_str_eq(text, bad_rows[_i].text);
}
END_TEST

START_TEST(survives_words_of_any_length)
{
    static char word[5000];
    memset(word, 'x', sizeof(word) - 1);
    word[0] = word[1] = '-';
    ck_assert(!parse((const char *const[]){word, NULL}));
    ck_assert(!parse((const char *const[]){"--shape", word, NULL}));
    ck_assert_uint_lt(strlen(text), OPTIONS_TEXT);
}
END_TEST

START_TEST(numbers_words_in_the_order_of_the_table)
{
    const struct cli_option *shape =
        options_find(cli_find_command("decode"), OPTION_SHAPE);
    ck_assert(parse((const char *const[]){"--shape", "iotda", NULL}));
    ck_assert_int_eq(options_word(&options, shape, 9), 1);
    ck_assert(parse((const char *const[]){NULL}));
    ck_assert_int_eq(options_word(&options, shape, 9), 9);
}
END_TEST

/* Every command: no letter, name or id twice, and texts in one style. */
START_TEST(table_is_sound)
{
    const struct cli_command *command = &cli_commands[_i];
    for (size_t i = 0; i < command->option_count; i++) {
        const struct cli_option *option = &command->options[i];
        char spelling[HELP_SPELLING];
        size_t length = strlen(option->help);
        help_spelling(option, spelling);
        ck_assert_msg(strlen(spelling) < HELP_SPELLING - 1, "%s", option->name);
        ck_assert_msg(length > 0 && option->help[length - 1] != '.', "%s", option->name);
        ck_assert_msg((option->takes == VALUE_NONE) == (option->value == NULL), "%s",
                      option->name);
        for (size_t j = 0; j < i; j++) {
            const struct cli_option *other = &command->options[j];
            ck_assert_msg(option->id != other->id &&
                              strcmp(option->name, other->name) != 0,
                          "%s twice in %s", option->name, command->name);
            ck_assert_msg(option->letter == 0 || option->letter != other->letter,
                          "-%c twice in %s", option->letter, command->name);
        }
    }
    ck_assert_msg(options_find(command, OPTION_HELP) != NULL, "%s", command->name);
}
END_TEST

START_TEST(words_of_the_table_can_be_split)
{
    char word[OPTIONS_WORD];
    const struct cli_command *command = &cli_commands[_i];
    for (size_t i = 0; i < command->option_count; i++) {
        const char *words = command->options[i].words;
        size_t count = 0;
        if (words == NULL) {
            continue;
        }
        while (options_split(words, count, word)) {
            ck_assert_msg(word[0] != '\0', "%s", words);
            count++;
        }
        ck_assert_msg(count >= 1, "%s", words);
    }
}
END_TEST

START_TEST(suggests_the_nearest_word_and_nothing_far_fetched)
{
    struct nearest nearest;
    nearest_start(&nearest, "decod");
    nearest_offer(&nearest, "encode");
    nearest_offer(&nearest, "decode");
    ck_assert_str_eq(nearest.best, "decode");
    nearest_start(&nearest, "zebra");
    nearest_offer(&nearest, "decode");
    ck_assert_ptr_null(nearest.best);
    nearest_start(&nearest, "");
    nearest_offer(&nearest, "a");
    ck_assert_ptr_null(nearest.best);
}
END_TEST

int main(void)
{
    int commands = (int)cli_command_count;
    Suite *suite = suite_create("options");
    TCase *tcase = tcase_create("options");
    tcase_add_test(tcase, reads_all_forms_of_an_option);
    tcase_add_test(tcase, gathers_switches_behind_one_dash);
    tcase_add_test(tcase, keeps_arguments_in_order_between_options);
    tcase_add_test(tcase, takes_the_value_that_may_be_missing_only_behind_the_sign);
    tcase_add_test(tcase, takes_an_empty_value);
    tcase_add_loop_test(tcase, says_what_is_wrong, 0,
                        (int)(sizeof(bad_rows) / sizeof(bad_rows[0])));
    tcase_add_test(tcase, survives_words_of_any_length);
    tcase_add_test(tcase, numbers_words_in_the_order_of_the_table);
    tcase_add_loop_test(tcase, table_is_sound, 0, commands);
    tcase_add_loop_test(tcase, words_of_the_table_can_be_split, 0, commands);
    tcase_add_test(tcase, suggests_the_nearest_word_and_nothing_far_fetched);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
