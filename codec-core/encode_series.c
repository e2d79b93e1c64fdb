/* SPDX-License-Identifier: MIT */
/*
 * Series as the JSON has them: the first, second and last value of a row that stands in a
 * repetition, and the sum, in one walk over the elements or records.
 */
#include "encode.h"

#include <string.h>
#include "scaling.h"

struct fold {
    struct value first, second, last, sum;
    bool overflows;
};

static void add(struct fold *fold, const struct value *value)
{
    if (value->kind == VALUE_MISSING)
        return;
    if (fold->first.kind == VALUE_MISSING)
        fold->first = *value;
    else if (fold->second.kind == VALUE_MISSING)
        fold->second = *value;
    fold->last = *value;
    if (!number_add(fold->sum.number, value->number, &fold->sum.number))
        fold->overflows = true;
}

/* A number as it stands; what is another rendering by way of the raw value. */
static struct value value_at(struct encoder *encoder, const struct dgm_row *row,
                             size_t at)
{
    struct json_reader reader;
    struct value value = value_missing();
    struct number number;
    uint64_t raw;
    encode_reader(encoder, at, &reader);
    bool plain = row->show == DGM_SHOW_INT || row->show == DGM_SHOW_DECIMAL ||
                 row->op == DGM_OP_FLOAT;
    if (plain && json_peek(&reader) == JSON_NUMBER)
        return json_read_number(&reader, &number) ? value_number(number)
                                                  : value_missing();
    bool is_time =
        row->op == DGM_OP_MOMENT || (row->op == DGM_OP_VALUE && show_is_time(row->show));
    if (row->op == DGM_OP_FLOAT || (row->op == DGM_OP_VALUE && !is_time))
        return value;
    /* What is wrong with a value is told where it is written. */
    struct dgm_error *error = encoder->error;
    encoder->error = NULL;
    if (is_time) {
        if (encode_read_moment(encoder, row, at, &number) == DGM_OK)
            value = value_number(number);
        encoder->error = error;
        return value;
    }
    enum dgm_status status =
        encode_raw(encoder, row, encoder->json, encoder->json_length, at, &raw);
    if (status == DGM_OK && (invalid_of(encoder->codec, row, raw) != NULL ||
                             raw_value(encoder->codec, row, raw, &value) != DGM_OK))
        value = value_missing();
    encoder->error = error;
    return value;
}

/* The member of the row in one object, if it has it. */
static void add_member(struct encoder *encoder, const struct dgm_row *row, size_t object,
                       struct fold *fold)
{
    const struct dgm_member *member = &encoder->members[row->member];
    struct json_reader reader;
    struct json_string name;
    encode_reader(encoder, object, &reader);
    if (json_peek(&reader) != JSON_OBJECT)
        return;
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        bool found = json_string_is(&name, encoder->codec->pool + member->name,
                                    member->name_length);
        (void)json_peek(&reader);
        size_t at = reader.position;
        json_skip(&reader);
        if (!found)
            continue;
        struct value value = value_at(encoder, row, at);
        add(fold, &value);
        return;
    }
}

/* The same of one array that gives each member its place. */
static void add_place(struct encoder *encoder, const struct dgm_row *row, size_t array,
                      struct fold *fold)
{
    const struct dgm_member *member = &encoder->members[row->member];
    struct json_reader reader;
    unsigned left = 0;
    for (unsigned i = 0; i < row->member; i++)
        left += encoder->members[i].parent == member->parent;
    encode_reader(encoder, array, &reader);
    if (json_peek(&reader) != JSON_ARRAY)
        return;
    json_begin_array(&reader);
    for (; json_next_element(&reader); left--) {
        (void)json_peek(&reader);
        size_t at = reader.position;
        json_skip(&reader);
        if (left > 0)
            continue;
        struct value value = value_at(encoder, row, at);
        add(fold, &value);
        return;
    }
}

static void add_elements(struct encoder *encoder, const struct dgm_row *row,
                         uint16_t array, bool are_values, struct fold *fold)
{
    struct json_reader reader;
    if (encoder->bound[array].type != JSON_ARRAY)
        return;
    encode_reader(encoder, encoder->bound[array].at, &reader);
    json_begin_array(&reader);
    while (json_next_element(&reader)) {
        (void)json_peek(&reader);
        size_t at = reader.position;
        json_skip(&reader);
        if (!are_values) {
            if (row->flags & DGM_ROW_PLACE)
                add_place(encoder, row, at, fold);
            else
                add_member(encoder, row, at, fold);
            continue;
        }
        struct value value = value_at(encoder, row, at);
        add(fold, &value);
    }
}

/* Row of the records around, or DGM_NONE. */
static uint16_t records_around(const struct encoder *encoder, uint16_t index)
{
    for (unsigned i = index; i-- > 0;) {
        const struct dgm_row *row = &encoder->rows[i];
        if (row->op == DGM_OP_REPEAT && (row->flags & DGM_ROW_RECORD) &&
            i + row->detail >= index)
            return (uint16_t)i;
    }
    return DGM_NONE;
}

static void add_records(struct encoder *encoder, const struct dgm_row *row,
                        uint16_t records, struct fold *fold)
{
    struct entries entries;
    struct entry entry;
    uint16_t found;
    bool more = true;
    entries_begin(encoder, &entries);
    while (entries_next(encoder, &entries, &entry, &more) == DGM_OK && more) {
        if (bind_record_row(encoder, &entry, &found) != DGM_OK || found != records)
            continue;
        if (row->role == DGM_ROLE_EVENT_TIME)
            add(fold, &entry.time);
        else
            add_member(encoder, row, entry.data, fold);
    }
}

static struct value result(uint8_t code, const struct fold *fold)
{
    struct value step = value_missing();
    switch (code) {
    case DGM_CODE_FIRST:
        return fold->first;
    case DGM_CODE_LAST:
        return fold->last;
    case DGM_CODE_STEP:
        if (fold->second.kind == VALUE_MISSING)
            return step;
        step = fold->second;
        if (!number_sub(step.number, fold->first.number, &step.number))
            return value_missing();
        return step;
    default:
        return fold->overflows ? value_missing() : fold->sum;
    }
}

struct value encode_series_value(struct encoder *encoder, uint8_t code, uint16_t index)
{
    const struct dgm_row *row = &encoder->rows[index];
    struct fold fold;
    memset(&fold, 0, sizeof(fold));
    fold.sum = value_u64(0);
    uint16_t records = records_around(encoder, index);
    struct dgm_error *error = encoder->error;
    encoder->error = NULL;
    if (row->role == DGM_ROLE_EVENT_TIME && records != DGM_NONE) {
        add_records(encoder, row, records, &fold);
    } else if (row->member != DGM_NONE) {
        const struct dgm_member *member = &encoder->members[row->member];
        if (row->flags & (DGM_ROW_ELEMENT | DGM_ROW_COLLECT))
            add_elements(encoder, row, row->member, true, &fold);
        else if (member->parent != DGM_NONE)
            add_elements(encoder, row, member->parent, false, &fold);
        else if (records != DGM_NONE)
            add_records(encoder, row, records, &fold);
    }
    encoder->error = error;
    return result(code, &fold);
}
