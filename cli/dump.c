/* SPDX-License-Identifier: MIT */
/*
 * Dumps as xxd and hexdump -C write them:
 *
 *     00000000: aa72 0000 3208 8d03 2062 3399            .r..2... b3.
 *     00000000  aa 72 00 00 32 08 8d 03  20 62 33 99     |.r..2... b3.|
 *     0000000c
 *
 * The offsets must go on without a gap, and the column of text is not looked at.
 */
#include "dump.h"

#include <string.h>

/* The front of a line, taken apart. */
struct front {
    uint64_t offset;
    size_t digits; /* of the offset */
    size_t from;   /* where bytes begin */
    bool colon;    /* xxd's form */
};

static bool read_front(const char *line, size_t length, struct front *ret)
{
    memset(ret, 0, sizeof(*ret));
    while (ret->digits < length && ret->digits < 16 &&
           hexin_digit(line[ret->digits]) >= 0) {
        ret->offset = ret->offset << 4 | (uint64_t)hexin_digit(line[ret->digits]);
        ret->digits++;
    }
    size_t at = ret->digits;
    if (at < 4) {
        return false;
    }
    if (at == length) {
        ret->from = at;
        return true;
    }
    ret->colon = line[at] == ':';
    if (ret->colon) {
        ret->from = at + 1;
        return at + 1 == length || line[at + 1] == ' ';
    }
    ret->from = at + 2;
    return length - at >= 2 && line[at] == ' ' && line[at + 1] == ' ';
}

/* Is this the first line of a dump even if nobody said that one comes? */
static bool surely_first(const char *line, size_t length, const struct front *front)
{
    return front->offset == 0 && front->digits >= 7 && front->from < length &&
           (front->colon || line[length - 1] == '|');
}

static bool all_blank(const char *line, size_t length, size_t from)
{
    while (from < length && hexin_blank(line[from])) {
        from++;
    }
    return from == length;
}

/* Where the bytes of a row end: two blanks after xxd's groups, the bar of hexdump. */
static size_t row_end(const char *line, size_t length, const struct front *front)
{
    size_t at = front->from;
    if (!front->colon) {
        const char *bar = memchr(line + at, '|', length - at);
        return bar == NULL ? length : (size_t)(bar - line);
    }
    while (at < length && line[at] == ' ') {
        at++;
    }
    while (at < length && !(line[at] == ' ' && at + 1 < length && line[at + 1] == ' ')) {
        at++;
    }
    return at;
}

static enum dump_result wrong(struct dump *dump)
{
    dump->broken = true;
    return DUMP_BAD;
}

/* Write the rows that "*" stands for, up to the offset of the next line. */
static bool repeat_row(struct dump *dump, uint64_t offset, struct hexin_bytes *out)
{
    while (dump->squeezed && dump->row > 0 && dump->base + out->length < offset) {
        for (size_t i = 0; i < dump->row; i++) {
            if (!hexin_put(out, out->bytes[out->length - dump->row])) {
                return false;
            }
        }
    }
    dump->squeezed = false;
    return dump->base + out->length == offset;
}

static enum dump_result take_row(struct dump *dump, const char *line, size_t length,
                                 const struct front *front, struct hexin_bytes *out,
                                 struct hexin_fault *ret_fault)
{
    if (!repeat_row(dump, front->offset, out)) {
        (void)hexin_fail(ret_fault, line, 0,
                         "the offset does not go on from the line before");
        return wrong(dump);
    }
    if (all_blank(line, length, front->from)) {
        return DUMP_LAST;
    }
    size_t before = out->length;
    if (!hexin_hex(line, row_end(line, length, front), front->from, out, ret_fault)) {
        return wrong(dump);
    }
    dump->row = out->length - before;
    return DUMP_TAKEN;
}

enum dump_result dump_line(struct dump *dump, bool forced, const char *line,
                           size_t length, struct hexin_bytes *out,
                           struct hexin_fault *ret_fault)
{
    struct front front;
    bool running = dump->active || dump->broken;
    if (running && length == 1 && line[0] == '*') {
        dump->squeezed = true;
        return DUMP_TAKEN;
    }
    bool reads = read_front(line, length, &front);
    if (running) {
        /* Offset 0 begins another dump. */
        if (!reads || front.offset == dump->base) {
            return DUMP_NONE;
        }
        return dump->broken ? DUMP_TAKEN
                            : take_row(dump, line, length, &front, out, ret_fault);
    }
    if (!reads && forced) {
        (void)hexin_fail(
            ret_fault, line, 0,
            "a line of a dump begins with an offset, as in '00000000: aa72'");
        return DUMP_BAD;
    }
    if (!reads || (!forced && !surely_first(line, length, &front))) {
        return DUMP_NONE;
    }
    dump->active = true;
    dump->base = front.offset;
    return take_row(dump, line, length, &front, out, ret_fault);
}
