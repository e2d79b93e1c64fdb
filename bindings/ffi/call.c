/* SPDX-License-Identifier: MIT */
/* Calls of the codec with all that they need. Buffers grow to what a call asks for. */
#include "call.h"
#include "report.h"

#include <dragoman/transform.h>

#include <stdlib.h>
#include <string.h>

enum { OUTPUT_SIZE = 4096 }; /* to begin with */

void call_begin(struct dgm_ffi_call *call)
{
    free(call->report);
    call->report = NULL;
    call->codec = NULL;
    memset(&call->outcome, 0, sizeof(call->outcome));
    call->outcome.message = DGM_NONE;
    memset(&call->error, 0, sizeof(call->error));
}

enum dgm_status call_fail(struct dgm_ffi_call *call, enum dgm_status status,
                          const char *detail)
{
    call->codec = NULL;
    call->error.status = status;
    call->error.detail = detail;
    return status;
}

const char *call_message(const struct dgm_ffi_call *call)
{
    if (call->codec == NULL) {
        return NULL;
    }
    const struct dgm_model *model = dgm_codec_model(call->codec);
    const struct dgm_message *messages =
        (const void *)((const char *)model + model->messages.offset);
    uint16_t index = call->outcome.message;
    return index < model->messages.count
               ? dgm_codec_text(call->codec, messages[index].name)
               : NULL;
}

enum dgm_status dgm_ffi_call_open(struct dgm_ffi_product *product,
                                  struct dgm_ffi_call **ret_call)
{
    if (product == NULL || ret_call == NULL || product->status != DGM_OK) {
        return DGM_BAD_CALL;
    }
    struct dgm_ffi_call *call = calloc(1, sizeof(*call));
    char *output = malloc(OUTPUT_SIZE);
    if (call == NULL || output == NULL) {
        free(output);
        free(call);
        return DGM_MEMORY;
    }
    call->product = product_hold(product);
    call->output = output;
    call->output_size = OUTPUT_SIZE;
    dgm_ffi_call_reset(call);
    *ret_call = call;
    return DGM_OK;
}

void dgm_ffi_call_close(struct dgm_ffi_call *call)
{
    if (call == NULL) {
        return;
    }
    dgm_ffi_call_reset(call);
    free(call->scratch);
    free(call->transforms);
    free(call->output);
    product_release(call->product);
    free(call);
}

void dgm_ffi_call_reset(struct dgm_ffi_call *call)
{
    static const struct dgm_call initial = DGM_CALL_INIT;
    for (size_t i = 0; i < CALL_TEXTS; i++) {
        free(call->texts[i]);
        call->texts[i] = NULL;
    }
    call->arguments = initial;
    memset(call->state, 0, sizeof(call->state));
    call_begin(call);
}

/* Memory of at least that size; what is in it is lost. */
static bool make_room(void **memory, size_t *size, size_t needed)
{
    if (*memory != NULL && *size >= needed) {
        return true;
    }
    void *grown = malloc(needed > 0 ? needed : 1);
    if (grown == NULL) {
        return false;
    }
    free(*memory);
    *memory = grown;
    *size = needed;
    return true;
}

static bool take_transforms(struct dgm_ffi_call *call)
{
    size_t count = 0;
    call->transforms = malloc(DGM_TRANSFORM_SIZE);
    if (call->transforms == NULL) {
        return false;
    }
    const struct dgm_hook *const *hooks = dgm_transforms(call->transforms, &count);
    for (size_t i = 0; i < count && call->hook_count < CALL_HOOKS; i++) {
        call->hooks[call->hook_count++] = hooks[i];
    }
    return true;
}

/* Choose the codec, and see to its memory. */
static enum dgm_status prepare(struct dgm_ffi_call *call)
{
    const char *reason = NULL;
    call_begin(call);
    const struct dgm_codec *codec = product_choose(call->product, call->texts[CALL_MAKER],
                                                   call->texts[CALL_MODEL], &reason);
    if (codec == NULL) {
        return call_fail(call, DGM_BAD_CALL, reason);
    }
    bool wants_hooks = dgm_codec_model(codec)->hooks.count > 0;
    if (!make_room(&call->scratch, &call->scratch_size, dgm_codec_scratch_size(codec)) ||
        (wants_hooks && call->transforms == NULL && !take_transforms(call))) {
        return call_fail(call, DGM_MEMORY, NULL);
    }
    call->codec = codec;
    return DGM_OK;
}

static struct dgm_call furnish(struct dgm_ffi_call *call)
{
    struct dgm_call full = call->arguments;
    full.scratch = call->scratch;
    full.scratch_size = call->scratch_size;
    full.hooks = call->hooks;
    full.hook_count = call->hook_count;
    full.state = call->product->worker != NULL ? call->state : NULL;
    full.notices = call->notices;
    full.notice_capacity = CALL_NOTICES;
    return full;
}

typedef enum dgm_status run_function(struct dgm_ffi_call *call, const void *input,
                                     size_t length);

static enum dgm_status run_decode(struct dgm_ffi_call *call, const void *input,
                                  size_t length)
{
    struct dgm_call full = furnish(call);
    struct dgm_worker *worker = call->product->worker;
    return worker != NULL ? dgm_worker_decode(worker, call->codec, &full, input, length,
                                              call->output, call->output_size,
                                              &call->outcome, &call->error)
                          : dgm_decode(call->codec, &full, input, length, call->output,
                                       call->output_size, &call->outcome, &call->error);
}

static enum dgm_status run_encode(struct dgm_ffi_call *call, const void *input,
                                  size_t length)
{
    struct dgm_call full = furnish(call);
    struct dgm_worker *worker = call->product->worker;
    uint8_t *frame = (uint8_t *)call->output;
    return worker != NULL
               ? dgm_worker_encode(worker, call->codec, &full, input, length, frame,
                                   call->output_size, &call->outcome, &call->error)
               : dgm_encode(call->codec, &full, input, length, frame, call->output_size,
                            &call->outcome, &call->error);
}

/* Once more, with the room that is needed. Hooks may have seen the input: the device is
 * again what it was before. */
static enum dgm_status run_again(struct dgm_ffi_call *call, run_function *function,
                                 const void *input, size_t length)
{
    const struct dgm_codec *codec = call->codec;
    void *output = call->output;
    if (!make_room(&output, &call->output_size, call->error.needed)) {
        return call_fail(call, DGM_MEMORY, NULL);
    }
    call->output = output;
    memcpy(call->state, call->state_before, sizeof(call->state));
    call_begin(call);
    call->codec = codec;
    return function(call, input, length);
}

static enum dgm_status run(struct dgm_ffi_call *call, run_function *function,
                           const void *input, size_t length)
{
    if (input == NULL && length > 0) {
        call_begin(call);
        return call_fail(call, DGM_BAD_CALL, "there is no input, but a length");
    }
    enum dgm_status status = prepare(call);
    if (status != DGM_OK) {
        return status;
    }
    if (call->product->worker != NULL) {
        memcpy(call->state_before, call->state, sizeof(call->state));
    }
    status = function(call, input, length);
    if (status == DGM_NO_SPACE && call->error.needed > call->output_size) {
        status = run_again(call, function, input, length);
    }
    call->error.status = status;
    return status;
}

enum dgm_status dgm_ffi_decode(struct dgm_ffi_call *call, const void *frame,
                               size_t length)
{
    return run(call, run_decode, frame, length);
}

enum dgm_status dgm_ffi_encode(struct dgm_ffi_call *call, const void *json, size_t length)
{
    return run(call, run_encode, length > 0 ? json : "", length);
}

const void *dgm_ffi_output(const struct dgm_ffi_call *call, size_t *ret_length)
{
    bool made = call->codec != NULL && call->error.status == DGM_OK;
    *ret_length = made ? call->outcome.length : 0;
    return made ? call->output : NULL;
}

const void *dgm_ffi_state(const struct dgm_ffi_call *call, size_t *ret_length)
{
    *ret_length = product_state_size(call->product);
    return call->state;
}

const char *dgm_ffi_report(struct dgm_ffi_call *call)
{
    if (call->report == NULL) {
        call->report = report_call(call);
    }
    return call->report;
}
