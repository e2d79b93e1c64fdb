/* SPDX-License-Identifier: MIT */
/* dragoman explain: errors and rules at length. */
#include "explain.h"

#include <dragoman/profile.h>

#include "help.h"
#include "jsonout.h"
#include "nearest.h"
#include "output.h"

#include <string.h>

static const char *const families[] = {
    [DGM_FAMILY_FINE] = "no error",
    [DGM_FAMILY_DATA] = "the data is wrong",
    [DGM_FAMILY_SPACE] = "more room is needed",
    [DGM_FAMILY_USAGE] = "the call is wrong",
    [DGM_FAMILY_TABLE] = "the table or plug-in is refused",
    [DGM_FAMILY_SYSTEM] = "a file or memory could not be had",
    [DGM_FAMILY_BUG] = "a mistake in Dragoman",
};

static const char *const severities[] = {
    [DGM_SEVERITY_ERROR] = "error",
    [DGM_SEVERITY_WARNING] = "warning",
    [DGM_SEVERITY_NOTE] = "note",
};

static void put(bool wrap, const char *id, const char *kind, const char *sort,
                const char *summary, const char *text)
{
    struct jsonout json;
    if (!wrap) {
        (void)printf("%s (%s: %s)\n", id, kind, sort);
        help_sentence(stdout, summary);
        (void)printf("\n%s", text);
        return;
    }
    jsonout_open(&json, stdout);
    jsonout_text(&json, "id", id);
    jsonout_text(&json, "kind", kind);
    jsonout_text(&json, "sort", sort);
    jsonout_text(&json, "summary", summary);
    jsonout_text(&json, "explanation", text);
    jsonout_close(&json);
}

static void put_status(bool wrap, enum dgm_status status)
{
    const char *text = explain_status(status);
    put(wrap, dgm_status_id(status), "outcome", families[dgm_status_family(status)],
        dgm_status_text(status), text != NULL ? text : "");
}

/* Both registries: some ids are in each. */
static bool explain(const char *id, bool wrap, struct nearest *nearest)
{
    enum dgm_status status = DGM_OK;
    const struct dgm_rule *rule = NULL;
    bool found = false;
    for (size_t i = 0; dgm_status_at(i, &status); i++) {
        nearest_offer(nearest, dgm_status_id(status));
        if (strcmp(dgm_status_id(status), id) == 0) {
            put_status(wrap, status);
            found = true;
        }
    }
    for (size_t i = 0; (rule = dgm_rule_at(i)) != NULL; i++) {
        nearest_offer(nearest, rule->id);
        if (strcmp(rule->id, id) == 0) {
            (void)fputs(found && !wrap ? "\n" : "", stdout);
            put(wrap, rule->id, "rule", severities[rule->severity], rule->summary,
                rule->explanation);
            found = true;
        }
    }
    return found;
}

static void list_all(void)
{
    enum dgm_status status = DGM_OK;
    const struct dgm_rule *rule = NULL;
    (void)puts("Outcomes of calls:");
    for (size_t i = 0; dgm_status_at(i, &status); i++) {
        (void)printf("  %-28s %s\n", dgm_status_id(status), dgm_status_text(status));
    }
    (void)puts("\nRules for profiles:");
    for (size_t i = 0; (rule = dgm_rule_at(i)) != NULL; i++) {
        (void)printf("  %-28s %s\n", rule->id, rule->summary);
    }
}

int cmd_explain(struct cli *cli)
{
    struct report report;
    struct output output;
    int code = CLI_FINE;
    bool wrap = cli_has(cli, OPTION_JSON);
    report_open(&report, cli);
    (void)output_open(&output, &report, NULL);
    if (cli->options.argument_count == 0 && !cli_has(cli, OPTION_ALL)) {
        return report_usage(&report, cli, "no id given; --all lists them");
    }
    if (cli_has(cli, OPTION_ALL)) {
        list_all();
    }
    for (size_t i = 0; i < cli->options.argument_count; i++) {
        const char *id = cli->options.arguments[i];
        struct nearest nearest;
        nearest_start(&nearest, id);
        (void)fputs(i > 0 && !wrap ? "\n" : "", stdout);
        if (!explain(id, wrap, &nearest)) {
            code = nearest.best != NULL
                       ? report_usage(&report, cli, "unknown id '%s'; did you mean '%s'?",
                                      id, nearest.best)
                       : report_usage(&report, cli,
                                      "unknown id '%s'; 'dragoman explain --all' lists "
                                      "them",
                                      id);
        }
    }
    return cli_worse(code, output_close(&output, &report));
}
