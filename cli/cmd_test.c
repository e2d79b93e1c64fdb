/* SPDX-License-Identifier: MIT */
/* dragoman test: run the vectors inside profiles. */
#include "diag.h"
#include "junit.h"
#include "output.h"
#include "profiles.h"
#include "vector.h"

#include <errno.h>
#include <string.h>

struct testing {
    const struct cli *cli;
    struct report report;
    bool wrap;
    FILE *junit;
    size_t count, failed;
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
        report_error(&testing->report, &place, "vector", "%s: expected %s, found %s",
                     result->step, result->expected, result->found);
    }
}

static int run_vectors(struct testing *testing, const struct dgm_profile *profile,
                       const struct dgm_codec *codec, const char *path)
{
    struct worker worker;
    const struct dgm_test *test = NULL;
    size_t failed = testing->failed;
    if (!worker_open(&worker, codec)) {
        return report_memory(&testing->report);
    }
    int code = CLI_FINE;
    for (size_t i = 0; (test = dgm_profile_test(profile, i)) != NULL; i++) {
        struct vector_result result;
        if (vector_run(&worker, test, &result)) {
            tell(testing, path, test->line, &result);
        } else {
            code = report_memory(&testing->report);
        }
        vector_free(&result);
    }
    worker_close(&worker);
    return cli_worse(code, testing->failed > failed ? CLI_WRONG : CLI_FINE);
}

/* The codec of the profile itself, or the one that --profile names. */
static int run_profile(struct testing *testing, struct product *own, const char *path)
{
    struct product other;
    if (!cli_has(testing->cli, OPTION_PROFILE)) {
        int code = product_prepare(own, &testing->report, path);
        return code != CLI_FINE ? code
                                : run_vectors(testing, own->profile, own->codec, path);
    }
    int code = product_find(&other, &testing->report, testing->cli);
    if (code == CLI_FINE) {
        code = run_vectors(testing, own->profile, other.codec, path);
        product_close(&other);
    }
    return code;
}

static int test_profile(void *user, const char *path)
{
    struct testing *testing = user;
    struct product own;
    struct diag_counts counts = {0, 0, 0};
    memset(&own, 0, sizeof(own));
    enum dgm_status status = dgm_profile_load(path, &own.profile);
    if (own.profile == NULL) {
        return report_memory(&testing->report);
    }
    int code = cli_exit_of(status);
    if (code != CLI_FINE) {
        diag_print(&testing->report, own.profile, DIAG_TEXT, testing->report.terminal,
                   &counts);
    } else {
        if (testing->junit != NULL) {
            junit_suite(testing->junit, path);
        }
        code = run_profile(testing, &own, path);
        if (testing->junit != NULL) {
            junit_suite_end(testing->junit);
        }
    }
    product_close(&own);
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
    report_open(&testing.report, cli);
    (void)output_open(&output, &testing.report, NULL);
    int code = open_junit(&testing);
    if (code == CLI_FINE) {
        code = profiles_each(&testing.report, cli, test_profile, &testing);
    }
    code = cli_worse(code, close_junit(&testing));
    if (code != CLI_USAGE && !testing.wrap && !testing.report.quiet) {
        (void)printf("%zu vector%s, %zu passed, %zu failed\n", testing.count,
                     testing.count == 1 ? "" : "s", testing.count - testing.failed,
                     testing.failed);
    }
    return cli_worse(code, output_close(&output, &testing.report));
}
