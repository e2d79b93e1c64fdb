/* SPDX-License-Identifier: MIT */
#include "difflongest.h"

#include <inttypes.h>
#include <stdio.h>

static void note(const struct diff_search *search, const char *message, size_t frames,
                 const uint32_t *longest)
{
    char texts[DIFF_SIDES][16];
    bool is_shorter = longest[DIFF_NEW] < longest[DIFF_OLD];
    struct diff_finding *finding =
        diff_set_find(search->set, DIFF_LAYOUT, message, "", "");
    diff_set_grade(search->set, finding, is_shorter ? DIFF_BREAKING : DIFF_WIRE);
    if (finding == NULL) {
        return;
    }
    finding->tried = frames;
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        const struct dgm_doc_message *described =
            diff_side_message(&search->sides[i], message);
        if (described != NULL) {
            finding->places[i] = described->place;
        }
        (void)snprintf(texts[i], sizeof(texts[i]), "%" PRIu32, longest[i]);
    }
    diff_set_change(search->set, finding, "bytes at most", texts[DIFF_OLD],
                    texts[DIFF_NEW]);
}

void diff_longest(const struct diff_search *search)
{
    const struct diff_side *old = &search->sides[DIFF_OLD];
    const struct diff_side *new = &search->sides[DIFF_NEW];
    size_t count = 0, ignored = 0;
    const struct dgm_message *messages = product_messages(&old->product, &count);
    const struct dgm_message *others = product_messages(&new->product, &ignored);
    for (size_t i = 0; i < count; i++) {
        const char *name = product_message(&old->product, (uint16_t)i);
        uint16_t other = diff_side_index(new, name);
        if (other == DGM_NONE) {
            continue;
        }
        uint32_t longest[DIFF_SIDES] = {messages[i].frame_max, others[other].frame_max};
        if (longest[DIFF_OLD] != longest[DIFF_NEW] &&
            (longest[DIFF_OLD] > SPECIMEN_MAX || longest[DIFF_NEW] > SPECIMEN_MAX)) {
            size_t frames =
                search->tried[DIFF_OLD][i].frames + search->tried[DIFF_NEW][other].frames;
            note(search, name, frames, longest);
        }
    }
}
