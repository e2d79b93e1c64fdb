/* SPDX-License-Identifier: MIT */
/* What the files of the JavaScript exporter share: the table, and the text at work. */
#ifndef DGM_NEIGHBOURS_JS_WORK_H
#define DGM_NEIGHBOURS_JS_WORK_H

#include "js.h"

#include <stdint.h>

/* A string that lives as long as the export. */
struct js_chunk {
    struct js_chunk *next;
    char text[];
};

struct js {
    enum js_form form;
    const struct dgm_model *model;
    const char *pool;
    const struct dgm_message *messages;
    const struct dgm_row *rows; /* of the whole table */
    FILE *file;
    unsigned depth; /* of the indentation */
    struct js_chunk *chunks;
    bool failed; /* no memory */
    struct notes *notes;
    const char *source;        /* of notes */
    const struct dgm_doc *doc; /* what the profile says of fields, or NULL */
    /* The message at work. */
    const struct dgm_message *message;
    const struct dgm_row *first; /* its rows */
    const char **names;          /* of its slots, or NULL: not used */
    bool silent;                 /* what cannot be done is not told, */
    const char *reason;          /* but remembered, with the item */
    const struct dgm_row *culprit;
    bool refused; /* something of the message cannot be done */
    bool encodes;
    const char *target; /* variable with the object that is open */
    /* Of a message with several passes: the variable of the object that each row prints
     * to, as long as none is `nested` in the walk. */
    const char **targets;
    unsigned nested;
    const char *time;   /* variable of a record's time, or NULL */
    bool in_loop;       /* members of the object are those of a tag loop */
    unsigned variables; /* made so far */
    FILE *head;         /* its variables */
    const char *shared; /* names of those that all rows share, in commas */
    const char *bits;   /* variable of the open group of bits */
    unsigned bits_width;
    bool bits_are_bytes;
    const char *stream;         /* of the open stream of bits */
    const char *record;         /* where a record of the tag loop around begins */
    const char *tag;            /* and its tag */
    const struct dgm_row *text; /* composed text around */
    const char *parts;          /* its parts */
    const char *item;           /* variable of the element that is written */
    const char *began;          /* where the part begins that is written, or NULL */
    unsigned asked;             /* values of a frame that replies may ask for */
    bool has_calls;             /* some message goes to the device */
    bool has_replies;           /* some message answers a frame */
    const char *number; /* variable of the number of a member whose name is computed */
    bool takes;         /* rows take their members, as several may have one */
    bool nears;         /* it is wanted how near raw values come to numbers */
    bool walks_again;   /* something that is written depends on the frame's length */
};

/* A function at work, whose body and variables are collected. */
struct js_function {
    FILE *file;
    char *body, *head;
    size_t body_size, head_size;
};

/* js_text.c: formatted text that lives as long as the export; "" when memory is short. */
const char *js_text(struct js *js, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A JavaScript string literal in single quotes. */
const char *js_quote(struct js *js, const char *text, size_t length);
const char *js_pool(struct js *js, uint32_t text);
/* A JSON string, which is a literal of JavaScript but for two ends of lines. */
const char *js_json(struct js *js, const char *text, size_t length);
/* A number that JavaScript holds as it is, else its digits in quotes. */
const char *js_i64(struct js *js, int64_t number);
const char *js_u64(struct js *js, uint64_t number);
/* number / 10^digits */
const char *js_decimal(struct js *js, int64_t number, unsigned digits);
/* A name out of text, in camel case. */
const char *js_identifier(struct js *js, const char *text);
/* Text that may stand in a comment. */
const char *js_comment(struct js *js, const char *text);
/* A line of code at the depth; what opens a block, and what closes it. */
void js_line(struct js *js, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void js_open(struct js *js, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void js_close(struct js *js);
/* A new variable of the function at work. */
const char *js_variable(struct js *js, const char *name);
/* One that statements share, as "raw"; returns the name. */
const char *js_shared(struct js *js, const char *name);
void js_free(struct js *js);

/* The row, or the message, needs what JavaScript cannot do. */
void js_refuse(struct js *js, const struct dgm_row *row, const char *what);

/* js_function.c: of the message at work; the signature is NULL if it is dropped. */
void js_begin_function(struct js *js, struct js_function *ret);
void js_end_function(struct js *js, struct js_function *function, const char *signature);
/* What an earlier round or record left in slots is not what this one says. */
void js_forget_slots(struct js *js, const struct dgm_row *row);

/* js_expr.c: an expression as JavaScript, for the row; `test`: as a condition. */
const char *js_expression(struct js *js, const struct dgm_row *row, uint16_t expr);
const char *js_test(struct js *js, const struct dgm_row *row, uint16_t expr);
/* A count: a whole number of bytes or rounds. */
const char *js_count(struct js *js, const struct dgm_row *row, uint16_t expr);

/* js_value.c: statements for the raw value `raw` of a row, and for its other values. */
void js_raw_value(struct js *js, const struct dgm_row *row, const char *raw);
void js_float_value(struct js *js, const struct dgm_row *row, const char *bytes,
                    unsigned from);
void js_computed(struct js *js, const struct dgm_row *row);
void js_literal(struct js *js, const struct dgm_row *row);
void js_instant(struct js *js, const struct dgm_row *row, const char *seconds);
/* The value goes to the open object, or to where else the row says; a number as text
 * wants it. */
void js_put(struct js *js, const struct dgm_row *row, const char *value);
void js_put_number(struct js *js, const struct dgm_row *row, const char *value,
                   bool certain);
/* The row's computed name may come once. */
void js_name_once(struct js *js, const struct dgm_row *row);
/* Its key as a literal. */
const char *js_key(struct js *js, const struct dgm_row *row);
void js_keep(struct js *js, const struct dgm_row *row, const char *value);
/* Its format as an object. */
const char *js_float_format(struct js *js, const struct dgm_row *row);
/* The texts of a list of choices. */
const char *js_choices(struct js *js, uint16_t list, bool is_signed);
/* Pattern and zone of an instant: "'YYYY', 60". */
const char *js_time_form(struct js *js, const struct dgm_row *row);

/* Parts of js_value.c that js_float.c has as well: the value within its limits; the list
 * of raws that are no reading; a value with the name of its slot or of a variable, if it
 * is wanted twice; the text of an instant. */
const char *js_limited(struct js *js, const struct dgm_row *row, const char *value,
                       bool *ret_may_lack);
bool js_prints_null(const struct js *js, const struct dgm_row *row);
uint16_t js_invalid_list(const struct js *js, const struct dgm_row *row);
/* The same, also of a row that is no reading only together with others; and if some have
 * JSON in their place that is written. */
uint16_t js_invalid_list_of(const struct js *js, const struct dgm_row *row);
uint16_t js_named_invalid(const struct js *js, const struct dgm_row *row);
/* The number of a raw value that is scaled; also of digits that are an instant. */
const char *js_scaled(struct js *js, const struct dgm_row *row, const char *raw);
const char *js_value_of_raw(struct js *js, const struct dgm_row *row, const char *raw);
/* Opens the block of a raw that is a reading, if there are others. */
bool js_open_invalid(struct js *js, const struct dgm_row *row, const char **raw);
const char *js_named(struct js *js, const struct dgm_row *row, const char *value,
                     bool twice);
const char *js_of_time(struct js *js, const struct dgm_row *row, const char *seconds);
const char *js_unknown_word(const struct dgm_enum *list);
/* js_put.c: a value that does not print; what reads or checks happens all the same. */
void js_put_nowhere(struct js *js, const char *value);
/* js_float.c: does more happen to the number than being read? */
bool js_calculates(const struct js *js, const struct dgm_row *row);
/* Scale, offset, curve and decimals; and the statements of what comes out. */
const char *js_piped(struct js *js, const struct dgm_row *row, const char *value);
void js_put_result(struct js *js, const struct dgm_row *row, const char *value);

/* The part of the text at work that the row has, and its number; NULL: none. */
const struct dgm_part *js_part_of(const struct js *js, const struct dgm_row *row,
                                  unsigned *ret_index);

/* js_read.c: what a value is joined of, [value, bits, ...] or [bytes, place, ...]; parts
 * of an instant, and its zone. */
const char *js_pieces(struct js *js, const struct dgm_row *row);
const char *js_byte_pieces(struct js *js, const struct dgm_row *row);
const char *js_moment_parts(struct js *js, const struct dgm_row *row);
/* js_read.c: a row that has no others inside, or a group of bits. */
void js_read(struct js *js, const struct dgm_row *row);

/* js_series.c: the value that a difference comes to; what a value leaves for others; what
 * a repetition begins without. */
const char *js_series_value(struct js *js, const struct dgm_row *row, const char *value);
void js_series_note(struct js *js, const struct dgm_row *row, const char *value);
void js_series_reset(struct js *js, const struct dgm_row *around);
void js_name_series(struct js *js, const struct dgm_row *row);

/* js_silent.c: a group that may be no reading as a whole is passed over. The rows of one
 * that is a reading follow in the block. */
const char *js_silent_test(struct js *js, const struct dgm_row *row, unsigned *ret_size);
void js_open_silent(struct js *js, const struct dgm_row *row);
/* js_read.c: bits as a row has them on the wire; bytes, most significant first. */
const char *js_arranged(struct js *js, const struct dgm_row *row, const char *bytes);
const char *js_decoded(struct js *js, const struct dgm_row *row, const char *bits);

/* js_bytes.c */
void js_bytes(struct js *js, const struct dgm_row *row);
void js_shown_bytes(struct js *js, const struct dgm_row *row, const char *bytes);
void js_digits(struct js *js, const struct dgm_row *row);
/* Bytes of digits of a fixed number; do some bytes say by the list that there is no
 * reading? */
unsigned js_digits_size(const struct js *js, const struct dgm_row *row);
const char *js_digits_test(struct js *js, const struct dgm_row *row, uint16_t list,
                           const char *bytes);
/* How digits stand in their half-bytes, as an object. */
const char *js_digit_format(struct js *js, const struct dgm_format *format);

/* js_about.c: comments with what the profile says of the message at work, and of a row
 * with a member. */
void js_say_message(struct js *js);
void js_say_field(struct js *js, const struct dgm_row *row);

/* The bytes of a mask. */
const char *js_mask(struct js *js, const struct dgm_hook_name *hook);
/* js_decode.c: rows from one up to another; and the function of a message. */
void js_rows(struct js *js, unsigned first, unsigned end);
void js_decode_message(struct js *js, const struct dgm_message *message);
/* js_sum.c: the sum of bytes. */
const char *js_sum_of(struct js *js, const struct dgm_row *row,
                      const struct dgm_check *check, const char *bytes);
/* Open a part of a size of its own, and close it; NULL: the row has none. */
const char *js_open_region(struct js *js, const struct dgm_row *row);
void js_close_region(struct js *js, const struct dgm_row *row, const char *outer);

/* js_passes.c: of a message with several passes, all services and objects at once. */
void js_make_targets(struct js *js);
/* Services print in the order of this. */
unsigned js_rank(const struct js *js, const struct dgm_row *row);
/* The variable of the object that the row prints to; NULL: there is none. */
const char *js_target(const struct js *js, const struct dgm_row *row);

/* js_tags.c */
void js_loop(struct js *js, const struct dgm_row *row);

/* js_envelope.c: the end of a message's function; the choice of a message; what is
 * called. */
void js_finish_message(struct js *js);
void js_choice_of_message(struct js *js, bool up);
/* Functions that look at the bytes of a frame, each of a message to the device; the name
 * of one, if the message has one. */
void js_put_fits(struct js *js);
bool js_has_fits(struct js *js, const struct dgm_message *message);
const char *js_fits(struct js *js, const struct dgm_message *message);
const char *js_function(struct js *js, const struct dgm_message *message);
bool js_is_up(const struct dgm_message *message);
bool js_is_down(const struct dgm_message *message);

/* js_raw.c: what a field is made of: the raw value of a row; the JSON value of its
 * member. */
const char *js_raw_of_row(struct js *js, const struct dgm_row *row);
/* That of a member which may be given besides, or undefined. */
const char *js_raw_if_given(struct js *js, const struct dgm_row *row);
const char *js_node_of(struct js *js, const struct dgm_row *row);
/* js_put_bytes.c: the bytes that a JSON value becomes; how many they are for a member. */
const char *js_bytes_of(struct js *js, const struct dgm_row *row, const char *node);
const char *js_member_length(struct js *js, const struct dgm_row *user, unsigned number);
/* The JSON value that is given, or its default, both undefined if there is none. */
const char *js_given_node(struct js *js, const struct dgm_row *row);
const char *js_given_or_default(struct js *js, const struct dgm_row *row);
/* The raw value that a JSON value means; the seconds that it means as an instant; the raw
 * that leaves the member out, false if there is none. */
const char *js_raw_of_node(struct js *js, const struct dgm_row *row, const char *node);
const char *js_seconds_of(struct js *js, const struct dgm_row *row, const char *node);
bool js_no_reading(const struct js *js, const struct dgm_row *row, uint64_t *ret);
/* js_put_group.c: the rows inside a group, round or case, and their size. */
void js_write_region(struct js *js, const struct dgm_row *row);
/* js_encode.c: one row. */
void js_write_row(struct js *js, const struct dgm_row *row);
/* js_put_size.c: room for the size of a part; the part that began there, or NULL, ends.
 */
void js_put_measure(struct js *js, const struct dgm_row *row);
void js_close_written(struct js *js, const struct dgm_row *row, const char *began);
/* js_put_number.c: does the number go through a pipe, or is it a float? */
bool js_is_piped(const struct dgm_row *row);
/* Raw values, in two's complement: of an exact number; of JSON for a row that is piped;
 * of an expression; of a whole number that has to fit. */
const char *js_raw_of_number(struct js *js, const struct dgm_row *row,
                             const char *number);
const char *js_raw_of_real(struct js *js, const struct dgm_row *row, const char *node);
const char *js_computed_raw(struct js *js, const struct dgm_row *row, uint16_t expr);
const char *js_held(struct js *js, const struct dgm_row *row, const char *number);
/* A raw value as the wire has it: Gray code, sign and magnitude. */
const char *js_wired(struct js *js, const struct dgm_row *row, const char *raw);
/* What expressions see of a raw value goes to its slot. */
void js_keep_raw(struct js *js, const struct dgm_row *row, const char *raw);
/* js_put_digits.c: statements that write the digits of a raw value, or of a text, or a
 * number in characters; `count` is "undefined" if as many as there are. */
void js_write_digits(struct js *js, const struct dgm_row *row, const char *raw);
void js_write_digit_text(struct js *js, const struct dgm_row *row, const char *count);
void js_write_text_number(struct js *js, const struct dgm_row *row, const char *count);
/* js_put_presence.c: rows from one up to another; does the message need to know which
 * members are taken; the row takes its member; none may be left that rows have. */
void js_write_rows(struct js *js, unsigned first, unsigned end);
void js_find_takers(struct js *js);
void js_take(struct js *js, const struct dgm_row *row);
void js_refuse_waiting(struct js *js, unsigned first, unsigned end);
/* Does the call say another text than the LITERAL row? */
const char *js_contradicts(struct js *js, const struct dgm_row *row);
/* js_put_join.c: rows that are pieces of others, and those; where bytes begin. */
const char *js_raw_of_piece(struct js *js, const struct dgm_row *row);
void js_put_join(struct js *js, const struct dgm_row *row);
void js_put_bytes_piece(struct js *js, const struct dgm_row *row, const char *wanted);
void js_put_join_bytes(struct js *js, const struct dgm_row *row);
void js_note_bytes(struct js *js, const struct dgm_row *row, const char *bytes);
/* js_put_moment.c: instants as digits, a part of one, and one that its parts make. */
const char *js_moment_digits(struct js *js, const struct dgm_row *row,
                             const char *seconds);
const char *js_raw_of_moment(struct js *js, const struct dgm_row *row);
void js_put_moment(struct js *js, const struct dgm_row *row);
/* js_put_text.c: a composed text, and what its parts are for the rows inside. */
void js_put_text(struct js *js, const struct dgm_row *row);
const char *js_part_number(struct js *js, const struct dgm_row *row, unsigned index);
const char *js_part_text(struct js *js, const struct dgm_row *row);
const char *js_raw_of_part(struct js *js, const struct dgm_row *row);
void js_put_part_value(struct js *js, const struct dgm_row *row, const char *value);
/* js_put_places.c: items that others tell of, and rows that stand elsewhere; the bytes
 * that a checksum covers. */
void js_put_span(struct js *js, const struct dgm_row *row);
void js_put_room(struct js *js, const struct dgm_row *row);
void js_put_agreement(struct js *js, const struct dgm_row *row);
void js_put_elsewhere(struct js *js, const struct dgm_row *row);
void js_put_stream(struct js *js, const struct dgm_row *row);
void js_put_field(struct js *js, const struct dgm_row *row, const char *raw);
const char *js_covered(struct js *js, const struct dgm_row *row,
                       const struct dgm_check *check);
/* js_put_repeat.c */
void js_put_repeat(struct js *js, const struct dgm_row *row);
/* js_put_group.c */
void js_put_group(struct js *js, const struct dgm_row *row);
/* js_put_names.c: members whose names are computed: how many there are from that one on;
 * has the row one; its number, undefined if there is none; the number as it is written,
 * for which js_find_name() looks; none may be left; a raw value that follows from names.
 */
unsigned js_family(const struct js *js, unsigned member);
bool js_is_named_late(const struct dgm_row *row);
const char *js_place_in_family(struct js *js, const struct dgm_row *row);
const char *js_member_of(struct js *js, const struct dgm_row *row);
void js_find_name(struct js *js, const struct dgm_row *row);
void js_refuse_names(struct js *js, unsigned first, unsigned end);
const char *js_computed_name(struct js *js, const struct dgm_row *row, const char *raw);
/* js_put_tags.c */
void js_put_loop(struct js *js, const struct dgm_row *row);
/* js_calls.c: all messages that go to the device; false if there are none. */
bool js_put_calls(struct js *js);

/* js_prelude.c: the helper functions that the code needs, before it. False: no memory. */
bool js_prelude(FILE *file, const char *code, enum js_form form);

/* The sections of the table. */
#define JS_SECTION(type, name)                                                           \
    static inline const type *js_##name(const struct js *js)                             \
    {                                                                                    \
        return (const type *)(const void *)((const char *)js->model +                    \
                                            js->model->name.offset);                     \
    }
JS_SECTION(struct dgm_service, services)
JS_SECTION(struct dgm_command, commands)
JS_SECTION(struct dgm_guard, guards)
JS_SECTION(struct dgm_member, members)
JS_SECTION(struct dgm_scaling, scalings)
JS_SECTION(struct dgm_enum, enums)
static inline const struct dgm_choice *js_choices_at(const struct js *js)
{
    return (const struct dgm_choice *)(const void *)((const char *)js->model +
                                                     js->model->choices.offset);
}
JS_SECTION(struct dgm_limit, limits)
JS_SECTION(uint64_t, numbers)
JS_SECTION(uint16_t, answers)
JS_SECTION(struct dgm_check, checks)
JS_SECTION(struct dgm_expr, exprs)
JS_SECTION(uint8_t, code)
JS_SECTION(struct dgm_framing, framings)
JS_SECTION(struct dgm_hook_name, hooks)
JS_SECTION(struct dgm_part, parts)
JS_SECTION(struct dgm_pipe, pipes)
JS_SECTION(struct dgm_curve, curves)
JS_SECTION(struct dgm_point, points)
JS_SECTION(struct dgm_loop, loops)
JS_SECTION(struct dgm_tag, tags)
JS_SECTION(struct dgm_format, formats)
#undef JS_SECTION

/* Index of the row's format, or DGM_NONE. */
static inline uint16_t js_format_of(const struct dgm_row *row)
{
    bool taken = row->op == DGM_OP_FIELD || row->op == DGM_OP_JOIN ||
                 row->op == DGM_OP_JOIN_BYTES || row->op == DGM_OP_MOMENT;
    if (!taken)
        return row->spec;
    return row->shift != 0 ? (uint16_t)(row->shift - 1) : DGM_NONE;
}

static inline bool js_is_time(uint8_t show)
{
    return (show >= DGM_SHOW_TIME_COMPACT && show <= DGM_SHOW_TIME_ISO_MS) ||
           (show >= DGM_SHOW_TIME_DATETIME && show <= DGM_SHOW_TIME_EPOCH_MS);
}

/* Does the rendering scale, by scaling `detail`? */
static inline bool js_row_scales(const struct dgm_row *row)
{
    return (row->show == DGM_SHOW_DECIMAL || js_is_time(row->show)) &&
           row->detail != DGM_NONE;
}

static inline bool js_is_strict(const struct js *js)
{
    return (js->message->flags & DGM_MESSAGE_REJECT_LIMITS) != 0;
}

static inline const struct dgm_member *js_member_at(const struct js *js, unsigned number)
{
    return js_members(js) + js->message->first_member + number;
}

static inline bool js_is_element(const struct dgm_row *row)
{
    return (row->flags & (DGM_ROW_ELEMENT | DGM_ROW_PLACE | DGM_ROW_COLLECT)) != 0;
}

static inline const char *js_path(const struct js *js, const struct dgm_row *row)
{
    return js->pool + row->path;
}

#endif
