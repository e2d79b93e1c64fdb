/* SPDX-License-Identifier: MIT */
/* Numbers of decimal digits: how many bytes, then the number as any other integer. */
#include "decode.h"

#include <string.h>
#include "digits.h"
#include "scaling.h"

enum { MAX_BYTES = 64 }; /* longest number that is filled up with zeros */

static enum dgm_status digits_wanted(struct decoder *decoder, const struct dgm_row *row,
                                     const struct dgm_format *format, size_t *ret)
{
    uint32_t count = format->digits;
    enum dgm_status status = DGM_OK;
    if (row->flags & DGM_ROW_REST) {
        *ret = digits_of_bytes(format, decode_left(decoder));
        return DGM_OK;
    }
    if (count == 0 && format->count != DGM_NONE)
        status = machine_count(&decoder->machine, format->count, &count);
    if (status != DGM_OK)
        return decode_fail(decoder, status, row, decoder->position);
    *ret = count;
    return DGM_OK;
}

/* Does the profile know the raw value, which is no number? */
static bool is_named(const struct decoder *decoder, const struct dgm_row *row,
                     uint64_t raw)
{
    if (row->show == DGM_SHOW_ENUM)
        return choice_of(decoder->codec, row, raw) != NULL;
    return invalid_of(decoder->codec, row, raw) != NULL;
}

static enum dgm_status illegal(struct decoder *decoder, const struct dgm_row *row,
                               uint8_t byte, size_t at)
{
    enum dgm_status status = decode_fail(decoder, DGM_TEXT, row, at);
    if (decoder->error != NULL) {
        decoder->error->has |= DGM_ERROR_HAS_RAW;
        decoder->error->raw = byte;
        decoder->error->detail = "this is no decimal digit";
    }
    return status;
}

enum dgm_status decode_digits(struct decoder *decoder, const struct dgm_row *row)
{
    const struct dgm_format *format = &decoder->codec->formats[row->spec];
    size_t digits = 0, fault, at = decoder->position;
    uint8_t padded[MAX_BYTES] = {0};
    uint64_t raw;
    enum dgm_status status = digits_wanted(decoder, row, format, &digits);
    if (status != DGM_OK)
        return status;
    size_t count = digits_bytes(format, digits), left = decode_available(decoder);
    const uint8_t *bytes = count > 0 ? decoder->frame + at : padded;
    if (left < count) {
        if (!decode_fills(decoder) || count > sizeof(padded))
            return decode_truncated(decoder, row, count);
        if (left > 0)
            memcpy(padded, decoder->frame + at, left);
        bytes = padded;
    }
    enum digits_result result =
        digits_read(decoder->codec, format, bytes, count, digits, &raw, &fault);
    if (result == DIGITS_TOO_MANY)
        return decode_fail(decoder, DGM_OVERFLOW, row, at);
    if (result == DIGITS_ILLEGAL &&
        ((format->flags & DGM_FORMAT_CHARACTERS) != 0 || !is_named(decoder, row, raw)))
        return illegal(decoder, row, bytes[fault], at + fault);
    decoder->position += count < left ? count : left;
    return decode_integer(decoder, row, raw, at);
}
