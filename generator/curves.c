/* SPDX-License-Identifier: MIT */
/* Curves: tables of points with straight lines between them. */
#include "formats.h"

#include "language.h"
#include "scalar.h"

#include <string.h>

enum { MOST_POINTS = 1024, MOST_CURVES = 1024 };

static bool fault(struct diag *diag, const struct node *node, const char *text)
{
    diag_report(diag, RULE_BAD_CURVE, node->where, "%s", text);
    return false;
}

static bool parse_point(struct diag *diag, const struct node *node,
                        struct curve_point *ret)
{
    if (!node_expect(diag, node, NODE_LIST, "a point"))
        return false;
    if (node->count != 2)
        return fault(diag, node, "a point is [x, y]");
    return scalar_number(diag, node->items[0], "the x of a point", &ret->x) &&
           scalar_number(diag, node->items[1], "the y of a point", &ret->y);
}

/* Decimals that all of the numbers can be written with. */
static bool note_digits(struct exact number, unsigned *digits)
{
    unsigned own;
    if (!exact_digits(number, &own))
        return false;
    if (own > *digits)
        *digits = own;
    return true;
}

static bool check_point(struct diag *diag, const struct node *node, struct curve *curve,
                        size_t index, uint8_t *flags)
{
    const struct curve_point *point = &curve->points[index], *before = point - 1;
    if (!note_digits(point->x, &curve->x_digits) ||
        !note_digits(point->y, &curve->y_digits))
        return fault(diag, node, "the numbers of a point are decimals");
    if (index == 0)
        return true;
    if (exact_compare(before->x, point->x) >= 0)
        return fault(diag, node, "points stand in ascending order of x, each x once");
    int order = exact_compare(before->y, point->y);
    *flags &= (uint8_t)(order < 0 ? DGM_CURVE_RISING : order > 0 ? DGM_CURVE_FALLING : 0);
    return true;
}

static bool parse_points(struct diag *diag, const struct node *list, struct curve *curve)
{
    uint8_t flags = DGM_CURVE_RISING | DGM_CURVE_FALLING;
    if (!node_expect(diag, list, NODE_LIST, "'points'"))
        return false;
    if (list->count < 2 || list->count > MOST_POINTS)
        return fault(diag, list, "a curve has 2 to 1024 points");
    curve->points = arena_array(diag->arena, list->count, sizeof(*curve->points));
    curve->count = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (!parse_point(diag, list->items[i], &curve->points[i]) ||
            !check_point(diag, list->items[i], curve, i, &flags))
            return false;
    curve->flags = flags;
    for (size_t i = 0; i < list->count; i++) {
        int64_t x, y;
        if (!exact_scaled_i64(curve->points[i].x, curve->x_digits, &x) ||
            !exact_scaled_i64(curve->points[i].y, curve->y_digits, &y))
            return fault(diag, list->items[i],
                         "with the decimals that the curve needs, this point is beyond "
                         "64 bits");
    }
    return true;
}

static bool parse_curve(struct diag *diag, const struct node *key, const struct node *map,
                        struct curve *ret)
{
    static const char *const words[] = {"clamp", "extend", "refuse"};
    ret->name = scalar_identifier(diag, key, "the name of a curve");
    if (ret->name == NULL || !node_expect(diag, map, NODE_MAP, "a curve") ||
        !language_check_keys(diag, map, PLACE_CURVE))
        return false;
    const struct node *points = node_get(map, "points");
    const struct node *outside = node_get(map, "outside");
    if (points == NULL) {
        diag_report(diag, RULE_MISSING_KEY, map->where, "a curve needs 'points'");
        return false;
    }
    if (outside != NULL) {
        int word = scalar_word(diag, outside, "'outside' of a curve", words, 3);
        if (word < 0)
            return false;
        ret->outside = (uint8_t)(DGM_CURVE_CLAMP + word);
    }
    return parse_points(diag, points, ret);
}

bool curves_parse(struct diag *diag, const struct node *map, struct curves *ret)
{
    bool fine = true;
    if (map == NULL)
        return true;
    if (!node_expect(diag, map, NODE_MAP, "'curves'"))
        return false;
    if (map->count > MOST_CURVES) {
        diag_report(diag, RULE_TOO_LARGE, map->where, "at most %d curves are allowed",
                    MOST_CURVES);
        return false;
    }
    ret->items = arena_array(diag->arena, map->count + 1, sizeof(*ret->items));
    ret->used = arena_array(diag->arena, map->count + 1, sizeof(*ret->used));
    for (size_t i = 0; i < map->count; i++)
        fine =
            parse_curve(diag, map->keys[i], map->items[i], &ret->items[ret->count++]) &&
            fine;
    return fine;
}

/* Curves without a use have no place in the table: files are shared, tables are not. */
static const struct curve *use(struct curves *curves, struct curve *curve)
{
    if (!curve->used) {
        curve->used = true;
        curve->index = (uint16_t)curves->used_count;
        curves->used[curves->used_count++] = curve;
    }
    return curve;
}

const struct curve *curves_use(struct diag *diag, struct curves *curves, const char *name,
                               struct location where)
{
    size_t count = curves != NULL ? curves->count : 0;
    const char **names = arena_array(diag->arena, count + 1, sizeof(*names));
    for (size_t i = 0; i < count; i++) {
        names[i] = curves->items[i].name;
        if (names[i] != NULL && strcmp(names[i], name) == 0)
            return use(curves, &curves->items[i]);
        if (names[i] == NULL)
            names[i] = "";
    }
    const char *near = diag_nearest(name, names, count);
    diag_report(diag, RULE_UNKNOWN_CURVE, where, "there is no curve '%s'%s%s%s", name,
                near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    diag_fix_nearest(diag, where, name, names, count);
    return NULL;
}
