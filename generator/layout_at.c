/* SPDX-License-Identifier: MIT */
/*
 * The proof that each byte has one owner where items stand elsewhere (`at`): for every
 * way through the cases of a message, and likewise of each part with a size of its own,
 * the bytes of those items are just the ones that the running list passes over (`skip`).
 */
#include "layout.h"

enum { MAX_SPANS = 64, MAX_CHOICES = 16, MAX_WAYS = 4096 };

/* Bytes from..to; counted from the start, or from the end and then negative. */
struct span {
    const struct item *item;
    int64_t from, to;
    bool from_end, conditional;
};

struct spans {
    struct span items[MAX_SPANS];
    unsigned count;
};

struct ways {
    struct diag *diag;
    struct spans skips, places, agains;
    int64_t limit;  /* bytes of the part, or negative: as many as its items take */
    int64_t at;     /* since `epoch` began */
    unsigned epoch; /* parts of unknown size so far */
    unsigned skip_epoch[MAX_SPANS];
    bool is_listed, is_conditional, failed;
    /* The cases that this way takes, as digits of a counter. */
    unsigned digits[MAX_CHOICES], bases[MAX_CHOICES], choice;
};

static void walk_list(struct ways *ways, const struct item_list *list);

static void fail(struct ways *ways, enum rule rule, struct location where,
                 const char *text)
{
    if (!ways->failed)
        diag_report(ways->diag, rule, where, "%s", text);
    ways->failed = true;
}

static struct span *add(struct ways *ways, struct spans *spans, const struct item *item)
{
    if (spans->count == MAX_SPANS) {
        fail(ways, RULE_TOO_LARGE, item->where,
             "more than 64 items of a message stand elsewhere");
        return NULL;
    }
    struct span *span = &spans->items[spans->count++];
    *span = (struct span){.item = item, .conditional = ways->is_conditional};
    return span;
}

static void note_place(struct ways *ways, const struct item *item)
{
    uint32_t size;
    if (ways->is_listed) {
        fail(ways, RULE_GAP, item->at_where, "nothing stands elsewhere in a repetition");
        return;
    }
    if (!item_own_size(item, &size)) {
        fail(ways, RULE_GAP, item->at_where,
             "what stands elsewhere has a size that does not depend on the frame");
        return;
    }
    struct span *span = add(ways, &ways->places, item);
    if (span == NULL)
        return;
    span->from = item->at;
    span->to = span->from + size;
    span->from_end = item->at < 0;
    span->conditional = span->conditional || item->when != NULL;
}

/* What always is read once more. */
static void note_again(struct ways *ways, const struct item *item)
{
    uint32_t size;
    if (ways->is_conditional || item->when != NULL || !item_own_size(item, &size))
        return;
    struct span *span = add(ways, &ways->agains, item);
    if (span == NULL)
        return;
    span->from = item->at;
    span->to = span->from + size;
    span->from_end = item->at < 0;
}

static void note_skip(struct ways *ways, const struct item *item)
{
    if (ways->is_listed) {
        fail(ways, RULE_SKIP_WITHOUT_OWNER, item->where,
             "nothing stands elsewhere in a repetition");
        return;
    }
    unsigned index = ways->skips.count;
    struct span *span = add(ways, &ways->skips, item);
    if (span == NULL)
        return;
    span->from = ways->at;
    span->to = ways->at + item->size.count;
    ways->at = span->to;
    ways->skip_epoch[index] = ways->epoch;
}

static void lose_place(struct ways *ways)
{
    ways->epoch++;
    ways->at = 0;
}

/* A case whose frames are not refused. */
static bool is_way(const struct item *item)
{
    return item->choice != NULL && !item_is_refused(item);
}

static unsigned count_cases(const struct item_list *list, size_t first)
{
    unsigned count = 0;
    for (size_t i = first; i < list->count; i++)
        count += is_way(list->items[i]);
    return count;
}

/* One case of a switch; what stands between the cases is nothing on the wire. */
static void walk_case(struct ways *ways, const struct item_list *list, size_t first)
{
    unsigned count = count_cases(list, first), wanted = 0;
    if (ways->choice == MAX_CHOICES) {
        fail(ways, RULE_TOO_LARGE, list->items[first]->where,
             "too many cases, for a message whose items stand elsewhere");
        return;
    }
    ways->bases[ways->choice] = count;
    wanted = ways->digits[ways->choice++];
    for (size_t i = first; i < list->count; i++)
        if (is_way(list->items[i]) && wanted-- == 0)
            walk_list(ways, &list->items[i]->fields);
}

static void walk_running(struct ways *ways, const struct item *item)
{
    uint32_t size;
    bool depends = item->when != NULL || item->optional;
    bool repeats = item->repeat.kind != EXTENT_ONCE;
    bool was_listed = ways->is_listed, was_conditional = ways->is_conditional;
    int64_t at = ways->at;
    unsigned epoch = ways->epoch;
    if (item->region.kind != EXTENT_ONCE) {
        bool fixed = item->region.kind == EXTENT_FIXED && !depends && !repeats;
        if (fixed)
            ways->at += item->region.count;
        else
            lose_place(ways);
        return;
    }
    ways->is_listed = was_listed || repeats;
    ways->is_conditional = was_conditional || depends;
    if (item->form == ITEM_GROUP) {
        walk_list(ways, &item->fields);
    } else if (item_own_size(item, &size)) {
        ways->at += size;
    } else {
        lose_place(ways);
    }
    ways->is_listed = was_listed;
    ways->is_conditional = was_conditional;
    bool moved = ways->at != at || ways->epoch != epoch;
    if (!depends && !repeats)
        return;
    bool counted =
        repeats && !depends && item->repeat.kind == EXTENT_FIXED && ways->epoch == epoch;
    if (counted)
        ways->at = at + (ways->at - at) * item->repeat.count;
    else if (moved)
        lose_place(ways);
}

static void walk_list(struct ways *ways, const struct item_list *list)
{
    for (size_t i = 0; i < list->count && !ways->failed; i++) {
        const struct item *item = list->items[i];
        if (item->choice != NULL) {
            walk_case(ways, list, i);
            return;
        }
        if (item->is_again)
            note_again(ways, item); /* the bytes are those of another item */
        else if (item->has_at)
            note_place(ways, item);
        else if (item->is_skip)
            note_skip(ways, item);
        else if (item_on_wire(item))
            walk_running(ways, item);
    }
}

static void shift(struct span *span, int64_t by, bool from_end)
{
    span->from += by;
    span->to += by;
    span->from_end = from_end;
}

/* All offsets from the start if the size is known, else also some from the end. */
static void settle(struct ways *ways)
{
    bool fixed = ways->epoch == 0;
    for (unsigned i = 0; i < ways->skips.count; i++) {
        struct span *skip = &ways->skips.items[i];
        if (!fixed && ways->skip_epoch[i] == ways->epoch)
            shift(skip, -ways->at, true);
        else if (ways->skip_epoch[i] > 0)
            fail(ways, RULE_SKIP_WITHOUT_OWNER, skip->item->where,
                 "the place of these bytes is known neither from the start nor from the "
                 "end");
    }
    for (unsigned i = 0; fixed && i < ways->places.count; i++)
        if (ways->places.items[i].from_end)
            shift(&ways->places.items[i], ways->at, false);
}

/* Is the byte among the spans? */
static bool has_byte(const struct spans *spans, int64_t at, bool from_end)
{
    for (unsigned i = 0; i < spans->count; i++) {
        const struct span *span = &spans->items[i];
        if (span->from_end == from_end && at >= span->from && at < span->to)
            return true;
    }
    return false;
}

static void check_place(struct ways *ways, const struct span *place)
{
    for (int64_t at = place->from; at < place->to; at++) {
        if (has_byte(&ways->skips, at, place->from_end))
            continue;
        bool beyond = place->from_end ? at >= 0 || ways->epoch > 0
                                      : at < 0 || ways->epoch > 0 || at >= ways->at;
        fail(ways, beyond ? RULE_GAP : RULE_OVERLAP, place->item->at_where,
             beyond ? "the running list has no 'skip' at this place"
                    : "the running list has other items at this place; pass over them "
                      "with 'skip'");
        return;
    }
}

/* Two items elsewhere may share bytes only if each depends on something. */
static void check_pair(struct ways *ways, const struct span *left,
                       const struct span *right)
{
    bool meet = left->from_end == right->from_end && left->from < right->to &&
                right->from < left->to;
    if (meet && !(left->conditional && right->conditional))
        fail(ways, RULE_OVERLAP, right->item->at_where,
             "another item stands at this place");
}

/* Bytes that another item has are bytes of the part. */
static void check_agains(struct ways *ways)
{
    int64_t limit = ways->limit < 0 && ways->epoch == 0 ? ways->at : ways->limit;
    for (unsigned i = 0; limit >= 0 && i < ways->agains.count; i++) {
        const struct span *again = &ways->agains.items[i];
        bool beyond =
            again->from_end ? -again->from > limit || again->to > 0 : again->to > limit;
        if (beyond)
            fail(ways, RULE_GAP, again->item->at_where,
                 "no item has bytes at this place, which are read again");
    }
}

static void check_way(struct ways *ways)
{
    check_agains(ways);
    settle(ways);
    for (unsigned i = 0; i < ways->places.count; i++) {
        check_place(ways, &ways->places.items[i]);
        for (unsigned k = 0; k < i; k++)
            check_pair(ways, &ways->places.items[k], &ways->places.items[i]);
    }
    for (unsigned i = 0; i < ways->skips.count; i++) {
        const struct span *skip = &ways->skips.items[i];
        for (int64_t at = skip->from; at < skip->to; at++)
            if (!has_byte(&ways->places, at, skip->from_end))
                fail(ways, RULE_SKIP_WITHOUT_OWNER, skip->item->where,
                     "no item with 'at' stands in these bytes");
    }
}

/* The next way through the cases; false behind the last. */
static bool next_way(struct ways *ways)
{
    while (ways->choice > 0) {
        ways->choice--;
        if (++ways->digits[ways->choice] < ways->bases[ways->choice])
            return true;
        ways->digits[ways->choice] = 0;
    }
    return false;
}

static bool check_list(struct diag *diag, const struct item_list *list, int64_t limit)
{
    struct ways ways = {.diag = diag, .limit = limit};
    bool more = true;
    for (unsigned count = 0; more && !ways.failed; count++) {
        if (count == MAX_WAYS) {
            fail(&ways, RULE_TOO_LARGE, list->items[0]->where,
                 "too many cases, for a message whose items stand elsewhere");
            break;
        }
        ways.skips.count = ways.places.count = ways.agains.count = 0;
        ways.epoch = ways.choice = 0;
        ways.at = 0;
        ways.is_conditional = false;
        walk_list(&ways, list);
        if (!ways.failed)
            check_way(&ways);
        more = next_way(&ways);
    }
    return !ways.failed;
}

/* Does something of the list, outside of inner parts with a size, stand elsewhere? */
static bool uses_places(const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        bool inner = item->region.kind != EXTENT_ONCE;
        if (item->has_at || item->is_skip || (!inner && uses_places(&item->fields)))
            return true;
    }
    return false;
}

/* The record without size that the item stands in, if no part with a size is between. */
static const struct item *record_of(const struct item *item)
{
    const struct item *outer = item->parent;
    while (outer != NULL && outer->case_of == NULL && outer->region.kind == EXTENT_ONCE)
        outer = outer->parent;
    return outer != NULL && outer->region.kind == EXTENT_ONCE ? outer : NULL;
}

/* Where a record of a tag loop begins is known only if it is a part of its own. */
static bool check_record(struct diag *diag, const struct item *item)
{
    const struct item *one = record_of(item);
    if (one == NULL || item->is_again || (!item->has_at && !item->is_skip))
        return true;
    diag_report(diag, item->is_skip ? RULE_SKIP_WITHOUT_OWNER : RULE_GAP,
                item->is_skip ? item->where : item->at_where,
                one->case_of->tag_count == 0
                    ? "nothing stands elsewhere in a repetition"
                    : "nothing stands elsewhere in a record without 'size'");
    return false;
}

/* The size of a part; INT64_MAX if the frame says it. */
static int64_t region_limit(const struct item *item)
{
    bool fixed = item->region.kind == EXTENT_FIXED;
    return fixed ? (int64_t)item->region.count : INT64_MAX;
}

static bool repeats(const struct item *item)
{
    return item->repeat.kind != EXTENT_ONCE || item->form == ITEM_TLV;
}

/* What of the items inside, or NULL, makes a walk that goes elsewhere too long? */
static const struct item *find_repetition(const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        const struct item *inner = repeats(item) ? item : find_repetition(&item->fields);
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

/* Who comes back may read again, round for round: not in rounds inside of rounds. */
static bool check_rounds(struct diag *diag, const struct item *item)
{
    const struct item *inner = repeats(item) ? item : find_repetition(&item->fields);
    const struct item *outer = item->parent;
    while (outer != NULL && !repeats(outer) && !outer->has_at)
        outer = outer->parent;
    if (outer == NULL || (inner == NULL && !outer->has_at))
        return true;
    diag_report(diag, RULE_NOT_SUPPORTED, item->at_where,
                outer->has_at
                    ? "what stands elsewhere inside of what stands elsewhere is not "
                      "supported by this version"
                    : "what stands elsewhere in a repetition, and repeats something "
                      "itself, is not supported by this version");
    return false;
}

bool layout_check_places(struct diag *diag, const struct message *message)
{
    bool fine =
        !uses_places(&message->items) ||
        check_list(diag, &message->items, message->wire.ignore_trailing ? INT64_MAX : -1);
    for (size_t i = 0; i < message->flat.count; i++) {
        const struct item *item = message->flat.items[i];
        if (item->is_again && message_encodes(message)) {
            diag_report(diag, RULE_NOT_ENCODABLE, item->at_where,
                        "bytes that are read again cannot be written twice; mark the "
                        "message 'only: decode'");
            return false;
        }
        fine = check_record(diag, item) && fine;
        fine = (!item->has_at || check_rounds(diag, item)) && fine;
        if (item->region.kind != EXTENT_ONCE && uses_places(&item->fields))
            fine = check_list(diag, &item->fields, region_limit(item)) && fine;
        for (const struct item *outer = item;
             item->has_at && item->at < 0 && message_encodes(message) && outer != NULL;
             outer = outer->parent) {
            if (outer->region.kind == EXTENT_ONCE)
                continue;
            diag_report(diag, RULE_NOT_ENCODABLE, item->at_where,
                        "while a part is written, its end is not known; count from its "
                        "start");
            return false;
        }
    }
    return fine;
}
