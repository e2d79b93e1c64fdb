/* SPDX-License-Identifier: MIT */
#include "difflayout.h"

#include <string.h>

struct comparing {
    const struct diff_search *search;
    struct diff_set *set;
    bool agree;
    const struct dgm_doc_message *messages[DIFF_SIDES]; /* of one name; NULL: none */
};

/* Changes of one item, or of the head of a message. */
struct changes {
    struct diff_change items[DIFF_CHANGES]; /* texts of the documents */
    size_t count;
};

/* The fact of that name that is the `nth` one of it; "" if there is none. */
static const char *fact_at(const struct dgm_doc_facts *facts, const char *name,
                           size_t nth)
{
    for (size_t i = 0; i < facts->count; i++) {
        if (strcmp(facts->items[i].name, name) == 0 && nth-- == 0) {
            return facts->items[i].text;
        }
    }
    return "";
}

/* The fact in the other list that stands for the one at `index`: of several of a name the
 * one with the same number. */
static const char *fact_like(const struct dgm_doc_facts *facts, size_t index,
                             const struct dgm_doc_facts *others)
{
    size_t nth = 0;
    for (size_t i = 0; i < index; i++) {
        nth += strcmp(facts->items[i].name, facts->items[index].name) == 0;
    }
    return fact_at(others, facts->items[index].name, nth);
}

static void compare_text(struct changes *changes, const char *name, const char *old,
                         const char *new)
{
    if (strcmp(old, new) != 0 && changes->count < DIFF_CHANGES) {
        changes->items[changes->count++] =
            (struct diff_change){(char *)name, {(char *)old, (char *)new}};
    }
}

static void compare_facts(struct changes *changes, const struct dgm_doc_facts *old,
                          const struct dgm_doc_facts *new)
{
    for (size_t i = 0; i < old->count; i++) {
        compare_text(changes, old->items[i].name, old->items[i].text,
                     fact_like(old, i, new));
    }
    for (size_t i = 0; i < new->count; i++) {
        if (fact_like(new, i, old)[0] == '\0') {
            compare_text(changes, new->items[i].name, "", new->items[i].text);
        }
    }
}

/* What there is of an item that only one of them has. */
static const char *item_text(const struct dgm_doc_item *item)
{
    if (item == NULL) {
        return "";
    }
    return item->type[0] != '\0' ? item->type : "group";
}

static struct changes changes_of_item(const struct dgm_doc_item *old,
                                      const struct dgm_doc_item *new)
{
    struct changes changes = {.count = 0};
    if (old == NULL || new == NULL) {
        compare_text(&changes, "item", item_text(old), item_text(new));
        return changes;
    }
    compare_text(&changes, "at", old->at, new->at);
    compare_text(&changes, "type", old->type, new->type);
    compare_text(&changes, "size", old->size, new->size);
    compare_text(&changes, "constant", old->value, new->value);
    compare_facts(&changes, &old->facts, &new->facts);
    return changes;
}

/* The item of that name that is the `nth` one of it. */
static const struct dgm_doc_item *item_at(const struct dgm_doc_message *message,
                                          const char *name, size_t nth)
{
    for (size_t i = 0; message != NULL && i < message->item_count; i++) {
        if (strcmp(message->items[i].name, name) == 0 && nth-- == 0) {
            return &message->items[i];
        }
    }
    return NULL;
}

static size_t number_of(const struct dgm_doc_message *message, size_t index)
{
    size_t nth = 0;
    for (size_t i = 0; i < index; i++) {
        nth += strcmp(message->items[i].name, message->items[index].name) == 0;
    }
    return nth;
}

/* Is the item the one that the path of a member ends with? */
static bool is_named(const char *path, const char *name)
{
    size_t path_length = strlen(path), length = strlen(name);
    while (path_length > 1 && strcmp(path + path_length - 2, "[]") == 0) {
        path_length -= 2;
    }
    return length > 0 && path_length >= length &&
           memcmp(path + path_length - length, name, length) == 0 &&
           (path_length == length || path[path_length - length - 1] == '.');
}

static bool is_about(const struct diff_finding *finding, const char *message)
{
    return finding->message != NULL && finding->kind < DIFF_LAYOUT &&
           strcmp(finding->message, message) == 0;
}

/* `item` is named in front, unless it is the one that the finding is about: "". */
static void add_changes(struct comparing *comparing, struct diff_finding *finding,
                        const char *item, const struct changes *changes)
{
    char name[DGM_DOC_TEXT];
    for (size_t i = 0; i < changes->count; i++) {
        const struct diff_change *change = &changes->items[i];
        (void)snprintf(name, sizeof(name), "%s%s%s", item, item[0] != '\0' ? " " : "",
                       change->name);
        diff_set_change(comparing->set, finding, name, change->texts[DIFF_OLD],
                        change->texts[DIFF_NEW]);
    }
}

/* Is it of the whole message, and may the item be why? */
static bool may_explain(const struct diff_finding *finding, const char *item)
{
    bool is_whole = finding->path[0] == '\0' && finding->kind != DIFF_WARNING;
    return is_whole && (item[0] == '(' || finding->kind == DIFF_ENCODE_OTHER);
}

/* Frames of the message that were tried, and did they have all that it has? */
static size_t tried(const struct comparing *comparing, const char *message,
                    bool *ret_reached)
{
    size_t frames = 0;
    *ret_reached = true;
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        uint16_t index = diff_side_index(&comparing->search->sides[i], message);
        if (index != DGM_NONE) {
            frames += comparing->search->tried[i][index].frames;
            *ret_reached = *ret_reached && comparing->search->tried[i][index].reached;
        }
    }
    return frames;
}

static bool changes_only(const struct changes *changes, const char *name)
{
    return changes->count == 1 && strcmp(changes->items[0].name, name) == 0;
}

static bool has_other_unit(const struct changes *changes)
{
    for (size_t i = 0; i < changes->count; i++) {
        if (strcmp(changes->items[i].name, "unit") == 0) {
            return changes->items[i].texts[DIFF_OLD][0] != '\0';
        }
    }
    return false;
}

/* Does it only stand elsewhere, or hold something that is another one, while frames have
 * shown that of other items? */
static bool is_explained(const struct comparing *comparing, const char *message,
                         const struct changes *changes)
{
    bool any = false;
    for (size_t i = 0; i < changes->count; i++) {
        const char *name = changes->items[i].name;
        if (strcmp(name, "at") != 0 && strcmp(name, "size") != 0) {
            return false;
        }
    }
    for (size_t i = 0; i < comparing->set->count; i++) {
        any = any || is_about(&comparing->set->items[i], message);
    }
    return any;
}

/* No frame shows it: what is it then? */
static void note_unseen(struct comparing *comparing, const char *message,
                        const char *path, const struct changes *changes,
                        const struct dgm_doc_place *places)
{
    bool reached = false;
    size_t frames = tried(comparing, message, &reached);
    if (is_explained(comparing, message, changes)) {
        return;
    }
    struct diff_finding *finding =
        diff_set_find(comparing->set, DIFF_LAYOUT, message, path, "");
    bool harmless = comparing->agree || reached ||
                    comparing->messages[DIFF_OLD] == NULL ||
                    changes_only(changes, "description");
    enum diff_class class =
        harmless && !has_other_unit(changes) ? DIFF_WIRE : DIFF_BREAKING;
    diff_set_grade(comparing->set, finding, class);
    if (finding == NULL) {
        return;
    }
    finding->tried = frames;
    finding->reached = reached;
    memcpy(finding->places, places, sizeof(finding->places));
    add_changes(comparing, finding, "", changes);
}

/* True if the changes of an item belong to what frames have shown. */
static bool attach(struct comparing *comparing, struct diff_finding *finding,
                   const char *item, const struct changes *changes,
                   const struct dgm_doc_place *places)
{
    if (is_named(finding->path, item)) {
        add_changes(comparing, finding, "", changes);
        memcpy(finding->places, places, sizeof(finding->places));
    } else if (may_explain(finding, item)) {
        add_changes(comparing, finding, item, changes);
    } else {
        return false;
    }
    if (has_other_unit(changes)) {
        diff_set_grade(comparing->set, finding, DIFF_BREAKING);
    }
    return true;
}

/* They belong to what frames have shown, or stand for themselves. */
static void note_item(struct comparing *comparing, const struct dgm_doc_item *old,
                      const struct dgm_doc_item *new)
{
    const char *name = old != NULL ? old->name : new->name;
    const char *message = comparing->messages[DIFF_OLD]->name;
    struct changes changes = changes_of_item(old, new);
    struct dgm_doc_place places[DIFF_SIDES] = {
        old != NULL ? old->place : (struct dgm_doc_place){NULL, 0},
        new != NULL ? new->place : (struct dgm_doc_place){NULL, 0}};
    bool seen = false;
    for (size_t i = 0; i < comparing->set->count && changes.count > 0; i++) {
        struct diff_finding *finding = &comparing->set->items[i];
        seen = (is_about(finding, message) &&
                attach(comparing, finding, name, &changes, places)) ||
               seen;
    }
    if (!seen && changes.count > 0) {
        note_unseen(comparing, message, name, &changes, places);
    }
}

static void compare_items(struct comparing *comparing)
{
    const struct dgm_doc_message *old = comparing->messages[DIFF_OLD];
    const struct dgm_doc_message *new = comparing->messages[DIFF_NEW];
    for (size_t i = 0; i < old->item_count; i++) {
        const struct dgm_doc_item *item = &old->items[i];
        note_item(comparing, item, item_at(new, item->name, number_of(old, i)));
    }
    for (size_t i = 0; i < new->item_count; i++) {
        const struct dgm_doc_item *item = &new->items[i];
        if (item_at(old, item->name, number_of(new, i)) == NULL) {
            note_item(comparing, NULL, item);
        }
    }
}

/* What concerns a message as a whole. */
static void note_head(struct comparing *comparing, const char *message,
                      const struct changes *changes)
{
    struct dgm_doc_place places[DIFF_SIDES] = {{NULL, 0}, {NULL, 0}};
    bool seen = false;
    for (unsigned i = 0; i < DIFF_SIDES; i++) {
        if (comparing->messages[i] != NULL) {
            places[i] = comparing->messages[i]->place;
        }
    }
    for (size_t i = 0; i < comparing->set->count && changes->count > 0; i++) {
        struct diff_finding *finding = &comparing->set->items[i];
        if (is_about(finding, message) && finding->path[0] == '\0') {
            add_changes(comparing, finding, "", changes);
            seen = true;
        }
    }
    if (!seen && changes->count > 0) {
        note_unseen(comparing, message, "", changes, places);
    }
}

static void compare_heads(struct comparing *comparing)
{
    const struct dgm_doc_message *old = comparing->messages[DIFF_OLD];
    const struct dgm_doc_message *new = comparing->messages[DIFF_NEW];
    struct changes changes = {.count = 0};
    compare_text(&changes, "message", old != NULL ? old->kind : "",
                 new != NULL ? new->kind : "");
    if (old != NULL && new != NULL) {
        compare_text(&changes, "description", old->text, new->text);
        compare_facts(&changes, &old->recognition, &new->recognition);
    }
    note_head(comparing, old != NULL ? old->name : new->name, &changes);
}

/* Places of what frames have shown: of the item, or of the message. */
static void find_places(struct comparing *comparing, struct diff_finding *finding)
{
    for (unsigned i = 0; i < DIFF_SIDES && finding->message != NULL; i++) {
        const struct dgm_doc_message *message =
            diff_side_message(&comparing->search->sides[i], finding->message);
        if (message == NULL || finding->kind >= DIFF_LAYOUT) {
            continue;
        }
        finding->places[i] = message->place;
        for (size_t k = 0; k < message->item_count && finding->path != NULL; k++) {
            if (is_named(finding->path, message->items[k].name)) {
                finding->places[i] = message->items[k].place;
                break;
            }
        }
    }
}

void diff_layout(const struct diff_search *search, bool agree)
{
    struct comparing comparing = {search, search->set, agree, {NULL, NULL}};
    const struct diff_side *old = &search->sides[DIFF_OLD];
    const struct diff_side *new = &search->sides[DIFF_NEW];
    for (size_t i = 0; i < search->set->count; i++) {
        find_places(&comparing, &search->set->items[i]);
    }
    if (old->doc == NULL || new->doc == NULL) {
        return;
    }
    for (size_t i = 0; i < old->doc->message_count; i++) {
        comparing.messages[DIFF_OLD] = &old->doc->messages[i];
        comparing.messages[DIFF_NEW] = diff_side_message(new, old->doc->messages[i].name);
        compare_heads(&comparing);
        if (comparing.messages[DIFF_NEW] != NULL) {
            compare_items(&comparing);
        }
    }
    comparing.messages[DIFF_OLD] = NULL;
    for (size_t i = 0; i < new->doc->message_count; i++) {
        comparing.messages[DIFF_NEW] = &new->doc->messages[i];
        if (diff_side_message(old, new->doc->messages[i].name) == NULL) {
            compare_heads(&comparing);
        }
    }
}
