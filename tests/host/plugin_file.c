/* SPDX-License-Identifier: MIT */
/* Helpers for tests that change plug-in files. Whatever goes wrong in here fails the
 * test. */
#include "plugin_file.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 512, PATHS = 4 };

/* Paths live until the fourth next call. */
static char *path_buffer(void)
{
    static char buffers[PATHS][PATH_SIZE];
    static size_t next;
    return buffers[next++ % PATHS];
}

const char *test_setting(const char *name)
{
    const char *value = getenv(name);
    ck_assert_msg(value != NULL, "the build sets %s", name);
    return value;
}

const char *variant_path(const char *name)
{
    char *path = path_buffer();
    (void)snprintf(path, PATH_SIZE, "%s/%s.so", test_setting("DRAGOMAN_TEST_VARIANTS"),
                   name);
    return path;
}

struct plugin_file plugin_file_read(const char *path)
{
    struct plugin_file file;
    struct dgm_refusal refusal;
    memset(&file, 0, sizeof(file));
    FILE *stream = fopen(path, "rb");
    ck_assert_msg(stream != NULL, "cannot open %s", path);
    ck_assert_int_eq(fseek(stream, 0, SEEK_END), 0);
    file.size = (size_t)ftell(stream);
    rewind(stream);
    file.bytes = malloc(file.size);
    ck_assert_ptr_nonnull(file.bytes);
    ck_assert_uint_eq(fread(file.bytes, 1, file.size, stream), file.size);
    (void)fclose(stream);
    ck_assert_msg(elf_check(file.bytes, file.size, &file.elf, &refusal) == DGM_OK,
                  "%s: %s", path, refusal.text);
    return file;
}

void plugin_file_free(struct plugin_file *file)
{
    free(file->bytes);
    file->bytes = NULL;
}

void plugin_file_patch(struct plugin_file *file, size_t offset, const void *bytes,
                       size_t size)
{
    ck_assert_uint_le(offset + size, file->size);
    memcpy(file->bytes + offset, bytes, size);
}

void plugin_file_patch_u32(struct plugin_file *file, size_t offset, uint32_t value)
{
    plugin_file_patch(file, offset, &value, sizeof(value));
}

void plugin_file_patch_u16(struct plugin_file *file, size_t offset, uint16_t value)
{
    plugin_file_patch(file, offset, &value, sizeof(value));
}

const char *scratch_folder(void)
{
    static char path[PATH_SIZE];
    const char *parent = getenv("TMPDIR");
    (void)snprintf(path, PATH_SIZE, "%s/dragoman-test-XXXXXX",
                   parent == NULL ? "/tmp" : parent);
    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}

const char *write_bytes(const char *folder, const char *name, const void *bytes,
                        size_t size)
{
    char *path = path_buffer();
    (void)snprintf(path, PATH_SIZE, "%s/%s", folder, name);
    FILE *stream = fopen(path, "wb");
    ck_assert_msg(stream != NULL, "cannot write %s", path);
    ck_assert_uint_eq(fwrite(bytes, 1, size, stream), size);
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

void remove_folder(const char *folder)
{
    char path[PATH_SIZE];
    DIR *directory = opendir(folder);
    ck_assert_ptr_nonnull(directory);
    const struct dirent *entry = readdir(directory);
    while (entry != NULL) {
        int length = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (length < PATH_SIZE) { /* fails for "." and "..", as it should */
            (void)unlink(path);
        }
        entry = readdir(directory);
    }
    (void)closedir(directory);
    (void)rmdir(folder);
}
