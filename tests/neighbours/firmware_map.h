/* SPDX-License-Identifier: MIT */
/*
 * Where the members of generated firmware lie, as C that is compiled together with it: so
 * a test can fill and read structs that it does not know.
 */
#ifndef DGM_TEST_FIRMWARE_MAP_H
#define DGM_TEST_FIRMWARE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAP_LOOPS = 4 };

/* A row of the table that has a member: integers and floats, bytes, arrays. */
struct map_row {
    uint16_t message, row;
    size_t offset;              /* of the member, in the first elements of its arrays */
    size_t size;                /* of a number, or of all bytes */
    size_t strides[MAP_LOOPS];  /* of the arrays around it, from the outermost */
    uint16_t arrays[MAP_LOOPS]; /* their rows */
    unsigned depth;
    size_t count; /* where an array's count, or the length of bytes, lies; or 0: none */
    size_t flag;  /* where its flag lies; or 0: none */
    size_t most;  /* elements of an array */
    bool is_float, is_bool;
    uint16_t
        record; /* row of the record whose tag has it; or 0: it is no part of a tag */
};

struct map_message {
    size_t size; /* of the struct; 0: the message was left out */
    bool down, asks_port;
    int (*encode)(const void *in, uint32_t port, uint8_t *frame, size_t size,
                  size_t *length);
    int (*decode)(const uint8_t *frame, size_t length, uint32_t port, void *out);
};

struct map {
    const struct map_row *rows;
    size_t row_count;
    const struct map_message *messages;
    size_t message_count;
    /* Framing: NULL if there is none. */
    int (*wrap)(const uint8_t *frame, size_t count, uint8_t *line, size_t size,
                size_t *length);
    int (*unwrap)(const uint8_t *line, size_t count, uint8_t *frame, size_t size,
                  size_t *length);
    /* The message that a frame to the device is; -1: none. NULL: there are none. */
    int (*recognise)(const uint8_t *frame, size_t length, uint32_t port, int *status);
};

#endif
