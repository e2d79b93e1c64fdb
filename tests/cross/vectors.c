/* SPDX-License-Identifier: MIT */
/*
 * Does this machine give the answers of the build machine? Tables and expected answers
 * are linked in; each vector goes by the rows of its table and by a plan, and each way
 * has one line of TAP. Runs with a C library and without one.
 */
#include "vectors.h"

#include "platform.h"

#include <string.h>

enum { SHOWN = 400 /* bytes of a wrong answer that are shown */ };
enum way { BY_ROWS, BY_PLAN, WAYS };
static const char *const way_names[WAYS] = {"", ", by a plan"};

struct checking {
    const struct cross_case *current;
    enum way way;
    uint32_t answer, hash; /* how many came */
    bool failed;           /* the current case */
    uint32_t calls;
    size_t stack[WAYS][CROSS_KINDS];
};

static struct cross_answer line;

static void flush(void)
{
    platform_write(line.text, line.length);
    line.length = 0;
}

static void put_count(const char *before, uint64_t number)
{
    cross_put_text(&line, before);
    cross_put_number(&line, number);
}

/* One comment line, so that the answer's own lines do not pass for results. */
static void put_shown(const char *what, const char *text, size_t length)
{
    cross_put_text(&line, "#     ");
    cross_put_text(&line, what);
    for (size_t i = 0; i < length && i < SHOWN; i++) {
        cross_put(&line, text[i] == '\n' ? "|" : text + i, 1);
    }
    cross_put_text(&line, "\n");
}

static void complain(struct checking *checking, const char *step, uint32_t number,
                     const struct cross_answer *answer)
{
    checking->failed = true;
    cross_put_text(&line, "# wrong answer to: ");
    cross_put_text(&line, step);
    put_count(", number ", number);
    cross_put_text(&line, "\n");
    put_shown("found    ", answer->text, answer->length);
}

static void take(void *user, const char *step, bool mutated,
                 const struct cross_answer *answer)
{
    struct checking *checking = user;
    const struct cross_case *current = checking->current;
    checking->calls++;
    if (checking->failed) {
        return;
    }
    if (mutated) {
        uint32_t number = checking->hash++;
        if (number >= current->hash_count ||
            current->hashes[number] != cross_hash(answer)) {
            complain(checking, step, number, answer);
        }
        return;
    }
    uint32_t number = checking->answer++;
    const struct cross_expected *expected = &current->answers[number];
    if (number >= current->answer_count) {
        complain(checking, step, number, answer);
    } else if (answer->length != expected->length ||
               memcmp(answer->text, expected->text, answer->length) != 0) {
        complain(checking, step, number, answer);
        put_shown("expected ", expected->text, expected->length);
    }
}

static void before(void *user, enum cross_kind kind)
{
    (void)user;
    (void)kind;
    platform_stack_paint();
}

static void after(void *user, enum cross_kind kind)
{
    struct checking *checking = user;
    size_t used = platform_stack_used();
    if (used > checking->stack[checking->way][kind]) {
        checking->stack[checking->way][kind] = used;
    }
}

static void put_result(bool good, uint32_t number, const char *name, enum way way)
{
    cross_put_text(&line, good ? "ok " : "not ok ");
    cross_put_number(&line, number);
    cross_put_text(&line, " - ");
    cross_put_text(&line, name);
    cross_put_text(&line, way_names[way]);
    cross_put_text(&line, "\n");
    flush();
}

/* What a table costs on this machine. */
static void put_product(const struct cross_product *product,
                        const struct dgm_codec *codec)
{
    cross_put_text(&line, "# ");
    cross_put_text(&line, product->name);
    put_count(": table ", product->table_size);
    put_count(", codec ", dgm_codec_size(*product->model, product->table_size));
    put_count(", scratch ", dgm_codec_scratch_size(codec));
    put_count(", frame ", dgm_codec_frame_max(codec));
    put_count(", JSON ", dgm_codec_json_max(codec, DGM_SHAPE_OCEANCONNECT));
    put_count(" ", dgm_codec_json_max(codec, DGM_SHAPE_IOTDA));
    put_count(" ", dgm_codec_json_max(codec, DGM_SHAPE_PLAIN));
    cross_put_text(&line, "\n");
    flush();
}

static bool check_case(struct checking *checking, struct cross_run *run,
                       const struct cross_case *current)
{
    checking->current = current;
    checking->answer = checking->hash = 0;
    checking->failed = false;
    cross_steps(run, &current->vector);
    if (!checking->failed && (checking->answer != current->answer_count ||
                              checking->hash != current->hash_count)) {
        cross_put_text(&line, "# answers are missing\n");
        checking->failed = true;
    }
    return !checking->failed;
}

/* Returns how many cases failed. */
static uint32_t check_cases(struct checking *checking,
                            const struct cross_product *product,
                            const struct dgm_codec *codec, uint32_t *number)
{
    uint32_t failed = 0;
    struct cross_run run = {codec, checking, take, before, after};
    for (uint32_t i = 0; i < product->case_count; i++) {
        bool good = check_case(checking, &run, &product->cases[i]);
        failed += good ? 0 : 1;
        put_result(good, ++*number, product->cases[i].vector.name, checking->way);
    }
    return failed;
}

static uint32_t refused(const char *what, const struct cross_product *product)
{
    cross_put_text(&line, "Bail out! refused: ");
    cross_put_text(&line, what);
    cross_put_text(&line, product->name);
    cross_put_text(&line, "\n");
    flush();
    return 1;
}

static uint32_t check_product(struct checking *checking,
                              const struct cross_product *product, uint32_t *number)
{
    checking->way = BY_ROWS;
    before(checking, CROSS_OPEN);
    const struct dgm_codec *codec = cross_open(*product->model, product->table_size);
    after(checking, CROSS_OPEN);
    if (codec == NULL) {
        return refused("the table of ", product);
    }
    put_product(product, codec);
    uint32_t failed = check_cases(checking, product, codec, number);
    checking->way = BY_PLAN;
    before(checking, CROSS_OPEN);
    const struct dgm_codec *plan = cross_plan(codec);
    after(checking, CROSS_OPEN);
    if (plan == NULL) {
        return failed + refused("a plan of ", product);
    }
    return failed + check_cases(checking, product, plan, number);
}

static void put_order(void)
{
    const uint16_t one = 1;
    uint8_t first = 0;
    memcpy(&first, &one, 1);
    cross_put_text(&line, first == 1 ? "# little-endian" : "# big-endian");
    put_count(", bits of a pointer: ", sizeof(void *) * 8);
    cross_put_text(&line, "\n");
}

static void put_stack(const char *before, const size_t *stack)
{
    put_count(before, stack[CROSS_OPEN]);
    put_count(", decode ", stack[CROSS_DECODE]);
    put_count(", encode ", stack[CROSS_ENCODE]);
    put_count(", JSON functions ", stack[CROSS_OTHER]);
    cross_put_text(&line, "\n");
}

static void put_summary(const struct checking *checking)
{
    put_count("# calls: ", checking->calls);
    cross_put_text(&line, "\n");
    if (checking->stack[BY_ROWS][CROSS_DECODE] != 0) {
        put_stack("# stack: open ", checking->stack[BY_ROWS]);
        put_stack("# stack with plans: make ", checking->stack[BY_PLAN]);
    }
    flush();
}

int main(void)
{
    static struct checking checking;
    uint32_t total = 0;
    uint32_t failed = 0;
    uint32_t number = 0;
    for (uint32_t i = 0; i < cross_product_count; i++) {
        total += WAYS * cross_products[i].case_count;
    }
    put_count("1..", total);
    cross_put_text(&line, "\n");
    put_order();
    for (uint32_t i = 0; i < cross_product_count; i++) {
        failed += check_product(&checking, &cross_products[i], &number);
    }
    put_summary(&checking);
    return failed == 0 && total > 0 ? 0 : 1;
}
