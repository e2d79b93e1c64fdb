/* SPDX-License-Identifier: MIT */
/* Text and bytes of the frame. */
#include "decode.h"

#include <string.h>
#include "text.h"

/* How many bytes does the row take? */
static enum dgm_status bytes_wanted(struct decoder *decoder, const struct dgm_row *row,
                                    size_t *ret)
{
    uint32_t count = row->detail;
    if (row->flags & DGM_ROW_REST) {
        *ret = decode_left(decoder);
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

static size_t character_count(const uint8_t *bytes, size_t length, uint8_t show)
{
    if (show != DGM_SHOW_UTF8)
        return length;
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += (bytes[i] & 0xC0) != 0x80;
    return count;
}

static enum dgm_status check_length_limit(struct decoder *decoder,
                                          const struct dgm_row *row, const uint8_t *bytes,
                                          size_t length, size_t at)
{
    if (row->limit == DGM_NONE || row->show < DGM_SHOW_LATIN1)
        return DGM_OK;
    const struct dgm_limit *limit = &decoder->codec->limits[row->limit];
    size_t characters = character_count(bytes, length, row->show);
    if (!(limit->flags & DGM_LIMIT_LENGTH) || characters <= limit->max_length ||
        (limit->flags & (DGM_LIMIT_ENCODE_ONLY | DGM_LIMIT_SILENT)))
        return DGM_OK;
    struct dgm_error found;
    memset(&found, 0, sizeof(found));
    decode_locate(decoder, &found, DGM_MODEL_LIMIT, row, at);
    found.has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_HIGH;
    found.raw = characters;
    found.high = limit->max_length;
    if (!(decoder->message->flags & DGM_MESSAGE_REJECT_LIMITS)) {
        decode_notice(decoder, &found);
        return DGM_OK;
    }
    if (decoder->error != NULL)
        *decoder->error = found;
    return DGM_MODEL_LIMIT;
}

static void put_bytes(struct decoder *decoder, const uint8_t *bytes, size_t length,
                      uint8_t show)
{
    struct json_writer *out = &decoder->out;
    json_put_char(out, '"');
    switch (show) {
    case DGM_SHOW_BASE64:
        json_put_base64(out, bytes, length);
        break;
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        json_put_hex(out, bytes, length, show == DGM_SHOW_BYTES_HEX_UPPER);
        break;
    case DGM_SHOW_UTF8:
        json_put_utf8(out, bytes, length);
        break;
    default:
        json_put_latin1(out, bytes, length);
        break;
    }
    json_put_char(out, '"');
}

static void keep(struct decoder *decoder, const struct dgm_row *row, size_t at,
                 size_t length)
{
    struct value count = value_u64(length);
    if (row->slot != DGM_NONE)
        decoder->slots[row->slot] = count;
    if (row->role == DGM_ROLE_NONE)
        return;
    struct role role = {0};
    role.is_text = true;
    role.at = at;
    role.length = length;
    role.encoding = row->show;
    decoder->role_details[row->role] = role;
    decoder->roles[row->role] = count;
}

enum dgm_status decode_show_bytes(struct decoder *decoder, const struct dgm_row *row,
                                  const uint8_t *bytes, size_t length, size_t at)
{
    size_t valid = valid_prefix(bytes, length, row->show);
    if (valid < length) {
        enum dgm_status status = decode_fail(decoder, DGM_TEXT, row, at + valid);
        if (decoder->error != NULL) {
            decoder->error->has |= DGM_ERROR_HAS_RAW;
            decoder->error->raw = bytes[valid];
        }
        return status;
    }
    enum dgm_status status = check_length_limit(decoder, row, bytes, length, at);
    if (status != DGM_OK)
        return status;
    keep(decoder, row, at, length);
    if (row->show != DGM_SHOW_NONE && decode_begin_value(decoder, row))
        put_bytes(decoder, bytes, length, row->show);
    return DGM_OK;
}

static enum dgm_status bytes_missing(struct decoder *decoder, const struct dgm_row *row,
                                     size_t wanted, size_t left)
{
    enum dgm_status status = decode_fail(decoder, DGM_TRUNCATED, row, decoder->position);
    if (decoder->error != NULL) {
        decoder->error->has |= DGM_ERROR_HAS_EXPECTED | DGM_ERROR_HAS_RAW;
        decoder->error->expected = wanted;
        decoder->error->raw = left;
    }
    return status;
}

/* What of the bytes is the text's own; one that takes the rest and has an end goes no
 * further than that. */
static enum dgm_status cut_text(struct decoder *decoder, const struct dgm_row *row,
                                size_t *length, size_t *taken)
{
    const uint8_t *bytes =
        *length > 0 ? decoder->frame + decoder->position : (const uint8_t *)"";
    size_t end = 0;
    if (!(row->flags & DGM_ROW_ENDED)) {
        if (row->flags & DGM_ROW_PADDED)
            while (*length > 0 && bytes[*length - 1] == row->shift)
                (*length)--;
        return DGM_OK;
    }
    while (end < *length && bytes[end] != row->spec)
        end++;
    bool found = end < *length;
    if ((row->flags & DGM_ROW_REST) && !found && !decode_fills(decoder))
        return bytes_missing(decoder, row, *length + 1, *length);
    if ((row->flags & DGM_ROW_REST) && found)
        *taken = end + 1;
    *length = end;
    return DGM_OK;
}

enum dgm_status decode_bytes(struct decoder *decoder, const struct dgm_row *row)
{
    size_t wanted = 0, at = decoder->position;
    enum dgm_status status = bytes_wanted(decoder, row, &wanted);
    if (status != DGM_OK)
        return status;
    size_t left = decode_available(decoder), taken = wanted < left ? wanted : left;
    if (taken < wanted && !decode_fills(decoder))
        return bytes_missing(decoder, row, wanted, left);
    size_t length = taken;
    status = cut_text(decoder, row, &length, &taken);
    if (status != DGM_OK)
        return status;
    const uint8_t *bytes = length > 0 ? decoder->frame + at : (const uint8_t *)"";
    decoder->position = at + taken;
    if ((row->flags & DGM_ROW_PLACED) && row->slot != DGM_NONE)
        decoder->slots[row->slot + 1] = value_u64(at);
    return decode_show_bytes(decoder, row, bytes, length, at);
}

void decode_put_text_role(struct decoder *decoder, const struct role *role)
{
    const uint8_t *bytes =
        role->length > 0 ? decoder->frame + role->at : (const uint8_t *)"";
    put_bytes(decoder, bytes, role->length,
              role->encoding != DGM_SHOW_NONE ? role->encoding
                                              : (uint8_t)DGM_SHOW_LATIN1);
}
