/* SPDX-License-Identifier: MIT */
/* A profile as text between brackets: the formatter lays it out. */
#include "lora_parts.h"

#include "yamltext.h"

#include <string.h>

void lora_put(struct lora *lora, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    out_text(&lora->out, arena_vformat(lora->arena, format, arguments));
    va_end(arguments);
}

static void separate(struct lora *lora)
{
    if (!lora->fresh) {
        out_text(&lora->out, ",\n");
    }
    lora->fresh = false;
}

void lora_open(struct lora *lora, char bracket)
{
    separate(lora);
    out_bytes(&lora->out, &bracket, 1);
    lora->fresh = true;
}

void lora_close(struct lora *lora, char bracket)
{
    out_bytes(&lora->out, &bracket, 1);
    lora->fresh = false;
}

/* What follows is a value, and not another element. */
void lora_key(struct lora *lora, const char *key)
{
    separate(lora);
    lora_put(lora, "%s: ", key);
    lora->fresh = true;
}

void lora_word(struct lora *lora, const char *key, const char *word)
{
    lora_key(lora, key);
    out_text(&lora->out, word);
    lora->fresh = false;
}

void lora_quoted(struct lora *lora, const char *text)
{
    if (yamltext_is_plain(text)) {
        out_text(&lora->out, text);
    } else {
        out_text(&lora->out, scalar_json_string(lora->arena, text, strlen(text)));
    }
    lora->fresh = false;
}

void lora_element(struct lora *lora, const char *word)
{
    separate(lora);
    out_text(&lora->out, word);
}

void lora_text(struct lora *lora, const char *key, const char *text)
{
    lora_key(lora, key);
    lora_quoted(lora, text);
}

bool lora_is_raw(struct lora *lora, const struct node *key)
{
    static const char bytes[] = "0123456789abcdefABCDEFxX.-";
    const char *text = key->kind == NODE_SCALAR ? key->text : "";
    bool fine = text[0] != '\0' && strspn(text, bytes) == strlen(text);
    if (!fine && strcmp(text, "true") != 0 && strcmp(text, "false") != 0) {
        lora_error(lora, key, "'%s' is no integer and no range such as 2..5", text);
        return false;
    }
    return true;
}
