/* SPDX-License-Identifier: MIT */
/*
 * A codec with a plan beside the same codec without one, and what calls of them give: a
 * plan must change nothing but the time.
 */
#ifndef TEST_PLANNED_H
#define TEST_PLANNED_H

#include <dragoman/codec.h>
#include <dragoman/profile.h>

#include "guard.h"

struct planned {
    struct dgm_profile *profile;
    const struct dgm_codec *rows, *plan;
    void *rows_memory, *plan_memory;
    void *scratch; /* enough for both */
    size_t scratch_size;
};

/* The profile in that file; one that does not compile fails the test. */
void planned_open(struct planned *planned, const char *path);
void planned_close(struct planned *planned);

/* A plan of a codec, in memory that is to be freed. A codec without one fails the test.
 */
const struct dgm_codec *plan_of(const struct dgm_codec *codec, void **ret_memory);

/* The call of a vector, in the direction of its frame; scratch memory is left open. */
struct dgm_call call_of_vector(const struct dgm_test *test);

enum { ANSWER_NOTICES = 8, ANSWER_SIZE = 1 << 18 };

/* What one call gave. */
struct answer {
    enum dgm_status status;
    struct dgm_outcome outcome;
    struct dgm_error error, notices[ANSWER_NOTICES];
    uint8_t bytes[ANSWER_SIZE];
};

/* One call into an output of `room` bytes, at most ANSWER_SIZE, that ends at a page
 * nobody may touch. Decoding notes warnings, encoding is told no direction. */
void answer_decode(const struct dgm_codec *codec, struct dgm_call call,
                   const uint8_t *frame, size_t length, size_t room, struct answer *ret);
void answer_encode(const struct dgm_codec *codec, struct dgm_call call, const char *json,
                   size_t length, size_t room, struct answer *ret);

/* Fails the test, and tells the input, unless both are the same: status, bytes, what came
 * out, the whole error, every warning. */
void answers_must_agree(const char *what, const struct answer *by_rows,
                        const struct answer *by_plan, const void *input, size_t length);

/* Another length, other bits or bytes; of JSON some that mean something there. `dice` are
 * two random numbers. Returns the new length. */
size_t spoil(uint8_t *bytes, size_t length, size_t size, bool is_json,
             const uint64_t dice[2]);

#endif
