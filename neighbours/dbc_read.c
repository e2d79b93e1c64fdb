/* SPDX-License-Identifier: MIT */
/*
 * Two passes: messages and signals first; what is said about them, wherever that stands,
 * when they are all known and sorted. An error ends its section, and the next one is read
 * so that all errors of a file are told at once.
 */
#include "dbc_model.h"

#include <string.h>

enum { ERRORS_MAX = 20, UNKNOWN_MAX = 32 };

/* A section by its first word, and who reads it in each pass; NULL: it is passed over. */
struct section {
    const char *word;
    bool (*first)(struct dbc_reader *reader);
    bool (*second)(struct dbc_reader *reader);
    bool is_aside; /* says nothing about frames */
};

static bool read_version(struct dbc_reader *reader)
{
    return dbc_take(reader, DBC_STRING, "a version in quotes", &reader->dbc->version);
}

/* The names of sections that a file may have: a list without an end of its own. */
static bool read_symbols(struct dbc_reader *reader)
{
    struct dbc_scan *scan = &reader->scan;
    if (!dbc_take_sign(reader, ':')) {
        return false;
    }
    while (scan->token.kind == DBC_WORD && !dbc_text_is(scan->token.text, "BS_") &&
           !dbc_text_is(scan->token.text, "BU_")) {
        dbc_scan_next(scan);
    }
    return true;
}

static const struct section sections[] = {
    {"BA_", NULL, dbc_read_attribute, true},
    {"BO_", dbc_read_message, NULL, false},
    {"BO_TX_BU_", NULL, dbc_read_senders, false},
    {"CM_", NULL, dbc_read_comment, true},
    {"SG_", dbc_read_signal, NULL, false},
    {"SG_MUL_VAL_", NULL, dbc_read_spans, false},
    {"SIG_VALTYPE_", NULL, dbc_read_float, false},
    {"VAL_", NULL, dbc_read_labels, false},
    {"VERSION", read_version, NULL, false},
    {"BA_DEF_", NULL, NULL, false},
    {"BA_DEF_DEF_", NULL, dbc_read_default, true},
    {"BA_DEF_DEF_REL_", NULL, NULL, false},
    {"BA_DEF_REL_", NULL, NULL, false},
    {"BA_DEF_SGTYPE_", NULL, NULL, false},
    {"BA_REL_", NULL, NULL, false},
    {"BA_SGTYPE_", NULL, NULL, false},
    {"BS_", NULL, NULL, false},
    {"BU_", NULL, NULL, false},
    {"CAT_", NULL, NULL, false},
    {"CAT_DEF_", NULL, NULL, false},
    {"ENVVAR_DATA_", NULL, NULL, false},
    {"EV_", NULL, NULL, false},
    {"EV_DATA_", NULL, NULL, false},
    {"FILTER", NULL, NULL, false},
    {"NS_", read_symbols, read_symbols, false},
    {"SGTYPE_", NULL, NULL, false},
    {"SGTYPE_VAL_", NULL, NULL, false},
    {"SIGTYPE_VALTYPE_", NULL, NULL, false},
    {"SIG_GROUP_", NULL, NULL, false},
    {"SIG_TYPE_REF_", NULL, NULL, false},
    {"VAL_TABLE_", NULL, NULL, false},
};

/* Words of sections that nobody knows, each told once. */
struct unknown {
    struct dbc_text words[UNKNOWN_MAX];
    size_t count;
};

bool dbc_no_memory(struct dbc_reader *reader)
{
    reader->no_memory = true;
    return false;
}

bool dbc_expected(struct dbc_reader *reader, const char *what)
{
    const struct dbc_token *token = &reader->scan.token;
    enum dgm_severity severity =
        reader->is_aside ? DGM_SEVERITY_WARNING : DGM_SEVERITY_ERROR;
    if (token->kind == DBC_END) {
        dbc_tell(reader->dbc, severity, &token->place,
                 "%s is expected, and the file ends", what);
    } else if (token->kind == DBC_OPEN) {
        dbc_tell(reader->dbc, severity, &token->place,
                 "%s is expected, and a text begins that has no end", what);
    } else {
        dbc_tell(reader->dbc, severity, &token->place, "%s is expected, found '%.*s'",
                 what, DBC_SHOWN(token->text));
    }
    return false;
}

bool dbc_at_sign(const struct dbc_reader *reader, char sign)
{
    const struct dbc_token *token = &reader->scan.token;
    return token->kind == DBC_SIGN && token->text.at[0] == sign;
}

bool dbc_at_word(const struct dbc_reader *reader)
{
    return reader->scan.token.kind == DBC_WORD && !reader->scan.token.is_first;
}

bool dbc_take_sign(struct dbc_reader *reader, char sign)
{
    const char what[] = {'\'', sign, '\'', '\0'};
    if (!dbc_at_sign(reader, sign)) {
        return dbc_expected(reader, what);
    }
    dbc_scan_next(&reader->scan);
    return true;
}

bool dbc_take(struct dbc_reader *reader, enum dbc_kind kind, const char *what,
              struct dbc_text *ret)
{
    if (reader->scan.token.kind != kind) {
        return dbc_expected(reader, what);
    }
    *ret = reader->scan.token.text;
    dbc_scan_next(&reader->scan);
    return true;
}

bool dbc_take_integer(struct dbc_reader *reader, uint64_t most, const char *what,
                      uint64_t *ret)
{
    const struct dbc_token *token = &reader->scan.token;
    uint64_t value = 0;
    if (token->kind != DBC_NUMBER) {
        return dbc_expected(reader, what);
    }
    for (size_t i = 0; i < token->text.length; i++) {
        unsigned digit = (unsigned char)token->text.at[i] - (unsigned)'0';
        if (digit > 9 || value > (UINT64_MAX - digit) / 10) {
            return dbc_expected(reader, what);
        }
        value = value * 10 + digit;
    }
    if (value > most) {
        return dbc_expected(reader, what);
    }
    *ret = value;
    dbc_scan_next(&reader->scan);
    return true;
}

bool dbc_expect_end(struct dbc_reader *reader, const char *what)
{
    const struct dbc_token *token = &reader->scan.token;
    return dbc_at_sign(reader, ';') || token->kind == DBC_END || token->is_first ||
           dbc_expected(reader, what);
}

static const struct section *find_section(struct dbc_text word)
{
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
        if (dbc_text_is(word, sections[i].word)) {
            return &sections[i];
        }
    }
    return NULL;
}

/* Sections begin lines, those that nobody knows at the first column. */
bool dbc_at_section(const struct dbc_reader *reader)
{
    const struct dbc_token *token = &reader->scan.token;
    return token->kind == DBC_WORD && token->is_first &&
           (token->place.column == 1 || find_section(token->text) != NULL);
}

static void skip_section(struct dbc_reader *reader)
{
    while (reader->scan.token.kind != DBC_END && !dbc_at_section(reader)) {
        dbc_scan_next(&reader->scan);
    }
}

static void tell_unknown(const struct dbc_reader *reader, struct unknown *unknown,
                         const struct dbc_token *token)
{
    for (size_t i = 0; i < unknown->count; i++) {
        if (dbc_text_same(unknown->words[i], token->text)) {
            return;
        }
    }
    if (unknown->count < UNKNOWN_MAX) {
        unknown->words[unknown->count++] = token->text;
        dbc_tell(reader->dbc, DGM_SEVERITY_WARNING, &token->place,
                 "nothing is known of '%.*s', which is passed over",
                 DBC_SHOWN(token->text));
    }
}

/* One section, or what stands where none begins. */
static void read_section(struct dbc_reader *reader, bool is_first,
                         struct unknown *unknown)
{
    struct dbc_scan *scan = &reader->scan;
    struct dbc_token word = scan->token;
    if (word.kind != DBC_WORD) {
        reader->is_aside = false;
        if (is_first) {
            (void)dbc_expected(reader, "a section, such as BO_ or VAL_,");
        }
        dbc_scan_next(scan);
        skip_section(reader);
        return;
    }
    const struct section *section = find_section(word.text);
    bool (*read)(struct dbc_reader *) = section == NULL ? NULL
                                        : is_first      ? section->first
                                                        : section->second;
    if (section == NULL && is_first) {
        tell_unknown(reader, unknown, &word);
    }
    dbc_scan_next(scan);
    reader->is_aside = section != NULL && section->is_aside;
    bool is_done = read != NULL && read(reader);
    if (is_done && dbc_at_sign(reader, ';')) {
        dbc_scan_next(scan);
    }
    if (!is_done) {
        skip_section(reader);
    }
}

static bool read_pass(struct dbc_reader *reader, bool is_first)
{
    struct unknown unknown = {.count = 0};
    dbc_scan_open(&reader->scan, reader->dbc->source->text, reader->dbc->source->length);
    while (reader->scan.token.kind != DBC_END && !reader->no_memory &&
           reader->dbc->notes->errors < ERRORS_MAX) {
        read_section(reader, is_first, &unknown);
    }
    return !reader->no_memory;
}

/* So that no array is NULL, with or without something in it. */
static bool reserve(struct dbc *dbc)
{
    return dbc_grow(&dbc->messages, &dbc->message_room, 0, sizeof(*dbc->messages)) &&
           dbc_grow(&dbc->signals, &dbc->signal_room, 0, sizeof(*dbc->signals)) &&
           dbc_grow(&dbc->labels, &dbc->label_room, 0, sizeof(*dbc->labels)) &&
           dbc_grow(&dbc->spans, &dbc->span_room, 0, sizeof(*dbc->spans));
}

enum dgm_status dbc_read(struct dbc *dbc)
{
    struct dbc_reader reader;
    memset(&reader, 0, sizeof(reader));
    reader.dbc = dbc;
    if (!reserve(dbc) || !read_pass(&reader, true) || !dbc_index(dbc) ||
        !read_pass(&reader, false)) {
        return DGM_MEMORY;
    }
    return dbc->notes->errors > 0 ? DGM_PROFILE : DGM_OK;
}
