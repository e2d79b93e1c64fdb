/* SPDX-License-Identifier: MIT */
/*
 * YAML events to located nodes, without recursion. What is too large, too deep or no text
 * at all is refused before or while libyaml reads it; what profiles do not use of YAML is
 * named where it stands, and reading goes on to find more.
 */
#include "tree.h"

#include <string.h>

#include <yaml.h>

#include "tree_anchor.h"
#include "utf8.h"

/* A list or mapping that is not complete. */
struct level {
    struct node *node;
    size_t item_capacity, key_capacity;
    struct node *key; /* mapping: a key that waits for its value */
    const char *anchor;
    size_t before; /* nodes there were in front of it */
    size_t height; /* levels inside, so far */
};

/* Lives in the arena, so that a jump out of it finds it unharmed. */
struct reader {
    struct diag *diag;
    unsigned file;
    const char *text;
    size_t length;
    size_t passed;          /* bytes in front of the text that mark the encoding */
    size_t character, byte; /* a place in the text, both ways of counting */
    yaml_parser_t parser;
    yaml_event_t event; /* the one at hand, or none */
    struct level levels[TREE_MAX_DEPTH];
    size_t depth;
    struct node *root;
    bool done;
    bool aliased; /* anchors and aliases are taken */
    struct anchors anchors;
    size_t nodes; /* so far, aliases with all that they stand for */
};

static unsigned clamp_mark(size_t value)
{
    return value > TREE_MAX_BYTES ? TREE_MAX_BYTES + 1 : (unsigned)value + 1;
}

static struct location place_of(const struct reader *reader, yaml_mark_t mark)
{
    return (struct location){clamp_mark(mark.line), clamp_mark(mark.column), 1,
                             reader->file};
}

static struct location locate(const struct reader *reader, yaml_mark_t start,
                              yaml_mark_t end)
{
    struct location where = place_of(reader, start);

    if (start.line == end.line && end.column > start.column)
        where.width = (unsigned)(end.column - start.column);
    return where;
}

static bool is_continued(char byte)
{
    return ((unsigned char)byte & 0xC0u) == 0x80u;
}

/* Where the character of that number begins in the file. Marks go forward but for a few
 * characters, so that counting on from the last one is quick. */
static size_t offset_of(struct reader *reader, size_t character)
{
    while (reader->character < character && reader->byte < reader->length) {
        reader->byte++;
        while (reader->byte < reader->length && is_continued(reader->text[reader->byte]))
            reader->byte++;
        reader->character++;
    }
    while (reader->character > character && reader->byte > 0) {
        reader->byte--;
        while (reader->byte > 0 && is_continued(reader->text[reader->byte]))
            reader->byte--;
        reader->character--;
    }
    return reader->byte + reader->passed;
}

/* Append to an open list or mapping, or make it the root. */
static void attach(struct reader *reader, struct node *node)
{
    struct arena *arena = reader->diag->arena;

    if (reader->depth == 0) {
        if (reader->root == NULL)
            reader->root = node;
        return;
    }
    struct level *level = &reader->levels[reader->depth - 1];
    struct node *parent = level->node;
    if (parent->kind == NODE_MAP && level->key == NULL) {
        level->key = node;
        return;
    }
    if (parent->kind == NODE_MAP) {
        parent->keys = arena_grow(arena, parent->keys, parent->count,
                                  &level->key_capacity, sizeof(struct node *));
        parent->keys[parent->count] = level->key;
        level->key = NULL;
    }
    parent->items = arena_grow(arena, parent->items, parent->count, &level->item_capacity,
                               sizeof(struct node *));
    parent->items[parent->count++] = node;
}

static bool is_key_next(const struct reader *reader)
{
    if (reader->depth == 0)
        return false;
    const struct level *level = &reader->levels[reader->depth - 1];
    return level->node->kind == NODE_MAP && level->key == NULL;
}

static struct node *new_node(struct reader *reader, enum node_kind kind,
                             const yaml_event_t *event)
{
    struct node *node = arena_alloc(reader->diag->arena, sizeof(*node));
    node->kind = kind;
    node->where = locate(reader, event->start_mark, event->end_mark);
    node->from = offset_of(reader, event->start_mark.index);
    node->to = offset_of(reader, event->end_mark.index);
    reader->nodes++;
    return node;
}

/* The name of an anchor that is to be kept, or NULL. */
static const char *anchor_of(struct reader *reader, const yaml_char_t *anchor)
{
    const char *name = (const char *)anchor;
    return name != NULL && reader->aliased
               ? arena_copy(reader->diag->arena, name, strlen(name))
               : NULL;
}

/* What is `height` levels high stands inside the innermost open one. */
static void grow(struct reader *reader, size_t height)
{
    struct level *level = reader->depth > 0 ? &reader->levels[reader->depth - 1] : NULL;
    if (level != NULL && level->height < height)
        level->height = height;
}

static void refuse_extras(struct reader *reader, const yaml_event_t *event,
                          const yaml_char_t *anchor, const yaml_char_t *tag)
{
    struct location where = place_of(reader, event->start_mark);

    if (anchor != NULL && !reader->aliased)
        diag_report(reader->diag, RULE_YAML_FEATURE, where,
                    "anchors are not used in profiles: '&%s'", (const char *)anchor);
    else if (tag != NULL)
        diag_report(reader->diag, RULE_YAML_FEATURE, where,
                    "tags are not used in profiles: '%s'", (const char *)tag);
}

static void open_collection(struct reader *reader, enum node_kind kind, bool flow,
                            const yaml_event_t *event, const yaml_char_t *anchor)
{
    size_t before = reader->nodes;
    struct node *node = new_node(reader, kind, event);

    node->flow = flow;
    node->where.width = 1;
    if (reader->depth == TREE_MAX_DEPTH) {
        diag_report(reader->diag, RULE_YAML_LIMIT, node->where,
                    "nested deeper than %d levels", TREE_MAX_DEPTH);
        reader->done = true;
        return;
    }
    if (is_key_next(reader))
        diag_report(reader->diag, RULE_EXPECTED_SCALAR, node->where,
                    "a key is a single text, no list or mapping");
    attach(reader, node);
    reader->levels[reader->depth++] = (struct level){
        .node = node, .anchor = anchor_of(reader, anchor), .before = before};
}

/* libyaml ends what has no brackets where the next thing begins. */
static void close_collection(struct reader *reader, const yaml_event_t *event)
{
    struct level *level = &reader->levels[--reader->depth];
    struct node *node = level->node;

    if (node->flow)
        node->to = offset_of(reader, event->end_mark.index);
    else if (node->count > 0)
        node->to = node->items[node->count - 1]->to;
    if (node->kind == NODE_MAP && node->count > 1)
        node_check_duplicates(reader->diag, node);
    grow(reader, level->height + 1);
    if (level->anchor != NULL)
        anchors_keep(&reader->anchors, reader->diag->arena,
                     (struct anchor){level->anchor, node, reader->nodes - level->before,
                                     level->height + 1});
}

static void take_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct diag *diag = reader->diag;
    struct node *node = new_node(reader, NODE_SCALAR, event);
    size_t length = event->data.scalar.length;
    yaml_scalar_style_t style = event->data.scalar.style;

    refuse_extras(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
    node->text = arena_copy(diag->arena, (const char *)event->data.scalar.value, length);
    node->length = length;
    node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    if (is_key_next(reader) && strlen(node->text) != length)
        diag_report(diag, RULE_YAML_SYNTAX, node->where,
                    "a key cannot hold the character of code 0");
    if (is_key_next(reader) && !node->quoted && strcmp(node->text, "<<") == 0)
        diag_report(diag, RULE_YAML_FEATURE, node->where,
                    "merge keys are not used in profiles");
    attach(reader, node);
    const char *anchor = anchor_of(reader, event->data.scalar.anchor);
    if (anchor != NULL)
        anchors_keep(&reader->anchors, diag->arena, (struct anchor){anchor, node, 1, 0});
}

/* The node of an anchor once more. */
static void repeat_anchor(struct reader *reader, const struct anchor *anchor,
                          struct location where)
{
    if (is_key_next(reader) && anchor->node->kind != NODE_SCALAR) {
        diag_report(reader->diag, RULE_EXPECTED_SCALAR, where,
                    "a key is a single text, no list or mapping");
    } else if (reader->depth + anchor->height > TREE_MAX_DEPTH) {
        diag_report(reader->diag, RULE_YAML_LIMIT, where,
                    "nested deeper than %d levels with what the alias stands for",
                    TREE_MAX_DEPTH);
        reader->done = true;
    } else if (anchor->nodes > TREE_MAX_NODES - reader->nodes) {
        diag_report(reader->diag, RULE_YAML_LIMIT, where,
                    "more than %d values with what the aliases stand for",
                    TREE_MAX_NODES);
        reader->done = true;
    } else {
        reader->nodes += anchor->nodes;
        grow(reader, anchor->height);
        attach(reader, anchor->node);
    }
}

static void take_alias(struct reader *reader, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    const struct anchor *anchor = anchors_find(&reader->anchors, name);
    if (reader->aliased && anchor != NULL) {
        repeat_anchor(reader, anchor, locate(reader, event->start_mark, event->end_mark));
        return;
    }
    struct node *stand_in = new_node(reader, NODE_SCALAR, event);
    stand_in->text = arena_format(reader->diag->arena, "*%s", name);
    stand_in->length = strlen(stand_in->text);
    diag_report(reader->diag, RULE_YAML_FEATURE, stand_in->where,
                reader->aliased ? "there is no complete '%s' in front of it"
                                : "aliases are not used in profiles: '%s'",
                stand_in->text);
    attach(reader, stand_in);
}

static void start_document(struct reader *reader, const yaml_event_t *event)
{
    struct location where = place_of(reader, event->start_mark);

    if (reader->root != NULL) {
        diag_report(reader->diag, RULE_YAML_FEATURE, where,
                    "a profile is one document: nothing may follow it");
        reader->done = true;
    } else if (event->data.document_start.version_directive != NULL ||
               event->data.document_start.tag_directives.start !=
                   event->data.document_start.tag_directives.end) {
        diag_report(reader->diag, RULE_YAML_FEATURE, where,
                    "directives are not used in profiles");
    }
}

static void take_event(struct reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        start_document(reader, event);
        break;
    case YAML_ALIAS_EVENT:
        take_alias(reader, event);
        break;
    case YAML_SCALAR_EVENT:
        take_scalar(reader, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        refuse_extras(reader, event, event->data.sequence_start.anchor,
                      event->data.sequence_start.tag);
        open_collection(reader, NODE_LIST,
                        event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                        event, event->data.sequence_start.anchor);
        break;
    case YAML_MAPPING_START_EVENT:
        refuse_extras(reader, event, event->data.mapping_start.anchor,
                      event->data.mapping_start.tag);
        open_collection(reader, NODE_MAP,
                        event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, event,
                        event->data.mapping_start.anchor);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(reader, event);
        break;
    case YAML_STREAM_END_EVENT:
    case YAML_NO_EVENT:
        reader->done = true;
        break;
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
}

/* What libyaml complains about, as one of our findings. */
static void report_failure(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem != NULL ? parser->problem : "unreadable text";
    yaml_mark_t mark = parser->problem_mark;

    if (parser->error == YAML_MEMORY_ERROR)
        arena_fail(reader->diag->arena);
    struct location where = place_of(reader, mark);
    if (strstr(problem, "directive") != NULL || strstr(problem, "tag handle") != NULL ||
        strstr(problem, "incompatible YAML document") != NULL)
        diag_report(reader->diag, RULE_YAML_FEATURE, where,
                    "directives and tags are not used in profiles (%s)", problem);
    else if (parser->context != NULL && parser->context_mark.line != mark.line)
        diag_report(reader->diag, RULE_YAML_SYNTAX, where,
                    "%s, %s that begins in line %u", problem, parser->context,
                    clamp_mark(parser->context_mark.line));
    else if (parser->context != NULL)
        diag_report(reader->diag, RULE_YAML_SYNTAX, where, "%s, %s", problem,
                    parser->context);
    else
        diag_report(reader->diag, RULE_YAML_SYNTAX, where, "%s", problem);
}

static void read_events(struct reader *reader)
{
    while (!reader->done) {
        if (yaml_parser_parse(&reader->parser, &reader->event) == 0) {
            report_failure(reader);
            return;
        }
        take_event(reader, &reader->event);
        yaml_event_delete(&reader->event);
    }
}

/* Characters that YAML or our counting of lines cannot take; the first ends the reading.
 */
static bool check_characters(struct diag *diag, unsigned file, const char *text,
                             size_t length)
{
    struct location where = {1, 1, 1, file};

    for (size_t i = 0; i < length; where.column++) {
        uint32_t character;
        size_t size = utf8_decode(text + i, length - i, &character);
        if (size == 0) {
            diag_report(diag, RULE_YAML_SYNTAX, where,
                        "byte 0x%02X is no valid UTF-8: save the file as UTF-8",
                        (unsigned)character);
            return false;
        }
        i += size;
        if (character == '\n' ||
            (character == '\r' && (i == length || text[i] != '\n'))) {
            where.line++;
            where.column = 0;
        } else if (character != '\t' && character != '\r' && utf8_is_hidden(character)) {
            diag_report(diag, RULE_YAML_SYNTAX, where,
                        "character U+%04X is not allowed; in double quotes it can be "
                        "written as an escape",
                        (unsigned)character);
            return false;
        }
    }
    return true;
}

static void read_document(struct reader *reader)
{
    jmp_buf target;
    struct arena *arena = reader->diag->arena;

    if (yaml_parser_initialize(&reader->parser) == 0)
        arena_fail(arena);
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)reader->text,
                                 reader->length);

    /* libyaml's memory is not the arena's: free it on the way out. */
    jmp_buf *outer = arena_on_failure(arena, &target);
    if (setjmp(target) != 0) {
        yaml_event_delete(&reader->event);
        yaml_parser_delete(&reader->parser);
        arena_on_failure(reader->diag->arena, outer);
        arena_fail(reader->diag->arena);
    }
    read_events(reader);
    arena_on_failure(arena, outer);
    yaml_parser_delete(&reader->parser);
}

static struct node *parse(struct diag *diag, unsigned file, bool aliased)
{
    size_t errors = diag->errors;
    struct location start = {1, 1, 1, file};
    const char *text = diag->files[file].text;
    size_t length = diag->files[file].length, passed = 0;

    if (length > TREE_MAX_BYTES) {
        diag_report(diag, RULE_YAML_LIMIT, start,
                    "the file has %zu bytes, and at most %d are allowed", length,
                    TREE_MAX_BYTES);
        return NULL;
    }
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        passed = 3;
        text += passed;
        length -= passed;
    }
    if (!check_characters(diag, file, text, length))
        return NULL;

    struct reader *reader = arena_alloc(diag->arena, sizeof(*reader));
    reader->diag = diag;
    reader->file = file;
    reader->text = text;
    reader->length = length;
    reader->passed = passed;
    reader->aliased = aliased;
    read_document(reader);
    if (reader->root == NULL && diag->errors == errors)
        diag_report(diag, RULE_EXPECTED_MAP, start,
                    "the file is empty; a profile is a mapping");
    return diag->errors == errors ? reader->root : NULL;
}

struct node *tree_parse_file(struct diag *diag, unsigned file)
{
    return parse(diag, file, false);
}

struct node *tree_parse(struct diag *diag)
{
    return parse(diag, 0, false);
}

struct node *tree_parse_aliased(struct diag *diag, unsigned file)
{
    return parse(diag, file, true);
}
