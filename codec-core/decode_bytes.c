/* SPDX-License-Identifier: MIT */
/* Text and bytes of the frame. */
#include "decode.h"

#include <string.h>
#include "bytes_view.h"
#include "digits.h"
#include "moment.h"
#include "text.h"

/* How many bytes, or digits, does the row take? */
static enum dgm_status count_wanted(struct decoder *decoder, const struct dgm_row *row,
                                    size_t *ret)
{
    uint32_t count = row->detail;
    if (row->flags & DGM_ROW_REST) {
        *ret = decode_left(decoder);
        if (HAS_FORMATS && row->show == DGM_SHOW_DIGITS)
            *ret *= 2;
        return DGM_OK;
    }
    enum dgm_status status = DGM_OK;
    if (row->expr != DGM_NONE)
        status = machine_count(&decoder->machine, row->expr, &count);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, decoder->position);
    *ret = count;
    return DGM_OK;
}

/* Offset of the first byte that the encoding does not allow, or `length`. */
static size_t valid_prefix(const uint8_t *bytes, size_t length, uint8_t show)
{
    if (show == DGM_SHOW_UTF8)
        return utf8_valid_prefix(bytes, length);
    if (show != DGM_SHOW_ASCII)
        return length;
    size_t i = 0;
    while (i < length && bytes[i] < 0x80)
        i++;
    return i;
}

/* Characters of the JSON string that the bytes become; 0 if they become none. */
static size_t character_count(const uint8_t *bytes, size_t length, uint8_t show,
                              const struct dgm_format *format)
{
    size_t count = 0;
    switch (show) {
    case DGM_SHOW_BASE64:
        return (length + 2) / 3 * 4;
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        return length * 2 + (length > 0 ? length - 1 : 0) * format->separator_length;
    case DGM_SHOW_LATIN1:
    case DGM_SHOW_ASCII:
        return length;
    case DGM_SHOW_UTF8:
        break;
    default:
        return 0;
    }

    for (size_t i = 0; i < length; i++)
        count += (bytes[i] & 0xC0) != 0x80;
    return count;
}

static enum dgm_status check_length_limit(struct decoder *decoder,
                                          const struct dgm_row *row, const uint8_t *bytes,
                                          size_t length, size_t at)
{
    if (row->limit == DGM_NONE)
        return DGM_OK;
    const struct dgm_limit *limit = &decoder->codec->limits[row->limit];
    const struct dgm_format *format = moment_format(decoder->codec, row_format(row));
    size_t characters = character_count(bytes, length, row->show, format);
    if (!(limit->flags & DGM_LIMIT_LENGTH) || characters <= limit->max_length ||
        (limit->flags & (DGM_LIMIT_ENCODE_ONLY | DGM_LIMIT_SILENT)))
        return DGM_OK;
    struct dgm_error found;
    memset(&found, 0, sizeof(found));
    decode_locate(decoder, &found, DGM_MODEL_LIMIT, row, at);
    if (HAS_DETAILS) {
        found.has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_HIGH;
        found.raw = characters;
        found.high = limit->max_length;
    }
    if (!(decoder->message->flags & DGM_MESSAGE_REJECT_LIMITS)) {
        decode_notice(decoder, &found);
        return DGM_OK;
    }
    if (decoder->error != NULL)
        *decoder->error = found;
    return DGM_MODEL_LIMIT;
}

/* A byte that the rendering cannot show. */
static enum dgm_status text_fault(struct decoder *decoder, const struct dgm_row *row,
                                  size_t at, uint8_t byte, const char *detail)
{
    enum dgm_status status = decode_fail(decoder, DGM_TEXT, row, at);
    if (HAS_DETAILS && decoder->error != NULL) {
        decoder->error->has |= DGM_ERROR_HAS_RAW;
        decoder->error->raw = byte;
        decoder->error->detail = DETAIL(detail);
    }
    return status;
}

static void keep(struct decoder *decoder, const struct dgm_row *row, size_t at,
                 const struct bytes_view *view, struct value count)
{
    if (row->slot != DGM_NONE)
        decoder->slots[row->slot] = count;
    if (row->role == DGM_ROLE_NONE)
        return;
    struct role role = {0};
    role.is_text = true;
    role.bytes = view->length > 0 ? decoder->frame + at : (const uint8_t *)"";
    role.length = view->length;
    role.encoding = row->show;
    role.format = row_format(row);
    decoder->role_details[row->role] = role;
    decoder->roles[row->role] = count;
}

/* The row's bytes; what the frame lacks counts as padding. `ret_end`: behind them. */
static enum dgm_status take_bytes(struct decoder *decoder, const struct dgm_row *row,
                                  const struct dgm_format *format, size_t wanted,
                                  struct bytes_view *ret, size_t *ret_end)
{
    size_t at = decoder->position, left = decode_available(decoder);
    size_t taken = wanted < left ? wanted : left;
    if (taken < wanted && !decode_fills(decoder))
        return decode_truncated(decoder, row, wanted);
    ret->bytes = taken > 0 ? decoder->frame + at : (const uint8_t *)"";
    ret->length = taken;
    ret->reversed = HAS_FORMATS && (format->flags & DGM_FORMAT_REVERSED) != 0;
    *ret_end = at + taken;
    return DGM_OK;
}

/* The text up to its end byte; to the rest of the frame, the end byte must be there. */
static enum dgm_status cut_at_end(struct decoder *decoder, const struct dgm_row *row,
                                  const struct dgm_format *format,
                                  struct bytes_view *view, size_t *end)
{
    size_t length = 0;
    if (!HAS_FORMATS || !(format->flags & DGM_FORMAT_ENDED))
        return DGM_OK;
    while (length < view->length && view_byte(view, length) != format->end)
        length++;
    bool found = length < view->length;
    if (row->flags & DGM_ROW_REST) {
        if (!found && !(decode_fills(decoder) && format->end == 0))
            return decode_truncated(decoder, row, view->length + 1);
        *end -= view->length - length - (found ? 1 : 0);
    }
    *view = view_shorter(*view, length);
    return DGM_OK;
}

static void strip_padding(const struct dgm_row *row, struct bytes_view *view)
{
    size_t length = view->length;
    if (!(row->flags & DGM_ROW_PADDED))
        return;
    while (length > 0 && view_byte(view, length - 1) == row->shift)
        length--;
    *view = view_shorter(*view, length);
}

/* A text of digits: what fills it up is behind them, and an odd one has a zero before. */
static enum dgm_status put_digits(struct decoder *decoder, const struct dgm_row *row,
                                  const struct dgm_format *format,
                                  const struct bytes_view *view, size_t wanted)
{
    size_t total = view->length * 2, end = total, at = decoder->position;
    size_t first = total > 0 ? wanted % 2 : 0;
    if (format->flags & DGM_FORMAT_PADDED)
        while (end > first &&
               digits_nibble(view->bytes, view->length, format, end - 1) == format->pad)
            end--;
    for (size_t i = 0; i < end; i++) {
        unsigned digit = digits_nibble(view->bytes, view->length, format, i);
        if (digit <= 9 && (i >= first || digit == 0))
            continue;
        size_t byte = view->reversed ? view->length - 1 - i / 2 : i / 2;
        return text_fault(decoder, row, at + byte, view->bytes[byte],
                          "this is no decimal digit");
    }
    keep(decoder, row, at, view, value_u64(end - first));
    decoder->role_details[row->role].first_digit = (uint8_t)first;
    decoder->role_details[row->role].digits = end - first;
    if (decode_begin_value(decoder, row))
        view_put_digits(&decoder->out, view, format, first, end);
    return DGM_OK;
}

static enum dgm_status put_number(struct decoder *decoder, const struct dgm_row *row,
                                  const struct bytes_view *view)
{
    struct number number;
    char text[NUMBER_TEXT_MAX];
    size_t at = decoder->position;
    if (!view_number(view, &number))
        return text_fault(decoder, row, at, view->length > 0 ? view_byte(view, 0) : 0,
                          "the text is no number");
    keep(decoder, row, at, view, value_number(number));
    if (decode_begin_value(decoder, row))
        json_put(&decoder->out, text, number_write(text, number));
    return DGM_OK;
}

static enum dgm_status put_text(struct decoder *decoder, const struct dgm_row *row,
                                const struct bytes_view *view, size_t at)
{
    const struct dgm_format *format = moment_format(decoder->codec, row_format(row));
    size_t valid = valid_prefix(view->bytes, view->length, row->show);
    if (valid < view->length)
        return text_fault(decoder, row, at + valid, view->bytes[valid], NULL);
    enum dgm_status status =
        check_length_limit(decoder, row, view->bytes, view->length, at);
    if (status != DGM_OK)
        return status;
    keep(decoder, row, at, view, value_u64(view->length));
    if (row->show != DGM_SHOW_NONE && decode_begin_value(decoder, row))
        view_put(&decoder->out, view, row->show, decoder->codec, format);
    return DGM_OK;
}

enum dgm_status decode_bytes(struct decoder *decoder, const struct dgm_row *row)
{
    const struct dgm_format *format = moment_format(decoder->codec, row_format(row));
    struct bytes_view view;
    size_t wanted = 0, end = 0, at = decoder->position;
    bool is_digits = HAS_FORMATS && row->show == DGM_SHOW_DIGITS;
    enum dgm_status status = count_wanted(decoder, row, &wanted);
    if (status == DGM_OK)
        status = take_bytes(decoder, row, format, is_digits ? (wanted + 1) / 2 : wanted,
                            &view, &end);
    if (status == DGM_OK)
        status = cut_at_end(decoder, row, format, &view, &end);
    if (status != DGM_OK)
        return status;
    strip_padding(row, &view);
    if (is_digits)
        status = put_digits(decoder, row, format, &view, wanted);
    else if (HAS_FORMATS && row->show == DGM_SHOW_TEXT_NUMBER)
        status = put_number(decoder, row, &view);
    else
        status = put_text(decoder, row, &view, at);
    if (status != DGM_OK)
        return status;
    decoder->position = end;
    if (HAS_STREAMS && (row->flags & DGM_ROW_PLACED) && row->slot != DGM_NONE)
        decoder->slots[row->slot + 1] = value_u64(at);
    return DGM_OK;
}

enum dgm_status decode_show_bytes(struct decoder *decoder, const struct dgm_row *row,
                                  const uint8_t *bytes, size_t length, size_t at)
{
    struct bytes_view view = {bytes, length, false};
    return put_text(decoder, row, &view, at);
}

/* An offset of the frame, or of the part around that has a size; negative ones count
 * from its end. False if it is beyond. */
static enum dgm_status echo_offset(struct decoder *decoder, const struct dgm_row *row,
                                   uint16_t expr, size_t *ret, bool *ret_there)
{
    struct value value;
    struct wide whole;
    int64_t offset;
    enum dgm_status status = machine_run(&decoder->machine, expr, &value);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, decoder->position);
    int64_t length = (int64_t)(decoder->end - decoder->start);
    *ret_there = value.kind == VALUE_NUMBER && number_to_wide(value.number, &whole) &&
                 wide_to_i64(whole, &offset) && offset >= -length && offset <= length;
    if (*ret_there)
        *ret = decoder->start + (size_t)(offset < 0 ? offset + length : offset);
    return DGM_OK;
}

enum dgm_status decode_echo(struct decoder *decoder, const struct dgm_row *row)
{
    size_t from = 0, to = decoder->end;
    bool has_from = true, has_to = true;
    enum dgm_status status = echo_offset(decoder, row, row->expr, &from, &has_from);
    if (status == DGM_OK && row->region != DGM_NONE)
        status = echo_offset(decoder, row, row->region, &to, &has_to);
    if (status != DGM_OK)
        return status;
    if (!has_from || !has_to || from > to) {
        decode_leave_out(decoder, row);
        return DGM_OK;
    }
    if (!decode_begin_value(decoder, row))
        return DGM_OK;
    struct bytes_view view = {to > from ? decoder->frame + from : (const uint8_t *)"",
                              to - from, false};
    view_put(&decoder->out, &view, row->show, decoder->codec,
             moment_format(decoder->codec, row_format(row)));
    return DGM_OK;
}

void decode_put_text_role(struct decoder *decoder, const struct role *role)
{
    const struct dgm_format *format = moment_format(decoder->codec, role->format);
    struct bytes_view view = {role->bytes, role->length,
                              (format->flags & DGM_FORMAT_REVERSED) != 0};
    if (HAS_FORMATS && role->encoding == DGM_SHOW_DIGITS) {
        view_put_digits(&decoder->out, &view, format, role->first_digit,
                        role->first_digit + role->digits);
        return;
    }
    uint8_t show = role->encoding != DGM_SHOW_NONE ? role->encoding : DGM_SHOW_LATIN1;
    view_put(&decoder->out, &view, show, decoder->codec, format);
}
