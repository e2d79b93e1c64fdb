/* SPDX-License-Identifier: MIT */
/*
 * What a scanner and its child say to each other, over a socket that is the child's
 * standard input. The child says that it is ready, which is an answer with its version.
 * Then the scanner sends WIRE_ASK together with a descriptor of a sealed file, gets an
 * answer, sends WIRE_DONE, and is told again that the child is ready: so what a file has
 * done to the child is known before there is another file that could be blamed. It ends
 * when the scanner closes the socket.
 */
#ifndef DGM_SCAN_WIRE_H
#define DGM_SCAN_WIRE_H

#include <dragoman/status.h>

#include <stddef.h>
#include <stdint.h>

#define WIRE_MAGIC 0x44474d53u

enum {
    WIRE_ASK = '?',
    WIRE_DONE = '!',
    WIRE_REFUSAL_MAX = 255,
    WIRE_MANIFEST_MAX = 1 << 20,
    /* After so many files a child is replaced, whose processor time is limited. */
    WIRE_FILES_MAX = 1000
};

/*
 * In front of `length` bytes of text: the manifest if `status` is DGM_OK, else the
 * refusal's sentence. Of a code plug-in, which is not loaded but may be good, both:
 * DGM_PLUGIN_CODE, the sentence that says what makes it one, a line feed, the manifest.
 */
struct wire_answer {
    uint32_t magic, status, length;
};

static inline size_t wire_text_max(enum dgm_status status)
{
    return status == DGM_OK            ? WIRE_MANIFEST_MAX
           : status == DGM_PLUGIN_CODE ? WIRE_REFUSAL_MAX + 1 + WIRE_MANIFEST_MAX
                                       : WIRE_REFUSAL_MAX;
}

#endif
