/* SPDX-License-Identifier: MIT */
/*
 * Encoding takes the first message that knows every member given and misses none. Two
 * messages can take the same JSON if each knows all that the other needs, and no fixed
 * value keeps them apart.
 */
#include "lower.h"

#include <string.h>

/* Members of a message in one object: where it is among the members, or DGM_NONE. */
struct members {
    const struct message *message;
    uint16_t parent;
};

/* Parameters of a command stand in no service, and in bare JSON neither do others. */
static bool same_service(const struct member_plan *left, const struct member_plan *right)
{
    return left->service == right->service || left->service == DGM_NONE ||
           right->service == DGM_NONE;
}

static const struct member_plan *find(const struct members *members,
                                      const struct member_plan *wanted)
{
    const struct message *message = members->message;
    for (size_t i = 0; i < message->member_count; i++) {
        const struct member_plan *member = &message->members[i];
        if (member->parent == members->parent && same_service(member, wanted) &&
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

static bool knows_all(const struct members *left, const struct members *right);

/* An object that one of the two needs has to satisfy both. */
static bool fits_inside(const struct message *left, const struct member_plan *member,
                        const struct message *right, const struct member_plan *other)
{
    bool are_objects =
        member->kind == DGM_MEMBER_OBJECT && other->kind == DGM_MEMBER_OBJECT;
    struct members inner = {left, (uint16_t)(member - left->members)};
    struct members others = {right, (uint16_t)(other - right->members)};
    return !are_objects || !(member->required || other->required) ||
           knows_all(&inner, &others);
}

/* Does `right` know all that `left` needs, with values that both can have? */
static bool knows_all(const struct members *left, const struct members *right)
{
    for (size_t i = 0; i < left->message->member_count; i++) {
        const struct member_plan *member = &left->message->members[i];
        if (member->parent != left->parent)
            continue;
        const struct member_plan *other = find(right, member);
        if (other == NULL
                ? member->required
                : are_unlike(member, other) ||
                      !fits_inside(left->message, member, right->message, other))
            return false;
    }
    return true;
}

static bool is_candidate(const struct message *message)
{
    return message_encodes(message) && !message->fallback &&
           message->kind != DGM_KIND_REPLY;
}

/* Where there are no services the JSON tells neither a report from a command nor one
 * command from another. */
static bool is_bare(const struct profile_source *source, const struct message *message)
{
    return !source->product->has_services &&
           (message->kind == DGM_KIND_COMMAND || message->kind == DGM_KIND_REPORT);
}

static bool are_alike(const struct profile_source *source, const struct message *left,
                      const struct message *right)
{
    return (is_bare(source, left) && is_bare(source, right)) ||
           (left->kind == right->kind && left->command == right->command);
}

static bool can_take_same(const struct message *left, const struct message *right)
{
    struct members lefts = {left, DGM_NONE}, rights = {right, DGM_NONE};
    return knows_all(&lefts, &rights) && knows_all(&rights, &lefts);
}

static const char *word_of(const struct message *message)
{
    return message->kind == DGM_KIND_COMMAND ? "command" : "report";
}

static void tell(struct profile_source *source, const struct message *left,
                 const struct message *right)
{
    if (left->kind == right->kind)
        diag_report(source->diag, RULE_AMBIGUOUS_ENCODE, right->where,
                    "'%s' can take the same JSON and stands first; encoding '%s' needs "
                    "its name",
                    left->name, right->name);
    else
        diag_report(source->diag, RULE_AMBIGUOUS_ENCODE, right->where,
                    "%s '%s' can take the JSON of %s '%s' and stands first; encode this "
                    "one with -d %s or -m %s",
                    word_of(left), left->name, word_of(right), right->name,
                    right->kind == DGM_KIND_COMMAND ? "down" : "up", right->name);
}

/* The first message that stands before this one and can take the same; one of the same
 * kind if there is any, which no direction keeps apart. */
static const struct message *find_clash(const struct profile_source *source, size_t k)
{
    const struct message *found = NULL, *right = &source->messages.items[k];
    for (size_t i = 0; i < k && is_candidate(right); i++) {
        const struct message *left = &source->messages.items[i];
        if (!is_candidate(left) || !are_alike(source, left, right) ||
            !can_take_same(left, right))
            continue;
        if (left->kind == right->kind)
            return left;
        found = found != NULL ? found : left;
    }
    return found;
}

void ambiguous_lint(struct profile_source *source)
{
    for (size_t k = 1; k < source->messages.count; k++) {
        const struct message *left = find_clash(source, k);
        if (left != NULL)
            tell(source, left, &source->messages.items[k]);
    }
}
