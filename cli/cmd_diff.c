/* SPDX-License-Identifier: MIT */
/* dragoman diff: what a new version of a product breaks. */
#include "diffput.h"
#include "difflayout.h"
#include "difflongest.h"
#include "diffmodel.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

enum { FRAMES = 4000, MOST = 10000000 };

struct differing {
    const struct cli *cli;
    struct report report;
    struct output output;
    struct catalog catalogs[DIFF_SIDES]; /* models of the two files */
    uint64_t frames, seed;
    enum diff_class worst;
    char *told; /* of the model before; memory */
};

/* Of a family: models of which the same is to be said are told together. */
static void put_of_model(struct differing *differing, const struct diff_result *result)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    FILE *output = differing->output.file;
    if (file == NULL) {
        diff_put_text(output, result);
        return;
    }
    diff_put_text(file, result);
    (void)fclose(file);
    bool same =
        differing->told != NULL && text != NULL && strcmp(differing->told, text) == 0;
    (void)fprintf(output, "model %s%s\n%s", result->model, same ? ": the same" : "",
                  same || text == NULL ? "" : text);
    free(differing->told);
    differing->told = text;
}

/* What was found of one pair; `model` is NULL if there is but one. */
static void put(struct differing *differing, const struct diff_search *search, bool agree,
                const char *model)
{
    struct diff_result result = {search, model, agree,
                                 cli_has(differing->cli, OPTION_ALL), search->set->worst};
    diff_set_sort(search->set);
    differing->worst = result.class > differing->worst ? result.class : differing->worst;
    if (cli_word(differing->cli, OPTION_FORMAT, 0) == 1) {
        diff_put_json(differing->output.file, &result);
    } else if (model != NULL) {
        put_of_model(differing, &result);
    } else {
        diff_put_text(differing->output.file, &result);
    }
}

/* Tables that are the same need no frames. */
static bool compare(struct diff_search *search, bool agree)
{
    if (!agree && !diff_search(search)) {
        return false;
    }
    diff_layout(search, agree);
    diff_longest(search);
    return diff_models(search->set, search->sides) && !search->set->failed;
}

static int compare_sides(struct differing *differing, struct diff_side *sides,
                         const char *model)
{
    struct diff_set set;
    struct diff_search search;
    bool agree = diff_sides_agree(sides);
    memset(&search, 0, sizeof(search));
    bool good = diff_set_open(&set) &&
                diff_search_open(&search, sides, &set, (size_t)differing->frames,
                                 differing->seed) &&
                compare(&search, agree);
    if (good) {
        put(differing, &search, agree, model);
    }
    diff_search_close(&search);
    diff_set_close(&set);
    return good ? CLI_FINE : report_memory(&differing->report);
}

static int compare_entries(struct differing *differing, const struct entry *old,
                           const struct entry *new, const char *model)
{
    struct diff_side sides[DIFF_SIDES];
    struct report *report = &differing->report;
    int code = diff_side_open(&sides[DIFF_OLD], report, differing->cli, old);
    if (code != CLI_FINE) {
        return code;
    }
    code = diff_side_open(&sides[DIFF_NEW], report, differing->cli, new);
    if (code == CLI_FINE) {
        code = compare_sides(differing, sides, model);
        diff_side_close(&sides[DIFF_NEW]);
    }
    diff_side_close(&sides[DIFF_OLD]);
    return code;
}

/* A model that only one of the families has. */
static int put_alone(struct differing *differing, const char *model, bool is_new)
{
    struct diff_set set;
    struct diff_side sides[DIFF_SIDES];
    struct diff_search search = {.sides = sides, .set = &set};
    if (!diff_set_open(&set)) {
        return report_memory(&differing->report);
    }
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        sides[i].path = differing->catalogs[i].entries[0].path;
    }
    struct diff_finding *finding = diff_set_find(&set, DIFF_FAMILY, "", "", "");
    diff_set_grade(&set, finding, is_new ? DIFF_WIRE : DIFF_BREAKING);
    diff_set_change(&set, finding, "model", is_new ? "" : model, is_new ? model : "");
    bool good = !set.failed;
    if (good) {
        put(differing, &search, false, model);
    }
    diff_set_close(&set);
    return good ? CLI_FINE : report_memory(&differing->report);
}

static const struct entry *entry_of(const struct catalog *catalog, const char *model)
{
    for (size_t i = 0; i < catalog->count; i++) {
        if (strcmp(catalog->entries[i].model, model) == 0) {
            return &catalog->entries[i];
        }
    }
    return NULL;
}

static int compare_families(struct differing *differing)
{
    const struct catalog *old = &differing->catalogs[DIFF_OLD];
    const struct catalog *new = &differing->catalogs[DIFF_NEW];
    int code = CLI_FINE;
    for (size_t i = 0; i < old->count && code == CLI_FINE; i++) {
        const char *model = old->entries[i].model;
        const struct entry *other = entry_of(new, model);
        code = other != NULL ? compare_entries(differing, &old->entries[i], other, model)
                             : put_alone(differing, model, false);
    }
    for (size_t i = 0; i < new->count &&code == CLI_FINE; i++) {
        if (entry_of(old, new->entries[i].model) == NULL) {
            code = put_alone(differing, new->entries[i].model, true);
        }
    }
    return code;
}

/* A file with one model does not say its name before it is opened. */
static int name_entry(struct differing *differing, struct entry *entry)
{
    struct product product;
    if (entry->named) {
        return CLI_FINE;
    }
    int code = product_open(&product, &differing->report, differing->cli, entry);
    if (code != CLI_FINE) {
        return code;
    }
    entry->manufacturer = strdup(product_manufacturer(&product));
    entry->model = strdup(product_model(&product));
    entry->named = entry->manufacturer != NULL && entry->model != NULL;
    product_close(&product);
    return entry->named ? CLI_FINE : report_memory(&differing->report);
}

/* The one model that --model names. */
static int compare_chosen(struct differing *differing)
{
    const struct entry *entries[DIFF_SIDES];
    int code = CLI_FINE;
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        entries[i] = catalog_choose(&differing->catalogs[i], &differing->report,
                                    differing->cli, &code);
        if (entries[i] == NULL) {
            return code;
        }
    }
    return compare_entries(differing, entries[DIFF_OLD], entries[DIFF_NEW], NULL);
}

static int compare_files(struct differing *differing)
{
    struct catalog *old = &differing->catalogs[DIFF_OLD];
    struct catalog *new = &differing->catalogs[DIFF_NEW];
    bool is_one = old->count == 1 && new->count == 1;
    if (is_one || cli_has(differing->cli, OPTION_MODEL)) {
        return compare_chosen(differing);
    }
    int code = name_entry(differing, &old->entries[0]);
    code = code == CLI_FINE ? name_entry(differing, &new->entries[0]) : code;
    return code == CLI_FINE ? compare_families(differing) : code;
}

/* The models of both files. */
static int open_files(struct differing *differing)
{
    int code = CLI_FINE;
    for (unsigned i = 0; i < DIFF_SIDES && code == CLI_FINE; i++) {
        code = catalog_open_file(&differing->catalogs[i], &differing->report,
                                 differing->cli, differing->cli->options.arguments[i]);
    }
    return code;
}

static int run(struct differing *differing)
{
    int allowed = cli_word(differing->cli, OPTION_ALLOW, DIFF_WIRE);
    int code = open_files(differing);
    if (code == CLI_FINE) {
        code = output_open(&differing->output, &differing->report,
                           cli_text(differing->cli, OPTION_OUTPUT, NULL));
        code = code == CLI_FINE ? compare_files(differing) : code;
        code = cli_worse(code, output_close(&differing->output, &differing->report));
    }
    bool is_worse = (int)differing->worst > allowed;
    return cli_worse(code, is_worse ? CLI_WRONG : CLI_FINE);
}

int cmd_diff(struct cli *cli)
{
    struct differing differing;
    memset(&differing, 0, sizeof(differing));
    differing.cli = cli;
    differing.frames = FRAMES;
    report_open(&differing.report, cli);
    if (cli->options.argument_count != DIFF_SIDES) {
        return report_usage(&differing.report, cli,
                            "two profiles or plug-ins are needed, the old one first");
    }
    int code = cli_number(cli, &differing.report, OPTION_FRAMES, MOST, &differing.frames);
    if (code == CLI_FINE) {
        code =
            cli_number(cli, &differing.report, OPTION_SEED, UINT64_MAX, &differing.seed);
    }
    code = code == CLI_FINE ? run(&differing) : code;
    free(differing.told);
    catalog_free(&differing.catalogs[DIFF_OLD]);
    catalog_free(&differing.catalogs[DIFF_NEW]);
    return code;
}
