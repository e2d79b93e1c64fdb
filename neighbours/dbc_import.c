/* SPDX-License-Identifier: MIT */
/* A DBC file becomes a profile: read, sifted, written. */
#include "dbc_bits.h"
#include "dbc_write.h"

#include <string.h>

/* Those of one identifier, or of one name, stand together. */
static void sift_doubles(const struct dbc *dbc)
{
    for (size_t i = 1; i < dbc->message_count; i++) {
        if (dbc->by_id[i]->id == dbc->by_id[i - 1]->id && !dbc->by_id[i]->is_lost) {
            dbc->by_id[i]->is_lost = true;
            dbc_warn_message(dbc, dbc->by_id[i],
                             "another message has this identifier; it is left out");
        }
    }
    for (size_t i = 1; i < dbc->signal_count; i++) {
        struct dbc_signal *signal = dbc->by_name[i];
        if (signal->id == dbc->by_name[i - 1]->id &&
            dbc_text_same(signal->name, dbc->by_name[i - 1]->name)) {
            signal->is_lost = true;
            dbc_warn_signal(
                dbc, signal,
                "another signal of the message has this name; it is left out");
        }
    }
}

static void sift_signals(const struct dbc *dbc, const struct dbc_message *message)
{
    for (size_t i = 0; i < message->signals.count; i++) {
        struct dbc_signal *signal = &dbc->signals[message->signals.at + i];
        if (dbc_signal_bytes(signal).last >= message->size && !signal->is_lost) {
            signal->is_lost = true;
            dbc_warn_signal(dbc, signal,
                            "it goes beyond the end of its message, and is left out");
        }
    }
}

/* Take out what cannot be described, and messages that nobody asked for. */
static void sift(const struct dbc *dbc)
{
    static const struct dbc_place nowhere = {0, 0};
    const char *node = dbc->source->node;
    bool any = false;
    for (size_t i = 0; i < dbc->message_count; i++) {
        struct dbc_message *message = &dbc->messages[i];
        message->wanted =
            message->wanted || node == NULL || dbc_text_is(message->sender, node);
        any = any || (message->wanted && !message->is_lost);
        if (message->wanted && !message->is_lost) {
            sift_signals(dbc, message);
        }
    }
    if (!any && node != NULL) {
        dbc_tell(dbc, DGM_SEVERITY_ERROR, &nowhere, "no message is sent by '%s'", node);
    } else if (!any) {
        dbc_tell(dbc, DGM_SEVERITY_ERROR, &nowhere, "there are no messages in this file");
    }
}

enum dgm_status dbc_import(FILE *file, struct notes *notes,
                           const struct dbc_source *source)
{
    struct dbc dbc;
    memset(&dbc, 0, sizeof(dbc));
    dbc.notes = notes;
    dbc.source = source;
    enum dgm_status status = dbc_read(&dbc);
    if (status == DGM_OK) {
        sift_doubles(&dbc);
        sift(&dbc);
        status = notes->errors > 0 ? DGM_PROFILE : dbc_write(file, &dbc);
    }
    dbc_close(&dbc);
    return status;
}
