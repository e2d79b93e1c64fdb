/* SPDX-License-Identifier: MIT */
/* Finding and calling the caller's functions. What they give back is not trusted. */
#include "hook.h"

#include <string.h>

static bool same_text(const char *left, const char *right)
{
    size_t length = strlen(left);
    return length == strlen(right) && memcmp(left, right, length) == 0;
}

static const struct dgm_hook *find(const struct dgm_call *call, const char *name)
{
    for (size_t i = 0; i < call->hook_count; i++) {
        const struct dgm_hook *hook = call->hooks[i];
        if (hook != NULL && hook->size >= sizeof(*hook) && hook->name != NULL &&
            same_text(hook->name, name))
            return hook;
    }
    return NULL;
}

/* What needs nobody: as many bytes as there are. */
static enum dgm_status process(const struct dgm_codec *codec,
                               const struct dgm_hook_name *step, enum hook_way way,
                               const uint8_t *input, size_t length, uint8_t *output)
{
    const uint8_t *key = (const uint8_t *)codec->pool + step->key;
    for (size_t i = 0; i < length; i++) {
        uint8_t with = key[i % step->key_length];
        if (step->process == DGM_PROCESS_XOR)
            output[i] = input[i] ^ with;
        else
            output[i] = (uint8_t)(way == HOOK_ENCODE ? input[i] + with : input[i] - with);
    }
    return DGM_OK;
}

/* The process in which the hook runs is at fault, and the call says so. */
static bool is_of_worker(enum dgm_status status)
{
    return status >= DGM_WORKER_CRASH && status <= DGM_WORKER_START;
}

enum dgm_status hook_run(const struct dgm_codec *codec, const struct dgm_call *call,
                         uint16_t index, enum hook_way way, const uint8_t *input,
                         size_t input_length, uint8_t *output, size_t output_size,
                         size_t *ret_length, const char **ret_detail)
{
    const struct dgm_hook_name *step = &codec->hooks[index];
    const char *name = codec->pool + step->name;
    if (step->process != DGM_PROCESS_HOOK) {
        *ret_detail = "more than the longest frame";
        *ret_length = input_length;
        return input_length <= output_size
                   ? process(codec, step, way, input, input_length, output)
                   : DGM_LIMIT;
    }
    const struct dgm_hook *hook = find(call, name);
    struct dgm_hook_call work;
    enum dgm_status (*run)(struct dgm_hook_call *) = hook == NULL         ? NULL
                                                     : way == HOOK_DECODE ? hook->decode
                                                                          : hook->encode;
    *ret_detail = name;
    if (run == NULL)
        return DGM_NO_HOOK;
    memset(&work, 0, sizeof(work));
    work.size = sizeof(work);
    work.call = call;
    work.user = hook->user;
    work.scratch = hook->scratch;
    work.scratch_size = hook->scratch_size;
    work.input = input;
    work.input_length = input_length;
    work.output = output;
    work.output_size = output_size;
    enum dgm_status status = run(&work);
    if (status == DGM_OK && work.output_length <= output_size) {
        *ret_length = work.output_length;
        return DGM_OK;
    }
    *ret_detail = work.detail != NULL ? work.detail : name;
    if (is_of_worker(status))
        return status;
    bool is_long = status == DGM_OK || status == DGM_LIMIT || status == DGM_NO_SPACE;
    return is_long ? DGM_LIMIT : DGM_HOOK;
}
