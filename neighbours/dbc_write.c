/* SPDX-License-Identifier: MIT */
/* The profile of a DBC file: a message for each of the file, or for each of its cases. */
#include "dbc_write.h"
#include "dbc_layout.h"
#include "dbc_names.h"
#include "dbc_text.h"

#include <stdlib.h>
#include <string.h>

enum { PROFILE_MAX = 256 * 1024 };

/* The profile under way. */
struct writing {
    FILE *file;
    struct dbc *dbc;
    struct dbc_value *values;
    struct dbc_names names;
    struct dbc_message *message; /* whose cases come */
    size_t written;              /* bytes */
    bool is_big;                 /* most signals are Motorola's */
    bool has_stopped;            /* it became too long, which was told */
};

static bool is_described(const struct dbc_message *message)
{
    return message->wanted && !message->is_lost;
}

/* Bits of a J1939 identifier that say which parameter group it is. Groups below 240 have
 * the address of the receiver beside them. */
static uint32_t group_mask(uint32_t id)
{
    return (id >> 16 & 0xFF) < 240 ? 0x03FF0000u : 0x03FFFF00u;
}

/* Is it the only one of its group? */
static bool has_group_alone(const struct dbc *dbc, const struct dbc_message *message)
{
    uint32_t mask = group_mask(message->id) | DBC_EXTENDED;
    for (size_t i = 0; i < dbc->message_count; i++) {
        const struct dbc_message *other = &dbc->messages[i];
        if (other != message && is_described(other) &&
            (other->id & mask) == (message->id & mask)) {
            return false;
        }
    }
    return true;
}

/* A parameter group whatever priority and addresses it comes with; the identifier of the
 * file first, which encoding takes. */
static void put_group(FILE *file, const struct dbc_message *message)
{
    uint32_t mask = group_mask(message->id);
    uint32_t group = (message->id & mask) | DBC_EXTENDED, rest = ~mask & 0x00FFFFFF;
    (void)fprintf(file, "[0x%08lX", (unsigned long)message->id);
    for (uint32_t priority = 0; priority < 8; priority++) {
        uint32_t first = group | priority << 26;
        (void)fprintf(file, ", 0x%08lX..0x%08lX", (unsigned long)first,
                      (unsigned long)(first | rest));
    }
    (void)fputc(']', file);
}

static void put_spans(FILE *file, const struct dbc_choice *choice)
{
    bool has_negative = choice->is_rest && choice->selector->is_signed;
    bool is_list = choice->span_count > 1 || has_negative;
    (void)fputs(is_list ? "[" : "", file);
    if (has_negative) {
        (void)fprintf(file, "-%llu..-1, ", 1ull << (choice->selector->size - 1));
    }
    for (size_t i = 0; i < choice->span_count; i++) {
        const struct dbc_span *span = &choice->spans[i];
        (void)fprintf(file, "%s%llu", i > 0 ? ", " : "", (unsigned long long)span->first);
        if (span->last > span->first) {
            (void)fprintf(file, "..%llu", (unsigned long long)span->last);
        }
    }
    (void)fputs(is_list ? "]" : "", file);
}

static bool is_group(const struct dbc *dbc, const struct dbc_message *message)
{
    enum dbc_frames frames =
        message->frames != DBC_FRAMES_DEFAULT ? message->frames : dbc->frames;
    return frames == DBC_FRAMES_J1939 && (message->id & DBC_EXTENDED) != 0 &&
           has_group_alone(dbc, message);
}

static void put_match(const struct writing *writing, FILE *file,
                      const struct dbc_case *one)
{
    const struct dbc_message *message = writing->message;
    bool is_open = false;
    (void)fputs("    match: {port: ", file);
    if (is_group(writing->dbc, message)) {
        put_group(file, message);
    } else {
        (void)fprintf(file, (message->id & DBC_EXTENDED) != 0 ? "0x%08lX" : "0x%03lX",
                      (unsigned long)message->id);
    }
    for (size_t i = 0; i < one->choice_count; i++) {
        if (one->choices[i].is_open) {
            is_open = true;
            continue;
        }
        (void)fputs(", ", file);
        dbc_names_put_signal(file, one->choices[i].selector);
        (void)fputs(": ", file);
        put_spans(file, &one->choices[i]);
    }
    (void)fputs("}\n", file);
    if (is_open) {
        (void)fputs("    fallback: true\n", file);
    }
}

/* "engine data, from ECU, every 100 ms" */
static void put_description(FILE *file, const struct dbc_message *message)
{
    bool has_text = dbc_text_says(message->comment);
    bool has_sender =
        message->sender.length > 0 && !dbc_text_is(message->sender, "Vector__XXX");
    if (!has_text && !has_sender && message->cycle == 0) {
        return;
    }
    (void)fputs("    description: \"", file);
    dbc_text_put_inside(file, message->comment);
    if (has_sender) {
        (void)fprintf(file, "%sfrom %.*s", has_text ? ", " : "",
                      (int)message->sender.length, message->sender.at);
    }
    if (message->cycle > 0) {
        (void)fprintf(file, "%severy %lu ms", has_text || has_sender ? ", " : "",
                      (unsigned long)message->cycle);
    }
    (void)fputs("\"\n", file);
}

/* A CAN frame can have so many bytes; what stands between comes filled up. */
static bool is_filled_up(uint32_t size)
{
    static const uint8_t sizes[] = {12, 16, 20, 24, 32, 48, 64};
    return size > 8 && size < 64 && memchr(sizes, (int)size, sizeof(sizes)) == NULL;
}

static enum dbc_put put_case(struct writing *writing, FILE *file, const char *name,
                             const struct dbc_case *one)
{
    struct dbc_message *message = writing->message;
    struct dbc_layout layout = {writing->dbc,  writing->values, writing->is_big,
                                message->size, one->signals,    one->signal_count};
    (void)fprintf(file, "  %s:\n", name);
    put_description(file, message);
    put_match(writing, file, one);
    if (is_filled_up(message->size)) {
        (void)fputs("    trailing_bytes: ignore\n", file);
    }
    if (message->size == 0) {
        (void)fputs("    fields: []\n", file);
        return DBC_PUT;
    }
    (void)fputs("    fields:\n", file);
    return dbc_layout_put(file, &layout);
}

static bool stop(struct writing *writing)
{
    writing->has_stopped = true;
    dbc_tell(writing->dbc, DGM_SEVERITY_ERROR, &writing->message->place,
             "a profile has at most 256 KiB, and the file holds more than that; --model "
             "takes what one node sends");
    return false;
}

/* For dbc_cases_each(). */
static bool take_case(void *user, const struct dbc_case *one)
{
    struct writing *writing = user;
    char *text = NULL;
    size_t length = 0;
    const char *name = dbc_names_message(&writing->names, writing->message, one);
    FILE *file = name != NULL ? open_memstream(&text, &length) : NULL;
    if (file == NULL) {
        return false;
    }
    enum dbc_put put = put_case(writing, file, name, one);
    bool good = fclose(file) == 0 && put != DBC_NO_MEMORY;
    if (good && put == DBC_PUT) {
        writing->written += length;
        good = writing->written <= PROFILE_MAX
                   ? fwrite(text, 1, length, writing->file) == length
                   : stop(writing);
    }
    free(text);
    return good;
}

static bool settle_message(struct writing *writing, struct dbc_message *message)
{
    struct dbc *dbc = writing->dbc;
    for (size_t i = 0; i < message->signals.count; i++) {
        size_t at = message->signals.at + i;
        struct dbc_signal *signal = &dbc->signals[at];
        if (!signal->is_lost && !dbc_value_settle(dbc, signal, &writing->values[at])) {
            return false;
        }
    }
    dbc_names_settle(dbc, message);
    return true;
}

static bool put_message(struct writing *writing, struct dbc_message *message)
{
    struct dbc_cases cases = {writing->dbc, message, writing, take_case};
    writing->message = message;
    return settle_message(writing, message) && dbc_cases_each(&cases);
}

static void choose_order(struct writing *writing)
{
    const struct dbc *dbc = writing->dbc;
    size_t big = 0;
    for (size_t i = 0; i < dbc->signal_count; i++) {
        big += dbc->signals[i].is_big;
    }
    writing->is_big = big > dbc->signal_count / 2;
}

static void put_text_line(FILE *file, const char *key, struct dbc_text text)
{
    if (dbc_text_says(text)) {
        (void)fprintf(file, "  %s: ", key);
        dbc_text_put(file, text);
        (void)fputc('\n', file);
    }
}

static void put_head(const struct writing *writing)
{
    const struct dbc *dbc = writing->dbc;
    const struct dbc_source *source = dbc->source;
    FILE *file = writing->file;
    struct dbc_text maker = {"CAN", 3}, model = {source->model, strlen(source->model)};
    maker = dbc_text_says(dbc->maker) ? dbc->maker : maker;
    model = dbc_text_says(dbc->model) ? dbc->model : model;
    if (source->node != NULL) {
        model = (struct dbc_text){source->node, strlen(source->node)};
    }
    (void)fputs("dragoman: 1\nproduct:\n", file);
    put_text_line(file, "manufacturer_id", maker);
    put_text_line(file, "manufacturer_name", maker);
    put_text_line(file, "model", model);
    put_text_line(file, "version", dbc->version);
    put_text_line(file, "description", dbc->comment);
    (void)fputs("  device_type: CAN\n  protocol_type: CAN\n  data_format: binary\n",
                file);
}

static void put_wire(const struct writing *writing)
{
    uint32_t longest = 0;
    for (size_t i = 0; i < writing->dbc->message_count; i++) {
        const struct dbc_message *message = &writing->dbc->messages[i];
        bool is_longer = is_described(message) && message->size > longest;
        longest = is_longer ? message->size : longest;
    }
    if (writing->is_big && longest <= 1024) {
        return;
    }
    (void)fputs("wire:\n", writing->file);
    if (!writing->is_big) {
        (void)fputs("  byte_order: little\n  bit_order: lsb\n", writing->file);
    }
    if (longest > 1024) {
        (void)fprintf(writing->file, "  frame_limit: %lu\n", (unsigned long)longest);
    }
}

/* What is left out of the last message was told. */
static void tell_empty(const struct writing *writing)
{
    dbc_tell(writing->dbc, DGM_SEVERITY_ERROR, &writing->message->place,
             "'%.*s': no frame of it can be described, nor one of another message",
             DBC_SHOWN(writing->message->name));
}

enum dgm_status dbc_write(FILE *file, struct dbc *dbc)
{
    struct writing writing;
    bool good = true;
    memset(&writing, 0, sizeof(writing));
    writing.file = file;
    writing.dbc = dbc;
    writing.values = calloc(dbc->signal_count + 1, sizeof(struct dbc_value));
    if (writing.values == NULL) {
        return DGM_MEMORY;
    }
    choose_order(&writing);
    put_head(&writing);
    put_wire(&writing);
    (void)fputs("messages:\n", file);
    for (size_t i = 0; good && i < dbc->message_count; i++) {
        good =
            !is_described(&dbc->messages[i]) || put_message(&writing, &dbc->messages[i]);
    }
    if (good && writing.written == 0 && dbc->notes->errors == 0) {
        tell_empty(&writing);
    }
    free(writing.values);
    dbc_names_close(&writing.names);
    return dbc->notes->errors > 0 ? DGM_PROFILE : good ? DGM_OK : DGM_MEMORY;
}
