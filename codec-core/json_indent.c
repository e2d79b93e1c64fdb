/* SPDX-License-Identifier: MIT */
/* JSON over lines, for people. */
#include "json_read.h"

#include "json_write.h"

/* More blanks per level than this help nobody. */
enum { MAX_SPACES = 16 };

struct indent {
    struct json_reader reader;
    struct json_writer writer;
    size_t spaces; /* per level */
};

static void put_line(struct indent *indent)
{
    static const char blanks[MAX_SPACES + 1] = "                ";
    json_put_char(&indent->writer, '\n');
    for (unsigned level = 0; level < indent->reader.depth; level++)
        json_put(&indent->writer, blanks, indent->spaces);
}

/* The scalar at the position, as it is spelt, or the bracket that opens a container. */
static bool put_value(struct indent *indent)
{
    struct json_reader *reader = &indent->reader;
    enum json_type type = json_peek(reader);
    size_t began = reader->position;
    bool valid;
    if (type == JSON_OBJECT)
        valid = json_begin_object(reader);
    else if (type == JSON_ARRAY)
        valid = json_begin_array(reader);
    else
        valid = json_skip(reader);
    if (valid)
        json_put(&indent->writer, reader->text + began, reader->position - began);
    return valid;
}

/* In front of an element: its comma and line. */
static void put_separator(struct indent *indent, bool first)
{
    if (!first)
        json_put_char(&indent->writer, ',');
    put_line(indent);
}

static bool put_member(struct indent *indent, bool first)
{
    struct json_string name;
    if (!json_next_member(&indent->reader, &name))
        return false;
    put_separator(indent, first);
    json_put(&indent->writer, name.raw - 1, name.length + 2);
    json_put(&indent->writer, ": ", 2);
    return true;
}

static bool put_element(struct indent *indent, bool first)
{
    if (!json_next_element(&indent->reader))
        return false;
    put_separator(indent, first);
    return true;
}

/* Behind a value: close what ends here. True if another value follows. */
static bool advance(struct indent *indent)
{
    struct json_reader *reader = &indent->reader;
    while (reader->status == DGM_OK && reader->depth > 0) {
        uint64_t level = (uint64_t)1 << (reader->depth - 1);
        bool object = (reader->objects & level) != 0;
        bool first = (reader->started & level) == 0;
        if (object ? put_member(indent, first) : put_element(indent, first))
            return true;
        if (!first)
            put_line(indent);
        json_put_char(&indent->writer, object ? '}' : ']');
    }
    return false;
}

enum dgm_status dgm_json_indent(const char *text, size_t length, int spaces, char *buffer,
                                size_t buffer_size, size_t *ret_length)
{
    struct indent indent;
    json_reader_init(&indent.reader, text, length);
    json_writer_init(&indent.writer, buffer, buffer_size);
    indent.spaces = spaces < 0 ? 0 : (size_t)spaces;
    if (indent.spaces > MAX_SPACES)
        indent.spaces = MAX_SPACES;
    bool more = true;
    while (more && put_value(&indent))
        more = advance(&indent);
    json_end(&indent.reader);
    if (indent.reader.status != DGM_OK)
        return indent.reader.status;
    *ret_length = indent.writer.length;
    return json_writer_fits(&indent.writer) ? DGM_OK : DGM_NO_SPACE;
}
