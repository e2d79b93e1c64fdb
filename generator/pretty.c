/* SPDX-License-Identifier: MIT */
/*
 * A profile laid out anew, and the proof that nothing was lost: what comes out is parsed
 * again, and must be the same tree with as many comments.
 */
#include "pretty.h"

#include <string.h>

enum {
    MOST_KEYS = 100 /* more than any shape has */
};

static bool is_same_text(const struct node *left, const struct node *right)
{
    return left->quoted == right->quoted && left->length == right->length &&
           memcmp(left->text, right->text, left->length) == 0;
}

/* Where the value of a key is, in the copy. Names keep their place, and so do the keys of
 * a mapping that has more of them than there are. */
static size_t place_in(const struct node *copy, const struct node *map, size_t at,
                       const struct pretty_shape *shape)
{
    if (map->kind != NODE_MAP || shape == NULL || shape->order == NULL ||
        map->count > MOST_KEYS)
        return at;
    for (size_t i = 0; i < copy->count; i++)
        if (is_same_text(copy->keys[i], map->keys[at]))
            return i;
    return at;
}

/* Do two trees say the same, but for the order that shapes give? */
static bool is_same(const struct node *node, const struct node *copy,
                    const struct pretty_shape *shape)
{
    if (node->kind != copy->kind || node->count != copy->count)
        return false;
    if (node->kind == NODE_SCALAR)
        return is_same_text(node, copy);
    bool named = node->kind == NODE_MAP;
    for (size_t i = 0; i < node->count; i++) {
        size_t at = place_in(copy, node, i, shape);
        if (named && !is_same_text(node->keys[i], copy->keys[at]))
            return false;
        if (!is_same(node->items[i], copy->items[at],
                     named ? pretty_shape_under(shape, node->keys[i]->text) : shape))
            return false;
    }
    return true;
}

static bool is_proven(const struct pretty *pretty, const struct diag *diag,
                      const struct node *root)
{
    struct diag again;
    struct pretty_gaps gaps = {0};
    const struct out *out = &pretty->out;
    diag_init(&again, pretty->arena, diag->files[0].name, out->text, out->length);
    const struct node *copy = tree_parse(&again);
    if (copy == NULL || !is_same(root, copy, &pretty_profile_shape))
        return false;
    pretty_scan(pretty->arena, copy, out->text, out->length, &gaps);
    return gaps.note_count == pretty->gaps.note_count;
}

const char *pretty_text(struct diag *diag, size_t *ret_length, bool *ret_done)
{
    const struct diag_file *file = &diag->files[0];
    const struct node *root = tree_parse(diag);
    if (root == NULL)
        return NULL;
    struct pretty *pretty = arena_alloc(diag->arena, sizeof(*pretty));
    pretty->arena = diag->arena;
    pretty->text = file->text;
    pretty->length = file->length;
    out_init(&pretty->out, diag->arena);
    pretty_scan(diag->arena, root, file->text, file->length, &pretty->gaps);
    pretty_put_root(pretty, pretty_plan(pretty, root));
    *ret_done = is_proven(pretty, diag, root);
    *ret_length = *ret_done ? pretty->out.length : file->length;
    return *ret_done ? pretty->out.text
                     : arena_copy(diag->arena, file->text, file->length);
}
