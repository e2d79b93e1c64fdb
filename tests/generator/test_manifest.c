/* SPDX-License-Identifier: MIT */
/* The manifest: valid JSON with what hosts and people ask for. */
#include "manifest.h"
#include "sample_table.h"

#include <dragoman/json.h>

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
    const char *text = manifest_json(&builder);
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
        manifest_json(&builder),
        arena_format(arena,
                     "{\"manifest_version\":1,\"plugin_abi\":1,\"table_format\":1,"
                     "\"table_size\":%u,\"profile_hash\":\"0000000000000012\","
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
        strstr(manifest_json(&builder),
               "\"messages\":[{\"name\":\"set\",\"kind\":\"command\","
               "\"direction\":\"down\",\"only\":\"encode\",\"command\":\"Meter.SET\","
               "\"frame_min\":3,\"frame_max\":4,"
               "\"json_max\":{\"oceanconnect\":0,\"iotda\":0,\"plain\":99}}]}"));
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
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
