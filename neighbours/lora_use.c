/* SPDX-License-Identifier: MIT */
/* What LoRa payload schemas take from definitions, from other files and from the library.
 */
#include "lora_parts.h"

#include "include_path.h"
#include "profile_file.h"

#include <stdlib.h>
#include <string.h>

/* The text must live as long as the diagnostics: it goes with the arena. */
static struct node *parse(struct lora *lora, const struct node *from, const char *path)
{
    char *text = NULL;
    size_t length = 0;
    const char *why = NULL;
    enum dgm_status status = profile_file_read(path, &text, &length, &why);
    if (status == DGM_MEMORY) {
        arena_fail(lora->arena);
    }
    if (status != DGM_OK) {
        lora_error(lora, from, "cannot read '%s': %s", path, why);
        return NULL;
    }
    char *copy = arena_copy(lora->arena, text, length);
    free(text);
    unsigned file = diag_add_file(&lora->diag, path, copy, length);
    return lora_parse(lora, file);
}

/* A path of the library, or beside the schema: downwards only. */
static bool is_downwards(const char *path)
{
    bool starts = true;
    for (const char *at = path; *at != '\0'; at++) {
        if (starts && (*at == '/' || strncmp(at, "..", 2) == 0)) {
            return false;
        }
        starts = *at == '/';
    }
    return path[0] != '\0' && strchr(path, '\\') == NULL;
}

/* Another file, as a tree; NULL after an error. */
static struct node *read_file(struct lora *lora, const struct node *from,
                              const char *path)
{
    if (!is_downwards(path)) {
        lora_error(lora, from, "'%s' is no path downwards from its folder", path);
        return NULL;
    }
    const char *name = path;
    if (strstr(path, ".yaml") == NULL && strstr(path, ".yml") == NULL) {
        name = arena_format(lora->arena, "%s.yaml", path);
    }
    const char *folder = include_folder(lora->arena, lora->diag.files[0].name);
    if (lora->options->library != NULL) {
        folder = lora->options->library;
    }
    const char *root = include_real_path(lora->arena, folder);
    const char *real =
        include_real_path(lora->arena, arena_format(lora->arena, "%s/%s", folder, name));
    if (root == NULL || real == NULL || !include_is_inside(root, real)) {
        lora_error(lora, from, "the library has no file '%s'", name);
        return NULL;
    }
    for (unsigned i = 0; i < lora->diag.file_count; i++) {
        if (strcmp(lora->diag.files[i].name, real) == 0) {
            return lora->trees[i];
        }
    }
    if (lora->diag.file_count == LORA_MAX_FILES) {
        lora_error(lora, from, "more than %d files", LORA_MAX_FILES);
        return NULL;
    }
    struct node *root_node = parse(lora, from, real);
    lora->trees[lora->diag.file_count - 1] = root_node;
    return root_node;
}

/* "#/definitions/name", "#name", "name" within a file. */
static const struct node *definition(struct lora *lora, const struct node *root,
                                     const struct node *from, const char *name)
{
    static const char lead[] = "/definitions/";
    name += *name == '#';
    if (strncmp(name, lead, sizeof(lead) - 1) == 0) {
        name += sizeof(lead) - 1;
    }
    const struct node *found = node_get(node_get(root, "definitions"), name);
    if (found == NULL) {
        lora_error(lora, from, "there is no definition '%s'", name);
    }
    return found;
}

/* The definition, and the file that it stands in. */
static const struct node *find(struct lora *lora, const struct node *reference,
                               const struct node **ret_root)
{
    const char *text = reference->text, *mark = strchr(text, '#');
    *ret_root = lora->scope->root;
    if (mark == text ||
        (mark == NULL && node_get(node_get(*ret_root, "definitions"), text) != NULL)) {
        return definition(lora, *ret_root, reference, text);
    }
    size_t length = mark != NULL ? (size_t)(mark - text) : strlen(text);
    *ret_root = read_file(lora, reference, arena_copy(lora->arena, text, length));
    if (*ret_root == NULL) {
        return NULL;
    }
    return mark != NULL ? definition(lora, *ret_root, reference, mark) : *ret_root;
}

void lora_put_use(struct lora *lora, const struct node *field, const struct node *name)
{
    const struct node *root, *prefix = node_get(field, "prefix");
    if (!node_expect(&lora->diag, name, NODE_SCALAR, "what is used")) {
        return;
    }
    if (lora->scope->depth == LORA_MAX_USES) {
        lora_error(lora, name,
                   "definitions use each other deeper than %d, or in a circle",
                   LORA_MAX_USES);
        return;
    }
    const struct node *found = find(lora, name, &root);
    if (found == NULL) {
        return;
    }
    struct lora_scope scope = {
        .outer = lora->scope,
        .root = root,
        .prefix = prefix != NULL && prefix->kind == NODE_SCALAR ? prefix->text : NULL,
        .rename = node_get(field, "rename"),
        .depth = lora->scope->depth + 1};
    struct lora_scope *outer = lora->scope;
    lora->scope = &scope;
    if (found->kind == NODE_LIST) {
        lora_put_items(lora, found);
    } else if (node_get(found, "fields") != NULL) {
        lora_put_items(lora, node_get(found, "fields"));
    } else {
        lora_put_field(lora, found);
    }
    lora->scope = outer;
}
