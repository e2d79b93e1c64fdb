/* SPDX-License-Identifier: MIT */
/* Frames to JSON and back. */
#include "prove.h"
#include "jsonplace.h"

#include <dragoman/json.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ECHO_MAX = 16 };

bool proof_open(struct proof *proof, struct lab *lab)
{
    memset(proof, 0, sizeof(*proof));
    proof->lab = lab;
    proof->findings = calloc(FINDINGS_MAX, sizeof(*proof->findings));
    if (proof->findings == NULL || !worker_open(&proof->back, lab->codec)) {
        proof_close(proof);
        return false;
    }
    return true;
}

void proof_close(struct proof *proof)
{
    for (size_t i = 0; i < proof->finding_count; i++) {
        free(proof->findings[i].first);
        free(proof->findings[i].second);
        free(proof->findings[i].bytes);
    }
    free(proof->findings);
    worker_close(&proof->back);
    memset(proof, 0, sizeof(*proof));
}

static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

/* What is known of one frame's way. */
struct way {
    const struct specimen *specimen;
    const char *json; /* what it says */
    size_t json_length;
    const uint8_t *bytes; /* what came back, or NULL */
    size_t length;
    const char *second; /* what that says, or NULL */
    size_t second_length;
    enum prove_result result;
};

/* The finding of that field and reason, or a new one; NULL if there is no room. */
static struct finding *finding_of(struct proof *proof, const char *field,
                                  const char *reason, enum prove_result result)
{
    for (size_t i = 0; i < proof->finding_count; i++) {
        struct finding *known = &proof->findings[i];
        if (known->result == result && strcmp(known->field, field) == 0 &&
            strcmp(known->reason, reason) == 0) {
            return known;
        }
    }
    if (proof->finding_count == FINDINGS_MAX) {
        return NULL;
    }
    struct finding *finding = &proof->findings[proof->finding_count++];
    (void)snprintf(finding->field, sizeof(finding->field), "%s", field);
    (void)snprintf(finding->reason, sizeof(finding->reason), "%s", reason);
    finding->result = result;
    return finding;
}

static void note(struct proof *proof, const struct way *way, const char *field,
                 const char *why)
{
    char reason[FINDING_TEXT];
    const struct worker *lab = &proof->lab->worker;
    if (way->result == PROVE_WARNED) {
        (void)snprintf(reason, sizeof(reason), "decoding warns (%s), and %s",
                       dgm_status_id(lab->notices[0].status), why);
    } else {
        (void)snprintf(reason, sizeof(reason), "%s", why);
    }
    struct finding *finding = finding_of(proof, field, reason, way->result);
    if (finding == NULL || finding->count++ > 0) {
        return;
    }
    finding->specimen = *way->specimen;
    finding->first = copy_text(way->json, way->json_length);
    proof->failed = proof->failed || finding->first == NULL;
    if (way->second != NULL) {
        finding->second = copy_text(way->second, way->second_length);
        proof->failed = proof->failed || finding->second == NULL;
    }
    if (way->bytes != NULL) {
        finding->bytes = malloc(way->length + 1);
        proof->failed = proof->failed || finding->bytes == NULL;
        finding->length = way->length;
        if (finding->bytes != NULL) {
            memcpy(finding->bytes, way->bytes, way->length);
        }
    }
}

/* Encoding refuses what decoding gave. */
static void note_refusal(struct proof *proof, const struct way *way)
{
    struct dgm_error error = proof->back.error;
    char text[FINDING_TEXT / 2], reason[FINDING_TEXT];
    const char *path = dgm_codec_text(proof->lab->codec, error.path);
    const char *status = dgm_status_id(error.status);
    bool is_null = error.place == DGM_PLACE_JSON && error.status == DGM_TYPE &&
                   error.offset < way->json_length && way->json[error.offset] == 'n';
    if (is_null) {
        note(proof, way, path, "null does not say which raw value it was");
        return;
    }
    text[0] = '\0';
    if (error.detail != NULL) {
        (void)snprintf(text, sizeof(text), " (%s)", error.detail);
    }
    (void)snprintf(reason, sizeof(reason), "encoding refuses it: %s%s", status, text);
    note(proof, way, path[0] != '\0' ? path : "(message)", reason);
}

/* Both ways gave JSON, and it is not the same. */
static void note_difference(struct proof *proof, const struct way *way)
{
    char field[FINDING_TEXT];
    json_place(way->json, way->json_length, way->second, way->second_length, field,
               sizeof(field));
    note(proof, way, field, "another value comes back");
}

/* Are the texts the same but for members that show bytes of the frame? Those differ where
 * the bytes do, and nothing is lost. */
static bool says_the_same(const struct proof *proof, const struct way *way)
{
    const char *names[ECHO_MAX];
    size_t count = 0;
    const struct lab *lab = proof->lab;
    if (dgm_json_equal(way->second, way->second_length, way->json, way->json_length, 0)) {
        return true;
    }
    for (unsigned i = 0; i < lab_message(lab)->row_count && count < ECHO_MAX; i++) {
        if (lab->rows[i].op == DGM_OP_ECHO) {
            names[count++] = dgm_codec_text(lab->codec, lab->rows[i].path);
        }
    }
    return count > 0 && json_same_without(way->json, way->json_length, way->second,
                                          way->second_length, names, count);
}

static enum prove_result settle(struct proof *proof, struct way *way, char *json)
{
    struct lab *lab = proof->lab;
    struct dgm_call call = lab_call(lab, way->specimen);
    bool warned = lab->worker.outcome.notice_count > 0;
    struct specimen other;
    memset(&other, 0, sizeof(other));
    way->result = warned ? PROVE_WARNED : PROVE_LOST;
    call.message = lab_name(lab, lab->message);
    enum dgm_status status = worker_encode(&proof->back, &call, json, way->json_length);
    bool came = status == DGM_OK || status == DGM_NOTHING;
    if (!came || proof->back.outcome.length > SPECIMEN_MAX) {
        note_refusal(proof, way);
        return way->result;
    }
    other = *way->specimen;
    other.length = proof->back.outcome.length;
    if (proof->back.outcome.has_channel) {
        other.has_channel = true;
        other.channel = proof->back.outcome.channel;
    }
    memcpy(other.bytes, proof->back.data, other.length);
    way->bytes = other.bytes;
    way->length = other.length;
    bool same_bytes = other.length == way->specimen->length &&
                      memcmp(other.bytes, way->specimen->bytes, other.length) == 0;
    if (same_bytes) {
        return PROVE_SAME_BYTES;
    }
    if (!lab_identifies(lab, &other)) {
        note(proof, way, "(message)", "the frame that comes back is another message");
        return way->result;
    }
    call = lab_call(lab, &other);
    call.message = lab_name(lab, lab->message);
    status = worker_decode(&proof->back, &call, other.bytes, other.length);
    if (status != DGM_OK) {
        note(proof, way, "(message)", "the frame that comes back cannot be decoded");
        return way->result;
    }
    way->second = proof->back.data;
    way->second_length = proof->back.outcome.length;
    if (says_the_same(proof, way)) {
        return PROVE_SAME_JSON;
    }
    note_difference(proof, way);
    return way->result;
}

bool proof_try(void *user, struct lab *lab, const struct specimen *specimen)
{
    struct proof *proof = user;
    struct way way = {.specimen = specimen};
    size_t length = lab->worker.outcome.length;
    bool is_readable =
        (lab_message(lab)->flags & DGM_MESSAGE_DECODE_ONLY) != 0 || length == 0;
    proof->frames++;
    if (is_readable) {
        proof->results[PROVE_DECODE_ONLY]++;
        return true;
    }
    char *json = copy_text(lab->worker.data, length);
    if (json == NULL) {
        proof->failed = true;
        return false;
    }
    way.json = json;
    way.json_length = length;
    proof->results[settle(proof, &way, json)]++;
    free(json);
    return !proof->failed;
}
