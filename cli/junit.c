/* SPDX-License-Identifier: MIT */
/* A report in the XML that build servers read. */
#include "junit.h"
#include "markup.h"

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
    markup_put(file, name);
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
    markup_put(file, suite);
    (void)fprintf(file, "\" name=\"line %u\" line=\"%u\"", line, line);
    if (result->passed) {
        (void)fputs("/>\n", file);
        return;
    }
    (void)fprintf(file, "><failure message=\"%s: expected ", result->step);
    markup_put(file, result->expected);
    (void)fputs(", found ", file);
    markup_put(file, result->found);
    if (result->hint != NULL) {
        (void)fputs(", ", file);
        markup_put(file, result->hint);
    }
    (void)fputs("\"/></testcase>\n", file);
}
