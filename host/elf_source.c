/* SPDX-License-Identifier: MIT */
/*
 * The note that is not loaded. No segment has it, so the section headers are what leads
 * there. The loader looks at none of them, and nothing but this depends on them; a file
 * without any, as some tools leave it, just has no profile.
 */
#include "elf_source.h"
#include "note.h"
#include "refuse.h"

#include <dragoman/plugin.h>

#include <inttypes.h>
#include <link.h>
#include <string.h>

struct search {
    const uint8_t *bytes;
    size_t size;
    size_t walked; /* bytes of sections, which do not overlap */
    size_t found, content_offset, content_size;
    struct dgm_refusal *refusal;
};

static enum dgm_status look_into(struct search *search, const ElfW(Shdr) * section)
{
    size_t offset = (size_t)section->sh_offset;
    size_t end = offset + (size_t)section->sh_size;
    while (offset < end) {
        struct note note;
        if (!note_read(search->bytes, offset, end, &note)) {
            return refuse(search->refusal, DGM_PLUGIN_MANIFEST,
                          "SHT_NOTE: expected notes that end inside their section");
        }
        if (note_is_ours(search->bytes, &note) && note.type == DGM_PLUGIN_NOTE_SOURCE) {
            search->found++;
            search->content_offset = note.content_offset;
            search->content_size = note.content_size;
        }
        offset = note.end;
    }
    return DGM_OK;
}

/* Notes that are loaded belong to others, and have been looked at with the segments. */
static bool is_unloaded_note(const ElfW(Shdr) * section)
{
    return section->sh_type == SHT_NOTE && (section->sh_flags & SHF_ALLOC) == 0 &&
           section->sh_addralign <= 4;
}

static enum dgm_status look_at_section(struct search *search, size_t at, size_t i)
{
    ElfW(Shdr) section;
    memcpy(&section, search->bytes + at + i * sizeof(section), sizeof(section));
    if (!is_unloaded_note(&section)) {
        return DGM_OK;
    }
    if (section.sh_offset > search->size ||
        section.sh_size > search->size - section.sh_offset) {
        return refuse(search->refusal, DGM_PLUGIN_MANIFEST,
                      "section %zu: ends beyond the file's %zu bytes", i, search->size);
    }
    /* Thousands of headers of one large section would take hours. */
    if (section.sh_size > search->size - search->walked) {
        return refuse(search->refusal, DGM_PLUGIN_MANIFEST,
                      "section %zu: expected notes that do not overlap", i);
    }
    search->walked += (size_t)section.sh_size;
    return look_into(search, &section);
}

static enum dgm_status look_at_sections(struct search *search)
{
    ElfW(Ehdr) head;
    memcpy(&head, search->bytes, sizeof(head));
    size_t count = head.e_shoff == 0 ? 0 : head.e_shnum;
    enum dgm_status status = DGM_OK;
    if (count == 0) {
        return DGM_OK;
    }
    if (head.e_shentsize != sizeof(ElfW(Shdr)) || head.e_shoff > search->size ||
        count * sizeof(ElfW(Shdr)) > search->size - head.e_shoff) {
        return refuse(search->refusal, DGM_PLUGIN_MANIFEST,
                      "e_shoff: %zu section headers of %u bytes at %" PRIu64
                      " reach beyond the file's %zu bytes",
                      count, head.e_shentsize, (uint64_t)head.e_shoff, search->size);
    }
    for (size_t i = 0; i < count && status == DGM_OK; i++) {
        status = look_at_section(search, (size_t)head.e_shoff, i);
    }
    return status;
}

enum dgm_status elf_find_source(const uint8_t *bytes, size_t size, size_t *ret_offset,
                                size_t *ret_size, struct dgm_refusal *refusal)
{
    struct search search = {.bytes = bytes, .size = size, .refusal = refusal};
    enum dgm_status status = look_at_sections(&search);
    if (status != DGM_OK) {
        return status;
    }
    if (search.found == 0) {
        return refuse(refusal, DGM_NOTHING, "the plug-in keeps no profile");
    }
    if (search.found > 1) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "notes with the profile: expected one, found %zu", search.found);
    }
    *ret_offset = search.content_offset;
    *ret_size = search.content_size;
    return DGM_OK;
}
