/* SPDX-License-Identifier: MIT */
/*
 * Pieces of values: each takes its share of the member that they make together, and where
 * the member stands all of them must give it again, because some piece may be a constant.
 */
#include "encode.h"

#include <string.h>
#include "join.h"
#include "scaling.h"

/* The row that the piece belongs to, and where in it. */
static const struct dgm_row *whole_of(const struct encoder *encoder,
                                      const struct dgm_row *piece)
{
    return &encoder->rows[piece->key >> 16];
}

static size_t place_in(const struct dgm_row *piece)
{
    return piece->key & 0xFFFF;
}

enum dgm_status encode_piece(struct encoder *encoder, const struct dgm_row *row,
                             uint64_t *ret)
{
    const struct dgm_row *whole = whole_of(encoder, row);
    uint64_t raw;
    if (whole->member != DGM_NONE)
        encode_take(encoder, &encoder->bound[whole->member]);
    enum dgm_status status = encode_row_raw(encoder, whole, &raw);
    if (status == DGM_OK)
        *ret = (place_in(row) < 64 ? raw >> place_in(row) : 0) & width_mask(row->width);
    return status;
}

enum dgm_status encode_join(struct encoder *encoder, const struct dgm_row *row)
{
    uint64_t raw, wanted;
    bool known = join_raw(encoder->codec, row, encoder->slots, &raw);
    if (known && row->slot != DGM_NONE &&
        raw_value(encoder->codec, row, raw, &encoder->slots[row->slot]) != DGM_OK)
        return encode_fail_row(encoder, DGM_OVERFLOW, row, 0);
    if (row->source == DGM_SOURCE_NONE)
        return DGM_OK;
    enum dgm_status status = encode_row_raw(encoder, row, &wanted);
    if (status != DGM_OK || (known && raw == wanted))
        return status;
    size_t at = row->member != DGM_NONE ? encoder->bound[row->member].at : 0;
    return encode_fail_text(encoder, DGM_CONST, row->path, at,
                            "its pieces cannot hold the value");
}

/* The text of a JOIN_BYTES row, with its length in bytes. */
static enum dgm_status string_of(struct encoder *encoder, const struct dgm_row *row,
                                 struct json_string *ret, size_t *ret_at,
                                 size_t *ret_length)
{
    const char *detail = NULL;
    enum dgm_status status = encode_row_string(encoder, row, ret, ret_at);
    if (status != DGM_OK)
        return status;
    status = encode_measure(encoder, row, ret, ret_length, &detail);
    return status == DGM_OK
               ? status
               : encode_fail_text(encoder, status, row->path, *ret_at, detail);
}

static enum dgm_status wrong_length(struct encoder *encoder, const struct dgm_row *row,
                                    size_t at, size_t found, size_t wanted)
{
    enum dgm_status status =
        encode_fail_text(encoder, DGM_LENGTH, row->path, at, "in bytes");
    if (encoder->error != NULL) {
        encoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
        encoder->error->raw = found;
        encoder->error->expected = wanted;
    }
    return status;
}

/* The only piece: the text as it is. */
static enum dgm_status append_whole(struct encoder *encoder, const struct dgm_row *row,
                                    const struct dgm_row *whole,
                                    const struct json_string *string, size_t length)
{
    size_t begin = encoder->length;
    enum dgm_status status = encode_append(encoder, row, NULL, length);
    if (status == DGM_OK && length > 0 && encoder->length <= encoder->frame_size)
        encode_store_bytes(encoder, whole, encoder->frame + begin, string);
    return status;
}

enum dgm_status encode_bytes_piece(struct encoder *encoder, const struct dgm_row *row,
                                   size_t wanted)
{
    const struct dgm_row *whole = whole_of(encoder, row);
    uint8_t buffer[DGM_MAX_JOIN_BYTES];
    struct json_string string;
    size_t length = 0, at = 0, total = 0;
    uint64_t count = join_count(encoder->codec, whole);
    if (whole->member != DGM_NONE)
        encode_take(encoder, &encoder->bound[whole->member]);
    enum dgm_status status = string_of(encoder, whole, &string, &at, &length);
    if (status != DGM_OK)
        return status;
    for (uint64_t i = 0; i < count; i++)
        total += join_width(encoder->codec, whole, i) / 8;
    if (count == 1 && (wanted == SIZE_MAX || wanted == length)) {
        encode_note_bytes(encoder, row, length);
        return append_whole(encoder, row, whole, &string, length);
    }
    if (count == 1)
        return wrong_length(encoder, whole, at, length, wanted);
    if (length != total || total > sizeof(buffer) || wanted > total ||
        place_in(row) > total - wanted)
        return wrong_length(encoder, whole, at, length, total);
    encode_store_bytes(encoder, whole, buffer, &string);
    encode_note_bytes(encoder, row, wanted);
    return encode_append(encoder, row, buffer + place_in(row), wanted);
}

/* Do the pieces, some of which may be other members, give the text? */
enum dgm_status encode_join_bytes(struct encoder *encoder, const struct dgm_row *row)
{
    uint8_t wanted[DGM_MAX_JOIN_BYTES], buffer[DGM_MAX_JOIN_BYTES];
    const uint8_t *bytes;
    struct json_string string;
    size_t length, found, at;
    if (row->source == DGM_SOURCE_NONE || encoder->length > encoder->frame_size)
        return DGM_OK;
    enum dgm_status status = string_of(encoder, row, &string, &at, &length);
    if (status != DGM_OK)
        return status;
    bool known = join_bytes(encoder->codec, row, encoder->slots, encoder->frame,
                            encoder->length, buffer, &bytes, &found);
    if (known && found == length && join_count(encoder->codec, row) == 1)
        return DGM_OK; /* the piece was made of the text */
    if (!known || found != length || length > sizeof(wanted))
        return wrong_length(encoder, row, at, length, known ? found : 0);
    encode_store_bytes(encoder, row, wanted, &string);
    if (memcmp(wanted, bytes, length) == 0)
        return DGM_OK;
    return encode_fail_text(encoder, DGM_CONST, row->path, at,
                            "its pieces cannot hold the value");
}
