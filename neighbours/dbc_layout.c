/* SPDX-License-Identifier: MIT */
/*
 * A message falls into clusters: bytes that signals hold together. A signal that has its
 * bytes for itself is an item of its own. Other clusters are bit groups in the order that
 * most of their signals have. Where a signal goes the other way over a border of bytes,
 * or shares bits with another one, its bits are pieces, and it is joined of them behind.
 */
#include "dbc_layout.h"
#include "dbc_bits.h"
#include "dbc_names.h"

#include <stdlib.h>
#include <string.h>

enum { GROUP_MAX = 64 }; /* bytes of the longest bit group */

/* A bit of the message, in the order of the group that it is in. */
struct cell {
    const struct dbc_signal *owner; /* that has it, or NULL */
    bool is_shared;                 /* by two, or by one that is in pieces */
    bool is_cut;                    /* something may begin here */
};

struct cluster {
    const struct dbc_layout *layout;
    FILE *file;
    const char *prefix; /* of the names of pieces */
    struct cell *cells; /* of the whole message, and one behind it */
    struct dbc_signal **signals;
    size_t count;
    uint32_t from, end; /* bytes */
    bool is_big;
};

struct range {
    uint32_t from, end; /* cells */
};

/* Does the signal stand in one piece in a group of the cluster? */
static bool is_straight(const struct cluster *cluster, const struct dbc_signal *signal)
{
    struct dbc_bytes bytes = dbc_signal_bytes(signal);
    uint32_t group = (bytes.first - cluster->from) / GROUP_MAX;
    return bytes.first == bytes.last ||
           (signal->is_big == cluster->is_big &&
            (bytes.last - cluster->from) / GROUP_MAX == group);
}

/* The bits that the signal has in a byte. */
static struct range range_in(const struct cluster *cluster,
                             const struct dbc_signal *signal, uint32_t byte)
{
    struct dbc_part part = dbc_signal_part(signal, byte);
    uint32_t from = byte * 8 + (cluster->is_big ? 7 - part.high : part.low);
    return (struct range){from, from + part.high - part.low + 1};
}

/* Of a signal that is straight. */
static struct range whole_range(const struct cluster *cluster,
                                const struct dbc_signal *signal)
{
    struct range range = range_in(cluster, signal, dbc_signal_bytes(signal).first);
    range.end = range.from + signal->size;
    return range;
}

static void mark_range(struct cluster *cluster, const struct dbc_signal *signal,
                       struct range range, bool straight)
{
    for (uint32_t at = range.from; at < range.end; at++) {
        struct cell *cell = &cluster->cells[at];
        cell->is_shared = cell->owner != NULL || !straight;
        cell->owner = signal;
    }
    cluster->cells[range.from].is_cut = true;
    cluster->cells[range.end].is_cut = true;
}

static void mark(struct cluster *cluster, const struct dbc_signal *signal)
{
    struct dbc_bytes bytes = dbc_signal_bytes(signal);
    if (is_straight(cluster, signal)) {
        mark_range(cluster, signal, whole_range(cluster, signal), true);
        return;
    }
    for (uint32_t byte = bytes.first; byte <= bytes.last; byte++) {
        mark_range(cluster, signal, range_in(cluster, signal, byte), false);
    }
}

static void mark_all(struct cluster *cluster)
{
    memset(cluster->cells + (size_t)cluster->from * 8, 0,
           ((size_t)(cluster->end - cluster->from) * 8 + 1) * sizeof(struct cell));
    for (size_t i = 0; i < cluster->count; i++) {
        mark(cluster, cluster->signals[i]);
    }
}

/* Does it have its bits for itself, one behind the other? */
static bool is_direct(const struct cluster *cluster, const struct dbc_signal *signal)
{
    if (!is_straight(cluster, signal)) {
        return false;
    }
    struct range range = whole_range(cluster, signal);
    for (uint32_t at = range.from; at < range.end; at++) {
        if (cluster->cells[at].is_shared) {
            return false;
        }
    }
    return true;
}

static void put_value(const struct cluster *cluster, const struct dbc_signal *signal,
                      const char *order)
{
    const struct dbc_layout *layout = cluster->layout;
    dbc_value_put(cluster->file, layout->dbc, signal,
                  &layout->values[signal - layout->dbc->signals], order);
    (void)fputs("}\n", cluster->file);
}

static void put_name(const struct cluster *cluster, int indent,
                     const struct dbc_signal *signal)
{
    (void)fprintf(cluster->file, "%*s- {name: ", indent, "");
    dbc_names_put_signal(cluster->file, signal);
    (void)fputs(", ", cluster->file);
}

static void put_reserved(FILE *file, uint32_t bits)
{
    while (bits > 0) {
        uint32_t width = bits > 64 ? 64 : bits;
        (void)fprintf(file, "          - {reserved: u%u}\n", (unsigned)width);
        bits -= width;
    }
}

/* What begins at a cell: a signal, a piece, or bits of nobody. Returns where it ends. */
static uint32_t put_cells(const struct cluster *cluster, uint32_t from, uint32_t most)
{
    const struct dbc_signal *owner = cluster->cells[from].owner;
    uint32_t end = from + 1;
    if (owner != NULL && is_direct(cluster, owner)) {
        put_name(cluster, 10, owner);
        put_value(cluster, owner, "");
        return from + owner->size;
    }
    while (end < most && !cluster->cells[end].is_cut) {
        end++;
    }
    if (owner == NULL) {
        put_reserved(cluster->file, end - from);
    } else {
        (void)fprintf(cluster->file, "          - {local: %s%u, type: u%u}\n",
                      cluster->prefix, (unsigned)from, (unsigned)(end - from));
    }
    return end;
}

static void put_group(const struct cluster *cluster, uint32_t from, uint32_t end)
{
    FILE *file = cluster->file;
    unsigned size = end - from;
    bool other = cluster->is_big != cluster->layout->is_big;
    const char *order = size == 1 || !other ? "" : cluster->is_big ? "be" : "le";
    if (size > 8) {
        (void)fprintf(file, "      - bits: bytes(%u)\n", size);
    } else {
        (void)fprintf(file, "      - bits: u%u%s\n", size * 8, order);
    }
    if (other) {
        (void)fprintf(file, "        bit_order: %s\n", cluster->is_big ? "msb" : "lsb");
    }
    (void)fputs("        fields:\n", file);
    for (uint32_t at = from * 8; at < end * 8;) {
        at = put_cells(cluster, at, end * 8);
    }
}

/* The names of the pieces in a range, the most significant one first. */
static void put_pieces(const struct cluster *cluster, struct range range, bool *any)
{
    const struct cell *cells = cluster->cells;
    while (range.from < range.end) {
        uint32_t at = range.from, end = range.end;
        if (cluster->is_big) {
            for (end = at + 1; end < range.end && !cells[end].is_cut; end++) {
            }
            range.from = end;
        } else {
            for (at = end - 1; at > range.from && !cells[at].is_cut; at--) {
            }
            range.end = at;
        }
        (void)fprintf(cluster->file, "%s%s%u", *any ? ", " : "", cluster->prefix,
                      (unsigned)at);
        *any = true;
    }
}

static void put_join(const struct cluster *cluster, const struct dbc_signal *signal)
{
    struct dbc_bytes bytes = dbc_signal_bytes(signal);
    bool any = false;
    put_name(cluster, 6, signal);
    (void)fputs("join: [", cluster->file);
    if (is_straight(cluster, signal)) {
        put_pieces(cluster, whole_range(cluster, signal), &any);
    } else {
        for (uint32_t i = 0; i <= bytes.last - bytes.first; i++) {
            uint32_t byte = signal->is_big ? bytes.first + i : bytes.last - i;
            put_pieces(cluster, range_in(cluster, signal, byte), &any);
        }
    }
    (void)fputs("], ", cluster->file);
    put_value(cluster, signal, "");
}

/* What a signal says about the order of its group: multiplexors and floats must stand in
 * one piece. */
static long weight(const struct dbc_signal *signal)
{
    struct dbc_bytes bytes = dbc_signal_bytes(signal);
    long value = bytes.first == bytes.last     ? 0
                 : signal->selects             ? 1000000
                 : signal->form != DBC_INTEGER ? 10000
                                               : 1;
    return signal->is_big ? value : -value;
}

static void choose_order(struct cluster *cluster)
{
    long sum = 0;
    for (size_t i = 0; i < cluster->count; i++) {
        sum += weight(cluster->signals[i]);
    }
    cluster->is_big = sum == 0 ? cluster->layout->is_big : sum > 0;
}

/* The first float or multiplexor that would be in pieces. */
static size_t find_broken(const struct cluster *cluster)
{
    size_t i = 0;
    while (i < cluster->count &&
           ((cluster->signals[i]->form == DBC_INTEGER && !cluster->signals[i]->selects) ||
            is_direct(cluster, cluster->signals[i]))) {
        i++;
    }
    return i;
}

static void tell_broken(const struct dbc_layout *layout, const struct dbc_signal *signal)
{
    dbc_tell(layout->dbc, DGM_SEVERITY_WARNING, &signal->place,
             "'%.*s': a %s that shares bits, or that crosses bytes against the order of "
             "others, cannot be described; %s is left out",
             DBC_SHOWN(signal->name), signal->selects ? "multiplexor" : "float",
             signal->selects ? "this case of its message" : "it");
}

/* Without the floats that cannot be described. False for a multiplexor. */
static bool drop_broken(struct cluster *cluster)
{
    for (;;) {
        mark_all(cluster);
        size_t at = find_broken(cluster);
        if (at == cluster->count) {
            return true;
        }
        tell_broken(cluster->layout, cluster->signals[at]);
        if (cluster->signals[at]->selects) {
            return false;
        }
        cluster->signals[at]->is_lost = true;
        cluster->count--;
        memmove(&cluster->signals[at], &cluster->signals[at + 1],
                (cluster->count - at) * sizeof(*cluster->signals));
    }
}

static bool is_alone(const struct cluster *cluster)
{
    const struct dbc_signal *signal = cluster->signals[0];
    return cluster->count == 1 && signal->size == (cluster->end - cluster->from) * 8;
}

static bool put_cluster(struct cluster *cluster)
{
    choose_order(cluster);
    if (is_alone(cluster)) {
        const struct dbc_signal *signal = cluster->signals[0];
        bool other = signal->is_big != cluster->layout->is_big && signal->size > 8;
        put_name(cluster, 6, signal);
        put_value(cluster, signal, !other ? "" : signal->is_big ? "be" : "le");
        return true;
    }
    if (!drop_broken(cluster)) {
        return false;
    }
    for (uint32_t at = cluster->from; at < cluster->end; at += GROUP_MAX) {
        uint32_t end = at + GROUP_MAX < cluster->end ? at + GROUP_MAX : cluster->end;
        cluster->cells[end * 8].is_cut = true;
        put_group(cluster, at, end);
    }
    for (size_t i = 0; i < cluster->count; i++) {
        if (!is_direct(cluster, cluster->signals[i])) {
            put_join(cluster, cluster->signals[i]);
        }
    }
    return true;
}

static void put_gap(FILE *file, uint32_t bytes)
{
    if (bytes == 1) {
        (void)fputs("      - {reserved: u8}\n", file);
    } else if (bytes > 1) {
        (void)fprintf(file, "      - {reserved: bytes(%u)}\n", (unsigned)bytes);
    }
}

/* Take signals from `at` on as long as they hold bytes together. */
static size_t gather(struct cluster *cluster, const struct dbc_layout *layout, size_t at)
{
    struct dbc_bytes bytes = dbc_signal_bytes(layout->signals[at]);
    size_t start = at;
    cluster->from = bytes.first;
    cluster->end = bytes.last + 1;
    for (at++; at < layout->count; at++) {
        bytes = dbc_signal_bytes(layout->signals[at]);
        if (bytes.first >= cluster->end) {
            break;
        }
        cluster->end = bytes.last >= cluster->end ? bytes.last + 1 : cluster->end;
    }
    cluster->signals = layout->signals + start;
    cluster->count = at - start;
    return at;
}

/* A beginning that no signal's name has. */
static const char *find_prefix(const struct dbc_layout *layout)
{
    static const char *const prefixes[] = {"bits_", "_bits_", "__bits_", "___bits_"};
    size_t tried = 0;
    for (size_t i = 0; i < layout->count && tried + 1 < 4; i++) {
        const char *prefix = prefixes[tried];
        struct dbc_text name = layout->signals[i]->name;
        if (name.length >= strlen(prefix) &&
            memcmp(name.at, prefix, strlen(prefix)) == 0) {
            tried++;
            i = (size_t)-1;
        }
    }
    return prefixes[tried];
}

enum dbc_put dbc_layout_put(FILE *file, struct dbc_layout *layout)
{
    struct cluster cluster;
    uint32_t behind = 0;
    bool good = true;
    memset(&cluster, 0, sizeof(cluster));
    cluster.cells = calloc((size_t)layout->size * 8 + 1, sizeof(struct cell));
    if (cluster.cells == NULL) {
        return DBC_NO_MEMORY;
    }
    cluster.layout = layout;
    cluster.file = file;
    cluster.prefix = find_prefix(layout);
    if (layout->count > 0) {
        qsort(layout->signals, layout->count, sizeof(*layout->signals), dbc_signal_order);
    }
    for (size_t at = 0; good && at < layout->count;) {
        at = gather(&cluster, layout, at);
        put_gap(file, cluster.from - behind);
        good = put_cluster(&cluster);
        behind = cluster.end;
    }
    put_gap(file, layout->size - behind);
    free(cluster.cells);
    return good ? DBC_PUT : DBC_NOT_PUT;
}
