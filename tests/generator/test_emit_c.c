/* SPDX-License-Identifier: MIT */
/* The C form of a table: this program is linked with what emit_sample wrote. */
#include "acme-sample.dgm.h"
#include "emit.h"
#include "emit_names.h"
#include "manifest.h"
#include "out.h"
#include "sample_table.h"

#include <dragoman/host.h>

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
    sample_table_fill(&builder);
}

static void teardown(void)
{
    arena_free(arena);
}

START_TEST(compiles_to_the_same_bytes_as_the_block_in_memory)
{
    size_t size = 0;
    const struct dgm_model *block = builder_block(&builder, &size);
    ck_assert_ptr_nonnull(block);
    ck_assert_uint_eq(acme_sample_model->size, size);
    ck_assert_int_eq(memcmp(acme_sample_model, block, size), 0);
}
END_TEST

START_TEST(gives_sizes_and_numbers_in_the_header)
{
    ck_assert_uint_eq(ACME_SAMPLE_TABLE_SIZE, acme_sample_model->size);
    ck_assert_uint_eq(ACME_SAMPLE_REPORT_FRAME_MIN, 5 + 3);
    ck_assert_uint_eq(ACME_SAMPLE_REPORT_FRAME_MAX, 7 * 3 + 3);
    ck_assert_uint_eq(ACME_SAMPLE_REPORT_JSON_MAX_OCEANCONNECT, 120);
    ck_assert_uint_eq(ACME_SAMPLE_REPORT_JSON_MAX_IOTDA, 130);
    ck_assert_uint_eq(ACME_SAMPLE_REPORT_JSON_MAX_PLAIN, 90);
    ck_assert_uint_eq(ACME_SAMPLE_FRAME_MAX, 7 * 3 + 3);
    ck_assert_int_eq(ACME_SAMPLE_MESSAGE_REPORT, 0);
    ck_assert_int_eq(ACME_SAMPLE_MESSAGES, SAMPLE_MESSAGES);
    /* Names that differ only in what an identifier cannot hold stay apart. */
    ck_assert_int_eq(ACME_SAMPLE_MESSAGE_MORE_1, 1);
    ck_assert_int_eq(ACME_SAMPLE_MESSAGE_MORE_1__2, 2);
}
END_TEST

START_TEST(writes_the_same_text_each_time)
{
    struct builder again;
    struct arena *other = arena_new();
    builder_init(&again, other);
    sample_table_fill(&again);
    const char *manifest = manifest_json(SAMPLE(&builder), 1, NULL);
    ck_assert_str_eq(manifest, manifest_json(SAMPLE(&again), 1, NULL));
    ck_assert_str_eq(emit_c_source(SAMPLE(&builder), 1, "sample.yaml", manifest),
                     emit_c_source(SAMPLE(&again), 1, "sample.yaml", manifest));
    ck_assert_str_eq(emit_c_header(SAMPLE(&builder), 1, "sample.yaml"),
                     emit_c_header(SAMPLE(&again), 1, "sample.yaml"));
    arena_free(other);
}
END_TEST

START_TEST(carries_the_manifest_of_several_pieces_in_the_plugin)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal;
    const char *manifest = manifest_json(SAMPLE(&builder), 1, NULL);
    ck_assert_uint_gt(strlen(manifest), 4095);
    enum dgm_status status =
        dgm_plugin_inspect(getenv("DRAGOMAN_TEST_SAMPLE"), &info, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    ck_assert_str_eq(dgm_plugin_info_manifest(info), manifest);
    ck_assert_str_eq(dgm_plugin_info_member(info, "manufacturer_name"),
                     "Acme \"Quality\" \\ *"
                     "/ Ltd");
    dgm_plugin_info_free(info);
}
END_TEST

START_TEST(makes_legal_identifiers)
{
    ck_assert_str_eq(emit_identifier(arena, "acme-wm-100", false), "acme_wm_100");
    ck_assert_str_eq(emit_identifier(arena, "3m-x.y", true), "_3M_X_Y");
    ck_assert_str_eq(emit_identifier(arena, "Caf\xC3\xA9", false), "caf__");
}
END_TEST

START_TEST(keeps_comments_closed)
{
    struct out out;
    out_init(&out, arena);
    out_comment(&out, "*"
                      "/ /"
                      "* a\nb\\ \xE2\x80\xAE ?"
                      "?/ \xC2\xB0"
                      "C");
    ck_assert_str_eq(out.text, "* / / * a b  ? ? ?/ \xC2\xB0"
                               "C");
}
END_TEST

START_TEST(spells_literals_that_any_compiler_reads)
{
    struct out out;
    out_init(&out, arena);
    out_literal(&out,
                "a\"\\?"
                "?\0"
                "1\xC3",
                8);
    ck_assert_str_eq(out.text, "\"a\\\"\\\\?\\?\\0001\\303\"");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("emit_c");
    TCase *tests = tcase_create("emit_c");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, compiles_to_the_same_bytes_as_the_block_in_memory);
    tcase_add_test(tests, gives_sizes_and_numbers_in_the_header);
    tcase_add_test(tests, writes_the_same_text_each_time);
    tcase_add_test(tests, carries_the_manifest_of_several_pieces_in_the_plugin);
    tcase_add_test(tests, makes_legal_identifiers);
    tcase_add_test(tests, keeps_comments_closed);
    tcase_add_test(tests, spells_literals_that_any_compiler_reads);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
