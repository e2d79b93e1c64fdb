/* SPDX-License-Identifier: MIT */
/* Frames one after another, from arguments, a file or standard input. */
#ifndef DGM_CLI_INPUT_H
#define DGM_CLI_INPUT_H

#include "feed.h"
#include "framein.h"

enum input_result {
    INPUT_FRAME,
    INPUT_END,
    INPUT_BAD,   /* one frame was wrong, which was told; the next one may be fine */
    INPUT_CANNOT /* no more can be read, which was told */
};

struct input;

/* Open what the options name. NULL with an exit code on failure. */
struct input *input_open(struct report *report, const struct cli *cli, int *ret_code);
void input_close(struct input *input);

/* The next frame; valid until the next call. */
enum input_result input_next(struct input *input, struct frame *ret);

/* May the reader go on? No at the end. `code` gets worse where something was. */
bool input_go_on(enum input_result result, int *code);

/* What another decoder made of the last frame, if its line was JSON that says so: memory
 * of the caller, or NULL. */
char *input_decoded(const struct input *input);

/* The next piece of a stream: the same, but binary input comes as it can be read. */
enum input_result input_next_piece(struct input *input, struct frame *ret);

/* What it reads, for those who take the lines by themselves. */
struct feed *input_feed(struct input *input);
enum hexin_format input_format(const struct input *input);

/* Lines read so far. */
unsigned long input_lines(const struct input *input);

#endif
