/* SPDX-License-Identifier: MIT */
/* dragoman gen: profiles to C tables. */
#include "diag.h"
#include "profiles.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

struct generating {
    const struct cli *cli;
    struct report report;
    const char *folder;
    struct profiles_choice choice;
};

static int write_one(struct generating *generating, const char *stem, const char *ending,
                     const char *text)
{
    size_t size = strlen(generating->folder) + strlen(stem) + strlen(ending) + 2;
    char *path = malloc(size);
    if (path == NULL || text == NULL) {
        free(path);
        return report_memory(&generating->report);
    }
    (void)snprintf(path, size, "%s/%s%s", generating->folder, stem, ending);
    int code = whole_write(&generating->report, path, text, strlen(text));
    if (code == CLI_FINE) {
        report_note(&generating->report, "wrote %s",
                    strcmp(generating->folder, ".") == 0 ? path + 2 : path);
    }
    free(path);
    return code;
}

/* The source with the note that keeps the profile, unless that is not wanted. */
static int write_source(struct generating *generating, struct dgm_profile *profile,
                        const char *stem)
{
    const char *source = dgm_profile_c_source(profile);
    const char *note = "";
    if (source == NULL || (!cli_has(generating->cli, OPTION_NO_SOURCE) &&
                           dgm_profile_c_note(profile, &note) != DGM_OK)) {
        return report_memory(&generating->report);
    }
    size_t size = strlen(source) + strlen(note) + 1;
    char *text = malloc(size);
    if (text != NULL) {
        (void)snprintf(text, size, "%s%s", source, note);
    }
    int code = write_one(generating, stem, ".dgm.c", text);
    free(text);
    return code;
}

static int write_tables(struct generating *generating, struct dgm_profile *profile,
                        const char *path)
{
    const char *stem = dgm_profile_stem(profile);
    if (dgm_profile_is_part(profile)) {
        report_note(&generating->report,
                    "%s has parts for profiles to include: no tables", path);
        return CLI_FINE;
    }
    int code = write_source(generating, profile, stem);
    return cli_worse(
        code, write_one(generating, stem, ".dgm.h", dgm_profile_c_header(profile)));
}

static int generate(void *user, const char *path)
{
    struct generating *generating = user;
    struct dgm_profile *profile = NULL;
    struct diag_counts counts = {0, 0, 0};
    enum dgm_status status = profiles_load(&generating->choice, path, &profile);
    if (profile == NULL) {
        return status == DGM_MEMORY ? report_memory(&generating->report) : CLI_FINE;
    }
    diag_print(
        &generating->report, profile,
        (enum diag_format)cli_word(generating->cli, OPTION_ERROR_FORMAT, DIAG_TEXT),
        generating->report.terminal, &counts);
    int code = cli_exit_of(status);
    if (code == CLI_FINE) {
        code = write_tables(generating, profile, path);
    }
    dgm_profile_close(profile);
    return code;
}

int cmd_gen(struct cli *cli)
{
    struct generating generating = {cli, {0}, cli_text(cli, OPTION_OUTPUT, "."), {0}};
    generating.choice.model = cli_text(cli, OPTION_MODEL, NULL);
    report_open(&generating.report, cli);
    int code = profiles_each(&generating.report, cli, generate, &generating);
    return code == CLI_FINE ? profiles_check(&generating.choice, &generating.report)
                            : code;
}
