/* SPDX-License-Identifier: MIT */
/*
 * Memory may end at any point: the caller is told, and nothing is lost on the way, which
 * the sanitizers' run sees. Linked with the allocations of the library wrapped.
 */
#include <dragoman/ffi.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char yaml[] =
    "dragoman: 1\n"
    "product: {manufacturer_id: A, manufacturer_name: A, model: L, device_type: S,\n"
    "          protocol_type: LoRaWAN}\n"
    "hooks: {inflate: {output_limit: 600}}\n"
    "messages:\n"
    "  words:\n"
    "    kind: report\n"
    "    fields:\n"
    "      - {name: a, type: text(250)}\n"
    "      - {name: b, type: text(250)}\n"
    "      - {name: c, type: text(250)}\n"
    "      - {name: d, type: text(rest), hook: inflate}\n";

static size_t left; /* allocations until one fails; 0: none does */
static bool sane;   /* no assertions meanwhile: they need memory, too */

static bool fails(void)
{
    return left != 0 && --left == 0;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

/* The longest JSON that there is, for which the buffer grows. */
static enum dgm_status decode(struct dgm_ffi_call *call)
{
    static const uint8_t packed[] = {0x03, 0x00}; /* nothing, deflated */
    uint8_t frame[750 + sizeof(packed)];
    size_t length = 0;
    memset(frame, 1, 750);
    memcpy(frame + 750, packed, sizeof(packed));
    enum dgm_status status = dgm_ffi_call_set(call, "topic", "a", 1);
    if (status == DGM_OK) {
        status = dgm_ffi_decode(call, frame, sizeof(frame));
    }
    const void *output = dgm_ffi_output(call, &length);
    sane = sane && (output != NULL) == (status == DGM_OK && length > 4500);
    const char *report = dgm_ffi_report(call);
    const char *expected =
        status == DGM_OK ? "{\"status\":\"ok\"" : "{\"status\":\"memory\"";
    sane = sane && (report == NULL || strncmp(report, expected, strlen(expected)) == 0);
    return status;
}

static enum dgm_status work(void)
{
    struct dgm_ffi_product *product = NULL;
    struct dgm_ffi_call *call = NULL;
    enum dgm_status status =
        dgm_ffi_parse_profile("l.yaml", yaml, strlen(yaml), &product);
    sane = (product == NULL) == (status == DGM_MEMORY);
    if (status == DGM_OK) {
        status = dgm_ffi_call_open(product, &call);
    }
    if (status == DGM_OK) {
        status = decode(call);
    }
    dgm_ffi_call_close(call);
    dgm_ffi_product_close(product);
    return status;
}

/* The plan of a codec is the one thing that is done without. */
START_TEST(may_end_at_any_point)
{
    unsigned failed = 0, spared = 0;
    bool reached = true;
    for (size_t position = 1; reached; position++) {
        left = position;
        enum dgm_status status = work();
        reached = left == 0;
        left = 0;
        ck_assert_msg(sane, "allocation %zu", position);
        ck_assert_msg(status == DGM_OK || status == DGM_MEMORY, "allocation %zu: %s",
                      position, dgm_status_id(status));
        failed += status == DGM_MEMORY ? 1 : 0;
        spared += reached && status == DGM_OK ? 1 : 0;
    }
    ck_assert_uint_ge(failed, 7);
    ck_assert_uint_eq(spared, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ffi-memory");
    TCase *tests = tcase_create("ffi-memory");
    tcase_add_test(tests, may_end_at_any_point);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
