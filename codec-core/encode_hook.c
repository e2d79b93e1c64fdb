/* SPDX-License-Identifier: MIT */
/*
 * Hooks while encoding: the rows inside write plain bytes aside, and what the hook makes
 * of them goes into the frame.
 */
#include "encode.h"

#include "hook.h"

void encode_open_hook(struct encoder *encoder, struct encode_level *level,
                      const struct dgm_row *row)
{
    if (!(row->flags & DGM_ROW_HOOK))
        return;
    level->is_hooked = true;
    level->wire_length = encoder->length;
    level->wire_written = encoder->written;
    encoder->frame = encoder->plain;
    encoder->frame_size = encoder->codec->hooks[row->expr].output_limit;
    encoder->length = encoder->written = 0;
}

static void back_to_wire(struct encoder *encoder, const struct encode_level *level)
{
    encoder->frame = encoder->wire_frame;
    encoder->frame_size = encoder->wire_size;
    encoder->length = level->wire_length;
    encoder->written = level->wire_written;
}

void encode_abandon_hooks(struct encoder *encoder, unsigned depth)
{
    for (unsigned i = depth; i < encoder->depth; i++)
        if (encoder->levels[i].is_hooked) {
            back_to_wire(encoder, &encoder->levels[i]);
            encoder->levels[i].is_hooked = false;
        }
}

enum dgm_status encode_close_hook(struct encoder *encoder, struct encode_level *level,
                                  const struct dgm_row *row)
{
    size_t made = 0, length = encoder->length, most = encoder->frame_size;
    const char *detail = "more than the output_limit of the hook";
    if (!level->is_hooked)
        return DGM_OK;
    level->is_hooked = false;
    back_to_wire(encoder, level);
    enum dgm_status status = DGM_LIMIT;
    if (length <= most)
        status = hook_run(encoder->codec, encoder->call, row->expr, HOOK_ENCODE,
                          encoder->plain, length, encoder->packed,
                          encoder->codec->packed_size, &made, &detail);
    if (status != DGM_OK)
        return encode_fail_text(encoder, status, row->path, 0, detail);
    return encode_append(encoder, row, encoder->packed, made);
}
