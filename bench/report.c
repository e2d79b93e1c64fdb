/* SPDX-License-Identifier: MIT */
/*
 * Prints the results.
 */
#include "report.h"

#include "results.h"

#include <stdlib.h>

/* 123456 as 123,456; returns a text that the next call overwrites. */
static const char *grouped(double value)
{
    static char text[32];
    char plain[24];
    int length = snprintf(plain, sizeof(plain), "%.0f", value);
    size_t at = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text[at++] = ',';
        text[at++] = plain[i];
    }
    text[at] = '\0';
    return text;
}

static void print_known(const char *format, double value)
{
    if (value < 0)
        printf(" |");
    else
        printf(format, value);
}

static void print_row(const struct results *results, enum bench_job job, unsigned peer)
{
    const struct result *result = &results->jobs[job].peers[peer];
    int places = result->median < 100 ? 1 : 0;
    printf("| %s | %.*f | %.*f–%.*f |", results->peers[peer], places, result->median,
           places, result->low, places, result->high);
    print_known(" %.2f |", result->ratio);
    if (result->instructions < 0)
        printf(" |");
    else
        printf(" %s |", grouped(result->instructions));
    print_known(" %.4g |", result->allocations);
    printf(" %s |\n", grouped(result_speed(results, job, result)));
}

static const struct results *sorted_results;
static int sorted_job;

static int compare_peers(const void *left, const void *right)
{
    const unsigned *a = left, *b = right;
    double x = sorted_results->jobs[sorted_job].peers[*a].median;
    double y = sorted_results->jobs[sorted_job].peers[*b].median;
    return (x > y) - (x < y);
}

/* Indices of those that do the job, the fastest first. */
static unsigned sort_peers(const struct results *results, int job, unsigned *order)
{
    unsigned count = 0;
    for (unsigned peer = 0; peer < results->peer_count; peer++)
        if (result_is_there(&results->jobs[job].peers[peer]))
            order[count++] = peer;
    sorted_results = results;
    sorted_job = job;
    qsort(order, count, sizeof(order[0]), compare_peers);
    return count;
}

static void print_job(const struct results *results, enum bench_job job)
{
    unsigned order[RESULT_PEERS], count = sort_peers(results, (int)job, order);
    if (count == 0)
        return;
    printf("| **%s %s**, %.0f bytes to %.0f | | | | | | |\n",
           bench_job_encodes(job) ? "encode" : "decode", bench_job_name(job),
           results->jobs[job].input, results->jobs[job].output);
    for (unsigned i = 0; i < count; i++)
        print_row(results, job, order[i]);
}

static void print_table(const struct results *results)
{
    for (unsigned i = 0; i < results->note_count; i++)
        printf("%s%s: %s", i > 0 ? "; " : "", results->notes[i][0], results->notes[i][1]);
    printf("%s", results->note_count > 0 ? ".\n\n" : "");
    printf(
        "| | ns, median | 10–90 %% | × straight | instructions | allocations | MB/s |\n"
        "|---|--:|--:|--:|--:|--:|--:|\n");
    for (int job = 0; job < BENCH_JOBS; job++)
        print_job(results, (enum bench_job)job);
}

/* Names and notes are our own words and those of the machine: quotes are left out. */
static void print_string(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++)
        if (*text != '"' && *text != '\\' && (unsigned char)*text >= 0x20)
            putchar(*text);
    putchar('"');
}

static void print_number(const char *key, double value)
{
    if (value < 0)
        printf(",\"%s\":null", key);
    else
        printf(",\"%s\":%.6g", key, value);
}

static void print_result(const struct results *results, enum bench_job job, unsigned peer)
{
    const struct result *result = &results->jobs[job].peers[peer];
    printf("{\"job\":\"%s\",\"direction\":\"%s\",\"codec\":", bench_job_name(job),
           bench_job_encodes(job) ? "encode" : "decode");
    print_string(results->peers[peer]);
    print_number("ns", result->median);
    print_number("ns_10", result->low);
    print_number("ns_90", result->high);
    print_number("ratio", result->ratio);
    print_number("instructions", result->instructions);
    print_number("allocations", result->allocations);
    print_number("mb_per_s", result_speed(results, job, result));
    print_number("frames", results->jobs[job].frames);
    print_number("input_bytes", results->jobs[job].input);
    print_number("output_bytes", results->jobs[job].output);
    printf("}");
}

static void print_json(const struct results *results)
{
    const char *comma = "";
    printf("{");
    for (unsigned i = 0; i < results->note_count; i++) {
        print_string(results->notes[i][0]);
        printf(":");
        print_string(results->notes[i][1]);
        printf(",");
    }
    printf("\"results\":[");
    for (int job = 0; job < BENCH_JOBS; job++) {
        unsigned order[RESULT_PEERS], count = sort_peers(results, job, order);
        for (unsigned i = 0; i < count; i++, comma = ",") {
            printf("%s\n", comma);
            print_result(results, (enum bench_job)job, order[i]);
        }
    }
    printf("\n]}\n");
}

bool report_print(const char *path, bool json)
{
    FILE *file = fopen(path, "r");
    struct results *results = malloc(sizeof(*results));
    bool good = file != NULL && results != NULL && results_read(results, file);
    if (file == NULL)
        perror(path);
    else
        fclose(file);
    if (good && json)
        print_json(results);
    else if (good)
        print_table(results);
    free(results);
    return good;
}
