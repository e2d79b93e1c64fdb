/* SPDX-License-Identifier: MIT */
/*
 * The manifest against the tables. Each object of the manifest is walked once, with a
 * list of facts that its members must be: so a member that stands there twice, of which
 * another reader might take the other one, is found as well.
 */
#include "manifest_check.h"
#include "manifest_json.h"
#include "refuse.h"

#include <dragoman/kind.h>
#include <dragoman/worst.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum fact_kind {
    FACT_TEXT,     /* `text`; the empty text: the member must be missing */
    FACT_JSON,     /* the string `text`, which has its quotes and escapes */
    FACT_NUMBER,   /* `number` */
    FACT_OBJECT,   /* the facts `facts` */
    FACT_SERVICES, /* names of all services */
    FACT_MESSAGES  /* all messages */
};

struct fact {
    const char *name;
    enum fact_kind kind;
    const char *text;
    uint64_t number;
    const struct fact *facts;
    size_t fact_count;
};

enum { MAX_FACTS = 32, FOUND_LENGTH = 60 };

struct check {
    const struct dgm_codec *codec;
    const struct dgm_model *table;
    struct dgm_worst_table worst;
    struct dgm_refusal *refusal;
    char where[160]; /* "model 1: message report: " */
};

static const void *array_of(const struct dgm_model *table, struct dgm_section section)
{
    return (const uint8_t *)table + section.offset;
}

static const char *text_of(const struct check *check, uint32_t offset)
{
    return dgm_codec_text(check->codec, offset);
}

static enum dgm_status wrong(const struct check *check, const char *name,
                             const char *expected, const char *found)
{
    size_t length = found == NULL ? 0 : (size_t)(manifest_json_value_end(found) - found);
    return refuse(check->refusal, DGM_PLUGIN_MANIFEST,
                  "manifest: %s%s: expected %.60s as in the plug-in, found %.*s",
                  check->where, name, expected,
                  found == NULL ? 4
                                : (int)(length < FOUND_LENGTH ? length : FOUND_LENGTH),
                  found == NULL ? "none" : found);
}

static bool is_number(const char *value, const char *digits)
{
    size_t length = strlen(digits);
    return strncmp(value, digits, length) == 0 &&
           strcspn(value + length, " \t\r\n,}]") == 0;
}

static bool is_same_string(const char *value, const char *quoted)
{
    size_t length = (size_t)(manifest_json_string_end(quoted) - quoted);
    return *value == '"' && (size_t)(manifest_json_string_end(value) - value) == length &&
           memcmp(value, quoted, length) == 0;
}

static enum dgm_status check_object(struct check *check, const char *object,
                                    const struct fact *facts, size_t count);

static enum dgm_status check_services(const struct check *check, const char *list)
{
    const struct dgm_service *services = array_of(check->table, check->table->services);
    uint32_t i = 0;
    const char *value = NULL;
    char expected[16];
    if (*list != '[') {
        return wrong(check, "services", "a list", list);
    }
    for (const char *at = list; manifest_json_next_element(&at, &value); i++) {
        const char *name =
            i < check->table->services.count ? text_of(check, services[i].name) : NULL;
        if (name == NULL || !manifest_json_is_text(value, name)) {
            return wrong(check, "services", name == NULL ? "no more" : name, value);
        }
    }
    (void)snprintf(expected, sizeof(expected), "%" PRIu32, check->table->services.count);
    return i == check->table->services.count ? DGM_OK
                                             : wrong(check, "services", expected, list);
}

static const char *only_word(unsigned flags)
{
    if ((flags & DGM_MESSAGE_DECODE_ONLY) != 0) {
        return "decode";
    }
    return (flags & DGM_MESSAGE_ENCODE_ONLY) != 0 ? "encode" : "";
}

static struct fact number_fact(const char *name, uint64_t number)
{
    return (struct fact){.name = name, .kind = FACT_NUMBER, .number = number};
}

static struct fact text_fact(const char *name, const char *text)
{
    return (struct fact){.name = name, .kind = FACT_TEXT, .text = text};
}

/* The path of the command is stored as JSON prints it. */
static struct fact command_fact(const struct check *check, uint16_t command)
{
    const struct dgm_command *commands = array_of(check->table, check->table->commands);
    if (command >= check->table->commands.count) {
        return text_fact("command", "");
    }
    return (struct fact){.name = "command",
                         .kind = FACT_JSON,
                         .text = text_of(check, commands[command].path)};
}

static enum dgm_status check_message(struct check *check, const char *object,
                                     const struct dgm_message *message)
{
    const struct dgm_worst worst = dgm_worst_of(&check->worst, message);
    const struct dgm_framing *framing = check->worst.framing;
    const struct fact sizes[] = {
        number_fact("oceanconnect", message->json_max[DGM_SHAPE_OCEANCONNECT]),
        number_fact("iotda", message->json_max[DGM_SHAPE_IOTDA]),
        number_fact("plain", message->json_max[DGM_SHAPE_PLAIN]),
    };
    const struct fact facts[] = {
        text_fact("name", text_of(check, message->name)),
        text_fact("kind", dgm_kind_word(message->kind)),
        text_fact("direction", dgm_kind_direction(message->kind)),
        text_fact("only", only_word(message->flags)),
        command_fact(check, message->command),
        number_fact("frame_min", dgm_worst_line_least(framing, message->frame_min)),
        number_fact("frame_max", dgm_worst_line_most(framing, message->frame_max)),
        {.name = "json_max",
         .kind = FACT_OBJECT,
         .facts = sizes,
         .fact_count = sizeof(sizes) / sizeof(sizes[0])},
        number_fact("slots", message->slots),
        number_fact("depth", worst.depth),
        number_fact("steps", worst.steps),
    };
    return check_object(check, object, facts, sizeof(facts) / sizeof(facts[0]));
}

static enum dgm_status check_messages(struct check *check, const char *list)
{
    const struct dgm_message *messages = array_of(check->table, check->table->messages);
    uint32_t count = check->table->messages.count, i = 0;
    size_t length = strlen(check->where);
    const char *value = NULL;
    char expected[16];
    (void)snprintf(expected, sizeof(expected), "%" PRIu32, count);
    if (*list != '[') {
        return wrong(check, "messages", "a list", list);
    }
    for (const char *at = list; manifest_json_next_element(&at, &value); i++) {
        if (i == count) {
            return wrong(check, "messages", expected, list);
        }
        (void)snprintf(check->where + length, sizeof(check->where) - length,
                       "message %.60s: ", text_of(check, messages[i].name));
        enum dgm_status status = check_message(check, value, &messages[i]);
        check->where[length] = '\0';
        if (status != DGM_OK) {
            return status;
        }
    }
    return i == count ? DGM_OK : wrong(check, "messages", expected, list);
}

static enum dgm_status check_fact(struct check *check, const struct fact *fact,
                                  const char *value)
{
    char digits[24];
    switch (fact->kind) {
    case FACT_TEXT:
        return manifest_json_is_text(value, fact->text) && fact->text[0] != '\0'
                   ? DGM_OK
                   : wrong(check, fact->name, fact->text[0] == '\0' ? "none" : fact->text,
                           value);
    case FACT_JSON:
        return is_same_string(value, fact->text)
                   ? DGM_OK
                   : wrong(check, fact->name, fact->text, value);
    case FACT_NUMBER:
        (void)snprintf(digits, sizeof(digits), "%" PRIu64, fact->number);
        return is_number(value, digits) ? DGM_OK
                                        : wrong(check, fact->name, digits, value);
    case FACT_OBJECT:
        return check_object(check, value, fact->facts, fact->fact_count);
    case FACT_SERVICES:
        return check_services(check, value);
    default:
        return check_messages(check, value);
    }
}

static const struct fact *find_fact(const struct fact *facts, size_t count,
                                    const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (manifest_json_is_text(name, facts[i].name)) {
            return &facts[i];
        }
    }
    return NULL;
}

static bool may_lack(const struct fact *fact)
{
    return fact->kind == FACT_TEXT && fact->text[0] == '\0';
}

static enum dgm_status check_object(struct check *check, const char *object,
                                    const struct fact *facts, size_t count)
{
    bool seen[MAX_FACTS] = {false};
    struct manifest_json_member member;
    if (*object != '{') {
        return wrong(check, "object", "one", object);
    }
    for (const char *at = object; manifest_json_next_member(&at, &member);) {
        const struct fact *fact = find_fact(facts, count, member.name);
        if (fact == NULL) {
            continue;
        }
        if (seen[fact - facts]) {
            return wrong(check, fact->name, "one", "another");
        }
        seen[fact - facts] = true;
        enum dgm_status status = check_fact(check, fact, member.value);
        if (status != DGM_OK) {
            return status;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!seen[i] && !may_lack(&facts[i])) {
            return wrong(check, facts[i].name, "it", NULL);
        }
    }
    return DGM_OK;
}

/* All models of a plug-in are of the one profile whose hash stands on top. */
static enum dgm_status check_hash(const struct check *check,
                                  const struct manifest *manifest)
{
    char hash[17];
    const char *said = manifest_text(manifest, "profile_hash");
    (void)snprintf(hash, sizeof(hash), "%016" PRIx64, check->table->profile_hash);
    return said != NULL && strcmp(said, hash) == 0
               ? DGM_OK
               : wrong(check, "profile_hash", hash, said);
}

static enum dgm_status check_model(struct check *check, const struct manifest *manifest,
                                   const struct dgm_plugin *plugin, size_t model)
{
    const struct dgm_model *table = check->table;
    const struct fact facts[] = {
        number_fact("plugin_abi", plugin->abi_major),
        number_fact("plugin_abi_minor", plugin->abi_minor),
        number_fact("table_format", plugin->table_format),
        number_fact("table_size", table->size),
        text_fact("manufacturer_id", text_of(check, table->manufacturer_id)),
        text_fact("manufacturer_name", text_of(check, table->manufacturer_name)),
        text_fact("model", text_of(check, table->model)),
        text_fact("product_id", text_of(check, table->product_id)),
        text_fact("product_name", text_of(check, table->product_name)),
        text_fact("device_type", text_of(check, table->device_type)),
        text_fact("protocol_type", text_of(check, table->protocol_type)),
        text_fact("version", text_of(check, table->version)),
        {.name = "services", .kind = FACT_SERVICES},
        {.name = "messages", .kind = FACT_MESSAGES},
    };
    const size_t count = sizeof(facts) / sizeof(facts[0]), of_plugin = 3;
    if (model == 0) {
        return check_object(check, manifest_json_skip_blanks(manifest->text), facts,
                            count);
    }
    return check_object(check, manifest_object(manifest, model), facts + of_plugin,
                        count - of_plugin);
}

enum dgm_status manifest_check(const struct manifest *manifest,
                               const struct dgm_plugin *plugin,
                               const struct dgm_codec *codec, size_t model,
                               struct dgm_refusal *refusal)
{
    const struct dgm_model *table = dgm_codec_model(codec);
    struct check check = {.codec = codec, .table = table, .refusal = refusal};
    check.worst = (struct dgm_worst_table){
        array_of(table, table->rows),
        array_of(table, table->exprs),
        table->exprs.count,
        table->framings.count > 0 ? array_of(table, table->framings) : NULL,
    };
    if (model > 0) {
        (void)snprintf(check.where, sizeof(check.where), "model %zu: ", model);
    }
    enum dgm_status status = check_hash(&check, manifest);
    return status == DGM_OK ? check_model(&check, manifest, plugin, model) : status;
}
