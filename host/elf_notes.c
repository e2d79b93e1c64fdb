/* SPDX-License-Identifier: MIT */
/*
 * The notes that are loaded. Those of others (a compiler's marks), and those of ours that
 * this host does not know, are passed over; there must be exactly one manifest.
 */
#include "elf_file.h"
#include "note.h"
#include "refuse.h"

#include <dragoman/plugin.h>

static enum dgm_status take_note(const struct elf_file *file, const struct note *note,
                                 struct elf_plugin *plugin)
{
    if (plugin->manifest_size != 0) {
        return refuse(file->refusal, DGM_PLUGIN_MANIFEST,
                      "notes of %s: expected one manifest, found two",
                      DGM_PLUGIN_NOTE_OWNER);
    }
    if (note->content_size == 0) {
        return refuse(file->refusal, DGM_PLUGIN_MANIFEST,
                      "note size: expected a manifest, found 0 bytes");
    }
    plugin->manifest_offset = note->content_offset;
    plugin->manifest_size = note->content_size;
    return DGM_OK;
}

static enum dgm_status check_segment(const struct elf_file *file,
                                     const ElfW(Phdr) * segment,
                                     struct elf_plugin *plugin)
{
    size_t offset = (size_t)segment->p_offset;
    size_t end = offset + (size_t)segment->p_filesz;
    if (segment->p_align > 4) {
        /* Notes of a processor, padded otherwise; ours is never among them. */
        return DGM_OK;
    }
    while (offset < end) {
        struct note note;
        if (!note_read(file->bytes, offset, end, &note)) {
            return refuse(file->refusal, DGM_PLUGIN_FILE,
                          "PT_NOTE: expected notes that end inside their segment");
        }
        if (note_is_ours(file->bytes, &note) && note.type == DGM_PLUGIN_NOTE_MANIFEST) {
            enum dgm_status status = take_note(file, &note, plugin);
            if (status != DGM_OK) {
                return status;
            }
        }
        offset = note.end;
    }
    return DGM_OK;
}

enum dgm_status elf_check_notes(struct elf_file *file, struct elf_plugin *plugin)
{
    plugin->manifest_size = 0;
    for (size_t i = 0; i < file->segment_count; i++) {
        if (file->segments[i].p_type == PT_NOTE) {
            enum dgm_status status = check_segment(file, &file->segments[i], plugin);
            if (status != DGM_OK) {
                return status;
            }
        }
    }
    if (plugin->manifest_size == 0) {
        return refuse(file->refusal, DGM_PLUGIN_MANIFEST,
                      "notes of %s: expected one manifest, found none",
                      DGM_PLUGIN_NOTE_OWNER);
    }
    return DGM_OK;
}
