/* SPDX-License-Identifier: MIT */
/*
 * Which member of the message a JSON name is. Platforms print members in a fixed order,
 * so the one behind the last one found is tried first, and from there on each. Should
 * that take long for a message of many members, because the JSON has another order or
 * names that are none, they are indexed once, in the caller's memory.
 */
#include "encode.h"

/* So many looks at a member, for each there is, and an index is worth its making. */
enum { PATIENCE = 4 };

static bool is_same(const struct encoder *encoder, unsigned index,
                    const struct scope *scope, const struct json_string *name)
{
    const struct dgm_member *member = &encoder->members[index];
    if (!name->escaped && name->length != member->name_length)
        return false;
    return scope_has(scope, member) &&
           json_string_is(name, encoder->codec->pool + member->name, member->name_length);
}

/* Of a name where it stands. Of the members inside another one the service is that one's.
 */
static uint32_t hash(const struct scope *scope, const struct json_string *name)
{
    uint32_t result = 2166136261u, code_point;
    size_t position = 0;
    result = (result ^ scope->parent) * 16777619u;
    result = (result ^ scope->record) * 16777619u;
    if (scope->parent == DGM_NONE)
        result = (result ^ scope->service) * 16777619u;
    while (json_string_next(name, &position, &code_point))
        result = (result ^ code_point) * 16777619u;
    return result ^ result >> 15;
}

static uint32_t bucket_of(const struct encoder *encoder, const struct scope *scope,
                          const struct json_string *name)
{
    return (uint32_t)((uint64_t)hash(scope, name) * encoder->message->member_count >> 32);
}

/* The first member of each bucket, then the next one of each member's. */
static void make_index(struct encoder *encoder)
{
    unsigned count = encoder->message->member_count;
    uint16_t *first = encoder->index, *next = first + count;
    for (unsigned i = 0; i < count; i++)
        first[i] = DGM_NONE;
    for (unsigned i = count; i-- > 0;) {
        const struct dgm_member *member = &encoder->members[i];
        const struct scope scope = {member->parent, member->service, member->record,
                                    false, false};
        const struct json_string name = {encoder->codec->pool + member->name,
                                         member->name_length, false};
        uint32_t bucket = bucket_of(encoder, &scope, &name);
        next[i] = first[bucket];
        first[bucket] = (uint16_t)i;
    }
    encoder->is_indexed = true;
}

static uint16_t find_by_index(const struct encoder *encoder, const struct scope *scope,
                              const struct json_string *name)
{
    const uint16_t *next = encoder->index + encoder->message->member_count;
    uint16_t index = encoder->index[bucket_of(encoder, scope, name)];
    while (index != DGM_NONE && !is_same(encoder, index, scope, name))
        index = next[index];
    return index;
}

static uint16_t find_by_look(struct encoder *encoder, const struct scope *scope,
                             const struct json_string *name, unsigned from)
{
    unsigned count = encoder->message->member_count;
    for (unsigned looks = 0, i = from; looks < count; looks++, i++) {
        if (i >= count)
            i = 0;
        if (is_same(encoder, i, scope, name)) {
            encoder->looks += looks;
            return (uint16_t)i;
        }
    }
    encoder->looks += count;
    return DGM_NONE;
}

uint16_t bind_find(struct encoder *encoder, const struct scope *scope,
                   const struct json_string *name, unsigned *next)
{
    unsigned count = encoder->message->member_count;
    bool many = HAS_SPEED && encoder->index != NULL && count >= MEMBERS_INDEXED;
    if (many && !encoder->is_indexed && encoder->looks > (size_t)PATIENCE * count)
        make_index(encoder);
    uint16_t found;
    if (!HAS_SPEED || !encoder->is_indexed)
        found = find_by_look(encoder, scope, name, *next);
    else if (*next < count && is_same(encoder, *next, scope, name))
        found = (uint16_t)*next;
    else
        found = find_by_index(encoder, scope, name);
    if (found != DGM_NONE)
        *next = found + 1u;
    return found;
}
