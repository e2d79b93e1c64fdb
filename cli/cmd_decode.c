/* SPDX-License-Identifier: MIT */
/* dragoman decode: frames to JSON, one line each. */
#include "decoder.h"
#include "job.h"
#include "stream.h"

#include <stdlib.h>
#include <string.h>

struct decoding {
    struct job job;
    struct decoder_task task;
    struct outlet outlet;
    struct decoder *decoder; /* the one that has the turn */
    void *ahead[CREW_MOST];  /* others, with several jobs */
    size_t jobs;
    bool cuts; /* out of a stream */
    struct csv csv;
    struct stream stream;
};

static int read_indent(struct decoding *decoding)
{
    const struct cli *cli = decoding->job.cli;
    const char *text = cli_text(cli, OPTION_INDENT, "2");
    char *end = NULL;
    long blanks = strtol(text, &end, 10);
    if (end == text || *end != '\0' || blanks < 1 || blanks > 16) {
        return report_usage(&decoding->job.report, cli,
                            "--indent: '%s' is not 1 to 16 blanks", text);
    }
    decoding->task.indent = (int)blanks;
    return CLI_FINE;
}

static int read_options(struct decoding *decoding)
{
    const struct cli *cli = decoding->job.cli;
    int code = cli_has(cli, OPTION_INDENT) ? read_indent(decoding) : CLI_FINE;
    decoding->task.form = cli_has(cli, OPTION_CSV)      ? DECODER_TABLE
                          : cli_has(cli, OPTION_JSON)   ? DECODER_WRAPPED
                          : cli_has(cli, OPTION_INDENT) ? DECODER_LAID_OUT
                                                        : DECODER_PLAIN;
    decoding->cuts = cli_has(cli, OPTION_STREAM);
    return code != CLI_FINE ? code
                            : crew_jobs(cli, &decoding->job.report, &decoding->jobs);
}

static int begin_table(struct decoding *decoding)
{
    struct job *job = &decoding->job;
    bool down = cli_word(job->cli, OPTION_DIRECTION, 0) == 1;
    if (job->options.call.shape != DGM_SHAPE_PLAIN) {
        return report_usage(&job->report, job->cli,
                            "--csv has no other shape than plain");
    }
    if (!csv_open(&decoding->csv, job->product.codec, down)) {
        return report_memory(&job->report);
    }
    csv_head(&decoding->csv, job->output.file);
    (void)fflush(job->output.file);
    return CLI_FINE;
}

static int begin(struct decoding *decoding, struct input *input)
{
    struct job *job = &decoding->job;
    struct decoder_task *task = &decoding->task;
    if (input_feed(input)->lines != NULL) {
        product_hasten(&job->product);
    }
    task->product = &job->product;
    task->options = &job->options;
    task->csv = &decoding->csv;
    task->quiet = job->report.quiet;
    task->input = input_format(input);
    task->source = input_feed(input)->source;
    decoding->decoder = decoder_open(task, &decoding->outlet.sink);
    if (decoding->decoder == NULL || !job_outlet(job, &decoding->outlet)) {
        return report_memory(&job->report);
    }
    return CLI_FINE;
}

/* Each line by itself: many at once. */
static int decode_lines(struct decoding *decoding, struct feed *feed)
{
    struct crew crew = {feed->lines,
                        feed->source,
                        &decoding->outlet.sink,
                        &decoder_ways,
                        decoding->decoder,
                        decoding->ahead,
                        decoding->jobs,
                        decoding->task.form == DECODER_WRAPPED,
                        0};
    int code = CLI_FINE;
    for (size_t i = 0; decoding->jobs > 1 && i < decoding->jobs; i++) {
        decoding->ahead[i] = decoder_open(&decoding->task, NULL);
        code = decoding->ahead[i] == NULL ? CLI_CANNOT : code;
    }
    if (code == CLI_FINE) {
        crew_run(&crew);
    } else {
        code = report_memory(&decoding->job.report);
    }
    for (size_t i = 0; i < decoding->jobs; i++) {
        decoder_close(decoding->ahead[i]);
    }
    return code;
}

/* One frame after another: arguments, binary data, streams. */
static void decode_frames(struct decoding *decoding, struct input *input)
{
    struct frame frame;
    struct outlet *outlet = &decoding->outlet;
    enum input_result result = INPUT_FRAME;
    while (output_good(&decoding->job.output)) {
        result = decoding->cuts ? stream_next(&decoding->stream, &frame)
                                : input_next(input, &frame);
        if (!input_go_on(result, &outlet->sink.code)) {
            return;
        }
        if (result == INPUT_FRAME) {
            (void)decoder_frame(decoding->decoder, &frame, &outlet->results);
        }
        /* The place may have its name from the input, which changes. */
        if (outlet->results.event_count > 0) {
            outlet_flush(outlet);
        }
        report_progress(&decoding->job.report, input_lines(input),
                        lines_consumed(input_feed(input)->lines));
    }
}

static int decode_all(struct decoding *decoding, struct input *input)
{
    struct job *job = &decoding->job;
    struct feed *feed = input_feed(input);
    int code = begin(decoding, input);
    if (code != CLI_FINE) {
        return code;
    }
    if (feed->lines != NULL) {
        report_progress_start(&job->report, job->cli, lines_size(feed->lines));
        lines_before_wait(feed->lines, outlet_flush, &decoding->outlet);
    }
    if (feed->lines != NULL && !decoding->cuts && decoding->task.input != HEXIN_BINARY) {
        code = decode_lines(decoding, feed);
    } else {
        decode_frames(decoding, input);
    }
    outlet_flush(&decoding->outlet);
    return cli_worse(code, decoding->outlet.sink.code);
}

static void close_all(struct decoding *decoding, struct input *input)
{
    decoder_close(decoding->decoder);
    results_close(&decoding->outlet.results);
    csv_close(&decoding->csv);
    stream_close(&decoding->stream);
    input_close(input);
}

int cmd_decode(struct cli *cli)
{
    struct decoding decoding;
    struct input *input = NULL;
    memset(&decoding, 0, sizeof(decoding));
    int code = job_open(&decoding.job, cli, DGM_SHAPE_PLAIN);
    if (code == CLI_FINE) {
        code = read_options(&decoding);
    }
    if (code == CLI_FINE) {
        input = input_open(&decoding.job.report, cli, &code);
    }
    if (code == CLI_FINE && decoding.cuts) {
        code = stream_open(&decoding.stream, &decoding.job.report,
                           decoding.job.product.codec, input);
    }
    if (code == CLI_FINE && decoding.task.form == DECODER_TABLE) {
        code = begin_table(&decoding);
    }
    if (code == CLI_FINE) {
        code = decode_all(&decoding, input);
    }
    decoding.job.code = code;
    decoding.job.report.flush = NULL;
    close_all(&decoding, input);
    return job_close(&decoding.job);
}
