/* SPDX-License-Identifier: MIT */
/* Topics against filters, as MQTT has them: `+` is any one level, `#` all that follow. */
#include "topic.h"

/* Bytes of the first level. */
static size_t level_length(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && text[i] != '/')
        i++;
    return i;
}

static bool is_word(const char *level, size_t length, char word)
{
    return length == 1 && level[0] == word;
}

bool topic_fits(const char *filter, size_t filter_length, const char *topic,
                size_t topic_length)
{
    for (;;) {
        size_t wanted = level_length(filter, filter_length);
        size_t found = level_length(topic, topic_length);
        if (is_word(filter, wanted, '#'))
            return true;
        bool same = wanted == found;
        for (size_t i = 0; same && i < wanted; i++)
            same = filter[i] == topic[i];
        if (!same && !is_word(filter, wanted, '+'))
            return false;
        bool filter_ends = wanted == filter_length, topic_ends = found == topic_length;
        if (filter_ends || topic_ends) {
            /* a/# is also for a itself. */
            bool only_rest =
                !filter_ends && filter_length - wanted == 2 && filter[wanted + 1] == '#';
            return topic_ends && (filter_ends || only_rest);
        }
        filter += wanted + 1;
        filter_length -= wanted + 1;
        topic += found + 1;
        topic_length -= found + 1;
    }
}
