/* SPDX-License-Identifier: MIT */
/* What decode and encode set up alike. */
#include "job.h"
#include "nearest.h"

#include <string.h>

enum { OUTLET_ROOM = 16 * 1024 };

/* The message of --message must exist: better told once than with each frame. */
static int check_message(struct job *job)
{
    const char *name = job->options.call.message;
    struct nearest nearest;
    size_t count = 0;
    const struct dgm_message *messages = product_messages(&job->product, &count);
    if (name == NULL) {
        return CLI_FINE;
    }
    nearest_start(&nearest, name);
    for (size_t i = 0; i < count; i++) {
        const char *other = dgm_codec_text(job->product.codec, messages[i].name);
        if (strcmp(other, name) == 0) {
            return CLI_FINE;
        }
        nearest_offer(&nearest, other);
    }
    return nearest.best != NULL
               ? report_usage(&job->report, job->cli,
                              "the profile has no message '%s'; did you mean '%s'?", name,
                              nearest.best)
               : report_usage(&job->report, job->cli, "the profile has no message '%s'",
                              name);
}

int job_open(struct job *job, const struct cli *cli, enum dgm_shape shape)
{
    memset(job, 0, sizeof(*job));
    job->cli = cli;
    report_open(&job->report, cli);
    job->code = call_options_read(&job->options, &job->report, cli, shape);
    if (job->code == CLI_FINE) {
        job->code = product_find(&job->product, &job->report, cli);
    }
    if (job->code == CLI_FINE) {
        job->code = check_message(job);
    }
    if (job->code == CLI_FINE && !worker_open_product(&job->worker, &job->product)) {
        job->code = report_memory(&job->report);
    }
    if (job->code == CLI_FINE) {
        job->code =
            output_open(&job->output, &job->report, cli_text(cli, OPTION_OUTPUT, NULL));
    }
    return job->code;
}

int job_close(struct job *job)
{
    report_progress_end(&job->report);
    job->code = cli_worse(job->code, output_close(&job->output, &job->report));
    worker_close(&job->worker);
    product_close(&job->product);
    call_options_free(&job->options);
    return job->code;
}

bool job_outlet(struct job *job, struct outlet *outlet)
{
    struct sink sink = {&job->report, &job->output, job->product.codec, 0,
                        CLI_FINE,     false};
    outlet->sink = sink;
    job->report.flush = outlet_flush;
    job->report.user = outlet;
    return results_open(&outlet->results, OUTLET_ROOM);
}

void job_failed(struct job *job, const struct place *place)
{
    report_codec(&job->report, place, false, job->worker.codec, &job->worker.error);
    job->code = cli_worse(job->code, cli_exit_of(job->worker.error.status));
}

bool job_writable(struct job *job)
{
    return output_good(&job->output);
}
