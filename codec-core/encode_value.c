/* SPDX-License-Identifier: MIT */
/* JSON values to raw integers: the number pipeline backwards, with every bound checked.
 */
#include "encode.h"

#include <string.h>
#include "float_text.h"
#include "pipe.h"
#include "moment.h"
#include "scaling.h"
#include "series.h"
#include "text.h"

static enum dgm_status wrong_type_at(struct encoder *encoder, const struct dgm_row *row,
                                     size_t at, const char *detail)
{
    enum dgm_status status = encode_fail_row(encoder, DGM_TYPE, row, at);
    if (encoder->error != NULL)
        encoder->error->detail = detail;
    return status;
}

#define wrong_type(encoder, row, at, sentence)                                           \
    wrong_type_at(encoder, row, at, DETAIL(sentence))

/* The value within its limits, or clamped to them if the profile says so. */
static enum dgm_status check_limit(struct encoder *encoder, const struct dgm_row *row,
                                   struct number *value, size_t at)
{
    struct dgm_error found;
    if (HAS_DETAILS)
        memset(&found, 0, sizeof(found));
    if (row->limit == DGM_NONE)
        return DGM_OK;
    const struct dgm_limit *limit = &encoder->codec->limits[row->limit];
    if (limit_holds(limit, value, HAS_DETAILS ? &found : NULL))
        return DGM_OK;
    if (limit->outside == DGM_OUTSIDE_CLAMP) {
        *value = limit_bound(limit, limit_side(limit, value));
        return DGM_OK;
    }
    enum dgm_status status = encode_fail_row(encoder, DGM_RANGE, row, at);
    if (HAS_DETAILS && encoder->error != NULL) {
        encoder->error->has |= found.has;
        encoder->error->raw = found.raw;
        encoder->error->low = found.low;
        encoder->error->high = found.high;
        encoder->error->scale = found.scale;
    }
    return status;
}

/* The same for a float with more digits than exact numbers have: it is beyond every
 * limit, or as good as zero. */
static enum dgm_status check_far_limit(struct encoder *encoder, const struct dgm_row *row,
                                       struct value *value, size_t at)
{
    struct number near = {{0, 0}, 0};
    struct real real = value_to_real(value);
    if (real.bits != 0 && real.exponent > 0)
        near.mantissa = (struct wide){0, real.negative ? INT64_MIN : INT64_MAX};
    struct number given = near;
    enum dgm_status status = check_limit(encoder, row, &near, at);
    if (status == DGM_OK && number_compare(given, near) != 0)
        *value = value_number(near);
    return status;
}

/* Raws that the width can carry, as the error's limit. Only shown where they fit int64.
 */
static enum dgm_status width_fault(struct encoder *encoder, const struct dgm_row *row,
                                   struct wide found, size_t at)
{
    enum dgm_status status = encode_fail_row(encoder, DGM_RANGE, row, at);
    struct dgm_error *error = encoder->error;
    int64_t raw;
    if (!HAS_DETAILS || error == NULL)
        return status;
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    unsigned bits = is_signed ? row->width - 1u : row->width;
    error->detail = DETAIL("it does not fit the field");
    if (bits < 64) {
        error->has |= DGM_ERROR_HAS_LOW | DGM_ERROR_HAS_HIGH;
        error->high = (int64_t)(((uint64_t)1 << bits) - 1);
        error->low = is_signed ? -error->high - 1 : 0;
    }
    if (wide_to_i64(found, &raw)) {
        error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_RAW_SIGNED;
        error->raw = (uint64_t)raw;
    }
    return status;
}

static ONE_COPY enum dgm_status read_number(struct encoder *encoder,
                                            const struct dgm_row *row,
                                            struct json_reader *reader, size_t at,
                                            struct number *ret)
{
    struct json_string text;
    if (!(row->flags & DGM_ROW_QUOTED)) {
        if (json_peek(reader) != JSON_NUMBER)
            return wrong_type(encoder, row, at, "a number is expected");
        return json_read_number(reader, ret)
                   ? DGM_OK
                   : encode_fail_row(encoder, DGM_RANGE, row, at);
    }
    if (!json_read_string(reader, &text))
        return wrong_type(encoder, row, at, "a number in quotes is expected");
    enum number_parse_result result = number_parse(text.raw, text.length, ret);
    if (result == NUMBER_SYNTAX)
        return wrong_type(encoder, row, at, "the text is no number");
    return result == NUMBER_OK ? DGM_OK : encode_fail_row(encoder, DGM_RANGE, row, at);
}

/* The number that a raw decodes to; missing if it is none. */
static struct value decoded_number(const struct encoder *encoder,
                                   const struct dgm_row *row, uint64_t raw,
                                   const struct value *given)
{
    char text[FLOAT_TEXT_MAX];
    struct value value;
    bool is_piped = row_is_float(row) || row_is_piped(row);
    enum dgm_status status = is_piped ? pipe_value(&encoder->machine, row, raw, &value)
                                      : raw_value(encoder->codec, row, raw, &value);
    if (status != DGM_OK)
        return value_missing();
    bool is_plain = row_is_float(row) && row->show != DGM_SHOW_DOUBLE &&
                    !pipe_calculates(encoder->codec, row);
    if (!is_plain || value_compare(&value, given) == 0)
        return value;
    /* Of a plain float the text counts. */
    const struct dgm_float *format = pipe_format(encoder->codec, row);
    size_t length = float_write_as(text, format, raw);
    struct number number;
    return number_parse(text, length, &number) == NUMBER_OK ? value_number(number)
                                                            : value;
}

/* A case that is only tried: how far is the number from what the raw decodes to? */
static void note_miss(struct encoder *encoder, const struct dgm_row *row,
                      const struct value *given, uint64_t raw)
{
    uint16_t member = encode_member(encoder, row);
    if (!HAS_TAGS || encoder->trials == 0 || member == DGM_NONE)
        return;
    struct value value = decoded_number(encoder, row, raw, given);
    if (value.kind == VALUE_MISSING || value_compare(&value, given) == 0)
        return;
    struct real miss = real_sub(value_to_real(&value), value_to_real(given));
    miss.negative = false;
    if (encoder->missed != DGM_NONE && real_compare(miss, encoder->miss) <= 0)
        return;
    encoder->missed = member;
    encoder->miss = miss;
}

static enum dgm_status to_raw(struct encoder *encoder, const struct dgm_row *row,
                              const struct value *value, const char *text, size_t length,
                              size_t at, uint64_t *ret)
{
    enum dgm_status status = DGM_OK;
    /* A plain float is read once, straight from its digits. */
    if (text != NULL && row_is_float(row) && !pipe_calculates(encoder->codec, row))
        status = float_read_as(text, length, pipe_format(encoder->codec, row), ret)
                     ? DGM_OK
                     : DGM_RANGE;
    else
        status = pipe_inverse(&encoder->machine, row, value, ret);
    if (status == DGM_RANGE)
        return encode_fail_text(encoder, status, row->path, at,
                                "it does not fit the field");
    return status == DGM_OK ? DGM_OK : encode_fail_row(encoder, status, row, at);
}

/* The raw of a number that goes through a pipe backwards; `text` has its digits, or is
 * NULL. */
static enum dgm_status raw_of_value(struct encoder *encoder, const struct dgm_row *row,
                                    const struct value *given, const char *text,
                                    size_t length, size_t at, uint64_t *ret)
{
    struct value value = *given;
    enum dgm_status status = value_is_float(given)
                                 ? check_far_limit(encoder, row, &value, at)
                                 : check_limit(encoder, row, &value.number, at);
    if (status == DGM_OK &&
        (value.kind != given->kind || (value.kind == VALUE_NUMBER &&
                                       number_compare(given->number, value.number) != 0)))
        text = NULL; /* clamped */
    if (status == DGM_OK)
        status = to_raw(encoder, row, &value, text, length, at, ret);
    if (status != DGM_OK)
        return status;
    note_miss(encoder, row, given, *ret);
    if (invalid_of(encoder->codec, row, *ret) != NULL)
        return encode_fail_text(encoder, DGM_RANGE, row->path, at,
                                "its raw value means that there is no reading");
    return DGM_OK;
}

/* Of a running sum only the difference to the value before is on the wire. */
static enum dgm_status to_difference(struct encoder *encoder, const struct dgm_row *row,
                                     struct number *value, size_t at)
{
    struct value previous;
    enum dgm_status status =
        series_previous(&encoder->machine, row, encoder->slots, &previous);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, at);
    if (previous.kind == VALUE_MISSING)
        return encode_fail_text(encoder, DGM_NOT_ENCODABLE, row->path, at,
                                "the start of the series is not known");
    return number_sub(*value, previous.number, value)
               ? DGM_OK
               : encode_fail_row(encoder, DGM_OVERFLOW, row, at);
}

/* The digits of an instant by the row's pattern. */
static enum dgm_status digits_of_moment(struct encoder *encoder,
                                        const struct dgm_row *row, struct number seconds,
                                        size_t at, struct wide *ret)
{
    const struct dgm_codec *codec = encoder->codec;
    bool exact,
        exact_only = row->detail != DGM_NONE &&
                     (codec->scalings[row->detail].flags & DGM_SCALING_EXACT_ONLY);
    if (!moment_to_digits(codec, row_pattern(codec, row), seconds, ret, &exact))
        return encode_fail_row(encoder, DGM_RANGE, row, at);
    return exact || !exact_only ? DGM_OK : encode_fail_row(encoder, DGM_INEXACT, row, at);
}

/* Does the raw value, if the field has it, say just this, and is it a reading? */
static bool raw_says(const struct encoder *encoder, const struct dgm_row *row,
                     uint64_t raw, const struct value *given)
{
    struct value value;
    uint64_t same;
    return raw_fits(row, raw_wide(row, raw), &same) &&
           invalid_of(encoder->codec, row, raw) == NULL &&
           raw_value(encoder->codec, row, raw, &value) == DGM_OK &&
           number_order(&value.number, &given->number) == 0;
}

/*
 * Decoding rounds to `decimals`, and may so come to a value whose nearest raw one is
 * beyond the field, or means that there is no reading. Of the raw values beside it one
 * says the same then.
 */
static bool raw_beside(const struct encoder *encoder, const struct dgm_row *row,
                       const struct value *given, struct wide whole, uint64_t *ret)
{
    enum { BESIDE = 8 };
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    bool is_low = wide_is_negative(whole);
    uint64_t mask = width_mask(row->width), raw;
    if (!row_has_scaling(row) || row_has_series(row))
        return false;
    if (!raw_fits(row, whole, &raw)) {
        raw = width_mask(is_signed ? row->width - 1u : row->width);
        raw = is_low ? (raw + 1) & mask : raw;
    }
    for (unsigned i = 0; i <= BESIDE; i++) {
        *ret = (raw - i) & mask;
        if (raw_says(encoder, row, *ret, given))
            return true;
        *ret = (raw + i) & mask;
        if (raw_says(encoder, row, *ret, given))
            return true;
    }
    return false;
}

ONE_COPY enum dgm_status encode_raw_number(struct encoder *encoder,
                                           const struct dgm_row *row, struct number value,
                                           size_t at, uint64_t *ret)
{
    struct wide whole;
    if (row_is_float(row) || row_is_piped(row)) {
        struct value number = value_number(value);
        return raw_of_value(encoder, row, &number, NULL, 0, at, ret);
    }
    struct value given = value_number(value);
    enum dgm_status status = check_limit(encoder, row, &value, at);
    if (status == DGM_OK && row_has_series(row)) {
        status = to_difference(encoder, row, &value, at);
        given = value_number(value);
    }
    if (status != DGM_OK)
        return status;
    if (HAS_FORMATS && row_pattern(encoder->codec, row) != NULL) {
        status = digits_of_moment(encoder, row, value, at, &whole);
        if (status != DGM_OK)
            return status;
    } else if (row_has_scaling(row)) {
        status = scaling_invert(&encoder->codec->scalings[row->detail], &value, &whole);
        if (status == DGM_OVERFLOW)
            status = DGM_RANGE;
        if (status != DGM_OK)
            return encode_fail_row(encoder, status, row, at);
    } else if (!number_is_whole(&value, &whole)) {
        return wrong_type(encoder, row, at, "a whole number is expected");
    }
    bool fits = raw_fits(row, whole, ret);
    bool no_reading = fits && invalid_of(encoder->codec, row, *ret) != NULL;
    if (!fits || no_reading) {
        uint64_t nearest = *ret;
        bool found = raw_beside(encoder, row, &given, whole, ret);
        no_reading = no_reading && !found;
        fits = fits || found;
        *ret = found ? *ret : nearest;
    }
    if (!fits)
        return width_fault(encoder, row, whole, at);
    note_miss(encoder, row, &given, *ret);
    /* A reading may not look like "no reading". */
    if (no_reading)
        return encode_fail_text(encoder, DGM_RANGE, row->path, at,
                                "its raw value means that there is no reading");
    return DGM_OK;
}

static enum dgm_status raw_of_bool(struct encoder *encoder, const struct dgm_row *row,
                                   struct json_reader *reader, size_t at, uint64_t *ret)
{
    bool truth;
    if (!json_read_bool(reader, &truth))
        return wrong_type(encoder, row, at, "true or false is expected");
    *ret = truth;
    return DGM_OK;
}

/* Does a JSON value, a token of the text, mean the choice? */
static bool choice_is(const struct dgm_codec *codec, const struct dgm_choice *choice,
                      const char *token, size_t length)
{
    return json_text_equal(token, length, codec->pool + choice->text,
                           choice->text_length);
}

/* A number that stands for itself, as the profile does not name it. */
static ONE_COPY enum dgm_status raw_of_unnamed(struct encoder *encoder,
                                               const struct dgm_row *row,
                                               const char *token, size_t length,
                                               size_t at, uint64_t *ret)
{
    struct number number;
    struct wide whole;
    if (number_parse(token, length, &number) != NUMBER_OK ||
        !number_is_whole(&number, &whole))
        return encode_fail_row(encoder, DGM_ENUM, row, at);
    return raw_fits(row, whole, ret) ? DGM_OK : width_fault(encoder, row, whole, at);
}

static ONE_COPY enum dgm_status raw_of_enum(struct encoder *encoder,
                                            const struct dgm_row *row,
                                            struct json_reader *reader, size_t at,
                                            uint64_t *ret)
{
    const struct dgm_codec *codec = encoder->codec;
    const struct dgm_enum *list = &codec->enums[row->detail];
    bool is_number = json_peek(reader) == JSON_NUMBER, is_other = false;
    const char *token = reader->text + reader->position;
    size_t begin = reader->position;
    json_skip(reader);
    size_t length = reader->position - begin;
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = &codec->choices[list->first + i];
        if ((choice->flags & DGM_CHOICE_OMIT) || !choice_is(codec, choice, token, length))
            continue;
        is_other = (choice->flags & DGM_CHOICE_DECODE_ONLY) != 0;
        *ret = choice->low & width_mask(row->width);
        if (!is_other)
            return DGM_OK;
    }
    if (is_other)
        return encode_fail_text(
            encoder, DGM_ENUM, row->path, at,
            "it stands for raw values that the profile does not name, "
            "so that none could be written");
    return list->unknown == DGM_UNKNOWN_NUMBER && is_number
               ? raw_of_unnamed(encoder, row, token, length, at, ret)
               : encode_fail_row(encoder, DGM_ENUM, row, at);
}

/* Texts of set bits, each once known. */
static enum dgm_status raw_of_flags(struct encoder *encoder, const struct dgm_row *row,
                                    struct json_reader *reader, size_t at, uint64_t *ret)
{
    const struct dgm_codec *codec = encoder->codec;
    const struct dgm_enum *list = &codec->enums[row->detail];
    *ret = 0;
    if (json_peek(reader) != JSON_ARRAY)
        return wrong_type(encoder, row, at, "an array of texts is expected");
    json_begin_array(reader);
    while (json_next_element(reader)) {
        (void)json_peek(reader);
        const char *token = reader->text + reader->position;
        size_t token_at = reader->position;
        unsigned i = 0;
        json_skip(reader);
        size_t length = reader->position - token_at;
        while (i < list->count &&
               !choice_is(codec, &codec->choices[list->first + i], token, length))
            i++;
        if (i == list->count)
            return encode_fail_row(encoder, DGM_ENUM, row, token_at);
        *ret |= (uint64_t)1 << (codec->choices[list->first + i].low & 63);
    }
    return DGM_OK;
}

/* A text or null that stands for "no reading". */
static ONE_COPY bool raw_of_invalid(const struct encoder *encoder,
                                    const struct dgm_row *row, const char *json,
                                    size_t length, size_t at, uint64_t *ret)
{
    const struct dgm_codec *codec = encoder->codec;
    uint16_t index = invalid_list(codec, row);
    struct json_reader reader;
    if (index == DGM_NONE)
        return false;
    json_reader_init(&reader, json, length);
    reader.position = at;
    (void)json_peek(&reader);
    const char *token = reader.text + reader.position;
    size_t begin = reader.position;
    json_skip(&reader);
    for (unsigned i = 0; i < codec->enums[index].count; i++) {
        const struct dgm_choice *choice = &codec->choices[codec->enums[index].first + i];
        if (!(choice->flags & (DGM_CHOICE_OMIT | DGM_CHOICE_DECODE_ONLY)) &&
            choice_is(codec, choice, token, reader.position - begin)) {
            *ret = choice->low & width_mask(row->width);
            return true;
        }
    }
    return false;
}

static enum dgm_status raw_of_hex(struct encoder *encoder, const struct dgm_row *row,
                                  struct json_reader *reader, size_t at, uint64_t *ret)
{
    struct json_string text;
    uint64_t bits = 0;
    if (!json_read_string(reader, &text))
        return wrong_type(encoder, row, at, "hex digits in quotes are expected");
    if (text.length != (row->width + 3u) / 4u)
        return wrong_type(encoder, row, at, "another number of hex digits is expected");
    for (size_t i = 0; i < text.length; i++) {
        int digit = hex_digit_value(text.raw[i]);
        if (digit < 0)
            return wrong_type(encoder, row, at, "hex digits are expected");
        bits = bits << 4 | (uint64_t)digit;
    }
    if ((bits & ~width_mask(row->width)) != 0)
        return width_fault(encoder, row, wide_from_u64(bits), at);
    *ret = bits;
    return DGM_OK;
}

static enum dgm_status raw_of_binary(struct encoder *encoder, const struct dgm_row *row,
                                     struct json_reader *reader, size_t at, uint64_t *ret)
{
    struct json_string text;
    uint64_t bits = 0;
    if (!json_read_string(reader, &text))
        return wrong_type(encoder, row, at, "bits in quotes are expected");
    if (text.length != row->width)
        return wrong_type(encoder, row, at, "another number of bits is expected");
    for (size_t i = 0; i < text.length; i++) {
        if (text.raw[i] != '0' && text.raw[i] != '1')
            return wrong_type(encoder, row, at, "bits are 0 or 1");
        bits = bits << 1 | (uint64_t)(text.raw[i] == '1');
    }
    *ret = bits;
    return DGM_OK;
}

/* The instant that the value at the reader means; an error at `at`, or DGM_OK. */
static enum dgm_status read_moment(struct encoder *encoder, const struct dgm_row *row,
                                   struct json_reader *reader, size_t at,
                                   struct number *ret)
{
    const struct dgm_format *format = moment_format(encoder->codec, row_format(row));
    struct json_string text;
    if (HAS_FORMATS &&
        (row->show == DGM_SHOW_TIME_EPOCH || row->show == DGM_SHOW_TIME_EPOCH_MS)) {
        enum dgm_status status = read_number(encoder, row, reader, at, ret);
        if (status == DGM_OK && row->show == DGM_SHOW_TIME_EPOCH_MS) {
            if (ret->digits > NUMBER_MAX_DIGITS - 3)
                return encode_fail_row(encoder, DGM_RANGE, row, at);
            ret->digits = (uint8_t)(ret->digits + 3);
        }
        return status;
    }
    if (!json_read_string(reader, &text))
        return wrong_type(encoder, row, at, "a date in quotes is expected");
    if (!moment_read(text.raw, text.length, row->show, format, ret))
        return encode_fail_row(encoder, DGM_TIME, row, at);
    return DGM_OK;
}

enum dgm_status encode_read_moment(struct encoder *encoder, const struct dgm_row *row,
                                   size_t at, struct number *ret)
{
    struct json_reader reader;
    encode_reader(encoder, at, &reader);
    return read_moment(encoder, row, &reader, at, ret);
}

static enum dgm_status raw_of_time(struct encoder *encoder, const struct dgm_row *row,
                                   struct json_reader *reader, size_t at, uint64_t *ret)
{
    struct number seconds;
    enum dgm_status status = read_moment(encoder, row, reader, at, &seconds);
    return status == DGM_OK ? encode_raw_number(encoder, row, seconds, at, ret) : status;
}

enum dgm_status encode_raw_value(struct encoder *encoder, const struct dgm_row *row,
                                 const struct value *value, uint64_t *ret)
{
    struct wide whole;
    if (value->kind == VALUE_MISSING)
        return encode_fail_row(encoder, DGM_NOT_ENCODABLE, row, 0);
    if (row_is_float(row))
        return real_pack(pipe_format(encoder->codec, row), value_to_real(value), ret)
                   ? DGM_OK
                   : encode_fail_row(encoder, DGM_RANGE, row, 0);
    if (!value_to_wide(value, &whole))
        return encode_fail_row(encoder, DGM_NOT_ENCODABLE, row, 0);
    return raw_fits(row, whole, ret) ? DGM_OK : width_fault(encoder, row, whole, 0);
}

/* The text of a number, in quotes or not as the row wants it. */
static enum dgm_status number_text(struct encoder *encoder, const struct dgm_row *row,
                                   struct json_reader *reader, size_t at,
                                   const char **ret, size_t *ret_length)
{
    struct json_string string;
    struct number_token token;
    if (row->flags & DGM_ROW_QUOTED) {
        if (!json_read_string(reader, &string))
            return wrong_type(encoder, row, at, "a number in quotes is expected");
        *ret = string.raw;
        *ret_length = string.length;
        return number_scan(string.raw, string.length, &token) &&
                       token.length == string.length
                   ? DGM_OK
                   : wrong_type(encoder, row, at, "the text is no number");
    }
    if (json_peek(reader) != JSON_NUMBER)
        return wrong_type(encoder, row, at, "a number is expected");
    size_t begin = reader->position;
    json_skip(reader);
    *ret = reader->text + begin;
    *ret_length = reader->position - begin;
    return DGM_OK;
}

/* Floats, and integers behind a pipe. */
static enum dgm_status raw_of_piped(struct encoder *encoder, const struct dgm_row *row,
                                    struct json_reader *reader, size_t at, uint64_t *ret)
{
    const char *text = NULL;
    size_t length = 0;
    uint64_t bits = 0;
    struct number number;
    struct value value;
    enum dgm_status status = number_text(encoder, row, reader, at, &text, &length);
    if (status != DGM_OK)
        return status;
    if (number_parse(text, length, &number) == NUMBER_OK)
        value = value_number(number);
    else if (float_read(text, length, 64, &bits))
        value = value_float(bits);
    else
        return encode_fail_row(encoder, DGM_RANGE, row, at);
    return raw_of_value(encoder, row, &value, text, length, at, ret);
}

enum dgm_status encode_raw(struct encoder *encoder, const struct dgm_row *row,
                           const char *json, size_t length, size_t at, uint64_t *ret)
{
    struct json_reader reader;
    struct number number;
    size_t place = json == encoder->json ? at : 0;
    if (raw_of_invalid(encoder, row, json, length, at, ret))
        return DGM_OK;
    json_reader_init(&reader, json, length);
    reader.position = at;
    if (row_is_float(row) || row_is_piped(row))
        return raw_of_piped(encoder, row, &reader, place, ret);
    switch (row->show) {
    case DGM_SHOW_FLAGS:
        return HAS_FORMATS ? raw_of_flags(encoder, row, &reader, place, ret)
                           : DGM_INTERNAL;
    case DGM_SHOW_BOOL:
        return raw_of_bool(encoder, row, &reader, place, ret);
    case DGM_SHOW_ENUM:
        return raw_of_enum(encoder, row, &reader, place, ret);
    case DGM_SHOW_HEX:
    case DGM_SHOW_HEX_UPPER:
        return HAS_FORMATS ? raw_of_hex(encoder, row, &reader, place, ret) : DGM_INTERNAL;
    case DGM_SHOW_BINARY:
        return HAS_FORMATS ? raw_of_binary(encoder, row, &reader, place, ret)
                           : DGM_INTERNAL;
    default: {
        if (show_is_time(row->show))
            return raw_of_time(encoder, row, &reader, place, ret);
        enum dgm_status status = read_number(encoder, row, &reader, place, &number);
        return status == DGM_OK ? encode_raw_number(encoder, row, number, place, ret)
                                : status;
    }
    }
}
