/* SPDX-License-Identifier: MIT */
/*
 * What came of some frames or texts, kept until its turn comes: bytes for the output, and
 * what is to be told on standard error, each at its place among them.
 */
#ifndef DGM_CLI_RESULTS_H
#define DGM_CLI_RESULTS_H

#include "hexin.h"
#include "output.h"

struct results_event;

struct results {
    char *bytes;
    size_t length, size;
    struct results_event *events; /* RESULTS_EVENTS of them */
    size_t event_count;
};

enum {
    RESULTS_EVENTS = 512,
    RESULTS_OF_ITEM = 68 /* events that one frame can have at most */
};

/* Memory for `size` bytes to begin with. False if memory is out; close it anyway. */
bool results_open(struct results *results, size_t size);
void results_close(struct results *results);

/* Is there so much room? */
bool results_room(const struct results *results, size_t bytes, size_t events);
void results_clear(struct results *results);

/* The rest is called with enough room. */
void results_put(struct results *results, const char *bytes, size_t length);

/* The text of a line is wrong, in the words of `fault`. Places count lines from the
 * first of the block. `at` is among the bytes. */
void results_fault(struct results *results, size_t at, const struct place *place,
                   const char *id, const struct hexin_fault *fault);
/* The failure of a call, with the JSON that it is about, or NULL. That must stay until
 * the results were told. */
void results_error(struct results *results, size_t at, const struct place *place,
                   const struct dgm_error *error, const char *json, size_t length);
/* Warnings of a call: `kept` of `count` are there. */
void results_notices(struct results *results, size_t at, const struct place *place,
                     const struct dgm_error *notices, size_t kept, size_t count);

/* Where results go in the end. */
struct sink {
    struct report *report;
    struct output *output;
    const struct dgm_codec *codec;
    unsigned long before; /* lines in front of the block at work */
    int code;             /* the gravest so far */
    bool busy;
};

/* Write and tell all of it, in order; the results are empty then. */
void results_tell(struct results *results, struct sink *sink);

/* Results whose turn it is. */
struct outlet {
    struct results results;
    struct sink sink;
};

/* Tell them: for those who call back, with an outlet. */
void outlet_flush(void *user);

enum room {
    ROOM_MADE,
    ROOM_LATER, /* when what there is has been told, for which it is not the turn */
    ROOM_NEVER  /* memory is out, which was told */
};

/* Have room for so much. With a sink, whose turn it is, results are told and grow. */
enum room results_make_room(struct results *results, struct sink *sink, size_t bytes,
                            size_t events);

#endif
