/* SPDX-License-Identifier: MIT */
#include "firmwareout.h"

#include "firmware.h"
#include "telling.h"
#include "walk.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

/* A text that is written piece by piece. */
struct text {
    FILE *file;
    char *text;
    size_t length;
};

static bool text_open(struct text *text)
{
    text->text = NULL;
    text->length = 0;
    text->file = open_memstream(&text->text, &text->length);
    return text->file != NULL;
}

static bool text_end(struct text *text)
{
    bool good = text->file != NULL && ferror(text->file) == 0;
    return text->file != NULL && fclose(text->file) == 0 && good;
}

/* "PATH.h"; of a folder "FOLDER/acme_wm_100.h". */
static char *name_file(const char *path, const char *stem, const char *end)
{
    bool folder = path != NULL && walk_is_folder(path);
    bool slash = folder && path[strlen(path) - 1] == '/';
    const char *before = path != NULL ? path : stem;
    size_t size = strlen(before) + strlen(stem) + strlen(end) + 2;
    char *name = malloc(size);
    if (name != NULL) {
        (void)snprintf(name, size, "%s%s%s%s", before, folder && !slash ? "/" : "",
                       folder ? stem : "", end);
    }
    return name;
}

static int write_one(struct report *report, const char *path, const char *stem,
                     const char *end, const struct text *text)
{
    char *name = name_file(path, stem, end);
    int code = name != NULL ? whole_write(report, name, text->text, text->length)
                            : report_memory(report);
    if (code == CLI_FINE) {
        report_note(report, "wrote %s", name);
    }
    free(name);
    return code;
}

static int write_texts(struct firmware_call *call, struct report *report,
                       const char *path, struct text *header, struct text *code)
{
    struct telling telling;
    char stem[FIRMWARE_STEM];
    firmware_stem(call->codec, stem);
    char *name = name_file(path, stem, ".h");
    if (name == NULL) {
        (void)text_end(header);
        (void)text_end(code);
        return report_memory(report);
    }
    call->header = walk_base_name(name);
    if (strpbrk(call->header, "\"\\\n\r") != NULL) {
        report_error(report, NULL, "export", "no source can include a file of this name");
        (void)text_end(header);
        (void)text_end(code);
        free(name);
        return CLI_CANNOT;
    }
    telling_open(&telling, report, "export");
    bool good = firmware_write(call, &telling.notes, header->file, code->file);
    telling_close(&telling);
    free(name);
    bool whole = text_end(header);
    whole = text_end(code) && whole;
    if (!good) {
        return CLI_WRONG;
    }
    if (!whole) {
        return report_memory(report);
    }
    int result = write_one(report, path, stem, ".h", header);
    return result == CLI_FINE ? write_one(report, path, stem, ".c", code) : result;
}

int firmwareout(const struct product *product, struct report *report, const char *source,
                size_t position, const char *path)
{
    struct firmware_call call = {product->codec, NULL, source, NULL, false};
    struct text header, code = {NULL, NULL, 0};
    int result = CLI_FINE;
    if (dgm_profile_describe(product->profile, position, &call.doc) != DGM_OK ||
        !text_open(&header)) {
        return report_memory(report);
    }
    if (text_open(&code)) {
        result = write_texts(&call, report, path, &header, &code);
    } else {
        (void)text_end(&header);
        result = report_memory(report);
    }
    free(header.text);
    free(code.text);
    return result;
}
