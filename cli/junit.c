/* SPDX-License-Identifier: MIT */
/* A report in the XML that build servers read. */
#include "junit.h"

/* Characters that XML cannot hold become a question mark. */
static void put_escaped(FILE *file, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char letter = (unsigned char)*text;
        switch (letter) {
        case '<':
            (void)fputs("&lt;", file);
            break;
        case '>':
            (void)fputs("&gt;", file);
            break;
        case '&':
            (void)fputs("&amp;", file);
            break;
        case '"':
            (void)fputs("&quot;", file);
            break;
        default:
            (void)fputc(letter < 0x20 ? '?' : letter, file);
        }
    }
}

void junit_begin(FILE *file)
{
    (void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", file);
}

void junit_end(FILE *file)
{
    (void)fputs("</testsuites>\n", file);
}

void junit_suite(FILE *file, const char *name)
{
    (void)fputs("  <testsuite name=\"", file);
    put_escaped(file, name);
    (void)fputs("\">\n", file);
}

void junit_suite_end(FILE *file)
{
    (void)fputs("  </testsuite>\n", file);
}

void junit_case(FILE *file, const char *suite, unsigned line,
                const struct vector_result *result)
{
    (void)fputs("    <testcase classname=\"", file);
    put_escaped(file, suite);
    (void)fprintf(file, "\" name=\"line %u\" line=\"%u\"", line, line);
    if (result->passed) {
        (void)fputs("/>\n", file);
        return;
    }
    (void)fprintf(file, "><failure message=\"%s: expected ", result->step);
    put_escaped(file, result->expected);
    (void)fputs(", found ", file);
    put_escaped(file, result->found);
    if (result->hint != NULL) {
        (void)fputs(", ", file);
        put_escaped(file, result->hint);
    }
    (void)fputs("\"/></testcase>\n", file);
}
