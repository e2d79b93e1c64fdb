/* SPDX-License-Identifier: MIT */
/* What is told on standard error: errors, warnings, progress; as text or as JSON. */
#ifndef DGM_CLI_REPORT_H
#define DGM_CLI_REPORT_H

#include <dragoman/codec.h>

#include "cli.h"

#include <time.h>

struct report {
    bool quiet;                /* errors only */
    bool json;                 /* one object an error */
    bool color;                /* of the terminal */
    bool terminal;             /* standard error is one */
    bool line_open;            /* a line of progress stands there */
    time_t shown;              /* when */
    bool progress;             /* is wanted, and there is a terminal for it */
    uint64_t size;             /* bytes of the input, or 0 */
    void (*flush)(void *user); /* called before something is told, or NULL */
    void *user;
};

/* Where something was found. `line` and `column` 0: not known. */
struct place {
    const char *source; /* "stdin", a file, or NULL */
    unsigned long line;
    size_t column;
};

void report_open(struct report *report, const struct cli *cli);

#if defined(__GNUC__)
#define REPORT_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define REPORT_PRINTF(text, first)
#endif

/* An error or warning with its own words. `id` names it for scripts, as "input". */
void report_error(struct report *report, const struct place *place, const char *id,
                  const char *format, ...) REPORT_PRINTF(4, 5);
void report_warning(struct report *report, const struct place *place, const char *id,
                    const char *format, ...) REPORT_PRINTF(4, 5);
/* A line of summary: nothing if quiet. */
void report_note(struct report *report, const char *format, ...) REPORT_PRINTF(2, 3);

/* The failure of a call, or one of its notices. */
void report_codec(struct report *report, const struct place *place, bool warning,
                  const struct dgm_codec *codec, const struct dgm_error *error);
/* The same for an error in a JSON text, which is quoted where that helps. */
void report_codec_json(struct report *report, const struct place *place, bool warning,
                       const struct dgm_codec *codec, const struct dgm_error *error,
                       const char *json, size_t length);

/* A file that cannot be had, by errno. Returns CLI_CANNOT. */
int report_errno(struct report *report, const char *what, const char *path);
int report_memory(struct report *report);

/* A wrong call. Returns CLI_USAGE. */
int report_usage(struct report *report, const struct cli *cli, const char *format, ...)
    REPORT_PRINTF(3, 4);

/* A number as an option's value, 0 to `most`; unchanged if it is not given. Returns an
 * exit code. */
int cli_number(const struct cli *cli, struct report *report, enum option_id id,
               uint64_t most, uint64_t *ret);

/* Show how far it is, unless --no-progress or the terminal has something against it.
 * `size` is that of the input in bytes, or 0 if it is not known. */
void report_progress_start(struct report *report, const struct cli *cli, uint64_t size);
/* Lines and bytes of the input so far: shown on a terminal, once a second. */
void report_progress(struct report *report, unsigned long lines, uint64_t consumed);
void report_progress_end(struct report *report);

#endif
