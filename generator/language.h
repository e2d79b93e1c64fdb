/* SPDX-License-Identifier: MIT */
/*
 * The keys of the profile language, place by place: which there are, what they take, and
 * what they are for. The compiler checks profiles by these lists, and the schema of the
 * language is made of them, so that the two cannot disagree.
 */
#ifndef DGM_LANGUAGE_H
#define DGM_LANGUAGE_H

#include "tree.h"

enum language_place {
    PLACE_PROFILE,
    PLACE_PART,
    PLACE_PRODUCT,
    PLACE_MODEL,
    PLACE_SERVICE,
    PLACE_COMMAND,
    PLACE_EVENT,
    PLACE_PROPERTY,
    PLACE_PARAMETER,
    PLACE_WIRE,
    PLACE_FRAMING,
    PLACE_FRAMING_LENGTH,
    PLACE_MESSAGE,
    PLACE_ITEM,
    PLACE_UNTIL,
    PLACE_TIME,
    PLACE_PROCESS,
    PLACE_CHECKSUM,
    PLACE_LOOP,
    PLACE_GROUP,
    PLACE_HOOK,
    PLACE_FLOAT,
    PLACE_CURVE,
    PLACE_VECTOR,
    PLACE_COUNT
};

/*
 * What a key takes: alternatives with " / " between them. Each is `text`, `integer`,
 * `number`, `truth`, `null`, `any` or `expression`; `words:a|b`; the name of a place or
 * of a definition of the schema; or `map:X`, `list:X` of one of these.
 */
struct language_key {
    const char *name, *takes, *about;
    unsigned forms; /* PLACE_ITEM: of these forms, see item_keys.h */
};

struct language_map {
    const char *name; /* of the definition in the schema */
    const char *what; /* in findings: "a message" */
    const struct language_key *keys;
    size_t count;
    const char *required; /* names with blanks between, or "" */
};

/* language_items.c: what stands in layouts. */
extern const struct language_map language_item, language_until, language_time,
    language_process, language_checksum, language_loop;

const struct language_map *language_map(enum language_place place);

/* The key of that name, or NULL. */
const struct language_key *language_key(enum language_place place, const char *name);

/* node_check_keys() with the keys of the place. */
bool language_check_keys(struct diag *diag, const struct node *map,
                         enum language_place place);

#endif
