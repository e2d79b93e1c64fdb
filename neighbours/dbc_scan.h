/* SPDX-License-Identifier: MIT */
/* The words of a DBC file, one after the other. */
#ifndef DGM_NEIGHBOURS_DBC_SCAN_H
#define DGM_NEIGHBOURS_DBC_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of the file, as it stands there. */
struct dbc_text {
    const char *at; /* NULL: there is none */
    size_t length;
};

struct dbc_place {
    unsigned long line; /* from 1 */
    size_t column;      /* from 1, in bytes */
};

enum dbc_kind {
    DBC_END,
    DBC_WORD,
    DBC_NUMBER,
    DBC_STRING, /* its text is without the quotes */
    DBC_SIGN,   /* any other byte */
    DBC_OPEN    /* a string that does not end */
};

struct dbc_token {
    enum dbc_kind kind;
    struct dbc_text text;
    struct dbc_place place;
    bool is_first; /* of its line */
};

struct dbc_scan {
    const char *at, *end, *line_start;
    unsigned long line;
    struct dbc_token token; /* the one that is to be looked at */
};

/* The first token is there at once. */
void dbc_scan_open(struct dbc_scan *scan, const char *text, size_t length);
void dbc_scan_next(struct dbc_scan *scan);

bool dbc_text_is(struct dbc_text text, const char *word);
bool dbc_text_same(struct dbc_text left, struct dbc_text right);
/* Below 0, 0, above 0. */
int dbc_text_compare(struct dbc_text left, struct dbc_text right);

#endif
