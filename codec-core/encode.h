/* SPDX-License-Identifier: MIT */
/* State of one encode call, and what the files of the encoder share. */
#ifndef DGM_ENCODE_H
#define DGM_ENCODE_H

#include "json_read.h"
#include "machine.h"

/* What the envelope of a JSON message says; positions are bytes of the text, 0 = not
 * given. */
struct envelope {
    enum dgm_shape shape;
    bool bare;    /* no services: the members stand in the outermost object */
    uint8_t kind; /* enum dgm_kind, or 0 if the text does not say */
    struct json_string service, command, reply; /* raw is NULL if not given */
    struct value roles[DGM_ROLE_COUNT];
    struct json_string identifier;
    size_t role_at[DGM_ROLE_COUNT];
    size_t entries; /* report: the array of services; plain: the whole object */
    size_t members; /* command, response: the object of parameters */
    size_t request; /* reply: the request member's value */
    size_t command_at;
};

/* One service of a report. */
struct entry {
    uint16_t service;
    size_t data;         /* position of the object of its members */
    size_t at;           /* position of the entry, for errors */
    struct value time;   /* its event_time */
    size_t time_at;      /* position of that */
    bool time_is_member; /* plain record: the time stands among the members */
};

/* Walks the services of a report in any shape. */
struct entries {
    struct json_reader reader;
    enum dgm_shape shape;
    bool in_array;    /* plain: inside the records of `service` */
    uint16_t service; /* plain: of the member being walked */
    bool bare, done;
};

/* Do the members inside each member stand right behind it? */
enum nesting { NESTING_UNKNOWN, NESTING_IN_ORDER, NESTING_APART };

/* The members that one JSON object is looked up among. */
struct scope {
    uint16_t parent, service, record;
    bool skips_time; /* plain record: event_time is no member */
    bool is_root;    /* bare model: envelope members stand beside the members */
};

static inline bool scope_has(const struct scope *scope, const struct dgm_member *member)
{
    return member->parent == scope->parent && member->record == scope->record &&
           (member->parent != DGM_NONE || member->service == scope->service);
}

/* A length or checksum that can be filled in only when the whole frame is there. */
struct fixup {
    const struct dgm_row *row;
    size_t at; /* its place in the frame */
};

enum { MAX_FIXUPS = 8 };

struct encode_level {
    uint16_t row, end;
    uint32_t index;
    uint32_t left;  /* rounds of a repetition without member; UINT32_MAX: with one */
    size_t began;   /* bytes written before this round */
    bool is_hooked; /* what it writes goes through a hook; where that goes: */
    size_t wire_length, wire_written;
    const struct dgm_row *outer_gap; /* regions: the gap of what stands around */
    struct json_reader elements;     /* arrays: behind the element at work */
    struct entries entries;          /* records: behind the entry at work */
};

struct encoder {
    const struct dgm_codec *codec;
    const struct dgm_call *call;
    const char *json;
    size_t json_length;
    struct envelope envelope;
    uint16_t message_index;
    const struct dgm_message *message;
    const struct dgm_row *rows;
    const struct dgm_member *members;
    struct bound *bound;
    uint16_t *index;         /* room for an index of the members' names, or NULL */
    bool is_indexed;         /* it was made for this message; */
    size_t looks;            /* members looked at before that */
    bool has_objects;        /* some member was bound that is an object with members */
    uint8_t nesting;         /* enum nesting */
    unsigned service_member; /* first member of the service bound last */
    unsigned next_service;   /* looked at first when one is found by its name */
    size_t left_out;         /* members and services that the message does not know */
    struct value *slots;
    uint8_t *request; /* in the scratch memory: bytes of what a reply answers, and */
    struct value *request_slots; /* what decoding it leaves */
    struct machine machine;
    uint8_t *frame;
    size_t written; /* bytes from the start that have some value */
    size_t total;   /* of the walk before this one, once it is known */
    bool total_known, wants_total;
    uint8_t *wire_frame; /* the frame, also while `frame` is the input of a hook */
    size_t wire_size;
    uint8_t *plain, *packed;   /* input and output of hooks */
    size_t frame_size, length; /* length goes on counting behind frame_size */
    uint64_t bits;
    size_t bits_at;
    size_t stream_at;   /* byte where the open bit stream begins */
    unsigned bits_left; /* rows of the open bit group still to come */
    const struct dgm_row *bits_row;
    struct encode_level *levels; /* in the scratch memory, at its beginning */
    unsigned depth;
    struct fixup fixups[MAX_FIXUPS];
    unsigned fixup_count;
    uint64_t tag;                   /* tag loops: of the record at work */
    bool in_record;                 /* it is written; */
    uint16_t record_name;           /* which of the names it has, or DGM_NONE */
    unsigned trials;                /* cases at work that may be taken back */
    unsigned loop_trials;           /* of them those around the tag loop at work */
    uint16_t missed;                /* its member that it holds worst, or DGM_NONE */
    struct real miss;               /* how far what it holds is from what is given */
    bool waiting;                   /* a member was given that some later row may take */
    const struct dgm_row *gap;      /* first optional row that was left out */
    size_t element_at;              /* value of an unnamed array element */
    const struct dgm_row *numbered; /* row at work whose name is computed */
    uint16_t number_member;         /* and which member that is */
    uint16_t lacks; /* family of which the expression at work found no member */
    const struct dgm_row *text_row; /* composed text at work, or NULL */
    /* What the JSON has for each part of it; raw is NULL where it has no text. In the
     * scratch memory, DGM_MAX_PARTS of them; NULL: the table has no such texts. */
    struct json_string *pieces;
    /* event_time of the report itself; the envelope's roles hold the record's */
    struct value report_time;
    size_t report_time_at;      /* position of that; only for details */
    uint16_t measured;          /* member whose text the expression at work asked for */
    const char *measure_detail; /* why that text cannot be carried, or NULL */
    struct dgm_error *error;
};

/* Errors. All return the status. */
enum dgm_status encode_fail(struct encoder *encoder, enum dgm_status status,
                            uint32_t path, size_t json_at);
enum dgm_status encode_fail_row(struct encoder *encoder, enum dgm_status status,
                                const struct dgm_row *row, size_t json_at);
enum dgm_status encode_fail_text(struct encoder *encoder, enum dgm_status status,
                                 uint32_t path, size_t json_at, const char *detail);
#define encode_fail_text(encoder, status, path, json_at, detail)                         \
    encode_fail_text(encoder, status, path, json_at, DETAIL(detail))

/* A reader at a position of the text, which was checked before. */
void encode_reader(const struct encoder *encoder, size_t at, struct json_reader *ret);

/* encode_choose.c: choose the message and bind its members; DGM_NOTHING: no reply is
 * wanted. */
enum dgm_status encode_choose(struct encoder *encoder);
/* encode_walk.c: write the rows of the bound message, from the first byte. */
enum dgm_status encode_walk(struct encoder *encoder);

/* envelope_read.c: read what stands around the members. The text must be valid JSON. */
enum dgm_status envelope_read(struct encoder *encoder);
/* Is it an envelope member of the plain shape, by its name? */
bool envelope_is_plain_name(const struct json_string *name);
/* Set the walk to the first service. */
void entries_begin(const struct encoder *encoder, struct entries *ret);
/* The next service that the product has, if others are left out; false in `ret_more`
 * behind the last one. */
enum dgm_status entries_next(struct encoder *encoder, struct entries *entries,
                             struct entry *ret, bool *ret_more);

/* bind_find.c: the member of that name, or DGM_NONE. `next` is where it is looked for
 * first, the one behind the last one found; 0 at the start. */
uint16_t bind_find(struct encoder *encoder, const struct scope *scope,
                   const struct json_string *name, unsigned *next);

/* Are JSON members that are not known left out? */
static inline bool encode_ignores(const struct encoder *encoder)
{
    return encoder->call->unknown_members == DGM_UNKNOWN_MEMBERS_IGNORE;
}

/* bind.c: find each member's value. DGM_OK if the message takes this JSON. */
enum dgm_status bind_message(struct encoder *encoder);
/* Bind the members of one record, or of one array element. */
enum dgm_status bind_record(struct encoder *encoder, const struct entry *entry,
                            uint16_t row);
enum dgm_status bind_element(struct encoder *encoder, uint16_t array_member, size_t at);
/* Row of the repetition whose records this entry belongs to, or DGM_NONE for the message
 * itself. */
enum dgm_status bind_record_row(struct encoder *encoder, const struct entry *entry,
                                uint16_t *ret);
/* Records of a repetition that the JSON has. */
uint32_t bind_count_records(struct encoder *encoder, uint16_t row);

/* encode_value.c: the raw value of an integer row out of JSON at a position. */
enum dgm_status encode_raw(struct encoder *encoder, const struct dgm_row *row,
                           const char *json, size_t length, size_t at, uint64_t *ret);
/* Does the member of a row, if it was given, agree with the raw value? */
enum dgm_status encode_agrees(struct encoder *encoder, const struct dgm_row *row,
                              uint64_t raw);
/* The same for a number: limits, scaling, width. */
enum dgm_status encode_raw_number(struct encoder *encoder, const struct dgm_row *row,
                                  struct number value, size_t at, uint64_t *ret);
/* The bits of an expression's result, which is a raw value. */
enum dgm_status encode_raw_value(struct encoder *encoder, const struct dgm_row *row,
                                 const struct value *value, uint64_t *ret);
/* encode_digits.c: the raw value of a DIGITS row; its JSON stands at `json_at`. */
enum dgm_status encode_digits(struct encoder *encoder, const struct dgm_row *row,
                              uint64_t raw, size_t json_at);
/* encode_fixup.c: leave room for a length or checksum, and fill all of them in. */
enum dgm_status encode_postpone(struct encoder *encoder, const struct dgm_row *row);
enum dgm_status encode_fixups(struct encoder *encoder);
/* encode_row.c: write one integer or byte row. */
/* Do the named constants that the JSON gives agree with those of the message? */
enum dgm_status encode_check_constants(struct encoder *encoder);
enum dgm_status encode_integer_row(struct encoder *encoder, const struct dgm_row *row);
/*
 * encode_region.c: regions, whose size is known when their last byte is written. A row
 * that measures one leaves room, and is filled in then.
 */
enum dgm_status encode_reserve(struct encoder *encoder, const struct dgm_row *row);
enum dgm_status encode_close_region(struct encoder *encoder,
                                    const struct encode_level *level);
/* encode_walk.c: write rows from `first` up to `end`, at the depth of now. */
enum dgm_status encode_rows(struct encoder *encoder, uint16_t first, uint16_t end);
/* Does the JSON give another text for the member of a LITERAL row? */
bool encode_contradicts(const struct encoder *encoder, const struct dgm_row *row);
/* encode_silent.c: what a SILENT group that ends has written says what was given. */
enum dgm_status encode_check_silent(struct encoder *encoder,
                                    const struct encode_level *level);
/* encode_walk.c: the first member of the rows that the JSON gives, or NULL. */
const struct bound *encode_given_in(const struct encoder *encoder, uint16_t first,
                                    uint16_t end);
/* The level is new, for the row. */
struct encode_level *encode_push(struct encoder *encoder, const struct dgm_row *row);
/* Has a row taken the member, in a record of the tag loop at work that stays? */
static inline bool encode_is_settled(const struct encoder *encoder,
                                     const struct bound *bound)
{
    return bound->used != 0 && bound->used <= encoder->loop_trials + 1;
}
/* A row takes the member. */
static inline void encode_take(const struct encoder *encoder, struct bound *bound)
{
    if (bound->used == 0)
        bound->used = (uint8_t)(encoder->trials + 1);
}
/* encode_walk.c: index of the innermost repetition, for expressions. */
void encode_refresh_index(struct encoder *encoder);
/* encode_tags.c: write the records of a tag loop. */
enum dgm_status encode_loop(struct encoder *encoder, const struct dgm_row *row);
/* Is the row in want of its member? */
bool encode_is_needed(const struct encoder *encoder, const struct dgm_row *row);
/* encode_hook.c: what the rows inside write goes through the row's hook. */
void encode_open_hook(struct encoder *encoder, struct encode_level *level,
                      const struct dgm_row *row);
/* The rows from that depth on have failed: what follows is written to the frame again. */
void encode_abandon_hooks(struct encoder *encoder, unsigned depth);
enum dgm_status encode_close_hook(struct encoder *encoder, struct encode_level *level,
                                  const struct dgm_row *row);
/* Append bytes; NULL for zeros. Counts on behind the end of the frame. */
enum dgm_status encode_append(struct encoder *encoder, const struct dgm_row *row,
                              const uint8_t *bytes, size_t count);
/* encode_stream.c: bit groups of any length, and the raw value of one of their fields. */
enum dgm_status encode_stream(struct encoder *encoder, const struct dgm_row *row);
void encode_field(struct encoder *encoder, const struct dgm_row *row, uint64_t raw);
/* encode_row.c: the raw value of an integer row, and the text of a byte row. */
enum dgm_status encode_row_raw(struct encoder *encoder, const struct dgm_row *row,
                               uint64_t *ret);
enum dgm_status encode_row_string(struct encoder *encoder, const struct dgm_row *row,
                                  struct json_string *ret, size_t *ret_at);
/* What expressions and pieces see of a byte row that is about to be written. */
void encode_note_bytes(struct encoder *encoder, const struct dgm_row *row, size_t length);
/* encode_at.c: go elsewhere and come back; bytes left alone; the end of a repetition. */
enum dgm_status encode_at(struct encoder *encoder, struct encode_level *level,
                          const struct dgm_row *row);
enum dgm_status encode_skip(struct encoder *encoder, const struct dgm_row *row,
                            size_t count);
enum dgm_status encode_end_mark(struct encoder *encoder, const struct dgm_row *row);
/* May the round that was written stand before the mark? */
enum dgm_status encode_check_mark(struct encoder *encoder,
                                  const struct encode_level *level);
/* encode_agree.c: lengths and counts of items that may stand behind them. */
enum dgm_status encode_leave_room(struct encoder *encoder, const struct dgm_row *row);
enum dgm_status encode_agree(struct encoder *encoder, const struct dgm_row *row);
void encode_note_span(struct encoder *encoder, const struct encode_level *level);
/* The bytes that a checksum over an item covers; false if there are none. */
bool encode_span_of(const struct encoder *encoder, const struct dgm_row *row,
                    struct dgm_check *ret);
/* encode_series.c: what expressions ask of values in repetitions. */
struct value encode_series_value(struct encoder *encoder, uint8_t code, uint16_t index);
/* encode_moment.c: a part of an instant, and the instant itself. */
enum dgm_status encode_moment_part(struct encoder *encoder, const struct dgm_row *row,
                                   uint64_t *ret);
enum dgm_status encode_moment(struct encoder *encoder, const struct dgm_row *row);
/* encode_value.c: the instant at a place of the JSON. */
enum dgm_status encode_read_moment(struct encoder *encoder, const struct dgm_row *row,
                                   size_t at, struct number *ret);
/* encode_join.c: pieces of the values of other rows, and those rows themselves. */
enum dgm_status encode_piece(struct encoder *encoder, const struct dgm_row *row,
                             uint64_t *ret);
enum dgm_status encode_bytes_piece(struct encoder *encoder, const struct dgm_row *row,
                                   size_t wanted);
enum dgm_status encode_join(struct encoder *encoder, const struct dgm_row *row);
enum dgm_status encode_join_bytes(struct encoder *encoder, const struct dgm_row *row);
/* The raw that stands for a missing member, if the row has one. */
bool encode_no_reading(const struct dgm_codec *codec, const struct dgm_row *row,
                       uint64_t *ret);
/* Is the row an element, and null given for it? `bound` is that of the row, or NULL. */
bool encode_is_null(const struct encoder *encoder, const struct dgm_row *row,
                    const struct bound *bound);
/* encode_name.c: which member a row with a computed name has; false if none. */
bool encode_find_name(const struct encoder *encoder, const struct dgm_row *row,
                      uint16_t *ret);
/* Place of the first member of a family that is given and not yet written; count. */
struct value encode_given(struct encoder *encoder, uint16_t member);
struct value encode_count_given(const struct encoder *encoder, uint16_t member);
/* Was every member with a computed name in these rows written? */
enum dgm_status encode_check_names(struct encoder *encoder, uint16_t first, uint16_t end);

/* The member of a row; of one with a computed name the one that it is this time. */
static inline uint16_t encode_member(const struct encoder *encoder,
                                     const struct dgm_row *row)
{
    return HAS_TAGS && row == encoder->numbered ? encoder->number_member : row->member;
}

/* Where the element stands that a row has: of the array at work, or of its own array that
 * is collected. */
static inline size_t encode_element(const struct encoder *encoder,
                                    const struct dgm_row *row)
{
    return HAS_TAGS && (row->flags & DGM_ROW_COLLECT) && row->member != DGM_NONE
               ? encoder->bound[row->member].at
               : encoder->element_at;
}

/* encode_text.c: divide the text of a TEXT row among its parts. */
enum dgm_status encode_text_begin(struct encoder *encoder, const struct dgm_row *row);
/* What the part of a row inside has; DGM_MISSING_MEMBER if there is no text. */
enum dgm_status encode_part_string(struct encoder *encoder, const struct dgm_row *row,
                                   struct json_string *ret, size_t *ret_at);
/* The raw value, or bits of a float, that it means. */
enum dgm_status encode_part_raw(struct encoder *encoder, const struct dgm_row *row,
                                uint64_t *ret);
/* Does a computed part have the value that the text says? */
enum dgm_status encode_check_part(struct encoder *encoder, const struct dgm_row *row,
                                  const struct value *value);
/* The number in a part, counted from the first of the text; missing if there is none. */
struct value encode_part_number(const struct encoder *encoder, uint16_t index);
/* Answers what expressions ask of the JSON. `user` is the encoder. */
struct value encode_member_value(void *user, uint8_t code, uint16_t member);

/*
 * encode_bytes.c: bytes (digits, where they are shown as such) that a JSON string becomes
 * in the rendering of a row, with every check; DGM_OK or DGM_TEXT with a sentence about
 * why not.
 */
enum dgm_status encode_measure(const struct encoder *encoder, const struct dgm_row *row,
                               const struct json_string *string, size_t *ret_length,
                               const char **ret_detail);
/* Those bytes; not of digits. */
void encode_store_bytes(const struct encoder *encoder, const struct dgm_row *row,
                        uint8_t *out, const struct json_string *string);

/* encode_bytes_row.c: write a byte row. */
enum dgm_status encode_bytes_row(struct encoder *encoder, const struct dgm_row *row);
/* What the member of a byte row will take, for what counts it; missing if it is none. */
struct value encode_member_length(struct encoder *encoder, uint16_t member);
/* encode_row.c: where in the JSON the member of a row was given; NULL: not given. */
const struct bound *encode_row_bound(const struct encoder *encoder,
                                     const struct dgm_row *row);

/* request.c: the bytes of the request, and the reply that answers them. */
enum dgm_status request_read(struct encoder *encoder, uint8_t *buffer, size_t size);
enum dgm_status request_decode(struct encoder *encoder, struct value *slots,
                               uint16_t *ret_message);

#endif
