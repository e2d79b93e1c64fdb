/* SPDX-License-Identifier: MIT */
/* Frames one after another, out of whatever the options name. */
#include "input.h"

#include <stdlib.h>
#include <string.h>

struct input {
    struct report *report;
    struct feed feed;
    bool pending; /* `line` is still to be looked at */
    const char *line;
    size_t length;
    struct place place;
    bool binary_done;
    struct framein in;
};

struct input *input_open(struct report *report, const struct cli *cli, int *ret_code)
{
    struct input *input = malloc(sizeof(*input));
    if (input == NULL) {
        *ret_code = report_memory(report);
        return NULL;
    }
    memset(input, 0, offsetof(struct input, in));
    framein_open(&input->in, (enum hexin_format)cli_word(cli, OPTION_INPUT, HEXIN_AUTO));
    input->report = report;
    *ret_code = feed_open(&input->feed, report, cli, cli_has(cli, OPTION_EACH), "frame");
    if (*ret_code == CLI_FINE && input->in.format == HEXIN_BINARY &&
        input->feed.lines == NULL) {
        *ret_code =
            report_usage(report, cli, "binary frames come from a file or standard input");
    }
    if (*ret_code != CLI_FINE) {
        input_close(input);
        return NULL;
    }
    return input;
}

void input_close(struct input *input)
{
    if (input != NULL) {
        feed_close(&input->feed);
        framein_close(&input->in);
        free(input);
    }
}

bool input_go_on(enum input_result result, int *code)
{
    if (result == INPUT_BAD) {
        *code = cli_worse(*code, CLI_WRONG);
    } else if (result == INPUT_CANNOT) {
        *code = cli_worse(*code, CLI_CANNOT);
    }
    return result == INPUT_FRAME || result == INPUT_BAD;
}

struct feed *input_feed(struct input *input)
{
    return &input->feed;
}

enum hexin_format input_format(const struct input *input)
{
    return input->in.format;
}

unsigned long input_lines(const struct input *input)
{
    return input->feed.number;
}

static enum input_result give(struct input *input, const struct place *place,
                              struct frame *ret)
{
    ret->bytes = input->in.out.bytes;
    ret->length = input->in.out.length;
    ret->place = *place;
    return INPUT_FRAME;
}

static enum input_result bad(struct input *input, const struct hexin_fault *fault)
{
    char name[32];
    struct place place =
        feed_column(&input->feed, &input->place, fault->column, name, sizeof(name));
    report_error(input->report, &place, "input", "%s", fault->text);
    return INPUT_BAD;
}

/* All there is, as one frame. */
static enum input_result next_binary(struct input *input, struct frame *ret)
{
    struct place place = {input->feed.source, 0, 0};
    if (input->binary_done) {
        return INPUT_END;
    }
    input->binary_done = true;
    input->in.out.length = 0;
    for (;;) {
        uint8_t more = 0;
        size_t room = HEXIN_FRAME_MAX - input->in.out.length, got = 0;
        void *to = room > 0 ? input->in.out.bytes + input->in.out.length : &more;
        enum lines_result result =
            lines_bytes(input->feed.lines, to, room > 0 ? room : 1, &got);
        if (result == LINES_END) {
            return give(input, &place, ret);
        }
        if (result != LINES_GOT) {
            feed_tell(&input->feed, result);
            return result == LINES_DAMAGED ? INPUT_BAD : INPUT_CANNOT;
        }
        if (room == 0) {
            report_error(input->report, &place, "input", "a frame has at most %d bytes",
                         HEXIN_FRAME_MAX);
            return INPUT_BAD;
        }
        input->in.out.length += got;
    }
}

/* What can be read at once. */
static enum input_result next_chunk(struct input *input, struct frame *ret)
{
    struct place place = {input->feed.source, 0, 0};
    memset(&ret->words, 0, sizeof(ret->words));
    enum lines_result result = lines_bytes(input->feed.lines, input->in.out.bytes,
                                           HEXIN_FRAME_MAX, &input->in.out.length);
    if (result == LINES_GOT) {
        return give(input, &place, ret);
    }
    if (result == LINES_END) {
        return INPUT_END;
    }
    feed_tell(&input->feed, result);
    return result == LINES_DAMAGED ? INPUT_BAD : INPUT_CANNOT;
}

enum input_result input_next_piece(struct input *input, struct frame *ret)
{
    return input->in.format == HEXIN_BINARY ? next_chunk(input, ret)
                                            : input_next(input, ret);
}

enum input_result input_next(struct input *input, struct frame *ret)
{
    struct hexin_fault fault;
    memset(&ret->words, 0, sizeof(ret->words));
    if (input->in.format == HEXIN_BINARY) {
        return next_binary(input, ret);
    }
    for (;;) {
        enum lines_result result = LINES_GOT;
        if (!input->pending) {
            result = feed_next(&input->feed, &input->line, &input->length, &input->place);
        }
        if (result == LINES_END) {
            return framein_end(&input->in, ret) == FRAMEIN_FRAME ? INPUT_FRAME
                                                                 : INPUT_END;
        }
        if (result != LINES_GOT) {
            return result == LINES_FAILED ? INPUT_CANNOT : INPUT_BAD;
        }
        enum framein_step step =
            framein_take(&input->in, &input->place, input->line, input->length, ret,
                         &fault, &input->pending);
        if (step == FRAMEIN_FRAME) {
            return INPUT_FRAME;
        }
        if (step == FRAMEIN_BAD) {
            return bad(input, &fault);
        }
    }
}

char *input_decoded(const struct input *input)
{
    return eventin_decoded(&input->in.eventin);
}
