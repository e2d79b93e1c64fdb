/* SPDX-License-Identifier: MIT */
/* What is known of a plug-in file before it is loaded. */
#ifndef DGM_INFO_H
#define DGM_INFO_H

#include "elf_check.h"
#include "file.h"
#include "manifest.h"

struct dgm_plugin_info {
    struct file file;
    size_t file_size;
    struct elf_plugin elf;
    struct manifest manifest;
    bool code;                  /* a code plug-in, */
    struct dgm_refusal no_data; /* and this is why it is no table plug-in */
};

/* What a manifest alone says, of a file that was looked into elsewhere: `file` and `elf`
 * are empty. */
enum dgm_status info_of_manifest(const char *manifest, size_t length, size_t file_size,
                                 struct dgm_plugin_info **ret,
                                 struct dgm_refusal *refusal);
/* Look into the file that was read into `info`; dgm_plugin_inspect() without reading. */
enum dgm_status info_fill(struct dgm_plugin_info *info, struct dgm_refusal *refusal);

#endif
