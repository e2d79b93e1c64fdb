/* SPDX-License-Identifier: MIT */
/* Writing bytes and text: where the JSON value comes from, how long it is, what fills
 * up. */
#include "encode.h"

#include <string.h>
#include "bytes_view.h"
#include "digits.h"
#include "moment.h"

/* A reader at the value of a row's member; its default stands in. */
static enum dgm_status reader_of_row(struct encoder *encoder, const struct dgm_row *row,
                                     struct json_reader *ret, size_t *ret_at)
{
    const struct bound *bound = encode_row_bound(encoder, row);
    const struct dgm_member *member =
        row->member != DGM_NONE ? &encoder->members[encode_member(encoder, row)] : NULL;
    *ret_at = 0;
    const unsigned of_element =
        DGM_ROW_ELEMENT | (HAS_TAGS ? DGM_ROW_COLLECT | DGM_ROW_KEEP : 0u);
    if ((row->flags & of_element) || bound != NULL) {
        *ret_at = (row->flags & of_element) ? encode_element(encoder, row) : bound->at;
        encode_reader(encoder, *ret_at, ret);
        return DGM_OK;
    }
    if (member == NULL || member->text_length == 0)
        return encode_fail_row(encoder, DGM_MISSING_MEMBER, row,
                               encoder->envelope.members);
    json_reader_init(ret, encoder->codec->pool + member->text, member->text_length);
    return DGM_OK;
}

/* The JSON string a byte row is made of. */
enum dgm_status encode_row_string(struct encoder *encoder, const struct dgm_row *row,
                                  struct json_string *ret, size_t *ret_at)
{
    struct json_reader reader;
    *ret_at = 0;
    if (HAS_TEXTS && row->source == DGM_SOURCE_PART)
        return encode_part_string(encoder, row, ret, ret_at);
    if (row->source == DGM_SOURCE_ROLE) {
        if (row->role != DGM_ROLE_IDENTIFIER || encoder->envelope.identifier.raw == NULL)
            return encode_fail_row(encoder, DGM_MISSING_MEMBER, row, 0);
        *ret = encoder->envelope.identifier;
        *ret_at = encoder->envelope.role_at[DGM_ROLE_IDENTIFIER];
        return DGM_OK;
    }
    enum dgm_status status = reader_of_row(encoder, row, &reader, ret_at);
    if (status != DGM_OK || json_read_string(&reader, ret))
        return status;
    return encode_fail_text(encoder, DGM_TYPE, row->path, *ret_at, "a text is expected");
}

static bool is_listed(const struct encoder *encoder, const struct dgm_limit *limit,
                      const struct json_string *string)
{
    for (unsigned i = 0; i < limit->choice_count; i++) {
        const struct dgm_choice *choice =
            &encoder->codec->choices[limit->first_choice + i];
        struct json_reader reader;
        struct json_string allowed;
        json_reader_init(&reader, encoder->codec->pool + choice->text,
                         choice->text_length);
        if (json_read_string(&reader, &allowed) && json_string_equal(&allowed, string))
            return true;
    }
    return false;
}

static enum dgm_status check_text_limit(struct encoder *encoder,
                                        const struct dgm_row *row,
                                        const struct json_string *string, size_t at)
{
    if (row->limit == DGM_NONE)
        return DGM_OK;
    const struct dgm_limit *limit = &encoder->codec->limits[row->limit];
    size_t characters = json_string_characters(string);
    if ((limit->flags & DGM_LIMIT_LENGTH) && characters > limit->max_length) {
        enum dgm_status status = encode_fail_row(encoder, DGM_RANGE, row, at);
        if (HAS_DETAILS && encoder->error != NULL) {
            encoder->error->detail = DETAIL("the text is too long");
            encoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_HIGH;
            encoder->error->raw = characters;
            encoder->error->high = limit->max_length;
        }
        return status;
    }
    if ((limit->flags & DGM_LIMIT_TEXTS) && !is_listed(encoder, limit, string))
        return encode_fail_row(encoder, DGM_ENUM, row, at);
    return DGM_OK;
}

/* Bytes that the layout wants; SIZE_MAX: as many as there are. */
static enum dgm_status wanted_length(struct encoder *encoder, const struct dgm_row *row,
                                     size_t *ret)
{
    uint32_t count;
    *ret = (row->flags & DGM_ROW_REST) ? SIZE_MAX : row->detail;
    if ((row->flags & DGM_ROW_REST) || row->expr == DGM_NONE)
        return DGM_OK;
    enum dgm_status status = machine_count(&encoder->machine, row->expr, &count);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, 0);
    *ret = count;
    return DGM_OK;
}

static enum dgm_status length_fault(struct encoder *encoder, const struct dgm_row *row,
                                    size_t at, size_t found, size_t wanted)
{
    enum dgm_status status = encode_fail_row(encoder, DGM_LENGTH, row, at);
    if (HAS_DETAILS && encoder->error != NULL) {
        encoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
        encoder->error->raw = found;
        encoder->error->expected = wanted;
        encoder->error->detail = DETAIL("in bytes");
    }
    return status;
}

static enum dgm_status text_fault(struct encoder *encoder, const struct dgm_row *row,
                                  size_t at, const char *detail)
{
    return encode_fail_text(encoder, DGM_TEXT, row->path, at, detail);
}

void encode_note_bytes(struct encoder *encoder, const struct dgm_row *row, size_t length)
{
    if (row->slot == DGM_NONE)
        return;
    encoder->slots[row->slot] = value_u64(length);
    if (HAS_STREAMS && (row->flags & DGM_ROW_PLACED))
        encoder->slots[row->slot + 1] = value_u64(encoder->length);
}

/* Room for bytes, or NULL where the caller's buffer has none; then they only count. */
static enum dgm_status reserve(struct encoder *encoder, const struct dgm_row *row,
                               size_t count, uint8_t **ret)
{
    size_t at = encoder->length;
    enum dgm_status status = encode_append(encoder, row, NULL, count);
    bool there = encoder->length <= encoder->frame_size && count > 0;
    *ret = there ? encoder->frame + at : NULL;
    return status;
}

static void reverse(uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        uint8_t byte = bytes[i];
        bytes[i] = bytes[count - 1 - i];
        bytes[count - 1 - i] = byte;
    }
}

/* Behind a text that does not fill its place: its end byte, then padding. */
static void fill_up(const struct dgm_row *row, const struct dgm_format *format,
                    uint8_t *bytes, size_t count)
{
    bool ended = HAS_FORMATS && (format->flags & DGM_FORMAT_ENDED) != 0;
    bool padded = (row->flags & DGM_ROW_PADDED) != 0;
    memset(bytes, padded ? row->shift : format->end, count);
    if (ended && count > 0)
        bytes[0] = format->end;
}

/* Bytes that are written for a text of `length` bytes; SIZE_MAX after an error. */
static enum dgm_status written_length(struct encoder *encoder, const struct dgm_row *row,
                                      size_t at, size_t length, size_t wanted,
                                      size_t *ret)
{
    const struct dgm_format *format = moment_format(encoder->codec, row_format(row));
    bool ended = HAS_FORMATS && (format->flags & DGM_FORMAT_ENDED) != 0;
    bool fills = ended || (row->flags & DGM_ROW_PADDED) != 0;
    *ret = wanted != SIZE_MAX ? wanted : length + (ended ? 1 : 0);
    if (wanted == SIZE_MAX || length == wanted || (fills && length < wanted))
        return DGM_OK;
    return length_fault(encoder, row, at, length, wanted);
}

static enum dgm_status write_string(struct encoder *encoder, const struct dgm_row *row,
                                    const struct json_string *string, size_t at,
                                    size_t length, size_t wanted)
{
    const struct dgm_format *format = moment_format(encoder->codec, row_format(row));
    size_t count;
    uint8_t *bytes;
    enum dgm_status status = written_length(encoder, row, at, length, wanted, &count);
    if (status == DGM_OK)
        status = reserve(encoder, row, count, &bytes);
    if (status != DGM_OK || bytes == NULL)
        return status;
    if (length > 0)
        encode_store_bytes(encoder, row, bytes, string);
    fill_up(row, format, bytes + length, count - length);
    if (HAS_FORMATS && (format->flags & DGM_FORMAT_REVERSED))
        reverse(bytes, count);
    return DGM_OK;
}

/* Half-bytes: a zero before an odd number of digits, filler behind them. */
static enum dgm_status write_digits(struct encoder *encoder, const struct dgm_row *row,
                                    const struct json_string *string, size_t at,
                                    size_t wanted)
{
    const struct dgm_format *format = moment_format(encoder->codec, row_format(row));
    bool padded = (format->flags & DGM_FORMAT_PADDED) != 0;
    size_t length = string->length;
    uint8_t *bytes;
    if (wanted == SIZE_MAX)
        wanted = length + (padded ? length % 2 : 0);
    bool fits = length == wanted || (padded && length < wanted);
    if (!fits || ((row->flags & DGM_ROW_REST) && wanted % 2 != 0))
        return encode_fail_text(encoder, DGM_LENGTH, row->path, at,
                                "another number of digits is expected");
    size_t count = (wanted + 1) / 2;
    enum dgm_status status = reserve(encoder, row, count, &bytes);
    if (status != DGM_OK || bytes == NULL)
        return status;
    memset(bytes, 0, count);
    for (size_t i = 0; i < wanted; i++)
        digits_put_nibble(bytes, count, format, wanted % 2 + i,
                          i < length ? (unsigned)(string->raw[i] - '0') : format->pad);
    return DGM_OK;
}

static bool read_byte(struct json_reader *reader, uint8_t *ret)
{
    struct number number;
    struct wide whole;
    uint64_t byte;
    if (json_peek(reader) != JSON_NUMBER || !json_read_number(reader, &number) ||
        !number_to_wide(number, &whole) || !wide_to_u64(whole, &byte) || byte > 255)
        return false;
    *ret = (uint8_t)byte;
    return true;
}

/* Every element is a byte: how many? The bytes, too, if there is room. */
static bool read_bytes(struct json_reader reader, uint8_t *bytes, size_t *ret_count)
{
    uint8_t byte;
    *ret_count = 0;
    if (json_peek(&reader) != JSON_ARRAY)
        return false;
    json_begin_array(&reader);
    while (json_next_element(&reader)) {
        if (!read_byte(&reader, &byte))
            return false;
        if (bytes != NULL)
            bytes[*ret_count] = byte;
        ++*ret_count;
    }
    return true;
}

static enum dgm_status write_array(struct encoder *encoder, const struct dgm_row *row,
                                   size_t wanted)
{
    struct json_reader reader;
    const struct dgm_format *format = moment_format(encoder->codec, row_format(row));
    size_t at, count;
    uint8_t *bytes;
    enum dgm_status status = reader_of_row(encoder, row, &reader, &at);
    if (status != DGM_OK)
        return status;
    if (!read_bytes(reader, NULL, &count))
        return encode_fail_text(encoder, DGM_TYPE, row->path, at,
                                "an array of numbers from 0 to 255 is expected");
    if (wanted != SIZE_MAX && wanted != count)
        return length_fault(encoder, row, at, count, wanted);
    encode_note_bytes(encoder, row, count);
    status = reserve(encoder, row, count, &bytes);
    if (status != DGM_OK || bytes == NULL)
        return status;
    (void)read_bytes(reader, bytes, &count);
    if (format->flags & DGM_FORMAT_REVERSED)
        reverse(bytes, count);
    return DGM_OK;
}

/* Zeros between sign and digits, or padding behind them. */
static void place_number(const struct dgm_row *row, const char *text, size_t length,
                         uint8_t *bytes, size_t count)
{
    size_t sign = text[0] == '-' ? 1 : 0;
    if (row->flags & DGM_ROW_PADDED) {
        memcpy(bytes, text, length);
        memset(bytes + length, row->shift, count - length);
        return;
    }
    memset(bytes, '0', count);
    memcpy(bytes, text, sign);
    memcpy(bytes + count - (length - sign), text + sign, length - sign);
}

static enum dgm_status write_number(struct encoder *encoder, const struct dgm_row *row,
                                    size_t wanted)
{
    struct json_reader reader;
    struct number number;
    char text[NUMBER_TEXT_MAX];
    const struct dgm_format *format = moment_format(encoder->codec, row_format(row));
    size_t at;
    uint8_t *bytes;
    enum dgm_status status = reader_of_row(encoder, row, &reader, &at);
    if (status != DGM_OK)
        return status;
    if (json_peek(&reader) != JSON_NUMBER)
        return encode_fail_text(encoder, DGM_TYPE, row->path, at, "a number is expected");
    if (!json_read_number(&reader, &number))
        return encode_fail_row(encoder, DGM_RANGE, row, at);
    size_t length = number_write(text, number);
    if (wanted == SIZE_MAX)
        wanted = length;
    if (length > wanted)
        return text_fault(encoder, row, at, "the number needs more characters");
    if (row->slot != DGM_NONE)
        encoder->slots[row->slot] = value_number(number);
    status = reserve(encoder, row, wanted, &bytes);
    if (status != DGM_OK || bytes == NULL)
        return status;
    place_number(row, text, length, bytes, wanted);
    if (format->flags & DGM_FORMAT_REVERSED)
        reverse(bytes, wanted);
    return DGM_OK;
}

static ONE_COPY enum dgm_status write_text(struct encoder *encoder,
                                           const struct dgm_row *row, size_t wanted)
{
    struct json_string string;
    const char *detail = NULL;
    size_t at, length = 0;
    enum dgm_status status = encode_row_string(encoder, row, &string, &at);
    if (status == DGM_OK)
        status = check_text_limit(encoder, row, &string, at);
    if (status != DGM_OK)
        return status;
    status = encode_measure(encoder, row, &string, &length, &detail);
    if (status != DGM_OK)
        return text_fault(encoder, row, at, detail);
    encode_note_bytes(encoder, row, length);
    return HAS_FORMATS && row->show == DGM_SHOW_DIGITS
               ? write_digits(encoder, row, &string, at, wanted)
               : write_string(encoder, row, &string, at, length, wanted);
}

ONE_COPY enum dgm_status encode_bytes_row(struct encoder *encoder,
                                          const struct dgm_row *row)
{
    size_t wanted;
    enum dgm_status status = wanted_length(encoder, row, &wanted);
    if (status != DGM_OK)
        return status;
    if (row->source == DGM_SOURCE_FILL) {
        if (HAS_FORMATS && row->show == DGM_SHOW_DIGITS && wanted != SIZE_MAX)
            wanted = (wanted + 1) / 2;
        return encode_append(encoder, row, NULL, wanted == SIZE_MAX ? 0 : wanted);
    }
    if (HAS_PLACES && row->source == DGM_SOURCE_SKIP)
        return encode_skip(encoder, row, wanted == SIZE_MAX ? 0 : wanted);
    if (row->source == DGM_SOURCE_NONE)
        return encode_fail_row(encoder, DGM_NOT_ENCODABLE, row, 0);
    if (HAS_STREAMS && row->source == DGM_SOURCE_PIECE)
        return encode_bytes_piece(encoder, row, wanted);
    if (HAS_FORMATS && row->show == DGM_SHOW_BYTES_ARRAY)
        return write_array(encoder, row, wanted);
    return HAS_FORMATS && row->show == DGM_SHOW_TEXT_NUMBER
               ? write_number(encoder, row, wanted)
               : write_text(encoder, row, wanted);
}

/* The row that writes the member's bytes. */
static const struct dgm_row *row_of_member(const struct encoder *encoder, uint16_t member)
{
    for (unsigned i = 0; i < encoder->message->row_count; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        bool has_bytes = row->op == DGM_OP_BYTES || row->op == DGM_OP_JOIN_BYTES;
        if (has_bytes && row->member == member)
            return row;
    }
    return NULL;
}

ONE_COPY struct value encode_member_length(struct encoder *encoder, uint16_t member)
{
    const struct dgm_row *row = row_of_member(encoder, member);
    const struct bound *bound = &encoder->bound[member];
    struct json_reader reader;
    struct json_string string;
    struct number number;
    char text[NUMBER_TEXT_MAX];
    size_t length;
    encoder->measured = member;
    encoder->measure_detail = NULL;
    if (bound->type != 0)
        encode_reader(encoder, bound->at, &reader);
    else
        json_reader_init(&reader, encoder->codec->pool + encoder->members[member].text,
                         encoder->members[member].text_length);
    if (row == NULL)
        return value_missing();
    if (HAS_FORMATS && row->show == DGM_SHOW_BYTES_ARRAY)
        return read_bytes(reader, NULL, &length) ? value_u64(length) : value_missing();
    if (HAS_FORMATS && row->show == DGM_SHOW_TEXT_NUMBER)
        return json_peek(&reader) == JSON_NUMBER && json_read_number(&reader, &number)
                   ? value_u64(number_write(text, number))
                   : value_missing();
    if (!json_read_string(&reader, &string) ||
        encode_measure(encoder, row, &string, &length, &encoder->measure_detail) !=
            DGM_OK)
        return value_missing();
    return value_u64(length);
}
