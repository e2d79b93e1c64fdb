/* SPDX-License-Identifier: MIT */
#include "diffsmall.h"

#include "diffvary.h"
#include "mend.h"

#include <stdlib.h>

enum { ATTEMPTS = 1000 };

/* As it stands on the line. Both texts are valid until the next one. */
static struct diff_input input_of(const struct lab *lab, const struct specimen *specimen)
{
    static uint8_t line[LAB_LINE_MAX], request[LAB_LINE_MAX];
    struct diff_input input = {.call = lab_call(lab, specimen), .frame = line};
    input.length = lab_wrap(lab, specimen->bytes, specimen->length, line);
    if (lab->has_request) {
        input.call.request_length =
            lab_wrap(lab, lab->request.bytes, lab->request.length, request);
        input.call.request = request;
    }
    return input;
}

void diff_try_frame(struct diff_trial *trial, const struct lab *lab,
                    const struct specimen *specimen)
{
    struct diff_input input = input_of(lab, specimen);
    diff_try(trial, &input);
}

void diff_try_specimen(struct diff_trial *trial, struct lab *lab,
                       const struct specimen *specimen)
{
    const struct dgm_message *message = lab_message(lab);
    const struct worker *worker = &lab->worker;
    struct diff_input input = input_of(lab, specimen);
    diff_try(trial, &input);
    if (tables_is_down(message) && worker->outcome.length > 0 &&
        (message->flags & DGM_MESSAGE_DECODE_ONLY) == 0) {
        input.frame = NULL;
        input.json = worker->data;
        input.json_length = worker->outcome.length;
        diff_try_varied(trial, &input);
    }
}

/* Is it the difference that is looked for? */
struct looking {
    struct diff_set *set;
    struct diff_finding *finding;
    const struct specimen *specimen;
    bool found;
};

static void saw(void *user, const struct diff_trial *trial,
                const struct diff_input *input, const struct diff_seen *seen)
{
    struct looking *looking = user;
    if (!looking->found && diff_finding_is(looking->finding, seen->kind, seen->message,
                                           seen->path, seen->detail)) {
        looking->found = true;
        diff_set_witness(looking->set, looking->finding, trial, input, seen->shape,
                         looking->specimen);
    }
}

/* Shorter; or as long with fewer bytes that are not zero; or with smaller ones. */
static bool is_simpler(const struct specimen *left, const struct specimen *right)
{
    size_t sums[2] = {0, 0}, counts[2] = {0, 0};
    if (left->length != right->length) {
        return left->length < right->length;
    }
    for (size_t i = 0; i < left->length; i++) {
        counts[0] += left->bytes[i] != 0;
        counts[1] += right->bytes[i] != 0;
        sums[0] += left->bytes[i];
        sums[1] += right->bytes[i];
    }
    return counts[0] < counts[1] || (counts[0] == counts[1] && sums[0] < sums[1]);
}

struct making_small {
    struct diff_trial *trial;
    struct lab *lab;
    struct looking looking;
    struct specimen best;
    size_t left; /* attempts */
    bool is_raw; /* it is no frame of the message at work, and need not become one */
};

/* True if the candidate shows the same and is simpler: it is the best then. */
static bool attempt(struct making_small *making, struct specimen *candidate)
{
    if (making->left == 0) {
        return false;
    }
    making->left--;
    if ((!making->is_raw && !mend(making->lab, candidate)) ||
        !is_simpler(candidate, &making->best)) {
        return false;
    }
    making->looking.found = false;
    making->looking.specimen = candidate;
    if (making->is_raw) {
        diff_try_frame(making->trial, making->lab, candidate);
    } else {
        diff_try_specimen(making->trial, making->lab, candidate);
    }
    if (making->looking.found) {
        making->best = *candidate;
    }
    return making->looking.found;
}

static bool take_away(struct making_small *making)
{
    bool any = false;
    for (size_t size = making->best.length / 2; size > 0; size /= 2) {
        for (size_t at = 0; at + size <= making->best.length;) {
            struct specimen candidate = making->best;
            specimen_remove(&candidate, at, size);
            bool gone = attempt(making, &candidate);
            at += gone ? 0 : size;
            any = any || gone;
        }
    }
    return any;
}

static bool attempt_byte(struct making_small *making, size_t at, unsigned byte)
{
    struct specimen candidate = making->best;
    candidate.bytes[at] = (uint8_t)byte;
    return attempt(making, &candidate);
}

/* Zero, or the lowest one that shows it, if those above do, too. */
static bool lower_byte(struct making_small *making, size_t at)
{
    unsigned before = making->best.bytes[at], shows = before, fails = 0;
    if (before == 0 || attempt_byte(making, at, 0)) {
        return before != 0;
    }
    while (shows - fails > 1 && at < making->best.length) {
        unsigned middle = fails + (shows - fails) / 2;
        if (attempt_byte(making, at, middle)) {
            shows = middle;
        } else {
            fails = middle;
        }
    }
    return shows < before;
}

static bool lower_bytes(struct making_small *making)
{
    bool any = false;
    for (size_t i = 0; i < making->best.length; i++) {
        any = lower_byte(making, i) || any;
    }
    return any;
}

void diff_make_small(struct diff_trial *trial, struct lab *lab, struct diff_set *set,
                     struct diff_finding *finding, size_t *left)
{
    if (finding->specimen == NULL) {
        return;
    }
    struct making_small *making = calloc(1, sizeof(*making));
    if (making == NULL) {
        set->failed = true;
        return;
    }
    making->trial = trial;
    making->lab = lab;
    making->looking.set = set;
    making->looking.finding = finding;
    making->best = *finding->specimen;
    making->is_raw = lab_decode(lab, finding->specimen) > DGM_NOTHING ||
                     !lab_identifies(lab, finding->specimen);
    making->left = ATTEMPTS < *left ? ATTEMPTS : *left;
    *left -= making->left;
    trial->saw = saw;
    trial->user = &making->looking;
    while (take_away(making) || lower_bytes(making)) {
        /* What is gone may let something else go. */
    }
    *left += making->left;
    free(making);
}
