/* SPDX-License-Identifier: MIT */
/*
 * Which form is it? The older one is a package with a file about the device; the newer
 * one is an object, alone or inside the notification that pushes it.
 */
#include "prodopen.h"
#include "package.h"
#include "proddevice.h"

static bool has_number_of(const cJSON *product, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(product, key) != NULL;
}

/* The first of some members that is there becomes another. */
static void take_from(struct prodread *reader, cJSON *product, const char *key,
                      const char *const *others)
{
    if (has_number_of(product, key)) {
        return;
    }
    for (; *others != NULL; others++) {
        const char *text = prodread_text(product, *others);
        if (text != NULL) {
            prodread_tell(reader, NULL, "there is no %s; it is taken from %s: '%s'", key,
                          *others, text);
            prodread_put_text(reader, product, key, text);
            return;
        }
    }
    prodread_tell(reader, NULL, "there is no %s; it is 'unknown' for now", key);
    prodread_put_text(reader, product, key, "unknown");
}

/* A profile needs a maker and a model, or the platform's id of the product. */
static void complete_identity(struct prodread *reader, cJSON *product)
{
    static const char *const makers[] = {"manufacturer_name", NULL};
    static const char *const models[] = {"name", "device_type", NULL};
    if (!has_number_of(product, "product_id")) {
        take_from(reader, product, "manufacturer_id", makers);
        take_from(reader, product, "model", models);
    }
}

/* The object that a notification is about, or the root. Sets where it is. */
static const cJSON *find_product(const cJSON *root, const struct prodat **ret_at)
{
    static const struct prodat data = {NULL, "notify_data", 0},
                               inner = {&data, "body", 0}, beside = {NULL, "body", 0};
    const cJSON *body = prodread_member(prodread_member(root, "notify_data"), "body");
    *ret_at = &inner;
    if (!cJSON_IsObject(body)) {
        body = prodread_member(root, "body");
        *ret_at = &beside;
    }
    if (!cJSON_IsObject(body)) {
        body = root;
        *ret_at = NULL;
    }
    return body;
}

static bool is_product(const cJSON *object)
{
    return prodread_member(object, "service_capabilities") != NULL ||
           prodread_member(object, "product_id") != NULL;
}

static int read_root(struct report *report, const struct package *package,
                     const char *file, const cJSON *root, cJSON *product)
{
    struct prodread reader = {report, file, false};
    const struct prodat *at = NULL;
    const cJSON *object = find_product(root, &at);
    if (proddevice_is_root(root)) {
        return proddevice_read(report, package, file, root, product);
    }
    if (!is_product(object)) {
        bool service = prodread_member(root, "services") != NULL;
        return package_refuse(
            package, report, "",
            service ? "this describes a service; take the package that it belongs to"
                    : "no product model: neither 'devices' nor 'service_capabilities'");
    }
    prodread_object(&reader, at, object, PROD_PRODUCT, NULL, product);
    return reader.no_memory ? report_memory(report) : CLI_FINE;
}

static int read_one(struct report *report, const struct package *package,
                    const struct package_member *member, cJSON *product)
{
    char file[PACKAGE_SOURCE];
    cJSON *root = NULL;
    package_source(package, member->name, file);
    int code = proddevice_parse(report, file, member->text, member->length, &root);
    if (code == CLI_FINE) {
        code = read_root(report, package, file, root, product);
    }
    cJSON_Delete(root);
    return code;
}

static int read_package(struct report *report, const struct package *package,
                        cJSON *product)
{
    const struct package_member *device = NULL;
    int code = proddevice_find(report, package, &device);
    if (code != CLI_FINE) {
        return code;
    }
    if (device != NULL) {
        return read_one(report, package, device, product);
    }
    if (package->count == 1) {
        return read_one(report, package, &package->members[0], product);
    }
    return package_refuse(package, report, "",
                          "no product model: there is no profile/" PRODDEVICE_NAME);
}

static int finish(struct report *report, const char *path, int code, cJSON *product,
                  cJSON **ret)
{
    struct prodread reader = {report, path, false};
    if (code == CLI_FINE) {
        complete_identity(&reader, product);
        code = reader.no_memory ? report_memory(report) : CLI_FINE;
    }
    if (code != CLI_FINE) {
        cJSON_Delete(product);
        product = NULL;
    }
    *ret = product;
    return code;
}

int prodopen(struct report *report, const char *path, cJSON **ret)
{
    struct package package;
    cJSON *product = cJSON_CreateObject();
    int code = package_open(&package, report, path);
    if (product == NULL) {
        code = report_memory(report);
    }
    if (code == CLI_FINE) {
        code = read_package(report, &package, product);
    }
    package_close(&package);
    return finish(report, path, code, product, ret);
}

int prodopen_text(struct report *report, const char *path, const char *text,
                  size_t length, cJSON **ret)
{
    struct prodread reader = {report, path, false};
    cJSON *product = cJSON_CreateObject(), *root = NULL;
    int code = product == NULL ? report_memory(report)
                               : proddevice_parse(report, path, text, length, &root);
    if (code == CLI_FINE) {
        prodread_object(&reader, NULL, root, PROD_PRODUCT, NULL, product);
        code = reader.no_memory ? report_memory(report) : CLI_FINE;
    }
    cJSON_Delete(root);
    return finish(report, path, code, product, ret);
}
