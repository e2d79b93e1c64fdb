/* SPDX-License-Identifier: MIT */
/* A product model as object, and as package of files. */
#include "prodwrite.h"
#include "proddevice.h"
#include "prodshape.h"
#include "prodtext.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Bytes of each of three parts of a package's name, which is one of a file: 255, with
 * ".zip" and what it has while it is written. */
enum { PART_MOST = 80 };

/* The first of other members that is there stands in. */
static void stand_in(struct prodread *reader, cJSON *product, const char *key,
                     const char *one, const char *other)
{
    struct prodat at = {NULL, key, 0};
    if (prodread_text(product, key) != NULL) {
        return;
    }
    const char *from = prodread_text(product, one) != NULL ? one : other;
    const char *text = prodread_text(product, from);
    if (text != NULL) {
        prodread_tell(reader, &at, "not given; it is taken from %s: '%s'", from, text);
        prodread_put_text(reader, product, key, text);
    }
}

/* What the platform asks for. */
static int check_keys(struct prodread *reader, const cJSON *product,
                      const char *const *keys)
{
    struct place place = {reader->file, 0, 0};
    if (cJSON_GetObjectItemCaseSensitive(product, "service_capabilities") == NULL) {
        report_error(reader->report, &place, "export",
                     "no message has members of a service; the platform needs services");
        return CLI_WRONG;
    }
    for (; *keys != NULL; keys++) {
        if (prodread_text(product, *keys) == NULL) {
            report_error(reader->report, &place, "export",
                         "the platform needs a %s; add it to 'product'", *keys);
            return CLI_WRONG;
        }
    }
    return CLI_FINE;
}

static void tell_if_lost(struct prodread *reader, const cJSON *product, const char *key,
                         const char *kept)
{
    struct prodat at = {NULL, key, 0};
    const char *text = prodread_text(product, key), *other = prodread_text(product, kept);
    if (text != NULL && (other == NULL || strcmp(text, other) != 0)) {
        prodread_tell(reader, &at, "lost: this form has no place for it");
    }
}

/* Each property has a method, and each service a type. */
static void complete_services(struct prodread *reader, cJSON *product)
{
    cJSON *service, *property;
    struct prodat services = {NULL, "services", 0};
    cJSON_ArrayForEach(service,
                       cJSON_GetObjectItemCaseSensitive(product, "service_capabilities"))
    {
        struct prodat at = {&services, prodread_text(service, "service_id"), 0};
        struct prodat properties = {&at, "properties", 0};
        if (prodread_text(service, "service_type") == NULL) {
            prodread_put_text(reader, service, "service_type", at.key);
        }
        cJSON_ArrayForEach(property,
                           cJSON_GetObjectItemCaseSensitive(service, "properties"))
        {
            struct prodat inner = {&properties, prodread_text(property, "property_name"),
                                   0};
            if (prodread_text(property, "method") == NULL) {
                prodread_tell(reader, &inner, "no method is given; RE is written");
                prodread_put_text(reader, property, "method", "RE");
            }
        }
    }
}

int prodwrite_object(struct report *report, const char *path, cJSON *product,
                     char **ret_text)
{
    static const char *const needed[] = {"name", "device_type", "protocol_type",
                                         "manufacturer_name", NULL};
    struct prodread reader = {report, path, false};
    *ret_text = NULL;
    stand_in(&reader, product, "name", "model", "device_type");
    stand_in(&reader, product, "manufacturer_name", "manufacturer_id", "manufacturer_id");
    int code = check_keys(&reader, product, needed);
    if (code != CLI_FINE) {
        return code;
    }
    complete_services(&reader, product);
    tell_if_lost(&reader, product, "manufacturer_id", "manufacturer_name");
    tell_if_lost(&reader, product, "model", "name");
    cJSON *object =
        prodshape_write(&reader, NULL, &prodform_object, PROD_PRODUCT, product);
    *ret_text = object == NULL || reader.no_memory ? NULL : jsontree_print(object, true);
    cJSON_Delete(object);
    return *ret_text == NULL ? report_memory(report) : CLI_FINE;
}

/* Takes the element, into `{"KEY": [element]}`, and adds that as a file. */
static int add_file(struct prodread *reader, struct package *package, const char *name,
                    const char *key, cJSON *element)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *list = root == NULL ? NULL : cJSON_AddArrayToObject(root, key);
    if (list == NULL) {
        cJSON_Delete(element);
        reader->no_memory = true;
    } else {
        prodread_add(reader, list, NULL, element);
    }
    char *text = reader->no_memory ? NULL : jsontree_print(root, true);
    cJSON_Delete(root);
    return text == NULL ? report_memory(reader->report)
                        : package_add(package, reader->report, name, text, strlen(text));
}

/* Types are names of folders. */
static bool is_folder_name(const char *type)
{
    /* What begins with a point is "..", or hidden, and not read back. */
    if (type[0] == '.' || type[0] == '\0' || strlen(type) > PACKAGE_NAME / 2) {
        return false;
    }
    for (; *type != '\0'; type++) {
        if ((unsigned char)*type < 0x20 || *type == 0x7F ||
            strchr("/\\:", *type) != NULL) {
            return false;
        }
    }
    return true;
}

/* An earlier service with a folder of that name. */
static const cJSON *find_type(const cJSON *list, const cJSON *service, const char *type)
{
    for (const cJSON *item = list->child; item != service; item = item->next) {
        if (strcasecmp(prodread_text(item, "service_type"), type) == 0) {
            return item;
        }
    }
    return NULL;
}

static int add_service(struct prodread *reader, struct package *package,
                       const cJSON *list, const cJSON *service)
{
    struct prodat services = {NULL, "services", 0};
    struct prodat at = {&services, prodread_text(service, "service_id"), 0};
    const char *type = prodread_text(service, "service_type");
    char name[PACKAGE_NAME];
    if (!is_folder_name(type)) {
        return package_refuse(package, reader->report, "",
                              "a service type is the name of a folder in this form, and "
                              "may not be long, begin with '.', or have '/', '\\' or "
                              "':'");
    }
    const cJSON *other = find_type(list, service, type);
    if (other != NULL && strcmp(prodread_text(other, "service_type"), type) != 0) {
        return package_refuse(package, reader->report, "",
                              "two service types differ by letter case only");
    }
    cJSON *file = prodshape_write(reader, &at, &prodform_service, PROD_SERVICE, service);
    if (other == NULL) {
        (void)snprintf(name, sizeof(name), "service/%s/profile/%s", type,
                       PRODDEVICE_SERVICE);
        return add_file(reader, package, name, "services", file);
    }
    struct prodread silent = {reader->report, reader->file, false};
    bool quiet = reader->report->quiet;
    reader->report->quiet = true;
    cJSON *first = prodshape_write(&silent, &at, &prodform_service, PROD_SERVICE, other);
    reader->report->quiet = quiet;
    bool same = cJSON_Compare(first, file, true) != 0;
    cJSON_Delete(first);
    cJSON_Delete(file);
    return same ? CLI_FINE
                : package_refuse(package, reader->report, "",
                                 "two services have one service type, and differ: this "
                                 "form has one file a type");
}

static int add_files(struct prodread *reader, const cJSON *product,
                     struct package *package)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(product, "service_capabilities");
    const char *format = prodread_text(product, "data_format");
    struct prodat at = {NULL, "data_format", 0};
    if (format != NULL && strcmp(format, "binary") != 0) {
        prodread_tell(reader, &at, "lost: this form has no place for it");
    }
    int code =
        add_file(reader, package, "profile/" PRODDEVICE_NAME, "devices",
                 prodshape_write(reader, NULL, &prodform_device, PROD_PRODUCT, product));
    for (const cJSON *service = list->child; service != NULL && code == CLI_FINE;
         service = service->next) {
        code = add_service(reader, package, list, service);
    }
    return code;
}

/* DEVICETYPE_MANUFACTURERID_MODEL. `name` has PACKAGE_NAME bytes. */
static void put_name(const cJSON *product, char *name)
{
    static const char *const keys[] = {"device_type", "manufacturer_id", "model"};
    name[0] = '\0';
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        char *part = name + strlen(name);
        (void)snprintf(part, PACKAGE_NAME / 4, "%s%s", i > 0 ? "_" : "",
                       prodread_text(product, keys[i]));
        prodtext_cut(part, PART_MOST);
    }
}

int prodwrite_package(struct report *report, const char *path, cJSON *product,
                      struct package *package, char *name)
{
    static const char *const needed[] = {"manufacturer_id", "manufacturer_name", "model",
                                         "device_type",     "protocol_type",     NULL};
    struct prodread reader = {report, path, false};
    package->path = path;
    stand_in(&reader, product, "manufacturer_id", "manufacturer_name",
             "manufacturer_name");
    stand_in(&reader, product, "manufacturer_name", "manufacturer_id", "manufacturer_id");
    stand_in(&reader, product, "model", "name", "device_type");
    int code = check_keys(&reader, product, needed);
    if (code == CLI_FINE) {
        complete_services(&reader, product);
        code = add_files(&reader, product, package);
    }
    if (code == CLI_FINE) {
        put_name(product, name);
    }
    return code;
}
