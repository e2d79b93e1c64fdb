/* SPDX-License-Identifier: MIT */
/*
 * Strict JSON text (RFC 8259) without a tree: check, compare, indent. Numbers are
 * compared by their digits and never pass through binary floating point. Nothing
 * allocates; depth is bounded.
 */
#ifndef DRAGOMAN_JSON_H
#define DRAGOMAN_JSON_H

#include <dragoman/base.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

enum { DGM_JSON_MAX_DEPTH = 64 };

/**
 * Is this text exactly one valid JSON value, blanks around it allowed? UTF-8 is checked
 * strictly, escapes must form valid surrogate pairs, and a byte order mark is refused.
 *
 * @param ret_offset  On failure the byte that is wrong; may be NULL.
 * @return DGM_OK, DGM_JSON_SYNTAX, DGM_JSON_DEPTH, DGM_JSON_UTF8.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_json_check(const char *text, size_t length,
                                                     size_t *ret_offset);

/**
 * Do two JSON texts mean the same? Objects compare as sets of members, arrays in order,
 * texts by their characters, numbers by value: equal, or within `tolerance` (relative
 * above 1, absolute below; 0 for exactly).
 *
 * Both must be valid JSON. Time grows with the square of the members of one object.
 */
DGM_API bool dgm_json_equal(const char *left, size_t left_length, const char *right,
                            size_t right_length, double tolerance);

/**
 * Lay compact JSON out over lines, `spaces` per level. Values keep their spelling.
 *
 * @param ret_length  Bytes written, or needed with DGM_NO_SPACE.
 * @return DGM_OK, DGM_NO_SPACE, or the fault of the input.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_json_indent(const char *text, size_t length,
                                                      int spaces, char *buffer,
                                                      size_t buffer_size,
                                                      size_t *ret_length);

DGM_END_DECLS

#endif
