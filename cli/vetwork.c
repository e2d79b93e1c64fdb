/* SPDX-License-Identifier: MIT */
/* What the child does: open the subject, run one check, say how it went. */
#include "vetchecks.h"

#include "vector.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void no_memory(struct vet_result *result)
{
    vet_skip(result, VET_SKIPPED, "no memory");
}

void vet_place_at(struct vetting *vetting, const struct vet_model *model,
                  const struct dgm_test *test)
{
    struct vet_place *place = &vetting->result->place;
    memset(place, 0, sizeof(*place));
    if (vetting->subject.model_count > 1) {
        (void)snprintf(place->model, sizeof(place->model), "%s", model->name);
    }
    if (test != NULL) {
        place->has = VET_HAS_LINE;
        place->line = test->line;
    }
}

struct dgm_call vet_decode_call(const struct dgm_test *test)
{
    struct dgm_call call = vector_call(test);
    call.direction = test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    return call;
}

struct dgm_call vet_encode_call(const struct dgm_test *test)
{
    return vector_call(test);
}

bool vet_is_code_refused(const struct vet_subject *subject)
{
    return subject->inspected == DGM_OK && subject->loaded == DGM_PLUGIN_CODE;
}

bool vet_has_tables(struct vetting *vetting)
{
    const struct vet_subject *subject = &vetting->subject;
    if (subject->model_count > 0 && subject->wrong == NULL) {
        return true;
    }
    const char *why = "there are no tables to work with";
    if (!subject->is_plugin && subject->compiled == DGM_NOTHING) {
        why = "this is no product: it has parts for profiles to include";
    } else if (!subject->is_plugin && subject->compiled != DGM_OK) {
        why = "the profile has errors, which 'dragoman check' tells";
    }
    if (subject->loaded == DGM_NOTHING || subject->loaded == DGM_WORKER_START) {
        why = "the plug-in cannot be put to work, as check 3 says";
    }
    if (vet_is_code_refused(subject)) {
        why = "the plug-in has code, which runs only with --allow-code";
    }
    vet_skip(vetting->result, VET_SKIPPED, "%s", why);
    return false;
}

/* Are there tables and vectors? Says what is missing if not. */
static bool has_vectors(struct vetting *vetting)
{
    const struct vet_subject *subject = &vetting->subject;
    struct vet_result *result = vetting->result;
    if (!vet_has_tables(vetting)) {
        return false;
    }
    if (subject->profile == NULL) {
        vet_skip(result, VET_SKIPPED,
                 "there is no profile with vectors: name one with --profile");
    } else if (subject->compiled != DGM_OK) {
        vet_skip(result, VET_SKIPPED, "the profile has errors");
    } else if (dgm_profile_test(subject->profile, 0) == NULL) {
        vet_skip(result, VET_SKIPPED, "the profile has no vectors");
    } else {
        return true;
    }
    return false;
}

static void run_vectors(struct vetting *vetting, struct vet_caller *callers,
                        vet_each *each)
{
    const struct vet_subject *subject = &vetting->subject;
    const struct dgm_test *test = NULL;
    for (size_t i = 0; (test = dgm_profile_test(subject->profile, i)) != NULL; i++) {
        const struct vet_model *model = vet_subject_model(subject, test);
        if (model == NULL) {
            vet_fail(vetting->result, "the vector is about a model that is not there");
            continue;
        }
        vet_place_at(vetting, model, test);
        each(vetting, &callers[model - subject->models], test);
    }
}

void vet_each_vector(struct vetting *vetting, vet_each *each)
{
    const struct vet_subject *subject = &vetting->subject;
    if (!has_vectors(vetting)) {
        return;
    }
    struct vet_caller *callers = calloc(subject->model_count, sizeof(*callers));
    bool good = callers != NULL;
    for (size_t i = 0; i < subject->model_count && good; i++) {
        good = vet_caller_open(&callers[i], vetting->task, vetting->result,
                               &subject->models[i]);
    }
    if (good) {
        run_vectors(vetting, callers, each);
    } else {
        no_memory(vetting->result);
    }
    for (size_t i = 0; i < subject->model_count && callers != NULL; i++) {
        vet_caller_close(&callers[i]);
    }
    free(callers);
}

void vet_work(const struct vet_task *task, enum vet_check check,
              struct vet_result *result)
{
    static void (*const checks[VET_CHECKS + 1])(struct vetting * vetting) = {
        [VET_FORM] = vet_form,         [VET_MANIFEST] = vet_manifest,
        [VET_TABLES] = vet_tables,     [VET_VECTORS] = vet_vectors,
        [VET_IDENTITY] = vet_identity, [VET_CUTS] = vet_cuts,
        [VET_FLIPS] = vet_flips,       [VET_BUFFERS] = vet_buffers,
        [VET_CHANCE] = vet_chance,     [VET_LINT] = vet_lint,
    };
    struct vetting vetting = {task, result, {0}};
    (void)snprintf(result->place.doing, sizeof(result->place.doing), "open");
    if (!vet_subject_open(&vetting.subject, task, check, result)) {
        no_memory(result);
        return;
    }
    result->place.doing[0] = '\0';
    checks[check](&vetting);
    vet_subject_close(&vetting.subject);
    if (result->outcome == VET_UNFINISHED) {
        result->outcome = result->failures > 0 ? VET_FAILED : VET_PASSED;
    }
}
