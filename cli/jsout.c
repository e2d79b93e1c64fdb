/* SPDX-License-Identifier: MIT */
#include "jsout.h"

#include "output.h"
#include "telling.h"

#include <stdlib.h>

/* What the platforms' consoles take of a codec, in bytes. */
enum { TTN_LIMIT = 40 << 10, IOTDA_LIMIT = 1 << 20 };

static void check_size(struct report *report, size_t size, enum js_form form)
{
    size_t limit = form == JS_FORM_TTN ? TTN_LIMIT : IOTDA_LIMIT;
    if (size > limit) {
        report_warning(report, NULL, "export",
                       "the codec has %zu bytes, and %s takes %zu", size,
                       form == JS_FORM_TTN ? "The Things Stack" : "the platform", limit);
    }
}

static int write_text(FILE *file, const struct product *product, struct report *report,
                      const char *source, size_t position, enum js_form form)
{
    struct telling telling;
    size_t size;
    telling_open(&telling, report, "export");
    const struct dgm_model *model =
        dgm_profile_model_at(product->profile, position, &size);
    bool good = js_export(file, model, form, source, &telling.notes);
    telling_close(&telling);
    bool kept = ferror(file) == 0;
    return good && kept               ? CLI_FINE
           : telling.notes.errors > 0 ? CLI_WRONG
                                      : report_memory(report);
}

static int put_text(struct report *report, const char *path, const char *text)
{
    struct output output;
    int code = output_open(&output, report, path);
    if (code == CLI_FINE) {
        (void)fputs(text, output.file);
    }
    return cli_worse(code, output_close(&output, report));
}

int jsout(const struct product *product, struct report *report, const char *source,
          size_t position, enum js_form form, const char *path)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        return report_memory(report);
    }
    int code = write_text(file, product, report, source, position, form);
    if (fclose(file) != 0 && code == CLI_FINE) {
        code = report_memory(report);
    }
    if (code == CLI_FINE) {
        check_size(report, length, form);
        code = put_text(report, path, text);
    }
    free(text);
    return code;
}
