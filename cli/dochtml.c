/* SPDX-License-Identifier: MIT */
/* The document as one HTML file: style and pictures stand in it, and no script. */
#include "document.h"
#include "letters.h"
#include "markup.h"
#include "notehtml.h"
#include "ruler.h"

#include <string.h>

static const char style[] =
    "body { font: 15px/1.5 sans-serif; margin: 0 auto; padding: 1em; max-width: 72em;\n"
    "       color: #222; background: #fff; overflow-wrap: break-word }\n"
    "h1, h2, h3 { line-height: 1.2; break-after: avoid }\n"
    "h1 { border-bottom: 2px solid #246; padding-bottom: .2em }\n"
    "h2 { margin-top: 2em; border-bottom: 1px solid #9ab }\n"
    "h3 { margin-top: 1.8em }\n"
    "h4 { margin-bottom: .4em; break-after: avoid }\n"
    ".wide { overflow-x: auto; margin-bottom: 1em }\n"
    "table { border-collapse: collapse; font-size: 14px }\n"
    "th, td { padding: 3px 10px; text-align: left; vertical-align: top;\n"
    "         border-bottom: 1px solid #ddd }\n"
    "th { background: #eef2f6 }\n"
    "tr { break-inside: avoid }\n"
    "td.name { font-weight: bold; max-width: 24em }\n"
    "td.size { white-space: nowrap }\n"
    "td.values, td.text { min-width: 11em; max-width: 32em; overflow-wrap: anywhere }\n"
    "td.code, pre { font-family: monospace; white-space: pre-wrap }\n"
    "td.code { max-width: 28em; min-width: 6em; overflow-wrap: anywhere }\n"
    "pre { background: #f5f7f9; padding: .6em }\n"
    "i { color: #567; font-style: normal }\n"
    "dl { display: grid; grid-template-columns: max-content minmax(0, 1fr);\n"
    "     gap: .2em 1em }\n"
    "dt { color: #567 } dd { margin: 0; overflow-wrap: anywhere }\n"
    "tr.gap td { color: #777 }\n"
    "svg { display: block; break-inside: avoid }\n"
    "svg text { font: 12px 'DejaVu Sans Mono', Consolas, monospace; fill: #222;\n"
    "           text-anchor: middle }\n"
    "svg text.at { font-size: 10px; fill: #567 }\n"
    "svg text.value { fill: #246 }\n"
    "svg text.key { font-weight: bold; fill: #246 }\n"
    "svg rect { fill: #fff; stroke: #456 }\n"
    "svg rect.const { fill: #eef2f6 }\n"
    "ol.legend { margin-top: 0; font-size: 14px }\n"
    "@media print { body { font-size: 10pt; max-width: none; padding: 0 }\n"
    "               nav { display: none } .wide { overflow: visible } }\n"
    "@media (max-width: 40em) { th, td { padding: 2px 5px } }\n";

struct writing {
    FILE *file;
    size_t chapter; /* number of the model, for the names of places */
};

static void put_element(FILE *file, const char *tag, const char *text)
{
    (void)fprintf(file, "<%s>", tag);
    markup_put(file, text);
    (void)fprintf(file, "</%s>", tag);
}

/* Nothing for an empty text. */
static void put_paragraph(FILE *file, const char *text)
{
    if (text[0] != '\0') {
        put_element(file, "p", text);
        (void)fputc('\n', file);
    }
}

static void put_cell(FILE *file, const char *kind, const char *text)
{
    (void)fprintf(file, "<td class=\"%s\">", kind);
    markup_put(file, text);
    (void)fputs("</td>", file);
}

static void put_facts(FILE *file, const struct dgm_doc_facts *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        put_element(file, "dt", facts->items[i].name);
        put_element(file, "dd", facts->items[i].text);
        (void)fputc('\n', file);
    }
}

static void put_members(FILE *file, const struct dgm_doc_part *part)
{
    (void)fputs("<div class=\"wide\"><table>\n<tr><th>name</th><th>type</th>"
                "<th>values</th><th>unit</th><th>use</th><th>description</th></tr>\n",
                file);
    for (size_t i = 0; i < part->member_count; i++) {
        const struct dgm_doc_member *member = &part->members[i];
        (void)fputs("<tr>", file);
        put_cell(file, "name", member->name);
        put_cell(file, "type", member->type);
        put_cell(file, "values", member->range);
        put_cell(file, "unit", member->unit);
        put_cell(file, "use", member->access);
        put_cell(file, "text", member->text);
        (void)fputs("</tr>\n", file);
    }
    (void)fputs("</table></div>\n", file);
}

static void put_part(FILE *file, const struct dgm_doc_part *part)
{
    (void)fprintf(file, "<h4>%s ", document_part_word(part->kind));
    markup_put(file, part->name);
    (void)fputs("</h4>\n", file);
    put_paragraph(file, part->text);
    if (part->member_count > 0) {
        put_members(file, part);
    } else {
        (void)fputs("<p>Without parameters.</p>\n", file);
    }
}

static void put_services(const struct writing *writing, const struct dgm_doc *doc)
{
    FILE *file = writing->file;
    if (doc->service_count == 0) {
        return;
    }
    (void)fprintf(file, "<h2 id=\"services-%zu\">Services</h2>\n", writing->chapter);
    for (size_t i = 0; i < doc->service_count; i++) {
        const struct dgm_doc_service *service = &doc->services[i];
        (void)fputs("<h3>Service ", file);
        markup_put(file, service->name);
        (void)fputs("</h3>\n", file);
        put_paragraph(file, service->text);
        put_paragraph(file, service->is_derived
                                ? "The profile declares no services; these members come "
                                  "out of its messages."
                                : "");
        for (size_t k = 0; k < service->part_count; k++) {
            put_part(file, &service->parts[k]);
        }
    }
}

static void put_fact_line(FILE *file, const char *name, const char *text)
{
    (void)fputs("<div>", file);
    put_element(file, "i", name);
    (void)fputs(" ", file);
    markup_put(file, text);
    (void)fputs("</div>", file);
}

static void put_item(FILE *file, const struct dgm_doc_item *item)
{
    (void)fputs("<tr>", file);
    put_cell(file, "at", item->at);
    put_cell(file, "size", item->size);
    (void)fprintf(file, "<td class=\"name\" style=\"padding-left: %uem\">",
                  1 + item->depth);
    markup_put(file, item->name);
    (void)fputs("</td>", file);
    put_cell(file, "type", item->type);
    (void)fputs("<td class=\"values\">", file);
    if (item->value[0] != '\0') {
        put_fact_line(file, "constant", item->value);
    }
    for (size_t i = 0; i < item->facts.count; i++) {
        put_fact_line(file, item->facts.items[i].name, item->facts.items[i].text);
    }
    (void)fputs("</td></tr>\n", file);
}

static void put_layout(FILE *file, const struct dgm_doc_message *message)
{
    if (message->item_count > 0) {
        (void)fputs("<div class=\"wide\"><table>\n<tr><th>byte</th><th>size</th>"
                    "<th>name</th><th>type</th><th>meaning</th></tr>\n",
                    file);
        for (size_t i = 0; i < message->item_count; i++) {
            put_item(file, &message->items[i]);
        }
        (void)fputs("</table></div>\n", file);
    }
    if (message->items_left_out > 0) {
        (void)fprintf(file, "<p>%zu more lines are left out.</p>\n",
                      message->items_left_out);
    }
}

static void put_ruler(FILE *file, struct ruler *ruler, const char *title,
                      const char *name, const char *at)
{
    if (ruler->count > 0) {
        (void)fprintf(file, "<h4>%s ", title);
        markup_put(file, name);
        (void)fputs(at[0] != '\0' ? ", byte " : "", file);
        markup_put(file, at);
        (void)fputs("</h4>\n", file);
        ruler_svg(file, ruler);
    }
    ruler_close(ruler);
}

/* Without memory a picture is left out: the table says the same. */
static void put_rulers(FILE *file, const struct dgm_doc_message *message)
{
    struct ruler ruler;
    size_t groups = 0;
    if (ruler_of_frame(&ruler, message)) {
        put_ruler(file, &ruler, "Bytes of", message->name, "");
    }
    for (size_t i = 0; i < message->item_count; i++) {
        const struct dgm_doc_item *item = &message->items[i];
        if (!ruler_is_group(item) || ++groups > RULER_GROUPS_MOST) {
            continue;
        }
        if (ruler_of_bits(&ruler, message, i)) {
            put_ruler(file, &ruler, "Bits of", item->name, item->at);
        }
    }
    if (groups > RULER_GROUPS_MOST) {
        (void)fprintf(file, "<p>%zu more groups of bits are not drawn.</p>\n",
                      groups - RULER_GROUPS_MOST);
    }
}

static void put_json(FILE *file, const char *json)
{
    size_t length = json != NULL ? strlen(json) : 0;
    char begin[EXAMPLES_JSON + 1];
    if (length > EXAMPLES_JSON) {
        (void)fprintf(file, "<p>JSON of %zu bytes, which begins:</p>\n", length);
        length = letters_cut(json, EXAMPLES_JSON);
    }
    if (length > 0) {
        memcpy(begin, json, length);
        begin[length] = '\0';
        put_element(file, "pre", begin);
        (void)fputc('\n', file);
    }
}

static void put_example(FILE *file, const struct example *example)
{
    const struct dgm_test *test = example->test;
    char words[DOCUMENT_WORDS];
    document_words(test, words);
    (void)fputs("<h4>Example, ", file);
    markup_put(file, words);
    (void)fputs("</h4>\n<pre>", file);
    document_dump(file, test->frame, test->frame_length);
    (void)fputs("</pre>\n", file);
    if (example->annotation.count > 0) {
        (void)fputs("<div class=\"wide\">", file);
        note_html_table(file, &example->annotation, EXAMPLES_NOTES);
        (void)fputs("</div>\n", file);
    }
    put_json(file, example_json(example));
}

static void put_message(const struct writing *writing, const struct chapter *chapter,
                        size_t index)
{
    FILE *file = writing->file;
    const struct dgm_doc_message *message = &chapter->doc->messages[index];
    (void)fprintf(file, "<section>\n<h3 id=\"message-%zu-%zu\">Message ",
                  writing->chapter, index + 1);
    markup_put(file, message->name);
    (void)fputs("</h3>\n", file);
    put_paragraph(file, message->text);
    (void)fprintf(file, "<dl><dt>kind</dt><dd>%s</dd>\n<dt>direction</dt><dd>%s</dd>\n",
                  message->kind, message->direction);
    put_facts(file, &message->recognition);
    (void)fputs("</dl>\n<h4>Most of</h4>\n<dl>", file);
    put_facts(file, &message->sizes);
    (void)fputs("</dl>\n<h4>Layout</h4>\n", file);
    put_layout(file, message);
    put_rulers(file, message);
    for (size_t i = 0; i < chapter->examples.count; i++) {
        if (chapter->examples.items[i].message == index) {
            put_example(file, &chapter->examples.items[i]);
        }
    }
    (void)fputs("</section>\n", file);
}

static void put_contents(const struct writing *writing, const struct dgm_doc *doc)
{
    FILE *file = writing->file;
    (void)fputs("<nav><ul>\n", file);
    if (doc->service_count > 0) {
        (void)fprintf(file, "<li><a href=\"#services-%zu\">Services</a></li>\n",
                      writing->chapter);
    }
    for (size_t i = 0; i < doc->message_count; i++) {
        (void)fprintf(file, "<li><a href=\"#message-%zu-%zu\">Message ", writing->chapter,
                      i + 1);
        markup_put(file, doc->messages[i].name);
        (void)fputs("</a></li>\n", file);
    }
    (void)fputs("</ul></nav>\n", file);
}

static void put_chapter(const struct writing *writing, const struct chapter *chapter)
{
    FILE *file = writing->file;
    const struct dgm_doc *doc = chapter->doc;
    (void)fprintf(file, "<h1 id=\"model-%zu\">", writing->chapter);
    markup_put(file, doc->name);
    (void)fputs("</h1>\n", file);
    put_paragraph(file, doc->text);
    (void)fputs("<dl>\n", file);
    put_facts(file, &doc->product);
    (void)fputs("</dl>\n", file);
    put_contents(writing, doc);
    put_services(writing, doc);
    (void)fputs("<h2>Messages</h2>\n", file);
    put_paragraph(file, document_layout_words);
    for (size_t i = 0; i < doc->message_count; i++) {
        put_message(writing, chapter, i);
    }
}

static void put_family(FILE *file, const struct document *document)
{
    (void)fputs("<p>A family of models:</p>\n<ul>\n", file);
    for (size_t i = 0; i < document->count; i++) {
        (void)fprintf(file, "<li><a href=\"#model-%zu\">", i + 1);
        markup_put(file, document->chapters[i].doc->name);
        (void)fputs("</a></li>\n", file);
    }
    (void)fputs("</ul>\n", file);
}

void document_html(FILE *file, const struct document *document)
{
    (void)fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
                file);
    markup_put(file, document->chapters[0].doc->name);
    (void)fprintf(file, "</title>\n<style>\n%s</style>\n", style);
    if (document->count > 1) {
        put_family(file, document);
    }
    for (size_t i = 0; i < document->count; i++) {
        struct writing writing = {file, i + 1};
        put_chapter(&writing, &document->chapters[i]);
    }
    (void)fputs("</html>\n", file);
}
