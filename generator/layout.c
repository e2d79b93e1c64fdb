/* SPDX-License-Identifier: MIT */
/* What the items of a message must be to each other: order, roles, things unused. */
#include "layout.h"

#include "hook.h"

/* As many as the encoder remembers. */
enum { MAX_OWNED = 8 };

static bool depends(const struct item *item)
{
    return item->when != NULL || item->optional || item->case_of != NULL;
}

static bool is_rest(const struct item *item)
{
    return item->form == ITEM_TLV ||
           (item->repeat.kind == EXTENT_REST && !item->until.given) ||
           (item->hook != NULL && item->region.kind == EXTENT_ONCE) ||
           ((item->form == ITEM_BYTES || item->digits.given) &&
            item->size.kind == EXTENT_REST && !item->has_end);
}

/* Does it stand in bytes that another item passes over? */
static bool is_elsewhere(const struct item *item)
{
    for (; item != NULL; item = item->parent)
        if (item->has_at)
            return true;
    return false;
}

/* A group takes bytes if something in it does. */
static bool has_wire(const struct item *item)
{
    bool is_empty = item->form == ITEM_GROUP;
    if (is_elsewhere(item) || !item_on_wire(item))
        return false;
    for (size_t i = 0; is_empty && i < item->fields.count; i++)
        is_empty = !has_wire(item->fields.items[i]);
    return !is_empty;
}

/* The trailer is placed from the end. */
static bool is_trailer(const struct item *item)
{
    while (item->parent != NULL)
        item = item->parent;
    return item->is_trailer;
}

/* The innermost part with a size of its own around the item, or NULL: the frame. */
static const struct item *region_of(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->region.kind != EXTENT_ONCE || item->hook != NULL)
            return item;
    return NULL;
}

/* There is no second round for what has taken the rest. */
static bool check_rest_in_repeat(struct diag *diag, const struct item *rest)
{
    for (const struct item *outer = rest->parent; outer != NULL; outer = outer->parent) {
        if (outer->region.kind != EXTENT_ONCE || outer->hook != NULL)
            return true;
        if (outer->repeat.kind == EXTENT_ONCE && outer->form != ITEM_TLV)
            continue;
        diag_report(diag, RULE_REST_NOT_LAST, rest->name_where,
                    "'%s' takes the rest of the frame inside a repetition",
                    item_title(rest));
        return false;
    }
    return true;
}

/* Behind what takes the rest there are no bytes left in what it takes the rest of. */
static bool check_one_rest(struct diag *diag, const struct message *message,
                           const struct item *rest)
{
    const struct item *region = region_of(rest);
    if (!check_rest_in_repeat(diag, rest))
        return false;
    size_t end = region != NULL ? region->end_index + 1u : message->flat.count;
    for (size_t i = rest->end_index + 1u; i < end; i++) {
        const struct item *item = message->flat.items[i];
        if (!has_wire(item) || item_excludes(rest, item) || is_trailer(item))
            continue;
        diag_report(diag, RULE_REST_NOT_LAST, item->name_where,
                    "'%s' takes the rest of the frame, so nothing is left for '%s'",
                    item_title(rest), item_title(item));
        return false;
    }
    return true;
}

static bool check_rest(struct diag *diag, const struct message *message)
{
    for (size_t i = 0; i < message->flat.count; i++)
        if (is_rest(message->flat.items[i]) &&
            !check_one_rest(diag, message, message->flat.items[i]))
            return false;
    return true;
}

/* Once something may be cut off, all that follows may. */
static bool check_optional(struct diag *diag, const struct item_list *list)
{
    const struct item *optional = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->optional && optional == NULL)
            optional = item;
        if (optional == NULL || item->optional || item->is_trailer || !has_wire(item))
            continue;
        diag_report(diag, RULE_OPTIONAL_GAP, item->name_where,
                    "'%s' before it is optional, so this must be, too",
                    item_title(optional));
        return false;
    }
    return true;
}

static bool is_role_here(uint8_t kind, uint8_t role)
{
    switch (role) {
    case DGM_ROLE_MID:
        return kind == DGM_KIND_REPORT || kind == DGM_KIND_COMMAND ||
               kind == DGM_KIND_RESPONSE ||
               (kind >= DGM_KIND_SET && kind <= DGM_KIND_GET_RESPONSE);
    case DGM_ROLE_ERRCODE:
        return kind == DGM_KIND_RESPONSE || kind == DGM_KIND_REPLY ||
               kind == DGM_KIND_SET_RESPONSE;
    case DGM_ROLE_EVENT_TIME:
        return kind == DGM_KIND_REPORT || kind == DGM_KIND_EVENT;
    default:
        return true;
    }
}

static const struct item *record_of(const struct item *item)
{
    while (item != NULL && item->record == NULL)
        item = item->parent;
    return item;
}

static bool is_conditional(const struct item *item)
{
    for (; item != NULL; item = item->parent)
        if (depends(item))
            return true;
    return false;
}

static bool check_role(struct diag *diag, const struct message *message,
                       const struct item *item)
{
    const struct item *record = record_of(item);
    bool wrong = !is_role_here(message->kind, item->role) ||
                 (record != NULL && item->role != DGM_ROLE_EVENT_TIME);
    if (wrong) {
        diag_report(diag, RULE_ROLE_NOT_HERE, item->name_where,
                    "'%s' has no meaning here", role_name(item->role));
        return false;
    }
    if (item->role == DGM_ROLE_MID && item->form == ITEM_INTEGER && item->width != 16)
        diag_report(diag, RULE_MID_WIDTH, item->name_where,
                    "mid has 16 bits, this field has %u", item->width);
    for (size_t i = 0; i < item->order_index; i++) {
        const struct item *other = message->flat.items[i];
        if (other->role != item->role || record_of(other) != record ||
            (is_conditional(other) && is_conditional(item)))
            continue;
        diag_report(diag, RULE_DUPLICATE_ROLE, item->name_where,
                    "the message has the role '%s' in %s already", role_name(item->role),
                    diag_line(diag, item->name_where, other->name_where));
        return false;
    }
    return true;
}

/* Roles are few, so looking back for each of them is cheap. */
static bool check_roles(struct diag *diag, const struct message *message)
{
    bool fine = true;
    for (size_t i = 0; i < message->flat.count; i++)
        if (message->flat.items[i]->role != DGM_ROLE_NONE)
            fine = check_role(diag, message, message->flat.items[i]) && fine;
    return fine;
}

static bool same_place(struct location left, struct location right)
{
    return left.file == right.file && left.line == right.line &&
           left.column == right.column;
}

/* A header, or a group, stands in several places: does one of them need its local? */
static bool is_used_somewhere(const struct profile_source *source,
                              const struct item *local)
{
    for (size_t i = 0; i < source->messages.count; i++) {
        const struct item_list *flat = &source->messages.items[i].flat;
        for (size_t k = 0; k < flat->count; k++)
            if (flat->items[k]->is_used &&
                same_place(flat->items[k]->name_where, local->name_where))
                return true;
    }
    return false;
}

static void lint_locals(const struct profile_source *source,
                        const struct message *message)
{
    for (size_t i = 0; i < message->flat.count; i++) {
        const struct item *item = message->flat.items[i];
        bool reads = item->local != NULL && item->chooses_in == NULL &&
                     item->record == NULL && !item->is_used && !item->has_const &&
                     item->encode == NULL;
        if (reads && message_is_up(message) && !is_used_somewhere(source, item))
            diag_report(source->diag, RULE_UNUSED_LOCAL, item->name_where,
                        "nothing refers to '%s'; bytes without meaning are 'reserved'",
                        item->local);
    }
}

static bool has_role(const struct message *message, uint8_t role)
{
    for (size_t i = 0; i < message->flat.count; i++)
        if (message->flat.items[i]->role == role)
            return true;
    return false;
}

static void lint_envelope(struct diag *diag, const struct message *message)
{
    if (message->kind == DGM_KIND_COMMAND && !has_role(message, DGM_ROLE_MID) &&
        message->command->response_count > 0)
        diag_report(diag, RULE_COMMAND_WITHOUT_MID, message->where,
                    "the frame carries no mid, so responses cannot be told apart");
    if (message->kind == DGM_KIND_RESPONSE && !has_role(message, DGM_ROLE_ERRCODE))
        diag_report(diag, RULE_RESPONSE_WITHOUT_ERRCODE, message->where,
                    "the frame carries no errcode, so the platform takes it as success");
}

/* Does a checksum cover itself? Asked where its place is fixed from either end. */
static bool covers_itself(const struct message *message, size_t index)
{
    const struct item *item = message->items.items[index];
    const struct dgm_check *check = item->check;
    struct item_list before = {message->items.items, index, 0};
    struct item_list behind = {message->items.items + index + 1,
                               message->items.count - index - 1, 0};
    int32_t bytes = (int32_t)(item->width / 8);
    uint32_t size;
    if (check->flags & (DGM_CHECK_TO_SELF | DGM_CHECK_OVER))
        return false;
    if (check->to >= 0)
        return check->from >= 0 && item_fixed_size(&before, &size) &&
               check->from < (int32_t)size + bytes && check->to > (int32_t)size;
    return item_fixed_size(&behind, &size) && check->to > -(int32_t)size - bytes &&
           (check->from >= 0 || check->from < -(int32_t)size);
}

static bool check_ranges(struct diag *diag, const struct message *message)
{
    bool fine = true;
    for (size_t i = 0; i < message->items.count; i++) {
        const struct item *item = message->items.items[i];
        if (item->form != ITEM_CHECK || !covers_itself(message, i))
            continue;
        diag_report(diag, RULE_CHECKSUM_RANGE, item->where,
                    "the checksum is among the bytes that it covers");
        fine = false;
    }
    return fine;
}

/* Lengths and checksums of the frame, which are filled in at the end. */
static bool check_owned(struct diag *diag, const struct message *message)
{
    unsigned count = 0;
    for (size_t i = 0; i < message->flat.count; i++) {
        const struct item *item = message->flat.items[i];
        bool is_whole = item->length_of == LENGTH_FRAME || item->length_of == LENGTH_BODY;
        if (item->form != ITEM_CHECK && !is_whole)
            continue;
        bool repeats = false;
        for (const struct item *outer = item; outer != NULL; outer = outer->parent)
            repeats =
                repeats || outer->repeat.kind != EXTENT_ONCE || outer->form == ITEM_TLV;
        count++;
        if (!repeats && count <= MAX_OWNED)
            continue;
        diag_report(diag, RULE_CHECKSUM_PLACE, item->where,
                    repeats ? "lengths and checksums of the frame stand in no repetition"
                            : "a message has at most 8 lengths and checksums");
        return false;
    }
    return true;
}

bool layout_check(struct profile_source *source, const struct message *message)
{
    struct diag *diag = source->diag;
    bool fine = check_rest(diag, message);
    fine = layout_check_places(diag, message) && fine;
    fine = check_owned(diag, message) && fine;
    fine = hook_check(diag, message) && fine;
    fine = check_ranges(diag, message) && fine;
    fine = check_optional(diag, &message->items) && fine;
    fine = check_roles(diag, message) && fine;
    lint_locals(source, message);
    lint_envelope(diag, message);
    return fine;
}
