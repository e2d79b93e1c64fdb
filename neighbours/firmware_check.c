/* SPDX-License-Identifier: MIT */
/* Checksums, and which frames a message's guards take. */
#include "firmware_emit.h"

#include <inttypes.h>

/* --- Checksums --------------------------------------------------------------------- */

static void put_offset(int32_t offset, const char *length, char *text, size_t size)
{
    if (offset < 0) {
        (void)snprintf(text, size, "%s - %uU", length, 0u - (unsigned)offset);
    } else {
        (void)snprintf(text, size, "%uU", (unsigned)offset);
    }
}

bool firmware_check_span(struct firmware_plan *plan, const struct dgm_row *row,
                         const char *length, char from[FIRMWARE_PATH],
                         char to[FIRMWARE_PATH])
{
    const struct dgm_check *check = &plan->tables->checks[row->detail];
    if (!(check->flags & DGM_CHECK_OVER)) {
        put_offset(check->from, length, from, FIRMWARE_PATH);
        put_offset(check->to, length, to, FIRMWARE_PATH);
        if (check->flags & DGM_CHECK_TO_SELF) {
            (void)snprintf(to, FIRMWARE_PATH, "a%u", (unsigned)firmware_index(plan, row));
        }
        return true;
    }
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->rows[i].op == DGM_OP_SPAN && plan->rows[i].slot == row->spec) {
            (void)snprintf(from, FIRMWARE_PATH, "b%u", (unsigned)i);
            (void)snprintf(to, FIRMWARE_PATH, "b%u + v%u", (unsigned)i, (unsigned)i);
            return true;
        }
    }
    return false;
}

/* Bits of a CRC from the first on the line to the last, as the model of Ross Williams
 * has them. */
static void put_crc(FILE *file, const struct dgm_check *check, const char *type)
{
    const char *word = check->width > 32 ? "UINT64_C" : "UINT32_C";
    uint64_t top = (uint64_t)1 << (check->width - 1), mask = top | (top - 1);
    bool reflected = (check->flags & DGM_CHECK_REFIN) != 0;
    (void)fprintf(file,
                  "    %s state = %s(0x%" PRIX64 ");\n"
                  "    size_t i;\n"
                  "    unsigned bit;\n\n"
                  "    for (i = from; i < to; i++) {\n"
                  "        for (bit = 0U; bit < 8U; bit++) {\n"
                  "            const unsigned data = ((unsigned)bytes[i] >> %s) & 1U;\n"
                  "            const unsigned carry = (unsigned)(state >> %uU) & 1U;\n"
                  "            state = (state << 1U) & %s(0x%" PRIX64 ");\n"
                  "            if (data != carry) {\n"
                  "                state ^= %s(0x%" PRIX64 ");\n"
                  "            }\n"
                  "        }\n"
                  "    }\n",
                  type, word, check->init & mask, reflected ? "bit" : "(7U - bit)",
                  check->width - 1u, word, mask, word, check->poly & mask);
    if (check->flags & DGM_CHECK_REFOUT) {
        (void)fprintf(file,
                      "    {\n"
                      "        %s mirror = 0U;\n"
                      "        for (bit = 0U; bit < %uU; bit++) {\n"
                      "            mirror |= ((state >> bit) & 1U) << (%uU - bit);\n"
                      "        }\n"
                      "        state = mirror;\n"
                      "    }\n",
                      type, (unsigned)check->width, check->width - 1u);
    }
    (void)fprintf(file, "    return state ^ %s(0x%" PRIX64 ");\n", word,
                  check->xorout & mask);
}

static void put_sum(FILE *file, const struct dgm_check *check, const char *type)
{
    const char *word = check->width > 32 ? "UINT64_C" : "UINT32_C";
    uint64_t top = (uint64_t)1 << (check->width - 1), mask = top | (top - 1);
    bool negative = check->kind == DGM_CHECK_SUM && (check->flags & DGM_CHECK_NEGATE);
    (void)fprintf(file,
                  "    %s total = %s(0x%" PRIX64 ");\n"
                  "    size_t i;\n\n"
                  "    for (i = from; i < to; i++) {\n"
                  "        total %s= bytes[i];\n"
                  "    }\n"
                  "    return (%stotal ^ %s(0x%" PRIX64 ")) & %s(0x%" PRIX64 ");\n",
                  type, word, check->init & mask,
                  check->kind == DGM_CHECK_SUM ? "+" : "^", negative ? "0U - " : "", word,
                  check->xorout & mask, word, mask);
}

static void put_double_sum(FILE *file, unsigned modulus, unsigned first, unsigned shift)
{
    (void)fprintf(file,
                  "    uint32_t low = %uU;\n"
                  "    uint32_t high = 0U;\n"
                  "    size_t i;\n\n"
                  "    for (i = from; i < to; i++) {\n"
                  "        low = (low + bytes[i]) %% %uU;\n"
                  "        high = (high + low) %% %uU;\n"
                  "    }\n"
                  "    return (high << %uU) | low;\n",
                  first, modulus, modulus, shift);
}

void firmware_checksum(FILE *file, const struct tables *tables, uint16_t index)
{
    const struct dgm_check *check = &tables->checks[index];
    const char *type = check->width > 32 ? "uint64_t" : "uint32_t";
    (void)fprintf(file,
                  "static %s checksum_%u(const uint8_t *bytes, size_t from, size_t to)\n"
                  "{\n",
                  type, (unsigned)index);
    switch (check->kind) {
    case DGM_CHECK_SUM:
    case DGM_CHECK_XOR:
        put_sum(file, check, type);
        break;
    case DGM_CHECK_FLETCHER_16:
        put_double_sum(file, 255, 0, 8);
        break;
    case DGM_CHECK_ADLER_32:
        put_double_sum(file, 65521, 1, 16);
        break;
    default:
        put_crc(file, check, type);
        break;
    }
    (void)fprintf(file, "}\n\n");
}

/* --- Guards ------------------------------------------------------------------------ */

static bool is_about_frame(const struct dgm_guard *guard)
{
    return guard->kind == DGM_GUARD_BYTES || guard->kind == DGM_GUARD_LENGTH;
}

bool firmware_has_guards(const struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->guard_count; i++) {
        if (is_about_frame(&plan->tables->guards[plan->message->first_guard + i])) {
            return true;
        }
    }
    return false;
}

/* (bytes at..at+size, big-endian) & mask == value, byte by byte. */
static void put_bytes(FILE *file, const struct dgm_guard *guard)
{
    (void)fprintf(file, "(length >= %uU)", guard->at + (unsigned)guard->size);
    for (unsigned i = 0; i < guard->size; i++) {
        unsigned shift = 8 * (guard->size - 1u - i);
        unsigned mask = guard->mask >> shift & 0xFF, value = guard->value >> shift & 0xFF;
        if (mask == 0xFF) {
            (void)fprintf(file, " &&\n        (frame[%u] == 0x%02XU)", guard->at + i,
                          value);
        } else if (mask != 0) {
            (void)fprintf(file, " &&\n        ((frame[%u] & 0x%02XU) == 0x%02XU)",
                          guard->at + i, mask, value);
        }
    }
}

static void put_between(FILE *file, const char *name, uint64_t low, uint64_t high)
{
    if (low == high) {
        (void)fprintf(file, "%s == %" PRIu64 "U", name, low);
    } else if (low == 0) {
        (void)fprintf(file, "%s <= %" PRIu64 "U", name, high);
    } else {
        (void)fprintf(file, "(%s >= %" PRIu64 "U) && (%s <= %" PRIu64 "U)", name, low,
                      name, high);
    }
}

static void put_guard(FILE *file, const struct dgm_guard *guard)
{
    switch (guard->kind) {
    case DGM_GUARD_BYTES:
        put_bytes(file, guard);
        break;
    case DGM_GUARD_LENGTH:
        put_between(file, "length", guard->value, guard->mask);
        break;
    case DGM_GUARD_CHANNEL:
        put_between(file, "port", guard->value,
                    guard->mask > UINT32_MAX ? UINT32_MAX : guard->mask);
        break;
    default:
        (void)fprintf(file, "false");
        break;
    }
}

static unsigned count_guards(const struct firmware_plan *plan, bool of_frame)
{
    unsigned count = 0;
    for (uint16_t i = 0; i < plan->message->guard_count; i++) {
        count += is_about_frame(&plan->tables->guards[plan->message->first_guard + i]) ==
                 of_frame;
    }
    return count;
}

/* Guards of the frame, or of the call, as a condition. */
static void put_guards(FILE *file, const struct firmware_plan *plan, bool of_frame,
                       bool alone)
{
    const struct dgm_guard *guards = plan->tables->guards + plan->message->first_guard;
    bool first = true, open = false;
    alone = alone && count_guards(plan, of_frame) == 1;
    for (uint16_t i = 0; i < plan->message->guard_count; i++) {
        if (is_about_frame(&guards[i]) != of_frame) {
            continue;
        }
        bool next = (guards[i].flags & DGM_GUARD_OR_NEXT) != 0;
        (void)fprintf(file, "%s%s%s",
                      first  ? ""
                      : open ? " ||\n        "
                             : " &&\n        ",
                      next && !open ? "(" : "", alone ? "" : "(");
        put_guard(file, &guards[i]);
        (void)fprintf(file, "%s%s", alone ? "" : ")", open && !next ? ")" : "");
        open = next;
        first = false;
    }
}

void firmware_guards(struct firmware_emit *emit)
{
    (void)fprintf(emit->file,
                  "static bool fits_%s(const uint8_t *frame, size_t length)\n"
                  "{\n    (void)frame;\n    return ",
                  emit->plan->name);
    put_guards(emit->file, emit->plan, true, true);
    (void)fprintf(emit->file, ";\n}\n\n");
}

bool firmware_call_guards(struct firmware_emit *emit)
{
    put_guards(emit->file, emit->plan, false, !firmware_has_guards(emit->plan));
    return count_guards(emit->plan, false) > 0;
}
