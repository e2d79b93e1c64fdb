/* SPDX-License-Identifier: MIT */
#include "lora_run.h"

#include <stdlib.h>
#include <string.h>

static enum dgm_status prepare(struct lora_run *run)
{
    size_t size = 0;
    const struct dgm_model *model = dgm_profile_model(run->profile, &size);
    size_t memory = dgm_codec_size(model, size);
    run->memory = malloc(memory > 0 ? memory : 1);
    if (run->memory == NULL) {
        return DGM_MEMORY;
    }
    enum dgm_status status =
        dgm_codec_open(model, size, run->memory, memory, &run->codec, &run->error);
    if (status != DGM_OK) {
        return status;
    }
    run->text_size = dgm_codec_json_max(run->codec, DGM_SHAPE_PLAIN) + 1;
    run->frame_size = dgm_codec_frame_max(run->codec) + 1;
    run->text = malloc(run->text_size);
    run->frame = malloc(run->frame_size);
    run->scratch = malloc(dgm_codec_scratch_size(run->codec) + 1);
    return run->text != NULL && run->frame != NULL && run->scratch != NULL ? DGM_OK
                                                                           : DGM_MEMORY;
}

enum dgm_status lora_run_open(struct lora_run *run, const char *profile, size_t length)
{
    memset(run, 0, sizeof(*run));
    enum dgm_status status = dgm_profile_parse("import", profile, length, &run->profile);
    return status == DGM_OK ? prepare(run) : status;
}

void lora_run_close(struct lora_run *run)
{
    free(run->scratch);
    free(run->frame);
    free(run->text);
    free(run->memory);
    dgm_profile_close(run->profile);
}

static struct dgm_call call_of(struct lora_run *run, int port)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.shape = DGM_SHAPE_PLAIN;
    call.has_channel = port >= 0;
    call.channel = port >= 0 ? (uint32_t)port : 0;
    call.scratch = run->scratch;
    call.scratch_size = dgm_codec_scratch_size(run->codec);
    call.notices = run->notices;
    call.notice_capacity = LORA_NOTICES;
    return call;
}

enum dgm_status lora_run_decode(struct lora_run *run, int port, bool down,
                                const uint8_t *frame, size_t length)
{
    struct dgm_call call = call_of(run, port);
    call.direction = down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    enum dgm_status status = dgm_decode(run->codec, &call, frame, length, run->text,
                                        run->text_size - 1, &run->outcome, &run->error);
    run->text[status == DGM_OK ? run->outcome.length : 0] = '\0';
    return status;
}

enum dgm_status lora_run_encode(struct lora_run *run, int port, const char *message,
                                const char *json)
{
    struct dgm_call call = call_of(run, port);
    call.message = message;
    return dgm_encode(run->codec, &call, json, strlen(json), run->frame, run->frame_size,
                      &run->outcome, &run->error);
}

const char *lora_run_message(const struct lora_run *run)
{
    const struct dgm_model *model = dgm_codec_model(run->codec);
    const struct dgm_message *message =
        (const struct dgm_message *)((const char *)model + model->messages.offset) +
        run->outcome.message;
    return dgm_codec_text(run->codec, message->name);
}
