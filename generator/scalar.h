/* SPDX-License-Identifier: MIT */
/* Scalars read by what the place expects, so that YAML's guesses never decide (language,
 * section 2). */
#ifndef DGM_SCALAR_H
#define DGM_SCALAR_H

#include "exact.h"
#include "tree.h"

/* Text without zeros inside; refuses plain words that a YAML reader takes for something
 * else (`quote-text`). NULL after a report. `what` names the value: "'unit'". */
const char *scalar_text(struct diag *diag, const struct node *node, const char *what);

/* An integer as it should be written, without quotes, signs and notations that readers
 * take differently; NULL if it may mean two numbers, as 010 does. */
const char *scalar_plain_integer(struct arena *arena, const char *text);

/* Text that is a name: as scalar_text(), but for the plain letters y and n, which are
 * names as good as x, and which no reader in use takes for truth values. */
const char *scalar_name(struct diag *diag, const struct node *node, const char *what);

/* Integer, decimal or hex `0x1F`, within low..high; `odd-integer`, `expected-integer`,
 * `out-of-range`. For a signed low, a hex integer above high up to 2 * high + 1 names the
 * bit pattern (0x8000 for i16 is -32768). The range is that of int64 or uint64. */
bool scalar_integer(struct diag *diag, const struct node *node, const char *what,
                    exact_int low, exact_int high, exact_int *ret);

/* Plain `true` or `false`. */
bool scalar_bool(struct diag *diag, const struct node *node, const char *what, bool *ret);

/* Decimal, exponent or fraction `5/9`, exact. */
bool scalar_number(struct diag *diag, const struct node *node, const char *what,
                   struct exact *ret);

/* Range of whole numbers: `4..9`, `4..`, `..9`, or a single integer. Open ends are low
 * and high. */
bool scalar_range(struct diag *diag, const struct node *node, const char *what,
                  exact_int low, exact_int high, exact_int *ret_first,
                  exact_int *ret_last);

/* Quoted hex bytes, spaces allowed; plain text is `unquoted-hex`. */
bool scalar_hex(struct diag *diag, const struct node *node, const char *what,
                uint8_t **ret_bytes, size_t *ret_length);

/* One of these words; otherwise `bad-value` with the nearest. Returns its index or -1. */
int scalar_word(struct diag *diag, const struct node *node, const char *what,
                const char *const *words, size_t count);

/* Name [A-Za-z_][A-Za-z0-9_]*; `bad-name`. */
const char *scalar_identifier(struct diag *diag, const struct node *node,
                              const char *what);

/*
 * Any node as JSON text (compact): quoted scalars are texts, plain true/false/null and
 * numbers are themselves with their spelling made legal JSON (0x1F -> 31), other plain
 * text is text. Maps keep their order. NULL after a report.
 */
const char *scalar_json(struct diag *diag, const struct node *node);

/* A JSON string with its quotes out of UTF-8 text. */
const char *scalar_json_string(struct arena *arena, const char *text, size_t length);

#endif
