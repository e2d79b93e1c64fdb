/* SPDX-License-Identifier: MIT */
/* A place to try frames in: the codec, what a decode told, and random numbers. */
#ifndef DGM_CLI_LAB_H
#define DGM_CLI_LAB_H

#include "dice.h"
#include "fields.h"
#include "worker.h"

enum { LAB_VISITS = 8192 };

struct lab {
    const struct dgm_codec *line;  /* the product's codec */
    const struct dgm_codec *codec; /* the same without framing */
    struct tables tables;
    struct worker worker; /* of `codec` */
    uint16_t message;     /* at work */
    const struct dgm_row *rows;
    struct dice dice;
    struct dgm_visit *visits; /* of the last decode */
    size_t visit_count;
    size_t calls; /* decodes so far */
    bool has_received;
    struct specimen request; /* a reply answers it */
    bool has_request;
    void *memory, *block;
};

/* False if memory is out. */
bool lab_open(struct lab *lab, const struct dgm_codec *codec);
void lab_close(struct lab *lab);

/* Turn to a message; random numbers begin anew. */
void lab_take(struct lab *lab, uint16_t message, uint64_t seed);
const struct dgm_message *lab_message(const struct lab *lab);
const char *lab_name(const struct lab *lab, uint16_t message);

/* What a call about the specimen knows beside its bytes. */
struct dgm_call lab_call(const struct lab *lab, const struct specimen *specimen);

/* Decode as the message at work, whatever the frame looks like; fills the visits. */
enum dgm_status lab_decode(struct lab *lab, const struct specimen *specimen);

/* Would a receiver take the frame for the message at work? */
bool lab_identifies(const struct lab *lab, const struct specimen *specimen);

/* Does the message at work need the receive time? Of all products that ask for it. */
enum { LAB_RECEIVED_S = 1767323045 };

/* What a line says in front of the bytes, as decode reads it. */
void lab_put_words(const struct lab *lab, const struct specimen *specimen, FILE *file);

/* Content as it stands on the line, framing included; 0 if it is longer than a specimen.
 */
enum { LAB_LINE_MAX = SPECIMEN_MAX * 6 + 64 };
size_t lab_wrap(const struct lab *lab, const uint8_t *bytes, size_t length, uint8_t *ret);

#endif
