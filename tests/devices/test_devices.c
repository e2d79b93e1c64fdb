/* SPDX-License-Identifier: MIT */
/*
 * Published frames of real devices: each profile of the table gives what the device's
 * published decoder gives. How many vectors hold is pinned, so that a change either way
 * is seen. The corpus is no part of this tree; without it the whole test is skipped.
 */
#include "pair.h"

#include <dragoman/json.h>

#include <check.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file of the corpus and the profile of its device. */
struct device {
    const char *vectors; /* name of the file, without its ending */
    const char *profile; /* below profiles/ or tests/profiles/, without its ending */
    int passed;          /* vectors that hold */
    const char *except;  /* which ones do not, and why; NULL if all hold */
};

static const struct device devices[] = {
    {"aquascope__wwd", "aquascope/wwd", 11, NULL},
    {"can__motohawk-example", "cantools/motohawk", 21, NULL},
    {"decentlab__dl-5tm", "decentlab/dl-5tm", 20, NULL},
    {"decentlab__dl-iam", "decentlab/dl-iam", 17, NULL},
    {"decentlab__dl-pm", "decentlab/dl-pm", 15, NULL},
    {"develiot__rwmr", "develiot/rwmr", 14, NULL},
    {"digital-matter__oyster", "digital-matter/oyster", 26, NULL},
    {"dragino__lds02", "dragino/lds02", 19, NULL},
    {"dragino__lgt92", "dragino/lgt92", 18, NULL},
    {"dragino__lsn50-v2", "dragino/lsn50-v2", 34, NULL},
    {"dragino__lt22222-l", "dragino/lt22222-l", 30, NULL},
    {"glamos__walker", "glamos/walker", 18, NULL},
    {"mcci__model4811", "mcci/model4811", 14, NULL},
    {"merryiot__family", "merryiot/family", 29, NULL},
    {"sensus__pollutherm", "sensus/pollutherm", 6, NULL},
    {"teneo__fill-degree", "teneo/fill-degree", 21, NULL},
    {"terabee__level-xl", "terabee/level-xl", 18, NULL},
    {"terabee__tb-pcm", "terabee/tb-pcm", 27, NULL},
    {"vutility__hotdrop", "vutility/hotdrop", 21, NULL},
    {"vutility__pulsedrop", "vutility/pulsedrop", 17, NULL},
    {"wika__pgu2x", "wika/pgu2x", 26, NULL},
};

enum {
    DEVICES = sizeof(devices) / sizeof(devices[0]),
    FRAME_MAX = 1024,
    PATH_SIZE = 4096
};

static void vectors_path(const char *vectors, char *path)
{
    const char *shared = getenv("DRAGOMAN_SHARED");
    const char *source = getenv("DRAGOMAN_SOURCE");

    if (shared != NULL) {
        snprintf(path, PATH_SIZE, "%s/vectors/devices/%s.json", shared, vectors);
    } else {
        snprintf(path, PATH_SIZE, "%s/../shared/vectors/devices/%s.json",
                 source != NULL ? source : ".", vectors);
    }
}

static bool can_open(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file != NULL) {
        fclose(file);
    }
    return file != NULL;
}

/* What is shipped stands in profiles/, the profiles of the others among the tests. */
static void profile_path(const char *profile, char *path)
{
    const char *source = getenv("DRAGOMAN_SOURCE");

    snprintf(path, PATH_SIZE, "%s/profiles/%s.yaml", source, profile);
    if (!can_open(path)) {
        snprintf(path, PATH_SIZE, "%s/tests/profiles/%s.yaml", source, profile);
    }
}

static bool has_corpus(void)
{
    char path[PATH_SIZE];
    vectors_path(devices[0].vectors, path);
    return can_open(path);
}

static cJSON *read_vectors(const char *vectors)
{
    char path[PATH_SIZE];
    vectors_path(vectors, path);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s cannot be read", path);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    long length = ftell(file);
    ck_assert_int_gt(length, 0);
    rewind(file);
    char *text = malloc((size_t)length);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(fread(text, 1, (size_t)length, file), (size_t)length);
    fclose(file);
    cJSON *root = cJSON_ParseWithLength(text, (size_t)length);
    ck_assert_msg(root != NULL, "%s is no JSON", path);
    free(text);
    return root;
}

static const cJSON *member(const cJSON *vector, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(vector, name);
}

static const char *text_of(const cJSON *vector, const char *name)
{
    const char *text = cJSON_GetStringValue(member(vector, name));
    return text != NULL ? text : "";
}

static size_t read_hex(const char *hex, uint8_t *bytes)
{
    size_t length = strlen(hex) / 2;
    ck_assert_uint_le(length, FRAME_MAX);
    for (size_t i = 0; i < length; i++) {
        unsigned value = 0;
        ck_assert_int_eq(sscanf(hex + 2 * i, "%2x", &value), 1);
        bytes[i] = (uint8_t)value;
    }
    return length;
}

/* Days since 1970 of a date of the Gregorian calendar. */
static int64_t days_of(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int last = month > 2 ? year : year - 1; /* the last year whose leap day is over */
    int64_t leaps = last / 4 - last / 100 + last / 400 - 477;
    return (int64_t)(year - 1970) * 365 + leaps + before[month - 1] + day - 1;
}

/* "2021-03-04T05:06:07.000Z" in milliseconds since 1970. */
static int64_t read_time(const char *text)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0;
    double second = 0;
    int found =
        sscanf(text, "%d-%d-%dT%d:%d:%lf", &year, &month, &day, &hour, &minute, &second);
    ck_assert_msg(found == 6 && month >= 1 && month <= 12, "'%s' is no time", text);
    int64_t minutes = (days_of(year, month, day) * 24 + hour) * 60 + minute;
    return minutes * 60000 + (int64_t)(second * 1000 + 0.5);
}

static struct dgm_call call_of(const cJSON *vector)
{
    struct dgm_call call = DGM_CALL_INIT;
    const cJSON *port = member(vector, "fPort");
    const cJSON *received = member(vector, "recvTime");

    call.shape = DGM_SHAPE_PLAIN;
    call.direction = strcmp(text_of(vector, "direction"), "downlink") == 0
                         ? DGM_DIRECTION_DOWN
                         : DGM_DIRECTION_UP;
    call.has_channel = cJSON_IsNumber(port);
    call.channel = call.has_channel ? (uint32_t)port->valueint : 0;
    call.has_received = received != NULL;
    if (cJSON_IsString(received)) {
        call.received_ms = read_time(received->valuestring);
    } else if (cJSON_IsNumber(received)) {
        call.received_ms = (int64_t)received->valuedouble;
    }
    return call;
}

static bool decode_holds(const cJSON *vector, const struct answer *answer)
{
    const cJSON *expected = member(vector, "expected");
    if (expected == NULL || cJSON_IsNull(expected)) {
        bool refused = answer->status != DGM_OK && answer->status != DGM_NOTHING;
        return member(vector, "errors") != NULL ? refused : answer->status == DGM_NOTHING;
    }
    bool warns = cJSON_GetArraySize(member(vector, "warnings")) > 0;
    if (answer->status != DGM_OK || (warns && answer->outcome.notice_count == 0)) {
        return false;
    }
    char *json = cJSON_PrintUnformatted(expected);
    ck_assert_ptr_nonnull(json);
    bool same =
        dgm_json_equal(answer->data, answer->outcome.length, json, strlen(json), 1e-9);
    free(json);
    return same;
}

static bool encode_holds(const cJSON *vector, const struct answer *answer)
{
    uint8_t frame[FRAME_MAX];
    size_t length = read_hex(text_of(vector, "hex"), frame);
    const cJSON *port = member(vector, "fPort");

    if (!cJSON_IsObject(member(vector, "expected")) || answer->status != DGM_OK ||
        answer->outcome.length != length || memcmp(answer->data, frame, length) != 0) {
        return false;
    }
    return !cJSON_IsNumber(port) || (answer->outcome.has_channel &&
                                     answer->outcome.channel == (uint32_t)port->valueint);
}

static void print_failure(const struct pair *pair, const cJSON *vector, int position,
                          const struct answer *answer)
{
    char *expected = cJSON_PrintUnformatted(member(vector, "expected"));
    printf("#   %d: %s %s: %s, not %s\n", position, text_of(vector, "op"),
           text_of(vector, "hex"), pair_explain(pair, answer),
           expected != NULL ? expected : "null");
    free(expected);
}

static bool vector_holds(const struct pair *pair, const cJSON *vector, int position)
{
    bool holds = false;
    uint8_t frame[FRAME_MAX];
    struct answer *answer = NULL;
    struct dgm_call call = call_of(vector);

    if (strcmp(text_of(vector, "op"), "encode") == 0) {
        call.has_channel = false;
        call.direction = DGM_DIRECTION_AUTO;
        char *json = cJSON_PrintUnformatted(member(vector, "expected"));
        ck_assert_ptr_nonnull(json);
        answer = pair_encode(pair, &call, json, strlen(json));
        free(json);
        holds = encode_holds(vector, answer);
    } else {
        size_t length = read_hex(text_of(vector, "hex"), frame);
        answer = pair_decode(pair, &call, frame, length);
        holds = decode_holds(vector, answer);
    }
    if (!holds) {
        print_failure(pair, vector, position, answer);
    }
    free(answer);
    return holds;
}

START_TEST(as_many_published_vectors_hold_as_the_table_says)
{
    int passed = 0, total = 0;
    struct pair pair;
    char path[PATH_SIZE];
    const struct device *device = &devices[_i];
    const cJSON *vector = NULL;

    profile_path(device->profile, path);
    pair_open(&pair, path);
    cJSON *root = read_vectors(device->vectors);
    cJSON_ArrayForEach(vector, member(root, "vectors"))
    {
        passed += vector_holds(&pair, vector, total);
        total++;
    }
    printf("# %s: %d/%d%s%s\n", device->vectors, passed, total,
           device->except != NULL ? ", except " : "",
           device->except != NULL ? device->except : "");
    fflush(stdout);
    cJSON_Delete(root);
    pair_close(&pair);
    ck_assert_msg(passed == device->passed, "%s: %d of %d vectors hold, not %d",
                  device->vectors, passed, total, device->passed);
    ck_assert_msg(passed == total || device->except != NULL,
                  "%s: %d vectors do not hold, and the table does not say why",
                  device->vectors, total - passed);
}
END_TEST

int main(void)
{
    if (!has_corpus()) {
        printf("1..0 # SKIP no corpus: neither $DRAGOMAN_SHARED nor ../shared has it\n");
        return 0;
    }
    Suite *suite = suite_create("devices");
    TCase *tcase = tcase_create("published vectors");
    tcase_add_loop_test(tcase, as_many_published_vectors_hold_as_the_table_says, 0,
                        DEVICES);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
