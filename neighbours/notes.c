/* SPDX-License-Identifier: MIT */
#include "notes.h"

#include <stdarg.h>
#include <stdio.h>

void notes_tell(struct notes *notes, enum dgm_severity severity, const char *source,
                unsigned long line, size_t column, const char *format, ...)
{
    char text[NOTES_TEXT];
    struct note note = {severity, source, line, column, text};
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    notes->errors += severity == DGM_SEVERITY_ERROR;
    notes->tell(notes->user, &note);
}
