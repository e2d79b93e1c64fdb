/* SPDX-License-Identifier: MIT */
/* Findings in profiles, in the formats that people, scripts and GitHub read. */
#include "diag.h"
#include "jsonfault.h"

#include <stdlib.h>
#include <string.h>

/* The severity in colour: it stands behind the first ": ". */
static void put_colored(const char *text, enum dgm_severity severity)
{
    static const int colors[] = {
        [DGM_SEVERITY_ERROR] = 31, [DGM_SEVERITY_WARNING] = 35, [DGM_SEVERITY_NOTE] = 36};
    char mark[16];
    (void)snprintf(mark, sizeof(mark), ": %s: ", jsonfault_severity(severity));
    const char *at = strstr(text, mark);
    if (at == NULL) {
        (void)fputs(text, stderr);
        return;
    }
    size_t length = strlen(mark) - 3;
    (void)fprintf(stderr, "%.*s\033[1;%dm%.*s\033[0m%s", (int)(at + 2 - text), text,
                  colors[severity], (int)length, at + 2, at + 2 + length);
}

static void put_text(const struct report *report, const struct dgm_diagnostic *diagnostic,
                     bool caret)
{
    size_t size = dgm_diagnostic_render(diagnostic, caret, NULL, 0) + 1;
    char *text = malloc(size);
    if (text == NULL) {
        return;
    }
    (void)dgm_diagnostic_render(diagnostic, caret, text, size);
    if (report->color) {
        put_colored(text, diagnostic->severity);
    } else {
        (void)fputs(text, stderr);
    }
    free(text);
}

/* Per cent, line feed and carriage return are escaped; in properties ':' and ',' too. */
static void put_github_escaped(const char *text, bool property)
{
    for (; *text != '\0'; text++) {
        bool special = *text == '%' || *text == '\r' || *text == '\n' ||
                       (property && (*text == ':' || *text == ','));
        if (special) {
            (void)fprintf(stderr, "%%%02X", (unsigned)(unsigned char)*text);
        } else {
            (void)fputc(*text, stderr);
        }
    }
}

static void put_github(const struct dgm_diagnostic *diagnostic)
{
    const char *word = diagnostic->severity == DGM_SEVERITY_NOTE
                           ? "notice"
                           : jsonfault_severity(diagnostic->severity);
    (void)fprintf(stderr, "::%s file=", word);
    put_github_escaped(diagnostic->file, true);
    (void)fprintf(stderr, ",line=%u,col=%u,title=", diagnostic->line, diagnostic->column);
    put_github_escaped(diagnostic->rule, true);
    (void)fputs("::", stderr);
    put_github_escaped(diagnostic->text, false);
    (void)fputc('\n', stderr);
}

static void count(struct diag_counts *counts, enum dgm_severity severity)
{
    counts->errors += severity == DGM_SEVERITY_ERROR ? 1 : 0;
    counts->warnings += severity == DGM_SEVERITY_WARNING ? 1 : 0;
    counts->notes += severity == DGM_SEVERITY_NOTE ? 1 : 0;
}

void diag_print(struct report *report, const struct dgm_profile *profile,
                enum diag_format format, bool caret, struct diag_counts *counts)
{
    const struct dgm_diagnostic *diagnostic = NULL;
    size_t kept = 0;
    (void)fflush(stdout);
    for (size_t i = 0; (diagnostic = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        bool is_error = diagnostic->severity == DGM_SEVERITY_ERROR;
        count(counts, diagnostic->severity);
        kept += is_error ? 1 : 0;
        if (report->quiet && !is_error) {
            continue;
        }
        if (format == DIAG_JSON) {
            struct jsonout json;
            jsonout_open(&json, stderr);
            jsonfault_finding(&json, diagnostic);
            jsonout_close(&json);
        } else if (format == DIAG_GITHUB) {
            put_github(diagnostic);
        } else {
            put_text(report, diagnostic, caret);
        }
    }
    size_t all = dgm_profile_error_count(profile);
    if (all > kept) {
        counts->errors += all - kept;
        report_note(report, "%zu more errors are not shown", all - kept);
    }
}
