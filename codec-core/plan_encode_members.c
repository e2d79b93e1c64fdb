/* SPDX-License-Identifier: MIT */
/* Encoding by a plan: objects of members and arrays, straight from the text to the frame.
 */
#include "plan_encode_run.h"

/* Room for a part, and what its bytes are before its fields are written. */
static bool begin_part(struct plan_run *run, unsigned index, uint8_t *at)
{
    const struct plan_part *part = &run->message->parts[index];
    size_t room = (size_t)(run->frame_end - at), size = part->size;
    if (size > room)
        return false;
    run->bases[index] = at;
    run->known = index;
    if (PLAN_LIKELY(room - size >= 8)) {
        for (size_t i = 0; i < size; i += 8)
            plan_store(at + i, plan_load(part->bytes + i));
    } else if (size > 0) {
        memcpy(at, part->bytes, size);
    }
    return true;
}

bool plan_begin(struct plan_run *run, const struct plan_message *message)
{
    run->message = message;
    run->pending_count = 0;
    if (begin_part(run, 0, run->frame))
        return true;
    run->message = NULL;
    return false;
}

bool plan_complete(struct plan_run *run, const struct plan_scope *scope, uint64_t seen,
                   uint8_t *base)
{
    if ((scope->required & ~seen) != 0) {
        run->is_foreign = run->is_foreign || (scope->certain & ~seen) != 0;
        return false;
    }
    uint64_t missing = scope->presets & ~seen;
    for (unsigned i = 0; missing != 0; i++, missing >>= 1) {
        const struct plan_field *field = &scope->fields[i];
        if ((missing & 1) == 0)
            continue;
        if (base != NULL || field->place.part <= run->known) {
            plan_put(&field->place, base != NULL ? base : run->bases[field->place.part],
                     field->preset);
            continue;
        }
        if (run->pending_count == PLAN_PENDING)
            return false;
        run->pending[run->pending_count++] = (struct plan_pending){field, NULL, NULL};
    }
    return true;
}

/* Fields of fixed size without a raw value. */
static const uint8_t *store_whole(const struct plan_run *run, const uint8_t *p,
                                  const struct plan_field *field, uint8_t *base)
{
    size_t length;
    uint8_t *to = base + field->place.at;
    if (field->read == PLAN_LITERAL)
        return plan_read_literal(run, p, field);
    if (field->read == PLAN_IGNORED)
        return plan_check_value(run, p);
    if (field->read != PLAN_TEXT)
        return NULL;
    const struct plan_string *string = field->with.string;
    p = plan_read_text(run, p, string, to, to + string->size, &length);
    if (p == NULL || (length != string->size && !string->padded))
        return NULL;
    memset(to + length, string->pad, string->size - length);
    return p;
}

PLAN_APART const uint8_t *plan_store_any(const struct plan_run *run, const uint8_t *p,
                                         const struct plan_field *field, uint8_t *base)
{
    uint64_t raw;
    if (field->op != PLAN_ANY)
        return store_whole(run, p, field, base);
    p = plan_read_raw(run, run->text, p, field, &raw);
    if (p != NULL)
        plan_put(&field->place, base, raw & (UINT64_MAX >> (64 - field->place.width)));
    return p;
}

/* One of many that are read in one place. */
static PLAN_APART const uint8_t *store_value(const struct plan_run *run, const uint8_t *p,
                                             const struct plan_field *field,
                                             uint8_t *base)
{
    return plan_store_value(run, run->text, p, field, base);
}

/* An object whose members are written behind `base`. */
static const uint8_t *read_element(struct plan_run *run, const struct plan_scope *scope,
                                   const uint8_t *p, uint8_t *base)
{
    const struct plan_text text = run->text;
    const struct plan_field *const end = scope->fields + scope->count;
    const struct plan_field *field = scope->fields;
    uint64_t seen = 0, mask = ~(uint64_t)0xFF;
    if (!plan_next_is(text, p, '{'))
        return NULL;
    for (;; field++) {
        if (field < end && plan_field_follows(text, p, field, mask)) {
            p += field->key_length;
        } else if (field == end && plan_next_is(text, p, '}')) {
            p++;
            break;
        } else {
            p = plan_find(run, scope, p, mask != UINT64_MAX, &field);
            if (p == NULL || field == NULL)
                break;
        }
        if ((seen & field->bit) != 0)
            return NULL;
        seen |= field->bit;
        mask = UINT64_MAX;
        p = plan_blanks(text, p);
        p = plan_store_value(run, text, p, field, base);
        if (p == NULL)
            return NULL;
    }
    return p != NULL && plan_complete(run, scope, seen, base) ? p : NULL;
}

/* One element; false: it was the last one. */
PLAN_INLINE const uint8_t *read_comma(struct plan_text text, const uint8_t *p,
                                      bool *ret_more)
{
    if (!PLAN_LIKELY(plan_next_is(text, p, ',')))
        p = plan_blanks(text, p);
    *ret_more = plan_next_is(text, p, ',');
    if (!*ret_more)
        return plan_next_is(text, p, ']') ? p + 1 : NULL;
    p++;
    return plan_blanks(text, p);
}

const uint8_t *plan_read_comma(struct plan_text text, const uint8_t *p, bool *ret_more)
{
    return read_comma(text, p, ret_more);
}

static bool begin_element(const struct plan_run *run, const struct plan_array *array,
                          uint8_t *to)
{
    if (array->size > (size_t)(run->frame_end - to))
        return false;
    if (array->bytes != NULL)
        memcpy(to, array->bytes, array->size);
    return true;
}

/* The elements of an array, one behind the other. */
static const uint8_t *read_array(struct plan_run *run, const struct plan_field *field,
                                 const uint8_t *p, uint8_t **to, size_t *ret_count)
{
    const struct plan_array *array = field->with.array;
    const struct plan_text text = run->text;
    size_t count = 0;
    bool more = true;
    if (!plan_next_is(text, p, '['))
        return NULL;
    p = plan_blanks(text, p + 1);
    if (plan_next_is(text, p, ']')) {
        more = false;
        p++;
    }
    for (; more; count++) {
        if (!begin_element(run, array, *to))
            return NULL;
        if (field->read == PLAN_ELEMENTS)
            p = read_element(run, array->scope, p, *to);
        else
            p = store_value(run, p, array->element, *to);
        if (p != NULL)
            p = read_comma(text, p, &more);
        if (p == NULL)
            return NULL;
        *to += array->size;
    }
    *ret_count = count;
    return array->counted && array->count != count ? NULL : p;
}

/* The field counts no more than it can hold. */
static bool put_count(const struct plan_run *run, const struct plan_field *field,
                      size_t count)
{
    if (field->owner == 0)
        return true;
    const struct plan_place *owner = &run->message->owners[field->owner - 1];
    if (count > UINT64_MAX >> (64 - owner->width))
        return false;
    plan_put(owner, run->bases[owner->part], count);
    return true;
}

/* A field of variable length, behind the last part that is known; `p` is NULL if it is
 * missing. */
static const uint8_t *read_variable(struct plan_run *run, const struct plan_field *field,
                                    const uint8_t *p)
{
    uint8_t *to = run->bases[run->known] + run->message->parts[run->known].size;
    size_t count = 0;
    if (field->read == PLAN_STRING) {
        p = plan_read_text(run, p, field->with.string, to, run->frame_end, &count);
        to += count;
    } else {
        p = read_array(run, field, p, &to, &count);
    }
    if (p == NULL || !put_count(run, field, count) ||
        !begin_part(run, run->known + 1, to))
        return NULL;
    return p;
}

static bool is_variable(const struct plan_field *field)
{
    return field->op == PLAN_VARIABLE;
}

/* Its turn comes later. */
static PLAN_APART const uint8_t *
remember(struct plan_run *run, const struct plan_field *field, const uint8_t *p)
{
    const uint8_t *end = plan_pass_value(run->text, p);
    if (end == NULL || run->pending_count == PLAN_PENDING)
        return NULL;
    run->pending[run->pending_count++] = (struct plan_pending){field, p, end};
    return end;
}

PLAN_INLINE const uint8_t *read_member(struct plan_run *run, struct plan_text text,
                                       const struct plan_field *field, const uint8_t *p)
{
    unsigned part = field->place.part;
    if (PLAN_LIKELY(!is_variable(field) && part <= run->known))
        return plan_store_value(run, text, p, field, run->bases[part]);
    if (is_variable(field) && part == run->known)
        return read_variable(run, field, p);
    return remember(run, field, p);
}

/* An object around the one at work. */
struct level {
    const struct plan_scope *scope;
    const struct plan_field *field; /* that it is */
    uint64_t seen;
};

const uint8_t *plan_read_members(struct plan_run *run, const struct plan_scope *scope,
                                 const uint8_t *p, uint64_t *ret_seen)
{
    const struct plan_text text = run->text;
    struct level levels[PLAN_NESTING];
    unsigned depth = 0;
    uint64_t seen = *ret_seen, mask = ~(uint64_t)0xFF;
    const struct plan_field *field = scope->fields, *end = field + scope->count;
    if (!plan_next_is(text, p, '{'))
        return NULL;
    for (;;) {
        if (field < end && plan_field_follows(text, p, field, mask)) {
            p += field->key_length;
        } else if (field == end && plan_next_is(text, p, '}')) {
            p++;
            field = NULL;
        } else {
            p = plan_find(run, scope, p, mask != UINT64_MAX, &field);
            if (p == NULL)
                return NULL;
        }
        mask = UINT64_MAX;
        if (field == NULL) {
            if (depth == 0)
                break;
            if (!plan_complete(run, scope, seen, NULL))
                return NULL;
            depth--;
            scope = levels[depth].scope;
            seen = levels[depth].seen;
            field = levels[depth].field + 1;
            end = scope->fields + scope->count;
            continue;
        }
        if ((seen & field->bit) != 0)
            return NULL;
        seen |= field->bit;
        p = plan_blanks(text, p);
        if (field->op == PLAN_INSIDE) {
            if (depth == PLAN_NESTING || !plan_next_is(text, p, '{'))
                return NULL;
            levels[depth++] = (struct level){scope, field, seen};
            scope = field->with.scope;
            seen = 0;
            mask = ~(uint64_t)0xFF;
            field = scope->fields;
            end = field + scope->count;
            continue;
        }
        p = read_member(run, text, field, p);
        if (p == NULL)
            return NULL;
        field++;
    }
    *ret_seen = seen;
    return p;
}

static const struct plan_pending *find_pending(const struct plan_run *run,
                                               const struct plan_field *field)
{
    for (unsigned i = 0; i < run->pending_count; i++)
        if (run->pending[i].field == field)
            return &run->pending[i];
    return NULL;
}

/* The field behind the last part that is known. */
static bool write_next(struct plan_run *run, const struct plan_field *field)
{
    const struct plan_pending *pending = find_pending(run, field);
    if (pending != NULL)
        return read_variable(run, field, pending->at) == pending->end;
    /* It is missing, which only an array may be. */
    const struct plan_array *array = field->with.array;
    uint8_t *to = run->bases[run->known] + run->message->parts[run->known].size;
    return field->read != PLAN_STRING && (!array->counted || array->count == 0) &&
           put_count(run, field, 0) && begin_part(run, run->known + 1, to);
}

static bool write_pending(struct plan_run *run)
{
    for (unsigned i = 0; i < run->pending_count; i++) {
        const struct plan_pending *pending = &run->pending[i];
        const struct plan_field *field = pending->field;
        uint8_t *base = run->bases[field->place.part];
        if (is_variable(field))
            continue;
        if (pending->at == NULL)
            plan_put(&field->place, base, field->preset);
        else if (store_value(run, pending->at, field, base) != pending->end)
            return false;
    }
    return true;
}

bool plan_end(struct plan_run *run, size_t *ret_length)
{
    const struct plan_message *message = run->message;
    while (run->known + 1u < message->part_count)
        if (!write_next(run, message->parts[run->known].next))
            return false;
    if (run->pending_count > 0 && !write_pending(run))
        return false;
    *ret_length =
        (size_t)(run->bases[run->known] - run->frame) + message->parts[run->known].size;
    return true;
}
