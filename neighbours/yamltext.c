/* SPDX-License-Identifier: MIT */
#include "yamltext.h"

#include "scalar_words.h"

#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

bool yamltext_is_plain(const char *text)
{
    static const char inside[] = "0123456789-./ ";
    size_t length = strlen(text);
    if (!is_letter(text[0]) || text[length - 1] == ' ' || scalar_guess(text) != NULL) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(text[i]) && strchr(inside, text[i]) == NULL) {
            return false;
        }
    }
    return true;
}
