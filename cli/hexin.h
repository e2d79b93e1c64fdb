/* SPDX-License-Identifier: MIT */
/*
 * Frames as people write them: hex in many spellings, and Base64. Works on text in
 * memory and does no input of its own.
 */
#ifndef DGM_CLI_HEXIN_H
#define DGM_CLI_HEXIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hexin_format {
    HEXIN_AUTO,
    HEXIN_HEX,
    HEXIN_DUMP, /* xxd, hexdump -C: see dump.h */
    HEXIN_BASE64,
    HEXIN_BINARY,
    HEXIN_JSON,   /* objects of network servers: see eventin.h */
    HEXIN_CANDUMP /* likewise */
};

enum { HEXIN_FRAME_MAX = 65535 };

/* What is wrong, and at which character of the line, from 1. */
struct hexin_fault {
    size_t column;
    char text[120];
};

/* Where bytes go. */
struct hexin_bytes {
    uint8_t bytes[HEXIN_FRAME_MAX];
    size_t length;
};

/* What a line may say before its bytes: "port=2 time=2026-01-02T03:04:05Z topic=a/b". */
struct hexin_words {
    bool has_port, has_time;
    uint32_t port;
    int64_t time_ms;
    const char *topic; /* into the line, or NULL */
    size_t topic_length;
};

/* The words in front. `ret_from` is the place of the first byte that is none of them. */
bool hexin_words(const char *line, size_t length, struct hexin_words *ret,
                 size_t *ret_from, struct hexin_fault *ret_fault);

/* "2", "0x98FEF1FE": 0 to 4294967295. */
bool hexin_port(const char *text, size_t length, uint32_t *ret_port);

/* The length without a comment and without blanks at the end. */
size_t hexin_trim(const char *line, size_t length);

/* The format that the text from `from` on has: hex unless it must be Base64. */
enum hexin_format hexin_guess(const char *line, size_t length, size_t from);

/* Read the text from `from` on; bytes are appended. */
bool hexin_hex(const char *line, size_t length, size_t from, struct hexin_bytes *out,
               struct hexin_fault *ret_fault);
bool hexin_base64(const char *line, size_t length, size_t from, struct hexin_bytes *out,
                  struct hexin_fault *ret_fault);

/* For other readers of lines. */
int hexin_digit(char letter); /* 0..15, or -1 */
bool hexin_blank(char letter);
bool hexin_put(struct hexin_bytes *out, unsigned byte);

/* Fill a fault at byte `at` of the line; always false. */
bool hexin_bad_digit(struct hexin_fault *ret_fault, const char *line, size_t length,
                     size_t at, const char *what);
bool hexin_fail(struct hexin_fault *ret_fault, const char *line, size_t at,
                const char *text);

#endif
