/* SPDX-License-Identifier: MIT */
#include "errand.h"

#include <string.h>

static size_t put(uint8_t *message, size_t at, const void *bytes, size_t length)
{
    if (length > 0) {
        memcpy(message + at, bytes, length);
    }
    return at + length;
}

/* A device of which nothing is remembered has a state of zeros. */
static size_t put_state(uint8_t *message, size_t at, const void *state, size_t length)
{
    if (state != NULL) {
        return put(message, at, state, length);
    }
    memset(message + at, 0, length);
    return at + length;
}

/* The message in bytes, 0 if it is too long. */
static size_t write_run(const struct errand *errand, const struct keeper *keeper,
                        uint8_t *message)
{
    const struct dgm_call *call = errand->call;
    struct wire_run run;
    size_t state_length = keeper->description.state_size;
    size_t topic_length = call->topic != NULL ? call->topic_length : 0;
    if (errand->input_length > WIRE_BYTES || topic_length > DGM_PLUGIN_CODE_TOPIC) {
        return 0;
    }
    memset(&run, 0, sizeof(run));
    run.head.kind = WIRE_RUN;
    run.head.number = keeper->number;
    run.hook = errand->hook;
    run.way = errand->way;
    run.direction = (uint32_t)call->direction;
    run.shape = (uint32_t)call->shape;
    run.has_channel = call->has_channel ? 1 : 0;
    run.channel = call->channel;
    run.has_received = call->has_received ? 1 : 0;
    run.received_ms = call->received_ms;
    run.has_topic = call->topic != NULL ? 1 : 0;
    run.topic_length = (uint32_t)topic_length;
    run.state_length = (uint32_t)state_length;
    run.input_length = (uint32_t)errand->input_length;
    run.output_size =
        (uint32_t)(errand->output_size < WIRE_BYTES ? errand->output_size : WIRE_BYTES);
    size_t at = put(message, 0, &run, sizeof(run));
    at = put(message, at, call->topic, topic_length);
    at = put_state(message, at, call->state, state_length);
    return put(message, at, errand->input, errand->input_length);
}

/* Nothing in an answer is believed but that it is whole. */
static bool read_result(const struct errand *errand, const struct keeper *keeper,
                        const uint8_t *message, size_t length, struct errand_result *ret)
{
    struct wire_result result;
    size_t state_length = keeper->description.state_size;
    if (length < sizeof(result)) {
        return false;
    }
    memcpy(&result, message, sizeof(result));
    if (result.head.kind != WIRE_RESULT || result.head.number != keeper->number ||
        result.output_length > WIRE_BYTES || result.output_length > errand->output_size ||
        result.detail_length > DGM_PLUGIN_CODE_DETAIL ||
        result.state_length != (result.status == DGM_OK ? state_length : 0) ||
        length != sizeof(result) + result.output_length + result.state_length +
                      result.detail_length) {
        return false;
    }
    ret->status = result.status;
    ret->output = message + sizeof(result);
    ret->output_length = result.output_length;
    ret->state = ret->output + result.output_length;
    ret->detail = (const char *)ret->state + result.state_length;
    ret->detail_length = result.detail_length;
    return true;
}

/* What was heard instead of a result. */
static struct ending lose(struct keeper *keeper, enum child_news news,
                          const uint8_t *message, size_t length)
{
    struct wire_violation violation;
    struct ending ending = ending_answer("an answer that is none");
    memset(&violation, 0, sizeof(violation));
    if (news == CHILD_GONE) {
        return keeper_lost(keeper, NULL);
    }
    if (news == CHILD_LATE) {
        ending = ending_late();
    }
    if (news == CHILD_SAID && length == sizeof(violation)) {
        memcpy(&violation, message, sizeof(violation));
    }
    if (violation.head.kind == WIRE_VIOLATION) {
        ending = ending_violation(violation.call);
    }
    return keeper_lost(keeper, &ending);
}

/* Give it to a process. One that has ended while nothing was to do is not to be blamed on
 * this frame, so there is a second try. `ret_begun` is from before it was given: the
 * process may have done its work before this one goes on. */
static const struct child *send_run(struct keeper *keeper, const uint8_t *message,
                                    size_t length, uint64_t *ret_begun,
                                    struct ending *ret_why)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        const struct child *child = keeper_get(keeper, ret_why);
        *ret_begun = child_now();
        if (child == NULL || child_send(child, message, length)) {
            return child;
        }
        *ret_why = keeper_lost(keeper, NULL);
    }
    return NULL;
}

enum dgm_status errand_run(struct keeper *keeper, const struct errand *errand,
                           uint64_t *until, uint8_t *message, struct errand_result *ret,
                           const char **ret_detail)
{
    struct ending ending;
    uint64_t begun = 0;
    keeper->number++;
    size_t length = write_run(errand, keeper, message);
    if (length == 0) {
        return DGM_LIMIT;
    }
    const struct child *child = send_run(keeper, message, length, &begun, &ending);
    if (child == NULL) {
        *ret_detail = ending.detail;
        return ending.status;
    }
    if (*until == 0) {
        *until = begun + keeper->rules.deadline_ns;
    }
    enum child_news news = child_receive(child, *until, message, WIRE_MOST, &length);
    if (news == CHILD_SAID && read_result(errand, keeper, message, length, ret)) {
        keeper_answered(keeper, child_now() - begun);
        return DGM_OK;
    }
    ending = lose(keeper, news, message, length);
    *ret_detail = ending.detail;
    return ending.status;
}
