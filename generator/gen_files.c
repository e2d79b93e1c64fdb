/* SPDX-License-Identifier: MIT */
/*
 * The files of dragoman-gen. The source includes the header by the name that it gets, so
 * that build systems may name both as they like.
 */
#include "gen_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *join(const char *directory, const char *stem, const char *suffix)
{
    size_t size = strlen(directory) + strlen(stem) + strlen(suffix) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        (void)snprintf(path, size, "%s/%s%s", directory, stem, suffix);
    }
    return path;
}

bool gen_files_name(struct gen_files *files, const char *stem)
{
    if (files->source != NULL || files->header != NULL || files->manifest != NULL) {
        return true;
    }
    const char *directory = files->directory == NULL ? "." : files->directory;
    files->made_source = join(directory, stem, ".dgm.c");
    files->made_header = join(directory, stem, ".dgm.h");
    files->source = files->made_source;
    files->header = files->made_header;
    return files->source != NULL && files->header != NULL;
}

void gen_files_free(struct gen_files *files)
{
    free(files->made_source);
    free(files->made_header);
}

void gen_files_print(const struct gen_files *files)
{
    const char *const names[] = {files->source, files->header, files->manifest};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i] != NULL) {
            (void)puts(names[i]);
        }
    }
}

static bool complain(const char *path)
{
    (void)fprintf(stderr, "dragoman-gen: cannot write '%s': %s\n", path, strerror(errno));
    return false;
}

static bool close_file(FILE *file, const char *path, bool written)
{
    bool closed = fclose(file) == 0;
    if (written && closed) {
        return true;
    }
    (void)complain(path);
    (void)remove(path);
    return false;
}

static bool write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return complain(path);
    }
    return close_file(file, path, fputs(text, file) >= 0);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* The source with the header's real name in its include line. */
static bool put_source(FILE *file, const char *text, const char *header)
{
    const char *quote = strstr(text, "#include \"");
    if (header == NULL || quote == NULL) {
        return fputs(text, file) >= 0;
    }
    const char *name = quote + strlen("#include \"");
    const char *rest = name + strcspn(name, "\"");
    return fprintf(file, "%.*s%s%s", (int)(name - text), text, base_name(header), rest) >=
           0;
}

static bool write_source(const struct gen_files *files, struct dgm_profile *profile)
{
    const char *note = "";
    if (!files->without_profile && dgm_profile_c_note(profile, &note) != DGM_OK) {
        (void)fprintf(stderr, "dragoman-gen: no memory\n");
        return false;
    }
    FILE *file = fopen(files->source, "wb");
    if (file == NULL) {
        return complain(files->source);
    }
    bool written = put_source(file, dgm_profile_c_source(profile), files->header) &&
                   fputs(note, file) >= 0;
    return close_file(file, files->source, written);
}

/* A name in a rule of make. */
static void put_rule_name(FILE *file, const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name == ' ' || *name == '#' || *name == '\\') {
            (void)fputc('\\', file);
        } else if (*name == '$') {
            (void)fputc('$', file);
        }
        (void)fputc(*name, file);
    }
}

/* The outputs depend on the profile and on what it includes. */
static bool write_depfile(const struct gen_files *files,
                          const struct dgm_profile *profile)
{
    const char *const names[] = {files->source, files->header, files->manifest};
    const char *before = "";
    FILE *file = fopen(files->depfile, "wb");
    if (file == NULL) {
        return complain(files->depfile);
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i] != NULL) {
            (void)fputs(before, file);
            put_rule_name(file, names[i]);
            before = " ";
        }
    }
    (void)fputc(':', file);
    for (size_t i = 0; dgm_profile_file(profile, i) != NULL; i++) {
        (void)fputc(' ', file);
        put_rule_name(file, dgm_profile_file(profile, i));
    }
    (void)fputc('\n', file);
    return close_file(file, files->depfile, ferror(file) == 0);
}

bool gen_files_write(const struct gen_files *files, struct dgm_profile *profile)
{
    bool fine = true;
    if (files->source != NULL) {
        fine = write_source(files, profile) && fine;
    }
    if (files->header != NULL) {
        fine = write_text(files->header, dgm_profile_c_header(profile)) && fine;
    }
    if (files->manifest != NULL) {
        fine = write_text(files->manifest, dgm_profile_manifest(profile)) && fine;
    }
    if (files->depfile != NULL) {
        fine = write_depfile(files, profile) && fine;
    }
    return fine;
}
