/* SPDX-License-Identifier: MIT */
/*
 * Hooks while decoding: bytes of the frame become plain bytes, which the rows inside read
 * as if they were the frame. Errors inside point to where the bytes stand in the frame.
 */
#include "decode.h"

#include "hook.h"

static enum dgm_status hook_fault(struct decoder *decoder, const struct dgm_row *row,
                                  enum dgm_status status, const char *detail)
{
    (void)decode_fail(decoder, status, row, decoder->position);
    if (decoder->error != NULL)
        decoder->error->detail = detail;
    return status;
}

enum dgm_status decode_open_hook(struct decoder *decoder, struct level *level,
                                 const struct dgm_row *row)
{
    size_t length = level->is_region ? decode_available(decoder) : decode_left(decoder);
    size_t made = 0;
    const char *detail = NULL;
    const uint8_t *input =
        length > 0 ? decoder->frame + decoder->position : (const uint8_t *)"";
    enum dgm_status status = hook_run(
        decoder->codec, decoder->call, row->expr, HOOK_DECODE, input, length,
        decoder->plain, decoder->codec->hooks[row->expr].output_limit, &made, &detail);
    if (status != DGM_OK)
        return hook_fault(decoder, row, status, detail);
    level->is_hooked = true;
    level->wire_frame = decoder->frame;
    level->wire_length = decoder->length;
    level->wire_position = decoder->position + length;
    level->wire_start = decoder->start;
    level->wire_end = decoder->end;
    decoder->hooked_at = decoder->position;
    decoder->in_hook = true;
    decoder->frame = decoder->plain;
    decoder->length = made;
    decoder->position = 0;
    decoder->start = 0;
    decoder->end = made;
    decoder->regions++;
    return DGM_OK;
}

enum dgm_status decode_close_hook(struct decoder *decoder, struct level *level,
                                  const struct dgm_row *row)
{
    if (!level->is_hooked)
        return DGM_OK;
    size_t left = decode_available(decoder);
    if (left > 0 && !(decoder->message->flags & DGM_MESSAGE_IGNORE_TRAILING)) {
        enum dgm_status status =
            decode_fail(decoder, DGM_TRAILING_BYTES, row, decoder->position);
        if (decoder->error != NULL) {
            decoder->error->has |= DGM_ERROR_HAS_RAW;
            decoder->error->raw = left;
        }
        return status;
    }
    level->is_hooked = false;
    decoder->in_hook = false;
    decoder->frame = level->wire_frame;
    decoder->length = level->wire_length;
    decoder->position = level->wire_position;
    decoder->start = level->wire_start;
    decoder->end = level->wire_end;
    decoder->regions--;
    return DGM_OK;
}
