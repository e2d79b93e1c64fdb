/* SPDX-License-Identifier: MIT */
/* Frames to begin with: the vectors of the profile; and requests for replies. */
#include "seeds.h"

#include <dragoman/stream.h>

#include <stdio.h>
#include <string.h>

bool seeds_specimen(const struct lab *lab, const struct dgm_test *test,
                    struct specimen *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (!test->has_frame || test->error != NULL || test->frame_length > SPECIMEN_MAX) {
        return false;
    }
    if (dgm_frame_content(lab->line, test->frame, test->frame_length, ret->bytes,
                          SPECIMEN_MAX, &ret->length) != DGM_OK) {
        return false;
    }
    ret->has_channel = test->has_channel;
    ret->channel = test->channel;
    if (test->topic != NULL && strlen(test->topic) < SPECIMEN_TOPIC) {
        (void)snprintf(ret->topic, sizeof(ret->topic), "%s", test->topic);
    }
    return true;
}

void seeds_offer(struct explorer *explorer, const struct dgm_profile *profile)
{
    const struct lab *lab = explorer->lab;
    const struct dgm_test *test = NULL;
    struct specimen specimen;
    if (profile == NULL) {
        return;
    }
    for (size_t i = 0; (test = dgm_profile_test(profile, i)) != NULL; i++) {
        if (seeds_specimen(lab, test, &specimen) && lab_identifies(lab, &specimen)) {
            explore_seed(explorer, &specimen);
        }
    }
}

/* A message that the reply answers: of its list, or any report. */
static uint16_t answered(const struct lab *lab, const struct dgm_message *reply)
{
    if (reply->answer_count > 0) {
        return lab->tables.answers[reply->first_answer];
    }
    for (unsigned i = 0; i < lab->tables.model->messages.count; i++) {
        if (lab->tables.messages[i].kind == DGM_KIND_REPORT) {
            return (uint16_t)i;
        }
    }
    return DGM_NONE;
}

void seeds_request(struct lab *lab, uint64_t seed)
{
    struct explorer explorer;
    uint16_t reply = lab->message, request = answered(lab, lab_message(lab));
    if (lab_message(lab)->kind != DGM_KIND_REPLY || request == DGM_NONE) {
        return;
    }
    lab_take(lab, request, seed);
    if (explore_open(&explorer, lab, 400)) {
        explore(&explorer);
        bool has = explorer.corpus_count > 0;
        if (has) {
            lab->request = explorer.corpus[explorer.corpus_count - 1];
        }
        explore_close(&explorer);
        lab_take(lab, reply, seed);
        lab->has_request = has;
    } else {
        lab_take(lab, reply, seed);
    }
}
