/* SPDX-License-Identifier: MIT */
/* A plan for a message while it is made. */
#ifndef DGM_PLAN_ENCODE_DRAFT_H
#define DGM_PLAN_ENCODE_DRAFT_H

#include "plan_encode.h"

/* A field that counts a member, which has not come yet. */
struct draft_owner {
    uint16_t member, slot;
    uint8_t code; /* enum dgm_code */
    bool is_taken;
};

struct draft {
    const struct dgm_codec *codec;
    struct plan_store *store;
    const struct dgm_message *message;
    const struct dgm_row *rows;
    const struct dgm_member *members;
    struct plan_message *plan;
    struct plan_field *fields;
    struct plan_scope *scopes;
    unsigned field_count, field_most;
    unsigned scope_count, scope_most;
    uint8_t *bytes; /* of the part or element at work */
    uint8_t *spare; /* behind it */
    unsigned part;
    uint32_t at;
    struct plan_array *array; /* at work, or NULL */
    struct plan_field *element;
    uint32_t covered; /* bytes of the element that fields write whole */
    struct draft_owner owners[PLAN_OWNERS];
};

/* plan_encode_scopes.c: the objects of the message. */
bool draft_scopes(struct draft *draft);
/* The field of a member, or NULL. */
struct plan_field *draft_field(const struct draft *draft, uint16_t member);
/* The rows are done: which members must be there, and what stands in for others. */
void draft_missing(struct draft *draft);

/* plan_encode_fits.c: do constants make sure that decode takes the frame for this
 * message? Sets whether to look; false: it never does. */
bool draft_fits(struct draft *draft);

#endif
