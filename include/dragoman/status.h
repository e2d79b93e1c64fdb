/* SPDX-License-Identifier: MIT */
/* The one list of outcomes, and the one error object that every part of Dragoman fills.
 */
#ifndef DRAGOMAN_STATUS_H
#define DRAGOMAN_STATUS_H

#include <dragoman/base.h>

DGM_BEGIN_DECLS

/* Families: what the caller can do about it. */
enum dgm_family {
    DGM_FAMILY_FINE,   /* it worked */
    DGM_FAMILY_DATA,   /* the frame or the JSON is wrong */
    DGM_FAMILY_SPACE,  /* call again with more room */
    DGM_FAMILY_USAGE,  /* the call itself is wrong */
    DGM_FAMILY_TABLE,  /* the table or plug-in is refused */
    DGM_FAMILY_SYSTEM, /* a file or memory could not be had */
    DGM_FAMILY_BUG     /* an error in Dragoman: please report it */
};

/* X(name, number, family, id, sentence). Numbers are for ever: a retired one is never
 * used again. */
#define DGM_STATUS_LIST(X)                                                               \
    X(OK, 0, FINE, "ok", "success")                                                      \
    X(NOTHING, 1, FINE, "nothing", "the input yields no data, which is not an error")    \
    X(TRUNCATED, 10, DATA, "truncated", "the frame ends inside a field")                 \
    X(TRAILING_BYTES, 11, DATA, "trailing-bytes", "bytes are left after the last field") \
    X(CONST, 12, DATA, "const", "a fixed value is not the one that the profile names")   \
    X(CHECKSUM, 13, DATA, "checksum", "the checksum does not fit the bytes")             \
    X(FRAMING, 14, DATA, "framing",                                                      \
      "the delimiters or escapes around the frame are wrong")                            \
    X(LENGTH, 15, DATA, "length", "a length or count does not fit what it measures")     \
    X(NO_MESSAGE, 16, DATA, "no-message", "no message of the profile fits")              \
    X(REFUSED, 17, DATA, "refused", "the profile refuses this frame")                    \
    X(ENUM, 18, DATA, "enum", "the value is none of those listed")                       \
    X(RANGE, 19, DATA, "range", "the value is outside its range")                        \
    X(TYPE, 20, DATA, "type", "the JSON value has the wrong type")                       \
    X(TEXT, 21, DATA, "text", "the text cannot be carried in this encoding")             \
    X(TIME, 22, DATA, "time", "this is no valid date or time")                           \
    X(OVERFLOW, 23, DATA, "overflow", "the arithmetic leaves the exact range")           \
    X(TAG, 24, DATA, "tag", "no case of the tag loop fits")                              \
    X(LIMIT, 25, DATA, "limit", "a bound of the profile or the caller is exceeded")      \
    X(MISSING_MEMBER, 26, DATA, "missing-member", "a required member is missing")        \
    X(UNKNOWN_MEMBER, 27, DATA, "unknown-member", "the message has no such member")      \
    X(MEMBER_NOT_ALLOWED, 28, DATA, "member-not-allowed",                                \
      "the member is given although its condition is false")                             \
    X(INEXACT, 29, DATA, "inexact", "the value is no multiple of the scale")             \
    X(COUNT_MISMATCH, 30, DATA, "count-mismatch",                                        \
      "a given count differs from what it counts")                                       \
    X(NO_COMMAND, 31, DATA, "no-command", "the profile has no such command")             \
    X(NOT_ENCODABLE, 32, DATA, "not-encodable",                                          \
      "this value cannot be turned into bytes")                                          \
    X(DUPLICATE_MEMBER, 33, DATA, "duplicate-member", "a member is given twice")         \
    X(JSON_SYNTAX, 34, DATA, "json-syntax", "the text is not valid JSON")                \
    X(JSON_DEPTH, 35, DATA, "json-depth", "the JSON is nested too deeply")               \
    X(JSON_UTF8, 36, DATA, "json-utf8", "the JSON text is not valid UTF-8")              \
    X(MODEL_LIMIT, 37, DATA, "model-limit",                                              \
      "the value is outside the limits of the product model")                            \
    X(NO_NUMBER, 38, DATA, "no-number", "the float is infinite or not a number")         \
    X(WARNING, 39, DATA, "warning", "the profile warns of this frame")                   \
    X(HOOK, 40, DATA, "hook", "a function of the program refuses these bytes")           \
    X(NO_SPACE, 50, SPACE, "no-space", "the output buffer is too small")                 \
    X(NO_SCRATCH, 51, SPACE, "no-scratch", "the scratch memory is too small")            \
    X(BAD_CALL, 60, USAGE, "bad-call", "an argument of the call is wrong")               \
    X(WRONG_DIRECTION, 61, USAGE, "wrong-direction",                                     \
      "the message does not offer this direction")                                       \
    X(NO_REQUEST, 62, USAGE, "no-request", "a reply needs the bytes of the request")     \
    X(NO_HOOK, 63, USAGE, "no-hook",                                                     \
      "the profile needs a function that the caller did not register")                   \
    X(BAD_TABLE, 70, TABLE, "bad-table", "the table is damaged")                         \
    X(WRONG_TABLE_FORMAT, 71, TABLE, "table-format",                                     \
      "the table has another format version")                                            \
    X(NO_SIGNATURE, 72, TABLE, "no-signature", "the file is not signed")                 \
    X(BAD_SIGNATURE, 73, TABLE, "bad-signature", "the signature does not fit the file")  \
    X(UNTRUSTED_KEY, 74, TABLE, "untrusted-key",                                         \
      "the signature is by a key that is not trusted")                                   \
    X(PLUGIN_CRASHED, 75, TABLE, "plugin-crashed",                                       \
      "the process that looked into the plug-in crashed")                                \
    X(PLUGIN_HUNG, 76, TABLE, "plugin-hung",                                             \
      "the process that looked into the plug-in did not answer in time")                 \
    X(PLUGIN_FLOODED, 77, TABLE, "plugin-flooded",                                       \
      "the process that looked into the plug-in answered out of bounds")                 \
    X(BAD_KEY, 78, SYSTEM, "bad-key", "the file holds no key that can be used")          \
    X(PLUGIN_FILE, 80, TABLE, "plugin-file", "the file is no plug-in of this machine")   \
    X(PLUGIN_CODE, 81, TABLE, "plugin-code",                                             \
      "the plug-in holds code, and only data is allowed")                                \
    X(NO_PLUGIN_SYMBOL, 82, TABLE, "plugin-symbol", "the plug-in lacks its descriptor")  \
    X(WRONG_PLUGIN_MAGIC, 83, TABLE, "plugin-magic", "the descriptor is not Dragoman's") \
    X(PLUGIN_ABI, 84, TABLE, "plugin-abi", "the plug-in was made for another ABI")       \
    X(PLUGIN_SIZE, 85, TABLE, "plugin-size", "the size of the descriptor is impossible") \
    X(PLUGIN_NEWER, 86, TABLE, "plugin-newer", "the plug-in needs a newer host")         \
    X(PLUGIN_MANIFEST, 87, TABLE, "plugin-manifest",                                     \
      "the manifest is missing or not true")                                             \
    X(PLUGIN_DUPLICATE, 88, TABLE, "plugin-duplicate",                                   \
      "two plug-ins serve the same product")                                             \
    X(NO_PLUGIN, 89, TABLE, "no-plugin", "no plug-in serves this product")               \
    X(IO, 90, SYSTEM, "io", "a file cannot be read or written")                          \
    X(MEMORY, 91, SYSTEM, "memory", "no memory")                                         \
    X(PROFILE, 92, DATA, "profile", "the profile has errors")                            \
    X(INTERNAL, 99, BUG, "internal", "an error in Dragoman: please report it")           \
    X(WORKER_CRASH, 100, DATA, "worker-crash",                                           \
      "the code of the plug-in crashed at these bytes")                                  \
    X(WORKER_DEADLINE, 101, DATA, "worker-deadline",                                     \
      "the code of the plug-in took too long for these bytes")                           \
    X(WORKER_SANDBOX, 102, DATA, "worker-sandbox",                                       \
      "the code of the plug-in tried what its sandbox forbids")                          \
    X(WORKER_ANSWER, 103, DATA, "worker-answer",                                         \
      "the code of the plug-in answered what no hook answers")                           \
    X(WORKER_QUARANTINE, 104, SYSTEM, "worker-quarantine",                               \
      "the plug-in is set aside after too many crashes in a row")                        \
    X(WORKER_START, 105, SYSTEM, "worker-start",                                         \
      "the worker process of the plug-in cannot be started")

enum dgm_status {
#define DGM_STATUS_ENUM(name, number, family, id, sentence) DGM_##name = number,
    DGM_STATUS_LIST(DGM_STATUS_ENUM)
#undef DGM_STATUS_ENUM
};

/** Word that names a status for people and scripts, "trailing-bytes"; "?" for an unknown
 * number. */
DGM_API const char *dgm_status_id(enum dgm_status status);

/** One sentence without capital or full stop. Constant; "unknown status" for an unknown
 * number. */
DGM_API const char *dgm_status_text(enum dgm_status status);

/** Family of a status; DGM_FAMILY_BUG for an unknown number. */
DGM_API enum dgm_family dgm_status_family(enum dgm_status status);

/** Walk the registry: the status at `position` (0, 1, ...), or false behind the last one.
 */
DGM_API bool dgm_status_at(size_t position, enum dgm_status *ret_status);

enum dgm_place {
    DGM_PLACE_NONE,
    DGM_PLACE_FRAME, /* `offset` counts bytes of the frame, `bit` 7..0 from the top of
                        that byte */
    DGM_PLACE_JSON,  /* `offset` counts bytes of the JSON text */
    DGM_PLACE_TABLE  /* `offset` counts bytes of the table or plug-in file */
};

enum { DGM_ERROR_INDICES = 4 };

/* Which of the optional members of struct dgm_error are set. */
enum dgm_error_has {
    DGM_ERROR_HAS_BIT = 1u << 0,
    DGM_ERROR_HAS_RAW = 1u << 1,
    DGM_ERROR_HAS_LOW = 1u << 2,
    DGM_ERROR_HAS_HIGH = 1u << 3,
    DGM_ERROR_RAW_SIGNED = 1u << 4, /* `raw` is the bit pattern of an int64_t */
    DGM_ERROR_HAS_EXPECTED = 1u << 5
};

/**
 * What went wrong, where. Plain data without pointers into the input; valid as long as
 * the table.
 *
 * `path` is an offset into the table's texts (a template such as
 * "Environment[].temperature"), and the indices fill its brackets in order;
 * dgm_error_path() renders it. `low` and `high` are the limit that was broken in units of
 * 10^-`scale`; `raw` is what was found, in the same units.
 */
struct dgm_error {
    enum dgm_status status;
    uint8_t place;       /* enum dgm_place */
    uint8_t bit;         /* bit inside the byte, if DGM_ERROR_HAS_BIT */
    uint8_t scale;       /* decimals of raw, low and high */
    uint8_t index_count; /* how many of `index` are set */
    uint32_t has;        /* bits of enum dgm_error_has */
    uint32_t offset;     /* byte, see `place` */
    uint32_t path;       /* offset into the table's texts, 0 = none */
    uint16_t index[DGM_ERROR_INDICES];
    uint64_t raw;       /* found */
    uint64_t expected;  /* for `const` */
    int64_t low, high;  /* the limit */
    uint32_t needed;    /* for no-space and no-scratch: bytes that would do */
    const char *detail; /* a constant sentence with more, or NULL; never freed */
};

DGM_END_DECLS

#endif
