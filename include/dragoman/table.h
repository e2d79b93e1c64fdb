/* SPDX-License-Identifier: MIT */
/*
 * The table format: what the profile compiler writes and the codec core interprets.
 *
 * A table is one block of memory without pointers: a head, then arrays, then one pool of
 * texts. Everything refers to everything else by index or by offset into the pool, so the
 * block can lie in a shared read-only segment, be copied, or be built in memory. Numbers
 * have the byte order of the machine; the same C source gives the right block on each.
 * dgm_codec_open() proves every offset, index and bound once; nothing is trusted before
 * that.
 *
 * A worked example. The item {name: flow, type: u32, scale: 0.001} of service Meter
 * becomes
 *
 *     row:     op INT, width 32, show DECIMAL, detail -> scaling, key -> `,"flow":`,
 * member -> flow scaling: mul 1, add 0, div 1, digits 3        value = (raw * 1 + 0) / 1
 * / 10^3 member:  name `flow`, parent none, service Meter, required
 *
 * Texts. "name" offsets point to zero-terminated UTF-8. "key" offsets point to a ready
 * member start, comma, quoted name with JSON escapes, colon: `,"flow":`, whose length
 * stands beside it. The first byte of the pool is zero, so that offset 0 is the empty
 * text and stands for "none".
 *
 * Passes. A frame is read once per pass; a row prints only in the pass it names, but
 * reads, checks and fills slots in each. Most messages have one pass. A message that
 * leaves a service and enters it again has more, and one whose envelope members
 * (has_more, mid) stand behind the first member starts with pass 0, which prints nothing.
 * This costs time only where order must change, and never memory.
 *
 * Objects. Most are a GROUP, whose members stand together in the frame. One whose members
 * stand apart has passes of its own behind that of its service's plain members: there its
 * rows print, wherever they stand, between an OBJECT and its OBJECT_END. The service
 * closes in the last of those passes. In a message with such objects all rows that open
 * and close them or services stand outside of groups and have no condition.
 */
#ifndef DRAGOMAN_TABLE_H
#define DRAGOMAN_TABLE_H

#include <dragoman/base.h>

DGM_BEGIN_DECLS

#define DGM_TABLE_MAGIC 0x54474444u /* "DDGT" on little-endian machines */
#define DGM_TABLE_FORMAT 1

/* No index: in every uint16_t that names a row, slot, member, expression, ... */
#define DGM_NONE 0xFFFFu

enum {
    DGM_MAX_DEPTH = 16,       /* nesting of groups, repetitions and objects */
    DGM_MAX_LOOPS = 2,        /* nesting of tag loops */
    DGM_MAX_SLOTS = 1024,     /* values of one message that expressions can name */
    DGM_MAX_MEMBERS = 4096,   /* members of one message */
    DGM_MAX_FRAME = 65535,    /* bytes of a frame */
    DGM_MAX_BLOCK = 16 << 20, /* bytes of a table */
    DGM_MAX_EXPR_STACK = 16,  /* depth of the expression machine */
    DGM_MAX_EXPR_STEPS = 64,  /* operations of one expression */
    DGM_MAX_CHECK = 96,       /* bits of a checksum */
    DGM_MAX_STREAM = 64,      /* bytes of a bit stream */
    DGM_MAX_DIGITS = 19,      /* decimals of a scaled value */
    DGM_MAX_PARTS = 32        /* values in a composed text */
};

/* `count` elements from byte `offset` of the block, which is a multiple of 8. */
struct dgm_section {
    uint32_t offset;
    uint32_t count;
};

/* The head, at the start of the block. */
struct dgm_model {
    uint32_t magic;
    uint16_t format;
    uint16_t head_size;    /* sizeof(struct dgm_model) when the table was made */
    uint32_t size;         /* bytes of the whole block */
    uint32_t flags;        /* enum dgm_model_flag */
    uint64_t profile_hash; /* FNV-1a 64 of the profile's bytes */
    uint32_t manufacturer_id, manufacturer_name, model; /* names */
    uint32_t product_id, device_type, protocol_type, version, product_name;
    struct dgm_section pool;     /* bytes */
    struct dgm_section services; /* struct dgm_service */
    struct dgm_section commands; /* struct dgm_command */
    struct dgm_section messages; /* struct dgm_message, in the order of the profile */
    struct dgm_section guards;   /* struct dgm_guard */
    struct dgm_section rows;     /* struct dgm_row */
    struct dgm_section members;  /* struct dgm_member */
    struct dgm_section scalings; /* struct dgm_scaling */
    struct dgm_section enums;    /* struct dgm_enum */
    struct dgm_section choices;  /* struct dgm_choice */
    struct dgm_section limits;   /* struct dgm_limit */
    struct dgm_section numbers;  /* uint64_t: constants of the wire */
    struct dgm_section answers;  /* uint16_t: messages that a reply answers */
    struct dgm_section checks;   /* struct dgm_check */
    struct dgm_section exprs;    /* struct dgm_expr */
    struct dgm_section code;     /* bytes of the expressions, one behind the other */
    struct dgm_section framings; /* struct dgm_framing: none, or the one of all frames */
    struct dgm_section hooks;    /* struct dgm_hook_name */
    struct dgm_section parts;    /* struct dgm_part */
    struct dgm_section pipes;    /* struct dgm_pipe */
    struct dgm_section curves;   /* struct dgm_curve */
    struct dgm_section points;   /* struct dgm_point */
    struct dgm_section loops;    /* struct dgm_loop */
    struct dgm_section tags;     /* struct dgm_tag */
    struct dgm_section formats;  /* struct dgm_format */
};

enum dgm_model_flag {
    /* The profile has no services: plain JSON is the bare object of the members, and the
     * one service that the table has is called "Default" in the platform's shapes. */
    DGM_MODEL_BARE = 1u << 0
};

struct dgm_service {
    uint32_t name; /* "Meter" */
    uint32_t key;  /* `,"Meter":` */
    uint16_t key_length;
    uint16_t flags; /* none yet */
};

/* A command or an event: what a message of kind command, response or event is about.
 * Events stand behind all commands. */
struct dgm_command {
    uint32_t name; /* "SET_PERIOD" */
    uint32_t key;  /* `,"SET_PERIOD":`; the quoted name lies between */
    uint32_t path; /* quoted `"Meter.SET_PERIOD"`, zero-terminated: the plain shape's
                      "command" */
    uint16_t key_length;
    uint16_t service;
    uint32_t response_name; /* "SET_PERIOD_RSP", or 0 */
};

enum dgm_kind {
    DGM_KIND_REPORT = 1,
    DGM_KIND_RESPONSE = 2,
    DGM_KIND_COMMAND = 3,
    DGM_KIND_REPLY = 4,
    DGM_KIND_EVENT = 5,
    DGM_KIND_SET = 6,
    DGM_KIND_SET_RESPONSE = 7,
    DGM_KIND_GET = 8,
    DGM_KIND_GET_RESPONSE = 9,
    DGM_KIND_MESSAGE_UP = 10,
    DGM_KIND_MESSAGE_DOWN = 11,
    DGM_KIND_RAW = 12
};

enum dgm_message_flag {
    DGM_MESSAGE_FALLBACK = 1u << 0, /* tried after all others */
    DGM_MESSAGE_DECODE_ONLY = 1u << 1,
    DGM_MESSAGE_ENCODE_ONLY = 1u << 2,
    DGM_MESSAGE_PREPASS = 1u << 3,         /* begins with pass 0 */
    DGM_MESSAGE_IGNORE_TRAILING = 1u << 4, /* bytes behind the layout are allowed */
    DGM_MESSAGE_ZERO_FILL = 1u << 5,       /* a short frame counts as filled with zeros */
    DGM_MESSAGE_REJECT_LIMITS =
        1u << 6, /* decode: a value outside the product model is an error */
    DGM_MESSAGE_CHANNEL = 1u << 8, /* encode: the frame wants channel `channel` */
    DGM_MESSAGE_ALONE = 1u << 9,   /* reply: the same whatever it answers */
    DGM_MESSAGE_RECORDS = 1u << 7  /* plain shape: services print as arrays of records */
};

struct dgm_message {
    uint32_t name;
    uint32_t key; /* `,"name":` */
    uint16_t key_length;
    uint8_t kind;     /* enum dgm_kind */
    uint8_t passes;   /* at least 1 */
    uint16_t flags;   /* enum dgm_message_flag */
    uint16_t command; /* kinds command, response and event */
    uint16_t first_row, row_count;
    uint16_t first_guard, guard_count;
    uint16_t first_member, member_count;
    uint16_t first_answer, answer_count; /* replies; none: every report */
    uint16_t when;                       /* replies: expression, false means no reply */
    uint16_t slots;                      /* slots the rows use */
    uint16_t
        request_slots; /* the first so many slots are what a reply may ask of a request */
    uint16_t trailer;  /* bytes that what takes the rest leaves, and what is optional */
    uint32_t channel;
    uint32_t frame_min, frame_max; /* bytes, without framing */
    uint32_t json_max[3];          /* bytes by enum dgm_shape, envelope included */
    uint32_t topic;                /* encode: the frame wants this topic; 0: none */
    uint16_t service;              /* kind get: of which service; DGM_NONE: of all */
    uint16_t reserved;
};

enum dgm_guard_kind {
    DGM_GUARD_BYTES = 0,   /* (bytes at..at+size, big-endian) & mask == value */
    DGM_GUARD_LENGTH = 1,  /* value <= bytes of the frame <= mask */
    DGM_GUARD_CHANNEL = 2, /* value <= channel of the call <= mask */
    DGM_GUARD_TOPIC = 3    /* the topic of the call passes the filter at text `value` */
};

enum dgm_guard_flag {
    DGM_GUARD_OR_NEXT = 1u << 0 /* this guard or the next one must hold */
};

/* A message fits a frame when all its guards hold. */
struct dgm_guard {
    uint16_t at;
    uint8_t size;  /* 1..8 */
    uint8_t kind;  /* enum dgm_guard_kind */
    uint8_t flags; /* enum dgm_guard_flag */
    uint8_t reserved[3];
    uint64_t mask, value;
};

/* What a row does. Rows inside a group, bit group or repetition follow it; `detail`
 * counts them. */
enum dgm_op {
    DGM_OP_INT = 1,  /* integer of `width` bits, a multiple of 8, in `order` */
    DGM_OP_BITS = 2, /* integer of `width` bits whose bits the `detail` next rows share */
    DGM_OP_BIT = 3,  /* `width` bits of it, lowest at bit `shift` */
    DGM_OP_BYTES =
        4, /* `detail` bytes, or as many as `expr` says, or the rest (DGM_ROW_REST) */
    DGM_OP_VALUE = 5,   /* nothing on the wire: the value of `expr` */
    DGM_OP_LITERAL = 6, /* nothing on the wire: member with the text of choice `detail` */
    DGM_OP_GROUP = 7,   /* `detail` rows; with DGM_ROW_OBJECT a nested object of `key`.
                           With `region`, here and in each round of REPEAT, they have just
                           so many bytes; `spec` is the row, counted from the message's
                           first, that encode fills with that number, or DGM_NONE */
    DGM_OP_REPEAT = 8, /* `detail` rows, `expr` times or to the end (DGM_ROW_REST); a slot
                          keeps how often */
    DGM_OP_SERVICE =
        9, /* from here members belong to service `detail`, or to the command's
              parameters if DGM_NONE; opens its object in pass `pass` */
    DGM_OP_SERVICE_END = 10, /* closes it; a service without members disappears */
    DGM_OP_OBJECT = 14,      /* from here members belong to the object `key` in the open
                                service, parameters or object; opens it in pass `pass` */
    DGM_OP_OBJECT_END = 15,  /* closes it; an object without members disappears */
    DGM_OP_CHECK = 12,       /* checksum `detail` of `width` bits in `order` */
    DGM_OP_NOTICE = 13,      /* nothing on the wire: warning with the text at `key`, or an
                                error if DGM_ROW_REFUSE */
    DGM_OP_FLOAT = 11,       /* floating point of `width` bits, in `order`: by pipe
                                `detail`, or IEEE 754 of 32 or 64 bits if DGM_NONE */
    DGM_OP_TLV = 20,         /* tag loop `spec`: `detail` rows */
    DGM_OP_CHOOSE = 21,      /* behind the rows of a tag: expression `expr` gives it, and
                                the walk goes on at its case */
    DGM_OP_CASE = 22,        /* `detail` rows of one record; `region` and `spec` as of
                                GROUP; a slot counts how often it came. Encode writes tag
                                numbers[expr] */
    DGM_OP_STREAM = 35,      /* `spec` bytes whose bits the `detail` next rows share */
    DGM_OP_FIELD = 36,       /* `width` bits of them from bit `spec`, counted from the top
                                of the first byte down, or from its lowest bit up if
                                `order` is LE */
    DGM_OP_JOIN = 37,        /* nothing on the wire: an integer out of the raw bits of
                                earlier rows, see DGM_JOIN_WIDTH */
    DGM_OP_JOIN_BYTES = 38,  /* the same of bytes; those rows are DGM_ROW_PLACED */
    DGM_OP_SPAN = 40,        /* `detail` rows; `slot` keeps how many bytes they take, the
                                slot behind it where they begin */
    DGM_OP_AGREE = 41,       /* nothing on the wire: what row `spec` says, an earlier INT
                                of DGM_SOURCE_LATER or a CHECK over an item, is compared,
                                and on encode filled in: expression `expr`, or the sum */
    DGM_OP_AT = 39,          /* `detail` rows at the offset numbers[spec], an int64_t, of
                                the frame or innermost region, from its end if negative;
                                then the position is what it was */
    /* Composed text. */
    DGM_OP_TEXT = 45,   /* `detail` rows whose values make one text, by the parts from
                          `spec` on */
    DGM_OP_DIGITS = 25, /* number of decimal digits by format `spec`, as many as it says,
                           or the rest (DGM_ROW_REST); `width` is 64 */
    DGM_OP_ECHO = 26, /* nothing on the wire: the bytes of the frame from offset `expr` up
                         to offset `region` (or none: its end) */
    DGM_OP_MOMENT = 50 /* nothing on the wire: an instant out of the values of earlier
                          rows, whose slots are the DGM_MOMENT_PARTS numbers from `spec`
                          on; DGM_NONE: that part is zero */
};

/* Year, month, day, hour, minute and second, which may have decimals. */
enum { DGM_MOMENT_PARTS = 6 };

/* How the value of a row becomes JSON, and back. */
enum dgm_show {
    DGM_SHOW_NONE = 0,
    /* INT, BIT, VALUE */
    DGM_SHOW_INT = 1,     /* integer */
    DGM_SHOW_DECIMAL = 2, /* by scaling `detail` */
    DGM_SHOW_BOOL = 3,    /* 0 or 1; another value is DGM_ENUM */
    DGM_SHOW_ENUM = 4,    /* by enum `detail` */
    DGM_SHOW_HEX = 5,
    DGM_SHOW_HEX_UPPER = 6, /* quoted digits of the full width */
    DGM_SHOW_TIME_COMPACT =
        7, /* "20190329T101605Z"; scaling `detail` (or none) gives seconds */
    DGM_SHOW_TIME_ISO = 8,    /* "2019-03-29T10:16:05Z" */
    DGM_SHOW_TIME_ISO_MS = 9, /* "2019-03-29T10:16:05.000Z" */
    DGM_SHOW_FLAGS = 18, /* array of the texts of enum `detail` whose bit `low` is set */
    /* BYTES */
    DGM_SHOW_BASE64 = 10,
    DGM_SHOW_BYTES_HEX = 11,
    DGM_SHOW_BYTES_HEX_UPPER = 12,
    DGM_SHOW_LATIN1 = 13, /* one byte, one character */
    DGM_SHOW_ASCII = 14,  /* checked */
    DGM_SHOW_UTF8 = 15,   /* checked */
    /* FLOAT, and BIT and FIELD by pipe `detail`; infinity and NaN are left out with a
     * notice, or refused like a value outside the product model */
    DGM_SHOW_FLOAT =
        16, /* shortest text that reads back as the same number of its width */
    DGM_SHOW_DOUBLE = 17, /* the same of the number widened to 64 bits */
    /* 60 to 69: floats. INT, BIT */
    DGM_SHOW_PIPE = 60, /* by pipe `detail` */
    /* INT, BIT */
    DGM_SHOW_BINARY = 40, /* quoted bits of the full width */
    /* As DGM_SHOW_TIME_COMPACT and its kin; format `spec` tells zone and precision */
    DGM_SHOW_TIME_DATETIME = 41, /* "2019-03-29 10:16:05" */
    DGM_SHOW_TIME_DATE = 42,     /* "2019-03-29" */
    DGM_SHOW_TIME_EPOCH = 43,    /* seconds since 1970 */
    DGM_SHOW_TIME_EPOCH_MS = 44, /* milliseconds */
    /* BYTES, ECHO */
    DGM_SHOW_BYTES_ARRAY = 45,  /* [1,2,255] */
    DGM_SHOW_BYTES_DOTTED = 46, /* "1.2.255" */
    DGM_SHOW_DIGITS = 47,       /* BYTES: as many digits by format `spec` as said there */
    DGM_SHOW_TEXT_NUMBER = 48   /* BYTES: the number that the characters spell */
};

/* Where encode takes the value from. */
enum dgm_source {
    DGM_SOURCE_NONE = 0,
    DGM_SOURCE_CONST = 1,  /* numbers[expr] */
    DGM_SOURCE_FILL = 2,   /* numbers[expr]; decode does not look at it */
    DGM_SOURCE_MEMBER = 3, /* the JSON member `member` */
    DGM_SOURCE_EXPR = 4,   /* expression `expr`; a member given as well must agree */
    DGM_SOURCE_LENGTH =
        6, /* bytes of the whole frame by scaling `detail`; decode compares */
    DGM_SOURCE_ROLE =
        5, /* the envelope member `role`; expression `expr` (or none) if missing: the raw
              number, of EVENT_TIME the instant in seconds */
    DGM_SOURCE_MEASURE =
        10, /* INT, BIT: expression `expr` over the bytes of the region that a later row
               with this one in `spec` has (DGM_CODE_REGION); filled in when that ends */
    DGM_SOURCE_TAG = 11,   /* INT, BIT among the rows of a tag: the tag at work */
    DGM_SOURCE_PIECE = 25, /* a piece of row `key` >> 16, which is a JOIN or JOIN_BYTES of
                              another source: as many bits lie below it, or bytes before
                              it, as the lower half of `key` says */
    DGM_SOURCE_PART = 30,  /* its part of the DGM_OP_TEXT around it */
    DGM_SOURCE_LATER = 27, /* INT: a DGM_OP_AGREE row tells what by scaling `detail`;
                              until then `slot` keeps where it stands */
    DGM_SOURCE_SKIP =
        26, /* BYTES: what an AT row writes, or has written, is left alone */
    DGM_SOURCE_MOMENT = 40 /* INT, BIT, FIELD, DIGITS: a part of row `key` >> 16, which is
                              a MOMENT; which one says the lower half of `key` */
};

/*
 * The pieces of a JOIN or JOIN_BYTES row: numbers[spec] tells how many numbers follow,
 * one per piece, the most significant one or first bytes first. Each is a slot, and above
 * DGM_JOIN_WIDTH bits the piece's width in bits; of bytes it is 0 where the slots tell
 * the length, which then is the only piece.
 */
enum { DGM_JOIN_WIDTH = 16, DGM_MAX_JOIN_BYTES = 255, DGM_MAX_PIECES = 64 };

/*
 * What a row of a series keeps from round to round; numbers[region] and the number behind
 * it hold this, four and two of 16 bits, from the lowest bits on. Each is DGM_NONE if it
 * is not wanted. The slots belong to no row.
 */
struct dgm_series {
    uint16_t delta;         /* expression of what stands before the first value; values
                               then are differences to the one before */
    uint16_t previous;      /* slot of the value before, if `delta` */
    uint16_t first, second; /* slots of the first and second value, */
    uint16_t last, sum;     /* of the last one, and of the sum of all */
};

enum dgm_order {
    DGM_ORDER_BE = 0,
    DGM_ORDER_LE = 1,
    DGM_ORDER_CDAB = 2, /* 16-bit words, low word first, each big-endian */
    DGM_ORDER_BADC = 3  /* bytes swapped in each 16-bit word */
};

/* Members of the envelope rather than of a service. */
enum dgm_role {
    DGM_ROLE_NONE = 0,
    DGM_ROLE_MID = 1,      /* 1..65535 */
    DGM_ROLE_ERRCODE = 2,  /* 0, 1 */
    DGM_ROLE_HAS_MORE = 3, /* 0, 1 */
    DGM_ROLE_EVENT_TIME =
        4, /* seconds; of the record in a repetition with DGM_ROW_RECORD */
    DGM_ROLE_IDENTIFIER = 5, /* integer or text */
    DGM_ROLE_COUNT = 6
};

enum dgm_row_flag {
    DGM_ROW_SIGNED = 1u << 0,  /* two's complement */
    DGM_ROW_QUOTED = 1u << 1,  /* the number stands in quotes */
    DGM_ROW_NAMED = 1u << 2,   /* prints `key` and the value */
    DGM_ROW_REST = 1u << 3,    /* to the end of the frame */
    DGM_ROW_OBJECT = 1u << 4,  /* group or element: its members form an object */
    DGM_ROW_RECORD = 1u << 5,  /* each repetition is a record of service `limit` */
    DGM_ROW_ARRAY = 1u << 6,   /* repetition that prints an array under `key` */
    DGM_ROW_FITS = 1u << 7,    /* raw and value fit int64_t for every raw of the width */
    DGM_ROW_ELEMENT = 1u << 8, /* an unnamed element of the array around it */
    DGM_ROW_CONST_LIST =
        1u << 10,              /* source CONST: numbers[expr] tells how many follow it */
    DGM_ROW_REFUSE = 1u << 11, /* NOTICE: an error */
    DGM_ROW_PADDED = 1u << 12, /* BYTES: filled up with, and stripped of, byte `shift` */
    DGM_ROW_PLACED =
        1u << 21, /* BYTES: the slot behind `slot` keeps where in the frame they begin */
    DGM_ROW_UNTIL = 1u << 22, /* REPEAT of the rest: ends before an integer of `width`
                                 bits in `order` that is numbers[spec], and takes it */
    DGM_ROW_SERIES =
        1u << 23, /* INT, BIT, FIELD, VALUE in a repetition: see struct dgm_series */
    DGM_ROW_BY_LENGTH = 1u << 24, /* `when` depends on the length of the frame: encode
                                     asks the JSON first, and then the frame */
    DGM_ROW_COLLECT = 1u << 13,   /* in a tag loop: an element of the array `key`; null if
                                     it has no value */
    DGM_ROW_KEEP = 1u << 14, /* BYTES in a tag loop: member of the object `key`, named by
                                its tag in hex, `width` bits of it */
    DGM_ROW_ALWAYS = 1u << 27, /* COLLECT: the array prints also without an element */
    DGM_ROW_PLACE = 1u << 29,  /* prints the value alone, as an element of the
                                  DGM_ROW_TUPLE around it; null if it has none */
    DGM_ROW_TUPLE = 1u << 30,  /* with OBJECT: the members form an array instead, each at
                                  its place */
    DGM_ROW_SILENT = 1u << 15, /* GROUP of fixed size: absent where one of its fields
                                  is no reading, or */
    DGM_ROW_TOGETHER = 1u << 18, /* where all of them are. Of a field: its raw that is no
                                    reading counts in its SILENT group alone */
    DGM_ROW_SHARED = 1u << 19,   /* NAMED: another row has the same member, whose second
                                    value in a frame is an error */
    DGM_ROW_HOOK = 1u << 28,    /* GROUP: its rows are about what hook `expr` makes of the
                                   bytes of its region, or of the rest */
    DGM_ROW_OPTIONAL = 1u << 9, /* absent when nothing is left of the frame */
    DGM_ROW_SIGN_MAGNITUDE = 1u << 16, /* INT, BIT: top bit the sign, the rest a number */
    DGM_ROW_GRAY = 1u << 17            /* INT, BIT: Gray code */
};

struct dgm_row {
    uint8_t op;     /* enum dgm_op */
    uint8_t show;   /* enum dgm_show */
    uint8_t source; /* enum dgm_source */
    uint8_t order;  /* enum dgm_order */
    uint8_t shift;
    uint8_t width;  /* bits of the raw value, 1..64 */
    uint8_t pass;   /* prints in this pass; 0 for rows that print nothing */
    uint8_t role;   /* enum dgm_role */
    uint32_t flags; /* enum dgm_row_flag */
    uint32_t key;
    uint32_t path; /* name: "Meter.flow", "Log[].value", "(reserved)": for errors */
    uint16_t key_length;
    uint16_t slot;   /* keeps the value for expressions, or DGM_NONE */
    uint16_t member; /* relative to the message's first member, or DGM_NONE */
    uint16_t when;   /* expression: the row, or the whole group, is absent if false */
    uint16_t expr;   /* expression or number, see `op` and `source` */
    uint16_t detail;
    uint16_t limit;  /* limits, or for DGM_ROW_RECORD the service */
    uint16_t spec;   /* what else the operation or rendering needs to know: an index into
                        the section that it names, or DGM_NONE */
    uint16_t region; /* expression: bytes that the row, or the whole group, has; or
                        DGM_NONE */
    uint16_t naming; /* expression: which member from `member` on it is; of a REPEAT that
                        has no member how often encode goes round it; or DGM_NONE */
};

enum dgm_member_kind {
    DGM_MEMBER_VALUE = 1,
    DGM_MEMBER_OBJECT = 2,
    DGM_MEMBER_ARRAY = 3,
    DGM_MEMBER_IGNORED = 4, /* computed or constant: accepted and dropped */
    DGM_MEMBER_LITERAL = 5  /* must agree with the JSON text at `text` if given */
};

enum dgm_member_flag {
    DGM_MEMBER_REQUIRED = 1u << 0, /* nothing stands in for it when it is missing */
    DGM_MEMBER_TUPLE = 1u << 1     /* OBJECT, or the elements of ARRAY: an array, whose
                                      elements are the members below, in their order */
};

/* A name that encode accepts, and where. Members of records bind anew for each record. */
struct dgm_member {
    uint32_t name;
    uint16_t name_length; /* bytes, without the zero */
    uint16_t parent;      /* object or array member around it (relative), or DGM_NONE */
    uint16_t
        service;     /* service, or DGM_NONE for command parameters and response bodies */
    uint16_t record; /* row of the DGM_OP_REPEAT whose records have it (relative to the
                        message's first row), or DGM_NONE */
    uint8_t kind;    /* enum dgm_member_kind */
    uint8_t flags;   /* enum dgm_member_flag */
    uint16_t text_length;
    uint32_t text; /* JSON text: default of a value, or the literal; 0 = none */
    uint32_t path; /* name for errors, as in the row */
    /* Members from this one on that one row fills by number; 0: it has the row alone. */
    uint16_t family;
    uint16_t reserved;
};

/* value = (raw * mul + add) / div / 10^digits, exactly; div is 1 unless `decimals`
 * rounds. */
struct dgm_scaling {
    int64_t mul; /* not 0 */
    int64_t add;
    uint64_t div;     /* not 0 */
    uint8_t digits;   /* at most DGM_MAX_DIGITS */
    uint8_t flags;    /* enum dgm_scaling_flag */
    uint16_t invalid; /* enum of the raws that are no reading, or DGM_NONE */
    uint8_t reserved[4];
};

enum dgm_scaling_flag {
    DGM_SCALING_EXACT_ONLY = 1u << 0, /* encode refuses a value between two raws; else the
                                         nearest, ties away from zero */
    DGM_SCALING_TIES_EVEN = 1u << 1
};

enum dgm_float_flag {
    DGM_FLOAT_HIDDEN = 1u << 0,    /* a leading one that is not written */
    DGM_FLOAT_SUBNORMAL = 1u << 1, /* without it in exponent 0; else that one is zero */
    DGM_FLOAT_SPECIAL = 1u << 2    /* the largest exponent is infinity and NaN */
};

/*
 * A floating point format; sign, exponent, fraction from the top bit down. Hidden:
 * (2^fraction + f) * 2^(e - bias - fraction), else f * 2^(e - bias - fraction). All its
 * values are binary64, too.
 */
struct dgm_float {
    int32_t bias;
    uint8_t sign;     /* bits: 0, 1 */
    uint8_t exponent; /* 1..11 */
    uint8_t fraction; /* 1..52 */
    uint8_t flags;    /* enum dgm_float_flag */
};

/*
 * The way of a number whose arithmetic is not that of a scaling:
 * raw * scale + offset, then the curve, then rounded. Numbers are exact or binary64.
 */
struct dgm_pipe {
    struct dgm_float format; /* of floats */
    uint16_t scale, offset;  /* expressions, or DGM_NONE */
    uint16_t curve;          /* curves, or DGM_NONE */
    uint16_t invalid;        /* enum of the raws that are no reading, or DGM_NONE */
    uint8_t decimals;        /* at most DGM_MAX_DIGITS, or DGM_NO_DECIMALS */
    uint8_t flags;           /* enum dgm_scaling_flag */
    uint8_t reserved[6];
};

enum { DGM_NO_DECIMALS = 255 };

enum dgm_curve_flag {
    DGM_CURVE_RISING = 1u << 0, /* y grows with x: it has an inverse */
    DGM_CURVE_FALLING = 1u << 1 /* y falls with x: it has an inverse */
};

enum dgm_curve_outside {
    DGM_CURVE_CLAMP = 0,  /* the value of the nearest point */
    DGM_CURVE_EXTEND = 1, /* the nearest segment goes on */
    DGM_CURVE_REFUSE = 2  /* no value */
};

/* Straight lines between points, ascending by x; at least two. */
struct dgm_curve {
    uint16_t first, count;      /* points */
    uint8_t x_digits, y_digits; /* decimals of the points, at most DGM_MAX_DIGITS */
    uint8_t flags;              /* enum dgm_curve_flag */
    uint8_t outside;            /* enum dgm_curve_outside */
};

struct dgm_point {
    int64_t x, y; /* in units of 10^-digits */
};
/* How digits, characters and instants are written; what does not apply is zero. Rows
 * name it by `spec`, and FIELD, JOIN, JOIN_BYTES and MOMENT by `shift`, less one, 0 =
 * none.
 */
struct dgm_format {
    uint32_t pattern;   /* text of an instant's digits: "YYMMDDhhmmss"; 0 = none */
    uint32_t separator; /* text between numbers, or between pairs of hex digits */
    uint16_t separator_length;
    int16_t zone;      /* minutes that the wire's clock is ahead of UTC */
    uint8_t precision; /* enum dgm_precision: the last part that the wire has */
    uint8_t digits;    /* of a number: how many; 0: as `count` says */
    uint8_t sign;      /* enum dgm_digit_sign */
    uint8_t flags;     /* enum dgm_format_flag */
    uint8_t pad;       /* digit that fills up a text of digits */
    uint8_t end;       /* byte behind a text that does not fill its place */
    uint16_t count;    /* expression, or DGM_NONE */
};

enum dgm_format_flag {
    DGM_FORMAT_LOW_FIRST = 1u << 0,  /* of a byte's two digits the lower one is first */
    DGM_FORMAT_CHARACTERS = 1u << 1, /* digits are characters by the pattern */
    DGM_FORMAT_PADDED = 1u << 2,     /* `pad` has a meaning */
    DGM_FORMAT_ENDED = 1u << 3,      /* `end` has a meaning */
    DGM_FORMAT_REVERSED = 1u << 4    /* the last byte is first */
};

/* How decimal digits are negative. */
enum dgm_digit_sign {
    DGM_DIGIT_SIGN_NONE = 0,
    DGM_DIGIT_SIGN_TOP_BIT = 1,    /* top bit of the first digit */
    DGM_DIGIT_SIGN_F_DIGIT = 2,    /* F in place of the first digit */
    DGM_DIGIT_SIGN_FF_BYTE = 3,    /* FF in place of the first two */
    DGM_DIGIT_SIGN_LAST_NIBBLE = 4 /* C or D behind the last */
};

enum dgm_precision {
    DGM_PRECISION_SECOND = 0,
    DGM_PRECISION_MILLISECOND = 1,
    DGM_PRECISION_MINUTE = 2,
    DGM_PRECISION_HOUR = 3,
    DGM_PRECISION_DAY = 4
};

enum { DGM_MAX_NUMBER_DIGITS = 18 }; /* digits of a number on the wire */

enum dgm_unknown {
    DGM_UNKNOWN_OMIT = 0,   /* decode leaves the member out with a notice */
    DGM_UNKNOWN_NUMBER = 1, /* the raw number, both ways */
    DGM_UNKNOWN_REFUSE = 2  /* error */
};

struct dgm_enum {
    uint16_t first,
        count;       /* choices, ascending by `low` (signed or unsigned as the row) */
    uint8_t unknown; /* enum dgm_unknown */
    uint8_t reserved[3];
};

/* Raw values low..high mean this JSON text. Encode writes `low`. */
struct dgm_choice {
    uint64_t low, high; /* bit pattern of int64_t for signed rows */
    uint32_t text;      /* JSON text, `"open"` with its quotes, `true`, `3` */
    uint16_t text_length;
    uint16_t flags; /* enum dgm_choice_flag */
};

enum dgm_choice_flag {
    DGM_CHOICE_OMIT = 1u << 1, /* "no reading": the member is left out; encode writes it
                                  when the member is missing */
    DGM_CHOICE_DECODE_ONLY =
        1u << 0 /* a second raw for the same text, or `else`: never written */
};

enum dgm_limit_flag {
    DGM_LIMIT_LOW = 1u << 0,
    DGM_LIMIT_HIGH = 1u << 1,
    DGM_LIMIT_LENGTH = 1u << 2,
    DGM_LIMIT_TEXTS = 1u << 3, /* the text must be one of the choices */
    DGM_LIMIT_ENCODE_ONLY =
        1u << 4,               /* the wire cannot exceed it: no need to look on decode */
    DGM_LIMIT_SILENT = 1u << 5 /* decode neither warns nor rejects */
};

/* Decode: a value outside a limit. */
enum dgm_outside {
    DGM_OUTSIDE_MODEL = 0, /* the message's policy: warn, or DGM_MESSAGE_REJECT_LIMITS */
    DGM_OUTSIDE_OMIT = 1,  /* left out with a notice */
    DGM_OUTSIDE_NULL = 2,
    DGM_OUTSIDE_CLAMP = 3, /* the nearest limit; encode clamps too */
    DGM_OUTSIDE_WARN = 4,
    DGM_OUTSIDE_REFUSE = 5
};

/* What the product model allows, or the profile's `valid`. */
struct dgm_limit {
    int64_t low, high;   /* in units of 10^-scale, rounded inwards */
    uint32_t max_length; /* characters of a text, as the platform counts: code points */
    uint16_t first_choice, choice_count;
    uint8_t scale;   /* the digits of the row's scaling */
    uint8_t flags;   /* enum dgm_limit_flag */
    uint8_t outside; /* enum dgm_outside */
    uint8_t reserved[5];
};

/* How a value becomes a part of a composed text. */
enum dgm_verb {
    DGM_VERB_PLAIN = 0, /* as it stands in JSON, without quotes */
    DGM_VERB_FILL = 1,  /* whole number of at least `width` digits */
    DGM_VERB_FIXED = 2, /* number with `width` decimals */
    DGM_VERB_HEX = 3,   /* whole number in hex, at least `width` digits */
    DGM_VERB_HEX_UPPER = 4
};

/* Where encode finds the end of a part. The generator proves that there is just one. */
enum dgm_extent {
    DGM_EXTENT_COUNT = 0, /* `count` characters */
    DGM_EXTENT_SET = 1,   /* as long as characters are in `set` */
    DGM_EXTENT_REST = 2   /* what the literal at the end leaves */
};

enum dgm_part_flag {
    DGM_PART_QUOTED = 1u << 0, /* the value has quotes in JSON */
    DGM_PART_WIDE = 1u << 1    /* `set` has every character beyond ASCII */
};

/*
 * A literal and the value behind it. The parts of a text follow each other; the last one
 * has no row and is the literal at the end.
 */
struct dgm_part {
    uint64_t set[2];      /* one bit per ASCII character */
    uint32_t text;        /* literal, as a JSON string with its quotes */
    uint32_t count;       /* characters */
    uint16_t text_length; /* bytes */
    uint16_t row;         /* counted from the DGM_OP_TEXT; or DGM_NONE */
    uint8_t verb;         /* enum dgm_verb */
    uint8_t width;
    uint8_t extent; /* enum dgm_extent */
    uint8_t flags;  /* enum dgm_part_flag */
};

enum dgm_check_kind {
    DGM_CHECK_CRC = 0,
    DGM_CHECK_SUM = 1, /* of the bytes, init added, then xorout */
    DGM_CHECK_XOR = 2,
    DGM_CHECK_FLETCHER_16 = 3,
    DGM_CHECK_ADLER_32 = 4
};

enum dgm_check_flag {
    DGM_CHECK_REFIN = 1u << 0,
    DGM_CHECK_REFOUT = 1u << 1,
    DGM_CHECK_TO_SELF =
        1u << 2,                /* covers the bytes up to its own place; `to` is unused */
    DGM_CHECK_NEGATE = 1u << 3, /* SUM: two's complement of the sum (LRC) */
    DGM_CHECK_OVER = 1u << 4 /* covers what the slots of a DGM_OP_SPAN tell: slot `spec`
                                of the row; `from` and `to` are unused */
};

/* A checksum over bytes from..to of the frame; negative offsets count from its end. The
 * parameters of a CRC are those of the public catalogue. */
struct dgm_check {
    uint64_t poly, init, xorout;                /* the lower 64 bits */
    uint32_t poly_high, init_high, xorout_high; /* the bits above them */
    int32_t from, to;
    uint8_t kind;  /* enum dgm_check_kind */
    uint8_t width; /* bits, 1..DGM_MAX_CHECK; above 64 only of a CRC */
    uint8_t flags; /* enum dgm_check_flag */
    uint8_t reserved;
};

enum dgm_process {
    DGM_PROCESS_HOOK = 0, /* by a function that the caller registers */
    DGM_PROCESS_XOR = 1,  /* each byte with the next of `key`, around and around */
    DGM_PROCESS_ADD = 2   /* the same, added on the way to the wire */
};

/* What makes plain bytes of those on the wire, and back. */
struct dgm_hook_name {
    uint32_t name;         /* of the function; empty for the others */
    uint32_t output_limit; /* bytes of the longest plain form */
    uint32_t key;          /* bytes in the pool */
    uint16_t key_length;
    uint8_t process; /* enum dgm_process */
    uint8_t reserved;
};

enum dgm_framing_escape {
    DGM_FRAMING_PLAIN = 0, /* nothing is escaped */
    DGM_FRAMING_PAIRS = 1, /* some bytes are written as several */
    DGM_FRAMING_COBS = 2   /* consistent overhead byte stuffing: no byte is zero */
};

enum { DGM_FRAMING_DELIMITER = 8, DGM_FRAMING_PAIRS_MAX = 16, DGM_ESCAPE_MAX = 6 };

/* `byte` is written as the first `length` bytes of `with`. */
struct dgm_escape {
    uint8_t byte, length;
    uint8_t with[6];
};

/*
 * What stands around and inside every frame on the line. Rows, guards, checksums and
 * frame_max are about the content: what is left when this is taken off. The first byte of
 * each escape is escaped itself, and no escape begins another, so that reading needs no
 * choice.
 */
struct dgm_framing {
    uint8_t start[8], end[8]; /* delimiters */
    uint8_t start_length, end_length;
    uint8_t escape; /* enum dgm_framing_escape */
    uint8_t pair_count;
    uint8_t length_width; /* bytes of a field that tells the frame's length; 0: none */
    uint8_t length_order; /* enum dgm_order */
    uint16_t length_at;   /* from the first byte of the frame, delimiters included */
    int32_t length_add;   /* bytes of the frame = field + this */
    uint32_t gap_ms;      /* silence that ends a frame on a line; 0: none */
    uint32_t content_max; /* bytes of the longest content */
    uint8_t reserved[4];
    struct dgm_escape pairs[16];
};

/* Where an expression lies in `code`. */
struct dgm_expr {
    uint32_t at;
    uint16_t length; /* bytes */
    uint8_t steps, stack;
};

/*
 * The expression machine: a stack of values, no jumps, so that its cost is its length. A
 * value is missing, a boolean, an exact number (128-bit mantissa, decimal exponent), or a
 * float (binary64). An exact number beside a float becomes the nearest float. Arithmetic
 * with a missing value is missing, a comparison with one is false. What has no finite
 * value as a float is missing. Operands are little-endian.
 */
enum dgm_code {
    DGM_CODE_CONST = 1, /* i64 mantissa, u8 digits: push */
    DGM_CODE_TRUE = 2,
    DGM_CODE_FALSE = 3,
    DGM_CODE_MISSING = 4,
    DGM_CODE_SLOT = 5, /* u16: value of an earlier row; missing if that row was absent */
    DGM_CODE_MEMBER = 6,        /* u16: number or boolean given in the JSON (encode) */
    DGM_CODE_HAS_MEMBER = 7,    /* u16: is it given in the JSON? (encode) */
    DGM_CODE_LENGTH_MEMBER = 8, /* u16: bytes that the text given will take (encode) */
    DGM_CODE_COUNT_MEMBER = 9, /* u16: elements of the array given, or records (encode) */
    DGM_CODE_ROLE = 10,        /* u8: envelope member */
    DGM_CODE_INDEX = 11,       /* which repetition, from 0 */
    DGM_CODE_FRAME_LENGTH = 12, /* bytes (decode) */
    DGM_CODE_CHANNEL = 13,      /* of the call; missing if none */
    DGM_CODE_RECEIVED = 14,     /* receive time in seconds; missing if none */
    DGM_CODE_REQUEST_SLOT = 15, /* u16: slot of the answered message */
    DGM_CODE_REQUEST_BYTE = 16, /* pops an offset, pushes that byte of the request */
    DGM_CODE_REQUEST_LENGTH = 17,
    DGM_CODE_REQUEST_VALID = 18,
    DGM_CODE_HAS = 19,     /* pops; is it not missing? */
    DGM_CODE_OR_ELSE = 20, /* pops y, x; x unless missing, else y */
    DGM_CODE_SELECT = 21,  /* pops no, yes, condition; a missing condition is false */
    DGM_CODE_NOT = 22,
    DGM_CODE_AND = 23,
    DGM_CODE_OR = 24,
    DGM_CODE_EQ = 25,
    DGM_CODE_NE = 26,
    DGM_CODE_LT = 27,
    DGM_CODE_LE = 28,
    DGM_CODE_GT = 29,
    DGM_CODE_GE = 30,
    DGM_CODE_NEG = 31,
    DGM_CODE_ADD = 32,
    DGM_CODE_SUB = 33,
    DGM_CODE_MUL = 34,
    DGM_CODE_DIV = 35, /* exact if it can be, else a float */
    DGM_CODE_FLOOR_DIV = 36,
    DGM_CODE_MOD = 37, /* of integers; towards minus infinity */
    DGM_CODE_BIT_AND = 38,
    DGM_CODE_BIT_OR = 39,
    DGM_CODE_BIT_XOR = 40,
    DGM_CODE_SHL = 41,
    DGM_CODE_SHR = 42,
    DGM_CODE_BIT = 43, /* pops bit number, x; boolean */
    DGM_CODE_MIN = 44,
    DGM_CODE_MAX = 45,
    DGM_CODE_ABS = 46,
    /* Over the values that the JSON has for row u16, which stands in a repetition
     * (encode): */
    DGM_CODE_FIRST = 110,
    DGM_CODE_LAST = 111,
    DGM_CODE_STEP = 112, /* the second less the first */
    DGM_CODE_SUM = 113,
    DGM_CODE_REGION = 60, /* bytes of the region that was just written (encode) */
    DGM_CODE_PART = 130,  /* u16: number in that part of the text at work (encode) */
    DGM_CODE_GIVEN = 131, /* u16: place in its family of the first member that is given
                             and not yet written, from that one on (encode) */
    DGM_CODE_COUNT_GIVEN = 132, /* u16: members given of that family (encode) */
    DGM_CODE_CHOICE = 133,      /* u16: pops a raw value, pushes its place in that enum */
    DGM_CODE_CHOICE_RAW = 134 /* u16: the reverse */,
    DGM_CODE_CONTRADICTS = 135, /* u16: does the JSON give another text than that of
                                   LITERAL row u16? (encode) */
    DGM_CODE_LEFT_MEMBER = 137, /* u16: given in the JSON and not yet written? (encode) */
    /* 80 to 109: floats. */
    DGM_CODE_ROUND = 80, /* u8 decimals; ties away from zero; an exact number */
    DGM_CODE_FLOOR = 81, /* exact numbers, if they fit */
    DGM_CODE_CEIL = 82,
    DGM_CODE_SIGN = 83, /* -1, 0, 1 */
    DGM_CODE_SQRT = 84,
    DGM_CODE_LN = 85,
    DGM_CODE_LOG10 = 86,
    DGM_CODE_EXP = 87,
    DGM_CODE_POW = 88,
    DGM_CODE_POW10 = 89,  /* exact for a whole number up to 38 */
    DGM_CODE_CURVE = 90,  /* u16 curve */
    DGM_CODE_LEFT = 136,  /* bytes behind the place, up to the end of the region or the
                             trailer (decode) */
    DGM_CODE_TOPIC = 140, /* u32: does the topic of the call pass the filter at that text?
                            Missing if there is none. */
    DGM_CODE_FRAME_BYTES = 73, /* u8 count 1..8, u8 order: pops an offset, negative from
                                  the end; pushes the integer there */
    DGM_CODE_ONES = 74         /* pops; bits that are set */
};

enum dgm_loop_unknown {
    DGM_LOOP_REFUSE = 0,
    DGM_LOOP_STOP = 1,     /* the loop ends; also before a tag that is cut off */
    DGM_LOOP_SKIP = 2,     /* `size` bytes are passed over */
    DGM_LOOP_SKIP_BYTE = 3 /* the loop goes on at the next byte */
};

enum dgm_loop_flag {
    DGM_LOOP_COLLECTS = 1u << 0, /* some row has DGM_ROW_COLLECT or DGM_ROW_KEEP */
    DGM_LOOP_ONCE = 1u << 1, /* a case that comes twice is an error; CASE rows count in
                                their slots */
    DGM_LOOP_CUT = 1u << 2   /* a record that the end cuts off ends the loop, with a
                                notice: its size, or its tag, does not fit */
};

/*
 * A tag loop: records to the end of the frame, or of the region around. Each member
 * prints where it comes last, so the loop is walked once to find out, and once more to
 * print; what is collected prints behind the others, in one more walk for each.
 */
struct dgm_loop {
    uint16_t
        tag_rows; /* rows behind TLV that read a tag; then CHOOSE and the CASE rows */
    uint16_t tag_bytes;
    uint16_t first, count; /* tags, ascending */
    uint16_t other;        /* CASE row for all other tags, counted as in dgm_tag; or
                              DGM_NONE: `unknown` */
    uint16_t size;         /* expression: bytes behind a tag, or DGM_NONE */
    uint8_t unknown;       /* enum dgm_loop_unknown */
    uint8_t flags;         /* enum dgm_loop_flag */
    uint16_t align;        /* records are filled up to a multiple of it; not 0 */
};

/* Tags low..high, as CHOOSE gives them, have the CASE row `row`, counted from TLV. */
struct dgm_tag {
    int64_t low, high;
    uint16_t row;
    uint16_t reserved[3];
};

/* Rows that belong to a row and follow it. */
static inline uint16_t dgm_row_span(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_BITS:
    case DGM_OP_GROUP:
    case DGM_OP_REPEAT:
    case DGM_OP_STREAM:
    case DGM_OP_TEXT:
    case DGM_OP_AT:
    case DGM_OP_TLV:
    case DGM_OP_CASE:
    case DGM_OP_SPAN:
        return row->detail;
    default:
        return 0;
    }
}

DGM_STATIC_ASSERT(sizeof(struct dgm_row) == 40, "rows are 40 bytes");

DGM_END_DECLS

#endif
