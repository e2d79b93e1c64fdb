/* SPDX-License-Identifier: MIT */
/*
 * The manifest's members on top, and those of the further models. The text is known to be
 * valid JSON before it is scanned, so that the scanner only has to find where values end.
 */
#include "manifest.h"
#include "refuse.h"

#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

enum { MANIFEST_MAX_BYTES = 1 << 20 };

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* Behind the closing quote of the string that starts at `at`. */
static const char *string_end(const char *at)
{
    for (at++; *at != '"' && *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0') {
            at++;
        }
    }
    return *at == '"' ? at + 1 : at;
}

/* Behind the value that starts at `at`. */
static const char *value_end(const char *at)
{
    size_t depth = 0;
    do {
        if (*at == '"') {
            at = string_end(at);
            continue;
        }
        if (depth == 0 && (*at == ',' || *at == '}' || *at == ']')) {
            return at;
        }
        if (*at == '{' || *at == '[') {
            depth++;
        } else if (*at == '}' || *at == ']') {
            depth--;
        }
        at++;
    } while (*at != '\0' && !(depth == 0 && (at[-1] == '}' || at[-1] == ']')));
    return at;
}

static unsigned hex4(const char *digits)
{
    char text[5] = {digits[0], digits[1], digits[2], digits[3], '\0'};
    return (unsigned)strtoul(text, NULL, 16);
}

static char *put_utf8(char *out, unsigned code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xC0 | (code >> 6));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *out++ = (char)(0xE0 | (code >> 12));
        *out++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else {
        *out++ = (char)(0xF0 | (code >> 18));
        *out++ = (char)(0x80 | ((code >> 12) & 0x3F));
        *out++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    }
    return out;
}

static char simple_escape(char letter)
{
    static const char letters[] = "bfnrt";
    static const char characters[] = "\b\f\n\r\t";
    const char *found = strchr(letters, letter);
    return found == NULL ? letter : characters[found - letters];
}

/* One escape at `*at`, behind the backslash. Surrogates stand in pairs, as checked. */
static char *put_escape(char *out, const char **at)
{
    if (**at != 'u') {
        *out++ = simple_escape(**at);
        *at += 1;
        return out;
    }
    unsigned code = hex4(*at + 1);
    *at += 5;
    if (code >= 0xD800 && code < 0xDC00) {
        code = 0x10000 + ((code - 0xD800) << 10) + (hex4(*at + 2) - 0xDC00);
        *at += 6;
    }
    return put_utf8(out, code);
}

/* The characters of a string, its escapes resolved. A zero in it cuts it short: names and
 * values that matter have none. */
static char *string_copy(const char *from, const char *end)
{
    char *copy = malloc((size_t)(end - from) + 1);
    if (copy == NULL) {
        return NULL;
    }
    char *out = copy;
    const char *at = from + 1;
    while (at < end - 1) {
        if (*at == '\\') {
            at++;
            out = put_escape(out, &at);
        } else {
            *out++ = *at++;
        }
    }
    *out = '\0';
    return copy;
}

static char *span_copy(const char *from, const char *end)
{
    size_t length = (size_t)(end - from);
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, from, length);
        copy[length] = '\0';
    }
    return copy;
}

/* One member at `*at`; false if memory is out. */
static bool take_member(struct manifest *manifest, const char **at)
{
    struct manifest_member *member = &manifest->members[manifest->count];
    const char *end = string_end(*at);
    member->name = string_copy(*at, end);
    const char *value = skip_blanks(skip_blanks(end) + 1);
    member->value_at = manifest->text == NULL ? 0 : (size_t)(value - manifest->text);
    end = value_end(value);
    bool number = *value == '-' || (*value >= '0' && *value <= '9');
    if (*value == '"') {
        member->value = string_copy(value, end);
    } else if (number) {
        const char *last = value + strcspn(value, " \t\r\n,}");
        member->number = span_copy(value, last);
    }
    manifest->count++;
    *at = skip_blanks(end);
    return member->name != NULL && (*value != '"' || member->value != NULL) &&
           (!number || member->number != NULL);
}

static bool has_member(const struct manifest *manifest, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(manifest->members[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static const struct manifest_member *find_member(const struct manifest *manifest,
                                                 const char *name)
{
    for (size_t i = 0; i < manifest->count; i++) {
        if (strcmp(manifest->members[i].name, name) == 0) {
            return &manifest->members[i];
        }
    }
    return NULL;
}

static enum dgm_status take_members(struct manifest *manifest, const char *at,
                                    struct dgm_refusal *refusal)
{
    if (*at != '{') {
        return refuse(refusal, DGM_PLUGIN_MANIFEST, "manifest: expected a JSON object");
    }
    at = skip_blanks(at + 1);
    while (*at == '"') {
        if (manifest->count == MANIFEST_MAX_MEMBERS) {
            return refuse(refusal, DGM_PLUGIN_MANIFEST,
                          "manifest: expected at most %d members", MANIFEST_MAX_MEMBERS);
        }
        if (!take_member(manifest, &at)) {
            return refuse(refusal, DGM_MEMORY, "no memory for the manifest");
        }
        const char *name = manifest->members[manifest->count - 1].name;
        if (has_member(manifest, manifest->count - 1, name)) {
            return refuse(refusal, DGM_PLUGIN_MANIFEST,
                          "manifest: found member %.80s twice", name);
        }
        at = *at == ',' ? skip_blanks(at + 1) : at;
    }
    return DGM_OK;
}

/* The objects of the list, which are one less than the models. */
static enum dgm_status take_models(struct manifest *manifest, const char *at,
                                   struct dgm_refusal *refusal)
{
    enum dgm_status status = DGM_OK;
    if (*at != '[') {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "manifest: further_models: expected a list");
    }
    at = skip_blanks(at + 1);
    while (*at != ']' && status == DGM_OK) {
        struct manifest *grown = NULL;
        if (manifest->further_count == MANIFEST_MAX_MODELS - 1) {
            return refuse(refusal, DGM_PLUGIN_MANIFEST,
                          "manifest: expected at most %d models", MANIFEST_MAX_MODELS);
        }
        grown = realloc(manifest->further,
                        (manifest->further_count + 1) * sizeof(*manifest->further));
        if (grown == NULL) {
            return refuse(refusal, DGM_MEMORY, "no memory for the manifest");
        }
        manifest->further = grown;
        memset(&grown[manifest->further_count], 0, sizeof(*grown));
        status = take_members(&grown[manifest->further_count++], at, refusal);
        at = skip_blanks(value_end(at));
        at = *at == ',' ? skip_blanks(at + 1) : at;
    }
    return status;
}

enum dgm_status manifest_read(const uint8_t *bytes, size_t size, struct manifest *ret,
                              struct dgm_refusal *refusal)
{
    size_t offset = 0;
    memset(ret, 0, sizeof(*ret));
    if (size > MANIFEST_MAX_BYTES) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "manifest: expected at most %d bytes, found %zu",
                      MANIFEST_MAX_BYTES, size);
    }
    ret->text = span_copy((const char *)bytes, (const char *)bytes + size);
    if (ret->text == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory for the manifest");
    }
    enum dgm_status status = dgm_json_check(ret->text, size, &offset);
    if (status != DGM_OK) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST, "manifest: byte %zu: %s", offset,
                      dgm_status_text(status));
    }
    status = take_members(ret, skip_blanks(ret->text), refusal);
    const struct manifest_member *models = find_member(ret, "further_models");
    if (status != DGM_OK || models == NULL) {
        return status;
    }
    return take_models(ret, ret->text + models->value_at, refusal);
}

static void free_members(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->count; i++) {
        free(manifest->members[i].name);
        free(manifest->members[i].value);
        free(manifest->members[i].number);
    }
}

void manifest_free(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->further_count; i++) {
        free_members(&manifest->further[i]);
    }
    free_members(manifest);
    free(manifest->further);
    free(manifest->text);
    memset(manifest, 0, sizeof(*manifest));
}

const struct manifest *manifest_model(const struct manifest *manifest, size_t position)
{
    if (position == 0) {
        return manifest;
    }
    return position <= manifest->further_count ? &manifest->further[position - 1] : NULL;
}

const char *manifest_text(const struct manifest *manifest, const char *name)
{
    const struct manifest_member *member = find_member(manifest, name);
    return member == NULL ? NULL : member->value;
}

enum dgm_status manifest_expect_number(const struct manifest *manifest, const char *name,
                                       unsigned expected, enum dgm_status otherwise,
                                       struct dgm_refusal *refusal)
{
    const struct manifest_member *member = find_member(manifest, name);
    if (member == NULL || member->number == NULL) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "manifest: %s: expected %u, found no number", name, expected);
    }
    char *end = NULL;
    unsigned long found = strtoul(member->number, &end, 10);
    if (*end != '\0' || member->number[0] == '-' || found != expected) {
        return refuse(refusal, otherwise, "manifest: %s: expected %u, found %.20s", name,
                      expected, member->number);
    }
    return DGM_OK;
}
