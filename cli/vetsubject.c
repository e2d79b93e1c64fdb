/* SPDX-License-Identifier: MIT */
/*
 * Opening what is vetted. Nothing is refused here: how far it came is what the first
 * checks tell. Tables are copied to between guard pages, and codecs made of the copies.
 */
#include "vetsubject.h"

#include "catalog.h"
#include "kept.h"

#include <stdlib.h>
#include <string.h>

/* A codec of a copy of the table, and one with a plan. What is wrong, or NULL. */
static const char *open_model(struct vet_model *ret, const struct dgm_model *table,
                              size_t size)
{
    if (!guard_open(&ret->table, size)) {
        return "no memory";
    }
    void *copy = guard_end(&ret->table, (size + 7) / 8 * 8);
    memcpy(copy, table, size);
    size_t room = dgm_codec_size(copy, size);
    size_t aligned = (room + 15) / 16 * 16;
    if (room == 0 || !guard_open(&ret->memory, aligned)) {
        return room == 0 ? "the table has no head" : "no memory";
    }
    if (dgm_codec_open(copy, size, guard_end(&ret->memory, aligned), room, &ret->rows,
                       NULL) != DGM_OK) {
        return "the verifier refuses a copy of the table";
    }
    room = dgm_codec_plan_size(ret->rows);
    aligned = (room + 15) / 16 * 16;
    if (!guard_open(&ret->plan_memory, aligned)) {
        return "no memory";
    }
    if (dgm_codec_plan(ret->rows, guard_end(&ret->plan_memory, aligned), room, &ret->plan,
                       NULL) != DGM_OK) {
        return "no plan can be made in the memory that dgm_codec_plan_size() asks for";
    }
    ret->name = dgm_codec_text(ret->rows, dgm_codec_model(ret->rows)->model);
    return NULL;
}

/* The table of a model, wherever it comes from; NULL behind the last one. */
static const struct dgm_model *table_at(const struct vet_subject *subject,
                                        size_t position, size_t *ret_size)
{
    if (!subject->is_plugin) {
        return dgm_profile_model_at(subject->profile, position, ret_size);
    }
    const struct dgm_codec *codec = dgm_loaded_codec(subject->tables, position);
    const struct dgm_model *table = codec != NULL ? dgm_codec_model(codec) : NULL;
    *ret_size = table != NULL ? table->size : 0;
    return table;
}

static bool open_models(struct vet_subject *subject)
{
    size_t count = 0, size = 0;
    while (table_at(subject, count, &size) != NULL) {
        count++;
    }
    subject->models = calloc(count + 1, sizeof(*subject->models));
    if (subject->models == NULL) {
        return false;
    }
    for (size_t i = 0; i < count && subject->wrong == NULL; i++) {
        const struct dgm_model *table = table_at(subject, i, &size);
        subject->model_count = i + 1;
        subject->models[i].code = subject->code;
        subject->wrong = open_model(&subject->models[i], table, size);
    }
    return true;
}

static bool open_profile(struct vet_subject *subject, const char *path)
{
    subject->compiled = dgm_profile_load(path, &subject->profile);
    return subject->compiled != DGM_MEMORY;
}

/* With the process of its code, if the check is to see that at work. */
static enum dgm_status load(struct vet_subject *subject, const struct vet_task *task,
                            enum vet_check check, struct vet_result *result)
{
    struct dgm_refusal *refusal = &subject->refusal;
    bool has_code = dgm_plugin_info_code(subject->info) != NULL;
    if (!has_code || !task->allow_code) {
        enum dgm_status status = dgm_plugin_load(task->path, &subject->plugin, refusal);
        subject->tables = subject->plugin;
        return status;
    }
    if (task->has_no_tables || check == VET_FORM || check == VET_LINT) {
        return DGM_NOTHING;
    }
    enum dgm_status status = vet_code_start(task, result, &subject->code, refusal);
    subject->tables = status == DGM_OK ? vet_code_loaded(subject->code) : NULL;
    return status;
}

static bool open_plugin(struct vet_subject *subject, const struct vet_task *task,
                        enum vet_check check, struct vet_result *result)
{
    subject->inspected =
        dgm_plugin_inspect(task->path, &subject->info, &subject->refusal);
    subject->loaded = subject->inspected;
    if (subject->inspected != DGM_OK) {
        return subject->inspected != DGM_MEMORY;
    }
    subject->loaded = load(subject, task, check, result);
    if (subject->loaded == DGM_MEMORY ||
        !kept_compile(subject->info, &subject->profile, &subject->compiled,
                      &subject->kept)) {
        return false;
    }
    if (task->profile != NULL) {
        dgm_profile_close(subject->profile);
        subject->profile = NULL;
        return open_profile(subject, task->profile);
    }
    return true;
}

bool vet_subject_open(struct vet_subject *subject, const struct vet_task *task,
                      enum vet_check check, struct vet_result *result)
{
    memset(subject, 0, sizeof(*subject));
    subject->is_plugin = catalog_is_plugin(task->path);
    if (subject->is_plugin) {
        return open_plugin(subject, task, check, result) &&
               (subject->loaded != DGM_OK || open_models(subject));
    }
    return open_profile(subject, task->path) &&
           (subject->compiled != DGM_OK || open_models(subject));
}

void vet_subject_close(struct vet_subject *subject)
{
    for (size_t i = 0; i < subject->model_count; i++) {
        guard_close(&subject->models[i].table);
        guard_close(&subject->models[i].memory);
        guard_close(&subject->models[i].plan_memory);
    }
    free(subject->models);
    dgm_profile_close(subject->profile);
    vet_code_stop(subject->code);
    dgm_plugin_unload(subject->plugin);
    dgm_plugin_info_free(subject->info);
    memset(subject, 0, sizeof(*subject));
}

struct vet_model *vet_subject_model(const struct vet_subject *subject,
                                    const struct dgm_test *test)
{
    for (size_t i = 0; i < subject->model_count; i++) {
        if (test->model == NULL || strcmp(test->model, subject->models[i].name) == 0) {
            return &subject->models[i];
        }
    }
    return NULL;
}
