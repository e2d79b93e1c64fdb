/* SPDX-License-Identifier: MIT */
/*
 * Two lanes. Lines that are hex digits and nothing else, with JSON a line to come out, go
 * as batches straight from the block to the results. All others are read and printed one
 * by one.
 */
#include "decoder.h"
#include "framein.h"
#include "hexlines.h"

#include <dragoman/batch.h>
#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

enum { FAST_ITEMS = 64, FAST_BYTES = 16 * 1024, FAST_EVENTS = 3 * FAST_ITEMS + 1 };

/* Lines on the fast lane. */
struct fast {
    struct dgm_call call;
    struct dgm_batch batch;
    struct dgm_item items[FAST_ITEMS];
    size_t ends[FAST_ITEMS]; /* behind each line, in the block */
    struct dgm_error errors[FAST_ITEMS];
    struct dgm_error notices[FAST_ITEMS];
    struct hexlines lines;
    uint8_t bytes[FAST_BYTES];
};

struct decoder {
    const struct decoder_task *task;
    struct sink *sink;
    struct worker worker;
    char *laid; /* the JSON over lines */
    size_t laid_size;
    FILE *printer; /* into `printed` */
    char *printed;
    size_t printed_size;
    bool is_fast;
    struct fast fast;
    struct framein in;
};

static void open_fast(struct decoder *decoder)
{
    static const struct dgm_batch initial = DGM_BATCH_INIT;
    struct fast *fast = &decoder->fast;
    bool takes_hex =
        decoder->task->input == HEXIN_AUTO || decoder->task->input == HEXIN_HEX;
    decoder->is_fast = decoder->task->form == DECODER_PLAIN && takes_hex;
    fast->call = worker_furnish(&decoder->worker, &decoder->task->options->call);
    fast->batch = initial;
    fast->batch.call = &fast->call;
    fast->batch.items = fast->items;
    fast->batch.end = "\n";
    fast->batch.nothing = "null";
    fast->batch.errors = fast->errors;
    fast->batch.error_capacity = FAST_ITEMS;
    fast->batch.notices = decoder->task->quiet ? NULL : fast->notices;
    fast->batch.notice_capacity = decoder->task->quiet ? 0 : FAST_ITEMS;
    fast->lines.bytes = fast->bytes;
    fast->lines.room = FAST_BYTES;
    fast->lines.pairs = 0;
    for (size_t i = 0; i < FAST_ITEMS; i++) {
        fast->items[i].call = NULL;
    }
}

struct decoder *decoder_open(const struct decoder_task *task, struct sink *sink)
{
    struct decoder *decoder = malloc(sizeof(*decoder));
    if (decoder == NULL) {
        return NULL;
    }
    memset(decoder, 0, offsetof(struct decoder, fast));
    decoder->task = task;
    decoder->sink = sink;
    framein_open(&decoder->in, task->input);
    decoder->in.no_dumps = sink == NULL;
    bool prints = task->form == DECODER_WRAPPED || task->form == DECODER_TABLE;
    bool good = worker_open_product(&decoder->worker, task->product);
    if (good && prints) {
        decoder->printer = open_memstream(&decoder->printed, &decoder->printed_size);
    }
    if (!good || (prints && decoder->printer == NULL)) {
        decoder_close(decoder);
        return NULL;
    }
    open_fast(decoder);
    return decoder;
}

void decoder_close(struct decoder *decoder)
{
    if (decoder == NULL) {
        return;
    }
    if (decoder->printer != NULL) {
        (void)fclose(decoder->printer);
    }
    free(decoder->printed);
    free(decoder->laid);
    framein_close(&decoder->in);
    worker_close(&decoder->worker);
    free(decoder);
}

/* A text without its end, whose memory is somebody else's. */
struct span {
    const char *text;
    size_t length;
};

/* Lay out into `laid`, which grows as needed. */
static enum dgm_status lay_out(struct decoder *decoder, struct span *span)
{
    size_t length = 0;
    enum dgm_status status = DGM_NO_SPACE;
    for (int attempt = 0; attempt < 2 && status == DGM_NO_SPACE; attempt++) {
        status = dgm_json_indent(span->text, span->length, decoder->task->indent,
                                 decoder->laid, decoder->laid_size, &length);
        if (status != DGM_NO_SPACE) {
            break;
        }
        char *grown = realloc(decoder->laid, length);
        if (grown == NULL) {
            return DGM_MEMORY;
        }
        decoder->laid = grown;
        decoder->laid_size = length;
    }
    span->text = decoder->laid;
    span->length = length;
    return status;
}

static void print_wrapped(struct decoder *decoder, const struct place *place,
                          const struct span *span)
{
    const struct worker *worker = &decoder->worker;
    struct jsonout json;
    jsonout_open(&json, decoder->printer);
    if (place->line != 0) {
        jsonout_number(&json, "line", place->line);
    }
    jsonout_text(&json, "message",
                 product_message(decoder->task->product, worker->outcome.message));
    jsonout_raw(&json, "json", span->text, span->length);
    worker_put_notices(worker, &json);
    jsonout_close(&json);
}

/* A line of the table. */
static bool print_line(struct decoder *decoder, const struct span *span)
{
    uint16_t message = decoder->worker.outcome.message;
    char *json = strndup(span->text, span->length);
    bool good =
        json != NULL && csv_line(decoder->task->csv, decoder->printer, message,
                                 product_message(decoder->task->product, message), json);
    free(json);
    return good;
}

/* What the printer makes of it; the end of the line is the results' to put. */
static enum dgm_status print(struct decoder *decoder, const struct place *place,
                             struct span *span)
{
    rewind(decoder->printer);
    if (decoder->task->form == DECODER_WRAPPED) {
        print_wrapped(decoder, place, span);
    } else if (!print_line(decoder, span)) {
        return DGM_MEMORY;
    }
    if (fflush(decoder->printer) != 0) {
        return DGM_MEMORY;
    }
    span->text = decoder->printed;
    span->length = decoder->printed_size - 1;
    return DGM_OK;
}

static enum dgm_status shape(struct decoder *decoder, const struct place *place,
                             struct span *span)
{
    switch (decoder->task->form) {
    case DECODER_LAID_OUT:
        return lay_out(decoder, span);
    case DECODER_WRAPPED:
    case DECODER_TABLE:
        return print(decoder, place, span);
    case DECODER_PLAIN:
        break;
    }
    return DGM_OK;
}

/* The codec's error, or that of printing what it gave. */
static enum room put_error(struct decoder *decoder, const struct place *place,
                           const struct dgm_error *error, struct results *results)
{
    enum room room = results_make_room(results, decoder->sink, 0, 1);
    if (room == ROOM_MADE) {
        results_error(results, results->length, place, error, NULL, 0);
    }
    return room;
}

enum room decoder_frame(struct decoder *decoder, const struct frame *frame,
                        struct results *results)
{
    struct worker *worker = &decoder->worker;
    struct dgm_call call = worker_call(decoder->task->options, &frame->words);
    enum dgm_status status = worker_decode(worker, &call, frame->bytes, frame->length);
    struct span span = {worker->data, worker->outcome.length};
    if (status == DGM_NOTHING) {
        span.text = "null";
        span.length = 4;
    } else if (status != DGM_OK) {
        return put_error(decoder, &frame->place, &worker->error, results);
    }
    status = shape(decoder, &frame->place, &span);
    if (status != DGM_OK) {
        memset(&worker->error, 0, sizeof(worker->error));
        worker->error.status = status;
        return put_error(decoder, &frame->place, &worker->error, results);
    }
    enum room room =
        results_make_room(results, decoder->sink, span.length + 1, RESULTS_OF_ITEM);
    if (room == ROOM_MADE) {
        size_t count = worker->outcome.notice_count;
        results_notices(results, results->length, &frame->place, worker->notices,
                        count < WORKER_NOTICES ? count : WORKER_NOTICES, count);
        results_put(results, span.text, span.length);
        results_put(results, "\n", 1);
    }
    return room;
}

static struct place place_of(const struct decoder *decoder, const struct block *block,
                             size_t line)
{
    struct place place = {decoder->task->source, block->base + block->taken + line, 0};
    return place;
}

/* What is to be told of the items that are done. */
static void tell_items(const struct decoder *decoder, const struct block *block,
                       struct results *results)
{
    const struct fast *fast = &decoder->fast;
    const struct dgm_batch *batch = &fast->batch;
    for (size_t i = 0; i < batch->done; i++) {
        const struct dgm_item *item = &fast->items[i];
        struct place place = place_of(decoder, block, i + 1);
        size_t count = decoder->task->quiet ? 0 : item->outcome.notice_count;
        size_t most = FAST_ITEMS - item->first_notice;
        if (item->status != DGM_OK && item->status != DGM_NOTHING) {
            results_error(results, item->offset, &place, &fast->errors[item->error], NULL,
                          0);
        } else if (count > 0) {
            results_notices(results, item->offset, &place,
                            &fast->notices[item->first_notice],
                            count < most ? count : most, count);
        }
    }
}

static void go_on(struct block *block, size_t at, size_t lines)
{
    block->at = at;
    block->taken += lines;
}

enum pace { PACE_ON, PACE_SLOW, PACE_STOP };

static enum pace pace_of(enum room room)
{
    return room == ROOM_LATER ? PACE_STOP : PACE_ON;
}

/* There was no room for the item behind those that are done. */
static enum pace make_room(struct decoder *decoder, struct block *block)
{
    const struct dgm_batch *batch = &decoder->fast.batch;
    enum room room =
        results_make_room(&block->results, decoder->sink, batch->needed, FAST_EVENTS);
    if (room == ROOM_NEVER) {
        go_on(block, decoder->fast.ends[batch->done], 1);
    }
    return pace_of(room);
}

/* Some lines on the fast lane, if the next one is for it. */
static enum pace run_fast(struct decoder *decoder, struct block *block)
{
    struct fast *fast = &decoder->fast;
    struct dgm_batch *batch = &fast->batch;
    struct results *results = &block->results;
    batch->item_count =
        hexlines_take(&fast->lines, block->lines.text, block->at, block->lines.length,
                      fast->items, fast->ends, FAST_ITEMS);
    if (batch->item_count == 0) {
        return PACE_SLOW;
    }
    batch->done = batch->failed = batch->needed = 0;
    dgm_batch_empty(batch);
    if (!results_room(results, 0, FAST_EVENTS)) {
        return make_room(decoder, block);
    }
    batch->output = results->bytes;
    batch->output_size = results->size;
    batch->output_length = results->length;
    enum dgm_status status = dgm_decode_batch(decoder->worker.codec, batch);
    if (status == DGM_BAD_CALL) {
        decoder->is_fast = false; /* each frame tells it */
        return PACE_SLOW;
    }
    results->length = batch->output_length;
    if (batch->failed > 0 || batch->notice_count > 0) {
        tell_items(decoder, block, results);
    }
    if (batch->done > 0) {
        go_on(block, fast->ends[batch->done - 1], batch->done);
    }
    if (status == DGM_NO_SPACE && batch->needed > 0) {
        return make_room(decoder, block);
    }
    return PACE_ON;
}

static enum room put_fault(struct decoder *decoder, struct block *block, size_t column,
                           const struct hexin_fault *fault)
{
    struct place place = place_of(decoder, block, 1);
    enum room room = results_make_room(&block->results, decoder->sink, 0, 1);
    place.column = column;
    if (room == ROOM_MADE) {
        results_fault(&block->results, block->results.length, &place, "input", fault);
    }
    return room;
}

/* A line, in whatever spelling. */
static enum pace take_line(struct decoder *decoder, struct block *block, const char *line,
                           size_t length)
{
    struct place place = place_of(decoder, block, 1);
    struct hexin_fault fault;
    struct frame frame;
    bool again = true;
    enum pace pace = PACE_ON;
    while (again && pace == PACE_ON) {
        switch (
            framein_take(&decoder->in, &place, line, length, &frame, &fault, &again)) {
        case FRAMEIN_FRAME:
            pace = pace_of(decoder_frame(decoder, &frame, &block->results));
            break;
        case FRAMEIN_BAD:
            pace = pace_of(put_fault(decoder, block, fault.column, &fault));
            break;
        case FRAMEIN_DUMP:
            return PACE_STOP;
        case FRAMEIN_ON:
            break;
        }
    }
    return pace;
}

static enum pace run_slow(struct decoder *decoder, struct block *block)
{
    const char *line = block->lines.text + block->at;
    size_t left = block->lines.length - block->at;
    const char *end = memchr(line, '\n', left);
    size_t length = end != NULL ? (size_t)(end - line) : left;
    size_t at = block->at + length + (end != NULL ? 1 : 0);
    enum pace pace = PACE_ON;
    if (length > LINES_LENGTH_MAX) {
        struct hexin_fault fault;
        (void)snprintf(fault.text, sizeof(fault.text), "the line is longer than %d bytes",
                       LINES_LENGTH_MAX);
        pace = pace_of(put_fault(decoder, block, 0, &fault));
    } else {
        length -= length > 0 && line[length - 1] == '\r' ? 1 : 0;
        pace = take_line(decoder, block, line, length);
    }
    if (pace == PACE_ON) {
        go_on(block, at, 1);
    }
    return pace;
}

static void work(void *lane, struct block *block)
{
    struct decoder *decoder = lane;
    enum pace pace = PACE_ON;
    while (pace != PACE_STOP && block->at < block->lines.length &&
           (decoder->sink == NULL || output_good(decoder->sink->output))) {
        bool is_fast = decoder->is_fast && framein_settled(&decoder->in);
        pace = is_fast ? run_fast(decoder, block) : PACE_SLOW;
        if (pace == PACE_SLOW) {
            pace = run_slow(decoder, block);
        }
    }
}

static bool settled(const void *lane)
{
    const struct decoder *decoder = lane;
    return framein_settled(&decoder->in);
}

static void end(void *lane, struct results *results)
{
    struct decoder *decoder = lane;
    struct frame frame;
    if (framein_end(&decoder->in, &frame) == FRAMEIN_FRAME) {
        (void)decoder_frame(decoder, &frame, results);
    }
}

const struct crew_ways decoder_ways = {work, settled, end};
