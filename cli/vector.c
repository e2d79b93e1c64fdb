/* SPDX-License-Identifier: MIT */
/*
 * One vector of a profile. Its frame is decoded and the JSON compared, by meaning and
 * with a tolerance for numbers that someone else computed in floating point; its JSON is
 * encoded and the frame compared by bytes, or, where the vector says that its frame is
 * not the one we write, decoded again.
 */
#include "vector.h"

#include <dragoman/json.h>

#include "base64.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double tolerance = 1e-9;

struct running {
    struct worker *worker;
    const struct dgm_test *test;
    struct vector_result *result;
    const char *step;
};

struct dgm_call vector_call(const struct dgm_test *test)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.shape = (enum dgm_shape)test->shape;
    call.message = test->message;
    call.has_channel = test->has_channel;
    call.channel = test->channel;
    call.topic = test->topic;
    call.topic_length = test->topic != NULL ? strlen(test->topic) : 0;
    call.has_received = test->has_received;
    call.received_ms = test->received_ms;
    call.request = test->request;
    call.request_length = test->request_length;
    return call;
}

/* A text that a writer makes. */
static char *text_of(const struct running *running,
                     void (*put)(const struct running *running, FILE *file))
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        return NULL;
    }
    put(running, file);
    if (fclose(file) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static void put_expected_status(const struct running *running, FILE *file)
{
    const struct dgm_test *test = running->test;
    if (test->error != NULL) {
        (void)fprintf(file, "error %s", test->error);
    } else if (running->step[0] == 'e') {
        if (test->has_frame) {
            hex_put(file, test->frame, test->frame_length);
        } else {
            (void)fputs("no bytes", file);
        }
    } else {
        (void)fputs(test->json != NULL ? test->json : "no data", file);
    }
}

static void put_json(const struct running *running, FILE *file)
{
    (void)fwrite(running->worker->data, 1, running->worker->outcome.length, file);
}

static void put_frame(const struct running *running, FILE *file)
{
    hex_put(file, (const uint8_t *)running->worker->data,
            running->worker->outcome.length);
}

static void put_nothing(const struct running *running, FILE *file)
{
    (void)fputs(running->step[0] == 'e' ? "no bytes" : "no data", file);
}

static void put_error(const struct running *running, FILE *file)
{
    char text[1024];
    (void)dgm_error_render(running->worker->codec, &running->worker->error, text,
                           sizeof(text));
    (void)fprintf(file, "error %s", text);
}

static void put_expected_warnings(const struct running *running, FILE *file)
{
    const char *const *warnings = running->test->warnings;
    (void)fputs("warnings [", file);
    for (size_t i = 0; warnings != NULL && warnings[i] != NULL; i++) {
        (void)fprintf(file, "%s%s", i == 0 ? "" : ", ", warnings[i]);
    }
    (void)fputs("]", file);
}

static void put_warnings(const struct running *running, FILE *file)
{
    const struct worker *worker = running->worker;
    (void)fputs("warnings [", file);
    for (size_t i = 0; i < worker->outcome.notice_count && i < WORKER_NOTICES; i++) {
        const struct dgm_error *notice = &worker->notices[i];
        bool own = notice->status == DGM_WARNING && notice->detail != NULL;
        (void)fprintf(file, "%s%s", i == 0 ? "" : ", ",
                      own ? notice->detail : dgm_status_id(notice->status));
    }
    (void)fputs("]", file);
}

static void fail(const struct running *running,
                 void (*expected)(const struct running *running, FILE *file),
                 void (*found)(const struct running *running, FILE *file))
{
    running->result->passed = false;
    running->result->step = running->step;
    running->result->expected = text_of(running, expected);
    running->result->found = text_of(running, found);
}

/* Is the status the expected one? */
static bool check_status(const struct running *running, enum dgm_status status,
                         bool nothing,
                         void (*found)(const struct running *running, FILE *file))
{
    const char *wanted = running->test->error != NULL ? running->test->error
                         : nothing                    ? dgm_status_id(DGM_NOTHING)
                                                      : dgm_status_id(DGM_OK);
    if (strcmp(dgm_status_id(status), wanted) == 0) {
        return true;
    }
    fail(running, put_expected_status,
         status == DGM_OK        ? found
         : status == DGM_NOTHING ? put_nothing
                                 : put_error);
    return false;
}

/* The id of its status, or the text of the profile. */
static bool is_warning(const struct dgm_error *notice, const char *wanted)
{
    return strcmp(wanted, dgm_status_id(notice->status)) == 0 ||
           (notice->status == DGM_WARNING && notice->detail != NULL &&
            strcmp(wanted, notice->detail) == 0);
}

static bool same_warnings(const struct running *running)
{
    const char *const *warnings = running->test->warnings;
    const struct worker *worker = running->worker;
    size_t count = 0;
    while (warnings != NULL && warnings[count] != NULL) {
        if (count >= worker->outcome.notice_count || count >= WORKER_NOTICES ||
            !is_warning(&worker->notices[count], warnings[count])) {
            return false;
        }
        count++;
    }
    return count == worker->outcome.notice_count;
}

static bool decode(struct running *running, const uint8_t *frame, size_t length,
                   bool warnings)
{
    const struct dgm_test *test = running->test;
    struct dgm_call call = vector_call(test);
    call.direction = test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    enum dgm_status status = worker_decode(running->worker, &call, frame, length);
    bool nothing = test->json == NULL;
    if (!check_status(running, status, nothing, put_json)) {
        return false;
    }
    if (status == DGM_OK &&
        !dgm_json_equal(running->worker->data, running->worker->outcome.length,
                        test->json, strlen(test->json), tolerance)) {
        fail(running, put_expected_status, put_json);
        return false;
    }
    if (warnings && status == DGM_OK && !same_warnings(running)) {
        fail(running, put_expected_warnings, put_warnings);
        return false;
    }
    return true;
}

/* What we wrote must mean the same. */
static bool decode_again(struct running *running)
{
    size_t length = running->worker->outcome.length;
    uint8_t *frame = malloc(length + 1);
    if (frame == NULL) {
        return false;
    }
    memcpy(frame, running->worker->data, length);
    running->step = "decode again";
    bool good = decode(running, frame, length, false);
    free(frame);
    return good;
}

/* Only the bytes differ: often rounding, or bits that the device sets as it likes. */
static void add_hint(struct running *running)
{
    struct vector_result second = {.passed = true};
    struct running again = *running;
    again.result = &second;
    if (decode_again(&again)) {
        running->result->hint =
            "which decodes to the same JSON: if that will do, the vector is "
            "'canonical: false'; if it is not to be encoded, 'direction: decode'";
    }
    vector_free(&second);
}

static bool encode(struct running *running)
{
    const struct dgm_test *test = running->test;
    struct dgm_call call = vector_call(test);
    enum dgm_status status =
        worker_encode(running->worker, &call, test->json, strlen(test->json));
    bool nothing = test->error == NULL && !test->has_frame;
    if (!check_status(running, status, nothing, put_frame)) {
        bool decoded = test->has_frame && test->direction == DGM_TEST_BOTH;
        if (decoded && test->error == NULL) {
            running->result->hint =
                "though the frame decodes to this JSON: if it is not to be encoded, the "
                "vector is 'direction: decode'";
        }
        return false;
    }
    if (status != DGM_OK) {
        return true;
    }
    if (!test->canonical) {
        return decode_again(running);
    }
    bool same = running->worker->outcome.length == test->frame_length &&
                memcmp(running->worker->data, test->frame, test->frame_length) == 0;
    if (!same) {
        fail(running, put_expected_status, put_frame);
        add_hint(running);
    }
    return same;
}

/* Was the frame of a message that is not for encoding? Then a vector suits one way only.
 */
static bool decodes_only(const struct worker *worker)
{
    const struct dgm_model *model = dgm_codec_model(worker->codec);
    const void *messages = (const uint8_t *)model + model->messages.offset;
    uint16_t index = worker->outcome.message;
    return index < model->messages.count &&
           (((const struct dgm_message *)messages)[index].flags &
            DGM_MESSAGE_DECODE_ONLY);
}

bool vector_run(struct worker *worker, const struct dgm_test *test,
                struct vector_result *ret)
{
    struct running running = {worker, test, ret, "decode"};
    memset(ret, 0, sizeof(*ret));
    ret->passed = true;
    bool good = true, encodes = test->direction != DGM_TEST_DECODE;
    if (test->has_frame && test->direction != DGM_TEST_ENCODE) {
        good = decode(&running, test->frame, test->frame_length, true);
        encodes = encodes && !decodes_only(worker);
    }
    if (good && test->json != NULL && encodes) {
        running.step = "encode";
        good = encode(&running);
    }
    return good || (ret->expected != NULL && ret->found != NULL);
}

void vector_free(struct vector_result *result)
{
    free(result->expected);
    free(result->found);
    result->expected = result->found = NULL;
}
