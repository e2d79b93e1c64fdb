/* SPDX-License-Identifier: MIT */
#include "jsout.h"

#include "output.h"
#include "telling.h"

#include <stdlib.h>
#include <string.h>

/* What the platforms' consoles take of a codec, in bytes. */
enum { TTN_LIMIT = 40 << 10, IOTDA_LIMIT = 1 << 20 };

static size_t limit_of(enum js_form form)
{
    return form == JS_FORM_TTN ? TTN_LIMIT : IOTDA_LIMIT;
}

static const char *taker(enum js_form form)
{
    return form == JS_FORM_TTN ? "The Things Stack" : "the platform";
}

/* The codec of a model as text, with what is told of it. Returns an exit code. */
static int make_text(const struct jsout *jsout, struct notes *notes, size_t position,
                     enum js_layout *ret_layout, char **ret_text)
{
    struct js_call call = {
        NULL, jsout->form, jsout->layout, limit_of(jsout->form), jsout->source, NULL};
    struct dgm_profile *profile = jsout->product->profile;
    size_t size;
    *ret_text = NULL;
    call.model = dgm_profile_model_at(profile, position, &size);
    if (dgm_profile_describe(profile, position, &call.doc) != DGM_OK) {
        return report_memory(jsout->report);
    }
    FILE *file = open_memstream(ret_text, &size);
    if (file == NULL) {
        return report_memory(jsout->report);
    }
    bool good = js_export(file, &call, notes, ret_layout);
    bool kept = ferror(file) == 0;
    kept = fclose(file) == 0 && kept;
    return good && kept        ? CLI_FINE
           : notes->errors > 0 ? CLI_WRONG
                               : report_memory(jsout->report);
}

static void tell_nothing(void *user, const struct note *note)
{
    (void)user;
    (void)note;
}

/* Names of the family's models whose codecs fit. Returns an exit code. */
static int find_fitting(const struct jsout *jsout, FILE *names)
{
    const struct dgm_profile *profile = jsout->product->profile;
    const char *name, *before = "";
    int code = CLI_FINE;
    for (size_t i = 0;
         code != CLI_CANNOT && (name = dgm_profile_model_name(profile, i)) != NULL; i++) {
        struct notes notes = {NULL, tell_nothing, 0};
        enum js_layout layout;
        char *text;
        code = make_text(jsout, &notes, i, &layout, &text);
        if (code == CLI_FINE && strlen(text) <= limit_of(jsout->form)) {
            (void)fprintf(names, "%s%s", before, name);
            before = ", ";
        }
        free(text);
    }
    return code == CLI_CANNOT ? code : CLI_FINE;
}

/* Of a family, which models are small enough. */
static int tell_models(const struct jsout *jsout)
{
    char *names = NULL;
    size_t size;
    if (dgm_profile_model_name(jsout->product->profile, 1) == NULL) {
        return CLI_FINE;
    }
    FILE *file = open_memstream(&names, &size);
    int code = file != NULL ? find_fitting(jsout, file) : CLI_CANNOT;
    if (file != NULL && fclose(file) == 0 && code == CLI_FINE) {
        report_note(jsout->report, "models of the family that fit: %s",
                    size > 0 ? names : "none");
    }
    free(names);
    return code;
}

static int tell_size(const struct jsout *jsout, size_t size, enum js_layout layout)
{
    size_t limit = limit_of(jsout->form);
    if (size > limit) {
        report_warning(jsout->report, NULL, "export",
                       "the codec has %zu bytes, and %s takes %zu", size,
                       taker(jsout->form), limit);
        return tell_models(jsout);
    }
    if (jsout->layout == JS_LAYOUT_FITTING && layout == JS_LAYOUT_COMPACT) {
        report_note(jsout->report,
                    "the codec is written without comments and indentation, as %s takes "
                    "%zu bytes",
                    taker(jsout->form), limit);
    }
    return CLI_FINE;
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

int jsout(const struct jsout *jsout, const char *path)
{
    struct telling telling;
    enum js_layout layout = JS_LAYOUT_READABLE;
    char *text;
    telling_open(&telling, jsout->report, "export");
    int code = make_text(jsout, &telling.notes, jsout->position, &layout, &text);
    telling_close(&telling);
    if (code == CLI_FINE) {
        code = tell_size(jsout, strlen(text), layout);
    }
    if (code == CLI_FINE) {
        code = put_text(jsout->report, path, text);
    }
    free(text);
    return code;
}
