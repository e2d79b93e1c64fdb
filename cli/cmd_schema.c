/* SPDX-License-Identifier: MIT */
/* dragoman schema: JSON Schemas, of what a product's messages are and of profiles. */
#include "nearest.h"
#include "output.h"
#include "product.h"

#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

enum { INDENT = 2 };

struct schemes {
    const struct cli *cli;
    struct report report;
    struct product product;
    const char *message; /* or NULL */
    int shape;
};

/* Laid out over lines; what is nested too deep for that stays in one. */
static int put(struct schemes *schemes, const char *text)
{
    struct output output;
    size_t size = 0, length = strlen(text);
    char *laid = NULL;
    if (dgm_json_indent(text, length, INDENT, NULL, 0, &size) == DGM_NO_SPACE &&
        (laid = malloc(size)) == NULL) {
        return report_memory(&schemes->report);
    }
    if (laid != NULL &&
        dgm_json_indent(text, length, INDENT, laid, size, &length) == DGM_OK) {
        text = laid;
    }
    int code = output_open(&output, &schemes->report,
                           cli_text(schemes->cli, OPTION_OUTPUT, NULL));
    if (code == CLI_FINE) {
        (void)fwrite(text, 1, length, output.file);
        (void)fputc('\n', output.file);
    }
    code = cli_worse(code, output_close(&output, &schemes->report));
    free(laid);
    return code;
}

static int no_such_message(struct schemes *schemes)
{
    struct nearest nearest;
    size_t count = 0;
    (void)product_messages(&schemes->product, &count);
    nearest_start(&nearest, schemes->message);
    for (size_t i = 0; i < count; i++) {
        nearest_offer(&nearest, product_message(&schemes->product, (uint16_t)i));
    }
    return report_usage(&schemes->report, schemes->cli,
                        nearest.best != NULL ? "no message '%s'; did you mean '%s'?"
                                             : "no message '%s'%s",
                        schemes->message, nearest.best != NULL ? nearest.best : "");
}

static int of_product(struct schemes *schemes)
{
    const char *text = NULL;
    struct product *product = &schemes->product;
    if (product->profile == NULL) {
        report_error(&schemes->report, NULL, "no-plugin",
                     "schemas are made of profiles, and '%s' is a plug-in",
                     schemes->cli->options.arguments[0]);
        return CLI_CANNOT;
    }
    switch (dgm_profile_schema(product->profile, product_position(product),
                               schemes->message, schemes->shape, &text)) {
    case DGM_OK:
        return put(schemes, text);
    case DGM_MEMORY:
        return report_memory(&schemes->report);
    case DGM_NOTHING:
        report_error(&schemes->report, NULL, "no-message",
                     "there is no JSON of that in this shape");
        return CLI_WRONG;
    default:
        return no_such_message(schemes);
    }
}

static int of_language(struct schemes *schemes)
{
    size_t size = dgm_language_schema(NULL, 0) + 1;
    char *text = malloc(size);
    if (text == NULL || dgm_language_schema(text, size) == 0) {
        free(text);
        return report_memory(&schemes->report);
    }
    int code = put(schemes, text);
    free(text);
    return code;
}

/* Of the language there is one, whatever the profile. */
static int check_call(struct schemes *schemes)
{
    const struct cli *cli = schemes->cli;
    bool of_product = cli_has(cli, OPTION_MESSAGE) || cli_has(cli, OPTION_SHAPE) ||
                      cli_has(cli, OPTION_MODEL);
    if (!cli_has(cli, OPTION_PROFILE_LANGUAGE)) {
        return cli->options.argument_count == 1
                   ? CLI_FINE
                   : report_usage(&schemes->report, cli, "one profile is needed");
    }
    return cli->options.argument_count == 0 && !of_product
               ? CLI_FINE
               : report_usage(&schemes->report, cli,
                              "--profile-language stands alone, but for --output");
}

int cmd_schema(struct cli *cli)
{
    struct schemes schemes;
    memset(&schemes, 0, sizeof(schemes));
    schemes.cli = cli;
    schemes.message = cli_text(cli, OPTION_MESSAGE, NULL);
    schemes.shape = cli_word(cli, OPTION_SHAPE, DGM_SHAPE_PLAIN);
    report_open(&schemes.report, cli);
    int code = check_call(&schemes);
    if (code != CLI_FINE || cli_has(cli, OPTION_PROFILE_LANGUAGE)) {
        return code != CLI_FINE ? code : of_language(&schemes);
    }
    code = product_open_path(&schemes.product, &schemes.report, cli,
                             cli->options.arguments[0]);
    if (code == CLI_FINE) {
        code = of_product(&schemes);
    }
    product_close(&schemes.product);
    return code;
}
