/* SPDX-License-Identifier: MIT */
/*
 * The notes. Each is: size of the owner's name, size of the content, type, then name and
 * content, both padded to 4. Notes of others (a compiler's marks) are passed over; there
 * must be exactly one of ours.
 */
#include "elf_file.h"
#include "refuse.h"

#include <dragoman/plugin.h>

#include <inttypes.h>
#include <string.h>

struct note {
    uint32_t name_size, content_size, type;
    size_t name_offset, content_offset; /* in the file */
    size_t end;                         /* where the next one starts */
};

static bool read_note(const struct elf_file *file, size_t offset, size_t end,
                      struct note *note)
{
    uint32_t head[3];
    if (end - offset < sizeof(head)) {
        return false;
    }
    memcpy(head, file->bytes + offset, sizeof(head));
    note->name_size = head[0];
    note->content_size = head[1];
    note->type = head[2];
    uint64_t name = ((uint64_t)note->name_size + 3) & ~UINT64_C(3);
    uint64_t content = ((uint64_t)note->content_size + 3) & ~UINT64_C(3);
    if (name + content > end - offset - sizeof(head)) {
        return false;
    }
    note->name_offset = offset + sizeof(head);
    note->content_offset = note->name_offset + (size_t)name;
    note->end = note->content_offset + (size_t)content;
    return true;
}

static bool is_ours(const struct elf_file *file, const struct note *note)
{
    return note->name_size == sizeof(DGM_PLUGIN_NOTE_OWNER) &&
           memcmp(file->bytes + note->name_offset, DGM_PLUGIN_NOTE_OWNER,
                  sizeof(DGM_PLUGIN_NOTE_OWNER)) == 0;
}

static enum dgm_status take_note(const struct elf_file *file, const struct note *note,
                                 struct elf_plugin *plugin)
{
    if (note->type != DGM_PLUGIN_NOTE_MANIFEST) {
        return refuse(file->refusal, DGM_PLUGIN_MANIFEST,
                      "note type: expected %d, found %" PRIu32, DGM_PLUGIN_NOTE_MANIFEST,
                      note->type);
    }
    if (plugin->manifest_size != 0) {
        return refuse(file->refusal, DGM_PLUGIN_MANIFEST,
                      "notes of %s: expected one, found two", DGM_PLUGIN_NOTE_OWNER);
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
        if (!read_note(file, offset, end, &note)) {
            return refuse(file->refusal, DGM_PLUGIN_FILE,
                          "PT_NOTE: expected notes that end inside their segment");
        }
        if (is_ours(file, &note)) {
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
                      "notes of %s: expected one, found none", DGM_PLUGIN_NOTE_OWNER);
    }
    return DGM_OK;
}
