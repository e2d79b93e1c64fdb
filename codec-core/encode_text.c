/* SPDX-License-Identifier: MIT */
/*
 * Composed texts backwards: the JSON string is divided into the pieces of its parts
 * before the first of the rows inside is written, because rows and parts may stand in
 * different orders. The generator has proved that there is one way to divide it.
 */
#include "encode.h"

#include <string.h>
#include "scaling.h"
#include "text.h"

enum { PIECE_MAX = 256 /* characters of a piece that is no text of the frame */ };

static const struct dgm_part *first_part(const struct encoder *encoder)
{
    return &encoder->codec->parts[encoder->text_row->spec];
}

/* Place in the JSON; 0 for what comes from a default. */
static size_t place_of(const struct encoder *encoder, const char *raw)
{
    uintptr_t start = (uintptr_t)encoder->json, at = (uintptr_t)raw;
    return at >= start && at - start <= encoder->json_length ? (size_t)(at - start) : 0;
}

static enum dgm_status mismatch(struct encoder *encoder, const struct dgm_row *row,
                                const char *raw, const char *detail)
{
    return encode_fail_text(encoder, DGM_TEXT, row->path, place_of(encoder, raw), detail);
}

/* The literal before a part, as a JSON string. */
static struct json_string literal_of(const struct encoder *encoder,
                                     const struct dgm_part *part)
{
    struct json_string literal = {encoder->codec->pool + part->text + 1,
                                  part->text_length - 2u, true};
    return literal;
}

static enum dgm_status pass_literal(struct encoder *encoder, const struct dgm_part *part,
                                    const struct json_string *string, size_t *position)
{
    struct json_string literal = literal_of(encoder, part);
    uint32_t wanted, found;
    size_t at = 0, next = *position;
    while (json_string_next(&literal, &at, &wanted)) {
        if (!json_string_next(string, &next, &found) || found != wanted)
            return mismatch(encoder, encoder->text_row, string->raw + *position,
                            "the text has another form than the profile gives it");
        *position = next;
    }
    return DGM_OK;
}

static bool in_set(const struct dgm_part *part, uint32_t code_point)
{
    if (code_point >= 128)
        return (part->flags & DGM_PART_WIDE) != 0;
    return (part->set[code_point / 64] >> (code_point % 64) & 1) != 0;
}

/* Characters from a position on, without those of the literal at the end. */
static size_t rest_of(const struct encoder *encoder, const struct dgm_part *part,
                      const struct json_string *string, size_t position)
{
    struct json_string left = {string->raw + position, string->length - position, true};
    size_t count = json_string_characters(&left), behind = 0;
    while (part->row != DGM_NONE)
        part++;
    struct json_string literal = literal_of(encoder, part);
    behind = json_string_characters(&literal);
    return count > behind ? count - behind : 0;
}

/* Move behind the piece. */
static enum dgm_status pass_piece(struct encoder *encoder, const struct dgm_part *part,
                                  const struct json_string *string, size_t *position)
{
    size_t next = *position, left = SIZE_MAX;
    uint32_t code_point;
    if (part->extent == DGM_EXTENT_COUNT)
        left = part->count;
    else if (part->extent == DGM_EXTENT_REST)
        left = rest_of(encoder, part, string, *position);
    for (; left > 0 && json_string_next(string, &next, &code_point); left--) {
        bool belongs = part->extent == DGM_EXTENT_REST || in_set(part, code_point);
        if (!belongs && part->extent == DGM_EXTENT_SET)
            return DGM_OK;
        if (!belongs)
            return mismatch(encoder, encoder->text_row, string->raw + *position,
                            "this character cannot stand here");
        *position = next;
    }
    if (left == 0 || part->extent == DGM_EXTENT_SET)
        return DGM_OK;
    return mismatch(encoder, encoder->text_row, string->raw + string->length,
                    "the text is too short");
}

static enum dgm_status divide(struct encoder *encoder, const struct json_string *string)
{
    const struct dgm_part *part = first_part(encoder);
    size_t position = 0;
    for (unsigned i = 0;; i++, part++) {
        enum dgm_status status = pass_literal(encoder, part, string, &position);
        if (status != DGM_OK)
            return status;
        if (part->row == DGM_NONE)
            break;
        size_t start = position;
        status = pass_piece(encoder, part, string, &position);
        if (status != DGM_OK)
            return status;
        struct json_string piece = {string->raw + start, position - start,
                                    string->escaped};
        encoder->pieces[i] = piece;
    }
    return position == string->length
               ? DGM_OK
               : mismatch(encoder, encoder->text_row, string->raw + position,
                          "the text goes on behind what the profile gives it");
}

/* Is the text given, or has it a default? */
static bool has_text(const struct encoder *encoder, const struct dgm_row *row)
{
    return (row->flags & DGM_ROW_ELEMENT) ||
           encoder->bound[encode_member(encoder, row)].type != 0 ||
           encoder->members[encode_member(encoder, row)].text_length > 0;
}

enum dgm_status encode_text_begin(struct encoder *encoder, const struct dgm_row *row)
{
    struct json_string string;
    size_t at;
    encoder->text_row = row;
    memset(encoder->pieces, 0, DGM_MAX_PARTS * sizeof(*encoder->pieces));
    if (row->slot != DGM_NONE)
        encoder->slots[row->slot] = value_bool(true);
    if (row->source != DGM_SOURCE_MEMBER || !has_text(encoder, row))
        return DGM_OK;
    enum dgm_status status = encode_row_string(encoder, row, &string, &at);
    return status == DGM_OK ? divide(encoder, &string) : status;
}

/* The part that a row inside belongs to, and its number. */
static const struct dgm_part *part_of(const struct encoder *encoder,
                                      const struct dgm_row *row, unsigned *ret_index)
{
    if (encoder->text_row == NULL)
        return NULL;
    const struct dgm_part *part = first_part(encoder);
    unsigned index = 0;
    for (; part->row != DGM_NONE; part++, index++) {
        if (part->row != row - encoder->text_row)
            continue;
        *ret_index = index;
        return part;
    }
    return NULL;
}

enum dgm_status encode_part_string(struct encoder *encoder, const struct dgm_row *row,
                                   struct json_string *ret, size_t *ret_at)
{
    unsigned index = 0;
    if (part_of(encoder, row, &index) == NULL)
        return encode_fail_row(encoder, DGM_NOT_ENCODABLE, row, 0);
    *ret = encoder->pieces[index];
    if (ret->raw == NULL)
        return encode_fail_row(encoder, DGM_MISSING_MEMBER, row,
                               encoder->envelope.members);
    *ret_at = place_of(encoder, ret->raw);
    return DGM_OK;
}

/* The piece as ASCII with escapes resolved; false if it is longer or no ASCII. */
static bool to_ascii(const struct json_string *piece, char *text, size_t *ret_length)
{
    size_t position = 0, length = 0;
    uint32_t code_point;
    while (json_string_next(piece, &position, &code_point)) {
        if (code_point >= 128 || length == PIECE_MAX)
            return false;
        text[length++] = (char)code_point;
    }
    *ret_length = length;
    return true;
}

static size_t digits_from(const char *text, size_t length, size_t at)
{
    size_t end = at;
    while (end < length && text[end] >= '0' && text[end] <= '9')
        end++;
    return end - at;
}

/* Leading zeros only where they fill up. */
static bool is_filled(const char *digits, size_t count, unsigned width)
{
    size_t least = width > 0 ? width : 1;
    return count == least || (count > least && digits[0] != '0');
}

static bool read_filled(const char *text, size_t length, unsigned width,
                        struct number *ret)
{
    size_t sign = length > 0 && text[0] == '-';
    size_t count = digits_from(text, length, sign), zeros = 0;
    if (sign + count != length || !is_filled(text + sign, count, width))
        return false;
    while (zeros + 1 < count && text[sign + zeros] == '0')
        zeros++;
    if (number_parse(text + sign + zeros, count - zeros, ret) != NUMBER_OK)
        return false;
    return sign == 0 || wide_neg(ret->mantissa, &ret->mantissa);
}

static bool read_fixed(const char *text, size_t length, unsigned decimals,
                       struct number *ret)
{
    size_t sign = length > 0 && text[0] == '-';
    size_t count = digits_from(text, length, sign), end = sign + count;
    if (decimals > 0) {
        bool has_point = end < length && text[end] == '.';
        if (!has_point || digits_from(text, length, end + 1) != decimals)
            return false;
        end += 1 + decimals;
    }
    return end == length && number_parse(text, length, ret) == NUMBER_OK;
}

static bool read_hex(const char *text, size_t length, const struct dgm_part *part,
                     struct number *ret)
{
    bool upper = part->verb == DGM_VERB_HEX_UPPER;
    uint64_t bits = 0;
    if (length > 16 || !is_filled(text, length, part->width))
        return false;
    for (size_t i = 0; i < length; i++) {
        int digit = hex_digit_value(text[i]);
        bool is_upper = text[i] >= 'A' && text[i] <= 'F';
        if (digit < 0 || (digit >= 10 && is_upper != upper))
            return false;
        bits = bits << 4 | (uint64_t)digit;
    }
    ret->mantissa = wide_from_u64(bits);
    ret->digits = 0;
    return true;
}

static bool read_number(const struct dgm_part *part, const struct json_string *piece,
                        struct number *ret)
{
    char text[PIECE_MAX];
    size_t length;
    if (!to_ascii(piece, text, &length))
        return false;
    switch (part->verb) {
    case DGM_VERB_FILL:
        return read_filled(text, length, part->width, ret);
    case DGM_VERB_FIXED:
        return read_fixed(text, length, part->width, ret);
    case DGM_VERB_HEX:
    case DGM_VERB_HEX_UPPER:
        return read_hex(text, length, part, ret);
    default:
        return number_parse(text, length, ret) == NUMBER_OK;
    }
}

struct value encode_part_number(const struct encoder *encoder, uint16_t index)
{
    struct number number;
    if (encoder->text_row == NULL || encoder->pieces[index].raw == NULL)
        return value_missing();
    const struct dgm_part *part = first_part(encoder);
    for (unsigned i = 0; i < index; i++, part++)
        if (part->row == DGM_NONE)
            return value_missing();
    if (part->row == DGM_NONE || !read_number(part, &encoder->pieces[index], &number))
        return value_missing();
    return value_number(number);
}

enum dgm_status encode_check_part(struct encoder *encoder, const struct dgm_row *row,
                                  const struct value *value)
{
    unsigned index = 0;
    struct number said;
    const struct dgm_part *part = part_of(encoder, row, &index);
    if (part == NULL || encoder->pieces[index].raw == NULL)
        return DGM_OK;
    const struct json_string *piece = &encoder->pieces[index];
    if (!read_number(part, piece, &said))
        return mismatch(encoder, row, piece->raw, "a number is expected");
    struct value stated = value_number(said);
    if (value->kind != VALUE_MISSING && value_compare(&stated, value) == 0)
        return DGM_OK;
    return mismatch(encoder, row, piece->raw,
                    "this number follows from others, and is another one");
}

/* The piece as a JSON value: with quotes around it, or what stands between them. */
static bool as_json(const struct json_string *piece, bool quoted, char *text,
                    size_t *ret_length)
{
    struct json_reader reader;
    size_t length = piece->length;
    if (length > PIECE_MAX)
        return false;
    text[0] = '"';
    if (quoted)
        memcpy(text + 1, piece->raw, length);
    else if (!to_ascii(piece, text, &length))
        return false;
    if (quoted)
        text[length + 1] = '"';
    *ret_length = quoted ? length + 2 : length;
    json_reader_init(&reader, text, *ret_length);
    return *ret_length > 0 && text[0] > ' ' && json_skip(&reader) &&
           reader.position == *ret_length;
}

static enum dgm_status raw_of_json(struct encoder *encoder, const struct dgm_row *row,
                                   const struct json_string *piece, bool quoted,
                                   uint64_t *ret)
{
    char text[PIECE_MAX + 2];
    size_t length;
    if (!as_json(piece, quoted, text, &length))
        return encode_fail_row(encoder, DGM_TEXT, row, 0);
    return encode_raw(encoder, row, text, length, 0, ret);
}

/* A label, or a text for "no reading", has quotes in the table. */
static bool raw_of_label(struct encoder *encoder, const struct dgm_row *row,
                         const struct json_string *piece, uint64_t *ret)
{
    struct dgm_error *error = encoder->error;
    bool has_labels =
        row->show == DGM_SHOW_ENUM || invalid_list(encoder->codec, row) != DGM_NONE;
    if (!has_labels)
        return false;
    encoder->error = NULL;
    enum dgm_status status = raw_of_json(encoder, row, piece, true, ret);
    encoder->error = error;
    return status == DGM_OK;
}

static enum dgm_status raw_of_part(struct encoder *encoder, const struct dgm_row *row,
                                   const struct dgm_part *part,
                                   const struct json_string *piece, uint64_t *ret)
{
    struct number number;
    bool quoted = (part->flags & DGM_PART_QUOTED) != 0;
    if (raw_of_label(encoder, row, piece, ret))
        return DGM_OK;
    if (part->verb != DGM_VERB_PLAIN)
        return read_number(part, piece, &number)
                   ? encode_raw_number(encoder, row, number, 0, ret)
                   : encode_fail_text(encoder, DGM_TEXT, row->path, 0,
                                      "the number has another form in this text");
    enum dgm_status status = raw_of_json(encoder, row, piece, quoted, ret);
    if (status != DGM_OK && row->show == DGM_SHOW_ENUM)
        return encode_fail_row(encoder, DGM_ENUM, row, 0);
    return status;
}

enum dgm_status encode_part_raw(struct encoder *encoder, const struct dgm_row *row,
                                uint64_t *ret)
{
    unsigned index = 0;
    const struct dgm_part *part = part_of(encoder, row, &index);
    if (part == NULL)
        return encode_fail_row(encoder, DGM_NOT_ENCODABLE, row, 0);
    const struct json_string *piece = &encoder->pieces[index];
    if (piece->raw == NULL)
        return encode_no_reading(encoder->codec, row, ret)
                   ? DGM_OK
                   : encode_fail_row(encoder, DGM_MISSING_MEMBER, encoder->text_row,
                                     encoder->envelope.members);
    enum dgm_status status = raw_of_part(encoder, row, part, piece, ret);
    if (status != DGM_OK && encoder->error != NULL)
        encoder->error->offset = (uint32_t)place_of(encoder, piece->raw);
    return status;
}
