/* SPDX-License-Identifier: MIT */
/*
 * Objects whose members stand apart in the frame. They open and close in passes of their
 * own, and may stay open over several, one inside another; so they are no levels of the
 * walk. The verifier has seen that they nest.
 */
#include "decode.h"

void decode_open_object(struct decoder *decoder, const struct dgm_row *row)
{
    struct open_object *object = &decoder->objects[decoder->object_count++];
    size_t skip = decoder->first ? 1 : 0;
    object->mark = decoder->out.length;
    object->outer_first = decoder->first;
    json_put(&decoder->out, decoder->codec->pool + row->key + skip,
             row->key_length - skip);
    json_put_char(&decoder->out, '{');
    decoder->first = true;
}

void decode_close_object(struct decoder *decoder)
{
    const struct open_object *object = &decoder->objects[--decoder->object_count];
    if (decoder->first) {
        decoder->out.length = object->mark;
        decoder->first = object->outer_first;
        return;
    }
    json_put_char(&decoder->out, '}');
}
