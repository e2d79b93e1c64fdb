/* SPDX-License-Identifier: MIT */
/* JSON texts to results: the frame of each, in the form that the options ask for. */
#ifndef DGM_CLI_ENCODER_H
#define DGM_CLI_ENCODER_H

#include "crew.h"
#include "worker.h"

enum encoder_form { ENCODER_HEX, ENCODER_BINARY, ENCODER_BASE64 };

/* What all encoders of a command share. Nobody changes it. */
struct encoder_task {
    const struct product *product;
    const struct call_options *options;
    enum encoder_form form;
    bool wrapped;       /* an object a frame, with the frame as a text */
    const char *source; /* name of the input */
    bool quiet;         /* nobody wants to see warnings */
};

struct encoder;

/* With a sink: it has the turn. NULL if memory is out. */
struct encoder *encoder_open(const struct encoder_task *task, struct sink *sink);
void encoder_close(struct encoder *encoder);

/* One text; only with a sink. */
void encoder_text(struct encoder *encoder, const char *text, size_t length,
                  const struct place *place, struct results *results);

/* Lanes of a crew, on lines that are one text each. */
extern const struct crew_ways encoder_ways;

#endif
