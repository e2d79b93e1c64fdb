/* SPDX-License-Identifier: MIT */
#include "firmware_name.h"

#include <stdio.h>
#include <string.h>

/* Of C, of C++, and what headers of systems and compilers define as macros. */
static const char *const reserved[] = {
    "EOF",
    "FALSE",
    "I",
    "NULL",
    "TRUE",
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "assert",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "complex",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "if",
    "imaginary",
    "inline",
    "int",
    "linux",
    "long",
    "major",
    "minor",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "stderr",
    "stdin",
    "stdout",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "typeof",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
};

static char letter(char character, enum firmware_case letters)
{
    bool lower = character >= 'a' && character <= 'z';
    bool upper = character >= 'A' && character <= 'Z';
    if (lower && letters == FIRMWARE_UPPER) {
        return (char)(character - 'a' + 'A');
    }
    if (upper && letters == FIRMWARE_LOWER) {
        return (char)(character - 'A' + 'a');
    }
    return lower || upper || (character >= '0' && character <= '9') ? character : '_';
}

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
        if (strcmp(name, reserved[i]) == 0) {
            return true;
        }
    }
    return false;
}

void firmware_identifier(const char *text, size_t length, enum firmware_case letters,
                         char name[FIRMWARE_NAME])
{
    enum { MOST = FIRMWARE_NAME - 8 }; /* leaves room for a number */
    size_t used = 0;
    bool digit = length > 0 && text[0] >= '0' && text[0] <= '9';
    if (digit) {
        name[used++] = letter('n', letters);
    }
    for (size_t i = 0; i < length && used < MOST; i++) {
        char next = letter(text[i], letters);
        /* Names do not begin with '_', which is the compiler's, and have no two of them.
         */
        if (next != '_' || (used > 0 && name[used - 1] != '_')) {
            name[used++] = next;
        }
    }
    while (used > 0 && name[used - 1] == '_') {
        used--;
    }
    if (used == 0) {
        name[used++] = letter('x', letters);
    }
    name[used] = '\0';
    if (is_reserved(name)) {
        (void)strcat(name, "_");
    }
}

void firmware_number_name(char name[FIRMWARE_NAME], unsigned number)
{
    size_t length = strlen(name);
    (void)snprintf(name + length, FIRMWARE_NAME - length, "_%u", number % 100000);
}
