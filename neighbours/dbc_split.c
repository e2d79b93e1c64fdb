/* SPDX-License-Identifier: MIT */
#include "dbc_split.h"

#include <stdlib.h>
#include <string.h>

static int compare_values(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void add_border(struct dbc_split *split, uint64_t value)
{
    if (value <= split->most) {
        split->borders[split->border_count++] = value;
    }
}

static void find_borders(struct dbc_split *split)
{
    size_t kept = 1;
    add_border(split, 0);
    for (size_t i = 0; i < split->child_count; i++) {
        const struct dbc_child *child = &split->children[i];
        for (size_t j = 0; j < child->span_count; j++) {
            add_border(split, child->spans[j].first);
            if (child->spans[j].last < split->most) {
                add_border(split, child->spans[j].last + 1);
            }
        }
    }
    qsort(split->borders, split->border_count, sizeof(uint64_t), compare_values);
    for (size_t i = 1; i < split->border_count; i++) {
        if (split->borders[i] != split->borders[kept - 1]) {
            split->borders[kept++] = split->borders[i];
        }
    }
    split->border_count = kept;
}

static uint8_t *set_of(const struct dbc_split *split, size_t interval)
{
    return split->sets + interval * split->set_size;
}

static void fill_set(struct dbc_split *split, size_t interval)
{
    uint64_t value = split->borders[interval];
    for (size_t i = 0; i < split->child_count; i++) {
        const struct dbc_child *child = &split->children[i];
        for (size_t j = 0; j < child->span_count; j++) {
            if (value >= child->spans[j].first && value <= child->spans[j].last) {
                set_of(split, interval)[i / 8] |= (uint8_t)(1u << i % 8);
            }
        }
    }
}

static void find_class(struct dbc_split *split, size_t interval)
{
    size_t first = 0;
    while (first < interval && (split->class_of[first] != first ||
                                memcmp(set_of(split, first), set_of(split, interval),
                                       split->set_size) != 0)) {
        first++;
    }
    split->class_of[interval] = first;
}

bool dbc_split_open(struct dbc_split *split, uint64_t most,
                    const struct dbc_child *children, size_t child_count)
{
    size_t room = 1;
    for (size_t i = 0; i < child_count; i++) {
        room += 2 * children[i].span_count;
    }
    memset(split, 0, sizeof(*split));
    split->children = children;
    split->child_count = child_count;
    split->most = most;
    split->set_size = child_count / 8 + 1;
    split->borders = calloc(room, sizeof(*split->borders));
    split->sets = calloc(room, split->set_size);
    split->class_of = calloc(room, sizeof(*split->class_of));
    if (split->borders == NULL || split->sets == NULL || split->class_of == NULL) {
        return false;
    }
    find_borders(split);
    for (size_t i = 0; i < split->border_count; i++) {
        fill_set(split, i);
        find_class(split, i);
    }
    return true;
}

void dbc_split_close(struct dbc_split *split)
{
    free(split->borders);
    free(split->sets);
    free(split->class_of);
}

uint64_t dbc_split_end(const struct dbc_split *split, size_t interval)
{
    return interval + 1 < split->border_count ? split->borders[interval + 1] - 1
                                              : split->most;
}

bool dbc_split_has(const struct dbc_split *split, size_t interval, size_t child)
{
    return (set_of(split, interval)[child / 8] >> child % 8 & 1) != 0;
}

bool dbc_split_has_any(const struct dbc_split *split, size_t interval)
{
    const uint8_t *set = set_of(split, interval);
    for (size_t i = 0; i < split->set_size; i++) {
        if (set[i] != 0) {
            return true;
        }
    }
    return false;
}

uint64_t dbc_split_size(const struct dbc_split *split, size_t class)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < split->border_count; i++) {
        uint64_t more = dbc_split_end(split, i) - split->borders[i];
        if (split->class_of[i] == class) {
            sum = more < UINT64_MAX - sum ? sum + more + 1 : UINT64_MAX;
        }
    }
    return sum;
}
