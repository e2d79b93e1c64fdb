/* SPDX-License-Identifier: MIT */
/* What importers and exporters have to say: errors, what was corrected, what is lost. */
#ifndef DGM_NEIGHBOURS_NOTES_H
#define DGM_NEIGHBOURS_NOTES_H

#include <dragoman/profile.h>

#if defined(__GNUC__)
#define NOTES_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define NOTES_PRINTF(text, first)
#endif

struct note {
    enum dgm_severity severity;
    const char *source; /* the file, or NULL */
    unsigned long line; /* from 1; 0 is not known */
    size_t column;      /* from 1; 0 is not known */
    const char *text;
};

struct notes {
    void *user;
    void (*tell)(void *user, const struct note *note);
    size_t errors; /* so far */
};

/* Texts of more than NOTES_TEXT - 1 bytes are cut. */
enum { NOTES_TEXT = 1024 };

void notes_tell(struct notes *notes, enum dgm_severity severity, const char *source,
                unsigned long line, size_t column, const char *format, ...)
    NOTES_PRINTF(6, 7);

#endif
