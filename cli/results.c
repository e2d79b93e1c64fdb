/* SPDX-License-Identifier: MIT */
/* See results.h. */
#include "results.h"

#include <stdlib.h>
#include <string.h>

enum event_kind { EVENT_FAULT, EVENT_ERROR, EVENT_NOTICE, EVENT_MORE };

struct results_event {
    size_t at; /* bytes that come first */
    enum event_kind kind;
    struct place place;
    union {
        struct {
            const char *id;
            char text[sizeof(((struct hexin_fault *)NULL)->text)];
        } fault;
        struct {
            struct dgm_error error;
            const char *json;
            size_t json_length;
        } call;
        size_t more; /* notices that are not shown */
    } of;
};

bool results_open(struct results *results, size_t size)
{
    memset(results, 0, sizeof(*results));
    results->bytes = malloc(size);
    results->events = malloc(RESULTS_EVENTS * sizeof(*results->events));
    results->size = size;
    return results->bytes != NULL && results->events != NULL;
}

void results_close(struct results *results)
{
    free(results->bytes);
    free(results->events);
    memset(results, 0, sizeof(*results));
}

bool results_room(const struct results *results, size_t bytes, size_t events)
{
    return bytes <= results->size - results->length &&
           events <= RESULTS_EVENTS - results->event_count;
}

void results_clear(struct results *results)
{
    results->length = results->event_count = 0;
}

void results_put(struct results *results, const char *bytes, size_t length)
{
    memcpy(results->bytes + results->length, bytes, length);
    results->length += length;
}

static struct results_event *add(struct results *results, size_t at, enum event_kind kind,
                                 const struct place *place)
{
    struct results_event *event = &results->events[results->event_count++];
    event->at = at;
    event->kind = kind;
    event->place = *place;
    return event;
}

void results_fault(struct results *results, size_t at, const struct place *place,
                   const char *id, const struct hexin_fault *fault)
{
    struct results_event *event = add(results, at, EVENT_FAULT, place);
    event->of.fault.id = id;
    memcpy(event->of.fault.text, fault->text, sizeof(event->of.fault.text));
}

static void add_call(struct results *results, size_t at, enum event_kind kind,
                     const struct place *place, const struct dgm_error *error,
                     const char *json, size_t length)
{
    struct results_event *event = add(results, at, kind, place);
    event->of.call.error = *error;
    event->of.call.json = json;
    event->of.call.json_length = length;
}

void results_error(struct results *results, size_t at, const struct place *place,
                   const struct dgm_error *error, const char *json, size_t length)
{
    add_call(results, at, EVENT_ERROR, place, error, json, length);
}

void results_notices(struct results *results, size_t at, const struct place *place,
                     const struct dgm_error *notices, size_t kept, size_t count)
{
    for (size_t i = 0; i < kept; i++) {
        add_call(results, at, EVENT_NOTICE, place, &notices[i], NULL, 0);
    }
    if (count > kept) {
        add(results, at, EVENT_MORE, place)->of.more = count - kept;
    }
}

static void tell(const struct results_event *event, struct sink *sink)
{
    struct place place = event->place;
    place.line += place.line != 0 ? sink->before : 0;
    switch (event->kind) {
    case EVENT_FAULT:
        report_error(sink->report, &place, event->of.fault.id, "%s",
                     event->of.fault.text);
        sink->code = cli_worse(sink->code, CLI_WRONG);
        break;
    case EVENT_ERROR:
        report_codec_json(sink->report, &place, false, sink->codec, &event->of.call.error,
                          event->of.call.json, event->of.call.json_length);
        sink->code = cli_worse(sink->code, cli_exit_of(event->of.call.error.status));
        break;
    case EVENT_NOTICE:
        report_codec(sink->report, &place, true, sink->codec, &event->of.call.error);
        break;
    case EVENT_MORE:
        report_warning(sink->report, &place, "limit", "%zu more warnings are not shown",
                       event->of.more);
        break;
    }
}

void results_tell(struct results *results, struct sink *sink)
{
    size_t written = 0;
    if (sink->busy) {
        return; /* the report asks for what is under way */
    }
    sink->busy = true;
    for (size_t i = 0; i < results->event_count && output_good(sink->output); i++) {
        const struct results_event *event = &results->events[i];
        output_write(sink->output, results->bytes + written, event->at - written);
        written = event->at;
        tell(event, sink);
    }
    output_write(sink->output, results->bytes + written, results->length - written);
    results_clear(results);
    sink->busy = false;
}

static bool grow(struct results *results, size_t bytes)
{
    if (bytes <= results->size - results->length) {
        return true;
    }
    char *grown = realloc(results->bytes, results->length + bytes);
    if (grown == NULL) {
        return false;
    }
    results->bytes = grown;
    results->size = results->length + bytes;
    return true;
}

enum room results_make_room(struct results *results, struct sink *sink, size_t bytes,
                            size_t events)
{
    if (results_room(results, bytes, events)) {
        return ROOM_MADE;
    }
    if (sink == NULL) {
        return ROOM_LATER;
    }
    results_tell(results, sink);
    if (grow(results, bytes)) {
        return ROOM_MADE;
    }
    sink->code = cli_worse(sink->code, report_memory(sink->report));
    return ROOM_NEVER;
}

void outlet_flush(void *user)
{
    struct outlet *outlet = user;
    results_tell(&outlet->results, &outlet->sink);
}
