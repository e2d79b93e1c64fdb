/* SPDX-License-Identifier: MIT */
/*
 * Verifying a file by the signed list beside it: its own, else that of its folder. The
 * own one decides if it is there, so that a wrong one is told and not passed over.
 */
#include "verify.h"
#include "refuse.h"
#include "sums.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the list may be: "<path>.sig", or "<folder>/dragoman.sums". Free with free(). */
static char *own_list(const char *path)
{
    size_t room = strlen(path) + sizeof(DGM_SIGNATURE_SUFFIX);
    char *made = malloc(room);
    if (made != NULL) {
        (void)snprintf(made, room, "%s" DGM_SIGNATURE_SUFFIX, path);
    }
    return made;
}

static char *folder_list(const char *path, const char *name)
{
    size_t folder = (size_t)(name - path), room = folder + sizeof(DGM_SIGNATURE_LIST);
    char *made = malloc(room);
    if (made != NULL) {
        memcpy(made, path, folder);
        memcpy(made + folder, DGM_SIGNATURE_LIST, sizeof(DGM_SIGNATURE_LIST));
    }
    return made;
}

/* The list that decides; empty if there is none. */
static enum dgm_status read_list(const char *path, const char *name, struct file *ret,
                                 struct dgm_refusal *refusal)
{
    char *own = own_list(path), *folder = folder_list(path, name);
    enum dgm_status status = DGM_OK;
    ret->bytes = NULL;
    ret->size = 0;
    if (own == NULL || folder == NULL) {
        status = refuse(refusal, DGM_MEMORY, "no memory");
    } else if (file_is_there(own)) {
        status = file_read_small(own, SUMS_FILE_MAX, ret, refusal);
    } else if (file_is_there(folder)) {
        status = file_read_small(folder, SUMS_FILE_MAX, ret, refusal);
    } else {
        status = refuse(refusal, DGM_NO_SIGNATURE,
                        "signature: expected '%.100s" DGM_SIGNATURE_SUFFIX
                        "' or '" DGM_SIGNATURE_LIST "' beside the file, found neither",
                        name);
    }
    free(own);
    free(folder);
    /* What cannot be read proves nothing. */
    return status == DGM_IO || status == DGM_PLUGIN_FILE
               ? refuse_about(refusal, DGM_BAD_SIGNATURE, "signature file")
               : status;
}

static enum dgm_status compare(const struct file *file, const struct sums_entry *entry,
                               struct dgm_refusal *refusal)
{
    uint8_t sum[SUMS_SUM_SIZE];
    if (entry->size != file->size) {
        return refuse(refusal, DGM_BAD_SIGNATURE,
                      "signature: expected a file of %" PRIu64 " bytes, found %zu",
                      entry->size, file->size);
    }
    sums_of(file, sum);
    return memcmp(sum, entry->sum, sizeof(sum)) == 0
               ? DGM_OK
               : refuse(refusal, DGM_BAD_SIGNATURE,
                        "signature: the file was changed after it was signed");
}

enum dgm_status verify_bytes(const char *path, const struct file *file,
                             const struct dgm_public_key *keys, size_t count,
                             struct dgm_public_key *ret_key, struct dgm_refusal *refusal)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    struct sums_entry entry;
    struct file list = {NULL, 0};
    enum dgm_status status = keys_start(refusal);
    if (status == DGM_OK) {
        status = read_list(path, name, &list, refusal);
    }
    if (status == DGM_OK) {
        status = sums_verify(&list, keys, count, ret_key, refusal);
    }
    if (status == DGM_OK) {
        status = sums_find(&list, name, &entry, refusal);
    }
    if (status == DGM_OK) {
        status = compare(file, &entry, refusal);
    }
    file_free(&list);
    return status;
}

enum dgm_status dgm_signature_verify(const char *path, const struct dgm_public_key *keys,
                                     size_t count, struct dgm_public_key *ret_key,
                                     struct dgm_refusal *ret_refusal)
{
    struct file file;
    struct dgm_public_key key = {{0}};
    if (path == NULL || (keys == NULL && count > 0)) {
        return refuse(ret_refusal, DGM_BAD_CALL, "a path and keys");
    }
    enum dgm_status status = file_read(path, &file, ret_refusal);
    if (status != DGM_OK) {
        return status;
    }
    status = verify_bytes(path, &file, keys, count, &key, ret_refusal);
    file_free(&file);
    if (status == DGM_OK && ret_key != NULL) {
        *ret_key = key;
    }
    return status == DGM_OK ? refuse_nothing(ret_refusal) : status;
}
