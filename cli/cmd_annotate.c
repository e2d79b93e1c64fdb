/* SPDX-License-Identifier: MIT */
/* dragoman annotate: what each byte and bit of a frame is. */
#include "annotate.h"
#include "base64.h"
#include "job.h"
#include "notehtml.h"

#include <stdlib.h>
#include <string.h>

enum { ROW_BYTES = 8, NAME_COLUMN = 34, VALUE_COLUMN = 100 };

struct annotating {
    struct job job;
    bool wrap, html;
    size_t frames;
};

/* Bytes of a note, at most a row of them. */
static void put_bytes(FILE *file, const struct annotation *annotation,
                      const struct note *note)
{
    size_t count = note->end - note->at;
    size_t shown = count > ROW_BYTES ? ROW_BYTES - 1 : count;
    if (note->is_plain) {
        (void)fprintf(file, "%-25s", count > 0 ? "(inside the hook)" : "");
        return;
    }
    for (size_t i = 0; i < shown; i++) {
        (void)fprintf(file, "%02X ", annotation->content[note->at + i]);
    }
    if (count > shown) {
        (void)fputs("...", file);
        shown++;
    }
    for (size_t i = shown; i < ROW_BYTES; i++) {
        (void)fputs("   ", file);
    }
    (void)fputc(' ', file);
}

/* Each name of its own colour, so that neighbours differ. */
static void put_note(const struct annotating *annotating,
                     const struct annotation *annotation, const struct note *note,
                     size_t index)
{
    FILE *file = annotating->job.output.file;
    bool color = annotating->job.report.color;
    const char *name = note->name[0] != '\0' ? note->name : "(not read)";
    if (note->is_computed) {
        (void)fprintf(file, "%5s  ", "");
    } else {
        (void)fprintf(file, "%5zu  ", note->at);
    }
    put_bytes(file, annotation, note);
    if (color) {
        (void)fprintf(file, "\x1b[%um", 31 + (unsigned)(index % 6));
    }
    bool more = note->bits[0] != '\0' || note->raw[0] != '\0' || note->value != NULL;
    (void)fprintf(file, "%-*s", more ? NAME_COLUMN : 0, name);
    if (color) {
        (void)fputs("\x1b[0m", file);
    }
    if (note->bits[0] != '\0') {
        (void)fprintf(file, " %s", note->bits);
    }
    if (note->raw[0] != '\0') {
        (void)fprintf(file, " %s", note->raw);
    }
    if (note->value != NULL && strcmp(note->value, note->raw) != 0) {
        bool is_long = strlen(note->value) > VALUE_COLUMN;
        (void)fprintf(file, " %s%.*s%s", note->raw[0] != '\0' ? "-> " : "", VALUE_COLUMN,
                      note->value, is_long ? "..." : "");
    }
    (void)fputc('\n', file);
}

static void put_fault(FILE *file, const struct annotation *annotation)
{
    (void)fprintf(file, "%5zu  ^ %s\n", annotation->fault_at,
                  dgm_status_id(annotation->status));
}

static void put_text(const struct annotating *annotating,
                     const struct annotation *annotation)
{
    FILE *file = annotating->job.output.file;
    if (annotating->frames > 1) {
        (void)fputc('\n', file);
    }
    (void)fprintf(file, "%s: %zu byte%s\n",
                  annotation->message != NULL ? annotation->message : "(no message)",
                  annotation->length, annotation->length == 1 ? "" : "s");
    bool told = !annotation->has_fault;
    for (size_t i = 0; i < annotation->count; i++) {
        const struct note *note = &annotation->notes[i];
        if (!told && note->name[0] == '\0' && note->end > annotation->fault_at) {
            put_fault(file, annotation);
            told = true;
        }
        put_note(annotating, annotation, note, i);
    }
    if (!told) {
        put_fault(file, annotation);
    }
}

static void put_json_note(FILE *file, const struct annotation *annotation,
                          const struct note *note)
{
    struct jsonout json = {file, false};
    (void)fputc('{', file);
    if (!note->is_computed) {
        jsonout_number(&json, "at", note->at);
        jsonout_number(&json, "length", note->end - note->at);
    }
    if (!note->is_computed && !note->is_plain) {
        jsonout_name(&json, "bytes");
        (void)fputc('"', file);
        hex_put(file, annotation->content + note->at, note->end - note->at);
        (void)fputc('"', file);
    }
    if (note->bits[0] != '\0') {
        jsonout_text(&json, "bits", note->bits);
    }
    if (note->name[0] != '\0') {
        jsonout_text(&json, "name", note->name);
    }
    if (note->raw[0] != '\0') {
        jsonout_text(&json, "raw", note->raw);
    }
    if (note->value != NULL) {
        jsonout_raw(&json, "value", note->value, strlen(note->value));
    }
    (void)fputc('}', file);
}

static void put_wrapped(const struct annotating *annotating,
                        const struct annotation *annotation)
{
    struct jsonout json;
    FILE *file = annotating->job.output.file;
    jsonout_open(&json, file);
    if (annotation->message != NULL) {
        jsonout_text(&json, "message", annotation->message);
    }
    jsonout_number(&json, "length", annotation->length);
    jsonout_name(&json, "fields");
    (void)fputc('[', file);
    for (size_t i = 0; i < annotation->count; i++) {
        (void)fputs(i > 0 ? "," : "", file);
        put_json_note(file, annotation, &annotation->notes[i]);
    }
    (void)fputc(']', file);
    if (annotation->status > DGM_NOTHING) {
        jsonout_text(&json, "error", dgm_status_id(annotation->status));
    }
    if (annotation->has_fault) {
        jsonout_number(&json, "error_at", annotation->fault_at);
    }
    if (annotation->json != NULL) {
        jsonout_raw(&json, "json", annotation->json, strlen(annotation->json));
    }
    jsonout_close(&json);
}

static void annotate_frame(struct annotating *annotating, const struct frame *frame)
{
    struct job *job = &annotating->job;
    struct annotation annotation;
    struct dgm_call call = worker_call(&job->options, &frame->words);
    annotating->frames++;
    if (!annotate(&annotation, &job->worker, &call, frame->bytes, frame->length)) {
        job->code = cli_worse(job->code, report_memory(&job->report));
    } else if (annotating->wrap) {
        put_wrapped(annotating, &annotation);
    } else if (annotating->html) {
        note_html(job->output.file, &annotation);
    } else {
        put_text(annotating, &annotation);
    }
    if (annotation.status > DGM_NOTHING) {
        job_failed(job, &frame->place);
    } else {
        worker_tell_notices(&job->worker, &job->report, &frame->place);
    }
    annotation_close(&annotation);
}

static void annotate_all(struct annotating *annotating, struct input *input)
{
    struct frame frame;
    struct job *job = &annotating->job;
    while (job_writable(job)) {
        enum input_result result = input_next(input, &frame);
        if (!input_go_on(result, &job->code)) {
            return;
        }
        if (result == INPUT_FRAME) {
            annotate_frame(annotating, &frame);
        }
    }
}

int cmd_annotate(struct cli *cli)
{
    struct annotating annotating;
    struct input *input = NULL;
    memset(&annotating, 0, sizeof(annotating));
    annotating.wrap = cli_has(cli, OPTION_JSON);
    annotating.html = cli_has(cli, OPTION_HTML);
    int code = job_open(&annotating.job, cli, DGM_SHAPE_PLAIN);
    if (code == CLI_FINE) {
        input = input_open(&annotating.job.report, cli, &code);
    }
    annotating.job.code = code;
    if (code == CLI_FINE) {
        if (annotating.html) {
            note_html_begin(annotating.job.output.file);
        }
        annotate_all(&annotating, input);
        if (annotating.html) {
            note_html_end(annotating.job.output.file);
        }
    }
    input_close(input);
    return job_close(&annotating.job);
}
