/* SPDX-License-Identifier: MIT */
/* dragoman import: profiles out of what other tools describe devices with. */
#include "dbc.h"
#include "lora.h"
#include "output.h"
#include "prodopen.h"
#include "prodyaml.h"
#include "telling.h"
#include "walk.h"
#include "whole.h"

#include <dragoman/profile.h>

#include <stdlib.h>
#include <string.h>

enum { DBC_MOST = 16 * 1024 * 1024 };

struct importing {
    const struct cli *cli;
    struct report report;
    const char *path;
    FILE *file; /* the profile goes there */
};

/* What is at the path becomes a profile. Returns an exit code. */
typedef int form(struct importing *importing);

static int write_product(struct importing *importing)
{
    cJSON *product = NULL;
    if (cli_has(importing->cli, OPTION_MODEL)) {
        return report_usage(&importing->report, importing->cli,
                            "--model is for --from dbc");
    }
    int code = prodopen(&importing->report, importing->path, &product);
    if (code == CLI_FINE) {
        prodyaml_write(importing->file, product);
    }
    cJSON_Delete(product);
    return code;
}

/* What is wrong was told in notes. */
static int exit_of(struct importing *importing, enum dgm_status status)
{
    return status == DGM_OK       ? CLI_FINE
           : status == DGM_MEMORY ? report_memory(&importing->report)
                                  : CLI_WRONG;
}

static int write_dbc(struct importing *importing)
{
    struct telling telling;
    char *text = NULL;
    size_t length = 0;
    telling_open(&telling, &importing->report, "import");
    int code = whole_load(&importing->report, importing->path, DBC_MOST, &text, &length);
    if (code != CLI_FINE) {
        return code;
    }
    enum dgm_status status = DGM_MEMORY;
    char *model = walk_stem(importing->path);
    if (model != NULL) {
        const struct dbc_source source = {importing->path, text, length, model,
                                          cli_text(importing->cli, OPTION_MODEL, NULL)};
        status = dbc_import(importing->file, &telling.notes, &source);
    }
    free(model);
    free(text);
    telling_close(&telling);
    return exit_of(importing, status);
}

static int write_lora(struct importing *importing)
{
    const struct lora_options options = {
        cli_text(importing->cli, OPTION_MANUFACTURER, NULL),
        cli_text(importing->cli, OPTION_LIBRARY, NULL)};
    struct telling telling;
    telling_open(&telling, &importing->report, "import");
    enum dgm_status status =
        lora_import(importing->file, &telling.notes, importing->path, &options);
    telling_close(&telling);
    return exit_of(importing, status);
}

/* In the order of the words of --from. */
static form *const forms[] = {write_product, write_dbc, write_lora};

static int tell_error(struct report *report, const char *path,
                      const struct dgm_profile *profile)
{
    struct place place = {path, 0, 0};
    size_t position = 0;
    const struct dgm_diagnostic *finding = dgm_profile_diagnostic(profile, position);
    while (finding != NULL && finding->severity != DGM_SEVERITY_ERROR) {
        finding = dgm_profile_diagnostic(profile, ++position);
    }
    report_error(report, &place, "import", "no profile can hold this: %s",
                 finding != NULL ? finding->text : "it has errors");
    return CLI_WRONG;
}

/* Whatever was read: what does not compile is not written. */
static int check(struct report *report, const char *path, const char *text, size_t length)
{
    struct dgm_profile *profile = NULL;
    enum dgm_status status = dgm_profile_parse(path, text, length, &profile);
    int code = status == DGM_OK        ? CLI_FINE
               : status == DGM_PROFILE ? tell_error(report, path, profile)
                                       : report_memory(report);
    dgm_profile_close(profile);
    return code;
}

static int put(struct report *report, const char *path, const char *text, size_t length)
{
    struct output output;
    if (path != NULL && strcmp(path, "-") != 0) {
        return whole_create(report, path, text, length);
    }
    int code = output_open(&output, report, NULL);
    if (code == CLI_FINE) {
        (void)fwrite(text, 1, length, output.file);
    }
    return cli_worse(code, output_close(&output, report));
}

static bool compiles(const char *text, size_t length)
{
    struct dgm_profile *profile = NULL;
    enum dgm_status status = dgm_profile_parse("import", text, length, &profile);
    dgm_profile_close(profile);
    return status == DGM_OK;
}

/* In the usual layout, unless that is too long for a profile. */
static int put_formatted(struct report *report, const char *path, const char *text,
                         size_t length)
{
    struct dgm_profile *profile = NULL;
    bool changed = false;
    size_t formatted_length = 0;
    const char *formatted =
        dgm_profile_format("import", text, length, &profile) == DGM_OK
            ? dgm_profile_formatted(profile, &formatted_length, &changed)
            : NULL;
    bool good = formatted != NULL && compiles(formatted, formatted_length);
    int code = good ? put(report, path, formatted, formatted_length)
                    : put(report, path, text, length);
    dgm_profile_close(profile);
    return code;
}

int cmd_import(struct cli *cli)
{
    struct importing importing = {.cli = cli};
    struct report *report = &importing.report;
    char *text = NULL;
    size_t length = 0;
    report_open(report, cli);
    if (!cli_has(cli, OPTION_FROM) || cli->options.argument_count != 1) {
        return report_usage(report, cli, "--from and one file or folder are needed");
    }
    importing.path = cli->options.arguments[0];
    importing.file = open_memstream(&text, &length);
    if (importing.file == NULL) {
        return report_memory(report);
    }
    int code = forms[cli_word(cli, OPTION_FROM, 0)](&importing);
    bool good = ferror(importing.file) == 0;
    good = fclose(importing.file) == 0 && good;
    if (code == CLI_FINE && !good) {
        code = report_memory(report);
    }
    if (code == CLI_FINE) {
        code = check(report, importing.path, text, length);
    }
    if (code == CLI_FINE) {
        code = put_formatted(report, cli_text(cli, OPTION_OUTPUT, NULL), text, length);
    }
    free(text);
    return code;
}
