/* SPDX-License-Identifier: MIT */
/* Signing: the sums of files become a list, and the list is signed. */
#include "refuse.h"
#include "sums.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static enum dgm_status fill_entry(struct sums_entry *entry, const char *path,
                                  struct dgm_refusal *refusal)
{
    struct file file;
    entry->name = base_name(path);
    entry->name_length = strlen(entry->name);
    if (!sums_name_is_good(entry->name, entry->name_length)) {
        return refuse(refusal, DGM_BAD_CALL,
                      "'%.150s': expected a name of 1 to %d characters, none of them a "
                      "control character",
                      path, SUMS_NAME_MAX);
    }
    enum dgm_status status = file_read(path, &file, refusal);
    if (status != DGM_OK) {
        return refuse_about(refusal, status == DGM_PLUGIN_FILE ? DGM_IO : status, path);
    }
    entry->size = file.size;
    sums_of(&file, entry->sum);
    file_free(&file);
    return DGM_OK;
}

/* Once sorted, two of one name stand side by side. */
static enum dgm_status check_names(const struct sums_entry *entries, size_t count,
                                   struct dgm_refusal *refusal)
{
    for (size_t i = 1; i < count; i++) {
        if (entries[i].name_length == entries[i - 1].name_length &&
            memcmp(entries[i].name, entries[i - 1].name, entries[i].name_length) == 0) {
            return refuse(refusal, DGM_BAD_CALL, "two files have the name '%.150s'",
                          entries[i].name);
        }
    }
    return DGM_OK;
}

static enum dgm_status write_list(struct sums_entry *entries, size_t count,
                                  const struct secret_key *key,
                                  const char *signature_path, struct dgm_refusal *refusal)
{
    size_t length = 0;
    char *text = sums_make(entries, count, key, &length);
    if (text == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    enum dgm_status status = check_names(entries, count, refusal);
    if (status == DGM_OK) {
        status = file_replace(signature_path, text, length,
                              S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH, refusal);
    }
    free(text);
    return status;
}

static enum dgm_status sign_with(const struct secret_key *key, const char *const *paths,
                                 size_t count, const char *signature_path,
                                 struct dgm_refusal *refusal)
{
    enum dgm_status status = DGM_OK;
    struct sums_entry *entries = calloc(count, sizeof(*entries));
    if (entries == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    for (size_t i = 0; i < count && status == DGM_OK; i++) {
        status = fill_entry(&entries[i], paths[i], refusal);
    }
    if (status == DGM_OK) {
        status = write_list(entries, count, key, signature_path, refusal);
    }
    free(entries);
    return status;
}

enum dgm_status dgm_sign(const char *secret_path, const char *const *paths, size_t count,
                         const char *signature_path, struct dgm_public_key *ret_key,
                         struct dgm_refusal *ret_refusal)
{
    struct secret_key *key = NULL;
    if (secret_path == NULL || paths == NULL || count == 0 || signature_path == NULL) {
        return refuse(ret_refusal, DGM_BAD_CALL, "a key, files, and a path to write to");
    }
    if (count > DGM_SIGNED_FILES_MAX) {
        return refuse(ret_refusal, DGM_LIMIT, "expected at most %d files, found %zu",
                      DGM_SIGNED_FILES_MAX, count);
    }
    enum dgm_status status = keys_read_secret(secret_path, &key, ret_refusal);
    if (status != DGM_OK) {
        return status;
    }
    status = sign_with(key, paths, count, signature_path, ret_refusal);
    if (status == DGM_OK && ret_key != NULL) {
        *ret_key = key->public_key;
    }
    sodium_free(key);
    return status == DGM_OK ? refuse_nothing(ret_refusal) : status;
}
