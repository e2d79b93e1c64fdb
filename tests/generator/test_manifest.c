/* SPDX-License-Identifier: MIT */
/* The manifest: valid JSON with what hosts and people ask for. */
#include "manifest.h"
#include "work.h"
#include "sample_table.h"

#include <dragoman/json.h>
#include <dragoman/version.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;
static struct builder builder;

static void setup(void)
{
    arena = arena_new();
    ck_assert_ptr_nonnull(arena);
    builder_init(&builder, arena);
}

static void teardown(void)
{
    arena_free(arena);
}

START_TEST(is_valid_json_whatever_the_names)
{
    size_t offset = 0;
    sample_table_fill(&builder);
    const char *text = manifest_json(SAMPLE(&builder), 1, NULL);
    ck_assert_int_eq(dgm_json_check(text, strlen(text), &offset), DGM_OK);
}
END_TEST

START_TEST(leaves_out_what_the_profile_does_not_say)
{
    builder.manufacturer_id = builder_text(&builder, "A");
    builder.model = builder_text(&builder, "B");
    builder.profile_hash = 0x12;
    struct dgm_model head;
    ck_assert(builder_head(&builder, &head));
    ck_assert_str_eq(
        manifest_json(SAMPLE(&builder), 1, NULL),
        arena_format(arena,
                     "{\"manifest_version\":1,\"plugin_abi\":1,"
                     "\"plugin_abi_minor\":0,\"table_format\":1,\"language\":1,"
                     "\"generator\":\"" DGM_VERSION_STRING
                     "\",\"table_size\":%u,\"profile_hash\":\"0000000000000012\","
                     "\"manufacturer_id\":\"A\",\"model\":\"B\","
                     "\"services\":[],\"messages\":[]}",
                     (unsigned)head.size));
}
END_TEST

START_TEST(describes_each_message)
{
    uint16_t command = builder_command(&builder);
    builder.commands.items[command].path = builder_text(&builder, "\"Meter.SET\"");
    uint16_t index = builder_message(&builder);
    struct dgm_message *message = &builder.messages.items[index];
    message->name = builder_text(&builder, "set");
    message->kind = DGM_KIND_COMMAND;
    message->flags = DGM_MESSAGE_ENCODE_ONLY;
    message->command = command;
    message->frame_min = 3;
    message->frame_max = 4;
    message->json_max[2] = 99;
    ck_assert_ptr_nonnull(
        strstr(manifest_json(SAMPLE(&builder), 1, NULL),
               "\"messages\":[{\"name\":\"set\",\"kind\":\"command\","
               "\"direction\":\"down\",\"only\":\"encode\",\"command\":\"Meter.SET\","
               "\"frame_min\":3,\"frame_max\":4,"
               "\"json_max\":{\"oceanconnect\":0,\"iotda\":0,\"plain\":99},"
               "\"slots\":0,\"depth\":0,\"steps\":0}]}"));
}
END_TEST

static void add_row(uint8_t op, uint8_t width, uint16_t detail)
{
    uint16_t index = builder_row(&builder, "row");
    struct dgm_row *row = &builder.rows.items[index];
    row->op = op;
    row->width = width;
    row->detail = detail;
    row->slot = row->member = row->when = row->expr = row->limit = DGM_NONE;
    row->spec = row->region = row->naming = DGM_NONE;
}

/* One integer, then as many rounds of two bytes and of one as fit into nine bytes, plus
 * the round that does not: 1 + 4 * (1 + 1 + 1), in each of two passes. */
START_TEST(bounds_the_work_by_the_longest_frame)
{
    uint16_t index = builder_message(&builder);
    add_row(DGM_OP_INT, 8, DGM_NONE);
    add_row(DGM_OP_REPEAT, 0, 2);
    add_row(DGM_OP_INT, 16, DGM_NONE);
    add_row(DGM_OP_INT, 8, DGM_NONE);
    struct dgm_message *message = &builder.messages.items[index];
    message->row_count = 4;
    message->passes = 1;
    message->flags = DGM_MESSAGE_PREPASS;
    message->frame_max = 9;
    struct dgm_worst work = work_of(&builder, message);
    ck_assert_uint_eq(work.steps, 2 * (1 + 4 * 3));
    ck_assert_uint_eq(work.depth, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("manifest");
    TCase *tests = tcase_create("manifest");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, is_valid_json_whatever_the_names);
    tcase_add_test(tests, leaves_out_what_the_profile_does_not_say);
    tcase_add_test(tests, describes_each_message);
    tcase_add_test(tests, bounds_the_work_by_the_longest_frame);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
