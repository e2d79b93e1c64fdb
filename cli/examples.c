/* SPDX-License-Identifier: MIT */
#include "examples.h"

#include "vector.h"

#include <stdlib.h>
#include <string.h>

/* Is it a vector of that model, about a frame that is fine and short? */
static bool is_fit(const struct dgm_test *test, const char *model)
{
    bool is_of_model =
        test->model == NULL || model == NULL || strcmp(test->model, model) == 0;
    return is_of_model && test->has_frame && test->error == NULL &&
           test->frame_length > 0 && test->frame_length <= EXAMPLES_FRAME;
}

static uint16_t index_of(const struct product *product, const char *name)
{
    size_t count = 0;
    (void)product_messages(product, &count);
    for (size_t i = 0; i < count && name != NULL; i++) {
        if (strcmp(product_message(product, (uint16_t)i), name) == 0) {
            return (uint16_t)i;
        }
    }
    return DGM_NONE;
}

/* Which message it is about; one that is only encoded is known by its JSON. */
static uint16_t message_of(const struct product *product, struct worker *worker,
                           const struct example *example, const struct dgm_call *call)
{
    const struct dgm_test *test = example->test;
    const char *name =
        test->message != NULL ? test->message : example->annotation.message;
    uint16_t index = index_of(product, name);
    if (index != DGM_NONE || test->json == NULL) {
        return index;
    }
    enum dgm_status status = worker_encode(worker, call, test->json, strlen(test->json));
    return status == DGM_OK ? worker->outcome.message : DGM_NONE;
}

/* A frame that is only encoded has bytes and JSON, and nothing between. */
static void forget_notes(struct annotation *annotation)
{
    annotation_close(annotation);
    annotation->status = DGM_OK;
}

static bool add(struct examples *examples, const struct product *product,
                struct worker *worker, const struct dgm_test *test, size_t *counts)
{
    struct example *example = &examples->items[examples->count];
    struct dgm_call call = vector_call(test);
    call.direction = test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    memset(example, 0, sizeof(*example));
    example->test = test;
    if (!annotate(&example->annotation, worker, &call, test->frame, test->frame_length)) {
        annotation_close(&example->annotation);
        return false;
    }
    call.direction = DGM_DIRECTION_AUTO;
    example->message = message_of(product, worker, example, &call);
    if (example->annotation.status > DGM_NOTHING) {
        forget_notes(&example->annotation);
    }
    if (example->message == DGM_NONE || counts[example->message] == EXAMPLES_EACH) {
        annotation_close(&example->annotation);
        return true;
    }
    counts[example->message]++;
    examples->count++;
    return true;
}

static bool add_all(struct examples *examples, const struct product *product,
                    struct worker *worker, const char *model, size_t *counts)
{
    const struct dgm_test *test = NULL;
    bool fine = true;
    for (size_t i = 0; fine && (test = dgm_profile_test(product->profile, i)) != NULL;
         i++) {
        if (is_fit(test, model)) {
            fine = add(examples, product, worker, test, counts);
        }
    }
    return fine;
}

bool examples_open(struct examples *examples, const struct product *product,
                   const char *model)
{
    struct worker worker;
    size_t messages = 0;
    (void)product_messages(product, &messages);
    examples->count = 0;
    examples->items = calloc(messages * EXAMPLES_EACH + 1, sizeof(*examples->items));
    size_t *counts = calloc(messages + 1, sizeof(*counts));
    bool fine = worker_open(&worker, product->codec);
    fine = fine && examples->items != NULL && counts != NULL &&
           add_all(examples, product, &worker, model, counts);
    worker_close(&worker);
    free(counts);
    return fine;
}

void examples_close(struct examples *examples)
{
    for (size_t i = 0; i < examples->count; i++) {
        annotation_close(&examples->items[i].annotation);
    }
    free(examples->items);
    memset(examples, 0, sizeof(*examples));
}

const char *example_json(const struct example *example)
{
    return example->annotation.json != NULL ? example->annotation.json
                                            : example->test->json;
}
