/* SPDX-License-Identifier: MIT */
/* dragoman test: run the vectors inside profiles. */
#include "cover.h"
#include "diag.h"
#include "junit.h"
#include "output.h"
#include "profiles.h"
#include "vector.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct testing {
    const struct cli *cli;
    struct report report;
    bool wrap;
    FILE *junit;
    size_t count, failed;
    struct profiles_choice choice;
};

static void put_wrapped(const char *path, unsigned line,
                        const struct vector_result *result)
{
    struct jsonout json;
    jsonout_open(&json, stdout);
    jsonout_text(&json, "file", path);
    jsonout_number(&json, "line", line);
    jsonout_bool(&json, "passed", result->passed);
    if (!result->passed) {
        jsonout_text(&json, "step", result->step);
        jsonout_text(&json, "expected", result->expected);
        jsonout_text(&json, "found", result->found);
    }
    if (result->hint != NULL) {
        jsonout_text(&json, "hint", result->hint);
    }
    jsonout_close(&json);
}

static void tell(struct testing *testing, const char *path, unsigned line,
                 const struct vector_result *result)
{
    struct place place = {path, line, 0};
    testing->count++;
    testing->failed += result->passed ? 0 : 1;
    if (testing->junit != NULL) {
        junit_case(testing->junit, path, line, result);
    }
    if (testing->wrap) {
        put_wrapped(path, line, result);
    } else if (!result->passed) {
        bool hint = result->hint != NULL;
        report_error(&testing->report, &place, "vector", "%s: expected %s, found %s%s%s",
                     result->step, result->expected, result->found, hint ? ", " : "",
                     hint ? result->hint : "");
    }
}

/* The tables that the vectors of one model run with. */
struct model_tables {
    struct product product;
    struct worker worker;
    bool tried, open;
    int code;
};

/* Those of the profile itself, or of the product that --profile names. */
static void open_tables(struct testing *testing, struct dgm_profile *profile,
                        const char *path, size_t position, const char *model,
                        struct model_tables *tables)
{
    tables->tried = true;
    if (cli_has(testing->cli, OPTION_PROFILE)) {
        struct cli cli = *testing->cli;
        cli.options.value[OPTION_MODEL] = model;
        cli.options.given[OPTION_MODEL] = model != NULL;
        tables->code = product_find(&tables->product, &testing->report, &cli);
    } else {
        tables->product.profile = profile;
        tables->code =
            product_prepare(&tables->product, &testing->report, path, position);
    }
    if (tables->code == CLI_FINE &&
        !worker_open_product(&tables->worker, &tables->product)) {
        tables->code = report_memory(&testing->report);
    }
    tables->open = tables->code == CLI_FINE;
}

static void close_tables(const struct testing *testing, struct model_tables *tables)
{
    if (tables->open) {
        worker_close(&tables->worker);
    }
    if (!cli_has(testing->cli, OPTION_PROFILE)) {
        tables->product.profile = NULL; /* not its own */
    }
    product_close(&tables->product);
}

/* Which model of the profile the vector is about. */
static size_t position_of(const struct dgm_profile *profile, const struct dgm_test *test)
{
    const char *name = NULL;
    size_t position = 0;
    while (test->model != NULL &&
           (name = dgm_profile_model_name(profile, position)) != NULL &&
           strcmp(name, test->model) != 0) {
        position++;
    }
    return position;
}

static int run_vector(struct testing *testing, struct model_tables *tables,
                      const char *path, const struct dgm_test *test)
{
    struct vector_result result;
    int code = CLI_FINE;
    if (vector_run(&tables->worker, test, &result)) {
        tell(testing, path, test->line, &result);
        code = result.passed ? CLI_FINE : CLI_WRONG;
    } else {
        code = report_memory(&testing->report);
    }
    vector_free(&result);
    return code;
}

static int run_vectors(struct testing *testing, struct dgm_profile *profile,
                       const char *path)
{
    const struct dgm_test *test = NULL;
    size_t count = 0;
    int code = CLI_FINE;
    while (dgm_profile_model_name(profile, count) != NULL) {
        count++;
    }
    struct model_tables *all = calloc(count + 1, sizeof(*all));
    if (all == NULL) {
        return report_memory(&testing->report);
    }
    for (size_t i = 0; (test = dgm_profile_test(profile, i)) != NULL; i++) {
        size_t position = position_of(profile, test);
        struct model_tables *tables = &all[position];
        if (!tables->tried) {
            open_tables(testing, profile, path, position, test->model, tables);
            code = cli_worse(code, tables->code);
        }
        if (tables->open) {
            code = cli_worse(code, run_vector(testing, tables, path, test));
        }
    }
    for (size_t i = 0; i < count && cli_has(testing->cli, OPTION_COVERAGE); i++) {
        if (all[i].open && !cover(all[i].product.codec, profile, path,
                                  count > 1 ? dgm_profile_model_name(profile, i) : NULL,
                                  cli_has(testing->cli, OPTION_ALL))) {
            code = cli_worse(code, report_memory(&testing->report));
        }
    }
    for (size_t i = 0; i < count; i++) {
        close_tables(testing, &all[i]);
    }
    free(all);
    return code;
}

static int test_profile(void *user, const char *path)
{
    struct testing *testing = user;
    struct dgm_profile *profile = NULL;
    struct diag_counts counts = {0, 0, 0};
    enum dgm_status status = profiles_load(&testing->choice, path, &profile);
    if (profile == NULL) {
        return status == DGM_MEMORY ? report_memory(&testing->report) : CLI_FINE;
    }
    int code = cli_exit_of(status);
    if (code != CLI_FINE) {
        diag_print(&testing->report, profile, DIAG_TEXT, testing->report.terminal,
                   &counts);
    } else {
        if (testing->junit != NULL) {
            junit_suite(testing->junit, path);
        }
        code = run_vectors(testing, profile, path);
        if (testing->junit != NULL) {
            junit_suite_end(testing->junit);
        }
    }
    dgm_profile_close(profile);
    return code;
}

static int open_junit(struct testing *testing)
{
    const char *path = cli_text(testing->cli, OPTION_JUNIT, NULL);
    if (path == NULL) {
        return CLI_FINE;
    }
    testing->junit = fopen(path, "wb");
    if (testing->junit == NULL) {
        return report_errno(&testing->report, "cannot write", path);
    }
    junit_begin(testing->junit);
    return CLI_FINE;
}

static int close_junit(struct testing *testing)
{
    if (testing->junit == NULL) {
        return CLI_FINE;
    }
    junit_end(testing->junit);
    bool good = ferror(testing->junit) == 0;
    good = fclose(testing->junit) == 0 && good;
    return good ? CLI_FINE
                : report_errno(&testing->report, "cannot write",
                               cli_text(testing->cli, OPTION_JUNIT, ""));
}

int cmd_test(struct cli *cli)
{
    struct testing testing;
    struct output output;
    memset(&testing, 0, sizeof(testing));
    testing.cli = cli;
    testing.wrap = cli_has(cli, OPTION_JSON);
    testing.choice.model = cli_text(cli, OPTION_MODEL, NULL);
    report_open(&testing.report, cli);
    if (cli_has(cli, OPTION_ALL) && !cli_has(cli, OPTION_COVERAGE)) {
        return report_usage(&testing.report, cli, "--all goes with --coverage");
    }
    (void)output_open(&output, &testing.report, NULL);
    int code = open_junit(&testing);
    if (code == CLI_FINE) {
        code = profiles_each(&testing.report, cli, test_profile, &testing);
    }
    if (code == CLI_FINE) {
        code = profiles_check(&testing.choice, &testing.report);
    }
    code = cli_worse(code, close_junit(&testing));
    if (code != CLI_USAGE && !testing.wrap && !testing.report.quiet) {
        (void)printf("%zu vector%s, %zu passed, %zu failed\n", testing.count,
                     testing.count == 1 ? "" : "s", testing.count - testing.failed,
                     testing.failed);
    }
    return cli_worse(code, output_close(&output, &testing.report));
}
