/* SPDX-License-Identifier: MIT */
/*
 * Schemas of profiles, and what frames of them decode to: the vectors, and frames of
 * every kind that can be found. One JSON object a line, for a validator to read:
 *
 *     {"profile":P,"model":M,"shape":S,"message":N,"schema":{...}}   N null: of all
 *     {"profile":P,"model":M,"shape":S,"message":N,"json":{...}}
 *
 * usage: frames DECODES PROFILE...
 */
#include "seeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const shapes[] = {"oceanconnect", "iotda", "plain"};

/* The profile at work, and its model. */
struct work {
    const char *path, *model;
    struct dgm_profile *profile;
    size_t position;
    struct lab lab;
    size_t budget;
};

static void fail(const struct work *work, const char *what)
{
    (void)fprintf(stderr, "%s: %s\n", work->path, what);
    exit(1);
}

static void put_line(const struct work *work, int shape, const char *message,
                     const char *key, const char *text, size_t length)
{
    struct jsonout json;
    jsonout_open(&json, stdout);
    jsonout_text(&json, "profile", work->path);
    jsonout_text(&json, "model", work->model);
    jsonout_text(&json, "shape", shapes[shape]);
    if (message != NULL)
        jsonout_text(&json, "message", message);
    else
        jsonout_raw(&json, "message", "null", 4);
    jsonout_raw(&json, key, text, length);
    jsonout_close(&json);
}

static void put_schema(const struct work *work, int shape, const char *message)
{
    const char *text = NULL;
    enum dgm_status status =
        dgm_profile_schema(work->profile, work->position, message, shape, &text);
    if (status == DGM_OK)
        put_line(work, shape, message, "schema", text, strlen(text));
    else if (status != DGM_NOTHING)
        fail(work, "there is no schema");
}

/* What the frame decodes to, in each shape that has such a message. */
static bool put_frame(void *user, struct lab *lab, const struct specimen *specimen)
{
    const struct work *work = user;
    for (int shape = 0; shape < 3; shape++) {
        struct dgm_call call = lab_call(lab, specimen);
        call.message = lab_name(lab, lab->message);
        call.shape = (enum dgm_shape)shape;
        enum dgm_status status =
            worker_decode(&lab->worker, &call, specimen->bytes, specimen->length);
        /* What encoding would refuse is decoded with a warning. */
        bool is_refused =
            tables_is_down(lab_message(lab)) && lab->worker.outcome.notice_count > 0;
        if (status == DGM_OK && !is_refused)
            put_line(work, shape, call.message, "json", lab->worker.data,
                     lab->worker.outcome.length);
    }
    return true;
}

static void put_vectors(struct work *work)
{
    const struct dgm_test *test = NULL;
    struct specimen specimen;
    for (size_t i = 0; (test = dgm_profile_test(work->profile, i)) != NULL; i++) {
        bool is_of_model = test->model == NULL || strcmp(test->model, work->model) == 0;
        if (is_of_model && seeds_specimen(&work->lab, test, &specimen) &&
            lab_identifies(&work->lab, &specimen))
            (void)put_frame(work, &work->lab, &specimen);
    }
}

/* JSON of vectors that encoding takes, for the messages whose schema is about that. */
static void put_commands(struct work *work, const struct dgm_codec *codec)
{
    const struct dgm_test *test = NULL;
    struct worker worker;
    if (!worker_open(&worker, codec))
        fail(work, "out of memory");
    for (size_t i = 0; (test = dgm_profile_test(work->profile, i)) != NULL; i++) {
        struct dgm_call call = DGM_CALL_INIT;
        call.shape = (enum dgm_shape)test->shape;
        call.message = test->message;
        call.request = test->request;
        call.request_length = test->request_length;
        bool is_of_model = test->model == NULL || strcmp(test->model, work->model) == 0;
        if (!is_of_model || test->json == NULL || test->error != NULL ||
            test->direction == DGM_TEST_DECODE ||
            worker_encode(&worker, &call, test->json, strlen(test->json)) > DGM_NOTHING)
            continue;
        uint16_t message = worker.outcome.message;
        if (message != DGM_NONE && tables_is_down(&work->lab.tables.messages[message]))
            put_line(work, test->shape, lab_name(&work->lab, message), "json", test->json,
                     strlen(test->json));
    }
    worker_close(&worker);
}

static void put_message(struct work *work, uint16_t message)
{
    struct explorer explorer;
    struct lab *lab = &work->lab;
    for (int shape = 0; shape < 3; shape++)
        put_schema(work, shape, lab_name(lab, message));
    lab_take(lab, message, 1);
    seeds_request(lab, 1);
    if (lab_message(lab)->flags & DGM_MESSAGE_ENCODE_ONLY)
        return;
    put_vectors(work);
    if (!explore_open(&explorer, lab, work->budget))
        fail(work, "out of memory");
    explorer.found = put_frame;
    explorer.user = work;
    seeds_offer(&explorer, work->profile);
    explore(&explorer);
    explore_close(&explorer);
}

static void put_model(struct work *work)
{
    size_t size = 0;
    const struct dgm_codec *codec = NULL;
    const struct dgm_model *model =
        dgm_profile_model_at(work->profile, work->position, &size);
    size_t needed = dgm_codec_size(model, size);
    void *memory = malloc(needed);
    if (memory == NULL ||
        dgm_codec_open(model, size, memory, needed, &codec, NULL) != DGM_OK ||
        !lab_open(&work->lab, codec))
        fail(work, "cannot be opened");
    for (int shape = 0; shape < 3; shape++)
        put_schema(work, shape, NULL);
    for (unsigned i = 0; i < model->messages.count; i++)
        put_message(work, (uint16_t)i);
    put_commands(work, codec);
    lab_close(&work->lab);
    free(memory);
}

int main(int argc, char **argv)
{
    struct work work = {.budget = argc > 1 ? strtoul(argv[1], NULL, 10) : 0};
    for (int i = 2; i < argc; i++) {
        work.path = argv[i];
        enum dgm_status status = dgm_profile_load(argv[i], &work.profile);
        if (status != DGM_OK && status != DGM_NOTHING)
            fail(&work, "is no profile");
        for (work.position = 0;
             (work.model = dgm_profile_model_name(work.profile, work.position)) != NULL;
             work.position++)
            put_model(&work);
        dgm_profile_close(work.profile);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
