/* SPDX-License-Identifier: MIT */
/*
 * The corpus of published frames of real devices, which is no part of this tree:
 * $DRAGOMAN_SHARED, or ../shared beside it, has it as vectors/devices.
 */
#ifndef DGM_TEST_CORPUS_H
#define DGM_TEST_CORPUS_H

#include "pair.h"

#include <cjson/cJSON.h>

/* What becomes of a frame that is decoded and encoded again. */
enum corpus_return {
    CORPUS_NO_DATA,    /* an encode vector, or a frame that gives no data */
    CORPUS_SAME_BYTES, /* the very frame */
    CORPUS_SAME_JSON,  /* another frame, which means the same */
    CORPUS_ONE_WAY,    /* the message is decode-only by the profile's own word */
    CORPUS_REFUSED,    /* what decode printed cannot be encoded */
    CORPUS_OTHER,      /* a frame that means something else */
    CORPUS_RETURNS
};

enum { CORPUS_PATH_SIZE = 4096 };

/* What is shipped stands in profiles/, the profiles of the others among the tests. */
void corpus_profile_path(const char *profile, char path[CORPUS_PATH_SIZE]);
/* Is the file there? */
bool corpus_has(const char *vectors);
/* The file of a device, by its stem. The caller frees it. */
cJSON *corpus_read(const char *vectors);
/* Does the vector hold? Prints why not. */
bool corpus_vector_holds(const struct pair *pair, const cJSON *vector, int position);
enum corpus_return corpus_return_of(const struct pair *pair, const cJSON *vector);

#endif
