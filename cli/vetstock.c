/* SPDX-License-Identifier: MIT */
/* Good inputs out of the vectors, and out of what the explorer of dragoman prove finds.
 */
#include "vetstock.h"

#include "seeds.h"

#include <stdlib.h>
#include <string.h>

enum { BUDGET = 600, EACH_MESSAGE = 48 };

/* What the explorer gives is put away by this. */
struct keeping {
    struct vet_stock *stock;
    struct vetting *vetting;
    size_t left; /* of this message */
    bool failed;
};

static bool add(struct vet_items *items, const void *bytes, size_t length,
                const struct dgm_call *call)
{
    if (items->count == items->capacity) {
        size_t capacity = items->capacity == 0 ? 64 : 2 * items->capacity;
        struct vet_item *grown = realloc(items->list, capacity * sizeof(*grown));
        if (grown == NULL) {
            return false;
        }
        items->list = grown;
        items->capacity = capacity;
    }
    struct vet_item *item = &items->list[items->count];
    item->bytes = malloc(length + 1);
    item->length = length;
    item->call = *call;
    item->topic = call->topic != NULL ? malloc(call->topic_length + 1) : NULL;
    if (item->bytes == NULL || (call->topic != NULL && item->topic == NULL)) {
        free(item->bytes);
        free(item->topic);
        return false;
    }
    if (length > 0) {
        memcpy(item->bytes, bytes, length);
    }
    if (item->topic != NULL) {
        memcpy(item->topic, call->topic, call->topic_length);
        item->call.topic = item->topic;
    }
    items->count++;
    return true;
}

static bool add_vectors(struct vet_stock *stock, const struct vet_subject *subject,
                        const struct vet_model *model)
{
    const struct dgm_test *test = NULL;
    bool good = true;
    if (subject->profile == NULL || subject->compiled != DGM_OK) {
        return true;
    }
    for (size_t i = 0; good && (test = dgm_profile_test(subject->profile, i)) != NULL;
         i++) {
        if (vet_subject_model(subject, test) != model) {
            continue;
        }
        struct dgm_call call = vet_decode_call(test);
        if (test->has_frame) {
            good = add(&stock->frames, test->frame, test->frame_length, &call);
        }
        call = vet_encode_call(test);
        if (good && test->json != NULL) {
            good = add(&stock->texts, test->json, strlen(test->json), &call);
        }
    }
    return good;
}

/* A frame of the explorer, which the lab has just decoded. */
static bool keep_frame(void *user, struct lab *lab, const struct specimen *specimen)
{
    static uint8_t line[LAB_LINE_MAX];
    struct keeping *keeping = user;
    const struct worker *worker = &lab->worker;
    struct dgm_call call = lab_call(lab, specimen);
    vet_tried(keeping->vetting->result);
    /* What the call of the lab points to does not live as long as the stock. */
    call.request = NULL;
    call.request_length = 0;
    size_t length = lab_wrap(lab, specimen->bytes, specimen->length, line);
    keeping->failed =
        !add(&keeping->stock->frames, line, length, &call) ||
        !add(&keeping->stock->texts, worker->data, worker->outcome.length, &call);
    keeping->left--;
    return keeping->left > 0 && !keeping->failed;
}

static bool explore_message(struct keeping *keeping, struct lab *lab, uint16_t message)
{
    struct explorer explorer;
    lab_take(lab, message, 0);
    seeds_request(lab, 0);
    if (!explore_open(&explorer, lab, BUDGET)) {
        return false;
    }
    keeping->left = EACH_MESSAGE;
    explorer.found = keep_frame;
    explorer.user = keeping;
    explore(&explorer);
    explore_close(&explorer);
    return !keeping->failed;
}

static bool add_explored(struct vet_stock *stock, struct vetting *vetting,
                         const struct vet_model *model)
{
    struct keeping keeping = {stock, vetting, 0, false};
    struct lab lab;
    bool good = lab_open(&lab, model->rows);
    for (unsigned i = 0; good && i < lab.tables.model->messages.count; i++) {
        vet_tried(vetting->result);
        if ((lab.tables.messages[i].flags & DGM_MESSAGE_ENCODE_ONLY) == 0) {
            good = explore_message(&keeping, &lab, (uint16_t)i);
        }
    }
    if (lab.visits != NULL) {
        lab_close(&lab);
    }
    return good;
}

bool vet_stock_open(struct vet_stock *stock, struct vetting *vetting,
                    struct vet_caller *caller)
{
    memset(stock, 0, sizeof(*stock));
    if (!add_vectors(stock, &vetting->subject, caller->model)) {
        return false;
    }
    stock->frames.vector_count = stock->frames.count;
    stock->texts.vector_count = stock->texts.count;
    return add_explored(stock, vetting, caller->model);
}

static void close_items(struct vet_items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        free(items->list[i].bytes);
        free(items->list[i].topic);
    }
    free(items->list);
}

void vet_stock_close(struct vet_stock *stock)
{
    close_items(&stock->frames);
    close_items(&stock->texts);
    memset(stock, 0, sizeof(*stock));
}
