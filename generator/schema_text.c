/* SPDX-License-Identifier: MIT */
/* Regular expressions of what stands in quotes: numbers, instants, composed texts, names.
 */
#include "schema.h"

#include <string.h>

static const char any_text[] = "[\\s\\S]*";

#define DATE "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
#define HOUR "(?:[01][0-9]|2[0-3])"
#define SIXTY "[0-5][0-9]"

static const char *local_time(const struct item *item)
{
    if (item->show == DGM_SHOW_TIME_DATE)
        return DATE;
    switch (item->time.precision) {
    case DGM_PRECISION_MILLISECOND:
        return DATE " " HOUR ":" SIXTY ":" SIXTY "\\.[0-9]{3}";
    case DGM_PRECISION_MINUTE:
        return DATE " " HOUR ":" SIXTY;
    case DGM_PRECISION_HOUR:
        return DATE " " HOUR;
    case DGM_PRECISION_DAY:
        return DATE;
    default:
        return DATE " " HOUR ":" SIXTY ":" SIXTY;
    }
}

/* Decimals that are endless in binary have an exponent where that is shorter. */
static const char *number_text(const struct item *item)
{
    bool is_exact = item->form == ITEM_INTEGER && !item->is_piped && item->delta == NULL;
    bool has_point = item->scaling.given && item->scaling.digits > 0;
    if (is_exact && !has_point)
        return "-?(?:0|[1-9][0-9]*)";
    if (is_exact)
        return "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?";
    return "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:e-?[0-9]+)?";
}

/* A JSON text as it stands between quotes; what the labels are, one of them. */
static const char *labels_text(const struct schema *schema, const struct item *item)
{
    struct out out;
    out_init(&out, schema->arena);
    out_text(&out, "(?:");
    for (size_t i = 0; i < item->labels->count; i++) {
        const char *json = item->labels->items[i].json;
        if (i > 0)
            out_text(&out, "|");
        schema_escape(&out, json[0] == '"' ? item_unquoted(schema->arena, json) : json);
    }
    if (item->labels->unknown == DGM_UNKNOWN_NUMBER)
        out_text(&out, "|-?[0-9]+");
    out_text(&out, ")");
    return out.text;
}

static const char *part_text(const struct schema *schema, const struct text_part *part)
{
    const struct item *item = part->item;
    struct arena *arena = schema->arena;
    switch (part->verb) {
    case DGM_VERB_FILL:
        return arena_format(arena, "-?[0-9]{%u,}", part->width);
    case DGM_VERB_FIXED:
        return part->width > 0 ? arena_format(arena, "-?[0-9]+\\.[0-9]{%u}", part->width)
                               : "-?[0-9]+";
    case DGM_VERB_HEX:
    case DGM_VERB_HEX_UPPER:
        return arena_format(arena, "[0-9%s]{%u,}",
                            part->verb == DGM_VERB_HEX ? "a-f" : "A-F",
                            part->width > 0 ? part->width : 1);
    default:
        break;
    }
    if (item->labels != NULL)
        return labels_text(schema, item);
    if (item->show == DGM_SHOW_BOOL)
        return "(?:true|false)";
    const char *text = schema_text_of(schema, item);
    return text != NULL ? text : any_text;
}

static const char *composed_text(const struct schema *schema, const struct item *item)
{
    struct out out;
    out_init(&out, schema->arena);
    for (size_t i = 0; i < item->format->count; i++) {
        const struct text_part *part = &item->format->parts[i];
        schema_escape(&out, part->literal);
        if (i + 1 < item->format->count)
            out_text(&out, part_text(schema, part));
    }
    return out.text;
}

const char *schema_text_of(const struct schema *schema, const struct item *item)
{
    if (item->format != NULL)
        return composed_text(schema, item);
    switch (item->show) {
    case DGM_SHOW_HEX:
        return arena_format(schema->arena, "[0-9a-f]{%u}", (item->width + 3) / 4);
    case DGM_SHOW_HEX_UPPER:
        return arena_format(schema->arena, "[0-9A-F]{%u}", (item->width + 3) / 4);
    case DGM_SHOW_BINARY:
        return arena_format(schema->arena, "[01]{%u}", item->width);
    case DGM_SHOW_TIME_COMPACT:
        return "[0-9]{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])T" HOUR SIXTY SIXTY
               "Z";
    case DGM_SHOW_TIME_ISO:
        return DATE "T" HOUR ":" SIXTY ":" SIXTY "Z";
    case DGM_SHOW_TIME_ISO_MS:
        return DATE "T" HOUR ":" SIXTY ":" SIXTY "\\.[0-9]{3}Z";
    case DGM_SHOW_TIME_DATETIME:
    case DGM_SHOW_TIME_DATE:
        return local_time(item);
    default:
        break;
    }
    bool is_number = item->show == DGM_SHOW_TEXT_NUMBER ||
                     (item->form != ITEM_BYTES && !item->is_echo);
    return is_number ? number_text(item) : schema_text_of_bytes(schema, item);
}

/* The forms of a computed name. */
const char *schema_text_of_names(const struct schema *schema, const struct item *item)
{
    const struct naming *naming = item->naming;
    struct out out;
    out_init(&out, schema->arena);
    for (size_t i = 0; i < naming->count; i++) {
        const struct name_part *part = &naming->parts[i];
        schema_escape(&out, part->literal);
        if (i + 1 == naming->count)
            break;
        if (part->item != NULL && part->item->labels != NULL && part->add == 0)
            out_text(&out, labels_text(schema, part->item));
        else
            out_text(&out, schema_range(schema, part->low, part->low + part->count - 1));
    }
    return out.text;
}
