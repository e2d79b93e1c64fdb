/* SPDX-License-Identifier: MIT */
#include "telling.h"

static void tell(void *user, const struct note *note)
{
    struct telling *telling = user;
    struct place place = {note->source, note->line, note->column};
    const struct place *where = note->source != NULL ? &place : NULL;
    if (note->severity == DGM_SEVERITY_ERROR) {
        report_error(telling->report, where, telling->id, "%s", note->text);
    } else if (telling->warnings++ < TELLING_MOST) {
        report_warning(telling->report, where, telling->id, "%s", note->text);
    }
}

void telling_open(struct telling *telling, struct report *report, const char *id)
{
    telling->report = report;
    telling->id = id;
    telling->notes = (struct notes){telling, tell, 0};
    telling->warnings = 0;
}

void telling_close(const struct telling *telling)
{
    if (telling->warnings > TELLING_MOST) {
        report_warning(telling->report, NULL, telling->id, "and %zu more warnings",
                       telling->warnings - TELLING_MOST);
    }
}
