/* SPDX-License-Identifier: MIT */
/*
 * The cache of scanners. Its file begins with one line that says what it was made by:
 * versions, and the size and time of the program that looked. If any of it is another
 * now, the file is as good as empty. Then, for each plug-in file, a line
 *
 *     SHA-256 status length
 *
 * and as many bytes of text, which is the manifest or the refusal, and a line feed.
 * Reading ends at the first thing that is not so.
 */
#include "scan_cache.h"
#include "refuse.h"
#include "scan_wire.h"

#include <dragoman/plugin.h>
#include <dragoman/version.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CACHE_FORMAT = 1,
    ENTRIES_MAX = 16384,
    HEAD_MAX = 256,
    HASH_DIGITS = 2 * DGM_SHA256_SIZE
};

/* Whoever can write it may write nonsense; ours alone is read. */
static bool is_ours(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && status.st_uid == geteuid() &&
           (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

static void make_head(const struct scan_cache *cache, char *head)
{
    struct stat program;
    memset(&program, 0, sizeof(program));
    if (stat(cache->program, &program) != 0) {
        program.st_size = -1; /* as if it were another one */
    }
    (void)snprintf(head, HEAD_MAX,
                   "dragoman-scan-cache %d version %s abi %d tables %d program %jd "
                   "%jd.%09ld\n",
                   CACHE_FORMAT, DGM_VERSION_STRING, DGM_PLUGIN_ABI_MAJOR,
                   DGM_TABLE_FORMAT, (intmax_t)program.st_size,
                   (intmax_t)program.st_mtim.tv_sec, program.st_mtim.tv_nsec);
}

static uint32_t *bucket_of(struct scan_cache *cache, const uint8_t *sha256)
{
    size_t number = (size_t)sha256[0] << 8 | sha256[1];
    return &cache->buckets[number % SCAN_CACHE_BUCKETS];
}

static struct scan_entry *find(struct scan_cache *cache, const uint8_t *sha256)
{
    uint32_t position = *bucket_of(cache, sha256);
    while (position != 0) {
        struct scan_entry *entry = &cache->entries[position - 1];
        if (memcmp(entry->sha256, sha256, DGM_SHA256_SIZE) == 0) {
            return entry;
        }
        position = entry->next;
    }
    return NULL;
}

static struct scan_entry *add(struct scan_cache *cache, const uint8_t *sha256)
{
    if (cache->count == cache->capacity) {
        size_t capacity = cache->capacity == 0 ? 64 : cache->capacity * 2;
        struct scan_entry *grown =
            realloc(cache->entries, capacity * sizeof(*cache->entries));
        if (grown == NULL) {
            return NULL;
        }
        cache->entries = grown;
        cache->capacity = capacity;
    }
    struct scan_entry *entry = &cache->entries[cache->count++];
    uint32_t *bucket = bucket_of(cache, sha256);
    memset(entry, 0, sizeof(*entry));
    memcpy(entry->sha256, sha256, DGM_SHA256_SIZE);
    entry->next = *bucket;
    *bucket = (uint32_t)cache->count;
    return entry;
}

const struct scan_facts *scan_cache_find(struct scan_cache *cache, const uint8_t *sha256)
{
    struct scan_entry *entry = find(cache, sha256);
    if (entry == NULL) {
        return NULL;
    }
    entry->used = true;
    return &entry->facts;
}

const struct scan_facts *scan_cache_put(struct scan_cache *cache, const uint8_t *sha256,
                                        struct scan_facts *facts)
{
    struct scan_entry *entry = find(cache, sha256);
    if (entry == NULL) {
        entry = add(cache, sha256);
    }
    if (entry == NULL) {
        scan_facts_free(facts);
        return NULL;
    }
    scan_facts_free(&entry->facts);
    entry->facts = *facts;
    entry->used = true;
    cache->changed = cache->changed || facts->lasting;
    return &entry->facts;
}

void scan_cache_free(struct scan_cache *cache)
{
    for (size_t i = 0; i < cache->count; i++) {
        scan_facts_free(&cache->entries[i].facts);
    }
    free(cache->entries);
    cache->entries = NULL;
    cache->count = cache->capacity = 0;
}

/* Where reading is. */
struct reader {
    const char *at;
    size_t left;
};

static bool read_hash(struct reader *reader, uint8_t *sha256)
{
    static const char digits[] = "0123456789abcdef";
    if (reader->left < HASH_DIGITS) {
        return false;
    }
    for (size_t i = 0; i < HASH_DIGITS; i++) {
        const char *digit = memchr(digits, reader->at[i], sizeof(digits) - 1);
        if (digit == NULL) {
            return false;
        }
        unsigned high = i % 2 == 0 ? 0 : (unsigned)sha256[i / 2] << 4;
        sha256[i / 2] = (uint8_t)(high | (unsigned)(digit - digits));
    }
    reader->at += HASH_DIGITS;
    reader->left -= HASH_DIGITS;
    return true;
}

/* A decimal number of at most seven digits between two given characters. */
static bool read_number(struct reader *reader, char before, char behind, size_t *ret)
{
    size_t number = 0;
    size_t length = 1;
    if (reader->left == 0 || reader->at[0] != before) {
        return false;
    }
    while (length < reader->left && length <= 7 && reader->at[length] >= '0' &&
           reader->at[length] <= '9') {
        number = number * 10 + (size_t)(reader->at[length] - '0');
        length++;
    }
    if (length == 1 || length == reader->left || reader->at[length] != behind) {
        return false;
    }
    reader->at += length;
    reader->left -= length;
    *ret = number;
    return true;
}

static bool fits(size_t status, size_t length)
{
    enum dgm_status known = (enum dgm_status)status;
    return (status == DGM_OK || dgm_status_family(known) == DGM_FAMILY_TABLE) &&
           length <= wire_text_max(known);
}

/* `*ret_memory` is false if it was memory that was missing. */
static bool read_entry(struct scan_cache *cache, struct reader *reader, bool *ret_memory)
{
    uint8_t sha256[DGM_SHA256_SIZE];
    size_t status = 0;
    size_t length = 0;
    if (!read_hash(reader, sha256) || !read_number(reader, ' ', ' ', &status) ||
        !read_number(reader, ' ', '\n', &length) || !fits(status, length) ||
        reader->left < length + 2 || reader->at[length + 1] != '\n' ||
        find(cache, sha256) != NULL) {
        return false;
    }
    struct scan_entry *entry = add(cache, sha256);
    char *text = entry == NULL ? NULL : malloc(length + 1);
    if (text == NULL) {
        *ret_memory = false;
        return false;
    }
    memcpy(text, reader->at + 1, length);
    text[length] = '\0';
    entry->facts = (struct scan_facts){(enum dgm_status)status, text, length, true};
    reader->at += length + 2;
    reader->left -= length + 2;
    return true;
}

bool scan_cache_read(struct scan_cache *cache)
{
    struct file file = {NULL, 0};
    char head[HEAD_MAX];
    bool memory = true;
    if (cache->path == NULL || !is_ours(cache->path) ||
        file_read(cache->path, &file, NULL) != DGM_OK) {
        return true;
    }
    make_head(cache, head);
    size_t length = strlen(head);
    if (file.size >= length && memcmp(file.bytes, head, length) == 0) {
        struct reader reader = {(const char *)file.bytes + length, file.size - length};
        while (cache->count < ENTRIES_MAX && read_entry(cache, &reader, &memory)) {
        }
    }
    file_free(&file);
    return memory;
}

static bool write_entry(FILE *file, const struct scan_entry *entry)
{
    for (size_t i = 0; i < DGM_SHA256_SIZE; i++) {
        (void)fprintf(file, "%02x", entry->sha256[i]);
    }
    (void)fprintf(file, " %d %zu\n", (int)entry->facts.status, entry->facts.length);
    (void)fwrite(entry->facts.text, 1, entry->facts.length, file);
    return fputc('\n', file) != EOF;
}

/* Files of this scan first: where there are too many, old ones are forgotten. */
static bool write_entries(FILE *file, const struct scan_cache *cache)
{
    size_t bytes = HEAD_MAX;
    size_t count = 0;
    for (int used = 1; used >= 0; used--) {
        for (size_t i = 0; i < cache->count && count < ENTRIES_MAX; i++) {
            const struct scan_entry *entry = &cache->entries[i];
            size_t size = HASH_DIGITS + 32 + entry->facts.length;
            if (entry->used != (used == 1) || !entry->facts.lasting ||
                size > FILE_MAX_BYTES - bytes) {
                continue;
            }
            if (!write_entry(file, entry)) {
                return false;
            }
            bytes += size;
            count++;
        }
    }
    return fflush(file) == 0 && ferror(file) == 0;
}

/* The folders that the file lies in. What goes wrong shows when the file is made. */
static void make_folders(char *path)
{
    for (char *at = strchr(path + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        (void)mkdir(path, S_IRWXU);
        *at = '/';
    }
}

static bool write_file(const struct scan_cache *cache, char *temporary)
{
    char head[HEAD_MAX];
    int fd = mkstemp(temporary); /* readable by its owner alone */
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (file == NULL) {
        if (fd >= 0) {
            (void)close(fd);
        }
        return false;
    }
    make_head(cache, head);
    bool good = fputs(head, file) != EOF && write_entries(file, cache);
    good = fclose(file) == 0 && good && rename(temporary, cache->path) == 0;
    if (!good) {
        int saved = errno;
        (void)unlink(temporary);
        errno = saved;
    }
    return good;
}

enum dgm_status scan_cache_write(struct scan_cache *cache, struct dgm_refusal *refusal)
{
    static const char suffix[] = ".XXXXXX";
    if (cache->path == NULL || !cache->changed) {
        return refuse_nothing(refusal);
    }
    size_t length = strlen(cache->path);
    char *temporary = malloc(length + sizeof(suffix));
    if (temporary == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    memcpy(temporary, cache->path, length + 1);
    make_folders(temporary);
    memcpy(temporary + length, suffix, sizeof(suffix));
    bool good = write_file(cache, temporary);
    free(temporary);
    if (!good) {
        return refuse(refusal, DGM_IO, "cannot write the cache %.150s: %s", cache->path,
                      strerror(errno));
    }
    cache->changed = false;
    return refuse_nothing(refusal);
}
