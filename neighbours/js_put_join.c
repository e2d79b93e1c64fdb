/* SPDX-License-Identifier: MIT */
/* Pieces on the way out: each takes its share of the value that they make together, and
 * where that value stands all of them must give it again. */
#include "js_work.h"

static const struct dgm_row *whole_of(const struct js *js, const struct dgm_row *piece)
{
    return js->first + (piece->key >> 16);
}

static unsigned place_in(const struct dgm_row *piece)
{
    return piece->key & 0xFFFF;
}

const char *js_raw_of_piece(struct js *js, const struct dgm_row *row)
{
    return js_text(js, "pieceOf(%s, %u, %u)", js_raw_of_row(js, whole_of(js, row)),
                   place_in(row), row->width);
}

void js_put_join(struct js *js, const struct dgm_row *row)
{
    const char *raw = js_shared(js, "raw");
    js_line(js, "%s = joined([%s]);", raw, js_pieces(js, row));
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL) {
        js_open(js, "if (%s !== undefined)", raw);
        js_keep_raw(js, row, raw);
        js_close(js);
    }
    if (row->source != DGM_SOURCE_NONE)
        js_line(js, "sameJoin(%s, %s, %s);", js_pool(js, row->path),
                js_raw_of_row(js, row), raw);
}

/* Bytes of all pieces together. */
static unsigned bytes_of_all(const struct js *js, const struct dgm_row *row)
{
    const uint64_t *pieces = js_numbers(js) + row->spec;
    unsigned total = 0;
    for (uint64_t i = 1; i <= pieces[0]; i++)
        total += (unsigned)(pieces[i] >> DGM_JOIN_WIDTH) / 8;
    return total;
}

/* Where bytes begin, and how many they are, for expressions and joins. */
void js_note_bytes(struct js *js, const struct dgm_row *row, const char *bytes)
{
    if (row->slot == DGM_NONE)
        return;
    if (js->names[row->slot] != NULL)
        js_line(js, "%s = %s.length;", js->names[row->slot], bytes);
    if ((row->flags & DGM_ROW_PLACED) && js->names[row->slot + 1] != NULL)
        js_line(js, "%s = f.bytes.length;", js->names[row->slot + 1]);
}

void js_put_bytes_piece(struct js *js, const struct dgm_row *row, const char *wanted)
{
    const struct dgm_row *whole = whole_of(js, row);
    const char *bytes = js_shared(js, "bytes"), *path = js_pool(js, whole->path);
    const char *all = js_bytes_of(js, whole, js_node_of(js, whole));
    if (js_numbers(js)[whole->spec] == 1)
        js_line(js, "%s = placed(%s, %s, %s);", bytes, path, all, wanted);
    else
        js_line(js, "%s = bytesPiece(%s, %s, %u, %u, %s);", bytes, path, all,
                bytes_of_all(js, whole), place_in(row), wanted);
    js_note_bytes(js, row, bytes);
    js_line(js, "append(f, %s);", bytes);
}

void js_put_join_bytes(struct js *js, const struct dgm_row *row)
{
    if (row->source == DGM_SOURCE_NONE)
        return;
    js_line(js, "sameBytes(f, %s, %s, [%s]);", js_pool(js, row->path),
            js_bytes_of(js, row, js_node_of(js, row)), js_byte_pieces(js, row));
}
