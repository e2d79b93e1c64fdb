/* SPDX-License-Identifier: MIT */
/* Writing single rows: where the value comes from, and the bytes or bits it becomes. */
#include "encode.h"

#include <string.h>
#include "float_text.h"
#include "frame.h"
#include "pipe.h"
#include "scaling.h"
#include "series.h"

enum dgm_status encode_append(struct encoder *encoder, const struct dgm_row *row,
                              const uint8_t *bytes, size_t count)
{
    if (count > DGM_MAX_FRAME - encoder->length)
        return encode_fail_row(encoder, DGM_LIMIT, row, 0);
    bool fits = encoder->length <= encoder->frame_size &&
                count <= encoder->frame_size - encoder->length;
    if (fits && count > 0) {
        if (bytes != NULL)
            memcpy(encoder->frame + encoder->length, bytes, count);
        else
            memset(encoder->frame + encoder->length, 0, count);
    }
    encoder->length += count;
    if (encoder->length > encoder->written)
        encoder->written = encoder->length;
    return DGM_OK;
}

/* Was the member of a row given, and not as the default? */
const struct bound *encode_row_bound(const struct encoder *encoder,
                                     const struct dgm_row *row)
{
    uint16_t member = encode_member(encoder, row);
    if (member == DGM_NONE || encoder->bound[member].type == 0)
        return NULL;
    uint8_t kind = encoder->members[member].kind;
    return kind == DGM_MEMBER_VALUE ? &encoder->bound[member] : NULL;
}

bool encode_no_reading(const struct dgm_codec *codec, const struct dgm_row *row,
                       uint64_t *ret)
{
    uint16_t index = row->show == DGM_SHOW_ENUM ? row->detail : invalid_list(codec, row);
    if (index == DGM_NONE)
        return false;
    const struct dgm_enum *list = &codec->enums[index];
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = &codec->choices[list->first + i];
        if ((choice->flags & DGM_CHOICE_OMIT) &&
            !(choice->flags & DGM_CHOICE_DECODE_ONLY)) {
            *ret = choice->low & width_mask(row->width);
            return true;
        }
    }
    return false;
}

bool encode_is_needed(const struct encoder *encoder, const struct dgm_row *row)
{
    uint64_t raw;
    if (row->member == DGM_NONE || (row->flags & DGM_ROW_ELEMENT))
        return false;
    const struct dgm_member *member = &encoder->members[row->member];
    if (row->flags & (DGM_ROW_ARRAY | DGM_ROW_COLLECT | DGM_ROW_KEEP))
        return true;
    /* What a moment can do without says each of its parts. */
    bool from_json = row->op == DGM_OP_TEXT ||
                     (row->source == DGM_SOURCE_MEMBER && row->op != DGM_OP_MOMENT);
    return from_json && member->kind == DGM_MEMBER_VALUE && member->text_length == 0 &&
           !encode_no_reading(encoder->codec, row, &raw);
}

/* Decoding writes null for an element that has no reading. */
bool encode_is_null(const struct encoder *encoder, const struct dgm_row *row,
                    const struct bound *bound)
{
    struct json_reader reader;
    bool is_place = HAS_PLACES && (row->flags & DGM_ROW_PLACE) != 0;
    if (!row_is_element(row) || (is_place && bound == NULL) ||
        (HAS_SERIES && (row->flags & DGM_ROW_TOGETHER)))
        return false;
    encode_reader(encoder, is_place ? bound->at : encode_element(encoder, row), &reader);
    return json_peek(&reader) == JSON_NULL;
}

static enum dgm_status raw_of_member(struct encoder *encoder, const struct dgm_row *row,
                                     uint64_t *ret)
{
    const struct bound *bound = encode_row_bound(encoder, row);
    const char *json = encoder->json;
    size_t length = encoder->json_length, at = 0;
    if (encode_is_null(encoder, row, bound) &&
        encode_no_reading(encoder->codec, row, ret))
        return DGM_OK;
    if (row->flags & (DGM_ROW_ELEMENT | DGM_ROW_COLLECT)) {
        at = encode_element(encoder, row);
    } else if (bound != NULL) {
        at = bound->at;
    } else {
        const struct dgm_member *member = &encoder->members[encode_member(encoder, row)];
        json = encoder->codec->pool + member->text;
        length = member->text_length;
        if (length == 0 && encode_no_reading(encoder->codec, row, ret))
            return DGM_OK;
        if (length == 0)
            return encode_fail_row(encoder, DGM_MISSING_MEMBER, row,
                                   encoder->envelope.members);
    }
    return encode_raw(encoder, row, json, length, at, ret);
}

/* What counts a text failed; if that is because of the text, say so there. */
static enum dgm_status measure_fault(struct encoder *encoder, const struct value *length,
                                     enum dgm_status status)
{
    const struct bound *bound = &encoder->bound[encoder->measured];
    uint32_t path = encoder->members[encoder->measured].path;
    size_t at = bound->type != 0 ? bound->at : encoder->envelope.members;
    if (length->kind != VALUE_MISSING)
        return encode_fail_text(encoder, DGM_LENGTH, path, at,
                                "the text is too long for the field that counts it");
    if (bound->type != 0 && bound->type != JSON_STRING)
        return encode_fail_text(encoder, DGM_TYPE, path, at, "a text is expected");
    if (encoder->measure_detail != NULL)
        return encode_fail_text(encoder, DGM_TEXT, path, at, encoder->measure_detail);
    return status;
}

enum dgm_status encode_agrees(struct encoder *encoder, const struct dgm_row *row,
                              uint64_t raw)
{
    uint64_t given;
    const struct bound *bound = encode_row_bound(encoder, row);
    if (bound == NULL)
        return DGM_OK;
    enum dgm_status status =
        encode_raw(encoder, row, encoder->json, encoder->json_length, bound->at, &given);
    if (status == DGM_OK && given != raw)
        return encode_fail_row(encoder, DGM_COUNT_MISMATCH, row, bound->at);
    return status;
}

static enum dgm_status raw_of_expr(struct encoder *encoder, const struct dgm_row *row,
                                   uint64_t *ret)
{
    struct value value;
    encoder->measured = encoder->lacks = DGM_NONE;
    enum dgm_status status = machine_run(&encoder->machine, row->expr, &value);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, 0);
    status = encode_raw_value(encoder, row, &value, ret);
    if (status != DGM_OK && encoder->lacks != DGM_NONE)
        return encode_fail(encoder, DGM_MISSING_MEMBER,
                           encoder->members[encoder->lacks].path,
                           encoder->envelope.members);
    if (status != DGM_OK && encoder->measured != DGM_NONE)
        return measure_fault(encoder, &value, status);
    return status == DGM_OK ? encode_agrees(encoder, row, *ret) : status;
}

/* A mid of 0 was given, which stands for none. */
static enum dgm_status zero_mid(struct encoder *encoder, const struct dgm_row *row,
                                size_t at)
{
    enum dgm_status status = encode_fail_row(encoder, DGM_RANGE, row, at);
    if (HAS_DETAILS && encoder->error != NULL) {
        encoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_LOW | DGM_ERROR_HAS_HIGH;
        encoder->error->low = 1;
        encoder->error->high = UINT16_MAX;
    }
    return status;
}

static enum dgm_status raw_of_role(struct encoder *encoder, const struct dgm_row *row,
                                   uint64_t *ret)
{
    const struct value *role = &encoder->envelope.roles[row->role];
    size_t at = encoder->envelope.role_at[row->role];
    if (role->kind != VALUE_MISSING)
        return encode_raw_number(encoder, row, role->number, at, ret);
    if (row->expr != DGM_NONE) {
        struct value value;
        enum dgm_status status = machine_run(&encoder->machine, row->expr, &value);
        if (status != DGM_OK)
            return encode_fail_row(encoder, status, row, 0);
        if (row->role == DGM_ROLE_EVENT_TIME && value.kind == VALUE_NUMBER)
            return encode_raw_number(encoder, row, value.number, 0, ret);
        return encode_raw_value(encoder, row, &value, ret);
    }
    if (row->role ==
        DGM_ROLE_HAS_MORE) { /* the platform leaves it out where nothing follows */
        *ret = 0;
        return DGM_OK;
    }
    if (row->role == DGM_ROLE_MID && at != 0)
        return zero_mid(encoder, row, at);
    return encode_fail_row(encoder, DGM_MISSING_MEMBER, row, 0);
}

/* A named constant may be given; then it must agree. */
static ONE_COPY enum dgm_status raw_of_const(struct encoder *encoder,
                                             const struct dgm_row *row, uint64_t *ret)
{
    const struct bound *bound = encode_row_bound(encoder, row);
    uint64_t given;
    const uint64_t *numbers = encoder->codec->numbers + row->expr;
    uint64_t count = (row->flags & DGM_ROW_CONST_LIST) ? *numbers++ : 1;
    *ret = numbers[0] & width_mask(row->width);
    if (bound == NULL)
        return DGM_OK;
    enum dgm_status status =
        encode_raw(encoder, row, encoder->json, encoder->json_length, bound->at, &given);
    if (status != DGM_OK)
        return status;
    for (uint64_t i = 0; i < count; i++) {
        *ret = numbers[i] & width_mask(row->width);
        if (given == *ret)
            return DGM_OK;
    }
    return encode_fail_row(encoder, DGM_CONST, row, bound->at);
}

enum dgm_status encode_check_constants(struct encoder *encoder)
{
    uint64_t raw;
    for (unsigned i = 0; i < encoder->message->row_count; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        bool is_integer = row->op == DGM_OP_INT || row->op == DGM_OP_BIT ||
                          row->op == DGM_OP_FIELD || row->op == DGM_OP_DIGITS;
        if (!is_integer || row->source != DGM_SOURCE_CONST ||
            encode_row_bound(encoder, row) == NULL)
            continue;
        enum dgm_status status = raw_of_const(encoder, row, &raw);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

enum dgm_status encode_row_raw(struct encoder *encoder, const struct dgm_row *row,
                               uint64_t *ret)
{
    switch (row->source) {
    case DGM_SOURCE_CONST:
        return raw_of_const(encoder, row, ret);
    case DGM_SOURCE_FILL:
        *ret = encoder->codec->numbers[row->expr] & width_mask(row->width);
        return DGM_OK;
    case DGM_SOURCE_MEMBER:
        return raw_of_member(encoder, row, ret);
    case DGM_SOURCE_EXPR:
        return raw_of_expr(encoder, row, ret);
    case DGM_SOURCE_TAG:
        *ret = encoder->tag & width_mask(row->width);
        return DGM_OK;
    case DGM_SOURCE_ROLE:
        return raw_of_role(encoder, row, ret);
    case DGM_SOURCE_PIECE:
        return HAS_STREAMS ? encode_piece(encoder, row, ret) : DGM_INTERNAL;
    case DGM_SOURCE_PART:
        return HAS_TEXTS ? encode_part_raw(encoder, row, ret) : DGM_INTERNAL;
    case DGM_SOURCE_MOMENT:
        return HAS_FORMATS ? encode_moment_part(encoder, row, ret) : DGM_INTERNAL;
    default:
        return encode_fail_row(encoder, DGM_NOT_ENCODABLE, row, 0);
    }
}

static enum dgm_status store_bit(struct encoder *encoder, const struct dgm_row *row,
                                 uint64_t raw)
{
    encoder->bits |= (raw_to_wire(row, raw) & width_mask(row->width)) << row->shift;
    if (--encoder->bits_left > 0)
        return DGM_OK;
    const struct dgm_row *group = encoder->bits_row;
    uint8_t bytes[8];
    frame_store(bytes, group->width / 8u, group->order, encoder->bits);
    return encode_append(encoder, group, bytes, group->width / 8u);
}

static enum dgm_status store_integer(struct encoder *encoder, const struct dgm_row *row,
                                     uint64_t raw)
{
    uint8_t bytes[8];
    if (row->op == DGM_OP_BIT)
        return store_bit(encoder, row, raw);
    if (HAS_STREAMS && row->op == DGM_OP_FIELD) {
        encode_field(encoder, row, raw_to_wire(row, raw));
        return DGM_OK;
    }
    if (HAS_FORMATS && row->op == DGM_OP_DIGITS) {
        const struct bound *bound = encode_row_bound(encoder, row);
        return encode_digits(encoder, row, raw, bound != NULL ? bound->at : 0);
    }
    frame_store(bytes, row->width / 8u, row->order, raw_to_wire(row, raw));
    return encode_append(encoder, row, bytes, row->width / 8u);
}

enum dgm_status encode_reserve(struct encoder *encoder, const struct dgm_row *row)
{
    struct value place = value_missing();
    place.number.mantissa = wide_from_u64(encoder->length + 1);
    encoder->slots[row->slot] = place;
    return store_integer(encoder, row, 0);
}

/* What expressions and later rounds see of the raw value. */
static enum dgm_status keep_value(struct encoder *encoder, const struct dgm_row *row,
                                  uint64_t raw)
{
    struct value value;
    bool is_series = row_has_series(row);
    if (row->slot == DGM_NONE && !is_series)
        return DGM_OK;
    enum dgm_status status = row_is_float(row) || row_is_piped(row)
                                 ? pipe_value(&encoder->machine, row, raw, &value)
                                 : raw_value(encoder->codec, row, raw, &value);
    /* What decode leaves out, expressions do not see here either. */
    if (invalid_of(encoder->codec, row, raw) != NULL)
        value = value_missing();
    else if (status == DGM_OK && is_series)
        status = series_add(&encoder->machine, row, encoder->slots, &value);
    if (status != DGM_OK)
        return status;
    if (row->slot != DGM_NONE)
        encoder->slots[row->slot] = value;
    return HAS_SERIES ? series_note(encoder->codec, row, encoder->slots, &value) : DGM_OK;
}

ONE_COPY enum dgm_status encode_integer_row(struct encoder *encoder,
                                            const struct dgm_row *row)
{
    uint64_t raw;
    if (row->source == DGM_SOURCE_LENGTH)
        return encode_postpone(encoder, row);
    if (HAS_PLACES && row->source == DGM_SOURCE_MEASURE)
        return encode_reserve(encoder, row);
    if (HAS_PLACES && row->source == DGM_SOURCE_LATER)
        return encode_leave_room(encoder, row);
    enum dgm_status status = encode_row_raw(encoder, row, &raw);
    if (status != DGM_OK)
        return status;
    status = keep_value(encoder, row, raw);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, 0);
    return store_integer(encoder, row, raw);
}

/* A number with more digits than exact ones have. */
static struct value float_of_json(struct json_reader *reader)
{
    uint64_t bits;
    size_t at = reader->position;
    json_skip(reader);
    bool fits = float_read(reader->text + at, reader->position - at, 64, &bits);
    return fits ? value_float(bits) : value_missing();
}

static ONE_COPY struct value member_number(const struct encoder *encoder,
                                           const struct bound *bound)
{
    struct json_reader reader;
    struct number number;
    bool truth;
    encode_reader(encoder, bound->at, &reader);
    if (bound->type == JSON_NUMBER) {
        struct json_reader digits = reader;
        if (json_read_number(&reader, &number))
            return value_number(number);
        return HAS_FLOATS ? float_of_json(&digits) : value_missing();
    }
    if ((bound->type == JSON_TRUE || bound->type == JSON_FALSE) &&
        json_read_bool(&reader, &truth))
        return value_bool(truth);
    return value_missing();
}

static ONE_COPY uint32_t array_count(const struct encoder *encoder,
                                     const struct bound *bound)
{
    struct json_reader reader;
    uint32_t count = 0;
    if (bound->type != JSON_ARRAY)
        return 0;
    encode_reader(encoder, bound->at, &reader);
    json_begin_array(&reader);
    while (json_next_element(&reader)) {
        json_skip(&reader);
        count++;
    }
    return count;
}

static struct value contradicts_literal(const struct encoder *encoder, uint16_t row)
{
    return value_bool(encode_contradicts(encoder, &encoder->rows[row]));
}

struct value encode_member_value(void *user, uint8_t code, uint16_t member)
{
    struct encoder *encoder = user;
    if (HAS_TEXTS && code == DGM_CODE_PART)
        return encode_part_number(encoder, member);
    if (code == DGM_CODE_FRAME_LENGTH) {
        encoder->wants_total = encoder->wants_total || !encoder->total_known;
        return encoder->total_known ? value_u64(encoder->total) : value_missing();
    }
    if (HAS_SERIES && code >= DGM_CODE_FIRST && code <= DGM_CODE_SUM)
        return encode_series_value(encoder, code, member);
    if (HAS_TAGS && code == DGM_CODE_GIVEN)
        return encode_given(encoder, member);
    if (HAS_TAGS && code == DGM_CODE_COUNT_GIVEN)
        return encode_count_given(encoder, member);
    if (code == DGM_CODE_CONTRADICTS)
        return contradicts_literal(encoder, member);
    const struct bound *bound = &encoder->bound[member];
    uint16_t record = encoder->members[member].record;
    switch (code) {
    case DGM_CODE_HAS_MEMBER:
        return value_bool(bound->type != 0);
    case DGM_CODE_LEFT_MEMBER:
        return value_bool(bound->type != 0 && !encode_is_settled(encoder, bound));
    case DGM_CODE_LENGTH_MEMBER:
        return encode_member_length(encoder, member);
    case DGM_CODE_COUNT_MEMBER:
        if (encoder->members[member].kind != DGM_MEMBER_ARRAY && record != DGM_NONE)
            return value_u64(bind_count_records(encoder, record));
        return value_u64(array_count(encoder, bound));
    default:
        return member_number(encoder, bound);
    }
}
