/* SPDX-License-Identifier: MIT */
/*
 * Both models come as the JSON of dgm_profile_product(), in which lists have elements
 * with names. Places come from the descriptions, in which the same names stand.
 */
#include "diffmodel.h"

#include "diffrule.h"
#include "jsontree.h"

#include <stdlib.h>
#include <string.h>

enum { MODEL_PATH = 600 };

struct comparing {
    struct diff_set *set;
    const struct diff_side *sides;
};

/* A part of one model and of the other one. */
struct part {
    enum diff_role role;
    const cJSON *old, *new; /* one may be NULL */
    char path[MODEL_PATH];
};

/* Lists of parts, and by which member these are known. */
static const struct list {
    const char *name, *key;
    enum diff_role role;
} lists[] = {{"service_capabilities", "service_id", DIFF_ROLE_SERVICE},
             {"properties", "property_name", DIFF_ROLE_PROPERTY},
             {"commands", "command_name", DIFF_ROLE_COMMAND},
             {"responses", "response_name", DIFF_ROLE_RESPONSE},
             {"events", "event_type", DIFF_ROLE_EVENT},
             {"paras", "para_name", DIFF_ROLE_PARAMETER}};

static const struct list *list_of(const char *name)
{
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        if (strcmp(lists[i].name, name) == 0) {
            return &lists[i];
        }
    }
    return NULL;
}

/* What is too long is cut. */
static void join(char *path, const char *up, const char *name)
{
    size_t used = strlen(up) < MODEL_PATH ? strlen(up) : MODEL_PATH - 1;
    memcpy(path, up, used);
    (void)snprintf(path + used, MODEL_PATH - used, "%s%s",
                   used > 0 && name[0] != '\0' ? "." : "", name);
}

/* Nothing in a command or service is deeper than this. */
static void compare_part(struct comparing *comparing, const struct part *part);

/* Is `path` what stands in `up`, and then `name`? */
static bool is_path(const char *path, const char *up, const char *name)
{
    size_t length = strlen(up);
    return length > 0 ? strncmp(path, up, length) == 0 && path[length] == '.' &&
                            strcmp(path + length + 1, name) == 0
                      : strcmp(path, name) == 0;
}

static struct dgm_doc_place place_in_part(const struct dgm_doc_part *part, const char *up,
                                          const char *path)
{
    for (size_t i = 0; i < part->member_count; i++) {
        if (is_path(path, up, part->members[i].name)) {
            return part->members[i].place;
        }
    }
    return strcmp(path, up) == 0 ? part->place : (struct dgm_doc_place){NULL, 0};
}

static struct dgm_doc_place place_in_service(const struct dgm_doc_service *service,
                                             const char *path)
{
    char up[MODEL_PATH], command[MODEL_PATH] = "";
    if (strcmp(path, service->name) == 0) {
        return service->place;
    }
    for (size_t i = 0; i < service->part_count; i++) {
        const struct dgm_doc_part *part = &service->parts[i];
        bool is_response = part->kind == DGM_DOC_RESPONSE;
        join(up, is_response ? command : service->name, part->name);
        if (part->kind == DGM_DOC_COMMAND) {
            memcpy(command, up, sizeof(command));
        }
        struct dgm_doc_place place = place_in_part(part, up, path);
        if (place.file != NULL) {
            return place;
        }
    }
    return (struct dgm_doc_place){NULL, 0};
}

static struct dgm_doc_place place_of(const struct diff_side *side, const char *path)
{
    struct dgm_doc_place place = {NULL, 0};
    for (size_t i = 0; i < side->doc->service_count && place.file == NULL; i++) {
        place = place_in_service(&side->doc->services[i], path);
    }
    return place;
}

static struct diff_finding *finding_of(struct comparing *comparing, const char *path)
{
    struct diff_finding *finding =
        diff_set_find(comparing->set, DIFF_PRODUCT, "", path, "");
    for (unsigned i = 0; i < DIFF_SIDES && finding != NULL; i++) {
        finding->places[i] = place_of(&comparing->sides[i], path);
    }
    return finding;
}

/* A text without its quotes, all else as JSON; memory. */
static char *print(const cJSON *item)
{
    const char *text = item != NULL ? jsontree_text(item) : "";
    return text != NULL ? strdup(text) : jsontree_print(item, false);
}

static void note_change(struct comparing *comparing, const struct part *part,
                        const char *name, const cJSON *old, const cJSON *new)
{
    struct diff_finding *finding = finding_of(comparing, part->path);
    char *left = print(old), *right = print(new);
    diff_set_grade(comparing->set, finding, diff_rule_member(part->role, name, old, new));
    if (left == NULL || right == NULL) {
        comparing->set->failed = true;
    } else if (finding != NULL) {
        diff_set_change(comparing->set, finding, name, left, right);
    }
    free(left);
    free(right);
}

static void note_part(struct comparing *comparing, const struct part *part)
{
    struct diff_finding *finding = finding_of(comparing, part->path);
    bool is_new = part->old == NULL;
    diff_set_grade(comparing->set, finding,
                   diff_rule_part(part->role, is_new ? part->new : part->old, is_new));
    if (finding != NULL) {
        const char *name = strrchr(part->path, '.');
        name = name != NULL ? name + 1 : part->path;
        diff_set_change(comparing->set, finding, diff_role_word(part->role),
                        is_new ? "" : name, is_new ? name : "");
    }
}

static void compare_element(struct comparing *comparing, const struct part *up,
                            const struct list *list, const cJSON *old, const cJSON *new)
{
    struct part part = {.role = list->role, .old = old, .new = new};
    bool is_result = list->role == DIFF_ROLE_PARAMETER && up->role != DIFF_ROLE_COMMAND;
    part.role = is_result ? DIFF_ROLE_RESULT : list->role;
    join(part.path, up->path, jsontree_member(old != NULL ? old : new, list->key));
    if (old != NULL && new != NULL) {
        compare_part(comparing, &part);
    } else {
        note_part(comparing, &part);
    }
}

static void compare_list(struct comparing *comparing, const struct part *up,
                         const struct list *list)
{
    const cJSON *old = cJSON_GetObjectItemCaseSensitive(up->old, list->name);
    const cJSON *new = cJSON_GetObjectItemCaseSensitive(up->new, list->name);
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, old)
    {
        const cJSON *other =
            jsontree_element(new, list->key, jsontree_member(one, list->key));
        compare_element(comparing, up, list, one, other);
    }
    cJSON_ArrayForEach(one, new)
    {
        if (jsontree_element(old, list->key, jsontree_member(one, list->key)) == NULL) {
            compare_element(comparing, up, list, NULL, one);
        }
    }
}

static void compare_member(struct comparing *comparing, const struct part *part,
                           const char *name)
{
    const cJSON *old = cJSON_GetObjectItemCaseSensitive(part->old, name);
    const cJSON *new = cJSON_GetObjectItemCaseSensitive(part->new, name);
    if (list_of(name) != NULL) {
        compare_list(comparing, part, list_of(name));
    } else if (!cJSON_Compare(old, new, true)) {
        note_change(comparing, part, name, old, new);
    }
}

static void compare_part(struct comparing *comparing, const struct part *part)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, part->old)
    {
        compare_member(comparing, part, one->string);
    }
    cJSON_ArrayForEach(one, part->new)
    {
        if (cJSON_GetObjectItemCaseSensitive(part->old, one->string) == NULL) {
            compare_member(comparing, part, one->string);
        }
    }
}

/* The members of a profile without services; NULL if it has some. */
static const struct dgm_doc_part *derived(const struct diff_side *side)
{
    const struct dgm_doc *doc = side->doc;
    bool is_derived = doc->service_count == 1 && doc->services[0].is_derived;
    return is_derived ? &doc->services[0].parts[0] : NULL;
}

static bool has_member(const struct dgm_doc_part *part, const char *name)
{
    for (size_t i = 0; i < part->member_count; i++) {
        if (strcmp(part->members[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* What is gone or another one is told with its message. */
static void compare_derived(struct comparing *comparing, const struct dgm_doc_part *old,
                            const struct dgm_doc_part *new)
{
    for (size_t i = 0; i < new->member_count; i++) {
        const struct dgm_doc_member *member = &new->members[i];
        struct part part = {.role = DIFF_ROLE_PROPERTY};
        if (!has_member(old, member->name)) {
            (void)snprintf(part.path, sizeof(part.path), "%s", member->name);
            note_part(comparing, &part);
        }
    }
}

static enum dgm_status compare_texts(struct comparing *comparing, const char *old,
                                     const char *new)
{
    const struct dgm_doc_part *members = derived(&comparing->sides[DIFF_OLD]);
    const struct dgm_doc_part *others = derived(&comparing->sides[DIFF_NEW]);
    cJSON *left = NULL, *right = NULL;
    enum dgm_status status = jsontree_parse(old, strlen(old), &left, NULL);
    if (status == DGM_OK) {
        status = jsontree_parse(new, strlen(new), &right, NULL);
    }
    if (status == DGM_OK && members != NULL && others != NULL) {
        compare_derived(comparing, members, others);
        cJSON_DeleteItemFromObjectCaseSensitive(left, lists[0].name);
        cJSON_DeleteItemFromObjectCaseSensitive(right, lists[0].name);
    }
    if (status == DGM_OK) {
        struct part root = {.role = DIFF_ROLE_PRODUCT, .old = left, .new = right};
        compare_part(comparing, &root);
    }
    cJSON_Delete(left);
    cJSON_Delete(right);
    return status;
}

bool diff_models(struct diff_set *set, const struct diff_side *sides)
{
    struct comparing comparing = {set, sides};
    const char *old = sides[DIFF_OLD].model, *new = sides[DIFF_NEW].model;
    if (old == NULL || new == NULL) {
        return true;
    }
    return compare_texts(&comparing, old, new) == DGM_OK && !set->failed;
}
