/* SPDX-License-Identifier: MIT */
/* Keys of a product model, and how people write them. */
#include "prodkey.h"

#include <stddef.h>

/* Without joints, in lower case. */
static char next_letter(const char **name)
{
    while (**name == '_' || **name == '-' || **name == ' ') {
        (*name)++;
    }
    char letter = **name;
    *name += letter != '\0';
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

bool prodkey_is(const char *written, const char *name)
{
    char letter = '\0';
    do {
        letter = next_letter(&name);
        if (next_letter(&written) != letter) {
            return false;
        }
    } while (letter != '\0');
    return true;
}

void prodkey_camel(const char *name, char *ret)
{
    size_t used = 0;
    for (; *name != '\0' && used + 1 < PRODKEY_SIZE; name++) {
        bool joint = name[0] == '_' && name[1] >= 'a' && name[1] <= 'z';
        name += joint;
        ret[used++] = joint ? (char)(*name - 'a' + 'A') : *name;
    }
    ret[used] = '\0';
}
