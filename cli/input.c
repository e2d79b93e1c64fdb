/* SPDX-License-Identifier: MIT */
/* Frames one after another. A line is a frame, and so is a dump of many lines. */
#include "input.h"
#include "dump.h"
#include "eventin.h"
#include "feed.h"

#include <stdlib.h>
#include <string.h>

struct input {
    struct report *report;
    struct feed feed;
    enum hexin_format format;
    struct dump dump;
    struct eventin eventin;
    struct place dump_place; /* its first line */
    bool pending;            /* `line` is still to be looked at */
    const char *line;
    size_t length;
    struct place place;
    bool binary_done;
    struct hexin_bytes out;
};

struct input *input_open(struct report *report, const struct cli *cli, int *ret_code)
{
    struct input *input = malloc(sizeof(*input));
    if (input == NULL) {
        *ret_code = report_memory(report);
        return NULL;
    }
    memset(input, 0, offsetof(struct input, out));
    input->out.length = 0;
    input->report = report;
    input->format = (enum hexin_format)cli_word(cli, OPTION_INPUT, HEXIN_AUTO);
    *ret_code = feed_open(&input->feed, report, cli, cli_has(cli, OPTION_EACH), "frame");
    if (*ret_code == CLI_FINE && input->format == HEXIN_BINARY &&
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
        eventin_close(&input->eventin);
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

unsigned long input_lines(const struct input *input)
{
    return input->feed.number;
}

static enum input_result give(struct input *input, const struct place *place,
                              struct frame *ret)
{
    ret->bytes = input->out.bytes;
    ret->length = input->out.length;
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
    input->out.length = 0;
    for (;;) {
        uint8_t more = 0;
        size_t room = HEXIN_FRAME_MAX - input->out.length, got = 0;
        void *to = room > 0 ? input->out.bytes + input->out.length : &more;
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
        input->out.length += got;
    }
}

/* What can be read at once. */
static enum input_result next_chunk(struct input *input, struct frame *ret)
{
    struct place place = {input->feed.source, 0, 0};
    memset(&ret->words, 0, sizeof(ret->words));
    enum lines_result result = lines_bytes(input->feed.lines, input->out.bytes,
                                           HEXIN_FRAME_MAX, &input->out.length);
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
    return input->format == HEXIN_BINARY ? next_chunk(input, ret)
                                         : input_next(input, ret);
}

/* A frame that a dump has given so far, and room for the next. */
static enum input_result give_dump(struct input *input, struct frame *ret)
{
    memset(&input->dump, 0, sizeof(input->dump));
    memset(&ret->words, 0, sizeof(ret->words));
    return give(input, &input->dump_place, ret);
}

enum step { STEP_ON, STEP_LINE, STEP_GIVE, STEP_BAD };

/* Look whether the line belongs to a dump. */
static enum step step_dump(struct input *input, struct hexin_fault *fault)
{
    bool forced = input->format == HEXIN_DUMP;
    bool running = input->dump.active || input->dump.broken;
    if (!running) {
        input->out.length = 0;
    }
    size_t length = input->length;
    while (length > 0 && hexin_blank(input->line[length - 1])) {
        length--;
    }
    switch (dump_line(&input->dump, forced && length > 0, input->line, length,
                      &input->out, fault)) {
    case DUMP_LAST:
        return input->dump.active && input->out.length > 0 ? STEP_GIVE : STEP_ON;
    case DUMP_TAKEN:
        if (!running) {
            input->dump_place = input->place;
        }
        return STEP_ON;
    case DUMP_BAD:
        input->dump.active = false;
        return STEP_BAD;
    case DUMP_NONE:
        break;
    }
    if (input->dump.active) {
        input->pending = true;
        return STEP_GIVE;
    }
    input->dump.broken = false;
    /* Behind a broken dump, look again: the line may begin another one. */
    input->pending = running && length > 0;
    return forced || running ? STEP_ON : STEP_LINE;
}

/* A line of another program's log; STEP_LINE: it is none. */
static enum step step_event(struct input *input, struct frame *ret,
                            struct hexin_fault *fault)
{
    const char *line = input->line;
    size_t length = input->length;
    bool automatic = input->format == HEXIN_AUTO, good = false;
    while (length > 0 && hexin_blank(line[length - 1])) {
        length--;
    }
    if (length == 0) {
        return STEP_LINE;
    }
    if (input->format == HEXIN_JSON || (automatic && eventin_is_json(line, length))) {
        good =
            eventin_json(&input->eventin, line, length, &input->out, &ret->words, fault);
    } else if (input->format == HEXIN_CANDUMP ||
               (automatic && eventin_is_candump(line, length))) {
        good = eventin_candump(line, length, &input->out, &ret->words, fault);
    } else {
        return STEP_LINE;
    }
    return good ? STEP_GIVE : STEP_BAD;
}

static enum step step_line(struct input *input, struct frame *ret,
                           struct hexin_fault *fault)
{
    size_t from = 0, length = input->length;
    if (!hexin_words(input->line, length, &ret->words, &from, fault)) {
        return STEP_BAD;
    }
    bool said = from > 0 &&
                (ret->words.has_port || ret->words.has_time || ret->words.topic != NULL);
    length = from + hexin_trim(input->line + from, length - from);
    if (from == length) {
        /* Words alone are an empty frame; a line without anything is none. */
        return said ? STEP_GIVE : STEP_ON;
    }
    enum hexin_format format = input->format == HEXIN_AUTO
                                   ? hexin_guess(input->line, length, from)
                                   : input->format;
    bool good = format == HEXIN_BASE64
                    ? hexin_base64(input->line, length, from, &input->out, fault)
                    : hexin_hex(input->line, length, from, &input->out, fault);
    return good ? STEP_GIVE : STEP_BAD;
}

enum input_result input_next(struct input *input, struct frame *ret)
{
    struct hexin_fault fault;
    memset(&ret->words, 0, sizeof(ret->words));
    if (input->format == HEXIN_BINARY) {
        return next_binary(input, ret);
    }
    for (;;) {
        enum lines_result result = LINES_GOT;
        if (!input->pending) {
            result = feed_next(&input->feed, &input->line, &input->length, &input->place);
        }
        input->pending = false;
        if (result == LINES_END) {
            return input->dump.active ? give_dump(input, ret) : INPUT_END;
        }
        if (result != LINES_GOT) {
            return result == LINES_FAILED ? INPUT_CANNOT : INPUT_BAD;
        }
        bool dumps = input->format == HEXIN_AUTO || input->format == HEXIN_DUMP;
        enum step step = STEP_LINE;
        if (dumps) {
            step = step_dump(input, &fault);
            if (step == STEP_GIVE) {
                return give_dump(input, ret);
            }
        }
        input->out.length = step == STEP_LINE ? 0 : input->out.length;
        step = step == STEP_LINE ? step_event(input, ret, &fault) : step;
        step = step == STEP_LINE ? step_line(input, ret, &fault) : step;
        if (step == STEP_GIVE) {
            return give(input, &input->place, ret);
        }
        if (step == STEP_BAD) {
            return bad(input, &fault);
        }
    }
}

char *input_decoded(const struct input *input)
{
    return eventin_decoded(&input->eventin);
}
