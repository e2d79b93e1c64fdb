/* SPDX-License-Identifier: MIT */
/*
 * The plug-in host: find, look into, check, load and retire plug-ins. It never logs;
 * every refusal names the field, what was expected and what was found.
 */
#ifndef DRAGOMAN_HOST_H
#define DRAGOMAN_HOST_H

#include <dragoman/base.h>
#include <dragoman/codec.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

/* Why a file was refused. `text` is a whole sentence: "abi_major: expected 1, found 2".
 */
struct dgm_refusal {
    enum dgm_status status;
    char text[256];
};

/* What a plug-in file says about itself, read from the file alone: nothing is mapped or
 * run. */
struct dgm_plugin_info;

/**
 * Read the manifest and the form of a plug-in file.
 *
 * @param ret_info  Set on success; free it with dgm_plugin_info_free().
 * @return DGM_OK, DGM_IO, DGM_MEMORY, or one of the DGM_PLUGIN_... refusals.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_plugin_inspect(const char *path, struct dgm_plugin_info **ret_info,
                   struct dgm_refusal *ret_refusal);
DGM_API void dgm_plugin_info_free(struct dgm_plugin_info *info);

/** The manifest, JSON text that was checked to be valid JSON. Lives as long as `info`. */
DGM_API const char *dgm_plugin_info_manifest(const struct dgm_plugin_info *info);

/** A text member of the manifest's top level ("manufacturer_id", "model", ...), or NULL.
 */
DGM_API const char *dgm_plugin_info_member(const struct dgm_plugin_info *info,
                                           const char *name);

/**
 * The same of one model. A plug-in serves one or more; the first is that of the top
 * level.
 *
 * @return NULL if there is no such model or member: "model" is a text of every model.
 */
DGM_API const char *dgm_plugin_info_model(const struct dgm_plugin_info *info,
                                          size_t position, const char *name);

/**
 * Is this a code plug-in, which only a worker process may load (worker.h)?
 *
 * @return What makes it one, as a sentence, "segment 1: expected data only, found it
 * executable"; NULL for a plug-in of tables alone. Lives as long as `info`.
 */
DGM_API const char *dgm_plugin_info_code(const struct dgm_plugin_info *info);

/** Bytes of the file. */
DGM_API size_t dgm_plugin_info_file_size(const struct dgm_plugin_info *info);

/* The profile that a plug-in keeps, and the files that this includes. */
struct dgm_plugin_source;

/**
 * The profile's source kept in the plug-in: unpacked, and held against the hash in the
 * manifest. Nothing is loaded. Plug-ins may be without it.
 *
 * @param ret_source  Set on success; free it with dgm_plugin_source_free(). It does not
 * need `info` any more.
 * @return DGM_OK, DGM_NOTHING if there is none, DGM_PLUGIN_MANIFEST if it is damaged,
 * DGM_MEMORY.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_plugin_info_source(const struct dgm_plugin_info *info,
                       struct dgm_plugin_source **ret_source,
                       struct dgm_refusal *ret_refusal);

/** How many files there are, at least 1. File 0 is the profile itself. */
DGM_API size_t dgm_plugin_source_count(const struct dgm_plugin_source *source);

/**
 * Name of a file: a path from the folder of the profile, of the form that `include` has;
 * it has no step "..", no control character, and does not begin with '/'. No other file
 * has the same.
 *
 * @return NULL behind the last one.
 */
DGM_API const char *dgm_plugin_source_name(const struct dgm_plugin_source *source,
                                           size_t i);

/** Its text of `*ret_size` bytes, and a zero behind them. NULL behind the last one. */
DGM_API const char *dgm_plugin_source_text(const struct dgm_plugin_source *source,
                                           size_t i, size_t *ret_size);

/** NULL is allowed. */
DGM_API void dgm_plugin_source_free(struct dgm_plugin_source *source);

/* A loaded plug-in with one prepared codec per model. */
struct dgm_loaded;

/**
 * Check and load a plug-in. Order of checks: file form from program headers and dynamic
 * table (no executable segment, no constructor, no needed library, no relocation),
 * manifest, then dlopen() with RTLD_NOW | RTLD_LOCAL, symbol, magic, ABI, size, table
 * format, verifier. A code plug-in is refused with DGM_PLUGIN_CODE: dgm_worker_start() of
 * worker.h is for those.
 *
 * Thread-safe. The codecs live until dgm_plugin_unload().
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_plugin_load(const char *path,
                                                      struct dgm_loaded **ret_loaded,
                                                      struct dgm_refusal *ret_refusal);

/* What becomes of plug-ins whose signature is missing, wrong, or by a stranger. */
enum dgm_signature_policy {
    DGM_SIGNATURES_OFF,    /* nobody looks */
    DGM_SIGNATURES_WARN,   /* they are loaded, and the caller is told */
    DGM_SIGNATURES_REQUIRE /* they are refused before anything of them is looked into */
};

struct dgm_public_key; /* <dragoman/signature.h> */

/*
 * How to load. Fill with DGM_LOAD_OPTIONS_INIT, then set what matters. `size` lets the
 * struct grow: members behind it read as DGM_LOAD_OPTIONS_INIT has them, and a longer
 * struct is taken if what is not known of it is zero.
 */
struct dgm_load_options {
    size_t size;
    enum dgm_signature_policy signatures;
    const struct dgm_public_key *keys; /* whose signatures count */
    size_t key_count;
};

#define DGM_LOAD_OPTIONS_INIT                                                            \
    {                                                                                    \
        sizeof(struct dgm_load_options), DGM_SIGNATURES_OFF, NULL, 0                     \
    }

/**
 * dgm_plugin_load() with options. The signature is checked first, on the very bytes that
 * are loaded then.
 *
 * @param options      NULL: as DGM_LOAD_OPTIONS_INIT.
 * @param ret_refusal  With DGM_SIGNATURES_WARN and DGM_OK its status says what is wrong
 * with the signature; DGM_OK if nothing is.
 * @return As dgm_plugin_load(); with DGM_SIGNATURES_REQUIRE also DGM_NO_SIGNATURE,
 * DGM_BAD_SIGNATURE, DGM_UNTRUSTED_KEY; DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_plugin_load_with(const char *path, const struct dgm_load_options *options,
                     struct dgm_loaded **ret_loaded, struct dgm_refusal *ret_refusal);

/** No codec of the plug-in may be in use any more. NULL is allowed. */
DGM_API void dgm_plugin_unload(struct dgm_loaded *loaded);

/**
 * Codec at `position`; the same one for everybody. Its plan (dgm_codec_plan()) is made by
 * the first call for it, which takes up to some milliseconds and memory; there is none if
 * memory is out. Thread-safe, as dgm_loaded_find().
 *
 * @return NULL behind the last one.
 */
DGM_API const struct dgm_codec *dgm_loaded_codec(const struct dgm_loaded *loaded,
                                                 size_t position);

/**
 * Codec of a product. Makes its plan as dgm_loaded_codec() does.
 *
 * @param manufacturer_id  NULL: whoever made it.
 * @param model            NULL: whichever it is; the first one then.
 * @return NULL if the plug-in serves no such product.
 */
DGM_API const struct dgm_codec *dgm_loaded_find(const struct dgm_loaded *loaded,
                                                const char *manufacturer_id,
                                                const char *model);

/**
 * Walk the plug-ins of a directory, by name. Each "*.so" is inspected; none is loaded.
 *
 * @param visit  Called for each file; `info` is NULL and `refusal` set if it was refused.
 * Return false to stop. `info` is only valid during the call.
 * @return DGM_OK, DGM_IO, DGM_MEMORY.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_plugin_scan(
    const char *directory,
    bool (*visit)(void *user, const char *path, const struct dgm_plugin_info *info,
                  const struct dgm_refusal *refusal),
    void *user);

DGM_END_DECLS

#endif
