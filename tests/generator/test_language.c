/* SPDX-License-Identifier: MIT */
/* The schema of the language has the keys that the compiler knows, and no other. */
#include "language.h"

#include <dragoman/profile.h>

#include <cjson/cJSON.h>
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *text;
static cJSON *schema, *definitions;

static void setup(void)
{
    size_t size = dgm_language_schema(NULL, 0) + 1;
    text = malloc(size);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(dgm_language_schema(text, size), size - 1);
    schema = cJSON_Parse(text);
    ck_assert_ptr_nonnull(schema);
    definitions = cJSON_GetObjectItemCaseSensitive(schema, "definitions");
    ck_assert_ptr_nonnull(definitions);
}

static void teardown(void)
{
    cJSON_Delete(schema);
    free(text);
}

START_TEST(each_place_has_its_keys_and_no_other)
{
    for (int place = 0; place < PLACE_COUNT; place++) {
        const struct language_map *map = language_map((enum language_place)place);
        const cJSON *definition =
            cJSON_GetObjectItemCaseSensitive(definitions, map->name);
        const cJSON *properties =
            cJSON_GetObjectItemCaseSensitive(definition, "properties");
        ck_assert_msg((size_t)cJSON_GetArraySize(properties) == map->count, "%s",
                      map->name);
        for (size_t i = 0; i < map->count; i++) {
            const cJSON *key =
                cJSON_GetObjectItemCaseSensitive(properties, map->keys[i].name);
            ck_assert_msg(cJSON_GetObjectItemCaseSensitive(key, "description") != NULL,
                          "%s of %s", map->keys[i].name, map->name);
        }
        ck_assert(cJSON_IsFalse(
            cJSON_GetObjectItemCaseSensitive(definition, "additionalProperties")));
    }
}
END_TEST

START_TEST(the_compiler_takes_what_the_lists_have)
{
    for (int place = 0; place < PLACE_COUNT; place++) {
        const struct language_map *map = language_map((enum language_place)place);
        struct arena *arena = arena_new();
        ck_assert_ptr_nonnull(arena);
        for (size_t i = 0; i < map->count; i++) {
            char line[80];
            struct diag diag;
            (void)snprintf(line, sizeof(line), "%s: 1\n", map->keys[i].name);
            diag_init(&diag, arena, "f", line, strlen(line));
            const struct node *root = tree_parse(&diag);
            ck_assert_ptr_nonnull(root);
            ck_assert(language_check_keys(&diag, root, (enum language_place)place));
        }
        arena_free(arena);
    }
}
END_TEST

static void check_references(const cJSON *node)
{
    for (const cJSON *one = node; one != NULL; one = one->next) {
        static const char head[] = "#/definitions/";
        bool refers = one->string != NULL && strcmp(one->string, "$ref") == 0;
        if (refers)
            ck_assert_msg(strncmp(one->valuestring, head, strlen(head)) == 0 &&
                              cJSON_GetObjectItemCaseSensitive(
                                  definitions, one->valuestring + strlen(head)) != NULL,
                          "%s", one->valuestring);
        check_references(one->child);
    }
}

START_TEST(each_reference_leads_somewhere)
{
    check_references(schema);
}
END_TEST

START_TEST(a_part_has_nothing_that_a_profile_has_not)
{
    const struct language_map *part = language_map(PLACE_PART);
    for (size_t i = 0; i < part->count; i++)
        ck_assert_ptr_nonnull(language_key(PLACE_PROFILE, part->keys[i].name));
}
END_TEST

START_TEST(a_small_buffer_gets_the_beginning)
{
    char small[8];
    ck_assert_uint_eq(dgm_language_schema(small, sizeof(small)), strlen(text));
    ck_assert_uint_eq(strlen(small), sizeof(small) - 1);
    ck_assert_int_eq(strncmp(small, text, sizeof(small) - 1), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("language");
    TCase *tests = tcase_create("language");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, each_place_has_its_keys_and_no_other);
    tcase_add_test(tests, the_compiler_takes_what_the_lists_have);
    tcase_add_test(tests, each_reference_leads_somewhere);
    tcase_add_test(tests, a_part_has_nothing_that_a_profile_has_not);
    tcase_add_test(tests, a_small_buffer_gets_the_beginning);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
