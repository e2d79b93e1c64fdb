/* SPDX-License-Identifier: MIT */
#include "jsonplace.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The path so far. */
struct path {
    char *text;
    size_t size;
};

static bool find(struct path *path, const cJSON *left, const cJSON *right);

/* Look into one value; what was put for it stays only if it differs. */
static bool enter(struct path *path, const char *before, const char *name,
                  const cJSON *left, const cJSON *right)
{
    size_t used = strlen(path->text);
    (void)snprintf(path->text + used, path->size - used, "%s%s",
                   used > 0 || *before == '[' ? before : "", name);
    if (right == NULL || left == NULL || find(path, left, right)) {
        return true;
    }
    path->text[used] = '\0';
    return false;
}

static bool find_member(struct path *path, const cJSON *left, const cJSON *right)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, left)
    {
        if (enter(path, ".", one->string, one,
                  cJSON_GetObjectItemCaseSensitive(right, one->string))) {
            return true;
        }
    }
    cJSON_ArrayForEach(one, right)
    {
        if (!cJSON_HasObjectItem(left, one->string)) {
            return enter(path, ".", one->string, NULL, one);
        }
    }
    return false;
}

static bool find_element(struct path *path, const cJSON *left, const cJSON *right)
{
    const cJSON *one = left->child, *other = right->child;
    for (; one != NULL && other != NULL; one = one->next, other = other->next) {
        if (enter(path, "[]", "", one, other)) {
            return true;
        }
    }
    return one != other;
}

static bool find(struct path *path, const cJSON *left, const cJSON *right)
{
    if (cJSON_IsObject(left) && cJSON_IsObject(right)) {
        return find_member(path, left, right);
    }
    if (cJSON_IsArray(left) && cJSON_IsArray(right)) {
        return find_element(path, left, right);
    }
    return !cJSON_Compare(left, right, true);
}

void json_place(const char *left, size_t left_length, const char *right,
                size_t right_length, char *ret_path, size_t size)
{
    struct path path = {ret_path, size};
    cJSON *one = cJSON_ParseWithLength(left, left_length);
    cJSON *other = cJSON_ParseWithLength(right, right_length);
    ret_path[0] = '\0';
    if (one == NULL || other == NULL || !find(&path, one, other) || ret_path[0] == '\0') {
        (void)snprintf(ret_path, size, "(message)");
    }
    cJSON_Delete(one);
    cJSON_Delete(other);
}

/* Take out the member of a path, "Meter.raw". */
static void leave_out(cJSON *object, const char *path)
{
    char name[128];
    const char *point = strchr(path, '.');
    if (point == NULL) {
        cJSON_DeleteItemFromObjectCaseSensitive(object, path);
        return;
    }
    (void)snprintf(name, sizeof(name), "%.*s", (int)(point - path), path);
    cJSON *inner = cJSON_GetObjectItemCaseSensitive(object, name);
    if (inner != NULL) {
        leave_out(inner, point + 1);
    }
}

bool json_same_without(const char *left, size_t left_length, const char *right,
                       size_t right_length, const char *const *paths, size_t count)
{
    cJSON *one = cJSON_ParseWithLength(left, left_length);
    cJSON *other = cJSON_ParseWithLength(right, right_length);
    for (size_t i = 0; one != NULL && other != NULL && i < count; i++) {
        leave_out(one, paths[i]);
        leave_out(other, paths[i]);
    }
    bool same = one != NULL && other != NULL && cJSON_Compare(one, other, true);
    cJSON_Delete(one);
    cJSON_Delete(other);
    return same;
}
