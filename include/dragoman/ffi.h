/* SPDX-License-Identifier: MIT */
/*
 * Dragoman for other languages: handles, texts and numbers. No struct of this header has
 * a layout, and whatever has parts is JSON text, so that a caller needs no C compiler and
 * no copy of our structs. libdragoman-ffi stands for the compiler, the host and the codec
 * core together.
 *
 * A product is a plug-in or a profile, ready for use. Nobody changes it: any thread may
 * use it. A call is what one thread works with: arguments, memory, and what came of the
 * last frame or JSON. Several threads have a call each; a call must not be used by two at
 * once. A product stays as long as one of its calls is open, so that both may be closed
 * in any order.
 *
 * Objects of JSON text that are told here get more members with time; statuses have their
 * words (dgm_status_id()), errors the members of `dragoman --error-format json`.
 */
#ifndef DRAGOMAN_FFI_H
#define DRAGOMAN_FFI_H

#include <dragoman/base.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

/* Goes up when something of this header goes or changes its meaning. A caller that was
 * made for another number must not go on. */
enum { DGM_FFI_VERSION = 1 };

/** DGM_FFI_VERSION of the running library. Thread-safe. */
DGM_API unsigned dgm_ffi_version(void);

/** Version of the running library as text, "1.2.3". Constant; thread-safe. */
DGM_API const char *dgm_ffi_release(void);

struct dgm_ffi_product;
struct dgm_ffi_call;

/**
 * Load a plug-in without code.
 *
 * @param trusted_keys  PEM file with the public keys whose signatures count; the plug-in
 * must have one of them. NULL: nobody looks for signatures.
 * @param ret_product  Set also on failure, to ask for its report; NULL only with
 * DGM_MEMORY and DGM_BAD_CALL. Close it in any case.
 * @return As dgm_plugin_load_with() and dgm_public_keys_read().
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_ffi_load_plugin(const char *path, const char *trusted_keys,
                    struct dgm_ffi_product **ret_product);

/**
 * Start a code plug-in: its hooks run in a process of their own.
 *
 * @param settings  For the plug-in, such as keys; may be NULL. Copied.
 * @return As dgm_worker_start() and dgm_public_keys_read().
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_ffi_load_code(const char *path, const char *trusted_keys, const void *settings,
                  size_t settings_length, struct dgm_ffi_product **ret_product);

/**
 * Compile a profile, from its file or from memory. One from memory reads no files.
 *
 * @param name  Name of the text in findings.
 * @param ret_product  As above.
 * @return As dgm_profile_load(). DGM_NOTHING, a file of parts without a product, leaves
 * nothing to decode with.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_ffi_load_profile(const char *path, struct dgm_ffi_product **ret_product);
DGM_API DGM_NODISCARD enum dgm_status
dgm_ffi_parse_profile(const char *name, const char *text, size_t length,
                      struct dgm_ffi_product **ret_product);

/**
 * What came of loading:
 *
 *     {"status": "ok", "models": [{"manufacturer_id": "Acme", "model": "WM-100"}],
 *      "findings": [{"severity": "warning", "line": 3, "text": "...", ...}]}
 *     {"status": "plugin-code", "family": "table", "text": "...", "models": [], ...}
 *
 * Thread-safe; lives as long as the product.
 */
DGM_API const char *dgm_ffi_product_report(const struct dgm_ffi_product *product);

/** Let go of a product: it is freed with its last call. NULL is allowed. Thread-safe, but
 * once. */
DGM_API void dgm_ffi_product_close(struct dgm_ffi_product *product);

/**
 * Make a call for one thread at a time.
 *
 * @param product  One that was loaded with DGM_OK.
 * @return DGM_OK, DGM_MEMORY, DGM_BAD_CALL. Thread-safe.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_ffi_call_open(struct dgm_ffi_product *product,
                                                        struct dgm_ffi_call **ret_call);

/** Free a call. NULL is allowed. */
DGM_API void dgm_ffi_call_close(struct dgm_ffi_call *call);

/** Forget all arguments. */
DGM_API void dgm_ffi_call_reset(struct dgm_ffi_call *call);

/**
 * Set an argument of the next calls. All are texts:
 *
 *     manufacturer, model   which one, of a product with several
 *     shape                 oceanconnect, iotda, plain
 *     direction             up, down
 *     message               only this one, by its name
 *     port                  LoRaWAN port or CAN identifier, decimal
 *     topic                 of MQTT
 *     received_ms           when it came, milliseconds since 1970-01-01T00:00Z
 *     request               the bytes that a reply answers
 *     request_format        base64, hex, array
 *     unknown               refuse, ignore: members that the message does not have
 *     state                 what dgm_ffi_state() gave behind the last frame of the device
 *
 * @param value  `length` bytes, which are copied; no zero is needed behind them.
 * @return DGM_OK; DGM_BAD_CALL with the reason in the report, and the argument as it was;
 * DGM_MEMORY.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_ffi_call_set(struct dgm_ffi_call *call,
                                                       const char *name,
                                                       const void *value, size_t length);

/**
 * Decode a frame into JSON, encode JSON into a frame. What comes out is dgm_ffi_output().
 *
 * @return As dgm_decode() and dgm_encode(); also DGM_MEMORY; DGM_BAD_CALL if it is not
 * clear which model is meant.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_ffi_decode(struct dgm_ffi_call *call,
                                                     const void *frame, size_t length);
DGM_API DGM_NODISCARD enum dgm_status dgm_ffi_encode(struct dgm_ffi_call *call,
                                                     const void *json, size_t length);

/**
 * What the last call made: JSON text or the bytes of a frame, without a zero behind it.
 * Lives until the next call, and as long as `call`.
 *
 * @return NULL if it made nothing.
 */
DGM_API const void *dgm_ffi_output(const struct dgm_ffi_call *call, size_t *ret_length);

/**
 * What a code plug-in keeps of the device, "state_size" bytes of the product's report:
 * zeros of a device of which nothing is known yet. Goes from call to call until it is set
 * or reset. Lives as long as `call`.
 */
DGM_API const void *dgm_ffi_state(const struct dgm_ffi_call *call, size_t *ret_length);

/**
 * What came of the last call:
 *
 *     {"status": "ok", "message": "report", "kind": "report", "warnings": []}
 *     {"status": "truncated", "family": "data", "number": 10, "place": "frame",
 *      "offset": 1, "path": "Meter.flow", "text": "...", "warnings": []}
 *
 * `port` and `topic` are where an encoded frame wants to go.
 *
 * @return NULL without memory. Lives until something else is done with `call`.
 */
DGM_API const char *dgm_ffi_report(struct dgm_ffi_call *call);

DGM_END_DECLS

#endif
