/* SPDX-License-Identifier: MIT */
/*
 * The corpus of published Huawei codec frames, line by line: good lines give what is
 * published, bad ones are refused. The corpus is no part of this tree; without it the
 * whole test is skipped.
 */
#include "pair.h"

#include <dragoman/json.h>

#include <check.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is expected of a line. */
enum duty {
    BY_CLASS, /* good: as published; bad and lenient: refused */
    MATCH,    /* as published, although its class is bad */
    APART     /* not covered, for the reason given */
};

/* The lines of one device and layout; both are beginnings. The first that fits counts, so
 * single lines, which name their bytes or a piece of the JSON, stand first. */
struct cover {
    const char *device, *layout;
    const char *piece; /* of the line's text, or NULL */
    const char *profile;
    enum duty duty;
    const char *reason;
};

#define DEMO "DemoSensor/MagentaIoT/V001"
#define SMOKE "smoke detector (graphical)"
#define DEMO_PROFILE "tests/profiles/magentaiot/v001.yaml"

static const struct cover covers[] = {
    {"WaterMeter/Huawei", "", NULL, "profiles/huawei/nbiotdevice.yaml", BY_CLASS, NULL},
    /* A reply to a frame that could not be read: the code in it says so. */
    {DEMO, "u8 messageId; big-endian; 0x0A", "\"hex\": \"0A01\"", DEMO_PROFILE, MATCH,
     NULL},
    {DEMO, "", NULL, DEMO_PROFILE, BY_CLASS, NULL},
    {"MultiSensor/eSDK", "", NULL, "profiles/esdk/v01.yaml", BY_CLASS, NULL},
    {"MyType/ThirdParty", "", NULL, "tests/profiles/thirdparty/mymodel.yaml", BY_CLASS,
     NULL},
    {"(unnamed)/ZJJG", "", NULL, "tests/profiles/zjjg/common.yaml", BY_CLASS, NULL},
    {"tmaKeyValue", "", NULL, "tests/profiles/tmakeyvalue/v01.yaml", BY_CLASS, NULL},
    {"RawData", "", NULL, "tests/profiles/magentaiot/rawdatamodel.yaml", BY_CLASS, NULL},
    {SMOKE, "int8u level at 0-1", NULL, "profiles/huawei/smokedetector-simple.yaml",
     BY_CLASS, NULL},
    {SMOKE, "int8u value", NULL, "profiles/huawei/smokedetector-simple.yaml", BY_CLASS,
     NULL},
    {SMOKE, "int8u messageId (default 0x0)", NULL,
     "profiles/huawei/smokedetector-types.yaml", BY_CLASS, NULL},
    {SMOKE, "default reply data", NULL, "profiles/huawei/smokedetector-types.yaml",
     BY_CLASS, NULL},
    {SMOKE, "int8u messageId 0x02; string", NULL,
     "profiles/huawei/smokedetector-text.yaml", BY_CLASS, NULL},
    {SMOKE, "int8u messageId 0x03; int8u length; varstring", NULL,
     "profiles/huawei/smokedetector-text.yaml", BY_CLASS, NULL},
    {SMOKE, "int8u messageId 0x02; array", NULL,
     "profiles/huawei/smokedetector-arrays.yaml", BY_CLASS, NULL},
    {SMOKE, "int8u messageId 0x03; int8u length; variant", NULL,
     "profiles/huawei/smokedetector-arrays.yaml", BY_CLASS, NULL},
    {"light (graphical)", "", NULL, "profiles/huawei/light.yaml", BY_CLASS, NULL},
    {"(blog)", "one fixed string", NULL, "profiles/neyzoter/textsensor.yaml", BY_CLASS,
     NULL},
    {"(blog)", "int8u messageId", NULL, "profiles/neyzoter/levelsensor.yaml", BY_CLASS,
     NULL},
    {"StressMonitor", "", NULL, "profiles/zju/stressmonitor001.yaml", BY_CLASS, NULL},
    {"smokedetector (JavaScript sample", "", NULL, NULL, APART,
     "recalled from memory, without a second source"},
    {"(any)", "", NULL, NULL, APART, "a fact about the transport, no codec result"},
};

enum { COVERS = sizeof(covers) / sizeof(covers[0]), LINES_MAX = 1024 };

static char *lines[LINES_MAX];
static int line_count;
static const struct cover *chosen[LINES_MAX];
static int tested[LINES_MAX]; /* lines that a test belongs to */
static int tested_count;

static const char *member(const cJSON *line, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(line, name));
    return text != NULL ? text : "";
}

static bool begins(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static const struct cover *find_cover(const char *text)
{
    const struct cover *found = NULL;
    cJSON *line = cJSON_Parse(text);
    for (int i = 0; line != NULL && found == NULL && i < COVERS; i++) {
        if (begins(member(line, "device"), covers[i].device) &&
            begins(member(line, "layout"), covers[i].layout) &&
            (covers[i].piece == NULL || strstr(text, covers[i].piece) != NULL)) {
            found = &covers[i];
        }
    }
    cJSON_Delete(line);
    return found;
}

static bool read_corpus(void)
{
    char path[4096];
    static char buffer[64 * 1024];
    const char *shared = getenv("DRAGOMAN_SHARED");
    const char *source = getenv("DRAGOMAN_SOURCE");

    if (shared != NULL) {
        snprintf(path, sizeof(path), "%s/vectors/huawei.jsonl", shared);
    } else {
        snprintf(path, sizeof(path), "%s/../shared/vectors/huawei.jsonl",
                 source != NULL ? source : ".");
    }
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    while (line_count < LINES_MAX && fgets(buffer, sizeof(buffer), file) != NULL) {
        lines[line_count] = strdup(buffer);
        chosen[line_count] = find_cover(buffer);
        if (chosen[line_count] == NULL || chosen[line_count]->duty != APART) {
            tested[tested_count++] = line_count;
        }
        line_count++;
    }
    fclose(file);
    return true;
}

static size_t read_hex(const char *hex, uint8_t *bytes)
{
    size_t length = strlen(hex) / 2;
    for (size_t i = 0; i < length; i++) {
        unsigned value = 0;
        ck_assert_int_eq(sscanf(hex + 2 * i, "%2x", &value), 1);
        bytes[i] = (uint8_t)value;
    }
    return length;
}

static void expect_refusal(const struct pair *pair, const struct answer *answer)
{
    ck_assert_msg(dgm_status_family(answer->status) == DGM_FAMILY_DATA,
                  "must be refused, but: %s", pair_explain(pair, answer));
}

/* Where the time of reception stands in the corpus, as it depends on the day. */
#define CLOCK "<clock>"
#define CLOCK_MS 1557914026000
#define CLOCK_TEXT "20190515T095346Z"

/* The expected JSON of a line as text, which the caller frees. */
static char *print_expected(const cJSON *json)
{
    char *printed = cJSON_PrintUnformatted(json), *rest = printed, *found = NULL;
    char *text = malloc(3 * strlen(printed) + 1), *end = text;
    ck_assert_ptr_nonnull(text);
    while ((found = strstr(rest, CLOCK)) != NULL) {
        size_t before = (size_t)(found - rest);
        memcpy(end, rest, before);
        memcpy(end + before, CLOCK_TEXT, strlen(CLOCK_TEXT));
        end += before + strlen(CLOCK_TEXT);
        rest = found + strlen(CLOCK);
    }
    strcpy(end, rest);
    free(printed);
    return text;
}

static void decode_line(const struct pair *pair, cJSON *line, bool good)
{
    uint8_t frame[1024];
    struct dgm_call call = DGM_CALL_INIT;
    call.shape = DGM_SHAPE_OCEANCONNECT;
    call.has_received = true;
    call.received_ms = CLOCK_MS;

    size_t length = read_hex(member(line, "hex"), frame);
    struct answer *answer = pair_decode(pair, &call, frame, length);
    if (!good) {
        expect_refusal(pair, answer);
        free(answer);
        return;
    }
    /* The demos put a constant of their own there; it is in no frame. */
    cJSON *json = cJSON_GetObjectItemCaseSensitive(line, "json");
    cJSON_DeleteItemFromObject(json, "identifier");
    char *expected = print_expected(json);
    ck_assert_msg(answer->status == DGM_OK, "%s", pair_explain(pair, answer));
    ck_assert_msg(dgm_json_equal(answer->data, answer->outcome.length, expected,
                                 strlen(expected), 1e-9),
                  "%.*s instead of %s", (int)answer->outcome.length, answer->data,
                  expected);
    free(expected);
    free(answer);
}

static void encode_line(const struct pair *pair, cJSON *line, bool good)
{
    uint8_t frame[1024];
    struct dgm_call call = DGM_CALL_INIT;
    call.shape = DGM_SHAPE_OCEANCONNECT;
    if (strstr(member(line, "note"), "also as hex text") != NULL) {
        call.request_format = DGM_REQUEST_HEX;
    }
    char *json = cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(line, "json"));
    struct answer *answer = pair_encode(pair, &call, json, strlen(json));
    free(json);

    if (!good) {
        expect_refusal(pair, answer);
    } else if (cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(line, "hex"))) {
        ck_assert_msg(answer->status == DGM_NOTHING, "must give nothing, but: %s",
                      pair_explain(pair, answer));
    } else {
        size_t length = read_hex(member(line, "hex"), frame);
        ck_assert_msg(answer->status == DGM_OK, "%s", pair_explain(pair, answer));
        ck_assert_uint_eq(answer->outcome.length, length);
        ck_assert_mem_eq(answer->data, frame, length);
    }
    free(answer);
}

START_TEST(gives_what_is_published_or_refuses_what_is_bad)
{
    char path[4096];
    struct pair pair;
    const struct cover *cover = chosen[tested[_i]];

    ck_assert_msg(cover != NULL, "line %d of the corpus belongs to no row of the table",
                  tested[_i] + 1);
    printf("# line %d\n", tested[_i] + 1);
    fflush(stdout);
    snprintf(path, sizeof(path), "%s/%s", getenv("DRAGOMAN_SOURCE"), cover->profile);
    pair_open(&pair, path);
    cJSON *line = cJSON_Parse(lines[tested[_i]]);
    ck_assert_ptr_nonnull(line);
    bool good = cover->duty == MATCH || strcmp(member(line, "class"), "good") == 0;
    if (strcmp(member(line, "direction"), "decode") == 0) {
        decode_line(&pair, line, good);
    } else {
        encode_line(&pair, line, good);
    }
    cJSON_Delete(line);
    pair_close(&pair);
}
END_TEST

static void print_coverage(void)
{
    for (int i = 0; i < COVERS; i++) {
        int count = 0;
        for (int line = 0; line < line_count; line++) {
            count += chosen[line] == &covers[i];
        }
        printf("# %3d lines of %s, %.60s: %s%s\n", count, covers[i].device,
               covers[i].layout, covers[i].duty == APART ? "not covered, " : "",
               covers[i].duty == APART ? covers[i].reason : covers[i].profile);
    }
    printf("# %d of %d lines are tested\n", tested_count, line_count);
    fflush(stdout);
}

int main(void)
{
    if (!read_corpus()) {
        printf("1..0 # SKIP no corpus: neither $DRAGOMAN_SHARED nor ../shared has it\n");
        return 0;
    }
    print_coverage();
    Suite *suite = suite_create("huawei");
    TCase *tcase = tcase_create("lines");
    tcase_add_loop_test(tcase, gives_what_is_published_or_refuses_what_is_bad, 0,
                        tested_count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    for (int i = 0; i < line_count; i++) {
        free(lines[i]);
    }
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
