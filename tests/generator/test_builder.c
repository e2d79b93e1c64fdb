/* SPDX-License-Identifier: MIT */
/* Arrays of a table under construction, and the block that they become. */
#include "builder.h"
#include "sample_table.h"

#include <check.h>
#include <stdio.h>
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

START_TEST(keeps_equal_texts_once)
{
    uint32_t first = builder_text(&builder, "flow");
    uint32_t second = builder_text(&builder, "flo");
    ck_assert_uint_ne(first, second);
    ck_assert_uint_eq(builder_text(&builder, "flow"), first);
    ck_assert_uint_eq(builder_text(&builder, "flo"), second);
    ck_assert_str_eq(builder.pool.items + first, "flow");
    ck_assert_str_eq(builder.pool.items + second, "flo");
}
END_TEST

START_TEST(stands_for_the_empty_text_with_offset_zero)
{
    ck_assert_uint_eq(builder_text(&builder, ""), 0);
    ck_assert_int_eq(builder.pool.items[0], '\0');
    ck_assert_uint_eq(builder_text(&builder, "x"), 1);
}
END_TEST

START_TEST(finds_each_of_many_texts_again)
{
    enum { TEXTS = 3000 };
    static uint32_t offsets[TEXTS];
    char text[32];
    for (unsigned i = 0; i < TEXTS; i++) {
        (void)snprintf(text, sizeof(text), "text %u", i);
        offsets[i] = builder_text(&builder, text);
    }
    size_t size = builder.pool.count;
    for (unsigned i = 0; i < TEXTS; i++) {
        (void)snprintf(text, sizeof(text), "text %u", i);
        ck_assert_uint_eq(builder_text(&builder, text), offsets[i]);
        ck_assert_str_eq(builder.pool.items + offsets[i], text);
    }
    ck_assert_uint_eq(builder.pool.count, size);
}
END_TEST

START_TEST(keeps_a_zero_inside_a_text)
{
    uint32_t offset = builder_bytes(&builder, "a\0b", 3);
    ck_assert_int_eq(memcmp(builder.pool.items + offset, "a\0b", 4), 0);
    ck_assert_uint_eq(builder_bytes(&builder, "a\0b", 3), offset);
    ck_assert_uint_ne(builder_bytes(&builder, "a\0c", 3), offset);
}
END_TEST

START_TEST(makes_keys_with_escapes)
{
    uint16_t length = 0;
    uint32_t key = builder_key(&builder, "a\"b\\", &length);
    ck_assert_str_eq(builder.pool.items + key, ",\"a\\\"b\\\\\":");
    ck_assert_uint_eq(length, strlen(builder.pool.items + key));
}
END_TEST

START_TEST(shares_equal_scalings_limits_numbers_and_expressions)
{
    static const uint8_t code[] = {DGM_CODE_TRUE, DGM_CODE_NOT};
    struct dgm_scaling scaling = {1, 0, 1, 3, 0, DGM_NONE, {0}};
    struct dgm_limit limit = {0, 9, 0, 0, 0, 0, DGM_LIMIT_LOW, 0, {0}};
    ck_assert_uint_eq(builder_scaling(&builder, &scaling), 0);
    scaling.add = 1;
    ck_assert_uint_eq(builder_scaling(&builder, &scaling), 1);
    scaling.add = 0;
    ck_assert_uint_eq(builder_scaling(&builder, &scaling), 0);
    ck_assert_uint_eq(builder_limit(&builder, &limit), 0);
    ck_assert_uint_eq(builder_limit(&builder, &limit), 0);
    ck_assert_uint_eq(builder_number(&builder, 7), 0);
    ck_assert_uint_eq(builder_number(&builder, 8), 1);
    ck_assert_uint_eq(builder_number(&builder, 7), 0);
    ck_assert_uint_eq(builder_expr(&builder, code, 2, 2, 1), 0);
    ck_assert_uint_eq(builder_expr(&builder, code, 1, 1, 1), 1);
    ck_assert_uint_eq(builder_expr(&builder, code, 2, 2, 1), 0);
    ck_assert_uint_eq(builder.code.count, 3);
}
END_TEST

START_TEST(refuses_a_block_after_an_array_ran_over)
{
    size_t size = 0;
    for (unsigned i = 0; i < 65534; i++) {
        ck_assert_uint_eq(builder_guard(&builder), i);
    }
    ck_assert(builder_block(&builder, &size) != NULL);
    ck_assert_uint_eq(builder_guard(&builder), DGM_NONE);
    ck_assert_ptr_null(builder_block(&builder, &size));
}
END_TEST

START_TEST(refuses_a_block_beyond_the_limit_of_the_format)
{
    size_t size = 0;
    size_t half = DGM_MAX_BLOCK / 2;
    char *text = malloc(half);
    ck_assert_ptr_nonnull(text);
    memset(text, 'a', half);
    ck_assert_uint_ne(builder_bytes(&builder, text, half), 0);
    ck_assert(builder_block(&builder, &size) != NULL);
    text[0] = 'b';
    ck_assert_uint_eq(builder_bytes(&builder, text, half), 0);
    ck_assert_ptr_null(builder_block(&builder, &size));
    free(text);
}
END_TEST

static void expect_section(const struct dgm_model *model, struct dgm_section section,
                           size_t size, size_t count)
{
    ck_assert_uint_eq(section.count, count);
    ck_assert_uint_eq(section.offset % 8, 0);
    if (count == 0) {
        ck_assert_uint_eq(section.offset, 0);
        return;
    }
    ck_assert_uint_ge(section.offset, sizeof(*model));
    ck_assert_uint_le(section.offset + count * size, model->size);
}

START_TEST(lays_out_a_block_with_aligned_sections)
{
    size_t size = 0;
    sample_table_fill(&builder);
    const struct dgm_model *model = builder_block(&builder, &size);
    ck_assert_ptr_nonnull(model);
    ck_assert_uint_eq((uintptr_t)model % 8, 0);
    ck_assert_uint_eq(model->magic, DGM_TABLE_MAGIC);
    ck_assert_uint_eq(model->format, DGM_TABLE_FORMAT);
    ck_assert_uint_eq(model->head_size, sizeof(*model));
    ck_assert_uint_eq(model->size, size);
    ck_assert_uint_eq(size % 8, 0);
    expect_section(model, model->rows, sizeof(struct dgm_row), builder.rows.count);
    expect_section(model, model->members, sizeof(struct dgm_member), 1);
    expect_section(model, model->numbers, sizeof(uint64_t), 1);
    expect_section(model, model->code, 1, 4);
    expect_section(model, model->pool, 1, builder.pool.count);
    const char *pool = (const char *)model + model->pool.offset;
    ck_assert_int_eq(pool[0], '\0');
    ck_assert_int_eq(pool[model->pool.count - 1], '\0');
    ck_assert_str_eq(pool + model->manufacturer_id, "Acme");
}
END_TEST

START_TEST(makes_an_empty_block)
{
    size_t size = 0;
    const struct dgm_model *model = builder_block(&builder, &size);
    ck_assert_ptr_nonnull(model);
    expect_section(model, model->rows, sizeof(struct dgm_row), 0);
    expect_section(model, model->pool, 1, 1);
    ck_assert_uint_eq(size, sizeof(*model) + 8);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("builder");
    TCase *tests = tcase_create("builder");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, keeps_equal_texts_once);
    tcase_add_test(tests, stands_for_the_empty_text_with_offset_zero);
    tcase_add_test(tests, finds_each_of_many_texts_again);
    tcase_add_test(tests, keeps_a_zero_inside_a_text);
    tcase_add_test(tests, makes_keys_with_escapes);
    tcase_add_test(tests, shares_equal_scalings_limits_numbers_and_expressions);
    tcase_add_test(tests, refuses_a_block_after_an_array_ran_over);
    tcase_add_test(tests, refuses_a_block_beyond_the_limit_of_the_format);
    tcase_add_test(tests, lays_out_a_block_with_aligned_sections);
    tcase_add_test(tests, makes_an_empty_block);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
