/* SPDX-License-Identifier: MIT */
/*
 * The profile that a plug-in keeps: files one behind the other, each with its name,
 * compressed. It becomes a note in a section that is not loaded, which C cannot say; so
 * it is written for the assembler, in directives that all of them know.
 */
#include "packed.h"

#include <dragoman/plugin.h>

#include "out.h"

#include <string.h>
#include <zlib.h>

enum { BYTES_PER_LINE = 20, NAME_LENGTH = 255 };

/* No text has it. */
static const char between_texts[] = "\xFF";

static uint64_t fnv1a(uint64_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash;
}

static bool was_there(const struct includes *includes, size_t index)
{
    const struct included *file = &includes->files[index];
    for (size_t i = 0; i < index; i++)
        if (includes->files[i].length == file->length &&
            memcmp(includes->files[i].text, file->text, file->length) == 0)
            return true;
    return false;
}

uint64_t packed_hash(const struct packed_source *source)
{
    const struct includes *includes = source->includes;
    uint64_t hash = fnv1a(14695981039346656037u, source->text, source->length);
    for (size_t i = 0; i < includes->count; i++) {
        if (was_there(includes, i))
            continue;
        hash = fnv1a(hash, between_texts, 1);
        hash = fnv1a(hash, includes->files[i].text, includes->files[i].length);
    }
    return hash;
}

static void put_number(struct out *out, size_t number)
{
    char bytes[4];
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(number >> i * 8 & 0xFF);
    out_bytes(out, bytes, sizeof(bytes));
}

static void put_file(struct out *out, const char *name, const char *text, size_t length)
{
    put_number(out, strlen(name));
    put_number(out, length);
    out_text(out, name);
    out_bytes(out, text, length);
}

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

/* A profile from memory may be called anything. */
static const char *profile_name(struct arena *arena, const char *path)
{
    const char *base = path + folder_length(path);
    size_t length = strlen(base);
    if (length == 0 || length > NAME_LENGTH || base[0] == '.')
        return "profile.yaml";
    char *name = arena_copy(arena, base, length);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)
            name[i] = '_';
    return name;
}

static void put_files(struct out *out, const struct packed_source *source)
{
    const struct includes *includes = source->includes;
    put_file(out, profile_name(out->arena, source->path), source->text, source->length);
    /* The names of the others begin with the folder that the profile is in. */
    for (size_t i = 0; i < includes->count; i++)
        put_file(out, includes->files[i].name + folder_length(source->path),
                 includes->files[i].text, includes->files[i].length);
}

static void put_compressed(struct out *out, const struct out *files)
{
    uLongf size = compressBound((uLong)files->length);
    Bytef *bytes = arena_alloc(out->arena, size);
    if (compress2(bytes, &size, (const Bytef *)files->text, (uLong)files->length,
                  Z_BEST_COMPRESSION) != Z_OK)
        arena_fail(out->arena);
    out_bytes(out, (const char *)bytes, size);
}

static void put_byte_lines(struct out *out, const struct out *content)
{
    for (size_t i = 0; i < content->length; i++) {
        bool first = i % BYTES_PER_LINE == 0;
        bool last = i % BYTES_PER_LINE == BYTES_PER_LINE - 1 || i + 1 == content->length;
        out_format(out, "%s%u%s", first ? "        \".byte " : ",",
                   (unsigned char)content->text[i], last ? "\\n\"\n" : "");
    }
}

const char *packed_note(struct arena *arena, const struct packed_source *source)
{
    struct out files, content, out;
    out_init(&files, arena);
    put_files(&files, source);
    out_init(&content, arena);
    out_text(&content, DGM_PLUGIN_SOURCE_MAGIC);
    put_number(&content, files.length);
    put_compressed(&content, &files);
    out_init(&out, arena);
    out_format(
        &out,
        "\n#ifdef DGM_PLUGIN_BUILD\n"
        "/* The profile, packed, in a note that is not loaded. */\n"
        "#pragma GCC diagnostic push\n"
        "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
        "__asm__(\".pushsection \" DGM_PLUGIN_SOURCE_SECTION \",\\\"\\\",%%note\\n\"\n"
        "        \".balign 4\\n\"\n"
        "        \".4byte %zu, %zu, %d\\n\"\n"
        "        \".asciz \\\"\" DGM_PLUGIN_NOTE_OWNER \"\\\"\\n\"\n"
        "        \".balign 4\\n\"\n",
        sizeof(DGM_PLUGIN_NOTE_OWNER), content.length, DGM_PLUGIN_NOTE_SOURCE);
    put_byte_lines(&out, &content);
    out_text(&out, "        \".balign 4\\n\"\n"
                   "        \".popsection\\n\");\n"
                   "#pragma GCC diagnostic pop\n"
                   "#endif\n");
    return out.text;
}
