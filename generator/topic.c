/* SPDX-License-Identifier: MIT */
/* Topic filters: are they well formed, and can one topic pass two of them? */
#include "topic.h"

#include <string.h>

enum { LONGEST_TOPIC = 256 };

static size_t level_length(const char *text)
{
    return strcspn(text, "/");
}

const char *topic_fault(const char *filter)
{
    if (filter[0] == '\0' || strlen(filter) > LONGEST_TOPIC)
        return "a topic has 1 to 256 bytes";
    for (const char *level = filter;; level++) {
        size_t length = level_length(level);
        bool wild =
            memchr(level, '+', length) != NULL || memchr(level, '#', length) != NULL;
        if (wild && length != 1)
            return "'+' and '#' are whole levels of a topic";
        if (level[0] == '#' && level[length] != '\0')
            return "'#' is the last level of a topic";
        level += length;
        if (*level == '\0')
            return NULL;
    }
}

bool topic_is_plain(const char *filter)
{
    return strpbrk(filter, "+#") == NULL;
}

static bool levels_meet(const char *left, size_t left_length, const char *right,
                        size_t right_length)
{
    if (left[0] == '+' || right[0] == '+')
        return true;
    return left_length == right_length && memcmp(left, right, left_length) == 0;
}

/* What is left is nothing, or any number of levels. */
static bool may_end(const char *rest)
{
    return rest[0] == '\0' || strcmp(rest, "/#") == 0;
}

bool topic_meet(const char *left, const char *right)
{
    for (;;) {
        size_t left_length = level_length(left), right_length = level_length(right);
        if (left[0] == '#' || right[0] == '#')
            return true;
        if (!levels_meet(left, left_length, right, right_length))
            return false;
        left += left_length;
        right += right_length;
        if (*left == '\0' || *right == '\0')
            return may_end(left) && may_end(right);
        left++;
        right++;
    }
}
