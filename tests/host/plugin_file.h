/* SPDX-License-Identifier: MIT */
/* Plug-in files for the tests of the host: read, changed, written to a folder of the
 * test's own. */
#ifndef TEST_PLUGIN_FILE_H
#define TEST_PLUGIN_FILE_H

#include <dragoman/host.h>
#include "elf_check.h"

struct plugin_file {
    uint8_t *bytes;
    size_t size;
    struct elf_plugin elf; /* where its parts lie */
};

/* Value of an environment variable that the build sets; the test fails without it. */
const char *test_setting(const char *name);

/* Path of a variant, "$DRAGOMAN_TEST_VARIANTS/<name>.so". */
const char *variant_path(const char *name);

/* Read a file that is a good plug-in. */
struct plugin_file plugin_file_read(const char *path);
void plugin_file_free(struct plugin_file *file);

/* Overwrite bytes of the file's copy in memory. */
void plugin_file_patch(struct plugin_file *file, size_t offset, const void *bytes,
                       size_t size);
void plugin_file_patch_u32(struct plugin_file *file, size_t offset, uint32_t value);
void plugin_file_patch_u16(struct plugin_file *file, size_t offset, uint16_t value);

/* A folder that is new for each call (its name lives until the next), a file in it. */
const char *scratch_folder(void);
const char *write_bytes(const char *folder, const char *name, const void *bytes,
                        size_t size);
void remove_folder(const char *folder);

#endif
