/* SPDX-License-Identifier: MIT */
/* State of one decode call, and what the files of the decoder share. */
#ifndef DGM_DECODE_H
#define DGM_DECODE_H

#include "calendar.h"
#include "json_write.h"
#include "machine.h"

/* A group, repetition or nested object that the walk is inside of. */
struct level {
    uint16_t row;     /* of the group or repetition */
    uint16_t end;     /* row behind its last one */
    uint32_t left;    /* repetitions still to come; UINT32_MAX: to the end of the frame */
    uint32_t index;   /* which repetition this is */
    size_t began;     /* read position at the start of this repetition */
    size_t mark;      /* text length before the object or record was opened */
    bool outer_first; /* whether the container around it was still empty */
    bool prints;      /* it opened an object, array or text in this pass */
    bool missing;     /* composed text: a part has no value */
    bool reports;     /* composed text: whether notices were given around it */
    bool is_hooked;   /* it is about what a hook made; what stands around: */
    const uint8_t *wire_frame;
    size_t wire_length, wire_position, wire_start, wire_end;
    bool is_region; /* it has a size of its own; what stands around it: */
    size_t outer_start, outer_end;
    int8_t in_loop; /* tag loops: 1: it prints all that is in it; -1: nothing */
};

/* What a tag loop is walked for. */
enum loop_phase {
    LOOP_SCAN,   /* to find out where each member comes last */
    LOOP_PRINT,  /* to print each there */
    LOOP_COLLECT /* to print the elements of one member */
};

/* Records of unknown tags that one frame can have kept. */
enum { LOOP_KEPT_MAX = 64 };

/* The tag loop that the walk is in. */
struct loop_walk {
    const struct dgm_loop *loop; /* NULL: in none */
    enum loop_phase phase;
    size_t began, record; /* read position where it, and the record, began */
    int64_t tag;
    unsigned inside, muted; /* levels in it with `in_loop` 1, and -1 */
    uint16_t row;           /* of the loop */
    uint16_t collecting;    /* row whose member is collected */
    bool reporting;         /* as it was before */
    bool follows; /* its members are those of the loop around, whose phase it has */
    unsigned first_kept; /* of `kept` */
};

/* A record of a tag that has no case. */
struct kept {
    int64_t tag;
    uint32_t at;   /* where it came last */
    uint16_t loop; /* row of its tag loop */
};

/* An object whose members stand apart, and what stood around it when it was opened. */
struct open_object {
    size_t mark; /* text length */
    bool outer_first;
};

/* An envelope member that was read. */
struct role {
    uint8_t show;    /* how a time prints; 0: a number */
    uint16_t format; /* of a time or text, or DGM_NONE */
    bool is_text;    /* identifier as text */
    const uint8_t *bytes;
    size_t length;
    size_t digits;                    /* of a text of digits: how many, from */
    uint8_t first_digit;              /* this place */
    uint8_t encoding;                 /* enum dgm_show of the text */
    const struct dgm_choice *literal; /* identifier that is always the same, or NULL */
};

struct decoder {
    const struct dgm_codec *codec;
    const struct dgm_call *call;
    enum dgm_shape shape;
    const uint8_t *frame;
    size_t length;
    size_t position;
    /* The innermost region around the position, and how many there are. */
    size_t start, end;
    unsigned regions;
    uint8_t *plain; /* where hooks put what they make */
    bool in_hook;   /* the frame is what a hook made of bytes at */
    size_t hooked_at;
    struct json_writer out;
    const struct dgm_message *message;
    const struct dgm_row *rows; /* of the message */
    uint8_t pass;
    bool reporting; /* notices are given in the first pass only */
    bool first;     /* the innermost open container has no member yet */
    bool head_done; /* the envelope's beginning is printed */
    bool has_entry; /* some service was printed */
    struct value *slots;
    struct value roles[DGM_ROLE_COUNT];
    struct role role_details[DGM_ROLE_COUNT];
    struct machine machine;
    uint64_t bits;  /* of the open bit group */
    size_t bits_at; /* byte where it began */
    unsigned bits_width;
    uint8_t bits_order;
    size_t stream_at;         /* byte where the open bit stream began */
    struct bound *last;       /* tag loops, by member: record that it comes last in */
    bool in_record;           /* inside a repetition whose rounds are records */
    struct value record_time; /* event_time of that record */
    unsigned depth;           /* levels in use */
    /* The open service (reports) or parameter object (commands). */
    bool service_open;
    bool service_first; /* whether the container around it was still empty */
    uint16_t service;
    size_t service_mark;
    uint16_t array_service; /* plain shape: service whose array of records is open, or
                               DGM_NONE */
    uint16_t array_before;  /* the same before the open service */
    unsigned object_count;  /* open objects whose members stand apart */
    /* The row at work whose name is computed, and its member; DGM_NONE: it has none. */
    const struct dgm_row *numbered;
    uint16_t number_member;
    enum dgm_status twice; /* DGM_DUPLICATE_MEMBER once a member was printed again */
    /* The part of a composed text whose row is at work, or NULL. */
    const struct dgm_part *part;
    bool part_prints; /* its value was begun */
    size_t part_mark; /* text length before the value */
    size_t text_size; /* of the caller's buffer */
    struct dgm_error *error;
    struct dgm_error *notices;
    size_t notice_capacity, notice_count;
    struct plan_maker *maker; /* a plan is made: values of the envelope are left open */
    struct dgm_visit *visits; /* where the caller wants to know what was read, or NULL */
    size_t visit_capacity, visit_count;
    /* From here on nothing is cleared before the walk: each is filled where it begins to
     * count. */
    struct loop_walk tags;
    struct loop_walk loops[DGM_MAX_LOOPS - 1]; /* those around it */
    unsigned loop_count;                       /* of them */
    unsigned kept_count;
    struct open_object objects[HAS_PLACES ? DGM_MAX_DEPTH : 1];
    /* In the caller's scratch memory, as many as the table needs. */
    struct level *levels;
    struct kept *kept; /* LOOP_KEPT_MAX of them, or NULL: the table has no loops */
    uint64_t *named;   /* members of computed names, and those of several rows, that this
                          pass has printed; one bit each; NULL: there are none */
};

/* One row of any kind, at the position. */
enum dgm_status decode_row(struct decoder *decoder, const struct dgm_row *row);
/* Rows from one up to another, those inside them and their conditions included. No level
 * is open. */
enum dgm_status decode_rows(struct decoder *decoder, uint16_t first, uint16_t end);

/* Index of the innermost repetition, for expressions. */
void decode_refresh_index(struct decoder *decoder);

/* Walk the message's rows once for each pass. The text is complete when DGM_OK comes
 * back. */
enum dgm_status decode_message(struct decoder *decoder);

/* Fill the decoder for a frame; slots and output are the caller's. */
void decoder_init(struct decoder *decoder, const struct dgm_codec *codec,
                  const struct dgm_call *call, const uint8_t *frame, size_t length);

/* Its levels and what else the walk remembers: decode_walk_size() bytes, which may be
 * NULL if there are none. */
void decoder_place(struct decoder *decoder, void *memory);

/* No member of a computed or shared name has printed. */
void decode_clear_names(struct decoder *decoder);

/* Error at the byte `at` of the frame in a row. Returns the status. */
enum dgm_status decode_fail(struct decoder *decoder, enum dgm_status status,
                            const struct dgm_row *row, size_t at);
/* Fill a notice or error with place, path and indices. */
void decode_locate(const struct decoder *decoder, struct dgm_error *error,
                   enum dgm_status status, const struct dgm_row *row, size_t at);
/* Give a warning beside the data. */
void decode_notice(struct decoder *decoder, const struct dgm_error *notice);

/* The frame ends inside a row that needs so many bytes. */
enum dgm_status decode_truncated(struct decoder *decoder, const struct dgm_row *row,
                                 size_t needed);
/* An instant out of parts; and one that is known: kept and printed. */
enum dgm_status decode_moment(struct decoder *decoder, const struct dgm_row *row);
enum dgm_status decode_instant(struct decoder *decoder, const struct dgm_row *row,
                               const struct value *value);
/* An ECHO row. */
enum dgm_status decode_echo(struct decoder *decoder, const struct dgm_row *row);
/* A DIGITS row; moves the read position. */
enum dgm_status decode_digits(struct decoder *decoder, const struct dgm_row *row);
/* A raw integer of an INT or BIT row that begins at byte `at`: check, keep, print. */
enum dgm_status decode_integer(struct decoder *decoder, const struct dgm_row *row,
                               uint64_t raw, size_t at);
/* The bits of a FLOAT row that begins at byte `at`. */
enum dgm_status decode_float(struct decoder *decoder, const struct dgm_row *row,
                             uint64_t bits, size_t at);
/* The value of a VALUE row. */
enum dgm_status decode_value(struct decoder *decoder, const struct dgm_row *row);
/*
 * decode_text.c: a TEXT row was met; rows inside it are walked between _before and
 * _after; behind the last of them _end tells whether to go on there or to walk them
 * again.
 */
void decode_text_begin(struct decoder *decoder, const struct dgm_row *row);
void decode_text_before(struct decoder *decoder, uint16_t row_index);
void decode_text_after(struct decoder *decoder);
void decode_text_end(struct decoder *decoder, uint16_t *row_index);
/* A part's value is at work from _start to _end, which tells whether it printed. */
void decode_start_part(struct decoder *decoder, const struct dgm_part *part);
bool decode_end_part(struct decoder *decoder);
/* The part's literal. */
void decode_put_literal(struct decoder *decoder, const struct dgm_part *part);
/* The literal before the part; its value follows. */
void decode_begin_part(struct decoder *decoder);
/* A number as the part at work wants it. */
void decode_put_part(struct decoder *decoder, struct number number);
/* Put a group or repetition on the stack. */
struct level *decode_push_level(struct decoder *decoder, uint16_t row);

/* decode_name.c: a row prints its member, which other rows have as well; and what it
 * printed is taken back. */
void decode_note_shared(struct decoder *decoder, const struct dgm_row *row);
void decode_forget_shared(struct decoder *decoder, const struct dgm_row *row);
/* Find the member of a row whose name is computed. */
enum dgm_status decode_find_name(struct decoder *decoder, const struct dgm_row *row);
/* Such members inside a repetition begin anew. */
void decode_forget_names(struct decoder *decoder, const struct level *level);
/* `,"name":` of it */
void decode_put_name(struct decoder *decoder);

/*
 * decode_visit.c: note that a row is at work, or is absent; and, when it is done, where
 * it ends. _begin returns which visit that is, for _end.
 */
size_t visit_begin(struct decoder *decoder, const struct dgm_row *row, bool present);
void visit_end(struct decoder *decoder, const struct dgm_row *row, size_t visit);

/* decode_object.c: an OBJECT row, and an OBJECT_END row, in their pass. */
void decode_open_object(struct decoder *decoder, const struct dgm_row *row);
void decode_close_object(struct decoder *decoder);

/* A BYTES row; moves the read position. */
enum dgm_status decode_bytes(struct decoder *decoder, const struct dgm_row *row);

/* decode_stream.c: bit groups of any length, and their fields. */
enum dgm_status decode_stream(struct decoder *decoder, const struct dgm_row *row);
enum dgm_status decode_field(struct decoder *decoder, const struct dgm_row *row);
/* decode_join.c: values out of pieces that were read before. */
enum dgm_status decode_join(struct decoder *decoder, const struct dgm_row *row);
enum dgm_status decode_join_bytes(struct decoder *decoder, const struct dgm_row *row);
/* Bytes of a row, wherever they were found: check, keep, print. */
enum dgm_status decode_show_bytes(struct decoder *decoder, const struct dgm_row *row,
                                  const uint8_t *bytes, size_t length, size_t at);
/* decode_at.c: go where the row says, and is the mark that ends a repetition next? */
enum dgm_status decode_at(struct decoder *decoder, struct level *level,
                          const struct dgm_row *row);
enum dgm_status decode_end_mark(struct decoder *decoder, const struct dgm_row *row,
                                bool *ret);
/* decode_agree.c: checksums, and what tells of items that stand elsewhere. */
enum dgm_status decode_check(struct decoder *decoder, const struct dgm_row *row);
enum dgm_status decode_agree(struct decoder *decoder, const struct dgm_row *row);
void decode_note_span(struct decoder *decoder, const struct level *level);
/* A frame that ends inside the row. */
enum dgm_status decode_truncated(struct decoder *decoder, const struct dgm_row *row,
                                 size_t needed);

/* A member that is left out leaves nothing; an element leaves null, so that others keep
 * their place. */
void decode_leave_out(struct decoder *decoder, const struct dgm_row *row);
/* Key or comma before a value; false if the row prints nothing in this pass. */
bool decode_begin_value(struct decoder *decoder, const struct dgm_row *row);

/* An envelope member that is text, with its quotes. */
void decode_put_text_role(struct decoder *decoder, const struct role *role);

/* An envelope member that is an instant; false if it is no date of the calendar. */
bool decode_put_time(struct decoder *decoder, struct number seconds,
                     const struct role *role);

/* Envelope (decode_envelope.c). */
/* Is there a form for that kind of message in the shape? */
bool envelope_has_kind(enum dgm_shape shape, uint8_t kind);
/* The value of a member that was read, other than a time. */
void envelope_put_role(struct decoder *decoder, enum dgm_role role);
/* Print what stands before the first service, unless that is done. */
void envelope_begin(struct decoder *decoder);
void envelope_open_service(struct decoder *decoder, uint16_t service);
/*
 * Close it; one without members is taken back. `record_time` is the time of a record;
 * NULL or missing: the message's.
 */
void envelope_close_service(struct decoder *decoder, const struct value *record_time);
/* Close the whole message; DGM_NOTHING if there was nothing to say. */
enum dgm_status envelope_finish(struct decoder *decoder);

/*
 * decode_region.c. A region of `size` bytes begins at the position, for the level on top
 * of the stack: what stands in it sees no further bytes. It ends where it was said to.
 */
enum dgm_status decode_open_region(struct decoder *decoder, struct level *level,
                                   const struct dgm_row *row, size_t size);
enum dgm_status decode_close_region(struct decoder *decoder, struct level *level,
                                    const struct dgm_row *row);
/*
 * decode_hook.c. The bytes of the region, or the rest, go through the row's hook, and the
 * rows inside read what it makes of them.
 */
enum dgm_status decode_open_hook(struct decoder *decoder, struct level *level,
                                 const struct dgm_row *row);
enum dgm_status decode_close_hook(struct decoder *decoder, struct level *level,
                                  const struct dgm_row *row);
/* Bytes that the row's `region` says. */
enum dgm_status decode_region_size(struct decoder *decoder, const struct dgm_row *row,
                                   size_t *ret);

/*
 * decode_tags.c: tag loops. Begin one, whose level is on top; go on to its next record,
 * or behind it; choose the case of a tag; begin and leave a case.
 */
enum dgm_status decode_begin_loop(struct decoder *decoder, const struct dgm_row *row,
                                  uint16_t *row_index);
enum dgm_status decode_next_record(struct decoder *decoder, uint16_t *row_index);
enum dgm_status decode_choose(struct decoder *decoder, const struct dgm_row *row,
                              uint16_t *row_index);
enum dgm_status decode_begin_case(struct decoder *decoder, const struct dgm_row *row);
enum dgm_status decode_leave_case(struct decoder *decoder, uint16_t *row_index);
/* Does a member of the loop at work print here? */
bool decode_loop_prints(struct decoder *decoder, const struct dgm_row *row);
/* An object or array of the loop begins, which prints or does not; and ends. */
void decode_loop_enter(struct decoder *decoder, struct level *level, bool prints);
void decode_loop_leave(struct decoder *decoder, struct level *level);
/* The name of a kept record, with its colon. */
void decode_put_tag(struct decoder *decoder, const struct dgm_row *row);

/* Is the row at work a part of a composed text? */
static inline bool decode_in_text(const struct decoder *decoder)
{
    return HAS_TEXTS && decoder->part != NULL;
}

/* Is it a row of a tag loop? */
static inline bool decode_in_loop(const struct decoder *decoder)
{
    return HAS_TAGS && decoder->tags.loop != NULL;
}

/* Bytes left of the frame, or of the innermost region. */
static inline size_t decode_available(const struct decoder *decoder)
{
    return decoder->end - decoder->position;
}

/* May a part that is cut off count as filled up with zeros? */
static inline bool decode_fills(const struct decoder *decoder)
{
    return (decoder->message->flags & DGM_MESSAGE_ZERO_FILL) != 0 &&
           decoder->end == decoder->length;
}

/* Bytes left for what takes the rest: the trailer is not among them. */
static inline size_t decode_left(const struct decoder *decoder)
{
    size_t left = decode_available(decoder);
    if (decoder->regions > 0)
        return left;
    return left > decoder->message->trailer ? left - decoder->message->trailer : 0;
}

#endif
