/* SPDX-License-Identifier: MIT */
/* Dumps as xxd and hexdump -C write them: many lines, one frame. */
#ifndef DGM_CLI_DUMP_H
#define DGM_CLI_DUMP_H

#include "hexin.h"

/* Where in a dump we are. Zero it to begin. */
struct dump {
    bool active;   /* some lines were taken */
    bool squeezed; /* a line "*" stands for rows that equal the last one */
    bool broken;   /* a line was wrong: the rest of this dump is passed over */
    uint64_t base; /* offset of the first byte */
    size_t row;    /* bytes of the last row */
};

enum dump_result {
    DUMP_NONE,  /* no line of this dump: the frame, if one was begun, is complete */
    DUMP_TAKEN, /* the line belongs to the dump */
    DUMP_LAST,  /* so it does, and it is the last one */
    DUMP_BAD    /* the dump is wrong here */
};

/* Offer a line. Unless `forced`, a dump begins only where nothing else can be meant. */
enum dump_result dump_line(struct dump *dump, bool forced, const char *line,
                           size_t length, struct hexin_bytes *out,
                           struct hexin_fault *ret_fault);

#endif
