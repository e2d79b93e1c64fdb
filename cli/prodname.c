/* SPDX-License-Identifier: MIT */
/* Names of a product model as a profile can hold them. */
#include "prodread.h"
#include "prodtext.h"

#include <stdlib.h>
#include <string.h>

/* Words that stand beside services in plain JSON. */
static bool is_envelope_word(const char *name)
{
    static const char *const words[] = {
        "mid",          "errcode",    "event_time",   "has_more", "identifier",
        "command",      "body",       "paras",        "reply",    "event",
        "set",          "get",        "raw",          "request",  "set_response",
        "get_response", "message_up", "message_down", NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        if (strcmp(*word, name) == 0) {
            return true;
        }
    }
    return false;
}

char *prodread_name(struct prodread *reader, const struct prodat *at, const char *name,
                    enum prod_name kind)
{
    size_t length = strlen(name), start = strspn(name, " ");
    while (length > start && name[length - 1] == ' ') {
        length--;
    }
    char *copy = malloc(length - start + 2);
    if (copy == NULL) {
        reader->no_memory = true;
        return NULL;
    }
    memcpy(copy, name + start, length - start);
    copy[length - start] = '\0';
    (void)prodtext_replace(copy, '_');
    prodtext_cut(copy, PRODTEXT_NAME);
    for (char *at_letter = copy; *at_letter != '\0'; at_letter++) {
        bool taken = strchr("[]{}\"'\\", *at_letter) != NULL ||
                     (kind != PROD_NAME_FREE && *at_letter == '.');
        if (taken) {
            *at_letter = '_';
        }
    }
    if (kind == PROD_NAME_SERVICE && is_envelope_word(copy)) {
        (void)strcat(copy, "_");
    }
    if (strcmp(copy, name) != 0) {
        prodread_tell(reader, at, "a profile cannot have the name '%s': it is '%s' there",
                      name, copy);
    }
    return copy;
}
