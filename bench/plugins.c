/* SPDX-License-Identifier: MIT */
/*
 * What it takes to have many plug-ins: time and memory of loading COUNT files, each a
 * copy of one of those given with a model name of its own.
 *
 * usage: bench-plugins COUNT PLUGIN...
 *
 * Loading and making plans are told apart: a host makes the plan of a product that is
 * there, and not of all that might be. Writing the files is not counted; they are in the
 * page cache when they are loaded. All loading is done inside load_all(), so that
 * callgrind can count it.
 */
#include <dragoman/host.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATH_SIZE = 512, PLUGIN_MAX = 32 << 20, COUNT_MAX = 100000, NAME_MIN = 3 };

static uint8_t bytes[PLUGIN_MAX];
static char folder[PATH_SIZE];

static void fail(const char *what, const char *why)
{
    (void)fprintf(stderr, "bench-plugins: %s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

static size_t read_plugin(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail(path, "cannot be opened");
    size_t size = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    return size;
}

/* Give `number` to the last letters of each place where the name stands as a whole: in
 * the manifest between quotes, in the table between zeros. */
static size_t rename_model(size_t size, const char *name, size_t number)
{
    size_t length = strlen(name);
    size_t places = 0;
    for (size_t i = 1; i + length < size; i++) {
        uint8_t before = bytes[i - 1];
        if ((before == '"' || before == '\0') && bytes[i + length] == before &&
            memcmp(bytes + i, name, length) == 0) {
            size_t rest = number;
            for (size_t digit = 0; digit < NAME_MIN; digit++, rest /= 36)
                bytes[i + length - 1 - digit] =
                    (uint8_t) "0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36];
            places++;
        }
    }
    return places;
}

static void path_of(size_t number, char *path)
{
    (void)snprintf(path, PATH_SIZE + 32, "%s/%06zu.so", folder, number);
}

static void write_copy(const char *plugin, size_t number)
{
    char path[PATH_SIZE + 32];
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal;
    size_t size = read_plugin(plugin);
    if (dgm_plugin_inspect(plugin, &info, &refusal) != DGM_OK)
        fail(plugin, refusal.text);
    const char *model = dgm_plugin_info_member(info, "model");
    if (strlen(model) >= NAME_MIN)
        (void)rename_model(size, model, number);
    dgm_plugin_info_free(info);
    path_of(number, path);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        fail(path, "cannot be written");
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Pages of this process in memory, in KiB. */
static long resident(void)
{
    long pages = 0;
    long size = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &size, &pages) != 2)
        fail("/proc/self/statm", "cannot be read");
    (void)fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

__attribute__((noinline)) static void load_all(struct dgm_loaded **loaded, size_t count)
{
    char path[PATH_SIZE + 32];
    struct dgm_refusal refusal;
    for (size_t i = 0; i < count; i++) {
        path_of(i, path);
        if (dgm_plugin_load(path, &loaded[i], &refusal) != DGM_OK)
            fail(path, refusal.text);
    }
}

__attribute__((noinline)) static void make_plans(struct dgm_loaded **loaded, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t model = 0;
        while (dgm_loaded_codec(loaded[i], model) != NULL)
            model++;
    }
}

/* Do it once, and print what it took. */
static void measure(const char *what,
                    void (*run)(struct dgm_loaded **loaded, size_t count),
                    struct dgm_loaded **loaded, size_t count)
{
    long before = resident();
    double wall = seconds(CLOCK_MONOTONIC);
    double processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    run(loaded, count);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    long grown = resident() - before;
    (void)printf("%-5s  %8.3f s  %8.3f s of the processor  %8.1f MiB  %6.1f KiB each\n",
                 what, wall, processor, (double)grown / 1024,
                 (double)grown / (double)count);
}

static void remove_all(struct dgm_loaded **loaded, size_t count)
{
    char path[PATH_SIZE + 32];
    for (size_t i = 0; i < count; i++) {
        dgm_plugin_unload(loaded[i]);
        path_of(i, path);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

int main(int argc, char **argv)
{
    size_t count = argc < 3 ? 0 : (size_t)strtoul(argv[1], NULL, 10);
    if (count == 0 || count > COUNT_MAX)
        fail("usage", "bench-plugins COUNT PLUGIN...");
    const char *parent = getenv("TMPDIR");
    (void)snprintf(folder, sizeof(folder), "%s/dragoman-bench-XXXXXX",
                   parent != NULL ? parent : "/tmp");
    struct dgm_loaded **loaded = calloc(count, sizeof(struct dgm_loaded *));
    if (loaded == NULL || mkdtemp(folder) == NULL)
        fail(folder, "cannot be made");
    for (size_t i = 0; i < count; i++)
        write_copy(argv[2 + i % ((size_t)argc - 2)], i);
    (void)printf("%zu plug-ins, copies of %d\n", count, argc - 2);
    measure("load", load_all, loaded, count);
    measure("plans", make_plans, loaded, count);
    remove_all(loaded, count);
    free(loaded);
    return EXIT_SUCCESS;
}
