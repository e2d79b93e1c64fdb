/* SPDX-License-Identifier: MIT */
/* State of one call by a plan, and what the files that run plans share. */
#ifndef DGM_PLAN_ENCODE_RUN_H
#define DGM_PLAN_ENCODE_RUN_H

#include "plan_encode_read.h"

/* A value that is read when its part is known. */
struct plan_pending {
    const struct plan_field *field;
    const uint8_t *at, *end; /* of the value; NULL: the member is missing */
};

/* A text of the envelope with its quotes, as it stands there. */
struct plan_name {
    const uint8_t *text; /* NULL: not given */
    size_t length;
};

struct plan_run {
    const struct dgm_codec *codec;
    const struct dgm_call *call;
    const char *json;
    struct plan_text text;
    uint8_t *frame, *frame_end;
    const struct plan_message *message;
    uint8_t *bases[PLAN_PARTS]; /* of the parts up to `known` */
    unsigned known;
    unsigned pending_count;
    bool is_foreign; /* it failed because it is no JSON for this message */
    struct plan_pending pending[PLAN_PENDING];
    /* The envelope. */
    uint8_t kind;
    uint32_t roles_given; /* one bit for each enum dgm_role */
    uint16_t roles[DGM_ROLE_COUNT];
    int64_t time; /* in milliseconds; of the role DGM_ROLE_EVENT_TIME */
    struct plan_name service, command;
};

/* plan_encode_value.c */
/* The end of a value that is read another time; nothing of it is checked. */
const uint8_t *plan_pass_value(struct plan_text text, const uint8_t *p);
/* The end of any valid value. */
const uint8_t *plan_check_value(const struct plan_run *run, const uint8_t *p);
/* Has the row no reading for this raw value? */
bool plan_no_reading(const struct plan_run *run, const struct plan_field *field,
                     uint64_t raw);
/* A raw value of a row by the ways of the rows. */
const uint8_t *plan_read_other(const struct plan_run *run, const uint8_t *p,
                               const struct plan_field *field, uint64_t *ret);
/* An encoder for functions of the rows that look at a value alone. */
void plan_set_encoder(const struct plan_run *run, struct encoder *ret);
/* The nearest raw value of a scaling whose factor is not 1. */
bool plan_divide(const struct plan_field *field, int64_t value, uint64_t *ret);
const uint8_t *plan_read_literal(const struct plan_run *run, const uint8_t *p,
                                 const struct plan_field *field);

/* plan_encode_text.c: a text to bytes at `to`, of which there is room up to `room`. */
const uint8_t *plan_read_text(const struct plan_run *run, const uint8_t *p,
                              const struct plan_string *string, uint8_t *to,
                              const uint8_t *room, size_t *ret_length);

PLAN_INLINE bool plan_head_stands(struct plan_text text, const uint8_t *p,
                                  const struct plan_head *head)
{
    return head->length > 0 && (size_t)(text.end - p) >= head->length &&
           plan_load(p + head->length - 8) == plan_load(head->text + head->length - 8) &&
           plan_load(p) == plan_load(head->text) &&
           plan_rest_follows(text, p, head->text, head->length);
}

/* plan_encode_heads.c: the one of many commands whose head stands at `p`, or NULL. */
const struct plan_message *plan_message_among(const struct plan_encode *plan,
                                              struct plan_text text, const uint8_t *p,
                                              enum dgm_shape shape);

/* plan_encode_find.c: the field that comes next, behind a brace or another member.
 * `field` is the one that was expected, and becomes NULL behind the last one. */
const uint8_t *plan_find(struct plan_run *run, const struct plan_scope *scope,
                         const uint8_t *p, bool is_first,
                         const struct plan_field **field);

/* plan_encode_members.c */
/* Write the parts from the first one on. */
bool plan_begin(struct plan_run *run, const struct plan_message *message);
/* The object at `p` to the frame. `seen` are the fields that it had so far. */
const uint8_t *plan_read_members(struct plan_run *run, const struct plan_scope *scope,
                                 const uint8_t *p, uint64_t *seen);
/* The object is over: members that are missing. */
bool plan_complete(struct plan_run *run, const struct plan_scope *scope, uint64_t seen,
                   uint8_t *base);
/* What was remembered, and what has no value; the whole frame is there then. */
bool plan_end(struct plan_run *run, size_t *ret_length);

/* Behind an element: does another one follow, or has the array been closed? */
const uint8_t *plan_read_comma(struct plan_text text, const uint8_t *p, bool *ret_more);

/* plan_encode.c */
bool plan_name_is(const struct plan_name *name, const char *text);
const uint8_t *plan_read_name(struct plan_text text, const uint8_t *p,
                              struct plan_name *ret);
const uint8_t *plan_read_role(struct plan_run *run, const uint8_t *p, uint8_t role);

/* plan_encode_time.c: a time of the platform; it becomes that of the report. */
const uint8_t *plan_read_time(const struct plan_run *run, const uint8_t *p, int64_t *ret);
void plan_set_time(struct plan_run *run, int64_t milliseconds);
/* To the frame; false: it was not given, or does not fit. */
bool plan_write_time(const struct plan_run *run);

/* plan_encode_report.c: the services from `p` on, which in the plain shape are the whole
 * text, blanks behind it included. */
const uint8_t *plan_read_report(struct plan_run *run, enum dgm_shape shape,
                                const uint8_t *p);

/* The raw value of a field whose value is one token. */
PLAN_INLINE const uint8_t *plan_read_raw(const struct plan_run *run,
                                         struct plan_text text, const uint8_t *p,
                                         const struct plan_field *field, uint64_t *ret)
{
    int64_t value = 0;
    switch (field->read) {
    case PLAN_INT:
        p = plan_read_int(text, p, field, &value);
        break;
    case PLAN_DECIMAL:
        p = plan_read_decimal(text, p, field, &value);
        break;
    case PLAN_BOOL:
        return plan_read_bool(text, p, ret);
    case PLAN_WORD:
        return plan_read_word(text, p, field->with.words, ret);
    default:
        return plan_read_other(run, p, field, ret);
    }
    if (p == NULL)
        return NULL;
    value -= field->add;
    if (PLAN_LIKELY(field->mul == 1))
        *ret = (uint64_t)value & (UINT64_MAX >> (64 - field->place.width));
    else if (!plan_divide(field, value, ret))
        return NULL;
    return field->of_list && plan_no_reading(run, field, *ret) ? NULL : p;
}

/* plan_encode_members.c: the same for the seldom ones. */
const uint8_t *plan_store_any(const struct plan_run *run, const uint8_t *p,
                              const struct plan_field *field, uint8_t *base);

#define PLAN_STORE(reader, type, put)                                                    \
    do {                                                                                 \
        type value;                                                                      \
        p = reader;                                                                      \
        if (p == NULL)                                                                   \
            return NULL;                                                                 \
        put;                                                                             \
        return p;                                                                        \
    } while (0)

/* Read a value of fixed size, and write it. */
PLAN_INLINE const uint8_t *plan_store_value(const struct plan_run *run,
                                            struct plan_text text, const uint8_t *p,
                                            const struct plan_field *field, uint8_t *base)
{
    const struct plan_place *place = &field->place;
    uint8_t *to = base + place->at;
    switch (field->op) {
    case PLAN_INT_U8:
        PLAN_STORE(plan_read_int(text, p, field, &value), int64_t,
                   *to = (uint8_t)(value - field->add));
    case PLAN_INT_BE16:
        PLAN_STORE(plan_read_int(text, p, field, &value), int64_t,
                   plan_put16(to, (uint64_t)(value - field->add)));
    case PLAN_INT_BE32:
        PLAN_STORE(plan_read_int(text, p, field, &value), int64_t,
                   plan_put32(to, (uint64_t)(value - field->add)));
    case PLAN_INT_BITS8:
        PLAN_STORE(plan_read_int(text, p, field, &value), int64_t,
                   plan_put_bits(place, to, (uint64_t)(value - field->add)));
    case PLAN_DECIMAL_U8:
        PLAN_STORE(plan_read_decimal(text, p, field, &value), int64_t,
                   *to = (uint8_t)(value - field->add));
    case PLAN_DECIMAL_BE16:
        PLAN_STORE(plan_read_decimal(text, p, field, &value), int64_t,
                   plan_put16(to, (uint64_t)(value - field->add)));
    case PLAN_DECIMAL_BE32:
        PLAN_STORE(plan_read_decimal(text, p, field, &value), int64_t,
                   plan_put32(to, (uint64_t)(value - field->add)));
    case PLAN_BOOL_U8:
        PLAN_STORE(plan_read_bool(text, p, &value), uint64_t, *to = (uint8_t)value);
    case PLAN_BOOL_BITS8:
        PLAN_STORE(plan_read_bool(text, p, &value), uint64_t,
                   *to = (uint8_t)(*to | value << place->shift));
    case PLAN_WORD_U8:
        PLAN_STORE(plan_read_word(text, p, field->with.words, &value), uint64_t,
                   *to = (uint8_t)value);
    case PLAN_WORD_BITS8:
        PLAN_STORE(plan_read_word(text, p, field->with.words, &value), uint64_t,
                   *to = (uint8_t)(*to | value << place->shift));
    default:
        return plan_store_any(run, p, field, base);
    }
}

#endif
