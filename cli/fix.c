/* SPDX-License-Identifier: MIT */
/* Applies the edits that findings carry to the text of a profile, in memory. */
#include "fix.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS_MOST =
        50,          /* each has at least one edit; a file with more is not that broken */
    EDITS_MOST = 200 /* in a round: findings are limited, too */
};

/* An edit as bytes of the text. */
struct change {
    size_t from, to;
    const struct dgm_edit *edit;
    const struct dgm_diagnostic *diagnostic;
};

struct changes {
    struct change items[EDITS_MOST];
    size_t count;
};

void fixed_free(struct fixed *fixed)
{
    free(fixed->before);
    free(fixed->after);
    *fixed = (struct fixed){NULL, NULL, 0, 0};
}

static size_t line_end(const char *text, size_t length, size_t at)
{
    while (at < length && text[at] != '\n' && text[at] != '\r') {
        at++;
    }
    return at;
}

/* Where a line begins that counts from 1; a mark of the encoding is not part of it. */
static size_t find_line(const char *text, size_t length, unsigned number)
{
    size_t at = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (unsigned line = 1; line < number && at < length; line++) {
        size_t end = line_end(text, length, at);
        bool pair = end + 1 < length && text[end] == '\r' && text[end + 1] == '\n';
        at = end + (pair ? 2 : end < length ? 1 : 0);
    }
    return at;
}

/* So many characters on. */
static size_t pass(const char *text, size_t length, size_t at, unsigned count)
{
    for (; count > 0 && at < length; count--) {
        at++;
        while (at < length && ((unsigned char)text[at] & 0xC0u) == 0x80u) {
            at++;
        }
    }
    return at;
}

static struct change locate(const struct fixed *fixed, const struct dgm_edit *edit,
                            const struct dgm_diagnostic *diagnostic)
{
    const char *text = fixed->after;
    size_t length = fixed->after_length;
    size_t from =
        pass(text, length, find_line(text, length, edit->line), edit->column - 1);
    return (struct change){from, pass(text, length, from, edit->width), edit, diagnostic};
}

static bool overlaps(const struct changes *changes, const struct change *change)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *other = &changes->items[i];
        if (change->from == other->from ||
            (change->from < other->to && other->from < change->to)) {
            return true;
        }
    }
    return false;
}

/* All edits of a finding, or none of them. */
static void take_edits(struct changes *changes, const struct fixed *fixed,
                       const struct dgm_diagnostic *diagnostic)
{
    size_t before = changes->count;
    for (size_t i = 0; i < diagnostic->edit_count; i++) {
        struct change change = locate(fixed, &diagnostic->edits[i], diagnostic);
        if (changes->count == EDITS_MOST || overlaps(changes, &change)) {
            changes->count = before;
            return;
        }
        changes->items[changes->count++] = change;
    }
}

static int compare(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    return a->from < b->from ? -1 : a->from > b->from ? 1 : 0;
}

/* Edits of the file itself, in its order: what it includes belongs to others, too. */
static void collect(const struct dgm_profile *profile, const struct fixed *fixed,
                    struct changes *ret)
{
    const struct dgm_diagnostic *diagnostic = NULL;
    const char *own = dgm_profile_file(profile, 0);
    ret->count = 0;
    for (size_t i = 0; (diagnostic = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        if (strcmp(diagnostic->file, own) == 0) {
            take_edits(ret, fixed, diagnostic);
        }
    }
    qsort(ret->items, ret->count, sizeof(ret->items[0]), compare);
}

static void tell(struct report *report, const struct fixed *fixed, const char *path,
                 const struct change *change)
{
    const struct dgm_edit *edit = change->edit;
    if (change->from == change->to) {
        report_note(report, "%s:%u:%u: added %s [%s]", path, edit->line, edit->column,
                    edit->text, change->diagnostic->rule);
    } else {
        report_note(report, "%s:%u:%u: %.*s becomes %s [%s]", path, edit->line,
                    edit->column, (int)(change->to - change->from),
                    fixed->after + change->from, edit->text, change->diagnostic->rule);
    }
}

/* Apply the changes; false if memory is out. */
static bool apply(struct fixed *fixed, const struct changes *changes)
{
    size_t size = fixed->after_length + 1, used = 0, at = 0;
    for (size_t i = 0; i < changes->count; i++) {
        size += strlen(changes->items[i].edit->text);
    }
    char *text = malloc(size);
    if (text == NULL) {
        return false;
    }
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];
        size_t length = strlen(change->edit->text);
        memcpy(text + used, fixed->after + at, change->from - at);
        used += change->from - at;
        memcpy(text + used, change->edit->text, length);
        used += length;
        at = change->to;
    }
    memcpy(text + used, fixed->after + at, fixed->after_length - at);
    used += fixed->after_length - at;
    text[used] = '\0';
    free(fixed->after);
    fixed->after = text;
    fixed->after_length = used;
    return true;
}

/* Apply all that can be mended, and look again. */
static int fix_round(struct report *report, const char *path,
                     struct dgm_profile **profile, enum dgm_status *ret_status,
                     struct fixed *fixed, bool *ret_more)
{
    struct changes changes;
    collect(*profile, fixed, &changes);
    *ret_more = changes.count > 0;
    if (!*ret_more) {
        return CLI_FINE;
    }
    for (size_t i = 0; i < changes.count; i++) {
        tell(report, fixed, path, &changes.items[i]);
    }
    if (!apply(fixed, &changes)) {
        return report_memory(report);
    }
    dgm_profile_close(*profile);
    *ret_status = dgm_profile_load_text(path, fixed->after, fixed->after_length, profile);
    return *profile != NULL ? CLI_FINE : report_memory(report);
}

static bool has_edits(const struct dgm_profile *profile)
{
    const struct dgm_diagnostic *diagnostic = NULL;
    for (size_t i = 0; (diagnostic = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        if (diagnostic->edit_count > 0) {
            return true;
        }
    }
    return false;
}

/* The text as it is, to begin with. */
static int read_text(struct report *report, const char *path, struct fixed *fixed)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return report_errno(report, "cannot read", path);
    }
    int code = whole_read(report, file, path, &fixed->before, &fixed->before_length);
    (void)fclose(file);
    if (code != CLI_FINE) {
        return code;
    }
    fixed->after = malloc(fixed->before_length + 1);
    if (fixed->after == NULL) {
        return report_memory(report);
    }
    memcpy(fixed->after, fixed->before, fixed->before_length + 1);
    fixed->after_length = fixed->before_length;
    return CLI_FINE;
}

/* All that could be mended may have been in files that it includes. */
static bool is_same(const struct fixed *fixed)
{
    return fixed->before_length == fixed->after_length &&
           memcmp(fixed->before, fixed->after, fixed->after_length) == 0;
}

int fix_load(struct report *report, const char *path, struct dgm_profile **ret_profile,
             enum dgm_status *ret_status, struct fixed *ret)
{
    *ret = (struct fixed){NULL, NULL, 0, 0};
    *ret_status = dgm_profile_load(path, ret_profile);
    if (*ret_profile == NULL) {
        return report_memory(report);
    }
    if (!has_edits(*ret_profile)) {
        return CLI_FINE;
    }
    int code = read_text(report, path, ret);
    bool more = true;
    for (size_t i = 0; code == CLI_FINE && more && i < ROUNDS_MOST; i++) {
        code = fix_round(report, path, ret_profile, ret_status, ret, &more);
    }
    if (code != CLI_FINE) {
        dgm_profile_close(*ret_profile);
        *ret_profile = NULL;
    }
    if (code != CLI_FINE || is_same(ret)) {
        fixed_free(ret);
    }
    return code;
}
