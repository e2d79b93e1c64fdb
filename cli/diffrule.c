/* SPDX-License-Identifier: MIT */
#include "diffrule.h"

#include "decimal.h"
#include "jsontree.h"

#include <string.h>

static const char *const words[DIFF_ROLES] = {"product", "service",   "property",
                                              "command", "parameter", "response",
                                              "event",   "member"};

const char *diff_role_word(enum diff_role role)
{
    return words[role];
}

/* How the values that a field may have became others. */
struct scope {
    bool wider, narrower;
};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strcmp(name, *names) == 0) {
            return true;
        }
    }
    return false;
}

/* Digits of a number, or of one in a text. */
static const char *digits_of(const cJSON *item)
{
    const char *digits = jsontree_number(item);
    return digits != NULL ? digits : jsontree_text(item);
}

/* Without a limit there are more values than with any. */
static struct scope scope_of_limit(bool is_upper, const cJSON *old, const cJSON *new)
{
    int order = 0;
    if (old == NULL || new == NULL) {
        return (struct scope){new == NULL, old == NULL};
    }
    const char *one = digits_of(old), *other = digits_of(new);
    if (one == NULL || other == NULL || !decimal_order(one, other, &order)) {
        return (struct scope){true, true};
    }
    return is_upper ? (struct scope){order<0, order> 0}
                    : (struct scope){order > 0, order < 0};
}

/* Are all texts of one list in the other? */
static bool holds(const cJSON *list, const cJSON *texts)
{
    const cJSON *text = NULL, *other = NULL;
    cJSON_ArrayForEach(text, texts)
    {
        bool found = false;
        cJSON_ArrayForEach(other, list)
        {
            found = found || cJSON_Compare(text, other, true);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static struct scope scope_of_list(const cJSON *old, const cJSON *new)
{
    if (old == NULL || new == NULL) {
        return (struct scope){new == NULL, old == NULL};
    }
    return (struct scope){!holds(old, new), !holds(new, old)};
}

/* The platform sends parameters, and reads all else. */
static enum diff_class grade_scope(enum diff_role role, struct scope scope)
{
    if (role == DIFF_ROLE_PARAMETER) {
        return scope.narrower ? DIFF_BREAKING : DIFF_WIRE;
    }
    return scope.wider ? DIFF_JSON : DIFF_WIRE;
}

/* A word that applications compare with is not there any more. */
static enum diff_class grade_list(enum diff_role role, struct scope scope)
{
    bool other_words = scope.wider && scope.narrower;
    return other_words ? DIFF_BREAKING : grade_scope(role, scope);
}

static enum diff_class grade_required(enum diff_role role, const cJSON *new)
{
    bool is_required = cJSON_IsTrue(new);
    if (role == DIFF_ROLE_PARAMETER) {
        return is_required ? DIFF_BREAKING : DIFF_WIRE;
    }
    return is_required ? DIFF_WIRE : DIFF_JSON;
}

/* "RWE": each letter is a way to use it. */
static enum diff_class grade_method(const cJSON *old, const cJSON *new)
{
    const char *left = old != NULL ? jsontree_text(old) : "";
    const char *right = new != NULL ? jsontree_text(new) : "";
    bool kept = left != NULL && right != NULL && strspn(left, right) == strlen(left);
    return kept ? DIFF_WIRE : DIFF_BREAKING;
}

static enum diff_class grade_product(const char *name)
{
    static const char *const identity[] = {
        "manufacturer_id", "model",         "product_id", "device_type",
        "data_format",     "protocol_type", NULL};
    return is_one_of(name, identity) ? DIFF_BREAKING : DIFF_WIRE;
}

enum diff_class diff_rule_part(enum diff_role role, const cJSON *part, bool is_new)
{
    const cJSON *required = cJSON_GetObjectItemCaseSensitive(part, "required");
    if (!is_new) {
        return DIFF_BREAKING;
    }
    switch (role) {
    case DIFF_ROLE_PARAMETER:
        return cJSON_IsTrue(required) ? DIFF_BREAKING : DIFF_WIRE;
    case DIFF_ROLE_COMMAND:
        return DIFF_WIRE;
    default:
        return DIFF_JSON;
    }
}

enum diff_class diff_rule_member(enum diff_role role, const char *name, const cJSON *old,
                                 const cJSON *new)
{
    static const char *const harmless[] = {"description",   "step",         "option",
                                           "default_value", "service_type", NULL};
    if (role == DIFF_ROLE_PRODUCT) {
        return grade_product(name);
    }
    if (is_one_of(name, harmless)) {
        return DIFF_WIRE;
    }
    if (strcmp(name, "unit") == 0) {
        return old == NULL ? DIFF_WIRE : DIFF_BREAKING;
    }
    if (strcmp(name, "min") == 0) {
        return grade_scope(role, scope_of_limit(false, old, new));
    }
    if (strcmp(name, "max") == 0 || strcmp(name, "max_length") == 0) {
        return grade_scope(role, scope_of_limit(true, old, new));
    }
    if (strcmp(name, "enum_list") == 0) {
        return grade_list(role, scope_of_list(old, new));
    }
    if (strcmp(name, "required") == 0) {
        return grade_required(role, new);
    }
    return strcmp(name, "method") == 0 ? grade_method(old, new) : DIFF_BREAKING;
}
