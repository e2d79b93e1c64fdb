/* SPDX-License-Identifier: MIT */
#include "difftrial.h"

#include "base64.h"
#include "jsonchange.h"

#include <dragoman/json.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Of the JSON that a frame without data gives. */
static const char nothing[] = "{}";

/* A trial under way. */
struct trying {
    struct diff_trial *trial;
    const struct diff_input *input;
    struct diff_seen seen;
};

static void tell(struct trying *trying, enum diff_kind kind, const char *path,
                 const char *detail)
{
    trying->seen.kind = kind;
    trying->seen.path = path;
    trying->seen.detail = detail;
    trying->trial->saw(trying->trial->user, trying->trial, trying->input, &trying->seen);
}

static bool took(const struct diff_trial *trial, unsigned side)
{
    return trial->status[side] == DGM_OK || trial->status[side] == DGM_NOTHING;
}

/* One of them refuses it. */
static void tell_refusal(struct trying *trying, enum diff_kind kind, unsigned side)
{
    char path[JSON_CHANGE_PATH];
    const struct diff_side *refuser = &trying->trial->sides[side];
    path[0] = '\0';
    /* The path of a frame that fits nothing is what it nearly fits. */
    if (trying->trial->status[side] != DGM_NO_MESSAGE) {
        (void)dgm_error_path(refuser->worker.codec, &refuser->worker.error, path,
                             sizeof(path));
    }
    tell(trying, kind, path, dgm_status_id(trying->trial->status[side]));
}

static void name_message(struct trying *trying, uint16_t index, unsigned side)
{
    trying->seen.message = product_message(&trying->trial->sides[side].product, index);
}

static const char *json_of(const struct diff_trial *trial, unsigned side,
                           size_t *ret_length)
{
    const struct worker *worker = &trial->sides[side].worker;
    bool is_there = trial->status[side] == DGM_OK;
    *ret_length = is_there ? worker->outcome.length : sizeof(nothing) - 1;
    return is_there ? worker->data : nothing;
}

static void saw_change(void *user, enum json_change change, const char *path)
{
    static const enum diff_kind kinds[] = {
        [JSON_GONE] = DIFF_GONE, [JSON_NEW] = DIFF_ADDED, [JSON_CHANGED] = DIFF_CHANGED};
    tell(user, kinds[change], path, "");
}

/* Id of a warning, or "none" behind the last one. */
static const char *warning_at(const struct diff_trial *trial, unsigned side, size_t index)
{
    const struct worker *worker = &trial->sides[side].worker;
    bool is_there = index < worker->outcome.notice_count && index < WORKER_NOTICES;
    return is_there ? dgm_status_id(worker->notices[index].status) : "none";
}

/* Is each warning the same? The first that is not is told in `ret`: "range -> none". */
enum { WARNINGS_TEXT = 80 };
static bool warns_the_same(const struct diff_trial *trial, char *ret)
{
    for (size_t i = 0; i < WORKER_NOTICES; i++) {
        const char *old = warning_at(trial, DIFF_OLD, i);
        const char *new = warning_at(trial, DIFF_NEW, i);
        if (strcmp(old, new) != 0) {
            (void)snprintf(ret, WARNINGS_TEXT, "%s -> %s", old, new);
            return false;
        }
    }
    return true;
}

/* Both took the frame. True if they say the same of it. */
static bool compare_json(struct trying *trying)
{
    const struct diff_trial *trial = trying->trial;
    size_t old_length = 0, new_length = 0;
    const char *old = json_of(trial, DIFF_OLD, &old_length);
    const char *new = json_of(trial, DIFF_NEW, &new_length);
    if (dgm_json_equal(old, old_length, new, new_length, 0)) {
        return true;
    }
    if (!json_changes(old, old_length, new, new_length, saw_change, trying)) {
        tell(trying, DIFF_CHANGED, "", "");
    }
    return false;
}

static void decode(struct diff_trial *trial, const struct diff_input *input,
                   enum dgm_shape shape)
{
    struct dgm_call call = input->call;
    call.shape = shape;
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        trial->status[i] =
            worker_decode(&trial->sides[i].worker, &call, input->frame, input->length);
    }
}

static void name_frame(struct trying *trying)
{
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        const struct diff_side *side = &trying->trial->sides[i];
        uint16_t message = side->worker.outcome.message;
        if (took(trying->trial, i)) {
            name_message(trying, message, i);
            return;
        }
    }
}

/* True if they agree about the frame in this shape. */
static bool compare_frame(struct trying *trying, enum dgm_shape shape)
{
    struct diff_trial *trial = trying->trial;
    trying->seen.shape = shape;
    decode(trial, trying->input, shape);
    bool old = took(trial, DIFF_OLD), new = took(trial, DIFF_NEW);
    name_frame(trying);
    if (old && new) {
        return compare_json(trying);
    }
    if (old != new) {
        tell_refusal(trying, old ? DIFF_REFUSED : DIFF_TAKEN, old ? DIFF_NEW : DIFF_OLD);
    }
    return old == new;
}

static void try_frame(struct trying *trying)
{
    char warnings[WARNINGS_TEXT];
    struct diff_trial *trial = trying->trial;
    trial->frames++;
    if (!compare_frame(trying, DGM_SHAPE_PLAIN)) {
        return;
    }
    bool is_warned = took(trial, DIFF_OLD) && !warns_the_same(trial, warnings);
    if (compare_frame(trying, DGM_SHAPE_OCEANCONNECT) &&
        compare_frame(trying, DGM_SHAPE_IOTDA) && is_warned) {
        (void)compare_frame(trying, DGM_SHAPE_PLAIN);
        tell(trying, DIFF_WARNING, "", warnings);
    }
}

static bool is_same_text(const char *left, const char *right)
{
    return left == right || (left != NULL && right != NULL && strcmp(left, right) == 0);
}

static bool is_same_frame(const struct diff_trial *trial)
{
    const struct worker *old = &trial->sides[DIFF_OLD].worker;
    const struct worker *new = &trial->sides[DIFF_NEW].worker;
    const struct dgm_outcome *left = &old->outcome, *right = &new->outcome;
    return trial->status[DIFF_OLD] == trial->status[DIFF_NEW] &&
           left->length == right->length &&
           memcmp(old->data, new->data, left->length) == 0 &&
           left->has_channel == right->has_channel &&
           (!left->has_channel || left->channel == right->channel) &&
           is_same_text(left->topic, right->topic);
}

/* Only what goes to the device is encoded by the platform. */
static bool goes_down(const struct diff_trial *trial, unsigned side)
{
    size_t count = 0;
    const struct diff_side *one = &trial->sides[side];
    const struct dgm_message *messages = product_messages(&one->product, &count);
    uint16_t index = one->worker.outcome.message;
    return index < count && tables_is_down(&messages[index]);
}

static void try_json(struct trying *trying)
{
    struct diff_trial *trial = trying->trial;
    const struct diff_input *input = trying->input;
    trying->seen.shape = input->call.shape;
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        trial->status[i] = worker_encode(&trial->sides[i].worker, &input->call,
                                         input->json, input->json_length);
    }
    bool old = took(trial, DIFF_OLD), new = took(trial, DIFF_NEW);
    if (!(old && goes_down(trial, DIFF_OLD)) && !(new &&goes_down(trial, DIFF_NEW))) {
        return;
    }
    trial->texts++;
    name_frame(trying);
    if (old != new) {
        tell_refusal(trying, old ? DIFF_ENCODE_REFUSED : DIFF_ENCODE_TAKEN,
                     old ? DIFF_NEW : DIFF_OLD);
    } else if (!is_same_frame(trial)) {
        tell(trying, DIFF_ENCODE_OTHER, "", "");
    }
}

void diff_try(struct diff_trial *trial, const struct diff_input *input)
{
    struct trying trying = {.trial = trial, .input = input};
    trying.seen.message = "";
    if (input->frame != NULL) {
        try_frame(&trying);
    } else {
        try_json(&trying);
    }
}

static void put_frame(FILE *file, const struct worker *worker)
{
    const struct dgm_outcome *outcome = &worker->outcome;
    if (outcome->has_channel) {
        (void)fprintf(file, "port=%" PRIu32 " ", outcome->channel);
    }
    if (outcome->topic != NULL) {
        (void)fprintf(file, "topic=%s ", outcome->topic);
    }
    hex_put(file, (const uint8_t *)worker->data, outcome->length);
}

static void put_error(FILE *file, const struct worker *worker)
{
    char text[512];
    (void)dgm_error_render(worker->codec, &worker->error, text, sizeof(text));
    (void)fputs(text, file);
}

char *diff_answer(const struct diff_trial *trial, const struct diff_input *input,
                  unsigned side)
{
    const struct worker *worker = &trial->sides[side].worker;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        return NULL;
    }
    if (!took(trial, side)) {
        put_error(file, worker);
    } else if (trial->status[side] == DGM_NOTHING) {
        (void)fputs("null", file);
    } else if (input->frame != NULL) {
        (void)fwrite(worker->data, 1, worker->outcome.length, file);
    } else {
        put_frame(file, worker);
    }
    if (fclose(file) != 0) {
        free(text);
        return NULL;
    }
    return text;
}
