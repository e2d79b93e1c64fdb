/* SPDX-License-Identifier: MIT */
/* Many items in one call: packing, bad items, room that runs out, calls of their own. */
#include <dragoman/batch.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"
#include "../support/guard.h"

static const char meter[] =
    HEAD "messages:\n"
         "  report:\n"
         "    match: {port: 1}\n"
         "    fields:\n"
         "      - {name: flow, type: u16, scale: 0.001}\n"
         "      - {name: valve, type: u8, enum: {0: closed, 1: open}}\n"
         "  other:\n"
         "    match: {port: 2}\n"
         "    fields:\n"
         "      - {name: level, type: u8}\n";

enum { ITEMS = 6, STORE = 512 };

static struct fixture fixture;
static uint8_t bytes[ITEMS][8];
static struct dgm_item items[ITEMS];
static struct dgm_error errors[ITEMS], notices[ITEMS];
static struct dgm_batch batch;
static char output[STORE];

static void open_batch(void)
{
    static const struct dgm_batch initial = DGM_BATCH_INIT;
    fixture_open(&fixture, meter);
    fixture.call.has_channel = true;
    fixture.call.channel = 1;
    batch = initial;
    batch.call = &fixture.call;
    batch.items = items;
    batch.output = output;
    batch.output_size = sizeof(output);
    batch.end = "\n";
    batch.errors = errors;
    batch.error_capacity = ITEMS;
    batch.notices = notices;
    batch.notice_capacity = ITEMS;
    memset(items, 0, sizeof(items));
    memset(output, 'x', sizeof(output));
}

static void close_batch(void)
{
    fixture_close(&fixture);
}

static void add_frame(const char *hex)
{
    struct dgm_item *item = &items[batch.item_count];
    item->input = bytes[batch.item_count];
    item->length = hex_bytes(hex, bytes[batch.item_count], sizeof(bytes[0]));
    batch.item_count++;
}

static void add_json(const char *json)
{
    struct dgm_item *item = &items[batch.item_count++];
    item->input = json;
    item->length = strlen(json);
}

/* Two good ones, one that is cut off, one with a warning, one more. */
static void add_mixture(void)
{
    add_frame("0001 00");
    add_frame("3039 01");
    add_frame("3039");
    add_frame("3039 07");
    add_frame("0002 00");
}

#define MIXTURE                                                                          \
    "{\"flow\":0.001,\"valve\":\"closed\"}\n{\"flow\":12.345,\"valve\":\"open\"}\n"      \
    "{\"flow\":12.345}\n{\"flow\":0.002,\"valve\":\"closed\"}\n"

static void expect_output(const char *expected)
{
    ck_assert_uint_eq(batch.output_length, strlen(expected));
    ck_assert_mem_eq(batch.output, expected, strlen(expected));
}

START_TEST(packs_texts_and_keeps_what_is_wrong)
{
    add_mixture();
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_OK);
    expect_output(MIXTURE);
    ck_assert_uint_eq(batch.done, 5);
    ck_assert_uint_eq(batch.failed, 1);
    ck_assert_uint_eq(batch.error_count, 1);
    ck_assert_int_eq(items[1].status, DGM_OK);
    ck_assert_uint_eq(items[1].offset, 32);
    ck_assert_uint_eq(items[1].outcome.length, 30);
    ck_assert_int_eq(items[2].status, DGM_TRUNCATED);
    ck_assert_uint_eq(items[2].error, 0);
    ck_assert_uint_eq(items[2].offset, 63);
    ck_assert_uint_eq(items[2].outcome.length, 0);
    ck_assert_uint_eq(items[2].outcome.message, DGM_NONE);
    ck_assert_int_eq(errors[0].status, DGM_TRUNCATED);
    ck_assert_uint_eq(items[3].offset, 63);
    ck_assert_uint_eq(items[3].outcome.notice_count, 1);
    ck_assert_uint_eq(items[3].first_notice, 0);
    ck_assert_uint_eq(batch.notice_count, 1);
    ck_assert_int_eq(notices[0].status, DGM_ENUM);
}
END_TEST

/* With each size of the output, all of it comes out in turns, and never a byte behind. */
START_TEST(goes_on_where_the_output_was_full)
{
    char all[STORE];
    size_t length = 0, size = (size_t)_i;
    struct guarded room = guarded_new(NULL, size);
    add_mixture();
    batch.output = room.bytes;
    batch.output_size = size;
    enum dgm_status status = DGM_NO_SPACE;
    while (status == DGM_NO_SPACE) {
        status = dgm_decode_batch(fixture.codec, &batch);
        if (status == DGM_NO_SPACE && batch.output_length == 0) {
            ck_assert_uint_gt(batch.needed, size);
            break;
        }
        memcpy(all + length, batch.output, batch.output_length);
        length += batch.output_length;
        dgm_batch_empty(&batch);
    }
    if (size >= 32) {
        ck_assert_int_eq(status, DGM_OK);
        ck_assert_uint_eq(length, strlen(MIXTURE));
        ck_assert_mem_eq(all, MIXTURE, length);
        ck_assert_uint_eq(batch.failed, 1);
    } else {
        ck_assert_int_eq(status, DGM_NO_SPACE);
        ck_assert_uint_eq(batch.needed, 32);
    }
    guarded_free(&room);
}
END_TEST

START_TEST(stops_in_front_of_an_error_that_has_no_room)
{
    batch.error_capacity = 1;
    add_frame("00");
    add_frame("3039 01");
    add_frame("01");
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_NO_SPACE);
    ck_assert_uint_eq(batch.done, 1);
    ck_assert_uint_eq(batch.needed, 0);
    dgm_batch_empty(&batch);
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_OK);
    ck_assert_uint_eq(batch.failed, 2);
    expect_output("{\"flow\":12.345,\"valve\":\"open\"}\n");
}
END_TEST

START_TEST(keeps_no_errors_without_room_for_them)
{
    batch.errors = NULL;
    batch.error_capacity = 0;
    add_frame("00");
    add_frame("01");
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_OK);
    ck_assert_uint_eq(batch.failed, 2);
    ck_assert_uint_eq(batch.error_count, 0);
    ck_assert_int_eq(items[1].status, DGM_TRUNCATED);
}
END_TEST

START_TEST(stops_in_front_of_notices_that_have_no_room)
{
    batch.notice_capacity = 1;
    add_frame("0001 05");
    add_frame("0001 06");
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_NO_SPACE);
    ck_assert_uint_eq(batch.done, 1);
    ck_assert_uint_eq(batch.notice_count, 1);
    ck_assert_uint_eq(notices[0].raw, 5);
    expect_output("{\"flow\":0.001}\n");
    dgm_batch_empty(&batch);
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_OK);
    ck_assert_uint_eq(items[1].first_notice, 0);
    ck_assert_uint_eq(notices[0].raw, 6);
}
END_TEST

START_TEST(counts_notices_that_nobody_wants)
{
    batch.notices = NULL;
    batch.notice_capacity = 0;
    add_frame("0001 05");
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_OK);
    ck_assert_uint_eq(items[0].outcome.notice_count, 1);
    ck_assert_uint_eq(batch.notice_count, 0);
}
END_TEST

START_TEST(lets_items_have_calls_of_their_own)
{
    struct dgm_call other = fixture.call, wrong = fixture.call;
    other.channel = 2;
    wrong.shape = (enum dgm_shape)99;
    add_frame("3039 01");
    add_frame("2A");
    add_frame("2B");
    add_frame("0001 07");
    items[1].call = &other;
    items[2].call = &wrong;
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_OK);
    expect_output("{\"flow\":12.345,\"valve\":\"open\"}\n{\"level\":42}\n"
                  "{\"flow\":0.001}\n");
    ck_assert_int_eq(items[2].status, DGM_BAD_CALL);
    ck_assert_int_eq(errors[items[2].error].status, DGM_BAD_CALL);
    ck_assert_uint_eq(items[3].first_notice, 0);
    ck_assert_uint_eq(batch.notice_count, 1);
}
END_TEST

START_TEST(encodes_and_packs_frames)
{
    static const uint8_t expected[] = {0x30, 0x39, 0x01, 0x2A};
    batch.end = NULL;
    fixture.call.has_channel = false;
    add_json("{\"flow\":12.345,\"valve\":\"open\"}");
    add_json("{\"flow\":12.345,\"valve\":\"ajar\"}");
    add_json("{\"level\":42}");
    ck_assert_int_eq(dgm_encode_batch(fixture.codec, &batch), DGM_OK);
    ck_assert_uint_eq(batch.output_length, sizeof(expected));
    ck_assert_mem_eq(output, expected, sizeof(expected));
    ck_assert_int_eq(items[1].status, DGM_ENUM);
    ck_assert_uint_eq(items[2].offset, 3);
    ck_assert(items[2].outcome.has_channel);
    ck_assert_uint_eq(items[2].outcome.channel, 2);
}
END_TEST

static const char replies[] = HEAD "messages:\n"
                                   "  ask:\n"
                                   "    fields: [{name: a, type: u8}]\n"
                                   "  answer:\n"
                                   "    kind: reply\n"
                                   "    answers: [ask]\n"
                                   "    when: request.length > 3\n"
                                   "    fields: [{role: errcode, type: u8}]\n";

START_TEST(lets_a_text_stand_for_nothing)
{
    fixture_close(&fixture);
    fixture_open(&fixture, replies);
    fixture.call.shape = DGM_SHAPE_OCEANCONNECT;
    add_json("{\"msgType\":\"cloudRsp\",\"request\":\"AQ==\",\"errcode\":0}");
    ck_assert_int_eq(dgm_encode_batch(fixture.codec, &batch), DGM_OK);
    ck_assert_int_eq(items[0].status, DGM_NOTHING);
    expect_output("");
    batch.done = 0;
    batch.nothing = "null";
    batch.output_size = 4;
    ck_assert_int_eq(dgm_encode_batch(fixture.codec, &batch), DGM_NO_SPACE);
    ck_assert_uint_eq(batch.needed, 5);
    batch.output_size = 5;
    ck_assert_int_eq(dgm_encode_batch(fixture.codec, &batch), DGM_OK);
    expect_output("null\n");
}
END_TEST

/* Items go straight to the plan, and where it gives up, to the rows. */
START_TEST(is_the_same_with_a_plan)
{
    const struct dgm_codec *planned = NULL;
    size_t size = dgm_codec_plan_size(fixture.codec);
    void *memory = malloc(size);
    ck_assert_ptr_nonnull(memory);
    ck_assert_int_eq(dgm_codec_plan(fixture.codec, memory, size, &planned, NULL), DGM_OK);
    add_mixture();
    items[batch.item_count++].length = 1; /* of no input */
    ck_assert_int_eq(dgm_decode_batch(planned, &batch), DGM_OK);
    expect_output(MIXTURE);
    ck_assert_uint_eq(batch.failed, 2);
    ck_assert_uint_eq(items[1].offset, 32);
    ck_assert_uint_eq(items[1].outcome.length, 30);
    ck_assert_int_eq(errors[items[2].error].status, DGM_TRUNCATED);
    ck_assert_uint_eq(items[3].outcome.notice_count, 1);
    ck_assert_int_eq(notices[items[3].first_notice].status, DGM_ENUM);
    ck_assert_int_eq(items[5].status, DGM_BAD_CALL);
    free(memory);
}
END_TEST

START_TEST(refuses_a_batch_that_contradicts_itself)
{
    struct dgm_batch good = batch;
    add_frame("3039 01");
    ck_assert_int_eq(dgm_decode_batch(NULL, &batch), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, NULL), DGM_BAD_CALL);
    batch.done = 2;
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_BAD_CALL);
    batch = good;
    batch.output = NULL;
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_BAD_CALL);
    batch = good;
    batch.output_length = STORE + 1;
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_BAD_CALL);
    batch = good;
    batch.size = 8;
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_BAD_CALL);
    batch = good;
    fixture.call.shape = (enum dgm_shape)99;
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &batch), DGM_BAD_CALL);
}
END_TEST

START_TEST(takes_a_longer_struct_if_the_rest_is_zero)
{
    struct {
        struct dgm_batch batch;
        size_t more;
    } newer = {batch, 0};
    newer.batch.size = sizeof(newer);
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &newer.batch), DGM_OK);
    newer.more = 1;
    ck_assert_int_eq(dgm_decode_batch(fixture.codec, &newer.batch), DGM_BAD_CALL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("batch");
    TCase *tcase = tcase_create("batch");
    tcase_add_checked_fixture(tcase, open_batch, close_batch);
    tcase_add_test(tcase, packs_texts_and_keeps_what_is_wrong);
    tcase_add_loop_test(tcase, goes_on_where_the_output_was_full, 0, 140);
    tcase_add_test(tcase, stops_in_front_of_an_error_that_has_no_room);
    tcase_add_test(tcase, keeps_no_errors_without_room_for_them);
    tcase_add_test(tcase, stops_in_front_of_notices_that_have_no_room);
    tcase_add_test(tcase, counts_notices_that_nobody_wants);
    tcase_add_test(tcase, lets_items_have_calls_of_their_own);
    tcase_add_test(tcase, encodes_and_packs_frames);
    tcase_add_test(tcase, lets_a_text_stand_for_nothing);
    tcase_add_test(tcase, is_the_same_with_a_plan);
    tcase_add_test(tcase, refuses_a_batch_that_contradicts_itself);
    tcase_add_test(tcase, takes_a_longer_struct_if_the_rest_is_zero);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
