/* SPDX-License-Identifier: MIT */
/* Pictures of bits and bytes: what fits into a cell, and what has a number instead. */
#include "markup.h"
#include "mdtext.h"
#include "ruler.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static char *text;
static size_t length;
static FILE *file;

static void begin(void)
{
    file = open_memstream(&text, &length);
    ck_assert_ptr_nonnull(file);
}

static const char *end(void)
{
    ck_assert_int_eq(fclose(file), 0);
    return text;
}

static void teardown(void)
{
    free(text);
    text = NULL;
}

/* Lines with a bar between; "-" where the text does not fit. */
static const char *broken(const char *name, unsigned columns, unsigned lines)
{
    struct ruler_text found;
    teardown();
    begin();
    if (!ruler_break(name, columns, lines, &found)) {
        (void)fputs("-", file);
        return end();
    }
    for (unsigned i = 0; i < found.count; i++) {
        (void)fprintf(file, "%s%.*s", i > 0 ? "|" : "", (int)found.lines[i].length,
                      found.lines[i].start);
    }
    return end();
}

START_TEST(breaks_names_behind_words_only)
{
    ck_assert_str_eq(broken("", 4, 1), "");
    ck_assert_str_eq(broken("flow", 4, 1), "flow");
    ck_assert_str_eq(broken("flows", 4, 3), "-");
    ck_assert_str_eq(broken("water_leak", 6, 2), "water_|leak");
    ck_assert_str_eq(broken("water_leak", 6, 1), "-");
    ck_assert_str_eq(broken("water_leak", 5, 3), "-");
    ck_assert_str_eq(broken("waterLeakNow", 5, 3), "water|Leak|Now");
    ck_assert_str_eq(broken("a-b c.d/e", 4, 3), "a-b |c.d/|e");
    ck_assert_str_eq(broken("a_b_c_d_e_f_g_h", 2, 3), "-");
}
END_TEST

START_TEST(counts_wide_letters_twice_and_trusts_no_strange_ones)
{
    ck_assert_str_eq(broken("\xE6\xB8\xA9\xE5\xBA\xA6", 4, 1),
                     "\xE6\xB8\xA9\xE5\xBA\xA6");
    ck_assert_str_eq(broken("\xE6\xB8\xA9\xE5\xBA\xA6", 3, 1), "-");
    ck_assert_str_eq(broken("\xC3\xA9t\xC3\xA9", 5, 1), "\xC3\xA9t\xC3\xA9");
    ck_assert_str_eq(broken("e\xCC\x81", 9, 1), "-");    /* a mark above */
    ck_assert_str_eq(broken("\xEF\xB7\xBD", 9, 1), "-"); /* a very wide letter */
    ck_assert_str_eq(broken("\xE6\xB8", 9, 1), "-");     /* cut */
}
END_TEST

/* A group of bits with the widths given, named a, b, ... or as given. */
static struct dgm_doc_item items[8];
static const struct dgm_doc_message message = {.items = items, .item_count = 8};

static void fill(const char *const *names, const uint32_t *widths)
{
    uint32_t used = 0;
    memset(items, 0, sizeof(items));
    for (size_t i = 0; i < 8; i++) {
        items[i].name = items[i].value = items[i].at = "";
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        items[i + 1].kind = DGM_DOC_BIT_FIELD;
        items[i + 1].depth = 1;
        items[i + 1].name = names[i];
        items[i + 1].bit = used;
        items[i + 1].bits = widths[i];
        used += widths[i];
    }
    items[0].kind = DGM_DOC_BITS;
    items[0].bits = used;
}

START_TEST(draws_in_ascii_with_numbers_for_what_does_not_fit)
{
    static const char *const names[] = {"mode", "a_long_name", "`x", "rest", NULL};
    static const uint32_t widths[] = {2, 1, 1, 8};
    struct ruler ruler;
    fill(names, widths);
    items[1].value = "0x2";
    begin();
    ck_assert(ruler_of_bits(&ruler, &message, 0));
    ruler_ascii(file, &ruler);
    ck_assert_uint_eq(ruler.cells[1].legend, 1);
    ck_assert_uint_eq(ruler.cells[2].legend, 2);
    ruler_close(&ruler);
    ck_assert_str_eq(end(),
                     "   11      10       9       8       7       6       5       4\n"
                     "+---------------+-------+-------+-------------------------------+\n"
                     "|     mode      |   1   |   2   |             rest              :\n"
                     "|      0x2      |       |       |                               :\n"
                     "+---------------+-------+-------+-------------------------------+\n"
                     "    3       2       1       0\n"
                     "+-------------------------------+\n"
                     ":                               |\n"
                     ":                               |\n"
                     "+-------------------------------+\n");
}
END_TEST

START_TEST(draws_svg_with_escaped_names_and_a_legend)
{
    static const char *const names[] = {"<b>", "another_long_name&", NULL};
    static const uint32_t widths[] = {1, 1};
    struct ruler ruler;
    fill(names, widths);
    begin();
    ck_assert(ruler_of_bits(&ruler, &message, 0));
    ruler_svg(file, &ruler);
    ruler_close(&ruler);
    const char *svg = end();
    ck_assert_ptr_nonnull(strstr(svg, ">&lt;b&gt;</text>"));
    ck_assert_ptr_nonnull(strstr(svg, "<text class=\"key\" x=\"97\" y=\"49\">1</text>"));
    ck_assert_ptr_nonnull(strstr(svg, "<li>another_long_name&amp;</li>"));
    ck_assert_ptr_null(strstr(svg, "<b>"));
}
END_TEST

START_TEST(counts_up_in_a_stream)
{
    static const char *const names[] = {"a", "b", NULL};
    static const uint32_t widths[] = {8, 4};
    struct ruler ruler;
    fill(names, widths);
    items[0].kind = DGM_DOC_BIT_STREAM;
    ck_assert(ruler_of_bits(&ruler, &message, 0));
    ck_assert_uint_eq(ruler_number(&ruler, 0), 0);
    ck_assert_uint_eq(ruler_number(&ruler, 11), 11);
    ruler_close(&ruler);
}
END_TEST

/* The longest piece has the name, wherever the cell begins. */
START_TEST(puts_a_name_where_there_is_most_room)
{
    const struct ruler ruler = {.units = 32, .per_row = 8};
    static const struct {
        struct ruler_cell cell;
        uint32_t widest, pieces;
    } rows[] = {{{.first = 0, .count = 8}, 0, 1},  {{.first = 7, .count = 1}, 0, 1},
                {{.first = 2, .count = 12}, 0, 2}, {{.first = 4, .count = 8}, 0, 2},
                {{.first = 5, .count = 8}, 1, 2},  {{.first = 6, .count = 20}, 1, 4}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct ruler_piece piece;
        uint32_t at = 0, sum = 0;
        for (; ruler_piece(&ruler, &rows[i].cell, at, &piece); at++) {
            ck_assert_int_eq(piece.is_widest, at == rows[i].widest);
            ck_assert_int_eq(piece.is_last, at + 1 == rows[i].pieces);
            ck_assert_uint_le(piece.left + piece.count, 8);
            sum += piece.count;
        }
        ck_assert_uint_eq(at, rows[i].pieces);
        ck_assert_uint_eq(sum, rows[i].cell.count);
    }
}
END_TEST

START_TEST(draws_short_frames_of_fixed_places_only)
{
    struct ruler ruler;
    struct dgm_doc_item parts[3] = {
        {.name = "a", .value = "", .byte = 0, .bytes = 3},
        {.name = "b", .value = "", .byte = 1, .bytes = 2, .depth = 1},
        {.name = "c", .value = "", .byte = 3, .bytes = 1}};
    struct dgm_doc_message frame = {.name = "f", .items = parts, .item_count = 3};
    frame.bytes = 4;
    ck_assert(ruler_of_frame(&ruler, &frame));
    ck_assert_uint_eq(ruler.count, 2); /* b stands for a, which holds it */
    ck_assert_str_eq(ruler.cells[0].name, "b");
    ruler_close(&ruler);
    frame.bytes = RULER_FRAME_MOST + 1;
    ck_assert(ruler_of_frame(&ruler, &frame));
    ck_assert_uint_eq(ruler.count, 0);
    ruler_close(&ruler);
    frame.bytes = 0;
    ck_assert(ruler_of_frame(&ruler, &frame));
    ck_assert_uint_eq(ruler.count, 0);
    ruler_close(&ruler);
}
END_TEST

struct md_row {
    const char *given, *wanted;
};

static const struct md_row md_rows[] = {
    {"plain, text. (yes) 1-2", "plain, text. (yes) 1-2"},
    {"a|b", "a\\|b"},
    {"<script>", "\\<script\\>"},
    {"`x` *y* _z_ ~~q~~", "\\`x\\` \\*y\\* \\_z\\_ \\~\\~q\\~\\~"},
    {"[a](b) ![c](d)", "\\[a\\](b) \\!\\[c\\](d)"},
    {"&lt; #1", "\\&lt; \\#1"},
    {"a\\b", "a\\\\b"},
    {"http://a.b www.c d@e.f", "http\\://a.b www\\.c d\\@e.f"},
    {"a\nb\tc\x7F", "a b c "},
};

START_TEST(escapes_what_markdown_would_read)
{
    const struct md_row *row = &md_rows[_i];
    begin();
    md_put(file, row->given);
    ck_assert_str_eq(end(), row->wanted);
}
END_TEST

static const struct md_row paragraphs[] = {
    {"", ""},
    {"text", "text\n\n"},
    {"- a", "\\- a\n\n"},
    {"+ a", "\\+ a\n\n"},
    {"=== a", "\\=== a\n\n"},
    {"12. a", "12\\. a\n\n"},
    {"12) a", "12\\) a\n\n"},
    {"12 a", "12 a\n\n"},
    {"# a", "\\# a\n\n"},
};

START_TEST(begins_no_list_or_heading_with_a_paragraph)
{
    begin();
    md_paragraph(file, paragraphs[_i].given);
    ck_assert_str_eq(end(), paragraphs[_i].wanted);
}
END_TEST

START_TEST(fences_code_by_more_than_it_has)
{
    static const char code[] = "a```b````\nc";
    begin();
    md_code(file, "json", code, sizeof(code) - 1);
    ck_assert_str_eq(end(), "`````json\na```b```` c\n`````\n\n");
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))

int main(void)
{
    Suite *suite = suite_create("ruler");
    TCase *tcase = tcase_create("ruler");
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, breaks_names_behind_words_only);
    tcase_add_test(tcase, counts_wide_letters_twice_and_trusts_no_strange_ones);
    tcase_add_test(tcase, draws_in_ascii_with_numbers_for_what_does_not_fit);
    tcase_add_test(tcase, draws_svg_with_escaped_names_and_a_legend);
    tcase_add_test(tcase, counts_up_in_a_stream);
    tcase_add_test(tcase, puts_a_name_where_there_is_most_room);
    tcase_add_test(tcase, draws_short_frames_of_fixed_places_only);
    tcase_add_loop_test(tcase, escapes_what_markdown_would_read, 0, COUNT(md_rows));
    tcase_add_loop_test(tcase, begins_no_list_or_heading_with_a_paragraph, 0,
                        COUNT(paragraphs));
    tcase_add_test(tcase, fences_code_by_more_than_it_has);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
