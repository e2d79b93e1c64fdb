/* SPDX-License-Identifier: MIT */
/*
 * Items of a message as the profile says them, checked one by one: forms, types,
 * renderings, presence, repetition. What they mean together is decided by later stages,
 * which fill the last part of struct item.
 */
#ifndef DGM_ITEM_H
#define DGM_ITEM_H

#include "expr.h"
#include "formats.h"
#include "tree.h"

enum item_form {
    ITEM_INTEGER, /* also bool, const, reserved */
    ITEM_BYTES,   /* text and bytes, also reserved ones */
    ITEM_BITS,
    ITEM_GROUP, /* plain; with a name an object */
    ITEM_VALUE,
    ITEM_LITERAL,
    ITEM_FLOAT,
    ITEM_CHECK,  /* checksum */
    ITEM_NOTICE, /* warning or refusal; nothing on the wire */
    ITEM_TLV     /* tag loop: fields of the tag, a value that chooses, cases */
};

/* What a length in the frame tells. */
enum item_length { LENGTH_NONE, LENGTH_FRAME, LENGTH_BODY, LENGTH_ITEM, LENGTH_COUNT };

/* `encode` with one word. */
enum item_encode { ENCODE_EXPRESSION, ENCODE_CASE, ENCODE_PRESENCE };

enum item_extent { EXTENT_ONCE, EXTENT_FIXED, EXTENT_EXPR, EXTENT_REST };

/* How many bytes, or how often. */
struct extent {
    enum item_extent kind;
    uint32_t count; /* EXTENT_FIXED */
    struct expr *expr;
    struct location where;
};

/* One key of an enum: raw values first..last mean a JSON text. */
struct label {
    exact_int first, last;
    const char *json;
    bool decode_only; /* not the first with this text, or `else` */
    bool omit;        /* no reading: the member is left out */
    struct location where;
};

struct labels {
    struct label *items; /* ascending by `first` */
    size_t count;
    uint8_t unknown; /* enum dgm_unknown */
    bool of_truth;   /* the keys are `true` and `false` */
};

/* A literal of a composed text and the value behind it. */
struct text_part {
    const char *literal; /* may be empty */
    const char *name;    /* NULL: the literal at the end */
    struct item *item;
    struct location where;
    uint8_t verb; /* enum dgm_verb */
    unsigned width;
    uint8_t extent; /* enum dgm_extent */
    uint32_t count;
    uint64_t set[2];
    bool is_wide; /* `set` has what is beyond ASCII */
};

/* `format`: its parts, the literal at the end included. */
struct text_format {
    struct text_part *parts;
    size_t count, capacity;
    struct location where;
};

/* A literal of a computed name and the number or label behind it. */
struct name_part {
    const char *literal;
    struct expr *expr; /* NULL: the literal at the end */
    /* Set when names are resolved: low and so many values more, or the labels. */
    struct item *item; /* the field, or NULL for `index` */
    exact_int add;     /* behind the field or index */
    exact_int low;
    uint32_t count;
};

/* Names of several members that one item fills. */
struct naming {
    struct name_part parts[4];
    size_t count;
    uint32_t family; /* all combinations */
};

/* `valid` and `outside`. */
struct valid {
    bool has_low, has_high;
    struct exact low, high;
    uint8_t outside; /* enum dgm_outside */
    struct location where;
};

/* Year, month, day, hour, minute and second of an instant; NULL: there is no such. */
struct moment {
    struct item *parts[DGM_MOMENT_PARTS];
};

/* Which fields of a group that are no reading make all of them so. */
enum item_silent { SILENT_NOT, SILENT_ANY, SILENT_ALL };

struct item_list {
    struct item **items;
    size_t count, capacity;
};

/* A `switch`, which is a group: a hidden value, then one group per case under `when`. */
struct choice {
    struct location where;
    struct item *selector; /* ITEM_VALUE */
    struct item_list cases;
    struct item *other; /* items of the default, or NULL: it refuses */
};

/* What later places want to know of a value in a repetition. */
enum series_use {
    SERIES_PREVIOUS = 1u << 0,
    SERIES_FIRST = 1u << 1,
    SERIES_SECOND = 1u << 2,
    SERIES_LAST = 1u << 3,
    SERIES_SUM = 1u << 4
};

/* `join`: what a value is put together of, the most significant piece first. */
struct join {
    const char **names;
    struct location *where; /* of the names */
    struct item **pieces;   /* set by join_resolve() */
    size_t count;
};

/* Tags of one case. */
struct tag_range {
    exact_int low, high;
    struct item *item;
    struct location where;
};

/* A `tlv`. */
struct tag_loop {
    struct location where;
    struct item *item;     /* ITEM_TLV */
    size_t tag_count;      /* its first fields, which are the tag's */
    struct item *chooser;  /* ITEM_VALUE behind them */
    struct item *selected; /* the field that it is, or NULL */
    struct item *other;    /* case of unknown tags, or NULL */
    struct extent size;    /* bytes behind the tag; EXTENT_ONCE: as the case has */
    uint8_t unknown;       /* enum dgm_loop_unknown */
    bool keeps, once;
    bool ends_at_cut; /* a record that the end cuts off ends the loop */
    unsigned align;
    struct tag_range *tags; /* ascending */
    size_t tag_range_count, tag_capacity;
};

struct item {
    enum item_form form;
    struct location where;      /* of the item */
    const struct node *source;  /* its mapping; NULL: another one's makes it */
    struct location name_where; /* of its name, local or role, else of the item */
    const char *name, *local, *label;
    uint8_t role;       /* enum dgm_role */
    const char *record; /* service, or NULL */
    struct location record_where;
    const char *to; /* "Service" or "Service.object", inherited; or NULL */
    struct location to_where;
    struct item *parent;
    struct item_list fields;
    const char *unit, *description; /* or NULL */

    bool is_tuple;  /* `as: array`: its members form an array, each at its place */
    bool has_place; /* it is a member of such an array, which does not show its name */
    struct naming *naming;       /* the name has fields in braces, or NULL */
    const struct item *named_by; /* item whose names tell this field to encode */
    unsigned named_part;         /* by which part of them */

    /* Wire. */
    bool is_signed, is_bool, is_reserved, has_const, bit_lsb;
    bool is_stream;  /* ITEM_BITS of any number of bytes */
    bool is_matched; /* has_const by the `match` of its message */
    struct location match_where;
    uint8_t order; /* enum dgm_order */
    unsigned width;
    exact_int constant;   /* of has_const; fill of is_reserved */
    exact_int *constants; /* of has_const where several are allowed, or NULL */
    size_t constant_count;
    struct extent size; /* ITEM_BYTES */
    bool is_padded, has_end;
    uint8_t padding, end;            /* the bytes that fill up, and that end a text */
    const char *separator;           /* between pairs of hex digits or numbers, or NULL */
    bool is_sign_magnitude, is_gray; /* codings of an integer */
    struct digits_plan {             /* bcd and digits, and text by a pattern of time */
        bool given;
        bool characters; /* one byte is one digit */
        bool low_first, reversed;
        uint8_t sign; /* enum dgm_digit_sign */
    } digits;
    uint8_t length_of;             /* enum item_length */
    const struct dgm_check *check; /* ITEM_CHECK */
    const char *subject_name;      /* what LENGTH_ITEM, LENGTH_COUNT or `over` names */
    struct location subject_where;
    struct join *join;     /* ITEM_INTEGER and ITEM_BYTES: nothing on the wire */
    const char *notice;    /* ITEM_NOTICE: its text */
    bool refuses;          /* ITEM_NOTICE: an error */
    struct choice *choice; /* the switch that it is a case of */
    bool is_default_case, is_trailer;
    struct tag_loop *loop;         /* ITEM_TLV */
    struct tag_loop *case_of;      /* the tag loop that it is a case of */
    struct tag_loop *chooses_in;   /* the tag loop whose chooser it is */
    struct tag_loop *kept_in;      /* the tag loop whose unknown records it is */
    bool collects;                 /* an element of an array in a tag loop */
    bool collects_always;          /* the array prints also without elements */
    bool tells_tag_alone;          /* it is the tag, without a name */
    bool tells_tag;                /* encode writes the tag into it */
    exact_int case_low, case_high; /* values of the selector */

    /* From raw to value. */
    bool is_scaled;
    struct exact scale, offset;
    struct location scale_where;
    bool has_decimals, ties_even, exact_only;
    unsigned decimals;
    bool is_piped; /* its value comes out of a pipe: scaling is not given */
    struct dgm_float float_format;         /* ITEM_FLOAT */
    struct expr *scale_expr, *offset_expr; /* of a pipe, or NULL */
    bool scale_depends;                    /* one of them names fields */
    const struct curve *curve;             /* or NULL */
    uint16_t curve_index;
    struct location curve_where;
    struct labels *labels;  /* enum, or NULL */
    struct labels *flags;   /* texts of bits, or NULL */
    uint8_t silent;         /* enum item_silent: `invalid` of a group */
    bool is_together;       /* no reading only with the others of its group */
    struct labels *invalid; /* raws that are no reading where there is no enum, or NULL */
    struct valid valid;
    uint8_t show; /* enum dgm_show */
    bool quoted;
    bool is_time; /* the value is an instant in seconds */
    struct time_plan {
        const char *pattern; /* of its digits, or NULL */
        int zone;            /* minutes ahead of UTC */
        uint8_t precision;   /* enum dgm_precision */
    } time;
    struct moment
        *moment; /* ITEM_VALUE: an instant out of the fields beside it, or NULL */
    struct item *instant;             /* the moment that it is a part of, or NULL */
    unsigned instant_part;            /* which one */
    bool is_echo;                     /* ITEM_VALUE: bytes of the frame */
    struct expr *echo_from, *echo_to; /* offsets; no end: that of the frame */

    struct text_format *format; /* the fields make one text, or NULL */
    struct item *text;          /* the composed text that shows it, or NULL */
    unsigned text_index;        /* which part of it */

    /* Presence and repetition. */
    struct expr *when;
    bool optional;
    struct extent repeat;
    struct until { /* what ends a repetition of the rest */
        bool given;
        unsigned width;
        uint8_t order;
        uint64_t constant;
        struct location where;
    } until;
    bool is_again;        /* it reads bytes that another item has */
    bool has_at, is_skip; /* it stands elsewhere; bytes of what stands elsewhere */
    int32_t at;
    struct location at_where;
    struct expr
        *delta; /* values are differences; what stands before the first, or NULL */
    struct location delta_where;
    struct hook_plan *hook; /* of the bytes that its fields are about, or NULL */
    struct location hook_where;
    struct extent region; /* bytes of a group, or of each time round; EXTENT_ONCE: as they
                             come */

    /* Sources. */
    const char *default_json; /* or NULL */
    struct location default_where;
    int64_t default_ms;  /* the instant that the default of an event_time is */
    struct expr *encode; /* or NULL */
    uint8_t encode_way;  /* enum item_encode */
    struct location encode_where;
    struct expr *value;  /* ITEM_VALUE */
    const char *literal; /* ITEM_LITERAL: JSON text */

    struct scaling_plan { /* mul, add, div, digits as in the table */
        bool given;
        unsigned digits;
        int64_t mul, add;
        uint64_t div;
    } scaling;

    /* Set by the stages behind. */
    unsigned order_index; /* place in the message, in wire order */
    unsigned end_index;   /* place of the last item inside it, else its own */
    bool needs_slot;      /* some expression names it */
    struct item *twin;    /* the next of those that share its slot, in a ring; or NULL */
    bool is_used;         /* as above, or a reply asks for it */
    bool stands_apart;    /* its member is one of several under conditions */
    uint16_t slot;        /* or DGM_NONE */
    uint16_t service;     /* table index, or DGM_NONE: parameters, or no member */
    const char *object;   /* path below the service where it still is to go, or NULL */
    struct item *within;  /* object that it is a member of from afar, or NULL */
    uint16_t member;      /* relative index, or DGM_NONE */
    uint8_t pass;         /* 0: prints nothing */
    uint16_t row;         /* relative row */
    const char *path;     /* for errors */
    struct bracket *opens, *closes;     /* what begins before it, or ends behind */
    const struct item *measures_region; /* the later group whose size this one tells */
    struct item *sized_by;              /* of a group: the item that tells its size */
    const struct item *measures;        /* the later item whose size this one is */
    const struct item *solves;          /* the later value this one is taken from */
    struct item *whole;                 /* the join that it is a piece of on encode */
    unsigned whole_shift;               /* bits below it, or bytes before it */
    bool by_length;                     /* `when` depends on the length of the frame */
    struct item *subject;               /* the item that it tells of */
    bool is_spanned;                    /* two slots keep its size and place */
    uint16_t span_slot;
    unsigned series;                   /* enum series_use of expressions and `delta` */
    uint16_t series_slots[5];          /* previous, first, second, last, sum */
    bool is_placed;                    /* a second slot keeps where it begins */
    bool is_solved_for;                /* it is such a value, or such a join */
    bool is_needed;                    /* something it is solved for has no default */
    struct exact factor, shift;        /* size or value = this * factor + shift */
    const struct product_field *field; /* of the product model, or NULL */
    bool is_bounded;                   /* ITEM_VALUE: low and high are known */
    struct exact low, high;
};

/* A service, or object whose members stand apart, that opens or closes beside an item. */
struct bracket {
    uint16_t service;
    struct item *object; /* NULL: the service */
    uint8_t pass;
    struct bracket *next;
};

/* A function that turns bytes of the wire into plain ones. */
struct hook_plan {
    const char *name;
    uint32_t output_limit;
    uint16_t index;  /* in the table */
    uint8_t process; /* enum dgm_process; not DGM_PROCESS_HOOK: of one item, `process` */
    uint8_t *key;
    size_t key_length;
    bool used; /* what nothing names has no place in the table */
    struct hook_plan *next;
};

/* Defaults that items inherit from wire, message and group. */
struct item_context {
    struct diag *diag;
    const struct node *enums, *groups; /* maps of the profile, or NULL */
    struct hook_plan *hooks;
    const struct float_formats *floats;
    struct curves *curves;
    bool little_endian, bit_lsb, exact_only;
    bool float_as_double; /* floats of 32 bits print as the widened number */
    const char *to;       /* container around, or NULL */
    struct location to_where;
    bool in_bits, in_object;
    bool in_tuple;        /* members have places in an array */
    bool any_width;       /* the type is of no bytes of its own */
    unsigned loops;       /* tag loops that it is in a case of */
    bool tlv_in_object;   /* the innermost of them stands in an object itself */
    unsigned depth;       /* of groups */
    unsigned group_uses;  /* of `use` inside one another */
    unsigned *item_count; /* of the whole profile: groups multiply */
};

/* Parse a list of items and append them. False after a report. */
bool item_parse_list(const struct item_context *context, const struct node *list,
                     struct item *parent, struct item_list *ret);

/* item_type.c: "u16le", "text(n)": sets form, width, sign, order, size, show. */
bool item_parse_type(const struct item_context *context, const struct node *node,
                     struct item *item);
/* How often, or how many: integer, `rest` or expression. */
bool item_parse_extent(const struct item_context *context, const struct node *node,
                       const char *what, struct extent *ret);
/* item_enum.c: sets `labels` and the policy. */
bool item_parse_enum(const struct item_context *context, const struct node *node,
                     const struct node *unknown, struct item *item);
/* A single raw value or a range of them, open ends filled in. */
bool item_parse_label_key(const struct item_context *context, const struct item *item,
                          const struct node *key, enum rule rule, struct label *ret);
/* Insert ascending; reports two keys for one raw value under the rule. */
bool item_insert_label(const struct item_context *context, struct labels *labels,
                       size_t *capacity, struct label label, enum rule rule);
/* item_flags.c: texts of bits. */
bool item_parse_flags(const struct item_context *context, const struct node *map,
                      struct item *item);
/* item_invalid.c: raws that are no reading, before the enum is parsed. */
bool item_parse_invalid(const struct item_context *context, const struct node *map,
                        struct item *item);
/* Once type, scale and rendering are known: can the item have them? */
bool item_finish_invalid(const struct item_context *context, const struct node *map,
                         struct item *item);
/* Does a missing member have a raw value of its own? */
bool item_has_omission(const struct item *item);
/* item_valid.c: the range that values keep to. */
bool item_parse_valid(const struct item_context *context, const struct node *map,
                      struct item *item);
/* item_const.c: const and fill. */
bool item_parse_constant(const struct item_context *context, const struct node *map,
                         struct item *item);
/* item_const_bytes.c: bytes that are constant become a group of integers. */
bool item_expand_constant(const struct item_context *context, const struct node *map,
                          struct item *item);
/* One raw value of the item's width; hex names the bit pattern of a signed one. */
bool item_parse_raw(const struct item_context *context, const struct node *node,
                    const char *what, const struct item *item, exact_int *ret);
/* Can the constants of the two be equal? */
bool item_constants_meet(const struct item *left, const struct item *right);
/* item_digits.c: `sign` and `nibbles`; a text that a pattern of time makes a number. */
bool item_parse_digits(const struct item_context *context, const struct node *map,
                       struct item *item);
/* A hex key of digits names them as they stand, digits or not. */
bool item_is_digit_pattern(const struct item *item, const struct node *key);
bool item_parse_digit_pattern(const struct item_context *context, const struct item *item,
                              const struct node *key, enum rule rule, struct label *ret);
/* Bytes that so many digits of the item take. */
uint64_t item_digit_bytes(const struct item *item, uint64_t digits);
/* item_time.c: `time`, `zone`, and the renderings of an instant. */
bool item_parse_time(const struct item_context *context, const struct node *map,
                     struct item *item);
bool item_parse_time_as(const struct item_context *context, const struct node *node,
                        struct item *item);
/* The `default` of an event_time. */
bool item_parse_default_time(const struct item_context *context, const struct node *node,
                             struct item *item);
/* `zone` and `as` of a time of members. */
bool item_parse_instant(const struct item_context *context, const struct node *map,
                        struct item *item);
/* item_bytes.c: `encoding`, `pad`, `end`, `separator` and the renderings of bytes. */
bool item_parse_bytes(const struct item_context *context, const struct node *map,
                      struct item *item);
bool item_parse_bytes_as(const struct item_context *context, const struct node *map,
                         const struct node *node, struct item *item);
/* item_echo.c: a `value` that is bytes() alone. */
bool item_is_echo(const struct node *node);
bool item_parse_echo(const struct item_context *context, const struct node *map,
                     struct item *item);
/* item_value.c: `inexact`. */
bool item_parse_inexact(const struct item_context *context, const struct node *map,
                        struct item *item);
/* item_value.c: const, fill, scale, offset, decimals, enum, time, as, default. */
bool item_parse_pipeline(const struct item_context *context, const struct node *map,
                         struct item *item);
/* item_pipe.c: is what a scaling of whole numbers does not suffice for? */
bool item_wants_pipe(const struct node *map, const struct item *item);
/* Then scale, offset and curve. */
bool item_parse_pipe(const struct item_context *context, const struct node *map,
                     struct item *item);
/* item_check.c: `checksum` with `over`, `length_of`, `warn` and `refuse`. */
bool item_parse_checksum(const struct item_context *context, const struct node *map,
                         struct item *item);
bool item_parse_length_of(const struct item_context *context, const struct node *map,
                          struct item *item);
bool item_parse_notice(const struct item_context *context, const struct node *map,
                       struct item *item);
/* A refusal that stands for itself. */
struct item *item_new_refusal(const struct item_context *context, const char *text,
                              struct location where, struct item *parent);
/* item_series.c: `until`, once `repeat` is known; `delta`, once the pipeline is. */
bool item_parse_until(const struct item_context *context, const struct node *map,
                      struct item *item);
bool item_parse_delta(const struct item_context *context, const struct node *map,
                      struct item *item);
/* item_at.c: `at`, once names and repetition are known, and `skip`. */
bool item_parse_at(const struct item_context *context, const struct node *map,
                   struct item *item);
bool item_parse_skip(const struct item_context *context, const struct node *map,
                     struct item *item);
/* Is a frame of this case none? */
bool item_is_refused(const struct item *item);
/* Bytes that it takes where it stands, if they are the same in every frame. */
bool item_own_size(const struct item *item, uint32_t *ret);
/* item_join.c: `join`, before the type. */
bool item_parse_join(const struct item_context *context, const struct node *map,
                     struct item *item);
/* item_switch.c: the group that `switch` stands for. */
bool item_parse_switch(const struct item_context *context, const struct node *map,
                       struct item *item);
/* item_tuple.c: `as: array` of a group, and what stands in such a group. */
bool item_finish_tuple(const struct item_context *context, const struct node *map,
                       const struct item *item);
bool item_parse_tuple(const struct item_context *context, const struct node *map,
                      struct item *item);
bool item_check_place(const struct item_context *context, const struct node *map,
                      const struct node *form, struct item *item);
/* The context of what stands in the group. */
void item_enter_group(struct item_context *context, const struct item *item);
/* item_tlv.c: the tag loop of `tlv`. */
/* May one more tag loop begin here? */
bool item_check_loops(const struct item_context *context, struct location where);
bool item_parse_tlv(const struct item_context *context, const struct node *map,
                    struct item *item);
/* Is its member an array? */
bool item_is_list(const struct item *item);
/* Can only one of the two be in a frame, because they stand in two cases of a switch? */
bool item_excludes(const struct item *left, const struct item *right);
/* hook.c: `hook` of a group. */
bool item_parse_hook(const struct item_context *context, const struct node *map,
                     struct item *item);
/* item_rounds.c: a repetition without name of which arrays collect the values. */
bool item_collects_rounds(const struct node *fields, const struct item *item);
bool item_parse_rounds(const struct item_context *context, const struct node *fields,
                       struct item *item);
/* Does it stand in such rounds? */
bool item_is_in_rounds(const struct item *item);
/* item_silent.c: `invalid` of a group, and what that asks of its fields. */
bool item_parse_silent(const struct item_context *context, const struct node *map,
                       struct item *item);
bool item_finish_silent(const struct item_context *context, const struct node *map,
                        struct item *item);
/*
 * item_hooked.c: a group with the item's hook around it, which is appended to the list;
 * when the item is parsed, the group takes its size. And a list of items, those of a
 * message, in a group with the hook of the map.
 */
struct item *item_wrap_hooked(const struct item_context *context, struct item *item,
                              struct item_list *ret);
bool item_finish_hooked(const struct item_context *context, struct item *group);
bool item_parse_hooked_list(const struct item_context *context, const struct node *map,
                            const struct node *fields, struct item_list *ret);
/* item_format.c: `format` of a group whose fields are known. */
bool item_parse_format(const struct item_context *context, const struct node *map,
                       struct item *item);
/* `format` on a single value: the item becomes a group of it. */
struct item *item_wrap_value(const struct item_context *context, struct item *item);
/*
 * item_moment.c: a group that is an instant. What the item is called goes over to a value
 * behind its fields; item_finish_moment() then finds the parts among them.
 */
struct item *item_begin_moment(const struct item_context *context, const struct node *map,
                               struct item *item);
bool item_finish_moment(const struct item_context *context, const struct node *map,
                        struct item *item, struct item *moment);
/* Does the value have quotes in JSON? */
bool item_is_text(const struct item *item);
/* item_naming.c: a name with braces. Sets `naming`; false after a report. */
bool item_parse_naming(const struct item_context *context, const struct node *node,
                       struct item *item);
/* The name that is that one of the family. */
const char *item_name_of(struct arena *arena, const struct item *item, uint32_t place);
/* What a JSON string of the compiler says. */
const char *item_unquoted(struct arena *arena, const char *json);
/* group.c: a copy of a group's fields with `$parameters` filled in; NULL after a report.
 */
const struct node *group_fields(const struct item_context *context,
                                const struct node *use, const struct node *with);

/* Raw values that the width can hold. */
exact_int item_raw_low(const struct item *item);
exact_int item_raw_high(const struct item *item);
/* Values behind scale and offset; false if there is no bound. */
bool item_wire_bounds(const struct item *item, struct exact *ret_low,
                      struct exact *ret_high);
/* The same of those that `valid` lets pass. */
bool item_bounds(const struct item *item, struct exact *ret_low, struct exact *ret_high);
/* twins.c: do the two share a slot? The same of all that do. */
bool item_is_twin(const struct item *item, const struct item *other);
bool twins_bounds(const struct item *item, struct exact *ret_low, struct exact *ret_high);
/* One of them whose labels are others, or NULL. */
const struct item *twins_other_labels(const struct item *item);
/* Name for messages: the name, local or role, or what it is. */
const char *item_title(const struct item *item);
/* "mid", "errcode", ... */
const char *role_name(uint8_t role);
/* The expression type of an item's value. */
enum expr_type item_type(const struct item *item);
/* Bytes that the items take in every frame; false if they differ. */
bool item_fixed_size(const struct item_list *list, uint32_t *ret);
/* Does it take bytes of the frame? */
bool item_on_wire(const struct item *item);
void item_append(struct arena *arena, struct item_list *list, struct item *item);

#endif
