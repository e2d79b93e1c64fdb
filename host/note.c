/* SPDX-License-Identifier: MIT */
/* Notes of a file whose sizes nobody has checked yet. */
#include "note.h"

#include <dragoman/plugin.h>

#include <string.h>

bool note_read(const uint8_t *bytes, size_t offset, size_t end, struct note *ret)
{
    uint32_t head[3];
    if (end - offset < sizeof(head)) {
        return false;
    }
    memcpy(head, bytes + offset, sizeof(head));
    ret->name_size = head[0];
    ret->content_size = head[1];
    ret->type = head[2];
    uint64_t name = ((uint64_t)ret->name_size + 3) & ~UINT64_C(3);
    uint64_t content = ((uint64_t)ret->content_size + 3) & ~UINT64_C(3);
    if (name + content > end - offset - sizeof(head)) {
        return false;
    }
    ret->name_offset = offset + sizeof(head);
    ret->content_offset = ret->name_offset + (size_t)name;
    ret->end = ret->content_offset + (size_t)content;
    return true;
}

bool note_is_ours(const uint8_t *bytes, const struct note *note)
{
    return note->name_size == sizeof(DGM_PLUGIN_NOTE_OWNER) &&
           memcmp(bytes + note->name_offset, DGM_PLUGIN_NOTE_OWNER,
                  sizeof(DGM_PLUGIN_NOTE_OWNER)) == 0;
}
