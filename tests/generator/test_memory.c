/* SPDX-License-Identifier: MIT */
/*
 * Reading a profile when memory ends at any point: the jump to the caller is taken, and
 * nothing is lost on the way (which the sanitizers' run sees). Linked with calloc()
 * wrapped.
 */
#include "product.h"
#include "vectors.h"

#include <dragoman/codec.h>
#include <dragoman/describe.h>
#include <dragoman/profile.h>

#include <check.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t left; /* allocations until memory ends; 0: it never does */

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

void *__wrap_calloc(size_t count, size_t size)
{
    if (left != 0 && --left == 0) {
        left = 1; /* and stays so */
        return NULL;
    }
    return __real_calloc(count, size);
}

/* Large enough for many blocks of an arena; findings included. */
static char *large_profile(void)
{
    static const char head[] = "product: {manufacturer_id: A, model: B}\n"
                               "services:\n  S:\n    properties:\n";
    char *text = malloc(200000);
    ck_assert_ptr_nonnull(text);
    strcpy(text, head);
    size_t length = strlen(head);
    for (unsigned i = 0; i < 700; i++)
        length += (size_t)snprintf(
            text + length, 80, "      p%u: {data_type: int, min: %u, max: 3}\n", i, i);
    length += (size_t)snprintf(text + length, 80, "tests:\n");
    for (unsigned i = 0; i < 300; i++)
        length += (size_t)snprintf(text + length, 80,
                                   "  - {hex: \"01\", json: {S: {p%u: [1, x]}}}\n", i);
    return text;
}

/* False if memory ended. */
static bool read_profile(const char *text)
{
    jmp_buf target;
    size_t count;
    struct arena *arena = arena_new();

    if (arena == NULL)
        return false;
    arena_on_failure(arena, &target);
    if (setjmp(target) != 0) {
        arena_free(arena);
        return false;
    }
    struct diag *diag = arena_alloc(arena, sizeof(*diag));
    diag_init(diag, arena, "f", text, strlen(text));
    const struct node *root = tree_parse(diag);
    if (root != NULL) {
        (void)product_parse(diag, root);
        static const struct vectors_model model = {NULL, NULL, 0};
        static const struct family family = {.count = 1};
        (void)vectors_parse(diag, node_get(root, "tests"), &family, &model, 1, &count);
    }
    arena_free(arena);
    return true;
}

START_TEST(may_end_at_any_point)
{
    char *text = large_profile();
    size_t allocations = 1;

    for (;; allocations++) {
        left = allocations;
        bool complete = read_profile(text);
        left = 0;
        if (complete)
            break;
        ck_assert_uint_lt(allocations, 10000);
    }
    ck_assert_uint_gt(allocations, 10);
    free(text);
}
END_TEST

/* Many fields, so that their description takes more than one block. */
static struct dgm_profile *profile_of_many_fields(void)
{
    static char text[100000];
    struct dgm_profile *profile = NULL;
    size_t length = (size_t)snprintf(
        text, sizeof(text),
        "dragoman: 1\nproduct: {manufacturer_id: A, model: B, device_type: T,\n"
        "  protocol_type: P}\nmessages:\n  m:\n    fields:\n");
    for (unsigned i = 0; i < 200; i++)
        length += (size_t)snprintf(text + length, sizeof(text) - length,
                                   "      - {name: f%u, type: u8, unit: mm}\n", i);
    ck_assert_int_eq(dgm_profile_parse("f", text, length, &profile), DGM_OK);
    return profile;
}

START_TEST(may_end_while_a_profile_is_described)
{
    size_t allocations = 1;
    for (bool complete = false; !complete; allocations++) {
        struct dgm_profile *profile = profile_of_many_fields();
        const struct dgm_doc *doc = NULL;
        left = allocations;
        enum dgm_status status = dgm_profile_describe(profile, 0, &doc);
        left = 0;
        complete = status == DGM_OK;
        ck_assert(complete == (doc != NULL));
        ck_assert(complete || status == DGM_MEMORY);
        ck_assert_uint_lt(allocations, 1000);
        dgm_profile_close(profile);
    }
    ck_assert_uint_gt(allocations, 4);
}
END_TEST

/* A schema that fails leaves the profile as it was, and can be had again. */
START_TEST(may_end_while_a_schema_is_made)
{
    static const char profile_text[] =
        "dragoman: 1\n"
        "product: {manufacturer_id: A, manufacturer_name: A, model: M, device_type: D, "
        "protocol_type: P}\n"
        "messages:\n  report:\n    fields:\n"
        "      - bits: bytes(64)\n        fields:\n";
    char text[16384];
    struct dgm_profile *profile;
    const char *schema = NULL;
    size_t allocations = 1;

    strcpy(text, profile_text);
    for (unsigned i = 0; i < 256; i++)
        (void)snprintf(text + strlen(text), 60, "          - {name: m%u, type: u2}\n", i);
    ck_assert_int_eq(dgm_profile_parse("t.yaml", text, strlen(text), &profile), DGM_OK);
    for (;; allocations++) {
        left = allocations;
        enum dgm_status status =
            dgm_profile_schema(profile, 0, NULL, DGM_SHAPE_PLAIN, &schema);
        left = 0;
        if (status == DGM_OK)
            break;
        ck_assert_int_eq(status, DGM_MEMORY);
        ck_assert_uint_lt(allocations, 1000);
    }
    ck_assert_uint_gt(allocations, 3);
    ck_assert_ptr_nonnull(strstr(schema, "\"m255\""));
    dgm_profile_close(profile);
}
END_TEST

/* The same for the product model. */
START_TEST(may_end_while_a_product_is_written)
{
    static const char text[] =
        "dragoman: 1\n"
        "product: {manufacturer_id: A, model: M}\n"
        "services: {S: {properties: {p: {data_type: enum, enum_list: [a, b]}}}}\n";
    struct dgm_profile *profile;
    const char *product = NULL;
    size_t allocations = 1;

    ck_assert_int_eq(dgm_profile_parse("t.yaml", text, strlen(text), &profile), DGM_OK);
    for (;; allocations++) {
        left = allocations;
        enum dgm_status status = dgm_profile_product(profile, 0, &product);
        left = 0;
        if (status == DGM_OK)
            break;
        ck_assert_int_eq(status, DGM_MEMORY);
        ck_assert_uint_lt(allocations, 1000);
    }
    ck_assert_ptr_nonnull(strstr(product, "\"enum_list\":[\"a\",\"b\"]"));
    dgm_profile_close(profile);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, may_end_at_any_point);
    tcase_add_test(all, may_end_while_a_profile_is_described);
    tcase_add_test(all, may_end_while_a_schema_is_made);
    tcase_add_test(all, may_end_while_a_product_is_written);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
