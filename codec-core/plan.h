/* SPDX-License-Identifier: MIT */
/*
 * Plans: what a table's messages boil down to where nothing unusual happens.
 *
 * A plan is made once of a verified table, in memory that the caller gives. It is a
 * shorter way to the same result: bounds are checked once for many fields, keys and
 * constant text are copied in one piece, values of few bits come as ready text, and the
 * JSON of a command is read with the next member predicted. Where anything is out of the
 * ordinary - a value outside its limits, a warning, a frame too short, a buffer too small
 * - the plan gives up without a word, and the rows of the table are walked from the
 * beginning. So there is one place that knows errors and warnings, and a plan is either
 * right or not there.
 */
#ifndef DGM_PLAN_H
#define DGM_PLAN_H

#include "private.h"

enum { PLAN_LINE = 64 /* bytes of a line of the cache, on most machines */ };

/* `count` up to a multiple of a power of two; less than `count` if that is too much. */
static inline size_t plan_round_up(size_t count, size_t unit)
{
    return (count + unit - 1) & ~(unit - 1);
}

/* Memory that a plan is made in. Without memory it only counts, and may count more than
 * is used in the end. */
struct plan_store {
    uint8_t *memory; /* aligned to PLAN_LINE, or NULL */
    size_t size, used;
    bool full; /* something did not fit */
};

/* `size` zeroed bytes, aligned to 8 or to PLAN_LINE; NULL if the store only counts, or is
 * full. */
void *plan_take(struct plan_store *store, size_t size);
void *plan_take_lines(struct plan_store *store, size_t size);

struct plan_candidate;
struct plan_encode;

enum { PLAN_UP, PLAN_DOWN, PLAN_DIRECTIONS };

/* Which message has a frame? */
struct plan_route {
    const uint16_t *first; /* by the byte at `at`: the first message to try; DGM_NONE */
    uint16_t at; /* DGM_NONE: there is no such byte, and `any` is the first of all */
    uint16_t any;
};

/* All that every call looks at is one line of the cache, and what it leads to the next
 * one: of many products in turns, none is in the fastest cache any more. */
struct dgm_plan {
    struct plan_route routes[PLAN_DIRECTIONS];
    const struct plan_candidate *messages; /* NULL: there are none, or `framed` */
    const struct plan_candidate *framed;   /* for what stands inside the framing */
    const struct plan_encode *encode;      /* NULL: nothing is encoded */
};

/* plan_decode_make.c: the part for decoding. */
void plan_decode_make(const struct dgm_codec *codec, struct plan_store *store,
                      struct dgm_plan *ret);
/* plan_encode_make.c: the part for encoding, or NULL. */
const struct plan_encode *plan_encode_make(const struct dgm_codec *codec,
                                           struct plan_store *store);

/*
 * plan_encode.c: do the call if the plan can; false: it cannot, and encode_by_rows() of
 * encode.c must. The call is valid, the buffers are as for dgm_encode(). The result is
 * DGM_OK, with nothing to warn of.
 */
bool plan_encode_run(const struct dgm_codec *codec, const struct dgm_call *call,
                     const char *json, size_t json_length, uint8_t *frame,
                     size_t frame_size, struct dgm_outcome *ret);

enum dgm_status encode_by_rows(const struct dgm_codec *codec, const struct dgm_call *call,
                               const char *json, size_t json_length, uint8_t *frame,
                               size_t frame_size, struct dgm_outcome *ret,
                               struct dgm_error *reterr);

/* plan_decode.c: do the call, by the plan if it can, else by decode_by_rows() of
 * decode.c; arguments as of dgm_decode(), which are sound. */
enum dgm_status plan_decode_run(const struct dgm_codec *codec,
                                const struct dgm_call *call, const uint8_t *frame,
                                size_t frame_length, char *text, size_t text_size,
                                struct dgm_outcome *ret, struct dgm_error *reterr);
enum dgm_status decode_by_rows(const struct dgm_codec *codec, const struct dgm_call *call,
                               const uint8_t *frame, size_t frame_length, char *text,
                               size_t text_size, struct dgm_outcome *ret,
                               struct dgm_error *reterr);

/* May a plan do the call at all? Calls that want to see what was read, name their
 * message, bring hooks or set limits are left to the rows. */
static inline bool plan_takes(const struct dgm_codec *codec, const struct dgm_call *call)
{
    if (!HAS_PLANS || codec->plan == NULL || call == NULL || call->size != sizeof(*call))
        return false;
    /* One branch for all that is rarely set. */
    uintptr_t unusual = (uintptr_t)call->message | (uintptr_t)call->request |
                        (uintptr_t)call->visits | call->visit_capacity |
                        call->hook_count | call->frame_limit | call->json_limit;
    return unusual == 0 && (unsigned)call->direction <= DGM_DIRECTION_DOWN &&
           (unsigned)call->shape <= DGM_SHAPE_AUTO &&
           (unsigned)call->request_format <= DGM_REQUEST_ARRAY &&
           (unsigned)call->unknown_members <= DGM_UNKNOWN_MEMBERS_IGNORE &&
           (call->notices != NULL || call->notice_capacity == 0) &&
           (codec->scratch_size == 0 ||
            (call->scratch != NULL && call->scratch_size >= codec->scratch_size &&
             (uintptr_t)call->scratch % 8 == 0));
}

/* The same of a call that encodes: a plan passes over no members. */
static inline bool plan_takes_json(const struct dgm_codec *codec,
                                   const struct dgm_call *call)
{
    return plan_takes(codec, call) && call->unknown_members == DGM_UNKNOWN_MEMBERS_REFUSE;
}

#endif
