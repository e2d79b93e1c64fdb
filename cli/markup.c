/* SPDX-License-Identifier: MIT */
#include "markup.h"

void markup_put(FILE *file, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char letter = (unsigned char)*text;
        switch (letter) {
        case '<':
            (void)fputs("&lt;", file);
            break;
        case '>':
            (void)fputs("&gt;", file);
            break;
        case '&':
            (void)fputs("&amp;", file);
            break;
        case '"':
            (void)fputs("&quot;", file);
            break;
        default:
            (void)fputc(letter < 0x20 ? '?' : letter, file);
        }
    }
}
