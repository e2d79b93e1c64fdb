/* SPDX-License-Identifier: MIT */
/* Sentences for refusals: they may quote the file, so what is no printable character is
 * replaced. */
#include "refuse.h"

#include <stdarg.h>
#include <stdio.h>

enum dgm_status refuse(struct dgm_refusal *refusal, enum dgm_status status,
                       const char *format, ...)
{
    if (refusal == NULL) {
        return status;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(refusal->text, sizeof(refusal->text), format, arguments);
    va_end(arguments);
    for (char *at = refusal->text; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7F) {
            *at = '?';
        }
    }
    refusal->status = status;
    return status;
}

enum dgm_status refuse_about(struct dgm_refusal *refusal, enum dgm_status status,
                             const char *path)
{
    if (refusal == NULL) {
        return status;
    }
    struct dgm_refusal before = *refusal;
    return refuse(refusal, status, "%.120s: %s", path, before.text);
}

enum dgm_status refuse_nothing(struct dgm_refusal *refusal)
{
    if (refusal != NULL) {
        refusal->status = DGM_OK;
        refusal->text[0] = '\0';
    }
    return DGM_OK;
}
