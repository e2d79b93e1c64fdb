/* SPDX-License-Identifier: MIT */
/* A name is the same wherever it stands, so that nothing needs to know its scope. */
#include "js_short.h"

#include "js_mention.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 4000 };

struct name {
    struct js_word word;
    unsigned count, place; /* how often it stands there; where it came first */
    char made[4];
};

struct names {
    struct name list[NAMES_MAX];
    unsigned count;
    bool is_full; /* a name that is left might be one that is made */
};

static struct name *find(struct names *names, const struct js_word *word)
{
    for (unsigned i = 0; i < names->count; i++)
        if (js_are_same(&names->list[i].word, word))
            return &names->list[i];
    return NULL;
}

static bool add(const struct js_word *word, void *data)
{
    struct names *names = data;
    if (find(names, word) != NULL)
        return false;
    if (names->count == NAMES_MAX) {
        names->is_full = true;
        return true;
    }
    names->list[names->count] = (struct name){*word, 0, names->count, ""};
    names->count++;
    return false;
}

static void add_functions(struct names *names, const char *text)
{
    static const char mark[] = "\nfunction ";
    for (const char *at = strstr(text, mark); at != NULL; at = strstr(at, mark)) {
        at += sizeof(mark) - 1;
        add(&(struct js_word){at, strcspn(at, "(")}, names);
    }
}

/* Is the word a variable, and neither a member nor a pattern's flag? The text begins with
 * no word. */
static bool is_variable(char before, const struct js_word *word)
{
    const char *behind = word->text + word->length;
    behind += strspn(behind, " \n");
    return before != '.' && word->text[-1] != '/' &&
           (*behind != ':' || (before != '{' && before != ','));
}

typedef void visit_variable(struct names *names, const struct js_word *word, FILE *file);

/* Each variable that the text mentions; all else goes to the file, if there is one. */
static void each_variable(struct names *names, const char *text, visit_variable *visit,
                          FILE *file)
{
    const char *end = text + strlen(text);
    char before = '\n';
    while (text < end) {
        struct js_words words = {text, end};
        const char *behind = js_behind_literal(text, end);
        struct js_word word = {text, 0};
        bool is_word = behind == text && js_next_word(&words, &word) && word.text == text;
        if (behind == text)
            behind = is_word ? text + word.length : text + 1;
        if (is_word && is_variable(before, &word))
            visit(names, &word, file);
        else if (file != NULL)
            (void)fwrite(text, 1, (size_t)(behind - text), file);
        bool is_remark = text[0] == '/' && text[1] == '*';
        before = is_remark || *text == ' ' || *text == '\n' ? before : behind[-1];
        text = behind;
    }
}

static void count(struct names *names, const struct js_word *word, FILE *file)
{
    (void)file;
    struct name *name = find(names, word);
    if (name != NULL)
        name->count++;
}

static void put(struct names *names, const struct js_word *word, FILE *file)
{
    struct name *name = find(names, word);
    if (name != NULL)
        (void)fputs(name->made, file);
    else
        (void)fwrite(word->text, 1, word->length, file);
}

static int compare(const void *left, const void *right)
{
    const struct name *one = left, *two = right;
    if (one->count != two->count)
        return one->count < two->count ? 1 : -1;
    return one->place < two->place ? -1 : one->place > two->place;
}

/* The language has words of two small letters; so names of two have a large one or a
 * digit behind. */
static void make_name(unsigned number, char *ret)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char more[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    enum { FIRST = sizeof(letters) - 1, SECOND = sizeof(more) - 1 };
    for (; number >= FIRST; number = (number - FIRST) / SECOND) {
        size_t length = strlen(ret);
        memmove(ret + 1, ret, length + 1);
        ret[0] = more[(number - FIRST) % SECOND];
    }
    memmove(ret + 1, ret, strlen(ret) + 1);
    ret[0] = letters[number];
}

bool js_put_short(FILE *file, const char *text)
{
    struct names *names = calloc(1, sizeof(*names));
    if (names == NULL)
        return false;
    add_functions(names, text);
    js_visit_own(text, strlen(text), add, names);
    each_variable(names, text, count, NULL);
    if (names->is_full)
        names->count = 0;
    qsort(names->list, names->count, sizeof(names->list[0]), compare);
    for (unsigned i = 0; i < names->count; i++)
        make_name(i, names->list[i].made);
    each_variable(names, text, put, file);
    free(names);
    return true;
}
