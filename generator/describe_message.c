/* SPDX-License-Identifier: MIT */
/* Messages of a description: how a frame is recognised, and how large things get. */
#include "describe.h"

#include <dragoman/kind.h>

#include "emit_names.h"
#include "framing.h"
#include "work.h"

#include <inttypes.h>

static void put_range(struct out *out, uint64_t first, uint64_t last)
{
    if (first == last)
        out_format(out, "%" PRIu64, first);
    else if (last >= UINT32_MAX)
        out_format(out, "from %" PRIu64, first);
    else
        out_format(out, "%" PRIu64 " to %" PRIu64, first, last);
}

static void put_bytes(struct out *out, const struct dgm_guard *guard)
{
    uint64_t all = guard->size < 8 ? ((uint64_t)1 << guard->size * 8) - 1 : UINT64_MAX;
    int digits = guard->size * 2;
    if (guard->size == 1)
        out_format(out, "byte %u", guard->at);
    else
        out_format(out, "bytes %u..%u", guard->at, guard->at + guard->size - 1u);
    if ((guard->mask & all) != all)
        out_format(out, " & 0x%0*" PRIX64, digits, guard->mask);
    out_format(out, " = 0x%0*" PRIX64, digits, guard->value);
}

static void put_guard(const struct describing *describing, struct out *out,
                      const struct dgm_guard *guard)
{
    switch (guard->kind) {
    case DGM_GUARD_BYTES:
        put_bytes(out, guard);
        return;
    case DGM_GUARD_LENGTH:
        out_text(out, "length ");
        put_range(out, guard->value, guard->mask);
        return;
    case DGM_GUARD_CHANNEL:
        out_text(out, "port ");
        put_range(out, guard->value, guard->mask);
        return;
    default:
        out_format(
            out, "topic %s",
            describe_text(describing->arena, emit_pool_text(&describing->model->builder,
                                                            (uint32_t)guard->value)));
    }
}

/* Each fact is one thing that must hold. */
static void add_guards(const struct describing *describing, struct fact_list *list,
                       const struct dgm_message *row)
{
    const struct dgm_guard *guards =
        describing->model->builder.guards.items + row->first_guard;
    for (unsigned i = 0; i < row->guard_count;) {
        struct out out;
        bool more = true;
        out_init(&out, list->arena);
        out_text(&out, "");
        while (more) {
            more = (guards[i].flags & DGM_GUARD_OR_NEXT) != 0 && i + 1 < row->guard_count;
            if (out.length < DGM_DOC_TEXT) {
                put_guard(describing, &out, &guards[i]);
                out_text(&out, more ? ", or " : "");
            }
            i++;
        }
        fact_add(list, "frame", describe_text(list->arena, out.text));
    }
}

static void add_answers(struct fact_list *list, const struct message *message)
{
    struct out out;
    if (message->kind != DGM_KIND_REPLY)
        return;
    out_init(&out, list->arena);
    out_text(&out, message->answer_count == 0 ? "every report" : "");
    for (size_t i = 0; i < message->answer_count && out.length < DGM_DOC_TEXT; i++)
        out_format(&out, "%s%s", i > 0 ? ", " : "", message->answers[i]->name);
    fact_add(list, "answers", describe_text(list->arena, out.text));
}

/* What the head of a message says beside its name and kind. */
static const char *const head_keys[][2] = {
    {"command", "command"},      {"event", "event"},
    {"when", "only when"},       {"only", "only"},
    {"refuse", "refused"},       {"short_frame", "short frames"},
    {"hook", "through"},         {"process", "masked"},
    {"to", "members belong to"}, {"trailing_bytes", "bytes behind the layout"}};

static struct dgm_doc_facts recognition_of(const struct describing *describing,
                                           const struct message *message,
                                           const struct node *map)
{
    struct fact_list list = {.arena = describing->arena};
    for (size_t i = 0; i < sizeof(head_keys) / sizeof(head_keys[0]); i++) {
        const struct node *node = node_get(map, head_keys[i][0]);
        if (node != NULL)
            fact_add(&list, head_keys[i][1], describe_node(list.arena, node));
    }
    add_answers(&list, message);
    if (message->fallback)
        fact_add(&list, "tried", "after all other messages");
    add_guards(describing, &list,
               &describing->model->builder.messages.items[message->index]);
    return facts_of(&list);
}

/* The same numbers as the manifest has. */
static struct dgm_doc_facts sizes_of(const struct describing *describing,
                                     const struct dgm_message *row)
{
    struct fact_list list = {.arena = describing->arena};
    const struct builder *builder = &describing->model->builder;
    const struct dgm_worst work = work_of(builder, row);
    struct out out;
    out_init(&out, list.arena);
    put_range(&out, framing_line_least(builder, row->frame_min),
              framing_line_most(builder, row->frame_max));
    fact_add(&list, "frame bytes", out.text);
    fact_format(&list, "JSON bytes, oceanconnect", "%" PRIu32, row->json_max[0]);
    fact_format(&list, "JSON bytes, iotda", "%" PRIu32, row->json_max[1]);
    fact_format(&list, "JSON bytes, plain", "%" PRIu32, row->json_max[2]);
    fact_format(&list, "slots", "%u", row->slots);
    fact_format(&list, "depth", "%u", work.depth);
    fact_format(&list, "steps", "%" PRIu64, work.steps);
    return facts_of(&list);
}

void describe_messages(const struct describing *describing, struct dgm_doc *doc)
{
    const struct message_list *list = &describing->source->messages;
    const struct node *root = node_get(describing->source->root, "messages");
    struct arena *arena = describing->arena;
    struct dgm_doc_message *messages =
        arena_array(arena, list->count + 1, sizeof(*messages));
    size_t left = DGM_DOC_ITEMS;
    for (size_t i = 0; i < list->count; i++) {
        const struct message *message = &list->items[i];
        const struct node *map = node_get(root, message->name);
        const struct node *text = node_get(map, "description");
        messages[i].name = describe_text(arena, message->name);
        messages[i].place = describe_place(describing->diag, message->where);
        messages[i].kind = dgm_kind_word(message->kind);
        messages[i].direction = dgm_kind_direction(message->kind);
        messages[i].text = text != NULL ? describe_node(arena, text) : "";
        messages[i].recognition = recognition_of(describing, message, map);
        messages[i].sizes =
            sizes_of(describing, &describing->model->builder.messages.items[i]);
        describe_items(describing, message, &left, &messages[i]);
    }
    doc->messages = messages;
    doc->message_count = list->count;
}
