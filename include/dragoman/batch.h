/* SPDX-License-Identifier: MIT */
/*
 * Many frames, or many JSON messages, in one call. What comes out stands packed in one
 * buffer of the caller; a bad one is noted and the next ones go on. As all of the core:
 * no allocation, no state between calls but what stands in struct dgm_batch.
 *
 *     struct dgm_batch batch = DGM_BATCH_INIT;
 *     batch.items = items; batch.item_count = 64;
 *     batch.output = text; batch.output_size = sizeof(text);
 *     batch.end = "\n";
 *     while (dgm_decode_batch(codec, &batch) == DGM_NO_SPACE) {
 *         if (batch.output_length == 0) ...a bigger buffer, of batch.needed bytes;
 *         write(1, text, batch.output_length);
 *         dgm_batch_empty(&batch);
 *     }
 *     write(1, text, batch.output_length);
 */
#ifndef DRAGOMAN_BATCH_H
#define DRAGOMAN_BATCH_H

#include <dragoman/base.h>
#include <dragoman/codec.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

/* One frame or JSON message, and what came of it. */
struct dgm_item {
    const void *input; /* set by the caller, as the next two */
    size_t length;
    const struct dgm_call *call; /* of this one; NULL: that of the batch */
    enum dgm_status status;      /* DGM_OK, DGM_NOTHING, or the error */
    size_t offset;               /* in the output: where its own begins, or would have */
    size_t error;                /* in `errors` of the batch, if it failed */
    size_t first_notice;         /* in `notices` of the batch */
    /* As dgm_decode() and dgm_encode() fill it: `length` is without the batch's `end`.
     * Of one that failed, all but `notice_count` is zero, and `message` DGM_NONE. */
    struct dgm_outcome outcome;
};

/*
 * The work and where its results go. Fill with DGM_BATCH_INIT, then set what is known.
 * `size` lets the struct grow, as that of struct dgm_call does.
 */
struct dgm_batch {
    size_t size;
    const struct dgm_call *call; /* of items without one; NULL: as DGM_CALL_INIT. The
                                    notices of calls are not looked at. */
    struct dgm_item *items;
    size_t item_count;
    void *output;
    size_t output_size;
    const char *end;     /* put behind each output, as "\n"; NULL: nothing */
    const char *nothing; /* the output of an item that yields none, as "null"; NULL: it
                            has none, and no `end` */
    struct dgm_error *errors; /* of items that fail, in their order; NULL: not kept */
    size_t error_capacity;
    struct dgm_error *notices; /* of all items, in their order; NULL: not kept */
    size_t notice_capacity;
    /* How far it is; zero to begin with. The next call goes on there. */
    size_t done;          /* items that are finished */
    size_t failed;        /* of those, how many by an error */
    size_t output_length; /* used, as are the next two */
    size_t error_count;
    size_t notice_count;
    size_t needed; /* after DGM_NO_SPACE: bytes of output that the next item takes; 0:
                      errors or notices are full */
};

#define DGM_BATCH_INIT                                                                   \
    {                                                                                    \
        sizeof(struct dgm_batch), NULL, NULL, 0, NULL, 0, NULL, NULL, NULL, 0, NULL, 0,  \
            0, 0, 0, 0, 0, 0                                                             \
    }

/**
 * Decode the items from `done` on, each as dgm_decode() would.
 *
 * Stops in front of an item for which there is not enough room left in the output, the
 * errors or the notices. Take what there is, call dgm_batch_empty(), and call again. An
 * item that does not fit an empty output needs a bigger one: set `output` and
 * `output_size`. More notices of one item than the whole array holds are lost, as with
 * dgm_decode(); their number is not.
 *
 * Calls for one batch come one after another; several batches may share a codec, but no
 * scratch memory.
 *
 * @return DGM_OK when all items are finished, whatever became of each; DGM_NO_SPACE; or
 *         DGM_BAD_CALL if the batch or its call is wrong, and nothing is done.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_decode_batch(const struct dgm_codec *codec,
                                                       struct dgm_batch *batch);

/** Encode the items from `done` on, each as dgm_encode() would. All else as above. */
DGM_API DGM_NODISCARD enum dgm_status dgm_encode_batch(const struct dgm_codec *codec,
                                                       struct dgm_batch *batch);

/** The results were taken: output, errors and notices are empty again. */
DGM_API void dgm_batch_empty(struct dgm_batch *batch);

DGM_END_DECLS

#endif
