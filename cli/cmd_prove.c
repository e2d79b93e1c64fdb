/* SPDX-License-Identifier: MIT */
/* dragoman prove: does what a product says come through, both ways? */
#include "diag.h"
#include "base64.h"
#include "output.h"
#include "profiles.h"
#include "prove.h"
#include "seeds.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES = 4000, MOST = 10000000 };

struct proving {
    const struct cli *cli;
    struct report report;
    const char *message; /* or NULL */
    uint64_t frames, seed;
    bool wrap, tells_unreached;
    size_t messages, lossy;
    bool message_found;
    struct profiles_choice choice;
    const char *path;
    const char *model; /* of a family, or NULL */
};

/* As it stands on the line, so that decode takes it. */
static void put_line(FILE *file, const struct lab *lab, const uint8_t *bytes,
                     size_t length)
{
    static uint8_t line[LAB_LINE_MAX];
    size_t wrapped = lab_wrap(lab, bytes, length, line);
    if (wrapped > 0) {
        hex_put(file, line, wrapped);
    } else {
        hex_put(file, bytes, length);
    }
}

static void put_finding(const struct lab *lab, const struct finding *finding)
{
    const struct specimen *specimen = &finding->specimen;
    (void)printf("    %s: %s (%zu frame%s)\n", finding->field, finding->reason,
                 finding->count, finding->count == 1 ? "" : "s");
    (void)fputs("        ", stdout);
    lab_put_words(lab, specimen, stdout);
    put_line(stdout, lab, specimen->bytes, specimen->length);
    (void)printf(" says %s\n", finding->first);
    if (finding->bytes == NULL) {
        return;
    }
    (void)fputs("        ", stdout);
    put_line(stdout, lab, finding->bytes, finding->length);
    (void)printf(" %s %s\n", finding->second != NULL ? "says" : "comes back",
                 finding->second != NULL ? finding->second : "");
}

static void put_unreached(const struct explorer *explorer)
{
    char name[REACH_TEXT], what[REACH_TEXT];
    for (size_t i = 0; i < explorer->reach.count; i++) {
        if (explorer->reach.marks[i].done) {
            continue;
        }
        reach_describe(explorer->lab, &explorer->reach.marks[i], name, what);
        (void)printf("    not reached: %s%s%s\n", name, what[0] != '\0' ? ": " : "",
                     what);
    }
}

static void put_text(const struct proving *proving, const struct explorer *explorer,
                     const struct proof *proof)
{
    static const char *const words[PROVE_RESULTS] = {
        "same bytes", "same JSON", "decode only", "lost after a warning", "lost"};
    const char *before = ": ";
    (void)fputs(proving->path, stdout);
    if (proving->model != NULL) {
        (void)printf(" (%s)", proving->model);
    }
    (void)printf(": %s: %zu frames", lab_name(proof->lab, proof->lab->message),
                 proof->frames);
    for (unsigned i = 0; i < PROVE_RESULTS; i++) {
        if (proof->results[i] > 0) {
            (void)printf("%s%zu %s", before, proof->results[i], words[i]);
            before = ", ";
        }
    }
    (void)printf("; %zu of %zu reached\n", explorer->reach.done, explorer->reach.count);
    for (size_t i = 0; i < proof->finding_count; i++) {
        put_finding(proof->lab, &proof->findings[i]);
    }
    if (proving->tells_unreached) {
        put_unreached(explorer);
    }
}

static void put_json_finding(FILE *file, const struct lab *lab,
                             const struct finding *finding)
{
    struct jsonout json;
    (void)fputc('{', file);
    json.file = file;
    json.any = false;
    jsonout_text(&json, "field", finding->field);
    jsonout_text(&json, "reason", finding->reason);
    jsonout_bool(&json, "warned", finding->result == PROVE_WARNED);
    jsonout_number(&json, "frames", finding->count);
    jsonout_name(&json, "frame");
    (void)fputc('"', file);
    put_line(file, lab, finding->specimen.bytes, finding->specimen.length);
    (void)fputc('"', file);
    jsonout_raw(&json, "json", finding->first, strlen(finding->first));
    if (finding->bytes != NULL) {
        jsonout_name(&json, "back");
        (void)fputc('"', file);
        put_line(file, lab, finding->bytes, finding->length);
        (void)fputc('"', file);
    }
    if (finding->second != NULL) {
        jsonout_raw(&json, "back_json", finding->second, strlen(finding->second));
    }
    (void)fputc('}', file);
}

static void put_wrapped(const struct proving *proving, const struct explorer *explorer,
                        const struct proof *proof)
{
    static const char *const names[PROVE_RESULTS] = {"same_bytes", "same_json",
                                                     "decode_only", "warned", "lost"};
    struct jsonout json;
    jsonout_open(&json, stdout);
    jsonout_text(&json, "file", proving->path);
    if (proving->model != NULL) {
        jsonout_text(&json, "model", proving->model);
    }
    jsonout_text(&json, "message", lab_name(proof->lab, proof->lab->message));
    jsonout_number(&json, "frames", proof->frames);
    for (unsigned i = 0; i < PROVE_RESULTS; i++) {
        jsonout_number(&json, names[i], proof->results[i]);
    }
    jsonout_number(&json, "reached", explorer->reach.done);
    jsonout_number(&json, "reachable", explorer->reach.count);
    jsonout_name(&json, "findings");
    (void)fputc('[', stdout);
    for (size_t i = 0; i < proof->finding_count; i++) {
        (void)fputs(i > 0 ? "," : "", stdout);
        put_json_finding(stdout, proof->lab, &proof->findings[i]);
    }
    (void)fputc(']', stdout);
    jsonout_close(&json);
}

/* Work on the message at work of the lab. */
static int prove_taken(struct proving *proving, struct proof *proof, struct lab *lab,
                       const struct dgm_profile *profile)
{
    struct explorer explorer;
    seeds_request(lab, proving->seed);
    if (!explore_open(&explorer, lab, (size_t)proving->frames)) {
        return report_memory(&proving->report);
    }
    explorer.found = proof_try;
    explorer.user = proof;
    seeds_offer(&explorer, profile);
    explore(&explorer);
    proving->messages++;
    proving->lossy += proof->results[PROVE_LOST] > 0;
    if (proving->wrap) {
        put_wrapped(proving, &explorer, proof);
    } else {
        put_text(proving, &explorer, proof);
    }
    bool empty = proof->frames == 0;
    bool lost = proof->results[PROVE_LOST] > 0;
    int code = empty || lost ? CLI_WRONG : CLI_FINE;
    explore_close(&explorer);
    return proof->failed ? report_memory(&proving->report) : code;
}

/* No frame of it comes back that could be compared. */
static void put_encode_only(const struct proving *proving, const char *name)
{
    if (proving->wrap) {
        return;
    }
    (void)fputs(proving->path, stdout);
    if (proving->model != NULL) {
        (void)printf(" (%s)", proving->model);
    }
    (void)printf(": %s: encode only, nothing to compare\n", name);
}

static int prove_message(struct proving *proving, struct lab *lab, uint16_t message,
                         const struct dgm_profile *profile)
{
    struct proof proof;
    const char *name = lab_name(lab, message);
    bool is_wanted = proving->message == NULL || strcmp(proving->message, name) == 0;
    if (!is_wanted) {
        return CLI_FINE;
    }
    proving->message_found = true;
    if (lab->tables.messages[message].flags & DGM_MESSAGE_ENCODE_ONLY) {
        put_encode_only(proving, name);
        return CLI_FINE;
    }
    lab_take(lab, message, proving->seed);
    if (!proof_open(&proof, lab)) {
        return report_memory(&proving->report);
    }
    int code = prove_taken(proving, &proof, lab, profile);
    proof_close(&proof);
    return code;
}

static int prove_product(struct proving *proving, const struct product *product)
{
    struct lab lab;
    int code = CLI_FINE;
    if (!lab_open(&lab, product->codec)) {
        return report_memory(&proving->report);
    }
    for (unsigned i = 0; i < lab.tables.model->messages.count; i++) {
        code =
            cli_worse(code, prove_message(proving, &lab, (uint16_t)i, product->profile));
    }
    lab_close(&lab);
    return code;
}

static int prove_models(struct proving *proving, struct dgm_profile *profile,
                        const char *path)
{
    int code = CLI_FINE;
    for (size_t i = 0; dgm_profile_model_name(profile, i) != NULL; i++) {
        struct product product;
        memset(&product, 0, sizeof(product));
        product.profile = profile;
        bool is_family = dgm_profile_model_name(profile, 1) != NULL;
        proving->model = is_family ? dgm_profile_model_name(profile, i) : NULL;
        int opened = product_prepare(&product, &proving->report, path, i);
        if (opened == CLI_FINE) {
            opened = prove_product(proving, &product);
        }
        code = cli_worse(code, opened);
        product.profile = NULL; /* the caller's */
        product_close(&product);
    }
    return code;
}

static int prove_file(void *user, const char *path)
{
    struct proving *proving = user;
    struct dgm_profile *profile = NULL;
    proving->path = path;
    enum dgm_status status = profiles_load(&proving->choice, path, &profile);
    struct diag_counts counts = {0, 0, 0};
    if (profile == NULL) {
        return status == DGM_MEMORY ? report_memory(&proving->report) : CLI_FINE;
    }
    int code = cli_exit_of(status);
    if (code == CLI_FINE) {
        code = prove_models(proving, profile, path);
    } else {
        diag_print(&proving->report, profile, DIAG_TEXT, proving->report.terminal,
                   &counts);
    }
    dgm_profile_close(profile);
    return code;
}

static int finish(struct proving *proving, int code)
{
    if (code == CLI_USAGE) {
        return code;
    }
    code = cli_worse(code, profiles_check(&proving->choice, &proving->report));
    if (code == CLI_FINE && proving->message != NULL && !proving->message_found) {
        return report_usage(&proving->report, proving->cli,
                            "no message '%s' can be decoded", proving->message);
    }
    report_note(&proving->report, "%zu message%s, %zu lossy", proving->messages,
                proving->messages == 1 ? "" : "s", proving->lossy);
    return code;
}

int cmd_prove(struct cli *cli)
{
    struct proving proving;
    struct output output;
    memset(&proving, 0, sizeof(proving));
    proving.cli = cli;
    proving.frames = FRAMES;
    proving.wrap = cli_has(cli, OPTION_JSON);
    proving.tells_unreached = cli_has(cli, OPTION_ALL);
    proving.message = cli_text(cli, OPTION_MESSAGE, NULL);
    proving.choice.model = cli_text(cli, OPTION_MODEL, NULL);
    report_open(&proving.report, cli);
    (void)output_open(&output, &proving.report, NULL);
    int code = cli_number(cli, &proving.report, OPTION_FRAMES, MOST, &proving.frames);
    if (code == CLI_FINE) {
        code = cli_number(cli, &proving.report, OPTION_SEED, UINT64_MAX, &proving.seed);
    }
    if (code == CLI_FINE) {
        code = profiles_each(&proving.report, cli, prove_file, &proving);
    }
    return cli_worse(finish(&proving, code), output_close(&output, &proving.report));
}
