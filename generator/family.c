/* SPDX-License-Identifier: MIT */
/* Models of a family, and the tree of each. */
#include "family.h"

#include <string.h>

#include "language.h"
#include "scalar.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What may differ: two lists, and behind them what stands under `product`. */
enum { FIRST_PRODUCT_KEY = 2 };

size_t family_find(const struct family *family, const char *name)
{
    size_t at = 0;
    while (at < family->count && (family->models[at].name == NULL ||
                                  strcmp(family->models[at].name, name) != 0))
        at++;
    return at;
}

const char *family_advice(struct arena *arena, const struct family *family,
                          const char *name)
{
    const char *names[FAMILY_MAX_MODELS];
    size_t count = 0;
    for (size_t i = 0; i < family->count; i++)
        if (family->models[i].name != NULL)
            names[count++] = family->models[i].name;
    const char *near = diag_nearest(name, names, count);
    return near == NULL ? "" : arena_format(arena, "; did you mean '%s'?", near);
}

static bool check_model(struct diag *diag, const struct family *family,
                        const struct family_model *model)
{
    static const char *const lists[] = {"services", "messages"};
    const struct node *product = node_get(family->root, "product");
    if (!language_check_keys(diag, model->map, PLACE_MODEL))
        return false;
    for (size_t i = 0; i < COUNT(lists); i++) {
        const struct node *list = node_get(model->map, lists[i]);
        const char *what = arena_format(diag->arena, "'%s' of a model", lists[i]);
        if (list != NULL && !node_expect(diag, list, NODE_LIST, what))
            return false;
    }
    bool needs_id = node_get(product, "product_id") != NULL && model != family->models;
    if (!needs_id || node_get(model->map, "product_id") != NULL)
        return true;
    diag_report(diag, RULE_MISSING_KEY, model->where,
                "model '%s' needs its own 'product_id', for that names one product",
                model->name);
    return false;
}

/* The model of `product` comes first; under `models` it may say what it has. */
static bool parse_first(struct diag *diag, const struct node *root, struct family *ret)
{
    const struct node *product = node_get(root, "product");
    const struct node *name = product != NULL ? node_get(product, "model") : NULL;
    ret->count = 1;
    if (name == NULL || name->kind != NODE_SCALAR) {
        diag_report(diag, RULE_MISSING_KEY, node_key(root, "models")->where,
                    "a family needs 'model' under 'product': the first of the models");
        return false;
    }
    ret->models[0].name = name->text;
    ret->models[0].where = name->where;
    return true;
}

static bool parse_entry(struct diag *diag, const struct node *key, const struct node *map,
                        struct family *ret)
{
    if (scalar_text(diag, key, "the name of a model") == NULL)
        return false;
    size_t at = family_find(ret, key->text);
    if (at == ret->count && at == FAMILY_MAX_MODELS) {
        diag_report(diag, RULE_TOO_LARGE, key->where, "a family has at most %d models",
                    FAMILY_MAX_MODELS);
        return false;
    }
    ret->models[at] = (struct family_model){key->text, key->where, map};
    ret->count += at == ret->count ? 1 : 0;
    return check_model(diag, ret, &ret->models[at]);
}

bool family_parse(struct diag *diag, const struct node *root, struct family *ret)
{
    const struct node *map = node_get(root, "models");
    memset(ret, 0, sizeof(*ret));
    ret->root = root;
    ret->count = 1;
    if (node_key(root, "models") == NULL)
        return true;
    if (!node_expect(diag, map, NODE_MAP, "'models'") || !parse_first(diag, root, ret))
        return false;
    bool fine = true;
    for (size_t i = 0; i < map->count; i++)
        fine = parse_entry(diag, map->keys[i], map->items[i], ret) && fine;
    return fine;
}

/* A copy with room for more entries. */
static struct node *copy_map(struct arena *arena, const struct node *map, size_t more)
{
    struct node *copy = arena_alloc(arena, sizeof(*copy));
    *copy = *map;
    copy->keys = arena_array(arena, map->count + more + 1, sizeof(*copy->keys));
    copy->items = arena_array(arena, map->count + more + 1, sizeof(*copy->items));
    for (size_t i = 0; i < map->count; i++) {
        copy->keys[i] = map->keys[i];
        copy->items[i] = map->items[i];
    }
    return copy;
}

/* Put the entry in place of that with its key, or behind all others. */
static void put_entry(struct node *map, const char *name, struct node *key,
                      struct node *value)
{
    size_t at = 0;
    while (at < map->count && strcmp(map->keys[at]->text, name) != 0)
        at++;
    if (key != NULL)
        map->keys[at] = key;
    map->items[at] = value;
    map->count += at == map->count ? 1 : 0;
}

/* `product` with the words of the model. */
static struct node *make_product(struct diag *diag, const struct node *product,
                                 const struct family_model *model, bool first)
{
    const struct language_map *keys = language_map(PLACE_MODEL);
    struct node *copy = copy_map(diag->arena, product, keys->count);
    struct node *name = arena_alloc(diag->arena, sizeof(*name));
    *name = (struct node){.kind = NODE_SCALAR,
                          .where = model->where,
                          .quoted = true,
                          .text = model->name,
                          .length = strlen(model->name)};
    if (!first)
        put_entry(copy, "model", NULL, name);
    for (size_t i = FIRST_PRODUCT_KEY; i < keys->count; i++) {
        const char *name_of_key = keys->keys[i].name;
        struct node *key = node_key(model->map, name_of_key);
        if (key != NULL)
            put_entry(copy, name_of_key, key, node_get(model->map, name_of_key));
    }
    return copy;
}

static bool is_listed(const struct node *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->kind == NODE_SCALAR &&
            strcmp(list->items[i]->text, name) == 0)
            return true;
    return false;
}

/* Every name of the list is one of the map's, and is there once. */
static bool check_list(struct diag *diag, const struct node *list, const struct node *map,
                       const char *what, enum rule rule)
{
    bool fine = true;
    size_t count = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    const char **names = arena_array(diag->arena, count + 1, sizeof(*names));
    for (size_t i = 0; i < count; i++)
        names[i] = map->keys[i]->text;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *name = list->items[i];
        struct node before = {.kind = NODE_LIST, .items = list->items, .count = i};
        const char *text = scalar_text(diag, name, what);
        if (text == NULL)
            return false;
        bool known = count > 0 && node_key(map, text) != NULL;
        const char *near = known ? NULL : diag_nearest(text, names, count);
        if (known && !is_listed(&before, text))
            continue;
        if (known)
            diag_report(diag, RULE_BAD_VALUE, name->where, "'%s' is in this list already",
                        text);
        else
            diag_report(diag, rule, name->where, "the profile has no %s '%s'%s%s%s", what,
                        text, near ? "; did you mean '" : "", near ? near : "",
                        near ? "'?" : "");
        if (!known)
            diag_fix_nearest(diag, name->where, text, names, count);
        fine = false;
    }
    return fine;
}

/* The entries of the map that the list names, in the order of the map. */
static struct node *make_choice(struct arena *arena, const struct node *map,
                                const struct node *list)
{
    struct node *copy = copy_map(arena, map, 0);
    copy->count = 0;
    for (size_t i = 0; i < map->count; i++) {
        if (!is_listed(list, map->keys[i]->text))
            continue;
        copy->keys[copy->count] = map->keys[i];
        copy->items[copy->count++] = map->items[i];
    }
    return copy;
}

/* A reply answers those of its reports that the model has; if it has none of them, the
 * names stay, and are found to be unknown. */
static struct node *narrow_answers(struct arena *arena, struct node *message,
                                   const struct node *list)
{
    const struct node *answers = node_get(message, "answers");
    if (answers == NULL || answers->kind != NODE_LIST)
        return message;
    struct node *left = arena_alloc(arena, sizeof(*left));
    *left = *answers;
    left->items = arena_array(arena, answers->count + 1, sizeof(*left->items));
    left->count = 0;
    for (size_t i = 0; i < answers->count; i++)
        if (answers->items[i]->kind == NODE_SCALAR &&
            is_listed(list, answers->items[i]->text))
            left->items[left->count++] = answers->items[i];
    if (left->count == 0 || left->count == answers->count)
        return message;
    struct node *copy = copy_map(arena, message, 0);
    put_entry(copy, "answers", NULL, left);
    return copy;
}

static bool choose(struct diag *diag, const struct family_model *model, struct node *root,
                   const char *key, const char *what, enum rule rule)
{
    const struct node *list = node_get(model->map, key), *map = node_get(root, key);
    if (list == NULL)
        return true;
    if (!check_list(diag, list, map, what, rule))
        return false;
    if (map == NULL)
        return true;
    struct node *choice = make_choice(diag->arena, map, list);
    for (size_t i = 0; i < choice->count && rule == RULE_UNKNOWN_MESSAGE; i++)
        choice->items[i] = narrow_answers(diag->arena, choice->items[i], list);
    put_entry(root, key, NULL, choice);
    return true;
}

const struct node *family_root(struct diag *diag, const struct family *family,
                               size_t index)
{
    const struct family_model *model = &family->models[index];
    const struct node *product = node_get(family->root, "product");
    diag->model = index > 0 ? model->name : NULL;
    if (model->name == NULL || (index == 0 && model->map == NULL) || product == NULL ||
        product->kind != NODE_MAP)
        return family->root;
    struct node *root = copy_map(diag->arena, family->root, 0);
    put_entry(root, "product", NULL, make_product(diag, product, model, index == 0));
    bool fine = choose(diag, model, root, "services", "service", RULE_UNKNOWN_SERVICE);
    fine = choose(diag, model, root, "messages", "message", RULE_UNKNOWN_MESSAGE) && fine;
    return fine ? root : NULL;
}
