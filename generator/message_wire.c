/* SPDX-License-Identifier: MIT */
/* `wire`, and the keys of it that a message may set anew. */
#include "message_wire.h"

#include "language.h"
#include "scalar.h"

/* A key with two words, the second of which sets the flag. */
static bool parse_choice(struct diag *diag, const struct node *map, const char *key,
                         const char *first, const char *second, bool *ret)
{
    const char *const words[] = {first, second};
    const struct node *node = node_get(map, key);
    if (node == NULL)
        return true;
    const char *what = arena_format(diag->arena, "'%s'", key);
    int word = scalar_word(diag, node, what, words, 2);
    if (word >= 0)
        *ret = word == 1;
    return word >= 0;
}

bool wire_parse_common(struct diag *diag, const struct node *map, struct wire *wire)
{
    const struct {
        const char *key, *first, *second;
        bool *flag;
    } choices[] = {
        {"byte_order", "big", "little", &wire->little_endian},
        {"bit_order", "msb", "lsb", &wire->bit_lsb},
        {"short_frame", "reject", "zero_fill", &wire->zero_fill},
        {"trailing_bytes", "reject", "ignore", &wire->ignore_trailing},
        {"inexact", "nearest", "refuse", &wire->exact_only},
        {"model_limits", "warn", "reject", &wire->reject_limits},
    };
    const struct node *limit = node_get(map, "frame_limit");
    bool fine = true;
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
        fine = parse_choice(diag, map, choices[i].key, choices[i].first,
                            choices[i].second, choices[i].flag) &&
               fine;
    exact_int value;
    if (limit != NULL &&
        !scalar_integer(diag, limit, "'frame_limit'", 1, DGM_MAX_FRAME, &value))
        return false;
    if (limit != NULL) {
        wire->frame_limit = (uint32_t)value;
        wire->limit_where = limit->where;
    }
    return fine;
}

bool wire_parse(struct diag *diag, const struct node *map, struct wire *ret)
{
    *ret = (struct wire){.frame_limit = 1024};
    if (map == NULL)
        return true;
    bool fine = language_check_keys(diag, map, PLACE_WIRE);
    ret->header = node_get(map, "header");
    ret->trailer = node_get(map, "trailer");
    fine = wire_parse_common(diag, map, ret) && fine;
    fine =
        parse_choice(diag, map, "only", "both", "decode", &ret->decodes_reports) && fine;
    return parse_choice(diag, map, "float_text", "shortest", "double",
                        &ret->float_as_double) &&
           fine;
}
