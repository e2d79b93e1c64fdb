/* SPDX-License-Identifier: MIT */
/*
 * What the names of expressions stand for. Expressions that decode uses see items before
 * them; those of `encode` see the JSON's members and the envelope as well; replies see
 * the fields of the frames they answer.
 */
#include "lower.h"

#include <string.h>

/* Where an expression stands. */
struct place {
    struct profile_source *source;
    struct message *message;
    const struct item *item; /* NULL: the message's own `when` */
    bool encode, sizes;      /* `encode`; `when`, a size or a count */
    struct item *condition;  /* whose `when` it is, or NULL */
};

static bool report_unknown(const struct place *place, const struct expr *name)
{
    struct diag *diag = place->source->diag;
    const struct item_list *flat = &place->message->flat;
    if (strncmp(name->text, "frame.", strlen("frame.")) == 0) {
        diag_report(diag, RULE_UNKNOWN_NAME, name->where,
                    "there is no '%s' here; 'frame' has length, left, port, time and "
                    "topic",
                    name->text);
        return false;
    }
    if (diag->errors >= DIAG_MAX_ERRORS) {
        diag_report(diag, RULE_UNKNOWN_NAME, name->where, "there is no '%s' here",
                    name->text);
        return false;
    }
    const char **names = arena_array(diag->arena, flat->count + 1, sizeof(*names));
    size_t count = 0;
    for (size_t i = 0; i < flat->count; i++) {
        const char *title = item_title(flat->items[i]);
        bool later = place->item != NULL &&
                     flat->items[i]->order_index >= place->item->order_index;
        if (title[0] == '(')
            continue;
        if (later && strcmp(title, name->text) == 0) {
            diag_report(diag, RULE_UNKNOWN_NAME, name->where,
                        flat->items[i] == place->item
                            ? "'%s' is this item itself; only earlier items are known"
                            : "'%s' stands behind this place; only earlier items are "
                              "known",
                        name->text);
            return false;
        }
        if (!later)
            names[count++] = title;
    }
    const char *near = diag_nearest(name->text, names, count);
    diag_report(diag, RULE_UNKNOWN_NAME, name->where, "there is no '%s' here%s%s%s",
                name->text, near ? "; did you mean '" : "", near ? near : "",
                near ? "'?" : "");
    diag_fix_nearest(diag, name->where, name->text, names, count);
    return false;
}

/* Those that the name can mean at this place, the last first. */
static struct item_list find_before(const struct place *place, const char *text)
{
    struct item_list found = {NULL, 0, 0};
    size_t end = place->item != NULL ? place->item->order_index : 0;
    twins_find(place->source, place->message, place->item, end, text, &found);
    return found;
}

bool resolve_piece(struct profile_source *source, struct message *message,
                   const struct item *before, const char *name, struct location where,
                   struct item **ret)
{
    struct item_list found = {NULL, 0, 0};
    twins_find(source, message, before, before->order_index, name, &found);
    if (found.count == 0) {
        diag_report(source->diag, RULE_UNKNOWN_NAME, where,
                    "there is no '%s' before this place", name);
        return false;
    }
    *ret = found.items[0];
    return twins_refuse(source, name, where, &found);
}

/* The JSON members, or repetitions, of that name anywhere in the message. Literals, and
 * what has a label of its own, give way to the others. */
static struct item_list find_members(const struct place *place, const char *text)
{
    struct item_list plain = {NULL, 0, 0}, others = {NULL, 0, 0};
    for (size_t i = 0; i < place->message->flat.count; i++) {
        struct item *item = place->message->flat.items[i];
        bool is_given = item->name != NULL || item->record != NULL;
        bool gives_way = item->form == ITEM_LITERAL ||
                         (item->label != NULL && strcmp(item->label, text) != 0);
        if (is_given && item_has_name(place->source, item, text))
            item_append(place->source->diag->arena, gives_way ? &others : &plain, item);
    }
    return plain.count > 0 ? plain : others;
}

static uint8_t role_of(const char *text)
{
    for (uint8_t role = 1; role < DGM_ROLE_COUNT; role++)
        if (strcmp(role_name(role), text) == 0)
            return role;
    return 0;
}

static bool keeps_slot(const struct item *item)
{
    if (item->is_echo)
        return false;
    return item->form == ITEM_INTEGER || item->form == ITEM_FLOAT ||
           item->form == ITEM_BYTES || item->form == ITEM_VALUE ||
           item->repeat.kind != EXTENT_ONCE || item->format != NULL;
}

static bool check_slot(const struct place *place, const struct expr *name,
                       const struct item *item)
{
    struct diag *diag = place->source->diag;
    if (item->length_of != LENGTH_NONE && message_encodes(place->message)) {
        diag_report(diag, RULE_NOT_ENCODABLE, name->where,
                    "the length of the frame is not known while it is written; mark the "
                    "message 'only: decode'");
        return false;
    }
    if (keeps_slot(item))
        return true;
    diag_report(diag, RULE_NOT_SUPPORTED, name->where,
                "'%s' is neither number nor text nor repetition; expressions cannot "
                "name it in this version",
                name->text);
    return false;
}

static bool use_slots(const struct place *place, struct expr *name,
                      const struct item_list *found)
{
    for (size_t i = 0; i < found->count; i++) {
        struct item *item = found->items[i];
        item->is_used = true;
        if (!check_slot(place, name, item))
            return false;
        item->needs_slot = true;
    }
    if (!twins_join(place->source, name->text, name->where, found))
        return false;
    name->target = EXPR_TARGET_SLOT;
    name->item = found->items[0];
    name->type = twins_type(name->item);
    return true;
}

static bool check_member(const struct place *place, const struct expr *name,
                         const struct item *item, enum expr_use use)
{
    bool as_text = item->labels != NULL || item->flags != NULL || item_is_text(item);
    if (use != EXPR_USE_VALUE || !as_text || item_type(item) == EXPR_TYPE_LIST)
        return true;
    diag_report(place->source->diag, RULE_NOT_SUPPORTED, name->where,
                "'%s' is a text in the JSON; expressions of 'encode' cannot use it in "
                "this version",
                name->text);
    return false;
}

/* Those that one member stands for are all the same to the JSON. */
static bool use_members(const struct place *place, struct expr *name,
                        const struct item_list *found, enum expr_use use)
{
    name->target = EXPR_TARGET_MEMBER;
    name->item = found->items[0];
    name->type = item_type(name->item);
    for (size_t i = 0; i < found->count; i++) {
        found->items[i]->is_used = true;
        if (!twins_check(place->source, name->text, name->where, name->item,
                         found->items[i]) ||
            !check_member(place, name, found->items[i], use))
            return false;
    }
    return true;
}

static bool is_in_repeat(const struct place *place)
{
    for (const struct item *item = place->item; item != NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE && (item != place->item || !place->sizes))
            return true;
    return place->item != NULL && item_is_in_rounds(place->item);
}

static bool check_input(const struct place *place, const struct expr *name)
{
    struct diag *diag = place->source->diag;
    if (name->code == DGM_CODE_INDEX && !is_in_repeat(place)) {
        diag_report(diag, RULE_UNKNOWN_NAME, name->where,
                    "'index' is known in repetitions only");
        return false;
    }
    bool of_request =
        name->code == DGM_CODE_REQUEST_LENGTH || name->code == DGM_CODE_REQUEST_VALID;
    if (of_request && place->message->kind != DGM_KIND_REPLY) {
        diag_report(diag, RULE_UNKNOWN_NAME, name->where, "only replies know a request");
        return false;
    }
    place->message->asks_request = place->message->asks_request || of_request;
    bool of_frame = name->code == DGM_CODE_FRAME_LENGTH || name->code == DGM_CODE_LEFT;
    if (name->code == DGM_CODE_FRAME_LENGTH && place->condition != NULL &&
        message_encodes(place->message)) {
        place->condition->by_length = true;
        return true;
    }
    if (of_frame &&
        (place->encode || (place->sizes && message_encodes(place->message)))) {
        diag_report(
            diag, RULE_NOT_ENCODABLE, name->where,
            "the length of the frame is not known while it is written; what is there "
            "while bytes are left is 'optional: true', else mark the message "
            "'only: decode'");
        return false;
    }
    return true;
}

static size_t request_slot(struct profile_source *source, const char *text)
{
    for (size_t i = 0; i < source->request_count; i++)
        if (strcmp(source->requests[i], text) == 0)
            return i;
    source->requests =
        arena_grow(source->diag->arena, (void *)source->requests, source->request_count,
                   &source->request_capacity, sizeof(*source->requests));
    source->requests[source->request_count] = text;
    return source->request_count++;
}

static bool can_ask(const struct item *item, enum expr_type type, size_t slot)
{
    bool taken = item->slot != DGM_NONE && item->slot != slot;
    return keeps_slot(item) && !taken && !item->is_placed && item_type(item) == type;
}

/* The fields of that name in one answered message keep the slot. */
static bool ask_message(const struct place *place, struct expr *name,
                        struct message *answered, const char *text, size_t slot)
{
    struct item_list found = {NULL, 0, 0};
    twins_find(place->source, answered, NULL, answered->flat.count, text, &found);
    if (found.count == 0)
        return true;
    if (!twins_join(place->source, text, name->where, &found))
        return false;
    if (name->item == NULL) {
        name->item = found.items[0];
        name->type = item_type(name->item);
    }
    for (size_t i = 0; i < found.count; i++) {
        struct item *item = found.items[i];
        item->is_used = true;
        if (!can_ask(item, name->type, slot)) {
            diag_report(place->source->diag, RULE_NOT_SUPPORTED, name->where,
                        "'%s' of message '%s' cannot be asked for in this version", text,
                        answered->name);
            return false;
        }
        item->needs_slot = true;
        item->slot = (uint16_t)slot;
    }
    return true;
}

static bool find_request(const struct place *place, struct expr *name)
{
    struct profile_source *source = place->source;
    struct message *message = place->message;
    const char *text = name->text + strlen("request.");
    bool fine = true;
    if (message->kind != DGM_KIND_REPLY) {
        diag_report(source->diag, RULE_UNKNOWN_NAME, name->where,
                    "only replies know a request");
        return false;
    }
    size_t slot = request_slot(source, text);
    message->asks_request = true;
    name->target = EXPR_TARGET_REQUEST;
    name->operand = (uint16_t)slot;
    for (size_t i = 0; i < message->answer_count; i++)
        fine = ask_message(place, name, message->answers[i], text, slot) && fine;
    for (size_t i = 0; message->answer_count == 0 && i < source->messages.count; i++)
        if (source->messages.items[i].kind == DGM_KIND_REPORT)
            fine =
                ask_message(place, name, &source->messages.items[i], text, slot) && fine;
    if (fine && name->item == NULL) {
        diag_report(source->diag, RULE_UNKNOWN_NAME, name->where,
                    "no message that '%s' answers has an item '%s'", message->name, text);
        return false;
    }
    return fine;
}

/* Values of an earlier repetition, or those that the JSON has of a later one. */
static bool find_series(const struct place *place, struct expr *name)
{
    struct item_list found = find_before(place, name->text);
    struct item *item = found.count > 0 ? found.items[0] : NULL;
    const struct item_list *flat = &place->message->flat;
    bool from_json = item == NULL && place->encode;
    if (!twins_refuse(place->source, name->text, name->where, &found))
        return false;
    for (size_t i = 0; from_json && item == NULL && i < flat->count; i++)
        if (item_has_name(place->source, flat->items[i], name->text))
            item = flat->items[i];
    return item != NULL ? series_use(place->source, place->message, name, item,
                                     place->item, from_json)
                        : report_unknown(place, name);
}

static bool find(void *user, struct expr *name, enum expr_use use)
{
    const struct place *place = user;
    if (use == EXPR_USE_SERIES)
        return find_series(place, name);
    if (name->target == EXPR_TARGET_INPUT)
        return check_input(place, name);
    if (strncmp(name->text, "request.", strlen("request.")) == 0)
        return find_request(place, name);
    uint8_t role = place->encode ? role_of(name->text) : 0;
    if (role != 0) {
        name->target = EXPR_TARGET_ROLE;
        name->operand = role;
        name->type = EXPR_TYPE_INTEGER;
        return true;
    }
    struct item_list found = find_before(place, name->text);
    if (found.count > 0)
        return use_slots(place, name, &found);
    if (place->encode)
        found = find_members(place, name->text);
    return found.count > 0 ? use_members(place, name, &found, use)
                           : report_unknown(place, name);
}

/* Does its value depend on anything: a name, bytes of the frame or of the request? */
static bool depends(const struct expr *expr)
{
    if (expr->kind == EXPR_NAME || expr->code == DGM_CODE_FRAME_BYTES ||
        expr->code == DGM_CODE_REQUEST_BYTE)
        return true;
    for (unsigned i = 0; i < expr->arg_count; i++)
        if (depends(expr->args[i]))
            return true;
    return false;
}

static bool resolve(const struct place *place, struct expr *expr)
{
    struct place copy = *place;
    bool is_written = place->encode || (place->sizes && message_encodes(place->message));
    bool is_reply = place->message->kind == DGM_KIND_REPLY;
    struct expr_scope scope = {place->source->diag,
                               find,
                               &copy,
                               is_reply ? &place->message->asks_request : NULL,
                               is_written,
                               place->message->wire.little_endian,
                               &place->source->curves};
    return expr == NULL || expr_resolve(expr, &scope);
}

static bool resolve_condition(const struct place *place, struct expr *when)
{
    struct diag *diag = place->source->diag;
    if (when == NULL)
        return true;
    if (!resolve(place, when))
        return false;
    if (when->type != EXPR_TYPE_BOOL && when->type != EXPR_TYPE_ANY) {
        diag_report(diag, RULE_EXPRESSION_TYPE, when->where,
                    "a condition is true or false; compare the number");
        return false;
    }
    if (!depends(when))
        diag_report(diag, RULE_CONSTANT_CONDITION, when->where,
                    "the condition names no field");
    return true;
}

static bool resolve_delta(const struct place *place, struct expr *delta)
{
    if (delta == NULL)
        return true;
    if (!resolve(place, delta))
        return false;
    if (expr_is_number(delta))
        return true;
    diag_report(place->source->diag, RULE_EXPRESSION_TYPE, delta->where,
                "what stands before the first value is a number");
    return false;
}

static bool resolve_extent(const struct place *place, const struct extent *extent)
{
    if (extent->kind != EXTENT_EXPR)
        return true;
    if (!resolve(place, extent->expr))
        return false;
    if (expr_is_number(extent->expr))
        return true;
    diag_report(place->source->diag, RULE_EXPRESSION_TYPE, extent->where,
                "a size or count is a number");
    return false;
}

/* A scale or offset. */
static bool resolve_factor(const struct place *place, struct expr *expr)
{
    if (!resolve(place, expr))
        return false;
    if (expr == NULL || expr_is_number(expr))
        return true;
    diag_report(place->source->diag, RULE_EXPRESSION_TYPE, expr->where,
                "a scale or offset is a number");
    return false;
}

static void note_type(struct item *item)
{
    if (item->form != ITEM_VALUE || item->is_echo || item->moment != NULL)
        return;
    item->is_bounded = expr_bounds(item->value, &item->low, &item->high);
    if (item->value->type == EXPR_TYPE_BOOL && item->labels == NULL) {
        item->is_bool = true;
        item->show = DGM_SHOW_BOOL;
    }
}

static bool need_slot(struct profile_source *source, struct item *item)
{
    item->needs_slot = true;
    if (keeps_slot(item))
        return true;
    diag_report(source->diag, RULE_NOT_SUPPORTED, item->default_where,
                "a default for an absent float is not supported by this version");
    return false;
}

/* The hidden value of a switch decides what is written, as `when` does. */
static bool is_selector(const struct item *item)
{
    return item->form == ITEM_VALUE && item->local != NULL && item->local[0] == '(';
}

static bool resolve_item(struct profile_source *source, struct message *message,
                         struct item *item)
{
    struct place sizes = {source, message, item, false, true, NULL};
    struct place values = {source, message, item, false, false, NULL};
    struct place encodes = {source, message, item, true, false, NULL};
    struct place condition = sizes;
    condition.condition = item->choice == NULL ? item : NULL;
    bool fine = resolve_condition(&condition, item->when);
    fine = resolve_extent(&sizes, &item->repeat) && fine;
    fine = resolve_extent(&sizes, &item->region) && fine;
    fine = resolve_extent(item->repeat.kind == EXTENT_ONCE ? &sizes : &values,
                          &item->size) &&
           fine;
    fine = resolve_factor(&sizes, item->scale_expr) && fine;
    fine = resolve_factor(&sizes, item->offset_expr) && fine;
    fine = resolve(is_selector(item) ? &sizes : &values, item->value) && fine;
    fine = resolve(&values, item->echo_from) && fine;
    fine = resolve(&values, item->echo_to) && fine;
    fine = resolve(&encodes, item->encode) && fine;
    fine = resolve_delta(&values, item->delta) && fine;
    if (item->encode != NULL && fine && !expr_is_number(item->encode) &&
        item->encode->type != EXPR_TYPE_BOOL) {
        diag_report(source->diag, RULE_EXPRESSION_TYPE, item->encode->where,
                    "'encode' gives the raw number");
        fine = false;
    }
    /* Whether the default stands in is seen from the item's slot. */
    if (item->default_json != NULL && item->name != NULL &&
        (item->when != NULL || item->optional))
        fine = need_slot(source, item) && fine;
    for (size_t i = 0; item->naming != NULL && i + 1 < item->naming->count; i++)
        fine = resolve(&values, item->naming->parts[i].expr) && fine;
    fine = fine && join_resolve(source, message, item);
    if (fine && item->naming != NULL)
        fine = naming_resolve(source, message, item);
    fine = fine && agree_resolve(source, message, item);
    if (fine)
        note_type(item);
    return fine;
}

static bool resolve_message(struct profile_source *source, struct message *message)
{
    struct place place = {source, message, NULL, true, false, NULL};
    bool fine = resolve_condition(&place, message->when);
    for (size_t i = 0; i < message->flat.count; i++)
        fine = resolve_item(source, message, message->flat.items[i]) && fine;
    message->is_resolved = fine;
    return fine;
}

/* Slots that requests ask for come first, the same in every report. */
static bool assign_slots(struct profile_source *source, struct message *message)
{
    size_t next = message->kind == DGM_KIND_REPORT ? source->request_count : 0;
    for (size_t i = 0; i < message->flat.count; i++) {
        struct item *item = message->flat.items[i];
        if (item->needs_slot && item->slot == DGM_NONE)
            item->slot = twins_slot(item);
        if (item->needs_slot && item->slot == DGM_NONE) {
            item->slot = (uint16_t)next;
            next += twins_are_placed(item) ? 2 : 1;
        }
        next = series_assign(item, (uint32_t)next);
        if (item->is_spanned) {
            item->span_slot = (uint16_t)next;
            next += 2;
        }
        if (next > DGM_MAX_SLOTS) {
            diag_report(source->diag, RULE_TOO_LARGE, message->where,
                        "expressions name more than %d items of the message",
                        DGM_MAX_SLOTS);
            message->is_resolved = false;
            return false;
        }
    }
    message->slot_count = (uint16_t)next;
    return true;
}

bool resolve_all(struct profile_source *source)
{
    bool fine = true;
    /* Replies last: they ask for types of the others. */
    for (unsigned replies = 0; replies < 2; replies++)
        for (size_t i = 0; i < source->messages.count; i++) {
            struct message *message = &source->messages.items[i];
            if ((message->kind == DGM_KIND_REPLY) == (replies == 1))
                fine = resolve_message(source, message) && fine;
        }
    for (size_t i = 0; i < source->messages.count; i++)
        fine = assign_slots(source, &source->messages.items[i]) && fine;
    return fine;
}
