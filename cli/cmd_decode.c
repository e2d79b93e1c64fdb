/* SPDX-License-Identifier: MIT */
/* dragoman decode: frames to JSON, one line each. */
#include "csv.h"
#include "job.h"
#include "stream.h"

#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

struct decoding {
    struct job job;
    bool wrap;
    int indent; /* blanks a level, or 0 */
    char *laid; /* the JSON over lines */
    size_t laid_size;
    bool cuts; /* out of a stream */
    bool as_table;
    struct csv csv;
    struct stream stream;
};

static int read_indent(struct decoding *decoding)
{
    const struct cli *cli = decoding->job.cli;
    if (!cli_has(cli, OPTION_INDENT)) {
        return CLI_FINE;
    }
    const char *text = cli_text(cli, OPTION_INDENT, "2");
    char *end = NULL;
    long blanks = strtol(text, &end, 10);
    if (end == text || *end != '\0' || blanks < 1 || blanks > 16) {
        return report_usage(&decoding->job.report, cli,
                            "--indent: '%s' is not 1 to 16 blanks", text);
    }
    decoding->indent = (int)blanks;
    return CLI_FINE;
}

/* Lay out into `laid`, which grows as needed. */
static enum dgm_status lay_out(struct decoding *decoding, const char *text, size_t length,
                               size_t *ret_length)
{
    enum dgm_status status = dgm_json_indent(
        text, length, decoding->indent, decoding->laid, decoding->laid_size, ret_length);
    if (status != DGM_NO_SPACE) {
        return status;
    }
    char *grown = realloc(decoding->laid, *ret_length);
    if (grown == NULL) {
        return DGM_MEMORY;
    }
    decoding->laid = grown;
    decoding->laid_size = *ret_length;
    return dgm_json_indent(text, length, decoding->indent, decoding->laid,
                           decoding->laid_size, ret_length);
}

static void put_json(struct decoding *decoding, const char *text, size_t length)
{
    FILE *file = decoding->job.output.file;
    size_t laid = 0;
    if (decoding->indent > 0) {
        enum dgm_status status = lay_out(decoding, text, length, &laid);
        if (status != DGM_OK) {
            report_error(&decoding->job.report, NULL, dgm_status_id(status), "%s",
                         dgm_status_text(status));
            decoding->job.code = cli_worse(decoding->job.code, cli_exit_of(status));
            return;
        }
        text = decoding->laid;
        length = laid;
    }
    (void)fwrite(text, 1, length, file);
    (void)fputc('\n', file);
}

static void put_wrapped(struct decoding *decoding, const struct place *place,
                        const char *text, size_t length)
{
    const struct worker *worker = &decoding->job.worker;
    struct jsonout json;
    jsonout_open(&json, decoding->job.output.file);
    if (place->line != 0) {
        jsonout_number(&json, "line", place->line);
    }
    jsonout_text(&json, "message",
                 product_message(&decoding->job.product, worker->outcome.message));
    jsonout_raw(&json, "json", text, length);
    worker_put_notices(worker, &json);
    jsonout_close(&json);
}

/* A line of the table. */
static void put_line(struct decoding *decoding, const char *text, size_t length)
{
    struct job *job = &decoding->job;
    uint16_t message = job->worker.outcome.message;
    char *json = strndup(text, length);
    if (json == NULL || !csv_line(&decoding->csv, job->output.file, message,
                                  product_message(&job->product, message), json)) {
        job->code = cli_worse(job->code, report_memory(&job->report));
    }
    free(json);
}

static void decode_frame(struct decoding *decoding, const struct frame *frame)
{
    struct job *job = &decoding->job;
    struct dgm_call call = worker_call(&job->options, &frame->words);
    enum dgm_status status =
        worker_decode(&job->worker, &call, frame->bytes, frame->length);
    const char *text = job->worker.data;
    size_t length = job->worker.outcome.length;
    if (status == DGM_NOTHING) {
        text = "null";
        length = 4;
    } else if (status != DGM_OK) {
        job_failed(job, &frame->place);
        return;
    }
    worker_tell_notices(&job->worker, &job->report, &frame->place);
    if (decoding->as_table) {
        put_line(decoding, text, length);
    } else if (decoding->wrap) {
        put_wrapped(decoding, &frame->place, text, length);
    } else {
        put_json(decoding, text, length);
    }
}

static void decode_all(struct decoding *decoding, struct input *input)
{
    struct frame frame;
    enum input_result result = INPUT_FRAME;
    struct job *job = &decoding->job;
    while (job_writable(job)) {
        result = decoding->cuts ? stream_next(&decoding->stream, &frame)
                                : input_next(input, &frame);
        if (!input_go_on(result, &job->code)) {
            return;
        }
        if (result == INPUT_FRAME) {
            decode_frame(decoding, &frame);
        }
        report_progress(&job->report, input_lines(input));
    }
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
    return CLI_FINE;
}

int cmd_decode(struct cli *cli)
{
    struct decoding decoding;
    struct input *input = NULL;
    memset(&decoding, 0, sizeof(decoding));
    decoding.wrap = cli_has(cli, OPTION_JSON);
    int code = job_open(&decoding.job, cli, DGM_SHAPE_PLAIN);
    if (code == CLI_FINE) {
        code = read_indent(&decoding);
    }
    if (code == CLI_FINE) {
        input = input_open(&decoding.job.report, cli, &code);
    }
    decoding.cuts = cli_has(cli, OPTION_STREAM);
    if (code == CLI_FINE && decoding.cuts) {
        code = stream_open(&decoding.stream, &decoding.job.report,
                           decoding.job.product.codec, input);
    }
    decoding.as_table = cli_has(cli, OPTION_CSV);
    if (code == CLI_FINE && decoding.as_table) {
        code = begin_table(&decoding);
    }
    decoding.job.code = code;
    if (code == CLI_FINE) {
        decode_all(&decoding, input);
    }
    csv_close(&decoding.csv);
    stream_close(&decoding.stream);
    input_close(input);
    free(decoding.laid);
    return job_close(&decoding.job);
}
