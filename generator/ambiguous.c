/* SPDX-License-Identifier: MIT */
/*
 * Encoding takes the first message that knows every member given and misses none. Two
 * messages can take the same JSON if each knows all that the other needs, and no fixed
 * value keeps them apart.
 */
#include "lower.h"

#include <string.h>

static const struct member_plan *find(const struct message *message,
                                      const struct member_plan *wanted)
{
    for (size_t i = 0; i < message->member_count; i++) {
        const struct member_plan *member = &message->members[i];
        if (member->parent == DGM_NONE && member->service == wanted->service &&
            (member->record == DGM_NONE) == (wanted->record == DGM_NONE) &&
            strcmp(member->name, wanted->name) == 0)
            return member;
    }
    return NULL;
}

/* Constants that the JSON would have to agree with both. */
static bool are_unlike(const struct member_plan *left, const struct member_plan *right)
{
    if (left->kind == DGM_MEMBER_LITERAL && right->kind == DGM_MEMBER_LITERAL)
        return strcmp(left->text, right->text) != 0;
    return left->item->has_const && right->item->has_const &&
           !item_constants_meet(left->item, right->item);
}

/* Does `right` know all that `left` needs, with values that both can have? */
static bool knows_all(const struct message *left, const struct message *right)
{
    for (size_t i = 0; i < left->member_count; i++) {
        const struct member_plan *member = &left->members[i];
        if (member->parent != DGM_NONE)
            continue;
        const struct member_plan *other = find(right, member);
        if (other == NULL ? member->required : are_unlike(member, other))
            return false;
    }
    return true;
}

static bool is_candidate(const struct message *message)
{
    return message_encodes(message) && !message->fallback &&
           message->kind != DGM_KIND_REPLY;
}

void ambiguous_lint(struct profile_source *source)
{
    const struct message_list *messages = &source->messages;
    for (size_t k = 1; k < messages->count; k++) {
        const struct message *right = &messages->items[k];
        for (size_t i = 0; i < k && is_candidate(right); i++) {
            const struct message *left = &messages->items[i];
            if (!is_candidate(left) || left->kind != right->kind ||
                left->command != right->command || !knows_all(left, right) ||
                !knows_all(right, left))
                continue;
            diag_report(source->diag, RULE_AMBIGUOUS_ENCODE, right->where,
                        "'%s' can take the same JSON and stands first; encoding '%s' "
                        "needs its name",
                        left->name, right->name);
            break;
        }
    }
}
