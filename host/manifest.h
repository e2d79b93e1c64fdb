/* SPDX-License-Identifier: MIT */
/* The manifest of a plug-in: JSON text, of which the host needs the members on top. */
#ifndef DGM_HOST_MANIFEST_H
#define DGM_HOST_MANIFEST_H

#include <dragoman/host.h>

enum { MANIFEST_MAX_MEMBERS = 64, MANIFEST_MAX_MODELS = 256 };

struct manifest_member {
    char *name;
    char *value;     /* a text with its escapes resolved; NULL for other kinds */
    char *number;    /* the spelling of a number; NULL for other kinds */
    size_t value_at; /* in the text; members on top only */
};

struct manifest {
    char *text; /* zero-terminated */
    struct manifest_member members[MANIFEST_MAX_MEMBERS];
    size_t count;
    size_t object_at; /* of a further model: where it begins in the text of the first */
    struct manifest *further; /* of the other models of a family, without a text */
    size_t further_count;
};

/* Check and take apart. Free with manifest_free() whatever the outcome. */
enum dgm_status manifest_read(const uint8_t *bytes, size_t size, struct manifest *ret,
                              struct dgm_refusal *refusal);
void manifest_free(struct manifest *manifest);

/* What is said about a model; the first is that of the members on top. NULL: there is no
 * such one. */
const struct manifest *manifest_model(const struct manifest *manifest, size_t position);

/* The text of that model's object, which is one of `further_models`: `position` is from 1
 * to `further_count`. */
const char *manifest_object(const struct manifest *manifest, size_t position);

/* Value of a text member, or NULL. */
const char *manifest_text(const struct manifest *manifest, const char *name);

/* A member that must be exactly this number. */
enum dgm_status manifest_expect_number(const struct manifest *manifest, const char *name,
                                       unsigned expected, enum dgm_status otherwise,
                                       struct dgm_refusal *refusal);

#endif
