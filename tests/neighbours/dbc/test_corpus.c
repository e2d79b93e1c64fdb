/* SPDX-License-Identifier: MIT */
/*
 * Published frames of CAN, through a description of our own that was imported, both ways.
 * The corpus is no part of this tree; without it the test is skipped.
 */
#include "bus.h"

#include <dragoman/json.h>

#include <cjson/cJSON.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { VECTORS = 21, ID = 496 };

static FILE *open_vectors(void)
{
    char path[4096];
    const char *shared = getenv("DRAGOMAN_SHARED"), *source = getenv("DRAGOMAN_SOURCE");
    const char *file = "vectors/devices/can__motohawk-example.json";
    if (shared != NULL) {
        snprintf(path, sizeof(path), "%s/%s", shared, file);
    } else {
        snprintf(path, sizeof(path), "%s/../shared/%s", source != NULL ? source : ".",
                 file);
    }
    return fopen(path, "rb");
}

static cJSON *read_vectors(void)
{
    static char text[64 * 1024];
    FILE *file = open_vectors();
    ck_assert_ptr_nonnull(file);
    size_t length = fread(text, 1, sizeof(text), file);
    fclose(file);
    cJSON *root = cJSON_ParseWithLength(text, length);
    ck_assert_ptr_nonnull(root);
    return root;
}

static const char *text_of(const cJSON *vector, const char *name)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(vector, name));
    ck_assert_ptr_nonnull(text);
    return text;
}

static void check_vector(struct bus *bus, const cJSON *vector)
{
    uint8_t frame[8];
    char *json =
        cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(vector, "expected"));
    const char *hex = text_of(vector, "hex");
    ck_assert_uint_eq(strlen(hex), 2 * sizeof(frame));
    for (size_t i = 0; i < sizeof(frame); i++) {
        unsigned value = 0;
        ck_assert_int_eq(sscanf(hex + 2 * i, "%2x", &value), 1);
        frame[i] = (uint8_t)value;
    }
    if (strcmp(text_of(vector, "op"), "encode") == 0) {
        ck_assert_int_eq(bus_encode(bus, json), DGM_OK);
        ck_assert_mem_eq(bus->frame, frame, sizeof(frame));
    } else {
        ck_assert_int_eq(bus_decode(bus, ID, frame, sizeof(frame)), DGM_OK);
        ck_assert_msg(
            dgm_json_equal(bus->json, strlen(bus->json), json, strlen(json), 1e-9),
            "%s: %s, not %s", hex, bus->json, json);
    }
    free(json);
}

START_TEST(holds_for_published_frames)
{
    static struct bus bus;
    int count = 0;
    const cJSON *vector;
    cJSON *root = read_vectors();
    bus_open(&bus, "BO_ 496 Example: 8 X\n"
                   " SG_ Temperature : 0|12@0- (0.01,250) [0|0] \"degK\" X\n"
                   " SG_ AverageRadius : 6|6@0+ (0.1,0) [0|0] \"m\" X\n"
                   " SG_ Enable : 7|1@0+ (1,0) [0|0] \"\" X\n"
                   "VAL_ 496 Enable 1 \"Enabled\" 0 \"Disabled\" ;\n");
    cJSON_ArrayForEach(vector, cJSON_GetObjectItemCaseSensitive(root, "vectors"))
    {
        check_vector(&bus, vector);
        count++;
    }
    printf("# %d published frames of CAN hold\n", count);
    ck_assert_int_eq(count, VECTORS);
    bus_close(&bus);
    cJSON_Delete(root);
}
END_TEST

int main(void)
{
    FILE *file = open_vectors();
    if (file == NULL) {
        printf("1..0 # SKIP there is no corpus of published frames\n");
        return EXIT_SUCCESS;
    }
    fclose(file);
    TCase *tests = tcase_create("corpus");
    tcase_add_test(tests, holds_for_published_frames);
    Suite *suite = suite_create("dbc-corpus");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
