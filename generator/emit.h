/* SPDX-License-Identifier: MIT */
/*
 * Tables as C: a source that holds one constant object, and a header with sizes and
 * message numbers. Deterministic to the byte: nothing depends on time, user or path.
 */
#ifndef DGM_EMIT_H
#define DGM_EMIT_H

#include "builder.h"

/*
 * The texts live in the builder's arena. `stem` is that of the files, "acme-wm-100";
 * `profile_name` is the profile's file name without folders, for the comment on top;
 * `manifest` is what manifest_json() gave and becomes the note of a plug-in.
 */
const char *emit_c_source(struct builder *builder, const char *stem,
                          const char *profile_name, const char *manifest);
const char *emit_c_header(struct builder *builder, const char *stem,
                          const char *profile_name);

#endif
