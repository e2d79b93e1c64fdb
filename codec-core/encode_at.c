/* SPDX-License-Identifier: MIT */
/*
 * Rows that are written elsewhere, the bytes that are left alone for them, and the mark
 * that ends a repetition. Bytes between what was written and what is written elsewhere
 * are zero until their turn comes.
 */
#include "encode.h"

#include <string.h>
#include "frame.h"

/* Zeros from what has a value up to the offset, as far as there is room. */
static void fill_up(struct encoder *encoder, size_t offset)
{
    size_t end = offset < encoder->frame_size ? offset : encoder->frame_size;
    if (end > encoder->written)
        memset(encoder->frame + encoder->written, 0, end - encoder->written);
    if (offset > encoder->written)
        encoder->written = offset;
}

/* Where the innermost region begins. */
static size_t base_of(const struct encoder *encoder, const struct encode_level *own)
{
    for (const struct encode_level *level = own; level-- > encoder->levels;)
        if (encoder->rows[level->row].region != DGM_NONE)
            return level->began;
    return 0;
}

enum dgm_status encode_at(struct encoder *encoder, struct encode_level *level,
                          const struct dgm_row *row)
{
    int64_t offset = (int64_t)encoder->codec->numbers[row->spec];
    int64_t base = (int64_t)base_of(encoder, level);
    level->began = encoder->length;
    if (offset < 0 && !encoder->total_known) {
        /* From the end: another walk will know where that is. */
        encoder->wants_total = true;
        return DGM_OK;
    }
    if (offset < 0)
        base = (int64_t)encoder->total;
    if (offset > DGM_MAX_FRAME || offset < -base || base + offset > DGM_MAX_FRAME)
        return encode_fail_row(encoder, DGM_LENGTH, row, 0);
    encoder->length = (size_t)(base + offset);
    fill_up(encoder, encoder->length);
    return DGM_OK;
}

enum dgm_status encode_skip(struct encoder *encoder, const struct dgm_row *row,
                            size_t count)
{
    if (count > DGM_MAX_FRAME - encoder->length)
        return encode_fail_row(encoder, DGM_LIMIT, row, 0);
    encoder->length += count;
    fill_up(encoder, encoder->length);
    return DGM_OK;
}

enum dgm_status encode_end_mark(struct encoder *encoder, const struct dgm_row *row)
{
    uint8_t bytes[8];
    frame_store(bytes, row->width / 8u, row->order, encoder->codec->numbers[row->spec]);
    return encode_append(encoder, row, bytes, row->width / 8u);
}

enum dgm_status encode_check_mark(struct encoder *encoder,
                                  const struct encode_level *level)
{
    const struct dgm_row *row = &encoder->rows[level->row];
    unsigned bytes = row->width / 8u;
    if (encoder->length > encoder->frame_size || encoder->length < level->began ||
        encoder->length - level->began < bytes)
        return DGM_OK;
    if (frame_load(encoder->frame + level->began, bytes, row->order) !=
        encoder->codec->numbers[row->spec])
        return DGM_OK;
    return encode_fail_text(encoder, DGM_RANGE, row->path, 0,
                            "an element begins like the mark that ends the repetition");
}
