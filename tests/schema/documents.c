/* SPDX-License-Identifier: MIT */
/*
 * YAML files as JSON, one object a line, as an editor reads them: plain scalars are what
 * the core schema of YAML 1.2 says. What cannot be read is passed over.
 *
 *     {"file":F,"rule":R,"json":{...}}   R: the rule that a line "# expect: ... [R]"
 * names
 *
 * usage: documents FILE...
 */
#include "jsonout.h"
#include "profile_file.h"
#include "scalar.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_word(const char *text, const char *lower)
{
    static const char small[] = "abcdefghijklmnopqrstuvwxyz";
    char capital[8] = "", title[8] = "";
    size_t length = strlen(lower);
    for (size_t i = 0; i < length; i++)
        capital[i] = (char)('A' + (strchr(small, lower[i]) - small));
    (void)snprintf(title, sizeof(title), "%c%s", capital[0], lower + 1);
    return strcmp(text, lower) == 0 || strcmp(text, capital) == 0 ||
           strcmp(text, title) == 0;
}

/* Numbers of YAML as those of JSON; false if it is none. */
static bool put_number(const char *text)
{
    char *end = NULL;
    if (strncmp(text, "0x", 2) == 0) {
        unsigned long long number = strtoull(text + 2, &end, 16);
        if (*end != '\0' || text[2] == '\0')
            return false;
        (void)printf("%llu", number);
        return true;
    }
    if (strspn(text, "0123456789+-.eE") != strlen(text) ||
        strpbrk(text, "0123456789") == NULL)
        return false;
    double number = strtod(text, &end);
    if (*end != '\0')
        return false;
    (void)printf("%.17g", number);
    return true;
}

static void put_scalar(const struct node *node)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; !node->quoted && i < 3; i++) {
        if (is_word(node->text, words[i])) {
            (void)fputs(words[i], stdout);
            return;
        }
    }
    if (!node->quoted && (node->length == 0 || strcmp(node->text, "~") == 0))
        (void)fputs("null", stdout);
    else if (node->quoted || !put_number(node->text))
        jsonout_quoted(stdout, node->text, node->length);
}

static void put_node(const struct node *node)
{
    bool is_map = node->kind == NODE_MAP;
    if (node->kind == NODE_SCALAR) {
        put_scalar(node);
        return;
    }
    (void)fputc(is_map ? '{' : '[', stdout);
    for (size_t i = 0; i < node->count; i++) {
        (void)fputs(i == 0 ? "" : ",", stdout);
        if (is_map) {
            jsonout_quoted(stdout, node->keys[i]->text, node->keys[i]->length);
            (void)fputc(':', stdout);
        }
        put_node(node->items[i]);
    }
    (void)fputc(is_map ? '}' : ']', stdout);
}

/* The rule in the brackets at the end of the first line; "" if it is about another file,
 * whose name stands before the place. */
static void put_rule(const char *text)
{
    static const char mark[] = "# expect: ";
    size_t length = strcspn(text, "\n"), from = length;
    if (strncmp(text, mark, strlen(mark)) != 0) {
        (void)fputs("null", stdout);
        return;
    }
    bool is_own =
        strspn(text + strlen(mark), "0123456789") > 0 && text[length - 1] == ']';
    while (is_own && from > 0 && text[from - 1] != '[')
        from--;
    jsonout_quoted(stdout, is_own ? text + from : "", is_own ? length - from - 1 : 0);
}

static int put_file(const char *path)
{
    const char *why = NULL;
    char *text = NULL;
    size_t length = 0;
    struct arena *arena = arena_new();
    struct diag diag;
    if (arena == NULL || profile_file_read(path, &text, &length, &why) != DGM_OK) {
        (void)fprintf(stderr, "%s cannot be read\n", path);
        arena_free(arena);
        return 1;
    }
    diag_init(&diag, arena, path, text, length);
    const struct node *root = tree_parse(&diag);
    if (root != NULL) {
        (void)fputs("{\"file\":", stdout);
        jsonout_quoted(stdout, path, strlen(path));
        (void)fputs(",\"rule\":", stdout);
        put_rule(text);
        (void)fputs(",\"json\":", stdout);
        put_node(root);
        (void)fputs("}\n", stdout);
    }
    free(text);
    arena_free(arena);
    return 0;
}

int main(int argc, char **argv)
{
    int code = 0;
    for (int i = 1; i < argc; i++)
        code |= put_file(argv[i]);
    return code;
}
