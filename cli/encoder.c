/* SPDX-License-Identifier: MIT */
/* Texts go as batches from the block to frames, and from there to the results. */
#include "encoder.h"
#include "base64.h"

#include <dragoman/batch.h>

#include <stdlib.h>
#include <string.h>

enum { ITEMS = 64, FRAMES_SIZE = 16 * 1024, WORDS_MAX = 64 };

struct encoder {
    const struct encoder_task *task;
    struct sink *sink;
    struct worker worker;
    uint8_t *frames;
    size_t frames_size;
    FILE *printer; /* into `printed` */
    char *printed;
    size_t printed_size;
    struct dgm_call call;
    struct dgm_batch batch;
    struct dgm_item items[ITEMS];
    struct place places[ITEMS];
    size_t ends[ITEMS]; /* behind each line, in the block */
    struct dgm_error errors[ITEMS];
    struct dgm_error notices[ITEMS];
};

static void open_batch(struct encoder *encoder)
{
    static const struct dgm_batch initial = DGM_BATCH_INIT;
    struct dgm_batch *batch = &encoder->batch;
    bool shown = encoder->task->wrapped || !encoder->task->quiet;
    encoder->call = worker_furnish(&encoder->worker, &encoder->task->options->call);
    *batch = initial;
    batch->call = &encoder->call;
    batch->items = encoder->items;
    batch->errors = encoder->errors;
    batch->error_capacity = ITEMS;
    batch->notices = shown ? encoder->notices : NULL;
    batch->notice_capacity = shown ? ITEMS : 0;
    memset(encoder->items, 0, sizeof(encoder->items));
}

struct encoder *encoder_open(const struct encoder_task *task, struct sink *sink)
{
    struct encoder *encoder = calloc(1, sizeof(*encoder));
    if (encoder == NULL) {
        return NULL;
    }
    encoder->task = task;
    encoder->sink = sink;
    encoder->frames_size = FRAMES_SIZE;
    encoder->frames = malloc(FRAMES_SIZE);
    bool good = encoder->frames != NULL;
    good = good && worker_open_product(&encoder->worker, task->product);
    if (good && task->wrapped) {
        encoder->printer = open_memstream(&encoder->printed, &encoder->printed_size);
        good = encoder->printer != NULL;
    }
    if (!good) {
        encoder_close(encoder);
        return NULL;
    }
    open_batch(encoder);
    return encoder;
}

void encoder_close(struct encoder *encoder)
{
    if (encoder == NULL) {
        return;
    }
    if (encoder->printer != NULL) {
        (void)fclose(encoder->printer);
    }
    free(encoder->printed);
    free(encoder->frames);
    worker_close(&encoder->worker);
    free(encoder);
}

static void put_bytes(const struct encoder *encoder, const struct dgm_item *item)
{
    const uint8_t *bytes = encoder->frames + item->offset;
    if (encoder->task->form == ENCODER_BASE64) {
        base64_put(encoder->printer, bytes, item->outcome.length);
    } else {
        hex_put(encoder->printer, bytes, item->outcome.length);
    }
}

static size_t kept_notices(const struct encoder *encoder, const struct dgm_item *item)
{
    size_t most = encoder->batch.notice_capacity - item->first_notice;
    return item->outcome.notice_count < most ? item->outcome.notice_count : most;
}

static void print_wrapped(struct encoder *encoder, const struct dgm_item *item,
                          const struct place *place)
{
    const struct dgm_outcome *outcome = &item->outcome;
    struct jsonout json;
    jsonout_open(&json, encoder->printer);
    if (place->line != 0) {
        jsonout_number(&json, "line", place->line);
    }
    jsonout_text(&json, "message",
                 product_message(encoder->task->product, outcome->message));
    jsonout_name(&json, "frame");
    if (item->status == DGM_NOTHING) {
        (void)fputs("null", json.file);
    } else {
        (void)fputc('"', json.file);
        put_bytes(encoder, item);
        (void)fputc('"', json.file);
    }
    if (outcome->has_channel) {
        jsonout_number(&json, "port", outcome->channel);
    }
    if (outcome->topic != NULL) {
        jsonout_text(&json, "topic", outcome->topic);
    }
    notices_put(&encoder->notices[item->first_notice], kept_notices(encoder, item),
                &json);
    jsonout_close(&json);
}

/* Room for the item's output, and for what is to be told of it. */
static enum room make_room(struct encoder *encoder, size_t bytes, struct results *results)
{
    return results_make_room(results, encoder->sink, bytes, RESULTS_OF_ITEM);
}

static void put_notices(const struct encoder *encoder, const struct dgm_item *item,
                        const struct place *place, struct results *results)
{
    if (!encoder->task->quiet) {
        results_notices(results, results->length, place,
                        &encoder->notices[item->first_notice],
                        kept_notices(encoder, item), item->outcome.notice_count);
    }
}

static enum room put_wrapped(struct encoder *encoder, const struct dgm_item *item,
                             const struct place *place, struct results *results)
{
    rewind(encoder->printer);
    print_wrapped(encoder, item, place);
    (void)fflush(encoder->printer);
    enum room room = make_room(encoder, encoder->printed_size, results);
    if (room == ROOM_MADE) {
        put_notices(encoder, item, place, results);
        results_put(results, encoder->printed, encoder->printed_size);
    }
    return room;
}

static size_t put_words(const struct dgm_outcome *outcome, char *to, size_t size)
{
    int length = 0;
    if (outcome->has_channel) {
        length = snprintf(to, size, "port=%lu ", (unsigned long)outcome->channel);
    }
    if (outcome->topic != NULL) {
        length +=
            snprintf(to + length, size - (size_t)length, "topic=%s ", outcome->topic);
    }
    return (size_t)length;
}

/* A line that decode reads back; `to` has room. */
static size_t put_line(const struct encoder *encoder, const struct dgm_item *item,
                       char *to, size_t size)
{
    const uint8_t *bytes = encoder->frames + item->offset;
    size_t length = item->outcome.length, words = 0;
    if (encoder->task->form == ENCODER_BINARY) {
        memcpy(to, bytes, length);
        return length;
    }
    if (item->status == DGM_NOTHING) {
        memcpy(to, "null\n", 5);
        return 5;
    }
    if (item->outcome.has_channel || item->outcome.topic != NULL) {
        words = put_words(&item->outcome, to, size);
    }
    to += words;
    size_t written = encoder->task->form == ENCODER_BASE64
                         ? base64_text(to, bytes, length)
                         : hex_text(to, bytes, length);
    to[written] = '\n';
    return words + written + 1;
}

/* Most bytes of a line. */
static size_t line_most(const struct dgm_item *item)
{
    const char *topic = item->outcome.topic;
    return item->outcome.length * 2 + WORDS_MAX + (topic != NULL ? strlen(topic) : 0);
}

static enum room put_item(struct encoder *encoder, const struct dgm_item *item,
                          const struct place *place, struct results *results)
{
    if (encoder->task->wrapped && dgm_status_family(item->status) == DGM_FAMILY_FINE) {
        return put_wrapped(encoder, item, place, results);
    }
    size_t most = line_most(item);
    enum room room = make_room(encoder, most, results);
    if (room != ROOM_MADE) {
        return room;
    }
    if (item->status != DGM_OK && item->status != DGM_NOTHING) {
        results_error(results, results->length, place, &encoder->errors[item->error],
                      item->input, item->length);
        return room;
    }
    if (item->outcome.notice_count > 0) {
        put_notices(encoder, item, place, results);
    }
    results->length += put_line(encoder, item, results->bytes + results->length, most);
    return room;
}

/* A frame that is longer than all before. */
static bool grow(struct encoder *encoder)
{
    size_t needed = encoder->batch.needed;
    uint8_t *grown =
        needed > encoder->frames_size ? realloc(encoder->frames, needed) : NULL;
    if (grown == NULL) {
        return false;
    }
    encoder->frames = grown;
    encoder->frames_size = needed;
    return true;
}

/* Frames of some more items, as many as there is room for. */
static void make_frames(struct encoder *encoder)
{
    struct dgm_batch *batch = &encoder->batch;
    struct dgm_item *first = &encoder->items[batch->done];
    dgm_batch_empty(batch);
    batch->output = encoder->frames;
    batch->output_size = encoder->frames_size;
    size_t before = batch->done;
    enum dgm_status status = dgm_encode_batch(encoder->worker.codec, batch);
    bool stuck = batch->done == before;
    if (status == DGM_OK || !stuck || (status == DGM_NO_SPACE && grow(encoder))) {
        return;
    }
    /* It will not get better. */
    memset(&encoder->errors[0], 0, sizeof(encoder->errors[0]));
    encoder->errors[0].status = status == DGM_NO_SPACE ? DGM_MEMORY : status;
    first->status = encoder->errors[0].status;
    first->error = 0;
    batch->done++;
}

/* All items; returns how many are in the results. */
static size_t run_items(struct encoder *encoder, size_t count, struct results *results)
{
    struct dgm_batch *batch = &encoder->batch;
    batch->item_count = count;
    batch->done = 0;
    for (size_t i = 0; i < count;) {
        make_frames(encoder);
        for (; i < batch->done; i++) {
            if (put_item(encoder, &encoder->items[i], &encoder->places[i], results) ==
                ROOM_LATER) {
                return i;
            }
        }
    }
    return count;
}

void encoder_text(struct encoder *encoder, const char *text, size_t length,
                  const struct place *place, struct results *results)
{
    encoder->items[0].input = text;
    encoder->items[0].length = length;
    encoder->places[0] = *place;
    (void)run_items(encoder, 1, results);
}

static bool is_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
            return false;
        }
    }
    return true;
}

/* Lines of the block as items. Those in front of the first that say nothing, or are too
 * long, are done with. */
static size_t gather(struct encoder *encoder, struct block *block)
{
    const char *text = block->lines.text;
    size_t at = block->at, count = 0;
    unsigned long line = block->taken;
    while (count < ITEMS && at < block->lines.length) {
        const char *end = memchr(text + at, '\n', block->lines.length - at);
        size_t stop = end != NULL ? (size_t)(end - text) : block->lines.length;
        size_t length = stop - at;
        if (length > LINES_LENGTH_MAX) {
            break;
        }
        length -= length > 0 && text[stop - 1] == '\r' ? 1 : 0;
        struct place place = {encoder->task->source, block->base + ++line, 0};
        if (!is_blank(text + at, length)) {
            encoder->items[count].input = text + at;
            encoder->items[count].length = length;
            encoder->places[count] = place;
            encoder->ends[count++] = end != NULL ? stop + 1 : stop;
        }
        at = end != NULL ? stop + 1 : stop;
        if (count == 0) {
            block->at = at;
            block->taken = line;
        }
    }
    return count;
}

/* The next line is too long. */
static bool tell_too_long(struct encoder *encoder, struct block *block)
{
    struct place place = {encoder->task->source, block->base + block->taken + 1, 0};
    struct hexin_fault fault;
    const char *from = block->lines.text + block->at;
    const char *end = memchr(from, '\n', block->lines.length - block->at);
    if (results_make_room(&block->results, encoder->sink, 0, 1) == ROOM_LATER) {
        return false;
    }
    (void)snprintf(fault.text, sizeof(fault.text), "the line is longer than %d bytes",
                   LINES_LENGTH_MAX);
    results_fault(&block->results, block->results.length, &place, "input", &fault);
    block->at = end != NULL ? (size_t)(end - block->lines.text) + 1 : block->lines.length;
    block->taken++;
    return true;
}

static void work(void *lane, struct block *block)
{
    struct encoder *encoder = lane;
    bool later = false;
    while (block->at < block->lines.length && !later &&
           (encoder->sink == NULL || output_good(encoder->sink->output))) {
        size_t count = gather(encoder, block);
        if (count == 0) {
            later = block->at < block->lines.length && !tell_too_long(encoder, block);
            continue;
        }
        size_t done = run_items(encoder, count, &block->results);
        later = done < count;
        if (done > 0) {
            block->at = encoder->ends[done - 1];
            block->taken = encoder->places[done - 1].line - block->base;
        }
    }
}

static bool settled(const void *lane)
{
    (void)lane;
    return true;
}

static void end(void *lane, struct results *results)
{
    (void)lane;
    (void)results;
}

const struct crew_ways encoder_ways = {work, settled, end};
