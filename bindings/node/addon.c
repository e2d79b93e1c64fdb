/* SPDX-License-Identifier: MIT */
/*
 * libdragoman-ffi for Node.js. What index.js needs and no more: it sees to types, words
 * and errors, and gives all texts as bytes.
 *
 *     load(loader, bytes...) -> [handle or null, report]
 *     run(handle, decodes, input, [name, value, ...], reports)
 *         -> [status, output or null, report or null, state]
 *     close(handle)
 *
 * Each environment (main thread, worker thread) has an instance of its own.
 */
#include <dragoman/ffi.h>

#define NAPI_VERSION 8
#include <node_api.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ARGUMENTS = 5 };

/* A product with the one call that its thread needs. Both NULL: closed. */
struct handle {
    struct dgm_ffi_product *product;
    struct dgm_ffi_call *call;
};

static const napi_type_tag handle_tag = {0x6472616d616e2d63, 0x6f6465632d68616e};

struct bytes {
    const void *data;
    size_t length;
};

/* Arguments of the function that is called. */
struct call {
    napi_env env;
    napi_value arguments[MOST_ARGUMENTS];
    size_t count;
};

static void call_read(struct call *call, napi_env env, napi_callback_info info)
{
    call->env = env;
    call->count = MOST_ARGUMENTS;
    if (napi_get_cb_info(env, info, &call->count, call->arguments, NULL, NULL) !=
        napi_ok) {
        call->count = 0;
    }
}

static napi_value fail(napi_env env, const char *text)
{
    (void)napi_throw_type_error(env, NULL, text);
    return NULL;
}

static napi_value fail_memory(napi_env env)
{
    (void)napi_throw_range_error(env, "ERR_MEMORY_ALLOCATION_FAILED", "no memory");
    return NULL;
}

static bool read_bytes(napi_env env, napi_value value, struct bytes *ret)
{
    bool is_buffer = false;
    void *data = NULL;
    if (napi_is_buffer(env, value, &is_buffer) != napi_ok || !is_buffer ||
        napi_get_buffer_info(env, value, &data, &ret->length) != napi_ok) {
        return false;
    }
    ret->data = data;
    return true;
}

/* A copy with a zero behind it; NULL if there is a zero inside, or no memory. */
static char *text_of(const struct bytes *bytes)
{
    if (bytes->length == SIZE_MAX ||
        (bytes->length > 0 && memchr(bytes->data, 0, bytes->length) != NULL)) {
        return NULL;
    }
    char *text = malloc(bytes->length + 1);
    if (text != NULL) {
        if (bytes->length > 0) {
            memcpy(text, bytes->data, bytes->length);
        }
        text[bytes->length] = '\0';
    }
    return text;
}

static void handle_close(struct handle *handle)
{
    dgm_ffi_call_close(handle->call);
    dgm_ffi_product_close(handle->product);
    handle->call = NULL;
    handle->product = NULL;
}

static void handle_finalize(napi_env env, void *data, void *hint)
{
    (void)env;
    (void)hint;
    handle_close(data);
    free(data);
}

static struct handle *read_handle(struct call *call)
{
    bool is_handle = false;
    void *data = NULL;
    if (call->count == 0 ||
        napi_check_object_type_tag(call->env, call->arguments[0], &handle_tag,
                                   &is_handle) != napi_ok ||
        !is_handle || napi_unwrap(call->env, call->arguments[0], &data) != napi_ok) {
        return NULL;
    }
    return data;
}

/* An object that closes the product when it is collected. Takes the product in any case.
 */
static napi_value make_handle(napi_env env, struct dgm_ffi_product *product)
{
    napi_value object = NULL;
    struct handle *handle = calloc(1, sizeof(*handle));
    if (handle == NULL || dgm_ffi_call_open(product, &handle->call) != DGM_OK) {
        free(handle);
        dgm_ffi_product_close(product);
        return fail_memory(env);
    }
    handle->product = product;
    if (napi_create_object(env, &object) != napi_ok ||
        napi_wrap(env, object, handle, handle_finalize, NULL, NULL) != napi_ok) {
        handle_finalize(env, handle, NULL);
        return NULL;
    }
    return napi_type_tag_object(env, object, &handle_tag) == napi_ok ? object : NULL;
}

static napi_value null_of(napi_env env)
{
    napi_value value = NULL;
    (void)napi_get_null(env, &value);
    return value;
}

static napi_value string_of(napi_env env, const void *text, size_t length)
{
    napi_value value = NULL;
    return napi_create_string_utf8(env, text, length, &value) == napi_ok ? value : NULL;
}

static napi_value buffer_of(napi_env env, const void *data, size_t length)
{
    napi_value value = NULL;
    return napi_create_buffer_copy(env, length, data, NULL, &value) == napi_ok ? value
                                                                               : NULL;
}

/* NULL with an exception if one of the values could not be made. */
static napi_value array_of(napi_env env, napi_value *values, uint32_t count)
{
    napi_value array = NULL;
    bool good = napi_create_array_with_length(env, count, &array) == napi_ok;
    for (uint32_t i = 0; i < count && good; i++) {
        good = values[i] != NULL && napi_set_element(env, array, i, values[i]) == napi_ok;
    }
    bool pending = false;
    if (!good && napi_is_exception_pending(env, &pending) == napi_ok && !pending) {
        return fail_memory(env);
    }
    return good ? array : NULL;
}

enum loader { LOADER_PROFILE, LOADER_TEXT, LOADER_PLUGIN, LOADER_CODE, LOADERS };

/* `name` of a text or a file; more bytes as the loader has them. */
static enum dgm_status load_by(uint32_t loader, const char *name, const char *keys,
                               const struct bytes *more, struct dgm_ffi_product **ret)
{
    switch (loader) {
    case LOADER_PROFILE:
        return dgm_ffi_load_profile(name, ret);
    case LOADER_TEXT:
        return dgm_ffi_parse_profile(name, more->data, more->length, ret);
    case LOADER_PLUGIN:
        return dgm_ffi_load_plugin(name, keys, ret);
    default:
        return dgm_ffi_load_code(name, keys, more->data, more->length, ret);
    }
}

/* Hand out the product, or its report alone. */
static napi_value loaded(napi_env env, enum dgm_status status,
                         struct dgm_ffi_product *product)
{
    napi_value values[2];
    if (product == NULL) {
        return fail_memory(env);
    }
    values[1] = string_of(env, dgm_ffi_product_report(product), NAPI_AUTO_LENGTH);
    if (status == DGM_OK) {
        values[0] = make_handle(env, product);
    } else {
        values[0] = null_of(env);
        dgm_ffi_product_close(product);
    }
    return array_of(env, values, 2);
}

/* load(loader, name, bytes, keys): no keys are an empty name. */
static napi_value load(napi_env env, napi_callback_info info)
{
    struct call call;
    uint32_t loader = LOADERS;
    struct bytes name, more, keys;
    struct dgm_ffi_product *product = NULL;
    call_read(&call, env, info);
    if (call.count != 4 ||
        napi_get_value_uint32(env, call.arguments[0], &loader) != napi_ok ||
        loader >= LOADERS || !read_bytes(env, call.arguments[1], &name) ||
        !read_bytes(env, call.arguments[2], &more) ||
        !read_bytes(env, call.arguments[3], &keys)) {
        return fail(env, "load: wrong arguments");
    }
    char *name_text = text_of(&name), *keys_text = text_of(&keys);
    enum dgm_status status = DGM_BAD_CALL;
    bool good = name_text != NULL && keys_text != NULL;
    if (good) {
        status = load_by(loader, name_text, keys.length > 0 ? keys_text : NULL, &more,
                         &product);
    }
    free(name_text);
    free(keys_text);
    return good ? loaded(env, status, product) : fail(env, "a name has no zero byte");
}

/* Set the arguments of a call out of [name, value, ...]. False with an exception, or
 * with a status that is not DGM_OK. */
static bool set_arguments(napi_env env, struct dgm_ffi_call *call, napi_value list,
                          enum dgm_status *ret_status)
{
    uint32_t count = 0;
    *ret_status = DGM_OK;
    dgm_ffi_call_reset(call);
    if (napi_get_array_length(env, list, &count) != napi_ok) {
        (void)fail(env, "run: the arguments are no array");
        return false;
    }
    for (uint32_t i = 0; i + 1 < count; i += 2) {
        char name[32];
        struct bytes value;
        napi_value element = NULL, bytes = NULL;
        if (napi_get_element(env, list, i, &element) != napi_ok ||
            napi_get_value_string_utf8(env, element, name, sizeof(name), NULL) !=
                napi_ok ||
            napi_get_element(env, list, i + 1, &bytes) != napi_ok ||
            !read_bytes(env, bytes, &value)) {
            (void)fail(env, "run: an argument is no bytes");
            return false;
        }
        *ret_status = dgm_ffi_call_set(call, name, value.data, value.length);
        if (*ret_status != DGM_OK) {
            return false;
        }
    }
    return true;
}

/* [status, output, report, state] */
static napi_value outcome(napi_env env, struct dgm_ffi_call *call, enum dgm_status status,
                          bool decodes, bool reports)
{
    napi_value values[4];
    size_t length = 0;
    const void *output = dgm_ffi_output(call, &length);
    (void)napi_create_int32(env, (int32_t)status, &values[0]);
    values[1] = output == NULL ? null_of(env)
                : decodes      ? string_of(env, output, length)
                               : buffer_of(env, output, length);
    bool fine = status == DGM_OK || status == DGM_NOTHING;
    const char *report = fine && !reports ? NULL : dgm_ffi_report(call);
    values[2] = report != NULL ? string_of(env, report, NAPI_AUTO_LENGTH) : null_of(env);
    const void *state = dgm_ffi_state(call, &length);
    values[3] = length > 0 ? buffer_of(env, state, length) : null_of(env);
    return array_of(env, values, 4);
}

static napi_value run(napi_env env, napi_callback_info info)
{
    struct call call;
    bool decodes = false, reports = false;
    struct bytes input;
    enum dgm_status status = DGM_OK;
    call_read(&call, env, info);
    struct handle *handle = read_handle(&call);
    if (handle == NULL || handle->call == NULL || call.count != 5 ||
        napi_get_value_bool(env, call.arguments[1], &decodes) != napi_ok ||
        !read_bytes(env, call.arguments[2], &input) ||
        napi_get_value_bool(env, call.arguments[4], &reports) != napi_ok) {
        return fail(env, "run: wrong arguments");
    }
    if (set_arguments(env, handle->call, call.arguments[3], &status)) {
        status = decodes ? dgm_ffi_decode(handle->call, input.data, input.length)
                         : dgm_ffi_encode(handle->call, input.data, input.length);
    } else if (status == DGM_OK) {
        return NULL;
    }
    return outcome(env, handle->call, status, decodes, reports);
}

static napi_value close_handle(napi_env env, napi_callback_info info)
{
    struct call call;
    call_read(&call, env, info);
    struct handle *handle = read_handle(&call);
    if (handle == NULL) {
        return fail(env, "close: no handle");
    }
    handle_close(handle);
    return NULL;
}

static bool export_function(napi_env env, napi_value exports, const char *name,
                            napi_callback function)
{
    napi_value value = NULL;
    return napi_create_function(env, name, NAPI_AUTO_LENGTH, function, NULL, &value) ==
               napi_ok &&
           napi_set_named_property(env, exports, name, value) == napi_ok;
}

NAPI_MODULE_INIT()
{
    char text[96];
    unsigned version = dgm_ffi_version();
    if (version != DGM_FFI_VERSION) {
        (void)snprintf(text, sizeof(text),
                       "libdragoman-ffi has version %u of its interface, this addon "
                       "needs %u",
                       version, (unsigned)DGM_FFI_VERSION);
        (void)napi_throw_error(env, NULL, text);
        return NULL;
    }
    napi_value release = string_of(env, dgm_ffi_release(), NAPI_AUTO_LENGTH);
    bool good = release != NULL &&
                napi_set_named_property(env, exports, "release", release) == napi_ok &&
                export_function(env, exports, "load", load) &&
                export_function(env, exports, "run", run) &&
                export_function(env, exports, "close", close_handle);
    return good ? exports : NULL;
}
