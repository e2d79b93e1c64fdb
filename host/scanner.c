/* SPDX-License-Identifier: MIT */
/*
 * Scanning: each file is read once and hashed; what the cache does not know goes to the
 * child, as a sealed copy of the bytes that were hashed. This process reads nothing of a
 * file but its manifest, once the child has found the file good.
 */
#include <dragoman/scan.h>

#include "folder.h"
#include "grow.h"
#include "info.h"
#include "refuse.h"
#include "scan_cache.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEADLINE_MS = 5000 };

struct dgm_scanner {
    bool rescan, in_process;
    char *program, *path; /* of the cache */
    struct scan_child child;
    struct scan_cache cache;
};

static enum dgm_status fill(struct dgm_scanner *scanner,
                            const struct dgm_scan_options *options)
{
    const char *program = options->program;
    scanner->rescan = options->rescan;
    scanner->in_process = options->in_process;
    scanner->program =
        strdup(program != NULL ? program : DGM_LIBEXEC_DIR "/dragoman-scan");
    scanner->path = options->cache == NULL ? NULL : strdup(options->cache);
    if (scanner->program == NULL || (options->cache != NULL && scanner->path == NULL)) {
        return DGM_MEMORY;
    }
    scanner->child.program = scanner->program;
    scanner->child.socket = -1;
    scanner->child.deadline_ms =
        options->deadline_ms == 0 ? DEADLINE_MS : options->deadline_ms;
    scanner->cache.program = scanner->program;
    scanner->cache.path = scanner->in_process ? NULL : scanner->path;
    return scan_cache_read(&scanner->cache) ? DGM_OK : DGM_MEMORY;
}

enum dgm_status dgm_scanner_open(const struct dgm_scan_options *options,
                                 struct dgm_scanner **ret_scanner,
                                 struct dgm_refusal *ret_refusal)
{
    struct dgm_scan_options known = DGM_SCAN_OPTIONS_INIT;
    if (ret_scanner == NULL ||
        !grow_copy(options, sizeof(options->size), &known, sizeof(known))) {
        return refuse(ret_refusal, DGM_BAD_CALL,
                      "a place for the answer, and options of this version");
    }
    struct dgm_scanner *scanner = calloc(1, sizeof(*scanner));
    if (scanner == NULL || fill(scanner, &known) != DGM_OK) {
        dgm_scanner_close(scanner);
        return refuse(ret_refusal, DGM_MEMORY, "no memory");
    }
    *ret_scanner = scanner;
    return refuse_nothing(ret_refusal);
}

void dgm_scanner_close(struct dgm_scanner *scanner)
{
    if (scanner == NULL) {
        return;
    }
    scan_child_end(&scanner->child);
    scan_cache_free(&scanner->cache);
    free(scanner->program);
    free(scanner->path);
    free(scanner);
}

enum dgm_status dgm_scanner_save(struct dgm_scanner *scanner,
                                 struct dgm_refusal *ret_refusal)
{
    if (scanner == NULL) {
        return refuse(ret_refusal, DGM_BAD_CALL, "a scanner");
    }
    return scan_cache_write(&scanner->cache, ret_refusal);
}

static enum dgm_scan_outcome outcome_of(enum dgm_status status)
{
    switch (status) {
    case DGM_OK:
        return DGM_SCAN_FINE;
    case DGM_PLUGIN_CRASHED:
    case DGM_PLUGIN_HUNG:
    case DGM_PLUGIN_FLOODED:
        return DGM_SCAN_QUARANTINED;
    default:
        return DGM_SCAN_REFUSED;
    }
}

/* What is known of a file, from the cache or from the child. */
static enum dgm_status find_facts(struct dgm_scanner *scanner, const struct file *file,
                                  struct dgm_scan_result *result,
                                  const struct scan_facts **ret,
                                  struct dgm_refusal *refusal)
{
    struct scan_facts facts;
    *ret = scanner->rescan ? NULL : scan_cache_find(&scanner->cache, result->sha256);
    if (*ret != NULL) {
        result->cached = true;
        return DGM_OK;
    }
    enum dgm_status status = scan_child_ask(&scanner->child, file, &facts, refusal);
    if (status == DGM_OK) {
        *ret = scan_cache_put(&scanner->cache, result->sha256, &facts);
        status = *ret != NULL ? DGM_OK : refuse(refusal, DGM_MEMORY, "no memory");
    }
    return status;
}

/* The end of the sentence that says what makes it a code plug-in; NULL: it is none. */
static const char *code_end(const struct scan_facts *facts)
{
    return facts->status == DGM_PLUGIN_CODE ? memchr(facts->text, '\n', facts->length)
                                            : NULL;
}

/* What the child found good: its manifest. */
static enum dgm_status read_facts(const struct scan_facts *facts, size_t file_size,
                                  struct dgm_plugin_info **ret_info,
                                  struct dgm_refusal *found)
{
    const char *end = code_end(facts);
    size_t skip = end == NULL ? 0 : (size_t)(end - facts->text) + 1;
    enum dgm_status status = info_of_manifest(facts->text + skip, facts->length - skip,
                                              file_size, ret_info, found);
    if (status == DGM_OK && end != NULL) {
        (*ret_info)->code = true;
        (void)refuse(&(*ret_info)->no_data, DGM_PLUGIN_CODE, "%.*s", (int)skip - 1,
                     facts->text);
    }
    return status;
}

/* What one file is. `found` says why it is refused; `*ret_info` is freed by the caller.
 */
static enum dgm_status look_into(struct dgm_scanner *scanner, const struct file *file,
                                 struct dgm_scan_result *result,
                                 struct dgm_plugin_info **ret_info,
                                 struct dgm_refusal *found, struct dgm_refusal *refusal)
{
    const struct scan_facts *facts = NULL;
    enum dgm_status status = find_facts(scanner, file, result, &facts, refusal);
    if (status != DGM_OK) {
        return status;
    }
    if (facts->status != DGM_OK && code_end(facts) == NULL) {
        (void)refuse(found, facts->status, "%s", facts->text);
        return DGM_OK;
    }
    status = read_facts(facts, file->size, ret_info, found);
    return status == DGM_MEMORY ? refuse(refusal, DGM_MEMORY, "no memory") : DGM_OK;
}

static enum dgm_status look(struct dgm_scanner *scanner, struct dgm_scan_result *result,
                            struct dgm_plugin_info **ret_info, uint8_t *sha256,
                            struct dgm_refusal *found, struct dgm_refusal *refusal)
{
    struct file file = {NULL, 0};
    enum dgm_status status = DGM_OK;
    if (scanner->in_process) {
        status = dgm_plugin_inspect(result->path, ret_info, found);
        return status == DGM_MEMORY ? refuse(refusal, status, "no memory") : DGM_OK;
    }
    status = file_read(result->path, &file, found);
    if (status != DGM_OK) {
        return status == DGM_MEMORY ? refuse(refusal, status, "no memory") : DGM_OK;
    }
    (void)crypto_hash_sha256(sha256, file.bytes, file.size);
    result->sha256 = sha256;
    result->file_size = file.size;
    status = look_into(scanner, &file, result, ret_info, found, refusal);
    file_free(&file);
    return status;
}

static enum dgm_status visit_file(struct dgm_scanner *scanner, const char *path,
                                  dgm_scan_visit *visit, void *user, bool *ret_go_on,
                                  struct dgm_refusal *refusal)
{
    struct dgm_scan_result result;
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal found;
    uint8_t sha256[DGM_SHA256_SIZE];
    memset(&result, 0, sizeof(result));
    (void)refuse_nothing(&found);
    result.path = path;
    enum dgm_status status = look(scanner, &result, &info, sha256, &found, refusal);
    if (status == DGM_OK) {
        result.outcome = outcome_of(found.status);
        result.info = info;
        result.refusal = info == NULL ? &found : NULL;
        result.file_size =
            info == NULL ? result.file_size : dgm_plugin_info_file_size(info);
        *ret_go_on = visit(user, &result);
    }
    dgm_plugin_info_free(info);
    return status;
}

enum dgm_status dgm_scanner_visit(struct dgm_scanner *scanner, const char *directory,
                                  dgm_scan_visit *visit, void *user,
                                  struct dgm_refusal *ret_refusal)
{
    struct folder folder;
    bool go_on = true;
    if (scanner == NULL || directory == NULL || visit == NULL) {
        return refuse(ret_refusal, DGM_BAD_CALL, "a scanner, a directory, a visitor");
    }
    enum dgm_status status = folder_read(directory, &folder);
    if (status != DGM_OK) {
        (void)refuse(ret_refusal, status, "cannot read the folder %.150s: %s", directory,
                     strerror(status == DGM_MEMORY ? ENOMEM : errno));
    }
    for (size_t i = 0; status == DGM_OK && go_on && i < folder.count; i++) {
        status = visit_file(scanner, folder.paths[i], visit, user, &go_on, ret_refusal);
    }
    folder_free(&folder);
    return status == DGM_OK ? refuse_nothing(ret_refusal) : status;
}

bool dgm_scan_cache_path(char *text, size_t text_size)
{
    const char *folder = secure_getenv("XDG_CACHE_HOME");
    const char *between = "";
    if (folder == NULL || folder[0] != '/') {
        folder = secure_getenv("HOME");
        between = "/.cache";
    }
    if (text == NULL || folder == NULL || folder[0] != '/') {
        return false;
    }
    int length = snprintf(text, text_size, "%s%s/dragoman/plugins", folder, between);
    return length > 0 && (size_t)length < text_size;
}
