/* SPDX-License-Identifier: MIT */
/* The checks of the file and of the profile in it: form, manifest, tables, lint. */
#include "vetchecks.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* Is it the manifest that this refusal is about, or what comes behind? */
static bool is_about_manifest(enum dgm_status status)
{
    return status == DGM_PLUGIN_MANIFEST || status == DGM_PLUGIN_ABI ||
           status == DGM_WRONG_TABLE_FORMAT || status == DGM_PLUGIN_NEWER;
}

static void fail_refused(struct vetting *vetting)
{
    const struct dgm_refusal *refusal = &vetting->subject.refusal;
    vet_fail(vetting->result, "%s: %s", dgm_status_id(refusal->status), refusal->text);
}

void vet_form(struct vetting *vetting)
{
    const struct vet_subject *subject = &vetting->subject;
    if (!subject->is_plugin) {
        vet_skip(vetting->result, VET_NOT_APPLICABLE, "a profile, and no plug-in");
        return;
    }
    vet_tried(vetting->result);
    if (subject->inspected != DGM_OK && !is_about_manifest(subject->inspected)) {
        fail_refused(vetting);
    }
}

/* The text of a value, for people; free with free(). */
static char *text_of(const cJSON *value)
{
    return value == NULL ? NULL : cJSON_PrintUnformatted(value);
}

/* Each member that compiling the profile gives must be in the manifest, and be the same.
 */
static void compare_members(struct vetting *vetting, const cJSON *expected,
                            const cJSON *found)
{
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, expected)
    {
        const cJSON *other = cJSON_GetObjectItemCaseSensitive(found, member->string);
        vet_tried(vetting->result);
        /* Another version may have made the plug-in. */
        if (strcmp(member->string, "generator") == 0 ||
            cJSON_Compare(member, other, true)) {
            continue;
        }
        char *want = text_of(member), *has = text_of(other);
        vet_fail(vetting->result,
                 "%s: expected %.300s as the profile has it, found %.300s",
                 member->string, want != NULL ? want : "?", has != NULL ? has : "none");
        free(want);
        free(has);
    }
}

static void compare_with_profile(struct vetting *vetting)
{
    const struct vet_subject *subject = &vetting->subject;
    cJSON *expected = cJSON_Parse(dgm_profile_manifest(subject->profile));
    cJSON *found = cJSON_Parse(dgm_plugin_info_manifest(subject->info));
    if (expected != NULL && found != NULL) {
        compare_members(vetting, expected, found);
    } else {
        vet_skip(vetting->result, VET_SKIPPED, "no memory");
    }
    cJSON_Delete(expected);
    cJSON_Delete(found);
}

/* What every plug-in says, whatever its profile. */
static void check_complete(struct vetting *vetting)
{
    static const char *const names[] = {
        "manifest_version", "plugin_abi",    "table_format",    "table_size",
        "profile_hash",     "model",         "manufacturer_id", "services",
        "messages",         "protocol_type", "device_type",
    };
    cJSON *found = cJSON_Parse(dgm_plugin_info_manifest(vetting->subject.info));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        vet_tried(vetting->result);
        if (!cJSON_HasObjectItem(found, names[i])) {
            vet_fail(vetting->result, "%s: expected it, found none", names[i]);
        }
    }
    cJSON_Delete(found);
}

/* A plug-in may be without its profile, but not with a damaged one. */
static void check_kept(struct vetting *vetting)
{
    const struct dgm_refusal *kept = &vetting->subject.kept;
    if (kept->status != DGM_OK && kept->status != DGM_NOTHING) {
        vet_fail(vetting->result, "%s: %s", dgm_status_id(kept->status), kept->text);
    }
}

void vet_manifest(struct vetting *vetting)
{
    const struct vet_subject *subject = &vetting->subject;
    if (!subject->is_plugin) {
        vet_skip(vetting->result, VET_NOT_APPLICABLE, "a profile, and no plug-in");
        return;
    }
    if (is_about_manifest(subject->inspected) ||
        (subject->inspected == DGM_OK && subject->loaded == DGM_PLUGIN_MANIFEST)) {
        fail_refused(vetting);
        return;
    }
    if (subject->inspected != DGM_OK) {
        vet_skip(vetting->result, VET_SKIPPED, "there is no manifest to look at");
        return;
    }
    check_complete(vetting);
    check_kept(vetting);
    if (subject->profile != NULL && subject->compiled == DGM_OK) {
        compare_with_profile(vetting);
    }
}

void vet_tables(struct vetting *vetting)
{
    const struct vet_subject *subject = &vetting->subject;
    bool is_known = !subject->is_plugin || vet_is_code_refused(subject);
    if (is_known && !vet_has_tables(vetting)) {
        return;
    }
    if (subject->inspected != DGM_OK) {
        vet_skip(vetting->result, VET_SKIPPED, "the file is no plug-in to look into");
        return;
    }
    /* The manifest is compared when the tables are known to be good. */
    if (subject->loaded == DGM_PLUGIN_MANIFEST) {
        vet_tried(vetting->result);
        return;
    }
    if (subject->loaded != DGM_OK) {
        fail_refused(vetting);
        return;
    }
    if (subject->wrong != NULL) {
        vet_fail(vetting->result, "%s", subject->wrong);
        return;
    }
    for (size_t i = 0; i < subject->model_count; i++) {
        vet_tried(vetting->result);
    }
}

void vet_lint(struct vetting *vetting)
{
    const struct vet_subject *subject = &vetting->subject;
    const struct dgm_diagnostic *finding = NULL;
    if (subject->profile == NULL) {
        vet_skip(vetting->result, VET_SKIPPED,
                 "there is no profile: name one with --profile");
        return;
    }
    vet_tried(vetting->result);
    for (size_t i = 0; (finding = dgm_profile_diagnostic(subject->profile, i)) != NULL;
         i++) {
        vet_tried(vetting->result);
        if (finding->severity == DGM_SEVERITY_NOTE) {
            continue;
        }
        vetting->result->place.has = VET_HAS_LINE;
        vetting->result->place.line = finding->line;
        vet_fail(vetting->result, "%s: %s [%s]", finding->file, finding->text,
                 finding->rule);
    }
}
