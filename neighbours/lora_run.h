/* SPDX-License-Identifier: MIT */
/* A codec of a profile in memory, to try frames with. */
#ifndef DGM_NEIGHBOURS_LORA_RUN_H
#define DGM_NEIGHBOURS_LORA_RUN_H

#include <dragoman/codec.h>
#include <dragoman/profile.h>

enum { LORA_NOTICES = 64 };

struct lora_run {
    struct dgm_profile *profile;
    void *memory, *scratch;
    const struct dgm_codec *codec;
    char *text;
    size_t text_size;
    uint8_t *frame;
    size_t frame_size;
    struct dgm_error notices[LORA_NOTICES];
    struct dgm_outcome outcome;
    struct dgm_error error;
};

/* DGM_OK; DGM_MEMORY; what the compiler or the codec says. Close it in any case. */
enum dgm_status lora_run_open(struct lora_run *run, const char *profile, size_t length);
void lora_run_close(struct lora_run *run);

/* The name of the message that was decoded or encoded last. */
const char *lora_run_message(const struct lora_run *run);

/* Into `text`, zero-terminated, and `frame`. A port below 0 is none. */
enum dgm_status lora_run_decode(struct lora_run *run, int port, bool down,
                                const uint8_t *frame, size_t length);
/* `message` may be NULL: the first that the JSON fits. */
enum dgm_status lora_run_encode(struct lora_run *run, int port, const char *message,
                                const char *json);

#endif
