/* SPDX-License-Identifier: MIT */
/* Answers: texts put together without a C library, and their hashes. */
#include "steps.h"

#include <string.h>

void cross_put(struct cross_answer *answer, const char *text, size_t length)
{
    size_t room = sizeof(answer->text) - answer->length;
    if (length > room) {
        length = room;
        answer->cut = true;
    }
    memcpy(answer->text + answer->length, text, length);
    answer->length += length;
}

void cross_put_text(struct cross_answer *answer, const char *text)
{
    cross_put(answer, text, strlen(text));
}

void cross_put_number(struct cross_answer *answer, uint64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    cross_put(answer, digits + at, sizeof(digits) - at);
}

uint32_t cross_hash(const struct cross_answer *answer)
{
    uint32_t hash = 0x811C9DC5u;
    for (size_t i = 0; i < answer->length; i++) {
        hash = (hash ^ (uint8_t)answer->text[i]) * 0x01000193u;
    }
    return hash;
}
