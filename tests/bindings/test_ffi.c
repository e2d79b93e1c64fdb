/* SPDX-License-Identifier: MIT */
/* The library for other languages, as such a language calls it: handles, texts, numbers.
 */
#include <dragoman/ffi.h>
#include <dragoman/json.h>

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, DECODES = 10000 };

static const uint8_t report[] = {0x01, 0x00, 0x00, 0x30, 0x39, 0x24, 0x60};
static const char report_json[] =
    "{\"Meter\":{\"flow\":12.345,\"voltage\":3.6,\"valve\":\"open\",\"leak\":true}}";
static const char command_json[] =
    "{\"command\":\"Meter.SET_PERIOD\",\"mid\":2016,\"paras\":{\"minutes\":60}}";

static const char *path_of(const char *variable)
{
    const char *path = getenv(variable);
    ck_assert_ptr_nonnull(path);
    return path;
}

static struct dgm_ffi_product *load_meter(void)
{
    struct dgm_ffi_product *product = NULL;
    ck_assert_int_eq(dgm_ffi_load_profile(path_of("METER_PROFILE"), &product), DGM_OK);
    return product;
}

/* A call that alone keeps its product. */
static struct dgm_ffi_call *open_call(struct dgm_ffi_product *product)
{
    struct dgm_ffi_call *call = NULL;
    ck_assert_int_eq(dgm_ffi_call_open(product, &call), DGM_OK);
    dgm_ffi_product_close(product);
    return call;
}

static enum dgm_status set(struct dgm_ffi_call *call, const char *name, const char *value)
{
    return dgm_ffi_call_set(call, name, value, strlen(value));
}

static void assert_output(const struct dgm_ffi_call *call, const void *expected,
                          size_t length)
{
    size_t found = 0;
    const void *output = dgm_ffi_output(call, &found);
    ck_assert_uint_eq(found, length);
    ck_assert_mem_eq(output, expected, length);
}

static void assert_report(struct dgm_ffi_call *call, const char *part)
{
    const char *text = dgm_ffi_report(call);
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(dgm_json_check(text, strlen(text), NULL) == DGM_OK, "%s", text);
    ck_assert_msg(strstr(text, part) != NULL, "expected %s, found %s", part, text);
}

START_TEST(decodes_and_encodes)
{
    static const uint8_t command[] = {0x81, 0x07, 0xE0, 0x00, 0x3C};
    struct dgm_ffi_call *call = open_call(load_meter());
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(dgm_ffi_decode(call, report, sizeof(report)), DGM_OK);
        assert_output(call, report_json, strlen(report_json));
        assert_report(call,
                      "{\"status\":\"ok\",\"family\":\"fine\",\"message\":\"report\"");
        ck_assert_int_eq(dgm_ffi_encode(call, command_json, strlen(command_json)),
                         DGM_OK);
        assert_output(call, command, sizeof(command));
        assert_report(call, "\"message\":\"set_period\",\"kind\":\"command\"");
    }
    dgm_ffi_call_close(call);
}
END_TEST

START_TEST(a_plugin_gives_the_same)
{
    struct dgm_ffi_product *product = NULL;
    ck_assert_int_eq(dgm_ffi_load_plugin(path_of("METER_PLUGIN"), NULL, &product),
                     DGM_OK);
    struct dgm_ffi_call *call = open_call(product);
    ck_assert_int_eq(dgm_ffi_decode(call, report, sizeof(report)), DGM_OK);
    assert_output(call, report_json, strlen(report_json));
    dgm_ffi_call_close(call);
}
END_TEST

START_TEST(errors_leave_no_output)
{
    size_t length = 1;
    struct dgm_ffi_call *call = open_call(load_meter());
    ck_assert_ptr_null(dgm_ffi_output(call, &length));
    ck_assert_int_eq(dgm_ffi_decode(call, report, sizeof(report)), DGM_OK);
    ck_assert_int_eq(dgm_ffi_decode(call, report, 2), DGM_TRUNCATED);
    ck_assert_ptr_null(dgm_ffi_output(call, &length));
    ck_assert_uint_eq(length, 0);
    assert_report(call, "{\"status\":\"truncated\",\"family\":\"data\",\"number\":10,"
                        "\"place\":\"frame\",\"offset\":1,\"path\":\"Meter.flow\"");
    ck_assert_int_eq(dgm_ffi_encode(call, "{", 1), DGM_JSON_SYNTAX);
    ck_assert_int_eq(dgm_ffi_encode(call, NULL, 0), DGM_JSON_SYNTAX);
    ck_assert_int_eq(dgm_ffi_decode(call, NULL, 0), DGM_NO_MESSAGE);
    ck_assert_int_eq(dgm_ffi_decode(call, NULL, 7), DGM_BAD_CALL);
    assert_report(call, "there is no input");
    dgm_ffi_call_close(call);
}
END_TEST

START_TEST(warnings_are_told)
{
    static const uint8_t frame[] = {0x01, 0x00, 0x00, 0x30, 0x39, 0x24, 0x80};
    struct dgm_ffi_call *call = open_call(load_meter());
    ck_assert_int_eq(dgm_ffi_decode(call, frame, sizeof(frame)), DGM_OK);
    assert_report(call, "\"warnings\":[{\"status\":\"enum\",\"number\":18");
    dgm_ffi_call_close(call);
}
END_TEST

START_TEST(arguments_are_set_and_forgotten)
{
    struct dgm_ffi_call *call = open_call(load_meter());
    ck_assert_int_eq(set(call, "shape", "iotda"), DGM_OK);
    ck_assert_int_eq(dgm_ffi_decode(call, report, sizeof(report)), DGM_OK);
    size_t length = 0;
    ck_assert_int_eq(memcmp(dgm_ffi_output(call, &length), "{\"msg_type\"", 11), 0);
    ck_assert_int_eq(set(call, "message", "set_period"), DGM_OK);
    ck_assert_ptr_null(dgm_ffi_output(call, &length));
    ck_assert_int_ne(dgm_ffi_decode(call, report, sizeof(report)), DGM_OK);
    dgm_ffi_call_reset(call);
    ck_assert_int_eq(dgm_ffi_decode(call, report, sizeof(report)), DGM_OK);
    assert_output(call, report_json, strlen(report_json));
    dgm_ffi_call_close(call);
}
END_TEST

static const struct {
    const char *name, *value;
    bool good;
} settings[] = {
    {"port", "0", true},
    {"port", "4294967295", true},
    {"port", "4294967296", false},
    {"port", "18446744073709551616", false},
    {"port", "-0", false},
    {"port", "-1", false},
    {"port", "+1", false},
    {"port", " 1", false},
    {"port", "0x1", false},
    {"port", "", false},
    {"received_ms", "-9223372036854775808", true},
    {"received_ms", "-9223372036854775809", false},
    {"received_ms", "9223372036854775807", true},
    {"received_ms", "9223372036854775808", false},
    {"received_ms", "-", false},
    {"received_ms", "1.5", false},
    {"shape", "oceanconnect", true},
    {"shape", "plai", false},
    {"shape", "plainer", false},
    {"shape", "", false},
    {"direction", "up", true},
    {"direction", "down", true},
    {"direction", "", false},
    {"request_format", "array", true},
    {"request_format", "", false},
    {"unknown", "ignore", true},
    {"unknown", "refuse", true},
    {"model", "", true},
    {"state", "", true},
    {"state", "1", false},
    {"nothing", "", false},
    {"", "", false},
};
enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) };

START_TEST(values_of_arguments_are_checked)
{
    struct dgm_ffi_call *call = open_call(load_meter());
    enum dgm_status status = set(call, settings[_i].name, settings[_i].value);
    ck_assert_int_eq(status, settings[_i].good ? DGM_OK : DGM_BAD_CALL);
    assert_report(call,
                  settings[_i].good ? "\"status\":\"ok\"" : "\"status\":\"bad-call\"");
    dgm_ffi_call_close(call);
}
END_TEST

START_TEST(texts_of_arguments_have_no_zeros)
{
    struct dgm_ffi_call *call = open_call(load_meter());
    ck_assert_int_eq(dgm_ffi_call_set(call, "topic", "a\0b", 3), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_ffi_call_set(call, "request", "a\0b", 3), DGM_OK);
    ck_assert_int_eq(dgm_ffi_call_set(call, "topic", NULL, 3), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_ffi_call_set(call, "topic", NULL, 0), DGM_OK);
    ck_assert_int_eq(dgm_ffi_call_set(call, NULL, "", 0), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_ffi_call_set(call, "topic", "", SIZE_MAX), DGM_BAD_CALL);
    dgm_ffi_call_close(call);
}
END_TEST

START_TEST(refused_products_say_why)
{
    struct dgm_ffi_product *product = NULL;
    struct dgm_ffi_call *call = NULL;
    ck_assert_int_eq(dgm_ffi_parse_profile("a\"b.yaml", "a: b", 4, &product),
                     DGM_PROFILE);
    const char *text = dgm_ffi_product_report(product);
    ck_assert_int_eq(dgm_json_check(text, strlen(text), NULL), DGM_OK);
    ck_assert_ptr_nonnull(strstr(text, "\"rule\":\"unknown-key\""));
    ck_assert_ptr_nonnull(strstr(text, "a\\\"b.yaml:1:1: error: "));
    ck_assert_int_eq(dgm_ffi_call_open(product, &call), DGM_BAD_CALL);
    dgm_ffi_product_close(product);
    ck_assert_int_eq(dgm_ffi_load_plugin("/nowhere\xff", NULL, &product), DGM_IO);
    text = dgm_ffi_product_report(product);
    ck_assert_int_eq(dgm_json_check(text, strlen(text), NULL), DGM_OK);
    dgm_ffi_product_close(product);
    ck_assert_int_eq(dgm_ffi_load_plugin(NULL, NULL, &product), DGM_BAD_CALL);
    ck_assert_ptr_null(product);
    ck_assert_int_eq(dgm_ffi_parse_profile("a", NULL, 1, &product), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_ffi_parse_profile("a", "", 0, NULL), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_ffi_call_open(NULL, &call), DGM_BAD_CALL);
    dgm_ffi_product_close(NULL);
    dgm_ffi_call_close(NULL);
}
END_TEST

/* Six characters a byte: the first buffer does not do. */
START_TEST(output_grows)
{
    static const char yaml[] =
        "dragoman: 1\n"
        "product: {manufacturer_id: A, manufacturer_name: A, model: L, device_type: S,\n"
        "          protocol_type: LoRaWAN}\n"
        "messages:\n"
        "  words:\n"
        "    kind: report\n"
        "    fields:\n"
        "      - {name: a, type: text(250)}\n"
        "      - {name: b, type: text(250)}\n"
        "      - {name: c, type: text(250)}\n"
        "      - {name: d, type: text(250)}\n";
    struct dgm_ffi_product *product = NULL;
    uint8_t frame[1000];
    size_t length = 0;
    memset(frame, 1, sizeof(frame));
    enum dgm_status status =
        dgm_ffi_parse_profile("l.yaml", yaml, strlen(yaml), &product);
    ck_assert_msg(status == DGM_OK, "%s", dgm_ffi_product_report(product));
    struct dgm_ffi_call *call = open_call(product);
    ck_assert_int_eq(dgm_ffi_decode(call, frame, sizeof(frame)), DGM_OK);
    char *json = malloc(7 * sizeof(frame));
    const void *output = dgm_ffi_output(call, &length);
    ck_assert_uint_gt(length, 6 * sizeof(frame));
    memcpy(json, output, length);
    ck_assert_int_eq(dgm_ffi_encode(call, json, length), DGM_OK);
    assert_output(call, frame, sizeof(frame));
    free(json);
    dgm_ffi_call_close(call);
}
END_TEST

static void *decode_many(void *user)
{
    struct dgm_ffi_product *product = user;
    struct dgm_ffi_call *call = NULL;
    size_t wrong = dgm_ffi_call_open(product, &call) == DGM_OK ? 0 : DECODES;
    for (size_t i = 0; i < DECODES && wrong < DECODES; i++) {
        size_t length = 0;
        bool good = dgm_ffi_decode(call, report, sizeof(report)) == DGM_OK;
        const void *output = dgm_ffi_output(call, &length);
        good = good && length == strlen(report_json) &&
               memcmp(output, report_json, length) == 0;
        wrong += good ? 0 : 1;
    }
    dgm_ffi_call_close(call);
    return wrong == 0 ? product : NULL;
}

START_TEST(threads_share_a_product)
{
    pthread_t threads[THREADS];
    struct dgm_ffi_product *product = load_meter();
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, decode_many, product), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *good = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &good), 0);
        ck_assert_ptr_nonnull(good);
    }
    dgm_ffi_product_close(product);
}
END_TEST

START_TEST(versions_are_told)
{
    ck_assert_uint_eq(dgm_ffi_version(), DGM_FFI_VERSION);
    ck_assert_str_eq(dgm_ffi_release(), path_of("RELEASE"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ffi");
    TCase *tests = tcase_create("ffi");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, decodes_and_encodes);
    tcase_add_test(tests, a_plugin_gives_the_same);
    tcase_add_test(tests, errors_leave_no_output);
    tcase_add_test(tests, warnings_are_told);
    tcase_add_test(tests, arguments_are_set_and_forgotten);
    tcase_add_loop_test(tests, values_of_arguments_are_checked, 0, SETTINGS);
    tcase_add_test(tests, texts_of_arguments_have_no_zeros);
    tcase_add_test(tests, refused_products_say_why);
    tcase_add_test(tests, output_grows);
    tcase_add_test(tests, threads_share_a_product);
    tcase_add_test(tests, versions_are_told);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
