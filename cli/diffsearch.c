/* SPDX-License-Identifier: MIT */
#include "diffsearch.h"

#include "diffedges.h"
#include "diffsmall.h"
#include "difftexts.h"
#include "seeds.h"
#include "vector.h"

#include <stdlib.h>
#include <string.h>

/* Frames that are tried to make the witnesses of a message small. */
enum { SMALL = 20000 };

/* Where one of them asks for the receive time, both get it. */
static void share_time(struct diff_side *sides)
{
    bool wanted = sides[DIFF_OLD].lab.has_received || sides[DIFF_NEW].lab.has_received;
    sides[DIFF_OLD].lab.has_received = wanted;
    sides[DIFF_NEW].lab.has_received = wanted;
}

bool diff_search_open(struct diff_search *search, struct diff_side *sides,
                      struct diff_set *set, size_t budget, uint64_t seed)
{
    memset(search, 0, sizeof(*search));
    search->sides = sides;
    search->set = set;
    search->trial.sides = sides;
    search->budget = budget;
    search->seed = seed;
    share_time(sides);
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        size_t count = 0;
        (void)product_messages(&sides[i].product, &count);
        search->tried[i] = calloc(count + 1, sizeof(*search->tried[i]));
        if (search->tried[i] == NULL) {
            return false;
        }
    }
    return true;
}

void diff_search_close(struct diff_search *search)
{
    free(search->tried[DIFF_OLD]);
    free(search->tried[DIFF_NEW]);
    memset(search, 0, sizeof(*search));
}

/* Frames of a message under way. */
struct making {
    struct diff_search *search;
    const struct specimen *specimen; /* at work; NULL: a vector */
    struct diff_tried *tried;
};

static void saw(void *user, const struct diff_trial *trial,
                const struct diff_input *input, const struct diff_seen *seen)
{
    const struct making *making = user;
    struct diff_set *set = making->search->set;
    struct diff_finding *finding =
        diff_set_find(set, seen->kind, seen->message, seen->path, seen->detail);
    diff_set_grade(set, finding, diff_kind_class(seen->kind));
    size_t number = trial->frames + trial->texts;
    if (finding == NULL || finding->last == number) {
        return; /* the elements of an array have one path */
    }
    finding->last = number;
    if (finding->count++ == 0) {
        diff_set_witness(set, finding, trial, input, seen->shape, making->specimen);
    }
}

/* A frame that the lab has just decoded; for an explorer. */
static bool try_specimen(void *user, struct lab *lab, const struct specimen *specimen)
{
    struct making *making = user;
    struct diff_search *search = making->search;
    making->specimen = specimen;
    making->tried->frames++;
    diff_try_specimen(&search->trial, lab, specimen);
    return !search->set->failed;
}

/* What one side refuses the other one may take. */
static void try_refused(void *user, struct lab *lab, const struct specimen *specimen)
{
    struct making *making = user;
    making->specimen = specimen;
    making->tried->frames++;
    diff_try_frame(&making->search->trial, lab, specimen);
}

/* Where a frame of the message comes from beside chance. */
static void offer_seeds(struct diff_search *search, struct explorer *explorer)
{
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        seeds_offer(explorer, search->sides[i].source);
    }
}

/* Frames of one message of one side. False if memory is out. */
static bool search_message(struct diff_search *search, unsigned side, uint16_t message)
{
    struct lab *lab = &search->sides[side].lab;
    struct diff_set *set = search->set;
    struct explorer explorer;
    struct making making = {search, NULL, &search->tried[side][message]};
    size_t before = set->count, left = SMALL;
    lab_take(lab, message, search->seed);
    seeds_request(lab, search->seed);
    if (!explore_open(&explorer, lab, search->budget)) {
        return false;
    }
    search->trial.saw = saw;
    search->trial.user = &making;
    explorer.found = try_specimen;
    explorer.refused = try_refused;
    explorer.user = &making;
    offer_seeds(search, &explorer);
    explore(&explorer);
    set->failed = !diff_try_edges(&explorer) || set->failed;
    making.tried->reached =
        making.tried->frames > 0 && explorer.reach.done == explorer.reach.count;
    explore_close(&explorer);
    for (size_t i = before; i < set->count && !set->failed; i++) {
        diff_make_small(&search->trial, lab, set, &set->items[i], &left);
    }
    return !set->failed;
}

static bool search_side(struct diff_search *search, unsigned side)
{
    const struct tables *tables = &search->sides[side].lab.tables;
    bool good = true;
    for (unsigned i = 0; i < tables->model->messages.count && good; i++) {
        if ((tables->messages[i].flags & DGM_MESSAGE_ENCODE_ONLY) == 0) {
            good = search_message(search, side, (uint16_t)i);
        }
    }
    return good;
}

/* Frame and JSON of a vector. Which message it is of, both have to find out. */
static void try_vector(struct diff_search *search, const struct dgm_test *test)
{
    struct diff_input input = {.call = vector_call(test)};
    input.call.message = NULL;
    if (!test->has_received && search->sides[DIFF_OLD].lab.has_received) {
        input.call.has_received = true;
        input.call.received_ms = (int64_t)LAB_RECEIVED_S * 1000;
    }
    if (test->has_frame) {
        input.call.direction = test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
        input.frame = test->frame;
        input.length = test->frame_length;
        diff_try(&search->trial, &input);
    }
    if (test->json != NULL) {
        input.call.direction = DGM_DIRECTION_AUTO;
        input.frame = NULL;
        input.json = test->json;
        input.json_length = strlen(test->json);
        diff_try(&search->trial, &input);
    }
}

static bool search_commands(struct diff_search *search)
{
    struct making making = {search, NULL, NULL};
    search->trial.saw = saw;
    search->trial.user = &making;
    return diff_try_commands(&search->trial) && !search->set->failed;
}

static bool search_vectors(struct diff_search *search, unsigned side)
{
    const struct diff_side *of = &search->sides[side];
    const struct dgm_test *test = NULL;
    struct making making = {search, NULL, NULL};
    search->trial.saw = saw;
    search->trial.user = &making;
    for (size_t i = 0;
         of->source != NULL && (test = dgm_profile_test(of->source, i)) != NULL; i++) {
        if (test->model == NULL ||
            strcmp(test->model, product_model(&of->product)) == 0) {
            try_vector(search, test);
        }
    }
    return !search->set->failed;
}

bool diff_search(struct diff_search *search)
{
    return search_side(search, DIFF_OLD) && search_side(search, DIFF_NEW) &&
           search_commands(search) && search_vectors(search, DIFF_OLD) &&
           search_vectors(search, DIFF_NEW);
}
