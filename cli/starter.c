/* SPDX-License-Identifier: MIT */
/*
 * The template is a project that builds as it stands, of a product that is called Sensor
 * and made by Acme. Here its names are replaced; nothing else is changed.
 */
#include "starter.h"

#include <stdlib.h>
#include <string.h>

struct embedded {
    const char *name;
    const unsigned char *bytes;
    size_t size;
};
#include "template-files.inc"
#include "template-sensor.inc"

static const char template_stem[] = "acme-sensor";
static const char template_profile[] = "acme-sensor.yaml";

static void put_stem(FILE *file, const struct starter *starter)
{
    (void)fputs(starter->stem, file);
}

/* In single quotes, where a quote is written twice. */
static void put_quoted(FILE *file, const char *text)
{
    (void)fputc('\'', file);
    for (; *text != '\0'; text++) {
        (void)fputs(*text == '\'' ? "'" : "", file);
        (void)fputc(*text, file);
    }
    (void)fputc('\'', file);
}

static void put_maker(FILE *file, const struct starter *starter)
{
    put_quoted(file, starter->maker);
}

static void put_model(FILE *file, const struct starter *starter)
{
    put_quoted(file, starter->model);
}

static const struct {
    const char *word;
    void (*put)(FILE *file, const struct starter *starter);
} replaced[] = {
    {template_stem, put_stem},
    {"'Acme'", put_maker},
    {"'Sensor'", put_model},
};

/* Bytes of the word that stands there and was replaced, or 0. */
static size_t replace(FILE *file, const struct starter *starter, const char *text,
                      size_t left)
{
    for (size_t i = 0; i < sizeof(replaced) / sizeof(replaced[0]); i++) {
        size_t length = strlen(replaced[i].word);
        if (length <= left && memcmp(text, replaced[i].word, length) == 0) {
            replaced[i].put(file, starter);
            return length;
        }
    }
    return 0;
}

static void put_text(FILE *file, const struct starter *starter, const char *text,
                     size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t word = replace(file, starter, text + i, length - i);
        if (word == 0) {
            (void)fputc(text[i], file);
        }
        i += word == 0 ? 1 : word;
    }
}

static void put_embedded(FILE *file, const struct starter *starter,
                         const struct embedded *embedded)
{
    put_text(file, starter, (const char *)embedded->bytes, embedded->size);
}

void starter_set_stem(struct starter *starter)
{
    char *stem = starter->stem;
    size_t length = 0;
    (void)snprintf(stem, sizeof(starter->stem), "%s-%s", starter->maker, starter->model);
    for (const char *next = stem; *next != '\0'; next++) {
        char c = *next >= 'A' && *next <= 'Z' ? (char)(*next - 'A' + 'a') : *next;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            stem[length++] = c;
        } else if (length > 0 && stem[length - 1] != '-') {
            stem[length++] = '-';
        }
    }
    length -= length > 0 && stem[length - 1] == '-' ? 1 : 0;
    stem[length] = '\0';
    if (length == 0) {
        memcpy(stem, "profile", sizeof("profile"));
    }
}

size_t starter_file_count(void)
{
    return sizeof(template_files) / sizeof(template_files[0]);
}

char *starter_file_name(const struct starter *starter, size_t position)
{
    const char *name = template_files[position].name;
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL) {
        return NULL;
    }
    put_text(file, starter, name, strlen(name));
    if (fclose(file) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

void starter_put_file(FILE *file, const struct starter *starter, size_t position)
{
    if (strcmp(template_files[position].name, template_profile) == 0) {
        starter_put_profile(file, starter);
    } else {
        put_embedded(file, starter, &template_files[position]);
    }
}

void starter_put_profile(FILE *file, const struct starter *starter)
{
    const struct embedded *profile = &template_sensor[0];
    for (size_t i = 0; !starter->sensor && i < starter_file_count(); i++) {
        if (strcmp(template_files[i].name, template_profile) == 0) {
            profile = &template_files[i];
        }
    }
    put_embedded(file, starter, profile);
}
