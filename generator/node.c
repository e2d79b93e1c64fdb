/* SPDX-License-Identifier: MIT */
/* Looking into nodes, with the findings that concern their shape. */
#include "tree.h"

#include "synonyms.h"

#include <stdlib.h>
#include <string.h>

static size_t find(const struct node *map, const char *key)
{
    size_t count = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    for (size_t i = 0; i < count; i++)
        if (map->keys[i]->kind == NODE_SCALAR && strcmp(map->keys[i]->text, key) == 0)
            return i;
    return SIZE_MAX;
}

struct node *node_get(const struct node *map, const char *key)
{
    size_t at = find(map, key);
    return at == SIZE_MAX ? NULL : map->items[at];
}

struct node *node_key(const struct node *map, const char *key)
{
    size_t at = find(map, key);
    return at == SIZE_MAX ? NULL : map->keys[at];
}

bool node_expect(struct diag *diag, const struct node *node, enum node_kind kind,
                 const char *what)
{
    static const enum rule rules[] = {RULE_EXPECTED_SCALAR, RULE_EXPECTED_LIST,
                                      RULE_EXPECTED_MAP};
    static const char *const words[] = {"a single value", "a list", "a mapping"};

    if (node->kind == kind)
        return true;
    bool empty = node->kind == NODE_SCALAR && node->length == 0 && !node->quoted;
    diag_report(diag, rules[kind], node->where, "%s must be %s, not %s", what,
                words[kind], empty ? "empty" : words[node->kind]);
    return false;
}

/* Keys by text, equal ones by place. */
static int compare_keys(const void *left, const void *right)
{
    const struct node *a = *(struct node *const *)left;
    const struct node *b = *(struct node *const *)right;
    int order = strcmp(a->text, b->text);

    if (order != 0)
        return order;
    if (a->where.line != b->where.line)
        return a->where.line < b->where.line ? -1 : 1;
    return a->where.column < b->where.column ? -1 : a->where.column > b->where.column;
}

void node_check_duplicates(struct diag *diag, const struct node *map)
{
    struct node **sorted = arena_array(diag->arena, map->count, sizeof(struct node *));
    size_t count = 0;

    for (size_t i = 0; i < map->count; i++)
        if (map->keys[i]->kind == NODE_SCALAR)
            sorted[count++] = map->keys[i];
    qsort(sorted, count, sizeof(struct node *), compare_keys);
    size_t first = 0;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[first]->text, sorted[i]->text) == 0)
            diag_report(diag, RULE_DUPLICATE_KEY, sorted[i]->where,
                        "key '%s' is given twice, first in line %u", sorted[i]->text,
                        sorted[first]->where.line);
        else
            first = i;
    }
}

static bool is_known(const char *key, const char *const *allowed, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(key, allowed[i]) == 0)
            return true;
    return false;
}

/* A key without colon or value behind a plain value: `{when: min(a, b)}` gives the keys
 * `when` and `b)`. Both stand in one line. */
static bool is_cut_off(const struct node *map, size_t at)
{
    const struct node *value = map->items[at], *key = map->keys[at];

    if (at == 0 || key->quoted || value->kind != NODE_SCALAR || value->quoted ||
        value->length != 0)
        return false;
    const struct node *before = map->items[at - 1];
    return before->kind == NODE_SCALAR && !before->quoted && before->length != 0 &&
           before->where.line == key->where.line;
}

/* Quotes around a value that commas divide, up to the last of its pieces. */
static void fix_cut(struct diag *diag, const struct node *map, size_t at)
{
    if (at > 1 && is_cut_off(map, at - 1))
        return;
    const struct node *value = map->items[at - 1];
    while (at + 1 < map->count && is_cut_off(map, at + 1))
        at++;
    diag_fix_quotes(diag, value->where, map->keys[at]->where);
}

/* The key that was meant, unless the mapping has it already. */
static void fix_key(struct diag *diag, const struct node *map, const struct node *key,
                    const char *const *allowed, size_t count)
{
    const char *instead = synonym_exact_key(key->text, allowed, count);
    bool known = synonym_of_key(diag->arena, key->text, allowed, count) != NULL;
    if (!known)
        instead = diag_surely_nearest(key->text, allowed, count);
    if (instead != NULL && node_get(map, instead) == NULL)
        diag_fix(diag, key->where, key->text, instead);
}

static void report_key(struct diag *diag, const struct node *map, size_t at,
                       const char *what, const char *const *allowed, size_t count)
{
    const struct node *key = map->keys[at];
    struct arena *arena = diag->arena;

    if (is_cut_off(map, at)) {
        diag_report(diag, RULE_EXPRESSION_CUT, key->where,
                    "'%s' is cut off by the comma: put the whole value of '%s' in quotes",
                    key->text, map->keys[at - 1]->text);
        fix_cut(diag, map, at);
        return;
    }
    bool searches = diag->errors < DIAG_MAX_ERRORS;
    const char *meant =
        searches ? synonym_of_key(arena, key->text, allowed, count) : NULL;
    const char *nearest =
        searches && meant == NULL ? diag_nearest(key->text, allowed, count) : NULL;
    if (nearest != NULL)
        meant = arena_format(arena, "'%s'", nearest);
    if (meant != NULL)
        diag_report(diag, RULE_UNKNOWN_KEY, key->where,
                    "unknown key '%s' in %s; did you mean %s?", key->text, what, meant);
    else
        diag_report(diag, RULE_UNKNOWN_KEY, key->where, "unknown key '%s' in %s",
                    key->text, what);
    if (meant != NULL)
        fix_key(diag, map, key, allowed, count);
}

bool node_check_keys(struct diag *diag, const struct node *map, const char *what,
                     const char *const *allowed, size_t allowed_count)
{
    bool fine = true;

    if (!node_expect(diag, map, NODE_MAP, what))
        return false;
    for (size_t i = 0; i < map->count; i++) {
        if (is_known(map->keys[i]->text, allowed, allowed_count))
            continue;
        report_key(diag, map, i, what, allowed, allowed_count);
        fine = false;
    }
    return fine;
}
