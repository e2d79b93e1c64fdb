/* SPDX-License-Identifier: MIT */
/* Prints docs/errors.md out of the two registries. The page in the tree must be this one.
 */
#include <dragoman/profile.h>
#include <dragoman/status.h>

#include <stdio.h>

static const char *const families[] = {
    [DGM_FAMILY_FINE] = "fine",   [DGM_FAMILY_DATA] = "data",
    [DGM_FAMILY_SPACE] = "space", [DGM_FAMILY_USAGE] = "usage",
    [DGM_FAMILY_TABLE] = "table", [DGM_FAMILY_SYSTEM] = "system",
    [DGM_FAMILY_BUG] = "bug",
};

static const char *const severities[] = {
    [DGM_SEVERITY_ERROR] = "error",
    [DGM_SEVERITY_WARNING] = "warning",
    [DGM_SEVERITY_NOTE] = "note",
};

static void print_intro(void)
{
    puts("# Errors\n"
         "\n"
         "This page is printed from the registries in the source and checked against "
         "them by "
         "a test.\n"
         "`dragoman explain ID` says the same for one id.\n"
         "\n"
         "## Outcomes of calls\n"
         "\n"
         "Every function that can fail returns one of these (`enum dgm_status` in\n"
         "[status.h](../include/dragoman/status.h)). Numbers and ids are for ever. The "
         "family "
         "says what the\n"
         "caller can do about it:\n"
         "\n"
         "| family | what to do |\n"
         "|---|---|\n"
         "| fine | nothing is wrong |\n"
         "| data | the frame, the JSON or the profile is wrong: tell whoever made it |\n"
         "| space | call again with more room; the error says how much |\n"
         "| usage | the call itself is wrong |\n"
         "| table | the table or the plug-in is refused |\n"
         "| system | a file or memory could not be had |\n"
         "| bug | an error in Dragoman: please report it |\n"
         "\n"
         "An error object says more than the id: the byte and bit of the frame, or the "
         "byte of "
         "the JSON text;\n"
         "the path of the member with its record, such as `Environment[7].temperature`; "
         "the "
         "value found and\n"
         "the limit it broke. `dgm_error_render()` makes a line of it.\n"
         "\n"
         "| number | id | family | meaning |\n"
         "|---:|---|---|---|");
}

static void print_statuses(void)
{
    enum dgm_status status = DGM_OK;
    for (size_t i = 0; dgm_status_at(i, &status); i++) {
        printf("| %d | `%s` | %s | %s |\n", (int)status, dgm_status_id(status),
               families[dgm_status_family(status)], dgm_status_text(status));
    }
}

static void print_rules(void)
{
    puts("\n"
         "## Rules of the profile checker\n"
         "\n"
         "`dragoman check` reports findings as `file:line:column: severity: text [id]`. "
         "Errors "
         "stop the\n"
         "compiler; warnings and notes do not.");
    const struct dgm_rule *rule = NULL;
    for (size_t i = 0; (rule = dgm_rule_at(i)) != NULL; i++) {
        printf("\n### %s\n\n*%s*: %s\n\n%s", rule->id, severities[rule->severity],
               rule->summary, rule->explanation);
    }
}

int main(void)
{
    print_intro();
    print_statuses();
    print_rules();
    return 0;
}
