/* SPDX-License-Identifier: MIT */
/* dragoman describe: a reference document about a profile. */
#include "diag.h"
#include "document.h"
#include "output.h"
#include "profiles.h"

#include <stdlib.h>
#include <string.h>

enum { FORMAT_MARKDOWN, FORMAT_HTML };

struct describing {
    const struct cli *cli;
    struct report report;
    const char *path;
    struct dgm_profile *profile;
    struct document document;
};

/* The vectors of a model run with its tables. */
static int take_examples(struct describing *describing, size_t position,
                         struct chapter *chapter)
{
    struct product product;
    memset(&product, 0, sizeof(product));
    product.profile = describing->profile;
    int code = product_prepare(&product, &describing->report, describing->path, position);
    const char *model = dgm_profile_model_name(describing->profile, position);
    if (code == CLI_FINE && !examples_open(&chapter->examples, &product, model)) {
        code = report_memory(&describing->report);
    }
    free(product.memory);
    return code;
}

static int take_chapters(struct describing *describing)
{
    struct document *document = &describing->document;
    size_t count = 0;
    while (dgm_profile_model_name(describing->profile, count) != NULL) {
        count++;
    }
    document->chapters = calloc(count + 1, sizeof(*document->chapters));
    if (document->chapters == NULL) {
        return report_memory(&describing->report);
    }
    int code = CLI_FINE;
    for (size_t i = 0; i < count && code == CLI_FINE; i++) {
        struct chapter *chapter = &document->chapters[document->count++];
        enum dgm_status status =
            dgm_profile_describe(describing->profile, i, &chapter->doc);
        code = status == DGM_OK ? take_examples(describing, i, chapter)
                                : report_memory(&describing->report);
    }
    return code;
}

static int write_document(struct describing *describing)
{
    struct output output;
    int code = output_open(&output, &describing->report,
                           cli_text(describing->cli, OPTION_OUTPUT, NULL));
    if (code != CLI_FINE) {
        return code;
    }
    if (cli_word(describing->cli, OPTION_FORMAT, FORMAT_MARKDOWN) == FORMAT_HTML) {
        document_html(output.file, &describing->document);
    } else {
        document_markdown(output.file, &describing->document);
    }
    return output_close(&output, &describing->report);
}

/* The profile, with the one model only that is wanted. Returns an exit code. */
static int load(struct describing *describing)
{
    struct profiles_choice choice = {cli_text(describing->cli, OPTION_MODEL, NULL), 0};
    struct report *report = &describing->report;
    enum dgm_status status =
        profiles_load(&choice, describing->path, &describing->profile);
    if (status == DGM_MEMORY) {
        return report_memory(report);
    }
    if (status == DGM_NOTHING) {
        return product_is_part(report, describing->path);
    }
    if (status != DGM_OK) {
        struct diag_counts counts;
        diag_print(report, describing->profile, report->json ? DIAG_JSON : DIAG_TEXT,
                   report->terminal, &counts);
        return cli_exit_of(status);
    }
    return profiles_check(&choice, report);
}

static void close_all(struct describing *describing)
{
    struct document *document = &describing->document;
    for (size_t i = 0; i < document->count; i++) {
        examples_close(&document->chapters[i].examples);
    }
    free(document->chapters);
    dgm_profile_close(describing->profile);
}

int cmd_describe(struct cli *cli)
{
    struct describing describing;
    memset(&describing, 0, sizeof(describing));
    describing.cli = cli;
    report_open(&describing.report, cli);
    if (cli->options.argument_count != 1) {
        return report_usage(&describing.report, cli, "one profile is needed");
    }
    describing.path = cli->options.arguments[0];
    if (catalog_is_plugin(describing.path)) {
        report_error(&describing.report, NULL, "no-plugin",
                     "'%s' is a plug-in, which has tables only: describe its profile",
                     describing.path);
        return CLI_CANNOT;
    }
    int code = load(&describing);
    if (code == CLI_FINE) {
        code = take_chapters(&describing);
    }
    if (code == CLI_FINE) {
        code = write_document(&describing);
    }
    close_all(&describing);
    return code;
}
