/* SPDX-License-Identifier: MIT */
/*
 * Ed25519 keys in PEM files. The DER of such a key is a constant head and 32 bytes (RFC
 * 8410), so nothing of ASN.1 needs to be parsed. What is secret stays in memory of
 * libsodium's, which is locked and wiped; stdio would leave copies in its buffers.
 */
#include "keys.h"
#include "file.h"
#include "refuse.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BEGIN "-----BEGIN "
#define END "-----END "
#define DASHES "-----"

/* Heads of SubjectPublicKeyInfo, and of PKCS #8 without the public key. */
static const uint8_t public_head[] = {0x30, 0x2A, 0x30, 0x05, 0x06, 0x03,
                                      0x2B, 0x65, 0x70, 0x03, 0x21, 0x00};
static const uint8_t secret_head[] = {0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                      0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};

enum { SECRET_PEM_MAX = 512, DER_MAX = 64 };

/* One kind of PEM block. */
struct pem_kind {
    const char *label;
    const uint8_t *head;
    size_t head_size;
};
static const struct pem_kind public_kind = {"PUBLIC KEY", public_head,
                                            sizeof(public_head)};
static const struct pem_kind secret_kind = {"PRIVATE KEY", secret_head,
                                            sizeof(secret_head)};

enum dgm_status keys_start(struct dgm_refusal *refusal)
{
    return sodium_init() >= 0
               ? DGM_OK
               : refuse(refusal, DGM_IO, "the system gives no random numbers");
}

void dgm_public_key_text(const struct dgm_public_key *key, char text[DGM_PUBLIC_KEY_TEXT])
{
    (void)sodium_bin2hex(text, DGM_PUBLIC_KEY_TEXT, key->bytes, sizeof(key->bytes));
}

bool keys_hold(const struct dgm_public_key *keys, size_t count,
               const struct dgm_public_key *key)
{
    for (size_t i = 0; i < count; i++) {
        if (memcmp(keys[i].bytes, key->bytes, sizeof(key->bytes)) == 0) {
            return true;
        }
    }
    return false;
}

static enum dgm_status bad_key(struct dgm_refusal *refusal, const char *path,
                               const char *why)
{
    return refuse(refusal, DGM_BAD_KEY, "%.150s: %s", path, why);
}

/* The 32 bytes of the block that starts at `*at`, which then stands behind it. NULL, or
 * what is wrong. */
static const char *take_block(const struct pem_kind *kind, const char **at, uint8_t *ret)
{
    uint8_t der[DER_MAX];
    size_t length = 0, label = strlen(kind->label), dashes = strlen(DASHES);
    const char *text = *at + strlen(BEGIN), *end = NULL;
    const char *wrong = NULL;
    if (strncmp(text, kind->label, label) != 0 ||
        strncmp(text + label, DASHES, dashes) != 0) {
        return "holds another kind of PEM block";
    }
    text += label + dashes;
    end = strstr(text, END);
    if (end == NULL) {
        return "the PEM block has no end";
    }
    if (sodium_base642bin(der, sizeof(der), text, (size_t)(end - text), " \t\r\n",
                          &length, NULL, sodium_base64_VARIANT_ORIGINAL) != 0) {
        wrong = "the PEM block is no Base64, or too long for an Ed25519 key";
    } else if (length != kind->head_size + KEYS_SEED_SIZE ||
               memcmp(der, kind->head, kind->head_size) != 0) {
        wrong = "holds a key that is not Ed25519";
    } else {
        memcpy(ret, der + kind->head_size, KEYS_SEED_SIZE);
    }
    sodium_memzero(der, sizeof(der));
    *at = end + strlen(END);
    return wrong;
}

/* All blocks of the text. */
static enum dgm_status take_keys(const char *path, const char *text,
                                 struct dgm_public_key *keys, size_t capacity,
                                 size_t *ret_count, struct dgm_refusal *refusal)
{
    const char *at = text;
    size_t count = 0;
    while ((at = strstr(at, BEGIN)) != NULL) {
        struct dgm_public_key key;
        const char *wrong = take_block(&public_kind, &at, key.bytes);
        if (wrong != NULL) {
            return bad_key(refusal, path, wrong);
        }
        if (count == capacity) {
            return refuse(refusal, DGM_LIMIT, "%.150s: expected at most %zu keys", path,
                          capacity);
        }
        keys[count++] = key;
    }
    *ret_count = count;
    return count > 0 ? DGM_OK : bad_key(refusal, path, "expected a PEM block PUBLIC KEY");
}

enum dgm_status dgm_public_keys_read(const char *path, struct dgm_public_key *keys,
                                     size_t capacity, size_t *ret_count,
                                     struct dgm_refusal *ret_refusal)
{
    struct file file;
    if (path == NULL || ret_count == NULL || (keys == NULL && capacity > 0)) {
        return refuse(ret_refusal, DGM_BAD_CALL, "a path and a place for the answer");
    }
    enum dgm_status status = keys_start(ret_refusal);
    if (status == DGM_OK) {
        status = file_read_small(path, KEYS_FILE_MAX, &file, ret_refusal);
    }
    if (status != DGM_OK) {
        return refuse_about(ret_refusal, status == DGM_PLUGIN_FILE ? DGM_BAD_KEY : status,
                            path);
    }
    /* There is room for the zero. */
    file.bytes[file.size] = '\0';
    status = strlen((const char *)file.bytes) != file.size
                 ? bad_key(ret_refusal, path, "is no text")
                 : take_keys(path, (const char *)file.bytes, keys, capacity, ret_count,
                             ret_refusal);
    file_free(&file);
    return status == DGM_OK ? refuse_nothing(ret_refusal) : status;
}

static enum dgm_status check_owner_only(int fd, const char *path,
                                        struct dgm_refusal *refusal)
{
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        return bad_key(refusal, path, "expected a regular file");
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return refuse(refusal, DGM_BAD_KEY,
                      "%.150s: expected a file for its owner alone (mode 0600), found "
                      "mode %04o",
                      path, (unsigned)status.st_mode & 07777);
    }
    return DGM_OK;
}

/* The whole text, zero-terminated. */
static enum dgm_status read_secret_text(const char *path, char *text,
                                        struct dgm_refusal *refusal)
{
    size_t used = 0;
    ssize_t count = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return refuse(refusal, DGM_IO, "cannot open '%.150s': %s", path, strerror(errno));
    }
    enum dgm_status status = check_owner_only(fd, path, refusal);
    while (status == DGM_OK && used < SECRET_PEM_MAX - 1 &&
           (count = read(fd, text + used, SECRET_PEM_MAX - 1 - used)) > 0) {
        used += (size_t)count;
    }
    text[used] = '\0';
    if (status == DGM_OK && count < 0) {
        status =
            refuse(refusal, DGM_IO, "cannot read '%.150s': %s", path, strerror(errno));
    }
    (void)close(fd);
    return status;
}

static enum dgm_status parse_secret(const char *path, const char *text,
                                    struct secret_key *key, struct dgm_refusal *refusal)
{
    const char *at = strstr(text, BEGIN);
    const char *wrong = at == NULL ? "expected a PEM block PRIVATE KEY, which fits 511 "
                                     "bytes"
                                   : take_block(&secret_kind, &at, key->seed);
    if (wrong != NULL) {
        return bad_key(refusal, path, wrong);
    }
    (void)crypto_sign_seed_keypair(key->public_key.bytes, key->expanded, key->seed);
    return DGM_OK;
}

enum dgm_status keys_read_secret(const char *path, struct secret_key **ret,
                                 struct dgm_refusal *refusal)
{
    enum dgm_status status = keys_start(refusal);
    if (status != DGM_OK) {
        return status;
    }
    struct secret_key *key = sodium_malloc(sizeof(*key));
    char *text = sodium_malloc(SECRET_PEM_MAX);
    status = key == NULL || text == NULL ? refuse(refusal, DGM_MEMORY, "no memory")
                                         : read_secret_text(path, text, refusal);
    if (status == DGM_OK) {
        status = parse_secret(path, text, key, refusal);
    }
    sodium_free(text);
    if (status != DGM_OK) {
        sodium_free(key);
        return status;
    }
    *ret = key;
    return DGM_OK;
}

/* A PEM file around 32 bytes; returns its length. `text` holds SECRET_PEM_MAX bytes. */
static size_t put_block(const struct pem_kind *kind, const uint8_t *bytes, char *text)
{
    uint8_t der[DER_MAX];
    size_t used = 0, length = kind->head_size + KEYS_SEED_SIZE;
    memcpy(der, kind->head, kind->head_size);
    memcpy(der + kind->head_size, bytes, KEYS_SEED_SIZE);
    used += (size_t)snprintf(text, SECRET_PEM_MAX, BEGIN "%s" DASHES "\n", kind->label);
    (void)sodium_bin2base64(text + used, SECRET_PEM_MAX - used, der, length,
                            sodium_base64_VARIANT_ORIGINAL);
    used += strlen(text + used);
    used += (size_t)snprintf(text + used, SECRET_PEM_MAX - used,
                             "\n" END "%s" DASHES "\n", kind->label);
    sodium_memzero(der, sizeof(der));
    return used;
}

static enum dgm_status write_pair(const char *secret_path, const char *public_path,
                                  const struct secret_key *key, char *text,
                                  struct dgm_refusal *refusal)
{
    size_t length = put_block(&secret_kind, key->seed, text);
    enum dgm_status status =
        file_create(secret_path, text, length, S_IRUSR | S_IWUSR, refusal);
    if (status != DGM_OK) {
        return status;
    }
    length = put_block(&public_kind, key->public_key.bytes, text);
    status = file_create(public_path, text, length, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH,
                         refusal);
    if (status != DGM_OK) {
        (void)unlink(secret_path);
    }
    return status;
}

enum dgm_status dgm_keys_make(const char *secret_path, const char *public_path,
                              struct dgm_public_key *ret_key,
                              struct dgm_refusal *ret_refusal)
{
    if (secret_path == NULL || public_path == NULL) {
        return refuse(ret_refusal, DGM_BAD_CALL, "two paths");
    }
    enum dgm_status status = keys_start(ret_refusal);
    if (status != DGM_OK) {
        return status;
    }
    struct secret_key *key = sodium_malloc(sizeof(*key));
    char *text = sodium_malloc(SECRET_PEM_MAX);
    if (key == NULL || text == NULL) {
        status = refuse(ret_refusal, DGM_MEMORY, "no memory");
    } else {
        randombytes_buf(key->seed, sizeof(key->seed));
        (void)crypto_sign_seed_keypair(key->public_key.bytes, key->expanded, key->seed);
        status = write_pair(secret_path, public_path, key, text, ret_refusal);
    }
    if (status == DGM_OK && ret_key != NULL) {
        *ret_key = key->public_key;
    }
    sodium_free(text);
    sodium_free(key);
    return status == DGM_OK ? refuse_nothing(ret_refusal) : status;
}
