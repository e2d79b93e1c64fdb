/* SPDX-License-Identifier: MIT */
/*
 * Packages of the older form, with the slips that published ones have: misspelt and
 * missing folders, an outer one, the whole tree twice, service files that are empty or
 * missing.
 */
#include "proddevice.h"
#include "jsonloose.h"
#include "prodkey.h"
#include "prodservice.h"
#include "walk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_SIZE = PACKAGE_NAME + 64 };

/* Line and column, in bytes, of a place in a text. */
static struct place place_of(const char *file, const char *text, size_t offset)
{
    struct place place = {file, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        bool end = text[i] == '\n';
        place.line += end;
        place.column = end ? 1 : place.column + 1;
    }
    return place;
}

/* As people write it: comments and last commas are told and skipped. */
static enum dgm_status parse_loose(struct report *report, const char *file, char *text,
                                   size_t length, cJSON **ret, size_t *ret_offset)
{
    size_t first = 0;
    if (!jsonloose_blank(text, length, &first)) {
        return DGM_JSON_SYNTAX;
    }
    enum dgm_status status = jsontree_parse(text, length, ret, ret_offset);
    if (status == DGM_OK) {
        struct place place = place_of(file, text, first);
        report_warning(report, &place, "package",
                       "comments, and a comma behind the last element, are no JSON; they "
                       "are skipped");
    }
    return status;
}

static enum dgm_status parse(struct report *report, const char *file, const char *text,
                             size_t length, cJSON **ret, size_t *ret_offset)
{
    char *copy = malloc(length > 0 ? length : 1);
    if (copy == NULL) {
        return DGM_MEMORY;
    }
    memcpy(copy, text, length);
    jsonloose_tame(copy, length);
    enum dgm_status status = jsontree_parse(copy, length, ret, ret_offset);
    if (status == DGM_JSON_SYNTAX) {
        status = parse_loose(report, file, copy, length, ret, ret_offset);
    }
    free(copy);
    return status;
}

static bool is_utf16(const char *text, size_t length)
{
    return length >= 2 &&
           (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0);
}

int proddevice_parse(struct report *report, const char *file, const char *text,
                     size_t length, cJSON **ret)
{
    struct place place = {file, 0, 0};
    size_t offset = 0;
    *ret = NULL;
    if (length == 0) {
        report_error(report, &place, "package", "the file is empty");
        return CLI_WRONG;
    }
    if (is_utf16(text, length)) {
        report_error(report, &place, "package",
                     "the file is UTF-16, and JSON is UTF-8: save it as that");
        return CLI_WRONG;
    }
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        report_warning(report, &place, "package",
                       "the file begins with a byte order mark, which is skipped");
        text += 3;
        length -= 3;
    }
    enum dgm_status status = parse(report, file, text, length, ret, &offset);
    if (status == DGM_MEMORY) {
        return report_memory(report);
    }
    if (status != DGM_OK) {
        place = place_of(file, text, offset);
        report_error(report, &place, dgm_status_id(status), "%s: %s",
                     dgm_status_id(status), dgm_status_text(status));
        return CLI_WRONG;
    }
    return CLI_FINE;
}

static size_t depth_of(const char *name)
{
    size_t depth = 0;
    for (; *name != '\0'; name++) {
        depth += *name == '/';
    }
    return depth;
}

int proddevice_find(struct report *report, const struct package *package,
                    const struct package_member **ret)
{
    const struct package_member *found = NULL, *other = NULL;
    for (size_t i = 0; i < package->count; i++) {
        const struct package_member *member = &package->members[i];
        if (!prodservice_is_file(member->name, PRODDEVICE_NAME)) {
            continue;
        }
        size_t depth = depth_of(member->name);
        if (found == NULL || depth < depth_of(found->name)) {
            found = member;
            other = NULL;
        } else if (depth == depth_of(found->name)) {
            other = member;
        }
    }
    *ret = found;
    return other == NULL ? CLI_FINE
                         : package_refuse(package, report, other->name,
                                          "the package has several products; take the "
                                          "folder of one");
}

void proddevice_root(const char *name, char *ret)
{
    (void)snprintf(ret, PACKAGE_NAME, "%s", name);
    char *slash = strrchr(ret, '/');
    if (slash == NULL) {
        ret[0] = '\0';
        return;
    }
    *slash = '\0';
    char *folder = strrchr(ret, '/');
    folder = folder == NULL ? ret : folder + 1;
    if (strcasecmp(folder, "profile") == 0) {
        *folder = '\0';
    } else {
        *slash = '/';
        slash[1] = '\0';
    }
}

/* The tree that the package is about, and where it is not what it should be. */
static void check_layout(struct report *report, const struct package *package,
                         const char *root, const char *name)
{
    char expected[NAME_SIZE];
    struct prodread reader = {report, package->path, false};
    (void)snprintf(expected, sizeof(expected), "%sprofile/%s", root, PRODDEVICE_NAME);
    if (strcmp(expected, name) != 0) {
        prodread_tell(&reader, NULL, "'%s' belongs at '%s'", name, expected);
    }
    if (root[0] != '\0') {
        prodread_tell(&reader, NULL,
                      "the platform takes no folder '%s' around what is in a package",
                      root);
    }
}

/* A package is called after its product. */
static void check_name(struct report *report, const struct package *package,
                       const cJSON *product)
{
    static const char *const keys[] = {"device_type", "manufacturer_id", "model"};
    char expected[NAME_SIZE] = "";
    struct prodread reader = {report, package->path, false};
    const char *name = walk_base_name(package->path);
    size_t shorter = 0;
    for (size_t i = 0; i < 3; i++) {
        const char *text = prodread_text(product, keys[i]);
        size_t used = strlen(expected);
        shorter = used;
        (void)snprintf(expected + used, sizeof(expected) - used, "%s%s",
                       used > 0 && text != NULL ? "_" : "", text == NULL ? "" : text);
    }
    size_t length = strcspn(name, ".");
    const char *point = strrchr(name, '.');
    length = point == NULL ? length : (size_t)(point - name);
    bool same = (length == strlen(expected) || length == shorter) &&
                strncmp(name, expected, length) == 0;
    if (!same) {
        prodread_tell(&reader, NULL,
                      "after what is in it the package should be called '%s.zip'",
                      expected);
    }
}

/* The one device of the file. */
static const cJSON *find_device(struct prodread *reader, const cJSON *root)
{
    static const struct prodat devices = {NULL, "devices", 0},
                               second = {&devices, NULL, 1};
    const cJSON *list = prodread_member(root, "devices");
    if (list == NULL) {
        prodread_tell(reader, NULL, "there is no 'devices'; all is taken for it");
        list = root;
    }
    if (cJSON_IsObject(list)) {
        prodread_tell(reader, &devices,
                      "an array is expected; the object is taken for its "
                      "element");
        return list;
    }
    if (cJSON_IsArray(list) && list->child != NULL && list->child->next != NULL) {
        prodread_tell(reader, &second, "a second device is left out");
    }
    return cJSON_IsArray(list) ? list->child : NULL;
}

bool proddevice_is_root(const cJSON *root)
{
    const cJSON *device = cJSON_IsArray(root) ? root->child : root;
    return prodread_member(root, "devices") != NULL ||
           prodread_member(device, "service_type_capabilities") != NULL;
}

static void tell_strangers(struct prodread *reader, const cJSON *root)
{
    for (const cJSON *item = root->child; item != NULL; item = item->next) {
        struct prodat at = {NULL, item->string, 0};
        if (prodkey_is(item->string, "devices")) {
            prodread_check_key(reader, &at, item->string, "devices");
        } else if (!cJSON_IsNull(item)) {
            prodread_tell(reader, &at, "a profile has no place for it; it is left out");
        }
    }
}

int proddevice_read(struct report *report, const struct package *package,
                    const char *file, const cJSON *root, cJSON *product)
{
    static const char *const skipped[] = {"service_type_capabilities", NULL};
    static const struct prodat devices = {NULL, "devices", 0}, at = {&devices, NULL, 0};
    struct prodread reader = {report, file, false};
    char folder[PACKAGE_NAME] = "";
    const struct package_member *member = NULL;
    const cJSON *device = find_device(&reader, root);
    if (!cJSON_IsObject(device)) {
        return package_refuse(package, report, "", "'devices' has no device");
    }
    (void)proddevice_find(report, package, &member);
    if (member != NULL) {
        proddevice_root(member->name, folder);
        check_layout(report, package, folder, member->name);
    }
    if (device != root && cJSON_IsObject(root)) {
        tell_strangers(&reader, root);
    }
    prodread_object(&reader, &at, device, PROD_PRODUCT, skipped, product);
    int code = reader.no_memory ? report_memory(report) : CLI_FINE;
    if (code == CLI_FINE && package->zipped) {
        check_name(report, package, product);
    }
    return code == CLI_FINE
               ? prodservice_read(&reader, package, folder, &at,
                                  prodread_member(device, "service_type_capabilities"),
                                  product)
               : code;
}
