/* SPDX-License-Identifier: MIT */
/* dragoman encode: JSON to frames, one line each. */
#include "base64.h"
#include "documents.h"
#include "job.h"

#include <string.h>

enum frame_format { FRAME_HEX, FRAME_BINARY, FRAME_BASE64 };

struct encoding {
    struct job job;
    bool wrap;
    enum frame_format format;
};

static void put_bytes(const struct encoding *encoding)
{
    const struct worker *worker = &encoding->job.worker;
    const uint8_t *bytes = (const uint8_t *)worker->data;
    FILE *file = encoding->job.output.file;
    if (encoding->format == FRAME_BASE64) {
        base64_put(file, bytes, worker->outcome.length);
    } else {
        hex_put(file, bytes, worker->outcome.length);
    }
}

static void put_wrapped(const struct encoding *encoding, const struct place *place,
                        bool nothing)
{
    const struct dgm_outcome *outcome = &encoding->job.worker.outcome;
    struct jsonout json;
    jsonout_open(&json, encoding->job.output.file);
    if (place->line != 0) {
        jsonout_number(&json, "line", place->line);
    }
    jsonout_text(&json, "message",
                 product_message(&encoding->job.product, outcome->message));
    jsonout_name(&json, "frame");
    if (nothing) {
        (void)fputs("null", json.file);
    } else {
        (void)fputc('"', json.file);
        put_bytes(encoding);
        (void)fputc('"', json.file);
    }
    if (outcome->has_channel) {
        jsonout_number(&json, "port", outcome->channel);
    }
    if (outcome->topic != NULL) {
        jsonout_text(&json, "topic", outcome->topic);
    }
    worker_put_notices(&encoding->job.worker, &json);
    jsonout_close(&json);
}

/* A line that decode reads back. */
static void put_line(const struct encoding *encoding, bool nothing)
{
    const struct dgm_outcome *outcome = &encoding->job.worker.outcome;
    FILE *file = encoding->job.output.file;
    if (nothing) {
        (void)fputs("null\n", file);
        return;
    }
    if (outcome->has_channel) {
        (void)fprintf(file, "port=%lu ", (unsigned long)outcome->channel);
    }
    if (outcome->topic != NULL) {
        (void)fprintf(file, "topic=%s ", outcome->topic);
    }
    put_bytes(encoding);
    (void)fputc('\n', file);
}

static void encode_text(struct encoding *encoding, const char *text, size_t length,
                        const struct place *place)
{
    struct job *job = &encoding->job;
    enum dgm_status status =
        worker_encode(&job->worker, &job->options.call, text, length);
    bool nothing = status == DGM_NOTHING;
    if (status != DGM_OK && !nothing) {
        job_failed_on(job, place, text, length);
        return;
    }
    worker_tell_notices(&job->worker, &job->report, place);
    if (encoding->wrap) {
        put_wrapped(encoding, place, nothing);
    } else if (encoding->format == FRAME_BINARY) {
        (void)fwrite(job->worker.data, 1, nothing ? 0 : job->worker.outcome.length,
                     job->output.file);
    } else {
        put_line(encoding, nothing);
    }
}

static void encode_all(struct encoding *encoding, struct documents *documents)
{
    struct job *job = &encoding->job;
    struct place place;
    const char *text = NULL;
    size_t length = 0;
    while (job_writable(job)) {
        enum lines_result result = documents_next(documents, &text, &length, &place);
        if (result == LINES_END) {
            return;
        }
        if (result == LINES_FAILED) {
            job->code = cli_worse(job->code, CLI_CANNOT);
            return;
        }
        if (result != LINES_GOT) {
            job->code = cli_worse(job->code, CLI_WRONG);
        } else {
            encode_text(encoding, text, length, &place);
        }
        report_progress(&job->report, documents_lines(documents));
    }
}

int cmd_encode(struct cli *cli)
{
    struct encoding encoding;
    struct documents *documents = NULL;
    memset(&encoding, 0, sizeof(encoding));
    encoding.wrap = cli_has(cli, OPTION_JSON);
    encoding.format = (enum frame_format)cli_word(cli, OPTION_OUTPUT_FORMAT, FRAME_HEX);
    int code = job_open(&encoding.job, cli, DGM_SHAPE_AUTO);
    if (code == CLI_FINE && encoding.wrap && encoding.format == FRAME_BINARY) {
        code = report_usage(&encoding.job.report, cli,
                            "--json holds hex or Base64, not binary");
    }
    if (code == CLI_FINE) {
        documents = documents_open(&encoding.job.report, cli, &code);
    }
    encoding.job.code = code;
    if (code == CLI_FINE) {
        encode_all(&encoding, documents);
    }
    documents_close(documents);
    return job_close(&encoding.job);
}
