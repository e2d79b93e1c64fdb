/* SPDX-License-Identifier: MIT */
/* Floating point formats: those of IEEE 754, and the ones that `floats` describes. */
#include "formats.h"

#include "language.h"
#include "scalar.h"

#include <string.h>

enum {
    IEEE = DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL,
    MOST_EXPONENT = 11, /* bits of binary64, which every value must be */
    MOST_FRACTION = 52
};

static const struct float_format builtins[] = {
    {"f16", {15, 1, 5, 10, IEEE}},
    {"bf16", {127, 1, 8, 7, IEEE}},
    {"f32", {127, 1, 8, 23, IEEE}},
    {"f64", {1023, 1, 11, 52, IEEE}},
};

enum { BUILTIN_COUNT = sizeof(builtins) / sizeof(builtins[0]) };

const struct dgm_float *formats_builtin(const char *name, size_t length)
{
    for (size_t i = 0; i < BUILTIN_COUNT; i++)
        if (strlen(builtins[i].name) == length &&
            memcmp(builtins[i].name, name, length) == 0)
            return &builtins[i].format;
    return NULL;
}

const struct dgm_float *formats_find(const struct float_formats *formats,
                                     const char *name)
{
    for (size_t i = 0; formats != NULL && i < formats->count; i++)
        if (strcmp(formats->items[i].name, name) == 0)
            return &formats->items[i].format;
    return NULL;
}

unsigned formats_width(const struct dgm_float *format)
{
    return (unsigned)format->sign + format->exponent + format->fraction;
}

static bool parse_count(struct diag *diag, const struct node *map, const char *key,
                        exact_int least, exact_int most, uint8_t *ret)
{
    const struct node *node = node_get(map, key);
    exact_int value;
    if (node == NULL) {
        diag_report(diag, RULE_MISSING_KEY, map->where, "a float needs '%s'", key);
        return false;
    }
    const char *what = arena_format(diag->arena, "'%s'", key);
    if (!scalar_integer(diag, node, what, least, most, &value))
        return false;
    *ret = (uint8_t)value;
    return true;
}

static bool parse_flag(struct diag *diag, const struct node *map, const char *key,
                       uint8_t flag, uint8_t *flags)
{
    const struct node *node = node_get(map, key);
    bool truth = true;
    const char *what = arena_format(diag->arena, "'%s'", key);
    if (node != NULL && !scalar_bool(diag, node, what, &truth))
        return false;
    if (truth)
        *flags |= flag;
    return true;
}

/* All values are binary64: what is shown and calculated is exactly what was sent. */
static bool check_reach(struct diag *diag, const struct node *map,
                        const struct dgm_float *format)
{
    bool hidden = (format->flags & DGM_FLOAT_HIDDEN) != 0;
    int highest = (1 << format->exponent) - 1;
    if (format->flags & DGM_FLOAT_SPECIAL)
        highest--;
    int most = highest - format->bias - (hidden ? 0 : 1);
    int least = (hidden ? 1 : 0) - format->bias - format->fraction;
    if (highest >= (hidden ? 1 : 0) && most <= 1023 && least >= -1074)
        return true;
    diag_report(diag, RULE_BAD_FLOAT, map->where,
                "the numbers of this format reach from 2^%d to 2^%d; they must stay "
                "within those of f64",
                least, most);
    return false;
}

static bool parse_format(struct diag *diag, const struct node *map, struct dgm_float *ret)
{
    const struct node *node = node_get(map, "bias");
    exact_int bias;
    if (!node_expect(diag, map, NODE_MAP, "a float") ||
        !language_check_keys(diag, map, PLACE_FLOAT) ||
        !parse_count(diag, map, "sign", 0, 1, &ret->sign) ||
        !parse_count(diag, map, "exponent", 1, MOST_EXPONENT, &ret->exponent) ||
        !parse_count(diag, map, "fraction", 1, MOST_FRACTION, &ret->fraction))
        return false;
    bias = ((exact_int)1 << (ret->exponent - 1)) - 1;
    if (node != NULL && !scalar_integer(diag, node, "'bias'", -2048, 2048, &bias))
        return false;
    ret->bias = (int32_t)bias;
    node = node_key(map, "subnormal");
    if (!parse_flag(diag, map, "hidden", DGM_FLOAT_HIDDEN, &ret->flags) ||
        !parse_flag(diag, map, "subnormal", DGM_FLOAT_SUBNORMAL, &ret->flags) ||
        !parse_flag(diag, map, "special", DGM_FLOAT_SPECIAL, &ret->flags))
        return false;
    if (node != NULL && !(ret->flags & DGM_FLOAT_HIDDEN)) {
        diag_report(diag, RULE_KEY_NOT_HERE, node->where,
                    "'subnormal' has no meaning where no bit is hidden");
        return false;
    }
    return check_reach(diag, map, ret);
}

static bool parse_entry(struct diag *diag, const struct node *key, const struct node *map,
                        struct float_format *ret)
{
    ret->name = scalar_identifier(diag, key, "the name of a float");
    if (ret->name == NULL)
        return false;
    /* Names that the types of the language begin with would read as those. */
    static const char *const words[] = {"bool", "text", "bytes", "bcd", "digits"};
    const char *name = ret->name;
    bool taken = formats_builtin(name, strlen(name)) != NULL;
    size_t letters = strspn(name, "uismgrayf");
    taken = taken || (letters > 0 && name[letters] >= '0' && name[letters] <= '9' &&
                      (letters == 1 || strncmp(name, "sm", letters) == 0 ||
                       strncmp(name, "gray", letters) == 0));
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        taken = taken || strncmp(name, words[i], strlen(words[i])) == 0;
    if (taken) {
        diag_report(diag, RULE_BAD_NAME, key->where,
                    "'%s' looks like a type of the language", name);
        return false;
    }
    return parse_format(diag, map, &ret->format);
}

bool formats_parse_floats(struct diag *diag, const struct node *map,
                          struct float_formats *ret)
{
    bool fine = true;
    if (map == NULL)
        return true;
    if (!node_expect(diag, map, NODE_MAP, "'floats'"))
        return false;
    ret->items = arena_array(diag->arena, map->count + 1, sizeof(*ret->items));
    for (size_t i = 0; i < map->count; i++)
        fine =
            parse_entry(diag, map->keys[i], map->items[i], &ret->items[ret->count++]) &&
            fine;
    return fine;
}
