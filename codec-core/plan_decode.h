/* SPDX-License-Identifier: MIT */
/*
 * The program of a message for decoding: operations in the order of the JSON text.
 *
 * Fields of fixed places form a block. BLOCK proves once that its bytes are there and
 * that the longest text of its operations fits the caller's buffer; they then read eight
 * bytes at a place inside the block, and write without looking. Text before a value, its
 * key and what closes and opens around it, is copied in one piece, always PLAN_COPY bytes
 * of which `length` count.
 */
#ifndef DGM_PLAN_DECODE_H
#define DGM_PLAN_DECODE_H

#include "plan.h"

enum {
    PLAN_COPY = 32,         /* bytes copied at once, so many may lie behind what counts */
    PLAN_SLACK = 64,        /* room that operations may write behind their text */
    PLAN_WORD = 8,          /* bytes that a field is read from */
    PLAN_SHORT = PLAN_COPY, /* bytes of a ready text and its length, the last of them */
    PLAN_LONG = 2 * PLAN_COPY, /* of one whose length stands elsewhere */
    PLAN_READY_MAX = 255,      /* bytes of a ready text */
    PLAN_SEEN = 4, /* words of members that came in a tag loop; others share their bits */
    PLAN_MARKS = 1 + DGM_MAX_DEPTH + 1 /* the service, objects in it, an array */
};

/* An operation for words of the frame in either byte order, which begin at `at`; integers
 * of so many bits without and with sign. */
#define PLAN_ORDERS(X, code) X(code) X(code##_LITTLE)
#define PLAN_WORDS(X, code, bits)                                                        \
    PLAN_ORDERS(X, code##_U##bits) PLAN_ORDERS(X, code##_S##bits)

/* The operations. `field` is the operation's own, see struct plan_op. */
#define PLAN_CODES(X)                                                                    \
    X(BLOCK)       /* `first.room` bytes of text fit, `second` bytes are there */        \
    X(BLOCK_SHORT) /* the same of less than PLAN_WORD bytes */                           \
    X(ROOM)        /* `first.room` bytes of text fit */                                  \
    X(CHECK)       /* word & first.bits == second */                                     \
    X(RANGE)       /* first.low <= field <= second */                                    \
    X(OUTSIDE)     /* field < first.low or field > second */                             \
    X(FLAG)        /* field is 0 or 1 */                                                 \
    X(TEXT)        /* text alone, `second` bytes */                                      \
    X(PIECE)       /* PLAN_COPY bytes of it */                                           \
    X(COMMA)       /* unless it is the first member */                                   \
    X(COMMA_TEXT)  /* the same, and text behind it */                                    \
    X(MID)         /* message id of 16 bits, which is not 0, big-endian */               \
    PLAN_WORDS(X, INT, 16)                                                               \
    PLAN_WORDS(X, INT, 32)                                                               \
    PLAN_WORDS(X, POINT, 16)  /* a point `left` bits of text before the last of five */  \
    PLAN_WORDS(X, POINT, 32)  /* and before 1 to 4 digits, first.power */                \
    PLAN_WORDS(X, POINT8, 32) /* and before 5 to 8 digits */                             \
    X(INT8)                   /* integer of at most 8 digits */                          \
    X(INT)                    /* any integer of 64 bits */                               \
    X(DECIMAL4)   /* by first.scale, at most 8 digits before the point, 4 behind */      \
    X(DECIMAL8)   /* by first.scale, at most 8 digits on each side of the point */       \
    X(DECIMAL)    /* by first.scale, the scaled value in 64 bits */                      \
    X(READY)      /* ready text by the byte at `at`, if that is at most first.bits */    \
    X(READY_BITS) /* by the bits `second` of it, from `right` on */                      \
    X(READY_TWO)  /* the same, of PLAN_LONG bytes, with first.lengths */                 \
    X(READY_LONG) /* from first.table, by any field */                                   \
    PLAN_ORDERS(X, FLOAT) /* of 32 bits, its order between first.low and second */       \
    X(STRING) /* `second` bytes of text, from `at`, in encoding first.bits */            \
    PLAN_ORDERS(X, SECONDS) /* of 32 bits, since 1970 */                                 \
    X(TIME)                 /* the same of any field, by first.scale */                  \
    X(TIME_BCD)             /* YYMMDDhhmmss in six bytes */                              \
    X(KEEP)                 /* number to slot `second`, by first.scale */                \
    X(ONCE)      /* the members first.bits of word `at` were not printed before */       \
    X(NAME)      /* of the member from `at` on that expression `second` tells */         \
    X(ROW)       /* row `second` as the decoder walks it */                              \
    X(ROWS)      /* the same, with its condition and the rows in it */                   \
    X(ROLE)      /* envelope member `second` that a walked row has read */               \
    X(SKIP)      /* as many bytes as slot `second` says */                               \
    X(IF)        /* expression `second`; else go on at operation first.target */         \
    X(IF_LEFT)   /* something is left; likewise */                                       \
    X(LOOP)      /* rounds of row `second`; its NEXT is at first.target */               \
    X(FORGET)    /* members first.bits of word `at` may be printed again */              \
    X(ENTER)     /* a region of as many bytes as expression `second` says */             \
    X(LEAVE)     /* it ends */                                                           \
    X(MARK)      /* container `at` begins, which disappears if it stays empty */         \
    X(CLOSE)     /* it ends */                                                           \
    X(FULL)      /* the container has a member */                                        \
    X(TAGS)      /* tag loop `second` begins */                                          \
    X(RECORD)    /* its next record, or on at operation first.target */                  \
    X(CHOOSE)    /* the case of the tag in the field, or `second`: first.choice */       \
    X(NEW)       /* members first.bits of word `at` did not come in the loop before */   \
    X(CASE)      /* row `second`: slots of the one before are forgotten */               \
    X(JUMP)      /* go on at operation first.target */                                   \
    X(RESTART)   /* from the beginning of the frame, for another pass */                 \
    X(NEXT)      /* the next round, from first.target operations before this one on */   \
    X(NEXT_REST) /* the same of as many rounds as something is left for */               \
    X(END)       /* of the frame, too */                                                 \
    X(END_OPEN)  /* as its flags say */

enum plan_code {
#define PLAN_CODE(code) PLAN_##code,
    PLAN_CODES(PLAN_CODE)
#undef PLAN_CODE
};

enum plan_flag {
    PLAN_SIGNED = 1u << 0,
    PLAN_LITTLE = 1u << 1,   /* the word is little-endian */
    PLAN_FIRST = 1u << 2,    /* what follows is the first member of its container */
    PLAN_UNKNOWN = 1u << 3,  /* whether anything was printed is seen now */
    PLAN_PADDED = 1u << 4,   /* STRING: stripped of byte `digits` */
    PLAN_ISO = 1u << 5,      /* TIME: with dashes and colons */
    PLAN_SMALL = 1u << 5,    /* decimals: at most four digits before the point */
    PLAN_OPEN = 1u << 6,     /* END: bytes may follow */
    PLAN_FORGETS = 1u << 6,  /* LOOP, NEXT, TAGS: rounds have slots */
    PLAN_COUNTS = 1u << 2,   /* CASE: the row's slot tells that it came */
    PLAN_AGAIN = 1u << 3,    /* TAGS: the same records as in the loop before */
    PLAN_IN_RECORD = 1u << 7 /* ROW, ROLE: the time is that of a record */
};

/* value = raw * mul + add, over 10^digits of the operation; fits for every raw. */
struct plan_scale {
    int64_t mul, add;
};

/* Where the cases of a tag loop begin, as operations of the program; 0: there is none. */
struct plan_choice {
    const struct dgm_loop *loop;
    int64_t low;   /* `targets` are by tag, less this, */
    uint64_t span; /* up to so many; 0: by the row of the case from the loop's */
    const uint16_t *targets;
    uint32_t record; /* operation at which the next record begins */
};

struct plan_op {
    uint8_t code, flags;
    uint8_t left, right; /* field: word << left >> right */
    uint16_t at;         /* of the word, from the start of the block */
    uint8_t digits;      /* decimals; ROW, ROWS: the pass */
    uint8_t length;      /* of the text before; CHOOSE: 1 if there is a field */
    const char *text;    /* READY: the texts, by value */
    union {
        uint64_t bits;
        int64_t low;
        size_t room;
        size_t target;
        const struct plan_scale *scale;
        const struct plan_power *power;
        const uint8_t *lengths; /* READY_TWO: 0: nothing ready */
        const uint32_t *table;  /* READY_LONG: length | offset << 8; 0: nothing ready */
        const struct plan_choice *choice;
    } first;
    int64_t second;
};

/* What a message of one shape is decoded by. */
struct plan_program {
    const struct plan_op *ops; /* NULL: by its rows */
    bool walks;                /* some operation needs the decoder's state */
    bool is_plain;  /* neither that, nor slots, nor members that several rows have */
    uint16_t named; /* words of those members; 0: none */
};

enum { PLAN_GUARD_WORDS = 2, PLAN_PROGRAMS = DGM_SHAPE_AUTO + 1 };

/* A message: its guards, if all are about length and bytes of two words, and programs;
 * one line of the cache each. */
struct plan_candidate {
    uint64_t mask[PLAN_GUARD_WORDS], value[PLAN_GUARD_WORDS]; /* first byte highest */
    uint16_t at[PLAN_GUARD_WORDS];
    uint16_t least, most;        /* bytes of its frames that hold what is looked at */
    uint16_t quick_least;        /* the same, but at least a word */
    bool quick[PLAN_DIRECTIONS]; /* it goes there, and words tell all about it */
    uint8_t kind;
    uint16_t index, slots;
    uint32_t frame_max;
    const struct dgm_message *message;
    struct plan_program programs[PLAN_PROGRAMS]; /* DGM_SHAPE_AUTO is the plain one */
};

/* plan_route.c: prepare the choice of messages. Without `ret` it only counts. */
void plan_route_make(const struct dgm_codec *codec, struct plan_store *store,
                     enum dgm_direction direction, struct plan_route *ret);
void plan_route_message(const struct dgm_codec *codec, const struct dgm_message *message,
                        struct plan_candidate *ret);

/* What is under way while programs are made; decoders refer to it. */
struct plan_maker;

/* plan_decode_make.c: the envelope wants the value of a role, or an instant, here. */
void plan_make_role(struct plan_maker *maker, enum dgm_role role);
void plan_make_time(struct plan_maker *maker);

#endif
