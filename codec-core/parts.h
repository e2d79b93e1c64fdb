/* SPDX-License-Identifier: MIT */
/*
 * What the core is built with. Each DGM_NO_<NAME> leaves one part out; a table that uses
 * it is refused when it is opened, by the part's name, and everything else gives the same
 * answers. The parts are constants, not macros around code: what is left out is compiled
 * and checked like the rest, and disappears because nothing can reach it.
 *
 * DGM_SMALL is the configuration whose size docs/portability.md promises.
 */
#ifndef DGM_PARTS_H
#define DGM_PARTS_H

#ifdef DGM_SMALL
#ifndef DGM_WITH_FLOATS
#define DGM_NO_FLOATS
#endif
#ifndef DGM_WITH_TAGS
#define DGM_NO_TAGS
#endif
#ifndef DGM_WITH_TEXTS
#define DGM_NO_TEXTS
#endif
#ifndef DGM_WITH_FORMATS
#define DGM_NO_FORMATS
#endif
#ifndef DGM_WITH_TIMES
#define DGM_NO_TIMES
#endif
#ifndef DGM_WITH_STREAMS
#define DGM_NO_STREAMS
#endif
#ifndef DGM_WITH_PLACES
#define DGM_NO_PLACES
#endif
#ifndef DGM_WITH_SERIES
#define DGM_NO_SERIES
#endif
#ifndef DGM_WITH_HOOKS
#define DGM_NO_HOOKS
#endif
#ifndef DGM_WITH_CHECKS
#define DGM_NO_CHECKS
#endif
#ifndef DGM_WITH_KINDS
#define DGM_NO_KINDS
#endif
#ifndef DGM_WITH_REPLIES
#define DGM_NO_REPLIES
#endif
#ifndef DGM_WITH_TOPICS
#define DGM_NO_TOPICS
#endif
#ifndef DGM_WITH_OCEANCONNECT
#define DGM_NO_OCEANCONNECT
#endif
#ifndef DGM_WITH_IOTDA
#define DGM_NO_IOTDA
#endif
#ifndef DGM_WITH_DETAILS
#define DGM_NO_DETAILS
#endif
#ifndef DGM_WITH_OPERATORS
#define DGM_NO_OPERATORS
#endif
#ifndef DGM_WITH_SPEED
#define DGM_NO_SPEED
#endif
#ifndef DGM_WITH_PLANS
#define DGM_NO_PLANS
#endif
#ifndef DGM_WITH_VISITS
#define DGM_NO_VISITS
#endif
#ifndef DGM_WITH_GROWTH
#define DGM_NO_GROWTH
#endif
#define DGM_NO_MATH
#endif

/* dgm_encode(), and what of a table it alone uses */
#ifdef DGM_NO_ENCODE
enum { HAS_ENCODE = 0 };
#else
enum { HAS_ENCODE = 1 };
#endif

/* IEEE and other floats, pipes, curves, expressions whose value may be a float */
#ifdef DGM_NO_FLOATS
enum { HAS_FLOATS = 0 };
#else
enum { HAS_FLOATS = 1 };
#endif

/* tag loops, computed names, members that several rows have */
#ifdef DGM_NO_TAGS
enum { HAS_TAGS = 0 };
#else
enum { HAS_TAGS = 1 };
#endif

/* texts composed of several values; constants that are arrays or objects */
#ifdef DGM_NO_TEXTS
enum { HAS_TEXTS = 0 };
#else
enum { HAS_TEXTS = 1 };
#endif

/* decimal digits, times by a pattern, out of parts, in a zone; dates, date and time,
 * epochs; bytes backwards, with separators, as numbers; texts with an end byte; numbers
 * as hex digits, bits, or lists of flags */
#ifdef DGM_NO_FORMATS
enum { HAS_FORMATS = 0 };
#else
enum { HAS_FORMATS = 1 };
#endif

/* instants: as texts of any kind, and the time of a report, a record or an event */
#ifdef DGM_NO_TIMES
enum { HAS_TIMES = 0 };
#else
enum { HAS_TIMES = 1 };
#endif

/* bit streams, values out of pieces, Gray code, sign and magnitude */
#ifdef DGM_NO_STREAMS
enum { HAS_STREAMS = 0 };
#else
enum { HAS_STREAMS = 1 };
#endif

/* parts with a size, at an offset, measured, ended by a mark;
 * objects apart; arrays whose elements have names; items that
 * depend on the length of the frame */
#ifdef DGM_NO_PLACES
enum { HAS_PLACES = 0 };
#else
enum { HAS_PLACES = 1 };
#endif

/* differences and sums over a repetition; groups that are no reading */
#ifdef DGM_NO_SERIES
enum { HAS_SERIES = 0 };
#else
enum { HAS_SERIES = 1 };
#endif

/* hooks, keys, framing, echoes */
#ifdef DGM_NO_HOOKS
enum { HAS_HOOKS = 0 };
#else
enum { HAS_HOOKS = 1 };
#endif

/* checksums but CRC of up to 32 bits, sum and XOR */
#ifdef DGM_NO_CHECKS
enum { HAS_CHECKS = 0 };
#else
enum { HAS_CHECKS = 1 };
#endif

/* messages but reports, commands, responses and replies */
#ifdef DGM_NO_KINDS
enum { HAS_KINDS = 0 };
#else
enum { HAS_KINDS = 1 };
#endif

/* the verifier: dgm_codec_open_trusted() is left, which believes its table */
#ifdef DGM_NO_VERIFY
enum { HAS_VERIFY = 0 };
#else
enum { HAS_VERIFY = 1 };
#endif

/* replies to a frame, and what they ask of it */
#ifdef DGM_NO_REPLIES
enum { HAS_REPLIES = 0 };
#else
enum { HAS_REPLIES = 1 };
#endif

/* guards and expressions that look at the topic of a call */
#ifdef DGM_NO_TOPICS
enum { HAS_TOPICS = 0 };
#else
enum { HAS_TOPICS = 1 };
#endif

/* the platform's older shape */
#ifdef DGM_NO_OCEANCONNECT
enum { HAS_OCEANCONNECT = 0 };
#else
enum { HAS_OCEANCONNECT = 1 };
#endif

/* the platform's newer shape */
#ifdef DGM_NO_IOTDA
enum { HAS_IOTDA = 0 };
#else
enum { HAS_IOTDA = 1 };
#endif

/* of errors and warnings, all but status and place: sentences, figures, limits */
#ifdef DGM_NO_DETAILS
enum { HAS_DETAILS = 0 };
#else
enum { HAS_DETAILS = 1 };
#endif

/* operations of expressions but those that compare, add, subtract, multiply, choose,
 * and join truths; expressions that hold more than four values at once */
#ifdef DGM_NO_OPERATORS
enum { HAS_OPERATORS = 0 };
#else
enum { HAS_OPERATORS = 1 };
#endif

/* ways that only save time: the same comes of shorter code */
#ifdef DGM_NO_SPEED
enum { HAS_SPEED = 0 };
#else
enum { HAS_SPEED = 1 };
#endif

/* dgm_codec_plan(): shorter ways that are prepared in extra memory */
#ifdef DGM_NO_PLANS
enum { HAS_PLANS = 0 };
#else
enum { HAS_PLANS = 1 };
#endif

/* dgm_call.visits */
#ifdef DGM_NO_VISITS
enum { HAS_VISITS = 0 };
#else
enum { HAS_VISITS = 1 };
#endif

/* callers that were compiled with a shorter struct dgm_call */
#ifdef DGM_NO_GROWTH
enum { HAS_GROWTH = 0 };
#else
enum { HAS_GROWTH = 1 };
#endif

/* Short functions that many call: in line, or one copy where room is what counts. */
#ifdef DGM_NO_SPEED
#define ONE_COPY __attribute__((noinline))
#define STATIC_SHORT static __attribute__((noinline, unused))
#else
#define ONE_COPY
#define STATIC_SHORT static inline
#endif

/* A sentence for dgm_error.detail. */
#define DETAIL(sentence) (HAS_DETAILS ? (sentence) : NULL)

#endif
