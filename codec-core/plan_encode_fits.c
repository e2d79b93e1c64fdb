/* SPDX-License-Identifier: MIT */
/* Plans for encoding: proving that decode takes the frame for the message it is. */
#include "plan_encode_draft.h"

#include "frame.h"
#include "scaling.h"

/* Do the guard's bits depend on what is stored here? */
static bool depends(const struct dgm_guard *guard, const struct plan_place *place,
                    bool whole, uint32_t size)
{
    if (place->part != 0)
        return false;
    for (unsigned i = 0; i < guard->size; i++) {
        uint64_t mask = guard->mask >> (8 * (guard->size - 1u - i)) & 0xFF;
        uint32_t at = (uint32_t)guard->at + i;
        if (mask == 0 || at < place->at || at >= place->at + size)
            continue;
        if (whole || place->bytes == 0 || place->bytes > 8)
            return true;
        uint8_t bits[8];
        frame_store(bits, place->bytes, place->order,
                    width_mask(place->width) << place->shift);
        if ((bits[at - place->at] & mask) != 0)
            return true;
    }
    return false;
}

static bool is_constant(const struct draft *draft, const struct dgm_guard *guard)
{
    const struct plan_message *plan = draft->plan;
    if ((uint32_t)guard->at + guard->size > plan->parts[0].size)
        return false;
    for (unsigned i = 0; i < draft->field_count; i++) {
        const struct plan_field *field = &draft->fields[i];
        bool is_text = field->read == PLAN_TEXT;
        uint32_t size = is_text ? field->with.string->size : field->place.bytes;
        if (field->row != NULL && field->read <= PLAN_TEXT &&
            depends(guard, &field->place, is_text, size))
            return false;
    }
    for (unsigned i = 0; i < plan->owner_count; i++)
        if (depends(guard, &plan->owners[i], true, plan->owners[i].bytes))
            return false;
    for (unsigned i = 0; i < plan->role_count; i++)
        if (depends(guard, &plan->roles[i].place, false, plan->roles[i].place.bytes))
            return false;
    if (plan->has_time && depends(guard, &plan->time, false, plan->time.bytes))
        return false;
    for (unsigned i = 0; i < plan->fixup_count; i++)
        if (depends(guard, &plan->fixups[i].place, true, plan->fixups[i].place.bytes))
            return false;
    return true;
}

static bool is_proven(const struct draft *draft, const struct dgm_guard *guard)
{
    const struct plan_message *plan = draft->plan;
    switch (guard->kind) {
    case DGM_GUARD_CHANNEL:
    case DGM_GUARD_TOPIC:
        return true;
    case DGM_GUARD_LENGTH:
        return plan->part_count == 1;
    default:
        return is_constant(draft, guard);
    }
}

bool draft_fits(struct draft *draft)
{
    const struct dgm_message *message = draft->message;
    struct plan_message *plan = draft->plan;
    if (message->flags & DGM_MESSAGE_ENCODE_ONLY)
        return true;
    for (unsigned i = 0; i < message->guard_count; i++)
        if (!is_proven(draft, &draft->codec->guards[message->first_guard + i]))
            plan->check_fits = true;
    return plan->check_fits || message_fits(draft->codec, message, NULL,
                                            plan->parts[0].bytes, plan->parts[0].size);
}
