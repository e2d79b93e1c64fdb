/* SPDX-License-Identifier: MIT */
/*
 * The code of the plug-in acme-sm-10: hooks that open and seal frames with AES-128-GCM,
 * by OpenSSL. Each sees number, counter, encrypted bytes and tag, and gives number,
 * counter and plain bytes; or the other way round.
 *
 * Settings are lines of the number of a meter and its key in hex. Of each meter the
 * counter of the last frame of either way is kept, so that a recorded frame is no good a
 * second time, and no two frames are sealed alike, which would give the key away.
 */
#include <dragoman/plugin_code.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { METERS = 256, HEAD = 8, KEY = 16, NONCE = 12, TAG = 12, WAYS = 2 };

struct meter {
    uint32_t number;
    uint8_t key[KEY];
};

/* What is remembered of a meter, in the memory that the host keeps for it. */
struct state {
    uint32_t counters[WAYS];
};

static struct meter meters[METERS];
static size_t meter_count;
static EVP_CIPHER *cipher;
static EVP_CIPHER_CTX *context;

/* Frames up and down have nonces that are never the same. */
static const uint8_t ways[WAYS] = {0, 1};

static uint32_t read_u32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
           bytes[3];
}

static const struct meter *find_meter(uint32_t number)
{
    for (size_t i = 0; i < meter_count; i++) {
        if (meters[i].number == number) {
            return &meters[i];
        }
    }
    return NULL;
}

/* A line without its end; false if it makes no sense. Blank lines and '#' are passed
 * over. */
static bool read_line(const char *line)
{
    uint32_t number = 0;
    char digits[2 * KEY + 1], beyond = 0;
    unsigned byte = 0;
    if (line[strspn(line, " \t")] == '\0' || line[0] == '#') {
        return true;
    }
    if (meter_count == METERS ||
        sscanf(line, "%" SCNu32 " %32[0-9a-fA-F] %c", &number, digits, &beyond) != 2 ||
        strlen(digits) != 2 * KEY || find_meter(number) != NULL) {
        return false;
    }
    struct meter *meter = &meters[meter_count++];
    meter->number = number;
    for (size_t i = 0; i < KEY; i++) {
        (void)sscanf(digits + 2 * i, "%2x", &byte);
        meter->key[i] = (uint8_t)byte;
    }
    OPENSSL_cleanse(digits, sizeof(digits));
    return true;
}

static bool read_lines(const uint8_t *settings, size_t length)
{
    char line[128];
    for (size_t at = 0; at < length;) {
        const uint8_t *end = memchr(settings + at, '\n', length - at);
        size_t size = end == NULL ? length - at : (size_t)(end - (settings + at));
        if (size >= sizeof(line)) {
            return false;
        }
        memcpy(line, settings + at, size);
        line[size] = '\0';
        if (!read_line(line)) {
            return false;
        }
        at += size + 1;
    }
    OPENSSL_cleanse(line, sizeof(line));
    return true;
}

/* OpenSSL would read its configuration, and there are no files here. */
static enum dgm_status seal_open(struct dgm_plugin_setup *setup)
{
    if (!read_lines(setup->settings, setup->settings_length)) {
        setup->detail = "each line is the number of a meter and a key of 32 hex digits";
        return DGM_TEXT;
    }
    if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) == 1) {
        cipher = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
        context = EVP_CIPHER_CTX_new();
    }
    if (cipher == NULL || context == NULL) {
        setup->detail = "OpenSSL has no AES-128-GCM";
        return DGM_MEMORY;
    }
    return DGM_OK;
}

/* One frame at work. */
struct work {
    struct dgm_hook_call *call;
    const struct meter *meter;
    uint32_t *last; /* counter of the way, or NULL */
    uint32_t counter;
    uint8_t nonce[NONCE];
};

static enum dgm_status refuse(struct dgm_hook_call *call, const char *detail)
{
    call->detail = detail;
    return DGM_REFUSED;
}

static enum dgm_status begin(struct work *work, struct dgm_hook_call *call)
{
    uint8_t way = *(const uint8_t *)call->user;
    struct state *state = call->call->state;
    work->call = call;
    work->meter = find_meter(read_u32(call->input));
    work->counter = read_u32(call->input + 4);
    work->last = &state->counters[way];
    memset(work->nonce, 0, sizeof(work->nonce));
    work->nonce[0] = way;
    memcpy(work->nonce + 4, call->input, HEAD);
    if (work->meter == NULL) {
        return refuse(call, "there is no key for this meter");
    }
    if (work->counter <= *work->last) {
        return refuse(call, "the counter is not above that of the last frame");
    }
    return DGM_OK;
}

/* The bytes behind the head, encrypted or decrypted. */
static bool run_cipher(const struct work *work, bool encrypt, const uint8_t *input,
                       size_t length, uint8_t *output)
{
    int made = 0;
    return EVP_CipherInit_ex2(context, cipher, work->meter->key, work->nonce,
                              encrypt ? 1 : 0, NULL) == 1 &&
           EVP_CipherUpdate(context, NULL, &made, work->call->input, HEAD) == 1 &&
           EVP_CipherUpdate(context, output, &made, input, (int)length) == 1;
}

static enum dgm_status unseal(struct dgm_hook_call *call)
{
    struct work work;
    uint8_t tag[TAG];
    int made = 0;
    if (call->input_length < HEAD + TAG) {
        return refuse(call, "it is too short for a number, a counter and a tag");
    }
    size_t length = call->input_length - HEAD - TAG;
    if (HEAD + length > call->output_size) {
        return DGM_LIMIT;
    }
    enum dgm_status status = begin(&work, call);
    if (status != DGM_OK) {
        return status;
    }
    memcpy(tag, call->input + HEAD + length, TAG);
    memcpy(call->output, call->input, HEAD);
    if (!run_cipher(&work, /* encrypt */ false, call->input + HEAD, length,
                    call->output + HEAD) ||
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG, tag) != 1 ||
        EVP_CipherFinal_ex(context, call->output + HEAD + length, &made) != 1) {
        return refuse(call, "the tag does not fit: another key, or changed bytes");
    }
    *work.last = work.counter;
    call->output_length = HEAD + length;
    return DGM_OK;
}

static enum dgm_status seal(struct dgm_hook_call *call)
{
    struct work work;
    int made = 0;
    if (call->input_length < HEAD) {
        return refuse(call, "it is too short for a number and a counter");
    }
    size_t length = call->input_length - HEAD;
    if (call->input_length + TAG > call->output_size) {
        return DGM_LIMIT;
    }
    enum dgm_status status = begin(&work, call);
    if (status != DGM_OK) {
        return status;
    }
    memcpy(call->output, call->input, HEAD);
    if (!run_cipher(&work, /* encrypt */ true, call->input + HEAD, length,
                    call->output + HEAD) ||
        EVP_CipherFinal_ex(context, call->output + HEAD + length, &made) != 1 ||
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG,
                            call->output + HEAD + length) != 1) {
        return refuse(call, "OpenSSL cannot encrypt it");
    }
    *work.last = work.counter;
    call->output_length = call->input_length + TAG;
    return DGM_OK;
}

/* The ways are told apart by `user`, which is only read. */
#define HOOK(NAME, WAY)                                                                  \
    {                                                                                    \
        .size = sizeof(struct dgm_hook), .name = NAME, .decode = unseal, .encode = seal, \
        .user = (void *)(uintptr_t)&ways[WAY]                                            \
    }

static const struct dgm_hook up = HOOK("gcm-up", 0);
static const struct dgm_hook down = HOOK("gcm-down", 1);
static const struct dgm_hook *const hooks[] = {&up, &down};

extern const struct dgm_plugin_code DGM_PLUGIN_CODE_SYMBOL;

DGM_API const struct dgm_plugin_code DGM_PLUGIN_CODE_SYMBOL = {
    .magic = DGM_PLUGIN_CODE_MAGIC,
    .major = DGM_PLUGIN_CODE_MAJOR,
    .minor = DGM_PLUGIN_CODE_MINOR,
    .size = sizeof(struct dgm_plugin_code),
    .hook_count = sizeof(hooks) / sizeof(hooks[0]),
    .hooks = hooks,
    .open = seal_open,
    .state_size = sizeof(struct state),
};
