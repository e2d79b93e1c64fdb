/* SPDX-License-Identifier: MIT */
/*
 * Generated firmware against the codec core, both ways. It is compiled and loaded; frames
 * of every kind are made for each message. What the core sees in a frame is what the
 * firmware encodes, or what it has to decode; and what the firmware takes or makes of
 * anything else, the core has to take for the same.
 */
#include <dragoman/json.h>
#include <dragoman/stream.h>

#include "firmware_fill.h"
#include "firmware_mapper.h"
#include "seeds.h"
#include "walk.h"

#include <check.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BUDGET = 800, CHANGES = 12, FRAME = 65536, TOLD = 40 };

/* What came of it, over all profiles. */
static struct {
    unsigned profiles, whole, messages, left_out, frames, same_bytes, same_json,
        same_values, refused, changed, changed_good, decoded, spoiled, spoiled_good,
        lines;
} total;

struct bench {
    const char *path;
    struct dgm_profile *profile;
    void *memory, *library;
    const struct dgm_codec *codec;
    struct lab lab;
    const struct map *map;
    unsigned failures;
    bool reverse; /* the other end: what the device encodes is decoded */
    char folder[64];
};

static uint8_t *in, *other;
static struct dice dice;

static void complain(struct bench *bench, const struct specimen *specimen,
                     const char *what)
{
    bench->failures++;
    if (bench->failures > TOLD) {
        return;
    }
    (void)fprintf(stderr, "%s: %s: %s: ", bench->path,
                  lab_name(&bench->lab, bench->lab.message), what);
    if (specimen->has_channel) {
        (void)fprintf(stderr, "port=%u ", (unsigned)specimen->channel);
    }
    for (size_t i = 0; i < specimen->length; i++) {
        (void)fprintf(stderr, "%02X", specimen->bytes[i]);
    }
    (void)fputc('\n', stderr);
}

/* --- Building ---------------------------------------------------------------------- */

static void ignore_note(void *user, const struct note *note)
{
    (void)user;
    (void)note;
}

/* What is left out stands in the log. */
static void tell_left_out(void *user, const struct note *note)
{
    const char *path = user;
    if (strstr(note->text, "is left out") != NULL) {
        (void)fprintf(stderr, "# %s: %s\n", path, note->text);
    }
}

static FILE *create(const struct bench *bench, const char *stem, const char *end)
{
    char path[256];
    (void)snprintf(path, sizeof(path), "%s/%s%s", bench->folder, stem, end);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    return file;
}

static void write_sources(struct bench *bench, struct firmware *firmware)
{
    struct notes notes = {NULL, ignore_note, 0};
    char name[FIRMWARE_STEM + 4];
    (void)snprintf(name, sizeof(name), "%s.h", firmware->prefix);
    struct firmware_call call = {bench->codec, NULL, bench->path, name, bench->reverse};
    FILE *header = create(bench, firmware->prefix, ".h");
    FILE *code = create(bench, firmware->prefix, ".c");
    FILE *map = create(bench, "map", ".c");
    ck_assert(firmware_write(&call, &notes, header, code));
    firmware_write_map(firmware, map);
    ck_assert_int_eq(fclose(header), 0);
    ck_assert_int_eq(fclose(code), 0);
    ck_assert_int_eq(fclose(map), 0);
}

static void run(const char *command)
{
    int status = system(command);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s", command);
}

/* With sanitizers, where the test itself has them. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZE "-fsanitize=address,undefined -fno-sanitize-recover=undefined "
#else
#define SANITIZE ""
#endif

static void compile(struct bench *bench, const char *stem)
{
    char command[2048], path[128];
    (void)snprintf(
        command, sizeof(command),
        "cc -std=c99 -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow "
        "-Wpedantic -Wmissing-prototypes -Wstrict-prototypes -Wcast-qual "
        "-Wundef -Werror -O0 -g -fPIC " SANITIZE "-c -o %s/code.o %s/%s.c && cc -std=c11 "
        "-O0 -fPIC " SANITIZE "-shared -I '%s/tests/neighbours' -o %s/all.so %s/map.c "
        "%s/code.o",
        bench->folder, bench->folder, stem, getenv("DRAGOMAN_SOURCE"), bench->folder,
        bench->folder, bench->folder);
    run(command);
    (void)snprintf(path, sizeof(path), "%s/all.so", bench->folder);
    bench->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    ck_assert_msg(bench->library != NULL, "%s", dlerror());
    bench->map = dlsym(bench->library, "firmware_map");
    ck_assert_ptr_nonnull(bench->map);
}

/* False of a file of parts for others; one with errors is a failure. */
static bool load(struct bench *bench)
{
    enum dgm_status status = dgm_profile_load(bench->path, &bench->profile);
    if (status != DGM_OK && status != DGM_NOTHING) {
        bench->failures++;
        (void)fprintf(stderr, "%s: does not load, status %d\n", bench->path, (int)status);
    }
    return status == DGM_OK;
}

static bool bench_open(struct bench *bench, const char *path, size_t position,
                       bool reverse)
{
    struct notes notes = {bench, tell_left_out, 0};
    struct firmware firmware;
    size_t size = 0;
    memset(bench, 0, sizeof(*bench));
    bench->path = path;
    bench->reverse = reverse;
    notes.user = (void *)(uintptr_t)path;
    if (!load(bench)) {
        return false;
    }
    const struct dgm_model *model = dgm_profile_model_at(bench->profile, position, &size);
    if (model == NULL) {
        return false;
    }
    size_t needed = dgm_codec_size(model, size);
    bench->memory = malloc(needed);
    ck_assert_ptr_nonnull(bench->memory);
    ck_assert_int_eq(
        dgm_codec_open(model, size, bench->memory, needed, &bench->codec, NULL), DGM_OK);
    ck_assert(lab_open(&bench->lab, bench->codec));
    struct firmware_call call = {bench->codec, NULL, path, NULL, reverse};
    ck_assert(firmware_product_open(&firmware, &call, &notes));
    total.profiles++;
    total.whole += firmware.held == firmware.count;
    total.messages += (unsigned)firmware.held;
    total.left_out += (unsigned)(firmware.count - firmware.held);
    bool any = firmware.held > 0;
    if (any) {
        (void)strcpy(bench->folder, "/tmp/dragoman-firmware-XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(bench->folder));
        write_sources(bench, &firmware);
        compile(bench, firmware.prefix);
    }
    firmware_product_close(&firmware);
    return any;
}

static void bench_close(struct bench *bench)
{
    char command[128];
    if (bench->library != NULL) {
        (void)dlclose(bench->library);
    }
    if (bench->folder[0] != '\0') {
        (void)snprintf(command, sizeof(command), "rm -r %s", bench->folder);
        run(command);
    }
    lab_close(&bench->lab);
    free(bench->memory);
    dgm_profile_close(bench->profile);
}

/* --- Comparing --------------------------------------------------------------------- */

/* May the core say nothing of a value that the profile does not allow? */
static bool is_silent(const struct lab *lab)
{
    for (uint16_t i = 0; i < lab_message(lab)->row_count; i++) {
        uint16_t limit = lab->rows[i].limit;
        if (lab->rows[i].op == DGM_OP_TLV &&
            lab->tables.loops[lab->rows[i].spec].unknown != DGM_LOOP_REFUSE) {
            return true; /* tags are passed over */
        }
        if (limit == DGM_NONE || lab->rows[i].op == DGM_OP_REPEAT) {
            continue;
        }
        const struct dgm_limit *found = &lab->tables.limits[limit];
        if (found->outside == DGM_OUTSIDE_NULL || found->outside == DGM_OUTSIDE_CLAMP ||
            (found->flags & DGM_LIMIT_SILENT)) {
            return true;
        }
    }
    return false;
}

/* Is the notice about more than one raw value: a computed one, a sum of differences, an
 * unknown tag? */
static bool is_beyond(const struct lab *lab, const struct dgm_error *notice)
{
    for (uint16_t i = 0; i < lab_message(lab)->row_count; i++) {
        const struct dgm_row *row = &lab->rows[i];
        bool raw = row->op == DGM_OP_INT || row->op == DGM_OP_BIT ||
                   row->op == DGM_OP_FIELD || row->op == DGM_OP_FLOAT ||
                   row->op == DGM_OP_DIGITS || row->op == DGM_OP_BYTES;
        bool piped = row->show == DGM_SHOW_PIPE ||
                     (row->op == DGM_OP_FLOAT && row->detail != DGM_NONE);
        if (row->path == notice->path && (!raw || (row->flags & DGM_ROW_SERIES) ||
                                          (piped && row->limit != DGM_NONE))) {
            return true;
        }
    }
    return false;
}

/* Is something told that the firmware has to refuse? */
static bool is_told(const struct lab *lab, bool raw_only)
{
    for (size_t i = 0; i < lab->worker.outcome.notice_count && i < WORKER_NOTICES; i++) {
        const struct dgm_error *notice = &lab->worker.notices[i];
        if (notice->status != DGM_WARNING && !(raw_only && is_beyond(lab, notice))) {
            return true;
        }
    }
    return false;
}

static bool is_outside(const struct lab *lab)
{
    return is_told(lab, false) || is_silent(lab);
}

static const struct map_message *message_of(const struct bench *bench)
{
    return &bench->map->messages[bench->lab.message];
}

/* The same with another frame, decoded by the core. */
static bool read_back(struct bench *bench, const struct specimen *like,
                      const uint8_t *frame, size_t length, struct specimen *ret)
{
    if (length > SPECIMEN_MAX) {
        return false;
    }
    *ret = *like;
    memcpy(ret->bytes, frame, length);
    ret->length = length;
    return lab_decode(&bench->lab, ret) <= DGM_NOTHING;
}

/* Does the core see in the frame that was decoded last what was encoded? */
static bool is_same_struct(const struct bench *bench, const struct specimen *back)
{
    return firmware_fill(&bench->lab, bench->map, back, other) &&
           memcmp(in, other, message_of(bench)->size) == 0;
}

/* A buffer of just the right size will do, and no shorter one; nothing is written behind
 * it, which sanitizers look after. */
static void try_room(struct bench *bench, const struct specimen *specimen, size_t length)
{
    size_t less = (size_t)dice_below(&dice, length), made = 0;
    uint8_t *exact = malloc(length + 1), *small = malloc(less + 1);
    ck_assert(exact != NULL && small != NULL);
    exact[length] = small[less] = 0xA5;
    if (message_of(bench)->encode(in, specimen->channel, exact, length, &made) != 0 ||
        made != length) {
        complain(bench, specimen, "does not fit its own size");
    }
    if (length > 0 &&
        (message_of(bench)->encode(in, specimen->channel, small, less, &made) == 0 ||
         made != 0)) {
        complain(bench, specimen, "fits too small a buffer");
    }
    if (exact[length] != 0xA5 || small[less] != 0xA5) {
        complain(bench, specimen, "written behind the buffer");
    }
    free(exact);
    free(small);
}

/* What the core sees in the frame is encoded: to the same frame, or one that means the
 * same. */
static void encode_frame(struct bench *bench, const struct specimen *specimen)
{
    static uint8_t frame[FRAME];
    struct lab *lab = &bench->lab;
    struct specimen back = *specimen;
    size_t length = 0;
    bool outside = is_outside(lab);
    if (!firmware_fill(lab, bench->map, specimen, in)) {
        total.refused++;
        return;
    }
    char *json = strndup(lab->worker.data, lab->worker.outcome.length);
    int status =
        message_of(bench)->encode(in, specimen->channel, frame, sizeof(frame), &length);
    if (status == 0) {
        try_room(bench, specimen, length);
    }
    if (status != 0) {
        total.refused++;
        if (!outside) {
            char what[64];
            (void)snprintf(what, sizeof(what), "not encoded, status %d", status);
            complain(bench, specimen, what);
        }
    } else if (length == specimen->length &&
               memcmp(frame, specimen->bytes, length) == 0) {
        total.same_bytes++;
    } else if (read_back(bench, specimen, frame, length, &back) &&
               dgm_json_equal(json, strlen(json), lab->worker.data,
                              lab->worker.outcome.length, 0)) {
        total.same_json++;
    } else if (is_same_struct(bench, &back)) {
        total.same_values++; /* the JSON shows bytes that are filled up, or is none */
    } else {
        complain(bench, specimen, "another frame");
        complain(bench, &back, "  was encoded");
    }
    free(json);
}

/* Change one member to anything. */
static void change(const struct bench *bench)
{
    const struct map_row *row = NULL;
    size_t seen = 0;
    for (size_t i = 0; i < bench->map->row_count; i++) {
        if (bench->map->rows[i].message == bench->lab.message &&
            dice_below(&dice, ++seen) == 0) {
            row = &bench->map->rows[i];
        }
    }
    if (row == NULL) {
        return;
    }
    uint64_t value = dice_next(&dice) >> dice_below(&dice, 64);
    value = dice_once(&dice, 4) ? 0 - value : value;
    value = row->is_bool ? value & 1 : value;
    size_t size = row->size < 8 ? row->size : 8;
    if (row->count != 0) {
        uint16_t count = (uint16_t)dice_below(&dice, row->most + 2);
        memcpy(in + row->count, &count, 2);
    } else {
        memcpy(in + row->offset, &value, size);
    }
}

/* Members that the core does not see may differ: the frame may not, unless it shows the
 * same. */
static void encode_again(struct bench *bench, const struct specimen *back,
                         const uint8_t *frame, size_t length)
{
    static uint8_t twice[FRAME];
    struct specimen again;
    size_t second = 0;
    int status =
        message_of(bench)->encode(other, back->channel, twice, sizeof(twice), &second);
    if (status == 0 && second == length && memcmp(twice, frame, length) == 0) {
        return;
    }
    char *json = strndup(bench->lab.worker.data, bench->lab.worker.outcome.length);
    bool same = status == 0 && read_back(bench, back, twice, second, &again) &&
                dgm_json_equal(json, strlen(json), bench->lab.worker.data,
                               bench->lab.worker.outcome.length, 0);
    free(json);
    if (!same) {
        complain(bench, back, "the core sees other values");
    }
}

/* What is encoded of anything, the core decodes without a complaint to the same. */
static void encode_changed(struct bench *bench, const struct specimen *specimen)
{
    static uint8_t frame[FRAME];
    struct specimen back;
    size_t length = 0;
    change(bench);
    total.changed++;
    if (message_of(bench)->encode(in, specimen->channel, frame, sizeof(frame), &length) !=
            0 ||
        length > SPECIMEN_MAX) {
        return;
    }
    total.changed_good++;
    if (!read_back(bench, specimen, frame, length, &back)) {
        complain(bench, &back, "the core refuses what was encoded");
    } else if (is_told(&bench->lab, true) && !is_silent(&bench->lab)) {
        complain(bench, &back, "the core complains of what was encoded");
    } else if (!firmware_fill(&bench->lab, bench->map, &back, other)) {
        complain(bench, &back, "more than there is room for");
    } else {
        encode_again(bench, &back, frame, length);
    }
}

/* The members are those that the core sees. */
static void decode_frame(struct bench *bench, const struct specimen *specimen)
{
    const struct map_message *message = message_of(bench);
    int status =
        message->decode(specimen->bytes, specimen->length, specimen->channel, other);
    bool room = firmware_fill(&bench->lab, bench->map, specimen, in);
    if (status != 0) {
        total.refused++;
        if (!is_outside(&bench->lab) && room) {
            char what[64];
            (void)snprintf(what, sizeof(what), "not decoded, status %d", status);
            complain(bench, specimen, what);
        }
    } else if (memcmp(in, other, message->size) != 0) {
        complain(bench, specimen, "decoded to something else");
    } else {
        total.decoded++;
    }
}

static void spoil(struct specimen *specimen)
{
    switch (dice_below(&dice, 4)) {
    case 0:
        specimen->length = (size_t)dice_below(&dice, specimen->length + 1);
        break;
    case 1:
        if (specimen->length < SPECIMEN_MAX) {
            specimen->bytes[specimen->length++] = (uint8_t)dice_next(&dice);
        }
        break;
    default:
        if (specimen->length > 0) {
            specimen->bytes[dice_below(&dice, specimen->length)] ^=
                (uint8_t)(1 + dice_below(&dice, 255));
        }
        break;
    }
}

/* What is decoded of anything, the core takes, too, and for the same. */
static void decode_spoiled(struct bench *bench, const struct specimen *specimen)
{
    struct specimen spoiled = *specimen;
    const struct map_message *message = message_of(bench);
    spoil(&spoiled);
    total.spoiled++;
    int status = message->decode(spoiled.bytes, spoiled.length, spoiled.channel, other);
    /* A message that takes what no other does cannot know of the others. */
    bool fallback = (lab_message(&bench->lab)->flags & DGM_MESSAGE_FALLBACK) != 0;
    bool good = lab_decode(&bench->lab, &spoiled) <= DGM_NOTHING &&
                (fallback || lab_identifies(&bench->lab, &spoiled));
    if (status != 0) {
        if (good && !is_outside(&bench->lab) &&
            firmware_fill(&bench->lab, bench->map, &spoiled, in)) {
            complain(bench, &spoiled, "the core takes what was refused");
        }
        return;
    }
    total.spoiled_good++;
    if (!good) {
        complain(bench, &spoiled, "the core refuses what was decoded");
    } else if (!firmware_fill(&bench->lab, bench->map, &spoiled, in) ||
               memcmp(in, other, message->size) != 0) {
        complain(bench, &spoiled, "spoiled and decoded to something else");
    }
}

static void recognise(struct bench *bench, const struct specimen *specimen)
{
    int status = 0;
    int found = bench->map->recognise(specimen->bytes, specimen->length,
                                      specimen->channel, &status);
    if (specimen->topic[0] == '\0' && found != bench->lab.message) {
        complain(bench, specimen, "taken for another message");
    }
}

/* What stands around the frame is put on as the program does it; off it comes as the core
 * does it, also where something is wrong. */
static void try_line(struct bench *bench, const struct specimen *specimen)
{
    static uint8_t line[LAB_LINE_MAX], own[LAB_LINE_MAX], content[FRAME], core[FRAME];
    size_t count = lab_wrap(&bench->lab, specimen->bytes, specimen->length, line);
    size_t length = 0, core_length = 0;
    int status =
        bench->map->wrap(specimen->bytes, specimen->length, own, sizeof(own), &length);
    if (status != 0 || length != count || memcmp(line, own, count) != 0) {
        complain(bench, specimen, "another line");
        return;
    }
    for (unsigned i = 0; i < CHANGES; i++) {
        total.lines++;
        enum dgm_status wanted = dgm_frame_content(bench->codec, line, count, core,
                                                   sizeof(core), &core_length);
        status = bench->map->unwrap(line, count, content, sizeof(content), &length);
        bool same = status == 0 && wanted == DGM_OK && length == core_length &&
                    memcmp(content, core, length) == 0;
        if (!same && (status == 0 || wanted == DGM_OK) && wanted != DGM_LIMIT) {
            complain(bench, specimen, "the line is read otherwise");
        }
        if (count > 0) {
            line[dice_below(&dice, count)] = dice_once(&dice, 2)
                                                 ? line[dice_below(&dice, count)]
                                                 : (uint8_t)dice_next(&dice);
            count -= dice_once(&dice, 4);
        }
    }
}

static bool try_frame(void *user, struct lab *lab, const struct specimen *specimen)
{
    struct bench *bench = user;
    bool down = message_of(bench)->down;
    bool knows = specimen->has_channel || !message_of(bench)->asks_port;
    if (!knows || lab_decode(lab, specimen) > DGM_NOTHING ||
        !lab_identifies(lab, specimen)) {
        return true;
    }
    total.frames++;
    if (bench->map->wrap != NULL) {
        try_line(bench, specimen);
    }
    if (down) {
        if (!bench->reverse) {
            recognise(bench, specimen);
        }
        decode_frame(bench, specimen);
    } else {
        encode_frame(bench, specimen);
    }
    for (unsigned i = 0; i < CHANGES; i++) {
        if (down) {
            decode_spoiled(bench, specimen);
        } else {
            encode_changed(bench, specimen);
        }
    }
    return true;
}

static void try_message(struct bench *bench, uint16_t index)
{
    struct explorer explorer;
    struct lab *lab = &bench->lab;
    size_t size = bench->map->messages[index].size;
    if (size == 0) {
        return;
    }
    in = malloc(size);
    other = malloc(size);
    ck_assert(in != NULL && other != NULL);
    lab_take(lab, index, 1);
    seeds_request(lab, 1);
    dice_open(&dice, 1, index);
    ck_assert(explore_open(&explorer, lab, BUDGET));
    explorer.found = try_frame;
    explorer.user = bench;
    seeds_offer(&explorer, bench->profile);
    explore(&explorer);
    explore_close(&explorer);
    free(in);
    free(other);
}

/* --- Profiles ---------------------------------------------------------------------- */

enum { PATHS = 600 };
static char *paths[PATHS];
static int path_count;

/* Of each model of the file. */
static unsigned try_profile(const char *path, bool reverse)
{
    struct bench bench;
    unsigned failures = 0;
    bool more = true;
    for (size_t i = 0; more; i++) {
        if (bench_open(&bench, path, i, reverse)) {
            for (size_t j = 0; j < bench.map->message_count; j++) {
                try_message(&bench, (uint16_t)j);
            }
        }
        failures += bench.failures;
        more =
            bench.codec != NULL && dgm_profile_model_name(bench.profile, i + 1) != NULL;
        bench_close(&bench);
    }
    return failures;
}

START_TEST(firmware_and_core_agree)
{
    ck_assert_uint_eq(try_profile(paths[_i], false), 0);
}
END_TEST

/* Reports have more of the language than commands: their decoding is tried, too. */
START_TEST(the_other_end_and_core_agree)
{
    ck_assert_uint_eq(try_profile(paths[_i], true), 0);
}
END_TEST

static bool take_path(void *user, enum walk_kind kind, const char *path)
{
    (void)user;
    if (kind == WALK_PROFILE && path_count < PATHS) {
        paths[path_count++] = strdup(path);
    }
    return true;
}

/* Profiles, and folders of such; behind --whole those of which nothing is left out. */
int main(int argc, char **argv)
{
    bool whole = argc > 1 && strcmp(argv[1], "--whole") == 0;
    for (int i = whole ? 2 : 1; i < argc; i++) {
        if (!walk_is_folder(argv[i])) {
            (void)take_path(NULL, WALK_PROFILE, argv[i]);
        } else if (!walk(argv[i], take_path, NULL)) {
            return EXIT_FAILURE;
        }
    }
    Suite *suite = suite_create("firmware");
    TCase *agree = tcase_create("agree");
    tcase_set_timeout(agree, 120);
    tcase_add_loop_test(agree, firmware_and_core_agree, 0, path_count);
    tcase_add_loop_test(agree, the_other_end_and_core_agree, 0, path_count);
    suite_add_tcase(suite, agree);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    failed += whole && total.left_out > 0;
    srunner_free(runner);
    for (int i = 0; i < path_count; i++) {
        free(paths[i]);
    }
    (void)fprintf(stderr,
                  "%u models, %u whole; %u messages, %u left out; %u frames: %u the same "
                  "bytes, %u the same JSON, %u the same values, %u decoded, %u refused "
                  "as the profile wants; "
                  "%u changed structs, %u of them encoded; %u spoiled frames, %u of them "
                  "decoded; %u lines\n",
                  total.profiles, total.whole, total.messages, total.left_out,
                  total.frames, total.same_bytes, total.same_json, total.same_values,
                  total.decoded, total.refused, total.changed, total.changed_good,
                  total.spoiled, total.spoiled_good, total.lines);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
