/* SPDX-License-Identifier: MIT */
/*
 * The codec core: frames to platform JSON and back, by tables.
 *
 * Nothing here allocates, blocks, logs, or keeps state between calls. One prepared codec
 * serves all threads; each call brings its own buffers.
 */
#ifndef DRAGOMAN_CODEC_H
#define DRAGOMAN_CODEC_H

#include <dragoman/base.h>
#include <dragoman/status.h>
#include <dragoman/table.h>

DGM_BEGIN_DECLS

/* A verified table with what was prepared from it. Lies in the caller's memory. */
struct dgm_codec;

/**
 * Bytes of memory that dgm_codec_open() needs for a table. Reads nothing but the head.
 *
 * @return 0 if `model` is no table head.
 */
DGM_API size_t dgm_codec_size(const void *model, size_t model_size);

/**
 * Verify a table and prepare it for use.
 *
 * @param model        The block; must stay valid and unchanged as long as the codec is
 * used.
 * @param model_size   Its extent: the verifier proves that nothing lies outside.
 * @param memory       Aligned for any type, at least dgm_codec_size() bytes; holds the
 * codec.
 * @param ret_codec    Set on success; read-only from then on, shared by any number of
 * threads.
 * @param reterr       Says what is wrong with the table; may be NULL.
 * @return DGM_OK, DGM_BAD_TABLE, DGM_WRONG_TABLE_FORMAT, DGM_NO_SPACE, DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_codec_open(const void *model, size_t model_size,
                                                     void *memory, size_t memory_size,
                                                     const struct dgm_codec **ret_codec,
                                                     struct dgm_error *reterr);

/**
 * Bytes of memory that dgm_codec_plan() needs for a codec; a little more than it uses in
 * the end. Makes the plan without writing it, which takes as long.
 *
 * @return 0 if `codec` is NULL.
 */
DGM_API size_t dgm_codec_plan_size(const struct dgm_codec *codec);

/**
 * Make a faster copy of a codec. Every call gives the same result by either: the copy
 * knows a shorter way for frames and messages in which nothing is out of the ordinary,
 * and walks the table's rows for all others. It costs memory, kilobytes to some hundred,
 * and is worth it where many frames are decoded or encoded.
 *
 * @param codec      Stays valid, and so must its memory and table while the copy is used.
 * @param memory     Aligned for any type, dgm_codec_plan_size() bytes; holds the copy.
 * @param ret_codec  Set on success; read-only from then on, shared by any number of
 * threads.
 * @param reterr     May be NULL. With DGM_NO_SPACE `needed` says what would do.
 * @return DGM_OK, DGM_NO_SPACE, DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_codec_plan(const struct dgm_codec *codec,
                                                     void *memory, size_t memory_size,
                                                     const struct dgm_codec **ret_codec,
                                                     struct dgm_error *reterr);

/**
 * Prepare a table without verifying it: for a table that was compiled into the same
 * program and verified when it was made, as dragoman-gen does, on a device that has no
 * room for the verifier. What is trusted is everything: a table that was damaged, or
 * comes from elsewhere, makes a codec read and write outside of its memory. Hosts use
 * dgm_codec_open().
 *
 * @return As dgm_codec_open(); DGM_BAD_TABLE only if the head is wrong, or the table
 * wants a part of the core that this build does without.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_codec_open_trusted(const void *model, size_t model_size, void *memory,
                       size_t memory_size, const struct dgm_codec **ret_codec,
                       struct dgm_error *reterr);

/** The table of a codec. */
DGM_API const struct dgm_model *dgm_codec_model(const struct dgm_codec *codec);

/** Text at a pool offset of the table ("" for 0 or an offset outside). */
DGM_API const char *dgm_codec_text(const struct dgm_codec *codec, uint32_t offset);

/** Bytes of scratch memory that any call with this codec may need: what a call remembers
 * that depends on the table, such as values, members and nesting; 0 for the simplest
 * ones. */
DGM_API size_t dgm_codec_scratch_size(const struct dgm_codec *codec);

/** Longest JSON of any message in a shape, longest frame: sizes for buffers that always
 * do. */
DGM_API size_t dgm_codec_json_max(const struct dgm_codec *codec, int shape);
DGM_API size_t dgm_codec_frame_max(const struct dgm_codec *codec);

enum dgm_direction {
    DGM_DIRECTION_AUTO, /* decode: up; encode: by the JSON's message type */
    DGM_DIRECTION_UP,   /* device to platform */
    DGM_DIRECTION_DOWN  /* platform to device */
};

enum dgm_shape {
    DGM_SHAPE_OCEANCONNECT = 0, /* msgType, serviceData, mid ... */
    DGM_SHAPE_IOTDA = 1,        /* msg_type, properties, request_id ... */
    DGM_SHAPE_PLAIN = 2,        /* the services alone */
    DGM_SHAPE_AUTO = 3          /* encode: by the JSON; decode: plain */
};

/* How the text of a reply's `request` member is to be read, and printed on decode. */
enum dgm_request_format {
    DGM_REQUEST_BY_SHAPE, /* Base64 in oceanconnect, hex in iotda and plain */
    DGM_REQUEST_BASE64,
    DGM_REQUEST_HEX,
    DGM_REQUEST_ARRAY /* [170, 114] */
};

/* Encode: what becomes of JSON members that the message does not have. */
enum dgm_unknown_members {
    DGM_UNKNOWN_MEMBERS_REFUSE, /* the first one is DGM_UNKNOWN_MEMBER */
    DGM_UNKNOWN_MEMBERS_IGNORE  /* they are left out, whatever they hold */
};

struct dgm_call;

enum dgm_visit_flag {
    DGM_VISIT_ABSENT = 1u << 0, /* the row and those inside are not there */
    DGM_VISIT_PLAIN = 1u << 1   /* bytes of what a hook made, not of the frame */
};

/*
 * Where a row of the table was at work in a frame: what tools need that show or make
 * frames. Bytes are those inside the framing. The bits of BIT and FIELD rows are told by
 * the row; `at` is where the bytes begin that it shares.
 */
struct dgm_visit {
    uint16_t row;   /* counted from the message's first */
    uint16_t flags; /* enum dgm_visit_flag */
    uint32_t at;    /* first byte */
    uint32_t end;   /* behind the last one; `at` of a row that holds others */
};

/* What a hook works on. */
struct dgm_hook_call {
    size_t size;                 /* of this struct */
    const struct dgm_call *call; /* of the codec: topic, channel, state of the device */
    void *user;                  /* of the hook, as its scratch memory is */
    void *scratch;
    size_t scratch_size;
    const uint8_t *input;
    size_t input_length;
    uint8_t *output;
    size_t output_size;
    size_t output_length; /* set by the hook */
    const char *detail;   /* set by a hook that fails: a constant sentence, or NULL */
};

/*
 * A function that profiles name: inflating, decryption. Must not allocate without bound,
 * and is called from the thread of the codec's call. DGM_OK, DGM_LIMIT if there is no
 * room for the output, DGM_WORKER_... of worker.h, or any other status: the bytes are
 * refused with DGM_HOOK.
 */
struct dgm_hook {
    size_t size;      /* of this struct */
    const char *name; /* as under `hooks` of the profile */
    enum dgm_status (*decode)(struct dgm_hook_call *call); /* NULL: cannot */
    enum dgm_status (*encode)(struct dgm_hook_call *call);
    void *user;
    void *scratch; /* for its work; not shared by calls under way */
    size_t scratch_size;
};

/*
 * What a call knows besides the bytes, and what it brings. Fill with DGM_CALL_INIT, then
 * set what is known. `size` lets the struct grow: members behind it read as
 * DGM_CALL_INIT has them, and a longer struct is taken if what is not known of it is
 * zero.
 */
struct dgm_call {
    size_t size;
    enum dgm_direction direction;
    enum dgm_shape shape;
    enum dgm_request_format request_format;
    const char
        *message; /* only this message, by name; NULL: by its guards, or by the JSON */
    bool has_channel;
    uint32_t channel;  /* LoRaWAN port; CAN identifier, one of 29 bits with bit 31 set */
    const char *topic; /* MQTT topic, or NULL */
    size_t topic_length;
    bool has_received;
    int64_t received_ms; /* receive time in milliseconds since 1970-01-01T00:00Z */
    const uint8_t
        *request; /* for replies: the bytes that are answered; beats the JSON's member */
    size_t request_length;
    void *scratch; /* dgm_codec_scratch_size() bytes, aligned to 8; not shared by calls */
    size_t scratch_size;
    struct dgm_error *notices; /* where warnings go, or NULL */
    size_t notice_capacity;
    const struct dgm_hook *const *hooks; /* functions that the profile names */
    size_t hook_count;
    void *state; /* of the device, for hooks; the codec does not look at it */
    /* Longest frame and JSON text to take or make, 0: as long as the profile allows. */
    size_t frame_limit, json_limit;
    struct dgm_visit *visits; /* decode: where each row was at work, or NULL */
    size_t visit_capacity;
    enum dgm_unknown_members unknown_members; /* encode */
};

#define DGM_CALL_INIT                                                                    \
    {                                                                                    \
        sizeof(struct dgm_call), DGM_DIRECTION_AUTO, DGM_SHAPE_AUTO,                     \
            DGM_REQUEST_BY_SHAPE, NULL, false, 0, NULL, 0, false, 0, NULL, 0, NULL, 0,   \
            NULL, 0, NULL, 0, NULL, 0, 0, NULL, 0, DGM_UNKNOWN_MEMBERS_REFUSE            \
    }

/* What came out. */
struct dgm_outcome {
    size_t length;       /* bytes written; not zero-terminated */
    size_t notice_count; /* warnings there were; more than notice_capacity means some were
                            lost */
    size_t visit_count;  /* decode: rows that were at work; likewise */
    uint16_t message;    /* index of the message in the table, or DGM_NONE */
    uint8_t kind;        /* enum dgm_kind, or 0 */
    bool has_channel;    /* encode: the frame wants this channel */
    uint32_t channel;
    const char *topic; /* encode: the frame wants this topic, or NULL */
};

/**
 * Decode one frame into JSON text.
 *
 * @param call        NULL: as DGM_CALL_INIT.
 * @param frame       May be NULL if `frame_length` is 0.
 * @param text        Where the JSON goes; at most `text_size` bytes are written. May be
 * NULL if `text_size` is 0. Its content is unspecified unless DGM_OK is returned.
 * @param ret         Untouched on failure, except `notice_count` and `visit_count`; the
 * last visit is that of the row that failed.
 * @param reterr      Where and why; may be NULL. With DGM_NO_SPACE `needed` says what
 * would do.
 * @return DGM_OK; DGM_NOTHING if the frame carries no data; else the error.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_decode(const struct dgm_codec *codec, const struct dgm_call *call,
           const uint8_t *frame, size_t frame_length, char *text, size_t text_size,
           struct dgm_outcome *ret, struct dgm_error *reterr);

/**
 * Encode one JSON message into a frame. The JSON is checked strictly (RFC 8259, UTF-8);
 * every value is checked against the wire and the product model before it is written.
 *
 * A member that the message knows may stand in its object once. Others are refused, or
 * with DGM_UNKNOWN_MEMBERS_IGNORE left out: members of the envelope, services, members of
 * services and of objects, and elements behind the last that an array has a place for.
 * Of several messages that takes the JSON which leaves out least, the first of those.
 *
 * @return DGM_OK; DGM_NOTHING if the message needs no bytes (a reply that is not wanted);
 *         else the error.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_encode(const struct dgm_codec *codec, const struct dgm_call *call, const char *json,
           size_t json_length, uint8_t *frame, size_t frame_size, struct dgm_outcome *ret,
           struct dgm_error *reterr);

/**
 * Does this frame belong to a message of the codec? Looks at the framing and guards only.
 * A profile with escapes needs the call's scratch memory.
 *
 * @return Index of the message, or DGM_NONE.
 */
DGM_API uint16_t dgm_identify(const struct dgm_codec *codec, const struct dgm_call *call,
                              const uint8_t *frame, size_t frame_length);

/**
 * Render the path of an error, "Environment[7].temperature". Always terminates with zero.
 *
 * @param codec  The codec of the failed call; NULL gives an empty text.
 * @return Length of the whole text; `text` was too small if this is not below
 * `text_size`.
 */
DGM_API size_t dgm_error_path(const struct dgm_codec *codec,
                              const struct dgm_error *error, char *text,
                              size_t text_size);

/**
 * Render an error as one line without a newline: what, where, found, limit:
 * "truncated: the frame ends inside a field, at byte 5 of the frame, Meter.flow".
 *
 * @return As dgm_error_path().
 */
DGM_API size_t dgm_error_render(const struct dgm_codec *codec,
                                const struct dgm_error *error, char *text,
                                size_t text_size);

DGM_END_DECLS

#endif
