/* SPDX-License-Identifier: MIT */
/*
 * Frames as network servers and bus tools log them, a line each: JSON objects of
 * ChirpStack, of The Things Stack, and of this program; lines of candump.
 */
#ifndef DGM_CLI_EVENTIN_H
#define DGM_CLI_EVENTIN_H

#include "hexin.h"

/* What a line of JSON needs beyond the line: texts that `words` point into. */
struct eventin {
    void *object; /* memory, or NULL */
};

void eventin_close(struct eventin *eventin);

/* What another decoder made of the frame of the last line: `object` of ChirpStack,
 * `decoded_payload` of The Things Stack, `json` or `expected`. Memory of the caller, or
 * NULL. */
char *eventin_decoded(const struct eventin *eventin);

/* Is it such a line at all? */
bool eventin_is_json(const char *line, size_t length);
bool eventin_is_candump(const char *line, size_t length);

/* The frame of a line that is one. */
bool eventin_json(struct eventin *eventin, const char *line, size_t length,
                  struct hexin_bytes *out, struct hexin_words *ret_words,
                  struct hexin_fault *ret_fault);
/* The identifier becomes the port, as profiles ask for it. */
bool eventin_candump(const char *line, size_t length, struct hexin_bytes *out,
                     struct hexin_words *ret_words, struct hexin_fault *ret_fault);

#endif
