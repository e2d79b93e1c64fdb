/* SPDX-License-Identifier: MIT */
/*
 * The profile that a plug-in keeps: unpacked within bounds, taken apart into files, and
 * held against the hash that the manifest states. The hash finds damage and mistakes; it
 * is no proof against somebody who changes both.
 */
#include "elf_source.h"
#include "info.h"
#include "refuse.h"

#include <dragoman/plugin.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { NAME_MAX_BYTES = 4096, HEAD_BYTES = 8 };

struct source_file {
    const char *name, *text;
    size_t length;
};

struct dgm_plugin_source {
    struct source_file files[DGM_PLUGIN_SOURCE_FILES];
    size_t count;
    char *memory; /* of names and texts, each with a zero behind it */
};

/* Bytes of files, one behind the other. */
struct packed {
    const uint8_t *bytes;
    size_t size, at;
};

static uint32_t number_at(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static bool is_step_bad(const char *step, size_t length)
{
    return length == 0 || (length == 1 && step[0] == '.') ||
           (length == 2 && step[0] == '.' && step[1] == '.');
}

/* A path that stays in its folder, whoever writes the file there. */
static bool is_name(const char *name, size_t length)
{
    size_t start = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)) {
            return false;
        }
        if (i == length || name[i] == '/') {
            if (is_step_bad(name + start, i - start)) {
                return false;
            }
            start = i + 1;
        }
    }
    return length <= NAME_MAX_BYTES;
}

static bool has_name(const struct dgm_plugin_source *source, const char *name)
{
    for (size_t i = 0; i < source->count; i++) {
        if (strcmp(source->files[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Copies `length` bytes to `*out`, and a zero. */
static const char *take(const uint8_t *from, size_t length, char **out)
{
    char *text = *out;
    memcpy(text, from, length);
    text[length] = '\0';
    *out += length + 1;
    return text;
}

static enum dgm_status take_file(struct dgm_plugin_source *source, struct packed *packed,
                                 char **out, struct dgm_refusal *refusal)
{
    size_t left = packed->size - packed->at;
    const uint8_t *head = packed->bytes + packed->at;
    struct source_file *file = &source->files[source->count];
    if (source->count == DGM_PLUGIN_SOURCE_FILES) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST, "profile: expected at most %d files",
                      DGM_PLUGIN_SOURCE_FILES);
    }
    if (left < HEAD_BYTES || number_at(head) > left - HEAD_BYTES ||
        number_at(head + 4) > left - HEAD_BYTES - number_at(head)) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "profile: file %zu: expected it to end inside %zu bytes",
                      source->count, packed->size);
    }
    size_t name_length = number_at(head);
    file->length = number_at(head + 4);
    if (!is_name((const char *)head + HEAD_BYTES, name_length)) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "profile: file %zu: expected a name beside or below the profile, "
                      "found %.*s",
                      source->count, (int)(name_length < 80 ? name_length : 80),
                      (const char *)head + HEAD_BYTES);
    }
    file->name = take(head + HEAD_BYTES, name_length, out);
    file->text = take(head + HEAD_BYTES + name_length, file->length, out);
    if (has_name(source, file->name)) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST, "profile: found the file %.80s twice",
                      file->name);
    }
    source->count++;
    packed->at += HEAD_BYTES + name_length + file->length;
    return DGM_OK;
}

static enum dgm_status take_files(struct dgm_plugin_source *source, struct packed *packed,
                                  struct dgm_refusal *refusal)
{
    enum dgm_status status = DGM_OK;
    /* The zeros take less than the sizes that they stand in for. */
    source->memory = malloc(packed->size + 1);
    if (source->memory == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory for %zu bytes", packed->size);
    }
    char *out = source->memory;
    while (packed->at < packed->size && status == DGM_OK) {
        status = take_file(source, packed, &out, refusal);
    }
    if (status == DGM_OK && source->count == 0) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "profile: expected files, found none");
    }
    return status;
}

static uint64_t fnv1a(uint64_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

/* A file with two names is there twice, and was read once. The profile is none of them.
 */
static bool was_there(const struct dgm_plugin_source *source, size_t index)
{
    const struct source_file *file = &source->files[index];
    for (size_t i = 1; i < index; i++) {
        if (source->files[i].length == file->length &&
            memcmp(source->files[i].text, file->text, file->length) == 0) {
            return true;
        }
    }
    return false;
}

/* As the compiler does it. */
static uint64_t hash_of(const struct dgm_plugin_source *source)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < source->count; i++) {
        if (was_there(source, i)) {
            continue;
        }
        hash = i > 0 ? fnv1a(hash, "\xFF", 1) : hash;
        hash = fnv1a(hash, source->files[i].text, source->files[i].length);
    }
    return hash;
}

static enum dgm_status check_hash(const struct dgm_plugin_source *source,
                                  const struct manifest *manifest,
                                  struct dgm_refusal *refusal)
{
    char hash[17];
    const char *said = manifest_text(manifest, "profile_hash");
    (void)snprintf(hash, sizeof(hash), "%016" PRIx64, hash_of(source));
    if (strcmp(hash, said) != 0) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "profile: expected the hash %.20s of the manifest, found %s", said,
                      hash);
    }
    return DGM_OK;
}

/* `ret_bytes` is the caller's to free, also after a refusal. */
static enum dgm_status unpack(const uint8_t *content, size_t size, uint8_t **ret_bytes,
                              size_t *ret_size, struct dgm_refusal *refusal)
{
    const size_t magic = sizeof(DGM_PLUGIN_SOURCE_MAGIC) - 1, head = magic + 4;
    if (size < head || memcmp(content, DGM_PLUGIN_SOURCE_MAGIC, magic) != 0) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST, "profile: expected the magic %s",
                      DGM_PLUGIN_SOURCE_MAGIC);
    }
    uint32_t length = number_at(content + magic);
    if (length > DGM_PLUGIN_SOURCE_MAX) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "profile: expected at most %d bytes, found %" PRIu32,
                      DGM_PLUGIN_SOURCE_MAX, length);
    }
    *ret_bytes = malloc((size_t)length + 1);
    if (*ret_bytes == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory for %" PRIu32 " bytes", length);
    }
    uLongf unpacked = length;
    uLong taken = (uLong)(size - head);
    int outcome = uncompress2(*ret_bytes, &unpacked, content + head, &taken);
    if (outcome == Z_MEM_ERROR) {
        return refuse(refusal, DGM_MEMORY, "no memory to unpack the profile");
    }
    if (outcome != Z_OK || unpacked != length || taken != size - head) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "profile: expected %" PRIu32 " bytes packed by zlib, found other",
                      length);
    }
    *ret_size = length;
    return DGM_OK;
}

static enum dgm_status read_source(const struct dgm_plugin_info *info,
                                   struct dgm_plugin_source *source,
                                   struct dgm_refusal *refusal)
{
    size_t offset = 0, size = 0;
    uint8_t *bytes = NULL;
    struct packed packed = {NULL, 0, 0};
    enum dgm_status status =
        elf_find_source(info->file.bytes, info->file.size, &offset, &size, refusal);
    if (status == DGM_OK) {
        status = unpack(info->file.bytes + offset, size, &bytes, &packed.size, refusal);
    }
    if (status == DGM_OK) {
        packed.bytes = bytes;
        status = take_files(source, &packed, refusal);
    }
    free(bytes);
    return status == DGM_OK ? check_hash(source, &info->manifest, refusal) : status;
}

enum dgm_status dgm_plugin_info_source(const struct dgm_plugin_info *info,
                                       struct dgm_plugin_source **ret_source,
                                       struct dgm_refusal *ret_refusal)
{
    struct dgm_plugin_source *source = calloc(1, sizeof(*source));
    if (source == NULL) {
        return refuse(ret_refusal, DGM_MEMORY, "no memory");
    }
    enum dgm_status status = read_source(info, source, ret_refusal);
    if (status != DGM_OK) {
        dgm_plugin_source_free(source);
        return status;
    }
    *ret_source = source;
    return refuse_nothing(ret_refusal);
}

size_t dgm_plugin_source_count(const struct dgm_plugin_source *source)
{
    return source->count;
}

const char *dgm_plugin_source_name(const struct dgm_plugin_source *source, size_t i)
{
    return i < source->count ? source->files[i].name : NULL;
}

const char *dgm_plugin_source_text(const struct dgm_plugin_source *source, size_t i,
                                   size_t *ret_size)
{
    *ret_size = i < source->count ? source->files[i].length : 0;
    return i < source->count ? source->files[i].text : NULL;
}

void dgm_plugin_source_free(struct dgm_plugin_source *source)
{
    if (source != NULL) {
        free(source->memory);
        free(source);
    }
}
