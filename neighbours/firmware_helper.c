/* SPDX-License-Identifier: MIT */
#include "firmware_helper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file that is a part of the program. */
struct embedded {
    const char *name;
    const unsigned char *bytes;
    int size;
};

#include "firmware-helpers.inc"

/* What the words in braces of a section stand for. */
struct variant {
    const char *wide, *word, *order, *place;
};

enum { ORDERS = 4, VARIANTS = ORDERS * 2, MOST = 128 };

static const struct variant variants[VARIANTS] = {
    {"", "32", "be", "i"},
    {"64", "64", "be", "i"},
    {"", "32", "le", "count - 1U - i"},
    {"64", "64", "le", "count - 1U - i"},
    {"", "32", "cdab", "((count - 2U) - (i & ~(size_t)1U)) | (i & 1U)"},
    {"64", "64", "cdab", "((count - 2U) - (i & ~(size_t)1U)) | (i & 1U)"},
    {"", "32", "badc", "i ^ 1U"},
    {"64", "64", "badc", "i ^ 1U"},
};

static const char *value_of(const struct variant *variant, const char *word,
                            size_t length)
{
    const struct {
        const char *word, *value;
    } words[] = {{"wide", variant->wide},
                 {"word", variant->word},
                 {"order", variant->order},
                 {"place", variant->place}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strlen(words[i].word) == length &&
            strncmp(words[i].word, word, length) == 0) {
            return words[i].value;
        }
    }
    return NULL;
}

/* Text with the words in braces filled in; braces of C stay. */
static void fill_in(FILE *file, const char *text, size_t length,
                    const struct variant *variant)
{
    for (size_t i = 0; i < length; i++) {
        const char *end = text[i] == '{' ? memchr(text + i, '}', length - i) : NULL;
        const char *value =
            end != NULL ? value_of(variant, text + i + 1, (size_t)(end - text) - i - 1)
                        : NULL;
        if (value != NULL) {
            (void)fputs(value, file);
            i = (size_t)(end - text);
        } else {
            (void)fputc(text[i], file);
        }
    }
}

static char *filled(const char *text, size_t length, const struct variant *variant)
{
    char *result = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&result, &size);
    if (file == NULL) {
        return NULL;
    }
    fill_in(file, text, length, variant);
    if (fclose(file) != 0) {
        free(result);
        return NULL;
    }
    return result;
}

static bool add(struct firmware_helpers *helpers, const char *name, size_t name_length,
                const char *text, size_t length, const struct variant *variant)
{
    struct firmware_helper *helper = &helpers->items[helpers->count];
    char *filled_name = filled(name, name_length, variant);
    helper->text = filled(text, length, variant);
    if (filled_name != NULL) {
        (void)snprintf(helper->name, sizeof(helper->name), "%s", filled_name);
    }
    bool good = filled_name != NULL && helper->text != NULL;
    free(filled_name);
    helpers->count++;
    return good;
}

/* A section, once, or for two widths, or for the four orders as well. */
static bool add_section(struct firmware_helpers *helpers, const char *section,
                        size_t length)
{
    const char *end = memchr(section, '\n', length);
    size_t name_length = end != NULL ? (size_t)(end - section) : length;
    unsigned braces = 0;
    for (size_t i = 0; i < name_length; i++) {
        braces += section[i] == '{';
    }
    unsigned count = braces == 0 ? 1 : braces == 1 ? 2 : VARIANTS;
    size_t from = name_length < length ? name_length + 1 : length;
    for (unsigned i = 0; i < count && helpers->count < MOST; i++) {
        if (!add(helpers, section, name_length, section + from, length - from,
                 &variants[i])) {
            return false;
        }
    }
    return true;
}

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') ||
           (character >= '0' && character <= '9') || character == '_';
}

static bool names(const char *text, const char *name)
{
    for (const char *at = strstr(text, name); at != NULL; at = strstr(at + 1, name)) {
        if (at == text || !is_letter(at[-1])) {
            return true;
        }
    }
    return false;
}

/* What stands behind a helper may use it. */
static void mark(struct firmware_helpers *helpers, const char *code)
{
    for (size_t i = helpers->count; i-- > 0;) {
        struct firmware_helper *helper = &helpers->items[i];
        helper->used = names(code, helper->name);
        for (size_t j = i + 1; j < helpers->count && !helper->used; j++) {
            helper->used =
                helpers->items[j].used && names(helpers->items[j].text, helper->name);
        }
    }
}

bool firmware_helpers_open(struct firmware_helpers *helpers, const char *code)
{
    static const char begin[] = "%% ";
    const char *text = (const char *)helper_files[0].bytes;
    helpers->count = 0;
    helpers->items = calloc(MOST, sizeof(*helpers->items));
    const char *at = helpers->items != NULL ? strstr(text, begin) : NULL;
    while (at != NULL) {
        const char *section = at + strlen(begin), *next = strstr(section, "\n%% ");
        size_t length = next != NULL ? (size_t)(next - section) : strlen(section);
        if (!add_section(helpers, section, length)) {
            return false;
        }
        at = next != NULL ? next + 1 : NULL;
    }
    if (helpers->items != NULL) {
        mark(helpers, code);
    }
    return helpers->items != NULL;
}

void firmware_helpers_close(struct firmware_helpers *helpers)
{
    for (size_t i = 0; helpers->items != NULL && i < helpers->count; i++) {
        free(helpers->items[i].text);
    }
    free(helpers->items);
    helpers->items = NULL;
}
