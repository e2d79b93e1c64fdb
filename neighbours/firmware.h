/* SPDX-License-Identifier: MIT */
/*
 * A profile as C for the firmware of the device: structs of raw values, functions that
 * encode what goes up and decode what comes down, without heap, JSON or tables.
 */
#ifndef DGM_NEIGHBOURS_FIRMWARE_H
#define DGM_NEIGHBOURS_FIRMWARE_H

#include <dragoman/codec.h>
#include <dragoman/describe.h>

#include "notes.h"

#include <stdio.h>

enum { FIRMWARE_STEM = 64 };

/* Stem of the files and prefix of all names: "acme_wm_100". */
void firmware_stem(const struct dgm_codec *codec, char stem[FIRMWARE_STEM]);

struct firmware_call {
    const struct dgm_codec *codec;
    const struct dgm_doc *doc; /* of the same model: knows units; or NULL */
    const char *source;        /* name of the profile, for what is told */
    const char *header;        /* name of the header, as the source includes it */
    bool reverse; /* for the other end: decode what goes up, encode what comes down */
};

/*
 * Write header and source. Messages that the code cannot hold are left out and told as
 * warnings; if none is left, that is an error. False after an error, or if memory is out,
 * which is told, too.
 */
bool firmware_write(const struct firmware_call *call, struct notes *notes, FILE *header,
                    FILE *code);

#endif
