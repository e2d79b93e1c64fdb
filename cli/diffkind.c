/* SPDX-License-Identifier: MIT */
#include "diffkind.h"

static const struct {
    const char *word, *title;
} classes[DIFF_CLASSES] = {{"same", "same"},
                           {"wire", "wire-compatible"},
                           {"json", "JSON-compatible"},
                           {"breaking", "breaking"}};

static const struct {
    const char *word, *title;
    enum diff_class class;
} kinds[DIFF_KINDS] = {
    [DIFF_REFUSED] = {"refused", "the frame is refused now", DIFF_BREAKING},
    [DIFF_CHANGED] = {"changed", "the value changed", DIFF_BREAKING},
    [DIFF_GONE] = {"gone", "the member is gone", DIFF_BREAKING},
    [DIFF_ADDED] = {"added", "a new member", DIFF_JSON},
    [DIFF_TAKEN] = {"taken", "the frame was refused before", DIFF_WIRE},
    [DIFF_WARNING] = {"warning", "the same JSON with other warnings", DIFF_WIRE},
    [DIFF_ENCODE_REFUSED] = {"encode-refused", "the JSON is refused now", DIFF_BREAKING},
    [DIFF_ENCODE_OTHER] = {"encode-other", "the JSON becomes another frame",
                           DIFF_BREAKING},
    [DIFF_ENCODE_TAKEN] = {"encode-taken", "the JSON was refused before", DIFF_WIRE},
    [DIFF_LAYOUT] = {"layout", "the layout changed", DIFF_BREAKING},
    [DIFF_PRODUCT] = {"product", "the product model changed", DIFF_BREAKING},
    [DIFF_FAMILY] = {"family", "the family changed", DIFF_BREAKING},
};

const char *diff_class_word(enum diff_class class)
{
    return classes[class].word;
}

const char *diff_class_title(enum diff_class class)
{
    return classes[class].title;
}

const char *diff_kind_word(enum diff_kind kind)
{
    return kinds[kind].word;
}

const char *diff_kind_title(enum diff_kind kind)
{
    return kinds[kind].title;
}

enum diff_class diff_kind_class(enum diff_kind kind)
{
    return kinds[kind].class;
}
