/* SPDX-License-Identifier: MIT */
/* dragoman fmt: profiles laid out anew. */
#include "diag.h"
#include "output.h"
#include "profiles.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

struct formatting {
    struct report report;
    bool check;
    bool print;
};

/* What to do with a text that could be laid out. */
static int put_text(struct formatting *formatting, const struct dgm_profile *profile,
                    const char *path)
{
    size_t length = 0;
    bool changed = false;
    const char *text = dgm_profile_formatted(profile, &length, &changed);
    if (formatting->check) {
        if (changed) {
            (void)printf("%s\n", path);
        }
        return changed ? CLI_WRONG : CLI_FINE;
    }
    if (formatting->print || strcmp(path, "-") == 0) {
        (void)fwrite(text, 1, length, stdout);
        return CLI_FINE;
    }
    if (!changed) {
        return CLI_FINE;
    }
    int code = whole_write(&formatting->report, path, text, length);
    if (code == CLI_FINE) {
        report_note(&formatting->report, "laid out %s", path);
    }
    return code;
}

static int lay_out(struct formatting *formatting, struct dgm_profile *profile,
                   enum dgm_status status, const char *path)
{
    struct diag_counts counts = {0, 0, 0};
    if (profile == NULL) {
        return report_memory(&formatting->report);
    }
    diag_print(&formatting->report, profile, DIAG_TEXT, formatting->report.terminal,
               &counts);
    if (status == DGM_NOTHING) {
        report_warning(&formatting->report, NULL, "layout",
                       "'%s' has something that cannot be laid out, and stays as it is",
                       path);
    }
    int code = cli_exit_of(status);
    if (code == CLI_FINE) {
        code = put_text(formatting, profile, path);
    }
    dgm_profile_close(profile);
    return code;
}

static int lay_out_input(struct formatting *formatting)
{
    char *text = NULL;
    size_t length = 0;
    struct dgm_profile *profile = NULL;
    int code = whole_read(&formatting->report, stdin, "standard input", &text, &length);
    if (code != CLI_FINE) {
        return code;
    }
    enum dgm_status status = dgm_profile_format("stdin", text, length, &profile);
    free(text);
    return lay_out(formatting, profile, status, "-");
}

static int format_profile(void *user, const char *path)
{
    struct formatting *formatting = user;
    struct dgm_profile *profile = NULL;
    if (strcmp(path, "-") == 0) {
        return lay_out_input(formatting);
    }
    enum dgm_status status = dgm_profile_format_file(path, &profile);
    return lay_out(formatting, profile, status, path);
}

int cmd_fmt(struct cli *cli)
{
    struct formatting formatting = {.check = cli_has(cli, OPTION_CHECK),
                                    .print = cli_has(cli, OPTION_STDOUT)};
    struct output output;
    report_open(&formatting.report, cli);
    (void)output_open(&output, &formatting.report, NULL);
    int code = profiles_each(&formatting.report, cli, format_profile, &formatting);
    return cli_worse(code, output_close(&output, &formatting.report));
}
