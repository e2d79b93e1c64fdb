/* SPDX-License-Identifier: MIT */
/* Topic filters of `match: topic` and of expressions. */
#ifndef DGM_TOPIC_FILTER_H
#define DGM_TOPIC_FILTER_H

#include <stdbool.h>

/* What is wrong with it as a filter, or NULL. */
const char *topic_fault(const char *filter);
/* Is it a topic, without `+` and `#`? */
bool topic_is_plain(const char *filter);
/* Is there a topic that passes both filters? */
bool topic_meet(const char *left, const char *right);

#endif
