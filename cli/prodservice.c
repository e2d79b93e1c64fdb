/* SPDX-License-Identifier: MIT */
/*
 * A service of the device file finds its content by its type. Several services may have
 * the same type.
 */
#include "prodservice.h"
#include "proddevice.h"
#include "walk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_SIZE = 2 * PACKAGE_NAME, SERVICES_MOST = 1000 };

/* A service as a file has it. */
struct content {
    const char *file, *type;
    const cJSON *object;
    size_t index;
    bool used;
};

struct services {
    struct prodread *device;
    const struct package *package;
    const char *folder;
    struct content *items;
    size_t count;
    cJSON **roots; /* a file each */
    char **files;
    size_t file_count;
};

bool prodservice_is_file(const char *path, const char *name)
{
    const char *base = walk_base_name(path);
    size_t length = strlen(name);
    return strncasecmp(base, name, length) == 0 &&
           (base[length] == '\0' || strcasecmp(base + length, ".json") == 0);
}

/* Does the file belong to another copy of the tree, further inside? */
static const struct package_member *inner_tree(const struct services *services,
                                               const char *name)
{
    size_t outer = strlen(services->folder);
    for (size_t i = 0; i < services->package->count; i++) {
        const struct package_member *member = &services->package->members[i];
        char root[PACKAGE_NAME];
        if (!prodservice_is_file(member->name, PRODDEVICE_NAME)) {
            continue;
        }
        proddevice_root(member->name, root);
        size_t length = strlen(root);
        if (length > outer && strncmp(root, name, length) == 0) {
            return member;
        }
    }
    return NULL;
}

static int add_content(struct services *services, const char *file, const cJSON *object,
                       size_t index)
{
    const char *type = jsontree_text(prodread_member(object, "service_type"));
    struct prodat list = {NULL, "services", 0}, at = {&list, NULL, index};
    struct prodread reader = {services->device->report, file, false};
    if (type == NULL || type[0] == '\0') {
        prodread_tell(&reader, &at, "a service without a type is left out");
        return CLI_FINE;
    }
    for (size_t i = 0; i < services->count; i++) {
        if (strcmp(services->items[i].type, type) == 0) {
            prodread_tell(&reader, &at, "a second service of type '%s' is left out",
                          type);
            return CLI_FINE;
        }
    }
    if (services->count == SERVICES_MOST) {
        return package_refuse(services->package, reader.report, "",
                              "the package has too many services");
    }
    struct content *grown =
        realloc(services->items, (services->count + 1) * sizeof(*grown));
    if (grown == NULL) {
        return report_memory(reader.report);
    }
    services->items = grown;
    grown[services->count++] = (struct content){file, type, object, index, false};
    return CLI_FINE;
}

/* Told once a file, by its first service. */
static void check_place(const struct services *services, const char *file,
                        const char *name, const cJSON *first)
{
    char expected[NAME_SIZE];
    const char *type = jsontree_text(prodread_member(first, "service_type"));
    struct prodread reader = {services->device->report, file, false};
    if (type == NULL) {
        return;
    }
    (void)snprintf(expected, sizeof(expected), "%sservice/%s/profile/%s",
                   services->folder, type, PRODDEVICE_SERVICE);
    if (strcmp(expected, name) != 0) {
        prodread_tell(&reader, NULL, "the file belongs at '%s'", expected);
    }
}

/* The list of a file, or its one service, also without `{"services": ...}` around it.
 * NULL if there is none. */
static const cJSON *find_list(struct prodread *reader, const cJSON *root)
{
    struct prodat at = {NULL, "services", 0};
    const cJSON *list = prodread_member(root, "services");
    if (list != NULL) {
        prodread_check_key(reader, &at, list->string, "services");
    } else if (cJSON_IsArray(root) || prodread_member(root, "service_type") != NULL) {
        prodread_tell(reader, NULL, "there is no 'services'; all is taken for it");
        list = root;
    }
    if (cJSON_IsObject(list)) {
        prodread_tell(reader, &at,
                      "an array is expected; the object is taken for its "
                      "element");
    } else if (!cJSON_IsArray(list)) {
        prodread_tell(reader, &at,
                      "an array of services is expected; the file is left out");
        return NULL;
    }
    return list;
}

static int take_root(struct services *services, const char *file, const char *name,
                     const cJSON *root)
{
    struct prodread reader = {services->device->report, file, false};
    const cJSON *list = find_list(&reader, root);
    const cJSON *first = cJSON_IsArray(list) ? list->child : list;
    size_t index = 0;
    int code = CLI_FINE;
    check_place(services, file, name, first);
    for (const cJSON *item = first; item != NULL && code == CLI_FINE;
         item = item != list ? item->next : NULL, index++) {
        code = add_content(services, file, item, index);
    }
    return code;
}

/* Keeps the tree and the name of the file for as long as the services. */
static int take_file(struct services *services, const struct package_member *member)
{
    struct report *report = services->device->report;
    char file[PACKAGE_SOURCE];
    cJSON *root = NULL;
    package_source(services->package, member->name, file);
    if (member->length == 0) {
        struct prodread reader = {report, file, false};
        prodread_tell(&reader, NULL,
                      "the file is empty: what its service has is not known");
        return CLI_FINE;
    }
    int code = proddevice_parse(report, file, member->text, member->length, &root);
    if (code != CLI_FINE) {
        return code;
    }
    char *copy = strdup(file);
    if (copy == NULL) {
        cJSON_Delete(root);
        return report_memory(report);
    }
    services->roots[services->file_count] = root;
    services->files[services->file_count++] = copy;
    return take_root(services, copy, member->name, root);
}

static int take_files(struct services *services)
{
    int code = CLI_FINE;
    bool told = false;
    for (size_t i = 0; i < services->package->count && code == CLI_FINE; i++) {
        const struct package_member *member = &services->package->members[i];
        const struct package_member *inner = inner_tree(services, member->name);
        struct prodread reader = {services->device->report, services->package->path,
                                  false};
        bool device = prodservice_is_file(member->name, PRODDEVICE_NAME);
        if (inner != NULL) {
            if (!told) {
                prodread_tell(&reader, NULL, "a second tree, that of '%s', is left out",
                              inner->name);
            }
            told = true;
        } else if (prodservice_is_file(member->name, PRODDEVICE_SERVICE)) {
            code = take_file(services, member);
        } else if (!device && services->package->count > 1) {
            prodread_tell(&reader, NULL, "'%s' is no file of a product, and left out",
                          member->name);
        }
    }
    return code;
}

/* The content of a type; NULL if no file has it. */
static struct content *find_content(struct services *services, const struct prodat *at,
                                    const char *type)
{
    for (size_t i = 0; i < services->count; i++) {
        if (strcmp(services->items[i].type, type) == 0) {
            return &services->items[i];
        }
    }
    for (size_t i = 0; i < services->count; i++) {
        if (strcasecmp(services->items[i].type, type) == 0) {
            prodread_tell(services->device, at,
                          "service type '%s' is taken for the '%s' of its file", type,
                          services->items[i].type);
            return &services->items[i];
        }
    }
    prodread_tell(services->device, at, "no file says what services of type '%s' have",
                  type);
    return NULL;
}

static void read_content(struct services *services, struct content *content,
                         cJSON *service)
{
    static const char *const skipped[] = {"service_type", "service_id", NULL};
    struct prodat list = {NULL, "services", 0}, at = {&list, NULL, content->index};
    struct prodread reader = {services->device->report, content->file, false};
    content->used = true;
    prodread_object(&reader, &at, content->object, PROD_SERVICE, skipped, service);
    services->device->no_memory = services->device->no_memory || reader.no_memory;
}

static bool is_known(const cJSON *list, const char *name)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        if (strcmp(prodread_text(item, "service_id"), name) == 0) {
            return true;
        }
    }
    return false;
}

/* One that the device file lists. */
static void read_listed(struct services *services, const struct prodat *at,
                        const cJSON *entry, cJSON *list)
{
    struct prodread *reader = services->device;
    cJSON *service = cJSON_CreateObject();
    if (service == NULL) {
        reader->no_memory = true;
        return;
    }
    prodread_object(reader, at, entry, PROD_SERVICE, NULL, service);
    const char *id = prodread_text(service, "service_id");
    const char *type = prodread_text(service, "service_type");
    if (id == NULL && type != NULL) {
        char *name = prodread_name(reader, at, type, PROD_NAME_SERVICE);
        prodread_tell(reader, at, "the service has no id and is called by its type");
        prodread_put_text(reader, service, "service_id", name == NULL ? type : name);
        free(name);
        id = prodread_text(service, "service_id");
    }
    if (id == NULL || id[0] == '\0' || is_known(list, id)) {
        prodread_tell(reader, at,
                      id == NULL ? "a service without id and type is left out"
                                 : "a second service of that id is left out");
        cJSON_Delete(service);
        return;
    }
    struct content *content = find_content(services, at, type != NULL ? type : id);
    if (content != NULL) {
        read_content(services, content, service);
    }
    prodread_add(reader, list, NULL, service);
}

/* One that only a file has. */
static void read_unlisted(struct services *services, struct content *content, cJSON *list)
{
    struct prodat inner = {NULL, "services", 0}, at = {&inner, NULL, content->index};
    struct prodread reader = {services->device->report, content->file, false};
    cJSON *service = cJSON_CreateObject();
    char *name = prodread_name(&reader, &at, content->type, PROD_NAME_SERVICE);
    bool known = name != NULL && is_known(list, name);
    prodread_tell(&reader, &at,
                  known ? "the device file does not list the service; it is left out"
                        : "the device file does not list the service; it is taken along");
    if (service == NULL || name == NULL || known) {
        services->device->no_memory = services->device->no_memory || !known;
        cJSON_Delete(service);
    } else {
        prodread_put_text(services->device, service, "service_id", name);
        read_content(services, content, service);
        prodread_add(services->device, list, NULL, service);
    }
    free(name);
}

/* Those that the device names. */
static void read_named(struct services *services, const struct prodat *at,
                       const cJSON *from, cJSON *list)
{
    struct prodat member = {at, "serviceTypeCapabilities", 0};
    size_t index = 0;
    if (from != NULL && !cJSON_IsArray(from) && !cJSON_IsNull(from)) {
        prodread_tell(services->device, &member,
                      "an array is expected; the value is left "
                      "out");
    }
    for (const cJSON *item = cJSON_IsArray(from) ? from->child : NULL; item != NULL;
         item = item->next, index++) {
        struct prodat element = {&member, NULL, index};
        if (index == SERVICES_MOST) {
            prodread_tell(services->device, &element,
                          "what is behind element %d is left out", SERVICES_MOST - 1);
            break;
        }
        if (cJSON_IsObject(item)) {
            read_listed(services, &element, item, list);
        } else {
            prodread_tell(services->device, &element,
                          "an object is expected; the value is "
                          "left out");
        }
    }
}

static void read_services(struct services *services, const struct prodat *at,
                          const cJSON *from, cJSON *list)
{
    read_named(services, at, from, list);
    for (size_t i = 0; i < services->count; i++) {
        if (!services->items[i].used) {
            read_unlisted(services, &services->items[i], list);
        }
    }
}

static void close_services(struct services *services)
{
    for (size_t i = 0; i < services->file_count; i++) {
        cJSON_Delete(services->roots[i]);
        free(services->files[i]);
    }
    free(services->roots);
    free(services->files);
    free(services->items);
}

int prodservice_read(struct prodread *reader, const struct package *package,
                     const char *folder, const struct prodat *at, const cJSON *list,
                     cJSON *product)
{
    struct services services = {reader, package, folder, NULL, 0, NULL, NULL, 0};
    services.roots = calloc(package->count + 1, sizeof(*services.roots));
    services.files = calloc(package->count + 1, sizeof(*services.files));
    cJSON *all = cJSON_CreateArray();
    int code = services.roots == NULL || services.files == NULL || all == NULL
                   ? report_memory(reader->report)
                   : take_files(&services);
    if (code == CLI_FINE) {
        read_services(&services, at, list, all);
        prodread_add(reader, product, "service_capabilities", all);
        code = reader->no_memory ? report_memory(reader->report) : CLI_FINE;
    } else {
        cJSON_Delete(all);
    }
    close_services(&services);
    return code;
}
