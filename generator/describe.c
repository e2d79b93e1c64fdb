/* SPDX-License-Identifier: MIT */
/* The description of a model: the product first, then its services and messages. */
#include "describe.h"

static const char *const product_keys[][2] = {{"manufacturer_name", "manufacturer"},
                                              {"manufacturer_id", "manufacturer id"},
                                              {"model", "model"},
                                              {"name", "product name"},
                                              {"product_id", "product id"},
                                              {"device_type", "device type"},
                                              {"protocol_type", "protocol"},
                                              {"data_format", "data format"},
                                              {"industry", "industry"},
                                              {"app_id", "application id"},
                                              {"version", "version"}};

/* What holds for all frames. */
static const char *const wire_keys[][2] = {
    {"byte_order", "byte order"},     {"bit_order", "bit order"},
    {"framing", "framing"},           {"short_frame", "short frames"},
    {"model_limits", "model limits"}, {"trailing_bytes", "bytes behind the layout"}};

static void add_keys(struct fact_list *list, const struct node *map,
                     const char *const keys[][2], size_t count)
{
    for (size_t i = 0; i < count && map != NULL; i++) {
        const struct node *node = node_get(map, keys[i][0]);
        if (node != NULL)
            fact_add(list, keys[i][1], describe_node(list->arena, node));
    }
}

static struct dgm_doc_facts product_facts(struct arena *arena, const struct node *root)
{
    struct fact_list list = {.arena = arena};
    add_keys(&list, node_get(root, "product"), product_keys,
             sizeof(product_keys) / sizeof(product_keys[0]));
    add_keys(&list, node_get(root, "wire"), wire_keys,
             sizeof(wire_keys) / sizeof(wire_keys[0]));
    return facts_of(&list);
}

struct dgm_doc_place describe_place(const struct diag *diag, struct location where)
{
    bool is_known = where.line > 0 && where.file < diag->file_count;
    return is_known ? (struct dgm_doc_place){diag->files[where.file].name, where.line}
                    : (struct dgm_doc_place){NULL, 0};
}

const struct dgm_doc *describe_model(struct arena *arena, const struct diag *diag,
                                     struct compiled *model)
{
    struct describing describing = {arena, diag, model, &model->source};
    const struct product *product = model->source.product;
    struct dgm_doc *doc = arena_alloc(arena, sizeof(*doc));
    const char *maker = product->manufacturer_name != NULL ? product->manufacturer_name
                                                           : product->manufacturer_id;
    const char *name = product->model != NULL ? product->model : product->product_id;
    const char *title = arena_format(arena, "%s %s", maker != NULL ? maker : "",
                                     name != NULL ? name : "");
    doc->name = describe_text(arena, title);
    doc->model = describe_text(arena, product->model);
    doc->text = describe_text(arena, product->description);
    doc->product = product_facts(arena, model->source.root);
    describe_services(&describing, doc);
    describe_messages(&describing, doc);
    return doc;
}
