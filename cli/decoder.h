/* SPDX-License-Identifier: MIT */
/* Frames to results: the JSON of each, in the form that the options ask for. */
#ifndef DGM_CLI_DECODER_H
#define DGM_CLI_DECODER_H

#include "crew.h"
#include "csv.h"
#include "worker.h"

enum decoder_form { DECODER_PLAIN, DECODER_LAID_OUT, DECODER_WRAPPED, DECODER_TABLE };

/* What all decoders of a command share. Nobody changes it. */
struct decoder_task {
    const struct product *product;
    const struct call_options *options;
    enum decoder_form form;
    int indent;            /* blanks a level, of what is laid out */
    const struct csv *csv; /* of a table */
    enum hexin_format input;
    const char *source; /* name of the input */
    bool quiet;         /* nobody wants to see warnings */
};

struct decoder;

/* With a sink: it has the turn. NULL if memory is out. */
struct decoder *decoder_open(const struct decoder_task *task, struct sink *sink);
void decoder_close(struct decoder *decoder);

/* One frame. `results` have it unless the room has to be made first. */
enum room decoder_frame(struct decoder *decoder, const struct frame *frame,
                        struct results *results);

/* Lanes of a crew. */
extern const struct crew_ways decoder_ways;

#endif
