/* SPDX-License-Identifier: MIT */
/* JSON as a tree in which numbers keep their digits: none passes through binary floating
 * point. */
#ifndef DGM_CLI_JSONTREE_H
#define DGM_CLI_JSONTREE_H

#include <dragoman/status.h>

#include <cjson/cJSON.h>

#include <stdbool.h>
#include <stddef.h>

/*
 * Strictly checked first. Numbers are texts that jsontree_number() knows. The tree is the
 * caller's to cJSON_Delete(). DGM_JSON_SYNTAX, DGM_JSON_DEPTH, DGM_JSON_UTF8 with the
 * byte that is wrong; U+0000 and U+0001 in a text are DGM_JSON_SYNTAX, too; DGM_MEMORY.
 */
enum dgm_status jsontree_parse(const char *text, size_t length, cJSON **ret,
                               size_t *ret_offset);

/* The digits of a number; NULL if the item is none. */
const char *jsontree_number(const cJSON *item);
/* The characters of a text; NULL if the item is none. */
const char *jsontree_text(const cJSON *item);
/* The text of an object's member; "" if it is none. */
const char *jsontree_member(const cJSON *object, const char *name);
/* The first object of a list whose member has that text, or NULL. NULL is an empty list.
 */
const cJSON *jsontree_element(const cJSON *list, const char *name, const char *text);
/* A number of these digits; NULL without memory. */
cJSON *jsontree_new_number(const char *digits);

/* Laid out over lines, or in one. The text is the caller's to free; NULL without memory.
 */
char *jsontree_print(const cJSON *item, bool lines);

#endif
