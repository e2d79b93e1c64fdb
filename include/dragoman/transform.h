/* SPDX-License-Identifier: MIT */
/*
 * Ready hooks for codecs: inflating and deflating, by zlib. They take no memory of their
 * own: all of it is the caller's, and no more than that is ever used.
 */
#ifndef DRAGOMAN_TRANSFORM_H
#define DRAGOMAN_TRANSFORM_H

#include <dragoman/base.h>
#include <dragoman/codec.h>

DGM_BEGIN_DECLS

/* Bytes of memory that dgm_transforms() takes. */
enum { DGM_TRANSFORM_SIZE = 320 * 1024 };

/**
 * The hooks `inflate` (RFC 1951), `zlib` (RFC 1950) and `gzip` (RFC 1952), for `hooks`
 * and `hook_count` of a call.
 *
 * @param memory  DGM_TRANSFORM_SIZE bytes, aligned to 8; not shared by calls under way.
 * @return NULL if `memory` is NULL or misaligned.
 */
DGM_API const struct dgm_hook *const *dgm_transforms(void *memory, size_t *ret_count);

DGM_END_DECLS

#endif
