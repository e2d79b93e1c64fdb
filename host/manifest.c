/* SPDX-License-Identifier: MIT */
/* The manifest's members on top, and those of the further models. */
#include "manifest.h"
#include "manifest_json.h"
#include "refuse.h"

#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

enum { MANIFEST_MAX_BYTES = 1 << 20 };

static char *span_copy(const char *from, const char *end)
{
    size_t length = (size_t)(end - from);
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, from, length);
        copy[length] = '\0';
    }
    return copy;
}

/* False if memory is out. */
static bool add_member(struct manifest *manifest, const struct manifest_json_member *from)
{
    struct manifest_member *member = &manifest->members[manifest->count];
    const char *value = from->value;
    bool number = *value == '-' || (*value >= '0' && *value <= '9');
    member->name = manifest_json_string_copy(from->name);
    member->value_at = manifest->text == NULL ? 0 : (size_t)(value - manifest->text);
    if (*value == '"') {
        member->value = manifest_json_string_copy(value);
    } else if (number) {
        member->number = span_copy(value, value + strcspn(value, " \t\r\n,}"));
    }
    manifest->count++;
    return member->name != NULL && (*value != '"' || member->value != NULL) &&
           (!number || member->number != NULL);
}

static bool has_member(const struct manifest *manifest, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(manifest->members[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static const struct manifest_member *find_member(const struct manifest *manifest,
                                                 const char *name)
{
    for (size_t i = 0; i < manifest->count; i++) {
        if (strcmp(manifest->members[i].name, name) == 0) {
            return &manifest->members[i];
        }
    }
    return NULL;
}

static enum dgm_status take_members(struct manifest *manifest, const char *at,
                                    struct dgm_refusal *refusal)
{
    if (*at != '{') {
        return refuse(refusal, DGM_PLUGIN_MANIFEST, "manifest: expected a JSON object");
    }
    struct manifest_json_member member;
    while (manifest_json_next_member(&at, &member)) {
        if (manifest->count == MANIFEST_MAX_MEMBERS) {
            return refuse(refusal, DGM_PLUGIN_MANIFEST,
                          "manifest: expected at most %d members", MANIFEST_MAX_MEMBERS);
        }
        if (!add_member(manifest, &member)) {
            return refuse(refusal, DGM_MEMORY, "no memory for the manifest");
        }
        const char *name = manifest->members[manifest->count - 1].name;
        if (has_member(manifest, manifest->count - 1, name)) {
            return refuse(refusal, DGM_PLUGIN_MANIFEST,
                          "manifest: found member %.80s twice", name);
        }
    }
    return DGM_OK;
}

/* The objects of the list, which are one less than the models. */
static enum dgm_status take_models(struct manifest *manifest, const char *at,
                                   struct dgm_refusal *refusal)
{
    const char *model = NULL;
    enum dgm_status status = DGM_OK;
    if (*at != '[') {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "manifest: further_models: expected a list");
    }
    while (status == DGM_OK && manifest_json_next_element(&at, &model)) {
        struct manifest *grown = NULL;
        if (manifest->further_count == MANIFEST_MAX_MODELS - 1) {
            return refuse(refusal, DGM_PLUGIN_MANIFEST,
                          "manifest: expected at most %d models", MANIFEST_MAX_MODELS);
        }
        grown = realloc(manifest->further,
                        (manifest->further_count + 1) * sizeof(*manifest->further));
        if (grown == NULL) {
            return refuse(refusal, DGM_MEMORY, "no memory for the manifest");
        }
        manifest->further = grown;
        memset(&grown[manifest->further_count], 0, sizeof(*grown));
        grown[manifest->further_count].object_at = (size_t)(model - manifest->text);
        status = take_members(&grown[manifest->further_count++], model, refusal);
    }
    return status;
}

enum dgm_status manifest_read(const uint8_t *bytes, size_t size, struct manifest *ret,
                              struct dgm_refusal *refusal)
{
    size_t offset = 0;
    memset(ret, 0, sizeof(*ret));
    if (size > MANIFEST_MAX_BYTES) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "manifest: expected at most %d bytes, found %zu",
                      MANIFEST_MAX_BYTES, size);
    }
    ret->text = span_copy((const char *)bytes, (const char *)bytes + size);
    if (ret->text == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory for the manifest");
    }
    enum dgm_status status = dgm_json_check(ret->text, size, &offset);
    if (status != DGM_OK) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST, "manifest: byte %zu: %s", offset,
                      dgm_status_text(status));
    }
    status = take_members(ret, manifest_json_skip_blanks(ret->text), refusal);
    const struct manifest_member *models = find_member(ret, "further_models");
    if (status != DGM_OK || models == NULL) {
        return status;
    }
    return take_models(ret, ret->text + models->value_at, refusal);
}

static void free_members(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->count; i++) {
        free(manifest->members[i].name);
        free(manifest->members[i].value);
        free(manifest->members[i].number);
    }
}

void manifest_free(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->further_count; i++) {
        free_members(&manifest->further[i]);
    }
    free_members(manifest);
    free(manifest->further);
    free(manifest->text);
    memset(manifest, 0, sizeof(*manifest));
}

const struct manifest *manifest_model(const struct manifest *manifest, size_t position)
{
    if (position == 0) {
        return manifest;
    }
    return position <= manifest->further_count ? &manifest->further[position - 1] : NULL;
}

const char *manifest_object(const struct manifest *manifest, size_t position)
{
    return manifest->text + manifest->further[position - 1].object_at;
}

const char *manifest_text(const struct manifest *manifest, const char *name)
{
    const struct manifest_member *member = find_member(manifest, name);
    return member == NULL ? NULL : member->value;
}

enum dgm_status manifest_expect_number(const struct manifest *manifest, const char *name,
                                       unsigned expected, enum dgm_status otherwise,
                                       struct dgm_refusal *refusal)
{
    const struct manifest_member *member = find_member(manifest, name);
    if (member == NULL || member->number == NULL) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "manifest: %s: expected %u, found no number", name, expected);
    }
    char *end = NULL;
    unsigned long found = strtoul(member->number, &end, 10);
    if (*end != '\0' || member->number[0] == '-' || found != expected) {
        return refuse(refusal, otherwise, "manifest: %s: expected %u, found %.20s", name,
                      expected, member->number);
    }
    return DGM_OK;
}
