/* SPDX-License-Identifier: MIT */
/* What is vetted: a plug-in or a profile, with the codecs of its models and its vectors.
 */
#ifndef DGM_CLI_VETSUBJECT_H
#define DGM_CLI_VETSUBJECT_H

#include <dragoman/host.h>
#include <dragoman/profile.h>

#include "guard.h"
#include "vetcode.h"

/* A model of the subject. Table, codec and plan lie between guard pages, so that reading
 * outside of them is a crash. */
struct vet_model {
    const char *name; /* "" if the product has none */
    struct guard table, memory, plan_memory;
    const struct dgm_codec *rows; /* by the rows alone */
    const struct dgm_codec *plan; /* with a plan */
    struct vet_code *code;        /* of the plug-in, or NULL */
};

struct vet_subject {
    bool is_plugin;
    enum dgm_status inspected, loaded; /* of the plug-in; DGM_OK of a profile */
    struct dgm_refusal refusal;        /* of the one that is not DGM_OK */
    struct dgm_plugin_info *info;
    struct dgm_loaded *plugin;       /* of tables alone */
    struct vet_code *code;           /* of another one, if it may run */
    const struct dgm_loaded *tables; /* of either */
    struct dgm_refusal kept;         /* why the profile in the plug-in cannot be had */
    enum dgm_status compiled;        /* of the profile */
    struct dgm_profile *profile;     /* with the vectors, or NULL: there is none */
    struct vet_model *models;        /* if there are tables */
    size_t model_count;
    const char *wrong; /* why there are no models although there are tables, or NULL */
};

/* Open as much of it as there is, and as the check needs. False if memory is out. */
bool vet_subject_open(struct vet_subject *subject, const struct vet_task *task,
                      enum vet_check check, struct vet_result *result);
void vet_subject_close(struct vet_subject *subject);

/* The model that a vector is about, or NULL. */
struct vet_model *vet_subject_model(const struct vet_subject *subject,
                                    const struct dgm_test *test);

#endif
