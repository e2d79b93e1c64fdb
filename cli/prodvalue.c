/* SPDX-License-Identifier: MIT */
/* Single values of a product model, and the slips that are made with them. */
#include "prodvalue.h"
#include "decimal.h"
#include "prodtext.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LABELS_MOST = 1000 };

bool prodvalue_is_nothing(const cJSON *item)
{
    const char *text = jsontree_text(item);
    bool list = cJSON_IsArray(item) || cJSON_IsObject(item);
    return cJSON_IsNull(item) || (text != NULL && text[0] == '\0') ||
           (list && item->child == NULL);
}

static cJSON *kept(struct prodread *reader, cJSON *item)
{
    reader->no_memory = reader->no_memory || item == NULL;
    return item;
}

static cJSON *read_text(struct prodread *reader, const struct prodat *at,
                        const cJSON *item)
{
    const char *text = jsontree_text(item), *number = jsontree_number(item);
    if (number != NULL) {
        prodread_tell(reader, at, "a text is expected; the number %s is taken for one",
                      number);
        return kept(reader, cJSON_CreateString(number));
    }
    if (text == NULL) {
        prodread_tell(reader, at, "a text is expected; the value is left out");
        return NULL;
    }
    if (strcmp(text, "null") == 0) {
        prodread_tell(reader, at, "the text \"null\" is taken for no value");
        return NULL;
    }
    cJSON *ret = kept(reader, cJSON_CreateString(text));
    if (ret != NULL && prodtext_replace(ret->valuestring, ' ')) {
        prodread_tell(reader, at, "control characters become blanks");
    }
    return ret;
}

static bool is_one_of(const char *text, const char *one, const char *other,
                      const char *digit)
{
    return strcasecmp(text, one) == 0 || strcasecmp(text, other) == 0 ||
           strcmp(text, digit) == 0;
}

static cJSON *read_bool(struct prodread *reader, const struct prodat *at,
                        const cJSON *item)
{
    const char *text = cJSON_GetStringValue(item);
    text = text != NULL && jsontree_number(item) != NULL ? jsontree_number(item) : text;
    bool yes = cJSON_IsTrue(item), no = cJSON_IsFalse(item);
    if (text != NULL) {
        yes = is_one_of(text, "true", "yes", "1");
        no = is_one_of(text, "false", "no", "0");
        prodread_tell(reader, at, "true or false is expected; '%s' is %s", text,
                      yes  ? "taken for true"
                      : no ? "taken for false"
                           : "left out");
    } else if (!yes && !no) {
        prodread_tell(reader, at, "true or false is expected; the value is left out");
    }
    return yes ? kept(reader, cJSON_CreateTrue()) : NULL;
}

static cJSON *read_number(struct prodread *reader, const struct prodat *at,
                          const cJSON *item)
{
    const char *text = jsontree_number(item);
    char plain[DECIMAL_SIZE];
    text = text != NULL ? text : jsontree_text(item);
    if (text == NULL) {
        prodread_tell(reader, at, "a number is expected; the value is left out");
        return NULL;
    }
    if (!decimal_plain(text, plain)) {
        prodread_tell(reader, at,
                      "'%s' is no number, or one of too many digits; it is left out",
                      text);
        return NULL;
    }
    return kept(reader, jsontree_new_number(plain));
}

static bool has_label(const cJSON *list, const char *text)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        if (strcmp(item->valuestring, text) == 0) {
            return true;
        }
    }
    return false;
}

static void read_label(struct prodread *reader, const struct prodat *at,
                       const cJSON *item, cJSON *list)
{
    if (cJSON_IsBool(item) || cJSON_IsNull(item)) {
        prodread_tell(reader, at, "a text is expected; the value is left out");
        return;
    }
    cJSON *label = read_text(reader, at, item);
    if (label != NULL && has_label(list, label->valuestring)) {
        prodread_tell(reader, at, "'%s' stands twice; the first one counts",
                      label->valuestring);
        cJSON_Delete(label);
    } else if (label != NULL) {
        prodread_add(reader, list, NULL, label);
    }
}

/* "on, off" as the list that is meant. */
static cJSON *split_labels(struct prodread *reader, const char *text)
{
    cJSON *parts = kept(reader, cJSON_CreateArray());
    for (size_t length = 0; parts != NULL; text += length + 1) {
        text += strspn(text, " ");
        length = strcspn(text, ",");
        size_t end = length;
        while (end > 0 && text[end - 1] == ' ') {
            end--;
        }
        char *part = strndup(text, end);
        if (part == NULL) {
            reader->no_memory = true;
        } else if (end > 0) {
            prodread_put_text(reader, parts, NULL, part);
        }
        free(part);
        if (text[length] == '\0') {
            break;
        }
    }
    return parts;
}

/* NULL if nothing is in it. */
static cJSON *take_labels(struct prodread *reader, const struct prodat *at,
                          const cJSON *from)
{
    size_t index = 0;
    cJSON *list = kept(reader, cJSON_CreateArray());
    for (const cJSON *item = from->child; item != NULL && list != NULL;
         item = item->next, index++) {
        struct prodat inner = {at, NULL, index};
        if (index == LABELS_MOST) {
            prodread_tell(reader, &inner, "what is behind element %d is left out",
                          LABELS_MOST - 1);
            break;
        }
        read_label(reader, &inner, item, list);
    }
    if (list != NULL && list->child == NULL) {
        cJSON_Delete(list);
        return NULL;
    }
    return list;
}

static cJSON *read_labels(struct prodread *reader, const struct prodat *at,
                          const cJSON *from)
{
    const char *text = jsontree_text(from);
    if (text == NULL || strcmp(text, "null") == 0) {
        if (cJSON_IsArray(from)) {
            return take_labels(reader, at, from);
        }
        prodread_tell(reader, at, "an array is expected; the value is left out");
        return NULL;
    }
    prodread_tell(reader, at, "an array is expected; '%s' is parted at its commas", text);
    cJSON *parts = split_labels(reader, text);
    cJSON *list = parts != NULL ? take_labels(reader, at, parts) : NULL;
    cJSON_Delete(parts);
    return list;
}

/* In the order R, W, E. */
static cJSON *read_method(struct prodread *reader, const struct prodat *at,
                          const cJSON *item)
{
    static const char letters[] = "RWE", all[] = "RWErwe";
    const char *text = jsontree_text(item);
    char method[sizeof(letters)];
    size_t used = 0;
    if (text == NULL || text[strspn(text, all)] != '\0') {
        prodread_tell(reader, at,
                      "a method is made of R, W and E; the value is left out");
        return NULL;
    }
    for (size_t i = 0; letters[i] != '\0'; i++) {
        if (strchr(text, letters[i]) != NULL || strchr(text, all[i + 3]) != NULL) {
            method[used++] = letters[i];
        }
    }
    method[used] = '\0';
    if (strcmp(method, text) != 0) {
        prodread_tell(reader, at, "the method '%s' is written %s", text, method);
    }
    return kept(reader, cJSON_CreateString(method));
}

static cJSON *read_format(struct prodread *reader, const struct prodat *at,
                          const cJSON *item)
{
    const char *text = jsontree_text(item);
    if (text != NULL && strcasecmp(text, "json") == 0) {
        return kept(reader, cJSON_CreateString("json"));
    }
    if (text != NULL && strcasecmp(text, "binary") == 0) {
        return kept(reader, cJSON_CreateString("binary"));
    }
    prodread_tell(reader, at, "binary or json is expected; the value is left out");
    return NULL;
}

static cJSON *read_tree(struct prodread *reader, const struct prodat *at,
                        const cJSON *item)
{
    bool changed = false;
    cJSON *ret = kept(reader, cJSON_Duplicate(item, true));
    if (ret == NULL) {
        return NULL;
    }
    if (!prodtext_tidy(ret, &changed)) {
        prodread_tell(reader, at, "no profile can hold the value; it is left out");
        cJSON_Delete(ret);
        return NULL;
    }
    if (changed) {
        prodread_tell(reader, at, "control characters become blanks");
    }
    return ret;
}

cJSON *prodvalue_read(struct prodread *reader, const struct prodat *at, const cJSON *item,
                      enum prod_value kind)
{
    switch (kind) {
    case PROD_TEXT:
        return read_text(reader, at, item);
    case PROD_BOOL:
        return read_bool(reader, at, item);
    case PROD_NUMBER:
        return read_number(reader, at, item);
    case PROD_LABELS:
        return read_labels(reader, at, item);
    case PROD_METHOD:
        return read_method(reader, at, item);
    case PROD_FORMAT:
        return read_format(reader, at, item);
    case PROD_OBJECT:
        if (!cJSON_IsObject(item)) {
            prodread_tell(reader, at, "an object is expected; the value is left out");
            return NULL;
        }
        return read_tree(reader, at, item);
    case PROD_ANY:
        return read_tree(reader, at, item);
    }
    return NULL;
}
