/* SPDX-License-Identifier: MIT */
/* dragoman export: what other tools take, out of a profile. */
#include "firmwareout.h"
#include "jsout.h"
#include "output.h"
#include "prodopen.h"
#include "product.h"
#include "prodwrite.h"

#include <stdlib.h>
#include <string.h>

struct exporting {
    const struct cli *cli;
    struct report report;
    struct product product;
    const char *path;   /* of the profile */
    const char *output; /* or NULL */
    size_t position;    /* of the model */
};

/* Writes the profile in a form. Returns an exit code. */
typedef int form(struct exporting *exporting);

/* The platform's product model of the profile. */
static int read_model(struct exporting *exporting, cJSON **ret)
{
    const char *text = NULL;
    *ret = NULL;
    if (dgm_profile_product(exporting->product.profile, exporting->position, &text) !=
        DGM_OK) {
        return report_memory(&exporting->report);
    }
    return prodopen_text(&exporting->report, exporting->path, text, strlen(text), ret);
}

static int put_text(struct exporting *exporting, const char *text)
{
    struct output output;
    int code = output_open(&output, &exporting->report, exporting->output);
    if (code == CLI_FINE) {
        (void)fputs(text, output.file);
    }
    return cli_worse(code, output_close(&output, &exporting->report));
}

static int export_object(struct exporting *exporting)
{
    cJSON *model = NULL;
    char *text = NULL;
    int code = read_model(exporting, &model);
    if (code == CLI_FINE) {
        code = prodwrite_object(&exporting->report, exporting->path, model, &text);
    }
    if (code == CLI_FINE) {
        code = put_text(exporting, text);
    }
    free(text);
    cJSON_Delete(model);
    return code;
}

/* The name that the platform wants, in the folder of the call. */
static void put_name(char *name, bool zip)
{
    for (char *at = name; *at != '\0'; at++) {
        bool bad = (unsigned char)*at < 0x20 || *at == '/' || *at == 0x7F;
        *at = bad ? '_' : *at;
    }
    if (name[0] == '.' || name[0] == '-') {
        name[0] = '_';
    }
    if (zip) {
        (void)strcat(name, ".zip");
    }
}

static int export_package(struct exporting *exporting, bool zip)
{
    struct report *report = &exporting->report;
    struct package package;
    char name[PACKAGE_NAME] = "";
    cJSON *model = NULL;
    memset(&package, 0, sizeof(package));
    if (exporting->output != NULL && strcmp(exporting->output, "-") == 0) {
        return report_usage(report, exporting->cli,
                            "packages are not written to standard output");
    }
    int code = read_model(exporting, &model);
    if (code == CLI_FINE) {
        code = prodwrite_package(report, exporting->path, model, &package, name);
    }
    if (code == CLI_FINE) {
        put_name(name, zip);
        const char *path = exporting->output != NULL ? exporting->output : name;
        code = zip ? package_write_zip(&package, report, path)
                   : package_write_folder(&package, report, path);
        if (code == CLI_FINE) {
            report_note(report, "wrote %s", path);
        }
    }
    package_close(&package);
    cJSON_Delete(model);
    return code;
}

static int export_zip(struct exporting *exporting)
{
    return export_package(exporting, true);
}

static int export_folder(struct exporting *exporting)
{
    return export_package(exporting, false);
}

static int export_firmware(struct exporting *exporting)
{
    if (exporting->output != NULL && strcmp(exporting->output, "-") == 0) {
        return report_usage(&exporting->report, exporting->cli,
                            "two files are not written to standard output");
    }
    return firmwareout(&exporting->product, &exporting->report, exporting->path,
                       exporting->position, exporting->output);
}

static int export_js(struct exporting *exporting, enum js_form whose)
{
    const struct jsout out = {
        &exporting->product,
        &exporting->report,
        exporting->path,
        exporting->position,
        whose,
        (enum js_layout)cli_word(exporting->cli, OPTION_LAYOUT, JS_LAYOUT_FITTING)};
    return jsout(&out, exporting->output);
}

static int export_ttn(struct exporting *exporting)
{
    return export_js(exporting, JS_FORM_TTN);
}

static int export_iotda(struct exporting *exporting)
{
    return export_js(exporting, JS_FORM_IOTDA);
}

/* In the order of the words of --to. */
static form *const forms[] = {export_zip,      export_folder, export_object,
                              export_firmware, export_ttn,    export_iotda};

int cmd_export(struct cli *cli)
{
    struct exporting exporting;
    memset(&exporting, 0, sizeof(exporting));
    exporting.cli = cli;
    report_open(&exporting.report, cli);
    if (!cli_has(cli, OPTION_TO) || cli->options.argument_count != 1) {
        return report_usage(&exporting.report, cli, "--to and one profile are needed");
    }
    exporting.path = cli->options.arguments[0];
    exporting.output = cli_text(cli, OPTION_OUTPUT, NULL);
    int code =
        product_open_path(&exporting.product, &exporting.report, cli, exporting.path);
    if (code == CLI_FINE && exporting.product.profile == NULL) {
        report_error(&exporting.report, NULL, "no-plugin",
                     "profiles are exported, and '%s' is a plug-in; 'dragoman inspect "
                     "--source' gives its profile back",
                     exporting.path);
        code = CLI_CANNOT;
    }
    if (code == CLI_FINE) {
        exporting.position = product_position(&exporting.product);
        code = forms[cli_word(cli, OPTION_TO, 0)](&exporting);
    }
    product_close(&exporting.product);
    return code;
}
