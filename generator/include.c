/* SPDX-License-Identifier: MIT */
/*
 * Files that a profile includes. Each is read once, however many others name it, and its
 * entries go behind those of the profile. What is wrong in a file is reported at its own
 * lines; what is wrong with the naming of it, at the line that names it.
 */
#include "include.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "include_path.h"
#include "profile_file.h"
#include "language.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What files share; each is a mapping by name. */
static const char *const sections[] = {"enums", "groups", "floats", "curves", "hooks"};

struct including {
    struct diag *diag;
    struct includes *includes;
    struct node *root;
    const struct include_origin *origin;
    const char *folder;  /* real path of the one that nothing leaves */
    const char *profile; /* real path of the profile */
};

/* A file that includes others. */
struct includer {
    const char *name;
    const struct node *root;
    size_t depth;
};

bool include_check_version(struct diag *diag, const struct node *root)
{
    const struct node *version = node_get(root, "dragoman");
    if (version == NULL) {
        diag_report(diag, RULE_MISSING_KEY, root->where, "%s begins with 'dragoman: 1'",
                    root->where.file == 0 ? "a profile" : "an included file");
        return false;
    }
    if (version->kind != NODE_SCALAR || strcmp(version->text, "1") != 0) {
        diag_report(diag, RULE_LANGUAGE_VERSION, version->where,
                    "this compiler reads version 1 of the language");
        return false;
    }
    return true;
}

static bool is_section(const char *key)
{
    for (size_t i = 0; i < COUNT(sections); i++)
        if (strcmp(key, sections[i]) == 0)
            return true;
    return false;
}

bool include_is_part(const struct node *root)
{
    bool has_parts = false;
    for (size_t i = 0; root->kind == NODE_MAP && i < root->count; i++) {
        const char *key = root->keys[i]->text;
        has_parts = has_parts || is_section(key);
        if (!is_section(key) && strcmp(key, "dragoman") != 0 &&
            strcmp(key, "include") != 0)
            return false;
    }
    return has_parts;
}

/* Keys of an included file; those that only a profile has are told apart. */
static bool check_keys(struct diag *diag, const struct node *root)
{
    static const char *const others[] = {"product",  "models", "services",
                                         "messages", "wire",   "tests"};
    bool fine = node_expect(diag, root, NODE_MAP, "an included file");
    for (size_t i = 0; fine && i < COUNT(others); i++) {
        const struct node *key = node_key(root, others[i]);
        if (key == NULL)
            continue;
        diag_report(diag, RULE_KEY_NOT_HERE, key->where,
                    "an included file has no '%s', only enums, groups, floats, curves, "
                    "hooks and further includes",
                    others[i]);
        fine = false;
    }
    return fine && language_check_keys(diag, root, PLACE_PART) &&
           include_check_version(diag, root);
}

/* Append to a mapping all entries of another. */
static void append(struct arena *arena, struct node *map, const struct node *more)
{
    size_t count = map->count + more->count;
    struct node **keys = arena_array(arena, count + 1, sizeof(*keys));
    struct node **items = arena_array(arena, count + 1, sizeof(*items));
    for (size_t i = 0; i < count; i++) {
        bool own = i < map->count;
        keys[i] = own ? map->keys[i] : more->keys[i - map->count];
        items[i] = own ? map->items[i] : more->items[i - map->count];
    }
    map->keys = keys;
    map->items = items;
    map->count = count;
}

static bool merge(struct including *including, const struct node *part)
{
    struct arena *arena = including->diag->arena;
    bool fine = true;
    for (size_t i = 0; i < COUNT(sections); i++) {
        struct node *more = node_get(part, sections[i]);
        struct node *own = node_get(including->root, sections[i]);
        const char *what = arena_format(arena, "'%s'", sections[i]);
        if (more == NULL)
            continue;
        if (!node_expect(including->diag, more, NODE_MAP, what) ||
            (own != NULL && !node_expect(including->diag, own, NODE_MAP, what))) {
            fine = false;
            continue;
        }
        if (own == NULL) {
            struct node one = {.kind = NODE_MAP, .count = 1};
            struct node *key = node_key(part, sections[i]);
            own = arena_alloc(arena, sizeof(*own));
            *own = (struct node){.kind = NODE_MAP, .where = more->where};
            one.keys = &key;
            one.items = &own;
            append(arena, including->root, &one);
        }
        append(arena, own, more);
    }
    return fine;
}

/* By text; equal ones with that first which was read last. */
static int compare_keys(const void *left, const void *right)
{
    const struct node *a = *(struct node *const *)left;
    const struct node *b = *(struct node *const *)right;
    int order = strcmp(a->text, b->text);
    if (order != 0)
        return order;
    return a->where.file > b->where.file ? -1 : a->where.file < b->where.file;
}

/* No file says anew what another one says: the finding is at the profile, if it is one of
 * the two, else at the file that was read later. */
static bool check_redefined(struct diag *diag, const struct node *map)
{
    struct node **sorted = arena_array(diag->arena, map->count + 1, sizeof(*sorted));
    size_t count = 0;
    bool fine = true;
    for (size_t i = 0; i < map->count; i++)
        if (map->keys[i]->kind == NODE_SCALAR)
            sorted[count++] = map->keys[i];
    qsort(sorted, count, sizeof(*sorted), compare_keys);
    for (size_t i = 1; i < count; i++) {
        const struct node *late = sorted[i - 1], *early = sorted[i];
        if (strcmp(late->text, early->text) != 0 || late->where.file == early->where.file)
            continue;
        bool own = early->where.file == 0;
        struct location where = own ? early->where : late->where;
        diag_report(diag, RULE_INCLUDE_REDEFINED, where, "'%s' is defined in %s already",
                    late->text, diag_line(diag, where, own ? late->where : early->where));
        fine = false;
    }
    return fine;
}

static bool refuse(struct including *including, const struct node *node, enum rule rule,
                   const char *why)
{
    diag_report(including->diag, rule, node->where, "'%s': %s", node->text, why);
    return false;
}

/* The file of that real path, if it was read. */
static const struct included *find(const struct includes *includes, const char *path)
{
    for (size_t i = 0; i < includes->count; i++)
        if (strcmp(includes->files[i].real_path, path) == 0)
            return &includes->files[i];
    return NULL;
}

static const struct dgm_profile_text *find_text(const struct include_origin *origin,
                                                const char *name)
{
    for (size_t i = 0; i < origin->count; i++)
        if (strcmp(origin->files[i].name, name) == 0)
            return &origin->files[i];
    return NULL;
}

/* In memory the same text is the same file: one that has two names stands there twice. */
static const char *text_identity(const struct include_origin *origin, const char *name)
{
    const struct dgm_profile_text *file = find_text(origin, name);
    for (size_t i = 0; file != NULL && i < origin->count; i++)
        if (origin->files[i].length == file->length &&
            memcmp(origin->files[i].text, file->text, file->length) == 0)
            return origin->files[i].name;
    return NULL;
}

static enum dgm_status copy_text(const struct dgm_profile_text *file, char **ret_text,
                                 size_t *ret_length)
{
    char *text = malloc(file->length + 1);
    if (text == NULL)
        return DGM_MEMORY;
    memcpy(text, file->text, file->length);
    *ret_text = text;
    *ret_length = file->length;
    return DGM_OK;
}

/* Is there room for one more? */
static bool check_count(struct including *including, const struct node *node)
{
    if (including->includes->count < INCLUDE_MAX_FILES)
        return true;
    return refuse(including, node, RULE_INCLUDE_LIMIT,
                  arena_format(including->diag->arena,
                               "a profile includes at most %d files", INCLUDE_MAX_FILES));
}

/* A file, or another name for one, is the last of the includes now. */
static bool count_file(struct including *including, const struct node *node,
                       struct included file)
{
    struct includes *includes = including->includes;
    includes->files[includes->count++] = file;
    includes->bytes += file.length;
    if (includes->bytes > INCLUDE_MAX_BYTES)
        return refuse(including, node, RULE_INCLUDE_LIMIT,
                      "all files that a profile includes have at most 1 MiB");
    return true;
}

/* Read the file; it is the last of the includes then. */
static bool read_file(struct including *including, const struct includer *by,
                      const struct node *node, const char *name, const char *real_path)
{
    struct included file = {.name = name, .real_path = real_path};
    const struct include_origin *origin = including->origin;
    const char *why = NULL;
    if (by->depth == INCLUDE_MAX_DEPTH)
        return refuse(including, node, RULE_INCLUDE_LIMIT,
                      arena_format(including->diag->arena,
                                   "files include each other at most %d deep",
                                   INCLUDE_MAX_DEPTH));
    if (!check_count(including, node))
        return false;
    enum dgm_status status =
        origin->count > 0
            ? copy_text(find_text(origin, real_path), &file.text, &file.length)
            : profile_file_read(real_path, &file.text, &file.length, &why);
    if (status == DGM_MEMORY)
        arena_fail(including->diag->arena);
    if (status != DGM_OK)
        return refuse(
            including, node, RULE_CANNOT_READ,
            arena_format(including->diag->arena, "the file cannot be read: %s", why));
    return count_file(including, node, file);
}

/* A file that was read, by another name: whoever keeps the files needs both. */
static bool add_name(struct including *including, const struct node *node,
                     const char *name, const struct included *known)
{
    struct included file = {name, known->real_path, known->text, known->length,
                            .again = true};
    for (size_t i = 0; i < including->includes->count; i++)
        if (strcmp(including->includes->files[i].name, name) == 0)
            return true;
    return check_count(including, node) && count_file(including, node, file);
}

static bool include_list(struct including *including, const struct includer *by);

/* Merge a file that was just read, and then what it includes. */
static bool take_part(struct including *including, const struct includer *by,
                      struct included *file)
{
    unsigned index = diag_add_file(including->diag, file->name, file->text, file->length);
    struct includer part = {file->name, NULL, by->depth + 1};
    part.root = tree_parse_file(including->diag, index);
    if (part.root == NULL || !check_keys(including->diag, part.root))
        return false;
    file->open = true;
    bool fine = merge(including, part.root);
    fine = include_list(including, &part) && fine;
    file->open = false;
    return fine;
}

/* Which file that is, whatever the way to it; NULL after a report. */
static const char *identify(struct including *including, const struct node *node,
                            const char *name)
{
    struct arena *arena = including->diag->arena;
    if (including->origin->count > 0) {
        const char *identity = text_identity(including->origin, name);
        if (identity == NULL)
            (void)refuse(including, node, RULE_CANNOT_READ,
                         "the file is not among those that were given");
        return identity;
    }
    const char *real_path = include_real_path(arena, name);
    if (real_path == NULL)
        (void)refuse(including, node, RULE_CANNOT_READ,
                     arena_format(arena, "the file cannot be read: %s", strerror(errno)));
    else if (!include_is_inside(including->folder, real_path))
        (void)refuse(including, node, RULE_INCLUDE_PATH,
                     "a link leads out of the folder of the profile");
    else
        return real_path;
    return NULL;
}

static bool include_one(struct including *including, const struct includer *by,
                        const struct node *node)
{
    if (!include_check_path(including->diag, node))
        return false;
    const char *name = include_join(including->diag->arena, by->name, node->text);
    const char *real_path = identify(including, node, name);
    if (real_path == NULL)
        return false;
    const struct included *known = find(including->includes, real_path);
    if (strcmp(real_path, including->profile) == 0 || (known != NULL && known->open))
        return refuse(including, node, RULE_INCLUDE_CYCLE,
                      "the file is being included already: files include each other in "
                      "a circle");
    if (known != NULL)
        return add_name(including, node, name, known);
    if (!read_file(including, by, node, name, real_path))
        return false;
    return take_part(including, by,
                     &including->includes->files[including->includes->count - 1]);
}

static bool is_twice(const struct node *list, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (list->items[i]->kind == NODE_SCALAR && list->items[at]->kind == NODE_SCALAR &&
            strcmp(list->items[i]->text, list->items[at]->text) == 0)
            return true;
    return false;
}

/* The depth of files is bounded, and with it the depth of calls. */
static bool include_list(struct including *including, const struct includer *by)
{
    const struct node *list = node_get(by->root, "include");
    bool fine = true;
    if (list == NULL)
        return true;
    if (!node_expect(including->diag, list, NODE_LIST, "'include'"))
        return false;
    if (list->count > INCLUDE_MAX_FILES) {
        diag_report(including->diag, RULE_INCLUDE_LIMIT, list->where,
                    "a profile includes at most %d files", INCLUDE_MAX_FILES);
        return false;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (is_twice(list, i))
            fine = refuse(including, list->items[i], RULE_INCLUDE_TWICE,
                          "the file is in this list already");
        else
            fine = include_one(including, by, list->items[i]) && fine;
    }
    return fine;
}

/* Where the profile is; false after a report. */
static bool find_profile(struct including *including, const struct node *key)
{
    struct diag *diag = including->diag;
    const char *path = including->origin->path;
    if (path == NULL) {
        diag_report(diag, RULE_INCLUDE_PATH, key->where,
                    "a profile that is not read from a file cannot include any");
        return false;
    }
    if (including->origin->count > 0) {
        including->profile = path;
        return true;
    }
    including->folder = include_real_path(diag->arena, include_folder(diag->arena, path));
    including->profile = include_real_path(diag->arena, path);
    if (including->folder != NULL && including->profile != NULL)
        return true;
    diag_report(diag, RULE_CANNOT_READ, key->where,
                "the folder of the profile cannot be read: %s", strerror(errno));
    return false;
}

bool include_all(struct diag *diag, const struct include_origin *origin,
                 struct node *root, struct includes *includes)
{
    struct including including = {
        .diag = diag, .includes = includes, .root = root, .origin = origin};
    const struct node *key = node_key(root, "include");
    if (key == NULL)
        return true;
    if (!find_profile(&including, key))
        return false;
    struct includer profile = {origin->path, root, 0};
    bool fine = include_list(&including, &profile);
    for (size_t i = 0; i < COUNT(sections); i++) {
        const struct node *map = node_get(root, sections[i]);
        if (map != NULL && map->kind == NODE_MAP)
            fine = check_redefined(diag, map) && fine;
    }
    return fine;
}

void include_free(struct includes *includes)
{
    for (size_t i = 0; i < includes->count; i++)
        if (!includes->files[i].again)
            free(includes->files[i].text);
    includes->count = 0;
}
