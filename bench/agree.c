/* SPDX-License-Identifier: MIT */
/*
 * Compares outputs. JSON is compared as cJSON reads it, not by the reader of the codec
 * core, which is what is measured.
 */
#include "agree.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

static bool is_single(enum bench_job job, const char *key)
{
    return job == BENCH_TELEMATICS && key != NULL &&
           (strcmp(key, "fuelRate") == 0 || strcmp(key, "batteryVoltage") == 0);
}

static bool numbers_agree(double left, double right, bool single)
{
    if (single) {
        left = (double)(float)left;
        right = (double)(float)right;
    }
    return !(left < right) && !(left > right);
}

static bool scalars_agree(enum bench_job job, const cJSON *left, const cJSON *right)
{
    if (cJSON_IsString(left))
        return strcmp(left->valuestring, right->valuestring) == 0;
    if (cJSON_IsNumber(left))
        return numbers_agree(left->valuedouble, right->valuedouble,
                             is_single(job, left->string));
    return true; /* true, false and null are types of their own */
}

/* As deep as the expected text, which is four levels. */
static bool trees_agree(enum bench_job job, const cJSON *left, const cJSON *right)
{
    if (left->type != right->type ||
        cJSON_GetArraySize(left) != cJSON_GetArraySize(right))
        return false;
    if (!cJSON_IsObject(left) && !cJSON_IsArray(left))
        return scalars_agree(job, left, right);
    const cJSON *other = right->child;
    for (const cJSON *item = left->child; item != NULL; item = item->next) {
        const cJSON *match = item->string == NULL
                                 ? other
                                 : cJSON_GetObjectItemCaseSensitive(right, item->string);
        if (match == NULL || !trees_agree(job, item, match))
            return false;
        other = other->next;
    }
    return true;
}

static bool meanings_agree(enum bench_job job, struct bench_bytes expected,
                           const uint8_t *output, size_t length)
{
    cJSON *left = cJSON_ParseWithLength((const char *)expected.at, expected.length);
    cJSON *right = cJSON_ParseWithLength((const char *)output, length);
    bool agree = left != NULL && right != NULL && trees_agree(job, left, right);
    cJSON_Delete(left);
    cJSON_Delete(right);
    return agree;
}

bool output_agrees(enum bench_job job, bool exact, struct bench_bytes expected,
                   const uint8_t *output, size_t length)
{
    if (length == expected.length && memcmp(output, expected.at, length) == 0)
        return true;
    return !exact && !bench_job_encodes(job) && length > 0 &&
           meanings_agree(job, expected, output, length);
}

static void print(const char *what, enum bench_job job, const uint8_t *bytes,
                  size_t length)
{
    fprintf(stderr, "  %s: ", what);
    for (size_t i = 0; i < length; i++)
        fprintf(stderr, bench_job_encodes(job) ? "%02X" : "%c", bytes[i]);
    fprintf(stderr, "%s\n", length == 0 ? "nothing" : "");
}

void output_blame(const char *name, enum bench_job job, size_t frame,
                  struct bench_bytes expected, const uint8_t *output, size_t length)
{
    fprintf(stderr, "bench: %s: %s %zu has the wrong output\n", name, bench_job_name(job),
            frame);
    print("expected", job, expected.at, expected.length);
    print("found", job, output, length);
}

static bool peer_check(const struct bench_peer *peer, enum bench_job job,
                       const struct bench_frames *frames)
{
    static uint8_t output[BENCH_OUTPUT_SIZE];
    for (size_t i = 0; i < frames->count; i++) {
        size_t length =
            peer->convert[job](frames->input[i].at, frames->input[i].length, output);
        if (length <= sizeof(output) &&
            output_agrees(job, peer->exact, frames->expected[i], output, length))
            continue;
        output_blame(peer->name, job, i, frames->expected[i], output, length);
        return false;
    }
    return true;
}

bool peers_check(const struct peers *peers, enum bench_job job,
                 const struct bench_frames *frames)
{
    bool good = true;
    for (size_t i = 0; i < peers->count; i++) {
        const struct bench_peer *peer = peers->at[i];
        if (peer->floor || peer->convert[job] == NULL)
            continue;
        good = peer_check(peer, job, frames) && good;
    }
    return good;
}
