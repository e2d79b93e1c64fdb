/* SPDX-License-Identifier: MIT */
/* Text of JavaScript: literals, names, lines. */
#include "js_work.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 40 };

/* Integers up to here are exact in JavaScript. */
static const uint64_t largest = 9007199254740991u;

static char *new_chunk(struct js *js, size_t size)
{
    struct js_chunk *chunk = malloc(sizeof(*chunk) + size);
    if (chunk == NULL) {
        js->failed = true;
        return NULL;
    }
    chunk->next = js->chunks;
    js->chunks = chunk;
    return chunk->text;
}

const char *js_text(struct js *js, const char *format, ...)
{
    va_list arguments, copy;
    va_start(arguments, format);
    va_copy(copy, arguments);
    int length = vsnprintf(NULL, 0, format, copy);
    va_end(copy);
    char *text = length < 0 ? NULL : new_chunk(js, (size_t)length + 1);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text != NULL ? text : "";
}

/* Characters that may not stand in a literal as they are: U+2028 and U+2029, too. */
static bool is_line_end(const char *text, size_t left)
{
    return left >= 3 && memcmp(text, "\xE2\x80", 2) == 0 &&
           (text[2] == '\xA8' || text[2] == '\xA9');
}

const char *js_quote(struct js *js, const char *text, size_t length)
{
    char *out = new_chunk(js, length * 6 + 3), *end = out;
    if (out == NULL)
        return "";
    *end++ = '\'';
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (is_line_end(text + i, length - i)) {
            end += sprintf(end, "\\u20%02x", text[i + 2] == '\xA8' ? 0x28 : 0x29);
            i += 2;
        } else if (byte < 0x20) {
            end += sprintf(end, "\\x%02x", byte);
        } else {
            if (byte == '\'' || byte == '\\')
                *end++ = '\\';
            *end++ = (char)byte;
        }
    }
    *end++ = '\'';
    *end = '\0';
    return out;
}

const char *js_json(struct js *js, const char *text, size_t length)
{
    char *out = new_chunk(js, length * 2 + 1), *end = out;
    if (out == NULL)
        return "";
    for (size_t i = 0; i < length; i++) {
        if (is_line_end(text + i, length - i)) {
            end += sprintf(end, "\\u20%02x", text[i + 2] == '\xA8' ? 0x28 : 0x29);
            i += 2;
        } else {
            *end++ = text[i];
        }
    }
    *end = '\0';
    return out;
}

const char *js_pool(struct js *js, uint32_t text)
{
    return js_quote(js, js->pool + text, strlen(js->pool + text));
}

const char *js_u64(struct js *js, uint64_t number)
{
    const char *quote = number > largest ? "'" : "";
    return js_text(js, "%s%" PRIu64 "%s", quote, number, quote);
}

const char *js_i64(struct js *js, int64_t number)
{
    bool is_long = number > (int64_t)largest || number < -(int64_t)largest;
    const char *quote = is_long ? "'" : "";
    return js_text(js, "%s%" PRId64 "%s", quote, number, quote);
}

const char *js_decimal(struct js *js, int64_t number, unsigned digits)
{
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number, unit = 1;
    for (; digits > 0 && size % 10 == 0; digits--)
        size /= 10;
    for (unsigned i = 0; i < digits; i++)
        unit *= 10;
    if (digits == 0)
        return js_text(js,
                       number < 0 && size > largest ? "'-%" PRIu64 "'"
                       : number < 0                 ? "-%" PRIu64
                       : size > largest             ? "'%" PRIu64 "'"
                                                    : "%" PRIu64,
                       size);
    return js_text(js, "'%s%" PRIu64 ".%0*" PRIu64 "'", number < 0 ? "-" : "",
                   size / unit, (int)digits, size % unit);
}

static bool is_reserved(const char *name)
{
    static const char *const words[] = {
        "break",     "case",    "catch",      "class",  "const",   "continue",
        "debugger",  "default", "delete",     "do",     "else",    "enum",
        "eval",      "export",  "extends",    "false",  "finally", "for",
        "function",  "if",      "implements", "import", "in",      "instanceof",
        "interface", "let",     "new",        "null",   "package", "private",
        "protected", "public",  "return",     "static", "super",   "switch",
        "this",      "throw",   "true",       "try",    "typeof",  "undefined",
        "var",       "void",    "while",      "with",   "yield",   "arguments",
        "f"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}

const char *js_identifier(struct js *js, const char *text)
{
    char name[NAME_MAX_LENGTH + 2];
    size_t length = 0;
    bool upper = false;
    for (; *text != '\0' && length < NAME_MAX_LENGTH; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte >= 0x80 || !isalnum(byte)) {
            upper = length > 0;
            continue;
        }
        if (length == 0 && isdigit(byte))
            name[length++] = 'n';
        int letter = upper ? toupper(byte) : length == 0 ? tolower(byte) : byte;
        name[length++] = (char)letter;
        upper = false;
    }
    name[length] = '\0';
    if (length == 0)
        return "value";
    return is_reserved(name) ? js_text(js, "%sValue", name) : js_text(js, "%s", name);
}

const char *js_comment(struct js *js, const char *text)
{
    size_t length = strlen(text);
    char *out = new_chunk(js, length + 1);
    if (out == NULL)
        return "";
    for (size_t i = 0; i <= length; i++) {
        bool bad =
            text[i] != '\0' && ((unsigned char)text[i] < 0x20 || text[i] == '*' ||
                                text[i] == 0x7F || is_line_end(text + i, length - i));
        out[i] = text[i] == '\n' ? ' ' : bad ? '?' : text[i];
    }
    return out;
}

static void put_line(struct js *js, const char *format, va_list arguments)
{
    (void)fprintf(js->file, "%*s", (int)(js->depth * 4), "");
    (void)vfprintf(js->file, format, arguments);
}

void js_line(struct js *js, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_line(js, format, arguments);
    va_end(arguments);
    (void)fputc('\n', js->file);
}

void js_open(struct js *js, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_line(js, format, arguments);
    va_end(arguments);
    (void)fputs(" {\n", js->file);
    js->depth++;
}

void js_close(struct js *js)
{
    js->depth--;
    js_line(js, "}");
}

const char *js_variable(struct js *js, const char *name)
{
    const char *variable = js_text(js, "%s%u", name, js->variables);
    (void)fprintf(js->head, "%s%s", js->variables > 0 ? ", " : "", variable);
    js->variables++;
    return variable;
}

const char *js_shared(struct js *js, const char *name)
{
    const char *wanted = js_text(js, ",%s,", name);
    if (js->shared == NULL)
        js->shared = ",";
    if (strstr(js->shared, wanted) == NULL) {
        js->shared = js_text(js, "%s%s,", js->shared, name);
        (void)fprintf(js->head, "%s%s", js->variables > 0 ? ", " : "", name);
        js->variables++;
    }
    return name;
}

void js_free(struct js *js)
{
    while (js->chunks != NULL) {
        struct js_chunk *next = js->chunks->next;
        free(js->chunks);
        js->chunks = next;
    }
    free(js->names);
    js->names = NULL;
}

void js_refuse(struct js *js, const struct dgm_row *row, const char *what)
{
    const char *message = js->message != NULL ? js->pool + js->message->name : "";
    if (!js->refused) {
        js->reason = what;
        js->culprit = row;
    }
    js->refused = true;
    if (js->silent)
        return;
    notes_tell(js->notes, DGM_SEVERITY_ERROR, js->source, 0, 0,
               "message '%s'%s%s%s: JavaScript cannot do %s", message,
               row != NULL ? ", item '" : "", row != NULL ? js_path(js, row) : "",
               row != NULL ? "'" : "", what);
}
