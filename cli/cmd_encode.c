/* SPDX-License-Identifier: MIT */
/* dragoman encode: JSON to frames, one line each. */
#include "documents.h"
#include "encoder.h"
#include "job.h"

#include <string.h>

struct encoding {
    struct job job;
    struct encoder_task task;
    struct outlet outlet;
    struct encoder *encoder; /* the one that has the turn */
    void *ahead[CREW_MOST];  /* others, with several jobs */
    size_t jobs;
};

static int read_options(struct encoding *encoding)
{
    const struct cli *cli = encoding->job.cli;
    struct encoder_task *task = &encoding->task;
    task->wrapped = cli_has(cli, OPTION_JSON);
    task->form = (enum encoder_form)cli_word(cli, OPTION_OUTPUT_FORMAT, ENCODER_HEX);
    if (task->wrapped && task->form == ENCODER_BINARY) {
        return report_usage(&encoding->job.report, cli,
                            "--json holds hex or Base64, not binary");
    }
    return crew_jobs(cli, &encoding->job.report, &encoding->jobs);
}

static int begin(struct encoding *encoding, struct documents *documents)
{
    struct job *job = &encoding->job;
    struct encoder_task *task = &encoding->task;
    if (documents_feed(documents)->lines != NULL) {
        product_hasten(&job->product);
    }
    task->product = &job->product;
    task->options = &job->options;
    task->quiet = job->report.quiet;
    task->source = documents_feed(documents)->source;
    encoding->encoder = encoder_open(task, &encoding->outlet.sink);
    if (encoding->encoder == NULL || !job_outlet(job, &encoding->outlet)) {
        return report_memory(&job->report);
    }
    return CLI_FINE;
}

/* Each line by itself: many at once. */
static int encode_lines(struct encoding *encoding, struct feed *feed)
{
    struct crew crew = {feed->lines,    feed->source,           &encoding->outlet.sink,
                        &encoder_ways,  encoding->encoder,      encoding->ahead,
                        encoding->jobs, encoding->task.wrapped, feed->number};
    int code = CLI_FINE;
    for (size_t i = 0; encoding->jobs > 1 && i < encoding->jobs; i++) {
        encoding->ahead[i] = encoder_open(&encoding->task, NULL);
        code = encoding->ahead[i] == NULL ? CLI_CANNOT : code;
    }
    if (code == CLI_FINE) {
        crew_run(&crew);
    } else {
        code = report_memory(&encoding->job.report);
    }
    for (size_t i = 0; i < encoding->jobs; i++) {
        encoder_close(encoding->ahead[i]);
    }
    return code;
}

/* One text after another, until each line is one. False at the end. */
static bool encode_texts(struct encoding *encoding, struct documents *documents)
{
    struct outlet *outlet = &encoding->outlet;
    struct place place;
    const char *text = NULL;
    size_t length = 0;
    while (output_good(&encoding->job.output) && !documents_in_lines(documents)) {
        enum lines_result result = documents_next(documents, &text, &length, &place);
        if (result == LINES_END) {
            return false;
        }
        if (result == LINES_FAILED) {
            outlet->sink.code = cli_worse(outlet->sink.code, CLI_CANNOT);
            return false;
        }
        if (result != LINES_GOT) {
            outlet->sink.code = cli_worse(outlet->sink.code, CLI_WRONG);
        } else {
            encoder_text(encoding->encoder, text, length, &place, &outlet->results);
        }
        /* The text is gone with the next one. */
        if (outlet->results.event_count > 0) {
            outlet_flush(outlet);
        }
        report_progress(&encoding->job.report, documents_lines(documents),
                        lines_consumed(documents_feed(documents)->lines));
    }
    return output_good(&encoding->job.output);
}

static int encode_all(struct encoding *encoding, struct documents *documents)
{
    struct job *job = &encoding->job;
    struct feed *feed = documents_feed(documents);
    int code = begin(encoding, documents);
    if (code != CLI_FINE) {
        return code;
    }
    if (feed->lines != NULL) {
        report_progress_start(&job->report, job->cli, lines_size(feed->lines));
        lines_before_wait(feed->lines, outlet_flush, &encoding->outlet);
    }
    if (encode_texts(encoding, documents)) {
        outlet_flush(&encoding->outlet);
        code = encode_lines(encoding, feed);
    }
    outlet_flush(&encoding->outlet);
    return cli_worse(code, encoding->outlet.sink.code);
}

int cmd_encode(struct cli *cli)
{
    struct encoding encoding;
    struct documents *documents = NULL;
    memset(&encoding, 0, sizeof(encoding));
    int code = job_open(&encoding.job, cli, DGM_SHAPE_AUTO);
    if (code == CLI_FINE) {
        code = read_options(&encoding);
    }
    if (code == CLI_FINE) {
        documents = documents_open(&encoding.job.report, cli, &code);
    }
    if (code == CLI_FINE) {
        code = encode_all(&encoding, documents);
    }
    encoding.job.code = code;
    encoding.job.report.flush = NULL;
    encoder_close(encoding.encoder);
    results_close(&encoding.outlet.results);
    documents_close(documents);
    return job_close(&encoding.job);
}
