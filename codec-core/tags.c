/* SPDX-License-Identifier: MIT */
/* Which case of a tag loop a tag has. */
#include "private.h"

uint16_t tag_case(const struct dgm_codec *codec, const struct dgm_loop *loop, int64_t tag)
{
    const struct dgm_tag *tags = codec->tags + loop->first;
    unsigned low = 0, high = loop->count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (tag < tags[middle].low)
            high = middle;
        else if (tag > tags[middle].high)
            low = middle + 1;
        else
            return tags[middle].row;
    }
    return DGM_NONE;
}
