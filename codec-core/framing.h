/* SPDX-License-Identifier: MIT */
/* Delimiters and escapes around frames: taken off before decoding, put on afterwards. */
#ifndef DGM_FRAMING_H
#define DGM_FRAMING_H

#include "private.h"

/* What stands between the delimiters, escapes undone. */
struct content {
    const uint8_t *bytes;
    size_t length;
};

/* What is wrong with a frame on the line. */
struct framing_fault {
    size_t at; /* byte of the frame as received */
    const char *detail;
};

/*
 * Take the framing off. Escapes are undone into `buffer`, which may be where the frame
 * lies, or NULL to look only; without escapes the content points into the frame. No
 * framing (NULL): all of it.
 *
 * @return DGM_OK, DGM_FRAMING or, if the content is longer than `size`, DGM_LIMIT.
 */
enum dgm_status framing_remove(const struct dgm_framing *framing, const uint8_t *frame,
                               size_t length, uint8_t *buffer, size_t size,
                               struct content *ret, struct framing_fault *ret_fault);

/* Byte of the frame as received that holds byte `offset` of its content. The framing was
 * found right before. */
size_t framing_place(const struct dgm_framing *framing, const uint8_t *frame,
                     size_t length, size_t offset);

/* One byte of the content out of what stands where `left` bytes follow, at least one.
 *
 * @return Bytes taken, more than one of an escape; 0 for a byte that must be escaped.
 */
size_t framing_step(const struct dgm_framing *framing, const uint8_t *bytes, size_t left,
                    uint8_t *ret);

/* Does a block of COBS with this code, `left` bytes before the end, stand for a zero? */
bool framing_zero_follows(size_t code, size_t left);

/*
 * A piece with the end of a frame at its end is none. Where behind its first byte does
 * the first one begin that ends there? An empty one counts. If none does: the first place
 * that is too late for one. Looks at each byte once.
 */
size_t framing_seek(const struct dgm_framing *framing, const uint8_t *bytes,
                    size_t length);

/* Put the framing around the content. At most `size` bytes are written.
 *
 * @return Bytes of the whole frame.
 */
size_t framing_add(const struct dgm_framing *framing, const uint8_t *content,
                   size_t length, uint8_t *frame, size_t size);

/* Does the field that tells the frame's length say so? True if there is none. */
bool framing_length_holds(const struct dgm_framing *framing, const uint8_t *frame,
                          size_t length);

/* Bytes of the longest frame with so much content; saturates far above DGM_MAX_FRAME. */
size_t framing_most(const struct dgm_framing *framing, size_t content);

#endif
