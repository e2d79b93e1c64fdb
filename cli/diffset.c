/* SPDX-License-Identifier: MIT */
#include "diffset.h"

#include "base64.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool diff_set_open(struct diff_set *set)
{
    memset(set, 0, sizeof(*set));
    set->items = calloc(DIFF_FINDINGS, sizeof(*set->items));
    return set->items != NULL;
}

static void drop_witness(struct diff_finding *finding)
{
    struct diff_witness *witness = &finding->witness;
    free(witness->words);
    free(witness->request);
    free(witness->input);
    free(witness->answers[DIFF_OLD]);
    free(witness->answers[DIFF_NEW]);
    free(finding->specimen);
    finding->specimen = NULL;
    memset(witness, 0, sizeof(*witness));
}

void diff_set_close(struct diff_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        struct diff_finding *finding = &set->items[i];
        drop_witness(finding);
        for (size_t k = 0; k < finding->change_count; k++) {
            free(finding->changes[k].name);
            free(finding->changes[k].texts[DIFF_OLD]);
            free(finding->changes[k].texts[DIFF_NEW]);
        }
        free(finding->changes);
        free(finding->message);
        free(finding->path);
        free(finding->detail);
    }
    free(set->items);
    memset(set, 0, sizeof(*set));
}

static char *keep(struct diff_set *set, const char *text)
{
    char *copy = strdup(text);
    set->failed = set->failed || copy == NULL;
    return copy;
}

/* Texts are NULL where memory was out, and the work ends then. */
static bool is_text(const char *kept, const char *text)
{
    return kept != NULL && strcmp(kept, text) == 0;
}

bool diff_finding_is(const struct diff_finding *finding, enum diff_kind kind,
                     const char *message, const char *path, const char *detail)
{
    return finding->kind == kind && is_text(finding->message, message) &&
           is_text(finding->path, path) && is_text(finding->detail, detail);
}

struct diff_finding *diff_set_find(struct diff_set *set, enum diff_kind kind,
                                   const char *message, const char *path,
                                   const char *detail)
{
    for (size_t i = 0; i < set->count; i++) {
        if (diff_finding_is(&set->items[i], kind, message, path, detail)) {
            return &set->items[i];
        }
    }
    if (set->count == DIFF_FINDINGS) {
        set->left_out++;
        return NULL;
    }
    struct diff_finding *finding = &set->items[set->count++];
    finding->kind = kind;
    finding->message = keep(set, message);
    finding->path = keep(set, path);
    finding->detail = keep(set, detail);
    return finding;
}

void diff_set_grade(struct diff_set *set, struct diff_finding *finding,
                    enum diff_class class)
{
    set->worst = class > set->worst ? class : set->worst;
    if (finding != NULL && class > finding->class) {
        finding->class = class;
    }
}

static char *hex_of(struct diff_set *set, const uint8_t *bytes, size_t length)
{
    char *text = malloc(length * 2 + 1);
    set->failed = set->failed || text == NULL;
    if (text != NULL) {
        text[hex_text(text, bytes, length)] = '\0';
    }
    return text;
}

static void put_time(FILE *file, int64_t milliseconds)
{
    char text[64];
    struct tm parts;
    time_t seconds = (time_t)(milliseconds / 1000);
    int rest = (int)(milliseconds % 1000);
    if (rest >= 0 && gmtime_r(&seconds, &parts) != NULL &&
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts) > 0) {
        (void)fprintf(file, "time=%s.%03dZ ", text, rest);
    }
}

/* As decode reads them on its lines. */
static char *words_of(struct diff_set *set, const struct dgm_call *call)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        set->failed = true;
        return NULL;
    }
    if (call->has_channel) {
        (void)fprintf(file, "port=%" PRIu32 " ", call->channel);
    }
    if (call->topic != NULL) {
        (void)fprintf(file, "topic=%.*s ", (int)call->topic_length, call->topic);
    }
    if (call->has_received) {
        put_time(file, call->received_ms);
    }
    set->failed = fclose(file) != 0 || set->failed;
    return text;
}

static char *copy_json(struct diff_set *set, const struct diff_input *input)
{
    char *text = strndup(input->json, input->json_length);
    set->failed = set->failed || text == NULL;
    return text;
}

void diff_set_witness(struct diff_set *set, struct diff_finding *finding,
                      const struct diff_trial *trial, const struct diff_input *input,
                      enum dgm_shape shape, const struct specimen *specimen)
{
    const struct dgm_call *call = &input->call;
    struct diff_witness *witness = &finding->witness;
    struct specimen *copy = specimen != NULL ? malloc(sizeof(*copy)) : NULL;
    if (copy != NULL) {
        *copy = *specimen;
    }
    set->failed = set->failed || (specimen != NULL && copy == NULL);
    drop_witness(finding);
    finding->specimen = copy;
    finding->has_witness = true;
    witness->encodes = input->frame == NULL;
    witness->down = witness->encodes || call->direction == DGM_DIRECTION_DOWN;
    witness->shape = shape;
    witness->words = words_of(set, call);
    if (call->request != NULL) {
        witness->request = hex_of(set, call->request, call->request_length);
    }
    witness->input = witness->encodes ? copy_json(set, input)
                                      : hex_of(set, input->frame, input->length);
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        witness->answers[i] = diff_answer(trial, input, i);
        set->failed = set->failed || witness->answers[i] == NULL;
    }
}

void diff_set_change(struct diff_set *set, struct diff_finding *finding, const char *name,
                     const char *old, const char *new)
{
    if (finding->changes == NULL) {
        finding->changes = calloc(DIFF_CHANGES, sizeof(*finding->changes));
        set->failed = set->failed || finding->changes == NULL;
    }
    if (finding->changes == NULL || finding->change_count == DIFF_CHANGES) {
        return;
    }
    struct diff_change *change = &finding->changes[finding->change_count++];
    change->name = keep(set, name);
    change->texts[DIFF_OLD] = keep(set, old);
    change->texts[DIFF_NEW] = keep(set, new);
}

static bool stands_before(const struct diff_finding *left,
                          const struct diff_finding *right)
{
    if (left->class != right->class) {
        return left->class > right->class;
    }
    return left->change_count > 0 && right->change_count == 0;
}

/* Of the same member, and of frames or JSON as the other one. */
static bool is_beside(const struct diff_finding *left, const struct diff_finding *right)
{
    return left->has_witness && right->has_witness &&
           left->witness.encodes == right->witness.encodes &&
           strcmp(left->message, right->message) == 0 &&
           strcmp(left->path, right->path) == 0;
}

static bool is_cause(const struct diff_finding *cause, const struct diff_finding *finding)
{
    return cause->change_count > 0 && cause->class >= finding->class &&
           cause->has_witness && strcmp(cause->message, finding->message) == 0;
}

static void relate(struct diff_set *set, size_t index)
{
    struct diff_finding *finding = &set->items[index];
    finding->beside = DIFF_FINDINGS;
    for (size_t i = 0; i < index && finding->has_witness; i++) {
        const struct diff_finding *other = &set->items[i];
        bool stands = other->beside == DIFF_FINDINGS;
        if (finding->beside == DIFF_FINDINGS && stands && is_beside(other, finding)) {
            finding->beside = i;
        }
        finding->follows =
            finding->follows || (finding->change_count == 0 && is_cause(other, finding));
    }
}

/* Few, and mostly in order. */
void diff_set_sort(struct diff_set *set)
{
    for (size_t i = 1; i < set->count; i++) {
        struct diff_finding moved = set->items[i];
        size_t at = i;
        for (; at > 0 && stands_before(&moved, &set->items[at - 1]); at--) {
            set->items[at] = set->items[at - 1];
        }
        set->items[at] = moved;
    }
    for (size_t i = 0; i < set->count; i++) {
        relate(set, i);
    }
}
