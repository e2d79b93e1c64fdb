/* SPDX-License-Identifier: MIT */
/* Hooks in front of those of the worker process: they tell what ends it, and remember
 * answers for as long as two calls are compared. */
#include "vetcode.h"

#include "code.h"

#include <dragoman/plugin_code.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN = 32 };

/* What a hook said. */
struct answer {
    const struct dgm_hook *hook;
    bool decodes;
    enum dgm_status status;
    const char *detail;
    size_t input_length, output_length;
    uint8_t *bytes; /* memory: input, and output behind it */
};

struct watched {
    struct vet_code *code;
    const struct dgm_hook *hook; /* of the worker */
};

struct vet_code {
    struct dgm_worker *worker;
    struct vet_result *result;
    bool keeps;
    struct answer *answers;
    size_t answer_count, answer_room;
    struct watched watched[DGM_PLUGIN_CODE_HOOKS];
    struct dgm_hook hooks[DGM_PLUGIN_CODE_HOOKS];
    const struct dgm_hook *list[DGM_PLUGIN_CODE_HOOKS];
    size_t hook_count;
};

/* Is the process gone, or was it ended? */
static bool is_loss(enum dgm_status status)
{
    switch (status) {
    case DGM_WORKER_CRASH:
    case DGM_WORKER_DEADLINE:
    case DGM_WORKER_SANDBOX:
    case DGM_WORKER_ANSWER:
    case DGM_WORKER_QUARANTINE:
    case DGM_WORKER_START:
        return true;
    default:
        return false;
    }
}

/* Ends the process of the check. Each further loss may take as long as a hook is waited
 * for, and the first one is what has to be mended. */
static _Noreturn void give_up(const struct watched *watched,
                              const struct dgm_hook_call *call, bool decodes,
                              enum dgm_status status)
{
    struct vet_place *place = &watched->code->result->place;
    char input[2 * SHOWN + 1] = "";
    for (size_t i = 0; i < call->input_length && i < SHOWN; i++) {
        (void)snprintf(input + 2 * i, 3, "%02X", (unsigned)call->input[i]);
    }
    if (place->doing[0] == '\0') {
        (void)snprintf(place->doing, sizeof(place->doing), "%s",
                       decodes ? "decode" : "encode");
    }
    bool says = call->detail != NULL;
    vet_fail(watched->code->result, "%s: %s%s%s%s, in the hook %s: %s%s",
             dgm_status_id(status), dgm_status_text(status), says ? " (" : "",
             says ? call->detail : "", says ? ")" : "", watched->hook->name,
             call->input_length > 0 ? input : "no bytes",
             call->input_length > SHOWN ? "..." : "");
    dgm_worker_stop(watched->code->worker);
    _exit(0);
}

static const struct answer *find_answer(const struct watched *watched,
                                        const struct dgm_hook_call *call, bool decodes)
{
    const struct vet_code *code = watched->code;
    for (size_t i = 0; i < code->answer_count; i++) {
        const struct answer *answer = &code->answers[i];
        if (answer->hook == watched->hook && answer->decodes == decodes &&
            answer->input_length == call->input_length &&
            (call->input_length == 0 ||
             memcmp(answer->bytes, call->input, call->input_length) == 0)) {
            return answer;
        }
    }
    return NULL;
}

static bool make_room(struct vet_code *code)
{
    if (code->answer_count < code->answer_room) {
        return true;
    }
    size_t room = code->answer_room == 0 ? 16 : 2 * code->answer_room;
    struct answer *grown = realloc(code->answers, room * sizeof(*grown));
    if (grown == NULL) {
        return false;
    }
    code->answers = grown;
    code->answer_room = room;
    return true;
}

/* What there is no memory for is run again. */
static void add_answer(const struct watched *watched, const struct dgm_hook_call *call,
                       bool decodes, enum dgm_status status)
{
    struct vet_code *code = watched->code;
    size_t output_length = status == DGM_OK ? call->output_length : 0;
    uint8_t *bytes = malloc(call->input_length + output_length + 1);
    if (bytes == NULL || !make_room(code)) {
        free(bytes);
        return;
    }
    if (call->input_length > 0) {
        memcpy(bytes, call->input, call->input_length);
    }
    if (output_length > 0) {
        memcpy(bytes + call->input_length, call->output, output_length);
    }
    code->answers[code->answer_count++] =
        (struct answer){watched->hook,      decodes,       status, call->detail,
                        call->input_length, output_length, bytes};
}

static enum dgm_status repeat(const struct answer *answer, struct dgm_hook_call *call)
{
    call->detail = answer->detail;
    if (answer->output_length > call->output_size) {
        return DGM_LIMIT;
    }
    if (answer->output_length > 0) {
        memcpy(call->output, answer->bytes + answer->input_length, answer->output_length);
    }
    call->output_length = answer->output_length;
    return answer->status;
}

static enum dgm_status run(struct dgm_hook_call *call, bool decodes)
{
    const struct watched *watched = call->user;
    const struct dgm_hook *hook = watched->hook;
    const struct answer *known =
        watched->code->keeps ? find_answer(watched, call, decodes) : NULL;
    if (known != NULL) {
        return repeat(known, call);
    }
    struct dgm_hook_call inner = *call;
    inner.user = hook->user;
    enum dgm_status status = decodes ? hook->decode(&inner) : hook->encode(&inner);
    if (is_loss(status)) {
        give_up(watched, &inner, decodes, status);
    }
    call->output_length = inner.output_length;
    call->detail = inner.detail;
    if (watched->code->keeps) {
        add_answer(watched, call, decodes, status);
    }
    return status;
}

static enum dgm_status run_decode(struct dgm_hook_call *call)
{
    return run(call, true);
}

static enum dgm_status run_encode(struct dgm_hook_call *call)
{
    return run(call, false);
}

static void watch_hooks(struct vet_code *code)
{
    const struct dgm_hook *const *hooks =
        dgm_worker_hooks(code->worker, &code->hook_count);
    for (size_t i = 0; i < code->hook_count; i++) {
        code->watched[i] = (struct watched){code, hooks[i]};
        code->hooks[i] =
            (struct dgm_hook){.size = sizeof(struct dgm_hook),
                              .name = hooks[i]->name,
                              .decode = hooks[i]->decode != NULL ? run_decode : NULL,
                              .encode = hooks[i]->encode != NULL ? run_encode : NULL,
                              .user = &code->watched[i]};
        code->list[i] = &code->hooks[i];
    }
}

enum dgm_status vet_code_start(const struct vet_task *task, struct vet_result *result,
                               struct vet_code **ret, struct dgm_refusal *refusal)
{
    struct vet_code *code = calloc(1, sizeof(*code));
    if (code == NULL) {
        return DGM_MEMORY;
    }
    code->result = result;
    enum dgm_status status =
        code_start_with(&code->worker, task->path, task->settings, NULL, refusal);
    if (status != DGM_OK) {
        free(code);
        return status;
    }
    watch_hooks(code);
    *ret = code;
    return DGM_OK;
}

void vet_code_stop(struct vet_code *code)
{
    if (code != NULL) {
        vet_code_forget(code);
        dgm_worker_stop(code->worker);
        free(code->answers);
        free(code);
    }
}

const struct dgm_loaded *vet_code_loaded(const struct vet_code *code)
{
    return dgm_worker_loaded(code->worker);
}

const struct dgm_hook *const *vet_code_hooks(const struct vet_code *code,
                                             size_t *ret_count)
{
    *ret_count = code != NULL ? code->hook_count : 0;
    return code != NULL ? code->list : NULL;
}

void vet_code_keep(struct vet_code *code)
{
    if (code != NULL) {
        code->keeps = true;
    }
}

void vet_code_forget(struct vet_code *code)
{
    for (size_t i = 0; code != NULL && i < code->answer_count; i++) {
        free(code->answers[i].bytes);
    }
    if (code != NULL) {
        code->answer_count = 0;
        code->keeps = false;
    }
}
