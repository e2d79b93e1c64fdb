/* SPDX-License-Identifier: MIT */
#include "notehtml.h"
#include "markup.h"

static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<meta charset=\"utf-8\">\n"
    "<title>Annotated frames</title>\n"
    "<style>\n"
    "body { font: 15px/1.5 sans-serif; margin: 2em; color: #222; background: #fff }\n"
    "table { border-collapse: collapse; margin-bottom: 2em }\n"
    "td, th { padding: 2px 12px; text-align: left; vertical-align: top;\n"
    "         border-bottom: 1px solid #ddd }\n"
    "td.code { font-family: monospace; white-space: pre-wrap; max-width: 28em;\n"
    "          overflow-wrap: anywhere }\n"
    "tr.gap td { color: #777 }\n"
    "tr.fault td { color: #b00; font-weight: bold }\n"
    "</style>\n";

static void put_cell(FILE *file, const char *text)
{
    (void)fputs("<td class=\"code\">", file);
    markup_put(file, text);
    (void)fputs("</td>", file);
}

static void put_note(FILE *file, const struct annotation *annotation,
                     const struct note *note)
{
    bool is_gap = note->name[0] == '\0';
    (void)fprintf(file, "<tr%s><td>", is_gap ? " class=\"gap\"" : "");
    if (!note->is_computed) {
        (void)fprintf(file, "%zu", note->at);
    }
    (void)fputs("</td><td class=\"code\">", file);
    for (size_t at = note->at; at < note->end && !note->is_plain; at++) {
        (void)fprintf(file, "%s%02X", at > note->at ? " " : "", annotation->content[at]);
    }
    (void)fputs("</td>", file);
    put_cell(file, note->bits);
    (void)fputs("<td>", file);
    markup_put(file, is_gap ? "(not read)" : note->name);
    (void)fputs("</td>", file);
    put_cell(file, note->raw);
    put_cell(file, note->value != NULL ? note->value : "");
    (void)fputs("</tr>\n", file);
}

void note_html_begin(FILE *file)
{
    (void)fputs(head, file);
}

void note_html_table(FILE *file, const struct annotation *annotation, size_t most)
{
    (void)fputs("<table>\n", file);
    (void)fputs("<tr><th>byte</th><th>hex</th><th>bits</th><th>field</th><th>raw</th>"
                "<th>value</th></tr>\n",
                file);
    for (size_t i = 0; i < annotation->count && i < most; i++) {
        put_note(file, annotation, &annotation->notes[i]);
    }
    if (annotation->has_fault) {
        (void)fprintf(file,
                      "<tr class=\"fault\"><td>%zu</td><td colspan=\"5\">%s</td></tr>\n",
                      annotation->fault_at, dgm_status_text(annotation->status));
    }
    (void)fputs("</table>\n", file);
}

void note_html(FILE *file, const struct annotation *annotation)
{
    (void)fputs("<h2>", file);
    markup_put(file, annotation->message != NULL ? annotation->message : "(no message)");
    (void)fprintf(file, ", %zu bytes</h2>\n", annotation->length);
    note_html_table(file, annotation, SIZE_MAX);
}

void note_html_end(FILE *file)
{
    (void)fputs("</html>\n", file);
}
