/* SPDX-License-Identifier: MIT */
/*
 * Frames out of lines. A line is offered, and what comes of it is told: a frame, nothing
 * yet, or a fault. Only dumps go over several lines.
 */
#include "framein.h"

#include <string.h>

void framein_open(struct framein *in, enum hexin_format format)
{
    memset(in, 0, offsetof(struct framein, out));
    in->out.length = 0;
    in->format = format;
}

void framein_close(struct framein *in)
{
    eventin_close(&in->eventin);
}

bool framein_settled(const struct framein *in)
{
    return !in->dump.active && !in->dump.broken;
}

static enum framein_step give(const struct framein *in, const struct place *place,
                              struct frame *ret)
{
    ret->bytes = in->out.bytes;
    ret->length = in->out.length;
    ret->place = *place;
    return FRAMEIN_FRAME;
}

/* A frame that a dump has given so far, and room for the next. */
static enum framein_step give_dump(struct framein *in, struct frame *ret)
{
    memset(&in->dump, 0, sizeof(in->dump));
    memset(&ret->words, 0, sizeof(ret->words));
    return give(in, &in->dump_place, ret);
}

/* A line at work. */
struct offer {
    const struct place *place;
    const char *line;
    size_t length;
    size_t shown; /* without blanks at the end */
    struct frame *frame;
    struct hexin_fault *fault;
    bool *again;
};

enum step { STEP_ON, STEP_LINE, STEP_GIVE, STEP_DUMP, STEP_BAD, STEP_BACK };

/* The line is none of a dump, or of another one. */
static enum step behind_dump(struct framein *in, const struct offer *offer, bool running)
{
    if (in->dump.active) {
        *offer->again = true;
        return STEP_DUMP;
    }
    in->dump.broken = false;
    /* Behind a broken dump, look again: the line may begin another one. */
    *offer->again = running && offer->shown > 0;
    return in->format == HEXIN_DUMP || running ? STEP_ON : STEP_LINE;
}

/* Look whether the line belongs to a dump. */
static enum step step_dump(struct framein *in, const struct offer *offer)
{
    bool forced = in->format == HEXIN_DUMP;
    bool running = !framein_settled(in);
    if (!running) {
        in->out.length = 0;
    }
    enum dump_result result =
        dump_line(&in->dump, forced && offer->shown > 0, offer->line, offer->shown,
                  &in->out, offer->fault);
    if (result != DUMP_NONE && in->no_dumps) {
        memset(&in->dump, 0, sizeof(in->dump));
        return STEP_BACK;
    }
    switch (result) {
    case DUMP_LAST:
        return in->dump.active && in->out.length > 0 ? STEP_DUMP : STEP_ON;
    case DUMP_TAKEN:
        if (!running) {
            in->dump_place = *offer->place;
        }
        return STEP_ON;
    case DUMP_BAD:
        in->dump.active = false;
        return STEP_BAD;
    case DUMP_NONE:
        break;
    }
    return behind_dump(in, offer, running);
}

/* A line of another program's log; STEP_LINE: it is none. */
static enum step step_event(struct framein *in, const struct offer *offer)
{
    const char *line = offer->line;
    size_t length = offer->shown;
    struct hexin_words *words = &offer->frame->words;
    bool automatic = in->format == HEXIN_AUTO, good = false;
    if (length == 0) {
        return STEP_LINE;
    }
    if (in->format == HEXIN_JSON || (automatic && eventin_is_json(line, length))) {
        good = eventin_json(&in->eventin, line, length, &in->out, words, offer->fault);
    } else if (in->format == HEXIN_CANDUMP ||
               (automatic && eventin_is_candump(line, length))) {
        good = eventin_candump(line, length, &in->out, words, offer->fault);
    } else {
        return STEP_LINE;
    }
    return good ? STEP_GIVE : STEP_BAD;
}

static enum step step_line(struct framein *in, const struct offer *offer)
{
    const char *line = offer->line;
    struct hexin_words *words = &offer->frame->words;
    size_t from = 0, length = offer->length;
    if (!hexin_words(line, length, words, &from, offer->fault)) {
        return STEP_BAD;
    }
    bool said = from > 0 && (words->has_port || words->has_time || words->topic != NULL);
    length = from + hexin_trim(line + from, length - from);
    if (from == length) {
        /* Words alone are an empty frame; a line without anything is none. */
        return said ? STEP_GIVE : STEP_ON;
    }
    enum hexin_format format =
        in->format == HEXIN_AUTO ? hexin_guess(line, length, from) : in->format;
    bool good = format == HEXIN_BASE64
                    ? hexin_base64(line, length, from, &in->out, offer->fault)
                    : hexin_hex(line, length, from, &in->out, offer->fault);
    return good ? STEP_GIVE : STEP_BAD;
}

enum framein_step framein_take(struct framein *in, const struct place *place,
                               const char *line, size_t length, struct frame *ret,
                               struct hexin_fault *ret_fault, bool *ret_again)
{
    struct offer offer = {place, line, length, length, ret, ret_fault, ret_again};
    enum step step = STEP_LINE;
    *ret_again = false;
    memset(&ret->words, 0, sizeof(ret->words));
    while (offer.shown > 0 && hexin_blank(line[offer.shown - 1])) {
        offer.shown--;
    }
    if (in->format == HEXIN_AUTO || in->format == HEXIN_DUMP) {
        step = step_dump(in, &offer);
    }
    if (step == STEP_LINE) {
        in->out.length = 0;
        step = step_event(in, &offer);
    }
    step = step == STEP_LINE ? step_line(in, &offer) : step;
    switch (step) {
    case STEP_DUMP:
        return give_dump(in, ret);
    case STEP_GIVE:
        return give(in, place, ret);
    case STEP_BAD:
        return FRAMEIN_BAD;
    case STEP_BACK:
        return FRAMEIN_DUMP;
    case STEP_ON:
    case STEP_LINE:
        break;
    }
    return FRAMEIN_ON;
}

enum framein_step framein_end(struct framein *in, struct frame *ret)
{
    return in->dump.active ? give_dump(in, ret) : FRAMEIN_ON;
}
