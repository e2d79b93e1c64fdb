/* SPDX-License-Identifier: MIT */
/* All that differs between two JSON texts, by the digits of their numbers. */
#ifndef DGM_CLI_JSONCHANGE_H
#define DGM_CLI_JSONCHANGE_H

#include <stdbool.h>
#include <stddef.h>

enum json_change { JSON_GONE, JSON_NEW, JSON_CHANGED };

enum { JSON_CHANGE_PATH = 200 };

/*
 * Called for each, with its path as json_place() spells it: "Meter.flow", "Log[].volume",
 * "" for the whole text. What is gone or new as a whole is told once. Paths that are too
 * long are cut.
 */
typedef void json_change_visit(void *user, enum json_change change, const char *path);

/* Members of an object may stand in any order. False if a text is no JSON that
 * jsontree_parse() takes, or memory is out: nothing was told then. */
bool json_changes(const char *old, size_t old_length, const char *new, size_t new_length,
                  json_change_visit *visit, void *user);

#endif
