/* SPDX-License-Identifier: MIT */
#include "diffput.h"

#include "jsonout.h"

#include <string.h>

static const char *const side_words[DIFF_SIDES] = {"old", "new"};
static const char *const shape_words[] = {"oceanconnect", "iotda", "plain"};

static void put_detail(FILE *file, const struct diff_finding *finding)
{
    if (finding->detail[0] != '\0') {
        (void)fprintf(file, " (%s)", finding->detail);
    }
}

/* "report Meter.flow: the value changed" */
static void put_title(FILE *file, const struct diff_finding *finding)
{
    (void)fprintf(file, "%s: ", diff_class_title(finding->class));
    if (finding->message[0] != '\0') {
        (void)fprintf(file, "%s%s", finding->message,
                      finding->path[0] != '\0' ? " " : "");
    }
    (void)fprintf(file, "%s%s%s", finding->path,
                  finding->message[0] != '\0' || finding->path[0] != '\0' ? ": " : "",
                  diff_kind_title(finding->kind));
    put_detail(file, finding);
    (void)fputc('\n', file);
}

static void put_places(FILE *file, const struct dgm_doc_place *places)
{
    bool any = false;
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        if (places[i].file != NULL) {
            (void)fprintf(file, "%s%s %s:%u", any ? ", " : "    ", side_words[i],
                          places[i].file, places[i].line);
            any = true;
        }
    }
    (void)fputs(any ? "\n" : "", file);
}

static void put_change(FILE *file, const struct diff_change *change)
{
    const char *old = change->texts[DIFF_OLD], *new = change->texts[DIFF_NEW];
    (void)fprintf(file, "    %s: %s -> %s\n", change->name,
                  old[0] != '\0' ? old : "(none)", new[0] != '\0' ? new : "(none)");
}

static void put_witness(FILE *file, const struct diff_finding *finding)
{
    const struct diff_witness *witness = &finding->witness;
    if (witness->request != NULL) {
        (void)fprintf(file, "    answers %s\n", witness->request);
    }
    (void)fprintf(file, "    %s %s%s%s\n", witness->encodes ? "JSON " : "frame",
                  witness->encodes ? "" : witness->words, witness->input,
                  witness->down && !witness->encodes ? "  (to the device)" : "");
    if (witness->shape != DGM_SHAPE_PLAIN && witness->shape < DGM_SHAPE_PLAIN) {
        (void)fprintf(file, "    shape %s\n", shape_words[witness->shape]);
    }
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        (void)fprintf(file, "    %s   %s\n", side_words[i], witness->answers[i]);
    }
}

static void put_unseen(FILE *file, const struct diff_result *result,
                       const struct diff_finding *finding)
{
    if (result->agree) {
        (void)fputs("    the tables are the same\n", file);
    } else {
        (void)fprintf(file, "    no witness in %zu frame%s%s\n", finding->tried,
                      finding->tried == 1 ? "" : "s",
                      finding->reached ? ", which reach all of the message"
                                       : ", which do not reach all of the message");
    }
}

static void put_count(FILE *file, const char *before, const struct diff_finding *finding)
{
    (void)fprintf(file, "%s%zu %s%s\n", before, finding->count,
                  finding->witness.encodes ? "text" : "frame",
                  finding->count == 1 ? "" : "s");
}

/* What else there is of the same member. */
static void put_beside(FILE *file, const struct diff_set *set, size_t index)
{
    for (size_t i = index + 1; i < set->count; i++) {
        const struct diff_finding *finding = &set->items[i];
        if (finding->beside == index) {
            (void)fprintf(file, "    also: %s", diff_kind_title(finding->kind));
            put_detail(file, finding);
            put_count(file, ", in ", finding);
        }
    }
}

static void put_finding(FILE *file, const struct diff_result *result, size_t index)
{
    const struct diff_set *set = result->search->set;
    const struct diff_finding *finding = &set->items[index];
    put_title(file, finding);
    put_places(file, finding->places);
    for (size_t i = 0; i < finding->change_count; i++) {
        put_change(file, &finding->changes[i]);
    }
    if (finding->has_witness) {
        put_witness(file, finding);
        put_count(file, "    in ", finding);
    } else if (finding->kind == DIFF_LAYOUT) {
        put_unseen(file, result, finding);
    }
    if (!result->all) {
        put_beside(file, set, index);
    }
}

/* Does it have lines of its own? */
static bool is_shown(const struct diff_result *result, const struct diff_finding *finding)
{
    return result->all || (finding->beside == DIFF_FINDINGS && !finding->follows);
}

/* The members of a message that the profiles say no change of, from `first` on. */
static void put_followers(FILE *file, const struct diff_set *set, size_t first)
{
    const char *message = set->items[first].message;
    const char *before = " ";
    (void)fprintf(file, "%s: what follows from that:", message);
    for (size_t i = first; i < set->count; i++) {
        const struct diff_finding *finding = &set->items[i];
        if (finding->follows && finding->beside == DIFF_FINDINGS &&
            strcmp(finding->message, message) == 0) {
            (void)fprintf(file, "%s%s", before,
                          finding->path[0] != '\0' ? finding->path
                                                   : diff_kind_title(finding->kind));
            before = ", ";
        }
    }
    (void)fputc('\n', file);
}

static bool is_first_follower(const struct diff_set *set, size_t index)
{
    const struct diff_finding *finding = &set->items[index];
    if (!finding->follows || finding->beside != DIFF_FINDINGS) {
        return false;
    }
    for (size_t i = 0; i < index; i++) {
        const struct diff_finding *other = &set->items[i];
        if (other->follows && other->beside == DIFF_FINDINGS &&
            strcmp(other->message, finding->message) == 0) {
            return false;
        }
    }
    return true;
}

static void put_summary(FILE *file, const struct diff_result *result, size_t shown)
{
    const struct diff_search *search = result->search;
    (void)fprintf(file, "%s: %zu difference%s", diff_class_title(result->class), shown,
                  shown == 1 ? "" : "s");
    if (result->agree) {
        (void)fputs(", the tables are the same\n", file);
    } else {
        (void)fprintf(file, " in %zu frames and %zu commands\n", search->trial.frames,
                      search->trial.texts);
    }
}

void diff_put_text(FILE *file, const struct diff_result *result)
{
    const struct diff_set *set = result->search->set;
    size_t shown = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (is_shown(result, &set->items[i])) {
            put_finding(file, result, i);
            shown++;
        }
    }
    for (size_t i = 0; i < set->count && !result->all; i++) {
        if (is_first_follower(set, i)) {
            put_followers(file, set, i);
        }
    }
    if (set->left_out > 0) {
        (void)fputs("there are more differences, for which there was no room\n", file);
    }
    put_summary(file, result, shown);
}

static void put_json_place(struct jsonout *json, const char *name,
                           const struct dgm_doc_place *place)
{
    if (place->file == NULL) {
        return;
    }
    struct jsonout inner = {json->file, false};
    jsonout_name(json, name);
    (void)fputc('{', json->file);
    jsonout_text(&inner, "file", place->file);
    jsonout_number(&inner, "line", place->line);
    (void)fputc('}', json->file);
}

static void put_json_changes(struct jsonout *json, const struct diff_finding *finding)
{
    if (finding->change_count == 0) {
        return;
    }
    jsonout_name(json, "changes");
    (void)fputc('[', json->file);
    for (size_t i = 0; i < finding->change_count; i++) {
        const struct diff_change *change = &finding->changes[i];
        struct jsonout inner = {json->file, false};
        (void)fputs(i > 0 ? ",{" : "{", json->file);
        jsonout_text(&inner, "name", change->name);
        jsonout_text(&inner, "old", change->texts[DIFF_OLD]);
        jsonout_text(&inner, "new", change->texts[DIFF_NEW]);
        (void)fputc('}', json->file);
    }
    (void)fputc(']', json->file);
}

static void put_json_witness(struct jsonout *json, const struct diff_finding *finding)
{
    const struct diff_witness *witness = &finding->witness;
    struct jsonout inner = {json->file, false};
    jsonout_name(json, "witness");
    (void)fputc('{', json->file);
    jsonout_text(&inner, witness->encodes ? "json" : "frame", witness->input);
    jsonout_text(&inner, "direction", witness->down ? "down" : "up");
    if (witness->shape <= DGM_SHAPE_PLAIN) {
        jsonout_text(&inner, "shape", shape_words[witness->shape]);
    }
    if (witness->words[0] != '\0') {
        jsonout_text(&inner, "words", witness->words);
    }
    if (witness->request != NULL) {
        jsonout_text(&inner, "request", witness->request);
    }
    jsonout_text(&inner, "old", witness->answers[DIFF_OLD]);
    jsonout_text(&inner, "new", witness->answers[DIFF_NEW]);
    (void)fputc('}', json->file);
}

static void put_json_finding(FILE *file, const struct diff_finding *finding)
{
    struct jsonout json = {file, false};
    (void)fputc('{', file);
    jsonout_text(&json, "class", diff_class_word(finding->class));
    jsonout_text(&json, "kind", diff_kind_word(finding->kind));
    if (finding->message[0] != '\0') {
        jsonout_text(&json, "message", finding->message);
    }
    jsonout_text(&json, "path", finding->path);
    if (finding->detail[0] != '\0') {
        jsonout_text(&json, "detail", finding->detail);
    }
    if (finding->follows) {
        jsonout_bool(&json, "follows", true);
    }
    put_json_place(&json, "old", &finding->places[DIFF_OLD]);
    put_json_place(&json, "new", &finding->places[DIFF_NEW]);
    put_json_changes(&json, finding);
    if (finding->has_witness) {
        jsonout_number(&json, "count", finding->count);
        put_json_witness(&json, finding);
    } else if (finding->kind == DIFF_LAYOUT) {
        jsonout_number(&json, "tried", finding->tried);
        jsonout_bool(&json, "reached", finding->reached);
    }
    (void)fputc('}', file);
}

void diff_put_json(FILE *file, const struct diff_result *result)
{
    struct jsonout json;
    const struct diff_search *search = result->search;
    jsonout_open(&json, file);
    jsonout_text(&json, "old", search->sides[DIFF_OLD].path);
    jsonout_text(&json, "new", search->sides[DIFF_NEW].path);
    if (result->model != NULL) {
        jsonout_text(&json, "model", result->model);
    }
    jsonout_text(&json, "class", diff_class_word(result->class));
    jsonout_bool(&json, "same_tables", result->agree);
    jsonout_number(&json, "frames", search->trial.frames);
    jsonout_number(&json, "commands", search->trial.texts);
    jsonout_number(&json, "left_out", search->set->left_out);
    jsonout_name(&json, "differences");
    (void)fputc('[', file);
    for (size_t i = 0; i < search->set->count; i++) {
        (void)fputs(i > 0 ? "," : "", file);
        put_json_finding(file, &search->set->items[i]);
    }
    (void)fputc(']', file);
    jsonout_close(&json);
}
