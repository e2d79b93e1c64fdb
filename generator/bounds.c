/* SPDX-License-Identifier: MIT */
/*
 * How long frames and JSON texts of a message can become. Frames are bounded by their
 * fields and by frame_limit; the JSON is bounded by that. Upper bounds may be larger than
 * what can happen, never smaller.
 */
#include <dragoman/codec.h>
#include "framing.h"
#include "lower.h"

#include "scalar.h"

#include <string.h>

enum {
    NUMBER_TEXT = 44, /* longest exact number */
    FLOAT_TEXT = 32,
    LIMIT_TEXT = 24, /* int64_t with a point, in quotes */
    TIME_TEXT = 26   /* "2019-03-29T10:16:05.000Z" */
};

static const uint64_t SATURATED = (uint64_t)1 << 40;

struct size {
    uint64_t least, most;
};

struct bounding {
    struct lowering *lowering;
    uint32_t frame_limit, limit; /* the latter of the part at work */
    uint64_t least; /* shortest frame of the message, or part with a size of its own */
    bool ignores;   /* what is left behind a layout */
    bool in_hook;   /* in what a hook makes */
};

static uint64_t plus(uint64_t left, uint64_t right)
{
    return left + right > SATURATED ? SATURATED : left + right;
}

static uint64_t times(uint64_t left, uint64_t right)
{
    return left != 0 && right > SATURATED / left ? SATURATED : left * right;
}

static struct size size_of(const struct bounding *bounding, const struct item *item);
static struct size size_of_list(const struct bounding *bounding,
                                const struct item_list *list);

/* Largest value of a size or count; the frame bounds what fields do not. */
static uint64_t most_of(const struct bounding *bounding, const struct extent *extent)
{
    struct exact low, high;
    if (extent->kind == EXTENT_FIXED)
        return extent->count;
    if (extent->kind != EXTENT_EXPR || !expr_bounds(extent->expr, &low, &high))
        return bounding->limit;
    exact_int value = high.numerator / high.denominator;
    if (value < 0)
        return 0;
    return value < bounding->limit ? (uint64_t)value : bounding->limit;
}

/* Just one of the cases of a switch is there. They fill the list to its end, and what
 * stands between them is nothing on the wire. */
static struct size size_of_cases(const struct bounding *bounding,
                                 const struct item_list *list, size_t *index)
{
    struct size all = {SATURATED, 0};
    for (size_t i = *index; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->choice == NULL || item_is_refused(item))
            continue;
        struct size size = size_of_list(bounding, &item->fields);
        all.least = size.least < all.least ? size.least : all.least;
        all.most = size.most > all.most ? size.most : all.most;
    }
    *index = list->count - 1;
    if (all.least == SATURATED)
        all.least = 0; /* every case is refused */
    return all;
}

static struct size size_of_list(const struct bounding *bounding,
                                const struct item_list *list)
{
    struct size sum = {0, 0};
    for (size_t i = 0; i < list->count; i++) {
        struct size size = size_of(bounding, list->items[i]);
        if (list->items[i]->choice != NULL)
            size = size_of_cases(bounding, list, &i);
        sum.least = plus(sum.least, size.least);
        sum.most = plus(sum.most, size.most);
    }
    return sum;
}

/* A group, whose own size counts if it has one. What is left in it may be ignored. */
static struct size size_of_group(const struct bounding *bounding, const struct item *item)
{
    struct size size = size_of_list(bounding, &item->fields);
    uint64_t most = most_of(bounding, &item->region);
    if (item->hook != NULL) /* what it makes, or is made of, may be of any length */
        size = (struct size){0, bounding->limit};
    if (item->region.kind == EXTENT_ONCE)
        return size;
    if (item->region.kind == EXTENT_FIXED)
        return (struct size){most, most};
    if (bounding->ignores || most < size.most)
        size.most = most;
    return size;
}

/* Two digits in a byte. */
static struct size size_of_digits(const struct bounding *bounding,
                                  const struct item *item)
{
    uint64_t most = (most_of(bounding, &item->size) + 1) / 2;
    if (item->size.kind == EXTENT_REST)
        most = bounding->limit;
    return (struct size){item->size.kind == EXTENT_FIXED ? most : 0, most};
}

/* Once, if it is there. */
static struct size size_once(const struct bounding *bounding, const struct item *item)
{
    if (item->join != NULL)
        return (struct size){0, 0};
    if (item->digits.given && item->form == ITEM_INTEGER &&
        item->size.kind != EXTENT_FIXED) {
        uint64_t most = item->size.kind == EXTENT_REST
                            ? bounding->limit
                            : item_digit_bytes(item, most_of(bounding, &item->size));
        return (struct size){0, most < bounding->limit ? most : bounding->limit};
    }
    switch (item->form) {
    case ITEM_INTEGER:
    case ITEM_FLOAT:
    case ITEM_BITS:
    case ITEM_CHECK:
        return (struct size){item->width / 8, item->width / 8};
    case ITEM_BYTES:
        if (item->digits.given)
            return size_of_digits(bounding, item);
        if (item->size.kind == EXTENT_REST)
            return (struct size){item->has_end, most_of(bounding, &item->size)};
        return (struct size){item->size.kind == EXTENT_FIXED ? item->size.count : 0,
                             most_of(bounding, &item->size)};
    case ITEM_GROUP:
        return size_of_group(bounding, item);
    case ITEM_TLV:
        return (struct size){0, bounding->limit};
    default:
        return (struct size){0, 0};
    }
}

static struct size size_of(const struct bounding *bounding, const struct item *item)
{
    struct size size = size_once(bounding, item);
    if (item->repeat.kind != EXTENT_ONCE) {
        bool fixed = item->repeat.kind == EXTENT_FIXED;
        size.least = fixed ? times(size.least, item->repeat.count) : 0;
        size.most = times(size.most, most_of(bounding, &item->repeat));
    }
    if (item->until.given) {
        size.least = plus(size.least, item->until.width / 8);
        size.most = plus(size.most, item->until.width / 8);
    }
    if (item->when != NULL || item->optional)
        size.least = 0;
    if (item->has_at)
        return (struct size){0, 0}; /* in bytes of another item */
    return size;
}

/* Bytes that a part with a share of `own` in the shortest frame can have at most. */
static uint64_t share_of_frame(const struct bounding *bounding, uint64_t own)
{
    uint64_t others = bounding->least > own ? bounding->least - own : 0;
    return bounding->limit > others ? bounding->limit - others : 0;
}

static uint64_t least(uint64_t left, uint64_t right)
{
    return left < right ? left : right;
}

static uint64_t rounds_of(const struct bounding *bounding, const struct item *item)
{
    struct size once = size_once(bounding, item), all = size_of(bounding, item);
    uint64_t room = share_of_frame(bounding, all.least);
    /* A round that moves nothing ends the walk with an error. */
    uint64_t rounds = once.least > 0 ? room / once.least : room;
    return least(rounds, most_of(bounding, &item->repeat));
}

static uint64_t text_length(const char *text)
{
    return strlen(text);
}

static uint64_t key_length(const struct bounding *bounding, const char *name)
{
    struct arena *arena = bounding->lowering->diag->arena;
    return text_length(scalar_json_string(arena, name, strlen(name))) + 2;
}

static unsigned digits_of(exact_int number)
{
    unsigned digits = 1;
    if (number < 0)
        number = -number;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

/* Sign, digits, point of the longest of two numbers of so many decimals. */
static uint64_t decimal_text(exact_int low, exact_int high, unsigned decimals)
{
    unsigned digits = digits_of(low), more = digits_of(high);
    if (more > digits)
        digits = more;
    if (digits <= decimals)
        digits = decimals + 1;
    return digits + (decimals > 0 ? 1 : 0) + (low < 0 || high < 0 ? 1 : 0);
}

static uint64_t scaled_text(const struct item *item)
{
    const struct scaling_plan *plan = &item->scaling;
    exact_int low = item_raw_low(item) * plan->mul + plan->add;
    exact_int high = item_raw_high(item) * plan->mul + plan->add;
    exact_int div = (exact_int)plan->div;
    return decimal_text(low / div - 1, high / div + 1, plan->digits);
}

static uint64_t labels_text(const struct item *item)
{
    uint64_t most = decimal_text(item_raw_low(item), item_raw_high(item), 0);
    if (item->labels->unknown != DGM_UNKNOWN_NUMBER)
        most = 0;
    for (size_t i = 0; i < item->labels->count; i++) {
        uint64_t length = text_length(item->labels->items[i].json);
        most = length > most ? length : most;
    }
    return most;
}

static uint64_t flags_text(const struct labels *flags)
{
    uint64_t sum = 2;
    for (size_t i = 0; i < flags->count; i++)
        sum += text_length(flags->items[i].json) + 1;
    return sum;
}

/* What stands in for a number: a text for "no reading", null, or a limit. */
static uint64_t other_text(const struct item *item)
{
    uint64_t most = 0;
    for (size_t i = 0; item->invalid != NULL && i < item->invalid->count; i++) {
        uint64_t length = text_length(item->invalid->items[i].json);
        most = length > most ? length : most;
    }
    if (item->valid.outside == DGM_OUTSIDE_NULL && most < 4)
        most = 4;
    return item->valid.outside == DGM_OUTSIDE_CLAMP && most < LIMIT_TEXT ? LIMIT_TEXT
                                                                         : most;
}

static uint64_t integer_text(const struct item *item)
{
    uint64_t quotes = item->quoted ? 2 : 0;
    switch (item->show) {
    case DGM_SHOW_BOOL:
        return 5;
    case DGM_SHOW_ENUM:
        return labels_text(item);
    case DGM_SHOW_FLAGS:
        return flags_text(item->flags);
    case DGM_SHOW_HEX:
    case DGM_SHOW_HEX_UPPER:
        return 2 + (item->width + 3) / 4;
    case DGM_SHOW_BINARY:
        return 2 + item->width;
    case DGM_SHOW_TIME_DATETIME:
    case DGM_SHOW_TIME_DATE:
    case DGM_SHOW_TIME_EPOCH:
    case DGM_SHOW_TIME_EPOCH_MS:
    case DGM_SHOW_TIME_COMPACT:
    case DGM_SHOW_TIME_ISO:
    case DGM_SHOW_TIME_ISO_MS:
        return TIME_TEXT;
    case DGM_SHOW_DECIMAL:
        return quotes + (item->delta != NULL ? NUMBER_TEXT : scaled_text(item));
    case DGM_SHOW_PIPE:
        return quotes + NUMBER_TEXT;
    default:
        return quotes + decimal_text(item_raw_low(item), item_raw_high(item), 0);
    }
}

static uint64_t shown_bytes(const struct item *item, uint64_t bytes)
{
    uint64_t between = item->separator != NULL ? text_length(item->separator) : 0;
    switch (item->show) {
    case DGM_SHOW_BASE64:
        return 2 + (bytes + 2) / 3 * 4;
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        return 2 + bytes * (2 + between);
    case DGM_SHOW_BYTES_ARRAY:
        return 2 + bytes * 4;
    case DGM_SHOW_BYTES_DOTTED:
        return 2 + bytes * (3 + (between > 0 ? between : 1));
    case DGM_SHOW_DIGITS:
        return 2 + bytes * 2;
    case DGM_SHOW_TEXT_NUMBER:
        return NUMBER_TEXT;
    default:
        return 2 + bytes * 6; /* a control character is \u00XX */
    }
}

static uint64_t bytes_text(const struct bounding *bounding, const struct item *item)
{
    struct size size = size_once(bounding, item);
    uint64_t bytes = least(size.most, share_of_frame(bounding, size.least));
    if (item->join != NULL)
        bytes = item->size.kind == EXTENT_FIXED ? item->size.count : bounding->limit;
    return shown_bytes(item, bytes);
}

static uint64_t value_text(const struct bounding *bounding, const struct item *item)
{
    if (item->is_echo) {
        /* What is left behind a layout may be as long as any frame. */
        bool is_frame = bounding->limit == bounding->frame_limit;
        return shown_bytes(item, is_frame && bounding->ignores ? DGM_MAX_FRAME
                                                               : bounding->limit);
    }
    if (item->show == DGM_SHOW_BOOL)
        return 5;
    if (item->labels != NULL)
        return labels_text(item);
    return NUMBER_TEXT + 2;
}

static uint64_t members_text(const struct bounding *bounding,
                             const struct item_list *list);
static uint64_t content_text(const struct bounding *bounding, const struct item *item);

/* Literals and parts of a composed text. */
static uint64_t format_text(const struct bounding *bounding, const struct item *item)
{
    const struct text_format *format = item->format;
    uint64_t sum = plus(2, format_literals(format, bounding->lowering->diag->arena));
    for (size_t i = 0; i + 1 < format->count; i++) {
        const struct text_part *part = &format->parts[i];
        sum = plus(sum, content_text(bounding, part->item) + part->width);
        if (part->verb != DGM_VERB_PLAIN)
            sum = plus(sum, NUMBER_TEXT);
    }
    return sum;
}

/* Inside a part with a size of its own that bounds everything. */
static struct bounding inside(const struct bounding *bounding, const struct item *item)
{
    struct bounding inner = *bounding;
    uint64_t most =
        item->hook != NULL ? item->hook->output_limit : most_of(bounding, &item->region);
    if (item->region.kind == EXTENT_ONCE && item->hook == NULL)
        return inner;
    inner.limit = (uint32_t)most;
    inner.in_hook = bounding->in_hook || item->hook != NULL;
    inner.least = size_of_list(bounding, &item->fields).least;
    return inner;
}

static uint64_t object_text(const struct bounding *bounding, const struct item *item)
{
    struct bounding inner = inside(bounding, item);
    return members_text(&inner, &item->fields);
}

/* A value, or one element, without its key. */
static uint64_t content_text(const struct bounding *bounding, const struct item *item)
{
    uint64_t text = 0;
    switch (item->form) {
    case ITEM_INTEGER:
        text = integer_text(item);
        if (other_text(item) > text)
            text = other_text(item);
        break;
    case ITEM_FLOAT:
        text = item->has_decimals ? NUMBER_TEXT + 2 : FLOAT_TEXT + 2;
        if (other_text(item) > text)
            text = other_text(item);
        break;
    case ITEM_BYTES:
        text = bytes_text(bounding, item);
        break;
    case ITEM_VALUE:
        text = value_text(bounding, item);
        break;
    case ITEM_LITERAL:
        return text_length(item->literal);
    default:
        if (item->format == NULL)
            return plus(2, object_text(bounding, item));
        text = format_text(bounding, item);
        break;
    }
    uint64_t other = item->default_json != NULL ? text_length(item->default_json) : 0;
    return other > text ? other : text;
}

/* The longest key of the item. */
static uint64_t name_length(const struct bounding *bounding, const struct item *item)
{
    uint64_t most = 0;
    if (item->naming == NULL)
        return key_length(bounding, item->name);
    for (uint32_t i = 0; i < item->naming->family; i++) {
        uint64_t length =
            key_length(bounding, item_name_of(bounding->lowering->diag->arena, item, i));
        most = length > most ? length : most;
    }
    return most;
}

/* Records of the tag loop around the item. */
static uint64_t records_of(const struct bounding *bounding, const struct item *item)
{
    while (item->loop == NULL)
        item = item->parent;
    uint16_t tag = tlv_tag_bytes(item->loop);
    return share_of_frame(bounding, 0) / (tag > 0 ? tag : 1);
}

/* All records that are kept: their names, and each byte once. */
static uint64_t kept_text(const struct bounding *bounding)
{
    const uint64_t name = 16 + 2 + 1 + 2 + 1; /* digits, quotes, colon, quotes, comma */
    return plus(2 + 64 * name, times(2, bounding->frame_limit));
}

/* Keys and values, commas included. Records print beside their service. */
static uint64_t members_text(const struct bounding *bounding,
                             const struct item_list *list)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->record != NULL)
            continue;
        if (item->name == NULL) {
            struct bounding inner = inside(bounding, item);
            uint64_t rounds =
                item->repeat.kind != EXTENT_ONCE ? rounds_of(bounding, item) : 1;
            sum = plus(sum, times(members_text(&inner, &item->fields), rounds));
            continue;
        }
        uint64_t text = content_text(bounding, item);
        /* An element that would be left out prints null, to keep the others' places. */
        if ((item_is_list(item) || item->has_place) && text < 4)
            text = 4;
        if (item->repeat.kind != EXTENT_ONCE)
            text = plus(2, times(plus(text, 1), rounds_of(bounding, item)));
        else if (item->collects)
            text = plus(2, times(plus(text, 1), records_of(bounding, item)));
        else if (item->kept_in != NULL)
            text = kept_text(bounding);
        sum = plus(sum, plus(name_length(bounding, item), text));
    }
    return sum;
}

/* What stands around one service, without its name. */
static const char *const entries[3] = {
    [DGM_SHAPE_OCEANCONNECT] = ",{\"serviceId\":,\"serviceData\":{}}",
    [DGM_SHAPE_IOTDA] = ",{\"service_id\":,\"properties\":{}}",
    [DGM_SHAPE_PLAIN] = ",:[{}]"};

static const char event_time[] = ",\"event_time\":";

static uint64_t entry_text(const struct bounding *bounding, unsigned shape,
                           uint16_t service)
{
    const struct product *product = bounding->lowering->source->product;
    const char *name = service < product->service_count ? product->services[service].name
                                                        : PRODUCT_DERIVED_SERVICE;
    return text_length(entries[shape]) + key_length(bounding, name) +
           text_length(event_time) + TIME_TEXT;
}

/* What opens beside an item, and closes again. */
static uint64_t bracket_text(const struct bounding *bounding, unsigned shape,
                             const struct bracket *bracket)
{
    if (bracket->object != NULL)
        return key_length(bounding, bracket->object->name) + 2;
    return bracket->service != DGM_NONE ? entry_text(bounding, shape, bracket->service)
                                        : 0;
}

/* Rounds of an item in all those around it. Together they are of the frame's bytes. */
static uint64_t all_rounds_of(const struct bounding *bounding, const struct item *item,
                              uint64_t around)
{
    if (item->repeat.kind == EXTENT_ONCE)
        return around;
    uint64_t rounds = times(rounds_of(bounding, item), around);
    uint64_t once = size_once(bounding, item).least;
    if (bounding->in_hook) /* which makes as many bytes each time */
        return rounds;
    return least(rounds, bounding->frame_limit / (once > 0 ? once : 1) + around);
}

/* Services that open in their own right, and records, in so many rounds around them. */
static uint64_t services_text(const struct bounding *bounding, unsigned shape,
                              const struct item_list *list, uint64_t around)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        struct bounding inner = inside(bounding, item);
        uint64_t rounds = all_rounds_of(bounding, item, around), text = 0;
        for (const struct bracket *open = item->opens; open != NULL; open = open->next)
            sum = plus(sum, times(bracket_text(bounding, shape, open), around));
        if (item->record != NULL)
            text = times(plus(entry_text(bounding, shape, item->service),
                              members_text(&inner, &item->fields)),
                         rounds);
        else
            text = services_text(&inner, shape, &item->fields, rounds);
        sum = plus(sum, text);
    }
    return sum;
}

static uint64_t role_text(const struct bounding *bounding, const struct item *item)
{
    static const char longest[] = ",\"request_id\":\"\"";
    uint64_t text = NUMBER_TEXT;
    if (item->form == ITEM_BYTES)
        text = bytes_text(bounding, item);
    else if (item->form == ITEM_INTEGER)
        text = item->is_time ? TIME_TEXT : integer_text(item) + 2;
    else if (item->form == ITEM_LITERAL)
        text = text_length(item->literal);
    return text_length(longest) + text;
}

/* The bytes that a reply's JSON quotes. */
static uint64_t request_text(const struct bounding *bounding)
{
    const struct message_list *messages = &bounding->lowering->source->messages;
    uint64_t most = 0;
    for (size_t i = 0; i < messages->count; i++)
        if (messages->items[i].kind == DGM_KIND_REPORT &&
            messages->items[i].wire.frame_limit > most)
            most = messages->items[i].wire.frame_limit;
    most = framing_line_most(bounding->lowering->builder, (uint32_t)most);
    return text_length(",\"request\":\"\"") + most * 2;
}

static uint64_t head_text(const struct bounding *bounding, unsigned shape)
{
    static const char longest[] =
        "{\"msg_type\":\"properties_report_reply\",\"services\":[],\"paras\":{}}";
    const struct message *message = bounding->lowering->message;
    const struct product *product = bounding->lowering->source->product;
    uint64_t text = text_length(longest);
    for (size_t i = 0; i < message->flat.count; i++)
        if (message->flat.items[i]->role != DGM_ROLE_NONE)
            text = plus(text, role_text(bounding, message->flat.items[i]));
    if (message_subject(message) != NULL)
        text += text_length(",\"service_id\":,\"command_name\":") +
                key_length(bounding, message->service->name) +
                key_length(bounding, message_subject(message));
    if (message->asked_service != DGM_NONE)
        text += key_length(bounding, product->services[message->asked_service].name);
    if (message->kind == DGM_KIND_SET_RESPONSE)
        text += key_length(bounding, message->name) + text_length(",\"set_response\":");
    if (message->kind == DGM_KIND_REPLY)
        text += key_length(bounding, message->name) + text_length(",\"reply\":") +
                (shape != DGM_SHAPE_PLAIN ? request_text(bounding) : 0);
    return text;
}

static bool check_rounds(const struct bounding *bounding, const struct item_list *list)
{
    bool fine = true;
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        fine = check_rounds(bounding, &item->fields) && fine;
        if (item->until.given &&
            size_once(bounding, item).least < item->until.width / 8) {
            diag_report(bounding->lowering->diag, RULE_UNTIL_WIDTH, item->until.where,
                        "an element can be shorter than the mark of %u bytes, so that "
                        "its beginning could be taken for the mark",
                        item->until.width / 8);
            fine = false;
        }
        if (item->repeat.kind == EXTENT_ONCE || size_once(bounding, item).most > 0)
            continue;
        diag_report(bounding->lowering->diag, RULE_UNBOUNDED, item->where,
                    "the repetition takes no bytes, so nothing ends it");
        fine = false;
    }
    return fine;
}

/* Can the part be as long as it says? */
static bool check_region(const struct bounding *bounding, const struct item *item)
{
    struct size fields = size_of_list(bounding, &item->fields);
    struct exact low = exact_from_int(item->region.count), high = low;
    if (item->region.kind == EXTENT_EXPR && !expr_bounds(item->region.expr, &low, &high))
        return true;
    bool too_small = exact_compare(high, exact_from_int((int64_t)fields.least)) < 0;
    bool too_large = exact_compare(low, exact_from_int((int64_t)fields.most)) > 0;
    if (!too_small && (!too_large || bounding->ignores))
        return true;
    struct location where = item->case_of != NULL ? item->where : item->region.where;
    diag_report(bounding->lowering->diag, RULE_SIZE_MISMATCH, where,
                "the part takes at %s %llu bytes, its size is %s",
                too_small ? "least" : "most",
                (unsigned long long)(too_small ? fields.least : fields.most),
                too_small ? "smaller" : "larger");
    return false;
}

/* What the hook may make must hold the fields. */
static bool check_hook(const struct bounding *bounding, const struct item *item)
{
    struct size fields = size_of_list(bounding, &item->fields);
    if (fields.least <= item->hook->output_limit)
        return true;
    diag_report(bounding->lowering->diag, RULE_UNBOUNDED, item->hook_where,
                "the fields take at least %llu bytes, output_limit is %lu",
                (unsigned long long)fields.least,
                (unsigned long)item->hook->output_limit);
    return false;
}

static bool check_regions(const struct bounding *bounding, const struct item_list *list)
{
    bool fine = true;
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        fine = check_regions(bounding, &item->fields) && fine;
        if (item->hook != NULL)
            fine = check_hook(bounding, item) && fine;
        else if (item->region.kind != EXTENT_ONCE)
            fine = check_region(bounding, item) && fine;
    }
    return fine;
}

bool bound_message(struct lowering *lowering, struct dgm_message *row)
{
    struct message *message = lowering->message;
    struct bounding bounding = {
        lowering, message->wire.frame_limit,     message->wire.frame_limit,
        0,        message->wire.ignore_trailing, false};
    struct size size = size_of_list(&bounding, &message->items);
    bounding.least = size.least;
    if (!check_rounds(&bounding, &message->items) ||
        !check_regions(&bounding, &message->items))
        return false;
    if (size.least > bounding.limit) {
        diag_report(lowering->diag, RULE_UNBOUNDED, message->where,
                    "the shortest frame has %llu bytes, frame_limit is %lu",
                    (unsigned long long)size.least, (unsigned long)bounding.limit);
        return false;
    }
    row->frame_min = message->wire.zero_fill ? 0 : (uint32_t)size.least;
    row->frame_max = (uint32_t)least(size.most, bounding.limit);
    if (message->refusal != NULL)
        row->frame_max = bounding.limit; /* whatever follows is not looked at */
    uint64_t members = members_text(&bounding, &message->items);
    for (unsigned shape = 0; shape < 3; shape++) {
        uint64_t text = plus(members, head_text(&bounding, shape));
        text = plus(text, services_text(&bounding, shape, &message->items, 1));
        if (text > INT32_MAX) {
            diag_report(lowering->diag, RULE_UNBOUNDED, message->where,
                        "the JSON text can pass 2 GiB; lower frame_limit");
            return false;
        }
        row->json_max[shape] = (uint32_t)text;
    }
    if (message->kind > DGM_KIND_REPLY)
        row->json_max[DGM_SHAPE_OCEANCONNECT] = 0; /* it has no such kind */
    return true;
}
