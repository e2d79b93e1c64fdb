/* SPDX-License-Identifier: MIT */
/*
 * The check by chance: frames and JSON that nobody thought of, in calls of every kind.
 * Each case is made of one number alone, which is told when it fails; begun with that
 * number, the check meets the case first.
 */
#include "vetbytes.h"
#include "vetstock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LEAST_CASES = 1000, BETWEEN_LOOKS = 64, STREAM = 9 };

/* One model at work. */
struct bench {
    struct vet_caller caller;
    struct vet_stock stock;
};

struct chance {
    struct vetting *vetting;
    struct bench *benches;
    size_t count;
    struct vet_bytes input, again;
};

/* Frames behind the code of a plug-in are among the vectors alone, which many explored
 * ones of other messages must not crowd out. */
static const struct vet_item *any_item(const struct vet_items *items, struct dice *dice)
{
    if (items->vector_count > 0 && dice_once(dice, 2)) {
        return &items->list[dice_below(dice, items->vector_count)];
    }
    return items->count > 0 ? &items->list[dice_below(dice, items->count)] : NULL;
}

static const char *any_message(const struct bench *bench, struct dice *dice)
{
    const struct dgm_codec *codec = bench->caller.model->rows;
    const struct dgm_model *model = dgm_codec_model(codec);
    const void *messages = (const uint8_t *)model + model->messages.offset;
    size_t index = (size_t)dice_below(dice, model->messages.count);
    return dgm_codec_text(codec, ((const struct dgm_message *)messages)[index].name);
}

/* What the call knows: as with a good input, or something else. */
static struct dgm_call any_call(const struct bench *bench, const struct vet_item *item,
                                struct dice *dice)
{
    static const struct dgm_call plain = DGM_CALL_INIT;
    static const char odd_topic[] = "a/b/+/#//\x01/c";
    struct dgm_call call = item != NULL ? item->call : plain;
    const struct vet_item *request = any_item(&bench->stock.frames, dice);
    if (dice_once(dice, 3)) {
        call.direction = (enum dgm_direction)dice_below(dice, 3);
    }
    if (dice_once(dice, 2)) {
        call.shape = (enum dgm_shape)dice_below(dice, 4);
    }
    if (dice_once(dice, 6)) {
        call.message = dice_once(dice, 3) ? NULL : any_message(bench, dice);
    }
    if (dice_once(dice, 6)) {
        call.has_channel = dice_once(dice, 2);
        call.channel = (uint32_t)(dice_next(dice) >> dice_below(dice, 64));
    }
    if (dice_once(dice, 6)) {
        call.topic = dice_once(dice, 2) ? odd_topic : NULL;
        call.topic_length = call.topic != NULL ? sizeof(odd_topic) - 1 : 0;
    }
    if (dice_once(dice, 4)) {
        call.has_received = true;
        call.received_ms = (int64_t)(dice_next(dice) >> dice_below(dice, 64));
    }
    if (request != NULL && dice_once(dice, 3)) {
        call.request = request->bytes;
        call.request_length = request->length;
    }
    call.request_format = (enum dgm_request_format)dice_below(dice, 4);
    call.unknown_members = (enum dgm_unknown_members)dice_below(dice, 2);
    return call;
}

static struct vet_rooms any_rooms(const struct bench *bench, struct dice *dice)
{
    struct vet_rooms rooms = VET_ROOMS_INIT;
    if (dice_once(dice, 5)) {
        size_t most = dice_once(dice, 2) ? 64 : bench->caller.output_most;
        rooms.output = (size_t)dice_below(dice, most + 1);
    }
    if (dice_once(dice, 5)) {
        rooms.notices = (size_t)dice_below(dice, VET_NOTICES + 1);
    }
    return rooms;
}

static void try_frame(struct chance *chance, struct bench *bench, struct dice *dice)
{
    const struct vet_item *item = any_item(&bench->stock.frames, dice);
    const struct vet_item *other = any_item(&bench->stock.frames, dice);
    struct vet_bytes *input = &chance->input;
    size_t most = 2 * dgm_codec_frame_max(bench->caller.model->rows);
    if (item == NULL || dice_once(dice, 4)) {
        vet_bytes_any(input, dice, most < 600 ? most + 1 : 600);
    } else {
        vet_bytes_set(input, item->bytes, item->length);
        vet_bytes_bend(input, dice, other->bytes, other->length);
    }
    struct dgm_call call = any_call(bench, item, dice);
    const struct vet_answer *answer = vet_decode(&bench->caller, &call, input->bytes,
                                                 input->length, any_rooms(bench, dice));
    if (answer->status != DGM_OK) {
        return;
    }
    /* The way back, as far as there is one. */
    vet_bytes_set(&chance->again, answer->bytes, answer->outcome.length);
    (void)vet_encode(&bench->caller, &call, (const char *)chance->again.bytes,
                     chance->again.length, any_rooms(bench, dice));
}

static void try_text(struct chance *chance, struct bench *bench, struct dice *dice)
{
    const struct vet_item *item = any_item(&bench->stock.texts, dice);
    const struct vet_item *other = any_item(&bench->stock.texts, dice);
    struct vet_bytes *input = &chance->input;
    if (item == NULL || dice_once(dice, 8)) {
        vet_bytes_json(input, dice, 400);
    } else {
        vet_bytes_set(input, item->bytes, item->length);
        vet_bytes_bend_json(input, dice, other->bytes, other->length);
    }
    struct dgm_call call = any_call(bench, item, dice);
    (void)vet_encode(&bench->caller, &call, (const char *)input->bytes, input->length,
                     any_rooms(bench, dice));
}

static void try_case(struct chance *chance, uint64_t seed)
{
    struct dice dice;
    struct vetting *vetting = chance->vetting;
    dice_open(&dice, seed, STREAM);
    struct bench *bench = &chance->benches[dice_below(&dice, chance->count)];
    vet_place_at(vetting, bench->caller.model, NULL);
    vetting->result->place.has = VET_HAS_SEED;
    vetting->result->place.seed = seed;
    if (dice_once(&dice, 2)) {
        try_frame(chance, bench, &dice);
    } else {
        try_text(chance, bench, &dice);
    }
}

static int64_t now_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec;
}

static void try_cases(struct chance *chance)
{
    const struct vet_task *task = chance->vetting->task;
    int64_t end = now_s() + (int64_t)task->seconds;
    bool is_over = false;
    for (uint64_t i = 0; !is_over; i++) {
        try_case(chance, task->seed + i);
        /* The seed of the first failure is all that is needed of it. */
        is_over = chance->vetting->result->failures > 0 ||
                  (i + 1 >= LEAST_CASES && i % BETWEEN_LOOKS == 0 && now_s() >= end);
    }
}

static bool open_benches(struct chance *chance)
{
    struct vetting *vetting = chance->vetting;
    for (size_t i = 0; i < chance->count; i++) {
        struct bench *bench = &chance->benches[i];
        if (!vet_caller_open(&bench->caller, vetting->task, vetting->result,
                             &vetting->subject.models[i]) ||
            !vet_stock_open(&bench->stock, vetting, &bench->caller)) {
            return false;
        }
    }
    return true;
}

void vet_chance(struct vetting *vetting)
{
    const struct vet_subject *subject = &vetting->subject;
    if (!vet_has_tables(vetting)) {
        return;
    }
    struct chance *chance = calloc(1, sizeof(*chance));
    struct bench *benches = calloc(subject->model_count, sizeof(*benches));
    bool good = chance != NULL && benches != NULL;
    if (good) {
        chance->vetting = vetting;
        chance->benches = benches;
        chance->count = subject->model_count;
        good = open_benches(chance);
    }
    if (good) {
        try_cases(chance);
    } else {
        vet_skip(vetting->result, VET_SKIPPED, "no memory");
    }
    for (size_t i = 0; benches != NULL && i < subject->model_count; i++) {
        vet_caller_close(&benches[i].caller);
        vet_stock_close(&benches[i].stock);
    }
    free(benches);
    free(chance);
}
