/* SPDX-License-Identifier: MIT */
/* dragoman check: what is wrong with profiles. */
#include "diag.h"
#include "jsonfault.h"
#include "fix.h"
#include "output.h"
#include "product.h"
#include "profiles.h"
#include "sarif.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

struct checking {
    struct report report;
    enum diag_format format;
    bool caret;
    bool wrap;
    bool fix;
    bool diff; /* show what would be mended, and write nothing */
    size_t files;
    struct diag_counts counts;
    struct sarif sarif;
};

/* All findings of a file as one object. */
static void put_wrapped(struct checking *checking, const struct dgm_profile *profile,
                        const char *path)
{
    const struct dgm_diagnostic *diagnostic = NULL;
    struct jsonout json;
    jsonout_open(&json, stdout);
    jsonout_text(&json, "file", path);
    jsonout_number(&json, "errors", dgm_profile_error_count(profile));
    jsonout_name(&json, "findings");
    for (size_t i = 0; (diagnostic = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        struct jsonout finding = {stdout, false};
        (void)fputs(i == 0 ? "[{" : ",{", stdout);
        jsonfault_finding(&finding, diagnostic);
        (void)fputc('}', stdout);
        checking->counts.errors += diagnostic->severity == DGM_SEVERITY_ERROR ? 1 : 0;
        checking->counts.warnings += diagnostic->severity == DGM_SEVERITY_WARNING ? 1 : 0;
        checking->counts.notes += diagnostic->severity == DGM_SEVERITY_NOTE ? 1 : 0;
    }
    (void)fputs(dgm_profile_diagnostic(profile, 0) == NULL ? "[]" : "]", stdout);
    jsonout_close(&json);
}

static void put_sarif(struct checking *checking, const struct dgm_profile *profile)
{
    const struct dgm_diagnostic *diagnostic = NULL;
    for (size_t i = 0; (diagnostic = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        if (!checking->report.quiet || diagnostic->severity == DGM_SEVERITY_ERROR) {
            sarif_result(&checking->sarif, diagnostic);
        }
    }
}

/* What the compiler made is taken by the codec, or that is a fault of ours which nobody
 * should meet in a gateway first. */
static int verify_tables(struct report *report, const char *path,
                         struct dgm_profile *profile)
{
    struct product product;
    int code = CLI_FINE;
    memset(&product, 0, sizeof(product));
    product.profile = profile;
    for (size_t i = 0; code == CLI_FINE && dgm_profile_model_name(profile, i) != NULL;
         i++) {
        code = product_prepare(&product, report, path, i);
        free(product.memory);
    }
    return code;
}

static int put_fixed(struct checking *checking, const char *path,
                     const struct fixed *fixed)
{
    if (fixed->after == NULL) {
        return CLI_FINE;
    }
    if (checking->diff) {
        fix_put_diff(path, fixed);
        return CLI_FINE;
    }
    return whole_write(&checking->report, path, fixed->after, fixed->after_length);
}

/* Load a profile, and mend it if that is wanted. */
static int load(struct checking *checking, const char *path,
                struct dgm_profile **ret_profile, enum dgm_status *ret_status)
{
    struct fixed fixed;
    if (!checking->fix) {
        *ret_status = dgm_profile_load(path, ret_profile);
        return *ret_profile != NULL ? CLI_FINE : report_memory(&checking->report);
    }
    int code = fix_load(&checking->report, path, ret_profile, ret_status, &fixed);
    if (code == CLI_FINE) {
        code = put_fixed(checking, path, &fixed);
        fixed_free(&fixed);
    }
    return code;
}

static int check_profile(void *user, const char *path)
{
    struct checking *checking = user;
    struct dgm_profile *profile = NULL;
    enum dgm_status status = DGM_OK;
    int code = load(checking, path, &profile, &status);
    if (profile == NULL) {
        return code;
    }
    checking->files++;
    if (checking->wrap) {
        put_wrapped(checking, profile, path);
    } else if (checking->format == DIAG_SARIF) {
        put_sarif(checking, profile);
    } else {
        diag_print(&checking->report, profile, checking->format, checking->caret,
                   &checking->counts);
    }
    code = cli_worse(code, cli_exit_of(status));
    if (status == DGM_OK) {
        code = cli_worse(code, verify_tables(&checking->report, path, profile));
    }
    dgm_profile_close(profile);
    return code;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* One file without findings needs no words. */
static void sum_up(struct checking *checking)
{
    const struct diag_counts *counts = &checking->counts;
    bool found = counts->errors + counts->warnings + counts->notes > 0;
    if (checking->format != DIAG_TEXT || checking->wrap ||
        (!found && checking->files < 2)) {
        return;
    }
    report_note(
        &checking->report, "%zu profile%s: %zu error%s, %zu warning%s, %zu note%s",
        checking->files, plural(checking->files), counts->errors, plural(counts->errors),
        counts->warnings, plural(counts->warnings), counts->notes, plural(counts->notes));
}

int cmd_check(struct cli *cli)
{
    struct checking checking = {.format = DIAG_TEXT};
    struct output output;
    report_open(&checking.report, cli);
    checking.format = (enum diag_format)cli_word(cli, OPTION_ERROR_FORMAT, DIAG_TEXT);
    checking.caret = cli_has(cli, OPTION_CARET) || checking.report.terminal;
    checking.wrap = cli_has(cli, OPTION_JSON);
    checking.fix = cli_has(cli, OPTION_FIX);
    checking.diff = cli_has(cli, OPTION_DIFF);
    if (checking.diff && !checking.fix) {
        return report_usage(&checking.report, cli, "--diff goes with --fix");
    }
    (void)output_open(&output, &checking.report, NULL);
    bool as_log = checking.format == DIAG_SARIF && !checking.wrap;
    if (as_log) {
        sarif_begin(&checking.sarif, stdout);
    }
    int code = profiles_each(&checking.report, cli, check_profile, &checking);
    if (as_log) {
        sarif_end(&checking.sarif);
    }
    if (code != CLI_USAGE) {
        sum_up(&checking);
    }
    return cli_worse(code, output_close(&output, &checking.report));
}
