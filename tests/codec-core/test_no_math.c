/* SPDX-License-Identifier: MIT */
/* A core built without ln, log10, exp and pow: it names the one that a table wants. */
#include <check.h>
#include <dragoman/codec.h>
#include <dragoman/profile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1, device_type: " \
    "Meter,\n"                                                                           \
    "          protocol_type: CoAP}\n"                                                   \
    "messages:\n"                                                                        \
    "  report:\n"                                                                        \
    "    fields:\n"                                                                      \
    "      - {name: a, type: u8}\n"

/* Open a codec whose report has this computed member. */
static enum dgm_status open_with(const char *expression, struct dgm_error *error)
{
    static uint64_t memory[4096];
    char yaml[512];
    struct dgm_profile *profile;
    const struct dgm_codec *codec;
    size_t size;
    snprintf(yaml, sizeof(yaml), HEAD "      - {name: v, value: \"%s\"}\n", expression);
    ck_assert_int_eq(dgm_profile_parse("test.yaml", yaml, strlen(yaml), &profile),
                     DGM_OK);
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    enum dgm_status status =
        dgm_codec_open(model, size, memory, sizeof(memory), &codec, error);
    dgm_profile_close(profile);
    return status;
}

static const char *const functions[] = {"ln", "log10", "exp", "pow"};

START_TEST(names_the_function_it_does_without)
{
    struct dgm_error error;
    char expression[64], sentence[64];
    const char *name = functions[_i];
    snprintf(expression, sizeof(expression), "%s(a%s)", name, _i == 3 ? ", 2" : "");
    snprintf(sentence, sizeof(sentence), "this build of the core does without %s()",
             name);
    ck_assert_int_eq(open_with(expression, &error), DGM_BAD_TABLE);
    ck_assert_str_eq(error.detail, sentence);
}
END_TEST

START_TEST(takes_all_others)
{
    struct dgm_error error;
    ck_assert_int_eq(open_with("sqrt(a) + pow10(a) + round(a / 3, 2)", &error), DGM_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("no-math");
    TCase *tests = tcase_create("no-math");
    tcase_add_loop_test(tests, names_the_function_it_does_without, 0, 4);
    tcase_add_test(tests, takes_all_others);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
