/* SPDX-License-Identifier: MIT */
#include "serve.h"
#include "tell.h"

#include <errno.h>
#include <stdalign.h>
#include <string.h>
#include <unistd.h>

/* The message at work, with its parts. */
struct run {
    struct wire_run head;
    const uint8_t *topic, *input;
    uint8_t *state; /* a copy, aligned */
};

static alignas(16) uint8_t inbox[WIRE_MOST];
static alignas(16) uint8_t outbox[WIRE_MOST];
static alignas(16) uint8_t state_copy[DGM_PLUGIN_CODE_STATE];

size_t serve_read(void *message)
{
    ssize_t size = 0;
    do {
        size = read(WIRE_SOCKET, message, WIRE_MOST);
    } while (size < 0 && errno == EINTR);
    if (size <= 0) {
        _exit(0);
    }
    return (size_t)size;
}

/* The host is trusted; what it says is checked all the same, because a slip there should
 * end here. */
static struct run read_run(const struct dgm_plugin_code *code)
{
    struct run run;
    size_t size = serve_read(inbox);
    memset(&run, 0, sizeof(run));
    memcpy(&run.head, inbox, size < sizeof(run.head) ? size : sizeof(run.head));
    const struct wire_run *head = &run.head;
    if (head->head.kind != WIRE_RUN || head->hook >= code->hook_count ||
        head->topic_length > DGM_PLUGIN_CODE_TOPIC ||
        head->state_length != code->state_size || head->input_length > WIRE_BYTES ||
        head->output_size > WIRE_BYTES ||
        size != sizeof(*head) + head->topic_length + head->state_length +
                    head->input_length) {
        _exit(1);
    }
    run.topic = inbox + sizeof(*head);
    run.state = state_copy;
    memcpy(state_copy, run.topic + head->topic_length, head->state_length);
    run.input = run.topic + head->topic_length + head->state_length;
    return run;
}

static struct dgm_call call_of(const struct run *run)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.direction = (enum dgm_direction)run->head.direction;
    call.shape = (enum dgm_shape)run->head.shape;
    call.has_channel = run->head.has_channel != 0;
    call.channel = run->head.channel;
    call.has_received = run->head.has_received != 0;
    call.received_ms = run->head.received_ms;
    call.topic = run->head.has_topic != 0 ? (const char *)run->topic : NULL;
    call.topic_length = run->head.topic_length;
    call.state = run->state;
    return call;
}

static void answer(const struct run *run, enum dgm_status status,
                   const struct dgm_hook_call *work)
{
    struct wire_result result;
    size_t detail = work->detail == NULL ? 0 : strlen(work->detail);
    detail = detail < DGM_PLUGIN_CODE_DETAIL ? detail : DGM_PLUGIN_CODE_DETAIL;
    memset(&result, 0, sizeof(result));
    result.head.kind = WIRE_RESULT;
    result.head.number = run->head.head.number;
    result.status = (uint32_t)status;
    if (status == DGM_OK && work->output_length > run->head.output_size) {
        result.status = DGM_LIMIT;
    } else if (status == DGM_OK) {
        result.output_length = (uint32_t)work->output_length;
        result.state_length = run->head.state_length;
        detail = 0;
    }
    uint8_t *end = outbox + sizeof(result) + result.output_length;
    memcpy(end, run->state, result.state_length);
    end += result.state_length;
    if (result.status != DGM_OK && detail > 0) {
        result.detail_length = (uint32_t)detail;
        memcpy(end, work->detail, detail);
        end += detail;
    }
    memcpy(outbox, &result, sizeof(result));
    tell(outbox, (size_t)(end - outbox));
}

void serve(const struct dgm_plugin_code *code)
{
    for (;;) {
        struct run run = read_run(code);
        const struct dgm_hook *hook = code->hooks[run.head.hook];
        struct dgm_call call = call_of(&run);
        struct dgm_hook_call work;
        memset(&work, 0, sizeof(work));
        work.size = sizeof(work);
        work.call = &call;
        work.user = hook->user;
        work.scratch = hook->scratch;
        work.scratch_size = hook->scratch_size;
        work.input = run.input;
        work.input_length = run.head.input_length;
        work.output = outbox + sizeof(struct wire_result);
        work.output_size = run.head.output_size;
        enum dgm_status (*function)(struct dgm_hook_call *) =
            run.head.way == WIRE_DECODE ? hook->decode : hook->encode;
        enum dgm_status status = function == NULL ? DGM_NO_HOOK : function(&work);
        answer(&run, status, &work);
    }
}
