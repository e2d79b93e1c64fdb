/* SPDX-License-Identifier: MIT */
/* Lines from arguments, a file or standard input alike. */
#ifndef DGM_CLI_FEED_H
#define DGM_CLI_FEED_H

#include "lines.h"
#include "report.h"

struct feed {
    struct report *report;
    struct lines *lines; /* NULL: arguments */
    const char *source;  /* "stdin", a file, or NULL with arguments */
    const char *const *arguments;
    size_t count, next;
    bool each;        /* each argument by itself; otherwise joined with blanks */
    char *joined;     /* memory */
    const char *rest; /* of the argument at work, or NULL */
    unsigned long number;
    char name[32]; /* "argument 2" */
};

/* Arguments if there are some, else --file, else standard input, unless that is a
 * terminal. `what` names what is missing then. Returns an exit code. */
int feed_open(struct feed *feed, struct report *report, const struct cli *cli, bool each,
              const char *what);
void feed_close(struct feed *feed);

/* The next line, and where it is. Failures are told; LINES_TOO_LONG is one of them. */
enum lines_result feed_next(struct feed *feed, const char **ret_line, size_t *ret_length,
                            struct place *ret_place);

/* The place of a character of the last line: arguments are counted one by one. */
struct place feed_column(const struct feed *feed, const struct place *place,
                         size_t column, char *name, size_t name_size);

/* Tell why there is no line: it is too long, or no more can be read. */
void feed_tell(struct feed *feed, enum lines_result result);
void lines_tell(struct report *report, const char *source, unsigned long number,
                enum lines_result result);

#endif
