/* SPDX-License-Identifier: MIT */
/*
 * The ten checks of dragoman vet. Each runs in a process of its own, so that one that
 * crashes or hangs is a check that failed, and the next one runs. Child and parent share
 * the result, which tells at any moment what is being tried.
 */
#ifndef DGM_CLI_VET_H
#define DGM_CLI_VET_H

#include <dragoman/codec.h>

#include <stdatomic.h>
#include <stdbool.h>

/* Numbers are for ever: they are levels of the command line. */
enum vet_check {
    VET_FORM = 1,
    VET_MANIFEST,
    VET_TABLES,
    VET_VECTORS,
    VET_IDENTITY,
    VET_CUTS,
    VET_FLIPS,
    VET_BUFFERS,
    VET_CHANCE,
    VET_LINT,
    VET_CHECKS = VET_LINT
};

enum vet_outcome {
    VET_UNFINISHED,
    VET_PASSED,
    VET_FAILED,
    VET_SKIPPED,       /* something else must be in order before */
    VET_NOT_APPLICABLE /* there is nothing of the kind, and that is fine */
};

/* Which numbers of a place say something. */
enum vet_place_has {
    VET_HAS_LINE = 1u << 0,   /* of the vector in the profile */
    VET_HAS_LENGTH = 1u << 1, /* bytes of the input */
    VET_HAS_BYTE = 1u << 2,   /* what was changed */
    VET_HAS_BIT = 1u << 3,
    VET_HAS_ROOM = 1u << 4, /* bytes of the output buffer */
    VET_HAS_SCRATCH = 1u << 5,
    VET_HAS_SEED = 1u << 6
};

enum { VET_TEXT = 1024, VET_NAME = 96 };

/* What is being tried. */
struct vet_place {
    uint32_t has;
    char model[VET_NAME]; /* of a family, or empty */
    char doing[32];       /* "decode", "encode", or empty */
    uint32_t line, length, byte, bit, room, scratch;
    uint64_t seed;
};

/* In memory that child and parent share. */
struct vet_result {
    _Atomic uint64_t tried; /* grows as long as the check is at work */
    uint64_t failures;
    enum vet_outcome outcome;
    struct vet_place place;  /* of what is tried now */
    struct vet_place failed; /* of the first failure */
    char reason[VET_TEXT];   /* of the first failure, or why nothing was done */
};

/* The calls that are put to the test: dgm_decode() and dgm_encode(), or in tests of the
 * checks functions that do something wrong. */
struct vet_calls {
    enum dgm_status (*decode)(const struct dgm_codec *codec, const struct dgm_call *call,
                              const uint8_t *frame, size_t frame_length, char *text,
                              size_t text_size, struct dgm_outcome *ret,
                              struct dgm_error *reterr);
    enum dgm_status (*encode)(const struct dgm_codec *codec, const struct dgm_call *call,
                              const char *json, size_t json_length, uint8_t *frame,
                              size_t frame_size, struct dgm_outcome *ret,
                              struct dgm_error *reterr);
};

struct code_settings;

struct vet_task {
    const char *path;
    const char *profile; /* in place of the one that the plug-in keeps, or NULL */
    uint64_t seed;
    unsigned seconds; /* of the check by chance */
    unsigned stall_s; /* so long without progress is a hang */
    const struct vet_calls *calls;
    bool allow_code; /* run that of a plug-in, in a worker process */
    const struct code_settings *settings;
    bool has_no_tables; /* check 3 has said so: nobody waits for its code again */
};

extern const struct vet_calls vet_real_calls;

/* "truncations" */
const char *vet_name(enum vet_check check);
/* "passed" */
const char *vet_word(enum vet_outcome outcome);

/* Run one check in a child. `ret` is set in any case; false if there is no child to be
 * had, and `ret` says why. */
bool vet_run(const struct vet_task *task, enum vet_check check, struct vet_result *ret);

/* The work of the child: fills the shared result. */
void vet_work(const struct vet_task *task, enum vet_check check,
              struct vet_result *result);

#if defined(__GNUC__)
#define VET_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define VET_PRINTF(text, first)
#endif

/* A failure at the place that is being tried; the first one is kept. */
void vet_fail(struct vet_result *result, const char *format, ...) VET_PRINTF(2, 3);
/* Nothing was done. */
void vet_skip(struct vet_result *result, enum vet_outcome outcome, const char *format,
              ...) VET_PRINTF(3, 4);
/* Something more was tried. */
void vet_tried(struct vet_result *result);

#endif
