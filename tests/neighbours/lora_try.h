/* SPDX-License-Identifier: MIT */
/* A LoRa payload schema, imported, with what was told, and its vectors. */
#ifndef TEST_LORA_TRY_H
#define TEST_LORA_TRY_H

#include "lora.h"
#include "lora_run.h"

enum { LORA_TRY_TEXT = 16 * 1024 };

struct lora_try {
    enum dgm_status status;
    char notes[LORA_TRY_TEXT];    /* "20:7: warning: text\n" */
    char findings[LORA_TRY_TEXT]; /* of the profile: "5:9: warning: text [rule]\n" */
    char *profile;
    size_t length;
    size_t vectors;      /* in the schema */
    struct lora_run run; /* if the status is DGM_OK */
};

struct lora_vector_result {
    const char *hex;
    bool only_encodes; /* a vector of encoding: the other way is not asked for */
    bool decodes;      /* to what the test says */
    bool encodes;      /* to the frame, byte for byte */
};

void lora_try_open(struct lora_try *try, const char *path);
void lora_try_close(struct lora_try *try);

/* Each vector of the profile, both ways whatever it asks for; how many there are. */
size_t lora_try_vectors(struct lora_try *try,
                        void (*take)(void *user, const struct lora_vector_result *result),
                        void *user);

#endif
