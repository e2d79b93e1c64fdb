/* SPDX-License-Identifier: MIT */
/* dragoman sample: frames that a product might send, by chance. */
#include "base64.h"
#include "job.h"
#include "nearest.h"
#include "seeds.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WARM_UP = 3000, ATTEMPTS = 40, MOST = 1000000 };

struct sampling {
    const struct cli *cli;
    struct report report;
    struct product product;
    struct lab lab;
    struct output output;
    const char *message; /* or NULL */
    bool down, wrap;
    size_t count;
    uint64_t seed;
    char **lines;
};

static void put_wrapped(const struct sampling *sampling, const struct specimen *specimen,
                        const uint8_t *line, size_t length, FILE *file)
{
    const struct worker *worker = &sampling->lab.worker;
    struct jsonout json;
    jsonout_open(&json, file);
    jsonout_text(&json, "message", lab_name(&sampling->lab, sampling->lab.message));
    jsonout_text(&json, "direction", sampling->down ? "down" : "up");
    if (specimen->has_channel) {
        jsonout_number(&json, "port", specimen->channel);
    }
    if (specimen->topic[0] != '\0') {
        jsonout_text(&json, "topic", specimen->topic);
    }
    if (sampling->lab.has_received) {
        jsonout_text(&json, "time", "2026-01-02T03:04:05Z");
    }
    jsonout_name(&json, "frame");
    (void)fputc('"', file);
    hex_put(file, line, length);
    (void)fputc('"', file);
    jsonout_raw(&json, "json", worker->outcome.length > 0 ? worker->data : "null",
                worker->outcome.length > 0 ? worker->outcome.length : 4);
    jsonout_close(&json);
}

/* The line of the frame that was decoded last. */
static char *line_of(const struct sampling *sampling, const struct specimen *specimen)
{
    static uint8_t bytes[LAB_LINE_MAX];
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        return NULL;
    }
    size_t count = lab_wrap(&sampling->lab, specimen->bytes, specimen->length, bytes);
    if (sampling->wrap) {
        put_wrapped(sampling, specimen, bytes, count, file);
    } else {
        lab_put_words(&sampling->lab, specimen, file);
        hex_put(file, bytes, count);
        (void)fputc('\n', file);
    }
    if (fclose(file) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

/* One frame, without warnings if there are such. False if the message has none. */
static bool draw(struct explorer *explorer, struct specimen *ret)
{
    struct lab *lab = explorer->lab;
    struct specimen specimen;
    bool found = false;
    for (unsigned i = 0; i < ATTEMPTS; i++) {
        if (explore_one(explorer, &specimen)) {
            *ret = specimen;
            found = true;
            if (lab->worker.outcome.notice_count == 0) {
                return true;
            }
        }
    }
    return found && lab_decode(lab, ret) <= DGM_NOTHING;
}

/* The frames of one message: line `first`, and each `step` lines behind it. */
static int sample_message(struct sampling *sampling, uint16_t message, size_t first,
                          size_t step)
{
    struct explorer explorer;
    struct specimen specimen;
    struct lab *lab = &sampling->lab;
    int code = CLI_FINE;
    lab_take(lab, message, sampling->seed);
    if (!explore_open(&explorer, lab, WARM_UP)) {
        return report_memory(&sampling->report);
    }
    seeds_offer(&explorer, sampling->product.profile);
    explore(&explorer);
    explorer.repeats = true;
    for (size_t i = first; i < sampling->count && code == CLI_FINE; i += step) {
        if (!draw(&explorer, &specimen)) {
            report_error(&sampling->report, NULL, "no-message",
                         "found no frame of message '%s'", lab_name(lab, message));
            code = CLI_WRONG;
            break;
        }
        sampling->lines[i] = line_of(sampling, &specimen);
        code = sampling->lines[i] != NULL ? CLI_FINE : report_memory(&sampling->report);
    }
    explore_close(&explorer);
    return code;
}

/* Is it one of the messages to sample? */
static bool is_wanted(const struct sampling *sampling, uint16_t index)
{
    const struct dgm_message *message = &sampling->lab.tables.messages[index];
    if (message->flags & DGM_MESSAGE_ENCODE_ONLY) {
        return false;
    }
    if (sampling->message != NULL) {
        return strcmp(sampling->message, lab_name(&sampling->lab, index)) == 0;
    }
    return tables_is_down(message) == sampling->down;
}

static int no_such_message(struct sampling *sampling)
{
    struct nearest nearest;
    if (sampling->message == NULL) {
        report_error(&sampling->report, NULL, "no-message",
                     "no message goes %s and can be decoded",
                     sampling->down ? "down" : "up");
        return CLI_WRONG;
    }
    nearest_start(&nearest, sampling->message);
    for (unsigned i = 0; i < sampling->lab.tables.model->messages.count; i++) {
        nearest_offer(&nearest, lab_name(&sampling->lab, (uint16_t)i));
    }
    return report_usage(&sampling->report, sampling->cli,
                        nearest.best != NULL
                            ? "no message '%s' can be decoded; did you mean '%s'?"
                            : "no message '%s' can be decoded%s",
                        sampling->message, nearest.best != NULL ? nearest.best : "");
}

static int sample_all(struct sampling *sampling)
{
    size_t step = 0, first = 0;
    int code = CLI_FINE;
    unsigned messages = sampling->lab.tables.model->messages.count;
    for (unsigned i = 0; i < messages; i++) {
        if (is_wanted(sampling, (uint16_t)i)) {
            step++;
            sampling->down = tables_is_down(&sampling->lab.tables.messages[i]);
        }
    }
    if (step == 0) {
        return no_such_message(sampling);
    }
    for (unsigned i = 0; i < messages && first < sampling->count; i++) {
        if (is_wanted(sampling, (uint16_t)i)) {
            code = cli_worse(code, sample_message(sampling, (uint16_t)i, first++, step));
        }
    }
    for (size_t i = 0; i < sampling->count; i++) {
        if (sampling->lines[i] != NULL) {
            (void)fputs(sampling->lines[i], sampling->output.file);
        }
    }
    return code;
}

static int run(struct sampling *sampling)
{
    int code = CLI_FINE;
    if (!lab_open(&sampling->lab, sampling->product.codec)) {
        return report_memory(&sampling->report);
    }
    sampling->lines = calloc(sampling->count + 1, sizeof(*sampling->lines));
    if (sampling->lines == NULL) {
        code = report_memory(&sampling->report);
    } else {
        code = sample_all(sampling);
        for (size_t i = 0; i < sampling->count; i++) {
            free(sampling->lines[i]);
        }
    }
    free(sampling->lines);
    lab_close(&sampling->lab);
    return code;
}

int cmd_sample(struct cli *cli)
{
    struct sampling sampling;
    uint64_t count = 10;
    memset(&sampling, 0, sizeof(sampling));
    sampling.cli = cli;
    sampling.wrap = cli_has(cli, OPTION_JSON);
    sampling.message = cli_text(cli, OPTION_MESSAGE, NULL);
    sampling.down = cli_word(cli, OPTION_DIRECTION, 0) == 1;
    report_open(&sampling.report, cli);
    if (cli->options.argument_count != 1) {
        return report_usage(&sampling.report, cli, "one profile or plug-in is needed");
    }
    int code = cli_number(cli, &sampling.report, OPTION_FRAMES, MOST, &count);
    if (code == CLI_FINE) {
        code = cli_number(cli, &sampling.report, OPTION_SEED, UINT64_MAX, &sampling.seed);
    }
    sampling.count = (size_t)count;
    if (code == CLI_FINE) {
        code = product_open_path(&sampling.product, &sampling.report, cli,
                                 cli->options.arguments[0]);
    }
    if (code == CLI_FINE) {
        code = output_open(&sampling.output, &sampling.report,
                           cli_text(cli, OPTION_OUTPUT, NULL));
        code = code == CLI_FINE ? run(&sampling) : code;
        code = cli_worse(code, output_close(&sampling.output, &sampling.report));
    }
    product_close(&sampling.product);
    return code;
}
