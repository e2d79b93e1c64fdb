/* SPDX-License-Identifier: MIT */
#include "bus.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void keep_note(void *user, const struct note *note)
{
    struct bus *bus = user;
    bool is_error = note->severity == DGM_SEVERITY_ERROR;
    size_t used = strlen(bus->notes);
    bus->errors += is_error;
    bus->warnings += !is_error;
    (void)snprintf(bus->notes + used, sizeof(bus->notes) - used, "%lu:%zu: %s: %s\n",
                   note->line, note->column, is_error ? "error" : "warning", note->text);
}

void bus_import(struct bus *bus, const char *text, size_t length, const char *node)
{
    struct notes notes = {bus, keep_note, 0};
    struct dbc_source source = {"a.dbc", text, length, "a", node};
    memset(bus, 0, sizeof(*bus));
    FILE *file = open_memstream(&bus->text, &bus->length);
    ck_assert_ptr_nonnull(file);
    bus->status = dbc_import(file, &notes, &source);
    ck_assert_int_eq(fclose(file), 0);
}

static void open_codec(struct bus *bus)
{
    struct dgm_error error;
    size_t length = 0;
    const struct dgm_model *model = dgm_profile_model(bus->profile, &length);
    size_t size = dgm_codec_size(model, length);
    bus->memory = malloc(size);
    ck_assert_ptr_nonnull(bus->memory);
    ck_assert_int_eq(
        dgm_codec_open(model, length, bus->memory, size, &bus->codec, &error), DGM_OK);
    bus->call = (struct dgm_call)DGM_CALL_INIT;
    bus->call.scratch_size = dgm_codec_scratch_size(bus->codec);
    bus->scratch = calloc(1, bus->call.scratch_size + 1);
    bus->call.scratch = bus->scratch;
    bus->call.shape = DGM_SHAPE_PLAIN;
}

void bus_open(struct bus *bus, const char *text)
{
    bus_import(bus, text, strlen(text), NULL);
    ck_assert_msg(bus->status == DGM_OK, "not imported: %s", bus->notes);
    enum dgm_status status =
        dgm_profile_parse("a.yaml", bus->text, bus->length, &bus->profile);
    const struct dgm_diagnostic *finding = dgm_profile_diagnostic(bus->profile, 0);
    ck_assert_msg(status == DGM_OK, "%s\n%s", finding != NULL ? finding->text : "memory",
                  bus->text);
    open_codec(bus);
}

void bus_close(struct bus *bus)
{
    dgm_profile_close(bus->profile);
    free(bus->text);
    free(bus->memory);
    free(bus->scratch);
}

char *bus_read(const char *path)
{
    char whole[4096];
    const char *source = getenv("DRAGOMAN_SOURCE");
    snprintf(whole, sizeof(whole), "%s/%s", source != NULL ? source : ".", path);
    FILE *file = fopen(whole, "rb");
    ck_assert_msg(file != NULL, "%s cannot be read", whole);
    char *text = calloc(1, 1024 * 1024);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_lt(fread(text, 1, 1024 * 1024 - 1, file), 1024 * 1024 - 1);
    fclose(file);
    return text;
}

enum dgm_status bus_decode(struct bus *bus, uint32_t id, const uint8_t *frame,
                           size_t length)
{
    struct dgm_outcome outcome;
    struct dgm_error error;
    struct dgm_call call = bus->call;
    call.has_channel = true;
    call.channel = id;
    enum dgm_status status = dgm_decode(bus->codec, &call, frame, length, bus->json,
                                        sizeof(bus->json) - 1, &outcome, &error);
    bus->json[status == DGM_OK ? outcome.length : 0] = '\0';
    return status;
}

enum dgm_status bus_encode(struct bus *bus, const char *json)
{
    struct dgm_outcome outcome;
    struct dgm_error error;
    enum dgm_status status = dgm_encode(bus->codec, &bus->call, json, strlen(json),
                                        bus->frame, sizeof(bus->frame), &outcome, &error);
    bus->frame_length = status == DGM_OK ? outcome.length : 0;
    return status;
}

uint64_t bus_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    uint64_t value = *state;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
    value = (value ^ value >> 27) * 0x94D049BB133111EBu;
    return value ^ value >> 31;
}
