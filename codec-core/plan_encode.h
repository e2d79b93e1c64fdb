/* SPDX-License-Identifier: MIT */
/*
 * Plans for encoding: what a message's rows boil down to.
 *
 * A frame is a chain of parts: bytes at fixed places, behind each but the last one field
 * whose length the JSON decides. A part is known once the fields of variable length
 * before it are written. What has its place in a part that is not known yet is
 * remembered, passed over, and read when its turn comes.
 *
 * Objects of the JSON are scopes: fields in the order in which they are expected. Each
 * field knows its name as it stands in compact JSON, `,"flow":`, so that one comparison
 * tells whether it comes next.
 */
#ifndef DGM_PLAN_ENCODE_H
#define DGM_PLAN_ENCODE_H

#include "encode.h"
#include "plan.h"

enum {
    PLAN_PARTS = 12,     /* parts of a frame */
    PLAN_FIELDS = 64,    /* fields of an object: each has a bit */
    PLAN_FIXUPS = 4,     /* lengths and checksums */
    PLAN_OWNERS = 12,    /* fields that count others */
    PLAN_PENDING = 24,   /* values remembered */
    PLAN_ROLES = 4,      /* rows that carry members of the envelope */
    PLAN_TIME_BYTES = 8, /* of a time in digits */
    PLAN_NESTING = 4,    /* objects inside each other */
    PLAN_SERVICES = 16,  /* in a report */
    PLAN_SHAPES = 3
};

/* How a raw value is stored. */
enum plan_how {
    PLAN_U8,
    PLAN_BE16,
    PLAN_BE32,
    PLAN_LE16,
    PLAN_LE32,
    PLAN_BITS8, /* some bits of a byte */
    PLAN_BITS,  /* some bits of several bytes */
    PLAN_BYTES, /* any number of bytes in any order */
    PLAN_CODED  /* sign and magnitude, or Gray code */
};

/* Where a raw value goes. */
struct plan_place {
    const struct dgm_row *row;
    uint32_t at; /* in its part, or in its element */
    uint8_t part;
    uint8_t how; /* enum plan_how */
    uint8_t bytes, order, shift;
    uint8_t width; /* bits */
};

/* How the value of a member is read. */
enum plan_read {
    PLAN_INT,     /* whole number */
    PLAN_DECIMAL, /* number with decimals, by a scaling */
    PLAN_BOOL,
    PLAN_WORD,    /* one of some texts */
    PLAN_OTHER,   /* as the row says */
    PLAN_TEXT,    /* text of a fixed size */
    PLAN_LITERAL, /* must be this text */
    PLAN_BOUND,   /* known, and left to the rows */
    PLAN_IGNORED, /* any value, which is dropped */
    PLAN_OBJECT,  /* object of members */
    /* Of variable length: */
    PLAN_STRING,
    PLAN_VALUES,  /* array of values */
    PLAN_ELEMENTS /* array of objects */
};

/* The envelope's members have reads of their own. */
enum plan_envelope_read {
    PLAN_ENVELOPE_TYPE,
    PLAN_ENVELOPE_SERVICE,
    PLAN_ENVELOPE_COMMAND,
    PLAN_ENVELOPE_ROLE,
    PLAN_ENVELOPE_MEMBERS, /* of a command */
    PLAN_ENVELOPE_ENTRIES, /* services of a report */
    PLAN_ENVELOPE_DATA,    /* members of a service */
    PLAN_ENVELOPE_TIME,
    PLAN_ENVELOPE_IGNORED
};

/* One of the texts that a value may be. */
struct plan_word {
    uint64_t first; /* its first eight bytes, the first one lowest, zeros behind */
    uint64_t raw;
    const char *text;
    uint32_t length;
};

/* Texts of a value, found by their first eight bytes: a hash without collisions. */
struct plan_words {
    uint64_t factor;
    const uint8_t *index; /* of the word; by the hash */
    const struct plan_word *words;
    uint8_t shift;
    uint8_t count;
};

/* A text that becomes bytes. */
struct plan_string {
    const struct dgm_row *row;
    uint32_t size; /* bytes of a text of fixed size */
    uint32_t most; /* characters, as the product model counts them */
    uint8_t show;  /* enum dgm_show */
    uint8_t pad;
    bool padded;
    bool fixed;
};

struct plan_array {
    const struct plan_field *element; /* of an array of values */
    const struct plan_scope *scope;   /* of an array of objects */
    const uint8_t *bytes; /* of an element before its fields are written; NULL: the fields
                             write them all */
    uint32_t size;        /* bytes of an element */
    uint32_t count;       /* elements, if `counted` */
    bool counted;
};

/* Reading and storing in one step, where both are common. */
enum plan_op {
    PLAN_INT_U8,
    PLAN_INT_BE16,
    PLAN_INT_BE32,
    PLAN_INT_BITS8,
    PLAN_DECIMAL_U8,
    PLAN_DECIMAL_BE16,
    PLAN_DECIMAL_BE32,
    PLAN_BOOL_U8,
    PLAN_BOOL_BITS8,
    PLAN_WORD_U8,
    PLAN_WORD_BITS8,
    PLAN_ANY,     /* first the one, then the other */
    PLAN_WHOLE,   /* no raw value */
    PLAN_INSIDE,  /* an object of members */
    PLAN_VARIABLE /* of variable length */
};

struct plan_field {
    uint64_t first, mask; /* first eight bytes of `key`, the first one lowest */
    uint64_t last;        /* last eight bytes of a longer key */
    const char *key;      /* `,"flow":`, eight bytes of padding behind it */
    uint32_t key_length;
    uint64_t bit;        /* of the field in its object */
    uint8_t op;          /* enum plan_op */
    uint8_t read;        /* enum plan_read or enum plan_envelope_read */
    uint8_t digits;      /* decimals of a unit */
    uint8_t role;        /* of the envelope */
    bool exact;          /* no rounding */
    bool has_preset;     /* `preset` is written where the member is missing */
    uint8_t owner;       /* that counts this field, less one; 0: none */
    bool of_list;        /* `row` has raw values that are no reading */
    int64_t low, high;   /* units allowed */
    uint64_t whole_most; /* units of 1 that need no closer look */
    uint64_t power;      /* 10^digits */
    int64_t add, mul;    /* units = raw * mul + add */
    struct plan_place place;
    uint64_t preset;
    uint16_t member;
    const struct dgm_row *row;
    union {
        const struct plan_words *words;
        const struct plan_scope *scope;
        const struct plan_string *string;
        const struct plan_array *array;
        const char *text;
    } with;
    uint32_t text_length;
};

struct plan_scope {
    const struct plan_field *fields;
    uint32_t count;
    uint16_t parent, service; /* of its members */
    uint64_t required;        /* a member is missing: the rows know what then */
    uint64_t certain;         /* of them those without which the rows fail for sure */
    uint64_t presets;         /* fields that have one */
};

struct plan_part {
    const uint8_t *bytes; /* before the fields are written; padded to eight */
    uint32_t size;
    const struct plan_field *next; /* behind it, of variable length; NULL: the end */
};

/* A row that carries a member of the envelope. */
struct plan_role {
    struct plan_place place;
    uint64_t preset; /* where the member is missing */
    bool has_preset;
    uint8_t role; /* enum dgm_role */
};

struct plan_fixup {
    const struct dgm_row *row;
    struct plan_place place;
};

/* How the message begins in a shape. */
struct plan_head {
    const char *text; /* `{"msgType":"cloudReq","serviceId":"Meter","cmd":"SET"` */
    uint32_t length;  /* at least 8; 0: the shape is left to the rows */
    uint32_t next;    /* field of the envelope that is expected behind it */
    uint64_t seen;    /* fields that it holds */
};

struct plan_message {
    const struct dgm_message *message;
    uint16_t index;
    uint16_t scope_count; /* of the members' own; one per service of a report */
    uint8_t part_count, owner_count, role_count, fixup_count;
    bool check_fits; /* the guards are not proven to hold */
    bool has_time;
    struct plan_head heads[PLAN_SHAPES];
    const struct plan_scope *scopes;
    const struct plan_scope *plain; /* reports: the services as members, or NULL */
    struct plan_part parts[PLAN_PARTS];
    struct plan_place owners[PLAN_OWNERS];
    struct plan_role roles[PLAN_ROLES];
    struct plan_place time; /* of a report, which is none of those roles */
    struct plan_fixup fixups[PLAN_FIXUPS];
};

/* The heads of many commands in a shape, by a hash of eight bytes at the place `at`. */
struct plan_heads {
    const uint16_t *first; /* by hash: a message, or DGM_NONE; NULL: there are few */
    const uint16_t *next;  /* by message: the next one of that hash */
    uint32_t at;           /* all heads reach eight bytes further */
    uint8_t shift;         /* of the 64 bits of the hash */
};

struct plan_encode {
    /* By enum dgm_shape. */
    struct plan_heads heads[PLAN_SHAPES];
    const struct plan_scope *envelopes[PLAN_SHAPES];
    const struct plan_scope *entries[PLAN_SHAPES];
    /* What usually stands between the mid of a command and its members. */
    struct plan_field between[PLAN_SHAPES];
    const struct plan_message *const *messages; /* commands */
    const struct plan_message *const *reports;  /* in the order in which they are tried;
                                                   NULL: left to the rows */
    uint32_t message_count, report_count;
};

/* plan_encode_heads.c: for at most `most` messages; without them it only counts. */
void plan_heads_make(struct plan_store *store, unsigned most,
                     const struct plan_message *const *messages, uint32_t count,
                     enum dgm_shape shape, struct plan_heads *ret);

/* plan_encode_key.c: the name of a field; false: it has characters that have several
 * spellings. */
bool plan_set_key(struct plan_store *store, struct plan_field *field, const char *name,
                  size_t length);
/* What a field is known by; eight bytes of padding follow it. */
void plan_name_key(struct plan_field *field, const char *key, size_t size);
/* Most bytes that takes. */
size_t plan_key_bytes(size_t length);

/* plan_encode_words.c: the choices of an enum; NULL: they are left to the rows. */
const struct plan_words *plan_words_make(const struct dgm_codec *codec,
                                         struct plan_store *store,
                                         const struct dgm_row *row);
size_t plan_words_bytes(const struct dgm_codec *codec, const struct dgm_row *row);

/* plan_encode_field.c: how the value of a row is read and where it goes; false: it is
 * left to the rows. */
bool plan_field_set(const struct dgm_codec *codec, struct plan_store *store,
                    const struct dgm_row *row, struct plan_field *field);
void plan_place_set(const struct dgm_row *row, unsigned part, uint32_t at,
                    struct plan_place *ret);

/* plan_encode_time.c: the place of a row that carries the time of a report, if it is one
 * of digits; false: the row is left to the rows. */
bool plan_set_time_place(const struct dgm_codec *codec, const struct dgm_row *row,
                         struct plan_place *place);

/* plan_encode_rows.c: a message; NULL: it is left to the rows. */
const struct plan_message *plan_message_make(const struct dgm_codec *codec,
                                             struct plan_store *store, unsigned index);
/* Most bytes that takes. */
size_t plan_message_bytes(const struct dgm_codec *codec, unsigned index);

#endif
