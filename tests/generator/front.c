/* SPDX-License-Identifier: MIT */
/* Opening a profile's text in a test. */
#include "front.h"

#include <check.h>
#include <string.h>

#include "out.h"

static void prepare(struct front *front, const char *text, size_t length)
{
    front->arena = arena_new();
    ck_assert_ptr_nonnull(front->arena);
    diag_init(&front->diag, front->arena, "test.yaml", text, length);
}

void front_open(struct front *front, const char *text, size_t length)
{
    prepare(front, text, length);
    front->root = tree_parse(&front->diag);
}

void front_open_aliased(struct front *front, const char *text)
{
    prepare(front, text, strlen(text));
    front->root = tree_parse_aliased(&front->diag, 0);
}

void front_open_text(struct front *front, const char *text)
{
    front_open(front, text, strlen(text));
}

void front_close(struct front *front)
{
    arena_free(front->arena);
}

const char *front_findings(struct front *front)
{
    static const char *const words[] = {"error", "warning", "note"};
    struct out out;

    out_init(&out, front->arena);
    out_text(&out, "");
    for (size_t i = 0; i < front->diag.count; i++) {
        const struct dgm_diagnostic *item = &front->diag.items[i];
        out_format(&out, "%u:%u: %s: %s [%s]\n", item->line, item->column,
                   words[item->severity], item->text, item->rule);
    }
    return out.text;
}

void expect_findings(const char *text, size_t length, const char *findings)
{
    struct front front;

    front_open(&front, text, length);
    ck_assert_str_eq(front_findings(&front), findings);
    ck_assert_int_eq(front.root == NULL, front.diag.errors != 0);
    front_close(&front);
}
