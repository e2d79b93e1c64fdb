/* SPDX-License-Identifier: MIT */
/*
 * Makes a frame that decodes out of bytes that do not yet: the error of each try tells
 * what is wrong, from a missing byte to a checksum.
 */
#ifndef DGM_CLI_MEND_H
#define DGM_CLI_MEND_H

#include "lab.h"

/* Set what tells messages apart: bytes, length, port, topic. */
void mend_guards(struct lab *lab, struct specimen *specimen);

/* True if the specimen became a frame that a receiver takes for the message at work; the
 * lab then has what it decodes to. */
bool mend(struct lab *lab, struct specimen *specimen);

/* Put bytes in, or take some away. */
bool specimen_insert(struct specimen *specimen, size_t at, const uint8_t *bytes,
                     size_t length);
void specimen_remove(struct specimen *specimen, size_t at, size_t length);

/* A record of a tag loop at `at`, with the tag and bytes for what its case holds. */
bool mend_insert_record(struct lab *lab, struct specimen *specimen, uint16_t loop_row,
                        const struct dgm_tag *tag, size_t at);

/* The last visit of a row that fills the slot, before visit `before`; NULL: none. */
const struct dgm_visit *mend_filler(const struct lab *lab, uint16_t slot, size_t before);

#endif
