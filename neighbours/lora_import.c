/* SPDX-License-Identifier: MIT */
/*
 * The importer of LoRa payload schemas as a whole: reads, writes a profile, has it
 * compiled, and writes it once more with what the compiler said in mind.
 */
#include "lora_parts.h"

#include "profile_file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The word that a finding is about. */
static const char *word_of(struct lora *lora, const struct dgm_diagnostic *finding)
{
    size_t length = strlen(finding->source_line);
    if (finding->column == 0 || finding->column - 1u + finding->width > length) {
        return NULL;
    }
    return arena_copy(lora->arena, finding->source_line + finding->column - 1,
                      finding->width);
}

static bool is_word_byte(char byte)
{
    return isalnum((unsigned char)byte) != 0 || byte == '_';
}

/* Does something refer to the name? One of several fields of that name may be unused. */
static bool is_referred_to(const struct lora *lora, const char *name)
{
    static const char declares[] = "local: ";
    size_t length = strlen(name), before = sizeof(declares) - 1;
    for (const char *at = lora->out.text; (at = strstr(at, name)) != NULL; at += length) {
        size_t offset = (size_t)(at - lora->out.text);
        bool inside = is_word_byte(at[length]) || (offset > 0 && is_word_byte(at[-1]));
        bool declared = offset >= before && strncmp(at - before, declares, before) == 0;
        if (!inside && !declared) {
            return true;
        }
    }
    return false;
}

/* Of the findings of a rule, the hidden fields that they are about; with `alone` only
 * where nothing refers to the name. */
static bool learn(struct lora *lora, const struct dgm_profile *profile, const char *rule,
                  bool alone, struct lora_names *names)
{
    size_t before = names->count;
    const struct dgm_diagnostic *finding;
    for (size_t i = 0; (finding = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        const char *word = word_of(lora, finding);
        if (word != NULL && word[0] == '_' && strcmp(finding->rule, rule) == 0 &&
            !(alone && is_referred_to(lora, word))) {
            (void)lora_add_name(lora, names, word);
        }
    }
    return names->count > before;
}

static bool has_finding(const struct dgm_profile *profile, const char *rule)
{
    const struct dgm_diagnostic *finding;
    for (size_t i = 0; (finding = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        if (strcmp(finding->rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

/* The field of the schema that a place in the profile comes of. */
static const struct node *field_at(const struct lora *lora, const struct node *root,
                                   const struct dgm_diagnostic *finding)
{
    const char *text = lora->out.text;
    const struct node *found = root;
    size_t offset = 0;
    for (unsigned line = 1; line < finding->line && text[offset] != '\0'; line++) {
        offset += strcspn(text + offset, "\n") + 1;
    }
    offset += finding->column;
    for (size_t i = 0; i < lora->mark_count && lora->marks[i].offset < offset; i++) {
        found = lora->marks[i].node;
    }
    return found;
}

/* What the compiler says against the profile decides how it is written once more. */
static bool adapt(struct lora *lora, const struct node *root,
                  const struct dgm_profile *profile)
{
    if (learn(lora, profile, "not-encodable", false, &lora->untold) ||
        learn(lora, profile, "unused-local", true, &lora->unused)) {
        return true;
    }
    if (lora->decode_only || (!has_finding(profile, "not-encodable") &&
                              !has_finding(profile, "format-ambiguous"))) {
        return false;
    }
    const struct dgm_diagnostic *finding = dgm_profile_diagnostic(profile, 0);
    lora_warn(lora, field_at(lora, root, finding), "the profile only decodes: %s",
              lora_without_hidden(lora, finding->text));
    return lora->decode_only = true;
}

/* What a profile cannot hold of the schema. */
static void tell_refusals(struct lora *lora, const struct node *root,
                          const struct dgm_profile *profile)
{
    const struct dgm_diagnostic *finding;
    for (size_t i = 0; (finding = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        if (finding->severity == DGM_SEVERITY_ERROR) {
            lora_error(lora, field_at(lora, root, finding),
                       "no profile can hold this: %s",
                       lora_without_hidden(lora, finding->text));
        }
    }
}

/* Compile what is written; it stays in `run` until the next one. */
static enum dgm_status try_profile(struct lora *lora)
{
    const char *text = arena_format(lora->arena, "%s}\n", lora->out.text);
    lora_run_close(&lora->run);
    return lora_run_open(&lora->run, text, strlen(text));
}

/* The profile until it compiles, or nothing more can be done. */
static enum dgm_status settle(struct lora *lora, const struct node *root)
{
    enum { ROUNDS = 24 };
    enum dgm_status status = DGM_PROFILE;
    bool again = true;
    for (int i = 0; i < ROUNDS && again; i++) {
        lora_put_profile(lora, root);
        lora_tell_findings(lora);
        if (lora->notes->errors > 0) {
            return DGM_PROFILE;
        }
        status = try_profile(lora);
        again =
            status != DGM_MEMORY && (lora->again || adapt(lora, root, lora->run.profile));
    }
    if (status == DGM_PROFILE) {
        tell_refusals(lora, root, lora->run.profile);
    }
    return status;
}

/* Where readers differ on the order of arithmetic, the vectors decide; without any it is
 * that of the keys. */
static enum dgm_status settle_order(struct lora *lora, const struct node *root)
{
    enum dgm_status status = settle(lora, root);
    if (status != DGM_OK || lora->unordered_count == 0) {
        return status;
    }
    size_t by_keys = lora_count_failing(lora, root);
    lora->adds_last = by_keys > 0;
    if (by_keys > 0) {
        status = settle(lora, root);
        if (status == DGM_OK && lora_count_failing(lora, root) >= by_keys) {
            lora->adds_last = false;
            status = settle(lora, root);
        }
    }
    for (size_t i = 0; status == DGM_OK && i < lora->unordered_count; i++) {
        lora_warn(lora, lora->unordered[i],
                  "'add' stands before 'mult' or 'div', on which readers differ: %s",
                  lora->adds_last ? "it is added last, because the vectors say so"
                                  : "it is added first; 'transform' makes it sure");
    }
    return status;
}

static void tell_losses(struct lora *lora, const struct node *root)
{
    if (lora->untold.count > 0 && !lora->decode_only) {
        lora_warn(
            lora, root,
            "%zu values cannot be told from what is reported; encoding writes zeros "
            "for them",
            lora->untold.count);
    }
    if (lora->annotations > 0) {
        lora_warn(lora, root,
                  "a profile has no place for annotations (ipso, senml, semantic, unece, "
                  "sensor, resolution): %zu are left out",
                  lora->annotations);
    }
}

static enum dgm_status import(struct lora *lora, FILE *file)
{
    struct node *root = lora_parse(lora, 0);
    lora->trees[0] = root;
    if (root != NULL) {
        (void)node_expect(&lora->diag, root, NODE_MAP, "a schema");
    }
    lora_tell_findings(lora);
    if (root == NULL || lora->notes->errors > 0) {
        return DGM_PROFILE;
    }
    enum dgm_status status = settle_order(lora, root);
    if (status != DGM_OK) {
        return status;
    }
    tell_losses(lora, root);
    (void)fputs(lora->out.text, file);
    lora_put_vectors(lora, root, file);
    (void)fputs("}\n", file);
    return DGM_OK;
}

static enum dgm_status run(struct lora *lora, FILE *file, const char *path,
                           const char *text, size_t length)
{
    jmp_buf target;
    if (setjmp(target) != 0) {
        return DGM_MEMORY;
    }
    (void)arena_on_failure(lora->arena, &target);
    diag_init(&lora->diag, lora->arena, path, text, length);
    return import(lora, file);
}

enum dgm_status lora_import(FILE *file, struct notes *notes, const char *path,
                            const struct lora_options *options)
{
    char *text = NULL;
    size_t length = 0;
    const char *why = NULL;
    enum dgm_status status = profile_file_read(path, &text, &length, &why);
    if (status != DGM_OK) {
        if (status != DGM_MEMORY) {
            notes_tell(notes, DGM_SEVERITY_ERROR, path, 0, 0, "cannot read it: %s", why);
        }
        return status;
    }
    struct lora lora = {.notes = notes, .options = options, .arena = arena_new()};
    status = lora.arena != NULL ? run(&lora, file, path, text, length) : DGM_MEMORY;
    lora_run_close(&lora.run);
    cJSON_Delete(lora.found);
    arena_free(lora.arena);
    free(text);
    return status;
}
