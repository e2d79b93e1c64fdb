/* SPDX-License-Identifier: MIT */
/*
 * One product reached in both ways: its profile compiled at run time, and its plug-in
 * loaded through the host. Every call goes through both and must give the same.
 */
#ifndef DGM_TEST_PAIR_H
#define DGM_TEST_PAIR_H

#include <dragoman/codec.h>
#include <dragoman/host.h>
#include <dragoman/profile.h>

enum { PAIR_NOTICES = 16, PAIR_TEXT = 256 * 1024 };

struct pair {
    struct dgm_profile *profile;
    void *memory;
    const struct dgm_codec *codec; /* of the profile */
    struct dgm_loaded *loaded;
    const struct dgm_codec *plugin; /* of the plug-in */
};

struct answer {
    enum dgm_status status;
    struct dgm_outcome outcome; /* if the call went well */
    struct dgm_error error;     /* if not */
    struct dgm_error notices[PAIR_NOTICES];
    char data[PAIR_TEXT]; /* JSON or bytes */
};

/* Fails the test if one of them cannot be opened. Plug-ins are looked for in
 * $DRAGOMAN_TEST_PLUGINS, a list of folders with colons. Instead of a profile the path
 * may be that of a plug-in, "*.so": then the profile is the one that it keeps. */
void pair_open(struct pair *pair, const char *path);
void pair_close(struct pair *pair);

/* Another model of the family than the first one. */
void pair_choose(struct pair *pair, const char *model);

/* The profile alone. */
enum dgm_status pair_profile(const char *path, struct dgm_profile **ret_profile);

/* Decode or encode through both; fails the test where they differ. The answer is the
 * caller's to free. `call` needs no scratch and no notices. */
struct answer *pair_decode(const struct pair *pair, const struct dgm_call *call,
                           const uint8_t *frame, size_t frame_length);
struct answer *pair_encode(const struct pair *pair, const struct dgm_call *call,
                           const char *json, size_t json_length);

/* Name of a message by its index. */
const char *pair_message_name(const struct pair *pair, uint16_t message);

/* "truncated: the frame ends ... [Meter.flow]": what an answer says, for messages. */
const char *pair_explain(const struct pair *pair, const struct answer *answer);

#endif
