/* SPDX-License-Identifier: MIT */
/* Names of a profile as identifiers of C. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_NAME_H
#define DGM_NEIGHBOURS_FIRMWARE_NAME_H

#include <stdbool.h>
#include <stddef.h>

enum { FIRMWARE_NAME = 64 };

enum firmware_case { FIRMWARE_AS_IT_IS, FIRMWARE_LOWER, FIRMWARE_UPPER };

/* A name of `length` bytes: other characters become '_'; words of C and C++, and macros
 * that systems define, get one behind them. Never empty. */
void firmware_identifier(const char *text, size_t length, enum firmware_case letters,
                         char name[FIRMWARE_NAME]);

/* Number it: "level_2". */
void firmware_number_name(char name[FIRMWARE_NAME], unsigned number);

#endif
