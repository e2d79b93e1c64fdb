/* SPDX-License-Identifier: MIT */
/* dragoman compare: does a profile say what another decoder said? */
#include "base64.h"
#include "job.h"
#include "jsonplace.h"

#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

enum { DIFFERENCES = 64, PATH_MAX_TEXT = 160 };

/* A member that differs, and the first frame that shows it. */
struct difference {
    char path[PATH_MAX_TEXT];
    size_t count;
    struct place place;
    char *frame, *ours, *theirs; /* memory */
};

struct comparing {
    struct job job;
    struct difference differences[DIFFERENCES];
    size_t count;
    size_t frames, same, differ, refused, silent;
};

static char *hex_of(const uint8_t *bytes, size_t length)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (file != NULL) {
        hex_put(file, bytes, length);
        (void)fclose(file);
    }
    return text;
}

static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

static void note(struct comparing *comparing, const struct frame *frame, const char *path,
                 const char *ours, size_t length, const char *theirs)
{
    for (size_t i = 0; i < comparing->count; i++) {
        if (strcmp(comparing->differences[i].path, path) == 0) {
            comparing->differences[i].count++;
            return;
        }
    }
    if (comparing->count == DIFFERENCES) {
        return;
    }
    struct difference *one = &comparing->differences[comparing->count++];
    (void)snprintf(one->path, sizeof(one->path), "%s", path);
    one->count = 1;
    one->place = frame->place;
    one->frame = hex_of(frame->bytes, frame->length);
    one->ours = copy_text(ours, length);
    one->theirs = copy_text(theirs, strlen(theirs));
}

/* What the other decoder said of a frame that this one refuses is a difference, too. */
static void compare_frame(struct comparing *comparing, const struct frame *frame,
                          const char *theirs)
{
    struct job *job = &comparing->job;
    char path[PATH_MAX_TEXT], reason[PATH_MAX_TEXT];
    struct dgm_call call = worker_call(&job->options, &frame->words);
    comparing->frames++;
    if (theirs == NULL) {
        comparing->silent++;
        return;
    }
    enum dgm_status status =
        worker_decode(&job->worker, &call, frame->bytes, frame->length);
    if (status > DGM_NOTHING) {
        comparing->refused++;
        (void)snprintf(reason, sizeof(reason), "(refused: %s)", dgm_status_id(status));
        note(comparing, frame, reason, "", 0, theirs);
        return;
    }
    const char *ours = status == DGM_OK ? job->worker.data : "{}";
    size_t length = status == DGM_OK ? job->worker.outcome.length : 2;
    if (dgm_json_equal(ours, length, theirs, strlen(theirs), 1e-9)) {
        comparing->same++;
        return;
    }
    comparing->differ++;
    json_place(ours, length, theirs, strlen(theirs), path, sizeof(path));
    note(comparing, frame, path, ours, length, theirs);
}

static void compare_all(struct comparing *comparing, struct input *input)
{
    struct frame frame;
    struct job *job = &comparing->job;
    enum input_result result = INPUT_FRAME;
    while (input_go_on(result = input_next(input, &frame), &job->code)) {
        if (result == INPUT_FRAME) {
            char *theirs = input_decoded(input);
            compare_frame(comparing, &frame, theirs);
            free(theirs);
        }
    }
}

static void put_difference(FILE *file, const struct difference *one)
{
    (void)fprintf(file, "%s: %zu frame%s, first in line %lu\n", one->path, one->count,
                  one->count == 1 ? "" : "s", one->place.line);
    (void)fprintf(file, "    frame  %s\n", one->frame != NULL ? one->frame : "");
    if (one->ours != NULL && one->ours[0] != '\0') {
        (void)fprintf(file, "    ours   %s\n", one->ours);
    }
    (void)fprintf(file, "    theirs %s\n", one->theirs != NULL ? one->theirs : "");
}

static void finish(struct comparing *comparing)
{
    FILE *file = comparing->job.output.file;
    for (size_t i = 0; i < comparing->count; i++) {
        struct difference *one = &comparing->differences[i];
        put_difference(file, one);
        free(one->frame);
        free(one->ours);
        free(one->theirs);
    }
    (void)fprintf(file, "%zu frame%s: %zu the same, %zu different, %zu refused",
                  comparing->frames, comparing->frames == 1 ? "" : "s", comparing->same,
                  comparing->differ, comparing->refused);
    if (comparing->silent > 0) {
        (void)fprintf(file, ", %zu with nothing to compare", comparing->silent);
    }
    (void)fputc('\n', file);
    if (comparing->differ + comparing->refused > 0) {
        comparing->job.code = cli_worse(comparing->job.code, CLI_WRONG);
    }
}

int cmd_compare(struct cli *cli)
{
    struct input *input = NULL;
    struct comparing *comparing = calloc(1, sizeof(*comparing));
    if (comparing == NULL) {
        return CLI_CANNOT;
    }
    int code = job_open(&comparing->job, cli, DGM_SHAPE_PLAIN);
    if (code == CLI_FINE) {
        input = input_open(&comparing->job.report, cli, &code);
    }
    comparing->job.code = code;
    if (code == CLI_FINE) {
        compare_all(comparing, input);
        finish(comparing);
    }
    input_close(input);
    code = job_close(&comparing->job);
    free(comparing);
    return code;
}
