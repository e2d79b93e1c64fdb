/* SPDX-License-Identifier: MIT */
/*
 * The signed list of sums. The tail of the text, which is of constant size, says who
 * signed; nothing before it is read until the signature was found to be good. The first
 * line is signed, too: no text of another purpose can be taken for a list.
 */
#include "sums.h"
#include "refuse.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "dragoman sums 1\n"
#define KEY_WORD "key "
#define SIGNATURE_WORD "signature "

enum {
    FIRST_SIZE = sizeof(FIRST_LINE) - 1,
    SUM_DIGITS = 2 * SUMS_SUM_SIZE,
    KEY_DIGITS = 2 * DGM_PUBLIC_KEY_SIZE,
    SIGNATURE_DIGITS = 2 * crypto_sign_BYTES,
    KEY_LINE = sizeof(KEY_WORD) - 1 + KEY_DIGITS + 1,
    SIGNATURE_LINE = sizeof(SIGNATURE_WORD) - 1 + SIGNATURE_DIGITS + 1,
    SIZE_DIGITS = 20,
    LINE_MAX_SIZE = SUM_DIGITS + 1 + SIZE_DIGITS + 1 + SUMS_NAME_MAX + 1
};

static enum dgm_status malformed(struct dgm_refusal *refusal, const char *what)
{
    return refuse(refusal, DGM_BAD_SIGNATURE, "signature file: %s", what);
}

bool sums_name_is_good(const char *name, size_t length)
{
    if (length == 0 || length > SUMS_NAME_MAX) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c < 0x20 || c == 0x7F || c == '/') {
            return false;
        }
    }
    return true;
}

void sums_of(const struct file *file, uint8_t sum[SUMS_SUM_SIZE])
{
    (void)crypto_hash_sha256(sum, file->bytes, file->size);
}

/* Names as rows of bytes; a beginning comes before the whole. */
static int compare_names(const struct sums_entry *left, const struct sums_entry *right)
{
    size_t common =
        left->name_length < right->name_length ? left->name_length : right->name_length;
    int order = memcmp(left->name, right->name, common);
    if (order != 0) {
        return order;
    }
    return (left->name_length > right->name_length) -
           (left->name_length < right->name_length);
}

static int compare_entries(const void *left, const void *right)
{
    return compare_names(left, right);
}

char *sums_make(struct sums_entry *entries, size_t count, const struct secret_key *key,
                size_t *ret_length)
{
    char hex[SIGNATURE_DIGITS + 1];
    uint8_t signature[crypto_sign_BYTES];
    size_t used = 0,
           room = FIRST_SIZE + count * LINE_MAX_SIZE + KEY_LINE + SIGNATURE_LINE + 1;
    char *text = malloc(room);
    if (text == NULL) {
        return NULL;
    }
    qsort(entries, count, sizeof(*entries), compare_entries);
    used += (size_t)snprintf(text, room, FIRST_LINE);
    for (size_t i = 0; i < count; i++) {
        (void)sodium_bin2hex(hex, sizeof(hex), entries[i].sum, SUMS_SUM_SIZE);
        used += (size_t)snprintf(text + used, room - used, "%s %" PRIu64 " %.*s\n", hex,
                                 entries[i].size, (int)entries[i].name_length,
                                 entries[i].name);
    }
    dgm_public_key_text(&key->public_key, hex);
    used += (size_t)snprintf(text + used, room - used, KEY_WORD "%s\n", hex);
    (void)crypto_sign_detached(signature, NULL, (const uint8_t *)text, used,
                               key->expanded);
    (void)sodium_bin2hex(hex, sizeof(hex), signature, sizeof(signature));
    used += (size_t)snprintf(text + used, room - used, SIGNATURE_WORD "%s\n", hex);
    *ret_length = used;
    return text;
}

static bool is_lower_hex(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        bool letter = text[i] >= 'a' && text[i] <= 'f';
        if (!digit && !letter) {
            return false;
        }
    }
    return true;
}

/* Hex digits of an exact number of bytes. */
static bool take_hex(const char *text, uint8_t *bytes, size_t size)
{
    return is_lower_hex(text, 2 * size) &&
           sodium_hex2bin(bytes, size, text, 2 * size, NULL, NULL, NULL) == 0;
}

/* A line of a word, the digits of `size` bytes, and a line feed. */
static bool take_line(const char *line, const char *word, uint8_t *bytes, size_t size)
{
    size_t length = strlen(word);
    return memcmp(line, word, length) == 0 && take_hex(line + length, bytes, size) &&
           line[length + 2 * size] == '\n';
}

enum dgm_status sums_verify(const struct file *text, const struct dgm_public_key *keys,
                            size_t count, struct dgm_public_key *ret_key,
                            struct dgm_refusal *refusal)
{
    uint8_t signature[crypto_sign_BYTES];
    char name[DGM_PUBLIC_KEY_TEXT];
    const char *bytes = (const char *)text->bytes;
    if (text->size < FIRST_SIZE + KEY_LINE + SIGNATURE_LINE ||
        memcmp(bytes, FIRST_LINE, FIRST_SIZE) != 0) {
        return malformed(refusal, "expected it to begin with 'dragoman sums 1'");
    }
    size_t is_signed = text->size - SIGNATURE_LINE;
    if (!take_line(bytes + is_signed - KEY_LINE, KEY_WORD, ret_key->bytes,
                   sizeof(ret_key->bytes)) ||
        !take_line(bytes + is_signed, SIGNATURE_WORD, signature, sizeof(signature))) {
        return malformed(refusal, "expected it to end with lines 'key' and 'signature'");
    }
    dgm_public_key_text(ret_key, name);
    if (!keys_hold(keys, count, ret_key)) {
        return refuse(refusal, DGM_UNTRUSTED_KEY, "signature: key %s is not trusted",
                      name);
    }
    if (crypto_sign_verify_detached(signature, text->bytes, is_signed, ret_key->bytes) !=
        0) {
        return refuse(refusal, DGM_BAD_SIGNATURE,
                      "signature: is not that of key %s over this list", name);
    }
    return DGM_OK;
}

/* Decimal digits without a zero in front, in [at, end). */
static const char *take_size(const char *at, const char *end, uint64_t *ret)
{
    const char *start = at;
    uint64_t value = 0;
    while (at < end && *at >= '0' && *at <= '9') {
        unsigned digit = (unsigned)(*at++ - '0');
        if (value > (UINT64_MAX - digit) / 10) {
            return NULL;
        }
        value = value * 10 + digit;
    }
    *ret = value;
    bool is_odd = at == start || (*start == '0' && at > start + 1);
    return is_odd ? NULL : at;
}

/* The entry at `at`; returns what stands behind its line, or NULL if it is none. */
static const char *take_entry(const char *at, const char *end, struct sums_entry *ret)
{
    if (end - at < SUM_DIGITS + 1 || !take_hex(at, ret->sum, sizeof(ret->sum)) ||
        at[SUM_DIGITS] != ' ') {
        return NULL;
    }
    at = take_size(at + SUM_DIGITS + 1, end, &ret->size);
    if (at == NULL || at == end || *at != ' ') {
        return NULL;
    }
    ret->name = at + 1;
    const char *line_end = memchr(ret->name, '\n', (size_t)(end - ret->name));
    if (line_end == NULL) {
        return NULL;
    }
    ret->name_length = (size_t)(line_end - ret->name);
    return sums_name_is_good(ret->name, ret->name_length) ? line_end + 1 : NULL;
}

enum dgm_status sums_find(const struct file *text, const char *name,
                          struct sums_entry *ret, struct dgm_refusal *refusal)
{
    const char *at = (const char *)text->bytes + FIRST_SIZE;
    const char *end = (const char *)text->bytes + text->size - KEY_LINE - SIGNATURE_LINE;
    struct sums_entry entry = {{0}, 0, "", 0};
    size_t count = 0, length = strlen(name);
    bool found = false;
    while (at < end) {
        struct sums_entry before = entry;
        at = take_entry(at, end, &entry);
        if (at == NULL || ++count > DGM_SIGNED_FILES_MAX ||
            (count > 1 && compare_names(&before, &entry) >= 0)) {
            return malformed(refusal, "expected lines of sum, size and name, in order");
        }
        if (entry.name_length == length && memcmp(entry.name, name, length) == 0) {
            found = true;
            *ret = entry;
        }
    }
    return found ? DGM_OK
                 : refuse(refusal, DGM_NO_SIGNATURE,
                          "signature: the list has no file '%.120s'", name);
}
