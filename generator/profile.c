/* SPDX-License-Identifier: MIT */
/*
 * The compiler as a library: text to tree, model, messages, table, and what is made of
 * the table. All texts are made at once, so that the object is constant afterwards and
 * memory can run out in one place only.
 */
#include <dragoman/profile.h>

#include <stdlib.h>
#include <string.h>

#include "emit.h"
#include "lower.h"
#include "manifest.h"
#include "profile_file.h"
#include "scalar.h"
#include "vectors.h"

struct dgm_profile {
    struct arena *arena;
    struct diag diag;
    const struct dgm_model *model; /* NULL: errors */
    size_t model_size;
    const char *stem, *manifest, *c_source, *c_header;
    struct dgm_test *tests;
    size_t test_count;
};

static uint64_t fnv1a(const char *text, size_t length)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash;
}

static bool is_stem_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Lower case; whatever else stands between letters and digits becomes one '-'. */
static const char *make_stem(struct arena *arena, const struct product *product)
{
    const char *maker = product->manufacturer_id != NULL ? product->manufacturer_id
                                                         : product->manufacturer_name;
    const char *model = product->model != NULL ? product->model : product->product_id;
    char *stem = arena_format(arena, "%s-%s", maker != NULL ? maker : "",
                              model != NULL ? model : "");
    size_t length = 0;
    for (const char *next = stem; *next != '\0'; next++) {
        char c = *next >= 'A' && *next <= 'Z' ? (char)(*next - 'A' + 'a') : *next;
        if (is_stem_letter(c))
            stem[length++] = c;
        else if (length > 0 && stem[length - 1] != '-')
            stem[length++] = '-';
    }
    while (length > 0 && stem[length - 1] == '-')
        length--;
    stem[length] = '\0';
    return length > 0 ? stem : "profile";
}

/* Keys of the root, and the language's version. */
static bool check_root(struct diag *diag, const struct node *root)
{
    static const char *const keys[] = {
        "dragoman", "product", "models", "include", "services", "enums", "groups",
        "floats",   "curves",  "hooks",  "wire",    "messages", "tests"};
    static const char *const planned[] = {"models", "include"};
    if (!node_check_keys(diag, root, "a profile", keys, sizeof(keys) / sizeof(keys[0])))
        return false;
    const struct node *version = node_get(root, "dragoman");
    if (version == NULL) {
        diag_report(diag, RULE_MISSING_KEY, root->where,
                    "a profile begins with 'dragoman: 1'");
        return false;
    }
    if (version->kind != NODE_SCALAR || strcmp(version->text, "1") != 0) {
        diag_report(diag, RULE_LANGUAGE_VERSION, version->where,
                    "this compiler reads version 1 of the language");
        return false;
    }
    bool fine = true;
    for (size_t i = 0; i < sizeof(planned) / sizeof(planned[0]); i++) {
        const struct node *key = node_key(root, planned[i]);
        if (key == NULL)
            continue;
        diag_report(diag, RULE_NOT_SUPPORTED, key->where,
                    "'%s' is not supported by this version", planned[i]);
        fine = false;
    }
    return fine;
}

static void add_warnings(struct arena *arena, const struct item_list *items,
                         const char ***texts, size_t *count, size_t *capacity)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = items->items[i];
        add_warnings(arena, &item->fields, texts, count, capacity);
        if (item->form != ITEM_NOTICE || item->refuses)
            continue;
        *texts = arena_grow(arena, (void *)*texts, *count, capacity, sizeof(**texts));
        (*texts)[(*count)++] = item->notice;
    }
}

/* The texts of `warn` items. */
static const char *const *warnings_of(struct arena *arena, const struct item_list *items)
{
    const char **texts = NULL;
    size_t count = 0, capacity = 0;
    add_warnings(arena, items, &texts, &count, &capacity);
    texts = arena_grow(arena, (void *)texts, count, &capacity, sizeof(*texts));
    texts[count] = NULL;
    return texts;
}

static void parse_tests(struct dgm_profile *profile, const struct profile_source *source)
{
    const struct message_list *list = &source->messages;
    struct vectors_message *messages =
        arena_array(profile->arena, list->count + 1, sizeof(*messages));
    for (size_t i = 0; i < list->count; i++) {
        const struct message *message = &list->items[i];
        messages[i] = (struct vectors_message){
            message->name, message_is_up(message), message_is_down(message),
            warnings_of(profile->arena, &list->items[i].items)};
    }
    profile->tests = vectors_parse(&profile->diag, node_get(source->root, "tests"),
                                   messages, list->count, &profile->test_count);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void make_outputs(struct dgm_profile *profile, struct builder *builder,
                         const char *path)
{
    profile->model = builder_block(builder, &profile->model_size);
    if (profile->model == NULL) {
        struct location start = {1, 1, 1};
        diag_report(&profile->diag, RULE_TOO_LARGE, start,
                    "the profile does not fit a table");
        return;
    }
    profile->manifest = manifest_json(builder);
    profile->c_source =
        emit_c_source(builder, profile->stem, base_name(path), profile->manifest);
    profile->c_header = emit_c_header(builder, profile->stem, base_name(path));
}

static void compile(struct dgm_profile *profile, const char *path, const char *text,
                    size_t length)
{
    struct profile_source source = {.diag = &profile->diag};
    struct builder builder;
    source.root = tree_parse(&profile->diag, text, length);
    if (source.root == NULL || !check_root(&profile->diag, source.root))
        return;
    source.product = product_parse(&profile->diag, source.root);
    profile->stem = make_stem(profile->arena, source.product);
    bool parsed = message_parse_all(&source);
    parse_tests(profile, &source);
    builder_init(&builder, profile->arena);
    builder.profile_hash = fnv1a(text, length);
    bool fine = parsed && lower_profile(&source, &builder);
    if (fine && profile->diag.errors == 0)
        make_outputs(profile, &builder, path);
}

/* The text must live as long as the profile. */
static enum dgm_status compile_safely(struct dgm_profile *profile, const char *path,
                                      const char *text, size_t length)
{
    jmp_buf out_of_memory;
    if (setjmp(out_of_memory) != 0)
        return DGM_MEMORY;
    arena_on_failure(profile->arena, &out_of_memory);
    profile->stem = "profile";
    diag_init(&profile->diag, profile->arena, path, text, length);
    compile(profile, path, text, length);
    return profile->diag.errors > 0 ? DGM_PROFILE : DGM_OK;
}

static struct dgm_profile *profile_new(void)
{
    struct dgm_profile *profile = calloc(1, sizeof(*profile));
    if (profile == NULL)
        return NULL;
    profile->arena = arena_new();
    if (profile->arena != NULL)
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

enum dgm_status dgm_profile_parse(const char *path, const char *text, size_t length,
                                  struct dgm_profile **ret_profile)
{
    struct dgm_profile *profile = profile_new();
    if (profile == NULL)
        return finish(NULL, DGM_MEMORY, ret_profile);
    return finish(profile, compile_safely(profile, path, text, length), ret_profile);
}

/* One finding says why the file could not be had. */
static enum dgm_status cannot_read(struct dgm_profile *profile, const char *path,
                                   const char *why)
{
    struct location none = {0, 0, 1};
    jmp_buf out_of_memory;
    if (setjmp(out_of_memory) != 0)
        return DGM_MEMORY;
    arena_on_failure(profile->arena, &out_of_memory);
    profile->stem = "profile";
    diag_init(&profile->diag, profile->arena, path, "", 0);
    diag_report(&profile->diag, RULE_CANNOT_READ, none, "the file cannot be read: %s",
                why);
    return DGM_IO;
}

enum dgm_status dgm_profile_load(const char *path, struct dgm_profile **ret_profile)
{
    const char *why = NULL;
    char *text = NULL;
    size_t length = 0;
    struct dgm_profile *profile = profile_new();
    if (profile == NULL)
        return finish(NULL, DGM_MEMORY, ret_profile);
    enum dgm_status status = profile_file_read(path, &text, &length, &why);
    if (status == DGM_OK)
        status = compile_safely(profile, path, text, length);
    else if (status == DGM_IO)
        status = cannot_read(profile, path, why);
    free(text);
    return finish(profile, status, ret_profile);
}

void dgm_profile_close(struct dgm_profile *profile)
{
    if (profile == NULL)
        return;
    arena_free(profile->arena);
    free(profile);
}

const struct dgm_diagnostic *dgm_profile_diagnostic(const struct dgm_profile *profile,
                                                    size_t position)
{
    return position < profile->diag.count ? &profile->diag.items[position] : NULL;
}

size_t dgm_profile_error_count(const struct dgm_profile *profile)
{
    return profile->diag.errors;
}

const struct dgm_model *dgm_profile_model(const struct dgm_profile *profile,
                                          size_t *ret_size)
{
    *ret_size = profile->model != NULL ? profile->model_size : 0;
    return profile->model;
}

const char *dgm_profile_stem(const struct dgm_profile *profile)
{
    return profile->stem;
}

const char *dgm_profile_manifest(const struct dgm_profile *profile)
{
    return profile->manifest;
}

const char *dgm_profile_c_source(const struct dgm_profile *profile)
{
    return profile->c_source;
}

const char *dgm_profile_c_header(const struct dgm_profile *profile)
{
    return profile->c_header;
}

const struct dgm_test *dgm_profile_test(const struct dgm_profile *profile,
                                        size_t position)
{
    return position < profile->test_count ? &profile->tests[position] : NULL;
}
