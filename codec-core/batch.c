/* SPDX-License-Identifier: MIT */
/*
 * Many items in one call. An item is finished or it was never begun: one that runs out of
 * room is taken back, so that the caller can go on with it.
 */
#include <dragoman/batch.h>

#include <string.h>
#include "plan.h"

enum way { WAY_DECODE, WAY_ENCODE };

/* A batch under way. */
struct run {
    const struct dgm_codec *codec;
    struct dgm_batch *batch;
    enum way way;
    bool by_plan; /* items of the shared call can go straight to the plan */
    size_t end_length, nothing_length;
    struct dgm_call shared;  /* of items without a call of their own */
    struct dgm_call own;     /* of the item at work, if it has one */
    uint8_t *output;         /* of the batch; never NULL */
    struct dgm_error *error; /* where that of the next item goes */
    bool full;               /* there is no room for one */
    struct dgm_error spare;  /* where errors go that are not kept */
    struct dgm_error *notices;
    size_t notice_room;
};

static bool batch_is_sound(const struct dgm_batch *batch)
{
    return batch != NULL && batch->size >= sizeof(*batch) &&
           (batch->items != NULL || batch->item_count == 0) &&
           (batch->output != NULL || batch->output_size == 0) &&
           (batch->errors != NULL || batch->error_capacity == 0) &&
           (batch->notices != NULL || batch->notice_capacity == 0) &&
           batch->done <= batch->item_count &&
           batch->output_length <= batch->output_size &&
           batch->error_count <= batch->error_capacity &&
           batch->notice_count <= batch->notice_capacity;
}

/* What a newer caller's batch says behind the members that are known must be unset. */
static bool batch_is_known(const struct dgm_batch *batch)
{
    enum { SIZE_MAX_SANE = 4096 };
    if (batch->size > SIZE_MAX_SANE)
        return false;
    const uint8_t *bytes = (const uint8_t *)batch;
    for (size_t i = sizeof(*batch); i < batch->size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

static enum dgm_status take_call(const struct dgm_call *call, struct dgm_call *ret)
{
    struct dgm_call copy;
    const struct dgm_call *known;
    enum dgm_status status = call_known(call, &copy, &known);
    if (status != DGM_OK)
        return status;
    memcpy(ret, known, sizeof(*ret));
    ret->size = sizeof(*ret);
    return DGM_OK;
}

/* Where what is told of the next item goes. */
static void aim(struct run *run)
{
    const struct dgm_batch *batch = run->batch;
    run->notice_room = batch->notice_capacity - batch->notice_count;
    run->notices = run->notice_room > 0 ? &batch->notices[batch->notice_count] : NULL;
    run->shared.notice_capacity = run->notice_room;
    run->shared.notices = run->notices;
    bool keeps = batch->error_capacity > 0;
    run->full = keeps && batch->error_count == batch->error_capacity;
    run->error = keeps && !run->full ? &batch->errors[batch->error_count] : &run->spare;
}

static bool start(struct run *run, const struct dgm_codec *codec, struct dgm_batch *batch,
                  enum way way)
{
    if (codec == NULL || !batch_is_sound(batch) || !batch_is_known(batch) ||
        take_call(batch->call, &run->shared) != DGM_OK)
        return false;
    run->codec = codec;
    run->batch = batch;
    run->way = way;
    run->by_plan = way == WAY_DECODE ? plan_takes(codec, &run->shared)
                                     : plan_takes_json(codec, &run->shared);
    run->output = batch->output != NULL ? batch->output : (uint8_t *)&run->spare;
    run->end_length = batch->end != NULL ? strlen(batch->end) : 0;
    run->nothing_length = batch->nothing != NULL ? strlen(batch->nothing) : 0;
    batch->needed = 0;
    aim(run);
    return true;
}

static enum dgm_status decode(const struct run *run, const struct dgm_call *call,
                              struct dgm_item *item, uint8_t *to, size_t room)
{
    const uint8_t *frame = (const uint8_t *)item->input;
    if (HAS_PLANS && run->by_plan && call == &run->shared && frame != NULL)
        return plan_decode_run(run->codec, call, frame, item->length, (char *)to, room,
                               &item->outcome, run->error);
    return dgm_decode(run->codec, call, frame, item->length, (char *)to, room,
                      &item->outcome, run->error);
}

static enum dgm_status encode(const struct run *run, const struct dgm_call *call,
                              struct dgm_item *item, uint8_t *to, size_t room)
{
    const char *json = (const char *)item->input;
    if (!HAS_PLANS || !run->by_plan || call != &run->shared || json == NULL)
        return dgm_encode(run->codec, call, json, item->length, to, room, &item->outcome,
                          run->error);
    if (plan_encode_run(run->codec, call, json, item->length, to, room, &item->outcome))
        return DGM_OK;
    return encode_by_rows(run->codec, call, json, item->length, to, room, &item->outcome,
                          run->error);
}

/* As dgm_decode() and dgm_encode(), but what need not be asked of each item was asked. */
static inline enum dgm_status work(const struct run *run, const struct dgm_call *call,
                                   struct dgm_item *item, uint8_t *to, size_t room)
{
    return run->way == WAY_DECODE ? decode(run, call, item, to, room)
                                  : encode(run, call, item, to, room);
}

static void clear(struct dgm_outcome *outcome)
{
    static const struct dgm_outcome none = {0, 0, 0, DGM_NONE, 0, false, 0, NULL};
    *outcome = none;
}

static void put(struct dgm_batch *batch, const char *text, size_t length)
{
    uint8_t *to = (uint8_t *)batch->output + batch->output_length;
    for (size_t i = 0; i < length; i++)
        to[i] = (uint8_t)text[i];
    batch->output_length += length;
}

/* The output of the item, complete with its end, or false if it does not fit. */
static bool put_output(struct run *run, struct dgm_item *item, size_t left)
{
    struct dgm_batch *batch = run->batch;
    bool nothing = item->status == DGM_NOTHING;
    if (nothing && batch->nothing == NULL)
        return true;
    size_t length = nothing ? run->nothing_length : item->outcome.length;
    if (length > left || run->end_length > left - length) {
        batch->needed = length + run->end_length;
        return false;
    }
    if (nothing)
        put(batch, batch->nothing, run->nothing_length);
    else
        batch->output_length += length;
    put(batch, batch->end, run->end_length);
    return true;
}

/* One item in full; false if there is no room for it. */
static bool finish(struct run *run, struct dgm_item *item, size_t left)
{
    struct dgm_batch *batch = run->batch;
    size_t notices = item->outcome.notice_count, room = run->notice_room;
    if (notices > room && batch->notice_count > 0)
        return false;
    if (item->status == DGM_NO_SPACE) {
        batch->needed = (size_t)run->error->needed + run->end_length;
        return false;
    }
    if (item->status == DGM_OK || item->status == DGM_NOTHING) {
        if (!put_output(run, item, left))
            return false;
    } else {
        clear(&item->outcome);
        item->outcome.notice_count = notices;
        item->error = batch->error_count;
        batch->error_count += batch->error_capacity > 0 ? 1 : 0;
        batch->failed++;
    }
    batch->notice_count += notices < room ? notices : room;
    batch->done++;
    aim(run);
    return true;
}

/* Nothing is to be told, and the output with its end is there: most items end so. */
static inline bool finish_plain(struct run *run, const struct dgm_item *item, size_t left)
{
    struct dgm_batch *batch = run->batch;
    size_t length = item->outcome.length;
    if (item->status != DGM_OK || item->outcome.notice_count != 0 ||
        run->end_length > 1 || left - length < run->end_length)
        return false;
    if (run->end_length == 1)
        run->output[batch->output_length + length] = (uint8_t)*batch->end;
    batch->output_length += length + run->end_length;
    batch->done++;
    return true;
}

/* The call that the item brings, with where its notices go; NULL if it is none. */
static const struct dgm_call *take_own(struct run *run, const struct dgm_item *item)
{
    if (take_call(item->call, &run->own) != DGM_OK)
        return NULL;
    run->own.notices = run->notices;
    run->own.notice_capacity = run->notice_room;
    return &run->own;
}

/* False if there is no room for it. */
static bool run_item(struct run *run, struct dgm_item *item)
{
    struct dgm_batch *batch = run->batch;
    size_t left = batch->output_size - batch->output_length;
    uint8_t *to = run->output + batch->output_length;
    item->offset = batch->output_length;
    item->first_notice = batch->notice_count;
    item->outcome.notice_count = 0;
    const struct dgm_call *call = item->call == NULL ? &run->shared : take_own(run, item);
    item->status = call != NULL ? work(run, call, item, to, left)
                                : error_set(run->error, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    return finish_plain(run, item, left) || finish(run, item, left);
}

static enum dgm_status run_all(const struct dgm_codec *codec, struct dgm_batch *batch,
                               enum way way)
{
    struct run run;
    if (!start(&run, codec, batch, way))
        return DGM_BAD_CALL;
    while (batch->done < batch->item_count)
        if (run.full || !run_item(&run, &batch->items[batch->done]))
            return DGM_NO_SPACE;
    return DGM_OK;
}

enum dgm_status dgm_decode_batch(const struct dgm_codec *codec, struct dgm_batch *batch)
{
    return run_all(codec, batch, WAY_DECODE);
}

enum dgm_status dgm_encode_batch(const struct dgm_codec *codec, struct dgm_batch *batch)
{
    return run_all(codec, batch, WAY_ENCODE);
}

void dgm_batch_empty(struct dgm_batch *batch)
{
    batch->output_length = batch->error_count = batch->notice_count = 0;
}
