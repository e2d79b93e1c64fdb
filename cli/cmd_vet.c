/* SPDX-License-Identifier: MIT */
/* dragoman vet: ten checks of a plug-in or profile, each in a process of its own. */
#include "code.h"
#include "jsonout.h"
#include "letters.h"
#include "output.h"
#include "vet.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 5, SECONDS_MOST = 86400, STALL_S = 60, PLACE_TEXT = 400 };

struct vetter {
    const struct cli *cli;
    struct report report;
    struct vet_task task;
    struct code_settings settings;
    uint64_t level;
    bool wrap;
    size_t files, bad; /* told at the end */
};

static const struct {
    unsigned has;
    const char *name; /* of JSON */
    const char *text; /* in front of the number */
} numbers[] = {
    {VET_HAS_LINE, "line", "line "},   {VET_HAS_LENGTH, "length", "length "},
    {VET_HAS_BYTE, "byte", "byte "},   {VET_HAS_BIT, "bit", "bit "},
    {VET_HAS_ROOM, "room", "room "},   {VET_HAS_SCRATCH, "scratch", "scratch "},
    {VET_HAS_SEED, "seed", "--seed "},
};

static uint64_t number_of(const struct vet_place *place, unsigned has)
{
    switch (has) {
    case VET_HAS_LINE:
        return place->line;
    case VET_HAS_LENGTH:
        return place->length;
    case VET_HAS_BYTE:
        return place->byte;
    case VET_HAS_BIT:
        return place->bit;
    case VET_HAS_ROOM:
        return place->room;
    case VET_HAS_SCRATCH:
        return place->scratch;
    default:
        return place->seed;
    }
}

/* "line 12, decode, length 5, byte 3, bit 0"; empty if nothing is known. */
static void place_text(const struct vet_place *place, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    if (place->model[0] != '\0') {
        used += (size_t)snprintf(text, size, ", model %s", place->model);
    }
    if (place->doing[0] != '\0') {
        used += (size_t)snprintf(text + used, size - used, ", %s", place->doing);
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if ((place->has & numbers[i].has) != 0) {
            used += (size_t)snprintf(text + used, size - used, ", %s%" PRIu64,
                                     numbers[i].text, number_of(place, numbers[i].has));
        }
    }
    memmove(text, text + (used > 1 ? 2 : used), used > 1 ? used - 1 : 1);
}

static void put_line(const char *path, enum vet_check check,
                     const struct vet_result *result)
{
    char place[PLACE_TEXT];
    letters_put(stdout, path);
    (void)printf(": %2d %-12s %s", (int)check, vet_name(check),
                 vet_word(result->outcome));
    if (result->outcome == VET_PASSED) {
        (void)printf(", %" PRIu64 " tried\n", atomic_load(&result->tried));
        return;
    }
    place_text(&result->failed, place, sizeof(place));
    (void)fputs(": ", stdout);
    letters_put(stdout, place);
    (void)fputs(place[0] != '\0' ? ": " : "", stdout);
    letters_put(stdout, result->reason);
    if (result->failures > 1) {
        (void)printf(" (%" PRIu64 " failures)", result->failures);
    }
    (void)putchar('\n');
}

static void put_place(FILE *file, const struct vet_place *place)
{
    struct jsonout json = {file, false};
    (void)fputc('{', file);
    if (place->model[0] != '\0') {
        jsonout_text(&json, "model", place->model);
    }
    if (place->doing[0] != '\0') {
        jsonout_text(&json, "doing", place->doing);
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if ((place->has & numbers[i].has) != 0) {
            jsonout_number(&json, numbers[i].name, number_of(place, numbers[i].has));
        }
    }
    (void)fputc('}', file);
}

static void put_check(FILE *file, enum vet_check check, const struct vet_result *result)
{
    struct jsonout json = {file, false};
    (void)fputc('{', file);
    jsonout_number(&json, "check", (uint64_t)check);
    jsonout_text(&json, "name", vet_name(check));
    jsonout_text(&json, "result", vet_word(result->outcome));
    jsonout_number(&json, "tried", atomic_load(&result->tried));
    jsonout_number(&json, "failures", result->failures);
    if (result->reason[0] != '\0') {
        jsonout_text(&json, "reason", result->reason);
    }
    if (result->failures > 0) {
        jsonout_name(&json, "place");
        put_place(file, &result->failed);
    }
    (void)fputc('}', file);
}

/* A check that was skipped has proved nothing. */
static bool is_good(enum vet_outcome outcome)
{
    return outcome == VET_PASSED || outcome == VET_NOT_APPLICABLE;
}

static void put_json(const struct vetter *vetter, const struct vet_result *results,
                     bool passed)
{
    struct jsonout json;
    jsonout_open(&json, stdout);
    jsonout_number(&json, "format", 1);
    jsonout_text(&json, "file", vetter->task.path);
    jsonout_number(&json, "level", vetter->level);
    jsonout_number(&json, "seed", vetter->task.seed);
    jsonout_bool(&json, "passed", passed);
    jsonout_name(&json, "checks");
    (void)fputc('[', stdout);
    for (unsigned i = 1; i <= vetter->level; i++) {
        (void)fputs(i > 1 ? "," : "", stdout);
        put_check(stdout, (enum vet_check)i, &results[i]);
    }
    (void)fputc(']', stdout);
    jsonout_close(&json);
}

static int vet_file(struct vetter *vetter, const char *path)
{
    struct vet_result results[VET_CHECKS + 1];
    bool passed = true;
    if (access(path, R_OK) != 0) {
        return report_errno(&vetter->report, "cannot read", path);
    }
    vetter->task.path = path;
    vetter->task.has_no_tables = false;
    for (unsigned i = 1; i <= vetter->level; i++) {
        if (!vet_run(&vetter->task, (enum vet_check)i, &results[i])) {
            report_error(&vetter->report, NULL, "io", "%s", results[i].reason);
            return CLI_CANNOT;
        }
        passed = passed && is_good(results[i].outcome);
        vetter->task.has_no_tables =
            vetter->task.has_no_tables ||
            (i == VET_TABLES && results[i].outcome == VET_FAILED);
        if (!vetter->wrap) {
            put_line(path, (enum vet_check)i, &results[i]);
            (void)fflush(stdout);
        }
    }
    if (vetter->wrap) {
        put_json(vetter, results, passed);
    }
    vetter->files++;
    vetter->bad += passed ? 0 : 1;
    return passed ? CLI_FINE : CLI_WRONG;
}

static int read_options(struct vetter *vetter)
{
    const struct cli *cli = vetter->cli;
    uint64_t seconds = SECONDS;
    vetter->level = VET_CHECKS;
    vetter->wrap = cli_has(cli, OPTION_JSON);
    vetter->task.calls = &vet_real_calls;
    vetter->task.profile = cli_text(cli, OPTION_PROFILE, NULL);
    vetter->task.stall_s = STALL_S;
    vetter->task.allow_code = cli_has(cli, OPTION_ALLOW_CODE);
    vetter->task.settings = &vetter->settings;
    int code = cli_number(cli, &vetter->report, OPTION_LEVEL, VET_CHECKS, &vetter->level);
    if (code == CLI_FINE && vetter->level == 0) {
        code = report_usage(&vetter->report, cli, "--level: checks begin with 1");
    }
    if (code == CLI_FINE) {
        code = cli_number(cli, &vetter->report, OPTION_SECONDS, SECONDS_MOST, &seconds);
    }
    if (code == CLI_FINE) {
        code =
            cli_number(cli, &vetter->report, OPTION_SEED, UINT64_MAX, &vetter->task.seed);
    }
    vetter->task.seconds = (unsigned)seconds;
    return code != CLI_FINE || !vetter->task.allow_code
               ? code
               : code_settings_read(&vetter->settings, &vetter->report, cli);
}

int cmd_vet(struct cli *cli)
{
    struct vetter vetter;
    struct output output;
    memset(&vetter, 0, sizeof(vetter));
    vetter.cli = cli;
    report_open(&vetter.report, cli);
    if (cli->options.argument_count == 0) {
        return report_usage(&vetter.report, cli, "no plug-in or profile given");
    }
    int code = read_options(&vetter);
    if (code != CLI_FINE) {
        code_settings_free(&vetter.settings);
        return code;
    }
    (void)output_open(&output, &vetter.report, NULL);
    for (size_t i = 0; i < cli->options.argument_count; i++) {
        code = cli_worse(code, vet_file(&vetter, cli->options.arguments[i]));
    }
    code_settings_free(&vetter.settings);
    report_note(&vetter.report, "%zu file%s, %zu not good", vetter.files,
                vetter.files == 1 ? "" : "s", vetter.bad);
    return cli_worse(code, output_close(&output, &vetter.report));
}
