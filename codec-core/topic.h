/* SPDX-License-Identifier: MIT */
/* MQTT topics and their filters. */
#ifndef DGM_TOPIC_H
#define DGM_TOPIC_H

#include <dragoman/base.h>

/* Does the filter, with `+` and `#`, let the topic pass? */
bool topic_fits(const char *filter, size_t filter_length, const char *topic,
                size_t topic_length);

#endif
