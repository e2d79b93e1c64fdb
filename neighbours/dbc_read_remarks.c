/* SPDX-License-Identifier: MIT */
/* What is said about messages and signals, when those are known. */
#include "dbc_model.h"

enum { CYCLE_MAX = 86400000 };

/* "id name": the signal, or NULL if there is none, which is told. */
static bool take_signal(struct dbc_reader *reader, struct dbc_signal **ret)
{
    struct dbc_place place = reader->scan.token.place;
    struct dbc_text name;
    uint64_t id = 0;
    if (!dbc_take_integer(reader, UINT32_MAX, "the identifier of a message", &id) ||
        !dbc_take(reader, DBC_WORD, "the name of a signal", &name)) {
        return false;
    }
    *ret = dbc_signal(reader->dbc, dbc_identifier(id), name);
    if (*ret == NULL) {
        dbc_tell(reader->dbc, DGM_SEVERITY_WARNING, &place,
                 "there is no signal '%.*s' in a message %lu", DBC_SHOWN(name),
                 (unsigned long)id);
    }
    return true;
}

static bool take_message(struct dbc_reader *reader, struct dbc_message **ret)
{
    struct dbc_place place = reader->scan.token.place;
    uint64_t id = 0;
    if (!dbc_take_integer(reader, UINT32_MAX, "the identifier of a message", &id)) {
        return false;
    }
    *ret = dbc_message(reader->dbc, dbc_identifier(id));
    if (*ret == NULL) {
        dbc_tell(reader->dbc, DGM_SEVERITY_WARNING, &place, "there is no message %lu",
                 (unsigned long)id);
    }
    return true;
}

/* "3", "-1", "2.0": a whole number; else told, and false. */
static bool label_key(const struct dbc_reader *reader, const struct dbc_token *token,
                      struct dbc_label *ret)
{
    size_t at = token->text.at[0] == '-' || token->text.at[0] == '+';
    ret->negative = token->text.at[0] == '-';
    ret->magnitude = 0;
    for (; at < token->text.length && token->text.at[at] != '.'; at++) {
        unsigned digit = (unsigned char)token->text.at[at] - (unsigned)'0';
        if (digit > 9 || ret->magnitude > (UINT64_MAX - digit) / 10) {
            break;
        }
        ret->magnitude = ret->magnitude * 10 + digit;
    }
    for (at += at < token->text.length && token->text.at[at] == '.';
         at < token->text.length && token->text.at[at] == '0'; at++) {
    }
    if (at < token->text.length) {
        dbc_tell(reader->dbc, DGM_SEVERITY_WARNING, &token->place,
                 "'%.*s' is no whole number; its text is left out",
                 DBC_SHOWN(token->text));
    }
    return at == token->text.length;
}

static bool add_label(struct dbc_reader *reader, const struct dbc_label *label,
                      struct dbc_signal *signal)
{
    struct dbc *dbc = reader->dbc;
    if (!dbc_grow(&dbc->labels, &dbc->label_room, dbc->label_count, sizeof(*label))) {
        return dbc_no_memory(reader);
    }
    dbc->labels[dbc->label_count++] = *label;
    signal->labels.count++;
    return true;
}

bool dbc_read_labels(struct dbc_reader *reader)
{
    struct dbc_signal *signal = NULL;
    if (reader->scan.token.kind == DBC_WORD) {
        return false; /* of an environment variable */
    }
    if (!take_signal(reader, &signal)) {
        return false;
    }
    if (signal != NULL) {
        signal->labels = (struct dbc_slice){reader->dbc->label_count, 0};
    }
    while (reader->scan.token.kind == DBC_NUMBER) {
        struct dbc_token number = reader->scan.token;
        struct dbc_label label;
        dbc_scan_next(&reader->scan);
        if (!dbc_take(reader, DBC_STRING, "a text for the value", &label.text)) {
            return false;
        }
        if (signal != NULL && label_key(reader, &number, &label) &&
            !add_label(reader, &label, signal)) {
            return false;
        }
    }
    return dbc_expect_end(reader, "a value or ';'");
}

bool dbc_read_comment(struct dbc_reader *reader)
{
    struct dbc_text *target = &reader->dbc->comment;
    struct dbc_text word = reader->scan.token.text;
    if (reader->scan.token.kind == DBC_WORD) {
        bool is_signal = dbc_text_is(word, "SG_");
        struct dbc_message *message = NULL;
        struct dbc_signal *signal = NULL;
        if (!is_signal && !dbc_text_is(word, "BO_")) {
            return false; /* of a node or an environment variable */
        }
        dbc_scan_next(&reader->scan);
        if (is_signal ? !take_signal(reader, &signal) : !take_message(reader, &message)) {
            return false;
        }
        target = signal != NULL    ? &signal->comment
                 : message != NULL ? &message->comment
                                   : NULL;
    }
    return dbc_take(reader, DBC_STRING, "a comment in quotes",
                    target != NULL ? target : &word) &&
           dbc_expect_end(reader, "';' behind a comment");
}

/* What a whole attribute says about the file. */
static void set_network(struct dbc *dbc, struct dbc_text name,
                        const struct dbc_token *value)
{
    if (value->kind == DBC_STRING && dbc_text_is(name, "DBName")) {
        dbc->model = value->text;
    } else if (value->kind == DBC_STRING && dbc_text_is(name, "Manufacturer")) {
        dbc->maker = value->text;
    }
}

static uint32_t small_number(const struct dbc_token *token, uint32_t most)
{
    uint32_t value = 0;
    for (size_t i = 0; token->kind == DBC_NUMBER && i < token->text.length; i++) {
        unsigned digit = (unsigned char)token->text.at[i] - (unsigned)'0';
        if (digit > 9 || value > (most - 9) / 10) {
            return 0;
        }
        value = value * 10 + digit;
    }
    return value;
}

/* The fourth of its words, which is named or counted. */
static enum dbc_frames frames_of(const struct dbc_token *value)
{
    enum { J1939 = 3 };
    return dbc_text_is(value->text, "J1939PG") || small_number(value, CYCLE_MAX) == J1939
               ? DBC_FRAMES_J1939
               : DBC_FRAMES_PLAIN;
}

static void set_message(struct dbc_message *message, struct dbc_text name,
                        const struct dbc_token *value)
{
    if (dbc_text_is(name, "GenMsgCycleTime")) {
        message->cycle = small_number(value, CYCLE_MAX);
    } else if (dbc_text_is(name, "VFrameFormat")) {
        message->frames = frames_of(value);
    } else if (value->kind == DBC_STRING && value->text.length > 0 &&
               dbc_text_is(name, "SystemMessageLongSymbol")) {
        message->long_name = value->text;
    }
}

bool dbc_read_attribute(struct dbc_reader *reader)
{
    struct dbc_message *message = NULL;
    struct dbc_signal *signal = NULL;
    struct dbc_text name, object = {NULL, 0};
    if (!dbc_take(reader, DBC_STRING, "the name of an attribute, in quotes,", &name)) {
        return false;
    }
    if (reader->scan.token.kind == DBC_WORD) {
        object = reader->scan.token.text;
        bool is_signal = dbc_text_is(object, "SG_");
        if (!is_signal && !dbc_text_is(object, "BO_")) {
            return false; /* of a node or an environment variable */
        }
        dbc_scan_next(&reader->scan);
        if (is_signal ? !take_signal(reader, &signal) : !take_message(reader, &message)) {
            return false;
        }
    }
    struct dbc_token value = reader->scan.token;
    if (value.kind != DBC_NUMBER && value.kind != DBC_STRING) {
        return dbc_expected(reader, "the value of the attribute");
    }
    dbc_scan_next(&reader->scan);
    if (object.at == NULL) {
        set_network(reader->dbc, name, &value);
    } else if (message != NULL) {
        set_message(message, name, &value);
    } else if (signal != NULL && value.kind == DBC_STRING && value.text.length > 0 &&
               dbc_text_is(name, "SystemSignalLongSymbol")) {
        signal->long_name = value.text;
    }
    return true;
}

/* What an attribute is where nothing is said. */
bool dbc_read_default(struct dbc_reader *reader)
{
    struct dbc_text name;
    if (!dbc_take(reader, DBC_STRING, "the name of an attribute, in quotes,", &name)) {
        return false;
    }
    if (dbc_text_is(name, "VFrameFormat")) {
        reader->dbc->frames = frames_of(&reader->scan.token);
    }
    dbc_scan_next(&reader->scan);
    return true;
}

bool dbc_read_float(struct dbc_reader *reader)
{
    struct dbc_place place = reader->scan.token.place;
    struct dbc_signal *signal = NULL;
    uint64_t form = 0;
    if (!take_signal(reader, &signal)) {
        return false;
    }
    if (dbc_at_sign(reader, ':')) {
        dbc_scan_next(&reader->scan);
    }
    if (!dbc_take_integer(reader, 3, "0 to 3 for the type of the value", &form)) {
        return false;
    }
    if (signal == NULL) {
        return true;
    }
    if ((form == 1 && signal->size != 32) || (form == 2 && signal->size != 64) ||
        form == 3) {
        dbc_tell(reader->dbc, DGM_SEVERITY_WARNING, &place,
                 "'%.*s' has %u bits, which are no such float; it is left "
                 "out",
                 DBC_SHOWN(signal->name), signal->size);
        signal->is_lost = true;
    }
    signal->form = form == 1 ? DBC_SINGLE : form == 2 ? DBC_DOUBLE : DBC_INTEGER;
    return true;
}

/* "0-3": the sign of the second number is the dash between both. */
static bool take_span(struct dbc_reader *reader, struct dbc_span *ret)
{
    const struct dbc_token start = reader->scan.token;
    if (!dbc_take_integer(reader, UINT64_MAX, "a range such as 0-3", &ret->first)) {
        return false;
    }
    struct dbc_token *token = &reader->scan.token;
    if (token->kind == DBC_NUMBER && token->text.at[0] == '-') {
        token->text.at++;
        token->text.length--;
    } else if (dbc_at_sign(reader, '-')) {
        dbc_scan_next(&reader->scan);
    } else {
        return dbc_expected(reader, "a range such as 0-3");
    }
    if (!dbc_take_integer(reader, UINT64_MAX, "the end of a range", &ret->last)) {
        return false;
    }
    if (ret->first > ret->last) {
        reader->scan.token = start;
        return dbc_expected(reader, "a range that ascends");
    }
    return true;
}

bool dbc_read_spans(struct dbc_reader *reader)
{
    struct dbc *dbc = reader->dbc;
    struct dbc_slice spans = {dbc->span_count, 0};
    struct dbc_signal *signal = NULL;
    struct dbc_text parent;
    if (!take_signal(reader, &signal) ||
        !dbc_take(reader, DBC_WORD, "the name of a multiplexor", &parent)) {
        return false;
    }
    do {
        struct dbc_span span;
        if (!take_span(reader, &span)) {
            return false;
        }
        if (!dbc_grow(&dbc->spans, &dbc->span_room, dbc->span_count, sizeof(span))) {
            return dbc_no_memory(reader);
        }
        dbc->spans[dbc->span_count++] = span;
        spans.count++;
        if (dbc_at_sign(reader, ',')) {
            dbc_scan_next(&reader->scan);
        }
    } while (reader->scan.token.kind == DBC_NUMBER);
    if (signal != NULL) {
        signal->spans = spans;
        signal->parent = parent;
        signal->is_selected = true;
    }
    return true;
}

bool dbc_read_senders(struct dbc_reader *reader)
{
    struct dbc_message *message = NULL;
    const char *node = reader->dbc->source->node;
    if (!take_message(reader, &message) || !dbc_take_sign(reader, ':')) {
        return false;
    }
    while (reader->scan.token.kind == DBC_WORD) {
        if (message != NULL && node != NULL &&
            dbc_text_is(reader->scan.token.text, node)) {
            message->wanted = true;
        }
        dbc_scan_next(&reader->scan);
        if (dbc_at_sign(reader, ',')) {
            dbc_scan_next(&reader->scan);
        }
    }
    return true;
}
