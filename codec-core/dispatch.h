/* SPDX-License-Identifier: MIT */
/* Which messages a frame may be, without a look at each of many. */
#ifndef DGM_DISPATCH_H
#define DGM_DISPATCH_H

#include <dragoman/codec.h>

/* Fewer messages are told apart by a look at each. */
enum { DISPATCH_FROM = 8 };

/* What tells most messages apart: a byte of the frame, its length, or the channel. */
struct dispatch {
    const uint16_t *first; /* of each bucket, then of what has no bucket; NULL: unused */
    const uint16_t *next;  /* by message: the next one of its bucket, or DGM_NONE */
    uint32_t buckets;      /* a power of two */
    uint16_t at;           /* the byte */
    uint8_t kind;          /* enum dgm_guard_kind */
    uint8_t mask, shift;   /* bits of the byte */
};

/* A walk over messages, in the order in which they are tried. */
struct dispatch_walk {
    uint16_t keyed, other; /* the next of either list, or DGM_NONE */
};

/* The bits that a guard of bytes wants of the byte at a place, and their value; 0: none.
 */
uint8_t guard_byte_mask(const struct dgm_guard *guard, unsigned at, uint8_t *ret_value);
/* Is the guard with that number, of the message's, an alternative to another one? */
bool guard_is_alternative(const struct dgm_codec *codec,
                          const struct dgm_message *message, unsigned index);

/* What tells most messages apart; without lists, for any number of messages. */
void dispatch_choose(const struct dgm_codec *codec, struct dispatch *ret);
/* The one value that the message wants of it; false if there is none. */
bool dispatch_key(const struct dgm_codec *codec, const struct dispatch *dispatch,
                  const struct dgm_message *message, uint32_t *ret);

/* Its value in a byte of the frame, if it is one. */
static inline uint32_t dispatch_key_of_byte(const struct dispatch *dispatch, uint8_t byte)
{
    return (uint32_t)(byte & dispatch->mask) >> dispatch->shift;
}

/* Bytes of memory for a table with so many messages; 0 for few. */
size_t dispatch_size(uint32_t messages);
/* Fill the dispatch of a codec whose table is verified, with memory of that size. */
void dispatch_prepare(struct dgm_codec *codec, void *memory);

/* The codec has a dispatch: messages that may fit, fallback ones behind the others. */
void dispatch_begin(const struct dgm_codec *codec, const struct dgm_call *call,
                    const uint8_t *frame, size_t length, struct dispatch_walk *ret);
/* Index of the next message, or DGM_NONE. */
uint16_t dispatch_next(const struct dgm_codec *codec, struct dispatch_walk *walk);

#endif
