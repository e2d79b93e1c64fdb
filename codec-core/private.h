/* SPDX-License-Identifier: MIT */
/* The prepared codec and what the core's files share about tables and calls. */
#ifndef DGM_PRIVATE_H
#define DGM_PRIVATE_H

#include <dragoman/codec.h>
#include "dispatch.h"
#include "parts.h"
#include "number.h"

/* Messages with so many members look them up by an index, if need be. */
enum { MEMBERS_INDEXED = 32 };

/* What an expression works on, and what a row leaves for it. */
enum value_kind {
    VALUE_MISSING = 0,
    VALUE_BOOL = 1,
    VALUE_NUMBER = 2,
    VALUE_FLOAT = 3 /* number.mantissa.low has the bits of a finite binary64 */
};

struct value {
    struct number number; /* 0 or 1 for VALUE_BOOL */
    uint8_t kind;         /* enum value_kind */
};

/* The shape, where this build may have others. */
static inline bool shape_is_plain(unsigned shape)
{
    return (!HAS_OCEANCONNECT && !HAS_IOTDA) || shape == DGM_SHAPE_PLAIN;
}

static inline bool shape_is_old(unsigned shape)
{
    return HAS_OCEANCONNECT && shape == DGM_SHAPE_OCEANCONNECT;
}

static inline bool shape_is_new(unsigned shape)
{
    return HAS_IOTDA && shape == DGM_SHAPE_IOTDA;
}

/* Is it a binary64? Others are exact. */
static inline bool value_is_float(const struct value *value)
{
    return HAS_FLOATS && value->kind == VALUE_FLOAT;
}

/* The table's sections as arrays, after the verifier has seen them. What every call by a
 * plan looks at comes first, to lie in one line of the cache. */
struct dgm_codec {
    const struct dgm_plan *plan; /* or NULL */
    size_t scratch_size;
    const struct dgm_model *model;
    const char *pool;
    const struct dgm_service *services;
    const struct dgm_command *commands;
    const struct dgm_message *messages;
    const struct dgm_guard *guards;
    const struct dgm_row *rows;
    const struct dgm_member *members;
    const struct dgm_scaling *scalings;
    const struct dgm_enum *enums;
    const struct dgm_choice *choices;
    const struct dgm_limit *limits;
    const uint64_t *numbers;
    const uint16_t *answers;
    const struct dgm_check *checks;
    const struct dgm_expr *exprs;
    const uint8_t *code;
    const struct dgm_hook_name *hooks;
    const struct dgm_framing *framings;
    const struct dgm_loop *loops;
    const struct dgm_tag *tags;
    const struct dgm_framing *framing; /* of all frames, or NULL */
    size_t content_size;               /* bytes of the longest content; 0: no framing */
    size_t plain_size;  /* bytes of the longest output of a hook; 0: no hooks */
    size_t packed_size; /* bytes of the longest input of a hook */
    const struct dgm_part *parts;
    const struct dgm_pipe *pipes;
    const struct dgm_curve *curves;
    const struct dgm_point *points;
    const struct dgm_format *formats;
    size_t frame_max; /* framing included */
    size_t json_max[3];
    size_t slots_max;   /* of any message */
    size_t members_max; /* of any message */
    size_t slots_at;    /* where in the scratch memory slots begin */
    size_t depth_max;   /* levels that the walk of any message is inside of */
    bool has_names;     /* some member has a computed name, or several rows */
    size_t
        request_max; /* bytes of a request that fit the scratch memory; 0: no replies */
    struct dispatch dispatch;
};

/* Where a JSON member was found. */
struct bound {
    uint32_t at;  /* byte of its value in the JSON text */
    uint8_t type; /* enum json_type, or 0 if it was not given */
    uint8_t used; /* some row has taken it; 1 + n: in n cases that are only tried */
};

/* Parts of the caller's scratch memory. */
struct scratch {
    struct value *slots;         /* of the message at work */
    struct value *request_slots; /* of the answered message */
    struct bound *bound;         /* encode: one per member */
    uint16_t *index;             /* encode: two per member, or NULL */
    uint8_t *request;            /* encode: bytes of the request */
    uint8_t *content;            /* what stands inside the framing */
    uint8_t *plain, *packed;     /* what goes out of hooks, and into them */
    void *walk;                  /* decode_walk_size() or encode_walk_size() bytes */
};

/* The slots alone, of a call whose scratch memory is as it should be. */
struct value *scratch_slots(const struct dgm_codec *codec, const struct dgm_call *call);

/* decode.c, encode.c: what the walk over the rows remembers on its way. */
size_t decode_walk_size(const struct dgm_codec *codec);
size_t encode_walk_size(const struct dgm_codec *codec);

/* Divide the memory of the call; DGM_NO_SCRATCH with `needed` if it is too small. */
enum dgm_status scratch_divide(const struct dgm_codec *codec, const struct dgm_call *call,
                               struct scratch *ret, struct dgm_error *reterr);

/* Prove that a table is harmless (verify.c). Fills the arrays of `codec`. */
enum dgm_status table_verify(const void *block, size_t size, struct dgm_codec *codec,
                             struct dgm_error *reterr);

/* The same without a proof, for a table that was proved when it was made: only whether it
 * is of this format and, where that is cheap to see, wants no part that is left out. */
enum dgm_status table_trust(const void *block, size_t size, struct dgm_codec *codec,
                            struct dgm_error *reterr);

/* verify_parts.c: the part of the core that a table, one of its rows, or an operation
 * of its expressions wants and this build does without (parts.h); NULL: none. */
const char *table_lacks(const struct dgm_codec *codec);
const char *row_lacks(const struct dgm_row *row);
const char *code_lacks(uint8_t code);

/* verify_moment.c: is a MOMENT row, or one that is a part of one, harmless? */
bool moment_row_ok(const struct dgm_codec *codec, const struct dgm_row *row,
                   const struct dgm_message *message);
bool moment_part_ok(const struct dgm_codec *codec, const struct dgm_row *row,
                    const struct dgm_message *message);

/* verify_text.c: a TEXT row whose span lies in its message; NULL if it is harmless, else
 * what is wrong. */
const char *text_verify(const struct dgm_codec *codec, const struct dgm_row *row);
/* silent.c: the rows of a SILENT group have a fixed size; NULL if they do. */
const char *silent_verify(const struct dgm_codec *codec, const struct dgm_row *group);
/* verify_objects.c: do objects whose members stand apart nest? After the spans were seen
 * to; NULL if they do. */
const char *objects_verify(const struct dgm_codec *codec,
                           const struct dgm_message *message);
/* Is the group no reading? False also if there are not enough bytes; else its size. */
bool silent_group(const struct dgm_codec *codec, const struct dgm_row *group,
                  const uint8_t *bytes, size_t available, size_t *ret_size);

/* The caller's call, or a copy of it in which members that it does not know read as their
 * defaults. `copy` may be NULL where HAS_GROWTH is 0. */
enum dgm_status call_known(const struct dgm_call *call, struct dgm_call *copy,
                           const struct dgm_call **ret);

/* Fill an error: status, place, offset; the rest zero. Returns the status. `error` may be
 * NULL. */
enum dgm_status error_set(struct dgm_error *error, enum dgm_status status,
                          enum dgm_place place, size_t offset);

/* Does the message carry properties by service, as a report does? */
static inline bool kind_has_services(uint8_t kind)
{
    if (!HAS_KINDS)
        return kind == DGM_KIND_REPORT;
    return kind == DGM_KIND_REPORT || kind == DGM_KIND_SET ||
           kind == DGM_KIND_GET_RESPONSE;
}

/* Does it carry an object of its own, which the platform does not look into? */
static inline bool kind_has_content(uint8_t kind)
{
    if (!HAS_KINDS)
        return false;
    return kind == DGM_KIND_MESSAGE_UP || kind == DGM_KIND_MESSAGE_DOWN ||
           kind == DGM_KIND_RAW;
}

/* Does a message go from the device to the platform? */
static inline bool kind_is_up(uint8_t kind)
{
    if (!HAS_KINDS)
        return kind == DGM_KIND_REPORT || kind == DGM_KIND_RESPONSE;
    return kind == DGM_KIND_REPORT || kind == DGM_KIND_RESPONSE ||
           kind == DGM_KIND_EVENT || kind == DGM_KIND_SET_RESPONSE ||
           kind == DGM_KIND_GET_RESPONSE || kind == DGM_KIND_MESSAGE_UP;
}

/* Does the rendering show an instant? */
static inline bool show_is_time(uint8_t show)
{
    return (HAS_TIMES && show >= DGM_SHOW_TIME_COMPACT && show <= DGM_SHOW_TIME_ISO_MS) ||
           (HAS_TIMES && HAS_FORMATS && show >= DGM_SHOW_TIME_DATETIME &&
            show <= DGM_SHOW_TIME_EPOCH_MS);
}

/* Has it, or each of its rounds, a size of its own? */
static inline bool row_has_region(const struct dgm_row *row)
{
    return HAS_PLACES && row->region != DGM_NONE;
}

/* Does an expression tell which member it is? */
static inline bool row_has_naming(const struct dgm_row *row)
{
    return HAS_TAGS && row->naming != DGM_NONE;
}

/* Is it remembered that the row has printed its member? */
static inline bool row_is_noted(const struct dgm_row *row)
{
    return row_has_naming(row) || (HAS_TAGS && (row->flags & DGM_ROW_SHARED) != 0);
}

/* Does the rendering go through a pipe? */
static inline bool row_is_piped(const struct dgm_row *row)
{
    return HAS_FLOATS && row->show == DGM_SHOW_PIPE;
}

/* Does it keep what it needs of one round for the next? */
static inline bool row_has_series(const struct dgm_row *row)
{
    return HAS_SERIES && (row->flags & DGM_ROW_SERIES) != 0;
}

/* Index of the row's format, or DGM_NONE. */
static inline uint16_t row_format(const struct dgm_row *row)
{
    if (!HAS_FORMATS)
        return DGM_NONE;
    bool taken = row->op == DGM_OP_FIELD || row->op == DGM_OP_JOIN ||
                 row->op == DGM_OP_JOIN_BYTES || row->op == DGM_OP_MOMENT;
    if (!taken)
        return row->spec;
    return row->shift != 0 ? (uint16_t)(row->shift - 1) : DGM_NONE;
}

/* Do its members form an array? */
static inline bool row_is_tuple(const struct dgm_row *row)
{
    return HAS_PLACES && (row->flags & DGM_ROW_TUPLE) != 0;
}

/* Does it print as an element? Then null stands for a value that it does not have. */
static inline bool row_is_element(const struct dgm_row *row)
{
    const uint32_t places = HAS_PLACES ? DGM_ROW_PLACE : 0;
    const uint32_t collected = HAS_TAGS ? DGM_ROW_COLLECT : 0;
    return (row->flags & (DGM_ROW_ELEMENT | places | collected)) != 0;
}

/* Members that a row fills by number, from its `member` on. */
static inline uint16_t member_family(const struct dgm_member *member)
{
    return member->family > 0 ? member->family : 1;
}

/* tags.c: row of the tag's case, counted from the loop's; DGM_NONE: no case has it. */
uint16_t tag_case(const struct dgm_codec *codec, const struct dgm_loop *loop,
                  int64_t tag);

/* Index of the named message, or DGM_NONE. */
uint16_t message_by_name(const struct dgm_codec *codec, const char *name);

/* Does one guard hold for this frame? Without a call any channel and topic will do. */
bool guard_holds(const struct dgm_codec *codec, const struct dgm_guard *guard,
                 const struct dgm_call *call, const uint8_t *frame, size_t length);

/* Do the guards of a message hold for this frame? Without a call any channel will do. */
bool message_fits(const struct dgm_codec *codec, const struct dgm_message *message,
                  const struct dgm_call *call, const uint8_t *frame, size_t length);

/*
 * Index of the first message of that direction whose guards hold; fallback messages last.
 * DGM_NONE if there is none.
 */
uint16_t message_by_guards(const struct dgm_codec *codec, const struct dgm_call *call,
                           enum dgm_direction direction, const uint8_t *frame,
                           size_t length);

/* nearest.c: no message fits. The error names the message that nearly does by its path,
 * what is wrong in a word by its detail, what is there by `raw`, and what is allowed by
 * `low` and `high`. */
enum dgm_status no_message(const struct dgm_codec *codec, const struct dgm_call *call,
                           const uint8_t *frame, size_t length, struct dgm_error *reterr);

#endif
