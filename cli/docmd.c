/* SPDX-License-Identifier: MIT */
/* The document as Markdown: headings, tables, and blocks of code for pictures and data.
 */
#include "base64.h"
#include "document.h"
#include "letters.h"
#include "mdtext.h"
#include "ruler.h"

#include <string.h>

struct writing {
    FILE *file;
    unsigned level; /* of the headings of a chapter */
};

static void put_heading(const struct writing *writing, unsigned deeper, const char *word,
                        const char *text)
{
    for (unsigned i = 0; i < writing->level + deeper; i++) {
        (void)fputc('#', writing->file);
    }
    (void)fprintf(writing->file, " %s%s", word, word[0] != '\0' && text[0] ? " " : "");
    md_put(writing->file, text);
    (void)fputs("\n\n", writing->file);
}

static void put_cell(const struct writing *writing, const char *text)
{
    (void)fputs("| ", writing->file);
    md_put(writing->file, text);
    (void)fputc(' ', writing->file);
}

static void end_row(const struct writing *writing)
{
    (void)fputs("|\n", writing->file);
}

/* `line` has the names of the columns and the bars between. */
static void put_head(const struct writing *writing, const char *line)
{
    (void)fprintf(writing->file, "| %s |\n|", line);
    for (const char *at = line; at != NULL; at = strchr(at + 1, '|')) {
        (void)fputs("---|", writing->file);
    }
    (void)fputc('\n', writing->file);
}

static void put_facts(const struct writing *writing, const struct dgm_doc_facts *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        (void)fprintf(writing->file, "- %s: ", facts->items[i].name);
        md_put(writing->file, facts->items[i].text);
        (void)fputc('\n', writing->file);
    }
    (void)fputs(facts->count > 0 ? "\n" : "", writing->file);
}

static void put_part(const struct writing *writing, const struct dgm_doc_part *part)
{
    put_heading(writing, 3, document_part_word(part->kind), part->name);
    md_paragraph(writing->file, part->text);
    if (part->member_count == 0) {
        (void)fputs("Without parameters.\n\n", writing->file);
        return;
    }
    put_head(writing, "name | type | values | unit | use | description");
    for (size_t i = 0; i < part->member_count; i++) {
        const struct dgm_doc_member *member = &part->members[i];
        put_cell(writing, member->name);
        put_cell(writing, member->type);
        put_cell(writing, member->range);
        put_cell(writing, member->unit);
        put_cell(writing, member->access);
        put_cell(writing, member->text);
        end_row(writing);
    }
    (void)fputc('\n', writing->file);
}

static void put_services(const struct writing *writing, const struct dgm_doc *doc)
{
    if (doc->service_count == 0) {
        return;
    }
    put_heading(writing, 1, "Services", "");
    for (size_t i = 0; i < doc->service_count; i++) {
        const struct dgm_doc_service *service = &doc->services[i];
        put_heading(writing, 2, "Service", service->name);
        md_paragraph(writing->file, service->text);
        if (service->is_derived) {
            (void)fputs("The profile declares no services; these members come out of its "
                        "messages.\n\n",
                        writing->file);
        }
        for (size_t k = 0; k < service->part_count; k++) {
            put_part(writing, &service->parts[k]);
        }
    }
}

static void put_item(const struct writing *writing, const struct dgm_doc_item *item)
{
    const char *between = "";
    put_cell(writing, item->at);
    put_cell(writing, item->size);
    (void)fputs("| ", writing->file);
    for (unsigned i = 0; i < item->depth; i++) {
        (void)fputs("&middot; ", writing->file);
    }
    md_put(writing->file, item->name);
    (void)fputc(' ', writing->file);
    put_cell(writing, item->type);
    (void)fputs("| ", writing->file);
    if (item->value[0] != '\0') {
        (void)fputs("constant: ", writing->file);
        md_put(writing->file, item->value);
        between = "<br>";
    }
    for (size_t i = 0; i < item->facts.count; i++) {
        (void)fprintf(writing->file, "%s%s: ", between, item->facts.items[i].name);
        md_put(writing->file, item->facts.items[i].text);
        between = "<br>";
    }
    (void)fputc(' ', writing->file);
    end_row(writing);
}

static void put_layout(const struct writing *writing,
                       const struct dgm_doc_message *message)
{
    if (message->item_count > 0) {
        put_head(writing, "byte | size | name | type | meaning");
    }
    for (size_t i = 0; i < message->item_count; i++) {
        put_item(writing, &message->items[i]);
    }
    (void)fputc('\n', writing->file);
    if (message->items_left_out > 0) {
        (void)fprintf(writing->file, "%zu more lines are left out.\n\n",
                      message->items_left_out);
    }
}

static void put_legend(const struct writing *writing, const struct ruler *ruler)
{
    bool any = false;
    for (size_t i = 0; i < ruler->count; i++) {
        const struct ruler_cell *cell = &ruler->cells[i];
        if (cell->legend == 0) {
            continue;
        }
        any = true;
        (void)fprintf(writing->file, "%u. ", cell->legend);
        md_put(writing->file, cell->name);
        (void)fputs(cell->value[0] != '\0' ? " = " : "", writing->file);
        md_put(writing->file, cell->value);
        (void)fputc('\n', writing->file);
    }
    (void)fputs(any ? "\n" : "", writing->file);
}

static void put_ruler(const struct writing *writing, struct ruler *ruler,
                      const char *title, const char *name, const char *at)
{
    if (ruler->count > 0) {
        (void)fprintf(writing->file, "%s ", title);
        md_put(writing->file, name);
        (void)fputs(at[0] != '\0' ? ", byte " : "", writing->file);
        md_put(writing->file, at);
        (void)fputs(":\n\n```\n", writing->file);
        ruler_ascii(writing->file, ruler);
        (void)fputs("```\n\n", writing->file);
        put_legend(writing, ruler);
    }
    ruler_close(ruler);
}

/* Without memory a picture is left out: the table says the same. */
static void put_rulers(const struct writing *writing,
                       const struct dgm_doc_message *message)
{
    struct ruler ruler;
    size_t groups = 0;
    if (ruler_of_frame(&ruler, message)) {
        put_ruler(writing, &ruler, "Bytes of", message->name, "");
    }
    for (size_t i = 0; i < message->item_count; i++) {
        const struct dgm_doc_item *item = &message->items[i];
        if (!ruler_is_group(item) || ++groups > RULER_GROUPS_MOST) {
            continue;
        }
        if (ruler_of_bits(&ruler, message, i)) {
            put_ruler(writing, &ruler, "Bits of", item->name, item->at);
        }
    }
    if (groups > RULER_GROUPS_MOST) {
        (void)fprintf(writing->file, "%zu more groups of bits are not drawn.\n\n",
                      groups - RULER_GROUPS_MOST);
    }
}

static void put_note(const struct writing *writing, const struct annotation *annotation,
                     const struct note *note)
{
    if (note->is_computed) {
        (void)fputs("| | ", writing->file);
    } else {
        (void)fprintf(writing->file, "| %zu | ", note->at);
    }
    if (!note->is_plain) {
        hex_put(writing->file, annotation->content + note->at, note->end - note->at);
    }
    (void)fputc(' ', writing->file);
    put_cell(writing, note->bits);
    put_cell(writing, note->name[0] != '\0' ? note->name : "(not read)");
    put_cell(writing, note->raw);
    put_cell(writing, note->value != NULL ? note->value : "");
    end_row(writing);
}

static void put_json(const struct writing *writing, const char *json)
{
    size_t length = json != NULL ? strlen(json) : 0;
    if (length > EXAMPLES_JSON) {
        (void)fprintf(writing->file, "JSON of %zu bytes, which begins:\n\n", length);
        length = letters_cut(json, EXAMPLES_JSON);
    }
    if (length > 0) {
        md_code(writing->file, "json", json, length);
    }
}

static void put_example(const struct writing *writing, const struct example *example)
{
    const struct annotation *annotation = &example->annotation;
    const struct dgm_test *test = example->test;
    char words[DOCUMENT_WORDS];
    document_words(test, words);
    (void)fputs("Example, ", writing->file);
    md_put(writing->file, words);
    (void)fputs(":\n\n```\n", writing->file);
    document_dump(writing->file, test->frame, test->frame_length);
    (void)fputs("```\n\n", writing->file);
    if (annotation->count > 0) {
        put_head(writing, "byte | hex | bits | field | raw | value");
    }
    for (size_t i = 0; i < annotation->count && i < EXAMPLES_NOTES; i++) {
        put_note(writing, annotation, &annotation->notes[i]);
    }
    (void)fputs(annotation->count > 0 ? "\n" : "", writing->file);
    put_json(writing, example_json(example));
}

static void put_message(const struct writing *writing, const struct chapter *chapter,
                        size_t index)
{
    const struct dgm_doc_message *message = &chapter->doc->messages[index];
    put_heading(writing, 2, "Message", message->name);
    md_paragraph(writing->file, message->text);
    (void)fputs("- kind: ", writing->file);
    md_put(writing->file, message->kind);
    (void)fprintf(writing->file, "\n- direction: %s\n", message->direction);
    put_facts(writing, &message->recognition);
    if (message->recognition.count == 0) {
        (void)fputc('\n', writing->file);
    }
    put_head(writing, "most of | ");
    for (size_t i = 0; i < message->sizes.count; i++) {
        put_cell(writing, message->sizes.items[i].name);
        put_cell(writing, message->sizes.items[i].text);
        end_row(writing);
    }
    (void)fputc('\n', writing->file);
    put_layout(writing, message);
    put_rulers(writing, message);
    for (size_t i = 0; i < chapter->examples.count; i++) {
        if (chapter->examples.items[i].message == index) {
            put_example(writing, &chapter->examples.items[i]);
        }
    }
}

static void put_chapter(const struct writing *writing, const struct chapter *chapter)
{
    const struct dgm_doc *doc = chapter->doc;
    put_heading(writing, 0, "", doc->name);
    md_paragraph(writing->file, doc->text);
    put_facts(writing, &doc->product);
    put_services(writing, doc);
    put_heading(writing, 1, "Messages", "");
    md_paragraph(writing->file, document_layout_words);
    for (size_t i = 0; i < doc->message_count; i++) {
        put_message(writing, chapter, i);
    }
}

void document_markdown(FILE *file, const struct document *document)
{
    struct writing writing = {file, 1};
    if (document->count > 1) {
        put_heading(&writing, 0, "", document->chapters[0].doc->name);
        (void)fputs("A family of models:\n\n", file);
        for (size_t i = 0; i < document->count; i++) {
            (void)fputs("- ", file);
            md_put(file, document->chapters[i].doc->name);
            (void)fputc('\n', file);
        }
        (void)fputc('\n', file);
        writing.level = 2;
    }
    for (size_t i = 0; i < document->count; i++) {
        put_chapter(&writing, &document->chapters[i]);
    }
}
