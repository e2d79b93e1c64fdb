/* SPDX-License-Identifier: MIT */
/* dragoman import: profiles out of what other tools describe devices with. */
#include "lora.h"
#include "output.h"
#include "prodopen.h"
#include "prodyaml.h"
#include "telling.h"
#include "whole.h"

#include <dragoman/profile.h>

#include <stdlib.h>
#include <string.h>

/* A form, in the order of the words of --from: it reads what is at a path and writes a
 * profile. Returns an exit code. */
struct form {
    int (*write)(struct cli *cli, FILE *file, struct report *report, const char *path);
};

static int write_product(struct cli *cli, FILE *file, struct report *report,
                         const char *path)
{
    (void)cli;
    cJSON *product = NULL;
    int code = prodopen(report, path, &product);
    if (code == CLI_FINE) {
        prodyaml_write(file, product);
    }
    cJSON_Delete(product);
    return code;
}

static int write_lora(struct cli *cli, FILE *file, struct report *report,
                      const char *path)
{
    const struct lora_options options = {cli_text(cli, OPTION_MANUFACTURER, NULL),
                                         cli_text(cli, OPTION_LIBRARY, NULL)};
    struct telling telling;
    telling_open(&telling, report, "import");
    enum dgm_status status = lora_import(file, &telling.notes, path, &options);
    return status == DGM_OK       ? CLI_FINE
           : status == DGM_MEMORY ? report_memory(report)
                                  : CLI_WRONG;
}

static const struct form forms[] = {{write_product}, {write_lora}};

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

/* In the usual layout. */
static int put_formatted(struct report *report, const char *path, const char *text,
                         size_t length)
{
    struct dgm_profile *profile = NULL;
    bool changed = false;
    if (dgm_profile_format("import", text, length, &profile) == DGM_OK) {
        text = dgm_profile_formatted(profile, &length, &changed);
    }
    int code = put(report, path, text, length);
    dgm_profile_close(profile);
    return code;
}

int cmd_import(struct cli *cli)
{
    struct report report;
    char *text = NULL;
    size_t length = 0;
    report_open(&report, cli);
    if (!cli_has(cli, OPTION_FROM) || cli->options.argument_count != 1) {
        return report_usage(&report, cli, "--from and one file or folder are needed");
    }
    const char *path = cli->options.arguments[0];
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        return report_memory(&report);
    }
    int code = forms[cli_word(cli, OPTION_FROM, 0)].write(cli, file, &report, path);
    bool good = ferror(file) == 0;
    good = fclose(file) == 0 && good;
    if (code == CLI_FINE && !good) {
        code = report_memory(&report);
    }
    if (code == CLI_FINE) {
        code = check(&report, path, text, length);
    }
    if (code == CLI_FINE) {
        code = put_formatted(&report, cli_text(cli, OPTION_OUTPUT, NULL), text, length);
    }
    free(text);
    return code;
}
