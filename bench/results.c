/* SPDX-License-Identifier: MIT */
/*
 * Reads lines of results. They come from our own programs, yet a line that does not fit
 * is an error and not a guess.
 */
#include "results.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 6, LINE_SIZE = 512 };

static const char yardstick[] = "straight-line C";

static unsigned split(char *line, char **words)
{
    unsigned count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at != NULL && count < WORDS_MAX; count++) {
        words[count] = at;
        at = strchr(at, '\t');
        if (at != NULL)
            *at++ = '\0';
    }
    return count;
}

static int find_job(const char *name)
{
    for (int job = 0; job < BENCH_JOBS; job++)
        if (strcmp(name, bench_job_name((enum bench_job)job)) == 0)
            return job;
    return -1;
}

static int find_peer(struct results *results, const char *name)
{
    for (unsigned i = 0; i < results->peer_count; i++)
        if (strcmp(name, results->peers[i]) == 0)
            return (int)i;
    if (results->peer_count == RESULT_PEERS || strlen(name) >= NAME_SIZE)
        return -1;
    strcpy(results->peers[results->peer_count], name);
    return (int)results->peer_count++;
}

static bool add_note(struct results *results, char **words)
{
    if (results->note_count == NOTES_MAX)
        return false;
    char(*note)[NOTE_SIZE] = results->notes[results->note_count++];
    for (unsigned i = 0; i < 2; i++)
        snprintf(note[i], NOTE_SIZE, "%s", words[i + 1]);
    return true;
}

static bool add_time(struct result *result, char **words)
{
    unsigned long round = strtoul(words[3], NULL, 10);
    unsigned long repetition = strtoul(words[4], NULL, 10);
    double ns = strtod(words[5], NULL);
    if (round < 1 || round > ROUNDS_MAX || repetition >= REPETITIONS_MAX || !(ns > 0))
        return false;
    result->times[(round - 1) * REPETITIONS_MAX + repetition] = ns;
    return true;
}

static bool add_line(struct results *results, char **words, unsigned count)
{
    if (count == 3 && strcmp(words[0], "note") == 0)
        return add_note(results, words);
    int job = count > 2 ? find_job(words[1]) : -1;
    if (job < 0)
        return false;
    if (count == 5 && strcmp(words[0], "size") == 0) {
        results->jobs[job].frames = (unsigned)strtoul(words[2], NULL, 10);
        results->jobs[job].input = strtod(words[3], NULL);
        results->jobs[job].output = strtod(words[4], NULL);
        return true;
    }
    int peer = find_peer(results, words[2]);
    if (peer < 0)
        return false;
    struct result *result = &results->jobs[job].peers[peer];
    if (count == 6 && strcmp(words[0], "time") == 0)
        return add_time(result, words);
    if (count == 4 && strcmp(words[0], "allocations") == 0)
        result->allocations = strtod(words[3], NULL);
    else if (count == 4 && strcmp(words[0], "counted") == 0)
        result->instructions = strtod(words[3], NULL);
    else
        return false;
    return true;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void work_out(struct result *result, const struct result *base)
{
    enum { MOST = ROUNDS_MAX * REPETITIONS_MAX };
    static double times[MOST], ratios[MOST];
    size_t count = 0, pairs = 0;
    for (size_t i = 0; i < MOST; i++) {
        double ns = result->times[i];
        if (ns < 0)
            continue;
        times[count++] = ns;
        if (base != NULL && base->times[i] > 0)
            ratios[pairs++] = ns / base->times[i];
    }
    qsort(times, count, sizeof(times[0]), compare);
    qsort(ratios, pairs, sizeof(ratios[0]), compare);
    if (count > 0) {
        result->median = times[count / 2];
        result->low = times[count / 10];
        result->high = times[(count - 1) - count / 10];
    }
    if (pairs > 0)
        result->ratio = ratios[pairs / 2];
}

static void forget(struct result *result)
{
    for (size_t i = 0; i < sizeof(result->times) / sizeof(result->times[0]); i++)
        result->times[i] = -1;
    result->median = result->low = result->high = result->ratio = -1;
    result->instructions = result->allocations = -1;
}

bool results_read(struct results *results, FILE *file)
{
    char line[LINE_SIZE], *words[WORDS_MAX];
    results->note_count = results->peer_count = 0;
    for (int job = 0; job < BENCH_JOBS; job++)
        for (unsigned peer = 0; peer < RESULT_PEERS; peer++)
            forget(&results->jobs[job].peers[peer]);
    for (unsigned number = 1; fgets(line, sizeof(line), file) != NULL; number++) {
        unsigned count = split(line, words);
        if (!add_line(results, words, count)) {
            fprintf(stderr, "bench: line %u of the results makes no sense\n", number);
            return false;
        }
    }
    for (int job = 0; job < BENCH_JOBS; job++) {
        int base = find_peer(results, yardstick);
        for (unsigned peer = 0; peer < results->peer_count; peer++)
            work_out(&results->jobs[job].peers[peer],
                     base >= 0 ? &results->jobs[job].peers[base] : NULL);
    }
    return true;
}

bool result_is_there(const struct result *result)
{
    return result->median > 0;
}

double result_speed(const struct results *results, enum bench_job job,
                    const struct result *result)
{
    double bytes =
        bench_job_encodes(job) ? results->jobs[job].input : results->jobs[job].output;
    return bytes / result->median * 1e3;
}
