/* SPDX-License-Identifier: MIT */
/* A core built without parts of it: it names the one that a table wants. */
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
    "          protocol_type: CoAP}\n"

#define REPORT                                                                           \
    "messages:\n"                                                                        \
    "  report:\n"                                                                        \
    "    fields:\n"                                                                      \
    "      - {name: a, type: u8}\n"

static uint64_t memory[4096], scratch[4096];

static const struct dgm_codec *codec;

static uint64_t table[4096];

static size_t table_size;

/* Open a codec for a profile. */
static enum dgm_status open_with(const char *yaml, struct dgm_error *error)
{
    struct dgm_profile *profile;
    size_t size;
    memset(error, 0, sizeof(*error));
    ck_assert_int_eq(dgm_profile_parse("test.yaml", yaml, strlen(yaml), &profile),
                     DGM_OK);
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    ck_assert_uint_le(size, sizeof(table));
    memcpy(table, model, size);
    table_size = size;
    dgm_profile_close(profile);
    return dgm_codec_open(table, size, memory, sizeof(memory), &codec, error);
}

static const struct {
    const char *yaml, *part;
} wanting[] = {
    {HEAD REPORT "      - {name: b, type: f32}\n", "floats"},
    {HEAD REPORT "      - {name: v, value: a / 3}\n", "floats"},
    {HEAD REPORT "      - {name: v, value: \"a // 3\"}\n", "operators"},
    {HEAD REPORT "      - {name: t, type: u8, format: '{value}%'}\n", "texts"},
    {HEAD REPORT "      - {name: d, type: u32, as: hex}\n", "formats"},
    {HEAD "wire: {framing: {escape: slip}}\n" REPORT, "hooks"},
    {HEAD REPORT
     "  answer:\n    kind: reply\n    fields:\n      - {const: 1, type: u8}\n",
     "replies"},
    {HEAD REPORT "      - {name: t, type: u32, time: {unit: s}}\n", "times"},
    {HEAD REPORT "      - {role: event_time, type: u32, time: {unit: s}}\n", "times"},
    {HEAD "messages:\n  report:\n    match: {topic: a/b}\n    fields:\n"
          "      - {name: a, type: u8}\n",
     "topics"},
};

START_TEST(names_the_part_it_does_without)
{
    struct dgm_error error;
    ck_assert_int_eq(open_with(wanting[_i].yaml, &error), DGM_BAD_TABLE);
    ck_assert_ptr_nonnull(error.detail);
    ck_assert_str_eq(error.detail, wanting[_i].part);
    error.detail = NULL;
    ck_assert_int_eq(
        dgm_codec_open_trusted(table, table_size, memory, sizeof(memory), &codec, &error),
        DGM_BAD_TABLE);
    ck_assert_str_eq(error.detail, wanting[_i].part);
}
END_TEST

static const char plain[] = HEAD "messages:\n"
                                 "  report:\n"
                                 "    fields:\n"
                                 "      - {const: 1, type: u8}\n"
                                 "      - {name: count, type: u32}\n"
                                 "      - {name: level, type: i16, scale: 0.1}\n"
                                 "      - {name: label, type: text(2), encoding: ascii}\n"
                                 "      - {name: n, type: u8}\n"
                                 "      - {name: list, type: u8, repeat: n}\n";

/* Verified, and trusted. */
START_TEST(does_the_rest_both_ways)
{
    static const uint8_t frame[] = {1,    0x5C, 0x9D, 0xED, 0xA5, 0xFF,
                                    0x85, 'o',  'k',  2,    7,    9};
    static const char expected[] = "{\"count\":1553853861,\"level\":-12.3,"
                                   "\"label\":\"ok\",\"n\":2,\"list\":[7,9]}";
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    struct dgm_error error;
    char text[256];
    uint8_t back[32];
    ck_assert_int_eq(open_with(plain, &error), DGM_OK);
    size_t scratch_size = dgm_codec_scratch_size(codec);
    if (_i == 1)
        ck_assert_int_eq(dgm_codec_open_trusted(table, table_size, memory, sizeof(memory),
                                                &codec, &error),
                         DGM_OK);
    ck_assert_uint_eq(dgm_codec_scratch_size(codec), scratch_size);
    ck_assert_uint_le(scratch_size, sizeof(scratch));
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);
    ck_assert_int_eq(dgm_decode(codec, &call, frame, sizeof(frame), text, sizeof(text),
                                &outcome, &error),
                     DGM_OK);
    ck_assert_uint_eq(outcome.length, strlen(expected));
    ck_assert_mem_eq(text, expected, outcome.length);
    ck_assert_int_eq(dgm_encode(codec, &call, text, outcome.length, back, sizeof(back),
                                &outcome, &error),
                     DGM_OK);
    ck_assert_uint_eq(outcome.length, sizeof(frame));
    ck_assert_mem_eq(back, frame, sizeof(frame));
}
END_TEST

START_TEST(trusts_no_other_format)
{
    struct dgm_error error;
    ck_assert_int_eq(open_with(plain, &error), DGM_OK);
    ((struct dgm_model *)(void *)table)->format++;
    ck_assert_int_eq(
        dgm_codec_open_trusted(table, table_size, memory, sizeof(memory), &codec, &error),
        DGM_WRONG_TABLE_FORMAT);
}
END_TEST

/* The status and the place are told, and nothing else. */
START_TEST(tells_of_an_error_its_status_and_place)
{
    static const uint8_t frame[] = {2};
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    struct dgm_error error;
    ck_assert_int_eq(open_with(plain, &error), DGM_OK);
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);
    call.message = "report";
    ck_assert_int_eq(dgm_decode(codec, &call, frame, 1, NULL, 0, &outcome, &error),
                     DGM_CONST);
    ck_assert_int_eq(error.status, DGM_CONST);
    ck_assert_uint_eq(error.offset, 0);
    ck_assert_uint_eq(error.has, 0);
    ck_assert_ptr_null(error.detail);
}
END_TEST

/* Shapes that are not there are no shapes. */
START_TEST(knows_the_plain_shape_alone)
{
    static const uint8_t frame[] = {1};
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    struct dgm_error error;
    ck_assert_int_eq(open_with(plain, &error), DGM_OK);
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);
    call.shape = _i == 0 ? DGM_SHAPE_OCEANCONNECT : DGM_SHAPE_IOTDA;
    ck_assert_int_eq(dgm_decode(codec, &call, frame, 1, NULL, 0, &outcome, &error),
                     DGM_BAD_CALL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parts");
    TCase *tests = tcase_create("parts");
    tcase_add_loop_test(tests, names_the_part_it_does_without, 0,
                        sizeof(wanting) / sizeof(wanting[0]));
    tcase_add_loop_test(tests, does_the_rest_both_ways, 0, 2);
    tcase_add_test(tests, trusts_no_other_format);
    tcase_add_test(tests, tells_of_an_error_its_status_and_place);
    tcase_add_loop_test(tests, knows_the_plain_shape_alone, 0, 2);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
