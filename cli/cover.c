/* SPDX-License-Identifier: MIT */
/* What vectors cover: things that have a name, and bits. */
#include "cover.h"

#include "bitcover.h"
#include "reach.h"

#include <string.h>

/* Is the vector about the model at work? */
static bool is_about(const struct dgm_test *test, const char *model)
{
    return test->model == NULL || model == NULL || strcmp(test->model, model) == 0;
}

static size_t run_vectors(struct lab *lab, struct reach *reach, struct bitcover *bits,
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
            bitcover_note(bits, lab, &specimen);
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

/* The message at work; false if memory is out. */
static bool cover_message(struct lab *lab, const struct dgm_profile *profile,
                          const char *path, const char *model, bool tells_bits)
{
    struct reach reach;
    struct bitcover bits;
    size_t seen, all;
    if (!bitcover_open(&bits, lab)) {
        return false;
    }
    if (!reach_open(&reach, lab)) {
        bitcover_close(&bits);
        return false;
    }
    size_t vectors = run_vectors(lab, &reach, &bits, profile, model);
    bitcover_count(&bits, lab, &seen, &all);
    (void)printf("%s: %s: %zu vector%s, %zu of %zu covered", path,
                 lab_name(lab, lab->message), vectors, vectors == 1 ? "" : "s",
                 reach.done, reach.count);
    if (all > 0) {
        (void)printf(", %zu of %zu bits both ways", seen, all);
    }
    (void)putchar('\n');
    put_missing(lab, &reach);
    if (tells_bits) {
        bitcover_put(&bits, lab);
    }
    reach_close(&reach);
    bitcover_close(&bits);
    return true;
}

bool cover(const struct dgm_codec *codec, const struct dgm_profile *profile,
           const char *path, const char *model, bool bits)
{
    struct lab lab;
    bool good = true;
    if (!lab_open(&lab, codec)) {
        return false;
    }
    for (unsigned i = 0; good && i < lab.tables.model->messages.count; i++) {
        if ((lab.tables.messages[i].flags & DGM_MESSAGE_ENCODE_ONLY) == 0) {
            lab_take(&lab, (uint16_t)i, 0);
            good = cover_message(&lab, profile, path, model, bits);
        }
    }
    lab_close(&lab);
    return good;
}
