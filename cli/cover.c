/* SPDX-License-Identifier: MIT */
#include "cover.h"

#include <string.h>

/* Is the vector about the model at work? */
static bool is_about(const struct dgm_test *test, const char *model)
{
    return test->model == NULL || model == NULL || strcmp(test->model, model) == 0;
}

static size_t run_vectors(struct lab *lab, struct reach *reach,
                          const struct dgm_profile *profile, const char *model)
{
    const struct dgm_test *test = NULL;
    struct specimen specimen;
    size_t count = 0;
    for (size_t i = 0; (test = dgm_profile_test(profile, i)) != NULL; i++) {
        if (is_about(test, model) && seeds_specimen(lab, test, &specimen) &&
            lab_identifies(lab, &specimen) && lab_decode(lab, &specimen) <= DGM_NOTHING) {
            count++;
            (void)reach_note(reach, lab, &specimen);
        }
    }
    return count;
}

static void put_missing(const struct lab *lab, const struct reach *reach)
{
    char name[REACH_TEXT], what[REACH_TEXT];
    for (size_t i = 0; i < reach->count; i++) {
        if (!reach->marks[i].done) {
            reach_describe(lab, &reach->marks[i], name, what);
            (void)printf("    not covered: %s%s%s\n", name, what[0] != '\0' ? ": " : "",
                         what);
        }
    }
}

bool cover(const struct dgm_codec *codec, const struct dgm_profile *profile,
           const char *path, const char *model)
{
    struct lab lab;
    struct reach reach;
    if (!lab_open(&lab, codec)) {
        return false;
    }
    for (unsigned i = 0; i < lab.tables.model->messages.count; i++) {
        if (lab.tables.messages[i].flags & DGM_MESSAGE_ENCODE_ONLY) {
            continue;
        }
        lab_take(&lab, (uint16_t)i, 0);
        if (!reach_open(&reach, &lab)) {
            lab_close(&lab);
            return false;
        }
        size_t vectors = run_vectors(&lab, &reach, profile, model);
        (void)printf("%s: %s: %zu vector%s, %zu of %zu covered\n", path,
                     lab_name(&lab, (uint16_t)i), vectors, vectors == 1 ? "" : "s",
                     reach.done, reach.count);
        put_missing(&lab, &reach);
        reach_close(&reach);
    }
    lab_close(&lab);
    return true;
}
