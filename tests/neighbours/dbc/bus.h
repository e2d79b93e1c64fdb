/* SPDX-License-Identifier: MIT */
/* A DBC file that was imported, and the codec that came of it. */
#ifndef DGM_TEST_DBC_BUS_H
#define DGM_TEST_DBC_BUS_H

#include "dbc.h"

#include <dragoman/codec.h>
#include <dragoman/profile.h>

enum { BUS_FRAME = 2048, BUS_JSON = 64 * 1024 };

struct bus {
    char *text; /* of the profile */
    size_t length;
    enum dgm_status status;
    unsigned errors, warnings;
    char notes[64 * 1024]; /* "3:5: error: ..." and a line feed each */
    struct dgm_profile *profile;
    void *memory, *scratch;
    const struct dgm_codec *codec;
    struct dgm_call call;
    char json[BUS_JSON];
    uint8_t frame[BUS_FRAME];
    size_t frame_length;
};

/* Import alone. The node may be NULL. */
void bus_import(struct bus *bus, const char *text, size_t length, const char *node);
/* Fails the test unless it goes well; then the codec is open. */
void bus_open(struct bus *bus, const char *text);
void bus_close(struct bus *bus);

/* All of a file below the tree. The caller frees it. */
char *bus_read(const char *path);

/* Into `json` and `frame`. */
enum dgm_status bus_decode(struct bus *bus, uint32_t id, const uint8_t *frame,
                           size_t length);
enum dgm_status bus_encode(struct bus *bus, const char *json);

/* The same numbers on every machine. */
uint64_t bus_random(uint64_t *state);

#endif
