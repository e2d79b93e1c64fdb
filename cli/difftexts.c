/* SPDX-License-Identifier: MIT */
#include "difftexts.h"

#include "jsontree.h"

#include <stdlib.h>
#include <string.h>

enum { PARAMETERS = 32, VALUES = 48, LONGEST = 1024, BASES = 4 };

/* What is tried for a parameter, as JSON. */
struct parameter {
    const char *name;
    char *values[VALUES]; /* memory */
    size_t count;
};

struct command {
    struct diff_trial *trial;
    const char *service, *name;
    struct parameter parameters[PARAMETERS];
    size_t count;
    bool failed; /* memory is out */
};

/* Takes the text. */
static void add_value(struct command *command, struct parameter *parameter, char *value)
{
    bool known = false;
    command->failed = command->failed || value == NULL;
    for (size_t i = 0; value != NULL && i < parameter->count; i++) {
        known = known || strcmp(parameter->values[i], value) == 0;
    }
    if (value == NULL || known || parameter->count == VALUES) {
        free(value);
    } else {
        parameter->values[parameter->count++] = value;
    }
}

static void add_text(struct command *command, struct parameter *parameter,
                     const char *value)
{
    add_value(command, parameter, strdup(value));
}

/* A text of so many letters. */
static void add_letters(struct command *command, struct parameter *parameter,
                        size_t length)
{
    length = length < LONGEST ? length : LONGEST;
    char *value = malloc(length + 3);
    if (value != NULL) {
        memset(value, 'a', length + 2);
        value[0] = '"';
        value[length + 1] = '"';
        value[length + 2] = '\0';
    }
    add_value(command, parameter, value);
}

static void add_limits(struct command *command, struct parameter *parameter,
                       const cJSON *field)
{
    static const char *const limits[] = {"min", "max"};
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const char *limit = jsontree_member(field, limits[i]);
        if (limit[0] != '\0') {
            add_text(command, parameter, limit);
        }
    }
    add_text(command, parameter, "0");
    add_text(command, parameter, "1");
}

static void add_words(struct command *command, struct parameter *parameter,
                      const cJSON *field)
{
    const cJSON *word = NULL;
    cJSON_ArrayForEach(word, cJSON_GetObjectItemCaseSensitive(field, "enum_list"))
    {
        add_value(command, parameter, jsontree_print(word, false));
    }
}

static void add_values(struct command *command, struct parameter *parameter,
                       const cJSON *field)
{
    const char *type = jsontree_member(field, "data_type");
    const cJSON *longest = cJSON_GetObjectItemCaseSensitive(field, "max_length");
    const char *digits = longest != NULL ? jsontree_number(longest) : NULL;
    add_words(command, parameter, field);
    if (strcmp(type, "boolean") == 0) {
        add_text(command, parameter, "false");
        add_text(command, parameter, "true");
    } else if (strcmp(type, "string") == 0) {
        add_letters(command, parameter, digits != NULL ? strtoul(digits, NULL, 10) : 1);
        add_letters(command, parameter, 0);
    } else if (parameter->count == 0 || jsontree_member(field, "max")[0] != '\0') {
        add_limits(command, parameter, field);
    }
}

static struct parameter *parameter_of(struct command *command, const char *name)
{
    for (size_t i = 0; i < command->count; i++) {
        if (strcmp(command->parameters[i].name, name) == 0) {
            return &command->parameters[i];
        }
    }
    if (command->count == PARAMETERS) {
        return NULL;
    }
    struct parameter *parameter = &command->parameters[command->count++];
    parameter->name = name;
    return parameter;
}

static void add_parameters(struct command *command, const cJSON *from)
{
    const cJSON *field = NULL;
    cJSON_ArrayForEach(field, cJSON_GetObjectItemCaseSensitive(from, "paras"))
    {
        struct parameter *parameter =
            parameter_of(command, jsontree_member(field, "para_name"));
        if (parameter != NULL) {
            add_values(command, parameter, field);
        }
    }
}

/* The values of a command: of each parameter the one of that number, or none. */
static void put_command(const struct command *command, const size_t *chosen, bool has_id,
                        FILE *file)
{
    struct jsonout json, inner;
    char path[512];
    (void)snprintf(path, sizeof(path), "%s.%s", command->service, command->name);
    (void)fputc('{', file);
    json = (struct jsonout){file, false};
    jsonout_text(&json, "command", path);
    if (has_id) {
        jsonout_number(&json, "mid", 1);
    }
    jsonout_name(&json, "paras");
    inner = (struct jsonout){file, false};
    (void)fputc('{', file);
    for (size_t i = 0; i < command->count; i++) {
        const struct parameter *parameter = &command->parameters[i];
        if (chosen[i] < parameter->count) {
            const char *value = parameter->values[chosen[i]];
            jsonout_raw(&inner, parameter->name, value, strlen(value));
        }
    }
    (void)fputs("}}", file);
}

/* True if one of them takes it. */
static bool try_choice(struct command *command, const size_t *chosen, bool has_id)
{
    struct diff_input input = {.call = DGM_CALL_INIT};
    char *text = NULL;
    FILE *file = open_memstream(&text, &input.json_length);
    if (file == NULL) {
        command->failed = true;
        return false;
    }
    put_command(command, chosen, has_id, file);
    if (fclose(file) != 0) {
        command->failed = true;
        free(text);
        return false;
    }
    input.call.shape = DGM_SHAPE_PLAIN;
    input.json = text;
    diff_try(command->trial, &input);
    free(text);
    return command->trial->status[DIFF_OLD] <= DGM_NOTHING ||
           command->trial->status[DIFF_NEW] <= DGM_NOTHING;
}

/* Each value of each parameter among those that are known to work, and none. */
static void vary(struct command *command, const size_t *base, bool has_id)
{
    size_t chosen[PARAMETERS];
    memcpy(chosen, base, sizeof(chosen));
    for (size_t i = 0; i < command->count; i++) {
        for (size_t k = 0; k <= command->parameters[i].count; k++) {
            chosen[i] = k;
            (void)try_choice(command, chosen, has_id);
        }
        chosen[i] = base[i];
    }
}

static void try_command(struct command *command)
{
    size_t base[PARAMETERS];
    for (size_t k = 0; k < BASES; k++) {
        for (size_t i = 0; i < command->count; i++) {
            size_t count = command->parameters[i].count;
            base[i] = count > 0 ? k % count : 0;
        }
        for (unsigned has_id = 0; has_id < 2; has_id++) {
            if (try_choice(command, base, has_id != 0)) {
                vary(command, base, has_id != 0);
            }
        }
    }
}

static const cJSON *command_of(const cJSON *model, const char *service, const char *name)
{
    const cJSON *services =
        cJSON_GetObjectItemCaseSensitive(model, "service_capabilities");
    const cJSON *of = jsontree_element(services, "service_id", service);
    return jsontree_element(cJSON_GetObjectItemCaseSensitive(of, "commands"),
                            "command_name", name);
}

/* A command of one model; its parameters may have other values in the other one. */
static bool try_one(struct diff_trial *trial, const cJSON *service, const cJSON *from,
                    const cJSON *other)
{
    struct command *command = calloc(1, sizeof(*command));
    if (command == NULL) {
        return false;
    }
    command->trial = trial;
    command->service = jsontree_member(service, "service_id");
    command->name = jsontree_member(from, "command_name");
    add_parameters(command, from);
    add_parameters(command, command_of(other, command->service, command->name));
    if (!command->failed) {
        try_command(command);
    }
    bool good = !command->failed;
    for (size_t i = 0; i < command->count; i++) {
        for (size_t k = 0; k < command->parameters[i].count; k++) {
            free(command->parameters[i].values[k]);
        }
    }
    free(command);
    return good;
}

static bool try_model(struct diff_trial *trial, const cJSON *model, const cJSON *other)
{
    const cJSON *service = NULL, *command = NULL;
    bool good = true;
    cJSON_ArrayForEach(service,
                       cJSON_GetObjectItemCaseSensitive(model, "service_capabilities"))
    {
        cJSON_ArrayForEach(command, cJSON_GetObjectItemCaseSensitive(service, "commands"))
        {
            good = good && try_one(trial, service, command, other);
        }
    }
    return good;
}

bool diff_try_commands(struct diff_trial *trial)
{
    cJSON *models[DIFF_SIDES] = {NULL, NULL};
    bool good = true;
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        const char *text = trial->sides[i].model;
        if (text != NULL) {
            good = jsontree_parse(text, strlen(text), &models[i], NULL) == DGM_OK && good;
        }
    }
    good = good && try_model(trial, models[DIFF_OLD], models[DIFF_NEW]) &&
           try_model(trial, models[DIFF_NEW], models[DIFF_OLD]);
    cJSON_Delete(models[DIFF_OLD]);
    cJSON_Delete(models[DIFF_NEW]);
    return good;
}
