/* SPDX-License-Identifier: MIT */
/*
 * The manifest: who made the product, which messages it has, how large they get. Compact
 * JSON, always the same for the same profile. It is read by hosts without loading the
 * plug-in. The members of the top level are about the plug-in and its first model, those
 * of `further_models` about the others of the family, in the order of their tables.
 */
#include "manifest.h"
#include "work.h"

#include <dragoman/kind.h>
#include <dragoman/plugin.h>
#include <dragoman/version.h>
#include "emit_names.h"
#include "framing.h"
#include "out.h"
#include "scalar.h"

#include <inttypes.h>
#include <string.h>

enum { MANIFEST_VERSION = 1, LANGUAGE_VERSION = 1 };

static const char *quoted(struct builder *builder, uint32_t text)
{
    const char *plain = emit_pool_text(builder, text);
    return scalar_json_string(builder->arena, plain, strlen(plain));
}

/* A member that is left out if the profile does not give it. */
static void put_text(struct builder *builder, struct out *out, const char *name,
                     uint32_t text)
{
    if (text != 0) {
        out_format(out, ",\"%s\":%s", name, quoted(builder, text));
    }
}

static void put_message(struct builder *builder, struct out *out,
                        const struct dgm_message *message)
{
    const struct dgm_worst work = work_of(builder, message);
    out_format(out, "{\"name\":%s,\"kind\":\"%s\",\"direction\":\"%s\"",
               quoted(builder, message->name), dgm_kind_word(message->kind),
               dgm_kind_direction(message->kind));
    if ((message->flags & DGM_MESSAGE_DECODE_ONLY) != 0) {
        out_text(out, ",\"only\":\"decode\"");
    } else if ((message->flags & DGM_MESSAGE_ENCODE_ONLY) != 0) {
        out_text(out, ",\"only\":\"encode\"");
    }
    if (message->command != DGM_NONE && message->command < builder->commands.count) {
        /* The path is stored with its quotes. */
        uint32_t path = builder->commands.items[message->command].path;
        out_format(out, ",\"command\":%s", emit_pool_text(builder, path));
    }
    out_format(out,
               ",\"frame_min\":%" PRIu32 ",\"frame_max\":%" PRIu32
               ",\"json_max\":{\"oceanconnect\":%" PRIu32 ",\"iotda\":%" PRIu32
               ",\"plain\":%" PRIu32 "},\"slots\":%u,\"depth\":%u,\"steps\":%" PRIu64 "}",
               framing_line_least(builder, message->frame_min),
               framing_line_most(builder, message->frame_max), message->json_max[0],
               message->json_max[1], message->json_max[2], message->slots, work.depth,
               work.steps);
}

/* The members about one model, behind others of its object. */
static void put_model(struct builder *builder, struct out *out,
                      const struct dgm_model *head)
{
    put_text(builder, out, "manufacturer_id", head->manufacturer_id);
    put_text(builder, out, "manufacturer_name", head->manufacturer_name);
    put_text(builder, out, "model", head->model);
    put_text(builder, out, "product_id", head->product_id);
    put_text(builder, out, "product_name", head->product_name);
    put_text(builder, out, "device_type", head->device_type);
    put_text(builder, out, "protocol_type", head->protocol_type);
    put_text(builder, out, "version", head->version);
    out_text(out, ",\"services\":[");
    for (size_t i = 0; i < builder->services.count; i++) {
        out_format(out, "%s%s", i == 0 ? "" : ",",
                   quoted(builder, builder->services.items[i].name));
    }
    out_text(out, "],\"messages\":[");
    for (size_t i = 0; i < builder->messages.count; i++) {
        out_text(out, i == 0 ? "" : ",");
        put_message(builder, out, &builder->messages.items[i]);
    }
    out_text(out, "]");
}

/* What is about all models: which versions it is of, and whose. */
static void put_top(struct out *out, const char *license)
{
    out_format(out,
               "{\"manifest_version\":%d,\"plugin_abi\":%d,\"plugin_abi_minor\":%d,"
               "\"table_format\":%d,\"language\":%d,\"generator\":\"%s\"",
               MANIFEST_VERSION, DGM_PLUGIN_ABI_MAJOR, DGM_PLUGIN_ABI_MINOR,
               DGM_TABLE_FORMAT, LANGUAGE_VERSION, DGM_VERSION_STRING);
    if (license != NULL) {
        out_format(out, ",\"license\":%s",
                   scalar_json_string(out->arena, license, strlen(license)));
    }
}

const char *manifest_json(const struct emit_model *models, size_t count,
                          const char *license)
{
    struct dgm_model head;
    struct out out;
    out_init(&out, models[0].builder->arena);
    (void)builder_head(models[0].builder, &head);
    put_top(&out, license);
    out_format(&out, ",\"table_size\":%" PRIu32 ",\"profile_hash\":\"%016" PRIx64 "\"",
               head.size, head.profile_hash);
    put_model(models[0].builder, &out, &head);
    for (size_t i = 1; i < count; i++) {
        (void)builder_head(models[i].builder, &head);
        out_format(&out, "%s{\"table_size\":%" PRIu32,
                   i == 1 ? ",\"further_models\":[" : ",", head.size);
        put_model(models[i].builder, &out, &head);
        out_text(&out, "}");
    }
    out_text(&out, count > 1 ? "]}" : "}");
    return out.text;
}
