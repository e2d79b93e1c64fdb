/* SPDX-License-Identifier: MIT */
/*
 * The hash table and the symbols. The loader trusts both, so every step that a look-up
 * can take is taken here first.
 *
 * The table: counts of buckets, of symbols that are left out, and of filter words (a
 * power of two), and a shift; then filter words, buckets, and one word per symbol, whose
 * lowest bit ends a bucket's chain.
 */
#include "elf_file.h"
#include "refuse.h"

#include <dragoman/plugin.h>
#include <dragoman/plugin_code.h>

#include <inttypes.h>
#include <string.h>

struct hash_table {
    uint32_t buckets, first_symbol, filter_words, shift;
    size_t bucket_offset, chain_offset, end; /* in the file */
    uint32_t symbols; /* symbols of the file, once chains are walked */
};

static uint32_t most_symbols(const struct elf_file *file)
{
    return file->code ? ELF_MAX_CODE_SYMBOLS : ELF_MAX_SYMBOLS;
}

static uint32_t word_at(const struct elf_file *file, size_t offset)
{
    uint32_t word;
    memcpy(&word, file->bytes + offset, sizeof(word));
    return word;
}

static enum dgm_status refuse_hash(const struct elf_file *file)
{
    return refuse(file->refusal, DGM_PLUGIN_FILE,
                  "DT_GNU_HASH: expected a small table that lies inside the file");
}

static enum dgm_status read_hash(const struct elf_file *file, struct hash_table *table)
{
    size_t offset = 0;
    const ElfW(Phdr) *load = elf_find(file, file->hash, 16, &offset);
    if (load == NULL || file->hash % sizeof(void *) != 0) {
        return refuse_hash(file);
    }
    table->buckets = word_at(file, offset);
    table->first_symbol = word_at(file, offset + 4);
    table->filter_words = word_at(file, offset + 8);
    table->shift = word_at(file, offset + 12);
    table->end = (size_t)(load->p_offset + load->p_filesz);
    uint32_t most = most_symbols(file);
    if (table->buckets == 0 || table->buckets > most || table->filter_words == 0 ||
        table->filter_words > most ||
        (table->filter_words & (table->filter_words - 1)) != 0 || table->shift > 31 ||
        table->first_symbol > most) {
        return refuse_hash(file);
    }
    table->bucket_offset = offset + 16 + table->filter_words * sizeof(ElfW(Addr));
    table->chain_offset = table->bucket_offset + table->buckets * sizeof(uint32_t);
    if (table->chain_offset > table->end) {
        return refuse_hash(file);
    }
    return DGM_OK;
}

/* Walk one chain to its end; `symbol` is where it starts. */
static bool walk_chain(const struct elf_file *file, struct hash_table *table,
                       uint32_t symbol)
{
    if (symbol < table->first_symbol) {
        return false;
    }
    for (; symbol < most_symbols(file); symbol++) {
        size_t offset =
            table->chain_offset + (symbol - table->first_symbol) * sizeof(uint32_t);
        if (offset + sizeof(uint32_t) > table->end) {
            return false;
        }
        if (symbol >= table->symbols) {
            table->symbols = symbol + 1;
        }
        if ((word_at(file, offset) & 1) != 0) {
            return true;
        }
    }
    return false;
}

static enum dgm_status walk_buckets(const struct elf_file *file, struct hash_table *table)
{
    for (uint32_t i = 0; i < table->buckets; i++) {
        uint32_t symbol = word_at(file, table->bucket_offset + i * sizeof(uint32_t));
        if (symbol != 0 && !walk_chain(file, table, symbol)) {
            return refuse_hash(file);
        }
    }
    return DGM_OK;
}

static const char *symbol_name(const struct elf_file *file, const ElfW(Sym) * symbol)
{
    size_t offset = 0;
    if (symbol->st_name >= file->strings_size ||
        elf_find(file, file->strings, file->strings_size, &offset) == NULL) {
        return NULL;
    }
    return (const char *)file->bytes + offset + symbol->st_name;
}

/* The one symbol that a plug-in has: a constant object. */
static enum dgm_status take_descriptor(const struct elf_file *file,
                                       const ElfW(Sym) * symbol,
                                       struct elf_plugin *plugin)
{
    size_t offset = 0;
    const ElfW(Phdr) *load = elf_find(file, symbol->st_value, symbol->st_size, &offset);
    if (load == NULL || symbol->st_size == 0) {
        return refuse(file->refusal, DGM_NO_PLUGIN_SYMBOL,
                      "%s: expected it inside the file, found %" PRIu64
                      " bytes at 0x%" PRIx64,
                      DGM_PLUGIN_SYMBOL_NAME, (uint64_t)symbol->st_size,
                      (uint64_t)symbol->st_value);
    }
    if ((load->p_flags & PF_W) != 0) {
        return refuse(file->refusal, DGM_NO_PLUGIN_SYMBOL,
                      "%s: expected it in a read-only segment, found it writable",
                      DGM_PLUGIN_SYMBOL_NAME);
    }
    if (symbol->st_value % sizeof(uint64_t) != 0) {
        return refuse(file->refusal, DGM_NO_PLUGIN_SYMBOL,
                      "%s: expected an address that is a multiple of 8, found 0x%" PRIx64,
                      DGM_PLUGIN_SYMBOL_NAME, (uint64_t)symbol->st_value);
    }
    plugin->symbol_offset = offset;
    plugin->symbol_size = (size_t)symbol->st_size;
    plugin->symbol_address = symbol->st_value;
    return DGM_OK;
}

static enum dgm_status check_symbol(const struct elf_file *file, const ElfW(Sym) * symbol,
                                    struct elf_plugin *plugin)
{
    unsigned type = symbol->st_info & 0xF;
    const char *name = symbol_name(file, symbol);
    if (name == NULL) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "DT_SYMTAB: expected names inside the text table");
    }
    if (type == STT_FUNC || type == STT_GNU_IFUNC) {
        return refuse(file->refusal, DGM_PLUGIN_CODE,
                      "symbol %.80s: expected data, found a function", name);
    }
    if (strcmp(name, DGM_PLUGIN_SYMBOL_NAME) != 0 || type != STT_OBJECT ||
        symbol->st_shndx == SHN_UNDEF || plugin->symbol_size != 0) {
        return refuse(file->refusal, DGM_NO_PLUGIN_SYMBOL,
                      "symbols: expected the object %s alone, found %s%.80s",
                      DGM_PLUGIN_SYMBOL_NAME,
                      symbol->st_shndx == SHN_UNDEF ? "undefined " : "", name);
    }
    return take_descriptor(file, symbol, plugin);
}

/* Of a code plug-in's symbols two matter. */
static enum dgm_status check_code_symbol(const struct elf_file *file,
                                         const ElfW(Sym) * symbol,
                                         struct elf_plugin *plugin)
{
    const char *name = symbol_name(file, symbol);
    bool is_object =
        (symbol->st_info & 0xF) == STT_OBJECT && symbol->st_shndx != SHN_UNDEF;
    if (name == NULL) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "DT_SYMTAB: expected names inside the text table");
    }
    if (is_object && strcmp(name, DGM_PLUGIN_CODE_SYMBOL_NAME) == 0) {
        plugin->exports_code = true;
    }
    if (!is_object || strcmp(name, DGM_PLUGIN_SYMBOL_NAME) != 0) {
        return DGM_OK;
    }
    if (plugin->symbol_size != 0) {
        return refuse(file->refusal, DGM_NO_PLUGIN_SYMBOL,
                      "%s: expected it once, found it twice", DGM_PLUGIN_SYMBOL_NAME);
    }
    return take_descriptor(file, symbol, plugin);
}

/* Symbol 0 is the empty one; what the hash leaves out would be undefined symbols. */
static enum dgm_status check_all(const struct elf_file *file,
                                 const struct hash_table *table,
                                 struct elf_plugin *plugin)
{
    size_t offset = 0;
    size_t count =
        table->symbols > table->first_symbol ? table->symbols : table->first_symbol;
    if (elf_find(file, file->symbols, count * sizeof(ElfW(Sym)), &offset) == NULL ||
        file->symbols % sizeof(void *) != 0) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "DT_SYMTAB: expected %zu symbols inside the file", count);
    }
    for (size_t i = 1; i < count; i++) {
        ElfW(Sym) symbol;
        memcpy(&symbol, file->bytes + offset + i * sizeof(symbol), sizeof(symbol));
        enum dgm_status status = file->code ? check_code_symbol(file, &symbol, plugin)
                                            : check_symbol(file, &symbol, plugin);
        if (status != DGM_OK) {
            return status;
        }
    }
    if (plugin->symbol_size == 0) {
        return refuse(file->refusal, DGM_NO_PLUGIN_SYMBOL,
                      "symbols: expected the object %s, found none",
                      DGM_PLUGIN_SYMBOL_NAME);
    }
    if (file->code && !plugin->exports_code) {
        return refuse(file->refusal, DGM_PLUGIN_CODE,
                      "symbols: expected the object %s, found none",
                      DGM_PLUGIN_CODE_SYMBOL_NAME);
    }
    return DGM_OK;
}

enum dgm_status elf_check_symbols(struct elf_file *file, struct elf_plugin *plugin)
{
    struct hash_table table;
    memset(&table, 0, sizeof(table));
    plugin->symbol_size = 0;
    enum dgm_status status = read_hash(file, &table);
    if (status == DGM_OK) {
        status = walk_buckets(file, &table);
    }
    if (status == DGM_OK) {
        status = check_all(file, &table, plugin);
    }
    return status;
}
