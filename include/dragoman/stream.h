/* SPDX-License-Identifier: MIT */
/*
 * Frames out of a stream of bytes, as a serial line or a TCP connection gives them: in
 * any pieces, with noise between. The profile's `framing` says how frames are told apart.
 * Memory is the caller's and of a fixed size; nothing allocates or waits.
 */
#ifndef DRAGOMAN_STREAM_H
#define DRAGOMAN_STREAM_H

#include <dragoman/codec.h>

DGM_BEGIN_DECLS

/* One line. Not thread-safe; different ones are independent. */
struct dgm_stream;

/* A frame as it stood on the line, framing included: what dgm_decode() takes. */
struct dgm_stream_frame {
    const uint8_t *bytes; /* valid until the next call with this stream */
    size_t length;
    uint64_t offset;  /* of its first byte, counted from the first one fed */
    uint64_t skipped; /* bytes since the last frame that belong to none */
};

/**
 * Bytes of memory that a stream of the codec needs: about two of the longest frame.
 *
 * @return 0 if the profile has no `framing`: nothing says where its frames end.
 */
DGM_API size_t dgm_stream_size(const struct dgm_codec *codec);

/**
 * Begin a stream.
 *
 * @param memory      Aligned for any type, at least dgm_stream_size() bytes; holds the
 * stream.
 * @param ret_stream  Set on success.
 * @return DGM_OK, DGM_NO_SPACE, DGM_BAD_CALL (also without `framing`).
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_stream_open(const struct dgm_codec *codec,
                                                      void *memory, size_t memory_size,
                                                      struct dgm_stream **ret_stream);

/**
 * Take bytes until a frame is whole or they are used up. What comes out does not depend
 * on how the bytes are cut into calls. A frame has its delimiters, its length and valid
 * escapes; whether its content makes sense is for dgm_decode() to say. Noise is passed
 * over, byte by byte where a frame could still begin.
 *
 * @param ret_taken  Bytes that were taken; call again with the others. Set in any case.
 * @param ret        Set with DGM_OK.
 * @return DGM_OK: a frame; DGM_NOTHING: all were taken, more are needed; DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_stream_feed(struct dgm_stream *stream,
                                                      const uint8_t *bytes, size_t count,
                                                      size_t *ret_taken,
                                                      struct dgm_stream_frame *ret);

/**
 * The line was silent for the framing's `gap`, or is at its end: what is there will not
 * go on. Where only silence ends a frame, it is one; elsewhere frames may follow a false
 * beginning.
 *
 * @return DGM_OK: a frame, call again; DGM_NOTHING: there is none, and the stream is
 * empty. `skipped` of `ret` is set in both cases.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_stream_flush(struct dgm_stream *stream,
                                                       struct dgm_stream_frame *ret);

/**
 * What stands inside the framing of one frame: the bytes that layouts, offsets of visits
 * and checksums are about. Without framing it is the frame itself.
 *
 * @param content     At least as long as the frame; may be where it lies.
 * @return DGM_OK, DGM_FRAMING, DGM_NO_SPACE, DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_frame_content(const struct dgm_codec *codec,
                                                        const uint8_t *frame,
                                                        size_t length, uint8_t *content,
                                                        size_t size, size_t *ret_length);

/** Does only silence end a frame, and neither a delimiter nor a length? */
DGM_API bool dgm_stream_ends_by_gap(const struct dgm_codec *codec);

/** Milliseconds of silence that end a frame; 0 if the profile has no `gap`. */
DGM_API uint32_t dgm_stream_gap(const struct dgm_codec *codec);

DGM_END_DECLS

#endif
