/* SPDX-License-Identifier: MIT */
/* Ways to damage a plug-in on purpose. Each knows what it changes, so that the checks of
 * one part are reached with all the others in order. */
#include "mutate.h"

#include <dragoman/plugin.h>
#include <dragoman/table.h>

#include <check.h>
#include <link.h>
#include <stddef.h>
#include <string.h>

struct change {
    const struct victim *victim, *other;
    uint64_t state; /* of the dice */
    uint8_t *bytes;
    size_t size;
};

static uint64_t roll(struct change *change)
{
    change->state ^= change->state << 13;
    change->state ^= change->state >> 7;
    change->state ^= change->state << 17;
    return change->state;
}

static size_t below(struct change *change, size_t limit)
{
    return limit == 0 ? 0 : (size_t)(roll(change) % limit);
}

/* Numbers at which arithmetic breaks, or that mean something near. */
static uint64_t odd_number(struct change *change, uint64_t before)
{
    static const uint64_t numbers[] = {
        0,          1,          3,          7,          8,          0x7F,
        0x80,       0xFF,       0x100,      0x7FFF,     0x8000,     0xFFFF,
        0x10000,    0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF8, 0xFFFFF000,
        UINT64_MAX, INT64_MAX,  1ULL << 63, 1ULL << 32, ~0xFFFULL};
    switch (roll(change) % 4) {
    case 0:
        return numbers[below(change, sizeof(numbers) / sizeof(numbers[0]))];
    case 1:
        return before + below(change, 33) - 16;
    case 2:
        return before ^ UINT64_C(1) << below(change, 64);
    default:
        return below(change, change->size + 64);
    }
}

/* An odd number of `width` bytes in the place of what is there. */
static void change_number(struct change *change, size_t offset, size_t width)
{
    uint64_t value = 0;
    if (offset > change->size || width > change->size - offset) {
        return;
    }
    /* Of narrow numbers the lowest bytes, whatever the byte order. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    size_t skip = 0;
#else
    size_t skip = sizeof(value) - width;
#endif
    memcpy((uint8_t *)&value + skip, change->bytes + offset, width);
    value = odd_number(change, value);
    memcpy(change->bytes + offset, (uint8_t *)&value + skip, width);
}

/* Some number of a region. */
static void change_region(struct change *change, size_t offset, size_t size)
{
    static const size_t widths[] = {1, 2, 4, 4, 8};
    size_t width = widths[below(change, sizeof(widths) / sizeof(widths[0]))];
    change_number(change, offset + below(change, size) / width * width, width);
}

static void change_head(struct change *change)
{
    change_region(change, 0, sizeof(ElfW(Ehdr)));
}

static void change_segment(struct change *change)
{
    static const struct {
        size_t offset, size;
    } fields[] = {
        {offsetof(ElfW(Phdr), p_type), sizeof(ElfW(Word))},
        {offsetof(ElfW(Phdr), p_flags), sizeof(ElfW(Word))},
        {offsetof(ElfW(Phdr), p_offset), sizeof(ElfW(Off))},
        {offsetof(ElfW(Phdr), p_vaddr), sizeof(ElfW(Addr))},
        {offsetof(ElfW(Phdr), p_filesz), sizeof(ElfW(Addr))},
        {offsetof(ElfW(Phdr), p_memsz), sizeof(ElfW(Addr))},
        {offsetof(ElfW(Phdr), p_align), sizeof(ElfW(Addr))},
    };
    size_t header = change->victim->headers +
                    below(change, change->victim->header_count) * sizeof(ElfW(Phdr));
    size_t field = below(change, sizeof(fields) / sizeof(fields[0]));
    change_number(change, header + fields[field].offset, fields[field].size);
    /* Both sizes alike, or the first check would see the one that differs. */
    if (roll(change) % 2 == 0) {
        memcpy(change->bytes + header + offsetof(ElfW(Phdr), p_memsz),
               change->bytes + header + offsetof(ElfW(Phdr), p_filesz),
               sizeof(ElfW(Addr)));
    }
}

static size_t some_dynamic_entry(struct change *change)
{
    size_t count = change->victim->dynamic_size / sizeof(ElfW(Dyn));
    return change->victim->dynamic + below(change, count) * sizeof(ElfW(Dyn));
}

static void change_dynamic_value(struct change *change)
{
    change_number(change, some_dynamic_entry(change) + offsetof(ElfW(Dyn), d_un),
                  sizeof(ElfW(Addr)));
}

/* Tags of relocations, libraries and code, with values that lead somewhere. */
static void change_dynamic_tag(struct change *change)
{
    static const int64_t tags[] = {DT_NULL,
                                   DT_NEEDED,
                                   DT_PLTGOT,
                                   DT_HASH,
                                   DT_STRTAB,
                                   DT_SYMTAB,
                                   DT_RELA,
                                   DT_RELASZ,
                                   DT_RELAENT,
                                   DT_STRSZ,
                                   DT_SYMENT,
                                   DT_INIT,
                                   DT_FINI,
                                   DT_SONAME,
                                   DT_RPATH,
                                   DT_SYMBOLIC,
                                   DT_REL,
                                   DT_RELSZ,
                                   DT_DEBUG,
                                   DT_TEXTREL,
                                   DT_JMPREL,
                                   DT_BIND_NOW,
                                   DT_INIT_ARRAY,
                                   DT_FINI_ARRAY,
                                   DT_FLAGS,
                                   DT_FLAGS_1,
                                   DT_VERSYM,
                                   DT_VERDEF,
                                   DT_VERNEED,
                                   DT_GNU_HASH,
                                   DT_AUDIT,
                                   DT_FILTER,
                                   DT_AUXILIARY,
                                   35,
                                   36,
                                   37};
    ElfW(Dyn) entry;
    size_t offset = some_dynamic_entry(change);
    memcpy(&entry, change->bytes + offset, sizeof(entry));
    entry.d_tag =
        (__typeof__(entry.d_tag))tags[below(change, sizeof(tags) / sizeof(tags[0]))];
    memcpy(change->bytes + offset, &entry, sizeof(entry));
    if (roll(change) % 2 == 0) {
        change_dynamic_value(change);
    }
}

static void change_symbol(struct change *change)
{
    static const struct {
        size_t offset, size;
    } fields[] = {
        {offsetof(ElfW(Sym), st_name), 4},
        {offsetof(ElfW(Sym), st_info), 1},
        {offsetof(ElfW(Sym), st_other), 1},
        {offsetof(ElfW(Sym), st_shndx), 2},
        {offsetof(ElfW(Sym), st_value), sizeof(ElfW(Addr))},
        {offsetof(ElfW(Sym), st_size), sizeof(ElfW(Addr))},
    };
    size_t field = below(change, sizeof(fields) / sizeof(fields[0]));
    size_t symbol = change->victim->symbols + below(change, 3) * sizeof(ElfW(Sym));
    change_number(change, symbol + fields[field].offset, fields[field].size);
}

static void change_hash(struct change *change)
{
    change_number(change, change->victim->hash + 4 * below(change, 12), 4);
}

static void change_strings(struct change *change)
{
    change_region(change, change->victim->strings, change->victim->strings_size);
}

/* The head of the note stands in front of its owner's name, which is in front of the
 * manifest. */
static void change_note(struct change *change)
{
    size_t head = change->victim->file.elf.manifest_offset - 24;
    change_number(change, head + 4 * below(change, 6), 4);
}

static void change_manifest(struct change *change)
{
    static const char letters[] = "\"{}[],:\\0129eEu-. \n\x01\x80\xff";
    const struct elf_plugin *elf = &change->victim->file.elf;
    size_t count = 1 + below(change, 3);
    for (size_t i = 0; i < count; i++) {
        change->bytes[elf->manifest_offset + below(change, elf->manifest_size)] =
            (uint8_t)letters[below(change, sizeof(letters) - 1)];
    }
}

static void change_descriptor(struct change *change)
{
    size_t size = sizeof(struct dgm_plugin) + sizeof(struct dgm_plugin_model);
    change_region(change, change->victim->file.elf.symbol_offset, size);
}

/* A few numbers of the tables: the rest of the file is sound, so the verifier gets it. */
static void change_table(struct change *change)
{
    const struct elf_plugin *elf = &change->victim->file.elf;
    size_t count = 1 + below(change, 4);
    for (size_t i = 0; i < count; i++) {
        change_region(change, elf->symbol_offset + sizeof(struct dgm_plugin),
                      elf->symbol_size - sizeof(struct dgm_plugin));
    }
}

/* The head of the table: counts and offsets of all that follows. */
static void change_table_head(struct change *change)
{
    struct dgm_plugin plugin;
    struct dgm_plugin_model model;
    const struct elf_plugin *elf = &change->victim->file.elf;
    /* As they are in the sound file: what was changed before may lead anywhere. */
    const uint8_t *sound = change->victim->file.bytes;
    memcpy(&plugin, sound + elf->symbol_offset, sizeof(plugin));
    memcpy(&model, sound + elf->symbol_offset + plugin.models, sizeof(model));
    change_region(change, elf->symbol_offset + model.offset, sizeof(struct dgm_model));
}

static void change_bytes(struct change *change)
{
    size_t count = 1 + below(change, 8);
    for (size_t i = 0; i < count; i++) {
        change->bytes[below(change, change->size)] = (uint8_t)roll(change);
    }
}

static void change_length(struct change *change)
{
    size_t more = below(change, MUTATE_ROOM);
    if (roll(change) % 4 == 0) {
        memset(change->bytes + change->size, (int)(roll(change) & 0xFF), more);
        change->size += more;
    } else {
        change->size = below(change, change->size + 1);
    }
}

/* Bytes of the other plug-in, or of another place of this one, over some of these. */
static void splice(struct change *change)
{
    const struct plugin_file *source =
        roll(change) % 2 == 0 ? &change->other->file : &change->victim->file;
    size_t from = below(change, source->size);
    size_t to = below(change, change->size);
    size_t length = 1 + below(change, 512);
    length = length < source->size - from ? length : source->size - from;
    length = length < change->size - to ? length : change->size - to;
    memcpy(change->bytes + to, source->bytes + from, length);
}

/* The tables of the other one in the descriptor of this one, as far as they reach. */
static void exchange_tables(struct change *change)
{
    const struct elf_plugin *mine = &change->victim->file.elf;
    const struct elf_plugin *theirs = &change->other->file.elf;
    size_t size =
        mine->symbol_size < theirs->symbol_size ? mine->symbol_size : theirs->symbol_size;
    memcpy(change->bytes + mine->symbol_offset,
           change->other->file.bytes + theirs->symbol_offset, size);
}

/* Everything behind some place is moved. */
static void shift(struct change *change)
{
    size_t at = below(change, change->size);
    size_t by = 1 + below(change, 64);
    if (roll(change) % 2 == 0) {
        memmove(change->bytes + at + by, change->bytes + at, change->size - at);
        change->size += by;
    } else if (by < change->size - at) {
        memmove(change->bytes + at, change->bytes + at + by, change->size - at - by);
        change->size -= by;
    }
}

static void (*const ways[])(struct change *change) = {
    change_head,          change_segment,
    change_dynamic_value, change_dynamic_tag,
    change_symbol,        change_hash,
    change_strings,       change_note,
    change_manifest,      change_descriptor,
    change_table,         change_table_head,
    change_table,         change_bytes,
    change_length,        splice,
    exchange_tables,      shift};

size_t mutate(const struct victim *victim, const struct victim *other, uint64_t number,
              uint8_t *bytes)
{
    struct change change = {victim, other, number * 0x9E3779B97F4A7C15u + 1, bytes,
                            victim->file.size};
    memcpy(bytes, victim->file.bytes, victim->file.size);
    for (size_t i = 0; i < 8; i++) {
        (void)roll(&change);
    }
    ways[number % (sizeof(ways) / sizeof(ways[0]))](&change);
    /* Now and then two at once. */
    if (roll(&change) % 8 == 0) {
        ways[below(&change, sizeof(ways) / sizeof(ways[0]))](&change);
    }
    return change.size;
}

static size_t address_to_offset(const struct victim *victim, uint64_t address)
{
    for (size_t i = 0; i < victim->header_count; i++) {
        ElfW(Phdr) segment;
        memcpy(&segment, victim->file.bytes + victim->headers + i * sizeof(segment),
               sizeof(segment));
        if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
            address - segment.p_vaddr < segment.p_filesz) {
            return (size_t)(segment.p_offset + (address - segment.p_vaddr));
        }
    }
    ck_abort_msg("the plug-in has no address 0x%llx", (unsigned long long)address);
    return 0;
}

static void read_dynamic(struct victim *victim)
{
    for (size_t at = 0; at < victim->dynamic_size; at += sizeof(ElfW(Dyn))) {
        ElfW(Dyn) entry;
        memcpy(&entry, victim->file.bytes + victim->dynamic + at, sizeof(entry));
        if (entry.d_tag == DT_SYMTAB) {
            victim->symbols = address_to_offset(victim, entry.d_un.d_ptr);
        } else if (entry.d_tag == DT_STRTAB) {
            victim->strings = address_to_offset(victim, entry.d_un.d_ptr);
        } else if (entry.d_tag == DT_STRSZ) {
            victim->strings_size = (size_t)entry.d_un.d_val;
        } else if (entry.d_tag == DT_GNU_HASH) {
            victim->hash = address_to_offset(victim, entry.d_un.d_ptr);
        }
    }
}

void victim_open(struct victim *victim, const char *path)
{
    ElfW(Ehdr) head;
    memset(victim, 0, sizeof(*victim));
    victim->file = plugin_file_read(path);
    memcpy(&head, victim->file.bytes, sizeof(head));
    victim->headers = (size_t)head.e_phoff;
    victim->header_count = head.e_phnum;
    for (size_t i = 0; i < victim->header_count; i++) {
        ElfW(Phdr) segment;
        memcpy(&segment, victim->file.bytes + victim->headers + i * sizeof(segment),
               sizeof(segment));
        if (segment.p_type == PT_DYNAMIC) {
            victim->dynamic = (size_t)segment.p_offset;
            victim->dynamic_size = (size_t)segment.p_filesz;
        }
    }
    read_dynamic(victim);
}
