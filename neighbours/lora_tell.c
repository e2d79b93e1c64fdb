/* SPDX-License-Identifier: MIT */
/* What the importer of LoRa payload schemas has to say, with the place in the schema. */
#include "lora_parts.h"

static void tell(struct lora *lora, enum dgm_severity severity, const struct node *node,
                 const char *format, va_list arguments)
{
    struct location where = node->where;
    const char *text = arena_vformat(lora->arena, format, arguments);
    notes_tell(lora->notes, severity, lora->diag.files[where.file].name, where.line,
               where.column, "%s", text);
}

void lora_error(struct lora *lora, const struct node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!lora->quiet && lora->notes->errors < DIAG_MAX_ERRORS) {
        tell(lora, DGM_SEVERITY_ERROR, node, format, arguments);
    }
    va_end(arguments);
}

void lora_warn(struct lora *lora, const struct node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!lora->quiet) {
        tell(lora, DGM_SEVERITY_WARNING, node, format, arguments);
    }
    va_end(arguments);
}

void lora_tell_findings(struct lora *lora)
{
    for (size_t i = 0; i < lora->diag.count; i++) {
        const struct dgm_diagnostic *finding = &lora->diag.items[i];
        notes_tell(lora->notes, finding->severity, finding->file, finding->line,
                   finding->column, "%s", finding->text);
    }
    lora->diag.count = 0;
    lora->diag.errors = 0;
    lora->diag.last = SIZE_MAX;
}
