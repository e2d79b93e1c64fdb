/* SPDX-License-Identifier: MIT */
/* A profile's text compiled and opened, for tests that look at what its table does. */
#ifndef TEST_COMPILED_H
#define TEST_COMPILED_H

#include <dragoman/codec.h>
#include <dragoman/profile.h>

/* Compile and open; errors of the profile end the test. Closes the one before. */
void compiled_open(const char *text);
void compiled_close(void);

/* JSON of the frame, or the status' id. Valid until the next call. */
const char *compiled_decode(enum dgm_shape shape, const char *hex);
/* Hex of the JSON's frame, or the status' id and the error's path. */
const char *compiled_encode(const char *message, const char *json);
/* The same of a reply to a frame. */
const char *compiled_reply(const char *json, const char *request);

/* The message of that name in the table. */
const struct dgm_message *compiled_message(const char *name);
const struct dgm_model *compiled_model(void);

/* Findings of a profile as "3:5: error: text [rule]\n", in one text; errors only, or all.
 */
const char *compiled_findings(const char *text, bool errors_only);

#endif
