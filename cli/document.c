/* SPDX-License-Identifier: MIT */
/* Words that both forms of the document have. */
#include "document.h"

#include <inttypes.h>
#include <stdio.h>

const char document_layout_words[] =
    "Places of bytes count from 0; +n counts from the begin of a round, a record or what "
    "a "
    "hook makes, and -n from the end of the frame. A number of several bytes has its "
    "high "
    "byte first where the type ends with be, and its low byte where it ends with le.";

const char *document_part_word(enum dgm_doc_part_kind kind)
{
    switch (kind) {
    case DGM_DOC_PROPERTIES:
        return "Properties";
    case DGM_DOC_COMMAND:
        return "Command";
    case DGM_DOC_RESPONSE:
        return "Response";
    default:
        return "Event";
    }
}

void document_words(const struct dgm_test *test, char text[DOCUMENT_WORDS])
{
    int used = snprintf(text, DOCUMENT_WORDS, "%zu byte%s", test->frame_length,
                        test->frame_length == 1 ? "" : "s");
    if (test->has_channel) {
        used += snprintf(text + used, DOCUMENT_WORDS - (size_t)used, ", port %" PRIu32,
                         test->channel);
    }
    if (test->topic != NULL) {
        (void)snprintf(text + used, DOCUMENT_WORDS - (size_t)used, ", topic %.200s",
                       test->topic);
    }
}

void document_dump(FILE *file, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (i % 16 == 0) {
            (void)fprintf(file, "%s%04zX ", i > 0 ? "\n" : "", i);
        }
        (void)fprintf(file, " %02X", bytes[i]);
    }
    (void)fputc('\n', file);
}
