/* SPDX-License-Identifier: MIT */
#include "jsonchange.h"

#include "jsontree.h"

#include <dragoman/json.h>

#include <stdio.h>
#include <string.h>

struct walk {
    json_change_visit *visit;
    void *user;
    char path[JSON_CHANGE_PATH];
};

/* Nesting is bounded by that of a checked text. */
static void compare(struct walk *walk, const cJSON *old, const cJSON *new);

static void enter(struct walk *walk, const char *before, const char *name,
                  const cJSON *old, const cJSON *new)
{
    size_t used = strlen(walk->path);
    bool is_first = used == 0 && *before == '.';
    (void)snprintf(walk->path + used, sizeof(walk->path) - used, "%s%s",
                   is_first ? "" : before, name);
    if (new == NULL) {
        walk->visit(walk->user, JSON_GONE, walk->path);
    } else if (old == NULL) {
        walk->visit(walk->user, JSON_NEW, walk->path);
    } else {
        compare(walk, old, new);
    }
    walk->path[used] = '\0';
}

static void compare_members(struct walk *walk, const cJSON *old, const cJSON *new)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, old)
    {
        enter(walk, ".", one->string, one,
              cJSON_GetObjectItemCaseSensitive(new, one->string));
    }
    cJSON_ArrayForEach(one, new)
    {
        if (cJSON_GetObjectItemCaseSensitive(old, one->string) == NULL) {
            enter(walk, ".", one->string, NULL, one);
        }
    }
}

/* Another number of elements is another value of the array. */
static void compare_elements(struct walk *walk, const cJSON *old, const cJSON *new)
{
    const cJSON *left = old->child, *right = new->child;
    for (; left != NULL && right != NULL; left = left->next, right = right->next) {
        enter(walk, "[]", "", left, right);
    }
    if (left != right) {
        walk->visit(walk->user, JSON_CHANGED, walk->path);
    }
}

static bool is_same(const cJSON *old, const cJSON *new)
{
    const char *left = jsontree_number(old), *right = jsontree_number(new);
    if (left != NULL && right != NULL) {
        return dgm_json_equal(left, strlen(left), right, strlen(right), 0);
    }
    left = jsontree_text(old);
    right = jsontree_text(new);
    if (left != NULL && right != NULL) {
        return strcmp(left, right) == 0;
    }
    return (old->type & 0xFF) == (new->type & 0xFF) && !cJSON_IsString(old);
}

static void compare(struct walk *walk, const cJSON *old, const cJSON *new)
{
    if (cJSON_IsObject(old) && cJSON_IsObject(new)) {
        compare_members(walk, old, new);
    } else if (cJSON_IsArray(old) && cJSON_IsArray(new)) {
        compare_elements(walk, old, new);
    } else if (cJSON_IsArray(old) || cJSON_IsObject(old) || !is_same(old, new)) {
        walk->visit(walk->user, JSON_CHANGED, walk->path);
    }
}

bool json_changes(const char *old, size_t old_length, const char *new, size_t new_length,
                  json_change_visit *visit, void *user)
{
    struct walk walk = {.visit = visit, .user = user};
    cJSON *left = NULL, *right = NULL;
    bool good = jsontree_parse(old, old_length, &left, NULL) == DGM_OK &&
                jsontree_parse(new, new_length, &right, NULL) == DGM_OK;
    if (good) {
        compare(&walk, left, right);
    }
    cJSON_Delete(left);
    cJSON_Delete(right);
    return good;
}
