/* SPDX-License-Identifier: MIT */
/* Arguments, memory and outcome of the calls of one thread. */
#ifndef DGM_FFI_CALL_H
#define DGM_FFI_CALL_H

#include "product.h"

#include <dragoman/plugin_code.h>

#include <stdalign.h>

enum {
    CALL_NOTICES = 64,
    CALL_HOOKS = 8,   /* ready ones */
    CALL_DETAIL = 200 /* what is wrong with an argument */
};

/* Arguments that are kept as texts, with a zero behind each. */
enum call_text { CALL_MAKER, CALL_MODEL, CALL_MESSAGE, CALL_TOPIC, CALL_REQUEST };
enum { CALL_TEXTS = CALL_REQUEST + 1 };

struct dgm_ffi_call {
    struct dgm_ffi_product *product;
    struct dgm_call arguments;
    char *texts[CALL_TEXTS];       /* memory, or NULL */
    const struct dgm_codec *codec; /* of the last call, or NULL */
    void *scratch;
    size_t scratch_size;
    void *transforms; /* memory of the ready hooks, if a codec has had hooks */
    const struct dgm_hook *hooks[CALL_HOOKS];
    size_t hook_count;
    /* Of the device, for code plug-ins, and as it was before the call. */
    alignas(8) uint8_t state[DGM_PLUGIN_CODE_STATE];
    uint8_t state_before[DGM_PLUGIN_CODE_STATE];
    char *output; /* JSON or frame */
    size_t output_size;
    struct dgm_error notices[CALL_NOTICES];
    struct dgm_outcome outcome;
    struct dgm_error error; /* of the last call; its status also if there is none */
    char detail[CALL_DETAIL];
    char *report; /* memory, or NULL */
};

/* Forget what came of the last call. */
void call_begin(struct dgm_ffi_call *call);

/* End one before the codec was asked. `detail` lives on; or is NULL. */
enum dgm_status call_fail(struct dgm_ffi_call *call, enum dgm_status status,
                          const char *detail);

/* Name of the message that was decoded or encoded, or NULL. */
const char *call_message(const struct dgm_ffi_call *call);

#endif
