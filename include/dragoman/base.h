/* SPDX-License-Identifier: MIT */
/* Attributes shared by all public headers, and nothing else. */
#ifndef DRAGOMAN_BASE_H
#define DRAGOMAN_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define DGM_API __attribute__((visibility("default")))
#define DGM_NODISCARD __attribute__((warn_unused_result))
#else
#define DGM_API
#define DGM_NODISCARD
#endif

#ifdef __cplusplus
#define DGM_BEGIN_DECLS extern "C" {
#define DGM_END_DECLS }
#define DGM_STATIC_ASSERT(condition, text) static_assert(condition, text)
#else
#define DGM_BEGIN_DECLS
#define DGM_END_DECLS
#define DGM_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

#endif
