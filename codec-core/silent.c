/* SPDX-License-Identifier: MIT */
/*
 * Groups that are no reading as a whole. Whether one is can be seen only behind its last
 * field, while the first one prints already: so its bytes are looked at before. They have
 * a fixed size, which the verifier has proved.
 */
#include "private.h"

#include "digits.h"
#include "frame.h"
#include "scaling.h"

/* Bytes that a row of a silent group takes; the fields of bits take none of their own. */
static size_t row_bytes(const struct dgm_codec *codec, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_FLOAT:
    case DGM_OP_BITS:
        return row->width / 8u;
    case DGM_OP_BYTES:
        return row->detail;
    case DGM_OP_DIGITS:
        return digits_bytes(&codec->formats[row->spec], codec->formats[row->spec].digits);
    default:
        return 0;
    }
}

static bool has_fixed_digits(const struct dgm_codec *codec, const struct dgm_row *row)
{
    return row->op == DGM_OP_DIGITS && !(row->flags & DGM_ROW_REST) &&
           codec->formats[row->spec].digits > 0;
}

const char *silent_verify(const struct dgm_codec *codec, const struct dgm_row *group)
{
    for (unsigned i = 1; i <= group->detail; i++) {
        const struct dgm_row *row = group + i;
        bool is_plain = row->when == DGM_NONE && row->region == DGM_NONE &&
                        !(row->flags & (DGM_ROW_OPTIONAL | DGM_ROW_SERIES));
        bool is_leaf = row->op == DGM_OP_INT || row->op == DGM_OP_FLOAT ||
                       row->op == DGM_OP_BITS || row->op == DGM_OP_BIT ||
                       row->op == DGM_OP_VALUE || row->op == DGM_OP_LITERAL ||
                       row->op == DGM_OP_NOTICE || row->op == DGM_OP_SERVICE ||
                       row->op == DGM_OP_SERVICE_END || has_fixed_digits(codec, row);
        bool is_group =
            row->op == DGM_OP_GROUP && !(row->flags & (DGM_ROW_HOOK | DGM_ROW_SILENT));
        bool is_bytes = row->op == DGM_OP_BYTES && row->source == DGM_SOURCE_FILL &&
                        row->expr == DGM_NONE && !(row->flags & DGM_ROW_REST);
        if (!is_plain || !(is_leaf || is_group || is_bytes))
            return "a silent group of unknown size";
    }
    return NULL;
}

/* Do digits say so? Those that are too many for a number say no such thing, and neither
 * do characters that are no digits. */
static bool is_silent_digits(const struct dgm_codec *codec, const struct dgm_row *row,
                             const uint8_t *bytes, size_t size)
{
    const struct dgm_format *format = &codec->formats[row->spec];
    uint64_t raw = 0;
    size_t fault;
    enum digits_result result =
        digits_read(codec, format, bytes, size, format->digits, &raw, &fault);
    bool has_raw = result == DIGITS_OK ||
                   (result == DIGITS_ILLEGAL && !(format->flags & DGM_FORMAT_CHARACTERS));
    return has_raw && is_silence(codec, row, raw);
}

/* Does what stands there say that there is no reading? */
static bool is_silent(const struct dgm_codec *codec, const struct dgm_row *row,
                      const uint8_t *bytes, uint64_t bits)
{
    uint64_t raw = 0;
    if (row->op == DGM_OP_DIGITS)
        return is_silent_digits(codec, row, bytes, row_bytes(codec, row));
    if (row->op == DGM_OP_BIT) {
        raw = raw_of_wire(row, bits >> row->shift & width_mask(row->width));
    } else {
        raw = frame_load(bytes, row->width / 8u, row->order);
        raw = row->op == DGM_OP_INT ? raw_of_wire(row, raw) : raw;
    }
    return is_silence(codec, row, raw);
}

/* Does the row have a value that can be no reading? */
static bool may_be_silent(const struct dgm_codec *codec, const struct dgm_row *row)
{
    return (row->op == DGM_OP_BIT || row->op == DGM_OP_INT || row->op == DGM_OP_FLOAT ||
            row->op == DGM_OP_DIGITS) &&
           has_silence(codec, row);
}

bool silent_group(const struct dgm_codec *codec, const struct dgm_row *group,
                  const uint8_t *bytes, size_t available, size_t *ret_size)
{
    bool together = (group->flags & DGM_ROW_TOGETHER) != 0, some = false, all = true;
    uint64_t bits = 0;
    size_t at = 0;
    for (unsigned i = 1; i <= group->detail; i++) {
        const struct dgm_row *row = group + i;
        size_t size = row_bytes(codec, row);
        if (size > available - at)
            return false;
        if (row->op == DGM_OP_BITS)
            bits = frame_load(bytes + at, row->width / 8u, row->order);
        bool silent =
            may_be_silent(codec, row) && is_silent(codec, row, bytes + at, bits);
        some = some || silent;
        all = all && (silent || !may_be_silent(codec, row));
        at += size;
    }
    *ret_size = at;
    return some && (all || !together);
}
