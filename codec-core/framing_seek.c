/* SPDX-License-Identifier: MIT */
/*
 * Where the next frame could begin in a piece that is none. A false start in front of
 * many others would cost a walk from each of them to the same fault; walking once from
 * the end to the front answers for all: a frame begins where one step leads to a place
 * from which the rest is sound.
 */
#include "framing.h"

#include <string.h>

/*
 * Bytes of the content from a place up to the end, for the places that a step can reach:
 * 255 bytes is the longest, of a full block of COBS. A sound content is shorter than
 * UNSOUND: its frame with the delimiters or escapes would have more than DGM_MAX_FRAME.
 */
enum { REACH = 256, UNSOUND = 0xFFFF };

struct seek {
    const struct dgm_framing *framing;
    const uint8_t *bytes;
    size_t end;     /* of the content */
    size_t nonzero; /* COBS: bytes behind the place before the first zero */
    uint16_t counts[REACH];
};

static void set_count(struct seek *seek, size_t at, size_t count)
{
    seek->counts[at % REACH] = (uint16_t)(count < UNSOUND ? count : UNSOUND);
}

static size_t count_at(const struct seek *seek, size_t at)
{
    return seek->counts[at % REACH];
}

/* A block of COBS: its code, bytes that are not zero, and perhaps a zero behind them. */
static size_t count_block(const struct seek *seek, size_t at)
{
    size_t code = seek->bytes[at];
    if (code == 0 || code > seek->end - at || code - 1 > seek->nonzero)
        return UNSOUND;
    size_t behind = count_at(seek, at + code);
    return framing_zero_follows(code, seek->end - at) + code - 1 + behind;
}

static size_t count_escaped(const struct seek *seek, size_t at)
{
    uint8_t byte;
    size_t taken = framing_step(seek->framing, seek->bytes + at, seek->end - at, &byte);
    return taken == 0 ? UNSOUND : 1 + count_at(seek, at + taken);
}

static void look_at(struct seek *seek, size_t at)
{
    size_t count = 1 + count_at(seek, at + 1);
    if (seek->framing->escape == DGM_FRAMING_COBS) {
        count = count_block(seek, at);
        seek->nonzero = seek->bytes[at] != 0 ? seek->nonzero + 1 : 0;
    } else if (seek->framing->escape == DGM_FRAMING_PAIRS) {
        count = count_escaped(seek, at);
    }
    set_count(seek, at, count);
}

size_t framing_seek(const struct dgm_framing *framing, const uint8_t *bytes,
                    size_t length)
{
    size_t start = framing->start_length, end = length - framing->end_length;
    size_t found = end - start + 1;
    struct seek seek = {.framing = framing, .bytes = bytes, .end = end};
    for (size_t at = end; at > start; at--) {
        if (at == end)
            set_count(&seek, at, 0);
        else
            look_at(&seek, at);
        if (count_at(&seek, at) <= framing->content_max &&
            count_at(&seek, at) != UNSOUND &&
            memcmp(bytes + at - start, framing->start, start) == 0)
            found = at - start;
    }
    return found;
}
