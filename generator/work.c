/* SPDX-License-Identifier: MIT */
/* How much work a message can be, of a table that is still being built. */
#include "work.h"

struct dgm_worst work_of(const struct builder *builder, const struct dgm_message *message)
{
    const struct dgm_worst_table table = {
        .rows = builder->rows.items,
        .exprs = builder->exprs.items,
        .expr_count = (uint32_t)builder->exprs.count,
    };
    return dgm_worst_of(&table, message);
}
