/* SPDX-License-Identifier: MIT */
/* Functions of the caller that make plain bytes of those on the wire, and limits. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

static struct fixture fixture;
static struct dgm_hook halves;
static const struct dgm_hook *hooks[1] = {&halves};
static int device;

/* Each plain byte is two on the wire: its half bytes, each with the key in its upper four
 * bits. A wrong key is refused. */
static enum dgm_status join_halves(struct dgm_hook_call *call)
{
    unsigned key = *(const uint8_t *)call->user;
    ck_assert_ptr_eq(call->call->state, &device);
    if (call->input_length % 2 != 0)
        return DGM_TRUNCATED;
    call->output_length = call->input_length / 2;
    for (size_t i = 0; i < call->output_length; i++) {
        unsigned high = call->input[2 * i], low = call->input[2 * i + 1];
        if (high >> 4 != key || low >> 4 != key) {
            call->detail = "another key";
            return DGM_REFUSED;
        }
        if (i == call->output_size)
            return DGM_LIMIT;
        call->output[i] = (uint8_t)(high << 4 | (low & 15));
    }
    return DGM_OK;
}

static enum dgm_status split_halves(struct dgm_hook_call *call)
{
    unsigned key = *(const uint8_t *)call->user;
    call->output_length = call->input_length * 2;
    if (call->output_length > call->output_size)
        return DGM_LIMIT;
    for (size_t i = 0; i < call->input_length; i++) {
        call->output[2 * i] = (uint8_t)(key << 4 | call->input[i] >> 4);
        call->output[2 * i + 1] = (uint8_t)(key << 4 | (call->input[i] & 15));
    }
    return DGM_OK;
}

static void open_fixture(const char *yaml)
{
    static uint8_t key = 3;
    fixture_open(&fixture, yaml);
    halves = (struct dgm_hook){sizeof(halves), "halves", join_halves, split_halves, &key,
                               NULL,           0};
    fixture.call.hooks = hooks;
    fixture.call.hook_count = 1;
    fixture.call.state = &device;
}

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static const char sized[] = HEAD "hooks: {halves: {output_limit: 4}}\n"
                                 "messages:\n"
                                 "  report:\n"
                                 "    fields:\n"
                                 "      - {const: 1, type: u8}\n"
                                 "      - {local: n, type: u8}\n"
                                 "      - size: n\n"
                                 "        hook: halves\n"
                                 "        fields:\n"
                                 "          - {name: a, type: u8, valid: ..200}\n"
                                 "          - {name: b, type: u8, repeat: rest}\n"
                                 "      - {checksum: sum-8, type: u8}\n";

/* 01 + 04 + 31 + 32 + 33 + 3F = DA */
START_TEST(a_part_goes_through_a_hook)
{
    open_fixture(sized);
    expect_both(&fixture, "01 04 3132 333F DA", "{\"a\":18,\"b\":[63]}");
    expect_both(&fixture, "01 02 3132 66", "{\"a\":18,\"b\":[]}");
}
END_TEST

START_TEST(errors_inside_point_to_the_part)
{
    open_fixture(sized);
    expect_decode_error(&fixture, "01 00 01", DGM_TRUNCATED, 2, "a");
    expect_notice(&fixture, "01 02 3C3F 7E", "{\"b\":[]}", DGM_RANGE, "a");
    ck_assert_uint_eq(fixture.notices[0].offset, 2);
    expect_decode_error(&fixture, "01 02 3142 66", DGM_HOOK, 2, "(group)");
    ck_assert_str_eq(fixture.error.detail, "another key");
    expect_decode_error(&fixture, "01 03 313233 66", DGM_HOOK, 2, "(group)");
    expect_decode_error(&fixture, "01 0A 31313131313131313131 66", DGM_LIMIT, 2,
                        "(group)");
    expect_decode_error(&fixture, "01 04 3132 333F DB", DGM_CHECKSUM, 6, "(checksum)");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":[1,2,3,4]}", DGM_LIMIT, NULL,
                        "(group)");
}
END_TEST

static enum dgm_status fail_as_told(struct dgm_hook_call *call)
{
    return *(const enum dgm_status *)call->user;
}

/* Of what a hook says only the faults of its process are taken over. */
START_TEST(faults_of_the_process_of_a_hook_are_told)
{
    enum dgm_status told = DGM_WORKER_CRASH;
    open_fixture(sized);
    halves.decode = fail_as_told;
    halves.encode = fail_as_told;
    halves.user = &told;
    for (told = DGM_WORKER_CRASH; told <= DGM_WORKER_START; told++) {
        expect_decode_error(&fixture, "01 02 3132 66", told, 2, "(group)");
        expect_encode_error(&fixture, "{\"a\":1,\"b\":[]}", told, NULL, "(group)");
    }
    told = DGM_CHECKSUM;
    expect_decode_error(&fixture, "01 02 3132 66", DGM_HOOK, 2, "(group)");
}
END_TEST

START_TEST(without_a_function_the_hook_is_named)
{
    open_fixture(sized);
    fixture.call.hook_count = 0;
    expect_decode_error(&fixture, "01 02 3132 66", DGM_NO_HOOK, 2, "(group)");
    ck_assert_str_eq(fixture.error.detail, "halves");
    expect_encode_error(&fixture, "{\"a\":18,\"b\":[]}", DGM_NO_HOOK, NULL, "(group)");
    fixture.call.hook_count = 1;
    halves.encode = NULL;
    expect_decode(&fixture, "01 02 3132 66", "{\"a\":18,\"b\":[]}");
    expect_encode_error(&fixture, "{\"a\":18,\"b\":[]}", DGM_NO_HOOK, NULL, "(group)");
}
END_TEST

START_TEST(a_hook_may_take_the_rest)
{
    open_fixture(HEAD "hooks: {halves: {output_limit: 100}}\n"
                      "wire: {trailer: [{const: 0xEE, type: u8}]}\n"
                      "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {const: 1, type: u8}\n"
                      "      - name: inside\n"
                      "        hook: halves\n"
                      "        fields:\n"
                      "          - {name: text, type: text(rest)}\n");
    expect_both(&fixture, "01 343F 343B EE", "{\"inside\":{\"text\":\"OK\"}}");
    expect_decode_error(&fixture, "01 343F EF", DGM_CONST, 3, "(const)");
}
END_TEST

START_TEST(limits_of_the_caller_hold)
{
    open_fixture(sized);
    fixture.call.frame_limit = 4;
    expect_decode_error(&fixture, "01 02 3132 66", DGM_LIMIT, 4, "");
    expect_encode_error(&fixture, "{\"a\":18,\"b\":[]}", DGM_LIMIT, NULL, "report");
    fixture.call.frame_limit = 5;
    expect_both(&fixture, "01 02 3132 66", "{\"a\":18,\"b\":[]}");
    fixture.call.json_limit = 14;
    expect_decode_error(&fixture, "01 02 3132 66", DGM_LIMIT, 0, "");
    expect_encode_error(&fixture, "{\"a\":18,\"b\":[]}", DGM_LIMIT, NULL, "");
}
END_TEST

/* 31 ^ AA = 9B, 32 ^ 55 = 67, 33 ^ AA = 99; the checksum is of the wire: 01 + 03 + 9B +
 * 67 + 99 = 9F modulo 256 */
START_TEST(bytes_are_masked_around_and_around)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {const: 0x01, type: u8}\n"
                      "      - {local: size, type: u8}\n"
                      "      - size: size\n"
                      "        process: {xor: \"AA 55\"}\n"
                      "        fields:\n"
                      "          - {name: text, type: text(rest)}\n"
                      "      - {checksum: sum-8, type: u8}\n");
    fixture.call.hook_count = 0;
    expect_both(&fixture, "01 03 9B6799 9F", "{\"text\":\"123\"}");
    expect_both(&fixture, "01 00 01", "{\"text\":\"\"}");
    expect_decode_error(&fixture, "01 03 9B6798 9F", DGM_CHECKSUM, 5, "(checksum)");
    expect_decode_error(&fixture, "01 04 9B6799", DGM_TRUNCATED, 2, "(group)");
}
END_TEST

/* DL/T 645 adds 33: 12 + 33 = 45, FF + 33 = 32 modulo 256. */
START_TEST(bytes_are_added_to)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {const: 0x68, type: u8}\n"
                      "      - process: {add: \"33\"}\n"
                      "        size: 2\n"
                      "        fields:\n"
                      "          - {name: level, type: u8}\n"
                      "          - {name: kind, type: u8}\n"
                      "      - {const: 0x16, type: u8}\n");
    expect_both(&fixture, "68 4532 16", "{\"level\":18,\"kind\":255}");
}
END_TEST

/* A group without name, size or condition has its hook all the same. */
START_TEST(a_hook_needs_no_other_key)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - process: {xor: \"FF\"}\n"
                      "        fields: [{name: level, type: u16}]\n");
    expect_both(&fixture, "FEFD", "{\"level\":258}");
}
END_TEST

static const char values[] = HEAD
    "hooks: {halves: {output_limit: 8}}\n"
    "messages:\n"
    "  report:\n"
    "    fields:\n"
    "      - {const: 1, type: u8}\n"
    "      - {local: n, type: u8}\n"
    "      - {name: text, type: text(n), hook: halves, encoding: ascii}\n"
    "      - {name: key, type: bytes(2), as: hex, process: {xor: \"AA55\"}}\n"
    "      - {name: tail, type: bytes(rest), as: hex, hook: halves, optional: true}\n"
    "      - {name: long, value: size(text)}\n";

START_TEST(text_and_bytes_go_through_a_hook)
{
    open_fixture(values);
    expect_both(&fixture, "01 04 343F 343B AB57",
                "{\"text\":\"OK\",\"key\":\"0102\",\"long\":2}");
    expect_both(&fixture, "01 00 AB57 3F3F",
                "{\"text\":\"\",\"key\":\"0102\",\"tail\":\"ff\",\"long\":0}");
    expect_decode_error(&fixture, "01 02 3F3F AB57", DGM_TEXT, 2, "text");
    expect_decode_error(&fixture, "01 02 4F3F AB57", DGM_HOOK, 2, "(group)");
    expect_decode_error(&fixture, "01 04 343F", DGM_TRUNCATED, 2, "(group)");
    /* As many bytes as stand on the wire are told beside them. */
    expect_encode_error(&fixture, "{\"text\":\"\",\"key\":\"010203\"}", DGM_LENGTH, NULL,
                        "(group)");
    expect_encode_error(&fixture, "{\"key\":\"0102\"}", DGM_MISSING_MEMBER, NULL, "text");
}
END_TEST

static const char whole[] = HEAD "hooks: {halves: {output_limit: 8}}\n"
                                 "wire:\n"
                                 "  header: [{local: kind, type: u8}]\n"
                                 "  trailer: [{checksum: sum-8, type: u8}]\n"
                                 "services:\n"
                                 "  Tank:\n"
                                 "    properties:\n"
                                 "      level: {data_type: int, min: 0, max: 255}\n"
                                 "  Room:\n"
                                 "    properties:\n"
                                 "      cold: {data_type: boolean}\n"
                                 "messages:\n"
                                 "  packed:\n"
                                 "    match: {kind: 1}\n"
                                 "    hook: halves\n"
                                 "    fields:\n"
                                 "      - {name: level, type: u8, to: Tank}\n"
                                 "      - {name: cold, type: bool8, to: Room, optional: "
                                 "true}\n"
                                 "  masked:\n"
                                 "    match: {kind: 2}\n"
                                 "    process: {add: \"01\"}\n"
                                 "    fields:\n"
                                 "      - {name: level, type: u8, to: Tank}\n";

/* 01 + 32 + 3A = 6D, and 30 + 31 more = CE; 02 + 2B = 2D */
START_TEST(a_message_goes_through_a_hook)
{
    open_fixture(whole);
    expect_both(&fixture, "01 323A 6D", "{\"Tank\":{\"level\":42}}");
    expect_both(&fixture, "01 323A 3031 CE",
                "{\"Tank\":{\"level\":42},\"Room\":{\"cold\":true}}");
    fixture.call.message = "masked";
    expect_both(&fixture, "02 2B 2D", "{\"Tank\":{\"level\":42}}");
    fixture.call.message = NULL;
    expect_decode_error(&fixture, "01 323A 6E", DGM_CHECKSUM, 3, "(checksum)");
    expect_decode_error(&fixture, "01 01", DGM_TRUNCATED, 1, "Tank.level");
    expect_decode_error(&fixture, "01 323A 3031 3031 2F", DGM_TRAILING_BYTES, 1,
                        "(group)");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hooks");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, close_fixture);
    tcase_add_test(all, a_part_goes_through_a_hook);
    tcase_add_test(all, errors_inside_point_to_the_part);
    tcase_add_test(all, faults_of_the_process_of_a_hook_are_told);
    tcase_add_test(all, without_a_function_the_hook_is_named);
    tcase_add_test(all, a_hook_may_take_the_rest);
    tcase_add_test(all, a_hook_needs_no_other_key);
    tcase_add_test(all, text_and_bytes_go_through_a_hook);
    tcase_add_test(all, a_message_goes_through_a_hook);
    tcase_add_test(all, bytes_are_masked_around_and_around);
    tcase_add_test(all, bytes_are_added_to);
    tcase_add_test(all, limits_of_the_caller_hold);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
