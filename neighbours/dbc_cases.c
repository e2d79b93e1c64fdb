/* SPDX-License-Identifier: MIT */
/*
 * The values of a multiplexor fall into classes that have the same signals; each class is
 * a case, and where its signals select others again, several. Values without any signal
 * are a class as well: of a single multiplexor the one that takes what the others leave.
 */
#include "dbc_cases.h"
#include "dbc_split.h"

#include <stdlib.h>
#include <string.h>

/* What is known of a signal of the message. */
struct member {
    struct dbc_signal *signal;
    size_t parent; /* position of its multiplexor, or SIZE_MAX */
    bool is_there;
};

struct walk {
    const struct dbc_cases *cases;
    struct member *members;
    size_t count;
    struct dbc_signal **signals; /* room for a case */
    struct dbc_choice choices[DBC_CHOICES_MAX];
    size_t choice_count;
    size_t selectors; /* that select something */
    size_t made;
    bool is_full;
};

/* A multiplexor about which is decided. */
struct decision {
    struct walk *walk;
    size_t selector;
    struct dbc_child *children;
    size_t child_count;
    struct dbc_split split;
    struct dbc_span *spans; /* room for those of a choice */
};

static size_t find_member(const struct walk *walk, struct dbc_text name)
{
    size_t i = 0;
    while (i < walk->count && !dbc_text_same(walk->members[i].signal->name, name)) {
        i++;
    }
    return i < walk->count ? i : SIZE_MAX;
}

/* The one that selects where the file names none; of several it is not known. */
static size_t find_only_selector(const struct walk *walk)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < walk->count; i++) {
        const struct dbc_signal *signal = walk->members[i].signal;
        if (!signal->selects || signal->is_selected) {
            continue;
        }
        if (found != SIZE_MAX) {
            return SIZE_MAX;
        }
        found = i;
    }
    return found;
}

/* Does the signal hang on one that is in each frame, and on no circle? */
static bool is_rooted(const struct walk *walk, size_t at)
{
    size_t steps = 0;
    while (walk->members[at].signal->is_selected && steps <= DBC_CHOICES_MAX) {
        at = walk->members[at].parent;
        steps++;
        if (at == SIZE_MAX) {
            return false;
        }
    }
    return steps <= DBC_CHOICES_MAX;
}

/* Find the multiplexor of each signal; signals without one are lost. */
static void find_parents(struct walk *walk)
{
    size_t only = find_only_selector(walk);
    for (size_t i = 0; i < walk->count; i++) {
        struct dbc_signal *signal = walk->members[i].signal;
        walk->members[i].parent = !signal->is_selected ? SIZE_MAX
                                  : signal->parent.at != NULL
                                      ? find_member(walk, signal->parent)
                                      : only;
        size_t parent = walk->members[i].parent;
        if (parent != SIZE_MAX && !walk->members[parent].signal->selects) {
            walk->members[i].parent = SIZE_MAX;
        }
    }
    for (size_t i = 0; i < walk->count; i++) {
        if (!is_rooted(walk, i)) {
            struct dbc_signal *signal = walk->members[i].signal;
            dbc_warn_signal(walk->cases->dbc, signal,
                            "which multiplexor selects it is not known; it is left out");
            signal->is_lost = true;
        }
    }
}

/* Largest value of the multiplexor. */
static uint64_t most_of(const struct dbc_signal *selector)
{
    unsigned bits = selector->size - selector->is_signed;
    return bits == 0 ? 0 : UINT64_MAX >> (64 - bits);
}

static bool has_value_for(const struct walk *walk, const struct member *member)
{
    const struct dbc_slice *slice = &member->signal->spans;
    const struct dbc_span *spans = walk->cases->dbc->spans + slice->at;
    uint64_t most = most_of(walk->members[member->parent].signal);
    size_t at = 0;
    while (at < slice->count && spans[at].first > most) {
        at++;
    }
    return at < slice->count;
}

/* Signals that no frame can have, because a multiplexor has no value for them or for
 * another one that they hang on, are lost. */
static void sift_unreachable(const struct walk *walk)
{
    for (size_t i = 0; i < walk->count; i++) {
        const struct member *member = &walk->members[i];
        struct dbc_signal *signal = member->signal;
        while (!signal->is_lost && member->parent != SIZE_MAX) {
            if (!has_value_for(walk, member)) {
                dbc_warn_signal(walk->cases->dbc, signal,
                                "no value of a multiplexor selects it; it is left out");
                signal->is_lost = true;
            }
            member = &walk->members[member->parent];
        }
    }
}

/* Multiplexors that select nothing are signals like others. */
static void count_selectors(struct walk *walk)
{
    for (size_t i = 0; i < walk->count; i++) {
        walk->members[i].signal->selects = false;
    }
    for (size_t i = 0; i < walk->count; i++) {
        size_t parent = walk->members[i].parent;
        if (parent != SIZE_MAX && !walk->members[i].signal->is_lost) {
            walk->selectors += !walk->members[parent].signal->selects;
            walk->members[parent].signal->selects = true;
        }
    }
}

/* How many values there are below zero, none of which selects anything. */
static uint64_t count_negative(const struct dbc_signal *selector)
{
    return selector->is_signed ? (uint64_t)1 << (selector->size - 1) : 0;
}

static void find_children(struct decision *decision)
{
    const struct walk *walk = decision->walk;
    for (size_t i = 0; i < walk->count; i++) {
        const struct dbc_signal *signal = walk->members[i].signal;
        if (walk->members[i].parent == decision->selector && !signal->is_lost) {
            decision->children[decision->child_count++] = (struct dbc_child){
                i, walk->cases->dbc->spans + signal->spans.at, signal->spans.count};
        }
    }
}

static size_t count_spans(const struct decision *decision)
{
    size_t count = 0;
    for (size_t i = 0; i < decision->child_count; i++) {
        count += decision->children[i].span_count;
    }
    return count;
}

static bool expand(struct walk *walk);

static bool choose(const struct decision *decision, size_t class,
                   struct dbc_choice choice)
{
    struct walk *walk = decision->walk;
    for (size_t i = 0; i < decision->child_count; i++) {
        walk->members[decision->children[i].member].is_there =
            dbc_split_has(&decision->split, class, i);
    }
    walk->choices[walk->choice_count++] = choice;
    bool good = expand(walk);
    walk->choice_count--;
    for (size_t i = 0; i < decision->child_count; i++) {
        walk->members[decision->children[i].member].is_there = false;
    }
    return good;
}

static struct dbc_choice choice_of(const struct decision *decision, size_t class)
{
    return (struct dbc_choice){.selector =
                                   decision->walk->members[decision->selector].signal,
                               .spans = decision->spans,
                               .is_rest = !dbc_split_has_any(&decision->split, class)};
}

/* The values of a class in portions that a message can match. */
static bool choose_values(const struct decision *decision, size_t class)
{
    const struct dbc_split *split = &decision->split;
    struct dbc_choice choice = choice_of(decision, class);
    uint64_t room = DBC_VALUES_MAX;
    bool good = true;
    for (size_t i = class; good && i < split->border_count; i++) {
        uint64_t first = split->borders[i], end = dbc_split_end(split, i);
        while (good && split->class_of[i] == class && !decision->walk->is_full) {
            uint64_t last = end - first < room ? end : first + room - 1;
            decision->spans[choice.span_count++] = (struct dbc_span){first, last};
            room -= last - first + 1;
            if (room == 0) {
                good = choose(decision, class, choice);
                choice.span_count = 0;
                room = DBC_VALUES_MAX;
            }
            if (last == end) {
                break;
            }
            first = last + 1;
        }
    }
    return good && (choice.span_count == 0 || choose(decision, class, choice));
}

/* The class that needs no values: of the only multiplexor the largest one. */
static size_t find_open(const struct decision *decision)
{
    const struct dbc_split *split = &decision->split;
    size_t largest = 0;
    for (size_t i = 0; i < split->border_count; i++) {
        if (split->class_of[i] == i &&
            dbc_split_size(split, i) > dbc_split_size(split, largest)) {
            largest = i;
        }
    }
    bool is_needed = dbc_split_size(split, largest) > DBC_VALUES_MAX ||
                     !dbc_split_has_any(split, largest);
    return decision->walk->selectors == 1 && is_needed ? largest : SIZE_MAX;
}

/* Values that select nothing stand in one portion, or nowhere. */
static bool is_too_much(const struct dbc_split *split, size_t class,
                        const struct dbc_signal *selector)
{
    uint64_t negative = count_negative(selector);
    return negative > DBC_VALUES_MAX ||
           dbc_split_size(split, class) > DBC_VALUES_MAX - negative;
}

static bool choose_each(const struct decision *decision)
{
    const struct dbc_split *split = &decision->split;
    const struct dbc_signal *selector =
        decision->walk->members[decision->selector].signal;
    size_t open = find_open(decision);
    bool good = true;
    for (size_t i = 0; good && i < split->border_count; i++) {
        if (split->class_of[i] != i || i == open) {
            continue;
        }
        if (!dbc_split_has_any(split, i) && is_too_much(split, i, selector)) {
            dbc_warn_signal(
                decision->walk->cases->dbc, selector,
                "frames in which it has a value that selects nothing are not described");
            continue;
        }
        good = choose_values(decision, i);
    }
    if (good && open != SIZE_MAX) {
        struct dbc_choice choice = choice_of(decision, open);
        choice.is_open = true;
        good = choose(decision, open, choice);
    }
    return good;
}

/* All ways that a multiplexor can go. */
static bool decide(struct walk *walk, size_t selector)
{
    struct decision decision = {.walk = walk, .selector = selector};
    const struct dbc_signal *signal = walk->members[selector].signal;
    bool good = false;
    decision.children = calloc(walk->count, sizeof(*decision.children));
    decision.spans = calloc(2 * DBC_CASES_MAX + 1, sizeof(*decision.spans));
    if (decision.children != NULL && decision.spans != NULL) {
        find_children(&decision);
        walk->is_full = count_spans(&decision) > DBC_CASES_MAX;
        good =
            walk->is_full || (dbc_split_open(&decision.split, most_of(signal),
                                             decision.children, decision.child_count) &&
                              choose_each(&decision));
        if (walk->is_full && walk->made == 0) {
            dbc_warn_signal(
                walk->cases->dbc, signal,
                "it selects by more than 512 values or ranges; its message is left out");
        }
    }
    dbc_split_close(&decision.split);
    free(decision.children);
    free(decision.spans);
    return good;
}

static bool give(struct walk *walk)
{
    struct dbc_case one = {walk->choices, walk->choice_count, walk->signals, 0};
    if (walk->made++ == DBC_CASES_MAX) {
        const struct dbc_message *message = walk->cases->message;
        dbc_warn_message(walk->cases->dbc, message,
                         "it has more than 512 cases, and only so many are described");
        walk->is_full = true;
        return true;
    }
    for (size_t i = 0; i < walk->count; i++) {
        const struct member *member = &walk->members[i];
        bool is_there = !member->signal->is_selected || member->is_there;
        if (is_there && !member->signal->is_lost) {
            walk->signals[one.signal_count++] = member->signal;
        }
    }
    return walk->cases->take(walk->cases->user, &one);
}

static bool is_chosen(const struct walk *walk, const struct dbc_signal *selector)
{
    for (size_t i = 0; i < walk->choice_count; i++) {
        if (walk->choices[i].selector == selector) {
            return true;
        }
    }
    return false;
}

/* Decide about the first multiplexor that is there and not decided. */
static bool expand(struct walk *walk)
{
    size_t at = 0;
    if (walk->is_full) {
        return true;
    }
    for (; at < walk->count; at++) {
        const struct member *member = &walk->members[at];
        bool is_there = !member->signal->is_selected || member->is_there;
        if (member->signal->selects && is_there && !member->signal->is_lost &&
            !is_chosen(walk, member->signal)) {
            break;
        }
    }
    if (at < walk->count && walk->choice_count == DBC_CHOICES_MAX) {
        const struct dbc_signal *signal = walk->members[at].signal;
        dbc_warn_signal(
            walk->cases->dbc, signal,
            "more than 8 multiplexors are there at once; cases with them are left out");
        walk->is_full = true;
        return true;
    }
    return at == walk->count ? give(walk) : decide(walk, at);
}

bool dbc_cases_each(const struct dbc_cases *cases)
{
    const struct dbc_message *message = cases->message;
    struct walk walk;
    bool good = false;
    memset(&walk, 0, sizeof(walk));
    walk.cases = cases;
    walk.members = calloc(message->signals.count + 1, sizeof(*walk.members));
    walk.signals = calloc(message->signals.count + 1, sizeof(*walk.signals));
    if (walk.members != NULL && walk.signals != NULL) {
        for (size_t i = 0; i < message->signals.count; i++) {
            struct dbc_signal *signal = &cases->dbc->signals[message->signals.at + i];
            if (!signal->is_lost) {
                walk.members[walk.count++].signal = signal;
            }
        }
        find_parents(&walk);
        sift_unreachable(&walk);
        count_selectors(&walk);
        good = expand(&walk);
    }
    free(walk.members);
    free(walk.signals);
    return good;
}
