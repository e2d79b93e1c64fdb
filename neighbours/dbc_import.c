/* SPDX-License-Identifier: MIT */
/* A DBC file becomes a profile: read, sifted, written. */
#include "dbc_bits.h"
#include "dbc_write.h"

#include <string.h>

struct sifting {
    struct dbc *dbc;
    struct notes *notes;
    const char *source;
};

static void warn(const struct sifting *sifting, struct dbc_place place,
                 struct dbc_text name, const char *text)
{
    notes_tell(sifting->notes, DGM_SEVERITY_WARNING, sifting->source, place.line,
               place.column, "'%.*s': %s", (int)(name.length < 64 ? name.length : 64),
               name.at, text);
}

/* Those of one identifier, or of one name, stand together. */
static void sift_doubles(const struct sifting *sifting)
{
    struct dbc *dbc = sifting->dbc;
    for (size_t i = 1; i < dbc->message_count; i++) {
        if (dbc->by_id[i]->id == dbc->by_id[i - 1]->id && !dbc->by_id[i]->is_lost) {
            dbc->by_id[i]->is_lost = true;
            warn(sifting, dbc->by_id[i]->place, dbc->by_id[i]->name,
                 "another message has this identifier; it is left out");
        }
    }
    for (size_t i = 1; i < dbc->signal_count; i++) {
        struct dbc_signal *signal = dbc->by_name[i];
        if (signal->id == dbc->by_name[i - 1]->id &&
            dbc_text_same(signal->name, dbc->by_name[i - 1]->name)) {
            signal->is_lost = true;
            warn(sifting, signal->place, signal->name,
                 "another signal of the message has this name; it is left out");
        }
    }
}

static void sift_signals(const struct sifting *sifting, const struct dbc_message *message)
{
    for (size_t i = 0; i < message->signals.count; i++) {
        struct dbc_signal *signal = &sifting->dbc->signals[message->signals.at + i];
        if (dbc_signal_bytes(signal).last >= message->size && !signal->is_lost) {
            signal->is_lost = true;
            warn(sifting, signal->place, signal->name,
                 "it goes beyond the end of its message, and is left out");
        }
    }
}

/* Take out what cannot be described, and messages that nobody asked for. */
static void sift(const struct sifting *sifting, const struct dbc_source *source)
{
    struct dbc *dbc = sifting->dbc;
    bool any = false;
    for (size_t i = 0; i < dbc->message_count; i++) {
        struct dbc_message *message = &dbc->messages[i];
        message->wanted = message->wanted || source->node == NULL ||
                          dbc_text_is(message->sender, source->node);
        any = any || (message->wanted && !message->is_lost);
        if (message->wanted && !message->is_lost) {
            sift_signals(sifting, message);
        }
    }
    if (!any && source->node != NULL) {
        notes_tell(sifting->notes, DGM_SEVERITY_ERROR, sifting->source, 0, 0,
                   "no message is sent by '%s'", source->node);
    } else if (!any) {
        notes_tell(sifting->notes, DGM_SEVERITY_ERROR, sifting->source, 0, 0,
                   "there are no messages in this file");
    }
}

enum dgm_status dbc_import(FILE *file, struct notes *notes,
                           const struct dbc_source *source)
{
    struct dbc dbc;
    struct sifting sifting = {&dbc, notes, source->name};
    memset(&dbc, 0, sizeof(dbc));
    enum dgm_status status = dbc_read(&dbc, notes, source);
    if (status == DGM_OK) {
        sift_doubles(&sifting);
        sift(&sifting, source);
        status = notes->errors > 0 ? DGM_PROFILE : dbc_write(file, &dbc, notes, source);
    }
    dbc_close(&dbc);
    return status;
}
