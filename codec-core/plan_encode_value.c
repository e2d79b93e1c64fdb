/* SPDX-License-Identifier: MIT */
/* Encoding by a plan: values that are seldom, or pass through what the rows use. */
#include "plan_encode_run.h"

#include "scaling.h"

/* Pass over a string without a look at its escapes. */
static const uint8_t *pass_string(struct plan_text text, const uint8_t *p)
{
    for (p++; p < text.end && *p != '"'; p++)
        if (*p == '\\' && ++p == text.end)
            return NULL;
    return p < text.end ? p + 1 : NULL;
}

/* Top bits of the bytes that are zero, of none other. */
static uint64_t zeros_of(uint64_t word)
{
    uint64_t low = (word & ~PLAN_TOPS) + ~PLAN_TOPS;
    return ~(low | word) & PLAN_TOPS;
}

static unsigned count_tops(uint64_t tops)
{
    return (unsigned)((tops >> 7) * PLAN_ONES >> 56);
}

/* Brackets and braces that are open, and whether a string is. */
struct open_brackets {
    size_t depth;
    uint64_t quoted; /* all top bits, or none */
};

/* Eight bytes at a time, up to a backslash or the last bracket. */
static const uint8_t *pass_words(struct plan_text text, const uint8_t *p,
                                 struct open_brackets *nesting)
{
    for (; p <= text.last; p += 8) {
        uint64_t word = plan_load(p), folded = word | PLAN_ONES * 0x20;
        uint64_t quotes = zeros_of(word ^ PLAN_ONES * '"');
        /* For each byte: is the number of quotes up to it odd? */
        quotes ^= quotes << 8;
        quotes ^= quotes << 16;
        quotes ^= quotes << 32;
        uint64_t outside = ~(quotes ^ nesting->quoted);
        unsigned opened = count_tops(zeros_of(folded ^ PLAN_ONES * '{') & outside);
        unsigned closed = count_tops(zeros_of(folded ^ PLAN_ONES * '}') & outside);
        if (closed >= nesting->depth || zeros_of(word ^ PLAN_ONES * '\\') != 0)
            return p;
        nesting->depth = nesting->depth + opened - closed;
        nesting->quoted ^= (0 - (quotes >> 63)) & PLAN_TOPS;
    }
    return p;
}

static const uint8_t *pass_container(struct plan_text text, const uint8_t *p)
{
    struct open_brackets nesting = {1, 0};
    p++;
    while (p < text.end) {
        p = pass_words(text, p, &nesting);
        if (nesting.quoted != 0) {
            p = pass_string(text, p - 1);
            nesting.quoted = 0;
            if (p == NULL)
                return NULL;
            continue;
        }
        if (p == text.end)
            return NULL;
        if (*p == '"') {
            p = pass_string(text, p);
            if (p == NULL)
                return NULL;
            continue;
        }
        uint8_t folded = *p++ | 0x20;
        if (folded == '{')
            nesting.depth++;
        else if (folded == '}' && --nesting.depth == 0)
            return p;
    }
    return NULL;
}

const uint8_t *plan_pass_value(struct plan_text text, const uint8_t *p)
{
    if (p == text.end)
        return NULL;
    if (*p == '{' || *p == '[')
        return pass_container(text, p);
    if (*p == '"')
        return pass_string(text, p);
    while (p < text.end && *p != ',' && *p != '}' && *p != ']' && !plan_is_blank(*p))
        p++;
    return p;
}

const uint8_t *plan_check_value(const struct plan_run *run, const uint8_t *p)
{
    enum { AROUND = 16 }; /* more containers than ever stand around a value */
    struct json_reader reader;
    const uint8_t *start = (const uint8_t *)run->json;
    json_reader_init(&reader, run->json, (size_t)(run->text.end - start));
    reader.position = (size_t)(p - start);
    reader.depth = AROUND;
    return json_skip(&reader) ? start + reader.position : NULL;
}

bool plan_no_reading(const struct plan_run *run, const struct plan_field *field,
                     uint64_t raw)
{
    return invalid_of(run->codec, field->row, raw) != NULL;
}

void plan_set_encoder(const struct plan_run *run, struct encoder *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->codec = run->codec;
    ret->call = run->call;
    ret->json = run->json;
    ret->json_length = (size_t)(run->text.end - (const uint8_t *)run->json);
    ret->machine.codec = run->codec;
    ret->machine.call = run->call;
}

const uint8_t *plan_read_other(const struct plan_run *run, const uint8_t *p,
                               const struct plan_field *field, uint64_t *ret)
{
    struct encoder encoder;
    const uint8_t *start = (const uint8_t *)run->json;
    const uint8_t *end = plan_check_value(run, p);
    if (field->read != PLAN_OTHER || end == NULL || *p == 'n')
        return NULL;
    plan_set_encoder(run, &encoder);
    enum dgm_status status = encode_raw(&encoder, field->row, run->json,
                                        encoder.json_length, (size_t)(p - start), ret);
    return status == DGM_OK ? end : NULL;
}

bool plan_divide(const struct plan_field *field, int64_t value, uint64_t *ret)
{
    int64_t quotient = value / field->mul, remainder = value % field->mul;
    uint64_t mask = UINT64_MAX >> (64 - field->place.width);
    if (remainder != 0) {
        if (field->exact || field->mul < 0)
            return false;
        /* Half away from zero. */
        int64_t distance = remainder < 0 ? -remainder : remainder;
        if (distance >= field->mul - distance)
            quotient += remainder < 0 ? -1 : 1;
    }
    *ret = (uint64_t)quotient & mask;
    return true;
}

const uint8_t *plan_read_literal(const struct plan_run *run, const uint8_t *p,
                                 const struct plan_field *field)
{
    size_t length = field->text_length;
    if ((size_t)(run->text.end - p) < length || memcmp(p, field->with.text, length) != 0)
        return NULL;
    return p + length;
}

void plan_put_other(const struct plan_place *place, uint8_t *to, uint64_t raw)
{
    if (place->how == PLAN_BITS) {
        raw = frame_load(to, place->bytes, place->order) | raw << place->shift;
    } else if (place->how == PLAN_CODED) {
        uint64_t bits = raw_to_wire(place->row, raw) & width_mask(place->width);
        raw = frame_load(to, place->bytes, place->order) | bits << place->shift;
    }
    frame_store(to, place->bytes, place->order, raw);
}
