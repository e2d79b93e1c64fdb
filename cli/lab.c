/* SPDX-License-Identifier: MIT */
/*
 * A place to try frames in. Framing is left away: frames are made of what stands inside,
 * and are put on the line at the end.
 */
#include "lab.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The same table without its framing, as a codec of its own. */
static bool strip_framing(struct lab *lab)
{
    const struct dgm_model *model = dgm_codec_model(lab->line);
    if (model->framings.count == 0) {
        lab->codec = lab->line;
        return true;
    }
    size_t size = dgm_codec_size(model, model->size);
    lab->block = malloc(model->size);
    lab->memory = malloc(size);
    if (lab->block == NULL || lab->memory == NULL) {
        return false;
    }
    memcpy(lab->block, model, model->size);
    ((struct dgm_model *)lab->block)->framings.count = 0;
    return dgm_codec_open(lab->block, model->size, lab->memory, size, &lab->codec,
                          NULL) == DGM_OK;
}

bool lab_open(struct lab *lab, const struct dgm_codec *codec)
{
    memset(lab, 0, sizeof(*lab));
    lab->line = codec;
    lab->visits = malloc(LAB_VISITS * sizeof(*lab->visits));
    if (lab->visits == NULL || !strip_framing(lab) ||
        !worker_open(&lab->worker, lab->codec)) {
        lab_close(lab);
        return false;
    }
    tables_open(&lab->tables, lab->codec);
    lab->has_received = tables_has_code(&lab->tables, DGM_CODE_RECEIVED);
    return true;
}

void lab_close(struct lab *lab)
{
    worker_close(&lab->worker);
    free(lab->visits);
    free(lab->memory);
    free(lab->block);
    memset(lab, 0, sizeof(*lab));
}

void lab_take(struct lab *lab, uint16_t message, uint64_t seed)
{
    lab->message = message;
    lab->rows = tables_rows(&lab->tables, message);
    lab->calls = 0;
    lab->visit_count = 0;
    lab->has_request = false;
    dice_open(&lab->dice, seed, message);
}

const struct dgm_message *lab_message(const struct lab *lab)
{
    return &lab->tables.messages[lab->message];
}

const char *lab_name(const struct lab *lab, uint16_t message)
{
    return dgm_codec_text(lab->codec, lab->tables.messages[message].name);
}

struct dgm_call lab_call(const struct lab *lab, const struct specimen *specimen)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.direction =
        tables_is_down(lab_message(lab)) ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    call.shape = DGM_SHAPE_PLAIN;
    call.has_channel = specimen->has_channel;
    call.channel = specimen->channel;
    call.topic = specimen->topic[0] != '\0' ? specimen->topic : NULL;
    call.topic_length = strlen(specimen->topic);
    call.has_received = lab->has_received;
    call.received_ms = (int64_t)LAB_RECEIVED_S * 1000;
    if (lab->has_request) {
        call.request = lab->request.bytes;
        call.request_length = lab->request.length;
    }
    return call;
}

enum dgm_status lab_decode(struct lab *lab, const struct specimen *specimen)
{
    struct dgm_call call = lab_call(lab, specimen);
    call.message = lab_name(lab, lab->message);
    call.visits = lab->visits;
    call.visit_capacity = LAB_VISITS;
    lab->calls++;
    enum dgm_status status =
        worker_decode(&lab->worker, &call, specimen->bytes, specimen->length);
    lab->visit_count = lab->worker.outcome.visit_count;
    if (lab->visit_count > LAB_VISITS) {
        lab->visit_count = LAB_VISITS;
    }
    return status;
}

bool lab_identifies(const struct lab *lab, const struct specimen *specimen)
{
    struct dgm_call call = lab_call(lab, specimen);
    uint16_t found = dgm_identify(lab->codec, &call, specimen->bytes, specimen->length);
    return found == lab->message;
}

/* Where bytes of the line go. */
struct line {
    uint8_t *bytes;
    size_t length;
};

static void put(struct line *line, const uint8_t *bytes, size_t length)
{
    memcpy(line->bytes + line->length, bytes, length);
    line->length += length;
}

static void put_escaped(struct line *line, const struct dgm_framing *framing,
                        uint8_t byte)
{
    for (unsigned i = 0; i < framing->pair_count; i++) {
        if (framing->pairs[i].byte == byte) {
            put(line, framing->pairs[i].with, framing->pairs[i].length);
            return;
        }
    }
    put(line, &byte, 1);
}

/* Consistent overhead byte stuffing: a block's first byte counts it. */
static void put_cobs(struct line *line, const uint8_t *bytes, size_t length)
{
    static const uint8_t start = 1;
    size_t code = line->length;
    put(line, &start, 1);
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != 0) {
            put(line, &bytes[i], 1);
            line->bytes[code]++;
        }
        bool is_full = line->bytes[code] == 0xFF && i + 1 < length;
        if (bytes[i] == 0 || is_full) {
            code = line->length;
            put(line, &start, 1);
        }
    }
}

size_t lab_wrap(const struct lab *lab, const uint8_t *bytes, size_t length, uint8_t *ret)
{
    const struct dgm_model *model = dgm_codec_model(lab->line);
    struct line line = {ret, 0};
    if (length > SPECIMEN_MAX) {
        return 0;
    }
    if (model->framings.count == 0) {
        put(&line, bytes, length);
        return line.length;
    }
    const void *first = (const uint8_t *)model + model->framings.offset;
    const struct dgm_framing *framing = first;
    put(&line, framing->start, framing->start_length);
    if (framing->escape == DGM_FRAMING_COBS) {
        put_cobs(&line, bytes, length);
    } else {
        for (size_t i = 0; i < length; i++) {
            put_escaped(&line, framing, bytes[i]);
        }
    }
    put(&line, framing->end, framing->end_length);
    return line.length;
}

void lab_put_words(const struct lab *lab, const struct specimen *specimen, FILE *file)
{
    if (specimen->has_channel) {
        (void)fprintf(file, "port=%" PRIu32 " ", specimen->channel);
    }
    if (specimen->topic[0] != '\0') {
        (void)fprintf(file, "topic=%s ", specimen->topic);
    }
    if (lab->has_received) {
        (void)fputs("time=2026-01-02T03:04:05Z ", file);
    }
}
