/* SPDX-License-Identifier: MIT */
/* BO_ and SG_: messages and their signals. */
#include "dbc_model.h"

#include <string.h>

/* The message that stands for "none": its signals belong to no frame. */
#define NO_MESSAGE 0xC0000000u

/* What is larger is no slip of a file, but none at all. */
enum { PLACE_MAX = 1024 * 1024, SIZE_MOST = 65535 };

static bool check_name(const struct dbc *dbc, const struct dbc_place *place,
                       struct dbc_text name)
{
    if (name.length > DBC_NAME_MAX) {
        dbc_tell(dbc, DGM_SEVERITY_WARNING, place,
                 "'%.*s...': a name of more than %d bytes; it is left out",
                 DBC_SHOWN(name), DBC_NAME_MAX);
    }
    return name.length <= DBC_NAME_MAX;
}

/* Is it one that a frame can have? */
static bool check_identifier(const struct dbc *dbc, uint64_t written,
                             const struct dbc_message *message)
{
    if (message->id == NO_MESSAGE) {
        return false;
    }
    if ((message->id & ~DBC_EXTENDED) > DBC_EXTENDED_MAX) {
        dbc_warn_message(dbc, message,
                         "no frame can have its identifier; it is left out");
        return false;
    }
    if (message->id != written) {
        dbc_warn_message(dbc, message,
                         "its identifier has more than 11 bits, and bit 31 is not set; "
                         "it is taken for one of 29 bits");
    }
    return true;
}

bool dbc_read_message(struct dbc_reader *reader)
{
    struct dbc *dbc = reader->dbc;
    struct dbc_message message;
    uint64_t id = 0, size = 0;
    memset(&message, 0, sizeof(message));
    if (!dbc_take_integer(reader, UINT32_MAX, "the identifier of a message", &id)) {
        return false;
    }
    message.place = reader->scan.token.place;
    if (!dbc_take(reader, DBC_WORD, "the name of a message", &message.name) ||
        !dbc_take_sign(reader, ':') ||
        !dbc_take_integer(reader, UINT32_MAX, "a number of bytes", &size)) {
        return false;
    }
    if (dbc_at_word(reader)) {
        message.sender = reader->scan.token.text;
        dbc_scan_next(&reader->scan);
    }
    if (size > DBC_SIZE_MAX) {
        dbc_warn_message(reader->dbc, &message,
                         "it has more than 2048 bytes, and is left out");
    }
    if (!dbc_grow(&dbc->messages, &dbc->message_room, dbc->message_count,
                  sizeof(message))) {
        return dbc_no_memory(reader);
    }
    message.id = dbc_identifier(id);
    message.size = (uint32_t)size;
    message.signals.at = dbc->signal_count;
    message.is_lost = size > DBC_SIZE_MAX ||
                      !check_name(dbc, &message.place, message.name) ||
                      !check_identifier(dbc, id, &message);
    dbc->messages[dbc->message_count++] = message;
    return true;
}

/* "M", "m3", "m3M", behind the name of a signal. */
static bool read_selection(struct dbc_reader *reader, struct dbc_signal *signal)
{
    struct dbc *dbc = reader->dbc;
    struct dbc_text text = reader->scan.token.text;
    uint64_t value = 0;
    size_t at = 1;
    if (reader->scan.token.kind != DBC_WORD) {
        return true;
    }
    for (; text.at[0] == 'm' && at < text.length && at < 12; at++) {
        unsigned digit = (unsigned char)text.at[at] - (unsigned)'0';
        if (digit > 9) {
            break;
        }
        value = value * 10 + digit;
    }
    signal->is_selected = text.at[0] == 'm' && at > 1;
    signal->selects = text.at[text.length - 1] == 'M';
    size_t end = signal->is_selected ? at + signal->selects : 1;
    if ((!signal->is_selected && text.at[0] != 'M') || end != text.length) {
        return dbc_expected(reader, "':', 'M' or 'm' and a number");
    }
    dbc_scan_next(&reader->scan);
    if (signal->is_selected) {
        if (!dbc_grow(&dbc->spans, &dbc->span_room, dbc->span_count,
                      sizeof(*dbc->spans))) {
            return dbc_no_memory(reader);
        }
        signal->spans = (struct dbc_slice){dbc->span_count, 1};
        dbc->spans[dbc->span_count++] = (struct dbc_span){value, value};
    }
    return true;
}

/* "7|8@0+" */
static bool read_bits(struct dbc_reader *reader, struct dbc_signal *signal)
{
    uint64_t start = 0, size = 0, order = 0;
    if (!dbc_take_integer(reader, PLACE_MAX, "a start bit", &start) ||
        !dbc_take_sign(reader, '|')) {
        return false;
    }
    struct dbc_token token = reader->scan.token;
    if (!dbc_take_integer(reader, SIZE_MOST, "a number of bits", &size)) {
        return false;
    }
    if (size == 0) {
        reader->scan.token = token;
        return dbc_expected(reader, "a number of bits");
    }
    if (!dbc_take_sign(reader, '@') ||
        !dbc_take_integer(reader, 1, "0 for Motorola or 1 for Intel", &order)) {
        return false;
    }
    signal->start = (uint32_t)start;
    signal->size = (uint16_t)size;
    if (size > DBC_BITS_MAX) {
        dbc_warn_signal(reader->dbc, signal, "it has more than 64 bits, and is left out");
        signal->is_lost = true;
    }
    signal->is_big = order == 0;
    signal->is_signed = dbc_at_sign(reader, '-');
    if (!signal->is_signed && !dbc_at_sign(reader, '+')) {
        return dbc_expected(reader, "'+' for unsigned or '-' for signed");
    }
    dbc_scan_next(&reader->scan);
    return true;
}

/* "(factor,offset) [min|max]" */
static bool read_scaling(struct dbc_reader *reader, struct dbc_signal *signal)
{
    return dbc_take_sign(reader, '(') &&
           dbc_take(reader, DBC_NUMBER, "a factor", &signal->factor) &&
           dbc_take_sign(reader, ',') &&
           dbc_take(reader, DBC_NUMBER, "an offset", &signal->offset) &&
           dbc_take_sign(reader, ')') && dbc_take_sign(reader, '[') &&
           dbc_take(reader, DBC_NUMBER, "a smallest value", &signal->min) &&
           dbc_take_sign(reader, '|') &&
           dbc_take(reader, DBC_NUMBER, "a largest value", &signal->max) &&
           dbc_take_sign(reader, ']');
}

/* Nodes, which do not matter here; some files name none. */
static void skip_receivers(struct dbc_reader *reader)
{
    while (dbc_at_word(reader) || dbc_at_sign(reader, ',')) {
        dbc_scan_next(&reader->scan);
    }
}

static bool add_signal(struct dbc_reader *reader, struct dbc_signal *signal)
{
    struct dbc *dbc = reader->dbc;
    if (dbc->message_count == 0) {
        reader->scan.token.place = signal->place;
        reader->scan.token.text = signal->name;
        reader->scan.token.kind = DBC_WORD;
        return dbc_expected(reader, "a message, BO_, in front of its signals");
    }
    struct dbc_message *message = &dbc->messages[dbc->message_count - 1];
    if (message->signals.count == DBC_SIGNALS_MAX) {
        return dbc_expected(reader,
                            "another message: one has at most 4096 signals; that");
    }
    if (!dbc_grow(&dbc->signals, &dbc->signal_room, dbc->signal_count, sizeof(*signal))) {
        return dbc_no_memory(reader);
    }
    signal->id = message->id;
    dbc->signals[dbc->signal_count++] = *signal;
    message->signals.count++;
    return true;
}

bool dbc_read_signal(struct dbc_reader *reader)
{
    struct dbc_signal signal;
    memset(&signal, 0, sizeof(signal));
    signal.place = reader->scan.token.place;
    if (!dbc_take(reader, DBC_WORD, "the name of a signal", &signal.name) ||
        !read_selection(reader, &signal) || !dbc_take_sign(reader, ':') ||
        !read_bits(reader, &signal) || !read_scaling(reader, &signal) ||
        !dbc_take(reader, DBC_STRING, "a unit in quotes", &signal.unit)) {
        return false;
    }
    skip_receivers(reader);
    signal.is_lost =
        !check_name(reader->dbc, &signal.place, signal.name) || signal.is_lost;
    return add_signal(reader, &signal);
}
