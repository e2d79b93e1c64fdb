/* SPDX-License-Identifier: MIT */
/* Prints the layout of what lies in a plug-in, for comparison with what was frozen. */
#include <dragoman/plugin.h>
#include <dragoman/table.h>

#include <stdio.h>

#define LAYOUT(type) (void)printf("struct %s: %zu bytes\n", #type, sizeof(struct type))
#define MEMBER(type, name)                                                               \
    (void)printf("    %s: %zu bytes at %zu\n", #name,                                    \
                 sizeof(((struct type *)NULL)->name), offsetof(struct type, name))

static void put_names(void)
{
    (void)printf("symbol %s\n", DGM_PLUGIN_SYMBOL_NAME);
    (void)printf("magic 0x%08x, table 0x%08x\n", DGM_PLUGIN_MAGIC, DGM_TABLE_MAGIC);
    (void)printf("ABI %d, table format %d\n", DGM_PLUGIN_ABI_MAJOR, DGM_TABLE_FORMAT);
    (void)printf("notes of %s: %s %d, %s %d %s\n", DGM_PLUGIN_NOTE_OWNER,
                 DGM_PLUGIN_NOTE_SECTION, DGM_PLUGIN_NOTE_MANIFEST,
                 DGM_PLUGIN_SOURCE_SECTION, DGM_PLUGIN_NOTE_SOURCE,
                 DGM_PLUGIN_SOURCE_MAGIC);
}

static void put_plugin(void)
{
    LAYOUT(dgm_plugin);
    MEMBER(dgm_plugin, magic);
    MEMBER(dgm_plugin, abi_major);
    MEMBER(dgm_plugin, abi_minor);
    MEMBER(dgm_plugin, size);
    MEMBER(dgm_plugin, table_format);
    MEMBER(dgm_plugin, features);
    MEMBER(dgm_plugin, model_count);
    MEMBER(dgm_plugin, models);

    LAYOUT(dgm_plugin_model);
    MEMBER(dgm_plugin_model, offset);
    MEMBER(dgm_plugin_model, size);

    LAYOUT(dgm_section);
    MEMBER(dgm_section, offset);
    MEMBER(dgm_section, count);
}

static void put_head(void)
{
    LAYOUT(dgm_model);
    MEMBER(dgm_model, magic);
    MEMBER(dgm_model, format);
    MEMBER(dgm_model, head_size);
    MEMBER(dgm_model, size);
    MEMBER(dgm_model, flags);
    MEMBER(dgm_model, profile_hash);
    MEMBER(dgm_model, manufacturer_id);
    MEMBER(dgm_model, manufacturer_name);
    MEMBER(dgm_model, model);
    MEMBER(dgm_model, product_id);
    MEMBER(dgm_model, device_type);
    MEMBER(dgm_model, protocol_type);
    MEMBER(dgm_model, version);
    MEMBER(dgm_model, product_name);
    MEMBER(dgm_model, pool);
    MEMBER(dgm_model, services);
    MEMBER(dgm_model, commands);
    MEMBER(dgm_model, messages);
    MEMBER(dgm_model, guards);
    MEMBER(dgm_model, rows);
    MEMBER(dgm_model, members);
    MEMBER(dgm_model, scalings);
    MEMBER(dgm_model, enums);
    MEMBER(dgm_model, choices);
    MEMBER(dgm_model, limits);
    MEMBER(dgm_model, numbers);
    MEMBER(dgm_model, answers);
    MEMBER(dgm_model, checks);
    MEMBER(dgm_model, exprs);
    MEMBER(dgm_model, code);
    MEMBER(dgm_model, framings);
    MEMBER(dgm_model, hooks);
    MEMBER(dgm_model, parts);
    MEMBER(dgm_model, pipes);
    MEMBER(dgm_model, curves);
    MEMBER(dgm_model, points);
    MEMBER(dgm_model, loops);
    MEMBER(dgm_model, tags);
    MEMBER(dgm_model, formats);

    LAYOUT(dgm_service);
    MEMBER(dgm_service, name);
    MEMBER(dgm_service, key);
    MEMBER(dgm_service, key_length);
    MEMBER(dgm_service, flags);
}

static void put_messages(void)
{
    LAYOUT(dgm_command);
    MEMBER(dgm_command, name);
    MEMBER(dgm_command, key);
    MEMBER(dgm_command, path);
    MEMBER(dgm_command, key_length);
    MEMBER(dgm_command, service);
    MEMBER(dgm_command, response_name);

    LAYOUT(dgm_message);
    MEMBER(dgm_message, name);
    MEMBER(dgm_message, key);
    MEMBER(dgm_message, key_length);
    MEMBER(dgm_message, kind);
    MEMBER(dgm_message, passes);
    MEMBER(dgm_message, flags);
    MEMBER(dgm_message, command);
    MEMBER(dgm_message, first_row);
    MEMBER(dgm_message, row_count);
    MEMBER(dgm_message, first_guard);
    MEMBER(dgm_message, guard_count);
    MEMBER(dgm_message, first_member);
    MEMBER(dgm_message, member_count);
    MEMBER(dgm_message, first_answer);
    MEMBER(dgm_message, answer_count);
    MEMBER(dgm_message, when);
    MEMBER(dgm_message, slots);
    MEMBER(dgm_message, request_slots);
    MEMBER(dgm_message, trailer);
    MEMBER(dgm_message, channel);
    MEMBER(dgm_message, frame_min);
    MEMBER(dgm_message, frame_max);
    MEMBER(dgm_message, json_max);
    MEMBER(dgm_message, topic);
    MEMBER(dgm_message, service);
    MEMBER(dgm_message, reserved);

    LAYOUT(dgm_guard);
    MEMBER(dgm_guard, at);
    MEMBER(dgm_guard, size);
    MEMBER(dgm_guard, kind);
    MEMBER(dgm_guard, flags);
    MEMBER(dgm_guard, reserved);
    MEMBER(dgm_guard, mask);
    MEMBER(dgm_guard, value);
}

static void put_rows(void)
{
    LAYOUT(dgm_series);
    MEMBER(dgm_series, delta);
    MEMBER(dgm_series, previous);
    MEMBER(dgm_series, first);
    MEMBER(dgm_series, second);
    MEMBER(dgm_series, last);
    MEMBER(dgm_series, sum);

    LAYOUT(dgm_row);
    MEMBER(dgm_row, op);
    MEMBER(dgm_row, show);
    MEMBER(dgm_row, source);
    MEMBER(dgm_row, order);
    MEMBER(dgm_row, shift);
    MEMBER(dgm_row, width);
    MEMBER(dgm_row, pass);
    MEMBER(dgm_row, role);
    MEMBER(dgm_row, flags);
    MEMBER(dgm_row, key);
    MEMBER(dgm_row, path);
    MEMBER(dgm_row, key_length);
    MEMBER(dgm_row, slot);
    MEMBER(dgm_row, member);
    MEMBER(dgm_row, when);
    MEMBER(dgm_row, expr);
    MEMBER(dgm_row, detail);
    MEMBER(dgm_row, limit);
    MEMBER(dgm_row, spec);
    MEMBER(dgm_row, region);
    MEMBER(dgm_row, naming);

    LAYOUT(dgm_member);
    MEMBER(dgm_member, name);
    MEMBER(dgm_member, name_length);
    MEMBER(dgm_member, parent);
    MEMBER(dgm_member, service);
    MEMBER(dgm_member, record);
    MEMBER(dgm_member, kind);
    MEMBER(dgm_member, flags);
    MEMBER(dgm_member, text_length);
    MEMBER(dgm_member, text);
    MEMBER(dgm_member, path);
    MEMBER(dgm_member, family);
    MEMBER(dgm_member, reserved);
}

static void put_numbers(void)
{
    LAYOUT(dgm_scaling);
    MEMBER(dgm_scaling, mul);
    MEMBER(dgm_scaling, add);
    MEMBER(dgm_scaling, div);
    MEMBER(dgm_scaling, digits);
    MEMBER(dgm_scaling, flags);
    MEMBER(dgm_scaling, invalid);
    MEMBER(dgm_scaling, reserved);

    LAYOUT(dgm_float);
    MEMBER(dgm_float, bias);
    MEMBER(dgm_float, sign);
    MEMBER(dgm_float, exponent);
    MEMBER(dgm_float, fraction);
    MEMBER(dgm_float, flags);

    LAYOUT(dgm_pipe);
    MEMBER(dgm_pipe, format);
    MEMBER(dgm_pipe, scale);
    MEMBER(dgm_pipe, offset);
    MEMBER(dgm_pipe, curve);
    MEMBER(dgm_pipe, invalid);
    MEMBER(dgm_pipe, decimals);
    MEMBER(dgm_pipe, flags);
    MEMBER(dgm_pipe, reserved);

    LAYOUT(dgm_curve);
    MEMBER(dgm_curve, first);
    MEMBER(dgm_curve, count);
    MEMBER(dgm_curve, x_digits);
    MEMBER(dgm_curve, y_digits);
    MEMBER(dgm_curve, flags);
    MEMBER(dgm_curve, outside);

    LAYOUT(dgm_point);
    MEMBER(dgm_point, x);
    MEMBER(dgm_point, y);
}

static void put_texts(void)
{
    LAYOUT(dgm_format);
    MEMBER(dgm_format, pattern);
    MEMBER(dgm_format, separator);
    MEMBER(dgm_format, separator_length);
    MEMBER(dgm_format, zone);
    MEMBER(dgm_format, precision);
    MEMBER(dgm_format, digits);
    MEMBER(dgm_format, sign);
    MEMBER(dgm_format, flags);
    MEMBER(dgm_format, pad);
    MEMBER(dgm_format, end);
    MEMBER(dgm_format, count);

    LAYOUT(dgm_enum);
    MEMBER(dgm_enum, first);
    MEMBER(dgm_enum, count);
    MEMBER(dgm_enum, unknown);
    MEMBER(dgm_enum, reserved);

    LAYOUT(dgm_choice);
    MEMBER(dgm_choice, low);
    MEMBER(dgm_choice, high);
    MEMBER(dgm_choice, text);
    MEMBER(dgm_choice, text_length);
    MEMBER(dgm_choice, flags);

    LAYOUT(dgm_limit);
    MEMBER(dgm_limit, low);
    MEMBER(dgm_limit, high);
    MEMBER(dgm_limit, max_length);
    MEMBER(dgm_limit, first_choice);
    MEMBER(dgm_limit, choice_count);
    MEMBER(dgm_limit, scale);
    MEMBER(dgm_limit, flags);
    MEMBER(dgm_limit, outside);
    MEMBER(dgm_limit, reserved);

    LAYOUT(dgm_part);
    MEMBER(dgm_part, set);
    MEMBER(dgm_part, text);
    MEMBER(dgm_part, count);
    MEMBER(dgm_part, text_length);
    MEMBER(dgm_part, row);
    MEMBER(dgm_part, verb);
    MEMBER(dgm_part, width);
    MEMBER(dgm_part, extent);
    MEMBER(dgm_part, flags);
}

static void put_wire(void)
{
    LAYOUT(dgm_check);
    MEMBER(dgm_check, poly);
    MEMBER(dgm_check, init);
    MEMBER(dgm_check, xorout);
    MEMBER(dgm_check, poly_high);
    MEMBER(dgm_check, init_high);
    MEMBER(dgm_check, xorout_high);
    MEMBER(dgm_check, from);
    MEMBER(dgm_check, to);
    MEMBER(dgm_check, kind);
    MEMBER(dgm_check, width);
    MEMBER(dgm_check, flags);
    MEMBER(dgm_check, reserved);

    LAYOUT(dgm_hook_name);
    MEMBER(dgm_hook_name, name);
    MEMBER(dgm_hook_name, output_limit);
    MEMBER(dgm_hook_name, key);
    MEMBER(dgm_hook_name, key_length);
    MEMBER(dgm_hook_name, process);
    MEMBER(dgm_hook_name, reserved);

    LAYOUT(dgm_escape);
    MEMBER(dgm_escape, byte);
    MEMBER(dgm_escape, length);
    MEMBER(dgm_escape, with);

    LAYOUT(dgm_framing);
    MEMBER(dgm_framing, start);
    MEMBER(dgm_framing, end);
    MEMBER(dgm_framing, start_length);
    MEMBER(dgm_framing, end_length);
    MEMBER(dgm_framing, escape);
    MEMBER(dgm_framing, pair_count);
    MEMBER(dgm_framing, length_width);
    MEMBER(dgm_framing, length_order);
    MEMBER(dgm_framing, length_at);
    MEMBER(dgm_framing, length_add);
    MEMBER(dgm_framing, gap_ms);
    MEMBER(dgm_framing, content_max);
    MEMBER(dgm_framing, reserved);
    MEMBER(dgm_framing, pairs);
}

static void put_programs(void)
{
    LAYOUT(dgm_expr);
    MEMBER(dgm_expr, at);
    MEMBER(dgm_expr, length);
    MEMBER(dgm_expr, steps);
    MEMBER(dgm_expr, stack);

    LAYOUT(dgm_loop);
    MEMBER(dgm_loop, tag_rows);
    MEMBER(dgm_loop, tag_bytes);
    MEMBER(dgm_loop, first);
    MEMBER(dgm_loop, count);
    MEMBER(dgm_loop, other);
    MEMBER(dgm_loop, size);
    MEMBER(dgm_loop, unknown);
    MEMBER(dgm_loop, flags);
    MEMBER(dgm_loop, align);

    LAYOUT(dgm_tag);
    MEMBER(dgm_tag, low);
    MEMBER(dgm_tag, high);
    MEMBER(dgm_tag, row);
    MEMBER(dgm_tag, reserved);
}

int main(void)
{
    put_names();
    put_plugin();
    put_head();
    put_messages();
    put_rows();
    put_numbers();
    put_texts();
    put_wire();
    put_programs();
    return 0;
}
