/* SPDX-License-Identifier: MIT */
/* Frames out of lines of text, whatever spelling they have. Does no input of its own. */
#ifndef DGM_CLI_FRAMEIN_H
#define DGM_CLI_FRAMEIN_H

#include "dump.h"
#include "eventin.h"
#include "report.h"

struct frame {
    const uint8_t *bytes;
    size_t length;
    struct hexin_words words; /* what the line said in front */
    struct place place;
};

/* What is between lines: a dump that goes on. */
struct framein {
    enum hexin_format format;
    bool no_dumps; /* a line that begins a dump is given back */
    struct dump dump;
    struct place dump_place; /* its first line */
    struct eventin eventin;
    struct hexin_bytes out;
};

enum framein_step {
    FRAMEIN_ON,    /* the line gives no frame, or not yet */
    FRAMEIN_FRAME, /* the frame is valid until the next call */
    FRAMEIN_BAD,   /* the fault says why */
    FRAMEIN_DUMP   /* a dump begins here, which `no_dumps` does not allow */
};

void framein_open(struct framein *in, enum hexin_format format);
void framein_close(struct framein *in);

/* Is there no dump that could go on? Then each line that is none stands for itself. */
bool framein_settled(const struct framein *in);

/* Offer a line. With `*ret_again` it is still to be looked at: offer it again. */
enum framein_step framein_take(struct framein *in, const struct place *place,
                               const char *line, size_t length, struct frame *ret,
                               struct hexin_fault *ret_fault, bool *ret_again);

/* There are no more lines: FRAMEIN_FRAME if a dump was under way. */
enum framein_step framein_end(struct framein *in, struct frame *ret);

#endif
