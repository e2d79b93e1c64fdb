/* SPDX-License-Identifier: MIT */
/*
 * The compiler as a library: profiles from files and from memory, and what is known of
 * them. All texts are made at once, so that the object is constant afterwards and
 * memory can run out in one place only.
 */
#include <dragoman/describe.h>
#include <dragoman/profile.h>

#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "derived.h"
#include "describe.h"
#include "pretty.h"
#include "profile_file.h"
#include "product_json.h"
#include "schema.h"

struct dgm_profile {
    struct compilation compilation;
    const char *c_note;    /* NULL: was not asked for */
    const char *formatted; /* NULL: was not laid out */
    size_t formatted_length;
    bool formatted_changed;
};

static enum dgm_status compile(struct dgm_profile *profile)
{
    struct compilation *compilation = &profile->compilation;
    compile_profile(compilation);
    if (compilation->diag.errors > 0)
        return DGM_PROFILE;
    return compilation->is_part ? DGM_NOTHING : DGM_OK;
}

static enum dgm_status format(struct dgm_profile *profile)
{
    struct diag *diag = &profile->compilation.diag;
    const struct diag_file *file = &diag->files[0];
    size_t length = 0;
    bool done = false;
    const char *text = pretty_text(diag, &length, &done);
    if (text == NULL)
        return DGM_PROFILE;
    profile->formatted = text;
    profile->formatted_length = length;
    profile->formatted_changed =
        length != file->length || memcmp(text, file->text, length) != 0;
    return done ? DGM_OK : DGM_NOTHING;
}

/* Do something with a text. It and its path are kept, for what is asked of the profile
 * later. */
static enum dgm_status treat_safely(struct dgm_profile *profile,
                                    enum dgm_status (*call)(struct dgm_profile *),
                                    const char *text, size_t length)
{
    struct compilation *compilation = &profile->compilation;
    jmp_buf out_of_memory;
    if (setjmp(out_of_memory) != 0)
        return DGM_MEMORY;
    arena_on_failure(compilation->arena, &out_of_memory);
    compilation->path =
        arena_copy(compilation->arena, compilation->path, strlen(compilation->path));
    text = arena_copy(compilation->arena, text, length);
    diag_init(&compilation->diag, compilation->arena, compilation->path, text, length);
    return call(profile);
}

static struct dgm_profile *profile_new(const char *path)
{
    struct dgm_profile *profile = calloc(1, sizeof(*profile));
    if (profile == NULL)
        return NULL;
    profile->compilation.stem = "profile";
    profile->compilation.arena = arena_new();
    profile->compilation.path = path;
    if (profile->compilation.arena != NULL)
        return profile;
    free(profile);
    return NULL;
}

/* Without memory there is no profile to ask. */
static enum dgm_status finish(struct dgm_profile *profile, enum dgm_status status,
                              struct dgm_profile **ret)
{
    if (status == DGM_MEMORY) {
        dgm_profile_close(profile);
        profile = NULL;
    }
    *ret = profile;
    return status;
}

static enum dgm_status parse(enum dgm_status (*call)(struct dgm_profile *),
                             const char *path, const char *text, size_t length,
                             struct dgm_profile **ret_profile)
{
    struct dgm_profile *profile = profile_new(path);
    if (profile == NULL)
        return finish(NULL, DGM_MEMORY, ret_profile);
    return finish(profile, treat_safely(profile, call, text, length), ret_profile);
}

enum dgm_status dgm_profile_parse(const char *path, const char *text, size_t length,
                                  struct dgm_profile **ret_profile)
{
    return parse(compile, path, text, length, ret_profile);
}

enum dgm_status dgm_profile_format(const char *path, const char *text, size_t length,
                                   struct dgm_profile **ret_profile)
{
    return parse(format, path, text, length, ret_profile);
}

/* One finding says why the file could not be had. */
static enum dgm_status cannot_read(struct dgm_profile *profile, const char *why)
{
    struct compilation *compilation = &profile->compilation;
    struct location none = {0, 0, 1, 0};
    jmp_buf out_of_memory;
    if (setjmp(out_of_memory) != 0)
        return DGM_MEMORY;
    arena_on_failure(compilation->arena, &out_of_memory);
    diag_init(&compilation->diag, compilation->arena, compilation->path, "", 0);
    diag_report(&compilation->diag, RULE_CANNOT_READ, none, "the file cannot be read: %s",
                why);
    return DGM_IO;
}

enum dgm_status dgm_profile_load_text(const char *path, const char *text, size_t length,
                                      struct dgm_profile **ret_profile)
{
    struct dgm_profile *profile = profile_new(path);
    if (profile == NULL)
        return finish(NULL, DGM_MEMORY, ret_profile);
    profile->compilation.origin.path = path;
    return finish(profile, treat_safely(profile, compile, text, length), ret_profile);
}

enum dgm_status dgm_profile_load_files(const struct dgm_profile_text *files, size_t count,
                                       const char *model,
                                       struct dgm_profile **ret_profile)
{
    *ret_profile = NULL;
    if (count == 0)
        return DGM_BAD_CALL;
    struct dgm_profile *profile = profile_new(files[0].name);
    if (profile == NULL)
        return finish(NULL, DGM_MEMORY, ret_profile);
    profile->compilation.origin = (struct include_origin){files[0].name, files, count};
    profile->compilation.only = model;
    return finish(profile, treat_safely(profile, compile, files[0].text, files[0].length),
                  ret_profile);
}

static enum dgm_status load(enum dgm_status (*call)(struct dgm_profile *),
                            const char *path, const char *model,
                            struct dgm_profile **ret_profile)
{
    const char *why = NULL;
    char *text = NULL;
    size_t length = 0;
    struct dgm_profile *profile = profile_new(path);
    if (profile == NULL)
        return finish(NULL, DGM_MEMORY, ret_profile);
    profile->compilation.origin.path = path;
    profile->compilation.only = model;
    enum dgm_status status = profile_file_read(path, &text, &length, &why);
    if (status == DGM_OK)
        status = treat_safely(profile, call, text, length);
    else if (status == DGM_IO)
        status = cannot_read(profile, why);
    free(text);
    return finish(profile, status, ret_profile);
}

enum dgm_status dgm_profile_load(const char *path, struct dgm_profile **ret_profile)
{
    return load(compile, path, NULL, ret_profile);
}

enum dgm_status dgm_profile_load_model(const char *path, const char *model,
                                       struct dgm_profile **ret_profile)
{
    return load(compile, path, model, ret_profile);
}

enum dgm_status dgm_profile_format_file(const char *path,
                                        struct dgm_profile **ret_profile)
{
    return load(format, path, NULL, ret_profile);
}

const char *dgm_profile_formatted(const struct dgm_profile *profile, size_t *ret_length,
                                  bool *ret_changed)
{
    *ret_length = profile->formatted_length;
    *ret_changed = profile->formatted_changed;
    return profile->formatted;
}

void dgm_profile_close(struct dgm_profile *profile)
{
    if (profile == NULL)
        return;
    include_free(&profile->compilation.includes);
    arena_free(profile->compilation.arena);
    free(profile);
}

const struct dgm_diagnostic *dgm_profile_diagnostic(const struct dgm_profile *profile,
                                                    size_t position)
{
    const struct diag *diag = &profile->compilation.diag;
    return position < diag->count ? &diag->items[position] : NULL;
}

size_t dgm_profile_error_count(const struct dgm_profile *profile)
{
    return profile->compilation.diag.errors;
}

const char *dgm_profile_file(const struct dgm_profile *profile, size_t position)
{
    const struct diag *diag = &profile->compilation.diag;
    return position < diag->file_count ? diag->files[position].name : NULL;
}

bool dgm_profile_is_part(const struct dgm_profile *profile)
{
    return profile->compilation.is_part;
}

/* A model with its table. */
static const struct compiled *model_at(const struct dgm_profile *profile, size_t position)
{
    const struct compilation *compilation = &profile->compilation;
    bool has = compilation->c_source != NULL && position < compilation->model_count;
    return has ? &compilation->models[position] : NULL;
}

const struct dgm_model *dgm_profile_model_at(const struct dgm_profile *profile,
                                             size_t position, size_t *ret_size)
{
    const struct compiled *model = model_at(profile, position);
    *ret_size = model != NULL ? model->size : 0;
    return model != NULL ? model->block : NULL;
}

const struct dgm_model *dgm_profile_model(const struct dgm_profile *profile,
                                          size_t *ret_size)
{
    return dgm_profile_model_at(profile, 0, ret_size);
}

const char *dgm_profile_model_name(const struct dgm_profile *profile, size_t position)
{
    const struct compiled *model = model_at(profile, position);
    const char *name = model != NULL ? model->source.product->model : "";
    return model == NULL ? NULL : name != NULL ? name : "";
}

static const struct message *message_of(const struct compiled *model, const char *name)
{
    const struct message_list *messages = &model->source.messages;
    for (size_t i = 0; i < messages->count; i++)
        if (strcmp(messages->items[i].name, name) == 0)
            return &messages->items[i];
    return NULL;
}

/* The pieces are freed at once; only the text stays. */
static enum dgm_status make_schema(struct compilation *compilation,
                                   const struct compiled *model,
                                   const struct message *message, uint8_t shape,
                                   struct arena *pieces, const char **ret)
{
    jmp_buf out_of_memory;
    if (setjmp(out_of_memory) != 0)
        return DGM_MEMORY;
    arena_on_failure(pieces, &out_of_memory);
    arena_on_failure(compilation->arena, &out_of_memory);
    const char *text = schema_document(pieces, &model->source, message, shape);
    if (text == NULL)
        return DGM_NOTHING;
    *ret = arena_copy(compilation->arena, text, strlen(text));
    return DGM_OK;
}

enum dgm_status dgm_profile_schema(struct dgm_profile *profile, size_t position,
                                   const char *message, int shape, const char **ret_text)
{
    const struct compiled *model = model_at(profile, position);
    const struct message *one = NULL;
    if (model == NULL || shape < DGM_SHAPE_OCEANCONNECT || shape > DGM_SHAPE_PLAIN)
        return DGM_BAD_CALL;
    if (message != NULL && (one = message_of(model, message)) == NULL)
        return DGM_BAD_CALL;
    struct arena *pieces = arena_new();
    if (pieces == NULL)
        return DGM_MEMORY;
    enum dgm_status status =
        make_schema(&profile->compilation, model, one, (uint8_t)shape, pieces, ret_text);
    arena_free(pieces);
    return status;
}

/* With the service that the fields make where the profile has none. */
static const struct product *whole_product(const struct dgm_profile *profile,
                                           const struct profile_source *source)
{
    struct arena *arena = profile->compilation.arena;
    if (source->product->has_services)
        return source->product;
    struct product *product = arena_alloc(arena, sizeof(*product));
    *product = *source->product;
    product->services = arena_alloc(arena, sizeof(*product->services));
    product->services[0] = *derived_service(arena, source);
    product->has_services = product->services[0].properties.count > 0;
    product->service_count = product->has_services ? 1 : 0;
    return product;
}

enum dgm_status dgm_profile_product(struct dgm_profile *profile, size_t position,
                                    const char **ret_text)
{
    const struct compiled *model = model_at(profile, position);
    jmp_buf out_of_memory;
    if (model == NULL)
        return DGM_BAD_CALL;
    if (setjmp(out_of_memory) != 0)
        return DGM_MEMORY;
    arena_on_failure(profile->compilation.arena, &out_of_memory);
    *ret_text =
        product_json(profile->compilation.arena, whole_product(profile, &model->source));
    return DGM_OK;
}

const char *dgm_profile_stem(const struct dgm_profile *profile)
{
    return profile->compilation.stem;
}

const char *dgm_profile_manifest(const struct dgm_profile *profile)
{
    return profile->compilation.manifest;
}

const char *dgm_profile_c_source(const struct dgm_profile *profile)
{
    return profile->compilation.c_source;
}

const char *dgm_profile_c_header(const struct dgm_profile *profile)
{
    return profile->compilation.c_header;
}

enum dgm_status dgm_profile_c_note(struct dgm_profile *profile, const char **ret_text)
{
    struct compilation *compilation = &profile->compilation;
    jmp_buf out_of_memory;
    if (compilation->c_source == NULL)
        return DGM_BAD_CALL;
    if (profile->c_note == NULL) {
        if (setjmp(out_of_memory) != 0)
            return DGM_MEMORY;
        arena_on_failure(compilation->arena, &out_of_memory);
        const struct packed_source texts = compile_texts(compilation);
        profile->c_note = packed_note(compilation->arena, &texts);
        arena_on_failure(compilation->arena, NULL);
    }
    *ret_text = profile->c_note;
    return DGM_OK;
}

const struct dgm_test *dgm_profile_test(const struct dgm_profile *profile,
                                        size_t position)
{
    const struct compilation *compilation = &profile->compilation;
    return position < compilation->test_count ? &compilation->tests[position] : NULL;
}

enum dgm_status dgm_profile_describe(struct dgm_profile *profile, size_t position,
                                     const struct dgm_doc **ret_doc)
{
    struct compilation *compilation = &profile->compilation;
    jmp_buf out_of_memory;
    *ret_doc = NULL;
    if (model_at(profile, position) == NULL)
        return DGM_NOTHING;
    if (setjmp(out_of_memory) != 0)
        return DGM_MEMORY;
    arena_on_failure(compilation->arena, &out_of_memory);
    *ret_doc = describe_model(compilation->arena, &compilation->diag,
                              &compilation->models[position]);
    arena_on_failure(compilation->arena, NULL);
    return DGM_OK;
}
