/* SPDX-License-Identifier: MIT */
/* Texts of a product model as a profile can hold them. */
#include "prodtext.h"
#include "letters.h"

#include <string.h>

/* A profile has 32 levels, and a tree begins on the sixth at the latest. */
enum { LEVELS_MOST = 24, MEMBERS_MOST = 1000 };

bool prodtext_replace(char *text, char other)
{
    bool any = false;
    char *to = text, *end = text + strlen(text);
    size_t size = 0;
    for (const char *from = text; from < end; from += size) {
        size = letters_length(from, (size_t)(end - from));
        bool bad = size == 0 || letters_is_hidden(from, size);
        size = size == 0 ? 1 : size;
        if (bad) {
            *to++ = other;
            any = true;
        } else {
            memmove(to, from, size);
            to += size;
        }
    }
    *to = '\0';
    return any;
}

void prodtext_cut(char *text, size_t most)
{
    if (strlen(text) > most) {
        text[letters_cut(text, most)] = '\0';
    }
}

static bool is_twice(const cJSON *first, const cJSON *item)
{
    for (; first != item; first = first->next) {
        if (strcmp(first->string, item->string) == 0) {
            return true;
        }
    }
    return false;
}

static bool tidy(cJSON *item, unsigned level, bool *changed)
{
    size_t count = 0;
    if (level > LEVELS_MOST) {
        return false;
    }
    /* A number begins with a control character, and has no other. */
    if (cJSON_IsString(item) && jsontree_number(item) == NULL) {
        *changed = prodtext_replace(item->valuestring, ' ') || *changed;
    }
    for (cJSON *at = item->child; at != NULL; at = at->next) {
        if (at->string != NULL) {
            *changed = prodtext_replace(at->string, ' ') || *changed;
            if (++count > MEMBERS_MOST || strlen(at->string) > PRODTEXT_NAME ||
                is_twice(item->child, at)) {
                return false;
            }
        }
        if (!tidy(at, level + 1, changed)) {
            return false;
        }
    }
    return true;
}

bool prodtext_tidy(cJSON *item, bool *ret_changed)
{
    *ret_changed = false;
    return tidy(item, 0, ret_changed);
}
