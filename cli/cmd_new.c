/* SPDX-License-Identifier: MIT */
/* dragoman new: a project to begin with, or the profile of one. */
#include "output.h"
#include "project.h"
#include "whole.h"

#include <dragoman/profile.h>

#include <stdlib.h>
#include <string.h>

/* The profile's text, to be freed; NULL without memory. */
static char *render(const struct starter *starter, size_t *ret_size)
{
    char *text = NULL;
    FILE *file = open_memstream(&text, ret_size);
    if (file == NULL) {
        return NULL;
    }
    starter_put_profile(file, starter);
    if (fclose(file) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

/* Never over a file that is there. */
static int write_profile(struct report *report, const char *path,
                         const struct starter *starter)
{
    size_t size = 0;
    char *text = render(starter, &size);
    if (text == NULL) {
        return report_memory(report);
    }
    int code = whole_create(report, path, text, size);
    free(text);
    if (code == CLI_FINE) {
        report_note(report,
                    "wrote %s; go on with 'dragoman check %s' and 'dragoman test %s'",
                    path, path, path);
    }
    return code;
}

static int print_profile(struct report *report, const struct starter *starter)
{
    struct output output;
    (void)output_open(&output, report, NULL);
    starter_put_profile(stdout, starter);
    return output_close(&output, report);
}

/* Without what ends a line, and not endless. */
static bool is_name(const char *text)
{
    size_t length = strlen(text);
    if (length == 0 || length > STARTER_NAME_MAX) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F) {
            return false;
        }
    }
    return true;
}

static int tell_error(struct report *report, const struct cli *cli,
                      const struct dgm_profile *profile)
{
    size_t position = 0;
    const struct dgm_diagnostic *finding = dgm_profile_diagnostic(profile, position);
    while (finding != NULL && finding->severity != DGM_SEVERITY_ERROR) {
        finding = dgm_profile_diagnostic(profile, ++position);
    }
    return report_usage(report, cli, "a profile cannot hold these names: %s",
                        finding != NULL ? finding->text : "it has errors");
}

/* The template has no mistakes, so what is found in the profile is in the names. */
static int check_names(struct report *report, const struct cli *cli,
                       const struct starter *starter)
{
    size_t size = 0;
    struct dgm_profile *profile = NULL;
    char *text = render(starter, &size);
    if (text == NULL) {
        return report_memory(report);
    }
    enum dgm_status status = dgm_profile_parse("starter", text, size, &profile);
    int code = status == DGM_OK        ? CLI_FINE
               : status == DGM_PROFILE ? tell_error(report, cli, profile)
                                       : report_memory(report);
    dgm_profile_close(profile);
    free(text);
    return code;
}

static int write_project(struct report *report, const char *folder,
                         const struct starter *starter)
{
    int code = project_write(report, folder, starter);
    if (code == CLI_FINE) {
        report_note(
            report,
            "wrote %s, a project with the profile %s.yaml; its README.md says how to "
            "go on",
            folder, starter->stem);
    }
    return code;
}

int cmd_new(struct cli *cli)
{
    struct report report;
    report_open(&report, cli);
    size_t count = cli->options.argument_count;
    const char **arguments = cli->options.arguments;
    const char *path = cli_text(cli, OPTION_OUTPUT, NULL);
    if (count != 2 && count != 3) {
        return report_usage(&report, cli, "expected a maker and a model");
    }
    if (count == 3 && path != NULL) {
        return report_usage(&report, cli, "with --output there is no folder");
    }
    if (!is_name(arguments[0]) || !is_name(arguments[1])) {
        return report_usage(&report, cli,
                            "maker and model are names of 1 to %d bytes on one line",
                            STARTER_NAME_MAX);
    }
    struct starter starter = {arguments[0], arguments[1], cli_has(cli, OPTION_SENSOR),
                              ""};
    starter_set_stem(&starter);
    int code = check_names(&report, cli, &starter);
    if (code != CLI_FINE) {
        return code;
    }
    if (path == NULL) {
        return write_project(&report, count == 3 ? arguments[2] : starter.stem, &starter);
    }
    return strcmp(path, "-") == 0 ? print_profile(&report, &starter)
                                  : write_profile(&report, path, &starter);
}
