/* SPDX-License-Identifier: MIT */
/* Plans for encoding: the rows of one message, as far as all of them are simple. */
#include "plan_encode_draft.h"

#include "plan_encode_read.h"
#include "pipe.h"
#include "scaling.h"
#include "text.h"

enum {
    PART_SPACE = 24,        /* beside its bytes a part takes up to that */
    PART_MOST = 4096,       /* bytes at fixed places in a message */
    NO_PART = 0xFF,         /* place of an element's field */
    CONST_OPERANDS = 1 + 9, /* bytes of an expression that is a constant */
    MEMBER_OPERANDS = 1 + 2 /* or names a member or slot */
};

static const uint32_t known_flags =
    DGM_ROW_SIGNED | DGM_ROW_QUOTED | DGM_ROW_NAMED | DGM_ROW_REST | DGM_ROW_OBJECT |
    DGM_ROW_ARRAY | DGM_ROW_FITS | DGM_ROW_ELEMENT | DGM_ROW_CONST_LIST | DGM_ROW_PADDED |
    DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY;

/* Is the row always there, and nothing but what its kind says? */
static bool is_simple(const struct dgm_row *row)
{
    bool has_region = row->region != DGM_NONE && row->op != DGM_OP_ECHO;
    return row->when == DGM_NONE && row->naming == DGM_NONE && !has_region &&
           (row->flags & ~known_flags) == 0;
}

/* The expression is one operation with this code and a member or slot. */
static bool names(const struct dgm_codec *codec, uint16_t expr, uint8_t code,
                  uint16_t *ret)
{
    if (expr == DGM_NONE || codec->exprs[expr].length != MEMBER_OPERANDS)
        return false;
    const uint8_t *bytes = codec->code + codec->exprs[expr].at;
    *ret = (uint16_t)(bytes[1] | bytes[2] << 8);
    return bytes[0] == code;
}

/* The expression is a whole number. */
static bool is_number(const struct dgm_codec *codec, uint16_t expr, int64_t *ret)
{
    uint64_t bits = 0;
    if (expr == DGM_NONE || codec->exprs[expr].length != CONST_OPERANDS)
        return false;
    const uint8_t *bytes = codec->code + codec->exprs[expr].at;
    for (unsigned i = 8; i-- > 0;)
        bits = bits << 8 | bytes[1 + i];
    *ret = (int64_t)bits;
    return bytes[0] == DGM_CODE_CONST && bytes[9] == 0;
}

/* Bytes of memory behind those at work; false: that is more than was counted on. */
static bool advance(struct draft *draft, const struct dgm_row *row, uint32_t count)
{
    if (count > PART_MOST - draft->at)
        return false;
    draft->at += count;
    if (row->op != DGM_OP_CHECK && draft->array != NULL && row->op == DGM_OP_BITS)
        draft->covered = UINT32_MAX; /* bits are added to what stands there */
    return true;
}

static bool put_constant(struct draft *draft, const struct dgm_row *row,
                         const struct plan_place *place)
{
    const uint64_t *number = draft->codec->numbers + row->expr;
    if (row->source == DGM_SOURCE_CONST && (row->flags & DGM_ROW_CONST_LIST))
        number++;
    plan_put(place, draft->bytes, *number & width_mask(row->width));
    return true;
}

/* Is it a value of the elements of the array at work, or of none if there is none? */
static bool stands_here(const struct draft *draft, uint16_t index)
{
    const struct dgm_member *member = &draft->members[index];
    const struct dgm_member *parent =
        member->parent != DGM_NONE ? &draft->members[member->parent] : NULL;
    bool is_inside = parent != NULL && parent->kind == DGM_MEMBER_ARRAY;
    if (member->kind != DGM_MEMBER_VALUE || is_inside != (draft->array != NULL))
        return false;
    return !is_inside || draft->array->scope == NULL ||
           draft->array->scope->parent == member->parent;
}

static bool put_member(struct draft *draft, const struct dgm_row *row,
                       const struct plan_place *place)
{
    struct plan_field *field = (row->flags & DGM_ROW_ELEMENT) ? draft->element
                               : row->member != DGM_NONE ? draft_field(draft, row->member)
                                                         : NULL;
    if (field == NULL || field->row != NULL)
        return false;
    if (!(row->flags & DGM_ROW_ELEMENT) && !stands_here(draft, row->member))
        return false;
    field->place = *place;
    if (!plan_field_set(draft->codec, draft->store, row, field))
        return false;
    if (draft->array != NULL && row->op != DGM_OP_BIT && draft->covered != UINT32_MAX)
        draft->covered += place->bytes;
    return true;
}

static bool put_time(struct draft *draft, const struct dgm_row *row,
                     const struct plan_place *place)
{
    struct plan_message *plan = draft->plan;
    if (draft->array != NULL || plan->has_time)
        return false;
    plan->has_time = true;
    plan->time = *place;
    return plan_set_time_place(draft->codec, row, &plan->time);
}

static bool put_role(struct draft *draft, const struct dgm_row *row,
                     const struct plan_place *place)
{
    struct plan_message *plan = draft->plan;
    bool is_mid = row->role == DGM_ROLE_MID;
    bool is_flag = row->role == DGM_ROLE_ERRCODE || row->role == DGM_ROLE_HAS_MORE;
    bool is_plain = row->show == DGM_SHOW_NONE || row->show == DGM_SHOW_INT;
    unsigned bits = (row->flags & DGM_ROW_SIGNED) ? row->width - 1u : row->width;
    int64_t preset = 0;
    if (row->role == DGM_ROLE_EVENT_TIME)
        return put_time(draft, row, place);
    if ((!is_mid && !is_flag) || !is_plain || row->limit != DGM_NONE ||
        draft->array != NULL || plan->role_count == PLAN_ROLES ||
        width_mask(bits) < (is_mid ? 65535u : 1u) || bits == 0)
        return false;
    struct plan_role *role = &plan->roles[plan->role_count++];
    role->place = *place;
    role->role = row->role;
    role->has_preset = row->role == DGM_ROLE_HAS_MORE;
    if (row->expr != DGM_NONE) {
        role->has_preset = is_number(draft->codec, row->expr, &preset);
        if (!role->has_preset || preset < 0 || (uint64_t)preset > width_mask(bits))
            return false;
    }
    role->preset = (uint64_t)preset;
    return true;
}

/* A field that tells how long a text or how many elements an array has. */
static bool put_owner(struct draft *draft, const struct dgm_row *row,
                      const struct plan_place *place)
{
    struct plan_message *plan = draft->plan;
    struct draft_owner *owner = &draft->owners[plan->owner_count];
    bool is_plain = row->show == DGM_SHOW_NONE || row->show == DGM_SHOW_INT;
    if (draft->array != NULL || plan->owner_count == PLAN_OWNERS || !is_plain)
        return false;
    if (names(draft->codec, row->expr, DGM_CODE_LENGTH_MEMBER, &owner->member))
        owner->code = DGM_CODE_LENGTH_MEMBER;
    else if (names(draft->codec, row->expr, DGM_CODE_COUNT_MEMBER, &owner->member))
        owner->code = DGM_CODE_COUNT_MEMBER;
    else
        return false;
    owner->slot = row->slot;
    plan->owners[plan->owner_count] = *place;
    if (row->flags & DGM_ROW_SIGNED)
        plan->owners[plan->owner_count].width--;
    return plan->owners[plan->owner_count++].width > 0;
}

static bool put_fixup(struct draft *draft, const struct dgm_row *row,
                      const struct plan_place *place)
{
    struct plan_message *plan = draft->plan;
    if (draft->array != NULL || plan->fixup_count == PLAN_FIXUPS)
        return false;
    plan->fixups[plan->fixup_count].row = row;
    plan->fixups[plan->fixup_count++].place = *place;
    return true;
}

static bool put_integer(struct draft *draft, const struct dgm_row *row,
                        const struct plan_place *place)
{
    /* What is kept of a value may be scaled, and overflow. */
    if (row->source != DGM_SOURCE_MEMBER && row->slot != DGM_NONE &&
        (row_has_scaling(row) || row_is_float(row) || row->show == DGM_SHOW_PIPE))
        return false;
    switch (row->source) {
    case DGM_SOURCE_CONST:
    case DGM_SOURCE_FILL:
        return put_constant(draft, row, place);
    case DGM_SOURCE_MEMBER:
        return put_member(draft, row, place);
    case DGM_SOURCE_ROLE:
        return put_role(draft, row, place);
    case DGM_SOURCE_EXPR:
        return put_owner(draft, row, place);
    case DGM_SOURCE_LENGTH:
        return row->op == DGM_OP_INT && put_fixup(draft, row, place);
    default:
        return false;
    }
}

static bool lower_integer(struct draft *draft, const struct dgm_row *row)
{
    struct plan_place place;
    if (row->width == 0 || row->width % 8 != 0)
        return false;
    plan_place_set(row, draft->array != NULL ? NO_PART : draft->part, draft->at, &place);
    return put_integer(draft, row, &place) && advance(draft, row, row->width / 8u);
}

/* Decimal digits, of which only the time of a report is known. */
static bool lower_digits(struct draft *draft, const struct dgm_row *row)
{
    struct plan_place place;
    if (row->role != DGM_ROLE_EVENT_TIME || row->source != DGM_SOURCE_ROLE)
        return false;
    plan_place_set(row, draft->part, draft->at, &place);
    return put_time(draft, row, &place) && advance(draft, row, draft->plan->time.bytes);
}

static bool lower_bits(struct draft *draft, const struct dgm_row *group)
{
    for (unsigned i = 1; i <= group->detail; i++) {
        const struct dgm_row *row = group + i;
        struct plan_place place;
        if (row->op != DGM_OP_BIT || !is_simple(row) || row->width == 0)
            return false;
        plan_place_set(row, draft->array != NULL ? NO_PART : draft->part, draft->at,
                       &place);
        place.bytes = group->width / 8u;
        place.order = group->order;
        place.shift = row->shift;
        if (place.how != PLAN_CODED)
            place.how = place.bytes == 1 ? PLAN_BITS8 : PLAN_BITS;
        if (!put_integer(draft, row, &place))
            return false;
    }
    return advance(draft, group, group->width / 8u);
}

static bool lower_check(struct draft *draft, const struct dgm_row *row)
{
    struct plan_place place;
    if (draft->codec->checks[row->detail].flags & DGM_CHECK_OVER)
        return false;
    plan_place_set(row, draft->part, draft->at, &place);
    place.how = PLAN_BYTES;
    return put_fixup(draft, row, &place) && advance(draft, row, row->width / 8u);
}

/* The part at work is over; a field of variable length follows, or nothing. */
static bool end_part(struct draft *draft, const struct plan_field *next)
{
    struct plan_part *part = &draft->plan->parts[draft->part];
    part->bytes = draft->bytes;
    part->size = draft->at;
    part->next = next;
    draft->bytes += (draft->at + 15u) & ~7u;
    draft->plan->part_count = (uint8_t)(draft->part + 1);
    draft->at = 0;
    if (next == NULL)
        return true;
    return ++draft->part < PLAN_PARTS;
}

/* Does a field that counts the member tell what the row expects? */
static bool take_owner(struct draft *draft, const struct dgm_row *row, uint8_t code,
                       struct plan_field *field, bool *ret_known)
{
    uint16_t slot = DGM_NONE;
    bool by_slot = names(draft->codec, row->expr, DGM_CODE_SLOT, &slot);
    *ret_known = false;
    for (unsigned i = 0; i < draft->plan->owner_count; i++) {
        struct draft_owner *owner = &draft->owners[i];
        if (owner->is_taken || owner->member != row->member || owner->code != code)
            continue;
        if (field->owner != 0)
            return false;
        owner->is_taken = true;
        field->owner = (uint8_t)(i + 1);
        *ret_known = by_slot && owner->slot == slot;
    }
    return true;
}

static bool set_string(struct draft *draft, const struct dgm_row *row,
                       struct plan_field *field)
{
    static const uint8_t shows[] = {DGM_SHOW_BYTES_HEX, DGM_SHOW_BYTES_HEX_UPPER,
                                    DGM_SHOW_LATIN1, DGM_SHOW_ASCII, DGM_SHOW_UTF8};
    bool is_known = false;
    for (unsigned i = 0; i < sizeof(shows); i++)
        is_known = is_known || row->show == shows[i];
    struct plan_string *string = plan_take(draft->store, sizeof(*string));
    if (!is_known || row_format(row) != DGM_NONE || string == NULL)
        return false;
    string->row = row;
    string->show = row->show;
    string->size = row->detail;
    string->padded = (row->flags & DGM_ROW_PADDED) != 0;
    string->pad = row->shift;
    string->most = UINT32_MAX;
    field->row = row;
    field->with.string = string;
    if (row->limit == DGM_NONE)
        return true;
    const struct dgm_limit *limit = &draft->codec->limits[row->limit];
    if (limit->flags & DGM_LIMIT_LENGTH)
        string->most = limit->max_length;
    return (limit->flags & DGM_LIMIT_TEXTS) == 0;
}

static bool lower_bytes(struct draft *draft, const struct dgm_row *row)
{
    bool is_fixed = !(row->flags & DGM_ROW_REST) && row->expr == DGM_NONE;
    bool is_known;
    if (row->source == DGM_SOURCE_FILL)
        return is_fixed && row->show != DGM_SHOW_DIGITS &&
               advance(draft, row, row->detail);
    struct plan_field *field = (row->flags & DGM_ROW_ELEMENT) ? draft->element
                               : row->member != DGM_NONE ? draft_field(draft, row->member)
                                                         : NULL;
    if (row->source != DGM_SOURCE_MEMBER || field == NULL || field->row != NULL ||
        (!(row->flags & DGM_ROW_ELEMENT) && !stands_here(draft, row->member)) ||
        !set_string(draft, row, field))
        return false;
    field->place.part = draft->array != NULL ? NO_PART : (uint8_t)draft->part;
    field->place.at = draft->at;
    if (is_fixed) {
        field->read = PLAN_TEXT;
        if (draft->array != NULL && draft->covered != UINT32_MAX)
            draft->covered += row->detail;
        return advance(draft, row, row->detail);
    }
    field->read = PLAN_STRING;
    return draft->array == NULL &&
           take_owner(draft, row, DGM_CODE_LENGTH_MEMBER, field, &is_known) &&
           (is_known || (row->flags & DGM_ROW_REST)) && end_part(draft, field);
}

static bool lower_row(struct draft *draft, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_FLOAT:
        return lower_integer(draft, row);
    case DGM_OP_DIGITS:
        return lower_digits(draft, row);
    case DGM_OP_BITS:
        return lower_bits(draft, row);
    case DGM_OP_BYTES:
        return lower_bytes(draft, row);
    case DGM_OP_CHECK:
        return lower_check(draft, row);
    case DGM_OP_GROUP:
    case DGM_OP_SERVICE:
    case DGM_OP_SERVICE_END:
    case DGM_OP_OBJECT:
    case DGM_OP_OBJECT_END:
    case DGM_OP_LITERAL:
        return draft->array == NULL;
    case DGM_OP_ECHO:
        return row->slot == DGM_NONE;
    case DGM_OP_NOTICE:
        return true;
    case DGM_OP_VALUE:
        return row->slot == DGM_NONE && row->source != DGM_SOURCE_PART &&
               row->role != DGM_ROLE_EVENT_TIME;
    default:
        return false;
    }
}

/* The rows of one element. */
static bool lower_element(struct draft *draft, const struct dgm_row *repeat)
{
    uint8_t *bytes = draft->bytes;
    uint32_t at = draft->at;
    draft->bytes = draft->spare;
    draft->at = 0;
    draft->covered = 0;
    for (unsigned i = 1; i <= repeat->detail; i++) {
        if (!is_simple(repeat + i) || !lower_row(draft, repeat + i))
            return false;
        i += repeat[i].op == DGM_OP_BITS ? repeat[i].detail : 0;
    }
    draft->array->size = draft->at;
    draft->array->bytes = draft->covered == draft->at ? NULL : draft->bytes;
    draft->spare += (draft->at + 15u) & ~7u;
    draft->bytes = bytes;
    draft->at = at;
    return draft->array->size > 0;
}

static const struct plan_scope *scope_below(const struct draft *draft, uint16_t member)
{
    for (unsigned i = 0; i < draft->scope_count; i++)
        if (draft->scopes[i].parent == member)
            return draft->scopes[i].count > 0 ? &draft->scopes[i] : NULL;
    return NULL;
}

static bool lower_repeat(struct draft *draft, const struct dgm_row *row)
{
    bool is_known;
    int64_t count = 0;
    struct plan_array *array = plan_take(draft->store, sizeof(*array));
    struct plan_field *field =
        row->member != DGM_NONE ? draft_field(draft, row->member) : NULL;
    if (!(row->flags & DGM_ROW_ARRAY) || draft->array != NULL || array == NULL ||
        field == NULL || field->row != NULL ||
        draft->members[row->member].kind != DGM_MEMBER_ARRAY ||
        draft->field_count == draft->field_most)
        return false;
    field->row = row;
    field->with.array = array;
    field->place.part = (uint8_t)draft->part;
    array->scope = scope_below(draft, row->member);
    field->read = array->scope != NULL ? PLAN_ELEMENTS : PLAN_VALUES;
    if (array->scope == NULL)
        draft->element = &draft->fields[draft->field_count++];
    if (array->scope == NULL)
        draft->element->member = DGM_NONE;
    array->element = draft->element;
    draft->array = array;
    bool is_lowered = lower_element(draft, row) &&
                      (array->scope != NULL || draft->element->row != NULL);
    draft->array = NULL;
    draft->element = NULL;
    if (!is_lowered || !take_owner(draft, row, DGM_CODE_COUNT_MEMBER, field, &is_known))
        return false;
    array->counted = !is_known && !(row->flags & DGM_ROW_REST);
    if (array->counted && (!is_number(draft->codec, row->expr, &count) || count < 0 ||
                           count > DGM_MAX_FRAME))
        return false;
    array->count = (uint32_t)count;
    return end_part(draft, field);
}

static bool lower_rows(struct draft *draft)
{
    for (unsigned i = 0; i < draft->message->row_count; i++) {
        const struct dgm_row *row = draft->rows + i;
        bool is_repeat = row->op == DGM_OP_REPEAT;
        if (!is_simple(row) ||
            !(is_repeat ? lower_repeat(draft, row) : lower_row(draft, row)))
            return false;
        i += is_repeat || row->op == DGM_OP_BITS ? row->detail : 0;
    }
    for (unsigned i = 0; i < draft->plan->owner_count; i++)
        if (!draft->owners[i].is_taken)
            return false;
    return end_part(draft, NULL);
}

/* Bytes that the parts and elements take, and how many there may be. */
static size_t part_bytes(const struct dgm_codec *codec, const struct dgm_message *message,
                         unsigned *ret_arrays)
{
    size_t bytes = 2 * (size_t)PART_SPACE;
    *ret_arrays = 0;
    for (unsigned i = 0; i < message->row_count; i++) {
        const struct dgm_row *row = &codec->rows[message->first_row + i];
        bool is_fixed = !(row->flags & DGM_ROW_REST) && row->expr == DGM_NONE;
        if (row->op == DGM_OP_BYTES)
            bytes += (is_fixed ? row->detail : 0) + (size_t)PART_SPACE;
        else
            bytes += row->width / 8u + 1u;
        if (row->op != DGM_OP_REPEAT)
            continue;
        bytes += 2 * (size_t)PART_SPACE;
        ++*ret_arrays;
    }
    return bytes;
}

static size_t rounded(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

static unsigned scopes_of(const struct dgm_codec *codec,
                          const struct dgm_message *message)
{
    unsigned count = 1 + codec->model->services.count;
    for (unsigned i = 0; i < message->member_count; i++) {
        uint8_t kind = codec->members[message->first_member + i].kind;
        count += kind == DGM_MEMBER_OBJECT || kind == DGM_MEMBER_ARRAY;
    }
    return count;
}

size_t plan_message_bytes(const struct dgm_codec *codec, unsigned index)
{
    const struct dgm_message *message = &codec->messages[index];
    unsigned arrays;
    size_t bytes = 2 * rounded(part_bytes(codec, message, &arrays));
    bytes += rounded(sizeof(struct plan_message)) +
             rounded(scopes_of(codec, message) * sizeof(struct plan_scope)) +
             rounded((message->member_count + arrays) * sizeof(struct plan_field));
    for (unsigned i = 0; i < message->member_count; i++)
        bytes += rounded(
            plan_key_bytes(codec->members[message->first_member + i].name_length));
    for (unsigned i = 0; i < message->row_count; i++) {
        const struct dgm_row *row = &codec->rows[message->first_row + i];
        if (row->op == DGM_OP_BYTES)
            bytes += rounded(sizeof(struct plan_string));
        if (row->op == DGM_OP_REPEAT)
            bytes += rounded(sizeof(struct plan_array));
        if (row->show == DGM_SHOW_ENUM)
            bytes += rounded(plan_words_bytes(codec, row));
    }
    return bytes;
}

static bool make(struct draft *draft)
{
    const struct dgm_codec *codec = draft->codec;
    unsigned arrays;
    size_t bytes = rounded(part_bytes(codec, draft->message, &arrays));
    draft->field_most = draft->message->member_count + arrays;
    draft->scope_most = scopes_of(codec, draft->message);
    draft->scopes = plan_take(draft->store, draft->scope_most * sizeof(*draft->scopes));
    draft->fields = plan_take(draft->store, draft->field_most * sizeof(*draft->fields));
    draft->bytes = plan_take(draft->store, bytes);
    draft->spare = plan_take(draft->store, bytes);
    if (draft->scopes == NULL || draft->fields == NULL || draft->bytes == NULL ||
        draft->spare == NULL || bytes > PART_MOST)
        return false;
    if (!draft_scopes(draft) || !lower_rows(draft) || !draft_fits(draft))
        return false;
    draft_missing(draft);
    return true;
}

const struct plan_message *plan_message_make(const struct dgm_codec *codec,
                                             struct plan_store *store, unsigned index)
{
    struct draft draft;
    memset(&draft, 0, sizeof(draft));
    draft.codec = codec;
    draft.store = store;
    draft.message = &codec->messages[index];
    draft.rows = codec->rows + draft.message->first_row;
    draft.members = codec->members + draft.message->first_member;
    draft.plan = plan_take(store, sizeof(*draft.plan));
    if (draft.plan == NULL)
        return NULL;
    draft.plan->message = draft.message;
    draft.plan->index = (uint16_t)index;
    return make(&draft) ? draft.plan : NULL;
}
