/* SPDX-License-Identifier: MIT */
/* Reports: the members of the program's own JSON, in one object. */
#include "report.h"
#include "jsonfault.h"

#include <dragoman/kind.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 4096 }; /* a longer sentence is cut */

/* An object under way in memory. */
struct page {
    char *text;
    size_t size;
    struct jsonout json;
};

static bool begin(struct page *page, enum dgm_status status)
{
    static const char *const families[] = {
        [DGM_FAMILY_FINE] = "fine",   [DGM_FAMILY_DATA] = "data",
        [DGM_FAMILY_SPACE] = "space", [DGM_FAMILY_USAGE] = "usage",
        [DGM_FAMILY_TABLE] = "table", [DGM_FAMILY_SYSTEM] = "system",
        [DGM_FAMILY_BUG] = "bug",
    };
    page->text = NULL;
    FILE *file = open_memstream(&page->text, &page->size);
    if (file == NULL) {
        return false;
    }
    jsonout_open(&page->json, file);
    jsonout_text(&page->json, "status", dgm_status_id(status));
    jsonout_text(&page->json, "family", families[dgm_status_family(status)]);
    return true;
}

static char *finish(struct page *page)
{
    jsonout_close(&page->json);
    bool bad = ferror(page->json.file) != 0;
    bad = fclose(page->json.file) != 0 || bad;
    if (bad) {
        free(page->text);
        return NULL;
    }
    return page->text;
}

/* The next object of a list. */
static struct jsonout element(struct jsonout *json, bool first)
{
    struct jsonout inner = {json->file, false};
    (void)fputs(first ? "{" : ",{", json->file);
    return inner;
}

static void list_begin(struct jsonout *json, const char *name)
{
    jsonout_name(json, name);
    (void)fputc('[', json->file);
}

static void put_models(struct jsonout *json, const struct dgm_ffi_product *product)
{
    list_begin(json, "models");
    for (size_t i = 0; i < product->model_count; i++) {
        const struct dgm_codec *codec = product->models[i].codec;
        struct jsonout inner = element(json, i == 0);
        jsonout_text(&inner, "manufacturer_id", product_maker(codec));
        jsonout_text(&inner, "model", product_name(codec));
        (void)fputc('}', json->file);
    }
    (void)fputc(']', json->file);
}

static void put_findings(struct jsonout *json, const struct dgm_profile *profile)
{
    const struct dgm_diagnostic *finding = NULL;
    list_begin(json, "findings");
    for (size_t i = 0;
         profile != NULL && (finding = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        struct jsonout inner = element(json, i == 0);
        jsonfault_finding(&inner, finding);
        (void)fputc('}', json->file);
    }
    (void)fputc(']', json->file);
}

/* The first error of a profile as one line, and how many more there are. */
static bool first_error(const struct dgm_profile *profile, char *text, size_t size)
{
    const struct dgm_diagnostic *finding = NULL;
    for (size_t i = 0; (finding = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        if (finding->severity == DGM_SEVERITY_ERROR) {
            break;
        }
    }
    if (finding == NULL) {
        return false;
    }
    (void)dgm_diagnostic_render(finding, false, text, size);
    size_t length = strcspn(text, "\n");
    size_t more = dgm_profile_error_count(profile) - 1;
    text[length] = '\0';
    if (more > 0) {
        (void)snprintf(text + length, size - length, " (and %zu more)", more);
    }
    return true;
}

static void put_reason(struct jsonout *json, const struct dgm_ffi_product *product)
{
    char text[TEXT_SIZE];
    if (product->profile != NULL && first_error(product->profile, text, sizeof(text))) {
        jsonout_text(json, "text", text);
    } else if (product->status == DGM_NOTHING) {
        jsonout_text(json, "text",
                     "this is no product: it has parts for profiles to include");
    } else {
        const char *reason = product->text;
        (void)snprintf(text, sizeof(text), "%s: %s", dgm_status_id(product->status),
                       reason[0] != '\0' ? reason : dgm_status_text(product->status));
        jsonout_text(json, "text", text);
    }
}

char *report_product(const struct dgm_ffi_product *product)
{
    struct page page;
    if (!begin(&page, product->status)) {
        return NULL;
    }
    if (product->status != DGM_OK) {
        jsonout_number(&page.json, "number", (uint64_t)product->status);
        put_reason(&page.json, product);
    }
    put_models(&page.json, product);
    jsonout_number(&page.json, "state_size", product_state_size(product));
    put_findings(&page.json, product->profile);
    return finish(&page);
}

static void put_error(struct jsonout *json, const struct dgm_codec *codec,
                      const struct dgm_error *error)
{
    char text[TEXT_SIZE];
    jsonfault_error(json, codec, error);
    (void)dgm_error_render(codec, error, text, sizeof(text));
    jsonout_text(json, "text", text);
}

static void put_warnings(struct jsonout *json, const struct dgm_ffi_call *call)
{
    size_t count = call->outcome.notice_count;
    size_t kept = count < CALL_NOTICES ? count : CALL_NOTICES;
    list_begin(json, "warnings");
    for (size_t i = 0; i < kept; i++) {
        struct jsonout inner = element(json, i == 0);
        jsonout_text(&inner, "status", dgm_status_id(call->notices[i].status));
        put_error(&inner, call->codec, &call->notices[i]);
        (void)fputc('}', json->file);
    }
    (void)fputc(']', json->file);
    if (count > kept) {
        jsonout_number(json, "warnings_lost", count - kept);
    }
}

static void put_outcome(struct jsonout *json, const struct dgm_ffi_call *call)
{
    const struct dgm_outcome *outcome = &call->outcome;
    const char *message = call_message(call);
    const char *kind = dgm_kind_word(outcome->kind);
    if (message != NULL) {
        jsonout_text(json, "message", message);
    }
    if (kind != NULL) {
        jsonout_text(json, "kind", kind);
    }
    if (outcome->has_channel) {
        jsonout_number(json, "port", outcome->channel);
    }
    if (outcome->topic != NULL) {
        jsonout_text(json, "topic", outcome->topic);
    }
}

char *report_call(const struct dgm_ffi_call *call)
{
    struct page page;
    if (!begin(&page, call->error.status)) {
        return NULL;
    }
    if (dgm_status_family(call->error.status) == DGM_FAMILY_FINE) {
        put_outcome(&page.json, call);
    } else {
        put_error(&page.json, call->codec, &call->error);
    }
    put_warnings(&page.json, call);
    return finish(&page);
}
