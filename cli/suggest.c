/* SPDX-License-Identifier: MIT */
/* The name of a product that was probably meant by one in its JSON. */
#include "suggest.h"

#include "nearest.h"
#include "tables.h"

#include <stdio.h>
#include <string.h>

/* The best one so far is kept: candidates may be short-lived. */
static void offer(struct nearest *nearest, const char *candidate, char *text)
{
    nearest_offer(nearest, candidate);
    if (nearest->best == candidate) {
        (void)snprintf(text, SUGGEST_TEXT, "%s", candidate);
        nearest->best = text;
    }
}

/* A command by its name alone, and with its service. */
static void offer_command(struct nearest *nearest, const struct tables *tables,
                          const struct dgm_command *command, char *text)
{
    const char *name = dgm_codec_text(tables->codec, command->name);
    char path[SUGGEST_TEXT];
    offer(nearest, name, text);
    if (command->service < tables->model->services.count) {
        uint32_t service = tables->services[command->service].name;
        (void)snprintf(path, sizeof(path), "%s.%s",
                       dgm_codec_text(tables->codec, service), name);
        offer(nearest, path, text);
    }
}

bool suggest_name(const struct dgm_codec *codec, const char *word,
                  char text[SUGGEST_TEXT])
{
    struct tables tables;
    struct nearest nearest;
    tables_open(&tables, codec);
    nearest_start(&nearest, word);
    for (size_t i = 0; i < tables.model->members.count; i++) {
        offer(&nearest, dgm_codec_text(codec, tables.members[i].name), text);
    }
    for (size_t i = 0; i < tables.model->services.count; i++) {
        offer(&nearest, dgm_codec_text(codec, tables.services[i].name), text);
    }
    for (size_t i = 0; i < tables.model->commands.count; i++) {
        offer_command(&nearest, &tables, &tables.commands[i], text);
    }
    return nearest.best != NULL && nearest.edits > 0;
}
