/* SPDX-License-Identifier: MIT */
/* Raw values as decimal digits of the wire. */
#include "encode.h"

#include <string.h>
#include "digits.h"

/* Digits that the number takes where nothing else says how many. */
static size_t digits_needed(uint64_t raw, const struct dgm_format *format)
{
    bool negative = format->sign != DGM_DIGIT_SIGN_NONE && raw >> 63 != 0;
    uint64_t number = negative ? 0 - raw : raw;
    size_t digits = format->sign == DGM_DIGIT_SIGN_FF_BYTE && negative   ? 2
                    : format->sign == DGM_DIGIT_SIGN_F_DIGIT && negative ? 1
                                                                         : 0;
    for (; number > 0; number /= 10)
        digits++;
    return digits;
}

static enum dgm_status digits_wanted(struct encoder *encoder, const struct dgm_row *row,
                                     const struct dgm_format *format, uint64_t raw,
                                     size_t *ret)
{
    uint32_t count = format->digits;
    enum dgm_status status = DGM_OK;
    if (row->flags & DGM_ROW_REST) {
        /* Whole bytes, and at least one. */
        size_t bytes = digits_bytes(format, digits_needed(raw, format));
        *ret = digits_of_bytes(format, bytes > 0 ? bytes : 1);
        return DGM_OK;
    }
    if (count == 0 && format->count != DGM_NONE)
        status = machine_count(&encoder->machine, format->count, &count);
    *ret = count;
    return status == DGM_OK ? DGM_OK : encode_fail_row(encoder, status, row, 0);
}

enum dgm_status encode_digits(struct encoder *encoder, const struct dgm_row *row,
                              uint64_t raw, size_t json_at)
{
    const struct dgm_format *format = &encoder->codec->formats[row->spec];
    uint8_t bytes[64];
    size_t digits = 0;
    enum dgm_status status = digits_wanted(encoder, row, format, raw, &digits);
    if (status != DGM_OK)
        return status;
    size_t count = digits_bytes(format, digits);
    if (count > sizeof(bytes))
        return encode_fail_row(encoder, DGM_LIMIT, row, json_at);
    if (digits_write(encoder->codec, format, raw, digits, bytes, count))
        return encode_append(encoder, row, bytes, count);
    return encode_fail_text(encoder, DGM_RANGE, row->path, json_at,
                            "it does not fit the digits of the field");
}
