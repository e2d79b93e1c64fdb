/* SPDX-License-Identifier: MIT */
/*
 * The words of message kinds and the ways that they go, as profiles, manifests and
 * generated sources spell them. The compiler and the host use these same lines.
 */
#ifndef DRAGOMAN_KIND_H
#define DRAGOMAN_KIND_H

#include <dragoman/base.h>
#include <dragoman/table.h>

DGM_BEGIN_DECLS

/** "report", "set_response"; NULL if there is no such kind. Lives for ever. */
static inline const char *dgm_kind_word(unsigned kind)
{
    static const char *const words[] = {
        "report",       "response", "command",      "reply",      "event",        "set",
        "set_response", "get",      "get_response", "message_up", "message_down", "raw",
    };
    bool known = kind >= DGM_KIND_REPORT && kind <= DGM_KIND_RAW;
    return known ? words[kind - DGM_KIND_REPORT] : NULL;
}

/** "up" from the device, "down" to it, or "both". Lives for ever. */
static inline const char *dgm_kind_direction(unsigned kind)
{
    switch (kind) {
    case DGM_KIND_REPORT:
    case DGM_KIND_RESPONSE:
    case DGM_KIND_EVENT:
    case DGM_KIND_SET_RESPONSE:
    case DGM_KIND_GET_RESPONSE:
    case DGM_KIND_MESSAGE_UP:
        return "up";
    case DGM_KIND_RAW:
        return "both";
    default:
        return "down";
    }
}

DGM_END_DECLS

#endif
