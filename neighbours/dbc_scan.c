/* SPDX-License-Identifier: MIT */
#include "dbc_scan.h"

#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Some write comments as C++ does, up to the end of the line. */
static void skip_comment(struct dbc_scan *scan)
{
    if (scan->end - scan->at > 1 && scan->at[0] == '/' && scan->at[1] == '/') {
        const char *feed = memchr(scan->at, '\n', (size_t)(scan->end - scan->at));
        scan->at = feed != NULL ? feed : scan->end;
    }
}

static void skip_blanks(struct dbc_scan *scan)
{
    for (skip_comment(scan); scan->at < scan->end; skip_comment(scan)) {
        if (*scan->at == '\n') {
            scan->line++;
            scan->line_start = scan->at + 1;
        } else if (*scan->at != ' ' && *scan->at != '\t' && *scan->at != '\r') {
            return;
        }
        scan->at++;
    }
}

static const char *skip_line_blanks(const struct dbc_scan *scan, const char *at)
{
    while (at < scan->end && (*at == ' ' || *at == '\t' || *at == '\r')) {
        at++;
    }
    return at;
}

/* Is what follows a quote the end of a section: a ';' that ends its line, and behind it a
 * word like BO_, or nothing? */
static bool ends_section(const struct dbc_scan *scan, const char *at)
{
    at = skip_line_blanks(scan, at);
    if (at == scan->end || *at != ';') {
        return false;
    }
    at = skip_line_blanks(scan, at + 1);
    if (at < scan->end && *at != '\n') {
        return false;
    }
    while (at < scan->end && (*at == '\n' || skip_line_blanks(scan, at) > at)) {
        at++;
    }
    const char *word = at;
    while (at < scan->end && (is_letter(*at) || is_digit(*at))) {
        at++;
    }
    return word == scan->end || (at > word && at[-1] == '_');
}

/* \" is a quote inside, but for a path of Windows in front of the last quote. */
static bool is_quote_inside(const struct dbc_scan *scan)
{
    return *scan->at == '\\' && scan->end - scan->at > 1 && scan->at[1] == '"' &&
           !ends_section(scan, scan->at + 2);
}

/* Up to the quote that ends it. */
static void take_string(struct dbc_scan *scan)
{
    const char *start = ++scan->at;
    while (scan->at < scan->end && *scan->at != '"') {
        if (is_quote_inside(scan)) {
            scan->at++;
        } else if (*scan->at == '\n') {
            scan->line++;
            scan->line_start = scan->at + 1;
        }
        scan->at++;
    }
    bool closed = scan->at < scan->end;
    scan->token.kind = closed ? DBC_STRING : DBC_OPEN;
    scan->token.text = (struct dbc_text){start, (size_t)(scan->at - start)};
    scan->at += closed;
}

static const char *skip_digits(const struct dbc_scan *scan, const char *at)
{
    while (at < scan->end && is_digit(*at)) {
        at++;
    }
    return at;
}

/* The end of the number that begins here; where it begins if there is none. */
static const char *number_end(const struct dbc_scan *scan)
{
    const char *at = scan->at + (*scan->at == '+' || *scan->at == '-');
    const char *start = at;
    at = skip_digits(scan, at);
    if (at < scan->end && *at == '.') {
        at = skip_digits(scan, at + 1);
    }
    if (at == start || (at == start + 1 && *start == '.')) {
        return scan->at;
    }
    if (at < scan->end && (*at == 'e' || *at == 'E')) {
        const char *exponent = at + 1;
        exponent += exponent < scan->end && (*exponent == '+' || *exponent == '-');
        const char *end = skip_digits(scan, exponent);
        at = end > exponent ? end : at;
    }
    return at;
}

static void take(struct dbc_scan *scan, enum dbc_kind kind, const char *end)
{
    scan->token.kind = kind;
    scan->token.text = (struct dbc_text){scan->at, (size_t)(end - scan->at)};
    scan->at = end;
}

void dbc_scan_next(struct dbc_scan *scan)
{
    unsigned long line = scan->line;
    bool is_start = scan->token.place.line == 0;
    skip_blanks(scan);
    scan->token.is_first = is_start || scan->line != line;
    scan->token.place.line = scan->line;
    scan->token.place.column = (size_t)(scan->at - scan->line_start) + 1;
    if (scan->at == scan->end) {
        take(scan, DBC_END, scan->at);
        return;
    }
    if (*scan->at == '"') {
        take_string(scan);
        return;
    }
    const char *end = number_end(scan);
    if (end > scan->at) {
        take(scan, DBC_NUMBER, end);
        return;
    }
    if (!is_letter(*scan->at)) {
        take(scan, DBC_SIGN, scan->at + 1);
        return;
    }
    while (end < scan->end && (is_letter(*end) || is_digit(*end))) {
        end++;
    }
    take(scan, DBC_WORD, end);
}

void dbc_scan_open(struct dbc_scan *scan, const char *text, size_t length)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t skipped = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    memset(scan, 0, sizeof(*scan));
    scan->at = text + skipped;
    scan->line_start = scan->at;
    scan->end = text + length;
    scan->line = 1;
    dbc_scan_next(scan);
}

int dbc_text_compare(struct dbc_text left, struct dbc_text right)
{
    size_t shorter = left.length < right.length ? left.length : right.length;
    int order = shorter > 0 ? memcmp(left.at, right.at, shorter) : 0;
    return order != 0 ? order
                      : (left.length > right.length) - (left.length < right.length);
}

bool dbc_text_same(struct dbc_text left, struct dbc_text right)
{
    return dbc_text_compare(left, right) == 0;
}

bool dbc_text_is(struct dbc_text text, const char *word)
{
    return dbc_text_same(text, (struct dbc_text){word, strlen(word)});
}
