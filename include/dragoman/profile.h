/* SPDX-License-Identifier: MIT */
/*
 * The profile compiler as a library: YAML to a checked model to tables, in memory or as
 * C. Not for the hot path: it allocates. Objects are not thread-safe; different ones are
 * independent.
 */
#ifndef DRAGOMAN_PROFILE_H
#define DRAGOMAN_PROFILE_H

#include <dragoman/base.h>
#include <dragoman/status.h>
#include <dragoman/table.h>

DGM_BEGIN_DECLS

struct dgm_profile;

enum dgm_severity { DGM_SEVERITY_ERROR, DGM_SEVERITY_WARNING, DGM_SEVERITY_NOTE };

/* A change of a file: `width` characters of one line, from a column on, become a text. */
struct dgm_edit {
    unsigned line, column, width;
    const char *text;
};

/* One finding. Texts live as long as the profile. Lines and columns (in characters) count
 * from 1. */
struct dgm_diagnostic {
    enum dgm_severity severity;
    const char *file;
    unsigned line, column;
    unsigned width;          /* characters the caret line underlines, at least 1 */
    const char *rule;        /* "unknown-key" */
    const char *text;        /* one sentence without capital or full stop */
    const char *source_line; /* the line itself, without its end; "" if there is none */
    const struct dgm_edit *edits; /* of the same file: what mends it, where that is
                                     certain; in the order of the file */
    size_t edit_count;
};

/**
 * Render a finding for people: `file:line:col: severity: text [rule]` and, with `caret`,
 * the line of the source and a line that underlines the place. Each line ends with a line
 * feed.
 *
 * @param buf   Zero-terminated if `size` is not 0; cut if it is too small. May be NULL
 * with size 0.
 * @return Bytes of the whole text, without the zero.
 */
DGM_API size_t dgm_diagnostic_render(const struct dgm_diagnostic *diagnostic, bool caret,
                                     char *buf, size_t size);

/**
 * Compile a profile from a file or from memory. A file may include others of its folder
 * and below; a profile from memory reads no files.
 *
 * @param path         File to read, and the name in diagnostics. Need not outlive the
 * call.
 * @param model        Compile this model of the family only, as if it were alone; NULL:
 * all.
 * @param text         With dgm_profile_parse(): the YAML; need not outlive the call.
 * @param ret_profile  Set also when the profile has errors, to ask for its diagnostics;
 * NULL only with DGM_MEMORY. Close it in any case.
 * @return DGM_OK; DGM_NOTHING if it has no product, but parts for profiles to include,
 * and so no tables; DGM_PROFILE if it has errors; DGM_IO (one diagnostic says why);
 * DGM_MEMORY.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_profile_load(const char *path,
                                                       struct dgm_profile **ret_profile);
DGM_API DGM_NODISCARD enum dgm_status
dgm_profile_load_model(const char *path, const char *model,
                       struct dgm_profile **ret_profile);
/** The same for a text that is to be in the file: it includes others as that would. */
DGM_API DGM_NODISCARD enum dgm_status
dgm_profile_load_text(const char *path, const char *text, size_t length,
                      struct dgm_profile **ret_profile);
/* A file in memory. `name` is its path from the folder of the profile: "common.yaml". */
struct dgm_profile_text {
    const char *name, *text;
    size_t length;
};

/**
 * The same for files in memory, such as those that a plug-in keeps: no file is read.
 *
 * @param files  The profile first, then those that it includes, in any order. Need not
 * outlive the call.
 * @param count  At least 1; DGM_BAD_CALL otherwise.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_profile_load_files(const struct dgm_profile_text *files, size_t count,
                       const char *model, struct dgm_profile **ret_profile);
DGM_API DGM_NODISCARD enum dgm_status dgm_profile_parse(const char *path,
                                                        const char *text, size_t length,
                                                        struct dgm_profile **ret_profile);

/**
 * Lay out the text of a profile anew: order of keys, indentation, blanks. Scalars and
 * comments stay as they are. It need not compile, but be YAML of the kind that profiles
 * may have.
 *
 * @param text         With dgm_profile_format(): the YAML; need not outlive the call.
 * @param ret_profile  Ask it for diagnostics and dgm_profile_formatted(); it has no
 * tables. NULL only with DGM_MEMORY. Close it in any case.
 * @return DGM_OK; DGM_NOTHING if there is something that cannot be laid out safely, and
 * the text stays as it is; DGM_PROFILE, DGM_IO, DGM_MEMORY as above.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_profile_format_file(const char *path, struct dgm_profile **ret_profile);
DGM_API DGM_NODISCARD enum dgm_status
dgm_profile_format(const char *path, const char *text, size_t length,
                   struct dgm_profile **ret_profile);

/**
 * The text that was laid out, zero-terminated; NULL after an error.
 *
 * @param ret_changed  Does it differ from what there was?
 */
DGM_API const char *dgm_profile_formatted(const struct dgm_profile *profile,
                                          size_t *ret_length, bool *ret_changed);

/** Free a profile and all it gave out. NULL is allowed. */
DGM_API void dgm_profile_close(struct dgm_profile *profile);

/** Diagnostics in the order of the files; NULL behind the last one. */
DGM_API const struct dgm_diagnostic *
dgm_profile_diagnostic(const struct dgm_profile *profile, size_t position);

/** Errors there were; at most 20 are kept as diagnostics. */
DGM_API size_t dgm_profile_error_count(const struct dgm_profile *profile);

/** Files that were read: the profile, then what it includes; NULL behind the last one. */
DGM_API const char *dgm_profile_file(const struct dgm_profile *profile, size_t position);

/** Is it a file for profiles to include, without a product and so without tables? */
DGM_API bool dgm_profile_is_part(const struct dgm_profile *profile);

/**
 * The table of the model, ready for dgm_codec_open(); of the first one, if the profile
 * describes a family. NULL if the profile has errors or is only a part of others.
 * Aligned to 8; lives as long as the profile.
 */
DGM_API const struct dgm_model *dgm_profile_model(const struct dgm_profile *profile,
                                                  size_t *ret_size);

/** The same for each model of a family; NULL behind the last one. */
DGM_API const struct dgm_model *dgm_profile_model_at(const struct dgm_profile *profile,
                                                     size_t position, size_t *ret_size);

/** Its name, "" if the product has none; NULL behind the last one. */
DGM_API const char *dgm_profile_model_name(const struct dgm_profile *profile,
                                           size_t position);

/**
 * JSON Schema, draft-07, of the JSON that decoding gives; of messages that only go to the
 * device, or are only encoded, of the JSON that encoding takes. Compact text, always the
 * same for the same profile; lives as long as the profile.
 *
 * @param position  Which model of the family.
 * @param message   Its name; NULL: one schema for all of them, with a definition of each.
 * @param shape     enum dgm_shape, not DGM_SHAPE_AUTO.
 * @param ret_text  Set with DGM_OK.
 * @return DGM_OK; DGM_NOTHING if there is no such JSON in the shape; DGM_BAD_CALL if
 * there is no such model or message, or the profile has errors; DGM_MEMORY.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_profile_schema(struct dgm_profile *profile,
                                                         size_t position,
                                                         const char *message, int shape,
                                                         const char **ret_text);

/**
 * The product model of the profile as JSON: one object in the form of the platform's
 * product object, service_capabilities with properties, commands and events, limits as
 * texts. What that form has no place for is there by the profile's names:
 * manufacturer_id, model, version, om_capability. A profile that declares no services has
 * the one that its messages make, Default; without service_capabilities they make none.
 * Compact text, always the same for the same profile; lives as long as the profile.
 *
 * @param position  Which model of the family.
 * @param ret_text  Set with DGM_OK.
 * @return DGM_OK; DGM_BAD_CALL if there is no such model, or the profile has errors;
 * DGM_MEMORY.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_profile_product(struct dgm_profile *profile, size_t position, const char **ret_text);

/** "<manufacturer>-<model>" in lower case, letters, digits and '-': stem of generated
 * files. */
DGM_API const char *dgm_profile_stem(const struct dgm_profile *profile);

/** JSON text about the product: makers, models, messages, sizes. What the plug-in's note
 * holds. */
DGM_API const char *dgm_profile_manifest(const struct dgm_profile *profile);

/** Generated C source and header. Deterministic to the byte. NULL if the profile has
 * errors. */
DGM_API const char *dgm_profile_c_source(const struct dgm_profile *profile);
DGM_API const char *dgm_profile_c_header(const struct dgm_profile *profile);

/**
 * C source of the note in which a plug-in keeps its profile, with all that this includes;
 * to be appended to that of dgm_profile_c_source(). Without it the plug-in works as well.
 * The same for the same texts and the same zlib.
 *
 * @param ret_text  Set with DGM_OK; lives as long as the profile.
 * @return DGM_OK; DGM_BAD_CALL if the profile has no tables; DGM_MEMORY.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_profile_c_note(struct dgm_profile *profile,
                                                         const char **ret_text);

enum dgm_test_direction { DGM_TEST_BOTH, DGM_TEST_DECODE, DGM_TEST_ENCODE };

/* A vector of the profile's `tests`. Texts live as long as the profile. */
struct dgm_test {
    unsigned line;
    const uint8_t *frame; /* NULL: no bytes (`hex: null`, or an encode error) */
    size_t frame_length;
    bool has_frame;
    const char
        *json; /* JSON text; NULL: none (an error, or `json: null` with has_json) */
    bool has_json;
    int shape; /* enum dgm_shape */
    enum dgm_test_direction direction;
    bool canonical;      /* encoding the JSON gives exactly the frame */
    bool down;           /* the frame goes to the device */
    const char *message; /* name, or NULL */
    bool has_channel;
    uint32_t channel;
    bool has_received;
    int64_t received_ms;
    const uint8_t *request; /* bytes a reply answers, or NULL */
    size_t request_length;
    const char *error;           /* status id it must fail with, or NULL */
    const char *const *warnings; /* of each notice, in order, its status id or, of a
                                    warning of the profile, its text; NULL-terminated; or
                                    NULL: none allowed */
    const char *source;          /* or NULL */
    const char *topic;           /* of the call, or NULL */
    const char *model;           /* of the family; NULL: there is only one */
};

/** Vectors in the order of the file; NULL behind the last one. */
DGM_API const struct dgm_test *dgm_profile_test(const struct dgm_profile *profile,
                                                size_t position);

/**
 * JSON Schema, draft-07, of the profile language, for editors: every key with its values
 * and what it is for. Compact text, always the same for the same version.
 *
 * @param buf  Zero-terminated if `size` is not 0; cut if it is too small. May be NULL
 * with size 0.
 * @return Bytes of the whole text, without the zero; 0 if memory is out.
 */
DGM_API size_t dgm_language_schema(char *buf, size_t size);

/* A rule of the profile checker. */
struct dgm_rule {
    const char *id; /* "unknown-key" */
    enum dgm_severity severity;
    const char *summary;     /* one sentence */
    const char *explanation; /* what it means and how to mend it; several lines */
};

/** Walk the registry of rules; NULL behind the last one. Constant. */
DGM_API const struct dgm_rule *dgm_rule_at(size_t position);

DGM_END_DECLS

#endif
