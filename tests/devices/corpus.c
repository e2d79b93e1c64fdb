/* SPDX-License-Identifier: MIT */
/* Reads the corpus of published frames and holds its vectors against a product. */
#include "corpus.h"

#include <dragoman/json.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_MAX = 1024 };

static void vectors_path(const char *vectors, char *path)
{
    const char *shared = getenv("DRAGOMAN_SHARED");
    const char *source = getenv("DRAGOMAN_SOURCE");

    if (shared != NULL) {
        snprintf(path, CORPUS_PATH_SIZE, "%s/vectors/devices/%s.json", shared, vectors);
    } else {
        snprintf(path, CORPUS_PATH_SIZE, "%s/../shared/vectors/devices/%s.json",
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

void corpus_profile_path(const char *profile, char path[CORPUS_PATH_SIZE])
{
    const char *source = getenv("DRAGOMAN_SOURCE");

    snprintf(path, CORPUS_PATH_SIZE, "%s/profiles/%s.yaml", source, profile);
    if (!can_open(path)) {
        snprintf(path, CORPUS_PATH_SIZE, "%s/tests/profiles/%s.yaml", source, profile);
    }
}

bool corpus_has(const char *vectors)
{
    char path[CORPUS_PATH_SIZE];
    vectors_path(vectors, path);
    return can_open(path);
}

cJSON *corpus_read(const char *vectors)
{
    char path[CORPUS_PATH_SIZE];
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

    /* Devices of the platform's own codecs have its shape, and requests as hex. */
    bool platform = member(member(vector, "expected"), "msgType") != NULL;
    call.shape = platform ? DGM_SHAPE_OCEANCONNECT : DGM_SHAPE_PLAIN;
    call.request_format = DGM_REQUEST_HEX;
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

bool corpus_vector_holds(const struct pair *pair, const cJSON *vector, int position)
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

/* What the product says about a frame of a vector that decodes, and about its own answer
 * when that is encoded again. */
enum corpus_return corpus_return_of(const struct pair *pair, const cJSON *vector)
{
    uint8_t frame[FRAME_MAX];
    enum corpus_return found = CORPUS_ONE_WAY;
    struct dgm_call call = call_of(vector), back;
    size_t length = read_hex(text_of(vector, "hex"), frame);

    if (strcmp(text_of(vector, "op"), "encode") == 0) {
        return CORPUS_NO_DATA;
    }
    struct answer *answer = pair_decode(pair, &call, frame, length);
    if (answer->status != DGM_OK) {
        free(answer);
        return CORPUS_NO_DATA;
    }
    back = call;
    back.message = pair_message_name(pair, answer->outcome.message);
    struct answer *encoded =
        pair_encode(pair, &back, answer->data, answer->outcome.length);
    if (encoded->status == DGM_OK && encoded->outcome.length == length &&
        memcmp(encoded->data, frame, length) == 0) {
        found = CORPUS_SAME_BYTES;
    } else if (encoded->status == DGM_OK) {
        struct answer *again = pair_decode(pair, &call, (const uint8_t *)encoded->data,
                                           encoded->outcome.length);
        bool same = again->status == DGM_OK &&
                    dgm_json_equal(again->data, again->outcome.length, answer->data,
                                   answer->outcome.length, 0);
        found = same ? CORPUS_SAME_JSON : CORPUS_OTHER;
        free(again);
    } else if (encoded->status != DGM_WRONG_DIRECTION) {
        found = CORPUS_REFUSED;
    }
    free(encoded);
    free(answer);
    return found;
}
