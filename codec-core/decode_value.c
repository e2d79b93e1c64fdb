/* SPDX-License-Identifier: MIT */
/* Integers and computed values: checks, the envelope, slots, and their JSON text. */
#include "decode.h"

#include <string.h>
#include "float_text.h"
#include "moment.h"
#include "pipe.h"
#include "plan_decode.h"
#include "scaling.h"
#include "series.h"

/* A single constant, or a list of them whose first number is its length. */
static bool is_constant(const struct decoder *decoder, const struct dgm_row *row,
                        uint64_t raw, uint64_t *ret_first)
{
    const uint64_t *numbers = decoder->codec->numbers + row->expr;
    uint64_t count = (row->flags & DGM_ROW_CONST_LIST) ? *numbers++ : 1;
    *ret_first = numbers[0] & width_mask(row->width);
    for (uint64_t i = 0; i < count; i++)
        if (raw == (numbers[i] & width_mask(row->width)))
            return true;
    return false;
}

static enum dgm_status mismatch(struct decoder *decoder, enum dgm_status status,
                                const struct dgm_row *row, size_t at, uint64_t found,
                                uint64_t expected)
{
    decode_fail(decoder, status, row, at);
    if (HAS_DETAILS && decoder->error != NULL) {
        decoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
        decoder->error->raw = found;
        decoder->error->expected = expected;
    }
    return status;
}

static enum dgm_status check_const(struct decoder *decoder, const struct dgm_row *row,
                                   uint64_t raw, size_t at)
{
    uint64_t first;
    if (is_constant(decoder, row, raw, &first))
        return DGM_OK;
    return mismatch(decoder, DGM_CONST, row, at, raw, first);
}

/* A field that tells the length of the frame tells the truth. */
static enum dgm_status check_length(struct decoder *decoder, const struct dgm_row *row,
                                    uint64_t raw, size_t at)
{
    struct number said;
    struct wide whole;
    uint64_t length = 0;
    bool known = scaling_apply(&decoder->codec->scalings[row->detail], raw_wide(row, raw),
                               &said) &&
                 number_is_whole(&said, &whole) && wide_to_u64(whole, &length);
    if (known && length == decoder->length)
        return DGM_OK;
    return mismatch(decoder, DGM_LENGTH, row, at, length, decoder->length);
}

/* Tell of a raw value that has no meaning; an error or a notice as the profile wants. */
static enum dgm_status raw_fault(struct decoder *decoder, const struct dgm_row *row,
                                 uint64_t raw, size_t at, enum dgm_status fault,
                                 bool refuse)
{
    struct dgm_error found;
    memset(&found, 0, sizeof(found));
    decode_locate(decoder, &found, fault, row, at);
    if (HAS_DETAILS) {
        found.raw = raw;
        found.has |= DGM_ERROR_HAS_RAW;
    }
    if (HAS_DETAILS && (row->flags & DGM_ROW_SIGNED)) {
        found.raw = (uint64_t)sign_extend(raw, row->width);
        found.has |= DGM_ERROR_RAW_SIGNED;
    }
    if (!refuse) {
        decode_notice(decoder, &found);
        return DGM_OK;
    }
    if (decoder->error != NULL)
        *decoder->error = found;
    return fault;
}

/* Does the profile refuse what neither the product model nor the platform can take? */
static bool is_strict(const struct decoder *decoder)
{
    return (decoder->message->flags & DGM_MESSAGE_REJECT_LIMITS) != 0;
}

/* What becomes of a value after its limits were looked at. */
enum verdict { VERDICT_PRINT, VERDICT_PRINT_VALUE, VERDICT_OMIT, VERDICT_NULL };

static enum dgm_status refuse_or_warn(struct decoder *decoder,
                                      const struct dgm_error *found, bool refuse)
{
    if (!refuse) {
        decode_notice(decoder, found);
        return DGM_OK;
    }
    if (decoder->error != NULL)
        *decoder->error = *found;
    return found->status;
}

/* A value outside its limits: the profile says what becomes of it. */
static enum dgm_status check_limit(struct decoder *decoder, const struct dgm_row *row,
                                   struct number *value, size_t at, enum verdict *ret)
{
    *ret = VERDICT_PRINT;
    if (row->limit == DGM_NONE)
        return DGM_OK;
    const struct dgm_limit *limit = &decoder->codec->limits[row->limit];
    struct dgm_error found;
    memset(&found, 0, sizeof(found));
    if ((limit->flags & (DGM_LIMIT_ENCODE_ONLY | DGM_LIMIT_SILENT)) ||
        limit_holds(limit, value, &found))
        return DGM_OK;
    bool is_model = limit->outside == DGM_OUTSIDE_MODEL;
    decode_locate(decoder, &found, is_model ? DGM_MODEL_LIMIT : DGM_RANGE, row, at);
    switch (limit->outside) {
    case DGM_OUTSIDE_NULL:
        *ret = decode_in_text(decoder) ? VERDICT_OMIT : VERDICT_NULL;
        return DGM_OK;
    case DGM_OUTSIDE_CLAMP:
        *value = limit_bound(limit, limit_side(limit, value));
        *ret = VERDICT_PRINT_VALUE;
        return DGM_OK;
    case DGM_OUTSIDE_OMIT:
        *ret = VERDICT_OMIT;
        return refuse_or_warn(decoder, &found, false);
    case DGM_OUTSIDE_WARN:
        return refuse_or_warn(decoder, &found, false);
    case DGM_OUTSIDE_REFUSE:
        return refuse_or_warn(decoder, &found, true);
    default:
        return refuse_or_warn(decoder, &found, is_strict(decoder));
    }
}

/* Is the value a part of a text that wants it in a form of its own? */
static bool has_verb(const struct decoder *decoder)
{
    return decode_in_text(decoder) && decoder->part->verb != DGM_VERB_PLAIN;
}

static void put_number(struct decoder *decoder, struct number number, bool quoted)
{
    if (has_verb(decoder)) {
        decode_put_part(decoder, number);
        return;
    }
    char text[NUMBER_TEXT_MAX + 2];
    size_t length = 0;
    if (quoted)
        text[length++] = '"';
    length += number_write(text + length, number);
    if (quoted)
        text[length++] = '"';
    json_put(&decoder->out, text, length);
}

static void put_fitting(struct json_writer *out, int64_t mantissa, unsigned digits)
{
    char text[NUMBER_TEXT_MAX];
    json_put(out, text, number_write_decimal(text, mantissa, digits));
}

static void put_binary(struct json_writer *out, uint64_t raw, unsigned width)
{
    char text[66];
    text[0] = '"';
    for (unsigned i = 0; i < width; i++)
        text[1 + i] = (char)('0' + (raw >> (width - 1 - i) & 1));
    text[1 + width] = '"';
    json_put(out, text, width + 2);
}

static void put_hex_number(struct json_writer *out, uint64_t raw, unsigned width,
                           bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned count = (width + 3) / 4;
    char text[18];
    text[0] = '"';
    for (unsigned i = 0; i < count; i++)
        text[1 + i] = digits[raw >> (4 * (count - 1 - i)) & 15];
    text[1 + count] = '"';
    json_put(out, text, count + 2);
}

static enum dgm_status keep(struct decoder *decoder, const struct dgm_row *row,
                            const struct value *value)
{
    if (row->slot != DGM_NONE)
        decoder->slots[row->slot] = *value;
    enum dgm_status status = DGM_OK;
    if (HAS_SERIES)
        status = series_note(decoder->codec, row, decoder->slots, value);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, decoder->position);
    if (row->role == DGM_ROLE_NONE)
        return DGM_OK;
    if (row->role == DGM_ROLE_EVENT_TIME && decoder->in_record)
        decoder->record_time = *value;
    else
        decoder->roles[row->role] = *value;
    struct role role = {0};
    role.show = show_is_time(row->show) ? row->show : 0;
    role.format = row_format(row);
    decoder->role_details[row->role] = role;
    return DGM_OK;
}

/* The platform's ranges: mid 1..65535 (0 stands for "none" where the row has a default),
 * flags 0..1. */
static enum dgm_status check_role(struct decoder *decoder, const struct dgm_row *row,
                                  uint64_t raw, size_t at)
{
    if (row->role == DGM_ROLE_MID && (raw == 0 || raw > 65535)) {
        bool absent = raw == 0 && row->source == DGM_SOURCE_ROLE && row->expr != DGM_NONE;
        return absent ? DGM_OK : raw_fault(decoder, row, raw, at, DGM_RANGE, true);
    }
    if ((row->role == DGM_ROLE_ERRCODE || row->role == DGM_ROLE_HAS_MORE) && raw > 1)
        return raw_fault(decoder, row, raw, at, DGM_RANGE, is_strict(decoder));
    return DGM_OK;
}

void decode_leave_out(struct decoder *decoder, const struct dgm_row *row)
{
    if (row_is_element(row) && decode_begin_value(decoder, row))
        json_put(&decoder->out, "null", 4);
}

/* Tell of a value without meaning, and leave it out unless that is an error. */
static enum dgm_status fault_and_leave(struct decoder *decoder, const struct dgm_row *row,
                                       uint64_t raw, size_t at, enum dgm_status fault,
                                       bool refuse)
{
    enum dgm_status status = raw_fault(decoder, row, raw, at, fault, refuse);
    if (status == DGM_OK)
        decode_leave_out(decoder, row);
    return status;
}

/* The JSON text of a choice. In a composed text it stands without quotes, and null is
 * no value. */
static void put_choice(struct decoder *decoder, const struct dgm_row *row,
                       const struct dgm_choice *choice)
{
    const char *text = decoder->codec->pool + choice->text;
    size_t length = choice->text_length;
    if (choice->flags & DGM_CHOICE_OMIT) {
        decode_leave_out(decoder, row);
        return;
    }
    bool in_text = decode_in_text(decoder);
    if (in_text && text[0] == '"' && length >= 2) {
        text++;
        length -= 2;
    } else if (in_text && text[0] == 'n') {
        return;
    }
    if (decode_begin_value(decoder, row))
        json_put(&decoder->out, text, length);
}

static enum dgm_status put_enum(struct decoder *decoder, const struct dgm_row *row,
                                uint64_t raw, size_t at)
{
    const struct dgm_codec *codec = decoder->codec;
    const struct dgm_choice *choice = choice_of(codec, row, raw);
    if (choice != NULL) {
        put_choice(decoder, row, choice);
        return DGM_OK;
    }
    uint8_t unknown = codec->enums[row->detail].unknown;
    if (unknown != DGM_UNKNOWN_NUMBER)
        return fault_and_leave(decoder, row, raw, at, DGM_ENUM,
                               unknown == DGM_UNKNOWN_REFUSE);
    if (decode_begin_value(decoder, row)) {
        struct number number = {raw_wide(row, raw), 0};
        put_number(decoder, number, false);
    }
    return DGM_OK;
}

bool decode_put_time(struct decoder *decoder, struct number seconds,
                     const struct role *role)
{
    char text[MOMENT_TEXT_MAX];
    const struct dgm_format *format = moment_format(decoder->codec, role->format);
    if (!HAS_TIMES) /* no row has that role */
        return false;
    if (HAS_PLANS && decoder->maker != NULL) {
        plan_make_time(decoder->maker);
        return true;
    }
    size_t length = moment_write(text, seconds, role->show, format);
    json_put(&decoder->out, text, length);
    return length > 0;
}

static enum dgm_status put_flags(struct decoder *decoder, const struct dgm_row *row,
                                 uint64_t raw, size_t at)
{
    const struct dgm_codec *codec = decoder->codec;
    const struct dgm_enum *list = &codec->enums[row->detail];
    bool prints = decode_begin_value(decoder, row), first = true;
    uint64_t unknown = raw;
    if (prints)
        json_put_char(&decoder->out, '[');
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = &codec->choices[list->first + i];
        uint64_t bit = (uint64_t)1 << (choice->low & 63);
        unknown &= ~bit;
        if (!prints || (raw & bit) == 0)
            continue;
        if (!first)
            json_put_char(&decoder->out, ',');
        json_put(&decoder->out, codec->pool + choice->text, choice->text_length);
        first = false;
    }
    if (prints)
        json_put_char(&decoder->out, ']');
    if (unknown == 0)
        return DGM_OK;
    return raw_fault(decoder, row, unknown, at, DGM_ENUM,
                     list->unknown == DGM_UNKNOWN_REFUSE);
}

static enum dgm_status put_time(struct decoder *decoder, const struct dgm_row *row,
                                struct number seconds, size_t at)
{
    char text[MOMENT_TEXT_MAX];
    const struct dgm_format *format = moment_format(decoder->codec, row_format(row));
    size_t length = moment_write(text, seconds, row->show, format);
    if (length == 0)
        return decode_fail(decoder, DGM_TIME, row, at);
    if (decode_begin_value(decoder, row))
        json_put(&decoder->out, text, length);
    return DGM_OK;
}

static void put_integer(struct decoder *decoder, const struct dgm_row *row, uint64_t raw)
{
    if (!decode_begin_value(decoder, row))
        return;
    if (has_verb(decoder)) {
        struct number number = {raw_wide(row, raw), 0};
        decode_put_part(decoder, number);
        return;
    }
    if (row->flags & DGM_ROW_QUOTED)
        json_put_char(&decoder->out, '"');
    if (row->flags & DGM_ROW_SIGNED)
        json_put_i64(&decoder->out, sign_extend(raw, row->width));
    else
        json_put_u64(&decoder->out, raw);
    if (row->flags & DGM_ROW_QUOTED)
        json_put_char(&decoder->out, '"');
}

static enum dgm_status put_bool(struct decoder *decoder, const struct dgm_row *row,
                                uint64_t raw, size_t at)
{
    if (raw > 1)
        return raw_fault(decoder, row, raw, at, DGM_ENUM, true);
    if (decode_begin_value(decoder, row))
        json_put(&decoder->out, raw != 0 ? "true" : "false", raw != 0 ? 4 : 5);
    return DGM_OK;
}

static enum dgm_status put_raw(struct decoder *decoder, const struct dgm_row *row,
                               uint64_t raw, const struct value *value, size_t at)
{
    switch (row->show) {
    case DGM_SHOW_INT:
        put_integer(decoder, row, raw);
        return DGM_OK;
    case DGM_SHOW_DECIMAL:
        if (decode_begin_value(decoder, row))
            put_number(decoder, value->number, (row->flags & DGM_ROW_QUOTED) != 0);
        return DGM_OK;
    case DGM_SHOW_BOOL:
        return put_bool(decoder, row, raw, at);
    case DGM_SHOW_ENUM:
        return put_enum(decoder, row, raw, at);
    case DGM_SHOW_FLAGS:
        return HAS_FORMATS ? put_flags(decoder, row, raw, at) : DGM_INTERNAL;
    case DGM_SHOW_HEX:
    case DGM_SHOW_HEX_UPPER:
        if (HAS_FORMATS && decode_begin_value(decoder, row))
            put_hex_number(&decoder->out, raw, row->width,
                           row->show == DGM_SHOW_HEX_UPPER);
        return DGM_OK;
    case DGM_SHOW_BINARY:
        if (HAS_FORMATS && decode_begin_value(decoder, row))
            put_binary(&decoder->out, raw, row->width);
        return DGM_OK;
    case DGM_SHOW_NONE:
        return DGM_OK;
    default:
        return HAS_TIMES ? put_time(decoder, row, value->number, at) : DGM_INTERNAL;
    }
}

/* Is an int64 value within limits that decode looks at? */
static bool is_within(const struct decoder *decoder, const struct dgm_row *row,
                      int64_t value, unsigned digits)
{
    if (row->limit == DGM_NONE)
        return true;
    const struct dgm_limit *limit = &decoder->codec->limits[row->limit];
    if (limit->flags & (DGM_LIMIT_ENCODE_ONLY | DGM_LIMIT_SILENT))
        return true;
    return limit->scale == digits &&
           (!(limit->flags & DGM_LIMIT_LOW) || value >= limit->low) &&
           (!(limit->flags & DGM_LIMIT_HIGH) || value <= limit->high);
}

/*
 * The usual case without 128-bit arithmetic: a number that only prints. False if it is
 * another case, or one with something to complain of.
 */
static bool put_fitting_row(struct decoder *decoder, const struct dgm_row *row,
                            uint64_t raw)
{
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    int64_t value = is_signed ? sign_extend(raw, row->width) : (int64_t)raw;
    unsigned digits = 0;
    if (row->slot != DGM_NONE || row->role != DGM_ROLE_NONE ||
        (row->flags & (DGM_ROW_QUOTED | DGM_ROW_SERIES)) != 0 || has_verb(decoder))
        return false;
    if (row->show == DGM_SHOW_DECIMAL && (row->flags & DGM_ROW_FITS)) {
        const struct dgm_scaling *scaling = &decoder->codec->scalings[row->detail];
        value =
            value * scaling->mul + scaling->add; /* the verifier proved that it fits */
        digits = scaling->digits;
    } else if (row->show != DGM_SHOW_INT || row->width == 64) {
        return false;
    }
    if (!is_within(decoder, row, value, digits))
        return false;
    if (decode_begin_value(decoder, row))
        put_fitting(&decoder->out, value, digits);
    return true;
}

static bool needs_value(const struct dgm_row *row)
{
    return row->slot != DGM_NONE || row->role != DGM_ROLE_NONE ||
           row->limit != DGM_NONE || row_has_series(row) || show_is_time(row->show) ||
           row->show == DGM_SHOW_DECIMAL;
}

/* Constants and lengths, which belong to the codec. */
static enum dgm_status check_owned(struct decoder *decoder, const struct dgm_row *row,
                                   uint64_t raw, size_t at)
{
    if (row->source == DGM_SOURCE_CONST)
        return check_const(decoder, row, raw, at);
    return row->source == DGM_SOURCE_LENGTH ? check_length(decoder, row, raw, at)
                                            : DGM_OK;
}

/* Expressions do not see the value of the round before where this one has none. */
static void forget(struct decoder *decoder, const struct dgm_row *row)
{
    if (row->slot != DGM_NONE)
        decoder->slots[row->slot] = value_missing();
}

/* The value of a raw one: limits, envelope, slot. */
static enum dgm_status judge(struct decoder *decoder, const struct dgm_row *row,
                             uint64_t raw, size_t at, struct value *ret,
                             enum verdict *ret_verdict)
{
    enum dgm_status status = raw_value(decoder->codec, row, raw, ret);
    if (HAS_SERIES && status == DGM_OK)
        status = series_add(&decoder->machine, row, decoder->slots, ret);
    if (status == DGM_OK && ret->kind == VALUE_MISSING) {
        /* A series whose start is not known has no values. */
        *ret_verdict = VERDICT_OMIT;
        forget(decoder, row);
        return DGM_OK;
    }
    if (status == DGM_OK)
        status = check_limit(decoder, row, &ret->number, at, ret_verdict);
    else
        status = decode_fail(decoder, status, row, at);
    if (status == DGM_OK)
        status = check_role(decoder, row, raw, at);
    if (status != DGM_OK)
        return status;
    if (*ret_verdict != VERDICT_OMIT && *ret_verdict != VERDICT_NULL)
        return keep(decoder, row, ret);
    forget(decoder, row);
    return DGM_OK;
}

static enum dgm_status put_piped(struct decoder *decoder, const struct dgm_row *row,
                                 uint64_t raw, size_t at);

enum dgm_status decode_integer(struct decoder *decoder, const struct dgm_row *row,
                               uint64_t raw, size_t at)
{
    struct value value = value_missing();
    enum verdict verdict = VERDICT_PRINT;
    enum dgm_status status = check_owned(decoder, row, raw, at);
    if (status != DGM_OK)
        return status;
    if (HAS_SPEED && put_fitting_row(decoder, row, raw))
        return DGM_OK;
    if (row_is_float(row))
        return decode_float(decoder, row, raw, at);
    const struct dgm_choice *invalid = invalid_of(decoder->codec, row, raw);
    if (invalid != NULL) {
        forget(decoder, row);
        put_choice(decoder, row, invalid);
        return DGM_OK;
    }
    if (row_is_piped(row))
        return put_piped(decoder, row, raw, at);
    if (needs_value(row)) {
        status = judge(decoder, row, raw, at, &value, &verdict);
        if (status == DGM_OK && verdict == VERDICT_OMIT)
            decode_leave_out(decoder, row);
        if (status != DGM_OK || verdict == VERDICT_OMIT)
            return status;
    }
    if (verdict == VERDICT_PRINT)
        return put_raw(decoder, row, raw, &value, at);
    if (!decode_begin_value(decoder, row))
        return DGM_OK;
    if (verdict == VERDICT_NULL)
        json_put(&decoder->out, "null", 4);
    else
        put_number(decoder, value.number, (row->flags & DGM_ROW_QUOTED) != 0);
    return DGM_OK;
}

/* What limits look at; floats beyond exact numbers are beyond every limit, or the least
 * number on their side of zero, which itself may be the limit. */
static struct number number_of_text(const char *text, size_t length)
{
    struct number number = {{0, 0}, 0};
    struct number_token token;
    if (number_parse(text, length, &number) == NUMBER_OK)
        return number;
    bool large = number_scan(text, length, &token) && token.exponent > 0;
    number.mantissa = wide_from_u64(1);
    number.digits = NUMBER_MAX_DIGITS;
    if (large) {
        number.mantissa.low = UINT64_MAX;
        number.mantissa.high = INT64_MAX;
        number.digits = 0;
    }
    if (token.negative)
        (void)wide_neg(number.mantissa, &number.mantissa);
    return number;
}

static void put_quoted(struct decoder *decoder, const struct dgm_row *row,
                       const char *text, size_t length)
{
    bool quoted = (row->flags & DGM_ROW_QUOTED) != 0;
    if (quoted)
        json_put_char(&decoder->out, '"');
    json_put(&decoder->out, text, length);
    if (quoted)
        json_put_char(&decoder->out, '"');
}

/* The text of a number, without quotes. */
static size_t write_value(char *text, const struct value *value)
{
    if (value_is_float(value))
        return float_write(text, value->number.mantissa.low, 64);
    return number_write(text, value->number);
}

/*
 * A number that a pipe or an expression gave, and the text that it prints as: limits,
 * slot, JSON.
 */
static enum dgm_status put_result(struct decoder *decoder, const struct dgm_row *row,
                                  struct value value, const char *text, size_t length,
                                  size_t at)
{
    enum verdict verdict = VERDICT_PRINT;
    enum dgm_status status = DGM_OK;
    if (row->limit != DGM_NONE) {
        struct number number =
            value_is_float(&value) ? number_of_text(text, length) : value.number;
        status = check_limit(decoder, row, &number, at, &verdict);
        if (verdict == VERDICT_PRINT_VALUE)
            value = value_number(number);
    }
    if (status != DGM_OK)
        return status;
    if (verdict == VERDICT_OMIT || verdict == VERDICT_NULL)
        forget(decoder, row);
    else
        status = keep(decoder, row, &value);
    if (verdict == VERDICT_OMIT)
        decode_leave_out(decoder, row);
    if (status != DGM_OK || verdict == VERDICT_OMIT || row->show == DGM_SHOW_NONE ||
        !decode_begin_value(decoder, row))
        return status;
    if (verdict == VERDICT_NULL)
        json_put(&decoder->out, "null", 4);
    else if (verdict == VERDICT_PRINT_VALUE)
        put_number(decoder, value.number, (row->flags & DGM_ROW_QUOTED) != 0);
    else if (has_verb(decoder))
        decode_put_part(decoder, value_is_float(&value) ? number_of_text(text, length)
                                                        : value.number);
    else
        put_quoted(decoder, row, text, length);
    return DGM_OK;
}

/* Instants and envelope members are exact: to the millisecond, or whole. */
static struct value exact_of(const struct dgm_row *row, const struct value *value)
{
    if (!value_is_float(value) ||
        (!show_is_time(row->show) && row->role == DGM_ROLE_NONE))
        return *value;
    struct value exact = value_rounded(value, 3, REAL_AWAY);
    return value_is_float(&exact) ? value_missing() : exact;
}

/* The label of a computed value, which is whole. */
static enum dgm_status put_class(struct decoder *decoder, const struct dgm_row *row,
                                 const struct value *value, size_t at)
{
    struct wide whole;
    int64_t number;
    if (value_is_float(value) || !number_is_whole(&value->number, &whole) ||
        !wide_to_i64(whole, &number))
        return decode_fail(decoder, DGM_OVERFLOW, row, at);
    enum dgm_status status = keep(decoder, row, value);
    return status == DGM_OK ? put_enum(decoder, row, (uint64_t)number, at) : status;
}

enum dgm_status decode_value(struct decoder *decoder, const struct dgm_row *row)
{
    char text[NUMBER_TEXT_MAX];
    struct value value;
    size_t at = decoder->position;
    enum dgm_status status = machine_run(&decoder->machine, row->expr, &value);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, at);
    if (row_is_piped(row))
        value = pipe_rounded(decoder->codec, row->detail, &value);
    value = exact_of(row, &value);
    if (value.kind == VALUE_MISSING || row->show == DGM_SHOW_BOOL ||
        show_is_time(row->show)) {
        status = keep(decoder, row, &value);
        if (status == DGM_OK && value.kind == VALUE_MISSING)
            decode_leave_out(decoder, row);
        if (status != DGM_OK || value.kind == VALUE_MISSING)
            return status;
    }
    if (row->show == DGM_SHOW_ENUM)
        return put_class(decoder, row, &value, at);
    if (show_is_time(row->show))
        return put_time(decoder, row, value.number, at);
    if (row->show != DGM_SHOW_BOOL)
        return put_result(decoder, row, value, text, write_value(text, &value), at);
    bool truth = !wide_is_zero(value.number.mantissa);
    if (decode_begin_value(decoder, row))
        json_put(&decoder->out, truth ? "true" : "false", truth ? 4 : 5);
    return DGM_OK;
}

enum dgm_status decode_instant(struct decoder *decoder, const struct dgm_row *row,
                               const struct value *value)
{
    enum dgm_status status = keep(decoder, row, value);
    if (status == DGM_OK && value->kind == VALUE_MISSING)
        decode_leave_out(decoder, row);
    if (status != DGM_OK || value->kind == VALUE_MISSING)
        return status;
    return put_time(decoder, row, value->number, decoder->position);
}

/* The value of a raw one by its pipe; a missing one leaves nothing. */
static enum dgm_status put_piped(struct decoder *decoder, const struct dgm_row *row,
                                 uint64_t raw, size_t at)
{
    char text[NUMBER_TEXT_MAX];
    struct value value;
    enum dgm_status status = pipe_value(&decoder->machine, row, raw, &value);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, at);
    if (value.kind == VALUE_MISSING) {
        forget(decoder, row);
        decode_leave_out(decoder, row);
        return DGM_OK;
    }
    return put_result(decoder, row, value, text, write_value(text, &value), at);
}

enum dgm_status decode_float(struct decoder *decoder, const struct dgm_row *row,
                             uint64_t bits, size_t at)
{
    char text[FLOAT_TEXT_MAX];
    struct value value = value_float(0);
    const struct dgm_float *format = pipe_format(decoder->codec, row);
    const struct dgm_choice *invalid = invalid_of(decoder->codec, row, bits);
    if (invalid != NULL || !real_is_finite(format, bits))
        forget(decoder, row);
    if (invalid != NULL) {
        put_choice(decoder, row, invalid);
        return DGM_OK;
    }
    if (!real_is_finite(format, bits))
        return fault_and_leave(decoder, row, bits, at, DGM_NO_NUMBER, is_strict(decoder));
    if (pipe_calculates(decoder->codec, row))
        return put_piped(decoder, row, bits, at);
    /* A plain number has the shortest text of its own format; few ask for more. */
    if (row->slot != DGM_NONE || row->show == DGM_SHOW_DOUBLE)
        (void)pipe_value(&decoder->machine, row, bits, &value);
    size_t length = row->show == DGM_SHOW_DOUBLE
                        ? float_write(text, value.number.mantissa.low, 64)
                        : float_write_as(text, format, bits);
    return put_result(decoder, row, value, text, length, at);
}
