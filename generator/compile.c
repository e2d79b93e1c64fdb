/* SPDX-License-Identifier: MIT */
/*
 * The compiler's stages: text to tree, includes, models of the family, and for each of
 * them product, messages and table. A model is compiled as if it were alone; what it
 * shares with the others is found fault with once, since a second finding of a rule at
 * the same place is dropped.
 */
#include "compile.h"

#include <string.h>

#include "emit.h"
#include "language.h"
#include "layout.h"
#include "license.h"
#include "manifest.h"
#include "vectors.h"

struct packed_source compile_texts(const struct compilation *compilation)
{
    const struct diag_file *own = &compilation->diag.files[0];
    return (struct packed_source){compilation->path, own->text, own->length,
                                  &compilation->includes};
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

static bool has_stem(const struct compilation *compilation, size_t count,
                     const char *stem)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(compilation->models[i].stem, stem) == 0)
            return true;
    return false;
}

/* Models such as 'A-1' and 'A_1' would have the same names in C. */
static const char *make_own_stem(const struct compilation *compilation, size_t index)
{
    const char *stem =
        make_stem(compilation->arena, compilation->models[index].source.product);
    const char *own = stem;
    for (unsigned number = 2; has_stem(compilation, index, own); number++)
        own = arena_format(compilation->arena, "%s-%u", stem, number);
    return own;
}

/* False if it makes no sense to look further. What is wrong otherwise is in `ret_fine`.
 */
static bool check_root(struct diag *diag, const struct node *root, bool *ret_fine)
{
    *ret_fine = language_check_keys(diag, root, PLACE_PROFILE);
    if (root->kind != NODE_MAP)
        return false;
    bool is_ours = include_check_version(diag, root);
    *ret_fine = is_ours && *ret_fine;
    return is_ours || node_get(root, "dragoman") == NULL;
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

struct names {
    struct arena *arena;
    const char **items;
    size_t count, capacity;
};

static void add_name(struct names *names, const char *name)
{
    names->items = arena_grow(names->arena, (void *)names->items, names->count,
                              &names->capacity, sizeof(*names->items));
    names->items[names->count++] = name;
}

/* False where a name is computed. */
static bool add_members(struct names *names, const struct item_list *items)
{
    bool fine = true;
    for (size_t i = 0; i < items->count && fine; i++) {
        const struct item *item = items->items[i];
        fine = item->naming == NULL;
        if (item->name != NULL)
            add_name(names, item->name);
        else
            fine = fine && add_members(names, &item->fields);
    }
    return fine;
}

/* Names at the root of the message's JSON, or NULL. */
static const char *const *members_of(struct arena *arena, const struct product *product,
                                     const struct message *message)
{
    struct names names = {arena, NULL, 0, 0};
    if (product == NULL || product->has_services || !add_members(&names, &message->items))
        return NULL;
    add_name(&names, NULL);
    return names.items;
}

/* What vectors need to know of a model. */
static struct vectors_model describe(struct arena *arena, const struct compiled *model)
{
    const struct message_list *list = &model->source.messages;
    struct vectors_message *messages =
        arena_array(arena, list->count + 1, sizeof(*messages));
    for (size_t i = 0; i < list->count; i++) {
        const struct message *message = &list->items[i];
        messages[i] = (struct vectors_message){
            message->name, message_is_up(message), message_is_down(message),
            warnings_of(arena, &message->items),
            members_of(arena, model->source.product, message)};
    }
    return (struct vectors_model){model->name, messages, list->count};
}

static void parse_tests(struct compilation *compilation)
{
    struct vectors_model *models =
        arena_array(compilation->arena, compilation->model_count + 1, sizeof(*models));
    for (size_t i = 0; i < compilation->model_count; i++)
        models[i] = describe(compilation->arena, &compilation->models[i]);
    compilation->tests = vectors_parse(
        &compilation->diag, node_get(compilation->family.root, "tests"),
        &compilation->family, models, compilation->model_count, &compilation->test_count);
}

/* Product and messages of one model; the next of `models`. */
static bool parse_model(struct compilation *compilation, size_t of_family)
{
    struct compiled *model = &compilation->models[compilation->model_count];
    struct profile_source *source = &model->source;
    source->diag = &compilation->diag;
    model->name = compilation->family.models[of_family].name;
    source->root = family_root(source->diag, &compilation->family, of_family);
    if (source->root == NULL)
        return false;
    source->product = product_parse(source->diag, source->root);
    model->stem = make_own_stem(compilation, compilation->model_count++);
    return message_parse_all(source);
}

static bool parse_models(struct compilation *compilation)
{
    const struct family *family = &compilation->family;
    bool fine = true;
    compilation->models =
        arena_array(compilation->arena, family->count, sizeof(*compilation->models));
    for (size_t i = 0; i < family->count && fine; i++)
        if (compilation->only == NULL || family->models[i].name == NULL ||
            strcmp(compilation->only, family->models[i].name) == 0)
            fine = parse_model(compilation, i);
    compilation->diag.model = NULL;
    return fine;
}

static bool lower_models(struct compilation *compilation)
{
    struct profile_source **sources =
        arena_array(compilation->arena, compilation->model_count + 1,
                    sizeof(struct profile_source *));
    const struct packed_source texts = compile_texts(compilation);
    uint64_t hash = packed_hash(&texts);
    bool fine = true, checked = true;
    for (size_t i = 0; i < compilation->model_count && fine; i++) {
        struct compiled *model = &compilation->models[i];
        sources[i] = &model->source;
        builder_init(&model->builder, compilation->arena);
        model->builder.profile_hash = hash;
        bool first = model->name == NULL ||
                     strcmp(model->name, compilation->family.models[0].name) == 0;
        compilation->diag.model = first ? NULL : model->name;
        fine = lower_profile(&model->source, &model->builder);
        checked = checked && model->source.checked;
    }
    compilation->diag.model = NULL;
    if (checked && (fine || compilation->model_count == 1))
        layout_lint_product(sources, compilation->model_count);
    return fine;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void make_outputs(struct compilation *compilation)
{
    size_t count = compilation->model_count;
    struct emit_model *models = arena_array(compilation->arena, count, sizeof(*models));
    for (size_t i = 0; i < count; i++) {
        struct compiled *model = &compilation->models[i];
        models[i] = (struct emit_model){&model->builder, model->stem};
        model->block = builder_block(&model->builder, &model->size);
        if (model->block != NULL)
            continue;
        struct location start = {1, 1, 1, 0};
        diag_report(&compilation->diag, RULE_TOO_LARGE, start,
                    "the profile does not fit a table");
        return;
    }
    const char *name = base_name(compilation->path);
    const struct diag_file *own = &compilation->diag.files[0];
    const char *license = license_of(compilation->arena, own->text, own->length);
    compilation->manifest = manifest_json(models, count, license);
    compilation->c_source = emit_c_source(models, count, name, compilation->manifest);
    compilation->c_header = emit_c_header(models, count, name);
}

/* Is there such a model in the profile? */
static bool check_only(struct compilation *compilation, const struct node *root)
{
    const struct family *family = &compilation->family;
    const char *only = compilation->only;
    const struct node *product = node_get(root, "product");
    const struct node *name = product != NULL ? node_get(product, "model") : NULL;
    bool alone = family->models[0].name == NULL;
    if (only == NULL || family_find(family, only) < family->count ||
        (alone && name != NULL && name->kind == NODE_SCALAR &&
         strcmp(name->text, only) == 0))
        return true;
    diag_report(&compilation->diag, RULE_UNKNOWN_MODEL,
                name != NULL ? name->where : root->where,
                "the profile has no model '%s'%s", only,
                family_advice(compilation->arena, family, only));
    return false;
}

/* A file for others to include: what can be told without those who use it. */
static void check_part(struct compilation *compilation, const struct node *root)
{
    struct profile_source source = {.diag = &compilation->diag, .root = root};
    compilation->is_part = true;
    (void)message_parse_all(&source);
}

void compile_profile(struct compilation *compilation)
{
    struct diag *diag = &compilation->diag;
    struct node *root = tree_parse(diag);
    bool fine = true;
    compilation->stem = "profile";
    if (root == NULL || !check_root(diag, root, &fine) ||
        !include_all(diag, &compilation->origin, root, &compilation->includes))
        return;
    if (include_is_part(root)) {
        check_part(compilation, root);
        return;
    }
    if (!family_parse(diag, root, &compilation->family) || !check_only(compilation, root))
        return;
    fine = parse_models(compilation) && fine;
    if (compilation->model_count > 0) {
        compilation->stem = compilation->models[0].stem;
        parse_tests(compilation);
    }
    if (fine && lower_models(compilation) && diag->errors == 0)
        make_outputs(compilation);
}
