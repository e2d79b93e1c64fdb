/* SPDX-License-Identifier: MIT */
/*
 * dragoman identify: which products a frame fits. Guards choose the message; only what
 * also decodes is a match, since a profile without constants has guards that hold for any
 * frame.
 */
#include "job.h"
#include "letters.h"

#include <stdlib.h>
#include <string.h>

struct candidate {
    struct product product;
    struct worker worker;
};

struct identifying {
    const struct cli *cli;
    struct report report;
    struct call_options options;
    struct catalog catalog;
    struct candidate *candidates;
    size_t count;
    struct output output;
    int code;
};

static int open_candidates(struct identifying *identifying)
{
    const struct catalog *catalog = &identifying->catalog;
    int code = CLI_FINE;
    identifying->candidates =
        calloc(catalog->count + 1, sizeof(*identifying->candidates));
    if (identifying->candidates == NULL) {
        return report_memory(&identifying->report);
    }
    for (size_t i = 0; i < catalog->count && code != CLI_BUG; i++) {
        struct candidate *candidate = &identifying->candidates[identifying->count];
        if (!catalog_fits(&catalog->entries[i], identifying->cli)) {
            continue;
        }
        int one = product_open(&candidate->product, &identifying->report,
                               identifying->cli, &catalog->entries[i]);
        if (one == CLI_FINE &&
            !worker_open_product(&candidate->worker, &candidate->product)) {
            product_close(&candidate->product);
            one = report_memory(&identifying->report);
        }
        identifying->count += one == CLI_FINE ? 1 : 0;
        code = cli_worse(code, one);
    }
    if (code == CLI_FINE && identifying->count == 0) {
        report_error(&identifying->report, NULL, "no-plugin",
                     "there is no product to compare with");
        code = CLI_CANNOT;
    }
    return code;
}

static void put_match(const struct identifying *identifying,
                      const struct candidate *candidate, const struct frame *frame,
                      const char *message, bool up)
{
    FILE *file = identifying->output.file;
    const char *way = up ? "up" : "down";
    struct jsonout json;
    if (!cli_has(identifying->cli, OPTION_JSON)) {
        letters_put(file, product_manufacturer(&candidate->product));
        (void)fputc(' ', file);
        letters_put(file, product_model(&candidate->product));
        (void)fputc(' ', file);
        letters_put(file, message);
        (void)fprintf(file, " %s\n", way);
        return;
    }
    jsonout_open(&json, file);
    if (frame->place.line != 0) {
        jsonout_number(&json, "line", frame->place.line);
    }
    jsonout_text(&json, "manufacturer_id", product_manufacturer(&candidate->product));
    jsonout_text(&json, "model", product_model(&candidate->product));
    jsonout_text(&json, "message", message);
    jsonout_text(&json, "direction", way);
    jsonout_close(&json);
}

static bool try_one(const struct identifying *identifying, struct candidate *candidate,
                    const struct frame *frame, enum dgm_direction direction)
{
    struct dgm_call call = worker_call(&identifying->options, &frame->words);
    call.direction = direction;
    uint16_t message =
        dgm_identify(candidate->product.codec, &call, frame->bytes, frame->length);
    if (message == DGM_NONE) {
        return false;
    }
    enum dgm_status status =
        worker_decode(&candidate->worker, &call, frame->bytes, frame->length);
    if (status != DGM_OK && status != DGM_NOTHING) {
        return false;
    }
    put_match(identifying, candidate, frame,
              product_message(&candidate->product, message),
              direction == DGM_DIRECTION_UP);
    return true;
}

static void identify_frame(struct identifying *identifying, const struct frame *frame)
{
    enum dgm_direction only = identifying->options.call.direction;
    bool found = false;
    for (size_t i = 0; i < identifying->count; i++) {
        struct candidate *candidate = &identifying->candidates[i];
        if (only != DGM_DIRECTION_DOWN) {
            found = try_one(identifying, candidate, frame, DGM_DIRECTION_UP) || found;
        }
        if (only != DGM_DIRECTION_UP) {
            found = try_one(identifying, candidate, frame, DGM_DIRECTION_DOWN) || found;
        }
    }
    if (!found) {
        report_error(&identifying->report, &frame->place, "no-message",
                     "the frame fits none of %zu product%s", identifying->count,
                     identifying->count == 1 ? "" : "s");
        identifying->code = cli_worse(identifying->code, CLI_WRONG);
    }
}

static void identify_all(struct identifying *identifying, struct input *input)
{
    struct frame frame;
    enum input_result result = INPUT_FRAME;
    while (input_go_on(result = input_next(input, &frame), &identifying->code)) {
        if (result == INPUT_FRAME) {
            identify_frame(identifying, &frame);
        }
    }
}

static void close_all(struct identifying *identifying)
{
    for (size_t i = 0; i < identifying->count; i++) {
        worker_close(&identifying->candidates[i].worker);
        product_close(&identifying->candidates[i].product);
    }
    free(identifying->candidates);
    catalog_free(&identifying->catalog);
    call_options_free(&identifying->options);
}

int cmd_identify(struct cli *cli)
{
    struct identifying identifying;
    struct input *input = NULL;
    memset(&identifying, 0, sizeof(identifying));
    identifying.cli = cli;
    report_open(&identifying.report, cli);
    (void)output_open(&identifying.output, &identifying.report, NULL);
    int code = call_options_read(&identifying.options, &identifying.report, cli,
                                 DGM_SHAPE_PLAIN);
    if (code == CLI_FINE) {
        code = catalog_fill(&identifying.catalog, &identifying.report, cli);
    }
    if (code == CLI_FINE) {
        code = catalog_look_into(&identifying.catalog, &identifying.report);
    }
    if (code == CLI_FINE) {
        code = open_candidates(&identifying);
    }
    if (code == CLI_FINE) {
        input = input_open(&identifying.report, cli, &code);
    }
    identifying.code = code;
    if (code == CLI_FINE) {
        identify_all(&identifying, input);
    }
    input_close(input);
    close_all(&identifying);
    return cli_worse(identifying.code,
                     output_close(&identifying.output, &identifying.report));
}
