/* SPDX-License-Identifier: MIT */
/*
 * Tables as C: a source that holds one constant object, and a header with sizes and
 * message numbers. Deterministic to the byte: nothing depends on time, user or path.
 */
#ifndef DGM_EMIT_H
#define DGM_EMIT_H

#include "builder.h"

/* One model of a family: its table, and the stem of its names, "acme-wm-100". */
struct emit_model {
    struct builder *builder;
    const char *stem;
};

/*
 * The texts live in the arena of the first builder. The stem of the first model is that
 * of the files; `profile_name` is the profile's file name without folders, for the
 * comment on top; `manifest` is what manifest_json() gave and becomes the note of a
 * plug-in.
 */
const char *emit_c_source(const struct emit_model *models, size_t count,
                          const char *profile_name, const char *manifest);
const char *emit_c_header(const struct emit_model *models, size_t count,
                          const char *profile_name);

#endif
