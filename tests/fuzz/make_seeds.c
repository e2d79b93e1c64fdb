/* SPDX-License-Identifier: MIT */
/*
 * Writes the seeds of the fuzz targets: frames, JSON and tables of all profiles, and
 * streams of those with framing, as the targets want them.
 *
 * usage: make-seeds FOLDER      which has frame/, json/, plan/, stream/ and table/ then
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "products.h"

enum { PATH_SIZE = 4096, PART_MAX = 65535, VECTORS_MAX = 64, STREAM_HEAD = 3 };

/* One file: a head, and what stands behind it. */
struct seed {
    const void *bytes;
    size_t size;
};

static void write_seed(const char *folder, const char *kind, size_t product,
                       size_t position, const struct seed *parts, size_t count)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof(path), "%s/%s/%03zu-%03zu", folder, kind, product, position);
    FILE *file = fopen(path, "wb");
    for (size_t i = 0; file != NULL && i < count; i++)
        if (parts[i].size > 0 &&
            fwrite(parts[i].bytes, 1, parts[i].size, file) != parts[i].size)
            exit(EXIT_FAILURE);
    if (file == NULL || fclose(file) != 0) {
        fprintf(stderr, "%s cannot be written\n", path);
        exit(EXIT_FAILURE);
    }
}

static void make_folder(const char *folder, const char *kind)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof(path), "%s/%s", folder, kind);
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "%s cannot be made\n", path);
        exit(EXIT_FAILURE);
    }
}

static void write_frame(const char *folder, size_t product, size_t position,
                        const struct dgm_test *test)
{
    unsigned flags = (test->down ? 1u : 0u) | (unsigned)test->shape % 3 << 1 |
                     (test->has_channel ? 8u : 0u) | (test->has_received ? 16u : 0u);
    const uint8_t head[] = {(uint8_t)product, (uint8_t)flags, (uint8_t)test->channel};
    const struct seed parts[] = {{head, sizeof(head)}, {test->frame, test->frame_length}};
    write_seed(folder, "frame", product, position, parts, 2);
}

static void write_json(const char *folder, size_t product, size_t position,
                       const struct dgm_test *test)
{
    const uint8_t head[] = {(uint8_t)product};
    const struct seed parts[] = {{head, sizeof(head)}, {test->json, strlen(test->json)}};
    write_seed(folder, "json", product, position, parts, 2);
}

/* The vector's frame and JSON, in the one shape and in whichever it is. */
static void write_plan(const char *folder, size_t product, size_t position,
                       const struct dgm_test *test)
{
    enum { DECODES = 1, UP = 1 << 1, DOWN = 2 << 1, SHAPE = 3, AUTO = 3 };
    unsigned shape = (unsigned)test->shape % 3 << SHAPE;
    const uint8_t heads[][2] = {
        {(uint8_t)product, (uint8_t)(DECODES | (test->down ? DOWN : UP) | shape)},
        {(uint8_t)product, (uint8_t)shape},
        {(uint8_t)product, AUTO << SHAPE}};
    const struct seed frame[] = {{heads[0], 2}, {test->frame, test->frame_length}};
    if (test->frame != NULL)
        write_seed(folder, "plan", product, position, frame, 2);
    for (unsigned i = 1; test->json != NULL && i < 3; i++) {
        const struct seed json[] = {{heads[i], 2}, {test->json, strlen(test->json)}};
        write_seed(folder, "plan", product, position + i * VECTORS_MAX, json, 2);
    }
}

static void write_table(const char *folder, size_t product, const struct dgm_test *test)
{
    const struct product *found = product_at(product);
    size_t frame = test->frame_length, json = strlen(test->json);
    if (frame > PART_MAX || json > PART_MAX)
        return;
    const uint8_t heads[] = {(uint8_t)frame, (uint8_t)(frame >> 8), (uint8_t)json,
                             (uint8_t)(json >> 8)};
    const struct seed parts[] = {{heads, 2},
                                 {test->frame, frame},
                                 {heads + 2, 2},
                                 {test->json, json},
                                 {found->model, found->model_size}};
    write_seed(folder, "table", product, 0, parts, 5);
}

static void write_product(const char *folder, size_t product)
{
    const struct dgm_test *test;
    bool has_table = false;
    for (size_t i = 0; (test = dgm_profile_test(product_at(product)->profile, i)) != NULL;
         i++) {
        if (test->frame != NULL)
            write_frame(folder, product, i, test);
        if (test->json != NULL)
            write_json(folder, product, i, test);
        write_plan(folder, product, i, test);
        if (test->frame != NULL && test->json != NULL && !has_table)
            write_table(folder, product, test);
        has_table = has_table || (test->frame != NULL && test->json != NULL);
    }
}

/* All frames of the product's vectors one behind the other, sound or not. */
static void write_stream(const char *folder, size_t position, const uint8_t *head)
{
    struct seed parts[VECTORS_MAX + 1] = {{head, STREAM_HEAD}};
    const struct dgm_profile *profile = framed_product_at(position)->profile;
    const struct dgm_test *test;
    size_t count = 1;
    for (size_t i = 0; count <= VECTORS_MAX; i++) {
        if ((test = dgm_profile_test(profile, i)) == NULL)
            break;
        if (test->frame != NULL && test->direction != DGM_TEST_ENCODE)
            parts[count++] = (struct seed){test->frame, test->frame_length};
    }
    write_seed(folder, "stream", position, head[1], parts, count);
}

/* With and without a silence, in pieces of different length. */
static void write_streams(const char *folder)
{
    const struct product *first = framed_product_at(0);
    for (size_t i = 0; i == 0 || framed_product_at(i) != first; i++) {
        const uint8_t heads[][STREAM_HEAD] = {{(uint8_t)i, 0, 2}, {(uint8_t)i, 7, 4}};
        write_stream(folder, i, heads[0]);
        write_stream(folder, i, heads[1]);
    }
}

int main(int argc, char **argv)
{
    static const char *const kinds[] = {"", "frame", "json", "plan", "stream", "table"};
    if (argc != 2)
        return EXIT_FAILURE;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        make_folder(argv[1], kinds[i]);
    for (size_t i = 0; i < product_count(); i++)
        write_product(argv[1], i);
    write_streams(argv[1]);
    return EXIT_SUCCESS;
}
